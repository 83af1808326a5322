//! Breaking text into lines of a width.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::face::Face;
use super::shape::Typesetter;

/// A part of a line in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Which of the given runs it belongs to, counted from 0.
    pub run: usize,
    /// Where it begins on the line.
    pub x: f32,
    /// Its width; a space that ends the line does not count.
    pub width: f32,
    /// What stands there, with the space that ends the line, so that copied text keeps its words apart.
    pub text: String,
}

/// A line of text, its pieces from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line(pub Vec<Piece>);

impl Line {
    /// Its width without the space that ends it.
    pub fn width(&self) -> f32 {
        self.0.last().map_or(0.0, |piece| piece.x + piece.width)
    }
}

/// More characters than stand on any line.
const LONGEST_WORD: usize = 200;

/// Runs one after the other, as one text that can be measured.
struct Joined<'a> {
    typesetter: &'a Typesetter,
    size: f32,
    text: String,
    /// Face and bytes of each run.
    runs: Vec<(Face, Range<usize>)>,
}

impl<'a> Joined<'a> {
    fn new(typesetter: &'a Typesetter, size: f32, runs: &[(Face, &str)]) -> Self {
        let mut joined = Self { typesetter, size, text: String::new(), runs: Vec::new() };
        for (face, text) in runs {
            let start = joined.text.len();
            joined.text.push_str(text);
            joined.runs.push((*face, start..joined.text.len()));
        }
        joined
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// What of each run lies in a range of bytes.
    fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Face, &str)> {
        let first = self.runs.partition_point(|(_, run)| run.end <= range.start);
        let runs = self.runs.iter().enumerate().skip(first).take_while(move |(_, (_, run))| run.start < range.end);
        runs.filter_map(move |(place, (face, run))| {
            let text = self.text.get(run.start.max(range.start)..run.end.min(range.end)).unwrap_or_default();
            (!text.is_empty()).then_some((place, *face, text))
        })
    }

    fn width(&self, range: Range<usize>) -> f32 {
        self.parts(range).map(|(_, face, text)| self.typesetter.width(face, text, self.size)).sum()
    }

    /// Where to break a word that is too wide: after as much as fits, and at least one character.
    fn widest_part(&self, word: Range<usize>, width: f32) -> usize {
        let characters = self.slice(word.clone()).char_indices();
        let ends: Vec<usize> = characters.map(|(at, it)| word.start + at + it.len_utf8()).collect();
        let fits = ends.partition_point(|&end| self.width(word.start..end) <= width);
        ends.get(fits.saturating_sub(1)).copied().unwrap_or(word.end)
    }

    /// What stands between two places where a line may end: the bytes without the end
    /// of the author's line, the bytes of the word in it, and whether the line ends there.
    /// A word longer than any line comes in parts.
    fn words(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>, bool)> {
        let mut start = 0;
        linebreaks(&self.text).flat_map(move |(end, kind)| {
            let piece = self.slice(start..end).trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}']);
            let (whole, word) = (start..start + piece.len(), start..start + piece.trim_end().len());
            start = end;
            let ends_line = kind == BreakOpportunity::Mandatory && end < self.text.len();
            let mut parts = self.parts_of_word(&word);
            let last = parts.pop().unwrap_or(word);
            let parts = parts.into_iter().map(|part| (part.clone(), part, false));
            parts.chain([(last.start..whole.end, last, ends_line)]).collect::<Vec<_>>()
        })
    }

    fn parts_of_word(&self, word: &Range<usize>) -> Vec<Range<usize>> {
        let characters = self.slice(word.clone()).char_indices();
        let mut starts: Vec<usize> = characters.step_by(LONGEST_WORD).map(|(at, _)| word.start + at).collect();
        starts.push(word.end);
        starts.iter().zip(starts.iter().skip(1)).map(|(&start, &end)| start..end).collect()
    }

    fn line(&self, range: Range<usize>, width: f32) -> Line {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut pen = 0.0;
        for (run, face, text) in self.parts(range) {
            let full = self.typesetter.width(face, text, self.size);
            pieces.push(Piece { run, x: pen, width: full, text: text.to_owned() });
            pen += full;
        }
        match pieces.as_mut_slice() {
            [] => (),
            [only] => only.width = width,
            [.., last] => {
                let face = self.runs.get(last.run).map_or(Face::Regular, |(face, _)| *face);
                last.width = self.typesetter.width(face, last.text.trim_end(), self.size);
            }
        }
        Line(pieces)
    }
}

