//! E14: risks that stay too high, with nobody to answer for that.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::RatedAt;

pub(super) const CHECK: Check = Check {
    code: "E14",
    title: "Residual risk above tolerable and not accepted",
    severity: Severity::Warning,
    why: "Even with all that is planned, the risk stays above the line that the project has drawn; somebody with the authority has to decide to live with it.",
    detection: "A risk whose residual rating lies above the tolerable line and that no acceptance in force names.",
    false_positives: "A decision that was taken and not yet recorded here.",
    advice: "Plan more against it, or have the residual risk accepted with a reason and an expiry.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let matrix = &plant.settings().matrix;
    let accepted = plant.accepted_risks();
    let unanswered = plant.risks().iter().filter(|(id, _)| !accepted.contains(id)).filter_map(|(id, risk)| {
        let level = risk.level(RatedAt::Residual, matrix).filter(|&level| level > matrix.tolerable)?;
        Some(Found::about(
            id,
            format!("{} stays {} after the plan and nobody has accepted it", risk.tag, matrix.level_word(level)),
        ))
    });
    unanswered.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::model::{Consequences, Id, Rating, Risk, RiskId};

    /// A scenario of consequence 4 that is this likely after the plan, 0 for not rated.
    fn risk(residual: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
            (risk.current, risk.residual) = (Rating::new(5), Rating::new(residual));
        }
    }

    #[test]
    fn what_stays_above_the_line_has_to_be_accepted() {
        let names = |tag: &str| [RiskId::derived_from(tag)].into();
        let plant = Fixture::new().risk("R-HIGH", risk(3)).risk("R-MEDIUM", risk(2)).risk("R-UNRATED", risk(0));
        let plant = plant.risk("R-ACCEPTED", risk(3)).risk("R-LAPSED", risk(3));
        let plant = plant.acceptance("RA-1", |it| (it.risks, it.expires_on) = (names("R-ACCEPTED"), Some(TODAY)));
        let plant =
            plant.acceptance("RA-2", |it| (it.risks, it.expires_on) = (names("R-LAPSED"), Some(date(2026, 6, 14))));
        assert_eq!(found(&CHECK, &plant), ["R-HIGH", "R-LAPSED"]);
    }
}
