//! What lines join: assets and zones, through points that lines pass and shapes that stand for conduits.

use std::collections::{BTreeMap, BTreeSet};

use super::around::{distance, shared};
use super::{At, Role, Staging};
use crate::exchange::drawings::{DrawnLink, LinkEnd, Page, Remark, own};
use crate::model::Point;

/// A loose end is no further from what it belongs to, in pixels, whatever the sizes.
const LEAST_REACH: f32 = 12.0;
/// Nor further than this.
const MOST_REACH: f32 = 40.0;
/// A conduit that joins more things than this joins each with the first of them only.
const MOST_ENDS: usize = 4;

/// On a page with more lines than this, none is looked at for ends on other lines.
const MOST_LINES: usize = 5000;

/// The thing at an end of a line, or why there is none.
type End = Result<usize, String>;

/// Two things that a line joins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Join {
    pub from: At,
    pub to: At,
    /// An arrowhead at `to`.
    pub points_on: bool,
    /// An arrowhead at `from`.
    pub points_back: bool,
    pub text: String,
    /// What it is called where a shape stands for it.
    pub name: String,
    pub details: Vec<(String, String)>,
}

impl Staging {
    /// What the lines of the imported pages join, and what could not be joined.
    pub(super) fn joins(&self) -> (Vec<Join>, Vec<Remark>) {
        let (mut joins, mut remarks) = (Vec::new(), Vec::new());
        for (page, drawn) in self.drawing.pages.iter().enumerate().filter(|(page, _)| self.takes_page(*page)) {
            Joining {
                staging: self,
                page,
                drawn,
                reach: self.reach(page, drawn),
                joins: &mut joins,
                remarks: &mut remarks,
            }
            .all();
        }
        (joins, remarks)
    }

    /// How far a loose end may be from what it belongs to: a share of what assets usually measure.
    fn reach(&self, page: usize, drawn: &Page) -> f32 {
        let is_asset = |shape: usize| self.understood(At { page, shape }).is_some_and(|it| it.role == Role::Asset);
        let sizes = drawn.shapes.iter().enumerate().filter(|(shape, _)| is_asset(*shape));
        let mut sizes: Vec<f32> = sizes.map(|(_, it)| it.frame.width.min(it.frame.height)).collect();
        sizes.sort_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).map_or(LEAST_REACH, |usual| (usual * 0.4).clamp(LEAST_REACH, MOST_REACH))
    }

    /// What a page is called in remarks.
    pub fn page_name(&self, page: usize) -> String {
        match self.drawing.pages.get(page) {
            Some(drawn) if !drawn.name.is_empty() => format!("Page \"{}\"", drawn.name),
            _ => format!("Page {}", page + 1),
        }
    }
}

struct Joining<'a> {
    staging: &'a Staging,
    page: usize,
    drawn: &'a Page,
    reach: f32,
    joins: &'a mut Vec<Join>,
    remarks: &'a mut Vec<Remark>,
}

/// What is at one end of something that leads into a conduit, with the line that leads there.
struct Arm {
    end: usize,
    link: Option<usize>,
    /// The arrow points at the end.
    points_out: bool,
    /// The arrow points into the conduit.
    points_in: bool,
}

