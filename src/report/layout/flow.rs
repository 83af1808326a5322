//! Blocks one below the other, on as many pages as they need.

use std::collections::BTreeMap;

use super::Style;
use super::figure::KEY_FIGURE;
use super::page::{A4, Bookmark, Page, Place};
use super::paragraph::{Lines, Setting};
use super::table;
use crate::drawing::shape::{Shape, Stroke};
use crate::model::{Point, Rect};
use crate::report::outline::{Block, Outline, Span};

/// The body of a report: pages without header and footer, counted from 0.
pub(super) struct Body {
    pub pages: Vec<Page>,
    pub headings: Vec<Bookmark>,
    pub anchors: BTreeMap<String, Place>,
}

/// The page being filled and the pen on it.
pub(super) struct Flow<'a> {
    pub style: &'a Style<'a>,
    pub pages: Vec<Page>,
    pub page: Page,
    /// Where the next block begins.
    pub y: f32,
    /// Space owed to the block before; dropped at the head of a page.
    pub gap: f32,
    anchors: BTreeMap<String, Place>,
    headings: Vec<Bookmark>,
    numbers: [u32; 3],
    /// Pages of their own that come after the page being filled.
    pub figures: Vec<Page>,
}

/// A heading never stands at the foot of a page with less than this below it.
const KEEP_BELOW_HEADING: f32 = 90.0;
/// White between a heading and what it stands over, at most.
const GAP_BELOW_HEADING: f32 = 10.0;
/// White between a chapter's heading and the next heading, at most.
const GAP_ABOVE_HEADING: f32 = 20.0;
/// White between words and what follows them, at most.
const GAP_BELOW_WORDS: f32 = 8.0;
/// White between a table or facts and what follows them.
const GAP_BELOW_TABLE: f32 = 12.0;
/// The lines of a paragraph that stays with what it leads in.
const LONGEST_LEAD_IN: usize = 5;
/// What the last chapter leaves for a page of its own is at least this part of one, if that can be.
const LEAST_LAST: f32 = 1.0 / 3.0;

impl Style<'_> {
    pub(super) fn body_setting(&self) -> Setting {
        Setting { size: 9.5, leading: 13.5, color: self.palette.text, strong: false }
    }

    pub(super) fn note_setting(&self) -> Setting {
        Setting { size: 8.0, leading: 11.0, color: self.palette.text_weak, strong: false }
    }

    pub(super) fn heading_setting(&self, level: u8) -> Setting {
        let (size, leading) = match level {
            1 => (20.0, 26.0),
            2 => (13.0, 18.0),
            _ => (10.5, 15.0),
        };
        Setting { size, leading, color: self.palette.text, strong: true }
    }
}

/// Puts all blocks on pages, the first of them from this height on; `None` where `progress` stopped
/// the work.
pub(super) fn flow(outline: &Outline, style: &Style, from: f32, progress: &mut dyn FnMut(f32) -> bool) -> Option<Body> {
    let mut flow = Flow::new(style, Page::new(A4).body().y + from);
    let is_chapter = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    let last_chapter = outline.blocks.iter().rposition(is_chapter);
    for (place, block) in outline.blocks.iter().enumerate() {
        if !progress(place as f32 / outline.blocks.len() as f32) {
            return None;
        }
        let after = outline.blocks.get(place + 1..).unwrap_or_default();
        if Some(place) == last_chapter && flow.leaves_little_over(block, after) {
            flow.new_page();
        }
        flow.block(block, after);
    }
    flow.new_page();
    Some(Body { pages: flow.pages, headings: flow.headings, anchors: flow.anchors })
}

impl<'a> Flow<'a> {
    fn new(style: &'a Style<'a>, y: f32) -> Self {
        Self {
            style,
            pages: Vec::new(),
            page: Page::new(A4),
            y,
            gap: 0.0,
            anchors: BTreeMap::new(),
            headings: Vec::new(),
            numbers: [0; 3],
            figures: Vec::new(),
        }
    }

