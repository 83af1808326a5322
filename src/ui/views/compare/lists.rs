//! What became of gaps, answers, findings, risks, actions and the plant, line by line.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Key, RichText, TextEdit, Ui};

use super::flow::fate_colors;
use super::heat::counted_heading;
use super::known::{Figures, Known};
use crate::analysis::compare::{Comparison, Fate, GapChange, Presence, Reason};
use crate::drawing::palette::{Color, Palette};
use crate::model::{RiskLevel, Subject};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::finder::view_of;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{capital, chip, focus_ring, plain_key, section};

/// How many lines are shown before one asks for more.
const FIRST: usize = 60;

/// What is listed, and under which filter.
#[derive(Default)]
pub(super) struct Lists {
    part: Part,
    fate: Option<Fate>,
    reason: Option<Reason>,
    wanted: String,
    /// How many times more lines were asked for.
    more: usize,
    /// The line that the keys are at.
    at: Option<usize>,
    /// The keys have just come there.
    scrolls: bool,
    /// What is listed, and why gaps changed, as found out last.
    found: Option<Found>,
}

/// What is listed of a comparison under a filter.
struct Found {
    of: Arc<Comparison>,
    under: (Part, Option<Fate>, Option<Reason>, String),
    /// The places of the lines in their part.
    places: Rc<[usize]>,
    /// Why gaps of this fate changed, and how many.
    reasons: Rc<[(Reason, usize)]>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Gaps,
    Answers,
    Findings,
    Risks,
    Actions,
    Changes,
}

/// A line of a list.
struct Line {
    /// A short word and its colours.
    mark: (String, (Color, Color)),
    /// What it is about.
    tag: String,
    text: String,
    more: String,
    /// What is selected with it; `None` where that is gone.
    selection: Option<Selection>,
    view: View,
}

/// The places of what is listed, and how many gaps have each reason.
type Shown = (Rc<[usize]>, Rc<[(Reason, usize)]>);

/// Finds out what is listed, where that is not known from the frame before.
fn found(ctx: &Context, state: &mut Lists, comparison: &Arc<Comparison>) -> Shown {
    let wanted = state.wanted.trim().to_lowercase();
    let under = (state.part, state.fate, state.reason, wanted);
    let known = state.found.take().filter(|it| Arc::ptr_eq(&it.of, comparison) && it.under == under);
    let found = known.unwrap_or_else(|| {
        let (part, fate, reason, wanted) = &under;
        let is_of =
            |it: &GapChange| fate.is_none_or(|fate| it.fate == fate) && reason.is_none_or(|reason| it.reason == reason);
        let is_wanted = |it: &Line| {
            wanted.is_empty()
                || [&it.tag, &it.text, &it.more, &it.mark.0].into_iter().any(|it| it.to_lowercase().contains(wanted))
        };
        let is_shown = |place: &usize| {
            (*part != Part::Gaps || comparison.gaps.get(*place).is_some_and(is_of))
                && (wanted.is_empty() || line(ctx, *part, comparison, *place).as_ref().is_some_and(is_wanted))
        };
        let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
        for gap in comparison.gaps.iter().filter(|it| fate.is_none_or(|fate| it.fate == fate)) {
            *reasons.entry(gap.reason).or_default() += 1;
        }
        let places = (0..count(*part, comparison)).filter(is_shown).collect();
        Found { of: Arc::clone(comparison), under, places, reasons: reasons.into_iter().collect() }
    });
    let shown = (Rc::clone(&found.places), Rc::clone(&found.reasons));
    state.found = Some(found);
    shown
}

pub(super) fn lists(ui: &mut Ui, ctx: &Context, state: &mut Lists, known: &Known) {
    let comparison = &known.comparison;
    section(ui, "What became of it", |ui| {
        parts(ui, state, comparison);
        if state.part == Part::Gaps {
            let (_, reasons) = found(ctx, state, comparison);
            filters(ui, state, &known.figures, &reasons);
        }
        let hint = "Find by tag, requirement or word";
        let field = TextEdit::singleline(&mut state.wanted).hint_text(hint).desired_width(260.0);
        if ui.add_sized([ui.available_width().min(260.0), 24.0], field).changed() {
            (state.more, state.at) = (0, None);
        }
        ui.add_space(4.0);
        let (lines, _) = found(ctx, state, comparison);
        let part = state.part;
        let line_at = |place: usize| line(ctx, part, comparison, *lines.get(place)?);
        keyboard(ui, ctx, state, lines.len(), line_at);
        counted_heading(ui, ctx, title(state.part), lines.len());
        if lines.is_empty() {
            let is_all = count(state.part, comparison) == 0;
            let words = if is_all { "Nothing is another one." } else { "Nothing under this filter." };
            ui.label(RichText::new(words).weak());
        }
        let scrolls = std::mem::take(&mut state.scrolls);
        let shown = FIRST * (1 + state.more);
        for place in 0..shown.min(lines.len()) {
            let Some(line) = line_at(place) else { continue };
            row(ui, ctx, &line, state.at == Some(place), scrolls).then(|| state.at = Some(place));
        }
        if lines.len() > shown && ui.button(format!("Show more of {}", lines.len())).clicked() {
            state.more += 1;
        }
    });
}

