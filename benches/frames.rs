//! What a frame of the diagram costs, measured: `cargo bench --bench frames`.
//!
//! Runs the whole window without a screen and prints median and worst time of the
//! processor for a frame, without what else runs: what the window does itself, and with the shapes cut into
//! triangles besides, which comes before the rasteriser; last, with what other threads did
//! in that time, such as letting the drawing follow a drag. Times depend on the machine,
//! so nothing here fails. With a word (`cargo bench --bench frames -- drag`) only the
//! movements that have it in their name are made.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where there is nothing to measure"
)]

use std::collections::BTreeMap;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use zonewright::drawing::layout;
use zonewright::generate::{Size, plant};
use zonewright::model::{Id, Point, Project, Rect, Zone, ZoneId};

mod window;
use window::{SCREEN, Table, Times, Window};

/// A part of the screen where the diagram is, and nothing before it.
const CANVAS: egui::Rect = egui::Rect::from_min_max(pos2(250.0, 150.0), pos2(1000.0, 800.0));
/// Frames of each movement.
const FRAMES: usize = 60;

fn main() {
    let only = std::env::args().skip(1).find(|it| !it.starts_with("--")).unwrap_or_default();
    for (zones, assets, conduits, budget) in [(300, 3_000, 900, 8), (1_000, 20_000, 5_000, 16)] {
        let mut project = plant(Size { zones, conduits, assets, answers: 20, conduit_answers: 0 }, 1);
        lay_out(&mut project);
        let site = put_a_third_in_a_site(&mut project);
        let table = Table { budget, only: only.clone() };
        println!("\n{zones} zones, {assets} assets, {conduits} conduits; budget {budget} ms a frame");
        table.head();
        measure(&project, site, &table);
    }
}

/// The frames that the layout gives, with room for the assets.
fn lay_out(project: &mut Project) {
    for (id, frame) in layout::arrange(project) {
        if let Some(zone) = project.zones.get_mut(id) {
            zone.frame = frame;
        }
    }
}

/// Puts zones at the left, about a third of all, with all in them into a new zone around
/// them, as a site is; a zone that lies between them goes along.
fn put_a_third_in_a_site(project: &mut Project) -> ZoneId {
    let mut top: Vec<(ZoneId, Rect)> =
        project.zones.iter().filter(|(_, it)| it.parent.is_none()).map(|(id, it)| (id, it.frame)).collect();
    top.sort_by(|one, next| one.1.right().total_cmp(&next.1.right()).then(one.0.cmp(&next.0)));
    let inside: Vec<(ZoneId, Rect)> = top.iter().take(top.len() / 3).copied().collect();
    let around = inside.iter().map(|it| it.1).reduce(|all, it| all.union(&it)).expect("zones to put in");
    // what reaches over the edge of the site makes room for it
    let beyond = around.right() + 120.0;
    let rest: Vec<ZoneId> = top.iter().skip(inside.len()).map(|it| it.0).collect();
    let left = rest.iter().filter_map(|it| project.zones.get(*it)).map(|it| it.frame.x).fold(f32::INFINITY, f32::min);
    let pushed: Vec<ZoneId> = rest.into_iter().flat_map(|it| project.zone_with_contents(it)).collect();
    for id in pushed {
        if let Some(zone) = project.zones.get_mut(id) {
            zone.frame = zone.frame.offset((beyond - left).max(0.0), 0.0);
        }
    }
    let site = ZoneId::derived_from("Z-SITE");
    for (id, _) in &inside {
        if let Some(zone) = project.zones.get_mut(*id) {
            zone.parent = Some(site);
        }
    }
    let frame = Rect { y: around.y - 60.0, height: around.height + 60.0, ..around }.grown(40.0);
    project.zones.insert(site, Zone { tag: "Z-SITE".to_owned(), name: "Site".to_owned(), frame, ..Zone::default() });
    site
}

