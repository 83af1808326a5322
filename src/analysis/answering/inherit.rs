//! Answers that the zone around, or a service that is shared, gives to others.

use std::collections::BTreeSet;

use super::chain::chain;
use super::{Offer, Signature, own, scope};
use crate::catalogue::Catalogue;
use crate::model::{GapKey, Project, RequirementId, Status, Target, ZoneId};

/// A target whose answers others may inherit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which.
    pub target: Target,
    /// What it is to the others, such as "the zone around" or "central accounts".
    pub what: String,
    /// The requirements that it may answer for them.
    pub requirements: BTreeSet<RequirementId>,
}

/// Where answers of a target may come from: the zones around it, then zones that give a
/// service; with the requirements that were answered there.
pub fn sources(project: &Project, catalogue: &'static Catalogue, target: Target) -> Vec<Source> {
    let answered = |source: Target, wanted: &dyn Fn(&RequirementId) -> bool| -> BTreeSet<RequirementId> {
        let in_scope: BTreeSet<RequirementId> = scope(project, catalogue, target).collect();
        let answers = project.answers.get(source).into_iter().flatten();
        let given = answers.filter(|(_, it)| it.status != Status::NotAssessed).map(|(id, _)| *id);
        given.filter(|id| in_scope.contains(id) && wanted(id)).collect()
    };
    let around: Vec<(ZoneId, &str)> = match target {
        Target::Zone(id) => project.zone_ancestors(id).into_iter().map(|it| (it, "the zone around it")).collect(),
        Target::Conduit(id) => {
            let ends = project.conduits.get(id).map(|it| [it.to, it.from]);
            ends.into_iter().flatten().flatten().map(|it| (it, "a zone that it joins")).collect()
        }
    };
    let around =
        around.into_iter().map(|(zone, what)| (Target::Zone(zone), what.to_owned(), answered(zone.into(), &|_| true)));
    let services = services(project, catalogue).into_iter().filter(|(zone, ..)| Target::Zone(*zone) != target);
    let services = services
        .map(|(zone, what, serves)| (Target::Zone(zone), what, answered(zone.into(), &|id| serves.contains(id))));
    let all = around.chain(services).map(|(target, what, requirements)| Source { target, what, requirements });
    all.filter(|it| !it.requirements.is_empty()).collect()
}

/// Zones that give a service to others, by their tags, with what it is and what it answers.
fn services(project: &Project, catalogue: &Catalogue) -> Vec<(ZoneId, String, BTreeSet<RequirementId>)> {
    let mut found: Vec<(ZoneId, String, BTreeSet<RequirementId>)> = Vec::new();
    for service in &catalogue.typical().services {
        let gives = project.assets.values().filter(|it| service.types.contains(&it.kind));
        let zones: BTreeSet<ZoneId> = gives.filter_map(|it| it.zone).collect();
        found.extend(
            zones.into_iter().map(|it| (it, service.name.clone(), service.requirements.iter().copied().collect())),
        );
    }
    found.sort_by(|one, next| {
        let tag = |id: ZoneId| project.target_tag(id.into());
        (tag(one.0), &one.1).cmp(&(tag(next.0), &next.1))
    });
    found
}

/// What a target would inherit from a source. What would go in a circle is left out.
pub fn inherited(
    project: &Project,
    target: Target,
    source: &Source,
    overwrite: bool,
    signature: Signature,
) -> Vec<Offer> {
    let offer = |&requirement: &RequirementId| {
        let key = GapKey { target, requirement };
        let (here, replaces) = own(project, key);
        let way = chain(project, GapKey { target: source.target, requirement });
        let status = Status::Inherited(Some(source.target));
        let is_circle = way.through.contains(&target) || source.target == target;
        if is_circle || here.status == status || replaces && !overwrite {
            return None;
        }
        let mut answer = here;
        answer.status = status;
        if replaces {
            // it proved what was answered here
            answer.evidence.clear();
        }
        signature.sign(&mut answer);
        Some(Offer { key, answer, why: source.what.clone(), replaces })
    };
    source.requirements.iter().filter_map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};

    const BY: Signature = Signature { role: "", on: TODAY };

    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-SITE", |_| ())
            .zone("Z-1", |zone| zone.parent = Some(crate::model::Id::derived_from("Z-SITE")))
            .zone("Z-OPS", |_| ())
            .asset("DC", "domain_controller", "Z-OPS", |_| ())
            .answer("Z-SITE", "SR 7.5", Status::Met, |_| ())
            .answer("Z-OPS", "SR 1.3", Status::Met, |_| ())
            .answer("Z-OPS", "SR 7.5", Status::Met, |_| ())
            .answer("Z-OPS", "SR 1.4", Status::Inherited(Some(Fixture::new().target("Z-1"))), |_| ())
    }

    #[test]
    fn the_zone_around_answers_all_and_a_service_what_it_serves() {
        let plant = plant();
        let found = sources(&plant.project, Catalogue::embedded(), plant.target("Z-1"));
        let words: Vec<_> = found
            .iter()
            .map(|it| {
                let requirements: Vec<String> = it.requirements.iter().map(ToString::to_string).collect();
                (plant.project.target_tag(it.target), it.what.as_str(), requirements.join(" "))
            })
            .collect();
        let expected = [
            ("Z-SITE", "the zone around it", "SR 7.5".to_owned()),
            ("Z-OPS", "central accounts", "SR 1.3 SR 1.4".to_owned()),
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn nothing_is_inherited_in_a_circle_and_nothing_given_is_replaced_unasked() {
        let plant = plant().answer("Z-1", "SR 1.3", Status::NotMet, |_| ());
        let target = plant.target("Z-1");
        let source = sources(&plant.project, Catalogue::embedded(), target).remove(1);
        assert_eq!(inherited(&plant.project, target, &source, false, BY), []);
        let offers = inherited(&plant.project, target, &source, true, BY);
        let keys: Vec<_> = offers.iter().map(|it| (it.key, it.answer.status, it.replaces)).collect();
        assert_eq!(keys, [(plant.gap("Z-1/SR 1.3"), Status::Inherited(Some(source.target)), true)]);
    }
}
