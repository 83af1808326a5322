//! Chapter: what management should know.

use super::*;
use crate::analysis::{Aims, Answered, Band, Gap, Open, Reach, Severity, Treatment, validation};
use crate::model::Classification;
use crate::report::outline::{Column, KeyFigure, Row, Span, Table};

/// How many gaps the summary names.
const TOP: usize = 10;

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let project = material.project;
    let mut blocks = vec![anchored(1, "Summary for management", "summary")];
    if !project.info.statement.is_empty() {
        blocks.push(paragraph(&*project.info.statement));
    }
    blocks.push(Block::KeyFigures(figures(material)));
    blocks.push(Block::Paragraph(result(material)));
    blocks.push(heading(2, "Where levels fall short"));
    blocks.extend(shortfalls(material));
    if !material.analysis.gaps.is_empty() {
        blocks.push(heading(2, "The most urgent gaps"));
        blocks.push(top_gaps(material));
        blocks.push(Block::Note(vec![
            "All gaps with what was found, in ".into(),
            Span::link("the chapter on gaps", "gaps"),
            ".".into(),
        ]));
    }
    blocks.extend(what_blocks(material));
    blocks.extend(order(material));
    blocks
}

/// The heat map with what its signs mean, or a word where no level is asked for or nothing at all is assessed.
fn shortfalls(material: &Material) -> Vec<Block> {
    if material.analysis.aims().all() == 0 {
        return vec![paragraph(format!("{} Nothing can fall short.", material.no_level_asked_for()))];
    }
    if !material.analysis.targets.values().any(|it| it.is_begun()) {
        return vec![paragraph("Nothing is assessed yet, so that nobody can say where levels fall short.")];
    }
    let occurs = |is: &dyn Fn(Reach) -> bool| {
        let shown = heat_targets(material).filter(|(_, it)| it.is_begun());
        let reaches = shown.flat_map(|(_, it)| Fr::ALL.map(|fr| it.reach(fr)));
        reaches.into_iter().any(is)
    };
    let mut words = "Levels by which answers keep the achieved security level (SL-A) below the target (SL-T), for each \
                     foundational requirement. A tick: reached. A dash: nothing asked for, as no target above 0 is set or \
                     nothing is in scope."
        .to_owned();
    if occurs(&|it| it == Reach::NotAssessed) {
        words += " A question mark: nothing at all is answered there yet, so that nobody can say.";
    }
    if occurs(&|it| it == Reach::Open) {
        words += " Three dots: nothing that is answered keeps it back, and not all is answered.";
    }
    if occurs(&|it| matches!(it, Reach::Short { or_more: true, .. })) {
        words += " A plus: it may be more, as questions are open.";
    }
    let mut blocks = vec![paragraph(words), heat_map(material)];
    blocks.extend(material.not_begun().map(Block::Paragraph));
    blocks
}

fn figures(material: &Material) -> Vec<KeyFigure> {
    let analysis = material.analysis;
    let palette = material.palette;
    let count = |concerns: &dyn Fn(&&Gap) -> bool| analysis.gaps.iter().filter(concerns).count();
    let figure =
        |number: usize, label: &str, color| KeyFigure { figure: number.to_string(), label: label.to_owned(), color };
    let answered = analysis.answered();
    let (mut satisfied, mut proven) = (0, 0);
    for levels in analysis.targets.values() {
        satisfied += (levels.demanded & levels.standing.satisfied).len();
        proven += (levels.demanded & levels.standing.proven).len();
    }
    let project = material.project;
    // a number of gaps tells nothing without how much was answered
    let gaps = |number: usize, label: &str, color| match answered.known(number) {
        None => {
            KeyFigure {
                figure: "–".into(), label: format!("{label}: {}", answered.words()), color: palette.text_weak
            }
        }
        Some(number) => {
            figure(number, &format!("{label}, {}", answered.words()), if number > 0 { color } else { palette.text })
        }
    };
    let part = |part: usize| answered.known(part).map_or("–".to_owned(), |it| share(it, answered.demanded));
    vec![
        gaps(count(&|it| it.band == Band::P1), "most urgent gaps (P1)", palette.bands[0]),
        gaps(count(&|it| it.band == Band::P2), "urgent gaps (P2)", palette.bands[1]),
        gaps(count(&|it| it.treatment == Treatment::Untreated), "untreated gaps", palette.error),
        KeyFigure {
            figure: if answered.demanded == 0 { "–".into() } else { answered.open().to_string() },
            label: format!("open questions, {}", answered.words()),
            color: palette.hint,
        },
        KeyFigure {
            figure: part(satisfied),
            label: "of what the targets demand is satisfied".into(),
            color: palette.accent,
        },
        KeyFigure { figure: part(proven), label: "of it is proven by evidence".into(), color: palette.levels[4] },
        KeyFigure { figure: begun(analysis), label: "zones and conduits assessed".into(), color: palette.text },
        figure(project.assets.len(), "assets recorded", palette.text),
    ]
}

