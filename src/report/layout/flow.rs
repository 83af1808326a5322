//! Blocks one below the other, on as many pages as they need.

use std::collections::BTreeMap;

use super::Style;
use super::page::{A3, A4, Bookmark, Page, Place};
use super::paragraph::{Lines, Setting};
use super::table;
use crate::drawing::pages;
use crate::drawing::shape::{Shape, Stroke};
use crate::model::{Point, Rect};
use crate::report::outline::{Block, Drawing, Figure, KeyFigure, Outline, Span};

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
    figures: Vec<Page>,
}

/// A heading never stands at the foot of a page with less than this below it.
const KEEP_BELOW_HEADING: f32 = 90.0;
/// White between a heading and what it stands over, at most.
const GAP_BELOW_HEADING: f32 = 10.0;
/// White between a chapter's heading and the next heading, at most.
const GAP_ABOVE_HEADING: f32 = 20.0;
/// White between words and what follows them, at most.
const GAP_BELOW_WORDS: f32 = 8.0;
/// The lines of a paragraph that stays with the table below it.
const LONGEST_LEAD_IN: usize = 5;
/// Height of a key figure.
const KEY_FIGURE: f32 = 58.0;
/// The smallest scale at which a figure may stand among the text.
const SMALLEST_INLINE: f32 = 0.6;

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
    let mut flow = Flow {
        style,
        pages: Vec::new(),
        page: Page::new(A4),
        y: 0.0,
        gap: 0.0,
        anchors: BTreeMap::new(),
        headings: Vec::new(),
        numbers: [0; 3],
        figures: Vec::new(),
    };
    flow.y = flow.page.body().y + from;
    for (place, block) in outline.blocks.iter().enumerate() {
        if !progress(place as f32 / outline.blocks.len() as f32) {
            return None;
        }
        let after = outline.blocks.get(place + 1..).unwrap_or_default();
        flow.block(block, after);
    }
    flow.new_page();
    Some(Body { pages: flow.pages, headings: flow.headings, anchors: flow.anchors })
}

