//! Carrying out what is asked of the canvas.

use egui::{Ui, ViewportCommand};

use super::CanvasState;
use super::command::Command;
use super::menu::Menu;
use super::picker::Picker;
use crate::edit::Edit;
use crate::hands::gesture::{Tool, size_by_keys};
use crate::hands::{Field, arrange, clipboard, cut, draw, join, leave, lock, order, room, select, site, walk};
use crate::model::{ConduitId, Id, Subject, ZoneId};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;

/// Does what is asked for with what is selected.
pub(super) fn out(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field, command: Command) {
    let project = field.project;
    let selected = ctx.selection.subjects.as_slice();
    let change = |edit: Option<Edit>| match edit {
        Some(edit) => ctx.edit(edit),
        None => explain(ctx, field, selected),
    };
    match command {
        Command::Take(tool) => state.tool = tool,
        Command::NewZone => new_zone(ctx, state, field),
        Command::ZoneAround => {
            let id = ZoneId::random();
            match draw::zone_around(field, id, selected) {
                Ok(edit) => {
                    ctx.edit(edit);
                    ctx.select(id);
                    state.to_name = Some(id.into());
                }
                Err(why) => ctx.send(Action::Say(why.to_owned())),
            }
        }
        Command::TakeOut => change(leave::take_out(field, selected)),
        Command::AddAsset => {
            let zone = match *selected {
                [Subject::Zone(id)] => Some(id),
                [Subject::Asset(id)] => project.assets.get(id).and_then(|it| it.zone),
                _ => None,
            };
            state.picker = zone.map(Picker::of_asset_types);
        }
        Command::Connect => match *selected {
            [Subject::Zone(id)] => state.picker = Some(Picker::of_zones(id)),
            [Subject::Asset(id)] => {
                let zone = project.assets.get(id).and_then(|it| it.zone);
                state.picker = zone.map(|zone| Picker::of_assets(zone, id));
            }
            _ => (),
        },
        Command::Size(axis, grows) => {
            let by = if grows { 1.0 } else { -1.0 };
            // one after the other they are one step
            match size_by_keys(field, selected, axis, by) {
                Some(edit) => ctx.send(Action::Type(edit, egui::Id::unique("size"))),
                None => explain(ctx, field, selected),
            }
        }
        Command::Reverse => change(join::reversed(project, conduits(selected))),
        Command::Rename => {
            if let Some(subject) = ctx.selection.only() {
                state.begin_writing(ctx.project, subject);
            }
        }
        Command::Copy => {
            if let Some((text, what)) = clipboard::copy(project, selected) {
                ui.copy_text(text);
                ctx.send(Action::Say(format!("Copied {what}")));
            }
        }
        Command::Cut => {
            let (free, locked) = lock::deletable(project, selected);
            let free: Vec<Subject> = free.into_iter().collect();
            match cut::cut(project, &free) {
                Some(cut) => {
                    ui.copy_text(cut.text.clone());
                    ctx.edit(cut.edit.clone());
                    if !cut.lost.is_empty() {
                        let lost = cut.lost.join(", ");
                        ctx.send(Action::Say(format!("Cut, and with it {lost}: pasted here, all of it comes back")));
                    }
                    state.cut = Some(cut);
                }
                None if locked.is_empty() => (),
                None => explain(ctx, field, selected),
            }
        }
        Command::Paste => ui.send_viewport_cmd(ViewportCommand::RequestPaste),
        Command::Duplicate => match clipboard::duplicate(field, selected) {
            Some((edit, copies)) => {
                ctx.edit(edit);
                ctx.send(Action::Select(Selection { subjects: copies, requirement: None }));
            }
            None => explain(ctx, field, selected),
        },
        Command::Delete => {
            ctx.delete(selected);
        }
        Command::SelectAll => {
            let subjects = select::all(field.shown, selected);
            ctx.send(Action::Select(Selection { subjects, requirement: None }));
        }
        Command::SelectSite => {
            let subjects = site::with_sites(field.shown, selected);
            ctx.send(Action::Select(Selection { subjects, requirement: None }));
        }
        Command::GoInside => match ctx.selection.only() {
            Some(Subject::Zone(id)) if walk::into(field, id).is_some() => {
                if let Some(subject) = walk::into(field, id) {
                    state.go_to(ctx, subject);
                }
            }
            _ => ctx.send(Action::EnterInspector),
        },
        Command::GoOutside => {
            if let Some(subject) = ctx.selection.only().and_then(|it| walk::out_of(field, it)) {
                state.go_to(ctx, subject);
            }
        }
        Command::Align(how) => change(arrange::align(field, selected, how)),
        Command::Distribute(axis) => change(arrange::distribute(field, selected, axis)),
        Command::SameSize(axis) => change(arrange::same_size(field, selected, axis)),
        Command::Bring(how) => change(order::bring(project, selected, how)),
        Command::Lock => change(lock::lock(project, selected, !lock::are_locked(project, selected))),
        Command::Fit => {
            let free = zones(selected).filter(|&it| !lock::is_zone_locked(project, it));
            change(room::fit(project, &free.collect()));
        }
        Command::InRows => change(arrange::in_rows(field, zones(selected))),
        Command::ShowAll => state.fit(false),
        Command::ShowSelection => state.fit(true),
        Command::ZoomIn => state.zoom_by(1.2),
        Command::ZoomOut => state.zoom_by(1.0 / 1.2),
        Command::ZoomToActual => {
            let zoom = state.camera.zoom;
            state.zoom_by(1.0 / zoom);
        }
        Command::Minimap => state.panels.minimap = !state.panels.minimap,
        Command::Menu => {
            let bounds = selected.iter().filter_map(|&it| select::frame_of(field, it)).next();
            let at = bounds.map_or(state.camera.center, |it| it.corner().offset(24.0, 24.0));
            state.menu = Some(Menu::by_key(at, selected.first().copied()));
        }
    }
}

