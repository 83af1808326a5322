//! What holds after any edits whatever: they can be taken back and done again,
//! the file keeps them, no id dangles, and the analysis that follows along is
//! the one from scratch.

#![cfg(test)]

use std::collections::BTreeSet;

use fastrand::Rng;
use jiff::civil::{Date, date};
use zonewright::analysis::analyse;
use zonewright::catalogue::Catalogue;
use zonewright::edit::{Edit, EditError, Item, Place};
use zonewright::exchange::analysis_json;
use zonewright::model::*;
use zonewright::samples::SAMPLES;
use zonewright::session::Session;
use zonewright::store;

const TODAY: Date = date(2026, 11, 21);
/// Fewer than undo remembers, so that undoing all leads back to the start.
const EDITS: usize = 300;
const SEEDS: u64 = 3;
/// How often what takes longer is looked at where there is much to look at.
const NOW_AND_THEN: usize = 8;

/// Texts that files and tables have stumbled over elsewhere.
const TEXTS: [&str; 12] = [
    "",
    "Dosing",
    "Größe č ł ő Ω Ж",
    "\"quoted\" and \\ back",
    "two\nlines",
    "carriage\r\nreturn",
    "// no comment /* at all */",
    "tab\tand \u{0} nothing",
    "\u{feff}mark",
    "#![enable(implicit_some)]",
    " spaces ",
    "{[(,;:)]}",
];

/// Decides what is done next.
struct Assessor {
    dice: Rng,
    count: usize,
}

impl Assessor {
    fn new(seed: u64) -> Self {
        Self { dice: Rng::with_seed(seed), count: 0 }
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.dice.usize(..sides) == 0
    }

    fn any<T>(&mut self, among: impl IntoIterator<Item = T>) -> Option<T> {
        let among: Vec<T> = among.into_iter().collect();
        let place = self.dice.usize(..among.len().max(1));
        among.into_iter().nth(place)
    }

    /// One of them, rarely an id that nothing has.
    fn id<I: Id>(&mut self, among: impl Iterator<Item = I>) -> I {
        let stranger = I::derived_from(&format!("stranger {}", self.dice.u64(..)));
        if self.one_in(30) { stranger } else { self.any(among).unwrap_or(stranger) }
    }

    /// One of them, or often none.
    fn perhaps<I: Id>(&mut self, among: impl Iterator<Item = I>) -> Option<I> {
        let known: Vec<I> = among.collect();
        if known.is_empty() || self.one_in(4) { None } else { Some(self.id(known.into_iter())) }
    }

    /// Up to three of them.
    fn some<I: Id, C: FromIterator<I>>(&mut self, among: impl Iterator<Item = I>) -> C {
        let known: Vec<I> = among.collect();
        let wanted = if known.is_empty() { 0 } else { self.dice.usize(..4) };
        (0..wanted).map(|_| self.id(known.iter().copied())).collect()
    }

    /// One that is there, or a new one.
    fn old_or_new<I: Id, T: Clone + Default>(&mut self, table: &Table<I, T>) -> (I, T) {
        self.count += 1;
        let known = if self.one_in(3) { None } else { self.any(table.ids()) };
        let id = known.unwrap_or_else(|| I::derived_from(&format!("new {} {}", self.count, self.dice.u64(..))));
        (id, table.get(id).cloned().unwrap_or_default())
    }

    fn text(&mut self) -> String {
        self.any(TEXTS).unwrap_or_default().to_owned()
    }

    /// A tag of its own, rarely one that stands twice.
    fn tag(&mut self, prefix: &str) -> String {
        let number = if self.one_in(15) { 1 } else { self.count };
        format!("{prefix}-{number}")
    }

    fn day(&mut self) -> Option<Date> {
        let days = jiff::Span::new().days(self.dice.i64(-400..400));
        if self.one_in(4) { None } else { TODAY.checked_add(days).ok() }
    }

    fn rating(&mut self) -> Option<Rating> {
        Rating::new(self.dice.u8(0..=6))
    }

    fn known(&mut self) -> Known {
        self.any([Known::Unknown, Known::Yes, Known::No]).unwrap_or_default()
    }

