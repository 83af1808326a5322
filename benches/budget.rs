//! What the program may cost, measured: `cargo bench`.
//!
//! Prints the median of several runs beside the budget. Times depend on the machine,
//! so nothing here fails; the ratios between the lines are what to compare.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use zonewright::analysis::{Analysis, analyse, analyse_after};
use zonewright::catalogue::Catalogue;
use zonewright::edit::Edit;
use zonewright::generate::{AS_OF, Size, plant};
use zonewright::model::{Answer, GapKey, Project, Status, Target};
use zonewright::report::{self, Profile};
use zonewright::samples::SAMPLES;
use zonewright::session::Session;
use zonewright::store;

const LARGE: Size = Size { zones: 1_000, conduits: 5_000, assets: 20_000, answers: 100, conduit_answers: 0 };

fn main() {
    let catalogue = Catalogue::embedded();
    let project = plant(LARGE, 1);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("large.zonewright");
    store::save(&project, &file).expect("the plant can be saved");
    let answers: usize = project.answers.values().map(|it| it.len()).sum();
    println!(
        "Generated plant: {} zones, {} conduits, {} assets, {} flows, {answers} answers, {} MB",
        project.zones.len(),
        project.conduits.len(),
        project.assets.len(),
        project.flows.len(),
        std::fs::metadata(&file).map_or(0, |it| it.len()) / 1_000_000,
    );
    print("open", 1000, median(5, || store::open(&file).expect("it opens")));
    print("save", 1000, median(5, || store::save(&project, &file).expect("it saves")));
    print("full analysis", 150, median(9, || analyse(&project, catalogue, AS_OF)));

    let mut session = Session::new(project.clone(), AS_OF);
    println!("  {} gaps, {} findings", session.analysis().gaps.len(), session.analysis().findings.len());
    let mut round = 0;
    print("answer to refreshed levels", 16, median(15, || {
        round += 1;
        session.apply(&answer(&project, round)).expect("the edit applies")
    }));
    print("undo to refreshed levels", 16, median(15, || session.undo()));
    let before = session.analysis().clone();
    print("nothing changed", 16, median(15, || again(&project, catalogue, &before)));

    for sample in SAMPLES {
        let project = sample.open().expect("the sample opens");
        let analysis = analyse(&project, catalogue, AS_OF);
        let report = || report::write(&project, catalogue, &analysis, Profile::Full, &mut |_| true).expect("it is written");
        print(&format!("report: {}", sample.id), 1000, median(5, report));
    }
}

fn again(project: &Project, catalogue: &Catalogue, before: &Arc<Analysis>) -> Analysis {
    analyse_after(project, catalogue, AS_OF, Some(before))
}

/// Another answer at another zone in each round.
fn answer(project: &Project, round: usize) -> Edit {
    let (target, answers) = project.answers.iter().filter(|(target, _)| matches!(target, Target::Zone(_))).nth(round * 7).expect("a zone");
    let requirement = *answers.keys().nth(round).expect("an answer");
    let status = if answers[&requirement].status == Status::Met { Status::NotMet } else { Status::Met };
    Edit::Answer(vec![(GapKey { target, requirement }, Answer { status, ..Answer::default() })])
}

fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn print(what: &str, budget: u64, time: Duration) {
    println!("{what:<40} {:>9.2} ms   budget {budget:>5} ms", time.as_secs_f64() * 1000.0);
}
