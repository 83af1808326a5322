//! How far NIS2 Article 21(2) is covered: counts, never a claim of compliance
//! (domain rules, section 11).

use super::levels::LevelsByTarget;
use crate::catalogue::{Catalogue, Nis2Point, RequirementSet};
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
    let point = |point: &Nis2Point| {
        let measures = |status: MeasureStatus| {
            project.measures.values().filter(|it| it.points.contains(&point.point) && it.status == status).count()
        };
        let recorded = Coverage {
            point: point.point,
            satisfied: measures(MeasureStatus::Satisfied),
            not_satisfied: measures(MeasureStatus::NotSatisfied),
            unknown: measures(MeasureStatus::Unknown),
        };
        let mapped: RequirementSet = point.requirements.iter().filter_map(|&id| catalogue.index(id)).collect();
        (recorded, mapped)
    };
    let mut points: Vec<(Coverage, RequirementSet)> = catalogue.nis2().iter().map(point).collect();
    for levels in targets.values() {
        let open = levels.open_questions();
        for (counted, mapped) in &mut points {
            let demanded = levels.demanded & *mapped;
            counted.satisfied += (levels.standing.satisfied & demanded).len();
            counted.not_satisfied += (levels.standing.violated & demanded).len();
            counted.unknown += (open & demanded).len();
        }
    }
    points.into_iter().map(|(counted, _)| counted).collect()
}
