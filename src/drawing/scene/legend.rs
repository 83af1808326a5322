//! What the colours, lines and signs of a drawing mean; only what occurs in it.

use std::collections::BTreeSet;

use super::super::icons::Icon;
use super::super::levels::{SIGNS, reach_cell};
use super::super::shape::{Anchor, Shape, Stroke, arrowhead, centred_text, chip, rounded_outline};
use super::figure::{Figure, nobody, role_figure, tells_levels};
use super::*;
use crate::analysis::{AT_LEAST, Band};
use crate::model::{
    Boundary, Conduit, FilterPlace, Filtering, Initiator, Known, Point, PurdueLevel, RemoteAccess, SecurityLevel,
    Trust, Zone,
};
use crate::text::Face;

const SIZE: f32 = 11.0;
const ROW: f32 = 22.0;
const SIGN: f32 = 26.0;

/// The legend of a drawing as shapes from the origin on, no wider than `width` where an
/// entry allows, and its height.
pub fn legend(scene: &Scene, analysis: &Analysis, look: &Look, width: f32) -> (Vec<Shape>, f32) {
    let context = scene.context(analysis, look);
    let mut row = Row { shapes: Vec::new(), x: 0.0, y: 0.0, width, look };
    zones(&mut row, &context);
    overlay(&mut row, &context);
    if look.shows(Layer::Conduits) {
        conduits(&mut row, &context, scene);
    }
    assets(&mut row, &context, scene);
    areas(&mut row, &context, scene);
    findings(&mut row, &context);
    (row.shapes, if row.x > 0.0 || row.y > 0.0 { row.y + ROW } else { 0.0 })
}

fn zones(row: &mut Row, context: &Context) {
    let (look, zones) = (context.look, &context.project.zones);
    let any = |is: &dyn Fn(&Zone) -> bool| zones.values().any(is);
    for &trust in Trust::ALL {
        if !any(&|zone| zone.trust == trust) {
            continue;
        }
        row.entry(trust.word(), SIGN, |frame| {
            let example = Zone { trust, ..Zone::default() };
            let fill =
                if look.view.overlay == Overlay::Trust { look.palette.zone(trust).fill } else { look.palette.canvas };
            let mut shapes = vec![Shape::filled(frame, 3.0, fill)];
            shapes.extend(zone::boundary(look, &example, frame, 3.0));
            if let Some(icon) = zone::trust_sign(trust) {
                let middle = frame.center();
                shapes.push(icon.shape(Rect::new(middle.x - 5.0, middle.y - 5.0, 10.0, 10.0), look.palette.text_weak));
            }
            shapes
        });
    }
    for (text, boundary, untrusted) in [
        ("logical boundary", Boundary::Logical, false),
        ("physical boundary", Boundary::Physical, false),
        ("untrusted", Boundary::Logical, true),
    ] {
        let occurs = if untrusted { any(&Zone::is_untrusted) } else { any(&|zone| zone.boundary == boundary) };
        if occurs {
            let example = Zone { boundary, untrusted, ..Zone::default() };
            row.entry(text, SIGN, |frame| zone::boundary(look, &example, frame, 3.0));
        }
    }
    if any(&|zone| zone.purdue.is_some()) {
        row.entry("Purdue level", SIGN, |frame| {
            let fill = look.palette.zone(Trust::Operational).edge.mixed(look.palette.canvas, 0.75);
            chip(frame, format!("L{}", PurdueLevel::L2), 10.0, (fill, look.palette.text)).into()
        });
    }
    if any(&|zone| zone.locked) {
        row.entry("locked", 14.0, |frame| vec![Icon::sign("lock").shape(frame, look.palette.text_weak)]);
    }
}

