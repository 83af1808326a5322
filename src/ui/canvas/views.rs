//! Which view is shown, and what changes it: the whole plant as this screen has it, or one of the project's own.

use egui::{RichText, TextEdit, Ui};

use super::CanvasState;
use crate::drawing::{Preset, free_view_name, only_with_neighbours};
use crate::edit::{Edit, Item};
use crate::model::{DiagramView, Id, Layer, Project, Subject, ViewId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widgets::{Draft, Symbol, capital, icon_button, scrolls_from, take_keys};

/// The project's views in their order.
pub fn ordered(project: &Project) -> Vec<(ViewId, &DiagramView)> {
    let mut views: Vec<_> = project.views.iter().collect();
    views.sort_by(|(one, first), (other, second)| {
        (first.order, &first.name, one).cmp(&(second.order, &second.name, other))
    });
    views
}

impl CanvasState {
    /// Takes over the view shown as the project has it now; where it is gone, the whole plant.
    pub(super) fn follow_view(&mut self, project: &Project) {
        let saved = self.view_id.and_then(|id| project.views.get(id)).cloned();
        if saved.is_none() && self.view_id.take().is_some() {
            self.fit(false);
        }
        let view = saved.as_ref().unwrap_or(&self.whole);
        if self.view != *view {
            self.view = view.clone();
        }
    }

    /// Shows a view of the project, or the whole plant.
    pub(super) fn show_view(&mut self, project: &Project, view: Option<ViewId>) {
        self.view_id = view;
        self.follow_view(project);
        self.fit(false);
    }

    /// Changes what is shown: a saved view as a step that can be taken back, the whole plant on this screen only.
    pub(super) fn change_view(&mut self, ctx: &Context, change: impl FnOnce(&mut DiagramView)) {
        let mut view = self.view.clone();
        change(&mut view);
        if view == self.view {
            return;
        }
        match self.view_id {
            Some(id) => ctx.put(Item::View(id, view.clone())),
            None => self.whole.clone_from(&view),
        }
        self.view = view;
    }

    /// Adds a view to the project and shows it.
    pub(super) fn add_view(&mut self, ctx: &Context, view: DiagramView) {
        let project = ctx.session.project();
        let name = free_view_name(project, &view.name);
        let order = project.views.values().map(|it| it.order).max().map_or(0, |last| last.saturating_add(1));
        let (id, view) = (ViewId::random(), DiagramView { name, order, ..view });
        ctx.put(Item::View(id, view.clone()));
        self.view_id = Some(id);
        self.view = view;
        self.is_view_new = true;
        self.fit(false);
    }

    /// A new view from a preset, or from what is shown now.
    pub(super) fn new_view(&mut self, ctx: &Context, preset: Option<Preset>) {
        let project = ctx.session.project();
        let view = match preset {
            Some(preset) => preset.view(project),
            None => DiagramView { name: "View".to_owned(), ..self.view.clone() },
        };
        self.add_view(ctx, view);
    }

    /// Hides what is selected: zones and conduits, and the zones of nothing else.
    pub(super) fn hide_selection(&mut self, ctx: &Context) {
        let targets: Vec<_> = ctx.selection.subjects.iter().filter_map(|it| it.target()).collect();
        self.change_view(ctx, |view| view.hidden.extend(targets));
    }

    /// Leaves only these and their neighbours.
    pub(super) fn show_only(&mut self, ctx: &Context, subjects: &[Subject]) {
        let hidden = only_with_neighbours(ctx.session.project(), subjects);
        self.change_view(ctx, |view| view.hidden = hidden);
        self.fit(false);
    }

    /// Shows a layer of the whole plant on this screen.
    pub fn uncover_layer(&mut self, layer: Layer) {
        self.whole.hidden_layers.remove(&layer);
    }

    /// Hides nothing any more.
    pub(super) fn show_all(&mut self, ctx: &Context) {
        self.change_view(ctx, |view| view.hidden.clear());
        self.fit(false);
    }

    /// Shows what is selected even where the view hides it: then in the whole plant.
    pub(super) fn uncover(&mut self, ctx: &Context) {
        let project = ctx.session.project();
        let shown = crate::drawing::shown(project, &self.view);
        if ctx.selection.subjects.iter().any(|it| it.exists_in(project) && !it.exists_in(&shown)) {
            self.view_id = None;
            self.whole.hidden.clear();
            self.follow_view(project);
            ctx.send(Action::Say("The view hides it; here it is in the whole plant.".to_owned()));
        }
    }
}

/// The menu of views: which there are, a new one, and what can be done with the one shown.
pub(super) fn menu(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    ui.set_min_width(230.0);
    let project = ctx.session.project();
    let whole = DiagramView::whole_plant().name;
    let mut choose = None;
    if ui.selectable_label(state.view_id.is_none(), whole).clicked() {
        choose = Some(None);
    }
    let views = ordered(project);
    scrolls_from(260.0).id_salt("views").show(ui, |ui| {
        for (id, view) in &views {
            if ui.selectable_label(state.view_id == Some(*id), &view.name).clicked() {
                choose = Some(Some(*id));
            }
        }
    });
    if let Some(view) = choose {
        state.show_view(project, view);
        ui.close();
    }
    if let Some(id) = state.view_id {
        of_shown(ui, ctx, state, id, &views);
    }
    ui.separator();
    ui.label(RichText::new("New view").small().weak());
    for preset in Preset::ALL {
        if ui.button(preset.name()).on_hover_text(preset.what()).clicked() {
            state.new_view(ctx, Some(preset));
            ui.close();
        }
    }
    if ui.button("From what is shown now").clicked() {
        state.new_view(ctx, None);
    }
}

/// What can be done with a saved view.
fn of_shown(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, id: ViewId, views: &[(ViewId, &DiagramView)]) {
    let Some(place) = views.iter().position(|(it, _)| *it == id) else { return };
    ui.separator();
    let project = ctx.session.project();
    let draft = Draft::of("Name of the view", id);
    let mut text = draft.text(ui.ctx(), &state.view.name);
    let response = ui.add(TextEdit::singleline(&mut text).desired_width(220.0)).accessible_name("Name of the view");
    if std::mem::take(&mut state.is_view_new) {
        take_keys(ui, &response, text.chars().count());
    }
    let name = text.trim().to_owned();
    let is_taken =
        !name.eq_ignore_ascii_case(&state.view.name) && !free_view_name(project, &name).eq_ignore_ascii_case(&name);
    if is_taken {
        ui.label(RichText::new("Another view is called that.").small().color(ui.visuals().warn_fg_color));
    } else if response.changed() && !name.is_empty() {
        let view = DiagramView { name, ..state.view.clone() };
        state.view = view.clone();
        ctx.send(Action::Type(Edit::Put(Item::View(id, view)), response.id));
    }
    if response.changed() {
        draft.keep(ui.ctx(), &text, &state.view.name);
    }
    if response.lost_focus() {
        ctx.send(Action::EndTyping);
        if !is_taken {
            draft.forget(ui.ctx());
        }
    }
    ui.horizontal(|ui| {
        let (first, last) = (place == 0, place + 1 == views.len());
        if icon_button(ui, Symbol::Up, "Move the view up", !first, false).clicked() {
            ctx.edit(moved(views, place, place.saturating_sub(1)));
        }
        if icon_button(ui, Symbol::Down, "Move the view down", !last, false).clicked() {
            ctx.edit(moved(views, place, place + 1));
        }
        if ui.button("Duplicate").clicked() {
            state.add_view(ctx, state.view.clone());
        }
        if ui.button("Delete").clicked() {
            ctx.edit(Edit::Remove([id.into()].into()));
            state.show_view(project, None);
            ui.close();
        }
    });
}

/// Numbers all views anew with one moved to another place.
fn moved(views: &[(ViewId, &DiagramView)], from: usize, to: usize) -> Edit {
    let mut order: Vec<_> = views.to_vec();
    if from < order.len() && to < order.len() {
        let view = order.remove(from);
        order.insert(to, view);
    }
    let edits = order
        .into_iter()
        .zip(0..)
        .filter(|((_, view), order)| view.order != *order)
        .map(|((id, view), order)| Edit::Put(Item::View(id, DiagramView { order, ..view.clone() })));
    Edit::Several("move view".to_owned(), edits.collect())
}

/// The layers with a tick each, and what is hidden.
pub(super) fn layers(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    ui.set_min_width(230.0);
    for &layer in Layer::ALL {
        let mut is_shown = !state.view.hidden_layers.contains(&layer);
        if ui.checkbox(&mut is_shown, capital(layer.word())).changed() {
            state.change_view(ctx, |view| {
                if is_shown {
                    view.hidden_layers.remove(&layer);
                } else {
                    view.hidden_layers.insert(layer);
                }
            });
        }
    }
    ui.separator();
    let targets = ctx.selection.subjects.iter().any(|it| it.target().is_some());
    if ui.add_enabled(targets, egui::Button::new("Hide selection")).clicked() {
        state.hide_selection(ctx);
        ui.close();
    }
    let some = !ctx.selection.subjects.is_empty();
    if ui.add_enabled(some, egui::Button::new("Show only the selection and its neighbours")).clicked() {
        state.show_only(ctx, &ctx.selection.subjects);
        ui.close();
    }
    let hides = !state.view.hidden.is_empty();
    if ui.add_enabled(hides, egui::Button::new("Show everything")).clicked() {
        state.show_all(ctx);
        ui.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_moves_up_and_all_keep_an_order_of_their_own() {
        let mut project = Project::default();
        let ids = ["a", "b", "c"].map(ViewId::derived_from);
        for (id, name) in ids.into_iter().zip(["A", "B", "C"]) {
            project.views.insert(id, DiagramView { name: name.into(), ..DiagramView::whole_plant() });
        }
        moved(&ordered(&project), 2, 0).apply(&mut project.clone()).unwrap();
        let edit = moved(&ordered(&project), 2, 0);
        edit.apply(&mut project).unwrap();
        let names: Vec<&str> = ordered(&project).into_iter().map(|(_, it)| it.name.as_str()).collect();
        assert_eq!(names, ["C", "A", "B"]);
    }

    #[test]
    fn a_view_that_is_gone_gives_way_to_the_whole_plant() {
        let mut project = Project::default();
        let id = ViewId::derived_from("v");
        project.views.insert(id, DiagramView { name: "Network".into(), ..DiagramView::whole_plant() });
        let mut state = CanvasState::default();
        state.show_view(&project, Some(id));
        assert_eq!(state.view.name, "Network");
        project.views.remove(id);
        state.follow_view(&project);
        assert_eq!((state.view.name.as_str(), state.view_id), ("Whole plant", None));
    }
}