    /// Whether a chapter that would fit on one page would leave just a few lines for the next one.
    fn leaves_little_over(&self, heading: &Block, after: &[Block]) -> bool {
        let mut trial = Flow { gap: self.gap, ..Flow::new(self.style, self.y) };
        trial.block(heading, after);
        for (place, block) in after.iter().enumerate() {
            trial.block(block, after.get(place + 1..).unwrap_or_default());
            if trial.pages.len() > 1 {
                return false;
            }
        }
        let (above, over) = (self.y - self.body().y, trial.y - trial.body().y);
        trial.pages.len() == 1 && over < above && over < trial.body().height * LEAST_LAST
    }

    /// Puts a block; `after` are those that follow it.
    fn block(&mut self, block: &Block, after: &[Block]) {
        match block {
            Block::Heading { level, text, anchor } => {
                let below = self.least(after, *level).max(KEEP_BELOW_HEADING).min(self.body().height * 0.8);
                self.heading(*level, text, anchor.as_deref(), below);
            }
            Block::Paragraph(spans) => self.text(spans, self.style.body_setting(), 0.0, 7.0),
            Block::Note(spans) => self.text(spans, self.style.note_setting(), 0.0, 8.0),
            Block::Bullets(items) => self.bullets(items),
            Block::Facts(facts) => self.facts(facts, after),
            Block::Card(card) => super::card::put(self, card),
            Block::KeyFigures(figures) => self.key_figures(figures),
            Block::Table(table) => {
                let notes = self.notes(after);
                table::put(self, table, notes);
                self.gap = GAP_BELOW_TABLE;
            }
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => {
                if !self.is_at_head() {
                    self.new_page();
                }
            }
        }
    }

    pub fn body(&self) -> Rect {
        self.page.body()
    }

    fn is_at_head(&self) -> bool {
        self.y <= self.body().y + 0.1
    }

    pub fn room(&self) -> f32 {
        self.body().bottom() - self.y
    }

    pub fn new_page(&mut self) {
        let full = std::mem::replace(&mut self.page, Page::new(A4));
        self.pages.push(full);
        self.pages.append(&mut self.figures);
        self.y = self.body().y;
        self.gap = 0.0;
    }

    /// Makes room for something of this height, on this page or the next.
    pub fn make_room(&mut self, height: f32) {
        if !self.is_at_head() {
            self.y += self.gap;
        }
        self.gap = 0.0;
        if height > self.room() && !self.is_at_head() {
            self.new_page();
        }
    }

    /// Lets links find this place.
    pub fn set_anchor(&mut self, name: &str) {
        let place = Place { page: self.pages.len(), y: self.y };
        self.anchors.insert(name.to_owned(), place);
    }

    /// The room of notes right below what they belong to: they never begin a page without it.
    fn notes(&self, after: &[Block]) -> f32 {
        let note = |block: &Block| match block {
            Block::Note(spans) => {
                let lines = self.style.lines(spans, self.style.note_setting(), self.body().width);
                Some(GAP_BELOW_TABLE + lines.height())
            }
            _ => None,
        };
        after.iter().map_while(note).sum()
    }

