//! A03: two zones of unequal SL-T with nothing between them.

use super::plant::all_of;
use super::{Check, Found, Plant, Severity};
use crate::model::{Fr, PerFr};

pub(super) const CHECK: Check = Check {
    code: "A03",
    title: "Unequal SL-T with nothing filtering between",
    severity: Severity::Warning,
    why: "The less protected zone is the easier way into the better protected one; without a filter between them the higher target can't be kept.",
    detection: "A conduit with no filtering between two zones whose SL-T differ in at least one FR; the FRs with the largest difference are named.",
    false_positives: "A serial or hard-wired link that can carry nothing but the one signal it was made for.",
    advice: "Put a filtering device into the conduit, or bring the two zones to the same SL-T.",
    run,
};

fn run(plant: &Plant) -> Vec<Found> {
    let unequal =
        plant.joined().filter(|(_, conduit, ..)| !conduit.is_filtered()).filter_map(|(id, conduit, from, to)| {
            let (near, far) = (from.sl_t.as_ref()?.levels, to.sl_t.as_ref()?.levels);
            let apart = PerFr::from_fn(|fr| near[fr].number().abs_diff(far[fr].number()));
            let most = Fr::ALL.into_iter().map(|fr| apart[fr]).max().filter(|&most| most > 0)?;
            let frs: Vec<_> = apart.iter().filter(|(_, apart)| **apart == most).map(|(fr, _)| fr).collect();
            let levels = if most == 1 { "level" } else { "levels" };
            let (tag, from, to, frs) = (&conduit.tag, &from.tag, &to.tag, all_of(&frs));
            let message = format!("{tag} filters nothing although {from} and {to} lie {most} {levels} apart in {frs}");
            Some(Found::about(id, message))
        });
    unequal.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Filtering, Fr};

    #[test]
    fn unequal_zones_need_a_filter_between_them() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ()).zone("Z-UNSET", |_| ());
        let plant = plant.sl_t("Z-1", 2).sl_t("Z-2", 3).sl_t("Z-3", 2);
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).conduit("C-2", "Z-1", "Z-3", |_| ());
        let plant = plant.conduit("C-3", "Z-1", "Z-2", |conduit| conduit.filtering = Filtering::Stateful);
        assert_eq!(found(&CHECK, &plant.conduit("C-4", "Z-1", "Z-UNSET", |_| ())), ["C-1"]);
    }

    #[test]
    fn the_largest_difference_is_named() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ());
        let plant = plant.sl_t("Z-1", 2).sl_t_in("Z-1", Fr::Rdf, 4).sl_t("Z-2", 1);
        assert_eq!(messages(&CHECK, &plant), ["C-1 filters nothing although Z-1 and Z-2 lie 3 levels apart in FR 5"]);
    }
}
