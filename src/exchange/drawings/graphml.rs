//! GraphML: as yEd and yFiles write it, and plain as libraries do.

use std::collections::HashMap;

use super::xml::{self, Element};
use super::{Drawing, DrawingError, DrawnLink, DrawnShape, LinkEnd, MOST_SHAPES, Page, markup};
use crate::exchange::diagram::KIND;
use crate::model::Rect;

/// Space around what a group holds, where the file does not say how large it is.
const MARGIN: f32 = 20.0;

/// Reads a GraphML file.
///
/// # Errors
/// Where it is none, or holds no graph.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, DrawingError> {
    let root = xml::read(bytes)?;
    if root.name != "graphml" {
        return Err(DrawingError(format!("it begins with <{}>, and GraphML with <graphml>", xml::short(&root.name))));
    }
    let keys = root.children_named("key").filter_map(|key| Some((key.attribute("id")?, Key::of(key)))).collect();
    let mut reading = Reading { keys, drawing: Drawing::default(), page: Page::default(), places: HashMap::new() };
    for (number, graph) in root.children_named("graph").enumerate() {
        reading.places.clear();
        reading.nodes(graph, None, number + 1)?;
        reading.edges(graph, true);
        let mut page = std::mem::take(&mut reading.page);
        frame_groups(&mut page);
        page.name = reading.of_graph(graph);
        reading.drawing.pages.push(page);
    }
    if reading.drawing.pages.is_empty() {
        return Err(DrawingError("it is GraphML, but holds no graph".to_owned()));
    }
    Ok(reading.drawing)
}

/// What a `data` element is for.
struct Key<'a> {
    name: &'a str,
    default: Option<&'a str>,
}

impl<'a> Key<'a> {
    fn of(key: &'a Element) -> Self {
        let name = key.attribute("attr.name").or(key.attribute("yfiles.type")).or(key.attribute("id"));
        let default = key.child("default").map(|it| it.text.trim()).filter(|it| !it.is_empty());
        Self { name: name.unwrap_or_default(), default }
    }
}

struct Reading<'a> {
    keys: HashMap<&'a str, Key<'a>>,
    drawing: Drawing,
    page: Page,
    /// Shapes by the ids of their nodes.
    places: HashMap<String, usize>,
}

/// Fields that name a node or an edge, the best first.
const NAMES: [&str; 8] = ["label", "name", "title", "text", "hostname", "vertex_label", "node_label", "edgelabel"];
/// Fields that say what a node is.
const KINDS: [&str; 8] = ["device_type", "type", "kind", "role", "category", "class", "icon", "shape"];

impl<'a> Reading<'a> {
    /// The plain fields of a node or an edge.
    fn fields(&self, element: &'a Element) -> Vec<(&'a str, String)> {
        let name_of = |data: &'a Element| data.attribute("key").and_then(|id| self.keys.get(id)).map(|it| it.name);
        let is_ours = element.children_named("data").any(|data| name_of(data) == Some(KIND));
        let data = element.children_named("data").filter(|data| data.children.is_empty()).filter_map(|data| {
            let id = data.attribute("key")?;
            let key = self.keys.get(id);
            // our own fields say all as it is
            let text = if is_ours { data.text.clone() } else { markup::tidy(&data.text) };
            let text =
                if text.is_empty() { key.and_then(|it| it.default).unwrap_or_default().to_owned() } else { text };
            Some((key.map_or(id, |it| it.name), text))
        });
        data.filter(|(_, text)| !text.is_empty()).collect()
    }

    fn of_graph(&self, graph: &'a Element) -> String {
        let fields = self.fields(graph);
        let named = field(&fields, &NAMES).map(str::to_owned);
        named.or_else(|| graph.child("desc").map(|it| markup::tidy(&it.text))).unwrap_or_default()
    }

    fn nodes(&mut self, graph: &'a Element, parent: Option<usize>, number: usize) -> Result<(), DrawingError> {
        for node in graph.children_named("node") {
            if self.page.shapes.len() >= MOST_SHAPES {
                return Err(DrawingError(format!("it holds more than {MOST_SHAPES} nodes")));
            }
            let id = node.attribute("id").unwrap_or_default().to_owned();
            let inner: Vec<_> = node.children_named("graph").collect();
            let shape = self.shape(node, &id, parent, !inner.is_empty());
            let place = self.page.shapes.len();
            if self.places.insert(id.clone(), place).is_some() {
                self.drawing.remark(format!("Graph {number}, node \"{}\"", xml::short(&id)), "this id stands twice");
            }
            self.page.shapes.push(shape);
            for graph in inner {
                self.nodes(graph, Some(place), number)?;
            }
        }
        Ok(())
    }

