//! Anything in a project that has an id: what a finding is about, what can be selected.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::*;
use super::project::Project;
use super::target::Target;

macro_rules! subjects {
    ($($(#[$doc:meta])* $kind:ident($id:ty) in $table:ident, $word:literal;)*) => {
        /// Anything in a project that has an id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Subject {
            $($(#[$doc])* $kind($id),)*
        }

        $(impl From<$id> for Subject {
            fn from(id: $id) -> Self {
                Self::$kind(id)
            }
        })*

        impl Subject {
            /// The word for its kind.
            pub fn kind(self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $word,)*
                }
            }

            /// Whether the project holds it.
            pub fn exists_in(self, project: &Project) -> bool {
                match self {
                    $(Self::$kind(id) => project.$table.contains(id),)*
                }
            }
        }

        impl fmt::Display for Subject {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind(id) => id.fmt(f),)*
                }
            }
        }
    };
}

subjects! {
    /// A zone.
    Zone(ZoneId) in zones, "zone";
    /// A conduit.
    Conduit(ConduitId) in conduits, "conduit";
    /// An asset.
    Asset(AssetId) in assets, "asset";
    /// A flow.
    Flow(FlowId) in flows, "flow";
    /// A piece of evidence.
    Evidence(EvidenceId) in evidence, "evidence";
    /// A risk scenario.
    Risk(RiskId) in risks, "risk";
    /// An action.
    Action(ActionId) in actions, "action";
    /// An acceptance.
    Acceptance(AcceptanceId) in acceptances, "acceptance";
    /// A vendor's way in.
    VendorAccess(VendorAccessId) in vendor_access, "vendor access";
    /// A vulnerability exception.
    Exception(ExceptionId) in exceptions, "vulnerability exception";
    /// A manual finding.
    ManualFinding(ManualFindingId) in manual_findings, "manual finding";
    /// An organisational measure.
    Measure(MeasureId) in measures, "organisational measure";
    /// A workshop.
    Workshop(WorkshopId) in workshops, "workshop";
    /// A baseline.
    Baseline(BaselineId) in baselines, "baseline";
    /// A note on the canvas.
    Note(NoteId) in notes, "note";
    /// A view of the diagram.
    View(ViewId) in views, "view";
}

impl From<Target> for Subject {
    fn from(target: Target) -> Self {
        match target {
            Target::Zone(id) => Self::Zone(id),
            Target::Conduit(id) => Self::Conduit(id),
        }
    }
}

impl Subject {
    /// The target, if it is one.
    pub fn target(self) -> Option<Target> {
        match self {
            Self::Zone(id) => Some(Target::Zone(id)),
            Self::Conduit(id) => Some(Target::Conduit(id)),
            _ => None,
        }
    }
}
