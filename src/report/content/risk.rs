//! Chapter: what remains and was accepted.

use super::*;
use crate::model::{Acceptance, GapKey, Known, VendorAccess};
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn residual_chapter(material: &Material) -> Vec<Block> {
    let project = material.project;
    let mut blocks = vec![anchored(1, "Residual risk", "residual")];
    if project.acceptances.is_empty() && project.exceptions.is_empty() && project.vendor_access.is_empty() {
        blocks.push(paragraph("No residual risk has been accepted."));
        return blocks;
    }
    if !project.acceptances.is_empty() {
        blocks.push(heading(2, "Accepted for a time"));
        blocks.push(acceptances(material));
    }
    if !project.exceptions.is_empty() {
        blocks.push(heading(2, "Vulnerability exceptions"));
        blocks.push(exceptions(material));
    }
    if !project.vendor_access.is_empty() && material.profile != Profile::Management {
        blocks.push(heading(2, "Vendor access"));
        blocks.push(vendor_access(material));
    }
    blocks
}

fn acceptances(material: &Material) -> Block {
    let columns = vec![
        Column::text("What is accepted, and why", 4.1),
        Column::text("Countermeasures until then", 2.8),
        Column::text("Remains", 0.9),
        Column::text("Accepted by", 2.1),
        Column::text("Holds until", 1.3),
    ];
    let mut all: Vec<_> = material.project.acceptances.iter().collect();
    all.sort_by_key(|(_, it)| &it.tag);
    let row = |(id, it): (crate::model::AcceptanceId, &Acceptance)| {
        let project = material.project;
        let risks = it.risks.iter().filter_map(|&id| project.risks.get(id)).map(|risk| risk.tag.clone());
        let findings = it.findings.iter().filter_map(|&id| project.manual_findings.get(id)).map(|it| it.tag.clone());
        let others: Vec<_> = risks.chain(findings).collect();
        let mut covered = by_target(project, &it.gaps);
        covered.extend((!others.is_empty()).then(|| others.join(", ")));
        let expired = if it.is_expired(material.analysis.as_of) { " (expired)" } else { "" };
        let day = it.accepted_on.map(|day| format!(", {day}")).unwrap_or_default();
        Row {
            cells: vec![
                vec![
                    Span::strong(format!("{}  ", it.tag)),
                    it.reason.as_str().into(),
                    Span::weak(format!(" Covers {}.", covered.join("; "))),
                ]
                .into(),
                it.countermeasures.clone().into(),
                material.risk_cell(it.residual),
                format!("{}{day}", it.accepted_by).into(),
                it.expires_on.map_or("no date".to_owned(), |day| format!("{day}{expired}")).into(),
            ],
            anchor: Some(format!("acceptance {id}")),
        }
    };
    Block::Table(Table { columns, rows: all.into_iter().map(row).collect() })
}

/// "Z-DOSE: SR 1.1, SR 1.2" for each target, in the order of their tags.
fn by_target<'k>(project: &Project, gaps: impl IntoIterator<Item = &'k GapKey>) -> Vec<String> {
    let mut grouped: std::collections::BTreeMap<(&str, Target), Vec<_>> = Default::default();
    for key in gaps {
        grouped.entry((project.target_tag(key.target), key.target)).or_default().push(key.requirement);
    }
    let words = |((tag, _), mut requirements): ((&str, Target), Vec<crate::model::RequirementId>)| {
        requirements.sort_unstable();
        // no line ends within a number
        let requirements: Vec<_> = requirements.iter().map(|it| it.to_string().replace(' ', "\u{a0}")).collect();
        format!("{tag}: {}", requirements.join(", "))
    };
    grouped.into_iter().map(words).collect()
}

fn exceptions(material: &Material) -> Block {
    let columns = vec![
        Column::text("Weakness and why it stays", 4.0),
        Column::text("Assets", 1.4),
        Column::text("Countermeasures", 2.7),
        Column::text("Accepted by", 1.9),
        Column::text("Holds until", 1.3),
    ];
    let mut all: Vec<_> = material.project.exceptions.values().collect();
    all.sort_by_key(|it| &it.tag);
    let row = |it: &crate::model::VulnerabilityException| {
        let assets: Vec<_> =
            it.assets.iter().filter_map(|&id| material.project.assets.get(id)).map(|it| it.tag.as_str()).collect();
        let what = vec![Span::strong(format!("{}  {} ", it.tag, it.vulnerability)), it.reason.as_str().into()];
        let expired = if it.is_expired(material.analysis.as_of) { " (expired)" } else { "" };
        Row {
            cells: vec![
                what.into(),
                assets.join(", ").into(),
                it.countermeasures.clone().into(),
                it.accepted_by.clone().into(),
                it.expires_on.map_or("no date".to_owned(), |day| format!("{day}{expired}")).into(),
            ],
            anchor: None,
        }
    };
    Block::Table(Table { columns, rows: all.into_iter().map(row).collect() })
}

fn vendor_access(material: &Material) -> Block {
    let columns = vec![
        Column::text("Supplier and purpose", 3.4),
        Column::text("Conduit", 0.8),
        Column::text("Standing", 0.8),
        Column::text("Shared account", 0.8),
        Column::text("Second factor", 0.8),
        Column::text("Jump host", 0.8),
        Column::text("Time-bound", 0.8),
        Column::text("Recorded", 0.8),
        Column::text("Reviewed", 1.0),
    ];
    let mut all: Vec<_> = material.project.vendor_access.values().collect();
    all.sort_by_key(|it| &it.tag);
    let row = |it: &VendorAccess| {
        // what is bad news stands out: standing and shared when yes, the others when no
        let known = |known: Known, bad: Known| {
            let text = known.word();
            if known == bad { Span::strong(text) } else { Span::from(text) }
        };
        let what = vec![Span::strong(format!("{}  {} ", it.tag, it.supplier)), it.purpose.as_str().into()];
        Row {
            cells: vec![
                what.into(),
                it.conduit.map_or(String::new(), |id| material.project.target_tag(id.into()).to_owned()).into(),
                known(it.standing, Known::Yes).into(),
                known(it.shared_account, Known::Yes).into(),
                known(it.multifactor, Known::No).into(),
                known(it.jump_host, Known::No).into(),
                known(it.time_bound, Known::No).into(),
                known(it.recorded, Known::No).into(),
                it.reviewed_on.map_or("never".to_owned(), |day| day.to_string()).into(),
            ],
            anchor: None,
        }
    };
    Block::Table(Table { columns, rows: all.into_iter().map(row).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, RequirementId, Zone, ZoneId};

    #[test]
    fn accepted_gaps_are_grouped_by_their_target() {
        let mut project = Project::default();
        for tag in ["Z-PUMP", "Z-DOSE"] {
            project.zones.insert(ZoneId::derived_from(tag), Zone { tag: tag.to_owned(), ..Zone::default() });
        }
        let key = |tag: &str, requirement: &str| GapKey {
            target: ZoneId::derived_from(tag).into(),
            requirement: requirement.parse::<RequirementId>().expect("a requirement"),
        };
        let gaps = [key("Z-PUMP", "SR 1.2"), key("Z-DOSE", "SR 3.1"), key("Z-PUMP", "SR 1.1 RE 1")];
        let covered = by_target(&project, &gaps).join("; ").replace('\u{a0}', " ");
        assert_eq!(covered, "Z-DOSE: SR 3.1; Z-PUMP: SR 1.1 RE 1, SR 1.2");
    }
}
