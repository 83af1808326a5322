//! Fresh ids and tags for a copy, the same ones wherever it names itself.

use std::collections::{BTreeMap, BTreeSet};

use super::Fragment;
use crate::edit::tags::{Tags, order};
use crate::model::reasons::retell;
use crate::model::*;

/// A fragment with fresh ids, and which id became which.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// The fragment.
    pub fragment: Fragment,
    /// The fresh id of each of its zones.
    pub zones: BTreeMap<ZoneId, ZoneId>,
    /// The fresh id of each of its conduits.
    pub conduits: BTreeMap<ConduitId, ConduitId>,
}

impl Fragment {
    /// The same with fresh ids, and with tags that the project does not use yet: a tag
    /// that is free stays, any other gets the next free number. An address that the
    /// project knows already belongs to another device and is left out.
    #[must_use]
    pub fn renewed(&self, project: &Project) -> Self {
        self.renewal(project).fragment
    }

    /// The same as [`renewed`](Self::renewed), with the fresh ids.
    pub fn renewal(&self, project: &Project) -> Renewal {
        let zones = fresh(&self.zones);
        let conduits = fresh(&self.conduits);
        let assets = fresh(&self.assets);
        let flows = fresh(&self.flows);
        let target = |target: Target| match target {
            Target::Zone(id) => zones.get(&id).map_or(target, |&it| it.into()),
            Target::Conduit(id) => conduits.get(&id).map_or(target, |&it| it.into()),
        };
        let mut renewed = Self {
            name: self.name.clone(),
            zones: self
                .zones
                .iter()
                .map(|(id, it)| (now(&zones, id), Zone { parent: it.parent.map(|id| now(&zones, id)), ..it.clone() }))
                .collect(),
            conduits: self
                .conduits
                .iter()
                .map(|(id, it)| {
                    let end = |zone: Option<ZoneId>| zone.map(|id| now(&zones, id));
                    (now(&conduits, id), Conduit { from: end(it.from), to: end(it.to), ..it.clone() })
                })
                .collect(),
            assets: self
                .assets
                .iter()
                .map(|(id, it)| {
                    let zone = it.zone.map(|id| now(&zones, id));
                    let other_zones = it.other_zones.iter().map(|&id| now(&zones, id)).collect();
                    (now(&assets, id), Asset { zone, other_zones, ..it.clone() })
                })
                .collect(),
            flows: self
                .flows
                .iter()
                .map(|(id, it)| {
                    let end = |asset: Option<AssetId>| asset.map(|id| now(&assets, id));
                    let conduit = it.conduit.map(|id| now(&conduits, id));
                    (now(&flows, id), Flow { conduit, from: end(it.from), to: end(it.to), ..it.clone() })
                })
                .collect(),
            notes: self.notes.values().map(|it| (NoteId::random(), it.clone())).collect(),
            answers: self
                .answers
                .iter()
                .map(|(of, answers)| {
                    let tag = self.tag_of(of);
                    let renewed = answers.iter().map(|(&requirement, answer)| {
                        let status = match answer.status {
                            Status::Inherited(source) => Status::Inherited(source.map(target)),
                            other => other,
                        };
                        let mut answer = Answer { status, ..answer.clone() };
                        // where it is inherited from tells enough
                        if !matches!(status, Status::NotAssessed | Status::Inherited(_)) {
                            answer.mark_taken_over(tag, "", None);
                        }
                        (requirement, answer)
                    });
                    (target(of), renewed.collect())
                })
                .collect(),
        };
        renewed.tag_anew(project);
        renewed.forget_addresses_of(project);
        Renewal { fragment: renewed, zones, conduits }
    }

    fn tag_of(&self, target: Target) -> &str {
        match target {
            Target::Zone(id) => self.zones.get(id).map_or("", |it| &it.tag),
            Target::Conduit(id) => self.conduits.get(id).map_or("", |it| &it.tag),
        }
    }

    /// The same with its own ids, and with tags that the project does not use yet.
    #[must_use]
    pub fn retagged(&self, project: &Project) -> Self {
        let mut retagged = self.clone();
        retagged.tag_anew(project);
        retagged
    }

    fn tag_anew(&mut self, project: &Project) {
        let before = self.clone();
        let taken = project.zones.values().map(|it| it.tag.as_str());
        let mut targets = Tags::of(taken.chain(project.conduits.values().map(|it| it.tag.as_str())));
        let mut assets = Tags::of(project.assets.values().map(|it| it.tag.as_str()));
        macro_rules! tag {
            ($table:ident, $tags:ident, $nameless:literal) => {{
                let mut all: Vec<_> = self.$table.iter().map(|(id, it)| (it.tag.clone(), id)).collect();
                all.sort_by(|(one, one_id), (next, next_id)| (order(one), one_id).cmp(&(order(next), next_id)));
                // what may keep its tag comes first, so that no other copy takes it
                let (clashing, free): (Vec<_>, Vec<_>) =
                    all.into_iter().partition(|(tag, _)| tag.trim().is_empty() || $tags.is_taken(tag));
                for (tag, id) in free.into_iter().chain(clashing) {
                    let tag = $tags.free(&tag, $nameless);
                    if let Some(item) = self.$table.get_mut(id) {
                        item.tag = tag;
                    }
                }
            }};
        }
        tag!(zones, targets, "Z-1");
        tag!(conduits, targets, "C-1");
        tag!(assets, assets, "A-1");
        let now = self.clone();
        let copied = before.targets().map(|it| (before.tag_of(it), now.tag_of(it)));
        let there = project.targets().map(|it| project.target_tag(it)).map(|tag| (tag, tag));
        retell(&mut self.zones, &mut self.conduits, copied.chain(there));
    }

    fn targets(&self) -> impl Iterator<Item = Target> {
        self.zones.ids().map(Target::Zone).chain(self.conduits.ids().map(Target::Conduit))
    }

    fn forget_addresses_of(&mut self, project: &Project) {
        let plain = |address: &str| address.trim().to_lowercase();
        let known: BTreeSet<String> =
            project.assets.values().flat_map(|it| &it.addresses).map(|it| plain(it)).collect();
        if !known.is_empty() {
            self.assets.change_where(
                |it| it.addresses.iter().any(|address| known.contains(&plain(address))),
                |it| it.addresses.retain(|address| !known.contains(&plain(address))),
            );
        }
    }
}

/// New ids in the order of those that are there.
fn fresh<K: Id, V: Clone>(table: &Table<K, V>) -> BTreeMap<K, K> {
    table.ids().zip(std::iter::successors(Some(K::after(None)), |last| Some(K::after(Some(*last))))).collect()
}

/// The fresh id; what lies outside keeps its own.
fn now<K: Id>(fresh: &BTreeMap<K, K>, id: K) -> K {
    fresh.get(&id).copied().unwrap_or(id)
}
