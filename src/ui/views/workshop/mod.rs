//! Sessions with the people of the plant: what is prepared, and what was recorded.

mod agenda;
mod attendance;
mod log;
mod records;

use egui::{RichText, Role, Ui, WidgetInfo};
use jiff::civil::DateTime;

use crate::analysis::Course;
use crate::analysis::agenda::to_begin_with;
use crate::edit::{Edit, Item};
use crate::model::{Attendee, Id, LogEntry, LogKind, Project, Subject, Workshop, WorkshopId, WorkshopItem};
use crate::ui::action::{Action, Export, FileAction, PageAction, Selection, WorkshopAction};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{
    Field, card, chip, date_field, empty_state, multiline, page, primary_button, section, singleline, switch,
};

use super::counted;
pub use attendance::{answering, attendee_name, present};
pub use records::{is_unsettled, item_words, kind_colors, plural, said_about};

/// What the page remembers.
#[derive(Default)]
pub struct WorkshopState {
    chosen: Option<WorkshopId>,
    records: records::Shown,
    known: Option<Known>,
}

/// The course of the chosen workshop, and what it follows from.
struct Known {
    revision: u64,
    id: WorkshopId,
    course: Course,
}

impl WorkshopState {
    /// The workshop that is looked at: the one selected, else the one chosen last, else of those that
    /// are not over, or else of all, the one worked in last.
    pub fn current(&self, project: &Project, selection: &Selection) -> Option<WorkshopId> {
        let selected = match selection.only() {
            Some(Subject::Workshop(id)) => Some(id),
            _ => None,
        };
        let is_there = |id: &WorkshopId| project.workshops.contains(*id);
        let latest = || {
            let worked = |it: &Workshop| (!it.closed, it.worked_last(), it.last_on.or(it.held_on));
            ordered(project).into_iter().max_by_key(|(_, it)| worked(it)).map(|(id, _)| id)
        };
        selected.or(self.chosen).filter(is_there).or_else(latest)
    }

    fn course(&mut self, ctx: &Context, id: WorkshopId, workshop: &Workshop) -> &Course {
        let revision = ctx.session.revision();
        let is_known = self.known.as_ref().is_some_and(|it| (it.revision, it.id) == (revision, id));
        if !is_known {
            let course = Course::new(ctx.project, ctx.catalogue, ctx.analysis, workshop);
            self.known = Some(Known { revision, id, course });
        }
        &self.known.get_or_insert_with(|| Known { revision, id, course: Course::default() }).course
    }
}

/// All workshops, the first day first.
pub fn ordered(project: &Project) -> Vec<(WorkshopId, &Workshop)> {
    let mut all: Vec<_> = project.workshops.iter().collect();
    all.sort_by_key(|(id, it)| (it.held_on.is_none(), it.held_on, &it.title, *id));
    all
}

/// What a workshop is called.
pub fn workshop_title(workshop: &Workshop) -> &str {
    workshop.name()
}

/// "25 min", "3 h 20 min".
pub fn duration_words(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Shows it.
pub fn workshop(ui: &mut Ui, ctx: &Context, state: &mut WorkshopState) {
    if ctx.asked == Some(PageAction::NewWorkshop) {
        add(ctx);
    }
    let what_for = "Prepare a session with the people of the plant, hold it before them, keep what was said.";
    let current = state.current(ctx.project, ctx.selection);
    state.chosen = current;
    let open = current.and_then(|id| Some((id, ctx.project.workshops.get(id)?)));
    page(ui, "workshop", "Workshop", what_for, |ui| {
        ui.set_max_width(ui.available_width().min(1080.0));
        let Some((id, workshop)) = open else {
            let next = if ctx.project.zones.is_empty() {
                "A workshop asks about zones, conduits and risks: draw some of them first, or prepare it already."
            } else {
                "One question at a time before the room, with decisions, dissent and what is put off beside it."
            };
            if empty_state(ui, ctx.palette, "No workshop yet", next, "Prepare a workshop") {
                add(ctx);
            }
            return;
        };
        list(ui, ctx, id);
        ui.push_id(id, |ui| one(ui, ctx, state, id, workshop));
    });
}

/// All workshops as lines to choose from.
fn list(ui: &mut Ui, ctx: &Context, current: WorkshopId) {
    for (id, workshop) in ordered(ctx.project) {
        line(ui, ctx, id, workshop, id == current);
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button("New workshop").clicked() {
            add(ctx);
        }
        let again = ui.button("Duplicate for another day");
        if again.on_hover_text("The same agenda and people, from where the room stopped").clicked()
            && let Some(workshop) = ctx.project.workshops.get(current)
        {
            let id = WorkshopId::random();
            let again = Edit::Put(Item::Workshop(id, again_on_another_day(workshop)));
            ctx.edit(again.named(format!("duplicate {}", workshop_title(workshop))));
            ctx.select(id);
        }
        if ui.button("Delete").on_hover_text("With all that was recorded in it; Ctrl+Z brings it back").clicked() {
            ctx.delete(&[current.into()]);
        }
    });
}

