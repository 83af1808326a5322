//! Chapter: risk scenarios, those of the initial assessment apart from those of the detailed one.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::estimates::{Spread, are_hidden};
use crate::catalogue;
use crate::model::{AssessmentStage, Consequences, Estimate, RatedAt, Rating, RequirementId, Risk, RiskId, SetAside};
use crate::report::outline::{Card, Column, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let project = material.project;
    if project.risks.is_empty() {
        let refused = refused(material);
        let heading = (!refused.is_empty()).then(|| anchored(1, "Risk scenarios", "risks"));
        return heading.into_iter().chain(refused).collect();
    }
    let mut risks: Vec<_> = project.risks.iter().collect();
    risks.sort_by_key(|(id, risk)| (&risk.tag, *id));
    let (initial, detailed): (Vec<_>, Vec<_>) =
        risks.into_iter().partition(|(_, risk)| risk.stage == AssessmentStage::Initial);
    let tolerable = project.settings.matrix.level_word(project.settings.matrix.tolerable);
    let mut blocks = vec![anchored(1, "Risk scenarios", "risks")];
    let is_staged = !initial.is_empty();
    if is_staged {
        blocks.push(heading(2, "Initial assessment"));
        let words = &project.settings.matrix.consequence;
        let word = |it: Option<&String>| it.map_or(String::new(), |it| it.to_lowercase());
        blocks.push(paragraph(format!(
            "The worst credible consequences, before zones were looked at one by one (ZCR 2), from 1, {}, to {}, {}. The \
             likelihood is taken for certain: neither countermeasures nor a plan count here.",
            word(words.first()),
            words.len(),
            word(words.last()),
        )));
        blocks.push(initial_table(&initial));
        blocks.extend(initial.iter().map(|(id, risk)| Block::Card(card(material, *id, risk))));
    }
    if detailed.is_empty() {
        blocks.extend(refused(material));
        return blocks;
    }
    if is_staged {
        blocks.push(heading(2, "Detailed assessment"));
    }
    blocks.push(paragraph(format!(
        "Each scenario is rated with nothing against it, as things stand today, and after the planned actions. Up to \
         {tolerable} is tolerable without a formal acceptance.",
    )));
    blocks.extend(matrix(material, &detailed));
    blocks.extend(detailed.iter().map(|(id, risk)| Block::Card(card(material, *id, risk))));
    blocks.extend(refused(material));
    if detailed.iter().any(|(_, risk)| !risk.techniques.is_empty()) && material.profile == Profile::Audit {
        blocks.push(Block::Note(vec![format!("{}. {}", catalogue::ATTACK_EDITION, catalogue::ATTACK_NOTICE).into()]));
    }
    blocks
}

/// The scenarios of the library that were proposed and refused, each with its reason.
fn refused(material: &Material) -> Vec<Block> {
    let project = material.project;
    if project.refused.is_empty() {
        return Vec::new();
    }
    let tags: BTreeMap<String, String> =
        project.subjects().map(|it| (it.to_string(), project.subject_tag(it).into_owned())).collect();
    let row = |(key, why): (&String, &SetAside)| {
        let mut words = key.split(' ');
        let id = words.next().unwrap_or_default();
        let scenario = material.catalogue.scenarios().iter().find(|it| it.id == id);
        let title = scenario.map_or(id, |it| it.title.as_str()).to_owned();
        let mut places: Vec<&str> = words.filter_map(|it| tags.get(it)).map(String::as_str).collect();
        places.sort_unstable();
        let day = why.on.map(|it| it.to_string()).unwrap_or_default();
        let who = [why.by.trim(), &day].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        [title, places.join(", "), why.reason.clone(), who]
    };
    let mut rows: Vec<_> = project.refused.iter().map(row).collect();
    rows.sort_unstable();
    let columns = vec![
        Column::text("Scenario", 2.6),
        Column::text("At", 1.6),
        Column::text("Why it does not count there", 3.6),
        Column::text("Refused", 1.1),
    ];
    vec![
        heading(2, "Proposed and refused"),
        paragraph("Scenarios of the library that fit what is drawn, and were left out with a reason."),
        Block::Table(Table { columns, rows: rows.into_iter().map(Row::from_iter).collect() }),
    ]
}

