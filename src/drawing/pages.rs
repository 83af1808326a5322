//! How a large picture falls on sheets of paper: an overview first, then parts that
//! can be read, cut between zones where that can be. A part that holds nothing gets no
//! sheet, and there are never more than [`MOST_SHEETS`].

use std::collections::BTreeSet;

use super::palette::Palette;
use super::picture::frame_around;
use super::shape::{Anchor, Shape, Stroke, centred_text};
use crate::model::{Point, Rect};
use crate::text::Face;

/// A4 in points, upright.
pub const A4: (f32, f32) = (595.28, 841.89);
/// A3 in points, upright.
pub const A3: (f32, f32) = (841.89, 1190.55);

/// Points for a unit of the picture below which its small text can't be read in print.
const LEAST_SCALE: f32 = 0.55;
/// Points for a unit below which a picture is no more put on one sheet.
const LEAST_WHOLE: f32 = 0.4;
/// Points for a unit at which nothing gets larger.
const MOST_SCALE: f32 = 0.75;
/// How much of the picture two neighbouring sheets have in common, in its units.
const OVERLAP: f32 = 48.0;
/// Beyond this many sheets of A4 they are of A3.
const MOST_A4: usize = 6;
/// Nobody pins more sheets than this to a wall: beyond it the parts become smaller.
pub const MOST_SHEETS: usize = 120;
/// Beyond this many places for parts nobody looks which of them hold something.
const MOST_PLACES: usize = 100_000;

/// The sheets of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheets {
    /// Width and height of the paper in points.
    pub paper: (f32, f32),
    /// Points for a unit of the picture.
    pub scale: f32,
    /// The part of the picture on each sheet, with its row and column; one where all fits.
    pub parts: Vec<(Rect, usize, usize)>,
}

impl Sheets {
    /// Whether small text can't be read in print, as more than [`MOST_SHEETS`] would be needed for that.
    pub fn is_too_small(&self) -> bool {
        self.parts.len() > 1 && self.scale < LEAST_SCALE
    }

    /// The number of the next part from this one on, so many rows down or columns across.
    fn beside(&self, number: usize, (down, across): (isize, isize)) -> Option<usize> {
        let place = |it: usize| self.parts.get(it).map(|(_, row, column)| (row.cast_signed(), column.cast_signed()));
        let (row, column) = place(number)?;
        let away = |it: &usize| {
            let (other_row, other_column) = place(*it)?;
            let (rows, columns) = (other_row - row, other_column - column);
            let is_on_line = if down == 0 { rows == 0 } else { columns == 0 };
            Some(rows * down + columns * across).filter(|it| is_on_line && *it > 0)
        };
        (0..self.parts.len()).filter(|it| away(it).is_some()).min_by_key(away)
    }
}

/// Parts a picture of a size: on one sheet if it can be read there, or else on several,
/// which share what `core` holds; the rest is for the overview. `whole` is what is better
/// not cut, and what a sheet is worth having for; `body_of` the part of a sheet that can be
/// drawn on.
pub fn sheets((width, height): (f32, f32), core: Rect, whole: &[Rect], body_of: impl Fn((f32, f32)) -> Rect) -> Sheets {
    let is_wide = width > height;
    let turned = |(short, long): (f32, f32)| if is_wide { (long, short) } else { (short, long) };
    let fitting = |paper: (f32, f32)| {
        let body = body_of(paper);
        (body.width / width).min(body.height / height)
    };
    for paper in [A4, A3].map(turned) {
        let scale = fitting(paper);
        if scale >= LEAST_WHOLE && (scale >= LEAST_SCALE || paper == turned(A3)) {
            let all = Rect::new(0.0, 0.0, width, height);
            return Sheets { paper, scale: scale.min(MOST_SCALE), parts: vec![(all, 0, 0)] };
        }
    }
    let fewest = |paper: (f32, f32), scale: f32| {
        let parted = |paper: (f32, f32)| {
            let body = body_of(paper);
            let parts = parts(core, (body.width / scale, body.height / scale), whole)?;
            Some(Sheets { paper, scale, parts })
        };
        let ways = [parted(paper), parted((paper.1, paper.0))];
        ways.into_iter().flatten().min_by_key(|it| it.parts.len())
    };
    if let Some(on_a4) = fewest(A4, LEAST_SCALE).filter(|it| it.parts.len() <= MOST_A4) {
        return on_a4;
    }
    let mut scale = LEAST_SCALE;
    loop {
        match fewest(A3, scale) {
            Some(sheets) if sheets.parts.len() <= MOST_SHEETS => return sheets,
            _ => scale *= 0.8,
        }
    }
}