fn line(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop, is_chosen: bool) {
    let title = workshop_title(workshop);
    let fill = if is_chosen { ctx.palette.accent_soft } else { ctx.palette.panel };
    let frame = egui::Frame::new().fill(color32(fill)).corner_radius(4.0).inner_margin(egui::Margin::symmetric(8, 4));
    let response = frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                let day = workshop.held_on.map_or("no date".to_owned(), |it| it.to_string());
                ui.label(RichText::new(day).weak());
                ui.add(egui::Label::new(strong(title)).selectable(false));
                let parked = workshop.parked().count();
                if workshop.closed {
                    chip(ui, "over", (ctx.palette.good_soft, ctx.palette.good));
                }
                if parked > 0 {
                    chip(ui, &format!("{parked} parked"), (ctx.palette.warning_soft, ctx.palette.warning));
                }
                let (taken, worked) = (workshop.taken.len(), duration_words(workshop.seconds));
                ui.label(RichText::new(format!("{taken} gone through, {worked}")).small().weak());
            });
        })
        .response;
    let response = crate::ui::widgets::pressable(ui, &response);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, format!("Workshop {title}")));
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    if response.clicked() {
        ctx.select(id);
    }
}

fn add(ctx: &Context) {
    let id = WorkshopId::random();
    let roles = ctx.project.scope.people.iter().map(invited);
    let fresh = Workshop {
        held_on: Some(ctx.analysis.as_of),
        attendance: roles.collect(),
        agenda: to_begin_with(ctx.project, ctx.catalogue, ctx.analysis),
        ..Workshop::default()
    };
    ctx.put(Item::Workshop(id, fresh));
    ctx.select(id);
}

fn invited(person: &crate::model::Person) -> Attendee {
    Attendee {
        role: person.role.clone(),
        name: person.name.clone(),
        organisation: person.organisation.clone(),
        present: false,
    }
}

/// The same people and agenda from the same place on, with nothing recorded yet.
fn again_on_another_day(workshop: &Workshop) -> Workshop {
    let day = workshop.last_on.or(workshop.held_on);
    Workshop {
        title: workshop.title.clone(),
        held_on: day.and_then(|it| it.tomorrow().ok()),
        attendance: workshop.attendance.iter().map(|it| Attendee { present: false, ..it.clone() }).collect(),
        agenda: workshop.agenda.clone(),
        place: workshop.place,
        answering: workshop.answering.clone(),
        ..Workshop::default()
    }
}

/// An edit that changes a workshop.
pub fn workshop_edit(id: WorkshopId, workshop: &Workshop, change: impl FnOnce(&mut Workshop)) -> Edit {
    let mut changed = workshop.clone();
    change(&mut changed);
    Edit::Put(Item::Workshop(id, changed))
}

/// A new entry of the log at this moment.
pub fn log_entry(ctx: &Context, kind: LogKind, about: Option<WorkshopItem>) -> LogEntry {
    LogEntry { kind, about, at: Some(moment(ctx)), ..LogEntry::default() }
}

/// The day and the time; seconds are of no interest.
pub fn moment(ctx: &Context) -> DateTime {
    ctx.analysis.as_of.at(ctx.now.hour(), ctx.now.minute(), 0, 0)
}

/// How wide the button that starts a workshop is at most.
fn widest_start(ui: &Ui) -> f32 {
    let words = egui::WidgetText::from(strong("Resume (F5)"));
    let galley = words.into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, egui::TextStyle::Button);
    galley.size().x + 2.0 * ui.spacing().button_padding.x
}

