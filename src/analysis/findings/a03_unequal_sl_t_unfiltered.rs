//! A03: two zones of unequal SL-T with nothing between them.

use super::unfiltered::{Flaw, unfiltered};
use super::words::levels_apart;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "A03",
    title: "Unequal SL-T with nothing filtering between",
    severity: Severity::Warning,
    why: "The less protected zone is the easier way into the better protected one; without a filter between them the higher target can't be kept.",
    detection: "A conduit with no filtering between two zones whose SL-T differ in at least one FR; the FRs with the largest difference are named. Where a zone is untrusted or somebody reaches in from afar, A02 or A13 says so instead.",
    false_positives: "A serial or hard-wired link that can carry nothing but the one signal it was made for.",
    advice: "Put a filtering device into the conduit, or bring the two zones to the same SL-T.",
    run,
    fixes: fixes::filter,
};

fn run(plant: &Plant) -> Vec<Found> {
    let unequal = unfiltered(plant, Flaw::Unequal).into_iter().filter_map(|it| {
        let apart = levels_apart(it.from, it.to)?;
        let (tag, from, to) = (&it.conduit.tag, &it.from.tag, &it.to.tag);
        Some(Found::about(it.id, format!("{tag} filters nothing although {from} and {to} lie {apart}")))
    });
    unequal.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Conduit, Filtering, Fr, RemoteAccess};

    #[test]
    fn unequal_zones_need_a_filter_between_them() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ()).zone("Z-UNSET", |_| ());
        let plant = plant.sl_t("Z-1", 2).sl_t("Z-2", 3).sl_t("Z-3", 2);
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).conduit("C-2", "Z-1", "Z-3", |_| ());
        let plant = plant.conduit("C-3", "Z-1", "Z-2", |conduit| conduit.filtering = Filtering::Stateful);
        assert_eq!(found(&CHECK, &plant.conduit("C-4", "Z-1", "Z-UNSET", |_| ())), ["C-1"]);
    }

    #[test]
    fn what_is_graver_about_a_conduit_is_said_instead() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-NET", |zone| zone.untrusted = true).zone("Z-2", |_| ());
        let plant = plant.sl_t("Z-1", 3).sl_t("Z-NET", 0).sl_t("Z-2", 1).conduit("C-1", "Z-1", "Z-NET", |_| ());
        let afar = |conduit: &mut Conduit| conduit.remote_access = RemoteAccess::OnDemand;
        assert!(found(&CHECK, &plant.conduit("C-2", "Z-1", "Z-2", afar)).is_empty());
    }

    #[test]
    fn the_largest_difference_is_named() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ());
        let plant = plant.sl_t("Z-1", 2).sl_t_in("Z-1", Fr::Rdf, 4).sl_t("Z-2", 1);
        assert_eq!(messages(&CHECK, &plant), ["C-1 filters nothing although Z-1 and Z-2 lie 3 levels apart in FR 5"]);
    }
}
