//! A table of small records, each cell a field; the row at its end is empty and waits for more.

use egui::{Event, Id, Key, Modifiers, RichText, TextEdit, Ui, vec2};
use jiff::civil::Date;

use super::day::DayDraft;
use super::rows::{Cell, Column, Kind, Row, pasted, with_pasted, words};
use crate::edit::Edit;
use crate::model::ConduitId;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{NO_DATE, Symbol, card, icon_button, is_below_dialog, presses, scrolls_from, typed_date};

/// Below this width a row stands as a card, its cells below one another.
const CARDS_BELOW: f32 = 540.0;
/// Room for what is done with a row.
const MORE: f32 = 30.0;

/// Which cell changed; `None`: whole rows did.
pub type Changed = Option<(usize, usize)>;

/// A table of the page.
pub struct Table<'t, 'c, R> {
    pub ctx: &'t Context<'c>,
    /// What it is called, once on the page.
    pub name: &'static str,
    pub rows: &'t [R],
    pub drafts: &'t mut Vec<DayDraft>,
}

/// Where it is noted that the menu of a row, or the list of a cell, is asked for.
fn asked_for_menu() -> Id {
    Id::unique("menu of a row of the scope")
}

/// The id of a cell.
fn cell_id(table: &str, row: usize, column: usize) -> Id {
    Id::unique(("cell of the scope", table, row, column))
}

impl<R: Row> Table<'_, '_, R> {
    /// Shows it. All rows as they are to be become an edit. Returns which cell has the keys.
    pub fn show(mut self, ui: &mut Ui, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) -> Option<(usize, usize)> {
        let focused = self.focused(ui);
        if let Some(at) = focused
            && !is_below_dialog(ui)
        {
            self.keys(ui, at, edit);
        }
        let scale = self.ctx.palette.type_size;
        let is_wide = ui.available_width() >= CARDS_BELOW * scale;
        if is_wide {
            self.headings(ui);
        }
        for row in 0..=self.rows.len() {
            ui.push_id((self.name, row), |ui| {
                if is_wide {
                    self.line(ui, row, edit);
                } else {
                    card(ui, self.ctx.palette, |ui| self.stacked(ui, row, edit));
                }
            });
        }
        focused
    }

    /// Gives the keys to the first cell of the table that says nothing yet.
    pub fn enter(&self, ui: &Ui) {
        let says_nothing =
            |row: &R, column: usize| matches!(row.cell(column), Cell::Text(text) if text.trim().is_empty());
        let first_two = || 0..R::COLUMNS.len().min(2);
        let empty = self.rows.iter().enumerate().find_map(|(place, row)| {
            first_two().find(|&column| says_nothing(row, column)).map(|column| (place, column))
        });
        self.give_keys(ui, empty.unwrap_or((self.rows.len(), 0)));
    }

    fn give_keys(&self, ui: &Ui, at: (usize, usize)) {
        let id = self.field_id(ui, at);
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }

    fn focused(&self, ui: &Ui) -> Option<(usize, usize)> {
        let focused = ui.memory(egui::Memory::focused)?;
        let mut cells = (0..=self.rows.len()).flat_map(|row| (0..R::COLUMNS.len()).map(move |column| (row, column)));
        cells.find(|&at| self.field_id(ui, at) == focused)
    }

    /// What has the keys in a cell.
    fn field_id(&self, ui: &Ui, (row, column): (usize, usize)) -> Id {
        let id = cell_id(self.name, row, column);
        match R::COLUMNS.get(column).map(|it| it.kind) {
            Some(Kind::Conduit) => ui.data(|data| data.get_temp(id)).unwrap_or(id),
            _ => id,
        }
    }

    /// Whether a cell is there: of a row that is not there yet a card shows the first one alone.
    fn is_shown(&self, ui: &Ui, (row, column): (usize, usize)) -> bool {
        row < self.rows.len() || column == 0 || ui.available_width() >= CARDS_BELOW * self.ctx.palette.type_size
    }

    /// The cell after this one, or before it, row after row; the row at the end is the last.
    fn beside(&self, (row, column): (usize, usize), back: bool) -> Option<(usize, usize)> {
        let columns = R::COLUMNS.len();
        let place = row * columns + column;
        let place = if back { place.checked_sub(1)? } else { place + 1 };
        Some((place / columns, place % columns)).filter(|it| it.0 <= self.rows.len())
    }

