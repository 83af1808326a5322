//! Findings on the canvas: marks that can be clicked, and a small panel at a mark that explains
//! and mends them.

use egui::{Area, Frame, Order, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::{CanvasState, bounds_of};
use crate::analysis::{Analysis, Finding};
use crate::drawing::scene::Scene;
use crate::model::{Project, Subject};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::{color32, title};
use crate::ui::views::{counted, details};
use crate::ui::widgets::{chip_button, disclosure, is_below_dialog, plain_key, scrolls_from, severity_chip};

/// The panel of findings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Panel {
    /// What its findings are about; `None`: the plant as a whole.
    place: Option<Subject>,
    /// The key of the finding that is explained.
    opened: Option<String>,
    /// It came by a key, and its finding waits for the keyboard.
    takes_keys: bool,
}

impl Panel {
    /// The panel of a subject, with its gravest finding explained.
    pub(super) fn of(analysis: &Analysis, project: &Project, place: Option<Subject>) -> Self {
        let opened = gravest_first(analysis, project, place).first().map(|it| it.key());
        Self { place, opened, takes_keys: false }
    }
}

/// The findings at a place: open ones first, the gravest first.
fn gravest_first<'a>(analysis: &'a Analysis, project: &Project, place: Option<Subject>) -> Vec<&'a Finding> {
    let mut findings: Vec<_> = analysis.findings.iter().filter(|it| is_at(it, project, place)).collect();
    findings.sort_by_key(|it| (it.set_aside.is_some(), it.severity()));
    findings
}

fn is_at(finding: &Finding, project: &Project, place: Option<Subject>) -> bool {
    match place {
        Some(_) => finding.place(project) == place,
        None => finding.about.is_empty(),
    }
}

/// How many findings there are at a place, those set aside included.
pub(super) fn count_at(ctx: &Context, place: Subject) -> usize {
    ctx.analysis.findings.iter().filter(|it| is_at(it, ctx.session.project(), Some(place))).count()
}

impl CanvasState {
    /// Opens the panel of a subject.
    pub(super) fn open_findings(&mut self, ctx: &Context, place: Option<Subject>) {
        self.panel = Some(Panel::of(ctx.analysis, ctx.session.project(), place));
    }

    /// Opens the panel at the next open finding, or the one before: from the one explained, else
    /// from what is selected. Returns where that is, or `None` where there is no finding.
    pub fn next_finding(
        &mut self,
        project: &Project,
        analysis: &Analysis,
        selected: Option<Subject>,
        back: bool,
    ) -> Option<Option<Subject>> {
        let open = analysis.findings.iter().filter(|it| it.set_aside.is_none());
        let mut all: Vec<_> = open
            .filter_map(|it| match it.place(project) {
                None if it.about.is_empty() => Some((None, it)),
                None => None,
                place => Some((place, it)),
            })
            .collect();
        all.sort_by_key(|(_, it)| it.severity());
        let explained = self.panel.as_ref().and_then(|it| it.opened.clone());
        let at = explained.and_then(|key| all.iter().position(|(_, it)| it.key() == key));
        let first_of_selected = selected.and_then(|it| all.iter().position(|(place, _)| *place == Some(it)));
        let (last, count) = (all.len().checked_sub(1)?, all.len());
        let next = match (at, back) {
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + last) % count,
            (None, false) => first_of_selected.unwrap_or(0),
            (None, true) => first_of_selected.unwrap_or(last),
        };
        let &(place, finding) = all.get(next)?;
        self.panel = Some(Panel { place, opened: Some(finding.key()), takes_keys: true });
        Some(place)
    }
}

/// Whether Escape was for the panel; it is then closed.
pub(super) fn close_with_escape(ui: &Ui, state: &mut CanvasState) -> bool {
    let is_menu_open = egui::Popup::is_any_open(ui.ctx()) || state.menu.is_some();
    let is_elsewhere = is_menu_open || state.rename.is_some() || state.drag.is_some();
    let closes = state.panel.is_some() && !is_elsewhere && plain_key(ui, egui::Key::Escape);
    if closes {
        state.panel = None;
        // the keys are the canvas's again
        ui.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
    }
    closes
}

/// Makes the marks of the scene buttons, and shows the panel.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect) {
    let is_free = state.drag.is_none() && state.rename.is_none() && !is_below_dialog(ui);
    if is_free {
        marks(ui, ctx, state, scene, rect);
    }
    mark_of_plant(ui, ctx, state, rect);
    if let Some(panel) = state.panel.clone() {
        show_panel(ui, ctx, state, scene, rect, panel);
    }
}

