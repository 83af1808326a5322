//! Protocols with their usual ports and built-in security.

use serde::Deserialize;

/// A protocol.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    /// The id that projects and tables use.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its usual ports.
    pub ports: Vec<(Transport, u16)>,
    /// Whether it proves who speaks.
    pub authentication: Protection,
    /// Whether it keeps what is said from others.
    pub encryption: Protection,
    /// A protocol that does the same more safely.
    #[serde(default)]
    pub secure_alternative: Option<String>,
    /// Where it is at home: "OT", "IT", "OT/IT", "wireless".
    #[serde(default)]
    pub scope: String,
}

/// What carries a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// How far a protocol protects by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Protection {
    /// It can't.
    None,
    /// It can, if switched on.
    Optional,
    /// It always does.
    Required,
}

pub(super) fn embedded() -> Vec<Protocol> {
    super::embedded(include_str!("../../assets/catalogue/protocols.ron"))
}
