//! Files and pictures that prove answers: read, told apart by their contents, carried within the
//! project up to a size, and written out again to be looked at.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbaImage};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::edit::{Edit, Item, next_tag};
use crate::model::{Answer, Attachment, Evidence, EvidenceId, GapKey, Id, Project};

/// Files up to this many bytes are carried within the project; of larger ones place and hash are kept.
pub const CARRIED: u64 = 8 * 1024 * 1024;

/// A file that was read, or a picture that was pasted.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadFile {
    /// Its name with its ending.
    pub name: String,
    /// Where it lies; empty for a picture that was pasted.
    pub location: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Its contents, where it is carried.
    pub content: Option<Vec<u8>>,
    /// The day it was last changed.
    pub dated: Option<Date>,
    /// What was done to it so that it could be kept; to be told.
    pub remark: Option<String>,
}

/// Why a file can't be evidence.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// It can't be read.
    #[error("the file can't be read ({0}): {path}", path = .1.display())]
    Unread(std::io::Error, PathBuf),
    /// It is a folder.
    #[error("a folder is no evidence; choose the files in it: {}", .0.display())]
    Folder(PathBuf),
    /// It holds nothing.
    #[error("the file is empty: {}", .0.display())]
    Empty(PathBuf),
    /// A picture can't be kept.
    #[error("the picture can't be kept: {0}")]
    Picture(#[from] image::ImageError),
    /// A picture is too large however it is written.
    #[error("the picture is too large to be kept within the project; paste a part of it")]
    TooLarge,
    /// What is carried can't be written out.
    #[error("the carried file can't be written to be opened: {0}")]
    Unwritten(std::io::Error),
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
}

/// Reads a file. `go_on` is told the share that is read and says whether to go on.
///
/// # Errors
/// [`EvidenceError`] where it can't be read, is a folder or holds nothing.
pub fn read(path: &Path, go_on: &mut dyn FnMut(f32) -> bool) -> Result<ReadFile, EvidenceError> {
    let unread = |error| EvidenceError::Unread(error, path.to_owned());
    let about = std::fs::metadata(path).map_err(unread)?;
    if about.is_dir() {
        return Err(EvidenceError::Folder(path.to_owned()));
    }
    let mut file = std::fs::File::open(path).map_err(unread)?;
    let (mut hash, mut content, mut length) = (Sha256::new(), Vec::new(), 0_u64);
    let mut part = vec![0; 1 << 18];
    loop {
        let count = file.read(&mut part).map_err(unread)?;
        let Some(bytes) = part.get(..count).filter(|it| !it.is_empty()) else { break };
        hash.update(bytes);
        length += count as u64;
        if length <= CARRIED {
            content.extend_from_slice(bytes);
        } else {
            content = Vec::new();
        }
        if !go_on((length as f32 / about.len().max(1) as f32).min(1.0)) {
            return Err(EvidenceError::Cancelled);
        }
    }
    if length == 0 {
        return Err(EvidenceError::Empty(path.to_owned()));
    }
    let changed = about.modified().ok().and_then(|it| jiff::Timestamp::try_from(it).ok());
    Ok(ReadFile {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        location: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string(),
        sha256: hex(&hash.finalize()),
        content: (length <= CARRIED).then_some(content),
        dated: changed.map(|it| it.to_zoned(jiff::tz::TimeZone::system()).date()),
        remark: None,
    })
}

/// A picture from the clipboard as a file, in unmultiplied RGBA. It lies nowhere else, so it is
/// always carried: as PNG, else as JPEG, else smaller.
///
/// # Errors
/// [`EvidenceError`] where it can't be written, or not small enough.
pub fn picture(width: u32, height: u32, rgba: Vec<u8>, on: Date) -> Result<ReadFile, EvidenceError> {
    let wrong = || {
        image::ImageError::Parameter(image::error::ParameterError::from_kind(
            image::error::ParameterErrorKind::DimensionMismatch,
        ))
    };
    let picture = RgbaImage::from_raw(width, height, rgba).ok_or_else(wrong)?;
    let (content, ending, remark) = fitted(picture, CARRIED)?;
    let sha256 = hex(&Sha256::digest(&content));
    let name = format!("Screenshot {on}.{ending}");
    Ok(ReadFile { name, location: String::new(), sha256, content: Some(content), dated: Some(on), remark })
}