const fn title(part: Part) -> &'static str {
    match part {
        Part::Gaps => "Gaps",
        Part::Answers => "Answers changed",
        Part::Findings => "Findings",
        Part::Risks => "Risks",
        Part::Actions => "Actions",
        Part::Changes => "Everything else that was added, changed or removed",
    }
}

fn parts(ui: &mut Ui, state: &mut Lists, comparison: &Comparison) {
    let parts = [
        (Part::Gaps, "Gaps"),
        (Part::Answers, "Answers"),
        (Part::Findings, "Findings"),
        (Part::Risks, "Risks"),
        (Part::Actions, "Actions"),
        (Part::Changes, "Other changes"),
    ];
    ui.horizontal_wrapped(|ui| {
        for (part, word) in parts {
            let words = format!("{word} {}", count(part, comparison));
            if ui.selectable_label(state.part == part, words).clicked() {
                (state.part, state.more, state.at) = (part, 0, None);
            }
        }
    });
}

fn filters(ui: &mut Ui, state: &mut Lists, figures: &Figures, reasons: &[(Reason, usize)]) {
    let before = (state.fate, state.reason);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Show").weak());
        if ui.selectable_label(state.fate.is_none(), "All").clicked() {
            (state.fate, state.reason) = (None, None);
        }
        for fate in Fate::ALL {
            let label = format!("{} {}", capital(fate.word()), figures.count(fate));
            if ui.selectable_label(state.fate == Some(fate), label).clicked() {
                (state.fate, state.reason) = (Some(fate), None);
            }
        }
    });
    if reasons.len() > 1 {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Because").weak());
            for &(reason, count) in reasons {
                let is_on = state.reason == Some(reason);
                if ui.selectable_label(is_on, format!("{} {count}", reason.words())).clicked() {
                    state.reason = (!is_on).then_some(reason);
                }
            }
        });
    }
    if before != (state.fate, state.reason) {
        (state.more, state.at) = (0, None);
        ui.ctx().request_repaint();
    }
}

/// How many lines a part has.
fn count(part: Part, comparison: &Comparison) -> usize {
    match part {
        Part::Gaps => comparison.gaps.len(),
        Part::Answers => comparison.answers.len(),
        Part::Findings => comparison.findings.len(),
        Part::Risks => comparison.risks.len(),
        Part::Actions => comparison.actions.len(),
        Part::Changes => comparison.things.len(),
    }
}

fn line(ctx: &Context, part: Part, comparison: &Comparison, place: usize) -> Option<Line> {
    let palette = ctx.palette;
    Some(match part {
        Part::Gaps => gap(palette, comparison.gaps.get(place)?),
        Part::Answers => answer(palette, comparison.answers.get(place)?),
        Part::Findings => finding(ctx, comparison.findings.get(place)?),
        Part::Risks => risk(palette, comparison.risks.get(place)?),
        Part::Actions => action(palette, comparison.actions.get(place)?),
        Part::Changes => thing(palette, comparison.things.get(place)?),
    })
}

fn gap(palette: &Palette, it: &GapChange) -> Line {
    let selection = match (it.target.now, it.requirement) {
        (Some(target), Some(id)) if it.manual.is_none() => Some(Selection::answer(target, id)),
        (Some(target), _) => Some(Selection::of(target)),
        (None, _) => None,
    };
    Line {
        mark: (it.fate.word().to_owned(), fate_colors(palette, it.fate)),
        tag: it.tag.clone(),
        text: it.title.clone(),
        more: format!("{} · {}", it.band.word(), it.why),
        selection,
        view: View::Requirements,
    }
}

fn answer(palette: &Palette, it: &crate::analysis::compare::AnswerChange) -> Line {
    let also = if it.also.is_empty() { String::new() } else { format!("also changed: {}", it.also.join(", ")) };
    let text = if it.status.differs() {
        format!("{}: {} → {}", it.requirement, it.status.then, it.status.now)
    } else {
        format!("{}: {}", it.requirement, it.status.now)
    };
    Line {
        mark: ("answer".to_owned(), (palette.sunken, palette.text)),
        tag: it.tag.clone(),
        text,
        more: also,
        selection: it.target.now.map(|target| Selection::answer(target, it.requirement)),
        view: View::Requirements,
    }
}

fn finding(ctx: &Context, it: &crate::analysis::compare::FindingChange) -> Line {
    use crate::analysis::compare::FindingFate;
    let palette = ctx.palette;
    let colors = match it.fate {
        FindingFate::New | FindingFate::TakenUp => palette.severity(it.severity),
        FindingFate::Gone => (palette.good_soft, palette.good),
        FindingFate::SetAside => (palette.sunken, palette.text),
    };
    let about = it.about.iter().copied().find(|about| about.exists_in(ctx.project));
    Line {
        mark: (it.fate.words().to_owned(), colors),
        tag: it.code.to_owned(),
        text: it.message.clone(),
        more: it.severity.word().to_owned(),
        selection: about.map(Selection::of),
        view: about.map_or(View::Overview, view_of),
    }
}

