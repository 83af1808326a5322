//! What names and stencils say: asset types, Purdue levels, trust; in English,
//! German, French, Spanish and Italian.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::catalogue::embedded;
use crate::model::{PurdueLevel, Trust};

/// Words with what they stand for.
type Words<T> = Vec<(T, Vec<String>)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    /// Asset types of the catalogue.
    types: Words<String>,
    /// Asset types that a word only hints at.
    general: Words<String>,
    /// Trust and Purdue level of zones.
    zones: Vec<(Trust, String, Vec<String>)>,
    /// What makes a name that of a zone.
    zone_nouns: Vec<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| embedded(include_str!("../../../../assets/catalogue/drawing_words.ron")));

/// A text made ready to look words up in: small letters without accents, words
/// parted by single spaces, a space at either end.
pub(super) fn folded(text: &str) -> String {
    let mut words = String::from(" ");
    let mut was_letter = false;
    let mut small = 0;
    let mut letters = text.chars().take(2000).peekable();
    while let Some(letter) = letters.next() {
        // "workgroupSwitch" is two words; "IoT", "WinCC" and "DeltaV" are one
        if letter.is_uppercase() && small > 2 && letters.peek().is_some_and(|next| next.is_lowercase()) {
            words.push(' ');
        }
        small = if letter.is_lowercase() { small + 1 } else { 0 };
        let mut is_word = true;
        match letter {
            'ä' | 'Ä' | 'à' | 'á' | 'â' | 'ã' | 'À' | 'Á' | 'Â' => words.push('a'),
            'ö' | 'Ö' | 'ò' | 'ó' | 'ô' | 'Ó' | 'Ò' | 'Ô' => words.push('o'),
            'ü' | 'Ü' | 'ù' | 'ú' | 'û' | 'Ú' | 'Ù' => words.push('u'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => words.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' => words.push('i'),
            'ç' | 'Ç' => words.push('c'),
            'ñ' | 'Ñ' => words.push('n'),
            'ß' => words.push_str("ss"),
            other if other.is_alphanumeric() => words.extend(other.to_lowercase()),
            _ => is_word = false,
        }
        if !is_word && was_letter {
            words.push(' ');
        }
        was_letter = is_word;
    }
    if was_letter {
        words.push(' ');
    }
    words
}

/// Where a word ends in a folded text. A word may be in the plural or carry a number;
/// a star at its beginning or end stands for the rest of a longer word.
fn found(folded: &str, word: &str) -> Option<usize> {
    let (starts_open, word) = word.strip_prefix('*').map_or((false, word), |word| (true, word));
    let (ends_open, word) = word.strip_suffix('*').map_or((false, word), |word| (true, word));
    let mut last = None;
    for (at, _) in folded.match_indices(word) {
        let before = folded.get(..at).unwrap_or_default();
        let after = folded.get(at + word.len()..).unwrap_or_default();
        let rest = after.split(' ').next().unwrap_or_default();
        let rest = rest.trim_end_matches(|it: char| it.is_ascii_digit());
        let ends = ends_open || matches!(rest, "" | "s" | "es" | "n" | "en" | "x");
        if (starts_open || before.ends_with(' ')) && ends {
            last = Some(at + word.len());
        }
    }
    last
}

/// Whether one of the words stands in a folded text.
pub(super) fn says<'w>(folded: &str, words: &'w [impl AsRef<str>]) -> Option<&'w str> {
    words.iter().map(AsRef::as_ref).find(|word| found(folded, word).is_some())
}

/// The asset type that a name or a stencil speaks of, with the word that says so.
pub(super) fn asset_type(folded: &str) -> Option<(&'static str, &'static str)> {
    best(&LISTS.types, folded)
}

/// The asset type that a name or a stencil hints at, where nothing says more.
pub(super) fn general_type(folded: &str) -> Option<(&'static str, &'static str)> {
    best(&LISTS.general, folded)
}

/// The type named last, and of the words that end there the longest.
fn best(types: &'static Words<String>, folded: &str) -> Option<(&'static str, &'static str)> {
    let words = types.iter().flat_map(|(id, words)| words.iter().map(|word| (id.as_str(), word.as_str())));
    let found = words.filter_map(|(id, word)| Some((found(folded, word)?, word.len(), id, word)));
    let last = found.fold(None, |best: Option<(usize, usize, _, _)>, it| match best {
        Some(best) if (best.0, best.1) >= (it.0, it.1) => Some(best),
        _ => Some(it),
    });
    last.map(|(_, _, id, word)| (id, word.trim_matches('*')))
}

/// Words before a number that make it a Purdue level.
const LEVEL_WORDS: [&str; 12] =
    ["level", "levels", "lvl", "purdue", "stufe", "ebene", "niveau", "nivel", "livello", "schicht", "layer", "couche"];

