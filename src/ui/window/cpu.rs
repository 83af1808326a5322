//! The window without a graphics card: the processor paints it, and nothing of OpenGL is asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use egui::{Context, RawInput, TexturesDelta, ViewportBuilder, ViewportCommand, ViewportId};
use egui_winit::accesskit_winit;
use egui_winit::winit::application::ApplicationHandler;
use egui_winit::winit::event::{ElementState, WindowEvent};
use egui_winit::winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop};
use egui_winit::winit::window::WindowId;

use super::pane::Pane;
use super::screens::{Screens, show_second};
use crate::render::Textures;
use crate::ui::app::App;

/// What moves by itself moves on this often, as on most screens. What is typed and pointed at need not wait for it.
const PACE: Duration = Duration::from_nanos(1_000_000_000 / 60);
/// Who types presses the next key within so long, and who points moves on. Until then waits that a key was let go of,
/// which shows nothing but where something is held as long as a key is, and the last look at what a letter or the
/// pointer moved elsewhere.
pub(super) const SETTLING: Duration = Duration::from_millis(100);
/// How often a hidden window does what is not seen, such as keeping a copy of unsaved work.
const WHILE_HIDDEN: Duration = Duration::from_millis(100);
/// Windows lets nobody else have a turn while an edge or a title is dragged, but asks for frames itself; elsewhere
/// a frame is made as soon as all that came is taken, and what the system asks for is what something laid bare.
const AWAITS_SYSTEM: bool = cfg!(target_os = "windows");
/// What reaches the window from elsewhere.
pub(super) enum News {
    /// A frame is wanted sooner than was known.
    Repaint,
    /// What a screen reader asks.
    Accessibility(accesskit_winit::Event),
}

impl From<accesskit_winit::Event> for News {
    fn from(event: accesskit_winit::Event) -> Self {
        Self::Accessibility(event)
    }
}

/// When the next frame is due, which any thread may ask for.
#[derive(Clone, Default)]
pub(super) struct Due(Arc<Mutex<Option<Instant>>>);

impl Due {
    fn held(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a frame by then; tells whether none was asked for sooner.
    pub(super) fn by(&self, when: Instant) -> bool {
        let held = &mut *self.held();
        let is_sooner = held.is_none_or(|due| when < due);
        if is_sooner {
            *held = Some(when);
        }
        is_sooner
    }
}

/// Makes the app once the window stands.
pub(super) type Begin = Box<dyn FnOnce(&Context) -> App>;

/// Opens the window and stays until it is closed.
///
/// # Errors
/// A sentence on what the window system refuses.
pub(super) fn run(builder: ViewportBuilder, begin: Begin) -> Result<(), String> {
    let event_loop = EventLoop::<News>::with_user_event().build().map_err(|error| error.to_string())?;
    let ctx = Context::default();
    ctx.set_embed_viewports(false);
    ctx.options_mut(|options| options.max_passes = std::num::NonZero::<usize>::MIN.saturating_add(1));
    let proxy = event_loop.create_proxy();
    let due = Due::default();
    let (asked, waker) = (due.clone(), proxy.clone());
    ctx.set_repaint_observer(move |info| {
        if Instant::now().checked_add(info.delay).is_some_and(|when| asked.by(when)) {
            // a window that is gone wants no frame
            let _ = waker.send_event(News::Repaint);
        }
    });
    let shared = Rc::new(RefCell::new(Screens {
        ctx: ctx.clone(),
        proxy,
        textures: Textures::default(),
        delta: TexturesDelta::default(),
        screens: BTreeMap::new(),
        due: due.clone(),
        failure: None,
        since: Instant::now(),
        settles: Instant::now(),
    }));
    let held = Rc::downgrade(&shared);
    Context::set_immediate_viewport_renderer(move |_, viewport| {
        if let Some(screens) = held.upgrade() {
            show_second(&screens, viewport);
        }
    });
    let mut window = CpuWindow {
        ctx,
        shared,
        begin: Some((builder, begin)),
        app: None,
        early: RawInput::default(),
        due,
        at_once: false,
        begun: Instant::now(),
    };
    event_loop.run_app(&mut window).map_err(|error| error.to_string())?;
    let failure = window.shared.borrow_mut().failure.take();
    failure.map_or(Ok(()), Err)
}

/// The program in its windows.
struct CpuWindow {
    ctx: Context,
    shared: Rc<RefCell<Screens>>,
    begin: Option<(ViewportBuilder, Begin)>,
    app: Option<App>,
    /// What came while the window was hidden, for when it is seen again.
    early: RawInput,
    due: Due,
    /// A frame is wanted as soon as what came is taken.
    at_once: bool,
    /// When the last frame began.
    begun: Instant,
}

impl CpuWindow {
    /// Opens the first window and begins.
    fn open(&mut self, event_loop: &ActiveEventLoop) {
        let Some((mut builder, begin)) = self.begin.take() else { return };
        if let (Some(size), Some(largest)) = (builder.inner_size, largest_screen(event_loop)) {
            builder.inner_size = Some(size.min(largest));
        }
        {
            let screens = &mut *self.shared.borrow_mut();
            screens.want(ViewportId::ROOT, ViewportId::ROOT, builder);
            screens.open(ViewportId::ROOT, event_loop);
            let Some(pane) = screens.root() else { return event_loop.exit() };
            // what the app is made with depends on it
            let (info, scale) = (pane.info.clone(), egui_winit::pixels_per_point(&self.ctx, &pane.window));
            self.ctx.input_mut(|input| {
                input.raw.viewports.insert(ViewportId::ROOT, info);
                input.pixels_per_point = scale;
            });
        }
        self.app = Some(begin(&self.ctx));
        self.frame(event_loop);
    }

