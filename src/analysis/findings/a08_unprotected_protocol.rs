//! A08: protocols that anybody can speak or read, between zones.

use std::collections::BTreeMap;

use super::a15_open_protocol_outside::{is_open_control, leads_outside};
use super::words::some_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::{Protection, Protocol};

pub(super) const CHECK: Check = Check {
    code: "A08",
    title: "Unprotected protocol between zones",
    severity: Severity::Warning,
    why: "A protocol that asks nobody who they are obeys whoever reaches it, and one in clear can be read and changed on the way; at the boundary of a zone both count.",
    detection: "A conduit that carries flows whose protocol, going by the catalogue, offers no authentication or no encryption at all; gathered by conduit. Control protocols without authentication towards an untrusted zone are in A15 instead.",
    false_positives: "The protocol runs through a tunnel that proves and encrypts for it.",
    advice: "Change to the protocol's secure form, wrap it in a tunnel between the zones, or keep it inside one zone.",
    run,
    fixes: fixes::secure_protocols,
};

fn run(plant: &Plant) -> Vec<Found> {
    let unprotected = plant.conduits().iter().filter_map(|(id, conduit)| {
        let leads_outside = leads_outside(plant, conduit);
        let protocols = plant.flows_of(id).filter_map(|(_, flow)| plant.protocol(flow));
        let protocols = protocols.filter(|it| !(leads_outside && is_open_control(it)));
        let lacking = protocols.filter_map(|it| Some((it.name.as_str(), lacks(it)?)));
        let lacking: BTreeMap<_, _> = lacking.collect();
        let lacking: Vec<_> = lacking.into_iter().map(|(name, lacks)| format!("{name} ({lacks})")).collect();
        (!lacking.is_empty()).then(|| Found::about(id, format!("{} carries {}", conduit.tag, some_of(&lacking))))
    });
    unprotected.collect()
}

/// What a protocol can't offer at all; what can be switched on is not counted.
pub(in crate::analysis) fn lacks(protocol: &Protocol) -> Option<&'static str> {
    match (protocol.authentication == Protection::None, protocol.encryption == Protection::None) {
        (true, true) => Some("neither authentication nor encryption"),
        (true, false) => Some("no authentication"),
        (false, true) => Some("no encryption"),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::{CHECK, lacks};
    use crate::analysis::fixture::Fixture;
    use crate::catalogue::{Catalogue, Protection, Protocol};

    /// An HMI and two PLCs, the second in the HMI's own zone.
    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ());
        let plant = plant.asset("HMI", "hmi", "Z-1", |_| ()).asset("PLC", "plc", "Z-2", |_| ());
        plant.asset("PLC-2", "plc", "Z-1", |_| ())
    }

    #[test]
    fn each_protocol_is_named_once_with_what_it_lacks() {
        let plant =
            plant().flow("C-1", "HMI", "PLC", "modbus_tcp", |_| ()).flow("C-1", "PLC", "HMI", "modbus_tcp", |_| ());
        let plant = plant.flow("C-1", "HMI", "PLC", "s7comm", |_| ());
        let messages = messages(&CHECK, &plant);
        let lacking = "Modbus/TCP (neither authentication nor encryption) and Siemens S7comm (no encryption)";
        assert_eq!(messages, [format!("C-1 carries {lacking}")]);
    }

    #[test]
    fn encryption_does_not_make_up_for_authentication() {
        let modbus = Catalogue::embedded().protocol("modbus_tcp").unwrap().clone();
        let hidden = Protocol { encryption: Protection::Required, ..modbus };
        assert_eq!(lacks(&hidden), Some("no authentication"));
        assert_eq!(lacks(&Protocol { authentication: Protection::Optional, ..hidden }), None);
    }

    #[test]
    fn what_can_be_switched_on_or_stays_inside_is_not_counted() {
        let plant = plant().flow("C-1", "HMI", "PLC", "opcua", |_| ()).flow("C-1", "HMI", "PLC", "modbus_tls", |_| ());
        let plant = plant.flow("C-1", "HMI", "PLC", "carrier pigeon", |_| ());
        assert!(found(&CHECK, &plant.flow("", "HMI", "PLC-2", "modbus_tcp", |_| ())).is_empty());
    }
}
