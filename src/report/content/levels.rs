//! Chapter: security levels of every target, and why they are no higher.

use super::*;
use crate::analysis::Reach;
use crate::drawing::levels::{NOT_ASSESSED, bars_legend};
use crate::model::{Fr, SecurityLevel};
use crate::report::outline::{Column, Drawing, Figure, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let mut blocks = vec![
        anchored(1, "Security levels", "levels"),
        paragraph(
            "For each foundational requirement a bar from 0 to 4. What is claimed and what is proven by current evidence are \
             told apart; where questions are open, the hatched part shows how high the level could still turn out.",
        ),
    ];
    let (shapes, frame) = bars_legend(material.palette);
    let drawing = Drawing { width: frame.width, height: frame.height, shapes };
    blocks.push(Block::Figure(Figure {
        drawing,
        caption: fr_names(),
        own_page: false,
        core: crate::model::Rect::default(),
        whole: Vec::new(),
    }));
    blocks.push(bars_table(material));
    if material.profile != Profile::Management {
        blocks.push(heading(2, "Why levels are no higher"));
        blocks.push(paragraph(
            "The requirements that keep a level from the next one, where the target is not reached. Closing all that are named \
             lifts the level by one at least.",
        ));
        blocks.push(capping_table(material));
        blocks.extend(reasons(material));
    }
    blocks
}

fn fr_names() -> String {
    let names: Vec<_> = Fr::ALL.iter().map(|fr| format!("{fr} {} {}", fr.code(), fr.name().to_lowercase())).collect();
    format!("From left to right: {}.", names.join("; "))
}

fn bars_table(material: &Material) -> Block {
    let columns = vec![
        Column::text("Zone or conduit", 2.2),
        Column::spaced(&cells::fr_codes(), 2.3, cells::BARS),
        Column::text("SL-T", 1.5),
        Column::text("SL-A", 1.5),
        Column::text("Proven", 1.5),
    ];
    let row = |target: Target| {
        let levels = material.analysis.target(target)?;
        Some(Row {
            cells: vec![
                material.target_title(target).into(),
                material.bars_cell(levels),
                material.target_cell(levels),
                material.known_cell(levels, &levels.achieved),
                material.known_cell(levels, &levels.evidenced),
            ],
            anchor: Some(format!("levels {target}")),
        })
    };
    Block::Table(Table { columns, rows: material.targets().into_iter().filter_map(row).collect() })
}

fn capping_table(material: &Material) -> Block {
    let columns = vec![
        Column::text("Zone or conduit", 1.0),
        Column::text("FR", 0.5),
        Column::text("SL-T / SL-A", 0.8),
        Column::text("Held back by", 5.0),
    ];
    let mut rows = Vec::new();
    for target in material.targets() {
        let Some(levels) = material.analysis.target(target) else { continue };
        for fr in Fr::ALL.into_iter().filter(|fr| levels.shortfall(*fr) > 0) {
            let (Some(wanted), Some(achieved)) = (levels.target, levels.achieved[fr]) else { continue };
            if levels.reach(fr) == Reach::NotAssessed {
                let unknown = format!("{} / {NOT_ASSESSED}", wanted[fr]);
                let tag = material.project.target_tag(target).to_owned();
                rows.push(Row::from_iter([tag, fr.code().to_owned(), unknown, "not assessed".to_owned()]));
                continue;
            }
            let capping = levels.capping(material.catalogue, fr);
            let named: Vec<_> = material
                .catalogue
                .members(capping)
                .map(|it| match levels.is_satisfied(material.catalogue, it.id) {
                    Some(_) => it.id.to_string(),
                    None => format!("{} (open)", it.id),
                })
                .collect();
            let possible = levels.possible[fr].filter(|it| *it > achieved);
            let shown = achieved_text(achieved, possible);
            rows.push(Row::from_iter([
                material.project.target_tag(target).to_owned(),
                fr.code().to_owned(),
                format!("{} / {shown}", wanted[fr]),
                named.join(", "),
            ]));
        }
    }
    if rows.is_empty() {
        return paragraph("Every target that is set is reached.");
    }
    Block::Table(Table { columns, rows })
}

/// "1", or "1 (up to 3)" while questions are open.
fn achieved_text(achieved: SecurityLevel, possible: Option<SecurityLevel>) -> String {
    possible.map_or(achieved.to_string(), |possible| format!("{achieved} (up to {possible})"))
}

/// Why the targets are what they are.
fn reasons(material: &Material) -> Vec<Block> {
    let columns = vec![
        Column::text("Zone or conduit", 1.0),
        Column::text("SL-T", 1.5),
        Column::text("Why", 4.0),
        Column::text("Decided", 1.6),
    ];
    let row = |target: Target| {
        let level = material.project.target_level(target)?;
        let levels = material.analysis.target(target)?;
        let mut why = vec![Span::from(level.reason.as_str())];
        for (fr, reason) in &level.deviations {
            why.push(Span::strong(format!(" {}: ", fr.code())));
            why.push(Span::from(reason.as_str()));
        }
        let decided = match level.decided_on {
            Some(day) if level.decided_by.is_empty() => day.to_string(),
            Some(day) => format!("{}, {day}", level.decided_by),
            None => level.decided_by.clone(),
        };
        let tag = material.project.target_tag(target).to_owned();
        Some(Row { cells: vec![tag.into(), material.target_cell(levels), why.into(), decided.into()], anchor: None })
    };
    let rows: Vec<_> = material.targets().into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![heading(2, "Why the targets are what they are"), Block::Table(Table { columns, rows })]
}
