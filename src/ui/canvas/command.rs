//! Everything that can be asked of the canvas, with its keys: for keys, menus, the finder
//! and help alike.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::hands::Axis;
use crate::hands::arrange::Align;
use crate::hands::gesture::Tool;
use crate::hands::join::has_direction;
use crate::hands::lock::{are_locked, can_be_locked};
use crate::hands::order::Bring;
use crate::hands::site::with_sites;
use crate::model::{Project, Subject};

/// Something to ask of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take a tool in hand.
    Take(Tool),
    /// A new zone at a free place.
    NewZone,
    /// A new zone around the selected ones.
    ZoneAround,
    /// A new asset in the selected zone, its type chosen by typing.
    AddAsset,
    /// A conduit from the selected zone, or a flow from the selected asset, the other end
    /// chosen by typing.
    Connect,
    /// Type another name.
    Rename,
    /// Copy to the clipboard.
    Copy,
    /// Cut to the clipboard.
    Cut,
    /// Paste from the clipboard.
    Paste,
    /// A copy beside the original.
    Duplicate,
    /// Delete.
    Delete,
    /// Select all in the zone, then everything.
    SelectAll,
    /// Select all zones of the site that the selection stands in.
    SelectSite,
    /// Select what lies in the zone, or go to the inspector.
    GoInside,
    /// Select the zone around.
    GoOutside,
    /// Put in line.
    Align(Align),
    /// Equal gaps.
    Distribute(Axis),
    /// The same size.
    SameSize(Axis),
    /// Wider or higher by a step of the grid, or less so.
    Size(Axis, bool),
    /// Before others, behind them.
    Bring(Bring),
    /// Lock or unlock.
    Lock,
    /// As small as what lies in it allows.
    Fit,
    /// Hand-placed assets back into rows.
    InRows,
    /// Out of the zone that it lies in.
    TakeOut,
    /// Turn a conduit round.
    Reverse,
    /// Everything on the screen.
    ShowAll,
    /// What is selected on the screen.
    ShowSelection,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// As large as it is.
    ZoomToActual,
    /// The minimap, or no more of it.
    Minimap,
    /// The menu of what is selected.
    Menu,
}

/// A key with what is held beside it.
type Press = (Modifiers, Key);

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);

