//! Taking over many answers at once: from a similar target, from the zone around or a shared service,
//! what is typical, or the chosen answers for other targets. What would be taken is shown before.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Grid, RichText, Ui};

use super::row::status_chip;
use crate::analysis::answering::{
    Offer, Signature, Similar, Source, Taking, copies, inherited, similar, sources, typical,
};
use crate::edit::Edit;
use crate::model::{Answer, GapKey, Known, RequirementId, Status, Target};
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{strong, title};
use crate::ui::views::answers::answer_at;
use crate::ui::views::counted;
use crate::ui::widgets::{dialog, dialog_height, dialog_width, primary_button, scrolls_from};

/// What is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The answers of a similar target.
    Copy,
    /// Answers of the zone around or of a shared service, as inherited.
    Inherit,
    /// What is typical of the equipment.
    Typical,
    /// The chosen answers, at other targets.
    HandOut,
}

impl What {
    /// What it is called where all commands are.
    pub const fn command(self) -> &'static str {
        match self {
            Self::Copy => "Copy answers from a similar target…",
            Self::Inherit => "Inherit answers from a zone or service…",
            Self::Typical => "Typical answers of the equipment…",
            Self::HandOut => "Give the chosen answers to other targets…",
        }
    }

    /// All of them with the word in menus, the key, and what each is for.
    pub const ALL: [(Self, &'static str, egui::Key, &'static str); 4] = [
        (
            Self::Copy,
            "Copy from a similar target…",
            egui::Key::S,
            "Take the answers of a target that resembles this one",
        ),
        (Self::Inherit, "Inherit from a zone or service…", egui::Key::I, "Set many at once as inherited"),
        (
            Self::Typical,
            "Typical answers of the equipment…",
            egui::Key::T,
            "What such assets usually can and cannot do",
        ),
        (Self::HandOut, "Give these answers to other targets…", egui::Key::F, "Apply the chosen answers elsewhere"),
    ];

    fn heading(self) -> &'static str {
        match self {
            Self::Copy => "Copy from a similar target",
            Self::Inherit => "Inherit from a zone or service",
            Self::Typical => "Typical answers of the equipment",
            Self::HandOut => "Give these answers to other targets",
        }
    }
}

/// What offers follow from: revision, source, what is taken of answers, where to.
type Choices = (u64, usize, Taking, Vec<Target>);

/// The dialog while it is open.
pub(super) struct TakingOver {
    what: What,
    /// Where to: the open targets, or those chosen here.
    to: Vec<Target>,
    /// What is handed out.
    requirements: BTreeSet<RequirementId>,
    /// Which of the proposed sources.
    source: usize,
    taking: Taking,
    /// Offers that are not taken.
    refused: BTreeSet<GapKey>,
    is_new: bool,
    similar: Kept<(u64, Target), Arc<[Similar]>>,
    sources: Kept<(u64, Target), Arc<[Source]>>,
    offers: Kept<Choices, Arc<[Offer]>>,
}

impl TakingOver {
    pub fn new(what: What, to: &[Target], chosen: &BTreeSet<RequirementId>) -> Self {
        let to = to.to_vec();
        let requirements = chosen.clone();
        Self {
            what,
            to,
            requirements,
            source: 0,
            taking: Taking::default(),
            refused: BTreeSet::new(),
            is_new: true,
            similar: Kept::default(),
            sources: Kept::default(),
            offers: Kept::default(),
        }
    }

    /// What would be taken, found out anew where the project or a choice is another one.
    fn offers(&mut self, ctx: &Context, find_out: impl Fn(&Self, Target) -> Vec<Offer>) -> Arc<[Offer]> {
        let mut offers = std::mem::take(&mut self.offers);
        let from = (ctx.session.revision(), self.source, self.taking, self.to.clone());
        let found = offers.get(from, || self.to.iter().flat_map(|&to| find_out(self, to)).collect());
        let found = Arc::clone(found);
        self.offers = offers;
        found
    }
}

