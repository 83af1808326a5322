//! The sample projects that the program carries: complete assessments of invented plants.

use crate::model::Project;
use crate::store::{self, FormatError};

/// A sample project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its file's name without the ending.
    pub id: &'static str,
    /// What the plant is.
    pub title: &'static str,
    /// Its story in a sentence.
    pub story: &'static str,
    text: &'static str,
}

macro_rules! sample {
    ($id:literal, $title:literal, $story:literal) => {
        Sample {
            id: $id,
            title: $title,
            story: $story,
            text: include_str!(concat!("../sample-projects/", $id, ".zonewright")),
        }
    };
}

/// All samples; the first is the one that the demo opens.
pub const SAMPLES: &[Sample] = &[
    sample!(
        "water-treatment-works",
        "Water treatment works",
        "A dosing PLC changes its setpoint at 02:17, a vendor's VPN logins fail at night, and the historian has two network cards."
    ),
    sample!(
        "bioreactor-suite",
        "Bioreactor suite",
        "Clean rooms under GxP, makers' modems inside the skids, and windows in which validated systems may change."
    ),
    sample!(
        "gas-compressor-station",
        "Gas compressor station",
        "A vendor's always-enabled shared account reaches a workstation that can't be upgraded before the next outage."
    ),
];

impl Sample {
    /// The project itself.
    ///
    /// # Errors
    /// [`FormatError`], which the tests rule out.
    pub fn open(&self) -> Result<Project, FormatError> {
        store::from_text(self.text)
    }
}
