//! Shapes that are but parts of others: rows of lists, frames around one thing, icons
//! that say what the box around them is.

use std::collections::BTreeMap;

use super::looks::Looks;
use super::words::{self, folded};
use crate::exchange::drawings::{LinkEnd, Page};
use crate::model::Rect;

/// Looks of the rows of a list.
const ROWS: [&str; 6] = ["partial rectangle", "table row", "list item", "text", "line", "html"];
/// A frame around one thing is no larger than this, or than so many times the thing.
const FRAME: (f32, f32) = (260.0, 160.0);
const FRAME_TIMES: f32 = 6.0;
/// An icon that names a box takes no more than this share of it.
const ICON_SHARE: f32 = 0.2;

/// Marks tables and lists: what only holds texts and parts of tables. One that lines lead
/// to is a thing with its properties; one that is called a zone stays one.
pub(super) fn lists(page: &Page, lines: &[usize], looks: &mut [Looks]) {
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, shape) in page.shapes.iter().enumerate() {
        if let Some(parent) = shape.parent {
            rows.entry(parent).or_default().push(place);
        }
    }
    for (&parent, inner) in &rows {
        let Some(outer) = page.shapes.get(parent) else { continue };
        let is_list = ["swimlane", "table", "list"].contains(&outer.hint.as_str());
        // rows are as wide as what they are rows of
        let width = if outer.hint == "swimlane" { 0.7 * outer.frame.width } else { 0.0 };
        let is_row = |place: &usize| {
            page.shapes.get(*place).is_some_and(|it| ROWS.contains(&it.hint.as_str()) && it.frame.width >= width)
        };
        let lines_at = |place: &usize| lines.get(*place).copied().unwrap_or(0);
        let joined_rows = inner.iter().map(lines_at).sum::<usize>();
        let words = folded(&outer.text);
        let is_zone = words::zone_word(&words).is_some()
            || words::numbered_level(&outer.text).is_some_and(|(_, is_title)| is_title);
        if !is_list || !inner.iter().all(is_row) || joined_rows > 0 && outer.hint == "swimlane" {
            continue;
        }
        if is_zone {
            // a zone with what stands in it line by line
            let named = inner.iter().filter(|_| outer.hint == "list");
            for row in named.filter(|it| page.shapes.get(**it).is_some_and(|it| !it.text.is_empty())) {
                if let Some(looks) = looks.get_mut(*row) {
                    *looks = Looks::Plain;
                }
            }
            continue;
        }
        let is_joined = joined_rows + lines_at(&parent) > 0;
        if let Some(looks) = looks.get_mut(parent) {
            *looks = if is_joined { Looks::List } else { Looks::Table };
        }
        let mut parts = inner.clone();
        while let Some(part) = parts.pop() {
            if let Some(looks) = looks.get_mut(part) {
                *looks = Looks::TablePart;
            }
            parts.extend(rows.get(&part).into_iter().flatten());
        }
    }
}

/// The text of a list with those of its rows.
pub(super) fn with_rows(page: &Page, list: usize, title: &str) -> String {
    let rows = page.shapes.iter().filter(|it| it.parent == Some(list) && !it.text.is_empty());
    std::iter::once(title).chain(rows.map(|it| it.text.as_str())).collect::<Vec<_>>().join("\n")
}

/// The things directly in each shape that holds any; groups that nobody sees hold nothing.
pub(super) fn inside(page: &Page, looks: &[Looks], around: &[Vec<usize>]) -> BTreeMap<usize, Vec<usize>> {
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, _) in page.shapes.iter().enumerate() {
        if !looks.get(place).is_some_and(|it| it.is_thing()) {
            continue;
        }
        let outer = around.get(place).into_iter().flatten().copied();
        if let Some(outer) = outer.into_iter().find(|it| looks.get(*it) != Some(&Looks::Group)) {
            inside.entry(outer).or_default().push(place);
        }
    }
    inside
}

fn area(frame: &Rect) -> f32 {
    frame.width * frame.height
}

/// Small frames without a name around one thing: the thing is what is meant.
pub(super) fn frames(
    page: &Page,
    looks: &[Looks],
    inside: &BTreeMap<usize, Vec<usize>>,
    holds: &[usize],
    is_named: impl Fn(usize) -> bool,
) -> BTreeMap<usize, usize> {
    let mut frames = BTreeMap::new();
    for (&place, things) in inside {
        let (Some(frame), &[thing]) = (page.shapes.get(place), things.as_slice()) else { continue };
        let Some(held) = page.shapes.get(thing) else { continue };
        let is_bare = frame.text.is_empty() && frame.meaning.is_none() && !is_named(place);
        let is_frame = looks.get(place) == Some(&Looks::Plain) && is_bare && holds.get(thing) == Some(&0);
        let (width, height) = FRAME;
        let is_small = frame.frame.width <= width && frame.frame.height <= height
            || area(&frame.frame) <= FRAME_TIMES * area(&held.frame);
        if is_frame && is_small && looks.get(thing) != Some(&Looks::Cloud) {
            frames.insert(place, thing);
        }
    }
    frames
}

/// Icons with a name that say what the box around them is, such as a virtual network or a
/// site, where the box itself has no name.
pub(super) fn icons(
    page: &Page,
    looks: &[Looks],
    inside: &BTreeMap<usize, Vec<usize>>,
    is_named: impl Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (&place, things) in inside {
        let Some(holder) = page.shapes.get(place) else { continue };
        if things.len() < 2 || !holder.text.is_empty() || holder.meaning.is_some() || is_named(place) {
            continue;
        }
        let is_icon = |thing: &&usize| {
            page.shapes.get(**thing).is_some_and(|it| {
                matches!(looks.get(**thing), Some(Looks::Stencil | Looks::Picture))
                    && !it.text.is_empty()
                    && it.meaning.is_none()
                    && area(&it.frame) <= ICON_SHARE * area(&holder.frame)
                    && says_place(&it.text, &it.hint)
            })
        };
        let mut icons = things.iter().filter(is_icon);
        if let (Some(&icon), None) = (icons.next(), icons.next())
            && !joins_any(page, icon, things)
        {
            found.push((icon, place));
        }
    }
    found
}

/// Whether a text or a stencil speaks of a place and not of a thing.
fn says_place(text: &str, stencil: &str) -> bool {
    let first = folded(text.lines().next().unwrap_or_default());
    let is_thing = words::asset_type(&first).is_some_and(|(kind, word)| {
        !matches!(kind, "cloud_service" | "internet" | "vendor_network") && !["hub", "lan", "vlan"].contains(&word)
    });
    !is_thing && (words::zone_word(&folded(text)).is_some() || words::zone_word(&folded(stencil)).is_some())
}

/// Whether a line joins a shape with one of others: then it is one of them.
fn joins_any(page: &Page, shape: usize, others: &[usize]) -> bool {
    let is = |end: LinkEnd, place: usize| end == LinkEnd::Shape(place);
    let joins =
        |one: LinkEnd, next: LinkEnd| is(one, shape) && others.iter().any(|&other| other != shape && is(next, other));
    page.links.iter().any(|link| joins(link.from, link.to) || joins(link.to, link.from))
}
