//! Every screen as a picture, painted without a display and without graphics, and the same byte for byte.
//!
//! The pictures lie in `tests/pictures`. Where a screen was changed on purpose, `UPDATE_PICTURES=1 cargo test --test
//! window pictures` writes them anew; look at what differs before you keep it. What a test saw instead is in
//! `target/pictures`.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Color32, Key, Modifiers, TexturesDelta, Theme, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, TestRenderer};
use image::RgbImage;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use zonewright::generate::{self, Size};
use zonewright::model::{Point, Project};
use zonewright::render::{Frame, Painter, Textures};
use zonewright::samples::SAMPLES;
use zonewright::store::{About, Slot, recovery_folder};
use zonewright::ui::{App, Start};

use crate::support::{
    Window, choose, click, click_at, click_first, drag, find, hold, press, project, says, shows, start,
    wait_for_project, wait_until,
};

/// Keeps the pictures that the window's own frames are drawn with.
struct Collected(Rc<RefCell<Textures>>);

impl TestRenderer for Collected {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        textures.set(delta);
        textures.free(delta);
    }
}

/// A window that can be looked at.
pub struct Seen {
    pub window: Window,
    textures: Rc<RefCell<Textures>>,
    size: Vec2,
    pixels_per_point: f32,
}

impl Seen {
    /// On the water works, or on the first page; `size` in pixels.
    pub fn open(size: Vec2, pixels_per_point: f32, theme: Theme, demo: bool) -> Self {
        let mut seen = Self::begin(size, pixels_per_point, theme, start(demo));
        if demo {
            wait_for_project(&mut seen.window);
        }
        seen
    }

    /// With another beginning.
    fn begin(size: Vec2, pixels_per_point: f32, theme: Theme, start: Start) -> Self {
        let textures = Rc::new(RefCell::new(Textures::default()));
        let builder = Harness::builder()
            .with_size(size / pixels_per_point)
            .with_pixels_per_point(pixels_per_point)
            .with_theme(theme)
            .with_max_steps(60)
            .renderer(Collected(Rc::clone(&textures)));
        let mut window: Window = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, start));
        window.run();
        Self { window, textures, size, pixels_per_point }
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        press(&mut self.window, modifiers, key);
    }

    /// What is seen.
    pub fn picture(&self) -> RgbImage {
        let ctx = &self.window.ctx;
        let size = [self.size.x as u32, self.size.y as u32];
        let frame = Frame { size, pixels_per_point: self.pixels_per_point, ground: Color32::BLACK };
        let mut painter = Painter::default();
        let cut = |shape| ctx.tessellate(vec![shape], self.pixels_per_point);
        painter.paint(frame, self.window.output().shapes.clone(), &self.textures.borrow(), &cut);
        let pixels = painter.pixels().iter().flat_map(|pixel| {
            let [_, red, green, blue] = pixel.to_be_bytes();
            [red, green, blue]
        });
        RgbImage::from_raw(size[0], size[1], pixels.collect()).expect("as many pixels as the size says")
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares with the picture that is kept in this place, without its ending; tells where it differs.
fn compare(place: &str, seen: &RgbImage) -> Option<String> {
    let kept = folder(&format!("{place}.png"));
    let name = place.rsplit('/').next().unwrap_or(place);
    let before = image::open(&kept).ok().map(|it| it.to_rgb8());
    if before.as_ref() == Some(seen) {
        return None;
    }
    let write = |file: &Path, picture: &RgbImage| {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        let bytes = std::fs::File::create(file).expect("the picture's file is made");
        let encoder = PngEncoder::new_with_quality(bytes, CompressionType::Best, FilterType::Adaptive);
        picture.write_with_encoder(encoder).expect("the picture is written");
    };
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        write(&kept, seen);
        return None;
    }
    let instead = folder("target/pictures").join(format!("{name}.png"));
    write(&instead, seen);
    let Some(before) = before else { return Some(format!("{name} is new: {}", instead.display())) };
    let differing =
        before.enumerate_pixels().filter(|(x, y, pixel)| seen.get_pixel_checked(*x, *y) != Some(pixel)).count();
    Some(format!("{name} differs in {differing} pixels: {}", instead.display()))
}

