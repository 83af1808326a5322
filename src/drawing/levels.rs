//! Levels as small drawings: a bar for each FR, a strip of figures.

use super::palette::{Color, Palette};
use super::shape::{Anchor, Shape, Stroke, centred_text};
use crate::analysis::{AT_LEAST, NOT_ASSESSED, Reach, SoFar, TargetLevels};
use crate::model::{Fr, LevelVector, Point, Rect, SecurityLevel};
use crate::text::Face;

/// Seven bars from 0 to 4, one for each FR: hatched as far as SL-A is possible,
/// filled as far as it is achieved, dark as far as it is proven, with a tick at the target.
pub fn bars(levels: &TargetLevels, palette: &Palette, frame: Rect) -> Vec<Shape> {
    let step = frame.width / 7.0;
    let width = step * 0.62;
    let mut shapes = Vec::new();
    for fr in Fr::ALL {
        let x = frame.x + fr.index() as f32 * step + (step - width) / 2.0;
        let column = Rect::new(x, frame.y, width, frame.height);
        shapes.extend(bar(levels, fr, palette, column));
    }
    shapes
}

/// One bar, upright.
pub fn bar(levels: &TargetLevels, fr: Fr, palette: &Palette, frame: Rect) -> Vec<Shape> {
    let unit = frame.height / 4.0;
    let up_to = |level: SecurityLevel| {
        let height = f32::from(level.number()) * unit;
        Rect::new(frame.x, frame.bottom() - height, frame.width, height)
    };
    let mut shapes = vec![Shape::filled(frame, 0.0, palette.sunken)];
    let Some(achieved) = levels.achieved[fr] else { return shapes };
    if let Some(possible) = levels.possible[fr].filter(|it| *it > achieved) {
        shapes.extend(hatch(up_to(possible), frame.bottom() - up_to(achieved).height, palette.line_strong));
    }
    shapes.push(Shape::filled(up_to(achieved), 0.0, palette.levels[2]));
    if let Some(evidenced) = levels.evidenced[fr].filter(|it| *it > SecurityLevel::ZERO) {
        shapes.push(Shape::filled(up_to(evidenced), 0.0, palette.levels[4]));
    }
    if let Some(target) = levels.target {
        let y = frame.bottom() - f32::from(target[fr].number()) * unit;
        let over = frame.width * 0.15;
        let (left, right) = (Point::new(frame.x - over, y), Point::new(frame.right() + over, y));
        shapes.push(Shape::segment(left, right, tick(levels.reach(fr), palette, (unit * 0.22).clamp(1.0, 2.5))));
    }
    shapes
}

/// The line of a target: red where it is not reached, broken where nobody can say.
fn tick(reach: Reach, palette: &Palette, width: f32) -> Stroke {
    match reach {
        Reach::Short { .. } => Stroke::solid(width, palette.shortfalls[4]),
        Reach::NotAssessed | Reach::Open => Stroke::dashed(width, palette.text_weak, 2.5),
        Reach::Reached | Reach::Unset => Stroke::solid(width, palette.text),
    }
}

/// Slanting lines in the part of `frame` above `foot`.
fn hatch(frame: Rect, foot: f32, color: Color) -> Vec<Shape> {
    let gap = 3.0;
    let stroke = Stroke::solid(0.6, color);
    let height = (foot - frame.y).max(0.0);
    let mut shapes = Vec::new();
    let mut offset = gap;
    while offset < height + frame.width {
        // from the left or lower edge up to the right or upper one
        let start = Point::new(frame.x + (offset - height).max(0.0), frame.y + offset.min(height));
        let end = Point::new(frame.x + offset.min(frame.width), frame.y + (offset - frame.width).max(0.0));
        shapes.push(Shape::segment(start, end, stroke));
        offset += gap;
    }
    let outline = Rect::new(frame.x, frame.y, frame.width, height);
    shapes.push(Shape::Rect { frame: outline, radius: 0.0, fill: None, stroke: Some(stroke) });
    shapes
}

