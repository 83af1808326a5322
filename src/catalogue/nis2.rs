//! NIS2 Article 21(2) and the requirements that serve its points.

use serde::Deserialize;

use super::Confidence;
use crate::model::RequirementId;

/// A point of Directive (EU) 2022/2555, Article 21(2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nis2Point {
    /// 'a' to 'j'.
    pub point: char,
    /// What it is about.
    pub title: String,
    /// How sure the mapping is.
    pub confidence: Confidence,
    /// The requirements that serve it, each standing for itself alone.
    pub requirements: Vec<RequirementId>,
    /// Why these.
    pub rationale: String,
}

pub(super) fn embedded() -> Vec<Nis2Point> {
    super::embedded(include_str!("../../assets/catalogue/nis2.ron"))
}
