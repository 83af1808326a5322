//! Staging: what the shapes of a drawing are taken for, what the user says instead,
//! and the project that comes of it.

mod apart;
mod around;
mod build;
mod conduits;
mod details;
mod guess;
mod join;
mod looks;
mod names;
mod parts;
mod place;
mod places;
mod report;
mod said;
mod tags;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use build::UNNAMED_ZONE;
pub use report::Report;
pub use said::Said;

use self::guess::Guess;
use super::{Drawing, DrawnShape, Page};
use crate::model::{PurdueLevel, Rect, Trust};

/// The asset type that a text speaks of, in any of the languages known here.
pub(in crate::exchange) fn asset_type_said(text: &str) -> Option<&'static str> {
    words::asset_type(&words::folded(text)).map(|(kind, _)| kind)
}

/// The asset type that a text hints at where it speaks of none, such as that of a workstation.
pub(in crate::exchange) fn asset_type_hinted(text: &str) -> Option<&'static str> {
    words::general_type(&words::folded(text)).map(|(kind, _)| kind)
}

/// A shape by its page and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At {
    /// The page's place in the drawing.
    pub page: usize,
    /// The shape's place on the page.
    pub shape: usize,
}

/// What a shape becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A zone.
    Zone,
    /// An asset.
    Asset,
    /// Part of a line: what its lines lead to is joined through it.
    Conduit,
    /// A text; one in a zone goes to the zone's notes.
    Note,
    /// Nothing.
    Nothing,
}

impl Role {
    /// All roles in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Zone, Self::Asset, Self::Conduit, Self::Note, Self::Nothing];

    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Zone => "Zone",
            Self::Asset => "Asset",
            Self::Conduit => "Conduit",
            Self::Note => "Note",
            Self::Nothing => "Nothing",
        }
    }
}

/// What the user says of a shape; what is left open stays as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// What it becomes.
    pub role: Option<Role>,
    /// Its name.
    pub name: Option<String>,
    /// Its asset type, an id of the catalogue; empty: not known.
    pub kind: Option<String>,
    /// Its Purdue level, or none.
    pub purdue: Option<Option<PurdueLevel>>,
    /// Whose hands it is in.
    pub trust: Option<Trust>,
}

/// How a shape is understood, with what the user said.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// What it becomes.
    pub role: Role,
    /// Why, in a few words.
    pub reason: String,
    /// Its name; may be empty.
    pub name: String,
    /// Its asset type, an id of the catalogue; empty: not known.
    pub kind: String,
    /// Its Purdue level.
    pub purdue: Option<PurdueLevel>,
    /// Whose hands it is in.
    pub trust: Trust,
    /// The zone that it lies in.
    pub zone: Option<At>,
}

/// Where assets go that stand in no zone of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outside {
    /// Into a zone made for them, so that they are seen.
    #[default]
    Zone,
    /// Into no zone.
    Nowhere,
}

/// Shapes that look alike, as the user maps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// What they look like.
    pub name: String,
    /// The shapes, page by page.
    pub members: Vec<At>,
}

/// A drawing being turned into a project. A copy shares what was drawn.
#[derive(Clone, Debug)]
pub struct Staging {
    drawing: Arc<Drawing>,
    guesses: Arc<Vec<Vec<Guess>>>,
    /// How each shape is understood now.
    understood: Vec<Vec<Understood>>,
    choices: BTreeMap<At, Choice>,
    pages: Vec<bool>,
    /// Lines that the user left out, by page and place.
    dropped: BTreeSet<(usize, usize)>,
    /// Where assets go that stand in no zone.
    pub outside: Outside,
    /// Places come from the layout and not from the drawing.
    pub lays_out_anew: bool,
}

impl Staging {
    /// Begins with what can be understood of a drawing by itself.
    pub fn new(mut drawing: Drawing) -> Self {
        let is_unplaced = |page: &Page| page.shapes.iter().any(|it| !it.frame.is_drawable());
        let lays_out_anew = drawing.pages.iter().any(|page| {
            let unplaced = page.shapes.iter().filter(|it| !it.frame.is_drawable()).count();
            unplaced * 2 > page.shapes.len()
        });
        drawing.pages.iter_mut().filter(|page| is_unplaced(page)).for_each(place::spread_unplaced);
        let guesses: Vec<_> = drawing.pages.iter().map(guess::guesses).collect();
        let pages = vec![true; drawing.pages.len()];
        let mut staging = Self {
            drawing: Arc::new(drawing),
            guesses: Arc::new(guesses),
            understood: Vec::new(),
            choices: BTreeMap::new(),
            pages,
            dropped: BTreeSet::new(),
            outside: Outside::default(),
            lays_out_anew,
        };
        staging.understand();
        staging
    }

