//! The commands: headless, never asking, one clear error, exit 2 on bad use or
//! input, 1 where a check found errors, 0 otherwise.

mod arguments;
mod assets;
mod commands;
mod hazop;
mod print;
mod table;

use std::process::ExitCode;

use clap::Parser;

pub use arguments::{Arguments, Command};
pub use commands::write_demo;

use crate::store::Renderer;

/// What the program is asked to do: open the window, or what a command came to.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window.
    Window {
        /// On this file.
        file: Option<std::path::PathBuf>,
        /// Painted as asked.
        renderer: Option<Renderer>,
        /// A line is written as each frame begins.
        tells_frames: bool,
    },
    /// Open the window on a sample, or write its results where there is no display.
    Demo,
    /// A command has run.
    Exit(ExitCode),
}

/// Reads the arguments and runs the command that they name.
pub fn run() -> Outcome {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return Outcome::Exit(ExitCode::from(if error.use_stderr() { 2 } else { 0 }));
        }
    };
    match arguments.command {
        None => match arguments.file {
            Some(file) if !file.exists() => {
                use std::io::Write;
                let _ = writeln!(
                    std::io::stderr(),
                    "zonewright: there is no such file, nor a command of this name: {}",
                    file.display()
                );
                Outcome::Exit(ExitCode::from(2))
            }
            file => Outcome::Window { file, renderer: arguments.renderer, tells_frames: arguments.tell_frames },
        },
        Some(Command::Demo) => Outcome::Demo,
        Some(command) => Outcome::Exit(commands::run(&command)),
    }
}
