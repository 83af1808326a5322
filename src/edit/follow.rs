//! Sentences that name zones and conduits by their tags go along when these get others.

use std::collections::HashMap;

use crate::model::reasons::retold;
use crate::model::*;

/// Tells the reasons of SL-T again where an edit has given those that they name other tags. They are read as they
/// were when this `began`: on its way a tag that is being typed may be that of another, or empty.
pub(super) fn follow_tags(began: &Project, before: &Project, after: &mut Project) {
    let is_renamed = |it: Target| Subject::from(it).exists_in(after) && before.target_tag(it) != after.target_tag(it);
    let [zones, conduits] = [!before.zones.same(&after.zones), !before.conduits.same(&after.conduits)];
    let is_suspect = |it: &Target| if matches!(it, Target::Zone(_)) { zones } else { conduits };
    if !before.targets().filter(is_suspect).any(is_renamed) {
        return;
    }
    let mut by_tag = HashMap::new();
    for target in began.targets() {
        by_tag.entry(began.target_tag(target)).or_insert(target);
    }
    // one that has none is still known by what it was called
    let by_now = |tag: &str| {
        let now = after.target_tag(*by_tag.get(tag)?).trim();
        Some(if now.is_empty() { tag } else { now }.to_owned())
    };
    let reason = |target: Target| {
        let [began, before, after] = [began, before, &*after].map(|it| it.target_level(target).map(|it| &it.reason));
        let (began, after) = (began?, after?);
        let reason = retold(began, by_now).unwrap_or_else(|| began.clone());
        (before == Some(after) && reason != *after).then_some((target, reason))
    };
    let reasons: Vec<_> = before.targets().filter_map(reason).collect();
    for (target, reason) in reasons {
        let sl_t = match target {
            Target::Zone(id) => after.zones.get_mut(id).and_then(|it| it.sl_t.as_mut()),
            Target::Conduit(id) => after.conduits.get_mut(id).and_then(|it| it.sl_t.as_mut()),
        };
        if let Some(level) = sl_t {
            level.reason = reason;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::edit::{Edit, Item};
    use crate::history::History;
    use crate::model::reasons::{As, lower_of, same_as};

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-3", |_| ());
        let plant = plant.conduit("C-1", "Z-1", "Z-3", |_| ()).conduit("C-3", "Z-1", "Z-3", |_| ());
        let mut plant = ["Z-1", "Z-3", "C-1", "C-3"].iter().fold(plant, |plant, tag| plant.sl_t(tag, 2));
        give(&mut plant, "C-1", same_as("Z-1", As::LeadsInto));
        give(&mut plant, "C-3", same_as("Z-3", As::LeadsInto));
        plant
    }

    fn give(plant: &mut Fixture, tag: &str, reason: String) {
        let id = ConduitId::derived_from(tag);
        plant.project.conduits.get_mut(id).unwrap().sl_t.as_mut().unwrap().reason = reason;
    }

    fn reason<'a>(project: &'a Project, tag: &str) -> &'a str {
        &project.target_level(ConduitId::derived_from(tag).into()).unwrap().reason
    }

    fn renamed(project: &Project, zone: &str, tag: &str) -> Edit {
        let id = ZoneId::derived_from(zone);
        Edit::Put(Item::Zone(id, Zone { tag: tag.into(), ..project.zones.get(id).unwrap().clone() }))
    }

    #[test]
    fn a_reason_goes_along_with_the_tag_that_it_names() {
        let mut history = History::new(plant().project);
        let before = history.current().clone();
        history.apply(&renamed(&before, "Z-1", "Z-NEW")).unwrap();
        assert_eq!(reason(history.current(), "C-1"), same_as("Z-NEW", As::LeadsInto));
        assert_eq!(reason(history.current(), "C-3"), same_as("Z-3", As::LeadsInto));
        let (label, _) = history.undo().unwrap();
        assert_eq!((label.as_str(), history.current()), ("rename zone Z-1", &before), "one step");
    }

    #[test]
    fn two_that_change_their_tags_with_each_other_stay_told_apart() {
        let mut plant = plant();
        give(&mut plant, "C-3", lower_of("Z-1", "Z-3"));
        let mut project = plant.project.clone();
        let edits = vec![renamed(&project, "Z-1", "Z-3"), renamed(&project, "Z-3", "Z-1")];
        Edit::Several("swap".into(), edits).apply(&mut project).unwrap();
        assert_eq!(reason(&project, "C-1"), same_as("Z-3", As::LeadsInto));
        assert_eq!(reason(&project, "C-3"), lower_of("Z-3", "Z-1"));
    }

    #[test]
    fn a_tag_that_is_typed_may_be_empty_or_that_of_another_on_its_way() {
        let mut history = History::new(plant().project);
        let began = history.current().clone();
        for tag in ["Z-", "", "Z", "Z-3", "Z-35"] {
            let edit = renamed(history.current(), "Z-1", tag);
            history.apply_continuing(&edit, 7).unwrap();
        }
        assert_eq!(reason(history.current(), "C-1"), same_as("Z-35", As::LeadsInto));
        assert_eq!(reason(history.current(), "C-3"), same_as("Z-3", As::LeadsInto));
        history.apply_continuing(&renamed(history.current(), "Z-1", ""), 7).unwrap();
        assert_eq!(reason(history.current(), "C-1"), same_as("Z-1", As::LeadsInto), "what it was called");
        history.apply_continuing(&renamed(history.current(), "Z-1", "Z-1"), 7).unwrap();
        assert_eq!(history.current(), &began);
        assert_eq!(history.undo_label(), None, "typed back to what it was");
    }

    #[test]
    fn what_people_wrote_of_another_stays() {
        let mut plant = plant();
        give(&mut plant, "C-1", "As Z-1 was in 2019.".into());
        let mut project = plant.project.clone();
        renamed(&project, "Z-1", "Z-9").apply(&mut project).unwrap();
        assert_eq!(reason(&project, "C-1"), "As Z-1 was in 2019.");
    }
}
