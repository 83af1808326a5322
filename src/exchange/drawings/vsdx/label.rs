//! Names drawn as texts of their own.

use std::collections::BTreeSet;

use super::super::{DrawnShape, Meaning};
use crate::model::Rect;

/// How far below a shape its name may stand, in pixels.
const BELOW: f32 = 34.0;
/// How far a name may reach beyond the sides of its shape, in pixels.
const OVER: f32 = 14.0;

/// Gives nameless shapes the one text that stands at their upper or lower edge, right below
/// them, or alone in them. The text itself stays as a note.
pub(super) fn adopt(shapes: &mut [DrawnShape], joined: &BTreeSet<usize>) {
    for at in joined {
        // a text with lines at it is a thing
        if let Some(shape) = shapes.get_mut(*at)
            && shape.meaning == Some(Meaning::Note)
        {
            shape.meaning = None;
        }
    }
    let nameless: Vec<(usize, Rect)> =
        shapes.iter().enumerate().filter(|(_, it)| it.text.is_empty()).map(|(at, it)| (at, it.frame)).collect();
    let mut names: Vec<(usize, String)> = Vec::new();
    for text in shapes.iter().filter(|it| it.meaning == Some(Meaning::Note)) {
        let is_alone = |frame: Rect| shapes.iter().filter(|it| frame.encloses(&it.frame)).count() == 2;
        let near = nameless
            .iter()
            .filter(|(_, frame)| is_at_edge(text.frame, *frame) || frame.encloses(&text.frame) && is_alone(*frame));
        let area = |frame: &Rect| frame.width * frame.height;
        if let Some((at, _)) = near.min_by(|one, next| area(&one.1).total_cmp(&area(&next.1))) {
            names.push((*at, text.text.clone()));
        }
    }
    for (at, name) in &names {
        let is_only = names.iter().filter(|(other, _)| other == at).count() == 1;
        if is_only && let Some(shape) = shapes.get_mut(*at) {
            shape.text.clone_from(name);
        }
    }
}

fn is_at_edge(text: Rect, shape: Rect) -> bool {
    let center = text.center();
    let quarter = shape.height / 4.0;
    let stands = |from: f32, to: f32| (from..=to).contains(&center.y);
    if stands(shape.bottom(), shape.bottom() + BELOW) {
        return (shape.x..=shape.right()).contains(&center.x) && text.width <= shape.width * 3.0;
    }
    let is_inside = shape.x - OVER <= text.x && text.right() <= shape.right() + OVER;
    is_inside && (stands(shape.y, shape.y + quarter) || stands(shape.bottom() - quarter, shape.bottom()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str, frame: Rect) -> DrawnShape {
        let meaning = (!text.is_empty()).then_some(Meaning::Note);
        DrawnShape { text: text.to_owned(), frame, meaning, ..DrawnShape::default() }
    }

    #[test]
    fn the_text_below_a_picture_is_its_name() {
        let mut shapes =
            [shape("", Rect::new(0.0, 0.0, 50.0, 50.0)), shape("PLC 1", Rect::new(-10.0, 52.0, 70.0, 16.0))];
        adopt(&mut shapes, &BTreeSet::new());
        assert_eq!(shapes[0].text, "PLC 1");
    }

    #[test]
    fn two_texts_at_a_frame_leave_it_nameless() {
        let mut shapes = [
            shape("", Rect::new(0.0, 0.0, 400.0, 400.0)),
            shape("left", Rect::new(10.0, 10.0, 70.0, 16.0)),
            shape("right", Rect::new(210.0, 10.0, 70.0, 16.0)),
        ];
        adopt(&mut shapes, &BTreeSet::new());
        assert_eq!(shapes[0].text, "");
    }
}
