//! Targets by FR, with the level then and now in each cell.

use std::cmp::Ordering;

use egui::{Align2, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::SoFar;
use crate::analysis::compare::{Comparison, FrChange, Presence, TargetChange, ThenNow};
use crate::drawing::levels::{in_words, so_far_cell};
use crate::model::Fr;
use crate::text::Face;
use crate::ui::action::View;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font, strong};
use crate::ui::widgets::chip;

const ROW: f32 = 28.0;
const CELL: f32 = 58.0;
/// How many rows are shown before one asks for more.
const FIRST: usize = 40;

/// Which levels are shown, of which targets.
pub(super) struct Shown {
    level: Level,
    changed_only: bool,
    all: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { level: Level::Achieved, changed_only: true, all: false }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Achieved,
    Proven,
    Target,
}

impl Level {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Achieved, "Achieved"), (Self::Proven, "Proven"), (Self::Target, "Target")];

    fn of(self, change: &FrChange) -> ThenNow<SoFar> {
        match self {
            Self::Achieved => change.achieved,
            Self::Proven => change.proven,
            Self::Target => change.target,
        }
    }
}

pub(super) fn heat(ui: &mut Ui, ctx: &Context, shown: &mut Shown, comparison: &Comparison) {
    ui.horizontal_wrapped(|ui| {
        for (level, word) in Level::ALL {
            ui.selectable_value(&mut shown.level, level, word);
        }
        ui.checkbox(&mut shown.changed_only, "Only what changed");
        let told = "? not assessed   1+ at least 1, questions are open   ↑ ↓ known to be higher or lower";
        ui.label(RichText::new(told).small().weak());
    });
    let level = shown.level;
    let is_shown = |it: &&TargetChange| {
        let changed = Fr::ALL.into_iter().any(|fr| level.of(&it.levels[fr]).shows_change());
        !shown.changed_only || changed || it.presence() != Presence::Both || it.was_called.is_some()
    };
    let rows: Vec<_> = comparison.targets.iter().filter(is_shown).collect();
    if rows.is_empty() {
        ui.label(RichText::new("No level of any zone or conduit changed.").weak());
        return;
    }
    ScrollArea::horizontal().id_salt("heat").show(ui, |ui| {
        let name = (ui.available_width() - 7.0 * CELL).clamp(130.0, 330.0);
        header(ui, ctx, name);
        let count = if shown.all { rows.len() } else { rows.len().min(FIRST) };
        // of very many only the rows in sight are there; the others keep their room
        let high = ROW + ui.spacing().item_spacing.y;
        let (top, seen) = (ui.cursor().top(), ui.clip_rect());
        let place = |y: f32| (((y - top) / high).max(0.0) as usize).min(count);
        let in_sight = (place(seen.top()), (place(seen.bottom()) + 1).min(count));
        let (first, end) = if count > FIRST { in_sight } else { (0, count) };
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(first as f32 * high);
        for target in rows.get(first..end).unwrap_or_default() {
            row(ui, ctx, (target, level), name);
            ui.add_space(high - ROW);
        }
        ui.add_space((count - end) as f32 * high);
    });
    if rows.len() > FIRST && !shown.all && ui.button(format!("Show all {}", rows.len())).clicked() {
        shown.all = true;
    }
}

fn header(ui: &mut Ui, ctx: &Context, name: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(name + 7.0 * CELL, 20.0), Sense::hover());
    for fr in Fr::ALL {
        let center = pos2(rect.left() + name + (fr.index() as f32 + 0.5) * CELL, rect.center().y);
        let ink = color32(ctx.palette.text_weak);
        ui.painter().text(center, Align2::CENTER_CENTER, fr.code(), font(Face::SemiBold, 12.0), ink);
    }
}

