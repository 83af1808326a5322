//! A requirement at a place before the room.

use std::sync::Arc;

use egui::{Galley, Rect, Ui, pos2, vec2};

use super::inks::Inks;
use super::locator::way_words;
use super::parts::{at_most, banner, banner_height, flat, flat_height, key, key_height, key_widths, put, text};
use super::sizes::Sizes;
use super::{Mode, Stage, answer};
use crate::catalogue::Requirement;
use crate::model::{Answer, GapKey, Known, LogKind, Status, WorkshopItem};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::views::answers::{STATUSES, status_word};
use crate::ui::widgets::capital;

/// Texts in the sizes in which all of them fit.
struct Fitted {
    question: Arc<Galley>,
    evidence: Vec<Arc<Galley>>,
}

/// Shows it in its part of the window.
pub(super) fn show(
    ui: &mut Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    at: GapKey,
    (inks, sizes, room): (Inks, Sizes, Rect),
) {
    let Some(requirement) = ctx.catalogue.requirement(at.requirement) else { return };
    let top = place(ui, ctx, at, requirement, (inks, sizes, room));
    let bottom = answers(ui, ctx, mode, stage, at, (inks, sizes, room));
    let bottom = said(ui, ctx, mode, stage, at, (inks, sizes, room), bottom);
    // the picture beside the question, where there is room for both
    let has_picture = room.width() > 1.2 * room.height();
    let wide = if has_picture { room.width() * 0.3 } else { 0.0 };
    let asked = room.width() - if has_picture { wide + 2.0 * sizes.gap() } else { 0.0 };
    let least = if has_picture { 110.0 * sizes.unit } else { 0.0 };
    let fitted = fit(ui, requirement, (inks, sizes), (asked, room.width()), (bottom - top, least));
    let evidence = bottom - fitted.evidence.iter().map(|it| it.size().y).sum::<f32>();
    let end = put(ui, pos2(room.left(), top), Arc::clone(&fitted.question)).bottom();
    let mut y = end;
    if has_picture {
        let high = (wide * 0.72).min(evidence - sizes.gap() - top);
        let frame = Rect::from_min_size(pos2(room.right() - wide, top), vec2(wide, high));
        mode.locator.show(ui, ctx, inks, frame, &[at.target], sizes);
        y = y.max(frame.bottom());
    }
    y = (y + sizes.gap()).min(evidence);
    for line in fitted.evidence {
        y = put(ui, pos2(room.left(), y), line).bottom();
    }
}

/// Where the room is in the plant and in the catalogue. Returns where it ends.
fn place(
    ui: &Ui,
    ctx: &Context,
    at: GapKey,
    requirement: &Requirement,
    (inks, sizes, room): (Inks, Sizes, Rect),
) -> f32 {
    let project = ctx.project;
    let name = format!("{}   {}", project.target_tag(at.target), project.target_name(at.target));
    let name = text(ui, &name, (Face::SemiBold, sizes.name()), inks.text(), room.width());
    let y = put(ui, room.min, name).bottom();
    let demanded = format!("{}   {}   from SL {}", requirement.id, requirement.title, requirement.gate);
    let way = way_words(project, at.target);
    let words = if way.is_empty() { demanded } else { format!("{}\n{demanded}", capital(&way)) };
    let words = text(ui, &words, (Face::Regular, sizes.small()), inks.text(), room.width());
    put(ui, pos2(room.left(), y), words).bottom() + sizes.gap()
}