/// How many targets anything is answered of: "20", or "3 of 20".
fn begun(analysis: &Analysis) -> String {
    match (analysis.targets.values().filter(|it| it.is_begun()).count(), analysis.targets.len()) {
        (begun, all) if begun == all => all.to_string(),
        (begun, all) => format!("{begun} of {all}"),
    }
}

/// The result in words.
fn result(material: &Material) -> Vec<Span> {
    let analysis = material.analysis;
    let project = material.project;
    let aims = analysis.aims();
    let blocking = analysis.gaps.iter().filter(|it| it.blocks_closure);
    let (blocking, excused) = (blocking.clone().count(), blocking.filter(|it| is_accepted(it)).count());
    let planned = project.actions.values().filter(|it| it.treats()).count();
    let accepted = project.acceptances.values().filter(|it| !it.is_expired(analysis.as_of)).count();
    let answered = analysis.answered();
    let mut spans = match (aims.all(), answered.is_nothing()) {
        (0, _) => vec![format!("{} ", material.no_level_asked_for()).into()],
        (_, true) => vec![
            Span::strong("Not assessed: "),
            format!(
                "of {} that the targets demand nothing is answered yet. ",
                counted(answered.demanded, "requirement")
            )
            .into(),
        ],
        _ => vec![
            Span::strong(format!("{} of {}", aims.reached, aims.all())),
            " zones and conduits with a target above 0 reach it in all seven foundational requirements. ".into(),
        ],
    };
    if !answered.is_nothing() {
        spans.extend(unassessed(aims));
    }
    if blocking > 0 {
        spans.push(Span::strong(counted(blocking, "gap")));
        spans.push(format!(" would keep an audit from being closed{}. ", excuse(excused)).into());
    }
    if answered.open() > 0 && !answered.is_nothing() {
        spans.push(format!("Of what the targets demand {}. ", is_answered(answered)).into());
    }
    spans.push(
        format!(
            "The plan holds {}; {} in force.",
            counted(planned, "action"),
            if accepted == 1 {
                "1 acceptance of residual risk is".to_owned()
            } else {
                format!("{accepted} acceptances of residual risk are")
            },
        )
        .into(),
    );
    spans.extend(open_errors(material));
    spans
}

/// "12 of 340 are answered so far".
fn is_answered(answered: Answered) -> String {
    match answered.answered {
        1 => format!("1 of {} is answered so far", answered.demanded),
        many => format!("{many} of {} are answered so far", answered.demanded),
    }
}

/// What nobody can say yet, apart from what is known to fall short.
fn unassessed(aims: Aims) -> Option<Span> {
    let (short, unknown) = (aims.short, aims.open);
    let (fall, are) = (if short == 1 { "falls" } else { "fall" }, if unknown == 1 { "is" } else { "are" });
    let words = format!(
        "Of the others {short} {fall} short; {unknown} {are} known to fall short nowhere, but not assessed to the end. ",
    );
    (unknown > 0).then(|| words.into())
}

