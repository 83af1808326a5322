//! What helps to answer: where an answer comes from, what lifts a level, and what can be proposed:
//! the answers of a similar target, of the zone around or a shared service, or what is typical.

pub mod chain;
pub mod copy;
pub mod inherit;
pub mod lift;
pub mod similar;
pub mod typical;

use jiff::civil::Date;

pub use chain::{Chain, End, Heirs, chain, heirs, heirs_by_source};
pub use copy::{Taking, copies};
pub use inherit::{Source, inherited, sources};
pub use lift::{Lift, Missing, lifts};
pub use similar::{Similar, similar};
pub use typical::typical;

use crate::catalogue::Catalogue;
use crate::model::{Answer, GapKey, Project, RequirementId, Status, Target};

/// An answer that could be given.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Where it would stand.
    pub key: GapKey,
    /// The whole answer as it would be.
    pub answer: Answer,
    /// Why, in a few words.
    pub why: String,
    /// Another answer was given there already.
    pub replaces: bool,
}

/// Who answers, and on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    /// The role; empty: nobody in particular.
    pub role: &'a str,
    /// The day.
    pub on: Date,
}

impl Signature<'_> {
    fn sign(self, answer: &mut Answer) {
        self.role.clone_into(&mut answer.answered_by);
        answer.answered_on = Some(self.on);
    }
}

/// The requirements that a target is assessed against, in their order.
fn scope(project: &Project, catalogue: &'static Catalogue, target: Target) -> impl Iterator<Item = RequirementId> {
    catalogue.members(super::levels::scope(project, catalogue, target)).map(|it| it.id)
}

/// The answer as it stands, and whether one was given.
fn own(project: &Project, key: GapKey) -> (Answer, bool) {
    let answer = project.answer(key.target, key.requirement).cloned().unwrap_or_default();
    let is_given = answer.status != Status::NotAssessed;
    (answer, is_given)
}
