//! Why the SL-T of the chosen targets is what it is: for all FRs at once, and FR by FR.

use std::collections::HashMap;

use egui::{Key, Modifiers, RichText, ScrollArea, Ui};

use super::RequirementsState;
use crate::analysis::derive;
use crate::edit::Edit;
use crate::model::{Fr, SecurityLevel, SlVector, Target, TargetLevel};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::views::counted;
use crate::ui::widgets::{Field, date_field, go_on_writing, multiline, presses, singleline, wrapped};

/// What the checks say of the reason of each target that nobody set aside.
pub(super) fn lacking(ctx: &Context) -> HashMap<Target, String> {
    let findings = &ctx.analysis.findings;
    let found = findings.of("E27").chain(findings.of("E34")).filter(|it| it.set_aside.is_none());
    found.filter_map(|it| Some((it.about.first()?.target()?, it.message.clone()))).collect()
}

/// Of the targets chosen, those that have an SL-T, with what is proposed for each.
struct Chosen<'a> {
    levels: Vec<(Target, &'a TargetLevel, SlVector)>,
}

impl<'a> Chosen<'a> {
    fn new(ctx: &Context<'a>, targets: &[Target]) -> Self {
        let level = |&target: &Target| {
            let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
            Some((target, ctx.project.target_level(target)?, proposal.levels))
        };
        Self { levels: targets.iter().filter_map(level).collect() }
    }

    /// Those that deviate in an FR from what is proposed.
    fn deviating(&self, fr: Fr) -> Self {
        let is_so = |(_, level, proposed): &&(Target, &TargetLevel, SlVector)| level.levels[fr] != proposed[fr];
        Self { levels: self.levels.iter().filter(is_so).copied().collect() }
    }

    /// What they have in common; `None` where they differ.
    fn alike<T: PartialEq>(&self, of: impl Fn(&'a TargetLevel) -> T) -> Option<T> {
        let mut all = self.levels.iter().map(|(_, level, _)| of(level));
        let first = all.next()?;
        all.all(|it| it == first).then_some(first)
    }

    /// What is proposed for all of them in an FR; `None` where that differs.
    fn alike_proposed(&self, fr: Fr) -> Option<SecurityLevel> {
        let mut all = self.levels.iter().map(|(.., proposed)| proposed[fr]);
        let first = all.next()?;
        all.all(|it| it == first).then_some(first)
    }

    /// The same change at each, as one step.
    fn change(&self, what: &str, change: impl Fn(&mut TargetLevel)) -> Edit {
        let set = self.levels.iter().map(|&(target, level, _)| {
            let mut level = level.clone();
            change(&mut level);
            Edit::SetTargetLevel(vec![target], Some(level))
        });
        let mut edits: Vec<Edit> = set.collect();
        match edits.len() {
            1 => edits.remove(0),
            count => Edit::Several(format!("{what} of {count} targets"), edits),
        }
    }

    /// The same with who says so and when, where nobody is named yet.
    fn reason(&self, ctx: &Context, give: impl Fn(&mut TargetLevel)) -> Edit {
        self.change("give the reason", |level| {
            give(level);
            if level.decided_by.trim().is_empty() {
                level.decided_by.clone_from(&ctx.answering.role);
            }
            level.decided_on = level.decided_on.or(Some(ctx.analysis.as_of));
        })
    }
}

/// Shows the fields. Returns how high they would like to be.
pub(super) fn why_sl_t(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, targets: &[Target]) -> f32 {
    let chosen = Chosen::new(ctx, targets);
    let frame = egui::Frame::new().fill(color32(ctx.palette.window)).corner_radius(6.0).inner_margin(8.0);
    let area = ScrollArea::vertical().id_salt("why this SL-T").auto_shrink([false, true]);
    let top = ui.cursor().top();
    let wanted = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, ctx, state, targets, &chosen);
        let above = ui.cursor().top() - top;
        if chosen.levels.is_empty() {
            state.asks_why = false;
            return above;
        }
        let shown = area.show(ui, |ui| {
            // what is half typed stays with its target
            ui.push_id(targets, |ui| {
                if ui.available_width() < BESIDE {
                    for_all(ui, ctx, state, &chosen);
                    fr_by_fr(ui, ctx, state, &chosen);
                } else {
                    ui.columns(2, |columns| {
                        if let [left, right] = columns {
                            for_all(left, ctx, state, &chosen);
                            fr_by_fr(right, ctx, state, &chosen);
                        }
                    });
                }
            });
            crate::ui::widgets::follow_focus(ui);
        });
        above + shown.content_size.y
    });
    wanted.inner + 12.0
}

/// From this width on the reason as a whole and that of one FR stand side by side.
const BESIDE: f32 = 560.0;

fn heading(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, targets: &[Target], chosen: &Chosen) {
    ui.horizontal_wrapped(|ui| {
        let warning = |text: &str| RichText::new(text).color(color32(ctx.palette.warning));
        match (targets, chosen.levels.as_slice()) {
            ([target], []) => {
                ui.label(strong(format!("{} has no SL-T", ctx.project.target_tag(*target))));
                ui.label(RichText::new("0 to 4 set it, T takes the proposal; then it can be said why.").weak());
            }
            (_, []) => {
                ui.label(strong("None of those chosen has an SL-T"));
            }
            ([target], _) => {
                ui.label(strong(format!("Why {} has this SL-T", ctx.project.target_tag(*target))));
                if let Some(words) = state.lacking.get(ctx.session.revision(), || lacking(ctx)).get(target) {
                    ui.label(warning(words));
                }
            }
            (_, levels) => {
                ui.label(strong(format!("Why {} have their SL-T", counted(levels.len(), "target", "targets"))));
                let lacking = state.lacking.get(ctx.session.revision(), || lacking(ctx));
                let count = levels.iter().filter(|(target, ..)| lacking.contains_key(target)).count();
                if count > 0 {
                    let words = counted(count, "of them says not, or wrongly, why", "of them say not, or wrongly, why");
                    ui.label(warning(&words));
                }
            }
        }
    });
}