    /// What the keys do while a cell has them.
    fn keys(&mut self, ui: &Ui, (row, column): (usize, usize), edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) {
        let is_list = R::COLUMNS.get(column).is_some_and(|it| it.kind == Kind::Conduit);
        if !is_list && presses(ui, Modifiers::NONE, Key::Enter) > 0 && row < self.rows.len() {
            self.give_keys(ui, (row + 1, column));
        }
        for (modifiers, back) in [(Modifiers::NONE, false), (Modifiers::SHIFT, true)] {
            // where the table ends Tab goes on to what stands beyond it
            if let Some(there) = self.beside((row, column), back).filter(|it| self.is_shown(ui, *it))
                && presses(ui, modifiers, Key::Tab) > 0
            {
                ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
                self.give_keys(ui, there);
            }
        }
        if presses(ui, Modifiers::SHIFT, Key::F10) + presses(ui, Modifiers::NONE, Key::Menu) > 0 {
            ui.data_mut(|data| data.insert_temp(asked_for_menu(), (cell_id(self.name, row, 0), column)));
        }
        if presses(ui, Modifiers::ALT, Key::ArrowUp) > 0 && row > 0 && self.shift(row, row - 1, edit) {
            self.give_keys(ui, (row - 1, column));
        }
        if presses(ui, Modifiers::ALT, Key::ArrowDown) > 0 && self.shift(row, row + 1, edit) {
            self.give_keys(ui, (row + 1, column));
        }
        if presses(ui, Modifiers::ALT, Key::Delete) > 0 {
            self.remove(row, edit);
        }
        let lines = ui.input_mut(|input| {
            let place =
                input.events.iter().position(|it| matches!(it, Event::Paste(text) if pasted(text).is_some()))?;
            match input.events.remove(place) {
                Event::Paste(text) => pasted(&text),
                _ => None,
            }
        });
        if let Some(lines) = lines {
            let rows = with_pasted(self.rows, (row, column), &lines, self.ctx.project);
            let count = (rows.len() + 1).saturating_sub(self.rows.len()).max(1);
            self.ctx.edit(edit(rows, None).named(format!(
                "paste {} into {}",
                lines_word(count),
                self.name.to_lowercase()
            )));
        }
    }

    fn shift(&self, from: usize, to: usize, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) -> bool {
        if from.max(to) >= self.rows.len() {
            return false;
        }
        let mut rows = self.rows.to_vec();
        rows.swap(from, to);
        self.ctx.edit(edit(rows, None).named(format!("move {}", R::ONE)));
        true
    }

    fn remove(&mut self, row: usize, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) {
        if row < self.rows.len() {
            let mut rows = self.rows.to_vec();
            rows.remove(row);
            self.drafts.retain(|it| it.table != self.name || it.row != row);
            self.ctx.edit(edit(rows, None).named(format!("remove {}", R::ONE)));
        }
    }

