//! One page: what on it is a shape, a line, or but a part of a symbol.

use std::collections::{BTreeMap, BTreeSet};

use super::super::nesting;
use super::super::xml::Element;
use super::super::{Drawing, DrawnLink, DrawnShape, LinkEnd, Meaning, Page};
use super::PageSheet;
use super::sheet::{Library, Sheet};
use super::transform::Transform;
use crate::model::Rect;

/// Shape data that says what a shape is rather than something about it.
const KINDS: [&str; 4] = ["ShapeClass", "ShapeType", "SubShapeType", "BelongsTo"];
/// A hand-made group with one text in it is a symbol if it is smaller than this, in pixels.
const SYMBOL: f32 = 160.0;

/// Reads a page into a drawing.
pub(super) fn read(page: &PageSheet, contents: &Element, library: &Library, drawing: &mut Drawing) {
    let connects: Vec<Connect> = contents.child("Connects").map(Connect::all).unwrap_or_default();
    let mut reader = Reader {
        glued_to: connects.iter().map(|it| it.to).collect(),
        controls: connects.iter().filter(|it| it.is_control()).map(|it| it.from).collect(),
        shapes: Vec::new(),
        lines: Vec::new(),
        stands_for: BTreeMap::new(),
    };
    let map = Transform::of_page(page.height, page.scale);
    for shape in contents.child("Shapes").into_iter().flat_map(|it| it.children_named("Shape")) {
        if shape.attribute("Del") != Some("1") {
            reader.walk(Sheet::new(shape, None, library), None, map);
        }
    }
    reader.follow_memberships();
    let mut shapes: Vec<DrawnShape> = std::mem::take(&mut reader.shapes).into_iter().map(|it| it.drawn).collect();
    let sorted = nesting::sort(&mut shapes);
    if sorted.freed > 0 {
        drawing.remark(
            &page.name,
            format!("shapes lie in one another in a circle; {} were taken out of it", sorted.freed),
        );
    }
    for at in reader.stands_for.values_mut() {
        *at = sorted.places.get(*at).copied().unwrap_or_default();
    }
    let links = reader.links(&connects);
    drawing.pages.push(Page { name: page.name.clone(), shapes, links });
}

/// A glue: an end or a handle of a shape stuck to another one.
struct Connect<'a> {
    from: &'a str,
    cell: &'a str,
    to: &'a str,
}

impl<'a> Connect<'a> {
    fn all(connects: &'a Element) -> Vec<Self> {
        let connect = |it: &'a Element| {
            let [from, cell, to] = ["FromSheet", "FromCell", "ToSheet"].map(|name| it.attribute(name));
            Some(Self { from: from?, cell: cell?, to: to? })
        };
        connects.children_named("Connect").filter_map(connect).collect()
    }

    fn is_control(&self) -> bool {
        self.cell.starts_with("Controls.")
    }
}

struct Shape<'a> {
    sheet: Sheet<'a>,
    drawn: DrawnShape,
}

struct Line<'a> {
    sheet: Sheet<'a>,
    /// The map of the places that its ends are told in.
    outer: Transform,
}

struct Reader<'a> {
    /// Shapes that something is glued to.
    glued_to: BTreeSet<&'a str>,
    /// Shapes with handles that are glued to others, as those of a bus.
    controls: BTreeSet<&'a str>,
    shapes: Vec<Shape<'a>>,
    lines: Vec<Line<'a>>,
    /// The shape that stands for what has an id: itself, or the symbol that it is a part of.
    stands_for: BTreeMap<&'a str, usize>,
}

/// What a group is.
enum Group {
    /// Nothing but a hold on several shapes.
    Loose,
    /// One thing drawn by several shapes.
    Symbol,
    /// A thing with others in it.
    Container,
}

