//! Which scenarios are listed.

use egui::{ComboBox, TextEdit, Ui};

use super::stage;
use crate::model::{AssessmentStage, Project, RatedAt, Risk, RiskId, RiskLevel, Target};
use crate::ui::context::Context;
use crate::ui::widgets::drop_down;

/// What is asked of the scenarios that are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    pub stage: Option<AssessmentStage>,
    pub which: Which,
    pub target: Option<Target>,
    pub wanted: String,
}

/// How it stands with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Which {
    #[default]
    Any,
    IntolerableToday,
    Intolerable,
    NothingPlanned,
    NotRated,
}

impl Which {
    const ALL: [Self; 5] = [Self::Any, Self::IntolerableToday, Self::Intolerable, Self::NothingPlanned, Self::NotRated];

    const fn word(self) -> &'static str {
        match self {
            Self::Any => "Any state",
            Self::IntolerableToday => "Above tolerable today",
            Self::Intolerable => "Above after the plan",
            Self::NothingPlanned => "Nothing planned",
            Self::NotRated => "Not fully rated",
        }
    }
}

/// The level that counts in the end: after the plan, or else today, or else with nothing against it.
pub(super) fn final_level(project: &Project, risk: &Risk) -> Option<RiskLevel> {
    let matrix = &project.settings.matrix;
    [RatedAt::Residual, RatedAt::Current, RatedAt::Unmitigated].into_iter().find_map(|at| risk.level(at, matrix))
}

/// Whether it may stay so; `None` where it is not rated.
pub(super) fn is_tolerable(project: &Project, risk: &Risk) -> Option<bool> {
    Some(final_level(project, risk)? <= project.settings.matrix.tolerable)
}

/// Whether it may stay so as it is at a point in time; `None` where it is not rated then.
pub(super) fn tolerable_at(project: &Project, risk: &Risk, at: RatedAt) -> Option<bool> {
    let matrix = &project.settings.matrix;
    let has_likelihood = risk.stage == AssessmentStage::Detailed;
    Some(risk.level(at, matrix).filter(|_| has_likelihood)? <= matrix.tolerable)
}

