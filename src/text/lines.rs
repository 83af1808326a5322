//! Breaking text into lines of a width.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::face::Face;
use super::shape::Typesetter;

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What stands on it, with the space that ends it, so that copied text keeps its words apart.
    pub text: String,
    /// Its width without that space.
    pub width: f32,
}

/// Breaks a text into lines no wider than `width` at a size. A word that is wider
/// by itself is broken where it must be. An empty text gives no line.
pub fn break_lines(typesetter: &Typesetter, face: Face, size: f32, text: &str, width: f32) -> Vec<Line> {
    let measure = |text: &str| typesetter.width(face, text, size);
    let mut lines = Vec::new();
    let mut line = Line { text: String::new(), width: 0.0 };
    // where the pen stands after the line's last space
    let mut pen = 0.0;
    let mut start = 0;
    for (end, kind) in linebreaks(text) {
        let piece = text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}']);
        start = end;
        let mut word = piece.trim_end().to_owned();
        let mut word_width = measure(&word);
        if !line.text.is_empty() && pen + word_width > width {
            lines.push(std::mem::replace(&mut line, Line { text: String::new(), width: 0.0 }));
            pen = 0.0;
        }
        while word_width > width && word.chars().count() > 1 {
            let rest = word.split_off(widest_part(&word, width, measure));
            lines.push(Line { width: measure(&word), text: std::mem::replace(&mut word, rest) });
            word_width = measure(&word);
        }
        let space = piece.get(piece.trim_end().len()..).unwrap_or_default();
        line.text.push_str(&word);
        line.text.push_str(space);
        line.width = pen + word_width;
        pen = line.width + measure(space);
        if kind == BreakOpportunity::Mandatory && end < text.len() {
            lines.push(std::mem::replace(&mut line, Line { text: String::new(), width: 0.0 }));
            pen = 0.0;
        }
    }
    if !line.text.trim().is_empty() {
        lines.push(line);
    }
    lines
}

/// Where to break a word that is too wide: after as much as fits, and at least one character.
fn widest_part(word: &str, width: f32, measure: impl Fn(&str) -> f32) -> usize {
    let ends: Vec<usize> = word.char_indices().map(|(at, it)| at + it.len_utf8()).collect();
    let fits = ends.partition_point(|&end| measure(word.get(..end).unwrap_or_default()) <= width);
    ends.get(fits.saturating_sub(1)).copied().unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, width: f32) -> Vec<Line> {
        break_lines(&Typesetter::new(), Face::Regular, 10.0, text, width)
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "The dosing PLC changed its setpoint at 02:17 without an operator's action.";
        let lines = broken(text, 120.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.width <= 120.0));
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<String>(), text);
        assert!(lines[0].text.ends_with(' '), "copied text keeps its words apart");
    }

    #[test]
    fn a_word_too_wide_is_broken_where_it_must_be() {
        let lines = broken("https://example.invalid/a/very/long/path/without/any/space/at/all", 60.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| line.width <= 60.0));
        assert!(!broken("WWW", 1.0).is_empty(), "a width for nothing still comes to an end");
    }

    #[test]
    fn an_authors_line_end_is_kept() {
        let lines = broken("one\ntwo\n\nthree", 500.0);
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["one", "two", "", "three"]);
        assert!(broken("", 100.0).is_empty());
    }
}
