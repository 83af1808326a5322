//! What this screen is for, and its keys.

use egui::{Grid, Key, KeyboardShortcut, Ui};

use crate::ui::action::View;
use crate::ui::canvas;
use crate::ui::commands::{Command, key_text};
use crate::ui::theme::{strong, title};
use crate::ui::widgets::{dialog_height, dialog_width, scroll_by_keys, scrolls_from};

/// Shows help for a view, or for the first page; returns whether to close it.
pub fn help(ui: &mut Ui, view: Option<View>, commands: &[Command]) -> bool {
    let (heading, text, keys) = about(view);
    let groups = groups(view, keys, commands);
    let is_wide = view == Some(View::Diagram) && ui.ctx().content_rect().width() > 960.0;
    ui.set_width(dialog_width(ui, if is_wide { 880.0 } else { 560.0 }));
    ui.label(title(heading));
    ui.label(text);
    ui.add_space(8.0);
    scrolls_from(dialog_height(ui, 560.0)).show(ui, |ui| {
        if is_wide {
            let half = halves(&groups);
            ui.columns(2, |columns| {
                for (column, part) in columns.iter_mut().zip([groups.get(..half), groups.get(half..)]) {
                    part.into_iter().flatten().for_each(|group| show(column, group));
                }
            });
        } else {
            groups.iter().for_each(|group| show(ui, group));
        }
        scroll_by_keys(ui);
    });
    ui.button("Close").clicked()
}

/// Keys under a heading, each with what it does.
type Group = (&'static str, Vec<(String, String)>);

/// What the view takes from pointer and keys, then what it is asked for, then what holds everywhere.
fn groups(view: Option<View>, keys: Keys, commands: &[Command]) -> Vec<Group> {
    let here = keys.iter().map(|&(key, what)| (key.to_owned(), what.to_owned())).collect();
    let mut groups: Vec<Group> = vec![(if view == Some(View::Diagram) { "Pointer" } else { "Here" }, here)];
    for command in of_canvas(view) {
        // the brackets of other keyboards are the same keys to the eye
        let shown = |it: &&(egui::Modifiers, Key)| ![Key::OpenCurlyBracket, Key::CloseCurlyBracket].contains(&it.1);
        let name = |&(modifiers, key)| key_text(&KeyboardShortcut::new(modifiers, key));
        let keys: Vec<String> = command.keys().iter().filter(shown).map(name).collect();
        let line = (keys.join(", "), command.help());
        match groups.iter_mut().find(|it| it.0 == command.group()) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((command.group(), vec![line])),
        }
    }
    let line = |it: &Command| Some((key_text(&it.shortcut?), it.title.clone()));
    groups.push(("Everywhere", commands.iter().filter_map(line).collect()));
    groups.retain(|it| !it.1.is_empty());
    groups
}

/// Where the second column begins, so that both are about as long.
fn halves(groups: &[Group]) -> usize {
    let lines = |groups: &[Group]| groups.iter().map(|it| it.1.len() + 2).sum::<usize>();
    let longer = |at: usize| {
        let (one, other) = groups.split_at_checked(at).unwrap_or((groups, &[]));
        lines(one).max(lines(other))
    };
    (0..=groups.len()).min_by_key(|&at| longer(at)).unwrap_or(0)
}

fn show(ui: &mut Ui, (heading, lines): &Group) {
    ui.label(strong(*heading));
    Grid::new(("keys", heading)).num_columns(2).spacing([18.0, 3.0]).show(ui, |ui| {
        for (key, what) in lines {
            ui.label(strong(key));
            ui.add(egui::Label::new(what).wrap());
            ui.end_row();
        }
    });
    ui.add_space(8.0);
}

fn of_canvas(view: Option<View>) -> Vec<canvas::Command> {
    if view == Some(View::Diagram) { canvas::Command::all() } else { Vec::new() }
}

type Keys = &'static [(&'static str, &'static str)];

