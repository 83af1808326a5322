//! Pulling edges and corners of zones and notes.

use std::collections::BTreeMap;

use super::Outcome;
use crate::drawing::metrics::GRID;
use crate::edit::{Edit, Place};
use crate::hands::bodies::Bodies;
use crate::hands::growth::with_growth;
use crate::hands::hit::Handle;
use crate::hands::room::{Contents, LEAST, framed};
use crate::hands::snap::{Around, Guide, sized};
use crate::hands::{Axis, Field, Hand, Held};
use crate::model::{NoteId, Point, Rect, Subject, ZoneId};

/// The smallest width and height of a note.
const LEAST_NOTE: (f32, f32) = (24.0, 16.0);

/// Zones and notes sized by one handle around all of them.
#[derive(Clone, Debug)]
pub struct Sizing {
    handle: Handle,
    frame: Rect,
    zones: BTreeMap<ZoneId, (Rect, Contents)>,
    notes: BTreeMap<NoteId, Rect>,
    /// From the handle to where it was pressed.
    grip: (f32, f32),
}

/// The frame around what handles can size: zones and notes that are not locked. `None`
/// where anything else is selected too.
pub fn sizable(field: &Field, selected: &[Subject]) -> Option<Rect> {
    let bodies = Bodies::of(field, selected);
    let is_sizable = bodies.locked == 0 && bodies.assets.is_empty() && !bodies.is_empty();
    let is_all = selected.iter().all(|it| matches!(it, Subject::Zone(_) | Subject::Note(_)));
    bodies.bounds().filter(|_| is_sizable && is_all)
}

/// What is selected made wider or higher by steps of the grid, or less so where they are
/// negative; its upper left corner stays.
pub fn size_by_keys(field: &Field, selected: &[Subject], axis: Axis, steps: f32) -> Option<Edit> {
    let frame = sizable(field, selected)?;
    let handle = if axis == Axis::Across { Handle { x: 1, y: 0 } } else { Handle { x: 0, y: 1 } };
    let hand =
        Hand { at: handle.place(frame), zoom: 1.0, seen: frame, held: Held { command: true, ..Held::default() } };
    let by = steps * GRID;
    let there = if axis == Axis::Across { hand.at.offset(by, 0.0) } else { hand.at.offset(0.0, by) };
    Sizing::new(field, selected, handle, &hand).at(field, &Hand { at: there, ..hand }).edit
}

impl Sizing {
    /// Begins with a handle of what is selected.
    pub fn new(field: &Field, selected: &[Subject], handle: Handle, hand: &Hand) -> Self {
        let bodies = Bodies::of(field, selected);
        let frame = bodies.bounds().unwrap_or_default();
        let place = handle.place(frame);
        let zones = bodies.zones.iter().map(|(&id, &it)| (id, (it, Contents::of(field.project, id)))).collect();
        let grip = (hand.at.x - place.x, hand.at.y - place.y);
        Self { handle, frame, zones, notes: bodies.notes, grip }
    }

    /// Which handle is pulled.
    pub fn handle(&self) -> Handle {
        self.handle
    }

    /// What comes of it if it ends here.
    pub fn at(&self, field: &Field, hand: &Hand) -> Outcome {
        let to = Point::new(hand.at.x - self.grip.0, hand.at.y - self.grip.1);
        let mut frame = pulled(self.frame, self.handle, to);
        let mut guides = Vec::new();
        if !hand.held.command {
            (frame, guides) = sized(frame, self.handle, &self.around(field, hand), hand.zoom);
        }
        if hand.held.shift {
            guides.clear();
        }
        let frame = self.shaped(frame, hand.held);
        let parts = self.parts(frame);
        let edit = self.edit(field, &parts);
        let (width, height) = match parts.as_slice() {
            [(_, only)] => (only.width, only.height),
            _ => (frame.width, frame.height),
        };
        guides.retain(|it| match *it {
            Guide::Line { axis, at, .. } => {
                let (start, end) = axis.span(&frame);
                (at - start).abs() < 0.5 || (at - end).abs() < 0.5
            }
            Guide::Size { axis, from, to, .. } => {
                let (start, end) = axis.span(&frame);
                ((to - from) - (end - start)).abs() < 0.5
            }
            Guide::Gap { .. } => true,
        });
        Outcome { edit, guides, hint: format!("{width:.0} × {height:.0}"), ..Outcome::default() }
    }

