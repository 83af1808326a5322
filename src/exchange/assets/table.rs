//! A table of anything: a CSV file, or a sheet of a workbook.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, DataRef, Reader, Xlsx};

use super::field::Field;
use crate::exchange::{decode, ending};

/// A file has this many bytes at most, packed or unpacked.
const MOST_BYTES: u64 = 128 << 20;
/// The cells of a table take this much memory at most: a workbook may say one long text
/// in every cell, and rows may be wide and empty.
const MOST_HELD: usize = 512 << 20;
/// A table has this many rows at most.
const MOST_ROWS: usize = 200_000;
/// A table has this many columns at most.
const MOST_COLUMNS: usize = 500;
/// Lines above the header that are looked at for it.
const TITLE_LINES: usize = 30;

/// Why a file is no table that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TableError(
    /// What is wrong and what to do, in a sentence without a full stop.
    pub String,
);

/// A table as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The file's name, with the sheet's where there are several.
    pub name: String,
    /// The names of the columns as they stand there.
    pub columns: Vec<String>,
    /// The rows below the header that hold anything.
    pub rows: Vec<Row>,
    /// Sheets that were not taken.
    pub other_sheets: Vec<String>,
}

/// What sort of table is looked for in a file.
pub(in crate::exchange) struct Sort {
    /// Whether a column of this name belongs to such a table.
    pub knows: fn(&str) -> bool,
    /// Names of columns that it should have.
    pub columns: &'static str,
}

const ASSETS: Sort = Sort { knows: |name| Field::named(name).is_some(), columns: "tag, name, type, zone" };

/// A row, and the line that it stands in, counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line in the file or sheet.
    pub line: u64,
    /// Its cells as text.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Table {
    /// Reads a CSV file or a workbook, of a workbook the sheet named, or else the one that
    /// looks most like a list of assets.
    ///
    /// # Errors
    /// [`TableError`] where there is no such file or sheet, or it is no table.
    pub fn read(file: &Path, sheet: Option<&str>) -> Result<Self, TableError> {
        Self::read_sort(file, sheet, &ASSETS)
    }

    /// The same for a table of another sort.
    ///
    /// # Errors
    /// [`TableError`] where there is no such file or sheet, or it is no table.
    pub(in crate::exchange) fn read_sort(file: &Path, sheet: Option<&str>, sort: &Sort) -> Result<Self, TableError> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = bytes_of(file)?;
        Self::of_bytes(&name, &ending(file), bytes, sheet, sort)
    }

    fn of_bytes(
        name: &str,
        ending: &str,
        bytes: Vec<u8>,
        sheet: Option<&str>,
        sort: &Sort,
    ) -> Result<Self, TableError> {
        let is_packed = bytes.starts_with(b"PK\x03\x04");
        match ending {
            _ if bytes.is_empty() => Err(TableError("it is empty".into())),
            _ if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) => Err(TableError(
                "it is a workbook of the older Excel or has a password: save it as .xlsx without one".into(),
            )),
            "ods" | "xlsb" if is_packed => Err(TableError("workbooks are read as .xlsx: save it so".into())),
            _ if is_packed => of_workbook(name, bytes, sheet, sort),
            _ => of_csv(name, &decode::text(&bytes), sort),
        }
    }

    /// Takes the header and what stands below it from lines of cells.
    fn of_lines(name: String, lines: Vec<Row>, sort: &Sort) -> Result<Self, TableError> {
        let known = |row: &Row| row.cells.iter().filter(|cell| (sort.knows)(cell)).count();
        let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let candidates = lines.iter().take(TITLE_LINES).enumerate().filter(|(_, row)| filled(row) > 0);
        // the first of the best: titles stand above the header
        let header =
            candidates.map(|(at, row)| (known(row), at)).max_by_key(|&(known, at)| (known, std::cmp::Reverse(at)));
        let Some((known, at)) = header else { return Err(TableError("it holds no table".into())) };
        let header = lines.get(at).cloned().unwrap_or_default();
        if known == 0 && filled(&header) < 2 {
            let reason = format!("it has no header with the names of columns, such as {}", sort.columns);
            return Err(TableError(reason));
        }
        let mut columns = header.cells;
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        let rows = lines.into_iter().skip(at + 1).filter(|row| filled(row) > 0).collect();
        Ok(Self { name, columns, rows, other_sheets: Vec::new() })
    }
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, TableError> {
    let failed = |error: std::io::Error| {
        TableError(match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".into(),
            _ => format!("it can't be read: {error}"),
        })
    };
    if file.is_dir() {
        return Err(TableError("it is a folder".into()));
    }
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(failed)?;
    opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> TableError {
    TableError(format!("it is larger than {} MB", MOST_BYTES >> 20))
}

/// How much memory the cells read so far take.
#[derive(Default)]
struct Room(usize);

impl Room {
    fn take(&mut self, cells: usize, bytes: usize) -> Result<(), TableError> {
        self.0 += cells * size_of::<String>() + bytes;
        if self.0 > MOST_HELD {
            Err(TableError(format!("its cells hold more than {} MB", MOST_HELD >> 20)))
        } else {
            Ok(())
        }
    }
}

