//! E20: answers that somebody was to look at again.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E20",
    title: "Answers still to be reviewed",
    severity: Severity::Hint,
    why: "An answer was marked because somebody was not sure of it; it counts as it stands until somebody looks.",
    detection: "Answers with the mark for review, gathered by target.",
    false_positives: "A mark that was left after the review.",
    advice: "Look at each with the people who know, change it or leave it, and take the mark off.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.each_target(|target, claims| {
        if claims.to_review.is_empty() {
            return None;
        }
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(claims.to_review));
        Some(Found::about(target, format!("{tag} has {which} to review")))
    })
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn a_mark_stays_until_it_is_taken_off() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.answer("Z-1", "SR 1.1", Status::Met, |it| it.review = true);
        let plant = plant.answer("Z-2", "SR 1.1", Status::Met, |_| ());
        assert_eq!(messages(&CHECK, &plant), ["Z-1 has SR 1.1 to review"]);
    }
}
