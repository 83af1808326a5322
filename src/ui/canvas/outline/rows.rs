//! The outline as rows: what stands below what, as far as it is unfolded.

use std::collections::{BTreeMap, BTreeSet};

use crate::hands::outline::Node;
use crate::model::{AssetId, Project, Subject, ZoneId};

/// A row of the outline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// What it stands for.
    pub node: Node,
    /// How deep it stands.
    pub depth: u8,
    /// Whether it is unfolded; `None` where there is nothing to unfold.
    pub open: Option<bool>,
    /// How many things stand directly below it.
    pub count: usize,
}

impl Row {
    /// The zone, conduit, asset or note that it stands for.
    pub fn subject(&self) -> Option<Subject> {
        if let Node::Item(subject) = self.node { Some(subject) } else { None }
    }
}

/// What lies in what, ordered as people count: Z-2 before Z-10.
pub(super) struct Contents {
    sites: BTreeMap<String, Vec<ZoneId>>,
    zones: BTreeMap<ZoneId, Vec<ZoneId>>,
    assets: BTreeMap<ZoneId, Vec<AssetId>>,
    unplaced: Vec<AssetId>,
    conduits: Vec<Subject>,
    notes: Vec<Subject>,
}

/// A tag with its figures as numbers, to put in order.
fn counted(tag: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = tag;
    while !rest.is_empty() {
        let word = rest.find(|it: char| it.is_ascii_digit()).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(word).unwrap_or((rest, ""));
        let digits = after.find(|it: char| !it.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at_checked(digits).unwrap_or((after, ""));
        parts.push((text.to_lowercase(), number.parse().unwrap_or(0)));
        rest = after;
    }
    parts
}

fn sorted<T: Copy + Ord>(mut items: Vec<(Vec<(String, u64)>, T)>) -> Vec<T> {
    items.sort();
    items.into_iter().map(|(_, it)| it).collect()
}

impl Contents {
    pub fn of(project: &Project) -> Self {
        let mut sites: BTreeMap<String, Vec<_>> = BTreeMap::new();
        let mut zones: BTreeMap<ZoneId, Vec<_>> = BTreeMap::new();
        let mut assets: BTreeMap<ZoneId, Vec<_>> = BTreeMap::new();
        let mut unplaced = Vec::new();
        for (id, zone) in project.zones.iter() {
            let key = (counted(&zone.tag), id);
            match zone.parent {
                Some(parent) => zones.entry(parent).or_default().push(key),
                None => sites.entry(zone.site.trim().to_owned()).or_default().push(key),
            }
        }
        for (id, asset) in project.assets.iter() {
            let key = (counted(&asset.tag), id);
            match asset.zone {
                Some(zone) => assets.entry(zone).or_default().push(key),
                None => unplaced.push(key),
            }
        }
        let conduits = project.conduits.iter().map(|(id, it)| (counted(&it.tag), Subject::from(id)));
        let notes = project.notes.iter().map(|(id, it)| (counted(&it.text), Subject::from(id)));
        Self {
            sites: sites.into_iter().map(|(site, zones)| (site, sorted(zones))).collect(),
            zones: zones.into_iter().map(|(zone, inner)| (zone, sorted(inner))).collect(),
            assets: assets.into_iter().map(|(zone, assets)| (zone, sorted(assets))).collect(),
            unplaced: sorted(unplaced),
            conduits: sorted(conduits.collect()),
            notes: sorted(notes.collect()),
        }
    }

    fn inner(&self, zone: ZoneId) -> (&[ZoneId], &[AssetId]) {
        let zones = self.zones.get(&zone).map(Vec::as_slice).unwrap_or_default();
        (zones, self.assets.get(&zone).map(Vec::as_slice).unwrap_or_default())
    }

    /// Zones that hold zones, and sites, are unfolded from the beginning.
    fn is_open_at_first(&self, node: &Node) -> bool {
        match node {
            Node::Site(_) => true,
            Node::Item(Subject::Zone(zone)) => self.zones.contains_key(zone),
            _ => false,
        }
    }

    /// The rows. `toggled` are those that were folded or unfolded by hand; with `wanted`
    /// words only what answers to them, and what that lies in, all of it unfolded.
    pub fn rows(&self, project: &Project, toggled: &BTreeSet<Node>, wanted: &str) -> Vec<Row> {
        let words: Vec<String> = wanted.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let kept = (!words.is_empty()).then(|| kept(project, &words));
        let mut flat = Flat { contents: self, toggled, kept, rows: Vec::new() };
        let has_sites = self.sites.keys().any(|site| !site.is_empty());
        // what belongs to no site comes after the sites
        let named = self.sites.iter().filter(|(site, _)| !site.is_empty());
        for (site, zones) in named.chain(self.sites.get_key_value("")) {
            let zones: Vec<Subject> = zones.iter().map(|&it| it.into()).collect();
            if has_sites {
                flat.fold(Node::Site(site.clone()), &zones);
            } else {
                zones.iter().for_each(|&it| flat.item(it, 0));
            }
        }
        flat.fold(Node::Conduits, &self.conduits);
        flat.fold(Node::Notes, &self.notes);
        let unplaced: Vec<Subject> = self.unplaced.iter().map(|&it| it.into()).collect();
        flat.fold(Node::Unplaced, &unplaced);
        flat.rows
    }

    /// What must be unfolded for a subject to be seen, the outermost first.
    pub fn around(&self, project: &Project, subject: Subject) -> Vec<Node> {
        let zone = match subject {
            Subject::Conduit(_) => return vec![Node::Conduits],
            Subject::Note(_) => return vec![Node::Notes],
            Subject::Asset(id) => match project.assets.get(id).and_then(|it| it.zone) {
                Some(zone) => zone,
                None => return vec![Node::Unplaced],
            },
            Subject::Zone(id) => id,
            _ => return Vec::new(),
        };
        let mut zones = project.zone_ancestors(zone);
        if matches!(subject, Subject::Asset(_)) {
            zones.insert(0, zone);
        }
        zones.reverse();
        let outermost = zones.first().copied().unwrap_or(zone);
        let site = project.zones.get(outermost).map(|it| it.site.trim().to_owned()).unwrap_or_default();
        std::iter::once(Node::Site(site)).chain(zones.into_iter().map(|it| Node::Item(it.into()))).collect()
    }

    /// Unfolds or folds by changing what was toggled; returns whether anything changed.
    pub fn set_open(&self, toggled: &mut BTreeSet<Node>, node: &Node, open: bool) -> bool {
        if self.is_open_at_first(node) == open { toggled.remove(node) } else { toggled.insert(node.clone()) }
    }

    /// All zones of a site, with those that lie in them.
    pub fn of_site(&self, site: &str) -> Vec<Subject> {
        self.sites.get(site).into_iter().flatten().map(|&it| it.into()).collect()
    }
}

/// What answers to the words, and everything around it.
fn kept(project: &Project, words: &[String]) -> BTreeSet<Subject> {
    let answers = |parts: [&str; 2]| {
        let text = parts.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut kept = BTreeSet::new();
    let mut zones: BTreeSet<ZoneId> =
        project.zones.iter().filter(|(_, it)| answers([&it.tag, &it.name])).map(|(id, _)| id).collect();
    for (id, asset) in project.assets.iter().filter(|(_, it)| answers([&it.tag, &it.name])) {
        kept.insert(id.into());
        zones.extend(asset.zone);
    }
    let around: Vec<ZoneId> = zones.iter().flat_map(|&it| project.zone_ancestors(it)).collect();
    zones.extend(around);
    kept.extend(zones.into_iter().map(Subject::from));
    kept.extend(
        project.conduits.iter().filter(|(_, it)| answers([&it.tag, &it.name])).map(|(id, _)| Subject::from(id)),
    );
    kept.extend(project.notes.iter().filter(|(_, it)| answers([&it.text, ""])).map(|(id, _)| Subject::from(id)));
    kept
}

/// Rows being laid out one below the other.
struct Flat<'a> {
    contents: &'a Contents,
    toggled: &'a BTreeSet<Node>,
    kept: Option<BTreeSet<Subject>>,
    rows: Vec<Row>,
}

impl Flat<'_> {
    fn is_open(&self, node: &Node) -> bool {
        self.kept.is_some() || (self.contents.is_open_at_first(node) != self.toggled.contains(node))
    }

    fn is_kept(&self, subject: Subject) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.contains(&subject))
    }

    /// A heading with what stands below it; nothing where nothing does.
    fn fold(&mut self, node: Node, items: &[Subject]) {
        let count = items.iter().filter(|it| self.is_kept(**it)).count();
        if count == 0 {
            return;
        }
        let open = self.is_open(&node);
        self.rows.push(Row { node, depth: 0, open: Some(open), count });
        if open {
            items.iter().for_each(|&it| self.item(it, 1));
        }
    }

    fn item(&mut self, subject: Subject, depth: u8) {
        if !self.is_kept(subject) {
            return;
        }
        let node = Node::Item(subject);
        let (zones, assets) = match subject {
            Subject::Zone(id) => self.contents.inner(id),
            _ => (&[][..], &[][..]),
        };
        let count = zones.len() + assets.len();
        let open = (count > 0).then(|| self.is_open(&node));
        self.rows.push(Row { node, depth, open, count });
        if open == Some(true) {
            zones.iter().for_each(|&it| self.item(it.into(), depth.saturating_add(1)));
            assets.iter().for_each(|&it| self.item(it.into(), depth.saturating_add(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Id;

    fn plant(sites: bool) -> Project {
        Fixture::new()
            .zone("Z-10", |zone| zone.site = if sites { "North".into() } else { String::new() })
            .zone("Z-2", |zone| zone.parent = Some(ZoneId::derived_from("Z-10")))
            .zone("Z-9", |_| ())
            .conduit("C-1", "Z-2", "Z-9", |_| ())
            .asset("PLC-10", "plc", "Z-2", |_| ())
            .asset("PLC-9", "plc", "Z-2", |_| ())
            .project
    }

    fn written(project: &Project, rows: &[Row]) -> Vec<String> {
        let name = |row: &Row| match &row.node {
            Node::Item(subject) => project.subject_tag(*subject).into_owned(),
            Node::Site(site) => format!("site {site}"),
            other => format!("{other:?}"),
        };
        rows.iter().map(|row| format!("{}{}", "  ".repeat(row.depth.into()), name(row))).collect()
    }

    #[test]
    fn zones_nest_and_stand_in_the_order_of_their_numbers() {
        let project = plant(false);
        let contents = Contents::of(&project);
        let rows = contents.rows(&project, &BTreeSet::new(), "");
        assert_eq!(written(&project, &rows), ["Z-9", "Z-10", "  Z-2", "Conduits"]);
        let mut toggled = BTreeSet::new();
        for node in contents.around(&project, AssetId::derived_from("PLC-9").into()) {
            contents.set_open(&mut toggled, &node, true);
        }
        let rows = contents.rows(&project, &toggled, "");
        assert_eq!(written(&project, &rows), ["Z-9", "Z-10", "  Z-2", "    PLC-9", "    PLC-10", "Conduits"]);
    }

    #[test]
    fn sites_stand_above_their_zones_as_soon_as_there_is_one() {
        let project = plant(true);
        let contents = Contents::of(&project);
        let rows = contents.rows(&project, &BTreeSet::new(), "");
        assert_eq!(written(&project, &rows), ["site North", "  Z-10", "    Z-2", "site ", "  Z-9", "Conduits"]);
        let mut toggled = BTreeSet::new();
        assert!(contents.set_open(&mut toggled, &Node::Site("North".into()), false));
        let rows = contents.rows(&project, &toggled, "");
        assert_eq!(written(&project, &rows), ["site North", "site ", "  Z-9", "Conduits"]);
    }

    #[test]
    fn words_leave_what_answers_and_what_it_lies_in() {
        let project = plant(false);
        let rows = Contents::of(&project).rows(&project, &BTreeSet::new(), "plc-9");
        assert_eq!(written(&project, &rows), ["Z-10", "  Z-2", "    PLC-9"]);
        assert!(Contents::of(&project).rows(&project, &BTreeSet::new(), "nowhere").is_empty());
    }
}
