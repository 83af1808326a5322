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
        let mut by_check: Vec<(&str, &str, usize)> = Vec::new();
        for finding in open.iter().filter(|it| it.severity() == Severity::Hint) {
            match by_check.last_mut() {
                Some((code, _, count)) if *code == finding.check.code => *count += 1,
                _ => by_check.push((finding.check.code, finding.check.title, 1)),
            }
        }
        let items = by_check
            .into_iter()
            .map(|(code, title, count)| vec![Span::strong(format!("{code} ")), format!("{title}: {count}").into()]);
        blocks.push(Block::Bullets(items.collect()));
    }
    blocks.extend(set_aside(material));
    blocks
}

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
