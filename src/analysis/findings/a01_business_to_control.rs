//! A01: a straight way from the office or from outside down to control.

use super::plant::is_business_or_external;
use super::{Check, Found, Plant, Severity};
use crate::model::{PurdueLevel, Zone};

pub(super) const CHECK: Check = Check {
    code: "A01",
    title: "Business or external zone joined straight to control",
    severity: Severity::Error,
    why: "With no DMZ between, a machine taken over in the office or at a supplier talks directly to what runs the process; one firewall rule too many is enough.",
    detection: "A conduit that joins a zone of trust Enterprise or External, or at Purdue level 4 or above, with a zone at Purdue level 2 or below that is neither.",
    false_positives: "A one-way device that only lets data out; the check can't see whether that is all there is.",
    advice: "End both sides in a DMZ: a replica, a broker or a jump host there, and no connection that passes through.",
    run,
};

fn run(plant: &Plant) -> Vec<Found> {
    let direct = plant.joined().filter_map(|(id, conduit, from, to)| {
        let (outer, inner) = match (is_business_or_external(from), is_business_or_external(to)) {
            (true, false) => (from, to),
            (false, true) => (to, from),
            _ => return None,
        };
        is_control(inner).then(|| {
            let (tag, outer, inner) = (&conduit.tag, &outer.tag, &inner.tag);
            Found::about(id, format!("{tag} leads from {outer} straight to {inner} with no DMZ between"))
        })
    });
    direct.collect()
}

fn is_control(zone: &Zone) -> bool {
    zone.purdue.is_some_and(|level| level <= PurdueLevel::L2)
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{PurdueLevel, Trust, Zone};

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
    fn field_devices_of_a_supplier_are_the_suppliers() {
        let external = |zone: &mut Zone| (zone.trust, zone.purdue) = (Trust::External, Some(PurdueLevel::L1));
        let plant = Fixture::new().zone("Z-VENDOR", external).zone("Z-OFFICE", |zone| zone.trust = Trust::Enterprise);
        assert!(found(&CHECK, &plant.conduit("C-1", "Z-OFFICE", "Z-VENDOR", |_| ())).is_empty());
    }
}
