//! A15: control traffic that anybody on an untrusted link can send.

use std::collections::BTreeSet;

use super::a08_unprotected_protocol::lacks;
use super::words::some_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::{Protection, Protocol};
use crate::model::{Conduit, Zone, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "A15",
    title: "Open control protocol over an untrusted link",
    severity: Severity::Error,
    why: "On a link that others can reach, a control protocol that asks nobody who they are obeys them all; a firewall can't tell a forged command from a real one.",
    detection: "A conduit with an untrusted zone at one end or both that carries flows of a control protocol which, going by the catalogue, offers no authentication at all.",
    false_positives: "The protocol runs through a tunnel that proves and encrypts for it; then declare the flow as the tunnel's protocol.",
    advice: "Change to the protocol's secure form, or wrap it in a tunnel that ends on both sides of the link.",
    run,
    fixes: fixes::secure_open_control,
};

fn run(plant: &Plant) -> Vec<Found> {
    let open = plant.conduits().iter().filter(|(_, it)| leads_outside(plant, it)).filter_map(|(id, conduit)| {
        let protocols = plant.flows_of(id).filter_map(|(_, flow)| plant.protocol(flow));
        let open = protocols.filter(|it| is_open_control(it));
        let named: BTreeSet<_> = open.filter_map(|it| Some(format!("{} ({})", it.name, lacks(it)?))).collect();
        let named: Vec<_> = named.into_iter().collect();
        let message = format!("{} carries {} over an untrusted link", conduit.tag, some_of(&named));
        (!named.is_empty()).then(|| Found::about(id, message))
    });
    open.collect()
}

/// Whether a conduit has an untrusted zone at an end.
pub(in crate::analysis) fn leads_outside(plant: &Plant, conduit: &Conduit) -> bool {
    let is_untrusted = |zone: ZoneId| plant.zones().get(zone).is_some_and(Zone::is_untrusted);
    conduit.from.is_some_and(is_untrusted) || conduit.to.is_some_and(is_untrusted)
}

/// Whether a protocol steers a process and obeys anybody.
pub(in crate::analysis) fn is_open_control(protocol: &Protocol) -> bool {
    protocol.scope == "OT" && protocol.authentication == Protection::None
}

#[cfg(test)]
mod tests {
    use super::super::{a08_unprotected_protocol, found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Trust;

    fn plant(protocol: &str) -> Fixture {
        let plant = Fixture::new().zone("Z-NET", |zone| zone.trust = Trust::External).zone("Z-RTU", |_| ());
        let plant = plant.conduit("C-1", "Z-NET", "Z-RTU", |_| ());
        let plant = plant.asset("SCADA", "scada_server", "Z-NET", |_| ()).asset("RTU", "rtu", "Z-RTU", |_| ());
        plant.flow("C-1", "SCADA", "RTU", protocol, |_| ())
    }

    #[test]
    fn a_control_protocol_needs_to_know_who_speaks_where_others_listen() {
        let told = "C-1 carries Modbus/TCP (neither authentication nor encryption) over an untrusted link";
        assert_eq!(messages(&CHECK, &plant("modbus_tcp")), [told]);
        assert!(found(&CHECK, &plant("modbus_tls")).is_empty());
        let inside = plant("modbus_tcp").zone("Z-NET", |zone| zone.trust = Trust::Operational);
        assert!(found(&CHECK, &inside).is_empty());
    }

    #[test]
    fn the_same_protocol_is_not_found_twice() {
        assert!(found(&a08_unprotected_protocol::CHECK, &plant("modbus_tcp")).is_empty());
        assert!(found(&CHECK, &plant("dns")).is_empty(), "no control protocol");
        assert_eq!(found(&a08_unprotected_protocol::CHECK, &plant("dns")), ["C-1"]);
    }
}
