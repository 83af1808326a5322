//! Results as text for people.

use std::fmt::Write;

use crate::analysis::compare::Comparison;
use crate::analysis::{Analysis, Reach, Severity};
use crate::catalogue::Catalogue;
use crate::exchange::comparison::{self, Names, Sheet};
use crate::model::{Fr, Project, Target};
use crate::samples::SAMPLES;
use crate::templates::{self, Template, TemplateError};

/// Levels, gaps in rank order, findings, coverage.
pub(super) fn analysis(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> String {
    let sections = [
        format!("{} as of {}\n", title(project), analysis.as_of),
        levels(project, analysis),
        gaps(project, catalogue, analysis),
        findings(project, analysis),
        coverage(catalogue, analysis),
    ];
    sections.join("\n")
}

/// What a new project can begin with: the user's own templates, those that the program
/// carries, and the samples.
pub(super) fn beginnings(own: &[Template]) -> Result<String, TemplateError> {
    let mut text = String::new();
    let mut list = |heading: &str, templates: &[Template]| {
        if !templates.is_empty() {
            let _ = writeln!(text, "{heading}");
        }
        for it in templates {
            let sector = if it.sector.is_empty() { String::new() } else { format!(" ({})", it.sector) };
            let _ = writeln!(text, "  {:<24} {}{sector}: {}", it.id, it.title, size(it.counts()?));
            if !it.story.is_empty() {
                let _ = writeln!(text, "  {:<24} {}", "", it.story);
            }
        }
        Ok::<_, TemplateError>(())
    };
    list("Your own templates", own)?;
    list("Templates: typical plants with zones, conduits, assets and proposed SL-T", templates::built_in())?;
    let _ = writeln!(text, "Samples: complete assessments of invented plants");
    for sample in SAMPLES {
        let _ = writeln!(text, "  {:<24} {}", sample.id, sample.title);
    }
    Ok(text)
}

fn size([zones, conduits, assets]: [usize; 3]) -> String {
    format!("{zones} zones, {conduits} conduits, {assets} assets")
}

/// What changed between two states; parts in which nothing did are left out.
pub(super) fn comparison(comparison: &Comparison, names: Names) -> String {
    let heading = |sheet: &Sheet| match sheet.name {
        "Summary" => format!("{} compared with {}", names.now, names.then),
        name => format!("{name}: {}", sheet.rows.len()),
    };
    let sheets = comparison::sheets(comparison, names).into_iter().filter(|it| !it.rows.is_empty());
    let parts: Vec<_> = sheets.map(|it| table(&heading(&it), it.columns, &it.rows)).collect();
    let nothing = if comparison.is_empty() { "\nNothing has changed.\n" } else { "" };
    format!("{}{nothing}", parts.join("\n"))
}

fn title(project: &Project) -> &str {
    if project.info.title.is_empty() { "Untitled assessment" } else { &project.info.title }
}

/// Lines under a heading, each cell padded to the widest of its column.
fn table(heading: &str, header: &[&str], rows: &[Vec<String>]) -> String {
    let header: Vec<String> = header.iter().map(|&name| name.to_owned()).collect();
    let lines: Vec<&Vec<String>> = std::iter::once(&header).chain(rows).collect();
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let mut text = format!("{heading}\n");
    for line in lines {
        let cells: Vec<_> = line.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
    text
}

fn levels(project: &Project, analysis: &Analysis) -> String {
    let mut targets: Vec<Target> = project.targets().collect();
    targets.sort_by_key(|&target| (target.conduit().is_some(), project.target_tag(target)));
    let row = |&target: &Target| {
        let levels = analysis.target(target)?;
        let digit = |level: Option<crate::model::SecurityLevel>| level.map_or("-".to_owned(), |it| it.to_string());
        let vector = |of: &dyn Fn(Fr) -> String| format!("{{{}}}", Fr::ALL.map(of).join(","));
        Some(vec![
            project.target_tag(target).to_owned(),
            project.target_name(target).to_owned(),
            levels.target.map_or("not set".to_owned(), |it| format!("{it:#}")),
            vector(&|fr| digit(levels.achieved[fr])),
            vector(&|fr| digit(levels.evidenced[fr])),
            match levels.worst_reach() {
                Reach::Unset => "-".to_owned(),
                Reach::Reached => "0".to_owned(),
                Reach::NotAssessed => "not assessed".to_owned(),
                Reach::Open => "open".to_owned(),
                Reach::Short { by, or_more: false } => by.to_string(),
                Reach::Short { by, or_more: true } => format!("at least {by}"),
            },
        ])
    };
    let rows: Vec<_> = targets.iter().filter_map(row).collect();
    table(
        &format!("Levels of {} targets (SL-T, SL-A, and SL-A counting only what is proven)", rows.len()),
        &["Tag", "Name", "SL-T", "SL-A", "Proven", "Short by"],
        &rows,
    )
}

fn gaps(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> String {
    let row = |(place, gap): (usize, &crate::analysis::Gap)| {
        let manual = gap.manual.and_then(|id| project.manual_findings.get(id));
        let title = gap.requirement.and_then(|id| catalogue.requirement(id)).map_or("", |it| &it.title);
        vec![
            (place + 1).to_string(),
            gap.band.word().to_owned(),
            gap.score.to_string(),
            gap.target.map_or(String::new(), |target| project.target_tag(target).to_owned()),
            gap.requirement.map_or(String::new(), |id| id.to_string()),
            manual.map_or(title, |it| &it.title).to_owned(),
            gap.classification.word().to_owned(),
            gap.kind.word().to_owned(),
            gap.treatment.word().to_owned(),
        ]
    };
    let rows: Vec<_> = analysis.gaps.iter().enumerate().map(row).collect();
    table(
        &format!("{} gaps, {} open questions", rows.len(), analysis.open_questions()),
        &["Rank", "Band", "Score", "Target", "Requirement", "Title", "Class", "Kind", "Treatment"],
        &rows,
    )
}

/// Findings that are open, and how many were set aside.
pub(super) fn findings(project: &Project, analysis: &Analysis) -> String {
    let open = analysis.findings.iter().filter(|it| it.set_aside.is_none());
    let rows: Vec<_> = open
        .map(|it| {
            vec![
                it.severity().word().to_owned(),
                it.check.code.to_owned(),
                it.message.clone(),
                it.tags(project).join(", "),
            ]
        })
        .collect();
    let [errors, warnings, hints] = Severity::ALL.map(|severity| analysis.open_findings(severity));
    let aside = analysis.findings.len() - rows.len();
    table(
        &format!(
            "{}, {}, {}; {aside} set aside",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(hints, "hint")
        ),
        &["Severity", "Code", "Finding", "About"],
        &rows,
    )
}

fn coverage(catalogue: &Catalogue, analysis: &Analysis) -> String {
    let row = |(point, count): (&crate::catalogue::Nis2Point, &crate::analysis::Coverage)| {
        vec![
            format!("21(2)({})", point.point),
            point.title.clone(),
            count.satisfied.to_string(),
            count.not_satisfied.to_string(),
            count.unknown.to_string(),
        ]
    };
    let rows: Vec<_> = catalogue.nis2().iter().zip(&analysis.coverage).map(row).collect();
    table(
        "NIS2 Article 21(2), counts of mapped requirements and measures",
        &["Point", "About", "Satisfied", "Not satisfied", "Unknown"],
        &rows,
    )
}

/// "1 error", "2 errors".
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
