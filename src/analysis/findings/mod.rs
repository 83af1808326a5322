//! What is wrong or doubtful about a project: one file a check, each with its test
//! (domain rules, section 8).
//!
//! Codes begin with the family: Z the model, P the partition (ZCR 3.2 to 3.6),
//! A the architecture, R access, E the record.

pub(super) mod nested;
pub(super) mod one_way;
pub(super) mod plant;
mod rated;
mod unfiltered;
mod unsettled;
mod watching;
pub(super) mod words;

use std::fmt;
use std::sync::Arc;

pub use plant::Plant;

use super::fixes::{Fix, Repair};
use super::sources::{Source, Sources};
use crate::model::{Project, SetAside, Subject, Target};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The assessment can't stand like this.
    Error,
    /// Somebody should look at it.
    Warning,
    /// It would be better otherwise.
    Hint,
}

impl Severity {
    /// All severities, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// The word for it in JSON and on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A rule that a project is checked against.
#[derive(Debug)]
pub struct Check {
    /// Its code, such as "A05".
    pub code: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// How grave that is.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
    /// What exactly is looked for.
    pub detection: &'static str,
    /// When it is usually no problem after all.
    pub false_positives: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// Finds it.
    pub run: fn(&Plant) -> Vec<Found>,
    /// What would mend one finding in one step, the best first.
    pub fixes: fn(&Repair, &Finding) -> Vec<Fix>,
}

/// One place where a check finds something.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it is about, the most important first.
    pub about: Vec<Subject>,
    /// What is wrong there, in one sentence without a full stop.
    pub message: String,
    /// The code of the finding that it speaks of, if it speaks of another.
    pub of: Option<&'static str>,
}

impl Found {
    /// Something found about one subject.
    pub fn about(subject: impl Into<Subject>, message: impl Into<String>) -> Self {
        Self { about: vec![subject.into()], message: message.into(), of: None }
    }

    /// Something found about several subjects alike.
    pub fn about_all<S: Into<Subject>>(subjects: impl IntoIterator<Item = S>, message: impl Into<String>) -> Self {
        Self { about: subjects.into_iter().map(Into::into).collect(), message: message.into(), of: None }
    }

    /// The same, naming a further subject.
    #[must_use]
    pub fn and(mut self, subject: impl Into<Subject>) -> Self {
        self.about.push(subject.into());
        self
    }
}

/// Something found, and whether it was set aside.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub check: &'static Check,
    /// What it is about, the most important first.
    pub about: Vec<Subject>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The code of the finding that it speaks of, if it speaks of another.
    pub of: Option<&'static str>,
    /// Why it does not count, if somebody decided so.
    pub set_aside: Option<SetAside>,
}

impl Finding {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.check.severity
    }

    /// What it is known by when it is set aside: its code, what it is about and the finding that it
    /// speaks of, so that another there is told of anew.
    pub fn key(&self) -> String {
        use fmt::Write;
        let mut key = self.check.code.to_owned();
        for subject in &self.about {
            let _ = write!(key, " {subject}");
        }
        if let Some(code) = self.of {
            let _ = write!(key, " {code}");
        }
        key
    }

    /// Where the diagram marks it: at the first zone, conduit or asset that it is about, or at the
    /// conduit that a flow or a vendor's way in comes over.
    pub fn place(&self, project: &Project) -> Option<Subject> {
        self.about.iter().find_map(|&subject| match subject {
            Subject::Zone(_) | Subject::Conduit(_) | Subject::Asset(_) => Some(subject),
            Subject::Flow(id) => project.flows.get(id)?.conduit.map(Subject::from),
            Subject::VendorAccess(id) => {
                let way_in = project.vendor_access.get(id)?;
                way_in.conduit.map(Subject::from).or_else(|| way_in.assets.first().copied().map(Subject::from))
            }
            _ => None,
        })
    }

    /// The tags of what it is about.
    pub fn tags(&self, project: &Project) -> Vec<String> {
        self.about.iter().map(|&subject| project.subject_tag(subject).into_owned()).collect()
    }

    fn decision(&self, project: &Project) -> Option<SetAside> {
        if project.set_aside.is_empty() { None } else { project.set_aside.get(&self.key()).cloned() }
    }
}

