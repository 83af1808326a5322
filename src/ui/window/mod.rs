//! Opening the window, and saying in a sentence why it can't be opened.

mod choice;
mod cpu;
mod gl;
mod machine;
mod pane;
mod screens;

use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

pub use self::choice::Painting;
use crate::catalogue::Catalogue;
use crate::drawing::palette::Palette;
use crate::store::{self, Preferences, Renderer};
use crate::task::Task;
use crate::templates;
use crate::ui::app::{App, Start};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Nothing to show it on.
    #[error("there is no display to open a window on. The commands work without one: see zonewright --help")]
    NoDisplay,
    /// The system's window or graphics libraries refuse or are missing.
    #[error(
        "the window can't be opened: {0}. A desktop needs X11 or Wayland and their libraries; on Debian and Ubuntu install \
         libxkbcommon-x11-0, libxcursor1, libxi6 and libx11-xcb1. The commands work without a window: see zonewright --help"
    )]
    Refused(String),
    /// OpenGL was asked for and can't be had.
    #[error(
        "the graphics card can't paint the window: {0}. With --renderer cpu, or auto, the processor does: see zonewright --help"
    )]
    NoOpenGl(String),
}

/// Whether there is something to open a window on.
pub fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(all(unix, not(target_os = "macos"))))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY")
        || is_set("WAYLAND_SOCKET")
}

/// Opens the window and stays until it is closed. Where OpenGL can't be used the program starts itself again
/// without, and keeps that in mind.
///
/// # Errors
/// [`WindowError`] where there is no display or its libraries are missing.
pub fn run(mut start: Start) -> Result<(), WindowError> {
    if !has_display() {
        return Err(WindowError::NoDisplay);
    }
    let mut preferences = start.preferences.as_deref().map(Preferences::read).unwrap_or_default();
    let place = start.preferences.clone();
    start.settings = Some(preferences.clone());
    read_ahead(&mut start);
    start.painting = choice::choose(start.renderer, &preferences, &machine::look());
    let by_processor = start.painting.by_processor;
    let is_wanted = start.renderer.unwrap_or(preferences.renderer) == Renderer::Gl;
    let refused = |why: String| WindowError::Refused(without_place(&why).trim_end_matches('.').to_owned());
    let result = watched(move |begun| {
        let begin = Box::new(move |ctx: &egui::Context| {
            begun();
            App::new(ctx, start)
        });
        if by_processor {
            cpu::run(viewport(), begin).map_err(Refusal::Window)
        } else {
            gl::run(viewport(), is_wanted, begin)
        }
    });
    match result {
        Err(Refusal::Graphics(why)) if !is_wanted => {
            if machine::has_own_display() {
                choice::remember(&mut preferences, &why);
                // where it can't be kept the next start finds out again
                let _ = place.map(|place| preferences.save(&place));
            }
            machine::start_again_without_graphics(&why).map_err(|error| refused(error.to_string()))
        }
        Err(Refusal::Graphics(why)) => Err(WindowError::NoOpenGl(why.trim_end_matches('.').to_owned())),
        Err(Refusal::Window(why)) => Err(refused(why)),
        Ok(()) => Ok(()),
    }
}

/// Reads what the first frames need while the window system makes the window, in the order of need. Whoever needs it
/// sooner waits for it or reads it himself.
fn read_ahead(start: &mut Start) {
    let file = start.file.clone();
    let begins_empty = file.is_none() && !start.demo;
    drop(Task::spawn(
        "Reading ahead",
        || (),
        move |_| {
            let _ = (Palette::light(), Palette::dark());
            if begins_empty {
                templates::built_in();
            }
            Catalogue::embedded();
        },
    ));
    start.ahead = file.map(|file| Task::spawn("Reading ahead", || (), move |_| store::open(&file)));
}

/// Why a window was not opened.
enum Refusal {
    /// OpenGL is missing, too old, or drawn by software; the processor may paint.
    Graphics(String),
    /// The window system itself refuses.
    Window(String),
}

