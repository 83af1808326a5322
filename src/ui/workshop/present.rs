//! Who is in the room: asked once before the first question, with all who were invited ready to be
//! named by a figure.

use egui::{Key, Rect, Ui, pos2, vec2};

use super::inks::Inks;
use super::parts::{flat, flat_height, flat_width, put, text};
use super::sizes::Sizes;
use super::{Mode, Stage};
use crate::model::Workshop;
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::views::{attendee_name, workshop_edit};

/// The keys of those who were invited; A is all of them. Who comes after them is named with a click.
const KEYS: [(&str, Key); 24] = [
    ("1", Key::Num1),
    ("2", Key::Num2),
    ("3", Key::Num3),
    ("4", Key::Num4),
    ("5", Key::Num5),
    ("6", Key::Num6),
    ("7", Key::Num7),
    ("8", Key::Num8),
    ("9", Key::Num9),
    ("B", Key::B),
    ("C", Key::C),
    ("D", Key::D),
    ("E", Key::E),
    ("F", Key::F),
    ("G", Key::G),
    ("H", Key::H),
    ("J", Key::J),
    ("K", Key::K),
    ("M", Key::M),
    ("N", Key::N),
    ("P", Key::P),
    ("Q", Key::Q),
    ("R", Key::R),
    ("S", Key::S),
];

/// Whether a workshop begins with this question: nothing has happened in it, and nobody is noted.
pub(super) fn is_to_be_asked(workshop: &Workshop) -> bool {
    let is_fresh = workshop.taken.is_empty() && workshop.log.is_empty() && !workshop.closed;
    is_fresh && !workshop.attendance.is_empty() && workshop.attendance.iter().all(|it| !it.present)
}

/// One key of those that are shown; what is no key of anybody goes on to the first question.
pub(super) fn stroke(ctx: &Context, mode: &mut Mode, stage: &Stage, key: Key) -> bool {
    let place = KEYS.iter().position(|it| it.1 == key);
    match (place, key) {
        (Some(place), _) if mode.asks_who.is_some_and(|shown| place < shown) => turn(ctx, mode, stage, place),
        // somebody whom the room does not see
        (Some(_), _) => (),
        (None, Key::A) => all(ctx, mode, stage),
        // L shows the scribe's list, Tab goes along the buttons
        (None, Key::Tab | Key::L) => return false,
        _ => go_on(mode),
    }
    true
}

fn turn(ctx: &Context, mode: &Mode, stage: &Stage, place: usize) {
    if place < stage.workshop.attendance.len() {
        ctx.edit(workshop_edit(mode.id, stage.workshop, |it| {
            if let Some(attendee) = it.attendance.get_mut(place) {
                attendee.present = !attendee.present;
            }
        }));
    }
}

/// All of them, or nobody where all are noted already.
fn all(ctx: &Context, mode: &Mode, stage: &Stage) {
    let present = !stage.workshop.attendance.iter().all(|it| it.present);
    ctx.edit(workshop_edit(mode.id, stage.workshop, |it| {
        it.attendance.iter_mut().for_each(|it| it.present = present);
    }));
}

fn go_on(mode: &mut Mode) {
    mode.asks_who = None;
    mode.clock.arrive();
}

/// Shows it.
pub(super) fn show(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, (inks, sizes, room): (Inks, Sizes, Rect)) {
    let title = text(ui, "Who is in the room?", (Face::SemiBold, 1.3 * sizes.name()), inks.text(), room.width());
    let y = put(ui, room.min, title).bottom();
    let words = "Answers are noted in the name of those who are here.";
    let words = text(ui, words, (Face::Regular, sizes.small()), inks.text(), room.width());
    let at = pos2(room.left(), put(ui, pos2(room.left(), y), words).bottom() + 2.0 * sizes.gap());
    let bottom = room.bottom() - flat_height(sizes);
    let gap = 0.8 * sizes.gap();
    let attendance = &stage.workshop.attendance;
    let step = flat_height(sizes) + gap;
    // one below the other, or in columns where they are many
    let rows = ((bottom - gap - at.y) / step).floor().max(1.0) as usize;
    let columns = attendance.len().div_ceil(rows).clamp(1, 2);
    let wide = room.width() / columns as f32 - gap;
    let shown = (rows * columns).min(KEYS.len());
    mode.asks_who = Some(shown);
    let left_out = attendance.len().saturating_sub(shown);
    for (place, (attendee, (letter, _))) in attendance.iter().zip(KEYS).enumerate().take(shown) {
        let here = if attendee.present { "   here" } else { "" };
        let most = wide - flat_width(ui, (letter, "   here"), sizes);
        let name = Face::SemiBold.shortened(attendee_name(attendee), sizes.small(), most);
        let corner = vec2((place / rows) as f32 * (wide + gap), (place % rows) as f32 * step);
        let words = format!("{name}{here}");
        if flat(ui, inks, at + corner, (letter, &words), attendee.present, sizes).clicked() {
            turn(ctx, mode, stage, place);
        }
    }
    if left_out > 0 {
        let words = format!("and {left_out} more: L shows them");
        let words = text(ui, &words, (Face::Regular, sizes.small()), inks.text(), room.width());
        put(ui, pos2(room.left(), bottom - gap - words.size().y), words);
    }
    let mut x = room.left();
    for (figure, words) in [("A", "all of them"), ("Enter", "go on")] {
        let response = flat(ui, inks, pos2(x, bottom), (figure, words), false, sizes);
        x = response.rect.right() + gap;
        if response.clicked() && figure == "A" {
            all(ctx, mode, stage);
        } else if response.clicked() {
            go_on(mode);
        }
    }
}