    fn one_of<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        self.any(choices.iter().copied()).unwrap_or_default()
    }

    fn requirement(&mut self) -> RequirementId {
        self.any(Catalogue::embedded().requirements().iter().map(|it| it.id)).unwrap()
    }

    fn target(&mut self, project: &Project) -> Target {
        let zone = self.dice.bool() || project.conduits.is_empty();
        if zone { self.id(project.zones.ids()).into() } else { self.id(project.conduits.ids()).into() }
    }

    fn targets<C: FromIterator<Target>>(&mut self, project: &Project) -> C {
        let wanted = if project.zones.is_empty() { 0 } else { self.dice.usize(..4) };
        (0..wanted).map(|_| self.target(project)).collect()
    }

    fn gap(&mut self, project: &Project) -> GapKey {
        GapKey { target: self.target(project), requirement: self.requirement() }
    }

    fn gaps(&mut self, project: &Project) -> BTreeSet<GapKey> {
        let wanted = if project.zones.is_empty() { 0 } else { self.dice.usize(..5) };
        (0..wanted).map(|_| self.gap(project)).collect()
    }

    fn number(&mut self) -> f32 {
        (self.dice.f32() - 0.3) * 3000.0
    }

    /// A frame; rarely one that can't be drawn.
    fn frame(&mut self) -> Rect {
        let size = |it: &mut Self| 40.0 + 600.0 * it.dice.f32();
        let width = if self.one_in(30) { -1.0 } else { size(self) };
        Rect::new(self.number(), self.number(), width, size(self))
    }

    fn level(&mut self) -> Option<TargetLevel> {
        let levels = PerFr::from_fn(|_| SecurityLevel::new(self.dice.u8(0..=4)).unwrap_or_default());
        let level = TargetLevel { levels, reason: self.text(), decided_on: self.day(), ..TargetLevel::default() };
        (!self.one_in(4)).then_some(level)
    }

    fn scope(&mut self) -> std::collections::BTreeMap<RequirementId, bool> {
        (0..self.dice.usize(..3)).map(|_| (self.requirement().sr(), self.dice.bool())).collect()
    }

    fn zone(&mut self, project: &Project) -> Item {
        let (id, mut zone) = self.old_or_new(&project.zones);
        zone.tag = self.tag("Z");
        zone.name = self.text();
        zone.parent = self.perhaps(project.zones.ids());
        zone.purdue = self.any(PurdueLevel::ALL.iter().copied());
        zone.trust = self.one_of(Trust::ALL);
        zone.untrusted = self.one_in(6);
        zone.consequence = self.rating();
        zone.owner = self.text();
        zone.frame = self.frame();
        Item::Zone(id, zone)
    }

    fn conduit(&mut self, project: &Project) -> Item {
        let (id, mut conduit) = self.old_or_new(&project.conduits);
        conduit.tag = self.tag("C");
        conduit.from = self.perhaps(project.zones.ids());
        conduit.to = self.perhaps(project.zones.ids());
        conduit.initiated_by = self.one_of(Initiator::ALL);
        conduit.remote_access = self.one_of(RemoteAccess::ALL);
        conduit.filtering = self.one_of(Filtering::ALL);
        conduit.sl_t = self.level();
        conduit.scope = self.scope();
        Item::Conduit(id, conduit)
    }

    fn asset(&mut self, project: &Project) -> Item {
        let (id, mut asset) = self.old_or_new(&project.assets);
        asset.tag = self.tag("A");
        asset.kind = self.any(Catalogue::embedded().asset_types().iter().map(|it| it.id.clone())).unwrap();
        asset.zone = self.perhaps(project.zones.ids());
        asset.other_zones = if self.one_in(5) { self.some(project.zones.ids()) } else { BTreeSet::new() };
        asset.addresses = vec![format!("10.0.0.{}", self.dice.u8(..)), self.text()];
        asset.supported = self.known();
        asset.wireless = self.one_in(5);
        asset.place = self.one_in(2).then(|| Point::new(self.number(), self.number()));
        Item::Asset(id, asset)
    }

    fn flow(&mut self, project: &Project) -> Item {
        let (id, mut flow) = self.old_or_new(&project.flows);
        flow.conduit = self.perhaps(project.conduits.ids());
        flow.from = self.perhaps(project.assets.ids());
        flow.to = self.perhaps(project.assets.ids());
        flow.protocol = self.any(["modbus-tcp", "https", "a protocol of its own"]).unwrap_or_default().to_owned();
        flow.port = "502-510".parse().ok();
        flow.both_ways = self.dice.bool();
        Item::Flow(id, flow)
    }

    fn evidence(&mut self, project: &Project) -> Item {
        let (id, mut evidence) = self.old_or_new(&project.evidence);
        evidence.tag = self.tag("EV");
        evidence.title = self.text();
        evidence.expires_on = self.day();
        evidence.accepted = !self.one_in(3);
        Item::Evidence(id, evidence)
    }

    fn risk(&mut self, project: &Project) -> Item {
        let (id, mut risk) = self.old_or_new(&project.risks);
        risk.tag = self.tag("R");
        risk.scenario = self.text();
        risk.targets = self.targets(project);
        risk.assets = self.some(project.assets.ids());
        risk.actions = self.some(project.actions.ids());
        risk.consequences.ratings_mut().into_iter().for_each(|it| *it = self.rating());
        risk.unmitigated = self.rating();
        risk.current = self.rating();
        risk.residual = self.rating();
        risk.stage = self.one_of(AssessmentStage::ALL);
        risk.details = self.perhaps(project.risks.ids());
        risk.requirements = (0..self.dice.usize(..3)).map(|_| self.requirement()).collect();
        risk.template = self.text();
        risk.estimates =
            vec![Estimate { by: self.text(), likelihood: self.rating(), on: self.day(), ..Estimate::default() }];
        Item::Risk(id, risk)
    }

    fn action(&mut self, project: &Project) -> Item {
        let (id, mut action) = self.old_or_new(&project.actions);
        action.tag = self.tag("ACT");
        action.title = self.text();
        action.due = self.day();
        action.status = self.one_of(ActionStatus::ALL);
        action.depends_on = self.some(project.actions.ids());
        action.outage = self.one_in(4);
        action.wave = self.any(Wave::ALL.iter().copied()).filter(|_| self.dice.bool());
        action.closes = self.gaps(project);
        action.findings = self.some(project.manual_findings.ids());
        Item::Action(id, action)
    }

    fn acceptance(&mut self, project: &Project) -> Item {
        let (id, mut acceptance) = self.old_or_new(&project.acceptances);
        acceptance.tag = self.tag("RA");
        acceptance.gaps = self.gaps(project);
        acceptance.findings = self.some(project.manual_findings.ids());
        acceptance.risks = self.some(project.risks.ids());
        acceptance.reason = self.text();
        acceptance.accepted_by = self.text();
        acceptance.expires_on = self.day();
        Item::Acceptance(id, acceptance)
    }

    fn vendor_access(&mut self, project: &Project) -> Item {
        let (id, mut access) = self.old_or_new(&project.vendor_access);
        access.tag = self.tag("VA");
        access.conduit = self.perhaps(project.conduits.ids());
        access.assets = self.some(project.assets.ids());
        access.standing = self.known();
        access.multifactor = self.known();
        access.reviewed_on = self.day();
        access.review_every_months = Some(self.dice.u32(..));
        Item::VendorAccess(id, access)
    }

    fn exception(&mut self, project: &Project) -> Item {
        let (id, mut exception) = self.old_or_new(&project.exceptions);
        exception.tag = self.tag("VX");
        exception.assets = self.some(project.assets.ids());
        exception.expires_on = self.day();
        Item::Exception(id, exception)
    }

    fn manual_finding(&mut self, project: &Project) -> Item {
        let (id, mut finding) = self.old_or_new(&project.manual_findings);
        finding.tag = self.tag("AF");
        finding.title = self.text();
        finding.classification = self.one_of(Classification::ALL);
        finding.targets = self.targets(project);
        finding.assets = self.some(project.assets.ids());
        finding.requirements = (0..self.dice.usize(..3)).map(|_| self.requirement()).collect();
        finding.closed = self.one_in(3);
        Item::ManualFinding(id, finding)
    }

    fn measure(&mut self, project: &Project) -> Item {
        let (id, mut measure) = self.old_or_new(&project.measures);
        measure.tag = self.tag("OM");
        measure.points = self.any('a'..='j').into_iter().collect();
        measure.status = self.one_of(MeasureStatus::ALL);
        measure.evidence = self.some(project.evidence.ids());
        Item::Measure(id, measure)
    }

    fn item(&mut self, project: &Project) -> WorkshopItem {
        if self.dice.bool() || project.risks.is_empty() {
            WorkshopItem::Question(self.gap(project))
        } else {
            WorkshopItem::Risk(self.id(project.risks.ids()))
        }
    }

    fn perhaps_item(&mut self, project: &Project) -> Option<WorkshopItem> {
        let can = !project.zones.is_empty() && self.dice.bool();
        can.then(|| self.item(project))
    }

    fn workshop(&mut self, project: &Project) -> Item {
        let (id, mut workshop) = self.old_or_new(&project.workshops);
        workshop.title = self.text();
        workshop.held_on = self.day();
        workshop.agenda.targets = self.targets(project);
        workshop.place = self.perhaps_item(project);
        workshop.closed = self.one_in(3);
        workshop.log.push(LogEntry {
            kind: self.one_of(LogKind::ALL),
            about: self.perhaps_item(project),
            text: self.text(),
            by: self.text(),
            settled: self.one_in(3),
            ..LogEntry::default()
        });
        Item::Workshop(id, workshop)
    }

    /// The project as it stands; rarely with its baselines, which is refused.
    fn baseline(&mut self, project: &Project) -> Item {
        let (id, mut baseline) = self.old_or_new(&project.baselines);
        baseline.name = self.text();
        baseline.taken_on = self.day();
        let mut taken = project.clone();
        if !self.one_in(10) {
            taken.baselines = Table::default();
        }
        // few, or the files of this test grow beyond what it is about
        if project.baselines.len() < 2 || project.baselines.contains(id) {
            baseline.project = std::sync::Arc::new(taken);
        }
        Item::Baseline(id, baseline)
    }

    fn answer(&mut self, project: &Project) -> Answer {
        if self.one_in(6) {
            return Answer::default();
        }
        let mut status = self.any(Status::ALL).unwrap_or_default();
        if status == Status::Inherited(None) && !self.one_in(4) {
            status = Status::Inherited(Some(self.target(project)));
        }
        Answer {
            status,
            capable: self.known(),
            notes: self.text(),
            countermeasure: self.text(),
            justification: self.text(),
            evidence: self.some(project.evidence.ids()),
            answered_on: self.day(),
            review: self.one_in(6),
            comments: (0..self.dice.usize(..3)).map(|_| self.comment()).collect(),
            ..Answer::default()
        }
    }

    fn comment(&mut self) -> Comment {
        Comment { by: self.text(), on: self.day(), text: self.text(), resolved: self.dice.bool() }
    }

    fn confirmation(&mut self) -> Option<Confirmation> {
        let confirmed = Confirmation { by: self.text(), on: self.day(), notes: self.text() };
        self.dice.bool().then_some(confirmed)
    }

    fn decision(&mut self) -> GapOverride {
        let reason = self.text();
        GapOverride {
            classification: self
                .one_in(2)
                .then(|| Override { value: self.one_of(Classification::ALL), reason: reason.clone() }),
            blocks_closure: self.one_in(3).then(|| Override { value: self.dice.bool(), reason: reason.clone() }),
            consequence: self.rating().map(|value| Override { value, reason: reason.clone() }),
            exploitability: None,
            audit_impact: None,
        }
    }

    fn place(&mut self, project: &Project) -> Place {
        match self.dice.u8(..4) {
            0 => Place::Move { zones: self.some(project.zones.ids()), dx: self.number(), dy: self.number() },
            1 => {
                let zones: Vec<_> = self.some(project.zones.ids());
                Place::Frames(zones.into_iter().map(|id| (id, self.frame())).collect())
            }
            2 => Place::Nest { zones: self.some(project.zones.ids()), parent: self.perhaps(project.zones.ids()) },
            _ => {
                let assets: Vec<_> = self.some(project.assets.ids());
                let places = (0..self.dice.usize(..=assets.len())).map(|_| Point::new(self.number(), self.number()));
                let places = places.collect();
                Place::Assets { assets, zone: self.perhaps(project.zones.ids()), places }
            }
        }
    }

    fn removed(&mut self, project: &Project) -> BTreeSet<Subject> {
        let all: Vec<_> = project.subjects().collect();
        (0..1 + self.dice.usize(..3)).filter_map(|_| self.any(all.iter().copied())).collect()
    }

    fn settings(&mut self, project: &Project) -> Settings {
        let mut settings = (*project.settings).clone();
        settings.conduit_scope = self.scope();
        settings.currency = self.text();
        settings.outages = vec![OutageWindow { name: self.text(), start: self.day(), end: self.day() }];
        if self.one_in(3) {
            settings.matrix.consequence.pop();
        }
        settings
    }

    /// The next thing to do, of any kind.
    fn edit(&mut self, session: &Session) -> Edit {
        let project = session.project();
        match self.dice.u8(..36) {
            0 | 1 => Edit::Put(self.zone(project)),
            2 | 3 => Edit::Put(self.conduit(project)),
            4 | 5 => Edit::Put(self.asset(project)),
            6 => Edit::Put(self.flow(project)),
            7 => Edit::Put(self.evidence(project)),
            8 => Edit::Put(self.risk(project)),
            9 => Edit::Put(self.action(project)),
            10 => Edit::Put(self.acceptance(project)),
            11 => Edit::Put(self.vendor_access(project)),
            12 => Edit::Put(self.exception(project)),
            13 => Edit::Put(self.manual_finding(project)),
            14 => Edit::Put(self.measure(project)),
            15 | 16 => Edit::Remove(self.removed(project)),
            17 | 18 => Edit::Place(self.place(project)),
            19..=22 => {
                let keys = self.gaps(project);
                Edit::Answer(keys.into_iter().map(|key| (key, self.answer(project))).collect())
            }
            23 => Edit::SetTargetLevel(self.targets(project), self.level()),
            24 => Edit::Decide(self.gap(project), self.decision()),
            25 => {
                let aside = SetAside { reason: self.text(), by: self.text(), on: self.day() };
                let key = self.any(session.analysis().findings.iter().map(zonewright::analysis::Finding::key));
                Edit::SetAside(key.unwrap_or_default(), self.dice.bool().then_some(aside))
            }
            26 => Edit::Confirm(self.one_of(ValidationStep::ALL), self.confirmation()),
            27 => {
                let mut scope = (*project.scope).clone();
                scope.description = self.text();
                let conduit = self.perhaps(project.conduits.ids());
                scope.access_points.push(AccessPoint { name: self.text(), notes: self.text(), conduit });
                Edit::Scope(scope)
            }
            28 => Edit::Settings(self.settings(project)),
            29 | 30 => Edit::Put(self.workshop(project)),
            31 => Edit::Put(self.baseline(project)),
            32 | 33 => {
                let id = self.any(["ZCR 1.1", "ZCR 3.2", "ZCR 4.1", "ZCR 5.7"]).unwrap_or("ZCR 6.1");
                Edit::ConfirmZcr(id.parse().unwrap(), self.confirmation())
            }
            34 => {
                let refused = SetAside { reason: self.text(), by: self.text(), on: self.day() };
                Edit::Refuse(self.any(["vendor-access", "flat-network"]).unwrap_or("").to_owned(), Some(refused))
            }
            _ => Edit::Info(ProjectInfo {
                title: self.text(),
                organisation: self.text(),
                prepared_by: self.text(),
                marking: self.text(),
                edition: self.text(),
                statement: self.text(),
                ..(*project.info).clone()
            }),
        }
    }

    /// Does something in one of the ways in which the window does it.
    fn work(&mut self, session: &mut Session) -> Result<bool, EditError> {
        let edit = self.edit(session);
        match self.dice.u8(..12) {
            0 => {
                let next = self.edit(session);
                session.apply(&Edit::Several(self.text(), vec![edit, next]))
            }
            1 => {
                let typed = session.apply_continuing(&edit, self.dice.u64(..3));
                // letters may come one after the other before what follows from them is found out
                if self.one_in(2) {
                    session.settle();
                }
                typed
            }
            2 => {
                session.preview(&edit)?;
                let moved = session.preview(&self.edit(session));
                if self.one_in(3) {
                    session.abort();
                } else {
                    session.commit();
                }
                moved.map(|()| true)
            }
            3 if self.one_in(3) => Ok(session.undo().is_some()),
            4 if self.one_in(3) => Ok(session.redo().is_some()),
            5 if self.one_in(3) => {
                session.set_as_of(self.day().unwrap_or(TODAY));
                Ok(false)
            }
            _ => session.apply(&edit),
        }
    }
}

