//! ZCR 5: the detailed assessment, scenario by scenario.

use super::super::Treatment;
use super::super::open::{Open, Spot};
use super::super::scoping::says;
use super::look::Look;
use super::{Found, partition};
use crate::model::{RatedAt, Risk, Status, Target};

/// ZCR 5.1 to 5.13 by its number.
pub(super) fn step(look: &Look, number: u8) -> Found {
    let by_scenarios = !matches!(number, 6 | 8 | 12 | 13);
    if by_scenarios && look.detailed.is_empty() {
        return without_scenarios(look);
    }
    let found = match number {
        1 => threats(look),
        2 => {
            rated(look, |it| says(&it.vulnerabilities), "scenario without weak points", "scenarios without weak points")
        }
        3 => rated(
            look,
            |it| it.consequences.worst().is_some(),
            "scenario without a consequence",
            "scenarios without a consequence",
        ),
        4 => rated(
            look,
            |it| it.unmitigated.is_some(),
            "scenario without an unmitigated likelihood",
            "scenarios without an unmitigated likelihood",
        ),
        5 => rated(
            look,
            |it| it.rating(RatedAt::Unmitigated).is_some(),
            "scenario whose unmitigated risk is unknown",
            "scenarios whose unmitigated risk is unknown",
        ),
        6 => targets(look),
        7 => unmitigated_comparison(look),
        8 => countermeasures(look),
        9 => rated(
            look,
            |it| it.current.is_some(),
            "scenario without a likelihood as of today",
            "scenarios without a likelihood as of today",
        ),
        10 => residual(look),
        11 => residual_comparison(look),
        12 => additional(look),
        _ => results(look),
    };
    // what is said of each scenario is said of the system only once every zone that needs one is in one
    if by_scenarios { found.with(look.unseen()) } else { found }
}

/// Nothing is there yet; or nothing is needed, where the initial risk is tolerable.
fn without_scenarios(look: &Look) -> Found {
    match partition::comparison(look).remark {
        Some(remark) => Found { has_begun: true, remark: Some(remark), ..Found::default() },
        None => Found::new(false, [Some(Open::missing("no detailed scenario recorded yet", Spot::Risks))]),
    }
}

/// Each scenario has something, or it is open.
fn rated(look: &Look, has: impl Fn(&Risk) -> bool, one: &'static str, more: &'static str) -> Found {
    Found::new(look.detailed.iter().any(|(_, it)| has(it)), [look.detailed_that(one, more, |it| !has(it))])
}

fn threats(look: &Look) -> Found {
    let strikes_nothing = |it: &Risk| it.targets.is_empty() && it.assets.is_empty();
    Found::new(
        true,
        [
            look.detailed_that("scenario without a threat source", "scenarios without a threat source", |it| {
                !says(&it.threat_source)
            }),
            look.detailed_that(
                "scenario that touches no zone, conduit or asset",
                "scenarios that touch no zone, conduit or asset",
                strikes_nothing,
            ),
        ],
    )
}

fn targets(look: &Look) -> Found {
    let project = look.project;
    let undecided = look.targets_that(|it| it.is_none());
    let unreasoned = look.targets_that(|it| it.is_some_and(|it| !says(&it.reason)));
    let nobody = look.targets_that(|it| it.is_some_and(|it| !says(&it.decided_by)));
    let nothing = || Open::missing("no zone or conduit drawn yet", Spot::Diagram);
    Found::new(
        look.targets_that(|it| it.is_some()).next().is_some(),
        [
            project.zones.is_empty().then(nothing),
            look.open("zone or conduit without SL-T", "zones and conduits without SL-T", undecided),
            look.open("SL-T without a reason", "SL-Ts without a reason", unreasoned),
            look.open("SL-T that nobody decided", "SL-Ts that nobody decided", nobody),
        ],
    )
}

fn unmitigated_comparison(look: &Look) -> Found {
    let matrix = &look.project.settings.matrix;
    let level = |it: &Risk| it.level(RatedAt::Unmitigated, matrix);
    let has_target = |it: &Risk| it.targets.iter().any(|&target| look.project.target_level(target).is_some());
    let aimless = |it: &Risk| look.is_above(level(it)) && !it.targets.is_empty() && !has_target(it);
    Found::new(
        look.detailed.iter().any(|(_, it)| level(it).is_some()),
        [
            look.detailed_that("scenario that can't be compared", "scenarios that can't be compared", |it| {
                level(it).is_none()
            }),
            look.detailed_that(
                "scenario above the line where no SL-T is set",
                "scenarios above the line where no SL-T is set",
                aimless,
            ),
        ],
    )
}

