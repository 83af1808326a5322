//! What `analyze --json` says of each sample on a fixed day, against what it said before.
//!
//! The goldens are the program's own JSON with short lists drawn together on one
//! line, so that a changed level is one changed line.

#![cfg(test)]

use std::process::Command;

use zonewright::samples::SAMPLES;

/// Set this to take what the program says now as right.
const BLESS: &str = "ZONEWRIGHT_BLESS";

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

fn analysed(sample: &str) -> String {
    let file = format!("{FOLDER}/sample-projects/{sample}.zonewright");
    let arguments = ["analyze", &file, "--json", "--as-of", "2026-11-21"];
    let ran = Command::new(env!("CARGO_BIN_EXE_zonewright")).args(arguments).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

/// The same JSON with each list of plain values on one line.
fn drawn_together(json: &str) -> String {
    let mut drawn = String::new();
    let mut list: Option<Vec<&str>> = None;
    for line in json.lines() {
        let value = line.trim();
        let is_plain = !value.starts_with(['{', '[', ']']) && !value.contains("\": ");
        match &mut list {
            Some(values) if is_plain => values.push(value),
            Some(values) if value.starts_with(']') => {
                drawn = format!("{}{}{value}\n", drawn.trim_end(), values.join(" "));
                list = None;
            }
            _ => {
                list = value.ends_with('[').then(Vec::new);
                drawn.push_str(line);
                drawn.push('\n');
            }
        }
    }
    drawn
}

#[test]
fn a_sample_is_analysed_as_before() {
    for sample in SAMPLES {
        let path = format!("{FOLDER}/tests/goldens/{}.json", sample.id);
        let json = analysed(sample.id);
        let now = drawn_together(&json);
        let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert!(parsed(&now) == parsed(&json), "drawing lists together changed what is said");
        if std::env::var_os(BLESS).is_some() {
            std::fs::write(&path, now).unwrap();
            continue;
        }
        let before = std::fs::read_to_string(&path).unwrap();
        let changed = before.lines().zip(now.lines()).position(|(before, now)| before != now);
        let line = changed.unwrap_or_else(|| before.lines().count().min(now.lines().count()));
        let at = |text: &str| text.lines().skip(line.saturating_sub(3)).take(7).collect::<Vec<_>>().join("\n");
        assert!(
            before == now,
            "{path}, line {}: before\n{}\nnow\n{}\nIf that is right, run with {BLESS}=1",
            line + 1,
            at(&before),
            at(&now)
        );
    }
}

#[test]
fn the_day_makes_the_difference() {
    let file = format!("{FOLDER}/sample-projects/{}.zonewright", SAMPLES[0].id);
    let on = |day: &str| {
        let arguments = ["analyze", &file, "--json", "--as-of", day];
        Command::new(env!("CARGO_BIN_EXE_zonewright")).args(arguments).output().unwrap().stdout
    };
    assert_eq!(on("2026-11-21"), on("2026-11-21"));
    assert_ne!(on("2026-11-21"), on("2036-11-21"), "evidence and acceptances expire");
}
