//! What of one project is what of another: by id, or else by what people call it.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::*;

/// Which items of two tables belong together.
#[derive(Clone, Debug)]
pub struct Pairs<K> {
    /// Each earlier item with the later one, or with nothing where it is gone.
    pub then: BTreeMap<K, Option<K>>,
    /// Each later item with the earlier one, or with nothing where it is new.
    pub now: BTreeMap<K, Option<K>>,
}

impl<K: Ord + Copy> Pairs<K> {
    /// Pairs what has the same id, and of the rest what alone has the same label on both sides.
    fn new<V: Clone>(
        (then, then_label): (&Table<K, V>, impl Fn(&V) -> String),
        (now, now_label): (&Table<K, V>, impl Fn(&V) -> String),
    ) -> Self {
        let rest_then = only(then.iter().filter(|(id, _)| !now.contains(*id)).map(|(id, it)| (then_label(it), id)));
        let rest_now = only(now.iter().filter(|(id, _)| !then.contains(*id)).map(|(id, it)| (now_label(it), id)));
        let by_label: BTreeMap<K, K> =
            rest_then.into_iter().filter_map(|(label, id)| Some((id, *rest_now.get(&label)?))).collect();
        let back: BTreeMap<K, K> = by_label.iter().map(|(&then, &now)| (now, then)).collect();
        let kept = |id: K, there: &Table<K, V>| there.contains(id).then_some(id);
        Self {
            then: then.ids().map(|id| (id, kept(id, now).or_else(|| by_label.get(&id).copied()))).collect(),
            now: now.ids().map(|id| (id, kept(id, then).or_else(|| back.get(&id).copied()))).collect(),
        }
    }

    /// The later one of an earlier item.
    pub fn later(&self, then: K) -> Option<K> {
        self.then.get(&then).copied().flatten()
    }

    /// The earlier one of a later item.
    pub fn earlier(&self, now: K) -> Option<K> {
        self.now.get(&now).copied().flatten()
    }
}

/// What has a label, and alone has it.
fn only<K: Copy>(labelled: impl Iterator<Item = (String, K)>) -> HashMap<String, K> {
    let (mut found, mut twice) = (HashMap::new(), HashSet::new());
    for (label, id) in labelled.filter(|(label, _)| !label.is_empty()) {
        if found.insert(label.clone(), id).is_some() {
            twice.insert(label);
        }
    }
    found.retain(|label, _| !twice.contains(label));
    found
}

macro_rules! pairing {
    ($($table:ident: $id:ident by $label:expr;)*) => {
        /// What belongs together in two projects, table by table.
        #[derive(Clone, Debug)]
        pub struct Pairing {
            $(#[doc = concat!("The ", stringify!($table), ".")] pub $table: Pairs<$id>,)*
        }

        impl Pairing {
            /// Looks for what belongs together.
            pub fn new(then: &Project, now: &Project) -> Self {
                Self {
                    $($table: {
                        let label = $label;
                        Pairs::new(
                            (&then.$table, |it: &_| label(then, it)),
                            (&now.$table, |it: &_| label(now, it)),
                        )
                    },)*
                }
            }

            /// The id, as files write it, that each earlier thing has later, where it is another one.
            pub(super) fn renamed(&self) -> HashMap<String, String> {
                let mut renamed = HashMap::new();
                $(
                    let moved = self.$table.then.iter().filter_map(|(then, now)| Some((then, (*now)?)));
                    renamed.extend(moved.filter(|(then, now)| **then != *now).map(|(then, now)| (then.to_string(), now.to_string())));
                )*
                renamed
            }
        }
    };
}

fn folded(tag: &str) -> String {
    tag.trim().to_lowercase()
}

pairing! {
    zones: ZoneId by |_: &Project, it: &Zone| folded(&it.tag);
    conduits: ConduitId by |_: &Project, it: &Conduit| folded(&it.tag);
    assets: AssetId by |_: &Project, it: &Asset| folded(&it.tag);
    flows: FlowId by flow_label;
    evidence: EvidenceId by |_: &Project, it: &Evidence| folded(&it.tag);
    risks: RiskId by |_: &Project, it: &Risk| folded(&it.tag);
    actions: ActionId by |_: &Project, it: &Action| folded(&it.tag);
    acceptances: AcceptanceId by |_: &Project, it: &Acceptance| folded(&it.tag);
    vendor_access: VendorAccessId by |_: &Project, it: &VendorAccess| folded(&it.tag);
    exceptions: ExceptionId by |_: &Project, it: &VulnerabilityException| folded(&it.tag);
    manual_findings: ManualFindingId by |_: &Project, it: &ManualFinding| folded(&it.tag);
    measures: MeasureId by |_: &Project, it: &OrganisationalMeasure| folded(&it.tag);
    workshops: WorkshopId by |_: &Project, it: &Workshop| folded(&it.title);
    notes: NoteId by |_: &Project, it: &Note| folded(&it.text);
    views: ViewId by |_: &Project, it: &DiagramView| folded(&it.name);
}

/// A flow is known by what it joins, its protocol and its port.
fn flow_label(project: &Project, flow: &Flow) -> String {
    let tag = |asset: Option<AssetId>| asset.and_then(|id| project.assets.get(id)).map_or("", |it| it.tag.as_str());
    let port = flow.port.map(|it| it.to_string()).unwrap_or_default();
    folded(&format!("{}\u{0}{}\u{0}{}\u{0}{port}", tag(flow.from), tag(flow.to), flow.protocol))
}

impl Pairing {
    /// The later one of an earlier target.
    pub fn later_target(&self, then: Target) -> Option<Target> {
        match then {
            Target::Zone(id) => self.zones.later(id).map(Target::Zone),
            Target::Conduit(id) => self.conduits.later(id).map(Target::Conduit),
        }
    }

    /// The earlier one of a later target.
    pub fn earlier_target(&self, now: Target) -> Option<Target> {
        match now {
            Target::Zone(id) => self.zones.earlier(id).map(Target::Zone),
            Target::Conduit(id) => self.conduits.earlier(id).map(Target::Conduit),
        }
    }

    /// The later one of anything that findings are about.
    pub fn later(&self, then: Subject) -> Option<Subject> {
        Some(match then {
            Subject::Zone(id) => self.zones.later(id)?.into(),
            Subject::Conduit(id) => self.conduits.later(id)?.into(),
            Subject::Asset(id) => self.assets.later(id)?.into(),
            Subject::Flow(id) => self.flows.later(id)?.into(),
            Subject::Evidence(id) => self.evidence.later(id)?.into(),
            Subject::Risk(id) => self.risks.later(id)?.into(),
            Subject::Action(id) => self.actions.later(id)?.into(),
            Subject::Acceptance(id) => self.acceptances.later(id)?.into(),
            Subject::VendorAccess(id) => self.vendor_access.later(id)?.into(),
            Subject::Exception(id) => self.exceptions.later(id)?.into(),
            Subject::ManualFinding(id) => self.manual_findings.later(id)?.into(),
            Subject::Measure(id) => self.measures.later(id)?.into(),
            Subject::Workshop(id) => self.workshops.later(id)?.into(),
            Subject::Note(id) => self.notes.later(id)?.into(),
            Subject::View(id) => self.views.later(id)?.into(),
            Subject::Baseline(_) => return None,
        })
    }
}
