//! The menu of what was clicked with the right button, or of what is selected.

use egui::containers::menu::menu_style;
use egui::{Align, Button, Layout, Popup, PopupKind, Ui};

use super::CanvasState;
use super::command::Command;
use crate::edit::Edit;
use crate::hands::arrange::Align as InLine;
use crate::hands::gesture::Tool;
use crate::hands::order::Bring;
use crate::hands::{Axis, Field, draw, join};
use crate::model::{
    AssetId, Conduit, ConduitId, FilterPlace, Filtering, Id, Initiator, Point, PurdueLevel, RemoteAccess, Subject,
    Trust, Zone, ZoneId,
};
use crate::ui::action::{Action, View};
use crate::ui::commands::key_text;
use crate::ui::context::Context;
use crate::ui::library::LibraryAction;
use crate::ui::widgets::scrolls_from;

/// An open menu.
pub(super) struct Menu {
    /// Where in the drawing it was asked for.
    at: Point,
    /// What it was asked for; `None` for the empty canvas.
    subject: Option<Subject>,
    by_key: bool,
    is_new: bool,
}

impl Menu {
    /// Where the pointer was.
    pub fn at(at: Point, subject: Option<Subject>) -> Self {
        Self { at, subject, by_key: false, is_new: true }
    }

    /// Beside what is selected.
    pub fn by_key(at: Point, subject: Option<Subject>) -> Self {
        Self { at, subject, by_key: true, is_new: true }
    }
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, response: &egui::Response, field: &Field) {
    let Some(mut menu) = state.menu.take() else { return };
    let place = state.camera.to_screen(state.rect, menu.at);
    let place = place.clamp(state.rect.min, state.rect.max);
    let mut is_open = true;
    let is_new = std::mem::take(&mut menu.is_new);
    // each menu is a new one: the click that opens it does not close it
    let id = response.id.with(("menu", menu.at.x.to_bits(), menu.at.y.to_bits()));
    let popup = Popup::new(id, ui.ctx().clone(), place, response.layer_id)
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .style(menu_style)
        .gap(0.0)
        .accessible_name("Menu of the diagram")
        .open_bool(&mut is_open);
    popup.show(|ui| {
        ui.set_min_width(230.0);
        let mut entries = Entries { ctx, state, field, at: menu.at, wants_focus: is_new && menu.by_key };
        // a low window shows a part of it
        let most = (ui.ctx().content_rect().height() - 24.0).max(120.0);
        scrolls_from(most).show(ui, |ui| match (menu.subject, ctx.selection.subjects.len()) {
            (None, _) => canvas(ui, &mut entries, menu.at),
            (Some(_), 2..) => several(ui, &mut entries),
            (Some(Subject::Zone(id)), _) => zone(ui, &mut entries, id),
            (Some(Subject::Conduit(id)), _) => conduit(ui, &mut entries, id),
            (Some(Subject::Asset(id)), _) => asset(ui, &mut entries, id),
            (Some(_), _) => note(ui, &mut entries),
        });
    });
    if is_open {
        state.menu = Some(menu);
    } else {
        response.request_focus();
    }
}

/// The entries of an open menu.
struct Entries<'a, 'c> {
    ctx: &'a Context<'c>,
    state: &'a mut CanvasState,
    field: &'a Field<'a>,
    at: Point,
    wants_focus: bool,
}

impl Entries<'_, '_> {
    /// A command with its key, where it would do something.
    fn add(&mut self, ui: &mut Ui, command: Command) {
        let selected = &self.ctx.selection.subjects;
        if !command.is_offered(self.ctx.project, selected) {
            return;
        }
        let title = command.title(self.ctx.project, selected);
        let keys = command.shortcut().as_ref().map(key_text).unwrap_or_default();
        let response = ui.add(Button::new(title).shortcut_text(keys));
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.clicked() {
            // what is pasted from here goes where the menu was opened
            self.state.paste_at = (command == Command::Paste).then_some(self.at);
            self.state.order(command);
            ui.ctx().request_repaint();
            ui.close();
        }
    }

    fn add_all(&mut self, ui: &mut Ui, commands: &[Command]) {
        for &command in commands {
            self.add(ui, command);
        }
    }

    /// An entry of its own.
    fn entry(&mut self, ui: &mut Ui, title: &str) -> bool {
        let response = ui.button(title);
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.clicked() {
            ui.close();
        }
        response.clicked()
    }