    /// Runs the app and paints what it shows, or, where nobody sees it, does what it does beside that.
    fn frame(&mut self, event_loop: &ActiveEventLoop) {
        let Some(app) = &mut self.app else { return };
        (self.begun, self.at_once) = (Instant::now(), false);
        // what is asked for from here on is for the next one
        *self.due.held() = None;
        let (mut input, is_seen) = {
            let screens = &mut *self.shared.borrow_mut();
            let Some(pane) = screens.root() else { return };
            let mut input = std::mem::take(&mut self.early);
            input.append(pane.take_input(&self.ctx));
            screens.complete(&mut input);
            (input, !screens.are_hidden())
        };
        let is_asked_to_close = input.viewport().close_requested();
        // whoever closes a hidden window is asked about unsaved work as any other
        if !is_seen && !is_asked_to_close {
            let done = self.ctx.run_logic(&input, |ctx| app.keep_unsaved(ctx));
            self.early = input;
            let screens = &mut *self.shared.borrow_mut();
            if let Some(pane) = screens.root() {
                pane.info.events.clear();
                pane.input.handle_platform_output_with_event_loop(
                    &pane.window.clone(),
                    event_loop,
                    done.platform_output,
                );
            }
            for (id, commands) in done.viewport_commands {
                screens.screens.get_mut(&id).into_iter().for_each(|it| it.commands.extend(commands.iter().cloned()));
                screens.carry_out(id);
            }
            return;
        }
        app.pace_input(&self.ctx, &mut input);
        let settles = self.shared.borrow_mut().heed(&input);
        let due = *self.due.held();
        let mut output = self.ctx.run_ui(input, |ui| {
            // egui has just asked for one more frame, at once: that waits, but for a wheel that still turns
            let waits = ui.ctx().current_pass_index() == 0 && !ui.input(egui::InputState::is_scrolling);
            if let Some(settles) = settles.filter(|_| waits) {
                *self.due.held() = Some(due.map_or(settles, |due| due.min(settles)));
            }
            app.keep_unsaved(ui.ctx());
            app.draw(ui);
        });
        let screens = &mut *self.shared.borrow_mut();
        let wanted = std::mem::take(&mut output.viewport_output);
        let stays = wanted.get(&ViewportId::ROOT).is_some_and(|it| it.commands.contains(&ViewportCommand::CancelClose));
        screens.show(ViewportId::ROOT, &mut output);
        screens.textures.free(&mut screens.delta);
        if let Some(pane) = screens.root() {
            pane.input.handle_platform_output_with_event_loop(&pane.window.clone(), event_loop, output.platform_output);
        }
        screens.follow(wanted, event_loop);
        if (is_asked_to_close && !stays) || screens.failure.is_some() {
            event_loop.exit();
        }
        if self.due.held().is_none_or(|when| when > self.begun + PACE) {
            screens.rest();
        }
    }

