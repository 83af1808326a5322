//! A16: a one-way device that lets data into the better protected side.

use super::{Check, Found, Plant, Severity, one_way};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "A16",
    title: "One-way device faces the wrong way",
    severity: Severity::Error,
    why: "A diode protects the side that sends, for nothing can come back; turned round it lets everything into the zone that it was bought to protect.",
    detection: "A one-way conduit, or a data diode as an asset by the flows that pass it, whose data leads from a less protected zone into a better protected one: by trust, or where that is alike by SL-T, or where that says nothing by Purdue level. A zone without a level has that of the zone around it, and so it is with trust where it says neither.",
    false_positives: "Updates or set points let into a zone from which nothing may get out.",
    advice: "Turn the device round, or the conduit if it is only drawn wrongly; what has to come in needs a way of its own with a check.",
    run,
    fixes: fixes::turn,
};

fn run(plant: &Plant) -> Vec<Found> {
    let message = |tag: &str, (from, to): one_way::Way| {
        let (from, to) = (plant.target_tag(from.into()), plant.target_tag(to.into()));
        format!("{tag} lets data from {from} into the better protected {to}")
    };
    let conduits = one_way::conduits(plant).filter_map(|(id, conduit)| {
        let way = conduit.ends().filter(|&way| one_way::leads_inwards(plant, way))?;
        Some(Found::about(id, message(&conduit.tag, way)))
    });
    let devices = one_way::assets(plant).into_iter().filter_map(|(id, asset, ways)| {
        let is_two_way = ways.iter().any(|&(from, to)| from == to || ways.contains(&(to, from)));
        let &way = ways.iter().find(|&&way| one_way::leads_inwards(plant, way)).filter(|_| !is_two_way)?;
        Some(Found::about(id, message(&asset.tag, way)))
    });
    conduits.chain(devices).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Filtering, Id, PurdueLevel, Trust, Zone, ZoneId};

    fn diode(from: impl FnOnce(&mut Zone), to: impl FnOnce(&mut Zone)) -> Fixture {
        let plant = Fixture::new().zone("Z-1", from).zone("Z-2", to);
        plant.conduit("C-1", "Z-1", "Z-2", |conduit| conduit.filtering = Filtering::OneWay)
    }

    #[test]
    fn data_leads_out_of_the_better_protected_zone() {
        let plant = diode(|_| (), |_| ());
        assert!(found(&CHECK, &plant.clone().sl_t("Z-1", 3).sl_t("Z-2", 2)).is_empty());
        let inwards = plant.clone().sl_t("Z-1", 2).sl_t("Z-2", 3);
        assert_eq!(messages(&CHECK, &inwards), ["C-1 lets data from Z-1 into the better protected Z-2"]);
        assert!(found(&CHECK, &plant).is_empty(), "nothing says which is better protected");
    }

    #[test]
    fn trust_comes_first_and_purdue_levels_last() {
        let office = |zone: &mut Zone| zone.trust = Trust::Enterprise;
        assert_eq!(found(&CHECK, &diode(office, |_| ()).sl_t("Z-1", 3).sl_t("Z-2", 1)), ["C-1"]);
        assert!(found(&CHECK, &diode(|_| (), office)).is_empty());
        let at = |level: PurdueLevel| move |zone: &mut Zone| zone.purdue = Some(level);
        assert_eq!(found(&CHECK, &diode(at(PurdueLevel::L3), at(PurdueLevel::L1))), ["C-1"]);
        assert!(found(&CHECK, &diode(at(PurdueLevel::L1), at(PurdueLevel::L3))).is_empty());
    }

    #[test]
    fn a_zone_that_says_nothing_is_as_the_zone_around_it() {
        let inside = |zone: &mut Zone| zone.parent = Some(ZoneId::derived_from("Z-0"));
        let around =
            |change: fn(&mut Zone)| diode(inside, |zone| zone.purdue = Some(PurdueLevel::L1)).zone("Z-0", change);
        assert_eq!(found(&CHECK, &around(|zone| zone.trust = Trust::Enterprise)), ["C-1"]);
        assert_eq!(found(&CHECK, &around(|zone| zone.purdue = Some(PurdueLevel::L3))), ["C-1"]);
        assert!(found(&CHECK, &around(|_| ())).is_empty());
    }

    #[test]
    fn a_diode_drawn_as_an_asset_faces_where_its_flows_lead() {
        let plant = Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-OFFICE", |zone| zone.trust = Trust::Enterprise);
        let plant = plant.asset("DIODE", "data_diode", "Z-CTRL", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-OFFICE"));
        });
        let plant = plant.asset("HIST", "historian", "Z-CTRL", |_| ()).asset("ERP", "erp", "Z-OFFICE", |_| ());
        let out = plant.clone().flow("", "HIST", "DIODE", "opcua", |_| ()).flow("", "DIODE", "ERP", "opcua", |_| ());
        assert!(found(&CHECK, &out).is_empty());
        let into = plant.flow("", "ERP", "DIODE", "opcua", |_| ()).flow("", "DIODE", "HIST", "opcua", |_| ());
        assert_eq!(found(&CHECK, &into), ["DIODE"]);
    }
}
