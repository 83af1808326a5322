//! One window whose pixels the processor paints.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::Arc;

use egui::epaint::ClippedShape;
use egui::{Context, FullOutput, RawInput, ViewportId, ViewportInfo};
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

/// A window on the screen, with the hands on it.
pub(super) struct Pane {
    pub window: Arc<Window>,
    pub input: State,
    pub info: ViewportInfo,
    pub actions: Vec<ActionRequested>,
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
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, ctx, &window, true);
        let refused =
            |error: softbuffer::SoftBufferError| format!("the window system gives no pixels to paint ({error})");
        let context = softbuffer::Context::new(Arc::clone(&window)).map_err(refused)?;
        let surface = Surface::new(&context, Arc::clone(&window)).map_err(refused)?;
        Ok(Self {
            window,
            input,
            info,
            actions: Vec::new(),
            painter: Painter::default(),
            surface,
            changes: VecDeque::new(),
            is_asked: false,
            is_shown: false,
        })
    }

    /// Asks for a frame soon.
    pub(super) fn ask(&mut self) {
        self.is_asked = true;
        self.window.request_redraw();
    }

    /// A frame is to come: one that nobody asked for shows all again, for something lay over the window.
    pub(super) fn begin_frame(&mut self) {
        if !std::mem::take(&mut self.is_asked) {
            self.changes.clear();
        }
    }

    /// What was typed and pointed at since the last frame.
    pub(super) fn take_input(&mut self, ctx: &Context) -> RawInput {
        egui_winit::update_viewport_info(&mut self.info, ctx, &self.window, false);
        self.input.take_egui_input(&self.window)
    }

    /// Whether nothing of it can be seen.
    pub(super) fn is_hidden(&self) -> bool {
        self.is_shown
            && (self.window.is_visible() == Some(false)
                || self.window.is_minimized() == Some(true)
                || self.info.visible() == Some(false))
    }

    /// Paints what a frame shows and puts it on the screen.
    ///
    /// # Errors
    /// A sentence on why it can't be shown.
    pub(super) fn show(&mut self, ctx: &Context, output: &mut FullOutput, textures: &Textures) -> Result<(), String> {
        let size = self.window.inner_size();
        let frame = Frame {
            size: [size.width, size.height],
            pixels_per_point: output.pixels_per_point,
            ground: ctx.global_style().visuals.panel_fill,
        };
        self.paint(ctx, frame, std::mem::take(&mut output.shapes), textures)?;
        if !std::mem::replace(&mut self.is_shown, true) {
            self.window.set_visible(true);
        }
        Ok(())
    }

    fn paint(
        &mut self,
        ctx: &Context,
        frame: Frame,
        shapes: Vec<ClippedShape>,
        textures: &Textures,
    ) -> Result<(), String> {
        let [Some(width), Some(height)] = frame.size.map(NonZero::new) else { return Ok(()) };
        let refused = |error: softbuffer::SoftBufferError| format!("the window's pixels can't be shown ({error})");
        let is_resized = self.painter.size() != frame.size;
        let cut = |shape| ctx.tessellate(vec![shape], frame.pixels_per_point);
        let changed = self.painter.paint(frame, shapes, textures, &cut).to_vec();
        let repainted: usize = changed.iter().map(|area| area.pixels()).sum();
        timing::painted(ctx, repainted as f32 / Area::whole(frame.size).pixels() as f32);
        timing::ended(ctx, "Painted");
        if is_resized {
            self.changes.clear();
        }
        if changed.is_empty() && !self.changes.is_empty() {
            return Ok(());
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
        Ok(())
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
