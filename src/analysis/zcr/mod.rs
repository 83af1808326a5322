//! How far each requirement of IEC 62443-3-2 is, as far as the project's data say.
//!
//! A rule says what has begun and what is open; who stands by it is for people to say.
//! Nothing here blocks anything.

mod detailed;
mod look;
mod partition;
mod specification;

use super::Analysis;
use super::open::Open;
use crate::catalogue::Catalogue;
use crate::model::{Confirmation, Project, ZcrId};
use look::Look;

/// How far a requirement of IEC 62443-3-2 is.
#[derive(Clone, Debug, PartialEq)]
pub struct ZcrState {
    /// Which requirement.
    pub id: ZcrId,
    /// How far the data say it is.
    pub progress: Progress,
    /// What is open.
    pub open: Vec<Open>,
    /// Why nothing is needed although nothing is there, where that is so.
    pub remark: Option<&'static str>,
    /// Who stands by it, and when.
    pub confirmed: Option<Confirmation>,
}

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// There is nothing yet.
    Nothing,
    /// There is something, and something is open.
    Begun,
    /// Nothing is open as far as the data say.
    Complete,
}

impl Progress {
    /// The word for it in JSON, on screens and in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing yet",
            Self::Begun => "begun",
            Self::Complete => "complete",
        }
    }
}

impl ZcrState {
    /// Whether something is to be done: something is open, or nobody stands by it.
    pub fn is_to_do(&self) -> bool {
        self.progress != Progress::Complete || self.confirmed.is_none()
    }

    /// How many things are open.
    pub fn count(&self) -> usize {
        self.open.iter().map(|it| it.count).sum()
    }

    /// Who stands by it and when, and what is open in spite of that; `None` where nobody does.
    pub fn confirmed_words(&self) -> Option<String> {
        let confirmed = self.confirmed.as_ref()?;
        let by = if confirmed.by.trim().is_empty() { "somebody" } else { confirmed.by.trim() };
        let day = confirmed.on.map(|day| format!(", {day}")).unwrap_or_default();
        let open = match self.count() {
            0 => String::new(),
            count => format!("; {count} open"),
        };
        Some(format!("{by}{day}{open}"))
    }
}

/// What a rule says of a requirement.
#[derive(Default)]
struct Found {
    has_begun: bool,
    open: Vec<Open>,
    remark: Option<&'static str>,
}

impl Found {
    fn new(has_begun: bool, open: impl IntoIterator<Item = Option<Open>>) -> Self {
        Self { has_begun, open: open.into_iter().flatten().collect(), remark: None }
    }

    /// The same with something more that is open.
    fn with(mut self, open: Option<Open>) -> Self {
        self.open.extend(open);
        self
    }

    fn progress(&self) -> Progress {
        match (self.has_begun, self.open.is_empty()) {
            (true, true) => Progress::Complete,
            (true, false) => Progress::Begun,
            (false, _) => Progress::Nothing,
        }
    }
}

/// All 32 requirements in the order of the standard.
pub fn states(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Vec<ZcrState> {
    let look = Look::new(project, catalogue, analysis);
    let state = |id: ZcrId, found: Found| ZcrState {
        id,
        progress: found.progress(),
        open: found.open,
        remark: found.remark,
        confirmed: project.zcr.get(&id).cloned(),
    };
    let ids = || catalogue.zcr().iter().map(|it| it.id);
    let mut states: Vec<ZcrState> = ids().map(|id| state(id, rule(&look, id))).collect();
    // what sums others up comes after them
    for place in 0..states.len() {
        let Some(id) = states.get(place).map(|it| it.id) else { continue };
        let summed = match (id.group(), id.number()) {
            (6, 1) => specification::whole(&look, &states),
            (7, 1) => specification::approval(&look, &states),
            _ => continue,
        };
        if let Some(it) = states.get_mut(place) {
            *it = state(id, summed);
        }
    }
    states
}

fn rule(look: &Look, id: ZcrId) -> Found {
    match (id.group(), id.number()) {
        (1, 1) => partition::perimeter(look),
        (2, 1) => partition::initial_risk(look),
        (3, 1) => partition::zones_and_conduits(look),
        (3, 2) => partition::apart(
            look,
            "P01",
            "zone with business and control assets",
            "zones with business and control assets",
        ),
        (3, 3) => partition::apart(
            look,
            "P02",
            "zone that mixes safety with other assets",
            "zones that mix safety with other assets",
        ),
        (3, 4) => partition::apart(
            look,
            "P03",
            "zone with temporary among permanent devices",
            "zones with temporary among permanent devices",
        ),
        (3, 5) => partition::apart(
            look,
            "P04",
            "zone with wireless among wired devices",
            "zones with wireless among wired devices",
        ),
        (3, 6) => partition::apart(
            look,
            "P05",
            "zone with externally connected among other devices",
            "zones with externally connected among other devices",
        ),
        (4, 1) => partition::comparison(look),
        (5, number) => detailed::step(look, number),
        (6, number) => specification::part(look, number),
        _ => Found::default(),
    }
}

/// How many of them are complete, and how many somebody stands by.
pub fn totals(states: &[ZcrState]) -> (usize, usize) {
    let complete = states.iter().filter(|it| it.progress == Progress::Complete).count();
    (complete, states.iter().filter(|it| it.confirmed.is_some()).count())
}

/// The next requirement after this one at which something is to do, from the beginning after the end.
pub fn next_to_do(states: &[ZcrState], after: Option<ZcrId>) -> Option<ZcrId> {
    let from = after.and_then(|id| states.iter().position(|it| it.id == id)).map_or(0, |place| place + 1);
    let (before, rest) = states.split_at_checked(from).unwrap_or((states, &[]));
    rest.iter().chain(before).find(|it| it.is_to_do()).map(|it| it.id)
}

#[cfg(test)]
mod tests;
