//! Every fix that is offered anywhere in the samples and in generated plants mends what it is
//! offered for, in one step that can be taken back, and leaves a project that holds together.

#![cfg(test)]

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use zonewright::analysis::{Analysis, Finding, Repair, Severity, analyse, analyse_after};
use zonewright::catalogue::Catalogue;
use zonewright::generate::{AS_OF, Size, plant};
use zonewright::history::History;
use zonewright::model::Project;
use zonewright::samples::SAMPLES;

fn errors(analysis: &Analysis) -> BTreeSet<String> {
    analysis.findings.iter().filter(|it| it.severity() == Severity::Error).map(Finding::key).collect()
}

/// Tries every fix of every finding; returns how many there were.
fn try_all(project: &Project, as_of: Date) -> usize {
    let catalogue = Catalogue::embedded();
    let analysis = analyse(project, catalogue, as_of);
    let repair = Repair { project, catalogue, analysis: &analysis };
    let before = errors(&analysis);
    let mut tried = 0;
    for finding in analysis.findings.iter() {
        for fix in repair.fixes(finding) {
            let what = format!("{} {}: {}", finding.check.code, finding.message, fix.label);
            let mut history = History::new(project.clone());
            assert_eq!(history.apply(&fix.edit), Ok(true), "{what}");
            let mended = history.current().clone();
            assert_eq!(mended.first_unresolved(), None, "{what}");
            let after = analyse_after(&mended, catalogue, as_of, Some(&analysis));
            assert!(after.findings.iter().all(|it| it.key() != finding.key()), "{what}");
            let new: Vec<_> = errors(&after).difference(&before).cloned().collect();
            assert!(new.is_empty(), "{what} brings {new:?}");
            history.undo().unwrap();
            assert!(history.current() == project, "{what}");
            tried += 1;
        }
    }
    tried
}

#[test]
fn fixes_of_the_samples_mend() {
    for sample in SAMPLES {
        let tried = try_all(&sample.open().unwrap(), date(2026, 11, 22));
        assert!(tried > 20, "{}: {tried}", sample.id);
    }
}

#[test]
fn fixes_of_generated_plants_mend() {
    let size = Size { zones: 26, conduits: 44, assets: 100, answers: 0, conduit_answers: 0 };
    for seed in 0..4 {
        assert!(try_all(&plant(size, seed), AS_OF) > 50);
    }
}

#[test]
fn one_fix_after_another_collides_with_none() {
    let size = Size { zones: 26, conduits: 44, assets: 100, answers: 0, conduit_answers: 0 };
    let catalogue = Catalogue::embedded();
    let mut project = plant(size, 9);
    for round in 0..60 {
        let analysis = analyse(&project, catalogue, AS_OF);
        let repair = Repair { project: &project, catalogue, analysis: &analysis };
        let mut fixes = analysis.findings.iter().filter_map(|it| Some((it, repair.fixes(it).into_iter().next_back()?)));
        let Some((finding, fix)) = fixes.nth(round % 7) else { break };
        let mut mended = project.clone();
        fix.edit.apply(&mut mended).unwrap();
        assert_eq!(mended.first_unresolved(), None, "{}", fix.label);
        assert!(
            mended.assets.ids().filter(|it| project.assets.contains(*it)).eq(project.assets.ids()),
            "{}",
            fix.label
        );
        let after = analyse_after(&mended, catalogue, AS_OF, Some(&analysis));
        assert!(after.findings.iter().all(|it| it.key() != finding.key()), "{}", fix.label);
        let new: Vec<_> = errors(&after).difference(&errors(&analysis)).cloned().collect();
        assert!(new.is_empty(), "{} brings {new:?}", fix.label);
        let mut tags: Vec<_> =
            mended.zones.values().map(|it| &it.tag).chain(mended.conduits.values().map(|it| &it.tag)).collect();
        tags.sort_unstable();
        assert!(tags.windows(2).all(|pair| pair[0] != pair[1]), "{}: a tag twice", fix.label);
        project = mended;
    }
}
