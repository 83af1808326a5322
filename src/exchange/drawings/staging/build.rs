//! The project that a staged drawing comes to: zones and assets with their homes.

use std::collections::{BTreeMap, BTreeSet};

use super::around::shared;
use super::join::Join;
use super::looks::Looks;
use super::report::count;
use super::tags::{self, Tags, fresh};
use super::{At, Outside, Report, Role, Staging, details};
use crate::catalogue::{AssetClass, Catalogue};
use crate::drawing::layout;
use crate::edit::{Edit, Item};
use crate::exchange::drawings::{Remark, own};
use crate::model::reasons::retell;
use crate::model::*;

/// What a zone is called that has no name.
pub const UNNAMED_ZONE: &str = "Unnamed zone";
/// What the zone is called that is made for assets outside all zones.
const OUTSIDE: &str = "Not in any zone";
/// An asset that lies in a second zone with this share of its area has an interface there.
const SECOND_HOME: f32 = 0.2;

impl Staging {
    /// The project that comes of it, with what was not understood.
    pub fn build(&self) -> (Project, Report) {
        self.build_beside(&Project::default())
    }

    /// One edit that puts it all beside what an open project holds, as one step.
    pub fn edit(&self, open: &Project, label: &str) -> (Edit, Report) {
        let (built, report) = self.build_beside(open);
        let mut zones: Vec<_> = built.zones.iter().map(|(id, it)| (built.zone_ancestors(id).len(), id, it)).collect();
        zones.sort_by_key(|(depth, id, _)| (*depth, *id));
        let zones = zones.into_iter().map(|(_, id, zone)| Item::Zone(id, zone.clone()));
        let assets = built.assets.iter().map(|(id, asset)| Item::Asset(id, asset.clone()));
        let conduits = built.conduits.iter().map(|(id, conduit)| Item::Conduit(id, conduit.clone()));
        let flows = built.flows.iter().map(|(id, flow)| Item::Flow(id, flow.clone()));
        let notes = built.notes.iter().map(|(id, note)| Item::Note(id, note.clone()));
        let items = zones.chain(assets).chain(conduits).chain(flows).chain(notes).map(Edit::Put);
        (Edit::Several(label.to_owned(), items.collect()), report)
    }

    /// Tags and ids are others than those of `there`, and places beside it.
    fn build_beside(&self, there: &Project) -> (Project, Report) {
        let (joins, lost) = self.joins();
        let tags =
            there.zones.values().map(|it| it.tag.clone()).chain(there.conduits.values().map(|it| it.tag.clone()));
        let mut building = Building {
            staging: self,
            there,
            project: Project::default(),
            zones: BTreeMap::new(),
            assets: BTreeMap::new(),
            notes: BTreeMap::new(),
            own_zones: BTreeMap::new(),
            own_conduits: BTreeMap::new(),
            rest: None,
            tags: Tags::of(tags),
            asset_tags: Tags::of(there.assets.values().map(|it| it.tag.clone())),
            remarks: self.drawing.remarks.clone(),
        };
        building.add_zones();
        building.add_assets(&joins);
        building.add_conduits(&joins);
        building.retell();
        building.remarks.extend(lost);
        building.add_notes();
        building.left_out();
        building.places();
        let Building { mut project, remarks, .. } = building;
        let title = self.drawing.title.trim().to_owned();
        project.info = ProjectInfo { title, ..ProjectInfo::default() }.into();
        let report = Report {
            zones: project.zones.len(),
            nested: project.zones.values().filter(|it| it.parent.is_some()).count(),
            assets: project.assets.len(),
            typed: project.assets.values().filter(|it| !it.kind.is_empty()).count(),
            conduits: project.conduits.len(),
            flows: project.flows.len(),
            remarks,
        };
        (project, report)
    }

    fn members(&self, role: Role) -> Vec<At> {
        self.shapes().filter(|at| self.understood(*at).is_some_and(|it| it.role == role)).collect()
    }
}