fn overlay(row: &mut Row, context: &Context) {
    let (look, palette) = (context.look, context.look.palette);
    let overlay = look.view.overlay;
    if context.project.targets().next().is_none() || (!look.shows(Layer::Levels) && overlay == Overlay::Trust) {
        return;
    }
    if tells_levels(overlay) {
        let told = match overlay {
            Overlay::Trust => "SL-A by FR, coloured by shortfall",
            Overlay::Target => "SL-T by FR",
            Overlay::Achieved => "SL-A by FR",
            Overlay::Proven => "SL-A as far as proven, by FR",
            _ => "levels that SL-A falls short of SL-T, by FR",
        };
        match look.view.fr {
            None => row.strip(told),
            Some(fr) => row.words(&format!("{} of {fr} {}", told.split(" by FR").next().unwrap_or(told), fr.code())),
        }
    }
    let occurring = occurring(context);
    let mut figure = |figure: Figure, text: &str| {
        if occurring.contains(&figure.text) {
            row.figure(&figure, text);
        }
    };
    let plain = |text: &str, colors| Figure { text: text.to_owned(), near: text.to_owned(), colors, hatch: None };
    match overlay {
        Overlay::Trust | Overlay::Shortfall => {
            figure(plain("✓", palette.shortfall(0)), "target reached");
            for levels in 1..=4 {
                figure(plain(&format!("−{levels}"), palette.shortfall(levels)), &format!("{levels} short"));
            }
            open_signs(&mut figure, palette);
        }
        Overlay::Target | Overlay::Achieved | Overlay::Proven => {
            for level in SecurityLevel::ALL {
                figure(plain(&level.to_string(), palette.level(level)), &format!("SL {level}"));
            }
            open_signs(&mut figure, palette);
        }
        Overlay::TopGap => {
            for (band, words) in Band::ALL.into_iter().zip(["60 and more", "30 and more", "12 and more", "less"]) {
                figure(plain(&format!("{band:?}"), palette.band(band)), &format!("top gap's score {words}"));
            }
            figure(plain("✓", (palette.good_soft, palette.good)), "no gap");
            open_signs(&mut figure, palette);
        }
        Overlay::Exposure => {
            for value in 1..=5 {
                let words = match value {
                    1 => "hardest to reach from outside",
                    5 => "easiest to reach",
                    _ => "",
                };
                figure(plain(&format!("E{value}"), palette.shortfall(value - 1)), words);
            }
            row.words("number on a conduit: resistance, 1 the least");
            row.line(
                "on an easiest path",
                Stroke::solid(look.line(8.0), palette.canvas.mixed(palette.error, 0.35)),
                true,
            );
            row.line("choke: cuts all paths", Stroke::solid(look.line(12.0), palette.bands[2]), true);
        }
        Overlay::Findings if look.marks_tell() => {
            // the marks bear the signs; here it is what the ground tells
            let told = [("E", "gravest is an error"), ("W", "gravest is a warning"), ("H", "gravest is a hint")];
            for (severity, (sign, words)) in Severity::ALL.into_iter().zip(told) {
                if occurring.contains(sign) {
                    row.figure(&plain("", palette.severity(severity)), words);
                }
            }
            if occurring.contains("✓") {
                row.figure(&plain("", (palette.good_soft, palette.good)), "no finding");
            }
        }
        Overlay::Findings => {
            for (severity, sign) in Severity::ALL.into_iter().zip(["E", "W", "H"]) {
                figure(plain(sign, palette.severity(severity)), &format!("open {}s", severity.word()));
            }
            figure(plain("✓", (palette.good_soft, palette.good)), "no finding");
        }
        Overlay::Lifecycle => {
            figure(plain("2", palette.severity(Severity::Error)), "unsupported assets");
            let unknown = plain("?", palette.severity(Severity::Hint));
            figure(Figure { hatch: Some(true), ..unknown }, "support not known");
            figure(plain("✓", (palette.good_soft, palette.good)), "all supported");
        }
        Overlay::Ownership => {
            for (place, role) in context.facts.roles().iter().enumerate() {
                figure(role_figure(place, role, palette), role);
            }
            let (zones, conduits) = (context.project.zones.values(), context.project.conduits.values());
            if zones.map(|it| &it.owner).chain(conduits.map(|it| &it.owner)).any(String::is_empty) {
                figure(nobody(palette), "no owner");
            }
        }
    }
    if overlay != Overlay::Ownership {
        figure_none(row, context);
    }
}

/// The signs of what is open or not assessed.
fn open_signs(figure: &mut dyn FnMut(Figure, &str), palette: &Palette) {
    for (sign, words) in SIGNS {
        let colors = (palette.sunken, palette.text_weak);
        figure(Figure { text: sign.to_owned(), near: sign.to_owned(), colors, hatch: None }, words);
    }
}

