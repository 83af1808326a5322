//! The diagram as GraphML with the looks of yEd: zones are groups with what lies in
//! them, conduits are edges. Flows have no layer to hide on there and are thin edges.

use std::collections::{BTreeMap, BTreeSet};

use super::boxes::{Box, Boxes, Kind, Line};
use super::markup::{Attributes, Markup, number};
use crate::drawing::metrics::{ASSET_ICON, SMALL_TEXT, ZONE_TEXT};
use crate::drawing::palette::Palette;
use crate::model::{Point, Rect};

const NAMESPACES: Attributes = &[
    ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("xmlns:y", "http://www.yworks.com/xml/graphml"),
    (
        "xsi:schemaLocation",
        "http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd",
    ),
];

/// The graph as bytes; the same diagram always gives the same.
pub(super) fn written(drawn: &Boxes) -> Vec<u8> {
    let mut writing = Writing { drawn, markup: Markup::new(), pictures: BTreeMap::new() };
    let pictures: BTreeSet<&str> = drawn.boxes.iter().filter_map(|it| it.picture.as_deref()).collect();
    writing.pictures = pictures.into_iter().enumerate().map(|(number, svg)| (svg, number + 1)).collect();
    writing.markup.begin("graphml", NAMESPACES);
    writing.key("node", "nodegraphics");
    writing.key("edge", "edgegraphics");
    writing.markup.empty("key", &[("for", "graphml"), ("id", "resources"), ("yfiles.type", "resources")]);
    let names = |fields: &mut dyn Iterator<Item = &'static str>| fields.collect::<BTreeSet<_>>();
    let of_nodes = names(&mut drawn.boxes.iter().flat_map(|it| it.fields.iter().map(|(name, _)| *name)));
    let of_edges = names(&mut drawn.lines.iter().flat_map(|it| it.fields.iter().map(|(name, _)| *name)));
    for (what, names) in [("node", of_nodes), ("edge", of_edges)] {
        for name in names {
            let id = key_of(what, name);
            let key: [(&str, &str); 4] = [("attr.name", name), ("attr.type", "string"), ("for", what), ("id", &id)];
            writing.markup.empty("key", &key);
        }
    }
    writing.markup.begin("graph", &[("edgedefault", "directed"), ("id", "zones-and-conduits")]);
    for (at, it) in drawn.inside(None) {
        writing.node(at, it);
    }
    for line in &drawn.lines {
        writing.edge(line);
    }
    writing.markup.end();
    writing.resources();
    writing.markup.finish()
}

struct Writing<'a> {
    drawn: &'a Boxes,
    markup: Markup,
    /// The number of each picture among the resources.
    pictures: BTreeMap<&'a str, usize>,
}

fn key_of(what: &str, name: &str) -> String {
    format!("{what}-{name}")
}