macro_rules! checks {
    ($($module:ident)*) => {
        $(pub(super) mod $module;)*

        /// All checks, family by family in the order Z, P, A, R, E.
        pub const CHECKS: &[&Check] = &[$(&$module::CHECK,)*];
    };
}

checks! {
    z01_empty_zone
    z02_zone_without_owner
    z03_zone_without_sl_t
    z04_conduit_without_sl_t
    z05_dangling_end
    z06_conduit_within_one_zone
    z07_asset_in_no_zone
    z08_address_twice
    z09_flow_not_carried
    z10_conduit_without_flow
    z11_tag_twice
    z12_inner_zone_below_outer
    z13_conduit_below_its_zones
    p01_business_with_control
    p02_safety_with_others
    p03_temporary_with_permanent
    p04_wireless_with_wired
    p05_external_with_internal
    a01_business_to_control
    a02_unfiltered_to_untrusted
    a03_unequal_sl_t_unfiltered
    a04_two_ways_over_one_way
    a05_dual_homed
    a06_flat_zone
    a07_no_monitoring
    a08_unprotected_protocol
    a09_unfiltered
    a10_unwatched_firewall
    a11_no_sensor
    a12_network_device_between_levels
    a13_unfiltered_vendor_link
    a14_outside_within
    a15_open_protocol_outside
    a16_one_way_wrong_way
    r01_standing_access
    r02_shared_account
    r03_no_second_factor
    r04_no_jump_host
    r05_not_time_bound
    r06_not_recorded
    r07_review_due
    r08_no_contract_clauses
    r09_unexplained_remote_access
    e01_met_without_evidence
    e02_expired_evidence
    e03_answer_without_text
    e04_acceptance_not_valid
    e05_unsupported_asset
    e06_overdue_action
    e07_action_without_owner_or_date
    e08_circular_actions
    e09_intolerable_risk
    e10_unresolved_inheritance
    e11_met_beyond_capability
    e12_residual_above_current
    e13_lowered_without_action
    e14_intolerable_residual
    e15_current_above_unmitigated
    e16_service_answered_differently
    e17_claimed_beyond_source
    e18_not_applicable_though_drawn
    e19_inherited_from_no_answer
    e20_to_be_reviewed
    e21_open_remark
    e22_evidence_not_accepted
    e23_scenario_without_target
    e24_countermeasures_missing
    e25_acceptance_of_closed_gap
    e26_action_closes_nothing
    e27_sl_t_without_reason
    e28_sl_t_decided_by_nobody
    e29_initial_without_detail
    e30_consequence_below_scenario
    e31_unsettled
    e32_unsettled_at_the_end
    e33_confirmed_with_errors
    e34_reason_no_longer_true
    e35_residual_above_unmitigated
}

/// What one check found, and what that depends on.
#[derive(Clone, Debug)]
struct Outcome {
    looked_at: Sources,
    /// The check went through the targets one by one.
    is_by_target: bool,
    findings: Arc<[Arc<Finding>]>,
    /// How many of them nobody set aside.
    open: usize,
}

/// What all checks found, in the order of codes; within one by the tags that they are about.
#[derive(Clone, Debug)]
pub struct Findings {
    outcomes: Vec<Outcome>,
}

/// What was found on the same day in a project that differs from this one in no more than this.
pub struct Earlier<'a> {
    /// What was found.
    pub findings: &'a Findings,
    /// What differs.
    pub differing: Sources,
    /// The targets that were answered otherwise.
    pub answered: &'a [Target],
}

