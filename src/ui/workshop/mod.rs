//! Workshop mode: one thing at a time before the room, and a scribe who writes beside it.

mod answer;
mod clock;
mod inks;
mod keys;
mod line;
mod locator;
mod parts;
mod present;
mod presenter;
mod question;
mod rating;
mod scenario;
mod scribe;
mod sizes;
mod worst;

use std::rc::Rc;
use std::time::Duration;

use egui::{CentralPanel, Event, Frame, Panel, Ui, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId};

use crate::analysis::{Course, agenda};
use crate::edit::Edit;
use crate::model::{GapKey, LogKind, Progress, Project, Risk, RiskId, Status, Workshop, WorkshopId, WorkshopItem};
use crate::ui::action::{Action, FileAction, WorkshopAction};
use crate::ui::answering::pass_on;
use crate::ui::commands;
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{color32, dress};
use crate::ui::views::{moment, workshop_edit};
use crate::ui::widgets::is_below_dialog;
use clock::Clock;
use inks::Inks;
use keys::Seat;
use line::Line;
use locator::Locator;

/// In a window narrower than this the room's view and the scribe's part take turns.
const BOTH_FROM: f32 = 700.0;
/// Seconds for which something is said.
const SAID_FOR: f64 = 8.0;
/// What is said before the room for a while.
struct Said {
    words: String,
    is_refusal: bool,
    since: f64,
}

/// What is said to who wants to write in a workshop that is over.
const IS_OVER: &str = "This workshop is over: take it up again to go on";

/// What is said to who wants to take a step back while the scribe is in a text.
const IS_WRITING: &str = "The scribe is writing: undo there, or once the text is left";

/// A workshop being held: what the room and the scribe look at. What they say is in the project.
pub struct Mode {
    id: WorkshopId,
    clock: Clock,
    course: Kept<u64, Rc<Course>>,
    /// Where a workshop that is over is looked at.
    looked_at: Option<WorkshopItem>,
    /// The scenario before the room as it stood last.
    rated: Option<(RiskId, Risk)>,
    /// How high the scribe's line is while nothing is written into it.
    strip_height: f32,
    /// How high it is while something is written into it.
    line_height: f32,
    /// What is being written down.
    line: Option<Line>,
    /// The room sees nothing.
    is_blank: bool,
    shows_keys: bool,
    /// The room is asked who is in it before anything else: so many can be named by key.
    asks_who: Option<usize>,
    /// In the only window the scribe's part is shown beside the room's.
    shows_scribe: bool,
    /// The room's view has a window of its own.
    has_second: bool,
    /// The desktop gives no second window.
    is_alone: bool,
    /// What the room's own window heard.
    ear: keys::Ear,
    /// What the scribe writes about, in a window of their own.
    written_about: Option<WorkshopItem>,
    /// The scribe is in a text, and a step taken back would be what they write.
    is_in_text: bool,
    /// What was said last, whether it is why something is not done, and when it was said.
    said: Option<Said>,
    /// Seconds since the window was opened.
    now: f64,
    locator: Locator,
    scenario: scenario::State,
}

impl Mode {
    /// Holds a workshop from where it stopped.
    pub fn new(id: WorkshopId, workshop: &Workshop, has_second: bool) -> Self {
        Self {
            id,
            clock: Clock::new(workshop.seconds, workshop.seconds_at_place),
            course: Kept::default(),
            looked_at: None,
            rated: None,
            strip_height: 0.0,
            line_height: 0.0,
            line: None,
            is_blank: false,
            shows_keys: false,
            asks_who: present::is_to_be_asked(workshop).then_some(0),
            shows_scribe: false,
            has_second,
            is_alone: false,
            ear: keys::Ear::default(),
            written_about: None,
            is_in_text: false,
            said: None,
            now: 0.0,
            locator: Locator::default(),
            scenario: scenario::State::default(),
        }
    }

    /// The workshop that is held.
    pub fn id(&self) -> WorkshopId {
        self.id
    }

    /// What is before the room.
    pub fn place(&self, workshop: &Workshop) -> Option<WorkshopItem> {
        self.looked_at.filter(|_| workshop.closed).or(workshop.place)
    }

    /// Shows or hides the keys.
    pub fn show_keys(&mut self, shown: bool) {
        self.shows_keys = shown;
    }

    /// Gives the room's view a window of its own, or takes it back. Returns whether it has one.
    pub fn toggle_second(&mut self) -> bool {
        self.has_second = !self.has_second;
        self.is_alone = false;
        self.has_second
    }

