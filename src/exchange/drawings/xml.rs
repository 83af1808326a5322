//! XML as a small tree, read from files that nobody vouches for.
//!
//! Entities that a file declares are never expanded, and what is read is bounded in
//! depth, count and length, so that no file can take more memory than a few times its size.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::DrawingError;
use crate::exchange::decode;

/// Elements lie in one another this deep at most.
const DEEPEST: usize = 200;
/// A file has this many elements at most.
const MOST_ELEMENTS: usize = 1_000_000;

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Self>,
    /// The text directly in it, put together.
    pub text: String,
    /// How much of the outer element's text comes before it.
    offset: usize,
}

impl Element {
    /// An element that no file holds so, without anything in it.
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self { name: name.to_owned(), attributes: attributes.collect(), ..Self::default() }
    }

    /// An attribute's value by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All attributes in order.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first element of this name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements of this name in it.
    pub(super) fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All text in it, through any depth, in order.
    pub(super) fn whole_text(&self) -> String {
        let mut whole = String::new();
        let mut from = 0;
        for child in &self.children {
            whole.push_str(self.text.get(from..child.offset).unwrap_or_default());
            whole.push_str(&child.whole_text());
            from = child.offset;
        }
        whole.push_str(self.text.get(from..).unwrap_or_default());
        whole
    }

    /// The first element of this name in it at any depth, itself left out.
    pub(super) fn descendant(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.descendant(name) })
    }
}

/// Reads a document to its outermost element.
///
/// # Errors
/// Where it is not well-formed, ends early, or is beyond all bounds.
pub(super) fn read(bytes: &[u8]) -> Result<Element, DrawingError> {
    read_text(&decode::text(bytes))
}

/// Reads a document that is text already.
///
/// # Errors
/// As [`read`].
pub(super) fn read_text(text: &str) -> Result<Element, DrawingError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|error| {
            let read = text.as_bytes().get(..usize::try_from(reader.error_position()).unwrap_or(0)).unwrap_or_default();
            let line = read.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let reason: String = error.to_string().chars().filter(|it| !it.is_control()).take(200).collect();
            DrawingError(format!("it is no well-formed XML (line {line}: {reason})"))
        })?;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEEPEST || count > MOST_ELEMENTS {
                    return Err(DrawingError(format!(
                        "its XML has more than {MOST_ELEMENTS} elements, or elements more than {DEEPEST} deep"
                    )));
                }
                open.push(element(&start));
            }
            Event::Empty(start) => {
                count += 1;
                if count > MOST_ELEMENTS {
                    return Err(DrawingError(format!("its XML has more than {MOST_ELEMENTS} elements")));
                }
                close(element(&start), &mut open, &mut root);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(piece) => add_text(&mut open, &piece.xml10_content()),
            Event::CData(piece) => add_text(&mut open, &piece.xml10_content()),
            Event::GeneralRef(reference) => {
                add_text(&mut open, &unescaped(&format!("&{};", &*reference)));
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => (),
        }
    }
    match (open.last(), root) {
        (Some(unclosed), _) => {
            Err(DrawingError(format!("it ends too early: <{}> is not closed", short(&unclosed.name))))
        }
        (None, Some(root)) => Ok(root),
        (None, None) => Err(DrawingError("it holds no XML".to_owned())),
    }
}

fn close(mut element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(outer) => {
            element.offset = outer.text.len();
            outer.children.push(element);
        }
        None => {
            root.get_or_insert(element);
        }
    }
}

fn add_text(open: &mut [Element], piece: &str) {
    if let Some(inside) = open.last_mut() {
        inside.text.push_str(piece);
    }
}

fn element(start: &BytesStart) -> Element {
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok).map(|attribute| {
        let value = unescaped(&attribute.value).into_owned();
        (local(attribute.key.as_ref()).to_owned(), value)
    });
    Element { name: local(start.name().as_ref()).to_owned(), attributes: attributes.collect(), ..Element::default() }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The beginning of a name that may be endless.
pub(super) fn short(name: &str) -> String {
    const LONGEST: usize = 40;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let start: String = name.chars().filter(|it| !it.is_control()).take(LONGEST).collect();
    format!("{start}…")
}

/// A text with its entities resolved; what is no entity stays as it is.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    /// The longest name of an entity in HTML.
    const LONGEST: usize = 34;
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    for (place, part) in text.split('&').enumerate() {
        if place == 0 {
            resolved.push_str(part);
            continue;
        }
        let end = part.bytes().take(LONGEST).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((part.get(..end)?, part.get(end + 1..)?)));
        match entity.and_then(|(name, rest)| Some((character(name)?, rest))) {
            Some((character, rest)) => {
                resolved.push_str(&character);
                resolved.push_str(rest);
            }
            None => {
                resolved.push('&');
                resolved.push_str(part);
            }
        }
    }
    Cow::Owned(resolved)
}

/// What an entity stands for.
fn character(name: &str) -> Option<Cow<'static, str>> {
    match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            let code = hex.unwrap_or_else(|| number.parse::<u32>()).ok()?;
            char::from_u32(code).filter(|it| *it != '\0').map(|it| Cow::Owned(it.to_string()))
        }
        None => resolve_html5_entity(name).map(Cow::Borrowed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_entities_and_sections_do_not_matter() {
        let root =
            read(b"<?xml version='1.0'?><y:a k='1 &lt; 2&#10;x'>one &amp; <![CDATA[<two>]]><b/>&auml;</y:a>").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("k")), ("a", Some("1 < 2\nx")));
        assert_eq!(root.text, "one & <two>ä");
        assert!(root.child("b").is_some());
        assert_eq!(read_text("<a>1<b>2<c>3</c></b>4<d/>5</a>").unwrap().whole_text(), "12345");
    }

    #[test]
    fn what_a_file_declares_is_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a k='&c;'>&c;&c;</a>";
        let root = read_text(bomb).unwrap();
        assert_eq!((root.text.as_str(), root.attribute("k")), ("&c;&c;", Some("&c;")));
    }

    #[test]
    fn what_is_no_entity_stays_as_it_is() {
        assert_eq!(unescaped("R&D &lt;&#8211;&#x41;&nbsp;&none; &; &#0;"), "R&D <–A\u{a0}&none; &; &#0;");
    }

    #[test]
    fn broken_files_are_refused_with_a_reason() {
        let reason = |text: &str| read_text(text).unwrap_err().0;
        assert!(reason("hello").contains("no XML"));
        assert!(reason("<a><b>").contains("<b> is not closed"));
        assert!(reason("<a>\n</b>").contains("line 2"));
        assert!(reason(&format!("<a></{}\u{1c}>", "b".repeat(100_000))).len() < 300);
        assert!(reason(&"<a>".repeat(100_000)).contains("deep"));
        assert!(read(&[0xff, 0xfe]).is_err() && read(b"\xff\xff\xff").is_err() && read(b"").is_err());
    }

    #[test]
    fn files_of_windows_are_read_too() {
        let utf_16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("<a>ä</a>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&utf_16).unwrap().text, "ä");
        assert_eq!(read(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>").unwrap().text, "ä");
    }
}
