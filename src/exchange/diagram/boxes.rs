//! The diagram as other tools hold it: boxes in boxes, and lines between them, each
//! with its fields.

use std::collections::BTreeMap;

use super::picture;
use crate::catalogue::Catalogue;
use crate::drawing::metrics::{ASSET_HEIGHT, ASSET_WIDTH};
use crate::drawing::palette::{Color, Palette};
use crate::drawing::scene::Scene;
use crate::model::*;

/// What a box or a line is, in the field that our own readers know it by.
pub(in crate::exchange) const KIND: &str = "zonewright";

/// What is drawn for something of the plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Zone,
    Asset,
    Note,
    Title,
    Legend,
    /// Where a conduit ends that joins nothing there yet.
    LooseEnd,
    Conduit,
    Flow,
    SecondHome,
}

impl Kind {
    /// The word in the field [`KIND`].
    pub fn word(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Asset => "asset",
            Self::Note | Self::Title | Self::Legend => "note",
            Self::LooseEnd => "loose end",
            Self::Conduit => "conduit",
            Self::Flow => "flow",
            Self::SecondHome => "second home",
        }
    }
}

/// Side of the mark of a loose end.
const LOOSE_END: f32 = 16.0;

/// A box.
pub(super) struct Box {
    pub id: String,
    pub kind: Kind,
    /// The box that it lies in, by its place; always an earlier one.
    pub parent: Option<usize>,
    pub frame: Rect,
    /// Its lines of text, the most important first.
    pub text: Vec<String>,
    pub fill: Color,
    pub edge: Color,
    /// Its edge is broken: an untrusted zone.
    pub is_dashed: bool,
    /// The picture that it shows, as SVG.
    pub picture: Option<String>,
    pub fields: Fields,
}

/// A line between two boxes.
pub(super) struct Line {
    pub id: String,
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
    pub text: Vec<String>,
    /// Where it leaves, bends and enters; nothing where the tool may choose.
    pub points: Vec<Point>,
    /// Where its text stands.
    pub label: Option<Point>,
    pub points_back: bool,
    pub points_on: bool,
    pub color: Color,
    pub is_dashed: bool,
    pub fields: Fields,
}

