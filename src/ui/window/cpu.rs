//! The window without a graphics card: the processor paints it, and nothing of OpenGL is asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use egui::{
    Context, Event, FullOutput, ImmediateViewport, RawInput, TexturesDelta, ViewportBuilder, ViewportCommand,
    ViewportId, ViewportInfo, ViewportOutput,
};
use egui_winit::winit::application::ApplicationHandler;
use egui_winit::winit::event::{ElementState, WindowEvent};
use egui_winit::winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use egui_winit::winit::window::WindowId;
use egui_winit::{ActionRequested, accesskit_winit};

use super::pane::Pane;
use crate::render::Textures;
use crate::ui::app::App;
use crate::ui::timing;

/// What moves by itself moves on this often, as on most screens. What is typed and pointed at need not wait for it.
const PACE: Duration = Duration::from_nanos(1_000_000_000 / 60);
/// That a key was let go of may wait for the next one to be pressed; nothing but what is held as long as a key is
/// shows it.
const RELEASE: Duration = Duration::from_millis(100);
/// How often a hidden window does what is not seen, such as keeping a copy of unsaved work.
const WHILE_HIDDEN: Duration = Duration::from_millis(100);
/// Windows lets nobody else have a turn while an edge or a title is dragged, but asks for frames itself; elsewhere
/// a frame is made as soon as all that came is taken, and what the system asks for is what something laid bare.
const AWAITS_SYSTEM: bool = cfg!(target_os = "windows");
/// The window until the system says how large it is.
const ASSUMED: egui::Vec2 = egui::vec2(1024.0, 700.0);

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
struct Due(Arc<Mutex<Option<Instant>>>);

