//! Evidence of answers: what is attached, what can be attached, and what each piece is.

use std::collections::BTreeMap;

use egui::{Id, RichText, TextEdit, TextStyle, Ui, WidgetText};

use super::together::Together;
use super::{preview, section};
use crate::edit::{Edit, Item, next_tag};
use crate::model::{Evidence, EvidenceId, GapKey, Id as _};
use crate::ui::action::Action;
use crate::ui::answering::{AnswerAction, AnswerText, attend};
use crate::ui::context::Context;
use crate::ui::views::answers;
use crate::ui::widgets::{Field, chip, date_field, multiline, presses, singleline};

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, all: &Together) {
    section(ui, "Evidence");
    let (keys, attached) = (all.keys.as_slice(), &all.evidence);
    let mut fresh = fresh(ui, all);
    for (&id, &holds) in attached {
        if let Some(evidence) = ctx.project.evidence.get(id) {
            let shown = ui.push_id(id, |ui| piece(ui, ctx, (keys, holds), id, evidence));
            // as high as it will be
            if shown.inner && fresh == Some(id) {
                ui.scroll_to_rect(shown.response.rect, None);
                fresh = None;
            }
        }
    }
    let seen = Seen { keys: keys.to_vec(), attached: attached.keys().copied().collect(), pass: pass(ui), fresh };
    ui.data_mut(|data| data.insert_temp(Seen::id(), seen));
    if attached.is_empty() {
        ui.label(RichText::new("Nothing proves it yet.").weak());
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button("Attach file…").on_hover_text("Or drop files on the window").clicked() {
            ctx.send(Action::Answers(AnswerAction::ChooseEvidence(keys.to_vec())));
        }
        if ui.button("Record new evidence").on_hover_text("Something that is no file, such as an interview").clicked() {
            record(ctx, keys);
        }
    });
    find(ui, ctx, keys, attached);
    ui.label(RichText::new("Files can be dropped here; Ctrl+V attaches a screenshot.").small().weak());
}

/// What was attached when it was shown last, by which it is known what came to it.
#[derive(Clone)]
struct Seen {
    keys: Vec<GapKey>,
    attached: Vec<EvidenceId>,
    pass: u64,
    /// What came and is still to be brought into sight.
    fresh: Option<EvidenceId>,
}

impl Seen {
    fn id() -> Id {
        Id::unique("evidence seen last")
    }
}

fn pass(ui: &Ui) -> u64 {
    ui.ctx().cumulative_pass_nr()
}

/// A piece that was attached to these answers while they were looked at.
fn fresh(ui: &Ui, all: &Together) -> Option<EvidenceId> {
    let seen: Seen = ui.data(|data| data.get_temp(Seen::id()))?;
    if seen.keys != all.keys || seen.pass + 1 < pass(ui) {
        return None;
    }
    let came = || all.evidence.keys().copied().find(|id| !seen.attached.contains(id));
    seen.fresh.or_else(came)
}

/// Evidence that is no file.
fn record(ctx: &Context, keys: &[GapKey]) {
    let id = EvidenceId::random();
    let tag = next_tag("EV-", ctx.project.evidence.values().map(|it| &it.tag));
    let fresh = Evidence { tag, collected_on: Some(ctx.analysis.as_of), accepted: true, ..Evidence::default() };
    let attach = answers::change(ctx, keys, |answer| {
        answer.evidence.insert(id);
    });
    ctx.edit(Edit::Several("record evidence".into(), vec![Edit::Put(Item::Evidence(id, fresh)), attach]));
}

/// How many pieces are offered at once.
const OFFERED: usize = 8;

/// Existing evidence by its words; Enter attaches the first.
fn find(ui: &mut Ui, ctx: &Context, keys: &[GapKey], attached: &BTreeMap<EvidenceId, usize>) {
    let id = ui.make_persistent_id("find evidence");
    let mut words: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut words).hint_text("Find evidence to attach").desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Find evidence to attach");
    let is_chosen = response.lost_focus() && presses(ui, egui::Modifiers::NONE, egui::Key::Enter) > 0;
    attend(ui, ctx, Some(AnswerText::Evidence), &response, words.chars().count());
    let is_looking = response.has_focus() || !words.trim().is_empty();
    // a frame of their own, so that what stands below stays what it is when they go
    let taken = ui.scope(|ui| is_looking.then(|| offered(ui, ctx, attached, &words, is_chosen))).inner;
    if let Some(taken) = taken.flatten() {
        words.clear();
        ctx.edit(answers::change(ctx, keys, |answer| {
            answer.evidence.insert(taken);
        }));
    }
    if is_looking {
        ui.data_mut(|data| data.insert_temp(id, words));
    } else {
        ui.data_mut(|data| data.remove::<String>(id));
    }
}

/// The evidence that answers to these words; gives what is taken of it.
fn offered(
    ui: &mut Ui,
    ctx: &Context,
    attached: &BTreeMap<EvidenceId, usize>,
    words: &str,
    takes_first: bool,
) -> Option<EvidenceId> {
    let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let is_it = |it: &Evidence| {
        let text = format!("{} {} {} {}", it.tag, it.title, it.kind, it.location).to_lowercase();
        wanted.iter().all(|word| text.contains(word))
    };
    let others = ctx.project.evidence.iter().filter(|(id, it)| !attached.contains_key(id) && is_it(it));
    let mut others: Vec<(EvidenceId, &Evidence)> = others.collect();
    others.sort_by_key(|(_, it)| (it.tag.len(), &it.tag));
    let mut taken = others.first().filter(|_| takes_first).map(|it| it.0);
    for (id, evidence) in others.iter().take(OFFERED) {
        if ui.link(format!("{}  {}", evidence.tag, evidence.title)).clicked() {
            taken = Some(*id);
        }
    }
    match others.len() {
        0 => drop(ui.label(RichText::new("No other evidence answers to these words.").small().weak())),
        more if more > OFFERED => {
            ui.label(RichText::new(format!("and {} more", more - OFFERED)).small().weak());
        }
        _ => (),
    }
    taken
}

