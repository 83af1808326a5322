//! What each shape of a page is taken for, before anybody says otherwise.

use std::collections::BTreeMap;

use super::looks::Looks;
use super::names::names;
use super::words::{self, folded};
use super::{Role, around, parts};
use crate::catalogue::Catalogue;
use crate::exchange::drawings::{DrawnShape, LinkEnd, Meaning, Page};
use crate::model::{PurdueLevel, Rect, Trust};

/// A text longer than this names nothing.
const LONGEST_NAME: usize = 160;
/// A box this small with a picture in it is a thing with its symbol, not a zone.
const SMALL: f32 = 180.0;
/// A loose end this near to a thing, in pixels, all but touches it.
const TOUCH: f32 = 12.0;
/// So many loose ends and things are compared.
const MOST_COMPARED: usize = 20_000_000;
/// A bar with words that is wider than this names nothing that it stands for.
const TITLE: f32 = 300.0;
/// A text longer than this says more than what a zone is.
const LONGEST_TITLE: usize = 60;

/// What a shape is taken for, with all that would be taken for it in another role.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Guess {
    pub role: Role,
    pub reason: String,
    /// Its own text, or that of the text that names it.
    pub text: String,
    pub name: String,
    pub kind: Option<&'static str>,
    pub purdue: Option<PurdueLevel>,
    pub trust: Option<Trust>,
    /// The shape that this text names, or that this frame stands around.
    pub names: Option<usize>,
    /// What stands behind it, the nearest first.
    pub around: Vec<usize>,
    /// How many things it holds.
    pub holds: usize,
}

/// Guesses for all shapes of a page, in their order.
pub(super) fn guesses(page: &Page) -> Vec<Guess> {
    Guessing::new(page).all()
}

struct Guessing<'a> {
    page: &'a Page,
    looks: Vec<Looks>,
    around: Vec<Vec<usize>>,
    /// How many lines end at each shape.
    lines: Vec<usize>,
    /// How many things each shape holds directly.
    holds: Vec<usize>,
    /// Of these, how many have neither name nor line.
    bare: Vec<usize>,
    /// The names given by texts: by the text, and by what is named.
    names: BTreeMap<usize, usize>,
    named_by: BTreeMap<usize, usize>,
    /// Frames around one thing each.
    frames: BTreeMap<usize, usize>,
}

impl<'a> Guessing<'a> {
    fn new(page: &'a Page) -> Self {
        let count = page.shapes.len();
        let mut lines = vec![0; count];
        for end in page.links.iter().flat_map(|link| [link.from, link.to]) {
            if let LinkEnd::Shape(place) = end
                && let Some(lines) = lines.get_mut(place)
            {
                *lines += 1;
            }
        }
        let mut looks: Vec<Looks> = page.shapes.iter().map(Looks::of).collect();
        for (looks, &lines) in looks.iter_mut().zip(&lines) {
            // what lines lead to is a thing, framed or not
            if *looks == Looks::Text && lines > 0 {
                *looks = Looks::Plain;
            }
        }
        parts::lists(page, &lines, &mut looks);
        let around = around::around(page, &looks);
        let mut guessing = Self {
            page,
            looks,
            around,
            lines,
            holds: vec![0; count],
            bare: vec![0; count],
            names: BTreeMap::new(),
            named_by: BTreeMap::new(),
            frames: BTreeMap::new(),
        };
        guessing.count();
        guessing.loose_ends();
        guessing.names = names(page, &guessing.looks, &guessing.around, &guessing.holds);
        guessing.named_by = guessing.names.iter().map(|(&text, &named)| (named, text)).collect();
        let is_named = |place: usize| guessing.named_by.contains_key(&place);
        let inside = parts::inside(page, &guessing.looks, &guessing.around);
        for (icon, named) in parts::icons(page, &guessing.looks, &inside, is_named) {
            guessing.names.insert(icon, named);
            guessing.named_by.insert(named, icon);
        }
        let is_named = |place: usize| guessing.named_by.contains_key(&place);
        guessing.frames = parts::frames(page, &guessing.looks, &inside, &guessing.holds, is_named);
        for (&frame, &thing) in &guessing.frames {
            let lines = guessing.lines.get(frame).copied().unwrap_or(0);
            if let Some(known) = guessing.lines.get_mut(thing) {
                *known += lines;
            }
        }
        guessing
    }

