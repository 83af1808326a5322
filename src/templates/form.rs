//! The short form that templates are written in: things name each other by tag, a flow
//! is a line such as `HMI-1 > PLC-1 modbus_tcp; setpoints`, and nothing says where it is drawn.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::*;

/// A template as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) title: String,
    pub(super) sector: String,
    pub(super) story: String,
    pub(super) scope: ScopeForm,
    pub(super) zones: Vec<ZoneForm>,
    pub(super) conduits: Vec<ConduitForm>,
    /// Flows that stay in a zone, or pass through a dual-homed asset.
    #[serde(default)]
    pub(super) flows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeForm {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) perimeter: String,
    pub(super) access_points: Vec<AccessForm>,
    pub(super) services: Vec<Service>,
    #[serde(default)]
    pub(super) dependencies: String,
    #[serde(default)]
    pub(super) constraints: String,
    #[serde(default)]
    pub(super) duties: String,
    #[serde(default)]
    pub(super) assumptions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccessForm {
    pub(super) name: String,
    pub(super) notes: String,
    #[serde(default)]
    pub(super) conduit: Option<String>,
}

/// A zone with what lies in it. Trust, owner and site are those of the zone around it
/// where it does not say otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneForm {
    pub(super) tag: String,
    pub(super) name: String,
    pub(super) purdue: String,
    #[serde(default)]
    pub(super) trust: Option<Trust>,
    #[serde(default)]
    pub(super) untrusted: bool,
    pub(super) consequence: Rating,
    #[serde(default)]
    pub(super) owner: Option<String>,
    #[serde(default)]
    pub(super) site: Option<String>,
    #[serde(default)]
    pub(super) boundary: Boundary,
    #[serde(default)]
    pub(super) notes: String,
    pub(super) sl_t: SlVector,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) deviations: BTreeMap<Fr, String>,
    #[serde(default)]
    pub(super) assets: Vec<AssetForm>,
    #[serde(default)]
    pub(super) zones: Vec<Self>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssetForm {
    pub(super) tag: String,
    pub(super) kind: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) model: String,
    #[serde(default)]
    pub(super) notes: String,
    /// Tags of further zones that an interface of it reaches.
    #[serde(default)]
    pub(super) also_in: Vec<String>,
    #[serde(default)]
    pub(super) supported: Known,
    #[serde(default)]
    pub(super) temporary: bool,
    #[serde(default)]
    pub(super) wireless: bool,
    #[serde(default)]
    pub(super) external: bool,
}

/// A conduit. Without an SL-T of its own it asks for what the more demanding of its zones
/// asks for; what filters it stands where a firewall stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConduitForm {
    pub(super) tag: String,
    pub(super) name: String,
    pub(super) from: String,
    pub(super) to: String,
    #[serde(default)]
    pub(super) opened_by: Initiator,
    #[serde(default)]
    pub(super) filtering: Filtering,
    #[serde(default)]
    pub(super) remote: RemoteAccess,
    #[serde(default)]
    pub(super) notes: String,
    #[serde(default)]
    pub(super) sl_t: Option<SlVector>,
    #[serde(default)]
    pub(super) reason: String,
    pub(super) flows: Vec<String>,
}

/// A line that says a flow, taken apart.
#[derive(Debug, PartialEq)]
pub(super) struct FlowLine<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) both_ways: bool,
    pub(super) protocol: &'a str,
    pub(super) port: Option<PortRange>,
    pub(super) notes: &'a str,
}

impl<'a> FlowLine<'a> {
    pub(super) fn parse(line: &'a str) -> Result<Self, String> {
        let (flow, notes) = line.split_once(';').unwrap_or((line, ""));
        let words: Vec<&str> = flow.split_whitespace().collect();
        let &[from, arrow @ (">" | "<>"), to, protocol] = words.as_slice() else {
            return Err(format!("\"{line}\" is no flow: write \"HMI-1 > PLC-1 modbus_tcp; what for\""));
        };
        let (protocol, port) = match protocol.split_once(':') {
            Some((protocol, port)) => (protocol, Some(port.parse()?)),
            None => (protocol, None),
        };
        Ok(Self { from, to, both_ways: arrow == "<>", protocol, port, notes: notes.trim() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_is_a_line() {
        let line = FlowLine::parse("HMI-1 <> PLC-1 modbus_tcp:1502; setpoints").unwrap();
        assert_eq!((line.from, line.to, line.both_ways), ("HMI-1", "PLC-1", true));
        assert_eq!((line.protocol, line.port.unwrap().first, line.notes), ("modbus_tcp", 1502, "setpoints"));
        assert!(!FlowLine::parse("A > B ntp").unwrap().both_ways);
        for wrong in ["", "A B ntp", "A > B", "A > B ntp:0", "A > B ntp extra"] {
            assert!(FlowLine::parse(wrong).is_err(), "{wrong}");
        }
    }
}