/// Every id anywhere in the file stands there as something's own id too. Read from
/// the text, so that no field can be forgotten.
fn assert_nothing_dangles(project: &Project) {
    let mut shown = project.clone();
    // what was set aside is known by a key of its own and may be gone
    shown.set_aside = Default::default();
    // a baseline holds together by itself
    shown.baselines = Table::default();
    let text = store::to_text(&shown).unwrap();
    let known: BTreeSet<String> = project.subjects().map(|it| it.to_string()).collect();
    let is_id = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|it| it.is_ascii_lowercase())
            && letters.next() == Some('-')
            && word.len() == 12
            && letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    let named: Vec<&str> =
        text.split('"').flat_map(|it| it.split('/')).filter(|it| is_id(it) && !known.contains(*it)).collect();
    assert_eq!(named, Vec::<&str>::new(), "these ids lead nowhere");
}

fn json(session: &Session, analysis: &zonewright::analysis::Analysis) -> String {
    analysis_json::to_json(session.project(), session.catalogue(), analysis).unwrap()
}

fn assert_analysis_is_current(session: &Session) {
    let fresh = analyse(session.project(), session.catalogue(), session.analysis().as_of);
    assert_eq!(session.analysis().gaps, fresh.gaps);
    assert!(json(session, session.analysis()) == json(session, &fresh), "the analysis has fallen behind the project");
}

