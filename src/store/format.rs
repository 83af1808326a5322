//! The project file: RON text with its version at the head.
//!
//! One field a line down to the items of a collection, one answer a line, ids
//! in order: two versions of a file compare line by line. What is at its
//! default is not written. The version is read before anything else, so that a
//! file of a later program is refused with that reason and not by accident.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::model::{DEEPEST, Project, ZoneId};

/// The version that this program writes.
pub const VERSION: u32 = 1;

/// How a project file begins.
const SIGNATURE: &str = "(\n    zonewright: ";

/// How many bytes tell a project file from anything else.
pub(super) const HEAD: usize = 256;

/// Why a text is no project.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// It does not begin as a project file does.
    #[error("this is not a Zonewright project")]
    Foreign,
    /// A later program wrote it.
    #[error(
        "this project was saved by a later version of Zonewright (file version {0}, this program reads up to {VERSION}): open it with that version"
    )]
    TooNew(u32),
    /// It is cut off, or was changed by something else.
    #[error(
        "the project is damaged at line {line}, column {column}: {reason}. Restore it from a backup or an earlier copy"
    )]
    Damaged {
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What was found there.
        reason: String,
    },
    /// It reads well, but what it says can't be.
    #[error("the project contradicts itself: {0}. Restore it from a backup or an earlier copy")]
    Inconsistent(String),
}

#[derive(Serialize)]
struct Written<'a> {
    zonewright: u32,
    project: &'a Project,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "zonewright")]
    _version: u32,
    project: Project,
}

/// Writes a project as the text of its file.
///
/// # Errors
/// Only if a type of the model can't be written as RON, which its tests rule out.
pub fn to_text(project: &Project) -> Result<String, FormatError> {
    written(project, true)
}

/// Writes a project for a copy that is made again and again and that nobody looks into: it reads the same, but texts
/// stand in it as they are instead of escaped letter by letter, which is half the work.
///
/// # Errors
/// As [`to_text`].
pub(super) fn to_copy(project: &Project) -> Result<String, FormatError> {
    written(project, false)
}

