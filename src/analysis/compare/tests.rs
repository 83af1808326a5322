use jiff::civil::date;

use super::*;
use crate::analysis::fixture::{Fixture, TODAY};
use crate::model::*;

/// A zone with SL-T 2 and two gaps, and one of SL-T 1 without.
fn before() -> Fixture {
    let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).sl_t("Z-1", 2).sl_t("Z-2", 1);
    let plant = plant.evidence("EV-1", |_| ()).answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
    plant.answer("Z-1", "SR 1.3", Status::Partial, |_| ()).answer("Z-2", "SR 1.1", Status::Met, |_| ())
}

fn compared(then: &Fixture, now: &Fixture) -> Comparison {
    compare_projects((&then.project, TODAY), (&now.project, TODAY), Catalogue::embedded())
}

/// What became of each gap: "Z-1 SR 1.1 closed: Met, with no evidence in force".
fn told(comparison: &Comparison) -> Vec<String> {
    let line = |it: &GapChange| {
        let id = it.requirement.map(|it| it.to_string()).unwrap_or_default();
        format!("{} {id} {}: {}", it.tag, it.fate.word(), it.why)
    };
    comparison.gaps.iter().map(line).collect()
}

#[test]
fn a_state_and_itself_differ_in_nothing() {
    let same = compared(&before(), &before());
    assert!(same.is_empty());
    assert_eq!((same.gaps_then(), same.gaps_now(), same.count(Fate::Open)), (2, 2, 2));
    assert_eq!(same.moves(|it| it.achieved), Moves::default());
}

#[test]
fn what_was_met_is_closed_and_says_whether_it_is_proven() {
    let claimed = before().answer("Z-1", "SR 1.1", Status::Met, |_| ());
    let claimed = claimed.answer("Z-1", "SR 1.3", Status::Compensated, |it| it.countermeasure = "A guard".into());
    let comparison = compared(&before(), &claimed);
    assert_eq!(
        told(&comparison),
        [
            "Z-1 SR 1.1 closed: Met, with no evidence in force",
            "Z-1 SR 1.3 closed: Compensated, with no evidence in force"
        ]
    );
    assert_eq!(comparison.closed_with_proof(), 0);
    let proven = before().answer("Z-1", "SR 1.1", Status::Met, |it| {
        it.evidence.insert(EvidenceId::derived_from("EV-1"));
    });
    let comparison = compared(&before(), &proven);
    assert_eq!(comparison.closed_with_proof(), 1);
    assert_eq!(comparison.answers.len(), 1);
    assert_eq!(comparison.answers[0].status, ThenNow { then: "not met".to_owned(), now: "met".to_owned() });
    assert_eq!(comparison.answers[0].also, ["evidence"]);
}

#[test]
fn what_is_no_gap_any_more_without_being_met_stands_apart() {
    let dismissed = before().answer("Z-1", "SR 1.1", Status::NotApplicable, |it| it.justification = "None".into());
    let asked = dismissed.answer("Z-1", "SR 1.3", Status::NotAssessed, |_| ());
    assert_eq!(
        told(&compared(&before(), &asked)),
        [
            "Z-1 SR 1.1 fell away: Called not applicable; nothing was mended",
            "Z-1 SR 1.3 fell away: The answer was taken back: it is an open question now"
        ]
    );
    let lowered = before().sl_t("Z-1", 0);
    let comparison = compared(&before(), &lowered);
    assert!(comparison.gaps.iter().all(|it| (it.fate, it.reason) == (Fate::FellAway, Reason::TargetLowered)));
    assert_eq!(comparison.gaps[0].why, "The SL-T of FR 1 was lowered from 2 to 0; the answer is as it was");
    assert_eq!(comparison.moves(|it| it.target).down, 7);
    let mut gone = before();
    gone.project.zones.remove(ZoneId::derived_from("Z-1"));
    gone.project.answers.remove(ZoneId::derived_from("Z-1").into());
    let comparison = compared(&before(), &gone);
    assert!(comparison.gaps.iter().all(|it| it.reason == Reason::TargetGone && it.tag == "Z-1"));
    assert_eq!(comparison.targets.last().map(|it| (it.tag.as_str(), it.presence())), Some(("Z-1", Presence::Removed)));
}

#[test]
fn what_is_met_although_less_is_asked_for_is_closed() {
    let met = before().sl_t("Z-1", 0).answer("Z-1", "SR 1.1", Status::Met, |_| ());
    assert_eq!(compared(&before(), &met).gaps[0].reason, Reason::Met);
}

