//! E30: zones rated lower than the scenarios that strike them.

use std::collections::BTreeMap;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Rating, RiskId, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "E30",
    title: "Consequence of a zone below that of its scenarios",
    severity: Severity::Hint,
    why: "The rules count the worse of the two, so the zone's own rating is overruled in silence; whoever reads it takes the zone for less grave than it is.",
    detection: "A zone whose own consequence is set and lies below the worst unmitigated consequence of a scenario that names it.",
    false_positives: "A scenario that names the zone although the harm comes about elsewhere.",
    advice: "Raise the zone's own rating, or take the zone out of the scenario.",
    run,
    fixes: fixes::raise_zone_consequence,
};

fn run(plant: &Plant) -> Vec<Found> {
    let matrix = &plant.settings().matrix;
    let worst = worst_by_zone(plant);
    let below = worst.into_iter().filter_map(|(id, (worst, risk))| {
        let zone = plant.zones().get(id)?;
        let own = zone.consequence.filter(|&it| it < worst)?;
        let scenario = &plant.risks().get(risk)?.tag;
        let [own, worst] = [own, worst].map(|it| format!("{it} ({})", matrix.consequence_word(it)));
        Some(Found::about(id, format!("{} is rated {own} and {scenario} comes to {worst} there", zone.tag)).and(risk))
    });
    below.collect()
}

/// The worst unmitigated consequence of the scenarios that name each zone, and the first of them by tag.
pub(in super::super) fn worst_by_zone(plant: &Plant) -> BTreeMap<ZoneId, (Rating, RiskId)> {
    let mut risks: Vec<_> = plant.risks().iter().collect();
    risks.sort_by_key(|(id, it)| (&it.tag, *id));
    let mut worst: BTreeMap<ZoneId, (Rating, RiskId)> = BTreeMap::new();
    for (id, risk) in risks {
        let Some(consequence) = risk.consequences.worst() else { continue };
        for zone in risk.targets.iter().filter_map(|it| it.zone()) {
            let known = worst.entry(zone).or_insert((consequence, id));
            if consequence > known.0 {
                *known = (consequence, id);
            }
        }
    }
    worst
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Consequences, Id, Rating, Risk, ZoneId};

    fn strikes(tags: &'static [&str], consequence: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(consequence), ..Consequences::default() };
            risk.targets = tags.iter().map(|tag| ZoneId::derived_from(tag).into()).collect();
        }
    }

    #[test]
    fn a_zone_is_as_grave_as_what_may_happen_there() {
        let rated = |consequence: u8| move |it: &mut crate::model::Zone| it.consequence = Rating::new(consequence);
        let plant = Fixture::new().zone("Z-1", rated(2)).zone("Z-2", rated(5)).zone("Z-3", |_| ());
        let plant = plant.risk("R-1", strikes(&["Z-1", "Z-2", "Z-3"], 4)).risk("R-2", strikes(&["Z-1"], 3));
        assert_eq!(found(&CHECK, &plant), ["Z-1, R-1"]);
        assert_eq!(messages(&CHECK, &plant), ["Z-1 is rated 2 (Minor) and R-1 comes to 4 (Severe) there"]);
    }
}
