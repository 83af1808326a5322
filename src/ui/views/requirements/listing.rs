//! What the open targets have in common, requirement by requirement: worked out once for each edit.

use super::filter::{Filter, Show};
use crate::catalogue::{Requirement, RequirementSet};
use crate::model::{Answer, RequirementId, Status, Target};
use crate::ui::context::Context;

/// The requirements of the open targets, by their place in the catalogue.
#[derive(Default)]
pub(super) struct Listing {
    /// Those listed for one of the targets at least, in the order of [`Show::ALL`].
    among: [Among; Show::ALL.len()],
    /// In scope, and not proven there, at one of them.
    unproven: RequirementSet,
    rows: Vec<Common>,
}

/// Which are listed, and which of them where they are demanded.
#[derive(Clone, Copy, Default)]
struct Among {
    all: RequirementSet,
    demanded: RequirementSet,
}

/// What the targets that a requirement concerns have in common.
#[derive(Clone, Default)]
struct Common {
    status: Shared,
    to_review: bool,
    remarks: usize,
}

/// Whether an answer is marked, or has a remark that is open.
fn is_to_review(answer: &Answer) -> bool {
    answer.review || remarks(answer) > 0
}

fn remarks(answer: &Answer) -> usize {
    answer.comments.iter().filter(|it| !it.resolved).count()
}

/// One status, or several.
#[derive(Clone, Copy, Default)]
enum Shared {
    #[default]
    Nothing,
    One(Status),
    Various,
}

impl Shared {
    fn and(self, status: Status) -> Self {
        match self {
            Self::Nothing => Self::One(status),
            Self::One(known) if known == status => self,
            Self::One(_) | Self::Various => Self::Various,
        }
    }
}

impl Common {
    fn take(&mut self, answer: &Answer) {
        self.status = self.status.and(answer.status);
        self.to_review |= answer.review;
        self.remarks += remarks(answer);
    }
}

impl Listing {
    pub fn new(ctx: &Context, targets: &[Target]) -> Self {
        let mut listing = Self::default();
        listing.rows.resize_with(ctx.catalogue.requirements().len(), Common::default);
        let mut unanswered = RequirementSet::EMPTY;
        for &target in targets {
            let Some(levels) = ctx.analysis.target(target) else { continue };
            let (mut silent, mut to_review) = (levels.scope, RequirementSet::EMPTY);
            for (&id, answer) in ctx.project.answers.get(target).into_iter().flatten() {
                let Some(index) = ctx.catalogue.index(id).filter(|it| levels.scope.contains(*it)) else { continue };
                silent.set(index, false);
                to_review.set(index, is_to_review(answer));
                if let Some(common) = listing.rows.get_mut(index) {
                    common.take(answer);
                }
            }
            unanswered |= silent;
            listing.unproven |= levels.scope.without(levels.standing.proven);
            for ((show, ..), among) in Show::ALL.into_iter().zip(&mut listing.among) {
                let here = show.among(levels, to_review);
                among.all |= here;
                among.demanded |= here & levels.demanded;
            }
        }
        for index in unanswered.iter() {
            if let Some(common) = listing.rows.get_mut(index) {
                common.status = common.status.and(Status::NotAssessed);
            }
        }
        listing
    }

    /// The requirements listed under a filter for one of the targets at least.
    pub fn shown<'a>(&self, ctx: &Context<'a>, filter: Filter) -> impl Iterator<Item = &'a Requirement> + use<'a> {
        let catalogue = ctx.catalogue;
        let among = self.among(filter.show);
        let among = if filter.demanded { among.demanded } else { among.all };
        catalogue.members(filter.fr.map_or(among, |fr| among & catalogue.of_fr(fr)))
    }

    /// The ids of those listed under a filter, in order.
    pub fn ids(&self, ctx: &Context, filter: Filter) -> Vec<RequirementId> {
        self.shown(ctx, filter).map(|it| it.id).collect()
    }

    fn among(&self, show: Show) -> Among {
        let place = Show::ALL.iter().position(|it| it.0 == show);
        place.and_then(|it| self.among.get(it)).copied().unwrap_or_default()
    }

    /// Whether one of the targets demands it.
    pub fn is_demanded(&self, index: usize) -> bool {
        self.among(Show::All).demanded.contains(index)
    }

    /// Whether it is proven wherever it is in scope.
    pub fn is_proven(&self, index: usize) -> bool {
        !self.unproven.contains(index)
    }

    /// The status that it has wherever it is in scope; `None` where it has several.
    pub fn status(&self, index: usize) -> Option<Status> {
        match self.rows.get(index)?.status {
            Shared::One(status) => Some(status),
            Shared::Nothing | Shared::Various => None,
        }
    }

    /// Whether one of the answers is to be reviewed, and how many remarks are open.
    pub fn marks(&self, index: usize) -> (bool, usize) {
        self.rows.get(index).map_or((false, 0), |it| (it.to_review, it.remarks))
    }
}
