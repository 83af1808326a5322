//! What a report says, without a word about pages: headings, paragraphs, tables, figures.

use crate::drawing::palette::Color;
use crate::drawing::shape::Shape;

/// A whole report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its first page.
    pub cover: Cover,
    /// Everything after the contents.
    pub blocks: Vec<Block>,
}

/// The title page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// What the report is called.
    pub title: String,
    /// Which sort of report it is.
    pub kind: String,
    /// Whom and what it is about: organisation, site.
    pub subject: Vec<String>,
    /// Label and value: prepared by, edition, dates.
    pub facts: Vec<(String, String)>,
    /// How it is to be handled, on every page.
    pub marking: String,
    /// The day that it speaks of.
    pub as_of: Option<jiff::civil::Date>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading, numbered by the layout and listed in contents and bookmarks.
    Heading {
        /// 1 to 3.
        level: u8,
        /// What it says.
        text: String,
        /// What links to it know it by.
        anchor: Option<String>,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A remark in smaller type.
    Note(Vec<Span>),
    /// A list.
    Bullets(Vec<Vec<Span>>),
    /// Labels with what they stand for.
    Facts(Vec<(String, Vec<Span>)>),
    /// A title with chips, and labels with what they stand for beneath.
    Card(Card),
    /// A few large figures side by side.
    KeyFigures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
    /// A drawing with a caption, as wide as the text or on a page of its own.
    Figure(Figure),
    /// What follows begins on a new page.
    PageBreak,
}

/// Words in one style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// They matter.
    pub strong: bool,
    /// They are an aside.
    pub weak: bool,
    /// They lead to the heading or row with this anchor.
    pub link: Option<String>,
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl Span {
    /// Words that matter.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }

    /// An aside.
    pub fn weak(text: impl Into<String>) -> Self {
        Self { text: text.into(), weak: true, ..Self::default() }
    }

    /// Words that lead somewhere.
    pub fn link(text: impl Into<String>, anchor: impl Into<String>) -> Self {
        Self { text: text.into(), link: Some(anchor.into()), ..Self::default() }
    }
}

/// All that is known of one thing, over the whole width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// What it is about.
    pub title: String,
    /// What links to it know it by.
    pub anchor: Option<String>,
    /// Short words that stand in a line beneath the title, each before its chip.
    pub chips: Vec<(String, Cell)>,
    /// Labels with what they stand for.
    pub facts: Vec<(String, Vec<Span>)>,
}

/// A large figure and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// The figure.
    pub figure: String,
    /// What it counts.
    pub label: String,
    /// Its colour.
    pub color: Color,
}

/// A table; its header stands again on each page that it reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the columns hold.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its header.
    pub title: String,
    /// Its share of the width, against the other columns' shares.
    pub share: f32,
    /// Figures stand at the right, all else at the left.
    pub is_figure: bool,
    /// The words of the title stand in equal steps over this width in points, each
    /// over its part of the drawings below.
    pub spaced: Option<f32>,
}

impl Column {
    /// A column of text.
    pub fn text(title: &str, share: f32) -> Self {
        Self { title: title.to_owned(), share, is_figure: false, spaced: None }
    }

    /// A column of drawings in equal steps, a word of the title over each.
    pub fn spaced(title: &str, share: f32, width: f32) -> Self {
        Self { spaced: Some(width), ..Self::text(title, share) }
    }

    /// A column of figures.
    pub fn figure(title: &str, share: f32) -> Self {
        Self { title: title.to_owned(), is_figure: true, ..Self::text(title, share) }
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// One cell for each column; a single one in a table of several is as wide as the table.
    pub cells: Vec<Cell>,
    /// What links to it know it by.
    pub anchor: Option<String>,
}

impl Row {
    /// A heading over the rows below it, as wide as the table.
    pub fn group(title: impl Into<String>) -> Self {
        Self { cells: vec![Span::strong(title).into()], anchor: None }
    }

    /// Whether it is a heading in a table of so many columns.
    pub(super) fn is_group(&self, columns: usize) -> bool {
        columns > 1 && self.cells.len() == 1
    }
}

impl<C: Into<Cell>> FromIterator<C> for Row {
    fn from_iter<I: IntoIterator<Item = C>>(cells: I) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), anchor: None }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(Vec<Span>),
    /// A small drawing, as large as it is.
    Drawing(Drawing),
}

impl From<Vec<Span>> for Cell {
    fn from(spans: Vec<Span>) -> Self {
        Self::Text(spans)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(vec![text.into()])
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(vec![text.into()])
    }
}

impl From<Span> for Cell {
    fn from(span: Span) -> Self {
        Self::Text(vec![span])
    }
}

impl From<Drawing> for Cell {
    fn from(drawing: Drawing) -> Self {
        Self::Drawing(drawing)
    }
}

/// Shapes from the origin on, in points, and the room that they take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

/// A drawing with a caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The part of the drawing that falls on several pages where it must.
    pub core: crate::model::Rect,
    /// What is better not cut where the drawing falls on several pages, and what a page is
    /// worth having for.
    pub whole: Vec<crate::model::Rect>,
    /// The drawing; scaled down where it is wider than the page.
    pub drawing: Drawing,
    /// What it shows.
    pub caption: String,
    /// It gets a page of its own, as large and turned as it needs.
    pub own_page: bool,
}
