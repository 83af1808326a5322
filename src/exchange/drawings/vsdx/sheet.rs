//! What a shape says, by itself or by the master that it was made from.

use std::collections::BTreeMap;

use super::super::xml::Element;

/// The masters and line styles of a drawing.
#[derive(Debug, Default)]
pub(super) struct Library {
    /// By their ids.
    pub masters: BTreeMap<String, Master>,
    /// By their ids.
    pub styles: BTreeMap<String, Element>,
}

/// A shape of a stencil.
#[derive(Debug)]
pub(super) struct Master {
    /// Its name in every language.
    pub name: String,
    /// Its shapes.
    pub contents: Element,
}

/// A shape, with what it takes over from its master.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    own: &'a Element,
    base: Option<&'a Element>,
    /// The master that shapes in it may be parts of.
    master: Option<&'a Master>,
    library: &'a Library,
}

impl<'a> Sheet<'a> {
    /// A shape that lies in another one, or on a page.
    pub fn new(own: &'a Element, outer: Option<Self>, library: &'a Library) -> Self {
        if let Some(master) = own.attribute("Master").and_then(|id| library.masters.get(id)) {
            let base = master.contents.child("Shapes").and_then(|it| it.child("Shape"));
            return Self { own, base, master: Some(master), library };
        }
        let master = outer.and_then(|it| it.master);
        let base = own.attribute("MasterShape").zip(master).and_then(|(id, it)| shape_with_id(&it.contents, id));
        Self { own, base, master, library }
    }

