//! The diagram to draw in: camera, one hit test a frame, gestures, painting apart
//! from each other. It works on the same scene that pictures are written from.

mod announce;
mod brush;
mod camera;
mod carry;
mod command;
mod drawn;
mod drop;
mod find;
mod findings;
mod flight;
mod keys;
mod menu;
mod minimap;
mod my_parts;
mod navigate;
mod note;
mod outline;
mod over;
mod paint;
mod parts;
mod picker;
mod press;
mod rename;
mod strip;
mod toolbar;
mod tooltip;
mod typed;
mod views;

pub use self::command::Command;
pub use crate::hands::gesture::Tool;

use std::rc::Rc;
use std::sync::Arc;

use egui::{Role, Sense, Ui, WidgetInfo};

pub use self::camera::Camera;
use self::drawn::{Drawing, Drawn};
use self::find::Find;
use self::flight::Flight;
use self::menu::Menu;
use self::minimap::Minimap;
use self::note::Writing;
use self::outline::Outline;
use self::picker::{Offer, Picker};
use self::press::Pointer;
use self::rename::Rename;
pub use self::views::ordered as ordered_views;
use crate::drawing::Part;
use crate::drawing::palette::Palette;
use crate::drawing::scene::{Look, Scene};
use crate::hands::cut::Cut;
use crate::hands::gesture::{Gesture, Outcome};
use crate::hands::hit::{Hit, hit};
use crate::hands::{Field, Hand};
use crate::model::{DiagramView, Point, Project, Rect, Subject, ViewId};
use crate::store::Panels;
use crate::ui::action::{Action, DiagramAction, Extent, FileAction, Selection};
use crate::ui::context::Context;
use crate::ui::library::{LibraryAction, Shelf};
use crate::ui::widgets::is_below_dialog;

/// What the canvas remembers; never part of the project.
pub struct CanvasState {
    camera: Camera,
    tool: Tool,
    /// Which parts and layers are shown, and what the colours tell.
    view: DiagramView,
    /// The project's view that is shown; `None`: the whole plant.
    view_id: Option<ViewId>,
    /// The whole plant as this screen shows it.
    whole: DiagramView,
    /// Added just now, and to be named next.
    is_view_new: bool,
    panels: Panels,
    outline: Outline,
    find: Option<Find>,
    minimap: Option<Minimap>,
    flight: Option<Flight>,
    /// A note being written in.
    writing: Option<Writing>,
    /// Where the frame of a note begins that is being drawn.
    note_from: Option<Point>,
    /// What the window asked for since the last frame.
    asked: Vec<DiagramAction>,
    parts: bool,
    wanted_part: String,
    /// The field that finds an asset type gets the keys.
    takes_part: bool,
    /// The user's own parts.
    shelf: Option<Rc<Shelf>>,
    /// What is to be shown as soon as the size of the screen is known.
    fit: Option<Fit>,
    /// Everything is shown, and the size of the screen for which it was placed so.
    fitted: Option<egui::Vec2>,
    /// How much of the foot of the canvas is covered by a question.
    foot: f32,
    /// Where the canvas is on the screen.
    rect: egui::Rect,
    drag: Option<Drag>,
    rename: Option<Rename>,
    /// Drawn just now, and to be named as soon as it is there.
    to_name: Option<Subject>,
    menu: Option<Menu>,
    picker: Option<Picker>,
    offer: Option<Offer>,
    /// The zones or assets that the picker would join.
    aimed_at: Option<(Subject, Subject)>,
    /// Where what was asked for in a menu is to be pasted.
    paste_at: Option<Point>,
    /// What was pasted last.
    pasted: Vec<Subject>,
    /// What was cut last.
    cut: Option<Cut>,
    /// What is asked of the canvas, to be done when it is shown next.
    ordered: Vec<Command>,
    drawn: Option<Drawn>,
    /// The drawing as it is worked out anew after a change.
    fresh: Option<Drawing>,
    /// The drawing as it follows a drag beside the window.
    following: Option<Drawing>,
    /// The drawing that was shown before, to follow next.
    spare: Option<Arc<Scene>>,
    /// The findings that are explained at a mark.
    panel: Option<findings::Panel>,
    /// Where on the screen the diagram was in the last frame.
    place: Option<egui::Rect>,
    icons: brush::IconSheets,
    /// What was painted of the scene in the last frame.
    painted: Option<paint::Painted>,
}