/// Breaks runs that follow each other into lines no wider than `width` at a size. A
/// line ends at a space or a hyphen, never where only the face changes; a word that is
/// wider than a line by itself is broken where it must be. An empty text gives no line.
pub fn break_lines(typesetter: &Typesetter, size: f32, runs: &[(Face, &str)], width: f32) -> Vec<Line> {
    let text = Joined::new(typesetter, size, runs);
    let mut lines = Vec::new();
    // what stands on the line, its width, and where the pen stands after its last space
    let mut on_line = 0..0;
    let (mut used, mut pen) = (0.0, 0.0);
    for (whole, mut word, ends_line) in text.words() {
        let mut word_width = text.width(word.clone());
        if !on_line.is_empty() && pen + word_width > width {
            lines.push(text.line(on_line, used));
            on_line = word.start..word.start;
            pen = 0.0;
        }
        if on_line.is_empty() {
            on_line = word.start..word.start;
        }
        while word_width > width && text.slice(word.clone()).chars().count() > 1 {
            let end = text.widest_part(word.clone(), width);
            lines.push(text.line(word.start..end, text.width(word.start..end)));
            word.start = end;
            on_line = end..end;
            word_width = text.width(word.clone());
        }
        on_line.end = whole.end;
        used = pen + word_width;
        pen = used + text.width(word.end..whole.end);
        if ends_line {
            lines.push(text.line(on_line, used));
            on_line = 0..0;
            pen = 0.0;
        }
    }
    if !text.slice(on_line.clone()).trim().is_empty() {
        lines.push(text.line(on_line, used));
    }
    lines
}

/// The widest piece of a text that no line may end in, at a size.
pub fn widest_word(typesetter: &Typesetter, size: f32, runs: &[(Face, &str)]) -> f32 {
    let text = Joined::new(typesetter, size, runs);
    text.words().map(|(_, word, _)| text.width(word)).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, width: f32) -> Vec<Line> {
        break_lines(&Typesetter::new(), 10.0, &[(Face::Regular, text)], width)
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.0.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "The dosing PLC changed its setpoint at 02:17 without an operator's action.";
        let lines = broken(text, 120.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.width() <= 120.0));
        assert_eq!(texts(&lines).concat(), text);
        assert!(texts(&lines)[0].ends_with(' '), "copied text keeps its words apart");
    }

    #[test]
    fn no_word_is_torn_where_the_face_changes() {
        let runs = [
            (Face::SemiBold, "SR 2.12 Non-repudiation"),
            (Face::Regular, " None of the stations keeps who acted"),
            (Face::SemiBold, "; ACT-09"),
            (Face::Regular, ", UniTool, Remote service since 2026-11-04."),
        ];
        let typesetter = Typesetter::new();
        let text: String = runs.iter().map(|(_, text)| *text).collect();
        for width in 70..260 {
            let width = width as f32;
            let lines = break_lines(&typesetter, 10.0, &runs, width);
            let texts = texts(&lines);
            assert_eq!(texts.concat(), text);
            for line in texts.split_last().map_or(&[][..], |(_, before)| before) {
                assert!(line.ends_with([' ', '-']), "{line:?} is torn at {width}");
            }
            assert!(lines.iter().all(|line| line.width() <= width + 0.5), "{width}");
        }
    }

    #[test]
    fn every_piece_knows_its_run_also_beside_empty_ones() {
        let runs = ["", "Z-1", "", ", Z-2\n", "", "SR 1.1, ", "SR 1.2", ""].map(|text| (Face::Regular, text));
        let lines = break_lines(&Typesetter::new(), 10.0, &runs, 200.0);
        let pieces = lines.iter().flat_map(|line| &line.0).map(|piece| (piece.run, piece.text.as_str()));
        assert_eq!(pieces.collect::<Vec<_>>(), [(1, "Z-1"), (3, ", Z-2"), (5, "SR 1.1, "), (6, "SR 1.2")]);
    }

    #[test]
    fn the_widest_word_needs_no_more_than_its_width() {
        let typesetter = Typesetter::new();
        let runs = [(Face::SemiBold, "Recorded"), (Face::Regular, " on 2026-11-04 by telephone")];
        let width = widest_word(&typesetter, 8.0, &runs);
        let lines = break_lines(&typesetter, 8.0, &runs, width);
        assert_eq!(texts(&lines), ["Recorded ", "on ", "2026-11-04 ", "by ", "telephone"]);
    }

    #[test]
    fn a_word_too_wide_is_broken_where_it_must_be() {
        let lines = broken("https://example.invalid/a/very/long/path/without/any/space/at/all", 60.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| line.width() <= 60.0));
        assert!(!broken("WWW", 1.0).is_empty(), "a width for nothing still comes to an end");
    }

    #[test]
    fn an_authors_line_end_is_kept() {
        assert_eq!(texts(&broken("one\ntwo\n\nthree", 500.0)), ["one", "two", "", "three"]);
        assert!(broken("", 100.0).is_empty());
    }

    #[test]
    fn a_word_without_end_is_broken_and_nothing_of_it_is_lost() {
        let word = "Ω".repeat(5_000);
        let lines = break_lines(&Typesetter::new(), 10.0, &[(Face::Regular, &word)], 300.0);
        let text: String = lines.iter().flat_map(|line| &line.0).map(|piece| piece.text.as_str()).collect();
        assert_eq!(text, word);
        assert!(lines.iter().all(|line| line.width() <= 300.0));
    }
}
