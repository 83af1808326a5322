//! What was not understood, below the drawing. A click on what has a name selects it.

use egui::{RichText, ScrollArea, Ui};

use super::StagingScreen;
use crate::exchange::drawings::staging::{At, Report};
use crate::ui::theme::strong;

impl StagingScreen {
    /// Shows them.
    pub(super) fn remarks(&mut self, ui: &mut Ui, report: &Report) {
        let heading = match report.remarks.len() {
            0 => "Everything was understood".to_owned(),
            1 => "1 thing to look at".to_owned(),
            count => format!("{count} things to look at"),
        };
        ui.label(strong(heading));
        let row = 20.0;
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = row;
        ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, row, report.remarks.len(), |ui, range| {
            for remark in report.remarks.get(range).unwrap_or_default() {
                ui.horizontal(|ui| {
                    let meant = named_in(&remark.place);
                    let place = RichText::new(&remark.place).weak();
                    if let Some(name) = meant {
                        if ui.add(egui::Link::new(place)).on_hover_text("Select it").clicked() {
                            self.select_named(&remark.place, name);
                        }
                    } else {
                        ui.label(place);
                    }
                    ui.add(egui::Label::new(&remark.what).truncate());
                });
            }
        });
    }

    /// Selects what has a name on the page of a place.
    fn select_named(&mut self, place: &str, name: &str) {
        let is_it = |at: &At| {
            self.staging.understood(*at).is_some_and(|it| it.name == name)
                && place.starts_with(&self.staging.page_name(at.page))
        };
        let found: Vec<At> = self.staging.shapes().filter(is_it).collect();
        self.selected.clear();
        for at in found {
            self.select(at, true);
        }
    }
}

/// The name in a place such as `Page "Plant", "PLC-1"`.
fn named_in(place: &str) -> Option<&str> {
    place.strip_prefix("Page ")?.rsplit_once(", \"")?.1.strip_suffix('"').filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_with_a_name_say_it() {
        assert_eq!(named_in("Page \"Plant\", \"PLC-1\""), Some("PLC-1"));
        assert_eq!(named_in("Page 2, \"Historian, old\""), Some("Historian, old"));
        for place in ["Page \"Plant\"", "Assets", "Page \"Plant\", \"\""] {
            assert_eq!(named_in(place), None);
        }
    }
}
