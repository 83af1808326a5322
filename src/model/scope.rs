//! What is assessed, for whom, by whom, on which assumptions.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::id::ConduitId;
use super::level::SecurityLevel;
use super::matrix::RiskMatrix;
use super::record::{choices, record};
use super::requirement::RequirementId;

record! {
    /// The title page: what the project is and whose.
    ProjectInfo {
        /// What the assessment is called.
        title: String,
        /// The organisation assessed.
        organisation: String,
        /// Its site.
        site: String,
        /// Who assesses.
        prepared_by: String,
        /// How the document is to be handled, such as "Confidential".
        marking: String,
        /// The document's own version, such as "1.0".
        edition: String,
        /// The first day of the assessment.
        assessed_from: Option<Date>,
        /// The last day of the assessment.
        assessed_to: Option<Date>,
        /// What management should read first, in the assessor's words.
        statement: String,
    }

    /// The system under consideration (ZCR 1).
    Scope {
        /// What the SUC is called.
        name: String,
        /// What it does.
        description: String,
        /// Where it ends.
        perimeter: String,
        /// Where one can get in.
        access_points: Vec<AccessPoint>,
        /// Where it stands.
        sites: Vec<Site>,
        /// What it serves, in business and regulatory words.
        services: Vec<Service>,
        /// Which regulated or critical service it is (first scoping question).
        regulated_service: String,
        /// Which assets, networks, flows and third parties that needs.
        dependencies: String,
        /// Which safety, availability and operational constraints limit controls.
        constraints: String,
        /// Which legal, contractual and sector duties apply.
        duties: String,
        /// What is inside the management system, and what is an outside dependency with supplier controls.
        management_boundary: String,
        /// What was taken for granted.
        assumptions: Vec<String>,
        /// Who took part, by role.
        people: Vec<Person>,
        /// What was read.
        documents: Vec<Document>,
    }

    /// Where one can get into the SUC.
    AccessPoint {
        /// What it is.
        name: String,
        /// How it is used.
        notes: String,
        /// The conduit that it belongs to.
        conduit: Option<ConduitId>,
    }

    /// What the SUC serves.
    Service {
        /// What it is.
        name: String,
        /// Why it matters, and to whom.
        notes: String,
        /// What a regulation calls it, such as "supply of drinking water (NIS2, Annex I)".
        regulated_as: String,
    }

    /// A place where parts of the SUC stand.
    Site {
        /// What it is called; zones name their site by this.
        name: String,
        /// Where it is.
        address: String,
        /// What stands there.
        notes: String,
    }

    /// Somebody who took part.
    Person {
        /// Their role.
        role: String,
        /// Their name, where the project keeps names.
        name: String,
        /// Whom they belong to.
        organisation: String,
        /// What they brought in.
        notes: String,
    }

    /// Something that was read.
    Document {
        /// Its title.
        title: String,
        /// Its number and edition.
        reference: String,
        /// Its day.
        dated: Option<Date>,
    }

    /// That somebody stands by a step (domain rules, section 9).
    Confirmation {
        /// The role that confirmed.
        by: String,
        /// The day.
        on: Option<Date>,
        /// With what reservations.
        notes: String,
    }

    /// A time in which the plant stands still.
    OutageWindow {
        /// What it is called.
        name: String,
        /// The first day.
        start: Option<Date>,
        /// The last day.
        end: Option<Date>,
    }

    /// What the project sets for itself.
    Settings {
        /// SRs taken into (`true`) or out of (`false`) the scope of all conduits, against the catalogue.
        conduit_scope: BTreeMap<RequirementId, bool>,
        /// The risk matrix.
        matrix: RiskMatrix,
        /// SL-T proposed for the worst consequence 1 to 5.
        derivation: SlDerivation,
        /// When the plant stands still.
        outages: Vec<OutageWindow>,
        /// What costs are counted in, such as "EUR".
        currency: String,
    }
}

/// The SL-T proposed for each worst unmitigated consequence, 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlDerivation(pub [SecurityLevel; 5]);

impl Default for SlDerivation {
    fn default() -> Self {
        let [_, one, two, three, four] = SecurityLevel::ALL;
        Self([one, one, two, three, four])
    }
}

choices! {
    /// The order that auditors expect (domain rules, section 9).
    ValidationStep: "a validation step" {
        /// The zone model is validated.
        #[default]
        ZoneModel = "zone model",
        /// The asset inventory is confirmed.
        Inventory = "asset inventory",
        /// SL-T are decided and SL-A assessed.
        Levels = "levels",
        /// Actions are decided.
        Actions = "actions",
    }
}
