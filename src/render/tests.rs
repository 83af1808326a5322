use std::cell::Cell;
use std::sync::Arc;

use egui::epaint::{ImageDelta, Mesh, PaintCallback};
use egui::{
    ColorImage, Context, Event, Pos2, RawInput, Rect, Shape, TextureId, TextureOptions, TexturesDelta, Vec2, pos2, vec2,
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

    fn run(&mut self, pixels_per_point: f32, events: Vec<Event>) -> (Vec<ClippedShape>, TexturesDelta) {
        let points = vec2(SIZE[0] as f32, SIZE[1] as f32) / pixels_per_point;
        self.ctx.set_pixels_per_point(pixels_per_point);
        let input =
            RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, points)), events, ..Default::default() };
        let Self { ctx, text, on, value, picture } = self;
        let output = ctx.run_ui(input, |ui| {
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
        (output.shapes, output.textures_delta)
    }
}

fn frame(pixels_per_point: f32) -> Frame {
    Frame { size: SIZE, pixels_per_point, ground: Color32::from_gray(30) }
}

/// A painter with pictures of its own.
#[derive(Default)]
struct Screen {
    painter: Painter,
    textures: Textures,
}

impl Screen {
    /// Tells how many pixels were painted.
    fn show(&mut self, ctx: &Context, scale: f32, shapes: Vec<ClippedShape>, delta: &mut TexturesDelta) -> usize {
        self.textures.set(delta);
        let cut = |shape| ctx.tessellate(vec![shape], scale);
        let pixels =
            self.painter.paint(frame(scale), shapes, &self.textures, &cut).iter().map(|area| area.pixels()).sum();
        self.textures.free(delta);
        pixels
    }

    /// What a painter that saw nothing before makes of it.
    fn anew(&self, ctx: &Context, scale: f32, shapes: Vec<ClippedShape>) -> Vec<u32> {
        let mut painter = Painter::default();
        painter.paint(frame(scale), shapes, &self.textures, &|shape| ctx.tessellate(vec![shape], scale));
        painter.pixels().to_vec()
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
            let (shapes, mut delta) = window.run(pixels_per_point, events);
            screen.show(&window.ctx, pixels_per_point, shapes.clone(), &mut delta);
            if turn % 5 == 0 {
                let anew = screen.anew(&window.ctx, pixels_per_point, shapes);
                let differing: Vec<usize> =
                    (0..anew.len()).filter(|&at| anew[at] != screen.painter.pixels()[at]).collect();
                let places: Vec<_> = differing.iter().take(5).map(|at| (at % 480, at / 480)).collect();
                assert!(differing.is_empty(), "turn {turn} at {pixels_per_point}: {} at {places:?}", differing.len());
            }
        }
    }
}

#[test]
fn a_pointer_over_a_button_repaints_a_few_tiles_and_cuts_few_shapes() {
    let (mut window, mut screen) = (Window::new(), Screen::default());
    for _ in 0..3 {
        let (shapes, mut delta) = window.run(1.0, Vec::new());
        screen.show(&window.ctx, 1.0, shapes, &mut delta);
    }
    let (shapes, mut delta) = window.run(1.0, Vec::new());
    assert_eq!(screen.show(&window.ctx, 1.0, shapes, &mut delta), 0, "nothing happened");
    let (shapes, mut delta) = window.run(1.0, vec![Event::PointerMoved(pos2(25.0, 18.0))]);
    screen.textures.set(&mut delta);
    let (all, cuts) = (shapes.len(), Cell::new(0));
    let cut = |shape| {
        cuts.set(cuts.get() + 1);
        window.ctx.tessellate(vec![shape], 1.0)
    };
    let changed = screen.painter.paint(frame(1.0), shapes, &screen.textures, &cut);
    let changed: usize = changed.iter().map(|area| area.pixels()).sum();
    assert!(changed > 0 && changed * 20 < Area::whole(SIZE).pixels(), "{changed} pixels");
    assert!(cuts.get() > 0 && cuts.get() * 5 < all, "{} of {all} shapes", cuts.get());
}

#[test]
fn the_painter_asks_for_no_memory_once_it_has_seen_such_frames() {
    let (mut window, mut screen) = (Window::new(), Screen::default());
    let mut asked = Vec::new();
    for turn in 0..240 {
        // from row to row, over the button and the slider and away from them
        let at = pos2([20.0, 90.0, 170.0, 450.0][turn % 4], [15.0, 150.0, 180.0, 210.0, 240.0][turn % 5]);
        let (shapes, mut delta) = window.run(1.0, vec![Event::PointerMoved(at)]);
        screen.textures.set(&mut delta);
        // triangles are cut by egui
        let ctx = &window.ctx;
        let cut = |shape| {
            let mut cut = Vec::new();
            allocation_counter::opt_out(|| cut = ctx.tessellate(vec![shape], 1.0));
            cut
        };
        let Screen { painter, textures } = &mut screen;
        let mut changed = 0;
        let memory = allocation_counter::measure(|| changed = painter.paint(frame(1.0), shapes, textures, &cut).len());
        textures.free(&mut delta);
        asked.push((memory.count_total, changed));
    }
    let (first, later) = asked.split_at(200);
    assert!(first[0].0 > 100, "what is counted is counted: {first:?}");
    assert!(later.iter().any(|(_, changed)| *changed > 0), "something is painted: {later:?}");
    assert!(later.iter().all(|(count, _)| *count == 0), "{later:?}");
}

