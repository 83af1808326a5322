//! E16: one shared service, met in one place and a gap in another.

use std::collections::BTreeSet;

use super::plant::{HashMap, zones_of};
use super::words::{one_or_more, some_of};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::RequirementSet;
use crate::model::{Asset, AssetId, Target, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "E16",
    title: "One shared service answered differently",
    severity: Severity::Hint,
    why: "Where one server does the work for several zones, it does it for all of them or for none; two answers that differ mean that one room knew more than the other, or that a zone was left out.",
    detection: "A service that several zones share: accounts, logs, time, patches and malware protection, backup, network monitoring, remote access, inventory. Its zones are those that it stands in or reaches into and those that exchange flows with it; untrusted zones do not count. Told are requirements that such a service usually answers for whoever uses it, answered Met in one of its zones and Partial or NotMet in another; inherited answers do not count, and assets of other types neither.",
    false_positives: "A zone whose devices can't make use of the service, such as controllers that send no log; set it aside with that reason.",
    advice: "Look at both answers with whoever runs the service; where it serves both zones, answer it once and inherit it in the other.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    // what a service of each type answers for all whom it serves
    let mut answers: HashMap<&str, RequirementSet> = HashMap::default();
    for service in &plant.catalogue.typical().services {
        let requirements: RequirementSet =
            service.requirements.iter().filter_map(|&it| plant.catalogue.index(it)).collect();
        for kind in &service.types {
            *answers.entry(kind).or_default() |= requirements;
        }
    }
    let services = plant.assets().iter().filter_map(|(id, it)| Some((id, it, *answers.get(it.kind.as_str())?)));
    let services: Vec<_> = services.collect();
    let served = served(plant, services.iter().map(|(id, asset, _)| (*id, *asset)));
    let differing = |(id, asset, answers)| differing(plant, (id, asset), answers, served.get(&id)?);
    services.into_iter().filter_map(differing).collect()
}

/// The zones of each service: where it stands, where it reaches, and whom it exchanges flows with.
fn served<'a>(
    plant: &Plant,
    services: impl Iterator<Item = (AssetId, &'a Asset)>,
) -> HashMap<AssetId, BTreeSet<ZoneId>> {
    let mut served: HashMap<_, BTreeSet<_>> = services.map(|(id, it)| (id, zones_of(it).collect())).collect();
    // services are few and flows are many
    for flow in plant.flows().values() {
        for (service, other) in [(flow.from, flow.to), (flow.to, flow.from)] {
            if let Some(zones) = service.and_then(|it| served.get_mut(&it)) {
                zones.extend(other.and_then(|it| plant.assets().get(it)?.zone));
            }
        }
    }
    served
}

fn differing(
    plant: &Plant,
    (id, asset): (AssetId, &Asset),
    answers: RequirementSet,
    served: &BTreeSet<ZoneId>,
) -> Option<Found> {
    let is_trusted = |id: &&ZoneId| plant.zones().get(**id).is_some_and(|it| !it.is_untrusted());
    let own = |zone: &ZoneId| Some((Target::from(*zone), plant.claims_of((*zone).into())?));
    let served: Vec<_> = served.iter().filter(is_trusted).filter_map(own).collect();
    let mut differing = RequirementSet::EMPTY;
    let (mut met, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for index in answers.iter() {
        let with = |has: fn(&crate::analysis::standing::Claims) -> RequirementSet| {
            served.iter().filter(|(_, it)| has(it).contains(index)).map(|(target, _)| *target).collect::<Vec<_>>()
        };
        let (yes, no) = (with(|it| it.met), with(|it| it.lacking));
        if !yes.is_empty() && !no.is_empty() {
            differing.set(index, true);
            met.extend(yes);
            lacking.extend(no);
        }
    }
    if differing.is_empty() {
        return None;
    }
    let verb = one_or_more(differing.len(), "is", "are");
    let message = format!(
        "{} serves zones that answer differently: {} {verb} met in {} and not in {}",
        asset.tag,
        plant.some_requirements(differing),
        some_of(&plant.tags_of(met.iter().copied())),
        some_of(&plant.tags_of(lacking.iter().copied())),
    );
    let zones: BTreeSet<_> = met.union(&lacking).copied().collect();
    Some(zones.into_iter().fold(Found::about(id, message), Found::and))
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Status, ZoneId};

    fn plant(kind: &str) -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ());
        let plant = plant.asset("SRV", kind, "Z-1", |it| it.other_zones = [ZoneId::derived_from("Z-2")].into());
        plant.asset("WS", "operator_ws", "Z-3", |_| ()).answer("Z-1", "SR 7.3", Status::Met, |_| ())
    }

    #[test]
    fn one_backup_server_serves_all_its_zones_alike() {
        let plant = plant("backup_server").answer("Z-2", "SR 7.3", Status::Partial, |_| ());
        assert_eq!(
            messages(&CHECK, &plant),
            ["SRV serves zones that answer differently: SR 7.3 is met in Z-1 and not in Z-2"]
        );
        let alike = plant.answer("Z-2", "SR 7.3", Status::Met, |_| ());
        assert!(found(&CHECK, &alike).is_empty());
    }

    #[test]
    fn what_a_service_answers_is_what_others_may_inherit_from_it() {
        let plant = plant("backup_server").answer("Z-1", "SR 7.4", Status::Met, |_| ());
        let apart = plant.answer("Z-2", "SR 7.4", Status::NotMet, |_| ());
        assert_eq!(found(&CHECK, &apart).len(), 1);
    }

    #[test]
    fn a_zone_is_served_by_what_it_exchanges_flows_with() {
        let apart = plant("backup_server").answer("Z-3", "SR 7.3", Status::NotMet, |_| ());
        assert!(found(&CHECK, &apart).is_empty());
        assert_eq!(found(&CHECK, &apart.flow("", "SRV", "WS", "https", |_| ())).len(), 1);
    }

    #[test]
    fn what_the_service_does_not_do_and_what_is_inherited_may_differ() {
        let other = plant("historian").answer("Z-2", "SR 7.3", Status::NotMet, |_| ());
        assert!(found(&CHECK, &other).is_empty());
        let source = Status::Inherited(Some(ZoneId::derived_from("Z-3").into()));
        let inherited = plant("backup_server").answer("Z-2", "SR 7.3", source, |_| ());
        assert!(found(&CHECK, &inherited.answer("Z-3", "SR 7.3", Status::NotMet, |_| ())).is_empty());
    }
}
