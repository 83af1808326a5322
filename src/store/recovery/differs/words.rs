//! The words in which things, fields and values are told.

use crate::analysis::compare::field_words;

/// What one thing in a collection of the project is, or what the project has once.
pub(super) fn kind(collection: &str) -> String {
    let word = match collection {
        "info" => "title page",
        "scope" => "scope",
        "settings" => "settings",
        "zones" => "zone",
        "conduits" => "conduit",
        "assets" => "asset",
        "flows" => "flow",
        "risks" => "risk",
        "actions" => "action",
        "acceptances" => "acceptance",
        "exceptions" => "vulnerability exception",
        "manual_findings" => "finding",
        "measures" => "organisational measure",
        "workshops" => "workshop",
        "notes" => "note on the diagram",
        "views" => "view of the diagram",
        "overrides" => "value set by hand",
        "set_aside" => "finding set aside",
        "confirmations" | "zcr" => "confirmation",
        "refused" => "refused proposal",
        "baselines" => "baseline",
        other => return field_words(other),
    };
    word.to_owned()
}

/// Whether the project has it once.
pub(super) fn is_once(collection: &str) -> bool {
    matches!(collection, "info" | "scope" | "settings")
}

/// Whether a text is an id, which nobody reads.
pub(super) fn is_id(text: &str) -> bool {
    text.split_once('-').is_some_and(|(kind, rest)| {
        kind.len() == 1 && rest.len() >= 8 && rest.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    })
}

/// "NotMet" as "not met"; what is no such word stays as it is.
pub(super) fn value(text: &str) -> String {
    let is_one = text.chars().all(|it| it.is_ascii_alphabetic())
        && text.starts_with(char::is_uppercase)
        && text.chars().zip(text.chars().skip(1)).all(|(one, next)| !(one.is_uppercase() && next.is_uppercase()))
        && text.chars().filter(|it| it.is_uppercase()).count() > 1;
    if !is_one {
        return text.to_owned();
    }
    let mut words = String::new();
    for letter in text.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_as_people_say_them() {
        let told = ["NotMet", "Met", "L3", "PLC-301", "SCADA", "Dosing", "AlwaysOn"].map(value);
        assert_eq!(told, ["not met", "Met", "L3", "PLC-301", "SCADA", "Dosing", "always on"]);
        assert!(is_id("z-56mq1e4mg9") && !is_id("C-20") && !is_id("E05") && !is_id("SR 1.1"));
    }
}