impl Default for CanvasState {
    fn default() -> Self {
        Self {
            camera: Camera::default(),
            tool: Tool::default(),
            view: DiagramView::whole_plant(),
            view_id: None,
            whole: DiagramView::whole_plant(),
            is_view_new: false,
            panels: Panels::default(),
            outline: Outline::default(),
            find: None,
            minimap: None,
            flight: None,
            writing: None,
            note_from: None,
            asked: Vec::new(),
            parts: false,
            wanted_part: String::new(),
            takes_part: false,
            shelf: None,
            fit: Some(Fit::All),
            fitted: None,
            foot: 0.0,
            rect: egui::Rect::ZERO,
            drag: None,
            rename: None,
            to_name: None,
            menu: None,
            picker: None,
            offer: None,
            aimed_at: None,
            paste_at: None,
            pasted: Vec::new(),
            cut: None,
            ordered: Vec::new(),
            drawn: None,
            fresh: None,
            following: None,
            spare: None,
            panel: None,
            place: None,
            icons: brush::IconSheets::default(),
            painted: None,
        }
    }
}

/// What to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    All,
    Selection,
    /// Only move there if it can't be seen.
    Find,
}

/// A drag with the project as it was before.
struct Drag {
    gesture: Gesture,
    before: Project,
    /// As much of it as was shown.
    shown: Project,
    /// Where it was pressed.
    from: Point,
    /// Where the hand was last, and what it came to there.
    last: Option<Hand>,
    outcome: Outcome,
    /// What the project shows is what this drag would come to, not somebody else's proposal.
    previews: bool,
}

impl Drag {
    /// What is drawn or selected is shown over the drawing, not in it.
    fn shows_preview(&self) -> bool {
        !matches!(self.gesture, Gesture::Draw(_) | Gesture::Band(_))
    }
}

impl CanvasState {
    /// Points of the screen for a canvas unit.
    pub fn zoom(&self) -> f32 {
        self.camera.zoom
    }

    /// Where a place of the diagram was on the screen in the last frame.
    pub fn on_screen(&self, at: Point) -> Option<egui::Pos2> {
        self.place.map(|rect| self.camera.to_screen(rect, at))
    }

    /// Shows everything, or what is selected.
    pub fn fit(&mut self, selection: bool) {
        self.fit = Some(if selection { Fit::Selection } else { Fit::All });
    }

    /// Something is being typed or answered over the canvas.
    pub fn is_renaming(&self) -> bool {
        let is_finding = self.outline.is_filtering || self.find.as_ref().is_some_and(|it| it.is_typing);
        let is_writing = self.rename.is_some() || self.outline.rename.is_some() || self.writing.is_some();
        is_writing || is_finding || self.picker.is_some() || self.offer.is_some()
    }

    /// What stands beside the diagram.
    pub fn panels(&self) -> Panels {
        self.panels
    }

    /// Shows beside the diagram what stood there last.
    pub fn set_panels(&mut self, panels: Panels) {
        self.panels = panels;
    }

    /// Keeps in mind what the window asks for until the next frame.
    pub fn ask(&mut self, action: DiagramAction) {
        self.asked.push(action);
    }

    /// Does what the window asked for.
    fn do_asked(&mut self, ctx: &Context, is_outline_shown: bool) {
        for action in std::mem::take(&mut self.asked) {
            match action {
                DiagramAction::Fly(_) => self.fly_to_selection(),
                DiagramAction::Outline => self.panels.outline = Some(!is_outline_shown),
                DiagramAction::Motion => self.panels.still = !self.panels.still,
                DiagramAction::Find => self.find.get_or_insert_with(Find::open).take_keyboard(),
                DiagramAction::View(view) => self.show_view(ctx.project, view),
                DiagramAction::NewView(preset) => self.new_view(ctx, preset),
                DiagramAction::HideSelection => self.hide_selection(ctx),
                DiagramAction::OnlySelection => self.show_only(ctx, &ctx.selection.subjects),
                DiagramAction::ShowAll => self.show_all(ctx),
                DiagramAction::AddNote(kind) => note::add(ctx, self, kind),
                DiagramAction::Layer(layer) => self.change_view(ctx, |view| {
                    if !view.hidden_layers.remove(&layer) {
                        view.hidden_layers.insert(layer);
                    }
                }),
                DiagramAction::Colours(overlay) => self.change_view(ctx, |view| view.overlay = overlay),
                DiagramAction::ColoursOf(fr) => self.change_view(ctx, |view| view.fr = fr),
                DiagramAction::Parts => self.parts = !self.parts,
            }
        }
    }

