//! What the finder looks through in an open project.

use super::{Finds, Hit, hit_of, known, rank};
use crate::model::Subject;
use crate::ui::action::{Action, DiagramAction, FileAction, Selection, View, Waypoint};
use crate::ui::commands;
use crate::ui::context::Context;

/// Everything in the open project, and every command.
pub struct Found<'a>(pub &'a Context<'a>);

impl Finds for Found<'_> {
    fn hint(&self) -> &'static str {
        "Find a command, zone, asset, requirement, risk, action, workshop…"
    }

    fn nothing(&self) -> &'static str {
        "Nothing of that name. Tags, names, requirement numbers and commands are searched."
    }

    fn hits(&self, wanted: &[String], recent: &[String]) -> Vec<Hit> {
        if wanted.is_empty() { first_commands(self.0, recent) } else { hits(self.0, wanted) }
    }
}

fn hits(ctx: &Context, wanted: &[String]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let of_canvas = commands::of_canvas(ctx.project, &ctx.selection.subjects);
    for command in commands::all(Some(ctx.session)).into_iter().chain(of_canvas) {
        if let Some(rank) = rank(&command.title, wanted) {
            hits.push(hit_of(command, rank * 10 + 1));
        }
    }
    let mut add = |title: String, kind: String, searched: &str, weight: u32, action: &dyn Fn() -> Action| {
        if let Some(rank) = rank(searched, wanted) {
            hits.push(Hit { title, kind, action: action(), rank: rank * 10 + weight, is_command: false });
        }
    };
    let project = ctx.project;
    for (id, zone) in project.zones.iter() {
        let title = format!("{}  {}", zone.tag, zone.name);
        add(title.clone(), "zone".into(), &title, 0, &|| go(View::Diagram, id));
    }
    for (id, conduit) in project.conduits.iter() {
        let title = format!("{}  {}", conduit.tag, conduit.name);
        add(title.clone(), "conduit".into(), &title, 0, &|| go(View::Diagram, id));
    }
    for (id, asset) in project.assets.iter() {
        let title = format!("{}  {}", asset.tag, asset.name);
        let searched = format!("{title} {} {} {}", asset.addresses.join(" "), asset.vendor, asset.model);
        add(title, "asset".into(), &searched, 1, &|| go(View::Diagram, id));
    }
    for (id, note) in project.notes.iter().filter(|(_, it)| !it.text.trim().is_empty()) {
        let title = project.subject_tag(id.into()).into_owned();
        add(title, "note".into(), &note.text, 1, &|| go(View::Diagram, id));
    }
    for (id, action) in project.actions.iter() {
        let title = format!("{}  {}", action.tag, action.title);
        add(title.clone(), "action".into(), &title, 1, &|| go(View::Plan, id));
    }
    for (id, risk) in project.risks.iter() {
        let title = format!("{}  {}", risk.tag, risk.title);
        let techniques: Vec<&str> = risk.techniques.iter().map(String::as_str).collect();
        let searched = format!("{title} {} {}", risk.threat_source, techniques.join(" "));
        add(title, "risk".into(), &searched, 1, &|| go(View::Risk, id));
    }
    for requirement in ctx.catalogue.requirements() {
        let title = format!("{}  {}", requirement.id, requirement.title);
        let id = requirement.id;
        let target = ctx.selection.target().or_else(|| project.targets().next());
        if let Some(target) = target {
            let at = format!("requirement at {}", project.target_tag(target));
            add(title.clone(), at, &title, 2, &|| Action::GoTo(View::Requirements, Selection::answer(target, id)));
        }
    }
    for it in ctx.catalogue.zcr() {
        let title = format!("{}  {}", it.id, it.title);
        let there = Waypoint::Requirement(it.id);
        add(title.clone(), "ZCR path".into(), &title, 3, &|| Action::Waypoint(there));
    }
    for (_, finding) in ctx.analysis.findings.iter().enumerate().filter(|(_, it)| it.set_aside.is_none()) {
        let Some(&subject) = finding.about.first() else { continue };
        let title = format!("{}  {}", finding.check.code, finding.message);
        add(title.clone(), "finding".into(), &title, 4, &|| go(view_of(subject), subject));
    }
    known::of_scope(ctx, &mut add);
    known::of_sessions(ctx, &mut add);
    known::of_risks(ctx, wanted, &mut add);
    known::of_answers(ctx, &mut add);
    hits
}

/// What is offered before a word is typed: what was chosen lately, then what is likely here.
fn first_commands(ctx: &Context, recent: &[String]) -> Vec<Hit> {
    let place = |title: &str| recent.iter().position(|it| it == title).map_or(0, |place| place as u32);
    let rank = |command: &commands::Command| match recent.contains(&command.title) {
        true => place(&command.title),
        false => 100 + likelihood(&command.action, ctx.view),
    };
    let of_canvas = commands::of_canvas(ctx.project, &ctx.selection.subjects);
    commands::all(Some(ctx.session))
        .into_iter()
        .chain(of_canvas)
        .filter(|command| !matches!(command.action, Action::Finder(_)))
        .map(|command| {
            let rank = rank(&command);
            hit_of(command, rank)
        })
        .collect()
}

/// How likely a command is in a view; smaller is likelier.
fn likelihood(action: &Action, view: View) -> u32 {
    let in_diagram = if view == View::Diagram { 3 } else { 7 };
    match action {
        Action::Undo | Action::Redo => 0,
        Action::File(FileAction::Save) => 1,
        Action::Diagram(DiagramAction::View(_) | DiagramAction::Find | DiagramAction::Outline) => in_diagram - 1,
        Action::Diagram(DiagramAction::Layer(_) | DiagramAction::Colours(_) | DiagramAction::ColoursOf(_)) => 8,
        Action::Diagram(_) | Action::Draw(_) | Action::Fit(_) | Action::Canvas(_) | Action::LayOut(_) => in_diagram,
        Action::Go(_) => 4,
        Action::File(FileAction::Export(_)) => {
            if view == View::Report {
                2
            } else {
                5
            }
        }
        Action::Help(_) | Action::Back | Action::Forward => 6,
        Action::Appearance(_) | Action::About(_) | Action::File(FileAction::Quit) => 9,
        _ => 8,
    }
}

fn go(view: View, subject: impl Into<Subject>) -> Action {
    Action::GoTo(view, Selection::of(subject))
}

/// The view in which a subject is at home.
pub fn view_of(subject: Subject) -> View {
    match subject {
        Subject::Zone(_)
        | Subject::Conduit(_)
        | Subject::Asset(_)
        | Subject::Flow(_)
        | Subject::Note(_)
        | Subject::View(_) => View::Diagram,
        Subject::Action(_) => View::Plan,
        Subject::ManualFinding(_) => View::Gaps,
        Subject::Risk(_) => View::Risk,
        Subject::Workshop(_) => View::Workshop,
        Subject::Baseline(_) => View::Compare,
        _ => View::Overview,
    }
}
