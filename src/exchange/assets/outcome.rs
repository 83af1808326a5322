//! What each row of a table would do, and the one edit that does it.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Told;
use super::{AssetImport, OnConflict, Outcome, RowOutcome, RowResult, UnknownZones};
use crate::drawing::layout;
use crate::edit::{Edit, Item};
use crate::model::*;

/// A table makes this many zones at most; more are no zones but a column taken for another.
const MOST_NEW_ZONES: usize = 1_000;

impl AssetImport {
    /// Works out what the table would do to a project.
    pub fn outcome(&self, project: &Project) -> Outcome {
        let mut working = Working::new(self, project);
        for row in &self.table.rows {
            let told = Told::of(&self.table, row, &self.fields);
            if told.says_anything {
                working.take(row.line, told);
            }
        }
        working.finish()
    }
}

struct Working<'a> {
    import: &'a AssetImport,
    project: &'a Project,
    by_tag: BTreeMap<String, AssetId>,
    /// Assets by their addresses; `None` where several have one.
    by_address: BTreeMap<String, Option<AssetId>>,
    zones: BTreeMap<String, ZoneId>,
    new_zones: BTreeMap<ZoneId, Zone>,
    /// Tags of zones and conduits, those of new zones among them.
    target_tags: BTreeSet<String>,
    unknown: BTreeMap<String, usize>,
    taken: BTreeMap<String, u64>,
    assets: BTreeMap<AssetId, Asset>,
    rows: Vec<RowOutcome>,
}

impl<'a> Working<'a> {
    fn new(import: &'a AssetImport, project: &'a Project) -> Self {
        let mut by_address: BTreeMap<String, Option<AssetId>> = BTreeMap::new();
        for (id, asset) in project.assets.iter() {
            for address in &asset.addresses {
                by_address.entry(folded(address)).and_modify(|it| *it = None).or_insert(Some(id));
            }
        }
        let names = project.zones.iter().map(|(id, zone)| (folded(&zone.name), id));
        let tags = project.zones.iter().map(|(id, zone)| (folded(&zone.tag), id));
        Self {
            import,
            project,
            by_tag: project.assets.iter().map(|(id, asset)| (folded(&asset.tag), id)).collect(),
            by_address,
            // of a tag and a name that are alike the tag counts
            zones: names.chain(tags).filter(|(name, _)| !name.is_empty()).collect(),
            new_zones: BTreeMap::new(),
            target_tags: project.targets().map(|it| project.target_tag(it).to_owned()).collect(),
            unknown: BTreeMap::new(),
            taken: BTreeMap::new(),
            assets: BTreeMap::new(),
            rows: Vec::new(),
        }
    }

    fn take(&mut self, line: u64, told: Told) {
        let tag = told.asset.tag.clone();
        let result = self.result(line, &told);
        self.rows.push(RowOutcome { line, tag, about: None, result, doubts: told.doubts });
    }

    fn result(&mut self, line: u64, told: &Told) -> RowResult {
        let tag = folded(&told.asset.tag);
        if tag.is_empty() {
            return RowResult::Wrong("has neither a tag, a name nor an address".to_owned());
        }
        if let Some(first) = self.taken.get(&tag) {
            return RowResult::Wrong(format!("the tag \"{}\" stands in line {first} already", told.asset.tag));
        }
        self.taken.insert(tag.clone(), line);
        let zone = self.zone(told);
        if zone.is_none() && !told.zone.is_empty() && self.import.unknown_zones == UnknownZones::Make {
            let reason = "names a zone more than the 1,000 that one table may make: does its column say the zone?";
            return RowResult::Wrong(reason.to_owned());
        }
        let by_address = || {
            let mut matches = told.asset.addresses.iter().filter_map(|it| self.by_address.get(&folded(it)));
            matches.next().copied().flatten().filter(|_| self.import.by_address)
        };
        let Some(id) = self.by_tag.get(&tag).copied().or_else(by_address) else {
            let id = fresh(|id| self.project.assets.contains(id) || self.assets.contains_key(&id));
            self.assets.insert(id, new_asset(told, zone));
            return RowResult::New;
        };
        let Some(there) = self.project.assets.get(id) else { return RowResult::Wrong("matches nothing".to_owned()) };
        if self.assets.contains_key(&id) {
            return RowResult::Wrong(format!("means the same asset as another row: {}", there.tag));
        }
        let (updated, changed) = updated(there, told, zone);
        match self.import.on_conflict {
            _ if changed.is_empty() => RowResult::Same,
            OnConflict::Stop => RowResult::Conflict(changed),
            OnConflict::Skip => RowResult::Skipped(changed),
            OnConflict::Update => {
                self.assets.insert(id, updated);
                RowResult::Updated(changed)
            }
        }
    }