/// Shows the dialog. Returns whether it is to be closed.
pub(super) fn show(
    ui: &Ui,
    ctx: &Context,
    (open, all): (&[Target], &[(Target, usize)]),
    state: &mut TakingOver,
) -> bool {
    let mut is_done = false;
    let modal = dialog(ui.ctx(), "take over answers").show(ui.ctx(), |ui| {
        ui.set_width(dialog_width(ui, 780.0));
        ui.label(title(state.what.heading()));
        if state.what != What::HandOut {
            let tags: Vec<&str> = open.iter().take(NAMED).map(|&it| ctx.project.target_tag(it)).collect();
            let more = if open.len() > NAMED { format!(" and {} more", open.len() - NAMED) } else { String::new() };
            ui.label(RichText::new(format!("For {}{more}", tags.join(", "))).weak());
        }
        let offers = match state.what {
            What::Copy => copy(ui, ctx, state),
            What::Inherit => inherit(ui, ctx, state),
            What::Typical => from_types(ui, ctx, state),
            What::HandOut => hand_out(ui, ctx, (open, all), state),
        };
        ui.add_space(6.0);
        switches(ui, state);
        ui.separator();
        preview(ui, ctx, state, &offers);
        ui.add_space(6.0);
        is_done = buttons(ui, ctx, state, &offers);
    });
    state.is_new = false;
    is_done || modal.should_close()
}

fn signature<'a>(ctx: &Context<'a>) -> Signature<'a> {
    Signature { role: &ctx.answering.role, on: ctx.analysis.as_of }
}

/// One of several sources, to be chosen.
fn source(ui: &mut Ui, state: &mut TakingOver, place: usize, name: String, why: String) {
    if ui.radio(state.source == place, name).on_hover_text(&why).clicked() {
        state.source = place;
        state.refused.clear();
    }
    if state.source == place {
        ui.indent(("why", place), |ui| ui.label(RichText::new(why).small().weak()));
    }
}

/// So many targets are named.
const NAMED: usize = 24;
/// How many similar targets are proposed.
const PROPOSED: usize = 12;

fn copy(ui: &mut Ui, ctx: &Context, state: &mut TakingOver) -> Arc<[Offer]> {
    let Some(&first) = state.to.first() else { return Arc::default() };
    let from = (ctx.session.revision(), first);
    let found = Arc::clone(state.similar.get(from, || similar(ctx.project, first).into()));
    if found.is_empty() {
        ui.label(RichText::new("No other target with answers resembles this one.").weak());
        return Arc::default();
    }
    scrolls_from(dialog_height(ui, 150.0)).auto_shrink([false, true]).id_salt("sources").show(ui, |ui| {
        for (place, it) in found.iter().take(PROPOSED).enumerate() {
            let (tag, name) = (ctx.project.target_tag(it.target), ctx.project.target_name(it.target));
            let words =
                format!("{tag}  {name}  ·  {} % alike, {}", it.score, counted(it.answered, "answer", "answers"));
            source(ui, state, place, words, it.reasons.join("; "));
        }
    });
    let Some(from) = found.get(state.source).map(|it| it.target) else { return Arc::default() };
    state.offers(ctx, |state, to| copies(ctx.project, ctx.catalogue, (from, to), None, state.taking, signature(ctx)))
}

fn inherit(ui: &mut Ui, ctx: &Context, state: &mut TakingOver) -> Arc<[Offer]> {
    let Some(&first) = state.to.first() else { return Arc::default() };
    let from = (ctx.session.revision(), first);
    let found = Arc::clone(state.sources.get(from, || sources(ctx.project, ctx.catalogue, first).into()));
    if found.is_empty() {
        let text = "Neither a zone around nor a zone with a shared service, such as central accounts or logging, has answers yet.";
        ui.label(RichText::new(text).weak());
        return Arc::default();
    }
    scrolls_from(dialog_height(ui, 150.0)).auto_shrink([false, true]).id_salt("sources").show(ui, |ui| {
        for (place, it) in found.iter().enumerate() {
            let (tag, name) = (ctx.project.target_tag(it.target), ctx.project.target_name(it.target));
            let words = format!("{tag}  {name}  ·  {}", it.what);
            let why = format!("{} answered there", counted(it.requirements.len(), "requirement", "requirements"));
            source(ui, state, place, words, why);
        }
    });
    let Some(from) = found.get(state.source) else { return Arc::default() };
    state.offers(ctx, |state, to| inherited(ctx.project, to, from, state.taking.overwrite, signature(ctx)))
}

