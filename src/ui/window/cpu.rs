//! The window without a graphics card: the processor paints it, and nothing of OpenGL is asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use egui::{
    Context, Event, FullOutput, ImmediateViewport, RawInput, TexturesDelta, ViewportBuilder, ViewportCommand,
    ViewportId, ViewportInfo, ViewportOutput,
};
use egui_winit::winit::application::ApplicationHandler;
use egui_winit::winit::event::{StartCause, WindowEvent};
use egui_winit::winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use egui_winit::winit::window::WindowId;
use egui_winit::{ActionRequested, accesskit_winit};

use super::pane::Pane;
use crate::render::Textures;
use crate::ui::app::App;

/// How often a hidden window does what is not seen, such as keeping a copy of unsaved work.
const WHILE_HIDDEN: Duration = Duration::from_millis(100);
/// A frame that the system does not ask for by then is not waited for any longer: the window may be covered.
const OVERDUE: Duration = Duration::from_millis(250);
/// The window until the system says how large it is.
const ASSUMED: egui::Vec2 = egui::vec2(1024.0, 700.0);

/// What reaches the window from elsewhere.
pub(super) enum News {
    /// A frame is wanted.
    Repaint { viewport: ViewportId, when: Instant, pass: u64 },
    /// What a screen reader asks.
    Accessibility(accesskit_winit::Event),
}

impl From<accesskit_winit::Event> for News {
    fn from(event: accesskit_winit::Event) -> Self {
        Self::Accessibility(event)
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
    let repaint = proxy.clone();
    ctx.set_request_repaint_callback(move |info| {
        let when = Instant::now() + info.delay;
        let news = News::Repaint { viewport: info.viewport_id, when, pass: info.current_cumulative_pass_nr };
        // a window that is gone wants no frame
        let _ = repaint.send_event(news);
    });
    let shared = Rc::new(RefCell::new(Screens {
        ctx: ctx.clone(),
        proxy,
        textures: Textures::default(),
        delta: TexturesDelta::default(),
        screens: BTreeMap::new(),
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
        next: None,
        asked: None,
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
        if let Err(why) = pane.show(&self.ctx, output, &self.textures) {
            self.failure = Some(why);
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
            Err(why) => self.failure = Some(why),
        }
    }

    /// Does to a window what egui asks for.
    fn carry_out(&mut self, id: ViewportId) {
        let Some(screen) = self.screens.get_mut(&id) else { return };
        let Some(pane) = &mut screen.pane else { return };
        let commands = std::mem::take(&mut screen.commands);
        egui_winit::process_viewport_commands(&self.ctx, &mut pane.info, commands, &pane.window, &mut pane.actions);
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
    /// When a frame is due.
    next: Option<Instant>,
    /// Since when the system owes a frame that was asked for.
    asked: Option<Instant>,
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
        // a window that is not shown yet may never be asked for a frame
        self.frame(event_loop, true);
    }

    /// Runs the app and paints what it shows, or, where nobody sees it, does what it does beside that.
    fn frame(&mut self, event_loop: &ActiveEventLoop, is_seen: bool) {
        let Some(app) = &mut self.app else { return };
        let (mut input, is_seen) = {
            let screens = &mut *self.shared.borrow_mut();
            let Some(pane) = screens.root() else { return };
            let mut input = std::mem::take(&mut self.early);
            input.append(pane.take_input(&self.ctx));
            screens.complete(&mut input);
            let all_hidden = screens.screens.values().filter_map(|it| it.pane.as_ref()).all(Pane::is_hidden);
            (input, is_seen && !all_hidden)
        };
        app.pace_input(&self.ctx, &mut input);
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
    }

    /// Asks for the frame that is due, and sleeps until the next.
    fn wait(&mut self, event_loop: &ActiveEventLoop) {
        let now = Instant::now();
        if self.next.is_some_and(|when| when <= now) {
            self.next = None;
            let is_hidden = self.shared.borrow_mut().root().is_some_and(|pane| pane.is_hidden());
            if is_hidden {
                self.frame(event_loop, true);
                self.next = self.next.map(|when| when.max(now + WHILE_HIDDEN));
            } else {
                self.ask();
            }
        }
        if self.asked.is_some_and(|since| since + OVERDUE <= now) {
            self.asked = None;
            self.frame(event_loop, false);
        }
        let until = self.next.into_iter().chain(self.asked.map(|since| since + OVERDUE)).min();
        event_loop.set_control_flow(until.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    /// Asks the system for a frame.
    fn ask(&mut self) {
        if let Some(pane) = self.shared.borrow_mut().root() {
            pane.ask();
            self.asked.get_or_insert_with(Instant::now);
        }
    }

    /// A frame that the system asks for.
    fn repaint(&mut self, window: WindowId, event_loop: &ActiveEventLoop) {
        let is_first = {
            let screens = &mut *self.shared.borrow_mut();
            let first = screens.root().map(|pane| pane.window.id());
            screens.of(window).into_iter().for_each(Pane::begin_frame);
            first == Some(window)
        };
        if is_first {
            self.asked = None;
            self.frame(event_loop, true);
        } else {
            // a second window is painted in the midst of the first one's frame
            self.ask();
        }
    }

    /// Takes what happens to a window; tells whether a frame has to follow.
    fn take(&self, window: WindowId, event: &WindowEvent) -> bool {
        let screens = &mut *self.shared.borrow_mut();
        let Some(pane) = screens.of(window) else { return false };
        match event {
            WindowEvent::Occluded(is_occluded) => pane.info.occluded = Some(*is_occluded),
            WindowEvent::CloseRequested => {
                pane.info.events.push(egui::ViewportEvent::Close);
                self.ctx.request_repaint_of(ViewportId::ROOT);
            }
            _ => {}
        }
        let standing = pane.window.clone();
        pane.input.on_window_event(&standing, event).repaint
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

    fn new_events(&mut self, event_loop: &ActiveEventLoop, _: StartCause) {
        self.wait(event_loop);
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, news: News) {
        match news {
            News::Repaint { viewport, when, pass } => {
                // one that was asked for before the last frame is done
                let done = self.ctx.cumulative_pass_nr_for(viewport);
                if done <= pass + 1 {
                    self.next = Some(self.next.map_or(when, |next| next.min(when)));
                }
            }
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
        self.wait(event_loop);
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, window: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::RedrawRequested => self.repaint(window, event_loop),
            event => {
                if self.take(window, &event) {
                    // while Windows drags an edge it waits for a frame of the new size
                    if cfg!(target_os = "windows") && matches!(event, WindowEvent::Resized(_)) {
                        self.frame(event_loop, true);
                    } else {
                        self.ask();
                    }
                }
            }
        }
        self.wait(event_loop);
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