    fn around(&self, field: &Field, hand: &Hand) -> Around {
        let parent = self.zones.keys().next().and_then(|&id| field.project.zones.get(id)).and_then(|it| it.parent);
        let ids: Vec<ZoneId> = self.zones.keys().copied().collect();
        let mut around = Around::of_zones(field, parent, hand.seen, |it| {
            ids.contains(&it) || field.project.zone_ancestors(it).iter().any(|outer| ids.contains(outer))
        });
        let notes =
            field.shown.notes.iter().filter(|(id, it)| !self.notes.contains_key(id) && it.frame.overlaps(&hand.seen));
        around.edges.extend(notes.map(|(_, it)| it.frame));
        if self.zones.len() + self.notes.len() > 1 {
            around.peers.clear();
        }
        around
    }

    /// In proportion with Shift, about the centre with Alt, never turned over.
    fn shaped(&self, pulled: Rect, held: Held) -> Rect {
        let before = self.frame;
        let mut frame = pulled;
        if held.shift {
            frame = in_proportion(before, frame, self.handle);
        }
        if held.alt {
            for axis in Axis::BOTH {
                let ((a, b), (start, end)) = (axis.span(&before), axis.span(&frame));
                let grow = ((a - start) + (end - b)).max(-(b - a) / 2.0 + 1.0);
                frame = axis.with_span(frame, (a - grow, b + grow));
            }
        }
        frame
    }

    /// The frames that the parts come to have.
    fn parts(&self, frame: Rect) -> Vec<(Subject, Rect)> {
        let alone = self.zones.len() + self.notes.len() == 1;
        let mut parts = Vec::new();
        for (&id, (before, contents)) in &self.zones {
            let part = if alone {
                held_around(*before, frame, contents)
            } else {
                scaled_zone(self.frame, frame, *before, contents)
            };
            parts.push((Subject::Zone(id), part));
        }
        for (&id, before) in &self.notes {
            let part = if alone { frame } else { scaled(self.frame, frame, *before) };
            parts.push((Subject::Note(id), at_least(*before, part, LEAST_NOTE)));
        }
        parts
    }

    fn edit(&self, field: &Field, parts: &[(Subject, Rect)]) -> Option<Edit> {
        let alone = parts.len() == 1;
        let mut edits = Vec::new();
        let mut frames = Vec::new();
        let mut notes = Vec::new();
        for &(subject, frame) in parts {
            match subject {
                Subject::Zone(id) => {
                    let Some((before, _)) = self.zones.get(&id) else { continue };
                    let (dx, dy) = (frame.x - before.x, frame.y - before.y);
                    if !alone && (dx, dy) != (0.0, 0.0) {
                        edits.push(Edit::Place(Place::Move { zones: [id].into(), dx, dy }));
                    }
                    if frame != *before {
                        frames.push((id, frame));
                    }
                }
                Subject::Note(id) if self.notes.get(&id) != Some(&frame) => notes.push((id, frame)),
                _ => (),
            }
        }
        let zones = frames.iter().map(|(id, _)| *id).collect();
        if alone && !frames.is_empty() {
            edits.extend(framed(field.project, &frames));
        } else if !frames.is_empty() {
            edits.push(Edit::Place(Place::Frames(frames)));
        }
        if !notes.is_empty() {
            edits.push(Edit::Place(Place::Notes(notes)));
        }
        let what = match parts {
            [(only, _)] => format!("{} {}", only.kind(), field.project.subject_tag(*only)),
            several => format!("{} things", several.len()),
        };
        let edit = (!edits.is_empty()).then(|| Edit::Several(format!("resize {what}"), edits))?;
        Some(with_growth(field.project, edit, &zones))
    }
}

/// A frame with the edges of a handle at a place; the other edges stay.
fn pulled(frame: Rect, handle: Handle, to: Point) -> Rect {
    let axis = |axis: Axis, frame: Rect, side: i8, to: f32| {
        let (start, end) = axis.span(&frame);
        match side {
            -1 => axis.with_span(frame, (to.min(end - 1.0), end)),
            1 => axis.with_span(frame, (start, to.max(start + 1.0))),
            _ => frame,
        }
    };
    axis(Axis::Down, axis(Axis::Across, frame, handle.x, to.x), handle.y, to.y)
}