fn countermeasures(look: &Look) -> Found {
    let project = look.project;
    let is_answered = project.answers.values().flat_map(|it| it.values()).any(|it| it.status != Status::NotAssessed);
    let has_begun = is_answered || look.detailed.iter().any(|(_, it)| says(&it.countermeasures));
    let nothing_drawn = || Open::missing("no zone or conduit drawn yet", Spot::Diagram);
    // where SL-Ts are set, what they demand is told by itself
    let is_target_set = look.targets_that(|it| it.is_some()).next().is_some();
    let first = project.targets().next().filter(|_| !is_answered && !is_target_set);
    let nothing_answered = |it: Target| Open::missing("no requirement answered yet", Spot::Subject(it.into()));
    Found::new(
        has_begun,
        [
            look.detailed_that(
                "scenario that does not say what stands against it",
                "scenarios that do not say what stands against them",
                |it| !says(&it.countermeasures),
            ),
            Open::questions(
                look.project,
                look.catalogue,
                look.analysis,
                "demanded requirement without an answer",
                "demanded requirements without an answer",
            ),
            project.zones.is_empty().then(nothing_drawn),
            first.filter(|_| !project.zones.is_empty()).map(nothing_answered),
        ],
    )
}

fn residual(look: &Look) -> Found {
    let matrix = &look.project.settings.matrix;
    let today = |it: &Risk| it.level(RatedAt::Current, matrix);
    Found::new(
        look.detailed.iter().any(|(_, it)| today(it).is_some()),
        [
            look.detailed_that("scenario whose risk today is unknown", "scenarios whose risk today is unknown", |it| {
                today(it).is_none()
            }),
            look.detailed_that(
                "scenario with actions and no residual risk",
                "scenarios with actions and no residual risk",
                |it| !it.actions.is_empty() && it.level(RatedAt::Residual, matrix).is_none(),
            ),
        ],
    )
}

fn residual_comparison(look: &Look) -> Found {
    let matrix = &look.project.settings.matrix;
    let remaining = |it: &Risk| it.level(RatedAt::Residual, matrix).or_else(|| it.level(RatedAt::Current, matrix));
    Found::new(
        look.detailed.iter().any(|(_, it)| remaining(it).is_some()),
        [
            look.detailed_that("scenario that can't be compared", "scenarios that can't be compared", |it| {
                remaining(it).is_none()
            }),
            look.findings(
                "E09",
                "scenario above the line with nothing planned",
                "scenarios above the line with nothing planned",
            ),
            look.findings(
                "E14",
                "scenario that stays above the line, not accepted",
                "scenarios that stay above the line, not accepted",
            ),
        ],
    )
}

fn additional(look: &Look) -> Found {
    let project = look.project;
    let untreated = look.analysis.gaps.iter().filter(|it| it.treatment == Treatment::Untreated);
    let spot = |it: &super::super::Gap| {
        let finding = it.manual.map(|it| Spot::Subject(it.into()));
        finding.or_else(|| it.key().map(Spot::Gap)).unwrap_or(Spot::Gaps)
    };
    let was_looked_at = !project.answers.is_empty() || !look.detailed.is_empty();
    let nothing = || Open::missing("neither answers nor scenarios to act on yet", Spot::Risks);
    Found::new(
        was_looked_at,
        [
            (!was_looked_at).then(nothing),
            Open::each(
                "gap with neither an action nor an acceptance",
                "gaps with neither an action nor an acceptance",
                untreated.map(spot),
            ),
            look.findings(
                "E09",
                "scenario above the line with nothing planned",
                "scenarios above the line with nothing planned",
            ),
            look.findings("E07", "action without an owner or a date", "actions without an owner or a date"),
        ],
    )
}

fn results(look: &Look) -> Found {
    use super::super::open::ScopePart;
    let (info, scope) = (&look.project.info, &look.project.scope);
    let missing = |part, what, is_missing: bool| is_missing.then(|| Open::missing(what, Spot::Scope(part)));
    Found::new(
        says(&info.title) || says(&info.prepared_by),
        [
            missing(ScopePart::TitlePage, "the report has no title", !says(&info.title)),
            missing(ScopePart::TitlePage, "it is not said who prepared it", !says(&info.prepared_by)),
            missing(ScopePart::TitlePage, "it is not marked how it is to be handled", !says(&info.marking)),
            missing(ScopePart::TitlePage, "it has no edition", !says(&info.edition)),
            missing(ScopePart::People, "nobody is named who took part", !scope.people.iter().any(|it| says(&it.role))),
        ],
    )
}
