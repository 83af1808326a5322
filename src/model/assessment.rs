//! What was answered and what proves it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use super::id::{AssetId, EvidenceId};
use super::plant::Known;
use super::rating::Rating;
use super::record::{choices, record};
use super::requirement::RequirementId;
use super::target::Target;

/// How a target stands to a requirement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Nobody has looked.
    #[default]
    NotAssessed,
    /// Fulfilled.
    Met,
    /// Fulfilled in part.
    Partial,
    /// Not fulfilled.
    NotMet,
    /// Not fulfilled as such, but a countermeasure of equal worth stands in; it must be described.
    Compensated,
    /// There is nothing here that it could concern; that must be justified.
    NotApplicable,
    /// As at another target, through any number of steps; `None`: that target is gone.
    Inherited(Option<Target>),
}

impl Status {
    /// The word for it in tables and on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotAssessed => "not assessed",
            Self::Met => "met",
            Self::Partial => "partial",
            Self::NotMet => "not met",
            Self::Compensated => "compensated",
            Self::NotApplicable => "not applicable",
            Self::Inherited(_) => "inherited",
        }
    }

    /// All of them, Inherited with no target.
    pub const ALL: [Self; 7] = [
        Self::NotAssessed,
        Self::Met,
        Self::Partial,
        Self::NotMet,
        Self::Compensated,
        Self::NotApplicable,
        Self::Inherited(None),
    ];
}

record! {
    /// What was found for one requirement at one target.
    Answer {
        /// How it stands.
        status: Status,
        /// Whether the technology in place could fulfil it.
        capable: Known,
        /// What was seen and said.
        notes: String,
        /// What stands in for it (for Compensated).
        countermeasure: String,
        /// Why it does not concern this target (for NotApplicable).
        justification: String,
        /// What proves it.
        evidence: BTreeSet<EvidenceId>,
        /// The role that answered.
        answered_by: String,
        /// The day of the answer.
        answered_on: Option<Date>,
        /// Someone should look at it again.
        review: bool,
        /// What was remarked about it, in order.
        comments: Vec<Comment>,
    }

    /// A remark about an answer.
    Comment {
        /// The role that made it.
        by: String,
        /// The day.
        on: Option<Date>,
        /// What was said.
        text: String,
        /// It needs no more attention.
        resolved: bool,
    }

    /// Something that proves answers.
    Evidence {
        /// The engineer's own label, such as "EV-12"; unique among evidence.
        tag: String,
        /// What it is.
        title: String,
        /// What sort of thing, such as "configuration" or "interview".
        kind: String,
        /// Where it is kept: a path, a register number.
        location: String,
        /// The file itself, where the project carries it.
        file: Option<Attachment>,
        /// SHA-256 of the file, in hexadecimal digits.
        sha256: String,
        /// The day it was taken.
        collected_on: Option<Date>,
        /// The last day that it counts.
        expires_on: Option<Date>,
        /// Whether the assessor accepted it.
        accepted: bool,
        /// Anything else about it.
        notes: String,
    }

    /// A value put in place of a computed one, with its reason.
    GapOverride {
        /// Classification instead of the proposed one.
        classification: Option<Override<Classification>>,
        /// Whether it blocks the closure of the audit.
        blocks_closure: Option<Override<bool>>,
        /// Consequence instead of the computed one.
        consequence: Option<Override<Rating>>,
        /// Exploitability instead of the computed one.
        exploitability: Option<Override<Rating>>,
        /// Audit impact instead of the one that follows from the classification.
        audit_impact: Option<Override<Rating>>,
    }

    /// Why a finding is not to be shown as open.
    SetAside {
        /// Why.
        reason: String,
        /// The role that decided.
        by: String,
        /// The day of the decision.
        on: Option<Date>,
    }

    /// A finding written by hand, from an audit report or a walk-down; behaves as a gap.
    ManualFinding {
        /// The engineer's own label, such as "AF-3"; unique among such findings.
        tag: String,
        /// What is wrong, in a line.
        title: String,
        /// What was seen.
        notes: String,
        /// Where it comes from.
        source: String,
        /// How grave it is.
        classification: Classification,
        /// Zones and conduits that it concerns.
        targets: BTreeSet<Target>,
        /// Assets that it concerns.
        assets: BTreeSet<AssetId>,
        /// Requirements that it concerns.
        requirements: BTreeSet<RequirementId>,
        /// It is mended and no gap any more.
        closed: bool,
    }
}

/// One value put in place of a computed one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override<T> {
    /// The value that counts.
    pub value: T,
    /// Why.
    pub reason: String,
}

choices! {
    /// How an auditor would class a gap; the graver first.
    Classification: "a classification" {
        /// A major nonconformity.
        Major = "major",
        /// A minor nonconformity.
        #[default]
        Minor = "minor",
        /// An observation.
        Observation = "observation",
    }
}

/// The answers of one target by requirement.
pub type Answers = BTreeMap<RequirementId, Answer>;

impl Evidence {
    /// Whether it proves anything on this day: accepted, and not past its last day.
    pub fn is_current(&self, as_of: Date) -> bool {
        self.accepted && !self.is_expired(as_of)
    }

    /// Whether its last day has passed.
    pub fn is_expired(&self, as_of: Date) -> bool {
        self.expires_on.is_some_and(|last_day| last_day < as_of)
    }
}

impl Answer {
    /// Marks that it was given elsewhere, and that somebody is to look at it here.
    pub fn mark_taken_over(&mut self, from: &str, by: &str, on: Option<Date>) {
        self.review = true;
        let text = format!("Taken over from {from}");
        self.comments.push(Comment { by: by.to_owned(), on, text, resolved: true });
    }

    /// Whether the text that its status needs is missing.
    pub fn lacks_text(&self) -> bool {
        match self.status {
            Status::Compensated => self.countermeasure.trim().is_empty(),
            Status::NotApplicable => self.justification.trim().is_empty(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn evidence_counts_up_to_and_on_its_last_day() {
        let evidence = Evidence { accepted: true, expires_on: Some(date(2026, 6, 30)), ..Evidence::default() };
        assert!(evidence.is_current(date(2026, 6, 30)));
        assert!(!evidence.is_current(date(2026, 7, 1)));
        assert!(!Evidence { accepted: false, ..evidence }.is_current(date(2026, 1, 1)));
    }
}
