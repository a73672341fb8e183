//! Outlets and what they share as a graph.

use std::collections::HashMap;

use super::Kind::{Count, Share};
use super::{Attribute, Edge, Node, Value, attribute};
use crate::report::{OutletEdge, OutletEntry, Report};

pub(super) const NODE: [Attribute; 5] = [
    attribute("articles", Count),
    attribute("reprints", Count),
    attribute("partial", Count),
    attribute("flagged", Count),
    attribute("own_share", Share),
];

pub(super) const EDGE: [Attribute; 3] = [
    attribute("pairs", Count),
    attribute("established_from_source", Count),
    attribute("established_from_target", Count),
];

pub(super) fn node(outlet: &OutletEntry) -> Node<'_> {
    Node {
        id: &outlet.name,
        label: &outlet.name,
        outlet: None,
        values: vec![
            Some(Value::Count(outlet.articles)),
            Some(Value::Count(outlet.reprints)),
            Some(Value::Count(outlet.partial)),
            Some(Value::Count(outlet.flagged)),
            Some(Value::Share(outlet.own_share)),
        ],
    }
}

/// Every edge stands in the report under both of its outlets; here it stands once, from the outlet
/// that more pairs are established to come from, else from the first by name.
pub(super) fn edges(report: &Report) -> impl Iterator<Item = Edge<'_>> {
    let both: HashMap<(&str, &str), &OutletEdge> = report
        .outlets
        .iter()
        .flat_map(|outlet| outlet.edges.iter().map(|edge| ((&*outlet.name, &*edge.outlet), edge)))
        .collect();
    report.outlets.iter().flat_map(move |outlet| {
        let first = outlet.edges.iter().filter(|edge| outlet.name < edge.outlet);
        let edges = first.map(|edge| {
            let back = both.get(&(&*edge.outlet, &*outlet.name));
            let from_this = back.map_or(0, |back| back.from_other);
            let (this, other) = ((&*outlet.name, from_this), (&*edge.outlet, edge.from_other));
            if other.1 > this.1 { between(other, this, edge) } else { between(this, other, edge) }
        });
        edges.collect::<Vec<_>>()
    })
}

fn between<'a>(source: (&'a str, u64), target: (&'a str, u64), edge: &OutletEdge) -> Edge<'a> {
    Edge {
        source: source.0,
        target: target.0,
        // Single pairs are established, never outlets as a whole.
        established: false,
        verdict: None,
        weight: edge.shared_words,
        values: vec![
            Some(Value::Count(edge.shares_text)),
            Some(Value::Count(source.1)),
            Some(Value::Count(target.1)),
        ],
    }
}
