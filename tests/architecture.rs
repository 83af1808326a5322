//! The floors of the house, read from the imports.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The sources outside the named places in which one of the words occurs before their tests.
fn strays(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 100, "the sources were not found");
    files
        .iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            if allowed.iter().any(|place| name.starts_with(place)) {
                return None;
            }
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let stray = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| words.iter().any(|word| line.contains(word)));
            stray.then_some(name)
        })
        .collect()
}

#[test]
fn the_toolkit_stays_in_the_window() {
    assert_eq!(strays(&["eframe::", "egui_extras::", "rfd::"], &["ui/", "main.rs"]), Vec::<String>::new());
}

/// The painter knows the toolkit's triangles and nothing of the program.
#[test]
fn the_painter_could_be_a_crate_of_its_own() {
    assert_eq!(strays(&["egui::"], &["ui/", "main.rs", "render/"]), Vec::<String>::new());
    let inside: Vec<String> = strays(&["crate::"], &[]).into_iter().filter(|it| it.starts_with("render/")).collect();
    assert_eq!(inside, Vec::<String>::new());
}

#[test]
fn threads_start_where_work_is_given_away() {
    let places = ["task.rs", "render/"];
    assert_eq!(strays(&["thread::spawn", "thread::Builder", "thread::scope"], &places), Vec::<String>::new());
}

#[test]
fn files_are_read_and_written_in_few_places() {
    let words = ["std::fs", "fs::", "File::", "OpenOptions", "tempfile", "memmap"];
    assert_eq!(strays(&words, &["store/", "exchange/", "ui/window/machine.rs"]), Vec::<String>::new());
}

#[test]
fn nothing_opens_a_socket() {
    let words = ["std::net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener"];
    // an address that is only read as text is no socket
    assert_eq!(strays(&words, &["exchange/drawings/staging/details.rs"]), Vec::<String>::new());
}

#[test]
fn nothing_that_talks_to_a_network_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let policy = fs::read_to_string(root.join("deny.toml")).unwrap();
    let banned: Vec<&str> =
        policy.lines().filter_map(|line| line.trim().strip_prefix("{ crate = ")?.strip_suffix(" },")).collect();
    assert!(banned.contains(&"\"reqwest\""), "the list was not read: {banned:?}");
    let built: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = ")).collect();
    assert!(built.contains(&"\"egui\""), "the lock file was not read");
    assert!(built.iter().all(|name| !banned.contains(name)));
    let elsewhere =
        lock.lines().filter(|line| line.starts_with("source") && !line.contains("rust-lang/crates.io-index"));
    assert_eq!(elsewhere.collect::<Vec<_>>(), Vec::<&str>::new(), "crates.io only");
}

/// The floors from the lowest to the highest.
const FLOORS: [&str; 19] = [
    "render",
    "model",
    "catalogue",
    "edit",
    "history",
    "analysis",
    "text",
    "drawing",
    "hands",
    "store",
    "samples",
    "templates",
    "generate",
    "report",
    "exchange",
    "task",
    "session",
    "cli",
    "ui",
];

#[test]
fn a_floor_knows_only_the_floors_below_it() {
    let house = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let floors = house.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    assert!(floors.eq(BTreeSet::from(FLOORS)), "each module of the library has its place among the floors");
    for (place, floor) in FLOORS.iter().enumerate() {
        let above: Vec<String> = FLOORS[place + 1..].iter().map(|floor| format!("crate::{floor}")).collect();
        let above: Vec<&str> = above.iter().map(String::as_str).collect();
        let of_floor = |name: &String| name.split(['/', '.']).next() == Some(floor);
        let strays: Vec<String> = strays(&above, &[]).into_iter().filter(of_floor).collect();
        assert_eq!(strays, Vec::<String>::new(), "{floor} knows a floor above it");
    }
}