impl<'a> Reader<'a> {
    fn walk(&mut self, sheet: Sheet<'a>, outer: Option<usize>, outer_map: Transform) {
        let is_bus = self.controls.contains(sheet.id()) || self.glued_to.contains(sheet.id());
        if sheet.is_line() && !is_bus {
            self.lines.push(Line { sheet, outer: outer_map });
            return;
        }
        let map = outer_map.of_shape(sheet);
        let group = self.group(sheet, map.frame(sheet));
        if matches!(group, Group::Loose) {
            for inner in sheet.shapes() {
                self.walk(inner, outer, map);
            }
            return;
        }
        let at = self.shapes.len();
        self.stands_for.insert(sheet.id(), at);
        let mut drawn = drawn(sheet, map, outer, matches!(group, Group::Container));
        if matches!(group, Group::Symbol) && is_device(sheet, drawn.frame) {
            drawn.meaning = Some(Meaning::Asset(None));
        }
        self.shapes.push(Shape { sheet, drawn });
        for inner in sheet.shapes() {
            self.walk_in(inner, at, map, matches!(group, Group::Symbol));
        }
    }

    /// Goes into a shape: parts of it lend it their text, others are shapes in it.
    fn walk_in(&mut self, sheet: Sheet<'a>, at: usize, outer_map: Transform, is_symbol: bool) {
        if !is_symbol && !sheet.is_part_of_master() {
            self.walk(sheet, Some(at), outer_map);
            return;
        }
        self.stands_for.insert(sheet.id(), at);
        if let Some(shape) = self.shapes.get_mut(at)
            && shape.drawn.text.is_empty()
        {
            shape.drawn.text = sheet.text();
        }
        let map = outer_map.of_shape(sheet);
        for inner in sheet.shapes() {
            self.walk_in(inner, at, map, is_symbol);
        }
    }

    fn group(&self, sheet: Sheet<'a>, frame: Rect) -> Group {
        let is_structure = sheet.user("msvStructureType").is_some_and(|it| matches!(it, "Container" | "List"));
        let speaking = self.speaking(sheet, 2);
        let is_held = sheet.has_master() || sheet.is_drawn() || self.glued_to.contains(sheet.id());
        let is_small = frame.width < SYMBOL && frame.height < SYMBOL;
        let has_text = !sheet.text().is_empty();
        match speaking {
            _ if is_structure => Group::Container,
            _ if sheet.shapes().next().is_none() => Group::Symbol,
            0 => Group::Symbol,
            1 if is_small && !has_text => Group::Symbol,
            _ if is_held || has_text => Group::Container,
            _ => Group::Loose,
        }
    }

    /// How many shapes in one say something of their own, counted up to a few.
    fn speaking(&self, sheet: Sheet<'a>, most: usize) -> usize {
        let mut count = 0;
        for inner in sheet.shapes() {
            let speaks = !inner.is_part_of_master()
                && (!inner.text().is_empty() || self.glued_to.contains(inner.id()) || !inner.data().is_empty());
            count += usize::from(speaks) + if count < most { self.speaking(inner, most) } else { 0 };
            if count >= most {
                break;
            }
        }
        count
    }