    /// The zone that a row names, made where it is to be.
    fn zone(&mut self, told: &Told) -> Option<ZoneId> {
        if told.zone.is_empty() {
            return None;
        }
        let known = folded(&told.zone);
        if let Some(&id) = self.zones.get(&known) {
            if let Some(made) = self.new_zones.get_mut(&id) {
                // of a zone that is made the highest of its assets' levels says its own
                made.purdue = made.purdue.max(told.purdue);
            }
            return Some(id);
        }
        *self.unknown.entry(told.zone.clone()).or_default() += 1;
        if self.import.unknown_zones == UnknownZones::Leave || self.new_zones.len() >= MOST_NEW_ZONES {
            return None;
        }
        let tag = self.zone_tag(&told.zone);
        let id = fresh(|id| self.project.zones.contains(id) || self.new_zones.contains_key(&id));
        let name = if tag == told.zone { String::new() } else { told.zone.clone() };
        self.target_tags.insert(tag.clone());
        self.new_zones.insert(id, Zone { tag, name, purdue: told.purdue, ..Zone::default() });
        self.zones.insert(known, id);
        Some(id)
    }

    /// The name itself where it looks like a tag, else one made from it.
    fn zone_tag(&self, name: &str) -> String {
        let is_tag = name.len() <= 12 && name.contains('-') && !name.contains(char::is_whitespace);
        let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        let slug: Vec<String> = words.take(3).map(str::to_uppercase).collect();
        let tag = if is_tag { name.to_owned() } else { format!("Z-{}", slug.join("-")) };
        let numbered = (2..).map(|number| format!("{tag}-{number}"));
        std::iter::once(tag.clone()).chain(numbered).find(|it| !self.target_tags.contains(it)).unwrap_or(tag.clone())
    }

