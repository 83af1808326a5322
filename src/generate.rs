//! Invented plants of any size, for measuring and for tests: the same size and
//! seed give the same plant, down to its ids.
//!
//! A plant is an outside, an office, and as many sites as it takes. Each site has
//! the usual floors from a DMZ down to cells, with machines nested in some cells;
//! conduits join neighbouring floors first and cells of one site after that.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use jiff::civil::{Date, date};

use crate::catalogue::Catalogue;
use crate::model::*;

/// How large a plant is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Zones; at least the outside and the office.
    pub zones: usize,
    /// Conduits; none where a plant of this size has no two zones to join.
    pub conduits: usize,
    /// Assets, with a flow for each conduit that has assets on both sides.
    pub assets: usize,
    /// Answers for each zone, up to all requirements.
    pub answers: usize,
    /// Answers for each conduit, up to all in its scope.
    pub conduit_answers: usize,
}

/// A day shortly after the answers of every generated plant.
pub const AS_OF: Date = date(2026, 6, 15);

/// The zones of one site before the next one begins.
const SITE: usize = 20;

/// What stands at the first places of a site: Purdue level, trust, consequence, and the
/// place of the site that it is joined with.
const FLOORS: [(PurdueLevel, Trust, u8, usize); 4] = [
    (PurdueLevel::Dmz, Trust::Operational, 2, 0),
    (PurdueLevel::L3, Trust::Operational, 3, 0),
    (PurdueLevel::L2, Trust::Operational, 4, 1),
    (PurdueLevel::L1, Trust::Safety, 5, 2),
];

/// What stands at all further places.
const CELL: (PurdueLevel, Trust, u8, usize) = (PurdueLevel::L1, Trust::Operational, 4, 2);

/// Makes a plant.
pub fn plant(size: Size, seed: u64) -> Project {
    let mut maker = Maker { project: Project::default(), rng: Rng::with_seed(seed), zones: Vec::new() };
    let info = ProjectInfo {
        title: format!("Generated plant {seed}"),
        organisation: "Generated Works".to_owned(),
        ..ProjectInfo::default()
    };
    maker.project.info = std::sync::Arc::new(info);
    maker.draw_zones(size.zones.max(2));
    maker.join(size.conduits);
    maker.equip(size.assets);
    maker.record();
    maker.answer(size.answers, size.conduit_answers);
    maker.plan();
    maker.project
}

struct Maker {
    project: Project,
    rng: Rng,
    /// In the order drawn: outside, office, then site by site.
    zones: Vec<ZoneId>,
}

impl Maker {
    fn draw_zones(&mut self, count: usize) {
        for place in 0..count {
            let (site, floor) = (place.saturating_sub(2) / SITE, place.saturating_sub(2) % SITE);
            let (purdue, trust, consequence, _) = match place {
                0 => (PurdueLevel::L5, Trust::External, 1, 0),
                1 => (PurdueLevel::L4, Trust::Enterprise, 2, 0),
                _ => FLOORS.get(floor).copied().unwrap_or(CELL),
            };
            let is_machine = place > 1 && floor > 6 && floor.is_multiple_of(4);
            let parent = if is_machine { self.zones.last().copied() } else { None };
            let tag = format!("Z-{place:04}");
            let (x, y) = match place {
                0 | 1 => (0.0, -600.0 + 300.0 * place as f32),
                _ => ((site * 1400 + floor % 4 * 320) as f32, (floor / 4 * 300) as f32),
            };
            let inside = |rect: Rect| Rect::new(rect.x + 20.0, rect.y + 60.0, 160.0, 100.0);
            let frame = parent
                .and_then(|id| self.project.zones.get(id))
                .map_or(Rect::new(x, y, 260.0, 200.0), |zone| inside(zone.frame));
            let zone = Zone {
                name: format!("Zone {place} of site {site}"),
                parent,
                purdue: Some(purdue),
                trust,
                consequence: Rating::new(consequence).filter(|_| self.rng.u8(..8) > 0),
                owner: if self.rng.u8(..20) > 0 { "Operations manager".to_owned() } else { String::new() },
                site: format!("Site {site}"),
                sl_t: Some(self.target_level(consequence)),
                frame,
                tag: tag.clone(),
                ..Zone::default()
            };
            let id = ZoneId::derived_from(&tag);
            self.project.zones.insert(id, zone);
            self.zones.push(id);
        }
    }

    /// An SL-T round about a consequence, a little different for each FR.
    fn target_level(&mut self, about: u8) -> TargetLevel {
        let mut level = || (about.saturating_sub(1) + self.rng.u8(..2)).min(4);
        let levels = PerFr::from_fn(|_| SecurityLevel::new(level()).unwrap_or_default());
        TargetLevel { levels, reason: "Follows from the consequence".to_owned(), ..TargetLevel::default() }
    }

