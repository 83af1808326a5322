//! All targets side by side: what is proposed, SL-T to be set by keys, SL-C, SL-A and what is proven.

use egui::{Align2, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::matrix::choose_up_to;
use super::why_sl_t::{lacking, why_sl_t};
use super::{RequirementsState, selection};
use crate::analysis::answering::Signature;
use crate::analysis::derive;
use crate::analysis::{Reach, TargetLevels};
use crate::drawing::levels::so_far_cell;
use crate::drawing::palette::Color;
use crate::edit::Edit;
use crate::model::{Fr, LevelVector, PerFr, SecurityLevel, Target, TargetLevel};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};
use crate::ui::views::counted;
use crate::ui::widgets::{is_below_dialog, presses, primary_button};

const ROW: f32 = 30.0;
/// Room between vectors.
const GAP: f32 = 12.0;

/// How the width is shared out.
#[derive(Clone, Copy)]
struct Columns {
    /// Room for a tag and name.
    name: f32,
    /// Room for what is proposed.
    proposed: f32,
    /// A figure's width.
    cell: f32,
}

const WIDE: Columns = Columns { name: 186.0, proposed: 128.0, cell: 21.0 };
/// As narrow as all can still be read; what has less room than that is scrolled sideways.
const NARROW: Columns = Columns { name: 128.0, proposed: 76.0, cell: 18.0 };

/// The vectors of a row with their headings, and what each is.
const VECTORS: [(&str, &str); 5] = [
    (
        "Proposed",
        "Where it differs from SL-T; follows from the worst consequence and from exploitability; (3) is assumed",
    ),
    ("Target (SL-T)", "The target: arrows go to a figure, 0 to 4 set it"),
    ("Capability (SL-C)", "What the technology in place could do; ? where nobody said, 1+ where not all is said"),
    ("Achieved (SL-A)", "Achieved; red where it falls short of the target; ? where nothing is answered"),
    ("Proven", "Achieved with current evidence"),
];

impl Columns {
    /// Those that fit into a width.
    fn within(width: f32) -> Self {
        let share = ((width - NARROW.width()) / (WIDE.width() - NARROW.width())).clamp(0.0, 1.0);
        let between = |of: fn(Self) -> f32| of(NARROW) + share * (of(WIDE) - of(NARROW));
        Self { name: between(|it| it.name), proposed: between(|it| it.proposed), cell: between(|it| it.cell) }
    }

    fn width(self) -> f32 {
        self.name + self.proposed + GAP + (VECTORS.len() - 1) as f32 * (7.0 * self.cell + GAP)
    }

    /// Where a figure stands in a row.
    fn cell(self, row: Rect, vector: usize, fr: usize) -> Rect {
        let vectors = self.proposed + GAP + vector.saturating_sub(1) as f32 * (7.0 * self.cell + GAP);
        let left = row.left() + self.name + vectors + fr as f32 * self.cell;
        Rect::from_min_size(pos2(left + 1.0, row.top() + 4.0), vec2(self.cell - 2.0, row.height() - 8.0))
    }

    /// Where all figures of a vector stand.
    fn vector(self, row: Rect, vector: usize) -> Rect {
        self.cell(row, vector, 0).union(self.cell(row, vector, 6))
    }

    /// Where a row says what is proposed.
    fn proposal(self, row: Rect) -> Rect {
        Rect::from_min_size(pos2(row.left() + self.name, row.top()), vec2(self.proposed, row.height()))
    }

    /// Where a row says why the SL-T is what it is, if there is room for it.
    fn why(self, row: Rect) -> Option<Rect> {
        let left = row.left() + self.width();
        let place = Rect::from_min_max(pos2(left, row.top()), row.right_bottom());
        (place.width() > 140.0).then_some(place)
    }
}

fn signature<'a>(ctx: &Context<'a>) -> Signature<'a> {
    Signature { role: &ctx.answering.role, on: ctx.analysis.as_of }
}

