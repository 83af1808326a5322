//! The tool for notes, and writing in them in place.

use egui::{Frame, Key, Margin, Modifiers, PointerButton, Stroke, TextEdit, Ui};

use super::{CanvasState, Tool, findings, minimap};
use crate::drawing::metrics::GRID;
use crate::drawing::scene::{NOTE_TEXT, legend_note_height, note_height};
use crate::edit::{Edit, Item};
use crate::hands::snap::on_grid;
use crate::model::{Id, Note, NoteId, NoteKind, Point, Project, Rect, Subject};
use crate::text::Face;
use crate::ui::action::{Action, DiagramAction, Selection};
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};

/// Width of a note that was clicked and not drawn.
const WIDTH: f32 = 220.0;
/// Height of a title that was clicked and not drawn.
const TITLE_HEIGHT: f32 = 40.0;
/// How far from the drawing a title or a legend is put.
const BESIDE: f32 = 24.0;

/// A note being written in.
#[derive(Clone)]
pub(super) struct Writing {
    id: NoteId,
    note: Note,
    /// Not in the project yet.
    is_new: bool,
    /// Nothing was typed, and the keyboard is not there yet.
    is_fresh: bool,
}

impl Writing {
    /// Goes on writing in a note.
    pub fn begin(project: &Project, id: NoteId) -> Option<Self> {
        let note = project.notes.get(id)?.clone();
        Some(Self { id, note, is_new: false, is_fresh: true })
    }
}

/// With the tool in hand: a click sets a note down, a drag draws its frame. Returns
/// whether the pointer was for the tool.
pub(super) fn press(
    ui: &Ui,
    ctx: &Context,
    state: &mut CanvasState,
    response: &egui::Response,
    at: Option<Point>,
) -> bool {
    if state.tool != Tool::Note {
        state.note_from = None;
        return false;
    }
    let Some(at) = at else { return true };
    let on_grid = |at: Point| Point::new(on_grid(at.x), on_grid(at.y));
    let to_canvas = |state: &CanvasState, at: egui::Pos2| state.camera.to_canvas(response.rect, at);
    if response.contains_pointer() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
    }
    if response.drag_started_by(PointerButton::Primary) {
        let pressed =
            ui.input(|input| input.pointer.press_origin()).map_or(at, |it| state.camera.to_canvas(response.rect, it));
        state.note_from = Some(on_grid(pressed));
    }
    let drawn = state.note_from.map(|from| Rect::between(from, on_grid(at)));
    if let Some(frame) = drawn.filter(|_| !response.drag_stopped()) {
        let frame = state.camera.rect_to_screen(response.rect, frame);
        let accent = color32(ctx.palette.accent);
        let fill = color32(ctx.palette.selection_fill);
        ui.painter().rect(frame, 2.0, fill, Stroke::new(1.5, accent), egui::StrokeKind::Middle);
    }
    if response.drag_stopped_by(PointerButton::Primary) {
        let frame = drawn.filter(|it| it.width >= 24.0 && it.height >= 16.0);
        state.note_from = None;
        set_down(state, frame.unwrap_or(Rect { width: WIDTH, height: 0.0, ..drawn.unwrap_or_default() }));
    } else if response.clicked_by(PointerButton::Primary) {
        let corner = on_grid(at);
        let wanted = Rect::new(corner.x, corner.y, WIDTH, note_height("", WIDTH));
        let over = [minimap::area(ui, state), findings::panel_area(ui, state)].into_iter().flatten();
        let over = over.map(|it| Rect::between(to_canvas(state, it.min), to_canvas(state, it.max)));
        let taken: Vec<Rect> = ctx.project.notes.values().map(|it| it.frame).chain(over).collect();
        let hides = |it: &Rect| state.scene().is_some_and(|scene| scene.has_card_in(*it));
        let place = free_place(wanted, state.camera.visible(response.rect), &taken, hides);
        set_down(state, place);
    }
    true
}

/// So many places are tried beside each other.
const PLACES: f32 = 80.0;

/// So much farther away a place may be where no asset is hidden.
const FARTHER: f32 = 400.0;

