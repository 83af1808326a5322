//! The prioritised remediation tracker as a workbook, or its gaps as CSV.

use std::path::Path;

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DocProperties, ExcelDateTime, Format,
    FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError,
};

use crate::analysis::{Analysis, Band, Gap};
use crate::catalogue::Catalogue;
use crate::drawing::palette::Palette;
use crate::model::{ActionStatus, Project, Target};

/// Why there is no tracker.
#[derive(Debug, thiserror::Error)]
pub enum TrackerError {
    /// The file's ending names no kind of table.
    #[error("a tracker is written as .xlsx or .csv")]
    Ending,
    /// The workbook could not be written.
    #[error("the tracker can't be written as a workbook: {0}")]
    Xlsx(#[from] XlsxError),
    /// The table could not be written.
    #[error("the tracker can't be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A day that workbooks do not know.
    #[error("{0} is a day that workbooks do not know")]
    Day(Date),
}

/// A value of a cell.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    Number(f64),
    Day(Option<Date>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

/// A table of the tracker: columns with their widths in characters, and rows.
struct Sheet {
    name: &'static str,
    columns: &'static [(&'static str, f64)],
    rows: Vec<Vec<Value>>,
}

const GAPS: &[(&str, f64)] = &[
    ("Rank", 6.0),
    ("Band", 7.0),
    ("Score", 7.0),
    ("Target", 14.0),
    ("Target name", 28.0),
    ("Requirement", 14.0),
    ("Title", 38.0),
    ("What was found", 60.0),
    ("Classification", 14.0),
    ("Kind", 12.0),
    ("Blocks closure", 9.0),
    ("C", 5.0),
    ("E", 5.0),
    ("A", 5.0),
    ("Shortfall", 9.0),
    ("Treatment", 12.0),
    ("Actions", 16.0),
    ("Acceptances", 14.0),
    ("Owner", 22.0),
    ("Due", 12.0),
    ("Where nothing can be patched or replaced", 60.0),
];

const ACTIONS: &[(&str, f64)] = &[
    ("Action", 12.0),
    ("Title", 44.0),
    ("How", 60.0),
    ("Priority", 8.0),
    ("Open gaps it closes", 11.0),
    ("Owner", 24.0),
    ("Effort", 12.0),
    ("Cost", 12.0),
    ("Start", 12.0),
    ("Due", 12.0),
    ("Status", 13.0),
    ("Wave", 13.0),
    ("Outage", 18.0),
    ("After", 16.0),
    ("Closes", 50.0),
];

const QUESTIONS: &[(&str, f64)] =
    &[("Target", 14.0), ("Target name", 28.0), ("Requirement", 14.0), ("Title", 38.0), ("Question", 80.0)];

/// The tracker as XLSX or CSV, as the ending of the file says that it is for.
///
/// # Errors
/// [`TrackerError`].
pub fn for_file(
    project: &Project,
    catalogue: &Catalogue,
    analysis: &Analysis,
    file: &Path,
) -> Result<Vec<u8>, TrackerError> {
    match super::ending(file).as_str() {
        "xlsx" => to_xlsx(project, catalogue, analysis),
        "csv" => to_csv(project, catalogue, analysis),
        _ => Err(TrackerError::Ending),
    }
}

