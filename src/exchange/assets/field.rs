//! What a column of a table of assets may say.

use serde::{Deserialize, Serialize};

use super::column_names;

/// What a column says of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The engineer's own label; what rows are matched by.
    Tag,
    /// What people call it.
    Name,
    /// Its asset type, by id, name or other words.
    Type,
    /// The tag or name of its zone.
    Zone,
    /// Its Purdue level, for a zone that is made.
    Purdue,
    /// Network addresses, of IP or MAC.
    Address,
    /// Who made it.
    Vendor,
    /// Maker's type.
    Model,
    /// Firmware or software version.
    Version,
    /// Whether the maker still mends it.
    Supported,
    /// The role that answers for it.
    Owner,
    /// How much the plant depends on it.
    Criticality,
    /// Connected only for a while.
    Temporary,
    /// Connected by radio.
    Wireless,
    /// Connected from outside.
    External,
    /// Anything else worth keeping; goes to the notes with the column's name.
    Notes,
}

impl Field {
    /// All fields in the order of the menu.
    pub const ALL: [Self; 16] = [
        Self::Tag,
        Self::Name,
        Self::Type,
        Self::Zone,
        Self::Purdue,
        Self::Address,
        Self::Vendor,
        Self::Model,
        Self::Version,
        Self::Supported,
        Self::Owner,
        Self::Criticality,
        Self::Temporary,
        Self::Wireless,
        Self::External,
        Self::Notes,
    ];

    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Name => "name",
            Self::Type => "type",
            Self::Zone => "zone",
            Self::Purdue => "purdue",
            Self::Address => "address",
            Self::Vendor => "vendor",
            Self::Model => "model",
            Self::Version => "version",
            Self::Supported => "supported",
            Self::Owner => "owner",
            Self::Criticality => "criticality",
            Self::Temporary => "temporary",
            Self::Wireless => "wireless",
            Self::External => "external",
            Self::Notes => "notes",
        }
    }

    /// Whether several columns may say it: addresses and notes add up.
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::Address | Self::Notes)
    }

    /// The field that a column of this name usually says.
    pub fn named(column: &str) -> Option<Self> {
        let name = plain(column);
        let is_named = |field: &Self| column_names::of(*field).any(|it| it == name);
        // a column such as "IP address (OT)" says what it says without the rest
        let short = plain(column.split(['(', '[', '/']).next().unwrap_or_default());
        let is_short = |field: &Self| column_names::of(*field).any(|it| it == short);
        Self::ALL.into_iter().find(is_named).or_else(|| Self::ALL.into_iter().find(is_short))
    }

    /// A field by its own word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word().eq_ignore_ascii_case(word.trim()))
    }

    /// What the columns of a table say: of several that say the same, the one whose name says it best.
    pub fn of_columns(columns: &[String]) -> Vec<Option<Self>> {
        let mut fields: Vec<Option<Self>> = columns.iter().map(|column| Self::named(column)).collect();
        for field in Self::ALL.into_iter().filter(|it| !it.adds_up()) {
            let rank =
                |column: &String| column_names::of(field).position(|name| name == plain(column)).unwrap_or(usize::MAX);
            let said = || fields.iter().enumerate().filter(|(_, it)| **it == Some(field)).map(|(at, _)| at);
            let best = said().min_by_key(|&at| (columns.get(at).map_or(usize::MAX, rank), at));
            let others: Vec<usize> = said().filter(|at| Some(*at) != best).collect();
            for at in others {
                // what says the same in other words is worth keeping
                fields.iter_mut().skip(at).take(1).for_each(|it| *it = Some(Self::Notes));
            }
        }
        let has_tag = fields.contains(&Some(Self::Tag));
        let best_name = fields.iter().position(|it| *it == Some(Self::Name));
        let mut say = |column: Option<usize>, field: Self| {
            fields.iter_mut().skip(column.unwrap_or(usize::MAX)).take(1).for_each(|it| *it = Some(field));
        };
        let is_name = |column: &String| Self::named(column) == Some(Self::Name);
        if !has_tag {
            // what has no tag is known by its name
            say(best_name, Self::Tag);
            say(columns.iter().enumerate().position(|(at, it)| Some(at) != best_name && is_name(it)), Self::Name);
        }
        if !columns.iter().any(is_name) {
            // beside a tag, a description is the name
            say(columns.iter().position(|it| DESCRIPTIONS.contains(&plain(it).as_str())), Self::Name);
        }
        fields
    }
}

/// Names of columns that describe an asset, and name it where nothing else does.
const DESCRIPTIONS: [&str; 6] =
    ["description", "beschreibung", "descrizione", "descripcion", "assetdescription", "devicedescription"];

/// A name in small letters without accents, blanks and signs.
pub(in crate::exchange) fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' => plain.push('a'),
            'ö' | 'ò' | 'ó' | 'ô' | 'õ' => plain.push('o'),
            'ü' | 'ù' | 'ú' | 'û' => plain.push('u'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'í' | 'ì' | 'î' | 'ï' => plain.push('i'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            'ß' => plain.push_str("ss"),
            _ if letter.is_alphanumeric() => plain.push(letter),
            _ => (),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names() {
        for (column, field) in [
            ("asset_id", Field::Tag),
            ("Host Name", Field::Name),
            ("IP-Adresse", Field::Address),
            ("Gerätetyp", Field::Type),
            ("Firmware Version", Field::Version),
            ("Hersteller", Field::Vendor),
            ("Kritikalität", Field::Criticality),
            ("IP address (OT)", Field::Address),
            ("Serial No.", Field::Notes),
            ("Désignation", Field::Name),
            ("Criticité", Field::Criticality),
            ("Dirección IP", Field::Address),
            ("Produttore", Field::Vendor),
            ("Netzwerksegment", Field::Zone),
        ] {
            assert_eq!(Field::named(column), Some(field), "{column}");
        }
        assert_eq!(Field::named("colour"), None);
    }

    #[test]
    fn of_columns_that_say_the_same_the_plainest_counts() {
        let columns = ["Hostname", "Name", "IP", "MAC"].map(str::to_owned);
        let fields = Field::of_columns(&columns);
        assert_eq!(fields, [Some(Field::Name), Some(Field::Tag), Some(Field::Address), Some(Field::Address)]);
    }

    #[test]
    fn beside_a_tag_a_description_is_the_name() {
        let of = |columns: &[&str]| Field::of_columns(&columns.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["Tag", "Description"]), [Some(Field::Tag), Some(Field::Name)]);
        assert_eq!(of(&["Tag", "Name", "Description"]), [Some(Field::Tag), Some(Field::Name), Some(Field::Notes)]);
        assert_eq!(of(&["Virtual Zone", "Network"]), [Some(Field::Zone), Some(Field::Notes)]);
    }
}
