//! Marks of findings on zones, conduits and assets: for each severity a sign of its own
//! shape and how many there are.

use std::sync::Arc;

use super::super::shape::{Shape, Stroke, centred_text};
use super::*;
use crate::model::Point;
use crate::text::Face;

impl Scene {
    /// The marks drawn at a zoom: what each is about, and where it stands.
    pub fn marks(&self, zoom: f32) -> impl Iterator<Item = (Subject, Rect)> {
        self.elements.subjects(Stratum::Marks).filter_map(move |it| Some((it, self.mark_of(it, zoom)?)))
    }

    /// The marks seen in an area at a zoom.
    pub fn marks_in(&self, area: Rect, zoom: f32) -> Vec<(Subject, Rect)> {
        let seen = self.elements.visible_of(Stratum::Marks, area, zoom).into_iter();
        seen.filter_map(|it| Some((it.subject?, it.bounds))).collect()
    }

    /// Where the mark of a subject stands at a zoom, if it is drawn.
    pub fn mark_of(&self, subject: Subject, zoom: f32) -> Option<Rect> {
        self.elements.of(Stratum::Marks, subject).find(|it| it.is_drawn_at(zoom)).map(|it| it.bounds)
    }

    /// What the mark of a subject says, in words: "2 errors, 1 hint".
    pub fn mark_in_words(&self, subject: Subject) -> String {
        let counts = self.marks.get(&subject).copied().unwrap_or_default();
        let counted = Severity::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        let words = counted.map(|(severity, count)| {
            let s = if count == 1 { "" } else { "s" };
            format!("{count} {}{s}", severity.word())
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Height of a mark.
const HEIGHT: f32 = 15.0;
/// Width of a sign.
const SIGN: f32 = 9.0;
/// Size of the figures.
const FIGURE: f32 = 10.0;

/// How many open findings stand at each subject; none where the layer is not shown.
pub(super) fn count(project: &Project, analysis: &Analysis, look: &Look) -> Marks {
    let mut counts = Marks::new();
    let shown = look.shows(Layer::Findings);
    for finding in analysis.findings.iter().filter(|it| shown && it.set_aside.is_none()) {
        if let Some(subject) = finding.place(project)
            && let Some(count) = counts.entry(subject).or_default().get_mut(finding.severity() as usize)
        {
            *count += 1;
        }
    }
    counts
}

/// The mark of a subject, near and from afar; from afar hints are left out. `is_free` tells
/// whether a place covers nothing that is better seen.
pub(super) fn elements(
    context: &Context,
    routes: &BTreeMap<ConduitId, Arc<Route>>,
    places: &AssetPlaces,
    subject: Subject,
    counts: [usize; 3],
    is_free: &dyn Fn(&Rect) -> bool,
) -> Vec<Element> {
    let corners = corners(context, routes, places, subject).into_iter();
    let drawn = corners.filter_map(|(corner, scale, zoom)| {
        let [errors, warnings, hints] = counts;
        let counts = [errors, warnings, if zoom == NEAR { hints } else { 0 }];
        let at = |corner: Point| pills(context.look.palette, counts, subject, corner, scale);
        let (mut place, mut shapes) = at(corner);
        if let (Subject::Conduit(id), false) = (subject, shapes.is_empty() || is_free(&place))
            && let Some(route) = routes.get(&id)
        {
            let label = match zoom == NEAR {
                true => conduit::label_frame(context, id, route),
                false => conduit::far_label_frame(context, id, route),
            };
            let others = beside(label, place.width, scale).into_iter().map(at);
            (place, shapes) = others.into_iter().find(|(place, _)| is_free(place)).unwrap_or((place, shapes));
        }
        (!shapes.is_empty()).then(|| Element { subject: Some(subject), bounds: place.grown(1.0), zoom, shapes })
    });
    drawn.collect()
}

/// Where else the marks of a conduit may begin: behind its label, before it, below, above.
fn beside(label: Rect, width: f32, scale: f32) -> [Point; 4] {
    let (gap, half) = (2.0 * scale, HEIGHT * scale / 2.0);
    [
        Point::new(label.right() + gap, label.center().y),
        Point::new(label.x - gap - width, label.center().y),
        Point::new(label.x + 7.0, label.bottom() + half - 3.0),
        Point::new(label.x + 7.0, label.y - half + 3.0),
    ]
}

const NEAR: (f32, f32) = (READABLE, f32::INFINITY);
const FROM_AFAR: (f32, f32) = (ASSETS_FROM, READABLE);
const FROM_FARTHEST: (f32, f32) = (0.0, ASSETS_FROM);

/// Where a subject's marks stand, each with its scale and zooms: for a conduit the left end of
/// their middle line; for a zone or asset the right end of that of the first.
fn corners(
    context: &Context,
    routes: &BTreeMap<ConduitId, Arc<Route>>,
    places: &AssetPlaces,
    subject: Subject,
) -> Vec<(Point, f32, (f32, f32))> {
    let near = context.look.text(1.0);
    match subject {
        Subject::Zone(id) => context.project.zones.get(id).map_or_else(Vec::new, |zone| {
            // down the left edge, so that neither the title nor what ends at the upper edge is covered
            let at = |scale: f32| Point::new(zone.frame.x + 9.0, zone.frame.y + (HEIGHT / 2.0 + 1.0) * scale);
            vec![(at(near), near, NEAR), (at(FAR), FAR, FROM_AFAR), (at(FARTHEST), FARTHEST, FROM_FARTHEST)]
        }),
        Subject::Conduit(id) => routes.get(&id).map_or_else(Vec::new, |route| {
            let (label, from_afar) =
                (conduit::label_frame(context, id, route), conduit::far_label_frame(context, id, route));
            // behind the label where the line is upright, else hung below, so that little of the line is covered
            let at = |label: Rect, scale: f32, overlap: f32| {
                if conduit::is_upright_at_label(route) {
                    Point::new(label.right() + 2.0 * scale, label.center().y)
                } else {
                    Point::new(label.x + 7.0, label.bottom() + HEIGHT * scale / 2.0 - overlap)
                }
            };
            vec![(at(label, near, 3.0), near, NEAR), (at(from_afar, FAR, 3.0), FAR, FROM_AFAR)]
        }),
        // at the corner of its icon
        Subject::Asset(id) => places.cells.get(&id).map_or_else(Vec::new, |cell| {
            let at = Point::new(cell.center().x - ASSET_ICON / 2.0 + 3.0, cell.y + HEIGHT * near / 2.0 + 1.0);
            vec![(at, near, NEAR)]
        }),
        _ => Vec::new(),
    }
}

/// The marks of a conduit in a row from its left end on, those of a zone one below the other
/// with their right ends in line. On an asset there is room for the gravest alone, and so
/// there is on a zone from farthest.
fn pills(palette: &Palette, counts: [usize; 3], subject: Subject, corner: Point, scale: f32) -> (Rect, Vec<Shape>) {
    let is_small = matches!(subject, Subject::Asset(_)) || scale >= FARTHEST;
    let is_row = matches!(subject, Subject::Conduit(_));
    let present = Severity::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let (mut next, mut shapes) = (corner, Vec::new());
    let mut place: Option<Rect> = None;
    for (severity, count) in present.take(if is_small { 1 } else { 3 }) {
        // one alone on an asset needs no figure
        let text = if is_small && (count == 1 || scale >= FARTHEST) { String::new() } else { count.to_string() };
        let text_width = Face::SemiBold.width(&text, FIGURE * scale);
        let gap = if text.is_empty() { 0.0 } else { 3.0 * scale };
        let width = (SIGN + 8.0) * scale + gap + text_width;
        let x = if is_row { next.x } else { next.x - width };
        let frame = Rect::new(x, next.y - HEIGHT * scale / 2.0, width, HEIGHT * scale);
        let (fill, ink) = palette.severity(severity);
        let stroke = Some(Stroke::solid(scale, edge(severity, fill, ink)));
        shapes.push(Shape::Rect { frame, radius: HEIGHT * scale / 2.0, fill: Some(fill), stroke });
        let middle = Point::new(x + (4.0 + SIGN / 2.0) * scale, next.y);
        shapes.extend(sign(severity, middle, SIGN * scale, fill, ink));
        if !text.is_empty() {
            let at = Point::new(x + (4.0 + SIGN) * scale + gap + text_width / 2.0, next.y);
            shapes.push(centred_text(at, text, Face::SemiBold, FIGURE * scale, ink));
        }
        next = if is_row { next.offset(width + 2.0 * scale, 0.0) } else { next.offset(0.0, (HEIGHT + 2.0) * scale) };
        place = Some(place.map_or(frame, |all| all.union(&frame)));
    }
    (place.unwrap_or_default(), shapes)
}

/// The edge of a mark: hints are many and speak lower.
pub(super) fn edge(severity: Severity, fill: Color, ink: Color) -> Color {
    if severity == Severity::Hint { fill.mixed(ink, 0.4) } else { ink }
}

/// A severity as a shape: an octagon, a triangle, a ring; each with its sign in it.
pub(super) fn sign(severity: Severity, at: Point, size: f32, fill: Color, ink: Color) -> Vec<Shape> {
    let half = size / 2.0;
    let ring = |corners: u8, radius: f32, turned: f32, down: f32| {
        let corner = |number: u8| {
            let angle = std::f32::consts::TAU * (f32::from(number) + turned) / f32::from(corners);
            Point::new(at.x + radius * angle.sin(), at.y + down - radius * angle.cos())
        };
        (0..corners).map(corner).collect::<Vec<_>>()
    };
    let bar = |from: f32, to: f32| {
        let stroke = Stroke::solid(size * 0.16, fill);
        Shape::segment(at.offset(0.0, from * half), at.offset(0.0, to * half), stroke)
    };
    match severity {
        Severity::Error => {
            vec![Shape::Polygon { points: ring(8, half * 1.08, 0.5, 0.0), fill: ink }, bar(-0.55, 0.15), bar(0.4, 0.62)]
        }
        Severity::Warning => {
            let points = ring(3, half * 1.2, 0.0, half * 0.2);
            vec![Shape::Polygon { points, fill: ink }, bar(-0.35, 0.3), bar(0.48, 0.66)]
        }
        Severity::Hint => {
            let stroke = Some(Stroke::solid(size * 0.14, ink));
            vec![Shape::Circle { center: at, radius: half * 0.85, fill: None, stroke }]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssetId, Id, SetAside, Trust, ZoneId};

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 300.0, 200.0));
        let plant = plant.zone("Z-2", |zone| {
            zone.frame = Rect::new(0.0, 320.0, 300.0, 200.0);
            zone.trust = Trust::External;
        });
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).sl_t("Z-1", 1).sl_t("Z-2", 1).sl_t("C-1", 1);
        plant.asset("HIST", "historian", "Z-1", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        })
    }