    fn shape(&self, node: &'a Element, id: &str, parent: Option<usize>, holds: bool) -> DrawnShape {
        let fields = self.fields(node);
        let looks = looks(node);
        let labels: Vec<String> = looks.map(labels).unwrap_or_default();
        let text = match labels.is_empty() {
            true => field(&fields, &NAMES).map_or_else(|| node_name(node, id, looks.is_some()), str::to_owned),
            false => labels.join("\n"),
        };
        let kind = field(&fields, &KINDS).map(str::to_owned);
        let frame = looks.and_then(frame).or_else(|| frame_of_fields(&fields)).unwrap_or_default();
        let is_group = holds || node.attribute("yfiles.foldertype").is_some();
        let hint = kind.unwrap_or_else(|| looks.map(hint).unwrap_or_default());
        // a name that is no label of its own is already the text
        let is_text = |name: &str| labels.is_empty() && NAMES.contains(&name.to_lowercase().as_str());
        let details = fields.into_iter().filter(|(name, _)| !is_text(name)).map(|(name, it)| (name.to_owned(), it));
        DrawnShape {
            key: id.to_owned(),
            text,
            hint: if is_group && hint.is_empty() { "group".to_owned() } else { hint },
            frame,
            parent,
            is_container: is_group,
            meaning: None,
            details: details.collect(),
        }
    }

    fn edges(&mut self, graph: &'a Element, is_directed: bool) {
        let is_directed = graph.attribute("edgedefault").map_or(is_directed, |it| it != "undirected");
        for child in &graph.children {
            match child.name.as_str() {
                "edge" if self.page.links.len() < MOST_SHAPES => self.edge(child, is_directed),
                "edge" => {
                    self.drawing.remark("Edges", format!("there are more than {MOST_SHAPES}; the rest was left out"));
                    return;
                }
                "hyperedge" => self.hyperedge(child),
                "node" => child.children_named("graph").for_each(|inner| self.edges(inner, is_directed)),
                _ => (),
            }
        }
    }

    fn end(&mut self, id: Option<&str>, key: &str) -> LinkEnd {
        match id.and_then(|id| self.places.get(id)) {
            Some(&place) => LinkEnd::Shape(place),
            None => {
                let what = match id {
                    Some(id) => format!("there is no node \"{}\" for its end", xml::short(id)),
                    None => "one of its ends is not named".to_owned(),
                };
                self.drawing.remark(format!("Edge \"{}\"", xml::short(key)), what);
                LinkEnd::Nowhere
            }
        }
    }

    fn edge(&mut self, edge: &'a Element, is_directed: bool) {
        let is_directed = edge.attribute("directed").map_or(is_directed, |it| it == "true");
        let key = edge.attribute("id").unwrap_or_default().to_owned();
        let (from, to) = (self.end(edge.attribute("source"), &key), self.end(edge.attribute("target"), &key));
        let fields = self.fields(edge);
        let looks = looks(edge);
        let labels = looks.map(labels).unwrap_or_default();
        let text = if labels.is_empty() {
            field(&fields, &NAMES).map(str::to_owned).unwrap_or_default()
        } else {
            labels.join("\n")
        };
        let arrows = looks.and_then(|it| it.child("Arrows").or_else(|| it.descendant("Arrows")));
        let has_arrow = |end: &str| arrows.is_some_and(|it| is_arrow(it.attribute(end).unwrap_or("none")));
        self.page.links.push(DrawnLink {
            key,
            text,
            hint: looks.map(|it| it.name.clone()).unwrap_or_default(),
            from,
            to,
            points_back: has_arrow("source"),
            points_on: if arrows.is_some() { has_arrow("target") } else { is_directed && looks.is_none() },
            details: fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        });
    }

    /// An edge with several ends becomes lines from its first end to the others.
    fn hyperedge(&mut self, edge: &'a Element) {
        let key = edge.attribute("id").unwrap_or("without an id").to_owned();
        let ends: Vec<_> = edge.children_named("endpoint").map(|end| self.end(end.attribute("node"), &key)).collect();
        let Some((&from, others)) = ends.split_first() else { return };
        for &to in others {
            self.page.links.push(DrawnLink {
                key: key.clone(),
                text: String::new(),
                hint: "hyperedge".to_owned(),
                from,
                to,
                points_back: false,
                points_on: false,
                details: Vec::new(),
            });
        }
    }
}

/// A node without a label is known by its id, unless a drawing shows it without one.
fn node_name(node: &Element, id: &str, is_drawn: bool) -> String {
    match node.child("desc") {
        Some(desc) if !desc.text.trim().is_empty() => markup::tidy(&desc.text),
        _ if is_drawn => String::new(),
        _ => id.to_owned(),
    }
}

fn field<'f>(fields: &'f [(&str, String)], names: &[&str]) -> Option<&'f str> {
    names.iter().find_map(|wanted| {
        fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, text)| text.as_str())
    })
}

