//! The outline beside the canvas: what lies in what, as a tree with the same selection.

mod drop;
mod row;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use egui::{EventFilter, Frame, Key, Margin, Modifiers, Panel, RichText, ScrollArea, Sense, TextEdit, Ui};

use self::rows::{Contents, Node, Row};
use super::CanvasState;
use super::rename::Rename;
use crate::analysis::Severity;
use crate::drawing::hidden_zones;
use crate::model::{DiagramView, Subject, ZoneId};
use crate::ui::action::{Action, DiagramAction, Selection};
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{capital, is_below_dialog, plain_key};

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
        // a drag on the canvas moves things, and the outline does not tell where they are drawn
        let is_as_before = |it: &Self| it.revision == revision || ctx.session.is_previewing();
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
        if outline.rename.is_none() {
            keys(ui, ctx, outline, drawn);
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
            if press(ui, ctx, outline, drawn, place, &response) {
                whole.request_focus();
            }
            row_menu(ctx, state, outline, drawn, row, &response);
            if let Some(rename) = outline.rename.as_mut().filter(|it| row.subject() == Some(it.subject())) {
                let field = row::name_place(row, rect);
                if rename.show(ui, ctx, field) {
                    outline.rename = None;
                    whole.request_focus();
                }
            }
        }
    });
    let is_inside = ui.input(|input| input.pointer.interact_pos()).is_some_and(|it| output.inner_rect.contains(it));
    drag(ui, ctx, outline, hovered, is_inside);
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

/// Clicks and the beginning of drags; returns whether the row was clicked.
fn press(
    ui: &Ui,
    ctx: &Context,
    outline: &mut Outline,
    drawn: &Drawn,
    place: usize,
    response: &egui::Response,
) -> bool {
    let Some(row) = drawn.rows.get(place) else { return false };
    let modifiers = ui.input(|input| input.modifiers);
    if response.drag_started()
        && let Some(subject) = row.subject().filter(|it| matches!(it, Subject::Zone(_) | Subject::Asset(_)))
    {
        let several = ctx.selection.contains(subject);
        outline.drag = Some(if several { ctx.selection.subjects.clone() } else { vec![subject] });
    }
    if response.secondary_clicked()
        && let Some(subject) = row.subject().filter(|it| !ctx.selection.contains(*it))
    {
        outline.cursor = Some(row.node.clone());
        ctx.select(subject);
    }
    if response.double_clicked() && row.subject().is_some() {
        outline.rename = row.subject().and_then(|it| Rename::begin(ctx.project, it));
        return true;
    }
    if !response.clicked() {
        return false;
    }
    let on_triangle = response.interact_pointer_pos().is_some_and(|at| row::triangle(row, response.rect).contains(at));
    if let Some(open) =
        row.open.filter(|_| on_triangle || matches!(row.node, Node::Conduits | Node::Notes | Node::Unplaced))
    {
        drawn.contents.set_open(&mut outline.toggled, &row.node, !open);
        outline.cursor = Some(row.node.clone());
        return true;
    }
    choose(ctx, outline, drawn, place, modifiers);
    true
}

/// Selects a row: alone, to or from the selection with Ctrl, everything from the anchor on with Shift.
fn choose(ctx: &Context, outline: &mut Outline, drawn: &Drawn, place: usize, modifiers: Modifiers) {
    let Some(row) = drawn.rows.get(place) else { return };
    outline.cursor = Some(row.node.clone());
    outline.scroll_to = Some(row.node.clone());
    let mut subjects = match &row.node {
        Node::Site(site) => drawn.contents.of_site(site),
        _ => row.subject().into_iter().collect(),
    };
    if modifiers.shift {
        let from = outline.anchor.as_ref().and_then(|node| drawn.rows.iter().position(|it| it.node == *node));
        let from = from.unwrap_or(place);
        let range = drawn.rows.get(from.min(place)..=from.max(place)).unwrap_or_default();
        subjects = range.iter().filter_map(Row::subject).collect();
    } else {
        outline.anchor = Some(row.node.clone());
        if modifiers.command
            && let Some(subject) = row.subject()
        {
            subjects = ctx.selection.subjects.clone();
            match subjects.iter().position(|it| *it == subject) {
                Some(place) => {
                    subjects.remove(place);
                }
                None => subjects.push(subject),
            }
        }
    }
    if subjects.is_empty() && !modifiers.command {
        return;
    }
    outline.shown.clone_from(&subjects);
    ctx.send(Action::Diagram(DiagramAction::Fly(Selection { subjects, requirement: None })));
}

