//! Commands on what is selected.

use zonewright::edit::Edit;
use zonewright::hands::arrange::{Align, align, distribute, in_rows, nudge, same_size};
use zonewright::hands::gesture::size_by_keys;
use zonewright::hands::leave::take_out;
use zonewright::hands::order::{Bring, bring};
use zonewright::hands::{Axis, Field, clipboard, cut, draw, join, lock, room};
use zonewright::model::*;

use crate::Driver;
use crate::check::Allows;
use crate::pick::zones_of;

impl Driver {
    /// One of the commands on what is selected.
    pub fn command(&mut self) {
        let project = self.project();
        let selected = self.selection(&project);
        let drawn = self.desk.drawn.clone();
        let field = drawn.field(&project);
        match self.rng.u32(0..100) {
            0..12 => {
                let how = self.one_of(&Align::ALL);
                self.change(align(&field, &selected, how));
            }
            12..20 => {
                let arranged = self.one_of(&[distribute, same_size]);
                let axis = self.one_of(&Axis::BOTH);
                self.change(arranged(&field, &selected, axis));
            }
            20..27 => {
                let how = self.one_of(&Bring::ALL);
                self.change(bring(&project, &selected, how));
            }
            27..34 => self.lock(&project, &selected),
            34..40 => {
                if let Some(edit) = room::fit(&project, &self.unlocked(&project, &selected)) {
                    self.apply(&edit, &Allows { fits: true, ..Allows::default() });
                }
            }
            40..43 => self.change(in_rows(&field, zones_of(&selected))),
            43..53 => self.by_keys(&field, &selected),
            53..58 => self.change(clipboard::duplicate(&field, &selected).map(|it| it.0)),
            58..76 => self.use_clipboard(&field, &selected),
            76..80 => self.change(draw::zone_around(&field, ZoneId::random(), &selected).ok()),
            80..84 => {
                if let Some(edit) = take_out(&field, &selected) {
                    self.apply(&edit, &Allows { homeless: true, ..Allows::default() });
                }
            }
            84..90 => self.add(&field),
            90..93 => {
                let conduits = selected.iter();
                let conduits = conduits.filter_map(|it| if let Subject::Conduit(id) = it { Some(*id) } else { None });
                self.change(join::reversed(&project, conduits));
            }
            _ => self.delete(&project, &selected),
        }
    }

    fn change(&mut self, edit: Option<Edit>) {
        if let Some(edit) = edit {
            self.apply(&edit, &Allows::default());
        }
    }

    fn unlocked(&self, project: &Project, selected: &[Subject]) -> std::collections::BTreeSet<ZoneId> {
        zones_of(selected).into_iter().filter(|&it| !lock::is_zone_locked(project, it)).collect()
    }

    fn lock(&mut self, project: &Project, selected: &[Subject]) {
        let edit = match self.rng.bool() {
            true => lock::lock(project, &selected[..selected.len().min(1)], true),
            false => lock::lock(project, &project.subjects().collect::<Vec<_>>(), false),
        };
        if let Some(edit) = edit {
            self.apply(&edit, &Allows { locks: true, ..Allows::default() });
        }
    }

    /// Arrows, one after the other as one step.
    fn by_keys(&mut self, field: &Field, selected: &[Subject]) {
        let axis = self.one_of(&Axis::BOTH);
        let edit = match self.rng.bool() {
            true => nudge(field, selected, self.rng.f32() * 20.0 - 10.0, self.rng.f32() * 20.0 - 10.0),
            false => size_by_keys(field, selected, axis, self.rng.f32() * 10.0 - 5.0),
        };
        if let Some(edit) = edit {
            self.apply_as(&edit, &Allows::default(), Some(7));
        }
    }

    fn use_clipboard(&mut self, field: &Field, selected: &[Subject]) {
        let project = field.project;
        match self.rng.u32(0..10) {
            0 | 1 => {
                if let Some((text, _)) = clipboard::copy(project, selected) {
                    self.clipboard = text;
                }
            }
            2..5 => {
                let (free, _) = lock::deletable(project, selected);
                if let Some(cut) = cut::cut(project, &free.into_iter().collect::<Vec<_>>()) {
                    self.cut(&cut);
                    self.clipboard.clone_from(&cut.text);
                    self.cut = Some(cut);
                }
            }
            _ => {
                let near = self.some_place(project);
                let pointer = self.rng.bool().then_some(near);
                let cut = self.cut.clone();
                let is_pasted = self.chance(10);
                let spot = clipboard::Spot { pointer, middle: near, selected, is_pasted, cut: cut.as_ref() };
                let text = if self.chance(10) { "Some words\nof a note".to_owned() } else { self.clipboard.clone() };
                let pasted = clipboard::paste(field, &text, &spot);
                self.change(pasted.ok().flatten().map(|it| it.edit));
            }
        }
    }

    fn cut(&mut self, cut: &cut::Cut) {
        let project = self.project();
        self.apply(&cut.edit, &Allows::removal(&project, &cut.edit));
        assert!(zonewright::edit::Fragment::from_text(&cut.text).is_ok(), "what was cut is in the clipboard");
        // undo gives back the very same project, and redo takes it out again
        let after = self.project();
        if !after.same(&project) {
            self.desk.history.undo();
            assert_eq!(*self.desk.history.current(), project);
            self.desk.history.redo();
            assert_eq!(*self.desk.history.current(), after);
        }
    }

    /// What is added by key and by menu: zones, assets, conduits, flows.
    fn add(&mut self, field: &Field) {
        let project = field.project;
        let near = self.some_place(project);
        let (Some(zone), Some(next)) = (self.some_zone(project), self.some_zone(project)) else { return };
        let edit = match self.rng.u32(0..4) {
            0 => Some(draw::zone_near(project, ZoneId::random(), Some(zone).filter(|_| self.rng.bool()), near)),
            1 if !lock::is_zone_locked(project, zone) => {
                let kind = self.rng.choice(self.catalogue.asset_types()).unwrap();
                draw::new_asset(project, self.catalogue, AssetId::random(), &kind.id, (zone, None))
            }
            2 => (zone != next).then(|| join::new_conduit(project, ConduitId::random(), zone, next)),
            _ => match (self.some_asset(project), self.some_asset(project)) {
                (Some(from), Some(to)) if from != to => match join::flow_between(project, FlowId::random(), from, to) {
                    Ok((edit, _)) => Some(edit),
                    Err(missing) => Some(missing.with_conduit(project).0),
                },
                _ => None,
            },
        };
        self.change(edit);
    }

    fn delete(&mut self, project: &Project, selected: &[Subject]) {
        let one = &selected[..selected.len().min(1)];
        let (free, _) = lock::deletable(project, one);
        if !free.is_empty() {
            // a deleted zone leaves its assets, in no zone
            let edit = Edit::Remove(free);
            let allows = Allows { homeless: true, ..Allows::removal(project, &edit) };
            self.apply(&edit, &allows);
        }
    }

    /// Cuts a zone of the top level, so that the plant does not grow for ever.
    pub fn clear_away(&mut self) {
        let project = self.project();
        let largest = project.zones.iter().filter(|(_, it)| it.parent.is_none());
        let largest = largest.max_by(|(_, one), (_, next)| {
            (one.frame.width + one.frame.height).total_cmp(&(next.frame.width + next.frame.height))
        });
        if let Some(cut) = largest.and_then(|(id, _)| cut::cut(&project, &[id.into()])) {
            self.apply(&cut.edit, &Allows { locks: true, ..Allows::removal(&project, &cut.edit) });
        }
    }
}
