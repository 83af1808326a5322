//! How pages are built: a heading, sections, cards, facts, and what stands where nothing is yet.

use egui::{Frame, Key, Margin, Modifiers, RichText, ScrollArea, Ui};

use super::button::primary_button;
use super::presses;
use crate::drawing::palette::Palette;
use crate::ui::theme::{color32, strong, title};

/// A page that scrolls, with its heading and one sentence on what it is for.
pub fn page(ui: &mut Ui, id: &str, heading: &str, what_for: &str, add_contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin { bottom: 32, ..page_margin(ui) }).show(ui, |ui| {
            ui.heading(heading);
            ui.label(RichText::new(what_for).weak());
            ui.add_space(10.0);
            add_contents(ui);
        });
        follow_focus(ui);
    });
}

/// Brings what Tab has just led to into sight. To be asked at the end of what scrolls.
pub fn follow_focus(ui: &Ui) {
    let is_led = is_led_by_tab(ui);
    let Some(id) = ui.memory(|memory| memory.focused().filter(|&id| !memory.had_focus_last_frame(id))) else { return };
    let Some(response) = ui.ctx().read_response(id).filter(|it| is_led && it.layer_id == ui.layer_id()) else {
        return;
    };
    let room = 24.0;
    let is_in_here = ui.min_rect().contains(response.rect.center());
    if is_in_here && !ui.clip_rect().shrink(room).contains_rect(response.rect) {
        ui.scroll_to_rect(response.rect.expand(room), None);
    }
}

/// Whether Tab was pressed in this pass or the one before, in which it comes there backwards.
fn is_led_by_tab(ui: &Ui) -> bool {
    let (tab, now) = (egui::Id::unique("tab was pressed"), ui.ctx().cumulative_pass_nr());
    if ui.input(|input| input.key_pressed(Key::Tab)) {
        ui.data_mut(|data| data.insert_temp(tab, now));
    }
    ui.data(|data| data.get_temp::<u64>(tab)).is_some_and(|then| now <= then + 1)
}

/// Whether an arrow may lead the keyboard elsewhere, to what lies in its direction.
fn is_led_by_arrow(ui: &Ui) -> bool {
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    ui.input(|input| arrows.iter().any(|arrow| input.key_pressed(*arrow)))
}

/// What a part of a page took when it was built last.
#[derive(Clone, Copy)]
struct Taken {
    width: f32,
    letters: f32,
    height: f32,
    has_keyboard: bool,
}

/// A part of a page that is built only where it can be seen, and elsewhere takes the room that it took last. It is
/// built all the same where it `must`, where the keyboard is in it or goes on by Tab or arrows, and for a screen reader.
pub fn where_seen(ui: &mut Ui, id: &str, must: bool, add_contents: impl FnOnce(&mut Ui)) {
    let key = ui.scope_id().with(("part of a page", id));
    let (width, letters) = (ui.available_width(), ui.text_style_height(&egui::TextStyle::Body));
    let top = ui.cursor().top();
    // a little more than is seen, so that what comes into sight by the wheel is there
    let seen = ui.clip_rect().expand2(egui::vec2(0.0, 160.0));
    let last = ui.data(|data| data.get_temp::<Taken>(key)).filter(|it| (it.width, it.letters) == (width, letters));
    if let Some(last) = last
        && !(must
            || last.has_keyboard
            || is_led_by_tab(ui)
            || is_led_by_arrow(ui)
            || ui.ctx().has_accesskit_node(egui::accesskit_root_id()))
        && (top > seen.bottom() || top + last.height < seen.top())
    {
        ui.allocate_space(egui::vec2(width, last.height));
        return;
    }
    let built = ui.vertical(add_contents).response.rect;
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    let has_keyboard =
        focused.is_some_and(|it| it.layer_id == ui.layer_id() && built.y_range().contains(it.rect.center().y));
    let taken = Taken { width, letters, height: built.height(), has_keyboard };
    ui.data_mut(|data| data.insert_temp(key, taken));
}

/// The room around a page; less of it where there is little.
pub fn page_margin(ui: &Ui) -> Margin {
    let side = if ui.available_width() < 480.0 { 12 } else { 28 };
    Margin { left: side, right: side.min(20), top: 20, bottom: 8 }
}

/// A part of a page under a title.
pub fn section(ui: &mut Ui, heading: &str, add_contents: impl FnOnce(&mut Ui)) {
    ui.add_space(14.0);
    ui.label(title(heading));
    ui.add_space(2.0);
    add_contents(ui);
}

/// A framed part of a page.
pub fn card<R>(ui: &mut Ui, palette: &Palette, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    chosen_card(ui, palette, false, add_contents)
}

/// A framed part of a page that may be the chosen one of several. Its text begins at
/// the left, in columns too, which would justify it.
pub fn chosen_card<R>(ui: &mut Ui, palette: &Palette, chosen: bool, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (width, color) = if chosen { (2.0, palette.accent) } else { (1.0, palette.line) };
    Frame::new()
        .fill(color32(palette.raised))
        .stroke(egui::Stroke::new(width, color32(color)))
        .corner_radius(8.0)
        .inner_margin(Margin::same(14))
        .show(ui, |ui| ui.vertical(add_contents).inner)
        .inner
}

