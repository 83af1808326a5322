//! XML as it is written: one element a line, indented.

use std::fmt::Write;

/// XML in the making.
pub(super) struct Markup {
    text: String,
    open: Vec<&'static str>,
}

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    /// An empty document.
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Begins an element with others in it.
    pub fn begin(&mut self, name: &'static str, attributes: Attributes) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// An element without anything in it.
    pub fn empty(&mut self, name: &'static str, attributes: Attributes) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element with a text in it.
    pub fn text(&mut self, name: &'static str, attributes: Attributes, text: &str) {
        self.tag(name, attributes, ">");
        // writing to a String can't fail
        let _ = writeln!(self.text, "{}</{name}>", escaped(text, false));
    }

    /// Ends the element begun last.
    pub fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// The document, with every element ended.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.end();
        }
        self.text.into_bytes()
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }

    fn tag(&mut self, name: &str, attributes: Attributes, end: &str) {
        self.indent();
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", escaped(value, true));
        }
        self.text.push_str(end);
    }
}

/// A text without what XML takes for markup, or can't hold at all.
fn escaped(text: &str, is_attribute: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' if is_attribute => escaped.push_str("&quot;"),
            '\n' if is_attribute => escaped.push_str("&#10;"),
            '\t' if is_attribute => escaped.push_str("&#9;"),
            '\n' | '\t' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => (),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A number of the canvas, to a hundredth.
pub(super) fn number(value: f32) -> String {
    let rounded = (f64::from(value) * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_can_not_hold_is_left_out_or_escaped() {
        let mut markup = Markup::new();
        markup.begin("a", &[("b", "\"1\" < 2\n\u{1}")]);
        markup.text("c", &[], "x & y\n\u{c}");
        markup.empty("d", &[]);
        let text = String::from_utf8(markup.finish()).unwrap();
        assert!(text.ends_with("<a b=\"&quot;1&quot; &lt; 2&#10;\">\n  <c>x &amp; y\n</c>\n  <d/>\n</a>\n"));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.0, -0.001, 12.345_678, 3.5].map(number), ["1", "0", "12.35", "3.5"]);
    }
}