    /// How far the workshop is, at this place.
    fn progress(&self, ctx: &Context, place: Option<WorkshopItem>) -> Progress {
        let (seconds, seconds_at_place) = self.clock.whole_seconds();
        // a scenario is gone through once the room comes to it, a question once it answers it
        let is_open = |it| agenda::is_open(ctx.project, ctx.catalogue, ctx.analysis, it);
        let takes = place.filter(|it| matches!(it, WorkshopItem::Risk(_))).map(is_open);
        Progress { place, seconds, seconds_at_place, today: None, takes, at: Some(moment(ctx)) }
    }

    /// What keeps how far the workshop is, where that is not kept yet. One that is over stays as it is.
    pub fn kept(&self, workshop: &Workshop) -> Option<Edit> {
        let (seconds, seconds_at_place) = self.clock.whole_seconds();
        let progress = Progress { seconds, seconds_at_place, ..workshop.progress() };
        (!workshop.closed && progress != workshop.progress()).then_some(Edit::Proceed(self.id, progress))
    }

    /// Keeps in the project how far the workshop is. One that is over is only looked at.
    fn keep(&mut self, ctx: &Context, place: Option<WorkshopItem>) {
        if ctx.project.workshops.get(self.id).is_some_and(|it| it.closed) {
            self.looked_at = place;
            return;
        }
        ctx.send(Action::Quietly(Edit::Proceed(self.id, self.progress(ctx, place))));
    }

    /// Leads the room to something. Asked for in the room's own window it leaves the scribe writing.
    fn go(&mut self, ctx: &Context, place: WorkshopItem, seat: Seat) {
        if seat != Seat::Room {
            line::end(ctx, self);
            ctx.send(Action::EndTyping);
        }
        (self.shows_keys, self.said) = (false, None);
        self.clock.arrive();
        self.keep(ctx, Some(place));
    }

    /// The window that the scribe writes in.
    fn own_seat(&self) -> Seat {
        if self.has_second { Seat::Scribe } else { Seat::Only }
    }

    /// The window that the room looks at.
    fn room_seat(&self) -> Seat {
        if self.has_second { Seat::Room } else { Seat::Only }
    }

    /// Where an undone step was answered, to lead the room there.
    pub fn undone(&self, before: &Project, after: &Project) -> Option<Edit> {
        let place = changed_item(before, after)?;
        let workshop = after.workshops.get(self.id).filter(|it| !it.closed)?;
        let (seconds, _) = self.clock.whole_seconds();
        let progress = Progress { place: Some(place), seconds, seconds_at_place: 0, ..workshop.progress() };
        (workshop.place != Some(place)).then_some(Edit::Proceed(self.id, progress))
    }

    /// The day on which a scenario is rated or estimated is one of the workshop's.
    fn notice_rating(&mut self, ctx: &Context, stage: &Stage) {
        let WorkshopItem::Risk(id) = stage.place else { return };
        let Some(risk) = ctx.project.risks.get(id) else { return };
        let is_rated = self.rated.as_ref().is_some_and(|(known, before)| *known == id && before != risk);
        let is_known = self.rated.as_ref().is_some_and(|(known, before)| *known == id && before == risk);
        if is_rated && !stage.workshop.closed {
            let progress = Progress { today: Some(ctx.analysis.as_of), ..self.progress(ctx, Some(stage.place)) };
            ctx.send(Action::Quietly(Edit::Proceed(self.id, progress)));
        }
        if !is_known {
            self.rated = Some((id, risk.clone()));
        }
    }

    /// A workshop that is over is gone on with, from what is looked at.
    fn take_up(&mut self, ctx: &Context, stage: &Stage) {
        self.clock = Clock::new(stage.workshop.seconds, 0);
        let edit = workshop_edit(self.id, stage.workshop, |it| {
            it.closed = false;
            it.place = Some(stage.place);
        });
        ctx.edit(edit.named(format!("take {} up again", crate::ui::views::workshop_title(stage.workshop))));
    }

    /// Opens the line for an entry of the log, where the workshop is not over.
    fn write_down(&mut self, ctx: &Context, stage: &Stage, kind: LogKind, seat: Seat) {
        self.write(ctx, stage, Line::of_log(kind, seat));
    }

    /// Opens a line, where the workshop is not over and nobody else writes.
    fn write(&mut self, ctx: &Context, stage: &Stage, line: Line) {
        if stage.workshop.closed {
            self.refuse(ctx, IS_OVER);
        } else if line.seat == Seat::Room && self.written_about.is_some() {
            self.refuse(ctx, "The scribe is writing");
        } else {
            line::end(ctx, self);
            self.line = Some(line);
        }
    }

    /// Says before the room why nothing is done, for a while.
    fn refuse(&mut self, ctx: &Context, why: &'static str) {
        ctx.send(Action::Say(why.to_owned()));
        self.said = Some(Said { words: why.to_owned(), is_refusal: true, since: self.now });
    }

