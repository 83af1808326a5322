//! Answering from the keyboard: each key is heard in its turn, however many came at once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use egui::{Event, Key, Modifiers, Ui};

use super::filter::{self, Filter, Show};
use super::listing::Listing;
use super::take_over::{TakingOver, What};
use super::{RequirementsState, keys_of, selection};
use crate::edit::Edit;
use crate::model::{Answer, Fr, GapKey, Known, RequirementId, Status, Target};
use crate::ui::action::Action;
use crate::ui::answering::{AnswerAction, AnswerText, hear_later};
use crate::ui::context::Context;
use crate::ui::views::answers::{STATUSES, answer_at, answered};
use crate::ui::widgets::is_below_dialog;

/// How one more requirement is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It alone.
    Only,
    /// It, or it no more.
    Toggle,
    /// All from where the range began.
    Range,
}

/// Chooses a requirement of those listed.
pub(super) fn reach(state: &mut RequirementsState, listed: &[RequirementId], id: RequirementId, how: Reach) {
    match how {
        Reach::Only => {
            state.chosen = [id].into();
            state.anchor = Some(id);
        }
        Reach::Toggle => {
            if !state.chosen.remove(&id) {
                state.chosen.insert(id);
                state.anchor = Some(id);
            }
        }
        Reach::Range => {
            let anchor = state.anchor.unwrap_or(id);
            let range = anchor.min(id)..=anchor.max(id);
            state.chosen = listed.iter().copied().filter(|it| range.contains(it)).collect();
            state.anchor = Some(anchor);
        }
    }
}

/// Keys to move, to choose, to filter and to answer, while no field is being typed in.
/// `wanted` is the filter chosen by pointer in this frame.
pub(super) fn keyboard(ui: &Ui, ctx: &Context, state: &mut RequirementsState, targets: &[Target], wanted: Filter) {
    let goes_on = std::mem::take(&mut state.goes_on);
    let is_elsewhere = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) || is_below_dialog(ui);
    let mut hand = Hand::new(ctx, state, targets);
    if wanted != hand.state.filter {
        hand.filter(wanted);
    }
    if !is_elsewhere {
        if goes_on {
            hand.go_on();
        }
        let has_focus = ui.memory(|memory| memory.focused().is_some());
        let events = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut kept = Vec::new();
        let mut later = Vec::new();
        let mut is_own_text = false;
        for event in events {
            let is_text = matches!(event, Event::Text(_));
            match &event {
                _ if hand.enters.is_some() => {
                    let is_typed = matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_));
                    match (is_typed, is_text && is_own_text) {
                        (true, false) => later.push(event),
                        // the letter of the key that led there
                        (true, true) => (),
                        (false, _) => kept.push(event),
                    }
                }
                // a button that has the keyboard is pressed by these
                Event::Key { key: Key::Enter | Key::Space, .. } if has_focus => kept.push(event),
                Event::Key { key, pressed: true, modifiers, .. } => {
                    if !hand.stroke(*key, *modifiers) {
                        kept.push(event);
                    }
                    is_own_text = true;
                    continue;
                }
                _ => kept.push(event),
            }
            is_own_text = false;
        }
        ui.input_mut(|input| input.events = kept);
        hear_later(ui.ctx(), later);
    }
    hand.end();
}

/// One who answers: what is listed, where they are, what they have answered in this frame.
struct Hand<'a, 'c> {
    ctx: &'a Context<'c>,
    state: &'a mut RequirementsState,
    targets: &'a [Target],
    listing: Rc<Listing>,
    listed: Vec<RequirementId>,
    at: Option<RequirementId>,
    given: BTreeMap<GapKey, Answer>,
    enters: Option<AnswerText>,
    moved: bool,
    left: bool,
}

impl<'a, 'c> Hand<'a, 'c> {
    fn new(ctx: &'a Context<'c>, state: &'a mut RequirementsState, targets: &'a [Target]) -> Self {
        let listing = state.listing(ctx, targets);
        let listed = listing.ids(ctx, state.filter);
        let at = ctx.selection.requirement;
        Self {
            ctx,
            state,
            targets,
            listing,
            listed,
            at,
            given: BTreeMap::new(),
            enters: None,
            moved: false,
            left: false,
        }
    }

    fn answer(&self, key: GapKey) -> Answer {
        self.given.get(&key).cloned().unwrap_or_else(|| answer_at(self.ctx, key))
    }

