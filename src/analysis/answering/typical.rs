//! What is typical of the equipment at a target, as answers to be checked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Offer, Signature, own, scope};
use crate::catalogue::{AssetClass, Catalogue, TypicalAnswer};
use crate::model::{Asset, GapKey, Known, Project, RequirementId, Status, Target};

/// What the catalogue says of one requirement at a target.
#[derive(Default)]
struct Said<'a> {
    /// What is said, by which types.
    by: Vec<(&'a TypicalAnswer, Vec<&'a str>)>,
    /// Every type at the target is among those that say something.
    by_all: bool,
}

impl Said<'_> {
    /// What one can't do, the target can't; that it can, all of them have to say.
    fn capable(&self) -> Option<Known> {
        match self.by.iter().any(|(it, _)| it.capable == Known::No) {
            true => Some(Known::No),
            false => self.by_all.then_some(Known::Yes),
        }
    }

    /// The worst that is usual, where all of them say what is. That something is met is for
    /// those who looked.
    fn status(&self) -> Option<Status> {
        let rank = |it: &Status| match it {
            Status::NotMet => 0,
            Status::Partial => 1,
            _ => 2,
        };
        let said: Option<Vec<Status>> = self.by.iter().map(|(it, _)| it.status).collect();
        let worst = said.filter(|_| self.by_all)?.into_iter().min_by_key(rank);
        worst.filter(|it| matches!(it, Status::NotMet | Status::Partial))
    }

    fn words(&self) -> String {
        let words = self.by.iter().map(|(it, types)| format!("{}: {}", types.join(", "), it.hint));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// What is typical of the assets at a target: whether they could fulfil a requirement, how it usually
/// stands, what to look at. An asset that nothing is known of keeps it from being said that all can.
/// Offered where nobody has answered or knows; elsewhere only when asked for.
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
        let here = types.iter().filter(|(id, _)| kind.types.iter().any(|it| it == *id));
        let here = here.filter_map(|(_, name)| *name);
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
    for it in said.values_mut() {
        let names: BTreeSet<&str> = it.by.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        it.by_all = types.values().all(|name| name.is_some_and(|name| names.contains(name)));
    }
    let offer = |requirement: RequirementId| {
        let said = said.get(&requirement)?;
        let key = GapKey { target, requirement };
        let (here, is_given) = own(project, key);
        let mut answer = here.clone();
        if here.capable == Known::Unknown || overwrite {
            answer.capable = said.capable().unwrap_or(here.capable);
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
/// conduit, by id with their names; without one where the catalogue does not know the type.
fn types<'a>(
    project: &'a Project,
    catalogue: &'static Catalogue,
    target: Target,
) -> BTreeMap<&'a str, Option<&'static str>> {
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
    let known = assets.map(|it| (it.kind.as_str(), catalogue.asset_type(&it.kind)));
    let wanted = known.filter(|(_, it)| target.zone().is_some() || it.is_none_or(|it| joins(it.class)));
    wanted.map(|(id, it)| (id, it.map(|it| it.name.as_str()))).collect()
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
        assert_eq!(both["SR 1.3"].answer.status, Status::NotAssessed, "of the server no status is usual");
        let plant = Fixture::new().zone("Z-1", |_| ()).asset("P", "plc", "Z-1", |_| ());
        let plc = &offers(&plant, "Z-1", false)["SR 1.3"].answer;
        assert_eq!((plc.status, plc.answered_by.as_str()), (Status::NotMet, "Assessor"));
        assert!(plc.review && plc.notes.starts_with("Typical, to be checked."));
    }

    #[test]
    fn of_an_asset_that_nothing_is_known_of_nothing_good_is_said() {
        for unknown in ["printer_of_the_canteen", "sensor"] {
            let plant = Fixture::new().zone("Z-1", |_| ()).asset("S", "scada_server", "Z-1", |_| ());
            let plant = plant.asset("U", unknown, "Z-1", |_| ());
            for (requirement, it) in offers(&plant, "Z-1", true) {
                assert_ne!(it.answer.capable, Known::Yes, "{unknown}: {requirement}");
                assert!(unknown == "sensor" || it.answer.status == Status::NotAssessed, "{requirement}");
            }
        }
        let yes = |it: &mut crate::model::Answer| it.capable = Known::Yes;
        let plant = Fixture::new().zone("Z-1", |_| ()).asset("U", "printer_of_the_canteen", "Z-1", |_| ());
        let plant = plant.asset("S", "scada_server", "Z-1", |_| ()).answer("Z-1", "SR 1.3", Status::Met, yes);
        assert!(!offers(&plant, "Z-1", true).contains_key("SR 1.3"), "what was found out is not unsaid");
    }

    #[test]
    fn nothing_is_met_because_it_is_typical() {
        for kind in &Catalogue::embedded().typical().kinds {
            for id in &kind.types {
                let plant = Fixture::new().zone("Z-1", |_| ()).asset("A", id, "Z-1", |_| ());
                let offers = offers(&plant, "Z-1", false);
                assert!(offers.values().all(|it| it.answer.status != Status::Met), "{id}");
            }
            assert!(kind.says.iter().all(|it| it.status != Some(Status::Met)), "{:?}", kind.types);
        }
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
