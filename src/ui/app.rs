//! The app: glue between the session, the views and files. It carries out what views ask for.

mod answers;
mod drawings;
mod dropped;
mod export;
mod files;
mod jobs;
mod layout;
mod library;
mod notice;
mod perform;
mod recovery;
mod room;
mod show;
mod tables;
mod unfinished;
mod waiting;

use std::path::PathBuf;

use egui::Context as EguiContext;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use self::notice::Notice;
use self::recovery::Recovery;
use super::action::{Actions, FileAction, PageAction, Selection, View};
use super::asset_table::AssetTable;
use super::canvas::CanvasState;
use super::files::{Chooser, Choosing};
use super::finder::Finder;
use super::hazop_table::HazopTable;
use super::library::Library;
use super::staging::StagingScreen;
use super::theme::{self, Appearance};
use super::timing;
use super::views::{
    CompareState, GapsState, OverviewState, PathState, PlanState, ReportState, RequirementsState, RiskState,
    ScopeState, WorkshopState,
};
use super::window::Painting;
use super::workshop::Mode;
use crate::drawing::Pixels;
use crate::exchange::assets::Table;
use crate::exchange::drawings::staging::Report;
use crate::exchange::opening::Opening;
use crate::model::{GapKey, Project};
use crate::session::Session;
use crate::store::{FormatError, Lately, Left, Preferences, Renderer, Stamp, StoreError};
use crate::task::Task;
use crate::templates::TemplateError;

/// A file that is being read.
pub type Ahead = Task<Result<Project, StoreError>>;

/// What the app begins with.
#[derive(Debug, Default)]
pub struct Start {
    /// A file to open.
    pub file: Option<PathBuf>,
    /// The project of that file, where it is being read already.
    pub ahead: Option<Ahead>,
    /// The sample that the demo opens.
    pub demo: bool,
    /// Who asks for files.
    pub chooser: Chooser,
    /// Where preferences are kept; `None`: nowhere.
    pub preferences: Option<PathBuf>,
    /// What was read of them already.
    pub settings: Option<Preferences>,
    /// The day that it is; `None`: as the clock says.
    pub today: Option<Date>,
    /// Who paints, if that was asked for.
    pub renderer: Option<Renderer>,
    /// Who paints, and why; the window fills it in.
    pub painting: Painting,
    /// Called as each frame begins.
    pub at_frame: Option<fn()>,
}

/// The window's state: which project, which view, what is selected, what is under way.
pub struct App {
    session: Option<Session>,
    view: View,
    /// The window has the size that the screen has room for.
    is_on_screen: bool,
    selection: Selection,
    trail: Trail,
    states: States,
    actions: Actions,
    finder: Option<Finder>,
    /// What was looked for when a click beside the finder put it away.
    looked_for: String,
    library: Library,
    choosing: Option<Choosing>,
    /// A drawing of another tool being looked at before it is imported.
    staging: Option<StagingScreen>,
    chooser: Chooser,
    job: Option<Job>,
    /// The workshop that is held, in place of all views.
    mode: Option<Mode>,
    /// A table of assets that waits to be taken in.
    asset_table: Option<AssetTable>,
    /// A worksheet of a HAZOP that waits to be taken in.
    hazop_table: Option<HazopTable>,
    /// The answers that evidence is being chosen for.
    attach_to: Vec<GapKey>,
    /// What comes after the job that is under way.
    waiting: waiting::Waiting,
    /// What waits until unsaved work is dealt with.
    pending: Option<FileAction>,
    /// Unsaved work was dealt with, and the window may close.
    may_close: bool,
    notice: Option<Notice>,
    /// What the page is asked for when it is shown next.
    asked: Option<PageAction>,
    /// What was done last, for the status bar.
    message: String,
    /// Since when and in which view it is told; `None` until it is shown first.
    message_since: Option<(f64, View)>,
    set_aside: Option<(String, String)>,
    /// How many zones a layout moves that is shown and neither kept nor taken back yet.
    proposal: Option<usize>,
    preferences: Preferences,
    lately: Lately,
    preferences_file: Option<PathBuf>,
    shows_inspector: bool,
    /// In a window too narrow for both, the inspector stands in place of the page.
    inspects: bool,
    /// There was no room for page and inspector side by side in the last frame.
    is_cramped: bool,
    shows_help: bool,
    shows_about: bool,
    painting: Painting,
    at_frame: Option<fn()>,
    /// A dialog lay over the window in the last frame.
    has_dialog: bool,
    /// A field had the keyboard at the end of the last frame.
    was_typing: bool,
    /// When something was typed into a field last, in egui's seconds.
    last_typed: Option<f64>,
    today: Option<Date>,
    /// What the open project's file was like when this window last read or wrote it.
    stamp: Option<Stamp>,
    recovery: Recovery,
    window_title: String,
}