    pub fn id(self) -> &'a str {
        self.own.attribute("ID").unwrap_or_default()
    }

    /// Shapes in it that are not deleted.
    pub fn shapes(self) -> impl Iterator<Item = Self> {
        let shapes = self.own.child("Shapes").into_iter().flat_map(|it| it.children_named("Shape"));
        shapes.filter(|it| !is_deleted(it)).map(move |it| Sheet::new(it, Some(self), self.library))
    }

    /// Whether it was made from a master, not drawn by hand.
    pub fn has_master(self) -> bool {
        self.own.attribute("Master").is_some()
    }

    /// Whether it is but a part of the master that what it lies in was made from.
    pub fn is_part_of_master(self) -> bool {
        self.own.attribute("MasterShape").is_some() && !self.has_master()
    }

    pub fn is_picture(self) -> bool {
        let kind = |it: &'a Element| it.attribute("Type");
        kind(self.own).or_else(|| self.base.and_then(kind)) == Some("Foreign")
    }

    /// The name of its master, or its own without a number.
    pub fn name(self) -> &'a str {
        if self.has_master()
            && let Some(master) = self.master
        {
            return without_number(&master.name);
        }
        let name = self.own.attribute("NameU").or_else(|| self.own.attribute("Name")).unwrap_or_default();
        without_number(name)
    }

    fn cell(self, name: &str) -> Option<&'a Element> {
        let of = |sheet: &'a Element| sheet.children_named("Cell").find(|it| it.attribute("N") == Some(name));
        of(self.own).or_else(|| self.base.and_then(of)).or_else(|| self.cell_of_style(name))
    }

    fn cell_of_style(self, name: &str) -> Option<&'a Element> {
        if !matches!(name, "BeginArrow" | "EndArrow" | "LinePattern" | "FillPattern") {
            return None;
        }
        let attribute = if name == "FillPattern" { "FillStyle" } else { "LineStyle" };
        let style_of = |it: &'a Element| it.attribute(attribute);
        let mut style = style_of(self.own).or_else(|| self.base.and_then(style_of));
        // styles build on styles; a circle of them ends here
        for _ in 0..8 {
            let sheet = self.library.styles.get(style?)?;
            if let Some(cell) = sheet.children_named("Cell").find(|it| it.attribute("N") == Some(name)) {
                return Some(cell);
            }
            style = style_of(sheet);
        }
        None
    }

    /// What a cell says.
    pub fn value(self, cell: &str) -> Option<&'a str> {
        self.cell(cell)?.attribute("V")
    }

    /// What a cell says in inches or radians; nothing where that is no usable number.
    pub fn number(self, cell: &str) -> Option<f64> {
        self.value(cell)?.trim().parse().ok().filter(|it: &f64| it.is_finite() && it.abs() < 1e6)
    }

    /// Whether a cell says yes.
    pub fn is_set(self, cell: &str) -> bool {
        matches!(self.value(cell), Some("1" | "TRUE" | "True" | "true"))
    }

    /// The formula of one of its own cells.
    pub fn formula(self, cell: &str) -> &'a str {
        let own = self.own.children_named("Cell").find(|it| it.attribute("N") == Some(cell));
        own.and_then(|it| it.attribute("F")).unwrap_or_default()
    }

    /// Whether it is a line: it has a beginning and an end.
    pub fn is_line(self) -> bool {
        ["BeginX", "BeginY", "EndX", "EndY"].into_iter().all(|cell| self.number(cell).is_some())
    }

    /// Whether anything is drawn by it: an outline or a fill.
    pub fn is_drawn(self) -> bool {
        let has_geometry =
            |it: &'a Element| it.children_named("Section").any(|it| it.attribute("N") == Some("Geometry"));
        let is_none = |cell| matches!(self.value(cell), Some("0"));
        self.is_picture()
            || (has_geometry(self.own) || self.base.is_some_and(has_geometry))
                && !(is_none("LinePattern") && is_none("FillPattern"))
    }

    /// Its own text, or else its master's; nothing where it has none.
    pub fn text(self) -> String {
        let of = |it: &'a Element| it.child("Text").map(Element::whole_text);
        let text = of(self.own).or_else(|| self.base.and_then(of)).unwrap_or_default();
        let text = text.replace(['\u{2028}', '\u{2029}', '\r'], "\n");
        let mut lines: Vec<String> = Vec::new();
        let mut goes_on = false;
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            match lines.last_mut() {
                Some(last) if goes_on => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => lines.push(line.trim().to_owned()),
            }
            // a blank before the break: a name too long for its shape
            goes_on = line.ends_with(' ');
        }
        lines.join("\n")
    }

    /// A value of its section for programs.
    pub fn user(self, row: &str) -> Option<&'a str> {
        self.rows("User").into_iter().find(|it| it.name == row)?.value("Value")
    }

    /// Its shape data: label and value, without what is empty.
    pub fn data(self) -> Vec<(&'a str, &'a str)> {
        let rows = self.rows("Property").into_iter();
        let rows = rows.filter_map(|row| {
            let label = row.value("Label").filter(|it| !it.trim().is_empty()).unwrap_or(row.name);
            Some((label.trim(), row.value("Value").map(str::trim).filter(|it| !it.is_empty())?))
        });
        rows.collect()
    }

    fn rows(self, section: &str) -> Vec<Row<'a>> {
        let of = |sheet: &'a Element| {
            let section = sheet.children_named("Section").find(|it| it.attribute("N") == Some(section));
            section.into_iter().flat_map(|it| it.children_named("Row"))
        };
        let named = |row: &'a Element| row.attribute("N").or_else(|| row.attribute("IX")).unwrap_or_default();
        let own = of(self.own).map(|row| Row { name: named(row), own: Some(row), base: None });
        let mut rows: Vec<Row> = own.collect();
        for base in self.base.into_iter().flat_map(of) {
            match rows.iter_mut().find(|it| it.name == named(base)) {
                Some(row) => row.base = Some(base),
                None => rows.push(Row { name: named(base), own: None, base: Some(base) }),
            }
        }
        rows.retain(|row| !row.own.is_some_and(is_deleted));
        rows
    }
}

/// A row of a section, with what it takes over.
struct Row<'a> {
    name: &'a str,
    own: Option<&'a Element>,
    base: Option<&'a Element>,
}

impl<'a> Row<'a> {
    fn value(&self, cell: &str) -> Option<&'a str> {
        let of = |row: &'a Element| row.children_named("Cell").find(|it| it.attribute("N") == Some(cell));
        let cell = self.own.and_then(of).or_else(|| self.base.and_then(of))?;
        // a cell that nobody filled in says 0
        if cell.attribute("F") == Some("No Formula") { None } else { cell.attribute("V") }
    }
}

fn is_deleted(element: &Element) -> bool {
    element.attribute("Del") == Some("1")
}

fn shape_with_id<'a>(contents: &'a Element, id: &str) -> Option<&'a Element> {
    let mut open: Vec<&Element> = contents.child("Shapes")?.children_named("Shape").collect();
    while let Some(shape) = open.pop() {
        if shape.attribute("ID") == Some(id) {
            return Some(shape);
        }
        open.extend(shape.child("Shapes").into_iter().flat_map(|it| it.children_named("Shape")));
    }
    None
}

/// "Rectangle.49" is one of the rectangles.
fn without_number(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((before, number)) if !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) => before,
        _ => name,
    }
}
