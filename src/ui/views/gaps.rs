//! All gaps in rank order with their factors; several can be planned at once.

use std::rc::Rc;

use egui::{Key, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::analysis::{Band, Gap, NoGap, Treatment};
use crate::edit::{Item, next_tag};
use crate::model::{Id, ManualFinding, ManualFindingId};
use crate::ui::action::{Action, PageAction, Selection, View};
use crate::ui::context::Context;
use crate::ui::frame::new_action;
use crate::ui::kept::Kept;
use crate::ui::theme::strong;
use crate::ui::widgets::{band_chip, chip, drop_down, empty_state, page_margin, plain_key, primary_button};

/// What the page remembers.
#[derive(Default)]
pub struct GapsState {
    band: Option<Band>,
    treatment: Option<Treatment>,
    wanted: String,
    sort: Sort,
    reversed: bool,
    /// Ranks marked to be planned together, counted from 0.
    marked: std::collections::BTreeSet<usize>,
    anchor: Option<usize>,
    scroll_to: Option<usize>,
    /// How many gaps each band has, at a revision.
    bands: Kept<u64, [usize; Band::ALL.len()]>,
    /// The ranks that the filters let through.
    shown: Kept<Asked, Rc<[usize]>>,
}

/// What is asked of the gaps that are shown, at a revision.
type Asked = (u64, Option<Band>, Option<Treatment>, String, Sort, bool);

/// What the table is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    Rank,
    Target,
    Requirement,
    Class,
    Treatment,
}

/// Shows it.
pub fn gaps(ui: &mut Ui, ctx: &Context, state: &mut GapsState) {
    if ctx.asked == Some(PageAction::NewFinding) {
        add_finding(ctx);
    }
    if let Some(why) = ctx.analysis.no_gap() {
        nothing(ui, ctx, why);
        return;
    }
    egui::Frame::new().inner_margin(page_margin(ui)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(28.0);
            ui.heading("Gaps");
            // up here, so that the table does not move under the pointer that marks
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| plan_marked(ui, ctx, state));
        });
        let about = "What the targets demand and the answers lack, the most urgent first";
        let answered = ctx.analysis.answered().words();
        let told = format!("{about}; {answered}. C consequence, E exploitability, A audit impact.");
        ui.label(RichText::new(told).weak());
        ui.add_space(8.0);
        filters(ui, ctx, state);
        let revision = ctx.session.revision();
        let wanted = state.wanted.to_lowercase();
        let asked = (revision, state.band, state.treatment, wanted, state.sort, state.reversed);
        let shown = Rc::clone(state.shown.get(asked.clone(), || shown(ctx, &asked)));
        keyboard(ui, ctx, state, &shown);
        if shown.is_empty() {
            ui.add_space(20.0);
            ui.label(RichText::new("No gap under this filter.").weak());
            return;
        }
        egui::ScrollArea::horizontal().show(ui, |ui| {
            ui.set_min_width(ui.available_width().max(TABLE_FROM));
            table(ui, ctx, state, &shown);
        });
    });
}

fn nothing(ui: &mut Ui, ctx: &Context, why: NoGap) {
    let answer = ("Answer requirements", View::Requirements);
    let (heading, text, (button, view)) = match why {
        NoGap::NoTarget => {
            let button = if ctx.project.zones.is_empty() { "Draw the first zone" } else { "Set targets" };
            let text = "Gaps appear once zones and conduits have a target (SL-T) and requirements are answered.";
            ("No target demands anything yet", text.to_owned(), (button, View::Diagram))
        }
        NoGap::NothingDemanded => {
            let text = "No target (SL-T) demands anything, so that nothing can be missing.".to_owned();
            ("No gap", text, ("Look at the targets", View::Diagram))
        }
        NoGap::NotAssessed => {
            let text = "Nothing that the targets demand is answered: gaps come with the answers.".to_owned();
            ("Not assessed yet", text, answer)
        }
        NoGap::AllAnswered => {
            ("No gap", "All that the targets demand is answered, and nothing of it is missing.".to_owned(), answer)
        }
        NoGap::SoFar => {
            let so_far = ctx.analysis.answered().words();
            let text = format!("Of what the targets demand {so_far}, and nothing of that is missing.");
            ("No gap so far", text, answer)
        }
    };
    if empty_state(ui, ctx.palette, heading, &text, button) {
        ctx.send(Action::Go(view));
    }
}

