//! A01: a straight way from the office or from outside down to control.

use super::nested::{level_of, own_trust, trust_of};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::{Conduit, PurdueLevel, Trust, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "A01",
    title: "Business or external zone joined straight to control",
    severity: Severity::Error,
    why: "With no DMZ between, a machine taken over in the office or at a supplier talks directly to what runs the process; one firewall rule too many is enough.",
    detection: "A conduit that joins a zone that is untrusted, of trust Enterprise or at Purdue level 4 or above with a zone at Purdue level 2 or below that is none of these. A zone without a level has that of the zone around it, and so it is with trust where it says neither; one with no level around it either counts as control where a controller, a safety or a field device stands in it. A zone at level 3.5 counts as the office only where it is untrusted.",
    false_positives: "A one-way device that only lets data out; the check can't see whether that is all there is.",
    advice: "End both sides in a DMZ: a replica, a broker or a jump host there, and no connection that passes through.",
    run,
    fixes: fixes::lead_through_dmz,
};

fn run(plant: &Plant) -> Vec<Found> {
    let direct = plant.conduits().iter().filter_map(|(id, conduit)| {
        let (outer, inner) = outer_and_inner(plant, conduit)?;
        let (tag, outer, inner) = (&conduit.tag, plant.target_tag(outer.into()), plant.target_tag(inner.into()));
        Some(Found::about(id, format!("{tag} leads from {outer} straight to {inner} with no DMZ between")))
    });
    direct.collect()
}

/// The zone of the office or of somebody else and the zone of control that a conduit joins, if it does.
pub(in crate::analysis) fn outer_and_inner(plant: &Plant, conduit: &Conduit) -> Option<(ZoneId, ZoneId)> {
    let (from, to) = conduit.ends()?;
    let (outer, inner) = match (is_outer(plant, from)?, is_outer(plant, to)?) {
        (true, false) => (from, to),
        (false, true) => (to, from),
        _ => return None,
    };
    is_control(plant, inner).then_some((outer, inner))
}

/// Whether a zone belongs to the office or to somebody else; a DMZ run by the office is a DMZ.
fn is_outer(plant: &Plant, id: ZoneId) -> Option<bool> {
    let zone = plant.zones().get(id)?;
    let level = level_of(plant, id);
    let is_told_by_assets = level.is_none() && holds_control(plant, id);
    let trust = if is_told_by_assets { own_trust(zone) } else { trust_of(plant, id) };
    let is_office = trust == Trust::Enterprise && level != Some(PurdueLevel::Dmz);
    Some(trust == Trust::External || is_office || level >= Some(PurdueLevel::L4))
}

fn is_control(plant: &Plant, zone: ZoneId) -> bool {
    level_of(plant, zone).map_or_else(|| holds_control(plant, zone), |level| level <= PurdueLevel::L2)
}

