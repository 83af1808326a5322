//! Clicks, keys and drags in the outline.

use egui::{Key, Modifiers, Ui};

use super::super::rename::Rename;
use super::rows::Row;
use super::{Drawn, Outline, row};
use crate::hands::outline::{Node, dropped};
use crate::model::Subject;
use crate::ui::action::{Action, DiagramAction, Selection};
use crate::ui::context::Context;
use crate::ui::widgets::{capital, plain_key};

/// Begins to rename what a row stands for, be it a thing or a site.
pub(super) fn rename(ctx: &Context, row: &Row) -> Option<Rename> {
    match &row.node {
        Node::Site(site) => Rename::begin_site(ctx.project, site),
        _ => Rename::begin(ctx.project, row.subject()?),
    }
}

/// Clicks and the beginning of drags; returns whether the row was clicked.
pub(super) fn press(
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
    if response.double_clicked()
        && let Some(rename) = rename(ctx, row)
    {
        outline.rename = Some(rename);
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

/// Does what the keys of this frame ask for.
pub(super) fn keys(ui: &Ui, ctx: &Context, outline: &mut Outline, drawn: &Drawn) {
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
        outline.rename = rename(ctx, row);
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
pub(super) fn drag(
    ui: &Ui,
    ctx: &Context,
    outline: &mut Outline,
    hovered: Option<(&Row, egui::Rect)>,
    is_inside: bool,
) {
    let Some(dragged) = &outline.drag else { return };
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        outline.drag = None;
        return;
    }
    let onto = hovered.map(|(row, _)| &row.node);
    let outcome = dropped(ctx.project, dragged, onto);
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