/// "Today: above · After the plan: tolerable"; `None` where it is rated at neither.
pub fn tolerable_words(project: &Project, risk: &Risk) -> Option<String> {
    let said = [RatedAt::Current, RatedAt::Residual].into_iter().filter_map(|at| {
        let word = if tolerable_at(project, risk, at)? { "tolerable" } else { "above" };
        Some(format!("{}: {word}", crate::ui::widgets::capital(crate::hands::rate::moment(at))))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// Whether an acceptance in force names it.
pub(super) fn is_accepted(project: &Project, id: RiskId, as_of: jiff::civil::Date) -> bool {
    project.acceptances.values().any(|it| it.risks.contains(&id) && !it.is_expired(as_of))
}

/// How many scenarios are rated as far as their assessment asks.
pub fn rated(project: &Project) -> usize {
    project.risks.values().filter(|it| is_rated(it)).count()
}

/// Whether everything is rated that its assessment asks.
fn is_rated(risk: &Risk) -> bool {
    match risk.stage {
        AssessmentStage::Initial => risk.consequences.worst().is_some(),
        AssessmentStage::Detailed => RatedAt::ALL.iter().all(|&at| risk.rating(at).is_some()),
    }
}

/// How many actions treat it.
pub(super) fn actions(project: &Project, risk: &Risk) -> usize {
    risk.actions.iter().filter_map(|&id| project.actions.get(id)).filter(|it| it.treats()).count()
}

impl Filter {
    /// Whether a scenario is listed.
    pub fn lets(&self, ctx: &Context, id: RiskId, risk: &Risk) -> bool {
        let project = ctx.project;
        let is_initial = risk.stage == AssessmentStage::Initial;
        let is_so = match self.which {
            Which::Any => true,
            Which::IntolerableToday => tolerable_at(project, risk, RatedAt::Current) == Some(false),
            Which::Intolerable => is_tolerable(project, risk) == Some(false),
            Which::NothingPlanned => {
                !is_initial && actions(project, risk) == 0 && !is_accepted(project, id, ctx.analysis.as_of)
            }
            Which::NotRated => !is_rated(risk),
        };
        let is_there = self.target.is_none_or(|it| risk.targets.contains(&it));
        self.stage.is_none_or(|it| it == risk.stage) && is_so && is_there && self.answers(project, risk)
    }

    fn answers(&self, project: &Project, risk: &Risk) -> bool {
        if self.wanted.trim().is_empty() {
            return true;
        }
        let targets: Vec<&str> = risk.targets.iter().map(|&it| project.target_tag(it)).collect();
        let texts = [&risk.tag, &risk.title, &risk.scenario, &risk.threat_source, &risk.owner, &risk.source];
        let techniques: Vec<&str> = risk.techniques.iter().map(String::as_str).collect();
        let text = texts.map(String::as_str).join(" ");
        let text = format!("{text} {} {}", targets.join(" "), techniques.join(" ")).to_lowercase();
        self.wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The fields of the filter.
pub(super) fn show(ui: &mut Ui, ctx: &Context, filter: &mut Filter) {
    ui.horizontal_wrapped(|ui| {
        stage::switch(ui, ctx, &mut filter.stage);
        let list = ComboBox::from_id_salt("which").selected_text(filter.which.word()).width(130.0);
        let all = || Which::ALL.into_iter().map(|it| (it, it.word().to_owned())).collect();
        drop_down(ui, list, &mut filter.which, all).accessible_name("State of the scenarios");
        let tag = |it: Option<Target>| it.map_or("Anywhere", |it| ctx.project.target_tag(it)).to_owned();
        let list = ComboBox::from_id_salt("target").selected_text(tag(filter.target)).width(92.0);
        let all = || {
            let mut named: Vec<Target> = ctx.project.risks.values().flat_map(|it| it.targets.iter().copied()).collect();
            named.sort_by_key(|&it| (it.conduit().is_some(), ctx.project.target_tag(it).to_owned(), it));
            named.dedup();
            std::iter::once(None).chain(named.into_iter().map(Some)).map(|it| (it, tag(it))).collect()
        };
        drop_down(ui, list, &mut filter.target, all).accessible_name("Zone or conduit of the scenarios");
        // in the same row as far as it goes
        let left = ui.available_size_before_wrap().x - 12.0;
        let wide = if left < 110.0 { 160.0 } else { left.min(160.0) };
        let field = TextEdit::singleline(&mut filter.wanted).hint_text("Filter by word").desired_width(wide);
        ui.add(field).accessible_name("Filter scenarios");
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Acceptance, AcceptanceId, ActionStatus, Consequences, Id, Rating};

    #[test]
    fn what_counts_in_the_end_is_the_latest_rating() {
        let rated = |current: u8, residual: u8| {
            let consequences = Consequences { safety: Rating::new(5), ..Consequences::default() };
            let unmitigated = Rating::new(5);
            let risk = Risk { consequences, unmitigated, current: Rating::new(current), ..Risk::default() };
            Risk { residual: Rating::new(residual), ..risk }
        };
        let project = Project::default();
        assert_eq!(is_tolerable(&project, &rated(5, 1)), Some(true));
        assert_eq!(is_tolerable(&project, &rated(1, 0)), Some(true));
        assert_eq!(is_tolerable(&project, &rated(0, 0)), Some(false));
        assert_eq!(is_tolerable(&project, &Risk::default()), None);
    }

    #[test]
    fn nothing_is_called_tolerable_today_because_of_what_is_planned() {
        let consequences = Consequences { safety: Rating::new(5), ..Consequences::default() };
        let risk = Risk { consequences, current: Rating::new(5), residual: Rating::new(1), ..Risk::default() };
        let project = Project::default();
        assert_eq!(tolerable_at(&project, &risk, RatedAt::Current), Some(false));
        assert_eq!(tolerable_words(&project, &risk).unwrap(), "Today: above · After the plan: tolerable");
        assert_eq!(tolerable_words(&project, &Risk::default()), None);
        let initial = Risk { stage: AssessmentStage::Initial, ..risk };
        assert_eq!(tolerable_at(&project, &initial, RatedAt::Current), None, "it has no likelihood");
    }

    #[test]
    fn an_acceptance_that_ran_out_and_a_dropped_action_count_for_nothing() {
        let id = RiskId::derived_from("R-1");
        let mut project = Fixture::new().risk("R-1", |_| ()).project;
        let day = jiff::civil::date(2026, 5, 1);
        let accepted = Acceptance { risks: [id].into(), expires_on: Some(day), ..Acceptance::default() };
        project.acceptances.insert(AcceptanceId::derived_from("RA-1"), accepted);
        assert!(is_accepted(&project, id, day));
        assert!(!is_accepted(&project, id, day.tomorrow().unwrap()));
        let action = crate::model::ActionId::derived_from("ACT-1");
        let dropped = crate::model::Action { status: ActionStatus::Dropped, ..Default::default() };
        project.actions.insert(action, dropped);
        let risk = Risk { actions: [action].into(), ..Risk::default() };
        assert_eq!(actions(&project, &risk), 0);
    }
}
