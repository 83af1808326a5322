//! A workshop: who was there, what was asked, decided, doubted and put off.

use jiff::civil::{Date, DateTime};

use super::id::RiskId;
use super::level::Fr;
use super::record::{choices, record};
use super::requirement::GapKey;
use super::subject::Subject;
use super::target::Target;

record! {
    /// One facilitated session with the people of the plant, or several under one heading.
    Workshop {
        /// What it is called, such as "Requirements, filter hall".
        title: String,
        /// The first day.
        held_on: Option<Date>,
        /// Who was asked to come, and who came.
        attendance: Vec<Attendee>,
        /// What is gone through.
        agenda: Agenda,
        /// Where the room is: resumed exactly here.
        place: Option<WorkshopItem>,
        /// What was recorded, in the order in which it was said.
        log: Vec<LogEntry>,
        /// How long the room has worked, in seconds.
        seconds: u32,
        /// It is over, and its minutes stand.
        closed: bool,
        /// Anything else about it.
        notes: String,
    }

    /// Somebody at a workshop.
    Attendee {
        /// Their role.
        role: String,
        /// Their name, where the project keeps names.
        name: String,
        /// Whom they belong to.
        organisation: String,
        /// They came.
        present: bool,
    }

    /// What a workshop goes through, and in which order.
    Agenda {
        /// What is asked.
        subject: AgendaSubject,
        /// What comes first.
        order: AgendaOrder,
        /// Only these zones and conduits, in this order; empty: all.
        targets: Vec<Target>,
        /// Only these FRs, in this order; empty: all.
        frs: Vec<Fr>,
        /// Only what the SL-T demands.
        demanded_only: bool,
        /// Only what nobody has answered yet.
        open_only: bool,
        /// Seconds that the room gives itself for one item; `None`: no limit.
        seconds_each: Option<u32>,
    }

    /// Something said in a workshop that is to be kept.
    LogEntry {
        /// What sort of thing it is.
        kind: LogKind,
        /// What it is about; `None`: the workshop as a whole.
        about: Option<WorkshopItem>,
        /// What was said.
        text: String,
        /// The role that said it.
        by: String,
        /// When.
        at: Option<DateTime>,
        /// It is dealt with (what was put off, a dissent that was settled).
        settled: bool,
    }
}

/// One thing that a workshop looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum WorkshopItem {
    /// A requirement at a target.
    Question(GapKey),
    /// A risk scenario.
    Risk(RiskId),
}

impl WorkshopItem {
    /// The target or the scenario that it belongs to.
    pub fn subject(self) -> Subject {
        match self {
            Self::Question(key) => key.target.into(),
            Self::Risk(risk) => risk.into(),
        }
    }
}

choices! {
    /// What a workshop asks.
    AgendaSubject: "what a workshop asks" {
        /// Requirements at targets.
        #[default]
        Requirements = "requirements",
        /// Risk scenarios.
        Risks = "risk scenarios",
    }

    /// What comes first.
    AgendaOrder: "an order" {
        /// Zone after zone, in each by requirement.
        #[default]
        ByTarget = "by zone and conduit",
        /// FR after FR, in each by zone.
        ByFr = "by FR",
        /// Requirement after requirement, at each by zone.
        ByRequirement = "by requirement",
        /// What is open first, the highest consequence and the lowest gate before the rest.
        ByOpen = "what is open first",
    }

    /// What sort of thing was said.
    LogKind: "a kind of entry" {
        /// What the room agreed on.
        #[default]
        Decision = "decision",
        /// Somebody does not agree.
        Dissent = "dissent",
        /// To be looked at later.
        Parked = "parked",
        /// Anything else.
        Remark = "remark",
    }
}
