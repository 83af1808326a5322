//! Copies: to the clipboard and from it, beside the original, under a dragging hand.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::Bodies;
use super::cut::Cut;
use super::growth::with_growth;
use super::home::{assets_into, settled};
use super::room::free_place;
use super::select::frame_of;
use super::snap::on_grid;
use super::{Field, lock};
use crate::drawing::metrics::{ASSET_HEIGHT, ASSET_WIDTH, ZONE_GAP};
use crate::edit::{Edit, Fragment, FragmentError, Item, Place};
use crate::model::*;

/// Copies with their fresh ids, to be put wherever the hand is.
#[derive(Clone, Debug)]
pub struct Copies {
    fresh: Fragment,
    /// Assets beside its zones: the zone they came from, the cell they were drawn in.
    loose: Vec<(AssetId, Option<ZoneId>, Rect)>,
}

impl Copies {
    /// Of everything that moves, with what lies in it.
    pub fn of(field: &Field, bodies: &Bodies) -> Self {
        let subjects: BTreeSet<Subject> = bodies.frames().into_iter().map(|(it, _)| it).collect();
        Self::of_subjects(field, &subjects)
    }

    fn of_subjects(field: &Field, subjects: &BTreeSet<Subject>) -> Self {
        let mut fragment = Fragment::of(field.project, subjects);
        // their cells go along under their new ids
        let loose: Vec<AssetId> = fragment.loose().map(|(id, _)| id).collect();
        for id in loose {
            let cell = field.cells.get(&id);
            if let (Some(asset), Some(cell)) = (fragment.assets.get_mut(id), cell) {
                asset.place = Some(cell.corner());
            }
        }
        let fresh = fragment.renewed(field.project);
        let cell = |it: Point| Rect::new(it.x, it.y, ASSET_WIDTH, ASSET_HEIGHT);
        let loose = fresh.loose().filter_map(|(id, it)| Some((id, it.zone, cell(it.place?)))).collect();
        Self { fresh, loose }
    }

    /// What is selected once they are there.
    pub fn selects(&self) -> Vec<Subject> {
        self.fresh.tops()
    }

    /// The copies, this far from their originals: in `target` if they come to a new home
    /// or lay in it before.
    pub fn put(
        &self,
        project: &Project,
        (dx, dy): (f32, f32),
        target: Option<ZoneId>,
        is_new_home: bool,
    ) -> Option<Edit> {
        if self.fresh.is_empty() || (dx, dy) == (0.0, 0.0) {
            return None;
        }
        let corner = self.fresh.bounds().map(|it| it.corner()).unwrap_or_default();
        let mut edits = vec![self.fresh.put(project, corner.offset(dx, dy), target)];
        let mut homes: BTreeMap<ZoneId, Vec<(AssetId, Rect)>> = BTreeMap::new();
        for &(id, home, cell) in &self.loose {
            if let Some(home) = target.filter(|_| is_new_home).or(home) {
                homes.entry(home).or_default().push((id, cell.offset(dx, dy)));
            }
        }
        edits.extend(homes.iter().flat_map(|(&home, cells)| assets_into(project, home, cells)));
        let edit = Edit::Several(format!("copy {}", self.fresh.summary()), edits);
        Some(with_growth(project, edit, &self.fresh.zones.ids().collect()))
    }
}

/// The text that stands for these in the clipboard, and what it is; `None` of nothing that can be copied.
pub fn copy(project: &Project, selected: &[Subject]) -> Option<(String, String)> {
    let fragment = Fragment::of(project, &selected.iter().copied().collect());
    text_of(&fragment)
}

fn text_of(fragment: &Fragment) -> Option<(String, String)> {
    if fragment.is_empty() {
        return None;
    }
    Some((fragment.to_text().ok()?, fragment.summary()))
}