    /// Counts loose ends that all but touch a thing without a name: it is one that lines lead to.
    fn loose_ends(&mut self) {
        let shapes = self.page.shapes.iter().enumerate();
        let is_bare = |(place, shape): &(usize, &DrawnShape)| {
            let is_thing = matches!(self.looks.get(*place), Some(Looks::Plain | Looks::Stencil | Looks::Picture));
            is_thing && shape.text.is_empty() && self.holds.get(*place) == Some(&0) && shape.frame.is_drawable()
        };
        let bare: Vec<(usize, Rect)> = shapes.filter(is_bare).map(|(place, it)| (place, it.frame)).collect();
        let ends = self.page.links.iter().flat_map(|link| [link.from, link.to]);
        let ends = ends.filter_map(|end| if let LinkEnd::Free(at) = end { Some(at) } else { None });
        for end in ends.take(MOST_COMPARED / bare.len().max(1)) {
            let near = bare.iter().map(|(place, frame)| (around::distance(frame, end), *place));
            let nearest = near.filter(|(away, _)| *away <= TOUCH).min_by(|one, next| one.0.total_cmp(&next.0));
            if let Some(lines) = nearest.and_then(|(_, place)| self.lines.get_mut(place)) {
                *lines += 1;
            }
        }
    }

    /// Counts what each shape holds.
    fn count(&mut self) {
        for (place, shape) in self.page.shapes.iter().enumerate() {
            let Some(looks) = self.looks.get(place) else { continue };
            if !looks.is_thing() {
                continue;
            }
            let is_bare = shape.text.is_empty() && self.lines.get(place) == Some(&0) && *looks != Looks::Stencil;
            let outer = self.around.get(place).into_iter().flatten();
            let outer = outer.copied().find(|it| self.looks.get(*it) != Some(&Looks::Group));
            let Some(outer) = outer else { continue };
            if let (Some(holds), Some(bare)) = (self.holds.get_mut(outer), self.bare.get_mut(outer)) {
                *holds += 1;
                *bare += usize::from(is_bare);
            }
        }
    }

    fn all(self) -> Vec<Guess> {
        let mut all: Vec<Guess> = Vec::with_capacity(self.page.shapes.len());
        for (place, shape) in self.page.shapes.iter().enumerate() {
            let guess = self.one(place, shape, &all);
            all.push(guess);
        }
        all
    }

