//! Pulling lines: a new conduit, an end of one to another zone, a flow.

use super::Outcome;
use crate::edit::{Edit, Item};
use crate::hands::hit::{End, Hit, under, zone_at};
use crate::hands::join::{conduit_between, flow_between, new_conduit};
use crate::hands::{Field, Hand};
use crate::model::{AssetId, Conduit, ConduitId, FlowId, Id, Point, ZoneId};

/// A conduit pulled from a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Connecting {
    /// The zone that it comes from.
    pub from: ZoneId,
    /// Where it was pressed.
    pub start: Point,
    id: ConduitId,
}

impl Connecting {
    /// Begins at a zone.
    pub fn new(from: ZoneId, start: Point) -> Self {
        Self { from, start, id: ConduitId::random() }
    }

    /// The conduit that is there if it ends here.
    pub fn at(&self, field: &Field, hand: &Hand) -> Outcome {
        let tag = |zone: ZoneId| field.project.target_tag(zone.into()).to_owned();
        match zone_at(field.shown, hand.at, |it| it == self.from) {
            Some(to) => Outcome {
                edit: Some(new_conduit(field.project, self.id, self.from, to)),
                hint: match conduit_between(field.project, self.from, to) {
                    Some(other) => format!("Join with {}, as {} does", tag(to), field.project.target_tag(other.into())),
                    None => format!("Join with {}", tag(to)),
                },
                target: Some(to),
                selects: Some(vec![self.id.into()]),
                ..Outcome::default()
            },
            None => Outcome { hint: "Pull onto another zone".to_owned(), is_refused: true, ..Outcome::default() },
        }
    }
}

/// An end of a conduit pulled to another zone. Dropped on nothing it goes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconnecting {
    /// The conduit.
    pub conduit: ConduitId,
    /// Which end.
    pub end: End,
}

impl Reconnecting {
    /// Begins with an end.
    pub fn new(conduit: ConduitId, end: End) -> Self {
        Self { conduit, end }
    }

    /// What comes of it if it ends here.
    pub fn at(&self, field: &Field, hand: &Hand) -> Outcome {
        let Some(conduit) = field.project.conduits.get(self.conduit) else { return Outcome::default() };
        let (own, other) = match self.end {
            End::From => (conduit.from, conduit.to),
            End::To => (conduit.to, conduit.from),
        };
        let tag = |zone: ZoneId| field.project.target_tag(zone.into()).to_owned();
        let refused = |hint: String| Outcome { hint, is_refused: true, ..Outcome::default() };
        match zone_at(field.shown, hand.at, |_| false) {
            None => {
                let back = own.map_or_else(String::new, |zone| format!(", or let go: it stays at {}", tag(zone)));
                refused(format!("Pull onto a zone{back}"))
            }
            Some(zone) if Some(zone) == other => refused(format!("Its other end is at {}", tag(zone))),
            Some(zone) if Some(zone) == own => {
                Outcome { hint: format!("It stays at {}", tag(zone)), target: Some(zone), ..Outcome::default() }
            }
            Some(zone) => {
                let mut changed = conduit.clone();
                match self.end {
                    End::From => changed.from = Some(zone),
                    End::To => changed.to = Some(zone),
                }
                Outcome {
                    edit: Some(Edit::Put(Item::Conduit(self.conduit, Conduit { ..changed }))),
                    hint: format!("Join with {} instead", tag(zone)),
                    target: Some(zone),
                    selects: Some(vec![self.conduit.into()]),
                    ..Outcome::default()
                }
            }
        }
    }
}

/// A flow pulled from an asset.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowPulling {
    /// Who opens it.
    pub from: AssetId,
    /// Where it was pressed.
    pub start: Point,
    id: FlowId,
}

impl FlowPulling {
    /// Begins at an asset.
    pub fn new(from: AssetId, start: Point) -> Self {
        Self { from, start, id: FlowId::random() }
    }

    /// The flow that is there if it ends here.
    pub fn at(&self, field: &Field, hand: &Hand) -> Outcome {
        let mut assets = under(field, hand.at, hand.zoom).into_iter();
        let to = assets.find_map(|it| if let Hit::Asset(id) = it { Some(id) } else { None });
        let Some(to) = to.filter(|&it| it != self.from) else {
            return Outcome { hint: "Pull onto another asset".to_owned(), is_refused: true, ..Outcome::default() };
        };
        let tag = |asset: AssetId| field.project.subject_tag(asset.into()).into_owned();
        match flow_between(field.project, self.id, self.from, to) {
            Ok((edit, carried_by)) => Outcome {
                edit: Some(edit),
                hint: match carried_by {
                    Some(conduit) => format!("Flow to {} over {}", tag(to), field.project.target_tag(conduit.into())),
                    None => format!("Flow to {} inside the zone", tag(to)),
                },
                // its conduit's inspector lists it
                selects: Some(vec![carried_by.map_or(self.id.into(), Into::into)]),
                ..Outcome::default()
            },
            Err(missing) => Outcome {
                hint: format!("Flow to {}: no conduit joins their zones yet", tag(to)),
                missing: Some(missing),
                ..Outcome::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, hand, plant};

    #[test]
    fn a_conduit_is_pulled_from_zone_to_zone_and_to_nothing_else() {
        let drawn = Drawn::of(&plant());
        let [from, to] = ["Z-2", "Z-3"].map(ZoneId::derived_from);
        let pulling = Connecting::new(from, Point::new(360.0, 180.0));
        let after = drawn.after(&pulling.at(&drawn.field(), &hand(700.0, 100.0)).edit.unwrap());
        let made = after.conduits.values().find(|it| it.ends() == Some((from, to))).unwrap();
        assert_eq!(made.tag, "C-2");
        assert!(pulling.at(&drawn.field(), &hand(500.0, 500.0)).edit.is_none());
        let outer = pulling.at(&drawn.field(), &hand(20.0, 280.0));
        assert_eq!(outer.target, Some(ZoneId::derived_from("Z-1")));
    }

    #[test]
    fn an_end_goes_to_another_zone_or_back_but_never_dangles() {
        let drawn = Drawn::of(&plant());
        let [inner, outer] = ["Z-2", "Z-1"].map(ZoneId::derived_from);
        let id = ConduitId::derived_from("C-1");
        let pulling = Reconnecting::new(id, End::From);
        let at = |x: f32, y: f32| pulling.at(&drawn.field(), &hand(x, y));
        let after = drawn.after(&at(200.0, 200.0).edit.unwrap());
        assert_eq!(after.conduits.get(id).unwrap().from, Some(inner));
        assert!(at(500.0, 900.0).edit.is_none() && at(500.0, 900.0).is_refused);
        assert!(at(700.0, 100.0).edit.is_none() && at(700.0, 100.0).is_refused, "the other end is there");
        let stays = at(20.0, 280.0);
        assert!(stays.edit.is_none() && !stays.is_refused && stays.target == Some(outer));
    }
}