/// The tracker as a workbook: gaps in rank order, actions, open questions. The same
/// project and day give the same bytes.
///
/// # Errors
/// [`TrackerError`].
fn to_xlsx(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Result<Vec<u8>, TrackerError> {
    let mut workbook = Workbook::new();
    let created = excel_day(analysis.as_of).ok_or(TrackerError::Day(analysis.as_of))?;
    let properties = DocProperties::new()
        .set_title(format!("Remediation tracker, {}", project.info.title))
        .set_author(&project.info.prepared_by)
        .set_comment(format!("As of {}; made with Zonewright {}", analysis.as_of, env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let sheets =
        [gaps(project, catalogue, analysis), actions(project, analysis), questions(project, catalogue, analysis)];
    for sheet in &sheets {
        write_sheet(workbook.add_worksheet(), sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The gaps in rank order as CSV.
///
/// # Errors
/// [`TrackerError`].
fn to_csv(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Result<Vec<u8>, TrackerError> {
    let sheet = gaps(project, catalogue, analysis);
    // the mark tells spreadsheets that it is UTF-8
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(sheet.columns.iter().map(|(name, _)| name))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(csv_cell))?;
    }
    writer.into_inner().map_err(|error| TrackerError::Csv(error.into_error().into()))
}

/// A cell's text; one that a spreadsheet would take for a formula is quoted as text.
fn csv_cell(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::Text(text) => text.clone(),
    }
}

/// A day as spreadsheets know it; `None` for one before their calendar begins.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

fn write_sheet(sheet: &mut Worksheet, content: &Sheet) -> Result<(), TrackerError> {
    sheet.set_name(content.name)?;
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    for (row, values) in content.rows.iter().enumerate() {
        let row = row as u32 + 1;
        for (column, value) in values.iter().enumerate() {
            let column = column as u16;
            match value {
                Value::Text(value) => sheet.write_string_with_format(row, column, shortened(value), &text)?,
                Value::Number(number) => sheet.write_number_with_format(row, column, *number, &text)?,
                Value::Day(Some(date)) => match excel_day(*date) {
                    Some(date) => sheet.write_datetime_with_format(row, column, date, &day)?,
                    None => sheet.write_string_with_format(row, column, date.to_string(), &text)?,
                },
                Value::Day(None) => sheet.write_blank(row, column, &day)?,
            };
        }
    }
    let last_row = content.rows.len().max(1) as u32;
    let last_column = content.columns.len() as u16 - 1;
    let columns: Vec<_> = content.columns.iter().map(|(name, _)| TableColumn::new().set_header(*name)).collect();
    let name = content.name.replace(' ', "_");
    let table = Table::new().set_name(name).set_columns(&columns).set_style(TableStyle::Light1);
    sheet.add_table(0, 0, last_row, last_column, &table)?;
    for (column, (name, width)) in content.columns.iter().enumerate() {
        let column = column as u16;
        sheet.set_column_width(column, *width)?;
        match *name {
            "Band" | "Priority" => colour_bands(sheet, last_row, column)?,
            "Status" => {
                let words: Vec<_> = ActionStatus::ALL.iter().map(|it| it.word()).collect();
                sheet.add_data_validation(
                    1,
                    column,
                    last_row,
                    column,
                    &DataValidation::new().allow_list_strings(&words)?,
                )?;
            }
            _ => (),
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// A workbook's cell holds no more than this many characters.
fn shortened(text: &str) -> String {
    const MOST: usize = 32_000;
    if text.len() <= MOST { text.to_owned() } else { text.chars().take(MOST / 4).chain(['…']).collect() }
}

fn colour_bands(sheet: &mut Worksheet, last_row: u32, column: u16) -> Result<(), TrackerError> {
    for band in Band::ALL {
        let (fill, ink) = Palette::light().band(band);
        let rgb = |it: crate::drawing::palette::Color| {
            Color::RGB(u32::from(it.r) << 16 | u32::from(it.g) << 8 | u32::from(it.b))
        };
        let format = Format::new().set_background_color(rgb(fill)).set_font_color(rgb(ink)).set_bold();
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(band.word().to_owned()))
            .set_format(format);
        sheet.add_conditional_format(1, column, last_row, column, &rule)?;
    }
    Ok(())
}

/// Actions and acceptances that treat a gap, and the action that is due first.
struct Treating<'a> {
    actions: Vec<&'a crate::model::Action>,
    acceptances: Vec<&'a crate::model::Acceptance>,
}

impl<'a> Treating<'a> {
    fn of(project: &'a Project, analysis: &Analysis, gap: &Gap) -> Self {
        let actions = project.actions.values().filter(|it| it.treats() && gap.is_closed_by(it));
        let in_force = project.acceptances.values().filter(|it| !it.is_expired(analysis.as_of));
        let acceptances = in_force.filter(|it| gap.is_named_by(it));
        let mut treating = Self { actions: actions.collect(), acceptances: acceptances.collect() };
        treating.actions.sort_by_key(|it| (it.due.is_none(), it.due, it.tag.clone()));
        treating.acceptances.sort_by_key(|it| it.tag.clone());
        treating
    }
}

fn tags<'a>(tags: impl IntoIterator<Item = &'a String>) -> String {
    let tags: Vec<_> = tags.into_iter().map(String::as_str).collect();
    tags.join(", ")
}

fn gaps(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Sheet {
    let row = |(rank, gap): (usize, &Gap)| {
        let manual = gap.manual.and_then(|id| project.manual_findings.get(id));
        let requirement = gap.requirement.and_then(|id| catalogue.requirement(id));
        let treating = Treating::of(project, analysis, gap);
        let first = treating.actions.first();
        let text = |target: Option<Target>, of: &dyn Fn(Target) -> String| target.map(of).unwrap_or_default();
        vec![
            Value::Number((rank + 1) as f64),
            gap.band.word().into(),
            gap.score.into(),
            text(gap.target, &|target| project.target_tag(target).to_owned()).into(),
            text(gap.target, &|target| project.target_name(target).to_owned()).into(),
            gap.requirement.map(|id| id.to_string()).unwrap_or_default().into(),
            manual
                .map_or_else(
                    || requirement.map(|it| it.title.clone()).unwrap_or_default(),
                    |it| format!("{} {}", it.tag, it.title),
                )
                .into(),
            gap.found(project).into(),
            gap.classification.word().into(),
            gap.kind.word().into(),
            if gap.blocks_closure { "yes" } else { "no" }.into(),
            gap.consequence.into(),
            gap.exploitability.into(),
            gap.audit_impact.into(),
            gap.shortfall.into(),
            gap.treatment.word().into(),
            tags(treating.actions.iter().map(|it| &it.tag)).into(),
            tags(treating.acceptances.iter().map(|it| &it.tag)).into(),
            first.map(|it| it.owner.clone()).unwrap_or_default().into(),
            Value::Day(first.and_then(|it| it.due)),
            requirement.map(|it| it.fallback.clone()).unwrap_or_default().into(),
        ]
    };
    Sheet { name: "Gaps", columns: GAPS, rows: analysis.gaps.iter().enumerate().map(row).collect() }
}

fn actions(project: &Project, analysis: &Analysis) -> Sheet {
    let mut all: Vec<_> = project.actions.iter().collect();
    all.sort_by_key(|(_, it)| (it.wave(analysis.as_of), it.due.is_none(), it.due, it.tag.clone()));
    let row = |(_, action): (crate::model::ActionId, &crate::model::Action)| {
        let closed: Vec<&Gap> = analysis.gaps.iter().filter(|gap| gap.is_closed_by(action)).collect();
        let most_urgent = closed.iter().map(|gap| gap.band).min();
        let before = action.depends_on.iter().filter_map(|&id| project.actions.get(id));
        let named: Vec<_> =
            action.closes.iter().map(|key| format!("{} {}", project.target_tag(key.target), key.requirement)).collect();
        vec![
            action.tag.clone().into(),
            action.title.clone().into(),
            action.notes.clone().into(),
            most_urgent.map_or("", Band::word).into(),
            Value::Number(closed.len() as f64),
            action.owner.clone().into(),
            action.effort.clone().into(),
            action.cost.parse().map_or_else(|_| Value::Text(action.cost.clone()), Value::Number),
            Value::Day(action.start),
            Value::Day(action.due),
            action.status.word().into(),
            action.wave(analysis.as_of).word().into(),
            if action.outage {
                action.outage_window.clone() + if action.outage_window.is_empty() { "yes" } else { "" }
            } else {
                String::new()
            }
            .into(),
            tags(before.map(|it| &it.tag)).into(),
            named.join("; ").into(),
        ]
    };
    Sheet { name: "Actions", columns: ACTIONS, rows: all.into_iter().map(row).collect() }
}

fn questions(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Sheet {
    let mut targets: Vec<_> = project.targets().collect();
    targets.sort_by_key(|&target| (target.conduit().is_some(), project.target_tag(target)));
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for target in targets {
        let Some(levels) = analysis.target(target) else { continue };
        rows.extend(catalogue.members(levels.open_questions()).map(|it| {
            vec![
                project.target_tag(target).into(),
                project.target_name(target).into(),
                it.id.to_string().into(),
                it.title.clone().into(),
                it.question.clone().into(),
            ]
        }));
    }
    Sheet { name: "Open questions", columns: QUESTIONS, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |zone| zone.name = "=Größe()".into()).sl_t("Z-1", 1);
        let plant = plant.answer("Z-1", "SR 1.1", Status::NotMet, |answer| answer.notes = "No login at all".into());
        let key = plant.gap("Z-1/SR 1.1");
        plant.action("ACT-1", |action| {
            action.closes.insert(key);
        })
    }

    fn cells(bytes: Vec<u8>, sheet: &str, row: usize) -> Vec<String> {
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let range = workbook.worksheet_range(sheet).unwrap();
        let row: Vec<Data> = range.rows().nth(row).unwrap().to_vec();
        row.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_gap_stands_in_the_workbook_with_its_action() {
        let plant = plant();
        let workbook = to_xlsx(&plant.project, Catalogue::embedded(), &plant.analyse()).unwrap();
        let header = cells(workbook.clone(), "Gaps", 0);
        let row = cells(workbook.clone(), "Gaps", 1);
        let at = |name: &str| row[header.iter().position(|it| it == name).unwrap()].as_str();
        assert_eq!((at("Rank"), at("Target"), at("Requirement")), ("1", "Z-1", "SR 1.1"));
        assert_eq!(
            (at("What was found"), at("Actions"), at("Owner")),
            ("No login at all", "ACT-1", "Control engineer")
        );
        assert_eq!(at("Target name"), "=Größe()", "text, and no formula");
        assert_eq!(cells(workbook, "Open questions", 1)[2], "SR 1.3");
    }

    #[test]
    fn the_same_project_and_day_give_the_same_bytes() {
        let plant = plant();
        let write = || to_xlsx(&plant.project, Catalogue::embedded(), &plant.analyse()).unwrap();
        assert_eq!(write(), write());
    }

    #[test]
    fn csv_holds_no_formula() {
        let plant = plant();
        let csv = to_csv(&plant.project, Catalogue::embedded(), &plant.analyse()).unwrap();
        let text = String::from_utf8(csv).unwrap();
        assert!(text.lines().nth(1).is_some_and(|line| line.contains(",'=Größe(),")), "{text}");
    }
}