fn assert_as_kept(pictures: Vec<(String, RgbImage)>) {
    let compare = |(name, picture): &(String, RgbImage)| compare(&format!("tests/pictures/{name}"), picture);
    let differing: Vec<String> = pictures.iter().filter_map(compare).collect();
    assert!(differing.is_empty(), "UPDATE_PICTURES=1 takes them as they are now\n{}", differing.join("\n"));
}

const VIEWS: [(&str, Modifiers, Key); 12] = [
    ("overview", Modifiers::ALT, Key::Num1),
    ("path", Modifiers::ALT, Key::Num2),
    ("scope", Modifiers::ALT, Key::Num3),
    ("diagram", Modifiers::ALT, Key::Num4),
    ("risk", Modifiers::ALT, Key::Num5),
    ("requirements", Modifiers::ALT, Key::Num6),
    ("gaps", Modifiers::ALT, Key::Num7),
    ("plan", Modifiers::ALT, Key::Num8),
    ("report", Modifiers::ALT, Key::Num9),
    ("compare", Modifiers::ALT, Key::Num0),
    ("workshop", Modifiers::NONE, Key::F6),
    ("help", Modifiers::NONE, Key::F1),
];

fn views(look: &str, size: Vec2, theme: Theme) -> Vec<(String, RgbImage)> {
    let mut seen = Seen::open(size, 1.0, theme, true);
    VIEWS
        .iter()
        .map(|(name, modifiers, key)| {
            seen.press(*modifiers, *key);
            (format!("{name}-{look}"), seen.picture())
        })
        .collect()
}

#[test]
fn every_step_looks_as_it_did_in_light() {
    assert_as_kept(views("light", vec2(1280.0, 800.0), Theme::Light));
}

#[test]
fn every_step_looks_as_it_did_in_dark_on_a_small_screen() {
    assert_as_kept(views("dark", vec2(1024.0, 768.0), Theme::Dark));
}

/// A picture of the water works after this was done to it.
fn after(name: &str, size: Vec2, change: impl FnOnce(&mut Window)) -> (String, RgbImage) {
    let mut seen = Seen::open(size, 1.0, Theme::Light, true);
    change(&mut seen.window);
    (name.to_owned(), seen.picture())
}

#[test]
fn the_first_page_and_the_room_look_as_they_did() {
    let first = Seen::open(vec2(1280.0, 800.0), 1.0, Theme::Light, false);
    let small = vec2(1024.0, 768.0);
    let room = after("room", small, |window| {
        press(window, Modifiers::NONE, Key::F6);
        hold(window);
    });
    let finder = after("finder", small, |window| press(window, Modifiers::COMMAND, Key::K));
    assert_as_kept(vec![("first-page".to_owned(), first.picture()), room, finder]);
}

#[test]
fn what_lies_over_a_screen_looks_as_it_did() {
    let size = vec2(1280.0, 800.0);
    let about = after("about", size, |window| find(window, "About Zonewright"));
    let templates = after("templates", size, |window| {
        find(window, "New from template");
        wait_until(window, "the drawings", |window| !shows(window, "Drawing…"));
    });
    let unsaved = after("unsaved", size, |window| {
        find(window, "New finding by hand");
        press(window, Modifiers::COMMAND, Key::N);
    });
    let baseline = after("baseline", size, |window| {
        find(window, "Take a baseline");
        wait_until(window, "what differs", |window| !shows(window, "Comparing…"));
    });
    let answers = after("answers", size, |window| {
        find(window, "Z-DOSE");
        find(window, "Typical answers of the equipment");
    });
    assert_as_kept(vec![about, templates, unsaved, baseline, answers]);
}

#[test]
fn what_belongs_to_a_step_looks_as_it_did() {
    let size = vec2(1280.0, 800.0);
    let commands = [
        ("matrix", "Risk matrix"),
        ("scenarios", "Browse the library of scenarios"),
        ("estimates", "Estimates of several people"),
        ("levels", "SL-T of all targets side by side"),
        ("finding", "New finding by hand"),
    ];
    assert_as_kept(commands.map(|(name, command)| after(name, size, |window| find(window, command))).into());
}

