//! Which scenarios of the library apply where, going by what is drawn.
//!
//! A scenario applies at places: a zone, a conduit or an asset each. Up to four places of a
//! scenario are proposed apart; more are gathered by site, or by the outermost zone where no
//! site is said; and where that gives more than four, in one proposal. So there are four
//! proposals of a scenario at most, however large the plant. A place is proposed no more
//! when a risk that began as this scenario names it, or when it was refused.

mod places;

use std::collections::{BTreeMap, BTreeSet};

use places::{Place, Places};

use super::Analysis;
use super::findings::plant::Plant;
use super::findings::words::some_of;
use crate::catalogue::{Catalogue, Scenario};
use crate::edit::{Edit, Item, next_tag};
use crate::model::*;

/// So many places of one scenario are proposed apart at most.
const MOST_APART: usize = 4;

/// A scenario of the library that applies somewhere in a plant.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal<'c> {
    /// What it is known by when it is refused: the scenario's id and the ids of its places.
    pub key: String,
    /// The scenario.
    pub scenario: &'c Scenario,
    /// The zones and conduits that it is about.
    pub targets: BTreeSet<Target>,
    /// The assets that it is about.
    pub assets: BTreeSet<AssetId>,
    /// Why it applies there, in one sentence without a full stop.
    pub why: String,
    /// Why it was refused, if it was.
    pub refused: Option<SetAside>,
}

/// What is proposed for a plant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposals<'c> {
    /// To be taken or refused, in the order of the library, then of tags.
    pub open: Vec<Proposal<'c>>,
    /// Refused already, in the same order.
    pub refused: Vec<Proposal<'c>>,
}

impl Analysis {
    /// Which scenarios of the library apply where. Worked out anew each time.
    pub fn proposals<'c>(&self, catalogue: &'c Catalogue) -> Proposals<'c> {
        let plant = Plant::new(&self.project, catalogue, self.as_of, (&self.standings, &self.factors));
        let places = Places::new(&plant, &self.findings, &self.hops);
        let known = Recorded::new(&self.project);
        let mut proposals = Proposals::default();
        for scenario in catalogue.scenarios() {
            let mut open = Vec::new();
            let mut refused: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
            for place in places.of(&scenario.applies) {
                if known.is_covered(&scenario.id, &place) {
                    continue;
                }
                match known.refusal(&scenario.id, place.about) {
                    Some(key) => refused.entry(key).or_default().push(place),
                    None => open.push(place),
                }
            }
            let gathered = gathered(&self.project, open).into_iter();
            proposals.open.extend(gathered.map(|places| proposal(&self.project, scenario, places, None)));
            for (key, places) in refused {
                let reason = self.project.refused.get(key).cloned();
                let refused = proposal(&self.project, scenario, places, reason);
                proposals.refused.push(Proposal { key: key.to_owned(), ..refused });
            }
        }
        proposals
    }
}

impl Proposal<'_> {
    /// The risk that it becomes when it is taken, with the next free tag: at the detailed stage,
    /// rated as is usual with nothing against it, on the scales of the project.
    pub fn risk(&self, project: &Project) -> Risk {
        let matrix = &project.settings.matrix;
        let mut consequences = self.scenario.consequences.clone();
        for rating in consequences.ratings_mut().into_iter().flatten() {
            *rating = matrix.consequence_from_five(*rating);
        }
        Risk {
            tag: next_tag("R-", project.risks.values().map(|it| &it.tag)),
            title: self.scenario.title.clone(),
            threat_source: self.scenario.threat_source.clone(),
            scenario: self.scenario.scenario.clone(),
            targets: self.targets.clone(),
            assets: self.assets.clone(),
            consequences,
            unmitigated: Some(matrix.likelihood_from_five(self.scenario.likelihood)),
            stage: AssessmentStage::Detailed,
            vulnerabilities: self.scenario.weak_points.clone(),
            techniques: self.scenario.techniques.iter().cloned().collect(),
            requirements: self.scenario.requirements.iter().copied().collect(),
            template: self.scenario.id.clone(),
            ..Risk::default()
        }
    }
}

