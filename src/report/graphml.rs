//! Articles or outlets as GraphML, for Gephi, networkx, igraph, Cytoscape and yEd.
//!
//! Ids of nodes are the ids of the articles, or the outlets' names. An undirected graph: where it
//! is established who was first, that article is the `source` of the edge, and `from` names it.

use std::io::{self, Write};

use super::Report;
use super::graph::{Attribute, Kind, Nodes, Value};
use super::xml::{Escaped, Identity};

/// Writes a graph. Nothing but the row at hand is held in memory; give the writer a buffer.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, nodes: Nodes, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    let label = Attribute { name: "label", kind: Kind::Text };
    let weight = Attribute { name: "weight", kind: Kind::Count };
    let keys = [("node", &label), ("edge", &weight)].into_iter();
    let keys = keys.chain(nodes.node_attributes().iter().map(|attribute| ("node", attribute)));
    let keys = keys.chain(nodes.edge_attributes().iter().map(|attribute| ("edge", attribute)));
    for (owner, Attribute { name, kind }) in keys {
        writeln!(
            out,
            "  <key id=\"{owner}_{name}\" for=\"{owner}\" attr.name=\"{name}\" attr.type=\"{}\"/>",
            kind.id()
        )?;
    }
    writeln!(out, "  <graph id=\"{}\" edgedefault=\"undirected\">", nodes.id())?;
    for node in nodes.nodes(report) {
        write!(out, "    <node id=\"{}\">", Identity(node.id))?;
        write!(out, "<data key=\"node_label\">{}</data>", Escaped(node.label))?;
        write_values("node", nodes.node_attributes(), &node.values, out)?;
        writeln!(out, "</node>")?;
    }
    for edge in nodes.edges(report) {
        let (source, target) = (Identity(edge.source), Identity(edge.target));
        write!(out, "    <edge source=\"{source}\" target=\"{target}\">")?;
        write!(out, "<data key=\"edge_weight\">{}</data>", edge.weight)?;
        write_values("edge", nodes.edge_attributes(), &edge.values, out)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn write_values(
    owner: &str,
    attributes: &[Attribute],
    values: &[Option<Value<'_>>],
    out: &mut dyn Write,
) -> io::Result<()> {
    for (attribute, value) in attributes.iter().zip(values) {
        if let Some(value) = value {
            write!(out, "<data key=\"{owner}_{}\">{value}</data>", attribute.name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn written(nodes: Nodes) -> String {
        let mut out = Vec::new();
        write(&sample::shipping(), nodes, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn articles() {
        insta::assert_snapshot!(written(Nodes::Articles));
    }

    #[test]
    fn outlets() {
        insta::assert_snapshot!(written(Nodes::Outlets));
    }
}
