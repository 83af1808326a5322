//! The risk matrix with its scenarios in the cells, moved by hand or by key: on the Risk page,
//! and large before a room.

mod drop;
mod keys;
mod layout;
mod paint;

use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

pub use self::drop::forget;
use self::drop::take_off;
use self::layout::{Cell, Flow, Grid, flow};
use self::paint::{Ink, Style};
use crate::hands::rate;
use crate::model::{RatedAt, RiskId, RiskMatrix};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::risk_word;

/// Which ratings a matrix shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moments {
    /// Those of one point in time.
    One(RatedAt),
    /// All three of the selected scenario, with arrows from one to the next.
    Way,
    /// How bad with nothing against it, whatever the likelihood: the initial assessment.
    Consequence,
}

impl Moments {
    /// The point in time at which a scenario is moved.
    const fn at(self) -> RatedAt {
        match self {
            Self::One(at) => at,
            Self::Way => RatedAt::Current,
            Self::Consequence => RatedAt::Unmitigated,
        }
    }
}

/// A matrix to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    /// Which ratings it shows.
    pub moments: Moments,
    /// In type that is read from afar.
    pub big: bool,
    /// The scenarios, in the order in which Tab goes to them.
    pub risks: &'a [RiskId],
    /// How high it is with all that stands around the cells.
    pub height: f32,
}

/// A matrix of one point in time in all the room there is: with one scenario, or with all of them.
pub fn risk_matrix(ui: &mut Ui, ctx: &Context, at: RatedAt, big: bool, only: Option<RiskId>) {
    let mut risks: Vec<RiskId> = only.map_or_else(|| ctx.project.risks.ids().collect(), |it| vec![it]);
    risks.sort_by_key(|&id| ctx.project.risks.get(id).map(|it| &it.tag));
    Matrix { moments: Moments::One(at), big, risks: &risks, height: ui.available_height() }.show(ui, ctx);
}

/// A scenario as it stands on the matrix at a point in time, or beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    risk: RiskId,
    at: RatedAt,
    cell: Option<Cell>,
    rect: Rect,
    /// It has no room of its own and is counted.
    is_counted: bool,
    style: Style,
}

/// From this width on what is not rated stands beside the cells, below it underneath.
const BESIDE_FROM: f32 = 620.0;
const TRAY_WIDTH: f32 = 168.0;