/// What each view remembers; never part of the project.
#[derive(Default)]
struct States {
    overview: OverviewState,
    canvas: CanvasState,
    requirements: RequirementsState,
    gaps: GapsState,
    plan: PlanState,
    report: ReportState,
    path: PathState,
    scope: ScopeState,
    risk: RiskState,
    workshop: WorkshopState,
    compare: CompareState,
    rail: super::frame::RailState,
    /// Drafts of an earlier project are forgotten.
    is_settled: bool,
}

/// Where one was, to go back and forward.
#[derive(Default)]
struct Trail {
    behind: Vec<(View, Selection)>,
    ahead: Vec<(View, Selection)>,
}

/// A job in the background.
struct Job {
    task: Task<JobResult>,
}

/// What a job came to.
enum JobResult {
    Opened(Result<Project, StoreError>, PathBuf),
    Sample(Result<Project, FormatError>),
    Staged(drawings::Read, PathBuf),
    /// What an import comes to; `None`: it was cancelled.
    Built(Option<(drawings::Import, Report)>),
    Imported(Result<(Project, Vec<String>), String>),
    Began(Result<Project, TemplateError>),
    AssetTable(Result<Table, String>, PathBuf),
    HazopTable(Result<Table, String>, PathBuf),
    ToCompare(Result<Project, StoreError>, PathBuf),
    Saved(Result<(), StoreError>, Box<Project>, PathBuf),
    Exported(Result<Option<String>, String>, PathBuf),
    Drawn(Result<Pixels, String>),
    LaidOut(layout::LaidOut),
    Recovered(recovery::Recovered, Box<Left>),
    Evidence(answers::Read, Vec<GapKey>),
    Unpacked(Result<Opening, String>),
}

impl App {
    /// The app in a fresh window.
    pub fn new(ctx: &EguiContext, start: Start) -> Self {
        theme::install(ctx);
        ctx.add_plugin(super::strokes::Strokes);
        let read = || start.preferences.as_deref().map(Preferences::read);
        let preferences = start.settings.clone().or_else(read).unwrap_or_default();
        theme::choose(ctx, Appearance::from_word(&preferences.appearance));
        if preferences.zoom > 0.0 {
            ctx.set_zoom_factor(preferences.zoom.clamp(0.7, 3.0));
        }
        let mut app = Self {
            session: None,
            view: View::default(),
            is_on_screen: false,
            selection: Selection::default(),
            trail: Trail::default(),
            states: States::default(),
            actions: Actions::default(),
            finder: None,
            looked_for: String::new(),
            library: Library::default(),
            choosing: None,
            staging: None,
            chooser: start.chooser,
            job: None,
            mode: None,
            asset_table: None,
            hazop_table: None,
            attach_to: Vec::new(),
            waiting: waiting::Waiting::default(),
            pending: None,
            may_close: false,
            notice: None,
            asked: None,
            message: String::new(),
            message_since: None,
            set_aside: None,
            proposal: None,
            recovery: Recovery::beside(start.preferences.as_deref()),
            lately: Lately::beside(start.preferences.as_deref()),
            preferences,
            preferences_file: start.preferences,
            shows_inspector: true,
            inspects: false,
            is_cramped: false,
            shows_help: false,
            shows_about: false,
            painting: start.painting,
            at_frame: start.at_frame,
            has_dialog: false,
            was_typing: false,
            last_typed: None,
            today: start.today,
            stamp: None,
            window_title: String::new(),
        };
        app.states.canvas.set_panels(app.preferences.panels);
        app.offer_recovered(None);
        if let Some(file) = start.file {
            app.open_path(ctx, file, start.ahead);
        } else if start.demo {
            app.open_sample(ctx, 0);
        }
        app
    }

