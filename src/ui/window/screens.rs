//! The windows of the program that the processor paints, and what they have in common.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use egui::{
    Context, Event, FullOutput, ImmediateViewport, RawInput, TexturesDelta, ViewportBuilder, ViewportCommand,
    ViewportId, ViewportInfo, ViewportOutput,
};
use egui_winit::ActionRequested;
use egui_winit::winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use egui_winit::winit::window::WindowId;

use super::cpu::{Due, News, SETTLING};
use super::pane::Pane;
use crate::render::Textures;
use crate::ui::commands::is_typed;
use crate::ui::timing;

/// The window until the system says how large it is.
const ASSUMED: egui::Vec2 = egui::vec2(1024.0, 700.0);

/// All windows of the program, and what they have in common.
pub(super) struct Screens {
    pub ctx: Context,
    pub proxy: EventLoopProxy<News>,
    pub textures: Textures,
    /// Pictures to let go of once the first window is painted.
    pub delta: TexturesDelta,
    pub screens: BTreeMap<ViewportId, Screen>,
    pub due: Due,
    /// Why the program has to end.
    pub failure: Option<String>,
    pub since: Instant,
    /// What a frame moved is looked at once more, but not before this.
    pub settles: Instant,
}

/// A window that is wanted, and the one that stands once it is open.
pub(super) struct Screen {
    pub builder: ViewportBuilder,
    pub commands: Vec<ViewportCommand>,
    pub pane: Option<Pane>,
}

impl Screens {
    pub(super) fn root(&mut self) -> Option<&mut Pane> {
        self.screens.get_mut(&ViewportId::ROOT)?.pane.as_mut()
    }

    pub(super) fn of(&mut self, window: WindowId) -> Option<&mut Pane> {
        self.screens.values_mut().filter_map(|it| it.pane.as_mut()).find(|it| it.window.id() == window)
    }

    /// Whether nothing of any window can be seen.
    pub(super) fn are_hidden(&mut self) -> bool {
        let ctx = &self.ctx;
        self.screens.values_mut().filter_map(|it| it.pane.as_mut()).fold(true, |all, pane| {
            pane.look(ctx);
            all && pane.is_hidden()
        })
    }

    /// Tells egui that no further frame follows for now. It counts on two after each that was asked for at once, which
    /// are left out or wait, and would take the time until the next for the length of a frame.
    pub(super) fn rest(&mut self) {
        for (id, screen) in &self.screens {
            let Some(pane) = &screen.pane else { continue };
            let mut input =
                RawInput { viewport_id: *id, focused: pane.input.egui_input().focused, ..RawInput::default() };
            self.complete(&mut input);
            for _ in 0..2 {
                // nothing is done in it, and what it could carry was carried out
                let _ = self.ctx.run_logic(&input, |_| {});
                if !self.ctx.has_requested_repaint_for(id) {
                    break;
                }
            }
        }
    }

    /// Heeds what came; tells until when the last look at it may wait, if it may.
    pub(super) fn heed(&mut self, input: &RawInput) -> Option<Instant> {
        if input.events.is_empty() {
            return None;
        }
        let waits = may_wait(&self.ctx, &input.events);
        self.settles = Instant::now() + if waits { SETTLING } else { Duration::ZERO };
        waits.then_some(self.settles)
    }

    /// What egui is told of all windows, and the time.
    pub(super) fn complete(&self, input: &mut RawInput) {
        input.time = Some(self.since.elapsed().as_secs_f64());
        let info = |it: &Screen| it.pane.as_ref().map_or_else(ViewportInfo::default, |pane| pane.info.clone());
        input.viewports = self.screens.iter().map(|(id, it)| (*id, info(it))).collect();
    }

    /// Takes the pictures of a frame, and paints it where its window stands.
    pub(super) fn show(&mut self, id: ViewportId, output: &mut FullOutput) {
        self.textures.set(&mut output.textures_delta);
        self.delta.append(std::mem::take(&mut output.textures_delta));
        let Some(pane) = self.screens.get_mut(&id).and_then(|it| it.pane.as_mut()) else { return };
        pane.info.events.clear();
        match pane.show(&self.ctx, output, &self.textures) {
            // what was shown anew may move other things, which the next frame sees
            Ok(has_changed) if has_changed && !timing::keeps_changing(&self.ctx) => {
                self.due.by(self.settles.max(Instant::now()));
            }
            Ok(_) => {}
            Err(why) => self.lose(id, why),
        }
    }

    /// Notes a window that is wanted, or what is to be changed of it.
    pub(super) fn want(&mut self, id: ViewportId, parent: ViewportId, mut builder: ViewportBuilder) -> &mut Screen {
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
    pub(super) fn follow(&mut self, wanted: BTreeMap<ViewportId, ViewportOutput>, event_loop: &ActiveEventLoop) {
        self.screens.retain(|id, _| wanted.contains_key(id));
        for (id, output) in wanted {
            let screen = self.want(id, output.parent, output.builder);
            screen.commands.extend(output.commands);
            self.open(id, event_loop);
            self.carry_out(id);
        }
    }

    /// Opens the window if it does not stand yet; the first frame shows it.
    pub(super) fn open(&mut self, id: ViewportId, event_loop: &ActiveEventLoop) {
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
    pub(super) fn carry_out(&mut self, id: ViewportId) {
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

/// Whether what came moves little beside itself: letters in a field, or a pointer that passes by and holds nothing.
fn may_wait(ctx: &Context, events: &[Event]) -> bool {
    let is_passing = |it: &Event| matches!(it, Event::PointerMoved(_));
    let is_letter = |it: &Event| match it {
        Event::Text(_) => true,
        Event::Key { key, modifiers, .. } => is_typed(*key, *modifiers),
        _ => false,
    };
    if events.iter().any(|it| matches!(it, Event::Text(_))) {
        return ctx.text_edit_focused() && events.iter().all(|it| is_letter(it) || is_passing(it));
    }
    events.iter().all(is_passing) && !ctx.input(|it| it.pointer.any_down())
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
pub(super) fn show_second(screens: &RefCell<Screens>, viewport: ImmediateViewport) {
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

#[cfg(test)]
mod tests {
    use egui::{Modifiers, PointerButton, pos2};

    use super::*;

    #[test]
    fn letters_in_a_field_and_a_passing_pointer_may_wait_and_nothing_else() {
        let ctx = Context::default();
        let mut text = String::new();
        let mut frame = |events: Vec<Event>| {
            let waits = may_wait(&ctx, &events);
            let input = RawInput { events, ..RawInput::default() };
            ctx.run_ui(input, |ui| _ = ui.text_edit_singleline(&mut text)).textures_delta.clear();
            waits
        };
        let at = pos2(20.0, 10.0);
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        assert!(!frame(vec![Event::Text("a".to_owned())]), "a letter for no field may be a command");
        assert!(frame(vec![Event::PointerMoved(at)]));
        assert!(!frame(vec![Event::PointerMoved(at), button(true)]));
        assert!(!frame(vec![Event::PointerMoved(pos2(30.0, 10.0))]), "it drags");
        assert!(!frame(vec![button(false)]));
        assert!(frame(vec![Event::PointerMoved(at)]));
        let key =
            |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        let letter = || Event::Text("a".to_owned());
        assert!(frame(vec![key(egui::Key::A), letter()]), "the field was clicked into");
        assert!(!frame(vec![letter(), key(egui::Key::Enter)]), "what is agreed to is seen at once");
    }
}
