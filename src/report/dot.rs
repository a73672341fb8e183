//! Articles or outlets in DOT, for Graphviz: only those that share text, because a picture of
//! the others shows nothing.
//!
//! Edges have an arrow only where it is established who was first; their pens are wider the more
//! words are shared.

use std::collections::HashSet;
use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use super::Report;
use super::graph::Nodes;

/// Writes a graph.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, nodes: Nodes, out: &mut dyn Write) -> io::Result<()> {
    let linked: HashSet<&str> = nodes.edges(report).flat_map(|edge| [edge.source, edge.target]).collect();
    writeln!(out, "graph {} {{", nodes.id())?;
    writeln!(out, "  graph [overlap=false, splines=true];")?;
    writeln!(out, "  node [shape=box, style=rounded, fontname=\"sans-serif\"];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=10];")?;
    for node in nodes.nodes(report).filter(|node| linked.contains(node.id)) {
        writeln!(out, "  {} [label={}];", Quoted(node.id), Quoted(node.label))?;
    }
    for edge in nodes.edges(report) {
        let arrow = if edge.established { ", dir=forward" } else { "" };
        writeln!(
            out,
            "  {} -- {} [label=\"{} · {} words\", weight={}, penwidth={:.1}{arrow}];",
            Quoted(edge.source),
            Quoted(edge.target),
            edge.label,
            edge.weight,
            // Graphviz wants small weights.
            1 + edge.weight / 100,
            1.0 + (1.0 + edge.weight as f64).log10(),
        )?;
    }
    writeln!(out, "}}")
}

/// A text in double quotes, with nothing that means something to Graphviz.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                c if c.is_control() => f.write_char('\u{fffd}')?,
                // Graphviz reads references to characters in labels.
                '&' => f.write_str("&amp;")?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
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

    #[test]
    fn nothing_breaks_out_of_quotes() {
        assert_eq!(Quoted("a\"b\\\n\0&lt;]").to_string(), "\"a\\\"b\\\\\\n\u{fffd}&amp;lt;]\"");
    }
}
