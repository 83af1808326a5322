//! A column of a table: how its cell is written and how it is read. Every table
//! is a list of them, so that both directions can't drift apart.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::model::*;

/// A column of a table whose rows are `T`.
pub(super) struct Column<T> {
    pub name: &'static str,
    /// The cell of a row; empty for a default.
    pub write: fn(&T, &Project) -> String,
    /// Takes a cell that is not empty into a row, or says what is allowed.
    pub read: fn(&mut T, &str, &Tags) -> Result<(), String>,
}

/// What the tags of all tables stand for.
#[derive(Default)]
pub(super) struct Tags {
    pub zones: HashMap<String, ZoneId>,
    pub conduits: HashMap<String, ConduitId>,
    pub assets: HashMap<String, AssetId>,
    pub evidence: HashMap<String, EvidenceId>,
    pub risks: HashMap<String, RiskId>,
    pub actions: HashMap<String, ActionId>,
    pub acceptances: HashMap<String, AcceptanceId>,
}

impl Tags {
    pub fn target(&self, tag: &str) -> Result<Target, String> {
        let zone = self.zones.get(tag).map(|&id| Target::Zone(id));
        let conduit = self.conduits.get(tag).map(|&id| Target::Conduit(id));
        zone.or(conduit).ok_or_else(|| format!("\"{tag}\" is no tag in zones.csv or conduits.csv"))
    }

    /// A target/requirement pair such as "Z-CTRL/SR 1.1".
    pub fn gap(&self, text: &str) -> Result<GapKey, String> {
        let (tag, requirement) = text
            .rsplit_once('/')
            .ok_or_else(|| format!("\"{text}\" is not a target/requirement pair such as Z-CTRL/SR 1.1"))?;
        Ok(GapKey { target: self.target(tag.trim())?, requirement: known_requirement(requirement)? })
    }
}

/// What a tag stands for, or which table should have it.
pub(super) fn named<T: Copy>(tags: &HashMap<String, T>, tag: &str, table: &str) -> Result<T, String> {
    tags.get(tag).copied().ok_or_else(|| format!("\"{tag}\" is no tag in {table}"))
}

pub(super) fn known_requirement(text: &str) -> Result<RequirementId, String> {
    let id: RequirementId = text.parse()?;
    let known = crate::catalogue::Catalogue::embedded().requirement(id).is_some();
    if known { Ok(id) } else { Err(format!("\"{text}\" is not one of the 100 requirements of IEC 62443-3-3")) }
}

/// Takes a cell as it stands.
pub(super) fn text(field: &mut String, cell: &str) -> Result<(), String> {
    cell.clone_into(field);
    Ok(())
}

/// Takes a cell as one of the words of a type.
pub(super) fn word<T: FromStr<Err = String>>(field: &mut T, cell: &str) -> Result<(), String> {
    *field = cell.parse()?;
    Ok(())
}

/// Takes a cell that may be missing as one of the words of a type.
pub(super) fn optional<T: FromStr<Err = String>>(field: &mut Option<T>, cell: &str) -> Result<(), String> {
    *field = Some(cell.parse()?);
    Ok(())
}

pub(super) fn yes_no(field: &mut bool, cell: &str) -> Result<(), String> {
    *field = match cell.to_lowercase().as_str() {
        "yes" | "true" | "1" => true,
        "no" | "false" | "0" => false,
        _ => return Err(format!("\"{cell}\" is not yes or no")),
    };
    Ok(())
}

pub(super) fn rating(field: &mut Option<Rating>, cell: &str) -> Result<(), String> {
    let number = cell.parse().ok().filter(|number| (1..=5).contains(number));
    *field = Some(number.and_then(Rating::new).ok_or_else(|| format!("\"{cell}\" is not a rating 1 to 5"))?);
    Ok(())
}

/// A consequence as tables know it, from 1 to 5 whatever the project's matrix.
pub(super) fn consequence(rating: Option<Rating>, project: &Project) -> String {
    shown(rating.map(|it| project.settings.matrix.consequence_of_five(it)))
}

/// A likelihood as tables know it, from 1 to 5 whatever the project's matrix.
pub(super) fn likelihood(rating: Option<Rating>, project: &Project) -> String {
    shown(rating.map(|it| project.settings.matrix.likelihood_of_five(it)))
}

pub(super) fn date(field: &mut Option<Date>, cell: &str) -> Result<(), String> {
    let date = cell.parse().map_err(|_| format!("\"{cell}\" is not a date such as 2026-11-21"))?;
    *field = Some(date);
    Ok(())
}

pub(super) fn number(field: &mut f32, cell: &str) -> Result<(), String> {
    let number = cell.parse().ok().filter(|number: &f32| number.is_finite() && number.abs() < 1e6);
    *field = number.ok_or_else(|| format!("\"{cell}\" is not a number such as 120 or 37.5"))?;
    Ok(())
}

/// Takes the values of a cell with several, each by `take`.
pub(super) fn several<T, C: Extend<T>>(
    field: &mut C,
    cell: &str,
    take: impl Fn(&str) -> Result<T, String>,
) -> Result<(), String> {
    for value in cell.split(';').map(str::trim).filter(|value| !value.is_empty()) {
        field.extend([take(value)?]);
    }
    Ok(())
}

pub(super) fn shown(value: Option<impl fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(super) fn yes(value: bool) -> String {
    if value { "yes".to_owned() } else { "no".to_owned() }
}

pub(super) fn joined<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let values: Vec<_> = values.into_iter().map(|value| value.as_ref().to_owned()).collect();
    values.join(";")
}

/// The tags of several things, joined, in the order of the tags.
pub(super) fn tags<S: Into<Subject>>(ids: impl IntoIterator<Item = S>, project: &Project) -> String {
    let mut tags: Vec<_> = ids.into_iter().map(|id| project.subject_tag(id.into())).collect();
    tags.sort();
    joined(tags)
}

/// Target/requirement pairs, joined, in the order of tag and requirement.
pub(super) fn gaps<'a>(keys: impl IntoIterator<Item = &'a GapKey>, project: &Project) -> String {
    let mut keys: Vec<_> = keys.into_iter().map(|key| (project.target_tag(key.target), key.requirement)).collect();
    keys.sort();
    joined(keys.into_iter().map(|(tag, requirement)| format!("{tag}/{requirement}")))
}
