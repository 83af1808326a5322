//! Chapter: the plan, wave by wave, and what it achieves.

use std::sync::Arc;

use super::*;
use crate::analysis::{Reach, WaveOutcome};
use crate::model::{Action, ActionId, Fr, Wave};
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let mut blocks = vec![anchored(1, "Actions and roadmap", "plan")];
    if material.project.actions.is_empty() {
        blocks.push(paragraph("No action has been planned yet."));
        return blocks;
    }
    for outcome in &material.analysis.roadmap {
        if !outcome.actions.is_empty() {
            blocks.push(heading(2, wave_title(outcome.wave)));
            blocks.push(actions(material, outcome));
        }
    }
    blocks.push(heading(2, "Levels once each wave is done"));
    blocks.push(paragraph(
        "How many foundational requirements of zones and conduits with a target above 0 reach it, today and once the actions of each \
         wave have closed their gaps. An action moves no answer by itself: the assessor confirms each with evidence.",
    ));
    blocks.extend(projection(material));
    blocks
}

fn wave_title(wave: Wave) -> &'static str {
    match wave {
        Wave::Now => "Now: within 30 days",
        Wave::Next => "Next: within 90 days",
        Wave::NextOutage => "In the next outage",
        Wave::Later => "Later",
    }
}

fn actions(material: &Material, outcome: &WaveOutcome) -> Block {
    let columns = vec![
        Column::text("Action", 4.3),
        Column::text("Priority", 0.85),
        Column::figure("Open gaps it closes", 0.85),
        Column::text("Owner", 1.5),
        Column::text("Effort, cost", 1.2),
        Column::text("Due", 1.3),
        Column::text("Status", 1.0),
    ];
    let row = |&id: &ActionId| material.project.actions.get(id).map(|action| action_row(material, id, action));
    Block::Table(Table { columns, rows: outcome.actions.iter().filter_map(row).collect() })
}

fn action_row(material: &Material, id: ActionId, action: &Action) -> Row {
    let closed: Vec<_> = material.analysis.gaps.iter().filter(|gap| gap.is_closed_by(action)).collect();
    let most_urgent = closed.iter().max_by_key(|gap| gap.score);
    let priority = most_urgent.map_or("–".into(), |gap| material.band_cell(gap.band, gap.score));
    let mut what = vec![Span::strong(format!("{}  {}", action.tag, action.title))];
    if !action.notes.is_empty() {
        what.push(format!(" {}", action.notes).into());
    }
    if !action.depends_on.is_empty() {
        let before: Vec<_> = action
            .depends_on
            .iter()
            .filter_map(|&id| material.project.actions.get(id))
            .map(|it| it.tag.as_str())
            .collect();
        what.push(Span::weak(format!(" After {}.", before.join(", "))));
    }
    if action.outage {
        let window = if action.outage_window.is_empty() { "an outage" } else { &action.outage_window };
        what.push(Span::weak(format!(" Needs {window}.")));
    }
    let cost = match (action.cost.as_str(), material.project.settings.currency.as_str()) {
        ("", _) => String::new(),
        (cost, "") => format!(", {cost}"),
        (cost, currency) => format!(", {cost} {currency}"),
    };
    let late = if action.is_overdue(material.analysis.as_of) { " (overdue)" } else { "" };
    Row {
        cells: vec![
            what.into(),
            priority,
            closed.len().to_string().into(),
            action.owner.clone().into(),
            format!("{}{cost}", action.effort).into(),
            action.due.map_or("–".to_owned(), |due| format!("{due}{late}")).into(),
            action.status.word().into(),
        ],
        anchor: Some(format!("action {id}")),
    }
}

fn projection(material: &Material) -> Vec<Block> {
    let analysis = material.analysis;
    let reached = |levels: &dyn Fn(Target) -> crate::model::LevelVector| {
        let targets = analysis.targets.iter().filter(|(_, it)| it.asks_for_a_level());
        let targets = targets.filter_map(|(&target, it)| Some((target, it.target?)));
        targets
            .map(|(target, wanted)| {
                let levels = levels(target);
                let asks = |fr: &Fr| analysis.target(target).is_some_and(|it| it.asks[*fr]);
                Fr::ALL.into_iter().filter(asks).filter(|&fr| levels[fr] >= Some(wanted[fr])).count()
            })
            .sum::<usize>()
    };
    let with_target = || analysis.targets.values().filter(|it| it.asks_for_a_level());
    let all: usize = with_target().map(|it| Fr::ALL.into_iter().filter(|&fr| it.asks[fr]).count()).sum();
    let is_unknown = |it: &Arc<TargetLevels>, fr: Fr| matches!(it.reach(fr), Reach::NotAssessed | Reach::Open);
    let unknown: usize = with_target().map(|it| Fr::ALL.into_iter().filter(|&fr| is_unknown(it, fr)).count()).sum();
    let open = |closed: usize| analysis.gaps.len().saturating_sub(closed);
    let columns = vec![
        Column::text("After", 1.6),
        Column::figure("Actions", 0.8),
        Column::figure("FRs that reach their target", 1.6),
        Column::figure("Share", 0.8),
        Column::figure("Gaps left", 0.9),
    ];
    let row = |name: &str, actions: String, reached: usize, left: usize| {
        Row::from_iter([name.to_owned(), actions, format!("{reached} of {all}"), share(reached, all), left.to_string()])
    };
    let mut rows = vec![row("Today", "–".to_owned(), reached(&|target| analysis.achieved(target)), open(0))];
    let mut done: std::collections::BTreeSet<ActionId> = Default::default();
    for outcome in &analysis.roadmap {
        done.extend(&outcome.actions);
        let closed = analysis
            .gaps
            .iter()
            .filter(|gap| done.iter().filter_map(|&id| material.project.actions.get(id)).any(|it| gap.is_closed_by(it)))
            .count();
        let now = reached(&|target| outcome.projected.get(&target).copied().unwrap_or_default());
        rows.push(row(wave_title(outcome.wave), outcome.actions.len().to_string(), now, open(closed)));
    }
    let mut blocks = vec![Block::Table(Table { columns, rows })];
    if unknown > 0 {
        let are = if unknown == 1 { "is" } else { "are" };
        blocks.push(note(format!(
            "Of the {all}, {unknown} {are} not assessed to the end: nothing that is answered keeps them back, and they do not \
             count as reached."
        )));
    }
    blocks
}
