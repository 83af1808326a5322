//! What the plan achieves, wave by wave (domain rules, section 10).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::levels::LevelsByTarget;
use super::standing::Standings;
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{ActionId, LevelVector, Project, Target, Wave};

/// A wave of the plan and the levels after it.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveOutcome {
    /// Which wave.
    pub wave: Wave,
    /// Its actions that are not dropped, in the order of their tags.
    pub actions: Vec<ActionId>,
    /// SL-A of every target once its and all earlier actions are done.
    pub projected: Arc<BTreeMap<Target, LevelVector>>,
}

/// The four waves in order.
pub fn roadmap(
    project: &Project,
    catalogue: &Catalogue,
    targets: &LevelsByTarget,
    standings: &Standings,
    as_of: Date,
) -> Vec<WaveOutcome> {
    let mut closed: BTreeMap<Target, RequirementSet> = BTreeMap::new();
    let achieved: BTreeMap<Target, LevelVector> =
        targets.iter().map(|(&target, levels)| (target, levels.achieved)).collect();
    // waves after which nothing stands higher than before share it
    let mut projected = Arc::new(achieved);
    let mut outcomes = Vec::new();
    for &wave in Wave::ALL {
        let in_wave = project.actions.iter().filter(|(_, it)| it.treats() && it.wave(as_of) == wave);
        let mut actions: Vec<_> = in_wave.map(|(id, _)| id).collect();
        actions.sort_by_key(|&id| project.actions.get(id).map_or("", |it| &it.tag));
        for key in actions.iter().filter_map(|&id| project.actions.get(id)).flat_map(|it| &it.closes) {
            let is_gap = |index: &usize| targets.get(&key.target).is_some_and(|it| it.gaps().contains(*index));
            if let Some(index) = catalogue.index(key.requirement).filter(is_gap) {
                closed.entry(key.target).or_default().set(index, true);
            }
        }
        if !actions.is_empty() {
            for (target, standing) in standings.with_met(&closed) {
                if let Some(levels) = targets.get(&target) {
                    let after = levels.achieved_with(catalogue, &standing);
                    if projected.get(&target) != Some(&after) {
                        Arc::make_mut(&mut projected).insert(target, after);
                    }
                }
            }
        }
        outcomes.push(WaveOutcome { wave, actions, projected: Arc::clone(&projected) });
    }
    outcomes
}
