//! Notes, titles and placed legends.

use super::super::shape::{Anchor, Shape, Stroke};
use super::legend::legend;
use super::*;
use crate::model::{Note, NoteId, NoteKind, Point};
use crate::text::{Face, Typesetter, break_lines};

/// Size of the words in a box.
pub const NOTE_TEXT: f32 = 13.0;
/// Height of a line for a size of text of 1.
const LEADING: f32 = 1.35;
/// Space between the box and what stands in it.
const PADDING: f32 = 10.0;
/// Side of the corner folded over.
const FOLD: f32 = 12.0;
/// Size of words that are few and seen from farthest.
const ROOMY_TEXT: f32 = 54.0;
/// The smallest and the largest words of a title.
const TITLE_SIZES: (f32, f32) = (10.0, 160.0);

/// Notes with their order; those with an order below 0 lie behind the zones.
pub(super) fn elements(scene: &Scene, analysis: &Analysis) -> Vec<(NoteId, i32, Vec<Element>)> {
    let typesetter = Typesetter::new();
    let draw = |(id, note): (NoteId, &Note)| {
        let element = |shapes| Element::new(Some(id.into()), note.frame, shapes);
        let elements = match note.kind {
            NoteKind::Text => {
                let text = |size: f32| element(in_box(note, &scene.look, &typesetter, size));
                vec![
                    text(largest(note, &typesetter, NOTE_TEXT, scene.look.text(NOTE_TEXT))).above_zoom(READABLE),
                    text(NOTE_TEXT * FAR).above_zoom(ASSETS_FROM).below_zoom(READABLE),
                    text(largest(note, &typesetter, NOTE_TEXT * FARTHEST, ROOMY_TEXT)).below_zoom(ASSETS_FROM),
                ]
            }
            NoteKind::Title => vec![element(title(note, &scene.look))],
            NoteKind::Legend => vec![element(placed_legend(note, scene, analysis))],
        };
        (id, note.order, elements)
    };
    scene.project.notes.iter().map(draw).collect()
}

/// The larger size of text where all words find room in it, else the smaller.
fn largest(note: &Note, typesetter: &Typesetter, smaller: f32, larger: f32) -> f32 {
    let width = note.frame.width - 2.0 * PADDING;
    let lines = lines_of(typesetter, &note.text, width.max(larger), larger);
    let fits = lines.len() as f32 * larger * LEADING <= note.frame.height - 2.0 * PADDING
        && lines.iter().all(|line| Face::Regular.width(line, larger) <= width);
    if fits { larger } else { smaller }
}

/// A box with a corner folded over, its words broken into lines; what finds no room is cut short.
fn in_box(note: &Note, look: &Look, typesetter: &Typesetter, size: f32) -> Vec<Shape> {
    let palette = look.palette;
    let frame = note.frame;
    let fold = FOLD.min(frame.width / 2.0).min(frame.height / 2.0);
    let (right, bottom) = (frame.right(), frame.bottom());
    let outline = vec![
        frame.corner(),
        Point::new(right - fold, frame.y),
        Point::new(right, frame.y + fold),
        Point::new(right, bottom),
        Point::new(frame.x, bottom),
    ];
    let edge = Stroke::solid(1.0, palette.line_strong);
    let closed = outline.iter().copied().chain(outline.first().copied()).collect();
    let inner = vec![
        Point::new(right - fold, frame.y),
        Point::new(right - fold, frame.y + fold),
        Point::new(right, frame.y + fold),
    ];
    let mut shapes = vec![
        Shape::Polygon { points: outline, fill: palette.label },
        Shape::Line { points: closed, stroke: edge },
        Shape::Polygon { points: inner.clone(), fill: palette.line },
        Shape::Line { points: inner, stroke: edge },
    ];
    let line_height = size * LEADING;
    let room = ((frame.height - 2.0 * PADDING) / line_height).floor().max(1.0) as usize;
    let width = (frame.width - 2.0 * PADDING).max(size);
    let lines = lines_of(typesetter, &note.text, width, size);
    let is_cut = lines.len() > room;
    for (row, line) in lines.into_iter().take(room).enumerate() {
        let line = if is_cut && row + 1 == room { format!("{line} …") } else { line };
        let line = Face::Regular.shortened(&line, size, width + 0.5);
        let at = Point::new(frame.x + PADDING, frame.y + PADDING + (row as f32 + 0.75) * line_height);
        shapes.push(Shape::Text {
            at,
            anchor: Anchor::Start,
            text: line,
            face: Face::Regular,
            size,
            color: palette.text,
        });
    }
    shapes
}

