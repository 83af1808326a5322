//! The scenarios on the matrix.

use egui::{Key, Modifiers, RichText, Ui};

use super::filter::{self, Filter};
use super::{RiskState, stage};
use crate::hands::rate::moment;
use crate::model::{AssessmentStage, RatedAt, RiskId};
use crate::ui::context::Context;
use crate::ui::risk_matrix::{Matrix, Moments, risk_matrix};
use crate::ui::views::counted;
use crate::ui::widgets::{capital, is_below_dialog, presses};

/// What the matrix remembers.
#[derive(Default)]
pub(super) struct Chart {
    at: RatedAt,
    /// All three ratings of the selected one.
    way: bool,
    /// In type that is read from afar: the selected one alone, or all.
    big: bool,
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut RiskState) {
    filter::show(ui, ctx, &mut state.filter);
    let chart = &mut state.chart;
    let is_initial = state.filter.stage == Some(AssessmentStage::Initial);
    if is_initial {
        ui.horizontal_wrapped(|ui| stage::bar(ui, ctx, &super::selected(ctx)));
    } else {
        moments(ui, chart);
    }
    let moments = match (is_initial, chart.way) {
        (true, _) => Moments::Consequence,
        (false, true) => Moments::Way,
        (false, false) => Moments::One(chart.at),
    };
    if state.filter.stage.is_none() {
        tell_of_initial(ui, ctx, &mut state.filter);
    }
    let mut risks: Vec<_> = ctx.project.risks.iter().filter(|(id, it)| state.filter.lets(ctx, *id, it)).collect();
    // those of the initial assessment have no likelihood
    risks.retain(|(_, it)| is_initial || it.stage == AssessmentStage::Detailed);
    risks.sort_by(|one, other| super::columns::Part::Tag.order(ctx, *one, *other));
    let risks: Vec<RiskId> = risks.into_iter().map(|it| it.0).collect();
    if risks.is_empty() {
        ui.add_space(20.0);
        let text = if is_initial {
            "No initial scenario under this filter."
        } else {
            "No detailed scenario under this filter."
        };
        ui.label(RichText::new(text).weak());
        return;
    }
    let hint = match moments {
        Moments::Consequence => "Drag a scenario, or choose it and press the arrows: how bad it could be.",
        Moments::Way if ctx.selection.only().is_none() => {
            "Choose a scenario to see where it comes from and where it goes."
        }
        _ => "Drag a scenario, or choose it and press the arrows. Tab goes to the next, Backspace takes it off.",
    };
    if ui.available_height() > 380.0 {
        ui.add(egui::Label::new(RichText::new(hint).small().weak()).truncate());
    }
    if let (Moments::One(at), true) = (moments, chart.big) {
        let only = super::selected(ctx).first().copied();
        risk_matrix(ui, ctx, at, true, only);
        return;
    }
    let most = if is_initial { 240.0 * ctx.palette.type_size } else { 760.0 };
    let height = (ui.available_height() - 8.0).min(most);
    Matrix { moments, big: false, risks: &risks, height }.show(ui, ctx);
}

/// Says where those of the initial assessment are, which have no likelihood.
fn tell_of_initial(ui: &mut Ui, ctx: &Context, filter: &mut Filter) {
    let mut listed = ctx.project.risks.iter().filter(|(id, it)| filter.lets(ctx, *id, it));
    let count = listed.by_ref().filter(|(_, it)| it.stage == AssessmentStage::Initial).count();
    if count == 0 {
        return;
    }
    let words = counted(
        count,
        "initial scenario has no likelihood and stands",
        "initial scenarios have no likelihood and stand",
    );
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("{words} beside this matrix:")).small().weak());
        if ui.link(RichText::new("show those").small()).clicked() {
            filter.stage = Some(AssessmentStage::Initial);
        }
    });
}

/// Which of the three ratings is shown, or all of them.
fn moments(ui: &mut Ui, chart: &mut Chart) {
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    let is_free = !ui.ctx().text_edit_focused() && !is_below_dialog(ui) && !egui::Popup::is_any_open(ui.ctx());
    let asked = keys.iter().position(|&key| is_free && presses(ui, Modifiers::NONE, key) > 0);
    match asked {
        Some(3) => chart.way = true,
        Some(place) => {
            (chart.at, chart.way) = (RatedAt::ALL.get(place).copied().unwrap_or_default(), false);
        }
        None => (),
    }
    ui.horizontal_wrapped(|ui| {
        for (place, &at) in RatedAt::ALL.iter().enumerate() {
            let is_shown = chart.at == at && !chart.way;
            let key = format!("Key {}", place + 1);
            if ui.selectable_label(is_shown, capital(moment(at))).on_hover_text(key).clicked() {
                (chart.at, chart.way) = (at, false);
            }
        }
        if ui.selectable_label(chart.way, "All three of the selected").on_hover_text("Key 4").clicked() {
            chart.way = true;
        }
        let hint = "Read from afar; the selected scenario alone, or all where none is";
        ui.checkbox(&mut chart.big, "Large").on_hover_text(hint);
    });
}