/// The reason of the SL-T as a whole, who decided and when.
fn for_all(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, chosen: &Chosen) {
    let reason = chosen.alike(|it| it.reason.as_str());
    let hint = if reason.is_none() { VARIOUS } else { "A reason for the auditor" };
    let field = Field::new(ctx, "Why, for all FRs").hint(hint);
    let text = reason.unwrap_or_default();
    let response = multiline(ui, field, text, 2, |it| chosen.reason(ctx, |level| level.give_reason(&it)));
    let is_meant = state.level_fr.is_none_or(|fr| chosen.deviating(fr).levels.is_empty());
    attend(ui, state, is_meant, &response, text);
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            let by = chosen.alike(|it| it.decided_by.as_str());
            let hint = if by.is_none() { VARIOUS } else { "A role" };
            singleline(left, Field::new(ctx, "Decided by").hint(hint), by.unwrap_or_default(), |it| {
                chosen.change("say who decided the SL-T", |level| level.decided_by.clone_from(&it))
            });
            let on = chosen.alike(|it| it.decided_on).flatten();
            let of: Vec<Target> = chosen.levels.iter().map(|it| it.0).collect();
            date_field(right, Field::new(ctx, "Decided on"), of, on, |it| {
                chosen.change("say when the SL-T was decided", |level| level.decided_on = it)
            });
        }
    });
}

/// What a field says where those chosen differ.
const VARIOUS: &str = "Various; what is typed here takes their place";

/// Why the FR that is looked at deviates, or which FRs do.
fn fr_by_fr(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, chosen: &Chosen) {
    let Some(fr) = state.level_fr else {
        list(ui, state, chosen);
        return;
    };
    let deviating = chosen.deviating(fr);
    if deviating.levels.is_empty() {
        let all = if chosen.levels.len() == 1 { "is" } else { "is everywhere" };
        ui.label(RichText::new(format!("{fr} {} {all} as proposed.", fr.code())).weak());
        return;
    }
    let levels = deviating.alike(|it| it.levels[fr]).zip(deviating.alike_proposed(fr));
    let label = match levels {
        Some((set, proposed)) => format!("Why {} is {set} and not {proposed}", fr.code()),
        None => format!("Why {} deviates", fr.code()),
    };
    let reason = deviating.alike(|it| it.deviations.get(&fr).map_or("", String::as_str));
    let hint = if reason.is_none() { VARIOUS } else { "Why it deviates, if the reason for all does not say it" };
    let text = reason.unwrap_or_default();
    let field = Field::new(ctx, &label).hint(hint);
    let response = wrapped(ui, field, text, |it| deviating.reason(ctx, |level| level.give_deviation(fr, &it)));
    attend(ui, state, true, &response, text);
}

/// The FRs that deviate, each to be chosen, with its reason.
fn list(ui: &mut Ui, state: &mut RequirementsState, chosen: &Chosen) {
    let deviating = Fr::ALL.into_iter().map(|fr| (fr, chosen.deviating(fr)));
    let mut deviating = deviating.filter(|(_, it)| !it.levels.is_empty()).peekable();
    if deviating.peek().is_none() {
        ui.label(RichText::new("As proposed in every FR.").weak());
        return;
    }
    ui.label(RichText::new("FRs that deviate from the proposal").small().weak());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (fr, it) in deviating {
            let words = match it.alike(|it| it.levels[fr]).zip(it.alike_proposed(fr)) {
                Some((set, proposed)) => format!("{} {set}, not {proposed}", fr.code()),
                None => fr.code().to_owned(),
            };
            let (text, hint) = match it.alike(|it| it.deviations.get(&fr).map_or("", String::as_str)) {
                Some("") => (words, "It has no reason of its own"),
                Some(reason) => (format!("{words}: {}", Face::Regular.shortened(reason, 11.0, REASON)), reason),
                None => (words, "Various reasons"),
            };
            let text = RichText::new(text).small();
            if ui.button(text).on_hover_text(hint).clicked() {
                (state.level_fr, state.asks_why) = (Some(fr), true);
            }
        }
    });
    ui.label(RichText::new("Arrow left and right, or a click, lead to the reason of one FR.").small().weak());
}

/// So much of a reason stands beside its FR.
const REASON: f32 = 120.0;

/// Gives a field the keyboard where that was asked for; Ctrl+Enter and Esc leave it.
fn attend(ui: &Ui, state: &mut RequirementsState, is_meant: bool, field: &egui::Response, text: &str) {
    if is_meant && std::mem::take(&mut state.asks_why) {
        go_on_writing(ui, field, text.chars().count());
        field.scroll_to_me(None);
        ui.ctx().request_repaint();
    }
    if field.has_focus() && presses(ui, Modifiers::COMMAND, Key::Enter) > 0 {
        field.surrender_focus();
    }
}
