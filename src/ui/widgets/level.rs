//! Levels as figures and bars, painted from the same shapes as in the report.

use egui::{Align2, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::TargetLevels;
use crate::drawing::levels::{bars, in_words};
use crate::drawing::palette::{Color, Palette};
use crate::drawing::shape::{Anchor, Shape};
use crate::model::{Fr, Point, Rect};
use crate::text::Face;
use crate::ui::theme::{color32, font};

/// Seven figures in cells with their FR on hover. Returns the FR clicked.
pub fn level_row(ui: &mut Ui, name: &str, cells: &[(String, (Color, Color)); 7]) -> Option<Fr> {
    let size = vec2(20.0, 20.0);
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (fr, (text, (fill, ink))) in Fr::ALL.into_iter().zip(cells) {
            let told = in_words(text);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            response
                .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name} {fr} {}: {told}", fr.code())));
            ui.painter().rect_filled(rect, 3.0, color32(*fill));
            if response.has_focus() {
                ui.painter().rect_stroke(rect, 3.0, ui.visuals().selection.stroke, egui::StrokeKind::Outside);
            }
            let room = (size.x - 2.0) / Face::SemiBold.width(text, 1.0).max(0.1);
            let letters = font(Face::SemiBold, room.min(12.0));
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, letters, color32(*ink));
            let response = response.on_hover_text(format!("{fr} {}: {}\n{name} {told}", fr.code(), fr.name()));
            if response.clicked() {
                clicked = Some(fr);
            }
        }
    });
    clicked
}

/// Seven bars with target, achieved, proven and possible levels.
pub fn fr_bars(ui: &mut Ui, levels: &TargetLevels, palette: &Palette, width: f32, height: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + 14.0), Sense::hover());
    let frame = Rect::new(rect.left(), rect.top(), width, height);
    paint_shapes(ui, &bars(levels, palette, frame));
    let step = width / 7.0;
    for fr in Fr::ALL {
        let at = pos2(rect.left() + (fr.index() as f32 + 0.5) * step, rect.bottom() - 5.0);
        ui.painter().text(at, Align2::CENTER_CENTER, fr.code(), font(Face::Regular, 9.5), color32(palette.text_weak));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, describe(levels)));
    response.on_hover_text(describe(levels))
}

fn describe(levels: &TargetLevels) -> String {
    let line = |fr: Fr| {
        let level = |level: Option<crate::model::SecurityLevel>| level.map_or("–".to_owned(), |it| it.to_string());
        let target = level(levels.target.map(|it| it[fr]));
        if levels.achieved[fr].is_some() && !levels.assessed[fr] {
            return format!("{fr} {}: target {target}, nothing answered yet", fr.code());
        }
        let proven = level(levels.evidenced[fr]);
        let achieved = match levels.possible[fr].filter(|_| levels.achieved_so_far(fr).is_open()) {
            Some(possible) => format!("{} (up to {possible})", level(levels.achieved[fr])),
            None => level(levels.achieved[fr]),
        };
        format!("{fr} {}: target {target}, achieved {achieved}, proven {proven}", fr.code())
    };
    Fr::ALL.map(line).join("\n")
}

/// Paints shapes given in screen coordinates.
pub fn paint_shapes(ui: &Ui, shapes: &[Shape]) {
    let painter = ui.painter();
    for shape in shapes {
        shape_to_egui(painter, shape, &|it| pos2(it.x, it.y), 1.0);
    }
}

/// Paints a shape after placing its points; lengths are multiplied by `scale`.
pub fn shape_to_egui(painter: &egui::Painter, shape: &Shape, place: &dyn Fn(Point) -> egui::Pos2, scale: f32) {
    let stroke = |it: &crate::drawing::shape::Stroke| egui::Stroke::new((it.width * scale).max(0.5), color32(it.color));
    match shape {
        Shape::Rect { frame, radius, fill, stroke: edge } => {
            let rect =
                egui::Rect::from_two_pos(place(frame.corner()), place(Point::new(frame.right(), frame.bottom())));
            let radius = radius * scale;
            if let Some(fill) = fill {
                painter.rect_filled(rect, radius, color32(*fill));
            }
            match edge {
                Some(edge) if edge.dash > 0.0 => {
                    let corners =
                        [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                    painter.extend(broken_line(&corners, stroke(edge), edge, scale));
                }
                Some(edge) => {
                    painter.rect_stroke(rect, radius, stroke(edge), egui::StrokeKind::Middle);
                }
                None => (),
            }
        }
        Shape::Line { points, stroke: line } => {
            let points: Vec<_> = points.iter().map(|&it| place(it)).collect();
            if line.dash > 0.0 {
                painter.extend(broken_line(&points, stroke(line), line, scale));
            } else {
                painter.add(egui::Shape::line(points, stroke(line)));
            }
        }
        Shape::Polygon { points, fill } => {
            let points = points.iter().map(|&it| place(it)).collect();
            painter.add(egui::Shape::convex_polygon(points, color32(*fill), egui::Stroke::NONE));
        }
        Shape::Circle { center, radius, fill, stroke: edge } => {
            let (center, radius) = (place(*center), radius * scale);
            if let Some(fill) = fill {
                painter.circle_filled(center, radius, color32(*fill));
            }
            if let Some(edge) = edge {
                painter.circle_stroke(center, radius, stroke(edge));
            }
        }
        Shape::Icon { icon, frame, color } => {
            for part in icon.strokes(*frame, *color) {
                shape_to_egui(painter, &part, place, scale);
            }
        }
        Shape::Text { at, anchor, text, face, size, color } => {
            let size = size * scale;
            if size < 3.5 {
                return;
            }
            let galley = painter.layout_no_wrap(text.clone(), font(*face, size), color32(*color));
            let at = place(*at);
            let left = at.x - anchor_offset(*anchor, galley.size().x);
            let baseline =
                galley.rows.first().map_or(size, |row| row.row.glyphs.first().map_or(size, |glyph| glyph.pos.y));
            painter.galley(pos2(left, at.y - baseline), galley, color32(*color));
        }
    }
}

/// Dashes, with dots between where the stroke has them.
fn broken_line(
    points: &[egui::Pos2],
    ink: egui::Stroke,
    stroke: &crate::drawing::shape::Stroke,
    scale: f32,
) -> Vec<egui::Shape> {
    let lengths: Vec<f32> = stroke.pattern().iter().map(|it| (it * scale).max(1.5)).collect();
    let every = |first: usize| lengths.iter().skip(first).step_by(2).copied().collect::<Vec<f32>>();
    egui::Shape::dashed_line_with_offset(points, ink, &every(0), &every(1), 0.0)
}

fn anchor_offset(anchor: Anchor, width: f32) -> f32 {
    anchor.offset(width)
}