    /// Says before the room what the window says.
    pub fn tell(&mut self, words: &str) {
        let is_known = self.said.as_ref().is_some_and(|it| it.words == words && it.since >= self.now);
        if !is_known && !words.is_empty() {
            self.said = Some(Said { words: words.to_owned(), is_refusal: false, since: self.now });
        }
    }

    /// The room gives this answer; a text that it needs is asked for at once.
    fn answer(&mut self, ctx: &Context, stage: &Stage, key: GapKey, status: Status, seat: Seat) {
        answer::give(ctx, (self.id, stage.workshop), key, status);
        let needs_text = matches!(status, Status::Compensated | Status::NotApplicable);
        let is_busy = seat == Seat::Room && self.written_about.is_some();
        if needs_text && !is_busy && !stage.workshop.closed {
            self.write(ctx, stage, Line::of_answer(status, seat));
        }
    }
}

/// The first answer or scenario that is not the same in two projects.
fn changed_item(before: &Project, after: &Project) -> Option<WorkshopItem> {
    let changed = after.differences(before);
    changed.into_iter().find_map(|subject| match subject {
        crate::model::Subject::Risk(id) if after.risks.contains(id) => Some(WorkshopItem::Risk(id)),
        subject => {
            let target = subject.target()?;
            let (one, other) = (before.answers.get(target), after.answers.get(target));
            let all = one.into_iter().chain(other).flat_map(|it| it.keys());
            let differs = |it: &&crate::model::RequirementId| {
                one.and_then(|answers| answers.get(it)) != other.and_then(|answers| answers.get(it))
            };
            let requirement = *all.clone().find(differs)?;
            Some(WorkshopItem::Question(GapKey { target, requirement }))
        }
    })
}

/// What a frame of workshop mode works with.
struct Stage<'a> {
    workshop: &'a Workshop,
    /// What is shown in this window.
    place: WorkshopItem,
    /// Where the room is.
    room_at: WorkshopItem,
    course: Rc<Course>,
}

/// Whether a command is of use before the room.
pub fn works_in_room(action: &Action) -> bool {
    match action {
        Action::Undo | Action::Redo | Action::Workshop(_) | Action::Help(_) | Action::Appearance(_) | Action::Go(_) => {
            true
        }
        Action::File(file) => matches!(file, FileAction::Save | FileAction::SaveAs | FileAction::Quit),
        _ => false,
    }
}

/// The window of the room.
fn second_window() -> ViewportId {
    ViewportId::from_hash_of("workshop")
}

/// Shows the mode in place of everything else. It sends its actions like any view.
pub fn show(ui: &mut Ui, ctx: &Context, mode: &mut Mode) {
    let Some(workshop) = ctx.project.workshops.get(mode.id) else {
        ctx.send(Action::Workshop(WorkshopAction::Leave));
        return;
    };
    let anew = || Rc::new(Course::new(ctx.project, ctx.catalogue, ctx.analysis, workshop));
    let course = Rc::clone(mode.course.get(ctx.session.revision(), anew));
    let Some(place) = course.start(mode.place(workshop)) else {
        ctx.send(Action::Say("Nothing is left on the agenda of this workshop".to_owned()));
        ctx.send(Action::Workshop(WorkshopAction::Leave));
        return;
    };
    if mode.place(workshop) != Some(place) {
        mode.keep(ctx, Some(place));
    }
    let stage = Stage { workshop, place, room_at: place, course };
    mode.now = ui.input(|input| input.time);
    mode.said = mode.said.take().filter(|it| mode.now - it.since < SAID_FOR);
    if mode.said.is_some() {
        ui.ctx().request_repaint_after(Duration::from_secs(1));
    }
    mode.notice_rating(ctx, &stage);
    if mode.clock.tick(ui, mode.is_blank || workshop.closed) {
        mode.keep(ctx, Some(place));
    }
    if mode.has_second && ui.ctx().embed_viewports() {
        mode.has_second = false;
        mode.is_alone = true;
    }
    // while the scribe writes about something, the room may go on
    // a line is not left with its window
    let is_at_text = mode.line.is_some() || ui.input(|input| input.focused);
    let writes = mode.has_second && ui.ctx().text_edit_focused() && is_at_text;
    let about = mode.written_about.filter(|it| writes && stage.course.position(*it).is_some());
    mode.written_about = writes.then_some(about.unwrap_or(place));
    mode.is_in_text = writes || mode.has_second && ui.ctx().text_edit_focused() && ctx.session.is_typing();
    keys::take(ui, ctx, mode, &stage, mode.own_seat());
    if mode.has_second {
        let has_dialog = is_below_dialog(ui);
        let ground = Frame::new().fill(color32(ctx.palette.panel));
        let of_scribe =
            Stage { workshop, place: about.unwrap_or(place), room_at: place, course: Rc::clone(&stage.course) };
        CentralPanel::default().frame(ground).show(ui, |ui| scribe::whole(ui, ctx, mode, &of_scribe));
        show_second(ui, ctx, mode, &stage, has_dialog);
        return;
    }
    only_window(ui, ctx, mode, &stage);
    if mode.line.is_some() {
        // over what stands there, which does not move
        let beside = before_room(ui, ctx);
        line::over(ui, &beside, mode, &stage);
    }
}