impl Command {
    /// All, in the order in which help lists them.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Take(Tool::Select),
            Self::Take(Tool::Zone),
            Self::Take(Tool::Conduit),
            Self::Take(Tool::Flow),
            Self::Take(Tool::Note),
            Self::NewZone,
            Self::ZoneAround,
            Self::TakeOut,
            Self::AddAsset,
            Self::Connect,
            Self::Reverse,
            Self::Rename,
            Self::Copy,
            Self::Cut,
            Self::Paste,
            Self::Duplicate,
            Self::Delete,
            Self::SelectAll,
            Self::SelectSite,
            Self::GoInside,
            Self::GoOutside,
        ];
        all.extend(Align::ALL.map(Self::Align));
        all.extend(Axis::BOTH.map(Self::Distribute));
        all.extend(Axis::BOTH.map(Self::SameSize));
        all.extend(Axis::BOTH.into_iter().flat_map(|axis| [Self::Size(axis, true), Self::Size(axis, false)]));
        all.extend(Bring::ALL.map(Self::Bring));
        all.extend([
            Self::Lock,
            Self::Fit,
            Self::InRows,
            Self::ShowAll,
            Self::ShowSelection,
            Self::ZoomIn,
            Self::ZoomOut,
            Self::ZoomToActual,
            Self::Minimap,
            Self::Menu,
        ]);
        all
    }

    /// Its keys; the first is the one that is shown.
    pub fn keys(self) -> Vec<Press> {
        match self {
            Self::Take(Tool::Select) => vec![(NONE, Key::V)],
            Self::Take(Tool::Zone) => vec![(NONE, Key::Z)],
            Self::Take(Tool::Conduit) => vec![(NONE, Key::C)],
            Self::Take(Tool::Flow) => vec![(NONE, Key::D)],
            Self::Take(Tool::Note) => vec![(NONE, Key::T)],
            Self::NewZone => vec![(NONE, Key::N)],
            Self::ZoneAround => vec![(CTRL, Key::G)],
            Self::TakeOut => vec![(CTRL_SHIFT, Key::G)],
            Self::AddAsset => vec![(NONE, Key::Insert), (NONE, Key::A)],
            Self::Connect => vec![(NONE, Key::K)],
            Self::Reverse => vec![(NONE, Key::X)],
            Self::Rename => vec![(NONE, Key::F2)],
            // these come from the clipboard's own keys
            Self::Copy => vec![(CTRL, Key::C)],
            Self::Cut => vec![(CTRL, Key::X)],
            Self::Paste => vec![(CTRL, Key::V)],
            Self::Duplicate => vec![(CTRL, Key::D)],
            Self::Delete => vec![(NONE, Key::Delete), (NONE, Key::Backspace)],
            Self::SelectAll => vec![(CTRL, Key::A)],
            Self::SelectSite => vec![(SHIFT, Key::A)],
            Self::GoInside => vec![(NONE, Key::Enter)],
            Self::GoOutside => vec![(SHIFT, Key::Enter)],
            Self::Align(align) => {
                let key = match align {
                    Align::Left => Key::A,
                    Align::Center => Key::H,
                    Align::Right => Key::D,
                    Align::Top => Key::W,
                    Align::Middle => Key::V,
                    Align::Bottom => Key::S,
                };
                vec![(ALT, key)]
            }
            Self::Distribute(Axis::Across) => vec![(ALT_SHIFT, Key::H)],
            Self::Distribute(Axis::Down) => vec![(ALT_SHIFT, Key::V)],
            Self::SameSize(Axis::Across) => vec![(ALT_SHIFT, Key::W)],
            Self::SameSize(Axis::Down) => vec![(ALT_SHIFT, Key::T)],
            Self::Size(Axis::Across, true) => vec![(CTRL_SHIFT, Key::ArrowRight)],
            Self::Size(Axis::Across, false) => vec![(CTRL_SHIFT, Key::ArrowLeft)],
            Self::Size(Axis::Down, true) => vec![(CTRL_SHIFT, Key::ArrowDown)],
            Self::Size(Axis::Down, false) => vec![(CTRL_SHIFT, Key::ArrowUp)],
            Self::Bring(Bring::Forward) => vec![(CTRL, Key::CloseBracket), (NONE, Key::PageUp)],
            Self::Bring(Bring::Backward) => vec![(CTRL, Key::OpenBracket), (NONE, Key::PageDown)],
            Self::Bring(Bring::Front) => {
                vec![(CTRL_SHIFT, Key::CloseBracket), (CTRL_SHIFT, Key::CloseCurlyBracket), (SHIFT, Key::PageUp)]
            }
            Self::Bring(Bring::Back) => {
                vec![(CTRL_SHIFT, Key::OpenBracket), (CTRL_SHIFT, Key::OpenCurlyBracket), (SHIFT, Key::PageDown)]
            }
            Self::Lock => vec![(NONE, Key::L)],
            Self::Fit => vec![(NONE, Key::R)],
            Self::InRows => vec![(SHIFT, Key::R)],
            Self::ShowAll => vec![(NONE, Key::F)],
            Self::ShowSelection => vec![(SHIFT, Key::F)],
            Self::ZoomIn => vec![(NONE, Key::Plus), (SHIFT, Key::Plus), (NONE, Key::Equals)],
            Self::ZoomOut => vec![(NONE, Key::Minus)],
            Self::ZoomToActual => vec![(NONE, Key::Num0)],
            Self::Minimap => vec![(NONE, Key::M)],
            Self::Menu => vec![(SHIFT, Key::F10), (NONE, Key::Menu)],
        }
    }

    /// The key that is shown beside it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        self.keys().first().map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
    }

    /// What the finder and menus call it.
    pub fn title(self, project: &Project, selected: &[Subject]) -> String {
        let text = match self {
            Self::Take(Tool::Select) => "Select and move",
            Self::Take(Tool::Zone) => "Draw a zone",
            Self::Take(Tool::Conduit) => "Draw a conduit",
            Self::Take(Tool::Flow) => "Draw a flow from asset to asset",
            Self::Take(Tool::Note) => "Write a note",
            Self::NewZone => match selected {
                [Subject::Zone(_)] => "New zone inside",
                _ => "New zone",
            },
            Self::ZoneAround => "Put into a new zone",
            Self::TakeOut => "Take out of its zone",
            Self::AddAsset => "Add an asset…",
            Self::Connect => match selected {
                [Subject::Asset(_)] => "Flow to another asset…",
                _ => "Join with another zone…",
            },
            Self::Reverse => "Reverse direction",
            Self::Rename => match selected {
                [Subject::Note(_)] => "Write",
                _ => "Rename",
            },
            Self::Copy => "Copy",
            Self::Cut => "Cut",
            Self::Paste => "Paste",
            Self::Duplicate => "Duplicate",
            Self::Delete => "Delete",
            Self::SelectAll => match selected {
                [Subject::Zone(_)] => "Select all in this zone",
                _ => "Select all",
            },
            Self::SelectSite => "Select its site or area",
            Self::GoInside => match selected {
                [Subject::Zone(_)] => "Select what lies inside",
                _ => "Go to the inspector",
            },
            Self::GoOutside => "Select the zone around",
            Self::Align(align) => return format!("Align {}", align.word()),
            Self::Distribute(Axis::Across) => "Distribute horizontally",
            Self::Distribute(Axis::Down) => "Distribute vertically",
            Self::SameSize(Axis::Across) => "Same width",
            Self::SameSize(Axis::Down) => "Same height",
            Self::Size(Axis::Across, true) => "Wider",
            Self::Size(Axis::Across, false) => "Narrower",
            Self::Size(Axis::Down, true) => "Higher",
            Self::Size(Axis::Down, false) => "Lower",
            Self::Bring(Bring::Front) => "Bring to front",
            Self::Bring(Bring::Forward) => "Bring forward",
            Self::Bring(Bring::Backward) => "Send backward",
            Self::Bring(Bring::Back) => "Send to back",
            Self::Lock if are_locked(project, selected) => "Unlock",
            Self::Lock => "Lock",
            Self::Fit => "Fit to contents",
            Self::InRows => "Arrange its assets in rows",
            Self::ShowAll => "Show everything",
            Self::ShowSelection => "Show the selection large",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomToActual => "Zoom to 100 %",
            Self::Minimap => "Show or hide the minimap",
            Self::Menu => "Menu of the selection",
        };
        text.to_owned()
    }

    /// What help calls it, whatever is selected.
    pub fn help(self) -> String {
        match self {
            Self::GoInside => "select what lies inside, or go to the inspector".to_owned(),
            Self::Lock => "lock, unlock".to_owned(),
            Self::Connect => "join with another zone, or draw a flow to another asset".to_owned(),
            Self::NewZone => "new zone at a free place, or inside the selected one".to_owned(),
            Self::SelectAll => "select all in the selected zone, then everything".to_owned(),
            other => {
                let title = other.title(&Project::default(), &[]);
                let mut letters = title.chars();
                letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
            }
        }
    }

    /// The heading under which help lists it.
    pub fn group(self) -> &'static str {
        match self {
            Self::Take(_) | Self::NewZone | Self::ZoneAround | Self::TakeOut | Self::AddAsset | Self::Connect => "Draw",
            Self::Reverse | Self::Rename | Self::Copy | Self::Cut | Self::Paste | Self::Duplicate | Self::Delete => {
                "Edit"
            }
            Self::SelectAll | Self::SelectSite | Self::GoInside | Self::GoOutside | Self::Menu => "Select",
            Self::ShowAll | Self::ShowSelection | Self::ZoomIn | Self::ZoomOut | Self::ZoomToActual | Self::Minimap => {
                "See"
            }
            Self::Align(_)
            | Self::Distribute(_)
            | Self::SameSize(_)
            | Self::Size(..)
            | Self::Bring(_)
            | Self::Lock
            | Self::Fit
            | Self::InRows => "Arrange",
        }
    }

    /// Whether it would do something with what is selected.
    pub fn is_offered(self, project: &Project, selected: &[Subject]) -> bool {
        let drawn = |it: &Subject| matches!(it, Subject::Zone(_) | Subject::Asset(_) | Subject::Note(_));
        let is_zone = |it: &Subject| matches!(it, Subject::Zone(_));
        let is_sizable = |it: &Subject| matches!(it, Subject::Zone(_) | Subject::Note(_));
        let count = |what: &dyn Fn(&Subject) -> bool| selected.iter().filter(|it| what(it)).count();
        let copied = |it: &Subject| drawn(it) || matches!(it, Subject::Conduit(_) | Subject::Flow(_));
        match self {
            Self::Take(_)
            | Self::NewZone
            | Self::Paste
            | Self::SelectAll
            | Self::ShowAll
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomToActual
            | Self::Minimap
            | Self::Menu => true,
            Self::ZoneAround | Self::Fit => count(&is_zone) > 0,
            Self::TakeOut => selected.iter().any(|it| match *it {
                Subject::Zone(id) => project.zones.get(id).is_some_and(|it| it.parent.is_some()),
                Subject::Asset(id) => project.assets.get(id).is_some_and(|it| it.zone.is_some()),
                _ => false,
            }),
            Self::AddAsset => match selected {
                [Subject::Zone(_)] => true,
                [Subject::Asset(id)] => project.assets.get(*id).is_some_and(|it| it.zone.is_some()),
                _ => false,
            },
            Self::Connect => match selected {
                [Subject::Zone(_)] => project.zones.len() > 1,
                [Subject::Asset(id)] => {
                    project.assets.get(*id).is_some_and(|it| it.zone.is_some()) && project.assets.len() > 1
                }
                _ => false,
            },
            Self::Reverse => selected.iter().any(|it| match *it {
                Subject::Conduit(id) => project.conduits.get(id).is_some_and(has_direction),
                _ => false,
            }),
            Self::Rename => {
                matches!(selected, [Subject::Zone(_) | Subject::Conduit(_) | Subject::Asset(_) | Subject::Note(_)])
            }
            Self::Copy | Self::Cut | Self::Duplicate => count(&copied) > 0,
            Self::Delete | Self::ShowSelection => !selected.is_empty(),
            Self::SelectSite => !with_sites(project, selected).is_empty(),
            Self::GoInside => matches!(selected, [_]),
            Self::GoOutside => match selected {
                [Subject::Zone(id)] => project.zones.get(*id).is_some_and(|it| it.parent.is_some()),
                [Subject::Asset(id)] => project.assets.get(*id).is_some_and(|it| it.zone.is_some()),
                _ => false,
            },
            Self::Align(_) => count(&drawn) > 1,
            Self::Distribute(_) => count(&drawn) > 2,
            Self::SameSize(_) => count(&is_sizable) > 1,
            Self::Size(..) | Self::Bring(_) => count(&is_sizable) > 0,
            Self::Lock => count(&|it: &Subject| can_be_locked(*it)) > 0,
            Self::InRows => selected.iter().any(|it| match *it {
                Subject::Zone(id) => project.assets.values().any(|it| it.zone == Some(id) && it.place.is_some()),
                _ => false,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_key_asks_for_two_things() {
        let mut taken: BTreeMap<String, Command> = BTreeMap::new();
        for command in Command::all() {
            for (modifiers, key) in command.keys() {
                let earlier = taken.insert(format!("{modifiers:?} {key:?}"), command);
                assert_eq!(earlier, None, "{modifiers:?} {key:?} also asks for {command:?}");
            }
        }
    }

    #[test]
    fn no_key_is_one_of_the_window() {
        let session = crate::session::Session::new(Project::default(), jiff::civil::date(2026, 6, 15));
        let window: Vec<_> =
            crate::ui::commands::all(Some(&session)).into_iter().filter_map(|it| it.shortcut).collect();
        for command in Command::all() {
            for (modifiers, key) in command.keys() {
                assert!(!window.contains(&KeyboardShortcut::new(modifiers, key)), "{command:?}");
            }
        }
    }
}