/// The figures that the drawing holds, as the legend shows them.
fn occurring(context: &Context) -> BTreeSet<String> {
    let figures = context.figures();
    let overlay = context.look.view.overlay;
    let mut found = BTreeSet::new();
    for target in context.project.targets() {
        let figure = figures.of_target(target);
        match overlay {
            // one entry for each severity, whatever the counts
            Overlay::Findings => found.extend(figure.near.split(' ').filter_map(|it| it.get(..1)).map(str::to_owned)),
            Overlay::Lifecycle if figure.text.starts_with(|it: char| it.is_ascii_digit()) => {
                found.insert("2".to_owned());
            }
            _ => (),
        }
        insert(&mut found, figure.text);
        let Some(levels) = context.analysis.target(target).filter(|_| figures.has_cells()) else { continue };
        for fr in Fr::ALL {
            insert(&mut found, figures.cell(levels, fr).text);
            if overlay == Overlay::Trust {
                insert(&mut found, reach_cell(levels.reach(fr), context.look.palette).0);
            }
        }
    }
    if overlay == Overlay::Ownership {
        found.extend((0..context.facts.roles().len()).map(|place| role_figure(place, "", context.look.palette).text));
    }
    found
}

/// A level or shortfall that may be greater is told as the one, and that it may be.
fn insert(found: &mut BTreeSet<String>, figure: String) {
    match figure.strip_suffix(AT_LEAST) {
        Some(least) if !least.is_empty() => {
            found.insert(least.to_owned());
            found.insert(AT_LEAST.to_string());
        }
        _ => {
            found.insert(figure);
        }
    }
}

/// The dash where there is no figure, if there is one anywhere.
fn figure_none(row: &mut Row, context: &Context) {
    let figures = context.figures();
    let overlay = context.look.view.overlay;
    let is_lifecycle = overlay == Overlay::Lifecycle;
    let has_none = |it: Target| {
        let levels = context.analysis.target(it).filter(|_| figures.has_cells());
        let has_cell = levels.is_some_and(|it| Fr::ALL.into_iter().any(|fr| figures.cell(it, fr).text == "–"));
        figures.of_target(it).text == "–" || has_cell
    };
    let mut told = context.project.targets().filter(|it| it.zone().is_some() || !is_lifecycle);
    if told.any(has_none) {
        let palette = context.look.palette;
        let words = match overlay {
            Overlay::Lifecycle => "no asset",
            Overlay::Achieved | Overlay::Proven => "out of scope",
            Overlay::Target => "no SL-T",
            _ => "nothing asked for",
        };
        let colors = (palette.sunken, palette.text_faint);
        row.figure(&Figure { text: "–".into(), near: "–".into(), colors, hatch: None }, words);
    }
}

fn conduits(row: &mut Row, context: &Context, scene: &Scene) {
    let (look, palette) = (context.look, context.look.palette);
    let drawn = || scene.routing.routes().keys().filter_map(|id| context.project.conduits.get(*id));
    let any = |is: &dyn Fn(&Conduit) -> bool| drawn().any(is);
    if any(&|it| it.is_filtered()) {
        row.line("conduit, filtered", Stroke::solid(look.line(2.25), palette.conduit), false);
    }
    if any(&|it| !it.is_filtered()) {
        row.line("nothing filters", Stroke::solid(look.line(1.75), palette.conduit_weak), false);
    }
    if any(&|it| it.initiated_by != Initiator::Both) {
        row.entry("may be opened towards", SIGN, |frame| {
            let (left, right) = ends(frame);
            let stroke = Stroke::solid(look.line(2.0), palette.conduit);
            vec![Shape::segment(left, right, stroke), arrowhead(left, right, 9.0, palette.conduit)]
        });
    }
    for (text, filtering) in [
        ("stateful firewall", Filtering::Stateful),
        ("application filter", Filtering::Application),
        ("one-way device, data goes to the bar", Filtering::OneWay),
    ] {
        if any(&|it| it.filtering == filtering) {
            row.entry(text, 14.0, |frame| vec![conduit::filter_sign(filtering).shape(frame, palette.icon)]);
        }
    }
    if any(&|it| it.is_filtered() && matches!(it.filter_place, FilterPlace::From | FilterPlace::To | FilterPlace::Both))
    {
        row.entry("sign at an end: it filters there", SIGN, |frame| {
            let (left, right) = ends(frame);
            let stroke = Stroke::solid(look.line(2.0), palette.conduit);
            let sign = Rect::new(frame.x + 1.0, frame.y + 1.0, 12.0, 12.0);
            vec![
                Shape::segment(left, right, stroke),
                Shape::filled(sign.grown(1.0), 2.0, palette.label),
                Icon::sign("stateful").shape(sign, palette.icon),
            ]
        });
    }
    if any(&|it| it.is_filtered() && it.filter_place == FilterPlace::Gateway) {
        row.entry("gateway or DMZ", SIGN, |frame| {
            let edge = Some(Stroke::solid(1.0, palette.conduit));
            let ring = |frame: Rect| Shape::Rect { frame, radius: 6.0, fill: None, stroke: edge };
            vec![ring(frame), ring(frame.grown(-2.5))]
        });
    }
    if any(&|it| it.remote_access == RemoteAccess::OnDemand) {
        row.line("remote access on demand", Stroke::dashed(look.line(2.25), palette.conduit, 6.0), false);
    }
    if any(&|it| it.remote_access == RemoteAccess::AlwaysOn) {
        row.line("remote access always on", Stroke::dash_dotted(look.line(2.25), palette.conduit, 9.0), false);
    }
    if any(&|it| it.remote_access != RemoteAccess::None) {
        row.entry("people reach in", 14.0, |frame| vec![Icon::sign("remote").shape(frame, palette.icon)]);
    }
    if scene.routing.routes().values().any(|it| !it.jumps.is_empty()) {
        row.entry("crosses without joining", SIGN, |frame| {
            let (left, right) = ends(frame);
            let route = Route { points: vec![left, right], jumps: vec![frame.center()], ..Route::default() };
            let stroke = Stroke::solid(look.line(2.0), palette.conduit);
            let (x, above) = (frame.center().x, frame.y - 1.0);
            let upright = Shape::segment(Point::new(x, above), Point::new(x, frame.bottom() + 1.0), stroke);
            vec![upright, Shape::Line { points: conduit::way(&route), stroke }]
        });
    }
    if look.shows(Layer::Flows) && !context.project.flows.is_empty() {
        row.entry("flow, from who opens it", SIGN, |frame| {
            let (left, right) = ends(frame);
            let stroke = Stroke::solid(look.line(1.25), palette.flow);
            vec![Shape::segment(left, right, stroke), arrowhead(left, right, 7.0, palette.flow)]
        });
    }
}