impl Matrix<'_> {
    /// Shows it, and sends what is done in it.
    pub fn show(&self, ui: &mut Ui, ctx: &Context) {
        let id = ui.make_persistent_id("risk matrix");
        let whole = vec2(ui.available_width(), self.height);
        let ink = Ink::new(ctx.palette, if self.big { 1.7 } else { 1.0 });
        let least = self.least_height(ui, ctx, whole.x, &ink);
        if !self.big && self.height + 1.0 < least {
            // so that each cell shows a scenario; what is below is scrolled to, but not before a room
            let area = egui::ScrollArea::vertical().id_salt("small matrix").max_height(self.height.max(80.0));
            area.show(ui, |ui| Matrix { height: least, ..*self }.show(ui, ctx));
            return;
        }
        let (whole, _) = ui.allocate_exact_size(whole, Sense::hover());
        let (grid, tray) = self.places(ui, ctx, whole, &ink);
        let pieces = self.pieces(ctx, grid, tray, &ink);
        let door = ui.interact(whole, id.with("door"), Sense::focusable_noninteractive());
        let held = pieces.iter().find(|it| ui.ctx().is_being_dragged(piece_id(id, it))).copied();
        let hand = ui.ctx().pointer_latest_pos().filter(|_| held.is_some());
        ink.cells(ui, ctx, grid, &pieces, hand.and_then(|it| grid.at(it)));
        ink.axes(ui, ctx, grid, whole);
        self.tell_cells(ui, ctx, grid, &pieces);
        // with nothing in it, it is where one may be let go
        if pieces.iter().any(|it| it.cell.is_none()) || (hand.is_some() && self.moments != Moments::Consequence) {
            ink.tray(ui, tray, self.tray_heading(), hand.is_some_and(|it| tray.contains(it)));
        }
        if self.moments == Moments::Way {
            ink.way(ui, &pieces);
        }
        for piece in &pieces {
            let is_last = pieces.len() > 1 && pieces.last() == Some(piece);
            self.piece(ui, ctx, id, &ink, (grid, tray), (piece, is_last));
        }
        self.counts(ui, ctx, id, &ink, &pieces);
        if let (Some(piece), Some(hand)) = (held, hand) {
            ink.held(ui, ctx, &piece, hand);
        }
        keys::handle(ui, ctx, id, door.id, self, &pieces);
        self.ask(ui, ctx, id);
    }

    fn tray_heading(&self) -> &'static str {
        match self.moments {
            Moments::Way => "Scenarios",
            _ => "Not rated",
        }
    }

    /// The height from which on every cell shows a scenario.
    fn least_height(&self, ui: &Ui, ctx: &Context, width: f32, ink: &Ink) -> f32 {
        let rows = if self.moments == Moments::Consequence { 1 } else { ctx.project.settings.matrix.likelihood.len() };
        let below = if width >= BESIDE_FROM || !self.has_beside(ctx) { 0.0 } else { self.tray_height(ink) + 8.0 };
        let axis = ink.axis_height(ui, ctx, width * 0.75);
        rows as f32 * ink.least_cell() + axis + ink.line() + 1.2 * ink.legend_height() + below
    }

    /// Whether anything stands beside the cells.
    fn has_beside(&self, ctx: &Context) -> bool {
        self.risks.iter().any(|id| {
            let risk = ctx.project.risks.get(*id);
            match self.moments {
                Moments::Consequence => risk.is_some_and(|it| it.consequences.worst().is_none()),
                Moments::One(at) => {
                    risk.is_some_and(|it| rate::consequence(it, at).is_none() || rate::likelihood(it, at).is_none())
                }
                Moments::Way => !ctx.selection.contains(*id) || risk.is_some_and(|it| !is_rated_once(it)),
            }
        })
    }

    /// The height of what is not rated, where it stands below.
    fn tray_height(&self, ink: &Ink) -> f32 {
        2.0 * (ink.piece_height(Style::Full) + 4.0) + 1.6 * ink.line()
    }

    /// Where the cells stand, and what is not rated.
    fn places(&self, ui: &Ui, ctx: &Context, whole: Rect, ink: &Ink) -> (Grid, Rect) {
        let matrix = &ctx.project.settings.matrix;
        let is_beside = whole.width() >= BESIDE_FROM;
        let mut room = whole;
        let tray = if !self.has_beside(ctx) {
            // over the words below, while one is in the hand
            Rect::from_min_max(egui::pos2(whole.left(), whole.bottom() - 1.7 * ink.line()), whole.max)
        } else if is_beside {
            let tray_width = TRAY_WIDTH * ink.scale.min(1.3);
            room.max.x -= tray_width + 14.0;
            Rect::from_min_max(egui::pos2(whole.right() - tray_width, whole.top()), whole.max)
        } else {
            let tray_height = self.tray_height(ink);
            room.max.y -= tray_height + 8.0;
            Rect::from_min_max(egui::pos2(whole.left(), whole.bottom() - tray_height), whole.max)
        };
        let has_rows = self.moments != Moments::Consequence;
        let widest = matrix.likelihood.iter().map(|it| Face::Regular.width(it, ink.size)).fold(0.0_f32, f32::max);
        let axis = if has_rows { (widest + 14.0).clamp(44.0, (room.width() * 0.22).max(44.0)) } else { 4.0 };
        let top = if has_rows && !ink.is_big { ink.line() } else { 4.0 };
        let cells = Rect::from_min_max(
            egui::pos2(room.left() + axis, room.top() + top),
            egui::pos2(
                room.right(),
                room.bottom() - ink.axis_height(ui, ctx, room.width() - axis) - 1.2 * ink.legend_height(),
            ),
        );
        let rows = has_rows.then_some(matrix.likelihood.len());
        (Grid { rect: cells, columns: matrix.consequence.len(), rows }, tray)
    }

    /// Every scenario where it stands.
    fn pieces(&self, ctx: &Context, grid: Grid, tray: Rect, ink: &Ink) -> Vec<Piece> {
        let mut standing: Vec<(RiskId, RatedAt, Option<Cell>)> = Vec::new();
        for &id in self.risks {
            let Some(risk) = ctx.project.risks.get(id) else { continue };
            let cell = |at: RatedAt| {
                let consequence = rate::consequence(risk, at)?;
                let likelihood = rate::likelihood(risk, at);
                let is_rated = likelihood.is_some() || self.moments == Moments::Consequence;
                let likelihood = likelihood.filter(|_| self.moments != Moments::Consequence);
                is_rated.then_some(on_scale(grid, Cell { consequence, likelihood }))
            };
            match self.moments {
                Moments::Way if ctx.selection.contains(id) => {
                    let rated = RatedAt::ALL.iter().filter_map(|&at| Some((id, at, Some(cell(at)?))));
                    let before = standing.len();
                    standing.extend(rated);
                    if standing.len() == before {
                        standing.push((id, RatedAt::Unmitigated, None));
                    }
                }
                Moments::Way => standing.push((id, RatedAt::Unmitigated, None)),
                moments => standing.push((id, moments.at(), cell(moments.at()))),
            }
        }
        let mut pieces = Vec::new();
        for cell in grid.cells().map(Some).chain([None]) {
            let mut here: Vec<_> = standing.iter().filter(|it| it.2 == cell).copied().collect();
            let says = |it: &(RiskId, RatedAt, Option<Cell>)| self.says(ctx, it.0, it.1, cell);
            let in_tray = |said: &[String]| {
                let widths: Vec<f32> = said.iter().map(|it| ink.piece_width(it, Style::Full)).collect();
                flow(ink.tray_room(tray), &widths, ink.piece_height(Style::Full), ink.more_width())
            };
            let said: Vec<String> = here.iter().map(says).collect();
            if cell.is_some() || in_tray(&said).more.is_some() {
                // what is selected is seen, however many stand there
                here.sort_by_key(|it| !ctx.selection.contains(it.0));
            }
            let said: Vec<String> = here.iter().map(says).collect();
            let (Flow { places, more }, style) = match cell {
                Some(cell) => self.placed(ctx, &said, grid.of(cell), cell, ink),
                None => (in_tray(&said), Style::Full),
            };
            for (place, (risk, at, cell)) in here.into_iter().enumerate() {
                let rect = places.get(place).copied().or(more).unwrap_or(tray);
                pieces.push(Piece { risk, at, cell, rect, is_counted: place >= places.len(), style });
            }
        }
        // Tab goes in the order of the scenarios, not of the cells
        pieces.sort_by_key(|it| (self.risks.iter().position(|id| *id == it.risk), it.at));
        pieces
    }

    /// Where those of a cell stand in it: below its word or beside it, tighter where they are many,
    /// over all of it where it is small, and counted only where they still have no room.
    fn placed(&self, ctx: &Context, said: &[String], frame: Rect, cell: Cell, ink: &Ink) -> (Flow, Style) {
        let matrix = &ctx.project.settings.matrix;
        let level = matrix.level(cell.consequence, cell.likelihood.unwrap_or(crate::model::Rating::MOST));
        let [below, beside, inside] = ink.rooms(frame, matrix.level_word(level));
        let mut stems = said.iter().map(|it| it.trim_end_matches(|it: char| it.is_ascii_digit()));
        let first = stems.next();
        let is_one_kind = self.moments != Moments::Way && stems.all(|it| Some(it) == first);
        let ways = [
            (below, Style::Full),
            (beside, Style::Full),
            (below, Style::Tight),
            (beside, Style::Tight),
            (inside, Style::Tight),
            (inside, Style::Figures),
        ];
        let mut best: Option<(Flow, Style)> = None;
        for (room, style) in ways.into_iter().filter(|it| it.1 != Style::Figures || is_one_kind) {
            let widths: Vec<f32> = said.iter().map(|it| ink.piece_width(style.says(it), style)).collect();
            // never beyond the cell
            let height = ink.piece_height(style).min(inside.height());
            let widest = widths.iter().copied().fold(0.0, f32::max);
            let is_squeezed = room != inside && (widest > room.width() + 0.5 || height > room.height() + 0.5);
            if is_squeezed && !said.is_empty() {
                continue;
            }
            let flow = flow(room, &widths, height, ink.more_width());
            let is_whole = flow.more.is_none();
            if best.as_ref().is_none_or(|it| flow.places.len() > it.0.places.len()) {
                best = Some((flow, style));
            }
            if is_whole {
                break;
            }
        }
        best.unwrap_or((Flow { places: Vec::new(), more: None }, Style::Full))
    }

    /// What a piece says: its tag, or on the way of the selected one the point in time.
    fn says(&self, ctx: &Context, id: RiskId, at: RatedAt, cell: Option<Cell>) -> String {
        match (self.moments, at) {
            (Moments::Way, at) if cell.is_some() => rate::moment(at).to_owned(),
            _ => ctx.project.risks.get(id).map(|it| it.tag.clone()).unwrap_or_default(),
        }
    }

    /// One scenario: pressed, dragged, let go.
    fn piece(
        &self,
        ui: &mut Ui,
        ctx: &Context,
        id: egui::Id,
        ink: &Ink,
        (grid, tray): (Grid, Rect),
        (piece, is_last): (&Piece, bool),
    ) {
        let sense = if piece.is_counted { Sense::focusable_noninteractive() } else { Sense::click_and_drag() };
        let response = ui.interact(piece.rect, piece_id(id, piece), sense);
        let is_selected = ctx.selection.contains(piece.risk);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, self.spoken(ctx, piece)));
        if !piece.is_counted {
            let says = self.says(ctx, piece.risk, piece.at, piece.cell);
            ink.piece(ui, ctx, piece, piece.style.says(&says), &response);
        }
        if response.has_focus() {
            // after the last one Tab begins anew; before the first one it leaves
            let filter =
                egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: is_last };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        // not while it is in the hand: what opens for it would move the cells away below
        let is_held = response.drag_started() || response.dragged();
        let takes = response.clicked() || response.drag_stopped() || response.gained_focus() && !is_held;
        if takes && !is_selected {
            ctx.select(piece.risk);
        }
        if response.double_clicked() {
            ctx.send(Action::EnterInspector);
        }
        // with Esc it is let go where it was
        if response.drag_stopped()
            && !ui.input(|input| input.key_pressed(egui::Key::Escape))
            && let Some(hand) = ui.ctx().pointer_latest_pos()
        {
            self.drop(ui, ctx, id, grid, tray, piece, hand);
        }
        if response.hovered() && !response.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
        } else if response.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        }
        let is_quiet = response.dragged() || piece.is_counted;
        if !is_quiet && let Some(risk) = ctx.project.risks.get(piece.risk) {
            response.on_hover_text(format!("{}  {}", risk.tag, risk.title));
        }
    }

    /// What stands in each cell, for those who can't see it.
    fn tell_cells(&self, ui: &Ui, ctx: &Context, grid: Grid, pieces: &[Piece]) {
        let matrix = &ctx.project.settings.matrix;
        for cell in grid.cells() {
            let response = ui.interact(grid.of(cell), ui.scope_id().with(("cell", cell_key(cell))), Sense::hover());
            let count = pieces.iter().filter(|it| it.cell == Some(cell)).count();
            response.widget_info(|| {
                let name = format!("Cell {}, {count} in it", cell_name(matrix, cell));
                WidgetInfo::labeled(Role::Group, true, name)
            });
        }
    }

    /// What a piece is called.
    fn spoken(&self, ctx: &Context, piece: &Piece) -> String {
        let Some(risk) = ctx.project.risks.get(piece.risk) else { return String::new() };
        let matrix = &ctx.project.settings.matrix;
        let place = piece.cell.map_or("not rated".to_owned(), |cell| cell_name(matrix, cell));
        let moment = if self.moments == Moments::Way { format!("{} ", rate::moment(piece.at)) } else { String::new() };
        format!("Scenario {} {moment}{place}", risk.tag)
    }

    /// How many more stand in a cell; a click lists them.
    fn counts(&self, ui: &mut Ui, ctx: &Context, id: egui::Id, ink: &Ink, pieces: &[Piece]) {
        let mut counted: Vec<&Piece> = pieces.iter().filter(|it| it.is_counted).collect();
        counted.sort_by_key(|it| it.cell);
        for group in counted.chunk_by(|one, next| one.cell == next.cell) {
            let Some(first) = group.first() else { continue };
            let key = id.with(("more", first.cell.map(cell_key)));
            let response = ui.interact(first.rect, key, Sense::click());
            let count = group.len();
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{count} more here")));
            ink.count(ui, first.rect, count, &response);
            egui::Popup::menu(&response).show(|ui| {
                crate::ui::widgets::scrolls_from(300.0).show(ui, |ui| {
                    for piece in group {
                        let Some(risk) = ctx.project.risks.get(piece.risk) else { continue };
                        if ui.button(format!("{}  {}", risk.tag, risk.title)).clicked() {
                            ctx.select(piece.risk);
                            ui.memory_mut(|memory| memory.request_focus(piece_id(id, piece)));
                            ui.close();
                        }
                    }
                });
            });
        }
    }
}