fn measure(project: &Project, site: ZoneId, table: &Table) {
    let mut window = Window::open(project);
    let window = &mut window;
    window.key(Modifiers::ALT, Key::Num4);
    window.key(Modifiers::NONE, Key::F);
    let middle = pos2(760.0, 460.0);
    let zone = zone_with_conduits(project);
    let over = others(project, zone);
    let of_zone = Point::new(zone.x + 60.0, zone.y + 22.0);
    window.point(middle);
    table.row("at rest, all seen", window, |it| it.frames(FRAMES, |_, _| Vec::new()));
    table.row("at rest, all painted again", window, |it| {
        it.repaints_all = true;
        let times = it.frames(FRAMES, |_, _| Vec::new());
        it.repaints_all = false;
        times
    });
    let hover = |it: &mut Window| it.frames(FRAMES, |_, frame| vec![Event::PointerMoved(wander(middle, frame))]);
    table.row("hover, all seen", window, hover);
    table.row("pan, all seen", window, |it| it.pan(middle));
    table.row("zoom in from all to near", window, |it| it.zoom(middle, 1.06));
    for zoom in [0.2, 0.31, 0.45, 0.62, 1.0, 2.0] {
        window.zoom_to(middle, zoom);
        table.row(&format!("pan at {zoom}"), window, |it| it.pan(middle));
        table.row(&format!("hover at {zoom}"), window, hover);
    }
    table.row("zoom out from near to all", window, |it| it.zoom(middle, 1.0 / 1.06));
    window.key(Modifiers::NONE, Key::F);
    table.row("drag a zone, all seen", window, |it| {
        let at = it.grip(zone);
        it.drag(at)
    });
    table.row("drag a zone into others", window, |it| {
        let at = it.grip(zone);
        it.drag_over(at, &over, Modifiers::NONE)
    });
    table.row("drag a copy into others", window, |it| {
        let at = it.grip(zone);
        it.drag_over(at, &over, Modifiers::ALT)
    });
    table.row("pull a conduit over zones", window, |it| {
        it.key(Modifiers::NONE, Key::C);
        let times = it.drag_over(Some(zone.center()), &over, Modifiers::NONE);
        it.key(Modifiers::NONE, Key::Escape);
        times
    });
    for zoom in [0.35, 0.8] {
        window.show(of_zone, zoom);
        table.row(&format!("drag a zone at {zoom}"), window, |it| {
            let at = it.grip(zone);
            it.drag(at)
        });
    }
    if let Some(asset) = window.an_asset(project) {
        table.row("drag an asset at 0.8", window, |it| it.drag(Some(asset)));
        table.row("an asset into another zone", window, |it| it.drag_over(Some(asset), &over, Modifiers::NONE));
    }
    if let Some(frame) = project.zones.get(site).map(|it| it.frame) {
        window.key(Modifiers::NONE, Key::F);
        table.row("drag a third of the plant", window, |it| {
            let at = it.grip(frame);
            it.drag(at)
        });
        window.show(Point::new(frame.x + 500.0, frame.y + 300.0), 0.8);
        table.row("drag a third of the plant at 0.8", window, |it| {
            let at = it.grip(frame);
            it.drag(at)
        });
    }
    window.show(of_zone, 0.8);
    table.row("type a name in the inspector", window, |it| {
        let at = it.grip(zone);
        it.type_name(at)
    });
}

/// Places in other large zones, one after the other as the hand passes over them, and
/// between them places where nothing is.
fn others(project: &Project, from: Rect) -> Vec<Point> {
    let of = project.zones.values().filter(|it| it.parent.is_none() && it.frame != from);
    let away = |it: &Rect| (it.center().x - from.x).hypot(it.center().y - from.y);
    let mut frames: Vec<Rect> = of.map(|it| it.frame).collect();
    frames.sort_by(|one, next| away(one).total_cmp(&away(next)));
    let near = frames.into_iter().take(8);
    near.flat_map(|it| [Point::new(it.x + 80.0, it.y + 50.0), Point::new(it.x - 15.0, it.y - 15.0)]).collect()
}