    /// The least room that the first lines or rows of what follows a heading of a level need.
    fn least(&mut self, blocks: &[Block], level: u8) -> f32 {
        let Some((first, rest)) = blocks.split_first() else { return 0.0 };
        let width = self.body().width;
        let leads_in = match rest.first() {
            Some(Block::Heading { level: next, .. }) => *next > level,
            Some(Block::Table(_) | Block::Figure(_) | Block::Card(_)) => true,
            _ => false,
        };
        let words = |flow: &mut Self, spans: &[Span], setting: Setting| {
            let lines = flow.style.lines(spans, setting, width);
            match leads_in && lines.len() <= LONGEST_LEAD_IN {
                true => lines.height() + GAP_BELOW_WORDS + flow.least(rest, level),
                false => lines.len().min(2) as f32 * lines.leading,
            }
        };
        match first {
            Block::Heading { level, text, .. } => {
                let setting = self.style.heading_setting(*level);
                let lines = self.style.lines(&[Span::from(text.as_str())], setting, width);
                GAP_BELOW_HEADING + lines.height() + GAP_ABOVE_HEADING + self.least(rest, *level)
            }
            Block::Paragraph(spans) => GAP_BELOW_HEADING + words(self, spans, self.style.body_setting()),
            Block::Note(spans) => GAP_BELOW_HEADING + words(self, spans, self.style.note_setting()),
            Block::Table(table) => {
                let notes = self.notes(rest);
                GAP_BELOW_HEADING + table::least(self, table, notes)
            }
            Block::KeyFigures(_) => GAP_BELOW_HEADING + KEY_FIGURE,
            Block::Card(card) => GAP_BELOW_HEADING + super::card::least(self, card),
            Block::Figure(figure) => self.height_among_text(figure),
            Block::Bullets(_) | Block::Facts(_) | Block::PageBreak => 0.0,
        }
    }

    fn heading(&mut self, level: u8, text: &str, anchor: Option<&str>, below: f32) {
        let level = level.clamp(1, 3);
        let setting = self.style.heading_setting(level);
        let at = usize::from(level - 1);
        for (deeper, number) in self.numbers.iter_mut().enumerate() {
            match deeper.cmp(&at) {
                std::cmp::Ordering::Less => (),
                std::cmp::Ordering::Equal => *number += 1,
                std::cmp::Ordering::Greater => *number = 0,
            }
        }
        let number: Vec<_> = self.numbers.iter().take(at + 1).map(ToString::to_string).collect();
        let title = format!("{}  {text}", number.join("."));
        let lines = self.style.lines(&[Span::from(title.as_str())], setting, self.body().width);
        self.gap = self.gap.max(match level {
            1 => 30.0,
            2 => 20.0,
            _ => 14.0,
        });
        self.make_room(lines.height() + below);
        if let Some(anchor) = anchor {
            self.set_anchor(anchor);
        }
        self.headings.push(Bookmark { level, title, place: Place { page: self.pages.len(), y: self.y } });
        let body = self.body();
        lines.put(&mut self.page, Point::new(body.x, self.y), body.width, false);
        self.y += lines.height();
        self.gap = if level == 1 { 10.0 } else { 5.0 };
    }

    /// A paragraph that may break over pages, never leaving one line alone.
    fn text(&mut self, spans: &[Span], setting: Setting, indent: f32, gap_after: f32) {
        let body = self.body();
        let mut lines = self.style.lines(spans, setting, body.width - indent);
        self.put_lines(&mut lines, body.x + indent, body.width - indent);
        self.gap = gap_after;
    }

    pub fn put_lines(&mut self, lines: &mut Lines, x: f32, width: f32) {
        let least = lines.len().min(2) as f32 * lines.leading;
        self.make_room(least);
        while lines.len() > 0 {
            let mut fitting = (self.room() / lines.leading).floor().max(1.0) as usize;
            if fitting < lines.len() && lines.len() - fitting == 1 && fitting > 2 {
                fitting -= 1;
            }
            let part = lines.take_first(fitting);
            part.put(&mut self.page, Point::new(x, self.y), width, false);
            self.y += part.height();
            if lines.len() > 0 {
                self.new_page();
            }
        }
    }

    fn bullets(&mut self, items: &[Vec<Span>]) {
        const INDENT: f32 = 13.0;
        let setting = self.style.body_setting();
        for item in items {
            let body = self.body();
            let mut lines = self.style.lines(item, setting, body.width - INDENT);
            self.make_room(lines.len().min(2) as f32 * lines.leading);
            let dot = Point::new(body.x + 4.0, self.y + setting.leading / 2.0);
            self.page.shapes.push(Shape::Circle {
                center: dot,
                radius: 1.4,
                fill: Some(self.style.palette.accent),
                stroke: None,
            });
            self.put_lines(&mut lines, body.x + INDENT, body.width - INDENT);
            self.gap = 3.0;
        }
        self.gap = 8.0;
    }

