//! The plant as drawn: zones, conduits, assets and flows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::geometry::{Point, Rect};
use super::id::{AssetId, ConduitId, ZoneId, serde_as_text};
use super::level::{Fr, SlVector};
use super::rating::Rating;
use super::record::{choices, record};
use super::requirement::RequirementId;

record! {
    /// A grouping of assets with the same security requirements; zones nest.
    Zone {
        /// The engineer's own label, such as "Z-CTRL"; unique among zones and conduits.
        tag: String,
        /// What people call it.
        name: String,
        /// What it is for, what was seen there.
        notes: String,
        /// The zone that it lies in.
        parent: Option<ZoneId>,
        /// Its level in the Purdue model.
        purdue: Option<PurdueLevel>,
        /// Whose hands it is in.
        trust: Trust,
        /// Untrusted although its trust does not say so; an External zone is so anyway.
        untrusted: bool,
        /// How bad the worst outcome would be, from the initial assessment.
        consequence: Option<Rating>,
        /// The role that answers for it.
        owner: String,
        /// Whether its boundary is drawn in walls and cables or in configuration.
        boundary: Boundary,
        /// The site or area that it stands in.
        site: String,
        /// Its target security level.
        sl_t: Option<TargetLevel>,
        /// Inside the perimeter of the SUC or not, where its trust does not say it right.
        in_suc: Option<bool>,
        /// Where it is drawn, in canvas units.
        frame: Rect,
        /// Neither it nor what lies in it is moved, sized, deleted or added to by hand until unlocked.
        locked: bool,
        /// Among zones that lie in the same zone, those with a higher number lie before the others.
        order: i32,
    }

    /// A grouping of communication channels between two zones.
    Conduit {
        /// The engineer's own label, such as "C-07"; unique among zones and conduits.
        tag: String,
        /// What people call it.
        name: String,
        /// What it is for, what was seen there.
        notes: String,
        /// One of its zones; `None` is a dangling end.
        from: Option<ZoneId>,
        /// The other zone; `None` is a dangling end.
        to: Option<ZoneId>,
        /// Which side may open a connection.
        initiated_by: Initiator,
        /// Whether people reach in from afar over it.
        remote_access: RemoteAccess,
        /// What stands in it.
        filtering: Filtering,
        /// Where that stands.
        filter_place: FilterPlace,
        /// The role that answers for it.
        owner: String,
        /// Its target security level.
        sl_t: Option<TargetLevel>,
        /// SRs taken into (`true`) or out of (`false`) its scope, against what holds for all conduits.
        scope: BTreeMap<RequirementId, bool>,
    }

    /// A device or software in a zone.
    Asset {
        /// The engineer's own label, such as "PLC-101"; unique among assets.
        tag: String,
        /// What people call it.
        name: String,
        /// What it does, what was seen.
        notes: String,
        /// An id of the catalogue's asset types.
        kind: String,
        /// The zone that it stands in.
        zone: Option<ZoneId>,
        /// Further zones that an interface of it reaches: it is dual-homed.
        other_zones: BTreeSet<ZoneId>,
        /// Network addresses.
        addresses: Vec<String>,
        /// Who made it.
        vendor: String,
        /// Maker's type.
        model: String,
        /// Firmware or software version.
        version: String,
        /// Whether the maker still mends it.
        supported: Known,
        /// The role that answers for it.
        owner: String,
        /// How much the plant depends on it, 1 to 5.
        criticality: Option<Rating>,
        /// Connected only for a while (IEC 62443-3-2, ZCR 3.4).
        temporary: bool,
        /// Connected by radio (ZCR 3.5).
        wireless: bool,
        /// Connected from outside the plant's own networks (ZCR 3.6).
        external: bool,
        /// Where it is drawn, from its zone's upper left corner; `None`: in the zone's grid.
        place: Option<Point>,
    }

    /// One declared communication.
    Flow {
        /// The conduit that carries it; `None` inside one zone, or where nobody said.
        conduit: Option<ConduitId>,
        /// Who opens it.
        from: Option<AssetId>,
        /// Who answers.
        to: Option<AssetId>,
        /// An id of the catalogue's protocols, or a name.
        protocol: String,
        /// Port or ports at the answering end.
        port: Option<PortRange>,
        /// Data is asked for in both directions.
        both_ways: bool,
        /// What it is for.
        notes: String,
    }

    /// An SL-T with its reasons.
    TargetLevel {
        /// One level per FR.
        levels: SlVector,
        /// Why these.
        reason: String,
        /// The levels that the reason was given for, where it was given for others than these.
        reason_for: Option<SlVector>,
        /// Why an FR deviates from what was derived.
        deviations: BTreeMap<Fr, String>,
        /// The role that decided.
        decided_by: String,
        /// The day of the decision.
        decided_on: Option<Date>,
    }
}

