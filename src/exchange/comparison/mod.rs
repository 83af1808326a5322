//! A comparison of two states as tables: a workbook, its gaps as CSV, or everything as JSON.

mod json;

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::analysis::SoFar;
use crate::analysis::compare::{Comparison, Fate, FrChange, Moves, Presence, TargetChange, ThenNow};
use crate::model::{Fr, RiskLevel};

/// Why a comparison can't be written.
#[derive(Debug, thiserror::Error)]
pub enum ComparisonError {
    /// The file's ending names no kind of table.
    #[error("a comparison is written as .xlsx, .csv or .json")]
    Ending,
    /// The workbook could not be written.
    #[error("the comparison can't be written as a workbook: {0}")]
    Xlsx(#[from] XlsxError),
    /// The table could not be written.
    #[error("the comparison can't be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The text could not be written.
    #[error("the comparison can't be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What the two states are called.
pub type Names<'a> = ThenNow<&'a str>;

/// A part of a comparison as rows of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it lists.
    pub name: &'static str,
    /// What the columns hold.
    pub columns: &'static [&'static str],
    /// One cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// The comparison as XLSX, CSV or JSON, as the ending of the file says that it is for.
///
/// # Errors
/// [`ComparisonError`].
pub fn for_file(comparison: &Comparison, names: Names, file: &Path) -> Result<Vec<u8>, ComparisonError> {
    match super::ending(file).as_str() {
        "xlsx" => to_xlsx(comparison, names),
        "csv" => to_csv(comparison),
        "json" => Ok(to_json(comparison, names)?.into_bytes()),
        _ => Err(ComparisonError::Ending),
    }
}

/// Everything as JSON.
///
/// # Errors
/// Only if a text can't be written as JSON, which does not happen.
pub fn to_json(comparison: &Comparison, names: Names) -> Result<String, serde_json::Error> {
    json::to_json(comparison, names)
}

/// All parts, those that hold nothing too.
pub fn sheets(comparison: &Comparison, names: Names) -> Vec<Sheet> {
    vec![
        summary(comparison, names),
        levels(comparison),
        gaps(comparison),
        answers(comparison),
        findings(comparison),
        risks(comparison),
        actions(comparison),
        things(comparison),
    ]
}

fn sheet(name: &'static str, columns: &'static [&'static str], rows: impl IntoIterator<Item = Vec<String>>) -> Sheet {
    Sheet { name, columns, rows: rows.into_iter().collect() }
}

fn summary(comparison: &Comparison, names: Names) -> Sheet {
    let row = |label: &str, then: String, now: String| vec![label.to_owned(), then, now];
    let now_only = |label: &str, now: usize| row(label, String::new(), now.to_string());
    let moved = |label: &str, Moves { up, down, unknown }: Moves| {
        let unknown = if unknown > 0 { format!(", {unknown} not known") } else { String::new() };
        row(label, String::new(), format!("{up} up, {down} down{unknown}"))
    };
    let count = |fate| comparison.count(fate);
    let answered = comparison.answered;
    let rows = [
        row("State", names.then.to_owned(), names.now.to_owned()),
        row("As of", comparison.as_of.then.to_string(), comparison.as_of.now.to_string()),
        row("Gaps", comparison.gaps_then().to_string(), comparison.gaps_now().to_string()),
        now_only("Gaps closed", count(Fate::Closed)),
        now_only("Gaps closed with evidence in force", comparison.closed_with_proof()),
        now_only("Gaps fallen away without being met", count(Fate::FellAway)),
        now_only("Gaps still open", count(Fate::Open)),
        now_only("New gaps", count(Fate::New)),
        row("Demanded requirements", answered.then.demanded.to_string(), answered.now.demanded.to_string()),
        row("Open questions", answered.then.open().to_string(), answered.now.open().to_string()),
        moved("SL-A", comparison.moves(|it| it.achieved)),
        moved("SL-A proven", comparison.moves(|it| it.proven)),
        moved("SL-T", comparison.moves(|it| it.target)),
    ];
    sheet("Summary", &["", "Then", "Now"], rows)
}

/// Seven levels as they are written: "{3,3,2,2,3,2,2}"; "?" is not assessed, "1+" at least 1.
fn vector(target: &TargetChange, of: impl Fn(&FrChange) -> SoFar) -> String {
    let digit = |fr: Fr| of(&target.levels[fr]).figure().replace('–', "-");
    format!("{{{}}}", Fr::ALL.map(digit).join(","))
}

/// What became of a target, in words.
fn presence(target: &TargetChange) -> String {
    match (target.presence(), &target.was_called) {
        (Presence::Both, Some(was)) => format!("was {was}"),
        (Presence::Both, None) => String::new(),
        (other, _) => other.word().to_owned(),
    }
}

fn levels(comparison: &Comparison) -> Sheet {
    let differs = |it: &&TargetChange| it.differs() || it.was_called.is_some() || it.presence() != Presence::Both;
    let row = |it: &TargetChange| {
        vec![
            it.tag.clone(),
            it.name.clone(),
            presence(it),
            vector(it, |it| it.target.then),
            vector(it, |it| it.target.now),
            vector(it, |it| it.achieved.then),
            vector(it, |it| it.achieved.now),
            vector(it, |it| it.proven.then),
            vector(it, |it| it.proven.now),
        ]
    };
    sheet(
        "Levels",
        &["Target", "Name", "What", "SL-T then", "SL-T now", "SL-A then", "SL-A now", "Proven then", "Proven now"],
        comparison.targets.iter().filter(differs).map(row),
    )
}

fn gaps(comparison: &Comparison) -> Sheet {
    let row = |it: &crate::analysis::compare::GapChange| {
        vec![
            it.fate.word().to_owned(),
            it.band.word().to_owned(),
            it.tag.clone(),
            it.title.clone(),
            it.reason.words().to_owned(),
            it.why.clone(),
        ]
    };
    sheet("Gaps", &["What became of it", "Band", "Target", "Gap", "Reason", "Why"], comparison.gaps.iter().map(row))
}

fn answers(comparison: &Comparison) -> Sheet {
    let row = |it: &crate::analysis::compare::AnswerChange| {
        let ThenNow { then, now } = it.status.clone();
        vec![it.tag.clone(), it.requirement.to_string(), then, now, it.also.join(", ")]
    };
    sheet("Answers", &["Target", "Requirement", "Then", "Now", "Also changed"], comparison.answers.iter().map(row))
}

fn findings(comparison: &Comparison) -> Sheet {
    let row = |it: &crate::analysis::compare::FindingChange| {
        vec![
            it.fate.words().to_owned(),
            it.severity.word().to_owned(),
            it.code.to_owned(),
            it.message.clone(),
            it.tags.join(", "),
        ]
    };
    sheet("Findings", &["What", "Severity", "Code", "Finding", "About"], comparison.findings.iter().map(row))
}

/// "high", or a dash where it is not rated.
fn level(level: Option<RiskLevel>) -> &'static str {
    level.map_or("-", RiskLevel::word)
}

fn risks(comparison: &Comparison) -> Sheet {
    let row = |it: &crate::analysis::compare::RiskChange| {
        let [one, two, three] = [0, 1, 2].map(|at| {
            let of = |levels: [Option<RiskLevel>; 3]| level(levels.get(at).copied().flatten());
            let (then, now) = (of(it.levels.then), of(it.levels.now));
            if then == now { now.to_owned() } else { format!("{then} → {now}") }
        });
        vec![it.tag.clone(), it.title.clone(), it.presence().word().to_owned(), one, two, three]
    };
    sheet(
        "Risks",
        &["Risk", "What could happen", "What", "Unmitigated", "Current", "Residual"],
        comparison.risks.iter().map(row),
    )
}

fn actions(comparison: &Comparison) -> Sheet {
    let row = |it: &crate::analysis::compare::ActionChange| {
        let word = |status: Option<crate::model::ActionStatus>| status.map_or("-", |it| it.word()).to_owned();
        let late = if it.is_overdue { ", overdue" } else { "" };
        vec![it.tag.clone(), it.title.clone(), word(it.status.then), format!("{}{late}", word(it.status.now))]
    };
    sheet("Actions", &["Action", "What is to be done", "Then", "Now"], comparison.actions.iter().map(row))
}

fn things(comparison: &Comparison) -> Sheet {
    let row = |it: &crate::analysis::compare::ThingChange| {
        vec![it.kind.to_owned(), it.tag.clone(), it.presence.word().to_owned(), it.fields.join(", ")]
    };
    sheet("Changes", &["Kind", "Tag", "What", "Fields"], comparison.things.iter().map(row))
}

fn to_xlsx(comparison: &Comparison, names: Names) -> Result<Vec<u8>, ComparisonError> {
    let mut workbook = Workbook::new();
    let now = comparison.as_of.now;
    let created =
        ExcelDateTime::from_ymd(now.year().unsigned_abs(), now.month().unsigned_abs(), now.day().unsigned_abs())?;
    let properties = DocProperties::new()
        .set_title(format!("{} compared with {}", names.now, names.then))
        .set_comment(format!("Made with Zonewright {}", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    for sheet in sheets(comparison, names) {
        write_sheet(workbook.add_worksheet(), &sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.name)?;
    let head = Format::new().set_bold();
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let lines = std::iter::once((&head, sheet.columns.iter().map(|&it| it.to_owned()).collect::<Vec<_>>()));
    let lines = lines.chain(sheet.rows.iter().map(|row| (&body, row.clone())));
    for (row, (format, cells)) in (0_u32..).zip(lines) {
        for (column, cell) in (0_u16..).zip(cells) {
            worksheet.write_string_with_format(row, column, cell, format)?;
        }
    }
    for (column, title) in (0_u16..).zip(sheet.columns) {
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = cells.map(|it| it.chars().count()).max().unwrap_or(0).max(title.chars().count());
        worksheet.set_column_width(column, (longest as f64 + 2.0).min(60.0))?;
    }
    worksheet.set_freeze_panes(1, 0)?;
    let (rows, columns) = (sheet.rows.len() as u32, sheet.columns.len().saturating_sub(1) as u16);
    if rows > 0 {
        worksheet.autofilter(0, 0, rows, columns)?;
    }
    Ok(())
}

fn to_csv(comparison: &Comparison) -> Result<Vec<u8>, ComparisonError> {
    let sheet = gaps(comparison);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    writer.write_record(sheet.columns)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|it| guarded(it)))?;
    }
    writer.into_inner().map_err(|error| ComparisonError::Csv(error.into_error().into()))
}

/// A text that a spreadsheet would run as a formula begins with an apostrophe.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::compare_projects;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::catalogue::Catalogue;
    use crate::model::Status;

