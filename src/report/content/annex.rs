//! Annexes of the audit report: every answer, every piece of evidence.

use super::*;
use crate::model::{Answer, Status};
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn chapters(material: &Material) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, anchored(1, "Annex: all answers", "answers")];
    for target in material.targets() {
        let Some(levels) = material.analysis.target(target) else { continue };
        blocks.push(heading(2, &material.target_title(target)));
        let columns = vec![
            Column::text("Requirement", 2.6),
            Column::text("Answer", 1.1),
            Column::text("What was found", 4.2),
            Column::text("Evidence", 1.3),
            Column::text("Answered", 1.4),
        ];
        let row = |it: &crate::catalogue::Requirement| {
            let answer = material.project.answer(target, it.id).cloned().unwrap_or_default();
            answer_row(material, it, &answer)
        };
        let rows = material.catalogue.members(levels.scope).map(row).collect();
        blocks.push(Block::Table(Table { columns, rows }));
    }
    blocks.push(anchored(1, "Annex: evidence", "evidence"));
    blocks.push(evidence(material));
    blocks
}

fn answer_row(material: &Material, requirement: &crate::catalogue::Requirement, answer: &Answer) -> Row {
    let project = material.project;
    let status = match answer.status {
        Status::Inherited(Some(source)) => format!("inherited from {}", project.target_tag(source)),
        status => status.word().to_owned(),
    };
    let texts = [&answer.countermeasure, &answer.justification, &answer.notes];
    let texts: Vec<_> = texts.into_iter().filter(|it| !it.is_empty()).map(String::as_str).collect();
    let evidence = answer.evidence.iter().filter_map(|&id| Some((id, project.evidence.get(id)?)));
    let mut links: Vec<Span> = Vec::new();
    for (id, it) in evidence {
        if !links.is_empty() {
            links.push(", ".into());
        }
        links.push(Span::link(it.tag.clone(), format!("evidence {id}")));
    }
    let answered = match answer.answered_on {
        Some(day) => format!("{}, {day}", answer.answered_by),
        None => answer.answered_by.clone(),
    };
    Row {
        cells: vec![
            vec![Span::strong(format!("{} ", requirement.id)), requirement.title.as_str().into()].into(),
            status.into(),
            texts.join(" ").into(),
            links.into(),
            answered.trim_start_matches(", ").to_owned().into(),
        ],
        anchor: None,
    }
}

fn evidence(material: &Material) -> Block {
    let mut all: Vec<_> = material.project.evidence.iter().collect();
    if all.is_empty() {
        return paragraph("No evidence has been recorded.");
    }
    all.sort_by_key(|(_, it)| &it.tag);
    let columns = vec![
        Column::text("Evidence", 3.4),
        Column::text("Kind", 1.2),
        Column::text("Kept at", 2.4),
        Column::text("Collected", 1.15),
        Column::text("Expires", 1.15),
        Column::text("Accepted", 0.9),
    ];
    let row = |(id, it): (crate::model::EvidenceId, &crate::model::Evidence)| {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let expired = if it.is_expired(material.analysis.as_of) { " (expired)" } else { "" };
        let mut what = vec![Span::strong(format!("{}  ", it.tag)), it.title.as_str().into()];
        if !it.sha256.is_empty() {
            what.push(Span::weak(format!(" SHA-256 {}", it.sha256)));
        }
        Row {
            cells: vec![
                what.into(),
                it.kind.clone().into(),
                it.location.clone().into(),
                day(it.collected_on).into(),
                format!("{}{expired}", day(it.expires_on)).into(),
                if it.accepted { "yes" } else { "no" }.into(),
            ],
            anchor: Some(format!("evidence {id}")),
        }
    };
    Block::Table(Table { columns, rows: all.into_iter().map(row).collect() })
}
