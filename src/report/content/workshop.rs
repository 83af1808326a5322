//! Workshops in the report: who came, what was decided, doubted and put off.

use super::*;
use crate::model::{LogEntry, LogKind, Workshop, WorkshopItem};
use crate::report::outline::{Column, Row, Span, Table};

/// All workshops in short; nothing where none was held.
pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let mut all: Vec<_> = material.project.workshops.values().collect();
    all.retain(|it| !it.taken.is_empty() || !it.log.is_empty() || it.present().next().is_some());
    if all.is_empty() {
        return Vec::new();
    }
    all.sort_by_key(|it| (it.held_on.is_none(), it.held_on, &it.title));
    let mut blocks = vec![
        anchored(1, "Workshops", "workshops"),
        paragraph("What was settled with the people of the plant, and what was not."),
    ];
    for workshop in all {
        blocks.push(heading(2, workshop.name()));
        let present: Vec<_> = workshop.present().collect();
        let facts =
            [("Held", held(workshop)), ("Present", present.join(", ")), ("Gone through", gone_through(workshop))];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        blocks.push(Block::Facts(facts.map(|(label, value)| (label.to_owned(), vec![value.into()])).collect()));
        for &kind in LogKind::ALL {
            if kind != LogKind::Remark || material.profile == Profile::Audit {
                blocks.extend(said(material, workshop, kind, 3));
            }
        }
    }
    blocks
}

/// "2026-11-21", "2026-11-21 to 2026-11-23".
pub(super) fn days(workshop: &Workshop) -> String {
    match (workshop.held_on, workshop.last_on) {
        (Some(first), Some(last)) if last != first => format!("{first} to {last}"),
        (first, last) => first.or(last).map_or(String::new(), |it| it.to_string()),
    }
}

/// The days, and that it goes on where it is not over.
pub(super) fn held(workshop: &Workshop) -> String {
    match (days(workshop), workshop.closed) {
        (days, true) => days,
        (days, false) if days.is_empty() => "not over yet".to_owned(),
        (days, false) => format!("{days}, not over yet"),
    }
}

/// "34 items in 2 h 10 min".
pub(super) fn gone_through(workshop: &Workshop) -> String {
    let items = counted(workshop.taken.len(), "item");
    if workshop.seconds == 0 { items } else { format!("{items} in {}", duration(workshop.seconds)) }
}

/// "25 min", "3 h 20 min".
pub(super) fn duration(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The heading of entries of a kind.
pub(super) fn word(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Decision => "Decisions",
        LogKind::Dissent => "Dissent",
        LogKind::Parked => "Parking lot",
        LogKind::Remark => "Remarks",
    }
}

/// Entries of a kind under their heading; nothing where there are none.
pub(super) fn said(material: &Material, workshop: &Workshop, kind: LogKind, level: u8) -> Vec<Block> {
    let entries: Vec<_> = workshop.log.iter().filter(|it| it.kind == kind && !it.text.trim().is_empty()).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let mut columns =
        vec![Column::text("About", 2.2), Column::text("What was said", 4.1), Column::text("Said by", 2.2)];
    let is_settled = matches!(kind, LogKind::Dissent | LogKind::Parked);
    if is_settled {
        columns.push(Column::text("Settled", 0.8));
    }
    let row = |entry: &&LogEntry| {
        let about = entry.about.map_or("The workshop as a whole".to_owned(), |it| item_title(material, it));
        let at = entry.at.map(|it| it.strftime("%Y-%m-%d\u{a0}%H:%M").to_string()).unwrap_or_default();
        let mut by = vec![Span::from(entry.by.as_str())];
        let gap = if entry.by.is_empty() { "" } else { " " };
        by.push(Span::weak(format!("{gap}{at}")));
        let mut cells = vec![about.into(), entry.text.trim().into(), by.into()];
        if is_settled {
            cells.push(if entry.settled { "yes" } else { "open" }.into());
        }
        Row { cells, anchor: None }
    };
    let rows = entries.iter().map(row).collect();
    vec![heading(level, word(kind)), Block::Table(Table { columns, rows })]
}

/// "SR 1.1 Human user identification, Z-DOSE".
pub(super) fn item_title(material: &Material, item: WorkshopItem) -> String {
    match item {
        WorkshopItem::Question(key) => {
            let title = material.catalogue.requirement(key.requirement).map_or("", |it| it.title.as_str());
            format!("{} {title}, {}", key.requirement, material.project.target_tag(key.target))
        }
        WorkshopItem::Risk(id) => {
            material.project.risks.get(id).map_or(String::new(), |it| format!("{} {}", it.tag, it.title))
        }
    }
}
