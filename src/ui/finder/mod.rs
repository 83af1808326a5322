//! Ctrl+K: finds any command, zone, conduit, asset, requirement, action, risk; on the
//! first page what there is to begin with.

mod known;
mod project;
mod start;

use std::borrow::Cow;

use egui::{Align2, Id, Key, Modal, RichText, TextEdit, Ui};
use memchr::memmem::Finder as Word;

pub use self::project::{Found, view_of};
pub use self::start::Beginnings;
use super::action::{Action, Actions, Selection, View};
use super::commands::Command;
use super::kept::Kept;

/// What the finder remembers while it is open.
#[derive(Default)]
pub struct Finder {
    wanted: String,
    chosen: usize,
    was_shown: bool,
    /// A click beside it put it away, which may have gone wrong.
    was_missed: bool,
    /// The commands chosen lately, the latest first.
    recent: Vec<String>,
    /// What is looked through: what is offered before a word is typed, and all else once one is.
    offered: Kept<State, Vec<Entry>>,
    others: Kept<State, Vec<Entry>>,
    /// What answers to the words; nothing else changes while the finder lies over it.
    hits: Vec<Hit>,
}

impl Finder {
    /// An open finder that offers first what was chosen lately; it begins with words left off.
    pub fn new(recent: Vec<String>, wanted: String) -> Self {
        Self { recent, wanted, ..Self::default() }
    }

    /// What was being looked for when a click beside it put it away.
    pub fn left_off(self) -> String {
        if self.was_missed { self.wanted } else { String::new() }
    }
}

/// What is looked through.
pub trait Finds {
    /// What stands in the empty field.
    fn hint(&self) -> &'static str;

    /// What is said where nothing answers.
    fn nothing(&self) -> &'static str;

    /// Tells one state of it from another.
    fn state(&self) -> State;

    /// What is offered before a word is typed, first of all what was chosen lately.
    fn offered(&self, recent: &[String]) -> Vec<Entry>;

    /// All that is found besides.
    fn others(&self) -> Vec<Entry>;
}

/// A state of what is looked through.
pub type State = (u64, View, Selection);

/// Something that can be found.
#[derive(Clone)]
struct Hit {
    title: String,
    kind: Cow<'static, str>,
    action: Action,
    is_command: bool,
}

/// Something that is looked through.
pub struct Entry {
    hit: Hit,
    /// The words that it answers to, in small letters.
    searched: String,
    /// How far it comes behind others that answer as well, below ten.
    weight: u32,
    /// Its place among what is offered before a word is typed.
    offered: Option<u32>,
    /// It answers only where a word begins so.
    only_to: &'static str,
}

impl Entry {
    /// Something that answers to its title.
    fn new(title: String, kind: impl Into<Cow<'static, str>>, weight: u32, action: Action) -> Self {
        let searched = title.to_lowercase();
        let hit = Hit { title, kind: kind.into(), action, is_command: false };
        Self { hit, searched, weight, offered: None, only_to: "" }
    }

    /// The same, answering to further words.
    fn also(mut self, words: &str) -> Self {
        self.searched.push(' ');
        self.searched += &words.to_lowercase();
        self
    }

    fn command(command: Command, offered: u32) -> Self {
        let key = command.shortcut.as_ref().map(super::commands::key_text).unwrap_or_default();
        let mut entry = Self::new(command.title, key, 1, command.action).offered(offered);
        entry.hit.is_command = true;
        entry
    }

    /// The same, offered before a word is typed.
    fn offered(self, place: u32) -> Self {
        Self { offered: Some(place), ..self }
    }

    /// How well it answers; smaller is better.
    fn rank(&self, wanted: &[Word]) -> Option<u32> {
        if wanted.is_empty() {
            return self.offered;
        }
        let rank = rank(&self.searched, wanted)?;
        (self.only_to.is_empty() || wanted.iter().any(|it| it.needle().starts_with(self.only_to.as_bytes())))
            .then_some(rank * 10 + self.weight)
    }
}

/// How many hits are shown.
const SHOWN: usize = 40;
/// The height that the list of hits would like, and the field and margins beside it, in points.
const LIST: f32 = 380.0;
const AROUND: f32 = 72.0;

