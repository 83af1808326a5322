//! The sample projects as files: they are what the program itself would write, and their stories hold.

use jiff::civil::date;
use zonewright::analysis::analyse;
use zonewright::catalogue::Catalogue;
use zonewright::samples::SAMPLES;
use zonewright::store;

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