impl Flow<'_> {
    /// Puts a block; `after` are those that follow it.
    fn block(&mut self, block: &Block, after: &[Block]) {
        match block {
            Block::Heading { level, text, anchor } => {
                let below = self.least(after).max(KEEP_BELOW_HEADING).min(self.body().height * 0.8);
                self.heading(*level, text, anchor.as_deref(), below);
            }
            Block::Paragraph(spans) => self.text(spans, self.style.body_setting(), 0.0, 7.0),
            Block::Note(spans) => self.text(spans, self.style.note_setting(), 0.0, 8.0),
            Block::Bullets(items) => self.bullets(items),
            Block::Facts(facts) => self.facts(facts),
            Block::Card(card) => super::card::put(self, card),
            Block::KeyFigures(figures) => self.key_figures(figures),
            Block::Table(table) => {
                table::put(self, table);
                self.gap = 12.0;
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

    /// The least room that the first lines or rows of what follows a heading need.
    fn least(&mut self, blocks: &[Block]) -> f32 {
        let Some((first, rest)) = blocks.split_first() else { return 0.0 };
        let width = self.body().width;
        let words = |flow: &mut Self, spans: &[Span], setting: Setting| {
            let lines = flow.style.lines(spans, setting, width);
            match rest.first() {
                Some(Block::Table(table)) if lines.len() <= LONGEST_LEAD_IN => {
                    lines.height() + GAP_BELOW_WORDS + table::least(flow, table)
                }
                Some(Block::Figure(figure)) if lines.len() <= LONGEST_LEAD_IN => {
                    lines.height() + GAP_BELOW_WORDS + flow.height_among_text(figure)
                }
                _ => lines.len().min(2) as f32 * lines.leading,
            }
        };
        match first {
            Block::Heading { level, text, .. } => {
                let setting = self.style.heading_setting(*level);
                let lines = self.style.lines(&[Span::from(text.as_str())], setting, width);
                GAP_BELOW_HEADING + lines.height() + GAP_ABOVE_HEADING + self.least(rest)
            }
            Block::Paragraph(spans) => GAP_BELOW_HEADING + words(self, spans, self.style.body_setting()),
            Block::Note(spans) => GAP_BELOW_HEADING + words(self, spans, self.style.note_setting()),
            Block::Table(table) => GAP_BELOW_HEADING + table::least(self, table),
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

    fn facts(&mut self, facts: &[(String, Vec<Span>)]) {
        const LABEL: f32 = 128.0;
        let setting = self.style.body_setting();
        let label_setting = Setting { color: self.style.palette.text_weak, ..setting };
        for (label, value) in facts {
            let body = self.body();
            let label = self.style.lines(&[Span::from(label.as_str())], label_setting, LABEL - 12.0);
            let mut value = self.style.lines(value, setting, body.width - LABEL);
            let together = if value.len() <= 4 { value.len() } else { 2 };
            self.make_room(label.height().max(together as f32 * value.leading));
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

    fn key_figures(&mut self, figures: &[KeyFigure]) {
        const GAP: f32 = 10.0;
        // five or six stand in one row, which tells a story from left to right
        let a_row = if matches!(figures.len(), 5 | 6) { figures.len() } else { 4 };
        let rows = figures.len().div_ceil(a_row) as f32;
        self.make_room(rows * (KEY_FIGURE + GAP) - GAP);
        for row in figures.chunks(a_row) {
            self.make_room(KEY_FIGURE);
            let body = self.body();
            let width = (body.width - GAP * (a_row as f32 - 1.0)) / a_row as f32;
            for (place, it) in row.iter().enumerate() {
                let frame = Rect::new(body.x + place as f32 * (width + GAP), self.y, width, KEY_FIGURE);
                self.key_figure(it, frame);
            }
            self.y += KEY_FIGURE;
            self.gap = GAP;
        }
        self.gap = 14.0;
    }

    fn key_figure(&mut self, it: &KeyFigure, frame: Rect) {
        let palette = self.style.palette;
        self.page.shapes.push(Shape::filled(frame, 4.0, palette.window));
        let edge = Rect::new(frame.x, frame.y, 3.0, frame.height);
        self.page.shapes.push(Shape::filled(edge, 1.5, it.color));
        let figure = Setting { size: 20.0, leading: 24.0, color: it.color, strong: true };
        let label = Setting { size: 8.0, leading: 10.0, color: palette.text_weak, strong: false };
        let room = frame.width - 18.0;
        let at = Point::new(frame.x + 12.0, frame.y + 6.0);
        self.style.lines(&[Span::from(it.figure.as_str())], figure, room).put(&mut self.page, at, room, false);
        let at = at.offset(0.0, 25.0);
        self.style.lines(&[Span::from(it.label.as_str())], label, room).put(&mut self.page, at, room, false);
    }

    /// The height that a figure takes with its caption; nothing where it gets a page of its own.
    fn height_among_text(&self, figure: &Figure) -> f32 {
        let body = self.body();
        let scale = (body.width / figure.drawing.width).min(1.0);
        if figure.own_page && scale < SMALLEST_INLINE {
            return 0.0;
        }
        let scale = scale.min((body.height - 24.0) / figure.drawing.height);
        figure.drawing.height * scale + self.caption(figure, body.width).height() + 4.0
    }

    fn figure(&mut self, figure: &Figure) {
        let body = self.body();
        let scale = (body.width / figure.drawing.width).min(1.0);
        if figure.own_page && scale < SMALLEST_INLINE {
            self.figure_page(figure);
            return;
        }
        let room = body.height - 24.0;
        let scale = scale.min(room / figure.drawing.height);
        let caption = self.caption(figure, body.width);
        self.make_room(figure.drawing.height * scale + caption.height() + 4.0);
        draw(&mut self.page, &figure.drawing, Point::new(body.x, self.y), scale);
        self.y += figure.drawing.height * scale + 4.0;
        caption.put(&mut self.page, Point::new(body.x, self.y), body.width, false);
        self.y += caption.height();
        self.gap = 12.0;
    }

    fn caption(&self, figure: &Figure, width: f32) -> Lines {
        self.style.lines(&[Span::weak(figure.caption.as_str())], self.style.note_setting(), width)
    }

    /// Pages of their own for a large figure, after the page being filled: one where it
    /// can be read on one sheet, or else an overview and the parts.
    fn figure_page(&mut self, figure: &Figure) {
        let (drawing, shapes) = (&figure.drawing, &figure.drawing.shapes);
        let size = (drawing.width, drawing.height);
        let body_of = |paper: (f32, f32)| {
            let body = Page::new(paper).body();
            Rect { height: body.height - 16.0, ..body }
        };
        let sheets = pages::sheets(size, figure.core, &figure.whole, body_of);
        let is_wide = drawing.width > drawing.height;
        let turned = |(width, height): (f32, f32)| if is_wide { (height, width) } else { (width, height) };
        let paper = if sheets.parts.len() == 1 { sheets.paper } else { turned(A3) };
        let body = body_of(paper);
        let mut page = Page::new(paper);
        let scale = (body.width / size.0).min(body.height / size.1).min(1.5);
        if sheets.parts.len() == 1 {
            draw(&mut page, drawing, body.corner(), scale);
        } else {
            page.shapes.extend(pages::overview(shapes, size, &sheets, body));
        }
        let caption = self.caption(figure, body.width);
        let foot = body.y + drawing.height * scale + 4.0;
        caption.put(&mut page, Point::new(body.x, foot), body.width, false);
        self.figures.push(page);
        if sheets.parts.len() > 1 {
            for number in 0..sheets.parts.len() {
                let mut page = Page::new(sheets.paper);
                page.shapes.extend(pages::part(shapes, &sheets, number, body_of(sheets.paper), ""));
                self.figures.push(page);
            }
        }
    }

    /// A thin line across the text.
    pub fn rule(&mut self, y: f32, stroke: Stroke) {
        let body = self.body();
        let (left, right) = (Point::new(body.x, y), Point::new(body.right(), y));
        self.page.shapes.push(Shape::segment(left, right, stroke));
    }
}

/// Puts a drawing on a page.
pub(super) fn draw(page: &mut Page, drawing: &Drawing, at: Point, scale: f32) {
    page.shapes.extend(drawing.shapes.iter().map(|it| it.transformed(scale, at.x, at.y)));
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
    fn the_last_row_of_a_table_does_not_stand_alone() {
        for lines in 0..34 {
            let document = lay_out(&outline(lines, 12), &mut |_| true).expect("nobody stops it");
            assert_eq!(document.anchors["row 10"].page, document.anchors["row 11"].page, "after {lines} lines");
        }
    }
}