/// Opens a window; a missing library makes the window system panic, and what it says becomes our sentence.
/// Once what it is given was called, a panic is a fault of ours and is reported as usual.
fn watched(open: impl FnOnce(Box<dyn FnOnce()>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let reason = Arc::new(Mutex::new(None));
    let usual: Arc<dyn Fn(&PanicHookInfo) + Send + Sync> = Arc::from(std::panic::take_hook());
    let (kept, of_others, own) = (Arc::clone(&reason), Arc::clone(&usual), thread::current().id());
    std::panic::set_hook(Box::new(move |info| {
        if thread::current().id() != own {
            return of_others(info);
        }
        let text = info.payload_as_str().unwrap_or("an unknown failure").to_owned();
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }));
    let has_begun = Arc::new(AtomicBool::new(false));
    let begun = Arc::clone(&has_begun);
    let begin = Box::new(move || {
        std::panic::set_hook(Box::new(move |info| usual(info)));
        begun.store(true, Ordering::Relaxed);
    });
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| open(begin))) {
        // what was seen once is not begun again by itself
        Ok(Err(Refusal::Graphics(why))) if has_begun.load(Ordering::Relaxed) => Err(Refusal::Window(why)),
        Ok(result) => result,
        Err(panic) if has_begun.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(_) => {
            let reason = reason.lock().unwrap_or_else(PoisonError::into_inner).take();
            Err(Refusal::Window(reason.unwrap_or_else(|| "the window system failed".to_owned())))
        }
    }
}

/// What a library says, without the line of its own code that it begins with.
fn without_place(text: &str) -> &str {
    text.split_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")).map_or(text, |(_, what)| what)
}

/// The window as it opens.
fn viewport() -> egui::ViewportBuilder {
    egui::ViewportBuilder::default()
        .with_title("Zonewright")
        .with_app_id("zonewright")
        // with its title and a task bar on a screen of 1440 by 900
        .with_inner_size([1360.0, 800.0])
        // as little as a large scale leaves of a small screen
        .with_min_inner_size([340.0, 250.0])
        .with_icon(icon())
}

/// A screen that has no room for the window with its frame is filled by it. Asked until the size of
/// both is known; returns whether it is.
pub fn fill_small_screen(ctx: &egui::Context) -> bool {
    let (screen, window) = ctx.input(|input| (input.viewport().monitor_size, input.viewport().inner_rect));
    let Some((screen, window)) = screen.zip(window) else { return false };
    if is_too_large(window.size() * ctx.pixels_per_point(), screen * ctx.pixels_per_point()) {
        ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
    }
    true
}

/// The room that frames of windows and bars of desktops usually take, in pixels.
const FRAME: egui::Vec2 = egui::vec2(2.0, 24.0);

fn is_too_large(window: egui::Vec2, screen: egui::Vec2) -> bool {
    (window + FRAME).max(screen) != screen
}

/// The program's sign: a zone in a zone, joined to a third.
fn icon() -> egui::IconData {
    use crate::drawing::shape::{Shape, Stroke};
    use crate::drawing::{Picture, to_png};
    use crate::model::{Point, Rect};
    let palette = Palette::light();
    let white = palette.on_accent;
    let frame = |x: f32, y: f32, width: f32, height: f32, line: f32| Shape::Rect {
        frame: Rect::new(x, y, width, height),
        radius: 4.0,
        fill: None,
        stroke: Some(Stroke::solid(line, white)),
    };
    let picture = Picture {
        width: 64.0,
        height: 64.0,
        ground: palette.accent,
        title: String::new(),
        core: Rect::default(),
        whole: Vec::new(),
        shapes: vec![
            frame(9.0, 9.0, 46.0, 26.0, 4.0),
            frame(34.0, 17.0, 13.0, 10.0, 3.0),
            frame(18.0, 45.0, 28.0, 11.0, 4.0),
            Shape::segment(Point::new(25.0, 35.0), Point::new(25.0, 45.0), Stroke::solid(4.0, white)),
        ],
    };
    let decoded = to_png(&picture, 2.0).ok().and_then(|png| image::load_from_memory(&png).ok());
    decoded.map_or_else(egui::IconData::default, |image| {
        let rgba = image.to_rgba8();
        egui::IconData { width: rgba.width(), height: rgba.height(), rgba: rgba.into_raw() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn a_refusal_is_told_without_the_place_in_a_library_that_says_it() {
        let text = "os error at /home/builder/winit/src/platform_impl/linux/mod.rs:788: no server answers";
        assert_eq!(without_place(text), "no server answers");
        assert_eq!(without_place("libxcursor is missing"), "libxcursor is missing");
    }

    #[test]
    fn a_window_without_room_for_its_frame_fills_the_screen() {
        assert!(is_too_large(vec2(1024.0, 768.0), vec2(1024.0, 768.0)));
        assert!(is_too_large(vec2(1360.0, 768.0), vec2(1440.0, 768.0)));
        assert!(!is_too_large(vec2(1360.0, 800.0), vec2(1440.0, 900.0)));
    }
}
