//! What the standards say, in our own words: requirements, asset types, protocols, NIS2
//! points and sectors, risk scenarios, techniques of attack, and IEC 62443-3-2.
//!
//! The tables are embedded from `assets/catalogue/`; each names its source at its head.

mod assets;
mod attack;
mod nis2;
mod protocols;
mod requirements;
mod scenarios;
mod sectors;
mod set;
mod typical;
mod zcr;

use std::sync::LazyLock;

pub use assets::{AssetClass, AssetType};
pub use attack::{ATTACK_EDITION, ATTACK_LICENCE, ATTACK_NOTICE, Tactic, Technique};
pub use nis2::Nis2Point;
pub use protocols::{Protection, Protocol, Transport};
pub use requirements::{Confidence, Requirement};
pub use scenarios::{Applies, Scenario};
pub use sectors::Sector;
pub use set::RequirementSet;
pub use typical::{SharedService, Typical, TypicalAnswer, TypicalKind};
pub use zcr::{AnsweredIn, ZcrRequirement};

use crate::model::{Fr, PerFr, RequirementId, SecurityLevel, ZcrId};

/// Everything the program knows before a project is opened.
#[derive(Debug)]
pub struct Catalogue {
    requirements: Vec<Requirement>,
    asset_types: Vec<AssetType>,
    protocols: Vec<Protocol>,
    nis2: Vec<Nis2Point>,
    attack: attack::Attack,
    scenarios: Vec<Scenario>,
    sectors: Vec<Sector>,
    zcr: zcr::Zcr,
    typical: Typical,
    by_fr: PerFr<RequirementSet>,
    up_to_gate: [RequirementSet; 5],
    conduit: RequirementSet,
}

static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(Catalogue::read_embedded);