/// A piece of evidence that so many of the answers have, with what can be done about it. Returns whether it is shown
/// whole: no picture of it is on its way.
fn piece(ui: &mut Ui, ctx: &Context, (keys, holds): (&[GapKey], usize), id: EvidenceId, evidence: &Evidence) -> bool {
    let change = |change: &dyn Fn(&mut Evidence)| {
        let mut evidence = evidence.clone();
        change(&mut evidence);
        Edit::Put(Item::Evidence(id, evidence))
    };
    ui.horizontal_wrapped(|ui| {
        let (word, colors) = if evidence.is_current(ctx.analysis.as_of) {
            ("proves", (ctx.palette.good_soft, ctx.palette.good))
        } else if evidence.accepted {
            ("expired", (ctx.palette.warning_soft, ctx.palette.warning))
        } else {
            ("not accepted", (ctx.palette.hint_soft, ctx.palette.hint))
        };
        chip(ui, word, colors);
        ui.label(format!("{}  {}", evidence.tag, evidence.title));
        if holds < keys.len() {
            ui.label(RichText::new(format!("at {holds} of {}", keys.len())).small().weak());
        }
    });
    let is_whole = evidence.file.as_ref().is_none_or(|file| preview::show(ui, ctx, &evidence.sha256, file));
    let word = if evidence.accepted { "Take acceptance back" } else { "Accept" };
    let has_place = evidence.file.is_some() || !evidence.location.is_empty();
    let in_one_line = fit_in_a_line(ui, &[word, if has_place { "Open" } else { "" }, "Detach", "Delete"]);
    ui.horizontal_wrapped(|ui| {
        if ui.small_button(word).clicked() {
            ctx.edit(change(&|it| it.accepted = !it.accepted));
        }
        if has_place && ui.small_button("Open").clicked() {
            ctx.send(Action::Answers(AnswerAction::OpenEvidence(id)));
        }
        if !in_one_line {
            // two and two, so that none stands alone
            ui.end_row();
        }
        if ui.small_button("Detach").on_hover_text("From this answer; the evidence stays").clicked() {
            ctx.edit(answers::change(ctx, keys, |answer| {
                answer.evidence.remove(&id);
            }));
        }
        let everywhere = "From the project and from all answers";
        if ui.small_button("Delete").on_hover_text(everywhere).clicked() {
            ctx.delete(&[id.into()]);
        }
    });
    let header = egui::CollapsingHeader::new(format!("Describe {}", evidence.tag));
    header.default_open(evidence.title.is_empty()).show(ui, |ui| describe(ui, ctx, id, evidence, &change));
    is_whole
}

/// Whether small buttons with these words stand beside each other.
fn fit_in_a_line(ui: &Ui, words: &[&str]) -> bool {
    let spacing = ui.spacing();
    let wide = |word: &&str| {
        let text = WidgetText::from(*word).into_galley(ui, None, f32::INFINITY, TextStyle::Button);
        text.size().x + 2.0 * spacing.button_padding.x + spacing.item_spacing.x
    };
    words.iter().filter(|it| !it.is_empty()).map(wide).sum::<f32>() <= ui.available_width()
}

/// An edit that changes a piece of evidence.
type Change<'a> = &'a dyn Fn(&dyn Fn(&mut Evidence)) -> Edit;

/// What a piece of evidence is, to be changed.
fn describe(ui: &mut Ui, ctx: &Context, id: EvidenceId, evidence: &Evidence, change: Change) {
    singleline(ui, Field::new(ctx, "Title"), &evidence.title, |it| change(&|evidence| evidence.title.clone_from(&it)));
    singleline(ui, Field::new(ctx, "Kind").hint("configuration, log, interview…"), &evidence.kind, |it| {
        change(&|evidence| evidence.kind.clone_from(&it))
    });
    singleline(ui, Field::new(ctx, "Kept at"), &evidence.location, |it| {
        change(&|evidence| evidence.location.clone_from(&it))
    });
    ui.horizontal_wrapped(|ui| {
        date_field(ui, Field::new(ctx, "Taken on"), id, evidence.collected_on, |it| {
            change(&|evidence| evidence.collected_on = it)
        });
        date_field(ui, Field::new(ctx, "Expires on"), id, evidence.expires_on, |it| {
            change(&|evidence| evidence.expires_on = it)
        });
    });
    multiline(ui, Field::new(ctx, "Notes on it"), &evidence.notes, 2, |it| {
        change(&|evidence| evidence.notes.clone_from(&it))
    });
    match &evidence.file {
        Some(file) => {
            let size = file.content.as_slice().len().div_ceil(1024);
            ui.label(RichText::new(format!("{} ({size} KB) is carried within the project.", file.name)).small().weak());
        }
        None if !evidence.sha256.is_empty() => {
            ui.label(RichText::new("The file itself is not in the project, only its place and hash.").small().weak());
        }
        None => (),
    }
    if !evidence.sha256.is_empty() {
        let hash = RichText::new(format!("SHA-256 {}", evidence.sha256)).small().weak();
        ui.add(egui::Label::new(hash).truncate()).on_hover_text(&evidence.sha256);
    }
}
