//! Drawing everything, and drawing anew only what moved.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::hull::crossing;
use super::finder::parts;
use super::*;
use crate::model::{Asset, AssetId, Table};

impl Scene {
    /// Draws everything from what is known of places and routes.
    pub(super) fn draw(&mut self, analysis: &Analysis) {
        let zones: Vec<ZoneId> = self.project.zones.ids().collect();
        self.put_zones(analysis, &zones);
        let assets: Vec<AssetId> = self.places.cells.keys().copied().collect();
        self.put_assets(analysis, &assets);
        let conduits: Vec<ConduitId> = self.routes().keys().copied().collect();
        self.put_outlines(None);
        self.put_conduits(analysis, &conduits);
        self.put_access_points(analysis);
        self.put_flows(analysis, None);
        let marked: Vec<Subject> = self.marks.keys().copied().collect();
        self.put_marks(analysis, marked);
        self.put_notes(analysis);
        self.put_bands(analysis);
    }

    /// Follows a project in which nothing but places changed since this scene was drawn:
    /// only what moved is drawn anew. Returns false, and changes nothing, where more has
    /// changed and the scene is to be drawn from the beginning.
    pub fn follow(&mut self, project: &Project, analysis: &Analysis) -> bool {
        let Some(moved) = Moved::between(&self.source, project) else { return false };
        let shown = shown(project, &self.look.view).into_owned();
        let before = std::mem::replace(&mut self.project, shown);
        self.source = project.clone();
        self.has_followed = true;
        if moved.notes {
            self.put_notes(analysis);
        }
        if moved.zones.is_empty() && moved.assets.is_empty() {
            self.put_bands(analysis);
            return true;
        }
        // the assets of a zone lie around the zones in it
        let outer = moved.zones.iter().filter_map(|id| self.project.zones.get(*id)?.parent);
        let homes = moved.assets.iter().filter_map(|id| self.project.assets.get(*id)?.zone);
        let refilled: BTreeSet<ZoneId> = moved.zones.iter().copied().chain(outer).chain(homes).collect();
        let mut assets: BTreeSet<AssetId> = BTreeSet::new();
        if self.look.shows(Layer::Assets) {
            for &zone in &refilled {
                let (home, guests) = self.places.residents(zone);
                assets.extend(home.iter().chain(guests));
            }
            self.forget_cards(&assets);
            self.places.refill(&self.project, refilled.iter().copied());
        }
        for &id in &moved.zones {
            if let Some(zone) = before.zones.get(id) {
                self.finder.zones.remove(zone.frame, id);
            }
        }
        let zones: Vec<ZoneId> = refilled.into_iter().collect();
        self.put_zones(analysis, &zones);
        let assets: Vec<AssetId> = assets.into_iter().collect();
        self.put_assets(analysis, &assets);
        let mut conduits: BTreeSet<ConduitId> = BTreeSet::new();
        if !moved.zones.is_empty() {
            if self.look.shows(Layer::Conduits) {
                let context = self.context(analysis, &self.look);
                let routing = self.routing.updated(&self.project, |id| conduit::label_width(&context, id));
                conduits.extend(routing.changed());
                for &id in &conduits {
                    self.forget_line(analysis, id);
                }
                self.routing = routing;
            }
            self.put_outlines(Some(&moved.zones));
        }
        let conduits: Vec<ConduitId> = conduits.into_iter().collect();
        self.put_conduits(analysis, &conduits);
        if !moved.zones.is_empty() {
            self.put_access_points(analysis);
        }
        self.put_flows(analysis, Some(&assets));
        let moved = zones.into_iter().map(Subject::from).chain(assets.into_iter().map(Subject::from));
        self.put_marks(analysis, moved.chain(conduits.into_iter().map(Subject::from)).collect());
        self.put_bands(analysis);
        true
    }

    fn put_zones(&mut self, analysis: &Analysis, zones: &[ZoneId]) {
        let mut drawn = Vec::with_capacity(zones.len());
        let context = self.context(analysis, &self.look);
        for &id in zones {
            let Some(zone) = self.project.zones.get(id) else { continue };
            let mut elements = zone::elements(&context, id, zone);
            if let Some(&(cell, more)) = self.places.more.get(&id) {
                elements.extend(asset::more(&context, id, cell, more));
            }
            drawn.push((id, zone.frame, elements, zone::badges(&context, id, zone)));
        }
        for (id, frame, elements, badges) in drawn {
            let rank = self.ranks.get(&id).copied().unwrap_or_default();
            self.finder.zones.remove(frame, id);
            self.finder.zones.insert(frame, id);
            self.elements.put(Stratum::Plant, rank, Some(id.into()), elements);
            self.elements.put(Stratum::Badges, rank, Some(id.into()), badges);
        }
    }

