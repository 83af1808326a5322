//! One window whose pixels the processor paints.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::epaint::ClippedShape;
use egui::{Context, FullOutput, RawInput, ViewportCommand, ViewportId, ViewportInfo};
use egui_winit::winit::dpi::PhysicalSize;
use egui_winit::winit::event::{Ime, WindowEvent};
use egui_winit::winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use egui_winit::winit::window::Window;
use egui_winit::{ActionRequested, State};
use softbuffer::{Rect, Surface};

use super::cpu::News;
use crate::render::{Area, Frame, Painter, Textures};
use crate::ui::timing;

/// The largest picture that is taken; memory alone limits it.
const LARGEST_PICTURE: usize = 8192;
/// As many frames back a window's buffer may be.
const FRAMES_BACK: usize = 3;

/// What the system is asked about a window holds for so long, unless the system speaks of it first: with each
/// question one waits for another program, which may be at the other end of a network. It goes on to hold while
/// somebody types into the window or points at it.
const HOLDS: Duration = Duration::from_millis(500);

/// A window on the screen, with the hands on it.
pub(super) struct Pane {
    pub window: Arc<Window>,
    pub input: State,
    pub info: ViewportInfo,
    pub actions: Vec<ActionRequested>,
    id: ViewportId,
    size: PhysicalSize<u32>,
    /// The system said that nothing of it can be seen.
    is_away: bool,
    /// Since when what the system said of it holds, and what egui enlarged it by.
    looked: Option<(Instant, f32)>,
    painter: Painter,
    surface: Surface<Arc<Window>, Arc<Window>>,
    /// Where the last frames differed from those before them, the latest first.
    changes: VecDeque<Vec<Area>>,
    /// A frame was asked for; one that was not is owed to what lay over the window.
    is_asked: bool,
    is_shown: bool,
}

impl Pane {
    /// Makes what is drawn and typed in a window, which is shown with its first frame.
    ///
    /// # Errors
    /// A sentence on why the system gives no pixels.
    pub(super) fn new(
        ctx: &Context,
        id: ViewportId,
        window: Window,
        event_loop: &ActiveEventLoop,
        proxy: EventLoopProxy<News>,
    ) -> Result<Self, String> {
        let window = Arc::new(window);
        let scale = window.scale_factor() as f32;
        let theme = event_loop.system_theme();
        let mut input = State::new(ctx.clone(), id, event_loop, Some(scale), theme, Some(LARGEST_PICTURE));
        input.init_accesskit(event_loop, &window, proxy);
        let refused =
            |error: softbuffer::SoftBufferError| format!("the window system gives no pixels to paint ({error})");
        let context = softbuffer::Context::new(Arc::clone(&window)).map_err(refused)?;
        let surface = Surface::new(&context, Arc::clone(&window)).map_err(refused)?;
        let mut pane = Self {
            size: window.inner_size(),
            window,
            input,
            info: ViewportInfo::default(),
            actions: Vec::new(),
            id,
            is_away: false,
            looked: None,
            painter: Painter::default(),
            surface,
            changes: VecDeque::new(),
            is_asked: false,
            is_shown: false,
        };
        pane.look(ctx);
        Ok(pane)
    }

    /// Asks the system for a frame soon.
    pub(super) fn ask(&mut self) {
        self.is_asked = true;
        self.window.request_redraw();
    }

    /// A frame is to come: one that nobody asked for shows all again, for something lay over the window.
    pub(super) fn begin_frame(&mut self) {
        if !std::mem::take(&mut self.is_asked) {
            self.lay_bare();
        }
    }

    /// Something lay over the window: the next frame is put on the screen whole.
    fn lay_bare(&mut self) {
        self.changes.clear();
        self.looked = None;
    }

    /// Takes what happens to it; tells whether a frame has to follow.
    pub(super) fn take_event(&mut self, event: &WindowEvent) -> bool {
        match event {
            WindowEvent::Occluded(is_occluded) => self.info.occluded = Some(*is_occluded),
            WindowEvent::CloseRequested => self.info.events.push(egui::ViewportEvent::Close),
            _ => {}
        }
        match event {
            WindowEvent::Resized(_) | WindowEvent::Focused(true) | WindowEvent::Occluded(false) => self.lay_bare(),
            WindowEvent::Moved(_)
            | WindowEvent::Focused(false)
            | WindowEvent::Occluded(true)
            | WindowEvent::ScaleFactorChanged { .. } => self.looked = None,
            // who types into it and points at it sees it, and hears of it if it moves
            WindowEvent::KeyboardInput { .. } | WindowEvent::CursorMoved { .. } if !self.is_hidden() => {
                self.looked.iter_mut().filter(|(at, _)| at.elapsed() < HOLDS).for_each(|(at, _)| *at = Instant::now());
            }
            _ => {}
        }
        // an input method that stands by or goes shows nothing yet
        let is_news = !matches!(event, WindowEvent::Ime(Ime::Enabled | Ime::Disabled));
        self.input.on_window_event(&self.window, event).repaint && is_news
    }

