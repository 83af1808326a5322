use std::sync::Arc;

use super::{Progress, *};
use crate::analysis::analyse_after;
use crate::analysis::fixture::{Fixture, TODAY};
use crate::analysis::open::{ScopePart, Spot};
use crate::model::*;

fn rating(step: u8) -> Option<Rating> {
    Rating::new(step)
}

fn state(plant: &Fixture, id: &str) -> ZcrState {
    let id = id.parse().unwrap();
    plant.analyse().zcr(Catalogue::embedded()).iter().find(|it| it.id == id).cloned().unwrap()
}

/// How far it is, and what is open in words.
fn told(plant: &Fixture, id: &str) -> (Progress, Vec<String>) {
    let state = state(plant, id);
    (state.progress, state.open.iter().map(Open::words).collect())
}

fn scoped(mut plant: Fixture, change: impl FnOnce(&mut Scope)) -> Fixture {
    change(Arc::make_mut(&mut plant.project.scope));
    plant
}

fn confirmed(mut plant: Fixture, id: &str) -> Fixture {
    let by = Confirmation { by: "Plant manager".into(), on: None, notes: String::new() };
    Arc::make_mut(&mut plant.project.zcr).insert(id.parse().unwrap(), by);
    plant
}

fn none() -> Vec<String> {
    Vec::new()
}

/// An outside and an inside with a controller, joined.
fn plant() -> Fixture {
    Fixture::new()
        .zone("Z-IN", |it| (it.purdue, it.trust) = (Some(PurdueLevel::L1), Trust::Operational))
        .zone("Z-OUT", |it| it.trust = Trust::External)
        .conduit("C-1", "Z-OUT", "Z-IN", |_| ())
        .asset("PLC", "plc", "Z-IN", |_| ())
}

#[test]
fn of_an_empty_project_nothing_has_begun_and_each_step_says_what_to_begin_with() {
    let analysis = Fixture::new().analyse();
    let states = analysis.zcr(Catalogue::embedded());
    assert_eq!(states.len(), 32);
    for it in states {
        assert_eq!(it.progress, Progress::Nothing, "{}", it.id);
        assert!(!it.open.is_empty(), "{}", it.id);
        assert!(it.open.iter().all(|it| !it.at.is_empty()), "{}", it.id);
    }
    assert_eq!(totals(states), (0, 0));
}

#[test]
fn the_perimeter_wants_a_text_and_each_way_in_by_name() {
    let plant = plant();
    let (progress, open) = told(&plant, "ZCR 1.1");
    assert_eq!(progress, Progress::Nothing);
    assert!(open.contains(&"1 conduit across the perimeter is no access point".to_owned()), "{open:?}");
    let plant = scoped(plant, |it| (it.name, it.perimeter) = ("Works".into(), "The fence".into()));
    assert_eq!(told(&plant, "ZCR 1.1").0, Progress::Begun);
    let remote = AccessPoint { conduit: Some(ConduitId::derived_from("C-1")), ..AccessPoint::default() };
    let plant = scoped(plant, |it| it.access_points.push(remote));
    assert_eq!(told(&plant, "ZCR 1.1"), (Progress::Begun, vec!["1 access point without a name".to_owned()]));
    let plant = scoped(plant, |it| it.access_points[0].name = "Remote access".into());
    assert_eq!(told(&plant, "ZCR 1.1"), (Progress::Complete, none()));
    let door = AccessPoint { name: "USB ports".into(), ..AccessPoint::default() };
    let plant = scoped(plant, |it| it.access_points.push(door));
    let silent = "1 access point with neither a conduit nor how it is used".to_owned();
    assert_eq!(told(&plant, "ZCR 1.1"), (Progress::Begun, vec![silent]));
    let plant = scoped(plant, |it| it.access_points[1].notes = "Updates by stick".into());
    assert_eq!(told(&plant, "ZCR 1.1"), (Progress::Complete, none()), "not every way in is a conduit");
}

#[test]
fn the_initial_assessment_rates_what_lies_inside() {
    let plant = plant();
    let unsaid = "no initial scenario says what could happen".to_owned();
    let open = vec![unsaid.clone(), "1 zone without a consequence".to_owned()];
    assert_eq!(told(&plant, "ZCR 2.1"), (Progress::Nothing, open));
    let mut zones_alone = plant.clone();
    zones_alone.project.zones.get_mut(ZoneId::derived_from("Z-IN")).unwrap().consequence = rating(3);
    assert_eq!(told(&zones_alone, "ZCR 2.1"), (Progress::Begun, vec![unsaid]), "a figure says not what could happen");
    let by_scenario = plant.risk("R-1", |it| {
        it.stage = AssessmentStage::Initial;
        it.targets = [ZoneId::derived_from("Z-IN").into()].into();
    });
    let open = ["1 zone without a consequence", "1 initial scenario without a consequence"].map(str::to_owned);
    assert_eq!(told(&by_scenario, "ZCR 2.1"), (Progress::Begun, open.to_vec()));
    let mut rated = by_scenario;
    rated.project.risks.get_mut(RiskId::derived_from("R-1")).unwrap().consequences.safety = rating(2);
    assert_eq!(told(&rated, "ZCR 2.1"), (Progress::Complete, none()));
}

