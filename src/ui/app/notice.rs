//! What the user should know, over the lower edge of the window, with what can be done about it.

use std::path::PathBuf;

use egui::{Frame, Id, RichText, Ui};

use super::App;
use crate::ui::action::Action;
use crate::ui::{theme, widgets};

/// How long it is told what went well, in seconds.
const TOLD: f64 = 8.0;
/// How long what was written can be opened from here, in seconds.
const OPENED_FROM: f64 = 30.0;
/// As long as that for so many letters; what is longer takes longer to be read.
const LETTERS: f64 = 120.0;

/// Something the user should know.
pub(super) struct Notice {
    text: String,
    is_error: bool,
    /// A file that was written.
    file: Option<PathBuf>,
    /// Since when it is shown and not being read; `None` until it is shown first.
    since: Option<f64>,
}

impl Notice {
    /// Something that went well; it goes by itself.
    pub fn good(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: false, file: None, since: None }
    }

    /// Whether it tells of something that did not work.
    pub const fn is_error(&self) -> bool {
        self.is_error
    }

    /// Something that was written, to be opened from here.
    pub fn written(text: impl Into<String>, file: PathBuf) -> Self {
        Self { file: Some(file), ..Self::good(text) }
    }

    /// Something that did not work.
    pub fn error(text: impl Into<String>) -> Self {
        Self { is_error: true, ..Self::good(text) }
    }

    /// How long it is told; what did not work or is a list stays until it is put away.
    fn lasts(&self) -> Option<f64> {
        let is_read = TOLD * (self.text.chars().count() as f64 / LETTERS).max(1.0);
        match &self.file {
            _ if self.is_error || self.is_long() => None,
            Some(_) => Some(is_read.max(OPENED_FROM)),
            None => Some(is_read),
        }
    }

    fn is_long(&self) -> bool {
        self.text.lines().count() > 2
    }
}

impl App {
    pub(super) fn show_notice(&mut self, ui: &Ui) {
        let Some(notice) = &mut self.notice else { return };
        let palette = theme::palette(ui.ctx());
        let (fill, ink) =
            if notice.is_error { (palette.error_soft, palette.error) } else { (palette.good_soft, palette.good) };
        let area = egui::Area::new(Id::unique("notice"))
            .anchor(egui::Align2::CENTER_BOTTOM, [0.0, -48.0])
            .order(egui::Order::Foreground)
            .show(ui.ctx(), |ui| {
                let frame = Frame::popup(ui.style())
                    .fill(theme::color32(fill))
                    .stroke(egui::Stroke::new(1.0, theme::color32(ink)));
                frame.show(ui, |ui| {
                    ui.set_max_width(widgets::dialog_width(ui, 720.0));
                    // what went well does not cover the work
                    let most = if notice.is_error { 260.0 } else { 96.0 };
                    widgets::scrolls_from(widgets::dialog_height(ui, most)).show(ui, |ui| {
                        ui.label(RichText::new(&notice.text).color(theme::color32(palette.text)));
                    });
                    ui.horizontal_wrapped(|ui| {
                        if let Some(file) = &notice.file {
                            ui.label(RichText::new(file.display().to_string()).small().weak());
                            if ui.button("Open").clicked() {
                                self.actions.send(Action::Reveal(file.clone()));
                            }
                            if let Some(folder) = file.parent()
                                && ui.button("Show in folder").clicked()
                            {
                                self.actions.send(Action::Reveal(folder.to_owned()));
                            }
                        }
                        if ui.button("Dismiss").clicked() {
                            self.actions.send(Action::Dismiss);
                        }
                        if notice.is_long()
                            && ui.button("Copy all").on_hover_text("Into the clipboard, as text").clicked()
                        {
                            ui.ctx().copy_text(notice.text.clone());
                        }
                    });
                });
            });
        let Some(lasts) = notice.lasts() else { return };
        let now = ui.input(|input| input.time);
        let is_read = area.response.contains_pointer()
            || ui.ctx().rect_contains_pointer(area.response.layer_id, area.response.rect);
        let since = if is_read { now } else { notice.since.unwrap_or(now) };
        notice.since = Some(since);
        let left = since + lasts - now;
        if left <= 0.0 {
            self.notice = None;
            ui.ctx().request_repaint();
        } else {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_well_goes_by_itself_and_what_did_not_work_or_is_a_list_stays() {
        assert_eq!(Notice::good("Imported: 3 new").lasts(), Some(TOLD));
        assert!(Notice::good("word ".repeat(60)).lasts() > Some(2.0 * TOLD), "long sentences take longer");
        assert_eq!(Notice::good("one\ntwo\nthree").lasts(), None);
        assert_eq!(Notice::error("Not imported").lasts(), None);
        assert_eq!(Notice::written("Exported", "report.pdf".into()).lasts(), Some(OPENED_FROM));
    }
}