fn one(ui: &mut Ui, ctx: &Context, state: &mut WorkshopState, id: WorkshopId, workshop: &Workshop) {
    let change = |change: &dyn Fn(&mut Workshop)| workshop_edit(id, workshop, change);
    let course = state.course(ctx, id, workshop);
    let (count, gone, takes) = (course.len(), course.gone_through(), course.seconds(workshop));
    let open = match course.left_open() {
        0 => String::new(),
        open => format!(" ({open} of them still open)"),
    };
    let rest = course.seconds_to_go(workshop, workshop.seconds);
    section(ui, "Session", |ui| {
        card(ui, ctx.palette, |ui| {
            ui.set_width(ui.available_width());
            ui.add_enabled_ui(!workshop.closed, |ui| {
                let title = Field::new(ctx, "Title").hint("Requirements, filter hall");
                singleline(ui, title, &workshop.title, |it| change(&|all| all.title.clone_from(&it)));
                ui.horizontal_wrapped(|ui| {
                    date_field(ui, Field::new(ctx, "Date"), id, workshop.held_on, |it| change(&|all| all.held_on = it));
                    date_field(ui, Field::new(ctx, "Last day"), id, workshop.last_on, |it| {
                        change(&|all| all.last_on = it)
                    });
                });
            });
            ui.horizontal_wrapped(|ui| {
                let word = match (workshop.closed, workshop.taken.is_empty()) {
                    (true, _) => "Show",
                    (false, true) => "Start",
                    (false, false) => "Resume",
                };
                let start = ui.add_enabled_ui(count > 0, |ui| primary_button(ui, ctx.palette, &format!("{word} (F5)")));
                // whatever it says, what stands beside it stays in its place
                ui.add_space((widest_start(ui) - start.response.rect.width()).max(0.0));
                if start.inner.clicked() {
                    ctx.send(Action::Workshop(WorkshopAction::Start(Some(id))));
                }
                if ui.button("Export minutes…").clicked() {
                    ctx.send(Action::File(FileAction::Export(Export::Minutes(id))));
                }
                switch(ui, ctx, "It is over", workshop.closed, |it| change(&|all| all.closed = it));
                if workshop.closed && ui.button("Take it up again").clicked() {
                    ctx.edit(change(&|all| all.closed = false).named("take the workshop up again"));
                }
            });
            if workshop.closed {
                let words = "It is over and stands as it is, until it is taken up again. What was parked or doubted can still be settled.";
                ui.label(RichText::new(words).weak());
                return;
            }
            let words = match count {
                0 => "Nothing to go through: widen the agenda below, or set targets and scenarios first.".to_owned(),
                _ => format!(
                    "{}, {gone} gone through{open}, {} to go. All of it takes about {}, the rest {}.",
                    counted(count, "item", "items"),
                    count - gone,
                    duration_words(takes),
                    duration_words(rest),
                ),
            };
            ui.label(RichText::new(words).weak());
            if workshop.seconds > 0 {
                let worked = duration_words(workshop.seconds);
                ui.label(RichText::new(format!("The room has worked for {worked} so far.")).weak());
            }
        });
    });
    // before anything was said, what is prepared comes first
    let has_said = !workshop.log.is_empty() || !workshop.taken.is_empty();
    if has_said {
        section(ui, "What was said", |ui| records::show(ui, ctx, &mut state.records, id, workshop));
    }
    let is_open = !workshop.closed;
    section(ui, "Agenda", |ui| {
        ui.add_enabled_ui(is_open, |ui| agenda::show(ui, ctx, id, workshop));
    });
    section(ui, "Attendance", |ui| {
        ui.add_enabled_ui(is_open, |ui| attendance::show(ui, ctx, id, workshop));
    });
    if !has_said {
        section(ui, "What was said", |ui| records::show(ui, ctx, &mut state.records, id, workshop));
    }
    section(ui, "Notes", |ui| {
        ui.add_enabled_ui(is_open, |ui| {
            multiline(ui, Field::new(ctx, "Anything else about it"), &workshop.notes, 3, |it| {
                change(&|all| all.notes.clone_from(&it))
            });
        });
    });
}
