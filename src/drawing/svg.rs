//! Writes a picture as SVG.

use std::fmt::Write;

use super::palette::Color;
use super::picture::Picture;
use super::shape::{Anchor, Shape, Stroke};
use crate::model::Point;

/// The picture as SVG text; the same picture always gives the same bytes.
pub fn to_svg(picture: &Picture) -> String {
    let (width, height) = (number(picture.width), number(picture.height));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\"{}/>\n",
        escaped(&picture.title),
        paint("fill", Some(picture.ground)),
    );
    for shape in &picture.shapes {
        write_shape(&mut svg, shape);
    }
    svg.push_str("</svg>\n");
    svg
}

// writing to a String can't fail
fn write_shape(svg: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Rect { frame, radius, fill, stroke } => writeln!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}{}{}/>",
            number(frame.x),
            number(frame.y),
            number(frame.width),
            number(frame.height),
            if *radius > 0.0 { format!(" rx=\"{}\"", number(*radius)) } else { String::new() },
            paint("fill", *fill),
            outline(stroke.as_ref()),
        ),
        Shape::Line { points, stroke } => writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\"{} stroke-linejoin=\"round\"{}/>",
            list(points),
            if stroke.dots { "" } else { " stroke-linecap=\"round\"" },
            outline(Some(stroke))
        ),
        Shape::Polygon { points, fill } => {
            writeln!(svg, "<polygon points=\"{}\"{}/>", list(points), paint("fill", Some(*fill)))
        }
        Shape::Circle { center, radius, fill, stroke } => writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}{}/>",
            number(center.x),
            number(center.y),
            number(*radius),
            paint("fill", *fill),
            outline(stroke.as_ref()),
        ),
        Shape::Icon { icon, frame, color } => {
            icon.strokes(*frame, *color).iter().for_each(|it| write_shape(svg, it));
            Ok(())
        }
        Shape::Text { at, anchor, text, face, size, color } => writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{}{}>{}</text>",
            number(at.x),
            number(at.y),
            number(*size),
            if face.weight() == 400 { String::new() } else { format!(" font-weight=\"{}\"", face.weight()) },
            match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            },
            paint("fill", Some(*color)),
            escaped(text),
        ),
    };
}

/// At most two decimals, and none where they are 0.
fn number(value: f32) -> String {
    let rounded = (f64::from(value) * 100.0).round() / 100.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

fn list(points: &[Point]) -> String {
    let points: Vec<_> = points.iter().map(|it| format!("{},{}", number(it.x), number(it.y))).collect();
    points.join(" ")
}

fn paint(attribute: &str, color: Option<Color>) -> String {
    match color {
        None => format!(" {attribute}=\"none\""),
        Some(color) => {
            let opaque = Color { a: 255, ..color };
            let opacity = f32::from(color.a) / 255.0;
            let see_through =
                if color.a == 255 { String::new() } else { format!(" {attribute}-opacity=\"{}\"", number(opacity)) };
            format!(" {attribute}=\"{opaque}\"{see_through}")
        }
    }
}

fn outline(stroke: Option<&Stroke>) -> String {
    stroke.map_or(String::new(), |stroke| {
        let dash = match stroke.pattern().as_slice() {
            [] => String::new(),
            [dash, _] => format!(" stroke-dasharray=\"{}\"", number(*dash)),
            several => {
                let lengths: Vec<_> = several.iter().map(|it| number(*it)).collect();
                format!(" stroke-dasharray=\"{}\"", lengths.join(","))
            }
        };
        format!("{} stroke-width=\"{}\"{dash}", paint("stroke", Some(stroke.color)), number(stroke.width))
    })
}

/// Text as XML allows it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            it if it.is_control() => safe.push(' '),
            it => safe.push(it),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;
    use crate::text::Face;

    #[test]
    fn shapes_are_written_plainly_and_text_is_safe() {
        let red = Color::rgb(200, 0, 0);
        let picture = Picture {
            width: 100.0,
            height: 50.5,
            ground: Color::rgb(255, 255, 255),
            title: "A < B & C".into(),
            core: Rect::default(),
            whole: Vec::new(),
            shapes: vec![
                Shape::filled(Rect::new(1.0, 2.0, 3.333_33, 4.0), 0.0, Color { a: 128, ..red }),
                Shape::segment(Point::new(0.0, 0.0), Point::new(9.0, 9.0), Stroke::dashed(2.0, red, 4.0)),
                Shape::Text {
                    at: Point::new(5.0, 5.0),
                    anchor: Anchor::End,
                    text: "\"Ω\" <Ж>\u{7}".into(),
                    face: Face::SemiBold,
                    size: 12.0,
                    color: red,
                },
            ],
        };
        let svg = to_svg(&picture);
        assert!(svg.contains("<title>A &lt; B &amp; C</title>"));
        assert!(svg.contains("width=\"3.33\" height=\"4\" fill=\"#c80000\" fill-opacity=\"0.5\""), "{svg}");
        assert!(svg.contains("stroke-dasharray=\"4\""));
        assert!(
            svg.contains("font-weight=\"600\" text-anchor=\"end\" fill=\"#c80000\">&quot;Ω&quot; &lt;Ж&gt; </text>")
        );
        assert_eq!(svg, to_svg(&picture));
    }
}
