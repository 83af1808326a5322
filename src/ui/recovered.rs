//! Asks what to do with unsaved work that a window left behind.

use std::path::Path;

use egui::{Context as EguiContext, RichText, Ui};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::action::{Action, Actions, FileAction};
use super::{theme, widgets};
use crate::model::Project;
use crate::store::{self, FileNow, Left};
use crate::task::{Poll, Task};

/// What is offered, and what was looked at of it.
#[derive(Default)]
pub struct Offer {
    entries: Vec<Entry>,
}

/// One copy.
struct Entry {
    left: Left,
    /// What became of its file, when it was last looked at.
    file: FileNow,
    differs: Differs,
    /// Asked whether to delete it for good.
    is_going: bool,
}

/// What differs from the file.
#[derive(Default)]
enum Differs {
    #[default]
    Hidden,
    Counting(Task<Result<Vec<String>, String>>),
    Shown(Result<Vec<String>, String>),
}

/// What was decided about all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Nothing yet.
    Not,
    /// It is kept, and offered again.
    Later,
}

impl Offer {
    /// Offers these too.
    pub fn add(&mut self, left: Vec<Left>) {
        self.entries.extend(left.into_iter().map(|left| Entry {
            file: left.about.file_now(),
            left,
            differs: Differs::Hidden,
            is_going: false,
        }));
    }

    /// Takes one out, to open it.
    pub fn take(&mut self, copy: &Path) -> Option<Left> {
        let place = self.entries.iter().position(|it| it.left.copy() == copy)?;
        Some(self.entries.remove(place).left)
    }

    /// How many are offered.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is offered any more.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Shows the question, with times of day by a clock: the day that it is, and where it stands.
    pub fn show(&mut self, ctx: &EguiContext, clock: &(Date, TimeZone), actions: &Actions) -> Decided {
        if self.is_empty() {
            return Decided::Later;
        }
        let mut later = false;
        let modal = widgets::dialog(ctx, "recovered work").show(ctx, |ui| {
            ui.set_width(widgets::dialog_width(ui, 640.0));
            ui.label(theme::title("Recovered work"));
            ui.label(RichText::new("The program ended before this was saved. It left every file as it was.").weak());
            ui.add_space(8.0);
            widgets::scrolls_from(widgets::dialog_height(ui, 440.0)).show(ui, |ui| {
                for entry in &mut self.entries {
                    entry.show(ui, clock, actions);
                    ui.add_space(6.0);
                }
                widgets::scroll_by_keys(ui);
            });
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                later = ui.button("Later").clicked();
                ui.label(
                    RichText::new("It is kept, and offered again at the next start and by Ctrl+K.").small().weak(),
                );
            });
        });
        // the copy goes with its entry: nobody else is to be offered it in between
        self.entries.retain(|it| it.left.copy().exists());
        if later || modal.should_close() || self.is_empty() { Decided::Later } else { Decided::Not }
    }
}

impl Entry {
    fn show(&mut self, ui: &mut Ui, clock: &(Date, TimeZone), actions: &Actions) {
        let palette = theme::palette(ui.ctx());
        let heading = self.heading(clock);
        widgets::card(ui, palette, |ui| {
            ui.set_width(ui.available_width());
            ui.label(theme::strong(&heading));
            if let Some(folder) = self.left.about.file.as_deref().and_then(Path::parent) {
                ui.label(RichText::new(folder.display().to_string()).small().weak());
            }
            if let Some(remark) = self.remark() {
                ui.colored_label(theme::color32(palette.warning), remark);
            }
            ui.add_space(4.0);
            self.buttons(ui, &heading, actions);
            self.show_differences(ui);
        });
    }

    /// "Recovered work of 14:02 on plant.zonewright".
    fn heading(&self, (today, zone): &(Date, TimeZone)) -> String {
        let at = jiff::Timestamp::try_from(self.left.at).unwrap_or_default().to_zoned(zone.clone());
        let time = at.strftime("%H:%M");
        let at = if at.date() == *today { time.to_string() } else { format!("{} {time}", at.date()) };
        let about = &self.left.about;
        let what = match about.file.as_deref().and_then(Path::file_name) {
            Some(name) => name.to_string_lossy().into_owned(),
            None if about.title.is_empty() => "a project that was never saved".to_owned(),
            None => format!("{}, never saved", about.title),
        };
        format!("Recovered work of {at} on {what}")
    }

    fn remark(&self) -> Option<&'static str> {
        match self.file {
            FileNow::Never | FileNow::Same => None,
            FileNow::Changed => Some(
                "The file has been changed since. Look at what differs; saving the recovered work asks before it replaces the file.",
            ),
            FileNow::Gone => Some("The file is not there any more. Saving the recovered work writes it anew."),
        }
    }

    fn buttons(&mut self, ui: &mut Ui, heading: &str, actions: &Actions) {
        let palette = theme::palette(ui.ctx());
        ui.horizontal_wrapped(|ui| {
            if self.is_going {
                ui.label("Delete this copy for good?");
                if ui.button("Delete it").clicked() {
                    self.left.discard();
                }
                if ui.button("Keep it").clicked() {
                    self.is_going = false;
                }
                return;
            }
            let open = widgets::primary_button(ui, palette, "Open it").on_hover_text(heading);
            if ui.memory(|memory| memory.focused().is_none()) {
                open.request_focus();
            }
            if open.clicked() {
                actions.send(Action::File(FileAction::OpenRecovered(self.left.copy().to_owned())));
            }
            let is_hidden = matches!(self.differs, Differs::Hidden);
            let what = if is_hidden { "Look at what differs" } else { "Hide what differs" };
            if ui.button(what).clicked() {
                self.differs = if is_hidden { self.count(ui.ctx()) } else { Differs::Hidden };
            }
            if ui.button("Discard…").clicked() {
                self.is_going = true;
            }
        });
    }

    /// Begins to compare the copy with its file, beside the window.
    fn count(&self, ctx: &EguiContext) -> Differs {
        let (left, wake) = (self.left.clone(), ctx.clone());
        Differs::Counting(Task::spawn(
            "Comparing",
            move || wake.request_repaint(),
            move |_| {
                let recovered = left.open().map_err(|error| error.to_string())?;
                let file = match &left.about.file {
                    Some(file) => store::open(file).map_err(|error| error.to_string())?,
                    None => Project::default(),
                };
                Ok(store::differences(&file, &recovered))
            },
        ))
    }

    fn show_differences(&mut self, ui: &mut Ui) {
        if let Differs::Counting(task) = &self.differs {
            match task.poll() {
                Poll::Running => (),
                Poll::Done(lines) => self.differs = Differs::Shown(lines),
                Poll::Lost => self.differs = Differs::Shown(Err("comparing broke down".to_owned())),
            }
        }
        match &self.differs {
            Differs::Hidden => (),
            Differs::Counting(_) => {
                ui.label(RichText::new("Comparing…").weak());
            }
            Differs::Shown(Err(error)) => {
                ui.label(RichText::new(format!("Can't be compared: {error}")).weak());
            }
            Differs::Shown(Ok(lines)) => {
                let what = match (lines.len(), &self.left.about.file) {
                    (0, _) => "Nothing differs from the file.".to_owned(),
                    (_, Some(_)) => "What the file has → what was recovered:".to_owned(),
                    (_, None) => "What was recovered:".to_owned(),
                };
                ui.label(RichText::new(what).weak());
                for line in lines {
                    ui.label(RichText::new(line).small());
                }
            }
        }
    }
}
