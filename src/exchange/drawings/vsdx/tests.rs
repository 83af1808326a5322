use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::{DrawnShape, LinkEnd, Meaning};
use super::*;

const TYPES: &str =
    "<Types><Override PartName='/visio/document.xml' ContentType='application/vnd.ms-visio.drawing.main+xml'/></Types>";
const PAGES: &str = "<Pages xmlns:r='r'><Page ID='0' Name='Plant'><PageSheet><Cell N='PageWidth' V='11'/>\
     <Cell N='PageHeight' V='8.5'/></PageSheet><Rel r:id='rId1'/></Page></Pages>";
const PAGES_RELS: &str =
    "<Relationships><Relationship Id='rId1' Type='http://x/page' Target='page1.xml'/></Relationships>";
const MASTERS: &str = "<Masters xmlns:r='r'><Master ID='2' NameU='Firewall'><Rel r:id='rId1'/></Master>\
     <Master ID='4' NameU='Dynamic connector'><Rel r:id='rId2'/></Master></Masters>";
const MASTERS_RELS: &str = "<Relationships><Relationship Id='rId1' Type='http://x/master' Target='master1.xml'/>\
     <Relationship Id='rId2' Type='http://x/master' Target='master2.xml'/></Relationships>";
const FIREWALL: &str = "<MasterContents><Shapes><Shape ID='5' Type='Group'><Cell N='Width' V='0.5'/><Cell N='Height' V='0.5'/>\
     <Cell N='LocPinX' V='0.25'/><Cell N='LocPinY' V='0.25'/><Section N='Property'><Row N='Ip'><Cell N='Label' V='IP address'/>\
     <Cell N='Value' V='0' F='No Formula'/></Row></Section><Text>Firewall\n</Text>\
     <Shapes><Shape ID='6' Type='Shape'><Cell N='Width' V='0.1'/></Shape></Shapes></Shape></Shapes></MasterContents>";
const CONNECTOR: &str = "<MasterContents><Shapes><Shape ID='5'><Cell N='BeginX' V='0'/><Cell N='BeginY' V='0'/>\
     <Cell N='EndX' V='1'/><Cell N='EndY' V='1'/><Cell N='EndArrow' V='4'/></Shape></Shapes></MasterContents>";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn drawing_of(page: &str) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", TYPES),
        ("visio/document.xml", "<VisioDocument/>"),
        ("visio/pages/pages.xml", PAGES),
        ("visio/pages/_rels/pages.xml.rels", PAGES_RELS),
        ("visio/pages/page1.xml", page),
        ("visio/masters/masters.xml", MASTERS),
        ("visio/masters/_rels/masters.xml.rels", MASTERS_RELS),
        ("visio/masters/master1.xml", FIREWALL),
        ("visio/masters/master2.xml", CONNECTOR),
    ])
}

/// A drawing with these shapes and glues on its page.
fn drawn(shapes: &str, connects: &str) -> Drawing {
    let page = format!("<PageContents><Shapes>{shapes}</Shapes><Connects>{connects}</Connects></PageContents>");
    read(&drawing_of(&page)).unwrap()
}

fn boxed(id: u32, text: &str, pin: (f32, f32), size: (f32, f32), more: &str) -> String {
    format!(
        "<Shape ID='{id}' Type='Shape'><Cell N='PinX' V='{}'/><Cell N='PinY' V='{}'/><Cell N='Width' V='{}'/><Cell N='Height' V='{}'/>\
         <Section N='Geometry' IX='0'/><Text><cp IX='0'/>{text}\n</Text>{more}</Shape>",
        pin.0, pin.1, size.0, size.1
    )
}