/// Sets the SL-T of several targets, each its own, as one step.
fn set(ctx: &Context, targets: &[Target], level: impl Fn(Target) -> TargetLevel) {
    let edits: Vec<Edit> =
        targets.iter().map(|&target| Edit::SetTargetLevel(vec![target], Some(level(target)))).collect();
    match edits.as_slice() {
        [] => (),
        [one] => ctx.edit(one.clone()),
        _ => ctx.edit(Edit::Several(format!("set SL-T of {}", counted(targets.len(), "target", "targets")), edits)),
    }
}

fn proposed(ctx: &Context, target: Target) -> TargetLevel {
    let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
    derive::decided(ctx.project, target, proposal.levels, &proposal.reason(), signature(ctx))
}

/// Shows the table.
pub(super) fn levels(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState) {
    let all = state.rows(ctx);
    let chosen = state.chosen_rows(ctx);
    actions(ui, ctx, state, &all, &chosen);
    keyboard(ui, ctx, state, &all);
    let scroll_to = state.row_to_show.take();
    let whole = ui.available_height();
    let below = if chosen.is_empty() { 0.0 } else { state.why_height.min(whole * MOST_FOR_WHY) + 8.0 };
    let room = (whole - below).max(ROW * 3.0);
    let columns = Columns::within(ui.available_width());
    ScrollArea::horizontal().max_height(room).show(ui, |ui| {
        ui.set_min_width(ui.available_width().max(columns.width()));
        header(ui, ctx, columns);
        let mut area = ScrollArea::vertical().auto_shrink([false, false]).max_height(ui.available_height());
        if let Some(place) = scroll_to.and_then(|it| all.iter().position(|(other, _)| *other == it)) {
            let (top, height) = (place as f32 * (ROW + ui.spacing().item_spacing.y), ui.available_height());
            let offset = state.row_offset;
            if top < offset || top + ROW > offset + height {
                area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
            }
        }
        let shown = area.show_rows(ui, ROW, all.len(), |ui, range| {
            for &(target, depth) in all.get(range).unwrap_or_default() {
                row(ui, ctx, state, columns, (target, depth));
            }
        });
        state.row_offset = shown.state.clamped_offset().y;
    });
    if !chosen.is_empty() {
        ui.add_space(4.0);
        let height = why_sl_t(ui, ctx, state, &chosen);
        if (height - state.why_height).abs() > 0.5 {
            ui.ctx().request_repaint();
        }
        state.why_height = height;
    }
}

/// The share of the height that the fields below the table may take.
const MOST_FOR_WHY: f32 = 0.5;

fn actions(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, all: &[(Target, usize)], chosen: &[Target]) {
    let unset: Vec<Target> = all.iter().map(|it| it.0).filter(|&it| ctx.project.target_level(it).is_none()).collect();
    let assumed = unset.iter().filter(|&&it| ctx.analysis.factors.consequence(it).is_assumed()).count();
    ui.horizontal_wrapped(|ui| {
        if !unset.is_empty() {
            let words = format!("Take the proposal for {} without SL-T", unset.len());
            if primary_button(ui, ctx.palette, &words).clicked() {
                set(ctx, &unset, |it| proposed(ctx, it));
            }
            if assumed > 0 {
                let words = counted(assumed, "of them assumes", "of them assume");
                ui.label(RichText::new(format!("{words} consequence 3: nobody has rated it.")).weak());
            }
        }
        if !chosen.is_empty() {
            if ui.button(format!("Take the proposal for {} chosen", chosen.len())).on_hover_text("Key T").clicked() {
                set(ctx, chosen, |it| proposed(ctx, it));
            }
            if ui
                .button("Take from neighbours")
                .on_hover_text("Key N: at least the zone around, or the lower of a conduit's zones")
                .clicked()
            {
                take_from_neighbours(ctx, chosen);
            }
            if ui.button("Say why").on_hover_text("Key W: the reason, for all FRs or for the one chosen").clicked() {
                state.say_why(ctx, chosen);
            }
        }
    });
    ui.add_space(4.0);
}

