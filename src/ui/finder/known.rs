//! What stands in a project beside zones, requirements, risks and actions: the scope, sessions,
//! baselines, the library of scenarios, evidence.

use super::Entry;
use crate::analysis::ScopePart;
use crate::model::ValidationStep;
use crate::ui::action::{Action, PageAction, Selection, View, Waypoint};
use crate::ui::answering::AnswerAction;
use crate::ui::context::Context;
use crate::ui::views::{RiskAction, workshop_title};

/// The parts of the scope, and what is listed in them.
pub(super) fn of_scope(ctx: &Context, entries: &mut Vec<Entry>) {
    let entry =
        |name: &str, kind: &'static str, part: ScopePart| Entry::new(name.to_owned(), kind, 3, Action::ScopePart(part));
    entries.extend(ScopePart::ALL.map(|part| entry(part.name(), "part of the scope", part).also("scope")));
    let scope = &ctx.project.scope;
    let mut list = |part: ScopePart, kind: &'static str, names: &mut dyn Iterator<Item = &String>| {
        let named = names.filter(|it| !it.trim().is_empty());
        entries.extend(named.map(|name| entry(name, kind, part).also(kind)));
    };
    list(ScopePart::Sites, "site", &mut scope.sites.iter().map(|it| &it.name));
    list(ScopePart::Services, "service", &mut scope.services.iter().map(|it| &it.name));
    list(ScopePart::AccessPoints, "access point", &mut scope.access_points.iter().map(|it| &it.name));
    list(ScopePart::People, "role", &mut scope.people.iter().map(|it| &it.role));
    list(ScopePart::Documents, "document", &mut scope.documents.iter().map(|it| &it.title));
}

/// Workshops, baselines, and the steps of validation before remediation.
pub(super) fn of_sessions(ctx: &Context, entries: &mut Vec<Entry>) {
    entries.extend(ctx.project.workshops.iter().map(|(id, workshop)| {
        let day = workshop.held_on.map_or(String::new(), |it| format!("  {it}"));
        let title = format!("{}{day}", workshop_title(workshop));
        Entry::new(title, "workshop", 2, Action::GoTo(View::Workshop, Selection::of(id))).also("workshop")
    }));
    entries.extend(ctx.project.baselines.iter().map(|(id, baseline)| {
        let there = Action::Page(PageAction::CompareWith(id));
        Entry::new(format!("Compare with {}", baseline.name), "baseline", 2, there).also("baseline")
    }));
    entries.extend(ValidationStep::ALL.iter().map(|&step| {
        Entry::new(step.to_string(), "validation", 3, Action::Waypoint(Waypoint::Step(step))).also("validation")
    }));
}

/// What people estimate of each risk, where that is asked for, and the scenarios of the library.
pub(super) fn of_risks(ctx: &Context, entries: &mut Vec<Entry>) {
    entries.extend(ctx.project.risks.iter().map(|(id, risk)| {
        let title = format!("Estimates of {}  {}", risk.tag, risk.title);
        let estimates = Entry::new(title, "risk", 2, Action::Risk(RiskAction::Estimates(Some(id))));
        Entry { only_to: "estim", ..estimates }
    }));
    entries.extend(ctx.catalogue.scenarios().iter().map(|scenario| {
        let browse = Action::Risk(RiskAction::Browse(&scenario.title));
        Entry::new(scenario.title.clone(), "library of scenarios", 4, browse)
            .also(&format!("library {}", scenario.techniques.join(" ")))
    }));
}

/// Evidence, at the first answer that it proves, and who may answer.
pub(super) fn of_answers(ctx: &Context, entries: &mut Vec<Entry>) {
    let project = ctx.project;
    entries.extend(project.evidence.iter().map(|(id, evidence)| {
        // in very many answers it is looked for only once it is chosen
        let there = Action::Answers(AnswerAction::ShowProved(id));
        Entry::new(format!("{}  {}", evidence.tag, evidence.title), "evidence", 3, there).also("evidence")
    }));
    let named = project.scope.people.iter().filter(|it| !it.role.trim().is_empty());
    entries.extend(named.map(|person| {
        let role = Action::Answers(AnswerAction::AnswerAs(person.role.clone()));
        Entry::new(format!("Answer as {}", person.role), "who answers", 4, role)
    }));
}
