//! The left rail: the work in its order, each step with its progress.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::Treatment;
use crate::text::Face;
use crate::ui::action::{Action, View};
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{color32, font};
use crate::ui::views::{counted, percent};

/// How far each step is: the share done, where that can be said, and a few words.
type Steps = [(Option<f32>, String); View::ALL.len()];

/// How far the steps are by one analysis.
#[derive(Default)]
pub struct RailState(Kept<u64, Steps>);

/// Shows it.
pub fn rail(ui: &mut Ui, ctx: &Context, state: &mut RailState) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let steps = state.0.get(ctx.session.analyses(), || View::ALL.map(|view| progress(ctx, view)));
    for (view, (share, words)) in View::ALL.into_iter().zip(steps) {
        step(ui, ctx, view, (*share, words));
    }
}

/// How far a step is (0 to 1, where that can be said) and a few words.
fn progress(ctx: &Context, view: View) -> (Option<f32>, String) {
    let project = ctx.project;
    let share = |part: usize, all: usize| (all > 0).then(|| part as f32 / all as f32);
    match view {
        View::Overview | View::Report | View::Compare => (None, String::new()),
        View::Path => {
            let states = ctx.analysis.zcr(ctx.catalogue);
            let (complete, _) = crate::analysis::zcr::totals(states);
            (share(complete, states.len()), format!("{complete} of {}", states.len()))
        }
        View::Scope => {
            let parts = crate::analysis::scoping::parts(project);
            let described = parts.iter().filter(|(_, is_described)| *is_described).count();
            (share(described, parts.len()), format!("{described} of {}", parts.len()))
        }
        View::Workshop => {
            let parked: usize = project.workshops.values().map(|it| it.parked().count()).sum();
            let over = project.workshops.values().filter(|it| it.closed).count();
            let has_begun = project.workshops.values().any(|it| !it.closed && !it.taken.is_empty());
            let words = match (project.workshops.len(), parked) {
                (0, _) => String::new(),
                (_, 0) if has_begun => "under way".to_owned(),
                (all, 0) => format!("{over} of {all} over"),
                (_, parked) => format!("{parked} parked"),
            };
            (share(over, project.workshops.len()), words)
        }
        View::Diagram => (None, counted(project.zones.len(), "zone", "zones")),
        View::Risk => {
            let rated = crate::ui::views::rated_risks(project);
            let words = counted(project.risks.len(), "scenario", "scenarios");
            (share(rated, project.risks.len()), words)
        }
        View::Requirements => {
            let it = ctx.analysis.answered();
            let none = if ctx.analysis.has_all_targets() { "nothing demanded" } else { "no targets" };
            let words = percent(it.answered, it.demanded).map_or(none.to_owned(), |it| format!("{it} %"));
            (share(it.answered, it.demanded), words)
        }
        View::Gaps => (None, ctx.analysis.gaps_in_words()),
        View::Plan => {
            let all = ctx.analysis.gaps.len();
            let treated = ctx.analysis.gaps.iter().filter(|it| it.treatment != Treatment::Untreated).count();
            let actions = project.actions.values().filter(|it| it.treats()).count();
            // the bar is of gaps, and so are its words where there are any
            let words = percent(treated, all)
                .map_or_else(|| counted(actions, "action", "actions"), |it| format!("{it} % treated"));
            (share(treated, all), words)
        }
    }
}

fn step(ui: &mut Ui, ctx: &Context, view: View, (share, words): (Option<f32>, &str)) {
    let palette = ctx.palette;
    let is_here = ctx.view == view;
    let scale = palette.type_size;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0 * scale), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_here, view.name()));
    let painter = ui.painter();
    if is_here {
        painter.rect_filled(rect, 6.0, color32(palette.accent_soft));
        let mark = Rect::from_min_size(rect.min + vec2(0.0, 9.0 * scale), vec2(3.0, 22.0 * scale));
        painter.rect_filled(mark, 1.5, color32(palette.accent));
    } else if response.hovered() {
        painter.rect_filled(rect, 6.0, color32(palette.sunken));
    }
    if response.has_focus() {
        painter.rect_stroke(rect, 6.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    let face = if is_here { Face::SemiBold } else { Face::Regular };
    let y = if words.is_empty() { rect.center().y } else { rect.top() + 14.0 * scale };
    painter.text(
        pos2(rect.left() + 12.0, y),
        Align2::LEFT_CENTER,
        view.name(),
        font(face, 13.5 * scale),
        color32(palette.text),
    );
    if !words.is_empty() {
        let at = pos2(rect.left() + 12.0, rect.top() + 29.0 * scale);
        painter.text(at, Align2::LEFT_CENTER, words, font(Face::Regular, 10.5 * scale), color32(palette.text_weak));
    }
    if let Some(share) = share {
        let bar = Rect::from_min_size(pos2(rect.right() - 54.0, rect.top() + 27.0 * scale), vec2(44.0, 4.0));
        painter.rect_filled(bar, 2.0, color32(palette.line));
        let done = Rect::from_min_size(bar.min, vec2(bar.width() * share.clamp(0.0, 1.0), 4.0));
        painter.rect_filled(done, 2.0, color32(palette.accent));
    }
    if response.clicked() {
        ctx.send(Action::Go(view));
    }
}