    fn forget_cards(&mut self, assets: &BTreeSet<AssetId>) {
        for &id in assets {
            for card in cards(&self.places, &self.project, id) {
                self.finder.cards.remove(card, id);
            }
        }
    }

    fn put_assets(&mut self, analysis: &Analysis, assets: &[AssetId]) {
        let mut drawn = Vec::with_capacity(assets.len());
        let context = self.context(analysis, &self.look);
        for &id in assets {
            let Some(asset) = self.project.assets.get(id) else { continue };
            let rank = asset.zone.and_then(|zone| self.ranks.get(&zone)).copied().unwrap_or_default();
            let cell = self.places.cells.get(&id);
            let elements = cell.map_or(Vec::new(), |&cell| asset::elements(&context, id, asset, cell));
            let mut homes = Vec::new();
            if !asset.other_zones.is_empty() {
                homes = asset::home_lines(&context, id, asset, &self.places);
                for &zone in &asset.other_zones {
                    if let Some(&cell) = self.places.ghosts.get(&(id, zone)) {
                        homes.extend(asset::ghost(&context, id, asset, cell));
                    }
                }
            }
            drawn.push((id, rank, elements, homes, cards(&self.places, &self.project, id)));
        }
        for (id, rank, elements, homes, cards) in drawn {
            for card in cards {
                self.finder.cards.insert(card, id);
            }
            self.elements.put(Stratum::Plant, rank, Some(id.into()), elements);
            self.elements.put(Stratum::Homes, 0, Some(id.into()), homes);
        }
    }

    fn forget_line(&mut self, analysis: &Analysis, id: ConduitId) {
        self.elements.take(Stratum::Lines, Some(id.into()));
        self.elements.take(Stratum::Labels, Some(id.into()));
        let Some(route) = self.routes().get(&id).map(Arc::clone) else { return };
        for part in parts(&route) {
            self.finder.lines.remove(part, id);
        }
        let label = conduit::label_frame(&self.context(analysis, &self.look), id, &route);
        self.finder.labels.remove(label, id);
    }

    fn put_conduits(&mut self, analysis: &Analysis, conduits: &[ConduitId]) {
        let mut drawn = Vec::with_capacity(conduits.len());
        let context = self.context(analysis, &self.look);
        for &id in conduits {
            let (Some(conduit), Some(route)) = (self.project.conduits.get(id), self.routes().get(&id)) else {
                continue;
            };
            let labels = conduit::labels(&context, id, conduit, route);
            let frame = conduit::label_frame(&context, id, route);
            drawn.push((id, Arc::clone(route), conduit::lines(&context, id, conduit, route), labels, frame));
        }
        for (id, route, lines, labels, frame) in drawn {
            for part in parts(&route) {
                self.finder.lines.insert(part, id);
            }
            self.finder.labels.insert(frame, id);
            self.elements.put(Stratum::Lines, 0, Some(id.into()), lines);
            self.elements.put(Stratum::Labels, 0, Some(id.into()), labels);
        }
    }

    /// The perimeter, and the sites or those of moved zones.
    fn put_outlines(&mut self, moved: Option<&BTreeSet<ZoneId>>) {
        if self.look.shows(Layer::Perimeter) {
            self.perimeter = perimeter::perimeter(&self.project);
        }
        if self.look.shows(Layer::Sites) {
            let of_zone = |id: &ZoneId| self.project.zones.get(*id).map(|it| it.site.as_str());
            let wanted: Option<BTreeSet<&str>> = moved.map(|zones| zones.iter().filter_map(of_zone).collect());
            let sites = perimeter::sites(&self.project, wanted.as_ref());
            self.sites.extend(sites);
        }
        self.elements.put(Stratum::Sites, 0, None, perimeter::site_elements(&self.look, &self.sites));
        let routes = self.leaving.iter().filter_map(|id| self.routes().get(id));
        let crossings: Vec<Point> = routes.filter_map(|it| crossing(&self.perimeter, &it.points)).collect();
        let outline = perimeter::elements(&self.look, &self.perimeter, &crossings);
        self.elements.put(Stratum::Perimeter, 0, None, outline);
    }

    fn put_access_points(&mut self, analysis: &Analysis) {
        let mut drawn = Vec::new();
        if !self.perimeter.is_empty() {
            let context = self.context(analysis, &self.look);
            for &id in &self.leaving {
                let Some(route) = self.routes().get(&id) else { continue };
                let elements = perimeter::access_point(&context, id, route, &self.perimeter);
                if !elements.is_empty() {
                    drawn.push((id, elements));
                }
            }
        }
        for id in self.access_points() {
            self.elements.take(Stratum::AccessPoints, Some(id.into()));
        }
        for (id, elements) in drawn {
            self.elements.put(Stratum::AccessPoints, 0, Some(id.into()), elements);
        }
    }

