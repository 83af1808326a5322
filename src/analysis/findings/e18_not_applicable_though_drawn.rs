//! E18: requirements said not to apply to what is drawn.

use super::words::{all_of, some_of};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::{AssetClass, RequirementSet};
use crate::model::{Asset, Conduit, ConduitId, RemoteAccess, RequirementId, Target, Zone, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "E18",
    title: "Not applicable although its subject is drawn",
    severity: Severity::Warning,
    why: "Not applicable says that there is nothing here that the requirement could concern; where such a thing stands in the drawing, either the answer or the drawing is wrong, and an auditor sees it at once.",
    detection: "NotApplicable, with or without a justification, for wireless (SR 1.6, SR 2.2) with a radio, portable devices (SR 2.3) with a laptop, media or temporary asset, untrusted networks (SR 1.13) with a way in from an untrusted zone, each with its REs; and for remote sessions (SR 2.6) with remote access, people and session lock (SR 1.1, SR 2.5) with operator or engineering stations, mobile code and malicious code (SR 2.4, SR 3.2) with stations, servers or jump hosts, the zone boundary (SR 5.2) with a conduit, backup (SR 7.3) with a controller, server or station, and the component inventory (SR 7.8) with any asset. Gathered by target. Only what stands in a zone counts, not what reaches into it; a way in counts at its conduit, and at the zone that it leads to unless the conduit answers the same requirement itself.",
    false_positives: "A device that is drawn where it does not stand, or one whose radio is taken out; say so in its notes and set this aside.",
    advice: "Answer the requirement for what is drawn, or correct the drawing; where the subject really can't be concerned, set this aside with the reason.",
    run,
    fixes: fixes::ask_again,
};

/// What a requirement is about: how to know that it is there.
#[derive(Clone, Copy)]
enum SubjectOf {
    /// An asset in the zone.
    Asset(fn(&Plant, &Asset) -> bool),
    /// A conduit that leads to the zone, or is the target itself, by one of the zones that it leads to.
    WayIn(fn(&Plant, &Conduit, ZoneId) -> bool),
    /// Any conduit that ends in the zone.
    Boundary,
}

/// Each SR, and what is there if it is not to be dismissed.
const SUBJECTS: [(&str, SubjectOf); 12] = [
    ("SR 1.1", SubjectOf::Asset(is_station)),
    ("SR 1.6", SubjectOf::Asset(is_radio)),
    ("SR 1.13", SubjectOf::WayIn(leads_in_from_outside)),
    ("SR 2.2", SubjectOf::Asset(is_radio)),
    ("SR 2.3", SubjectOf::Asset(is_portable)),
    ("SR 2.4", SubjectOf::Asset(runs_programs)),
    ("SR 2.5", SubjectOf::Asset(is_station)),
    ("SR 2.6", SubjectOf::WayIn(has_remote_access)),
    ("SR 3.2", SubjectOf::Asset(runs_programs)),
    ("SR 5.2", SubjectOf::Boundary),
    ("SR 7.3", SubjectOf::Asset(has_a_program)),
    ("SR 7.8", SubjectOf::Asset(is_any)),
];

/// The SRs whose REs are about just the same; those of the others ask for more, which may well be missing.
const WITH_ENHANCEMENTS: [&str; 4] = ["SR 1.6", "SR 1.13", "SR 2.2", "SR 2.3"];

fn is_any(_: &Plant, _: &Asset) -> bool {
    true
}

fn is_radio(_: &Plant, asset: &Asset) -> bool {
    asset.wireless || matches!(asset.kind.as_str(), "wireless_ap" | "cellular_modem")
}

fn is_portable(plant: &Plant, asset: &Asset) -> bool {
    asset.temporary || plant.class(asset) == Some(AssetClass::Portable)
}

fn is_station(plant: &Plant, asset: &Asset) -> bool {
    matches!(plant.class(asset), Some(AssetClass::Operator | AssetClass::Engineering))
}

fn runs_programs(plant: &Plant, asset: &Asset) -> bool {
    let is_panel = asset.kind == "hmi";
    let class = plant.class(asset);
    !is_panel && matches!(class, Some(AssetClass::Operator | AssetClass::Engineering | AssetClass::Server))
        || matches!(asset.kind.as_str(), "jump_host" | "vendor_laptop" | "office_pc")
}