fn keys(ui: &Ui, ctx: &Context, outline: &mut Outline, drawn: &Drawn) {
    let at = outline.cursor.as_ref().and_then(|node| drawn.rows.iter().position(|it| it.node == *node));
    let last = drawn.rows.len().saturating_sub(1);
    let page = 12;
    let mut go = None;
    for (key, to) in [
        (Key::ArrowDown, at.map_or(0, |at| (at + 1).min(last))),
        (Key::ArrowUp, at.map_or(last, |at| at.saturating_sub(1))),
        (Key::PageDown, at.map_or(0, |at| (at + page).min(last))),
        (Key::PageUp, at.map_or(0, |at| at.saturating_sub(page))),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        for modifiers in [Modifiers::SHIFT, Modifiers::NONE] {
            if ui.input_mut(|input| input.modifiers.shift == modifiers.shift && input.consume_key(modifiers, key)) {
                go = Some((to, modifiers));
            }
        }
    }
    if let Some((place, modifiers)) = go {
        match drawn.rows.get(place).filter(|row| row.subject().is_none()) {
            // a heading is passed without selecting all below it
            Some(heading) => {
                outline.cursor = Some(heading.node.clone());
                outline.scroll_to = Some(heading.node.clone());
            }
            None => choose(ctx, outline, drawn, place, modifiers),
        }
    }
    let Some((place, row)) = at.and_then(|at| Some((at, drawn.rows.get(at)?))) else { return };
    if plain_key(ui, Key::ArrowRight) {
        match row.open {
            Some(false) => {
                drawn.contents.set_open(&mut outline.toggled, &row.node, true);
            }
            Some(true) => choose(ctx, outline, drawn, place + 1, Modifiers::NONE),
            None => (),
        }
    }
    if plain_key(ui, Key::ArrowLeft) {
        if row.open == Some(true) {
            drawn.contents.set_open(&mut outline.toggled, &row.node, false);
        } else if let Some(outer) =
            drawn.rows.get(..place).and_then(|it| it.iter().rposition(|it| it.depth < row.depth))
        {
            choose(ctx, outline, drawn, outer, Modifiers::NONE);
        }
    }
    if plain_key(ui, Key::Enter) {
        match row.subject() {
            Some(_) => ctx.send(Action::Fit(true)),
            None => choose(ctx, outline, drawn, place, Modifiers::NONE),
        }
    }
    if plain_key(ui, Key::F2) {
        outline.rename = row.subject().and_then(|it| Rename::begin(ctx.project, it));
    }
    if (plain_key(ui, Key::Delete) || plain_key(ui, Key::Backspace)) && !ctx.selection.subjects.is_empty() {
        ctx.delete(&ctx.selection.subjects);
    }
    if outline.drag.is_none() && plain_key(ui, Key::Escape) {
        if outline.wanted.is_empty() {
            ctx.send(Action::Select(Selection::default()));
        } else {
            outline.wanted.clear();
        }
    }
    type_to_filter(ui, outline);
}

/// What is typed in the tree goes on in the filter.
fn type_to_filter(ui: &Ui, outline: &mut Outline) {
    let typed: String = ui.input_mut(|input| {
        if input.modifiers.command || input.modifiers.alt {
            return String::new();
        }
        let mut typed = String::new();
        input.events.retain(|event| match event {
            egui::Event::Text(text) => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
        typed
    });
    if !typed.trim().is_empty() {
        outline.wanted.push_str(&typed);
        outline.takes_filter = true;
    }
}

/// A drag under way: where it would fall, and what comes of it there.
fn drag(ui: &Ui, ctx: &Context, outline: &mut Outline, hovered: Option<(&Row, egui::Rect)>, is_inside: bool) {
    let Some(dragged) = &outline.drag else { return };
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        outline.drag = None;
        return;
    }
    let onto = hovered.map(|(row, _)| &row.node);
    let outcome = drop::dropped(ctx.project, dragged, onto);
    let is_over_itself = hovered.and_then(|(row, _)| row.subject()).is_some_and(|it| dragged.contains(&it));
    if is_inside && !is_over_itself {
        let (text, is_possible) = match &outcome {
            Ok(edit) => (capital(&edit.label(ctx.project)), true),
            Err(reason) => (reason.clone(), false),
        };
        row::drop_mark(ui, ctx, hovered.map(|(_, rect)| rect), &text, is_possible);
        ui.ctx().set_cursor_icon(if is_possible { egui::CursorIcon::Grabbing } else { egui::CursorIcon::NotAllowed });
    }
    if ui.input(|input| input.pointer.any_released() || !input.pointer.any_down()) {
        if is_inside && !is_over_itself {
            match outcome {
                Ok(edit) => ctx.edit(edit),
                Err(reason) => ctx.send(Action::Say(reason)),
            }
        }
        outline.drag = None;
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
                outline.rename = Rename::begin(ctx.project, subject);
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
