//! Taking a baseline: what it is to be called, with the day proposed.

use egui::{Key, RichText, TextEdit, Ui};

use crate::edit::{Edit, Item};
use crate::model::{Baseline, BaselineId, Id};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{Draft, dialog, dialog_width, is_left, primary_button, take_keys};

/// The name of a baseline that is about to be taken.
pub(super) struct Taking {
    name: String,
    proposed: String,
    is_fresh: bool,
}

fn draft() -> Draft {
    Draft::of("take a baseline", "")
}

impl Taking {
    /// Asks for the name, with what was begun when the question was left.
    pub fn begin(egui: &egui::Context, ctx: &Context) -> Self {
        let proposed = format!("State of {}", ctx.analysis.as_of);
        Self { name: draft().text(egui, &proposed), proposed, is_fresh: true }
    }

    /// Shows the question. Returns whether it is answered or left.
    pub fn show(&mut self, ui: &Ui, ctx: &Context) -> bool {
        let (mut takes, mut cancels) = (false, false);
        let modal = dialog(ui.ctx(), "take a baseline").show(ui.ctx(), |ui| {
            ui.set_width(dialog_width(ui, 440.0));
            ui.label(title("Take a baseline"));
            ui.label(RichText::new("It keeps the assessment as it stands in the file, to be compared later.").weak());
            ui.add_space(6.0);
            let label = ui.label("Name");
            let field = TextEdit::singleline(&mut self.name).desired_width(f32::INFINITY).char_limit(80);
            let field = ui.add(field).labelled_by(label.id);
            takes |= field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if std::mem::take(&mut self.is_fresh) {
                take_keys(ui, &field, self.name.chars().count());
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                takes |= primary_button(ui, ctx.palette, "Take it").clicked();
                cancels = ui.button("Cancel").clicked();
            });
        });
        if takes {
            draft().forget(ui.ctx());
            self.take(ctx);
            return true;
        }
        draft().keep(ui.ctx(), &self.name, &self.proposed);
        cancels || is_left(&modal, self.name != self.proposed)
    }

    /// Takes it of the project as it stands.
    fn take(&self, ctx: &Context) {
        let name = if self.name.trim().is_empty() { &self.proposed } else { self.name.trim() }.to_owned();
        ctx.send(Action::Say(format!("Baseline \"{name}\" taken; it is in the file once that is saved")));
        let baseline = Baseline { name, ..Baseline::of(ctx.project, ctx.analysis.as_of) };
        ctx.edit(Edit::Put(Item::Baseline(BaselineId::random(), baseline)).named("take a baseline"));
    }
}
