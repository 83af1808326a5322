//! Registers beside the plant: vendor access, vulnerability exceptions, organisational measures.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::id::{AssetId, ConduitId, EvidenceId};
use super::plant::Known;
use super::record::{choices, record};

record! {
    /// A vendor's way in.
    VendorAccess {
        /// The engineer's own label, such as "VA-1"; unique among vendor access.
        tag: String,
        /// The supplier, by role or firm.
        supplier: String,
        /// What for.
        purpose: String,
        /// The conduit that it comes over.
        conduit: Option<ConduitId>,
        /// Assets that it reaches.
        assets: BTreeSet<AssetId>,
        /// It could do great harm if misused.
        high_risk: bool,
        /// It stands open all the time.
        standing: Known,
        /// Several people use one account.
        shared_account: Known,
        /// A second factor is asked for.
        multifactor: Known,
        /// It ends on a jump host.
        jump_host: Known,
        /// Each grant ends by itself.
        time_bound: Known,
        /// Sessions are recorded.
        recorded: Known,
        /// Security duties stand in the contract.
        contract_clauses: Known,
        /// The day of the last review.
        reviewed_on: Option<Date>,
        /// Months between two reviews; 12 where nothing is said.
        review_every_months: Option<u32>,
        /// Anything else about it.
        notes: String,
    }

    /// A weakness that stays for now, and why that is bearable.
    VulnerabilityException {
        /// The engineer's own label, such as "VX-1"; unique among exceptions.
        tag: String,
        /// Assets that it covers.
        assets: BTreeSet<AssetId>,
        /// The weakness: an advisory's number, or "out of support".
        vulnerability: String,
        /// Why it can't be mended now.
        reason: String,
        /// What stands in until then.
        countermeasures: String,
        /// Who accepted: role, and name where the project keeps names.
        accepted_by: String,
        /// The day of acceptance.
        accepted_on: Option<Date>,
        /// The last day that it holds.
        expires_on: Option<Date>,
    }

    /// Something the organisation does, outside the control system, towards NIS2 Article 21(2).
    OrganisationalMeasure {
        /// The engineer's own label, such as "OM-5"; unique among measures.
        tag: String,
        /// What it is.
        title: String,
        /// The points of Article 21(2) that it serves, 'a' to 'j'.
        points: BTreeSet<char>,
        /// Whether it is in place.
        status: MeasureStatus,
        /// What proves it.
        evidence: BTreeSet<EvidenceId>,
        /// Anything else about it.
        notes: String,
    }
}

choices! {
    /// Whether an organisational measure is in place.
    MeasureStatus: "a status" {
        /// Nobody has looked.
        #[default]
        Unknown = "unknown",
        /// It is.
        Satisfied = "satisfied",
        /// It is not, or not fully.
        NotSatisfied = "not satisfied",
    }
}

impl VendorAccess {
    /// Whether the last review is missing or older than the interval.
    pub fn is_review_due(&self, as_of: Date) -> bool {
        let months = i64::from(self.review_every_months.unwrap_or(12)).min(1200);
        self.reviewed_on
            .is_none_or(|last| last.checked_add(jiff::Span::new().months(months)).is_ok_and(|due| due < as_of))
    }
}

impl VulnerabilityException {
    /// Whether its last day has passed.
    pub fn is_expired(&self, as_of: Date) -> bool {
        self.expires_on.is_some_and(|last_day| last_day < as_of)
    }
}
