//! Chapter: counts for NIS2 Article 21(2).

use super::*;
use crate::analysis::Coverage;
use crate::catalogue::{Confidence, Nis2Point};
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let columns = vec![
        Column::text("Point of Article 21(2)", 3.2),
        Column::figure("Satisfied", 0.8),
        Column::figure("Not satisfied", 0.8),
        Column::figure("Unknown", 0.8),
        Column::text("Requirements counted", 3.0),
        Column::text("Mapping", 0.8),
    ];
    let row = |(point, count): (&Nis2Point, &Coverage)| {
        let named: Vec<_> = point.requirements.iter().map(ToString::to_string).collect();
        let confidence = match point.confidence {
            Confidence::High => "close",
            Confidence::Medium => "partial",
            Confidence::Low => "loose",
        };
        // of what nothing is demanded of, a zero would read as a result
        let is_counted = count.satisfied + count.not_satisfied + count.unknown > 0;
        let figure = |count: usize| if is_counted { count.to_string() } else { "–".to_owned() };
        Row {
            cells: vec![
                vec![Span::strong(format!("({}) ", point.point)), point.title.as_str().into()].into(),
                figure(count.satisfied).into(),
                figure(count.not_satisfied).into(),
                figure(count.unknown).into(),
                named.join(", ").into(),
                confidence.into(),
            ],
            anchor: None,
        }
    };
    let rows = material.catalogue.nis2().iter().zip(&material.analysis.coverage).map(row).collect();
    let mut blocks = vec![
        anchored(1, "NIS2 Article 21(2)", "nis2"),
        paragraph(
            "How many of the requirements that serve each point are satisfied, not satisfied or unknown, over all zones and \
             conduits and up to their targets, with the organisational measures that the project records. These are counts, \
             never a claim of compliance; the mapping is our own judgement.",
        ),
        Block::Table(Table { columns, rows }),
    ];
    let mut measures: Vec<_> = material.project.measures.values().collect();
    measures.sort_by_key(|it| &it.tag);
    if !measures.is_empty() {
        let columns =
            vec![Column::text("Organisational measure", 4.0), Column::text("Points", 0.8), Column::text("Status", 1.0)];
        let rows = measures.into_iter().map(|it| {
            let mut what = vec![Span::strong(format!("{}  {}", it.tag, it.title))];
            if !it.notes.is_empty() {
                what.push(format!(" {}", it.notes).into());
            }
            let points: Vec<_> = it.points.iter().map(ToString::to_string).collect();
            Row { cells: vec![what.into(), points.join(", ").into(), it.status.word().into()], anchor: None }
        });
        blocks.push(heading(2, "Organisational measures"));
        blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
    }
    blocks
}