    fn one(&self, place: usize, shape: &DrawnShape, earlier: &[Guess]) -> Guess {
        let looks = self.looks.get(place).copied().unwrap_or(Looks::Plain);
        let by_text = self.named_by.get(&place).and_then(|text| self.page.shapes.get(*text));
        let text = if shape.text.is_empty() { by_text.map_or("", |it| &it.text) } else { &shape.text };
        let with_rows = (looks == Looks::List).then(|| parts::with_rows(self.page, place, text));
        let text = with_rows.as_deref().unwrap_or(text);
        let words = folded(text);
        let holds = self.holds.get(place).copied().unwrap_or(0);
        let (kind, kind_reason) = self.kind(shape, &words);
        let is_junction = matches!(looks, Looks::Junction | Looks::Decoration);
        let (kind, kind_reason) = if is_junction { (Some("switch"), String::new()) } else { (kind, kind_reason) };
        let (mut purdue, mut trust) = levels(shape, text, &words);
        if looks == Looks::Cloud && trust.is_none() && purdue.is_none() && text.is_empty() {
            (purdue, trust) = (Some(PurdueLevel::L5), Some(Trust::External));
        }
        let legend = shape.parent.and_then(|it| earlier.get(it)).filter(|outer| {
            matches!(outer.role, Role::Note | Role::Nothing) && outer.reason == LEGEND || outer.reason == IN_LEGEND
        });
        let (role, reason) = match (legend, &shape.meaning) {
            (Some(_), _) => (Role::Nothing, IN_LEGEND.to_owned()),
            (None, Some(Meaning::Zone { .. })) => (Role::Zone, "the file says so".to_owned()),
            (None, Some(Meaning::Asset(_))) => (Role::Asset, "the file says so".to_owned()),
            (None, Some(Meaning::Note)) => (Role::Note, "the file says that it is a text".to_owned()),
            (None, None) if self.frames.contains_key(&place) => (Role::Nothing, FRAME.to_owned()),
            (None, None) => self.role(place, shape, looks, text, &words, kind, kind_reason),
        };
        Guess {
            role,
            reason,
            name: match name(text) {
                "" if looks == Looks::Cloud => "Cloud".to_owned(),
                name => name.to_owned(),
            },
            text: text.to_owned(),
            kind,
            purdue,
            trust,
            names: self.names.get(&place).or(self.frames.get(&place)).copied(),
            around: self.around.get(place).cloned().unwrap_or_default(),
            holds,
        }
    }

    /// Whether what looks like a note is a thing: many lines lead to it, or one from another such.
    fn is_joined_as_thing(&self, place: usize) -> bool {
        let is_note = |end: LinkEnd| {
            let LinkEnd::Shape(other) = end else { return false };
            other != place && self.looks.get(other) == Some(&Looks::Note)
        };
        let here = LinkEnd::Shape(place);
        self.lines.get(place).is_some_and(|it| *it > 2)
            || self.page.links.iter().any(|it| it.from == here && is_note(it.to) || it.to == here && is_note(it.from))
    }

    fn is_inside(&self, place: usize) -> bool {
        self.around.get(place).is_some_and(|it| !it.is_empty())
    }

