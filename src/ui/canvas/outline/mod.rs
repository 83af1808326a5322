//! The outline beside the canvas: what lies in what, as a tree with the same selection.

mod hands;
mod row;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use egui::{EventFilter, Frame, Key, Margin, Modifiers, Panel, RichText, ScrollArea, Sense, TextEdit, Ui};

use self::rows::{Contents, Row};
use super::CanvasState;
use super::rename::Rename;
use crate::analysis::Severity;
use crate::drawing::hidden_zones;
use crate::hands::outline::Node;
use crate::model::{DiagramView, Subject, ZoneId};
use crate::ui::action::{Action, DiagramAction, Selection};
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::is_below_dialog;

/// Height of a row.
const ROW: f32 = 24.0;

/// What the outline remembers; never part of the project.
#[derive(Default)]
pub(super) struct Outline {
    toggled: BTreeSet<Node>,
    wanted: String,
    drawn: Option<Drawn>,
    /// The selection that the tree has unfolded for.
    shown: Vec<Subject>,
    /// Where the keyboard is.
    cursor: Option<Node>,
    /// Where a selection with Shift begins.
    anchor: Option<Node>,
    scroll_to: Option<Node>,
    drag: Option<Vec<Subject>>,
    pub(super) rename: Option<Rename>,
    takes_filter: bool,
    takes_tree: bool,
    /// The filter has the keyboard.
    pub(super) is_filtering: bool,
}

/// The rows and what they were laid out from.
struct Drawn {
    revision: u64,
    toggled: BTreeSet<Node>,
    wanted: String,
    view: BTreeSet<crate::model::Target>,
    contents: Contents,
    rows: Vec<Row>,
    /// Open errors and warnings by what they are about.
    marks: BTreeMap<Subject, (usize, usize)>,
    hidden: BTreeSet<ZoneId>,
}

impl Drawn {
    fn of(ctx: &Context, outline: &Outline, view: &DiagramView, earlier: Option<Self>) -> Self {
        let revision = ctx.session.revision();
        // a drag on the canvas moves things, and the outline does not tell where they are drawn; what is
        // typed beside it is told once the letters end
        let is_as_before = |it: &Self| it.revision == revision || !ctx.session.is_settled();
        let same = earlier.filter(|it| is_as_before(it) && it.view == view.hidden);
        let (contents, marks, hidden) = match same {
            Some(drawn) if drawn.toggled == outline.toggled && drawn.wanted == outline.wanted => return drawn,
            Some(drawn) => (drawn.contents, drawn.marks, drawn.hidden),
            None => (Contents::of(ctx.project), marks(ctx), hidden_zones(ctx.project, view)),
        };
        let rows = contents.rows(ctx.project, &outline.toggled, &outline.wanted);
        let (toggled, wanted) = (outline.toggled.clone(), outline.wanted.clone());
        Self { revision, toggled, wanted, view: view.hidden.clone(), contents, rows, marks, hidden }
    }

    fn is_hidden(&self, ctx: &Context, subject: Subject) -> bool {
        match subject {
            Subject::Zone(id) => self.hidden.contains(&id),
            Subject::Asset(id) => {
                ctx.project.assets.get(id).and_then(|it| it.zone).is_some_and(|zone| self.hidden.contains(&zone))
            }
            Subject::Conduit(id) => {
                let ends = ctx.project.conduits.get(id).map(|it| [it.from, it.to]).unwrap_or_default();
                self.view.contains(&id.into()) || ends.into_iter().flatten().any(|it| self.hidden.contains(&it))
            }
            _ => false,
        }
    }
}

fn marks(ctx: &Context) -> BTreeMap<Subject, (usize, usize)> {
    let mut marks: BTreeMap<Subject, (usize, usize)> = BTreeMap::new();
    for finding in ctx.analysis.findings.iter().filter(|it| it.set_aside.is_none()) {
        let Some(&subject) = finding.about.first() else { continue };
        let (errors, warnings) = marks.entry(subject).or_default();
        match finding.severity() {
            Severity::Error => *errors += 1,
            Severity::Warning => *warnings += 1,
            Severity::Hint => (),
        }
    }
    marks
}

