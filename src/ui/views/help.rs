//! What this screen is for, and its keys.

use egui::{Grid, KeyboardShortcut, Ui};

use crate::ui::action::View;
use crate::ui::canvas;
use crate::ui::commands::Command;
use crate::ui::theme::{strong, title};
use crate::ui::widgets::{dialog_height, dialog_width, scrolls_from};

/// Shows help for a view, or for the first page; returns whether to close it.
pub fn help(ui: &mut Ui, view: Option<View>, commands: &[Command]) -> bool {
    ui.set_width(dialog_width(ui, 560.0));
    let (heading, text, keys) = about(view);
    ui.label(title(heading));
    ui.label(text);
    ui.add_space(8.0);
    scrolls_from(dialog_height(ui, 420.0)).show(ui, |ui| {
        if !keys.is_empty() {
            ui.label(strong("Here"));
            Grid::new("keys here").num_columns(2).spacing([24.0, 3.0]).show(ui, |ui| {
                for (key, what) in keys {
                    ui.label(strong(*key));
                    ui.label(*what);
                    ui.end_row();
                }
                for command in of_canvas(view) {
                    let keys: Vec<String> = command
                        .keys()
                        .iter()
                        .map(|&(modifiers, key)| ui.ctx().format_shortcut(&KeyboardShortcut::new(modifiers, key)))
                        .collect();
                    ui.label(strong(keys.join(", ")));
                    ui.label(command.help());
                    ui.end_row();
                }
            });
            ui.add_space(8.0);
        }
        ui.label(strong("Everywhere"));
        Grid::new("keys everywhere").num_columns(2).spacing([24.0, 3.0]).show(ui, |ui| {
            for command in commands {
                if let Some(shortcut) = command.shortcut {
                    ui.label(strong(ui.ctx().format_shortcut(&shortcut)));
                    ui.label(&command.title);
                    ui.end_row();
                }
            }
        });
    });
    ui.button("Close").clicked()
}

fn of_canvas(view: Option<View>) -> Vec<canvas::Command> {
    if view == Some(View::Diagram) { canvas::Command::all() } else { Vec::new() }
}

type Keys = &'static [(&'static str, &'static str)];

fn about(view: Option<View>) -> (&'static str, &'static str, Keys) {
    match view {
        None => (
            "Zonewright",
            "Begin a project, empty or from a template of your sector, open one, or look around in a sample.",
            &[],
        ),
        Some(View::Overview) => (
            "Overview",
            "How far the assessment is, what blocks it, and everything the checks found about the model.",
            &[],
        ),
        Some(View::Scope) => (
            "Scope",
            "The system under consideration: what it is and does, where it ends, what limits it, who took part.",
            &[],
        ),
        Some(View::Diagram) => (
            "Diagram",
            "Draw zones and conduits and put assets into zones. Drag a zone to move it with all that lies in it; drop it into another zone to nest it. Pull a conduit from the dot at a zone's edge. The figures beside a zone's tag are its levels.",
            &[
                ("Wheel", "zoom at the pointer"),
                ("Space or middle button, drag", "pan"),
                ("Drag on empty space", "select several: to the right what it encloses, to the left what it touches"),
                ("Shift or Ctrl, click", "select more; Shift, drag in a zone, select in it"),
                ("Alt, click", "select what lies beneath"),
                ("Alt, drag", "copy"),
                ("Shift, drag", "move along one axis; at a handle, keep the proportion"),
                ("Ctrl, drag", "snap to nothing"),
                ("Alt, drag at a handle", "size about the centre"),
                ("Drag from the dot at a zone's edge", "draw a conduit"),
                ("Drag an end of the selected conduit", "join another zone"),
                ("Double-click", "rename in place; on empty space, a new zone"),
                ("Arrows", "nudge; Shift by ten"),
                ("Ctrl, arrow", "select what lies that way"),
                ("Tab, Shift+Tab", "select the next, the one before"),
                ("Esc", "take a drag back, then the zone around, then nothing"),
            ],
        ),
        Some(View::Requirements) => (
            "Requirements",
            "The matrix shows the achieved level of each zone and conduit; a click opens its answers. Click a level to see why it is no higher.",
            &[
                ("Arrow up, down", "previous and next requirement"),
                ("1 to 6", "met, partial, not met, compensated, not applicable, inherited; then the next requirement"),
                ("0", "not assessed"),
                ("Y, N, U", "the technology could do it: yes, no, unknown"),
                ("Page up, down", "previous and next zone or conduit"),
                ("Esc", "back to the matrix"),
            ],
        ),
        Some(View::Gaps) => (
            "Gaps",
            "What the targets demand and the answers lack, the most urgent first. Choose one to see where its priority comes from; choose several with Ctrl or Shift to plan one action for them.",
            &[("Arrow up, down", "previous and next gap"), ("Enter", "open the answer")],
        ),
        Some(View::Plan) => (
            "Plan",
            "Actions by wave, what they close, and the levels once each wave is done.",
            &[("Arrow up, down", "previous and next action")],
        ),
        Some(View::Report) => (
            "Report",
            "Choose whom it is for, look at what it will hold, and export the report, the tracker and the diagram.",
            &[],
        ),
    }
}
