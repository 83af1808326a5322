//! What a column of a table of assets may say.

/// What a column says of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// Names of columns that say it, without blanks and signs.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Tag => &[
                "tag",
                "assettag",
                "assetid",
                "assetno",
                "assetnr",
                "assetnumber",
                "equipmenttag",
                "equipmentid",
                "equipmentno",
                "deviceid",
                "devicetag",
                "tagnumber",
                "tagno",
                "inventoryid",
                "inventorynumber",
                "ciid",
                "kennzeichen",
                "anlagenkennzeichen",
                "betriebsmittelkennzeichen",
                "bmk",
                "akz",
                "aks",
                "kks",
                "tagnummer",
                "inventarnummer",
                "inventarnr",
                "gerateid",
                "geratenummer",
                "anlagennummer",
                "id",
                "nr",
                "no",
            ],
            Self::Name => &[
                "name",
                "hostname",
                "host",
                "devicename",
                "assetname",
                "equipmentname",
                "computername",
                "systemname",
                "fqdn",
                "displayname",
                "label",
                "title",
                "item",
                "asset",
                "device",
                "equipment",
                "bezeichnung",
                "geratename",
                "anlage",
                "gerat",
                "rechnername",
                "benennung",
                "systembezeichnung",
                "component",
                "komponente",
            ],
            Self::Type => &[
                "type",
                "devicetype",
                "assettype",
                "assetclass",
                "class",
                "category",
                "kind",
                "devicerole",
                "role",
                "function",
                "devicecategory",
                "equipmenttype",
                "componenttype",
                "typ",
                "geratetyp",
                "gerateart",
                "art",
                "kategorie",
                "klasse",
                "funktion",
                "rolle",
                "assetkategorie",
                "komponententyp",
                "devicefamily",
                "subtype",
            ],
            Self::Zone => &[
                "zone",
                "zonetag",
                "zonename",
                "securityzone",
                "networkzone",
                "zoneid",
                "networksegment",
                "segment",
                "network",
                "cell",
                "area",
                "subnetname",
                "vlanname",
                "netzsegment",
                "netzwerk",
                "netz",
                "sicherheitszone",
                "netzzone",
                "zelle",
                "bereich",
                "zelleberich",
                "networkname",
            ],
            Self::Purdue => {
                &["purdue", "purduelevel", "level", "purdueebene", "ebene", "isalevel", "isa95level", "networklevel"]
            }
            Self::Address => &[
                "address",
                "ip",
                "ipaddress",
                "ipaddresses",
                "ipaddr",
                "ipv4",
                "ipv6",
                "ipv4address",
                "ipv6address",
                "addresses",
                "networkaddress",
                "mac",
                "macaddress",
                "macaddr",
                "mgmtip",
                "managementip",
                "ipadresse",
                "ipadressen",
                "adresse",
                "macadresse",
                "netzwerkadresse",
                "primaryip",
                "hardwareaddress",
                "ethernetaddress",
            ],
            Self::Vendor => &[
                "vendor",
                "manufacturer",
                "maker",
                "make",
                "brand",
                "oem",
                "vendorname",
                "manufacturername",
                "supplier",
                "hersteller",
                "fabrikat",
                "lieferant",
                "marke",
                "herstellername",
            ],
            Self::Model => &[
                "model",
                "modelname",
                "modelnumber",
                "modelno",
                "product",
                "productname",
                "producttype",
                "partnumber",
                "partno",
                "ordernumber",
                "mlfb",
                "hardware",
                "hardwaremodel",
                "modell",
                "produkt",
                "artikelnummer",
                "bestellnummer",
                "typenbezeichnung",
                "modellbezeichnung",
                "devicemodel",
            ],
            Self::Version => &[
                "version",
                "firmware",
                "firmwareversion",
                "fwversion",
                "fw",
                "softwareversion",
                "swversion",
                "software",
                "os",
                "osversion",
                "operatingsystem",
                "release",
                "revision",
                "firmwarestand",
                "softwarestand",
                "betriebssystem",
                "versionsstand",
                "osname",
                "osfirmware",
            ],
            Self::Supported => &[
                "supported",
                "vendorsupport",
                "support",
                "supportstatus",
                "lifecyclestatus",
                "lifecycle",
                "undersupport",
                "unterstutzt",
                "herstellersupport",
                "lebenszyklus",
                "supportet",
                "maintained",
            ],
            Self::Owner => &[
                "owner",
                "assetowner",
                "responsible",
                "responsibleperson",
                "custodian",
                "department",
                "team",
                "systemowner",
                "verantwortlich",
                "verantwortlicher",
                "eigentumer",
                "betreiber",
                "abteilung",
                "zustandig",
                "besitzer",
            ],
            Self::Criticality => &[
                "criticality",
                "critical",
                "criticalityrating",
                "importance",
                "businesscriticality",
                "assetcriticality",
                "priority",
                "impact",
                "kritikalitat",
                "wichtigkeit",
                "schutzbedarf",
                "prioritat",
            ],
            Self::Temporary => &["temporary", "temporarilyconnected", "temporar", "zeitweise"],
            Self::Wireless => &["wireless", "wifi", "wlan", "radio", "funk", "drahtlos"],
            Self::External => &["external", "remote", "offsite", "extern"],
            Self::Notes => &[
                "notes",
                "note",
                "comment",
                "comments",
                "remark",
                "remarks",
                "description",
                "details",
                "serial",
                "serialnumber",
                "serialno",
                "sn",
                "location",
                "room",
                "building",
                "site",
                "cabinet",
                "rack",
                "openports",
                "ports",
                "protocols",
                "services",
                "lastseen",
                "installdate",
                "bemerkung",
                "bemerkungen",
                "kommentar",
                "notiz",
                "notizen",
                "beschreibung",
                "seriennummer",
                "seriennr",
                "standort",
                "ort",
                "raum",
                "gebaude",
                "schrank",
                "schaltschrank",
                "einbauort",
                "protokolle",
                "vlan",
                "vlanid",
                "subnet",
                "subnetmask",
                "gateway",
                "defaultgateway",
                "switch",
                "switchport",
                "port",
            ],
        }
    }

    /// The field that a column of this name usually says.
    pub fn named(column: &str) -> Option<Self> {
        let name = plain(column);
        let is_named = |field: &Self| field.names().contains(&name.as_str());
        // a column such as "IP address (OT)" says what it says without the rest
        let short = plain(column.split(['(', '[', '/']).next().unwrap_or_default());
        let is_short = |field: &Self| field.names().contains(&short.as_str());
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
                |column: &String| field.names().iter().position(|name| *name == plain(column)).unwrap_or(usize::MAX);
            let said = || fields.iter().enumerate().filter(|(_, it)| **it == Some(field)).map(|(at, _)| at);
            let best = said().min_by_key(|&at| (columns.get(at).map_or(usize::MAX, rank), at));
            let others: Vec<usize> = said().filter(|at| Some(*at) != best).collect();
            for at in others {
                // what says the same in other words is worth keeping
                fields.iter_mut().skip(at).take(1).for_each(|it| *it = Some(Self::Notes));
            }
        }
        if !fields.contains(&Some(Self::Tag)) {
            // what has no tag is known by its name
            let named = fields.iter().position(|it| *it == Some(Self::Name));
            fields.iter_mut().skip(named.unwrap_or(usize::MAX)).take(1).for_each(|it| *it = Some(Self::Tag));
        }
        fields
    }
}

/// A name in small letters without accents, blanks and signs.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'à' | 'á' | 'â' => plain.push('a'),
            'ö' | 'ó' | 'ô' => plain.push('o'),
            'ü' | 'ú' | 'û' => plain.push('u'),
            'é' | 'è' | 'ê' => plain.push('e'),
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
        ] {
            assert_eq!(Field::named(column), Some(field), "{column}");
        }
        assert_eq!(Field::named("colour"), None);
    }

    #[test]
    fn of_columns_that_say_the_same_the_plainest_counts() {
        let columns = ["Hostname", "Name", "IP", "MAC"].map(str::to_owned);
        let fields = Field::of_columns(&columns);
        assert_eq!(fields, [Some(Field::Notes), Some(Field::Tag), Some(Field::Address), Some(Field::Address)]);
    }
}
