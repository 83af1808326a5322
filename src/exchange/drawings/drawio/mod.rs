//! Drawings of draw.io: plain and compressed, alone or inside an SVG or PNG picture or a web page.

mod cell;
mod page;
mod style;

use std::io::Read;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::{DeflateDecoder, ZlibDecoder};
use percent_encoding::percent_decode;

use super::xml::{self, Element};
use super::{Drawing, DrawingError, MOST_BYTES};
use crate::exchange::decode;

/// Reads a file of draw.io.
///
/// # Errors
/// Where it is none, or no page of it can be read.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, DrawingError> {
    if let Some(text) = in_png(bytes) {
        return read_root(&xml::read_text(&text?)?);
    }
    match in_html(&decode::text(bytes)) {
        Some(text) => read_root(&xml::read_text(&text)?),
        None => read_root(&xml::read(bytes)?),
    }
}

/// The drawing inside a web page, in the attribute that draw.io writes it to.
fn in_html(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("data-mxgraph=")?;
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let value = rest.get(1..)?.split(quote).next()?;
    let said: serde_json::Value = serde_json::from_str(&xml::unescaped(value)).ok()?;
    said.get("xml")?.as_str().map(str::to_owned)
}

fn read_root(root: &Element) -> Result<Drawing, DrawingError> {
    let mut drawing = Drawing::default();
    // all pages together unpack to no more than one file may have
    let mut room = MOST_BYTES;
    match root.name.as_str() {
        "mxfile" => {
            let mut reasons = Vec::new();
            for (place, diagram) in root.children_named("diagram").enumerate() {
                let name = diagram.attribute("name").map(str::to_owned).unwrap_or_default();
                let called = if name.is_empty() { format!("Page {}", place + 1) } else { name.clone() };
                match of_diagram(diagram, name, &called, &mut room, &mut drawing) {
                    Ok(()) => (),
                    Err(error) => reasons.push((called, error.0)),
                }
            }
            if drawing.pages.is_empty()
                && let Some(model) = root.child("mxGraphModel")
            {
                drawing.add_page(model, String::new(), "Page 1")?;
            }
            match reasons.first() {
                Some((page, reason)) if drawing.pages.is_empty() => {
                    return Err(DrawingError(format!("page \"{}\" can't be read: {reason}", xml::short(page))));
                }
                None if drawing.pages.is_empty() => {
                    return Err(DrawingError("it is a file of draw.io, but has no page".to_owned()));
                }
                _ => (),
            }
            for (page, reason) in reasons {
                drawing.remark(format!("Page \"{page}\""), format!("left out: {reason}"));
            }
        }
        "mxGraphModel" => drawing.add_page(root, String::new(), "Page 1")?,
        "diagram" => {
            let name = root.attribute("name").map(str::to_owned).unwrap_or_default();
            of_diagram(root, name, "Page 1", &mut room, &mut drawing)?;
        }
        "svg" => {
            let Some(content) = root.attribute("content") else {
                return Err(DrawingError(
                    "it is a picture without the drawing in it: export it with \"Include a copy of my diagram\""
                        .to_owned(),
                ));
            };
            // some writers escape it once more than they should
            let content = if content.trim_start().starts_with('<') {
                content.to_owned()
            } else if content.trim_start().starts_with('%') {
                percent_decode(content.as_bytes()).decode_utf8_lossy().into_owned()
            } else {
                xml::unescaped(content).into_owned()
            };
            let inner = xml::read_text(&content)?;
            if inner.name == "svg" {
                return Err(DrawingError("it is a picture in a picture, and no drawing".to_owned()));
            }
            return read_root(&inner);
        }
        "mxlibrary" => return Err(DrawingError("it is a library of shapes of draw.io, not a drawing".to_owned())),
        other => {
            return Err(DrawingError(format!(
                "it begins with <{}>, and a drawing of draw.io with <mxfile> or <mxGraphModel>",
                xml::short(other)
            )));
        }
    }
    Ok(drawing)
}