fn take_from_neighbours(ctx: &Context, chosen: &[Target]) {
    let known: Vec<Target> =
        chosen.iter().copied().filter(|&it| derive::from_neighbours(ctx.project, it).is_some()).collect();
    if known.is_empty() {
        let mut reasons = chosen.iter().filter_map(|&it| derive::why_nothing_from_neighbours(ctx.project, it));
        let first = reasons.next().unwrap_or_default();
        let further = match reasons.count() {
            0 => String::new(),
            count => format!("; and so for {count} more"),
        };
        ctx.send(Action::Say(format!("Nothing to take: {first}{further}")));
    }
    set(ctx, &known, |target| {
        let found = derive::from_neighbours(ctx.project, target);
        let current = ctx.project.target_level(target).map(|it| it.levels).unwrap_or_default();
        let (levels, reason) = found.map_or((current, String::new()), |it| (it.levels, it.reason));
        // what is above the neighbours already stays there
        let levels = PerFr::from_fn(|fr| levels[fr].max(current[fr]));
        derive::decided(ctx.project, target, levels, &reason, signature(ctx))
    });
}

/// Keys to walk the figures of SL-T and to set them.
fn keyboard(ui: &Ui, ctx: &Context, state: &mut RequirementsState, all: &[(Target, usize)]) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) || is_below_dialog(ui) {
        return;
    }
    for (key, back) in [(Key::ArrowLeft, true), (Key::ArrowRight, false)] {
        for _ in 0..presses(ui, Modifiers::NONE, key) {
            state.level_fr = super::filter::neighbour(state.level_fr, back);
            state.typed_fr = None;
        }
    }
    let chosen = state.chosen_rows(ctx);
    let numbers = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    for (key, level) in numbers.into_iter().zip(SecurityLevel::ALL) {
        if !chosen.is_empty() && presses(ui, Modifiers::NONE, key) > 0 {
            let (factors, fr) = (&ctx.analysis.factors, state.level_fr);
            set(ctx, &chosen, |it| derive::with_level(ctx.project, factors, it, fr, level, signature(ctx)));
            // one figure after the other can be typed
            state.typed_fr = None;
            if let (Some(fr), &[target]) = (fr, &*chosen) {
                state.typed_fr = Some((target, fr, level));
                state.level_fr = super::filter::neighbour(Some(fr), false).or(Some(fr));
            }
        }
    }
    if presses(ui, Modifiers::NONE, Key::T) > 0 {
        set(ctx, &chosen, |it| proposed(ctx, it));
    }
    if presses(ui, Modifiers::NONE, Key::N) > 0 && !chosen.is_empty() {
        take_from_neighbours(ctx, &chosen);
    }
    if presses(ui, Modifiers::NONE, Key::W) > 0 && !chosen.is_empty() {
        state.say_why(ctx, &chosen);
    }
    let is_cleared = presses(ui, Modifiers::NONE, Key::Delete) + presses(ui, Modifiers::NONE, Key::Backspace) > 0;
    if is_cleared && !chosen.is_empty() {
        ctx.edit(Edit::SetTargetLevel(chosen.to_vec(), None));
    }
    let last = ctx.selection.subjects.last().and_then(|it| it.target());
    let here = last.and_then(|it| all.iter().position(|(other, _)| *other == it));
    state.row_to_show = if state.shown_row == last { None } else { last };
    if here.is_some() {
        state.shown_row = last;
    }
}

fn header(ui: &mut Ui, ctx: &Context, columns: Columns) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let ink = color32(ctx.palette.text_weak);
    if let Some(place) = columns.why(rect) {
        let at = pos2(place.left(), rect.top() + 9.0);
        ui.painter().text(at, Align2::LEFT_CENTER, "Why", font(Face::SemiBold, 12.0), ink);
    }
    for (vector, (name, hint)) in VECTORS.into_iter().enumerate() {
        let place = match vector {
            0 => columns.proposal(rect),
            _ => columns.vector(rect, vector),
        };
        let heading = Rect::from_min_max(place.min, pos2(place.right(), place.top() + 12.0));
        let at = pos2(place.left(), rect.top() + 9.0);
        ui.painter().text(at, Align2::LEFT_CENTER, name, font(Face::SemiBold, 12.0), ink);
        ui.interact(heading, ui.scope_id().with(("vector", vector)), Sense::hover()).on_hover_text(hint);
        for fr in Fr::ALL.into_iter().filter(|_| vector > 0) {
            let at = pos2(columns.cell(rect, vector, fr.index()).center().x, rect.top() + 25.0);
            ui.painter().text(at, Align2::CENTER_CENTER, fr.code(), font(Face::Regular, 8.5), ink);
        }
    }
}