fn presence_colors(palette: &Palette, presence: Presence) -> (Color, Color) {
    match presence {
        Presence::Added => (palette.good_soft, palette.good),
        Presence::Both => (palette.sunken, palette.text),
        Presence::Removed => (palette.warning_soft, palette.warning),
    }
}

fn risk(palette: &Palette, it: &crate::analysis::compare::RiskChange) -> Line {
    let word = |level: Option<RiskLevel>| level.map_or("not rated", RiskLevel::word);
    let parts = ["unmitigated", "today", "after the plan"].into_iter().zip(it.levels.then).zip(it.levels.now);
    let told = parts.filter(|((_, then), now)| then != now);
    let told: Vec<_> = told.map(|((what, then), now)| format!("{what} {} → {}", word(then), word(now))).collect();
    Line {
        mark: (it.presence().word().to_owned(), presence_colors(palette, it.presence())),
        tag: it.tag.clone(),
        text: it.title.clone(),
        more: told.join(", "),
        selection: it.risk.now.map(Selection::of),
        view: View::Risk,
    }
}

fn action(palette: &Palette, it: &crate::analysis::compare::ActionChange) -> Line {
    let presence = Presence::of(it.action.then.is_some(), it.action.now.is_some());
    let word = |status: Option<crate::model::ActionStatus>| status.map_or("–", |it| it.word());
    let late = if it.is_overdue { ", overdue" } else { "" };
    Line {
        mark: (presence.word().to_owned(), presence_colors(palette, presence)),
        tag: it.tag.clone(),
        text: it.title.clone(),
        more: format!("{} → {}{late}", word(it.status.then), word(it.status.now)),
        selection: it.action.now.map(Selection::of),
        view: View::Plan,
    }
}

fn thing(palette: &Palette, it: &crate::analysis::compare::ThingChange) -> Line {
    let now: Option<Subject> = it.subject.now;
    Line {
        mark: (it.presence.word().to_owned(), presence_colors(palette, it.presence)),
        tag: it.tag.clone(),
        text: if it.tag.is_empty() { capital(it.kind) } else { it.kind.to_owned() },
        more: it.fields.join(", "),
        selection: now.map(Selection::of),
        view: now.map_or(View::Overview, view_of),
    }
}

/// Shows a line; answers whether it was clicked.
fn row(ui: &mut Ui, ctx: &Context, line: &Line, is_at: bool, scrolls: bool) -> bool {
    let is_selected = is_at || line.selection.as_ref().is_some_and(|it| it == ctx.selection);
    let fill = if is_selected { color32(ctx.palette.accent_soft) } else { egui::Color32::TRANSPARENT };
    let mut clicked = false;
    egui::Frame::new().fill(fill).corner_radius(4.0).inner_margin(egui::Margin::symmetric(6, 3)).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            chip(ui, &line.mark.0, line.mark.1);
            let text = if line.tag.is_empty() { line.text.clone() } else { format!("{}  {}", line.tag, line.text) };
            match &line.selection {
                Some(selection) => {
                    let label = egui::Label::new(strong(text)).sense(egui::Sense::click()).selectable(false);
                    let response = ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand);
                    let response = response.on_hover_text("Click selects, a double click goes there");
                    focus_ring(ui, &response);
                    if response.clicked() {
                        clicked = true;
                        ctx.send(Action::Select(selection.clone()));
                    }
                    if response.double_clicked() {
                        ctx.send(Action::GoTo(line.view, selection.clone()));
                    }
                }
                None => {
                    ui.label(strong(text));
                }
            }
            if !line.more.is_empty() {
                ui.label(RichText::new(&line.more).weak());
            }
        });
    });
    if is_at && scrolls {
        ui.scroll_to_cursor(None);
    }
    clicked
}

/// Arrows go through the lines, Enter goes to what a line is about.
fn keyboard(ui: &Ui, ctx: &Context, state: &mut Lists, count: usize, line_at: impl Fn(usize) -> Option<Line>) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) || count == 0 {
        return;
    }
    let last = count - 1;
    let mut go = None;
    if plain_key(ui, Key::ArrowDown) {
        go = Some(state.at.map_or(0, |at| (at + 1).min(last)));
    }
    if plain_key(ui, Key::ArrowUp) {
        go = Some(state.at.unwrap_or(0).saturating_sub(1));
    }
    if let Some(place) = go {
        state.at = Some(place);
        state.scrolls = true;
        state.more = state.more.max(place / FIRST);
        if let Some(selection) = line_at(place).and_then(|it| it.selection) {
            ctx.send(Action::Select(selection));
        }
    }
    if let Some(line) = state.at.and_then(line_at)
        && let Some(selection) = line.selection
        && ui.memory(|memory| memory.focused().is_none())
        && plain_key(ui, Key::Enter)
    {
        ctx.send(Action::GoTo(line.view, selection));
    }
}