fn holds_control(plant: &Plant, zone: ZoneId) -> bool {
    use AssetClass::{Controller, Field, Safety};
    plant.assets_in(zone).any(|it| matches!(plant.class(it), Some(Controller | Safety | Field)))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, PurdueLevel, Trust, Zone, ZoneId};

    #[test]
    fn only_a_dmz_may_stand_between_the_office_and_control() {
        let plant = Fixture::new().zone("Z-CTRL", |zone| zone.purdue = Some(PurdueLevel::L2)).zone("Z-UNSAID", |_| ());
        let plant = plant.zone("Z-SITE", |zone| zone.purdue = Some(PurdueLevel::L3));
        let plant = plant.zone("Z-DMZ", |zone| zone.purdue = Some(PurdueLevel::Dmz));
        let plant = plant.zone("Z-OFFICE", |zone| zone.purdue = Some(PurdueLevel::L4));
        let plant = plant.zone("Z-VENDOR", |zone| zone.trust = Trust::External);
        let plant = plant.conduit("C-1", "Z-OFFICE", "Z-CTRL", |_| ()).conduit("C-2", "Z-CTRL", "Z-VENDOR", |_| ());
        let plant = plant.conduit("C-3", "Z-OFFICE", "Z-DMZ", |_| ()).conduit("C-4", "Z-DMZ", "Z-CTRL", |_| ());
        let plant = plant.conduit("C-5", "Z-OFFICE", "Z-SITE", |_| ()).conduit("C-6", "Z-OFFICE", "Z-UNSAID", |_| ());
        assert_eq!(found(&CHECK, &plant), ["C-1", "C-2"]);
    }

    #[test]
    fn control_without_a_level_is_known_by_the_zone_around_or_by_what_stands_in_it() {
        let plant = Fixture::new().zone("Z-OFFICE", |zone| zone.trust = Trust::Enterprise);
        let plant = plant.zone("Z-SITE", |zone| zone.purdue = Some(PurdueLevel::L1));
        let plant = plant.zone("Z-INNER", |zone| zone.parent = Some(ZoneId::derived_from("Z-SITE")));
        let plant = plant.zone("Z-PLC", |_| ()).zone("Z-SRV", |_| ());
        let plant = plant.asset("PLC", "plc", "Z-PLC", |_| ()).asset("MES", "mes", "Z-SRV", |_| ());
        let plant = ["Z-INNER", "Z-PLC", "Z-SRV"]
            .iter()
            .fold(plant, |plant, zone| plant.conduit(&format!("C-{zone}"), "Z-OFFICE", zone, |_| ()));
        assert_eq!(found(&CHECK, &plant), ["C-Z-INNER", "C-Z-PLC"]);
    }

    #[test]
    fn a_zone_that_says_nothing_belongs_to_the_office_around_it() {
        let plant = Fixture::new().zone("Z-CTRL", |zone| zone.purdue = Some(PurdueLevel::L2));
        let plant = plant.zone("Z-FINANCE", |zone| zone.parent = Some(ZoneId::derived_from("Z-OFFICE")));
        let plant = plant.conduit("C-1", "Z-FINANCE", "Z-CTRL", |_| ());
        let office = |change: fn(&mut Zone)| plant.clone().zone("Z-OFFICE", change);
        assert_eq!(found(&CHECK, &office(|zone| zone.purdue = Some(PurdueLevel::L4))), ["C-1"]);
        assert_eq!(found(&CHECK, &office(|zone| zone.trust = Trust::Enterprise)), ["C-1"]);
        assert_eq!(found(&CHECK, &office(|zone| zone.untrusted = true)), ["C-1"]);
        assert!(found(&CHECK, &office(|_| ())).is_empty());
        let dmz = office(|zone| (zone.trust, zone.purdue) = (Trust::Enterprise, Some(PurdueLevel::Dmz)));
        assert!(found(&CHECK, &dmz).is_empty(), "a part of a DMZ is a DMZ");
        let said = office(|zone| zone.trust = Trust::Enterprise);
        let said = said.zone("Z-FINANCE", |zone| {
            (zone.parent, zone.purdue) = (Some(ZoneId::derived_from("Z-OFFICE")), Some(PurdueLevel::L3));
        });
        assert!(found(&CHECK, &said).is_empty(), "it says itself what it is");
    }

    #[test]
    fn a_dmz_that_the_office_runs_is_a_dmz_and_a_guest_network_is_outside() {
        let dmz = |zone: &mut Zone| (zone.trust, zone.purdue) = (Trust::Enterprise, Some(PurdueLevel::Dmz));
        let plant = Fixture::new().zone("Z-DMZ", dmz).zone("Z-GUEST", |zone| zone.untrusted = true);
        let plant = plant.zone("Z-CTRL", |zone| zone.purdue = Some(PurdueLevel::L2));
        let plant = plant.conduit("C-1", "Z-DMZ", "Z-CTRL", |_| ()).conduit("C-2", "Z-GUEST", "Z-CTRL", |_| ());
        assert_eq!(found(&CHECK, &plant), ["C-2"]);
    }

    #[test]
    fn field_devices_of_a_supplier_are_the_suppliers() {
        let external = |zone: &mut Zone| (zone.trust, zone.purdue) = (Trust::External, Some(PurdueLevel::L1));
        let plant = Fixture::new().zone("Z-VENDOR", external).zone("Z-OFFICE", |zone| zone.trust = Trust::Enterprise);
        assert!(found(&CHECK, &plant.conduit("C-1", "Z-OFFICE", "Z-VENDOR", |_| ())).is_empty());
    }
}