fn assets(row: &mut Row, context: &Context, scene: &Scene) {
    let (look, palette) = (context.look, context.look.palette);
    let drawn = || scene.places.cells.keys().filter_map(|id| context.project.assets.get(*id));
    let is_lifecycle = look.view.overlay == Overlay::Lifecycle;
    let marks_support = !matches!(look.view.overlay, Overlay::Findings | Overlay::Ownership);
    if marks_support && drawn().any(|it| it.supported == Known::No) {
        let (fill, ink) =
            if is_lifecycle { (palette.error, palette.error_soft) } else { (palette.warning_soft, palette.warning) };
        row.round("!", (fill, ink), "maker supports it no more");
    }
    if is_lifecycle && drawn().any(|it| it.supported == Known::Unknown) {
        row.round("?", (palette.hint_soft, palette.hint), "support not known");
    }
    if !scene.places.ghosts.is_empty() {
        row.entry("dual-homed", SIGN, |frame| {
            let stroke = Stroke::dashed(look.line(1.25), palette.conduit_weak, 3.0);
            vec![Shape::Line { points: rounded_outline(frame, 4.0), stroke }]
        });
    }
    if !scene.places.more.is_empty() {
        row.words("+n: more assets than the zone has room to show");
    }
}

fn areas(row: &mut Row, context: &Context, scene: &Scene) {
    let (look, palette) = (context.look, context.look.palette);
    if !scene.perimeter.is_empty() {
        row.line("perimeter of the SUC", Stroke::dash_dotted(look.line(2.75), palette.perimeter, 12.0), false);
        let mut point = |text: &str, fill: Color| {
            row.entry(text, 14.0, |frame| {
                let (middle, half) = (frame.center(), 6.0);
                let corner = |x: f32, y: f32| middle.offset(x * half, y * half);
                let corners = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
                let edge = corners.iter().chain(corners.first()).copied().collect();
                let stroke = Stroke::solid(look.line(1.5), palette.perimeter);
                vec![Shape::Polygon { points: corners, fill }, Shape::Line { points: edge, stroke }]
            });
        };
        let is_named = |id: &ConduitId| context.project.scope.access_points.iter().any(|it| it.conduit == Some(*id));
        let crossing = scene.access_points();
        if crossing.iter().any(is_named) {
            point("access point", palette.perimeter);
        }
        if crossing.iter().any(|it| !is_named(it)) {
            point("crosses the perimeter, no named access point", palette.label);
        }
    }
    if !scene.sites.is_empty() {
        row.line("site or area", Stroke::dashed(look.line(1.0), palette.site, 2.0), false);
    }
}