fn has_a_program(plant: &Plant, asset: &Asset) -> bool {
    let class = plant.class(asset);
    let is_control = matches!(class, Some(AssetClass::Controller | AssetClass::Safety));
    is_control || is_station(plant, asset) || runs_programs(plant, asset)
}

fn has_remote_access(_: &Plant, conduit: &Conduit, _: ZoneId) -> bool {
    conduit.remote_access != RemoteAccess::None
}

fn leads_in_from_outside(plant: &Plant, conduit: &Conduit, towards: ZoneId) -> bool {
    let is_outside = |id: ZoneId| plant.zones().get(id).is_some_and(Zone::is_untrusted);
    let other = conduit.from.into_iter().chain(conduit.to).find(|&it| it != towards);
    !is_outside(towards) && other.is_some_and(is_outside)
}

fn run(plant: &Plant) -> Vec<Found> {
    let families: Vec<_> = families(plant).collect();
    plant.each_target(|target, claims| of_target(plant, &families, target, claims.not_applicable))
}

fn of_target(
    plant: &Plant,
    families: &[(RequirementSet, SubjectOf)],
    target: Target,
    not_applicable: RequirementSet,
) -> Option<Found> {
    // one subject may speak against several requirements
    let mut told: Vec<(Vec<&str>, RequirementSet)> = Vec::new();
    for &(family, subject) in families {
        let wrongly = family & not_applicable;
        if wrongly.is_empty() {
            continue;
        }
        let there = there(plant, target, (wrongly, subject));
        if there.is_empty() {
            continue;
        }
        match told.iter_mut().find(|(it, _)| *it == there) {
            Some((_, which)) => *which |= wrongly,
            None => told.push((there, wrongly)),
        }
    }
    let parts: Vec<_> =
        told.iter().map(|(there, which)| format!("{} ({})", plant.some_requirements(*which), some_of(there))).collect();
    let tag = plant.target_tag(target);
    (!parts.is_empty())
        .then(|| Found::about(target, format!("{tag} calls not applicable what is drawn there: {}", all_of(&parts))))
}

/// What is dismissed at a target although its subject is drawn.
pub(in super::super) fn wrongly_dismissed(plant: &Plant, target: Target) -> RequirementSet {
    let not_applicable = plant.claims_of(target).map(|it| it.not_applicable).unwrap_or_default();
    let such = families(plant).map(|(family, subject)| (family & not_applicable, subject));
    let such =
        such.filter(|(family, subject)| !family.is_empty() && !there(plant, target, (*family, *subject)).is_empty());
    such.fold(RequirementSet::EMPTY, |all, (family, _)| all | family)
}

fn families(plant: &Plant) -> impl Iterator<Item = (RequirementSet, SubjectOf)> {
    let family = |sr: &str| {
        let id: RequirementId = sr.parse().ok()?;
        let alone = plant.catalogue.index(id).into_iter().collect();
        Some(if WITH_ENHANCEMENTS.contains(&sr) { plant.catalogue.with_enhancements(id) } else { alone })
    };
    SUBJECTS.iter().map(move |&(sr, subject)| (family(sr).unwrap_or_default(), subject))
}

