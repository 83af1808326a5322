//! Chapter: what became of levels and gaps since the newest baseline.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::*;
use crate::analysis::compare::{
    Comparison, Fate, GapChange, Moves, Presence, TargetChange, ThenNow, compare, newest_baseline,
};
use crate::analysis::{Answered, Band, analyse};
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
    let all = |gaps: usize, when: &str, answered: Answered| match answered.known(gaps) {
        None => {
            KeyFigure { figure: "–".into(), label: format!("{when}: {}", answered.words()), color: palette.text_weak }
        }
        Some(gaps) => figure(gaps, &format!("gaps {when} in {}", counted(answered.answered, "answer")), palette.text),
    };
    Block::KeyFigures(vec![
        all(comparison.gaps_then(), "then", comparison.answered.then),
        figure(comparison.count(Fate::Closed), "closed", palette.good),
        figure(comparison.count(Fate::FellAway), "fell away", palette.hint),
        figure(comparison.count(Fate::Open), "still open", palette.warning),
        figure(comparison.count(Fate::New), "new", palette.error),
        all(comparison.gaps_now(), "now", comparison.answered.now),
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
         levels {}, targets {}. Of what the targets demand: then {}, now {}.",
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

/// The gaps by why they came to this, those with the most urgent ones first; of each place their
/// requirements.
fn table(material: &Material, gaps: &[&GapChange]) -> Block {
    let columns = vec![
        Column::text("Most urgent", 0.7),
        Column::text("Why", 2.4),
        Column::figure("Gaps", 0.5),
        Column::text("Where and which", 5.2),
    ];
    let mut by_why: BTreeMap<&str, Vec<&GapChange>> = BTreeMap::new();
    for gap in gaps {
        by_why.entry(&gap.why).or_default().push(gap);
    }
    let mut reasons: Vec<_> =
        by_why.into_iter().filter_map(|it| Some((it.1.iter().map(|it| it.band).min()?, it))).collect();
    reasons.sort_by_key(|(band, (why, gaps))| (*band, Reverse(gaps.len()), *why));
    let row = |(band, (why, gaps)): (Band, (&str, Vec<&GapChange>))| Row {
        cells: vec![
            cells::chip_cell(band.word(), 20.0, material.palette.band(band)),
            format!("{why}.").into(),
            gaps.len().to_string().into(),
            places(&gaps).into(),
        ],
        anchor: None,
    };
    Block::Table(Table { columns, rows: reasons.into_iter().map(row).collect() })
}

/// A line for each place with its requirements; places with the same ones share a line.
fn places(gaps: &[&GapChange]) -> Vec<Span> {
    // each with where it stands among the others
    let mut places: BTreeMap<Option<Target>, (usize, &str, Vec<String>)> = BTreeMap::new();
    for (at, gap) in gaps.iter().enumerate() {
        let id = gap.requirement.filter(|_| gap.manual.is_none());
        let name = id.map_or_else(|| gap.title.clone(), |it| it.to_string().replace(' ', "\u{a0}"));
        let target = gap.target.now.or(gap.target.then);
        let tag = match (target, gap.tag.as_str()) {
            (None, _) => "–",
            (Some(_), "") => "(no tag)",
            (Some(_), tag) => tag,
        };
        places.entry(target).or_insert_with(|| (at, tag, Vec::new())).2.push(name);
    }
    let mut places: Vec<_> = places.into_values().collect();
    places.sort_by_key(|(at, ..)| *at);
    let mut lines: BTreeMap<Vec<String>, (usize, Vec<&str>)> = BTreeMap::new();
    for (at, tag, names) in places {
        lines.entry(names).or_insert_with(|| (at, Vec::new())).1.push(tag);
    }
    let mut lines: Vec<_> = lines.into_iter().collect();
    lines.sort_by_key(|(_, (at, _))| *at);
    let mut spans: Vec<Span> = Vec::new();
    for (names, (_, tags)) in lines {
        let begin = if spans.is_empty() { "" } else { "\n" };
        spans.push(Span::strong(format!("{begin}{}", tags.join(", "))));
        spans.push(format!("  {}", names.join(", ")).into());
    }
    spans
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

    #[test]
    fn two_places_of_one_tag_are_two_places() {
        let tags = ["Z-1", "Z-2", "Z-3"];
        let then = tags.iter().fold(Fixture::new(), |it, tag| it.zone(tag, |_| ()).sl_t(tag, 1));
        let mut now = tags.iter().fold(then.clone(), |it, tag| it.answer(tag, "SR 1.1", Status::NotMet, |_| ()));
        now = now.answer("Z-2", "SR 1.3", Status::NotMet, |_| ());
        for (tag, again) in [("Z-2", "Z-1"), ("Z-3", "")] {
            let id = now.target(tag).zone().unwrap();
            now.project.zones.get_mut(id).unwrap().tag = again.into();
        }
        let (then, now) = (then.analyse(), now.analyse());
        let comparison = compare(&then, &now, Catalogue::embedded());
        let all: Vec<_> = comparison.gaps.iter().collect();
        let text: String = places(&all).into_iter().map(|it| it.text).collect();
        let mut lines: Vec<_> = text.lines().map(|it| it.replace('\u{a0}', " ")).collect();
        lines.sort();
        assert_eq!(lines, ["(no tag), Z-1  SR 1.1", "Z-1  SR 1.1, SR 1.3"]);
    }

    #[test]
    fn gaps_are_gathered_by_why_and_places_with_the_same_ones_share_a_line() {
        let zones = ["Z-1", "Z-2", "Z-3"];
        let then = zones.iter().fold(Fixture::new(), |it, tag| it.zone(tag, |_| ()).sl_t(tag, 1));
        let now = zones.iter().fold(then.clone(), |it, tag| it.answer(tag, "SR 1.1", Status::NotMet, |_| ()));
        let mut now = now.answer("Z-3", "SR 1.3", Status::NotMet, |_| ());
        let project = Arc::new(then.project);
        let taken = Baseline { taken_on: Some(TODAY), project, ..Baseline::default() };
        now.project.baselines.insert(BaselineId::derived_from("First"), taken);
        let outline = outline(&now.project, Catalogue::embedded(), &now.analyse(), Profile::Full);
        let since = format!("{:?}", outline.blocks).replace("\\u{a0}", " ");
        let since = since.split("Since the baseline").nth(1).unwrap();
        assert!(since.contains("\"then: nothing answered yet\""), "no zero where nothing was answered: {since}");
        assert!(since.contains("\"Nobody had answered.\"") && since.contains("\"4\""), "{since}");
        assert!(since.contains("\"Z-1, Z-2\"") && since.contains("SR 1.1, SR 1.3"), "{since}");
    }
}