fn lines_of(typesetter: &Typesetter, text: &str, width: f32, size: f32) -> Vec<String> {
    let lines = text.lines().flat_map(|paragraph| {
        let lines = break_lines(typesetter, size, &[(Face::Regular, paragraph)], width);
        let mut lines: Vec<String> = lines
            .into_iter()
            .map(|line| line.0.into_iter().map(|piece| piece.text).collect::<String>().trim_end().to_owned())
            .collect();
        if lines.is_empty() {
            lines.push(String::new());
        }
        lines
    });
    lines.collect()
}

/// Words without a box, as large as their frame lets them be.
fn title(note: &Note, look: &Look) -> Vec<Shape> {
    let frame = note.frame;
    let lines: Vec<&str> = note.text.lines().collect();
    let widest = lines.iter().map(|line| Face::SemiBold.width(line, 1.0)).fold(0.0, f32::max);
    let by_height = frame.height / (lines.len().max(1) as f32 * LEADING);
    let size = by_height.min(frame.width / widest.max(0.01)).clamp(TITLE_SIZES.0, TITLE_SIZES.1);
    let text = |(row, line): (usize, &&str)| Shape::Text {
        at: Point::new(frame.x, frame.y + (row as f32 + 0.75) * size * LEADING),
        anchor: Anchor::Start,
        text: (*line).to_owned(),
        face: Face::SemiBold,
        size,
        color: look.palette.text,
    };
    lines.iter().enumerate().map(text).collect()
}

/// The legend of this look in a box, made smaller where it would not fit.
fn placed_legend(note: &Note, scene: &Scene, analysis: &Analysis) -> Vec<Shape> {
    let palette = scene.look.palette;
    let frame = note.frame;
    let mut scale = 1.0_f32;
    let mut drawn = legend_with_heading(note, scene, analysis, frame.width - 2.0 * PADDING);
    while drawn.1 * scale > frame.height - 2.0 * PADDING && scale > 0.2 {
        scale *= 0.92;
        drawn = legend_with_heading(note, scene, analysis, (frame.width - 2.0 * PADDING) / scale);
    }
    let edge = Some(Stroke::solid(1.0, palette.line_strong));
    let mut shapes = vec![Shape::Rect { frame, radius: 6.0, fill: Some(palette.label), stroke: edge }];
    shapes.extend(drawn.0.iter().map(|it| it.transformed(scale, frame.x + PADDING, frame.y + PADDING)));
    shapes
}

/// A heading, "Legend" where the note has no words of its own, and the legend below it, with their height.
fn legend_with_heading(note: &Note, scene: &Scene, analysis: &Analysis, width: f32) -> (Vec<Shape>, f32) {
    let heading = note.text.lines().next().filter(|it| !it.is_empty()).unwrap_or("Legend");
    let mut shapes = vec![Shape::Text {
        at: Point::new(0.0, NOTE_TEXT),
        anchor: Anchor::Start,
        text: Face::SemiBold.shortened(heading, NOTE_TEXT, width),
        face: Face::SemiBold,
        size: NOTE_TEXT,
        color: scene.look.palette.text,
    }];
    let below = NOTE_TEXT * LEADING + 4.0;
    let (entries, height) = legend(scene, analysis, &scene.look, width);
    shapes.extend(entries.iter().map(|it| it.transformed(1.0, 0.0, below)));
    (shapes, below + height)
}

/// The height that a placed legend needs at a width.
pub fn legend_note_height(scene: &Scene, analysis: &Analysis, width: f32) -> f32 {
    legend_with_heading(&Note::default(), scene, analysis, width - 2.0 * PADDING).1 + 2.0 * PADDING
}

