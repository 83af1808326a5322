//! Drawing everything, and drawing anew only what moved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::hull::crossing;
use super::change::{Change, Shift};
use super::finder::parts;
use super::*;
use crate::model::{AssetId, Conduit, FlowId, Note, NoteKind};

/// Where fewer zones than this move, all in them is drawn anew; of more, it is moved along.
const FEW: usize = 24;

impl Scene {
    /// Draws everything from what is known of places and routes.
    pub(super) fn draw(&mut self, analysis: &Analysis) {
        self.put_zones(analysis, &self.project.zones.ids().collect());
        self.put_assets(analysis, &self.places.cells.keys().copied().collect());
        self.find_outlines();
        self.put_outlines();
        self.put_conduits(analysis, &self.routes().keys().copied().collect());
        self.put_access_points(analysis);
        self.put_flows(analysis, &self.project.flows.ids().collect());
        self.put_marks(analysis, &self.marks.keys().copied().collect());
        self.put_notes(analysis);
        self.put_bands(analysis);
    }

    /// Follows a change of the project, or of what follows from it: only what that touches
    /// is drawn anew. Returns false, and changes nothing, where so much has changed that
    /// the scene is to be drawn from the beginning.
    pub fn follow(&mut self, project: &Project, analysis: &Analysis) -> bool {
        let shown = shown(project, &self.look.view).into_owned();
        let change = Change::between(&self.project, &shown);
        if change.is_a_new_drawing(&self.project, &shown) {
            return false;
        }
        let mut dirty = Dirty::default();
        let before = std::mem::replace(&mut self.project, shown);
        if !change.zones.is_empty() {
            self.outer = outer(&self.project);
        }
        self.retell(analysis, &mut dirty);
        dirty.conduits.extend(&change.conduits);
        self.follow_zones_and_assets(&before, &change, &mut dirty);
        if change.is_order_other {
            self.outer = outer(&self.project);
            self.follow_order(&mut dirty);
        }
        // what filters stands elsewhere on a line that leaves the perimeter
        let has_left = |id: &ZoneId| {
            let is_in = |it: &Project| it.zones.get(*id).map(Zone::is_in_suc);
            is_in(&before) != is_in(&self.project)
        };
        let left: BTreeSet<ZoneId> = dirty.zones.iter().copied().filter(has_left).collect();
        if !left.is_empty() {
            let met = |it: &Conduit| [it.from, it.to].into_iter().flatten().any(|it| left.contains(&it));
            dirty.conduits.extend(self.project.conduits.iter().filter(|(_, it)| met(it)).map(|(id, _)| id));
        }
        self.put_zones(analysis, &dirty.zones);
        self.put_assets(analysis, &dirty.assets);
        if self.look.shows(Layer::Conduits) {
            self.follow_routes(&change, analysis, &mut dirty);
            self.put_conduits(analysis, &dirty.conduits);
        }
        if change.zones.values().any(Option::is_none) || !change.conduits.is_empty() {
            self.leaving = perimeter::leaving(&self.project);
        }
        let outlines = (self.perimeter.clone(), self.sites.clone());
        if change.outlines {
            self.find_outlines();
        }
        // most of what moves lies amid the rest and changes no outline
        let is_outlined_otherwise = outlines.0 != self.perimeter || outlines.1 != self.sites;
        if is_outlined_otherwise || self.leaving.iter().any(|it| dirty.conduits.contains(it)) {
            self.put_outlines();
        }
        if is_outlined_otherwise || !dirty.conduits.is_empty() || change.scope {
            self.put_access_points(analysis);
        }
        self.follow_flows(&change, &dirty, analysis);
        self.put_marks(analysis, &dirty.marked());
        let legend = |it: &Note| it.kind == NoteKind::Legend;
        if change.notes || (dirty.is_retold || change.is_more_than_places) && self.project.notes.values().any(legend) {
            self.put_notes(analysis);
        }
        self.put_bands(analysis);
        true
    }