fn of_diagram(
    diagram: &Element,
    name: String,
    called: &str,
    room: &mut u64,
    drawing: &mut Drawing,
) -> Result<(), DrawingError> {
    if let Some(model) = diagram.child("mxGraphModel") {
        return drawing.add_page(model, name, called);
    }
    let packed = diagram.text.trim();
    if packed.is_empty() {
        let other = diagram.children.first().map(|child| format!("; <{}> is none", xml::short(&child.name)));
        return Err(DrawingError(format!("there is no <mxGraphModel> in it{}", other.unwrap_or_default())));
    }
    let text = unpacked(packed, room)?;
    let model = xml::read_text(&text)?;
    let model = if model.name == "mxGraphModel" { &model } else { model.descendant("mxGraphModel").unwrap_or(&model) };
    if model.name != "mxGraphModel" {
        return Err(DrawingError(format!("it begins with <{}> and not with <mxGraphModel>", xml::short(&model.name))));
    }
    drawing.add_page(model, name, called)
}

impl Drawing {
    /// Adds what a model of draw.io holds as a page.
    fn add_page(&mut self, model: &Element, name: String, called: &str) -> Result<(), DrawingError> {
        let page = page::read(model, name, called, self)?;
        self.pages.push(page);
        Ok(())
    }
}

/// A compressed page: base64 around deflate around percent-encoding, or less of these.
fn unpacked(packed: &str, room: &mut u64) -> Result<String, DrawingError> {
    if packed.starts_with('<') {
        return Ok(packed.to_owned());
    }
    if packed.starts_with("%3C") {
        return Ok(percent_decode(packed.as_bytes()).decode_utf8_lossy().into_owned());
    }
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let letters: String = packed.chars().filter(|it| !it.is_whitespace()).collect();
    let deflated = GeneralPurpose::new(&STANDARD, lenient)
        .decode(letters)
        .map_err(|_| DrawingError("what stands there is neither a drawing nor a compressed one".to_owned()))?;
    let inflated = inflated(DeflateDecoder::new(deflated.as_slice()), room)?;
    let text = String::from_utf8_lossy(&inflated);
    if text.trim_start().starts_with('<') {
        return Ok(text.into_owned());
    }
    Ok(percent_decode(text.as_bytes()).decode_utf8_lossy().into_owned())
}

/// What a stream unpacks to, as far as there is room for it.
fn inflated(stream: impl Read, room: &mut u64) -> Result<Vec<u8>, DrawingError> {
    let mut bytes = Vec::new();
    stream
        .take(*room + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| DrawingError("its compressed part is damaged".to_owned()))?;
    *room = room
        .checked_sub(bytes.len() as u64)
        .ok_or_else(|| DrawingError(format!("it unpacks to more than {} MB", MOST_BYTES >> 20)))?;
    Ok(bytes)
}

/// The drawing inside a PNG picture, in the text chunk that draw.io writes it to.
fn in_png(bytes: &[u8]) -> Option<Result<String, DrawingError>> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (Some(kind), Some(data)) = (after.get(..4), after.get(4..4 + length)) else { break };
        let text = |data: &[u8]| percent_decode(data).decode_utf8_lossy().into_owned();
        if let Some(text_of_chunk) = data.strip_prefix(b"mxfile\0".as_slice()).or(data.strip_prefix(b"mxGraphModel\0"))
        {
            match kind {
                b"tEXt" => return Some(Ok(text(text_of_chunk))),
                b"zTXt" => {
                    let packed = text_of_chunk.get(1..).unwrap_or_default();
                    let mut room = MOST_BYTES;
                    let unpacked = inflated(ZlibDecoder::new(packed), &mut room)
                        .or_else(|_| inflated(DeflateDecoder::new(packed), &mut room));
                    return Some(unpacked.map(|bytes| text(&bytes)));
                }
                _ => (),
            }
        }
        rest = after.get(4 + length + 4..).unwrap_or_default();
    }
    Some(Err(DrawingError(
        "it is a picture without the drawing in it: export it with \"Include a copy of my diagram\"".to_owned(),
    )))
}

#[cfg(test)]
mod tests;
