//! Drags: what is being pulled, and what comes of it wherever the hand is.

mod band;
mod moving;
mod pulling;
mod sizing;

pub use band::{Band, Frame};
pub use moving::Moving;
pub use pulling::{Connecting, FlowPulling, Reconnecting};
pub use sizing::{Sizing, sizable, size_by_keys};

use super::hit::Hit;
use super::join::MissingConduit;
use super::snap::Guide;
use super::{Field, Hand, lock};
use crate::edit::Edit;
use crate::model::{Subject, ZoneId};

/// What a press does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Select and move.
    #[default]
    Select,
    /// Draw a zone.
    Zone,
    /// Draw a conduit from zone to zone.
    Conduit,
    /// Draw a flow from asset to asset.
    Flow,
    /// Write a note.
    Note,
}

/// A drag under way.
#[derive(Clone, Debug)]
pub enum Gesture {
    /// Zones, assets and notes are moved or copied.
    Move(Moving),
    /// Edges or corners of zones and notes are pulled.
    Size(Sizing),
    /// A conduit is pulled from a zone.
    Connect(Connecting),
    /// An end of a conduit is pulled to another zone.
    Reconnect(Reconnecting),
    /// A flow is pulled from an asset.
    Flow(FlowPulling),
    /// A zone is drawn.
    Draw(Frame),
    /// A rectangle selects.
    Band(Band),
    /// Nothing can be pulled here, for this reason.
    Refuse(String),
}

/// What a drag comes to if it ends where the hand is.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The change; `None`: everything stays as it was.
    pub edit: Option<Edit>,
    /// What is to be shown of why it came to rest there.
    pub guides: Vec<Guide>,
    /// A few words for the pointer; empty for none.
    pub hint: String,
    /// The zone that something would fall into or be joined with.
    pub target: Option<ZoneId>,
    /// What is then selected; `None`: what is selected now.
    pub selects: Option<Vec<Subject>>,
    /// Copies are made.
    pub copies: bool,
    /// It can't be dropped here.
    pub is_refused: bool,
    /// A flow that needs a conduit first.
    pub missing: Option<MissingConduit>,
    /// A zone that was drawn, to be named next.
    pub drawn: Option<ZoneId>,
}

impl Gesture {
    /// What a drag that begins on something does. `hand` is where it was pressed.
    pub fn begin(field: &Field, tool: Tool, hit: Hit, selected: &[Subject], hand: &Hand) -> Self {
        let adds = hand.held.shift || hand.held.command;
        let is_selected = |subject: Subject| selected.contains(&subject);
        match (tool, hit) {
            (Tool::Zone, _) => Self::Draw(Frame::new(hand)),
            (Tool::Flow, Hit::Asset(id)) => Self::Flow(FlowPulling::new(id, hand.at)),
            (Tool::Flow, _) => Self::Refuse("Pull from an asset to another one".to_owned()),
            (Tool::Conduit, Hit::Zone(id)) | (_, Hit::Port(id)) => Self::Connect(Connecting::new(id, hand.at)),
            (Tool::Conduit, Hit::Asset(id)) => match field.project.assets.get(id).and_then(|it| it.zone) {
                Some(zone) => Self::Connect(Connecting::new(zone, hand.at)),
                None => Self::Band(Band::new(hand, selected, adds)),
            },
            (_, Hit::End(id, end)) => Self::Reconnect(Reconnecting::new(id, end)),
            (_, Hit::Handle(handle)) => Self::Size(Sizing::new(field, selected, handle, hand)),
            // where a zone fills the screen, Shift selects in it
            (_, Hit::Zone(id)) if hand.held.shift && !is_selected(id.into()) => {
                Self::Band(Band::new(hand, selected, true))
            }
            (_, Hit::Asset(_) | Hit::Zone(_) | Hit::Note(_)) => {
                let Some(grip) = hit.subject() else { return Self::Band(Band::new(hand, selected, adds)) };
                let subjects = if is_selected(grip) { selected.to_vec() } else { vec![grip] };
                if lock::is_locked(field.project, grip) {
                    return Self::Refuse(lock::reason(field.project, grip));
                }
                Self::Move(Moving::new(field, &subjects, grip, hand))
            }
            (_, Hit::Site(_)) => {
                let subjects = hit.subjects(field.project);
                let is_free = |it: &&Subject| !lock::is_locked(field.project, **it);
                match subjects.iter().find(is_free) {
                    Some(&grip) => Self::Move(Moving::new(field, &subjects, grip, hand)),
                    None => Self::Refuse("All zones of this site are locked".to_owned()),
                }
            }
            (_, Hit::Conduit(_) | Hit::Nothing) => Self::Band(Band::new(hand, selected, adds)),
        }
    }

    /// What comes of it where the hand is now.
    pub fn at(&mut self, field: &Field, hand: &Hand) -> Outcome {
        match self {
            Self::Move(moving) => moving.at(field, hand),
            Self::Size(sizing) => sizing.at(field, hand),
            Self::Connect(connecting) => connecting.at(field, hand),
            Self::Reconnect(reconnecting) => reconnecting.at(field, hand),
            Self::Flow(flow) => flow.at(field, hand),
            Self::Draw(frame) => frame.at(field, hand),
            Self::Band(band) => band.at(field, hand),
            Self::Refuse(reason) => Outcome { hint: reason.clone(), is_refused: true, ..Outcome::default() },
        }
    }
}
