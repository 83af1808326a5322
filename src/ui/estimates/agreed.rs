//! What becomes of estimates: shown to all, and agreed on.

use egui::{RichText, Ui};

use super::{Of, Seen, key_of};
use crate::edit::Edit;
use crate::hands::estimate::{Spread, at as estimates_at};
use crate::hands::rate::{self, Place};
use crate::model::{RatedAt, RiskId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widgets::primary_button;

/// Shows all estimates of a scenario, or hides them again. Returns whether there are any.
pub fn reveal(egui: &egui::Context, ctx: &Context, (id, at): (RiskId, RatedAt)) -> bool {
    by_key(egui, ctx, (id, at), |of, seen| {
        let has_some = estimates_at(of.risk, at).next().is_some();
        if has_some {
            of.reveal(seen);
        }
        has_some
    })
}

/// Rates a scenario as its estimates come to. Returns whether they come to anything.
pub fn agree(egui: &egui::Context, ctx: &Context, (id, at): (RiskId, RatedAt)) -> bool {
    by_key(egui, ctx, (id, at), |of, seen| {
        let to = of.comes_to(seen);
        of.agree(to);
        to != Place::default()
    })
}

fn by_key(
    egui: &egui::Context,
    ctx: &Context,
    (id, at): (RiskId, RatedAt),
    act: impl FnOnce(&Of, &mut Seen) -> bool,
) -> bool {
    let Some(risk) = ctx.project.risks.get(id) else { return false };
    let key = key_of(id, at);
    let mut seen = Seen::of(egui, key, risk, at);
    let of = Of { ctx, id, risk, at, scale: 1.0, has_figures: true, has_keys: true, is_seen: true };
    let has_acted = act(&of, &mut seen);
    egui.data_mut(|data| data.insert_temp(key, seen));
    has_acted
}

impl Of<'_> {
    fn reveal(&self, seen: &mut Seen) {
        let (hidden, words) =
            if self.hides() { (false, "show the estimates of") } else { (true, "hide the estimates of") };
        let edit = self.change(|all| all.iter_mut().filter(|it| it.at == self.at).for_each(|it| it.hidden = hidden));
        self.ctx.edit(edit.named(format!("{words} {}", self.risk.tag)));
        seen.open = None;
    }

    /// Shows all of them, or hides them again.
    pub(super) fn reveal_button(&self, ui: &mut Ui, seen: &mut Seen) {
        if estimates_at(self.risk, self.at).next().is_none() {
            return;
        }
        let (short, text) =
            if self.hides() { ("Show all", "Show all estimates") } else { ("Hide", "Hide the estimates") };
        let button = ui.button(self.with_key(if self.has_figures { short } else { text }, "H"));
        if button.on_hover_text(text).accessible_name(text).clicked() {
            self.reveal(seen);
        }
    }

    /// What all of them come to: what was chosen, or else the middle.
    fn comes_to(&self, seen: &Seen) -> Place {
        let all = || estimates_at(self.risk, self.at).map(|it| it.1);
        let (consequence, likelihood) = seen.agreed;
        let middle = |it: Option<Spread>| it.map(|it| it.middle);
        Place {
            consequence: consequence.or_else(|| middle(Spread::of(all().map(|it| it.consequence)))),
            likelihood: likelihood.or_else(|| middle(Spread::of(all().map(|it| it.likelihood)))),
        }
    }

    fn agreement(&self, to: Place) -> Option<(Edit, String)> {
        let rated = rate::put(&self.ctx.project.settings.matrix, self.risk, self.at, to, None)?;
        let said = rated.said.clone();
        Some((rated.edit(self.id).named(format!("agree on the rating of {}", self.risk.tag)), said))
    }

    fn agree(&self, to: Place) {
        if let Some((edit, said)) = self.agreement(to) {
            self.ctx.edit(edit);
            self.ctx.send(Action::Say(said));
        }
    }

    /// What the room agrees on.
    pub(super) fn agree_button(&self, ui: &mut Ui, seen: &Seen) {
        let matrix = &self.ctx.project.settings.matrix;
        let to = self.comes_to(seen);
        let said = [
            to.consequence.map(|it| rate::name(&matrix.consequence, it)),
            to.likelihood.map(|it| rate::name(&matrix.likelihood, it)),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if said.is_empty() {
            return;
        }
        let said = said.join(", ");
        if self.agreement(to).is_none() {
            ui.label(RichText::new(format!("Agreed: {said}")).weak());
            return;
        }
        let words = format!("Agree on {said}");
        let button = primary_button(ui, self.ctx.palette, &self.with_key(&words, "G"));
        if button.accessible_name(words).clicked() {
            self.agree(to);
        }
    }

    /// The words of a button, with its key where that is heard.
    fn with_key(&self, words: &str, key: &str) -> String {
        if self.has_keys { format!("{words}  {key}") } else { words.to_owned() }
    }
}
