use std::io::Write;

use super::*;
use crate::exchange::drawings::LinkEnd;
use crate::model::{Point, Rect};

fn model(cells: &str) -> String {
    format!("<mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>{cells}</root></mxGraphModel>")
}

fn vertex(id: &str, value: &str, parent: &str, place: [i32; 4]) -> String {
    let [x, y, width, height] = place;
    format!(
        "<mxCell id=\"{id}\" value=\"{value}\" style=\"html=1;\" vertex=\"1\" parent=\"{parent}\">\
         <mxGeometry x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" as=\"geometry\"/></mxCell>"
    )
}

fn drawing(cells: &str) -> Drawing {
    read(model(cells).as_bytes()).unwrap()
}

fn compressed(model: &str) -> String {
    let encoded = percent_encoding::utf8_percent_encode(model, percent_encoding::NON_ALPHANUMERIC).to_string();
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(encoded.as_bytes()).unwrap();
    base64::engine::general_purpose::STANDARD.encode(encoder.finish().unwrap())
}

fn plant() -> String {
    let zone = vertex("z", "&lt;b&gt;Cell&amp;nbsp;1&lt;/b&gt;", "1", [100, 50, 400, 300]);
    let plc = vertex("p", "PLC-1", "z", [20, 40, 80, 60]);
    let hmi = vertex("h", "HMI", "1", [600, 60, 80, 60]);
    let edge = "<mxCell id=\"e\" value=\"Modbus\" edge=\"1\" parent=\"1\" source=\"p\" target=\"h\" \
                style=\"startArrow=classic;endArrow=none\"><mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>";
    let label = "<mxCell id=\"l\" value=\"TCP 502\" style=\"edgeLabel;html=1\" vertex=\"1\" connectable=\"0\" parent=\"e\">\
                 <mxGeometry x=\"-0.2\" relative=\"1\" as=\"geometry\"/></mxCell>";
    [zone, plc, hmi, edge.to_owned(), label.to_owned()].concat()
}

#[test]
fn a_plain_a_wrapped_and_a_compressed_page_say_the_same() {
    let bare = read(model(&plant()).as_bytes()).unwrap();
    let wrapped = format!("<mxfile><diagram name=\"\">{}</diagram></mxfile>", model(&plant()));
    let packed = format!("<mxfile><diagram>{}</diagram></mxfile>", compressed(&model(&plant())));
    let svg = format!("<svg content=\"{}\"/>", quick_xml::escape::escape(wrapped.as_str()));
    for other in [wrapped, packed, svg] {
        assert_eq!(read(other.as_bytes()).unwrap(), bare);
    }
}

#[test]
fn a_shape_stands_from_the_corner_of_its_parent() {
    let page = drawing(&plant()).pages.remove(0);
    assert_eq!(page.shapes.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["Cell 1", "HMI", "PLC-1"]);
    assert_eq!(page.shapes[2].frame, Rect::new(120.0, 90.0, 80.0, 60.0));
    assert_eq!(page.shapes[2].parent, Some(0));
}

#[test]
fn labels_of_a_line_are_its_text() {
    let page = drawing(&plant()).pages.remove(0);
    let link = &page.links[0];
    assert_eq!(link.text, "Modbus\nTCP 502");
    assert_eq!((link.from, link.to), (LinkEnd::Shape(2), LinkEnd::Shape(1)));
    assert_eq!((link.points_back, link.points_on), (true, false));
}

#[test]
fn loose_ends_are_places_of_the_page() {
    let group = vertex("g", "", "1", [100, 100, 200, 200]);
    let edge = "<mxCell id=\"e\" edge=\"1\" parent=\"g\" source=\"gone\"><mxGeometry as=\"geometry\">\
                <mxPoint x=\"5\" y=\"6\" as=\"sourcePoint\"/></mxGeometry></mxCell>";
    let page = drawing(&format!("{group}{edge}")).pages.remove(0);
    assert_eq!(page.links[0].from, LinkEnd::Free(Point::new(105.0, 106.0)));
    assert_eq!(page.links[0].to, LinkEnd::Nowhere);
}

