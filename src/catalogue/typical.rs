//! What equipment usually can do, and what a shared service usually answers for others.

use serde::Deserialize;

use crate::model::{Known, RequirementId, Status};

/// Our judgement about usual equipment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typical {
    /// What asset types say by themselves.
    pub kinds: Vec<TypicalKind>,
    /// What shared services answer for others.
    pub services: Vec<SharedService>,
}

/// Asset types that usually can do the same.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypicalKind {
    /// Ids of asset types.
    pub types: Vec<String>,
    /// What is usual of them.
    pub says: Vec<TypicalAnswer>,
}

/// What is usual of a kind of equipment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypicalAnswer {
    /// The requirements that it is about.
    pub requirements: Vec<RequirementId>,
    /// Whether such equipment could do it.
    pub capable: Known,
    /// How it usually stands, where that can be said.
    pub status: Option<Status>,
    /// What to look at.
    pub hint: String,
}

/// A service that one zone gives to others.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedService {
    /// The asset types that give it.
    pub types: Vec<String>,
    /// What it is.
    pub name: String,
    /// The requirements that it usually answers for whoever uses it.
    pub requirements: Vec<RequirementId>,
}

pub(super) fn embedded() -> Typical {
    super::embedded(include_str!("../../assets/catalogue/typical_answers.ron"))
}
