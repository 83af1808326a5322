//! Z10: a conduit of which nobody has said what it carries.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z10",
    title: "Conduit with no flow",
    severity: Severity::Hint,
    why: "What a conduit lets through can only be judged against what it has to carry; an unused one is an open door that nobody needs.",
    detection: "A conduit that no declared flow names.",
    false_positives: "Early in an assessment, while flows are still being collected.",
    advice: "Declare the flows from the firewall's rules or a capture of the traffic; if there are none, close the conduit.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let unused = plant.conduits().iter().filter(|(id, _)| plant.flows_of(*id).next().is_none());
    unused.map(|(id, it)| Found::about(id, format!("No flow is declared for {}", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_conduit_should_say_what_it_carries() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).conduit("C-2", "Z-1", "Z-2", |_| ());
        let plant = plant.asset("HMI", "hmi", "Z-1", |_| ()).asset("PLC", "plc", "Z-2", |_| ());
        let plant = plant.flow("C-1", "HMI", "PLC", "s7comm", |_| ()).flow("", "PLC", "HMI", "opcua", |_| ());
        assert_eq!(found(&CHECK, &plant), ["C-2"]);
    }
}