/// Shows it at the left of the canvas.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    let most = (ui.available_width() * 0.5).max(140.0);
    let frame =
        Frame::new().fill(color32(ctx.palette.panel)).inner_margin(Margin { left: 8, right: 2, top: 8, bottom: 4 });
    Panel::left("outline")
        .resizable(true)
        .default_size(232.0_f32.min(most))
        .size_range(140.0..=most)
        .frame(frame)
        .show(ui, |ui| {
            let room = ui.available_rect_before_wrap();
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
            contents(&mut inside, ctx, state);
            ui.advance_cursor_after_rect(room);
        });
}

fn contents(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    let mut outline = std::mem::take(&mut state.outline);
    filter(ui, &mut outline);
    let earlier = outline.drawn.take();
    let mut drawn = Drawn::of(ctx, &outline, &state.view, earlier);
    if follow_selection(ctx, &mut outline, &drawn) {
        drawn = Drawn::of(ctx, &outline, &state.view, Some(drawn));
    }
    tree(ui, ctx, state, &mut outline, &drawn);
    outline.drawn = Some(drawn);
    state.outline = outline;
}

fn filter(ui: &mut Ui, outline: &mut Outline) {
    ui.horizontal(|ui| {
        let width = ui.available_width() - 6.0;
        let field = TextEdit::singleline(&mut outline.wanted).hint_text("Filter the outline").desired_width(width);
        let response = ui.add(field).accessible_name("Filter the outline");
        if std::mem::take(&mut outline.takes_filter) {
            response.request_focus();
            if let Some(mut edit) = TextEdit::load_state(ui.ctx(), response.id) {
                let end = egui::text::CCursor::new(outline.wanted.chars().count());
                edit.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
                edit.store(ui.ctx(), response.id);
            }
        }
        outline.is_filtering = response.has_focus();
        if response.lost_focus() {
            let (escaped, entered) = ui.input(|input| (input.key_pressed(Key::Escape), input.key_pressed(Key::Enter)));
            if escaped {
                outline.wanted.clear();
            }
            outline.takes_tree |= escaped || entered;
        }
        if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            outline.takes_tree = true;
        }
    });
}

/// Unfolds what is around the only thing selected elsewhere; returns whether it did.
fn follow_selection(ctx: &Context, outline: &mut Outline, drawn: &Drawn) -> bool {
    if outline.shown == ctx.selection.subjects {
        return false;
    }
    outline.shown.clone_from(&ctx.selection.subjects);
    let Some(&first) = outline.shown.first() else { return false };
    if outline.cursor != Some(Node::Item(first)) {
        outline.scroll_to = Some(Node::Item(first));
        outline.cursor = Some(Node::Item(first));
        outline.anchor = Some(Node::Item(first));
    }
    let mut changed = false;
    for node in drawn.contents.around(ctx.project, first) {
        changed |= drawn.contents.set_open(&mut outline.toggled, &node, true);
    }
    changed
}

