//! Columns of answers, evidence, risks, actions and acceptances.

use super::column::*;
use crate::model::*;

/// A row of answers.csv.
#[derive(Clone, Default)]
pub(super) struct AnswerRow {
    pub target: Option<Target>,
    pub requirement: Option<RequirementId>,
    pub inherited_from: Option<Target>,
    pub text: String,
    pub answer: Answer,
}

impl AnswerRow {
    /// The row of an answer.
    pub fn of(target: Target, requirement: RequirementId, answer: &Answer) -> Self {
        let text = match answer.status {
            Status::Compensated => &answer.countermeasure,
            Status::NotApplicable => &answer.justification,
            _ => &answer.notes,
        };
        let inherited_from = match answer.status {
            Status::Inherited(source) => source,
            _ => None,
        };
        Self {
            target: Some(target),
            requirement: Some(requirement),
            inherited_from,
            text: text.clone(),
            answer: answer.clone(),
        }
    }

    /// The answer of the row: its text goes where its status needs it.
    pub fn into_answer(self) -> Answer {
        let mut answer = self.answer;
        match answer.status {
            Status::Compensated => answer.countermeasure = self.text,
            Status::NotApplicable => answer.justification = self.text,
            _ => answer.notes = self.text,
        }
        if let Status::Inherited(source) = &mut answer.status {
            *source = self.inherited_from;
        }
        answer
    }
}

pub(super) const ANSWERS: &[Column<AnswerRow>] = &[
    Column {
        name: "target",
        write: |it, project| tags(it.target, project),
        read: |it, cell, tags| {
            it.target = Some(tags.target(cell)?);
            Ok(())
        },
    },
    Column {
        name: "requirement",
        write: |it, _| shown(it.requirement),
        read: |it, cell, _| {
            it.requirement = Some(known_requirement(cell)?);
            Ok(())
        },
    },
    Column {
        name: "status",
        write: |it, _| it.answer.status.word().to_owned(),
        read: |it, cell, _| {
            let words = || Status::ALL.map(Status::word).join(", ");
            let status = Status::ALL.into_iter().find(|status| status.word().eq_ignore_ascii_case(cell));
            it.answer.status = status.ok_or_else(|| format!("\"{cell}\" is not a status: {}", words()))?;
            Ok(())
        },
    },
    Column {
        name: "inherited_from",
        write: |it, project| tags(it.inherited_from, project),
        read: |it, cell, tags| {
            it.inherited_from = Some(tags.target(cell)?);
            Ok(())
        },
    },
    Column {
        name: "capable",
        write: |it, _| it.answer.capable.to_string(),
        read: |it, cell, _| word(&mut it.answer.capable, cell),
    },
    Column { name: "text", write: |it, _| it.text.clone(), read: |it, cell, _| text(&mut it.text, cell) },
    Column {
        name: "evidence",
        write: |it, project| tags(it.answer.evidence.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.answer.evidence, cell, |tag| named(&tags.evidence, tag, "evidence.csv")),
    },
];

pub(super) const EVIDENCE: &[Column<Evidence>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column { name: "title", write: |it, _| it.title.clone(), read: |it, cell, _| text(&mut it.title, cell) },
    Column { name: "kind", write: |it, _| it.kind.clone(), read: |it, cell, _| text(&mut it.kind, cell) },
    Column { name: "location", write: |it, _| it.location.clone(), read: |it, cell, _| text(&mut it.location, cell) },
    Column { name: "sha256", write: |it, _| it.sha256.clone(), read: |it, cell, _| sha256(&mut it.sha256, cell) },
    Column {
        name: "collected_on",
        write: |it, _| shown(it.collected_on),
        read: |it, cell, _| date(&mut it.collected_on, cell),
    },
    Column {
        name: "expires_on",
        write: |it, _| shown(it.expires_on),
        read: |it, cell, _| date(&mut it.expires_on, cell),
    },
    Column { name: "accepted", write: |it, _| yes(it.accepted), read: |it, cell, _| yes_no(&mut it.accepted, cell) },
];

fn sha256(field: &mut String, cell: &str) -> Result<(), String> {
    if cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        *field = cell.to_lowercase();
        Ok(())
    } else {
        Err(format!("\"{cell}\" is not a SHA-256 of 64 hexadecimal digits"))
    }
}