/// A picture written in no more than these bytes, with its ending and what had to be done for that.
fn fitted(picture: RgbaImage, most: u64) -> Result<(Vec<u8>, &'static str, Option<String>), EvidenceError> {
    let fits = |it: &Vec<u8>| it.len() as u64 <= most;
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png)?;
    let bytes = bytes.into_inner();
    if fits(&bytes) {
        return Ok((bytes, "png", None));
    }
    let (width, height) = picture.dimensions();
    // what is read on a screen keeps its pixels as long as it can
    let mut small = image::DynamicImage::ImageRgba8(picture).to_rgb8();
    loop {
        let mut bytes = Vec::new();
        small.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 88))?;
        let now = small.dimensions();
        if fits(&bytes) {
            let size = match now == (width, height) {
                true => "with all its pixels".to_owned(),
                false => format!("at {} × {} instead of {width} × {height} pixels", now.0, now.1),
            };
            return Ok((bytes, "jpg", Some(format!("It was too large as it was and is kept as JPEG {size}."))));
        }
        if now == (1, 1) {
            return Err(EvidenceError::TooLarge);
        }
        let [width, height] = [now.0, now.1].map(|it| (it - it.div_ceil(4)).max(1));
        small = image::imageops::thumbnail(&small, width, height);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// What sort of evidence a file is, by its name.
pub fn kind(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |it| it.1);
    let says = |words: &[&str]| words.iter().any(|it| name.contains(it));
    match ending {
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "webp" | "heic" | "tif" | "tiff" => {
            if says(&["img_", "dsc", "photo", "foto", "pxl_"]) || matches!(ending, "heic") {
                "photo"
            } else {
                "screenshot"
            }
        }
        "cfg" | "conf" | "config" | "ini" | "xml" | "json" | "yaml" | "yml" | "toml" | "l5x" | "reg" | "inf"
        | "rules" => "configuration",
        "log" | "evtx" | "pcap" | "pcapng" | "syslog" => "log",
        "csv" | "xlsx" | "xls" | "ods" | "tsv" => "list",
        "vsdx" | "vsd" | "drawio" | "dwg" | "dxf" | "svg" | "graphml" => "drawing",
        "eml" | "msg" => "correspondence",
        "mp4" | "mov" | "avi" | "mkv" => "recording",
        "txt" if says(&["log", "syslog"]) => "log",
        "txt" if says(&["conf", "config", "running", "startup"]) => "configuration",
        _ => "document",
    }
}

/// The name without its ending, with blanks for what stands for them in names of files.
pub fn title(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |it| if it.0.is_empty() { name } else { it.0 });
    stem.replace('_', " ").trim().to_owned()
}

/// Attaches files to answers as one step: a file that the project knows already, by its hash, is
/// linked and not recorded twice. Returns the edit with a sentence for each file.
pub fn attach(project: &Project, keys: &[GapKey], files: Vec<ReadFile>, on: Date) -> (Edit, Vec<String>) {
    let mut known: Vec<(EvidenceId, Evidence)> = Vec::new();
    let (mut linked, mut told) = (BTreeSet::new(), Vec::new());
    for file in files {
        let recorded = project.evidence.iter().chain(known.iter().map(|(id, it)| (*id, it)));
        let twin = recorded
            .filter(|(_, it)| it.sha256.eq_ignore_ascii_case(&file.sha256))
            .map(|(id, it)| (id, it.tag.clone()))
            .next();
        if let Some((id, twin)) = twin {
            told.push(format!("{} is {} already, which is attached.", file.name, twin));
            linked.insert(id);
            continue;
        }
        let tags = project.evidence.values().chain(known.iter().map(|it| &it.1)).map(|it| &it.tag);
        let tag = next_tag("EV-", tags);
        told.push(match (&file.content, &file.remark) {
            (Some(_), None) => format!("{} is attached as {tag}.", file.name),
            (Some(_), Some(remark)) => format!("{} is attached as {tag}. {remark}", file.name),
            (None, _) => {
                let most = CARRIED / 1024 / 1024;
                format!("{} is attached as {tag}; it is larger than {most} MB, so the project keeps only its place and its hash.", file.name)
            }
        });
        let id = EvidenceId::random();
        linked.insert(id);
        known.push((id, evidence(file, tag, on)));
    }
    let answers = keys.iter().map(|&key| {
        let before = project.answer(key.target, key.requirement).cloned().unwrap_or_default();
        let evidence = before.evidence.iter().chain(&linked).copied().collect();
        (key, Answer { evidence, ..before })
    });
    let mut edits: Vec<Edit> = known.iter().map(|(id, it)| Edit::Put(Item::Evidence(*id, it.clone()))).collect();
    edits.push(Edit::Answer(answers.collect()));
    let label = match linked.len() {
        1 => "attach evidence".to_owned(),
        several => format!("attach {several} pieces of evidence"),
    };
    (Edit::Several(label, edits), told)
}

