//! A workshop: who was there, what was asked, decided, doubted and put off.

use std::cmp::Ordering;

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
        /// The last day, where it took several.
        last_on: Option<Date>,
        /// Who was asked to come, and who came.
        attendance: Vec<Attendee>,
        /// What is gone through.
        agenda: Agenda,
        /// Where the room is: resumed exactly here.
        place: Option<WorkshopItem>,
        /// What was recorded, in the order in which it was said.
        log: Vec<LogEntry>,
        /// What the room has gone through, in the order in which it came to it.
        taken: Vec<Taken>,
        /// The role in whose name answers are given; empty: those present.
        answering: String,
        /// How long the room has worked, in seconds.
        seconds: u32,
        /// How long it has been at its place, in seconds.
        seconds_at_place: u32,
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

/// Something that the room has gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// What it was.
    pub item: WorkshopItem,
    /// It was open when the room came to it: it keeps its place among what is open.
    pub was_open: bool,
    /// When the room went through it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime>,
}

/// How far a workshop is: what moves on by itself while the room works, and is no step to take back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Where the room is.
    pub place: Option<WorkshopItem>,
    /// How long it has worked, in seconds.
    pub seconds: u32,
    /// How long it has been at its place, in seconds.
    pub seconds_at_place: u32,
    /// The day that it is, where something was answered or written down on it.
    pub today: Option<Date>,
    /// The room has come to its place to go through it, and it was open then or not.
    pub takes: Option<bool>,
    /// The time of that.
    pub at: Option<DateTime>,
}

impl Workshop {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            place: self.place,
            seconds: self.seconds,
            seconds_at_place: self.seconds_at_place,
            today: None,
            takes: None,
            at: None,
        }
    }

    /// Takes over how far it is; a later day than the first is its last.
    pub fn proceed(&mut self, progress: Progress) {
        self.place = progress.place;
        self.seconds = progress.seconds;
        self.seconds_at_place = progress.seconds_at_place;
        if let (Some(place), Some(was_open)) = (progress.place, progress.takes) {
            self.take_at(place, was_open, progress.at);
        }
        if let Some(today) = progress.today {
            self.count_day(today);
        }
    }

    /// A day on which something was answered or written down is one of its days; a later one than
    /// the first is its last.
    pub fn count_day(&mut self, today: Date) {
        let first = *self.held_on.get_or_insert(today);
        if today > self.last_on.unwrap_or(first) {
            self.last_on = Some(today);
        }
    }

    /// Where a day lies: before its first one, among its days, or after its last one. One without
    /// days has all of them.
    pub fn place_of(&self, day: Date) -> Ordering {
        match (self.held_on.or(self.last_on), self.last_on.or(self.held_on)) {
            (Some(first), _) if day < first => Ordering::Less,
            (_, Some(last)) if day > last => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }

    /// Whether the room took this when it was open; `None` where it has not come to it.
    pub fn was_open(&self, item: WorkshopItem) -> Option<bool> {
        self.taken.iter().find(|it| it.item == item).map(|it| it.was_open)
    }

    /// Notes that the room has gone through this.
    pub fn take(&mut self, item: WorkshopItem, was_open: bool) {
        self.take_at(item, was_open, None);
    }

    /// Notes that the room has gone through this, and when.
    pub fn take_at(&mut self, item: WorkshopItem, was_open: bool, at: Option<DateTime>) {
        if self.was_open(item).is_none() {
            self.taken.push(Taken { item, was_open, at });
        }
    }

    /// When something was gone through or written down in it last.
    pub fn worked_last(&self) -> Option<DateTime> {
        let taken = self.taken.iter().filter_map(|it| it.at);
        taken.chain(self.log.iter().filter_map(|it| it.at)).max()
    }

    /// What it is called: its title, or just a workshop.
    pub fn name(&self) -> &str {
        match self.title.trim() {
            "" => "Workshop",
            title => title,
        }
    }

    /// What it is called, and the day on which it is held.
    pub fn name_and_day(&self) -> String {
        self.held_on.map_or_else(|| self.name().to_owned(), |day| format!("{} {day}", self.name()))
    }

    /// The roles of those who came.
    pub fn present(&self) -> impl Iterator<Item = &str> {
        self.attendance.iter().filter(|it| it.present && !it.role.is_empty()).map(|it| it.role.as_str())
    }

    /// The roles of whoever may have said something: those who came, or all who were asked to
    /// where nobody is noted as present.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        let is_noted = self.attendance.iter().any(|it| it.present);
        let here = self.attendance.iter().filter(move |it| (it.present || !is_noted) && !it.role.is_empty());
        here.map(|it| it.role.as_str())
    }

    /// In whose name an answer is given: the role chosen, or else those present.
    pub fn answered_by(&self) -> String {
        if !self.answering.is_empty() {
            return self.answering.clone();
        }
        let present: Vec<&str> = self.present().collect();
        match present.as_slice() {
            [] => String::new(),
            [one, two, three, _, ..] => format!("{one}, {two}, {three} and {} more", present.len() - 3),
            few => few.join(", "),
        }
    }

    /// What was put off and is not dealt with yet.
    pub fn parked(&self) -> impl Iterator<Item = &LogEntry> {
        self.log.iter().filter(|it| it.kind == LogKind::Parked && !it.settled)
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

    /// The requirement at its target; `None` for a scenario.
    pub fn question(self) -> Option<GapKey> {
        match self {
            Self::Question(key) => Some(key),
            Self::Risk(_) => None,
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_a_day_on_which_something_was_done_is_one_of_its_days() {
        let first = date(2026, 11, 19);
        let mut workshop = Workshop { held_on: Some(first), ..Workshop::default() };
        workshop.proceed(Progress { seconds: 60, ..workshop.progress() });
        assert_eq!((workshop.held_on, workshop.last_on), (Some(first), None), "it was only looked at");
        workshop.count_day(first);
        assert_eq!(workshop.last_on, None);
        workshop.proceed(Progress { today: Some(date(2026, 11, 21)), ..workshop.progress() });
        assert_eq!((workshop.held_on, workshop.last_on), (Some(first), Some(date(2026, 11, 21))));
    }
}
