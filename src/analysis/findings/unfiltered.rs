//! Conduits in which nothing filters, and what is gravest about each: one check finds it
//! there, not all of them.

use std::collections::HashSet;

use super::Plant;
use super::words::levels_apart;
use crate::model::{Conduit, ConduitId, RemoteAccess, Zone};

/// What is gravest about a conduit in which nothing filters; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// One of its zones is untrusted.
    Untrusted,
    /// A vendor or somebody else reaches in from afar over it.
    Vendor,
    /// Its zones have different SL-T.
    Unequal,
    /// Its zones are two zones.
    Bare,
}

/// A conduit in which nothing filters.
pub struct Unfiltered<'a> {
    pub id: ConduitId,
    pub conduit: &'a Conduit,
    pub from: &'a Zone,
    pub to: &'a Zone,
}

/// The conduits between two zones in which nothing filters and this is what is gravest.
pub fn unfiltered<'a>(plant: &Plant<'a>, flaw: Flaw) -> Vec<Unfiltered<'a>> {
    let vendors: HashSet<_> = plant.vendor_access().values().filter_map(|it| it.conduit).collect();
    let open = plant.joined().filter(|(_, conduit, ..)| conduit.from != conduit.to && !plant.is_filtered(conduit));
    let flaw_of = |id: ConduitId, conduit: &Conduit, from: &Zone, to: &Zone| {
        if from.is_untrusted() || to.is_untrusted() {
            Flaw::Untrusted
        } else if conduit.remote_access != RemoteAccess::None || vendors.contains(&id) {
            Flaw::Vendor
        } else if levels_apart(from, to).is_some() {
            Flaw::Unequal
        } else {
            Flaw::Bare
        }
    };
    open.filter(|&(id, conduit, from, to)| flaw_of(id, conduit, from, to) == flaw)
        .map(|(id, conduit, from, to)| Unfiltered { id, conduit, from, to })
        .collect()
}