#[test]
fn the_partition_follows_the_checks_and_what_was_set_aside() {
    let plant = plant().asset("VLP", "engineering_laptop", "Z-IN", |it| it.temporary = true);
    let (progress, open) = told(&plant, "ZCR 3.4");
    assert_eq!((progress, open), (Progress::Begun, vec!["1 zone with temporary among permanent devices".to_owned()]));
    assert_eq!(state(&plant, "ZCR 3.4").open[0].at, [Spot::Subject(ZoneId::derived_from("Z-IN").into())]);
    let mut decided = plant.clone();
    let key = plant.analyse().findings.iter().find(|it| it.check.code == "P03").unwrap().key();
    Arc::make_mut(&mut decided.project.set_aside).insert(key, SetAside::default());
    assert_eq!(told(&decided, "ZCR 3.4"), (Progress::Complete, none()));
    assert_eq!(told(&plant, "ZCR 3.5"), (Progress::Complete, none()));
    let untyped = plant.asset("BOX", "", "Z-IN", |_| ());
    assert_eq!(told(&untyped, "ZCR 3.2"), (Progress::Begun, vec!["1 asset of no type".to_owned()]));
}

#[test]
fn what_lies_above_the_line_needs_a_detailed_scenario() {
    let rated = |consequence: u8| {
        let mut plant = plant();
        plant.project.zones.get_mut(ZoneId::derived_from("Z-IN")).unwrap().consequence = rating(consequence);
        plant.risk("R-0", |it| {
            it.stage = AssessmentStage::Initial;
            it.consequences.safety = rating(1);
        })
    };
    let low = rated(1);
    assert_eq!(told(&low, "ZCR 4.1"), (Progress::Complete, none()));
    assert!(state(&low, "ZCR 4.1").remark.is_some());
    for id in ["ZCR 5.1", "ZCR 5.5", "ZCR 5.11"] {
        assert_eq!(told(&low, id), (Progress::Complete, none()), "{id} is not needed");
    }
    let high = rated(5);
    let above = vec!["1 zone above the line that no detailed scenario names".to_owned()];
    assert_eq!(told(&high, "ZCR 4.1"), (Progress::Begun, above));
    assert_eq!(told(&high, "ZCR 5.1").0, Progress::Nothing);
    let detailed = high.risk("R-1", |it| {
        it.assets = [AssetId::derived_from("PLC")].into();
        it.threat_source = "Insider".into();
    });
    assert_eq!(told(&detailed, "ZCR 4.1"), (Progress::Complete, none()));
    assert_eq!(told(&detailed, "ZCR 5.1"), (Progress::Complete, none()));
}

#[test]
fn an_initial_scenario_with_no_likelihood_counts_as_if_it_happened() {
    let plant = plant().risk("R-1", |it| {
        it.stage = AssessmentStage::Initial;
        it.targets = [ZoneId::derived_from("Z-IN").into()].into();
        it.consequences.safety = rating(4);
    });
    let above = "1 initial scenario above the line with no detailed one".to_owned();
    assert_eq!(told(&plant, "ZCR 4.1"), (Progress::Begun, vec![above]));
    let looked_at = plant.risk("R-2", |it| it.details = Some(RiskId::derived_from("R-1")));
    assert_eq!(told(&looked_at, "ZCR 4.1"), (Progress::Complete, none()));
}

#[test]
fn the_detailed_assessment_goes_step_by_step() {
    let mut plant = plant().sl_t("Z-IN", 2).risk("R-1", |it| {
        it.targets = [ZoneId::derived_from("Z-IN").into()].into();
        it.threat_source = "Vendor".into();
    });
    let mut step = |number: u8, before: Progress, change: &dyn Fn(&mut Risk)| {
        let id = format!("ZCR 5.{number}");
        assert_eq!(told(&plant, &id).0, before, "{id}");
        change(plant.project.risks.get_mut(RiskId::derived_from("R-1")).unwrap());
        assert_eq!(told(&plant, &id), (Progress::Complete, none()), "{id}");
    };
    step(1, Progress::Complete, &|_| ());
    step(2, Progress::Nothing, &|it| it.vulnerabilities = "Standing account".into());
    step(3, Progress::Nothing, &|it| it.consequences.operations = rating(4));
    step(4, Progress::Nothing, &|it| it.unmitigated = rating(5));
    step(5, Progress::Complete, &|_| ());
    step(7, Progress::Complete, &|_| ());
    step(9, Progress::Nothing, &|it| it.current = rating(4));
    step(10, Progress::Complete, &|_| ());
    let above = "1 scenario above the line with nothing planned".to_owned();
    assert!(told(&plant, "ZCR 5.11").1.contains(&above));
    assert!(told(&plant, "ZCR 5.12").1.contains(&above));
}

