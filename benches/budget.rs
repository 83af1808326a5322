//! What the program may cost, measured: `cargo bench`.
//!
//! Prints the median of several runs beside the budget. Times depend on the machine,
//! so nothing here fails; the ratios between the lines are what to compare.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where there is nothing to measure"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use zonewright::analysis::compare::compare;
use zonewright::analysis::{Analysis, Course, analyse, analyse_after, zcr};
use zonewright::catalogue::Catalogue;
use zonewright::edit::Edit;
use zonewright::exchange::hazop::{self, HazopImport};
use zonewright::generate::{AS_OF, Size, plant};
use zonewright::model::{Answer, GapKey, Project, Status, Target, Workshop};
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
    let answers: usize = project.answers.values().map(BTreeMap::len).sum();
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
    print(
        "answer to refreshed levels",
        16,
        median(15, || {
            round += 1;
            session.apply(&answer(&project, round)).expect("the edit applies")
        }),
    );
    print("undo to refreshed levels", 16, median(15, || session.undo()));
    let before = session.analysis().clone();
    print("nothing changed", 16, median(15, || again(&project, catalogue, &before)));
    print("states of ZCR", 16, median(9, || zcr::states(&project, catalogue, &before)));
    print("proposed scenarios", 100, median(9, || before.proposals(catalogue)));
    let workshop = Workshop::default();
    print("agenda of all", 100, median(9, || Course::new(&project, catalogue, &before, &workshop)));
    let earlier = analyse(&plant(LARGE, 1), catalogue, AS_OF);
    print("compare two states", 1000, median(5, || compare(&earlier, &before, catalogue)));
    let sheet = folder.path().join("hazop.csv");
    std::fs::write(&sheet, worksheet(20_000)).expect("a worksheet can be written");
    let matrix = &project.settings.matrix;
    let read = || HazopImport::new(hazop::read(&sheet, None).expect("it is a worksheet"), matrix);
    let import = read();
    print("HAZOP of 20,000 rows, read", 1000, median(5, read));
    print("HAZOP of 20,000 rows, its outcome", 1000, median(5, || import.outcome(&project)));

    for sample in SAMPLES {
        let project = sample.open().expect("the sample opens");
        let analysis = analyse(&project, catalogue, AS_OF);
        let report =
            || report::write(&project, catalogue, &analysis, Profile::Full, &mut |_| true).expect("it is written");
        print(&format!("report: {}", sample.id), 1000, median(5, report));
    }
}

fn again(project: &Project, catalogue: &Catalogue, before: &Arc<Analysis>) -> Analysis {
    analyse_after(project, catalogue, AS_OF, Some(before))
}

/// A HAZOP of so many rows.
fn worksheet(rows: usize) -> String {
    let mut sheet = "Node;Deviation;Cause;Consequence;Severity;Likelihood;Safeguards\n".to_owned();
    for row in 0..rows {
        let (node, deviation, step) = (row / 20, row / 4, row % 5 + 1);
        let line = format!(
            "Node {node};Deviation {deviation};Cause {row} at A-{:05};Consequence {row};{step};{};Relief valve {node}\n",
            row % 20_000,
            5 - row % 5,
        );
        sheet.push_str(&line);
    }
    sheet
}

/// Another answer at another zone in each round.
fn answer(project: &Project, round: usize) -> Edit {
    let (target, answers) =
        project.answers.iter().filter(|(target, _)| matches!(target, Target::Zone(_))).nth(round * 7).expect("a zone");
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
    times.get(runs / 2).copied().unwrap_or_default()
}

fn print(what: &str, budget: u64, time: Duration) {
    println!("{what:<40} {:>9.2} ms   budget {budget:>5} ms", time.as_secs_f64() * 1000.0);
}