    fn drawn(plant: &Fixture) -> Scene {
        scene(&plant.project, &plant.analyse(), &Look::printed())
    }

    #[test]
    fn conduits_and_assets_are_marked_like_zones() {
        let mut plant = plant().sl_t("Z-1", 2);
        plant.project.zones.get_mut(ZoneId::derived_from("Z-1")).unwrap().sl_t.as_mut().unwrap().reason = "So".into();
        let scene = drawn(&plant);
        assert_eq!(scene.mark_in_words(ConduitId::derived_from("C-1").into()), "1 error, 2 hints");
        assert_eq!(scene.mark_in_words(AssetId::derived_from("HIST").into()), "1 error");
        assert_eq!(scene.mark_in_words(ZoneId::derived_from("Z-1").into()), "1 warning");
        assert!(scene.marks(1.0).count() >= 3 && scene.marks(1.0).all(|(_, place)| scene.bounds.encloses(&place)));
    }

    #[test]
    fn what_is_set_aside_is_not_marked() {
        let mut plant = plant();
        let reason = SetAside { reason: "As agreed".into(), ..SetAside::default() };
        let analysis = plant.analyse();
        plant.project.set_aside = Arc::new(analysis.findings.iter().map(|it| (it.key(), reason.clone())).collect());
        assert_eq!(drawn(&plant).marks(1.0).count(), 0);
    }