#[test]
fn one_scenario_does_not_look_at_all_zones() {
    let whole = |it: &mut Risk| {
        it.targets = [ZoneId::derived_from("Z-IN").into()].into();
        (it.threat_source, it.vulnerabilities) = ("Vendor".into(), "Standing account".into());
        it.consequences.operations = rating(2);
        (it.unmitigated, it.current) = (rating(2), rating(1));
    };
    let one = plant().sl_t("Z-IN", 2).risk("R-1", whole);
    let steps = ["5.1", "5.2", "5.3", "5.4", "5.5", "5.7", "5.9", "5.10", "5.11", "6.6"].map(|it| format!("ZCR {it}"));
    for id in &steps {
        assert_eq!(told(&one, id), (Progress::Complete, none()), "{id} with all zones in a scenario");
    }
    let unrated = one.clone().zone("Z-2", |_| ());
    let unseen = vec!["1 zone in no detailed scenario and not known to be tolerable".to_owned()];
    for id in &steps {
        assert_eq!(told(&unrated, id), (Progress::Begun, unseen.clone()), "{id}");
    }
    let grave = one.clone().zone("Z-2", |it| it.consequence = rating(4));
    assert_eq!(told(&grave, "ZCR 5.2"), (Progress::Begun, unseen.clone()));
    for (worst, progress, open) in [(5, Progress::Begun, unseen), (1, Progress::Complete, none())] {
        let named = unrated.clone().risk("R-2", |it| {
            it.stage = AssessmentStage::Initial;
            it.targets = [ZoneId::derived_from("Z-2").into()].into();
            it.consequences.safety = rating(worst);
        });
        assert_eq!(told(&named, "ZCR 5.2"), (progress, open), "the initial assessment says {worst}");
    }
    let tolerable = one.zone("Z-2", |it| it.consequence = rating(1));
    assert_eq!(told(&tolerable, "ZCR 5.2"), (Progress::Complete, none()));
}

#[test]
fn an_sl_t_wants_a_reason_and_somebody_who_decided_it() {
    let plant = plant().sl_t("Z-IN", 2).sl_t("C-1", 2);
    let open = ["1 zone or conduit without SL-T", "2 SL-Ts without a reason", "2 SL-Ts that nobody decided"];
    assert_eq!(told(&plant, "ZCR 5.6"), (Progress::Begun, open.map(str::to_owned).to_vec()));
}

#[test]
fn open_questions_lead_to_the_very_requirement() {
    let plant = plant().sl_t("Z-IN", 1);
    let questions = plant.analyse().open_questions();
    let open = state(&plant, "ZCR 5.8").open;
    assert_eq!(open[0].count, questions);
    assert_eq!(open[0].at[0], Spot::Question(plant.gap("Z-IN/SR 1.1")));
}

#[test]
fn a_gap_leads_to_its_place_until_it_is_treated() {
    let gap = |plant: Fixture| plant.answer("Z-IN", "SR 1.1", Status::NotMet, |_| ());
    let plant = gap(plant().sl_t("Z-IN", 1));
    let open = state(&plant, "ZCR 5.12").open;
    assert_eq!(
        (open[0].words().as_str(), open[0].at[0]),
        ("1 gap with neither an action nor an acceptance", Spot::Gap(plant.gap("Z-IN/SR 1.1")))
    );
    let closes = [plant.gap("Z-IN/SR 1.1")].into();
    let treated = plant.action("ACT", |it| it.closes = closes);
    assert_eq!(told(&treated, "ZCR 5.12"), (Progress::Complete, none()));
}

#[test]
fn regulation_wants_words_for_each_service() {
    let plant = scoped(plant(), |it| {
        (it.regulated_service, it.duties) = ("Drinking water".into(), "NIS2".into());
        it.services.push(Service { name: "Drinking water".into(), ..Service::default() });
    });
    assert_eq!(state(&plant, "ZCR 6.9").open[0].at, [Spot::Scope(ScopePart::Services)]);
    let plant = scoped(plant, |it| it.services[0].regulated_as = "Drinking water (NIS2, Annex I)".into());
    assert_eq!(told(&plant, "ZCR 6.9"), (Progress::Complete, none()));
}

