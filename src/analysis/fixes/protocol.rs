//! Protocols that prove and encrypt in place of those that don't.

use super::super::Finding;
use super::super::findings::{a08_unprotected_protocol::lacks, a15_open_protocol_outside};
use super::draft::Draft;
use super::{Fix, Repair};
use crate::catalogue::Protocol;
use crate::model::*;

/// A08: the secure forms of all protocols that lack something, where each has one.
pub(in super::super) fn secure_protocols(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let leads_outside = |conduit: &Conduit| a15_open_protocol_outside::leads_outside(&repair.plant(), conduit);
    secure(repair, finding, |conduit, protocol| {
        lacks(protocol).is_some() && !(leads_outside(conduit) && a15_open_protocol_outside::is_open_control(protocol))
    })
}

/// A15: the secure forms of control protocols that obey anybody, where each has one.
pub(in super::super) fn secure_open_control(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    secure(repair, finding, |_, protocol| a15_open_protocol_outside::is_open_control(protocol))
}

fn secure(repair: &Repair, finding: &Finding, is_meant: impl Fn(&Conduit, &Protocol) -> bool) -> Vec<Fix> {
    let secured = || {
        let Some(&Subject::Conduit(id)) = finding.about.first() else { return None };
        let conduit = repair.project.conduits.get(id)?;
        let mut draft = Draft::new(repair, finding);
        let mut names = std::collections::BTreeSet::new();
        for (id, flow) in repair.plant().flows_of(id) {
            let Some(protocol) = repair.catalogue.protocol(&flow.protocol).filter(|it| is_meant(conduit, it)) else {
                continue;
            };
            let secure = repair.catalogue.protocol(protocol.secure_alternative.as_ref()?)?;
            if lacks(secure).is_some() {
                return None;
            }
            names.insert(secure.name.as_str());
            let changed = draft.project.flows.get_mut(id)?;
            changed.protocol.clone_from(&secure.id);
            changed.port = port(changed.port, protocol, secure);
        }
        let names: Vec<_> = names.into_iter().collect();
        draft.finish(format!("Change the flows over {} to {}", conduit.tag, names.join(" and ")))
    };
    secured().into_iter().collect()
}

/// The usual port of the new protocol where the flow had the usual one of the old.
fn port(port: Option<PortRange>, old: &Protocol, new: &Protocol) -> Option<PortRange> {
    let usual = |it: &PortRange| it.first == it.last && old.ports.iter().any(|&(_, port)| port == it.first);
    match port.filter(usual) {
        Some(_) => new.ports.first().map(|&(_, port)| PortRange { first: port, last: port }),
        None => port,
    }
}
