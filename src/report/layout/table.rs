//! Tables that break over pages, their header repeated.

use std::cell::OnceCell;

use super::figure::draw;
use super::flow::Flow;
use super::paragraph::{Lines, Setting};
use crate::drawing::shape::{Shape, Stroke, centred_text};
use crate::model::{Point, Rect};
use crate::report::outline::{Cell, Column, Drawing, Row, Span, Table};
use crate::text::Face;

/// White between a cell's edge and what it holds.
const PADDING: f32 = 4.0;
/// A row is broken over pages only if it is higher than this part of a page.
const WHOLE: f32 = 0.36;
/// A table of no more rows than this, and of no more height than [`WHOLE`], is not broken over pages.
const FEW: usize = 12;
/// The least height in which a row is begun that goes on on the next page.
const SMALLEST_PART: f32 = 60.0;
/// The part of the page's width up to which a single word may widen its column.
const LONGEST_WORD: f32 = 0.36;

/// A cell ready to be put.
enum Set<'t> {
    Text(Lines),
    Drawing(&'t Drawing),
}

impl Set<'_> {
    fn height(&self) -> f32 {
        match self {
            Self::Text(lines) => lines.height(),
            Self::Drawing(drawing) => drawing.height,
        }
    }
}

/// A table with what its rows come to: each is set when it is first looked at, and once.
struct Rows<'t> {
    table: &'t Table,
    /// Room for the notes below it, which stay with its last row.
    notes: f32,
    widths: Vec<f32>,
    rows: Vec<OnceCell<Vec<Set<'t>>>>,
}

impl<'t> Rows<'t> {
    fn new(flow: &Flow, table: &'t Table, notes: f32) -> Self {
        let rows = table.rows.iter().map(|_| OnceCell::new()).collect();
        Self { table, notes, widths: widths(flow, table), rows }
    }

    /// How high a row is; nothing where there is none.
    fn height(&self, flow: &Flow, place: usize) -> f32 {
        let (Some(row), Some(known)) = (self.table.rows.get(place), self.rows.get(place)) else { return 0.0 };
        height(known.get_or_init(|| set(flow, self.table, row, &self.widths)))
    }