/// What says how a node or an edge looks: the open one of a group's two faces.
fn looks(element: &Element) -> Option<&Element> {
    let data = element.children_named("data").flat_map(|data| &data.children);
    let mut looks = data.filter(|it| !["List", "Json"].contains(&it.name.as_str()) || it.descendant("Label").is_some());
    let face = looks.find(|it| it.name.ends_with("Node") || it.name.ends_with("Edge") || it.name == "Realizers");
    let Some(face) = face else { return yfiles(element) };
    let Some(faces) = face.child("Realizers") else { return Some(face) };
    let active = faces.attribute("active").and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
    faces.children.get(active).or(faces.children.first()).or(Some(face))
}

/// Newer yFiles spread what yEd puts into one element; the node itself holds it all then.
fn yfiles(element: &Element) -> Option<&Element> {
    let data = element.children_named("data");
    data.into_iter().any(|it| it.descendant("RectD").is_some() || it.descendant("Label").is_some()).then_some(element)
}

fn frame(looks: &Element) -> Option<Rect> {
    let geometry = looks.child("Geometry").or_else(|| own_data(looks, "RectD"))?;
    let number = |name: &str| {
        let capital = format!("{}{}", name.get(..1)?.to_uppercase(), name.get(1..)?);
        geometry.attribute(name).or_else(|| geometry.attribute(&capital))?.trim().parse::<f32>().ok()
    };
    let rect = Rect::new(number("x")?, number("y")?, number("width")?, number("height")?);
    rect.is_drawable().then_some(rect)
}

/// An element in the data of a node, not of the nodes in it.
fn own_data<'a>(node: &'a Element, name: &str) -> Option<&'a Element> {
    node.children_named("data").find_map(|data| data.descendant(name))
}

fn frame_of_fields(fields: &[(&str, String)]) -> Option<Rect> {
    let number = |names: &[&str]| field(fields, names)?.trim().parse::<f32>().ok().filter(|it| it.is_finite());
    let (x, y) = (number(&["x", "pos_x", "posx", "graphics_x"])?, number(&["y", "pos_y", "posy", "graphics_y"])?);
    let size = |names: &[&str], usual| number(names).filter(|it| *it > 0.0).unwrap_or(usual);
    let rect = Rect::new(x, y, size(&["width", "w"], 80.0), size(&["height", "h"], 40.0));
    rect.is_drawable().then_some(rect)
}

fn labels(looks: &Element) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    let is_label = |it: &&Element| ["NodeLabel", "EdgeLabel"].contains(&it.name.as_str());
    for label in looks.children.iter().filter(is_label).filter(|it| it.attribute("visible") != Some("false")) {
        let text = if label.text.trim_start().starts_with("<html") {
            markup::plain(&label.text)
        } else {
            markup::tidy(&label.text)
        };
        labels.push(text);
    }
    for data in looks.children_named("data") {
        let mut lists = vec![data];
        while let Some(list) = lists.pop() {
            for inner in &list.children {
                if inner.name == "Label" {
                    let text = inner.child("Label.Text").map(|it| it.text.as_str()).or(inner.attribute("Text"));
                    labels.push(markup::tidy(text.unwrap_or_default()));
                } else {
                    lists.push(inner);
                }
            }
        }
    }
    labels.retain(|label| !label.is_empty());
    labels
}

/// Words for the looks of a node.
fn hint(looks: &Element) -> String {
    if let Some(shape) = looks.child("Shape").and_then(|it| it.attribute("type")) {
        return match shape {
            "roundrectangle" => "rounded rectangle".to_owned(),
            other => other.replace('_', " "),
        };
    }
    let picture = looks.descendant("SVGContent").or_else(|| looks.descendant("Image"));
    if let Some(picture) = picture.and_then(|it| it.attribute("refid")) {
        return format!("picture {picture}");
    }
    match looks.attribute("configuration") {
        Some(configuration) => {
            let last = configuration.rsplit(['.', '/']).next().unwrap_or(configuration);
            xml::short(&last.replace('_', " ").to_lowercase())
        }
        None => String::new(),
    }
}

fn is_arrow(word: &str) -> bool {
    !["none", "circle", "transparent_circle", "diamond", "white_diamond", "dash", "skewed_dash", "t_shape"]
        .contains(&word)
        && !word.starts_with("crows_foot")
}

/// Gives groups of no size the frame of what they hold.
fn frame_groups(page: &mut Page) {
    let is_open = |shape: &DrawnShape| shape.is_container && !shape.frame.is_drawable();
    let open: Vec<bool> = page.shapes.iter().map(is_open).collect();
    // what lies in a group comes after it
    for place in (0..page.shapes.len()).rev() {
        let Some(shape) = page.shapes.get(place) else { continue };
        let (Some(parent), true) = (shape.parent, shape.frame.is_drawable()) else { continue };
        let needed = shape.frame.grown(MARGIN);
        if open.get(parent) == Some(&true)
            && let Some(outer) = page.shapes.get_mut(parent)
        {
            outer.frame = if outer.frame.is_drawable() { outer.frame.union(&needed) } else { needed };
        }
    }
}

#[cfg(test)]
mod tests;