    /// Makes the frame that is due, and sleeps until the next.
    fn wait(&mut self, event_loop: &ActiveEventLoop) {
        let is_hidden = self.shared.borrow_mut().root().is_some_and(|pane| pane.is_hidden());
        let pace = if is_hidden { WHILE_HIDDEN } else { PACE };
        let next = |due: &Due, begun: Instant| due.held().map(|when| when.max(begun + pace));
        if next(&self.due, self.begun).is_some_and(|when| when <= Instant::now()) {
            *self.due.held() = None;
            self.ask();
        }
        if self.at_once && (is_hidden || !AWAITS_SYSTEM) {
            self.frame(event_loop);
        }
        let until = next(&self.due, self.begun);
        event_loop.set_control_flow(until.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    /// Asks for a frame as soon as all that came is taken.
    fn ask(&mut self) {
        self.at_once = true;
        if AWAITS_SYSTEM {
            self.shared.borrow_mut().root().into_iter().for_each(Pane::ask);
        }
    }

    /// A frame that the system asks for.
    fn repaint(&mut self, window: WindowId, event_loop: &ActiveEventLoop) {
        self.shared.borrow_mut().of(window).into_iter().for_each(Pane::begin_frame);
        // a second window is painted in the midst of the first one's frame
        self.frame(event_loop);
    }

    /// Takes what happens to a window; tells whether a frame has to follow.
    fn take(&self, window: WindowId, event: &WindowEvent) -> bool {
        let screens = &mut *self.shared.borrow_mut();
        let Some(pane) = screens.of(window) else { return false };
        pane.take_event(event)
    }
}

/// How long what happened may wait for what else comes; a key that is let go of, for the next one to be pressed.
fn patience(event: &WindowEvent) -> Option<Duration> {
    match event {
        WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Released => Some(SETTLING),
        // some pointers tell of a thousand places a second
        WindowEvent::CursorMoved { .. } | WindowEvent::MouseWheel { .. } => Some(Duration::ZERO),
        _ => None,
    }
}

/// The largest screen, in points.
fn largest_screen(event_loop: &ActiveEventLoop) -> Option<egui::Vec2> {
    let sizes = event_loop.available_monitors().map(|monitor| {
        let size = monitor.size().to_logical::<f32>(monitor.scale_factor());
        egui::vec2(size.width, size.height)
    });
    sizes.reduce(egui::Vec2::max).filter(|size| size.x > 0.0 && size.y > 0.0)
}

impl ApplicationHandler<News> for CpuWindow {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        self.open(event_loop);
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        self.wait(event_loop);
    }

    fn user_event(&mut self, _: &ActiveEventLoop, news: News) {
        match news {
            News::Repaint => {}
            News::Accessibility(event) => {
                if let Some(pane) = self.shared.borrow_mut().of(event.window_id) {
                    match event.window_event {
                        accesskit_winit::WindowEvent::InitialTreeRequested => self.ctx.enable_accesskit(),
                        accesskit_winit::WindowEvent::ActionRequested(request) => {
                            pane.input.on_accesskit_action_request(request);
                        }
                        accesskit_winit::WindowEvent::AccessibilityDeactivated => self.ctx.disable_accesskit(),
                    }
                }
                self.ask();
            }
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, window: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::RedrawRequested => self.repaint(window, event_loop),
            event if !self.take(window, &event) => {}
            // while an edge is dragged the system waits for a frame of the new size
            WindowEvent::Resized(_) if AWAITS_SYSTEM => self.frame(event_loop),
            event => match patience(&event) {
                Some(patience) => _ = self.due.by(Instant::now() + patience),
                None => self.ask(),
            },
        }
    }

    fn exiting(&mut self, _: &ActiveEventLoop) {
        if let Some(mut app) = self.app.take() {
            self.ctx.on_exit();
            app.end();
        }
        // windows are closed while the system still listens
        self.shared.borrow_mut().screens.clear();
    }
}