    const NAMES: Names = ThenNow { then: "First assessment", now: "Now" };

    fn comparison() -> Comparison {
        let then = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1).answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        let now = then.clone().answer("Z-1", "SR 1.1", Status::Met, |_| ()).zone("=Z-2", |_| ());
        let now = now.sl_t("=Z-2", 1).answer("=Z-2", "SR 1.1", Status::NotMet, |_| ());
        compare_projects((&then.project, TODAY), (&now.project, TODAY), Catalogue::embedded())
    }

    #[test]
    fn the_gaps_are_written_as_csv_and_run_no_formula() {
        let text = String::from_utf8(for_file(&comparison(), NAMES, Path::new("out.CSV")).unwrap()).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(
            lines[1].starts_with("closed,") && lines[1].ends_with("met,\"Met, with no evidence in force\""),
            "{text}"
        );
        assert!(lines[2].contains(",'=Z-2,") && lines.len() == 3, "{text}");
    }

    #[test]
    fn everything_is_written_as_json() {
        let text = to_json(&comparison(), NAMES).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["format"], 1);
        assert_eq!(value["summary"]["gaps_closed"], 1);
        assert_eq!(value["gaps"][0]["reason"], "met");
        assert_eq!(value["gaps"][1]["why"], "=Z-2 was not there");
        assert_eq!(value["targets"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn the_same_comparison_gives_the_same_workbook() {
        let written = || for_file(&comparison(), NAMES, Path::new("out.xlsx")).unwrap();
        assert!(written() == written() && written().starts_with(b"PK"));
        let refused = for_file(&comparison(), NAMES, Path::new("out.txt"));
        assert_eq!(refused.unwrap_err().to_string(), "a comparison is written as .xlsx, .csv or .json");
    }
}