impl Findings {
    /// Runs every check that `earlier` does not answer already, and of those that go through the
    /// targets one by one what it does not answer.
    pub fn new<'a>(plant: Plant<'a>, project: &Project, earlier: Option<&Earlier<'a>>) -> Self {
        for (number, check) in CHECKS.iter().enumerate() {
            let known = earlier.and_then(|it| Some((it, it.findings.outcomes.get(number)?)));
            plant.note(match known {
                Some((earlier, known)) => known.anew(check, &plant, project, earlier),
                None => run(check, &plant, project, None),
            });
        }
        Self { outcomes: plant.outcomes() }
    }

    /// Each finding.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> + Clone {
        self.shared().map(|it| &**it)
    }

    /// Each finding as a shared pointer, to keep.
    pub fn shared(&self) -> impl Iterator<Item = &Arc<Finding>> + Clone {
        self.outcomes.iter().flat_map(|it| &*it.findings)
    }

    /// What the check of this code found.
    pub fn of(&self, code: &str) -> impl Iterator<Item = &Finding> + Clone {
        let place = CHECKS.iter().position(|it| it.code == code);
        let outcome = place.and_then(|it| self.outcomes.get(it));
        outcome.into_iter().flat_map(|it| &*it.findings).map(|it| &**it)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.outcomes.iter().map(|it| it.findings.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of a severity nobody set aside.
    pub fn open(&self, severity: Severity) -> usize {
        CHECKS.iter().zip(&self.outcomes).filter(|(it, _)| it.severity == severity).map(|(_, it)| it.open).sum()
    }
}

/// What differs when targets were answered otherwise and nothing else changed.
const ANSWERS: Sources = Sources::of(&[Source::Answers, Source::Claims]);

impl Outcome {
    fn new(looked_at: Sources, is_by_target: bool, findings: Arc<[Arc<Finding>]>) -> Self {
        let open = findings.iter().filter(|it| it.set_aside.is_none()).count();
        Self { looked_at, is_by_target, findings, open }
    }

    /// What the check finds now, taking over what stayed.
    fn anew<'a>(
        &self,
        check: &'static Check,
        plant: &Plant<'a>,
        project: &Project,
        Earlier { differing, answered, .. }: &Earlier<'a>,
    ) -> Self {
        if !self.looked_at.meets(*differing) {
            let is_decided_anew = differing.meets(Sources::of(&[Source::SetAside]));
            return if is_decided_anew { self.set_aside(project) } else { self.clone() };
        }
        let is_of_others = self.looked_at.meets(Sources::of(&[Source::Answers]));
        if self.is_by_target && !is_of_others && differing.are_within(ANSWERS) {
            let fresh = run(check, plant, project, Some(answered));
            return self.with(fresh, answered, plant);
        }
        run(check, plant, project, None)
    }

    /// The same with what was found anew about some targets, in its order.
    fn with(&self, fresh: Self, answered: &[Target], plant: &Plant) -> Self {
        let target = |finding: &Finding| finding.about.first().and_then(|it| it.target());
        let is_kept = |it: &&Arc<Finding>| target(it).is_none_or(|it| !answered.contains(&it));
        let mut findings: Vec<Arc<Finding>> = self.findings.iter().filter(is_kept).map(Arc::clone).collect();
        let place = |finding: &Finding| (plant.tags(&finding.about), target(finding));
        for finding in fresh.findings.iter() {
            let here = place(finding);
            findings.insert(findings.partition_point(|it| place(it) < here), Arc::clone(finding));
        }
        Self::new(self.looked_at.and(fresh.looked_at), true, findings.into())
    }

    /// The same, with what is set aside now.
    fn set_aside(&self, project: &Project) -> Self {
        let decided = |finding: &Arc<Finding>| {
            let set_aside = finding.decision(project);
            if set_aside == finding.set_aside {
                return Arc::clone(finding);
            }
            Arc::new(Finding { set_aside, ..(**finding).clone() })
        };
        Self::new(self.looked_at, self.is_by_target, self.findings.iter().map(decided).collect())
    }
}

