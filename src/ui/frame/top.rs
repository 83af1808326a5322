//! The top bar: file menu, project, saved state, undo and redo, search.

use egui::{Align, Label, Layout, MenuBar, RichText, Ui};

use crate::report::Profile;
use crate::ui::action::{Action, Export, Extent, FileAction, View, WorkshopAction};
use crate::ui::commands;
use crate::ui::context::Context;
use crate::ui::library::LibraryAction;
use crate::ui::theme::{Appearance, color32, strong};
use crate::ui::widgets::{Symbol, focus_ring, icon_button};

/// The room that the saved state takes, in points.
const STATE_WIDTH: f32 = 110.0;
/// The least room in which a name is worth showing, in points; the window's title has it too.
const NAME_FROM: f32 = 60.0;
/// The least room in which a site is worth showing, in points.
const SITE_FROM: f32 = 80.0;

/// Shows it. `trail` tells whether one can go back and forward.
/// Where there is no rail the views are chosen here.
pub fn top(ui: &mut Ui, ctx: &Context, name: &str, trail: (bool, bool), shows_inspector: bool, has_rail: bool) {
    let has_inspector = ctx.has_inspector();
    MenuBar::new().ui(ui, |ui| {
        file_menu(ui, ctx);
        view_menu(ui, ctx);
        if !has_rail {
            step_menu(ui, ctx);
        }
        // at a large scale the keys and menus stay, the symbols go
        if ui.available_width() > 420.0 {
            moves(ui, ctx, trail);
        }
        ui.separator();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Symbol::Inspector, "Inspector", has_inspector, shows_inspector && has_inspector)
                .clicked()
            {
                ctx.send(Action::Inspector(!shows_inspector));
            }
            if icon_button(ui, Symbol::Help, "Help for this screen (F1)", true, false).clicked() {
                ctx.send(Action::Help(true));
            }
            if ui.available_width() > 520.0 {
                let room = ui.button("Workshop mode").on_hover_text("One question at a time before the room (F5)");
                if room.clicked() {
                    ctx.send(Action::Workshop(WorkshopAction::Start(None)));
                }
            }
            let key = if cfg!(target_os = "macos") { "⌘K" } else { "Ctrl+K" };
            // framed as a field, although the menu bar shows its buttons bare
            ui.spacing_mut().button_padding = egui::vec2(9.0, 4.0);
            let edge = egui::Stroke::new(1.0, color32(ctx.palette.line_strong));
            let is_wide = ui.available_width() > 400.0;
            let find = match is_wide {
                true => egui::Button::new(RichText::new("Find anything").weak()).shortcut_text(key),
                false => egui::Button::new(RichText::new("Find").weak()),
            };
            let find = find.fill(color32(ctx.palette.raised)).stroke(edge);
            let find = ui.add_sized([if is_wide { 170.0 } else { 52.0 }, 26.0], find);
            focus_ring(ui, &find);
            if find.on_hover_text("Any command, zone, asset, requirement or action").clicked() {
                ctx.send(Action::Finder(true));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| whose(ui, ctx, name));
        });
    });
}

/// Back and forward, undo and redo.
fn moves(ui: &mut Ui, ctx: &Context, trail: (bool, bool)) {
    ui.separator();
    if icon_button(ui, Symbol::Back, "Back to where you were", trail.0, false).clicked() && trail.0 {
        ctx.send(Action::Back);
    }
    if icon_button(ui, Symbol::Forward, "Forward", trail.1, false).clicked() && trail.1 {
        ctx.send(Action::Forward);
    }
    let (undo, redo) = (ctx.session.undo_label(), ctx.session.redo_label());
    let label = |what: &str, label: Option<&str>| {
        label.map_or(format!("Nothing to {}", what.to_lowercase()), |it| format!("{what} {it}"))
    };
    if icon_button(ui, Symbol::Undo, &label("Undo", undo), undo.is_some(), false).clicked() {
        ctx.send(Action::Undo);
    }
    if icon_button(ui, Symbol::Redo, &label("Redo", redo), redo.is_some(), false).clicked() {
        ctx.send(Action::Redo);
    }
}

/// The project's name, site and saved state in the room that is left.
fn whose(ui: &mut Ui, ctx: &Context, name: &str) {
    let state = RichText::new(saved_state(ctx)).small().weak();
    let room = ui.available_width() - STATE_WIDTH;
    if room < NAME_FROM {
        return;
    }
    ui.scope(|ui| {
        ui.set_max_width(room.max(0.0));
        ui.add(Label::new(strong(name)).truncate());
        let site = &ctx.project.info.site;
        if !site.is_empty() && ui.available_width() > SITE_FROM {
            ui.add(Label::new(RichText::new(site).weak()).truncate());
        }
    });
    ui.label(state);
}

