//! What would mend a finding in one step: a label and the edit that does it.
//!
//! A fix is worked out on a copy of the project (a `Draft`) and handed over as an
//! [`Edit`], so that it is one step of undo with a name. Ids of what is new follow
//! from the finding and from what is there, so that the same fix on the same project
//! is the same edit, and no id is given twice.

mod conduit;
mod dmz;
mod draft;
mod home;
mod level;
mod link;
mod part;
mod protocol;
mod record;
mod room;
mod sensor;
mod tag;

pub(super) use conduit::{delete_conduit, delete_empty_zone, filter, turn, two_ways};
pub(super) use dmz::lead_through_dmz;
pub(super) use home::{place_asset, stand_in_one_zone};
pub(super) use level::{follow_reason, owner_of_zone_around, propose_level, raise_to_zone_around, raise_to_zones};
pub(super) use link::carry;
pub(super) use part::{
    part_business, part_external, part_outside, part_safety, part_surplus_levels, part_temporary, part_wireless,
};
pub(super) use protocol::{secure_open_control, secure_protocols};
pub(super) use record::{ask_again, inherit_too, raise_zone_consequence, take_closed_out, touch_zones_of_assets};
pub(super) use sensor::{sensor_for_plant, sensor_in_zone};
pub(super) use tag::distinguish;

use super::findings::Plant;
use super::{Analysis, Finding};
use crate::catalogue::Catalogue;
use crate::edit::Edit;
use crate::model::Project;

/// Something that would mend a finding in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub label: String,
    /// How it does it.
    pub edit: Edit,
}

impl Fix {
    /// An edit with a name of its own; the step of undo is called the same.
    fn new(label: String, edits: Vec<Edit>) -> Self {
        let mut name = label.clone();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        Self { label, edit: Edit::Several(name, edits) }
    }
}

/// What fixes are worked out from.
#[derive(Clone, Copy)]
pub struct Repair<'a> {
    /// The project as it is.
    pub project: &'a Project,
    /// What the standards say.
    pub catalogue: &'a Catalogue,
    /// What follows from the project.
    pub analysis: &'a Analysis,
}

impl<'a> Repair<'a> {
    /// What would mend a finding, the best first; nothing where it needs thought or facts.
    pub fn fixes(&self, finding: &Finding) -> Vec<Fix> {
        (finding.check.fixes)(self, finding)
    }

    /// The project as checks look at it.
    fn plant(&self) -> Plant<'a> {
        let Analysis { as_of, standings, factors, .. } = self.analysis;
        Plant::new(self.project, self.catalogue, *as_of, (standings, factors))
    }
}

/// What a check without a fix offers.
pub(super) fn none(_: &Repair, _: &Finding) -> Vec<Fix> {
    Vec::new()
}

#[cfg(test)]
mod tests;