fn from_types(ui: &mut Ui, ctx: &Context, state: &mut TakingOver) -> Arc<[Offer]> {
    let text = "What such equipment usually can and cannot do, in our judgement: a beginning, to be checked on site. What is taken is marked to be looked at again.";
    ui.label(RichText::new(text).weak());
    state.offers(ctx, |state, to| typical(ctx.project, ctx.catalogue, to, state.taking.overwrite, signature(ctx)))
}

fn hand_out(
    ui: &mut Ui,
    ctx: &Context,
    (open, all): (&[Target], &[(Target, usize)]),
    state: &mut TakingOver,
) -> Arc<[Offer]> {
    let Some(&from) = open.first() else { return Arc::default() };
    if state.is_new {
        state.to.clear();
    }
    let names: Vec<String> = state.requirements.iter().take(8).map(ToString::to_string).collect();
    let more = if state.requirements.len() > 8 { " …" } else { "" };
    ui.label(
        RichText::new(format!("{}{more} as answered at {}", names.join(", "), ctx.project.target_tag(from))).weak(),
    );
    let others: Vec<(Target, usize)> = all.iter().copied().filter(|it| it.0 != from).collect();
    let area = scrolls_from(dialog_height(ui, 250.0)).auto_shrink([false, true]).id_salt("targets");
    let high = ui.spacing().interact_size.y;
    area.show_rows(ui, high, others.len(), |ui, range| {
        for &(target, depth) in others.get(range).unwrap_or_default() {
            ui.horizontal(|ui| {
                ui.add_space(depth as f32 * 14.0);
                let mut is_chosen = state.to.contains(&target);
                let words = format!("{}  {}", ctx.project.target_tag(target), ctx.project.target_name(target));
                if ui.checkbox(&mut is_chosen, words).changed() {
                    state.to.retain(|it| *it != target);
                    if is_chosen {
                        state.to.push(target);
                    }
                }
            });
        }
    });
    state.offers(ctx, |state, to| {
        let only = Some(&state.requirements);
        copies(ctx.project, ctx.catalogue, (from, to), only, state.taking, signature(ctx))
    })
}

fn switches(ui: &mut Ui, state: &mut TakingOver) {
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut state.taking.overwrite, "Also replace answers that were given");
        if matches!(state.what, What::Copy | What::HandOut) {
            ui.checkbox(&mut state.taking.evidence, "Evidence goes along")
                .on_hover_text("What proves an answer there seldom proves it here");
        }
    });
    if matches!(state.what, What::Copy | What::HandOut) {
        let text = "What is taken is marked to be looked at again, with a remark that says where it comes from.";
        ui.label(RichText::new(text).small().weak());
    }
}

/// How many offers are shown; the rest is counted.
const SHOWN: usize = 200;

