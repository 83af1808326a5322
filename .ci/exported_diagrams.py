"""Reads exported diagrams with readers that are not ours: nesting, places and connections
must be those of the tables that the same project is exported to.

usage: exported_diagrams.py TABLES DIAGRAM.drawio DIAGRAM.graphml
"""

import csv
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

G = "{http://graphml.graphdrawing.org/xmlns}"
Y = "{http://www.yworks.com/xml/graphml}"


def rows(folder, name):
    with open(Path(folder) / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def expected(folder):
    """What lies in what, and what joins what, by tags; a loose end has none."""
    inside = {("zone", it["tag"]): it["parent"] for it in rows(folder, "zones.csv")}
    inside |= {("asset", it["tag"]): it["zone"] for it in rows(folder, "assets.csv")}
    joins = {it["tag"]: (it["from"], it["to"]) for it in rows(folder, "conduits.csv")}
    homes = {(it["tag"], zone) for it in rows(folder, "assets.csv") for zone in it["other_zones"].split(";") if zone}
    flows = sorted(
        (it["from_asset"], it["to_asset"], it["protocol"], it["conduit"])
        for it in rows(folder, "flows.csv")
        if it["from_asset"] and it["to_asset"]
    )
    return inside, joins, homes, flows


def same(what, ours, theirs):
    if ours != theirs:
        missing = [it for it in ours if it not in theirs]
        added = [it for it in theirs if it not in ours]
        sys.exit(f"{what} differ: missing {missing[:5]}, added {added[:5]}, and {len(ours)} against {len(theirs)}")


def read_drawio(path):
    """A drawing of draw.io as its own reader sees it: cells by id, with parents and terminals."""
    root = ET.parse(path).getroot()
    assert root.tag == "mxfile", root.tag
    cells, fields = {}, {}
    for element in root.find("diagram/mxGraphModel/root"):
        cell = element if element.tag == "mxCell" else element.find("mxCell")
        id = element.get("id")
        assert id and id not in cells, f"the id {id} is missing or stands twice"
        cells[id] = cell
        fields[id] = element.attrib if element.tag == "UserObject" else {}
    kind = {id: it.get("zonewright") for id, it in fields.items()}
    tag = {id: it.get("tag") for id, it in fields.items()}
    inside, joins, homes, flows = {}, {}, set(), []
    frames = {}
    for id, cell in cells.items():
        parent = cell.get("parent")
        assert id == "0" or parent in cells, f"the parent of {id} is missing"
        if cell.get("vertex"):
            it = cell.find("mxGeometry")
            frames[id] = [float(it.get(name)) for name in ("x", "y", "width", "height")]
            assert frames[id][2] > 0 and frames[id][3] > 0, id
    for id, cell in cells.items():
        parent = cell.get("parent")
        if kind[id] in ("zone", "asset"):
            inside[(kind[id], tag[id])] = tag.get(parent) or ""
            if kind.get(parent) == "zone" and kind[id] == "zone":
                x, y, width, height = frames[id]
                assert x >= -1 and y >= -1, f"{tag[id]} sticks out of {tag[parent]}"
                assert x + width <= frames[parent][2] + 1 and y + height <= frames[parent][3] + 1, tag[id]
        if cell.get("edge"):
            ends = [cell.get("source"), cell.get("target")]
            assert all(it in cells and cells[it].get("vertex") for it in ends), f"an end of {id} is loose"
            if kind[id] == "conduit":
                assert all(kind[it] in ("zone", "loose end") for it in ends), f"{tag[id]} joins no zones"
                joins[tag[id]] = tuple(tag[it] or "" for it in ends)
            elif kind[id] == "second home":
                homes.add(tuple(tag[it] for it in ends))
            else:
                assert kind[id] == "flow", f"nobody knows what {id} is"
                flows.append((*(tag[it] for it in ends), fields[id].get("protocol", ""), fields[id].get("conduit", "")))
    return inside, joins, homes, sorted(flows)


def read_graphml(path):
    """Nesting by the elements themselves, nodes and edges by networkx where it is installed."""
    root = ET.parse(path).getroot()
    names = {it.get("id"): it.get("attr.name") for it in root.findall(f"{G}key")}

    def fields(element):
        return {names[it.get("key")]: it.text or "" for it in element.findall(f"{G}data") if names.get(it.get("key"))}

    inside, joins, homes, flows, tags, nodes = {}, {}, set(), [], {}, set()

    def walk(graph, outer):
        for node in graph.findall(f"{G}node"):
            said = fields(node)
            assert node.get("id") not in nodes, node.get("id")
            nodes.add(node.get("id"))
            tags[node.get("id")] = said.get("tag", "")
            if said.get("zonewright") in ("zone", "asset"):
                inside[(said["zonewright"], said["tag"])] = outer
            geometry = node.find(f".//{Y}Geometry")
            assert all(float(geometry.get(it)) > 0 for it in ("width", "height"))
            for inner in node.findall(f"{G}graph"):
                assert said.get("zonewright") == "zone", "only zones hold others"
                walk(inner, said["tag"])

    walk(root.find(f"{G}graph"), "")
    edges = root.findall(f".//{G}edge")
    for edge in edges:
        said = fields(edge)
        ends = tuple(tags[edge.get(it)] for it in ("source", "target"))
        if said["zonewright"] == "conduit":
            joins[said["tag"]] = ends
        elif said["zonewright"] == "flow":
            flows.append((*ends, said.get("protocol", ""), said.get("conduit", "")))
        else:
            assert said["zonewright"] == "second home", said
            homes.add(ends)
    try:
        import networkx
    except ImportError:
        print("networkx is not installed: GraphML was read by its elements alone")
        return inside, joins, homes, sorted(flows)
    graph = networkx.read_graphml(path, force_multigraph=True)
    same("nodes for networkx", sorted(nodes), sorted(graph.nodes))
    theirs = sorted((graph.nodes[a].get("tag", ""), graph.nodes[b].get("tag", "")) for a, b, _ in graph.edges(keys=True))
    ours = sorted(tuple(tags[it.get(end)] for end in ("source", "target")) for it in edges)
    same("edges for networkx", ours, theirs)
    return inside, joins, homes, sorted(flows)


def main(tables, drawio, graphml):
    inside, joins, homes, flows = expected(tables)
    for name, read in ((drawio, read_drawio(drawio)), (graphml, read_graphml(graphml))):
        same(f"{name}: nesting", inside, read[0])
        same(f"{name}: conduits", joins, read[1])
        same(f"{name}: second homes", homes, read[2])
        same(f"{name}: flows", flows, read[3])
    counts = f"{len(inside)} zones and assets, {len(joins)} conduits, {len(homes)} second homes, {len(flows)} flows"
    print(f"{counts}: the same in both")


main(*sys.argv[1:])