/// Copies beside their originals, in the nearest free place; what to select.
pub fn duplicate(field: &Field, selected: &[Subject]) -> Option<(Edit, Vec<Subject>)> {
    let project = field.project;
    // a copy of an asset stands in the same zone, to which nothing is added while it is locked
    let can_stay = |it: &Subject| !matches!(it, Subject::Asset(_)) || !lock::is_locked(project, *it);
    let subjects = selected.iter().copied().filter(|it| it.exists_in(project) && can_stay(it)).collect();
    let copies = Copies::of_subjects(field, &subjects);
    if copies.fresh.is_empty() {
        return None;
    }
    let homes: BTreeSet<Option<ZoneId>> = subjects
        .iter()
        .filter_map(|it| if let Subject::Zone(id) = it { project.zones.get(*id) } else { None })
        .map(|it| it.parent)
        .collect();
    let home = match homes.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => only.filter(|&it| !lock::is_zone_locked(project, it)),
        _ => None,
    };
    let edit = match copies.fresh.bounds() {
        Some(bounds) => {
            let beside = Point::new(bounds.right() + ZONE_GAP, bounds.y);
            let place = free_place(project, home, (bounds.width, bounds.height), beside);
            copies.put(project, (place.x - bounds.x, place.y - bounds.y), home, false)?
        }
        // assets go to the grid of their zone, conduits and flows beside their originals
        None => {
            let edit = in_grid(project, &copies.fresh, copies.fresh.put(project, Point::default(), None), None);
            with_growth(project, edit, &BTreeSet::new())
        }
    };
    Some((edit.named(format!("duplicate {}", Fragment::of(project, &subjects).summary())), copies.selects()))
}

/// The zone that an asset names, if it is there and something may be added to it.
fn open_home(project: &Project, asset: &Asset) -> Option<ZoneId> {
    asset.zone.filter(|&it| project.zones.contains(it) && !lock::is_zone_locked(project, it))
}

/// An edit that puts a fragment in, with the assets beside its zones in the grid of their zone.
fn in_grid(project: &Project, fresh: &Fragment, edit: Edit, parent: Option<ZoneId>) -> Edit {
    let mut homes: BTreeMap<Option<ZoneId>, Vec<AssetId>> = BTreeMap::new();
    for (id, asset) in fresh.loose() {
        homes.entry(parent.or_else(|| open_home(project, asset))).or_default().push(id);
    }
    let in_grid = |(zone, assets)| Edit::Place(Place::Assets { assets, zone, places: Vec::new() });
    let placed = homes.into_iter().map(in_grid);
    Edit::Several(String::new(), std::iter::once(edit).chain(placed).collect())
}

/// Where to paste.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot<'a> {
    /// Where the pointer is, if it is over the drawing.
    pub pointer: Option<Point>,
    /// The middle of what is seen.
    pub middle: Point,
    /// What is selected.
    pub selected: &'a [Subject],
    /// That is what was pasted last: pasting again puts another one beside it, not in it.
    pub is_pasted: bool,
    /// What was cut last in this project: pasted back, it is put back with all that named it.
    pub cut: Option<&'a Cut>,
}

/// What pasting comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// Puts it in.
    pub edit: Edit,
    /// What is then selected.
    pub selects: Vec<Subject>,
    /// More to say than the name of the step.
    pub remark: Option<&'static str>,
}

/// Pastes what the clipboard holds: a piece of a plant, or else words as a note.
///
/// # Errors
/// A sentence about a piece that can't be pasted, or that needs a zone first.
pub fn paste(field: &Field, text: &str, spot: &Spot) -> Result<Option<Pasted>, String> {
    match Fragment::from_text(text) {
        Ok(fragment) => {
            let cut = spot.cut.filter(|it| it.is_put_back_by(field.project, text));
            paste_fragment(field, &fragment, spot, cut).map(Some)
        }
        Err(FragmentError::Foreign) if text.trim().is_empty() => Ok(None),
        Err(FragmentError::Foreign) => Ok(Some(note_of(field.project, text, spot))),
        Err(error) => Err(format!("What is in the clipboard can't be pasted: {error}.")),
    }
}

