//! The minutes of one workshop.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use super::workshop::{duration, held, said, word};
use super::*;
use crate::analysis::Course;
use crate::analysis::proceedings::texts;
use crate::drawing::shape::{Shape, Stroke};
use crate::model::{
    Answer, Attendee, Estimate, GapKey, LogKind, Point, RatedAt, Rating, Risk, RiskId, RiskMatrix, Status, Target,
    Workshop, WorkshopId, WorkshopItem,
};
use crate::report::outline::{Cell, Column, Drawing, Row, Span, Table};

/// What the minutes of a workshop say; `None` where it is gone.
pub fn outline(project: &Project, catalogue: &Catalogue, analysis: &Analysis, id: WorkshopId) -> Option<Outline> {
    let workshop = project.workshops.get(id)?;
    let material = Material { project, catalogue, analysis, profile: Profile::Audit, palette: Palette::light() };
    let course = Course::new(project, catalogue, analysis, workshop);
    let items = gone_through(&course, workshop);
    let mut blocks = vec![heading(1, "Attendance")];
    blocks.extend(attendance(workshop));
    for (kind, none) in [
        (LogKind::Decision, "No decision was recorded beside the answers."),
        (LogKind::Dissent, "Nobody dissented."),
        (LogKind::Parked, "Nothing was put off."),
        (LogKind::Remark, ""),
    ] {
        let blocks_of_kind = said(&material, workshop, kind, 1);
        if blocks_of_kind.is_empty() && !none.is_empty() {
            blocks.push(heading(1, word(kind)));
            blocks.push(paragraph(none));
        }
        blocks.extend(blocks_of_kind);
    }
    if !workshop.notes.trim().is_empty() {
        blocks.push(heading(1, "Notes"));
        blocks.push(paragraph(workshop.notes.trim()));
    }
    blocks.extend(signatures(workshop));
    blocks.push(heading(1, "Annex: what was gone through"));
    blocks.extend(answers(&material, workshop, &items));
    blocks.extend(ratings(&material, &items));
    Some(Outline { cover: cover(&material, workshop, &course), blocks })
}

