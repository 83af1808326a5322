//! E08: actions that wait for each other.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::words::some_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Action, ActionId, Table};

pub(super) const CHECK: Check = Check {
    code: "E08",
    title: "Actions depending on each other in a circle",
    severity: Severity::Error,
    why: "Where each action waits for the next, none can begin; the plan can't be carried out as it stands.",
    detection: "Actions that must, by way of their dependencies, be done before themselves; one finding for each knot of them.",
    false_positives: "None: an order of work has a beginning.",
    advice: "Take out the dependency that is the weakest, or split an action into the part that comes first and the rest.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let tag = |id: &ActionId| plant.actions().get(*id).map_or("", |it| &it.tag);
    let found = circles(plant.actions()).into_iter().map(|mut circle| {
        circle.sort_by_key(|id| (tag(id), *id));
        let tags: Vec<_> = circle.iter().map(tag).collect();
        let message = match &tags[..] {
            [alone] => format!("{alone} depends on itself"),
            _ => format!("{} wait for each other in a circle", some_of(&tags)),
        };
        Found::about_all(circle, message)
    });
    found.collect()
}

/// Sets of actions that each depend on all of the set, through any number of steps.
/// Kosaraju's way, because petgraph's Tarjan goes one call deeper for each action of a chain.
fn circles(actions: &Table<ActionId, Action>) -> Vec<Vec<ActionId>> {
    let mut graph = DiGraph::new();
    let nodes: HashMap<_, _> = actions.ids().map(|id| (id, graph.add_node(id))).collect();
    for (id, action) in actions.iter() {
        for before in &action.depends_on {
            if let (Some(&later), Some(&earlier)) = (nodes.get(&id), nodes.get(before)) {
                graph.add_edge(later, earlier, ());
            }
        }
    }
    let knots = kosaraju_scc(&graph).into_iter();
    let circles = knots.filter(|knot| knot.len() > 1 || knot.iter().any(|&alone| graph.contains_edge(alone, alone)));
    circles.map(|circle| circle.into_iter().filter_map(|node| graph.node_weight(node).copied()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{ActionId, Id};

    /// Actions by tag, each with the tags of those that come before it.
    fn plan(actions: &[(&str, &[&str])]) -> Fixture {
        actions.iter().fold(Fixture::new(), |plan, (tag, before)| {
            plan.action(tag, |it| it.depends_on = before.iter().map(|tag| ActionId::derived_from(tag)).collect())
        })
    }

    #[test]
    fn each_circle_is_one_finding() {
        let circles =
            plan(&[("A", &["C"]), ("B", &["A"]), ("C", &["B"]), ("D", &["D"]), ("E", &["A", "D"]), ("F", &[])]);
        assert_eq!(found(&CHECK, &circles), ["A, B, C", "D"]);
    }

    #[test]
    fn two_ways_to_the_same_action_are_no_circle() {
        assert!(found(&CHECK, &plan(&[("A", &["B", "C"]), ("B", &["D"]), ("C", &["D"]), ("D", &[])])).is_empty());
    }
}