/// Names and values; what says nothing is left out.
pub(super) type Fields = Vec<(&'static str, String)>;

/// A diagram.
pub(super) struct Boxes {
    pub title: String,
    pub boxes: Vec<Box>,
    pub lines: Vec<Line>,
}

impl Boxes {
    /// The diagram as the scene draws it.
    pub fn of(scene: &Scene, title: String) -> Self {
        let project = &scene.project;
        let mut drawn = Self { title, boxes: Vec::new(), lines: Vec::new() };
        let palette = Palette::light();
        let zones = drawn.add_zones(project, palette);
        let assets = drawn.add_assets(project, scene, palette, &zones);
        drawn.add_notes(scene, palette);
        drawn.add_conduits(project, scene, palette, &zones);
        drawn.add_flows(project, palette, &assets);
        drawn.add_second_homes(project, palette, &zones, &assets);
        drawn
    }

    /// Where a box is drawn from: the corner of what it lies in.
    pub fn origin(&self, of: &Box) -> Point {
        of.parent.and_then(|it| self.boxes.get(it)).map(|it| it.frame.corner()).unwrap_or_default()
    }

    /// The boxes that lie in one, or in none.
    pub fn inside(&self, outer: Option<usize>) -> impl Iterator<Item = (usize, &Box)> {
        self.boxes.iter().enumerate().filter(move |(_, it)| it.parent == outer)
    }

    fn add_zones(&mut self, project: &Project, palette: &Palette) -> BTreeMap<ZoneId, usize> {
        let depth = |id: ZoneId| project.zone_ancestors(id).len();
        let mut zones: Vec<(usize, i32, &str, ZoneId, &Zone)> =
            project.zones.iter().map(|(id, it)| (depth(id), it.order, it.tag.as_str(), id, it)).collect();
        zones.sort_by_key(|&(depth, order, tag, id, _)| (depth, order, tag, id));
        let mut places = BTreeMap::new();
        for (_, _, _, id, zone) in zones {
            let colors = palette.zone(zone.trust);
            places.insert(id, self.boxes.len());
            self.boxes.push(Box {
                id: id.to_string(),
                kind: Kind::Zone,
                parent: zone.parent.and_then(|outer| places.get(&outer).copied()),
                frame: zone.frame,
                text: texts([&zone.name, &zone.tag]),
                fill: colors.fill,
                edge: colors.edge,
                is_dashed: zone.is_untrusted(),
                picture: None,
                fields: zone_fields(zone),
            });
        }
        places
    }

    fn add_assets(
        &mut self,
        project: &Project,
        scene: &Scene,
        palette: &Palette,
        zones: &BTreeMap<ZoneId, usize>,
    ) -> BTreeMap<AssetId, usize> {
        let foot = scene.bounds.bottom() + ASSET_HEIGHT;
        let mut homeless = 0.0;
        let mut places = BTreeMap::new();
        let mut assets: Vec<(&str, AssetId, &Asset)> =
            project.assets.iter().map(|(id, it)| (it.tag.as_str(), id, it)).collect();
        assets.sort_by_key(|&(tag, id, _)| (tag, id));
        for (_, id, asset) in assets {
            let zone = asset.zone.and_then(|it| zones.get(&it).copied());
            let crowded = || scene.places.more.get(&asset.zone?).map(|(cell, _)| *cell);
            let frame = scene.places.cells.get(&id).copied().or_else(crowded).unwrap_or_else(|| {
                homeless += 1.0;
                Rect::new(scene.bounds.x + (homeless - 1.0) * ASSET_WIDTH, foot, ASSET_WIDTH, ASSET_HEIGHT)
            });
            places.insert(id, self.boxes.len());
            self.boxes.push(Box {
                id: id.to_string(),
                kind: Kind::Asset,
                parent: zone,
                frame,
                text: asset_text(asset),
                fill: palette.canvas,
                edge: palette.icon,
                is_dashed: asset.temporary,
                picture: Some(picture::icon_of(&asset.kind)),
                fields: asset_fields(project, asset),
            });
        }
        places
    }

    fn add_notes(&mut self, scene: &Scene, palette: &Palette) {
        for (id, note) in scene.project.notes.iter() {
            let (kind, fill, edge) = match note.kind {
                NoteKind::Title => (Kind::Title, palette.canvas, palette.canvas),
                NoteKind::Text => (Kind::Note, palette.label, palette.line_strong),
                NoteKind::Legend => (Kind::Legend, palette.label, palette.line_strong),
            };
            let picture = (kind == Kind::Legend).then(|| picture::note(scene, id, note.frame));
            // the words of a legend stand in its picture
            let text = if kind == Kind::Legend { "" } else { note.text.as_str() };
            self.boxes.push(Box {
                id: id.to_string(),
                kind,
                parent: None,
                frame: note.frame,
                text: text.lines().map(str::to_owned).collect(),
                fill,
                edge,
                is_dashed: false,
                picture,
                fields: said(vec![
                    (KIND, kind.word().to_owned()),
                    ("kind", note.kind.to_string()),
                    ("text", note.text.clone()),
                ]),
            });
        }
    }

    fn add_conduits(&mut self, project: &Project, scene: &Scene, palette: &Palette, zones: &BTreeMap<ZoneId, usize>) {
        let mut loose = Point::new(scene.bounds.x, scene.bounds.bottom() + 2.0 * ASSET_HEIGHT);
        for (id, conduit) in project.conduits.iter() {
            let [from, to] = [conduit.from, conduit.to].map(|end| zones.get(&end?).copied());
            let from = from.unwrap_or_else(|| self.loose_end(&id, "from", to, &mut loose, palette));
            let to = to.unwrap_or_else(|| self.loose_end(&id, "to", Some(from), &mut loose, palette));
            let route = scene.routes().get(&id);
            let color = match conduit.remote_access {
                RemoteAccess::AlwaysOn => palette.conduit_remote,
                _ if conduit.is_filtered() => palette.conduit,
                RemoteAccess::None | RemoteAccess::OnDemand => palette.conduit_weak,
            };
            self.lines.push(Line {
                id: id.to_string(),
                kind: Kind::Conduit,
                from,
                to,
                text: texts([&conduit.tag, &conduit.name]),
                points: route.map(|it| it.points.clone()).unwrap_or_default(),
                label: route.map(|it| it.label),
                points_back: conduit.initiated_by != Initiator::From,
                points_on: conduit.initiated_by != Initiator::To,
                color,
                is_dashed: conduit.remote_access != RemoteAccess::None,
                fields: conduit_fields(conduit),
            });
        }
    }

    /// A mark for an end of a conduit that joins nothing, beside the other end.
    fn loose_end(
        &mut self,
        conduit: &ConduitId,
        end: &str,
        other: Option<usize>,
        free: &mut Point,
        palette: &Palette,
    ) -> usize {
        let beside = other.and_then(|it| self.boxes.get(it)).filter(|it| it.kind == Kind::Zone);
        let corner = beside.map_or(*free, |it| Point::new(it.frame.right() + 4.0 * LOOSE_END, it.frame.center().y));
        *free = free.offset(4.0 * LOOSE_END, 0.0);
        self.boxes.push(Box {
            id: format!("{conduit}-{end}"),
            kind: Kind::LooseEnd,
            parent: None,
            frame: Rect::new(corner.x, corner.y - LOOSE_END / 2.0, LOOSE_END, LOOSE_END),
            text: Vec::new(),
            fill: palette.canvas,
            edge: palette.conduit_weak,
            is_dashed: true,
            picture: None,
            fields: vec![(KIND, Kind::LooseEnd.word().to_owned())],
        });
        self.boxes.len() - 1
    }

    fn add_flows(&mut self, project: &Project, palette: &Palette, assets: &BTreeMap<AssetId, usize>) {
        for (id, flow) in project.flows.iter() {
            let end = |asset: Option<AssetId>| assets.get(&asset?).copied();
            let (Some(from), Some(to)) = (end(flow.from), end(flow.to)) else { continue };
            let protocol = Catalogue::embedded().protocol(&flow.protocol).map_or(&flow.protocol, |it| &it.name);
            let conduit = flow.conduit.and_then(|it| project.conduits.get(it)).map(|it| it.tag.clone());
            let mut fields = vec![(KIND, Kind::Flow.word().to_owned()), ("protocol", flow.protocol.clone())];
            fields.extend(flow.port.map(|port| ("port", port.to_string())));
            fields.extend(conduit.map(|tag| ("conduit", tag)));
            fields.push(("both_ways", yes(flow.both_ways)));
            fields.push(("notes", flow.notes.clone()));
            self.lines.push(Line {
                id: id.to_string(),
                kind: Kind::Flow,
                from,
                to,
                text: texts([protocol]),
                points: Vec::new(),
                label: None,
                points_back: flow.both_ways,
                points_on: true,
                color: palette.accent,
                is_dashed: false,
                fields: said(fields),
            });
        }
    }

    fn add_second_homes(
        &mut self,
        project: &Project,
        palette: &Palette,
        zones: &BTreeMap<ZoneId, usize>,
        assets: &BTreeMap<AssetId, usize>,
    ) {
        for (id, asset) in project.assets.iter() {
            for (zone, &to) in asset.other_zones.iter().filter_map(|zone| Some((zone, zones.get(zone)?))) {
                let Some(&from) = assets.get(&id) else { continue };
                self.lines.push(Line {
                    id: format!("{id}-{zone}"),
                    kind: Kind::SecondHome,
                    from,
                    to,
                    text: Vec::new(),
                    points: Vec::new(),
                    label: None,
                    points_back: false,
                    points_on: false,
                    color: palette.icon,
                    is_dashed: true,
                    fields: vec![(KIND, Kind::SecondHome.word().to_owned())],
                });
            }
        }
    }
}

fn texts<const N: usize>(lines: [&String; N]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() && !texts.contains(line) {
            texts.push(line.clone());
        }
    }
    texts
}

