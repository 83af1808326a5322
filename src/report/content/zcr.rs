//! Chapter: IEC 62443-3-2 step by step.

use super::*;
use crate::analysis::{Open, zcr};
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let states = material.analysis.zcr(material.catalogue);
    let (complete, confirmed) = zcr::totals(states);
    let mut blocks = vec![
        anchored(1, "IEC 62443-3-2 step by step", "zcr"),
        paragraph(format!(
            "How far each of the {} requirements of IEC 62443-3-2:2020 is, as far as the project's data say, what is open, and \
             who stands by it. {complete} are complete, {confirmed} confirmed. A requirement can be confirmed although something \
             is open; then both stand here.",
            states.len(),
        )),
    ];
    let columns = vec![
        Column::text("Requirement", 2.6),
        Column::text("State", 0.8),
        Column::text("Open", 2.8),
        Column::text("Confirmed", 2.0),
    ];
    let mut rows = Vec::new();
    for group in 1..=7 {
        rows.push(Row::group(format!("ZCR {group}: {}", material.catalogue.zcr_group(group))));
        rows.extend(states.iter().filter(|it| it.id.group() == group).map(|it| row(material, it)));
    }
    blocks.push(Block::Table(Table { columns, rows }));
    blocks
}

fn row(material: &Material, state: &zcr::ZcrState) -> Row {
    let title = material.catalogue.zcr_requirement(state.id).map_or("", |it| it.title.as_str());
    let open: Vec<String> = state.open.iter().map(Open::words).collect();
    let open = match state.remark {
        Some(remark) if open.is_empty() => remark.to_owned(),
        _ if open.is_empty() => "–".to_owned(),
        _ => open.join("; "),
    };
    let mut confirmed: Vec<Span> = vec![state.confirmed_words().unwrap_or_else(|| "not yet".to_owned()).into()];
    if let Some(it) = state.confirmed.as_ref().filter(|it| !it.notes.trim().is_empty()) {
        confirmed.push(Span::weak(format!("\n{}", it.notes.trim())));
    }
    Row {
        cells: vec![
            vec![Span::strong(format!("{} ", state.id)), title.into()].into(),
            state.progress.word().into(),
            open.into(),
            confirmed.into(),
        ],
        anchor: None,
    }
}
