//! Tables that break over pages, their header repeated.

use super::flow::{Flow, draw};
use super::paragraph::{Lines, Setting};
use crate::drawing::shape::{Shape, Stroke, centred_text};
use crate::model::{Point, Rect};
use crate::report::outline::{Cell, Drawing, Row, Span, Table};
use crate::text::Face;

/// White between a cell's edge and what it holds.
const PADDING: f32 = 4.0;

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

/// Puts a table on the page and those after it.
pub(super) fn put(flow: &mut Flow, table: &Table) {
    let widths = widths(table, flow.body().width);
    let header_height = header(flow, table, &widths, false);
    let first = table.rows.first().map_or(0.0, |row| height(&set(flow, table, row, &widths)));
    flow.make_room(header_height + first.min(flow.body().height / 3.0));
    header(flow, table, &widths, true);
    for row in &table.rows {
        put_row(flow, table, row, &widths);
    }
}

fn widths(table: &Table, width: f32) -> Vec<f32> {
    let all: f32 = table.columns.iter().map(|column| column.share).sum();
    table.columns.iter().map(|column| width * column.share / all.max(f32::EPSILON)).collect()
}

fn cell_setting(flow: &Flow) -> Setting {
    Setting { size: 8.0, leading: 10.8, color: flow.style.palette.text, strong: false }
}

/// The header's height; draws it where `visible`.
fn header(flow: &mut Flow, table: &Table, widths: &[f32], visible: bool) -> f32 {
    let setting = Setting { color: flow.style.palette.text_weak, strong: true, size: 7.5, leading: 9.6 };
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

fn put_row(flow: &mut Flow, table: &Table, row: &Row, widths: &[f32]) {
    let mut cells = set(flow, table, row, widths);
    let full = height(&cells);
    let fits_a_page = full < flow.body().height * 0.5;
    if full > flow.room() && (fits_a_page || flow.room() < 60.0) {
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
