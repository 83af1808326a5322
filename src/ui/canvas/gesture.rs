//! Drags on the canvas: what is being pulled, and what comes of it.

use super::{CanvasState, Tool};
use crate::drawing::metrics::{ZONE_MIN_HEIGHT, ZONE_MIN_WIDTH};
use crate::drawing::scene::Scene;
use crate::edit::{Edit, Item, Place};
use crate::hands::hit::{Handle, Hit, enclosed, zone_at};
use crate::hands::snap::{Guide, on_grid, snap};
use crate::model::{AssetId, Conduit, ConduitId, Id, Point, Project, Rect, Subject, Zone, ZoneId};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::views::next_tag;

/// A drag under way.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// Zones are moved with what lies in them.
    Zones { zones: Vec<ZoneId>, from: Point, frame: Rect },
    /// Assets are moved.
    Assets { assets: Vec<AssetId>, from: Point },
    /// An edge or corner of a zone is pulled.
    Resize { zone: ZoneId, handle: Handle, frame: Rect },
    /// A conduit is pulled from a zone.
    Connect { from: ZoneId, start: Point },
    /// A zone is drawn.
    Draw { from: Point },
    /// A rectangle selects what it encloses.
    Select { from: Point, keep: Vec<Subject> },
}

impl Gesture {
    /// What a drag that begins on something does.
    pub fn begin(ctx: &Context, state: &CanvasState, scene: &Scene, hit: Hit, at: Point, adds: bool) -> Self {
        let project = ctx.project;
        let selected_zones: Vec<ZoneId> = ctx
            .selection
            .subjects
            .iter()
            .filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None })
            .collect();
        match (state.tool, hit) {
            (Tool::Zone, _) => Self::Draw { from: at },
            (Tool::Conduit, Hit::Zone(id) | Hit::Port(id) | Hit::Handle(id, _)) | (_, Hit::Port(id)) => {
                Self::Connect { from: id, start: at }
            }
            (_, Hit::Handle(zone, handle)) => {
                let frame = project.zones.get(zone).map(|it| it.frame).unwrap_or_default();
                Self::Resize { zone, handle, frame }
            }
            (_, Hit::Asset(id)) => {
                let mut assets: Vec<AssetId> = ctx
                    .selection
                    .subjects
                    .iter()
                    .filter_map(|it| if let Subject::Asset(id) = it { Some(*id) } else { None })
                    .collect();
                if !assets.contains(&id) {
                    assets = vec![id];
                }
                let corner = scene.places.cells.get(&id).map_or(at, Rect::corner);
                Self::Assets { assets, from: Point::new(at.x - corner.x, at.y - corner.y) }
            }
            (_, Hit::Zone(id)) => {
                let zones = if selected_zones.contains(&id) { selected_zones } else { vec![id] };
                let frames = zones.iter().filter_map(|&id| project.zones.get(id)).map(|it| it.frame);
                let frame = frames.reduce(|all, it| all.union(&it)).unwrap_or_default();
                Self::Zones { zones, from: at, frame }
            }
            (_, Hit::Conduit(_) | Hit::Nothing) => {
                let keep = if adds { ctx.selection.subjects.clone() } else { Vec::new() };
                Self::Select { from: at, keep }
            }
        }
    }

    /// Shows what the drag would come to; returns the guides to draw.
    pub fn preview(&self, ctx: &Context, before: &Project, at: Point, zoom: f32, free: bool) -> Vec<Guide> {
        match self {
            Self::Zones { zones, from, frame } => {
                let (dx, dy, guides) = moved(before, zones, *frame, (at.x - from.x, at.y - from.y), zoom, free);
                ctx.send(Action::Preview(Edit::Place(Place::Move { zones: zones.iter().copied().collect(), dx, dy })));
                guides
            }
            Self::Resize { zone, handle, frame } => {
                let to = if free { at } else { Point::new(on_grid(at.x), on_grid(at.y)) };
                let frame = handle.pulled(*frame, to, (ZONE_MIN_WIDTH / 2.0, ZONE_MIN_HEIGHT / 2.0));
                ctx.send(Action::Preview(Edit::Place(Place::Frames(vec![(*zone, frame)]))));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Ends the drag. Returns a zone that it drew.
    pub fn end(
        self,
        ctx: &Context,
        before: &Project,
        scene: &Scene,
        at: Point,
        zoom: f32,
        free: bool,
    ) -> Option<ZoneId> {
        match self {
            Self::Zones { zones, from, frame } => {
                let (dx, dy, _) = moved(before, &zones, frame, (at.x - from.x, at.y - from.y), zoom, free);
                ctx.send(Action::Abort);
                if dx != 0.0 || dy != 0.0 {
                    ctx.edit(move_and_nest(before, &zones, dx, dy, at));
                    ctx.send(Action::Select(Selection {
                        subjects: zones.into_iter().map(Into::into).collect(),
                        requirement: None,
                    }));
                }
            }
            Self::Resize { .. } => ctx.send(Action::Commit),
            Self::Assets { assets, from } => drop_assets(ctx, assets, from, at),
            Self::Connect { from, .. } => connect(ctx, from, at),
            Self::Draw { from } => return Some(draw_zone(ctx, Rect::between(snapped(from), snapped(at)))),
            Self::Select { from, keep } => {
                let mut subjects = keep;
                for subject in enclosed(before, scene, Rect::between(from, at)) {
                    if !subjects.contains(&subject) {
                        subjects.push(subject);
                    }
                }
                ctx.send(Action::Select(Selection { subjects, requirement: None }));
            }
        }
        None
    }
}

fn snapped(at: Point) -> Point {
    Point::new(on_grid(at.x), on_grid(at.y))
}

/// How far zones have moved, snapped unless `free`.
fn moved(
    project: &Project,
    zones: &[ZoneId],
    frame: Rect,
    (dx, dy): (f32, f32),
    zoom: f32,
    free: bool,
) -> (f32, f32, Vec<Guide>) {
    if free {
        return (dx, dy, Vec::new());
    }
    let moving: Vec<ZoneId> = zones.iter().flat_map(|&id| project.zone_with_contents(id)).collect();
    let around: Vec<Rect> = project
        .zones
        .iter()
        .filter(|(id, zone)| !moving.contains(id) && !zone.frame.encloses(&frame))
        .map(|(_, zone)| zone.frame)
        .collect();
    let (fix_x, fix_y, guides) = snap(frame.offset(dx, dy), &around, zoom);
    (dx + fix_x, dy + fix_y, guides)
}

/// The move, and into which zone the zones now fall: the one under the pointer that
/// encloses them, or the top level.
fn move_and_nest(project: &Project, zones: &[ZoneId], dx: f32, dy: f32, at: Point) -> Edit {
    let step = Place::Move { zones: zones.iter().copied().collect(), dx, dy };
    let moving: Vec<ZoneId> = zones.iter().flat_map(|&id| project.zone_with_contents(id)).collect();
    let mut edits = vec![Edit::Place(step.clone())];
    for &id in zones {
        let Some(zone) = project.zones.get(id) else { continue };
        let is_inner = zone.parent.is_some_and(|parent| zones.contains(&parent));
        if is_inner {
            continue;
        }
        let frame = zone.frame.offset(dx, dy);
        let under = zone_at(project, at, &moving);
        let fits = |outer: &ZoneId| project.zones.get(*outer).is_some_and(|it| it.frame.encloses(&frame));
        let stays = zone.parent.filter(|parent| {
            project.zones.get(*parent).is_some_and(|it| it.frame.overlaps(&frame)) && Some(*parent) == under
        });
        let parent = under.filter(fits).or(stays);
        if parent != zone.parent {
            edits.push(Edit::Place(Place::Nest { zones: [id].into(), parent }));
        }
    }
    match edits.as_slice() {
        [only] => only.clone(),
        _ => Edit::Several(Edit::Place(step).label(project), edits),
    }
}

/// Assets fall into the zone under the pointer; several keep their order in its grid.
fn drop_assets(ctx: &Context, assets: Vec<AssetId>, grip: Point, at: Point) {
    let Some(zone) = zone_at(ctx.project, at, &[]) else { return };
    let Some(frame) = ctx.project.zones.get(zone).map(|it| it.frame) else { return };
    let places = match assets.as_slice() {
        [_] => vec![Point::new(on_grid(at.x - grip.x - frame.x), on_grid(at.y - grip.y - frame.y))],
        _ => Vec::new(),
    };
    ctx.edit(Edit::Place(Place::Assets { assets, zone: Some(zone), places }));
}

/// A new asset of a type in the zone at a place.
pub fn drop_new_asset(ctx: &Context, kind: &str, at: Point) {
    let Some(zone) = zone_at(ctx.project, at, &[]) else { return };
    let Some(asset_type) = ctx.catalogue.asset_type(kind) else { return };
    let prefix = format!("{}-", abbreviation(kind));
    let tag = next_tag(&prefix, ctx.session.project().assets.values().map(|it| it.tag.as_str()));
    let id = AssetId::random();
    let asset = crate::model::Asset {
        tag,
        name: asset_type.name.clone(),
        kind: kind.to_owned(),
        zone: Some(zone),
        ..crate::model::Asset::default()
    };
    ctx.put(Item::Asset(id, asset));
    ctx.select(id);
}

/// "ENGWS" of "engineering_ws": a beginning for tags.
fn abbreviation(kind: &str) -> String {
    let short = match kind {
        "engineering_ws" => "EWS",
        "operator_ws" => "OWS",
        "scada_server" => "SRV",
        "historian" | "historian_dmz" => "HIST",
        "firewall" => "FW",
        "switch" => "SW",
        "router" => "RTR",
        "jump_host" => "JMP",
        "sis_controller" => "SIS",
        "domain_controller" => "DC",
        "remote_access_gw" => "RAG",
        "wireless_ap" => "AP",
        "remote_io" => "RIO",
        other => return other.split('_').next().unwrap_or(other).to_uppercase(),
    };
    short.to_owned()
}

fn connect(ctx: &Context, from: ZoneId, at: Point) {
    let Some(to) = zone_at(ctx.project, at, &[]).filter(|to| *to != from) else { return };
    let id = ConduitId::random();
    let tag = next_tag("C-", ctx.session.project().conduits.values().map(|it| it.tag.as_str()));
    ctx.put(Item::Conduit(id, Conduit { tag, from: Some(from), to: Some(to), ..Conduit::default() }));
    ctx.select(id);
}

/// A new zone with a frame, in the zone that encloses it.
pub fn draw_zone(ctx: &Context, frame: Rect) -> ZoneId {
    let frame = Rect { width: frame.width.max(ZONE_MIN_WIDTH), height: frame.height.max(ZONE_MIN_HEIGHT), ..frame };
    let parent = zone_at(ctx.project, frame.center(), &[])
        .filter(|outer| ctx.project.zones.get(*outer).is_some_and(|it| it.frame.encloses(&frame)));
    let id = ZoneId::random();
    let tag = next_tag("Z-", ctx.session.project().zones.values().map(|it| it.tag.as_str()));
    let inherited = parent.and_then(|outer| ctx.project.zones.get(outer));
    let zone = Zone {
        tag,
        name: "New zone".to_owned(),
        parent,
        frame,
        purdue: inherited.and_then(|it| it.purdue),
        trust: inherited.map(|it| it.trust).unwrap_or_default(),
        ..Zone::default()
    };
    ctx.put(Item::Zone(id, zone));
    ctx.select(id);
    id
}
