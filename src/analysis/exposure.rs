//! How far each zone lies from what is not trusted (domain rules, section 7).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::algo::{dijkstra, ford_fulkerson};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{ConduitId, Fr, LevelVector, Project, Target, ZoneId};

/// Zones as nodes, conduits as directed edges, and one node that stands for all
/// untrusted zones together.
struct Network {
    graph: DiGraph<Option<ZoneId>, Option<ConduitId>>,
    nodes: HashMap<ZoneId, NodeIndex>,
    outside: NodeIndex,
}

impl Network {
    fn new(project: &Project) -> Self {
        let mut graph = DiGraph::new();
        let outside = graph.add_node(None);
        let nodes: HashMap<_, _> = project.zones.ids().map(|id| (id, graph.add_node(Some(id)))).collect();
        for (id, _) in project.zones.iter().filter(|(_, zone)| zone.is_untrusted()) {
            if let Some(&node) = nodes.get(&id) {
                graph.add_edge(outside, node, None);
            }
        }
        for (id, conduit) in project.conduits.iter() {
            let Some((from, to)) = conduit.ends() else { continue };
            let (Some(&from), Some(&to)) = (nodes.get(&from), nodes.get(&to)) else { continue };
            for reached in conduit.initiated_towards() {
                let reached = nodes.get(&reached).copied().unwrap_or(to);
                graph.add_edge(if reached == to { from } else { to }, reached, Some(id));
            }
        }
        Self { graph, nodes, outside }
    }
}

/// The easiest way from an untrusted zone to a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EasiestPath {
    /// Where it leads.
    pub to: ZoneId,
    /// The conduits to cross, in order.
    pub conduits: Vec<ConduitId>,
    /// The sum of their resistances.
    pub resistance: u32,
}

/// The fewest conduits to cross from any untrusted zone to each zone that can be
/// reached at all; an untrusted zone itself: 0.
pub fn hops(project: &Project) -> BTreeMap<ZoneId, u32> {
    let network = Network::new(project);
    let steps = dijkstra(&network.graph, network.outside, None, |edge| u32::from(edge.weight().is_some()));
    steps.into_iter().filter_map(|(node, steps)| Some(((*network.graph.node_weight(node)?)?, steps))).collect()
}

/// The hops of a target: a zone's own, a conduit's those of its nearer end.
pub fn target_hops(project: &Project, hops: &BTreeMap<ZoneId, u32>, target: Target) -> Option<u32> {
    match target {
        Target::Zone(id) => hops.get(&id).copied(),
        Target::Conduit(id) => {
            let conduit = project.conduits.get(id)?;
            conduit.from.into_iter().chain(conduit.to).filter_map(|end| hops.get(&end).copied()).min()
        }
    }
}

/// How hard a conduit is to pass: 1 and the lowest SL-A among its FR 1, FR 2 and FR 5 that have one.
pub fn resistance(achieved: &LevelVector) -> u32 {
    let decisive = [Fr::Iac, Fr::Uc, Fr::Rdf].into_iter().filter_map(|fr| achieved[fr]).min();
    1 + decisive.map_or(0, |level| u32::from(level.number()))
}

/// The easiest path to each trusted zone that can be reached, in the order of the
/// zones' tags. Of several equally easy ones: the fewest conduits, then the
/// smallest tags from the far end.
pub fn easiest_paths(project: &Project, achieved: impl Fn(ConduitId) -> LevelVector) -> Vec<EasiestPath> {
    let network = Network::new(project);
    let graph = &network.graph;
    // resistance first, then the number of conduits
    let cost = |conduit: Option<ConduitId>| conduit.map_or((0, 0), |id| (u64::from(resistance(&achieved(id))), 1_u64));
    let costs: Vec<_> = graph.edge_weights().map(|conduit| cost(*conduit)).collect();
    let packed = |edge: usize| costs.get(edge).map_or(0, |&(resistance, count)| (resistance << 32) | count);
    let total = dijkstra(graph, network.outside, None, |edge| packed(edge.id().index()));
    let tag = |id: ConduitId| project.target_tag(id.into());
    let mut paths = Vec::new();
    for (to, _) in project.zones.iter().filter(|(_, zone)| !zone.is_untrusted()) {
        let Some((&goal, &cost)) = network.nodes.get(&to).and_then(|node| Some((node, total.get(node)?))) else {
            continue;
        };
        let mut conduits = Vec::new();
        let mut at = goal;
        while at != network.outside {
            let before = graph
                .edges_directed(at, petgraph::Incoming)
                .filter(|edge| {
                    let reached = total.get(&edge.source()).map(|cost| cost + packed(edge.id().index()));
                    reached.is_some() && reached == total.get(&at).copied()
                })
                .min_by_key(|edge| edge.weight().map(tag));
            let Some(edge) = before else { break };
            conduits.extend(*edge.weight());
            at = edge.source();
        }
        conduits.reverse();
        paths.push(EasiestPath { to, conduits, resistance: (cost >> 32) as u32 });
    }
    paths.sort_by_key(|path| project.target_tag(path.to.into()));
    paths
}

/// A smallest set of conduits that cuts every path from the untrusted zones to
/// these zones, in the order of their tags; of several, the one nearest the
/// untrusted zones. Untrusted zones among them can't be cut off and do not count.
pub fn choke_conduits(project: &Project, zones: &BTreeSet<ZoneId>) -> Vec<ConduitId> {
    let network = Network::new(project);
    let protected: Vec<_> = zones
        .iter()
        .filter(|&&id| project.zones.get(id).is_some_and(|zone| !zone.is_untrusted()))
        .filter_map(|id| network.nodes.get(id).copied())
        .collect();
    let mut graph = network.graph;
    let sink = graph.add_node(None);
    for node in protected {
        graph.add_edge(node, sink, None);
    }
    let unlimited = u32::try_from(graph.edge_count()).unwrap_or(u32::MAX).saturating_add(1);
    let capacities = graph.map(|_, _| (), |_, conduit| if conduit.is_some() { 1 } else { unlimited });
    let (_, flows) = ford_fulkerson(&capacities, network.outside, sink);
    // what can still be reached along unused capacity lies on the outside of the cut
    let mut reached = BTreeSet::from([network.outside]);
    let mut next = vec![network.outside];
    while let Some(node) = next.pop() {
        let forwards = capacities
            .edges(node)
            .filter(|edge| flows.get(edge.id().index()).is_none_or(|flow| flow < edge.weight()))
            .map(|edge| edge.target());
        let backwards = capacities
            .edges_directed(node, petgraph::Incoming)
            .filter(|edge| flows.get(edge.id().index()).is_some_and(|&flow| flow > 0))
            .map(|edge| edge.source());
        let fresh: Vec<_> = forwards.chain(backwards).filter(|node| reached.insert(*node)).collect();
        next.extend(fresh);
    }
    let cut =
        graph.edge_references().filter(|edge| reached.contains(&edge.source()) && !reached.contains(&edge.target()));
    let cut: BTreeSet<_> = cut.filter_map(|edge| *edge.weight()).collect();
    let mut cut: Vec<_> = cut.into_iter().collect();
    cut.sort_by_key(|&id| project.target_tag(id.into()));
    cut
}
