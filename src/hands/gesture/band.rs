//! Rectangles: one that selects, one that becomes a zone.

use super::Outcome;
use crate::hands::draw::{new_zone, sized_for_zone};
use crate::hands::select::{enclosed, touched};
use crate::hands::snap::on_grid;
use crate::hands::{Field, Hand};
use crate::model::{Id, Point, Rect, Subject, ZoneId};

/// A rectangle that selects: what it encloses when drawn to the right, what it touches
/// when drawn to the left.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    from: Point,
    keep: Vec<Subject>,
}

impl Band {
    /// Begins where the hand is; `adds` keeps what is selected.
    pub fn new(hand: &Hand, selected: &[Subject], adds: bool) -> Self {
        Self { from: hand.at, keep: if adds { selected.to_vec() } else { Vec::new() } }
    }

    /// The rectangle, and whether it selects what it touches.
    pub fn area(&self, at: Point) -> (Rect, bool) {
        (Rect::between(self.from, at), at.x < self.from.x)
    }

    /// What is selected if it ends here.
    pub fn at(&self, field: &Field, hand: &Hand) -> Outcome {
        let (area, touches) = self.area(hand.at);
        let found = if touches { touched(field, area) } else { enclosed(field, area) };
        let mut selects = self.keep.clone();
        selects.extend(found.into_iter().filter(|it| !self.keep.contains(it)));
        let how = if touches { "what it touches" } else { "what it encloses" };
        let hint = match selects.len() {
            0 => format!("Select {how}"),
            count => format!("Select {how}: {count}"),
        };
        Outcome { hint, selects: Some(selects), ..Outcome::default() }
    }
}

/// A rectangle that becomes a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    from: Point,
    id: ZoneId,
}

impl Frame {
    /// Begins where the hand is.
    pub fn new(hand: &Hand) -> Self {
        Self { from: hand.at, id: ZoneId::random() }
    }

    /// The frame that it would have.
    pub fn area(&self, hand: &Hand) -> Rect {
        let free = hand.held.command;
        let snapped = |at: Point| if free { at } else { Point::new(on_grid(at.x), on_grid(at.y)) };
        sized_for_zone(Rect::between(snapped(self.from), snapped(hand.at)))
    }

    /// The zone that is there if it ends here.
    pub fn at(&self, field: &Field, hand: &Hand) -> Outcome {
        let frame = self.area(hand);
        let (edit, parent) = new_zone(field, self.id, frame);
        let hint = match parent {
            Some(parent) => {
                format!("{:.0} × {:.0} in {}", frame.width, frame.height, field.project.target_tag(parent.into()))
            }
            None => format!("{:.0} × {:.0}", frame.width, frame.height),
        };
        Outcome {
            edit: Some(edit),
            hint,
            target: parent,
            selects: Some(vec![self.id.into()]),
            drawn: Some(self.id),
            ..Outcome::default()
        }
    }
}
