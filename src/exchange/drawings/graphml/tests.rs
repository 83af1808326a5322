use super::*;

fn plain(body: &str) -> Drawing {
    let text = format!("<graphml><graph edgedefault='directed'>{body}</graph></graphml>");
    read(text.as_bytes()).unwrap()
}

const YED: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="node" id="d0" yfiles.type="nodegraphics"/><key for="edge" id="d1" yfiles.type="edgegraphics"/>
  <key attr.name="device_type" for="node" id="d2"><default>plc</default></key>
  <graph edgedefault="directed" id="G">
    <node id="n0" yfiles.foldertype="group">
      <data key="d0"><y:ProxyAutoBoundsNode><y:Realizers active="1">
        <y:GroupNode><y:Geometry height="50.0" width="50.0" x="0" y="0"/><y:NodeLabel>closed</y:NodeLabel></y:GroupNode>
        <y:GroupNode><y:Geometry height="300.0" width="400.0" x="10" y="-20.5"/><y:NodeLabel>Cell 1</y:NodeLabel></y:GroupNode>
      </y:Realizers></y:ProxyAutoBoundsNode></data>
      <graph edgedefault="directed" id="n0:">
        <node id="n0::n0"><data key="d0"><y:ShapeNode><y:Geometry height="30.0" width="30.0" x="50" y="50"/>
          <y:NodeLabel>PLC-1</y:NodeLabel><y:NodeLabel visible="false">no</y:NodeLabel><y:NodeLabel>10.0.0.1</y:NodeLabel>
          <y:Shape type="roundrectangle"/></y:ShapeNode></data><data key="d2"><![CDATA[router]]></data></node>
        <node id="n0::n1" yfiles.foldertype="group"><graph id="n0::n1:"><node id="n0::n1::n0">
          <data key="d0"><y:SVGNode><y:Geometry height="30.0" width="30.0" x="200" y="80"/><y:NodeLabel>IO</y:NodeLabel>
          <y:SVGModel><y:SVGContent refid="3"/></y:SVGModel></y:SVGNode></data></node></graph></node>
        <edge id="e0" source="n0::n0" target="n0::n1::n0"><data key="d1"><y:PolyLineEdge>
          <y:Arrows source="none" target="standard"/><y:EdgeLabel>Modbus<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data></edge>
      </graph>
    </node>
  </graph>
</graphml>"##;

#[test]
fn groups_of_yed_nest_and_show_their_open_face() {
    let drawing = read(YED.as_bytes()).unwrap();
    let page = &drawing.pages[0];
    let texts: Vec<_> = page.shapes.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["Cell 1", "PLC-1\n10.0.0.1", "n0::n1", "IO"]);
    let parents: Vec<_> = page.shapes.iter().map(|it| it.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(0), Some(2)]);
    assert_eq!(page.shapes[0].frame, Rect::new(10.0, -20.5, 400.0, 300.0));
    assert_eq!(
        page.shapes[2].frame,
        Rect::new(180.0, 60.0, 70.0, 70.0),
        "a group without a size is as large as needed"
    );
    assert_eq!((page.shapes[1].hint.as_str(), page.shapes[3].hint.as_str()), ("router", "picture 3"));
    let link = &page.links[0];
    assert_eq!((link.from, link.to), (LinkEnd::Shape(1), LinkEnd::Shape(3)));
    assert_eq!((link.points_back, link.points_on, link.text.as_str()), (false, true, "Modbus"));
}

#[test]
fn plain_graphs_need_no_looks() {
    let drawing = plain("<node id='a'/><node id='b'><graph><node id='c'/></graph></node><edge source='a' target='c'/>");
    let page = &drawing.pages[0];
    assert_eq!(page.shapes.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(page.shapes[1].is_container && page.shapes[2].parent == Some(1));
    assert!(page.links[0].points_on, "the graph is directed");
    assert_eq!(drawing.remarks, []);
}

#[test]
fn a_lost_end_is_told() {
    let drawing = plain("<node id='a'/><edge id='e' source='a' target='gone'/>");
    assert_eq!(drawing.pages[0].links[0].to, LinkEnd::Nowhere);
    assert!(drawing.remarks[0].what.contains("gone"));
}

#[test]
fn an_edge_with_several_ends_becomes_lines() {
    let nodes = "<node id='a'/><node id='b'/><node id='c'/>";
    let ends = "<endpoint node='a'/><endpoint node='b'/><endpoint node='c'/>";
    let drawing = plain(&format!("{nodes}<hyperedge>{ends}</hyperedge>"));
    assert_eq!(drawing.pages[0].links.len(), 2);
}

#[test]
fn what_is_no_graph_is_refused() {
    let reason = |text: &str| read(text.as_bytes()).unwrap_err().0;
    assert!(reason("<graphml/>").contains("no graph"));
    assert!(reason("<html/>").contains("<html>"));
    assert!(reason(YED.split_at(YED.len() / 2).0).contains("XML"));
    let nested = "<graph><node id='n'>".repeat(500);
    assert!(reason(&format!("<graphml>{nested}")).contains("deep"));
}

#[test]
fn places_that_are_no_numbers_are_none() {
    let key = "<key id='x' attr.name='x'/><key id='y' attr.name='y'/>";
    let node = "<node id='a'><data key='x'>NaN</data><data key='y'>1e39</data></node>";
    let drawing = read(format!("<graphml>{key}<graph>{node}</graph></graphml>").as_bytes()).unwrap();
    assert_eq!(drawing.pages[0].shapes[0].frame, Rect::default());
}
