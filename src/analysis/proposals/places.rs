//! Where each rule of the library finds its scenario.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::analysis::findings::nested::{level_of, trust_of};
use crate::analysis::findings::plant::{Plant, zones_of};
use crate::analysis::findings::words::{all_of, some_of};
use crate::analysis::findings::{Finding, Findings};
use crate::analysis::findings::{a15_open_protocol_outside, p03_temporary_with_permanent, p04_wireless_with_wired};
use crate::catalogue::{Applies, AssetClass, Protection, Protocol};
use crate::model::*;

/// A place at which a scenario applies.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The zone, conduit or asset that it is known by.
    pub about: Subject,
    /// The zone that it lies in, for gathering.
    pub zone: Option<ZoneId>,
    pub targets: BTreeSet<Target>,
    pub assets: BTreeSet<AssetId>,
    /// Why it applies, in a sentence without a full stop.
    pub why: String,
}

type ZoneAssets<'a> = BTreeMap<ZoneId, Vec<(AssetId, &'a Asset)>>;

/// A plant with what the rules ask of it.
pub(super) struct Places<'p, 'a> {
    plant: &'p Plant<'a>,
    findings: &'p Findings,
    hops: &'p BTreeMap<ZoneId, u32>,
    /// Zones that belong to the plant: neither outside nor the office.
    inside: HashSet<ZoneId>,
    by_kind: HashMap<&'a str, Vec<(AssetId, &'a Asset)>>,
}

/// Protocols between a control centre and its stations.
const TELECONTROL: [&str; 5] = ["iec101", "iec104", "dnp3", "iccp", "c37_118"];

impl<'p, 'a> Places<'p, 'a> {
    pub fn new(plant: &'p Plant<'a>, findings: &'p Findings, hops: &'p BTreeMap<ZoneId, u32>) -> Self {
        let is_inside = |(id, zone): (ZoneId, &Zone)| {
            let belongs = match trust_of(plant, id) {
                Trust::External => zone.in_suc == Some(true),
                Trust::Enterprise => zone.in_suc == Some(true) || level_of(plant, id) == Some(PurdueLevel::Dmz),
                Trust::Operational | Trust::Safety => true,
            };
            belongs.then_some(id)
        };
        let mut by_kind: HashMap<&str, Vec<_>> = HashMap::new();
        for (id, asset) in plant.assets().iter() {
            by_kind.entry(asset.kind.as_str()).or_default().push((id, asset));
        }
        Self { plant, findings, hops, inside: plant.zones().iter().filter_map(is_inside).collect(), by_kind }
    }

    /// The places of a rule.
    pub fn of(&self, rule: &Applies) -> Vec<Place> {
        match rule {
            Applies::Findings(codes) => self.found(|it| codes.iter().any(|code| code == it.check.code)),
            Applies::Assets(kinds) => self.with_kinds(kinds),
            Applies::AlwaysOnAccess => self.conduits(|it| {
                let is_open = it.remote_access == RemoteAccess::AlwaysOn;
                is_open.then(|| format!("{} stands open for remote access all the time", it.tag))
            }),
            Applies::TemporaryDevices => self.in_zones(
                |it| it.kind != "removable_media" && p03_temporary_with_permanent::is_temporary(self.plant, it),
                |assets, zone| format!("{assets} in {zone} {} connected only for a while", are(assets)),
            ),
            Applies::WirelessDevices => self.in_zones(
                |it| it.kind != "cellular_modem" && p04_wireless_with_wired::is_wireless(it),
                |assets, zone| format!("{assets} in {zone} {} connected by radio", are(assets)),
            ),
            Applies::DualHomedHistorians => self.found(|it| self.is_dual_homed(it, true)),
            Applies::DualHomedComputers => self.found(|it| self.is_dual_homed(it, false)),
            Applies::BusinessLinks => self.links(|outer, _| self.is_office(outer), "joins the business zone"),
            Applies::OutsideLinks => self.links(
                |outer, conduit| self.is_untrusted(outer) && self.plant.is_filtered(conduit),
                "leads outside to",
            ),
            Applies::CloudLinks => self.cloud_links(),
            Applies::SafetyReachable => self.safety_reachable(),
            Applies::UnsupportedComputers => self.unsupported(|class| {
                use AssetClass::{Engineering, Enterprise, Operator, RemoteAccess, Server};
                matches!(class, Engineering | Enterprise | Operator | RemoteAccess | Server)
            }),
            Applies::UnsupportedDevices => self.unsupported(|class| {
                use AssetClass::{Controller, Field, Network, Safety, Security};
                matches!(class, Controller | Field | Network | Safety | Security)
            }),
            Applies::OpenProtocols => {
                self.carrying("asks nobody who they are", a15_open_protocol_outside::is_open_control)
            }
            Applies::ClearProtocols => self.carrying("goes in clear and unsigned", |it| {
                it.scope == "OT" && it.encryption == Protection::None && it.authentication != Protection::Required
            }),
            Applies::Telecontrol => {
                self.carrying("steers stations from afar", |it| TELECONTROL.contains(&it.id.as_str()))
            }
            Applies::OneWayLinks => self.one_way(),
            Applies::NoBackup if self.by_kind.contains_key("backup_server") => Vec::new(),
            Applies::NoBackup => self.of_process("No backup server is drawn"),
            Applies::ControllersNearOutside => self.near_outside(),
        }
    }

