//! Buttons with drawn symbols, and the one button of a page that matters most.

use egui::{Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::drawing::palette::Palette;
use crate::hands::Axis;
use crate::hands::arrange::Align;
use crate::text::Face;
use crate::ui::theme::{color32, font, strong};

/// A drawn symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// An arrow bent back.
    Undo,
    /// An arrow bent forward.
    Redo,
    /// An arrow to the left.
    Back,
    /// An arrow to the right.
    Forward,
    /// A plus.
    Plus,
    /// A minus.
    Minus,
    /// Corners of a frame.
    Fit,
    /// A bar at the right.
    Inspector,
    /// A question mark.
    Help,
    /// An arrow pointer.
    Pointer,
    /// A frame being drawn.
    Zone,
    /// Two ends joined.
    Conduit,
    /// An arrow from one dot to another.
    Flow,
    /// Bars in line.
    Align(Align),
    /// Bars at equal gaps.
    Distribute(Axis),
    /// Bars of one size.
    SameSize(Axis),
    /// A sheet with words.
    Note,
    /// Lines set in.
    Outline,
    /// A magnifying glass.
    Search,
    /// Three dots.
    More,
    /// A cross.
    Close,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
}

/// A square button with a symbol; its label is what it does.
pub fn icon_button(ui: &mut Ui, symbol: Symbol, label: &str, enabled: bool, selected: bool) -> Response {
    let size = vec2(28.0, 26.0);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, label));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, selected);
        if enabled && (response.hovered() || selected || response.has_focus()) {
            let fill = if selected { ui.visuals().selection.bg_fill } else { visuals.weak_bg_fill };
            let edge = if response.has_focus() { ui.visuals().selection.stroke } else { Stroke::NONE };
            ui.painter().rect(rect, 5.0, fill, edge, egui::StrokeKind::Inside);
        }
        let ink = if enabled { visuals.fg_stroke.color } else { ui.visuals().weak_text_color().gamma_multiply(0.55) };
        paint(ui, symbol, rect, ink);
    }
    response.on_hover_text(label)
}

fn paint(ui: &Ui, symbol: Symbol, rect: egui::Rect, ink: egui::Color32) {
    let c = rect.center();
    let stroke = Stroke::new(1.6, ink);
    let line = |points: &[(f32, f32)]| {
        let points: Vec<_> = points.iter().map(|(x, y)| pos2(c.x + x, c.y + y)).collect();
        ui.painter().add(egui::Shape::line(points, stroke));
    };
    let arc = |from: f32, to: f32, radius: f32, x: f32, y: f32| {
        let points: Vec<(f32, f32)> = (0..=12)
            .map(|step| {
                let angle = (from + (to - from) * step as f32 / 12.0).to_radians();
                (x + radius * angle.cos(), y + radius * angle.sin())
            })
            .collect();
        line(&points);
    };
    match symbol {
        Symbol::Undo => {
            arc(-180.0, 60.0, 5.0, 0.0, 1.0);
            line(&[(-8.0, -2.0), (-5.0, 1.5), (-1.5, -1.5)]);
        }
        Symbol::Redo => {
            arc(0.0, -240.0, 5.0, 0.0, 1.0);
            line(&[(8.0, -2.0), (5.0, 1.5), (1.5, -1.5)]);
        }
        Symbol::Back => {
            line(&[(1.5, -5.0), (-3.5, 0.0), (1.5, 5.0)]);
        }
        Symbol::Forward => {
            line(&[(-1.5, -5.0), (3.5, 0.0), (-1.5, 5.0)]);
        }
        Symbol::Plus => {
            line(&[(-5.0, 0.0), (5.0, 0.0)]);
            line(&[(0.0, -5.0), (0.0, 5.0)]);
        }
        Symbol::Minus => line(&[(-5.0, 0.0), (5.0, 0.0)]),
        Symbol::Fit => {
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                line(&[(2.0 * x, 6.0 * y), (6.0 * x, 6.0 * y), (6.0 * x, 2.0 * y)]);
            }
        }
        Symbol::Inspector => {
            line(&[(-7.0, -5.0), (7.0, -5.0), (7.0, 5.0), (-7.0, 5.0), (-7.0, -5.0)]);
            line(&[(2.5, -5.0), (2.5, 5.0)]);
        }
        Symbol::Help => {
            let at = pos2(c.x, c.y);
            ui.painter().text(at, egui::Align2::CENTER_CENTER, "?", font(Face::SemiBold, 14.0), ink);
        }
        Symbol::Note => {
            line(&[
                (2.0, -6.0),
                (-5.5, -6.0),
                (-5.5, 6.0),
                (5.5, 6.0),
                (5.5, -2.5),
                (2.0, -6.0),
                (2.0, -2.5),
                (5.5, -2.5),
            ]);
            line(&[(-2.5, 1.0), (2.5, 1.0)]);
            line(&[(-2.5, 3.5), (1.0, 3.5)]);
        }
        Symbol::Outline => {
            line(&[(-6.5, -5.0), (1.0, -5.0)]);
            line(&[(-2.5, 0.0), (6.5, 0.0)]);
            line(&[(-2.5, 5.0), (6.5, 5.0)]);
        }
        Symbol::Search => {
            arc(0.0, 360.0, 4.2, -1.5, -1.5);
            line(&[(1.7, 1.7), (6.0, 6.0)]);
        }
        Symbol::More => {
            for x in [-5.0, 0.0, 5.0] {
                ui.painter().circle_filled(pos2(c.x + x, c.y), 1.5, ink);
            }
        }
        Symbol::Close => {
            line(&[(-4.0, -4.0), (4.0, 4.0)]);
            line(&[(-4.0, 4.0), (4.0, -4.0)]);
        }
        Symbol::Up => line(&[(-4.5, 2.0), (0.0, -2.5), (4.5, 2.0)]),
        Symbol::Down => line(&[(-4.5, -2.0), (0.0, 2.5), (4.5, -2.0)]),
        Symbol::Pointer => line(&[
            (-3.0, -6.0),
            (-3.0, 5.0),
            (-0.5, 2.5),
            (2.0, 6.5),
            (3.5, 5.5),
            (1.2, 2.0),
            (4.8, 1.5),
            (-3.0, -6.0),
        ]),
        Symbol::Zone => {
            line(&[(-6.5, -5.0), (6.5, -5.0), (6.5, 5.0), (-6.5, 5.0), (-6.5, -5.0)]);
            line(&[(-6.5, -1.5), (6.5, -1.5)]);
        }
        Symbol::Conduit => {
            line(&[(-3.5, 4.0), (0.0, 4.0), (0.0, -4.0), (3.5, -4.0)]);
            ui.painter().circle_stroke(pos2(c.x - 5.5, c.y + 4.0), 2.0, stroke);
            ui.painter().circle_stroke(pos2(c.x + 5.5, c.y - 4.0), 2.0, stroke);
        }
        Symbol::Flow => {
            ui.painter().circle_filled(pos2(c.x - 6.0, c.y), 2.2, ink);
            line(&[(-4.0, 0.0), (6.5, 0.0)]);
            line(&[(2.5, -3.5), (6.5, 0.0), (2.5, 3.5)]);
        }
        Symbol::Align(align) => {
            let (axis, at): (Axis, f32) = match align {
                Align::Left => (Axis::Across, -6.0),
                Align::Center => (Axis::Across, 0.0),
                Align::Right => (Axis::Across, 6.0),
                Align::Top => (Axis::Down, -6.0),
                Align::Middle => (Axis::Down, 0.0),
                Align::Bottom => (Axis::Down, 6.0),
            };
            // bars across the line that they stand on
            let bar = |aside: f32, length: f32| {
                let middle = if at == 0.0 { 0.0 } else { at - at.signum() * (length / 2.0 + 1.0) };
                bar(ui, axis, c, (middle, aside), (length, 3.4), ink);
            };
            bar(-3.2, 11.0);
            bar(3.2, 7.0);
            line(&turned(axis, &[(at, -7.0), (at, 7.0)]));
        }
        Symbol::Distribute(axis) => {
            for at in [-6.0, 0.0, 6.0] {
                bar(ui, axis, c, (at, 0.0), (3.0, if at == 0.0 { 7.0 } else { 11.0 }), ink);
            }
        }
        Symbol::SameSize(axis) => {
            for aside in [-3.5, 3.5] {
                bar(ui, axis, c, (0.0, aside), (9.0, 3.4), ink);
            }
            for at in [-6.5, 6.5] {
                line(&turned(axis, &[(at, -6.0), (at, 6.0)]));
            }
        }
    }
}