    /// A submenu of values, the one that holds marked.
    fn choice<T: Copy + PartialEq>(
        &mut self,
        ui: &mut Ui,
        title: &str,
        values: &[T],
        current: T,
        word: impl Fn(T) -> String,
        edit: impl Fn(T) -> Option<Edit>,
    ) {
        ui.menu_button(title, |ui| {
            for &value in values {
                if ui.add(Button::selectable(value == current, word(value))).clicked() {
                    if let Some(edit) = edit(value) {
                        self.ctx.edit(edit);
                    }
                    ui.close();
                }
            }
        });
    }

    fn clipboard(&mut self, ui: &mut Ui) {
        ui.separator();
        self.add_all(ui, &[Command::Cut, Command::Copy, Command::Paste, Command::Duplicate]);
        let subjects = &self.ctx.selection.subjects;
        let is_part = subjects.iter().any(|it| matches!(it, Subject::Zone(_) | Subject::Asset(_)));
        if is_part && self.entry(ui, "Keep as part…") {
            self.ctx.send(Action::Library(LibraryAction::KeepPart(subjects.clone())));
        }
    }

    fn order(&mut self, ui: &mut Ui) {
        ui.menu_button("Order", |ui| self.add_all(ui, &Bring::ALL.map(Command::Bring)));
        self.add(ui, Command::Lock);
    }

    /// What is found about it.
    fn findings(&mut self, ui: &mut Ui, subject: Subject) {
        let found = super::findings::count_at(self.ctx, subject);
        if found > 0 && self.entry(ui, &format!("Findings ({found})")) {
            self.state.open_findings(self.ctx, Some(subject));
        }
    }

    fn foot(&mut self, ui: &mut Ui) {
        ui.separator();
        self.add_all(ui, &[Command::ShowSelection, Command::Delete]);
    }
}

fn canvas(ui: &mut Ui, entries: &mut Entries, at: Point) {
    if entries.entry(ui, "New zone here") {
        let id = ZoneId::random();
        entries.ctx.edit(draw::zone_near(entries.field.project, id, None, at));
        entries.ctx.select(id);
        entries.state.to_name = Some(id.into());
    }
    ui.separator();
    entries.add_all(ui, &[Command::Paste, Command::SelectAll]);
    ui.separator();
    let tools = [Tool::Zone, Tool::Conduit, Tool::Flow, Tool::Note].map(Command::Take);
    entries.add_all(ui, &tools);
    ui.separator();
    if entries.entry(ui, "Lay out everything") {
        entries.ctx.send(Action::LayOut(false));
    }
    entries.add_all(ui, &[Command::ShowAll, Command::ZoomToActual]);
}

fn zone(ui: &mut Ui, entries: &mut Entries, id: ZoneId) {
    entries.add_all(ui, &[Command::Rename, Command::AddAsset, Command::NewZone, Command::Connect]);
    if entries.entry(ui, "Answer requirements") {
        entries.ctx.go_to(View::Requirements, id);
    }
    entries.findings(ui, id.into());
    ui.separator();
    let project = entries.field.project;
    if let Some(zone) = project.zones.get(id) {
        let put = |change: &dyn Fn(&mut Zone)| {
            let mut zone = zone.clone();
            change(&mut zone);
            Some(Edit::Put(crate::edit::Item::Zone(id, zone)))
        };
        entries.choice(ui, "Trust", Trust::ALL, zone.trust, |it| it.to_string(), |it| put(&|zone| zone.trust = it));
        let levels: Vec<Option<PurdueLevel>> =
            std::iter::once(None).chain(PurdueLevel::ALL.iter().copied().map(Some)).collect();
        let word = |it: Option<PurdueLevel>| it.map_or("not set".to_owned(), |it| it.to_string());
        entries.choice(ui, "Purdue level", &levels, zone.purdue, word, |it| put(&|zone| zone.purdue = it));
    }
    ui.separator();
    let holds_zones = project.zones.values().any(|it| it.parent == Some(id));
    ui.menu_button("Arrange", |ui| {
        if holds_zones && entries.entry(ui, "Lay out what it holds") {
            entries.ctx.send(Action::LayOut(true));
        }
        entries.add_all(ui, &[Command::Fit, Command::InRows, Command::TakeOut, Command::ZoneAround]);
    });
    entries.order(ui);
    entries.clipboard(ui);
    ui.separator();
    ui.menu_button("Select", |ui| {
        entries.add_all(ui, &[Command::SelectAll, Command::SelectSite, Command::GoOutside]);
    });
    entries.foot(ui);
}