/// What would be taken, each to be refused.
fn preview(ui: &mut Ui, ctx: &Context, state: &mut TakingOver, offers: &[Offer]) {
    if offers.is_empty() {
        let is_asked = state.what == What::HandOut && state.to.is_empty();
        let text = match (is_asked, state.taking.overwrite) {
            (true, _) => "Choose above where these answers go.",
            (false, false) => {
                "Nothing to take over for what nobody has answered yet. What was answered can be replaced."
            }
            (false, true) => "Nothing to take over.",
        };
        ui.label(RichText::new(text).weak());
        return;
    }
    let are_several = offers.iter().any(|it| offers.first().is_some_and(|first| first.key.target != it.key.target));
    scrolls_from(dialog_height(ui, 300.0)).auto_shrink([false, true]).id_salt("offers").show(ui, |ui| {
        Grid::new("offers").num_columns(5).min_col_width(0.0).striped(true).spacing([12.0, 4.0]).show(ui, |ui| {
            for offer in offers.iter().take(SHOWN) {
                let mut is_taken = !state.refused.contains(&offer.key);
                let name = match are_several {
                    true => format!("{} {}", ctx.project.target_tag(offer.key.target), offer.key.requirement),
                    false => offer.key.requirement.to_string(),
                };
                let requirement = ctx.catalogue.requirement(offer.key.requirement);
                let title = requirement.map_or("", |it| it.title.as_str());
                if ui.checkbox(&mut is_taken, name).on_hover_text(title).changed() {
                    if is_taken {
                        state.refused.remove(&offer.key);
                    } else {
                        state.refused.insert(offer.key);
                    }
                }
                let now = answer_at(ctx, offer.key);
                status_chip(ui, ctx, now.status);
                ui.label("→");
                ui.horizontal(|ui| {
                    if offer.answer.status == now.status {
                        ui.label(RichText::new("as it is").weak());
                    } else {
                        status_chip(ui, ctx, offer.answer.status);
                    }
                    if offer.answer.capable != now.capable {
                        ui.label(capable(offer.answer.capable));
                    }
                });
                let words = match lost(&now, offer) {
                    0 => words(offer),
                    count => {
                        let pieces = counted(count, "piece of evidence goes", "pieces of evidence go");
                        format!("{pieces}; {}", words(offer))
                    }
                };
                ui.add(egui::Label::new(RichText::new(&words).small().weak()).truncate()).on_hover_text(words);
                ui.end_row();
            }
        });
        if offers.len() > SHOWN {
            ui.label(RichText::new(format!("and {} more", offers.len() - SHOWN)).weak());
        }
    });
}

fn capable(known: Known) -> &'static str {
    match known {
        Known::Yes => "can do it",
        Known::No => "can't do it",
        Known::Unknown => "capability unknown",
    }
}

/// How much evidence of the answer that stands there goes with it.
fn lost(now: &Answer, offer: &Offer) -> usize {
    now.evidence.difference(&offer.answer.evidence).count()
}

/// What is said with it, and why it is offered.
fn words(offer: &Offer) -> String {
    let text = match offer.answer.status {
        Status::Compensated => &offer.answer.countermeasure,
        Status::NotApplicable => &offer.answer.justification,
        _ => &offer.answer.notes,
    };
    match (text.contains(&offer.why), text.is_empty()) {
        (true, _) | (false, true) => offer.why.clone(),
        (false, false) => format!("{}: {text}", offer.why),
    }
}

fn buttons(ui: &mut Ui, ctx: &Context, state: &mut TakingOver, offers: &[Offer]) -> bool {
    let taken: Vec<&Offer> = offers.iter().filter(|it| !state.refused.contains(&it.key)).collect();
    let mut is_done = false;
    ui.horizontal_wrapped(|ui| {
        let verb = if state.what == What::HandOut { "Give" } else { "Take" };
        let words = format!("{verb} {}", counted(taken.len(), "answer", "answers"));
        ui.add_enabled_ui(!taken.is_empty(), |ui| {
            let button = primary_button(ui, ctx.palette, &words);
            if state.is_new || ui.memory(|memory| memory.focused().is_none()) {
                button.request_focus();
            }
            if button.clicked() {
                let answers = taken.iter().map(|it| (it.key, it.answer.clone())).collect();
                let label = format!("take over {}", counted(taken.len(), "answer", "answers"));
                ctx.edit(Edit::Several(label, vec![Edit::Answer(answers)]));
                is_done = true;
            }
        });
        is_done |= ui.button("Cancel").clicked();
        let replaced = taken.iter().filter(|it| it.replaces).count();
        if replaced > 0 {
            ui.label(strong(format!("{} replaced", counted(replaced, "answer is", "answers are"))));
        }
        let now = |key: GapKey| ctx.project.answer(key.target, key.requirement);
        let count: usize = taken.iter().filter_map(|it| Some(lost(now(it.key)?, it))).sum();
        if count > 0 {
            let pieces = counted(count, "piece of evidence is", "pieces of evidence are");
            ui.label(strong(format!("{pieces} detached"))).on_hover_text(
                "What proved the answer that is replaced does not prove the new one. The evidence stays in the project.",
            );
        }
        if !offers.is_empty() && ui.button("None").on_hover_text("Untick all, to take them one by one").clicked() {
            state.refused = offers.iter().map(|it| it.key).collect();
        }
    });
    is_done
}