/// A dialog over the window, with room around what it says. One is shown by its id.
pub fn dialog(ctx: &egui::Context, id: &str) -> egui::Modal {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(18)).corner_radius(8.0);
    egui::Modal::new(egui::Id::unique(id)).frame(frame).backdrop_color(egui::Color32::from_black_alpha(90))
}

/// Whether a dialog is left. What was typed into it is not lost to a click beside it.
pub fn is_left<T>(modal: &egui::ModalResponse<T>, is_typed: bool) -> bool {
    modal.should_close() && !(is_typed && modal.backdrop_response.clicked())
}

/// A width that a dialog would like, as far as the window has it.
pub fn dialog_width(ui: &Ui, wanted: f32) -> f32 {
    wanted.min(ui.ctx().content_rect().width() - 60.0)
}

/// A height that the part of a dialog that scrolls would like, as far as the window has it.
pub fn dialog_height(ui: &Ui, wanted: f32) -> f32 {
    wanted.min(ui.ctx().content_rect().height() - 190.0).max(60.0)
}

/// What scrolls in a dialog, a menu or a panel over the canvas: as high as what it holds, up to this
/// height. These remember how high they were, which must not bind what is shown in them next.
pub fn scrolls_from(height: f32) -> ScrollArea {
    ScrollArea::vertical().max_height(height).min_scrolled_height(height)
}

/// Lets arrows, Page up and down, Home and End scroll. To be asked within what scrolls.
pub fn scroll_by_keys(ui: &Ui) {
    let times = |key| presses(ui, Modifiers::NONE, key) as f32;
    let line = 3.0 * ui.text_style_height(&egui::TextStyle::Body);
    let all = ui.min_rect().height() + ui.clip_rect().height();
    let steps = [
        (Key::ArrowUp, line),
        (Key::ArrowDown, -line),
        (Key::PageUp, ui.clip_rect().height() - line),
        (Key::PageDown, line - ui.clip_rect().height()),
        (Key::Home, all),
        (Key::End, -all),
    ];
    let by: f32 = steps.into_iter().map(|(key, by)| times(key) * by).sum();
    if by != 0.0 {
        ui.scroll_with_delta(egui::vec2(0.0, by));
    }
}

/// A part of a line of this width, its contents at the left.
pub fn cell<R>(ui: &mut Ui, width: f32, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(width, ui.spacing().interact_size.y);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        add_contents(ui)
    })
    .inner
}

/// What stands where nothing is yet: the next step, and a button that takes it.
/// Returns whether the button was pressed.
pub fn empty_state(ui: &mut Ui, palette: &Palette, heading: &str, next: &str, button: &str) -> bool {
    let mut pressed = false;
    ui.add_space(ui.available_height() * 0.25);
    ui.vertical_centered(|ui| {
        ui.label(title(heading));
        ui.label(RichText::new(next).weak());
        ui.add_space(8.0);
        pressed = primary_button(ui, palette, button).clicked();
    });
    pressed
}

/// A label with what it stands for, on one line.
pub fn fact(ui: &mut Ui, label: &str, value: impl Into<String>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(label).weak());
        ui.label(strong(value));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Context, Event, Modifiers, RawInput, Rect, pos2, vec2};

    /// Twenty parts of 100 points with a button each; tells which are built in a frame, and how high all are.
    fn frame(ctx: &Context, must: Option<usize>, events: Vec<Event>) -> (Vec<usize>, f32) {
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 300.0)));
        let (mut built, mut height) = (Vec::new(), 0.0);
        let input = RawInput { screen_rect, events, ..RawInput::default() };
        let output = ctx.run_ui(input, |ui| {
            built.clear();
            let shown = ScrollArea::vertical().show(ui, |ui| {
                for part in 0..20 {
                    where_seen(ui, &part.to_string(), must == Some(part), |ui| {
                        built.push(part);
                        let _ = ui.button(part.to_string());
                        ui.set_min_height(100.0);
                    });
                }
            });
            height = shown.content_size.y;
        });
        output.drop_without_applying_deltas();
        (built, height)
    }

    #[test]
    fn a_part_of_a_page_is_built_where_it_is_seen_or_the_keyboard_may_come_to_it() {
        let ctx = Context::default();
        let (all, high) = frame(&ctx, None, Vec::new());
        assert_eq!(all.len(), 20, "once, to know how high they are");
        let (seen, as_high) = frame(&ctx, None, Vec::new());
        assert!(seen.first() == Some(&0) && seen.len() < 8, "{seen:?}");
        assert_eq!(high, as_high, "what is not built takes its room");
        assert!(frame(&ctx, Some(15), Vec::new()).0.contains(&15));
        let press =
            |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        assert_eq!(frame(&ctx, None, vec![press(Key::Tab)]).0.len(), 20);
        assert_eq!(frame(&ctx, None, vec![press(Key::ArrowDown)]).0.len(), 20);
        for _ in 0..3 {
            frame(&ctx, None, Vec::new());
        }
        assert!(frame(&ctx, None, vec![press(Key::A)]).0.len() < 8, "letters lead nowhere");
    }
}