    fn finish(mut self) -> Outcome {
        // a zone that only rows name which change nothing is not made
        let filled: BTreeSet<ZoneId> = self.assets.values().filter_map(|it| it.zone).collect();
        self.new_zones.retain(|id, _| filled.contains(id));
        let new_zones: Vec<String> = self.new_zones.values().map(|it| it.tag.clone()).collect();
        let mut outcome = Outcome {
            table: self.import.table.name.clone(),
            rows: self.rows,
            new_zones,
            unknown_zones: self.unknown,
            edit: None,
        };
        if outcome.is_stopped() || self.assets.is_empty() {
            outcome.new_zones.clear();
            return outcome;
        }
        let mut placed = self.project.clone();
        for (id, zone) in &self.new_zones {
            placed.zones.insert(*id, zone.clone());
        }
        for (id, asset) in &self.assets {
            placed.assets.insert(*id, asset.clone());
        }
        layout::place_unplaced(&mut placed);
        let zones = self.new_zones.keys().filter_map(|id| Some(Item::Zone(*id, placed.zones.get(*id)?.clone())));
        let assets = self.assets.into_iter().map(|(id, asset)| Item::Asset(id, asset));
        let label = format!("Import assets from {}", self.import.table.name);
        outcome.edit = Some(Edit::Several(label, zones.chain(assets).map(Edit::Put).collect()));
        outcome
    }
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A new id that is not taken.
fn fresh<K: Id>(is_taken: impl Fn(K) -> bool) -> K {
    std::iter::repeat_with(K::random).find(|id| !is_taken(*id)).unwrap_or_else(K::random)
}

fn new_asset(told: &Told, zone: Option<ZoneId>) -> Asset {
    Asset {
        zone,
        temporary: told.temporary.unwrap_or_default(),
        wireless: told.wireless.unwrap_or_default(),
        external: told.external.unwrap_or_default(),
        kind: if told.asset.kind.is_empty() { told.suggested.clone() } else { told.asset.kind.clone() },
        ..told.asset.clone()
    }
}

/// The asset with what the row fills in, and the fields that change by it.
fn updated(there: &Asset, told: &Told, zone: Option<ZoneId>) -> (Asset, Vec<&'static str>) {
    let mut asset = there.clone();
    let row = &told.asset;
    let mut changed = Vec::new();
    let texts: [(&'static str, &mut String, &String); 6] = [
        ("name", &mut asset.name, &row.name),
        ("type", &mut asset.kind, &row.kind),
        ("vendor", &mut asset.vendor, &row.vendor),
        ("model", &mut asset.model, &row.model),
        ("version", &mut asset.version, &row.version),
        ("owner", &mut asset.owner, &row.owner),
    ];
    for (name, field, value) in texts {
        if !value.is_empty() && field != value {
            field.clone_from(value);
            changed.push(name);
        }
    }
    if !row.addresses.is_empty() && asset.addresses != row.addresses {
        asset.addresses.clone_from(&row.addresses);
        changed.push("address");
    }
    if zone.is_some() && asset.zone != zone {
        asset.zone = zone;
        asset.place = None;
        zone.iter().for_each(|it| {
            asset.other_zones.remove(it);
        });
        changed.push("zone");
    }
    if row.supported != Known::Unknown && asset.supported != row.supported {
        asset.supported = row.supported;
        changed.push("supported");
    }
    if row.criticality.is_some() && asset.criticality != row.criticality {
        asset.criticality = row.criticality;
        changed.push("criticality");
    }
    let flags = [
        ("temporary", &mut asset.temporary, told.temporary),
        ("wireless", &mut asset.wireless, told.wireless),
        ("external", &mut asset.external, told.external),
    ];
    for (name, flag, said) in flags {
        if let Some(said) = said.filter(|it| it != flag) {
            *flag = said;
            changed.push(name);
        }
    }
    let notes: Vec<&str> = row.notes.lines().filter(|line| !asset.notes.lines().any(|known| known == *line)).collect();
    if !notes.is_empty() {
        let between = if asset.notes.is_empty() { "" } else { "\n" };
        asset.notes = format!("{}{between}{}", asset.notes, notes.join("\n"));
        changed.push("notes");
    }
    (asset, changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::exchange::assets::{Row, Table};

    fn import(text: &str) -> AssetImport {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let columns = lines.next().unwrap();
        let rows = lines.enumerate().map(|(at, cells)| Row { line: at as u64 + 2, cells }).collect();
        AssetImport::new(Table { name: "list.csv".into(), columns, rows, other_sheets: Vec::new() })
    }

    fn plant() -> Project {
        let plant = Fixture::new().zone("Z-1", |zone| zone.name = "Control".into());
        plant
            .asset("PLC-1", "plc", "Z-1", |asset| {
                asset.vendor = "Maker".into();
                asset.addresses = vec!["10.0.0.1".into()];
            })
            .project
    }

    fn applied(outcome: &Outcome, project: &Project) -> Project {
        let mut changed = project.clone();
        if let Some(edit) = &outcome.edit {
            edit.apply(&mut changed).unwrap();
        }
        assert_eq!(changed.first_unresolved(), None);
        changed
    }

    fn asset<'a>(project: &'a Project, tag: &str) -> &'a Asset {
        project.assets.values().find(|it| it.tag == tag).unwrap()
    }

    #[test]
    fn an_asset_of_one_project_is_none_of_another() {
        let import = import("tag,zone\nA-1,Z-9");
        let [one, other] = [Project::default(), Project::default()].map(|it| applied(&import.outcome(&it), &it));
        assert!(one.assets.ids().all(|id| !other.assets.contains(id)));
        assert!(one.zones.ids().all(|id| !other.zones.contains(id)));
    }

    #[test]
    fn new_rows_become_assets_in_zones_known_by_tag_or_name() {
        let outcome =
            import("tag,type,zone\nHMI-1,hmi,control\nRTU-1,rtu,Z-1\nSW-1,switch,Field bus").outcome(&plant());
        assert_eq!(outcome.summary(), "3 new, 0 updated, 0 unchanged");
        assert_eq!(outcome.new_zones, ["Z-FIELD-BUS"]);
        let project = applied(&outcome, &plant());
        let zone_of = |tag: &str| asset(&project, tag).zone;
        assert_eq!(zone_of("HMI-1"), Some(ZoneId::derived_from("Z-1")));
        assert_eq!(zone_of("RTU-1"), Some(ZoneId::derived_from("Z-1")));
        let made = project.zones.get(zone_of("SW-1").unwrap()).unwrap();
        assert!(made.frame.is_drawable());
    }

    #[test]
    fn a_conflict_stops_everything_unless_told_otherwise() {
        let mut import = import("tag,vendor,model\nPLC-1,Other,M-2\nPLC-2,Maker,M-1");
        let stopped = import.outcome(&plant());
        assert!(stopped.is_stopped() && stopped.edit.is_none());
        assert!(stopped.remarks()[0].contains("list.csv, line 2") && stopped.remarks()[0].contains("vendor, model"));
        import.on_conflict = OnConflict::Skip;
        let skipped = applied(&import.outcome(&plant()), &plant());
        assert_eq!(
            skipped.assets.get(AssetId::derived_from("PLC-1")),
            plant().assets.get(AssetId::derived_from("PLC-1"))
        );
        assert_eq!(skipped.assets.len(), 2);
        import.on_conflict = OnConflict::Update;
        let updated = applied(&import.outcome(&plant()), &plant());
        let plc = updated.assets.get(AssetId::derived_from("PLC-1")).unwrap();
        assert_eq!((plc.vendor.as_str(), plc.model.as_str(), plc.kind.as_str()), ("Other", "M-2", "plc"));
        assert_eq!(plc.addresses, ["10.0.0.1"], "an empty cell replaces nothing");
    }

    #[test]
    fn a_name_does_not_change_the_type_of_an_asset_that_is_there() {
        let plant = Fixture::new().zone("Z-1", |_| ()).asset("HMI-ENG-01", "engineering_ws", "Z-1", |_| ()).project;
        let mut import = import("tag,version\nHMI-ENG-01,4.2\nHMI-2,4.2");
        import.on_conflict = OnConflict::Update;
        let project = applied(&import.outcome(&plant), &plant);
        assert_eq!(asset(&project, "HMI-ENG-01").kind, "engineering_ws");
        assert_eq!(asset(&project, "HMI-2").kind, "hmi");
    }

    #[test]
    fn rows_that_are_skipped_make_no_zones() {
        let mut import = import("tag,model,zone\nPLC-1,M-9,Z-NEW\nPLC-2,M-1,Z-1");
        import.on_conflict = OnConflict::Skip;
        let outcome = import.outcome(&plant());
        assert_eq!(outcome.new_zones, Vec::<String>::new());
        assert_eq!(applied(&outcome, &plant()).zones.len(), plant().zones.len());
    }

    #[test]
    fn a_column_of_serial_numbers_is_no_column_of_zones() {
        let rows: Vec<String> = (0..1_005).map(|number| format!("A-{number},S{number}")).collect();
        let outcome = import(&format!("tag,zone\n{}", rows.join("\n"))).outcome(&plant());
        assert_eq!(outcome.count(|it| matches!(it, RowResult::Wrong(_))), 5);
        assert_eq!(outcome.new_zones.len(), 1_000);
    }

    #[test]
    fn the_same_table_twice_changes_nothing() {
        let mut import = import("tag,name,type,zone,ip,serial\nA-1,Pump,drive,Z-9,10.0.0.7,4711");
        import.on_conflict = OnConflict::Update;
        let once = applied(&import.outcome(&plant()), &plant());
        let again = import.outcome(&once);
        assert_eq!(again.summary(), "0 new, 0 updated, 1 unchanged");
        assert_eq!(again.edit, None);
    }

    #[test]
    fn rows_match_by_address_only_if_asked() {
        let mut import = import("tag,ip,model\nplc-east,10.0.0.1,M-1");
        import.on_conflict = OnConflict::Update;
        assert_eq!(import.outcome(&plant()).summary(), "1 new, 0 updated, 0 unchanged");
        import.by_address = true;
        let project = applied(&import.outcome(&plant()), &plant());
        let plc = project.assets.get(AssetId::derived_from("PLC-1")).unwrap();
        assert_eq!((plc.tag.as_str(), plc.model.as_str()), ("PLC-1", "M-1"), "the tag stays");
    }

    #[test]
    fn rows_that_say_nothing_or_stand_twice_are_told() {
        let outcome = import("tag,vendor\n,Maker\nA-1,x\na-1,y").outcome(&plant());
        let remarks = outcome.remarks();
        assert!(remarks[0].contains("line 2") && remarks[0].contains("neither"), "{remarks:?}");
        assert!(remarks[1].contains("line 4") && remarks[1].contains("line 3"), "{remarks:?}");
        assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged, 2 with errors");
    }

    #[test]
    fn a_sum_below_the_list_is_no_asset() {
        let outcome = import("pos,tag,ip\n1,A-1,10.0.0.1\nSum: 1,,").outcome(&plant());
        assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged");
    }

    #[test]
    fn unknown_zones_may_be_left() {
        let mut import = import("tag,zone\nA-1,Nowhere");
        import.unknown_zones = UnknownZones::Leave;
        let outcome = import.outcome(&plant());
        assert_eq!(outcome.unknown_zones.get("Nowhere"), Some(&1));
        assert_eq!(asset(&applied(&outcome, &plant()), "A-1").zone, None);
    }

    #[test]
    fn a_column_can_be_told_otherwise() {
        let mut import = import("kind of thing,tag\nplc,A-1");
        assert_eq!(import.ignored(), ["kind of thing"]);
        import.say(0, Some(super::super::Field::Type));
        let project = applied(&import.outcome(&Project::default()), &Project::default());
        assert_eq!(asset(&project, "A-1").kind, "plc");
    }
}
