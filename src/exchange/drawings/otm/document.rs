//! The parts of an Open Threat Model that a plant is made of.

use serde_json::{Map, Value};

use crate::exchange::decode;
use crate::exchange::drawings::{DrawingError, Remark};
use crate::model::Rect;

/// Values of attributes that say nothing.
const IDLE: [&str; 4] = ["not selected", "n/a", "none", "null"];

pub(super) struct Document {
    project: String,
    pub zones: Vec<TrustZone>,
    pub components: Vec<Component>,
    pub flows: Vec<Flow>,
    left_out: Vec<(&'static str, &'static str, Vec<String>)>,
}

pub(super) struct TrustZone {
    pub placed: Placed,
    pub rating: Option<f64>,
}

pub(super) struct Component {
    pub placed: Placed,
}

/// What can hold others or be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Zone,
    Component,
}

impl Kind {
    pub fn other(self) -> Self {
        match self {
            Self::Zone => Self::Component,
            Self::Component => Self::Zone,
        }
    }
}

/// The kind and id of what something lies in.
pub(super) struct Parent(pub Kind, pub String);

/// What zones and components have in common.
pub(super) struct Placed {
    pub id: String,
    pub name: String,
    /// Its type and tags.
    pub hint: String,
    pub parent: Option<Parent>,
    /// Its place in what it lies in.
    pub frame: Option<Rect>,
    pub details: Vec<(String, String)>,
}

impl Placed {
    /// What a remark calls it.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

pub(super) struct Flow {
    pub id: String,
    pub name: String,
    pub hint: String,
    pub from: String,
    pub to: String,
    pub both_ways: bool,
    pub details: Vec<(String, String)>,
}

impl Flow {
    /// What a remark calls it.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

impl Document {
    pub fn read(bytes: &[u8]) -> Result<Self, DrawingError> {
        let text = decode::text(bytes);
        let value = value(&text)?;
        let neither = || DrawingError("it is no Open Threat Model: it has neither trustZones nor components".into());
        let root = value.as_object().ok_or_else(neither)?;
        if root.contains_key("summary") && root.contains_key("detail") {
            return Err(DrawingError("it is a model of OWASP Threat Dragon, which can't be read".into()));
        }
        if ["trustZones", "trustzones", "components", "dataflows"].iter().all(|key| !root.contains_key(*key)) {
            return Err(neither());
        }
        let picture = list(root, &["representations"]).find(|it| text_of(it, &["type"]) == "diagram");
        let picture = picture.map(|it| text_of(it, &["id"])).unwrap_or_default();
        let zones = list(root, &["trustZones", "trustzones"]).map(|it| TrustZone {
            placed: placed(it, &picture),
            rating: it.get("risk").and_then(|risk| risk.get("trustRating")?.as_f64()),
        });
        let components = list(root, &["components"]).map(|it| Component { placed: placed(it, &picture) });
        let flows = list(root, &["dataflows", "dataFlows"]).map(|it| Flow {
            id: text_of(it, &["id"]),
            name: text_of(it, &["name"]),
            hint: hint(it),
            from: text_of(it, &["source", "sourceNode", "source_node", "from"]),
            to: text_of(it, &["destination", "destinationNode", "destination_node", "target", "to"]),
            both_ways: it.get("bidirectional").and_then(Value::as_bool).unwrap_or_default(),
            details: details(it),
        });
        let names = |key: &str| list(root, &[key]).map(|it| text_of(it, &["name", "id"])).collect::<Vec<_>>();
        Ok(Self {
            project: root
                .get("project")
                .and_then(Value::as_object)
                .map(|it| text_of(it, &["name"]))
                .unwrap_or_default(),
            zones: zones.collect(),
            components: components.collect(),
            flows: flows.collect(),
            left_out: vec![
                ("data asset", "data assets", names("assets")),
                ("threat", "threats", names("threats")),
                ("mitigation", "mitigations", names("mitigations")),
            ],
        })
    }

    pub fn title(&self) -> String {
        self.project.clone()
    }