/// The tag, with the name where that fits below the icon.
fn asset_text(asset: &Asset) -> Vec<String> {
    const LONGEST: usize = 16;
    if asset.name.chars().count() <= LONGEST { texts([&asset.tag, &asset.name]) } else { texts([&asset.tag]) }
}

fn said(mut fields: Fields) -> Fields {
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

fn yes(is_so: bool) -> String {
    if is_so { "yes".to_owned() } else { String::new() }
}

fn level(sl_t: Option<&TargetLevel>) -> String {
    shown(sl_t.map(|it| it.levels))
}

fn reason(sl_t: Option<&TargetLevel>) -> String {
    sl_t.map(|it| it.reason.clone()).unwrap_or_default()
}

fn zone_fields(zone: &Zone) -> Fields {
    said(vec![
        (KIND, Kind::Zone.word().to_owned()),
        ("tag", zone.tag.clone()),
        ("name", zone.name.clone()),
        ("purdue", shown(zone.purdue)),
        ("trust", zone.trust.to_string()),
        ("untrusted", yes(zone.untrusted)),
        ("consequence", shown(zone.consequence)),
        ("owner", zone.owner.clone()),
        ("boundary", zone.boundary.to_string()),
        ("site", zone.site.clone()),
        ("sl_t", level(zone.sl_t.as_ref())),
        ("sl_t_reason", reason(zone.sl_t.as_ref())),
        ("notes", zone.notes.clone()),
    ])
}

fn asset_fields(project: &Project, asset: &Asset) -> Fields {
    let homes = asset.other_zones.iter().filter_map(|it| project.zones.get(*it)).map(|it| it.tag.clone());
    let mut homes: Vec<String> = homes.collect();
    homes.sort();
    said(vec![
        (KIND, Kind::Asset.word().to_owned()),
        ("tag", asset.tag.clone()),
        ("name", asset.name.clone()),
        ("type", asset.kind.clone()),
        ("other_zones", homes.join(";")),
        ("address", asset.addresses.join(";")),
        ("vendor", asset.vendor.clone()),
        ("model", asset.model.clone()),
        ("version", asset.version.clone()),
        ("supported", if asset.supported == Known::Unknown { String::new() } else { asset.supported.to_string() }),
        ("owner", asset.owner.clone()),
        ("criticality", shown(asset.criticality)),
        ("temporary", yes(asset.temporary)),
        ("wireless", yes(asset.wireless)),
        ("external", yes(asset.external)),
        ("notes", asset.notes.clone()),
    ])
}

fn conduit_fields(conduit: &Conduit) -> Fields {
    said(vec![
        (KIND, Kind::Conduit.word().to_owned()),
        ("tag", conduit.tag.clone()),
        ("name", conduit.name.clone()),
        ("initiated_by", conduit.initiated_by.to_string()),
        ("filtering", conduit.filtering.to_string()),
        ("filter_place", conduit.filter_place.to_string()),
        ("remote_access", conduit.remote_access.to_string()),
        ("owner", conduit.owner.clone()),
        ("sl_t", level(conduit.sl_t.as_ref())),
        ("sl_t_reason", reason(conduit.sl_t.as_ref())),
        ("notes", conduit.notes.clone()),
    ])
}
