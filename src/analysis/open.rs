//! What is still open at a step of the work, and where it is dealt with.

use super::Analysis;
use crate::catalogue::Catalogue;
use crate::model::{GapKey, Project, Subject, Target, ZcrId};

/// How many places of one kind are kept; the rest is counted.
const MOST: usize = 60;

/// Something that is open, counted, with the places where it is dealt with.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// How many there are; 1 of what is simply missing.
    pub count: usize,
    /// What they are, in a few words without the count.
    pub what: &'static str,
    /// The places, the first in the order of tags.
    pub at: Vec<Spot>,
    is_counted: bool,
}

/// A place where something is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A zone, conduit, asset, scenario or other thing.
    Subject(Subject),
    /// A requirement at a target that waits for an answer.
    Question(GapKey),
    /// A requirement at a target that is not satisfied.
    Gap(GapKey),
    /// A part of the scope.
    Scope(ScopePart),
    /// The diagram as a whole.
    Diagram,
    /// The scenarios as a whole, and the matrix.
    Risks,
    /// All gaps.
    Gaps,
    /// Another requirement of IEC 62443-3-2.
    Requirement(ZcrId),
}

/// A part of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopePart {
    /// Title, organisation, marking.
    TitlePage,
    /// What the system is called and does.
    System,
    /// Where it ends.
    Perimeter,
    /// The first scoping question.
    RegulatedService,
    /// The second.
    Dependencies,
    /// The third.
    Constraints,
    /// The fourth.
    Duties,
    /// The fifth.
    ManagementBoundary,
    /// What it serves.
    Services,
    /// Where one can get in.
    AccessPoints,
    /// Where it stands.
    Sites,
    /// Who took part.
    People,
    /// What was read.
    Documents,
    /// What was taken for granted.
    Assumptions,
}

impl Open {
    /// Something that there should be and is not.
    pub fn missing(what: &'static str, at: Spot) -> Self {
        Self { count: 1, what, at: vec![at], is_counted: false }
    }

    /// Several of one kind; `None` where there is none.
    pub fn each(one: &'static str, more: &'static str, spots: impl IntoIterator<Item = Spot>) -> Option<Self> {
        let mut spots = spots.into_iter();
        let at: Vec<Spot> = spots.by_ref().take(MOST).collect();
        let count = at.len() + spots.count();
        Self::so_many(one, more, count, at)
    }

    /// So many of one kind, of which some places are known.
    pub fn so_many(
        one: &'static str,
        more: &'static str,
        count: usize,
        spots: impl IntoIterator<Item = Spot>,
    ) -> Option<Self> {
        let at: Vec<Spot> = spots.into_iter().take(MOST).collect();
        (count > 0).then_some(Self { count, what: if count == 1 { one } else { more }, at, is_counted: true })
    }

    /// Several of one kind, each a thing with a tag.
    pub fn of<S: Into<Subject>>(
        project: &Project,
        one: &'static str,
        more: &'static str,
        subjects: impl IntoIterator<Item = S>,
    ) -> Option<Self> {
        let subjects = subjects.into_iter().map(Into::into);
        let mut tagged: Vec<_> = subjects.map(|it: Subject| (project.subject_tag(it), it)).collect();
        let count = tagged.len();
        // of very many only the first ones are put in order
        if count > MOST {
            tagged.select_nth_unstable(MOST);
            tagged.truncate(MOST);
        }
        tagged.sort_unstable();
        Self::so_many(one, more, count, tagged.into_iter().map(|(_, it)| Spot::Subject(it)))
    }

    /// The demanded requirements that nobody has answered, target by target in the order of tags.
    pub fn questions(
        project: &Project,
        catalogue: &Catalogue,
        analysis: &Analysis,
        one: &'static str,
        more: &'static str,
    ) -> Option<Self> {
        let open = analysis.targets.iter().map(|(&target, it)| (target, it.open_questions()));
        let open = open.filter(|(_, it)| !it.is_empty());
        let place = |target: Target| (target.conduit().is_some(), project.target_tag(target), target);
        let mut open: Vec<_> = open.map(|(target, it)| (place(target), it)).collect();
        let count = open.iter().map(|(_, it)| it.len()).sum();
        // of very many only the first ones are put in order
        if open.len() > MOST {
            open.select_nth_unstable_by_key(MOST, |it| it.0);
            open.truncate(MOST);
        }
        open.sort_unstable_by_key(|it| it.0);
        let spots = open.iter().flat_map(|&((.., target), set)| {
            catalogue.members(set).map(move |it| Spot::Question(GapKey { target, requirement: it.id }))
        });
        Self::so_many(one, more, count, spots)
    }

    /// "3 zones without SL-T"; what is simply missing stands without a count.
    pub fn words(&self) -> String {
        if self.is_counted { format!("{} {}", self.count, self.what) } else { self.what.to_owned() }
    }
}

impl ScopePart {
    /// All parts in the order of the page.
    pub const ALL: [Self; 14] = [
        Self::TitlePage,
        Self::System,
        Self::Perimeter,
        Self::RegulatedService,
        Self::Dependencies,
        Self::Constraints,
        Self::Duties,
        Self::ManagementBoundary,
        Self::Services,
        Self::AccessPoints,
        Self::Sites,
        Self::People,
        Self::Documents,
        Self::Assumptions,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TitlePage => "Title page",
            Self::System => "System",
            Self::Perimeter => "Perimeter",
            Self::RegulatedService => "Question 1: service",
            Self::Dependencies => "Question 2: needs",
            Self::Constraints => "Question 3: limits",
            Self::Duties => "Question 4: duties",
            Self::ManagementBoundary => "Question 5: boundary",
            Self::Services => "Services",
            Self::AccessPoints => "Access points",
            Self::Sites => "Sites",
            Self::People => "People",
            Self::Documents => "Documents",
            Self::Assumptions => "Assumptions",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ZoneId};

    #[test]
    fn what_is_open_is_counted_and_leads_there_by_tag() {
        let plant = Fixture::new().zone("Z-2", |_| ()).zone("Z-1", |_| ());
        let of = |tags: &[&str]| {
            let zones: Vec<_> = tags.iter().map(|it| ZoneId::derived_from(it)).collect();
            Open::of(&plant.project, "zone without SL-T", "zones without SL-T", zones)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["Z-2"]).unwrap().words(), "1 zone without SL-T");
        let both = of(&["Z-2", "Z-1"]).unwrap();
        assert_eq!(both.words(), "2 zones without SL-T");
        assert_eq!(both.at.first(), Some(&Spot::Subject(ZoneId::derived_from("Z-1").into())));
        assert_eq!(Open::missing("no zone drawn yet", Spot::Diagram).words(), "no zone drawn yet");
    }

    #[test]
    fn of_very_many_the_rest_is_counted() {
        let plant = (0..200).rev().fold(Fixture::new(), |plant, number| plant.zone(&format!("Z-{number:03}"), |_| ()));
        let many = Open::of(&plant.project, "zone", "zones", plant.project.zones.ids()).unwrap();
        assert_eq!((many.count, many.at.len()), (200, MOST));
        let tags: Vec<String> = (0..MOST).map(|number| format!("Z-{number:03}")).collect();
        let shown = many.at.iter().map(|it| match it {
            Spot::Subject(zone) => plant.project.subject_tag(*zone).into_owned(),
            other => panic!("{other:?}"),
        });
        assert!(shown.eq(tags), "the first by tag");
    }
}
