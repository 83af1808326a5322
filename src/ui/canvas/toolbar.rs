//! The strip above the canvas in one line; what finds no room stands in a menu at its end.

use egui::{
    Frame, Margin, Panel, Popup, PopupCloseBehavior, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::{CanvasState, Tool, note, views};
use crate::drawing::scene::legend;
use crate::model::{Fr, NoteKind, Overlay};
use crate::ui::action::{Action, DiagramAction};
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{Symbol, capital, icon_button, paint_shapes, scrolls_from};

/// Width of a button with a symbol, and the space after it.
const SYMBOL: f32 = 28.0 + SPACE;
/// Space between neighbours.
const SPACE: f32 = 3.0;
/// Width of the line between groups with the space around it.
const LINE: f32 = 13.0;

/// A group of the strip, in the order of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Outline,
    Tools,
    Assets,
    Layout,
    View,
    Layers,
    Colours,
    Find,
    Zoom,
}

impl Group {
    const ALL: [Self; 9] = [
        Self::Outline,
        Self::Tools,
        Self::Assets,
        Self::Layout,
        Self::View,
        Self::Layers,
        Self::Colours,
        Self::Find,
        Self::Zoom,
    ];
    /// Which find a place first where there is not room for all.
    const BY_WEIGHT: [Self; 9] = [
        Self::Tools,
        Self::Outline,
        Self::View,
        Self::Colours,
        Self::Layers,
        Self::Assets,
        Self::Layout,
        Self::Zoom,
        Self::Find,
    ];
}

/// Which groups find a place in a width, each as wide as it says, with room for the menu of the others.
fn placed(width: f32, needs: impl Fn(Group) -> f32) -> Vec<Group> {
    let all: f32 = Group::ALL.into_iter().map(&needs).sum();
    if all <= width {
        return Group::ALL.to_vec();
    }
    let mut left = width - SYMBOL;
    let mut chosen = Vec::new();
    for group in Group::BY_WEIGHT {
        // what comes after one that found no place must not take its place
        if needs(group) > left {
            break;
        }
        left -= needs(group);
        chosen.push(group);
    }
    Group::ALL.into_iter().filter(|it| chosen.contains(it)).collect()
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, shows_outline: bool) {
    let frame = Frame::new().fill(color32(ctx.palette.panel)).inner_margin(Margin::symmetric(8, 5));
    Panel::top("canvas tools").frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = SPACE;
        let width = ui.available_width();
        let view = crate::text::Face::Regular.shortened(&state.view.name, 13.5, 130.0);
        let colours = colours_in_words(state);
        let texts = [(Group::View, view.as_str()), (Group::Layers, "Layers"), (Group::Colours, colours.as_str())];
        let measured: Vec<(Group, f32)> = texts.iter().map(|(group, text)| (*group, drop_width(ui, text))).collect();
        let assets = text_width(ui, "Add assets") + 2.0 * ui.spacing().button_padding.x + SPACE;
        let layout = text_width(ui, "Lay out") + 2.0 * ui.spacing().button_padding.x + SPACE;
        let needs = |group: Group| match group {
            Group::Outline | Group::Find => SYMBOL,
            Group::Tools => 5.0 * SYMBOL + LINE,
            Group::Assets => assets,
            Group::Layout => layout + LINE,
            Group::Zoom => 3.0 * SYMBOL + LINE,
            text => measured.iter().find(|(it, _)| *it == text).map_or(0.0, |(_, width)| width + SPACE),
        };
        let shown = placed(width, needs);
        ui.horizontal(|ui| {
            for group in &shown {
                match group {
                    Group::Outline => outline(ui, ctx, shows_outline),
                    Group::Tools => tools(ui, state),
                    Group::Assets => assets_button(ui, state),
                    Group::Layout => {
                        lay_out(ui, ctx);
                        line(ui);
                    }
                    Group::View => {
                        drop_down(ui, &view, "View", |ui| views::menu(ui, ctx, state));
                    }
                    Group::Layers => {
                        drop_down(ui, "Layers", "Layers", |ui| views::layers(ui, ctx, state));
                    }
                    Group::Colours => {
                        drop_down(ui, &colours, "Colours", |ui| colours_menu(ui, ctx, state));
                    }
                    Group::Find => find(ui, ctx),
                    Group::Zoom => {
                        line(ui);
                        zoom(ui, ctx, state);
                    }
                }
            }
            if shown.len() < Group::ALL.len() {
                let response = icon_button(ui, Symbol::More, "More", true, false);
                popup(&response, |ui| {
                    ui.set_min_width(200.0);
                    for group in Group::ALL.into_iter().filter(|it| !shown.contains(it)) {
                        overflow(ui, ctx, state, group);
                    }
                });
            }
        });
    });
}

