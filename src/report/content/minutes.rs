//! The minutes of one workshop.

use std::collections::HashSet;

use super::workshop::{days, duration, item_title, said, title, word};
use super::*;
use crate::analysis::Course;
use crate::drawing::shape::{Shape, Stroke};
use crate::model::{
    Answer, Attendee, Estimate, LogKind, Point, RatedAt, Rating, Risk, RiskId, Status, Workshop, WorkshopId,
    WorkshopItem,
};
use crate::report::outline::{Cell, Column, Drawing, Row, Span, Table};

/// What the minutes of a workshop say; `None` where it is gone.
pub fn outline(project: &Project, catalogue: &Catalogue, analysis: &Analysis, id: WorkshopId) -> Option<Outline> {
    let workshop = project.workshops.get(id)?;
    let material = Material { project, catalogue, analysis, profile: Profile::Audit, palette: Palette::light() };
    let items = gone_through(&material, workshop);
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
    Some(Outline { cover: cover(&material, workshop, items.len()), blocks })
}

fn cover(material: &Material, workshop: &Workshop, items: usize) -> Cover {
    let info = &material.project.info;
    let present = workshop.present().count();
    let facts = [
        ("Assessment", info.title.clone()),
        ("Held", days(workshop)),
        ("Duration", if workshop.seconds > 0 { duration(workshop.seconds) } else { String::new() }),
        ("Present", if present > 0 { counted(present, "role") } else { String::new() }),
        ("Gone through", counted(items, "item")),
        ("Prepared by", info.prepared_by.clone()),
        ("As of", material.analysis.as_of.to_string()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Cover {
        title: title(workshop).to_owned(),
        kind: "Workshop minutes".to_owned(),
        subject: [&info.organisation, &info.site].into_iter().filter(|it| !it.is_empty()).cloned().collect(),
        facts: facts.map(|(label, value)| (label.to_owned(), value)).collect(),
        marking: info.marking.clone(),
        as_of: Some(material.analysis.as_of),
    }
}

/// What the room took or spoke about, in the order of the agenda, then what that does not hold any more.
fn gone_through(material: &Material, workshop: &Workshop) -> Vec<WorkshopItem> {
    let spoken = || workshop.taken.iter().map(|it| it.item).chain(workshop.log.iter().filter_map(|it| it.about));
    let mut open: HashSet<_> = spoken().collect();
    let course = Course::new(material.project, material.catalogue, material.analysis, workshop);
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

fn answers(material: &Material, workshop: &Workshop, items: &[WorkshopItem]) -> Vec<Block> {
    if items.is_empty() {
        return vec![paragraph("Nothing was gone through yet.")];
    }
    let questions = items.iter().filter_map(|it| match it {
        WorkshopItem::Question(key) => Some(*key),
        WorkshopItem::Risk(_) => None,
    });
    let rows: Vec<Row> = questions
        .map(|key| {
            let answer = material.project.answer(key.target, key.requirement).cloned().unwrap_or_default();
            let what = item_title(material, WorkshopItem::Question(key));
            let by = answered(workshop, &answer).into();
            Row { cells: vec![what.into(), status(material, &answer), texts(&answer).into(), by], anchor: None }
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::text("Requirement and place", 3.0),
        Column::text("Answer", 1.1),
        Column::text("What was found", 3.6),
        Column::text("Answered by", 1.6),
    ];
    let spent =
        if workshop.seconds > 0 { format!(" The room took {}.", duration(workshop.seconds)) } else { String::new() };
    vec![
        paragraph(format!("In the order of the agenda, with the answers as they stand.{spent}")),
        Block::Table(Table { columns, rows }),
    ]
}

fn status(material: &Material, answer: &Answer) -> Cell {
    match answer.status {
        Status::Inherited(Some(source)) => format!("inherited from {}", material.project.target_tag(source)).into(),
        status => status.word().into(),
    }
}

/// By whom and when: an answer of another day than the workshop's is marked.
fn answered(workshop: &Workshop, answer: &Answer) -> String {
    let first = workshop.held_on.or(workshop.last_on);
    let last = workshop.last_on.or(workshop.held_on);
    let day = answer.answered_on.map(|day| match (first, last) {
        (Some(first), _) if day < first => format!("answered before, on {day}"),
        (_, Some(last)) if day > last => format!("answered afterwards, on {day}"),
        _ => day.to_string(),
    });
    let parts = [Some(answer.answered_by.clone()).filter(|it| !it.is_empty()), day];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn texts(answer: &Answer) -> String {
    let texts = [&answer.countermeasure, &answer.justification, &answer.notes];
    texts.into_iter().filter(|it| !it.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
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
            let told = scenarios::estimates(&risk.estimates);
            blocks.push(paragraph(format!("Estimated before the room agreed: {told}.")));
            blocks.push(estimates(risk));
        }
    }
    blocks
}

fn estimates(risk: &Risk) -> Block {
    let columns = vec![
        Column::text("Role", 2.4),
        Column::text("At", 1.2),
        Column::figure("Consequence", 1.0),
        Column::figure("Likelihood", 1.0),
        Column::text("Why", 3.6),
    ];
    let number = |it: Option<Rating>| it.map_or("–".to_owned(), |it| it.to_string());
    let row = |it: &Estimate| {
        Row::from_iter([
            it.by.clone(),
            it.at.word().to_owned(),
            number(it.consequence),
            number(it.likelihood),
            it.reason.clone(),
        ])
    };
    Block::Table(Table { columns, rows: risk.estimates.iter().map(row).collect() })
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
