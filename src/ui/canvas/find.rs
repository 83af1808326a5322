//! Ctrl+F: what answers to a few words is outlined, all else fades, and Enter flies from one to the next.

use egui::{Align, Color32, Frame, Key, Layout, Margin, Painter, Panel, RichText, Stroke, TextEdit, Ui};

use super::CanvasState;
use super::camera::Camera;
use crate::catalogue::Catalogue;
use crate::drawing::scene::Scene;
use crate::model::{Asset, Flow, Project, Rect, Subject};
use crate::ui::action::{Action, DiagramAction, Selection};
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{Symbol, icon_button, plain_key, take_keys};

/// The bar while it is open.
#[derive(Default)]
pub(super) struct Find {
    wanted: String,
    hits: Vec<Subject>,
    /// The hit flown to last.
    at: Option<usize>,
    /// What the hits were found with.
    found_in: Option<(u64, String)>,
    is_new: bool,
    /// The field has the keyboard.
    pub is_typing: bool,
}

impl Find {
    /// An open bar that takes the keyboard.
    pub fn open() -> Self {
        Self { is_new: true, ..Self::default() }
    }

    /// Takes the keyboard again.
    pub fn take_keyboard(&mut self) {
        self.is_new = true;
    }
}

/// Shows the bar above the canvas.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    let Some(find) = &mut state.find else { return };
    let frame = Frame::new().fill(color32(ctx.palette.sunken)).inner_margin(Margin::symmetric(10, 4));
    let mut closes = false;
    Panel::top("find in the diagram").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            closes |= icon_button(ui, Symbol::Close, "Close (Esc)", true, false).clicked();
            let some = !find.hits.is_empty();
            let next = icon_button(ui, Symbol::Down, "Next (Enter)", some, false).clicked();
            let previous = icon_button(ui, Symbol::Up, "Previous (Shift+Enter)", some, false).clicked();
            ui.label(RichText::new(find.count()).small().weak());
            let field = TextEdit::singleline(&mut find.wanted)
                .hint_text("Tag, name, type, address, maker, protocol, owner")
                .desired_width(f32::INFINITY);
            let response = ui.add(field).accessible_name("Find in the diagram");
            if std::mem::take(&mut find.is_new) {
                take_keys(ui, &response, find.wanted.chars().count());
            }
            find.is_typing = response.has_focus();
            find.refresh(ctx);
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let back = entered && ui.input(|input| input.modifiers.shift);
            if entered {
                response.request_focus();
            }
            // taken, so that it does not leave the selection too
            if response.lost_focus() && plain_key(ui, Key::Escape) {
                closes = true;
            }
            if let Some(subject) = find.step(next || (entered && !back), previous || back) {
                ctx.send(Action::Diagram(DiagramAction::Fly(Selection::of(subject))));
            }
        });
    });
    if closes {
        state.find = None;
    }
}

impl Find {
    fn count(&self) -> String {
        match (self.wanted.trim().is_empty(), self.hits.len(), self.at) {
            (true, ..) => String::new(),
            (_, 0, _) => "nothing found".to_owned(),
            (_, all, Some(at)) => format!("{} of {all}", at + 1),
            (_, all, None) => format!("{all} found"),
        }
    }

    /// Finds anew where the words or the project changed.
    fn refresh(&mut self, ctx: &Context) {
        if !ctx.session.is_settled() {
            return;
        }
        let now = (ctx.session.revision(), self.wanted.clone());
        if self.found_in.as_ref() != Some(&now) {
            if self.found_in.as_ref().is_none_or(|before| before.1 != now.1) {
                self.at = None;
            }
            self.hits = found(ctx.project, ctx.catalogue, &self.wanted);
            self.at = self.at.filter(|at| *at < self.hits.len());
            self.found_in = Some(now);
        }
    }

    /// Goes on to the next or the one before; returns what is then flown to.
    fn step(&mut self, next: bool, previous: bool) -> Option<Subject> {
        let all = self.hits.len();
        let at = match (next, previous, self.at) {
            _ if all == 0 => return None,
            (true, _, None) => 0,
            (true, _, Some(at)) => (at + 1) % all,
            (_, true, None) => all - 1,
            (_, true, Some(at)) => (at + all - 1) % all,
            _ => return None,
        };
        self.at = Some(at);
        self.hits.get(at).copied()
    }
}

