//! Chapter: what the checks of the model found.

use super::*;
use crate::analysis::{Finding, Severity};
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let analysis = material.analysis;
    let open: Vec<&Finding> = analysis.findings.iter().filter(|it| it.set_aside.is_none()).collect();
    let [errors, warnings, hints] = Severity::ALL.map(|severity| analysis.open_findings(severity));
    let mut blocks = vec![
        anchored(1, "Findings about the model", "findings"),
        paragraph(format!(
            "The drawing, the registers and the record are checked against themselves and against the rules of partition and \
             architecture: {}, {}, {}.",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(hints, "hint"),
        )),
    ];
    let mut listed: Vec<&Finding> = open.iter().copied().filter(|it| it.severity() != Severity::Hint).collect();
    listed.sort_by_key(|it| it.severity());
    if !listed.is_empty() {
        blocks.push(table(material, &listed));
    }
    if hints > 0 {
        blocks.push(heading(2, "Hints"));
        let hints: Vec<&Finding> = open.into_iter().filter(|it| it.severity() == Severity::Hint).collect();
        let by_check = hints.chunk_by(|one, next| one.check.code == next.check.code);
        blocks.push(Block::Bullets(by_check.filter_map(|it| bullet(material, it)).collect()));
    }
    blocks.extend(set_aside(material));
    blocks
}

/// The hints of one check in a line: how many, and where.
fn bullet(material: &Material, findings: &[&Finding]) -> Option<Vec<Span>> {
    let check = findings.first()?.check;
    let mut places: Vec<String> = Vec::new();
    for tag in findings.iter().flat_map(|it| it.tags(material.project)) {
        if !tag.is_empty() && !places.contains(&tag) {
            places.push(tag);
        }
    }
    let more = places.len().saturating_sub(MOST_PLACES);
    places.truncate(MOST_PLACES);
    let mut line =
        vec![Span::strong(format!("{} ", check.code)), format!("{}: {}", check.title, findings.len()).into()];
    if !places.is_empty() {
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        line.push(Span::weak(format!(" ({}{more})", places.join(", "))));
    }
    Some(line)
}

/// So many places are named; the findings of a large plant would fill pages.
const MOST_PLACES: usize = 12;

fn table(material: &Material, findings: &[&Finding]) -> Block {
    let columns = vec![
        Column::text("Severity", 0.8),
        Column::text("Code", 0.5),
        Column::text("Finding", 3.6),
        Column::text("What to do", 3.6),
    ];
    let row = |it: &&Finding| Row {
        cells: vec![
            cells::chip_cell(it.severity().word(), 40.0, material.palette.severity(it.severity())),
            it.check.code.into(),
            format!("{}.", it.message).into(),
            it.check.advice.into(),
        ],
        anchor: None,
    };
    Block::Table(Table { columns, rows: findings.iter().map(row).collect() })
}

fn set_aside(material: &Material) -> Vec<Block> {
    let aside: Vec<_> = material.analysis.findings.iter().filter_map(|it| Some((it, it.set_aside.as_ref()?))).collect();
    if aside.is_empty() {
        return Vec::new();
    }
    let items = aside.into_iter().map(|(finding, why)| {
        let by = if why.by.is_empty() { String::new() } else { format!(" ({})", why.by) };
        vec![
            Span::strong(format!("{} ", finding.check.code)),
            format!("{}. Set aside: {}{by}", finding.message, why.reason).into(),
        ]
    });
    vec![heading(2, "Set aside with a reason"), Block::Bullets(items.collect())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::samples::SAMPLES;

    #[test]
    fn hints_say_where_they_are() {
        let plant = Fixture { project: SAMPLES[0].open().unwrap() };
        fixture::of(&plant, Profile::Full, |material| {
            let findings = material.analysis.findings.iter();
            let hints: Vec<&Finding> = findings.filter(|it| it.severity() == Severity::Hint).collect();
            let first = *hints.iter().find(|it| !it.about.is_empty()).unwrap();
            let told = |findings: &[&Finding]| bullet(material, findings).unwrap().into_iter().map(|it| it.text);
            let line = told(&[first, first]).collect::<String>();
            let places = first.tags(&plant.project).join(", ");
            let once = format!("{} {}: 2 ({places})", first.check.code, first.check.title);
            assert_eq!(line, once, "a place is named once");
            let all = told(&hints).collect::<String>();
            assert!(all.ends_with(" more)") && all.matches(", ").count() < MOST_PLACES + 2, "{all}");
        });
    }
}