#[test]
fn wrappers_carry_fields_and_fill_placeholders() {
    let wrapped = "<object id=\"a\" label=\"%name%&lt;br&gt;%ip%\" placeholders=\"1\" name=\"PLC\" ip=\"10.0.0.1\">\
                   <mxCell style=\"shape=mxgraph.cisco.firewalls.firewall\" vertex=\"1\" parent=\"1\">\
                   <mxGeometry width=\"50\" height=\"50\" as=\"geometry\"/></mxCell></object>";
    let page = drawing(wrapped).pages.remove(0);
    let shape = &page.shapes[0];
    assert_eq!((shape.key.as_str(), shape.text.as_str()), ("a", "PLC\n10.0.0.1"));
    assert_eq!(shape.hint, "cisco/firewalls/firewall");
    assert_eq!(shape.details, [("name".to_owned(), "PLC".to_owned()), ("ip".to_owned(), "10.0.0.1".to_owned())]);
}

#[test]
fn a_hidden_layer_is_left_out_and_told() {
    let layer = "<mxCell id=\"2\" value=\"Cables\" parent=\"0\" visible=\"0\"/>";
    let drawing = drawing(&format!("{layer}{}{}", vertex("a", "A", "2", [0; 4]), vertex("b", "B", "1", [0, 0, 9, 9])));
    assert_eq!(drawing.pages[0].shapes.len(), 1);
    assert_eq!(drawing.remarks.len(), 1);
    assert!(drawing.remarks[0].place.contains("Cables"));
}

#[test]
fn a_thing_on_a_line_is_a_shape_halfway() {
    let firewall = "<mxCell id=\"f\" style=\"image;image=img/firewall.png\" vertex=\"1\" parent=\"e\">\
                    <mxGeometry width=\"20\" height=\"20\" relative=\"1\" as=\"geometry\">\
                    <mxPoint x=\"-10\" y=\"-10\" as=\"offset\"/></mxGeometry></mxCell>";
    let page = drawing(&format!("{}{firewall}", plant())).pages.remove(0);
    assert_eq!(page.shapes[3].hint, "img/firewall");
    assert_eq!(page.shapes[3].frame.center(), Point::new(400.0, 105.0));
}

#[test]
fn cells_in_a_circle_are_left_out_and_told() {
    let circle = format!("{}{}", vertex("a", "A", "b", [0, 0, 9, 9]), vertex("b", "B", "a", [0, 0, 9, 9]));
    let drawing = drawing(&circle);
    assert_eq!((drawing.pages[0].shapes.len(), drawing.remarks.len()), (0, 2));
}

#[test]
fn numbers_that_are_none_are_told() {
    let broken = "<mxCell id=\"a\" value=\"A\" vertex=\"1\" parent=\"1\">\
                  <mxGeometry x=\"NaN\" y=\"1e39\" width=\"wide\" height=\"-5\" as=\"geometry\"/></mxCell>";
    let drawing = drawing(broken);
    assert_eq!(drawing.pages[0].shapes[0].frame, Rect::default());
    assert!(drawing.remarks[0].what.contains("no number"));
}

#[test]
fn one_broken_page_does_not_spoil_the_others() {
    let file =
        format!("<mxfile><diagram name=\"Good\">{}</diagram><diagram name=\"Bad\">!!</diagram></mxfile>", model(""));
    let drawing = read(file.as_bytes()).unwrap();
    assert_eq!((drawing.pages.len(), drawing.remarks.len()), (1, 1));
    assert!(drawing.remarks[0].place.contains("Bad"));
}

#[test]
fn what_is_no_drawing_is_refused_with_a_reason() {
    let reason = |text: &str| read(text.as_bytes()).unwrap_err().0;
    assert!(reason("plain text").contains("no XML"));
    assert!(reason("<mxfile/>").contains("no page"));
    assert!(reason("<html/>").contains("<html>"));
    assert!(reason("<mxlibrary>[]</mxlibrary>").contains("library"));
    assert!(reason("<mxfile><diagram name=\"P\"><mxModel/></diagram></mxfile>").contains("<mxModel>"));
    assert!(reason("<mxfile><diagram>AAAA</diagram></mxfile>").contains("can't be read"));
    assert!(reason("<svg/>").contains("picture"));
}