    /// A row that is to be put, and is not needed after that.
    fn take(&mut self, flow: &Flow, place: usize, row: &'t Row) -> Vec<Set<'t>> {
        let known = self.rows.get_mut(place).and_then(OnceCell::take);
        known.unwrap_or_else(|| set(flow, self.table, row, &self.widths))
    }

    /// The least room that it needs where it begins.
    fn least(&self, flow: &mut Flow) -> f32 {
        let (table, whole) = (self.table, flow.body().height * WHOLE);
        let header = header(flow, table, &self.widths, false);
        if table.rows.len() <= FEW {
            let rows = 0..table.rows.len();
            let all = rows.map(|place| self.height(flow, place)).try_fold(header, |all, row| {
                let all = all + row;
                (all <= whole).then_some(all)
            });
            if let Some(all) = all {
                return all + self.notes;
            }
        }
        let is_group = table.rows.len() > 1 && table.rows.first().is_some_and(|it| it.is_group(table.columns.len()));
        let first = self.height(flow, 0);
        let rows = match is_group {
            true => (first + self.height(flow, 1)).min(whole),
            false if first < whole => first,
            false => SMALLEST_PART,
        };
        header + rows
    }
}

/// Puts a table on the page and those after it, with so much room for the notes below it.
pub(super) fn put(flow: &mut Flow, table: &Table, notes: f32) {
    let mut rows = Rows::new(flow, table, notes);
    let least = rows.least(flow);
    flow.make_room(least);
    header(flow, table, &rows.widths, true);
    let mut rows_here = 0;
    for (place, row) in table.rows.iter().enumerate() {
        // the last row takes the one before along rather than stand alone on a page
        if place + 2 == table.rows.len() && rows_here > 0 {
            let both = rows.height(flow, place) + rows.height(flow, place + 1);
            if both + notes > flow.room() && both < flow.body().height * WHOLE {
                next_page(flow, table, &rows.widths);
            }
        }
        // a heading within the table is never the last of a page
        if row.is_group(table.columns.len()) && place + 1 < table.rows.len() && rows_here > 0 {
            let first = rows.height(flow, place + 1).min(flow.body().height * WHOLE);
            if rows.height(flow, place) + first > flow.room() {
                next_page(flow, table, &rows.widths);
            }
        }
        let page = flow.pages.len();
        let cells = rows.take(flow, place, row);
        put_row(flow, table, (row, cells), &rows.widths);
        rows_here = if flow.pages.len() == page { rows_here + 1 } else { 1 };
    }
}

/// The least room that a table needs where it begins: all of a small one, of others their header with
/// the first row.
pub(super) fn least(flow: &mut Flow, table: &Table, notes: f32) -> f32 {
    Rows::new(flow, table, notes).least(flow)
}

/// The columns' shares of the page, none narrower than its widest word where the page
/// allows. A word that takes more than its part of the page, an address or a checksum,
/// has no say.
fn widths(flow: &Flow, table: &Table) -> Vec<f32> {
    let width = flow.body().width;
    let all: f32 = table.columns.iter().map(|column| column.share).sum();
    let shares: Vec<f32> = table.columns.iter().map(|column| width * column.share / all.max(f32::EPSILON)).collect();
    let least = |(place, (column, &share)): (usize, (&Column, &f32))| {
        let word = |spans: &[Span], setting| flow.style.widest_word(spans, setting) + 2.0 * PADDING + 0.5;
        let largest = share.max(width * LONGEST_WORD);
        let rows = table.rows.iter().filter(|row| !row.is_group(table.columns.len()));
        let cells = rows.filter_map(|row| row.cells.get(place));
        let cells = cells.map(|cell| match cell {
            Cell::Text(spans) => word(spans, cell_setting(flow)),
            Cell::Drawing(drawing) => (drawing.width + 2.0 * PADDING).min(share),
        });
        let title = match column.spaced {
            Some(_) => 0.0,
            None => word(&[Span::from(column.title.as_str())], header_setting(flow)),
        };
        cells.chain([title]).filter(|it| *it <= largest).fold(0.0, f32::max)
    };
    let least: Vec<f32> = table.columns.iter().zip(&shares).enumerate().map(least).collect();
    let lacking: f32 = shares.iter().zip(&least).map(|(share, least)| (least - share).max(0.0)).sum();
    let spare: f32 = shares.iter().zip(&least).map(|(share, least)| (share - least).max(0.0)).sum();
    let given = if spare > 0.0 { (lacking / spare).min(1.0) } else { 0.0 };
    let granted = if lacking > 0.0 { (spare / lacking).min(1.0) } else { 0.0 };
    let width = |(share, least): (&f32, &f32)| {
        if share < least { share + (least - share) * granted } else { share - (share - least) * given }
    };
    shares.iter().zip(&least).map(width).collect()
}

fn header_setting(flow: &Flow) -> Setting {
    Setting { color: flow.style.palette.text_weak, strong: true, size: 7.5, leading: 9.6 }
}

fn cell_setting(flow: &Flow) -> Setting {
    Setting { size: 8.0, leading: 10.8, color: flow.style.palette.text, strong: false }
}

/// The header's height; draws it where `visible`.
fn header(flow: &mut Flow, table: &Table, widths: &[f32], visible: bool) -> f32 {
    let setting = header_setting(flow);
    let titles = table.columns.iter().zip(widths).map(|(column, width)| {
        let title = if column.spaced.is_some() { "" } else { column.title.as_str() };
        flow.style.lines(&[Span::from(title)], setting, width - 2.0 * PADDING)
    });
    let titles: Vec<Lines> = titles.collect();
    let height = titles.iter().map(Lines::height).fold(0.0, f32::max) + 2.0 * PADDING;
    if visible {
        let body = flow.body();
        let ground = Rect::new(body.x, flow.y, body.width, height);
        flow.page.shapes.push(Shape::filled(ground, 2.0, flow.style.palette.sunken));
        let mut x = body.x;
        for ((title, column), width) in titles.iter().zip(&table.columns).zip(widths) {
            let room = width - 2.0 * PADDING;
            match column.spaced {
                Some(over) => {
                    let scale = (room / over).min(1.0);
                    put_spaced(flow, &column.title, Point::new(x + PADDING, flow.y + height / 2.0), over * scale);
                }
                None => {
                    let y = flow.y + height - PADDING - title.height();
                    title.put(&mut flow.page, Point::new(x + PADDING, y), room, column.is_figure);
                }
            }
            x += width;
        }
        flow.y += height;
    }
    height
}

/// The words of a title in equal steps over a width, centred on the height of `at`.
fn put_spaced(flow: &mut Flow, title: &str, at: Point, width: f32) {
    let words: Vec<&str> = title.split_whitespace().collect();
    let step = width / words.len().max(1) as f32;
    let color = flow.style.palette.text_weak;
    for (place, word) in words.into_iter().enumerate() {
        let middle = at.offset((place as f32 + 0.5) * step, 0.0);
        flow.page.shapes.push(centred_text(middle, word, Face::SemiBold, 6.0, color));
    }
}

fn set<'t>(flow: &Flow, table: &Table, row: &'t Row, widths: &[f32]) -> Vec<Set<'t>> {
    let setting = cell_setting(flow);
    let whole = [flow.body().width];
    let widths = if row.is_group(table.columns.len()) { &whole } else { widths };
    let cells = row.cells.iter().zip(widths).take(table.columns.len());
    let set = |(cell, width): (&'t Cell, &f32)| match cell {
        Cell::Text(spans) => Set::Text(flow.style.lines(spans, setting, width - 2.0 * PADDING)),
        Cell::Drawing(drawing) => Set::Drawing(drawing),
    };
    cells.map(set).collect()
}