fn evidence(file: ReadFile, tag: String, on: Date) -> Evidence {
    Evidence {
        tag,
        title: title(&file.name),
        kind: kind(&file.name).to_owned(),
        location: file.location,
        sha256: file.sha256,
        collected_on: Some(file.dated.filter(|it| *it <= on).unwrap_or(on)),
        file: file.content.map(|content| Attachment { name: file.name, content: content.into() }),
        ..Evidence::default()
    }
}

/// Writes what is carried into a new folder among the temporary files, to be opened there.
///
/// # Errors
/// [`EvidenceError::Unwritten`] where there is no room or no right to.
pub fn unpack(file: &Attachment) -> Result<PathBuf, EvidenceError> {
    let folder = tempfile::Builder::new().prefix("zonewright-").tempdir().map_err(EvidenceError::Unwritten)?;
    // a name from a file of others names no other folder
    let name = Path::new(&file.name).file_name().map_or_else(|| "evidence".into(), std::ffi::OsStr::to_owned);
    let path = folder.path().join(name);
    std::fs::write(&path, file.content.as_slice()).map_err(EvidenceError::Unwritten)?;
    // whoever opens it has it after this program has ended
    let _ = folder.keep();
    Ok(path)
}

/// A picture that is carried, no larger than this on its longer side, in unmultiplied RGBA;
/// `None` where it is no picture that can be shown.
pub fn preview(file: &Attachment, longest: u32) -> Option<(u32, u32, Vec<u8>)> {
    let mut reader =
        image::ImageReader::new(std::io::Cursor::new(file.content.as_slice())).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(20_000);
    limits.max_image_height = Some(20_000);
    limits.max_alloc = Some(512 * 1024 * 1024);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let is_large = picture.width().max(picture.height()) > longest;
    let small = if is_large { picture.thumbnail(longest, longest) } else { picture };
    let pixels = small.to_rgba8();
    Some((pixels.width(), pixels.height(), pixels.into_raw()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};

    fn read_all(path: &Path) -> Result<ReadFile, EvidenceError> {
        read(path, &mut |_| true)
    }

    fn attached(plant: &mut Fixture, files: Vec<ReadFile>) -> Vec<String> {
        let key = plant.gap("Z-1/SR 1.1");
        let (edit, told) = attach(&plant.project, &[key], files, TODAY);
        edit.apply(&mut plant.project).unwrap();
        assert_eq!(plant.project.first_unresolved(), None);
        told
    }

    #[test]
    fn a_file_becomes_evidence_that_is_carried_and_not_accepted_yet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fw-01_running.cfg");
        std::fs::write(&path, "deny any").unwrap();
        let mut plant = Fixture::new().zone("Z-1", |_| ()).evidence("EV-7", |_| ());
        let told = attached(&mut plant, vec![read_all(&path).unwrap()]);
        assert_eq!(told, ["fw-01_running.cfg is attached as EV-8."]);
        let evidence = plant.project.evidence.values().find(|it| it.tag == "EV-8").unwrap();
        assert_eq!((evidence.title.as_str(), evidence.kind.as_str()), ("fw-01 running", "configuration"));
        assert!(!evidence.accepted && evidence.collected_on.is_some());
        let file = evidence.file.as_ref().unwrap();
        assert_eq!(file.content.as_slice(), b"deny any");
        let written = unpack(file).unwrap();
        assert_eq!(std::fs::read(&written).unwrap(), b"deny any");
        assert_eq!(written.file_name(), path.file_name());
    }

    #[test]
    fn the_same_file_is_linked_and_not_recorded_twice() {
        let folder = tempfile::tempdir().unwrap();
        let [one, copy] = ["one.pdf", "copy.pdf"].map(|it| folder.path().join(it));
        for path in [&one, &copy] {
            std::fs::write(path, "the same").unwrap();
        }
        let mut plant = Fixture::new().zone("Z-1", |_| ());
        attached(&mut plant, vec![read_all(&one).unwrap(), read_all(&copy).unwrap()]);
        assert_eq!(plant.project.evidence.len(), 1);
        let told = attached(&mut plant, vec![read_all(&copy).unwrap()]);
        assert_eq!(told, ["copy.pdf is EV-01 already, which is attached."]);
        let key = plant.gap("Z-1/SR 1.1");
        assert_eq!(plant.project.answer(key.target, key.requirement).unwrap().evidence.len(), 1);
    }

    #[test]
    fn of_a_large_file_only_place_and_hash_are_kept_and_that_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.pcap");
        std::fs::write(&path, vec![7; CARRIED as usize + 1]).unwrap();
        let mut plant = Fixture::new().zone("Z-1", |_| ());
        let told = attached(&mut plant, vec![read_all(&path).unwrap()]);
        assert!(told[0].contains("larger than 8 MB"), "{told:?}");
        let evidence = plant.project.evidence.values().next().unwrap();
        assert!(evidence.file.is_none() && evidence.sha256.len() == 64);
        assert!(evidence.location.ends_with("trace.pcap"));
    }

    #[test]
    fn what_can_not_be_read_is_told_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.txt");
        std::fs::write(&empty, "").unwrap();
        let said = |path: &Path| read_all(path).unwrap_err().to_string();
        assert!(said(folder.path()).starts_with("a folder is no evidence"));
        assert!(said(&empty).starts_with("the file is empty"));
        assert!(said(&folder.path().join("gone")).starts_with("the file can't be read"));
        assert!(matches!(read(&empty.with_file_name("x"), &mut |_| false), Err(EvidenceError::Unread(..))));
    }

    #[test]
    fn a_pasted_picture_is_kept_as_png_and_shown_small() {
        let file = picture(40, 20, vec![200; 40 * 20 * 4], TODAY).unwrap();
        assert_eq!((file.name.as_str(), kind(&file.name)), ("Screenshot 2026-06-15.png", "screenshot"));
        let attachment = Attachment { name: file.name, content: file.content.unwrap().into() };
        let (width, height, pixels) = preview(&attachment, 10).unwrap();
        assert_eq!((width, height, pixels.len()), (10, 5, 200));
        let text = Attachment { name: "a.txt".into(), content: b"words".to_vec().into() };
        assert_eq!(preview(&text, 10), None);
        assert!(picture(40, 20, vec![0; 3], TODAY).is_err());
    }

    #[test]
    fn a_large_picture_is_made_to_fit_and_never_thrown_away() {
        // what no PNG can make smaller
        let mut at = 1_u32;
        let mut noise = || {
            at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (at >> 24) as u8
        };
        let pixels: Vec<u8> = (0..1700 * 1700).flat_map(|_| [noise(), noise(), noise(), 255]).collect();
        let file = picture(1700, 1700, pixels, TODAY).unwrap();
        assert_eq!(file.name, "Screenshot 2026-06-15.jpg");
        let content = file.content.clone().expect("it lies nowhere else");
        assert!(content.len() as u64 <= CARRIED);
        assert!(file.remark.as_ref().unwrap().contains("with all its pixels"));
        let mut plant = Fixture::new().zone("Z-1", |_| ());
        assert!(attached(&mut plant, vec![file])[0].contains("kept as JPEG"));
        assert!(plant.project.evidence.values().all(|it| it.file.is_some()));
        let large = image::load_from_memory(&content).unwrap().to_rgba8();
        let (small, ending, remark) = fitted(large.clone(), 100_000).unwrap();
        assert!(small.len() <= 100_000 && ending == "jpg");
        assert!(remark.unwrap().ends_with("instead of 1700 × 1700 pixels."));
        assert!(matches!(fitted(large, 10), Err(EvidenceError::TooLarge)));
    }

    #[test]
    fn a_carried_name_leads_to_no_other_folder() {
        let file = Attachment { name: "../../escape.txt".into(), content: b"x".to_vec().into() };
        let path = unpack(&file).unwrap();
        assert!(path.ends_with("escape.txt") && path.parent().unwrap().starts_with(std::env::temp_dir()));
        assert!(path.parent().unwrap() != std::env::temp_dir(), "a folder of its own");
    }
}