#[test]
fn the_programs_own_matrix_is_open_until_it_is_changed_or_confirmed() {
    let plant = plant().risk("R-1", |_| ());
    assert_eq!(told(&plant, "ZCR 6.8").0, Progress::Begun);
    assert_eq!(told(&confirmed(plant.clone(), "ZCR 6.8"), "ZCR 6.8"), (Progress::Complete, none()));
    let mut changed = plant;
    Arc::make_mut(&mut changed.project.settings).matrix.tolerable = RiskLevel::Low;
    assert_eq!(told(&changed, "ZCR 6.8"), (Progress::Complete, none()));
}

#[test]
fn a_confirmation_stands_beside_what_is_open() {
    let plant = confirmed(plant(), "ZCR 2.1");
    let state = state(&plant, "ZCR 2.1");
    assert_eq!(state.progress, Progress::Nothing, "saying so makes nothing");
    assert_eq!(state.confirmed_words().unwrap(), "Plant manager; 2 open");
    assert!(state.is_to_do());
}

#[test]
fn the_approval_names_what_is_not_complete_and_is_missing_until_given() {
    let plant = plant();
    let open = told(&plant, "ZCR 7.1").1;
    assert!(open.contains(&"the asset owner has not approved it".to_owned()), "{open:?}");
    let approved = state(&confirmed(plant, "ZCR 7.1"), "ZCR 7.1");
    assert_eq!(approved.progress, Progress::Begun);
    assert!(approved.open.iter().all(|it| it.at.iter().all(|it| matches!(it, Spot::Requirement(_)))));
}

#[test]
fn the_next_step_is_the_next_with_something_to_do() {
    let plant = confirmed(plant(), "ZCR 3.5");
    let analysis = plant.analyse();
    let states = analysis.zcr(Catalogue::embedded());
    let id = |text: &str| text.parse::<ZcrId>().unwrap();
    assert_eq!(next_to_do(states, None), Some(id("ZCR 1.1")));
    assert_eq!(next_to_do(states, Some(id("ZCR 3.4"))), Some(id("ZCR 3.6")), "ZCR 3.5 is done");
    assert_eq!(next_to_do(states, Some(id("ZCR 7.1"))), Some(id("ZCR 1.1")), "and from the beginning again");
}

#[test]
fn that_nothing_is_answered_is_told_until_something_is() {
    let nothing = |plant: &Fixture| told(plant, "ZCR 5.8").1.contains(&"no requirement answered yet".to_owned());
    assert!(nothing(&plant()));
    assert!(nothing(&plant().answer("Z-IN", "SR 1.1", Status::NotAssessed, |_| ())));
    assert!(!nothing(&plant().answer("Z-IN", "SR 1.1", Status::NotMet, |_| ())));
    assert_eq!(told(&Fixture::new(), "ZCR 5.8").1, ["no zone or conduit drawn yet"]);
}

#[test]
fn what_is_taken_over_of_an_earlier_result_is_what_a_fresh_one_says() {
    fn info(project: &mut Project) -> &mut ProjectInfo {
        Arc::make_mut(&mut project.info)
    }
    fn zone(project: &mut Project) -> &mut Zone {
        project.zones.get_mut(ZoneId::derived_from("Z-IN")).unwrap()
    }
    let changes: [fn(&mut Project); 14] = [
        |it| info(it).title = "Water works".into(),
        |it| info(it).title = "Water works north".into(),
        |it| info(it).organisation = "Water authority".into(),
        |it| info(it).prepared_by = "Consultant".into(),
        |it| info(it).marking = "Confidential".into(),
        |it| info(it).edition = "2".into(),
        |it| info(it).title = " ".into(),
        |it| Arc::make_mut(&mut it.scope).perimeter = "The fence".into(),
        |it| Arc::make_mut(&mut it.scope).people.push(Person { role: "Operator".into(), ..Person::default() }),
        |it| zone(it).tag.clear(),
        |it| zone(it).name = "Control room".into(),
        |it| zone(it).name.clear(),
        |it| zone(it).site = "Pumping station".into(),
        |it| zone(it).notes = "Seen".into(),
    ];
    let said = |it: &Analysis| it.findings.iter().map(|it| it.message.clone()).collect::<Vec<_>>();
    let catalogue = Catalogue::embedded();
    let mut plant = plant();
    let mut earlier = plant.analyse();
    for (turn, change) in changes.into_iter().enumerate() {
        // worked out before, so that it could be taken over
        let _ = (earlier.zcr(catalogue), earlier.steps(catalogue));
        change(&mut plant.project);
        let now = analyse_after(&plant.project, catalogue, TODAY, Some(&earlier));
        let fresh = plant.analyse();
        assert_eq!(now.zcr(catalogue), fresh.zcr(catalogue), "change {turn}");
        assert_eq!(now.steps(catalogue), fresh.steps(catalogue), "change {turn}");
        assert_eq!(said(&now), said(&fresh), "change {turn}");
        assert!(now.is_of(&plant.project, TODAY));
        earlier = now;
    }
}
