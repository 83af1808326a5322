//! A piece of a plant to copy: zones with what lies in them, assets, conduits, flows and notes.
//! The clipboard, "Duplicate" and the library of parts all put pieces in this way.

mod put;
mod renew;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use renew::Renewal;
pub use text::FragmentError;

use crate::model::*;

/// A piece of a plant. It may name zones, assets and conduits beside it ("outside"):
/// where a project holds these, a copy put into it stays joined with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fragment {
    /// What it is kept as; empty where it only passes through the clipboard.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Zones; the outermost have no parent. Frames are those of the plant it came from.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub zones: Table<ZoneId, Zone>,
    /// Conduits between its zones, and those picked by hand.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub conduits: Table<ConduitId, Conduit>,
    /// Assets of its zones, and those picked by hand.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub assets: Table<AssetId, Asset>,
    /// Flows between its assets, and those picked by hand.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub flows: Table<FlowId, Flow>,
    /// Notes picked by hand. Frames are those of the plant it came from.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub notes: Table<NoteId, Note>,
    /// Answers of its zones and conduits; none unless asked for.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub answers: Table<Target, Answers>,
}

impl Fragment {
    /// What these subjects come to: zones with all that lies in them, the conduits
    /// among them, the flows among their assets. It carries no answers.
    pub fn of(project: &Project, subjects: &BTreeSet<Subject>) -> Self {
        let mut inside = BTreeSet::new();
        for &subject in subjects {
            if let Subject::Zone(id) = subject
                && project.zones.contains(id)
            {
                inside.extend(project.zone_with_contents(id));
            }
        }
        let picked = |subject: Subject| subjects.contains(&subject);
        let is_inside = |zone: Option<ZoneId>| zone.is_some_and(|it| inside.contains(&it));
        let outermost = |mut zone: Zone| {
            zone.parent = zone.parent.filter(|parent| inside.contains(parent));
            zone
        };
        let zones = inside.iter().filter_map(|&id| Some((id, outermost(project.zones.get(id)?.clone())))).collect();
        let conduits: Table<_, _> =
            copied(&project.conduits, |id, it| picked(id.into()) || (is_inside(it.from) && is_inside(it.to)));
        let assets: Table<_, _> = copied(&project.assets, |id, it| picked(id.into()) || is_inside(it.zone));
        let flows = copied(&project.flows, |id, it| {
            let ends = [it.from, it.to];
            let joins_inside = ends.iter().flatten().all(|&end| assets.contains(end));
            let is_of_inside =
                ends.iter().flatten().next().is_some() || it.conduit.is_some_and(|conduit| conduits.contains(conduit));
            picked(id.into()) || (joins_inside && is_of_inside)
        });
        let notes = copied(&project.notes, |id, _| picked(id.into()));
        Self { name: String::new(), zones, conduits, assets, flows, notes, answers: Table::default() }
    }

    /// The same with the answers that the project has for its zones and conduits.
    #[must_use]
    pub fn with_answers(mut self, project: &Project) -> Self {
        let targets = self.zones.ids().map(Target::Zone).chain(self.conduits.ids().map(Target::Conduit));
        self.answers = targets.filter_map(|target| Some((target, project.answers.get(target)?.clone()))).collect();
        self
    }

    /// The same without anything that names what lies outside.
    #[must_use]
    pub fn closed(mut self) -> Self {
        let Self { zones, conduits, assets, flows, .. } = self.clone();
        self.conduits.retain(|_, it| it.from.into_iter().chain(it.to).all(|zone| zones.contains(zone)));
        self.assets.change_where(
            |_| true,
            |it| {
                it.zone = it.zone.filter(|&zone| zones.contains(zone));
                it.other_zones.retain(|&zone| zones.contains(zone));
            },
        );
        self.flows = flows
            .iter()
            .filter(|(_, it)| it.from.into_iter().chain(it.to).all(|asset| assets.contains(asset)))
            .map(|(id, it)| (id, Flow { conduit: it.conduit.filter(|&it| conduits.contains(it)), ..it.clone() }))
            .collect();
        self
    }

