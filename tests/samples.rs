//! The sample projects as files: they are what the program itself would write, and their stories hold.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use zonewright::analysis::analyse;
use zonewright::analysis::compare::{Fate, compare, newest_baseline};
use zonewright::catalogue::Catalogue;
use zonewright::model::{Answer, AssessmentStage, Project, ValidationStep};
use zonewright::samples::SAMPLES;
use zonewright::store;

/// The day on which the samples are looked at.
const TODAY: Date = date(2026, 11, 22);
/// Set this to write the samples anew in the program's own words.
const BLESS: &str = "ZONEWRIGHT_BLESS";

#[test]
fn every_sample_is_written_the_way_the_program_writes_it() {
    for sample in SAMPLES {
        let path = format!("{}/sample-projects/{}.zonewright", env!("CARGO_MANIFEST_DIR"), sample.id);
        let kept = std::fs::read_to_string(&path).unwrap();
        let written = store::to_text(&store::from_text(&kept).unwrap()).unwrap();
        if std::env::var_os(BLESS).is_some() {
            std::fs::write(&path, &written).unwrap();
        } else {
            assert_eq!(kept, written, "{path}: run with {BLESS}=1");
        }
    }
}

#[test]
fn a_sample_has_only_the_errors_its_story_tells() {
    let told = |id: &str| match id {
        "bioreactor-suite" => vec!["A02", "A13"],
        "gas-compressor-station" => vec!["A01"],
        _ => Vec::new(),
    };
    for sample in SAMPLES {
        let analysis = analyse(&sample.open().unwrap(), Catalogue::embedded(), date(2026, 11, 22));
        let errors: Vec<_> = analysis
            .findings
            .iter()
            .filter(|finding| finding.severity() == zonewright::analysis::findings::Severity::Error)
            .map(|finding| finding.check.code)
            .collect();
        assert_eq!(errors, told(sample.id), "{}", sample.id);
    }
}

#[test]
fn a_sample_is_the_size_of_a_real_assessment() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        assert!((8..=20).contains(&project.zones.len()), "{}", sample.id);
        assert!((30..=120).contains(&project.assets.len()), "{}", sample.id);
        assert!(project.answers.len() >= project.zones.len(), "{}", sample.id);
        assert!(!project.risks.is_empty() && !project.actions.is_empty(), "{}", sample.id);
        assert!(!project.acceptances.is_empty(), "{}", sample.id);
    }
}

#[test]
fn a_sample_answers_every_scoping_question() {
    for sample in SAMPLES {
        let scope = sample.open().unwrap().scope;
        let answers = [
            &scope.regulated_service,
            &scope.dependencies,
            &scope.constraints,
            &scope.duties,
            &scope.management_boundary,
        ];
        assert!(answers.iter().all(|it| it.len() > 40), "{}", sample.id);
        assert!([&scope.name, &scope.description, &scope.perimeter].iter().all(|it| !it.is_empty()), "{}", sample.id);
        let lists = [scope.access_points.len(), scope.services.len(), scope.people.len(), scope.documents.len()];
        assert!(lists.iter().all(|it| *it > 1) && !scope.assumptions.is_empty(), "{}: {lists:?}", sample.id);
    }
}

#[test]
fn every_zone_of_a_sample_has_its_target_and_why() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        for (id, zone) in project.zones.iter() {
            let target =
                project.target_level(id.into()).unwrap_or_else(|| panic!("{}: {} without SL-T", sample.id, zone.tag));
            assert!(!target.reason.is_empty(), "{}: {}", sample.id, zone.tag);
        }
    }
}

#[test]
fn the_risks_of_a_sample_are_assessed_first_and_in_detail() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let of = |stage| project.risks.values().filter(move |it| it.stage == stage);
        assert!(of(AssessmentStage::Initial).count() > 2, "{}", sample.id);
        assert!(of(AssessmentStage::Detailed).count() > 2, "{}", sample.id);
        for risk in project.risks.values() {
            assert!(risk.consequences.worst().is_some() && !risk.targets.is_empty(), "{} {}", sample.id, risk.tag);
        }
        let detailed = || of(AssessmentStage::Detailed);
        assert!(detailed().all(|it| it.unmitigated.is_some() && it.current.is_some()), "{}", sample.id);
        assert!(detailed().any(|it| it.details.is_some()), "{}: none looks at an initial one", sample.id);
        let estimated = project
            .risks
            .values()
            .any(|it| it.estimates.iter().map(|it| it.by.as_str()).collect::<BTreeSet<_>>().len() > 1);
        assert!(estimated, "{}: no two people estimated the same risk", sample.id);
    }
}