fn too_many() -> TableError {
    TableError(format!("it has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns"))
}

fn of_csv(name: &str, text: &str, sort: &Sort) -> Result<Table, TableError> {
    if text.contains('\0') {
        return Err(TableError("it is neither CSV nor a workbook".into()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut room = Room::default();
    for record in reader.records() {
        let record = record.map_err(|error| TableError(format!("it is not CSV: {error}")))?;
        if lines.len() >= MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(too_many());
        }
        room.take(record.len(), record.as_slice().len())?;
        let line = record.position().map_or(0, csv::Position::line);
        lines.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    Table::of_lines(name.to_owned(), lines, sort)
}

/// What parts the cells: of the usual signs the one that parts the lines most evenly.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let evenness = |sign: &u8| {
        let counts: Vec<usize> = lines.iter().map(|line| line.bytes().filter(|byte| byte == sign).count()).collect();
        let usual = counts.iter().copied().max_by_key(|it| (counts.iter().filter(|other| *other == it).count(), *it));
        let usual = usual.unwrap_or_default();
        let alike = counts.iter().filter(|it| **it == usual && usual > 0).count();
        (alike, usual)
    };
    // of equals the last wins: commas before the others
    [b'|', b'\t', b';', b','].into_iter().max_by_key(evenness).unwrap_or(b',')
}

fn of_workbook(name: &str, bytes: Vec<u8>, sheet: Option<&str>, sort: &Sort) -> Result<Table, TableError> {
    refuse_bombs(&bytes)?;
    let broken = |error: calamine::XlsxError| TableError(format!("it is no workbook that can be read: {error}"));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets = workbook.sheet_names();
    let wanted: Vec<String> = match sheet {
        None => sheets.clone(),
        Some(sheet) => sheets.iter().filter(|it| it.eq_ignore_ascii_case(sheet)).cloned().collect(),
    };
    if wanted.is_empty() {
        return Err(TableError(format!("it has no sheet of this name; there are {}", sheets.join(", "))));
    }
    let mut best: Option<(usize, Table)> = None;
    let mut reason = TableError("it holds no table".into());
    for sheet in &wanted {
        let called = if sheets.len() > 1 { format!("{name}, sheet {sheet}") } else { name.to_owned() };
        let read = lines_of(&mut workbook, sheet).and_then(|lines| Table::of_lines(called, lines, sort));
        match read {
            Ok(mut table) => {
                let known = table.columns.iter().filter(|it| (sort.knows)(it)).count();
                table.other_sheets = sheets.iter().filter(|it| *it != sheet).cloned().collect();
                if best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, table));
                }
            }
            Err(error) => reason = error,
        }
    }
    best.map(|(_, table)| table).ok_or(reason)
}

/// Refuses an archive that unpacks to more than it may, whatever it says of itself.
fn refuse_bombs(bytes: &[u8]) -> Result<(), TableError> {
    let broken = |error: &dyn std::fmt::Display| TableError(format!("its ZIP archive is broken: {error}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(&error))?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(unpacked).ok_or_else(too_large)?;
    }
    Ok(())
}

/// The cells of a sheet, read one by one: a sheet may claim to be larger than any memory.
fn lines_of(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<Vec<Row>, TableError> {
    let broken = |error: calamine::XlsxError| TableError(format!("the sheet {sheet} can't be read: {error}"));
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut room = Room::default();
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let column = column as usize;
        if column >= MOST_COLUMNS || lines.len() >= MOST_ROWS {
            return Err(too_many());
        }
        let cells = lines.entry(row).or_default();
        room.take((column + 1).saturating_sub(cells.len()), text.len())?;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = text;
        }
    }
    Ok(lines.into_iter().map(|(row, cells)| Row { line: u64::from(row) + 1, cells }).collect())
}

