//! The risk matrix as a figure, with the scenarios in its cells.

use std::collections::BTreeMap;

use super::Material;
use crate::drawing::risk_level::risk_colors;
use crate::drawing::shape::{Anchor, Shape, Stroke};
use crate::model::{Point, RatedAt, Rating, Rect, Risk};
use crate::report::outline::{Drawing, Figure};
use crate::text::Face;

/// Width of the words of the likelihood scale.
const WORDS: f32 = 84.0;
/// Width of a cell.
const CELL: f32 = 66.0;
/// Height of a cell with up to two lines of tags.
const ROW: f32 = 31.0;
/// Height of a further line of tags.
const LINE: f32 = 10.0;
/// Tags of a cell beside each other.
const BESIDE: usize = 2;
/// Lines of tags in a cell; what is more is counted.
const LINES: usize = 6;
/// Size of small type.
const SMALL: f32 = 7.5;

/// The scenarios as rated at a point in time.
pub(super) fn figure(material: &Material, risks: &[&Risk], at: RatedAt, caption: String) -> Figure {
    let (matrix, palette) = (&material.project.settings.matrix, material.palette);
    let mut cells: BTreeMap<(Rating, Rating), Vec<&str>> = BTreeMap::new();
    for risk in risks {
        if let Some(cell) = risk.cell(at, matrix) {
            cells.entry(cell).or_default().push(&risk.tag);
        }
    }
    let steps = |count: usize| (1..=count as u8).filter_map(Rating::new);
    let text = |at: Point, anchor: Anchor, text: &str, color| Shape::Text {
        at,
        anchor,
        text: text.to_owned(),
        face: Face::Regular,
        size: SMALL,
        color,
    };
    let mut shapes = vec![text(Point::new(WORDS, 8.0), Anchor::Start, "Consequence", palette.text_weak)];
    shapes.push(text(Point::new(WORDS - 6.0, 21.0), Anchor::End, "Likelihood", palette.text_weak));
    let mut y = 12.0;
    for consequence in steps(matrix.consequence.len()) {
        let x = WORDS + (f32::from(consequence.number()) - 0.5) * CELL;
        let word = fitting(matrix.consequence_word(consequence), CELL - 4.0);
        shapes.push(text(Point::new(x, y + 9.0), Anchor::Middle, &word, palette.text));
    }
    y += 13.0;
    for likelihood in steps(matrix.likelihood.len()).collect::<Vec<_>>().into_iter().rev() {
        let lines_of = |consequence| {
            let count = cells.get(&(consequence, likelihood)).map_or(0, Vec::len);
            count.div_ceil(BESIDE).min(LINES)
        };
        let most = steps(matrix.consequence.len()).map(lines_of).max().unwrap_or(0);
        let height = ROW + LINE * most.saturating_sub(2) as f32;
        let middle = y + height / 2.0 + 3.0;
        let word = fitting(matrix.likelihood_word(likelihood), WORDS - 8.0);
        shapes.push(text(Point::new(WORDS - 6.0, middle), Anchor::End, &word, palette.text));
        for consequence in steps(matrix.consequence.len()) {
            let level = matrix.level(consequence, likelihood);
            let (fill, ink) = risk_colors(palette, matrix, level);
            let x = WORDS + f32::from(consequence.number() - 1) * CELL;
            let frame = Rect::new(x, y, CELL, height);
            let edge = Some(Stroke::solid(0.75, palette.window));
            shapes.push(Shape::Rect { frame, radius: 0.0, fill: Some(fill), stroke: edge });
            let tags = cells.get(&(consequence, likelihood)).map(Vec::as_slice).unwrap_or_default();
            for (number, line) in told(tags).into_iter().enumerate() {
                let at = Point::new(x + CELL / 2.0, y + 12.0 + LINE * number as f32);
                shapes.push(text(at, Anchor::Middle, &fitting(&line, CELL - 4.0), ink));
            }
        }
        y += height;
    }
    let width = WORDS + CELL * matrix.consequence.len() as f32;
    shapes.extend(tolerable_line(material, &shapes));
    y += legend(material, y + 6.0, &mut shapes);
    let frame = Rect::new(0.0, 0.0, width, y + 8.0);
    Figure {
        core: frame,
        whole: vec![frame],
        drawing: Drawing { width: frame.width, height: frame.height, shapes },
        caption,
        own_page: false,
    }
}

