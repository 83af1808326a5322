//! A04: traffic against the only way that a diode lets through.

use super::plant::{all_of, reaches, some_of};
use super::{Check, Found, Plant, Severity};
use crate::model::{Conduit, ConduitId, Filtering, Initiator};

pub(super) const CHECK: Check = Check {
    code: "A04",
    title: "One-way device with flows both ways",
    severity: Severity::Error,
    why: "A diode lets nothing back: if such traffic is real, the device is no diode or there is a way around it, and the protection claimed is not there.",
    detection: "A one-way conduit that its `to` side may open, or that carries a flow both ways or one from its `to` side to its `from` side.",
    false_positives: "A conduit drawn the wrong way round, or flows that the proxies on each side merely imitate.",
    advice: "Turn the conduit round if it is drawn wrongly, else correct the flows or call the device a firewall.",
    run,
};

fn run(plant: &Plant) -> Vec<Found> {
    let diodes = plant.conduits().iter().filter(|(_, it)| it.filtering == Filtering::OneWay);
    let doubtful = diodes.filter_map(|(id, conduit)| {
        let against = against(plant, id, conduit);
        let against = (!against.is_empty()).then(|| all_of(&against))?;
        Some(Found::about(id, format!("{} is one-way, yet {against}", conduit.tag)))
    });
    doubtful.collect()
}

/// What of a one-way conduit goes the other way.
fn against(plant: &Plant, id: ConduitId, conduit: &Conduit) -> Vec<String> {
    let goes_back = |flow| {
        let ends = plant.ends(flow).zip(conduit.ends());
        ends.is_some_and(|((opens, answers), (from, to))| reaches(opens, to) && reaches(answers, from))
    };
    let back = plant.flows_of(id).filter(|(_, flow)| flow.both_ways || goes_back(flow));
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
    use crate::model::{Conduit, Filtering, Initiator};

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
    fn a_firewall_may_answer() {
        let plant =
            plant(|conduit| conduit.filtering = Filtering::Stateful).flow("C-1", "REPLICA", "HIST", "opcua", |_| ());
        assert!(found(&CHECK, &plant).is_empty());
    }
}