/// A zone in the midst of the plant that has many conduits.
fn zone_with_conduits(project: &Project) -> Rect {
    let count = |id| project.conduits.values().filter(|it| it.touches(id)).count();
    let zones = project.zones.iter().filter(|(_, zone)| zone.parent.is_none());
    let (_, zone) = zones.max_by_key(|(id, _)| (count(*id).min(12), *id)).expect("a zone");
    zone.frame
}

fn primary(pos: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}

fn wander(middle: Pos2, frame: usize) -> Pos2 {
    middle + vec2((frame * 37 % 400) as f32 - 200.0, (frame * 23 % 300) as f32 - 150.0)
}

impl Window {
    /// With the middle button, to and fro.
    fn pan(&mut self, middle: Pos2) -> Vec<Times> {
        let button = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Middle,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.run(vec![Event::PointerMoved(middle), button(middle, true)]);
        let way = |frame: usize| vec2(((frame % 30) as f32 - 15.0).abs() * 20.0, (frame % 7) as f32 * 6.0);
        let times = self.frames(FRAMES, |_, frame| vec![Event::PointerMoved(middle + way(frame))]);
        self.run(vec![Event::PointerMoved(middle), button(middle, false)]);
        self.settle();
        times
    }

    fn zoom(&mut self, at: Pos2, factor: f32) -> Vec<Times> {
        self.point(at);
        self.frames(FRAMES, |_, _| vec![Event::Zoom(factor)])
    }

    fn zoom_now(&self) -> f32 {
        let place = |x: f32| self.app.on_screen(Point::new(x, 0.0)).unwrap_or_default().x;
        (place(1000.0) - place(0.0)) / 1000.0
    }

    fn zoom_to(&mut self, at: Pos2, zoom: f32) {
        self.point(at);
        for _ in 0..40 {
            let factor = (zoom / self.zoom_now()).clamp(0.7, 1.4);
            if (factor - 1.0).abs() < 0.001 {
                break;
            }
            self.run(vec![Event::Zoom(factor)]);
        }
        self.settle();
    }

