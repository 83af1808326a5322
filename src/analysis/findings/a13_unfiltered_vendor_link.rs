//! A13: a way in for vendors with no firewall in it.

use super::unfiltered::{Flaw, unfiltered};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::RemoteAccess;

pub(super) const CHECK: Check = Check {
    code: "A13",
    title: "Vendor or remote access link with no firewall",
    severity: Severity::Error,
    why: "Whoever comes in from afar brings along what is on their own computer; without a firewall all of it reaches the zone at the other end, not just what was agreed.",
    detection: "A conduit with no filtering between two trusted zones that is marked as remote access or that a vendor's way in comes over. Where a zone is untrusted, A02 says so instead.",
    false_positives: "A serial line over which nothing but one device can be reached.",
    advice: "Put a firewall into the conduit, let the access end on a jump host, and let through only what the work needs.",
    run,
    fixes: fixes::filter,
};

fn run(plant: &Plant) -> Vec<Found> {
    let open = unfiltered(plant, Flaw::Vendor).into_iter().map(|it| {
        let ways_in = plant.vendor_access().values().filter(|way| way.conduit == Some(it.id));
        let mut tags: Vec<_> = ways_in.map(|it| it.tag.as_str()).collect();
        tags.sort_unstable();
        let who = match (it.conduit.remote_access, tags.as_slice()) {
            (_, &[first, ..]) => first.to_owned(),
            (RemoteAccess::AlwaysOn, _) => "standing remote access".to_owned(),
            _ => "remote access".to_owned(),
        };
        let (tag, from, to) = (&it.conduit.tag, &it.from.tag, &it.to.tag);
        Found::about(it.id, format!("{tag} lets {who} pass between {from} and {to} with no firewall"))
    });
    open.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Conduit, ConduitId, Filtering, Id, RemoteAccess, Trust};

    fn plant(change: impl FnOnce(&mut Conduit)) -> Fixture {
        Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", change)
    }

    #[test]
    fn people_from_afar_come_through_a_firewall() {
        let afar = |conduit: &mut Conduit| conduit.remote_access = RemoteAccess::OnDemand;
        assert_eq!(found(&CHECK, &plant(afar)), ["C-1"]);
        let filtered = |conduit: &mut Conduit| {
            (conduit.filtering, conduit.remote_access) = (Filtering::Stateful, RemoteAccess::AlwaysOn);
        };
        assert!(found(&CHECK, &plant(filtered)).is_empty());
        assert!(found(&CHECK, &plant(|_| ())).is_empty());
    }

    #[test]
    fn a_vendor_named_in_the_register_counts_and_an_untrusted_zone_is_another_finding() {
        let vendor = plant(|_| ()).vendor_access("VA-1", |it| it.conduit = Some(ConduitId::derived_from("C-1")));
        assert_eq!(messages(&CHECK, &vendor), ["C-1 lets VA-1 pass between Z-1 and Z-2 with no firewall"]);
        assert!(found(&CHECK, &vendor.zone("Z-1", |zone| zone.trust = Trust::External)).is_empty());
    }
}