    /// Joins each zone with the floor above it, then cells of a site with one another.
    fn join(&mut self, count: usize) {
        let of_site = |place: usize| 2 + (place - 2) / SITE * SITE;
        for number in 0..count {
            let place = number + 1;
            let (upper, lower) = match place {
                1 => (0, 1),
                _ if place < self.zones.len() => {
                    let floor = (place - 2) % SITE;
                    let above = FLOORS.get(floor).unwrap_or(&CELL).3;
                    (if floor == 0 { 1 } else { of_site(place) + above }, place)
                }
                _ => {
                    let lower = self.rng.usize(1..self.zones.len());
                    let near = lower.saturating_sub(1 + self.rng.usize(..SITE));
                    (near, lower)
                }
            };
            let (Some(&from), Some(&to)) = (self.zones.get(upper), self.zones.get(lower)) else { continue };
            let tag = format!("C-{number:04}");
            let conduit = Conduit {
                name: format!("Conduit {number}"),
                from: Some(from),
                to: Some(to),
                initiated_by: self.one_of(&[Initiator::From, Initiator::To, Initiator::Both]),
                filtering: self.one_of(&[
                    Filtering::None,
                    Filtering::Stateful,
                    Filtering::Stateful,
                    Filtering::Application,
                ]),
                remote_access: if self.rng.u8(..30) == 0 { RemoteAccess::AlwaysOn } else { RemoteAccess::None },
                sl_t: Some(self.target_level(3)),
                tag: tag.clone(),
                ..Conduit::default()
            };
            self.project.conduits.insert(ConduitId::derived_from(&tag), conduit);
        }
    }

    /// Puts assets into zones, of types that stand at the zone's level, and lets them talk.
    fn equip(&mut self, count: usize) {
        let catalogue = Catalogue::embedded();
        let mut standing: BTreeMap<ZoneId, Vec<AssetId>> = BTreeMap::new();
        for number in 0..count {
            let place = number % self.zones.len();
            let Some((&id, zone)) = self.zones.get(place).and_then(|id| Some((id, self.project.zones.get(*id)?)))
            else {
                continue;
            };
            let level = zone.purdue.unwrap_or_default();
            let fitting: Vec<_> = catalogue.asset_types().iter().filter(|it| it.purdue() == level).collect();
            let kind = self.rng.choice(&fitting).map(|it| it.id.clone()).unwrap_or_default();
            let tag = format!("A-{number:05}");
            let neighbour = self.zones.get(place + 1).copied().filter(|_| self.rng.u16(..200) == 0);
            let asset = Asset {
                name: format!("Asset {number}"),
                kind,
                zone: Some(id),
                other_zones: neighbour.into_iter().collect(),
                addresses: vec![format!("10.{}.{}.{}", place / 200, place % 200, number / self.zones.len() % 250 + 1)],
                vendor: "Vendor A".to_owned(),
                model: "M-1".to_owned(),
                supported: self.one_of(&[Known::Yes, Known::Yes, Known::Yes, Known::Unknown, Known::No]),
                owner: "Maintenance".to_owned(),
                criticality: Rating::new(self.rng.u8(1..=5)),
                tag: tag.clone(),
                ..Asset::default()
            };
            let asset_id = AssetId::derived_from(&tag);
            self.project.assets.insert(asset_id, asset);
            standing.entry(id).or_default().push(asset_id);
        }
        let protocols = catalogue.protocols();
        for (id, conduit) in self.project.conduits.clone().iter() {
            let mut end = |zone: Option<ZoneId>| self.rng.choice(standing.get(&zone?)?).copied();
            let (Some(from), Some(to)) = (end(conduit.from), end(conduit.to)) else { continue };
            let Some(protocol) = self.rng.choice(protocols) else { continue };
            let flow = Flow {
                conduit: Some(id),
                from: Some(from),
                to: Some(to),
                protocol: protocol.id.clone(),
                port: protocol.ports.first().map(|&(_, port)| PortRange { first: port, last: port }),
                ..Flow::default()
            };
            self.project.flows.insert(FlowId::derived_from(&conduit.tag), flow);
        }
    }

    /// A piece of evidence for about every ten zones.
    fn record(&mut self) {
        for number in 0..self.zones.len().div_ceil(10) {
            let tag = format!("E-{number:03}");
            let evidence = Evidence {
                title: format!("Walk-down record {number}"),
                kind: "record".to_owned(),
                collected_on: Some(date(2026, 3, 1)),
                expires_on: Some(if self.rng.u8(..8) > 0 { date(2027, 3, 1) } else { date(2026, 4, 1) }),
                accepted: self.rng.u8(..10) > 0,
                tag: tag.clone(),
                ..Evidence::default()
            };
            self.project.evidence.insert(EvidenceId::derived_from(&tag), evidence);
        }
    }

