//! The project: every collection that a file holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use super::assessment::{Answer, Answers, Evidence, GapOverride, ManualFinding, SetAside};
use super::baseline::Baseline;
use super::diagram::{DiagramView, Note};
use super::id::*;
use super::plan::Action;
use super::plant::{Asset, Conduit, Flow, TargetLevel, Zone};
use super::record::is_default;
use super::references::DEEPEST;
use super::register::{OrganisationalMeasure, VendorAccess, VulnerabilityException};
use super::requirement::{GapKey, RequirementId};
use super::risk::{Acceptance, Risk};
use super::scope::{Confirmation, ProjectInfo, Scope, Settings, ValidationStep};
use super::subject::Subject;
use super::table::Table;
use super::target::Target;
use super::workshop::Workshop;
use super::zcr::ZcrId;

macro_rules! project {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $same:path,)*) => {
        /// One assessment. Cheap to copy: copies share what did not change.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Project {
            $($(#[$doc])* #[serde(skip_serializing_if = "is_default")] pub $field: $type,)*
        }

        impl Project {
            /// Whether both are one and the same copy throughout: quick, and
            /// never true of different contents.
            pub fn same(&self, other: &Self) -> bool {
                $($same(&self.$field, &other.$field))&&*
            }
        }
    };
}

project! {
    /// The title page.
    info: Arc<ProjectInfo> = Arc::ptr_eq,
    /// The system under consideration.
    scope: Arc<Scope> = Arc::ptr_eq,
    /// What the project sets for itself.
    settings: Arc<Settings> = Arc::ptr_eq,
    /// Zones.
    zones: Table<ZoneId, Zone> = Table::same,
    /// Conduits.
    conduits: Table<ConduitId, Conduit> = Table::same,
    /// Assets.
    assets: Table<AssetId, Asset> = Table::same,
    /// Flows.
    flows: Table<FlowId, Flow> = Table::same,
    /// Answers by target; a requirement that is not there is not assessed.
    #[serde(deserialize_with = "answers_given_once")]
    answers: Table<Target, Answers> = Table::same,
    /// Evidence.
    evidence: Table<EvidenceId, Evidence> = Table::same,
    /// Risk scenarios.
    risks: Table<RiskId, Risk> = Table::same,
    /// Actions.
    actions: Table<ActionId, Action> = Table::same,
    /// Acceptances of residual risk.
    acceptances: Table<AcceptanceId, Acceptance> = Table::same,
    /// Vendors' ways in.
    vendor_access: Table<VendorAccessId, VendorAccess> = Table::same,
    /// Vulnerability exceptions.
    exceptions: Table<ExceptionId, VulnerabilityException> = Table::same,
    /// Findings written by hand.
    manual_findings: Table<ManualFindingId, ManualFinding> = Table::same,
    /// Organisational measures.
    measures: Table<MeasureId, OrganisationalMeasure> = Table::same,
    /// Workshops.
    workshops: Table<WorkshopId, Workshop> = Table::same,
    /// Notes on the canvas.
    notes: Table<NoteId, Note> = Table::same,
    /// Named views of the diagram.
    views: Table<ViewId, DiagramView> = Table::same,
    /// Values put in place of computed ones.
    overrides: Table<GapKey, GapOverride> = Table::same,
    /// Findings set aside, by the key that the finding has.
    set_aside: Arc<BTreeMap<String, SetAside>> = Arc::ptr_eq,
    /// Steps that somebody stands by.
    confirmations: Arc<BTreeMap<ValidationStep, Confirmation>> = Arc::ptr_eq,
    /// Requirements of IEC 62443-3-2 that somebody stands by.
    zcr: Arc<BTreeMap<ZcrId, Confirmation>> = Arc::ptr_eq,
    /// Proposed risk scenarios that were refused, by the key that the proposal has.
    refused: Arc<BTreeMap<String, SetAside>> = Arc::ptr_eq,
    /// Earlier states of the assessment.
    baselines: Table<BaselineId, Baseline> = Table::same,
}

/// Refuses a requirement that is answered twice at a target: one answer would be lost in silence.
fn answers_given_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Table<Target, Answers>, D::Error> {
    let read = Table::<Target, Table<RequirementId, Answer>>::deserialize(deserializer)?;
    let of_target = |answers: &Table<RequirementId, Answer>| answers.iter().map(|(id, it)| (id, it.clone())).collect();
    Ok(read.iter().map(|(target, answers)| (target, of_target(answers))).collect())
}

impl Project {
    /// All targets: zones, then conduits, each in the order of their ids.
    pub fn targets(&self) -> impl Iterator<Item = Target> {
        self.zones.ids().map(Target::Zone).chain(self.conduits.ids().map(Target::Conduit))
    }