/// The tags of what a requirement is about, as drawn at a target.
fn there<'a>(plant: &Plant<'a>, target: Target, (which, subject): (RequirementSet, SubjectOf)) -> Vec<&'a str> {
    let answers_itself = |id: ConduitId| {
        let own = plant.claims_of(id.into()).map(|it| it.met | it.lacking).unwrap_or_default();
        !(own & which).is_empty()
    };
    let leads_to = |conduit: &Conduit, zone: ZoneId| conduit.initiated_towards().any(|it| it == zone);
    let mut tags: Vec<&str> = match (subject, target) {
        (SubjectOf::Asset(is_it), Target::Zone(zone)) => {
            plant.assets_in(zone).filter(|it| is_it(plant, it)).map(|it| it.tag.as_str()).collect()
        }
        (SubjectOf::WayIn(is_it), Target::Zone(zone)) => {
            let leading = plant.conduits_of(zone).filter(|(_, it)| leads_to(it, zone) && is_it(plant, it, zone));
            leading.filter(|(id, _)| !answers_itself(*id)).map(|(_, it)| it.tag.as_str()).collect()
        }
        (SubjectOf::WayIn(is_it), Target::Conduit(id)) => {
            let is_way_in = |it: &&Conduit| it.initiated_towards().any(|zone| is_it(plant, it, zone));
            plant.conduits().get(id).filter(is_way_in).map(|it| it.tag.as_str()).into_iter().collect()
        }
        (SubjectOf::Boundary, Target::Zone(zone)) => plant.conduits_of(zone).map(|(_, it)| it.tag.as_str()).collect(),
        (SubjectOf::Asset(_) | SubjectOf::Boundary, Target::Conduit(_)) => Vec::new(),
    };
    tags.sort_unstable();
    tags
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::{CHECK, SUBJECTS};
    use crate::analysis::fixture::Fixture;
    use crate::catalogue::Catalogue;
    use crate::model::{Answer, Id, RemoteAccess, Status, Trust, ZoneId};

    fn justified(answer: &mut Answer) {
        answer.justification = "There is no such thing here.".into();
    }

    fn dismissing(plant: Fixture, target: &str, requirements: &[&str]) -> Fixture {
        requirements.iter().fold(plant, |plant, it| plant.answer(target, it, Status::NotApplicable, justified))
    }

    #[test]
    fn every_subject_belongs_to_a_requirement() {
        for (sr, _) in SUBJECTS {
            assert!(Catalogue::embedded().requirement(sr.parse().unwrap()).is_some_and(|it| it.id.is_sr()), "{sr}");
        }
    }

    #[test]
    fn a_radio_speaks_against_wireless_not_applicable() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.asset("AP-1", "wireless_ap", "Z-1", |_| ()).asset("TT-1", "sensor", "Z-2", |_| ());
        let plant = dismissing(dismissing(plant, "Z-1", &["SR 1.6", "SR 2.2", "SR 2.2 RE 1"]), "Z-2", &["SR 1.6"]);
        assert_eq!(
            messages(&CHECK, &plant),
            ["Z-1 calls not applicable what is drawn there: SR 1.6, SR 2.2 and SR 2.2 RE 1 (AP-1)"]
        );
        let by_radio = plant.asset("TT-1", "sensor", "Z-2", |it| it.wireless = true);
        assert_eq!(found(&CHECK, &by_radio), ["Z-1", "Z-2"]);
    }

    #[test]
    fn what_only_reaches_into_a_zone_does_not_count() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant =
            plant.asset("AP-1", "wireless_ap", "Z-1", |it| it.other_zones = [ZoneId::derived_from("Z-2")].into());
        assert!(found(&CHECK, &dismissing(plant, "Z-2", &["SR 1.6"])).is_empty());
    }

    #[test]
    fn people_programs_and_backups_belong_to_stations_and_controllers() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ());
        let plant = plant.asset("OWS", "operator_ws", "Z-1", |_| ()).asset("PLC", "plc", "Z-2", |_| ());
        let all = ["SR 1.1", "SR 2.4", "SR 2.5", "SR 3.2", "SR 7.3"];
        let plant = ["Z-1", "Z-2", "Z-3"].iter().fold(plant, |plant, zone| dismissing(plant, zone, &all));
        assert_eq!(
            messages(&CHECK, &plant),
            [
                "Z-1 calls not applicable what is drawn there: SR 1.1, SR 2.4, SR 2.5, SR 3.2 and 1 more (OWS)",
                "Z-2 calls not applicable what is drawn there: SR 7.3 (PLC)"
            ]
        );
    }

    #[test]
    fn ways_in_from_outside_belong_to_conduits_and_their_zones() {
        let plant =
            Fixture::new().zone("Z-OUT", |it| it.trust = Trust::External).zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.conduit("C-1", "Z-OUT", "Z-1", |it| it.remote_access = RemoteAccess::OnDemand);
        let plant = plant.conduit("C-2", "Z-1", "Z-2", |_| ());
        let plant = ["Z-1", "Z-2", "C-1", "C-2"].iter().fold(plant, |plant, it| dismissing(plant, it, &["SR 1.13"]));
        assert_eq!(found(&CHECK, &plant), ["C-1", "Z-1"]);
        let boundary = dismissing(plant.clone(), "Z-2", &["SR 5.2"]);
        assert_eq!(found(&CHECK, &boundary), ["C-1", "Z-1", "Z-2"]);
        let judged_there = plant.answer("C-1", "SR 1.13", Status::Partial, |_| ());
        assert!(found(&CHECK, &judged_there).is_empty());
    }
}