pub(super) const RISKS: &[Column<Risk>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column { name: "title", write: |it, _| it.title.clone(), read: |it, cell, _| text(&mut it.title, cell) },
    Column {
        name: "targets",
        write: |it, project| tags(it.targets.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.targets, cell, |tag| tags.target(tag)),
    },
    Column {
        name: "safety",
        write: |it, project| consequence(it.consequences.safety, project),
        read: |it, cell, _| rating(&mut it.consequences.safety, cell),
    },
    Column {
        name: "environment",
        write: |it, project| consequence(it.consequences.environment, project),
        read: |it, cell, _| rating(&mut it.consequences.environment, cell),
    },
    Column {
        name: "operations",
        write: |it, project| consequence(it.consequences.operations, project),
        read: |it, cell, _| rating(&mut it.consequences.operations, cell),
    },
    Column {
        name: "finance",
        write: |it, project| consequence(it.consequences.finance, project),
        read: |it, cell, _| rating(&mut it.consequences.finance, cell),
    },
    Column {
        name: "reputation",
        write: |it, project| consequence(it.consequences.reputation, project),
        read: |it, cell, _| rating(&mut it.consequences.reputation, cell),
    },
    Column {
        name: "public_service",
        write: |it, project| consequence(it.consequences.public_service, project),
        read: |it, cell, _| rating(&mut it.consequences.public_service, cell),
    },
    Column {
        name: "likelihood_unmitigated",
        write: |it, project| likelihood(it.unmitigated, project),
        read: |it, cell, _| rating(&mut it.unmitigated, cell),
    },
    Column {
        name: "likelihood_current",
        write: |it, project| likelihood(it.current, project),
        read: |it, cell, _| rating(&mut it.current, cell),
    },
    Column {
        name: "likelihood_residual",
        write: |it, project| likelihood(it.residual, project),
        read: |it, cell, _| rating(&mut it.residual, cell),
    },
    Column {
        name: "actions",
        write: |it, project| tags(it.actions.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.actions, cell, |tag| named(&tags.actions, tag, "actions.csv")),
    },
    Column {
        name: "assets",
        write: |it, project| tags(it.assets.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.assets, cell, |tag| named(&tags.assets, tag, "assets.csv")),
    },
    Column { name: "stage", write: |it, _| it.stage.to_string(), read: |it, cell, _| word(&mut it.stage, cell) },
    Column {
        name: "details",
        write: |it, project| tags(it.details, project),
        read: |it, cell, tags| {
            it.details = Some(named(&tags.risks, cell, "risks.csv")?);
            Ok(())
        },
    },
    Column {
        name: "threat_source",
        write: |it, _| it.threat_source.clone(),
        read: |it, cell, _| text(&mut it.threat_source, cell),
    },
    Column { name: "scenario", write: |it, _| it.scenario.clone(), read: |it, cell, _| text(&mut it.scenario, cell) },
    Column {
        name: "vulnerabilities",
        write: |it, _| it.vulnerabilities.clone(),
        read: |it, cell, _| text(&mut it.vulnerabilities, cell),
    },
    Column {
        name: "countermeasures",
        write: |it, _| it.countermeasures.clone(),
        read: |it, cell, _| text(&mut it.countermeasures, cell),
    },
    Column {
        name: "current_consequence",
        write: |it, project| consequence(it.current_consequence, project),
        read: |it, cell, _| rating(&mut it.current_consequence, cell),
    },
    Column {
        name: "residual_consequence",
        write: |it, project| consequence(it.residual_consequence, project),
        read: |it, cell, _| rating(&mut it.residual_consequence, cell),
    },
    Column { name: "owner", write: |it, _| it.owner.clone(), read: |it, cell, _| text(&mut it.owner, cell) },
    Column {
        name: "techniques",
        write: |it, _| joined(&it.techniques),
        read: |it, cell, _| several(&mut it.techniques, cell, |technique| Ok(technique.to_owned())),
    },
    Column {
        name: "requirements",
        write: |it, _| joined(it.requirements.iter().map(ToString::to_string)),
        read: |it, cell, _| several(&mut it.requirements, cell, known_requirement),
    },
    Column { name: "source", write: |it, _| it.source.clone(), read: |it, cell, _| text(&mut it.source, cell) },
    Column { name: "template", write: |it, _| it.template.clone(), read: |it, cell, _| text(&mut it.template, cell) },
];

pub(super) const ACTIONS: &[Column<Action>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column { name: "title", write: |it, _| it.title.clone(), read: |it, cell, _| text(&mut it.title, cell) },
    Column { name: "owner", write: |it, _| it.owner.clone(), read: |it, cell, _| text(&mut it.owner, cell) },
    Column { name: "effort", write: |it, _| it.effort.clone(), read: |it, cell, _| text(&mut it.effort, cell) },
    Column { name: "cost", write: |it, _| it.cost.clone(), read: |it, cell, _| text(&mut it.cost, cell) },
    Column { name: "start", write: |it, _| shown(it.start), read: |it, cell, _| date(&mut it.start, cell) },
    Column { name: "due", write: |it, _| shown(it.due), read: |it, cell, _| date(&mut it.due, cell) },
    Column { name: "status", write: |it, _| it.status.to_string(), read: |it, cell, _| word(&mut it.status, cell) },
    Column {
        name: "depends_on",
        write: |it, project| tags(it.depends_on.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.depends_on, cell, |tag| named(&tags.actions, tag, "actions.csv")),
    },
    Column { name: "outage", write: |it, _| yes(it.outage), read: |it, cell, _| yes_no(&mut it.outage, cell) },
    Column { name: "wave", write: |it, _| shown(it.wave), read: |it, cell, _| optional(&mut it.wave, cell) },
    Column {
        name: "closes",
        write: |it, project| gaps(&it.closes, project),
        read: |it, cell, tags| several(&mut it.closes, cell, |pair| tags.gap(pair)),
    },
];

pub(super) const ACCEPTANCES: &[Column<Acceptance>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column {
        name: "gaps",
        write: |it, project| gaps(&it.gaps, project),
        read: |it, cell, tags| several(&mut it.gaps, cell, |pair| tags.gap(pair)),
    },
    Column {
        name: "risks",
        write: |it, project| tags(it.risks.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.risks, cell, |tag| named(&tags.risks, tag, "risks.csv")),
    },
    Column { name: "reason", write: |it, _| it.reason.clone(), read: |it, cell, _| text(&mut it.reason, cell) },
    Column {
        name: "countermeasures",
        write: |it, _| it.countermeasures.clone(),
        read: |it, cell, _| text(&mut it.countermeasures, cell),
    },
    Column {
        name: "accepted_by",
        write: |it, _| it.accepted_by.clone(),
        read: |it, cell, _| text(&mut it.accepted_by, cell),
    },
    Column {
        name: "accepted_on",
        write: |it, _| shown(it.accepted_on),
        read: |it, cell, _| date(&mut it.accepted_on, cell),
    },
    Column {
        name: "expires_on",
        write: |it, _| shown(it.expires_on),
        read: |it, cell, _| date(&mut it.expires_on, cell),
    },
];
