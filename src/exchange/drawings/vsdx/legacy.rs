//! Visio 2003 to 2010 (.vdx): the same drawing as one XML file. Cells stand there in
//! elements of their own, in groups; they are turned into those of a newer drawing.

use super::super::xml::{self, Element};
use super::super::{Drawing, DrawingError};
use super::sheet::{Library, Master};
use super::{PageSheet, page};

/// Whether it is a drawing of this kind, or at least looks like one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    crate::exchange::decode::text(head).contains("<VisioDocument")
}

/// Reads a drawing of Visio in one XML file.
///
/// # Errors
/// [`DrawingError`] where it is broken, or holds no page.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, DrawingError> {
    let root = xml::read(bytes)?;
    if root.name != "VisioDocument" {
        let sentence =
            format!("it begins with <{}>, and a drawing of Visio with <VisioDocument>", xml::short(&root.name));
        return Err(DrawingError(sentence));
    }
    let title = root.child("DocumentProperties").and_then(|it| it.child("Title"));
    let title = title.map(|it| it.text.trim().to_owned()).unwrap_or_default();
    let mut drawing = Drawing { title, ..Drawing::default() };
    let mut library = Library::default();
    let mut pages = Vec::new();
    for part in root.children {
        match part.name.as_str() {
            "Masters" => library.masters.extend(part.children.into_iter().map(master)),
            "StyleSheets" => {
                let styles = part.children.into_iter().filter_map(|it| Some((it.attribute("ID")?.to_owned(), it)));
                library.styles.extend(styles.map(|(id, style)| (id, sheet(style))));
            }
            "Pages" => pages.extend(part.children.into_iter().filter(|it| it.name == "Page")),
            _ => (),
        }
    }
    for page in pages {
        read_page(page, &library, &mut drawing);
    }
    if drawing.pages.is_empty() {
        return Err(DrawingError("it is a file of Visio, but holds no page with a drawing".to_owned()));
    }
    Ok(drawing)
}

fn name_of(element: &Element) -> String {
    element.attribute("NameU").or_else(|| element.attribute("Name")).unwrap_or_default().to_owned()
}

fn master(element: Element) -> (String, Master) {
    let key = element.attribute("ID").unwrap_or_default().to_owned();
    (key, Master { name: name_of(&element), contents: sheet(element) })
}

fn read_page(element: Element, library: &Library, drawing: &mut Drawing) {
    let name = element.attribute("Name").map_or_else(|| name_of(&element), str::to_owned);
    if element.attribute("Background") == Some("1") {
        drawing.remark(&name, "the page is a background of others and was left out");
        return;
    }
    let number = |cell: &str| {
        let properties = element.child("PageSheet")?.child("PageProps")?;
        let number: f64 = properties.child(cell)?.text.trim().parse().ok()?;
        Some(number).filter(|it| it.is_finite() && *it > 1e-6 && *it < 1e6)
    };
    let scale = number("PageScale").unwrap_or(1.0) / number("DrawingScale").unwrap_or(1.0);
    let height = number("PageHeight").unwrap_or(11.0);
    let sheet_of_page = PageSheet { name, part: String::new(), is_background: false, height, scale };
    page::read(&sheet_of_page, &sheet(element), library, drawing);
}

/// A sheet with its cells and sections as a newer drawing has them.
fn sheet(mut element: Element) -> Element {
    let old = std::mem::take(&mut element.children);
    let mut sections: Vec<Element> = Vec::new();
    let mut row = |section: &str, row: Element| match sections.iter_mut().find(|it| it.attribute("N") == Some(section))
    {
        Some(known) => known.children.push(row),
        None => {
            let mut made = Element::new("Section", &[("N", section)]);
            made.children.push(row);
            sections.push(made);
        }
    };
    for mut child in old {
        match child.name.as_str() {
            "Shapes" => {
                child.children = std::mem::take(&mut child.children).into_iter().map(sheet).collect();
                element.children.push(child);
            }
            "Connects" => {
                child.children = child.children.iter().map(connect).collect();
                element.children.push(child);
            }
            "Text" | "PageSheet" => element.children.push(child),
            "Geom" => row("Geometry", Element::new("Row", &[])),
            "User" => row("User", cells_of_row(&child)),
            "Prop" => row("Property", cells_of_row(&child)),
            _ => element.children.extend(child.children.iter().map(cell)),
        }
    }
    element.children.extend(sections);
    element
}

fn cells_of_row(old: &Element) -> Element {
    let name = name_of(old);
    let name = if name.is_empty() { old.attribute("ID").unwrap_or_default() } else { &name };
    let mut row = Element::new("Row", &[("N", name)]);
    row.children = old.children.iter().map(cell).collect();
    row
}

