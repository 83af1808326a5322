//! Cells of draw.io: what a page's model consists of.

use super::style::Style;
use crate::exchange::diagram::KIND;
use crate::exchange::drawings::markup;
use crate::exchange::drawings::xml::Element;
use crate::model::{Point, Rect};

/// Attributes of a wrapper that are no fields of the user's.
const OWN: [&str; 8] = ["id", "label", "value", "placeholders", "placeholder", "link", "tooltip", "as"];

/// A label holds this many bytes at most once its placeholders are filled in.
const MOST_FILLED_IN: usize = 10_000;

/// A cell: a layer, a shape or a line.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub id: String,
    pub parent: String,
    /// Its text, without markup.
    pub text: String,
    pub style: Style,
    pub is_vertex: bool,
    pub is_edge: bool,
    pub is_visible: bool,
    pub source: String,
    pub target: String,
    pub geometry: Geometry,
    pub details: Vec<(String, String)>,
}

/// Where a cell is drawn.
#[derive(Debug, Default)]
pub(super) struct Geometry {
    pub frame: Rect,
    /// The place is a share of the parent's size, or of the way along a line.
    pub is_relative: bool,
    pub offset: Point,
    /// A loose line's ends.
    pub source_point: Option<Point>,
    pub target_point: Option<Point>,
    /// A number of it is none.
    pub is_broken: bool,
}

impl Cell {
    /// A cell, bare or in a wrapper; `None` for anything else.
    pub(super) fn read(element: &Element) -> Option<Self> {
        let is_bare = element.name == "mxCell";
        let cell = if is_bare { element } else { element.child("mxCell")? };
        let wrapper = (!is_bare).then_some(element).or_else(|| {
            cell.children.iter().find(|child| child.attribute("as") == Some("value") && child.attributes().count() > 1)
        });
        let attribute = |name: &str| cell.attribute(name).unwrap_or_default().to_owned();
        let of_wrapper = |name: &str| wrapper.and_then(|it| it.attribute(name));
        let style = Style::read(cell.attribute("style").unwrap_or_default());
        let value = of_wrapper("label").or_else(|| of_wrapper("value")).or(cell.attribute("value")).unwrap_or_default();
        let fields = || wrapper.into_iter().flat_map(Element::attributes);
        let value = match of_wrapper("placeholders") {
            Some("1") => fields().fold(value.to_owned(), |text, (name, field)| {
                let placeholder = format!("%{name}%");
                let length = text.len() + text.matches(&placeholder).count() * field.len();
                if length > MOST_FILLED_IN { text } else { text.replace(&placeholder, field) }
            }),
            _ => value.to_owned(),
        };
        let text = if style.is_on("html") || !is_bare { markup::plain(&value) } else { markup::tidy(&value) };
        // our own fields are no HTML
        let is_ours = of_wrapper(KIND).is_some();
        let said = |field: &str| if is_ours { field.to_owned() } else { markup::plain(field) };
        let mut details: Vec<_> = fields()
            .filter(|(name, field)| !OWN.contains(name) && !field.trim().is_empty())
            .map(|(name, field)| (name.to_owned(), said(field)))
            .collect();
        details.extend(of_wrapper("tooltip").map(|it| ("tooltip".to_owned(), markup::plain(it))));
        Some(Self {
            id: of_wrapper("id").map_or_else(|| attribute("id"), str::to_owned),
            parent: attribute("parent"),
            text,
            is_vertex: cell.attribute("vertex") == Some("1"),
            is_edge: cell.attribute("edge") == Some("1"),
            is_visible: cell.attribute("visible") != Some("0"),
            source: attribute("source"),
            target: attribute("target"),
            geometry: Geometry::read(cell, &style),
            style,
            details,
        })
    }

    /// Whether it is a text on a line, not a thing.
    pub(super) fn is_label(&self) -> bool {
        let is_bare = self.style.shape().is_none() && self.style.get("image").is_none();
        self.style.has_name("edgeLabel") || self.style.has_name("text") || is_bare
    }
}

impl Geometry {
    fn read(cell: &Element, style: &Style) -> Self {
        let mut read = Self::default();
        let Some(geometry) = cell.child("mxGeometry") else { return read };
        let mut broken = false;
        let mut number =
            |element: &Element, name: &str| match element.attribute(name).map(|it| it.trim().parse::<f32>()) {
                None => 0.0,
                Some(Ok(number)) if number.is_finite() && number.abs() < 1e6 => number,
                Some(_) => {
                    broken = true;
                    0.0
                }
            };
        let (x, y) = (number(geometry, "x"), number(geometry, "y"));
        let (mut width, mut height) = (number(geometry, "width"), number(geometry, "height"));
        let inner: Vec<_> =
            geometry.children.iter().map(|child| (child.attribute("as").unwrap_or_default(), child)).collect();
        if cell.attribute("collapsed") == Some("1")
            && let Some((_, open)) = inner.iter().find(|(role, _)| *role == "alternateBounds")
            && open.attribute("width").is_some()
        {
            (width, height) = (number(open, "width"), number(open, "height"));
        }
        let mut point = |role: &str| {
            let (_, point) = inner.iter().find(|(known, _)| *known == role)?;
            Some(Point::new(number(point, "x"), number(point, "y")))
        };
        read.source_point = point("sourcePoint");
        read.target_point = point("targetPoint");
        read.offset = point("offset").unwrap_or_default();
        read.is_relative = geometry.attribute("relative") == Some("1");
        read.frame = Rect::new(x, y, width.max(0.0), height.max(0.0));
        if style.is_turned() && !read.is_relative {
            let middle = read.frame.center();
            read.frame = Rect::new(middle.x - height / 2.0, middle.y - width / 2.0, height.max(0.0), width.max(0.0));
        }
        read.is_broken = broken;
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::drawings::xml;

    #[test]
    fn a_placeholder_fills_in_its_field_and_no_memory() {
        let cell = |label: &str, field: &str| {
            let text = format!(r#"<object label="{label}" a="{field}" placeholders="1"><mxCell vertex="1"/></object>"#);
            Cell::read(&xml::read(text.as_bytes()).unwrap()).unwrap().text
        };
        assert_eq!(cell("PLC %a%", "7"), "PLC 7");
        let many = "%a% ".repeat(3_000);
        assert!(cell(&many, &"x".repeat(100_000)).starts_with("%a%"));
    }
}
