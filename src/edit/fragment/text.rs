//! A fragment as text, for the clipboard and for files.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::Fragment;
use crate::catalogue::Catalogue;
use crate::model::*;

/// The version that this program writes.
const VERSION: u32 = 1;

/// How the text of a fragment begins.
const SIGNATURE: &str = "(\n    zonewright_part: ";

/// Why a text is no fragment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FragmentError {
    /// It is something else.
    #[error("this is no part of a Zonewright project")]
    Foreign,
    /// A later program wrote it.
    #[error("this part was saved by a later version of Zonewright: open it with that version")]
    TooNew,
    /// It is cut off, or was changed by something else.
    #[error("the part is damaged at line {line}, column {column}: {reason}")]
    Damaged {
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What was found there.
        reason: String,
    },
    /// It reads well, but what it says can't be.
    #[error("the part contradicts itself: {0}")]
    Inconsistent(String),
}

#[derive(Serialize)]
struct Written<'a> {
    zonewright_part: u32,
    part: &'a Fragment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "zonewright_part")]
    _version: u32,
    part: Fragment,
}

impl Fragment {
    /// Writes it as text.
    ///
    /// # Errors
    /// Only if a type of the model can't be written as RON, which its tests rule out.
    pub fn to_text(&self) -> Result<String, FragmentError> {
        let pretty = PrettyConfig::new().depth_limit(4).new_line("\n").extensions(Extensions::IMPLICIT_SOME);
        let text = ron::Options::default()
            .with_default_extension(Extensions::IMPLICIT_SOME)
            .to_string_pretty(&Written { zonewright_part: VERSION, part: self }, pretty);
        text.map(|text| text + "\n").map_err(|error| FragmentError::Inconsistent(error.to_string()))
    }

    /// Reads it from text.
    ///
    /// # Errors
    /// [`FragmentError`] says what is wrong with the text, and where.
    pub fn from_text(text: &str) -> Result<Self, FragmentError> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let digits = text.strip_prefix(SIGNATURE).ok_or(FragmentError::Foreign)?;
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<u32>() {
            Ok(version) if version > VERSION => return Err(FragmentError::TooNew),
            Err(_) if !digits.is_empty() => return Err(FragmentError::TooNew),
            Ok(0) | Err(_) => return Err(FragmentError::Foreign),
            Ok(_) => (),
        }
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let read: Read = options.from_str(&text).map_err(|error| FragmentError::Damaged {
            line: error.span.start.line,
            column: error.span.start.col,
            reason: error.code.to_string(),
        })?;
        read.part.check()?;
        Ok(read.part)
    }

    /// What no fragment may say although it reads well.
    fn check(&self) -> Result<(), FragmentError> {
        let wrong = |reason: String| Err(FragmentError::Inconsistent(reason));
        if self.is_empty() {
            return wrong("there is nothing in it".to_owned());
        }
        if let Some(zone) = self.zones.values().find(|it| !it.frame.is_drawable()) {
            return wrong(format!("zone \"{}\" has no drawable frame", zone.tag));
        }
        if let Some(asset) = self.assets.values().find(|it| !it.is_drawable()) {
            return wrong(format!("asset \"{}\" has no drawable place", asset.tag));
        }
        if self.notes.values().any(|it| !it.frame.is_drawable()) {
            return wrong("a note has no drawable frame".to_owned());
        }
        let nested = Project { zones: self.zones.clone(), ..Project::default() };
        for (id, zone) in self.zones.iter() {
            if zone.parent.is_some_and(|parent| !self.zones.contains(parent)) {
                return wrong(format!("zone \"{}\" lies in a zone that is not there", zone.tag));
            }
            if nested.lies_in_itself(id) || nested.zone_ancestors(id).len() > DEEPEST {
                return wrong(format!("zone \"{}\" lies in itself, or in too many others", zone.tag));
            }
        }
        let answered = self.answers.values().flat_map(|it| it.keys().copied());
        let mut named = answered.chain(self.conduits.values().flat_map(|it| it.scope.keys().copied()));
        let catalogue = Catalogue::embedded();
        if let Some(unknown) = named.find(|&id| catalogue.requirement(id).is_none()) {
            return wrong(format!("{unknown} is not a requirement of IEC 62443-3-3"));
        }
        Ok(())
    }
}