pub(super) struct Building<'a> {
    pub staging: &'a Staging,
    pub there: &'a Project,
    pub project: Project,
    pub zones: BTreeMap<At, ZoneId>,
    pub assets: BTreeMap<At, AssetId>,
    pub notes: BTreeMap<At, NoteId>,
    /// What we drew ourselves, by the tags that it had.
    own_zones: BTreeMap<String, ZoneId>,
    pub own_conduits: BTreeMap<String, ConduitId>,
    /// The zone made for assets outside all zones.
    pub rest: Option<ZoneId>,
    pub tags: Tags,
    asset_tags: Tags,
    pub remarks: Vec<Remark>,
}

/// Joins two texts by a line break where both say something.
fn joined(one: &str, other: &str) -> String {
    let between = if one.is_empty() || other.is_empty() { "" } else { "\n" };
    format!("{one}{between}{other}")
}

impl Building<'_> {
    pub(super) fn remark(&mut self, place: String, what: String) {
        self.remarks.push(Remark { place, what });
    }

    pub(super) fn place_of(&self, at: At) -> String {
        let name = self.staging.understood(at).map(|it| it.name.as_str()).unwrap_or_default();
        format!("{}, \"{name}\"", self.staging.page_name(at.page))
    }

    fn add_zones(&mut self) {
        let members = self.staging.members(Role::Zone);
        for &at in &members {
            let Some(understood) = self.staging.understood(at) else { continue };
            let fields = self.staging.shape(at).map(|it| it.details.as_slice()).unwrap_or_default();
            let tag = own::tag(fields).unwrap_or_else(|| tags::of_zone(&understood.name));
            let tag = if tag.is_empty() { self.tags.take_number("Z-") } else { self.tags.take(tag) };
            let id = fresh(&self.staging.drawing.digest, &tag, |id| {
                self.there.zones.contains(id) || self.project.zones.contains(id)
            });
            let more: Vec<&str> = self.staging.text(at).lines().filter(|line| *line != understood.name).collect();
            let notes =
                fields.iter().fold(more.join("\n"), |notes, (name, field)| joined(&notes, &format!("{name}: {field}")));
            let name = if understood.name.is_empty() { UNNAMED_ZONE } else { &understood.name };
            let mut zone = Zone {
                tag,
                name: name.to_owned(),
                notes,
                purdue: understood.purdue,
                trust: understood.trust,
                ..Zone::default()
            };
            own::fill_zone(&mut zone, fields);
            self.project.zones.insert(id, zone);
            self.zones.insert(at, id);
            self.own_zones.extend(own::tag(fields).map(|tag| (tag, id)));
        }
        let nameless = self.project.zones.values().filter(|it| it.name == UNNAMED_ZONE).count();
        if nameless > 0 {
            let verb = if nameless == 1 { "has" } else { "have" };
            let what = format!("{} {verb} no name in the drawing: called \"{UNNAMED_ZONE}\"", count(nameless, "zone"));
            self.remark("Zones".to_owned(), what);
        }
        for at in members {
            let parent = self.staging.understood(at).and_then(|it| it.zone).and_then(|it| self.zones.get(&it));
            if let (Some(&id), Some(&parent)) = (self.zones.get(&at), parent)
                && let Some(zone) = self.project.zones.get_mut(id)
            {
                zone.parent = Some(parent);
            }
        }
    }

    /// Reasons of ours call what came along by the tag that it has here.
    fn retell(&mut self) {
        let now = self.project.clone();
        let zones = self.own_zones.iter().map(|(tag, &id)| (tag.as_str(), now.target_tag(id.into())));
        let conduits = self.own_conduits.iter().map(|(tag, &id)| (tag.as_str(), now.target_tag(id.into())));
        let there = self.there.targets().map(|it| self.there.target_tag(it)).map(|tag| (tag, tag));
        retell(&mut self.project.zones, &mut self.project.conduits, zones.chain(conduits).chain(there));
    }

    fn add_assets(&mut self, joins: &[Join]) {
        let members = self.staging.members(Role::Asset);
        for &at in &members {
            let (Some(understood), Some(shape)) = (self.staging.understood(at), self.staging.shape(at)) else {
                continue;
            };
            let own_tag = own::tag(&shape.details);
            let tag = own_tag.unwrap_or_else(|| tags::of_asset(&understood.name, &understood.kind));
            let tag = self.asset_tags.take(tag);
            let id = fresh(&self.staging.drawing.digest, &tag, |id| {
                self.there.assets.contains(id) || self.project.assets.contains(id)
            });
            let zone = understood.zone.and_then(|it| self.zones.get(&it)).copied();
            let name = if understood.name == tag { String::new() } else { understood.name.clone() };
            let mut asset = Asset { tag, name, kind: understood.kind.clone(), zone, ..Asset::default() };
            let text = self.staging.text(at);
            details::fill(&mut asset, shape, text);
            let is_more = |line: &&str| *line != understood.name && !details::is_address(line);
            let more: Vec<&str> = text.lines().filter(is_more).collect();
            asset.notes = joined(&more.join("\n"), &asset.notes);
            asset.other_zones = self.second_homes(at);
            if own::tag(&shape.details).is_some() {
                let homes = own::fill_asset(&mut asset, &shape.details);
                asset.other_zones = homes.iter().filter_map(|tag| self.own_zones.get(tag)).copied().collect();
            }
            self.project.assets.insert(id, asset);
            self.assets.insert(at, id);
        }
        self.between_zones(&members, joins);
        self.gather(&members);
    }

    /// Zones that an asset on their edge reaches into, besides its own and those around that.
    fn second_homes(&self, at: At) -> BTreeSet<ZoneId> {
        let home = self.staging.understood(at).and_then(|it| it.zone).and_then(|it| self.zones.get(&it)).copied();
        let frame = self.staging.frame(at);
        let (Some(home), true) = (home, frame.is_drawable()) else { return BTreeSet::new() };
        let needed = frame.width * frame.height * SECOND_HOME;
        let is_related = |zone: ZoneId| {
            zone == home
                || self.project.zone_ancestors(home).contains(&zone)
                || self.project.zone_ancestors(zone).contains(&home)
        };
        let of_page = self.zones.range(At { page: at.page, shape: 0 }..At { page: at.page + 1, shape: 0 });
        let reached = of_page.filter(|(zone, _)| shared(&self.staging.frame(**zone), &frame) >= needed);
        reached.map(|(_, id)| *id).filter(|id| !is_related(*id)).take(4).collect()
    }

    /// A device that stands in no zone and joins several is at home in the one nearest the
    /// process, with interfaces in the others.
    fn between_zones(&mut self, members: &[At], joins: &[Join]) {
        let mut neighbours: BTreeMap<At, BTreeSet<At>> = BTreeMap::new();
        for join in joins {
            neighbours.entry(join.from).or_default().insert(join.to);
            neighbours.entry(join.to).or_default().insert(join.from);
        }
        for &at in members {
            let Some(asset) = self.assets.get(&at).and_then(|id| self.project.assets.get(*id)) else { continue };
            if asset.zone.is_some() || !is_boundary(&asset.kind) {
                continue;
            }
            let others = neighbours.get(&at).into_iter().flatten();
            let mut zones: Vec<ZoneId> = others.filter_map(|other| self.zone_of(*other)).collect();
            zones.sort_by_key(|zone| self.project.zones.get(*zone).map(|it| (layout::level_of(it), it.tag.clone())));
            zones.dedup();
            let Some((&home, others)) = zones.split_first().filter(|(_, others)| !others.is_empty()) else { continue };
            let names: Vec<&str> = zones.iter().map(|it| self.project.target_tag((*it).into())).collect();
            let first = names.first().copied().unwrap_or_default();
            let what = format!("stands in no zone and joins {}: put into {first}", names.join(", "));
            self.remark(self.place_of(at), what);
            if let Some(asset) = self.assets.get(&at).and_then(|id| self.project.assets.get_mut(*id)) {
                asset.zone = Some(home);
                asset.other_zones = others.iter().copied().collect();
            }
        }
    }

    /// Gathers what stands in no zone.
    fn gather(&mut self, members: &[At]) {
        let is_outside = |id: &AssetId| self.project.assets.get(*id).is_some_and(|it| it.zone.is_none());
        let outside: Vec<AssetId> =
            members.iter().filter_map(|at| self.assets.get(at)).copied().filter(is_outside).collect();
        if outside.is_empty() {
            return;
        }
        let verb = if outside.len() == 1 { "stands" } else { "stand" };
        let assets = count(outside.len(), "asset");
        if self.staging.outside == Outside::Nowhere {
            let what = format!("{assets} {verb} in no zone, and on the diagram only once moved into one");
            return self.remark("Assets".to_owned(), what);
        }
        let tag = self.tags.take("Z-REST".to_owned());
        let id = fresh(&self.staging.drawing.digest, &tag, |id| {
            self.there.zones.contains(id) || self.project.zones.contains(id)
        });
        self.project.zones.insert(id, Zone { tag, name: OUTSIDE.to_owned(), ..Zone::default() });
        for asset in outside {
            if let Some(asset) = self.project.assets.get_mut(asset) {
                asset.zone = Some(id);
            }
        }
        self.rest = Some(id);
        let what = format!("{assets} {verb} in no zone of the drawing: gathered in the zone \"{OUTSIDE}\"");
        self.remark("Assets".to_owned(), what);
    }

    /// The zone of an end: itself, or where the asset stands.
    pub(super) fn zone_of(&self, end: At) -> Option<ZoneId> {
        match self.assets.get(&end) {
            Some(&asset) => self.project.assets.get(asset)?.zone,
            None => self.zones.get(&end).copied(),
        }
    }

    /// Texts that name nothing become notes where they stand.
    fn add_notes(&mut self) {
        for at in self.staging.members(Role::Note) {
            let (Some(shape), Some(guess)) = (self.staging.shape(at), self.staging.guess(at)) else { continue };
            let note = match own::note(shape) {
                Some(note) => note,
                None if guess.names.is_some() || shape.text.is_empty() => continue,
                // words in a frame keep it
                None => {
                    let kind = if Looks::of(shape) == Looks::Text { NoteKind::Title } else { NoteKind::Text };
                    Note { text: shape.text.clone(), kind, frame: shape.frame, ..Note::default() }
                }
            };
            let content = if note.text.is_empty() { note.kind.word() } else { &note.text };
            let id = fresh(&self.staging.drawing.digest, content, |id| {
                self.there.notes.contains(id) || self.project.notes.contains(id)
            });
            self.project.notes.insert(id, note);
            self.notes.insert(at, id);
        }
    }

    /// Says what became nothing, as far as it may have meant something.
    fn left_out(&mut self) {
        let mut reasons: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for at in self.staging.members(Role::Nothing) {
            let guess = self.staging.guess(at).filter(|it| it.role == Role::Nothing);
            if let Some(guess) = guess.filter(|it| !super::guess::is_no_loss(&it.reason)) {
                *reasons.entry((at.page, guess.reason.clone())).or_default() += 1;
            }
        }
        for ((page, reason), number) in reasons {
            let verb = if number == 1 { "was" } else { "were" };
            self.remark(self.staging.page_name(page), format!("{} {verb} left out: {reason}", count(number, "shape")));
        }
        for page in (0..self.staging.drawing.pages.len()).filter(|page| !self.staging.takes_page(*page)) {
            self.remark(self.staging.page_name(page), "left out, as you chose".to_owned());
        }
    }
}

/// Whether assets of this type usually stand between zones.
fn is_boundary(kind: &str) -> bool {
    let class = Catalogue::embedded().asset_type(kind).map(|it| it.class);
    matches!(class, Some(AssetClass::Network | AssetClass::RemoteAccess | AssetClass::Security))
}