    /// The answers that keys are for: what is chosen and listed.
    fn keys(&self) -> Vec<GapKey> {
        let listed = |it: &RequirementId| self.listed.binary_search(it).is_ok();
        let chosen: BTreeSet<RequirementId> = match self.state.chosen.len() {
            0 | 1 => self.at.into_iter().collect(),
            _ => self.state.chosen.clone(),
        };
        let in_scope = |key: &GapKey| {
            let index = self.ctx.catalogue.index(key.requirement);
            self.ctx.analysis.target(key.target).is_some_and(|it| index.is_some_and(|index| it.scope.contains(index)))
        };
        let keys = keys_of(self.targets, chosen.into_iter().filter(listed));
        keys.into_iter().filter(in_scope).collect()
    }

    /// Goes to a requirement, which is then the only one chosen or the end of a range.
    fn go(&mut self, id: RequirementId, how: Reach) {
        reach(self.state, &self.listed, id, how);
        self.at = Some(id);
        self.moved = true;
        self.state.scroll_to = Some(id);
    }

    /// The place after the current requirement, whether that is still listed or not.
    fn place_after(&self) -> usize {
        self.at.map_or(0, |at| self.listed.partition_point(|it| *it <= at))
    }

    fn place_before(&self) -> usize {
        self.at.map_or(0, |at| self.listed.partition_point(|it| *it < at).saturating_sub(1))
    }

    fn go_to_place(&mut self, place: usize, how: Reach) {
        let place = place.min(self.listed.len().saturating_sub(1));
        if let Some(&id) = self.listed.get(place) {
            self.go(id, how);
        }
    }

    /// On to the next requirement where this one is answered.
    fn go_on(&mut self) {
        let Some(at) = self.at else { return };
        let is_open = |key: &GapKey| self.answer(*key).status == Status::NotAssessed;
        if self.state.chosen.len() < 2 && !keys_of(self.targets, [at]).iter().any(is_open) {
            self.go_to_place(self.place_after(), Reach::Only);
        }
    }

    /// To the next requirement that nobody has answered, or the one before.
    fn go_to_open(&mut self, back: bool) {
        let open = Filter { show: Show::Open, ..self.state.filter };
        let open = self.listing.ids(self.ctx, open);
        let mut open = open.into_iter().filter(|it| self.listed.binary_search(it).is_ok());
        let next = match (self.at, back) {
            (Some(at), false) => open.find(|it| *it > at),
            (Some(at), true) => open.rfind(|it| *it < at),
            (None, _) => open.next(),
        };
        match next {
            Some(id) => self.go(id, Reach::Only),
            None => self.ctx.send(Action::Say("Nothing open is left in this direction".to_owned())),
        }
    }

    /// Lists others; keeps the place, or takes the nearest after it.
    fn filter(&mut self, filter: Filter) {
        self.state.filter = filter;
        self.listed = self.listing.ids(self.ctx, filter);
        match self.at {
            Some(at) if self.listed.binary_search(&at).is_ok() => self.state.scroll_to = Some(at),
            Some(_) => self.go_to_place(self.place_after(), Reach::Only),
            None => (),
        }
    }

    /// Changes what is chosen as one step.
    fn change(&mut self, keys: &[GapKey], change: impl Fn(GapKey, Answer) -> Answer) {
        let answers: Vec<(GapKey, Answer)> = keys.iter().map(|&key| (key, change(key, self.answer(key)))).collect();
        self.given.extend(answers.iter().cloned());
        self.ctx.edit(Edit::Answer(answers));
    }

    fn enter(&mut self, text: AnswerText) {
        if self.at.is_some() {
            self.enters = Some(text);
            self.ctx.send(Action::Answers(AnswerAction::EnterText(text)));
        }
    }

    /// One key; whether it means something here.
    fn stroke(&mut self, key: Key, held: Modifiers) -> bool {
        if self.left {
            return false;
        }
        match (held.command, held.shift, held.alt) {
            (false, false, false) => self.plain(key),
            (false, true, false) => self.with_shift(key),
            (true, false, false) => self.with_command(key),
            _ => false,
        }
    }

