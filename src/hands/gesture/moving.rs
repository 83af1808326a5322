//! Moving zones, assets and notes, or copies of them, into other zones and out again.

use std::collections::BTreeSet;

use super::Outcome;
use crate::drawing::metrics::ZONE_HEADER;
use crate::edit::{Edit, Place};
use crate::hands::bodies::Bodies;
use crate::hands::clipboard::Copies;
use crate::hands::growth::with_growth;
use crate::hands::hit::zones_at;
use crate::hands::home::assets_into;
use crate::hands::snap::{Around, Guide, moved};
use crate::hands::{Axis, Field, Hand, lock};
use crate::model::{Point, Project, Rect, Subject, ZoneId};

/// A drag of what is selected by one of its parts.
#[derive(Clone, Debug)]
pub struct Moving {
    bodies: Bodies,
    /// The zones that move, with all that lie in them.
    contents: BTreeSet<ZoneId>,
    grip: Subject,
    /// The zone that the gripped part lies or stands in.
    home: Option<ZoneId>,
    from: Point,
    frame: Rect,
    /// What Alt puts there; made once, so that the copy stays the same while it is dragged.
    copies: Option<Copies>,
}

/// Where things fall.
enum Fall {
    /// They stay where they belong.
    Home,
    /// Into this zone, or out to the top level.
    Into(Option<ZoneId>),
    /// They can't be dropped here.
    Refused(String),
}

impl Moving {
    /// Begins with a part that is not locked.
    pub fn new(field: &Field, subjects: &[Subject], grip: Subject, hand: &Hand) -> Self {
        let bodies = Bodies::of(field, subjects);
        let project = field.project;
        // a nested zone that moves along with an outer one is gripped there
        let home = match grip {
            Subject::Zone(id) => {
                let moving = bodies.zones.keys().copied();
                let outer = moving.into_iter().find(|it| *it == id || project.zone_ancestors(id).contains(it));
                outer.and_then(|it| project.zones.get(it)).and_then(|it| it.parent)
            }
            Subject::Asset(id) => project.assets.get(id).and_then(|it| it.zone),
            _ => None,
        };
        let contents = bodies.contents(project);
        let frame = bodies.bounds().unwrap_or_default();
        Self { bodies, contents, grip, home, from: hand.at, frame, copies: None }
    }

    /// What moves.
    pub fn bodies(&self) -> &Bodies {
        &self.bodies
    }

    /// What comes of it if it ends here.
    pub fn at(&mut self, field: &Field, hand: &Hand) -> Outcome {
        let fall = self.fall(field, hand);
        let (target, refusal) = match &fall {
            Fall::Home => (self.home, None),
            Fall::Into(zone) => (*zone, None),
            Fall::Refused(why) => (None, Some(why.clone())),
        };
        if let Some(hint) = refusal {
            return Outcome { hint, is_refused: true, ..Outcome::default() };
        }
        let (dx, mut dy, guides) = self.way(field, hand, target);
        if matches!(fall, Fall::Into(_)) {
            dy = self.below_name(field.project, target, dy);
        }
        let copies = hand.held.alt.then(|| self.copies.take().unwrap_or_else(|| Copies::of(field, &self.bodies)));
        let new_home = if matches!(fall, Fall::Into(_)) { Some(target) } else { None };
        let mut outcome = match &copies {
            Some(copies) => Outcome {
                edit: copies.put(field.project, (dx, dy), target, new_home.is_some()),
                selects: Some(copies.selects()),
                copies: true,
                ..Outcome::default()
            },
            None => Outcome {
                edit: self.edit(field, dx, dy, new_home),
                selects: Some(self.bodies.frames().into_iter().map(|(it, _)| it).collect()),
                ..Outcome::default()
            },
        };
        self.copies = copies.or(self.copies.take());
        outcome.guides = guides;
        outcome.target = target.filter(|_| new_home.is_some());
        outcome.hint = self.hint(field, new_home, &outcome);
        outcome
    }

