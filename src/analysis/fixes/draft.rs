//! A copy of the project on which a fix is worked out.

use super::super::Finding;
use super::super::findings::Plant;
use super::{Fix, Repair};
use crate::edit::{Edit, Item, next_tag};
use crate::model::*;

/// A copy of the project that is changed until a finding is mended; what became
/// different is the fix.
pub(super) struct Draft<'a> {
    repair: &'a Repair<'a>,
    /// What ids of new things follow from.
    key: String,
    pub project: Project,
}

macro_rules! add {
    ($($name:ident($id:ty, $item:ty) in $table:ident, $what:literal;)*) => {$(
        #[doc = concat!("Adds ", $what, ".")]
        pub fn $name(&mut self, item: $item) -> $id {
            let ids = (0_u32..).map(|number| <$id>::derived_from(&format!("{} {} {number}", self.key, $what)));
            let id = ids.into_iter().find(|&id| !self.project.$table.contains(id)).unwrap_or_else(<$id>::random);
            self.project.$table.insert(id, item);
            id
        }
    )*};
}

impl<'a> Draft<'a> {
    add! {
        add_zone(ZoneId, Zone) in zones, "a zone";
        add_conduit(ConduitId, Conduit) in conduits, "a conduit";
        add_asset(AssetId, Asset) in assets, "an asset";
        add_flow(FlowId, Flow) in flows, "a flow";
    }

    pub fn new(repair: &'a Repair<'a>, finding: &Finding) -> Self {
        Self { repair, key: finding.key(), project: repair.project.clone() }
    }

    /// The copy as checks look at it.
    pub fn plant(&self) -> Plant<'_> {
        let Repair { catalogue, analysis, .. } = self.repair;
        Plant::new(&self.project, catalogue, analysis.as_of, (&analysis.standings, &analysis.factors))
    }

    /// The tag of a target of the copy.
    pub fn tag(&self, target: impl Into<Target>) -> &str {
        self.project.target_tag(target.into())
    }

    /// A tag that neither a zone nor a conduit has: this one, or this one with a number.
    pub fn free_zone_tag(&self, wanted: &str) -> String {
        let zones = self.project.zones.values().map(|it| it.tag.trim());
        let taken: Vec<_> = zones.chain(self.project.conduits.values().map(|it| it.tag.trim())).collect();
        let numbered = (2_u32..).map(|number| format!("{wanted}-{number}"));
        std::iter::once(wanted.to_owned())
            .chain(numbered)
            .find(|tag| !taken.contains(&tag.as_str()))
            .unwrap_or_default()
    }

    /// The tag after the last conduit's, written as wide.
    pub fn next_conduit_tag(&self) -> String {
        let zones = self.project.zones.values().map(|it| &it.tag);
        next_tag("C-", self.project.conduits.values().map(|it| &it.tag).chain(zones))
    }

    /// The tag after the last asset's with this beginning, written as wide.
    pub fn next_asset_tag(&self, prefix: &str) -> String {
        next_tag(prefix, self.project.assets.values().map(|it| &it.tag))
    }

    /// What became different, as one step; `None` where nothing did.
    pub fn finish(self, label: String) -> Option<Fix> {
        let mut changed = self.project.differences(self.repair.project);
        changed.sort_by_key(|it| it.exists_in(&self.project));
        let (there, gone): (Vec<_>, Vec<_>) = changed.into_iter().partition(|it| it.exists_in(&self.project));
        // outer zones before those that are to lie in them
        let depth = |subject: &Subject| match subject {
            Subject::Zone(id) => self.project.zone_ancestors(*id).len(),
            _ => usize::MAX,
        };
        let mut there = there;
        there.sort_by_key(|it| (depth(it), *it));
        let mut edits: Vec<_> = there.into_iter().filter_map(|it| Some(Edit::Put(item(&self.project, it)?))).collect();
        if !gone.is_empty() {
            edits.push(Edit::Remove(gone.into_iter().collect()));
        }
        (!edits.is_empty()).then(|| Fix::new(label, edits))
    }
}

/// Something that fixes change, to be put.
fn item(project: &Project, subject: Subject) -> Option<Item> {
    Some(match subject {
        Subject::Zone(id) => Item::Zone(id, project.zones.get(id)?.clone()),
        Subject::Conduit(id) => Item::Conduit(id, project.conduits.get(id)?.clone()),
        Subject::Asset(id) => Item::Asset(id, project.assets.get(id)?.clone()),
        Subject::Flow(id) => Item::Flow(id, project.flows.get(id)?.clone()),
        _ => return None,
    })
}
