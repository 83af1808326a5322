//! Adding something, or changing what it says.

use std::sync::Arc;

use super::refusal::{EditError, require_drawable, require_known};
use crate::model::*;

macro_rules! items {
    ($($kind:ident($id:ty, $item:ty) in $table:ident;)*) => {
        /// Something with its id, to add or to put in place of what has that id.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Item {
            $(#[doc = concat!("One of [`Project::", stringify!($table), "`].")]
            $kind($id, $item),)*
        }

        impl Item {
            /// What it is known by.
            pub fn subject(&self) -> Subject {
                match self {
                    $(Self::$kind(id, _) => (*id).into(),)*
                }
            }

            pub(super) fn put(&self, project: &mut Project) -> Result<(), EditError> {
                if let Some(lighter) = self.without_contents() {
                    return lighter.put(project);
                }
                match self {
                    $(Self::$kind(id, item) => {
                        if project.$table.get(*id) == Some(item) {
                            return Ok(());
                        }
                        project.$table.insert(*id, item.clone());
                    })*
                }
                self.check(project)
            }
        }
    };
}

items! {
    Zone(ZoneId, Zone) in zones;
    Conduit(ConduitId, Conduit) in conduits;
    Asset(AssetId, Asset) in assets;
    Flow(FlowId, Flow) in flows;
    Evidence(EvidenceId, Evidence) in evidence;
    Risk(RiskId, Risk) in risks;
    Action(ActionId, Action) in actions;
    Acceptance(AcceptanceId, Acceptance) in acceptances;
    VendorAccess(VendorAccessId, VendorAccess) in vendor_access;
    Exception(ExceptionId, VulnerabilityException) in exceptions;
    ManualFinding(ManualFindingId, ManualFinding) in manual_findings;
    Measure(MeasureId, OrganisationalMeasure) in measures;
    Workshop(WorkshopId, Workshop) in workshops;
    Baseline(BaselineId, Baseline) in baselines;
    Note(NoteId, Note) in notes;
    View(ViewId, DiagramView) in views;
}

impl Item {
    /// A baseline that carries the contents of files, without them: each would be in the project's
    /// file once more.
    fn without_contents(&self) -> Option<Self> {
        let Self::Baseline(id, baseline) = self else { return None };
        let lighter = || Baseline { project: Arc::new(baseline.project.without_contents()), ..baseline.clone() };
        baseline.project.has_contents().then(|| Self::Baseline(*id, lighter()))
    }

    fn check(&self, project: &Project) -> Result<(), EditError> {
        if let Self::Zone(id, zone) = self {
            require_drawable(zone.frame, EditError::NoFrame)?;
            if project.lies_in_itself(*id) {
                return Err(EditError::ZoneInItself);
            }
            if zone.parent.is_some() && project.lies_too_deep(*id) {
                return Err(EditError::TooDeep);
            }
        }
        if let Self::Asset(_, asset) = self
            && !asset.is_drawable()
        {
            return Err(EditError::NoPlace);
        }
        if let Self::Note(_, note) = self {
            require_drawable(note.frame, EditError::NoNoteFrame)?;
        }
        if let Self::Baseline(_, baseline) = self
            && !baseline.project.baselines.is_empty()
        {
            return Err(EditError::BaselineInBaseline);
        }
        require_known(project.requirements_in(self.subject()))?;
        if let Self::Baseline(_, baseline) = self {
            require_known(baseline.project.requirements_named())?;
        }
        match project.unresolved_in(self.subject()) {
            Some(unresolved) => Err(unresolved.into()),
            None => Ok(()),
        }
    }
}
