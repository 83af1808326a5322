//! The list of shapes that look alike, each with a role for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use egui::{ComboBox, Label, RichText, ScrollArea, Sense, TextEdit, Ui, vec2};

use super::{StagingScreen, colors, letter};
use crate::drawing::palette::Palette;
use crate::exchange::drawings::staging::{At, Class, Role, Staging};
use crate::ui::theme::strong;
use crate::ui::widgets::{capital, cell, chip};

/// So many members of a class are listed.
const MOST_MEMBERS: usize = 200;
/// The room that a role takes, in points.
const ROLE_WIDTH: f32 = 88.0;

/// What is listed for the words wanted: classes of shapes with those of them that answer,
/// and kinds of lines. It follows from the drawing and the pages chosen, not from roles.
pub(super) struct Listed {
    wanted: String,
    classes: Vec<(Class, Vec<At>)>,
    lines: BTreeMap<String, Vec<(usize, usize)>>,
}

impl StagingScreen {
    pub(super) fn classes(&mut self, ui: &mut Ui, palette: &Palette) {
        ui.label(strong("What the shapes are"));
        let hint = "Find by name or looks";
        ui.add(TextEdit::singleline(&mut self.filter).hint_text(hint).desired_width(f32::INFINITY))
            .accessible_name("Find shapes");
        let listed = self.listed();
        let Listed { wanted, classes, .. } = &*listed;
        ui.add_space(4.0);
        ScrollArea::vertical().id_salt("classes").auto_shrink([false, false]).show(ui, |ui| {
            if classes.is_empty() {
                let nothing = if wanted.is_empty() {
                    "There are no shapes on the pages chosen."
                } else {
                    "Nothing of that name."
                };
                ui.label(RichText::new(nothing).weak());
            }
            for (class, members) in classes {
                self.class(ui, palette, class, members);
            }
            self.lines(ui, &listed);
        });
    }

    /// The lists as they were, unless other words or pages are wanted now.
    fn listed(&mut self) -> Rc<Listed> {
        let wanted = self.filter.trim().to_lowercase();
        if let Some(listed) = self.listed.as_ref().filter(|it| it.wanted == wanted) {
            return Rc::clone(listed);
        }
        let matching = |class: &Class| -> Vec<At> {
            let is_class = class.name.to_lowercase().contains(&wanted);
            let is_wanted = |at: &At| is_class || self.staging.text(*at).to_lowercase().contains(&wanted);
            class.members.iter().copied().filter(is_wanted).collect()
        };
        let classes = self.staging.classes().into_iter().map(|class| {
            let members = matching(&class);
            (class, members)
        });
        let classes = classes.filter(|(_, members)| !members.is_empty()).collect();
        let lines = kinds_of_lines(&self.staging).into_iter().filter(|(name, _)| name.contains(&wanted)).collect();
        let listed = Rc::new(Listed { classes, lines, wanted });
        self.listed = Some(Rc::clone(&listed));
        listed
    }

