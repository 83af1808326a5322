//! What a frame of each page costs, measured: `cargo bench --bench pages`.
//!
//! A plant of 1,000 zones with as many risk scenarios, an earlier state and a workshop of all
//! zones, looked at page by page without a screen: at rest, while the wheel turns, and in the
//! frames after an answer. Prints median and worst time of the processor for a frame; times
//! depend on the machine, so nothing here fails. With a word (`cargo bench --bench pages -- Risk`)
//! only the rows that have it in their name are measured.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where there is nothing to measure"
)]

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2};
use zonewright::generate::{AS_OF, Size, plant};
use zonewright::model::{Answer, Baseline, BaselineId, Id, Project, RiskId, Status, Workshop, WorkshopId};

mod window;
use window::{SCREEN, Table, Times, Window};

const SIZE: Size = Size { zones: 1_000, conduits: 5_000, assets: 20_000, answers: 100, conduit_answers: 0 };
/// Risk scenarios.
const RISKS: usize = 1_000;
/// Frames of each row.
const FRAMES: usize = 30;
/// What a frame may take, in milliseconds.
const BUDGET: u64 = 16;

/// The pages with their keys; how the tabs of some are reached.
const PAGES: [(&str, Modifiers, Key); 11] = [
    ("Overview", Modifiers::ALT, Key::Num1),
    ("ZCR path", Modifiers::ALT, Key::Num2),
    ("Scope", Modifiers::ALT, Key::Num3),
    ("Diagram", Modifiers::ALT, Key::Num4),
    ("Risk register", Modifiers::ALT, Key::Num5),
    ("Requirements", Modifiers::ALT, Key::Num6),
    ("Workshop", Modifiers::NONE, Key::F6),
    ("Gaps", Modifiers::ALT, Key::Num7),
    ("Plan", Modifiers::ALT, Key::Num8),
    ("Report", Modifiers::ALT, Key::Num9),
    ("Compare", Modifiers::ALT, Key::Num0),
];

fn main() {
    let only = std::env::args().skip(1).find(|it| !it.starts_with("--")).unwrap_or_default();
    let table = Table { budget: BUDGET, only };
    let mut window = Window::open(&project());
    let window = &mut window;
    println!("\n{} zones, {} assets, {} scenarios; budget {BUDGET} ms a frame", SIZE.zones, SIZE.assets, RISKS);
    table.head();
    for (page, held, key) in PAGES {
        window.key(held, key);
        rest_and_turn(&table, window, page);
        match page {
            "Risk register" => {
                for tab in ["Risk matrix", "Risk proposals", "Risk scales"] {
                    window.key(Modifiers::COMMAND, Key::PageDown);
                    rest_and_turn(&table, window, tab);
                }
                window.key(Modifiers::COMMAND, Key::PageDown);
            }
            "Requirements" => requirements(&table, window),
            "Workshop" => {
                window.key(Modifiers::NONE, Key::F5);
                rest_and_turn(&table, window, "Workshop mode");
                table.row("Workshop mode, answers", window, Window::answers);
                window.key(Modifiers::NONE, Key::F5);
            }
            _ => (),
        }
    }
}

fn rest_and_turn(table: &Table, window: &mut Window, page: &str) {
    // what is worked out beside the window comes first
    window.wait();
    table.row(&format!("{page}, at rest"), window, |it| it.frames(FRAMES, |_, _| Vec::new()));
    table.row(&format!("{page}, wheel"), window, |it| {
        it.point(pos2(SCREEN.x * 0.5, SCREEN.y * 0.6));
        it.frames(FRAMES, |_, frame| {
            let turn = if frame < FRAMES / 2 { -60.0 } else { 60.0 };
            let (unit, source, modifiers) = (MouseWheelUnit::Point, MouseWheelSource::Unknown, Modifiers::NONE);
            vec![Event::MouseWheel { unit, delta: vec2(0.0, turn), phase: TouchPhase::Move, source, modifiers }]
        })
    });
}

/// The matrix, all targets side by side, one target's answers, and those of all together.
fn requirements(table: &Table, window: &mut Window) {
    window.key(Modifiers::NONE, Key::L);
    rest_and_turn(table, window, "Targets side by side");
    window.key(Modifiers::NONE, Key::L);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    rest_and_turn(table, window, "Answers of one");
    table.row("Answers of one, answers", window, Window::answers);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::A);
    window.key(Modifiers::NONE, Key::Enter);
    rest_and_turn(table, window, "Answers of all together");
    window.key(Modifiers::COMMAND, Key::A);
    rest_and_turn(table, window, "All answers of all");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
}

impl Window {
    /// Until what is worked out beside the window is there.
    fn wait(&mut self) {
        for _ in 0..40 {
            self.run(Vec::new());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// One answer after the other, each with the frames after it.
    fn answers(&mut self) -> Vec<Times> {
        self.frames(FRAMES, |_, frame| {
            let key = if frame % 4 == 0 { Key::Num1 } else { Key::Num3 };
            let press =
                |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
            vec![press(true), press(false)]
        })
    }
}

/// The plant, with what the pages are about.
fn project() -> Project {
    let mut project = plant(SIZE, 1);
    let baseline = Baseline { name: "Earlier".to_owned(), ..Baseline::of(&earlier(&project), AS_OF) };
    project.baselines.insert(BaselineId::derived_from("earlier"), baseline);
    let few: Vec<_> = project.risks.values().cloned().collect();
    for (number, risk) in few.iter().cycle().take(RISKS).enumerate().skip(few.len()) {
        let mut risk = risk.clone();
        risk.tag = format!("R-{number:05}");
        project.risks.insert(RiskId::derived_from(&risk.tag), risk);
    }
    let workshop = Workshop { title: "All requirements".to_owned(), ..Workshop::default() };
    project.workshops.insert(WorkshopId::derived_from("workshop"), workshop);
    project
}

/// The same with other answers here and there.
fn earlier(project: &Project) -> Project {
    let mut earlier = project.clone();
    let targets: Vec<_> = project.answers.iter().map(|(target, _)| target).collect();
    for target in targets {
        let Some(mut answers) = project.answers.get(target).cloned() else { continue };
        for answer in answers.values_mut().step_by(7) {
            let status = if answer.status == Status::Met { Status::NotMet } else { Status::Met };
            *answer = Answer { status, ..Answer::default() };
        }
        earlier.answers.insert(target, answers);
    }
    earlier
}
