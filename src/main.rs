//! Reads the arguments; opens the window or runs a command.

use std::io::Write;
use std::process::ExitCode;

use zonewright::cli::{self, Outcome};
use zonewright::store::Preferences;
use zonewright::ui::{self, Start, WindowError};

fn main() -> ExitCode {
    match cli::run() {
        Outcome::Exit(code) => code,
        Outcome::Window { file, renderer, tells_frames } => {
            let at_frame: Option<fn()> = if tells_frames { Some(tell_frame) } else { None };
            window(Start { file, renderer, at_frame, ..start() }).unwrap_or_else(|error| fail(&error))
        }
        Outcome::Demo => match window(Start { demo: true, ..start() }) {
            Ok(code) => code,
            Err(error) => {
                say(&format!("zonewright: {error}"));
                cli::write_demo()
            }
        },
    }
}

fn start() -> Start {
    Start { preferences: Preferences::place(), ..Start::default() }
}

fn window(start: Start) -> Result<ExitCode, WindowError> {
    ui::run(start).map(|()| ExitCode::SUCCESS)
}

fn fail(error: &WindowError) -> ExitCode {
    say(&format!("zonewright: {error}"));
    ExitCode::from(2)
}

fn tell_frame() {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "frame").and_then(|()| out.flush());
}

fn say(text: &str) {
    // nobody may be listening any more
    let _ = writeln!(std::io::stderr(), "{text}");
}
