//! Z11: a tag that does not tell things apart.

use super::words::some_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Subject;

pub(super) const CHECK: Check = Check {
    code: "Z11",
    title: "Tag used twice, or none",
    severity: Severity::Error,
    why: "Reports, tables and people go by the tag; where two things share one, answers and actions end up at the wrong one on the next import.",
    detection: "The same tag, surrounding blanks aside, on two zones or conduits, or on two things of any other one kind; and a tag left empty.",
    false_positives: "None: what is told apart on site can be told apart by its tag.",
    advice: "Give each its own tag, as it stands on the label or in the site's register.",
    run,
    fixes: fixes::distinguish,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.look_at_words();
    macro_rules! tagged {
        ($table:ident by $name:ident) => {
            plant.$table().iter().map(|(id, it)| Tagged {
                subject: id.into(),
                tag: it.tag.trim(),
                name: it.$name.trim(),
            })
        };
    }
    let kinds = [
        unclear(tagged!(zones by name).chain(tagged!(conduits by name))),
        unclear(tagged!(assets by name)),
        unclear(tagged!(evidence by title)),
        unclear(tagged!(risks by title)),
        unclear(tagged!(actions by title)),
        unclear(tagged!(acceptances by reason)),
        unclear(tagged!(vendor_access by supplier)),
        unclear(tagged!(exceptions by vulnerability)),
        unclear(tagged!(manual_findings by title)),
        unclear(tagged!(measures by title)),
    ];
    kinds.into_iter().flatten().collect()
}

struct Tagged<'a> {
    subject: Subject,
    tag: &'a str,
    name: &'a str,
}

impl Tagged<'_> {
    /// What to call it where its tag does not tell.
    fn description(&self) -> String {
        let kind = self.subject.kind();
        if self.name.is_empty() {
            format!("the {kind} {}", self.subject)
        } else {
            format!("the {kind} \"{}\"", self.name)
        }
    }
}

/// What among things of one kind has a tag in common with another, or none.
fn unclear<'a>(things: impl Iterator<Item = Tagged<'a>>) -> Vec<Found> {
    let mut by_tag: Vec<Tagged> = things.collect();
    by_tag.sort_by_key(|it| it.tag);
    let (untagged, tagged) = by_tag.split_at(by_tag.partition_point(|it| it.tag.is_empty()));
    let untagged =
        untagged.iter().map(|it| Found::about(it.subject, format!("No tag is given to {}", it.description())));
    let repeated = tagged.chunk_by(|one, other| one.tag == other.tag).filter_map(|things| {
        let [first, _, ..] = things else { return None };
        let descriptions: Vec<_> = things.iter().map(Tagged::description).collect();
        let message = format!("{} is the tag of {} at once", first.tag, some_of(&descriptions));
        Some(Found::about_all(things.iter().map(|it| it.subject), message))
    });
    untagged.chain(repeated).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn zones_and_conduits_share_their_tags_and_assets_have_their_own() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |conduit| conduit.tag = "Z-1 ".into());
        let plant = plant.asset("Z-2", "plc", "Z-2", |_| ()).action("Z-2", |_| ());
        assert_eq!(found(&CHECK, &plant), ["Z-1, Z-1 "]);
        let plant = Fixture::new().asset("A", "plc", "", |_| ()).asset("B", "hmi", "", |asset| asset.tag = "A".into());
        assert_eq!(found(&CHECK, &plant), ["A, A"]);
    }

    #[test]
    fn what_has_no_tag_is_found_by_its_name() {
        let plant = Fixture::new().zone("Z-1", |zone| zone.tag = " ".into()).zone("Z-2", |zone| zone.tag.clear());
        let mut messages = messages(&CHECK, &plant.zone("Z-3", |_| ()));
        messages.sort();
        assert_eq!(messages, ["No tag is given to the zone \"Zone Z-1\"", "No tag is given to the zone \"Zone Z-2\""]);
    }
}