fn paste_fragment(field: &Field, fragment: &Fragment, spot: &Spot, cut: Option<&Cut>) -> Result<Pasted, String> {
    let project = field.project;
    let parent = home_for(field, fragment, spot);
    let fresh = if cut.is_some() { fragment.retagged(project) } else { fragment.renewed(project) };
    let is_homeless = fresh.loose().next().is_some() && fresh.loose().all(|(_, it)| open_home(project, it).is_none());
    if parent.is_none() && is_homeless {
        return Err("Assets stand in a zone: select the zone to paste them into, then paste again.".to_owned());
    }
    let selects = fresh.tops();
    let edit = match fresh.bounds() {
        Some(bounds) => {
            let last = spot.selected.first().filter(|_| spot.is_pasted).and_then(|&it| frame_of(field, it));
            let near = spot.pointer.unwrap_or(match (parent, last) {
                (_, Some(last)) => Point::new(last.right() + ZONE_GAP, last.y),
                (Some(_), None) => bounds.corner(),
                // beside the original if that is here, else in the middle of what is seen
                (None, None) if fragment.zones.ids().any(|it| project.zones.contains(it)) => {
                    Point::new(bounds.right() + ZONE_GAP, bounds.y)
                }
                (None, None) => spot.middle.offset(-bounds.width / 2.0, -bounds.height / 2.0),
            });
            let place = free_place(project, parent, (bounds.width, bounds.height), near);
            let edit = fresh.put(project, place, parent);
            let edit = if fresh.loose().next().is_some() { in_grid(project, &fresh, edit, parent) } else { edit };
            with_growth(project, edit, &fresh.zones.ids().collect())
        }
        None => {
            let frame = parent.and_then(|id| project.zones.get(id)).map(|it| it.frame);
            match (parent.zip(frame), spot.pointer) {
                (Some((home, frame)), Some(at)) if frame.contains(at) && fresh.loose().count() == 1 => {
                    let at = Point::new(on_grid(at.x - ASSET_WIDTH / 2.0), on_grid(at.y - ASSET_HEIGHT / 2.0));
                    settled(project, fresh.put(project, at, parent), home, fresh.assets.ids())
                }
                _ => {
                    let edit = in_grid(project, &fresh, fresh.put(project, Point::default(), parent), parent);
                    with_growth(project, edit, &BTreeSet::new())
                }
            }
        }
    };
    let remark =
        (fresh.conduits.len() > edit_conduits(&edit)).then_some("Conduits to zones that are not here were left out");
    let edit = edit.named(format!("paste {}", fresh.summary()));
    let edit = match cut {
        Some(cut) => cut.put_back(project, edit),
        None => edit,
    };
    Ok(Pasted { edit, selects, remark: remark.filter(|_| cut.is_none()) })
}

/// How many conduits an edit puts in.
fn edit_conduits(edit: &Edit) -> usize {
    match edit {
        Edit::Several(_, edits) => edits.iter().map(edit_conduits).sum(),
        Edit::Put(Item::Conduit(..)) => 1,
        _ => 0,
    }
}

/// The zone to paste into: the selected one, beside the original where that is selected,
/// the one under the pointer.
fn home_for(field: &Field, fragment: &Fragment, spot: &Spot) -> Option<ZoneId> {
    let project = field.project;
    let is_open = |id: &ZoneId| !lock::is_zone_locked(project, *id);
    let of_selected = match *spot.selected {
        [Subject::Zone(id)] if spot.is_pasted || fragment.zones.contains(id) => {
            return project.zones.get(id)?.parent.filter(is_open);
        }
        [Subject::Zone(id)] => Some(id),
        [Subject::Asset(id)] if fragment.zones.is_empty() && !fragment.assets.contains(id) => {
            project.assets.get(id).and_then(|it| it.zone)
        }
        _ => None,
    };
    let under = || spot.pointer.and_then(|at| super::hit::zone_at(field.shown, at, |_| false));
    of_selected.filter(|it| project.zones.contains(*it)).or_else(under).filter(is_open)
}