/// The findings to see to first, by their codes.
fn open_errors(material: &Material) -> Option<Span> {
    let count = material.analysis.open_findings(Severity::Error);
    let findings = material.analysis.findings.iter().filter(|it| it.set_aside.is_none());
    let errors: Vec<_> = findings.filter(|it| it.severity() == Severity::Error).map(|it| it.check).collect();
    let mut named: Vec<_> = errors.iter().map(|check| format!("{} {}", check.code, check.title)).collect();
    named.dedup();
    let is = if count == 1 { "is" } else { "are" };
    let all = counted(count, "finding");
    (count > 0).then(|| format!(" {all} of severity error {is} open: {}.", named.join("; ")).into())
}

/// Whether the gap is under an acceptance in force.
fn is_accepted(gap: &Gap) -> bool {
    matches!(gap.treatment, Treatment::Accepted | Treatment::Both)
}

/// What is added to a count of gaps of which so many are accepted.
fn excuse(accepted: usize) -> String {
    match accepted {
        0 => String::new(),
        1 => "; 1 of them is formally accepted for a time".to_owned(),
        many => format!("; {many} of them are formally accepted for a time"),
    }
}

fn heat_map(material: &Material) -> Block {
    let mut columns = vec![Column::text("Zone or conduit", 3.2)];
    columns.push(Column::spaced(&cells::fr_codes(), 2.0, cells::SHORTFALLS));
    columns.push(Column::figure("Gaps", 0.6));
    columns.push(Column::figure("Open", 0.6));
    let row = |(target, levels): (Target, &TargetLevels)| Row {
        cells: vec![
            material.target_title(target).into(),
            material.shortfall_cell(levels),
            levels.gaps().len().to_string().into(),
            levels.open_questions().len().to_string().into(),
        ],
        anchor: None,
    };
    Block::Table(Table { columns, rows: heat_targets(material).filter(|(_, it)| it.is_begun()).map(row).collect() })
}

/// The targets of the heat map: for management the zones alone.
fn heat_targets<'a>(material: &'a Material) -> impl Iterator<Item = (Target, &'a TargetLevels)> {
    let shown =
        material.targets().into_iter().filter(|it| material.profile != Profile::Management || it.zone().is_some());
    shown.filter_map(|target| Some((target, material.analysis.target(target)?)))
}

fn top_gaps(material: &Material) -> Block {
    let columns = vec![
        Column::text("Priority", 0.9),
        Column::text("Where", 1.1),
        Column::text("What is missing", 4.4),
        Column::text("Treatment", 1.2),
    ];
    let row = |(rank, gap): (usize, &Gap)| Row {
        cells: vec![
            material.band_cell(gap.band, gap.score),
            gap.target.map_or("–", |target| material.project.target_tag(target)).into(),
            Span::link(gap.title(material.project, material.catalogue), gaps::anchor(rank)).into(),
            gap.treatment.word().into(),
        ],
        anchor: None,
    };
    Block::Table(Table { columns, rows: material.analysis.gaps.iter().take(TOP).enumerate().map(row).collect() })
}

fn what_blocks(material: &Material) -> Vec<Block> {
    let blocking: Vec<_> = material.analysis.gaps.iter().enumerate().filter(|(_, it)| it.blocks_closure).collect();
    let majors = material.analysis.gaps.iter().filter(|it| it.classification == Classification::Major).count();
    if blocking.is_empty() {
        return Vec::new();
    }
    let targets: std::collections::BTreeSet<_> =
        blocking.iter().filter_map(|(_, gap)| gap.target).map(|target| material.project.target_tag(target)).collect();
    let targets: Vec<_> = targets.into_iter().collect();
    vec![
        heading(2, "What would block closure"),
        paragraph(format!(
            "{} of {} stand in zones and conduits where the worst consequence is severe, and would block the closure of an \
             audit{}: {}.",
            blocking.len(),
            counted(majors, "major gap"),
            excuse(blocking.iter().filter(|(_, gap)| is_accepted(gap)).count()),
            targets.join(", "),
        )),
    ]
}