fn marks(ui: &Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect) {
    /// More marks than that are too small to be clicked anyway.
    const MOST: usize = 400;
    let camera = state.camera;
    let visible = camera.visible(rect);
    for (subject, place) in scene.marks_in(visible, camera.zoom).into_iter().take(MOST) {
        let place = camera.rect_to_screen(rect, place).expand(1.0).intersect(rect);
        let response = ui.interact(place, ui.scope_id().with(("findings", subject)), Sense::CLICK);
        response.widget_info(|| {
            let tag = ctx.project.subject_tag(subject);
            WidgetInfo::labeled(Role::Button, true, format!("Findings of {tag}: {}", scene.mark_in_words(subject)))
        });
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.hovered() {
            let stroke = egui::Stroke::new(1.5, color32(ctx.palette.accent));
            ui.painter().rect_stroke(place, place.height() / 2.0, stroke, egui::StrokeKind::Outside);
        }
        if response.clicked() {
            toggle(ctx, state, Some(subject));
            ctx.select(subject);
        }
    }
}

fn toggle(ctx: &Context, state: &mut CanvasState, place: Option<Subject>) {
    if state.panel.as_ref().is_some_and(|it| it.place == place) {
        state.panel = None;
    } else {
        state.open_findings(ctx, place);
    }
}

/// The room of the mark of what is about the plant as a whole.
const WIDE: f32 = 220.0;

/// Where it stands: at the right, for at the left the levels have their names.
fn corner(rect: egui::Rect) -> egui::Pos2 {
    rect.right_top() + vec2(-12.0 - WIDE, 10.0)
}

/// A mark in the corner for what is about the plant as a whole.
fn mark_of_plant(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, rect: egui::Rect) {
    let about_all = ctx.analysis.findings.iter().filter(|it| it.about.is_empty() && it.set_aside.is_none());
    let count = about_all.clone().count();
    let Some(gravest) = about_all.map(Finding::severity).min() else { return };
    let text = format!("Whole plant: {}", counted(count, gravest.word(), "findings"));
    let place = egui::Rect::from_min_size(corner(rect), vec2(WIDE, 20.0));
    let layout = egui::Layout::right_to_left(egui::Align::Min);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), |ui| {
        if chip_button(ui, &text, ctx.palette.severity(gravest)).clicked() {
            toggle(ctx, state, None);
        }
    });
}

/// Where the panel of findings is on the screen while it is open.
pub(super) fn panel_area(ui: &Ui, state: &CanvasState) -> Option<egui::Rect> {
    state.panel.as_ref()?;
    egui::AreaState::load(ui.ctx(), panel_id()).map(|it| it.rect())
}

fn panel_id() -> egui::Id {
    egui::Id::unique("findings at a mark")
}

fn show_panel(ui: &Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect, mut panel: Panel) {
    let findings = gravest_first(ctx.analysis, ctx.project, panel.place);
    let is_mended = panel.opened.as_ref().is_some_and(|key| findings.iter().all(|it| it.key() != *key));
    if findings.is_empty() || is_mended {
        // it would cover what mended it
        state.panel = None;
        return;
    }
    let width = 372.0_f32.min(rect.width() - 24.0);
    let mut is_open = true;
    let id = panel_id();
    let size = egui::AreaState::load(ui.ctx(), id).and_then(|it| it.size).unwrap_or(vec2(width, 360.0));
    let area = Area::new(id)
        .order(Order::Middle)
        .fixed_pos(anchor(state, scene, rect, panel.place, size))
        .constrain_to(rect.shrink(6.0))
        .show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).fill(color32(ctx.palette.raised)).inner_margin(12);
            frame.show(ui, |ui| {
                ui.set_width(width - 26.0);
                is_open = heading(ui, ctx, panel.place);
                ui.add_space(4.0);
                let height = (rect.height() * 0.6).clamp(120.0, 460.0);
                scrolls_from(height).auto_shrink([false, true]).show(ui, |ui| {
                    contents(ui, ctx, &mut panel, &findings);
                });
            });
        });
    area.response.widget_info(|| WidgetInfo::labeled(Role::Pane, true, "Findings"));
    state.panel = is_open.then_some(panel);
}

