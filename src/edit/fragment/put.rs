//! Putting a piece of a plant into a project.

use std::collections::{BTreeMap, BTreeSet};

use super::Fragment;
use crate::edit::{Edit, Item};
use crate::model::*;

impl Fragment {
    /// Puts a copy with fresh ids and tags into a project: the upper left corner of its
    /// zones and notes at a place, its outermost zones and the assets beside them in `parent`.
    /// Returns the edit and what to select. Assets beside its zones go back to the zone
    /// they came from where there is no `parent`.
    pub fn insert(&self, project: &Project, at: Point, parent: Option<ZoneId>) -> (Edit, Vec<Subject>) {
        let fresh = self.renewed(project);
        (fresh.put(project, at, parent), fresh.tops())
    }

    /// The edit that puts it in with the ids and tags it has: those of
    /// [`renewed`](Self::renewed), for a drag that asks for the edit at many places.
    pub fn put(&self, project: &Project, at: Point, parent: Option<ZoneId>) -> Edit {
        let from = self.bounds().map_or(at, |it| it.corner());
        let (dx, dy) = (at.x - from.x, at.y - from.y);
        let has_zone = |id: ZoneId| self.zones.contains(id) || project.zones.contains(id);
        let has_asset = |id: AssetId| self.assets.contains(id) || project.assets.contains(id);
        let mut edits = Vec::new();
        for (id, zone) in self.outer_first() {
            let parent = zone.parent.or(parent);
            let zone = Zone { parent, frame: zone.frame.offset(dx, dy), ..zone.clone() };
            edits.push(Edit::Put(Item::Zone(id, zone)));
        }
        let mut placed = BTreeSet::new();
        for (id, conduit) in self.conduits.iter() {
            if conduit.from.into_iter().chain(conduit.to).all(has_zone) {
                placed.insert(id);
                edits.push(Edit::Put(Item::Conduit(id, conduit.clone())));
            }
        }
        let places = self.loose_places(project, at, parent);
        for (id, asset) in self.assets.iter() {
            let mut asset = asset.clone();
            if let Some(&(zone, place)) = places.get(&id) {
                asset.zone = zone;
                asset.place = place;
            }
            asset.other_zones.retain(|&zone| has_zone(zone) && Some(zone) != asset.zone);
            edits.push(Edit::Put(Item::Asset(id, asset)));
        }
        for (id, note) in self.notes.iter() {
            edits.push(Edit::Put(Item::Note(id, Note { frame: note.frame.offset(dx, dy), ..note.clone() })));
        }
        let has_conduit = |id: ConduitId| placed.contains(&id) || project.conduits.contains(id);
        for (id, flow) in self.flows.iter() {
            if flow.from.into_iter().chain(flow.to).all(has_asset) {
                let flow = Flow { conduit: flow.conduit.filter(|&it| has_conduit(it)), ..flow.clone() };
                edits.push(Edit::Put(Item::Flow(id, flow)));
            }
        }
        let answers = self.answers_for(project, |target| match target {
            Target::Zone(id) => has_zone(id),
            Target::Conduit(id) => has_conduit(id),
        });
        if !answers.is_empty() {
            edits.push(Edit::Answer(answers));
        }
        Edit::Several(format!("paste {}", self.summary()), edits)
    }

    /// Assets that stand in none of its zones.
    pub fn loose(&self) -> impl Iterator<Item = (AssetId, &Asset)> {
        self.assets.iter().filter(|(_, it)| it.zone.is_none_or(|zone| !self.zones.contains(zone)))
    }

    /// Where assets beside its zones come to stand. One asset stands where it is put;
    /// several keep their places to each other if they came from one zone, else they
    /// stand in the zone's grid.
    fn loose_places(
        &self,
        project: &Project,
        at: Point,
        parent: Option<ZoneId>,
    ) -> BTreeMap<AssetId, (Option<ZoneId>, Option<Point>)> {
        let loose: Vec<_> = self.loose().collect();
        let Some(corner) = parent.and_then(|id| project.zones.get(id)).map(|it| it.frame.corner()) else {
            let home = |it: &Asset| it.zone.filter(|&zone| project.zones.contains(zone));
            return loose.into_iter().map(|(id, it)| (id, (home(it), None))).collect();
        };
        let homes: BTreeSet<_> = loose.iter().map(|(_, it)| it.zone).collect();
        let known: Option<Vec<Point>> = loose.iter().map(|(_, it)| it.place).collect();
        let known = known.filter(|_| homes.len() == 1);
        let first = known.iter().flatten().copied().reduce(|a, b| Point::new(a.x.min(b.x), a.y.min(b.y)));
        let alone = loose.len() == 1 && self.bounds().is_none();
        let place = |place: Option<Point>| match (first, place) {
            (Some(first), Some(place)) => {
                Some(Point::new(at.x - corner.x + place.x - first.x, at.y - corner.y + place.y - first.y))
            }
            _ if alone => Some(Point::new(at.x - corner.x, at.y - corner.y)),
            _ => None,
        };
        loose.iter().map(|(id, it)| (*id, (parent, place(it.place.filter(|_| first.is_some()))))).collect()
    }

    /// Its zones, those around others before what lies in them.
    fn outer_first(&self) -> Vec<(ZoneId, &Zone)> {
        let depth = |zone: &Zone| {
            let outward = |it: &Option<ZoneId>| it.and_then(|id| self.zones.get(id)).map(|it| it.parent);
            std::iter::successors(Some(zone.parent), outward).take(DEEPEST + 2).count()
        };
        let mut zones: Vec<_> = self.zones.iter().collect();
        zones.sort_by_key(|(id, zone)| (depth(zone), *id));
        zones
    }

    /// Its answers, naming only what the project will then hold.
    fn answers_for(&self, project: &Project, exists: impl Fn(Target) -> bool) -> Vec<(GapKey, Answer)> {
        let mut kept = Vec::new();
        for (target, answers) in self.answers.iter().filter(|(target, _)| exists(*target)) {
            for (&requirement, answer) in answers {
                let mut answer = answer.clone();
                answer.evidence.retain(|&it| project.evidence.contains(it));
                if let Status::Inherited(source) = answer.status {
                    answer.status = Status::Inherited(source.filter(|&it| exists(it)));
                }
                kept.push((GapKey { target, requirement }, answer));
            }
        }
        kept
    }
}
