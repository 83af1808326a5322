//! Which shapes stand behind which.

use super::looks::Looks;
use crate::exchange::drawings::{DrawnShape, Page};
use crate::model::{Point, Rect};

/// As many shapes behind a shape are known; a drawing with more was made by no hand.
const DEEPEST: usize = 64;
/// How much larger what stands behind has to be.
const LARGER: f32 = 1.15;

/// A symbol as large as this has room for others in it, in pixels.
const LARGE: (f32, f32) = (240.0, 180.0);

/// Whether a shape of a stencil is so large that it is meant to hold others.
pub(super) fn is_large(shape: &DrawnShape, looks: Looks) -> bool {
    looks == Looks::Stencil && shape.frame.width >= LARGE.0 && shape.frame.height >= LARGE.1
}

fn area(rect: &Rect) -> f32 {
    rect.width * rect.height
}

/// For each shape those that stand behind it, the smallest first, by the file's word or by their place.
pub(super) fn around(page: &Page, looks: &[Looks]) -> Vec<Vec<usize>> {
    let shapes = || page.shapes.iter().zip(looks).enumerate();
    let can_hold = |(_, (shape, looks)): &(usize, (&DrawnShape, &Looks))| {
        (looks.can_hold() || shape.is_container || is_large(shape, **looks)) && shape.frame.is_drawable()
    };
    let mut holders: Vec<(f32, usize, Rect)> =
        shapes().filter(can_hold).map(|(place, (shape, _))| (area(&shape.frame), place, shape.frame)).collect();
    holders.sort_by(|one, next| next.0.total_cmp(&one.0).then(one.1.cmp(&next.1)));
    let mut all: Vec<Vec<usize>> = Vec::with_capacity(page.shapes.len());
    for (place, (shape, looks)) in shapes() {
        let own = area(&shape.frame);
        let middle = shape.frame.center();
        let needed = if looks.can_hold() { 0.85 } else { 0.5 };
        let mut found: Vec<(f32, usize)> = Vec::new();
        if shape.frame.is_drawable() {
            let larger = holders.iter().take_while(|(area, ..)| *area > own * LARGER || *looks == Looks::Text);
            for &(area, holder, frame) in larger {
                if holder != place && contains(&frame, middle) && shared(&frame, &shape.frame) >= needed * own {
                    found.push((area, holder));
                }
            }
        }
        // by the file's word, whatever their places; those further out are known already
        if let Some(parent) = shape.parent.filter(|&it| it < place) {
            let by_word = std::iter::once(parent).chain(all.get(parent).into_iter().flatten().copied());
            for outer in by_word {
                if !found.iter().any(|(_, known)| *known == outer) {
                    found.push((page.shapes.get(outer).map_or(0.0, |it| area(&it.frame)), outer));
                }
            }
        }
        found.sort_by(|one, next| one.0.total_cmp(&next.0).then(next.1.cmp(&one.1)));
        found.truncate(DEEPEST);
        all.push(found.into_iter().map(|(_, holder)| holder).collect());
    }
    all
}

fn contains(frame: &Rect, middle: Point) -> bool {
    frame.contains(middle)
}

/// The area that two rectangles share.
pub(super) fn shared(one: &Rect, other: &Rect) -> f32 {
    let width = one.right().min(other.right()) - one.x.max(other.x);
    let height = one.bottom().min(other.bottom()) - one.y.max(other.y);
    width.max(0.0) * height.max(0.0)
}

/// How far a place is from a rectangle; 0 inside.
pub(super) fn distance(frame: &Rect, place: Point) -> f32 {
    let dx = (frame.x - place.x).max(place.x - frame.right()).max(0.0);
    let dy = (frame.y - place.y).max(place.y - frame.bottom()).max(0.0);
    dx.hypot(dy)
}
