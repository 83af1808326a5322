//! The gallery of templates: the user's own first, then those that the program carries,
//! each with a picture of its drawing. What is typed filters, arrows choose, Enter opens.

use std::path::PathBuf;

use egui::{Key, Response, RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{Ask, LibraryAction, paint_thumbnail};
use crate::drawing::Thumbnail;
use crate::drawing::palette::Palette;
use crate::store;
use crate::task::{Poll, Task};
use crate::templates::{self, Template};
use crate::text::Face;
use crate::ui::action::{Action, Actions, FileAction};
use crate::ui::theme::{color32, font, title};
use crate::ui::widgets::{dialog, dialog_height, dialog_width, is_below_dialog, primary_button, scrolls_from};

/// The gallery while it is open.
pub struct Gallery {
    entries: Vec<Entry>,
    errors: Vec<String>,
    wanted: String,
    chosen: usize,
    task: Option<Task<Loaded>>,
    /// A picture being drawn, of the template at this place.
    drawing: Option<(usize, Task<Option<Thumbnail>>)>,
}

/// A template as the gallery shows it.
struct Entry {
    template: Template,
    /// Zones, conduits and assets; not known yet, or it can't be opened.
    counts: Option<[usize; 3]>,
    picture: Picture,
}

/// The picture of a template: drawn when its card is first seen, for its plant is laid out for it.
enum Picture {
    Wanted,
    Drawn(Thumbnail),
    /// It can't be opened.
    Missing,
}

impl Entry {
    fn new(template: Template) -> Self {
        Self { template, counts: None, picture: Picture::Wanted }
    }
}

struct Loaded {
    entries: Vec<Entry>,
    errors: Vec<String>,
}

const CARD: egui::Vec2 = vec2(296.0, 258.0);
const GAP: f32 = 12.0;
const PICTURE_HEIGHT: f32 = 150.0;

impl Gallery {
    /// Begins to read the templates; `preferences` says where the user's own are.
    pub fn open(ctx: &egui::Context, preferences: Option<PathBuf>) -> Self {
        let entries = templates::built_in().iter().cloned().map(Entry::new).collect();
        let wake = ctx.clone();
        let read = move |_: &crate::task::Progress| load(preferences);
        let task = Some(Task::spawn("Reading templates", move || wake.request_repaint(), read));
        Self { entries, errors: Vec::new(), wanted: String::new(), chosen: 0, task, drawing: None }
    }

    /// Takes over the picture that has been drawn, and begins the next of those that are seen.
    fn draw_pictures(&mut self, ctx: &egui::Context, palette: &'static Palette, seen: &[usize]) {
        if let Some((place, task)) = self.drawing.take() {
            let picture = match task.poll() {
                Poll::Running => {
                    self.drawing = Some((place, task));
                    return;
                }
                Poll::Done(Some(picture)) => Picture::Drawn(picture),
                Poll::Done(None) | Poll::Lost => Picture::Missing,
            };
            if let Some(entry) = self.entries.get_mut(place) {
                entry.picture = picture;
            }
        }
        // places are not known before all templates are
        let is_wanted = |place: &&usize| matches!(self.entries.get(**place), Some(it) if it.counts.is_some() && matches!(it.picture, Picture::Wanted));
        let next =
            seen.iter().find(is_wanted).and_then(|&place| Some((place, self.entries.get(place)?.template.clone())));
        if let Some((place, template)) = next {
            let wake = ctx.clone();
            let draw = move |_: &crate::task::Progress| {
                let project = template.open().ok()?;
                Some(Thumbnail::of_project(&project, palette, (CARD.x, PICTURE_HEIGHT)))
            };
            self.drawing = Some((place, Task::spawn("Drawing a template", move || wake.request_repaint(), draw)));
        }
    }

    /// Shows it over everything else.
    pub fn show(&mut self, ui: &Ui, palette: &'static Palette, actions: &Actions) {
        if let Some(task) = &self.task
            && let Poll::Done(loaded) = task.poll()
        {
            (self.entries, self.errors, self.task) = (loaded.entries, loaded.errors, None);
        }
        let modal = dialog(ui.ctx(), "gallery").show(ui.ctx(), |ui| {
            ui.set_width(dialog_width(ui, 3.0 * CARD.x + 2.0 * GAP + 16.0));
            self.contents(ui, palette, actions);
        });
        if modal.should_close() {
            actions.send(Action::Library(LibraryAction::Gallery(false)));
        }
    }

    fn contents(&mut self, ui: &mut Ui, palette: &'static Palette, actions: &Actions) {
        let keys = Keys::of(ui);
        ui.label(title("New from template"));
        ui.label(RichText::new("Typical plants with zones, conduits, assets and proposed SL-T, to be made yours. Nothing is answered yet.").weak());
        let field = TextEdit::singleline(&mut self.wanted)
            .hint_text("Filter by sector, device or word")
            .desired_width(f32::INFINITY);
        let field = ui.add(field).accessible_name("Filter templates");
        if field.changed() {
            self.chosen = 0;
        }
        if !field.has_focus() && !is_below_dialog(ui) {
            field.request_focus();
        }
        ui.add_space(4.0);
        let shown: Vec<usize> = (0..self.entries.len()).filter(|&it| self.is_wanted(it)).collect();
        let columns = ((ui.available_width() + GAP) / (CARD.x + GAP)).floor().max(1.0) as usize;
        self.chosen = keys.moved(self.chosen, columns, shown.len());
        let mut use_it = keys.enter;
        let mut seen = Vec::new();
        let height = dialog_height(ui, 620.0);
        scrolls_from(height).auto_shrink([false, false]).show(ui, |ui| {
            for error in &self.errors {
                ui.label(RichText::new(error).color(color32(palette.error)));
            }
            if shown.is_empty() {
                ui.label(RichText::new("No template has this word. Sectors, titles and stories are searched.").weak());
                if ui.button("Show all templates").clicked() {
                    self.wanted.clear();
                }
            }
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            for (row, entries) in shown.chunks(columns).enumerate() {
                ui.horizontal(|ui| {
                    for (column, &number) in entries.iter().enumerate() {
                        let place = row * columns + column;
                        let Some(entry) = self.entries.get(number) else { continue };
                        let card = card(ui, palette, entry, place == self.chosen);
                        if ui.is_rect_visible(card.rect) {
                            seen.push(number);
                        }
                        if place == self.chosen && keys.has_moved() {
                            card.scroll_to_me(None);
                        }
                        if card.clicked() || card.double_clicked() {
                            self.chosen = place;
                            use_it |= card.double_clicked();
                        }
                    }
                });
            }
        });
        self.draw_pictures(ui.ctx(), palette, &seen);
        ui.add_space(8.0);
        let chosen = shown.get(self.chosen).and_then(|&it| self.entries.get(it)).map(|it| &it.template);
        ui.horizontal(|ui| use_it |= foot(ui, palette, actions, chosen));
        if use_it && let Some(template) = chosen {
            actions.send(Action::Library(LibraryAction::Gallery(false)));
            actions.send(Action::File(FileAction::OpenTemplate(Box::new(template.clone()))));
        }
    }

    /// Whether every word typed is in what the entry says.
    fn is_wanted(&self, entry: usize) -> bool {
        let Some(Entry { template, .. }) = self.entries.get(entry) else { return false };
        let text = format!("{} {} {} {}", template.title, template.sector, template.story, template.id).to_lowercase();
        self.wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

fn load(preferences: Option<PathBuf>) -> Loaded {
    let own = preferences.map(|it| templates::own(&store::templates_folder(&it)));
    let (own, errors) = own.unwrap_or_default();
    let mut errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let mut entries = Vec::new();
    for template in own.into_iter().chain(templates::built_in().iter().cloned()) {
        let mut entry = Entry::new(template);
        match entry.template.counts() {
            Ok(counts) => entry.counts = Some(counts),
            Err(error) => {
                errors.push(error.to_string());
                entry.picture = Picture::Missing;
            }
        }
        entries.push(entry);
    }
    Loaded { entries, errors }
}

/// The keys that move and open, read before the field takes them.
struct Keys {
    across: isize,
    down: isize,
    enter: bool,
}

impl Keys {
    fn of(ui: &Ui) -> Self {
        if is_below_dialog(ui) {
            return Self { across: 0, down: 0, enter: false };
        }
        ui.input(|input| {
            let step = |back, on| isize::from(input.key_pressed(on)) - isize::from(input.key_pressed(back));
            Self {
                across: step(Key::ArrowLeft, Key::ArrowRight),
                down: step(Key::ArrowUp, Key::ArrowDown),
                enter: input.key_pressed(Key::Enter),
            }
        })
    }

    fn has_moved(&self) -> bool {
        self.across != 0 || self.down != 0
    }

    fn moved(&self, chosen: usize, columns: usize, count: usize) -> usize {
        let step = self.across + self.down * columns as isize;
        chosen.saturating_add_signed(step).min(count.saturating_sub(1))
    }
}

fn card(ui: &mut Ui, palette: &'static Palette, entry: &Entry, is_chosen: bool) -> Response {
    let width = CARD.x.min(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, CARD.y), Sense::click());
    let template = &entry.template;
    let label = format!("Template {}", template.title);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_chosen, label.as_str()));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let (edge, line) = if is_chosen { (2.0, palette.accent) } else { (1.0, palette.line) };
    let fill = if response.hovered() { palette.sunken } else { palette.raised };
    let stroke = egui::Stroke::new(edge, color32(line));
    ui.painter().rect(rect, 8.0, color32(fill), stroke, egui::StrokeKind::Inside);
    let picture = egui::Rect::from_min_size(rect.min + vec2(6.0, 6.0), vec2(width - 12.0, PICTURE_HEIGHT - 6.0));
    ui.painter().rect_filled(picture, 5.0, color32(palette.canvas));
    if let Picture::Drawn(thumbnail) = &entry.picture {
        paint_thumbnail(ui, thumbnail, picture.shrink(4.0));
    } else if matches!(entry.picture, Picture::Wanted) {
        let font = egui::TextStyle::Small.resolve(ui.style());
        let ink = color32(palette.text_faint);
        ui.painter().text(picture.center(), egui::Align2::CENTER_CENTER, "Drawing…", font, ink);
    }
    let mut y = rect.top() + PICTURE_HEIGHT + 8.0;
    let mut line = |text: &str, face, size: f32, ink, rows: usize| {
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font(face, size), color32(ink), width - 24.0);
        job.wrap.max_rows = rows;
        job.wrap.break_anywhere = false;
        let galley = ui.painter().layout_job(job);
        let height = galley.size().y;
        ui.painter().galley(pos2(rect.left() + 12.0, y), galley, color32(ink));
        y += height + 2.0;
    };
    line(&template.title, Face::SemiBold, 14.0, palette.text, 1);
    line(&facts(entry), Face::Regular, 11.5, palette.text_weak, 1);
    line(&template.story, Face::Regular, 12.0, palette.text, 3);
    response
}