/// Why nothing has changed.
fn explain(ctx: &Context, field: &Field, selected: &[Subject]) {
    let is_locked = selected.iter().any(|&it| lock::is_locked(field.project, it));
    let why = if is_locked { "Locked: press L to unlock it first" } else { "Nothing to change: it is so already" };
    ctx.send(Action::Say(why.to_owned()));
}

fn zones(selected: &[Subject]) -> impl Iterator<Item = ZoneId> {
    selected.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None })
}

fn conduits(selected: &[Subject]) -> impl Iterator<Item = ConduitId> {
    selected.iter().filter_map(|it| if let Subject::Conduit(id) = it { Some(*id) } else { None })
}

/// A new zone inside the selected one, or where there is room near the middle of the screen.
fn new_zone(ctx: &Context, state: &mut CanvasState, field: &Field) {
    let parent = match ctx.selection.only() {
        Some(Subject::Zone(id)) => Some(id),
        _ => None,
    };
    if parent.is_some_and(|it| lock::is_zone_locked(field.project, it)) {
        return explain(ctx, field, &ctx.selection.subjects);
    }
    let inside = parent.and_then(|id| field.project.zones.get(id)).map(|it| it.frame.corner());
    let middle = state.camera.center.offset(-draw::NEW_ZONE.0 / 2.0, -draw::NEW_ZONE.1 / 2.0);
    let id = ZoneId::random();
    ctx.edit(draw::zone_near(field.project, id, parent, inside.unwrap_or(middle)));
    ctx.select(id);
    state.to_name = Some(id.into());
    state.fly_to_selection();
}

/// Puts in what the clipboard holds.
pub(super) fn paste(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field, text: &str) {
    let rect = state.rect;
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|it| rect.contains(*it));
    // what was asked for in a menu goes where the menu was opened
    let at = state.paste_at.take().or_else(|| pointer.map(|it| state.camera.to_canvas(rect, it)));
    let selected = &ctx.selection.subjects;
    let is_pasted = !selected.is_empty() && *selected == state.pasted;
    let spot =
        clipboard::Spot { pointer: at, middle: state.camera.center, selected, is_pasted, cut: state.cut.as_ref() };
    match clipboard::paste(field, text, &spot) {
        Ok(Some(pasted)) => {
            ctx.edit(pasted.edit);
            state.pasted.clone_from(&pasted.selects);
            ctx.send(Action::Select(Selection { subjects: pasted.selects, requirement: None }));
            if let Some(remark) = pasted.remark {
                ctx.send(Action::Say(remark.to_owned()));
            }
            state.tool = Tool::Select;
            state.fly_to_selection();
        }
        Ok(None) => ctx.send(Action::Say("The clipboard holds nothing to paste".to_owned())),
        Err(why) => ctx.send(Action::Say(why)),
    }
}