impl Due {
    fn held(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a frame by then; tells whether none was asked for sooner.
    fn by(&self, when: Instant) -> bool {
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

/// All windows of the program, and what they have in common.
struct Screens {
    ctx: Context,
    proxy: EventLoopProxy<News>,
    textures: Textures,
    /// Pictures to let go of once the first window is painted.
    delta: TexturesDelta,
    screens: BTreeMap<ViewportId, Screen>,
    due: Due,
    /// Why the program has to end.
    failure: Option<String>,
    since: Instant,
}

/// A window that is wanted, and the one that stands once it is open.
struct Screen {
    builder: ViewportBuilder,
    commands: Vec<ViewportCommand>,
    pane: Option<Pane>,
}

impl Screens {
    fn root(&mut self) -> Option<&mut Pane> {
        self.screens.get_mut(&ViewportId::ROOT)?.pane.as_mut()
    }

    fn of(&mut self, window: WindowId) -> Option<&mut Pane> {
        self.screens.values_mut().filter_map(|it| it.pane.as_mut()).find(|it| it.window.id() == window)
    }

    /// Whether nothing of any window can be seen.
    fn are_hidden(&mut self) -> bool {
        let ctx = &self.ctx;
        self.screens.values_mut().filter_map(|it| it.pane.as_mut()).fold(true, |all, pane| {
            pane.look(ctx);
            all && pane.is_hidden()
        })
    }

    /// Tells egui that no further frame follows for now. It counts on one more after each that was asked for at once,
    /// which is left out where nothing changed, and would take the time until the next for the length of a frame.
    fn rest(&mut self) {
        for (id, screen) in &self.screens {
            let Some(pane) = &screen.pane else { continue };
            let mut input =
                RawInput { viewport_id: *id, focused: pane.input.egui_input().focused, ..RawInput::default() };
            self.complete(&mut input);
            // nothing is done in it, and what it could carry was carried out
            let _ = self.ctx.run_logic(&input, |_| {});
        }
    }

    /// What egui is told of all windows, and the time.
    fn complete(&self, input: &mut RawInput) {
        input.time = Some(self.since.elapsed().as_secs_f64());
        let info = |it: &Screen| it.pane.as_ref().map_or_else(ViewportInfo::default, |pane| pane.info.clone());
        input.viewports = self.screens.iter().map(|(id, it)| (*id, info(it))).collect();
    }

    /// Takes the pictures of a frame, and paints it where its window stands.
    fn show(&mut self, id: ViewportId, output: &mut FullOutput) {
        self.textures.set(&mut output.textures_delta);
        self.delta.append(std::mem::take(&mut output.textures_delta));
        let Some(pane) = self.screens.get_mut(&id).and_then(|it| it.pane.as_mut()) else { return };
        pane.info.events.clear();
        match pane.show(&self.ctx, output, &self.textures) {
            // what was shown anew may move other things, which the next frame sees
            Ok(has_changed) if has_changed && !timing::is_shown(&self.ctx) => _ = self.due.by(Instant::now()),
            Ok(_) => {}
            Err(why) => self.lose(id, why),
        }
    }

    /// Notes a window that is wanted, or what is to be changed of it.
    fn want(&mut self, id: ViewportId, parent: ViewportId, mut builder: ViewportBuilder) -> &mut Screen {
        if builder.icon.is_none() {
            builder.icon = self.screens.get(&parent).and_then(|it| it.builder.icon.clone());
        }
        let screen = self.screens.entry(id).or_insert_with(|| Screen {
            builder: builder.clone(),
            commands: Vec::new(),
            pane: None,
        });
        let (commands, is_another) = screen.builder.patch(builder);
        if is_another {
            screen.pane = None;
        }
        screen.commands.extend(commands);
        screen
    }

    /// Opens windows that are wanted, closes those that are not, and does to the others what was asked for.
    fn follow(&mut self, wanted: BTreeMap<ViewportId, ViewportOutput>, event_loop: &ActiveEventLoop) {
        self.screens.retain(|id, _| wanted.contains_key(id));
        for (id, output) in wanted {
            let screen = self.want(id, output.parent, output.builder);
            screen.commands.extend(output.commands);
            self.open(id, event_loop);
            self.carry_out(id);
        }
    }

    /// Opens the window if it does not stand yet; the first frame shows it.
    fn open(&mut self, id: ViewportId, event_loop: &ActiveEventLoop) {
        let Some(screen) = self.screens.get_mut(&id).filter(|it| it.pane.is_none()) else { return };
        let builder = screen.builder.clone().with_visible(false);
        let opened = egui_winit::create_window(&self.ctx, event_loop, &builder)
            .map_err(|error| error.to_string())
            .and_then(|window| Pane::new(&self.ctx, id, window, event_loop, self.proxy.clone()));
        match opened {
            Ok(pane) => {
                screen.pane = Some(pane);
                self.ctx.request_repaint_of(ViewportId::ROOT);
            }
            Err(why) => self.lose(id, why),
        }
    }

    /// The system refuses a window: the program ends with the first one, but goes on without another.
    fn lose(&mut self, id: ViewportId, why: String) {
        if id == ViewportId::ROOT {
            self.failure = Some(why);
        } else {
            // whoever wants it is told that there is none to be had
            self.screens.remove(&id);
            self.ctx.set_embed_viewports(true);
            self.ctx.request_repaint_of(ViewportId::ROOT);
        }
    }

    /// Does to a window what egui asks for.
    fn carry_out(&mut self, id: ViewportId) {
        let Some(screen) = self.screens.get_mut(&id) else { return };
        let Some(pane) = &mut screen.pane else { return };
        let commands = std::mem::take(&mut screen.commands);
        pane.carry_out(&self.ctx, commands);
        for action in std::mem::take(&mut pane.actions) {
            let event = match action {
                ActionRequested::Cut => Some(Event::Cut),
                ActionRequested::Copy => Some(Event::Copy),
                ActionRequested::Paste => pasted(pane),
                ActionRequested::Screenshot(_) | ActionRequested::PaintWhileHidden => None,
            };
            if let Some(event) = event {
                pane.input.egui_input_mut().events.push(event);
                pane.ask();
            }
        }
    }
}

/// What the clipboard holds.
fn pasted(pane: &mut Pane) -> Option<Event> {
    if let Some(text) = pane.input.clipboard_text() {
        let text = text.replace("\r\n", "\n");
        return (!text.is_empty()).then_some(Event::Paste(text));
    }
    pane.input.clipboard_image().map(|image| Event::PasteImage(image.into()))
}

/// Runs and paints a second window in the midst of the first one's frame. One that is not open yet is run for
/// nobody to see, and stands with the next frame.
fn show_second(screens: &RefCell<Screens>, viewport: ImmediateViewport) {
    let ImmediateViewport { ids, builder, mut viewport_ui_cb } = viewport;
    let (ctx, input) = {
        let held = &mut *screens.borrow_mut();
        let ctx = held.ctx.clone();
        held.want(ids.this, ids.parent, builder);
        let pane = held.screens.get_mut(&ids.this).and_then(|it| it.pane.as_mut());
        let mut input = pane.map_or_else(
            || RawInput {
                viewport_id: ids.this,
                screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, ASSUMED)),
                ..RawInput::default()
            },
            |pane| pane.take_input(&ctx),
        );
        held.complete(&mut input);
        (ctx, input)
    };
    // nothing is borrowed here, for what is run may open further windows
    let mut output = ctx.run_ui(input, |ui| viewport_ui_cb(ui));
    let held = &mut *screens.borrow_mut();
    held.show(ids.this, &mut output);
    if let Some(screen) = held.screens.get_mut(&ids.this)
        && let Some(pane) = &mut screen.pane
    {
        pane.input.handle_platform_output(&pane.window, output.platform_output);
    }
    for (id, output) in output.viewport_output {
        if let Some(screen) = held.screens.get_mut(&id) {
            screen.commands.extend(output.commands);
        }
    }
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
        let mut output = self.ctx.run_ui(input, |ui| {
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
        WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Released => Some(RELEASE),
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
