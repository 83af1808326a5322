//! The faces in use, cut down to the glyphs in use.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use skrifa::MetadataProvider;
use subsetter::GlyphRemapper;

use super::PdfError;
use crate::drawing::shape::Shape;
use crate::report::layout::Document;
use crate::text::{Face, Run, Typesetter};

/// The faces of a document.
pub(super) struct Fonts {
    typesetter: Typesetter,
    faces: BTreeMap<Face, EmbeddedFace>,
}

/// A face cut down: its new glyph numbers and what they stand for.
pub(super) struct EmbeddedFace {
    parsed: ParsedFont,
    remapper: GlyphRemapper,
    /// The character that a glyph (by its new number) stands for in copied text.
    characters: BTreeMap<u32, u16>,
    /// Advances by new glyph number, in thousandths of an em.
    advances: BTreeMap<u16, u16>,
}

impl Fonts {
    /// Gathers the glyphs that a document needs.
    pub fn new(document: &Document) -> Result<Self, PdfError> {
        let typesetter = Typesetter::new();
        let mut used: BTreeMap<Face, BTreeSet<(char, u16)>> = BTreeMap::new();
        for shape in document.pages.iter().flat_map(|page| &page.shapes) {
            if let Shape::Text { text, face, .. } = shape {
                let run = typesetter.shape(*face, text);
                let used = used.entry(*face).or_default();
                let shown = run.glyphs.iter().filter_map(|glyph| {
                    let text = text.get(glyph.text.clone())?;
                    Some((text.chars().next()?, glyph.id))
                });
                used.extend(shown);
            }
        }
        let faces = used.into_iter().map(|(face, used)| Ok((face, EmbeddedFace::new(face, &used)?)));
        Ok(Self { faces: faces.collect::<Result<_, PdfError>>()?, typesetter })
    }

    /// Makes the faces known to a document.
    pub fn register(&self, pdf: &mut PdfDocument) {
        for (&face, embedded) in &self.faces {
            pdf.resources.fonts.map.insert(id(face), PdfFont::new(embedded.parsed.clone()));
        }
    }

    /// Shapes a text.
    pub fn shape(&self, face: Face, text: &str) -> Rc<Run> {
        self.typesetter.shape(face, text)
    }

    /// A face's glyphs.
    pub fn face(&self, face: Face) -> Option<&EmbeddedFace> {
        self.faces.get(&face)
    }
}

/// What pages call a face by.
pub(super) fn id(face: Face) -> FontId {
    FontId(face.postscript_name().to_owned())
}

impl EmbeddedFace {
    fn new(face: Face, used: &BTreeSet<(char, u16)>) -> Result<Self, PdfError> {
        let glyphs: Vec<u16> = used.iter().map(|&(_, glyph)| glyph).collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|error| PdfError::Font(error.to_string()))?;
        let font = face.font().ok_or_else(|| PdfError::Font(face.postscript_name().to_owned()))?;
        let metrics = font.glyph_metrics(skrifa::instance::Size::new(1000.0), skrifa::instance::LocationRef::default());
        let mut characters = BTreeMap::new();
        let mut advances = BTreeMap::new();
        for &(character, glyph) in used {
            let Some(new) = remapper.get(glyph) else { continue };
            characters.entry(u32::from(character)).or_insert(new);
            let advance = metrics.advance_width(skrifa::GlyphId::from(glyph)).unwrap_or_default();
            advances.insert(new, advance.round() as u16);
        }
        let broken = || PdfError::Font(face.postscript_name().to_owned());
        let mut parsed = ParsedFont::from_bytes(face.bytes(), 0, &mut Vec::new()).ok_or_else(broken)?;
        // printpdf maps, measures and embeds what stands here
        parsed.font_name = Some(format!("{}+{}", subset_tag(&bytes), face.postscript_name()));
        parsed.original_bytes = bytes;
        parsed.codepoint_to_glyph.clone_from(&characters);
        parsed.glyph_widths.clone_from(&advances);
        Ok(Self { parsed, remapper, characters, advances })
    }

    /// The new number of a glyph, and whether the character alone stands for it.
    pub fn glyph(&self, character: Option<char>, glyph: u16) -> (u16, bool) {
        let new = self.remapper.get(glyph).unwrap_or(0);
        let is_plain = character.is_some_and(|it| self.characters.get(&u32::from(it)) == Some(&new));
        (new, is_plain)
    }

    /// The advance of a glyph by its new number, in ems.
    pub fn advance(&self, glyph: u16) -> f32 {
        self.advances.get(&glyph).copied().map_or(0.0, f32::from) / 1000.0
    }
}

/// Six letters that tell subsets of one face apart, from what is in them.
fn subset_tag(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