/// A pulled frame in the proportion that it had.
fn in_proportion(before: Rect, pulled: Rect, handle: Handle) -> Rect {
    let (across, down) = (pulled.width / before.width, pulled.height / before.height);
    let scale = match (handle.x, handle.y) {
        (0, _) => down,
        (_, 0) => across,
        _ => across.max(down),
    };
    let mut frame = before;
    for (axis, side) in [(Axis::Across, handle.x), (Axis::Down, handle.y)] {
        let (start, end) = axis.span(&before);
        let grow = (end - start) * (scale - 1.0);
        frame = axis.with_span(
            frame,
            match side {
                -1 => (start - grow, end),
                1 => (start, end + grow),
                _ => (start - grow / 2.0, end + grow / 2.0),
            },
        );
    }
    frame
}

/// A frame no smaller than allowed; the edge that did not move stays where it is.
fn at_least(before: Rect, frame: Rect, (width, height): (f32, f32)) -> Rect {
    let mut frame = frame;
    for (axis, least) in [(Axis::Across, width), (Axis::Down, height)] {
        let ((a, _), (start, end)) = (axis.span(&before), axis.span(&frame));
        if end - start < least {
            frame = axis.with_span(frame, if start > a { (end - least, end) } else { (start, start + least) });
        }
    }
    frame
}

/// A zone's pulled frame that still holds what lies in the zone, which stays where it is.
fn held_around(before: Rect, pulled: Rect, contents: &Contents) -> Rect {
    let mut frame = at_least(before, pulled, LEAST);
    if let Some(fixed) = contents.fixed() {
        for axis in Axis::BOTH {
            let ((a, b), (from, to)) = (axis.span(&before), axis.span(&fixed));
            let (start, end) = axis.span(&frame);
            // an edge stops at the contents, or where it was if they lie beyond it already
            frame = axis.with_span(frame, (start.min(from.max(a)), end.max(to.min(b))));
        }
    }
    if contents.fits(frame) || !contents.fits(before) {
        return frame;
    }
    // the assets in its grid need more room: as far as it goes
    let between = |share: f32| {
        let mix = |from: f32, to: f32| from + (to - from) * share;
        let (left, top) = (mix(frame.x, before.x), mix(frame.y, before.y));
        Rect::new(left, top, mix(frame.right(), before.right()) - left, mix(frame.bottom(), before.bottom()) - top)
    };
    (1..=32).map(|step| between(step as f32 / 32.0)).find(|it| contents.fits(*it)).unwrap_or(before)
}

fn scaled(before: Rect, after: Rect, part: Rect) -> Rect {
    let (across, down) = (after.width / before.width, after.height / before.height);
    Rect::new(
        after.x + (part.x - before.x) * across,
        after.y + (part.y - before.y) * down,
        part.width * across,
        part.height * down,
    )
}