    /// The same as a part to keep under a name: nothing outside is named, and what holds
    /// for one plant only stays behind, addresses and who decided an SL-T.
    #[must_use]
    pub fn kept_as(self, name: &str) -> Self {
        let mut part = self.closed();
        name.trim().clone_into(&mut part.name);
        part.answers = Table::default();
        part.assets.change_where(|it| !it.addresses.is_empty(), |it| it.addresses.clear());
        let proposal = |it: &mut Option<TargetLevel>| {
            if let Some(level) = it {
                level.decided_by.clear();
                level.decided_on = None;
            }
        };
        part.zones.change_where(|it| it.sl_t.is_some(), |it| proposal(&mut it.sl_t));
        part.conduits.change_where(|it| it.sl_t.is_some(), |it| proposal(&mut it.sl_t));
        part
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let is_bare = self.zones.is_empty() && self.assets.is_empty() && self.notes.is_empty();
        is_bare && self.conduits.is_empty() && self.flows.is_empty()
    }

    /// What its zones and notes cover where they came from; `None` where it has neither.
    pub fn bounds(&self) -> Option<Rect> {
        let notes = self.notes.values().map(|it| it.frame);
        self.zones.values().map(|it| it.frame).chain(notes).reduce(|all, frame| all.union(&frame))
    }

    /// What to select once it is put in: its outermost zones, the assets beside them and
    /// its notes, or, where it has none of these, its conduits or flows.
    pub fn tops(&self) -> Vec<Subject> {
        let zones = self.zones.iter().filter(|(_, it)| it.parent.is_none()).map(|(id, _)| Subject::Zone(id));
        let assets = self.loose().map(|(id, _)| Subject::Asset(id));
        let tops: Vec<_> = zones.chain(assets).chain(self.notes.ids().map(Subject::Note)).collect();
        let conduits = self.conduits.ids().map(Subject::Conduit);
        let rest: Vec<_> =
            if self.conduits.is_empty() { self.flows.ids().map(Subject::Flow).collect() } else { conduits.collect() };
        if tops.is_empty() { rest } else { tops }
    }

    /// "zone Z-1", "3 zones and 2 assets": what it is, for the name of a step.
    pub fn summary(&self) -> String {
        let tops = self.tops();
        if let [only] = tops.as_slice() {
            let tag = match *only {
                Subject::Zone(id) => self.zones.get(id).map(|it| it.tag.as_str()),
                Subject::Conduit(id) => self.conduits.get(id).map(|it| it.tag.as_str()),
                Subject::Asset(id) => self.assets.get(id).map(|it| it.tag.as_str()),
                _ => None,
            };
            return format!("{} {}", only.kind(), tag.unwrap_or_default()).trim_end().to_owned();
        }
        let mut counts: BTreeMap<(u8, &str), usize> = BTreeMap::new();
        for subject in &tops {
            let rank = u8::from(!matches!(subject, Subject::Zone(_)));
            *counts.entry((rank, subject.kind())).or_default() += 1;
        }
        let counts =
            counts.iter().map(|((_, kind), count)| format!("{count} {kind}{}", if *count == 1 { "" } else { "s" }));
        counts.collect::<Vec<_>>().join(" and ")
    }
}

