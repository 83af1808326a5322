//! The window under random input for as long as is said: `cargo bench --bench soak -- 60` is an hour (without a figure
//! one minute).
//!
//! Points, clicks, turns the wheel and types at random, always the same for a seed, and paints with the processor. Each
//! thousandth frame is compared, pixel by pixel, with what a painter makes of it that saw no frame before; the
//! program's memory is printed as it goes. Ends badly where a pixel differs.

#![expect(dead_code, reason = "the window of the benchmarks has hands that are not needed here")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where there is nothing to measure"
)]

use std::time::{Duration, Instant};

use egui::{Color32, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, TouchPhase, pos2, vec2};
use zonewright::render::{Frame, Painter};
use zonewright::samples::SAMPLES;
use zonewright::store;

mod window;
use window::{SCREEN, Window};

const SEED: u64 = 62_443;
/// So many frames are painted between two that are compared.
const BETWEEN: usize = 1_000;

fn main() {
    let minutes = std::env::args().skip(1).find_map(|it| it.parse::<f64>().ok()).unwrap_or(1.0);
    let project = SAMPLES.first().expect("a sample").open().expect("the sample opens");
    let mut window = Window::open(&project);
    let mut random = fastrand::Rng::with_seed(SEED);
    let begun = Instant::now();
    let (mut frames, mut told) = (0, Duration::ZERO);
    println!("{:>8} {:>10} {:>10} {:>12}", "minutes", "frames", "memory", "its project");
    while begun.elapsed().as_secs_f64() < minutes * 60.0 {
        let events = events(&mut random);
        frames += 1;
        if frames % BETWEEN == 0 {
            assert!(is_painted_as_anew(&mut window, events), "frame {frames} differs from one painted anew");
        } else {
            window.run(events);
        }
        if begun.elapsed() >= told {
            println!(
                "{:>8.1} {frames:>10} {:>7} MB {:>9} kB",
                begun.elapsed().as_secs_f64() / 60.0,
                memory(),
                written(&window)
            );
            told += Duration::from_secs_f64((minutes * 6.0).max(5.0));
        }
    }
    println!(
        "{:>8.1} {frames:>10} {:>7} MB {:>9} kB; {} frames were the same painted anew",
        minutes,
        memory(),
        written(&window),
        frames / BETWEEN
    );
}

/// Runs a frame; whether it is painted as by a painter that saw none before.
fn is_painted_as_anew(window: &mut Window, events: Vec<Event>) -> bool {
    window.keeps = true;
    window.run(events);
    window.keeps = false;
    let pixels_per_point = window.ctx.pixels_per_point();
    let frame = Frame { size: window.painter.size(), pixels_per_point, ground: Color32::WHITE };
    let cut = |shape| window.ctx.tessellate(vec![shape], pixels_per_point);
    let mut anew = Painter::default();
    anew.paint(frame, std::mem::take(&mut window.kept), &window.textures, &cut);
    anew.pixels() == window.painter.pixels()
}

/// What happens before the next frame.
fn events(random: &mut fastrand::Rng) -> Vec<Event> {
    // the menu of files is left alone, for it leads out of the window
    let at = pos2(random.f32() * SCREEN.x, 44.0 + random.f32() * (SCREEN.y - 44.0));
    let press = |key, modifiers| {
        [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }).to_vec()
    };
    let keys =
        [Key::Tab, Key::ArrowDown, Key::ArrowUp, Key::ArrowRight, Key::Escape, Key::F1, Key::F5, Key::F6, Key::F12];
    let steps = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num0];
    match random.u8(..40) {
        0..3 => {
            let button = |pressed| Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            vec![Event::PointerMoved(at), button(true), button(false)]
        }
        3..7 => vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, random.f32() * 240.0 - 120.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        }],
        7..10 => vec![Event::Text(random.alphabetic().to_string())],
        10..12 => press(random.choice(keys).unwrap_or(Key::Tab), Modifiers::NONE),
        12 => press(random.choice(steps).unwrap_or(Key::Num1), Modifiers::ALT),
        13 => press(Key::Z, Modifiers::COMMAND),
        14 => vec![Event::Zoom(0.8 + random.f32() * 0.5)],
        15..18 => Vec::new(),
        _ => vec![Event::PointerMoved(at)],
    }
}

/// Kilobytes of the project's file: what is clicked and typed at random makes the project grow, and the steps that can
/// be taken back hold it up to 500 times, but for what they share.
fn written(window: &Window) -> usize {
    let project = window.app.session().expect("a project is open").project();
    store::to_text(project).expect("the project can be written").len() / 1024
}

/// Megabytes that the program holds; 0 where the system does not say.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
