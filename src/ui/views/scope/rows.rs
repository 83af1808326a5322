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
    /// What else it is called in other people's tables, in small letters.
    names: &'static [&'static str],
    /// Its share of the width.
    pub share: f32,
    pub kind: Kind,
}

const fn column(title: &'static str, names: &'static [&'static str], share: f32, kind: Kind) -> Column {
    Column { title, names, share, kind }
}

impl Column {
    fn is_called(&self, heading: &str) -> bool {
        let heading = plain(heading);
        let first_words = self.title.split(',').next().unwrap_or_default();
        [self.title, first_words].into_iter().any(|it| plain(it) == heading) || self.names.contains(&heading.as_str())
    }

    /// Whether this is its own title, or that in the plural, and nothing that may stand in its cells.
    fn is_titled(&self, heading: &str) -> bool {
        let heading = plain(heading);
        let titles = [plain(self.title), plain(self.title.split(',').next().unwrap_or_default())];
        titles.iter().any(|it| heading.strip_prefix(it).is_some_and(|rest| matches!(rest, "" | "s" | "es")))
    }
}

/// In small letters, with neither brackets nor what stands between words.
fn plain(heading: &str) -> String {
    let words = heading.split(['(', '[']).next().unwrap_or_default().to_lowercase();
    words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A row of a table.
pub trait Row: Clone + Default + PartialEq {
    /// What a row is called, such as "person".
    const ONE: &'static str;
    /// The columns.
    const COLUMNS: &'static [Column];
    /// What a list of them is titled, besides the titles of its columns, in small letters.
    const TITLES: &'static [&'static str] = &[];
    /// What a cell holds.
    fn cell(&self, column: usize) -> Cell;
    /// Puts something into a cell.
    fn set(&mut self, column: usize, cell: Cell);
}

macro_rules! rows {
    ($($row:ty, $one:literal { $($number:literal $kind:ident $field:ident $title:literal $names:tt $share:literal,)* })*) => {$(
        impl Row for $row {
            const ONE: &'static str = $one;
            const COLUMNS: &'static [Column] = &[$(column($title, &$names, $share, Kind::$kind),)*];
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
        0 Text name "Service" ["name", "services", "function"] 1.2,
        1 Regulated regulated_as "What regulation calls it" ["regulated as", "regulation", "sector", "nis2"] 1.3,
        2 Text notes "Why it matters, and to whom" ["importance", "notes", "description", "comment", "remarks"] 1.8,
    }
    AccessPoint, "access point" {
        0 Text name "Access point" ["name", "access points", "entry point", "way in"] 1.3,
        1 Conduit conduit "Conduit" ["conduit tag", "tag"] 0.7,
        2 Text notes "How it is used" ["use", "usage", "purpose", "notes", "description", "comment", "remarks"] 2.0,
    }
    Site, "site" {
        0 Text name "Site" ["name", "sites", "location", "plant"] 1.1,
        1 Text address "Address" ["street", "place", "town"] 1.5,
        2 Text notes "What stands there" ["equipment", "notes", "description", "comment", "remarks"] 1.6,
    }
    Person, "person" {
        0 Text role "Role" ["function", "position", "job title", "job", "title", "responsibility"] 1.2,
        1 Text organisation "Organisation" ["organization", "company", "employer", "department", "firm", "unit"] 1.1,
        2 Text name "Name, if kept" ["full name", "person", "participant", "contact", "surname"] 0.7,
        3 Text notes "What they brought in" ["expertise", "topic", "notes", "comment", "comments", "remarks"] 1.6,
    }
    Document, "document" {
        0 Text title "Title" ["document", "document title", "documents", "name", "description"] 2.0,
        1 Text reference "Reference" ["number", "no", "document number", "document no", "id", "edition", "revision"] 1.2,
        2 Day dated "Dated" ["date", "issued", "date of issue", "issue date", "day"] 0.7,
    }
    OutageWindow, "window" {
        0 Text name "Window" ["name", "outage", "outage window", "shutdown", "description"] 2.0,
        1 Day start "First day" ["start", "from", "begin", "start date"] 0.8,
        2 Day end "Last day" ["end", "to", "until", "end date"] 0.8,
    }
}

impl Row for String {
    const ONE: &'static str = "assumption";
    const TITLES: &'static [&'static str] = &["assumptions", "constraints", "assumptions and constraints"];
    const COLUMNS: &'static [Column] = &[column(
        "What was taken for granted",
        &["assumption", "assumptions", "constraint", "constraints", "assumptions and constraints"],
        1.0,
        Kind::Text,
    )];
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
    let (head, lines) = match lines.split_first().and_then(|(first, rest)| Some((headings::<R>(first)?, rest))) {
        Some(named) => named,
        None => (Vec::new(), lines),
    };
    let new = lines.iter().map(|line| match head.is_empty() {
        true => row_of(line.iter().enumerate().map(|(place, it)| (Some(column + place), "", it.as_str())), project),
        false => row_of(line.iter().enumerate().map(|(place, it)| under(&head, place, it)), project),
    });
    let before = if is_empty { row } else { row + 1 }.min(rows.len());
    let after = if is_empty { row + 1 } else { before }.min(rows.len());
    let (head, tail) = (rows.get(..before).unwrap_or_default(), rows.get(after..).unwrap_or_default());
    head.iter().cloned().chain(new).chain(tail.iter().cloned()).collect()
}