    /// Takes over what follows from the project now, and notes of what something else is told.
    fn retell(&mut self, analysis: &Analysis, dirty: &mut Dirty) {
        if analysis.is_of(&self.analysed.0, self.analysed.1) {
            return;
        }
        let facts = Facts::of(&self.project, analysis, self.look.view.overlay);
        let marks = mark::count(&self.project, analysis, &self.look);
        let is_role_other = facts.roles() != self.facts.roles();
        for target in self.project.targets() {
            let levels = |it: &LevelsByTarget| it.get(&target).map(Arc::as_ptr);
            let is_other = is_role_other
                || levels(&self.levels) != levels(&analysis.targets)
                || facts.differs_at(&self.facts, target);
            if is_other {
                match target {
                    Target::Zone(id) => drop(dirty.zones.insert(id)),
                    Target::Conduit(id) => drop(dirty.conduits.insert(id)),
                }
            }
        }
        if is_role_other || facts.differs_in_any_finding(&self.facts) {
            let told = |id: &AssetId| is_role_other || facts.differs_in_findings(&self.facts, (*id).into());
            dirty.assets.extend(self.project.assets.ids().filter(told));
        }
        for subject in marks.keys().chain(self.marks.keys()) {
            if marks.get(subject) != self.marks.get(subject) {
                dirty.marks.insert(*subject);
            }
        }
        dirty.is_retold = facts != self.facts || marks != self.marks || !dirty.zones.is_empty();
        self.facts = facts;
        self.marks = marks;
        self.levels = analysis.targets.clone();
        self.analysed = (analysis.project().clone(), analysis.as_of);
    }

    /// Moves zones along that moved with all in them, and notes which others, and which
    /// assets, are to be drawn.
    fn follow_zones_and_assets(&mut self, before: &Project, change: &Change, dirty: &mut Dirty) {
        let shows_assets = self.look.shows(Layer::Assets);
        let mut refilled: BTreeSet<ZoneId> = BTreeSet::new();
        if shows_assets {
            for &id in &change.assets {
                let (then, now) = (before.assets.get(id), self.project.assets.get(id));
                for asset in [then, now].into_iter().flatten() {
                    refilled.extend(asset.zone.into_iter().chain(asset.other_zones.iter().copied()));
                }
                self.places.follow_asset(id, then, now);
            }
            dirty.assets.extend(&change.assets);
        }
        for (&id, &shift) in &change.zones {
            let parent = |project: &Project| project.zones.get(id).and_then(|it| it.parent);
            let (then, now) = (parent(before), parent(&self.project));
            self.places.follow_zone(id, then, now);
            // the assets of a zone lie around the zones in it
            let outer = [then, now].into_iter().flatten();
            refilled.extend(outer.filter(|it| !shift.is_some_and(|by| change.goes_along(*it, by))));
            if shift.is_none() {
                refilled.insert(id);
                dirty.zones.insert(id);
            }
        }
        let mut shifted: BTreeMap<AssetId, Shift> = BTreeMap::new();
        for (&id, &shift) in &change.zones {
            let Some(by) = shift.filter(|_| !refilled.contains(&id)) else { continue };
            let is_whole = self.places.inner(id).iter().all(|it| change.goes_along(*it, by));
            if change.zones.len() < FEW || !is_whole || dirty.zones.contains(&id) {
                // with few, what is drawn anew lies at the very place
                refilled.insert(id);
                continue;
            }
            self.finder.zones.shift(id, by);
            for stratum in [Stratum::Plant, Stratum::Badges, Stratum::Marks] {
                self.elements.shift(stratum, id.into(), by);
            }
            if shows_assets {
                self.places.shift(id, by);
                let (home, guests) = self.places.residents(id);
                shifted.extend(home.iter().map(|it| (*it, by)));
                dirty.assets.extend(guests);
            }
        }
        dirty.zones.extend(&refilled);
        if !shows_assets {
            return;
        }
        for &zone in &refilled {
            let (home, guests) = self.places.residents(zone);
            dirty.assets.extend(home.iter().chain(guests));
        }
        self.places.refill(&self.project, refilled.iter().copied());
        for (&id, &by) in &shifted {
            let reaches_out = self.project.assets.get(id).is_some_and(|it| !it.other_zones.is_empty());
            if reaches_out || dirty.assets.contains(&id) {
                dirty.assets.insert(id);
                continue;
            }
            self.finder.cards.shift(id, by);
            for stratum in [Stratum::Plant, Stratum::Marks] {
                self.elements.shift(stratum, id.into(), by);
            }
        }
        dirty.moved_assets = shifted.into_keys().collect();
    }

    /// Zones lie before one another in another order: what is not drawn anew gets its new rank.
    fn follow_order(&mut self, dirty: &mut Dirty) {
        let ranks = ranks(&self.project);
        for (&id, &rank) in &ranks {
            if self.ranks.get(&id) == Some(&rank) || dirty.zones.contains(&id) {
                continue;
            }
            for stratum in [Stratum::Plant, Stratum::Badges] {
                self.elements.set_rank(stratum, id.into(), rank);
            }
            for &asset in self.places.residents(id).0 {
                self.elements.set_rank(Stratum::Plant, asset.into(), rank);
            }
        }
        self.ranks = ranks;
    }