/// Takes proposals as one step: each becomes a risk. One that was refused is refused no more.
/// `None` where there are none.
pub fn take<'p, 'c: 'p>(project: &Project, proposals: impl IntoIterator<Item = &'p Proposal<'c>>) -> Option<Edit> {
    let mut drafted = project.clone();
    let mut edits = Vec::new();
    let mut tags = Vec::new();
    for proposal in proposals {
        let risk = proposal.risk(&drafted);
        let names =
            std::iter::once(proposal.key.clone()).chain((2..).map(|number| format!("{} {number}", proposal.key)));
        let mut ids = names.map(|name| RiskId::derived_from(&name));
        let Some(id) = ids.find(|id| !drafted.risks.contains(*id)) else { continue };
        tags.push(risk.tag.clone());
        drafted.risks.insert(id, risk.clone());
        edits.push(Edit::Put(Item::Risk(id, risk)));
        edits.extend(proposal.refused.is_some().then(|| Edit::Refuse(proposal.key.clone(), None)));
    }
    let label = match tags.as_slice() {
        [] => return None,
        [tag] => format!("take proposed scenario {tag}"),
        several => format!("take {} proposed scenarios", several.len()),
    };
    Some(Edit::Several(label, edits))
}

/// What risks and refusals say already.
struct Recorded<'a> {
    /// Risks by the scenario that they began as.
    risks: BTreeMap<&'a str, Vec<&'a Risk>>,
    /// Keys of refusals by scenario, then by place.
    refused: BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>,
}

impl<'a> Recorded<'a> {
    fn new(project: &'a Project) -> Self {
        let mut risks: BTreeMap<&str, Vec<&Risk>> = BTreeMap::new();
        for risk in project.risks.values().filter(|it| !it.template.is_empty()) {
            risks.entry(risk.template.as_str()).or_default().push(risk);
        }
        let mut refused: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for key in project.refused.keys() {
            let mut words = key.split(' ');
            let scenario = words.next().unwrap_or_default();
            refused.entry(scenario).or_default().extend(words.map(|place| (place, key.as_str())));
        }
        Self { risks, refused }
    }

    /// Whether a risk that began as this scenario names the place; one that names no asset at
    /// all stands for those in its zones.
    fn is_covered(&self, scenario: &str, place: &Place) -> bool {
        let names = |risk: &&&Risk| match place.about {
            Subject::Asset(id) if !risk.assets.is_empty() => risk.assets.contains(&id),
            Subject::Asset(_) => place.targets.iter().all(|it| risk.targets.contains(it)),
            Subject::Zone(id) => risk.targets.contains(&id.into()),
            Subject::Conduit(id) => risk.targets.contains(&id.into()),
            _ => false,
        };
        self.risks.get(scenario).is_some_and(|risks| risks.iter().any(|risk| names(&risk)))
    }

    fn refusal(&self, scenario: &str, place: Subject) -> Option<&'a str> {
        self.refused.get(scenario)?.get(place.to_string().as_str()).copied()
    }
}

/// Places that are proposed together.
fn gathered(project: &Project, places: Vec<Place>) -> Vec<Vec<Place>> {
    if places.len() <= MOST_APART {
        return places.into_iter().map(|place| vec![place]).collect();
    }
    let mut sites: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for place in places {
        sites.entry(site(project, &place)).or_default().push(place);
    }
    if sites.len() <= MOST_APART {
        return sites.into_values().collect();
    }
    vec![sites.into_values().flatten().collect()]
}

/// The site of a place, or else the outermost zone around it.
fn site(project: &Project, place: &Place) -> String {
    let Some(zone) = place.zone else { return String::new() };
    let around: Vec<_> = std::iter::once(zone).chain(project.zone_ancestors(zone)).collect();
    let sites = around.iter().filter_map(|&id| project.zones.get(id)).map(|it| it.site.trim());
    match sites.into_iter().find(|site| !site.is_empty()) {
        Some(site) => site.to_owned(),
        None => around.last().map(ToString::to_string).unwrap_or_default(),
    }
}