/// The parts that hold something, each no larger than `most`, row by row; `None` where
/// there are too many places even to look.
fn parts(core: Rect, (most_width, most_height): (f32, f32), whole: &[Rect]) -> Option<Vec<(Rect, usize, usize)>> {
    if f64::from(core.width / most_width) * f64::from(core.height / most_height) > MOST_PLACES as f64 {
        return None;
    }
    let whole: Vec<Rect> = whole.iter().map(|it| it.offset(-core.x, -core.y)).collect();
    let columns = cuts(core.width, most_width, &whole.iter().map(|it| (it.x, it.right())).collect::<Vec<_>>());
    let rows = cuts(core.height, most_height, &whole.iter().map(|it| (it.y, it.bottom())).collect::<Vec<_>>());
    let met = |pieces: &[(f32, f32)], from: f32, to: f32| {
        let first = pieces.partition_point(|it| it.1 <= from);
        first..pieces.partition_point(|it| it.0 < to).max(first)
    };
    let mut held: BTreeSet<(usize, usize)> = BTreeSet::new();
    for it in &whole {
        let across = met(&columns, it.x, it.right());
        held.extend(met(&rows, it.y, it.bottom()).flat_map(|row| across.clone().map(move |column| (row, column))));
    }
    if held.is_empty() {
        held.extend((0..rows.len()).flat_map(|row| (0..columns.len()).map(move |column| (row, column))));
    }
    let part = |(row, column): (usize, usize)| {
        let (&(top, bottom), &(left, right)) = (rows.get(row)?, columns.get(column)?);
        Some((Rect::new(core.x + left, core.y + top, right - left, bottom - top), row, column))
    };
    Some(held.into_iter().filter_map(part).collect())
}

/// Where each piece of a length begins and ends: none longer than `most`, neighbours
/// overlapping, cut where the fewest of the stretches are cut.
fn cuts(length: f32, most: f32, stretches: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let overlap = OVERLAP.min(most / 4.0);
    let mut pieces = Vec::new();
    let mut start = 0.0;
    while length - start > most {
        let left = ((length - start - overlap) / (most - overlap)).ceil().max(1.0);
        // any shorter and one more piece would be needed
        let shortest = (length - start - overlap - (left - 1.0) * (most - overlap) + overlap).max(most * 0.4);
        let cut_through = |end: f32| {
            let middle = end - overlap / 2.0;
            stretches.iter().filter(|(from, to)| *from < middle && middle < *to).count()
        };
        let candidates = stretches.iter().flat_map(|(from, to)| [*from, *to]).map(|it| it + overlap / 2.0);
        let within = candidates.filter(|it| (start + shortest..=start + most).contains(it)).chain([start + most]);
        let end = within
            .min_by(|one, next| cut_through(*one).cmp(&cut_through(*next)).then(next.total_cmp(one)))
            .unwrap_or(start + most);
        pieces.push((start, end));
        start = end - overlap;
    }
    pieces.push((start, length));
    pieces
}

/// The whole picture on one sheet, with the parts drawn over it by their numbers.
pub fn overview(shapes: &[Shape], (width, height): (f32, f32), sheets: &Sheets, body: Rect) -> Vec<Shape> {
    let palette = Palette::light();
    let scale = (body.width / width).min(body.height / height);
    let place =
        |it: &Rect| Rect::new(body.x + it.x * scale, body.y + it.y * scale, it.width * scale, it.height * scale);
    let mut drawn: Vec<Shape> = shapes.iter().map(|it| it.transformed(scale, body.x, body.y)).collect();
    for (number, (part, ..)) in sheets.parts.iter().enumerate() {
        let frame = place(part);
        let stroke = Some(Stroke::dashed(1.0, palette.perimeter, 4.0));
        drawn.push(Shape::Rect { frame, radius: 0.0, fill: None, stroke });
        let text = (number + 1).to_string();
        let plate = Rect::new(frame.x + 3.0, frame.y + 3.0, Face::SemiBold.width(&text, 13.0) + 10.0, 18.0);
        drawn.push(Shape::Rect { frame: plate, radius: 3.0, fill: Some(palette.perimeter), stroke: None });
        drawn.push(centred_text(plate.center(), text, Face::SemiBold, 13.0, palette.on_accent));
    }
    if sheets.is_too_small() {
        let text = format!(
            "On {} sheets the parts are too small to read: export what is selected or seen instead",
            sheets.parts.len()
        );
        let (at, color) = (Point::new(body.x, body.y + 10.0), palette.text);
        drawn.push(Shape::Text { at, anchor: Anchor::Start, text, face: Face::SemiBold, size: 11.0, color });
    }
    drawn
}