    /// Brings a place of the diagram to the middle of the screen at a zoom.
    fn show(&mut self, place: Point, zoom: f32) {
        self.key(Modifiers::NONE, Key::F);
        let middle = pos2(700.0, 450.0);
        self.zoom_to(middle, zoom);
        let button = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Middle,
            pressed,
            modifiers: Modifiers::NONE,
        };
        for _ in 0..200 {
            let away = middle - self.app.on_screen(place).unwrap_or(middle);
            if away.length() < 4.0 {
                break;
            }
            let step = away.clamp(vec2(-400.0, -300.0), vec2(400.0, 300.0));
            self.run(vec![Event::PointerMoved(middle), button(middle, true)]);
            self.run(vec![Event::PointerMoved(middle + step / 2.0)]);
            self.run(vec![Event::PointerMoved(middle + step)]);
            self.run(vec![button(middle + step, false)]);
        }
        self.settle();
    }

    /// About where it is.
    fn drag(&mut self, grip: Option<Point>) -> Vec<Times> {
        let way = |frame: usize| vec2(12.0 + (frame % 40) as f32 * 4.0, 6.0 + (frame % 25) as f32 * 3.0);
        self.drag_by(grip, Modifiers::NONE, |_, from, frame| from + way(frame))
    }

    /// A place in a zone by which a drag takes hold of it, and not of what lies in or over it.
    fn grip(&mut self, zone: Rect) -> Option<Point> {
        let rows = (0..16).map(|it| zone.y + (12.0 + 14.0 * it as f32).min(zone.height - 4.0));
        let places = rows.flat_map(|y| {
            (1..80).map(move |it| {
                Point::new(zone.x + if it < 40 { 50.0 * it as f32 } else { zone.width * (it - 40) as f32 / 40.0 }, y)
            })
        });
        let before = self.zones();
        for place in places.filter(|it| zone.contains(*it)) {
            let Some(from) = self.app.on_screen(place) else { continue };
            if !CANVAS.contains(from) {
                continue;
            }
            self.press(from, Modifiers::NONE);
            self.run(vec![Event::PointerMoved(from + vec2(40.0, 30.0))]);
            self.run(Vec::new());
            let is_held = self.zones().iter().any(|(id, it)| before.get(id) == Some(&zone) && *it != zone);
            self.take_back(from + vec2(40.0, 30.0));
            if is_held {
                return Some(place);
            }
        }
        None
    }

    fn zones(&self) -> BTreeMap<ZoneId, Rect> {
        let zones = self.app.session().into_iter().flat_map(|it| it.project().zones.iter());
        zones.map(|(id, it)| (id, it.frame)).collect()
    }

    fn press(&mut self, from: Pos2, modifiers: Modifiers) {
        self.point(from);
        self.run(vec![Event::ModifiersChanged(modifiers)]);
        self.run(vec![primary(from, true, modifiers)]);
        self.run(vec![Event::PointerMoved(from + vec2(9.0, 3.0))]);
    }

    /// Ends a drag as if it had not been, so that the next movement finds the plant as it was.
    fn take_back(&mut self, at: Pos2) {
        self.run(vec![Event::ModifiersChanged(Modifiers::NONE)]);
        self.key(Modifiers::NONE, Key::Escape);
        self.run(vec![primary(at, false, Modifiers::NONE)]);
        self.settle();
    }

    /// From place to place, some steps on the way and some on the spot.
    fn drag_over(&mut self, grip: Option<Point>, places: &[Point], modifiers: Modifiers) -> Vec<Times> {
        self.drag_by(grip, modifiers, |window, from, frame| {
            let place = places.get(frame / 4 % places.len().max(1)).and_then(|it| window.app.on_screen(*it));
            place.unwrap_or(from) + vec2((frame % 4) as f32, 0.0)
        })
    }

    fn drag_by(
        &mut self,
        grip: Option<Point>,
        modifiers: Modifiers,
        way: impl Fn(&Self, Pos2, usize) -> Pos2,
    ) -> Vec<Times> {
        let Some(from) = grip.and_then(|it| self.app.on_screen(it)) else { return Vec::new() };
        self.press(from, modifiers);
        let times = self.frames(FRAMES, |window, frame| vec![Event::PointerMoved(way(window, from, frame))]);
        self.take_back(from);
        times
    }

    /// Selects a zone and types at the end of its name in the inspector.
    fn type_name(&mut self, grip: Option<Point>) -> Vec<Times> {
        let Some(at) = grip.and_then(|it| self.app.on_screen(it)) else { return Vec::new() };
        self.point(at);
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            self.run(vec![Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers }]);
        }
        self.settle();
        // the first field of the inspector in which a letter changes the project
        for down in 0..60 {
            let field = pos2(SCREEN.x - 120.0, 110.0 + 10.0 * down as f32);
            self.point(field);
            for pressed in [true, false] {
                let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
                self.run(vec![Event::PointerButton { pos: field, button, pressed, modifiers }]);
            }
            self.settle();
            let before = self.app.session().map(|it| it.project().clone());
            self.run(vec![Event::Text("x".to_owned())]);
            self.time += 1.0;
            self.settle();
            if self.app.session().map(|it| it.project().clone()) != before {
                // three letters, and the pause after which all follows from them
                let mut times = Vec::new();
                for frame in 0..FRAMES {
                    let letter = char::from(b'a' + (frame % 26) as u8);
                    let is_pause = frame % 4 == 3;
                    self.time += if is_pause { 1.0 } else { 0.0 };
                    let events = if is_pause { Vec::new() } else { vec![Event::Text(letter.to_string())] };
                    times.push(self.run(events));
                }
                return times;
            }
        }
        Vec::new()
    }

    /// The middle of the first card seen in the zone that is shown.
    fn an_asset(&self, project: &Project) -> Option<Point> {
        let seen = |at: Point| {
            let at = self.app.on_screen(at)?;
            CANVAS.contains(at).then_some(at)
        };
        let places = zonewright::drawing::asset_places(project);
        places.cells.values().map(Rect::center).find(|it| seen(*it).is_some())
    }
}
