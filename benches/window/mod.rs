//! The whole window without a screen, and what its frames cost.

use std::time::Duration;

use cpu_time::{ProcessTime, ThreadTime};
use eframe::App as _;
use egui::epaint::ClippedShape;
use egui::{Color32, Event, Key, Modifiers, Pos2, RawInput, Vec2, vec2};
use jiff::civil::date;
use zonewright::model::Project;
use zonewright::render::{Frame, Painter, Textures};
use zonewright::store;
use zonewright::ui::{App, Chooser, Start};

pub const SCREEN: Vec2 = vec2(1440.0, 900.0);

/// What a frame cost the processor.
pub struct Times {
    /// What the window does itself.
    pub window: Duration,
    /// With the shapes cut into triangles.
    pub whole: Duration,
    /// With what other threads did meanwhile.
    pub all: Duration,
    /// The window, with what changed cut and painted by the processor in place of a graphics card.
    pub painted: Duration,
    /// Which part of the window that was.
    pub part: f64,
}

/// The window without a screen.
pub struct Window {
    pub ctx: egui::Context,
    pub app: App,
    frame: eframe::Frame,
    /// The time of the last frame, in seconds.
    pub time: f64,
    pub textures: Textures,
    pub painter: Painter,
    /// All is painted in each frame, and not what changed alone.
    pub repaints_all: bool,
    /// The shapes of the last frame are kept.
    pub keeps: bool,
    pub kept: Vec<ClippedShape>,
    /// What is written beside the plant stays here.
    _folder: tempfile::TempDir,
}

impl Window {
    pub fn open(project: &Project) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("plant.zonewright");
        store::save(project, &file).expect("the plant can be saved");
        let ctx = egui::Context::default();
        let start =
            Start { file: Some(file), chooser: Chooser::Window, today: Some(date(2026, 11, 21)), ..Start::default() };
        let app = App::new(&ctx, start);
        let mut window = Self {
            ctx,
            app,
            frame: eframe::Frame::_new_kittest(),
            time: 0.0,
            textures: Textures::default(),
            painter: Painter::default(),
            repaints_all: false,
            keeps: false,
            kept: Vec::new(),
            _folder: folder,
        };
        while window.app.session().is_none() {
            std::thread::sleep(Duration::from_millis(20));
            window.run(Vec::new());
        }
        window
    }

    pub fn run(&mut self, events: Vec<Event>) -> Times {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(Pos2::ZERO, SCREEN)),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let (start, of_all) = (ThreadTime::now(), ProcessTime::now());
        let (app, frame) = (&mut self.app, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| app.ui(ui, frame));
        let window = start.elapsed();
        let pixels_per_point = output.pixels_per_point;
        // what a graphics card would be given
        let primitives = self.ctx.tessellate(output.shapes.clone(), pixels_per_point);
        let (whole, all) = (start.elapsed(), of_all.elapsed());
        drop(primitives);
        self.textures.set(&mut output.textures_delta);
        let size = [SCREEN.x as u32, SCREEN.y as u32];
        let frame = Frame { size, pixels_per_point, ground: Color32::WHITE };
        if self.repaints_all {
            self.painter.forget();
        }
        if self.keeps {
            self.kept.clone_from(&output.shapes);
        }
        let ctx = &self.ctx;
        let cut = |shape| ctx.tessellate(vec![shape], pixels_per_point);
        let painting = ProcessTime::now();
        let areas = self.painter.paint(frame, std::mem::take(&mut output.shapes), &self.textures, &cut);
        let changed: usize = areas.iter().map(|area| area.pixels()).sum();
        let painted = window + painting.elapsed();
        self.textures.free(&mut output.textures_delta);
        Times { window, whole, all, painted, part: changed as f64 / f64::from(size[0] * size[1]) }
    }

    pub fn settle(&mut self) {
        for _ in 0..4 {
            self.run(Vec::new());
        }
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        for pressed in [true, false] {
            let event = Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
            self.run(vec![event]);
        }
        self.settle();
    }

    pub fn point(&mut self, at: Pos2) {
        self.run(vec![Event::PointerMoved(at)]);
        self.settle();
    }

    pub fn frames(&mut self, count: usize, mut events: impl FnMut(&Self, usize) -> Vec<Event>) -> Vec<Times> {
        (0..count)
            .map(|frame| {
                let events = events(self, frame);
                self.run(events)
            })
            .collect()
    }
}

/// What is measured, and against what.
pub struct Table {
    /// Milliseconds that a frame may take.
    pub budget: u64,
    /// Movements without this in their name are left out.
    pub only: String,
}

impl Table {
    /// What stands above the rows.
    pub fn head(&self) {
        println!(
            "{:<34}{:>18}{:>24}{:>14}{:>10}{:>8}",
            "", "the window", "with tessellation", "all threads", "painted", "part"
        );
        println!(
            "{:<34}{:>9}{:>9}{:>12}{:>12}{:>14}{:>10}{:>8}",
            "", "median", "worst", "median", "worst", "median", "median", "median"
        );
    }

    pub fn row(&self, what: &str, window: &mut Window, movement: impl FnOnce(&mut Window) -> Vec<Times>) {
        if !what.contains(&self.only) {
            return;
        }
        let times = movement(window);
        if times.is_empty() {
            return println!("{what:<34}{:>9}", "nothing to measure");
        }
        let column = |time: fn(&Times) -> Duration| {
            let mut sorted: Vec<f64> = times.iter().map(|it| time(it).as_secs_f64() * 1000.0).collect();
            sorted.sort_by(f64::total_cmp);
            let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
            (median, sorted.last().copied().unwrap_or_default())
        };
        let ((median, worst), (whole, whole_worst)) = (column(|it| it.window), column(|it| it.whole));
        let (all, _) = column(|it| it.all);
        let (painted, _) = column(|it| it.painted);
        let mut parts: Vec<f64> = times.iter().map(|it| it.part * 100.0).collect();
        parts.sort_by(f64::total_cmp);
        let part = parts.get(parts.len() / 2).copied().unwrap_or_default();
        let budget = self.budget as f64;
        let over = match (median > budget, worst > budget) {
            (true, _) => "  over",
            (false, true) => "  worst over",
            (false, false) => "",
        };
        println!(
            "{what:<34}{median:>9.2}{worst:>9.2}{whole:>12.2}{whole_worst:>12.2}{all:>14.2}{painted:>10.2}{part:>6.1} %{over}"
        );
    }
}