fn filters(ui: &mut Ui, ctx: &Context, state: &mut GapsState) {
    ui.horizontal_wrapped(|ui| {
        let count = |band: Band| ctx.analysis.gaps.iter().filter(|it| it.band == band).count();
        let counts = *state.bands.get(ctx.session.analyses(), || Band::ALL.map(count));
        ui.selectable_value(&mut state.band, None, format!("All {}", ctx.analysis.gaps.len()));
        for (band, count) in Band::ALL.into_iter().zip(counts) {
            ui.selectable_value(&mut state.band, Some(band), format!("{} {count}", band.word()));
        }
        let word = |it: Option<Treatment>| it.map_or("Any treatment", treatment_word);
        let list = egui::ComboBox::from_id_salt("treatment").selected_text(word(state.treatment));
        let all = || {
            let treatments = [Treatment::Untreated, Treatment::Action, Treatment::Accepted, Treatment::Both];
            std::iter::once(None).chain(treatments.map(Some)).map(|it| (it, word(it).to_owned())).collect()
        };
        drop_down(ui, list, &mut state.treatment, all).accessible_name("Treatment");
        let field =
            egui::TextEdit::singleline(&mut state.wanted).hint_text("Filter by zone or word").desired_width(160.0);
        ui.add(field).accessible_name("Filter gaps");
        if ui.button("Add finding").on_hover_text("By hand, from an audit report or a walk-down").clicked() {
            add_finding(ctx);
        }
    });
}

fn add_finding(ctx: &Context) {
    let id = ManualFindingId::random();
    let tag = next_tag("AF-", ctx.project.manual_findings.values().map(|it| &it.tag));
    ctx.put(Item::ManualFinding(id, ManualFinding { tag, title: "New finding".into(), ..ManualFinding::default() }));
    ctx.select(id);
}

/// One action for all that is marked.
fn plan_marked(ui: &mut Ui, ctx: &Context, state: &mut GapsState) {
    if state.marked.is_empty() {
        return;
    }
    if ui.button("Unmark").clicked() {
        state.marked.clear();
    }
    let text = format!("New action for {} marked", state.marked.len());
    if primary_button(ui, ctx.palette, &text).clicked() {
        let gaps: Vec<Gap> = state.marked.iter().filter_map(|&rank| ctx.analysis.gaps.get(rank)).copied().collect();
        new_action(ctx, &gaps);
        state.marked.clear();
    }
}

/// How a gap is treated, in words that stand alone.
fn treatment_word(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Untreated => "Untreated",
        Treatment::Action => "With an action",
        Treatment::Accepted => "Accepted",
        Treatment::Both => "Action and accepted",
    }
}

/// The ranks that the filters let through, in the order chosen.
fn shown(ctx: &Context, (_, band, treatment, wanted, sort, reversed): &Asked) -> Rc<[usize]> {
    let gaps = &ctx.analysis.gaps;
    let answers = |gap: &Gap| {
        let tag = gap.target.map_or("", |target| ctx.project.target_tag(target));
        let name = gap.target.map_or("", |target| ctx.project.target_name(target));
        let text = format!("{tag} {name} {} {}", gap.title(ctx.project, ctx.catalogue), gap.found(ctx.project));
        text.to_lowercase().contains(wanted)
    };
    let mut ranks: Vec<usize> = (0..gaps.len())
        .filter(|&rank| {
            gaps.get(rank).is_some_and(|gap| {
                band.is_none_or(|band| gap.band == band)
                    && treatment.is_none_or(|treatment| gap.treatment == treatment)
                    && (wanted.is_empty() || answers(gap))
            })
        })
        .collect();
    let tag = |rank: &usize| gaps.get(*rank).and_then(|gap| gap.target).map(|target| ctx.project.target_tag(target));
    match sort {
        Sort::Rank => (),
        Sort::Target => ranks.sort_by_key(tag),
        Sort::Requirement => ranks.sort_by_key(|rank| gaps.get(*rank).and_then(|gap| gap.requirement)),
        Sort::Class => ranks.sort_by_key(|rank| gaps.get(*rank).map(|gap| (!gap.blocks_closure, gap.classification))),
        Sort::Treatment => ranks.sort_by_key(|rank| gaps.get(*rank).map(|gap| gap.treatment)),
    }
    if *reversed {
        ranks.reverse();
    }
    ranks.into()
}

