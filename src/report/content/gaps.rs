//! Chapter: all gaps in rank order.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::{Band, Gap, NoGap};
use crate::model::ManualFindingId;
use crate::report::outline::{Column, Row, Span, Table};

/// How many gaps the management report lists.
const FOR_MANAGEMENT: usize = 20;

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let mut blocks = vec![anchored(1, "Gaps in rank order", "gaps")];
    let all = &material.analysis.gaps;
    if let Some(why) = material.analysis.no_gap() {
        let answered = material.analysis.answered();
        blocks.push(paragraph(match why {
            NoGap::NoTarget => "No target (SL-T) demands anything yet: gaps appear once zones and conduits have a \
                                target, from the answers to what it demands."
                .to_owned(),
            NoGap::NothingDemanded => "No target (SL-T) demands anything, so that nothing can be missing.".to_owned(),
            NoGap::NotAssessed => "Nothing is assessed yet: gaps appear with the answers.".to_owned(),
            NoGap::AllAnswered => "Nothing that is demanded has been found missing.".to_owned(),
            NoGap::SoFar => {
                format!("Nothing that is demanded has been found missing so far, with {}.", answered.words())
            }
        }));
        if !answered.is_nothing() {
            blocks.push(questions(material));
        }
        return blocks;
    }
    let bands = Band::ALL.map(|band| format!("{} {}", all.iter().filter(|it| it.band == band).count(), band.word()));
    blocks.push(paragraph(format!(
        "{}, with {} of what the targets demand: {}. Priority is consequence (C) times exploitability (E) times audit impact (A), as a score of 0 to 100. Of gaps \
         alike, what blocks closure comes first, then the larger shortfall.",
        counted(all.len(), "gap"),
        material.analysis.answered().words(),
        bands.join(", "),
    )));
    let shown = if material.profile == Profile::Management { FOR_MANAGEMENT } else { all.len() };
    blocks.push(table(material, shown));
    if shown < all.len() {
        blocks.push(note(format!("{} further gaps are in the full report and in the tracker.", all.len() - shown)));
    }
    blocks.push(questions(material));
    blocks
}

/// What links to a gap know it by.
pub(super) fn anchor(rank: usize) -> String {
    format!("gap {}", rank + 1)
}

fn table(material: &Material, shown: usize) -> Block {
    let columns = vec![
        Column::figure("#", 0.45),
        Column::text("Priority", 0.85),
        Column::text("C·E·A", 0.6),
        Column::text("Where", 0.9),
        Column::text("Requirement and what was found", 4.3),
        Column::text("Class, kind", 1.35),
        Column::text("Treatment", 1.15),
    ];
    let mut told: BTreeMap<ManualFindingId, usize> = BTreeMap::new();
    let row = |(rank, gap): (usize, &Gap)| {
        let mut what = vec![Span::strong(gap.title(material.project, material.catalogue))];
        let found = gap.found(material.project);
        // what a manual finding says stands with the first of its places
        let first = gap.manual.map(|id| *told.entry(id).or_insert(rank)).filter(|it| *it < rank);
        match first {
            Some(first) => {
                what.push(" As found ".into());
                what.push(Span::link(format!("at {}", first + 1), anchor(first)));
                what.push(".".into());
            }
            None if found.is_empty() => (),
            None => what.push(format!(" {found}").into()),
        }
        let place: crate::report::outline::Cell = match gap.target {
            Some(target) => Span::link(material.project.target_tag(target), format!("levels {target}")).into(),
            None => "–".into(),
        };
        Row {
            cells: vec![
                (rank + 1).to_string().into(),
                material.band_cell(gap.band, gap.score),
                format!("{}·{}·{}", gap.consequence, gap.exploitability, gap.audit_impact).into(),
                place,
                what.into(),
                class(gap).into(),
                treatment(material, gap).into(),
            ],
            anchor: Some(anchor(rank)),
        }
    };
    let rows = material.analysis.gaps.iter().take(shown).enumerate().map(row).collect();
    Block::Table(Table { columns, rows })
}

fn class(gap: &Gap) -> Vec<Span> {
    let mut spans = vec![Span::from(format!("{}, {}", gap.classification, gap.kind.word()))];
    if gap.blocks_closure {
        spans.push(Span::strong(" blocks closure"));
    }
    spans
}

/// The actions and acceptances that treat a gap, as links.
fn treatment(material: &Material, gap: &Gap) -> Vec<Span> {
    let project = material.project;
    let actions = project.actions.iter().filter(|(_, it)| it.treats() && gap.is_closed_by(it));
    let actions = actions.map(|(id, it)| Span::link(it.tag.clone(), format!("action {id}")));
    let in_force = project.acceptances.iter().filter(|(_, it)| !it.is_expired(material.analysis.as_of));
    let acceptances = in_force.filter(|(_, it)| gap.is_named_by(it));
    let acceptances =
        acceptances.map(|(id, it)| Span::link(format!("{} (accepted)", it.tag), format!("acceptance {id}")));
    let mut spans: Vec<Span> = Vec::new();
    for span in actions.chain(acceptances) {
        if !spans.is_empty() {
            spans.push(", ".into());
        }
        spans.push(span);
    }
    if spans.is_empty() { vec![Span::strong("untreated")] } else { spans }
}

fn questions(material: &Material) -> Block {
    let open = material.analysis.open_questions();
    if open == 0 {
        return note("No demanded requirement is left open.");
    }
    let of = |target: &Target| material.analysis.target(*target).map_or(0, |it| it.open_questions().len());
    let targets = material.targets();
    let by_target: Vec<_> = targets
        .iter()
        .filter(|target| of(target) > 0)
        .map(|target| format!("{} {}", material.project.target_tag(*target), of(target)))
        .collect();
    note(format!("Besides, {} wait for an answer: {}.", counted(open, "demanded requirement"), by_target.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ManualFinding, Status};

    fn said(plant: &Fixture) -> String {
        fixture::said(plant, Profile::Full, chapter)
    }

    #[test]
    fn no_gap_is_a_result_only_where_something_is_answered() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1);
        assert!(said(&plant).contains("Nothing is assessed yet"), "{}", said(&plant));
        let demanded = plant.analyse().answered().demanded;
        let begun = said(&plant.answer("Z-1", "SR 1.1", Status::Met, |_| ()));
        assert!(begun.contains(&format!("found missing so far, with 1 of {demanded} answered.")), "{begun}");
        let untargeted = Fixture::new().zone("Z-1", |_| ()).answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        assert!(said(&untargeted).contains("No target (SL-T) demands anything yet"), "{}", said(&untargeted));
        let zero = said(&untargeted.sl_t("Z-1", 0));
        assert!(zero.contains("nothing can be missing") && !zero.contains("yet"), "{zero}");
    }

    #[test]
    fn what_a_manual_finding_says_stands_once() {
        let mut plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let finding = ManualFinding {
            tag: "AF-1".into(),
            notes: "The cabinet stood open.".into(),
            targets: [plant.target("Z-1"), plant.target("Z-2")].into(),
            ..ManualFinding::default()
        };
        plant.project.manual_findings.insert(ManualFindingId::derived_from("AF-1"), finding);
        let text = said(&plant);
        assert_eq!(text.matches("The cabinet stood open.").count(), 1, "{text}");
        assert!(text.contains(" As found "), "{text}");
    }
}