fn cover(material: &Material, workshop: &Workshop, course: &Course) -> Cover {
    let info = &material.project.info;
    let present = workshop.present().count();
    let facts = [
        ("Assessment", info.title.clone()),
        ("Held", held(workshop)),
        ("Duration", if workshop.seconds > 0 { duration(workshop.seconds) } else { String::new() }),
        ("Present", if present > 0 { counted(present, "role") } else { String::new() }),
        ("Gone through", format!("{} of {}", course.gone_through(), counted(course.len(), "item"))),
        ("Prepared by", info.prepared_by.clone()),
        ("As of", material.analysis.as_of.to_string()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Cover {
        title: workshop.name().to_owned(),
        kind: "Workshop minutes".to_owned(),
        subject: [&info.organisation, &info.site].into_iter().filter(|it| !it.is_empty()).cloned().collect(),
        facts: facts.map(|(label, value)| (label.to_owned(), value)).collect(),
        marking: info.marking.clone(),
        as_of: Some(material.analysis.as_of),
    }
}

/// What the room took or spoke about, in the order of the agenda, then what that does not hold any more.
fn gone_through(course: &Course, workshop: &Workshop) -> Vec<WorkshopItem> {
    let spoken = || workshop.taken.iter().map(|it| it.item).chain(workshop.log.iter().filter_map(|it| it.about));
    let mut open: HashSet<_> = spoken().collect();
    course.stops().iter().map(|it| it.item).chain(spoken()).filter(|item| open.remove(item)).collect()
}

fn attendance(workshop: &Workshop) -> Vec<Block> {
    if workshop.attendance.is_empty() {
        return vec![paragraph("Nobody was noted down.")];
    }
    type Part = (&'static str, f32, fn(&Attendee) -> &str);
    let parts: [Part; 4] = [
        ("Role", 2.6, |it| &it.role),
        ("Name", 2.0, |it| &it.name),
        ("Organisation", 2.4, |it| &it.organisation),
        ("Present", 0.9, |it| if it.present { "yes" } else { "no" }),
    ];
    // a project that keeps no names has no column for them
    let is_said = |(_, _, part): &Part| workshop.attendance.iter().any(|it| !part(it).is_empty());
    let parts: Vec<Part> = parts.into_iter().filter(is_said).collect();
    let columns = parts.iter().map(|(title, share, _)| Column::text(title, *share)).collect();
    let row = |it: &Attendee| parts.iter().map(|(_, _, part)| part(it)).collect();
    vec![Block::Table(Table { columns, rows: workshop.attendance.iter().map(row).collect() })]
}

/// The answers, zone after zone: who gave them and when is said once for each, and where it differs.
fn answers(material: &Material, workshop: &Workshop, items: &[WorkshopItem]) -> Vec<Block> {
    if items.is_empty() {
        return vec![paragraph("Nothing was gone through yet.")];
    }
    let mut groups: Vec<(Target, Vec<GapKey>)> = Vec::new();
    for item in items {
        let WorkshopItem::Question(key) = item else { continue };
        match groups.iter_mut().find(|(target, _)| *target == key.target) {
            Some((_, keys)) => keys.push(*key),
            None => groups.push((key.target, vec![*key])),
        }
    }
    if groups.is_empty() {
        return Vec::new();
    }
    let spent =
        if workshop.seconds > 0 { format!(" The room took {}.", duration(workshop.seconds)) } else { String::new() };
    let mut blocks = vec![paragraph(format!("In the order of the agenda, with the answers as they stand.{spent}"))];
    for (target, keys) in groups {
        let project = material.project;
        blocks.push(heading(2, &format!("{}  {}", project.target_tag(target), project.target_name(target))));
        blocks.extend(answers_at(material, workshop, &keys));
    }
    blocks
}

fn answers_at(material: &Material, workshop: &Workshop, keys: &[GapKey]) -> Vec<Block> {
    let answer = |key: &GapKey| material.project.answer(key.target, key.requirement).cloned().unwrap_or_default();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for answer in keys.iter().map(answer).filter(is_given) {
        *counts.entry(answered(workshop, &answer)).or_default() += 1;
    }
    // of those given as often the first by name
    let usual = counts.into_iter().rev().max_by_key(|it| it.1).map(|it| it.0).unwrap_or_default();
    let rows = keys.iter().map(|key| {
        let answer = answer(key);
        let title = material.catalogue.requirement(key.requirement).map_or("", |it| it.title.as_str());
        let mut found = vec![Span::from(texts(&answer))];
        let given = answered(workshop, &answer);
        if given != usual && is_given(&answer) {
            let given = if given.is_empty() { "nobody in particular".to_owned() } else { given };
            let gap = if texts(&answer).is_empty() { "" } else { " " };
            found.push(Span::weak(format!("{gap}Answered by {given}.")));
        }
        let what = vec![Span::strong(format!("{} ", key.requirement)), Span::from(title)];
        Row { cells: vec![what.into(), status(material, &answer), found.into()], anchor: None }
    });
    let columns =
        vec![Column::text("Requirement", 3.2), Column::text("Answer", 1.2), Column::text("What was found", 4.9)];
    let table = Block::Table(Table { columns, rows: rows.collect() });
    let said = (!usual.is_empty()).then(|| paragraph(format!("Answered by {usual}, where nothing else is said.")));
    said.into_iter().chain([table]).collect()
}

/// Whether anything was answered.
fn is_given(answer: &Answer) -> bool {
    answer.status != Status::NotAssessed
}

fn status(material: &Material, answer: &Answer) -> Cell {
    match answer.status {
        Status::Inherited(Some(source)) => format!("inherited from {}", material.project.target_tag(source)).into(),
        status => status.word().into(),
    }
}

/// By whom and when: an answer of another day than the workshop's is marked.
fn answered(workshop: &Workshop, answer: &Answer) -> String {
    let day = answer.answered_on.map(|day| match workshop.place_of(day) {
        Ordering::Less => format!("before the workshop, on {day}"),
        Ordering::Greater => format!("after the workshop, on {day}"),
        Ordering::Equal => format!("on {day}"),
    });
    let by = if answer.answered_by.is_empty() { "nobody in particular" } else { answer.answered_by.as_str() };
    match day {
        Some(day) => format!("{by} {day}"),
        None => answer.answered_by.clone(),
    }
}

fn ratings(material: &Material, items: &[WorkshopItem]) -> Vec<Block> {
    let project = material.project;
    let risks: Vec<(RiskId, &Risk)> = items
        .iter()
        .filter_map(|it| match it {
            WorkshopItem::Risk(id) => Some((*id, project.risks.get(*id)?)),
            WorkshopItem::Question(_) => None,
        })
        .collect();
    if risks.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::text("Scenario", 5.0),
        Column::text("Unmitigated", 1.0),
        Column::text("Today", 1.0),
        Column::text("After the plan", 1.0),
    ];
    let row = |(_, risk): &(RiskId, &Risk)| {
        let level = |at| material.risk_cell(risk.level(at, &project.settings.matrix));
        let mut what = vec![Span::strong(format!("{}  {} ", risk.tag, risk.title))];
        if !risk.countermeasures.is_empty() {
            what.push(Span::weak(format!("In place: {}", risk.countermeasures)));
        }
        let cells = vec![what.into(), level(RatedAt::Unmitigated), level(RatedAt::Current), level(RatedAt::Residual)];
        Row { cells, anchor: None }
    };
    let mut blocks = vec![Block::Table(Table { columns, rows: risks.iter().map(row).collect() })];
    let estimated: Vec<_> = risks.iter().filter(|(_, risk)| !risk.estimates.is_empty()).collect();
    if !estimated.is_empty() {
        blocks.push(heading(2, "Estimates"));
        for (_, risk) in estimated {
            blocks.push(heading(3, &format!("{}  {}", risk.tag, risk.title)));
            let told = scenarios::estimates(risk);
            blocks.push(paragraph(match scenarios::shown(risk).next() {
                Some(_) => format!("Estimated before the room agreed: {told}."),
                None => format!("{told}."),
            }));
            blocks.extend(estimates(&project.settings.matrix, risk));
        }
    }
    blocks
}

/// What each estimated, where the room has seen it.
fn estimates(matrix: &RiskMatrix, risk: &Risk) -> Option<Block> {
    let columns = vec![
        Column::text("Role", 2.4),
        Column::text("At", 1.2),
        Column::text("Consequence", 1.5),
        Column::text("Likelihood", 1.5),
        Column::text("Why", 3.4),
    ];
    let said = |it: Option<Rating>, word: &dyn Fn(Rating) -> String| {
        it.map_or("–".to_owned(), |it| format!("{it}\u{a0} {}", word(it)))
    };
    let row = |it: &Estimate| {
        Row::from_iter([
            it.by.clone(),
            it.at.word().to_owned(),
            said(it.consequence, &|it| matrix.consequence_word(it).to_owned()),
            said(it.likelihood, &|it| matrix.likelihood_word(it).to_owned()),
            it.reason.clone(),
        ])
    };
    let rows: Vec<Row> = scenarios::shown(risk).map(row).collect();
    (!rows.is_empty()).then_some(Block::Table(Table { columns, rows }))
}

/// A line to sign on for everybody who came.
fn signatures(workshop: &Workshop) -> Vec<Block> {
    let present: Vec<_> = workshop.attendance.iter().filter(|it| it.present).collect();
    if present.is_empty() {
        return Vec::new();
    }
    let line = |width: f32| {
        let ink = Stroke::solid(0.6, Palette::light().line_strong);
        let shapes = vec![Shape::segment(Point::new(0.0, 26.0), Point::new(width, 26.0), ink)];
        Cell::from(Drawing { width, height: 28.0, shapes })
    };
    let row = |it: &&Attendee| {
        let who = if it.name.is_empty() { it.role.clone() } else { format!("{}, {}", it.role, it.name) };
        Row { cells: vec![who.into(), line(70.0), line(190.0)], anchor: None }
    };
    let columns = vec![Column::text("Role", 2.6), Column::text("Date", 1.1), Column::text("Signature", 2.8)];
    let rows = present.iter().map(row).collect();
    vec![heading(1, "Signatures"), Block::Table(Table { columns, rows })]
}
