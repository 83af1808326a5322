//! Laying out in the background, and the proposal that comes of it: shown on the
//! canvas until it is kept or taken back.

use std::collections::BTreeSet;

use egui::{Align2, Context as EguiContext, Frame, Key, Modifiers, RichText, Ui};

use super::{App, JobResult};
use crate::drawing::layout::{Extent, lay_out};
use crate::edit::{Edit, Place};
use crate::model::{Project, Rect, ZoneId};
use crate::ui::action::{Action, View};
use crate::ui::theme;
use crate::ui::views::counted;
use crate::ui::widgets;

/// The height of the bar that asks whether to keep a layout, with space around it.
const FOOT: f32 = 64.0;

/// What the job is called.
pub(super) const LAYING_OUT: &str = "Laying out";

/// What the step is called in which zones are laid out.
pub(super) const LAY_OUT: &str = "lay out";

/// New frames, nothing where it was called off, and the project that they are for.
pub(super) type LaidOut = (Option<Vec<(ZoneId, Rect)>>, Box<Project>);

impl App {
    /// Lays out everything, or what is selected, in the background.
    pub(super) fn lay_out(&mut self, ctx: &EguiContext, selection: bool) {
        if let Some(job) = &self.job {
            self.message = format!("{} first", job.task.label());
            return;
        }
        let Some(session) = &self.session else { return };
        let chosen: BTreeSet<ZoneId> = self.selection.subjects.iter().filter_map(|it| it.target()?.zone()).collect();
        if selection && chosen.is_empty() {
            self.error("Nothing to lay out: select the zones that are to be laid out first.");
            return;
        }
        let project = session.project().clone();
        if selection && chosen.iter().all(|it| project.is_zone_locked(*it)) {
            self.error("Nothing to lay out: what is selected is locked. Press L to unlock it first.");
            return;
        }
        let extent = if selection { Extent::Zones(chosen) } else { Extent::All };
        let wake = ctx.clone();
        self.go(View::Diagram, self.selection.clone());
        self.spawn(ctx, LAYING_OUT, move |progress| {
            let mut told = 0.0;
            let frames = lay_out(&project, &extent, &mut |share| {
                if share - told > 0.02 {
                    told = share;
                    wake.request_repaint();
                }
                progress.report(share)
            });
            JobResult::LaidOut((frames, Box::new(project)))
        });
    }

    /// Shows what the layout came to, to be kept or taken back.
    pub(super) fn propose(&mut self, (frames, of): LaidOut) {
        let Some(session) = &mut self.session else { return };
        match frames {
            None => self.inform("The layout was cancelled; nothing was moved."),
            Some(_) if !session.project().same(&of) => {
                self.inform("The project was changed meanwhile; nothing was moved. Lay out once more.");
            }
            Some(frames) if frames.is_empty() => self.inform("Nothing would lie better; nothing was moved."),
            Some(frames) => {
                let count = frames.len();
                let label = format!("{LAY_OUT} {}", counted(count, "zone", "zones"));
                match session.preview(&Edit::Place(Place::Frames(frames)).named(label)) {
                    Ok(()) => {
                        self.proposal = Some(count);
                        self.states.canvas.show_above(FOOT);
                    }
                    Err(error) => self.error(format!("The layout can't be shown: {error}. Nothing was moved.")),
                }
            }
        }
    }

    /// Whatever else is done to the project keeps the proposal; undo takes it back.
    /// Answers whether that was all there was to do.
    pub(super) fn settle_proposal(&mut self, action: &Action) -> bool {
        if self.proposal.is_none() {
            return false;
        }
        match action {
            Action::Undo => {
                self.decide(false);
                true
            }
            Action::Commit | Action::Abort => {
                self.decide(matches!(action, Action::Commit));
                true
            }
            Action::Edit(_)
            | Action::Type(..)
            | Action::Preview(_)
            | Action::SetAside(..)
            | Action::File(_)
            | Action::LayOut(_) => {
                self.decide(true);
                false
            }
            _ => false,
        }
    }

    fn decide(&mut self, keep: bool) {
        self.proposal = None;
        let Some(session) = &mut self.session else { return };
        if keep {
            self.states.canvas.clear_foot();
            session.commit();
            self.inform("Laid out anew");
        } else {
            session.abort();
            // what stands as it was is seen whole, as what was shown was
            self.states.canvas.show_above(0.0);
            self.inform("The layout was taken back");
        }
    }

    /// Enter keeps the proposal, Esc and undo take it back, before the canvas makes anything of them.
    pub(super) fn proposal_keys(&self, ctx: &EguiContext) {
        let is_elsewhere = self.has_dialog || self.was_typing || egui::Popup::is_any_open(ctx);
        if self.proposal.is_none() || self.view != View::Diagram || is_elsewhere {
            return;
        }
        let keys = [
            (Modifiers::NONE, Key::Enter, Action::Commit),
            (Modifiers::NONE, Key::Escape, Action::Abort),
            // undo takes it back where there is nothing else to undo, too
            (Modifiers::COMMAND, Key::Z, Action::Abort),
        ];
        for (modifiers, key, action) in keys {
            if ctx.input_mut(|input| input.consume_key(modifiers, key)) {
                self.actions.send(action);
            }
        }
    }

    /// The bar that asks whether to keep the proposal.
    pub(super) fn show_proposal(&self, ui: &Ui) {
        let Some(count) = self.proposal.filter(|_| self.view == View::Diagram) else { return };
        let palette = theme::palette(ui.ctx());
        let (mut keep, mut back) = (false, false);
        // below the drawing, which is shown above it
        let corner = self.states.canvas.area().left_bottom() + egui::vec2(16.0, -16.0);
        egui::Area::new(egui::Id::unique("layout proposal"))
            .fixed_pos(corner)
            .pivot(Align2::LEFT_BOTTOM)
            .order(egui::Order::Foreground)
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let zones = if count == 1 { "1 zone moves".to_owned() } else { format!("{count} zones move") };
                        ui.label(RichText::new("Laid out").strong());
                        ui.label(RichText::new(zones).weak());
                        let button = widgets::primary_button(ui, palette, "Keep");
                        keep |= button.on_hover_text("Keep the new places (Enter)").clicked();
                        back |= ui.button("Take back").on_hover_text("Everything as it was (Esc)").clicked();
                    });
                });
            });
        if keep || back {
            self.actions.send(if keep { Action::Commit } else { Action::Abort });
        }
    }
}