fn assert_file_keeps(project: &Project) {
    let text = store::to_text(project).unwrap();
    let again = store::from_text(&text).unwrap_or_else(|error| panic!("what was saved opens again: {error}"));
    assert!(again == *project, "the file changed the project");
    assert!(store::to_text(&again).unwrap() == text, "a second writing gives the same bytes");
}

/// Some hundred edits from a start, with all that must hold meanwhile and after.
fn work_through(start: &Project, seed: u64, every: usize) {
    let mut assessor = Assessor::new(seed);
    let mut session = Session::new(start.clone(), TODAY);
    let (mut done, mut refused) = (0, 0);
    for step in 0..EDITS {
        let before = session.project().clone();
        match assessor.work(&mut session) {
            Ok(_) => done += usize::from(!session.project().same(&before)),
            Err(_) => refused += 1,
        }
        assert!(!session.is_previewing(), "seed {seed}, edit {step}");
        assert_eq!(session.project().first_unresolved(), None, "seed {seed}, edit {step}");
        if step % every == 0 {
            session.settle();
            assert_nothing_dangles(session.project());
            assert_analysis_is_current(&session);
        }
    }
    assert!(done > EDITS / 2 && refused > 3, "{done} done and {refused} refused tell too little");
    assert_file_keeps(session.project());
    let end = session.project().clone();
    while session.redo().is_some() {}
    let furthest = session.project().clone();
    while session.undo().is_some() {}
    assert!(session.project() == start, "seed {seed}: undoing all leads back to the start");
    assert_analysis_is_current(&session);
    while session.redo().is_some() {}
    assert!(*session.project() == furthest, "seed {seed}: redoing all leads to the end");
    assert_analysis_is_current(&session);
    assert_nothing_dangles(&end);
    end.baselines.values().for_each(|it| assert_nothing_dangles(&it.project));
}

