//! Reads the arguments; opens the window or runs a command.

use std::process::ExitCode;

use zonewright::cli::{self, Outcome};

fn main() -> ExitCode {
    match cli::run() {
        Outcome::Exit(code) => code,
        Outcome::Window(_) | Outcome::Demo => ExitCode::SUCCESS,
    }
}
