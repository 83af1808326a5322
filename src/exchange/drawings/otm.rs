//! Open Threat Model, 0.1 and 0.2, as JSON or YAML: trust zones, components and data
//! flows, with places where the model has a picture.

mod document;

use std::collections::BTreeMap;

use self::document::{Component, Document, Kind, Parent, Placed, TrustZone};
use super::{Drawing, DrawingError, DrawnLink, DrawnShape, LinkEnd, MOST_SHAPES, Meaning, Page, nesting};
use crate::model::{Rect, Trust};

/// Reads an Open Threat Model.
///
/// # Errors
/// [`DrawingError`] where it is none, or is broken.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, DrawingError> {
    let document = Document::read(bytes)?;
    if document.zones.len() + document.components.len() > MOST_SHAPES {
        return Err(DrawingError(format!("it holds more than {MOST_SHAPES} trust zones and components")));
    }
    let mut drawing = Drawing { title: document.title(), ..Drawing::default() };
    let mut page = Page { name: document.title(), ..Page::default() };
    let mut places = Places::default();
    page.shapes.extend(document.zones.iter().map(|zone| zone_shape(zone, &document)));
    page.shapes.extend(document.components.iter().map(component_shape));
    let zones = document.zones.iter().map(|it| (Kind::Zone, &it.placed));
    let all = zones.chain(document.components.iter().map(|it| (Kind::Component, &it.placed)));
    for (at, (kind, placed)) in all.clone().enumerate() {
        if places.of.contains_key(&(kind, placed.id.as_str())) {
            drawing.remark(placed.called(), "its id stands twice; what names it means the first");
        }
        places.of.entry((kind, &placed.id)).or_insert(at);
    }
    for (at, (_, placed)) in all.enumerate() {
        let Some(Parent(kind, id)) = &placed.parent else { continue };
        match places.find(*kind, id) {
            Some(outer) => page.shapes.iter_mut().skip(at).take(1).for_each(|it| it.parent = Some(outer)),
            None => drawing.remark(placed.called(), format!("it lies in \"{id}\", which the file does not have")),
        }
    }
    hold(&mut page.shapes);
    let sorted = nesting::sort(&mut page.shapes);
    if sorted.freed > 0 {
        drawing
            .remark(&page.name, format!("zones lie in one another in a circle; {} were taken out of it", sorted.freed));
    }
    if !is_placed(&mut page.shapes) {
        page.shapes.iter_mut().for_each(|it| it.frame = Rect::default());
        drawing.remark(&page.name, "the model has no picture with a place for everything; it is laid out anew");
    }
    let place = |id: &str| sorted.places.get(places.find(Kind::Component, id)?).copied();
    for flow in &document.flows {
        let [from, to] = [&flow.from, &flow.to].map(|id| place(id));
        for (id, end) in [(&flow.from, from), (&flow.to, to)] {
            if end.is_none() {
                drawing.remark(flow.called(), format!("it has an end at \"{id}\", which the file does not have"));
            }
        }
        page.links.push(DrawnLink {
            key: flow.id.clone(),
            text: flow.name.clone(),
            hint: flow.hint.clone(),
            from: from.map_or(LinkEnd::Nowhere, LinkEnd::Shape),
            to: to.map_or(LinkEnd::Nowhere, LinkEnd::Shape),
            points_back: flow.both_ways,
            points_on: true,
            details: flow.details.clone(),
        });
    }
    drawing.remarks.extend(document.left_out());
    drawing.pages.push(page);
    Ok(drawing)
}

/// Where zones and components stand among the shapes; one id may mean one of each.
#[derive(Default)]
struct Places<'a> {
    of: BTreeMap<(Kind, &'a str), usize>,
}

impl Places<'_> {
    /// What has an id, of one kind rather than of the other.
    fn find(&self, kind: Kind, id: &str) -> Option<usize> {
        self.of.get(&(kind, id)).or_else(|| self.of.get(&(kind.other(), id))).copied()
    }
}

fn zone_shape(zone: &TrustZone, document: &Document) -> DrawnShape {
    let meaning = Meaning::Zone { trust: Some(trust(zone, document)), purdue: None };
    DrawnShape { is_container: true, meaning: Some(meaning), ..shape(&zone.placed) }
}