fn selection_of(gap: &Gap) -> Selection {
    match (gap.manual, gap.target, gap.requirement) {
        (Some(id), ..) => Selection::of(id),
        (None, Some(target), Some(requirement)) => Selection::answer(target, requirement),
        _ => Selection::default(),
    }
}

fn is_selected(ctx: &Context, gap: &Gap) -> bool {
    let selection = selection_of(gap);
    !selection.subjects.is_empty() && selection == *ctx.selection
}

const ROW: f32 = 34.0;
/// Below this width the factors and the kind, which the inspector shows too, leave their room to the rest.
const ALL_COLUMNS_FROM: f32 = 720.0;

/// The least width of the table; below it one scrolls sideways.
const TABLE_FROM: f32 = 536.0;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Rank,
    Priority,
    Where,
    Missing,
    Factors,
    Class,
    Kind,
    Treatment,
}

impl Part {
    const ALL: [Self; 8] = [
        Self::Rank,
        Self::Priority,
        Self::Where,
        Self::Missing,
        Self::Factors,
        Self::Class,
        Self::Kind,
        Self::Treatment,
    ];
    /// The most telling ones, for narrow windows.
    const FEW: [Self; 6] = [Self::Rank, Self::Priority, Self::Where, Self::Missing, Self::Class, Self::Treatment];

    /// Its heading, and what a click on that sorts by.
    fn heading(self) -> (&'static str, Option<Sort>) {
        match self {
            Self::Rank => ("#", Some(Sort::Rank)),
            Self::Priority => ("Priority", Some(Sort::Rank)),
            Self::Where => ("Where", Some(Sort::Target)),
            Self::Missing => ("What is missing", Some(Sort::Requirement)),
            Self::Factors => ("C·E·A", None),
            Self::Class => ("Class", Some(Sort::Class)),
            Self::Kind => ("Kind", None),
            Self::Treatment => ("Treatment", Some(Sort::Treatment)),
        }
    }

    fn column(self) -> Column {
        match self {
            Self::Rank => Column::initial(34.0).at_least(30.0),
            Self::Priority => Column::initial(60.0).at_least(56.0),
            Self::Where => Column::initial(60.0).at_least(50.0).clip(true),
            // takes what the others leave, whatever their widths
            Self::Missing => Column::remainder().at_least(140.0).clip(true).resizable(false),
            Self::Factors => Column::initial(50.0).at_least(46.0),
            Self::Class => Column::initial(98.0).at_least(50.0).clip(true),
            Self::Kind => Column::initial(82.0).at_least(60.0).clip(true),
            Self::Treatment => Column::initial(72.0).at_least(60.0).clip(true),
        }
    }
}

