//! Chapter: what became of levels and gaps since the newest baseline.

use super::*;
use crate::analysis::analyse;
use crate::analysis::compare::{
    Comparison, Fate, GapChange, Moves, Presence, TargetChange, ThenNow, compare, newest_baseline,
};
use crate::report::outline::{Column, KeyFigure, Row, Span, Table};

/// Nothing where the project holds no baseline.
pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let Some((_, baseline)) = newest_baseline(material.project) else { return Vec::new() };
    let day = baseline.taken_on.unwrap_or(material.analysis.as_of);
    let then = analyse(&baseline.project, material.catalogue, day);
    let comparison = compare(&then, material.analysis, material.catalogue);
    let name = match baseline.name.trim() {
        "" => "the baseline".to_owned(),
        name => format!("“{name}”"),
    };
    let by = if baseline.by.trim().is_empty() { String::new() } else { format!(", taken by {}", baseline.by.trim()) };
    let mut blocks = vec![
        anchored(1, &format!("Since {name}"), "since"),
        paragraph(format!(
            "The assessment as it stands on {} beside the baseline of {day}{by}. A gap counts as closed only where the \
             requirement is met or a countermeasure stands in; one that is none any more because the SL-T was lowered, the \
             requirement called not applicable or the answer taken back has fallen away, and nothing was mended.",
            comparison.as_of.now
        )),
    ];
    if !baseline.notes.trim().is_empty() {
        blocks.push(note(baseline.notes.trim()));
    }
    blocks.push(figures(material, &comparison));
    blocks.push(paragraph(moves(&comparison)));
    blocks.extend(levels(material, &comparison));
    for (fate, title) in [
        (Fate::Closed, "Closed"),
        (Fate::FellAway, "Fallen away without being met"),
        (Fate::Open, "Still open, and why"),
        (Fate::New, "New"),
    ] {
        let gaps: Vec<_> = comparison.gaps.iter().filter(|it| it.fate == fate).collect();
        if !gaps.is_empty() {
            blocks.push(heading(2, &format!("{title}: {}", counted(gaps.len(), "gap"))));
            blocks.push(table(material, &gaps));
        }
    }
    blocks
}

fn figures(material: &Material, comparison: &Comparison) -> Block {
    let palette = material.palette;
    let figure =
        |number: usize, label: &str, color| KeyFigure { figure: number.to_string(), label: label.to_owned(), color };
    Block::KeyFigures(vec![
        figure(comparison.gaps_then(), &format!("gaps then, {}", comparison.answered.then.words()), palette.text),
        figure(comparison.count(Fate::Closed), "closed", palette.good),
        figure(comparison.count(Fate::FellAway), "fell away", palette.hint),
        figure(comparison.count(Fate::Open), "still open", palette.warning),
        figure(comparison.count(Fate::New), "new", palette.error),
        figure(comparison.gaps_now(), &format!("gaps now, {}", comparison.answered.now.words()), palette.text),
    ])
}

fn moves(comparison: &Comparison) -> String {
    let words = |Moves { up, down, unknown }: Moves| {
        let known = match (up, down) {
            (0, 0) if unknown > 0 => "nowhere known to be higher or lower".to_owned(),
            (0, 0) => "as they were".to_owned(),
            (up, 0) => format!("{up} higher"),
            (0, down) => format!("{down} lower"),
            (up, down) => format!("{up} higher and {down} lower"),
        };
        match unknown {
            0 => known,
            _ => format!("{known} ({unknown} can’t be compared, for not all was answered then or is now)"),
        }
    };
    let ThenNow { then, now } = comparison.answered;
    format!(
        "Of the closed gaps {} have evidence in force. FR by FR over all zones and conduits, achieved levels are {}, proven \
         levels {}, targets {}. Of what the targets demand then {}, now {}.",
        comparison.closed_with_proof(),
        words(comparison.moves(|it| it.achieved)),
        words(comparison.moves(|it| it.proven)),
        words(comparison.moves(|it| it.target)),
        then.words(),
        now.words(),
    )
}

fn levels(material: &Material, comparison: &Comparison) -> Vec<Block> {
    let has_changed = |it: &&TargetChange| {
        let changes = |fr: Fr| it.levels[fr].achieved.shows_change() || it.levels[fr].proven.shows_change();
        let moved = Fr::ALL.into_iter().any(changes);
        moved || it.presence() != Presence::Both
    };
    let row = |it: &TargetChange| {
        let what = match (it.presence(), &it.was_called) {
            (Presence::Added, _) => " (new)".to_owned(),
            (Presence::Removed, _) => " (gone)".to_owned(),
            (Presence::Both, Some(was)) => format!(" (was {was})"),
            (Presence::Both, None) => String::new(),
        };
        let cells = vec![
            vec![Span::strong(it.tag.clone()), format!("  {}", it.name).into(), Span::weak(what)].into(),
            material.so_far_cell(|fr| it.levels[fr].achieved.then),
            material.so_far_cell(|fr| it.levels[fr].achieved.now),
            material.so_far_cell(|fr| it.levels[fr].proven.then),
            material.so_far_cell(|fr| it.levels[fr].proven.now),
        ];
        Row { cells, anchor: None }
    };
    let rows: Vec<Row> = comparison.targets.iter().filter(has_changed).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::text("Zone or conduit", 2.6),
        Column::text("SL-A then", 1.6),
        Column::text("SL-A now", 1.6),
        Column::text("Proven then", 1.6),
        Column::text("Proven now", 1.6),
    ];
    vec![
        heading(2, "Levels that changed"),
        paragraph("A question mark: nothing was answered. 1+: at least 1, with questions open."),
        Block::Table(Table { columns, rows }),
    ]
}

fn table(material: &Material, gaps: &[&GapChange]) -> Block {
    let columns =
        vec![Column::text("Band", 0.6), Column::text("Where", 1.0), Column::text("Gap", 3.2), Column::text("Why", 3.6)];
    let row = |it: &&GapChange| Row {
        cells: vec![
            cells::chip_cell(it.band.word(), 20.0, material.palette.band(it.band)),
            it.tag.clone().into(),
            it.title.clone().into(),
            format!("{}.", it.why).into(),
        ],
        anchor: None,
    };
    Block::Table(Table { columns, rows: gaps.iter().map(row).collect() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::model::{Baseline, BaselineId, Id, Status};

    fn headings(plant: &Fixture, profile: Profile) -> Vec<String> {
        let outline = outline(&plant.project, Catalogue::embedded(), &plant.analyse(), profile);
        let texts = outline.blocks.into_iter().filter_map(|it| match it {
            Block::Heading { text, .. } => Some(text),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn the_newest_baseline_is_followed_up() {
        let then = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1).answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        assert!(headings(&then, Profile::Audit).iter().all(|it| !it.starts_with("Since")));
        let mut now = then.clone().answer("Z-1", "SR 1.1", Status::Met, |_| ());
        for (name, taken_on) in [("Older", date(2025, 1, 1)), ("First assessment", TODAY)] {
            let project = Arc::new(then.project.clone());
            let taken = Baseline { name: name.into(), taken_on: Some(taken_on), project, ..Baseline::default() };
            now.project.baselines.insert(BaselineId::derived_from(name), taken);
        }
        for profile in [Profile::Audit, Profile::Full] {
            let headings = headings(&now, profile);
            assert!(headings.contains(&"Since “First assessment”".to_owned()), "{headings:?}");
            assert!(headings.contains(&"Closed: 1 gap".to_owned()), "{headings:?}");
        }
        assert!(headings(&now, Profile::Management).iter().all(|it| !it.starts_with("Since")));
    }
}