/// The largest question with which the evidence fits below it, or else as much of it as does.
fn fit(
    ui: &Ui,
    requirement: &Requirement,
    (inks, sizes): (Inks, Sizes),
    (asked, all): (f32, f32),
    (high, least): (f32, f32),
) -> Fitted {
    let ink = inks.text();
    let count = requirement.evidence.len();
    let evidence = |size: f32, count: usize| -> Vec<Arc<Galley>> {
        let title = (count > 0).then(|| text(ui, "Good evidence would be", (Face::SemiBold, size), ink, all));
        let line = |it: &String| text(ui, &format!("•  {it}"), (Face::Regular, size), ink, all);
        let more = match (requirement.evidence.len() - count, count) {
            (0, _) => None,
            (more, 0) => Some(format!("{more} kinds of good evidence: L shows them")),
            (more, _) => Some(format!("and {more} more: L shows them")),
        };
        let more = more.map(|it| text(ui, &it, (Face::Regular, size), ink, all));
        title.into_iter().chain(requirement.evidence.iter().take(count).map(line)).chain(more).collect()
    };
    let height = |lines: &[Arc<Galley>]| lines.iter().map(|it| it.size().y).sum::<f32>();
    let sized = |size: f32, count: usize| {
        let question = text(ui, &requirement.question, (Face::SemiBold, size), ink, asked);
        Fitted { question, evidence: evidence((0.62 * size).clamp(sizes.small(), sizes.name()), count) }
    };
    let fits = |it: &Fitted| it.question.size().y.max(least) + sizes.gap() + height(&it.evidence) <= high;
    // the last of the evidence goes before the question becomes small: the scribe has all of it
    let large = |count: usize| sizes.questions().filter(|it| *it > 30.0 * sizes.unit).map(move |size| (size, count));
    let small = sizes.questions().map(|size| (size, 0));
    let fitted = (0..=count).rev().flat_map(large).chain(small).map(|(size, count)| sized(size, count)).find(fits);
    fitted.unwrap_or_else(|| Fitted { evidence: Vec::new(), ..sized(26.0 * sizes.unit, 0) })
}

/// The text that the answer needs and what is decided about it, above the answer. Returns where it begins.
fn said(
    ui: &Ui,
    ctx: &Context,
    mode: &Mode,
    stage: &Stage,
    at: GapKey,
    (inks, sizes, room): (Inks, Sizes, Rect),
    bottom: f32,
) -> f32 {
    let lines = decisions(mode, stage, WorkshopItem::Question(at));
    let answer = ctx.project.answer(at.target, at.requirement);
    let lacks = answer.filter(|it| it.lacks_text()).map(|it| match it.status {
        Status::Compensated => "Say what stands in for it: Enter",
        _ => "Say why it does not concern this place: Enter",
    });
    let mut y = bottom;
    if let Some(why) = answer.and_then(why) {
        let why = at_most(ui, &why, (Face::Regular, sizes.small(), 1), inks.text(), room.width());
        y -= why.size().y + 0.2 * sizes.gap();
        put(ui, pos2(room.left(), y), why);
    }
    let lines = lines.into_iter().map(|(kind, it)| (it, inks.said(kind)));
    for (line, colors) in lacks.map(|it| (it.to_owned(), inks.warning())).into_iter().chain(lines) {
        y -= banner_height(ui, room.width(), &line, sizes) + 0.4 * sizes.gap();
        banner(ui, pos2(room.left(), y), room.width(), &line, colors, sizes);
    }
    y - 0.5 * sizes.gap()
}

/// The text that the answer needs, where it was given.
fn why(answer: &Answer) -> Option<String> {
    let (label, text) = match answer.status {
        Status::Compensated => ("Countermeasure", &answer.countermeasure),
        Status::NotApplicable => ("Justification", &answer.justification),
        _ => return None,
    };
    (!answer.lacks_text()).then(|| format!("{label}   {}", text.trim()))
}