    /// The day that it is.
    fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    /// The time of day: midnight where the day is given, so that the same is written each time.
    fn now(&self) -> Time {
        self.today.map_or_else(|| jiff::Zoned::now().time(), |_| Time::midnight())
    }

    /// Where the clock stands: at Greenwich where the day is given.
    fn time_zone(&self) -> TimeZone {
        self.today.map_or_else(TimeZone::system, |_| TimeZone::UTC)
    }

    /// Where a place of the diagram was on the screen in the last frame, for tests and measurements.
    pub fn on_screen(&self, at: crate::model::Point) -> Option<egui::Pos2> {
        self.states.canvas.on_screen(at)
    }

    /// The open project, for tests.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    fn error(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::error(text));
    }

    fn inform(&mut self, text: impl Into<String>) {
        self.message = text.into();
        self.message_since = None;
    }
}

/// Esc closes an open menu or list of choices, and nothing behind it hears of it.
fn close_menu_with_escape(ctx: &EguiContext) {
    if egui::Popup::is_any_open(ctx)
        && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
    {
        egui::Popup::close_all(ctx);
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, ctx: &EguiContext, input: &mut egui::RawInput) {
        self.pace_input(ctx, input);
    }

    fn logic(&mut self, ctx: &EguiContext, _frame: &mut eframe::Frame) {
        self.keep_unsaved(ctx);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.end();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// What a window does with the app, whoever paints it.
impl App {
    /// Takes keys apart that came in one frame and belong into several.
    pub(super) fn pace_input(&self, ctx: &EguiContext, input: &mut egui::RawInput) {
        super::answering::pace(ctx, &mut input.events);
    }

    /// The window closes.
    pub(super) fn end(&mut self) {
        // whatever else ends the window leaves the copy where it is
        if self.may_close || self.session.is_none() || !self.recovery.is_needed() {
            self.recovery.end();
        }
    }

    /// One frame of the window.
    pub(super) fn draw(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        timing::begin(&ctx);
        if let Some(tell) = self.at_frame.filter(|_| ctx.current_pass_index() == 0) {
            tell();
        }
        let today = self.today();
        if let Some(session) = &mut self.session {
            // a window may stay open past midnight
            session.set_as_of(today);
        }
        self.settle_after_typing(&ctx);
        self.is_on_screen = self.is_on_screen || super::window::fill_small_screen(&ctx);
        // the first frame comes before what is read beside it, which the second one shows
        if ctx.cumulative_pass_nr() > 0 {
            self.poll(&ctx);
        }
        close_menu_with_escape(&ctx);
        // keys of commands come before what a view or a field would make of them; a dialog is answered first
        if !self.has_dialog && self.staging.is_none() {
            let is_writing = self.view == View::Diagram && self.states.canvas.is_writing();
            for action in super::commands::pressed(&ctx, self.session.as_ref(), self.view, is_writing) {
                self.ask_in_room(action);
            }
        }
        self.proposal_keys(&ctx);
        self.leave_with_escape(&ctx);
        let seen = self.seen_by_two();
        timing::ended(&ctx, "Keys and news");
        self.show(ui);
        timing::ended(&ctx, "What lies over it");
        for action in self.actions.take() {
            let action = self.beside(seen.as_ref(), action);
            self.perform(&ctx, action);
        }
        self.settle_after_typing(&ctx);
        self.was_typing = ctx.text_edit_focused();
        let panels = self.states.canvas.panels();
        if std::mem::replace(&mut self.preferences.panels, panels) != panels {
            self.save_preferences();
        }
        self.take_evidence(&ctx);
        self.take_dropped(&ctx);
        self.guard_close(&ctx);
        self.update_title(&ctx);
        timing::show(&ctx);
        timing::ended(&ctx, "What was asked for");
    }
}
