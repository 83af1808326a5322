//! What a row of a table says of an asset.

use super::field::Field;
use super::table::{Row, Table};
use crate::catalogue::Catalogue;
use crate::exchange::drawings::staging::{asset_type_hinted, asset_type_said};
use crate::model::*;

/// An asset as a row tells it; what the row does not fill in is at its default.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub asset: Asset,
    /// The type that its tag and name suggest where no column says one: good enough for a new
    /// asset, no reason to change a known one.
    pub suggested: String,
    /// The tag or name of its zone, as it stands there.
    pub zone: String,
    pub purdue: Option<PurdueLevel>,
    /// Fields of yes and no that are filled in, with what they say.
    pub temporary: Option<bool>,
    pub wireless: Option<bool>,
    pub external: Option<bool>,
    /// A column that counts is filled in; the sum below a list says nothing.
    pub says_anything: bool,
    /// Cells that could not be taken as they stand: column, and what became of them.
    pub doubts: Vec<(String, String)>,
}

impl Told {
    /// Reads a row by what the columns say.
    pub fn of(table: &Table, row: &Row, fields: &[Option<Field>]) -> Self {
        let mut told = Self::default();
        let mut notes = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            let (Some(field), cell) = (*field, row.cell(at).trim()) else { continue };
            if cell.is_empty() || is_nothing(cell) {
                continue;
            }
            let column = table.columns.get(at).map_or("", String::as_str);
            told.says_anything = true;
            let one_line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            let cell = if field.adds_up() { cell } else { &one_line };
            if let Err(doubt) = told.take(field, column, cell, &mut notes) {
                told.doubts.push((column.to_owned(), format!("\"{}\" {doubt}", shortened(&one_line))));
                notes.push(format!("{column}: {cell}"));
            }
        }
        if told.asset.tag.is_empty() {
            let name = std::mem::take(&mut told.asset.name);
            told.asset.tag =
                if name.is_empty() { told.asset.addresses.first().cloned().unwrap_or_default() } else { name };
        }
        if told.asset.name == told.asset.tag {
            told.asset.name.clear();
        }
        if told.asset.kind.is_empty() {
            let named = asset_type_said(&format!("{} {}", told.asset.tag, told.asset.name));
            told.suggested = named.unwrap_or_default().to_owned();
        }
        told.asset.notes = notes.join("\n");
        told
    }

    fn take(&mut self, field: Field, column: &str, cell: &str, notes: &mut Vec<String>) -> Result<(), String> {
        let asset = &mut self.asset;
        match field {
            Field::Tag => cell.clone_into(&mut asset.tag),
            Field::Name => cell.clone_into(&mut asset.name),
            Field::Vendor => cell.clone_into(&mut asset.vendor),
            Field::Model => cell.clone_into(&mut asset.model),
            Field::Version => cell.clone_into(&mut asset.version),
            Field::Owner => cell.clone_into(&mut asset.owner),
            Field::Zone => cell.clone_into(&mut self.zone),
            Field::Address => {
                let parts = cell.split([';', ',', '\n', ' ', '|']).map(str::trim).filter(|it| !it.is_empty());
                asset.addresses.extend(parts.map(str::to_owned));
            }
            Field::Notes if column.to_lowercase().starts_with("note") || column.is_empty() => {
                notes.push(cell.to_owned());
            }
            Field::Notes => notes.push(format!("{column}: {cell}")),
            Field::Type => asset.kind = asset_type(cell).ok_or("is no known type and went to the notes")?,
            Field::Purdue => self.purdue = Some(purdue(cell).ok_or("is no Purdue level and went to the notes")?),
            Field::Supported => asset.supported = known(cell).ok_or("is neither yes nor no and went to the notes")?,
            Field::Criticality => {
                asset.criticality = Some(rating(cell).ok_or("is no rating 1 to 5 and went to the notes")?);
            }
            Field::Temporary => self.temporary = Some(yes_no(cell).ok_or(NEITHER)?),
            Field::Wireless => self.wireless = Some(yes_no(cell).ok_or(NEITHER)?),
            Field::External => self.external = Some(yes_no(cell).ok_or(NEITHER)?),
        }
        Ok(())
    }
}

/// As much of a cell as tells which one is meant.
fn shortened(cell: &str) -> String {
    const MOST: usize = 40;
    if cell.chars().count() <= MOST { cell.to_owned() } else { cell.chars().take(MOST).chain(['…']).collect() }
}

const NEITHER: &str = "is neither yes nor no and went to the notes";

/// Whether a cell says that there is nothing to say.
fn is_nothing(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "-" | "–" | "n/a" | "na" | "none" | "null" | "keine" | "tbd" | "?" | "unbekannt"
    )
}

fn asset_type(cell: &str) -> Option<String> {
    let types = Catalogue::embedded().asset_types();
    let is_named =
        |it: &&crate::catalogue::AssetType| it.id.eq_ignore_ascii_case(cell) || it.name.eq_ignore_ascii_case(cell);
    let named = types.iter().find(is_named).map(|it| it.id.clone());
    named.or_else(|| asset_type_said(cell).or_else(|| asset_type_hinted(cell)).map(str::to_owned))
}