impl Joining<'_> {
    fn role(&self, shape: usize) -> Role {
        self.staging.understood(At { page: self.page, shape }).map_or(Role::Nothing, |it| it.role)
    }

    fn name(&self, shape: usize) -> String {
        let at = At { page: self.page, shape };
        let name = self.staging.understood(at).map(|it| it.name.clone()).unwrap_or_default();
        match name.is_empty() {
            true => self.drawn.shapes.get(shape).map(|it| it.hint.clone()).unwrap_or_default(),
            false => name,
        }
    }

    fn all(&mut self) {
        let mut arms: BTreeMap<usize, Vec<Arm>> = BTreeMap::new();
        let mut through: Vec<(usize, usize)> = Vec::new();
        let mut words: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let ends: Vec<(End, End)> =
            self.drawn.links.iter().map(|link| (self.end(link.from), self.end(link.to))).collect();
        let tapped = self.on_lines(&ends);
        let mut gathered: BTreeMap<usize, Vec<Arm>> = BTreeMap::new();
        for (place, (link, ends)) in self.drawn.links.iter().zip(ends).enumerate() {
            if !self.staging.takes_line(self.page, place) {
                continue;
            }
            if let Some(line) = tapped.get(&place) {
                // its loose end lies on another line: it joins what that joins
                let sides = [(ends.0, link.points_back, link.points_on), (ends.1, link.points_on, link.points_back)];
                let sides = sides.into_iter().filter_map(|(end, points_out, points_in)| {
                    Some(Arm { end: end.ok()?, link: Some(place), points_out, points_in })
                });
                gathered.entry(*line).or_default().extend(sides);
                continue;
            }
            let (from, to) = match ends {
                (Ok(from), Ok(to)) => (from, to),
                // a conduit of ours may end nowhere
                _ if own::conduit(&link.details).is_some() => continue,
                (Err(reason), Ok(other)) | (Ok(other), Err(reason)) => {
                    self.lost(link, &format!("one end {reason}, the other is at \"{}\"", self.name(other)));
                    continue;
                }
                (Err(one), Err(other)) => {
                    self.lost(link, &format!("one end {one}, the other {other}"));
                    continue;
                }
            };
            let arm =
                |end: usize, points_out: bool, points_in: bool| Arm { end, link: Some(place), points_out, points_in };
            match (self.role(from) == Role::Conduit, self.role(to) == Role::Conduit) {
                (false, false) => self.join(from, to, link),
                (true, true) => {
                    through.push((from, to));
                    words.entry(from).or_default().push(place);
                }
                (true, false) => arms.entry(from).or_default().push(arm(to, link.points_on, link.points_back)),
                (false, true) => arms.entry(to).or_default().push(arm(from, link.points_back, link.points_on)),
            }
        }
        for (line, ends) in gathered {
            let name = self.drawn.links.get(line).map(|it| it.text.clone()).unwrap_or_default();
            let called = if name.is_empty() { format!("line with {} ends", ends.len()) } else { name };
            self.through(&called, "", &ends, &[]);
        }
        self.conduits(arms, &through, &words);
    }

    /// The lines of which a loose end lies on another line, and that other line; a line that
    /// others end at counts as lying on itself.
    fn on_lines(&self, ends: &[(End, End)]) -> BTreeMap<usize, usize> {
        let mut tapped: BTreeMap<usize, usize> = BTreeMap::new();
        if ends.len() > MOST_LINES {
            return tapped;
        }
        let segment = |link: &DrawnLink| Some((self.drawn.point(link.from)?, self.drawn.point(link.to)?));
        let segments: Vec<_> = self.drawn.links.iter().map(segment).collect();
        let takes = |place: &usize| self.staging.takes_line(self.page, *place);
        for (place, (link, known)) in self.drawn.links.iter().zip(ends).enumerate().filter(|(place, _)| takes(place)) {
            for (end, known) in [(link.from, &known.0), (link.to, &known.1)] {
                let (LinkEnd::Free(at), Err(_)) = (end, known) else { continue };
                let others = segments.iter().enumerate().filter(|(other, _)| *other != place && takes(other));
                let near = others.filter_map(|(other, segment)| Some((other, (*segment)?)));
                let near = near.map(|(other, (from, to))| (other, from_segment(at, from, to)));
                let best = near.filter(|(_, away)| *away <= LEAST_REACH).min_by(|one, next| one.1.total_cmp(&next.1));
                if let Some((line, _)) = best {
                    let line = tapped.get(&line).copied().unwrap_or(line);
                    if line != place {
                        tapped.entry(line).or_insert(line);
                        tapped.insert(place, line);
                    }
                }
            }
        }
        tapped
    }

    fn join(&mut self, from: usize, to: usize, link: &DrawnLink) {
        if from == to {
            self.lost(link, &format!("it leads from \"{}\" back to the same shape", self.name(from)));
            return;
        }
        let [from, to] = [from, to].map(|shape| At { page: self.page, shape });
        self.joins.push(Join {
            from,
            to,
            points_on: link.points_on,
            points_back: link.points_back,
            text: link.text.clone(),
            name: String::new(),
            details: link.details.clone(),
        });
    }

    /// Shapes that stand for conduits join what their lines lead to, or else the zones that they touch.
    fn conduits(
        &mut self,
        mut arms: BTreeMap<usize, Vec<Arm>>,
        through: &[(usize, usize)],
        words: &BTreeMap<usize, Vec<usize>>,
    ) {
        let shapes: Vec<usize> =
            (0..self.drawn.shapes.len()).filter(|&shape| self.role(shape) == Role::Conduit).collect();
        let mut neighbours: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(from, to) in through {
            neighbours.entry(from).or_default().push(to);
            neighbours.entry(to).or_default().push(from);
        }
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for &start in &shapes {
            if !seen.insert(start) {
                continue;
            }
            let mut together = vec![start];
            let mut next = 0;
            while let Some(&shape) = together.get(next) {
                next += 1;
                for &other in neighbours.get(&shape).into_iter().flatten() {
                    if seen.insert(other) {
                        together.push(other);
                    }
                }
            }
            let mut ends: Vec<Arm> = together.iter().flat_map(|it| arms.remove(it).unwrap_or_default()).collect();
            let names = together.iter().map(|&it| self.staging.text(At { page: self.page, shape: it }));
            let name = names.into_iter().find(|it| !it.is_empty()).unwrap_or_default().to_owned();
            if ends.is_empty() {
                ends = self.touched(start);
            }
            let between = together.iter().flat_map(|it| words.get(it).into_iter().flatten().copied());
            let between: Vec<usize> = between.collect();
            let called = if name.is_empty() { self.name(start) } else { name.clone() };
            self.through(&called, &name, &ends, &between);
        }
    }

    /// Joins all ends that lead into one thing, each with each or, where they are many, all with the first.
    fn through(&mut self, called: &str, name: &str, ends: &[Arm], between: &[usize]) {
        let mut distinct: Vec<&Arm> = Vec::new();
        for arm in ends {
            if !distinct.iter().any(|it| it.end == arm.end) {
                distinct.push(arm);
            }
        }
        if distinct.len() < 2 {
            let what = match distinct.first() {
                Some(arm) => format!("leads only to \"{}\"", self.name(arm.end)),
                None => "leads nowhere".to_owned(),
            };
            self.remark(&format!("conduit \"{called}\""), &what);
            return;
        }
        let pairs: Vec<(usize, usize)> = if distinct.len() <= MOST_ENDS {
            (0..distinct.len()).flat_map(|one| (one + 1..distinct.len()).map(move |other| (one, other))).collect()
        } else {
            let first = distinct.first().map(|it| self.name(it.end)).unwrap_or_default();
            let what = format!("joins {} things; drawn from \"{first}\" to each of the others", distinct.len());
            self.remark(&format!("conduit \"{called}\""), &what);
            (1..distinct.len()).map(|other| (0, other)).collect()
        };
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (distinct.get(one), distinct.get(other)) else { continue };
            let links = [one.link, other.link].into_iter().flatten().chain(between.iter().copied());
            let links: Vec<&DrawnLink> = links.filter_map(|it| self.drawn.links.get(it)).collect();
            let texts: Vec<&str> = links.iter().map(|it| it.text.as_str()).filter(|it| !it.is_empty()).collect();
            self.joins.push(Join {
                from: At { page: self.page, shape: one.end },
                to: At { page: self.page, shape: other.end },
                points_on: other.points_out || one.points_in,
                points_back: one.points_out || other.points_in,
                text: texts.join("\n"),
                name: name.to_owned(),
                details: links.iter().flat_map(|it| it.details.clone()).collect(),
            });
        }
    }

    /// The zones that a conduit without lines lies across.
    fn touched(&self, conduit: usize) -> Vec<Arm> {
        let Some(frame) = self.drawn.shapes.get(conduit).map(|it| it.frame.grown(4.0)) else { return Vec::new() };
        let zones = self.drawn.shapes.iter().enumerate().filter(|(shape, it)| {
            self.role(*shape) == Role::Zone && shared(&it.frame, &frame) > 0.0 && !it.frame.encloses(&frame)
        });
        zones.map(|(end, _)| Arm { end, link: None, points_out: false, points_in: false }).take(MOST_ENDS).collect()
    }

    /// The asset, zone or conduit at an end of a line, or why there is none.
    fn end(&self, end: LinkEnd) -> End {
        match end {
            LinkEnd::Shape(shape) => self.meant(shape).ok_or_else(|| {
                let what = match self.role(shape) {
                    Role::Note => "a note",
                    _ => "left out",
                };
                format!("is at \"{}\", which is {what}", self.name(shape))
            }),
            LinkEnd::Free(place) => self
                .near(place)
                .ok_or_else(|| format!("is loose at ({:.0}, {:.0}), with nothing near", place.x, place.y)),
            LinkEnd::Nowhere => Err("leads nowhere".to_owned()),
        }
    }

    /// The thing meant where a line ends at a shape: itself, what it names, or what it is a part of.
    fn meant(&self, shape: usize) -> Option<usize> {
        let is_one = |shape: &usize| matches!(self.role(*shape), Role::Asset | Role::Zone | Role::Conduit);
        if is_one(&shape) {
            return Some(shape);
        }
        let guess = self.staging.guess(At { page: self.page, shape })?;
        if let Some(named) = guess.names.filter(is_one) {
            return Some(named);
        }
        let parts = self.drawn.shapes.iter().enumerate().filter(|(_, it)| it.parent == Some(shape));
        let mut parts = parts.map(|(place, _)| place).filter(is_one);
        if let Some(part) = parts.next() {
            return Some(part);
        }
        guess.around.iter().copied().find(|outer| self.role(*outer) == Role::Asset)
    }

    /// What a loose end belongs to: the asset that it touches or nearly touches, or else the zone.
    fn near(&self, place: Point) -> Option<usize> {
        let mut best: Option<((u8, f32), usize)> = None;
        for (shape, drawn) in self.drawn.shapes.iter().enumerate() {
            let away = distance(&drawn.frame, place);
            let rank = match self.role(shape) {
                Role::Asset | Role::Conduit if away <= self.reach => (0, away + drawn.frame.width.min(500.0) / 1000.0),
                Role::Zone if away <= self.reach && on_edge(drawn.frame, place) <= self.reach => {
                    (1, on_edge(drawn.frame, place))
                }
                Role::Zone if away == 0.0 => (2, drawn.frame.width * drawn.frame.height),
                _ => continue,
            };
            if best.is_none_or(|(known, _)| (rank.0, rank.1) < known) {
                best = Some((rank, shape));
            }
        }
        best.map(|(_, shape)| shape)
    }

    fn lost(&mut self, link: &DrawnLink, what: &str) {
        let called = if link.text.is_empty() { &link.key } else { &link.text };
        let called = called.lines().next().unwrap_or_default();
        self.remark(&format!("line \"{called}\""), &format!("left out: {what}"));
    }

    fn remark(&mut self, place: &str, what: &str) {
        let place = format!("{}, {place}", self.staging.page_name(self.page));
        self.remarks.push(Remark { place, what: what.to_owned() });
    }
}

/// How far a place is from the nearest edge of a frame.
fn on_edge(frame: crate::model::Rect, place: Point) -> f32 {
    let outside = distance(&frame, place);
    let inside = (place.x - frame.x).min(frame.right() - place.x).min(place.y - frame.y).min(frame.bottom() - place.y);
    if outside > 0.0 { outside } else { inside.max(0.0) }
}

/// How far a place is from a straight line between two others.
fn from_segment(place: Point, from: Point, to: Point) -> f32 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { ((place.x - from.x) * dx + (place.y - from.y) * dy) / length } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    (place.x - from.x - share * dx).hypot(place.y - from.y - share * dy)
}
