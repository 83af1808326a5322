//! ZCR 6 and 7: the requirements specification, and the asset owner's approval.

use super::super::open::{Open, ScopePart, Spot};
use super::super::scoping::{says, unlisted_sites};
use super::look::Look;
use super::{Found, Progress, ZcrState};
use crate::model::RiskMatrix;

fn missing(part: ScopePart, what: &'static str, is_missing: bool) -> Option<Open> {
    is_missing.then(|| Open::missing(what, Spot::Scope(part)))
}

/// ZCR 6.2 to 6.9 by its number.
pub(super) fn part(look: &Look, number: u8) -> Found {
    match number {
        2 => description(look),
        3 => drawings(look),
        4 => characteristics(look),
        5 => environment(look),
        6 => threat_environment(look),
        7 => policies(look),
        8 => tolerable_risk(look),
        9 => regulation(look),
        _ => Found::default(),
    }
}

fn description(look: &Look) -> Found {
    let scope = &look.project.scope;
    let services = scope.services.iter().filter(|it| says(&it.name)).count();
    Found::new(
        says(&scope.name) || says(&scope.description) || services > 0,
        [
            missing(ScopePart::System, "the system has no name", !says(&scope.name)),
            missing(ScopePart::System, "it is not said what the system does", !says(&scope.description)),
            missing(ScopePart::Services, "no service that it supports is named", services == 0),
        ],
    )
}

fn drawings(look: &Look) -> Found {
    let project = look.project;
    let undrawn = |what, is_missing: bool| is_missing.then(|| Open::missing(what, Spot::Diagram));
    let nameless = project.zones.iter().filter(|(_, it)| !says(&it.name)).map(|(id, _)| id);
    Found::new(
        !project.zones.is_empty(),
        [
            undrawn("no zone drawn yet", project.zones.is_empty()),
            undrawn("no conduit drawn yet", project.zones.len() > 1 && project.conduits.is_empty()),
            look.open("zone without a name", "zones without a name", nameless),
            look.findings("Z05", "conduit with a loose end", "conduits with a loose end"),
        ],
    )
}

fn characteristics(look: &Look) -> Found {
    let project = look.project;
    let level = project.zones.iter().filter(|(_, it)| it.purdue.is_none()).map(|(id, _)| id);
    let undecided = look.targets_that(|it| it.is_none());
    let nothing = || Open::missing("no zone drawn yet", Spot::Diagram);
    Found::new(
        !project.zones.is_empty(),
        [
            project.zones.is_empty().then(nothing),
            look.findings("Z02", "zone without an owner", "zones without an owner"),
            look.open("zone without a Purdue level", "zones without a Purdue level", level),
            look.findings("Z01", "zone without an asset", "zones without an asset"),
            look.open("asset of no type", "assets of no type", look.untyped.iter().copied()),
            look.findings("Z10", "conduit without a flow", "conduits without a flow"),
            look.open("zone or conduit without SL-T", "zones and conduits without SL-T", undecided),
        ],
    )
}

fn environment(look: &Look) -> Found {
    let scope = &look.project.scope;
    let assumed = scope.assumptions.iter().any(|it| says(it));
    let sites = scope.sites.iter().filter(|it| says(&it.name)).count();
    let unlisted = unlisted_sites(look.project).len();
    Found::new(
        assumed || says(&scope.constraints) || sites > 0,
        [
            missing(ScopePart::Assumptions, "no assumption is recorded", !assumed),
            missing(ScopePart::Constraints, "it is not said what limits controls", !says(&scope.constraints)),
            missing(ScopePart::Sites, "no site is listed", sites == 0 && unlisted == 0),
            Open::each(
                "site that zones name and the scope does not list",
                "sites that zones name and the scope does not list",
                (0..unlisted).map(|_| Spot::Scope(ScopePart::Sites)),
            ),
        ],
    )
}