/// Where a note can be seen whole and covers nothing that is taken, as near as can be to where it is
/// wanted and rather where it `hides` nothing; there itself where no place is free.
fn free_place(wanted: Rect, seen: Rect, taken: &[Rect], hides: impl Fn(&Rect) -> bool) -> Rect {
    let is_free = |it: &Rect| seen.encloses(it) && !taken.iter().any(|other| other.overlaps(it));
    if is_free(&wanted) {
        return wanted;
    }
    let step = on_grid(seen.width.max(seen.height) / PLACES).max(GRID);
    let steps = |most: f32| (0..=(most / step) as usize).map(move |it| it as f32 * step);
    let (left, top) = (on_grid(seen.x + GRID), on_grid(seen.y + GRID));
    let places = steps(seen.width).flat_map(|x| steps(seen.height).map(move |y| (x, y)));
    let places = places.map(|(x, y)| Rect { x: left + x, y: top + y, ..wanted }).filter(is_free);
    let away = |it: Rect| (it.x - wanted.x).hypot(it.y - wanted.y) + if hides(&it) { FARTHER } else { 0.0 };
    let nearest = places.map(|it| (away(it), it)).min_by(|one, next| one.0.total_cmp(&next.0));
    nearest.map_or(wanted, |it| it.1)
}

/// Begins a new note; it comes into the project when something is written.
fn set_down(state: &mut CanvasState, frame: Rect) {
    let kind = NoteKind::Text;
    let frame = if frame.height > 0.0 { frame } else { Rect { height: note_height("", frame.width), ..frame } };
    state.tool = Tool::Select;
    let note = Note { kind, frame, ..Note::default() };
    state.writing = Some(Writing { id: NoteId::random(), note, is_new: true, is_fresh: true });
}

/// Puts a note of a kind where there is room for it: a title above the drawing, a legend
/// below it, both as large as suits that; words into the middle of what is seen.
pub(super) fn add(ctx: &Context, state: &mut CanvasState, kind: NoteKind) {
    let middle = state.camera.center;
    let drawn = state.scene().map(|it| it.bounds).filter(|it| it.width > 0.0);
    let around = drawn.unwrap_or(Rect::new(middle.x, middle.y, WIDTH, 0.0));
    let id = NoteId::random();
    match kind {
        NoteKind::Legend => {
            let width = on_grid(around.width.clamp(320.0, 720.0));
            let height = state.scene().map_or(200.0, |scene| legend_note_height(scene, ctx.analysis, width).ceil());
            let frame = Rect::new(on_grid(around.x), on_grid(around.bottom() + BESIDE), width, height);
            ctx.put(Item::Note(id, Note { kind, frame, ..Note::default() }));
            ctx.send(Action::Diagram(DiagramAction::Fly(Selection::of(id))));
        }
        NoteKind::Title => {
            let height = on_grid((around.width * 0.03).clamp(TITLE_HEIGHT, 3.0 * TITLE_HEIGHT));
            let frame = Rect::new(on_grid(around.x), on_grid(around.y - BESIDE - height), 12.0 * height, height);
            let note = Note { kind, frame, ..Note::default() };
            state.look_at(frame.center());
            state.writing = Some(Writing { id, note, is_new: true, is_fresh: true });
        }
        NoteKind::Text => {
            let height = note_height("", WIDTH);
            let frame = Rect::new(on_grid(middle.x - WIDTH / 2.0), on_grid(middle.y - height), WIDTH, height);
            let note = Note { kind, frame, ..Note::default() };
            state.writing = Some(Writing { id, note, is_new: true, is_fresh: true });
        }
    }
}

