//! What the program is, and whose work is in it.

use egui::Ui;

use crate::catalogue::ATTACK_LICENCE;
use crate::store::Renderer;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{strong, title};
use crate::ui::widgets::{dialog_height, dialog_width, scrolls_from};
use crate::ui::window::Painting;

/// Shows it; returns whether to close it.
pub fn about(ui: &mut Ui, actions: &Actions, painting: &Painting, chosen: Renderer) -> bool {
    ui.set_width(dialog_width(ui, 520.0));
    ui.label(title(format!("Zonewright {}", env!("CARGO_PKG_VERSION"))));
    ui.label("An offline workbench for IEC 62443 assessments. It opens no network connection.");
    ui.add_space(8.0);
    // whoever asks for OpenGL gets it where software draws it, too
    let painter = if painting.by_processor { "by the processor" } else { "through OpenGL" };
    ui.label(format!("The window is painted {painter}{}.", because(&painting.why)));
    ui.label("From the next start on it is painted by");
    for renderer in Renderer::ALL {
        if ui.radio(renderer == chosen, renderer.name()).clicked() {
            actions.send(Action::Renderer(renderer));
        }
    }
    ui.add_space(8.0);
    scrolls_from(dialog_height(ui, 360.0)).show(ui, |ui| {
        for (name, text) in [
            ("Program", "© the Zonewright contributors, MIT or Apache-2.0 at your choice."),
            ("Requirements", "Numbers, short titles and gates of IEC 62443-3-3:2013 (SR 3.4 as corrected in 2014), cross-checked against public tables. Questions, guidance and the choice of what applies to conduits are our own words and judgement. The text of the standards is not reproduced. IEC, ISA and ISO marks belong to their owners."),
            ("NIS2", "Article 21(2) of Directive (EU) 2022/2555; the mapping to requirements is our own judgement."),
            ("Asset types and protocols", "Our own judgement; usual ports mostly as in the nmap services list."),
            ("Risk scenarios", "Our own words and judgement. Numbers and names of techniques and tactics are those of MITRE ATT&CK for ICS v18.1, © 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation."),
            ("Licence of ATT&CK", ATTACK_LICENCE),
            ("Typeface", "IBM Plex Sans, © IBM Corp., SIL Open Font License 1.1. Icons are drawn for this program."),
        ] {
            ui.label(strong(name));
            ui.label(text);
            ui.add_space(4.0);
        }
    });
    ui.button("Close").clicked()
}

fn because(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {why}") }
}