    /// The flows, or those of some assets.
    fn put_flows(&mut self, analysis: &Analysis, assets: Option<&[AssetId]>) {
        if !self.look.shows(Layer::Flows) {
            return;
        }
        let is_meant = |end: Option<AssetId>| match (end, assets) {
            (Some(id), Some(assets)) => assets.binary_search(&id).is_ok(),
            _ => assets.is_none(),
        };
        let context = self.context(analysis, &self.look);
        let flows = self.project.flows.iter().filter(|(_, flow)| is_meant(flow.from) || is_meant(flow.to));
        let drawn = flows.map(|(id, flow)| (id, flow::elements(&context, id, flow, &self.places)));
        let drawn: Vec<_> = drawn.collect();
        for (id, elements) in drawn {
            self.elements.put(Stratum::Flows, 0, Some(id.into()), elements);
        }
    }

    fn put_marks(&mut self, analysis: &Analysis, subjects: Vec<Subject>) {
        let context = self.context(analysis, &self.look);
        let drawn = subjects.into_iter().filter_map(|subject| {
            let counts = self.marks.get(&subject)?;
            Some((subject, mark::elements(&context, self.routes(), &self.places, subject, *counts)))
        });
        let drawn: Vec<_> = drawn.collect();
        for (subject, elements) in drawn {
            self.elements.put(Stratum::Marks, 0, Some(subject), elements);
        }
    }

    fn put_notes(&mut self, analysis: &Analysis) {
        for stratum in [Stratum::NotesBehind, Stratum::Notes] {
            let there: Vec<Subject> = self.elements.subjects(stratum).collect();
            for subject in there {
                self.elements.take(stratum, Some(subject));
            }
        }
        if !self.look.shows(Layer::Notes) {
            return;
        }
        for (id, order, elements) in note::elements(self, analysis) {
            let stratum = if order < 0 { Stratum::NotesBehind } else { Stratum::Notes };
            self.elements.put(stratum, order.wrapping_sub(i32::MIN).cast_unsigned(), Some(id.into()), elements);
        }
    }

    /// The bands behind everything, and with them the bounds of the whole.
    fn put_bands(&mut self, analysis: &Analysis) {
        let within = self.elements.bounds(Stratum::NotesBehind);
        let mut bands = Vec::new();
        if self.look.shows(Layer::Bands) && within.is_drawable() {
            bands = bands::elements(&self.context(analysis, &self.look), within);
        }
        let around = bands.iter().map(|it| it.bounds).fold(within, |all, it| all.union(&it));
        self.bounds = around;
        self.elements.put(Stratum::Bands, 0, None, bands);
    }
}

/// The cards of an asset: where it stands, and in its further zones.
fn cards(places: &AssetPlaces, project: &Project, id: AssetId) -> Vec<Rect> {
    let further = project.assets.get(id).into_iter().flat_map(|asset| &asset.other_zones);
    let ghosts = further.filter_map(|&zone| places.ghosts.get(&(id, zone)));
    places.cells.get(&id).into_iter().chain(ghosts).copied().collect()
}

/// What lies elsewhere in one project than in another that is the same otherwise.
#[derive(Debug, Default, PartialEq)]
struct Moved {
    zones: BTreeSet<ZoneId>,
    assets: BTreeSet<AssetId>,
    /// Notes are moved or changed, which nothing else follows from.
    notes: bool,
}

impl Moved {
    /// `None` where more differs than places.
    fn between(before: &Project, after: &Project) -> Option<Self> {
        let is_same = before.conduits.same(&after.conduits)
            && before.flows.same(&after.flows)
            && (Arc::ptr_eq(&before.scope, &after.scope) || before.scope == after.scope);
        if !is_same {
            return None;
        }
        let zones =
            differing(&before.zones, &after.zones, |one, other| *one == Zone { frame: one.frame, ..other.clone() })?;
        let assets =
            differing(&before.assets, &after.assets, |one, other| *one == Asset { place: one.place, ..other.clone() })?;
        Some(Self { zones, assets, notes: !before.notes.same(&after.notes) })
    }
}

/// The items that are not the same; `None` where one has gone, come, or become another.
fn differing<K: Ord + Copy, V: Clone>(
    before: &Table<K, V>,
    after: &Table<K, V>,
    is_alike: impl Fn(&V, &V) -> bool,
) -> Option<BTreeSet<K>> {
    let mut differing = BTreeSet::new();
    if before.same(after) {
        return Some(differing);
    }
    if before.len() != after.len() {
        return None;
    }
    for ((id, one), (other_id, other)) in before.iter_shared().zip(after.iter_shared()) {
        if id != other_id {
            return None;
        }
        if !Arc::ptr_eq(one, other) {
            if !is_alike(one, other) {
                return None;
            }
            differing.insert(id);
        }
    }
    Some(differing)
}