fn proposal<'c>(
    project: &Project,
    scenario: &'c Scenario,
    mut places: Vec<Place>,
    refused: Option<SetAside>,
) -> Proposal<'c> {
    places.sort_by_cached_key(|it| (project.subject_tag(it.about).into_owned(), it.about));
    let ids: BTreeSet<String> = places.iter().map(|it| it.about.to_string()).collect();
    let key = std::iter::once(scenario.id.clone()).chain(ids).collect::<Vec<_>>().join(" ");
    let mut why = places.first().map(|it| it.why.clone()).unwrap_or_default();
    if places.len() > 1 {
        let others: Vec<_> = places.iter().skip(1).map(|it| project.subject_tag(it.about)).collect();
        why = format!("{why}; the same holds for {}", some_of(&others));
    }
    Proposal {
        key,
        scenario,
        targets: places.iter().flat_map(|it| it.targets.iter().copied()).collect(),
        assets: places.iter().flat_map(|it| it.assets.iter().copied()).collect(),
        why,
        refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    fn proposed(plant: &Fixture) -> Vec<(String, String)> {
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        proposals.open.iter().map(|it| (it.scenario.id.clone(), it.why.clone())).collect()
    }

    fn whys(plant: &Fixture, scenario: &str) -> Vec<String> {
        proposed(plant).into_iter().filter(|(id, _)| id == scenario).map(|(_, why)| why).collect()
    }

    fn level(purdue: PurdueLevel) -> impl Fn(&mut Zone) {
        move |zone| zone.purdue = Some(purdue)
    }

    /// Office, DMZ and control, a historian with a foot in two of them.
    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-OFFICE", |zone| {
            (zone.trust, zone.purdue) = (Trust::Enterprise, Some(PurdueLevel::L4));
        });
        let plant = plant.zone("Z-DMZ", level(PurdueLevel::Dmz)).zone("Z-CTRL", level(PurdueLevel::L2));
        let plant = plant.conduit("C-1", "Z-OFFICE", "Z-DMZ", |_| ()).conduit("C-2", "Z-DMZ", "Z-CTRL", |_| ());
        plant.asset("HIST-01", "historian", "Z-DMZ", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-CTRL"));
        })
    }

    fn of<'a, 'c>(proposals: &'a [Proposal<'c>], scenario: &str) -> &'a Proposal<'c> {
        proposals.iter().find(|it| it.scenario.id == scenario).unwrap()
    }

    #[test]
    fn an_empty_project_has_nothing_to_propose() {
        assert_eq!(proposed(&Fixture::new()), []);
        assert_eq!(proposed(&Fixture::new().zone("Z-1", |_| ())), []);
    }

    #[test]
    fn a_proposal_says_why_and_names_zones_and_assets() {
        let plant = plant();
        assert_eq!(whys(&plant, "historian-bridge"), ["HIST-01 stands in Z-DMZ and Z-CTRL at once"]);
        let analysis = plant.analyse();
        let proposals = analysis.proposals(Catalogue::embedded());
        let historian = of(&proposals.open, "historian-bridge");
        assert_eq!(historian.targets, [plant.target("Z-DMZ"), plant.target("Z-CTRL")].into());
        assert_eq!(historian.assets, [AssetId::derived_from("HIST-01")].into());
        assert_eq!(historian.key, format!("historian-bridge {}", AssetId::derived_from("HIST-01")));
    }

    #[test]
    fn a_proposal_taken_is_a_rated_risk_and_proposed_no_more() {
        let mut plant = plant().risk("R-07", |_| ());
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        let historian = of(&proposals.open, "historian-bridge");
        let edit = take(&plant.project, [historian]).unwrap();
        assert_eq!(edit.label(&plant.project), "take proposed scenario R-08");
        edit.apply(&mut plant.project).unwrap();
        let risk = plant.project.risks.values().find(|it| it.tag == "R-08").unwrap();
        assert_eq!((risk.stage, risk.template.as_str()), (AssessmentStage::Detailed, "historian-bridge"));
        assert_eq!(risk.consequences.operations, Rating::new(4));
        assert!(risk.unmitigated.is_some() && risk.current.is_none() && !risk.requirements.is_empty());
        assert_eq!(whys(&plant, "historian-bridge"), Vec::<String>::new());
        assert_eq!(plant.project.first_unresolved(), None);
    }

    #[test]
    fn all_are_taken_in_one_step() {
        let plant = plant();
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        let mut history = crate::history::History::new(plant.project.clone());
        let edit = take(&plant.project, &proposals.open).unwrap();
        history.apply(&edit).unwrap();
        assert_eq!(history.current().risks.len(), proposals.open.len());
        let then = Fixture { project: history.current().clone() };
        assert_eq!(proposed(&then), []);
        let tags: BTreeSet<_> = then.project.risks.values().map(|it| it.tag.as_str()).collect();
        assert_eq!(tags.len(), proposals.open.len(), "each has a tag of its own");
        history.undo().unwrap();
        assert_eq!(history.current(), &plant.project);
        assert_eq!(take(&plant.project, &[]), None);
    }

    #[test]
    fn ratings_are_on_the_scales_of_the_project() {
        let mut plant = plant();
        let settings = std::sync::Arc::make_mut(&mut plant.project.settings);
        settings.matrix = settings.matrix.with_steps(3, 4);
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        let risk = of(&proposals.open, "historian-bridge").risk(&plant.project);
        assert_eq!((risk.consequences.operations, risk.consequences.safety), (Rating::new(3), Rating::new(2)));
        assert_eq!(risk.unmitigated, Rating::new(3));
    }

    #[test]
    fn what_was_refused_is_shown_apart_and_can_be_taken_after_all() {
        let mut plant = plant();
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        let key = of(&proposals.open, "historian-bridge").key.clone();
        let reason = SetAside { reason: "Replaced in spring".into(), ..SetAside::default() };
        Edit::Refuse(key.clone(), Some(reason.clone())).apply(&mut plant.project).unwrap();
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        assert!(proposals.open.iter().all(|it| it.key != key));
        let refused = of(&proposals.refused, "historian-bridge");
        assert_eq!((&refused.key, refused.refused.as_ref()), (&key, Some(&reason)));
        take(&plant.project, [refused]).unwrap().apply(&mut plant.project).unwrap();
        assert!(plant.project.refused.is_empty() && plant.project.risks.len() == 1);
        assert!(plant.analyse().proposals(Catalogue::embedded()).refused.is_empty());
    }

    /// So many zones at a site, each with a controller station.
    fn stations(plant: Fixture, site: &str, count: usize) -> Fixture {
        (1..=count).fold(plant, |plant, number| {
            let tag = format!("Z-{site}{number}");
            let plant = plant.zone(&tag, |zone| zone.site = site.to_owned());
            plant.asset(&format!("RTU-{site}{number}"), "rtu", &tag, |_| ())
        })
    }

    #[test]
    fn many_places_are_gathered_by_site_and_then_in_one() {
        let few = stations(Fixture::new(), "A", 4);
        assert_eq!(whys(&few, "unattended-station").len(), 4);
        let sites = stations(few, "B", 3);
        let gathered = whys(&sites, "unattended-station");
        assert_eq!(gathered.len(), 2, "{gathered:?}");
        assert_eq!(gathered[1], "RTU-B1 stands in Z-B1; the same holds for Z-B2 and Z-B3");
        let many = ["C", "D", "E"].into_iter().fold(sites, |plant, site| stations(plant, site, 2));
        assert_eq!(whys(&many, "unattended-station").len(), 1);
    }

    #[test]
    fn a_place_that_comes_later_is_proposed_by_itself() {
        let mut plant = stations(Fixture::new(), "A", 6);
        let proposals = plant.analyse().proposals(Catalogue::embedded());
        let stations_key = of(&proposals.open, "unattended-station").key.clone();
        Edit::Refuse(stations_key, Some(SetAside::default())).apply(&mut plant.project).unwrap();
        let plant = stations(plant, "A", 7);
        assert_eq!(whys(&plant, "unattended-station"), ["RTU-A7 stands in Z-A7"]);
    }

    #[test]
    fn a_finding_set_aside_proposes_nothing() {
        let mut plant = plant();
        let finding = plant.analyse().findings.iter().find(|it| it.check.code == "A05").unwrap().key();
        Edit::SetAside(finding, Some(SetAside::default())).apply(&mut plant.project).unwrap();
        assert_eq!(whys(&plant, "historian-bridge"), Vec::<String>::new());
    }

    #[test]
    fn each_rule_finds_its_place_in_a_plant_that_has_everything() {
        let plant = everything();
        let proposals = proposed(&plant);
        let saved = proposed(&plant.asset("BAK", "backup_server", "Z-DMZ", |_| ()));
        assert!(
            saved.iter().any(|(id, _)| id == "backups-destroyed") && !saved.iter().any(|(id, _)| id == "no-backup")
        );
        for scenario in Catalogue::embedded().scenarios().iter().filter(|it| it.id != "backups-destroyed") {
            assert!(proposals.iter().any(|(id, _)| *id == scenario.id), "{} is proposed nowhere", scenario.id);
        }
        for (id, why) in &proposals {
            assert!(!why.ends_with('.') && why.len() > 15, "{id}: {why}");
        }
        assert!(proposals.len() <= Catalogue::embedded().scenarios().len() * MOST_APART);
    }

    #[test]
    fn what_belongs_to_others_is_not_proposed_for() {
        let plant = Fixture::new().zone("Z-VENDOR", |zone| zone.trust = Trust::External);
        let plant = plant.asset("GW", "remote_access_gw", "Z-VENDOR", |_| ()).asset(
            "EWS",
            "engineering_ws",
            "Z-VENDOR",
            |_| (),
        );
        assert_eq!(proposed(&plant), []);
    }

    /// A plant in which every scenario of the library applies.
    fn everything() -> Fixture {
        let plant = plant().zone("Z-SIS", |zone| (zone.trust, zone.purdue) = (Trust::Safety, Some(PurdueLevel::L1)));
        let plant = plant.zone("Z-NET", |zone| zone.trust = Trust::External).zone("Z-FIELD", level(PurdueLevel::L1));
        let plant = plant.zone("Z-CLOUD", |zone| zone.trust = Trust::External).zone("Z-FLAT", |_| ());
        let plant = plant.conduit("C-3", "Z-CTRL", "Z-SIS", |_| ()).conduit("C-4", "Z-OFFICE", "Z-CTRL", |_| ());
        let plant = plant.conduit("C-5", "Z-NET", "Z-FIELD", |it| it.remote_access = RemoteAccess::AlwaysOn);
        let plant = plant.conduit("C-6", "Z-NET", "Z-DMZ", |it| it.filtering = Filtering::Stateful);
        let plant = plant.conduit("C-7", "Z-CTRL", "Z-CLOUD", |it| it.filtering = Filtering::OneWay);
        let plant =
            plant.asset("CLOUD", "cloud_service", "Z-CLOUD", |_| ()).asset("SIS", "sis_controller", "Z-SIS", |_| ());
        let plant = Catalogue::embedded().asset_types().iter().fold(plant, |plant, kind| {
            let is_left_out =
                matches!(kind.id.as_str(), "backup_server" | "cloud_service" | "vendor_network" | "internet");
            let zone = if is_left_out { "Z-NET" } else { "Z-FLAT" };
            plant.asset(&format!("X-{}", kind.id), &kind.id, zone, |asset| asset.supported = Known::No)
        });
        let plant = plant.asset("PC-2", "hmi", "Z-CTRL", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-DMZ"));
        });
        let plant = plant.asset("RADIO", "sensor", "Z-FIELD", |asset| asset.wireless = true);
        let plant = plant.asset("PLC-9", "plc", "Z-FIELD", |_| ()).asset("SRV-9", "scada_server", "Z-CTRL", |_| ());
        let plant = plant.flow("C-5", "SRV-9", "PLC-9", "iec104", |_| ()).sl_t("Z-FIELD", 2);
        let mut plant = plant.vendor_access("VA-1", |it| {
            (it.standing, it.shared_account, it.jump_host) = (Known::Yes, Known::Yes, Known::No);
            it.conduit = Some(ConduitId::derived_from("C-5"));
        });
        // with a backup server another scenario applies than without
        plant.project.assets.remove(AssetId::derived_from("X-backup_server"));
        plant
    }
}