/// A group in the menu at the end.
fn overflow(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, group: Group) {
    match group {
        Group::Outline => {
            outline(ui, ctx, state.panels.outline == Some(true));
        }
        Group::Tools => {
            ui.horizontal(|ui| tools(ui, state));
        }
        Group::Assets => {
            ui.checkbox(&mut state.parts, "Add assets");
        }
        Group::Layout => lay_out(ui, ctx),
        Group::View => {
            egui::CollapsingHeader::new(format!("View: {}", state.view.name)).id_salt("view").show(ui, |ui| {
                views::menu(ui, ctx, state);
            });
        }
        Group::Layers => {
            egui::CollapsingHeader::new("Layers").show(ui, |ui| views::layers(ui, ctx, state));
        }
        Group::Colours => {
            let text = format!("Colours: {}", colours_in_words(state));
            egui::CollapsingHeader::new(text).id_salt("colours").show(ui, |ui| colours_menu(ui, ctx, state));
        }
        Group::Find => {
            if ui.button("Find in the diagram").clicked() {
                ctx.send(Action::Diagram(DiagramAction::Find));
                ui.close();
            }
        }
        Group::Zoom => {
            ui.horizontal(|ui| zoom(ui, ctx, state));
        }
    }
}

fn outline(ui: &mut Ui, ctx: &Context, is_shown: bool) {
    if icon_button(ui, Symbol::Outline, "Outline (Ctrl+Shift+O)", true, is_shown).clicked() {
        ctx.send(Action::Diagram(DiagramAction::Outline));
    }
}

fn tools(ui: &mut Ui, state: &mut CanvasState) {
    for (tool, symbol, label) in [
        (Tool::Select, Symbol::Pointer, "Select and move (V)"),
        (Tool::Zone, Symbol::Zone, "Draw a zone (Z)"),
        (Tool::Conduit, Symbol::Conduit, "Draw a conduit from zone to zone (C)"),
        (Tool::Flow, Symbol::Flow, "Draw a flow from asset to asset (D)"),
        (Tool::Note, Symbol::Note, "Write a note (T)"),
    ] {
        if icon_button(ui, symbol, label, true, state.tool == tool).clicked() {
            state.tool = tool;
        }
    }
    line(ui);
}

fn assets_button(ui: &mut Ui, state: &mut CanvasState) {
    ui.toggle_value(&mut state.parts, "Add assets").on_hover_text("Asset types to drag into zones");
}

fn lay_out(ui: &mut Ui, ctx: &Context) {
    let keys = "Lay out everything (Ctrl+Shift+L); what is selected with Ctrl+L";
    if ui.button("Lay out").on_hover_text(keys).clicked() {
        ctx.send(Action::LayOut(false));
    }
}

fn find(ui: &mut Ui, ctx: &Context) {
    if icon_button(ui, Symbol::Search, "Find in the diagram (Ctrl+F)", true, false).clicked() {
        ctx.send(Action::Diagram(DiagramAction::Find));
    }
}

fn zoom(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    if icon_button(ui, Symbol::Minus, "Zoom out (−)", true, false).clicked() {
        state.zoom_by(1.0 / 1.2);
    }
    if icon_button(ui, Symbol::Plus, "Zoom in (+)", true, false).clicked() {
        state.zoom_by(1.2);
    }
    if icon_button(ui, Symbol::Fit, "Show everything (F)", true, false).clicked() {
        ctx.send(Action::Fit(false));
    }
}

/// A line between groups.
fn line(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(LINE - SPACE, 26.0), Sense::empty());
    let x = rect.center().x;
    ui.painter().vline(x, rect.shrink(3.0).y_range(), ui.visuals().widgets.noninteractive.bg_stroke);
}

fn colours_in_words(state: &CanvasState) -> String {
    let overlay = capital(state.view.overlay.word());
    match state.view.fr {
        Some(fr) => format!("{overlay}, {fr}"),
        None => overlay,
    }
}

