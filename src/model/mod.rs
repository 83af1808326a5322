//! What a project is: plain data, nothing computed.
//!
//! Invariant: every id that a project holds resolves in it. Where something
//! that was named is deleted, what named it holds `None` or no longer lists it.
//! [`Project::first_unresolved`] is the check that guards it at the door.

pub mod assessment;
pub mod attachment;
pub mod baseline;
pub mod diagram;
pub mod geometry;
pub mod id;
pub mod level;
pub mod matrix;
pub mod plan;
pub mod plant;
mod project;
pub mod rating;
pub mod reasons;
mod record;
mod references;
pub mod register;
pub mod requirement;
pub mod risk;
pub mod scope;
pub mod subject;
pub mod table;
mod target;
pub mod workshop;
pub mod zcr;

pub use assessment::{
    Answer, Answers, Classification, Comment, Evidence, GapOverride, ManualFinding, Override, SetAside, Status,
};
pub use attachment::{Attachment, Bytes};
pub use baseline::Baseline;
pub use diagram::{DiagramView, Layer, Note, NoteKind, Overlay};
pub use geometry::{CANVAS, Point, Rect};
pub use id::{
    AcceptanceId, ActionId, AssetId, BaselineId, ConduitId, EvidenceId, ExceptionId, FlowId, Id, ManualFindingId,
    MeasureId, NoteId, RiskId, VendorAccessId, ViewId, WorkshopId, ZoneId,
};
pub use level::{FoundationalRequirement, Fr, LevelVector, PerFr, SecurityLevel, SlVector};
pub use matrix::{Color, LevelStyle, RiskMatrix};
pub use plan::{Action, ActionStatus, Wave};
pub use plant::{
    Asset, Boundary, Conduit, FilterPlace, Filtering, Flow, Initiator, Known, PortRange, PurdueLevel, RemoteAccess,
    TargetLevel, Trust, Zone,
};
pub use project::Project;
pub use rating::{Rating, RiskLevel};
pub use references::{DEEPEST, Unresolved};
pub use register::{MeasureStatus, OrganisationalMeasure, VendorAccess, VulnerabilityException};
pub use requirement::{GapKey, RequirementId};
pub use risk::{Acceptance, AssessmentStage, Consequences, Estimate, RatedAt, Risk};
pub use scope::{
    AccessPoint, Confirmation, Document, OutageWindow, Person, ProjectInfo, Scope, Service, Settings, Site,
    SlDerivation, ValidationStep,
};
pub use subject::Subject;
pub use table::Table;
pub use target::Target;
pub use workshop::{
    Agenda, AgendaOrder, AgendaSubject, Attendee, LogEntry, LogKind, Progress, Taken, Workshop, WorkshopItem,
};
pub use zcr::ZcrId;