/// Shows the field over the note. Esc, Ctrl+Enter or a click elsewhere ends it and keeps what
/// was written, as in other editors of drawings; undo takes it back.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, rect: egui::Rect) {
    let Some(writing) = &mut state.writing else { return };
    if !writing.is_new && !ctx.project.notes.contains(writing.id) {
        state.writing = None;
        return;
    }
    let zoom = state.camera.zoom;
    let on_screen = state.camera.rect_to_screen(rect, writing.note.frame);
    let is_title = writing.note.kind == NoteKind::Title;
    let (face, size) = if is_title {
        (Face::SemiBold, (writing.note.frame.height / 1.35 * zoom).clamp(11.0, 64.0))
    } else {
        (Face::Regular, (NOTE_TEXT * zoom).max(11.0))
    };
    let frame = egui::Rect::from_min_size(on_screen.min, on_screen.size().max(egui::vec2(140.0, size * 2.0)));
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(frame).id_salt("writing"));
    inside.set_clip_rect(rect);
    let field = TextEdit::multiline(&mut writing.note.text)
        .id(egui::Id::unique("writing"))
        .font(font(face, size))
        .hint_text(if is_title { "Title" } else { "Note" })
        .desired_width(frame.width() - 16.0)
        .desired_rows(1)
        .frame(Frame::NONE);
    let edge = Stroke::new(1.5, color32(ctx.palette.accent));
    let ends = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let shown = Frame::new()
        .fill(color32(ctx.palette.label))
        .stroke(edge)
        .inner_margin(Margin::symmetric(8, 6))
        .show(&mut inside, |ui| ui.add(field).accessible_name("Text of the note"));
    let response = shown.inner;
    // whichever window the desktop gives the keyboard to meanwhile
    let has_it = ui.memory(|memory| memory.has_focus(response.id));
    if std::mem::take(&mut writing.is_fresh) {
        response.request_focus();
    } else if ends || response.lost_focus() || !has_it {
        end(ctx, state);
    }
}

/// Keeps what was written.
fn end(ctx: &Context, state: &mut CanvasState) {
    if let Some((id, edit)) = state.writing.take().and_then(kept) {
        ctx.edit(edit);
        ctx.send(Action::Select(Selection::of(Subject::Note(id))));
    }
}

/// What a note that was written in comes to; a new note without a word is none.
pub(super) fn kept(writing: Writing) -> Option<(NoteId, Edit)> {
    let Writing { id, mut note, is_new, .. } = writing;
    note.text.truncate(note.text.trim_end().len());
    if is_new && note.text.is_empty() {
        return None;
    }
    if note.kind == NoteKind::Text {
        // a box holds what was written in it
        note.frame.height = note.frame.height.max(note_height(&note.text, note.frame.width));
    }
    if is_new && note.kind == NoteKind::Title {
        let lines = note.text.lines().count().max(1) as f32;
        note.frame.height *= lines;
        let size = note.frame.height / (lines * 1.35);
        let widest = note.text.lines().map(|line| Face::SemiBold.width(line, size)).fold(0.0, f32::max);
        note.frame.width = (widest * 1.02).max(40.0);
    }
    Some((id, Edit::Put(Item::Note(id, note))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_note_is_seen_whole_and_covers_no_other() {
        let seen = Rect::new(0.0, 0.0, 900.0, 600.0);
        let other = Rect::new(100.0, 100.0, 220.0, 60.0);
        let place = |x: f32, y: f32| free_place(Rect::new(x, y, WIDTH, 30.0), seen, &[other], |_| false);
        assert_eq!(place(400.0, 104.0).corner(), Point::new(400.0, 104.0));
        for wanted in [(120.0, 112.0), (-40.0, 80.0), (880.0, 590.0)] {
            let found = place(wanted.0, wanted.1);
            assert!(seen.encloses(&found) && !found.overlaps(&other), "{wanted:?}: {found:?}");
        }
        let near = place(120.0, 150.0);
        assert!((near.y - other.bottom()).abs() < 16.0 && (near.x - 120.0).abs() < 16.0, "{near:?}");
        let full = Rect::new(8.0, 8.0, WIDTH, 30.0);
        assert_eq!(free_place(full, seen, &[seen], |_| false), full);
        // rather to the left than over what lies above
        let above = |it: &Rect| it.y < 100.0;
        let found = free_place(Rect::new(110.0, 104.0, WIDTH, 30.0), seen, &[other], above);
        assert!(found.y >= 100.0 && !found.overlaps(&other), "{found:?}");
    }
}