    /// Puts shapes into the containers that say they hold them, the smallest of several.
    fn follow_memberships(&mut self) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, shape) in self.shapes.iter().enumerate() {
            for (kind, sheets) in dependencies(shape.sheet.formula("Relationships")) {
                let others = sheets.into_iter().filter_map(|id| self.stands_for.get(id).copied());
                match kind {
                    1 | 2 => found.extend(others.map(|inner| (inner, at))),
                    4 | 5 => found.extend(others.map(|outer| (at, outer))),
                    _ => (),
                }
            }
        }
        let size =
            |shapes: &[Shape], at: usize| shapes.get(at).map_or(0.0, |it| it.drawn.frame.width * it.drawn.frame.height);
        found.sort_by(|one, next| size(&self.shapes, next.1).total_cmp(&size(&self.shapes, one.1)));
        for (inner, outer) in found.into_iter().filter(|(inner, outer)| inner != outer) {
            if let Some(shape) = self.shapes.get_mut(inner) {
                shape.drawn.parent = Some(outer);
            }
        }
    }

    fn links(&self, connects: &[Connect]) -> Vec<DrawnLink> {
        let mut glue: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        for it in connects {
            let is_begin = it.cell.starts_with("Beg");
            if let Some(&at) = self.stands_for.get(it.to)
                && (is_begin || it.cell.starts_with("End"))
            {
                glue.insert((it.from, is_begin), at);
            }
        }
        let mut links: Vec<DrawnLink> = self.lines.iter().map(|line| self.link(line, &glue)).collect();
        for (number, it) in connects.iter().filter(|it| self.controls.contains(it.from)).enumerate() {
            let ends = self.stands_for.get(it.from).zip(self.stands_for.get(it.to));
            links.extend(ends.filter(|(from, to)| from != to).map(|(&from, &to)| DrawnLink {
                key: format!("{}.{number}", it.from),
                text: String::new(),
                hint: String::new(),
                from: LinkEnd::Shape(from),
                to: LinkEnd::Shape(to),
                points_back: false,
                points_on: false,
                details: Vec::new(),
            }));
        }
        links
    }

    fn link(&self, line: &Line, glue: &BTreeMap<(&str, bool), usize>) -> DrawnLink {
        let sheet = line.sheet;
        let end = |is_begin: bool, cells: [&str; 3]| {
            let glued = glue.get(&(sheet.id(), is_begin)).copied();
            let told = || cells.into_iter().find_map(|cell| self.named_in(sheet.formula(cell)));
            match glued.or_else(told) {
                Some(at) => LinkEnd::Shape(at),
                None => {
                    let [x, y, _] = cells.map(|cell| sheet.number(cell).unwrap_or_default());
                    LinkEnd::Free(line.outer.point(x, y))
                }
            }
        };
        let points = |cell| sheet.value(cell).and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| it > 0);
        DrawnLink {
            key: sheet.id().to_owned(),
            text: said(sheet),
            hint: sheet.name().to_owned(),
            from: end(true, ["BeginX", "BeginY", "BegTrigger"]),
            to: end(false, ["EndX", "EndY", "EndTrigger"]),
            points_back: points("BeginArrow"),
            points_on: points("EndArrow"),
            details: details(sheet),
        }
    }

    /// The shape that a formula of glue names.
    fn named_in(&self, formula: &str) -> Option<usize> {
        let id = sheets_in(formula).next()?;
        self.stands_for.get(id).copied()
    }
}

/// Whether a symbol of several parts from a stencil stands for a device: it is small and no cloud.
fn is_device(sheet: Sheet, frame: Rect) -> bool {
    let is_small = frame.width < SYMBOL && frame.height < SYMBOL;
    let name = lucid(sheet.name()).unwrap_or_else(|| sheet.name().to_lowercase());
    let is_cloud = name.split([' ', '-']).any(|word| word == "cloud");
    let is_plain = ["text", "rectangle"].contains(&name.as_str());
    sheet.has_master() && sheet.shapes().next().is_some() && is_small && !is_cloud && !is_plain
}

fn drawn(sheet: Sheet, map: Transform, parent: Option<usize>, is_container: bool) -> DrawnShape {
    let name = sheet.name();
    let is_panel = name.starts_with("Curved panel");
    let frame = if sheet.is_line() {
        map.frame(sheet).grown(8.0)
    } else if is_panel {
        map.frame_of_quarter(sheet)
    } else {
        map.frame(sheet)
    };
    let text = said(sheet);
    let kinds = sheet.data().into_iter().filter(|(label, _)| KINDS.contains(label)).map(|(_, value)| value);
    let picture = sheet.is_picture().then_some("picture");
    let is_callout = sheet.user("msvStructureType") == Some("Callout");
    let is_text = !sheet.has_master() && !sheet.is_drawn() && !text.is_empty() && !is_container;
    let plain = is_text.then_some("text");
    let of_lucid = lucid(name);
    let words = plain.into_iter().chain([of_lucid.as_deref().unwrap_or(name)]).chain(picture).chain(kinds);
    let hint: Vec<&str> = words.filter(|it| !it.is_empty()).take(if is_text { 1 } else { usize::MAX }).collect();
    DrawnShape {
        key: sheet.id().to_owned(),
        hint: hint.join(" "),
        frame,
        parent,
        is_container: is_container || is_panel,
        meaning: is_callout.then_some(Meaning::Note),
        details: if is_panel { Vec::new() } else { details(sheet) },
        text,
    }
}