/// The Purdue level that a text names by number, with whether it begins with it as a title does.
pub(super) fn numbered_level(text: &str) -> Option<(PurdueLevel, bool)> {
    let text = text.to_lowercase().replace(',', ".");
    let mut words = text.split(|it: char| !(it.is_alphanumeric() || it == '.')).filter(|it| !it.is_empty()).peekable();
    let mut place = 0;
    while let Some(word) = words.next() {
        let is_first = place == 0;
        place += 1;
        let word = word.trim_matches('.');
        if LEVEL_WORDS.contains(&word) {
            let mut number = words.peek().copied().unwrap_or_default().trim_matches('.');
            if number == "level" {
                words.next();
                number = words.peek().copied().unwrap_or_default().trim_matches('.');
            }
            if let Some(level) = level(number) {
                return Some((level, is_first));
            }
        }
        let joined = LEVEL_WORDS.iter().chain(&["l"]).find_map(|it| level(word.strip_prefix(it)?));
        if let Some(level) = joined {
            // "L3 switch" is a switch; "L3 - Site operations" is a level
            let rest = text.trim_start().strip_prefix(word).unwrap_or_default();
            let is_title = rest.trim_start_matches([' ', '\t']).chars().next().is_none_or(|it| !it.is_alphanumeric());
            let is_short = word.starts_with('l') && word.len() <= 4 && !word.starts_with("lvl");
            if is_first && is_title || !is_short {
                return Some((level, is_first && is_title));
            }
        }
    }
    None
}

fn level(number: &str) -> Option<PurdueLevel> {
    // "0/1" and "0-1" are read as two words, "0.1" as one: no level
    number.parse().ok()
}

/// What a zone's name says of it: trust, level, and the word that says so.
pub(super) fn trust(folded: &str) -> Option<(Trust, Option<PurdueLevel>, &'static str)> {
    LISTS.zones.iter().find_map(|(trust, level, words)| {
        says(folded, words).map(|word| (*trust, level.parse().ok(), word.trim_matches('*')))
    })
}

/// The word that makes a name that of a zone.
pub(super) fn zone_word(folded: &str) -> Option<&'static str> {
    says(folded, &LISTS.zone_nouns).map(|word| word.trim_matches('*'))
}

/// Words of a key to the drawing.
pub(super) const LEGEND_WORDS: [&str; 9] =
    ["legend", "legende", "leyenda", "legenda", "key", "zeichenerklarung", "symbols", "revision*", "title block"];

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> &'static str {
        let folded = folded(text);
        asset_type(&folded).or_else(|| general_type(&folded)).map_or("", |(id, _)| id)
    }

    #[test]
    fn names_and_stencils_say_what_an_asset_is() {
        for (text, id) in [
            ("PLC-101", "plc"),
            ("SPS Halle 3", "plc"),
            ("cisco/firewalls/pix firewall", "firewall"),
            ("cisco/routers/atm router", "router"),
            ("workgroupSwitch", "switch"),
            ("Pare-feu industriel", "firewall"),
            ("Poste d'ingénierie", "engineering_ws"),
            ("Safety PLC", "sis_controller"),
            ("HMI server", "hmi"),
            ("PLC network switch", "switch"),
            ("Frequenzumrichter Pumpe", "actuator"),
            ("VPN gateway", "remote_access_gw"),
            ("computers/netbook", "office_pc"),
            ("fw01", "firewall"),
            ("Historian", "historian"),
            ("Azure IoT Hub", "cloud_service"),
            ("Order Processor", ""),
            ("Server", ""),
            ("Drucker", "printer"),
            ("WinCC server", "scada_server"),
            ("Edge", "iiot_gateway"),
        ] {
            assert_eq!(kind(text), id, "{text}");
        }
    }

    #[test]
    fn every_type_is_one_of_the_catalogue() {
        let types = crate::catalogue::Catalogue::embedded().asset_types();
        for (id, words) in LISTS.types.iter().chain(&LISTS.general) {
            assert!(types.iter().any(|it| it.id == *id), "{id}");
            for word in words {
                let plain = word.trim_matches('*');
                assert_eq!(folded(plain).trim(), plain, "{word} would never be found");
            }
        }
    }

    #[test]
    fn levels_of_zones_are_levels() {
        assert!(LISTS.zones.iter().all(|(_, level, _)| level.parse::<PurdueLevel>().is_ok()));
    }

    #[test]
    fn levels_are_told_from_layers_of_a_switch() {
        let level = |text: &str| numbered_level(text);
        assert_eq!(level("L1 - PLCs / Basic Control"), Some((PurdueLevel::L1, true)));
        assert_eq!(level("L3.5 - Industrial DMZ"), Some((PurdueLevel::Dmz, true)));
        assert_eq!(level("Level 3,5 DMZ"), Some((PurdueLevel::Dmz, true)));
        assert_eq!(level("Purdue Level 2"), Some((PurdueLevel::L2, true)));
        assert_eq!(level("Ebene 1: Steuerung"), Some((PurdueLevel::L1, true)));
        assert_eq!(level("Control network (Level 2)"), Some((PurdueLevel::L2, false)));
        assert_eq!(level("L3 switch"), None);
        assert_eq!(level("Level crossing"), None);
        assert_eq!(level("L7"), None);
    }

    #[test]
    fn names_of_zones_say_whose_hands_they_are_in() {
        let said = |text: &str| trust(&folded(text)).map(|(trust, ..)| trust);
        assert_eq!(said("Industrial DMZ"), Some(Trust::Operational));
        assert_eq!(said("Réseau d'entreprise"), Some(Trust::Enterprise));
        assert_eq!(said("Büronetz"), Some(Trust::Enterprise));
        assert_eq!(said("Red corporativa"), Some(Trust::Enterprise));
        assert_eq!(said("Internet"), Some(Trust::External));
        assert_eq!(said("Safety zone (SIS)"), Some(Trust::Safety));
        assert_eq!(said("Section 4"), None);
    }
}