    /// Where findings are that were not set aside.
    fn found(&self, counts: impl Fn(&Finding) -> bool) -> Vec<Place> {
        let mut places: BTreeMap<Subject, Place> = BTreeMap::new();
        let open = self.findings.iter().filter(|it| it.set_aside.is_none() && counts(it));
        let found = open.flat_map(|it| match it.about.as_slice() {
            [] => self.of_process(&it.message),
            about => self.at(about, &it.message).into_iter().collect(),
        });
        for place in found {
            match places.get_mut(&place.about) {
                Some(known) => {
                    known.targets.extend(place.targets);
                    known.assets.extend(place.assets);
                }
                None => {
                    places.insert(place.about, place);
                }
            }
        }
        places.into_values().collect()
    }

    fn at(&self, about: &[Subject], why: &str) -> Option<Place> {
        let plant = self.plant;
        let mut subjects = about.to_vec();
        for &subject in about {
            if let Subject::VendorAccess(id) = subject
                && let Some(access) = plant.vendor_access().get(id)
            {
                let zones = || access.assets.iter().filter_map(|&it| plant.assets().get(it)?.zone);
                subjects.extend(access.conduit.map(Subject::from));
                subjects.extend(zones().map(Subject::from));
                subjects.extend(access.assets.iter().map(|&it| Subject::from(it)));
            }
        }
        let is_drawn = |it: &Subject| matches!(it, Subject::Zone(_) | Subject::Conduit(_) | Subject::Asset(_));
        let about = subjects.iter().copied().find(is_drawn)?;
        let mut place = Place::new(about, why);
        for subject in subjects {
            match subject {
                Subject::Zone(id) => place.add_zone(id),
                Subject::Conduit(id) => self.add_conduit(&mut place, id),
                Subject::Asset(id) => {
                    place.assets.insert(id);
                    let zones = plant.assets().get(id).into_iter().flat_map(zones_of);
                    zones.for_each(|zone| place.add_zone(zone));
                }
                _ => (),
            }
        }
        Some(place)
    }

    fn add_conduit(&self, place: &mut Place, id: ConduitId) {
        place.targets.insert(id.into());
        let ends = self.plant.conduits().get(id).into_iter().flat_map(|it| it.from.into_iter().chain(it.to));
        ends.filter(|zone| self.inside.contains(zone)).for_each(|zone| place.add_zone(zone));
    }

    /// A place about a conduit, its zones in the plant included.
    fn at_conduit(&self, id: ConduitId, why: impl Into<String>) -> Place {
        let mut place = Place::new(id.into(), why);
        self.add_conduit(&mut place, id);
        place
    }

    fn conduits(&self, why: impl Fn(&Conduit) -> Option<String>) -> Vec<Place> {
        let conduits = self.plant.conduits().iter();
        conduits.filter_map(|(id, conduit)| Some(self.at_conduit(id, why(conduit)?))).collect()
    }

    /// Zones of the plant with such assets, which are named.
    fn in_zones(&self, counts: impl Fn(&Asset) -> bool, why: impl Fn(&str, &str) -> String) -> Vec<Place> {
        self.grouped(self.plant.assets().iter().filter(|(_, it)| counts(it)), why)
    }

    fn with_kinds(&self, kinds: &[String]) -> Vec<Place> {
        let assets = kinds.iter().filter_map(|kind| self.by_kind.get(kind.as_str())).flatten().copied();
        self.grouped(assets, |assets, zone| format!("{assets} {} in {zone}", stand(assets)))
    }

