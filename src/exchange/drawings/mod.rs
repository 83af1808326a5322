//! Drawings of other tools: each reader makes a [`Drawing`] of its file, and one
//! staging decides what in it is a zone, an asset or a conduit.

mod cset;
mod drawing;
mod drawio;
mod graphml;
mod markup;
mod nesting;
mod otm;
mod own;
pub mod staging;
mod vsdx;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use super::decode;

pub use drawing::{Drawing, DrawingError, DrawnLink, DrawnShape, LinkEnd, Meaning, Page, Remark};

/// A file has this many bytes at most, packed or unpacked.
const MOST_BYTES: u64 = 128 << 20;
/// A page has this many shapes and lines at most.
const MOST_SHAPES: usize = 50_000;

/// A tool's kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawingKind {
    /// draw.io, plain or compressed.
    Drawio,
    /// GraphML, as yEd and libraries write it.
    Graphml,
    /// Open Threat Model, JSON or YAML.
    Otm,
    /// Visio.
    Vsdx,
    /// The diagram of CSET.
    Cset,
}

impl DrawingKind {
    /// All kinds in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Drawio, Self::Graphml, Self::Otm, Self::Vsdx, Self::Cset];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drawio => "draw.io",
            Self::Graphml => "GraphML",
            Self::Otm => "Open Threat Model",
            Self::Vsdx => "Visio",
            Self::Cset => "CSET",
        }
    }

    /// Endings of its files, the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Drawio => &["drawio", "xml", "dio", "svg", "png", "html"],
            Self::Graphml => &["graphml", "graphmlz"],
            Self::Otm => &["otm", "json", "yaml", "yml"],
            Self::Vsdx => &["vsdx", "vsdm", "vdx"],
            Self::Cset => &["csetd", "xml"],
        }
    }

    /// The kind that the first bytes of a file show.
    pub fn of_content(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Some(Self::Vsdx);
        }
        if bytes.starts_with(b"\x89PNG") {
            return Some(Self::Drawio);
        }
        let head = decode::text(bytes.get(..bytes.len().min(8192)).unwrap_or_default());
        let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
        let is_xml = head.trim_start().starts_with('<');
        match () {
            () if is_xml && has(&["<graphml", ":graphml"]) => Some(Self::Graphml),
            () if is_xml && has(&["<VisioDocument"]) => Some(Self::Vsdx),
            () if is_xml && has(&["ComponentGuid"]) => Some(Self::Cset),
            () if is_xml && has(&["<mxfile", "<mxGraphModel", "<diagram", "<mxlibrary"]) => Some(Self::Drawio),
            () if is_xml && has(&["<svg", "data-mxgraph="]) => Some(Self::Drawio),
            () if has(&["otmVersion", "trustZones", "trustzones"]) => Some(Self::Otm),
            () => None,
        }
    }
}

/// Reads a drawing of a kind.
///
/// # Errors
/// Where it is no such drawing, is broken, or is beyond all bounds.
pub fn read(kind: DrawingKind, bytes: &[u8]) -> Result<Drawing, DrawingError> {
    let drawing = match kind {
        DrawingKind::Drawio => drawio::read(bytes).map(own::understood),
        DrawingKind::Graphml => graphml::read(bytes).map(own::understood),
        DrawingKind::Otm => otm::read(bytes),
        DrawingKind::Vsdx => vsdx::read(bytes),
        DrawingKind::Cset => cset::read(bytes),
    }?;
    let digest = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Drawing { digest, ..drawing })
}

/// Reads a drawing from a file; without a kind, of the kind that its content shows.
/// Where it has no title of its own, it gets the file's name.
///
/// # Errors
/// As [`read`]; and where there is no such file, or it can't be read.
pub fn read_file(kind: Option<DrawingKind>, path: &Path) -> Result<(DrawingKind, Drawing), DrawingError> {
    let bytes = unpacked(bytes_of(path)?)?;
    let Some(kind) = kind.or_else(|| DrawingKind::of_content(&bytes)) else {
        return Err(DrawingError(other_kind(&bytes)));
    };
    let mut drawing = read(kind, &bytes)?;
    if drawing.title.trim().is_empty() {
        drawing.title = path.file_stem().unwrap_or_default().to_string_lossy().trim_end_matches(".drawio").to_owned();
    }
    Ok((kind, drawing))
}

/// What a file of gzip holds, such as yEd's .graphmlz; any other file as it is.
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, DrawingError> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let read = GzDecoder::new(bytes.as_slice()).take(MOST_BYTES + 1).read_to_end(&mut unpacked);
    read.map_err(|_| DrawingError("it is packed, and damaged".to_owned()))?;
    if unpacked.len() as u64 > MOST_BYTES {
        return Err(DrawingError(format!("it unpacks to more than {} MB", MOST_BYTES >> 20)));
    }
    Ok(unpacked)
}

/// What a file is that is no drawing that can be read.
fn other_kind(bytes: &[u8]) -> String {
    let head = decode::text(bytes.get(..bytes.len().min(8192)).unwrap_or_default());
    let kinds = DrawingKind::ALL.map(DrawingKind::name).join(", ");
    match () {
        () if head.trim().is_empty() => "it is empty".to_owned(),
        () if bytes.starts_with(b"%PDF") => {
            format!("it is a PDF and no drawing: ask for the file it was made from ({kinds})")
        }
        () if bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"GIF8") => {
            format!("it is a picture and no drawing: ask for the file it was made from ({kinds})")
        }
        () if head.contains("<ThreatModel") => {
            "it is a model of the Microsoft Threat Modeling Tool, which can't be read".to_owned()
        }
        () => format!("it is no drawing that can be read ({kinds})"),
    }
}

/// The content of a file, if it is one and not beyond all bounds.
fn bytes_of(path: &Path) -> Result<Vec<u8>, DrawingError> {
    let failed = |error: std::io::Error| {
        DrawingError(match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::PermissionDenied => "there is no permission to read it".to_owned(),
            _ => format!("it can't be read: {error}"),
        })
    };
    if path.is_dir() {
        return Err(DrawingError("it is a folder".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(DrawingError(format!("it is larger than {} MB", MOST_BYTES >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_read_for_what_is_in_it() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, b"<graphml/>").unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(unpacked(packed.clone()).unwrap(), b"<graphml/>");
        assert!(unpacked(packed[..12].to_vec()).unwrap_err().0.contains("damaged"));
        assert_eq!(unpacked(b"<graphml/>".to_vec()).unwrap(), b"<graphml/>");
    }

    #[test]
    fn what_is_no_drawing_is_told_by_what_it_is() {
        for (bytes, said) in [
            (&b""[..], "empty"),
            (b"%PDF-1.7", "PDF"),
            (b"\xff\xd8\xff\xe0", "picture"),
            (b"<ThreatModel xmlns='x'>", "Threat Modeling Tool"),
            (b"hello", "draw.io, GraphML"),
        ] {
            assert!(other_kind(bytes).contains(said), "{said}");
        }
        assert_eq!(DrawingKind::of_content(b"\xd0\xcf\x11\xe0"), Some(DrawingKind::Vsdx));
        assert_eq!(DrawingKind::of_content(b"<?xml version='1.0'?><VisioDocument/>"), Some(DrawingKind::Vsdx));
    }
}
