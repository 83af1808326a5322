//! Every command with its key: for the finder, the menus and the keyboard alike.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::action::{Action, DiagramAction, Export, Extent, FileAction, PageAction, View, WorkshopAction};
use super::answering::AnswerAction;
use super::canvas;
use super::library::LibraryAction;
use super::theme::Appearance;
use super::views::{RiskAction, RiskTab, TakeOver};
use crate::analysis::Severity;
use crate::drawing::Preset;
use crate::model::{Fr, Layer, NoteKind, Overlay, Project, Subject};
use crate::report::Profile;
use crate::samples::SAMPLES;
use crate::session::Session;

/// Something that can be asked for at any time.
pub struct Command {
    /// What the finder calls it.
    pub title: String,
    /// Its key, if it has one.
    pub shortcut: Option<KeyboardShortcut>,
    /// The only view in which its key is its own; `None`: everywhere.
    pub only_in: Option<View>,
    /// What it does.
    pub action: Action,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn command(title: &str, shortcut: Option<(Modifiers, Key)>, action: Action) -> Command {
    let shortcut = shortcut.map(|(modifiers, key)| KeyboardShortcut::new(modifiers, key));
    Command { title: title.to_owned(), shortcut, only_in: None, action }
}

/// What a shortcut is called on this keyboard.
pub fn key_text(shortcut: &KeyboardShortcut) -> String {
    let text = shortcut.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos"));
    text.replace("OpenBracket", "[").replace("CloseBracket", "]")
}

/// The key that goes to a view.
fn view_key(view: View) -> (Modifiers, Key) {
    let key = match view {
        View::Overview => Key::Num1,
        View::Path => Key::Num2,
        View::Scope => Key::Num3,
        View::Diagram => Key::Num4,
        View::Risk => Key::Num5,
        View::Requirements => Key::Num6,
        View::Workshop => return (Modifiers::NONE, Key::F6),
        View::Gaps => Key::Num7,
        View::Plan => Key::Num8,
        View::Report => Key::Num9,
        View::Compare => Key::Num0,
    };
    (Modifiers::ALT, key)
}

/// What can be asked of the diagram's workspace.
fn of_diagram(session: &Session) -> Vec<Command> {
    let ask = |title: &str, shortcut, action| command(title, shortcut, Action::Diagram(action));
    let find = ask("Find in the diagram", Some((CTRL, Key::F)), DiagramAction::Find);
    let mut commands = vec![
        ask("Add a title to the diagram", None, DiagramAction::AddNote(NoteKind::Title)),
        ask("Place the legend on the diagram", None, DiagramAction::AddNote(NoteKind::Legend)),
        ask("Show or hide the outline", Some((CTRL_SHIFT, Key::O)), DiagramAction::Outline),
        ask("Fly or jump to what was found", None, DiagramAction::Motion),
        Command { only_in: Some(View::Diagram), ..find },
        ask("Hide the selection in this view", None, DiagramAction::HideSelection),
        ask("Show only the selection and its neighbours", None, DiagramAction::OnlySelection),
        ask("Show everything in this view", None, DiagramAction::ShowAll),
        ask("Show or hide the list of assets and parts", None, DiagramAction::Parts),
        ask("View: Whole plant", None, DiagramAction::View(None)),
        ask("New view from what is shown", None, DiagramAction::NewView(None)),
    ];
    for (id, view) in canvas::ordered_views(session.project()) {
        commands.push(ask(&format!("View: {}", view.name), None, DiagramAction::View(Some(id))));
    }
    for &layer in Layer::ALL {
        commands.push(ask(&format!("Show or hide layer: {layer}"), None, DiagramAction::Layer(layer)));
    }
    for &overlay in Overlay::ALL {
        commands.push(ask(&format!("Overlay: colours tell {overlay}"), None, DiagramAction::Colours(overlay)));
    }
    commands.push(ask("Overlay: colours tell of the worst FR", None, DiagramAction::ColoursOf(None)));
    for fr in Fr::ALL {
        let title = format!("Overlay: colours tell of {fr} {}", fr.name());
        commands.push(ask(&title, None, DiagramAction::ColoursOf(Some(fr))));
    }
    for preset in Preset::ALL {
        commands.push(ask(&format!("New view: {}", preset.name()), None, DiagramAction::NewView(Some(preset))));
    }
    commands
}

/// Commands that make sense now.
pub fn all(session: Option<&Session>) -> Vec<Command> {
    let file = |action| Action::File(action);
    let mut commands = vec![
        command("New project", Some((CTRL, Key::N)), file(FileAction::New)),
        command("New from template…", Some((CTRL_SHIFT, Key::N)), Action::Library(LibraryAction::Gallery(true))),
        command("Show the template folder", None, Action::Library(LibraryAction::ShowTemplates)),
        command("Open project…", Some((CTRL, Key::O)), file(FileAction::Open)),
        command("Recovered work…", None, file(FileAction::OfferRecovered)),
        command("Import a folder of tables…", None, file(FileAction::ImportTables)),
        command("Import a drawing…", None, file(FileAction::ImportDrawing)),
        command("Find anything", Some((CTRL, Key::K)), Action::Finder(true)),
        command("Help for this screen", Some((Modifiers::NONE, Key::F1)), Action::Help(true)),
        command("About Zonewright", None, Action::About(true)),
        command("Quit", Some((CTRL, Key::Q)), file(FileAction::Quit)),
    ];
    for appearance in Appearance::ALL {
        commands.push(command(&format!("Appearance: {}", appearance.word()), None, Action::Appearance(appearance)));
    }
    // the first page finds samples by itself
    let Some(session) = session else { return commands };
    for (place, sample) in SAMPLES.iter().enumerate() {
        commands.push(command(&format!("Open a sample: {}", sample.title), None, file(FileAction::OpenSample(place))));
    }
    commands.extend([
        command("Save", Some((CTRL, Key::S)), file(FileAction::Save)),
        command("Save as…", Some((CTRL_SHIFT, Key::S)), file(FileAction::SaveAs)),
        command("Save as template…", None, Action::Library(LibraryAction::SaveTemplate)),
        command("Keep the selection as a part…", None, Action::Library(LibraryAction::KeepSelection)),
        command("Back", Some((Modifiers::ALT, Key::ArrowLeft)), Action::Back),
        command("Forward", Some((Modifiers::ALT, Key::ArrowRight)), Action::Forward),
        command("Next finding in the diagram", Some((Modifiers::NONE, Key::F8)), Action::NextFinding(false)),
        command("Previous finding in the diagram", Some((Modifiers::SHIFT, Key::F8)), Action::NextFinding(true)),
        command("Lay out everything", Some((CTRL_SHIFT, Key::L)), Action::LayOut(false)),
        command("Lay out the selection", Some((CTRL, Key::L)), Action::LayOut(true)),
        command("Import assets from a table…", None, file(FileAction::ImportAssets)),
        command("Import consequences from a HAZOP…", None, file(FileAction::ImportHazop)),
        command("Export tables into a folder…", None, file(FileAction::Export(Export::Tables))),
        command("Export tracker…", None, file(FileAction::Export(Export::Tracker))),
        command("Export diagram…", None, file(FileAction::Export(Export::Diagram(Extent::All)))),
        command(
            "Export the selection as a diagram…",
            None,
            file(FileAction::Export(Export::Diagram(Extent::Selection))),
        ),
        command("Copy diagram as image", Some((CTRL_SHIFT, Key::C)), Action::CopyPicture(Extent::All)),
        command("Copy selection as image", None, Action::CopyPicture(Extent::Selection)),
        command("Copy what is seen as image", None, Action::CopyPicture(Extent::Seen)),
    ]);
    commands.extend([
        command("Workshop mode", Some((Modifiers::NONE, Key::F5)), Action::Workshop(WorkshopAction::Start(None))),
        command(
            "Second window for the room",
            Some((Modifiers::NONE, Key::F7)),
            Action::Workshop(WorkshopAction::SecondWindow),
        ),
        command("Export minutes of the workshop…", None, Action::Workshop(WorkshopAction::Minutes)),
        command("New workshop", None, Action::Page(PageAction::NewWorkshop)),
        command("New action in the plan", None, Action::Page(PageAction::NewAction)),
        command("New finding by hand", None, Action::Page(PageAction::NewFinding)),
        command("Take a baseline…", None, Action::Page(PageAction::TakeBaseline)),
        command("Baselines: name, date and delete", None, Action::Page(PageAction::Baselines)),
        command("Compare with another file…", None, file(FileAction::OpenToCompare)),
        command("Export comparison…", None, file(FileAction::Export(Export::Comparison))),
        command("SL-T of all targets side by side", None, Action::Page(PageAction::Targets)),
        command("Attach evidence…", None, Action::Answers(AnswerAction::Attach)),
        command("Estimates of several people", None, Action::Risk(RiskAction::Estimates(None))),
        command("Browse the library of scenarios", None, Action::Risk(RiskAction::Browse(""))),
        command("New risk scenario", None, Action::Risk(RiskAction::New)),
        command("Risk register", None, Action::Risk(RiskAction::Show(RiskTab::Register))),
        command("Risk matrix", None, Action::Risk(RiskAction::Show(RiskTab::Matrix))),
        command("Proposed scenarios", None, Action::Risk(RiskAction::Show(RiskTab::Proposals))),
        command("Scales and levels of the risk matrix", None, Action::Risk(RiskAction::Show(RiskTab::Scales))),
    ]);
    for (what, ..) in TakeOver::ALL {
        commands.push(command(what.command(), None, Action::Page(PageAction::TakeOver(what))));
    }
    for severity in Severity::ALL {
        let title = format!("List the findings: {}s", severity.word());
        commands.push(command(&title, None, Action::ShowFindings(severity)));
    }
    commands.extend(of_diagram(session));
    for profile in Profile::ALL {
        let title = format!("Export {} report…", profile.word());
        commands.push(command(&title, None, file(FileAction::Export(Export::Report(profile)))));
    }
    if let Some(label) = session.undo_label() {
        commands.push(command(&format!("Undo {label}"), Some((CTRL, Key::Z)), Action::Undo));
    }
    if let Some(label) = session.redo_label() {
        commands.push(command(&format!("Redo {label}"), Some((CTRL_SHIFT, Key::Z)), Action::Redo));
        commands.push(command(&format!("Redo {label}"), Some((CTRL, Key::Y)), Action::Redo));
    }
    for view in View::ALL {
        commands.push(command(&format!("Go to {}", view.name()), Some(view_key(view)), Action::Go(view)));
    }
    commands
}

/// What the canvas can do with what is selected. Their keys are the canvas's own.
pub fn of_canvas(project: &Project, selected: &[Subject]) -> Vec<Command> {
    let offered = canvas::Command::all().into_iter().filter(|it| it.is_offered(project, selected));
    let command = |it: canvas::Command| Command {
        title: match it {
            canvas::Command::ShowAll => "Show the whole diagram".to_owned(),
            canvas::Command::ShowSelection => "Show the selection in the diagram".to_owned(),
            other => other.title(project, selected),
        },
        shortcut: it.shortcut(),
        only_in: Some(View::Diagram),
        action: Action::Canvas(it),
    };
    offered.map(command).collect()
}

/// Whether a key puts a letter, a figure or a space into a field: no command has it.
pub(super) fn is_typed(key: Key, modifiers: Modifiers) -> bool {
    !modifiers.command && !modifiers.ctrl && !modifiers.alt && (key.name().len() == 1 || key == Key::Space)
}

/// Sends the actions of the keys pressed in this frame. Keys with Shift come first,
/// for the same keys without it match them too. A field whose text is not in the project yet
/// takes back what is typed by itself.
pub fn pressed(ctx: &egui::Context, session: Option<&Session>, view: View, is_writing: bool) -> Vec<Action> {
    let may_be_one = |event: &egui::Event| matches!(event, egui::Event::Key { pressed: true, key, modifiers, .. } if !is_typed(*key, *modifiers));
    if !ctx.input(|input| input.events.iter().any(may_be_one)) {
        return Vec::new();
    }
    let mut commands: Vec<_> = all(session)
        .into_iter()
        .filter(|it| it.only_in.is_none_or(|only| only == view))
        .filter(|it| !(is_writing && matches!(it.action, Action::Undo | Action::Redo)))
        .filter_map(|it| Some((it.shortcut?, it.action)))
        .collect();
    commands.sort_by_key(|(shortcut, _)| !shortcut.modifiers.shift);
    // with Shift it is redo, where there is nothing to redo too
    let is_redo = |event: &egui::Event| matches!(event, egui::Event::Key { key: Key::Z, modifiers, .. } if modifiers.command && modifiers.shift);
    let is_taken = |shortcut: &KeyboardShortcut, action: &Action| {
        ctx.input_mut(|input| {
            let is_undo = matches!(action, Action::Undo) && !input.events.iter().any(is_redo);
            (is_undo || !matches!(action, Action::Undo)) && input.consume_shortcut(shortcut)
        })
    };
    let taken = commands.into_iter().filter(|(shortcut, action)| is_taken(shortcut, action));
    taken.map(|(_, action)| action).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_takes_a_letter_from_a_field() {
        let session = Session::new(Project::default(), jiff::civil::date(2026, 5, 4));
        let shortcuts: Vec<_> = all(Some(&session)).into_iter().chain(all(None)).filter_map(|it| it.shortcut).collect();
        assert!(shortcuts.len() > 30);
        for it in shortcuts {
            assert!(!is_typed(it.logical_key, it.modifiers), "{}", key_text(&it));
        }
    }
}