    #[test]
    fn from_afar_zones_stay_marked_and_assets_and_hints_do_not() {
        let scene = drawn(&plant().sl_t("Z-1", 2));
        let asset = AssetId::derived_from("HIST").into();
        assert!(scene.mark_of(asset, 1.0).is_some() && scene.mark_of(asset, 0.5).is_none());
        let widths = [1.0, 0.5, 0.1].map(|zoom| scene.mark_of(ZoneId::derived_from("Z-1").into(), zoom).unwrap().width);
        assert!(widths.is_sorted(), "{widths:?}");
        let idle = drawn(&Fixture::new().zone("Z-9", |_| ()).sl_t("Z-9", 1));
        let hinted = ZoneId::derived_from("Z-9").into();
        assert!(idle.mark_of(hinted, 1.0).is_some() && idle.mark_of(hinted, 0.5).is_none());
    }

    #[test]
    fn marks_leave_the_upper_edge_of_zones_and_the_ends_of_conduits_free() {
        let plant = plant().sl_t("Z-1", 2);
        let scene = drawn(&plant);
        for zoom in [1.0, 0.5, 0.1] {
            let mark = scene.mark_of(ZoneId::derived_from("Z-1").into(), zoom).unwrap();
            assert!(mark.y >= -1.0 && mark.right() <= ZONE_PADDING, "{zoom}: {mark:?}");
        }
        let conduit = ConduitId::derived_from("C-1");
        let (mark, label) = (scene.mark_of(conduit.into(), 1.0).unwrap(), scene.routes()[&conduit].label);
        assert!((mark.center().y - label.y).abs() < 0.5 && mark.x > label.x, "beside the label of an upright line");
    }