    /// The asset type that its name, a field or its stencil speaks of, with the reason.
    fn kind(&self, shape: &DrawnShape, words: &str) -> (Option<&'static str>, String) {
        if let Some(Meaning::Asset(Some(kind))) = shape.meaning {
            return (Some(kind), "the file says so".to_owned());
        }
        let first_line = words::asset_type(&folded(shape.text.lines().next().unwrap_or_default()));
        let lines = || shape.text.lines().filter(|line| !is_identifier(line));
        let all = || words::asset_type(&lines().map(folded).collect::<String>());
        let other = || if shape.text.is_empty() { words::asset_type(words) } else { all() };
        if let Some((kind, word)) = first_line.or_else(other) {
            return (Some(kind), format!("text says \"{word}\""));
        }
        let types = shape.details.iter().filter(|(name, _)| {
            ["type", "kind", "role", "class", "category"].iter().any(|it| name.to_lowercase().contains(it))
        });
        for (name, field) in types {
            if let Some((kind, _)) = words::asset_type(&folded(field)) {
                return (Some(kind), format!("field {name} says \"{field}\""));
            }
        }
        let stencil = folded(&shape.hint);
        if let Some((kind, _)) = words::asset_type(&stencil) {
            return (Some(kind), format!("stencil {}", shape.hint));
        }
        if let Some((kind, word)) = words::general_type(words) {
            return (Some(kind), format!("text says \"{word}\""));
        }
        match words::general_type(&stencil) {
            Some((kind, _)) => (Some(kind), format!("stencil {}", shape.hint)),
            None => (None, String::new()),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all that is known of a shape")]
    fn role(
        &self,
        place: usize,
        shape: &DrawnShape,
        looks: Looks,
        text: &str,
        words: &str,
        kind: Option<&'static str>,
        kind_reason: String,
    ) -> (Role, String) {
        let say = |role: Role, reason: &str| (role, reason.to_owned());
        let holds = self.holds.get(place).copied().unwrap_or(0);
        let bare = self.bare.get(place).copied().unwrap_or(0);
        let lines = self.lines.get(place).copied().unwrap_or(0);
        let is_linked = lines > 0;
        if let Some(word) = words::says(words, &words::LEGEND_WORDS)
            && !is_linked
            && (words.trim() == word || words.len() < 30 && kind.is_none())
        {
            return say(Role::Note, LEGEND);
        }
        if self.names.contains_key(&place) && looks != Looks::Text {
            return say(Role::Note, "names the box that it stands in");
        }
        match looks {
            Looks::TablePart => return say(Role::Nothing, "a part of a table or list"),
            Looks::Table => return say(Role::Note, "a table or list"),
            Looks::List => return (Role::Asset, or(kind_reason, "a list that lines lead to")),
            Looks::Cloud if text.is_empty() && !is_linked && holds == 0 && self.is_inside(place) => {
                return say(Role::Nothing, "has neither name nor line");
            }
            Looks::Group => return say(Role::Nothing, GROUP),
            Looks::Note if !self.is_joined_as_thing(place) => return say(Role::Note, "a note"),
            Looks::Decoration if lines > 2 => return (Role::Asset, format!("a bus where {lines} lines meet")),
            Looks::Decoration if lines > 0 => return say(Role::Conduit, "a part of a line"),
            Looks::Decoration => return say(Role::Nothing, "a line or an arrow that joins nothing"),
            Looks::Junction if lines <= 2 => return say(Role::Conduit, "a point that a line passes"),
            Looks::Junction => return (Role::Asset, format!("a point where {lines} lines meet")),
            Looks::Text => {
                let named = self.names.get(&place).and_then(|it| self.page.shapes.get(*it));
                return match named {
                    Some(named) => (Role::Note, format!("names the {} that it stands at", plain_hint(named))),
                    None => say(Role::Note, "a text"),
                };
            }
            Looks::Plain | Looks::Cloud | Looks::Stencil | Looks::Picture | Looks::Note => (),
        }
        if holds > 0 && (looks.can_hold() || shape.is_container || holds > 1 || around::is_large(shape, looks)) {
            let is_small = shape.frame.width <= SMALL && shape.frame.height <= SMALL;
            if bare == holds && is_small && !shape.is_container && !text.is_empty() {
                return (Role::Asset, or(kind_reason, "a box with a symbol in it"));
            }
            let shapes = if holds == 1 { "1 shape".to_owned() } else { format!("{holds} shapes") };
            return (Role::Zone, format!("holds {shapes}"));
        }
        if shape.is_container && !text.is_empty() {
            return say(Role::Zone, "made to hold others");
        }
        if text.chars().count() > LONGEST_NAME && !is_linked {
            return say(Role::Note, "a long text");
        }
        if looks.can_hold() {
            if let Some((level, true)) = words::numbered_level(text) {
                return (Role::Zone, format!("text says \"Level {level}\""));
            }
            if words::says(words, &["conduit*", "*conduit"]).is_some() && lines >= 2 {
                return say(Role::Conduit, "text says \"conduit\"");
            }
            let is_outside = kind.is_none_or(|it| ["internet", "cloud_service", "vendor_network"].contains(&it));
            if looks == Looks::Cloud && is_outside {
                return say(Role::Zone, "drawn as a cloud");
            }
            if let Some(word) = words::zone_word(words) {
                return (Role::Zone, format!("text says \"{word}\""));
            }
        }
        let frame = &shape.frame;
        if looks == Looks::Plain && !is_linked && kind.is_none() && frame.width > TITLE.max(8.0 * frame.height) {
            return say(Role::Note, "a title");
        }
        match (text.is_empty(), kind) {
            (_, Some(_)) if !text.is_empty() || is_linked || looks == Looks::Stencil => (Role::Asset, kind_reason),
            (false, _) if is_linked => say(Role::Asset, "a shape with a name and lines"),
            (false, _) => say(Role::Asset, "a shape with a name"),
            (true, _) if is_linked => say(Role::Asset, "a shape with lines"),
            (true, _) if shape.is_container => say(Role::Nothing, "a frame with nothing in it and no name"),
            (true, _) => say(Role::Nothing, "has neither name nor line"),
        }
    }
}

/// Why a group becomes nothing.
const GROUP: &str = "only holds others together";
const FRAME: &str = "a frame around one thing";

/// Whether nothing is lost by what became nothing for a reason.
pub(super) fn is_no_loss(reason: &str) -> bool {
    [GROUP, FRAME].contains(&reason)
}

const LEGEND: &str = "a key to the drawing";
const IN_LEGEND: &str = "stands in a key to the drawing";

fn or(reason: String, other: &str) -> String {
    if reason.is_empty() { other.to_owned() } else { reason }
}

fn plain_hint(shape: &DrawnShape) -> &str {
    if shape.hint.is_empty() { "shape" } else { &shape.hint }
}

/// Level and trust of what would be a zone, by its own words.
fn levels(shape: &DrawnShape, text: &str, words: &str) -> (Option<PurdueLevel>, Option<Trust>) {
    if let Some(Meaning::Zone { trust, purdue }) = shape.meaning
        && (trust.is_some() || purdue.is_some())
    {
        return (purdue, trust);
    }
    let of_field = |names: &[&str]| {
        shape.details.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str())).map(|(_, it)| it.as_str())
    };
    let field_level = of_field(&["purdue", "purdue_level", "level"]);
    let field_level = field_level.and_then(|it| it.parse().ok().or_else(|| words::numbered_level(it).map(|it| it.0)));
    let numbered = field_level.or_else(|| words::numbered_level(text).map(|(level, _)| level));
    // "VLAN 20 | to the Internet only" is not the Internet
    let title = text.lines().next().unwrap_or_default();
    let title = title.split(" | ").next().unwrap_or_default();
    let whole = || words::trust(words).filter(|_| text.chars().count() <= LONGEST_TITLE);
    let said = words::trust(&folded(title)).or_else(whole);
    let trust = of_field(&["trust"]).and_then(|it| it.parse().ok()).or(match (numbered, said) {
        // a level by number goes before a word that suggests another one
        (Some(PurdueLevel::L5), Some((Trust::External, ..))) => Some(Trust::External),
        (Some(PurdueLevel::L4 | PurdueLevel::L5), _) => Some(Trust::Enterprise),
        (Some(_), Some((Trust::Safety, ..))) => Some(Trust::Safety),
        (Some(_), _) => Some(Trust::Operational),
        (None, said) => said.map(|(trust, ..)| trust),
    });
    (numbered.or(said.and_then(|(_, level, _)| level)), trust)
}

/// The name in a text: its first line that is no address.
fn name(text: &str) -> &str {
    let line = text.lines().find(|line| !super::details::is_address(line)).unwrap_or_default();
    let line = if line.chars().count() > LONGEST_TITLE { line.split(" | ").next().unwrap_or(line) } else { line };
    match line.char_indices().nth(80) {
        Some((end, _)) => line.get(..end).unwrap_or(line),
        None => line,
    }
}

/// Whether a line is but a name for machines, such as "nsg-vm-hub-dev", whose words mean little.
fn is_identifier(line: &str) -> bool {
    !line.trim().contains(' ') && line.matches('-').count() > 2
}

/// What people call an asset type.
pub(super) fn type_name(kind: &str) -> &'static str {
    let types = Catalogue::embedded().asset_types();
    types.iter().find(|it| it.id == kind).map_or("Not known", |it| &it.name)
}