fn conduit(ui: &mut Ui, entries: &mut Entries, id: ConduitId) {
    let project = entries.field.project;
    let Some(conduit) = project.conduits.get(id) else { return };
    let put = |change: &dyn Fn(&mut Conduit)| {
        join::change(project, [id], "change", |before| {
            let mut after = before.clone();
            change(&mut after);
            after
        })
    };
    entries.add(ui, Command::Rename);
    if entries.entry(ui, "Answer requirements") {
        entries.ctx.go_to(View::Requirements, id);
    }
    entries.findings(ui, id.into());
    ui.separator();
    let tag = |zone: Option<ZoneId>| zone.map_or("?".to_owned(), |it| project.target_tag(it.into()).to_owned());
    let (from, to) = (tag(conduit.from), tag(conduit.to));
    entries.choice(
        ui,
        "Filtering",
        Filtering::ALL,
        conduit.filtering,
        |it| it.to_string(),
        |it| put(&|conduit| conduit.filtering = it),
    );
    if conduit.is_filtered() {
        let word = |it: FilterPlace| match it {
            FilterPlace::Unstated => "not stated".to_owned(),
            FilterPlace::From => format!("at {from}"),
            FilterPlace::To => format!("at {to}"),
            FilterPlace::Both => "at both ends".to_owned(),
            FilterPlace::Gateway => "between, in a gateway or DMZ".to_owned(),
        };
        entries.choice(ui, "Filter stands", FilterPlace::ALL, conduit.filter_place, word, |it| {
            put(&|conduit| conduit.filter_place = it)
        });
    }
    let word = |it: Initiator| match it {
        Initiator::From => from.clone(),
        Initiator::To => to.clone(),
        Initiator::Both => "either side".to_owned(),
    };
    entries.choice(ui, "Opened by", Initiator::ALL, conduit.initiated_by, word, |it| {
        put(&|conduit| conduit.initiated_by = it)
    });
    entries.choice(
        ui,
        "Remote access",
        RemoteAccess::ALL,
        conduit.remote_access,
        |it| it.to_string(),
        |it| put(&|conduit| conduit.remote_access = it),
    );
    entries.add(ui, Command::Reverse);
    for (title, end) in [("Select", conduit.from), ("Select", conduit.to)] {
        if let Some(zone) = end
            && entries.entry(ui, &format!("{title} {}", tag(end)))
        {
            entries.ctx.select(zone);
        }
    }
    entries.clipboard(ui);
    entries.foot(ui);
}

fn asset(ui: &mut Ui, entries: &mut Entries, id: AssetId) {
    entries.add_all(ui, &[Command::Rename, Command::Connect, Command::Take(Tool::Flow), Command::AddAsset]);
    entries.findings(ui, id.into());
    ui.separator();
    entries.add_all(ui, &[Command::TakeOut, Command::GoOutside]);
    entries.clipboard(ui);
    entries.foot(ui);
}

fn note(ui: &mut Ui, entries: &mut Entries) {
    entries.add(ui, Command::Rename);
    entries.order(ui);
    entries.clipboard(ui);
    entries.foot(ui);
}

fn several(ui: &mut Ui, entries: &mut Entries) {
    let offered =
        |entries: &Entries, command: Command| command.is_offered(entries.ctx.project, &entries.ctx.selection.subjects);
    if offered(entries, Command::Align(InLine::Left)) {
        ui.menu_button("Align", |ui| entries.add_all(ui, &InLine::ALL.map(Command::Align)));
    }
    if offered(entries, Command::Distribute(Axis::Across)) {
        ui.menu_button("Distribute", |ui| entries.add_all(ui, &Axis::BOTH.map(Command::Distribute)));
    }
    entries.add_all(ui, &Axis::BOTH.map(Command::SameSize));
    let zones = entries.ctx.selection.subjects.iter().filter(|it| matches!(it, Subject::Zone(_))).count();
    if zones > 1 && entries.entry(ui, "Lay out the selection") {
        entries.ctx.send(Action::LayOut(true));
    }
    entries.add_all(ui, &[Command::Fit, Command::InRows, Command::TakeOut, Command::ZoneAround, Command::Reverse]);
    if offered(entries, Command::Bring(Bring::Front)) {
        entries.order(ui);
    }
    entries.clipboard(ui);
    entries.foot(ui);
}