    fn grouped(
        &self,
        assets: impl Iterator<Item = (AssetId, &'a Asset)>,
        why: impl Fn(&str, &str) -> String,
    ) -> Vec<Place> {
        let mut by_zone = ZoneAssets::new();
        for (id, asset) in assets {
            if let Some(zone) = asset.zone.filter(|it| self.inside.contains(it)) {
                by_zone.entry(zone).or_default().push((id, asset));
            }
        }
        let place = |(zone, assets): (ZoneId, Vec<(AssetId, &Asset)>)| {
            let mut tags: Vec<_> = assets.iter().map(|(_, it)| it.tag.as_str()).collect();
            tags.sort_unstable();
            let why = why(&some_of(&tags), self.plant.target_tag(zone.into()));
            let mut place = Place::new(zone.into(), why);
            place.add_zone(zone);
            place.assets = assets.into_iter().map(|(id, _)| id).collect();
            place
        };
        by_zone.into_iter().map(place).collect()
    }

    /// Zones of the plant in which something steers the process or serves that.
    fn of_process(&self, why: &str) -> Vec<Place> {
        let is_process = |asset: &Asset| {
            let class = self.plant.class(asset);
            class.is_some_and(|it| matches!(it, AssetClass::Controller | AssetClass::Safety | AssetClass::Server))
        };
        let zones: BTreeSet<_> =
            self.plant.assets().values().filter(|it| is_process(it)).filter_map(|it| it.zone).collect();
        let place = |zone: ZoneId| {
            let why = format!("{why}, though {} is part of what runs the process", self.plant.target_tag(zone.into()));
            let mut place = Place::new(zone.into(), why);
            place.add_zone(zone);
            place
        };
        zones.into_iter().filter(|it| self.inside.contains(it)).map(place).collect()
    }

    /// Whether a finding is about an asset with a foot in two zones, a historian or another one.
    fn is_dual_homed(&self, finding: &Finding, is_historian: bool) -> bool {
        let asset = finding.about.iter().find_map(|it| match it {
            Subject::Asset(id) => self.plant.assets().get(*id),
            _ => None,
        });
        let counts = |it: &Asset| matches!(it.kind.as_str(), "historian" | "historian_dmz") == is_historian;
        finding.check.code == "A05" && asset.is_some_and(counts)
    }

    fn is_office(&self, zone: ZoneId) -> bool {
        trust_of(self.plant, zone) == Trust::Enterprise
    }

    fn is_untrusted(&self, zone: ZoneId) -> bool {
        trust_of(self.plant, zone) == Trust::External
    }

    /// Conduits that lead from such a zone outside the plant into the plant.
    fn links(&self, counts: impl Fn(ZoneId, &Conduit) -> bool, what: &str) -> Vec<Place> {
        self.conduits(|conduit| {
            let (from, to) = conduit.ends()?;
            let (outer, inner) = match (self.inside.contains(&from), self.inside.contains(&to)) {
                (false, true) => (from, to),
                (true, false) => (to, from),
                _ => return None,
            };
            let tag = |zone: ZoneId| self.plant.target_tag(zone.into());
            counts(outer, conduit)
                .then(|| format!("{} {what} {}, and {} lies at its other end", conduit.tag, tag(outer), tag(inner)))
        })
    }

    fn cloud_links(&self) -> Vec<Place> {
        let services = self.by_kind.get("cloud_service").into_iter().flatten();
        let mut clouds: BTreeMap<ZoneId, &str> = BTreeMap::new();
        for (_, asset) in services {
            clouds.extend(asset.zone.map(|zone| (zone, asset.tag.as_str())));
        }
        self.conduits(|conduit| {
            let (from, to) = conduit.ends()?;
            let (cloud, other) = match (clouds.get(&from), clouds.get(&to)) {
                (Some(cloud), None) => (cloud, to),
                (None, Some(cloud)) => (cloud, from),
                _ => return None,
            };
            let other = self.inside.contains(&other).then(|| self.plant.target_tag(other.into()))?;
            Some(format!("{} joins {other} with the cloud service {cloud}", conduit.tag))
        })
    }

    fn safety_reachable(&self) -> Vec<Place> {
        let plant = self.plant;
        let is_safety = |zone: ZoneId| {
            trust_of(plant, zone) == Trust::Safety
                || plant.assets_in(zone).any(|it| plant.class(it) == Some(AssetClass::Safety))
        };
        let zones = plant.zones().iter().filter(|(id, _)| is_safety(*id));
        let place = |(id, zone): (ZoneId, &Zone)| {
            let open = plant.conduits_of(id).filter(|(_, it)| it.filtering != Filtering::OneWay);
            let open = open.filter(|(_, it)| it.initiated_towards().any(|towards| towards == id));
            let other = |it: &Conduit| it.from.filter(|&from| from != id).or(it.to).filter(|&other| other != id);
            let open = open.filter(|(_, it)| other(it).is_some_and(|other| trust_of(plant, other) != Trust::Safety));
            let open: Vec<_> = open.collect();
            let tags: Vec<_> = open.iter().map(|(_, it)| it.tag.as_str()).collect();
            let why = format!("Others may open a connection into {} over {}", zone.tag, some_of(&tags));
            let mut place = Place::new(id.into(), why);
            place.add_zone(id);
            place.targets.extend(open.iter().map(|(id, _)| Target::from(*id)));
            (!open.is_empty()).then_some(place)
        };
        zones.filter_map(place).collect()
    }

    fn unsupported(&self, counts: impl Fn(AssetClass) -> bool) -> Vec<Place> {
        self.in_zones(
            |it| it.supported == Known::No && self.plant.class(it).is_some_and(&counts),
            |assets, zone| format!("{assets} in {zone} {} no longer mended by the maker", are(assets)),
        )
    }

    /// Conduits that carry such protocols into the plant or within it.
    fn carrying(&self, what: &str, counts: impl Fn(&Protocol) -> bool) -> Vec<Place> {
        let place = |(id, conduit): (ConduitId, &Conduit)| {
            let protocols = self.plant.flows_of(id).filter_map(|(_, flow)| self.plant.protocol(flow));
            let names: BTreeSet<_> = protocols.filter(|it| counts(it)).map(|it| it.name.as_str()).collect();
            let names: Vec<_> = names.into_iter().collect();
            let why = || format!("{} carries {}, which {what}", conduit.tag, all_of(&names));
            (!names.is_empty()).then(|| self.at_conduit(id, why()))
        };
        self.plant.conduits().iter().filter_map(place).filter(|it| it.zone.is_some()).collect()
    }

    fn one_way(&self) -> Vec<Place> {
        let conduits = self.conduits(|it| {
            (it.filtering == Filtering::OneWay)
                .then(|| format!("{} is trusted to let data through one way only", it.tag))
        });
        let devices = self.by_kind.get("data_diode").into_iter().flatten();
        let devices = devices.filter_map(|(id, it)| {
            self.at(&[(*id).into()], &format!("{} is trusted to let data through one way only", it.tag))
        });
        // a device in a conduit that is told already is told by that
        let told: BTreeSet<_> = conduits.iter().flat_map(|it| it.targets.iter().copied()).collect();
        let devices = devices.filter(|it| !it.targets.iter().any(|target| told.contains(target)));
        let devices: Vec<_> = devices.collect();
        conduits.into_iter().chain(devices).collect()
    }

    fn near_outside(&self) -> Vec<Place> {
        let near = |zone: ZoneId| self.hops.get(&zone).copied().filter(|hops| (1..=2).contains(hops));
        let is_controller = |it: &Asset| {
            it.zone.is_some_and(|zone| near(zone).is_some())
                && matches!(self.plant.class(it), Some(AssetClass::Controller | AssetClass::Safety))
        };
        let mut places = self.in_zones(is_controller, |assets, _| assets.to_owned());
        for place in &mut places {
            let Some(zone) = place.zone else { continue };
            let way = match near(zone) {
                Some(1) => "1 conduit",
                _ => "2 conduits",
            };
            let verb = if are(&place.why) == "are" { "lie" } else { "lies" };
            place.why =
                format!("{} in {} {verb} {way} from an untrusted zone", place.why, self.plant.target_tag(zone.into()));
        }
        places
    }
}

impl Place {
    fn new(about: Subject, why: impl Into<String>) -> Self {
        Self { about, zone: None, targets: BTreeSet::new(), assets: BTreeSet::new(), why: why.into() }
    }

    fn add_zone(&mut self, zone: ZoneId) {
        self.zone = self.zone.or(Some(zone));
        self.targets.insert(zone.into());
    }
}

/// The verb that fits names in a sentence.
fn are(names: &str) -> &'static str {
    if names.contains(" and ") { "are" } else { "is" }
}

fn stand(names: &str) -> &'static str {
    if names.contains(" and ") { "stand" } else { "stands" }
}