    /// Lets the routes follow, and notes which are to be drawn.
    fn follow_routes(&mut self, change: &Change, analysis: &Analysis, dirty: &mut Dirty) {
        if change.zones.is_empty() && change.conduits.is_empty() {
            return;
        }
        let mut routing = std::mem::take(&mut self.routing);
        let context = self.context(analysis, &self.look);
        let (label_width, cards) = (|id| conduit::label_width(&context, id), &self.finder.cards);
        routing.update(&self.project, label_width, |area| cards.is_any_in(*area));
        for &id in routing.changed() {
            match routing.shifted().get(&id) {
                Some(&by) if change.zones.len() >= FEW && !dirty.conduits.contains(&id) => {
                    self.finder.lines.shift(id, by);
                    self.finder.labels.shift(id, by);
                    for stratum in [Stratum::Lines, Stratum::Labels, Stratum::Marks] {
                        self.elements.shift(stratum, id.into(), by);
                    }
                }
                _ => drop(dirty.conduits.insert(id)),
            }
        }
        self.has_followed |= !routing.changed().is_empty();
        self.routing = routing;
    }

    /// Draws the flows that changed, and those of assets that stand elsewhere.
    fn follow_flows(&mut self, change: &Change, dirty: &Dirty, analysis: &Analysis) {
        if !self.look.shows(Layer::Flows) {
            return;
        }
        let mut flows = change.flows.clone();
        if !dirty.assets.is_empty() || !dirty.moved_assets.is_empty() {
            let is_moved = |it: Option<AssetId>| {
                it.is_some_and(|it| dirty.assets.contains(&it) || dirty.moved_assets.contains(&it))
            };
            let met = self.project.flows.iter().filter(|(_, flow)| is_moved(flow.from) || is_moved(flow.to));
            flows.extend(met.map(|(id, _)| id));
        }
        self.put_flows(analysis, &flows);
    }

    fn put_zones(&mut self, analysis: &Analysis, zones: &BTreeSet<ZoneId>) {
        let mut drawn = Vec::with_capacity(zones.len());
        let context = self.context(analysis, &self.look);
        for &id in zones {
            let Some(zone) = self.project.zones.get(id) else {
                drawn.push((id, Vec::new(), Vec::new(), Vec::new()));
                continue;
            };
            let mut elements = zone::elements(&context, id, zone);
            if let Some(&(cell, more)) = self.places.more.get(&id) {
                elements.extend(asset::more(&context, id, cell, more));
            }
            drawn.push((id, vec![zone.frame], elements, zone::badges(&context, id, zone)));
        }
        for (id, frames, elements, badges) in drawn {
            let rank = self.ranks.get(&id).copied().unwrap_or_default();
            self.finder.zones.put(id, frames);
            self.elements.put(Stratum::Plant, rank, Some(id.into()), elements);
            self.elements.put(Stratum::Badges, rank, Some(id.into()), badges);
        }
    }

    fn put_assets(&mut self, analysis: &Analysis, assets: &BTreeSet<AssetId>) {
        let mut drawn = Vec::with_capacity(assets.len());
        let context = self.context(analysis, &self.look);
        for &id in assets {
            let Some(asset) = self.project.assets.get(id).filter(|_| self.look.shows(Layer::Assets)) else {
                drawn.push((id, 0, Vec::new(), Vec::new(), Vec::new()));
                continue;
            };
            let rank = asset.zone.and_then(|zone| self.ranks.get(&zone)).copied().unwrap_or_default();
            let cell = self.places.cells.get(&id);
            let elements = cell.map_or(Vec::new(), |&cell| asset::elements(&context, id, asset, cell));
            let mut homes = Vec::new();
            if !asset.other_zones.is_empty() {
                for &zone in &asset.other_zones {
                    if let Some(&cell) = self.places.ghosts.get(&(id, zone)) {
                        homes.extend(asset::ghost(&context, id, asset, cell));
                    }
                }
            }
            drawn.push((id, rank, elements, homes, cards(&self.places, &self.project, id)));
        }
        for (id, rank, elements, homes, cards) in drawn {
            self.finder.cards.put(id, cards);
            self.elements.put(Stratum::Plant, rank, Some(id.into()), elements);
            self.elements.put(Stratum::Homes, 0, Some(id.into()), homes);
        }
    }

