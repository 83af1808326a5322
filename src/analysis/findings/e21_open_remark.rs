//! E21: remarks that nobody has dealt with.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E21",
    title: "Remarks on answers not dealt with",
    severity: Severity::Hint,
    why: "A remark is a question or an objection to an answer; what is left open looks like an answer that nobody defends.",
    detection: "Answers with a remark that is not resolved, gathered by target.",
    false_positives: "Remarks that only add something; resolve them.",
    advice: "Answer the remark or change the answer, and mark the remark resolved.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.each_target(|target, claims| {
        if claims.remarked.is_empty() {
            return None;
        }
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(claims.remarked));
        Some(Found::about(target, format!("{tag} has open remarks on {which}")))
    })
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Answer, Comment, Status};

    #[test]
    fn a_remark_is_open_until_it_is_resolved() {
        let remark = |resolved: bool| {
            move |it: &mut Answer| {
                it.comments = vec![Comment { text: "Since when?".into(), resolved, ..Comment::default() }];
            }
        };
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.answer("Z-1", "SR 1.1", Status::Met, remark(false));
        let plant = plant.answer("Z-2", "SR 1.1", Status::Met, remark(true));
        assert_eq!(messages(&CHECK, &plant), ["Z-1 has open remarks on SR 1.1"]);
    }
}
