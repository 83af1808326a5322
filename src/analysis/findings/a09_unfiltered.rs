//! A09: two zones joined with nothing between them.

use super::unfiltered::{Flaw, unfiltered};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "A09",
    title: "Zones joined with nothing filtering between",
    severity: Severity::Warning,
    why: "Two zones that reach each other unhindered are one zone to whoever gets into either; the boundary that the drawing shows is not there.",
    detection: "A conduit with no filtering between two different zones, where no firewall or one-way device has a foot in both. Where a zone is untrusted, somebody reaches in from afar, or the SL-T differ, A02, A13 or A03 says so instead.",
    false_positives: "A serial or hard-wired link that can carry nothing but the one signal it was made for.",
    advice: "Put a firewall into the conduit that lets through only the flows declared, or make the two one zone.",
    run,
    fixes: fixes::filter,
};

fn run(plant: &Plant) -> Vec<Found> {
    let open = unfiltered(plant, Flaw::Bare).into_iter().map(|it| {
        let (tag, from, to) = (&it.conduit.tag, &it.from.tag, &it.to.tag);
        Found::about(it.id, format!("{tag} joins {from} and {to} with nothing that filters"))
    });
    open.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Conduit, Filtering, Id, RemoteAccess, ZoneId};

    fn plant(change: impl FnOnce(&mut Conduit)) -> Fixture {
        Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", change)
    }

    #[test]
    fn a_boundary_needs_something_that_filters() {
        assert_eq!(found(&CHECK, &plant(|_| ())), ["C-1"]);
        for filtering in [Filtering::Stateful, Filtering::Application, Filtering::OneWay] {
            assert!(found(&CHECK, &plant(|it| it.filtering = filtering)).is_empty(), "{filtering}");
        }
        let between = plant(|_| ()).asset("FW", "firewall", "Z-1", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        });
        assert!(found(&CHECK, &between).is_empty());
    }

    #[test]
    fn what_is_graver_is_said_instead_and_a_loop_is_another_finding() {
        assert!(found(&CHECK, &plant(|_| ()).sl_t("Z-1", 1).sl_t("Z-2", 2)).is_empty());
        assert!(found(&CHECK, &plant(|_| ()).zone("Z-2", |zone| zone.untrusted = true)).is_empty());
        assert!(found(&CHECK, &plant(|it| it.remote_access = RemoteAccess::AlwaysOn)).is_empty());
        assert!(found(&CHECK, &plant(|it| it.to = it.from)).is_empty());
    }
}