fn threat_environment(look: &Look) -> Found {
    let all = || look.initial.iter().chain(&look.detailed);
    let has_begun = all().any(|(_, it)| says(&it.threat_source));
    let nothing = || Open::missing("no threat source is named yet", Spot::Risks);
    let silent = all().filter(|(_, it)| !says(&it.threat_source)).map(|(id, _)| *id);
    Found::new(
        has_begun,
        [
            (!has_begun && all().next().is_none()).then(nothing),
            look.open("scenario without a threat source", "scenarios without a threat source", silent),
            if has_begun { look.unseen() } else { None },
        ],
    )
}

fn policies(look: &Look) -> Found {
    let scope = &look.project.scope;
    let read = scope.documents.iter().any(|it| says(&it.title));
    Found::new(
        read || says(&scope.management_boundary) || !look.project.measures.is_empty(),
        [
            missing(
                ScopePart::ManagementBoundary,
                "it is not said what is inside the management system",
                !says(&scope.management_boundary),
            ),
            missing(ScopePart::Documents, "no policy or other document that was read is listed", !read),
        ],
    )
}

/// A matrix is always there; that somebody chose it shows in a change or in the confirmation.
fn tolerable_risk(look: &Look) -> Found {
    let is_own = look.project.settings.matrix != RiskMatrix::default();
    let stands = "ZCR 6.8".parse().is_ok_and(|id| look.project.zcr.contains_key(&id));
    let as_it_came = || Open::missing("the matrix is as the program brings it: change it, or confirm it", Spot::Risks);
    Found::new(is_own || stands || !look.project.risks.is_empty(), [(!is_own && !stands).then(as_it_came)])
}

fn regulation(look: &Look) -> Found {
    let scope = &look.project.scope;
    let silent = scope.services.iter().filter(|it| says(&it.name) && !says(&it.regulated_as)).count();
    Found::new(
        says(&scope.duties) || says(&scope.regulated_service) || scope.services.iter().any(|it| says(&it.regulated_as)),
        [
            missing(
                ScopePart::RegulatedService,
                "it is not said which regulated or critical service it supports",
                !says(&scope.regulated_service),
            ),
            missing(ScopePart::Duties, "it is not said which duties apply", !says(&scope.duties)),
            Open::each(
                "service of which it is not said what regulation calls it",
                "services of which it is not said what regulation calls them",
                (0..silent).map(|_| Spot::Scope(ScopePart::Services)),
            ),
        ],
    )
}

fn incomplete<'a>(states: impl Iterator<Item = &'a ZcrState>, one: &'static str, more: &'static str) -> Option<Open> {
    Open::each(one, more, states.filter(|it| it.progress != Progress::Complete).map(|it| Spot::Requirement(it.id)))
}

/// ZCR 6.1: all parts together, with what each zone and conduit has to reach.
pub(super) fn whole(look: &Look, states: &[ZcrState]) -> Found {
    let parts = || states.iter().filter(|it| it.id.group() == 6 && it.id.number() > 1);
    let undecided = look.targets_that(|it| it.is_none());
    Found::new(
        parts().any(|it| it.progress != Progress::Nothing),
        [
            incomplete(parts(), "part of the specification not complete", "parts of the specification not complete"),
            look.open("zone or conduit without SL-T", "zones and conduits without SL-T", undecided),
        ],
    )
}

/// ZCR 7.1: what management would approve, and whether it did.
pub(super) fn approval(look: &Look, states: &[ZcrState]) -> Found {
    let before = || states.iter().filter(|it| it.id.group() < 7);
    let approval = states.iter().find(|it| it.id.group() == 7);
    let is_approved = approval.is_some_and(|it| it.confirmed.is_some());
    let open = || {
        let id = approval?.id;
        Some(Open::missing("the asset owner has not approved it", Spot::Requirement(id)))
    };
    Found::new(
        before().any(|it| it.confirmed.is_some()) || is_approved,
        [
            incomplete(
                before(),
                "requirement before this one not complete",
                "requirements before this one not complete",
            ),
            look.findings("E04", "acceptance that is not valid", "acceptances that are not valid"),
            if is_approved { None } else { open() },
        ],
    )
}
