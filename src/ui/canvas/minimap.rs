//! The whole drawing in a corner, with the part that is seen as a frame to drag.

use std::sync::Arc;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Area, Color32, CursorIcon, Order, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{CanvasState, findings};
use crate::drawing::scene::Scene;
use crate::drawing::shape::Shape;
use crate::model::{Point, Rect, Subject, ZoneId};
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{Symbol, icon_button};

/// The largest it is.
const SIZE: Vec2 = vec2(196.0, 132.0);
/// Its distance from the edges of the canvas.
const AWAY: f32 = 12.0;

/// Its shapes, and what they were drawn from.
pub(super) struct Minimap {
    revision: u64,
    look: crate::drawing::scene::Look,
    bounds: Rect,
    mesh: Arc<Mesh>,
}

/// Shows it at the lower right of the canvas, where there is more than can be seen.
pub(super) fn show(ui: &Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect) {
    let seen = state.camera.visible(rect);
    let is_large = rect.width() > 2.0 * SIZE.x && rect.height() > 2.0 * SIZE.y;
    if !state.panels.minimap || !is_large || scene.bounds.width <= 0.0 || seen.encloses(&scene.bounds) {
        // by the time it is shown again the plant may be another
        state.minimap = None;
        return;
    }
    let (mesh, bounds) = mesh(ctx, state, scene);
    let scale = (SIZE.x / bounds.width.max(1.0)).min(SIZE.y / bounds.height.max(1.0));
    let size = vec2(bounds.width, bounds.height) * scale;
    let place = egui::Rect::from_min_size(rect.max - size - vec2(AWAY, AWAY), size);
    if findings::panel_area(ui, state).is_some_and(|it| it.intersects(place.expand(6.0))) {
        return;
    }
    Area::new(id()).order(Order::Middle).fixed_pos(place.min).fade_in(false).constrain(false).show(ui.ctx(), |ui| {
        let (place, response) = ui.allocate_exact_size(size, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Minimap"));
        let at_place = |at: Point| place.min + vec2(at.x - bounds.x, at.y - bounds.y) * scale;
        let line = Stroke::new(1.0, color32(ctx.palette.line_strong));
        let ground = color32(ctx.palette.canvas).gamma_multiply(0.94);
        ui.painter().rect(place.expand(4.0), 6.0, ground, line, egui::StrokeKind::Outside);
        let mut placed = Mesh::clone(&mesh);
        for vertex in &mut placed.vertices {
            vertex.pos = at_place(Point::new(vertex.pos.x, vertex.pos.y));
        }
        ui.painter().add(egui::Shape::mesh(placed));
        let frame =
            egui::Rect::from_two_pos(at_place(seen.corner()), at_place(Point::new(seen.right(), seen.bottom())));
        let frame = frame.intersect(place.expand(3.0));
        let accent = color32(ctx.palette.accent);
        ui.painter().rect(frame, 2.0, accent.gamma_multiply(0.12), Stroke::new(1.5, accent), egui::StrokeKind::Inside);
        if (response.clicked() || response.dragged())
            && let Some(at) = response.interact_pointer_pos()
        {
            let at = (at - place.min) / scale;
            state.look_at(Point::new(bounds.x + at.x, bounds.y + at.y));
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab });
        }
        let corner = egui::Rect::from_min_size(pos2(place.right() - 22.0, place.top() - 2.0), vec2(24.0, 22.0));
        if response.contains_pointer() || response.hovered() {
            let mut button = ui.new_child(egui::UiBuilder::new().max_rect(corner));
            if icon_button(&mut button, Symbol::Close, "Fold the minimap away (M)", true, false).clicked() {
                state.panels.minimap = false;
            }
        }
    });
}

/// Where it is shown.
pub(super) fn area(ui: &Ui, state: &CanvasState) -> Option<egui::Rect> {
    state.minimap.as_ref()?;
    egui::AreaState::load(ui.ctx(), id()).map(|it| it.rect().expand(AWAY / 2.0))
}

fn id() -> egui::Id {
    egui::Id::unique("minimap")
}

/// Blocks for zones in canvas units and what they cover, drawn anew only where the drawing changed.
fn mesh(ctx: &Context, state: &mut CanvasState, scene: &Scene) -> (Arc<Mesh>, Rect) {
    let (revision, look) = (ctx.session.revision(), state.look(ctx.palette));
    if let Some(known) = &state.minimap
        // while something is dragged or typed the corner stays as it was
        && (known.revision == revision || !ctx.session.is_settled())
        && known.look == look
    {
        return (Arc::clone(&known.mesh), known.bounds);
    }
    let mesh = Arc::new(blocks(ctx, scene));
    state.minimap = Some(Minimap { revision, look, bounds: scene.bounds, mesh: Arc::clone(&mesh) });
    (mesh, scene.bounds)
}

fn blocks(ctx: &Context, scene: &Scene) -> Mesh {
    let mut mesh = Mesh::default();
    let mut drawn: std::collections::BTreeSet<ZoneId> = std::collections::BTreeSet::new();
    for element in scene.elements.iter() {
        let Some(Subject::Zone(id)) = element.subject else { continue };
        let fill = element.shapes.iter().find_map(|shape| match shape {
            Shape::Rect { frame, fill: Some(fill), .. } => Some((*frame, *fill)),
            _ => None,
        });
        let Some((frame, fill)) = fill.filter(|_| drawn.insert(id)) else { continue };
        let Some(zone) = ctx.project.zones.get(id) else { continue };
        let edge = ctx.palette.zone(zone.trust).edge;
        // an edge as wide as can be seen, and the inside as the drawing has it
        let wide = (scene.bounds.width / 400.0).min(frame.width / 6.0).min(frame.height / 6.0);
        block(&mut mesh, frame, color32(edge));
        block(&mut mesh, frame.grown(-wide), color32(fill.mixed(edge, 0.3)));
    }
    mesh
}

fn block(mesh: &mut Mesh, frame: Rect, color: Color32) {
    let first = mesh.vertices.len() as u32;
    let corners =
        [(frame.x, frame.y), (frame.right(), frame.y), (frame.right(), frame.bottom()), (frame.x, frame.bottom())];
    mesh.vertices.extend(corners.map(|(x, y)| Vertex { pos: pos2(x, y), uv: WHITE_UV, color }));
    mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|it| first + it));
}