/// Seven figures in cells, one for each FR.
pub fn strip(cells: &[(String, (Color, Color)); 7], frame: Rect, size: f32) -> Vec<Shape> {
    let step = frame.width / 7.0;
    let mut shapes = Vec::new();
    for (place, (text, (fill, ink))) in cells.iter().enumerate() {
        let cell = Rect::new(frame.x + place as f32 * step, frame.y, step - 1.0, frame.height);
        shapes.push(Shape::filled(cell, 1.5, *fill));
        shapes.push(centred_text(cell.center(), text.clone(), Face::SemiBold, size, *ink));
    }
    shapes
}

/// Figure and colours of each level of a vector; a dash where there is none.
pub fn level_cells(levels: &LevelVector, palette: &Palette) -> [(String, (Color, Color)); 7] {
    Fr::ALL.map(|fr| match levels[fr] {
        Some(level) => (level.to_string(), palette.level(level)),
        None => ("–".to_owned(), (palette.sunken, palette.text_faint)),
    })
}

/// Figure and colours of SL-A in each FR.
pub fn achieved_cells(levels: &TargetLevels, palette: &Palette) -> [(String, (Color, Color)); 7] {
    Fr::ALL.map(|fr| so_far_cell(levels.achieved_so_far(fr), palette))
}

/// Figure and colours of what is proven in each FR.
pub fn proven_cells(levels: &TargetLevels, palette: &Palette) -> [(String, (Color, Color)); 7] {
    Fr::ALL.map(|fr| so_far_cell(levels.proven_so_far(fr), palette))
}

/// Figure and colours of a level as far as it is known: no colour of its own where nothing is
/// known of it, or no more than 0.
pub fn so_far_cell(level: SoFar, palette: &Palette) -> (String, (Color, Color)) {
    let colors = match level.level {
        None => (palette.sunken, palette.text_faint),
        Some(_) if !level.assessed => (palette.sunken, palette.text_weak),
        Some(SecurityLevel::ZERO) if level.is_open() => (palette.sunken, palette.text_weak),
        Some(known) => palette.level(known),
    };
    (level.figure(), colors)
}

/// Figure and colours of each shortfall.
pub fn shortfall_cells(levels: &TargetLevels, palette: &Palette) -> [(String, (Color, Color)); 7] {
    Fr::ALL.map(|fr| reach_cell(levels.reach(fr), palette))
}

/// Stands where nothing that is answered keeps a target from being reached, and not all is answered.
pub const OPEN: &str = "…";

/// What the signs stand for that are no level and no shortfall.
pub const SIGNS: [(&str, &str); 3] = [
    (NOT_ASSESSED, "not assessed: nothing is answered"),
    (OPEN, "open: no gap known, not all answered"),
    ("+", "at least: questions are open"),
];

/// A figure as it is read out: "not assessed", "at least 1".
pub fn in_words(figure: &str) -> String {
    match figure {
        NOT_ASSESSED => "not assessed".to_owned(),
        OPEN => "open".to_owned(),
        _ => figure.strip_suffix(AT_LEAST).map_or(figure.to_owned(), |least| format!("at least {least}")),
    }
}

/// Figure and colours of a shortfall; a dash where nothing is asked for.
pub fn reach_cell(reach: Reach, palette: &Palette) -> (String, (Color, Color)) {
    match reach {
        Reach::Unset => ("–".to_owned(), (palette.sunken, palette.text_faint)),
        Reach::Reached => ("✓".to_owned(), palette.shortfall(0)),
        Reach::NotAssessed => (NOT_ASSESSED.to_owned(), (palette.sunken, palette.text_weak)),
        Reach::Open => (OPEN.to_owned(), (palette.sunken, palette.text_weak)),
        Reach::Short { by, or_more } => {
            let more = if or_more { AT_LEAST.to_string() } else { String::new() };
            (format!("−{by}{more}"), palette.shortfall(by))
        }
    }
}