/// The words in a name that Lucidchart gives its shapes: "com.lucidchart.AmazonEC2AWS19.0f1e" as "amazon ec2 aws".
fn lucid(name: &str) -> Option<String> {
    let name = name.strip_prefix("com.lucidchart.")?.split('.').next().unwrap_or_default();
    let name = name.trim_end_matches(|it: char| it.is_ascii_digit());
    if name.ends_with("TextBlock") {
        return Some("text".to_owned());
    }
    let name = name.strip_suffix("Block").filter(|it| !it.is_empty()).unwrap_or(name);
    if matches!(name, "Rectangle" | "Square" | "DefaultSquare" | "RoundedRectangle" | "RectangleContainer") {
        return Some("rectangle".to_owned());
    }
    let mut words = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        was_small = letter.is_lowercase() || letter.is_ascii_digit();
    }
    Some(words)
}

fn said(sheet: Sheet) -> String {
    let text = sheet.text();
    // what the shape itself could not say stands as a question mark or a blank
    if text.chars().all(|it| it.is_whitespace() || it == '\u{fffc}') { String::new() } else { text }
}

fn details(sheet: Sheet) -> Vec<(String, String)> {
    let data = sheet.data().into_iter().filter(|(label, _)| !KINDS.contains(label));
    data.map(|(label, value)| (label.to_owned(), value.to_owned())).collect()
}

/// The kinds of dependency in a formula of relationships, with the sheets of each.
fn dependencies(formula: &str) -> Vec<(u32, Vec<&str>)> {
    let dependency = |part| {
        let (kind, sheets): (&str, &str) = str::split_once(part, ',')?;
        Some((kind.trim().parse().ok()?, sheets_in(sheets).collect()))
    };
    formula.split("DEPENDSON(").skip(1).filter_map(dependency).collect()
}

/// The ids of the sheets that a formula names.
fn sheets_in(formula: &str) -> impl Iterator<Item = &str> {
    formula.split("Sheet.").skip(1).filter_map(|it| it.split_once('!')).map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lucidchart_are_words() {
        assert_eq!(lucid("com.lucidchart.AmazonEC2AWS19.0f1e").as_deref(), Some("amazon ec2 aws"));
        assert_eq!(lucid("com.lucidchart.MinimalTextBlock").as_deref(), Some("text"));
        assert_eq!(lucid("com.lucidchart.DefaultSquareBlock21.78").as_deref(), Some("rectangle"));
        assert_eq!(lucid("com.lucidchart.UMLStateBlock20").as_deref(), Some("umlstate"));
        assert_eq!(lucid("Firewall"), None);
    }

    #[test]
    fn formulas_name_sheets() {
        assert_eq!(sheets_in("PAR(PNT(Sheet.30!Connections.X3,Sheet.30!Connections.Y3))").next(), Some("30"));
        assert_eq!(sheets_in("GUARD(0)").next(), None);
        let formula = "SUM(DEPENDSON(1,Sheet.3!SheetRef(),Sheet.4!SheetRef()),DEPENDSON(4,Sheet.9!SheetRef()))";
        assert_eq!(dependencies(formula), [(1, vec!["3", "4"]), (4, vec!["9"])]);
    }
}