fn component_shape(component: &Component) -> DrawnShape {
    DrawnShape { meaning: Some(Meaning::Asset(None)), ..shape(&component.placed) }
}

fn shape(placed: &Placed) -> DrawnShape {
    DrawnShape {
        key: placed.id.clone(),
        text: placed.name.clone(),
        hint: placed.hint.clone(),
        frame: placed.frame.unwrap_or_default(),
        details: placed.details.clone(),
        ..DrawnShape::default()
    }
}

/// So many shapes around one are asked for their trust; a circle of them has no end.
const MOST_AROUND: usize = 100;

/// Makes a component with others in it a zone in the hands of the one that it lies in.
fn hold(shapes: &mut [DrawnShape]) {
    let parents: Vec<usize> = shapes.iter().filter_map(|it| it.parent).collect();
    for at in parents {
        let outer = std::iter::successors(Some(at), |&it| shapes.get(it)?.parent).take(MOST_AROUND);
        let trust = outer.filter_map(|it| shapes.get(it)).find_map(|it| match it.meaning {
            Some(Meaning::Zone { trust, .. }) => trust,
            _ => None,
        });
        if let Some(shape) = shapes.get_mut(at)
            && !shape.is_container
        {
            shape.is_container = true;
            shape.meaning = Some(Meaning::Zone { trust, purdue: None });
        }
    }
}

/// Whose hands a trust zone is in: by its name and type, or else by its rating, unless
/// that is the same for all.
fn trust(zone: &TrustZone, document: &Document) -> Trust {
    const WORDS: [(Trust, &[&str]); 3] = [
        (Trust::External, &["internet", "external", "public", "third party", "3rd party", "vendor", "untrusted"]),
        (Trust::Enterprise, &["enterprise", "corporate", "office", "business", "intranet"]),
        (Trust::Safety, &["safety"]),
    ];
    let said = format!("{} {}", zone.placed.name, zone.placed.hint).to_lowercase();
    let named = WORDS.iter().find(|(_, words)| words.iter().any(|word| said.contains(word)));
    if let Some((trust, _)) = named {
        return *trust;
    }
    let ratings = || document.zones.iter().filter_map(|it| it.rating);
    let is_told = ratings().any(|it| Some(it) != ratings().next());
    match zone.rating.filter(|_| is_told) {
        Some(rating) if rating <= 20.0 => Trust::External,
        Some(rating) if rating <= 50.0 => Trust::Enterprise,
        _ => Trust::Operational,
    }
}

