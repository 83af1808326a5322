//! Drawings that we wrote ourselves: their fields say what everything is, and nothing
//! has to be guessed.

use std::str::FromStr;

use super::{Drawing, DrawnShape, LinkEnd, Meaning, markup};
use crate::catalogue::Catalogue;
use crate::exchange::diagram::KIND;
use crate::model::*;

type Fields = [(String, String)];

/// The kind of the mark at an end of a conduit that joins nothing.
const LOOSE_END: &str = "loose end";

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What a field of ours says, if it can be read.
fn read<T: FromStr>(fields: &Fields, name: &str) -> Option<T> {
    field(fields, name)?.parse().ok()
}

/// Whether the fields are ours and speak of this kind of thing.
fn is(fields: &Fields, kind: &str) -> bool {
    field(fields, KIND) == Some(kind)
}

/// Takes shapes and lines of ours for what they are.
pub(super) fn understood(mut drawing: Drawing) -> Drawing {
    for page in &mut drawing.pages {
        page.shapes.iter_mut().for_each(shape);
        // the fields of an asset say its second homes
        page.links.retain(|link| !is(&link.details, "second home"));
        let is_mark = |end: LinkEnd| {
            let LinkEnd::Shape(place) = end else { return true };
            page.shapes.get(place).is_some_and(|it| is(&it.details, LOOSE_END))
        };
        for link in page.links.iter_mut().filter(|it| is(&it.details, "conduit")) {
            for end in [&mut link.from, &mut link.to] {
                if is_mark(*end) {
                    *end = LinkEnd::Nowhere;
                }
            }
        }
    }
    drawing
}

fn shape(shape: &mut DrawnShape) {
    let Some(kind) = field(&shape.details, KIND) else { return };
    match kind {
        "zone" => {
            let trust = read(&shape.details, "trust");
            shape.meaning = Some(Meaning::Zone { trust, purdue: read(&shape.details, "purdue") });
            shape.is_container = true;
        }
        "asset" => {
            let kind = field(&shape.details, "type").and_then(|id| Catalogue::embedded().asset_type(id));
            shape.meaning = Some(Meaning::Asset(kind.map(|it| it.id.as_str())));
        }
        "note" | LOOSE_END => shape.meaning = Some(Meaning::Note),
        _ => (),
    }
    let tag = field(&shape.details, "tag").unwrap_or_default().to_owned();
    match shape.meaning {
        // the label may have been changed by hand since; the tag has a field of its own
        Some(Meaning::Zone { .. }) => {
            let name = shape.text.lines().find(|line| line.trim() != tag).map(str::to_owned);
            shape.text = name.unwrap_or(tag);
        }
        // long names of assets stand only in the field; a label that we did not write goes before it
        Some(Meaning::Asset(_)) => {
            let name = field(&shape.details, "name").unwrap_or_default();
            let ours = [markup::tidy(&tag), markup::tidy(name)];
            let is_ours = |line: &&str| ours.iter().any(|it| it == line);
            let changed = shape.text.lines().find(|line| !is_ours(line)).map(str::to_owned);
            shape.text = changed.unwrap_or_else(|| if name.is_empty() { tag } else { name.to_owned() });
        }
        Some(Meaning::Note) | None => (),
    }
}

/// The tag that a shape or a line of ours has.
pub(super) fn tag(fields: &Fields) -> Option<String> {
    field(fields, KIND)?;
    field(fields, "tag").filter(|it| !it.is_empty()).map(str::to_owned)
}

/// Fills in what a shape of ours says of its zone.
pub(super) fn fill_zone(zone: &mut Zone, fields: &Fields) {
    if !is(fields, "zone") {
        return;
    }
    if zone.name == zone.tag {
        zone.name.clear();
    }
    zone.untrusted = field(fields, "untrusted") == Some("yes");
    zone.consequence = rating(fields, "consequence");
    zone.owner = text(fields, "owner");
    zone.boundary = read(fields, "boundary").unwrap_or_default();
    zone.site = text(fields, "site");
    zone.sl_t = sl_t(fields);
    zone.notes = text(fields, "notes");
}

/// Fills in what a shape of ours says of its asset; tells the tags of its second homes.
pub(super) fn fill_asset(asset: &mut Asset, fields: &Fields) -> Vec<String> {
    if !is(fields, "asset") {
        return Vec::new();
    }
    asset.kind = text(fields, "type");
    asset.addresses = parts(fields, "address");
    asset.supported = read(fields, "supported").unwrap_or_default();
    asset.criticality = rating(fields, "criticality");
    asset.temporary = field(fields, "temporary") == Some("yes");
    asset.wireless = field(fields, "wireless") == Some("yes");
    asset.external = field(fields, "external") == Some("yes");
    asset.notes = text(fields, "notes");
    parts(fields, "other_zones")
}

/// The conduit that a line of ours stands for.
pub(super) fn conduit(link: &Fields) -> Option<Conduit> {
    is(link, "conduit").then(|| Conduit {
        tag: text(link, "tag"),
        name: text(link, "name"),
        notes: text(link, "notes"),
        initiated_by: read(link, "initiated_by").unwrap_or_default(),
        remote_access: read(link, "remote_access").unwrap_or_default(),
        filtering: read(link, "filtering").unwrap_or_default(),
        filter_place: read(link, "filter_place").unwrap_or_default(),
        owner: text(link, "owner"),
        sl_t: sl_t(link),
        ..Conduit::default()
    })
}

/// The flow that a line of ours stands for, with the tag of its conduit.
pub(super) fn flow(link: &Fields) -> Option<(Flow, String)> {
    is(link, "flow").then(|| {
        let flow = Flow {
            protocol: text(link, "protocol"),
            port: read(link, "port"),
            both_ways: field(link, "both_ways") == Some("yes"),
            notes: text(link, "notes"),
            ..Flow::default()
        };
        (flow, text(link, "conduit"))
    })
}

/// The note that a shape of ours stands for.
pub(super) fn note(shape: &DrawnShape) -> Option<Note> {
    is(&shape.details, "note").then(|| {
        let ours = text(&shape.details, "text");
        let kind = read(&shape.details, "kind").unwrap_or_default();
        // the words may have been changed by hand since
        let is_ours = kind == NoteKind::Legend || markup::tidy(&ours) == shape.text;
        Note { text: if is_ours { ours } else { shape.text.clone() }, kind, frame: shape.frame, ..Note::default() }
    })
}

fn text(fields: &Fields, name: &str) -> String {
    field(fields, name).unwrap_or_default().to_owned()
}

fn parts(fields: &Fields, name: &str) -> Vec<String> {
    let parts = field(fields, name).unwrap_or_default().split(';').map(str::trim);
    parts.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn rating(fields: &Fields, name: &str) -> Option<Rating> {
    read(fields, name).filter(|it| (1..=5).contains(it)).and_then(Rating::new)
}

fn sl_t(fields: &Fields) -> Option<TargetLevel> {
    Some(TargetLevel { levels: read(fields, "sl_t")?, reason: text(fields, "sl_t_reason"), ..TargetLevel::default() })
}