choices! {
    /// Levels of the Purdue model, the field lowest.
    PurdueLevel: "a Purdue level" {
        /// Sensors, actuators, the process itself.
        #[default]
        L0 = "0",
        /// Basic control: PLC, RTU, SIS.
        L1 = "1",
        /// Supervision: HMI, SCADA.
        L2 = "2",
        /// Site operations: historian, engineering.
        L3 = "3",
        /// The DMZ between plant and enterprise.
        Dmz = "3.5",
        /// Business planning.
        L4 = "4",
        /// Enterprise and outside.
        L5 = "5",
    }

    /// Whose hands a zone is in.
    Trust: "a trust" {
        /// Outside the organisation's control: untrusted.
        External = "External",
        /// Office IT of the organisation.
        Enterprise = "Enterprise",
        /// Operations.
        #[default]
        Operational = "Operational",
        /// Safety functions.
        Safety = "Safety",
    }

    /// How a zone's boundary is made.
    Boundary: "a boundary" {
        /// By configuration, such as a VLAN.
        #[default]
        Logical = "logical",
        /// By walls, cabinets, cables of its own.
        Physical = "physical",
    }

    /// Which side of a conduit may open a connection.
    Initiator: "a side" {
        /// Only its `from` zone.
        From = "from",
        /// Only its `to` zone.
        To = "to",
        /// Either.
        #[default]
        Both = "both",
    }

    /// Whether people reach in from afar over a conduit.
    RemoteAccess: "a kind of remote access" {
        /// Nobody does.
        #[default]
        None = "none",
        /// Opened when needed.
        OnDemand = "on-demand",
        /// Standing open.
        AlwaysOn = "always-on",
    }

    /// What stands in a conduit.
    Filtering: "a kind of filtering" {
        /// Nothing that filters.
        #[default]
        None = "none",
        /// A stateful firewall.
        Stateful = "stateful",
        /// A firewall or proxy that reads the application's protocol.
        Application = "application",
        /// A diode: data goes from its `from` zone to its `to` zone only.
        OneWay = "one-way",
    }

    /// Where what filters a conduit stands.
    FilterPlace: "a place of what filters" {
        /// Nobody has said.
        #[default]
        Unstated = "not stated",
        /// At the edge of its `from` zone.
        From = "from",
        /// At the edge of its `to` zone.
        To = "to",
        /// At both edges.
        Both = "both",
        /// Between them: a gateway, or a DMZ of its own.
        Gateway = "gateway",
    }

    /// What is known of a fact.
    Known: "known" {
        /// Nobody has found out.
        #[default]
        Unknown = "unknown",
        /// It is so.
        Yes = "yes",
        /// It is not so.
        No = "no",
    }
}

impl TargetLevel {
    /// Why it is what it is now.
    pub fn give_reason(&mut self, reason: &str) {
        reason.clone_into(&mut self.reason);
        self.reason_for = None;
    }

    /// Whether it says why one FR deviates.
    pub fn explains(&self, fr: Fr) -> bool {
        self.deviations.get(&fr).is_some_and(|it| !it.trim().is_empty())
    }

    /// Why one FR deviates; an empty reason is none.
    pub fn give_deviation(&mut self, fr: Fr, reason: &str) {
        if reason.is_empty() {
            self.deviations.remove(&fr);
        } else {
            self.deviations.insert(fr, reason.to_owned());
        }
    }
}

impl Zone {
    /// Whether what comes from here is taken for hostile (domain rules, section 7).
    pub fn is_untrusted(&self) -> bool {
        self.untrusted || self.trust == Trust::External
    }

    /// Whether it lies inside the perimeter of the SUC: as marked, or else what operates
    /// the plant or keeps it safe does.
    pub fn is_in_suc(&self) -> bool {
        self.in_suc.unwrap_or(matches!(self.trust, Trust::Operational | Trust::Safety))
    }
}

impl Asset {
    /// Whether it can be drawn: its place, if it has one, lies on a canvas.
    pub fn is_drawable(&self) -> bool {
        self.place.is_none_or(Point::is_drawable)
    }
}

impl Conduit {
    /// Whether this zone is at one of its ends.
    pub fn touches(&self, zone: ZoneId) -> bool {
        self.from == Some(zone) || self.to == Some(zone)
    }

    /// Both zones, if neither end dangles.
    pub fn ends(&self) -> Option<(ZoneId, ZoneId)> {
        Some((self.from?, self.to?))
    }

    /// The zones towards which the other side may open a connection.
    pub fn initiated_towards(&self) -> impl Iterator<Item = ZoneId> + use<> {
        let to = if self.initiated_by == Initiator::To { None } else { self.to };
        let from = if self.initiated_by == Initiator::From { None } else { self.from };
        to.into_iter().chain(from)
    }

    /// Whether something stands in it that can refuse traffic.
    pub fn is_filtered(&self) -> bool {
        self.filtering != Filtering::None
    }
}

/// A port, or an unbroken range of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    /// The first port.
    pub first: u16,
    /// The last port, the same for a single one.
    pub last: u16,
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

impl FromStr for PortRange {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        match (first.trim().parse::<u16>(), last.trim().parse::<u16>()) {
            (Ok(first), Ok(last)) if 0 < first && first <= last => Ok(Self { first, last }),
            _ => Err(format!("\"{text}\" is not a port 1 to 65535 or a range such as 1024-65535")),
        }
    }
}

serde_as_text!(PortRange);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Id;

    #[test]
    fn an_external_zone_is_untrusted_without_a_mark() {
        let external = Zone { trust: Trust::External, ..Zone::default() };
        let marked = Zone { untrusted: true, ..Zone::default() };
        assert!(external.is_untrusted() && marked.is_untrusted());
        assert!(!Zone::default().is_untrusted());
    }

    #[test]
    fn only_the_initiating_side_reaches_the_other() {
        let (near, far) = (ZoneId::random(), ZoneId::random());
        let reached = |initiated_by| {
            let conduit = Conduit { from: Some(near), to: Some(far), initiated_by, ..Conduit::default() };
            conduit.initiated_towards().collect::<Vec<_>>()
        };
        assert_eq!(reached(Initiator::From), [far]);
        assert_eq!(reached(Initiator::To), [near]);
        assert_eq!(reached(Initiator::Both), [far, near]);
    }

    #[test]
    fn ports_are_single_or_a_range() {
        assert_eq!("502".parse::<PortRange>().unwrap().to_string(), "502");
        assert_eq!("1024-65535".parse::<PortRange>().unwrap().to_string(), "1024-65535");
        for wrong in ["0", "70000", "9-3", "http", ""] {
            assert!(wrong.parse::<PortRange>().is_err(), "{wrong}");
        }
    }
}
