//! Columns of zones, conduits, assets and flows.

use super::column::*;
use crate::model::*;

pub(super) const ZONES: &[Column<Zone>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column { name: "name", write: |it, _| it.name.clone(), read: |it, cell, _| text(&mut it.name, cell) },
    Column {
        name: "parent",
        write: |it, project| tags(it.parent, project),
        read: |it, cell, tags| {
            it.parent = Some(named(&tags.zones, cell, "zones.csv")?);
            Ok(())
        },
    },
    Column { name: "purdue", write: |it, _| shown(it.purdue), read: |it, cell, _| optional(&mut it.purdue, cell) },
    Column { name: "trust", write: |it, _| it.trust.to_string(), read: |it, cell, _| word(&mut it.trust, cell) },
    Column { name: "untrusted", write: |it, _| yes(it.untrusted), read: |it, cell, _| yes_no(&mut it.untrusted, cell) },
    Column {
        name: "consequence",
        write: |it, project| consequence(it.consequence, project),
        read: |it, cell, _| rating(&mut it.consequence, cell),
    },
    Column { name: "owner", write: |it, _| it.owner.clone(), read: |it, cell, _| text(&mut it.owner, cell) },
    Column { name: "sl_t", write: |it, _| sl_t(&it.sl_t), read: |it, cell, _| read_sl_t(&mut it.sl_t, cell) },
    Column { name: "x", write: |it, _| it.frame.x.to_string(), read: |it, cell, _| number(&mut it.frame.x, cell) },
    Column { name: "y", write: |it, _| it.frame.y.to_string(), read: |it, cell, _| number(&mut it.frame.y, cell) },
    Column {
        name: "width",
        write: |it, _| it.frame.width.to_string(),
        read: |it, cell, _| number(&mut it.frame.width, cell),
    },
    Column {
        name: "height",
        write: |it, _| it.frame.height.to_string(),
        read: |it, cell, _| number(&mut it.frame.height, cell),
    },
];

fn sl_t(sl_t: &Option<TargetLevel>) -> String {
    shown(sl_t.as_ref().map(|it| it.levels))
}

fn read_sl_t(sl_t: &mut Option<TargetLevel>, cell: &str) -> Result<(), String> {
    *sl_t = Some(TargetLevel { levels: cell.parse()?, ..TargetLevel::default() });
    Ok(())
}

pub(super) const CONDUITS: &[Column<Conduit>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column { name: "name", write: |it, _| it.name.clone(), read: |it, cell, _| text(&mut it.name, cell) },
    Column {
        name: "from",
        write: |it, project| tags(it.from, project),
        read: |it, cell, tags| {
            it.from = Some(named(&tags.zones, cell, "zones.csv")?);
            Ok(())
        },
    },
    Column {
        name: "to",
        write: |it, project| tags(it.to, project),
        read: |it, cell, tags| {
            it.to = Some(named(&tags.zones, cell, "zones.csv")?);
            Ok(())
        },
    },
    Column {
        name: "initiated_by",
        write: |it, _| it.initiated_by.to_string(),
        read: |it, cell, _| word(&mut it.initiated_by, cell),
    },
    Column {
        name: "remote_access",
        write: |it, _| it.remote_access.to_string(),
        read: |it, cell, _| word(&mut it.remote_access, cell),
    },
    Column {
        name: "filtering",
        write: |it, _| it.filtering.to_string(),
        read: |it, cell, _| word(&mut it.filtering, cell),
    },
    Column { name: "owner", write: |it, _| it.owner.clone(), read: |it, cell, _| text(&mut it.owner, cell) },
    Column { name: "sl_t", write: |it, _| sl_t(&it.sl_t), read: |it, cell, _| read_sl_t(&mut it.sl_t, cell) },
];

