//! The diagram of CSET, which is a drawing of draw.io with fields of its own: zones with
//! a type and a level, components by their pictures.

mod symbols;

use super::{Drawing, DrawingError, DrawnLink, DrawnShape, LinkEnd, Meaning, Page, drawio};
use crate::model::{PurdueLevel, Trust};

/// Fields that serve CSET alone.
const OWN: [&str; 8] =
    ["ComponentGuid", "internalLabel", "HasUniqueQuestions", "zone", "parent", "layerName", "visible", "Parent_id"];
/// Fields by the names that we know them by.
const RENAMED: [(&str, &str); 8] = [
    ("IPAddress", "address"),
    ("HostName", "host name"),
    ("VendorName", "vendor"),
    ("ProductName", "model"),
    ("VersionName", "version"),
    ("SerialNumber", "serial number"),
    ("PhysicalLocation", "location"),
    ("Description", "description"),
];

/// Reads a diagram of CSET.
///
/// # Errors
/// [`DrawingError`] where it is none, or is broken.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, DrawingError> {
    if bytes.starts_with(b"PK") {
        let sentence = "it is a packed file of the older CSET: open it there and export the diagram as XML";
        return Err(DrawingError(sentence.into()));
    }
    let mut drawing = drawio::read(bytes)?;
    let mut remarks = Vec::new();
    for page in &mut drawing.pages {
        page.shapes.iter_mut().for_each(|shape| understand(shape, &mut remarks));
        fold_services(page, &mut remarks);
        join_at_connectors(page);
    }
    for (place, what) in remarks {
        drawing.remark(place, what);
    }
    Ok(drawing)
}

type Remarks = Vec<(String, String)>;

fn field<'a>(shape: &'a DrawnShape, name: &str) -> Option<&'a str> {
    let found = shape.details.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str()).filter(|it| !it.is_empty())
}

fn understand(shape: &mut DrawnShape, remarks: &mut Remarks) {
    let zone_type = field(shape, "ZoneType").map(str::to_lowercase);
    let is_zone = zone_type.is_some() || field(shape, "zone") == Some("1") || field(shape, "SAL").is_some();
    if is_zone {
        let level = field(shape, "SAL").unwrap_or_default().to_owned();
        // the label that is shown is the zone's name with its level
        let name = field(shape, "internalLabel").map(str::to_owned);
        let name = name.or_else(|| shape.text.strip_suffix(&format!("-{level}")).map(str::to_owned));
        if let Some(name) = name {
            shape.text = name;
        }
        if !level.is_empty() {
            remarks
                .push((shape.text.clone(), format!("its SAL \"{level}\" is no SL-T and stays a note: set the SL-T")));
        }
        let (trust, purdue) = zone_meaning(zone_type.as_deref().unwrap_or_default());
        shape.is_container = true;
        shape.meaning = Some(Meaning::Zone { trust: Some(trust), purdue });
    } else if let Some(symbol) = symbol(shape) {
        if let Some(name) = field(shape, "internalLabel").map(str::to_owned) {
            shape.text = name;
        }
        let (name, kind) = symbols::named(&symbol);
        shape.hint = name.to_owned();
        shape.is_container = false;
        shape.meaning = Some(Meaning::Asset(kind));
    }
    shape.details.retain(|(name, _)| !OWN.contains(&name.as_str()));
    for (name, _) in &mut shape.details {
        if let Some((_, known)) = RENAMED.iter().find(|(field, _)| field == name) {
            (*known).clone_into(name);
        }
    }
}

/// The picture that says what a component is: `cset/plc` is a PLC. A box without one
/// that is a component nevertheless holds several services.
fn symbol(shape: &DrawnShape) -> Option<String> {
    match shape.hint.strip_prefix("cset/") {
        Some(symbol) => Some(symbol.to_owned()),
        None => field(shape, "ComponentGuid").map(|_| symbols::SEVERAL.to_owned()),
    }
}

/// Whose hands a type of zone is in, and the level that it usually stands at.
fn zone_meaning(zone_type: &str) -> (Trust, Option<PurdueLevel>) {
    match zone_type {
        "control dmz" => (Trust::Operational, Some(PurdueLevel::Dmz)),
        "external dmz" => (Trust::Enterprise, Some(PurdueLevel::Dmz)),
        "corporate" => (Trust::Enterprise, Some(PurdueLevel::L4)),
        "safety" => (Trust::Safety, Some(PurdueLevel::L1)),
        "plant system" => (Trust::Operational, Some(PurdueLevel::L3)),
        "control system" => (Trust::Operational, Some(PurdueLevel::L2)),
        _ => (Trust::Operational, None),
    }
}

