use std::sync::Arc;

use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, PaintCallback, Primitive};
use egui::{
    ColorImage, Context, Event, Pos2, RawInput, Rect, TextureId, TextureOptions, TexturesDelta, Vec2, pos2, vec2,
};

use super::*;

const SIZE: [u32; 2] = [480, 320];

/// A window with what egui draws: text, fields, rounded and thin lines, a picture that is stretched.
struct Window {
    ctx: Context,
    text: String,
    on: bool,
    value: f32,
    picture: Option<egui::TextureHandle>,
}

impl Window {
    fn new() -> Self {
        Self { ctx: Context::default(), text: "Pump hall".into(), on: false, value: 0.4, picture: None }
    }

    fn run(&mut self, pixels_per_point: f32, events: Vec<Event>) -> (Vec<ClippedPrimitive>, TexturesDelta) {
        let points = vec2(SIZE[0] as f32, SIZE[1] as f32) / pixels_per_point;
        self.ctx.set_pixels_per_point(pixels_per_point);
        let input =
            RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, points)), events, ..Default::default() };
        let Self { ctx, text, on, value, picture } = self;
        let mut output = ctx.run_ui(input, |ui| {
            let picture = picture.get_or_insert_with(|| {
                let pixels = (0..64_u8).map(|at| Color32::from_rgb(at * 4, 255 - at * 3, at)).collect();
                ui.load_texture("picture", ColorImage::new([8, 8], pixels), TextureOptions::LINEAR)
            });
            egui::CentralPanel::default().show(ui, |ui| {
                ui.horizontal(|ui| {
                    let _ = ui.button("Zone");
                    ui.checkbox(on, "Trusted");
                    ui.add(egui::Slider::new(value, 0.0..=1.0));
                });
                ui.text_edit_singleline(text);
                ui.image((picture.id(), Vec2::splat(70.0)));
                egui::ScrollArea::vertical().show(ui, |ui| {
                    for row in 0..40 {
                        let _ = ui.selectable_label(row == 3, format!("SR 1.{row} Ünïcödé ΣΩ"));
                    }
                });
                let line = egui::Stroke::new(1.3, Color32::from_rgba_unmultiplied(200, 60, 20, 90));
                ui.painter().circle(pos2(300.0, 150.0), 40.0, Color32::from_rgba_unmultiplied(20, 90, 200, 120), line);
                ui.painter().line_segment([pos2(10.0, 10.0), pos2(400.0, 290.0)], line);
            });
        });
        let primitives = ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let delta = output.textures_delta.clone();
        output.textures_delta.clear();
        (primitives, delta)
    }
}

fn frame(primitives: &[ClippedPrimitive], pixels_per_point: f32) -> Frame<'_> {
    Frame { size: SIZE, pixels_per_point, ground: Color32::from_gray(30), primitives }
}

/// A painter with pictures of its own.
#[derive(Default)]
struct Screen {
    painter: Painter,
    textures: Textures,
}

impl Screen {
    /// Tells how many pixels were painted.
    fn show(&mut self, frame: Frame, delta: &mut TexturesDelta) -> usize {
        self.textures.set(delta);
        let pixels = self.painter.paint(frame, &self.textures).iter().map(|area| area.pixels()).sum();
        self.textures.free(delta);
        pixels
    }

    fn at(&self, x: u32, y: u32) -> u32 {
        self.painter.pixels()[(y * SIZE[0] + x) as usize]
    }
}

#[test]
fn what_changed_alone_is_painted_and_comes_to_the_same_as_all() {
    let mut random = fastrand::Rng::with_seed(3);
    for pixels_per_point in [1.0, 1.25, 1.5, 2.0] {
        let (mut window, mut screen) = (Window::new(), Screen::default());
        for turn in 0..120 {
            let at = pos2(random.f32() * 400.0, random.f32() * 300.0);
            let button = |pressed| Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            };
            let events = match random.u8(..4) {
                0 => vec![Event::PointerMoved(at), button(true), button(false)],
                1 => vec![Event::Text(random.alphabetic().to_string())],
                _ => vec![Event::PointerMoved(at)],
            };
            let (primitives, mut delta) = window.run(pixels_per_point, events);
            screen.show(frame(&primitives, pixels_per_point), &mut delta);
            if turn % 10 == 0 {
                let partly = screen.painter.pixels().to_vec();
                screen.painter.forget();
                let all = screen.show(frame(&primitives, pixels_per_point), &mut delta);
                assert_eq!(all, Area::whole(SIZE).pixels());
                assert!(partly == screen.painter.pixels(), "turn {turn} at {pixels_per_point}");
            }
        }
    }
}

