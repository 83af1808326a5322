//! ZCR 1 to 4: the system, the first look at risk, its zones and conduits.

use super::super::open::{Open, ScopePart, Spot};
use super::super::scoping::{says, suggested_access_points};
use super::Found;
use super::look::Look;

/// ZCR 1.1.
pub(super) fn perimeter(look: &Look) -> Found {
    let scope = &look.project.scope;
    let missing = |part: ScopePart, what, is_missing: bool| is_missing.then(|| Open::missing(what, Spot::Scope(part)));
    let points = &scope.access_points;
    let at_points = |count: usize| (0..count).map(|_| Spot::Scope(ScopePart::AccessPoints));
    let unnamed = points.iter().filter(|it| !says(&it.name)).count();
    let loose = points.iter().filter(|it| says(&it.name) && it.conduit.is_none() && !says(&it.notes)).count();
    let crossing = suggested_access_points(look.project);
    let has_begun = says(&scope.name) || says(&scope.perimeter) || !points.is_empty();
    Found::new(
        has_begun,
        [
            missing(ScopePart::System, "the system has no name", !says(&scope.name)),
            missing(ScopePart::Perimeter, "it is not said where the system ends", !says(&scope.perimeter)),
            missing(ScopePart::AccessPoints, "no access point is named", points.is_empty() && crossing.is_empty()),
            Open::each(
                "conduit across the perimeter is no access point",
                "conduits across the perimeter are no access points",
                crossing.into_iter().map(|it| Spot::Subject(it.into())),
            ),
            Open::each("access point without a name", "access points without a name", at_points(unnamed)),
            Open::each(
                "access point with neither a conduit nor how it is used",
                "access points with neither a conduit nor how they are used",
                at_points(loose),
            ),
        ],
    )
}

/// ZCR 2.1.
pub(super) fn initial_risk(look: &Look) -> Found {
    let is_assumed = |zone| look.analysis.factors.consequence(crate::model::Target::Zone(zone)).is_assumed();
    let unrated = look.inside().filter(|(id, _)| is_assumed(*id)).map(|(id, _)| id);
    let without = look.initial.iter().filter(|(_, it)| it.consequences.worst().is_none()).map(|(id, _)| *id);
    let rated = look.inside().any(|(id, _)| !is_assumed(id));
    let nothing = || Open::missing("no initial scenario says what could happen", Spot::Risks);
    Found::new(
        rated || !look.initial.is_empty(),
        [
            look.initial.is_empty().then(nothing),
            look.open("zone without a consequence", "zones without a consequence", unrated),
            look.open("initial scenario without a consequence", "initial scenarios without a consequence", without),
        ],
    )
}

/// ZCR 3.1.
pub(super) fn zones_and_conduits(look: &Look) -> Found {
    let project = look.project;
    let undrawn = |what, is_missing: bool| is_missing.then(|| Open::missing(what, Spot::Diagram));
    Found::new(
        !project.zones.is_empty(),
        [
            undrawn("no zone drawn yet", project.zones.is_empty()),
            undrawn("no conduit drawn yet", project.zones.len() > 1 && project.conduits.is_empty()),
            undrawn("no asset recorded yet", project.assets.is_empty()),
            look.findings("Z07", "asset in no zone", "assets in no zone"),
            look.findings("Z01", "zone without an asset", "zones without an asset"),
            look.findings("Z05", "conduit with a loose end", "conduits with a loose end"),
            look.findings("Z06", "conduit within one zone", "conduits within one zone"),
            look.findings("Z09", "flow that no conduit carries", "flows that no conduit carries"),
        ],
    )
}

/// ZCR 3.2 to 3.6: a check says what is mixed; without types it can't.
pub(super) fn apart(look: &Look, code: &str, one: &'static str, more: &'static str) -> Found {
    let project = look.project;
    let is_typed = matches!(code, "P01" | "P02");
    let untyped = look.untyped.iter().filter(|_| is_typed).copied();
    let nothing = || Open::missing("no asset stands in a zone yet", Spot::Diagram);
    let has_begun = project.assets.values().any(|it| it.zone.is_some());
    Found::new(
        has_begun,
        [
            (!has_begun).then(nothing),
            look.findings(code, one, more),
            look.open("asset of no type", "assets of no type", untyped),
        ],
    )
}

/// ZCR 4.1.
pub(super) fn comparison(look: &Look) -> Found {
    let before = initial_risk(look);
    let zones = look.zones_without_detail();
    let scenarios = look.initial_without_detail();
    let nothing = || Open::missing("nothing to compare yet: see ZCR 2.1", Spot::Risks);
    let unrated = look.initial.iter().filter(|(_, it)| look.initial_level(it).is_none()).map(|(id, _)| *id);
    let settled = zones.is_empty() && scenarios.is_empty() && before.has_begun && before.open.is_empty();
    let mut found = Found::new(
        before.has_begun,
        [
            (!before.has_begun).then(nothing),
            look.open("initial scenario that can't be compared", "initial scenarios that can't be compared", unrated),
            look.open(
                "initial scenario above the line with no detailed one",
                "initial scenarios above the line with no detailed one",
                scenarios,
            ),
            look.open(
                "zone above the line that no detailed scenario names",
                "zones above the line that no detailed scenario names",
                zones,
            ),
            (before.has_begun && !before.open.is_empty())
                .then(|| "ZCR 2.1".parse().ok())
                .flatten()
                .map(|id| Open::missing("ZCR 2.1 is not complete", Spot::Requirement(id))),
        ],
    );
    found.remark = (settled && look.detailed.is_empty())
        .then_some("The initial risk is tolerable everywhere: no detailed assessment is needed.");
    found
}
