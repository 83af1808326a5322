//! Arranging several: in line, at equal gaps, of the same size; nudging.

use std::collections::BTreeSet;

use super::bodies::Bodies;
use super::growth::with_growth;
use super::room::{Contents, framed};
use super::{Axis, Field};
use crate::edit::{Edit, Place};
use crate::model::{Rect, Subject, ZoneId};

/// What things are put in line by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left edges.
    Left,
    /// Middles across.
    Center,
    /// Right edges.
    Right,
    /// Upper edges.
    Top,
    /// Middles down.
    Middle,
    /// Lower edges.
    Bottom,
}

impl Align {
    /// All six.
    pub const ALL: [Self; 6] = [Self::Left, Self::Center, Self::Right, Self::Top, Self::Middle, Self::Bottom];

    /// Along which way it moves things.
    pub const fn axis(self) -> Axis {
        match self {
            Self::Left | Self::Center | Self::Right => Axis::Across,
            Self::Top | Self::Middle | Self::Bottom => Axis::Down,
        }
    }

    /// What it is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left edges",
            Self::Center => "centres",
            Self::Right => "right edges",
            Self::Top => "upper edges",
            Self::Middle => "middles",
            Self::Bottom => "lower edges",
        }
    }

    /// The part of a span that is put in line.
    fn stop(self, (start, end): (f32, f32)) -> f32 {
        match self {
            Self::Left | Self::Top => start,
            Self::Center | Self::Middle => (start + end) / 2.0,
            Self::Right | Self::Bottom => end,
        }
    }
}

/// Puts things in line with the outermost of them, or the middle of all.
pub fn align(field: &Field, selected: &[Subject], align: Align) -> Option<Edit> {
    let bodies = several(field, selected, 2)?;
    let axis = align.axis();
    let line = align.stop(axis.span(&bodies.bounds()?));
    let frames = bodies.frames();
    let shift = |subject: Subject| {
        let frame = frames.iter().find(|(it, _)| *it == subject).map(|(_, frame)| *frame).unwrap_or_default();
        along(axis, line - align.stop(axis.span(&frame)))
    };
    finish(field, &bodies, bodies.shifted(field.project, shift), format!("align {}", align.word()))
}

/// Puts equal gaps between things; the first and the last stay where they are.
pub fn distribute(field: &Field, selected: &[Subject], axis: Axis) -> Option<Edit> {
    let bodies = several(field, selected, 3)?;
    let mut frames = bodies.frames();
    frames.sort_by(|(_, one), (_, next)| axis.span(one).0.total_cmp(&axis.span(next).0));
    let (start, end) = axis.span(&bodies.bounds()?);
    let taken: f32 = frames.iter().map(|(_, it)| length(axis, it)).sum();
    let gap = (end - start - taken) / (frames.len() - 1) as f32;
    let mut next = start;
    let mut shifts = Vec::new();
    for (subject, frame) in &frames {
        shifts.push((*subject, next - axis.span(frame).0));
        next += length(axis, frame) + gap;
    }
    let shift = |subject: Subject| along(axis, shifts.iter().find(|(it, _)| *it == subject).map_or(0.0, |(_, by)| *by));
    let way = if axis == Axis::Across { "horizontally" } else { "vertically" };
    finish(field, &bodies, bodies.shifted(field.project, shift), format!("distribute {way}"))
}

/// Gives zones the width or height of the largest of them; what lies in them stays where it is.
pub fn same_size(field: &Field, selected: &[Subject], axis: Axis) -> Option<Edit> {
    let mut bodies = several(field, selected, 2)?;
    bodies.assets.clear();
    let size = bodies.frames().iter().map(|(_, it)| length(axis, it)).fold(0.0, f32::max);
    let resized = |frame: &Rect| {
        let (start, _) = axis.span(frame);
        axis.with_span(*frame, (start, start + size))
    };
    let zones: Vec<(ZoneId, Rect)> = bodies
        .zones
        .iter()
        .map(|(&id, it)| (id, resized(it)))
        .filter(|(id, it)| bodies.zones.get(id) != Some(it))
        .collect();
    let notes: Vec<_> = bodies
        .notes
        .iter()
        .map(|(&id, it)| (id, resized(it)))
        .filter(|(id, it)| bodies.notes.get(id) != Some(it))
        .collect();
    let mut edits = Vec::new();
    if !zones.is_empty() {
        edits.extend(framed(field.project, &zones));
    }
    if !notes.is_empty() {
        edits.push(Edit::Place(Place::Notes(notes)));
    }
    let what = if axis == Axis::Across { "width" } else { "height" };
    finish(field, &bodies, edits, format!("make the same {what}"))
}

/// Moves things a little; the zones around them grow where they must.
pub fn nudge(field: &Field, selected: &[Subject], dx: f32, dy: f32) -> Option<Edit> {
    let bodies = Bodies::of(field, selected);
    let edits = bodies.shifted(field.project, |_| (dx, dy));
    let label = match edits.as_slice() {
        [only] => only.label(field.project),
        _ => format!("move {} things", bodies.frames().len()),
    };
    finish(field, &bodies, edits, label)
}