impl Writing<'_> {
    fn key(&mut self, what: &str, kind: &str) {
        self.markup.empty("key", &[("for", what), ("id", kind), ("yfiles.type", kind)]);
    }

    fn fields(&mut self, what: &str, fields: &[(&'static str, String)]) {
        for (name, value) in fields {
            self.markup.text("data", &[("key", &key_of(what, name))], value);
        }
    }

    fn node(&mut self, at: usize, it: &Box) {
        if it.kind == Kind::Zone {
            self.group(at, it);
            return;
        }
        self.markup.begin("node", &[("id", &it.id)]);
        self.fields("node", &it.fields);
        self.markup.begin("data", &[("key", "nodegraphics")]);
        match it.picture.as_deref().and_then(|svg| self.pictures.get(svg)).copied() {
            Some(picture) => self.pictured(it, picture),
            None => self.plain(it),
        }
        self.markup.end();
        self.markup.end();
    }

    fn pictured(&mut self, it: &Box, picture: usize) {
        let middle = it.frame.center().x;
        self.markup.begin("y:SVGNode", &[]);
        self.geometry(match it.kind {
            Kind::Asset => Rect::new(middle - ASSET_ICON / 2.0, it.frame.y, ASSET_ICON, ASSET_ICON),
            _ => it.frame,
        });
        self.fill(None);
        self.markup.empty("y:BorderStyle", &[("hasColor", "false"), ("type", "line"), ("width", "1.0")]);
        self.label(it, SMALL_TEXT, &[("modelName", "sandwich"), ("modelPosition", "s")]);
        self.markup.empty("y:SVGNodeProperties", &[("usingVisualBounds", "false")]);
        self.markup.begin("y:SVGModel", &[("svgBoundsPolicy", "0")]);
        self.markup.empty("y:SVGContent", &[("refid", &picture.to_string())]);
        self.markup.end();
        self.markup.end();
    }

    fn plain(&mut self, it: &Box) {
        let is_drawn = it.kind != Kind::Title;
        self.markup.begin("y:ShapeNode", &[]);
        self.geometry(it.frame);
        self.fill(is_drawn.then_some(it));
        self.border(it, is_drawn);
        let size = if it.kind == Kind::Title { 18.0 } else { SMALL_TEXT + 1.0 };
        self.label(it, size, &[("modelName", "internal"), ("modelPosition", "tl")]);
        let shape = if it.kind == Kind::LooseEnd { "ellipse" } else { "rectangle" };
        self.markup.empty("y:Shape", &[("type", shape)]);
        self.markup.end();
    }

    fn group(&mut self, at: usize, it: &Box) {
        self.markup.begin("node", &[("id", &it.id), ("yfiles.foldertype", "group")]);
        self.fields("node", &it.fields);
        self.markup.begin("data", &[("key", "nodegraphics")]);
        self.markup.begin("y:ProxyAutoBoundsNode", &[]);
        self.markup.begin("y:Realizers", &[("active", "0")]);
        self.markup.begin("y:GroupNode", &[]);
        self.geometry(it.frame);
        self.fill(Some(it));
        self.border(it, true);
        self.label(it, ZONE_TEXT - 2.0, &[("modelName", "internal"), ("modelPosition", "tl"), ("fontStyle", "bold")]);
        self.markup.empty("y:Shape", &[("type", "roundrectangle")]);
        let (width, height) = (number(it.frame.width), number(it.frame.height));
        let state: [(&str, &str); 4] =
            [("autoResize", "false"), ("closed", "false"), ("closedHeight", &height), ("closedWidth", &width)];
        self.markup.empty("y:State", &state);
        let insets: [(&str, &str); 4] = [("bottom", "0"), ("left", "0"), ("right", "0"), ("top", "0")];
        self.markup.empty("y:Insets", &insets);
        self.markup.empty("y:BorderInsets", &insets);
        for _ in 0..4 {
            self.markup.end();
        }
        let id = format!("{}:", it.id);
        self.markup.begin("graph", &[("edgedefault", "directed"), ("id", &id)]);
        let drawn = self.drawn;
        for (inner, it) in drawn.inside(Some(at)) {
            self.node(inner, it);
        }
        self.markup.end();
        self.markup.end();
    }

    fn geometry(&mut self, frame: Rect) {
        let [x, y, width, height] = [frame.x, frame.y, frame.width, frame.height].map(number);
        let frame: [(&str, &str); 4] = [("height", &height), ("width", &width), ("x", &x), ("y", &y)];
        self.markup.empty("y:Geometry", &frame);
    }

    fn fill(&mut self, of: Option<&Box>) {
        match of {
            Some(it) => self.markup.empty("y:Fill", &[("color", &it.fill.to_string()), ("transparent", "false")]),
            None => self.markup.empty("y:Fill", &[("hasColor", "false"), ("transparent", "false")]),
        }
    }

    fn border(&mut self, it: &Box, is_drawn: bool) {
        let kind = if it.is_dashed { "dashed" } else { "line" };
        let color = it.edge.to_string();
        match is_drawn {
            true => self.markup.empty("y:BorderStyle", &[("color", &color), ("type", kind), ("width", "1.5")]),
            false => self.markup.empty("y:BorderStyle", &[("hasColor", "false"), ("type", "line"), ("width", "1.0")]),
        }
    }

    fn label(&mut self, it: &Box, size: f32, more: Attributes) {
        let size = number(size);
        let text = Palette::light().text.to_string();
        let mut attributes: Vec<(&str, &str)> = vec![
            ("alignment", if it.kind == Kind::Asset { "center" } else { "left" }),
            ("autoSizePolicy", "content"),
            ("fontFamily", "Dialog"),
            ("fontSize", &size),
            ("hasBackgroundColor", "false"),
            ("hasLineColor", "false"),
            ("textColor", &text),
            ("visible", "true"),
        ];
        attributes.extend(more);
        self.markup.text("y:NodeLabel", &attributes, &it.text.join("\n"));
    }

    fn edge(&mut self, line: &Line) {
        let (Some(from), Some(to)) = (self.drawn.boxes.get(line.from), self.drawn.boxes.get(line.to)) else { return };
        self.markup.begin("edge", &[("id", &line.id), ("source", &from.id), ("target", &to.id)]);
        self.fields("edge", &line.fields);
        self.markup.begin("data", &[("key", "edgegraphics")]);
        self.markup.begin("y:PolyLineEdge", &[]);
        self.path(line, from, to);
        let color = line.color.to_string();
        let (kind, width) =
            (if line.is_dashed { "dashed" } else { "line" }, if line.kind == Kind::Conduit { "2.0" } else { "1.0" });
        self.markup.empty("y:LineStyle", &[("color", &color), ("type", kind), ("width", width)]);
        let arrow = |points: bool| if points { "standard" } else { "none" };
        let arrows: [(&str, &str); 2] = [("source", arrow(line.points_back)), ("target", arrow(line.points_on))];
        self.markup.empty("y:Arrows", &arrows);
        if !line.text.is_empty() {
            let label: [(&str, &str); 8] = [
                ("alignment", "center"),
                ("backgroundColor", "#ffffff"),
                ("fontSize", &number(SMALL_TEXT)),
                ("hasLineColor", "false"),
                ("modelName", "centered"),
                ("modelPosition", "center"),
                ("preferredPlacement", "center_on_edge"),
                ("visible", "true"),
            ];
            self.markup.text("y:EdgeLabel", &label, &line.text.join("\n"));
        }
        self.markup.empty("y:BendStyle", &[("smoothed", "false")]);
        for _ in 0..3 {
            self.markup.end();
        }
    }

    /// Ends are told from the middles of the boxes, bends from the drawing's corner.
    fn path(&mut self, line: &Line, from: &Box, to: &Box) {
        let from_middle = |at: Option<&Point>, of: &Box| {
            let middle = middle(of);
            at.map_or(["0".to_owned(), "0".to_owned()], |at| [number(at.x - middle.x), number(at.y - middle.y)])
        };
        let [sx, sy] = from_middle(line.points.first(), from);
        let [tx, ty] = from_middle(line.points.last(), to);
        self.markup.begin("y:Path", &[("sx", &sx), ("sy", &sy), ("tx", &tx), ("ty", &ty)]);
        for bend in line.points.get(1..line.points.len().saturating_sub(1)).unwrap_or_default() {
            self.markup.empty("y:Point", &[("x", &number(bend.x)), ("y", &number(bend.y))]);
        }
        self.markup.end();
    }

    /// The pictures that nodes show.
    fn resources(&mut self) {
        self.markup.begin("data", &[("key", "resources")]);
        self.markup.begin("y:Resources", &[]);
        let mut pictures: Vec<(usize, &str)> = self.pictures.iter().map(|(svg, number)| (*number, *svg)).collect();
        pictures.sort_unstable();
        for (number, svg) in pictures {
            let resource: [(&str, &str); 3] =
                [("id", &number.to_string()), ("type", "java.lang.String"), ("xml:space", "preserve")];
            self.markup.text("y:Resource", &resource, svg);
        }
        self.markup.end();
        self.markup.end();
    }
}

/// The middle of what is drawn for a box.
fn middle(of: &Box) -> Point {
    match of.kind {
        Kind::Asset => Point::new(of.frame.center().x, of.frame.y + ASSET_ICON / 2.0),
        _ => of.frame.center(),
    }
}
