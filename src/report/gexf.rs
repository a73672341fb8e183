//! Articles or outlets as GEXF 1.3, for Gephi and networkx.
//!
//! Ids of nodes are the ids of the articles, or the outlets' names. An undirected graph: where it
//! is established who was first, that article is the `source` of the edge, and `from` names it.

use std::io::{self, Write};

use super::Report;
use super::graph::{Attribute, Nodes, Value};
use super::xml::{Escaped, Identity};

/// Writes a graph. Nothing but the row at hand is held in memory; give the writer a buffer.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, nodes: Nodes, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">"
    )?;
    let version = Escaped(&report.run.version);
    writeln!(out, "  <meta><creator>wirecopy {version}</creator></meta>")?;
    writeln!(out, "  <graph mode=\"static\" defaultedgetype=\"undirected\">")?;
    write_attributes("node", nodes.node_attributes(), out)?;
    write_attributes("edge", nodes.edge_attributes(), out)?;
    writeln!(out, "    <nodes>")?;
    for node in nodes.nodes(report) {
        let (id, label) = (Identity(node.id), Escaped(node.label));
        write!(out, "      <node id=\"{id}\" label=\"{label}\">")?;
        write_values(nodes.node_attributes(), &node.values, out)?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (number, edge) in nodes.edges(report).enumerate() {
        let (source, target, weight) = (Identity(edge.source), Identity(edge.target), edge.weight);
        write!(
            out,
            "      <edge id=\"{number}\" source=\"{source}\" target=\"{target}\" weight=\"{weight}\" \
             label=\"{}\">",
            edge.label()
        )?;
        write_values(nodes.edge_attributes(), &edge.values, out)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn write_attributes(class: &str, attributes: &[Attribute], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\">")?;
    for Attribute { name, kind } in attributes {
        writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{}\"/>", kind.id())?;
    }
    writeln!(out, "    </attributes>")
}

fn write_values(
    attributes: &[Attribute],
    values: &[Option<Value<'_>>],
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "<attvalues>")?;
    for (attribute, value) in attributes.iter().zip(values) {
        if let Some(value) = value {
            write!(out, "<attvalue for=\"{}\" value=\"{value}\"/>", attribute.name)?;
        }
    }
    write!(out, "</attvalues>")
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
