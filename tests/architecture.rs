//! The floors of the house, read from the imports.

#![cfg(test)]

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
    assert_eq!(strays(&["egui::", "eframe::", "egui_extras::", "rfd::"], &["ui/", "main.rs"]), Vec::<String>::new());
}

#[test]
fn threads_start_in_one_place() {
    assert_eq!(strays(&["thread::spawn", "thread::Builder", "thread::scope"], &["task.rs"]), Vec::<String>::new());
}

#[test]
fn nothing_opens_a_socket() {
    assert_eq!(strays(&["std::net", "TcpStream", "TcpListener", "UdpSocket"], &[]), Vec::<String>::new());
}
#[test]
fn what_a_plant_is_knows_nothing_of_what_follows_from_it() {
    let above = [
        "crate::edit",
        "crate::analysis",
        "crate::store",
        "crate::exchange",
        "crate::drawing",
        "crate::report",
        "crate::session",
        "crate::cli",
        "crate::ui",
    ];
    let model: Vec<String> = strays(&above, &[]).into_iter().filter(|name| name.starts_with("model/")).collect();
    assert_eq!(model, Vec::<String>::new());
}