    /// What the model holds beyond a plant.
    pub fn left_out(&self) -> impl Iterator<Item = Remark> {
        self.left_out.iter().filter(|(_, _, names)| !names.is_empty()).map(|(one, several, names)| {
            let counted = if names.len() == 1 { format!("1 {one}") } else { format!("{} {several}", names.len()) };
            let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
            let more = if names.len() > shown.len() { ", …" } else { "" };
            Remark {
                place: self.project.clone(),
                what: format!("{counted} left out, for a plant has none: {}{more}", shown.join(", ")),
            }
        })
    }
}

/// JSON, or else YAML.
fn value(text: &str) -> Result<Value, DrawingError> {
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return Err(DrawingError("it is empty".into()));
    }
    if trimmed.starts_with(['{', '[']) {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            // YAML may begin so too, but not often
            Err(error) => {
                return serde_saphyr::from_str(text)
                    .map_err(|_| DrawingError(format!("it is no JSON that can be read: {error}")));
            }
        }
    }
    serde_saphyr::from_str(text).map_err(|error| {
        let said = error.to_string();
        let first = said.lines().next().unwrap_or_default();
        DrawingError(format!("it is neither JSON nor YAML that can be read: {first}"))
    })
}

fn list<'a>(root: &'a Map<String, Value>, keys: &[&str]) -> impl Iterator<Item = &'a Map<String, Value>> {
    let found = keys.iter().find_map(|key| root.get(*key)?.as_array());
    found.into_iter().flatten().filter_map(Value::as_object)
}

/// The first of several keys that has a text or a number, as text.
fn text_of(item: &Map<String, Value>, keys: &[&str]) -> String {
    keys.iter().find_map(|key| scalar(item.get(*key)?)).unwrap_or_default()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes".to_owned() } else { "no".to_owned() }),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn placed(item: &Map<String, Value>, picture: &str) -> Placed {
    Placed {
        id: text_of(item, &["id", "name"]),
        name: text_of(item, &["name"]),
        hint: hint(item),
        parent: parent(item),
        frame: frame(item, picture),
        details: details(item),
    }
}

/// Its type, if that is a word and no number or guid, and its tags.
fn hint(item: &Map<String, Value>) -> String {
    let kind = text_of(item, &["type"]);
    let is_word = kind.chars().filter(char::is_ascii_digit).count() * 4 < kind.len().max(1);
    let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(scalar);
    let words: Vec<_> = Some(kind).filter(|_| is_word).into_iter().chain(tags).filter(|it| !it.is_empty()).collect();
    words.join(" ")
}

fn parent(item: &Map<String, Value>) -> Option<Parent> {
    let parent = item.get("parent")?;
    let named = |keys: &[&str]| Some(text_of(parent.as_object()?, keys)).filter(|it| !it.is_empty());
    let component = named(&["component"]).map(|id| Parent(Kind::Component, id));
    let zone = || named(&["trustZone", "trustzone", "trust_zone"]).map(|id| Parent(Kind::Zone, id));
    component.or_else(zone).or_else(|| Some(Parent(Kind::Zone, scalar(parent)?)))
}

fn frame(item: &Map<String, Value>, picture: &str) -> Option<Rect> {
    let representations = item.get("representations")?.as_array()?.iter().filter_map(Value::as_object);
    let mut placed = representations.filter(|it| it.contains_key("position"));
    let of_picture = placed.clone().find(|it| text_of(it, &["representation"]) == picture);
    let found = of_picture.or_else(|| placed.next())?;
    let number = |of: &str, key: &str| found.get(of)?.get(key)?.as_f64().map(|it| it as f32);
    let frame = Rect::new(
        number("position", "x")?,
        number("position", "y")?,
        number("size", "width")?,
        number("size", "height")?,
    );
    Some(frame).filter(Rect::is_drawable)
}

fn details(item: &Map<String, Value>) -> Vec<(String, String)> {
    let description = item.get("description").and_then(scalar).map(|it| ("description".to_owned(), it));
    let attributes = item.get("attributes").and_then(Value::as_object).into_iter().flatten();
    let attributes = attributes.filter_map(|(name, value)| Some((name.clone(), scalar(value)?)));
    let name = text_of(item, &["name"]);
    let is_idle = |(key, value): &(String, String)| {
        value.is_empty()
            || IDLE.contains(&value.to_lowercase().as_str())
            || key.eq_ignore_ascii_case("name") && *value == name
    };
    description.into_iter().chain(attributes).filter(|it| !is_idle(it)).collect()
}