impl Catalogue {
    /// The catalogue that the program carries.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read_embedded() -> Self {
        let requirements = requirements::embedded();
        let set = |concerns: &dyn Fn(&Requirement) -> bool| {
            requirements.iter().enumerate().filter(|(_, it)| concerns(it)).map(|(index, _)| index).collect()
        };
        let applies_to_conduits = |it: &Requirement| requirements.iter().any(|sr| sr.id == it.id.sr() && sr.conduit);
        Self {
            by_fr: PerFr::from_fn(|fr| set(&|it| it.id.fr() == fr)),
            up_to_gate: SecurityLevel::ALL.map(|level| set(&|it| it.gate <= level)),
            conduit: set(&applies_to_conduits),
            requirements,
            asset_types: assets::embedded(),
            protocols: protocols::embedded(),
            nis2: nis2::embedded(),
            attack: attack::embedded(),
            scenarios: scenarios::embedded(),
            sectors: sectors::embedded(),
            zcr: zcr::embedded(),
            typical: typical::embedded(),
        }
    }

    /// All 100 requirements in the order of the standard.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// A requirement by its number, if there is one.
    pub fn requirement(&self, id: RequirementId) -> Option<&Requirement> {
        self.requirements.get(self.index(id)?)
    }

    /// The first of these that is no requirement.
    pub fn first_unknown(&self, ids: impl IntoIterator<Item = RequirementId>) -> Option<RequirementId> {
        ids.into_iter().find(|id| self.requirement(*id).is_none())
    }

    /// A requirement's place in [`Self::requirements`].
    pub fn index(&self, id: RequirementId) -> Option<usize> {
        self.requirements.binary_search_by(|it| it.id.cmp(&id)).ok()
    }

    /// The requirements in a set, in the order of the standard.
    pub fn members(&self, set: RequirementSet) -> impl Iterator<Item = &Requirement> {
        set.iter().filter_map(|index| self.requirements.get(index))
    }

    /// All requirements: what a zone is assessed against.
    pub fn all(&self) -> RequirementSet {
        self.up_to_gate[4]
    }

    /// What a conduit is assessed against, unless the project says otherwise.
    pub fn conduit_default(&self) -> RequirementSet {
        self.conduit
    }

    /// The requirements of an FR.
    pub fn of_fr(&self, fr: Fr) -> RequirementSet {
        self.by_fr[fr]
    }

    /// The requirements demanded at a level: all with that gate or a lower one.
    pub fn up_to(&self, level: SecurityLevel) -> RequirementSet {
        self.up_to_gate.get(usize::from(level.number())).copied().unwrap_or_default()
    }

    /// An SR and its REs.
    pub fn with_enhancements(&self, sr: RequirementId) -> RequirementSet {
        let family = self.requirements.iter().enumerate().filter(|(_, it)| it.id.sr() == sr.sr());
        family.map(|(index, _)| index).collect()
    }

    /// All asset types.
    pub fn asset_types(&self) -> &[AssetType] {
        &self.asset_types
    }

    /// An asset type by its id.
    pub fn asset_type(&self, id: &str) -> Option<&AssetType> {
        self.asset_types.iter().find(|it| it.id == id)
    }

    /// All protocols.
    pub fn protocols(&self) -> &[Protocol] {
        &self.protocols
    }

    /// A protocol by its id, or else by its name without regard to case.
    pub fn protocol(&self, id_or_name: &str) -> Option<&Protocol> {
        let wanted = id_or_name.trim();
        let by_id = self.protocols.iter().find(|it| it.id == wanted);
        by_id.or_else(|| self.protocols.iter().find(|it| it.name.eq_ignore_ascii_case(wanted)))
    }

    /// What is usual of equipment and of shared services.
    pub fn typical(&self) -> &Typical {
        &self.typical
    }

    /// The ten points of NIS2 Article 21(2), 'a' to 'j'.
    pub fn nis2(&self) -> &[Nis2Point] {
        &self.nis2
    }

    /// The library of risk scenarios.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// A risk scenario of the library by its id.
    pub fn scenario(&self, id: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|it| it.id == id)
    }

    /// All tactics of ATT&CK for ICS, in the order of an attack.
    pub fn tactics(&self) -> &[Tactic] {
        &self.attack.tactics
    }

    /// All techniques of ATT&CK for ICS, in the order of their numbers.
    pub fn techniques(&self) -> &[Technique] {
        &self.attack.techniques
    }

    /// A technique of ATT&CK for ICS by its number, without regard to case.
    pub fn technique(&self, id: &str) -> Option<&Technique> {
        let wanted = id.trim().to_uppercase();
        self.attack
            .techniques
            .binary_search_by(|it| it.id.cmp(&wanted))
            .ok()
            .and_then(|at| self.attack.techniques.get(at))
    }

    /// The tactics that a technique serves.
    pub fn tactics_of(&self, technique: &Technique) -> impl Iterator<Item = &Tactic> {
        technique.tactics.iter().filter_map(|id| self.attack.tactics.iter().find(|it| it.id == *id))
    }

    /// The sectors of NIS2, Annex I and then Annex II.
    pub fn sectors(&self) -> &[Sector] {
        &self.sectors
    }

    /// All 32 requirements of IEC 62443-3-2 in the order of the standard.
    pub fn zcr(&self) -> &[ZcrRequirement] {
        &self.zcr.requirements
    }

    /// A requirement of IEC 62443-3-2 by its number, if there is one.
    pub fn zcr_requirement(&self, id: ZcrId) -> Option<&ZcrRequirement> {
        self.zcr().iter().find(|it| it.id == id)
    }

    /// What a group of these is called, ZCR 1 to ZCR 7.
    pub fn zcr_group(&self, group: u8) -> &str {
        usize::from(group).checked_sub(1).and_then(|place| self.zcr.groups.get(place)).map_or("", String::as_str)
    }
}