/// The matrix with the scenarios as they stand today, or with nothing against them where none
/// is rated for today.
fn matrix(material: &Material, detailed: &[(RiskId, &Risk)]) -> Option<Block> {
    let risks: Vec<&Risk> = detailed.iter().map(|(_, risk)| *risk).collect();
    let rated = |at| risks.iter().filter(|risk| risk.rating(at).is_some()).count();
    let (at, when) = match rated(RatedAt::Current) {
        0 => (RatedAt::Unmitigated, "with nothing against them"),
        _ => (RatedAt::Current, "as they stand today"),
    };
    let count = rated(at);
    let unrated = match risks.len() - count {
        0 => String::new(),
        1 => " 1 scenario is not rated for that.".to_owned(),
        more => format!(" {more} scenarios are not rated for that."),
    };
    let caption = format!("The scenarios of the detailed assessment, {when}.{unrated}");
    (count > 0).then(|| Block::Figure(risk_matrix::figure(material, &risks, at, caption)))
}

/// The consequences of each by category, the worst of them strong.
fn initial_table(initial: &[(RiskId, &Risk)]) -> Block {
    let mut columns = vec![Column::text("Scenario", 3.2)];
    columns.extend(Consequences::CATEGORIES.map(|it| Column::figure(&capital(it), 0.8)));
    let row = |(_, risk): &(RiskId, &Risk)| {
        let ratings = risk.consequences.ratings();
        let worst = ratings.into_iter().flatten().max();
        let figure = |rating: Option<Rating>| match rating {
            Some(it) if Some(it) == worst => Span::strong(it.to_string()),
            Some(it) => it.to_string().into(),
            None => Span::weak("–"),
        };
        let mut cells = vec![vec![Span::strong(format!("{}  ", risk.tag)), risk.title.as_str().into()].into()];
        cells.extend(ratings.map(|it| figure(it).into()));
        Row { cells, anchor: None }
    };
    Block::Table(Table { columns, rows: initial.iter().map(row).collect() })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn touched(project: &Project, risk: &Risk) -> String {
    let mut touched: Vec<_> = risk.targets.iter().map(|&target| project.target_tag(target)).collect();
    touched.sort_unstable();
    touched.join(", ")
}

/// The scenario with its levels, and beneath it all that is known of it.
fn card(material: &Material, id: RiskId, risk: &Risk) -> Card {
    let project = material.project;
    let is_initial = risk.stage == AssessmentStage::Initial;
    let level = |at| material.risk_cell(risk.level(at, &project.settings.matrix));
    let chips =
        [("Unmitigated", RatedAt::Unmitigated), ("Today", RatedAt::Current), ("After the plan", RatedAt::Residual)];
    let chips = chips.map(|(word, at)| (word.to_owned(), level(at)));
    let mut refined: Vec<_> =
        project.risks.values().filter(|it| it.details == Some(id)).map(|it| it.tag.as_str()).collect();
    refined.sort_unstable();
    let initial = risk.details.and_then(|id| project.risks.get(id));
    let facts = [
        ("Scenario", risk.scenario.trim().to_owned()),
        ("Touches", touched(project, risk)),
        ("Threat source", risk.threat_source.trim().to_owned()),
        ("Weak points", risk.vulnerabilities.trim().to_owned()),
        ("Techniques", techniques(material, risk)),
        ("Countermeasures", risk.countermeasures.trim().to_owned()),
        ("Requirements", countering(material, risk)),
        ("Estimates", estimates(risk)),
        ("Initial scenario", initial.map_or(String::new(), |it| it.tag.clone())),
        ("Looked at in", refined.join(", ")),
        ("Source", risk.source.trim().to_owned()),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    Card {
        title: format!("{}  {}", risk.tag, risk.title),
        anchor: Some(format!("risk {id}")),
        chips: if is_initial { Vec::new() } else { chips.into() },
        facts: facts.map(|(label, text)| (label.to_owned(), vec![text.into()])).collect(),
    }
}

/// "T0859 Valid Accounts": one not in the catalogue by its number alone.
fn techniques(material: &Material, risk: &Risk) -> String {
    let named = risk.techniques.iter().map(|id| match material.catalogue.technique(id) {
        Some(technique) => format!("{}\u{a0}{}", technique.id, technique.name),
        None => id.clone(),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// The requirements that counter it, gathered by how they stand at the targets that it touches.
fn countering(material: &Material, risk: &Risk) -> String {
    let mut standing: [Vec<String>; 4] = Default::default();
    for &id in &risk.requirements {
        let (place, tags) = stands(material, risk, id);
        let name = id.to_string().replace(' ', "\u{a0}");
        let name = if tags.is_empty() { name } else { format!("{name} ({})", tags.join(", ")) };
        if let Some(list) = standing.get_mut(place) {
            list.push(name);
        }
    }
    let words = ["satisfied", "gap at", "open at", "nowhere in scope"];
    let parts = standing.iter().zip(words).filter(|(list, _)| !list.is_empty());
    parts
        .map(|(list, word)| format!("{} {}", word.trim_end_matches(" at"), list.join(", ")))
        .collect::<Vec<_>>()
        .join("; ")
}

/// How a requirement stands at the targets of a scenario, by its place in the list of words, and
/// the tags of the targets at which it does.
fn stands(material: &Material, risk: &Risk, id: RequirementId) -> (usize, Vec<String>) {
    let (mut gaps, mut open, mut is_in_scope) = (Vec::new(), Vec::new(), false);
    for &target in &risk.targets {
        let Some(levels) = material.analysis.target(target) else { continue };
        if !material.catalogue.index(id).is_some_and(|at| levels.scope.contains(at)) {
            continue;
        }
        is_in_scope = true;
        match levels.is_satisfied(material.catalogue, id) {
            Some(true) => (),
            Some(false) => gaps.push(material.project.target_tag(target).to_owned()),
            None => open.push(material.project.target_tag(target).to_owned()),
        }
    }
    gaps.sort_unstable();
    open.sort_unstable();
    match (gaps.is_empty(), open.is_empty()) {
        (false, _) => (1, gaps),
        (true, false) => (2, open),
        _ if is_in_scope => (0, Vec::new()),
        _ => (3, Vec::new()),
    }
}

/// "consequence 3–5, likelihood 2 (4 people, today)" for each point in time, and how many are kept from
/// the room until all are shown.
pub(super) fn estimates(risk: &Risk) -> String {
    let at = |at: RatedAt| {
        let of: Vec<_> = shown(risk).filter(|it| it.at == at).collect();
        let consequence =
            Spread::of(of.iter().map(|it| it.consequence)).map(|it| format!("consequence {}", it.range()));
        let likelihood = Spread::of(of.iter().map(|it| it.likelihood)).map(|it| format!("likelihood {}", it.range()));
        let parts: Vec<_> = consequence.into_iter().chain(likelihood).collect();
        let people = if of.len() == 1 { "1 person".to_owned() } else { format!("{} people", of.len()) };
        (!parts.is_empty()).then(|| format!("{at} {} ({people})", parts.join(", ")))
    };
    let hidden = match risk.estimates.len() - shown(risk).count() {
        0 => None,
        1 => Some("1 estimate not shown yet".to_owned()),
        count => Some(format!("{count} estimates not shown yet")),
    };
    RatedAt::ALL.iter().filter_map(|&it| at(it)).chain(hidden).collect::<Vec<_>>().join("; ")
}

/// The estimates that the room has seen.
pub(super) fn shown(risk: &Risk) -> impl Iterator<Item = &Estimate> {
    risk.estimates.iter().filter(|it| !are_hidden(risk, it.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let targets = [plant.target("Z-1"), plant.target("Z-2")];
        let plant = plant.answer("Z-1", "SR 1.1", Status::Met, |_| ()).answer("Z-2", "SR 1.1", Status::Met, |_| ());
        let plant = plant.answer("Z-1", "SR 1.3", Status::NotMet, |_| ());
        plant.risk("R-01", move |risk| {
            risk.targets = targets.into();
            risk.techniques = ["T0859".to_owned(), "T9999".to_owned()].into();
            risk.requirements = ["SR 1.1", "SR 1.3", "SR 1.4"].map(|id| id.parse().unwrap()).into();
            risk.consequences.safety = Rating::new(4);
            (risk.unmitigated, risk.current) = (Rating::new(3), Rating::new(2));
            risk.estimates = [2, 4].map(|it| Estimate { likelihood: Rating::new(it), ..Estimate::default() }).to_vec();
        })
    }

    #[test]
    fn requirements_are_told_with_how_they_stand() {
        let plant = plant();
        let risk = plant.project.risks.values().next().unwrap().clone();
        fixture::of(&plant, Profile::Full, |material| {
            let countering = countering(material, &risk).replace('\u{a0}', " ");
            assert_eq!(countering, "satisfied SR 1.1; gap SR 1.3 (Z-1); open SR 1.4 (Z-1, Z-2)");
            assert_eq!(techniques(material, &risk).replace('\u{a0}', " "), "T0859 Valid Accounts, T9999");
        });
    }

    #[test]
    fn what_was_proposed_and_refused_stands_there_with_its_reason() {
        let mut plant = plant();
        let scenario = Catalogue::embedded().scenarios().first().unwrap();
        let key = format!("{} {}", scenario.id, crate::model::Subject::from(plant.target("Z-1")));
        let why = SetAside { reason: "No way in".to_owned(), on: None, ..SetAside::default() };
        crate::edit::Edit::Refuse(key, Some(why)).apply(&mut plant.project).unwrap();
        let row = [scenario.title.as_str(), "Z-1", "No way in", ""].map(str::to_owned);
        fixture::of(&plant, Profile::Full, |material| {
            let blocks = chapter(material);
            let Some(Block::Table(table)) = blocks.last() else { panic!("a table is last") };
            assert_eq!(table.rows, [Row::from_iter(row.clone())]);
        });
        plant.project.risks = Default::default();
        fixture::of(&plant, Profile::Full, |material| assert_eq!(chapter(material).len(), 4, "without any risk too"));
    }

    #[test]
    fn estimates_are_told_by_their_spread() {
        let plant = plant();
        let mut risk = plant.project.risks.values().next().unwrap().clone();
        assert_eq!(estimates(&risk), "unmitigated likelihood 2–4 (2 people)");
        assert_eq!(estimates(&Risk::default()), "");
        let later = Estimate { at: RatedAt::Current, hidden: true, likelihood: Rating::new(5), ..Estimate::default() };
        risk.estimates.push(later.clone());
        assert_eq!(estimates(&risk), "unmitigated likelihood 2–4 (2 people); 1 estimate not shown yet");
        risk.estimates = vec![later.clone(), later];
        assert_eq!(estimates(&risk), "2 estimates not shown yet");
    }

    #[test]
    fn the_two_assessments_are_told_apart() {
        let headings = |plant: &Fixture| -> Vec<String> {
            let outline = outline(&plant.project, Catalogue::embedded(), &plant.analyse(), Profile::Full);
            let texts = outline.blocks.into_iter().filter_map(|block| match block {
                Block::Heading { text, .. } => Some(text),
                _ => None,
            });
            texts.collect()
        };
        assert!(!headings(&plant()).contains(&"Initial assessment".to_owned()));
        let staged = plant().risk("R-02", |risk| risk.stage = AssessmentStage::Initial);
        let titles = headings(&staged);
        assert!(
            titles.contains(&"Initial assessment".to_owned()) && titles.contains(&"Detailed assessment".to_owned())
        );
    }
}