/// What a check finds, or of one that goes through the targets one by one what it finds about these.
fn run<'a>(check: &'static Check, plant: &Plant<'a>, project: &Project, only: Option<&'a [Target]>) -> Outcome {
    plant.begin(only);
    let mut found = (check.run)(plant);
    found.sort_by_cached_key(|it| plant.tags(&it.about));
    let findings = found.into_iter().map(|Found { about, message, of }| {
        let finding = Finding { check, about, message, of, set_aside: None };
        Arc::new(Finding { set_aside: finding.decision(project), ..finding })
    });
    let findings = findings.collect();
    let (looked_at, is_by_target) = plant.take_looked_at();
    Outcome::new(looked_at, is_by_target, findings)
}

/// What a check finds in a plant, by the tags it is about.
#[cfg(test)]
pub(crate) fn found(check: &'static Check, fixture: &crate::analysis::fixture::Fixture) -> Vec<String> {
    let analysis = fixture.analyse();
    let findings = analysis.findings.iter().filter(|it| it.check.code == check.code);
    findings.map(|it| it.tags(&fixture.project).join(", ")).collect()
}

/// What a check says of a plant.
#[cfg(test)]
pub(crate) fn messages(check: &'static Check, fixture: &crate::analysis::fixture::Fixture) -> Vec<String> {
    let analysis = fixture.analyse();
    let findings = analysis.findings.iter().filter(|it| it.check.code == check.code);
    findings.map(|it| it.message.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::analysis::{Analysis, analyse, analyse_after};
    use crate::catalogue::Catalogue;

    #[test]
    fn a_check_that_reads_names_or_notes_says_so() {
        let mut project = crate::samples::SAMPLES[0].open().unwrap();
        let catalogue = Catalogue::embedded();
        // nothing has a tag, so that names are told
        project.zones.change_where(|_| true, |it| it.tag.clear());
        project.conduits.change_where(|_| true, |it| it.tag.clear());
        project.assets.change_where(|_| true, |it| it.tag.clear());
        let said = |it: &Analysis| it.findings.iter().map(|it| it.message.clone()).collect::<Vec<_>>();
        let before = analyse(&project, catalogue, TODAY);
        let other = |text: &mut String| *text = format!("other {text}");
        project
            .zones
            .change_where(|_| true, |it| [&mut it.name, &mut it.site, &mut it.notes].into_iter().for_each(other));
        project.conduits.change_where(|_| true, |it| [&mut it.name, &mut it.notes].into_iter().for_each(other));
        project.assets.change_where(|_| true, |it| [&mut it.name, &mut it.notes].into_iter().for_each(other));
        let taken_over = analyse_after(&project, catalogue, TODAY, Some(&before));
        assert_eq!(said(&taken_over), said(&analyse(&project, catalogue, TODAY)));
        assert_ne!(said(&taken_over), said(&before));
    }

    #[test]
    fn every_check_explains_itself() {
        let families = |code: &str| "ZPARE".find(code.chars().next().expect("a code")).expect("a family");
        assert!(CHECKS.is_sorted_by_key(|check| (families(check.code), check.code)));
        assert!(CHECKS.windows(2).all(|pair| pair[0].code != pair[1].code));
        for check in CHECKS {
            for text in [check.why, check.detection, check.false_positives, check.advice] {
                assert!(text.len() > 20 && text.ends_with('.'), "{}: {text}", check.code);
            }
        }
    }

    #[test]
    fn a_finding_set_aside_stays_visible_with_its_reason() {
        let mut plant = Fixture::new().zone("Z-1", |_| ()).conduit("C-1", "Z-1", "", |_| ());
        let finding = plant.analyse().findings.iter().find(|it| it.check.code == "Z05").cloned().unwrap();
        let reason = SetAside { reason: "Reserved for the extension".into(), ..SetAside::default() };
        Arc::make_mut(&mut plant.project.set_aside).insert(finding.key(), reason.clone());
        let again = plant.analyse().findings.iter().find(|it| it.check.code == "Z05").cloned().unwrap();
        assert_eq!(again.set_aside, Some(reason));
    }
}