    fn headings(&self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let widths = widths::<R>(ui);
            for (it, width) in R::COLUMNS.iter().zip(widths) {
                let size = vec2(width, ui.spacing().interact_size.y * 0.8);
                ui.allocate_ui(size, |ui| {
                    ui.set_width(width);
                    ui.add(egui::Label::new(RichText::new(it.title).small().weak()).truncate());
                });
            }
        });
    }

    fn line(&mut self, ui: &mut Ui, row: usize, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) {
        ui.horizontal_top(|ui| {
            let widths = widths::<R>(ui);
            for (column, width) in widths.into_iter().enumerate() {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    self.cell(ui, row, column, edit);
                });
            }
            self.more(ui, row, edit);
        });
    }

    fn stacked(&mut self, ui: &mut Ui, row: usize, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) {
        ui.set_width(ui.available_width());
        for (column, it) in R::COLUMNS.iter().enumerate() {
            // of a row that is not there yet the first cell will do
            if row < self.rows.len() || column == 0 {
                ui.label(RichText::new(it.title).small().weak());
                self.cell(ui, row, column, edit);
            }
        }
        self.more(ui, row, edit);
    }

    /// What is done with a whole row.
    fn more(&mut self, ui: &mut Ui, row: usize, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) {
        if row >= self.rows.len() {
            return;
        }
        let button = icon_button(ui, Symbol::More, &format!("More for {} {}", R::ONE, row + 1), true, false);
        let by_key = self.is_menu_asked(ui, row, &|kind| kind != Kind::Regulated);
        let menu = egui::Popup::menu(&button);
        let menu = if by_key { menu.open_memory(egui::SetOpenCommand::Bool(true)) } else { menu };
        menu.show(|ui| {
            let last = self.rows.len() - 1;
            let up = ui.add_enabled(row > 0, egui::Button::new("Move up").shortcut_text("Alt+Up"));
            let down = ui.add_enabled(row < last, egui::Button::new("Move down").shortcut_text("Alt+Down"));
            let remove = ui.add(egui::Button::new("Remove").shortcut_text("Alt+Delete"));
            if by_key {
                // the frame in which it is measured has everything disabled
                let first = if row > 0 {
                    &up
                } else if last > 0 {
                    &down
                } else {
                    &remove
                };
                first.request_focus();
            }
            if up.clicked() {
                self.shift(row, row.saturating_sub(1), edit);
            }
            if down.clicked() {
                self.shift(row, row + 1, edit);
            }
            if remove.clicked() {
                self.remove(row, edit);
            }
        });
    }

    /// Whether a key asked in this row for the menu of such a cell; it is asked for no more then.
    fn is_menu_asked(&self, ui: &Ui, row: usize, is_of: &dyn Fn(Kind) -> bool) -> bool {
        ui.data_mut(|data| {
            let asked = data.get_temp::<(Id, usize)>(asked_for_menu());
            let is_it = asked.is_some_and(|(id, column)| {
                id == cell_id(self.name, row, 0) && R::COLUMNS.get(column).is_some_and(|it| is_of(it.kind))
            });
            if is_it {
                data.remove::<(Id, usize)>(asked_for_menu());
            }
            is_it
        })
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, column: usize, edit: &mut dyn FnMut(Vec<R>, Changed) -> Edit) {
        let Some(it) = R::COLUMNS.get(column) else { return };
        let value = self.rows.get(row).cloned().unwrap_or_default().cell(column);
        let id = cell_id(self.name, row, column);
        let name = if row < self.rows.len() {
            format!("{}, {} {}", it.title, R::ONE, row + 1)
        } else {
            format!("{}, new {}", it.title, R::ONE)
        };
        let changed = match value {
            Cell::Text(text) => self.text(ui, it, (row, column), id, name, text),
            Cell::Day(day) => self.day(ui, (row, column), id, name, day),
            Cell::Conduit(conduit) => {
                let changed = self.conduit(ui, id, &name, conduit);
                if let Some(cell) = changed {
                    let rows = self.with(row, column, cell);
                    self.ctx.edit(edit(rows, Some((row, column))));
                }
                return;
            }
        };
        if let Some(cell) = changed {
            let rows = self.with(row, column, cell);
            self.ctx.send(Action::Type(edit(rows, Some((row, column))), id));
        }
    }

    /// The rows with something else in a cell; in the row at the end that makes a new one.
    fn with(&self, row: usize, column: usize, cell: Cell) -> Vec<R> {
        let mut rows = self.rows.to_vec();
        if row >= rows.len() {
            rows.push(R::default());
        }
        if let Some(it) = rows.get_mut(row) {
            it.set(column, cell);
        }
        rows
    }

    fn text(
        &self,
        ui: &mut Ui,
        it: &Column,
        (row, column): (usize, usize),
        id: Id,
        name: String,
        value: String,
    ) -> Option<Cell> {
        let mut text = value.clone();
        let is_new = row >= self.rows.len();
        let hint = if is_new && column == 0 { format!("Add a {}…", R::ONE) } else { String::new() };
        let hint = hint.replace("Add a a", "Add an a");
        let before = TextEdit::load_state(ui.ctx(), id).and_then(|it| it.cursor.char_range()).map(|it| it.primary);
        let proposes = it.kind == Kind::Regulated && !is_new;
        let width = ui.available_width() - if proposes { MORE + 4.0 } else { 0.0 };
        let mut proposed = None;
        let output = ui
            .horizontal_top(|ui| {
                let output = TextEdit::multiline(&mut text)
                    .id(id)
                    .hint_text(hint)
                    .desired_rows(1)
                    .desired_width(width)
                    .return_key(egui::KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
                    .show(ui);
                if proposes {
                    proposed = self.proposals(ui, row);
                }
                output
            })
            .inner;
        let response = output.response.response.accessible_name(name);
        if response.lost_focus() {
            self.ctx.send(Action::EndTyping);
        }
        if let Some(cursor) = before.filter(|_| response.has_focus() && !response.changed()) {
            let line = output.galley.layout_from_cursor(cursor).row;
            let last = output.galley.rows.len().saturating_sub(1);
            if line == 0 && row > 0 && presses(ui, Modifiers::NONE, Key::ArrowUp) > 0 {
                self.give_keys(ui, (row - 1, column));
            }
            if line >= last && row < self.rows.len() && presses(ui, Modifiers::NONE, Key::ArrowDown) > 0 {
                self.give_keys(ui, (row + 1, column));
            }
        }
        proposed.or_else(|| (response.changed() && text != value).then_some(text)).map(Cell::Text)
    }

    /// The sectors of NIS2 to choose from.
    fn proposals(&self, ui: &mut Ui, row: usize) -> Option<String> {
        let button = icon_button(ui, Symbol::Down, &format!("Sectors of NIS2 for {} {}", R::ONE, row + 1), true, false);
        let mut by_key = self.is_menu_asked(ui, row, &|kind| kind == Kind::Regulated);
        let mut chosen = None;
        let menu = egui::Popup::menu(&button);
        let menu = if by_key { menu.open_memory(egui::SetOpenCommand::Bool(true)) } else { menu };
        menu.show(|ui| {
            scrolls_from(320.0).show(ui, |ui| {
                for wording in self.ctx.catalogue.sectors().iter().flat_map(crate::catalogue::Sector::wordings) {
                    let button = ui.button(&wording);
                    if std::mem::take(&mut by_key) {
                        button.request_focus();
                    }
                    if button.clicked() {
                        chosen = Some(wording);
                        ui.close();
                    }
                }
                if ui.button("Not regulated").clicked() {
                    chosen = Some("Not regulated".to_owned());
                    ui.close();
                }
            });
        });
        chosen
    }

    fn day(
        &mut self,
        ui: &mut Ui,
        (row, column): (usize, usize),
        id: Id,
        name: String,
        value: Option<Date>,
    ) -> Option<Cell> {
        let draft = self.draft(row, column, value);
        let mut text = draft.unwrap_or_else(|| value.map(|it| it.to_string()).unwrap_or_default());
        let error = color32(self.ctx.palette.error);
        let is_wrong = typed_date(&text).is_none();
        let mut field = TextEdit::singleline(&mut text).id(id).hint_text("YYYY-MM-DD").desired_width(f32::INFINITY);
        if is_wrong {
            field = field.text_color(error);
        }
        let response = ui.add(field).accessible_name(name);
        if is_wrong && !response.has_focus() {
            ui.add(egui::Label::new(RichText::new(NO_DATE).small().color(error)).wrap());
        }
        if response.lost_focus() {
            self.ctx.send(Action::EndTyping);
        }
        if response.has_focus() {
            if row > 0 && presses(ui, Modifiers::NONE, Key::ArrowUp) > 0 {
                self.give_keys(ui, (row - 1, column));
            }
            if row < self.rows.len() && presses(ui, Modifiers::NONE, Key::ArrowDown) > 0 {
                self.give_keys(ui, (row + 1, column));
            }
        }
        if !response.changed() {
            return None;
        }
        self.drafts.retain(|it| it.table != self.name || (it.row, it.column) != (row, column));
        let typed = typed_date(&text);
        if typed.is_none() {
            let beside = self.rows.get(row).map(words).unwrap_or_default();
            self.drafts.push(DayDraft { table: self.name.to_owned(), row, column, beside, over: value, text });
        }
        typed.filter(|it| *it != value).map(Cell::Day)
    }

    /// What was typed here and is no day yet. Rows are known again by their words, or else by their place.
    fn draft(&mut self, row: usize, column: usize, value: Option<Date>) -> Option<String> {
        if self.drafts.is_empty() {
            return None;
        }
        let of_row = |row: usize| self.rows.get(row).map(words).unwrap_or_default();
        let here = of_row(row);
        let all: Vec<Vec<String>> = (0..=self.rows.len()).map(of_row).collect();
        let is_mine = |it: &DayDraft| {
            it.table == self.name
                && it.column == column
                && if all.get(it.row).is_some_and(|words| *words == it.beside) || !all.contains(&it.beside) {
                    it.row == row
                } else {
                    it.beside == here
                }
        };
        let place = self.drafts.iter().position(is_mine)?;
        let draft = self.drafts.get_mut(place)?;
        if draft.over != value {
            self.drafts.remove(place);
            return None;
        }
        (draft.row, draft.beside) = (row, here);
        Some(draft.text.clone())
    }

    fn conduit(&self, ui: &mut Ui, id: Id, name: &str, value: Option<ConduitId>) -> Option<Cell> {
        let project = self.ctx.project;
        let tag =
            |it: Option<ConduitId>| it.map_or("not set".to_owned(), |it| project.target_tag(it.into()).to_owned());
        let mut chosen = value;
        let list = egui::ComboBox::from_id_salt(id)
            .selected_text(tag(value))
            .width(ui.available_width())
            .truncate()
            .show_ui(ui, |ui| {
                let mut conduits: Vec<ConduitId> = project.conduits.ids().collect();
                conduits.sort_by_key(|&it| (project.target_tag(it.into()), it));
                for it in std::iter::once(None).chain(conduits.into_iter().map(Some)) {
                    ui.selectable_value(&mut chosen, it, tag(it));
                }
            })
            .response
            .accessible_name(name);
        ui.data_mut(|data| data.insert_temp(id, list.id));
        (chosen != value).then_some(Cell::Conduit(chosen))
    }
}

fn lines_word(count: usize) -> String {
    crate::ui::views::counted(count, "row", "rows")
}

/// The widths of the columns, with room left for what is done with a row.
fn widths<R: Row>(ui: &Ui) -> Vec<f32> {
    let gaps = ui.spacing().item_spacing.x * R::COLUMNS.len() as f32;
    let room = ui.available_width() - MORE - gaps;
    let all: f32 = R::COLUMNS.iter().map(|it| it.share).sum();
    R::COLUMNS.iter().map(|it| room * it.share / all).collect()
}
