//! What the user said of a drawing, without the drawing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{At, Choice, Outside, Staging};

/// What was said of shapes, lines and pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    choices: BTreeMap<At, Choice>,
    pages: Vec<bool>,
    dropped: BTreeSet<(usize, usize)>,
    outside: Outside,
    lays_out_anew: bool,
}

impl Staging {
    /// What was said so far.
    pub fn said(&self) -> Said {
        Said {
            choices: self.choices.clone(),
            pages: self.pages.clone(),
            dropped: self.dropped.clone(),
            outside: self.outside,
            lays_out_anew: self.lays_out_anew,
        }
    }

    /// Says all this of the same drawing, and nothing else.
    pub fn say(&mut self, said: Said) {
        let Said { choices, pages, dropped, outside, lays_out_anew } = said;
        if pages.len() == self.pages.len() {
            self.pages = pages;
        }
        (self.choices, self.dropped) = (choices, dropped);
        (self.outside, self.lays_out_anew) = (outside, lays_out_anew);
        self.understand();
    }
}
