//! How far NIS2 Article 21(2) is covered: counts, never a claim of compliance
//! (domain rules, section 11).

use super::levels::{LevelsByTarget, TargetLevels};
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{MeasureStatus, Project};

/// How many mapped requirements (over all targets) and recorded organisational
/// measures of a point are satisfied, not satisfied, unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// 'a' to 'j'.
    pub point: char,
    /// Satisfied.
    pub satisfied: usize,
    /// Not satisfied.
    pub not_satisfied: usize,
    /// Nobody knows.
    pub unknown: usize,
}

/// The ten points in order. A requirement counts where its gate lies at or below
/// the SL-T; an organisational measure counts where the project records it.
pub fn coverage(project: &Project, catalogue: &Catalogue, targets: &LevelsByTarget) -> Vec<Coverage> {
    let count = |point: &crate::catalogue::Nis2Point| {
        let mapped: RequirementSet = point.requirements.iter().filter_map(|&id| catalogue.index(id)).collect();
        let over_targets = |part: &dyn Fn(&TargetLevels) -> RequirementSet| -> usize {
            targets.values().map(|levels| (part(levels) & levels.demanded & mapped).len()).sum()
        };
        let measures = |status: MeasureStatus| {
            project.measures.values().filter(|it| it.points.contains(&point.point) && it.status == status).count()
        };
        Coverage {
            point: point.point,
            satisfied: over_targets(&|it| it.standing.satisfied) + measures(MeasureStatus::Satisfied),
            not_satisfied: over_targets(&|it| it.standing.violated) + measures(MeasureStatus::NotSatisfied),
            unknown: over_targets(&TargetLevels::open_questions) + measures(MeasureStatus::Unknown),
        }
    };
    catalogue.nis2().iter().map(count).collect()
}