#[test]
fn a_pointer_over_a_button_repaints_a_few_tiles() {
    let (mut window, mut screen) = (Window::new(), Screen::default());
    for _ in 0..3 {
        let (primitives, mut delta) = window.run(1.0, Vec::new());
        screen.show(frame(&primitives, 1.0), &mut delta);
    }
    let (primitives, mut delta) = window.run(1.0, Vec::new());
    assert_eq!(screen.show(frame(&primitives, 1.0), &mut delta), 0, "nothing happened");
    let (primitives, mut delta) = window.run(1.0, vec![Event::PointerMoved(pos2(25.0, 18.0))]);
    let changed = screen.show(frame(&primitives, 1.0), &mut delta);
    assert!(changed > 0 && changed * 20 < Area::whole(SIZE).pixels(), "{changed} pixels");
}

#[test]
fn glyphs_are_the_same_copied_or_drawn_as_triangles() {
    let mut window = Window::new();
    let (primitives, mut delta) = window.run(1.5, Vec::new());
    let mut apart = primitives.clone();
    for clipped in &mut apart {
        if let Primitive::Mesh(mesh) = &mut clipped.primitive {
            // the other way around no rectangle is seen
            mesh.indices.chunks_exact_mut(3).for_each(|triangle| triangle.swap(0, 1));
        }
    }
    let (mut copied, mut drawn) = (Screen::default(), Screen::default());
    copied.show(frame(&primitives, 1.5), &mut delta.clone());
    drawn.show(frame(&apart, 1.5), &mut delta);
    let bytes =
        |screen: &Screen| screen.painter.pixels().iter().flat_map(|pixel| pixel.to_be_bytes()).collect::<Vec<_>>();
    let most = bytes(&copied).iter().zip(bytes(&drawn)).map(|(one, other)| one.abs_diff(other)).max();
    assert!(most.is_some_and(|most| most <= 1), "{most:?}");
}

#[test]
fn a_picture_that_changes_is_painted_again_where_it_is_seen() {
    let mut mesh = Mesh::with_texture(TextureId::User(7));
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh.add_rect_with_uv(Rect::from_min_size(pos2(70.0, 40.0), Vec2::splat(8.0)), uv, Color32::WHITE);
    let primitives = [ClippedPrimitive { clip_rect: Rect::EVERYTHING, primitive: Primitive::Mesh(mesh) }];
    let filled = |pos, side, colour| {
        let image = egui::ImageData::Color(ColorImage::filled([side; 2], colour).into());
        let mut delta = TexturesDelta::default();
        delta.push(TextureId::User(7), ImageDelta { image, options: TextureOptions::NEAREST, pos });
        delta
    };
    let mut screen = Screen::default();
    screen.show(frame(&primitives, 1.0), &mut filled(None, 8, Color32::RED));
    assert_eq!([screen.at(70, 40), screen.at(77, 47), screen.at(78, 47)], [0xffff_0000, 0xffff_0000, 0xff1e_1e1e]);
    let changed = screen.show(frame(&primitives, 1.0), &mut filled(Some([4, 4]), 2, Color32::GREEN));
    assert_eq!([screen.at(73, 44), screen.at(74, 44), screen.at(76, 44)], [0xffff_0000, 0xff00_ff00, 0xffff_0000]);
    assert!(changed > 0 && changed < 64 * 64);
    let changed = screen.show(frame(&primitives, 1.0), &mut filled(None, 8, Color32::BLUE));
    assert!(changed > 0 && screen.at(70, 40) == 0xff00_00ff);
}

#[test]
fn another_size_is_painted_anew() {
    let mut window = Window::new();
    let (primitives, mut delta) = window.run(1.0, Vec::new());
    let mut screen = Screen::default();
    screen.show(frame(&primitives, 1.0), &mut delta);
    for size in [[481, 320], [1, 1], [0, 0], [0, 9], [480, 320]] {
        let areas = screen.painter.paint(Frame { size, ..frame(&primitives, 1.0) }, &screen.textures).to_vec();
        assert_eq!(areas.iter().map(|area| area.pixels()).sum::<usize>(), Area::whole(size).pixels());
        assert_eq!((screen.painter.pixels().len(), screen.painter.size()), (Area::whole(size).pixels(), size));
    }
}

#[test]
fn meshes_that_are_not_whole_and_callbacks_draw_nothing() {
    let mut broken = Mesh { indices: vec![0, 1, 9, 4], ..Mesh::default() };
    broken.colored_vertex(pos2(0.0, 0.0), Color32::RED);
    broken.colored_vertex(pos2(f32::NAN, f32::INFINITY), Color32::RED);
    let callback = PaintCallback { rect: Rect::EVERYTHING, callback: Arc::new(()) };
    let primitives = [Primitive::Mesh(broken), Primitive::Callback(callback)]
        .map(|primitive| ClippedPrimitive { clip_rect: Rect::EVERYTHING, primitive });
    let (_, mut delta) = Window::new().run(1.0, Vec::new());
    let mut screen = Screen::default();
    screen.show(frame(&primitives, 1.0), &mut delta);
    assert!(screen.painter.pixels().iter().all(|&pixel| pixel == 0xff1e_1e1e));
}
