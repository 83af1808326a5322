//! Asset types usual in OT.

use serde::Deserialize;

use crate::model::PurdueLevel;

/// A sort of asset.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetType {
    /// The id that projects and tables use.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub class: AssetClass,
    #[serde(rename = "purdue")]
    purdue_word: String,
    #[serde(rename = "purdue_also")]
    purdue_also_words: Vec<String>,
}

impl AssetType {
    /// The Purdue level that it usually stands at.
    pub fn purdue(&self) -> PurdueLevel {
        self.purdue_word.parse().unwrap_or_default()
    }

    /// Other Purdue levels at which it is no surprise.
    pub fn purdue_also(&self) -> impl Iterator<Item = PurdueLevel> {
        self.purdue_also_words.iter().filter_map(|word| word.parse().ok())
    }
}

/// What an asset type is for; types of one class share an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum AssetClass {
    /// Basic control.
    Controller,
    /// Safety functions.
    Safety,
    /// Sensors, actuators, drives.
    Field,
    /// Switches, routers, gateways.
    Network,
    /// Screens of the operators.
    Operator,
    /// Tools that change the control system.
    Engineering,
    /// Servers of the plant.
    Server,
    /// Tools that watch for attacks.
    Security,
    /// Ways in for people from afar.
    RemoteAccess,
    /// What is carried in and out.
    Portable,
    /// Cameras, doors.
    Physical,
    /// Anything else in the plant.
    Other,
    /// Office IT.
    Enterprise,
    /// Beyond the organisation.
    External,
}

impl AssetClass {
    /// Whether its types steer or watch the process directly: what ZCR 3.2 sets apart from business systems.
    pub fn is_control(self) -> bool {
        matches!(self, Self::Controller | Self::Safety | Self::Field | Self::Operator | Self::Engineering)
    }
}

pub(super) fn embedded() -> Vec<AssetType> {
    super::embedded(include_str!("../../assets/catalogue/asset_types.ron"))
}