    /// Moves so that a place is in the middle.
    fn look_at(&mut self, at: Point) {
        self.camera.center = at;
        self.fitted = None;
    }

    /// Takes a tool in hand.
    pub fn take_up(&mut self, tool: Tool) {
        self.tool = tool;
    }

    /// Does this when the canvas is shown next.
    pub fn order(&mut self, command: Command) {
        self.ordered.push(command);
    }

    /// Begins typing in place: the name of a zone, a tag, or what a note says.
    fn begin_writing(&mut self, project: &Project, subject: Subject) {
        match subject {
            Subject::Note(id) => self.writing = Writing::begin(project, id),
            _ => self.rename = Rename::begin(project, subject),
        }
    }

    /// Forgets a drag: the project changed under it, or it is taken back.
    pub fn let_go(&mut self) {
        self.drag = None;
    }

    /// Selects something and moves there if it can't be seen.
    fn go_to(&mut self, ctx: &Context, subject: Subject) {
        ctx.select(subject);
        self.fly_to_selection();
    }

    /// Whether the user's own parts are shown beside the canvas.
    pub fn shows_parts(&self) -> bool {
        self.parts
    }

    /// Takes over the user's own parts.
    pub fn set_shelf(&mut self, shelf: Rc<Shelf>) {
        self.shelf = Some(shelf);
    }

    /// The middle of what is seen.
    fn middle(&self) -> Point {
        self.camera.center
    }

    /// Zooms about the middle of what is seen.
    fn zoom_by(&mut self, factor: f32) {
        self.camera.zoom_by(factor);
        self.fitted = None;
    }

    /// Moves to what is selected if it can't be seen.
    pub fn fly_to_selection(&mut self) {
        self.fit.get_or_insert(Fit::Find);
    }

    /// How a picture of what is shown is to look: on light ground, as paper has it.
    pub fn picture_look(&self, palette: &'static Palette) -> Look {
        self.look(if palette == Palette::dark() { Palette::light() } else { palette })
    }

    /// The part of the diagram that a picture is to show.
    pub fn part(&self, extent: Extent, selection: &Selection) -> Part {
        match extent {
            Extent::All => Part::All,
            Extent::Selection => Part::Only(selection.subjects.iter().copied().collect()),
            Extent::Seen => self.place.map_or(Part::All, |rect| Part::Area(self.camera.visible(rect))),
        }
    }
}

/// From this width on the outline is shown as long as nobody has said anything else.
const OUTLINE_FROM: f32 = 1000.0;

