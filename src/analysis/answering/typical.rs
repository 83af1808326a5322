//! What is typical of the equipment at a target, as answers to be checked.

use std::collections::BTreeMap;

use super::{Offer, Signature, own, scope};
use crate::catalogue::{AssetClass, Catalogue, TypicalAnswer};
use crate::model::{Asset, GapKey, Known, Project, RequirementId, Status, Target};

/// What the catalogue says of one requirement at a target.
#[derive(Default)]
struct Said<'a> {
    /// What is said, by which types.
    by: Vec<(&'a TypicalAnswer, Vec<&'a str>)>,
}

impl Said<'_> {
    /// The weakest decides: what one can't do, the target can't.
    fn capable(&self) -> Known {
        if self.by.iter().any(|(it, _)| it.capable == Known::No) { Known::No } else { Known::Yes }
    }

    /// The worst that is usual.
    fn status(&self) -> Option<Status> {
        let rank = |it: &Status| match it {
            Status::NotMet => 0,
            Status::Partial => 1,
            _ => 2,
        };
        self.by.iter().filter_map(|(it, _)| it.status).min_by_key(rank)
    }

    fn words(&self) -> String {
        let words = self.by.iter().map(|(it, types)| format!("{}: {}", types.join(", "), it.hint));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// What is typical of the assets at a target: whether they could fulfil a requirement, how it usually
/// stands, what to look at. Offered where nobody has answered or knows; elsewhere only when asked for.
/// What is taken is marked to be looked at again.
pub fn typical(
    project: &Project,
    catalogue: &'static Catalogue,
    target: Target,
    overwrite: bool,
    signature: Signature,
) -> Vec<Offer> {
    let mut said: BTreeMap<RequirementId, Said> = BTreeMap::new();
    let types = types(project, catalogue, target);
    for kind in &catalogue.typical().kinds {
        let here = types.iter().filter(|(id, _)| kind.types.iter().any(|it| it == *id)).map(|(_, name)| *name);
        let here: Vec<&str> = here.collect();
        if here.is_empty() {
            continue;
        }
        for answer in &kind.says {
            for id in &answer.requirements {
                said.entry(*id).or_default().by.push((answer, here.clone()));
            }
        }
    }
    let offer = |requirement: RequirementId| {
        let said = said.get(&requirement)?;
        let key = GapKey { target, requirement };
        let (here, is_given) = own(project, key);
        let mut answer = here.clone();
        if here.capable == Known::Unknown || overwrite {
            answer.capable = said.capable();
        }
        if !is_given || overwrite {
            answer.status = said.status().unwrap_or(here.status);
        }
        let replaces = is_given && (answer.status != here.status)
            || here.capable != Known::Unknown && answer.capable != here.capable;
        if (answer.status, answer.capable) == (here.status, here.capable) {
            return None;
        }
        let words = said.words();
        let note = format!("Typical, to be checked. {words}");
        if !answer.notes.contains(&note) {
            answer.notes = if answer.notes.is_empty() { note } else { format!("{}\n{note}", answer.notes) };
        }
        answer.review = true;
        if answer.status != here.status {
            signature.sign(&mut answer);
        }
        Some(Offer { key, answer, why: words, replaces })
    };
    scope(project, catalogue, target).filter_map(offer).collect()
}

/// The types of the assets that stand in a zone, or of the network devices that join both zones of a
/// conduit, by id with their names.
fn types<'a>(project: &'a Project, catalogue: &'static Catalogue, target: Target) -> BTreeMap<&'a str, &'static str> {
    let stands_here = |it: &&Asset| match target {
        Target::Zone(zone) => it.zone == Some(zone),
        Target::Conduit(id) => {
            let ends = project.conduits.get(id).and_then(crate::model::Conduit::ends);
            let reaches = |zone| it.zone == Some(zone) || it.other_zones.contains(&zone);
            ends.is_some_and(|(from, to)| reaches(from) && reaches(to))
        }
    };
    let joins = |class: AssetClass| matches!(class, AssetClass::Network | AssetClass::RemoteAccess);
    let assets = project.assets.values().filter(stands_here);
    let named = assets.filter_map(|it| Some((it.kind.as_str(), catalogue.asset_type(&it.kind)?)));
    named.filter(|(_, it)| target.zone().is_some() || joins(it.class)).map(|(id, it)| (id, it.name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};

    const BY: Signature = Signature { role: "Assessor", on: TODAY };

    fn offers(plant: &Fixture, target: &str, overwrite: bool) -> BTreeMap<String, Offer> {
        let offers = typical(&plant.project, Catalogue::embedded(), plant.target(target), overwrite, BY);
        offers.into_iter().map(|it| (it.key.requirement.to_string(), it)).collect()
    }

    #[test]
    fn the_weakest_device_decides() {
        let plant = Fixture::new().zone("Z-1", |_| ()).asset("S", "scada_server", "Z-1", |_| ());
        let alone = offers(&plant, "Z-1", false);
        assert_eq!(alone["SR 1.3"].answer.capable, Known::Yes);
        let plant = plant.asset("P", "plc", "Z-1", |_| ());
        let both = offers(&plant, "Z-1", false);
        assert_eq!(both["SR 1.3"].answer.capable, Known::No);
        assert_eq!(both["SR 1.3"].answer.status, Status::NotMet);
        assert!(both["SR 1.3"].answer.review && both["SR 1.3"].answer.notes.starts_with("Typical, to be checked."));
        assert_eq!(both["SR 1.3"].answer.answered_by, "Assessor");
    }

    #[test]
    fn what_was_answered_stays_unless_asked_for() {
        let plant = Fixture::new().zone("Z-1", |_| ()).asset("P", "plc", "Z-1", |_| ()).answer(
            "Z-1",
            "SR 1.3",
            Status::Met,
            |it| it.capable = Known::Yes,
        );
        assert!(!offers(&plant, "Z-1", false).contains_key("SR 1.3"));
        let asked = &offers(&plant, "Z-1", true)["SR 1.3"];
        assert!(asked.replaces && asked.answer.status == Status::NotMet);
    }

    #[test]
    fn a_conduit_is_known_by_the_device_that_joins_its_zones() {
        let both = |it: &mut Asset| it.other_zones = [crate::model::Id::derived_from("Z-2")].into();
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ()).asset(
            "S",
            "scada_server",
            "Z-1",
            |_| (),
        );
        assert!(offers(&plant, "C-1", false).is_empty());
        let plant = plant.asset("F", "firewall", "Z-1", both);
        assert_eq!(offers(&plant, "C-1", false)["SR 5.2"].answer.capable, Known::Yes);
        assert!(offers(&plant, "Z-2", false).is_empty());
    }
}