#[test]
fn what_is_told_of_a_thing_looks_as_it_did() {
    let project = SAMPLES[0].open().expect("the sample opens");
    macro_rules! first {
        ($($name:literal: $table:ident)*) => {
            [$(($name, project.$table.values().map(|it| it.tag.clone()).min().expect("one is there"))),*]
        };
    }
    let things = first!(
        "conduit": conduits
        "asset": assets
        "scenario": risks
        "action": actions
        "evidence": evidence
    );
    let mut pictures: Vec<_> =
        things.map(|(name, tag)| after(name, vec2(1280.0, 800.0), |window| find(window, &tag))).into();
    pictures.push(after("answer", vec2(1280.0, 800.0), |window| {
        press(window, Modifiers::ALT, Key::Num6);
        press(window, Modifiers::NONE, Key::ArrowDown);
        press(window, Modifiers::NONE, Key::Enter);
    }));
    assert_as_kept(pictures);
}

#[test]
fn questions_look_as_they_did() {
    type Ask = fn(&mut Window);
    let questions: [(&str, Ask); 11] = [
        ("who-is-there", |window| {
            press(window, Modifiers::NONE, Key::F6);
            click(window, "New workshop");
            press(window, Modifiers::NONE, Key::F5);
            assert!(shows(window, "Who is in the room?"));
        }),
        ("set-aside", |window| {
            press(window, Modifiers::ALT, Key::Num4);
            press(window, Modifiers::NONE, Key::F8);
            click_first(window, "Set aside…");
        }),
        ("refuse", |window| {
            find(window, "Proposed scenarios");
            click_first(window, "Refuse");
        }),
        ("other-matrix", |window| {
            find(window, "Scales and levels");
            window.get_by_role_and_label(Role::Button, "Consequence in 4 steps").scroll_to_me();
            window.run();
            click(window, "Consequence in 4 steps");
        }),
        ("category", |window| {
            find(window, "New scenario");
            press(window, Modifiers::NONE, Key::Escape);
            find(window, "Risk matrix");
            let tag = project(window).risks.values().map(|it| it.tag.clone()).max().expect("a scenario");
            let at = |role, begins: &str| {
                let mut all = window.query_all_by_role(role);
                all.find(|it| says(it).starts_with(begins)).expect("the matrix has it").rect().center()
            };
            let from = at(Role::Button, &format!("Scenario {tag} not rated"));
            let to = at(Role::Group, "Cell Severe, Possible:");
            drag(window, from, to);
        }),
        ("delete-baseline", |window| {
            press(window, Modifiers::ALT, Key::Num0);
            wait_until(window, "what differs", |window| !shows(window, "Comparing…"));
            click(window, "Baselines");
            click(window, "Delete baseline…");
        }),
        ("save-template", |window| find(window, "Save as template")),
        ("copy-answers", |window| {
            find(window, "Z-DOSE");
            find(window, "Copy answers");
        }),
        ("inherit", |window| {
            find(window, "Z-DOSE");
            find(window, "Inherit answers");
        }),
        ("hand-out", |window| {
            press(window, Modifiers::ALT, Key::Num6);
            press(window, Modifiers::NONE, Key::ArrowDown);
            press(window, Modifiers::NONE, Key::Enter);
            find(window, "Give the chosen answers");
        }),
        ("dropped", |window| {
            let path = Some("/plants/works.zonewright".into());
            window.input_mut().hovered_files.push(egui::HoveredFile { path, ..Default::default() });
            // egui paints on and on while a file is held over the window
            (0..4).for_each(|_| window.step());
        }),
    ];
    assert_as_kept(questions.map(|(name, ask)| after(name, vec2(1280.0, 800.0), ask)).into());
}

