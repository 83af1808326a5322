//! Where an inherited answer comes from, and who inherits one.

use std::collections::BTreeMap;

use crate::model::{GapKey, Project, Status, Target};

/// The way of an inherited answer to its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The targets on the way, the one asked about not among them.
    pub through: Vec<Target>,
    /// Where the way ends.
    pub end: End,
}

/// Where the way of an inherited answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At a target that answers for itself; the one asked about where nothing is inherited.
    At(Target),
    /// At a target that is gone.
    Gone,
    /// Back at a target on the way.
    Circle,
}

impl Chain {
    /// All on the way whose answer comes from elsewhere, the one asked about first.
    pub(in crate::analysis) fn inheriting(&self, asked: Target) -> impl Iterator<Item = Target> {
        let all = std::iter::once(asked).chain(self.through.iter().copied());
        let ends_at_one = matches!(self.end, End::At(_));
        all.take(self.through.len() + usize::from(!ends_at_one))
    }

    /// Where the way ends as far as it goes: the source, or the last target on it.
    pub(in crate::analysis) fn last(&self, asked: Target) -> Target {
        self.through.last().copied().unwrap_or(asked)
    }

    /// Where the answer has to change for the one asked about to change: the source, or the
    /// target itself where there is none.
    pub fn source(&self, asked: Target) -> Target {
        match self.end {
            End::At(source) => source,
            End::Gone | End::Circle => asked,
        }
    }
}

/// Follows an answer to where it comes from.
pub fn chain(project: &Project, key: GapKey) -> Chain {
    follow(key.target, |at| match project.answer(at, key.requirement)?.status {
        Status::Inherited(source) => Some(source),
        _ => None,
    })
}

/// Goes on from target to target as long as `next` says that the answer comes from elsewhere, and from
/// which one; from none where that is gone.
pub(in crate::analysis) fn follow(from: Target, mut next: impl FnMut(Target) -> Option<Option<Target>>) -> Chain {
    let mut through: Vec<Target> = Vec::new();
    let mut at = from;
    let end = loop {
        match next(at) {
            None => break End::At(at),
            Some(None) => break End::Gone,
            Some(Some(source)) if source == from || through.contains(&source) => break End::Circle,
            Some(Some(source)) => {
                through.push(source);
                at = source;
            }
        }
    };
    Chain { through, end }
}

/// The targets whose answer comes from here, by whatever way, in the order of their tags.
pub fn heirs(project: &Project, key: GapKey) -> Vec<Target> {
    let inherits = |target: &Target| {
        let way = chain(project, GapKey { target: *target, ..key });
        *target != key.target && way.through.contains(&key.target)
    };
    let mut heirs: Vec<Target> = project.answers.ids().filter(inherits).collect();
    heirs.sort_by_key(|&it| project.target_tag(it));
    heirs
}

/// The targets that have answers from a source, and how many each, in the order of their tags.
pub type Heirs = BTreeMap<Target, Vec<(Target, usize)>>;

/// Who has answers from where, by the source that they name.
pub fn heirs_by_source(project: &Project) -> Heirs {
    let mut by_source = Heirs::new();
    let mut targets: Vec<Target> = project.answers.ids().collect();
    targets.sort_by_key(|&it| project.target_tag(it));
    for heir in targets {
        for answer in project.answers.get(heir).into_iter().flat_map(|it| it.values()) {
            let Status::Inherited(Some(source)) = answer.status else { continue };
            let heirs = by_source.entry(source).or_default();
            match heirs.last_mut() {
                Some((last, count)) if *last == heir => *count += 1,
                _ => heirs.push((heir, 1)),
            }
        }
    }
    by_source
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    fn plant() -> Fixture {
        let from = |tag: &str| Status::Inherited(Some(Fixture::new().target(tag)));
        let zones = ["Z-SITE", "Z-1", "Z-2", "Z-3"];
        let plant = zones.iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()));
        plant
            .answer("Z-SITE", "SR 1.1", Status::Met, |_| ())
            .answer("Z-1", "SR 1.1", from("Z-SITE"), |_| ())
            .answer("Z-2", "SR 1.1", from("Z-1"), |_| ())
            .answer("Z-3", "SR 1.1", Status::NotMet, |_| ())
            .answer("Z-1", "SR 1.2", from("Z-2"), |_| ())
            .answer("Z-2", "SR 1.2", from("Z-1"), |_| ())
            .answer("Z-3", "SR 1.2", Status::Inherited(None), |_| ())
    }

    #[test]
    fn an_inherited_answer_is_followed_to_its_source() {
        let plant = plant();
        let [site, first] = ["Z-SITE", "Z-1"].map(|it| plant.target(it));
        let way = chain(&plant.project, plant.gap("Z-2/SR 1.1"));
        assert_eq!(way, Chain { through: vec![first, site], end: End::At(site) });
        assert_eq!(chain(&plant.project, plant.gap("Z-3/SR 1.1")).end, End::At(plant.target("Z-3")));
    }

    #[test]
    fn a_circle_and_a_source_that_is_gone_come_to_an_end() {
        let plant = plant();
        assert_eq!(chain(&plant.project, plant.gap("Z-1/SR 1.2")).end, End::Circle);
        let gone = chain(&plant.project, plant.gap("Z-3/SR 1.2"));
        assert_eq!(gone.end, End::Gone);
        assert_eq!(gone.source(plant.target("Z-3")), plant.target("Z-3"), "it has to be answered here");
    }

    #[test]
    fn all_heirs_are_named_by_whatever_way() {
        let plant = plant();
        let heirs = |key: &str| heirs(&plant.project, plant.gap(key));
        assert_eq!(heirs("Z-SITE/SR 1.1"), [plant.target("Z-1"), plant.target("Z-2")]);
        assert_eq!(heirs("Z-3/SR 1.1"), []);
    }

    #[test]
    fn heirs_are_counted_at_the_source_that_they_name() {
        let plant = plant();
        let [site, first, second] = ["Z-SITE", "Z-1", "Z-2"].map(|it| plant.target(it));
        let by_source = heirs_by_source(&plant.project);
        let expected = [(site, vec![(first, 1)]), (first, vec![(second, 2)]), (second, vec![(first, 1)])];
        assert_eq!(by_source, expected.into());
    }
}
