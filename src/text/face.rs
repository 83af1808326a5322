//! The embedded faces and what they can show.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// A face of the embedded family (IBM Plex Sans, SIL Open Font License).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// For running text.
    Regular,
    /// For titles and what matters.
    SemiBold,
}

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf");
static SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf");

/// Advances of the first characters of Unicode (Latin, Greek, Cyrillic), in ems.
struct Advances(Vec<f32>);

const MEASURED: u32 = 0x530;
static ADVANCES: LazyLock<[Advances; 2]> = LazyLock::new(|| Face::ALL.map(Advances::measure));

impl Advances {
    fn measure(face: Face) -> Self {
        let missing = face.advance(char::REPLACEMENT_CHARACTER).unwrap_or(0.6);
        let advance = |code| char::from_u32(code).and_then(|it| face.advance(it)).unwrap_or(missing);
        Self((0..MEASURED).map(advance).collect())
    }
}

impl Face {
    /// Both faces.
    pub const ALL: [Self; 2] = [Self::Regular, Self::SemiBold];

    /// What belongs to this face, given what belongs to [each](Self::ALL).
    pub(super) fn of<T>(self, [regular, semi_bold]: &[T; 2]) -> &T {
        match self {
            Self::Regular => regular,
            Self::SemiBold => semi_bold,
        }
    }

    /// The font file (TrueType).
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::SemiBold => SEMI_BOLD,
        }
    }

    /// The name that the face has in documents.
    pub fn postscript_name(self) -> &'static str {
        match self {
            Self::Regular => "IBMPlexSans",
            Self::SemiBold => "IBMPlexSans-SmBld",
        }
    }

    /// CSS weight.
    pub fn weight(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
        }
    }

    /// The parsed font; `None` only if the embedded file were damaged.
    pub(crate) fn font(self) -> Option<FontRef<'static>> {
        FontRef::new(self.bytes()).ok()
    }

    /// Whether the face can show a character. Spaces and controls need no glyph.
    pub fn has(self, character: char) -> bool {
        self.font().is_some_and(|font| font.charmap().map(character).is_some())
    }

    /// Height of capital letters, in ems: what centres text on a line.
    pub const CAP_HEIGHT: f32 = 0.698;

    fn advance(self, character: char) -> Option<f32> {
        let font = self.font()?;
        let glyph = font.charmap().map(character)?;
        GlyphMetrics::new(&font, Size::new(1.0), LocationRef::default()).advance_width(glyph)
    }

    /// The width of a text without kerning, at a size: quick, and close enough to place labels.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let advances = &self.of(&ADVANCES).0;
        let advance = |it: char| match advances.get(it as usize) {
            Some(&advance) => advance,
            None => self.advance(it).unwrap_or(0.6),
        };
        text.chars().map(advance).sum::<f32>() * size
    }

    /// The text if it fits a width, or as much of it as fits with "…" at its end.
    pub fn shortened(self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let room = width - self.width("…", size);
        let mut end = 0;
        let mut used = 0.0;
        for (at, character) in text.char_indices() {
            used += self.width(text.get(at..at + character.len_utf8()).unwrap_or_default(), size);
            if used > room {
                break;
            }
            end = at + character.len_utf8();
        }
        let kept = text.get(..end).unwrap_or_default().trim_end();
        if kept.is_empty() { String::new() } else { format!("{kept}…") }
    }
}

/// Characters that the faces can't show, gathered while writing a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingGlyphs(BTreeSet<char>);

impl MissingGlyphs {
    /// The text with every character that can't be shown replaced by a visible mark,
    /// and line ends and other controls by spaces.
    pub fn replace(&mut self, face: Face, text: &str) -> String {
        let shown = |character: char| {
            if character.is_control() || character == '\u{2028}' || character == '\u{2029}' {
                ' '
            } else if face.has(character) || is_invisible(character) {
                character
            } else {
                self.0.insert(character);
                '\u{fffd}'
            }
        };
        text.chars().filter(|it| !is_invisible(*it)).map(shown).collect()
    }

    /// What was missing, as a sentence; `None` if nothing was.
    pub fn warning(&self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let list: Vec<_> = self.0.iter().map(|it| format!("U+{:04X}", u32::from(*it))).collect();
        Some(format!("The document's typeface lacks {}; a mark stands in their place.", list.join(", ")))
    }
}

/// Joiners and marks that say how to show their neighbours and have no shape themselves.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_shows_the_languages_of_europe() {
        let words = "äöüß čšžřůě łąęśźżń őű ğışçİ ăâîșț āčēģīķļņšūž ėįųū ħċġż ñ¿¡ åøæ þðýö Ωαβγδθλάέήίόύώΐΰς \
                     ЖжЩщЪъЫыЬьЭэЮюЯя Ћђџљњ ҐґЄєІіЇї €°²³±µ×·–—„“”’»«…→←↑↓≤≥≠•✓";
        for face in Face::ALL {
            let missing: String = words.chars().filter(|it| !it.is_whitespace() && !face.has(*it)).collect();
            assert_eq!(missing, "", "{face:?}");
        }
    }

    #[test]
    fn figures_are_all_as_wide() {
        for face in Face::ALL {
            let widths: Vec<_> = "0123456789".chars().map(|digit| face.width(&digit.to_string(), 10.0)).collect();
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-4), "{widths:?}");
        }
    }

    #[test]
    fn a_text_too_long_ends_in_an_ellipsis_and_fits() {
        let face = Face::Regular;
        let full = "Hypochlorite dosing and coagulation";
        assert_eq!(face.shortened(full, 12.0, 1000.0), full);
        let short = face.shortened(full, 12.0, 90.0);
        assert!(short.ends_with('…') && face.width(&short, 12.0) <= 90.0, "{short}");
        assert_eq!(face.shortened(full, 12.0, 5.0), "");
    }

    #[test]
    fn what_can_not_be_shown_leaves_a_mark_and_a_warning() {
        let mut missing = MissingGlyphs::default();
        assert_eq!(missing.replace(Face::Regular, "pump\n漢 ok"), "pump \u{fffd} ok");
        assert!(missing.warning().is_some_and(|text| text.contains("U+6F22")));
        assert_eq!(MissingGlyphs::default().warning(), None);
    }

    #[test]
    fn the_height_of_capitals_is_that_of_the_font() {
        for face in Face::ALL {
            let font = face.font().unwrap();
            let metrics = font.metrics(Size::new(1.0), LocationRef::default());
            assert!((metrics.cap_height.unwrap() - Face::CAP_HEIGHT).abs() < 0.002);
        }
    }
}
