//! The 51 SRs and 49 REs of IEC 62443-3-3:2013 with their gates.

use serde::Deserialize;

use crate::model::{RequirementId, SecurityLevel};

/// An SR or RE.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its number.
    pub id: RequirementId,
    /// Its short title.
    pub title: String,
    /// The lowest security level at which it is demanded.
    pub gate: SecurityLevel,
    /// How sure the gate is.
    pub confidence: Confidence,
    /// Whether it applies to conduits (on SRs; an RE follows its SR).
    #[serde(default)]
    pub conduit: bool,
    /// Why it applies where it does (on SRs).
    #[serde(default)]
    pub why_applies: String,
    /// What it is about, in one sentence.
    pub summary: String,
    /// The question to put to the room.
    pub question: String,
    /// What the assessor looks at on site.
    pub look_for: String,
    /// What usually proves it.
    pub evidence: Vec<String>,
    /// How the gap is usually closed where nothing can be patched or replaced.
    pub fallback: String,
    /// Why the gate is not beyond doubt, where it is not.
    #[serde(default)]
    pub gate_note: String,
}

/// How sure a fact of the catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Confidence {
    /// Independent public tables agree.
    High,
    /// They differ, or there is but one.
    Medium,
    /// Our own judgement, without a public table to lean on.
    Low,
}

pub(super) fn embedded() -> Vec<Requirement> {
    super::embedded(include_str!("../../assets/catalogue/requirements.ron"))
}