/// Takes the services of one machine as what the machine says; lines at them go to it.
fn fold_services(page: &mut Page, remarks: &mut Remarks) {
    let is_asset = |it: &DrawnShape| matches!(it.meaning, Some(Meaning::Asset(_)));
    let machine = |at: usize| {
        let outer = page.shapes.get(at)?.parent?;
        page.shapes.get(outer).filter(|it| is_asset(it)).map(|_| outer)
    };
    let machines: Vec<Option<usize>> = (0..page.shapes.len())
        .map(|at| {
            machine(at).map(|first| std::iter::successors(Some(first), |&it| machine(it)).last().unwrap_or(first))
        })
        .collect();
    for (at, machine) in machines.iter().enumerate().filter_map(|(at, machine)| Some((at, (*machine)?))) {
        let Some(service) = page.shapes.get(at) else { continue };
        let said =
            if service.text.is_empty() { service.hint.clone() } else { format!("{} ({})", service.text, service.hint) };
        if let Some(machine) = page.shapes.get_mut(machine) {
            remarks
                .push((machine.text.clone(), format!("the service {said} in it is noted, it is no asset of its own")));
            machine.details.push(("service".to_owned(), said));
        }
    }
    remove(page, &machines);
}

/// Takes out the dots at which lines were joined: a dot with two lines is one line.
fn join_at_connectors(page: &mut Page) {
    let mut gone: Vec<bool> = vec![false; page.links.len()];
    let mut dots = vec![None; page.shapes.len()];
    for at in 0..page.shapes.len() {
        let is_dot = page.shapes.get(at).is_some_and(|it| it.hint == symbols::CONNECTOR);
        let lines: Vec<usize> = (0..page.links.len())
            .filter(|&line| gone.get(line) == Some(&false))
            .filter(|&line| page.links.get(line).is_some_and(|it| [it.from, it.to].contains(&LinkEnd::Shape(at))))
            .collect();
        let &[one, next] = lines.as_slice() else { continue };
        if !is_dot {
            continue;
        }
        let far = |line: usize| {
            let link: &DrawnLink = page.links.get(line)?;
            if link.from == LinkEnd::Shape(at) {
                Some((link.to, link.points_on))
            } else {
                Some((link.from, link.points_back))
            }
        };
        if let (Some((from, points_back)), Some((to, points_on))) = (far(one), far(next))
            && let Some(link) = page.links.get_mut(one)
        {
            link.from = from;
            link.to = to;
            link.points_back = points_back;
            link.points_on = points_on;
            gone.iter_mut().skip(next).take(1).for_each(|it| *it = true);
            dots.iter_mut().skip(at).take(1).for_each(|it| *it = Some(at));
        }
    }
    let mut kept = gone.into_iter().map(|it| !it);
    page.links.retain(|_| kept.next().unwrap_or(true));
    remove(page, &dots);
}

