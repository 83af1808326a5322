//! The library of risk scenarios usual in OT.

use serde::Deserialize;

use crate::model::{Consequences, Rating, RequirementId};

/// A risk scenario of the library.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What projects know it by; never changes.
    pub id: String,
    /// What could happen, in a line.
    pub title: String,
    /// Who or what would bring it about.
    pub threat_source: String,
    /// How it would come about, and to what.
    pub scenario: String,
    /// Weak points that it usually uses.
    pub weak_points: String,
    /// How bad it usually is with nothing against it, on a scale of 1 to 5 for each category.
    pub consequences: Consequences,
    /// How likely it usually is with nothing against it, on a scale of 1 to 5.
    pub likelihood: Rating,
    /// Techniques of ATT&CK for ICS, by number.
    pub techniques: Vec<String>,
    /// Requirements that counter it.
    pub requirements: Vec<RequirementId>,
    /// Where in a plant it is proposed.
    pub applies: Applies,
}

/// Where in a drawn plant a scenario applies.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum Applies {
    /// Where checks with these codes find something that was not set aside.
    Findings(Vec<String>),
    /// Zones inside the SUC in which assets of these types stand.
    Assets(Vec<String>),
    /// Conduits with always-on remote access.
    AlwaysOnAccess,
    /// Zones with devices that are connected only for a while.
    TemporaryDevices,
    /// Zones with devices connected by radio.
    WirelessDevices,
    /// Historians in more than one zone.
    DualHomedHistorians,
    /// Other computers in more than one zone.
    DualHomedComputers,
    /// Conduits between business zones and the plant.
    BusinessLinks,
    /// Conduits between untrusted zones and the plant in which something filters.
    OutsideLinks,
    /// Conduits to zones with a cloud service.
    CloudLinks,
    /// Zones of safety into which others may open a connection.
    SafetyReachable,
    /// Computers that their makers no longer mend.
    UnsupportedComputers,
    /// Controllers and network devices that their makers no longer mend.
    UnsupportedDevices,
    /// Conduits that carry a control protocol without authentication.
    OpenProtocols,
    /// Conduits that carry a control protocol without encryption or signature.
    ClearProtocols,
    /// Conduits that carry a telecontrol protocol.
    Telecontrol,
    /// Conduits with a one-way device.
    OneWayLinks,
    /// Zones with servers or controllers in a plant that has no backup server.
    NoBackup,
    /// Zones with controllers that lie two conduits or fewer from an untrusted zone.
    ControllersNearOutside,
}

pub(super) fn embedded() -> Vec<Scenario> {
    super::embedded(include_str!("../../assets/catalogue/scenarios.ron"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn each_scenario_is_whole_and_all_that_it_names_is_known() {
        let catalogue = Catalogue::embedded();
        let scenarios = catalogue.scenarios();
        assert!((40..=45).contains(&scenarios.len()), "{}", scenarios.len());
        for it in scenarios {
            let id = &it.id;
            assert!(id.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{id}");
            assert!((2..=4).contains(&it.scenario.matches(". ").count().saturating_add(1)), "{id}: {}", it.scenario);
            for text in [&it.scenario, &it.weak_points] {
                assert!(text.ends_with('.') && text.len() > 50, "{id}: {text}");
            }
            assert!(!it.title.ends_with('.') && !it.threat_source.ends_with('.'), "{id}");
            assert!(it.consequences.ratings().iter().all(Option::is_some), "{id}");
            assert!(it.consequences.ratings().iter().flatten().chain([&it.likelihood]).all(|it| it.number() <= 5));
            assert!(it.consequences.worst().is_some_and(|it| it.number() >= 3), "{id}");
            assert!((2..=6).contains(&it.techniques.len()) && (3..=8).contains(&it.requirements.len()), "{id}");
            for technique in &it.techniques {
                assert!(catalogue.technique(technique).is_some(), "{id}: {technique}");
            }
            for requirement in &it.requirements {
                assert!(catalogue.requirement(*requirement).is_some(), "{id}: {requirement}");
            }
            assert!(it.requirements.is_sorted(), "{id}: {:?}", it.requirements);
            if let Applies::Assets(kinds) = &it.applies {
                assert!(kinds.iter().all(|kind| catalogue.asset_type(kind).is_some()), "{id}: {kinds:?}");
            }
        }
    }

    #[test]
    fn no_two_scenarios_are_alike() {
        let scenarios = Catalogue::embedded().scenarios();
        let different = |text: fn(&Scenario) -> String| scenarios.iter().map(text).collect::<BTreeSet<_>>().len();
        assert_eq!(different(|it| it.id.clone()), scenarios.len());
        assert_eq!(different(|it| it.title.clone()), scenarios.len());
        assert_eq!(different(|it| it.scenario.clone()), scenarios.len());
        assert_eq!(different(|it| it.weak_points.clone()), scenarios.len());
        assert_eq!(different(|it| format!("{:?}", it.applies)), scenarios.len());
        assert_eq!(different(|it| format!("{:?}", it.techniques)), scenarios.len());
        assert_eq!(different(|it| format!("{:?}", it.requirements)), scenarios.len());
    }

    #[test]
    fn techniques_serve_tactics_that_are_there() {
        let catalogue = Catalogue::embedded();
        assert_eq!((catalogue.techniques().len(), catalogue.tactics().len()), (83, 12));
        assert!(catalogue.techniques().is_sorted_by(|one, next| one.id < next.id), "each is found by its number");
        for it in catalogue.techniques() {
            assert!(!it.name.is_empty() && catalogue.tactics_of(it).count() == it.tactics.len(), "{}", it.id);
        }
        let accounts = catalogue.technique(" t0859 ").unwrap();
        assert_eq!(accounts.name, "Valid Accounts");
        assert_eq!(
            catalogue.tactics_of(accounts).map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["Persistence", "Lateral Movement"]
        );
        assert_eq!(catalogue.technique("T9999"), None);
    }
}
