//! Small plants for tests, written by tag.

use jiff::civil::{Date, date};

use super::{Analysis, analyse};
use crate::catalogue::Catalogue;
use crate::model::*;

/// The day on which tests take place unless they say otherwise.
pub const TODAY: Date = date(2026, 6, 15);

/// A plant in the making. Ids follow from tags, so tests can name things by tag.
#[derive(Clone, Default)]
pub struct Fixture {
    pub project: Project,
}

impl Fixture {
    pub fn new() -> Self {
        Self::default()
    }

    /// A zone; it is given a frame, an owner and nothing else.
    pub fn zone(mut self, tag: &str, change: impl FnOnce(&mut Zone)) -> Self {
        let mut zone = Zone {
            tag: tag.into(),
            name: format!("Zone {tag}"),
            owner: "Operations manager".into(),
            frame: Rect::new(0.0, 0.0, 100.0, 100.0),
            ..Zone::default()
        };
        change(&mut zone);
        self.project.zones.insert(ZoneId::derived_from(tag), zone);
        self
    }

    /// A conduit between two zones; an empty tag leaves an end dangling.
    pub fn conduit(mut self, tag: &str, from: &str, to: &str, change: impl FnOnce(&mut Conduit)) -> Self {
        let end = |tag: &str| (!tag.is_empty()).then(|| ZoneId::derived_from(tag));
        let mut conduit = Conduit { tag: tag.into(), from: end(from), to: end(to), ..Conduit::default() };
        change(&mut conduit);
        self.project.conduits.insert(ConduitId::derived_from(tag), conduit);
        self
    }

    /// An asset of a type in a zone; an empty zone means none.
    pub fn asset(mut self, tag: &str, kind: &str, zone: &str, change: impl FnOnce(&mut Asset)) -> Self {
        let zone = (!zone.is_empty()).then(|| ZoneId::derived_from(zone));
        let mut asset = Asset { tag: tag.into(), kind: kind.into(), zone, ..Asset::default() };
        change(&mut asset);
        self.project.assets.insert(AssetId::derived_from(tag), asset);
        self
    }

    /// A flow between two assets over a conduit; an empty conduit means none.
    pub fn flow(mut self, conduit: &str, from: &str, to: &str, protocol: &str, change: impl FnOnce(&mut Flow)) -> Self {
        let mut flow = Flow {
            conduit: (!conduit.is_empty()).then(|| ConduitId::derived_from(conduit)),
            from: Some(AssetId::derived_from(from)),
            to: Some(AssetId::derived_from(to)),
            protocol: protocol.into(),
            ..Flow::default()
        };
        change(&mut flow);
        self.project.flows.insert(FlowId::derived_from(&format!("{conduit}/{from}/{to}/{protocol}")), flow);
        self
    }

    /// An answer of a target.
    pub fn answer(mut self, target: &str, requirement: &str, status: Status, change: impl FnOnce(&mut Answer)) -> Self {
        let target = self.target(target);
        let mut answers = self.project.answers.get(target).cloned().unwrap_or_default();
        let mut answer = Answer { status, ..Answer::default() };
        change(&mut answer);
        answers.insert(requirement.parse().expect("a requirement"), answer);
        self.project.answers.insert(target, answers);
        self
    }

    /// A piece of accepted evidence.
    pub fn evidence(mut self, tag: &str, change: impl FnOnce(&mut Evidence)) -> Self {
        let mut evidence = Evidence { tag: tag.into(), accepted: true, ..Evidence::default() };
        change(&mut evidence);
        self.project.evidence.insert(EvidenceId::derived_from(tag), evidence);
        self
    }

    /// A risk scenario.
    pub fn risk(mut self, tag: &str, change: impl FnOnce(&mut Risk)) -> Self {
        let mut risk = Risk { tag: tag.into(), ..Risk::default() };
        change(&mut risk);
        self.project.risks.insert(RiskId::derived_from(tag), risk);
        self
    }

    /// An action; it has an owner and is due in a month.
    pub fn action(mut self, tag: &str, change: impl FnOnce(&mut Action)) -> Self {
        let mut action = Action {
            tag: tag.into(),
            owner: "Control engineer".into(),
            due: Some(date(2026, 7, 15)),
            ..Action::default()
        };
        change(&mut action);
        self.project.actions.insert(ActionId::derived_from(tag), action);
        self
    }