fn cell(old: &Element) -> Element {
    let text = old.text.trim();
    let value = if text.is_empty() { old.attribute("V").unwrap_or_default() } else { text };
    let formula = old.attribute("F").map(|it| ("F", it));
    let attributes: Vec<_> = [("N", old.name.as_str()), ("V", value)].into_iter().chain(formula).collect();
    Element::new("Cell", &attributes)
}

/// A glue, which may say by a number alone which end it holds.
fn connect(old: &Element) -> Element {
    let cell = match (old.attribute("FromCell"), old.attribute("FromPart")) {
        (Some(cell), _) => cell,
        (None, Some("7" | "8" | "9")) => "BeginX",
        (None, Some("10" | "11" | "12")) => "EndX",
        (None, _) => "PinX",
    };
    let [from, to] = ["FromSheet", "ToSheet"].map(|name| old.attribute(name).unwrap_or_default());
    Element::new("Connect", &[("FromSheet", from), ("FromCell", cell), ("ToSheet", to)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::drawings::{DrawnShape, LinkEnd};

    const DRAWING: &str = "<?xml version='1.0' encoding='utf-8'?>\
        <VisioDocument xmlns='http://schemas.microsoft.com/visio/2003/core'>\
        <DocumentProperties><Title>Pump station</Title></DocumentProperties>\
        <StyleSheets><StyleSheet ID='4'><Line><EndArrow>4</EndArrow></Line></StyleSheet></StyleSheets>\
        <Masters><Master ID='2' NameU='Firewall'><Shapes><Shape ID='5' Type='Group'><XForm><Width>0.5</Width><Height>0.5</Height>\
        <LocPinX>0.25</LocPinX><LocPinY>0.25</LocPinY></XForm><Prop NameU='Ip'><Label>IP address</Label><Value F='No Formula'>0</Value></Prop>\
        <Shapes><Shape ID='6' Type='Shape'/></Shapes></Shape></Shapes></Master></Masters>\
        <Pages><Page ID='0' Name='Plant'><PageSheet><PageProps><PageWidth>11</PageWidth><PageHeight>8.5</PageHeight></PageProps></PageSheet>\
        <Shapes><Shape ID='1' Type='Group' Master='2'><XForm><PinX>1</PinX><PinY>1</PinY></XForm><Prop NameU='Ip'><Value>10.1.1.1</Value></Prop>\
        <Text><cp IX='0'/>FW-1\n</Text></Shape>\
        <Shape ID='3' Type='Shape'><XForm><PinX>2</PinX><PinY>7.5</PinY><Width>2</Width><Height>1</Height></XForm><Geom IX='0'/><Text>Cell 1\n</Text></Shape>\
        <Shape ID='9' Type='Shape' LineStyle='4'><XForm1D><BeginX>2</BeginX><BeginY>7</BeginY><EndX>1</EndX><EndY>1</EndY></XForm1D></Shape></Shapes>\
        <Connects><Connect FromSheet='9' FromPart='9' ToSheet='3' ToPart='3'/><Connect FromSheet='9' FromPart='12' ToSheet='1' ToPart='3'/></Connects>\
        </Page></Pages></VisioDocument>";

    fn named<'a>(drawing: &'a Drawing, text: &str) -> (usize, &'a DrawnShape) {
        drawing.pages[0].shapes.iter().enumerate().find(|(_, it)| it.text == text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn a_drawing_in_one_file_says_what_a_newer_one_says() {
        let drawing = super::super::read(DRAWING.as_bytes()).unwrap();
        assert_eq!((drawing.title.as_str(), drawing.pages[0].name.as_str()), ("Pump station", "Plant"));
        let (cell, shape) = named(&drawing, "Cell 1");
        assert_eq!(shape.frame, crate::model::Rect::new(96.0, 48.0, 192.0, 96.0));
        let (firewall, shape) = named(&drawing, "FW-1");
        assert_eq!((shape.hint.as_str(), shape.frame.width), ("Firewall", 48.0));
        assert_eq!(shape.details, [("IP address".to_owned(), "10.1.1.1".to_owned())]);
        let link = &drawing.pages[0].links[0];
        assert_eq!((link.from, link.to), (LinkEnd::Shape(cell), LinkEnd::Shape(firewall)));
        assert!(link.points_on && !link.points_back, "by its style");
    }

    #[test]
    fn a_file_without_a_page_is_refused() {
        let stencil = "<VisioDocument><Masters/><Pages/></VisioDocument>";
        assert!(super::super::read(stencil.as_bytes()).unwrap_err().0.contains("no page"));
        assert!(super::super::read(b"<VisioDocument><Pages>").unwrap_err().0.contains("ends too early"));
    }
}
