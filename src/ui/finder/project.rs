//! What the finder looks through in an open project.

use super::{Entry, Finds, State, each_once, known};
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

    fn state(&self) -> State {
        (self.0.session.revision(), self.0.view, self.0.selection.clone())
    }

    fn offered(&self, recent: &[String]) -> Vec<Entry> {
        commands(self.0, recent)
    }

    fn others(&self) -> Vec<Entry> {
        others(self.0)
    }
}

fn others(ctx: &Context) -> Vec<Entry> {
    let mut entries = Vec::new();
    let project = ctx.project;
    entries.extend(
        project
            .zones
            .iter()
            .map(|(id, zone)| Entry::new(format!("{}  {}", zone.tag, zone.name), "zone", 0, go(View::Diagram, id))),
    );
    entries.extend(project.conduits.iter().map(|(id, conduit)| {
        Entry::new(format!("{}  {}", conduit.tag, conduit.name), "conduit", 0, go(View::Diagram, id))
    }));
    entries.extend(project.assets.iter().map(|(id, asset)| {
        Entry::new(format!("{}  {}", asset.tag, asset.name), "asset", 1, go(View::Diagram, id)).also(&format!(
            "{} {} {}",
            asset.addresses.join(" "),
            asset.vendor,
            asset.model
        ))
    }));
    entries.extend(project.notes.iter().filter(|(_, it)| !it.text.trim().is_empty()).map(|(id, note)| {
        Entry::new(project.subject_tag(id.into()).into_owned(), "note", 1, go(View::Diagram, id)).also(&note.text)
    }));
    entries.extend(
        project.actions.iter().map(|(id, action)| {
            Entry::new(format!("{}  {}", action.tag, action.title), "action", 1, go(View::Plan, id))
        }),
    );
    entries.extend(project.risks.iter().map(|(id, risk)| {
        let techniques: Vec<&str> = risk.techniques.iter().map(String::as_str).collect();
        Entry::new(format!("{}  {}", risk.tag, risk.title), "risk", 1, go(View::Risk, id)).also(&format!(
            "{} {}",
            risk.threat_source,
            techniques.join(" ")
        ))
    }));
    if let Some(target) = ctx.selection.target().or_else(|| project.targets().next()) {
        let at = format!("requirement at {}", project.target_tag(target));
        entries.extend(ctx.catalogue.requirements().iter().map(|it| {
            let there = Action::GoTo(View::Requirements, Selection::answer(target, it.id));
            Entry::new(format!("{}  {}", it.id, it.title), at.clone(), 2, there)
        }));
    }
    entries.extend(ctx.catalogue.zcr().iter().map(|it| {
        Entry::new(format!("{}  {}", it.id, it.title), "ZCR path", 3, Action::Waypoint(Waypoint::Requirement(it.id)))
    }));
    let open = ctx.analysis.findings.iter().filter(|it| it.set_aside.is_none());
    entries.extend(open.filter_map(|finding| {
        let &subject = finding.about.first()?;
        let title = format!("{}  {}", finding.check.code, finding.message);
        Some(Entry::new(title, "finding", 4, go(view_of(subject), subject)))
    }));
    known::of_scope(ctx, &mut entries);
    known::of_sessions(ctx, &mut entries);
    known::of_risks(ctx, &mut entries);
    known::of_answers(ctx, &mut entries);
    entries
}

/// All commands; offered first is what was chosen lately, then what is likely here.
fn commands(ctx: &Context, recent: &[String]) -> Vec<Entry> {
    let of_canvas = commands::of_canvas(ctx.project, &ctx.selection.subjects);
    let all = each_once(commands::all(Some(ctx.session)).into_iter().chain(of_canvas));
    let entry = |command: commands::Command| {
        let lately = recent.iter().position(|it| *it == command.title);
        let place = lately.map_or_else(|| 100 + likelihood(&command.action, ctx.view), |place| place as u32);
        let is_itself = matches!(command.action, Action::Finder(_));
        let entry = Entry::command(command, place);
        if is_itself { Entry { offered: None, ..entry } } else { entry }
    };
    all.into_iter().map(entry).collect()
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