/// The last that is parked, the last dissent and the last decision about something, without what is
/// still being written; older ones are in the log.
pub(super) fn decisions(mode: &Mode, stage: &Stage, about: WorkshopItem) -> Vec<(LogKind, String)> {
    let unfinished = mode.line.as_ref().and_then(super::line::Line::unfinished);
    let last = |kind: LogKind| {
        let entries = stage.workshop.log.iter().enumerate().rev();
        let mut of_it = entries.filter(|(place, it)| {
            let is_said = Some(*place) != unfinished && !it.text.trim().is_empty();
            let is_dealt_with = kind == LogKind::Parked && it.settled;
            it.kind == kind && it.about == Some(about) && is_said && !is_dealt_with
        });
        of_it.next().map(|(_, it)| it)
    };
    let dissent = last(LogKind::Dissent).map(|it| {
        let by = if it.by.is_empty() { String::new() } else { format!(" ({})", it.by) };
        (LogKind::Dissent, format!("Dissent{by}   {}", it.text.trim()))
    });
    let decided = last(LogKind::Decision).map(|it| (LogKind::Decision, format!("Decided   {}", it.text.trim())));
    let parked = last(LogKind::Parked).map(|it| (LogKind::Parked, format!("Parked   {}", it.text.trim())));
    // from below upwards
    parked.into_iter().chain(dissent).chain(decided).collect()
}

/// The answer in keys, and whether the technology could do it. Returns where it begins.
fn answers(
    ui: &Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    at: GapKey,
    (inks, sizes, room): (Inks, Sizes, Rect),
) -> f32 {
    let answer = ctx.project.answer(at.target, at.requirement).cloned().unwrap_or_default();
    let room_of = (mode.id, stage.workshop);
    let gap = 0.6 * sizes.gap();
    let words = |status: Status| match (status, answer.status) {
        (Status::Inherited(_), Status::Inherited(Some(source))) => format!("From {}", ctx.project.target_tag(source)),
        _ => status_word(status).to_owned(),
    };
    let names: Vec<String> = STATUSES.iter().map(|(_, it)| words(*it)).collect();
    let in_a_row = if room.width() / sizes.unit > 820.0 { 7 } else { 4 };
    let wide = room.width() - gap * (in_a_row as f32 - 1.0);
    let rows_of_widths: Vec<f32> = names
        .chunks(in_a_row)
        .flat_map(|row| {
            let all = if row.len() == in_a_row { wide } else { wide * row.len() as f32 / in_a_row as f32 };
            key_widths(ui, row, all, sizes)
        })
        .collect();
    let heights = names.iter().zip(&rows_of_widths).map(|(name, wide)| key_height(ui, &[name], *wide, sizes));
    let high = heights.fold(0.0, f32::max);
    let rows = STATUSES.len().div_ceil(in_a_row);
    let capable_high = flat_height(sizes);
    let top = room.bottom() - capable_high - gap - rows as f32 * (high + gap);
    let mut x = 0.0;
    for (place, (((number, status), name), wide)) in STATUSES.iter().zip(&names).zip(rows_of_widths).enumerate() {
        if place % in_a_row == 0 {
            x = 0.0;
        }
        let corner = vec2(x, (place / in_a_row) as f32 * (high + gap));
        x += wide + gap;
        let rect = Rect::from_min_size(pos2(room.left(), top) + corner, vec2(wide, high));
        let is_chosen = std::mem::discriminant(&answer.status) == std::mem::discriminant(status);
        if key(ui, inks, rect, &number.to_string(), name, is_chosen, sizes).clicked() {
            mode.answer(ctx, stage, at, *status, mode.room_seat());
        }
    }
    let y = room.bottom() - capable_high;
    let asked = text(ui, "Could the technology do it?", (Face::Regular, sizes.small()), inks.text(), room.width());
    let asked = put(ui, pos2(room.left(), y + 0.25 * sizes.small()), asked);
    let mut x = asked.right() + sizes.gap();
    for (letter, known, word) in [("Y", Known::Yes, "yes"), ("N", Known::No, "no"), ("U", Known::Unknown, "unknown")] {
        let response = flat(ui, inks, pos2(x, y), (letter, word), answer.capable == known, sizes);
        if response.clicked() {
            answer::set_capable(ctx, room_of, at, known);
        }
        x = response.rect.right() + 0.6 * sizes.gap();
    }
    top - 0.4 * sizes.gap()
}
