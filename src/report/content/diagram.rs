//! Chapter: zones and conduits, drawn and listed.

use super::*;
use crate::drawing::scene::{Look, scene};
use crate::drawing::{Part, Picture};
use crate::model::{Conduit, Zone};
use crate::report::outline::{Column, Drawing, Figure, Row, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let project = material.project;
    let mut blocks = vec![anchored(1, "Zones and conduits", "diagram")];
    if project.zones.is_empty() {
        blocks.push(paragraph("No zone has been drawn yet."));
        return blocks;
    }
    blocks.push(paragraph(format!(
        "The system is divided into {} joined by {}, holding {}. The drawing shows them by Purdue level; the figures \
         of a zone are its achieved levels, coloured by how far they fall short of the target.",
        counted(project.zones.len(), "zone"),
        counted(project.conduits.len(), "conduit"),
        counted(project.assets.len(), "asset"),
    )));
    let look = Look::printed();
    let picture = Picture::of_scene(&scene(project, material.analysis, &look), material.analysis, &look, &Part::All);
    blocks.push(Block::Figure(Figure {
        // the drawing bears its title itself
        caption: format!(
            "As of {}. Figures of a zone, from left to right: {}.",
            material.analysis.as_of,
            cells::fr_codes()
        ),
        core: picture.core,
        whole: picture.whole,
        drawing: Drawing { width: picture.width, height: picture.height, shapes: picture.shapes },
        own_page: true,
    }));
    if material.profile != Profile::Management {
        blocks.push(heading(2, "Zones"));
        blocks.push(zones(material));
        if !project.conduits.is_empty() {
            blocks.push(heading(2, "Conduits"));
            blocks.push(conduits(material));
        }
    }
    blocks
}

fn zones(material: &Material) -> Block {
    let columns = vec![
        Column::text("Zone", 2.6),
        Column::text("Lies in", 0.9),
        Column::text("Purdue", 0.6),
        Column::text("Trust", 1.0),
        Column::figure("Assets", 0.6),
        Column::text("Consequence", 1.0),
        Column::text("Owner", 1.6),
    ];
    let project = material.project;
    let mut zones: Vec<_> = project.zones.iter().collect();
    zones.sort_by_key(|(_, zone)| &zone.tag);
    let row = |(id, zone): (crate::model::ZoneId, &Zone)| {
        let consequence = material.analysis.factors.consequence(id.into());
        let assumed = if consequence.is_assumed() { " (assumed)" } else { "" };
        let assets = project.assets.values().filter(|it| it.zone == Some(id)).count();
        Row::from_iter([
            material.target_title(id.into()),
            zone.parent.map_or(String::new(), |parent| project.target_tag(parent.into()).to_owned()),
            zone.purdue.map_or("–", |it| it.word()).to_owned(),
            if zone.untrusted { format!("{}, untrusted", zone.trust) } else { zone.trust.to_string() },
            assets.to_string(),
            format!("{}{assumed}", consequence.value),
            zone.owner.clone(),
        ])
    };
    Block::Table(Table { columns, rows: zones.into_iter().map(row).collect() })
}

fn conduits(material: &Material) -> Block {
    let columns = vec![
        Column::text("Conduit", 2.4),
        Column::text("Between", 1.7),
        Column::text("Opened by", 0.9),
        Column::text("Filtering", 0.9),
        Column::text("Remote access", 1.0),
        Column::figure("Flows", 0.6),
        Column::text("Owner", 1.5),
    ];
    let project = material.project;
    let mut conduits: Vec<_> = project.conduits.iter().collect();
    conduits.sort_by_key(|(_, conduit)| &conduit.tag);
    let end = |zone: Option<crate::model::ZoneId>| zone.map_or("?", |id| project.target_tag(id.into()));
    let row = |(id, conduit): (crate::model::ConduitId, &Conduit)| {
        let flows = project.flows.values().filter(|it| it.conduit == Some(id)).count();
        let opened_by = match conduit.initiated_by {
            crate::model::Initiator::From => end(conduit.from),
            crate::model::Initiator::To => end(conduit.to),
            crate::model::Initiator::Both => "either side",
        };
        Row::from_iter([
            material.target_title(id.into()),
            format!("{} and {}", end(conduit.from), end(conduit.to)),
            opened_by.to_owned(),
            conduit.filtering.to_string(),
            conduit.remote_access.to_string(),
            flows.to_string(),
            conduit.owner.clone(),
        ])
    };
    Block::Table(Table { columns, rows: conduits.into_iter().map(row).collect() })
}