    #[test]
    fn the_marks_of_a_conduit_cover_no_label_of_another() {
        let plant = plant().conduit("C-2", "Z-1", "Z-2", |_| ()).conduit("C-3", "Z-1", "Z-2", |_| ());
        let (analysis, look) = (plant.analyse(), Look::printed());
        let scene = drawn(&plant);
        let context = scene.context(&analysis, &look);
        let labels = || scene.routes().iter().map(|(&id, route)| (id, conduit::label_frame(&context, id, route)));
        for (id, _) in labels() {
            let mark = scene.mark_of(id.into(), 1.0).unwrap().grown(-1.0);
            assert!(labels().all(|(other, label)| other == id || !label.overlaps(&mark)), "{id} {mark:?}");
        }
    }

    #[test]
    fn marks_are_as_large_as_the_text_of_the_look() {
        let plant = plant().sl_t("Z-1", 2);
        let zone = ZoneId::derived_from("Z-1").into();
        let look = Look { palette: Palette::projector(), ..Look::printed() };
        let projected = scene(&plant.project, &plant.analyse(), &look).mark_of(zone, 1.0).unwrap();
        assert!(projected.height > drawn(&plant).mark_of(zone, 1.0).unwrap().height * 1.1);
    }

    #[test]
    fn what_the_marks_tell_the_overlay_does_not_tell_again() {
        let plant = plant().sl_t("Z-1", 2);
        let figures = |hidden: &[Layer]| {
            let mut look = Look::printed();
            look.view.overlay = Overlay::Findings;
            look.view.hidden_layers.extend(hidden);
            let scene = scene(&plant.project, &plant.analyse(), &look);
            scene.elements.subjects(Stratum::Badges).count()
        };
        assert_eq!(figures(&[]), 0);
        assert_eq!(figures(&[Layer::Findings]), 2);
    }

    #[test]
    fn marks_follow_what_moves() {
        let mut plant = plant().sl_t("Z-1", 2);
        let analysis = plant.analyse();
        let mut scene = drawn(&plant);
        let zone = ZoneId::derived_from("Z-1");
        let before = scene.mark_of(zone.into(), 1.0).unwrap();
        plant.project.zones.get_mut(zone).unwrap().frame.x += 40.0;
        assert!(scene.follow(&plant.project, &analysis));
        assert_eq!(scene.mark_of(zone.into(), 1.0).unwrap().x, before.x + 40.0);
    }

    #[test]
    fn a_layer_of_findings_left_out_leaves_no_marks() {
        let plant = plant();
        let mut look = Look::printed();
        look.view.hidden_layers.insert(Layer::Findings);
        assert_eq!(scene(&plant.project, &plant.analyse(), &look).marks(1.0).count(), 0);
    }
}
