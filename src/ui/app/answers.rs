//! What is asked for about answers: texts, roles, evidence.

use egui::Context as EguiContext;

use super::App;
use crate::ui::action::Action;
use crate::ui::answering::{self, AnswerAction};

impl App {
    /// Does what is asked about answers.
    pub(super) fn ask_answers(&mut self, ctx: &EguiContext, action: AnswerAction) {
        match action {
            AnswerAction::EnterText(text) => {
                self.perform(ctx, Action::Inspector(true));
                answering::want(ctx, text);
            }
            AnswerAction::LeftText => {
                if self.is_cramped {
                    self.inspects = false;
                }
                self.states.requirements.go_on();
                ctx.request_repaint();
            }
            AnswerAction::AnswerAs(role) => {
                self.preferences.answering_as = role;
                self.save_preferences();
            }
            AnswerAction::OpenEvidence(_) | AnswerAction::ChooseEvidence(_) => (),
        }
    }
}