fn written(project: &Project, escape: bool) -> Result<String, FormatError> {
    let pretty = PrettyConfig::new().depth_limit(4).new_line("\n").extensions(Extensions::IMPLICIT_SOME);
    let pretty = pretty.escape_strings(escape);
    let written = Written { zonewright: VERSION, project };
    let mut text = ron::Options::default()
        .to_string_pretty(&written, pretty)
        .map_err(|error| FormatError::Inconsistent(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// Reads a project from the text of its file.
///
/// # Errors
/// [`FormatError`] says what is wrong with the text, and where.
pub fn from_text(text: &str) -> Result<Project, FormatError> {
    let text = text.trim_start_matches('\u{feff}');
    let version = version(text).ok_or(FormatError::Foreign)?;
    if version > VERSION {
        return Err(FormatError::TooNew(version));
    }
    let read: Read = ron::from_str(text).map_err(|error| FormatError::Damaged {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })?;
    check(&read.project)?;
    Ok(read.project)
}

/// The version that a file names at its head, counted from 1; `None` where it is no project file.
pub(super) fn version(head: &str) -> Option<u32> {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let head = head.strip_prefix("#![enable(implicit_some)]").unwrap_or(head).trim_start();
    let head = head.replace('\r', "");
    let digits: String = head.strip_prefix(SIGNATURE)?.chars().take_while(char::is_ascii_digit).collect();
    // more digits than a version has are a version still to come
    let version = if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u32::MAX) };
    (version > 0).then_some(version)
}

/// What no file may say although it reads well.
fn check(project: &Project) -> Result<(), FormatError> {
    let wrong = |reason: String| Err(FormatError::Inconsistent(reason));
    if let Some(unresolved) = project.first_unresolved() {
        return wrong(unresolved.to_string());
    }
    let catalogue = Catalogue::embedded();
    if let Some(unknown) = catalogue.first_unknown(project.requirements_named()) {
        return wrong(format!("{unknown} is not a requirement of IEC 62443-3-3"));
    }
    if let Some(unknown) = project.zcr.keys().find(|id| catalogue.zcr_requirement(**id).is_none()) {
        return wrong(format!("{unknown} is not a requirement of IEC 62443-3-2"));
    }
    if let Some(zone) = project.zones.values().find(|zone| !zone.frame.is_drawable()) {
        return wrong(format!("zone \"{}\" has no drawable frame", zone.tag));
    }
    if project.notes.values().any(|note| !note.frame.is_drawable()) {
        return wrong("a note has no drawable frame".to_owned());
    }
    if let Some(asset) = project.assets.values().find(|asset| !asset.is_drawable()) {
        return wrong(format!("asset \"{}\" has no drawable place", asset.tag));
    }
    let is_deep = |zone: ZoneId| project.zone_ancestors(zone).len() > DEEPEST;
    if let Some((_, zone)) = project.zones.iter().find(|(id, it)| it.parent.is_some() && is_deep(*id)) {
        return wrong(format!("zone \"{}\" lies in more than {DEEPEST} others", zone.tag));
    }
    if let Some((_, zone)) = project.zones.iter().find(|(id, _)| project.lies_in_itself(*id)) {
        return wrong(format!("zone \"{}\" lies in itself", zone.tag));
    }
    if !project.settings.matrix.is_complete() {
        return wrong("the risk matrix lacks steps or cells".to_owned());
    }
    for baseline in project.baselines.values() {
        if !baseline.project.baselines.is_empty() {
            return wrong(format!("baseline \"{}\" holds baselines itself", baseline.name));
        }
        check(&baseline.project)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Answer, Conduit, ConduitId, Confirmation, Evidence, EvidenceId, GapKey, Id, LogEntry, Rect, Status, Taken,
        Workshop, WorkshopId, WorkshopItem, Zone, ZoneId,
    };

    fn project() -> Project {
        let mut project = Project::default();
        let zone = Zone { tag: "Z-1".into(), frame: Rect::new(0.0, 0.0, 200.5, 100.0), ..Zone::default() };
        let (id, conduit) = (ZoneId::random(), ConduitId::random());
        project.zones.insert(id, zone);
        project.conduits.insert(conduit, Conduit { from: Some(id), ..Conduit::default() });
        let evidence = EvidenceId::random();
        project.evidence.insert(evidence, Evidence { title: "Größe \"Ω\"\nЖ".into(), ..Evidence::default() });
        let met = Answer { status: Status::Met, evidence: [evidence].into(), ..Answer::default() };
        let inherited = Answer { status: Status::Inherited(Some(id.into())), ..Answer::default() };
        let [one, two] = ["SR 1.1", "SR 1.1 RE 1"].map(|id| id.parse().unwrap());
        project.answers.insert(conduit.into(), [(one, met), (two, inherited)].into());
        project
    }

    #[test]
    fn a_project_survives_its_file() {
        for project in [Project::default(), project()] {
            let text = to_text(&project).unwrap();
            assert_eq!(from_text(&text).unwrap(), project, "{text}");
            assert_eq!(to_text(&from_text(&text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn a_project_survives_its_copy_whatever_stands_in_its_texts() {
        for text in ["\"", "\\", "\"#", "#\"##\"", "a\r\nb\n", "\u{feff}\0\u{1b}\t", "r#\"x\"#", "Größe \"Ω\"", ""] {
            let mut project = project();
            let id = project.zones.ids().next().unwrap();
            project.zones.get_mut(id).unwrap().notes = text.into();
            assert_eq!(from_text(&to_copy(&project).unwrap()).unwrap(), project, "{text:?}");
        }
    }

    #[test]
    fn a_file_reads_a_line_at_a_time() {
        let text = to_text(&project()).unwrap();
        assert!(text.contains("\n                tag: \"Z-1\",\n"), "{text}");
        assert!(text.lines().any(|line| line.trim().starts_with("\"SR 1.1\": (status: Met, ")), "{text}");
        assert!(text.contains("Größe"), "letters stay letters: {text}");
    }

    #[test]
    fn line_ends_of_another_system_do_not_matter() {
        let project = project();
        let text = format!("\u{feff}{}", to_text(&project).unwrap().replace('\n', "\r\n"));
        assert_eq!(from_text(&text).unwrap(), project);
    }

    fn refused(text: &str) -> String {
        from_text(text).expect_err("it is to be refused").to_string()
    }

    #[test]
    fn what_is_no_project_is_foreign() {
        for foreign in ["", "hello", "(\n    game: 1)", "<xml/>", "(zonewright: )", "(\n    zonewright: 0,"] {
            assert_eq!(refused(foreign), FormatError::Foreign.to_string(), "{foreign}");
        }
    }

    #[test]
    fn a_later_version_is_named_even_where_the_rest_is_unreadable() {
        let later = to_text(&project()).unwrap().replace("zonewright: 1", "zonewright: 7").replace("zones", "spaces");
        assert!(refused(&later).contains("file version 7"), "{}", refused(&later));
    }

    #[test]
    fn a_cut_off_file_says_where_it_ends() {
        let text = to_text(&project()).unwrap();
        for cut_off in (60..text.len() - 3).filter_map(|end| text.get(..end)) {
            let error = refused(cut_off);
            assert!(error.contains("damaged at line"), "{error}");
        }
    }

    #[test]
    fn an_unknown_requirement_or_id_is_named() {
        let text = to_text(&project()).unwrap();
        assert!(refused(&text.replace("\"SR 1.1 RE 1\"", "\"SR 1.1 RE 9\"")).contains("SR 1.1 RE 9"));
        let stranger = ZoneId::random().to_string();
        let here = from_text(&text).unwrap().zones.ids().next().unwrap().to_string();
        let broken = text.replacen(&here, &stranger, 1);
        assert!(refused(&broken).contains(&here), "{}", refused(&broken));
    }

    #[test]
    fn an_unknown_requirement_of_a_workshop_is_named() {
        let project = project();
        let target = project.zones.ids().next().unwrap().into();
        let item = WorkshopItem::Question(GapKey { target, requirement: "SR 1.1 RE 9".parse().unwrap() });
        let taken = vec![Taken { item, was_open: true, at: None }];
        let log = vec![LogEntry { about: Some(item), ..LogEntry::default() }];
        for workshop in [
            Workshop { place: Some(item), ..Workshop::default() },
            Workshop { taken, ..Workshop::default() },
            Workshop { log, ..Workshop::default() },
        ] {
            let mut project = project.clone();
            project.workshops.insert(WorkshopId::random(), workshop);
            let error = refused(&to_text(&project).unwrap());
            assert!(error.contains("SR 1.1 RE 9 is not a requirement of IEC 62443-3-3"), "{error}");
        }
    }

    #[test]
    fn a_confirmation_of_an_unknown_requirement_is_named() {
        let mut project = project();
        let confirmed = Confirmation { by: "Plant manager".into(), ..Confirmation::default() };
        project.zcr = std::sync::Arc::new([("ZCR 5.13".parse().unwrap(), confirmed)].into());
        let text = to_text(&project).unwrap();
        assert_eq!(from_text(&text).unwrap(), project);
        assert!(
            refused(&text.replace("ZCR 5.13", "ZCR 5.99")).contains("ZCR 5.99 is not a requirement of IEC 62443-3-2")
        );
        assert!(refused(&text.replace("ZCR 5.13", "ZCR 9.1")).contains("ZCR 9.1"));
    }

    #[test]
    fn a_zone_may_not_lie_in_itself() {
        let mut project = project();
        let id = project.zones.ids().next().unwrap();
        project.zones.get_mut(id).unwrap().parent = Some(id);
        assert!(refused(&to_text(&project).unwrap()).contains("lies in itself"));
    }
}
