//! The headline of a comparison: how many gaps there were, what became of them, and how many there are.

use egui::{Align2, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::known::{Figures, Known};
use crate::analysis::compare::{Fate, Moves, ThenNow};
use crate::drawing::palette::{Color, Palette};
use crate::text::Face;
use crate::ui::theme::{color32, font};
use crate::ui::widgets::{card, chip};

/// What a fate is shown in, wherever it is shown.
pub(super) fn fate_colors(palette: &Palette, fate: Fate) -> (Color, Color) {
    match fate {
        Fate::Closed => (palette.good_soft, palette.good),
        Fate::FellAway => (palette.hint_soft, palette.hint),
        Fate::Open => (palette.warning_soft, palette.warning),
        Fate::New => (palette.error_soft, palette.error),
    }
}

/// Shows it.
pub(super) fn headline(ui: &mut Ui, palette: &Palette, known: &Known) {
    let figures = &known.figures;
    ui.add_space(10.0);
    cards(ui, palette, known);
    ui.add_space(8.0);
    bars(ui, palette, figures);
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        for (what, moves) in figures.moves {
            moved(ui, palette, what, moves);
        }
        let ThenNow { then, now } = known.comparison.answered;
        let open = format!("Open questions {} → {}", then.open(), now.open());
        chip(ui, &open, (palette.sunken, palette.text));
    });
}

/// A card for each figure, as many beside each other as have room.
fn cards(ui: &mut Ui, palette: &Palette, known: &Known) {
    let answered = known.comparison.answered;
    let (answered_then, answered_now) = (answered.then.words(), answered.now.words());
    let known = &known.figures;
    let of = |fate| match known.count(fate) {
        0 => (0, palette.text_weak),
        count => (count, fate_colors(palette, fate).1),
    };
    let count = |fate| known.count(fate);
    let now = count(Fate::Open) + count(Fate::New);
    let then = count(Fate::Closed) + count(Fate::FellAway) + count(Fate::Open);
    let plain = |count| (count, palette.text);
    let proven = format!("{} with evidence", known.proven);
    let figures: [((usize, Color), &str, &str); 6] = [
        (plain(then), "gaps then", &answered_then),
        (of(Fate::Closed), "closed", &proven),
        (of(Fate::FellAway), "fell away", "not met"),
        (of(Fate::Open), "still open", ""),
        (of(Fate::New), "new", ""),
        (plain(now), "gaps now", &answered_now),
    ];
    let (room, gap) = (ui.available_width(), 8.0);
    let least = 132.0 * palette.type_size;
    let columns = [6, 3, 2].into_iter().find(|&it| room / it as f32 >= least).unwrap_or(1);
    // what is left of a column inside the card's margins and edge
    let width = ((room + gap) / columns as f32 - gap - 30.0).max(1.0);
    ui.spacing_mut().item_spacing = vec2(gap, gap);
    for row in figures.chunks(columns) {
        ui.horizontal(|ui| {
            for ((number, ink), label, more) in row {
                card(ui, palette, |ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 2.0;
                    ui.label(RichText::new(number.to_string()).font(font(Face::SemiBold, 24.0)).color(color32(*ink)));
                    ui.label(*label);
                    let more = RichText::new(if more.is_empty() { " " } else { more }).small().weak();
                    ui.add(egui::Label::new(more).truncate());
                });
            }
        });
    }
}

/// Two bars on one scale: the gaps then and the gaps now. What is still open stands below itself.
fn bars(ui: &mut Ui, palette: &Palette, known: &Figures) {
    let count = |fate| known.count(fate);
    let gone = count(Fate::Closed) + count(Fate::FellAway);
    let all = gone + count(Fate::Open) + count(Fate::New);
    if all == 0 {
        return;
    }
    let scale = palette.type_size;
    let (names, height) = (44.0 * scale, 22.0 * scale);
    let size = vec2(ui.available_width().min(980.0 * scale), 2.0 * height + 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let told = format!(
        "Gaps then: {} closed, {} fell away, {} still open. Gaps now: {} still open, {} new",
        count(Fate::Closed),
        count(Fate::FellAway),
        count(Fate::Open),
        count(Fate::Open),
        count(Fate::New),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, told.as_str()));
    let unit = (rect.width() - names) / all as f32;
    let then = [Fate::Closed, Fate::FellAway, Fate::Open];
    let now = [Fate::Open, Fate::New];
    for (row, (name, before, fates)) in
        [("Then", 0, then.as_slice()), ("Now", gone, now.as_slice())].into_iter().enumerate()
    {
        let top = rect.top() + row as f32 * (height + 4.0);
        let middle = top + height / 2.0;
        let at = pos2(rect.left(), middle);
        let weak = color32(palette.text_weak);
        ui.painter().text(at, Align2::LEFT_CENTER, name, font(Face::Regular, 12.0 * scale), weak);
        let mut left = rect.left() + names + before as f32 * unit;
        for &fate in fates {
            let width = count(fate) as f32 * unit;
            let (fill, ink) = fate_colors(palette, fate);
            let part = egui::Rect::from_min_size(pos2(left, top), vec2((width - 2.0).max(0.0), height));
            left += width;
            if part.width() < 1.0 {
                continue;
            }
            ui.painter().rect_filled(part, 3.0, color32(fill));
            let edge = egui::Stroke::new(1.0, color32(ink));
            ui.painter().rect_stroke(part, 3.0, edge, egui::StrokeKind::Inside);
            let words = format!("{} {}", count(fate), fate.word());
            let fits = [words, count(fate).to_string()]
                .into_iter()
                .find(|it| Face::SemiBold.width(it, 11.5 * scale) + 8.0 <= part.width());
            if let Some(words) = fits {
                let font = font(Face::SemiBold, 11.5 * scale);
                ui.painter().text(part.center(), Align2::CENTER_CENTER, words, font, color32(ink));
            }
        }
    }
}

/// How many levels went up and down.
fn moved(ui: &mut Ui, palette: &Palette, what: &str, Moves { up, down, unknown }: Moves) {
    let colors = match (up, down) {
        (0, 0) => (palette.sunken, palette.text),
        (_, 0) => (palette.good_soft, palette.good),
        _ => (palette.warning_soft, palette.warning),
    };
    let words = match unknown {
        0 => format!("{what} {up} up, {down} down"),
        _ => format!("{what} {up} up, {down} down, {unknown} not known"),
    };
    chip(ui, &words, colors)
        .on_hover_text("Levels of zones and conduits, FR by FR; not known where not all was answered then, or is now");
}
