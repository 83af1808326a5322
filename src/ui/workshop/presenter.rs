//! What the room sees.

use egui::{Pos2, Rect, Ui, UiBuilder, pos2, vec2};

use super::inks::Inks;
use super::parts::{banner, put, text};
use super::sizes::Sizes;
use super::{Mode, Stage, clock, keys, present, question, scenario};
use crate::model::WorkshopItem;
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::views::duration_words;

/// Shows it in the room there is: a window of its own, or what the scribe's part leaves.
pub(super) fn presenter(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let rect = ui.max_rect();
    let inks = Inks::of(ctx.palette);
    if mode.is_blank {
        ui.painter().rect_filled(rect, 0.0, egui::Color32::BLACK);
        let response = ui.interact(rect, ui.scope_id().with("blank"), egui::Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "The screen is blank; go on"));
        if response.clicked() {
            mode.is_blank = false;
        }
        ui.advance_cursor_after_rect(rect);
        return;
    }
    // what little the scribe's line takes does not make the type smaller
    let window = ui.ctx().content_rect().size();
    let sizes = Sizes::of(if rect.width() > 0.9 * window.x { window } else { rect.size() });
    ui.painter().rect_filled(rect, 0.0, color32(inks.ground()));
    let inside = rect.shrink2(vec2(26.0, 16.0) * sizes.unit);
    // what stands in it has no say in how large it is
    let mut room = ui.new_child(UiBuilder::new().max_rect(inside).id_salt("presenter"));
    if mode.shows_keys {
        show_keys(&room, inks, sizes, inside, stage);
        if ui.interact(rect, ui.scope_id().with("keys"), egui::Sense::click()).clicked() {
            mode.shows_keys = false;
        }
    } else if mode.asks_who.is_some() {
        present::show(&room, ctx, mode, stage, (inks, sizes, inside));
    } else {
        let top = header(&room, mode, stage, inks, sizes, inside);
        let middle = inside.with_min_y(top);
        match stage.place {
            WorkshopItem::Question(key) => question::show(&mut room, ctx, mode, stage, key, (inks, sizes, middle)),
            WorkshopItem::Risk(id) => scenario::show(&mut room, ctx, mode, stage, id, (inks, sizes, middle)),
        }
    }
    if let Some(said) = &mode.said {
        // over the progress and the clocks, where nothing is chosen
        let colors = if said.is_refusal { inks.warning() } else { inks.key(false) };
        banner(&room, inside.min, inside.width(), &said.words, colors, sizes);
    }
    ui.advance_cursor_after_rect(rect);
}

/// Progress and clocks, and a bar of how far it is. Returns where it ends.
fn header(ui: &Ui, mode: &Mode, stage: &Stage, inks: Inks, sizes: Sizes, inside: Rect) -> f32 {
    let small = (Face::SemiBold, sizes.small());
    let at = stage.course.position(stage.place).unwrap_or_default();
    let (all, to_come) = (stage.course.len(), stage.course.to_go());
    let (session, here) = mode.clock.whole_seconds();
    let to_go = match to_come {
        _ if stage.workshop.closed => String::new(),
        0 => match stage.course.left_open() {
            0 => "   all gone through".to_owned(),
            open => format!("   all gone through, {open} still open"),
        },
        left => format!("   {left} to go, {}", duration_words(stage.course.seconds_to_go(stage.workshop, session))),
    };
    let progress = text(ui, &format!("{} of {all}{to_go}", at + 1), small, inks.text(), inside.width());
    let limit = stage.workshop.agenda.seconds_each;
    let is_over = limit.is_some_and(|limit| here >= limit);
    let of = limit.map(|it| format!(" of {}", clock::words(it))).unwrap_or_default();
    let said = match (mode.clock.is_running, is_over) {
        _ if stage.workshop.closed => format!("It is over   in all {}", clock::words(session)),
        (false, _) => format!("Clock stopped   here {}{of}   in all {}", clock::words(here), clock::words(session)),
        (true, true) => format!("Time is up   here {}{of}   in all {}", clock::words(here), clock::words(session)),
        (true, false) => format!("Here {}{of}   in all {}", clock::words(here), clock::words(session)),
    };
    let (fill, ink) = if is_over || !mode.clock.is_running || stage.workshop.closed {
        inks.warning()
    } else {
        (inks.ground(), inks.text())
    };
    let said = text(ui, &said, small, ink, inside.width());
    let high = progress.size().y.max(said.size().y);
    let left = inside.min;
    let right = pos2(inside.right() - said.size().x, inside.top());
    ui.painter().rect_filled(
        Rect::from_min_size(right, said.size()).expand2(vec2(8.0, 3.0) * sizes.unit),
        4.0 * sizes.unit,
        color32(fill),
    );
    // in a narrow window the clock stands below
    let is_narrow = progress.size().x + said.size().x + 20.0 * sizes.unit > inside.width();
    put(ui, left, progress);
    let right = if is_narrow { pos2(right.x, right.y + high) } else { right };
    put(ui, right, said);
    let y = inside.top() + if is_narrow { 2.0 * high } else { high } + 4.0 * sizes.unit;
    let bar = Rect::from_min_size(pos2(inside.left(), y), vec2(inside.width(), 8.0 * sizes.unit));
    ui.painter().rect_filled(bar, 4.0 * sizes.unit, color32(inks.palette.sunken));
    let share = (all - to_come) as f32 / all.max(1) as f32;
    let filled = Rect::from_min_size(bar.min, vec2(bar.width() * share, bar.height()));
    ui.painter().rect_filled(filled, 4.0 * sizes.unit, color32(inks.palette.accent));
    let mark = bar.left() + bar.width() * (at as f32 + 0.5) / all.max(1) as f32;
    let mark = Rect::from_center_size(pos2(mark, bar.center().y), vec2(5.0, 16.0) * sizes.unit);
    ui.painter().rect_filled(mark, 2.0 * sizes.unit, color32(inks.text()));
    bar.bottom() + sizes.gap()
}

/// All keys of the mode.
fn show_keys(ui: &Ui, inks: Inks, sizes: Sizes, inside: Rect, stage: &Stage) {
    let title = text(ui, "Keys", (Face::SemiBold, sizes.name()), inks.text(), inside.width());
    let mut y = put(ui, inside.min, title).bottom() + sizes.gap();
    let all: &[(&str, &str)] = match stage.place {
        WorkshopItem::Question(_) => &keys::KEYS,
        WorkshopItem::Risk(_) => &keys::KEYS_OF_RISK,
    };
    let first = inside.width() * 0.2;
    for (key, what) in all {
        let key = text(ui, key, (Face::SemiBold, sizes.body()), inks.text(), first);
        let what = text(ui, what, (Face::Regular, sizes.body()), inks.text(), inside.width() - first - sizes.gap());
        let high = key.size().y.max(what.size().y);
        put(ui, pos2(inside.left(), y), key);
        put(ui, Pos2::new(inside.left() + first + sizes.gap(), y), what);
        y += high + 0.6 * sizes.gap();
    }
    let close = text(ui, "Any key goes on.", (Face::Regular, sizes.small()), inks.text(), inside.width());
    put(ui, pos2(inside.left(), y + sizes.gap()), close);
}