fn about(view: Option<View>) -> (&'static str, &'static str, Keys) {
    match view {
        None => (
            "Zonewright",
            "Begin a project, empty or from a template of your sector, open one, or look around in a sample. Work that was not saved when the program ended is offered here; Ctrl+K, Recovered work, offers it again.",
            &[],
        ),
        Some(View::Overview) => (
            "Overview",
            "How far the assessment is, what blocks it, and everything the checks found about the model.",
            &[],
        ),
        Some(View::Path) => (
            "ZCR path",
            "The requirements of IEC 62443-3-2 in their order: what each needs, how far it is, and who stands by it. What is open leads to the very place. Nothing is blocked: what is open can be confirmed with a reservation.",
            &[
                ("Arrow up, down", "previous and next requirement"),
                ("Home, End", "the first, the last"),
                ("Enter", "go to where it is answered"),
                ("N", "next requirement with something to do"),
                ("C", "confirm: says which role, Enter confirms"),
            ],
        ),
        Some(View::Scope) => (
            "Scope",
            "The system under consideration: what it is and does, where it ends, what limits it, who took part. In the tables each cell is a field; the last row is always an empty one for more. Several lines from a spreadsheet are pasted as rows; a line of headings says which column is which.",
            &[
                ("Enter", "the cell below; in the last row, a new one"),
                ("Arrow up, down", "the row above, below"),
                ("Tab, Shift+Tab", "the next cell, the one before; after the last one of a row the next row"),
                ("Shift+F10 or Menu", "what is done with the row; in a cell with a list, its list"),
                ("Shift+Enter", "a new line in the cell"),
                ("Alt+arrow up, down", "move the row"),
                ("Alt+Delete", "remove the row"),
            ],
        ),
        Some(View::Diagram) => (
            "Diagram",
            "Draw zones and conduits and put assets into zones. Drag a zone to move it with all that lies in it; drop it into another zone to nest it. Pull a conduit from the dot at a zone's edge. The figures beside a zone's tag are its levels.",
            &[
                ("Wheel", "zoom at the pointer"),
                ("Space or middle button, drag", "pan"),
                ("Drag on empty space", "select several: to the right what it encloses, to the left what it touches"),
                ("Shift or Ctrl, click", "select more; Shift, drag in a zone, select in it"),
                ("Alt, click", "select what lies beneath"),
                ("Alt, drag", "copy"),
                ("Shift, drag", "move along one axis; at a handle, keep the proportion"),
                ("Ctrl, drag", "snap to nothing"),
                ("Alt, drag at a handle", "size about the centre"),
                ("Drag from the dot at a zone's edge", "draw a conduit"),
                ("Drag an end of the selected conduit", "join another zone"),
                ("Double-click", "rename in place; on empty space, a new zone"),
                ("Arrows", "nudge; Shift by ten"),
                ("Ctrl, arrow", "select what lies that way"),
                ("Tab, Shift+Tab", "select the next, the one before"),
                ("Esc", "take a drag back, then the zone around, then nothing"),
            ],
        ),
        Some(View::Risk) => (
            "Risk",
            "Scenarios, what they would do and how likely they are: with nothing against them, today, and after the plan. On the matrix drag a scenario, or choose it and press the arrows.",
            &[
                ("Arrow up, down", "in the register: previous and next scenario; with Shift select more"),
                ("Ctrl+A, Ctrl+C", "select all that are listed; copy them for a spreadsheet"),
                ("Enter", "write the scenario"),
                ("N", "new scenario, at the zone that is selected"),
                ("Ctrl+D, Del", "duplicate, delete"),
                ("Ctrl+Page up, down", "previous and next tab"),
                ("1 to 3, 4", "on the matrix: with nothing against it, today, after the plan; all three"),
                ("Arrows", "on the matrix: how bad and how likely"),
                ("Tab, Shift+Tab", "on the matrix: the next scenario, the one before"),
                ("Backspace", "on the matrix: take it off, as not rated"),
                ("Enter, R", "on the proposals: take the one looked at, refuse it with a reason"),
                ("1 to 4", "on the scales: the level of the cell"),
            ],
        ),
        Some(View::Workshop) => (
            "Workshop",
            "Prepare a session with the people of the plant, hold it on a projector, and keep what was decided. In the session ? shows its keys; where it stops, it goes on another day.",
            &[
                ("F5", "hold the workshop; leave it again"),
                ("F7", "hold it with a second window for the room"),
                ("1 to 6, 0", "at a question: the answer; after 4 and 5 its text is typed"),
                ("Enter", "at a question: into the notes, or the text that the answer needs"),
                ("Ctrl+Enter or Esc, in a text", "back to the room's keys"),
                ("Tab, in a text", "who said it"),
                ("Y, N, U, C, M", "at a question: as in the requirements"),
                ("Arrow left, right", "at a question: previous, next"),
                ("Arrows", "at a scenario: how likely, how bad"),
                ("1, 2, 3", "at a scenario: with nothing against it, today, after the plan"),
                ("Backspace", "at a scenario: take it off the matrix"),
                ("E, A, N", "at a scenario: estimates; ask all who are here; the next person's"),
                ("H, G", "at a scenario: show all estimates, or hide them; agree on what they come to"),
                ("Space, Page up, down", "in the session: next, previous; O goes to what is open next"),
                ("D, S, P, R", "in the session: write down a decision, dissent, parked, remark"),
                ("B, T", "in the session: blank the screen; stop the clock"),
                ("Alt, up or down", "on the agenda: move a zone"),
            ],
        ),
        Some(View::Compare) => (
            "Compare",
            "Take a baseline, and see later what became of each level and gap: closed with or without evidence, fallen away without being met, still open and why, new. Another project file can be compared too, such as last year's.",
            &[("Arrow up, down", "previous and next line of the list"), ("Enter", "go to what the line is about")],
        ),
        Some(View::Requirements) => (
            "Requirements",
            "The matrix shows the achieved level of each zone and conduit; a click opens its answers. Click a level to see why it is no higher.",
            &[
                ("Arrow up, down", "previous and next requirement; in the matrix, zone or conduit"),
                ("1, 2, 3, 6", "met, partial, not met, inherited; then the next requirement"),
                ("4, 5", "compensated, not applicable; then its text is typed"),
                ("0", "not assessed"),
                ("Enter", "into the notes of the answer, or the text that its status needs; in the matrix, open"),
                (
                    "Ctrl+Enter or Esc, in a text",
                    "back to the list, and but for a remark on to the next requirement once this one is answered",
                ),
                ("Y, N, U", "the technology could do it: yes, no, unknown"),
                ("M", "mark to be looked at again"),
                ("C", "a remark"),
                ("E", "find evidence to attach"),
                ("S, I, T", "copy from a similar target, inherit from a zone or service, typical answers"),
                ("F", "give the chosen answers to other targets"),
                ("Space", "the next open requirement; with Shift the one before"),
                ("A, O, G, P, R", "list all, open, gaps, not proven, to review"),
                ("D", "of these only what is demanded, and all again"),
                ("Arrow left, right", "the FR before, the next one; Ctrl+1 to 7 one of them"),
                ("Shift, arrow up, down", "choose several, which are then answered together; Ctrl+A all"),
                (
                    "L, in the matrix",
                    "SL-T of all targets side by side: arrows to a figure, 0 to 4, T takes the proposal, N the neighbours', W says why",
                ),
                ("Page up, down", "previous and next zone or conduit"),
                ("Esc", "one chosen and not several, then all FRs and no reason shown, then back to the matrix"),
            ],
        ),
        Some(View::Gaps) => (
            "Gaps",
            "What the targets demand and the answers lack, the most urgent first. Choose one to see where its priority comes from; choose several with Ctrl or Shift to plan one action for them.",
            &[("Arrow up, down", "previous and next gap"), ("Enter", "open the answer")],
        ),
        Some(View::Plan) => (
            "Plan",
            "Actions by wave, what they close, and the levels once each wave is done.",
            &[("Arrow up, down", "previous and next action")],
        ),
        Some(View::Report) => (
            "Report",
            "Choose whom it is for, look at what it will hold, and export the report, the tracker and the diagram.",
            &[],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_about_as_long() {
        let group = |name, lines: usize| (name, vec![(String::new(), String::new()); lines]);
        assert_eq!(halves(&[group("a", 10), group("b", 4), group("c", 3)]), 1);
        assert_eq!(halves(&[group("a", 2), group("b", 4), group("c", 9)]), 2);
        assert_eq!(halves(&[]), 0);
    }
}