/// Puts hand-placed assets of zones back into the rows of their grids.
pub fn in_rows(field: &Field, zones: impl IntoIterator<Item = ZoneId>) -> Option<Edit> {
    let mut edits = Vec::new();
    for zone in zones {
        let assets: Vec<_> = Contents::of(field.project, zone).placed.into_iter().map(|(id, _)| id).collect();
        if !assets.is_empty() && !super::lock::is_zone_locked(field.project, zone) {
            edits.push(Edit::Place(Place::Assets { assets, zone: Some(zone), places: Vec::new() }));
        }
    }
    (!edits.is_empty()).then(|| Edit::Several("arrange assets in rows".to_owned(), edits))
}

fn several(field: &Field, selected: &[Subject], least: usize) -> Option<Bodies> {
    let bodies = Bodies::of(field, selected);
    (bodies.frames().len() >= least).then_some(bodies)
}

fn length(axis: Axis, frame: &Rect) -> f32 {
    let (start, end) = axis.span(frame);
    end - start
}

fn along(axis: Axis, by: f32) -> (f32, f32) {
    if axis == Axis::Across { (by, 0.0) } else { (0.0, by) }
}

fn finish(field: &Field, bodies: &Bodies, edits: Vec<Edit>, label: String) -> Option<Edit> {
    if edits.is_empty() {
        return None;
    }
    let zones: BTreeSet<ZoneId> = bodies.zones.keys().copied().collect();
    Some(with_growth(field.project, Edit::Several(label, edits), &zones))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, cell, plant, zone};
    use crate::model::{AssetId, Id};

    fn row() -> Drawn {
        let at = |x: f32, y: f32, width: f32| {
            move |zone: &mut crate::model::Zone| {
                zone.frame = Rect::new(x, y, width, 100.0);
            }
        };
        let fixture = crate::analysis::fixture::Fixture::new();
        Drawn::of(
            &fixture.zone("A", at(0.0, 0.0, 100.0)).zone("B", at(130.0, 40.0, 50.0)).zone("C", at(400.0, 16.0, 200.0)),
        )
    }

    fn chosen(drawn: &Drawn) -> Vec<Subject> {
        drawn.project.zones.ids().map(Subject::from).collect()
    }

    fn frames(drawn: &Drawn, edit: Option<Edit>) -> [Rect; 3] {
        let after = drawn.after(&edit.expect("it changes something"));
        ["A", "B", "C"].map(|tag| zone(&after, tag).frame)
    }

    #[test]
    fn things_are_put_in_line() {
        let drawn = row();
        let by = |how: Align| frames(&drawn, align(&drawn.field(), &chosen(&drawn), how));
        assert_eq!(by(Align::Left).map(|it| it.x), [0.0; 3]);
        assert_eq!(by(Align::Right).map(|it| it.right()), [600.0; 3]);
        assert_eq!(by(Align::Center).map(|it| it.center().x), [300.0; 3]);
        assert_eq!(by(Align::Top).map(|it| it.y), [0.0; 3]);
        assert_eq!(by(Align::Middle).map(|it| it.center().y), [70.0; 3]);
        assert_eq!(by(Align::Bottom).map(|it| it.bottom()), [140.0; 3]);
        assert_eq!(by(Align::Bottom).map(|it| it.x), [0.0, 130.0, 400.0], "nothing moves the other way");
    }

    #[test]
    fn gaps_are_made_equal_between_the_outermost() {
        let drawn = row();
        let found = frames(&drawn, distribute(&drawn.field(), &chosen(&drawn), Axis::Across));
        assert_eq!(found.map(|it| it.x), [0.0, 225.0, 400.0]);
        assert_eq!(distribute(&drawn.field(), &chosen(&drawn)[..2], Axis::Across), None, "two have one gap");
    }

    #[test]
    fn sizes_are_made_the_same() {
        let drawn = row();
        let found = frames(&drawn, same_size(&drawn.field(), &chosen(&drawn), Axis::Across));
        assert_eq!(found.map(|it| (it.x, it.width)), [(0.0, 200.0), (130.0, 200.0), (400.0, 200.0)]);
        assert_eq!(same_size(&drawn.field(), &chosen(&drawn), Axis::Down), None, "they are the same");
    }

    #[test]
    fn contents_move_along_and_what_is_locked_stays() {
        let drawn = Drawn::of(&plant().zone("L", |zone| {
            zone.frame = Rect::new(37.0, 900.0, 200.0, 100.0);
            zone.locked = true;
        }));
        let zones = ["Z-1", "Z-3", "L"].map(|tag| Subject::Zone(ZoneId::derived_from(tag)));
        let after = drawn.after(&align(&drawn.field(), &zones, Align::Right).unwrap());
        assert_eq!(zone(&after, "Z-1").frame.right(), 1000.0);
        assert_eq!(zone(&after, "Z-2").frame.x, 760.0);
        assert_eq!(zone(&after, "L"), zone(&drawn.project, "L"));
    }

    #[test]
    fn assets_are_nudged_and_put_in_rows_again() {
        let drawn = Drawn::of(&plant());
        let id = AssetId::derived_from("A-1");
        let after = drawn.after(&nudge(&drawn.field(), &[id.into()], 10.0, 1.0).unwrap());
        assert_eq!(cell(&after, "A-1").corner(), cell(&drawn.project, "A-1").corner().offset(10.0, 1.0));
        let rows = drawn.after(&in_rows(&drawn.field(), [ZoneId::derived_from("Z-1")]).unwrap());
        assert_eq!(rows.assets.get(id).unwrap().place, None);
    }
}