    /// All targets with their depth: zones as they nest, the outer before those in them, each by
    /// tag, then all conduits by tag.
    pub fn ordered_targets(&self) -> Vec<(Target, usize)> {
        type Within = HashMap<Option<ZoneId>, Vec<ZoneId>>;
        fn add(within: &Within, parent: Option<ZoneId>, depth: usize, all: &mut Vec<(Target, usize)>) {
            for &id in within.get(&parent).into_iter().flatten() {
                all.push((id.into(), depth));
                if depth < DEEPEST {
                    add(within, Some(id), depth + 1, all);
                }
            }
        }
        let mut zones: Vec<_> = self.zones.iter().collect();
        zones.sort_by_key(|(_, zone)| &zone.tag);
        let mut within = Within::new();
        for (id, zone) in zones {
            within.entry(zone.parent).or_default().push(id);
        }
        let mut all = Vec::new();
        add(&within, None, 0, &mut all);
        let mut conduits: Vec<_> = self.conduits.iter().collect();
        conduits.sort_by_key(|(_, conduit)| &conduit.tag);
        all.extend(conduits.into_iter().map(|(id, _)| (id.into(), 0)));
        all
    }

    /// A target's tag; empty for one that is gone.
    pub fn target_tag(&self, target: Target) -> &str {
        match target {
            Target::Zone(id) => self.zones.get(id).map_or("", |zone| &zone.tag),
            Target::Conduit(id) => self.conduits.get(id).map_or("", |conduit| &conduit.tag),
        }
    }

    /// A target's name; empty for one that is gone.
    pub fn target_name(&self, target: Target) -> &str {
        match target {
            Target::Zone(id) => self.zones.get(id).map_or("", |zone| &zone.name),
            Target::Conduit(id) => self.conduits.get(id).map_or("", |conduit| &conduit.name),
        }
    }

    /// A target's SL-T, where one is set.
    pub fn target_level(&self, target: Target) -> Option<&TargetLevel> {
        match target {
            Target::Zone(id) => self.zones.get(id)?.sl_t.as_ref(),
            Target::Conduit(id) => self.conduits.get(id)?.sl_t.as_ref(),
        }
    }

    /// The answer to a requirement at a target, where one was given.
    pub fn answer(&self, target: Target, requirement: RequirementId) -> Option<&Answer> {
        self.answers.get(target)?.get(&requirement)
    }

    /// What a workshop is called, with its day where another one is called the same, and with a number where
    /// that is of the same day.
    pub fn workshop_label(&self, id: WorkshopId) -> String {
        let Some(workshop) = self.workshops.get(id) else { return String::new() };
        let is_namesake = |it: &Workshop| it.name().eq_ignore_ascii_case(workshop.name());
        if self.workshops.values().filter(|it| is_namesake(it)).count() < 2 {
            return workshop.name().to_owned();
        }
        let of_the_day = self.workshops.iter().filter(|(_, it)| is_namesake(it) && it.held_on == workshop.held_on);
        let of_the_day: Vec<WorkshopId> = of_the_day.map(|it| it.0).collect();
        match of_the_day.iter().position(|it| *it == id) {
            Some(place) if of_the_day.len() > 1 => format!("{} ({})", workshop.name_and_day(), place + 1),
            _ => workshop.name_and_day(),
        }
    }