fn copied<K: Ord + Copy, V: Clone>(table: &Table<K, V>, keep: impl Fn(K, &V) -> bool) -> Table<K, V> {
    table.iter().filter(|(id, it)| keep(*id, it)).map(|(id, it)| (id, it.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    /// Two zones in an area, joined by a conduit, and a third beside it.
    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(100.0, 100.0, 400.0, 300.0))
            .zone("Z-2", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(120.0, 140.0, 120.0, 100.0);
            })
            .zone("Z-3", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(300.0, 140.0, 120.0, 100.0);
            })
            .zone("Z-OUT", |zone| zone.frame = Rect::new(900.0, 0.0, 200.0, 200.0))
            .conduit("C-1", "Z-2", "Z-3", |_| ())
            .conduit("C-2", "Z-1", "Z-OUT", |_| ())
            .asset("PLC-1", "plc", "Z-2", |asset| {
                asset.addresses = vec!["10.0.0.1".into()];
                asset.other_zones = [ZoneId::derived_from("Z-3"), ZoneId::derived_from("Z-OUT")].into();
            })
            .asset("HMI-1", "hmi", "Z-3", |_| ())
            .asset("SRV-1", "scada_server", "Z-OUT", |_| ())
            .flow("C-1", "HMI-1", "PLC-1", "modbus_tcp", |_| ())
            .flow("C-2", "SRV-1", "PLC-1", "modbus_tcp", |_| ())
            .sl_t("Z-2", 2)
            .evidence("EV-1", |_| ())
            .answer("Z-2", "SR 1.1", Status::Inherited(Some(ZoneId::derived_from("Z-3").into())), |_| ())
            .answer("Z-3", "SR 1.1", Status::Met, |answer| answer.evidence = [EvidenceId::derived_from("EV-1")].into())
    }

    fn subjects(all: impl IntoIterator<Item = Subject>) -> BTreeSet<Subject> {
        all.into_iter().collect()
    }

    fn area(plant: &Fixture) -> Fragment {
        Fragment::of(&plant.project, &subjects([ZoneId::derived_from("Z-1").into()]))
    }

    fn inserted(project: &Project, fragment: &Fragment, at: Point, parent: Option<ZoneId>) -> (Project, Vec<Subject>) {
        let (edit, selected) = fragment.insert(project, at, parent);
        let mut after = project.clone();
        edit.apply(&mut after).expect("a fragment can be put in");
        assert_eq!(after.first_unresolved(), None);
        (after, selected)
    }

    fn tags<'a>(tags: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
        let mut tags: Vec<_> = tags.map(String::as_str).collect();
        tags.sort_unstable();
        tags
    }

    #[test]
    fn a_zone_takes_along_what_lies_in_it_and_what_joins_it_inside() {
        let fragment = area(&plant());
        assert_eq!(tags(fragment.zones.values().map(|it| &it.tag)), ["Z-1", "Z-2", "Z-3"]);
        assert_eq!(tags(fragment.conduits.values().map(|it| &it.tag)), ["C-1"]);
        assert_eq!(tags(fragment.assets.values().map(|it| &it.tag)), ["HMI-1", "PLC-1"]);
        assert_eq!(fragment.flows.len(), 1);
        assert!(fragment.answers.is_empty());
    }

    #[test]
    fn a_copy_has_ids_tags_and_addresses_of_its_own() {
        let plant = plant();
        let (after, selected) = inserted(&plant.project, &area(&plant), Point::new(1200.0, 40.0), None);
        assert_eq!(tags(after.zones.values().map(|it| &it.tag)), ["Z-1", "Z-2", "Z-3", "Z-4", "Z-5", "Z-6", "Z-OUT"]);
        assert_eq!(tags(after.conduits.values().map(|it| &it.tag)), ["C-1", "C-2", "C-3"]);
        assert_eq!(tags(after.assets.values().map(|it| &it.tag)), ["HMI-1", "HMI-2", "PLC-1", "PLC-2", "SRV-1"]);
        let copy = after.assets.values().find(|it| it.tag == "PLC-2").unwrap();
        assert!(copy.addresses.is_empty(), "one address, one device");
        assert!(
            copy.other_zones.contains(&ZoneId::derived_from("Z-OUT")),
            "joined with what is outside, as the original"
        );
        assert!(!copy.other_zones.contains(&ZoneId::derived_from("Z-3")), "and with its own copy inside");
        let [Subject::Zone(top)] = selected[..] else { panic!("the outermost zone is selected: {selected:?}") };
        assert_eq!(after.zones.get(top).unwrap().frame, Rect::new(1200.0, 40.0, 400.0, 300.0));
        let inner = after.zones.values().find(|it| it.tag == "Z-5").unwrap();
        assert_eq!((inner.parent, inner.frame.corner()), (Some(top), Point::new(1220.0, 80.0)));
        assert_eq!(inner.sl_t, plant.project.zones.get(ZoneId::derived_from("Z-2")).unwrap().sl_t);
    }

    #[test]
    fn a_drag_shows_one_copy_at_many_places() {
        let plant = plant();
        let fresh = area(&plant).renewed(&plant.project);
        let at = |x: f32| {
            let mut project = plant.project.clone();
            fresh.put(&project, Point::new(x, 0.0), None).apply(&mut project).unwrap();
            project
        };
        assert!(at(10.0).zones.ids().eq(at(500.0).zones.ids()));
        assert_eq!(fresh.put(&plant.project, Point::default(), None).label(&plant.project), "paste zone Z-4");
    }

    #[test]
    fn tags_that_are_free_elsewhere_stay() {
        let elsewhere = Fixture::new().zone("Z-2", |_| ()).project;
        let (after, _) = inserted(&elsewhere, &area(&plant()), Point::default(), None);
        assert_eq!(tags(after.zones.values().map(|it| &it.tag)), ["Z-1", "Z-2", "Z-3", "Z-4"]);
        assert_eq!(tags(after.assets.values().map(|it| &it.tag)), ["HMI-1", "PLC-1"]);
        let plc = after.assets.values().find(|it| it.tag == "PLC-1").unwrap();
        assert_eq!((plc.addresses.len(), plc.other_zones.len()), (1, 1), "the zone outside is not here");
    }

    #[test]
    fn answers_come_along_only_when_asked_for() {
        let plant = plant();
        let (without, _) = inserted(&plant.project, &area(&plant), Point::default(), None);
        assert_eq!(without.answers, plant.project.answers);
        let carrying = area(&plant).with_answers(&plant.project);
        let (with, _) = inserted(&plant.project, &carrying, Point::default(), None);
        let id = |tag: &str| with.zones.iter().find(|(_, it)| it.tag == tag).unwrap().0;
        let requirement = "SR 1.1".parse().unwrap();
        let inherits = with.answer(id("Z-5").into(), requirement).unwrap();
        assert_eq!(inherits.status, Status::Inherited(Some(id("Z-6").into())), "from the copy, not from the original");
        let copied = with.answer(id("Z-6").into(), requirement).unwrap();
        assert!(copied.review, "somebody is to look at what was only copied");
        assert!(copied.comments.last().unwrap().text.starts_with("Taken over from Z-"));
        assert!(!inherits.review && inherits.comments.is_empty());
        let (elsewhere, _) = inserted(&Project::default(), &carrying, Point::default(), None);
        assert!(elsewhere.answers.values().flat_map(|it| it.values()).all(|it| it.evidence.is_empty()));
    }

    #[test]
    fn an_asset_stands_where_it_is_put_and_otherwise_at_home() {
        let plant = plant();
        let fragment = Fragment::of(&plant.project, &subjects([AssetId::derived_from("HMI-1").into()]));
        let [home, out] = ["Z-3", "Z-OUT"].map(ZoneId::derived_from);
        let copy = |parent| {
            let (after, selected) = inserted(&plant.project, &fragment, Point::new(950.0, 60.0), parent);
            let [Subject::Asset(id)] = selected[..] else { panic!("{selected:?}") };
            let asset = after.assets.get(id).unwrap();
            (asset.zone, asset.place)
        };
        assert_eq!(copy(Some(out)), (Some(out), Some(Point::new(50.0, 60.0))));
        assert_eq!(copy(None), (Some(home), None));
    }

    #[test]
    fn a_conduit_picked_by_hand_stays_joined_or_stays_away() {
        let plant = plant();
        let picked = subjects([ZoneId::derived_from("Z-1").into(), ConduitId::derived_from("C-2").into()]);
        let fragment = Fragment::of(&plant.project, &picked);
        let (here, _) = inserted(&plant.project, &fragment, Point::default(), None);
        let copy = here.conduits.values().find(|it| it.tag == "C-4").unwrap();
        assert_eq!(copy.to, Some(ZoneId::derived_from("Z-OUT")));
        let (elsewhere, _) = inserted(&Project::default(), &fragment, Point::default(), None);
        assert_eq!(tags(elsewhere.conduits.values().map(|it| &it.tag)), ["C-1"]);
        let closed = fragment.closed();
        assert_eq!(tags(closed.conduits.values().map(|it| &it.tag)), ["C-1"]);
        assert!(closed.assets.values().all(|it| it.other_zones.iter().all(|&zone| closed.zones.contains(zone))));
    }

    #[test]
    fn a_part_keeps_the_proposed_level_and_no_address() {
        let plant = plant();
        let part = area(&plant).with_answers(&plant.project).kept_as(" Dosing ");
        assert_eq!(part.name, "Dosing");
        assert!(part.answers.is_empty() && part.assets.values().all(|it| it.addresses.is_empty()));
        assert!(part.zones.values().any(|it| it.sl_t.is_some()));
    }

    #[test]
    fn it_survives_as_text_and_noise_is_refused() {
        let plant = plant();
        let fragment = area(&plant).with_answers(&plant.project);
        let text = fragment.to_text().unwrap();
        assert_eq!(Fragment::from_text(&text), Ok(fragment));
        assert_eq!(Fragment::from_text("some words"), Err(FragmentError::Foreign));
        let newer = text.replacen("zonewright_part: 1", "zonewright_part: 2", 1);
        assert_eq!(Fragment::from_text(&newer), Err(FragmentError::TooNew));
        let cut: String = text.chars().take(text.len() / 2).collect();
        assert!(matches!(Fragment::from_text(&cut), Err(FragmentError::Damaged { .. })));
        let flat = text.replacen("width: 400.0", "width: -4.0", 1);
        assert!(matches!(Fragment::from_text(&flat), Err(FragmentError::Inconsistent(_))));
        let empty = Fragment::default().to_text().unwrap();
        assert!(matches!(Fragment::from_text(&empty), Err(FragmentError::Inconsistent(_))));
    }

    #[test]
    fn a_note_comes_along_when_picked() {
        let mut project = plant().project;
        let note =
            Note { text: "To be walked down".into(), frame: Rect::new(80.0, 60.0, 120.0, 40.0), ..Note::default() };
        project.notes.insert(NoteId::derived_from("N-1"), note);
        let picked = subjects([ZoneId::derived_from("Z-2").into(), NoteId::derived_from("N-1").into()]);
        let fragment = Fragment::of(&project, &picked);
        let (after, selected) = inserted(&project, &fragment, Point::new(1000.0, 1000.0), None);
        assert_eq!((after.notes.len(), selected.len()), (2, 2));
        assert!(after.notes.values().any(|it| it.frame == Rect::new(1000.0, 1000.0, 120.0, 40.0)));
        assert!(after.zones.values().any(|it| it.frame.corner() == Point::new(1040.0, 1080.0)));
    }

    #[test]
    fn a_fragment_says_what_it_is() {
        let plant = plant();
        let of = |all: &[Subject]| Fragment::of(&plant.project, &all.iter().copied().collect()).summary();
        let [one, two] = ["Z-2", "Z-3"].map(|tag| Subject::from(ZoneId::derived_from(tag)));
        let asset = AssetId::derived_from("SRV-1").into();
        assert_eq!(of(&[one]), "zone Z-2");
        assert_eq!(of(&[one, two, asset]), "2 zones and 1 asset");
        assert_eq!(of(&[ConduitId::derived_from("C-2").into()]), "conduit C-2");
    }
}