/// Whether the order that auditors expect was kept.
fn order(material: &Material) -> Vec<Block> {
    let steps = validation::steps(material.project, material.catalogue, material.analysis);
    let columns = vec![Column::text("Step", 1.4), Column::text("Confirmed", 2.4), Column::text("Still open", 3.0)];
    let row = |state: &validation::StepState| {
        let confirmed = state.confirmed.as_ref().map_or("not yet".to_owned(), |it| match it.on {
            Some(day) => format!("{}, {day}", it.by),
            None => it.by.clone(),
        });
        let open: Vec<_> = state.open.iter().map(Open::words).collect();
        let open = if open.is_empty() { "nothing".to_owned() } else { open.join("; ") };
        Row::from_iter([state.step.word().to_owned(), confirmed, open])
    };
    vec![
        heading(2, "Validation before remediation"),
        paragraph(
            "Auditors expect the zone model, then the inventory, then the levels to be validated before actions are decided.",
        ),
        Block::Table(Table { columns, rows: steps.iter().map(row).collect() }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    fn said(plant: &Fixture) -> String {
        fixture::said(plant, Profile::Management, chapter)
    }

    #[test]
    fn a_zone_that_nobody_assessed_is_not_told_as_short() {
        let plant = ["Z-1", "Z-2"].iter().fold(Fixture::new(), |it, tag| it.zone(tag, |_| ()).sl_t(tag, 2));
        let plant = plant.answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        let text = said(&plant);
        let words = "Of the others 1 falls short; 1 is known to fall short nowhere, but not assessed to the end";
        assert!(text.contains(words), "{text}");
        assert!(text.contains("\"1 of 2\""), "{text}");
        assert!(text.contains("A question mark: nothing at all is answered there yet"), "{text}");
        assert!(text.contains("of 1 target nothing is answered yet: Z-2."), "{text}");
        let frs = ["1", "2", "3", "4", "5", "6", "7"];
        let answered = frs.iter().fold(plant, |plant, fr| {
            let plant = plant.answer("Z-2", &format!("SR {fr}.1"), Status::NotMet, |_| ());
            plant.answer("Z-1", &format!("SR {fr}.1"), Status::NotMet, |_| ())
        });
        assert!(!said(&answered).contains("question mark") && !said(&answered).contains("Not assessed"));
    }

    #[test]
    fn where_every_target_is_0_nothing_falls_short() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 0);
        let zero = "The target of every zone and conduit is 0, which is reached by doing nothing.";
        for plant in [plant.clone(), plant.clone().answer("Z-1", "SR 1.1", Status::NotMet, |_| ())] {
            let text = said(&plant);
            assert!(text.contains(&format!("\"{zero} Nothing can fall short.\"")), "{text}");
            assert!(!text.contains("nothing answered yet") && text.contains("(P1): nothing demanded\""), "{text}");
        }
        let undecided = said(&plant.zone("Z-2", |_| ()));
        assert!(
            undecided.contains("No zone or conduit has a target above 0 yet. Nothing can fall short."),
            "{undecided}"
        );
    }

    #[test]
    fn no_number_of_gaps_stands_without_how_much_was_answered() {
        let plant = Fixture::new().zone("Z-1", |_| ());
        assert!(said(&plant).contains("(P1): nothing demanded"), "{}", said(&plant));
        let plant = plant.sl_t("Z-1", 1);
        let nothing = said(&plant);
        assert!(nothing.contains("(P1): nothing answered yet"), "{nothing}");
        assert!(!nothing.contains("figure: \"0\", label: \"gaps"), "{nothing}");
        assert!(nothing.contains("Nothing is assessed yet, so that nobody can say"), "{nothing}");
        let demanded = plant.analyse().answered().demanded;
        let begun = said(&plant.answer("Z-1", "SR 1.1", Status::Met, |_| ()));
        assert!(begun.contains(&format!("(P1), 1 of {demanded} answered")), "{begun}");
        assert!(begun.contains("Three dots: nothing that is answered keeps it back"), "{begun}");
        assert!(!begun.contains("−1"), "one Met answer makes nothing short: {begun}");
    }
}