fn tree(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, outline: &mut Outline, drawn: &Drawn) {
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("tree");
    let whole = ui.interact(area, id, Sense::focusable_noninteractive());
    whole.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Tree, true, "Outline"));
    if std::mem::take(&mut outline.takes_tree) {
        whole.request_focus();
    }
    if whole.has_focus() && !is_below_dialog(ui) {
        ui.memory_mut(|memory| {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
            memory.set_focus_lock_filter(id, filter);
        });
        if outline.rename.is_none() && !super::findings::close_with_escape(ui, state) {
            hands::keys(ui, ctx, outline, drawn);
        }
    }
    if drawn.rows.is_empty() {
        let text =
            if outline.wanted.trim().is_empty() { "Nothing drawn yet" } else { "Nothing answers to these words" };
        ui.label(RichText::new(text).weak());
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let scroll = ScrollArea::vertical().id_salt("outline rows").auto_shrink([false, false]);
    let wanted = outline.scroll_to.take().and_then(|node| drawn.rows.iter().position(|it| it.node == node));
    let mut hovered = None;
    let output = scroll.show_rows(ui, ROW, drawn.rows.len(), |ui, range| {
        if let Some(place) = wanted {
            let rows = ui.max_rect();
            let top = rows.top() + (place as f32 - range.start as f32) * ROW;
            let row = egui::Rect::from_min_size(egui::pos2(rows.left(), top), egui::vec2(1.0, ROW));
            // as little as brings it into sight
            ui.scroll_to_rect(row, None);
        }
        for place in range {
            let Some(row) = drawn.rows.get(place) else { break };
            let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), Sense::empty());
            let response = ui.interact(rect, id.with(row.node.key()), Sense::CLICK | Sense::DRAG);
            if ui.rect_contains_pointer(rect) {
                hovered = Some((row, rect));
            }
            row::paint(ui, ctx, outline, drawn, row, &response, whole.has_focus());
            if hands::press(ui, ctx, outline, drawn, place, &response) {
                whole.request_focus();
            }
            row_menu(ctx, state, outline, drawn, row, &response);
            if let Some(rename) = outline.rename.as_mut().filter(|it| row::is_renamed(row, it)) {
                let field = row::name_place(row, rect);
                if rename.show(ui, ctx, field) {
                    outline.rename = None;
                    whole.request_focus();
                }
            }
        }
    });
    let is_inside = ui.input(|input| input.pointer.interact_pos()).is_some_and(|it| output.inner_rect.contains(it));
    hands::drag(ui, ctx, outline, hovered, is_inside);
}

impl Node {
    /// What tells its row from the others.
    fn key(&self) -> String {
        match self {
            Self::Item(subject) => subject.to_string(),
            other => format!("{other:?}"),
        }
    }
}

/// The menu of a row.
fn row_menu(
    ctx: &Context,
    state: &mut CanvasState,
    outline: &mut Outline,
    drawn: &Drawn,
    row: &Row,
    response: &egui::Response,
) {
    response.context_menu(|ui| match (&row.node, row.subject()) {
        (_, Some(subject)) => {
            if ui.button("Rename").clicked() {
                outline.rename = hands::rename(ctx, row);
                ui.close();
            }
            if ui.button("Show it large").clicked() {
                ctx.select(subject);
                ctx.send(Action::Fit(true));
                ui.close();
            }
            if let Some(target) = subject.target() {
                let is_hidden = state.view.hidden.contains(&target);
                if ui.button(if is_hidden { "Show in this view" } else { "Hide in this view" }).clicked() {
                    state.change_view(ctx, |view| {
                        if !view.hidden.remove(&target) {
                            view.hidden.insert(target);
                        }
                    });
                    ui.close();
                }
            }
            if ui.button("Show only this and its neighbours").clicked() {
                state.show_only(ctx, &[subject]);
                ui.close();
            }
            ui.separator();
            if ui.button("Delete").clicked() {
                ctx.delete(&[subject]);
                ui.close();
            }
        }
        (Node::Site(site), _) => {
            if ui.button("Rename").clicked() {
                outline.rename = hands::rename(ctx, row);
                ui.close();
            }
            if ui.button("Select all its zones").clicked() {
                let subjects = drawn.contents.of_site(site);
                ctx.send(Action::Diagram(DiagramAction::Fly(Selection { subjects, requirement: None })));
                ui.close();
            }
            if ui.button("Show only these and their neighbours").clicked() {
                state.show_only(ctx, &drawn.contents.of_site(site));
                ui.close();
            }
        }
        _ => {
            let open = row.open == Some(true);
            if ui.button(if open { "Fold" } else { "Unfold" }).clicked() {
                drawn.contents.set_open(&mut outline.toggled, &row.node, !open);
                ui.close();
            }
        }
    });
}