pub(super) const ASSETS: &[Column<Asset>] = &[
    Column { name: "tag", write: |it, _| it.tag.clone(), read: |it, cell, _| text(&mut it.tag, cell) },
    Column { name: "name", write: |it, _| it.name.clone(), read: |it, cell, _| text(&mut it.name, cell) },
    Column { name: "type", write: |it, _| it.kind.clone(), read: |it, cell, _| asset_type(&mut it.kind, cell) },
    Column {
        name: "zone",
        write: |it, project| tags(it.zone, project),
        read: |it, cell, tags| {
            it.zone = Some(named(&tags.zones, cell, "zones.csv")?);
            Ok(())
        },
    },
    Column {
        name: "other_zones",
        write: |it, project| tags(it.other_zones.iter().copied(), project),
        read: |it, cell, tags| several(&mut it.other_zones, cell, |tag| named(&tags.zones, tag, "zones.csv")),
    },
    Column {
        name: "address",
        write: |it, _| joined(&it.addresses),
        read: |it, cell, _| several(&mut it.addresses, cell, |address| Ok(address.to_owned())),
    },
    Column { name: "vendor", write: |it, _| it.vendor.clone(), read: |it, cell, _| text(&mut it.vendor, cell) },
    Column { name: "model", write: |it, _| it.model.clone(), read: |it, cell, _| text(&mut it.model, cell) },
    Column { name: "version", write: |it, _| it.version.clone(), read: |it, cell, _| text(&mut it.version, cell) },
    Column {
        name: "supported",
        write: |it, _| it.supported.to_string(),
        read: |it, cell, _| word(&mut it.supported, cell),
    },
    Column { name: "owner", write: |it, _| it.owner.clone(), read: |it, cell, _| text(&mut it.owner, cell) },
    Column {
        name: "criticality",
        write: |it, _| shown(it.criticality),
        read: |it, cell, _| rating(&mut it.criticality, cell),
    },
    Column { name: "temporary", write: |it, _| yes(it.temporary), read: |it, cell, _| yes_no(&mut it.temporary, cell) },
    Column { name: "wireless", write: |it, _| yes(it.wireless), read: |it, cell, _| yes_no(&mut it.wireless, cell) },
    Column { name: "external", write: |it, _| yes(it.external), read: |it, cell, _| yes_no(&mut it.external, cell) },
];

/// An asset type by its id, or else by its name.
fn asset_type(kind: &mut String, cell: &str) -> Result<(), String> {
    let types = crate::catalogue::Catalogue::embedded().asset_types();
    let by_id = types.iter().find(|it| it.id.eq_ignore_ascii_case(cell));
    let found = by_id.or_else(|| types.iter().find(|it| it.name.eq_ignore_ascii_case(cell)));
    let ids = || types.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ");
    kind.clone_from(&found.ok_or_else(|| format!("\"{cell}\" is not an asset type: {}", ids()))?.id);
    Ok(())
}

pub(super) const FLOWS: &[Column<Flow>] = &[
    Column {
        name: "conduit",
        write: |it, project| tags(it.conduit, project),
        read: |it, cell, tags| {
            it.conduit = Some(named(&tags.conduits, cell, "conduits.csv")?);
            Ok(())
        },
    },
    Column {
        name: "from_asset",
        write: |it, project| tags(it.from, project),
        read: |it, cell, tags| {
            it.from = Some(named(&tags.assets, cell, "assets.csv")?);
            Ok(())
        },
    },
    Column {
        name: "to_asset",
        write: |it, project| tags(it.to, project),
        read: |it, cell, tags| {
            it.to = Some(named(&tags.assets, cell, "assets.csv")?);
            Ok(())
        },
    },
    Column { name: "protocol", write: |it, _| it.protocol.clone(), read: |it, cell, _| text(&mut it.protocol, cell) },
    Column { name: "port", write: |it, _| shown(it.port), read: |it, cell, _| optional(&mut it.port, cell) },
    Column { name: "both_ways", write: |it, _| yes(it.both_ways), read: |it, cell, _| yes_no(&mut it.both_ways, cell) },
];