/// One part on its sheet, with its number and those of its neighbours in the margin, and with
/// the picture's title where nothing else on the sheet says it.
pub fn part(shapes: &[Shape], sheets: &Sheets, number: usize, body: Rect, title: &str) -> Vec<Shape> {
    let Some(&(part, ..)) = sheets.parts.get(number) else { return Vec::new() };
    let palette = Palette::light();
    let scale = sheets.scale;
    let (dx, dy) = (body.x - part.x * scale, body.y - part.y * scale);
    let seen = shapes.iter().filter(|it| it.bounds().grown(2.0).overlaps(&part));
    let mut drawn: Vec<Shape> = seen.map(|it| it.transformed(scale, dx, dy)).collect();
    let area = Rect::new(body.x, body.y, part.width * scale, part.height * scale);
    let (paper_width, paper_height) = sheets.paper;
    let white = palette.on_accent;
    // a little beyond the paper, whose edges are rounded to whole pixels
    drawn.extend(frame_around(area, paper_width + 4.0, paper_height + 4.0, white));
    drawn.push(Shape::Rect {
        frame: area,
        radius: 0.0,
        fill: None,
        stroke: Some(Stroke::solid(0.5, palette.line_strong)),
    });
    let beside = |rows: isize, columns: isize| sheets.beside(number, (rows, columns)).map(|it| it + 1);
    let mut words = |x: f32, y: f32, anchor: Anchor, text: String| {
        drawn.push(Shape::Text {
            at: Point::new(x, y),
            anchor,
            text,
            face: Face::Regular,
            size: 8.0,
            color: palette.text_weak,
        });
    };
    let middle = area.center();
    if let Some(above) = beside(-1, 0) {
        words(middle.x, area.y - 4.0, Anchor::Middle, format!("↑ {above}"));
    }
    if let Some(below) = beside(1, 0) {
        words(middle.x, area.bottom() + 10.0, Anchor::Middle, format!("↓ {below}"));
    }
    if let Some(left) = beside(0, -1) {
        words(area.x - 3.0, middle.y, Anchor::End, format!("← {left}"));
    }
    if let Some(right) = beside(0, 1) {
        words(area.right() + 3.0, middle.y, Anchor::Start, format!("{right} →"));
    }
    let title = if title.is_empty() { String::new() } else { format!(", {title}") };
    let which = format!("Part {} of {}{title}. The legend is on the overview.", number + 1, sheets.parts.len());
    // the number of the part below stands in the middle
    let which = Face::Regular.shortened(&which, 8.0, area.width / 2.0 - 24.0);
    words(area.x, area.bottom() + 10.0, Anchor::Start, which);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body((width, height): (f32, f32)) -> Rect {
        Rect::new(0.0, 0.0, width, height).grown(-30.0)
    }

    fn of_size(width: f32, height: f32, whole: &[Rect]) -> Sheets {
        sheets((width, height), Rect::new(0.0, 0.0, width, height), whole, body)
    }

    #[test]
    fn title_and_legend_are_for_the_overview() {
        let core = Rect::new(0.0, 60.0, 7_000.0, 4_800.0);
        let sheets = sheets((7_000.0, 5_000.0), core, &[], body);
        assert!(sheets.parts.len() > 1 && sheets.parts.iter().all(|(part, ..)| core.grown(0.1).encloses(part)));
    }

    #[test]
    fn what_can_be_read_on_one_sheet_stays_on_one() {
        let small = of_size(900.0, 500.0, &[]);
        assert_eq!((small.parts.len(), small.paper), (1, (A4.1, A4.0)));
        let larger = of_size(1_900.0, 1_300.0, &[]);
        assert_eq!((larger.parts.len(), larger.paper), (1, (A3.1, A3.0)));
        assert!(larger.scale >= LEAST_WHOLE);
    }

    #[test]
    fn the_parts_cover_the_picture_and_fit_their_sheets() {
        let (width, height) = (7_000.0, 5_000.0);
        let zones: Vec<Rect> = (0..40)
            .map(|it| Rect::new((it % 8) as f32 * 860.0 + 40.0, (it / 8) as f32 * 980.0 + 40.0, 700.0, 800.0))
            .collect();
        let sheets = of_size(width, height, &zones);
        let room = body(sheets.paper);
        assert!(sheets.parts.len() > 1 && sheets.scale >= LEAST_SCALE);
        for (part, ..) in &sheets.parts {
            assert!(part.width * sheets.scale <= room.width + 0.5 && part.height * sheets.scale <= room.height + 0.5);
        }
        for zone in &zones {
            let corners = [zone.corner(), Point::new(zone.right(), zone.bottom())];
            assert!(corners.iter().all(|it| sheets.parts.iter().any(|(part, ..)| part.contains(*it))), "{zone:?}");
        }
        let last = sheets.parts.last().map(|(part, ..)| (part.right(), part.bottom()));
        assert_eq!(last, Some((width, height)));
    }

    #[test]
    fn cuts_fall_between_zones_where_they_can() {
        let stretches: Vec<(f32, f32)> =
            (0..10).map(|it| (it as f32 * 300.0 + 30.0, it as f32 * 300.0 + 270.0)).collect();
        let pieces = cuts(3_000.0, 1_000.0, &stretches);
        for pair in pieces.windows(2) {
            let middle = (pair[0].1 + pair[1].0) / 2.0;
            assert!(stretches.iter().all(|(from, to)| middle <= *from + 0.1 || *to - 0.1 <= middle), "{middle}");
            assert!(pair[1].0 < pair[0].1, "they overlap");
        }
        assert!(pieces.iter().all(|(from, to)| to - from <= 1_000.0));
        assert!(pieces.len() <= 5, "{pieces:?}");
    }

    #[test]
    fn parts_that_hold_nothing_get_no_sheet() {
        let zones = [Rect::new(40.0, 40.0, 700.0, 500.0), Rect::new(59_000.0, 58_000.0, 700.0, 500.0)];
        let sheets = of_size(60_000.0, 60_000.0, &zones);
        assert!(sheets.parts.len() <= 4 && !sheets.is_too_small(), "{sheets:?}");
        let holds = |part: &Rect| zones.iter().any(|it| it.overlaps(part));
        assert!(sheets.parts.iter().all(|(part, ..)| holds(part)));
    }

    #[test]
    fn there_are_never_more_sheets_than_can_be_handled() {
        // a zone in the outermost places that a file may have, and one plant drawn very large
        let far = [Rect::new(0.0, 0.0, 200.0, 200.0), Rect::new(2e7, 2e7, 200.0, 200.0)];
        assert!(of_size(2.1e7, 2.1e7, &far).parts.len() <= MOST_SHEETS);
        let huge = [Rect::new(0.0, 0.0, 1e6, 1e6)];
        let sheets = of_size(1e6, 1e6, &huge);
        assert!((2..=MOST_SHEETS).contains(&sheets.parts.len()) && sheets.is_too_small());
        let drawn = overview(&[], (1e6, 1e6), &sheets, body(A3));
        let says = |it: &Shape| matches!(it, Shape::Text { text, .. } if text.contains("too small to read"));
        assert!(drawn.iter().any(says));
    }

    #[test]
    fn a_part_names_its_neighbours() {
        let sheets = of_size(6_000.0, 600.0, &[]);
        let words = |number: usize| -> Vec<String> {
            let drawn = part(&[], &sheets, number, body(sheets.paper), "");
            drawn
                .into_iter()
                .filter_map(|it| if let Shape::Text { text, .. } = it { Some(text) } else { None })
                .collect()
        };
        assert!(words(0).iter().any(|it| it == "2 →"));
        assert!(words(1).iter().any(|it| it == "← 1") && words(1)[words(1).len() - 1].starts_with("Part 2 of"));
        let titled = part(&[], &sheets, 1, body(sheets.paper), "Zones of Selna Bend");
        let says = |it: &Shape| matches!(it, Shape::Text { text, .. } if text.starts_with("Part 2 of") && text.contains("Selna Bend"));
        assert!(titled.iter().any(says));
    }
}