fn text_of(value: &DataRef) -> String {
    match Data::from(value.clone()) {
        Data::String(text) => text.trim().to_owned(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Error(_) | Data::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Table {
        Table::of_bytes("a.csv", "csv", text.as_bytes().to_vec(), None, &ASSETS).unwrap()
    }

    #[test]
    fn titles_above_the_header_and_empty_lines_do_not_matter() {
        let table = csv("Inventory of the plant;;\n;;\nTag;Name;IP\nPLC-1;Mixer;10.0.0.1\n;;\nPLC-2;Pump;\n");
        assert_eq!(table.columns, ["Tag", "Name", "IP"]);
        let rows: Vec<_> = table.rows.iter().map(|it| (it.line, it.cell(0))).collect();
        assert_eq!(rows, [(4, "PLC-1"), (6, "PLC-2")]);
    }

    #[test]
    fn every_usual_sign_parts_cells() {
        for sign in [",", ";", "\t", "|"] {
            let table = csv(&"tag,name,zone\nA,Pump,Z-1\nB,Tank,Z-2\n".replace(',', sign));
            assert_eq!(table.rows[1].cells, ["B", "Tank", "Z-2"], "{sign:?}");
        }
        let decimal = csv("tag;name;price\nA;Pump;1,50\nB;Tank;2,50\n");
        assert_eq!(decimal.rows[0].cells, ["A", "Pump", "1,50"]);
    }

    #[test]
    fn what_the_cells_hold_is_bounded() {
        let mut room = Room::default();
        assert!(room.take(500, 32_000).is_ok());
        assert!(room.take(1, MOST_HELD).unwrap_err().0.contains("512 MB"));
    }

    #[test]
    fn a_workbook_gives_the_sheet_that_lists_assets() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let cover = workbook.add_worksheet().set_name("Cover").unwrap();
        cover.write(0, 0, "Inventory").unwrap();
        let list = workbook.add_worksheet().set_name("List").unwrap();
        for (column, name) in ["Kennzeichen", "Hersteller", "IP-Adresse", "Anzahl"].into_iter().enumerate() {
            list.write(2, column as u16, name).unwrap();
        }
        list.write(3, 0, "PLC-1").unwrap();
        list.write(3, 3, 4.0).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let table = Table::of_bytes("a.xlsx", "xlsx", bytes.clone(), None, &ASSETS).unwrap();
        assert_eq!(table.name, "a.xlsx, sheet List");
        assert_eq!((table.rows[0].line, table.rows[0].cell(0), table.rows[0].cell(3)), (4, "PLC-1", "4"));
        assert_eq!(table.other_sheets, ["Cover"]);
        let error = Table::of_bytes("a.xlsx", "xlsx", bytes, Some("Other"), &ASSETS).unwrap_err();
        assert!(error.0.contains("Cover, List"), "{error}");
    }

    #[test]
    fn merged_titles_dates_and_formulas_are_read_as_they_are_seen() {
        use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("Geräteliste").unwrap();
        sheet.merge_range(0, 0, 0, 4, "Geräteliste Werk Nord", &Format::new()).unwrap();
        sheet.merge_range(2, 0, 2, 1, "Gerät", &Format::new()).unwrap();
        for (column, name) in ["Tag", "Gerätetyp", "IP-Adresse", "Inbetriebnahme", "Kritikalität"].iter().enumerate()
        {
            sheet.write(3, column as u16, *name).unwrap();
        }
        let date = Format::new().set_num_format("dd.mm.yyyy");
        sheet.write_formula(4, 0, Formula::new("=CONCAT(\"SPS\",\"-1\")").set_result("SPS-1")).unwrap();
        sheet.write(4, 1, "SPS").unwrap();
        sheet.write(4, 2, "10.0.0.1").unwrap();
        sheet.write_datetime_with_format(4, 3, ExcelDateTime::from_ymd(2019, 3, 12).unwrap(), &date).unwrap();
        sheet.write(4, 4, 5.0).unwrap();
        sheet.write(5, 0, 4711.0).unwrap();
        let legend = workbook.add_worksheet().set_name("Legende").unwrap();
        legend.write(0, 0, "Typ").unwrap();
        legend.write(0, 1, "Bedeutung").unwrap();
        legend.write(1, 0, "SPS").unwrap();
        let table = Table::of_bytes("a.xlsx", "xlsx", workbook.save_to_buffer().unwrap(), None, &ASSETS).unwrap();
        assert_eq!(table.name, "a.xlsx, sheet Geräteliste");
        assert_eq!(table.columns[0], "Tag");
        assert_eq!(table.rows[0].cells, ["SPS-1", "SPS", "10.0.0.1", "2019-03-12", "5"]);
        assert_eq!(table.rows[1].cell(0), "4711");
    }

    #[test]
    fn a_separator_named_by_a_spreadsheet_and_old_line_ends_do_not_matter() {
        assert_eq!(csv("sep=;\r\nTag;Name\r\nA-1;Pump\r\n").columns, ["Tag", "Name"]);
        assert_eq!(csv("tag,name\rA-1,Pump\rA-2,Tank\r").rows.len(), 2);
    }

    #[test]
    fn a_cell_far_out_costs_no_memory() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "tag").unwrap();
        sheet.write(0, 1, "name").unwrap();
        sheet.write(1_048_575, 0, "PLC-1").unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let table = Table::of_bytes("a.xlsx", "xlsx", bytes, None, &ASSETS).unwrap();
        assert_eq!(table.rows.iter().map(|it| it.line).collect::<Vec<_>>(), [1_048_576]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_what_to_do() {
        let cases: [(&str, &[u8], &str); 6] = [
            ("csv", b"", "empty"),
            ("csv", b"\n\n", "no table"),
            ("csv", b"hello\nworld\n", "no header"),
            ("xls", b"\xd0\xcf\x11\xe0\xa1", ".xlsx"),
            ("xlsx", b"PK\x03\x04 and no more", "broken"),
            ("csv", b"a\0b", "neither"),
        ];
        for (ending, bytes, said) in cases {
            let error = Table::of_bytes("a", ending, bytes.to_vec(), None, &ASSETS).unwrap_err();
            assert!(error.0.contains(said), "{said}: {error}");
        }
    }
}