/// Takes out the shapes that have a substitute; what named them names it, or nothing if it is gone as well.
fn remove(page: &mut Page, substitutes: &[Option<usize>]) {
    let mut new = 0;
    let places: Vec<Option<usize>> = substitutes
        .iter()
        .map(|substitute| {
            let place = substitute.is_none().then_some(new);
            new += usize::from(substitute.is_none());
            place
        })
        .collect();
    let moved = |at: usize| {
        let kept = substitutes.get(at).copied().flatten().unwrap_or(at);
        places.get(kept).copied().flatten()
    };
    let mut keeps = substitutes.iter().map(Option::is_none);
    page.shapes.retain(|_| keeps.next().unwrap_or(true));
    for shape in &mut page.shapes {
        shape.parent = shape.parent.and_then(moved);
    }
    for link in &mut page.links {
        for end in [&mut link.from, &mut link.to] {
            if let LinkEnd::Shape(at) = *end {
                *end = moved(at).map_or(LinkEnd::Nowhere, LinkEnd::Shape);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(id: &str, parent: &str, picture: &str, label: &str) -> String {
        format!(
            "<UserObject ComponentGuid='{id}-guid' label='{label}' internalLabel='{label}' IPAddress='10.0.0.1' HostName='' id='{id}'>\
             <mxCell style='aspect=fixed;html=1;align=center;shadow=0;dashed=0;spacingTop=3;image;image=img/cset/{picture}.svg;' \
             parent='{parent}' vertex='1'><mxGeometry x='40' y='60' width='50' height='60' as='geometry'/></mxCell></UserObject>"
        )
    }

    fn line(id: &str, from: &str, to: &str) -> String {
        format!(
            "<mxCell id='{id}' style='edgeStyle=none;rounded=0;html=1;endArrow=none;' parent='1' source='{from}' target='{to}' \
             edge='1'><mxGeometry relative='1' as='geometry'/></mxCell>"
        )
    }

    fn diagram(cells: &str) -> Drawing {
        let zone = "<UserObject zone='1' ZoneType='Control System' SAL='High' label='Cell 1-High' internalLabel='Cell 1' id='z'>\
             <mxCell style='swimlane;zone=1;fillColor=#d3eef2;' parent='1' vertex='1'>\
             <mxGeometry x='100' y='100' width='300' height='260' as='geometry'/></mxCell></UserObject>";
        let text = format!(
            "<mxGraphModel dx='10' dy='10'><root><mxCell id='0'/><mxCell id='1' value='Main Layer' parent='0'/>{zone}{cells}</root></mxGraphModel>"
        );
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn zones_have_their_type_and_components_their_kind() {
        let drawing = diagram(&[component("a", "z", "plc", "PLC-1"), component("b", "1", "firewall", "FW-1")].concat());
        let shapes = &drawing.pages[0].shapes;
        let zone = shapes.iter().find(|it| it.key == "z").unwrap();
        assert_eq!(zone.text, "Cell 1");
        assert_eq!(
            zone.meaning,
            Some(Meaning::Zone { trust: Some(Trust::Operational), purdue: Some(PurdueLevel::L2) })
        );
        let plc = shapes.iter().find(|it| it.text == "PLC-1").unwrap();
        assert_eq!(plc.meaning, Some(Meaning::Asset(Some("plc"))));
        assert_eq!(plc.parent.map(|it| shapes[it].key.as_str()), Some("z"));
        assert_eq!(plc.details, [("address".to_owned(), "10.0.0.1".to_owned())]);
        assert!(drawing.remarks.iter().any(|it| it.what.contains("SAL \"High\"")));
    }

    #[test]
    fn two_lines_at_a_dot_are_one() {
        let drawing = diagram(
            &[
                component("a", "z", "plc", "PLC-1"),
                component("b", "z", "hmi", "HMI-1"),
                component("c", "z", "connector", ""),
                line("e1", "a", "c"),
                line("e2", "c", "b"),
            ]
            .concat(),
        );
        let page = &drawing.pages[0];
        let [link] = page.links.as_slice() else { panic!("one line: {:?}", page.links) };
        let text = |end| if let LinkEnd::Shape(at) = end { page.shapes[at].text.as_str() } else { "" };
        assert_eq!((text(link.from), text(link.to)), ("PLC-1", "HMI-1"));
    }

    #[test]
    fn services_of_one_machine_are_one_asset() {
        let machine = "<UserObject ComponentGuid='m' label='SRV-1' internalLabel='SRV-1' id='m'><mxCell style='swimlane;msc=1;' \
             parent='z' vertex='1'><mxGeometry x='40' y='60' width='120' height='90' as='geometry'/></mxCell></UserObject>";
        let cells = [
            machine.to_owned(),
            component("h", "m", "historian", "HIST-1"),
            component("p", "z", "plc", "PLC-1"),
            line("e", "p", "h"),
        ];
        let drawing = diagram(&cells.concat());
        let page = &drawing.pages[0];
        assert!(page.shapes.iter().all(|it| it.text != "HIST-1"));
        let server = page.shapes.iter().position(|it| it.text == "SRV-1").unwrap();
        assert_eq!(page.shapes[server].details, [("service".to_owned(), "HIST-1 (Historian)".to_owned())]);
        assert_eq!(page.links[0].to, LinkEnd::Shape(server));
    }

    #[test]
    fn what_is_no_diagram_is_refused() {
        assert!(read(b"PK\x03\x04").unwrap_err().0.contains("older CSET"));
        assert!(read(b"<html/>").is_err() && read(b"").is_err());
    }
}