    /// Does to it what egui asks for; what is asked of its text stands in `actions`.
    pub(super) fn carry_out(&mut self, ctx: &Context, commands: Vec<ViewportCommand>) {
        if !commands.is_empty() {
            self.looked = None;
        }
        egui_winit::process_viewport_commands(ctx, &mut self.info, commands, &self.window, &mut self.actions);
    }

    /// Asks the system how large the window is, where, and whether it can be seen.
    pub(super) fn look(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        if self.looked.is_some_and(|(at, before)| before == zoom && at.elapsed() < HOLDS) {
            return;
        }
        self.looked = Some((Instant::now(), zoom));
        egui_winit::update_viewport_info(&mut self.info, ctx, &self.window, !self.is_shown);
        self.size = self.window.inner_size();
        self.is_away = self.window.is_visible() == Some(false) || self.window.is_minimized() == Some(true);
    }

    /// What was typed and pointed at since the last frame.
    pub(super) fn take_input(&mut self, ctx: &Context) -> RawInput {
        self.look(ctx);
        let size = egui::vec2(self.size.width as f32, self.size.height as f32);
        let size = size / egui_winit::pixels_per_point(ctx, &self.window);
        let input = self.input.egui_input_mut();
        // a minimised window has no size on some systems, and what is in it stays where it is
        input.screen_rect = (size.min_elem() > 0.0).then(|| egui::Rect::from_min_size(egui::Pos2::ZERO, size));
        input.viewport_id = self.id;
        input.take()
    }

    /// Whether nothing of it can be seen.
    pub(super) fn is_hidden(&self) -> bool {
        self.is_shown && (self.is_away || self.info.visible() == Some(false))
    }

    /// Paints what a frame shows and puts it on the screen; tells whether it differs from what was there.
    ///
    /// # Errors
    /// A sentence on why it can't be shown.
    pub(super) fn show(&mut self, ctx: &Context, output: &mut FullOutput, textures: &Textures) -> Result<bool, String> {
        let frame = Frame {
            size: self.size.into(),
            pixels_per_point: output.pixels_per_point,
            ground: ctx.global_style().visuals.panel_fill,
        };
        let has_changed = self.paint(ctx, frame, std::mem::take(&mut output.shapes), textures)?;
        if !std::mem::replace(&mut self.is_shown, true) {
            self.window.set_visible(true);
            // some systems forget what was put on a window that was not shown yet
            self.lay_bare();
        }
        Ok(has_changed)
    }

    fn paint(
        &mut self,
        ctx: &Context,
        frame: Frame,
        shapes: Vec<ClippedShape>,
        textures: &Textures,
    ) -> Result<bool, String> {
        let [Some(width), Some(height)] = frame.size.map(NonZero::new) else { return Ok(false) };
        let refused = |error: softbuffer::SoftBufferError| format!("the window's pixels can't be shown ({error})");
        let is_resized = self.painter.size() != frame.size;
        let cut = |shape| ctx.tessellate(vec![shape], frame.pixels_per_point);
        let changed = self.painter.paint(frame, shapes, textures, &cut).to_vec();
        let has_changed = !changed.is_empty();
        let repainted: usize = changed.iter().map(|area| area.pixels()).sum();
        timing::painted(ctx, repainted as f32 / Area::whole(frame.size).pixels() as f32);
        timing::ended(ctx, "Painted");
        if is_resized {
            self.changes.clear();
        }
        if !has_changed && !self.changes.is_empty() {
            return Ok(false);
        }
        self.surface.resize(width, height).map_err(refused)?;
        let mut buffer = self.surface.buffer_mut().map_err(refused)?;
        self.changes.push_front(changed);
        let age = usize::from(buffer.age());
        let whole = [Area::whole(frame.size)];
        // the first frame after the window was covered or resized is all new
        let behind: Vec<Area> = if age == 0 || age > self.changes.len() || self.changes.len() == 1 {
            whole.to_vec()
        } else {
            self.changes.iter().take(age).flatten().copied().collect()
        };
        self.changes.truncate(FRAMES_BACK);
        for area in &behind {
            copy(*area, frame.size[0] as usize, self.painter.pixels(), &mut buffer);
        }
        let damage: Vec<Rect> = behind.iter().filter_map(|area| rect(*area)).collect();
        buffer.present_with_damage(&damage).map_err(refused)?;
        timing::ended(ctx, "Put on the screen");
        Ok(has_changed)
    }
}

fn copy(area: Area, width: usize, from: &[u32], to: &mut [u32]) {
    for row in area.top..area.bottom {
        let start = row as usize * width;
        let span = start + area.left as usize..start + area.right as usize;
        if let (Some(from), Some(to)) = (from.get(span.clone()), to.get_mut(span)) {
            to.copy_from_slice(from);
        }
    }
}

fn rect(area: Area) -> Option<Rect> {
    let (width, height) = (NonZero::new(area.width())?, NonZero::new(area.height())?);
    Some(Rect { x: area.left, y: area.top, width, height })
}
