//! What stands in a project beside zones, requirements, risks and actions: the scope, sessions,
//! baselines, the library of scenarios, evidence.

use crate::analysis::ScopePart;
use crate::model::ValidationStep;
use crate::ui::action::{Action, PageAction, Selection, View, Waypoint};
use crate::ui::answering::AnswerAction;
use crate::ui::context::Context;
use crate::ui::views::{RiskAction, workshop_title};

/// Takes a hit: its title, what it is, what is searched, how far behind it comes, what it does.
pub(super) type Add<'a> = dyn FnMut(String, String, &str, u32, &dyn Fn() -> Action) + 'a;

/// The parts of the scope, and what is listed in them.
pub(super) fn of_scope(ctx: &Context, add: &mut Add) {
    for part in ScopePart::ALL {
        let searched = format!("{} scope", part.name());
        add(part.name().to_owned(), "part of the scope".into(), &searched, 3, &|| Action::ScopePart(part));
    }
    let scope = &ctx.project.scope;
    let mut list = |part: ScopePart, kind: &str, names: &mut dyn Iterator<Item = &String>| {
        for name in names.filter(|it| !it.trim().is_empty()) {
            add(name.clone(), kind.to_owned(), &format!("{name} {kind}"), 3, &|| Action::ScopePart(part));
        }
    };
    list(ScopePart::Sites, "site", &mut scope.sites.iter().map(|it| &it.name));
    list(ScopePart::Services, "service", &mut scope.services.iter().map(|it| &it.name));
    list(ScopePart::AccessPoints, "access point", &mut scope.access_points.iter().map(|it| &it.name));
    list(ScopePart::People, "role", &mut scope.people.iter().map(|it| &it.role));
    list(ScopePart::Documents, "document", &mut scope.documents.iter().map(|it| &it.title));
}

/// Workshops, baselines, and the steps of validation before remediation.
pub(super) fn of_sessions(ctx: &Context, add: &mut Add) {
    for (id, workshop) in ctx.project.workshops.iter() {
        let day = workshop.held_on.map_or(String::new(), |it| format!("  {it}"));
        let title = format!("{}{day}", workshop_title(workshop));
        let there = || Action::GoTo(View::Workshop, Selection::of(id));
        add(title.clone(), "workshop".into(), &format!("{title} workshop"), 2, &there);
    }
    for (id, baseline) in ctx.project.baselines.iter() {
        let title = format!("Compare with {}", baseline.name);
        let there = || Action::Page(PageAction::CompareWith(id));
        add(title.clone(), "baseline".into(), &format!("{title} baseline"), 2, &there);
    }
    for &step in ValidationStep::ALL {
        let title = step.to_string();
        let there = || Action::Waypoint(Waypoint::Step(step));
        add(title.clone(), "validation".into(), &format!("{title} validation"), 3, &there);
    }
}

/// What people estimate of each risk, where that is asked for, and the scenarios of the library.
pub(super) fn of_risks(ctx: &Context, wanted: &[String], add: &mut Add) {
    if wanted.iter().any(|it| it.starts_with("estim")) {
        for (id, risk) in ctx.project.risks.iter() {
            let title = format!("Estimates of {}  {}", risk.tag, risk.title);
            add(title.clone(), "risk".into(), &title, 2, &|| Action::Risk(RiskAction::Estimates(Some(id))));
        }
    }
    for scenario in ctx.catalogue.scenarios() {
        let searched = format!("{} library {}", scenario.title, scenario.techniques.join(" "));
        let browse = || Action::Risk(RiskAction::Browse(&scenario.title));
        add(scenario.title.clone(), "library of scenarios".into(), &searched, 4, &browse);
    }
}

/// Evidence, at the first answer that it proves, and who may answer.
pub(super) fn of_answers(ctx: &Context, add: &mut Add) {
    let project = ctx.project;
    for (id, evidence) in project.evidence.iter() {
        let title = format!("{}  {}", evidence.tag, evidence.title);
        // in very many answers it is looked for only once it is chosen
        let there = || Action::Answers(AnswerAction::ShowProved(id));
        add(title.clone(), "evidence".into(), &format!("{title} evidence"), 3, &there);
    }
    for person in project.scope.people.iter().filter(|it| !it.role.trim().is_empty()) {
        let title = format!("Answer as {}", person.role);
        let role = || Action::Answers(AnswerAction::AnswerAs(person.role.clone()));
        add(title.clone(), "who answers".into(), &title, 4, &role);
    }
}