#[test]
fn an_empty_project_bears_any_edits() {
    for seed in 0..SEEDS {
        work_through(&Project::default(), seed, 1);
    }
}

#[test]
fn the_water_works_bear_any_edits() {
    for seed in 0..SEEDS {
        work_through(&SAMPLES[0].open().unwrap(), 100 + seed, NOW_AND_THEN);
    }
}

#[test]
fn the_bioreactors_bear_any_edits() {
    for seed in 0..SEEDS {
        work_through(&SAMPLES[1].open().unwrap(), 200 + seed, NOW_AND_THEN);
    }
}

#[test]
fn the_compressor_station_bears_any_edits() {
    for seed in 0..SEEDS {
        work_through(&SAMPLES[2].open().unwrap(), 300 + seed, NOW_AND_THEN);
    }
}

#[test]
fn a_refused_edit_leaves_the_very_same_project() {
    let mut session = Session::new(SAMPLES[0].open().unwrap(), TODAY);
    let mut assessor = Assessor::new(7);
    let mut refused = 0;
    for _ in 0..400 {
        let before = session.project().clone();
        let edit = assessor.edit(&session);
        if session.apply(&Edit::Several(String::new(), vec![edit.clone()])).is_err() {
            refused += 1;
            assert!(session.project().same(&before), "{edit:?}");
        }
    }
    assert!(refused > 10, "{refused} refused tell too little");
}