/// A heading of what is pasted: the column that it stands for, and its words.
type Heading<'a> = (Option<usize>, &'a str);

/// What the columns of a table are whose first line this is; `None` where it is no line of headings.
/// Two known headings will do where they are half of all, or else all have to be known. One alone
/// has to be a column's own title: "Plant" over "Warehouse" are two sites.
fn headings<R: Row>(line: &[String]) -> Option<Vec<Heading<'_>>> {
    let mut taken = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    for heading in line {
        let is_it = |it: &Column| it.is_called(heading) || it.is_titled(heading);
        let named = R::COLUMNS.iter().position(is_it).filter(|it| !taken.contains(it));
        taken.extend(named);
        headings.push((named, heading));
    }
    let all: Vec<&String> = line.iter().filter(|it| !it.is_empty()).collect();
    let known = taken.len();
    let are_headings = match all.as_slice() {
        [only] => R::COLUMNS.iter().any(|it| it.is_titled(only)) || R::TITLES.contains(&plain(only).as_str()),
        all => known > 0 && (known == all.len() || known > 1 && known * 2 >= all.len()),
    };
    are_headings.then_some(headings)
}

/// A cell with its column and the words above it.
fn under<'a>(head: &[Heading<'a>], place: usize, typed: &'a str) -> (Option<usize>, &'a str, &'a str) {
    let (column, heading) = head.get(place).copied().unwrap_or_default();
    (column, heading, typed)
}

fn row_of<'a, R: Row>(cells: impl Iterator<Item = (Option<usize>, &'a str, &'a str)>, project: &Project) -> R {
    let mut row = R::default();
    let mut rest: Vec<String> = Vec::new();
    for (at, heading, typed) in cells.filter(|(.., typed)| !typed.is_empty()) {
        let known = at.and_then(|at| Some((at, R::COLUMNS.get(at)?)));
        let cell = match known.map(|(_, it)| it.kind) {
            Some(Kind::Text | Kind::Regulated) => Some(Cell::Text(typed.to_owned())),
            Some(Kind::Day) => typed_date(typed).map(Cell::Day),
            Some(Kind::Conduit) => {
                let named = project.conduits.iter().find(|(_, it)| it.tag.eq_ignore_ascii_case(typed));
                named.map(|(id, _)| Cell::Conduit(Some(id)))
            }
            None => None,
        };
        match (cell, known) {
            (Some(cell), Some((at, _))) => row.set(at, cell),
            (None, Some((_, column))) => rest.push(format!("{}: {typed}", column.title)),
            (_, None) if heading.is_empty() => rest.push(typed.to_owned()),
            (_, None) => rest.push(format!("{heading}: {typed}")),
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
    fn headings_of_other_peoples_tables_say_which_column_is_which() {
        let people = |text: &str| with_pasted::<Person>(&[], (0, 0), &pasted(text).unwrap(), &Project::default());
        let found = people("Name\tCompany\tJob title\tPhone\nA. Name\tWorks\tOperator\t123\n\tOffice\tPlanner\t");
        let operator = Person { name: "A. Name".into(), notes: "Phone: 123".into(), ..person("Operator", "Works") };
        assert_eq!(found, [operator, person("Planner", "Office")]);
        assert_eq!(people("Roles\nOperator"), [person("Operator", "")], "one column");
        assert_eq!(people("Operator\tCompany A\nPlanner\tCompany B").len(), 2, "these are people");
        let sites: Vec<Site> =
            with_pasted(&[], (0, 1), &pasted("Location\tNotes\nNorth\tPumps").unwrap(), &Project::default());
        assert_eq!((sites.len(), sites[0].name.as_str(), sites[0].notes.as_str()), (1, "North", "Pumps"));
        let lines = pasted("Assumptions\nThe fence holds").unwrap();
        assert_eq!(with_pasted::<String>(&[], (0, 0), &lines, &Project::default()), ["The fence holds"]);
    }

    #[test]
    fn the_first_line_of_a_single_column_is_no_heading_by_chance() {
        fn first<R: Row>(text: &str) -> String {
            let rows: Vec<R> = with_pasted(&[], (0, 0), &pasted(text).unwrap(), &Project::default());
            words(&rows[0])[0].clone()
        }
        assert_eq!(first::<Site>("Plant\nWarehouse"), "Plant");
        assert_eq!(first::<Person>("Function\nOperator"), "Function");
        assert_eq!(first::<AccessPoint>("Use\nVPN"), "Use");
        assert_eq!(first::<Service>("Sector\nDrinking water"), "Sector");
        assert_eq!(first::<Document>("Description\nDrawing"), "Description");
        assert_eq!(first::<OutageWindow>("Shutdown\t\nOverhaul\t"), "Shutdown", "with an empty column beside it");
        assert_eq!(first::<String>("Constraint\nThe fence holds"), "Constraint");
        assert_eq!(first::<Site>("Sites\nPlant"), "Plant");
        assert_eq!(first::<Site>("Site\nPlant"), "Plant");
        assert_eq!(first::<Person>("Role\nOperator"), "Operator");
        assert_eq!(first::<Document>("Title:\nDrawing"), "Drawing");
        assert_eq!(first::<Service>("Services\nDrinking water"), "Drinking water");
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