/// A strong line between cells that are tolerable and cells that are not.
fn tolerable_line(material: &Material, shapes: &[Shape]) -> Vec<Shape> {
    let matrix = &material.project.settings.matrix;
    let frames = shapes.iter().filter_map(|it| match it {
        Shape::Rect { frame, .. } => Some(*frame),
        _ => None,
    });
    // cells stand row by row, the most likely first
    let frames: Vec<Rect> = frames.collect();
    let (columns, rows) = (matrix.consequence.len(), matrix.likelihood.len());
    let is_tolerable = |row: usize, column: usize| {
        let level = matrix.levels.iter().rev().nth(row).and_then(|it| it.get(column));
        level.is_some_and(|level| *level <= matrix.tolerable)
    };
    let stroke = Stroke::solid(2.0, material.palette.text);
    let mut line = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let Some(frame) = frames.get(row * columns + column) else { continue };
            let (right, bottom) = (frame.x + frame.width, frame.bottom());
            if column + 1 < columns && is_tolerable(row, column) != is_tolerable(row, column + 1) {
                line.push(Shape::segment(Point::new(right, frame.y), Point::new(right, bottom), stroke));
            }
            if row + 1 < rows && is_tolerable(row, column) != is_tolerable(row + 1, column) {
                line.push(Shape::segment(Point::new(frame.x, bottom), Point::new(right, bottom), stroke));
            }
        }
    }
    line
}

/// The words of the colours, and what the strong line is; returns its height.
fn legend(material: &Material, y: f32, shapes: &mut Vec<Shape>) -> f32 {
    let (matrix, palette) = (&material.project.settings.matrix, material.palette);
    let mut x = WORDS;
    let word = |shapes: &mut Vec<Shape>, x: f32, text: &str| {
        let at = Point::new(x, y + 7.0);
        let text = text.to_owned();
        let width = Face::Regular.width(&text, SMALL);
        shapes.push(Shape::Text {
            at,
            anchor: Anchor::Start,
            text,
            face: Face::Regular,
            size: SMALL,
            color: palette.text,
        });
        x + width + 12.0
    };
    for &level in crate::model::RiskLevel::ALL {
        shapes.push(Shape::filled(Rect::new(x, y, 9.0, 9.0), 1.0, risk_colors(palette, matrix, level).0));
        x = word(shapes, x + 12.0, matrix.level_word(level));
    }
    let stroke = Stroke::solid(2.0, palette.text);
    shapes.push(Shape::segment(Point::new(x, y + 4.5), Point::new(x + 12.0, y + 4.5), stroke));
    word(shapes, x + 16.0, "tolerable line");
    16.0
}

/// The tags of a cell, two in a line; those that find no room are counted.
fn told(tags: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = tags.chunks(BESIDE).map(|line| line.join("  ")).collect();
    if lines.len() > LINES {
        lines.truncate(LINES - 1);
        lines.push(format!("{} more", tags.len() - (LINES - 1) * BESIDE));
    }
    lines
}

/// As much of a text as fits in a width, with an ellipsis where it goes on.
fn fitting(text: &str, width: f32) -> String {
    if Face::Regular.width(text, SMALL) <= width {
        return text.to_owned();
    }
    let mut cut = text.to_owned();
    while cut.pop().is_some() {
        let shown = format!("{}…", cut.trim_end());
        if Face::Regular.width(&shown, SMALL) <= width {
            return shown;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_cell_counts_what_it_can_not_show() {
        let tags: Vec<String> = (1..=20).map(|number| format!("R-{number:02}")).collect();
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        let lines = told(&tags);
        assert_eq!((lines.len(), lines[0].as_str(), lines[5].as_str()), (6, "R-01  R-02", "10 more"));
        assert_eq!(told(&tags[..3]), ["R-01  R-02", "R-03"]);
        assert!(told(&[]).is_empty());
    }

    #[test]
    fn a_long_word_is_cut_to_its_room() {
        assert_eq!(fitting("Severe", 60.0), "Severe");
        let cut = fitting("A consequence that nobody could ever have imagined", 60.0);
        assert!(cut.ends_with('…') && Face::Regular.width(&cut, SMALL) <= 60.0, "{cut}");
    }
}