    /// What is being staged.
    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// A shape as it was drawn.
    pub fn shape(&self, at: At) -> Option<&DrawnShape> {
        self.drawing.pages.get(at.page)?.shapes.get(at.shape)
    }

    /// How a shape is understood.
    pub fn understood(&self, at: At) -> Option<&Understood> {
        self.understood.get(at.page)?.get(at.shape)
    }

    /// The shape's text, or that of the text that names it.
    pub fn text(&self, at: At) -> &str {
        self.guess(at).map_or("", |it| &it.text)
    }

    /// The shapes of a page that have their name from a text that stands in or near them.
    pub fn named_by_texts(&self, page: usize) -> BTreeSet<At> {
        let guesses = self.guesses.get(page).map(Vec::as_slice).unwrap_or_default();
        let named = guesses.iter().filter(|it| it.role == Role::Note).filter_map(|it| it.names);
        named.map(|shape| At { page, shape }).filter(|at| self.choice(*at).name.is_none()).collect()
    }

    /// Whether a page is imported.
    pub fn takes_page(&self, page: usize) -> bool {
        self.pages.get(page).copied().unwrap_or(false)
    }

    /// Whether a page has this name, or this number counted from 1.
    pub fn is_page(&self, page: usize, named: &str) -> bool {
        let name = self.drawing.pages.get(page).map(|it| it.name.as_str());
        name.is_some_and(|name| name.eq_ignore_ascii_case(named.trim())) || named.trim().parse() == Ok(page + 1)
    }

    /// Imports a page, or leaves it out.
    pub fn take_page(&mut self, page: usize, taken: bool) {
        if let Some(page) = self.pages.get_mut(page) {
            *page = taken;
        }
    }

    /// Whether a line is imported.
    pub fn takes_line(&self, page: usize, line: usize) -> bool {
        !self.dropped.contains(&(page, line))
    }

    /// Imports a line, or leaves it out.
    pub fn take_line(&mut self, page: usize, line: usize, taken: bool) {
        if taken {
            self.dropped.remove(&(page, line));
        } else {
            self.dropped.insert((page, line));
        }
    }

    /// What the user said of a shape.
    pub fn choice(&self, at: At) -> Choice {
        self.choices.get(&at).cloned().unwrap_or_default()
    }

    /// Says something of shapes; nothing said leaves them as they were understood at first.
    pub fn choose(&mut self, all: impl IntoIterator<Item = At>, say: impl Fn(&mut Choice)) {
        for at in all {
            let mut choice = self.choice(at);
            say(&mut choice);
            if choice == Choice::default() {
                self.choices.remove(&at);
            } else {
                self.choices.insert(at, choice);
            }
        }
        self.understand();
    }

    /// All shapes of the pages that are imported.
    pub fn shapes(&self) -> impl Iterator<Item = At> {
        let pages = self.drawing.pages.iter().enumerate().filter(|(page, _)| self.takes_page(*page));
        pages.flat_map(|(page, drawn)| (0..drawn.shapes.len()).map(move |shape| At { page, shape }))
    }

    /// The shapes by their looks, the most important first: zones, assets, what is left out.
    pub fn classes(&self) -> Vec<Class> {
        let mut classes: BTreeMap<(Role, String), Vec<At>> = BTreeMap::new();
        for at in self.shapes() {
            let (Some(shape), Some(guess)) = (self.shape(at), self.guess(at)) else { continue };
            let looks = if shape.hint.is_empty() { "shape" } else { &shape.hint };
            let looks = match guess.holds {
                0 => looks.to_owned(),
                _ if guess.role == Role::Zone => format!("{looks} that holds others"),
                _ => looks.to_owned(),
            };
            // by the role at first, so that a class does not fall apart while it is mapped
            classes.entry((guess.role, looks)).or_default().push(at);
        }
        classes.into_iter().map(|((_, name), members)| Class { name, members }).collect()
    }