    /// One class: its role for all, and its members where they are listed.
    fn class(&mut self, ui: &mut Ui, palette: &Palette, class: &Class, members: &[At]) {
        let of_class: BTreeSet<At> = members.iter().copied().collect();
        let role_of = |screen: &Self, at: &At| screen.staging.understood(*at).map_or(Role::Nothing, |it| it.role);
        let first = members.first().map_or(Role::Nothing, |at| role_of(self, at));
        let is_mixed = members.iter().any(|at| role_of(self, at) != first);
        let id = format!("{} {first:?} {:?}", class.name, members.first());
        let key = format!("{} {:?}", class.name, members.first());
        let is_open = self.open.contains(&key);
        let is_selected = !of_class.is_empty() && of_class.is_subset(&self.selected);
        ui.horizontal(|ui| {
            let sign = egui::Button::new(if is_open { "−" } else { "+" }).frame(false).min_size(vec2(16.0, 20.0));
            let sign = ui.add(sign).accessible_name(format!("List {}", class.name));
            if sign.on_hover_text("List them").clicked() {
                if is_open {
                    self.open.remove(&key);
                } else {
                    self.open.insert(key.clone());
                }
            }
            chip(ui, if is_mixed { "…" } else { letter(first) }, colors(palette, first));
            let role_width = ROLE_WIDTH * palette.type_size;
            let width = (ui.available_width() - role_width - 8.0).max(40.0);
            cell(ui, width, |ui| {
                let count = RichText::new(members.len().to_string()).weak();
                let count_width = 8.0 * members.len().to_string().len() as f32 + ui.spacing().item_spacing.x;
                let name = egui::Button::selectable(is_selected, last_part(&class.name)).truncate();
                let room = vec2((ui.available_width() - count_width).max(20.0), ui.spacing().interact_size.y);
                let label = ui.allocate_ui(room, |ui| ui.add(name)).inner;
                let what =
                    format!("{}: {} on the pages chosen. A click selects all.", capital(&class.name), members.len());
                ui.label(count);
                let label = label.accessible_name(format!("{} ({})", class.name, members.len()));
                if label.on_hover_text(what).clicked() {
                    let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
                    if !adds {
                        self.selected.clear();
                    }
                    self.selected.extend(&of_class);
                    if let Some(at) = members.first().filter(|at| at.page != self.page) {
                        self.page = at.page;
                        self.fits = true;
                    }
                }
            });
            let shown = if is_mixed { "Several" } else { first.word() };
            let mut chosen = None;
            ComboBox::from_id_salt(&id)
                .selected_text(shown)
                .width(role_width)
                .show_ui(ui, |ui| {
                    for role in Role::ALL {
                        if ui.selectable_label(!is_mixed && role == first, role.word()).clicked() {
                            chosen = Some(role);
                        }
                    }
                })
                .response
                .accessible_name(format!("Role of {}", class.name));
            if let Some(role) = chosen {
                self.set_role(&of_class, role);
            }
        });
        if is_open {
            for &at in members.iter().take(MOST_MEMBERS) {
                self.member(ui, palette, at);
            }
            if members.len() > MOST_MEMBERS {
                ui.label(RichText::new(format!("and {} more", members.len() - MOST_MEMBERS)).weak());
            }
        }
    }

    fn member(&mut self, ui: &mut Ui, palette: &Palette, at: At) {
        let Some(understood) = self.staging.understood(at) else { return };
        let (role, name) = (understood.role, understood.name.clone());
        let text = if name.is_empty() { self.staging.text(at).lines().next().unwrap_or_default() } else { &name };
        let text = if text.is_empty() { "without a name".to_owned() } else { text.to_owned() };
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            chip(ui, letter(role), colors(palette, role));
            let button = egui::Button::selectable(self.selected.contains(&at), text).truncate();
            if ui.add(button).clicked() {
                let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
                self.select(at, adds);
            }
        });
    }

    /// Lines by their looks, to be left out where they are only lines on paper.
    fn lines(&mut self, ui: &mut Ui, listed: &Listed) {
        if listed.lines.is_empty() {
            return;
        }
        ui.add_space(8.0);
        ui.add(Label::new(strong("Lines that are imported")).sense(Sense::hover()));
        for (name, lines) in &listed.lines {
            let taken = lines.iter().filter(|(page, line)| self.staging.takes_line(*page, *line)).count();
            let mut all = taken == lines.len();
            let text = format!("{name} ({})", lines.len());
            let checkbox = egui::Checkbox::new(&mut all, text).indeterminate(taken > 0 && taken < lines.len());
            if ui.add(checkbox).changed() {
                self.step(None);
                lines.iter().for_each(|(page, line)| self.staging.take_line(*page, *line, all));
            }
        }
    }
}

/// What tells looks apart: of "cisco/routers/router" the last part.
fn last_part(looks: &str) -> &str {
    looks.rsplit('/').map(str::trim).find(|it| !it.is_empty()).unwrap_or(looks)
}

/// The lines of the pages that are imported by their looks, each by its page and place.
fn kinds_of_lines(staging: &Staging) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut kinds: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, drawn) in staging.drawing().pages.iter().enumerate() {
        if !staging.takes_page(page) {
            continue;
        }
        for (place, link) in drawn.links.iter().enumerate() {
            let arrows = match (link.points_back, link.points_on) {
                (false, false) => "without arrow",
                (true, true) => "with two arrows",
                _ => "with arrow",
            };
            let looks = match link.hint.as_str() {
                "" | "rectangle" | "rounded rectangle" => "line".to_owned(),
                "dashed rectangle" => "dashed line".to_owned(),
                other => other.to_owned(),
            };
            kinds.entry(format!("{looks} {arrows}")).or_default().push((page, place));
        }
    }
    kinds
}