fn note_of(project: &Project, text: &str, spot: &Spot) -> Pasted {
    const WIDTH: f32 = 280.0;
    let text: String = text.trim().chars().take(5000).collect();
    let is_table = text.lines().take(3).filter(|line| line.contains('\t')).count() > 1;
    let height = crate::drawing::scene::note_height(&text, WIDTH).min(1200.0);
    let near = spot.pointer.unwrap_or(spot.middle);
    let place = free_place(project, None, (WIDTH, height), near);
    let id = NoteId::random();
    let note = Note { text, frame: Rect::new(place.x, place.y, WIDTH, height), ..Note::default() };
    let remark = is_table.then_some("Pasted as a note: a table of assets is read by Import a folder of tables");
    let edit = Edit::Several("paste note".to_owned(), vec![Edit::Put(Item::Note(id, note))]);
    Pasted { edit, selects: vec![id.into()], remark }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::cut::cut;
    use crate::hands::fixture::{Drawn, asset, plant, zone, zone_id};
    use crate::model::reasons::higher_of;

    fn spot<'a>(pointer: Option<(f32, f32)>, selected: &'a [Subject]) -> Spot<'a> {
        Spot {
            pointer: pointer.map(|(x, y)| Point::new(x, y)),
            middle: Point::new(2000.0, 2000.0),
            selected,
            is_pasted: false,
            cut: None,
        }
    }

    fn pasted(drawn: &Drawn, text: &str, spot: &Spot) -> (Project, Vec<Subject>) {
        let pasted = paste(&drawn.field(), text, spot).unwrap().unwrap();
        (drawn.after(&pasted.edit), pasted.selects)
    }

    #[test]
    fn a_zone_is_pasted_with_its_contents_beside_the_original() {
        let drawn = Drawn::of(&plant());
        let (text, what) = copy(&drawn.project, &[zone_id(&drawn.project, "Z-1").into()]).unwrap();
        assert_eq!(what, "zone Z-1");
        let (after, selects) = pasted(&drawn, &text, &spot(None, &[]));
        assert_eq!((after.zones.len(), after.assets.len(), after.conduits.len()), (5, 4, 1));
        let [Subject::Zone(copy)] = selects[..] else { panic!("{selects:?}") };
        let frame = after.zones.get(copy).unwrap().frame;
        let others = drawn.project.zones.values().filter(|it| it.parent.is_none());
        assert!(others.into_iter().all(|it| !it.frame.overlaps(&frame)));
    }

    #[test]
    fn the_reason_of_a_copied_sl_t_names_what_is_copied_along() {
        let mut plant = plant().sl_t("C-1", 2);
        let [near, far, line] = ["Z-1", "Z-3", "C-1"].map(|tag| Subject::from(plant.target(tag)));
        let reasoned = |reason: &str| Some(TargetLevel { reason: reason.into(), ..TargetLevel::default() });
        let mut pasted_reason = |reason: &str, copied: &[Subject]| {
            plant.project.conduits.get_mut(ConduitId::derived_from("C-1")).unwrap().sl_t = reasoned(reason);
            let drawn = Drawn::of(&plant);
            let (text, _) = copy(&drawn.project, copied).unwrap();
            let (after, _) = pasted(&drawn, &text, &spot(None, &[]));
            let copy = after.conduits.values().find(|it| it.tag == "C-2").unwrap();
            copy.sl_t.as_ref().unwrap().reason.clone()
        };
        let reason = higher_of("Z-1", "Z-3");
        assert_eq!(pasted_reason(&reason, &[near, far]), higher_of("Z-4", "Z-6"));
        assert_eq!(pasted_reason(&reason, &[near, line]), higher_of("Z-4", "Z-3"), "Z-3 stays what it leads to");
        assert_eq!(pasted_reason("As Z-1 in the old plant.", &[near, far]), "As Z-1 in the old plant.");
    }

    #[test]
    fn into_the_selected_zone_or_the_one_under_the_pointer() {
        let drawn = Drawn::of(&plant());
        let (text, _) = copy(&drawn.project, &[zone_id(&drawn.project, "Z-2").into()]).unwrap();
        let there = zone_id(&drawn.project, "Z-3");
        let parent = |spot: &Spot| {
            let (after, selects) = pasted(&drawn, &text, spot);
            let [Subject::Zone(copy)] = selects[..] else { panic!("{selects:?}") };
            let inner = after.zones.get(copy).unwrap();
            let outer = inner.parent.map(|it| after.zones.get(it).unwrap().frame);
            assert!(outer.is_none_or(|it| it.encloses(&inner.frame)));
            inner.parent
        };
        assert_eq!(parent(&spot(None, &[there.into()])), Some(there));
        assert_eq!(parent(&spot(Some((800.0, 100.0)), &[])), Some(there));
        assert_eq!(parent(&spot(Some((800.0, 1000.0)), &[])), None);
        let own = zone_id(&drawn.project, "Z-2").into();
        assert_eq!(parent(&spot(None, &[own])), Some(zone_id(&drawn.project, "Z-1")), "beside the original");
    }

    #[test]
    fn assets_of_another_project_want_a_zone() {
        let here = Drawn::of(&plant());
        let (text, _) = copy(&here.project, &[AssetId::derived_from("A-1").into()]).unwrap();
        let elsewhere = Drawn::of(&crate::analysis::fixture::Fixture::new().zone("Z-9", |_| ()));
        let refused = paste(&elsewhere.field(), &text, &spot(None, &[])).unwrap_err();
        assert!(refused.contains("select the zone"), "{refused}");
        let (after, _) = pasted(&elsewhere, &text, &spot(None, &[zone_id(&elsewhere.project, "Z-9").into()]));
        assert_eq!(asset(&after, "A-1").zone, Some(zone_id(&after, "Z-9")));
    }

    #[test]
    fn what_is_cut_and_pasted_elsewhere_is_what_it_was() {
        let drawn = Drawn::of(&plant().sl_t("Z-1", 2).answer("Z-1", "SR 1.1", Status::Met, |_| ()));
        let cut = cut(&drawn.project, &[zone_id(&drawn.project, "Z-1").into()]).unwrap();
        assert_eq!(cut.edit.label(&drawn.project), "cut zone Z-1");
        let project = drawn.after(&cut.edit);
        assert_eq!((project.zones.len(), project.assets.len()), (1, 0), "nothing is left homeless");
        let empty = Drawn::of(&crate::analysis::fixture::Fixture { project });
        let (after, _) = pasted(&empty, &cut.text, &spot(Some((0.0, 900.0)), &[]));
        let id = zone_id(&after, "Z-1");
        let before = zone(&drawn.project, "Z-1");
        assert_eq!(after.zones.get(id).map(|it| &it.sl_t), Some(&before.sl_t));
        assert_eq!(after.answer(id.into(), "SR 1.1".parse().unwrap()).unwrap().status, Status::Met);
        assert_eq!(asset(&after, "A-1").place, asset(&drawn.project, "A-1").place);
    }

    #[test]
    fn words_become_a_note() {
        let drawn = Drawn::of(&plant());
        let (after, selects) = pasted(&drawn, " Shutdown in week 14\n", &spot(Some((0.0, 900.0)), &[]));
        let [Subject::Note(note)] = selects[..] else { panic!("{selects:?}") };
        assert_eq!(after.notes.get(note).unwrap().text, "Shutdown in week 14");
        assert_eq!(paste(&drawn.field(), "  \n", &spot(None, &[])), Ok(None));
        let damaged = "(\n    zonewright_part: 1,\n    part: (";
        assert!(paste(&drawn.field(), damaged, &spot(None, &[])).unwrap_err().contains("line"));
    }

    #[test]
    fn a_duplicate_stands_beside_its_original() {
        let drawn = Drawn::of(&plant());
        let made = |subject: Subject| {
            let (edit, selects) = duplicate(&drawn.field(), &[subject]).unwrap();
            (drawn.after(&edit), edit.label(&drawn.project), selects)
        };
        let (after, label, _) = made(zone_id(&drawn.project, "Z-2").into());
        assert_eq!(label, "duplicate zone Z-2");
        let copy = after.zones.iter().find(|(id, _)| !drawn.project.zones.contains(*id)).unwrap().1;
        assert_eq!(copy.parent, Some(zone_id(&after, "Z-1")));
        assert!(zone(&after, "Z-1").frame.encloses(&copy.frame));
        let (after, _, selects) = made(AssetId::derived_from("A-1").into());
        let [Subject::Asset(copy)] = selects[..] else { panic!("{selects:?}") };
        assert_eq!(after.assets.get(copy).unwrap().zone, Some(zone_id(&after, "Z-1")));
        let (after, ..) = made(ConduitId::derived_from("C-1").into());
        assert_eq!(after.conduits.len(), 2);
    }

    #[test]
    fn nothing_is_duplicated_or_pasted_into_a_locked_zone() {
        let asset: Subject = AssetId::derived_from("A-1").into();
        let both = [asset, zone_id(&plant().project, "Z-3").into()];
        let (one, _) = copy(&plant().project, &[asset]).unwrap();
        let (two, _) = copy(&plant().project, &both).unwrap();
        let mut locked = plant();
        locked.project.zones.get_mut(zone_id(&locked.project, "Z-1")).unwrap().locked = true;
        let drawn = Drawn::of(&locked);
        let home = zone_id(&drawn.project, "Z-1");
        let count = |project: &Project| project.assets.values().filter(|it| it.zone == Some(home)).count();
        assert_eq!(duplicate(&drawn.field(), &[asset]), None);
        let (edit, _) = duplicate(&drawn.field(), &both).unwrap();
        assert_eq!(count(&drawn.after(&edit)), 2, "the zone alone is duplicated");
        for text in [one, two] {
            assert!(paste(&drawn.field(), &text, &spot(None, &[])).unwrap_err().contains("select the zone"));
        }
    }
}