fn row(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, columns: Columns, (target, depth): (Target, usize)) {
    let Some(levels) = ctx.analysis.target(target) else { return };
    let palette = ctx.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let tag = ctx.project.target_tag(target);
    let is_selected = ctx.selection.contains(target);
    let sl_t = levels.target.map_or("not set".to_owned(), |it| it.to_string());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, format!("SL-T of {tag}, {sl_t}")));
    if is_selected {
        ui.painter().rect_filled(rect, 4.0, color32(palette.accent_soft));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, color32(palette.window));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    let left = rect.left() + 6.0 + depth.min(6) as f32 * 12.0;
    let text = Face::SemiBold.shortened(tag, 12.0, rect.left() + columns.name - left - 6.0);
    let after = left + Face::SemiBold.width(&text, 12.0) + 8.0;
    let at = |x: f32| pos2(x, rect.center().y);
    ui.painter().text(at(left), Align2::LEFT_CENTER, text, font(Face::SemiBold, 12.0), color32(palette.text));
    let room = rect.left() + columns.name - after - 6.0;
    if room > 24.0 {
        let name = Face::Regular.shortened(ctx.project.target_name(target), 12.0, room);
        ui.painter().text(at(after), Align2::LEFT_CENTER, name, font(Face::Regular, 12.0), color32(palette.text_weak));
    }
    let lacks = state.lacking.get(ctx.session.revision(), || lacking(ctx)).get(&target).map(String::as_str);
    figures(ui, ctx, (columns, rect), (target, levels), lacks);
    if is_selected {
        let mark = match state.level_fr {
            Some(fr) => columns.cell(rect, 1, fr.index()),
            None => columns.vector(rect, 1),
        };
        let edge = egui::Stroke::new(2.0, color32(palette.accent));
        ui.painter().rect_stroke(mark, 3.0, edge, egui::StrokeKind::Outside);
    }
    if response.clicked() {
        click(ui, ctx, state, target, (columns, rect), &response);
    }
}

/// A click chooses the row, and a figure of SL-T where it is on one.
fn click(
    ui: &Ui,
    ctx: &Context,
    state: &mut RequirementsState,
    target: Target,
    (columns, row): (Columns, Rect),
    response: &egui::Response,
) {
    state.typed_fr = None;
    if let Some(at) = response.interact_pointer_pos() {
        let hit = Fr::ALL.into_iter().find(|fr| columns.cell(row, 1, fr.index()).expand(1.0).contains(at));
        state.level_fr = hit.or(state.level_fr.filter(|_| at.x > row.left() + columns.name));
    }
    let held = ui.input(|input| input.modifiers);
    state.shown_row = Some(target);
    if held.shift {
        choose_up_to(ctx, state, target);
    } else if held.command {
        super::matrix::toggle(ctx, state, target);
    } else {
        state.first_target = Some(target);
        ctx.send(Action::Select(selection(&[target], None)));
    }
}