/// Shows the finder over everything else.
pub fn show(ui: &Ui, actions: &Actions, finds: &dyn Finds, state: &mut Finder) {
    let egui_ctx = ui.ctx();
    let mut go = None;
    // in the middle while it is full; fewer hits leave the field where it is
    let list_height = super::widgets::dialog_height(ui, LIST);
    let top = ((egui_ctx.content_rect().height() - list_height - AROUND) / 2.0).max(8.0);
    let area = Modal::default_area(Id::unique("finder")).anchor(Align2::CENTER_TOP, [0.0, top]);
    let modal = super::widgets::dialog(egui_ctx, "finder").area(area).show(egui_ctx, |ui| {
        ui.set_width(super::widgets::dialog_width(ui, 620.0));
        let (up, down, enter) = ui.input(|input| {
            (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
        });
        let field = TextEdit::singleline(&mut state.wanted).hint_text(finds.hint()).desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Find anything");
        let is_new = response.changed() || !std::mem::replace(&mut state.was_shown, true);
        if is_new {
            state.chosen = 0;
        }
        if is_new && !response.changed() {
            super::widgets::take_keys(ui, &response, state.wanted.chars().count());
        }
        // asked for each time it would break off what an input method composes
        if !response.has_focus() {
            response.request_focus();
        }
        if is_new {
            let wanted = words(&state.wanted);
            let offered = state.offered.get(finds.state(), || finds.offered(&state.recent));
            let others = match wanted.is_empty() {
                true => &[],
                false => state.others.get(finds.state(), || finds.others()).as_slice(),
            };
            state.hits = first(offered.iter().chain(others), &wanted);
        }
        let hits = &state.hits;
        let last = hits.len().saturating_sub(1);
        state.chosen = match (up, down) {
            (true, _) => state.chosen.saturating_sub(1),
            (_, true) => state.chosen + 1,
            _ => state.chosen,
        }
        .min(last);
        ui.add_space(4.0);
        let mut list = super::widgets::scrolls_from(list_height);
        if is_new {
            list = list.vertical_scroll_offset(0.0);
        }
        list.auto_shrink([false, true]).show(ui, |ui| {
            let is_heard = ui.ctx().has_accesskit_node(egui::accesskit_root_id());
            let size = egui::vec2(ui.available_width(), 24.0);
            for (place, hit) in hits.iter().enumerate() {
                let is_chosen = place == state.chosen;
                let is_seen = ui.is_rect_visible(egui::Rect::from_min_size(ui.cursor().min, size));
                if !(is_seen || is_chosen || is_heard) {
                    ui.allocate_space(size);
                    continue;
                }
                let kind = RichText::new(hit.kind.as_ref()).small().weak();
                let row = egui::Button::new(hit.title.as_str())
                    .right_text(kind)
                    .selected(is_chosen)
                    .frame_when_inactive(is_chosen);
                let row = ui.add_sized(size, row);
                if is_chosen && (up || down) {
                    row.scroll_to_me(None);
                }
                if row.clicked() || (enter && is_chosen) {
                    go = Some((hit.action.clone(), hit.is_command.then(|| hit.title.clone())));
                }
            }
            if hits.is_empty() {
                ui.label(RichText::new(finds.nothing()).weak());
            }
        });
    });
    if let Some((action, command)) = go {
        actions.send(Action::Finder(false));
        if let Some(command) = command {
            actions.send(Action::Chose(command));
        }
        actions.send(action);
    } else if modal.should_close() {
        state.was_missed = modal.backdrop_response.clicked();
        actions.send(Action::Finder(false));
    }
}

/// The words that every hit answers to, made ready to be looked for in many texts.
fn words(wanted: &str) -> Vec<Word<'static>> {
    wanted.to_lowercase().split_whitespace().map(|it| Word::new(it).into_owned()).collect()
}

/// How well a text in small letters answers; smaller is better. Every word wanted must be in it.
fn rank(text: &str, wanted: &[Word]) -> Option<u32> {
    wanted.iter().try_fold(0, |rank, word| {
        let at = word.find(text.as_bytes())?;
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

/// The best of them. What is only offered keeps its order.
fn first<'a>(entries: impl Iterator<Item = &'a Entry>, wanted: &[Word]) -> Vec<Hit> {
    let answering = entries.enumerate().filter_map(|(place, it)| {
        let title = if wanted.is_empty() { "" } else { &it.hit.title };
        Some(((it.rank(wanted)?, title, place), &it.hit))
    });
    let mut answering: Vec<_> = answering.collect();
    if answering.len() > SHOWN {
        answering.select_nth_unstable_by_key(SHOWN, |it| it.0);
        answering.truncate(SHOWN);
    }
    answering.sort_unstable_by_key(|it| it.0);
    answering.into_iter().map(|it| it.1.clone()).collect()
}

/// Commands, each once: some have two keys.
fn each_once(commands: impl IntoIterator<Item = Command>) -> Vec<Command> {
    let mut once: Vec<Command> = Vec::new();
    for command in commands {
        if !once.iter().any(|it| it.title == command.title) {
            once.push(command);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_found_and_beginnings_come_first() {
        let dosing = Entry::new("Z-DOSE  Chemical dosing".to_owned(), "zone", 0, Action::Undo);
        assert_eq!(dosing.rank(&words("pump")), None);
        assert!(dosing.rank(&words("z-dose")) < dosing.rank(&words("dosing")));
        assert!(dosing.rank(&words("chem dos")).is_some());
        assert_eq!(dosing.rank(&[]), None, "nobody asked for it");
        let asked_for = Entry { only_to: "chem", ..dosing };
        assert!(asked_for.rank(&words("chemi")).is_some());
        assert_eq!(asked_for.rank(&words("dosing")), None);
    }
}
