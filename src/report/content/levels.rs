//! Chapter: security levels of every target, and why they are no higher.

use super::*;
use crate::analysis::{NOT_ASSESSED, Reach};
use crate::drawing::levels::bars_legend;
use crate::model::{Fr, SecurityLevel};
use crate::report::outline::{Column, Drawing, Figure, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    if material.analysis.targets.is_empty() {
        return vec![
            anchored(1, "Security levels", "levels"),
            paragraph("No zone has been drawn yet, so that there is nothing to set targets for."),
        ];
    }
    let mut blocks = vec![
        anchored(1, "Security levels", "levels"),
        paragraph(
            "For each foundational requirement a bar from 0 to 4. What is claimed and what is proven by current evidence are \
             told apart; where questions are open, the hatched part shows how high the level could still turn out. In figures: a \
             question mark where nothing is answered, 1+ for at least 1 with questions open.",
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
            "The requirements that keep a level from the next one, where the target is not reached or it is open whether it is. \
             Meeting all that are named lifts the level by one at least.",
        ));
        blocks.extend(capping(material));
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
        let mut cells = vec![material.target_title(target).into()];
        if levels.is_begun() {
            cells.push(material.bars_cell(levels));
            cells.push(material.target_cell(levels));
            cells.push(material.achieved_cell(levels));
            cells.push(material.proven_cell(levels));
        } else {
            let is_asked = levels.asks_for_a_level();
            cells.push(Span::weak(if is_asked { "not assessed" } else { "no target above 0" }).into());
            cells.push(material.target_cell(levels));
            cells.extend([(); 2].map(|()| "–".into()));
        }
        Some(Row { cells, anchor: Some(format!("levels {target}")) })
    };
    Block::Table(Table { columns, rows: material.targets().into_iter().filter_map(row).collect() })
}

/// What holds back each target, then in a word those of which nothing is answered.
fn capping(material: &Material) -> Vec<Block> {
    let columns = vec![
        Column::text("Zone or conduit", 1.0),
        Column::text("FR", 0.7),
        Column::text("SL-T / SL-A", 0.8),
        Column::text("Held back by", 5.0),
    ];
    let known = |target: Target| Some((target, material.analysis.target(target)?));
    let aiming = material.targets().into_iter().filter_map(known).filter(|(_, it)| it.asks_for_a_level());
    let (begun, untouched): (Vec<_>, Vec<_>) = aiming.partition(|(_, it)| it.is_begun());
    let rows: Vec<Row> = begun.iter().flat_map(|(target, levels)| capping_rows(material, *target, levels)).collect();
    let mut blocks = Vec::new();
    match (rows.is_empty(), begun.is_empty(), untouched.is_empty()) {
        (false, _, _) => blocks.push(Block::Table(Table { columns, rows })),
        (true, false, true) => blocks.push(paragraph("Every target that is set is reached.")),
        (true, false, false) => blocks.push(paragraph("Every target of what is assessed is reached.")),
        (true, true, true) => blocks.push(paragraph(material.no_level_asked_for())),
        (true, true, false) => (),
    }
    blocks.extend(material.not_begun().map(Block::Paragraph));
    blocks
}

/// A row for each FR in which a target is held back, and one for those that nobody assessed.
fn capping_rows(material: &Material, target: Target, levels: &TargetLevels) -> Vec<Row> {
    let tag = material.project.target_tag(target);
    let held_back = Fr::ALL.into_iter().filter(|fr| matches!(levels.reach(*fr), Reach::Open | Reach::Short { .. }));
    let row = |fr: Fr| {
        let (Some(wanted), Some(achieved)) = (levels.target, levels.achieved[fr]) else { return None };
        let capping = levels.capping(material.catalogue, fr);
        let named: Vec<_> = material
            .catalogue
            .members(capping)
            .map(|it| match levels.is_satisfied(material.catalogue, it.id) {
                Some(_) => it.id.to_string(),
                None => format!("{} (open)", it.id),
            })
            .collect();
        let shown = achieved_text(achieved, levels.possible[fr].filter(|it| *it > achieved));
        let level = format!("{} / {shown}", wanted[fr]);
        Some(Row::from_iter([tag.to_owned(), fr.code().to_owned(), level, named.join(", ")]))
    };
    let mut rows: Vec<Row> = held_back.filter_map(row).collect();
    let unknown: Vec<_> = levels.not_assessed().map(Fr::code).collect();
    if !unknown.is_empty() {
        let cells = [tag.to_owned(), unknown.join(", "), NOT_ASSESSED.to_owned(), "not assessed yet".to_owned()];
        rows.push(Row::from_iter(cells));
    }
    rows
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
        if let Some(given_for) = level.reason_for {
            why.push(Span::from(format!(" (Given when the target was {given_for:#}.)")));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    fn said(plant: &Fixture) -> String {
        fixture::said(plant, Profile::Full, capping)
    }

    #[test]
    fn what_nobody_assessed_is_one_sentence() {
        let zones = |tags: &[&str]| tags.iter().fold(Fixture::new(), |it, tag| it.zone(tag, |_| ()).sl_t(tag, 2));
        let plant = zones(&["Z-1", "Z-2", "Z-3"]).sl_t("Z-3", 0);
        let nothing = said(&plant);
        assert!(nothing.contains("of 2 targets nothing is answered yet: Z-1, Z-2."), "{nothing}");
        assert!(!nothing.contains("Table") && !nothing.contains("reached"), "{nothing}");
        let begun = said(&plant.answer("Z-1", "SR 1.1", Status::Met, |_| ()));
        assert!(begun.contains("of 1 target nothing is answered yet: Z-2."), "{begun}");
        assert!(begun.contains("\"2 / 0 (up to 4)\"") && begun.contains("\"UC, SI, DC, RDF, TRE, RA\""), "{begun}");
    }
}