/// Turns places in what a shape lies in to places on the page. Tells whether everything has
/// a place, inside what it lies in.
fn is_placed(shapes: &mut [DrawnShape]) -> bool {
    for at in 0..shapes.len() {
        let Some(shape) = shapes.get(at) else { break };
        if !shape.frame.is_drawable() {
            return false;
        }
        let Some(outer) = shape.parent.and_then(|it| shapes.get(it)).map(|it| it.frame) else { continue };
        let frame = shape.frame.offset(outer.x, outer.y);
        if !outer.grown(2.0).encloses(&frame) {
            return false;
        }
        if let Some(shape) = shapes.get_mut(at) {
            shape.frame = frame;
        }
    }
    !shapes.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = r#"{
        "otmVersion": "0.2.0",
        "project": {"name": "Pump station", "id": "p"},
        "representations": [{"name": "Picture", "id": "pic", "type": "diagram", "size": {"width": 900, "height": 600}}],
        "trustZones": [
            {"id": "z1", "name": "Plant network", "risk": {"trustRating": 80},
             "representations": [{"representation": "pic", "position": {"x": 100, "y": 50}, "size": {"width": 500, "height": 400}}]},
            {"id": "z2", "name": "Cell 1", "risk": {"trustRating": 90}, "parent": {"trustZone": "z1"},
             "representations": [{"representation": "pic", "position": {"x": 20, "y": 60}, "size": {"width": 200, "height": 200}}]}],
        "components": [
            {"id": "c1", "name": "PLC 1", "type": "plc", "parent": {"trustZone": "z2"}, "tags": ["s7"],
             "attributes": {"ip": "10.1.1.2"},
             "representations": [{"representation": "pic", "position": {"x": 10, "y": 40}, "size": {"width": 50, "height": 50}}]},
            {"id": "c2", "name": "Historian", "type": "historian", "parent": {"trustZone": "z1"},
             "representations": [{"representation": "pic", "position": {"x": 300, "y": 60}, "size": {"width": 50, "height": 50}}]}],
        "dataflows": [{"id": "f1", "name": "Values", "source": "c1", "destination": "c2", "bidirectional": true}],
        "threats": [{"id": "t1", "name": "Someone listens"}]
    }"#;

    fn model() -> Drawing {
        read(MODEL.as_bytes()).unwrap()
    }

    #[test]
    fn zones_nest_and_places_are_told_in_what_holds_them() {
        let page = &model().pages[0];
        let names: Vec<_> = page.shapes.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(names, ["Plant network", "Cell 1", "Historian", "PLC 1"]);
        assert_eq!(page.shapes[1].parent, Some(0));
        assert_eq!(page.shapes[3].parent, Some(1));
        assert_eq!(page.shapes[3].frame, Rect::new(130.0, 150.0, 50.0, 50.0));
        assert_eq!(page.shapes[3].details, [("ip".to_owned(), "10.1.1.2".to_owned())]);
    }

    #[test]
    fn flows_join_components_both_ways() {
        let page = &model().pages[0];
        let flow = &page.links[0];
        assert_eq!((flow.from, flow.to), (LinkEnd::Shape(3), LinkEnd::Shape(2)));
        assert!(flow.points_back && flow.points_on);
    }

    #[test]
    fn what_is_no_plant_is_told() {
        assert!(model().remarks.iter().any(|it| it.what.contains("1 threat")), "{:?}", model().remarks);
    }

    #[test]
    fn yaml_says_the_same() {
        let yaml = "---\notmVersion: 0.1.0\nproject:\n  name: Pump station\n  id: p\ntrustZones:\n- id: 1\n  name: Internet\n  risk: {trustRating: 10}\ncomponents:\n- id: vpc\n  name: Outer\n  type: vpc\n  parent: {trustZone: 1}\n- id: in\n  name: Inner\n  type: web-client\n  parent:\n    component: vpc\n";
        let drawing = read(yaml.as_bytes()).unwrap();
        let shapes = &drawing.pages[0].shapes;
        assert_eq!(shapes[0].meaning, Some(Meaning::Zone { trust: Some(Trust::External), purdue: None }));
        assert_eq!(shapes[1].meaning, shapes[0].meaning, "a component with others in it is a zone");
        assert_eq!((shapes[1].parent, shapes[2].parent), (Some(0), Some(1)));
    }

    #[test]
    fn what_is_no_model_is_refused_with_a_reason() {
        for (wrong, said) in [
            ("", "empty"),
            ("{\"otmVersion\": ", "line 1"),
            ("{\"a\": 1}", "neither"),
            ("[1, 2]", "neither"),
            ("a: [1\nb: }", "YAML"),
            ("{\"summary\": {}, \"detail\": {}}", "Threat Dragon"),
            ("just words", "neither"),
        ] {
            let error = read(wrong.as_bytes()).unwrap_err();
            assert!(error.0.contains(said), "{wrong}: {error}");
        }
    }

    #[test]
    fn broken_references_are_told_and_do_no_harm() {
        let model = r#"{"trustZones": [
            {"id": "a", "name": "A", "parent": {"trustZone": "b"}}, {"id": "b", "name": "B", "parent": {"trustZone": "a"}},
            {"id": "a", "name": "C", "parent": {"trustZone": "gone"}}],
            "components": [null, 5, {"name": "D"}],
            "dataflows": [{"id": "f", "source": "a", "destination": "nowhere"}]}"#;
        let drawing = read(model.as_bytes()).unwrap();
        let said: Vec<_> = drawing.remarks.iter().map(|it| it.what.as_str()).collect();
        for expected in ["twice", "circle", "\"gone\"", "\"nowhere\""] {
            assert!(said.iter().any(|it| it.contains(expected)), "{expected}: {said:?}");
        }
        assert_eq!(drawing.pages[0].links[0].to, LinkEnd::Nowhere);
    }
}