fn named<'a>(drawing: &'a Drawing, text: &str) -> (usize, &'a DrawnShape) {
    drawing.pages[0].shapes.iter().enumerate().find(|(_, it)| it.text == text).unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn a_page_is_in_pixels_from_its_upper_left_corner() {
    let drawing = drawn(&boxed(1, "Cell 1", (2.0, 7.5), (2.0, 1.0), ""), "");
    let (_, shape) = named(&drawing, "Cell 1");
    assert_eq!(shape.frame, crate::model::Rect::new(96.0, 48.0, 192.0, 96.0));
    assert_eq!(drawing.pages[0].name, "Plant");
}

#[test]
fn a_symbol_takes_size_text_and_name_from_its_master() {
    let shapes = "<Shape ID='1' Type='Group' Master='2'><Cell N='PinX' V='1'/><Cell N='PinY' V='1'/>\
         <Section N='Property'><Row N='Ip'><Cell N='Value' V='10.1.1.1'/></Row></Section>\
         <Shapes><Shape ID='2' Type='Shape' MasterShape='6'/></Shapes></Shape>";
    let drawing = drawn(shapes, "");
    let (_, shape) = named(&drawing, "Firewall");
    assert_eq!((shape.hint.as_str(), shape.frame.width, shape.is_container), ("Firewall", 48.0, false));
    assert_eq!(shape.details, [("IP address".to_owned(), "10.1.1.1".to_owned())]);
    assert_eq!(drawing.pages[0].shapes.len(), 1, "its parts are no shapes");
}

#[test]
fn small_symbols_of_a_stencil_are_devices_and_names_may_run_over_lines() {
    let shapes = "<Shape ID='1' Type='Group' Master='2'><Text>Outer \nfirewall\n10.1.1.1\n</Text>\
         <Shapes><Shape ID='2' Type='Shape' MasterShape='6'/></Shapes></Shape>";
    let drawing = drawn(shapes, "");
    assert_eq!(named(&drawing, "Outer firewall\n10.1.1.1").1.meaning, Some(Meaning::Asset(None)));
}

#[test]
fn a_text_alone_is_called_so() {
    let text = boxed(1, "Bridge", (2.0, 2.0), (1.0, 0.3), "").replace("<Section N='Geometry' IX='0'/>", "");
    assert_eq!(named(&drawn(&text, ""), "Bridge").1.hint, "text");
}

#[test]
fn glued_ends_are_at_their_shapes_and_loose_ones_at_their_places() {
    let line = "<Shape ID='9' Type='Shape' Master='4'><Cell N='BeginX' V='2'/><Cell N='BeginY' V='7'/>\
         <Cell N='EndX' V='5'/><Cell N='EndY' V='7.5'/><Text>Modbus\n</Text></Shape>";
    let shapes = [boxed(1, "A", (1.0, 7.0), (1.0, 1.0), ""), line.to_owned()].concat();
    let drawing = drawn(&shapes, "<Connect FromSheet='9' FromCell='BeginX' ToSheet='1' ToCell='PinX'/>");
    let link = &drawing.pages[0].links[0];
    assert_eq!((link.from, link.to), (LinkEnd::Shape(0), LinkEnd::Free(crate::model::Point::new(480.0, 96.0))));
    assert_eq!((link.text.as_str(), link.points_on, link.points_back), ("Modbus", true, false));
}

#[test]
fn glue_that_only_a_formula_tells_is_found() {
    let line = "<Shape ID='9' Master='4'><Cell N='BeginX' V='2' F='_WALKGLUE(BegTrigger,EndTrigger,WalkPreference)'/>\
         <Cell N='EndX' V='5' F='PAR(PNT(Sheet.1!Connections.X1,Sheet.1!Connections.Y1))'/>\
         <Cell N='BegTrigger' V='2' F='_XFTRIGGER(Sheet.2!EventXFMod)'/></Shape>";
    let shapes =
        [boxed(1, "A", (1.0, 7.0), (1.0, 1.0), ""), boxed(2, "B", (4.0, 7.0), (1.0, 1.0), ""), line.to_owned()]
            .concat();
    let drawing = drawn(&shapes, "");
    let link = &drawing.pages[0].links[0];
    assert_eq!((link.from, link.to), (LinkEnd::Shape(1), LinkEnd::Shape(0)));
}

#[test]
fn shapes_in_a_turned_and_flipped_group_lie_where_they_are_seen() {
    let inner = format!("<Shapes>{}</Shapes>", boxed(2, "In", (0.5, 0.5), (1.0, 1.0), ""));
    let turned = format!("<Cell N='Angle' V='{}'/><Cell N='FlipX' V='1'/>{inner}", std::f64::consts::FRAC_PI_2);
    let drawing = drawn(&boxed(1, "Out", (4.0, 4.0), (4.0, 2.0), &turned), "");
    let (outer, shape) = named(&drawing, "Out");
    assert!(shape.is_container);
    let (_, inner) = named(&drawing, "In");
    assert_eq!(inner.parent, Some(outer));
    // the group's lower left corner: flipped to the lower right, turned to the upper right
    let center = inner.frame.center();
    assert!((center.x - 4.5 * 96.0).abs() < 0.1, "{center:?}");
    assert!((center.y - (8.5 - 5.5) * 96.0).abs() < 0.1, "{center:?}");
}

#[test]
fn a_group_that_says_nothing_holds_nothing() {
    let inner = [boxed(2, "A", (0.5, 0.5), (0.5, 0.5), ""), boxed(3, "B", (2.5, 0.5), (0.5, 0.5), "")].concat();
    let group = format!(
        "<Shape ID='1' Type='Group'><Cell N='PinX' V='4'/><Cell N='PinY' V='4'/><Cell N='Width' V='4'/><Cell N='Height' V='2'/><Shapes>{inner}</Shapes></Shape>"
    );
    let drawing = drawn(&group, "");
    assert!(drawing.pages[0].shapes.iter().all(|it| it.parent.is_none()));
    assert_eq!(drawing.pages[0].shapes.len(), 2);
}

#[test]
fn containers_hold_what_they_say() {
    let user = |kind: &str| {
        format!("<Section N='User'><Row N='msvStructureType'><Cell N='Value' V='{kind}'/></Row></Section>")
    };
    let member = "<Cell N='Relationships' V='0' F='SUM(DEPENDSON(4,Sheet.2!SheetRef()))'/>";
    let shapes = [
        boxed(1, "PLC", (2.0, 2.0), (0.5, 0.5), member),
        boxed(2, "Cell", (2.0, 2.0), (3.0, 3.0), &user("Container")),
        boxed(3, "remember the firewall", (6.0, 6.0), (1.0, 0.5), &user("Callout")),
    ];
    let drawing = drawn(&shapes.concat(), "");
    let (cell, container) = named(&drawing, "Cell");
    assert!(container.is_container);
    assert_eq!(named(&drawing, "PLC").1.parent, Some(cell));
    assert_eq!(named(&drawing, "remember the firewall").1.meaning, Some(Meaning::Note));
}

#[test]
fn handles_of_a_bus_join_it_to_devices() {
    let bus = "<Shape ID='1'><Cell N='BeginX' V='1'/><Cell N='BeginY' V='5'/><Cell N='EndX' V='6'/><Cell N='EndY' V='5'/>\
         <Cell N='PinX' V='3.5'/><Cell N='PinY' V='5'/><Cell N='Width' V='5'/><Cell N='Height' V='0'/><Text>Ethernet\n</Text></Shape>";
    let shapes = [bus.to_owned(), boxed(2, "PLC", (2.0, 7.0), (1.0, 1.0), "")].concat();
    let drawing =
        drawn(&shapes, "<Connect FromSheet='1' FromCell='Controls.Row_1' ToSheet='2' ToCell='Connections.X1'/>");
    let page = &drawing.pages[0];
    assert_eq!((page.links[0].from, page.links[0].to), (LinkEnd::Shape(0), LinkEnd::Shape(1)));
    assert!(page.shapes[0].frame.is_drawable());
}

#[test]
fn containers_in_a_circle_are_taken_apart() {
    let in_other = |id: u32| format!("<Cell N='Relationships' V='0' F='SUM(DEPENDSON(4,Sheet.{id}!SheetRef()))'/>");
    let shapes =
        [boxed(1, "A", (2.0, 2.0), (1.0, 1.0), &in_other(2)), boxed(2, "B", (2.0, 2.0), (3.0, 3.0), &in_other(1))];
    let drawing = drawn(&shapes.concat(), "");
    assert!(drawing.pages[0].shapes.iter().enumerate().all(|(at, it)| it.parent.is_none_or(|outer| outer < at)));
    assert!(drawing.remarks.iter().any(|it| it.what.contains("circle")));
}

#[test]
fn numbers_that_are_none_and_unknown_masters_do_no_harm() {
    let shapes = "<Shape ID='1' Master='99'><Cell N='PinX' V='NaN'/><Cell N='PinY' V='inf'/><Cell N='Width' V='1e300'/>\
         <Cell N='Angle' V='Themed'/><Text>x</Text></Shape><Shape/><Shape ID='2' Del='1'/>";
    let drawing = drawn(shapes, "<Connect/><Connect FromSheet='7' FromCell='EndX' ToSheet='8'/>");
    let (_, shape) = named(&drawing, "x");
    assert!(shape.frame.corner().is_drawable());
}

#[test]
fn files_of_other_kinds_are_refused_with_what_to_do() {
    let stencil = TYPES.replace("drawing.main", "stencil.main");
    let cases: [(Vec<u8>, &str); 9] = [
        (Vec::new(), "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .vsdx"),
        (b"<?xml version='1.0'?><VisioDocument/>".to_vec(), "no page"),
        (b"hello".to_vec(), "no Visio drawing"),
        (b"PK\x03\x04 and no more".to_vec(), "broken"),
        (packed(&[("[Content_Types].xml", &stencil), ("visio/document.xml", "<a/>")]), "stencil"),
        (packed(&[("word/document.xml", "<a/>")]), "Word"),
        (packed(&[("a.txt", "")]), "no Visio drawing"),
        (packed(&[("[Content_Types].xml", TYPES), ("visio/document.xml", "<a/>")]), "no page"),
    ];
    for (bytes, said) in cases {
        let error = read(&bytes).unwrap_err();
        assert!(error.0.contains(said), "{said}: {error}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = drawing_of("<PageContents/>");
    for length in (0..whole.len() - 1).step_by(37) {
        assert!(read(&whole[..length]).is_err(), "{length}");
    }
}

#[test]
fn a_page_that_is_no_xml_is_told_and_the_others_stay() {
    let error = read(&drawing_of("<PageContents><Shapes>")).unwrap_err();
    assert!(error.0.contains("page1.xml"), "{error}");
}

#[test]
fn an_archive_that_unpacks_beyond_all_bounds_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("visio/pages/page1.xml", SimpleFileOptions::default()).unwrap();
    let blank = vec![b' '; 1 << 20];
    for _ in 0..140 {
        zip.write_all(&blank).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    assert!(read(&bomb).unwrap_err().0.contains("unpacks to more than"));
}
