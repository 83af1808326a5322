//! A window without a display, and the hands and eyes of whoever sits before it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Shape, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use jiff::civil::date;
use tempfile::TempDir;
use zonewright::model::{Project, Table};
use zonewright::samples::SAMPLES;
use zonewright::session::Session;
use zonewright::store;
use zonewright::ui::action::View;
use zonewright::ui::{App, Chooser, Start};

/// The window.
pub type Window = Harness<'static, App>;

/// What a window begins with: its own chooser, and always the same day.
pub fn start(demo: bool) -> Start {
    Start { demo, chooser: Chooser::Window, today: Some(date(2026, 11, 21)), ..Start::default() }
}

/// The open project with its history.
pub fn session(window: &Window) -> &Session {
    window.state().session().expect("a project is open")
}

/// The open project.
pub fn project(window: &Window) -> &Project {
    session(window).project()
}

/// Presses a key with these held.
pub fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// Types into whatever has the keyboard.
pub fn type_text(window: &mut Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

/// Carries out a command by its name.
pub fn find(window: &mut Window, command: &str) {
    press(window, Modifiers::COMMAND, Key::K);
    type_text(window, command);
    press(window, Modifiers::NONE, Key::Enter);
}

/// Clicks a button by what it says.
pub fn click(window: &mut Window, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click();
    window.run();
}

/// The first button whose words begin so.
pub fn click_first(window: &mut Window, begins: &str) {
    let is_it = |it: &Node| it.accesskit_node().label().is_some_and(|it| it.starts_with(begins));
    window.query_all_by_role(Role::Button).find(is_it).expect("there is such a button").click();
    window.run();
}

/// What a screen reader says of it.
pub fn says(node: &Node) -> String {
    node.accesskit_node().label().unwrap_or_default()
}

/// Clicks at a place.
pub fn click_at(window: &mut Window, at: Pos2) {
    window.hover_at(at);
    window.drag_at(at);
    window.drop_at(at);
    window.run();
}

/// Drags from a place to another one.
pub fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.drag_at(from);
    for share in [0.2, 0.5, 0.8, 1.0] {
        window.hover_at(from.lerp(to, share));
        window.step();
    }
    window.drop_at(to);
    window.run();
}

/// Everything that was written on the screen in the last frame.
pub fn written<State>(window: &Harness<State>) -> Vec<String> {
    fn read(shape: &Shape, texts: &mut Vec<String>) {
        match shape {
            Shape::Text(text) => texts.push(text.galley.text().to_owned()),
            Shape::Vec(shapes) => shapes.iter().for_each(|it| read(it, texts)),
            _ => (),
        }
    }
    let mut texts = Vec::new();
    window.output().shapes.iter().for_each(|it| read(&it.shape, &mut texts));
    texts
}

/// Whether this was written on the screen in the last frame.
pub fn shows(window: &Window, text: &str) -> bool {
    written(window).iter().any(|it| it.contains(text))
}

/// Goes on until the work in the background has come to what is waited for.
pub fn wait_until(window: &mut Window, what: &str, has_come: impl Fn(&Window) -> bool) {
    for _ in 0..6000 {
        window.step();
        if has_come(window) {
            window.run();
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("{what} never came; on the screen: {:?}", written(window));
}

/// A window on the water works, or on the first page, of a size.
pub fn window_of(size: Vec2, theme: Theme, zoom: f32, demo: bool) -> Window {
    let builder = Harness::builder().with_size(size / zoom).with_theme(theme).with_max_steps(40);
    let start = start(demo);
    let mut window = builder.build_eframe(move |creation| {
        creation.egui_ctx.set_zoom_factor(zoom);
        App::new(&creation.egui_ctx, start)
    });
    if demo {
        wait_for_project(&mut window);
    }
    window
}

/// Goes on until the project is open that the window begins with.
pub fn wait_for_project(window: &mut Window) {
    wait_until(window, "the project", |window| window.state().session().is_some());
}

/// The first page.
pub fn first_page() -> Window {
    window_of(vec2(1440.0, 900.0), Theme::Light, 1.0, false)
}

/// The water works.
pub fn water_works() -> Window {
    window_of(vec2(1440.0, 900.0), Theme::Light, 1.0, true)
}

/// The water works before anybody held a workshop there, took a baseline, set a finding aside or
/// stood by a step.
pub fn before_sessions(size: Vec2, theme: Theme, zoom: f32) -> Window {
    static FOLDER: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("water-treatment-works.zonewright");
        store::save(&without_sessions(), &file).expect("the project is saved");
        (folder, file)
    });
    opened(&FOLDER.1, size, theme, zoom)
}

