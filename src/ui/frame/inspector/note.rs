//! A note: what it says, what it is, whether it may be moved.

use egui::Ui;

use crate::edit::{Edit, Item};
use crate::model::{Note, NoteId, NoteKind};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{Field, capital, choice, multiline, switch};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: NoteId) {
    let Some(note) = ctx.project.notes.get(id) else { return };
    let change = |change: &dyn Fn(&mut Note)| {
        let mut note = note.clone();
        change(&mut note);
        Edit::Put(Item::Note(id, note))
    };
    ui.label(title(match note.kind {
        NoteKind::Text => "Note",
        NoteKind::Title => "Title",
        NoteKind::Legend => "Legend",
    }));
    choice(
        ui,
        Field::new(ctx, "Kind"),
        note.kind,
        NoteKind::ALL,
        |it| capital(it.word()),
        |kind| change(&|note| note.kind = kind),
    );
    let label = if note.kind == NoteKind::Legend { "Heading" } else { "Text" };
    let rows = if note.kind == NoteKind::Text { 6 } else { 1 };
    multiline(ui, Field::new(ctx, label), &note.text, rows, |it| change(&|note| note.text.clone_from(&it)));
    switch(ui, ctx, "Behind the zones", note.order < 0, |it| change(&|note| note.order = if it { -1 } else { 0 }));
    switch(ui, ctx, "Locked in the diagram", note.locked, |it| change(&|note| note.locked = it));
    ui.add_space(12.0);
    if ui.button("Delete note").clicked() {
        ctx.delete(&[id.into()]);
    }
}