#[test]
fn what_a_window_left_behind_and_a_place_for_a_file_look_as_they_did() {
    let size = vec2(1024.0, 768.0);
    // what is shown names its folder, which is the same everywhere
    let folder = Path::new("/tmp/zonewright-pictures");
    std::fs::create_dir_all(folder.join("reports")).expect("the folder is made");
    let works = folder.join("works.zonewright");
    for name in ["works.zonewright", "pumping station.zonewright"] {
        zonewright::store::save(&SAMPLES[0].open().expect("the sample opens"), &folder.join(name))
            .expect("it is saved");
    }
    let mut asked = Seen::begin(size, 1.0, Theme::Light, Start { file: Some(works), ..start(false) });
    wait_for_project(&mut asked.window);
    press(&mut asked.window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);

    let home = tempfile::tempdir().expect("a folder");
    let preferences = home.path().join("preferences.ron");
    let recovery = recovery_folder(&preferences);
    let left = [(Some("/plants/works.zonewright"), "Water works", 7 * 60 * 60), (None, "Pumping station", 0)];
    for (file, title, before) in left {
        let slot = Slot::new(&recovery).expect("a place for a copy");
        let about = About { file: file.map(Into::into), title: title.into(), ..About::default() };
        slot.write(&Project::default(), &about, &[]).expect("the copy is written");
        let at = "2026-11-21T06:40:00Z".parse::<jiff::Timestamp>().expect("a time")
            - jiff::SignedDuration::from_secs(before);
        let copy = std::fs::File::options().append(true).open(slot.copy()).expect("it opens");
        copy.set_modified(at.into()).expect("it gets its time");
    }
    let recovered = Seen::begin(size, 1.0, Theme::Light, Start { preferences: Some(preferences), ..start(false) });

    let plant = Size { zones: 150, conduits: 450, assets: 1500, answers: 51, conduit_answers: 30 };
    let large = home.path().join("large.zonewright");
    zonewright::store::save(&generate::plant(plant, 7), &large).expect("it is saved");
    let mut opening = Seen::begin(size, 1.0, Theme::Light, Start { file: Some(large), ..start(false) });
    assert!(shows(&opening.window, "Opening"), "it takes longer than a frame");
    opening.window.step();
    let pictures = [("file-chooser", asked), ("recovered", recovered), ("opening", opening)];
    assert_as_kept(pictures.map(|(name, seen)| (name.to_owned(), seen.picture())).into());
}

#[test]
fn what_an_import_would_do_looks_as_it_did() {
    let imports = [
        ("staging", "drawing.drawio", "Import a drawing…", crate::imports::DRAWING, "Level 2 Control"),
        (
            "assets",
            "assets.csv",
            "Import assets from a table…",
            "tag,type,zone\nPLC-901,plc,Z-NEW\n,plc,Z-DOSE\n",
            "1 new",
        ),
        (
            "hazop",
            "study.csv",
            "Import consequences from a HAZOP…",
            "Node;Deviation;Consequence;Severity;Likelihood;Zone\n3.2;More level;Tank overflows;grim;;Z-DOSE\n3.3;No flow;No water;5;2;Z-DOSE\n",
            "2 new",
        ),
    ];
    let picture = |(name, file, command, text, shown): (&str, &str, &str, &str, &str)| {
        after(name, vec2(1280.0, 800.0), |window| {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(file);
            std::fs::write(&path, text).expect("the file is written");
            click(window, "File");
            click(window, command);
            choose(window, &path, "Import");
            wait_until(window, "what it would do", |window| shows(window, shown));
        })
    };
    assert_as_kept(imports.map(picture).into());
}

#[test]
fn the_further_appearances_look_as_they_did() {
    let diagram = |appearance: &'static str| {
        after(&format!("diagram-{}", appearance.replace(' ', "-")), vec2(1280.0, 800.0), move |window| {
            find(window, &format!("Appearance: {appearance}"));
            press(window, Modifiers::ALT, Key::Num4);
        })
    };
    assert_as_kept(vec![diagram("high contrast"), diagram("projector")]);
}

#[test]
fn the_readme_shows_the_window_as_it_is() {
    let (_, picture) = after("", vec2(1400.0, 820.0), |window| {
        press(window, Modifiers::ALT, Key::Num4);
        let zone = project(window).zones.values().find(|it| it.tag == "Z-DOSE").expect("the dosing").frame;
        let at = window.state().on_screen(Point::new(zone.x + 20.0, zone.y + 20.0)).expect("it is seen");
        click_at(window, at);
        window.hover_at(pos2(700.0, 790.0));
        window.run();
    });
    assert_eq!(compare("assets/window", &picture), None, "UPDATE_PICTURES=1 takes it as it is now");
}

#[test]
fn a_screen_is_the_same_each_time_it_is_painted() {
    let picture = || {
        let mut seen = Seen::open(vec2(900.0, 700.0), 1.5, Theme::Light, true);
        seen.press(Modifiers::ALT, Key::Num4);
        seen.picture()
    };
    assert!(picture() == picture());
}
