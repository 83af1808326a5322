//! The order that auditors expect, and what is open at each step (domain rules, section 9).

use super::{Analysis, Treatment};
use crate::model::{Confirmation, Project, ValidationStep};

/// A step, what is still open there, and who stands by it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepState {
    /// Which step.
    pub step: ValidationStep,
    /// What is open, each in a few words with its count.
    pub open: Vec<(usize, &'static str)>,
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
pub fn steps(project: &Project, analysis: &Analysis) -> Vec<StepState> {
    let findings = |families: &[char]| {
        let open = analysis.findings.iter().filter(|it| it.set_aside.is_none());
        open.filter(|it| it.check.code.starts_with(families)).count()
    };
    let state = |&step: &ValidationStep| {
        let open = match step {
            ValidationStep::ZoneModel => vec![
                (usize::from(project.zones.is_empty()), "no zone drawn yet"),
                (findings(&['Z', 'P', 'A']), "findings about zones and conduits"),
            ],
            ValidationStep::Inventory => vec![
                (usize::from(project.assets.is_empty()), "no asset recorded yet"),
                (project.assets.values().filter(|it| it.zone.is_none()).count(), "assets in no zone"),
                (project.assets.values().filter(|it| it.kind.is_empty()).count(), "assets of no type"),
            ],
            ValidationStep::Levels => vec![
                (analysis.targets.values().filter(|it| it.target.is_none()).count(), "targets without SL-T"),
                (analysis.open_questions(), "open questions"),
            ],
            ValidationStep::Actions => {
                let untreated = analysis.gaps.iter().filter(|it| it.treatment == Treatment::Untreated).count();
                vec![(untreated, "untreated gaps")]
            }
        };
        StepState {
            step,
            open: open.into_iter().filter(|(count, _)| *count > 0).collect(),
            confirmed: project.confirmations.get(&step).cloned(),
        }
    };
    ValidationStep::ALL.iter().map(state).collect()
}

/// Steps that are not done although a later one is confirmed or actions exist: the
/// order is not kept. The program warns, and never blocks.
pub fn out_of_order(steps: &[StepState], has_actions: bool) -> Vec<ValidationStep> {
    let last_begun = steps.iter().rposition(|it| it.confirmed.is_some()).unwrap_or(0);
    let last_begun = if has_actions { steps.len().saturating_sub(1) } else { last_begun };
    steps.iter().take(last_begun).filter(|it| !it.is_done()).map(|it| it.step).collect()
}