    fn plain(&mut self, key: Key) -> bool {
        if let Some(filter) = self.state.filter.with_key(key) {
            self.filter(filter);
            return true;
        }
        if let Some((what, ..)) = What::ALL.into_iter().find(|it| it.2 == key) {
            self.state.take_over = Some(TakingOver::new(what, self.targets, &self.state.chosen));
            return true;
        }
        match key {
            Key::ArrowDown => self.go_to_place(self.place_after(), Reach::Only),
            Key::ArrowUp => self.go_to_place(self.place_before(), Reach::Only),
            Key::Home => self.go_to_place(0, Reach::Only),
            Key::End => self.go_to_place(usize::MAX, Reach::Only),
            Key::ArrowLeft | Key::ArrowRight => {
                let fr = filter::neighbour(self.state.filter.fr, key == Key::ArrowLeft);
                self.filter(Filter { fr, ..self.state.filter });
            }
            Key::Space => self.go_to_open(false),
            Key::PageDown | Key::PageUp => self.go_to_target(key == Key::PageUp),
            Key::Escape => self.leave(),
            Key::Enter => {
                let status = self.keys().first().map(|&it| self.answer(it).status);
                self.enter(match status {
                    Some(Status::Compensated) => AnswerText::Countermeasure,
                    Some(Status::NotApplicable) => AnswerText::Justification,
                    Some(Status::Inherited(None)) => AnswerText::Source,
                    _ => AnswerText::Notes,
                });
            }
            Key::C => self.enter(AnswerText::Comment),
            Key::E => self.enter(AnswerText::Evidence),
            Key::M => {
                let keys = self.keys();
                let is_marked = keys.iter().all(|&it| self.answer(it).review);
                self.change(&keys, |_, answer| Answer { review: !is_marked, ..answer });
            }
            Key::Y | Key::N | Key::U => {
                let capable = match key {
                    Key::Y => Known::Yes,
                    Key::N => Known::No,
                    _ => Known::Unknown,
                };
                let keys = self.keys();
                self.change(&keys, |_, answer| Answer { capable, ..answer });
            }
            _ => return self.status(key),
        }
        true
    }

    /// Answers, and goes on unless a text is needed.
    fn status(&mut self, key: Key) -> bool {
        let numbers = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
        let Some(number) = numbers.iter().position(|it| *it == key) else { return false };
        let status = STATUSES.into_iter().find(|it| usize::from(it.0) == number).map(|it| it.1);
        let (Some(status), keys) = (status, self.keys()) else { return false };
        if keys.is_empty() {
            return true;
        }
        let ctx = self.ctx;
        self.change(&keys, |key, answer| answered(ctx, key, answer, status));
        match status {
            Status::Compensated => self.enter(AnswerText::Countermeasure),
            Status::NotApplicable => self.enter(AnswerText::Justification),
            // where there is anything to choose
            Status::Inherited(_)
                if self.ctx.project.targets().nth(1).is_some()
                    && keys.iter().any(|&it| self.answer(it).status == Status::Inherited(None)) =>
            {
                self.enter(AnswerText::Source);
            }
            _ if self.state.chosen.len() < 2 => self.go_to_place(self.place_after(), Reach::Only),
            _ => (),
        }
        true
    }

    fn with_shift(&mut self, key: Key) -> bool {
        match key {
            Key::ArrowDown => self.go_to_place(self.place_after(), Reach::Range),
            Key::ArrowUp => self.go_to_place(self.place_before(), Reach::Range),
            Key::Home => self.go_to_place(0, Reach::Range),
            Key::End => self.go_to_place(usize::MAX, Reach::Range),
            Key::Space => self.go_to_open(true),
            _ => return false,
        }
        true
    }

    fn with_command(&mut self, key: Key) -> bool {
        let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];
        let number = numbers.iter().position(|it| *it == key).and_then(|it| Fr::ALL.into_iter().nth(it));
        match (key, number) {
            (Key::A, _) => {
                self.state.chosen = self.listed.iter().copied().collect();
                self.at = self.at.filter(|it| self.state.chosen.contains(it)).or(self.listed.first().copied());
                self.moved = true;
            }
            (_, Some(fr)) => {
                let fr = Some(fr).filter(|it| self.state.filter.fr != Some(*it));
                self.filter(Filter { fr, ..self.state.filter });
            }
            _ => return false,
        }
        true
    }

    /// From several chosen to one, from an FR and why it is so to all of them, from an answer to the matrix.
    fn leave(&mut self) {
        if let (true, Some(at)) = (self.state.chosen.len() > 1, self.at) {
            self.go(at, Reach::Only);
        } else if self.state.filter.fr.is_some() {
            self.filter(Filter { fr: None, ..self.state.filter });
        } else {
            self.state.open.clear();
            self.left = true;
        }
    }

    /// The answers of the target before or after.
    fn go_to_target(&mut self, back: bool) {
        let [here] = self.targets else { return };
        let all = self.state.rows(self.ctx);
        let place = all.iter().position(|(it, _)| it == here).unwrap_or(0);
        let there = if back { place.checked_sub(1) } else { Some(place + 1) };
        if let Some(&(other, _)) = there.and_then(|there| all.get(there)) {
            self.state.open = vec![other];
            self.state.scroll_to = self.at;
            self.state.last = selection(&self.state.open, self.at);
            self.ctx.send(Action::Select(self.state.last.clone()));
            (self.moved, self.left) = (false, true);
        }
    }

    fn end(self) {
        if self.moved && !self.left {
            self.state.last = selection(self.targets, self.at);
            self.ctx.send(Action::Select(self.state.last.clone()));
        }
    }
}
