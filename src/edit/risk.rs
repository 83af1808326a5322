//! From the initial assessment to the detailed one, and to the zones.

use super::{Edit, Item, next_tag};
use crate::model::*;

/// Makes a detailed copy of a scenario of the initial assessment, which stays. The copy keeps
/// consequences, targets and words and gets a tag of its own. `None` where there is no such
/// scenario, or it is detailed already.
pub fn refine(project: &Project, risk: RiskId) -> Option<(RiskId, Edit)> {
    let initial = project.risks.get(risk).filter(|it| it.stage == AssessmentStage::Initial)?;
    let id = std::iter::repeat_with(RiskId::random).find(|id| !project.risks.contains(*id))?;
    let tag = next_tag("R-", project.risks.values().map(|it| &it.tag));
    let label = format!("look at {} in detail as {tag}", initial.tag);
    let estimates = initial.estimates.iter().filter(|it| it.consequence.is_some()).cloned().collect();
    let detailed = Risk { tag, stage: AssessmentStage::Detailed, details: Some(risk), estimates, ..initial.clone() };
    Some((id, Edit::Put(Item::Risk(id, detailed)).named(label)))
}

/// The worst consequence of the initial scenarios that name a zone, and the first scenario that says so.
pub fn initial_consequence(project: &Project, zone: ZoneId) -> Option<(Rating, RiskId)> {
    let initial = project.risks.iter().filter(|(_, it)| it.stage == AssessmentStage::Initial);
    let naming = initial.filter(|(_, it)| it.targets.contains(&zone.into()));
    let rated = naming.filter_map(|(id, it)| Some((it.consequences.worst()?, id)));
    rated.reduce(|worst, next| if next.0 > worst.0 { next } else { worst })
}

/// Takes the worst consequence of the initial scenarios over as the zones' own, as one step;
/// zones that no such scenario names keep theirs. `None` where nothing would change.
pub fn take_over_consequences(project: &Project, zones: impl IntoIterator<Item = ZoneId>) -> Option<Edit> {
    let changes = zones.into_iter().filter_map(|id| {
        let (worst, _) = initial_consequence(project, id)?;
        let zone = project.zones.get(id).filter(|it| it.consequence != Some(worst))?;
        Some((zone.tag.clone(), Edit::Put(Item::Zone(id, Zone { consequence: Some(worst), ..zone.clone() }))))
    });
    let (tags, edits): (Vec<_>, Vec<_>) = changes.unzip();
    let label = match tags.as_slice() {
        [] => return None,
        [tag] => format!("take over consequence of {tag}"),
        several => format!("take over consequence of {} zones", several.len()),
    };
    Some(Edit::Several(label, edits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let zone = plant.target("Z-1");
        let initial = |safety: u8| {
            move |risk: &mut Risk| {
                risk.stage = AssessmentStage::Initial;
                risk.consequences.safety = Rating::new(safety);
                risk.targets.insert(zone);
            }
        };
        plant.risk("R-01", initial(2)).risk("R-02", initial(4))
    }

    #[test]
    fn a_detailed_copy_names_the_initial_scenario_and_leaves_it() {
        let plant = plant();
        let first = RiskId::derived_from("R-02");
        let (id, edit) = refine(&plant.project, first).unwrap();
        let mut project = plant.project.clone();
        edit.apply(&mut project).unwrap();
        let detailed = project.risks.get(id).unwrap();
        assert_eq!(
            (detailed.tag.as_str(), detailed.stage, detailed.details),
            ("R-03", AssessmentStage::Detailed, Some(first))
        );
        assert_eq!(detailed.consequences, plant.project.risks.get(first).unwrap().consequences);
        assert_eq!(edit.label(&plant.project), "look at R-02 in detail as R-03");
        assert_eq!(refine(&project, id), None, "it is detailed already");
        assert_eq!(project.first_unresolved(), None);
    }

    #[test]
    fn a_zone_takes_the_worst_of_the_initial_scenarios_over() {
        let plant = plant();
        let zones = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        let edit = take_over_consequences(&plant.project, zones).unwrap();
        assert_eq!(edit.label(&plant.project), "take over consequence of Z-1");
        let mut project = plant.project;
        edit.apply(&mut project).unwrap();
        assert_eq!(project.zones.get(zones[0]).unwrap().consequence, Rating::new(4));
        assert_eq!(project.zones.get(zones[1]).unwrap().consequence, None);
        assert_eq!(take_over_consequences(&project, zones), None);
    }

    #[test]
    fn the_consequence_of_a_zone_is_the_worst_of_all_that_names_it_at_either_stage() {
        let plant = plant();
        let target = plant.target("Z-1");
        let consequence = |plant: &Fixture| plant.analyse().factors.consequence(target).value;
        assert_eq!(consequence(&plant), 4);
        let worse = plant.risk("R-03", |risk| {
            risk.consequences.environment = Rating::new(5);
            risk.targets.insert(target);
        });
        assert_eq!(consequence(&worse), 5);
    }
}