fn row(ui: &mut Ui, ctx: &Context, (target, level): (&TargetChange, Level), name: f32) {
    let palette = ctx.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(name + 7.0 * CELL, ROW), Sense::click());
    let is_selected = target.target.now.is_some_and(|it| ctx.selection.contains(it));
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::Button,
            true,
            is_selected,
            format!("Levels of {}: {}", target.tag, told(target, level)),
        )
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    if is_selected || response.hovered() {
        let fill = if is_selected { palette.accent_soft } else { palette.window };
        ui.painter().rect_filled(rect, 4.0, color32(fill));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    let text = |x: f32, face: Face, text: &str, room: f32, ink| {
        let shown = face.shortened(text, 12.5, room);
        ui.painter().text(pos2(x, rect.center().y), Align2::LEFT_CENTER, shown, font(face, 12.5), color32(ink));
    };
    let left = rect.left() + 6.0;
    text(left, Face::SemiBold, &target.tag, name - 12.0, palette.text);
    let after = left + Face::SemiBold.width(&target.tag, 12.5) + 8.0;
    let room = rect.left() + name - after - 6.0;
    let (words, ink) = match (target.presence(), &target.was_called) {
        (Presence::Added, _) => ("new".to_owned(), palette.accent),
        (Presence::Removed, _) => ("gone".to_owned(), palette.warning),
        (Presence::Both, Some(was)) => (format!("was {was}"), palette.text_weak),
        (Presence::Both, None) => (target.name.clone(), palette.text_weak),
    };
    if room > 24.0 {
        text(after, Face::Regular, &words, room, ink);
    }
    for fr in Fr::ALL {
        let corner = pos2(rect.left() + name + fr.index() as f32 * CELL + 2.0, rect.top() + 3.0);
        cell(ui, ctx, level.of(&target.levels[fr]), egui::Rect::from_min_size(corner, vec2(CELL - 4.0, ROW - 6.0)));
    }
    let response = response.on_hover_text(format!("{} {}\n{}", target.tag, target.name, told(target, level)));
    if response.clicked()
        && let Some(now) = target.target.now
    {
        ctx.select(now);
    }
    if response.double_clicked()
        && let Some(now) = target.target.now
    {
        ctx.go_to(View::Requirements, now);
    }
}

/// The level then, and where it is another one an arrow and the level now; in its colour and marked
/// up where it is known to be higher, as a warning and marked down where it is known to be lower.
fn cell(ui: &Ui, ctx: &Context, change: ThenNow<SoFar>, rect: egui::Rect) {
    let palette = ctx.palette;
    let painter = ui.painter();
    let (then, now) = (change.then.figure(), change.now.figure());
    if then == now {
        let quiet = color32(palette.text_weak);
        painter.text(rect.center(), Align2::CENTER_CENTER, now, font(Face::Regular, 12.0), quiet);
        return;
    }
    let (mark, (fill, ink)) = match change.moved() {
        Some(Ordering::Greater) => (" ↑", so_far_cell(change.now, palette).1),
        Some(_) => (" ↓", (palette.warning_soft, palette.warning)),
        None => ("", (palette.sunken, palette.text)),
    };
    painter.rect_filled(rect, 4.0, color32(fill));
    let shown = format!("{then} → {now}{mark}");
    painter.text(rect.center(), Align2::CENTER_CENTER, shown, font(Face::SemiBold, 12.0), color32(ink));
}

/// What changed, FR by FR, in words.
fn told(target: &TargetChange, level: Level) -> String {
    let word = |level: SoFar| if level.level.is_none() { "none".to_owned() } else { in_words(&level.figure()) };
    let of = |fr: Fr| {
        let change = level.of(&target.levels[fr]);
        change.shows_change().then(|| format!("{} {} to {}", fr.code(), word(change.then), word(change.now)))
    };
    let changed: Vec<_> = Fr::ALL.into_iter().filter_map(of).collect();
    if changed.is_empty() { "unchanged".to_owned() } else { changed.join(", ") }
}

/// A heading with how many there are.
pub(super) fn counted_heading(ui: &mut Ui, ctx: &Context, text: &str, count: usize) {
    ui.horizontal(|ui| {
        ui.label(strong(text));
        chip(ui, &count.to_string(), (ctx.palette.sunken, ctx.palette.text));
    });
}
