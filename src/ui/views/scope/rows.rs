//! The rows of the tables: what their cells hold, and what several pasted lines come to.

use jiff::civil::Date;

use crate::model::{AccessPoint, ConduitId, Document, OutageWindow, Person, Project, Service, Site};
use crate::ui::widgets::typed_date;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A day.
    Day(Option<Date>),
    /// A conduit.
    Conduit(Option<ConduitId>),
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Words, with proposals from the sectors of NIS2.
    Regulated,
    /// A day.
    Day,
    /// A conduit.
    Conduit,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    pub title: &'static str,
    /// Its share of the width.
    pub share: f32,
    pub kind: Kind,
}

const fn column(title: &'static str, share: f32, kind: Kind) -> Column {
    Column { title, share, kind }
}

/// A row of a table.
pub trait Row: Clone + Default + PartialEq {
    /// What a row is called, such as "person".
    const ONE: &'static str;
    /// The columns.
    const COLUMNS: &'static [Column];
    /// What a cell holds.
    fn cell(&self, column: usize) -> Cell;
    /// Puts something into a cell.
    fn set(&mut self, column: usize, cell: Cell);
}

macro_rules! rows {
    ($($row:ty, $one:literal { $($number:literal $kind:ident $field:ident $title:literal $share:literal,)* })*) => {$(
        impl Row for $row {
            const ONE: &'static str = $one;
            const COLUMNS: &'static [Column] = &[$(column($title, $share, Kind::$kind),)*];
            fn cell(&self, column: usize) -> Cell {
                match column {
                    $($number => rows!(get self.$field, $kind),)*
                    _ => Cell::Text(String::new()),
                }
            }
            fn set(&mut self, column: usize, cell: Cell) {
                match (column, cell) {
                    $(($number, rows!(pattern value, $kind)) => self.$field = value,)*
                    _ => (),
                }
            }
        }
    )*};
    (get $self:ident.$field:ident, Day) => { Cell::Day($self.$field) };
    (get $self:ident.$field:ident, Conduit) => { Cell::Conduit($self.$field) };
    (get $self:ident.$field:ident, $text:ident) => { Cell::Text($self.$field.clone()) };
    (pattern $value:ident, Day) => { Cell::Day($value) };
    (pattern $value:ident, Conduit) => { Cell::Conduit($value) };
    (pattern $value:ident, $text:ident) => { Cell::Text($value) };
}

rows! {
    Service, "service" {
        0 Text name "Service" 1.2,
        1 Regulated regulated_as "What regulation calls it" 1.3,
        2 Text notes "Why it matters, and to whom" 1.8,
    }
    AccessPoint, "access point" {
        0 Text name "Access point" 1.3,
        1 Conduit conduit "Conduit" 0.7,
        2 Text notes "How it is used" 2.0,
    }
    Site, "site" {
        0 Text name "Site" 1.1,
        1 Text address "Address" 1.5,
        2 Text notes "What stands there" 1.6,
    }
    Person, "person" {
        0 Text role "Role" 1.2,
        1 Text organisation "Organisation" 1.1,
        2 Text name "Name, if kept" 0.7,
        3 Text notes "What they brought in" 1.6,
    }
    Document, "document" {
        0 Text title "Title" 2.0,
        1 Text reference "Reference" 1.2,
        2 Day dated "Dated" 0.7,
    }
    OutageWindow, "window" {
        0 Text name "Window" 2.0,
        1 Day start "First day" 0.8,
        2 Day end "Last day" 0.8,
    }
}

impl Row for String {
    const ONE: &'static str = "assumption";
    const COLUMNS: &'static [Column] = &[column("What was taken for granted", 1.0, Kind::Text)];
    fn cell(&self, _: usize) -> Cell {
        Cell::Text(self.clone())
    }
    fn set(&mut self, _: usize, cell: Cell) {
        if let Cell::Text(text) = cell {
            *self = text;
        }
    }
}

/// The words of a row, by which what was typed beside them is known again.
pub fn words<R: Row>(row: &R) -> Vec<String> {
    let text = |column| match row.cell(column) {
        Cell::Text(text) => Some(text),
        _ => None,
    };
    (0..R::COLUMNS.len()).filter_map(text).collect()
}

