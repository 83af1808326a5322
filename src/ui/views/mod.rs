//! The pages of the window.

mod about;
pub mod answers;
mod finding;
mod gaps;
mod help;
mod overview;
mod plan;
mod report;
mod requirements;
mod scope;
mod start;

pub use about::about;
pub use finding::{details, finding_row};
pub use gaps::{GapsState, gaps};
pub use help::help;
pub use overview::{OverviewState, overview};
pub use plan::{PlanState, plan};
pub use report::{ReportState, report};
pub use requirements::{RequirementsState, requirements};
pub use scope::scope;
pub use start::start;

/// "1 gap", "2 gaps".
pub fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A share in per cent, rounded down so that 100 means all; `None` of nothing.
pub fn percent(part: usize, all: usize) -> Option<usize> {
    (100 * part).checked_div(all)
}

/// The next free tag with a prefix: "ACT-07" after "ACT-06".
pub fn next_tag<'a>(prefix: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let numbers = taken.filter_map(|tag| tag.strip_prefix(prefix)?.parse::<u32>().ok());
    format!("{prefix}{:02}", numbers.max().unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_tag_follows_the_highest() {
        assert_eq!(next_tag("ACT-", ["ACT-02", "ACT-11", "X-99"].into_iter()), "ACT-12");
        assert_eq!(next_tag("ACT-", std::iter::empty()), "ACT-01");
    }
}