    /// An acceptance; it has an approver and holds for a year.
    pub fn acceptance(mut self, tag: &str, change: impl FnOnce(&mut Acceptance)) -> Self {
        let mut acceptance = Acceptance {
            tag: tag.into(),
            accepted_by: "Plant manager".into(),
            expires_on: Some(date(2027, 6, 15)),
            ..Acceptance::default()
        };
        change(&mut acceptance);
        self.project.acceptances.insert(AcceptanceId::derived_from(tag), acceptance);
        self
    }

    /// A vendor's way in of which all is well: on demand, personal, reviewed.
    pub fn vendor_access(mut self, tag: &str, change: impl FnOnce(&mut VendorAccess)) -> Self {
        let mut access = VendorAccess {
            tag: tag.into(),
            standing: Known::No,
            shared_account: Known::No,
            multifactor: Known::Yes,
            jump_host: Known::Yes,
            time_bound: Known::Yes,
            recorded: Known::Yes,
            contract_clauses: Known::Yes,
            reviewed_on: Some(date(2026, 1, 1)),
            ..VendorAccess::default()
        };
        change(&mut access);
        self.project.vendor_access.insert(VendorAccessId::derived_from(tag), access);
        self
    }

    /// A vulnerability exception that covers an asset; it has an approver and holds for a year.
    pub fn exception(mut self, tag: &str, asset: &str, change: impl FnOnce(&mut VulnerabilityException)) -> Self {
        let mut exception = VulnerabilityException {
            tag: tag.into(),
            assets: [AssetId::derived_from(asset)].into(),
            accepted_by: "Plant manager".into(),
            expires_on: Some(date(2027, 6, 15)),
            ..VulnerabilityException::default()
        };
        change(&mut exception);
        self.project.exceptions.insert(ExceptionId::derived_from(tag), exception);
        self
    }

    /// A workshop.
    pub fn workshop(mut self, title: &str, change: impl FnOnce(&mut Workshop)) -> Self {
        let mut workshop = Workshop { title: title.into(), ..Workshop::default() };
        change(&mut workshop);
        self.project.workshops.insert(WorkshopId::derived_from(title), workshop);
        self
    }

    /// Somebody stands by a step.
    pub fn confirmed(mut self, step: ValidationStep) -> Self {
        let confirmation = Confirmation { by: "Operations manager".into(), on: Some(TODAY), ..Confirmation::default() };
        std::sync::Arc::make_mut(&mut self.project.confirmations).insert(step, confirmation);
        self
    }

    /// The target with this tag: a conduit where the tag begins with C, else a zone.
    pub fn target(&self, tag: &str) -> Target {
        if tag.starts_with('C') { ConduitId::derived_from(tag).into() } else { ZoneId::derived_from(tag).into() }
    }

    /// A target and requirement, written "Z-1/SR 1.1".
    pub fn gap(&self, text: &str) -> GapKey {
        let (target, requirement) = text.split_once('/').expect("a pair");
        GapKey { target: self.target(target), requirement: requirement.parse().expect("a requirement") }
    }

    /// Sets the same SL-T for each FR.
    pub fn sl_t(mut self, target: &str, level: u8) -> Self {
        let levels = SlVector::uniform(SecurityLevel::new(level).expect("a level"));
        *self.sl_t_mut(target) = Some(TargetLevel { levels, ..TargetLevel::default() });
        self
    }

    /// Sets one FR of an SL-T that is set.
    pub fn sl_t_in(mut self, target: &str, fr: Fr, level: u8) -> Self {
        self.sl_t_mut(target).as_mut().expect("an SL-T").levels[fr] = SecurityLevel::new(level).expect("a level");
        self
    }

    fn sl_t_mut(&mut self, target: &str) -> &mut Option<TargetLevel> {
        match self.target(target) {
            Target::Zone(id) => &mut self.project.zones.get_mut(id).expect("a zone").sl_t,
            Target::Conduit(id) => &mut self.project.conduits.get_mut(id).expect("a conduit").sl_t,
        }
    }

    /// Analyses it as of [`TODAY`].
    pub fn analyse(&self) -> Analysis {
        analyse(&self.project, Catalogue::embedded(), TODAY)
    }
}
