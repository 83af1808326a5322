//! How a shape looks, as far as its reader's words tell.

use crate::exchange::drawings::DrawnShape;

/// A shape's looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// A rectangle, an ellipse: may be a box for a thing or stand behind others.
    Plain,
    /// A cloud.
    Cloud,
    /// A picture or a stencil of something.
    Stencil,
    /// A picture of nobody knows what.
    Picture,
    /// A text without a frame.
    Text,
    /// A hand-written or sticky note, a callout.
    Note,
    /// Holds others together and is not seen itself.
    Group,
    /// A point where lines meet.
    Junction,
    /// A part of a table or list.
    TablePart,
    /// A table.
    Table,
    /// A list of properties that lines lead to.
    List,
    /// A line, a brace, an arrow.
    Decoration,
}

impl Looks {
    pub(super) fn of(shape: &DrawnShape) -> Self {
        let hint = shape.hint.trim().to_lowercase();
        let last = hint.rsplit('/').next().unwrap_or_default();
        let is = |words: &[&str]| words.contains(&last) || words.contains(&hint.as_str());
        if is_cloud(last) || last == "internet" {
            return Self::Cloud;
        }
        if is(&["group"]) {
            return if shape.text.is_empty() { Self::Group } else { Self::Plain };
        }
        if is(&["text", "label", "text box", "textbox", "plain text", "edge label", "title"]) {
            return Self::Text;
        }
        if is(&["note", "sticky note", "callout", "comment", "annotation", "note2"]) {
            return Self::Note;
        }
        if is(&["waypoint", "junction", "connection point"]) {
            return Self::Junction;
        }
        if is(&["table row", "list item", "partial rectangle/row"]) {
            return Self::TablePart;
        }
        if is(&["table"]) {
            return Self::Table;
        }
        const DECORATIONS: [&str; 14] = [
            "line",
            "arrow",
            "single arrow",
            "double arrow",
            "brace",
            "curly bracket",
            "bracket",
            "cross bar",
            "crossbar",
            "dimension",
            "connector",
            "dynamic connector",
            "separator",
            "link",
        ];
        if is(&DECORATIONS) {
            return Self::Decoration;
        }
        if hint == "embedded picture" || hint == "image" || hint == "icon" || hint.starts_with("picture") {
            return Self::Picture;
        }
        const PLAIN: [&str; 27] = [
            "",
            "rectangle",
            "rounded rectangle",
            "dashed rectangle",
            "square",
            "ellipse",
            "double ellipse",
            "circle",
            "oval",
            "swimlane",
            "list",
            "frame",
            "container",
            "box",
            "hexagon",
            "process",
            "parallelogram",
            "rhombus",
            "triangle",
            "octagon",
            "partial rectangle",
            "roundrectangle",
            "rect",
            "ext",
            "card",
            "shape",
            "trust zone",
        ];
        let has = |words: &[&str]| words.iter().any(|word| hint.contains(word));
        if is(&PLAIN)
            || has(&["rectangle", "group node", "groupnode", "boundary", "zone", "container"])
            || is_group(last)
        {
            return Self::Plain;
        }
        Self::Stencil
    }

    /// Whether others may stand in front of it.
    pub(super) fn can_hold(self) -> bool {
        matches!(self, Self::Plain | Self::Cloud)
    }

    /// Whether it may stand for a thing.
    pub(super) fn is_thing(self) -> bool {
        matches!(self, Self::Plain | Self::Cloud | Self::Stencil | Self::Picture | Self::List)
    }
}

/// "cloud 2" and "network cloud" are clouds, "cloud storage" is not.
fn is_cloud(last: &str) -> bool {
    let words: Vec<&str> = last.split(' ').filter(|word| word.parse::<u32>().is_err()).collect();
    words.last() == Some(&"cloud") || matches!(words.as_slice(), ["cloud", "shape" | "symbol" | "outline"])
}

fn is_group(last: &str) -> bool {
    last.starts_with("group ") || last.ends_with(" group") || last == "genericgroupnode" || last == "demogroup"
}