#[test]
fn the_workshops_of_a_sample_were_held_and_their_minutes_kept() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let workshops = || project.workshops.values();
        assert!(workshops().next().is_some(), "{}", sample.id);
        for workshop in workshops() {
            assert!(workshop.held_on.is_some() && workshop.present().count() > 1, "{}: {}", sample.id, workshop.title);
            assert!(!workshop.log.is_empty(), "{}: {}", sample.id, workshop.title);
        }
        assert!(workshops().any(|it| !it.taken.is_empty()), "{}", sample.id);
    }
}

#[test]
fn somebody_stands_by_the_steps_of_a_sample() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let confirmed = || project.zcr.values().chain(project.confirmations.values());
        assert!(confirmed().all(|it| !it.by.is_empty() && it.on.is_some()), "{}", sample.id);
        assert!(!project.confirmations.is_empty(), "{}", sample.id);
        assert!(project.acceptances.values().all(|it| !it.accepted_by.is_empty() && it.expires_on.is_some()));
    }
}

#[test]
fn what_a_sample_says_is_proved_and_planned() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let proved = |project: &Project| {
            project.answers.iter().flat_map(|(_, it)| it.values()).filter(|it| !it.evidence.is_empty()).count()
        };
        assert!(project.evidence.values().any(|it| it.accepted) && proved(&project) > 10, "{}", sample.id);
        for action in project.actions.values() {
            assert!(!action.owner.is_empty() && action.due.is_some(), "{} {}", sample.id, action.tag);
        }
    }
}

#[test]
fn a_sample_has_an_earlier_state_that_tells_what_was_closed_what_is_open_and_what_is_new() {
    let catalogue = Catalogue::embedded();
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let (_, earlier) = newest_baseline(&project).unwrap();
        let day = earlier.taken_on.unwrap();
        assert!(day < TODAY && !earlier.by.is_empty() && !earlier.notes.is_empty(), "{}", sample.id);
        let then = analyse(&earlier.project, catalogue, day);
        let now = analyse(&project, catalogue, TODAY);
        let comparison = compare(&then, &now, catalogue);
        for fate in [Fate::Closed, Fate::Open, Fate::New] {
            let count = comparison.count(fate);
            assert!(count > 4, "{}: {count} {}", sample.id, fate.word());
        }
        let proved = comparison.closed_with_proof();
        assert!((1..comparison.count(Fate::Closed)).contains(&proved), "{}: {proved} proved", sample.id);
    }
}

#[test]
fn a_sample_carries_small_files_that_prove_answers_and_says_why_scenarios_were_refused() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let carried: Vec<_> =
            project.evidence.iter().filter_map(|(id, it)| Some((id, it, it.file.as_ref()?))).collect();
        assert!(carried.len() > 1, "{}", sample.id);
        for (id, evidence, file) in carried {
            let content = file.content.as_slice();
            assert!((100..8_000).contains(&content.len()), "{} {}: {}", sample.id, evidence.tag, content.len());
            assert_eq!(hash(content), evidence.sha256, "{} {}", sample.id, evidence.tag);
            let proves = |it: &Answer| it.evidence.contains(&id);
            let proved = project.answers.iter().flat_map(|(_, it)| it.values()).any(proves);
            assert!(proved && std::str::from_utf8(content).is_ok(), "{} {}", sample.id, evidence.tag);
        }
        assert!(!project.refused.is_empty(), "{}", sample.id);
        assert!(project.refused.values().all(|it| it.reason.len() > 20 && !it.by.is_empty() && it.on.is_some()));
        let analysis = analyse(&project, Catalogue::embedded(), TODAY);
        assert_eq!(analysis.proposals(Catalogue::embedded()).refused.len(), project.refused.len(), "{}", sample.id);
    }
}

#[test]
fn every_sample_is_a_finished_assessment() {
    let catalogue = Catalogue::embedded();
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let analysis = analyse(&project, catalogue, TODAY);
        let requirements = analysis.zcr(catalogue);
        let to_do: Vec<_> = requirements.iter().filter(|it| it.is_to_do()).map(|it| it.id.to_string()).collect();
        assert!(to_do.is_empty(), "{}: {to_do:?}", sample.id);
        assert_eq!(project.confirmations.len(), ValidationStep::ALL.len(), "{}", sample.id);
        let approval = &project.zcr[&"ZCR 7.1".parse().unwrap()];
        assert!(project.zcr.values().all(|it| it.on <= approval.on), "{}: the approval comes last", sample.id);
    }
}

#[test]
fn all_samples_but_the_one_to_try_things_on_decided_on_every_proposed_scenario() {
    let catalogue = Catalogue::embedded();
    for sample in SAMPLES.iter().skip(1) {
        let analysis = analyse(&sample.open().unwrap(), catalogue, TODAY);
        let proposed = analysis.proposals(catalogue).open;
        let undecided: Vec<_> = proposed.iter().map(|it| it.key.as_str()).collect();
        assert!(undecided.is_empty(), "{}: neither taken nor refused {undecided:?}", sample.id);
    }
}

fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|it| format!("{it:02x}")).collect()
}
