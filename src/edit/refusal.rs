//! What an edit is refused for: naming what is gone or unknown, or what can't be drawn.

use crate::catalogue::Catalogue;
use crate::model::*;

/// Why an edit can't be done. The project is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It names something that the project does not hold.
    #[error("{0}")]
    Unresolved(#[from] Unresolved),
    /// Something named is gone.
    #[error("this {0} is not there any more")]
    Gone(&'static str),
    /// A zone would lie in itself.
    #[error("a zone can't lie in itself or in a zone within it")]
    ZoneInItself,
    /// Zones in zones in zones.
    #[error("zones may lie in one another {DEEPEST} deep at most")]
    TooDeep,
    /// A locked zone, by its tag, stands where there has to be room.
    #[error("{0} is locked and stands where room is needed")]
    InTheWay(String),
    /// A frame that can't be drawn.
    #[error("a zone needs a width and a height")]
    NoFrame,
    /// A note that can't be drawn.
    #[error("a note needs a width and a height")]
    NoNoteFrame,
    /// Something would lie beyond the canvas.
    #[error("this reaches beyond the canvas: bring what lies far apart nearer together first")]
    OffCanvas,
    /// A place that can't be drawn.
    #[error("an asset needs a place on the canvas")]
    NoPlace,
    /// A baseline would hold others.
    #[error("a baseline holds no baselines itself: take it of the project as it stands")]
    BaselineInBaseline,
    /// The risk matrix would lack steps or cells.
    #[error("a risk matrix has 3 to 6 steps each way and a level in each cell")]
    IncompleteMatrix,
    /// A requirement of IEC 62443-3-3 that there is not.
    #[error("{0} is not a requirement of IEC 62443-3-3")]
    UnknownRequirement(RequirementId),
    /// A requirement of IEC 62443-3-2 that there is not.
    #[error("{0} is not a requirement of IEC 62443-3-2")]
    UnknownZcr(ZcrId),
}

/// Refuses to name what is gone.
pub(super) fn require(project: &Project, named: impl Into<Subject>) -> Result<(), EditError> {
    let named = named.into();
    if named.exists_in(project) { Ok(()) } else { Err(EditError::Gone(named.kind())) }
}

/// Refuses to name a requirement that the standard does not have: its file could not be read again.
pub(super) fn require_known(ids: impl IntoIterator<Item = RequirementId>) -> Result<(), EditError> {
    Catalogue::embedded().first_unknown(ids).map_or(Ok(()), |unknown| Err(EditError::UnknownRequirement(unknown)))
}

/// Refuses a frame that can't be drawn: one beyond the canvas, or one without a size.
pub(super) fn require_drawable(frame: Rect, without_size: EditError) -> Result<(), EditError> {
    match frame.width > 0.0 && frame.height > 0.0 {
        _ if frame.is_drawable() => Ok(()),
        true => Err(EditError::OffCanvas),
        false => Err(without_size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::fixture::plant;
    use crate::edit::{Edit, Item};

    #[test]
    fn what_is_gone_can_not_be_changed() {
        let mut project = plant().project;
        let stranger = ZoneId::derived_from("Z-9");
        let met = Answer { status: Status::Met, ..Answer::default() };
        let key = GapKey { target: stranger.into(), requirement: "SR 1.1".parse().unwrap() };
        assert_eq!(Edit::Answer(vec![(key, met)]).apply(&mut project), Err(EditError::Gone("zone")));
        let lost = Conduit { from: Some(stranger), ..Conduit::default() };
        let edit = Edit::Put(Item::Conduit(ConduitId::derived_from("C-9"), lost));
        assert!(matches!(edit.apply(&mut project), Err(EditError::Unresolved(_))));
    }

    #[test]
    fn a_requirement_that_the_standard_does_not_have_can_not_be_named() {
        let plant = plant();
        let unknown: RequirementId = "SR 1.1 RE 9".parse().unwrap();
        let key = GapKey { requirement: unknown, ..plant.gap("Z-1/SR 1.1") };
        let item = WorkshopItem::Question(key);
        let risk = Risk { requirements: [unknown].into(), ..Risk::default() };
        let workshop = |workshop: Workshop| Edit::Put(Item::Workshop(WorkshopId::random(), workshop));
        let settings = Settings { conduit_scope: [(unknown, true)].into(), ..(*plant.project.settings).clone() };
        let met = Answer { status: Status::Met, ..Answer::default() };
        for edit in [
            Edit::Put(Item::Risk(RiskId::random(), risk)),
            workshop(Workshop { place: Some(item), ..Workshop::default() }),
            workshop(Workshop { taken: vec![Taken { item, was_open: true, at: None }], ..Workshop::default() }),
            workshop(Workshop {
                log: vec![LogEntry { about: Some(item), ..LogEntry::default() }],
                ..Workshop::default()
            }),
            Edit::Put(Item::Action(ActionId::random(), Action { closes: [key].into(), ..Action::default() })),
            Edit::Answer(vec![(key, met)]),
            Edit::Settings(settings),
        ] {
            let error = edit.apply(&mut plant.project.clone()).unwrap_err();
            assert_eq!(error, EditError::UnknownRequirement(unknown), "{edit:?}");
        }
    }

    #[test]
    fn a_requirement_that_the_standard_does_not_have_can_not_be_confirmed() {
        let mut project = plant().project;
        let approved = Confirmation { by: "Plant manager".into(), ..Confirmation::default() };
        let confirm = |id: &str| Edit::ConfirmZcr(id.parse().unwrap(), Some(approved.clone()));
        let error = confirm("ZCR 5.99").apply(&mut project).unwrap_err();
        assert_eq!(error.to_string(), "ZCR 5.99 is not a requirement of IEC 62443-3-2");
        confirm("ZCR 5.13").apply(&mut project).unwrap();
        assert_eq!(project.zcr.len(), 1);
    }

    #[test]
    fn what_is_gone_can_not_be_named() {
        let plant = plant();
        let key = plant.gap("Z-1/SR 1.1");
        let gone = GapKey { target: ZoneId::derived_from("Z-9").into(), ..key };
        let status = Status::Inherited(Some(gone.target));
        let evidence = [EvidenceId::derived_from("EV-9")].into();
        let conduit = Some(ConduitId::derived_from("C-9"));
        let access_points = vec![AccessPoint { conduit, ..AccessPoint::default() }];
        let blocks_closure = Some(Override { value: true, reason: String::new() });
        let edits = [
            Edit::Answer(vec![(key, Answer { status, ..Answer::default() })]),
            Edit::Answer(vec![(key, Answer { evidence, ..Answer::default() })]),
            Edit::Decide(gone, GapOverride { blocks_closure, ..GapOverride::default() }),
            Edit::Scope(Scope { access_points, ..Scope::default() }),
        ];
        for edit in edits {
            let refused = edit.apply(&mut plant.project.clone());
            assert!(matches!(refused, Err(EditError::Gone(_))), "{edit:?}");
        }
    }
}