    /// What people call a subject by: its tag, or for a flow what it joins.
    pub fn subject_tag(&self, subject: Subject) -> Cow<'_, str> {
        fn tag(tag: Option<&String>) -> Cow<'_, str> {
            Cow::Borrowed(tag.map_or("", String::as_str))
        }
        match subject {
            Subject::Zone(id) => tag(self.zones.get(id).map(|it| &it.tag)),
            Subject::Conduit(id) => tag(self.conduits.get(id).map(|it| &it.tag)),
            Subject::Asset(id) => tag(self.assets.get(id).map(|it| &it.tag)),
            Subject::Flow(id) => Cow::Owned(self.flows.get(id).map(|flow| self.flow_tag(flow)).unwrap_or_default()),
            Subject::Evidence(id) => tag(self.evidence.get(id).map(|it| &it.tag)),
            Subject::Risk(id) => tag(self.risks.get(id).map(|it| &it.tag)),
            Subject::Action(id) => tag(self.actions.get(id).map(|it| &it.tag)),
            Subject::Acceptance(id) => tag(self.acceptances.get(id).map(|it| &it.tag)),
            Subject::VendorAccess(id) => tag(self.vendor_access.get(id).map(|it| &it.tag)),
            Subject::Exception(id) => tag(self.exceptions.get(id).map(|it| &it.tag)),
            Subject::ManualFinding(id) => tag(self.manual_findings.get(id).map(|it| &it.tag)),
            Subject::Measure(id) => tag(self.measures.get(id).map(|it| &it.tag)),
            Subject::Workshop(id) => Cow::Borrowed(self.workshops.get(id).map_or("", Workshop::name)),
            Subject::Baseline(id) => tag(self.baselines.get(id).map(|it| &it.name)),
            Subject::Note(id) => Cow::Owned(self.notes.get(id).map(note_tag).unwrap_or_default()),
            Subject::View(id) => tag(self.views.get(id).map(|it| &it.name)),
        }
    }

    fn flow_tag(&self, flow: &Flow) -> String {
        let end = |asset: Option<AssetId>| asset.and_then(|id| self.assets.get(id)).map_or("?", |asset| &asset.tag);
        format!("{} → {}", end(flow.from), end(flow.to))
    }

    /// The conduits that cross the perimeter of the SUC: one end inside it, the other outside.
    pub fn conduits_leaving(&self) -> impl Iterator<Item = ConduitId> {
        let is_in = |zone: ZoneId| self.zones.get(zone).is_some_and(Zone::is_in_suc);
        let leaves = move |conduit: &Conduit| conduit.ends().is_some_and(|(from, to)| is_in(from) != is_in(to));
        self.conduits.iter().filter(move |(_, conduit)| leaves(conduit)).map(|(id, _)| id)
    }

    /// The zone and all that lie in it, through any depth, the zone itself first.
    pub fn zone_with_contents(&self, zone: ZoneId) -> Vec<ZoneId> {
        let mut found = vec![zone];
        let mut next = 0;
        while let Some(&outer) = found.get(next) {
            let inner = self.zones.iter().filter(|(id, inner)| inner.parent == Some(outer) && !found.contains(id));
            let inner: Vec<_> = inner.map(|(id, _)| id).collect();
            found.extend(inner);
            next += 1;
        }
        found
    }

    /// Whether a zone, or one that it lies in, is locked.
    pub fn is_zone_locked(&self, zone: ZoneId) -> bool {
        let is_locked = |id: ZoneId| self.zones.get(id).is_some_and(|it| it.locked);
        is_locked(zone) || self.zone_ancestors(zone).into_iter().any(is_locked)
    }

    /// Whether this stays where and what it is: locked itself, or lying in a zone that is.
    pub fn is_locked(&self, subject: Subject) -> bool {
        match subject {
            Subject::Zone(id) => self.is_zone_locked(id),
            Subject::Asset(id) => self.assets.get(id).and_then(|it| it.zone).is_some_and(|it| self.is_zone_locked(it)),
            Subject::Note(id) => self.notes.get(id).is_some_and(|it| it.locked),
            _ => false,
        }
    }

    /// The zones that this one lies in, the nearest first; stops at a circle.
    pub fn zone_ancestors(&self, zone: ZoneId) -> Vec<ZoneId> {
        let mut found = Vec::new();
        let mut passed = BTreeSet::from([zone]);
        let mut inner = zone;
        while let Some(outer) = self.zones.get(inner).and_then(|zone| zone.parent) {
            if !passed.insert(outer) {
                break;
            }
            found.push(outer);
            inner = outer;
        }
        found
    }
}

macro_rules! differences {
    ($one:expr, $other:expr, $($table:ident)*) => {{
        let mut changed = Vec::new();
        $(if !$one.$table.same(&$other.$table) {
            let here = $one.$table.iter_shared().filter(|(id, item)| {
                $other.$table.shared(*id).is_none_or(|there| !Arc::ptr_eq(item, there) && item != &there)
            });
            let gone = $other.$table.ids().filter(|id| !$one.$table.contains(*id));
            changed.extend(here.map(|(id, _)| Subject::from(id)).chain(gone.map(Subject::from)));
        })*
        changed
    }};
}

/// The beginning of what a note says, or what it is where it says nothing.
fn note_tag(note: &Note) -> String {
    match note.text.lines().find(|line| !line.trim().is_empty()) {
        Some(line) => line.trim().chars().take(30).collect(),
        None => format!("({})", note.kind),
    }
}

impl Project {
    /// The answers that are different between this project and another one, in their order; not
    /// those of targets that only one of the two has.
    pub fn answers_changed(&self, other: &Self) -> Vec<GapKey> {
        if self.answers.same(&other.answers) {
            return Vec::new();
        }
        let targets: BTreeSet<Target> = self.answers.ids().chain(other.answers.ids()).collect();
        let mut changed = Vec::new();
        for target in targets {
            let is_there = |project: &Self| Subject::from(target).exists_in(project);
            let (here, there) = (self.answers.get(target), other.answers.get(target));
            if here == there || !is_there(self) || !is_there(other) {
                continue;
            }
            let ids: BTreeSet<RequirementId> =
                here.into_iter().chain(there).flat_map(|it| it.keys().copied()).collect();
            let differs = |id: &RequirementId| self.answer(target, *id) != other.answer(target, *id);
            changed.extend(ids.into_iter().filter(differs).map(|requirement| GapKey { target, requirement }));
        }
        changed
    }

    /// The first answer that a piece of evidence proves.
    pub fn first_proved_by(&self, evidence: EvidenceId) -> Option<GapKey> {
        self.answers.iter().find_map(|(target, answers)| {
            let (&requirement, _) = answers.iter().find(|(_, it)| it.evidence.contains(&evidence))?;
            Some(GapKey { target, requirement })
        })
    }

    /// What is different between this project and another one: added, changed or gone.
    /// A changed answer counts as its target.
    pub fn differences(&self, other: &Self) -> Vec<Subject> {
        let mut changed: Vec<Subject> = differences!(
            self, other, zones conduits assets flows answers evidence risks actions acceptances vendor_access
            exceptions manual_findings measures workshops baselines notes views
        );
        changed.sort();
        changed.dedup();
        changed
    }
}
