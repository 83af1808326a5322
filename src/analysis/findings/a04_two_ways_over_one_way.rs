//! A04: traffic against the only way that a diode lets through.

use super::words::{all_of, some_of};
use super::{Check, Found, Plant, Severity, one_way};
use crate::analysis::fixes;
use crate::model::{Conduit, ConduitId, Initiator};

pub(super) const CHECK: Check = Check {
    code: "A04",
    title: "One-way device with flows both ways",
    severity: Severity::Error,
    why: "A diode lets nothing back: if such traffic is real, the device is no diode or there is a way around it, and the protection claimed is not there.",
    detection: "A one-way conduit that only its `to` side may open, or that carries a flow both ways or one from its `to` side to its `from` side; and a data diode as an asset over which flows lead both ways: by those that end at it, or over an unfiltered conduit between two zones that it stands in. Where all goes against a conduit that faces the wrong way, A16 says so instead.",
    false_positives: "A conduit drawn the wrong way round, or flows that the proxies on each side merely imitate.",
    advice: "Turn the conduit round if it is drawn wrongly, else correct the flows or call the device a firewall.",
    run,
    fixes: fixes::two_ways,
};

fn run(plant: &Plant) -> Vec<Found> {
    let doubtful = one_way::conduits(plant).filter_map(|(id, conduit)| {
        let is_turned = conduit.ends().is_some_and(|way| one_way::leads_inwards(plant, way));
        if is_turned && one_way::all_goes_back(plant, id, conduit) {
            return None;
        }
        let against = against(plant, id, conduit);
        let against = (!against.is_empty()).then(|| all_of(&against))?;
        Some(Found::about(id, format!("{} is one-way, yet {against}", conduit.tag)))
    });
    let devices = one_way::assets(plant).into_iter().filter_map(|(id, asset, ways)| {
        let &(one, other) = ways.iter().find(|&&(from, to)| from == to || ways.contains(&(to, from)))?;
        let (one, other) = (plant.target_tag(one.into()), plant.target_tag(other.into()));
        let between = if one == other { format!("to and from {one}") } else { format!("between {one} and {other}") };
        Some(Found::about(id, format!("{} is a one-way device, yet flows lead both ways {between}", asset.tag)))
    });
    doubtful.chain(devices).collect()
}

/// What of a one-way conduit goes the other way.
fn against(plant: &Plant, id: ConduitId, conduit: &Conduit) -> Vec<String> {
    let back = plant.flows_of(id).filter(|(_, flow)| flow.both_ways || one_way::goes_back(plant, conduit, flow));
    let back: Vec<_> = back.map(|(id, _)| plant.subject_tag(id.into())).collect();
    let is_opened_from_behind = conduit.initiated_by == Initiator::To;
    let opened = is_opened_from_behind.then(|| "its receiving side may open it".to_owned());
    let needed = (!back.is_empty()).then(|| format!("a way back is needed for {}", some_of(&back)));
    opened.into_iter().chain(needed).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Conduit, Filtering, Id, Initiator, Trust, ZoneId};

    /// A historian behind a diode that feeds its replica, and what else goes over the diode.
    fn plant(change: impl FnOnce(&mut Conduit)) -> Fixture {
        let plant = Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-DMZ", |_| ());
        let plant =
            plant.asset("HIST", "historian", "Z-CTRL", |_| ()).asset("REPLICA", "historian_dmz", "Z-DMZ", |_| ());
        let plant = plant.flow("C-1", "HIST", "REPLICA", "opcua", |_| ());
        plant.conduit("C-1", "Z-CTRL", "Z-DMZ", |conduit| {
            conduit.filtering = Filtering::OneWay;
            change(conduit);
        })
    }

    #[test]
    fn data_goes_over_a_diode_in_its_direction_only() {
        assert!(found(&CHECK, &plant(|_| ())).is_empty());
        assert_eq!(found(&CHECK, &plant(|_| ()).flow("C-1", "REPLICA", "HIST", "opcua", |_| ())), ["C-1"]);
        assert_eq!(
            found(&CHECK, &plant(|_| ()).flow("C-1", "HIST", "REPLICA", "ntp", |it| it.both_ways = true)),
            ["C-1"]
        );
        assert_eq!(found(&CHECK, &plant(|conduit| conduit.initiated_by = Initiator::To)), ["C-1"]);
    }

    #[test]
    fn a_diode_drawn_as_an_asset_is_held_to_the_same() {
        let plant =
            Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-DMZ", |_| ()).conduit("C-1", "Z-CTRL", "Z-DMZ", |_| ());
        let plant =
            plant.asset("HIST", "historian", "Z-CTRL", |_| ()).asset("REPLICA", "historian_dmz", "Z-DMZ", |_| ());
        let plant = plant.asset("DIODE", "data_diode", "Z-CTRL", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-DMZ"));
        });
        let plant = plant.flow("C-1", "HIST", "REPLICA", "opcua", |_| ());
        assert!(found(&CHECK, &plant).is_empty());
        assert_eq!(found(&CHECK, &plant.clone().flow("C-1", "REPLICA", "HIST", "opcua", |_| ())), ["DIODE"]);
        let plant = plant.flow("", "HIST", "DIODE", "ntp", |_| ()).flow("", "DIODE", "REPLICA", "ntp", |_| ());
        assert!(found(&CHECK, &plant).is_empty());
        assert_eq!(found(&CHECK, &plant.flow("", "DIODE", "HIST", "ntp", |_| ())), ["DIODE"]);
    }

    #[test]
    fn a_diode_merely_drawn_the_wrong_way_round_is_another_finding() {
        let plant = Fixture::new().zone("Z-OFFICE", |zone| zone.trust = Trust::Enterprise).zone("Z-CTRL", |_| ());
        let plant = plant.asset("HIST", "historian", "Z-CTRL", |_| ()).asset("ERP", "erp", "Z-OFFICE", |_| ());
        let plant = plant.conduit("C-1", "Z-OFFICE", "Z-CTRL", |it| it.filtering = Filtering::OneWay);
        let plant = plant.flow("C-1", "HIST", "ERP", "opcua", |_| ());
        assert!(found(&CHECK, &plant).is_empty());
        assert_eq!(found(&CHECK, &plant.flow("C-1", "ERP", "HIST", "opcua", |_| ())), ["C-1"]);
    }

    #[test]
    fn a_firewall_may_answer() {
        let plant =
            plant(|conduit| conduit.filtering = Filtering::Stateful).flow("C-1", "REPLICA", "HIST", "opcua", |_| ());
        assert!(found(&CHECK, &plant).is_empty());
    }
}