    fn guess(&self, at: At) -> Option<&Guess> {
        self.guesses.get(at.page)?.get(at.shape)
    }

    /// Works out anew how everything is understood.
    fn understand(&mut self) {
        self.understood = (0..self.drawing.pages.len()).map(|page| self.understand_page(page)).collect();
    }

    fn understand_page(&self, page: usize) -> Vec<Understood> {
        let guesses = self.guesses.get(page).map(Vec::as_slice).unwrap_or_default();
        let choice = |shape: usize| self.choices.get(&At { page, shape });
        let role = |shape: usize| {
            let guessed = guesses.get(shape).map_or(Role::Nothing, |it| it.role);
            choice(shape).and_then(|it| it.role).unwrap_or(guessed)
        };
        let zones = zones_around(guesses, role);
        let mut understood: Vec<Understood> = Vec::with_capacity(guesses.len());
        for (shape, guess) in guesses.iter().enumerate() {
            let said = choice(shape).cloned().unwrap_or_default();
            let role = role(shape);
            let reason = if said.role.is_some() { "you said so".to_owned() } else { guess.reason.clone() };
            let name = said.name.unwrap_or_else(|| self.name(At { page, shape }, role, guess));
            understood.push(Understood {
                role,
                reason,
                name,
                kind: said.kind.unwrap_or_else(|| guess.kind.unwrap_or_default().to_owned()),
                purdue: said.purdue.unwrap_or(guess.purdue),
                trust: Trust::Operational,
                zone: zones.get(shape).copied().flatten().map(|zone| At { page, shape: zone }),
            });
        }
        let trusts: Vec<Trust> = (0..guesses.len())
            .map(|shape| {
                let mut here = Some(shape);
                // a zone in a zone is in the same hands, unless its name says otherwise
                while let Some(at) = here {
                    let said = choice(at).and_then(|it| it.trust).or(guesses.get(at).and_then(|it| it.trust));
                    if let Some(trust) = said {
                        return trust;
                    }
                    here = zones.get(at).copied().flatten();
                }
                Trust::Operational
            })
            .collect();
        for (understood, trust) in understood.iter_mut().zip(trusts) {
            understood.trust = trust;
        }
        understood
    }

    fn name(&self, at: At, role: Role, guess: &Guess) -> String {
        // a zone that is only known by its network is called by that
        if guess.name.is_empty() && role == Role::Zone {
            return guess.text.lines().next().unwrap_or_default().to_owned();
        }
        if !guess.name.is_empty() || role != Role::Asset {
            return guess.name.clone();
        }
        let stencil = self.shape(at).map(|it| it.hint.rsplit('/').next().unwrap_or_default()).unwrap_or_default();
        let is_said = looks::Looks::of(&DrawnShape { hint: stencil.to_owned(), ..DrawnShape::default() });
        match (is_said, guess.kind) {
            (looks::Looks::Stencil, _) => capital(stencil),
            (_, Some(kind)) => guess::type_name(kind).split([' ', '/', '(']).next().unwrap_or_default().to_owned(),
            (_, None) => "Unnamed".to_owned(),
        }
    }

    /// A shape's frame on its page.
    pub fn frame(&self, at: At) -> Rect {
        self.shape(at).map(|it| it.frame).unwrap_or_default()
    }
}

/// The zone that each shape lies in: the nearest behind it. Zones that would lie in
/// one another in a circle lie in none.
fn zones_around(guesses: &[Guess], role: impl Fn(usize) -> Role) -> Vec<Option<usize>> {
    let nearest = |guess: &Guess| guess.around.iter().copied().find(|&outer| role(outer) == Role::Zone);
    let mut zones: Vec<Option<usize>> = guesses.iter().map(nearest).collect();
    for shape in 0..zones.len() {
        let mut outer = zones.get(shape).copied().flatten();
        let mut steps = 0;
        while let Some(at) = outer {
            steps += 1;
            if at == shape || steps > crate::model::DEEPEST {
                if let Some(zone) = zones.get_mut(shape) {
                    *zone = None;
                }
                break;
            }
            outer = zones.get(at).copied().flatten();
        }
    }
    zones
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