#[test]
fn what_is_still_open_says_what_is_done_about_it() {
    let key = before().gap("Z-1/SR 1.1");
    let told_of = |now: &Fixture| {
        let comparison = compared(&before(), now);
        let gap = comparison.gaps.iter().find(|it| it.requirement == Some(key.requirement)).unwrap();
        (gap.reason, gap.why.clone())
    };
    let with = |change: fn(&mut Action)| {
        before().action("ACT-1", |it| {
            it.closes = [key].into();
            change(it);
        })
    };
    assert_eq!(told_of(&before()), (Reason::Untreated, "Nothing is done about it".to_owned()));
    assert_eq!(told_of(&with(|_| ())), (Reason::Planned, "ACT-1 is planned, due 2026-07-15".to_owned()));
    let late = with(|it| it.due = Some(date(2026, 6, 1)));
    assert_eq!(told_of(&late), (Reason::Overdue, "ACT-1 is overdue, due 2026-06-01".to_owned()));
    assert_eq!(told_of(&with(|it| it.status = ActionStatus::InProgress)).0, Reason::InProgress);
    let done = with(|it| it.status = ActionStatus::Done);
    assert_eq!(told_of(&done).1, "ACT-1 is done, but no answer with evidence confirms it");
    assert_eq!(told_of(&with(|it| it.status = ActionStatus::Dropped)).0, Reason::Dropped);
    let accepted = before().acceptance("RA-1", |it| it.gaps = [key].into());
    assert_eq!(told_of(&accepted), (Reason::Accepted, "RA-1 accepts it until 2027-06-15".to_owned()));
    let expired = before().acceptance("RA-1", |it| (it.gaps, it.expires_on) = ([key].into(), Some(date(2026, 6, 1))));
    assert_eq!(told_of(&expired), (Reason::AcceptanceExpired, "RA-1 expired on 2026-06-01".to_owned()));
    let both = with(|_| ()).acceptance("RA-1", |it| it.gaps = [key].into());
    assert_eq!(
        told_of(&both),
        (Reason::Planned, "ACT-1 is planned, due 2026-07-15; RA-1 accepts it until 2027-06-15".to_owned())
    );
}

#[test]
fn what_is_new_says_where_it_comes_from() {
    let now = before().answer("Z-2", "SR 1.1", Status::NotMet, |_| ());
    let now = now.answer("Z-2", "SR 1.3", Status::NotMet, |_| ()).zone("Z-3", |_| ()).sl_t("Z-3", 1);
    let now = now.answer("Z-3", "SR 1.1", Status::NotMet, |_| ());
    let comparison = compared(&before(), &now);
    let new: Vec<_> = told(&comparison).into_iter().filter(|it| it.contains(" new: ")).collect();
    assert_eq!(
        new,
        [
            "Z-2 SR 1.1 new: It was met and is not met",
            "Z-3 SR 1.1 new: Z-3 was not there",
            "Z-2 SR 1.3 new: Nobody had answered"
        ]
    );
    let raised = before().answer("Z-2", "SR 1.1 RE 1", Status::NotMet, |_| ());
    let comparison = compared(&raised, &raised.clone().sl_t("Z-2", 2));
    let new = comparison.gaps.iter().find(|it| it.fate == Fate::New).unwrap();
    assert_eq!((new.reason, new.why.as_str()), (Reason::TargetRaised, "The SL-T of FR 1 was raised from 1 to 2"));
}

#[test]
fn manual_findings_are_gaps_as_well() {
    let with = |closed: bool| {
        let mut plant = before();
        let finding = ManualFinding {
            tag: "AF-1".into(),
            title: "Cabinet open".into(),
            targets: [plant.target("Z-1")].into(),
            closed,
            ..ManualFinding::default()
        };
        plant.project.manual_findings.insert(ManualFindingId::derived_from("AF-1"), finding);
        plant
    };
    let closed = compared(&with(false), &with(true));
    assert_eq!(closed.gaps[0].why, "AF-1 was closed");
    assert_eq!((closed.gaps_then(), closed.gaps_now()), (3, 2));
    assert_eq!(compared(&with(true), &with(false)).count(Fate::New), 1);
    assert_eq!(compared(&with(false), &before()).gaps[0].reason, Reason::FindingGone);
}

#[test]
fn another_file_of_the_same_plant_is_matched_by_its_tags() {
    // the same plant with ids of its own
    let plant = before().asset("PLC", "plc", "Z-1", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ());
    let text = ron::to_string(&plant.project).unwrap();
    let other = ["Z-1", "Z-2"].iter().fold(text, |text, tag| {
        let id = ZoneId::derived_from(tag).to_string();
        text.replace(&id, &ZoneId::derived_from(&format!("other {tag}")).to_string())
    });
    let mut other: Project = ron::from_str(&other).unwrap();
    let same = compare_projects((&plant.project, TODAY), (&other, TODAY), Catalogue::embedded());
    assert!(same.is_empty(), "{:?} {:?} {:?}", same.things, same.answers, same.findings);
    let zone = ZoneId::derived_from("other Z-1");
    other.zones.get_mut(zone).unwrap().purdue = Some(PurdueLevel::L2);
    let changed = compare_projects((&plant.project, TODAY), (&other, TODAY), Catalogue::embedded());
    assert_eq!(changed.things.len(), 1);
    assert_eq!(
        (changed.things[0].tag.as_str(), &changed.things[0].fields[..]),
        ("Z-1", &["Purdue level".to_owned()][..])
    );
}