/// The lines that a spreadsheet puts into the clipboard, cell by cell; `None` where it is
/// one line of words, which goes into a field as it is.
pub fn pasted(text: &str) -> Option<Vec<Vec<String>>> {
    let text = text.trim_end_matches(['\r', '\n']);
    if !text.contains(['\n', '\t']) {
        return None;
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let lines: Result<Vec<Vec<String>>, _> =
        reader.records().map(|it| it.map(|it| it.iter().map(|cell| cell.trim().to_owned()).collect())).collect();
    let lines: Vec<_> = lines.ok()?.into_iter().filter(|it| it.iter().any(|cell| !cell.is_empty())).collect();
    (!lines.is_empty()).then_some(lines)
}

/// The rows with pasted lines put in where the cursor stands: in place of that row if it is
/// empty, else below it. Nothing pasted is lost: what fits no cell stands behind the words before it.
pub fn with_pasted<R: Row>(rows: &[R], at: (usize, usize), lines: &[Vec<String>], project: &Project) -> Vec<R> {
    let (row, column) = at;
    let is_empty = rows.get(row).is_none_or(|it| *it == R::default());
    let new = lines.iter().enumerate().filter(|(place, line)| *place > 0 || !is_heading::<R>(line, column));
    let new = new.map(|(_, line)| row_of(line, column, project));
    let before = if is_empty { row } else { row + 1 }.min(rows.len());
    let after = if is_empty { row + 1 } else { before }.min(rows.len());
    let (head, tail) = (rows.get(..before).unwrap_or_default(), rows.get(after..).unwrap_or_default());
    head.iter().cloned().chain(new).chain(tail.iter().cloned()).collect()
}

/// Whether a line only repeats the titles of the columns.
fn is_heading<R: Row>(line: &[String], column: usize) -> bool {
    let titles = R::COLUMNS.iter().skip(column).map(|it| it.title.to_lowercase());
    line.iter().zip(titles).all(|(cell, title)| cell.to_lowercase() == title)
}

fn row_of<R: Row>(line: &[String], column: usize, project: &Project) -> R {
    let mut row = R::default();
    let mut rest: Vec<String> = Vec::new();
    for (place, typed) in line.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
        let at = column + place;
        let cell = match R::COLUMNS.get(at).map(|it| it.kind) {
            Some(Kind::Text | Kind::Regulated) => Some(Cell::Text(typed.clone())),
            Some(Kind::Day) => typed_date(typed).map(Cell::Day),
            Some(Kind::Conduit) => {
                let named = project.conduits.iter().find(|(_, it)| it.tag.eq_ignore_ascii_case(typed));
                named.map(|(id, _)| Cell::Conduit(Some(id)))
            }
            None => None,
        };
        match (cell, R::COLUMNS.get(at)) {
            (Some(cell), _) => row.set(at, cell),
            (None, Some(column)) => rest.push(format!("{}: {typed}", column.title)),
            (None, None) => rest.push(typed.clone()),
        }
    }
    if !rest.is_empty() {
        let is_words = |it: &Column| matches!(it.kind, Kind::Text);
        let last = R::COLUMNS.iter().rposition(is_words).unwrap_or(0);
        if let Cell::Text(text) = row.cell(last) {
            let all: Vec<String> = Some(text).filter(|it| !it.is_empty()).into_iter().chain(rest).collect();
            row.set(last, Cell::Text(all.join("; ")));
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Conduit;
    use jiff::civil::date;

    fn person(role: &str, organisation: &str) -> Person {
        Person { role: role.into(), organisation: organisation.into(), ..Person::default() }
    }

    #[test]
    fn a_line_of_words_is_no_table() {
        assert_eq!(pasted("Operations manager"), None);
        assert_eq!(pasted("Operations manager\n"), None);
        assert_eq!(pasted("Role\tOrganisation").unwrap(), [["Role", "Organisation"]]);
        assert_eq!(pasted("one\r\ntwo\r\n").unwrap(), [["one"], ["two"]]);
        assert_eq!(pasted("\"two\nlines\"\tand \"\"more\"\"").unwrap()[0][0], "two\nlines");
    }

    #[test]
    fn pasted_lines_become_rows_where_the_cursor_stands() {
        let rows = [person("First", ""), person("Second", "")];
        let lines = pasted("Role\tOrganisation\nOperator\tWorks\nPlanner\tOffice").unwrap();
        let after = |at: usize| with_pasted(&rows, (at, 0), &lines, &Project::default());
        let new = [person("Operator", "Works"), person("Planner", "Office")];
        assert_eq!(after(0), [&rows[..1], &new, &rows[1..]].concat(), "below a row that says something");
        assert_eq!(after(2), [&rows[..], &new].concat(), "in place of the empty one at the end");
        let blank = [person("", ""), person("Second", "")];
        assert_eq!(with_pasted(&blank, (0, 0), &lines, &Project::default()), [&new[..], &blank[1..]].concat());
    }

    #[test]
    fn nothing_pasted_is_lost() {
        let lines = pasted("Manual\tM-1\t2026-03-01\tkept in the office\nDrawing\tD-2\tspring 2024").unwrap();
        let rows: Vec<Document> = with_pasted(&[], (0, 0), &lines, &Project::default());
        assert_eq!((rows[0].dated, rows[0].reference.as_str()), (Some(date(2026, 3, 1)), "M-1; kept in the office"));
        assert_eq!((rows[1].dated, rows[1].reference.as_str()), (None, "D-2; Dated: spring 2024"));
    }

    #[test]
    fn a_conduit_is_known_by_its_tag() {
        use crate::model::Id;
        let mut project = Project::default();
        let id = ConduitId::derived_from("C-1");
        project.conduits.insert(id, Conduit { tag: "C-1".into(), ..Conduit::default() });
        let lines = pasted("VPN\tc-1\tvendor\nDoor\tC-9\tbadge").unwrap();
        let rows: Vec<AccessPoint> = with_pasted(&[], (0, 0), &lines, &project);
        assert_eq!(rows[0].conduit, Some(id));
        assert_eq!((rows[1].conduit, rows[1].notes.as_str()), (None, "badge; Conduit: C-9"));
    }

    #[test]
    fn every_cell_takes_what_it_gives() {
        fn holds<R: Row + std::fmt::Debug>() {
            for (column, it) in R::COLUMNS.iter().enumerate() {
                let mut row = R::default();
                let value = match it.kind {
                    Kind::Text | Kind::Regulated => Cell::Text("words".into()),
                    Kind::Day => Cell::Day(Some(date(2026, 3, 1))),
                    Kind::Conduit => Cell::Conduit(Some(crate::model::Id::derived_from("C-1"))),
                };
                row.set(column, value.clone());
                assert_eq!(row.cell(column), value, "{row:?}");
                assert!(row != R::default());
            }
        }
        holds::<Service>();
        holds::<AccessPoint>();
        holds::<Site>();
        holds::<Person>();
        holds::<Document>();
        holds::<OutageWindow>();
        holds::<String>();
    }
}
