//! One CSV file as rows of named cells.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

/// A cell that can't be taken, or a file that can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The file's name.
    pub file: String,
    /// Line, counted from 1 with the header; 0 for the whole file.
    pub line: u64,
    /// Name of the column; empty for the whole line.
    pub column: String,
    /// What is wrong, and what is allowed.
    pub reason: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// A table as read: its columns, and its rows with their lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub file: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row and the line it begins at.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

impl Sheet {
    /// Reads a table; one that is not there is empty.
    pub fn read(folder: &Path, file: &str) -> Result<Self, Rejected> {
        let whole = |reason: String| Rejected { file: file.to_owned(), line: 0, column: String::new(), reason };
        let bytes = match std::fs::read(folder.join(file)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { file: file.to_owned(), ..Self::default() });
            }
            Err(error) => return Err(whole(format!("can't be read: {error}"))),
        };
        let text =
            String::from_utf8(bytes).map_err(|_| whole("is not UTF-8: save it again as \"CSV UTF-8\"".to_owned()))?;
        Self::parse(file, text.trim_start_matches('\u{feff}'))
    }

    pub fn parse(file: &str, text: &str) -> Result<Self, Rejected> {
        let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let count = |delimiter: char| header.matches(delimiter).count();
        let delimiter = if count(';') > count(',') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut sheet = Self { file: file.to_owned(), ..Self::default() };
        if !text.matches('"').count().is_multiple_of(2) {
            let reason = "has a quotation mark too many or too few: cells would be lost in others".to_owned();
            return Err(sheet.reject(1, "", reason));
        }
        for record in reader.records() {
            let record = record.map_err(|error| Rejected {
                file: file.to_owned(),
                line: error.position().map_or(0, csv::Position::line),
                column: String::new(),
                reason: format!("is not CSV: {error}"),
            })?;
            let line = record.position().map_or(0, |at| first_line(text, at));
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if sheet.columns.is_empty() {
                sheet.columns = cells.into_iter().map(|name| name.to_lowercase()).collect();
            } else if cells.iter().skip(sheet.columns.len()).any(|cell| !cell.is_empty()) {
                let reason = "has more cells than the header: quote a cell with a separator in it".to_owned();
                return Err(sheet.reject(line, "", reason));
            } else if cells.iter().any(|cell| !cell.is_empty()) {
                sheet.rows.push(Row { line, cells });
            }
        }
        match sheet.repeated_column() {
            Some(column) => Err(sheet.reject(1, &column, "stands twice in the header".to_owned())),
            None => Ok(sheet),
        }
    }

    fn repeated_column(&self) -> Option<String> {
        let mut seen = HashSet::new();
        self.columns.iter().find(|name| !name.is_empty() && !seen.insert(*name)).cloned()
    }

    /// The cell of a row in a column; empty where there is none.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        let place = self.columns.iter().position(|name| name == column);
        place.and_then(|place| row.cells.get(place)).map_or("", String::as_str)
    }

    pub fn reject(&self, line: u64, column: &str, reason: String) -> Rejected {
        Rejected { file: self.file.clone(), line, column: column.to_owned(), reason }
    }
}

/// The line that a record begins at: its position stands before the empty lines above it.
fn first_line(text: &str, position: &csv::Position) -> u64 {
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let above = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + above.filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_semicolons_line_ends_and_spaces_do_not_matter() {
        let comma = Sheet::parse("a.csv", "tag,name\nZ-1, Mixer \n\nZ-2,\"a, b\"\n").unwrap();
        let semicolon = Sheet::parse("a.csv", "Tag;Name\r\nZ-1;Mixer\r\nZ-2;a, b\r\n").unwrap();
        for sheet in [comma, semicolon] {
            let names: Vec<_> = sheet.rows.iter().map(|row| sheet.cell(row, "name")).collect();
            assert_eq!(names, ["Mixer", "a, b"]);
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for line_end in ["\n", "\r\n"] {
            let text = "tag,name\nZ-1,\"two\nlines\"\n\n\nZ-2,x\nZ-3,y\n".replace('\n', line_end);
            let sheet = Sheet::parse("a.csv", &text).unwrap();
            assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 6, 7]);
        }
    }

    #[test]
    fn a_column_may_not_stand_twice() {
        assert!(Sheet::parse("a.csv", "tag,tag\n").unwrap_err().to_string().contains("column tag"));
    }
}