/// The height that words in a box need at a width.
pub fn note_height(text: &str, width: f32) -> f32 {
    let lines = lines_of(&Typesetter::new(), text, (width - 2.0 * PADDING).max(NOTE_TEXT), NOTE_TEXT).len().max(1);
    (lines as f32 * NOTE_TEXT * LEADING + 2.0 * PADDING).ceil()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{DiagramView, Id};

    const FRAME: Rect = Rect::new(40.0, 600.0, 220.0, 120.0);

    fn drawn(note: Note, view: DiagramView) -> Scene {
        let mut plant = Fixture::new().zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 300.0, 200.0));
        plant.project.notes.insert(NoteId::derived_from("N"), note);
        scene(&plant.project, &plant.analyse(), &Look { view, ..Look::printed() })
    }

    fn place(scene: &Scene, subject: impl Into<Subject>) -> Option<usize> {
        let subject = Some(subject.into());
        scene.elements.iter().position(|it| it.subject == subject)
    }

    fn texts(scene: &Scene) -> Vec<String> {
        let note = scene.elements.iter().find(|it| it.subject == Some(NoteId::derived_from("N").into()));
        let shapes = note.into_iter().flat_map(|it| &it.shapes);
        shapes.filter_map(|it| if let Shape::Text { text, .. } = it { Some(text.clone()) } else { None }).collect()
    }

    fn note(kind: NoteKind, text: &str) -> Note {
        Note { kind, text: text.to_owned(), frame: FRAME, ..Note::default() }
    }

    #[test]
    fn a_note_keeps_its_lines_and_breaks_long_ones() {
        let scene = drawn(
            note(NoteKind::Text, "Shutdown in week 14\n\nOnly the vendor's own laptops may connect here"),
            DiagramView::whole_plant(),
        );
        let texts = texts(&scene);
        assert_eq!(texts[0], "Shutdown in week 14");
        assert_eq!(texts[1], "");
        assert!(texts.len() > 3, "{texts:?}");
    }

    #[test]
    fn words_that_find_no_room_are_cut_and_say_so() {
        let scene = drawn(note(NoteKind::Text, &"word\n".repeat(40)), DiagramView::whole_plant());
        let texts = texts(&scene);
        assert!(texts.len() < 8 && texts.last().unwrap().ends_with('…'), "{texts:?}");
        assert!(scene.bounds.encloses(&FRAME));
    }

    #[test]
    fn a_note_with_an_order_below_zero_lies_behind_the_zones() {
        let zone = ZoneId::derived_from("Z-1");
        let id = NoteId::derived_from("N");
        for (order, is_behind) in [(-1, true), (0, false), (3, false)] {
            let scene = drawn(Note { order, ..note(NoteKind::Title, "Line 1") }, DiagramView::whole_plant());
            assert_eq!(place(&scene, id) < place(&scene, zone), is_behind, "order {order}");
        }
    }

    #[test]
    fn a_placed_legend_says_what_the_drawing_says_and_fits_its_frame() {
        let scene = drawn(note(NoteKind::Legend, ""), DiagramView::whole_plant());
        let texts = texts(&scene);
        assert_eq!(texts[0], "Legend");
        assert!(texts.iter().any(|it| it == "Operational"));
        let element = scene.elements.iter().find(|it| it.subject == Some(NoteId::derived_from("N").into())).unwrap();
        for shape in &element.shapes {
            if let Shape::Text { at, .. } = shape {
                assert!(FRAME.contains(*at), "{shape:?}");
            }
        }
    }

    #[test]
    fn a_hidden_layer_hides_notes() {
        let mut view = DiagramView::whole_plant();
        view.hidden_layers.insert(Layer::Notes);
        assert_eq!(place(&drawn(note(NoteKind::Text, "x"), view), NoteId::derived_from("N")), None);
    }

    #[test]
    fn a_note_as_high_as_it_says_is_not_cut() {
        let text = "One line\nand another that is too long to stand on one line of this box";
        let frame = Rect { height: note_height(text, FRAME.width), ..FRAME };
        let scene = drawn(Note { frame, ..note(NoteKind::Text, text) }, DiagramView::whole_plant());
        assert!(texts(&scene).iter().all(|it| !it.contains('…')));
    }
}
