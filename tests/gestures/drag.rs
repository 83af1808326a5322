//! Drags: on the canvas, from the lists beside it, in the outline.

use zonewright::edit::{Edit, Fragment, Item};
use zonewright::hands::gesture::{Gesture, Tool, sizable};
use zonewright::hands::hit::{Grips, Handle, Hit, hit, zone_at};
use zonewright::hands::home::put_down;
use zonewright::hands::outline::{Node, dropped};
use zonewright::hands::part::{drop_part, place_part};
use zonewright::hands::site::site_of;
use zonewright::hands::{Field, Held, draw, lock};
use zonewright::model::*;

use crate::Driver;
use crate::check::Allows;

impl Driver {
    /// Presses somewhere, drags, and lets go or takes it back.
    pub fn drag(&mut self) {
        let project = self.project();
        let selected = self.selection(&project);
        let drawn = self.desk.drawn.clone();
        let field = drawn.field(&project);
        let tool = self.one_of(&[Tool::Select, Tool::Select, Tool::Select, Tool::Zone, Tool::Conduit, Tool::Flow]);
        let conduit = selected.iter().find_map(|it| if let Subject::Conduit(id) = it { Some(*id) } else { None });
        let grips = Grips { frame: sizable(&field, &selected), conduit, has_ports: true };
        let from = self.grip(&field, &selected, &grips);
        let mut hand = self.hand(from);
        hand.held = Held::default();
        let under = match hit(&field, from, hand.zoom, &grips) {
            // the name of a site stands above its zones, where no scene is drawn here
            Hit::Zone(id) if site_of(&project, id).is_some() && self.chance(10) => Hit::Site(id),
            other => other,
        };
        let mut gesture = Gesture::begin(&field, tool, under, &selected, &hand);
        let mut last = hand;
        for _ in 0..self.rng.usize(1..4) {
            let at = match self.rng.u32(0..3) {
                0 => self.some_place(&project),
                1 => from.offset(self.rng.f32() * 80.0 - 40.0, self.rng.f32() * 80.0 - 40.0),
                _ => from.offset(self.rng.f32() * 1200.0 - 600.0, self.rng.f32() * 1200.0 - 600.0),
            };
            last = self.hand(at);
            match gesture.at(&field, &last).edit {
                Some(edit) => self.preview(&edit),
                None => self.desk.history.abort(),
            }
        }
        let outcome = gesture.at(&field, &last);
        self.desk.history.abort();
        assert!(self.desk.history.current().same(&project), "a drag taken back leaves the very same project");
        if self.chance(10) {
            return;
        }
        if let Some(missing) = outcome.missing {
            let edit = if self.rng.bool() { missing.with_conduit(&project).0 } else { missing.alone(&project) };
            self.apply(&edit, &Allows::default());
        } else if let Some(edit) = outcome.edit {
            assert!(!outcome.is_refused, "what is refused changes nothing: {edit:?}");
            let refused = self.refused;
            self.apply(&edit, &Allows::default());
            let selects = outcome.selects.unwrap_or_default();
            let are_there = selects.iter().all(|it| it.exists_in(self.desk.history.current()));
            assert!(are_there || self.refused > refused, "what is selected is there: {selects:?}");
        }
    }

    /// Where to press: at a handle, at an end of a conduit, on what is selected, anywhere.
    fn grip(&mut self, field: &Field, selected: &[Subject], grips: &Grips) -> Point {
        let route = grips.conduit.and_then(|id| field.routes.get(&id)).map(|it| it.points.clone()).unwrap_or_default();
        let first = selected.first().and_then(|&it| zonewright::hands::select::frame_of(field, it));
        match (self.rng.u32(0..10), grips.frame, route.first().copied().zip(route.last().copied()), first) {
            (0..4, Some(frame), ..) => self.one_of(&Handle::ALL).place(frame),
            (0..7, _, Some((start, end)), _) => self.one_of(&[start, end]),
            (0..7, _, None, Some(frame)) => self.place_on(frame),
            _ => self.some_place(field.project),
        }
    }

    /// Drops an asset type, an asset or a note from beside the canvas, or draws a zone there.
    pub fn drop_from_a_list(&mut self) {
        let project = self.project();
        let drawn = self.desk.drawn.clone();
        let at = self.some_place(&project);
        let home = zone_at(&drawn.shown, at, |_| false).filter(|it| !lock::is_zone_locked(&project, *it));
        let edit = match (self.rng.u32(0..4), home) {
            (0, Some(zone)) => {
                let kind = self.rng.choice(self.catalogue.asset_types()).unwrap();
                draw::new_asset(&project, self.catalogue, AssetId::random(), &kind.id, (zone, Some(at)))
            }
            (1, Some(zone)) => {
                let asset = self.some_asset(&project).filter(|it| !lock::is_locked(&project, (*it).into()));
                asset.map(|it| put_down(&project, it, zone, at))
            }
            (2, _) => {
                let kind = self.one_of(NoteKind::ALL);
                let note = Note { kind, frame: Rect::new(at.x, at.y, 220.0, 60.0), ..Note::default() };
                Some(Edit::Put(Item::Note(NoteId::random(), note)))
            }
            _ => {
                let frame = Rect::new(at.x, at.y, draw::NEW_ZONE.0, draw::NEW_ZONE.1);
                Some(draw::new_zone(&drawn.field(&project), ZoneId::random(), frame).0)
            }
        };
        if let Some(edit) = edit {
            self.apply(&edit, &Allows::default());
        }
    }

    /// Drops rows of the outline onto another row, or below all of them.
    pub fn drop_in_outline(&mut self) {
        let project = self.project();
        let selected = self.selection(&project);
        let site = || project.zones.values().map(|it| it.site.clone()).next().unwrap_or_default();
        let onto = match self.rng.u32(0..20) {
            0..10 => self.some_zone(&project).map(|it| Node::Item(it.into())),
            10..13 => self.some_asset(&project).map(|it| Node::Item(it.into())),
            13..15 => Some(Node::Site(site())),
            15 => Some(Node::Unplaced),
            16 => Some(Node::Conduits),
            17 => Some(Node::Notes),
            _ => None,
        };
        match dropped(&project, &selected, onto.as_ref()) {
            Ok(edit) => {
                // assets may be dropped in no zone
                let homeless = matches!(onto, Some(Node::Unplaced | Node::Item(Subject::Asset(_))));
                self.apply(&edit, &Allows { homeless, ..Allows::default() });
            }
            Err(why) => assert!(!why.is_empty()),
        }
    }

    /// Makes a part of what is selected, and drops or places it somewhere.
    pub fn put_part(&mut self) {
        let project = self.project();
        let selected = self.selection(&project);
        let part = Fragment::of(&project, &selected.into_iter().collect()).kept_as("Part");
        if part.is_empty() {
            return;
        }
        let at = self.some_place(&project);
        let shown = self.desk.drawn.shown.clone();
        let put = if self.rng.bool() { drop_part } else { place_part };
        if let Ok((edit, subjects)) = put(&project, &shown, &part, at) {
            let refused = self.refused;
            self.apply(&edit, &Allows::default());
            let are_there = subjects.iter().all(|it| it.exists_in(self.desk.history.current()));
            assert!(are_there || self.refused > refused, "{subjects:?}");
        }
    }
}