#[test]
fn glyphs_are_the_same_copied_or_drawn_as_triangles() {
    let mut window = Window::new();
    let (shapes, mut delta) = window.run(1.5, Vec::new());
    let mut screen = Screen::default();
    screen.show(&window.ctx, 1.5, shapes.clone(), &mut delta);
    let apart = |shape| {
        let mut primitives = window.ctx.tessellate(vec![shape], 1.5);
        for clipped in &mut primitives {
            if let Primitive::Mesh(mesh) = &mut clipped.primitive {
                // the other way around no rectangle is seen
                mesh.indices.chunks_exact_mut(3).for_each(|triangle| triangle.swap(0, 1));
            }
        }
        primitives
    };
    let mut drawn = Painter::default();
    drawn.paint(frame(1.5), shapes, &screen.textures, &apart);
    let bytes = |painter: &Painter| painter.pixels().iter().flat_map(|pixel| pixel.to_be_bytes()).collect::<Vec<_>>();
    let most = bytes(&screen.painter).iter().zip(bytes(&drawn)).map(|(one, other)| one.abs_diff(other)).max();
    assert!(most.is_some_and(|most| most <= 1), "{most:?}");
}

fn everywhere(shape: Shape) -> ClippedShape {
    ClippedShape {
        clip_rect: Rect::EVERYTHING,
        shape,
        transform_after_tessellation: egui::emath::TSTransform::IDENTITY,
    }
}

#[test]
fn a_picture_that_changes_is_painted_again_where_it_is_seen() {
    let (mut window, mut screen) = (Window::new(), Screen::default());
    let (_, mut delta) = window.run(1.0, Vec::new());
    screen.show(&window.ctx, 1.0, Vec::new(), &mut delta);
    let mut mesh = Mesh::with_texture(TextureId::User(7));
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh.add_rect_with_uv(Rect::from_min_size(pos2(70.0, 40.0), Vec2::splat(8.0)), uv, Color32::WHITE);
    let shapes = vec![everywhere(Shape::from(mesh))];
    let filled = |pos, side, colour| {
        let image = egui::ImageData::Color(ColorImage::filled([side; 2], colour).into());
        let mut delta = TexturesDelta::default();
        delta.push(TextureId::User(7), ImageDelta { image, options: TextureOptions::NEAREST, pos });
        delta
    };
    let show = |screen: &mut Screen, mut delta| screen.show(&window.ctx, 1.0, shapes.clone(), &mut delta);
    show(&mut screen, filled(None, 8, Color32::RED));
    assert_eq!([screen.at(70, 40), screen.at(77, 47), screen.at(78, 47)], [0xffff_0000, 0xffff_0000, 0xff1e_1e1e]);
    let changed = show(&mut screen, filled(Some([4, 4]), 2, Color32::GREEN));
    assert_eq!([screen.at(73, 44), screen.at(74, 44), screen.at(76, 44)], [0xffff_0000, 0xff00_ff00, 0xffff_0000]);
    assert!(changed > 0 && changed < 64 * 64);
    let changed = show(&mut screen, filled(None, 8, Color32::BLUE));
    assert!(changed > 0 && screen.at(70, 40) == 0xff00_00ff);
    assert_eq!(show(&mut screen, TexturesDelta::default()), 0);
}

#[test]
fn a_text_in_the_place_of_another_one_is_painted() {
    let (mut window, mut screen) = (Window::new(), Screen::default());
    for text in ["Pump hall", "Pump Hall", "", "P"] {
        window.text = text.to_owned();
        for _ in 0..2 {
            let (shapes, mut delta) = window.run(1.0, Vec::new());
            screen.show(&window.ctx, 1.0, shapes.clone(), &mut delta);
            assert!(screen.anew(&window.ctx, 1.0, shapes) == screen.painter.pixels(), "{text}");
        }
    }
}

#[test]
fn another_size_is_painted_anew() {
    let (mut window, mut screen) = (Window::new(), Screen::default());
    let (shapes, mut delta) = window.run(1.0, Vec::new());
    screen.show(&window.ctx, 1.0, shapes.clone(), &mut delta);
    let cut = |shape| window.ctx.tessellate(vec![shape], 1.0);
    for size in [[481, 320], [1, 1], [0, 0], [0, 9], [480, 320]] {
        let areas = screen.painter.paint(Frame { size, ..frame(1.0) }, shapes.clone(), &screen.textures, &cut).to_vec();
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
    let (mut window, mut screen) = (Window::new(), Screen::default());
    let (_, mut delta) = window.run(1.0, Vec::new());
    screen.textures.set(&mut delta);
    let some = Shape::rect_filled(Rect::EVERYTHING, 0.0, Color32::RED);
    screen.painter.paint(frame(1.0), vec![everywhere(some)], &screen.textures, &|_| primitives.to_vec());
    screen.textures.free(&mut delta);
    assert!(screen.painter.pixels().iter().all(|&pixel| pixel == 0xff1e_1e1e));
}