fn findings(row: &mut Row, context: &Context) {
    for severity in Severity::ALL {
        let occurs = context.marks.values().any(|counts| counts.get(severity as usize).is_some_and(|&count| count > 0));
        if occurs {
            let (fill, ink) = context.look.palette.severity(severity);
            row.entry(&format!("{}s found, how many", severity.word()), 18.0, |frame| {
                let stroke = Some(Stroke::solid(1.0, mark::edge(severity, fill, ink)));
                let pill = Shape::Rect { frame, radius: frame.height / 2.0, fill: Some(fill), stroke };
                std::iter::once(pill).chain(mark::sign(severity, frame.center(), 9.0, fill, ink)).collect()
            });
        }
    }
}

/// The left and the right end of a line through a sign.
fn ends(frame: Rect) -> (Point, Point) {
    let y = frame.center().y;
    (Point::new(frame.x, y), Point::new(frame.right(), y))
}

/// Entries set one after the other, in as many rows as they need.
struct Row<'a> {
    shapes: Vec<Shape>,
    x: f32,
    y: f32,
    width: f32,
    look: &'a Look,
}

impl Row<'_> {
    fn entry(&mut self, text: &str, sign_width: f32, sign: impl FnOnce(Rect) -> Vec<Shape>) {
        let size = self.look.text(SIZE);
        let gap = if sign_width > 0.0 { 6.0 } else { 0.0 };
        let needed = sign_width + gap + Face::Regular.width(text, size) + 18.0;
        if self.x > 0.0 && self.x + needed > self.width {
            self.x = 0.0;
            self.y += ROW;
        }
        self.shapes.extend(sign(Rect::new(self.x, self.y + 4.0, sign_width, 14.0)));
        self.shapes.push(Shape::Text {
            at: Point::new(self.x + sign_width + gap, self.y + 11.0 + size * Face::CAP_HEIGHT / 2.0),
            anchor: Anchor::Start,
            text: text.to_owned(),
            face: Face::Regular,
            size,
            color: self.look.palette.text_weak,
        });
        self.x += needed;
    }

    fn words(&mut self, text: &str) {
        self.entry(text, 0.0, |_| Vec::new());
    }

    fn figure(&mut self, figure: &Figure, text: &str) {
        let width = (Face::SemiBold.width(&figure.text, 9.5) + 8.0).max(20.0);
        self.entry(text, width, |frame| {
            let [ground, ink] = chip(frame, figure.text.clone(), 9.5, figure.colors);
            let mut shapes = vec![ground];
            shapes.extend(zone::figure_hatch(figure, frame));
            shapes.push(ink);
            shapes
        });
    }

    /// A strip of seven cells.
    fn strip(&mut self, text: &str) {
        let palette = self.look.palette;
        self.entry(text, 56.0, |frame| {
            let cell = |at: usize| Rect::new(frame.x + at as f32 * 8.0, frame.y + 1.0, 7.0, 12.0);
            let cells = (0..7).flat_map(|at| {
                let fill = palette.levels.get(at % 3).copied().unwrap_or(palette.sunken);
                [
                    Shape::filled(cell(at), 1.0, fill),
                    centred_text(cell(at).center(), (at + 1).to_string(), Face::SemiBold, 7.5, palette.text),
                ]
            });
            cells.collect()
        });
    }

    fn round(&mut self, sign: &str, (fill, ink): (Color, Color), text: &str) {
        let width = (Face::SemiBold.width(sign, 9.5) + 8.0).max(14.0);
        self.entry(text, width, |frame| {
            vec![
                Shape::Rect { frame, radius: 7.0, fill: Some(fill), stroke: Some(Stroke::solid(1.0, ink)) },
                centred_text(frame.center(), sign, Face::SemiBold, 9.5, ink),
            ]
        });
    }

    fn line(&mut self, text: &str, stroke: Stroke, beneath: bool) {
        let over = Stroke::solid(self.look.line(2.25), self.look.palette.conduit);
        self.entry(text, SIGN + 4.0, |frame| {
            let (left, right) = ends(frame);
            // the round ends of a broad line stay clear of the words
            let inset = (stroke.width / 2.0 - 2.0).max(0.0);
            let mut shapes = vec![Shape::segment(left.offset(inset, 0.0), right.offset(-inset, 0.0), stroke)];
            if beneath {
                shapes.push(Shape::segment(left, right, over));
            }
            shapes
        });
    }
}