/// How to read the bars, as a drawing from the origin on: what is filled, and beneath it the targets.
pub fn bars_legend(palette: &Palette) -> (Vec<Shape>, Rect) {
    let size = 8.0;
    let mut shapes = Vec::new();
    let (mut x, mut row, mut width) = (0.0, 0, 0.0_f32);
    let mut entry = |line: usize, shape: Vec<Shape>, text: &str| {
        if line != row {
            (x, row) = (0.0, line);
        }
        let y = line as f32 * 14.0;
        shapes.extend(shape.iter().map(|it| it.transformed(1.0, x, y)));
        let at = Point::new(x + 18.0, y + 9.0);
        let text = text.to_owned();
        x += 18.0 + Face::Regular.width(&text, size) + 16.0;
        width = width.max(x);
        shapes.push(Shape::Text {
            at,
            anchor: Anchor::Start,
            text,
            face: Face::Regular,
            size,
            color: palette.text_weak,
        });
    };
    let sign = Rect::new(2.0, 2.0, 12.0, 9.0);
    entry(0, vec![Shape::filled(sign, 0.0, palette.levels[4])], "proven (SL-A evidenced)");
    entry(0, vec![Shape::filled(sign, 0.0, palette.levels[2])], "achieved (SL-A), claimed");
    entry(0, hatch(sign, sign.bottom(), palette.line_strong), "possible, if open questions turn out well");
    let line = |reach| vec![Shape::segment(Point::new(0.0, 6.5), Point::new(14.0, 6.5), tick(reach, palette, 2.0))];
    entry(1, line(Reach::Reached), "target (SL-T), reached");
    entry(1, line(Reach::Short { by: 1, or_more: false }), "target, not reached");
    entry(1, line(Reach::NotAssessed), "target, open");
    (shapes, Rect::new(0.0, 0.0, width, 27.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn a_bar_rises_with_the_level_and_bears_the_target() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 3).answer("Z-1", "SR 6.1", Status::Met, |_| ());
        let analysis = plant.analyse();
        let levels = analysis.target(plant.target("Z-1")).unwrap();
        let frame = Rect::new(0.0, 0.0, 10.0, 40.0);
        let shapes = bar(levels, Fr::Tre, Palette::light(), frame);
        let achieved = Rect::new(0.0, 30.0, 10.0, 10.0);
        assert!(shapes.contains(&Shape::filled(achieved, 0.0, Palette::light().levels[2])), "SL-A 1 of 4");
        let mut tick_at =
            shapes.iter().filter_map(|it| if let Shape::Line { points, .. } = it { Some(points[0].y) } else { None });
        assert!(tick_at.next_back().is_some_and(|y| y == 10.0), "SL-T 3 of 4");
    }

    #[test]
    fn what_is_not_answered_is_no_figure_of_a_shortfall() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 2).sl_t_in("Z-1", Fr::Ra, 0);
        let palette = Palette::light();
        let signs = |plant: &Fixture| {
            let analysis = plant.analyse();
            let levels = analysis.target(plant.target("Z-1")).unwrap();
            let texts = |cells: [(String, (Color, Color)); 7]| cells.map(|it| it.0).join(" ");
            (texts(shortfall_cells(levels, palette)), texts(achieved_cells(levels, palette)))
        };
        let words = |short: &str, achieved: &str| (short.to_owned(), achieved.to_owned());
        assert_eq!(signs(&plant), words("? ? ? ? ? ? –", "? ? ? ? ? ? ?"), "an SL-T of 0 asks for nothing");
        let plant = plant.answer("Z-1", "SR 1.1", Status::Met, |_| ());
        assert_eq!(signs(&plant), words("… ? ? ? ? ? –", "0+ ? ? ? ? ? ?"));
        let plant = plant.answer("Z-1", "SR 1.1 RE 1", Status::NotMet, |_| ());
        assert_eq!(signs(&plant), words("−1+ ? ? ? ? ? –", "0+ ? ? ? ? ? ?"));
        assert_eq!(["?", "…", "0+", "2"].map(in_words), ["not assessed", "open", "at least 0", "2"]);
    }
}