    /// Answers the first requirements of every target.
    fn answer(&mut self, of_each_zone: usize, of_each_conduit: usize) {
        let catalogue = Catalogue::embedded();
        let evidence: Vec<EvidenceId> = self.project.evidence.ids().collect();
        let targets: Vec<Target> = self.project.targets().collect();
        for target in targets {
            let count = if target.zone().is_some() { of_each_zone } else { of_each_conduit };
            let above = target.zone().and_then(|id| self.project.zones.get(id)?.parent).map(Target::Zone);
            let scope = crate::analysis::levels::scope(&self.project, catalogue, target);
            let asked = catalogue.members(scope).take(count).map(|it| it.id);
            let answers: Answers = asked.map(|id| (id, self.one_answer(above, &evidence))).collect();
            if !answers.is_empty() {
                self.project.answers.insert(target, answers);
            }
        }
    }

    fn one_answer(&mut self, above: Option<Target>, evidence: &[EvidenceId]) -> Answer {
        let status = match self.rng.u8(..100) {
            0..62 => Status::Met,
            62..74 => Status::Partial,
            74..86 => Status::NotMet,
            86..90 => Status::Compensated,
            90..94 => Status::NotApplicable,
            94..97 if above.is_some() => Status::Inherited(above),
            _ => Status::NotAssessed,
        };
        let says = |wanted: Status, text: &str| if status == wanted { text.to_owned() } else { String::new() };
        let proof = self.rng.choice(evidence).copied().filter(|_| status == Status::Met && self.rng.bool());
        Answer {
            status,
            capable: self.one_of(&[Known::Unknown, Known::Unknown, Known::Yes, Known::No]),
            notes: if self.rng.u8(..4) == 0 { "As seen on the walk-down".to_owned() } else { String::new() },
            countermeasure: says(Status::Compensated, "Locked cabinet and a log of who opened it"),
            justification: says(Status::NotApplicable, "Nothing of the kind is installed"),
            evidence: proof.into_iter().collect::<BTreeSet<_>>(),
            answered_by: "Automation engineer".to_owned(),
            answered_on: Some(date(2026, 5, 4)),
            review: false,
            comments: Vec::new(),
        }
    }

    /// A scenario and an action for about every ten zones.
    fn plan(&mut self) {
        for (number, &zone) in self.zones.clone().iter().enumerate().step_by(10) {
            let action = ActionId::derived_from(&format!("T-{number:04}"));
            let open = |answers: &Answers| {
                let gaps = answers.iter().filter(|(_, it)| matches!(it.status, Status::NotMet | Status::Partial));
                gaps.map(|(&requirement, _)| GapKey { target: zone.into(), requirement }).take(8).collect()
            };
            let closes = self.project.answers.get(zone.into()).map(open).unwrap_or_default();
            let planned = Action {
                tag: format!("T-{number:04}"),
                title: format!("Harden zone {number}"),
                owner: "Automation engineer".to_owned(),
                due: AS_OF.checked_add(jiff::Span::new().days(self.rng.i64(-20..300))).ok(),
                outage: self.rng.u8(..4) == 0,
                closes,
                ..Action::default()
            };
            self.project.actions.insert(action, planned);
            let tag = format!("R-{number:04}");
            let risk = Risk {
                title: format!("Loss of control in zone {number}"),
                targets: BTreeSet::from([zone.into()]),
                consequences: Consequences { operations: Rating::new(self.rng.u8(1..=5)), ..Consequences::default() },
                current: Rating::new(self.rng.u8(1..=5)),
                residual: Rating::new(self.rng.u8(1..=3)),
                actions: BTreeSet::from([action]),
                owner: "Plant manager".to_owned(),
                tag: tag.clone(),
                ..Risk::default()
            };
            self.project.risks.insert(RiskId::derived_from(&tag), risk);
        }
    }

    fn one_of<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        self.rng.choice(choices).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    const SMALL: Size = Size { zones: 60, conduits: 200, assets: 500, answers: 100, conduit_answers: 40 };

    #[test]
    fn a_plant_is_as_large_as_asked() {
        let made = plant(SMALL, 1);
        assert_eq!((made.zones.len(), made.conduits.len(), made.assets.len()), (60, 200, 500));
        assert!(
            made.answers.iter().filter_map(|(target, it)| target.zone().map(|_| it.len())).all(|count| count == 100)
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_plant_and_another_one_another() {
        assert_eq!(plant(SMALL, 7), plant(SMALL, 7));
        assert_ne!(plant(SMALL, 7), plant(SMALL, 8));
    }

    #[test]
    fn a_generated_plant_is_a_sound_project() {
        for seed in 0..4 {
            let made = plant(Size { zones: 25 + 9 * seed as usize, ..SMALL }, seed);
            let text = store::to_text(&made).unwrap();
            assert_eq!(store::from_text(&text).unwrap(), made);
        }
    }
}
