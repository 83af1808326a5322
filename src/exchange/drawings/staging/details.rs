//! What texts and fields say besides a name: addresses, makers, protocols, ports.

use std::net::IpAddr;
use std::sync::LazyLock;

use super::words::folded;
use crate::catalogue::{Catalogue, Protocol};
use crate::exchange::drawings::DrawnShape;
use crate::model::{Asset, PortRange};

/// Whether a line is nothing but an address.
pub(super) fn is_address(line: &str) -> bool {
    let word = line.trim().trim_matches(['(', ')', '[', ']', '.', ',']);
    let word = word.split('/').next().unwrap_or_default();
    let word = word.strip_prefix("IP ").or(word.strip_prefix("IP:")).unwrap_or(word).trim();
    word.parse::<IpAddr>().is_ok() || is_mac(word)
}

fn is_mac(word: &str) -> bool {
    let pairs: Vec<_> = word.split([':', '-']).collect();
    pairs.len() == 6 && pairs.iter().all(|pair| pair.len() == 2 && pair.chars().all(|it| it.is_ascii_hexdigit()))
}

/// The addresses in a text.
pub(super) fn addresses(text: &str) -> Vec<String> {
    let words = text.split(|it: char| it.is_whitespace() || matches!(it, ',' | ';' | '(' | ')' | '[' | ']' | '='));
    let words = words.map(|word| word.trim_matches(['.', ':']));
    let is_one = |word: &&str| word.split('/').next().is_some_and(|it| it.contains(['.', ':', '-']) && is_address(it));
    let mut found: Vec<String> = Vec::new();
    for word in words.filter(is_one) {
        if !found.iter().any(|it| it == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// Fills in what the fields of a shape say; what has no place of its own goes to the notes.
pub(super) fn fill(asset: &mut Asset, shape: &DrawnShape, text: &str) {
    asset.addresses = addresses(text);
    let mut notes: Vec<String> = Vec::new();
    for (name, field) in &shape.details {
        let place = match name.to_lowercase().replace(['_', '-', ' '], "").as_str() {
            "ip" | "ipaddress" | "address" | "ipv4" | "ipv6" | "mgmtip" | "mac" | "macaddress" | "mgmt" => {
                let found = addresses(field);
                asset.addresses.extend(found.into_iter().filter(|it| !text.contains(it.as_str())));
                continue;
            }
            "vendor" | "manufacturer" | "maker" | "hersteller" | "fabricant" => &mut asset.vendor,
            "model" | "product" | "partnumber" | "platform" => &mut asset.model,
            "version" | "firmware" | "software" | "os" | "firmwareversion" => &mut asset.version,
            "owner" | "responsible" => &mut asset.owner,
            _ => {
                notes.push(format!("{name}: {field}"));
                continue;
            }
        };
        if place.is_empty() {
            field.clone_into(place);
        }
    }
    asset.notes = notes.join("\n");
}

/// The protocols of the catalogue with the words that they are known by.
static PROTOCOLS: LazyLock<Vec<(Vec<String>, &Protocol)>> = LazyLock::new(|| {
    let short = |name: &str| folded(name.split(['(', '/']).next().unwrap_or_default());
    let names = |it: &Protocol| {
        let names = [folded(&it.name), short(&it.name), folded(&it.id.replace('_', " "))];
        names.into_iter().filter(|name| name.trim().len() > 1).collect()
    };
    Catalogue::embedded().protocols().iter().map(|it| (names(it), it)).collect()
});

/// The protocol and port that a line's text and fields speak of.
pub(super) fn protocol(text: &str, details: &[(String, String)]) -> (String, Option<PortRange>) {
    let of_field = |wanted: &str| {
        details.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, field)| field.as_str())
    };
    let text = match of_field("protocol") {
        Some(protocol) => format!("{protocol} {text}"),
        None => text.to_owned(),
    };
    let port = of_field("port").and_then(|it| it.trim().parse().ok()).or_else(|| port(&text));
    let words = folded(&text);
    // the longest name wins: "OPC UA over TLS" before "OPC UA"
    let named = PROTOCOLS
        .iter()
        .filter_map(|(names, it)| {
            let hit = names.iter().filter(|name| words.contains(name.as_str()));
            Some((hit.map(String::len).max()?, it))
        })
        .fold(
            None,
            |best: Option<(usize, _)>, it| if best.is_some_and(|best| best.0 >= it.0) { best } else { Some(it) },
        );
    let by_port = || {
        let port = port?;
        let of_port = |it: &&Protocol| it.ports.iter().any(|(_, number)| *number == port.first);
        Catalogue::embedded().protocols().iter().find(of_port).filter(|_| port.first == port.last)
    };
    let by_alias =
        || ALIASES.iter().find(|(word, _)| words.contains(&format!(" {word} "))).map(|(_, id)| (*id).to_owned());
    let id = named.map(|(_, it)| it.id.clone()).or_else(by_alias).or_else(|| by_port().map(|it| it.id.clone()));
    (id.unwrap_or_default(), port)
}

/// Short names of protocols.
const ALIASES: [(&str, &str); 12] = [
    ("modbus", "modbus_tcp"),
    ("opc ua", "opcua"),
    ("opc", "opc_da"),
    ("profinet", "profinet"),
    ("s7", "s7comm"),
    ("ethernet ip", "ethernet_ip"),
    ("enip", "ethernet_ip"),
    ("iec 104", "iec104"),
    ("bacnet", "bacnet_ip"),
    ("mms", "iec61850_mms"),
    ("sftp", "ssh"),
    ("tls", "https"),
];

/// A port after "port", "TCP" or "UDP", or after a colon or a slash.
fn port(text: &str) -> Option<PortRange> {
    let lower = text.to_lowercase();
    for marker in ["port", "tcp", "udp", ":"] {
        for (at, _) in lower.match_indices(marker) {
            let rest = lower.get(at + marker.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches([' ', '/', ':', '-', '=']);
            let number: String = rest.chars().take_while(|it| it.is_ascii_digit() || *it == '-').collect();
            if let Ok(port) = number.trim_end_matches('-').parse() {
                return Some(port);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_names() {
        assert!(is_address("10.0.0.1") && is_address("(192.168.1.0/24)") && is_address("fe80::1"));
        assert!(!is_address("PLC 1") && !is_address("v1.2.3"));
        assert_eq!(addresses("PLC-1\n10.0.0.1/24, 00:1B:44:11:3A:B7"), ["10.0.0.1/24", "00:1B:44:11:3A:B7"]);
        assert_eq!(addresses("Version 10.2"), Vec::<String>::new());
    }

    #[test]
    fn a_line_says_its_protocol_and_port() {
        let said = |text: &str| {
            let (protocol, port) = protocol(text, &[]);
            (protocol, port.map(|it| it.to_string()).unwrap_or_default())
        };
        assert_eq!(said("HTTPS"), ("https".into(), String::new()));
        assert_eq!(said("Modbus TCP/502"), ("modbus_tcp".into(), "502".into()));
        assert_eq!(said("TCP 3389"), ("rdp".into(), "3389".into()));
        assert_eq!(said("OPC UA"), ("opcua".into(), String::new()));
        assert_eq!(said("ETH0 Port"), (String::new(), String::new()));
        let fields = [("protocol".to_owned(), "SSH".to_owned()), ("port".to_owned(), "22".to_owned())];
        assert_eq!(protocol("", &fields).0, "ssh");
    }
}