/// Where a panel of this size stands: beside what it is about, so that this stays in sight, on the
/// side that has room.
fn anchor(
    state: &CanvasState,
    scene: &Scene,
    rect: egui::Rect,
    place: Option<Subject>,
    size: egui::Vec2,
) -> egui::Pos2 {
    const GAP: f32 = 8.0;
    let Some(subject) = place else { return corner(rect) + vec2(WIDE - size.x, 26.0) };
    let on_screen = |it| state.camera.rect_to_screen(rect, it);
    let mark = scene.mark_of(subject, state.camera.zoom).map(on_screen);
    let bounds = bounds_of(&scene.project, scene, subject).map(on_screen);
    let seen = match subject {
        // the mark hangs at the label; the whole way of a conduit is too much to keep clear of
        Subject::Conduit(_) => mark.or(bounds).map(|it| it.expand2(vec2(0.0, 22.0))),
        _ => bounds.or(mark),
    };
    let seen = seen.unwrap_or(rect).intersect(rect.expand(40.0));
    let top = seen.top().min(rect.bottom() - size.y).max(rect.top());
    let left = seen.left().min(rect.right() - size.x).max(rect.left());
    let sides = [
        egui::pos2(seen.right() + GAP, top),
        egui::pos2(seen.left() - GAP - size.x, top),
        egui::pos2(left, seen.bottom() + GAP),
        egui::pos2(left, seen.top() - GAP - size.y),
    ];
    let fits = |at: &egui::Pos2| rect.contains_rect(egui::Rect::from_min_size(*at, size));
    sides.into_iter().find(fits).unwrap_or(egui::pos2(seen.right() + GAP, top))
}

/// What it is about, and ways on. Returns whether the panel stays open.
fn heading(ui: &mut Ui, ctx: &Context, place: Option<Subject>) -> bool {
    let mut stays = true;
    ui.horizontal(|ui| {
        let name = place.map_or("The whole plant".to_owned(), |it| {
            let kind = it.kind();
            let capital = kind.get(..1).unwrap_or_default().to_uppercase();
            format!("{capital}{} {}", kind.get(1..).unwrap_or_default(), ctx.project.subject_tag(it))
        });
        ui.label(title(name));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            stays = !ui.small_button("×").on_hover_text("Close (Esc)").accessible_name("Close the findings").clicked();
            for (text, label, back) in [("›", "Next finding (F8)", false), ("‹", "Previous finding (Shift+F8)", true)]
            {
                if ui.small_button(text).on_hover_text(label).accessible_name(label).clicked() {
                    ctx.send(Action::NextFinding(back));
                }
            }
        });
    });
    stays
}

fn contents(ui: &mut Ui, ctx: &Context, panel: &mut Panel, findings: &[&Finding]) {
    let (aside, open): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|it| it.set_aside.is_some());
    if open.is_empty() {
        ui.label(RichText::new("Nothing is open here.").weak());
    }
    for finding in open {
        one(ui, ctx, panel, finding);
    }
    if !aside.is_empty() {
        ui.separator();
        egui::CollapsingHeader::new(format!("{} set aside", aside.len())).id_salt("set aside").show(ui, |ui| {
            for finding in aside {
                one(ui, ctx, panel, finding);
            }
        });
    }
}

/// A finding, explained where it is the one opened.
fn one(ui: &mut Ui, ctx: &Context, panel: &mut Panel, finding: &Finding) {
    let key = finding.key();
    let is_opened = panel.opened.as_ref() == Some(&key);
    ui.push_id(&key, |ui| {
        let mut turned = false;
        ui.horizontal_wrapped(|ui| {
            let arrow = disclosure(ui, is_opened, &finding.message);
            if is_opened && std::mem::take(&mut panel.takes_keys) {
                arrow.request_focus();
                arrow.scroll_to_me(Some(egui::Align::TOP));
            }
            turned |= arrow.clicked();
            severity_chip(ui, ctx.palette, finding.severity());
            let text = RichText::new(format!("{}  {}", finding.check.code, finding.message));
            let text = if is_opened { text.strong() } else { text };
            let label = egui::Label::new(text).sense(Sense::click()).selectable(false);
            turned |= ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand).clicked();
        });
        if turned {
            panel.opened = (!is_opened).then(|| key.clone());
        }
        if is_opened {
            ui.indent("details", |ui| details(ui, ctx, finding, panel.place));
        }
        ui.add_space(4.0);
    });
}
