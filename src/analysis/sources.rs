//! The parts of a project that change by themselves: what a result depends on, and what an
//! edit changed.

use std::sync::Arc;

use super::scoping::says;
use crate::model::{Asset, Conduit, Project, ProjectInfo, Subject, Table, Zone};

macro_rules! sources {
    ($($source:ident: $alike:expr;)*) => {
        /// A part of a project that changes by itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Source {
            $(#[doc = stringify!($source)] $source,)*
        }

        impl Sources {
            /// What is different between two projects, as far as the analysis can tell.
            pub fn differing(one: &Project, other: &Project) -> Self {
                let mut differing = Self::default();
                $(if !$alike(one, other) {
                    differing = differing.with(Source::$source);
                })*
                differing
            }
        }
    };
}

macro_rules! same {
    ($field:ident) => {
        |one: &Project, other: &Project| one.$field.same(&other.$field)
    };
}

sources! {
    Settings: |one: &Project, other: &Project| one.settings == other.settings;
    Zones: |one: &Project, other: &Project| alike(&one.zones, &other.zones, counted_of_zone);
    Conduits: |one: &Project, other: &Project| alike(&one.conduits, &other.conduits, counted_of_conduit);
    Assets: |one: &Project, other: &Project| alike(&one.assets, &other.assets, counted_of_asset);
    // the names and notes of these three, which are for readers; tags are not
    Words: |one: &Project, other: &Project| {
        alike(&one.zones, &other.zones, |it| [&it.name, &it.site, &it.notes].map(String::clone))
            && alike(&one.conduits, &other.conduits, |it| [&it.name, &it.notes].map(String::clone))
            && alike(&one.assets, &other.assets, |it| [&it.name, &it.notes].map(String::clone))
    };
    Flows: same!(flows);
    Answers: same!(answers);
    // the same, looked at target by target: those that stayed need no second look
    Claims: same!(answers);
    Evidence: same!(evidence);
    Risks: same!(risks);
    Actions: same!(actions);
    Acceptances: same!(acceptances);
    VendorAccess: same!(vendor_access);
    Exceptions: same!(exceptions);
    ManualFindings: same!(manual_findings);
    Measures: same!(measures);
    Overrides: same!(overrides);
    SetAside: |one: &Project, other: &Project| one.set_aside == other.set_aside;
    Workshops: same!(workshops);
    Confirmations: |one: &Project, other: &Project| one.confirmations == other.confirmations;
    Zcr: |one: &Project, other: &Project| one.zcr == other.zcr;
    Scope: |one: &Project, other: &Project| Arc::ptr_eq(&one.scope, &other.scope);
    // what it says is for readers
    TitlePage: |one: &Project, other: &Project| filled_in(&one.info) == filled_in(&other.info);
}

/// Whoever adds a part to the project comes by here, and says whether a result follows from it.
const _: fn(&Project) = |project| {
    #[rustfmt::skip]
    let Project {
        // these are sources
        settings: _, zones: _, conduits: _, assets: _, flows: _, answers: _, evidence: _, risks: _, actions: _,
        acceptances: _, vendor_access: _, exceptions: _, manual_findings: _, measures: _, overrides: _, set_aside: _,
        workshops: _, confirmations: _, zcr: _, scope: _, info: _,
        // no result follows from these
        notes: _, views: _, refused: _, baselines: _,
    } = project;
};

impl Source {
    /// What the tag of a subject depends on.
    pub fn of(subject: Subject) -> &'static [Self] {
        match subject {
            Subject::Zone(_) => &[Self::Zones],
            Subject::Conduit(_) => &[Self::Conduits],
            Subject::Asset(_) => &[Self::Assets],
            Subject::Flow(_) => &[Self::Flows, Self::Assets],
            Subject::Evidence(_) => &[Self::Evidence],
            Subject::Risk(_) => &[Self::Risks],
            Subject::Action(_) => &[Self::Actions],
            Subject::Acceptance(_) => &[Self::Acceptances],
            Subject::VendorAccess(_) => &[Self::VendorAccess],
            Subject::Exception(_) => &[Self::Exceptions],
            Subject::ManualFinding(_) => &[Self::ManualFindings],
            Subject::Measure(_) => &[Self::Measures],
            Subject::Workshop(_) => &[Self::Workshops],
            // no result names them
            Subject::Baseline(_) | Subject::Note(_) | Subject::View(_) => &[],
        }
    }
}

/// What reachability and the factors of gaps follow from.
pub const FACTORS: Sources =
    Sources::of(&[Source::Zones, Source::Conduits, Source::Flows, Source::Risks, Source::Settings]);

/// A set of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sources(u32);

impl Sources {
    /// All sources.
    pub const ALL: Self = Self(u32::MAX);

    /// These sources.
    pub const fn of(mut sources: &[Source]) -> Self {
        let mut set = Self(0);
        while let [first, rest @ ..] = sources {
            set = set.with(*first);
            sources = rest;
        }
        set
    }

    /// The same and one more.
    #[must_use]
    pub const fn with(self, source: Source) -> Self {
        Self(self.0 | 1 << source as u32)
    }

    /// The sources of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of them are in the other.
    pub const fn are_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether the two have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Whether two tables hold the same as far as `counted` goes.
fn alike<K: Ord + Copy, V: Clone + PartialEq, C: PartialEq>(
    one: &Table<K, V>,
    other: &Table<K, V>,
    counted: fn(&V) -> C,
) -> bool {
    let pairs = || one.iter_shared().zip(other.iter_shared());
    one.same(other)
        || one.len() == other.len()
            && pairs().all(|((id, item), (other_id, other))| {
                id == other_id && (Arc::ptr_eq(item, other) || counted(item) == counted(other))
            })
}

/// Which fields of the title page say something that counts.
fn filled_in(info: &ProjectInfo) -> [bool; 5] {
    let ProjectInfo {
        title,
        organisation,
        prepared_by,
        marking,
        edition,
        site: _,
        assessed_from: _,
        assessed_to: _,
        statement: _,
    } = info;
    [title, organisation, prepared_by, marking, edition].map(|it| says(it))
}

/// Where and how a zone lies on the canvas is no concern of the analysis; its words are a source of their own.
fn counted_of_zone(zone: &Zone) -> Zone {
    let none = String::new;
    Zone {
        frame: Default::default(),
        locked: false,
        order: 0,
        name: none(),
        site: none(),
        notes: none(),
        ..zone.clone()
    }
}

fn counted_of_conduit(conduit: &Conduit) -> Conduit {
    Conduit { name: String::new(), notes: String::new(), ..conduit.clone() }
}

fn counted_of_asset(asset: &Asset) -> Asset {
    Asset { place: None, name: String::new(), notes: String::new(), ..asset.clone() }
}
