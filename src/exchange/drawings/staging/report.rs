//! What an import came to, for people to read.

use std::fmt;

use crate::exchange::drawings::Remark;

/// What was made, and what was not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many zones.
    pub zones: usize,
    /// How many of them lie in another one.
    pub nested: usize,
    /// How many assets.
    pub assets: usize,
    /// How many of them have a type.
    pub typed: usize,
    /// How many conduits.
    pub conduits: usize,
    /// How many flows.
    pub flows: usize,
    /// What was left out or is to be looked at, with where.
    pub remarks: Vec<Remark>,
}

/// "1 zone", "3 zones".
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

impl Report {
    /// "3 zones, 12 assets, 4 conduits, 9 flows".
    pub fn counts(&self) -> String {
        let of = [(self.zones, "zone"), (self.assets, "asset"), (self.conduits, "conduit"), (self.flows, "flow")];
        of.map(|(number, one)| count(number, one)).join(", ")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.counts())?;
        if self.nested > 0 {
            writeln!(f, "{} in another zone", count(self.nested, "zone"))?;
        }
        if self.assets > self.typed {
            writeln!(f, "{} without a known type", count(self.assets - self.typed, "asset"))?;
        }
        if self.remarks.is_empty() {
            return writeln!(f, "Everything was understood.");
        }
        writeln!(f, "\nTo look at:")?;
        for Remark { place, what } in &self.remarks {
            writeln!(f, "  {place}: {what}")?;
        }
        Ok(())
    }
}