/// Reads a table that is part of the program.
#[expect(clippy::expect_used, reason = "without its tables the program would say wrong things; the tests read each")]
pub(crate) fn embedded<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).expect("an embedded table can be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_51_system_requirements_and_49_enhancements() {
        let requirements = Catalogue::embedded().requirements();
        let (srs, res): (Vec<_>, Vec<_>) = requirements.iter().partition(|it| it.id.is_sr());
        assert_eq!((srs.len(), res.len()), (51, 49));
        assert!(requirements.is_sorted_by(|one, next| one.id < next.id), "in the order of the standard, none twice");
        for re in res {
            assert!(srs.iter().any(|sr| sr.id == re.id.sr()), "{} has no SR", re.id);
        }
    }

    #[test]
    fn the_gates_add_up_to_37_60_90_100() {
        let catalogue = Catalogue::embedded();
        let demanded = SecurityLevel::ALL.map(|level| catalogue.up_to(level).len());
        assert_eq!(demanded, [0, 37, 60, 90, 100]);
    }

    #[test]
    fn every_requirement_is_explained_in_words() {
        for it in Catalogue::embedded().requirements() {
            let id = it.id;
            assert!(!it.title.is_empty() && !it.summary.is_empty(), "{id}");
            assert!(it.question.ends_with('?'), "{id}: {}", it.question);
            assert!(it.look_for.len() > 100 && it.fallback.len() > 80, "{id}");
            assert!((2..=4).contains(&it.evidence.len()), "{id}");
        }
    }

    #[test]
    fn eight_srs_make_sense_for_zones_only() {
        let catalogue = Catalogue::embedded();
        let zone_only = catalogue.requirements().iter().filter(|it| it.id.is_sr() && !it.conduit).count();
        assert_eq!(zone_only, 8);
        let re = "SR 3.5".parse().ok().and_then(|id| catalogue.index(id)).unwrap();
        assert!(!catalogue.conduit_default().contains(re));
        let boundary: RequirementId = "SR 5.2 RE 3".parse().unwrap();
        assert!(catalogue.conduit_default().contains(catalogue.index(boundary).unwrap()));
    }

    #[test]
    fn tables_that_name_each_other_resolve() {
        let catalogue = Catalogue::embedded();
        assert_eq!(catalogue.asset_types().len(), 55);
        assert_eq!(catalogue.protocols().len(), 102);
        assert_eq!(catalogue.nis2().iter().map(|it| it.point).collect::<String>(), "abcdefghij");
        for id in catalogue.nis2().iter().flat_map(|it| &it.requirements) {
            assert!(catalogue.requirement(*id).is_some(), "{id}");
        }
    }

    #[test]
    fn what_is_typical_names_types_and_requirements_that_there_are() {
        let catalogue = Catalogue::embedded();
        let typical = catalogue.typical();
        let types =
            typical.kinds.iter().flat_map(|it| &it.types).chain(typical.services.iter().flat_map(|it| &it.types));
        for id in types {
            assert!(catalogue.asset_type(id).is_some(), "{id}");
        }
        let said = typical.kinds.iter().flat_map(|it| &it.says);
        let requirements =
            said.flat_map(|it| &it.requirements).chain(typical.services.iter().flat_map(|it| &it.requirements));
        for id in requirements {
            assert!(catalogue.requirement(*id).is_some(), "{id}");
        }
        for kind in &typical.kinds {
            let mut named: Vec<_> = kind.says.iter().flat_map(|it| &it.requirements).collect();
            let all = named.len();
            named.sort();
            named.dedup();
            assert_eq!(named.len(), all, "{:?} says two things of one requirement", kind.types);
        }
    }

    #[test]
    fn a_protocol_is_found_by_id_and_by_name() {
        let catalogue = Catalogue::embedded();
        let by_id = catalogue.protocol("modbus_tcp").unwrap();
        assert_eq!(catalogue.protocol(&by_id.name.to_uppercase()), Some(by_id));
        assert_eq!(by_id.authentication, Protection::None);
        assert_eq!(catalogue.protocol("carrier pigeon"), None);
    }
}