/// Shows it.
pub fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    state.follow_view(ctx.project);
    let shows_outline = state.panels.outline.unwrap_or(ui.available_width() >= OUTLINE_FROM);
    state.do_asked(ctx, shows_outline);
    toolbar::show(ui, ctx, state, shows_outline);
    if shows_outline {
        outline::show(ui, ctx, state);
    } else {
        state.outline.is_filtering = false;
    }
    if state.parts {
        parts::show(ui, ctx, state);
    }
    find::show(ui, ctx, state);
    if state.fit == Some(Fit::Find) {
        state.uncover(ctx);
    }
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Diagram of zones and conduits"));
    let drawn = state.take_scene(ui.ctx(), ctx);
    let scene = &*drawn.scene;
    // what the view hides can be neither seen nor hit; edits are made for the session's project
    let project = state.hittable(scene);
    let (whole, ctx) = (ctx, &Context { project: &project, ..*ctx });
    let field = &Field::new(ctx.session.project(), &project, scene);
    state.rect = rect;
    navigate::apply_fit(ui, ctx, state, scene, rect);
    let is_below = is_below_dialog(ui);
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    // a canvas that nothing else wants the keys of has them
    let is_busy = is_below || state.picker.is_some() || state.offer.is_some();
    if ui.memory(|memory| memory.focused().is_none()) && !is_busy {
        response.request_focus();
    }
    navigate::by_pointer(ui, state, rect, &response);
    let pointer = response.hover_pos().or(response.interact_pointer_pos());
    let at = pointer.map(|it| state.camera.to_canvas(rect, it));
    let hovered = match at {
        Some(at) if response.contains_pointer() => hit(field, at, state.camera.zoom, &press::grips(ctx, state, field)),
        _ => Hit::Nothing,
    };
    for command in std::mem::take(&mut state.ordered) {
        if command.is_offered(field.project, &ctx.selection.subjects) {
            carry::out(ui, ctx, state, field, command);
        }
    }
    if !note::press(ui, ctx, state, &response, at) {
        press::handle(ui, ctx, state, field, &Pointer { response: &response, at, hovered });
    }
    findings::close_with_escape(ui, state);
    let is_any_open = egui::Popup::is_any_open(ui.ctx()) || state.menu.is_some();
    if is_any_open && response.has_focus() {
        // arrows and Tab are for the menu
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, egui::EventFilter::default()));
    } else if !state.is_renaming() && response.has_focus() && !is_below {
        keys::handle(ui, ctx, state, field);
    }
    let painter = ui.painter().with_clip_rect(rect);
    paint::scene(&painter, ctx, state, &drawn.scene, rect, hovered);
    find::paint(&painter, ctx, state, scene, rect);
    over::paint(&painter, ctx, state, field, hovered, at);
    announce::focus_edge(&painter, ctx, &response);
    announce::zones(ui, ctx, state, scene, rect);
    drop::show(&painter, ctx, state, field, &response);
    match hovered {
        Hit::Conduit(id) if state.drag.is_none() => tooltip::conduit(response.clone(), ctx, id),
        Hit::Site(zone) if state.drag.is_none() && state.rename.is_none() => {
            tooltip::of_site(response.clone(), ctx, zone);
        }
        _ => (),
    }
    menu::show(ui, ctx, state, &response, field);
    picker::show(ui, ctx, state, field);
    picker::show_offer(ui, ctx, state, field);
    strip::show(ui, ctx, state, field);
    if let Some(subject) = state.to_name.filter(|it| it.exists_in(ctx.project)) {
        state.to_name = None;
        state.rename = Rename::begin(ctx.project, subject);
    }
    rename::show(ui, ctx, state, scene, rect);
    note::show(ui, ctx, state, rect);
    minimap::show(ui, ctx, state, scene, rect);
    // what is found and what mends it is about the whole project
    findings::show(ui, whole, state, scene, rect);
    if field.project.zones.is_empty() {
        invite(ui, ctx, state, field, rect);
    }
    state.place = Some(rect);
    state.keep_scene(drawn);
}

/// Where a subject is drawn.
fn bounds_of(project: &Project, scene: &Scene, subject: Subject) -> Option<Rect> {
    match subject {
        Subject::Zone(id) => project.zones.get(id).map(|it| it.frame),
        Subject::Conduit(id) => {
            let around = |it: &Point| Rect::new(it.x, it.y, 1.0, 1.0);
            scene.routes().get(&id)?.points.iter().map(around).reduce(|all, it| all.union(&it))
        }
        Subject::Asset(id) => {
            let home = || project.assets.get(id)?.zone.and_then(|zone| project.zones.get(zone)).map(|it| it.frame);
            scene.places.cells.get(&id).copied().or_else(home)
        }
        Subject::Note(id) => project.notes.get(id).map(|it| it.frame),
        Subject::Flow(id) => bounds_of(project, scene, project.flows.get(id)?.conduit?.into()),
        _ => None,
    }
}

/// What stands on an empty canvas.
fn invite(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, field: &Field, rect: egui::Rect) {
    let area = egui::Rect::from_center_size(rect.center(), egui::vec2(560.0_f32.min(rect.width() - 24.0), 240.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(area), |ui| {
        ui.vertical_centered(|ui| {
            ui.label(crate::ui::theme::title("Nothing drawn yet"));
            ui.label(
                egui::RichText::new("Double-click where the first zone should stand, or press Z and draw it.").weak(),
            );
            ui.add_space(6.0);
            if crate::ui::widgets::primary_button(ui, ctx.palette, "Draw the first zone").clicked() {
                state.draw_zone(ctx, field, Rect::new(320.0, 240.0, 280.0, 160.0));
            }
            ui.add_space(10.0);
            ui.label(egui::RichText::new("Or begin with what there is").weak());
            for (label, action) in [
                ("Import a drawing…", Action::File(FileAction::ImportDrawing)),
                ("Import assets from a table…", Action::File(FileAction::ImportAssets)),
                ("New from template…", Action::Library(LibraryAction::Gallery(true))),
            ] {
                if ui.button(label).clicked() {
                    ctx.send(action);
                }
            }
        });
    });
}