/// What the scribe writes in the only window has the inks of the room that reads it.
fn before_room<'a>(ui: &mut Ui, ctx: &Context<'a>) -> Context<'a> {
    let palette = Inks::beside(ctx.palette);
    dress(ui, palette);
    Context { palette, ..*ctx }
}

/// The room's view with the scribe's part beside it.
fn only_window(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let palette = Inks::beside(ctx.palette);
    let strip = Frame::new().fill(color32(palette.window)).inner_margin(egui::Margin::symmetric(12, 6));
    if !mode.is_blank {
        Panel::bottom("scribe strip").frame(strip).show(ui, |ui| match mode.line {
            Some(_) => {
                ui.allocate_space(egui::vec2(ui.available_width(), mode.strip_height));
            }
            None => {
                let beside = before_room(ui, ctx);
                scribe::strip(ui, &beside, mode, stage);
            }
        });
    }
    let beside = Frame::new().fill(color32(palette.panel)).inner_margin(egui::Margin::symmetric(12, 10));
    if mode.shows_scribe && !mode.is_blank {
        if ui.available_width() < BOTH_FROM {
            CentralPanel::default().frame(beside).show(ui, |ui| {
                let beside = before_room(ui, ctx);
                scribe::column(ui, &beside, mode, stage);
            });
            return;
        }
        let width = (ui.available_width() * 0.42).clamp(300.0, 460.0);
        Panel::right("scribe").resizable(false).exact_size(width).frame(beside).show(ui, |ui| {
            let beside = before_room(ui, ctx);
            scribe::column(ui, &beside, mode, stage);
        });
    }
    CentralPanel::default().frame(Frame::new()).show(ui, |ui| presenter::presenter(ui, ctx, mode, stage));
}

fn show_second(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, has_dialog: bool) {
    let title = format!("{} – Zonewright", crate::ui::views::workshop_title(stage.workshop));
    let builder =
        ViewportBuilder::default().with_title(title).with_app_id("zonewright").with_inner_size([1024.0, 768.0]);
    ui.ctx().show_viewport_immediate(second_window(), builder, |ui, class| {
        if class == ViewportClass::EmbeddedWindow {
            mode.has_second = false;
            mode.is_alone = true;
            return;
        }
        let was_writing = mode.line.is_some();
        hear_room(ui, ctx, mode, stage, has_dialog);
        if ui.input(|input| input.viewport().close_requested()) {
            mode.has_second = false;
        }
        let has_keyboard = ui.input(|input| input.viewport().focused).unwrap_or(true);
        CentralPanel::default().frame(Frame::new()).show(ui, |ui| presenter::presenter(ui, ctx, mode, stage));
        if has_keyboard && mode.line.as_ref().is_some_and(|it| it.is_of_room) {
            line::copied(ui, ctx, mode, stage);
        }
        if mode.line.is_some() && !was_writing {
            // what is written is not for the room to see yet
            ui.ctx().send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Focus);
            pass_on(ui.ctx(), mode.ear.rest());
        }
        mode.ear.end(ui);
    });
}

/// What is typed in the room's own window.
fn hear_room(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, has_dialog: bool) {
    mode.ear.begin(ui);
    if has_dialog {
        // it is answered in the other window first
        keys::typed(ui);
        return;
    }
    if !ui.ctx().text_edit_focused()
        && let Some(line) = mode.line.as_mut().filter(|it| it.seat == Seat::Room)
    {
        // its words come here where the desktop leaves the keyboard with this window
        let typed = keys::typed(ui);
        line.is_of_room |= typed.iter().any(|it| matches!(it, Event::Text(_) | Event::Paste(_) | Event::Ime(_)));
        pass_on(ui.ctx(), typed);
        return;
    }
    let commands = commands::pressed(ui.ctx(), Some(ctx.session), ctx.view, false);
    for command in commands.into_iter().filter(works_in_room) {
        // a sentence is taken back by who writes it
        match matches!(command, Action::Undo | Action::Redo) && mode.is_in_text {
            true => mode.refuse(ctx, IS_WRITING),
            false => ctx.send(command),
        }
    }
    keys::take(ui, ctx, mode, stage, Seat::Room);
}