    /// Which zone things fall into: the one under the hand.
    fn fall(&self, field: &Field, hand: &Hand) -> Fall {
        let tag = |zone: ZoneId| field.project.target_tag(zone.into()).to_owned();
        let under = zones_at(field.shown, hand.at).into_iter().filter(|it| !self.contents.contains(it));
        match self.grip {
            Subject::Zone(_) => {
                let size = |frame: Rect| frame.width * frame.height;
                let takes = |id: &ZoneId| {
                    let frame = field.project.zones.get(*id).map(|it| it.frame).unwrap_or_default();
                    Some(*id) == self.home
                        || (size(frame) > size(self.frame) && !lock::is_zone_locked(field.project, *id))
                };
                let target = under.into_iter().find(takes);
                if target == self.home { Fall::Home } else { Fall::Into(target) }
            }
            Subject::Asset(_) => match under.into_iter().next() {
                None => {
                    let home = self.home.map(|it| format!(": let go, and it stays in {}", tag(it))).unwrap_or_default();
                    Fall::Refused(format!("Drop it in a zone{home}"))
                }
                Some(zone) if Some(zone) == self.home => Fall::Home,
                Some(zone) if lock::is_zone_locked(field.project, zone) => {
                    Fall::Refused(format!("{} is locked", tag(zone)))
                }
                Some(zone) => Fall::Into(Some(zone)),
            },
            _ => Fall::Home,
        }
    }

    /// How far things go: along one axis with Shift, snapped unless Ctrl is held.
    fn way(&self, field: &Field, hand: &Hand, target: Option<ZoneId>) -> (f32, f32, Vec<Guide>) {
        let (mut dx, mut dy) = (hand.at.x - self.from.x, hand.at.y - self.from.y);
        let across = dx.abs() >= dy.abs();
        if hand.held.shift {
            (dx, dy) = if across { (dx, 0.0) } else { (0.0, dy) };
        }
        if hand.held.command {
            return (dx, dy, Vec::new());
        }
        let frame = self.frame.offset(dx, dy);
        let is_left_out = |id: ZoneId| self.contents.contains(&id) && !hand.held.alt;
        let only_assets = self.bodies.zones.is_empty() && self.bodies.notes.is_empty();
        let around = match target {
            Some(zone) if only_assets => {
                Around::of_assets(field, zone, |it| self.bodies.assets.contains_key(&it) && !hand.held.alt)
            }
            _ => {
                let mut around = Around::of_zones(field, target, hand.seen, is_left_out);
                let notes = field
                    .shown
                    .notes
                    .iter()
                    .filter(|(id, it)| !self.bodies.notes.contains_key(id) && it.frame.overlaps(&hand.seen));
                around.edges.extend(notes.map(|(_, it)| it.frame));
                around
            }
        };
        let (fix_x, fix_y, mut guides) = moved(frame, &around, hand.zoom);
        match (hand.held.shift, across) {
            (false, _) => (dx + fix_x, dy + fix_y, guides),
            (true, true) => {
                guides.retain(|it| axis_of(it) == Axis::Across);
                (dx + fix_x, 0.0, guides)
            }
            (true, false) => {
                guides.retain(|it| axis_of(it) == Axis::Down);
                (0.0, dy + fix_y, guides)
            }
        }
    }

    fn edit(&self, field: &Field, dx: f32, dy: f32, new_home: Option<Option<ZoneId>>) -> Option<Edit> {
        let project = field.project;
        let zones: BTreeSet<ZoneId> = self.bodies.zones.keys().copied().collect();
        let mut edits = Vec::new();
        match new_home {
            Some(home) => {
                let resting = Bodies { assets: Default::default(), ..self.bodies.clone() };
                edits.extend(resting.shifted(project, |_| (dx, dy)));
                let nested: BTreeSet<ZoneId> = zones
                    .iter()
                    .copied()
                    .filter(|&id| project.zones.get(id).is_some_and(|it| it.parent != home))
                    .collect();
                if !nested.is_empty() {
                    edits.push(Edit::Place(Place::Nest { zones: nested, parent: home }));
                }
                if let Some(home) = home {
                    let cells = self.bodies.assets.iter().map(|(&id, (_, cell))| (id, cell.offset(dx, dy)));
                    edits.extend(assets_into(project, home, &cells.collect::<Vec<_>>()));
                }
            }
            None => edits.extend(self.bodies.shifted(project, |_| (dx, dy))),
        }
        let label = match (edits.as_slice(), new_home) {
            ([], _) => return None,
            ([only], _) => only.label(project),
            (_, Some(Some(home))) => format!("move {} to {}", self.named(project), project.target_tag(home.into())),
            (_, Some(None)) => format!("move {} to the top level", self.named(project)),
            (_, None) => format!("move {}", self.named(project)),
        };
        Some(with_growth(project, Edit::Several(label, edits), &zones))
    }

    /// How far down zones go that are dropped over the name of the zone they fall into.
    fn below_name(&self, project: &Project, home: Option<ZoneId>, dy: f32) -> f32 {
        let top = self.bodies.zones.values().map(|it| it.y).reduce(f32::min);
        let home = home.and_then(|it| project.zones.get(it)).map(|it| it.frame);
        top.zip(home).map_or(dy, |(top, home)| dy.max(home.y + ZONE_HEADER - top))
    }