/// Everything drawn that answers to all the words: zones, conduits (by their flows too),
/// assets and notes, each kind in the order of its tags.
pub(super) fn found(project: &Project, catalogue: &Catalogue, wanted: &str) -> Vec<Subject> {
    let words: Vec<String> = wanted.to_lowercase().split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let answers = |parts: &[&str]| {
        let text = parts.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut found: Vec<(u8, &str, Subject)> = Vec::new();
    for (id, zone) in project.zones.iter() {
        if answers(&[&zone.tag, &zone.name, &zone.owner, &zone.site, zone.trust.word()]) {
            found.push((0, &zone.tag, id.into()));
        }
    }
    let mut protocols: std::collections::BTreeMap<_, Vec<&str>> = std::collections::BTreeMap::new();
    for flow in project.flows.values() {
        if let Some(conduit) = flow.conduit {
            protocols.entry(conduit).or_default().extend(protocol_words(catalogue, flow));
        }
    }
    for (id, conduit) in project.conduits.iter() {
        let mut parts = vec![&*conduit.tag, &conduit.name, &conduit.owner, conduit.filtering.word()];
        parts.extend(protocols.get(&id).into_iter().flatten().copied());
        if answers(&parts) {
            found.push((1, &conduit.tag, id.into()));
        }
    }
    for (id, asset) in project.assets.iter() {
        if answers(&asset_words(catalogue, asset)) {
            found.push((2, &asset.tag, id.into()));
        }
    }
    for (id, note) in project.notes.iter() {
        if answers(&[&note.text]) {
            found.push((3, &note.text, id.into()));
        }
    }
    found.sort();
    found.into_iter().map(|(.., subject)| subject).collect()
}

fn protocol_words<'a>(catalogue: &'a Catalogue, flow: &'a Flow) -> impl Iterator<Item = &'a str> {
    let name = catalogue.protocol(&flow.protocol).map(|it| it.name.as_str());
    std::iter::once(flow.protocol.as_str()).chain(name)
}

fn asset_words<'a>(catalogue: &'a Catalogue, asset: &'a Asset) -> Vec<&'a str> {
    let kind = catalogue.asset_type(&asset.kind).map_or(asset.kind.as_str(), |it| it.name.as_str());
    let mut words = vec![&*asset.tag, &asset.name, kind, &asset.vendor, &asset.model, &asset.version, &asset.owner];
    words.extend(asset.addresses.iter().map(String::as_str));
    words
}

/// Lets all fade but what was found, and outlines that.
pub(super) fn paint(painter: &Painter, ctx: &Context, state: &CanvasState, scene: &Scene, rect: egui::Rect) {
    let Some(find) = state.find.as_ref().filter(|it| !it.hits.is_empty()) else { return };
    let camera = state.camera;
    let seen = camera.visible(rect);
    let mut holes = Vec::new();
    let mut outlines = Vec::new();
    for &subject in &find.hits {
        if let Some(bounds) = super::bounds_of(ctx.project, scene, subject).filter(|it| it.grown(1.0).overlaps(&seen)) {
            match subject {
                Subject::Conduit(_) => holes.extend(along(scene, subject, camera)),
                _ => holes.push(bounds.grown(3.0 / camera.zoom)),
            }
            outlines.push((subject, bounds));
        }
        if holes.len() >= MOST_HOLES {
            break;
        }
    }
    let veil = color32(ctx.palette.canvas).gamma_multiply(0.72);
    for part in around(seen, &holes) {
        painter.rect_filled(camera.rect_to_screen(rect, part), 0.0, veil);
    }
    let current = find.at.and_then(|at| find.hits.get(at)).copied();
    for (subject, bounds) in outlines {
        if !matches!(subject, Subject::Conduit(_)) {
            let width = if current == Some(subject) { 3.0 } else { 1.5 };
            outline(painter, camera.rect_to_screen(rect, bounds).expand(3.0), width, color32(ctx.palette.guide));
        }
    }
}

/// More than this many lit places are not told apart.
const MOST_HOLES: usize = 400;

fn outline(painter: &Painter, frame: egui::Rect, width: f32, color: Color32) {
    painter.rect_stroke(frame, 6.0, Stroke::new(width, color), egui::StrokeKind::Outside);
}

/// Narrow places along a conduit, and its label.
fn along(scene: &Scene, subject: Subject, camera: Camera) -> Vec<Rect> {
    let Subject::Conduit(id) = subject else { return Vec::new() };
    let Some(route) = scene.routes().get(&id) else { return Vec::new() };
    let wide = 7.0 / camera.zoom.max(0.3);
    let parts = route.points.windows(2).filter_map(|pair| match pair {
        &[from, to] => Some(Rect::between(from, to).grown(wide)),
        _ => None,
    });
    let label = Rect::new(route.label.x - 44.0, route.label.y - 12.0, 88.0, 24.0);
    parts.chain([label]).collect()
}

/// What of an area is outside all holes, as rectangles that do not overlap.
fn around(area: Rect, holes: &[Rect]) -> Vec<Rect> {
    let mut edges: Vec<f32> = holes.iter().flat_map(|it| [it.y, it.bottom()]).collect();
    edges.extend([area.y, area.bottom()]);
    edges.retain(|y| (area.y..=area.bottom()).contains(y));
    edges.sort_by(f32::total_cmp);
    edges.dedup();
    let mut parts = Vec::new();
    for band in edges.windows(2) {
        let &[top, bottom] = band else { continue };
        let middle = (top + bottom) / 2.0;
        let mut cuts: Vec<(f32, f32)> =
            holes.iter().filter(|it| it.y <= middle && middle <= it.bottom()).map(|it| (it.x, it.right())).collect();
        cuts.sort_by(|one, next| one.0.total_cmp(&next.0));
        let mut left = area.x;
        for (from, to) in cuts.into_iter().chain([(area.right(), area.right())]) {
            if from > left {
                parts.push(Rect::new(left, top, from.min(area.right()) - left, bottom - top));
            }
            left = left.max(to);
        }
    }
    parts.retain(|it| it.width > 0.0 && it.height > 0.0);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssetId, ConduitId, Id, Note, NoteId, ZoneId};

    fn plant() -> Project {
        let mut project = Fixture::new()
            .zone("Z-1", |zone| zone.owner = "Shift lead".into())
            .zone("Z-2", |zone| zone.name = "Dosing".into())
            .conduit("C-1", "Z-1", "Z-2", |_| ())
            .asset("PLC-1", "plc", "Z-2", |asset| asset.addresses = vec!["10.1.2.3".into()])
            .project;
        let flow =
            Flow { conduit: Some(ConduitId::derived_from("C-1")), protocol: "modbus_tcp".into(), ..Flow::default() };
        project.flows.insert(crate::model::FlowId::derived_from("F"), flow);
        let note = Note { text: "Shutdown in week 14".into(), ..Note::default() };
        project.notes.insert(NoteId::derived_from("N"), note);
        project
    }

    #[test]
    fn all_words_must_answer_whatever_they_are_about() {
        let find = |wanted: &str| found(&plant(), Catalogue::embedded(), wanted);
        assert_eq!(find("dosing"), [ZoneId::derived_from("Z-2").into()]);
        assert_eq!(find("shift LEAD"), [ZoneId::derived_from("Z-1").into()]);
        assert_eq!(find("10.1.2"), [AssetId::derived_from("PLC-1").into()]);
        assert_eq!(find("modbus"), [ConduitId::derived_from("C-1").into()]);
        assert_eq!(find("week 14"), [NoteId::derived_from("N").into()]);
        assert_eq!(find("dosing modbus"), []);
        assert_eq!(find("  "), []);
        assert_eq!(find("-1").len(), 3, "zones come before conduits before assets");
        assert_eq!(find("-1")[0], ZoneId::derived_from("Z-1").into());
    }

    #[test]
    fn next_and_previous_go_round() {
        let mut find = Find { hits: found(&plant(), Catalogue::embedded(), "-1"), ..Find::default() };
        let hits = find.hits.clone();
        assert_eq!(find.step(true, false), Some(hits[0]));
        assert_eq!(find.step(false, true), Some(hits[2]));
        assert_eq!(find.step(true, false), Some(hits[0]));
        assert_eq!(find.step(false, false), None);
    }

    #[test]
    fn what_lies_around_holes_covers_all_but_them() {
        let area = Rect::new(0.0, 0.0, 100.0, 100.0);
        let holes =
            [Rect::new(10.0, 10.0, 40.0, 40.0), Rect::new(30.0, 30.0, 40.0, 40.0), Rect::new(90.0, 50.0, 40.0, 10.0)];
        let parts = around(area, &holes);
        let covered: f32 = parts.iter().map(|it| it.width * it.height).sum();
        // two holes of 1,600 that share 400, and the part of the third inside the area
        assert_eq!(covered, 10_000.0 - 2_800.0 - 100.0);
        assert!(parts.iter().all(|part| holes.iter().all(|hole| !part.overlaps(hole))));
        assert_eq!(around(area, &[]), [area]);
    }
}