/// "L3.5", "Level 2", "3".
fn purdue(cell: &str) -> Option<PurdueLevel> {
    let plain = cell.to_lowercase();
    if plain.contains("dmz") {
        return Some(PurdueLevel::Dmz);
    }
    let number: String = plain
        .chars()
        .skip_while(|it| !it.is_ascii_digit())
        .take_while(|it| it.is_ascii_digit() || *it == '.')
        .collect();
    number.trim_end_matches('.').trim_end_matches(".0").parse().ok()
}

fn yes_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "wahr" | "oui" | "si" | "✓" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "falsch" | "non" => Some(false),
        _ => None,
    }
}

fn known(cell: &str) -> Option<Known> {
    if let Some(yes) = yes_no(cell) {
        return Some(if yes { Known::Yes } else { Known::No });
    }
    let plain = cell.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    match () {
        () if plain == "unknown" => Some(Known::Unknown),
        () if has(&[
            "unsupported",
            "end of",
            "eol",
            "eos",
            "obsolete",
            "discontinued",
            "abgekündigt",
            "not supported",
        ]) =>
        {
            Some(Known::No)
        }
        () if has(&["supported", "active", "current", "in support", "aktiv", "unterstützt"]) => Some(Known::Yes),
        () => None,
    }
}

fn rating(cell: &str) -> Option<Rating> {
    if let Ok(number) = cell.parse::<u8>() {
        return Rating::new(number).filter(|_| (1..=5).contains(&number));
    }
    let plain = cell.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let number = match () {
        () if has(&["very high", "critical", "sehr hoch", "kritisch", "critique", "critico", "crítico"]) => 5,
        () if has(&["high", "hoch", "élevé", "eleve", "alta", "alto"]) => 4,
        () if has(&["medium", "moderate", "normal", "mittel", "moyen", "media", "medio"]) => 3,
        () if has(&["very low", "sehr niedrig", "negligible"]) => 1,
        () if has(&["low", "niedrig", "gering", "faible", "bassa", "basso", "baja", "bajo"]) => 2,
        () => return None,
    };
    Rating::new(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(header: &str, cells: &str) -> Told {
        let split = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        let columns = split(header);
        let fields = Field::of_columns(&columns);
        let table = Table { columns, ..Table::default() };
        Told::of(&table, &Row { line: 2, cells: split(cells) }, &fields)
    }

    #[test]
    fn a_row_of_an_inventory_is_understood() {
        let told = told(
            "asset_id,hostname,ip_address,zone,purdue_level,device_type,manufacturer,open_ports,notes",
            "ASSET-06,ot-gateway,172.24.0.2,iDMZ,L3.5,Firewall/Gateway,Alpine Linux,None,Chokepoint",
        );
        assert_eq!((told.asset.tag.as_str(), told.asset.name.as_str()), ("ASSET-06", "ot-gateway"));
        assert_eq!((told.zone.as_str(), told.purdue), ("iDMZ", Some(PurdueLevel::Dmz)));
        assert_eq!(told.asset.kind, "firewall");
        assert_eq!(told.asset.notes, "Chokepoint", "what says nothing is left out");
    }

    #[test]
    fn a_name_only_suggests_a_type() {
        let told = told("tag,version", "HMI-ENG-01,4.2");
        assert_eq!((told.asset.kind.as_str(), told.suggested.as_str()), ("", "hmi"));
    }

    #[test]
    fn words_stand_for_ratings_and_support() {
        let told = told("tag,criticality,supported,wireless", "A,Hoch,End of life,ja");
        assert_eq!(told.asset.criticality, Rating::new(4));
        assert_eq!((told.asset.supported, told.wireless), (Known::No, Some(true)));
    }

    #[test]
    fn what_can_not_be_taken_stays_in_the_notes() {
        let told = told("tag,type,criticality", "A,flux capacitor,purple");
        assert_eq!(told.asset.notes, "type: flux capacitor\ncriticality: purple");
        assert_eq!(told.doubts.len(), 2);
    }

    #[test]
    fn other_languages_say_the_same() {
        let told =
            told("Repère,Désignation,Type,Criticité,Responsable", "A-1,Pupitre\nligne 1,Ordinateur,Élevée,Maintenance");
        assert_eq!((told.asset.tag.as_str(), told.asset.name.as_str()), ("A-1", "Pupitre ligne 1"));
        assert_eq!((told.asset.kind.as_str(), told.asset.criticality), ("office_pc", Rating::new(4)));
        assert_eq!(told.asset.owner, "Maintenance");
    }

    #[test]
    fn a_row_without_a_tag_is_known_by_its_name_or_address() {
        assert_eq!(told("tag,name,ip", ",Mixer,10.0.0.1").asset.tag, "Mixer");
        assert_eq!(told("tag,name,ip", ",,10.0.0.1").asset.tag, "10.0.0.1");
    }
}
