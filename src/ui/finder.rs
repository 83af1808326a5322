//! Ctrl+K: finds any command, zone, conduit, asset, requirement, action, risk.

use egui::{Key, RichText, ScrollArea, TextEdit, Ui};

use super::action::{Action, DiagramAction, FileAction, Selection, View};
use super::commands;
use super::context::Context;
use crate::model::Subject;

/// What the finder remembers while it is open.
#[derive(Default)]
pub struct Finder {
    wanted: String,
    chosen: usize,
    /// The commands chosen lately, the latest first.
    recent: Vec<String>,
}

impl Finder {
    /// An open finder that offers first what was chosen lately.
    pub fn new(recent: Vec<String>) -> Self {
        Self { recent, ..Self::default() }
    }
}

/// Something found.
struct Hit {
    title: String,
    kind: String,
    action: Action,
    rank: u32,
    is_command: bool,
}

/// How many hits are shown.
const SHOWN: usize = 40;

/// Shows the finder over everything else.
pub fn show(ui: &Ui, ctx: &Context, state: &mut Finder) {
    let egui_ctx = ui.ctx();
    let mut go = None;
    let modal = super::widgets::dialog(egui_ctx, "finder").show(egui_ctx, |ui| {
        ui.set_width(super::widgets::dialog_width(ui, 620.0));
        let (up, down, enter) = ui.input(|input| {
            (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
        });
        let field = TextEdit::singleline(&mut state.wanted)
            .hint_text("Find a command, zone, asset, requirement, action…")
            .desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Find anything");
        if response.changed() {
            state.chosen = 0;
        }
        response.request_focus();
        let hits = hits(ctx, &state.wanted, &state.recent);
        let last = hits.len().saturating_sub(1);
        state.chosen = match (up, down) {
            (true, _) => state.chosen.saturating_sub(1),
            (_, true) => state.chosen + 1,
            _ => state.chosen,
        }
        .min(last);
        ui.add_space(4.0);
        ScrollArea::vertical().max_height(super::widgets::dialog_height(ui, 380.0)).auto_shrink([false, true]).show(
            ui,
            |ui| {
                for (place, hit) in hits.iter().enumerate() {
                    let is_chosen = place == state.chosen;
                    let kind = RichText::new(&hit.kind).small().weak();
                    let row = egui::Button::new(hit.title.as_str())
                        .right_text(kind)
                        .selected(is_chosen)
                        .frame_when_inactive(is_chosen);
                    let row = ui.add_sized([ui.available_width(), 24.0], row);
                    if is_chosen && (up || down) {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() || (enter && is_chosen) {
                        go = Some((hit.action.clone(), hit.is_command.then(|| hit.title.clone())));
                    }
                }
                if hits.is_empty() {
                    ui.label(
                        RichText::new(
                            "Nothing of that name. Tags, names, requirement numbers and commands are searched.",
                        )
                        .weak(),
                    );
                }
            },
        );
    });
    if let Some((action, command)) = go {
        ctx.send(Action::Finder(false));
        if let Some(command) = command {
            ctx.send(Action::Chose(command));
        }
        ctx.send(action);
    } else if modal.should_close() {
        ctx.send(Action::Finder(false));
    }
}

/// How well a text answers; smaller is better. Every word wanted must be in it.
fn rank(text: &str, wanted: &[String]) -> Option<u32> {
    let text = text.to_lowercase();
    wanted.iter().try_fold(0, |rank, word| {
        let at = text.find(word.as_str())?;
        let begins_word =
            at == 0 || text.get(..at).is_some_and(|before| before.ends_with(|it: char| !it.is_alphanumeric()));
        Some(
            rank + if at == 0 {
                0
            } else if begins_word {
                1
            } else {
                3
            },
        )
    })
}

fn hits(ctx: &Context, wanted: &str, recent: &[String]) -> Vec<Hit> {
    let wanted: Vec<String> = wanted.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut hits = Vec::new();
    if wanted.is_empty() {
        return first_commands(ctx, recent);
    }
    let of_canvas = commands::of_canvas(ctx.project, &ctx.selection.subjects);
    for command in commands::all(Some(ctx.session)).into_iter().chain(of_canvas) {
        if let Some(rank) = rank(&command.title, &wanted) {
            hits.push(hit_of(command, rank * 10 + 1));
        }
    }
    let mut add = |title: String, kind: String, searched: &str, weight: u32, action: &dyn Fn() -> Action| {
        if let Some(rank) = rank(searched, &wanted) {
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
    for requirement in ctx.catalogue.requirements() {
        let title = format!("{}  {}", requirement.id, requirement.title);
        let id = requirement.id;
        let target = ctx.selection.target().or_else(|| project.targets().next());
        if let Some(target) = target {
            let at = format!("requirement at {}", project.target_tag(target));
            add(title.clone(), at, &title, 2, &|| Action::GoTo(View::Requirements, Selection::answer(target, id)));
        }
    }
    for (_, finding) in ctx.analysis.findings.iter().enumerate().filter(|(_, it)| it.set_aside.is_none()) {
        let Some(&subject) = finding.about.first() else { continue };
        let title = format!("{}  {}", finding.check.code, finding.message);
        add(title.clone(), "finding".into(), &title, 4, &|| go(view_of(subject), subject));
    }
    hits.sort_by(|one, next| one.rank.cmp(&next.rank).then_with(|| one.title.cmp(&next.title)));
    hits.truncate(SHOWN);
    hits
}

fn hit_of(command: commands::Command, rank: u32) -> Hit {
    let key = command.shortcut.map(|it| it.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos")));
    Hit { title: command.title, kind: key.unwrap_or_default(), action: command.action, rank, is_command: true }
}

/// What is offered before a word is typed: what was chosen lately, then what is likely here.
fn first_commands(ctx: &Context, recent: &[String]) -> Vec<Hit> {
    let place = |title: &str| recent.iter().position(|it| it == title).map_or(0, |place| place as u32);
    let rank = |command: &commands::Command| match recent.contains(&command.title) {
        true => place(&command.title),
        false => 100 + likelihood(&command.action, ctx.view),
    };
    let of_canvas = commands::of_canvas(ctx.project, &ctx.selection.subjects);
    let mut hits: Vec<Hit> = commands::all(Some(ctx.session))
        .into_iter()
        .chain(of_canvas)
        .filter(|command| !matches!(command.action, Action::Finder(_)))
        .map(|command| {
            let rank = rank(&command);
            hit_of(command, rank)
        })
        .collect();
    hits.sort_by_key(|hit| hit.rank);
    // a command with two keys is told once
    hits.dedup_by(|next, hit| next.title == hit.title);
    hits.truncate(SHOWN);
    hits
}

/// How likely a command is in a view; smaller is likelier.
fn likelihood(action: &Action, view: View) -> u32 {
    let in_diagram = if view == View::Diagram { 3 } else { 7 };
    match action {
        Action::Undo | Action::Redo => 0,
        Action::File(FileAction::Save) => 1,
        Action::Diagram(DiagramAction::View(_) | DiagramAction::Find | DiagramAction::Outline) => in_diagram - 1,
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
        _ => View::Overview,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_found_and_beginnings_come_first() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(rank("Z-DOSE  Chemical dosing", &words("pump")), None);
        assert!(rank("Z-DOSE  Chemical dosing", &words("z-dose")) < rank("Z-DOSE  Chemical dosing", &words("dosing")));
        assert!(rank("Z-DOSE  Chemical dosing", &words("chem dos")).is_some());
    }
}