    fn put_conduits(&mut self, analysis: &Analysis, conduits: &BTreeSet<ConduitId>) {
        let mut drawn = Vec::with_capacity(conduits.len());
        let context = self.context(analysis, &self.look);
        for &id in conduits {
            let (Some(conduit), Some(route)) = (self.project.conduits.get(id), self.routes().get(&id)) else {
                drawn.push((id, Vec::new(), Vec::new(), Vec::new(), Vec::new()));
                continue;
            };
            let labels = conduit::labels(&context, id, conduit, route);
            let frame = conduit::label_frame(&context, id, route);
            drawn.push((id, parts(route).collect(), conduit::lines(&context, id, conduit, route), labels, vec![frame]));
        }
        for (id, parts, lines, labels, frames) in drawn {
            self.finder.lines.put(id, parts);
            self.finder.labels.put(id, frames);
            self.elements.put(Stratum::Lines, 0, Some(id.into()), lines);
            self.elements.put(Stratum::Labels, 0, Some(id.into()), labels);
        }
    }

    /// Where the perimeter runs, and the outlines of sites.
    fn find_outlines(&mut self) {
        if self.look.shows(Layer::Perimeter) {
            self.perimeter = perimeter::perimeter(&self.project);
        }
        if self.look.shows(Layer::Sites) {
            self.sites = perimeter::sites(&self.project);
        }
    }

    fn put_outlines(&mut self) {
        let (sites, mut names) = perimeter::site_elements(&self.look, &self.sites);
        self.elements.put(Stratum::Sites, 0, None, sites);
        let routes = self.leaving.iter().filter_map(|id| self.routes().get(id));
        let crossings: Vec<Point> = routes.filter_map(|it| crossing(&self.perimeter, &it.points)).collect();
        let (outline, plates) = perimeter::elements(&self.look, &self.perimeter, &crossings);
        self.elements.put(Stratum::Perimeter, 0, None, outline);
        names.extend(plates);
        self.elements.put(Stratum::Names, 0, None, names);
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

    fn put_flows(&mut self, analysis: &Analysis, flows: &BTreeSet<FlowId>) {
        let context = self.context(analysis, &self.look);
        let elements = |id: &FlowId| {
            let flow = self.project.flows.get(*id).filter(|_| self.look.shows(Layer::Flows));
            flow.map_or(Vec::new(), |flow| flow::elements(&context, *id, flow, &self.places))
        };
        let drawn: Vec<_> = flows.iter().map(|id| (*id, elements(id))).collect();
        for (id, elements) in drawn {
            self.elements.put(Stratum::Flows, 0, Some(id.into()), elements);
        }
    }

    fn put_marks(&mut self, analysis: &Analysis, subjects: &BTreeSet<Subject>) {
        let context = self.context(analysis, &self.look);
        let elements = |subject: &Subject| {
            let Some(counts) = self.marks.get(subject).filter(|_| subject.exists_in(&self.project)) else {
                return Vec::new();
            };
            let is_free = |place: &Rect| {
                let is_own = |label: &ConduitId| Subject::from(*label) == *subject;
                let frame = |zone: &ZoneId| self.project.zones.get(*zone).map(|it| it.frame);
                self.finder.labels.near(*place).iter().all(is_own)
                    && !self.finder.cards.is_any_in(*place)
                    && self.finder.zones.near(*place).iter().filter_map(frame).all(|it| it.encloses(place))
            };
            mark::elements(&context, self.routes(), &self.places, *subject, *counts, &is_free)
        };
        let drawn: Vec<_> = subjects.iter().map(|it| (*it, elements(it))).collect();
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

/// What is to be drawn anew.
#[derive(Debug, Default)]
struct Dirty {
    zones: BTreeSet<ZoneId>,
    assets: BTreeSet<AssetId>,
    conduits: BTreeSet<ConduitId>,
    marks: BTreeSet<Subject>,
    /// Those that were only moved.
    moved_assets: BTreeSet<AssetId>,
    /// Something else is told of something.
    is_retold: bool,
}

impl Dirty {
    /// What may have a mark that is to be drawn.
    fn marked(&self) -> BTreeSet<Subject> {
        let zones = self.zones.iter().copied().map(Subject::from);
        let assets = self.assets.iter().copied().map(Subject::from);
        let conduits = self.conduits.iter().copied().map(Subject::from);
        zones.chain(assets).chain(conduits).chain(self.marks.iter().copied()).collect()
    }
}
