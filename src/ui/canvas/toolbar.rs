//! The strip above the canvas: tools, overlay with legend, what is shown, zoom.

use egui::{ComboBox, Frame, Margin, Panel, RichText, Ui};

use super::{CanvasState, Tool};
use crate::drawing::scene::legend;
use crate::model::{Layer, Overlay};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{Symbol, icon_button, paint_shapes};

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    let frame = Frame::new().fill(color32(ctx.palette.panel)).inner_margin(Margin::symmetric(10, 5));
    Panel::top("canvas tools").frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (tool, symbol, label) in [
                (Tool::Select, Symbol::Pointer, "Select and move (V)"),
                (Tool::Zone, Symbol::Zone, "Draw a zone (Z)"),
                (Tool::Conduit, Symbol::Conduit, "Draw a conduit from zone to zone (C)"),
                (Tool::Flow, Symbol::Flow, "Draw a flow from asset to asset (D)"),
            ] {
                if icon_button(ui, symbol, label, true, state.tool == tool).clicked() {
                    state.tool = tool;
                }
            }
            ui.toggle_value(&mut state.parts, "Add assets").on_hover_text("Asset types to drag into zones");
            let keys = "Lay out everything (Ctrl+Shift+L); what is selected with Ctrl+L";
            if ui.button("Lay out").on_hover_text(keys).clicked() {
                ctx.send(Action::LayOut(false));
            }
            ui.separator();
            ui.label(RichText::new("Colours").small().weak());
            ComboBox::from_id_salt("overlay")
                .selected_text(state.view.overlay.word())
                .show_ui(ui, |ui| {
                    for &overlay in Overlay::ALL {
                        ui.selectable_value(&mut state.view.overlay, overlay, overlay.word());
                    }
                })
                .response
                .accessible_name("Overlay");
            ui.menu_button("Legend", |ui| show_legend(ui, ctx, state));
            layer_box(ui, state, Layer::Assets, "Assets");
            layer_box(ui, state, Layer::Bands, "Purdue levels");
            ui.separator();
            if icon_button(ui, Symbol::Minus, "Zoom out (−)", true, false).clicked() {
                state.zoom_by(1.0 / 1.2);
            }
            if icon_button(ui, Symbol::Plus, "Zoom in (+)", true, false).clicked() {
                state.zoom_by(1.2);
            }
            if icon_button(ui, Symbol::Fit, "Show everything (F)", true, false).clicked() {
                ctx.send(Action::Fit(false));
            }
        });
    });
}

/// A box that shows or hides a layer.
fn layer_box(ui: &mut Ui, state: &mut CanvasState, layer: Layer, label: &str) {
    let mut is_shown = !state.view.hidden_layers.contains(&layer);
    if ui.checkbox(&mut is_shown, label).changed() {
        if is_shown {
            state.view.hidden_layers.remove(&layer);
        } else {
            state.view.hidden_layers.insert(layer);
        }
    }
}

fn show_legend(ui: &mut Ui, ctx: &Context, state: &CanvasState) {
    let Some(scene) = state.scene() else { return };
    let width = 460.0;
    let (shapes, height) = legend(scene, ctx.analysis, &state.look(ctx.palette), width);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Legend of the diagram"));
    let placed: Vec<_> = shapes.iter().map(|it| it.transformed(1.0, rect.left(), rect.top())).collect();
    paint_shapes(ui, &placed);
}
