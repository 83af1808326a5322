//! E34: SL-T whose reason names others that have another one by now.

use super::words::in_words;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::reasons::{self, Now, Sentence};

pub(super) const CHECK: Check = Check {
    code: "E34",
    title: "Reason of an SL-T that is no longer true",
    severity: Severity::Warning,
    why: "A target that is said to be as its neighbour and is not was forgotten when the neighbour changed; whoever reads the reason is told something false.",
    detection: "An SL-T whose only reason is that it is as another zone or conduit, or follows from two, by their tags, and that is not what these have now, or they have none, or nothing has such a tag. Looked for are the sentences that templates, fixes and proposals write, and \"As\" with a tag.",
    false_positives: "What got another tag in its file or in a table is still there under that one; name it so. Otherwise the sentence is false as it stands: where the level is right, the reason is another one.",
    advice: "Let the target follow its neighbour again, or write why it stays as it is.",
    run,
    fixes: fixes::follow_reason,
};

fn run(plant: &Plant) -> Vec<Found> {
    let stale = plant.targets().filter_map(|target| {
        let level = plant.target_level(target)?;
        let sentence = reasons::read(&level.reason)?;
        let Sentence::Others { words, .. } = sentence else { return None };
        let sl_t = |it| plant.target_level(it).map(|it| it.levels);
        let now = reasons::now(sentence, |tag| plant.target_tagged(tag), sl_t)?;
        let by_now = match now {
            _ if now.holds(level) => return None,
            Now::Levels { levels, at_least: false } => format!("which is {} by now", in_words(&levels)),
            Now::Levels { levels, at_least: true } => format!("which is at least {} by now", in_words(&levels)),
            Now::Unset => "where no SL-T is set by now".to_owned(),
            Now::Gone("") => "which has no tag".to_owned(),
            Now::Gone(tag) => format!("and no zone or conduit is called {tag} by now"),
        };
        let (tag, own) = (plant.target_tag(target), in_words(&level.levels));
        Some(Found::about(target, format!("{tag} has {own} for the reason \"{words}\", {by_now}")))
    });
    stale.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    /// Two zones at 3 and 2, and a conduit between them at 2 for this reason.
    fn plant(reason: &str) -> Fixture {
        let plant = Fixture::new().zone("Z-WEIR", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-WEIR", "Z-2", |_| ());
        let mut plant = plant.sl_t("Z-WEIR", 2).sl_t("Z-2", 1).sl_t("C-1", 2);
        let id = plant.target("C-1").conduit().unwrap();
        plant.project.conduits.get_mut(id).unwrap().sl_t.as_mut().unwrap().reason = reason.into();
        plant
    }

    #[test]
    fn a_reason_that_names_a_neighbour_follows_it() {
        for reason in
            ["As Z-WEIR, which it leads into.", "As Z-WEIR", "In each FR as the more demanding of Z-2 and Z-WEIR."]
        {
            let plant = plant(reason);
            assert!(found(&CHECK, &plant).is_empty(), "{reason}");
            assert_eq!(found(&CHECK, &plant.sl_t("Z-WEIR", 3)), ["C-1"], "{reason}");
        }
        let raised = plant("As Z-WEIR, which it leads into.").sl_t("Z-WEIR", 3);
        let words = "C-1 has SL 2 for the reason \"As Z-WEIR\", which is SL 3 by now";
        assert_eq!(messages(&CHECK, &raised), [words]);
    }

    #[test]
    fn no_lower_than_a_neighbour_may_be_higher() {
        let plant = plant("At least the lower of Z-WEIR and Z-2, FR by FR.");
        assert!(found(&CHECK, &plant).is_empty());
        let words =
            "C-1 has SL 2 for the reason \"At least the lower of Z-WEIR and Z-2\", which is at least SL 3 by now";
        assert_eq!(messages(&CHECK, &plant.sl_t("Z-WEIR", 3).sl_t("Z-2", 4)), [words]);
    }

    #[test]
    fn what_people_write_of_others_is_left_to_them() {
        assert!(found(&CHECK, &plant("As the weir.")).is_empty());
        assert!(found(&CHECK, &plant("As Z-WEIR was in 2019. Agreed by the board.").sl_t("Z-WEIR", 3)).is_empty());
        let gone = messages(&CHECK, &plant("As Z-OLD, which it leads into."));
        assert_eq!(gone, ["C-1 has SL 2 for the reason \"As Z-OLD\", and no zone or conduit is called Z-OLD by now"]);
    }
}