#[test]
fn a_page_cut_off_anywhere_is_refused_or_told() {
    let packed = compressed(&model(&plant()));
    for end in (0..packed.len()).step_by(7) {
        let file = format!("<mxfile><diagram>{}</diagram></mxfile>", packed.split_at(end).0);
        assert!(read(file.as_bytes()).is_err(), "{end}");
    }
}

#[test]
fn a_page_that_unpacks_without_end_is_refused() {
    let mut room = 1000;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 2_000_000]).unwrap();
    let bomb = base64::engine::general_purpose::STANDARD.encode(encoder.finish().unwrap());
    assert!(unpacked(&bomb, &mut room).unwrap_err().0.contains("unpacks to more"));
}

#[test]
fn a_picture_gives_the_drawing_in_it() {
    let chunk = |kind: &[u8], data: &[u8]| {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &[0; 4]].concat()
    };
    let encoded =
        percent_encoding::utf8_percent_encode(&model(&plant()), percent_encoding::NON_ALPHANUMERIC).to_string();
    let text = [&b"mxfile\0"[..], encoded.as_bytes()].concat();
    let png = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[0; 13]), &chunk(b"tEXt", &text)].concat();
    assert_eq!(read(&png).unwrap().pages[0].shapes.len(), 3);
    assert!(read(&png[..40]).unwrap_err().0.contains("picture without the drawing"));
    let claim = [&b"\x89PNG\r\n\x1a\n"[..], &[0xff; 4], b"tEXt", b"mxfile\0"].concat();
    assert!(read(&claim).is_err(), "a chunk that claims more than there is");
}

#[test]
fn a_part_of_a_shape_lends_it_its_text_and_looks() {
    let card = vertex("c", "", "1", [10, 10, 140, 60]);
    let part = "<mxCell id=\"p\" value=\"PLC-1\" style=\"shape=mxgraph.cisco.controllers.plc;part=1\" vertex=\"1\" parent=\"c\">\
                <mxGeometry width=\"30\" height=\"30\" as=\"geometry\"/></mxCell>";
    let other = vertex("o", "HMI", "1", [400, 10, 80, 60]);
    let edge = "<mxCell id=\"e\" edge=\"1\" parent=\"1\" source=\"p\" target=\"o\"/>";
    let page = drawing(&[&card, part, &other, edge].concat()).pages.remove(0);
    assert_eq!(page.shapes.len(), 2);
    assert_eq!((page.shapes[0].text.as_str(), page.shapes[0].hint.as_str()), ("PLC-1", "cisco/controllers/plc"));
    assert_eq!((page.links[0].from, page.links[0].to), (LinkEnd::Shape(0), LinkEnd::Shape(1)));
}

#[test]
fn a_hidden_layer_with_nothing_in_it_is_no_loss() {
    let layer = "<mxCell id=\"2\" value=\"Spare\" parent=\"0\" visible=\"0\"/>";
    assert_eq!(drawing(&format!("{layer}{}", vertex("a", "A", "1", [0, 0, 9, 9]))).remarks, []);
}

#[test]
fn a_stack_of_rows_is_a_list() {
    let list = "<mxCell id=\"l\" value=\"PLC\" style=\"swimlane;childLayout=stackLayout;\" vertex=\"1\" parent=\"1\">\
                <mxGeometry width=\"140\" height=\"90\" as=\"geometry\"/></mxCell>";
    assert_eq!(drawing(list).pages[0].shapes[0].hint, "list");
}

#[test]
fn a_web_page_gives_the_drawing_in_it() {
    let wrapped = format!("<mxfile><diagram name=\"\">{}</diagram></mxfile>", model(&plant()));
    let said = serde_json::json!({ "nav": true, "xml": wrapped }).to_string();
    let said = quick_xml::escape::escape(said.as_str());
    let page = format!(
        "<!DOCTYPE html><html><meta charset=utf-8><div class=mxgraph data-mxgraph=\"{said}\"></div><br></html>"
    );
    assert_eq!(super::super::DrawingKind::of_content(page.as_bytes()), Some(super::super::DrawingKind::Drawio));
    assert_eq!(read(page.as_bytes()).unwrap().pages[0].shapes.len(), 3);
    assert!(read(b"<html><div data-mxgraph=\"{}\"></div></html>").unwrap_err().0.contains("<html>"));
}