fn figures(
    ui: &Ui,
    ctx: &Context,
    (columns, row): (Columns, Rect),
    (target, levels): (Target, &TargetLevels),
    lacks: Option<&str>,
) {
    let palette = ctx.palette;
    let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
    let plain = |vector: &LevelVector, fr: Fr| match vector[fr] {
        Some(level) => (level.to_string(), palette.level(level)),
        None => ("–".to_owned(), (palette.sunken, palette.text_faint)),
    };
    let paint = |at: Rect, (text, (fill, ink)): (String, (Color, Color))| {
        ui.painter().rect_filled(at, 3.0, color32(fill));
        ui.painter().text(at.center(), Align2::CENTER_CENTER, text, font(Face::SemiBold, 12.0), color32(ink));
    };
    let sl_t: LevelVector = levels.target.map(|it| it.map(Some)).unwrap_or_default();
    for fr in Fr::ALL {
        let at = |vector: usize| columns.cell(row, vector, fr.index());
        paint(at(1), plain(&sl_t, fr));
        paint(at(2), so_far_cell(levels.capable_so_far(fr), palette));
        let achieved = so_far_cell(levels.achieved_so_far(fr), palette);
        match levels.reach(fr) {
            Reach::Short { by, .. } => paint(at(3), (achieved.0, palette.shortfall(by))),
            Reach::NotAssessed | Reach::Open | Reach::Unset | Reach::Reached => paint(at(3), achieved),
        }
        paint(at(4), so_far_cell(levels.proven_so_far(fr), palette));
    }
    let words = differing(&proposal.levels, levels.target, proposal.is_assumed);
    let ink = if words == SAME { palette.text_weak } else { palette.text };
    let line = |place: Rect, words: &str, ink: Color, hint: Option<&str>| {
        let shown = Face::Regular.shortened(words, 12.0, place.width());
        let at = pos2(place.left(), place.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, &shown, font(Face::Regular, 12.0), color32(ink));
        if hint.is_some() || shown != words {
            let place = ui.interact(place, ui.scope_id().with(("words", target, place.left() as i32)), Sense::hover());
            place.on_hover_text(hint.unwrap_or(words));
        }
    };
    let reason = columns.why(row);
    let place = columns.proposal(row);
    if lacks.is_some() && reason.is_none() {
        let (words_at, why_at) = place.split_left_right_at_x(place.right() - WHY_MARK);
        line(words_at, &words, ink, None);
        line(why_at, "why?", palette.warning, lacks);
    } else {
        line(place, &words, ink, None);
    }
    if let (Some(place), Some(level)) = (reason, ctx.project.target_level(target)) {
        let first = level.reason.lines().next().unwrap_or_default();
        match lacks {
            Some(_) if first.is_empty() => line(place, "why?", palette.warning, lacks),
            Some(_) => line(place, &format!("why? {first}"), palette.warning, lacks),
            None => line(place, first, palette.text_weak, None),
        }
    }
}

/// Room for the mark of a reason that is lacking, where there is none for the reason itself.
const WHY_MARK: f32 = 32.0;

/// What stands where the proposal is the SL-T.
const SAME: &str = "as SL-T";

/// "UC 3, DC 1": the proposal where it differs from the target.
fn differing(proposal: &PerFr<SecurityLevel>, target: Option<PerFr<SecurityLevel>>, is_assumed: bool) -> String {
    let word = |level: SecurityLevel| if is_assumed { format!("({level})") } else { level.to_string() };
    let first = proposal[Fr::Iac];
    let is_even = Fr::ALL.into_iter().all(|fr| proposal[fr] == first);
    let others: Vec<Fr> = Fr::ALL.into_iter().filter(|&fr| target.is_none_or(|it| it[fr] != proposal[fr])).collect();
    match others.len() {
        0 => SAME.to_owned(),
        7 if is_even => format!("{} in all", word(first)),
        _ => others.iter().map(|&fr| format!("{} {}", fr.code(), word(proposal[fr]))).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_vectors_fit_into_a_small_window() {
        // 1024 points without the rail and the margins of the page
        assert!(Columns::within(804.0).width() <= 804.0);
        assert_eq!(Columns::within(2000.0).width(), WIDE.width());
    }

    #[test]
    fn a_proposal_is_told_where_it_differs() {
        let level = |number: usize| SecurityLevel::ALL[number];
        let proposal = PerFr::from_fn(|_| level(3));
        assert_eq!(differing(&proposal, None, true), "(3) in all");
        assert_eq!(differing(&proposal, Some(proposal), false), SAME);
        let target = PerFr::from_fn(|fr| level(if fr == Fr::Uc { 2 } else { 3 }));
        assert_eq!(differing(&proposal, Some(target), false), "UC 3");
    }
}
