//! Tactics and techniques of MITRE ATT&CK for ICS, by number and name.

use serde::Deserialize;

/// The licence that comes with ATT&CK.
pub const ATTACK_LICENCE: &str = include_str!("../../assets/catalogue/ATTACK_LICENSE.txt");

/// The edition that the numbers are from.
pub const ATTACK_EDITION: &str = "MITRE ATT&CK for ICS v18.1";

/// What its owner asks to be said wherever it is used.
pub const ATTACK_NOTICE: &str = "© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";

/// What an attacker wants to come to with a technique.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tactic {
    /// Its number, such as "TA0108".
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// A way in which attackers are known to work.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Its number, such as "T0859".
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The numbers of the tactics that it serves.
    pub tactics: Vec<String>,
}

/// All of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attack {
    /// In the order of an attack.
    pub tactics: Vec<Tactic>,
    /// In the order of their numbers.
    pub techniques: Vec<Technique>,
}

pub(super) fn embedded() -> Attack {
    super::embedded(include_str!("../../assets/catalogue/attack.ron"))
}