fn height(cells: &[Set]) -> f32 {
    cells.iter().map(Set::height).fold(0.0, f32::max) + 2.0 * PADDING
}

fn put_row(flow: &mut Flow, table: &Table, (row, mut cells): (&Row, Vec<Set>), widths: &[f32]) {
    let full = height(&cells);
    let fits_a_page = full < flow.body().height * WHOLE;
    if full > flow.room() && (fits_a_page || flow.room() < SMALLEST_PART) {
        next_page(flow, table, widths);
    }
    if let Some(anchor) = &row.anchor {
        flow.set_anchor(anchor);
    }
    // a row longer than the rest of the page goes on on the next, line by line
    while height(&cells) > flow.room() {
        let lines = ((flow.room() - 2.0 * PADDING) / cell_setting(flow).leading).floor().max(1.0) as usize;
        let part: Vec<Set> = cells
            .iter_mut()
            .map(|cell| match cell {
                Set::Text(rest) => Set::Text(rest.take_first(lines)),
                Set::Drawing(drawing) => {
                    let whole = Set::Drawing(drawing);
                    *cell = Set::Text(Lines::default());
                    whole
                }
            })
            .collect();
        put_cells(flow, table, &part, widths);
        next_page(flow, table, widths);
        if cells.iter().all(|cell| cell.height() <= 0.0) {
            return;
        }
    }
    put_cells(flow, table, &cells, widths);
}

fn next_page(flow: &mut Flow, table: &Table, widths: &[f32]) {
    flow.new_page();
    header(flow, table, widths, true);
}

fn put_cells(flow: &mut Flow, table: &Table, cells: &[Set], widths: &[f32]) {
    let height = height(cells);
    let mut x = flow.body().x;
    let whole = [flow.body().width];
    let widths = if cells.len() < table.columns.len() { &whole } else { widths };
    for ((cell, column), width) in cells.iter().zip(&table.columns).zip(widths) {
        let at = Point::new(x + PADDING, flow.y + PADDING);
        match cell {
            Set::Text(lines) => lines.put(&mut flow.page, at, width - 2.0 * PADDING, column.is_figure),
            Set::Drawing(drawing) => {
                let scale = ((width - 2.0 * PADDING) / drawing.width).min(1.0);
                draw(&mut flow.page, drawing, at, scale);
            }
        }
        x += width;
    }
    flow.y += height;
    flow.rule(flow.y, Stroke::solid(0.5, flow.style.palette.line));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layout::lay_out;
    use crate::report::outline::{Block, Outline};

    #[test]
    fn a_group_stays_with_its_first_row() {
        let columns = vec![Column::text("Requirement", 1.0), Column::text("State", 1.0)];
        let row = |place: usize| Row { anchor: Some(format!("row {place}")), ..Row::from_iter(["SR 1.1", "open"]) };
        for lines in 20..60 {
            let mut rows: Vec<Row> = (0..lines).map(row).collect();
            rows.push(Row { anchor: Some("group".into()), ..Row::group("Further on") });
            rows.extend((lines..lines + 3).map(row));
            let table = Table { columns: columns.clone(), rows };
            let outline = Outline { blocks: vec![Block::Table(table)], ..Outline::default() };
            let anchors = lay_out(&outline, &mut |_| true).expect("nobody stops it").anchors;
            assert_eq!(anchors["group"].page, anchors[&format!("row {lines}")].page, "after {lines} rows");
        }
    }

    #[test]
    fn a_column_is_as_wide_as_its_widest_word() {
        let titles = ["Supplier", "Standing", "Shared account", "Second factor", "Recorded", "Reviewed"];
        let columns = titles.map(|title| Column::text(title, if title == "Supplier" { 9.0 } else { 0.8 }));
        let cells = ["Remote support of the drives", "yes", "no", "questionnaire", "no", "2026-11-04"];
        let table = Table { columns: columns.into(), rows: vec![Row::from_iter(cells)] };
        let outline = Outline { blocks: vec![Block::Table(table)], ..Outline::default() };
        let document = lay_out(&outline, &mut |_| true).expect("nobody stops it");
        let texts = document.pages.iter().flat_map(|page| &page.shapes).filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.trim()),
            _ => None,
        });
        let texts: Vec<_> = texts.collect();
        for word in ["Standing", "Recorded", "questionnaire", "2026-11-04"] {
            assert!(texts.contains(&word), "\"{word}\" is torn: {texts:?}");
        }
    }
}