/// A zone scaled with others; what lies in it goes along with its upper left corner.
fn scaled_zone(before: Rect, after: Rect, part: Rect, contents: &Contents) -> Rect {
    let mut frame = scaled(before, after, part);
    let needed = contents
        .fixed()
        .map_or(LEAST, |fixed| (LEAST.0.max(fixed.right() - part.x), LEAST.1.max(fixed.bottom() - part.y)));
    frame.width = frame.width.max(needed.0);
    frame.height = frame.height.max(needed.1);
    let there = Rect { x: part.x, y: part.y, ..frame };
    if !contents.fits(there) && contents.fits(part) {
        frame.width = frame.width.max(part.width);
        frame.height = frame.height.max(part.height);
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::metrics::ZONE_PADDING;
    use crate::hands::fixture::{Drawn, cell, hand, plant, zone, zone_id};

    fn sized_to(drawn: &Drawn, tags: &[&str], handle: (i8, i8), by: (f32, f32), held: Held) -> crate::model::Project {
        let field = drawn.field();
        let selected: Vec<Subject> = tags.iter().map(|tag| zone_id(&drawn.project, tag).into()).collect();
        let frame = sizable(&field, &selected).unwrap();
        let handle = Handle { x: handle.0, y: handle.1 };
        let from = handle.place(frame);
        let sizing = Sizing::new(&field, &selected, handle, &hand(from.x, from.y));
        let hand = Hand { held, ..hand(from.x + by.0, from.y + by.1) };
        sizing.at(&field, &hand).edit.map_or(drawn.project.clone(), |edit| drawn.after(&edit))
    }

    const FREE: Held = Held { shift: false, alt: false, command: true };

    #[test]
    fn a_pulled_zone_holds_what_lies_in_it() {
        let drawn = Drawn::of(&plant());
        let before = cell(&drawn.project, "A-1");
        let after = sized_to(&drawn, &["Z-1"], (1, 1), (-390.0, -290.0), FREE);
        let frame = zone(&after, "Z-1").frame;
        assert_eq!((frame.right(), frame.bottom()), (360.0 + ZONE_PADDING, 240.0 + ZONE_PADDING));
        let after = sized_to(&drawn, &["Z-1"], (-1, -1), (300.0, 200.0), FREE);
        assert!(zone(&after, "Z-1").frame.encloses(&before));
        assert_eq!(cell(&after, "A-1"), before);
        let after = sized_to(&drawn, &["Z-1"], (-1, 0), (-100.0, 0.0), FREE);
        assert_eq!(zone(&after, "Z-1").frame.x, -100.0);
        assert_eq!(cell(&after, "A-1"), before);
    }

    #[test]
    fn an_inner_zone_pulled_beyond_its_outer_one_lets_that_grow() {
        let drawn = Drawn::of(&plant());
        let after = sized_to(&drawn, &["Z-2"], (1, 0), (300.0, 0.0), FREE);
        assert_eq!(zone(&after, "Z-2").frame.right(), 660.0);
        assert_eq!(zone(&after, "Z-1").frame.right(), 660.0 + ZONE_PADDING);
    }

    #[test]
    fn shift_keeps_the_proportion_and_alt_the_centre() {
        let drawn = Drawn::of(&plant());
        let shift = Held { shift: true, ..FREE };
        let frame = zone(&sized_to(&drawn, &["Z-3"], (1, 1), (200.0, 10.0), shift), "Z-3").frame;
        assert_eq!((frame.corner(), frame.width / frame.height), (Point::new(600.0, 0.0), 2.0));
        let alt = Held { alt: true, ..FREE };
        let after = zone(&sized_to(&drawn, &["Z-3"], (1, 0), (50.0, 0.0), alt), "Z-3").frame;
        assert_eq!((after.x, after.width, after.center()), (550.0, 500.0, Point::new(800.0, 100.0)));
    }

    #[test]
    fn keys_move_the_right_or_lower_edge_by_a_step_of_the_grid() {
        let drawn = Drawn::of(&plant());
        let selected = [zone_id(&drawn.project, "Z-3").into()];
        let sized = |axis: Axis, steps: f32| {
            let edit = size_by_keys(&drawn.field(), &selected, axis, steps).unwrap();
            zone(&drawn.after(&edit), "Z-3").frame
        };
        assert_eq!(sized(Axis::Across, 1.0), Rect::new(600.0, 0.0, 400.0 + GRID, 200.0));
        assert_eq!(sized(Axis::Down, -2.0), Rect::new(600.0, 0.0, 400.0, 200.0 - 2.0 * GRID));
        assert_eq!(size_by_keys(&drawn.field(), &[], Axis::Down, 1.0), None);
    }

    #[test]
    fn several_are_sized_together_and_what_lies_in_them_goes_along() {
        let drawn = Drawn::of(&plant());
        let after = sized_to(&drawn, &["Z-1", "Z-3"], (1, 0), (500.0, 0.0), FREE);
        let frames = ["Z-1", "Z-3"].map(|tag| zone(&after, tag).frame);
        assert_eq!(frames.map(|it| (it.x, it.width)), [(0.0, 600.0), (900.0, 600.0)]);
        let before = [cell(&drawn.project, "A-1"), zone(&drawn.project, "Z-2").frame];
        assert_eq!([cell(&after, "A-1"), zone(&after, "Z-2").frame], before);
    }

    #[test]
    fn a_zone_full_of_assets_gets_no_smaller_than_they_need() {
        let mut fixture = plant();
        for number in 0..8 {
            fixture = fixture.asset(&format!("B-{number}"), "plc", "Z-3", |_| ());
        }
        let drawn = Drawn::of(&fixture);
        let after = sized_to(&drawn, &["Z-3"], (0, 1), (0.0, -150.0), FREE);
        assert!(Contents::of(&after, zone_id(&after, "Z-3")).fits(zone(&after, "Z-3").frame));
    }
}