fn table(ui: &mut Ui, ctx: &Context, state: &mut GapsState, shown: &[usize]) {
    // a table with a remainder column needs the whole width claimed first
    ui.set_min_width(ui.available_width());
    let parts: &[Part] = if ui.available_width() < ALL_COLUMNS_FROM { &Part::FEW } else { &Part::ALL };
    // rows touch, so that no click falls between them
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut builder = TableBuilder::new(ui)
        .id_salt(("gaps", parts.len()))
        .striped(false)
        .resizable(true)
        .sense(egui::Sense::click())
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .column(Column::exact(24.0));
    for part in parts {
        builder = builder.column(part.column());
    }
    if let Some(row) = state.scroll_to.take() {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .header(26.0, |mut header| {
            header.col(|_| ());
            for (title, sort) in parts.iter().map(|it| it.heading()) {
                header.col(|ui| sort_header(ui, state, title, sort));
            }
        })
        .body(|body| {
            body.rows(ROW, shown.len(), |mut row| {
                let place = row.index();
                let Some(&rank) = shown.get(place) else { return };
                let Some(gap) = ctx.analysis.gaps.get(rank) else { return };
                row.set_selected(is_selected(ctx, gap));
                row.col(|ui| {
                    let mut marked = state.marked.contains(&rank);
                    if ui.checkbox(&mut marked, "").accessible_name(format!("Mark gap {}", rank + 1)).changed() {
                        mark(state, rank, marked);
                    }
                });
                for &part in parts {
                    row.col(|ui| show_part(ui, ctx, rank, gap, part));
                }
                let response = row.response();
                response.widget_info(|| {
                    let name = format!("Gap {}: {}", rank + 1, gap.title(ctx.project, ctx.catalogue));
                    egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                });
                if response.clicked() {
                    let modifiers = response.ctx.input(|input| input.modifiers);
                    if modifiers.command {
                        let marked = !state.marked.contains(&rank);
                        mark(state, rank, marked);
                    } else if modifiers.shift {
                        mark_range(state, shown, rank);
                    }
                    state.anchor = Some(rank);
                    ctx.send(Action::Select(selection_of(gap)));
                }
                if response.double_clicked() {
                    open(ctx, gap);
                }
            });
        });
}

fn sort_header(ui: &mut Ui, state: &mut GapsState, title: &str, sort: Option<Sort>) {
    let Some(sort) = sort else {
        ui.label(strong(title));
        return;
    };
    let is_sorted = state.sort == sort && (sort != Sort::Rank || title == "#");
    let arrow = match (is_sorted, state.reversed) {
        (false, _) => "",
        (true, false) => " ↓",
        (true, true) => " ↑",
    };
    let label = egui::Label::new(strong(format!("{title}{arrow}"))).sense(egui::Sense::click()).selectable(false);
    if ui.add(label).on_hover_text("Sort").clicked() {
        state.reversed = state.sort == sort && !state.reversed;
        state.sort = sort;
    }
}

fn show_part(ui: &mut Ui, ctx: &Context, rank: usize, gap: &Gap, part: Part) {
    let palette = ctx.palette;
    let text = |ui: &mut Ui, text: RichText| {
        ui.add(egui::Label::new(text).truncate().selectable(false));
    };
    match part {
        Part::Rank => text(ui, RichText::new((rank + 1).to_string()).weak()),
        Part::Priority => {
            band_chip(ui, palette, gap.band, Some(gap.score));
        }
        Part::Where => text(ui, RichText::new(gap.target.map_or("–", |target| ctx.project.target_tag(target)))),
        Part::Missing => {
            let found = gap.found(ctx.project);
            let line = format!("{}   {found}", gap.title(ctx.project, ctx.catalogue));
            ui.add(egui::Label::new(&line).truncate().selectable(false));
        }
        Part::Factors => {
            text(ui, RichText::new(format!("{}·{}·{}", gap.consequence, gap.exploitability, gap.audit_impact)));
        }
        Part::Class => {
            text(ui, RichText::new(gap.classification.word()));
            if gap.blocks_closure {
                chip(ui, "blocks", (palette.error_soft, palette.error))
                    .on_hover_text("Blocks the closure of the audit");
            }
        }
        Part::Kind => text(ui, RichText::new(gap.kind.word())),
        Part::Treatment => match gap.treatment {
            Treatment::Untreated => {
                chip(ui, "untreated", (palette.error_soft, palette.error));
            }
            treatment => text(ui, RichText::new(treatment.word())),
        },
    }
}

fn mark(state: &mut GapsState, rank: usize, marked: bool) {
    if marked {
        state.marked.insert(rank);
    } else {
        state.marked.remove(&rank);
    }
}

fn mark_range(state: &mut GapsState, shown: &[usize], rank: usize) {
    let place = |rank: usize| shown.iter().position(|&it| it == rank);
    if let (Some(from), Some(to)) = (state.anchor.and_then(place), place(rank)) {
        state.marked.extend(shown.iter().skip(from.min(to)).take(from.abs_diff(to) + 1));
    }
}

fn open(ctx: &Context, gap: &Gap) {
    if let (None, Some(target), Some(requirement)) = (gap.manual, gap.target, gap.requirement) {
        ctx.send(Action::GoTo(View::Requirements, Selection::answer(target, requirement)));
    }
}

fn keyboard(ui: &Ui, ctx: &Context, state: &mut GapsState, shown: &[usize]) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |key: Key| plain_key(ui, key);
    let current = shown.iter().position(|&rank| ctx.analysis.gaps.get(rank).is_some_and(|gap| is_selected(ctx, gap)));
    let go = |state: &mut GapsState, place: usize| {
        if let Some(gap) = shown.get(place).and_then(|&rank| ctx.analysis.gaps.get(rank)) {
            state.scroll_to = Some(place);
            ctx.send(Action::Select(selection_of(gap)));
        }
    };
    if pressed(Key::ArrowDown) {
        go(state, current.map_or(0, |place| place + 1));
    }
    if pressed(Key::ArrowUp) {
        go(state, current.unwrap_or(0).saturating_sub(1));
    }
    if let Some(gap) = current.and_then(|place| shown.get(place)).and_then(|&rank| ctx.analysis.gaps.get(rank))
        && pressed(Key::Enter)
    {
        open(ctx, gap);
    }
}
