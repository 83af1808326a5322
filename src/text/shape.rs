//! Shaping: from text to positioned glyphs, with kerning.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use harfrust::{Feature, ShapeOptions, ShaperData, Tag, UnicodeBuffer};

use super::face::Face;

/// A glyph of a run. Lengths are in ems: times the size gives points or pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the pen moves on.
    pub advance: f32,
    /// How far it is drawn right of the pen.
    pub dx: f32,
    /// How far it is drawn above the baseline.
    pub dy: f32,
    /// The bytes of the text that it shows.
    pub text: Range<usize>,
}

/// A shaped piece of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The sum of the advances, in ems.
    pub width: f32,
}

/// Shapes text and remembers what it has shaped. One lives as long as the document
/// that is being written.
pub struct Typesetter {
    faces: [Option<ShaperData>; 2],
    shaped: RefCell<HashMap<(Face, String), Rc<Run>>>,
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

impl Typesetter {
    /// Ready to shape.
    pub fn new() -> Self {
        let data = |face: Face| harfrust::FontRef::new(face.bytes()).ok().map(|font| ShaperData::new(&font));
        Self { faces: Face::ALL.map(data), shaped: RefCell::default() }
    }

    /// Shapes a piece of text, a word usually.
    pub fn shape(&self, face: Face, text: &str) -> Rc<Run> {
        let key = (face, text.to_owned());
        if let Some(run) = self.shaped.borrow().get(&key) {
            return Rc::clone(run);
        }
        let run = Rc::new(self.shape_fresh(face, text));
        self.shaped.borrow_mut().insert(key, Rc::clone(&run));
        run
    }

    /// The width of a text at a size, shaped.
    pub fn width(&self, face: Face, text: &str, size: f32) -> f32 {
        self.shape(face, text).width * size
    }

    fn shape_fresh(&self, face: Face, text: &str) -> Run {
        let (Ok(font), Some(data)) = (harfrust::FontRef::new(face.bytes()), face.of(&self.faces)) else {
            return Run::default();
        };
        let shaper = data.shaper(&font).build();
        let em = shaper.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // one glyph a character where the font allows it: copied text stays itself
        let plain = [Feature::new(Tag::new(b"liga"), 0, ..), Feature::new(Tag::new(b"clig"), 0, ..)];
        let shaped = shaper.shape(buffer, ShapeOptions::new().features(&plain));
        let mut sorted: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        sorted.sort_unstable();
        let end_of = |start: usize| {
            let next = sorted.partition_point(|&at| at <= start);
            sorted.get(next).copied().unwrap_or(text.len())
        };
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| Glyph {
            id: info.glyph_id as u16,
            advance: position.x_advance as f32 / em,
            dx: position.x_offset as f32 / em,
            dy: position.y_offset as f32 / em,
            text: info.cluster as usize..end_of(info.cluster as usize),
        });
        let glyphs: Vec<_> = glyphs.collect();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Run { glyphs, width }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_has_its_glyph_and_pairs_are_kerned() {
        let type_ = Typesetter::new();
        let run = type_.shape(Face::Regular, "office Größe ΩЖ");
        assert_eq!(run.glyphs.len(), "office Größe ΩЖ".chars().count());
        assert!(run.glyphs.iter().all(|glyph| glyph.id != 0));
        let pair = type_.width(Face::Regular, "AV", 10.0);
        let apart = type_.width(Face::Regular, "A", 10.0) + type_.width(Face::Regular, "V", 10.0);
        assert!(pair < apart, "{pair} {apart}");
    }

    #[test]
    fn the_quick_width_is_close_to_the_shaped_one() {
        let type_ = Typesetter::new();
        let text = "Engineering workstation of the dosing plant";
        let (quick, shaped) = (Face::Regular.width(text, 10.0), type_.width(Face::Regular, text, 10.0));
        assert!((quick - shaped).abs() < 0.02 * shaped, "{quick} {shaped}");
    }
}