/// The same points, with along and aside exchanged for the way down.
fn turned<const N: usize>(axis: Axis, points: &[(f32, f32); N]) -> [(f32, f32); N] {
    points.map(|(along, aside)| if axis == Axis::Across { (along, aside) } else { (aside, along) })
}

fn bar(ui: &Ui, axis: Axis, c: egui::Pos2, at: (f32, f32), size: (f32, f32), ink: egui::Color32) {
    let [(x, y), (width, height)] = turned(axis, &[at, size]);
    let rect = egui::Rect::from_center_size(pos2(c.x + x, c.y + y), vec2(width, height));
    ui.painter().rect_filled(rect, 0.5, ink.gamma_multiply(0.8));
}

/// A triangle that opens and closes what stands below it.
pub fn disclosure(ui: &mut Ui, open: bool, of: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(14.0, 18.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, open, of));
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 3.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    let ink = if response.hovered() { ui.visuals().text_color() } else { ui.visuals().weak_text_color() };
    let at = |x: f32, y: f32| rect.center() + if open { vec2(y, x) } else { vec2(x, y) };
    let points = vec![at(-2.0, -4.0), at(2.5, 0.0), at(-2.0, 4.0)];
    ui.painter().add(egui::Shape::line(points, Stroke::new(1.6, ink)));
    response.on_hover_text(if open { "Less" } else { "Why it matters and what to do" })
}

/// A ring around what has the keyboard and would not show it by itself.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let ring = Stroke::new(2.0, ui.visuals().selection.stroke.color);
        ui.painter().rect_stroke(response.rect.expand(2.0), 7.0, ring, egui::StrokeKind::Outside);
    }
}

/// Makes a button of what was laid out already. A response that is asked to take clicks afterwards gives
/// up the keyboard with every frame, for it was laid out as no button: Tab would never get beyond it.
pub fn pressable(ui: &Ui, laid_out: &Response) -> Response {
    ui.interact(laid_out.rect, laid_out.id.with("pressed"), Sense::click())
}

/// The button that a page is about.
pub fn primary_button(ui: &mut Ui, palette: &Palette, text: &str) -> Response {
    let text = strong(text).color(color32(palette.on_accent));
    // as high as its neighbours, whose type has other heights
    let height = ui.text_style_height(&egui::TextStyle::Button) + 2.0 * ui.spacing().button_padding.y;
    let button = egui::Button::new(text).min_size(vec2(0.0, height));
    let response = ui.add(button.fill(color32(palette.accent)).stroke(Stroke::NONE));
    focus_ring(ui, &response);
    response
}