#[test]
fn what_was_renamed_is_the_same() {
    let mut renamed = before();
    renamed.project.zones.get_mut(ZoneId::derived_from("Z-1")).unwrap().tag = "Z-ONE".into();
    let comparison = compared(&before(), &renamed);
    let target = comparison.targets.iter().find(|it| it.tag == "Z-ONE").unwrap();
    assert_eq!((target.was_called.as_deref(), target.presence()), (Some("Z-1"), Presence::Both));
    assert_eq!(comparison.count(Fate::Open), 2);
    assert_eq!(comparison.things[0].fields, ["tag"]);
}

#[test]
fn levels_go_up_and_down() {
    let all = |plant: Fixture, level: &str| {
        let catalogue = Catalogue::embedded();
        let first = catalogue.requirements().iter().filter(|it| it.id.fr() == Fr::Iac && it.gate.number() <= 1);
        first.fold(plant, |plant, it| {
            let status = if level == "met" { Status::Met } else { Status::NotMet };
            plant.answer("Z-2", &it.id.to_string(), status, |_| ())
        })
    };
    let (met, not_met) = (all(before(), "met"), all(before(), "not met"));
    let comparison = compared(&not_met, &met);
    assert_eq!(comparison.moves(|it| it.achieved), Moves { up: 1, down: 0, unknown: 0 });
    assert_eq!(comparison.moves(|it| it.proven), Moves::default());
    assert_eq!(compared(&met, &not_met).moves(|it| it.achieved), Moves { up: 0, down: 1, unknown: 0 });
}

#[test]
fn what_was_not_assessed_neither_rises_nor_falls() {
    let catalogue = Catalogue::embedded();
    let first = catalogue.requirements().iter().filter(|it| it.id.fr() == Fr::Rdf && it.gate.number() <= 1);
    let met = first.fold(before(), |plant, it| plant.answer("Z-2", &it.id.to_string(), Status::Met, |_| ()));
    for (then, now, figures) in [(before(), met.clone(), ("?", "1+")), (met.clone(), before(), ("1+", "?"))] {
        let comparison = compared(&then, &now);
        assert_eq!(comparison.moves(|it| it.achieved), Moves { unknown: 1, ..Moves::default() });
        let change = comparison.targets[1].levels[Fr::Rdf].achieved;
        assert_eq!((change.then.figure().as_str(), change.now.figure().as_str()), figures);
        assert_eq!(change.moved(), None);
    }
    let begun = before().answer("Z-2", "SR 5.1", Status::Met, |_| ());
    assert_eq!(compared(&begun, &met).moves(|it| it.achieved).up, 0, "it may have been as high then");
    let worse = met.clone().answer("Z-2", "SR 5.1", Status::NotMet, |_| ());
    assert_eq!(compared(&met, &worse).moves(|it| it.achieved).down, 1, "an answer says that it is lower");
}

#[test]
fn findings_risks_and_actions_are_followed() {
    let risk = |likelihood: u8| {
        move |it: &mut Risk| {
            it.consequences.safety = Rating::new(4);
            it.current = Rating::new(likelihood);
        }
    };
    let then = before().risk("R-1", risk(4)).risk("R-2", risk(2)).action("ACT-1", |_| ());
    let now = before().risk("R-1", risk(1)).risk("R-3", risk(2)).action("ACT-1", |it| it.status = ActionStatus::Done);
    let comparison = compared(&then, &now);
    let risks: Vec<_> = comparison.risks.iter().map(|it| (it.tag.as_str(), it.presence())).collect();
    assert_eq!(risks, [("R-1", Presence::Both), ("R-2", Presence::Removed), ("R-3", Presence::Added)]);
    let [_, current, _] = comparison.risks[0].levels.now;
    assert_eq!(current, Some(RiskLevel::Low));
    assert_eq!(comparison.actions.len(), 1);
    let status = comparison.actions[0].status;
    assert_eq!(status, ThenNow { then: Some(ActionStatus::Planned), now: Some(ActionStatus::Done) });
    let gone = comparison.findings.iter().filter(|it| it.fate == FindingFate::Gone && it.code == "E09");
    assert_eq!(gone.count(), 1, "R-1 lies below the line now");
}

#[test]
fn every_gap_is_told_once_whatever_happens_to_it() {
    let then = before().zone("Z-3", |_| ()).sl_t("Z-3", 1).answer("Z-3", "SR 1.1", Status::NotMet, |_| ());
    let now = before().answer("Z-1", "SR 1.1", Status::Met, |_| ()).answer("Z-2", "SR 1.3", Status::NotMet, |_| ());
    let comparison = compared(&then, &now);
    assert_eq!(comparison.gaps_then(), then.analyse().gaps.len());
    assert_eq!(comparison.gaps_now(), now.analyse().gaps.len());
    let counts = Fate::ALL.map(|it| comparison.count(it));
    assert_eq!(counts, [1, 1, 1, 1]);
}

#[test]
fn of_two_baselines_of_one_day_the_one_taken_last_is_the_newest() {
    for names in [["first", "second"], ["second", "first"]] {
        let mut project = before().project;
        for name in names {
            let taken = Baseline { name: name.into(), ..Baseline::of(&project, TODAY) };
            project.baselines.insert(BaselineId::derived_from(name), taken);
        }
        assert_eq!(newest_baseline(&project).unwrap().1.name, names[1]);
    }
}