/// "Water · 10 zones, 42 assets".
fn facts(entry: &Entry) -> String {
    let sector = if entry.template.own_file().is_some() { "Your own" } else { entry.template.sector.as_str() };
    match entry.counts {
        Some([zones, conduits, assets]) => {
            format!("{sector} · {zones} zones, {conduits} conduits, {assets} assets")
        }
        None => sector.to_owned(),
    }
}

/// The buttons at the foot; returns whether to open what is chosen.
fn foot(ui: &mut Ui, palette: &Palette, actions: &Actions, chosen: Option<&Template>) -> bool {
    let send = |action| actions.send(Action::Library(action));
    let open = ui.add_enabled_ui(chosen.is_some(), |ui| primary_button(ui, palette, "Create project")).inner.clicked();
    if ui.button("Cancel").clicked() {
        send(LibraryAction::Gallery(false));
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if ui.button("Show the template folder").on_hover_text("Any project file put there is a template too").clicked()
        {
            send(LibraryAction::ShowTemplates);
        }
        if let Some((template, path)) = chosen.and_then(|it| Some((it, it.own_file()?)))
            && ui.button("Delete…").clicked()
        {
            send(LibraryAction::Ask(Ask::DeleteTemplate(template.title.clone(), path.to_owned())));
        }
    });
    open
}
