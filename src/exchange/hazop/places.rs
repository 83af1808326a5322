//! Which zone, conduit or asset the nodes of a worksheet are, and what its categories stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::folded;
use super::{Field, HazopImport, row, scale};
use crate::model::{Consequences, Project, Subject};

/// A name in a sentence counts from this length on.
const SHORTEST: usize = 5;

/// Zones, conduits and assets by their tags, zones and conduits by the words of their names too.
pub(super) struct Names {
    tags: Named,
    names: Named,
    /// The most words that a name has.
    longest: usize,
}

/// All that is called the same, by what it is called.
type Named = BTreeMap<String, BTreeSet<Subject>>;

impl Names {
    pub fn of(project: &Project) -> Self {
        let assets = project.assets.iter().map(|(id, it)| (&it.tag, Subject::from(id)));
        let conduits = || project.conduits.iter();
        let zones = || project.zones.iter();
        let tags = assets.chain(conduits().map(|(id, it)| (&it.tag, id.into())));
        let tags = tags.chain(zones().map(|(id, it)| (&it.tag, id.into())));
        let names = conduits().map(|(id, it)| (&it.name, Subject::from(id)));
        let names = names.chain(zones().map(|(id, it)| (&it.name, id.into())));
        let names = named(names.map(|(name, it)| (words(name).join(" "), it)));
        let longest = names.keys().map(|it| it.split(' ').count()).max().unwrap_or_default();
        Self { tags: named(tags.map(|(tag, it)| (folded(tag), it))), names, longest }
    }

    /// What has this tag or name, or else the one tag or name that stands among its words; several
    /// where several are called so.
    pub fn find(&self, value: &str) -> BTreeSet<Subject> {
        let words = words(value);
        let exact = self.tags.get(&folded(value)).or_else(|| self.names.get(&words.join(" ")));
        exact.cloned().unwrap_or_else(|| self.among(&words))
    }

    fn among(&self, words: &[String]) -> BTreeSet<Subject> {
        let like_a_tag = words.iter().filter(|it| it.len() >= 3 && !it.chars().all(char::is_alphabetic));
        let tagged: BTreeSet<&BTreeSet<Subject>> = like_a_tag.filter_map(|it| self.tags.get(it)).collect();
        let named = || {
            let runs = (1..=self.longest).flat_map(|length| words.windows(length)).map(|it| it.join(" "));
            let runs = runs.filter(|it| it.chars().count() >= SHORTEST);
            runs.filter_map(|it| self.names.get(&it)).collect()
        };
        let found: BTreeSet<&BTreeSet<Subject>> = if tagged.is_empty() { named() } else { tagged };
        found.first().filter(|_| found.len() == 1).map_or_else(BTreeSet::new, |it| (*it).clone())
    }
}

/// What stands between spaces and marks.
fn words(text: &str) -> Vec<String> {
    let is_between = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':' | '(' | ')' | '/' | '"');
    folded(text).split(is_between).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn named(all: impl Iterator<Item = (String, Subject)>) -> Named {
    let mut named = Named::new();
    for (name, subject) in all.filter(|it| !it.0.is_empty()) {
        named.entry(name).or_default().insert(subject);
    }
    named
}

/// The one that is meant; none where there are several.
fn only(found: &BTreeSet<Subject>) -> Option<Subject> {
    found.first().copied().filter(|_| found.len() == 1)
}

impl HazopImport {
    /// Says which zone, conduit or asset a node or a place is; `None`: none of the project.
    pub fn set_place(&mut self, value: &str, place: Option<Subject>) {
        self.places.insert(one_line(value), place);
    }

    /// Says for which categories a word stands, by their places in
    /// [`Consequences::CATEGORIES`]; none: the severity goes to the text.
    pub fn set_category(&mut self, value: &str, categories: Vec<usize>) {
        self.categories.insert(one_line(value), categories);
    }

    /// The nodes and places of the worksheet, in the order of their rows, with what each is.
    pub fn places_in(&self, project: &Project) -> Vec<(String, Option<Subject>)> {
        let names = Names::of(project);
        let values = self.values(|it| matches!(it, Field::Node | Field::Zone)).into_iter().map(one_line);
        let mut seen = BTreeSet::new();
        let each = values.filter(|it| seen.insert(it.clone()));
        each.map(|value| (value.clone(), only(&self.place(&names, project, &value)))).collect()
    }

    /// The categories of the worksheet, in the order of their rows, with what each stands for.
    pub fn categories_in(&self) -> Vec<(String, Vec<usize>)> {
        let mut seen = BTreeSet::new();
        let each = self.values(|it| it == Field::Category).into_iter().filter(|it| seen.insert(one_line(it)));
        each.map(|it| (one_line(it), self.categories_of(it).unwrap_or_default())).collect()
    }

    /// What a node or a place is: what was said of it, or else all that is called so.
    pub(super) fn place(&self, names: &Names, project: &Project, value: &str) -> BTreeSet<Subject> {
        match self.places.get(value) {
            Some(said) => said.filter(|it| it.exists_in(project)).into_iter().collect(),
            None => names.find(value),
        }
    }

    /// The categories that a cell stands for; `None` where nobody knows.
    pub(super) fn categories_of(&self, cell: &str) -> Option<Vec<usize>> {
        let said = self.categories.get(&one_line(cell)).cloned();
        said.or_else(|| scale::categories(cell)).filter(|it| !it.is_empty())
    }

    /// The cells of the columns that say one of these.
    pub(super) fn values(&self, counts: fn(Field) -> bool) -> Vec<&str> {
        let columns = self.columns(counts);
        let cells = self.table.rows.iter().flat_map(|row| columns.iter().map(|&at| row.cell(at).trim()));
        cells.filter(|it| !row::is_nothing(it)).collect()
    }
}

/// The category of this word.
pub fn category_named(word: &str) -> Option<usize> {
    Consequences::CATEGORIES.iter().position(|it| it.eq_ignore_ascii_case(word.trim()))
}

/// A value as it is known by, however it is broken into lines.
pub fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