/// Whether a scenario stands on the matrix at any time.
fn is_rated_once(risk: &crate::model::Risk) -> bool {
    RatedAt::ALL.iter().any(|&at| rate::consequence(risk, at).is_some() && rate::likelihood(risk, at).is_some())
}

fn piece_id(id: egui::Id, piece: &Piece) -> egui::Id {
    id.with(("piece", piece.risk, piece.at))
}

fn cell_key(cell: Cell) -> (u8, u8) {
    (cell.consequence.number(), cell.likelihood.map_or(0, crate::model::Rating::number))
}

/// A rating beyond the scale stands at its end.
fn on_scale(grid: Grid, cell: Cell) -> Cell {
    let within = |rating: crate::model::Rating, steps: usize| {
        let steps = u8::try_from(steps).unwrap_or(6);
        crate::model::Rating::new(rating.number().min(steps)).unwrap_or(rating)
    };
    Cell {
        consequence: within(cell.consequence, grid.columns),
        likelihood: cell.likelihood.zip(grid.rows).map(|(it, rows)| within(it, rows)),
    }
}

/// "Severe, Likely: high".
fn cell_name(matrix: &RiskMatrix, cell: Cell) -> String {
    let consequence = rate::name(&matrix.consequence, cell.consequence);
    match cell.likelihood {
        None => consequence,
        Some(likelihood) => {
            let level = risk_word(matrix, matrix.level(cell.consequence, likelihood));
            format!("{consequence}, {}: {level}", rate::name(&matrix.likelihood, likelihood))
        }
    }
}

/// Whether the ink of selection is meant.
fn is_named(ctx: &Context, id: RiskId) -> bool {
    let targets = ctx.selection.subjects.iter().filter_map(|it| it.target());
    let Some(risk) = ctx.project.risks.get(id) else { return false };
    targets.into_iter().any(|it| risk.targets.contains(&it))
}

/// The colour of a palette as the toolkit has it.
fn ink_of(color: crate::drawing::palette::Color) -> egui::Color32 {
    color32(color)
}