    fn named(&self, project: &Project) -> String {
        match self.bodies.frames().as_slice() {
            [(only, _)] => format!("{} {}", only.kind(), project.subject_tag(*only)).trim_end().to_owned(),
            several => format!("{} things", several.len()),
        }
    }

    fn hint(&self, field: &Field, new_home: Option<Option<ZoneId>>, outcome: &Outcome) -> String {
        let project = field.project;
        let what = match self.bodies.frames().as_slice() {
            [(only, _)] => project.subject_tag(*only).into_owned(),
            several => format!("{} things", several.len()),
        };
        let verb = if outcome.copies { "Copy" } else { "Move" };
        let mut hint = match (new_home, self.home) {
            (Some(Some(zone)), _) => format!("{verb} {what} into {}", project.target_tag(zone.into())),
            (Some(None), Some(home)) => format!("{verb} {what} out of {}", project.target_tag(home.into())),
            _ if outcome.copies => format!("Copy {what}"),
            _ => String::new(),
        };
        if self.bodies.locked > 0 && hint.is_empty() {
            hint = format!("{} locked, not moved", self.bodies.locked);
        }
        hint
    }
}

fn axis_of(guide: &Guide) -> Axis {
    match *guide {
        Guide::Line { axis, .. } | Guide::Gap { axis, .. } | Guide::Size { axis, .. } => axis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::metrics::ZONE_PADDING;
    use crate::hands::Held;
    use crate::hands::fixture::{Drawn, asset, cell, hand, plant, zone, zone_id};
    use crate::model::Id;

    fn subject(drawn: &Drawn, tag: &str) -> Subject {
        drawn.project.subjects().find(|&it| drawn.project.subject_tag(it) == tag).unwrap()
    }

    fn dragged(drawn: &Drawn, tags: &[&str], from: (f32, f32), to: (f32, f32), held: Held) -> Outcome {
        let field = drawn.field();
        let subjects: Vec<Subject> = tags.iter().map(|tag| subject(drawn, tag)).collect();
        let mut moving = Moving::new(&field, &subjects, subjects[0], &hand(from.0, from.1));
        moving.at(&field, &Hand { held, ..hand(to.0, to.1) })
    }

    const FREE: Held = Held { shift: false, alt: false, command: true };

    #[test]
    fn a_zone_dropped_in_another_nests_there_and_taken_out_lies_on_top() {
        let drawn = Drawn::of(&plant());
        let there = dragged(&drawn, &["Z-2"], (200.0, 200.0), (800.0, 150.0), FREE);
        assert_eq!(there.hint, "Move Z-2 into Z-3");
        let after = drawn.after(&there.edit.unwrap());
        assert_eq!(zone(&after, "Z-2").parent, Some(zone_id(&after, "Z-3")));
        assert!(zone(&after, "Z-3").frame.encloses(&zone(&after, "Z-2").frame));
        let out = dragged(&drawn, &["Z-2"], (200.0, 200.0), (500.0, 500.0), FREE);
        assert_eq!(out.hint, "Move Z-2 out of Z-1");
        assert_eq!(zone(&drawn.after(&out.edit.unwrap()), "Z-2").parent, None);
    }

    #[test]
    fn a_zone_dropped_over_the_name_of_another_lies_below_it() {
        let drawn = Drawn::of(&plant());
        let there = dragged(&drawn, &["Z-2"], (200.0, 130.0), (800.0, 20.0), FREE);
        let after = drawn.after(&there.edit.unwrap());
        assert_eq!(zone(&after, "Z-2").frame.y, zone(&after, "Z-3").frame.y + ZONE_HEADER);
        assert_eq!(zone(&after, "Z-3").frame.y, zone(&drawn.project, "Z-3").frame.y);
    }

    #[test]
    fn the_outer_zone_grows_with_what_is_dropped_over_its_edge() {
        let drawn = Drawn::of(&plant());
        let stays = dragged(&drawn, &["Z-2"], (340.0, 200.0), (390.0, 290.0), FREE);
        let after = drawn.after(&stays.edit.unwrap());
        let (outer, inner) = (zone(&after, "Z-1").frame, zone(&after, "Z-2").frame);
        assert_eq!(zone(&after, "Z-2").parent, Some(zone_id(&after, "Z-1")));
        assert_eq!((outer.right(), outer.bottom()), (inner.right() + ZONE_PADDING, inner.bottom() + ZONE_PADDING));
    }

    #[test]
    fn assets_keep_to_each_other_where_they_are_dropped() {
        let drawn = Drawn::of(&plant());
        let before = ["A-1", "A-2"].map(|tag| cell(&drawn.project, tag));
        let at = before[0].center();
        let there = dragged(&drawn, &["A-1", "A-2"], (at.x, at.y), (at.x + 700.0, at.y + 40.0), FREE);
        assert_eq!(there.hint, "Move 2 things into Z-3");
        let after = drawn.after(&there.edit.unwrap());
        let moved = ["A-1", "A-2"].map(|tag| cell(&after, tag));
        assert_eq!(asset(&after, "A-2").zone, Some(zone_id(&after, "Z-3")));
        assert_eq!(moved[1].x - moved[0].x, before[1].x - before[0].x);
        assert_eq!(moved[1].y - moved[0].y, before[1].y - before[0].y);
    }

    #[test]
    fn an_asset_is_not_dropped_outside_all_zones_nor_in_a_locked_one() {
        let drawn = Drawn::of(&plant().zone("Z-9", |zone| {
            zone.frame = Rect::new(0.0, 600.0, 300.0, 200.0);
            zone.locked = true;
        }));
        let outside = dragged(&drawn, &["A-1"], (40.0, 60.0), (500.0, 500.0), FREE);
        assert!(outside.is_refused && outside.edit.is_none());
        assert_eq!(outside.hint, "Drop it in a zone: let go, and it stays in Z-1");
        let locked = dragged(&drawn, &["A-1"], (40.0, 60.0), (100.0, 700.0), FREE);
        assert_eq!((locked.hint.as_str(), locked.edit), ("Z-9 is locked", None));
    }

    #[test]
    fn zones_assets_and_notes_go_together() {
        let mut fixture = plant();
        let frame = Rect::new(0.0, 400.0, 100.0, 50.0);
        let note = crate::model::NoteId::derived_from("N");
        fixture.project.notes.insert(note, crate::model::Note { frame, text: "N".into(), ..Default::default() });
        let drawn = Drawn::of(&fixture);
        let moved = dragged(&drawn, &["Z-3", "N"], (700.0, 100.0), (716.0, 124.0), FREE);
        let after = drawn.after(&moved.edit.unwrap());
        assert_eq!(zone(&after, "Z-3").frame.corner(), Point::new(616.0, 24.0));
        assert_eq!(after.notes.get(note).unwrap().frame, frame.offset(16.0, 24.0));
    }

    #[test]
    fn shift_keeps_to_one_axis() {
        let drawn = Drawn::of(&plant());
        let shift = Held { shift: true, ..FREE };
        let moved = dragged(&drawn, &["Z-3"], (700.0, 100.0), (790.0, 130.0), shift);
        assert_eq!(zone(&drawn.after(&moved.edit.unwrap()), "Z-3").frame.corner(), Point::new(690.0, 0.0));
    }

    #[test]
    fn alt_leaves_the_original_and_puts_a_copy_there() {
        let drawn = Drawn::of(&plant());
        let alt = Held { alt: true, ..FREE };
        let copied = dragged(&drawn, &["Z-1"], (20.0, 280.0), (20.0, 880.0), alt);
        assert!(copied.copies && copied.hint == "Copy Z-1");
        let after = drawn.after(&copied.edit.unwrap());
        assert_eq!(zone(&after, "Z-1").frame, zone(&drawn.project, "Z-1").frame);
        assert_eq!((after.zones.len(), after.assets.len()), (5, 4));
        let Some(&[Subject::Zone(copy)]) = copied.selects.as_deref() else { panic!("the copy is selected") };
        assert_eq!(after.zones.get(copy).unwrap().frame.corner(), Point::new(0.0, 600.0));
    }

    #[test]
    fn a_copied_asset_stands_where_it_was_dropped() {
        let drawn = Drawn::of(&plant());
        let alt = Held { alt: true, ..FREE };
        let copied = dragged(&drawn, &["A-1"], (40.0, 60.0), (720.0, 100.0), alt);
        let after = drawn.after(&copied.edit.unwrap());
        assert_eq!(asset(&after, "A-1"), asset(&drawn.project, "A-1"));
        let Some(&[Subject::Asset(copy)]) = copied.selects.as_deref() else { panic!("the copy is selected") };
        let copy = after.assets.get(copy).unwrap();
        assert_eq!((copy.zone, copy.place), (Some(zone_id(&after, "Z-3")), Some(Point::new(96.0, 80.0))));
    }
}
