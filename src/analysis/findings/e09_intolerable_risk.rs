//! E09: risks that are too high today, with nobody doing anything.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::RatedAt;

pub(super) const CHECK: Check = Check {
    code: "E09",
    title: "Risk above tolerable with nothing planned",
    severity: Severity::Warning,
    why: "The project itself says that this risk is not to be lived with; then something has to be done about it, or somebody has to accept it.",
    detection: "A risk whose current rating lies above the tolerable line, with no action but dropped ones and no acceptance in force that names it.",
    false_positives: "Actions that lower the risk but were never linked to it.",
    advice: "Link or plan an action against the risk, or have it accepted for a time by whoever may decide.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let matrix = &plant.settings().matrix;
    let accepted = plant.accepted_risks();
    let left_alone = plant.risks().iter().filter_map(|(id, risk)| {
        let level = risk.level(RatedAt::Current, matrix).filter(|&level| level > matrix.tolerable)?;
        let is_left_alone = !plant.is_acted_on(risk) && !accepted.contains(&id);
        is_left_alone.then(|| {
            Found::about(
                id,
                format!("{} is {} today and nothing is planned against it", risk.tag, matrix.level_word(level)),
            )
        })
    });
    left_alone.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{ActionId, ActionStatus, Consequences, Id, Rating, Risk, RiskId};

    /// A scenario of consequence 4 that is this likely today, with an action against it if one is named.
    fn risk(likelihood: u8, action: &str) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
            risk.current = Rating::new(likelihood);
            risk.actions = (!action.is_empty()).then(|| ActionId::derived_from(action)).into_iter().collect();
        }
    }

    #[test]
    fn above_the_line_something_has_to_be_planned() {
        let plant = Fixture::new().action("ACT", |_| ()).action("DROPPED", |it| it.status = ActionStatus::Dropped);
        let plant = plant.risk("R-HIGH", risk(4, "")).risk("R-MEDIUM", risk(2, "")).risk("R-UNRATED", |_| ());
        let plant = plant.risk("R-PLANNED", risk(4, "ACT")).risk("R-GIVEN-UP", risk(4, "DROPPED"));
        assert_eq!(found(&CHECK, &plant), ["R-GIVEN-UP", "R-HIGH"]);
    }

    #[test]
    fn a_level_is_called_what_the_project_calls_it() {
        let mut plant = Fixture::new().risk("R-1", risk(4, ""));
        assert_eq!(messages(&CHECK, &plant), ["R-1 is high today and nothing is planned against it"]);
        std::sync::Arc::make_mut(&mut plant.project.settings).matrix.styles[2].word = "orange".into();
        assert_eq!(messages(&CHECK, &plant), ["R-1 is orange today and nothing is planned against it"]);
    }

    #[test]
    fn an_acceptance_will_do_as_long_as_it_holds() {
        let names = |tag: &str| [RiskId::derived_from(tag)].into();
        let plant = Fixture::new().risk("R-1", risk(4, "")).risk("R-2", risk(4, ""));
        let plant = plant.acceptance("RA-1", |it| it.risks = names("R-1"));
        let plant = plant.acceptance("RA-2", |it| (it.risks, it.expires_on) = (names("R-2"), Some(date(2026, 6, 14))));
        assert_eq!(found(&CHECK, &plant), ["R-2"]);
    }
}
