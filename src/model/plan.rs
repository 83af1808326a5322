//! The remediation plan: actions and the waves that they fall in.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::id::{ActionId, ManualFindingId};
use super::record::{choices, record};
use super::requirement::GapKey;

record! {
    /// Something to be done.
    Action {
        /// The engineer's own label, such as "ACT-07"; unique among actions.
        tag: String,
        /// What is to be done, in a line.
        title: String,
        /// How, and what to mind.
        notes: String,
        /// The role that does it.
        owner: String,
        /// How much work, such as "5 days".
        effort: String,
        /// How much money, such as "12000".
        cost: String,
        /// The first day.
        start: Option<Date>,
        /// The last day.
        due: Option<Date>,
        /// How far it is.
        status: ActionStatus,
        /// Actions that must be done before.
        depends_on: BTreeSet<ActionId>,
        /// The plant must stand still for it.
        outage: bool,
        /// Which outage window.
        outage_window: String,
        /// When it is to be done; `None`: as follows from outage and due date.
        wave: Option<Wave>,
        /// Gaps that it closes.
        closes: BTreeSet<GapKey>,
        /// Manual findings that it closes.
        findings: BTreeSet<ManualFindingId>,
    }
}

choices! {
    /// How far an action is.
    ActionStatus: "a status" {
        /// Decided.
        #[default]
        Planned = "Planned",
        /// Begun.
        InProgress = "In progress",
        /// Finished, says the owner.
        Done = "Done",
        /// Finished, says the assessor.
        Verified = "Verified",
        /// Given up: it treats nothing.
        Dropped = "Dropped",
    }

    /// When an action is to be done.
    Wave: "a wave" {
        /// Within 30 days.
        Now = "now",
        /// Within 90 days.
        Next = "next",
        /// In the next outage.
        NextOutage = "next outage",
        /// After that.
        #[default]
        Later = "later",
    }
}

impl Action {
    /// Its wave: the one chosen, or else the next outage where it needs one, or
    /// else the one its due date falls in, counted from `as_of`.
    pub fn wave(&self, as_of: Date) -> Wave {
        let within =
            |span: Span| self.due.is_some_and(|due| as_of.checked_add(span).is_ok_and(|last_day| due <= last_day));
        match self.wave {
            Some(wave) => wave,
            None if self.outage => Wave::NextOutage,
            None if within(30.days()) => Wave::Now,
            None if within(90.days()) => Wave::Next,
            None => Wave::Later,
        }
    }

    /// Whether it counts as treatment: anything but dropped.
    pub fn treats(&self) -> bool {
        self.status != ActionStatus::Dropped
    }

    /// Whether nothing more is to be done for it.
    pub fn is_finished(&self) -> bool {
        matches!(self.status, ActionStatus::Done | ActionStatus::Verified | ActionStatus::Dropped)
    }

    /// Whether it should have been finished before this day.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        !self.is_finished() && self.due.is_some_and(|due| due < as_of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_wave_follows_from_the_outage_and_the_due_date() {
        let today = date(2026, 3, 1);
        let due = |due| Action { due: Some(due), ..Action::default() }.wave(today);
        assert_eq!(due(date(2026, 3, 31)), Wave::Now);
        assert_eq!(due(date(2026, 4, 1)), Wave::Next);
        assert_eq!(due(date(2026, 5, 30)), Wave::Next);
        assert_eq!(due(date(2026, 5, 31)), Wave::Later);
        assert_eq!(Action::default().wave(today), Wave::Later);
        let outage = Action { due: Some(today), outage: true, ..Action::default() };
        assert_eq!(outage.wave(today), Wave::NextOutage);
        assert_eq!(Action { wave: Some(Wave::Now), ..outage }.wave(today), Wave::Now);
    }

    #[test]
    fn only_open_actions_are_overdue() {
        let late = Action { due: Some(date(2026, 2, 28)), ..Action::default() };
        assert!(late.is_overdue(date(2026, 3, 1)));
        assert!(!late.is_overdue(date(2026, 2, 28)));
        assert!(!Action { status: ActionStatus::Done, ..late }.is_overdue(date(2026, 3, 1)));
    }
}
