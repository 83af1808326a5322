//! A finding on a screen: what is wrong, why it matters, what mends it.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{CollapsingHeader, Id, RichText, Ui};

use crate::analysis::{Analysis, Finding, Fix, Repair};
use crate::model::Subject;
use crate::session::Session;
use crate::ui::action::{Action, View};
use crate::ui::context::Context;
use crate::ui::finder::view_of;
use crate::ui::widgets::{disclosure, primary_button, severity_chip};

/// A finding: what is wrong, and on opening why it matters and what to do.
pub fn finding_row(ui: &mut Ui, ctx: &Context, finding: &Finding) {
    let key = finding.key();
    ui.push_id(&key, |ui| {
        let id = ui.make_persistent_id("open");
        let mut open: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
        ui.horizontal_wrapped(|ui| {
            if disclosure(ui, open, &finding.message).clicked() {
                open = !open;
                ui.data_mut(|data| data.insert_temp(id, open));
            }
            severity_chip(ui, ctx.palette, finding.severity());
            let text = RichText::new(format!("{}  {}", finding.check.code, finding.message));
            let text = if finding.set_aside.is_some() { text.weak().strikethrough() } else { text };
            let about = finding.about.first().copied();
            let label = egui::Label::new(text).sense(egui::Sense::click()).selectable(false);
            let response = ui.add(label).on_hover_text(finding.check.why);
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
                && let Some(subject) = about
            {
                ctx.select(subject);
            }
        });
        if open {
            ui.indent("details", |ui| details(ui, ctx, finding, None));
        }
    });
}

/// Why a finding matters, what would mend it in one step, where else it leads, and how to set it
/// aside. `here` is the subject that is looked at already.
pub fn details(ui: &mut Ui, ctx: &Context, finding: &Finding, here: Option<Subject>) {
    let told = |ui: &mut Ui, label: &str, text: &str| {
        ui.label(RichText::new(label).small().weak());
        ui.label(text);
        ui.add_space(3.0);
    };
    told(ui, "Why it matters", finding.check.why);
    told(ui, "What to do", finding.check.advice);
    if finding.set_aside.is_none() {
        fixes(ui, ctx, finding);
    }
    CollapsingHeader::new(RichText::new("How it is found, and when it is no problem").small())
        .id_salt("how it is found")
        .show(ui, |ui| {
            told(ui, "How it is found", finding.check.detection);
            told(ui, "Usually no problem", finding.check.false_positives);
        });
    ui.horizontal_wrapped(|ui| {
        if let Some(target) = finding.about.first().and_then(|it| it.target())
            && let Some(words) = said_elsewhere(finding.check.code)
            && ui.button(words).on_hover_text("In Requirements, beside the SL-T of all targets").clicked()
        {
            ctx.send(Action::SayWhy(target));
        }
        for &subject in finding.about.iter().filter(|it| Some(**it) != here && is_shown_somewhere(**it)).take(4) {
            if ui.button(format!("Go to {}", ctx.session.project().subject_tag(subject))).clicked() {
                ctx.go_to(view_of(subject), subject);
            }
        }
        match &finding.set_aside {
            None => {
                if ui.button("Set aside…").on_hover_text("It stays listed, with the reason you give").clicked() {
                    ctx.send(Action::AskSetAside(finding.key()));
                }
            }
            Some(aside) => {
                ui.label(RichText::new(format!("Set aside: {}", aside.reason)).weak());
                if ui.button("Take back").clicked() {
                    ctx.send(Action::SetAside(finding.key(), None));
                }
            }
        }
    });
}

/// What is to be written about an SL-T where a check finds that it is not said.
fn said_elsewhere(code: &str) -> Option<&'static str> {
    match code {
        "E27" | "E34" => Some("Write the reason"),
        "E28" => Some("Say who decided"),
        _ => None,
    }
}

/// A button for each step that would mend it, the best first.
fn fixes(ui: &mut Ui, ctx: &Context, finding: &Finding) {
    let place = Id::unique("fixes worked out");
    let mut known = ui.data(|data| data.get_temp::<KnownFixes>(place)).unwrap_or_default();
    let fixes = known.of(ctx.session, finding);
    ui.data_mut(|data| data.insert_temp(place, known));
    if fixes.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (order, Fix { label, edit }) in fixes.iter().enumerate() {
            let button = if order == 0 { primary_button(ui, ctx.palette, label) } else { ui.button(label) };
            if button.on_hover_text("One step, which Undo takes back").clicked() {
                ctx.edit(edit.clone());
            }
        }
    });
    ui.add_space(3.0);
}

/// The fixes worked out for the project as it is, each once.
#[derive(Clone, Default)]
struct KnownFixes {
    /// What they were worked out for.
    of: Option<(u64, Arc<Analysis>)>,
    fixes: BTreeMap<String, Arc<[Fix]>>,
}

impl KnownFixes {
    /// The fixes of a finding: of the whole project, however much of it a view shows.
    fn of(&mut self, session: &Session, finding: &Finding) -> Arc<[Fix]> {
        let is_current = |(revision, analysis): &(u64, Arc<Analysis>)| {
            *revision == session.revision() && Arc::ptr_eq(analysis, session.analysis())
        };
        if !self.of.as_ref().is_some_and(is_current) {
            *self = Self { of: Some((session.revision(), session.analysis().clone())), fixes: BTreeMap::new() };
        }
        let work_out = || {
            let (project, catalogue) = (session.project(), session.catalogue());
            Repair { project, catalogue, analysis: session.analysis() }.fixes(finding).into()
        };
        self.fixes.entry(finding.key()).or_insert_with(work_out).clone()
    }
}

fn is_shown_somewhere(subject: Subject) -> bool {
    view_of(subject) != View::Overview
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::edit::Edit;
    use crate::model::{Conduit, Filtering};

    #[test]
    fn fixes_are_worked_out_once_for_each_state_of_the_project() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).sl_t("Z-1", 2).sl_t("Z-2", 3);
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |conduit: &mut Conduit| conduit.filtering = Filtering::None);
        let mut session = Session::new(plant.project, TODAY);
        let finding = session.analysis().findings.iter().find(|it| it.check.code == "A03").cloned().unwrap();
        let mut known = KnownFixes::default();
        let first = known.of(&session, &finding);
        assert_eq!(first.len(), 2);
        assert!(Arc::ptr_eq(&first, &known.of(&session, &finding)), "not anew for each frame");
        session.apply(&Edit::SetAside("A11".into(), Some(Default::default()))).unwrap();
        let again = known.of(&session, &finding);
        assert!(!Arc::ptr_eq(&first, &again) && first == again);
        let other = Session::new(session.project().clone(), TODAY);
        assert!(!Arc::ptr_eq(&again, &known.of(&other, &finding)), "another project");
    }
}
