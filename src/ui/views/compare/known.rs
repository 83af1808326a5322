//! Two states, and what is found out about them beside the window.

use std::sync::Arc;

use jiff::civil::Date;

use super::states::Side;
use crate::analysis::compare::{Comparison, Fate, Moves, compare};
use crate::analysis::{Analysis, analyse};
use crate::catalogue::Catalogue;
use crate::model::Project;

/// A state of the assessment.
pub(super) enum State {
    /// It is analysed already.
    Known(Arc<Analysis>),
    /// It is to be analysed as of a day.
    Of(Box<Project>, Date),
}

impl State {
    fn analysed(self, catalogue: &Catalogue) -> Arc<Analysis> {
        match self {
            Self::Known(analysis) => analysis,
            Self::Of(project, as_of) => Arc::new(analyse(&project, catalogue, as_of)),
        }
    }
}

/// Two states to be compared.
pub struct Pair {
    pub(super) sides: (Side, Side),
    pub(super) then: State,
    pub(super) now: State,
}

impl Pair {
    /// What became of one in the other.
    pub fn comparison(self, catalogue: &Catalogue) -> Comparison {
        compare(&self.then.analysed(catalogue), &self.now.analysed(catalogue), catalogue)
    }

    /// The same, with all that is shown of it.
    pub(super) fn compared(self, catalogue: &Catalogue) -> Known {
        let (then, now) = (self.then.analysed(catalogue), self.now.analysed(catalogue));
        let comparison = compare(&then, &now, catalogue);
        Known { sides: self.sides, figures: Figures::of(&comparison), then, now, comparison: Arc::new(comparison) }
    }
}

/// A comparison, with what it was worked out from.
pub(super) struct Known {
    pub sides: (Side, Side),
    pub then: Arc<Analysis>,
    pub now: Arc<Analysis>,
    pub comparison: Arc<Comparison>,
    pub figures: Figures,
}

/// A comparison in figures.
pub(super) struct Figures {
    fates: [usize; Fate::ALL.len()],
    /// Closed, with evidence in force.
    pub proven: usize,
    /// How many levels went up and down.
    pub moves: [(&'static str, Moves); 3],
    /// Nothing at all is different.
    pub is_empty: bool,
}

impl Figures {
    fn of(comparison: &Comparison) -> Self {
        Self {
            fates: Fate::ALL.map(|it| comparison.count(it)),
            proven: comparison.closed_with_proof(),
            moves: [
                ("Achieved", comparison.moves(|it| it.achieved)),
                ("Proven", comparison.moves(|it| it.proven)),
                ("Target", comparison.moves(|it| it.target)),
            ],
            is_empty: comparison.is_empty(),
        }
    }

    /// How many gaps came to this.
    pub fn count(&self, fate: Fate) -> usize {
        let place = Fate::ALL.iter().position(|it| *it == fate);
        place.and_then(|it| self.fates.get(it)).copied().unwrap_or_default()
    }
}