/// The water works as before anybody held a workshop there.
pub fn without_sessions() -> Project {
    let mut project = SAMPLES[0].open().expect("the sample opens");
    project.workshops = Table::default();
    project.baselines = Table::default();
    project.zcr = Arc::default();
    project.confirmations = Arc::default();
    project.set_aside = Arc::default();
    project
}

/// A window on a file.
pub fn opened(file: &Path, size: Vec2, theme: Theme, zoom: f32) -> Window {
    let builder = Harness::builder().with_size(size / zoom).with_theme(theme).with_max_steps(40);
    let start = Start { file: Some(file.to_owned()), ..start(false) };
    let mut window = builder.build_eframe(move |creation| {
        creation.egui_ctx.set_zoom_factor(zoom);
        App::new(&creation.egui_ctx, start)
    });
    wait_for_project(&mut window);
    window
}

/// Prepares a workshop on all that the targets demand, answered or not.
pub fn prepare_workshop(window: &mut Window) {
    press(window, Modifiers::NONE, Key::F6);
    click(window, "Prepare a workshop");
    if project(window).workshops.values().any(|it| it.agenda.open_only) {
        window.get_by_role_and_label(Role::CheckBox, "Only what is open").click_accesskit();
        window.run();
    }
}

/// Holds the chosen workshop, or leaves it; who is in the room stays as it is.
pub fn hold(window: &mut Window) {
    press(window, Modifiers::NONE, Key::F5);
    if shows(window, "Who is in the room?") {
        press(window, Modifiers::NONE, Key::Enter);
    }
}

/// What the toolkit writes over things that share an id.
pub fn clashes<State>(window: &Harness<State>) -> Vec<String> {
    written(window).into_iter().filter(|it| it.contains(" use of ") && it.contains(" ID ")).collect()
}

/// Two things on the screen that share an id get each other's clicks; the toolkit
/// writes on the screen where it sees that.
pub fn assert_no_id_stands_twice(window: &Window, place: &str) {
    assert_eq!(clashes(window), Vec::<String>::new(), "{place}");
}

/// Types a path into the window's own file chooser and agrees.
pub fn choose(window: &mut Window, path: &Path, button: &str) {
    let is_name = |it: &Node| it.accesskit_node().labelled_by().any(|label| label.value().as_deref() == Some("Name"));
    let field = window.query_all_by_role(Role::TextInput).find(is_name).expect("the chooser asks for a name");
    field.set_text_value_accesskit(&path.display().to_string());
    window.run();
    click(window, button);
}

/// Whether the rail marks this step as the one that is shown, or the top bar names it
/// where there is no room for the rail.
pub fn is_shown(window: &Window, view: View) -> bool {
    let steps =
        window.query_all_by_role(Role::Button).filter(|it| it.accesskit_node().label().as_deref() == Some(view.name()));
    let marks: Vec<_> = steps.filter_map(|it| it.accesskit_node().toggled()).collect();
    let mut chosen = window.query_all_by_role(Role::ComboBox).filter_map(|it| it.accesskit_node().value());
    match marks.as_slice() {
        [] => chosen.any(|it| it == view.name()),
        [mark] => *mark == egui::accesskit::Toggled::True,
        _ => panic!("the rail has one step {}", view.name()),
    }
}

/// A file that is dropped on the window.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
