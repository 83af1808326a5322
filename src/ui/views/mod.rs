//! The pages of the window.

mod about;
pub mod answers;
mod compare;
mod finding;
mod gaps;
mod help;
mod overview;
mod path;
mod plan;
mod report;
mod requirements;
mod risk;
mod scope;
mod start;
mod workshop;

pub use about::about;
pub use compare::{CompareState, compare};
pub use finding::{details, finding_row};
pub use gaps::{GapsState, gaps};
pub use help::help;
pub use overview::{OverviewState, overview};
pub use path::{PathState, path};
pub use plan::{PlanState, plan};
pub use report::{ReportState, report};
pub use requirements::{RequirementsState, TakeOver, requirements};
pub use risk::{RiskAction, RiskState, RiskTab, look_closer, rated_risks, risk, tolerable_words};
pub use scope::{ScopeState, scope};
pub use start::start;
pub use workshop::{
    WorkshopState, answering, attendee_name, duration_words, is_unsettled, item_words, kind_colors, log_entry, moment,
    plural, present, said_about, workshop, workshop_edit, workshop_title,
};

/// "1 gap", "2 gaps".
pub fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A share in per cent, rounded down so that 100 means all; `None` of nothing.
pub fn percent(part: usize, all: usize) -> Option<usize> {
    (100 * part).checked_div(all)
}