fn saved_state(ctx: &Context) -> String {
    let session = ctx.session;
    match (session.is_dirty(), session.file(), session.saved_at()) {
        (true, ..) => "Unsaved changes".to_owned(),
        (false, None, _) => "Not saved yet".to_owned(),
        (false, Some(_), Some(at)) => format!("Saved {}", at.strftime("%H:%M")),
        (false, Some(_), None) => "Saved".to_owned(),
    }
}

fn entry(ui: &mut Ui, ctx: &Context, title: &str, action: Action) {
    let commands = commands::all(Some(ctx.session));
    let shortcut = commands.iter().find(|it| it.title == title).and_then(|it| it.shortcut);
    let mut button = egui::Button::new(title);
    if let Some(shortcut) = shortcut {
        button = button.shortcut_text(commands::key_text(&shortcut));
    }
    if ui.add(button).clicked() {
        ctx.send(action);
        ui.close();
    }
}

fn file_menu(ui: &mut Ui, ctx: &Context) {
    let file = Action::File;
    ui.menu_button("File", |ui| {
        ui.set_min_width(240.0);
        entry(ui, ctx, "New project", file(FileAction::New));
        entry(ui, ctx, "New from template…", Action::Library(LibraryAction::Gallery(true)));
        entry(ui, ctx, "Open project…", file(FileAction::Open));
        ui.menu_button("Open a sample", |ui| {
            for (place, sample) in crate::samples::SAMPLES.iter().enumerate() {
                if ui.button(sample.title).on_hover_text(sample.story).clicked() {
                    ctx.send(file(FileAction::OpenSample(place)));
                    ui.close();
                }
            }
        });
        ui.separator();
        entry(ui, ctx, "Save", file(FileAction::Save));
        entry(ui, ctx, "Save as…", file(FileAction::SaveAs));
        entry(ui, ctx, "Save as template…", Action::Library(LibraryAction::SaveTemplate));
        ui.separator();
        entry(ui, ctx, "Import a drawing…", file(FileAction::ImportDrawing));
        entry(ui, ctx, "Import a folder of tables…", file(FileAction::ImportTables));
        entry(ui, ctx, "Import assets from a table…", file(FileAction::ImportAssets));
        entry(ui, ctx, "Import consequences from a HAZOP…", file(FileAction::ImportHazop));
        ui.menu_button("Export", |ui| {
            for profile in Profile::ALL {
                entry(
                    ui,
                    ctx,
                    &format!("Export {} report…", profile.word()),
                    file(FileAction::Export(Export::Report(profile))),
                );
            }
            entry(ui, ctx, "Export tracker…", file(FileAction::Export(Export::Tracker)));
            entry(ui, ctx, "Export diagram…", file(FileAction::Export(Export::Diagram(Extent::All))));
            entry(ui, ctx, "Copy diagram as image", Action::CopyPicture(Extent::All));
            entry(ui, ctx, "Export tables into a folder…", file(FileAction::Export(Export::Tables)));
            entry(ui, ctx, "Export minutes of the workshop…", Action::Workshop(WorkshopAction::Minutes));
        });
        ui.separator();
        entry(ui, ctx, "Quit", file(FileAction::Quit));
    });
}

/// The steps of the work, where the rail has no room.
fn step_menu(ui: &mut Ui, ctx: &Context) {
    let name = strong(ctx.view.name());
    let steps = egui::ComboBox::from_id_salt("step").selected_text(name).width(110.0).show_ui(ui, |ui| {
        for view in View::ALL {
            if ui.selectable_label(view == ctx.view, view.name()).clicked() {
                ctx.send(Action::Go(view));
            }
        }
    });
    steps.response.accessible_name("Step");
}

fn view_menu(ui: &mut Ui, ctx: &Context) {
    ui.menu_button("View", |ui| {
        ui.set_min_width(220.0);
        for appearance in Appearance::ALL {
            entry(ui, ctx, &format!("Appearance: {}", appearance.word()), Action::Appearance(appearance));
        }
        ui.separator();
        ui.label(RichText::new("Larger or smaller: Ctrl and + or −").small().weak());
        ui.separator();
        entry(ui, ctx, "Show the whole diagram", Action::Fit(false));
        entry(ui, ctx, "Show the selection in the diagram", Action::Fit(true));
        ui.separator();
        entry(ui, ctx, "Help for this screen", Action::Help(true));
        entry(ui, ctx, "About Zonewright", Action::About(true));
    });
}
