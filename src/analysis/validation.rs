//! The order that auditors expect, and what is open at each step (domain rules, section 9).

use super::open::{Open, Spot};
use super::{Analysis, Gap, NoGap, Treatment};
use crate::catalogue::Catalogue;
use crate::model::{Confirmation, Project, ValidationStep};

/// A step, what is still open there, and who stands by it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepState {
    /// Which step.
    pub step: ValidationStep,
    /// What is open, counted, each with the places where it is dealt with.
    pub open: Vec<Open>,
    /// Who confirmed it, and when.
    pub confirmed: Option<Confirmation>,
}

impl StepState {
    /// Nothing is open, and somebody stands by it.
    pub fn is_done(&self) -> bool {
        self.open.is_empty() && self.confirmed.is_some()
    }
}

/// The four steps in order.
pub fn steps(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Vec<StepState> {
    let of_step = |step: ValidationStep| match step {
        ValidationStep::ZoneModel => zone_model(project, analysis),
        ValidationStep::Inventory => inventory(project),
        ValidationStep::Levels => levels(project, catalogue, analysis),
        ValidationStep::Actions => actions(analysis),
    };
    let state = |&step: &ValidationStep| StepState {
        step,
        open: of_step(step).into_iter().flatten().collect(),
        confirmed: project.confirmations.get(&step).cloned(),
    };
    ValidationStep::ALL.iter().map(state).collect()
}

fn zone_model(project: &Project, analysis: &Analysis) -> Vec<Option<Open>> {
    let open = analysis.findings.iter().filter(|it| it.set_aside.is_none());
    let found = open.filter(|it| it.check.code.starts_with(['Z', 'P', 'A'])).map(|it| {
        let place = it.place(project).or_else(|| it.about.first().copied());
        place.map_or(Spot::Diagram, Spot::Subject)
    });
    let undrawn = || Open::missing("no zone drawn yet", Spot::Diagram);
    vec![
        project.zones.is_empty().then(undrawn),
        Open::each("finding about zones and conduits", "findings about zones and conduits", found),
    ]
}

fn inventory(project: &Project) -> Vec<Option<Open>> {
    let homeless = project.assets.iter().filter(|(_, it)| it.zone.is_none()).map(|(id, _)| id);
    let untyped = project.assets.iter().filter(|(_, it)| it.kind.is_empty()).map(|(id, _)| id);
    let nothing = || Open::missing("no asset recorded yet", Spot::Diagram);
    vec![
        project.assets.is_empty().then(nothing),
        Open::of(project, "asset in no zone", "assets in no zone", homeless),
        Open::of(project, "asset of no type", "assets of no type", untyped),
    ]
}

fn levels(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Vec<Option<Open>> {
    let nothing = || Open::missing("no zone or conduit to set a target for", Spot::Diagram);
    let undecided = analysis.targets.iter().filter(|(_, it)| it.target.is_none()).map(|(&target, _)| target);
    vec![
        analysis.targets.is_empty().then(nothing),
        Open::of(project, "target without SL-T", "targets without SL-T", undecided),
        Open::questions(project, catalogue, analysis, "open question", "open questions"),
    ]
}

fn actions(analysis: &Analysis) -> Vec<Option<Open>> {
    let untreated = analysis.gaps.iter().filter(|it| it.treatment == Treatment::Untreated);
    let spot = |it: &Gap| {
        let finding = it.manual.map(|it| Spot::Subject(it.into()));
        finding.or_else(|| it.key().map(Spot::Gap)).unwrap_or(Spot::Gaps)
    };
    // no gap is known before anything is demanded and assessed, so that nothing could be planned
    let early = match analysis.no_gap() {
        Some(NoGap::NoTarget) => {
            let undecided = analysis.targets.iter().find(|(_, it)| it.target.is_none());
            let place = undecided.map_or(Spot::Diagram, |(&target, _)| Spot::Subject(target.into()));
            Some(Open::missing("no target demands anything yet", place))
        }
        Some(NoGap::NotAssessed) => Some(Open::missing("nothing assessed yet", Spot::Gaps)),
        _ => None,
    };
    vec![early, Open::each("untreated gap", "untreated gaps", untreated.map(spot))]
}

/// Steps that are not done although a later one is confirmed or actions exist: the
/// order is not kept. The program warns, and never blocks.
pub fn out_of_order(steps: &[StepState], has_actions: bool) -> Vec<ValidationStep> {
    let last_begun = steps.iter().rposition(|it| it.confirmed.is_some()).unwrap_or(0);
    let last_begun = if has_actions { steps.len().saturating_sub(1) } else { last_begun };
    steps.iter().take(last_begun).filter(|it| !it.is_done()).map(|it| it.step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn before_anything_is_assessed_no_step_reads_as_done() {
        let open = |plant: &Fixture| {
            let steps = steps(&plant.project, Catalogue::embedded(), &plant.analyse());
            steps
                .into_iter()
                .map(|it| it.open.iter().map(Open::words).collect::<Vec<_>>().join("; "))
                .collect::<Vec<_>>()
        };
        let empty = open(&Fixture::new());
        assert_eq!(empty[2..], ["no zone or conduit to set a target for", "no target demands anything yet"]);
        let plant = Fixture::new().zone("Z-1", |_| ());
        let answered = plant.clone().answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        assert_eq!(open(&answered)[3], "no target demands anything yet", "it is assessed already");
        assert_eq!(open(&answered.sl_t("Z-1", 1))[3], "1 untreated gap");
        assert_eq!(open(&plant.clone().sl_t("Z-1", 1))[3], "nothing assessed yet");
        let met = plant.clone().sl_t("Z-1", 1).answer("Z-1", "SR 1.1", Status::Met, |_| ());
        assert_eq!(open(&met)[3], "", "what is answered so far leaves no gap");
        assert_eq!(open(&plant.sl_t("Z-1", 0))[2..], ["", ""], "nothing is demanded, and nothing left to do");
    }
}