    fn facts(&mut self, facts: &[(String, Vec<Span>)], after: &[Block]) {
        const LABEL: f32 = 128.0;
        let notes = self.notes(after);
        let setting = self.style.body_setting();
        let label_setting = Setting { color: self.style.palette.text_weak, ..setting };
        for (place, (label, value)) in facts.iter().enumerate() {
            let below = if place + 1 == facts.len() { notes } else { 0.0 };
            let body = self.body();
            let label = self.style.lines(&[Span::from(label.as_str())], label_setting, LABEL - 12.0);
            let mut value = self.style.lines(value, setting, body.width - LABEL);
            let together = if value.len() <= 4 || below > 0.0 { value.len() } else { 2 };
            self.make_room(label.height().max(together as f32 * value.leading) + below);
            let (page, top) = (self.pages.len(), self.y);
            label.put(&mut self.page, Point::new(body.x, self.y), LABEL, false);
            self.put_lines(&mut value, body.x + LABEL, body.width - LABEL);
            if self.pages.len() == page {
                self.y = self.y.max(top + label.height());
            }
            self.gap = 4.0;
        }
        self.gap = 10.0;
    }

    /// A thin line across the text.
    pub fn rule(&mut self, y: f32, stroke: Stroke) {
        let body = self.body();
        let (left, right) = (Point::new(body.x, y), Point::new(body.right(), y));
        self.page.shapes.push(Shape::segment(left, right, stroke));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layout::lay_out;
    use crate::report::outline::{Column, Row, Table};

    /// A heading over a table that begins lower on its page the more lines stand before it.
    fn outline(lines: usize, rows: usize) -> Outline {
        let heading = |text: &str| Block::Heading { level: 2, text: text.into(), anchor: None };
        let words = "what was found and why it is accepted until the next outage ".repeat(14);
        let columns = vec![Column::text("Acceptance", 1.0), Column::text("Why", 3.0)];
        let rows = (0..rows).map(|row| Row {
            anchor: Some(format!("row {row:02}")),
            ..Row::from_iter([format!("RA-{row}"), words.clone()])
        });
        let mut blocks = vec![Block::Paragraph(vec!["A line.".into()]); lines];
        blocks.push(heading("Accepted for a time"));
        blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
        Outline { blocks, ..Outline::default() }
    }

    #[test]
    fn a_heading_stays_with_the_first_row_below_it() {
        for lines in 0..34 {
            let document = lay_out(&outline(lines, 4), &mut |_| true).expect("nobody stops it");
            let heading = document.bookmarks.last().expect("there is a heading").place.page;
            assert_eq!(heading, document.anchors["row 00"].page, "after {lines} lines");
        }
    }

    #[test]
    fn a_small_table_is_not_torn() {
        for lines in 0..44 {
            let heading = Block::Heading { level: 1, text: "Signatures".into(), anchor: Some("heading".into()) };
            let columns = vec![Column::text("Role", 1.0), Column::text("Signature", 3.0)];
            let row = |row: usize| Row { anchor: Some(format!("row {row}")), ..Row::from_iter(["Operator", "____"]) };
            let table = Table { columns, rows: (0..9).map(row).collect() };
            let mut blocks = vec![Block::Paragraph(vec!["A line.".into()]); lines];
            blocks.extend([heading, Block::Table(table)]);
            let document = lay_out(&Outline { blocks, ..Outline::default() }, &mut |_| true).expect("nobody stops it");
            let pages = ["heading", "row 0", "row 8"].map(|it| document.anchors[it].page);
            assert_eq!(pages, [pages[0]; 3], "after {lines} lines");
        }
    }

    #[test]
    fn below_short_contents_the_text_begins_on_the_same_page() {
        let chapter = |count: usize| {
            let heading = Block::Heading { level: 1, text: "Chapter".into(), anchor: Some("first".into()) };
            let lines = vec![Block::Paragraph(vec!["A line.".into()]); 45];
            let all = std::iter::repeat_n([vec![heading], lines].concat(), count).flatten();
            Outline { blocks: all.collect(), ..Outline::default() }
        };
        let short = lay_out(&chapter(6), &mut |_| true).expect("nobody stops it");
        assert_eq!(short.bookmarks.iter().take(2).map(|it| it.place.page).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(short.pages[1].links.len(), 6, "each chapter is linked");
        let last = short.bookmarks.last().expect("there are chapters").place;
        let mut numbers = short.pages[1].shapes.iter().filter_map(|it| match it {
            Shape::Text { text, .. } => text.parse::<usize>().ok(),
            _ => None,
        });
        assert!(numbers.any(|it| it == last.page + 1), "and its page is told");
        let long = lay_out(&chapter(30), &mut |_| true).expect("nobody stops it");
        assert_eq!(long.bookmarks.iter().take(2).map(|it| it.place.page).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_chapter_stays_with_the_first_row_of_its_first_section() {
        for lines in 0..40 {
            let mut outline = outline(lines, 4);
            let chapter = Block::Heading { level: 1, text: "Annex".into(), anchor: Some("chapter".into()) };
            let lead_in = Block::Paragraph(vec!["What was answered, zone after zone.".into()]);
            outline.blocks.splice(lines..lines, [chapter, lead_in]);
            let anchors = lay_out(&outline, &mut |_| true).expect("nobody stops it").anchors;
            assert_eq!(anchors["chapter"].page, anchors["row 00"].page, "after {lines} lines");
        }
    }

    #[test]
    fn a_note_does_not_begin_a_page_without_what_it_belongs_to() {
        let facts = vec![("Limits".to_owned(), vec!["What was found on these days. ".repeat(12).into()]); 9];
        for lines in 0..40 {
            for shorter in [false, true] {
                let mut outline = outline(lines, 12);
                if shorter {
                    outline.blocks.pop();
                    outline.blocks.push(Block::Facts(facts.clone()));
                }
                outline.blocks.push(Block::Note(vec!["Further ones stand in the tracker.".into()]));
                let document = lay_out(&outline, &mut |_| true).expect("nobody stops it");
                let page = document.pages.last().expect("there are pages");
                let texts = page.shapes.iter().filter(|it| matches!(it, Shape::Text { .. })).count();
                assert!(texts > 6, "after {lines} lines: {texts} texts stand on the last page");
            }
        }
    }

    #[test]
    fn the_last_page_holds_more_than_a_few_lines() {
        let facts = vec![("Limits".to_owned(), vec!["What was found on these days. ".repeat(9).into()]); 8];
        let height = Page::new(A4).body().height;
        for lines in 0..34 {
            let mut blocks = vec![Block::Paragraph(vec!["A line.".into()]); lines];
            blocks.push(Block::Heading { level: 1, text: "Method".into(), anchor: Some("method".into()) });
            blocks.push(Block::Facts(facts.clone()));
            let document = lay_out(&Outline { blocks, ..Outline::default() }, &mut |_| true).expect("nobody stops it");
            let is_last = |page: usize| page + 1 == document.pages.len();
            let last = document.pages.last().expect("there are pages");
            let lowest = last.shapes.iter().filter_map(|it| match it {
                Shape::Text { at, .. } if at.y < last.body().bottom() => Some(at.y - last.body().y),
                _ => None,
            });
            let is_filled = lowest.fold(0.0, f32::max) > height * LEAST_LAST - 20.0;
            assert!(is_filled || is_last(document.anchors["method"].page), "after {lines} lines");
        }
    }

    #[test]
    fn the_last_row_of_a_table_does_not_stand_alone() {
        for lines in 0..34 {
            let document = lay_out(&outline(lines, 12), &mut |_| true).expect("nobody stops it");
            assert_eq!(document.anchors["row 10"].page, document.anchors["row 11"].page, "after {lines} lines");
        }
    }
}