/// What the colours tell, of which FR, and the legend.
fn colours_menu(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.label(RichText::new("Colours tell").small().weak());
            for &overlay in Overlay::ALL {
                if ui.selectable_label(state.view.overlay == overlay, capital(overlay.word())).clicked() {
                    state.change_view(ctx, |view| view.overlay = overlay);
                }
            }
        });
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.label(RichText::new("Of which FR").small().weak());
            if ui.selectable_label(state.view.fr.is_none(), "The worst").clicked() {
                state.change_view(ctx, |view| view.fr = None);
            }
            for fr in Fr::ALL {
                let text = format!("{fr} {}", fr.code());
                if ui.selectable_label(state.view.fr == Some(fr), text).on_hover_text(fr.name()).clicked() {
                    state.change_view(ctx, |view| view.fr = Some(fr));
                }
            }
        });
    });
    ui.separator();
    show_legend(ui, ctx, state);
    if ui.button("Place the legend on the diagram").clicked() {
        note::add(ctx, state, NoteKind::Legend);
        ui.close();
    }
}

fn show_legend(ui: &mut Ui, ctx: &Context, state: &CanvasState) {
    let Some(scene) = state.scene() else { return };
    let width = 460.0_f32.min(ui.ctx().content_rect().width() - 60.0);
    let (shapes, height) = legend(scene, ctx.analysis, &state.look(ctx.palette), width);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Legend of the diagram"));
    let placed: Vec<_> = shapes.iter().map(|it| it.transformed(1.0, rect.left(), rect.top())).collect();
    paint_shapes(ui, &placed);
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

fn drop_width(ui: &Ui, text: &str) -> f32 {
    text_width(ui, text) + 2.0 * ui.spacing().button_padding.x + 14.0
}

/// A button with a small arrow that opens a menu; the menu stays while one works in it.
fn drop_down(ui: &mut Ui, text: &str, label: &str, contents: impl FnOnce(&mut Ui)) {
    let (rect, response) = ui.allocate_exact_size(vec2(drop_width(ui, text), 26.0), Sense::click());
    let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let spoken = if text == label { label.to_owned() } else { format!("{label} {text}") };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, spoken.clone()));
    let visuals = ui.style().interact_selectable(&response, is_open);
    let edge = if response.has_focus() { ui.visuals().selection.stroke } else { Stroke::NONE };
    if is_open || response.hovered() || response.has_focus() {
        ui.painter().rect(rect, 5.0, visuals.weak_bg_fill, edge, egui::StrokeKind::Inside);
    }
    let ink = visuals.fg_stroke.color;
    let font = egui::TextStyle::Button.resolve(ui.style());
    let at = rect.left_center() + vec2(ui.spacing().button_padding.x, 0.0);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, text, font, ink);
    let tip = rect.right_center() - vec2(ui.spacing().button_padding.x, -1.5);
    let arrow = vec![tip + vec2(-7.0, -3.0), tip + vec2(-3.5, 0.5), tip + vec2(0.0, -3.0)];
    ui.painter().add(egui::Shape::line(arrow, Stroke::new(1.5, ink)));
    popup(&response, contents);
    response.on_hover_text(label);
}

fn popup(response: &Response, contents: impl FnOnce(&mut Ui)) {
    Popup::menu(response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        let room = ui.ctx().content_rect().height() - response.rect.bottom() - 24.0;
        scrolls_from(room.max(120.0)).show(ui, contents);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(group: Group) -> f32 {
        match group {
            Group::Tools => 130.0,
            Group::View | Group::Colours => 110.0,
            _ => 60.0,
        }
    }

    #[test]
    fn what_matters_most_finds_a_place_first_and_the_order_stays() {
        assert_eq!(placed(2000.0, needs), Group::ALL);
        assert_eq!(placed(360.0, needs), [Group::Outline, Group::Tools, Group::View]);
        assert_eq!(placed(170.0, needs), [Group::Tools]);
        assert!(placed(20.0, needs).is_empty());
    }

    #[test]
    fn the_strip_is_never_wider_than_its_room() {
        for width in (40..1200).step_by(10) {
            let width = width as f32;
            let shown = placed(width, needs);
            let menu = if shown.len() < Group::ALL.len() { SYMBOL } else { 0.0 };
            assert!(shown.iter().map(|it| needs(*it)).sum::<f32>() + menu <= width.max(SYMBOL), "at {width}");
        }
    }
}
