//! Articles or outlets in DOT, for Graphviz: a picture of what shares text.
//!
//! Left out are relations in which too little is shared (`incidental`, `boilerplate`), and what then
//! has no edge. Edges have an arrow only where it is established who was first; the more words are
//! shared, the wider their pens. Quotations are dashed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use super::graph::{Edge, Nodes};
use super::{Report, Verdict};

/// Writes a graph.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, nodes: Nodes, out: &mut dyn Write) -> io::Result<()> {
    let edges = || nodes.edges(report).filter(drawn);
    let linked: HashSet<&str> = edges().flat_map(|edge| [edge.source, edge.target]).collect();
    writeln!(out, "graph {} {{", nodes.id())?;
    writeln!(out, "  graph [overlap=false, splines=true];")?;
    writeln!(out, "  node [shape=box, style=rounded, fontname=\"sans-serif\"];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=10];")?;
    for node in nodes.nodes(report).filter(|node| linked.contains(node.id)) {
        let label = match node.outlet {
            Some(outlet) => Cow::Owned(format!("{outlet}\n{}", node.label)),
            None => Cow::Borrowed(node.label),
        };
        writeln!(out, "  {} [label={}];", Quoted(node.id), Quoted(&label))?;
    }
    for edge in edges() {
        let arrow = if edge.established { ", dir=forward" } else { "" };
        let line = if edge.verdict == Some(Verdict::Quotation) { ", style=dashed" } else { "" };
        writeln!(
            out,
            "  {} -- {} [label=\"{} · {} words\", weight={}, penwidth={:.1}{line}{arrow}];",
            Quoted(edge.source),
            Quoted(edge.target),
            edge.label(),
            edge.weight,
            // Graphviz wants small weights.
            1 + edge.weight / 100,
            1.0 + (1.0 + edge.weight as f64).log10(),
        )?;
    }
    writeln!(out, "}}")
}

/// Whether enough is shared for a picture.
fn drawn(edge: &Edge<'_>) -> bool {
    match edge.verdict {
        Some(Verdict::Reprint | Verdict::Partial | Verdict::Quotation) | None => true,
        Some(Verdict::Incidental | Verdict::Boilerplate) => false,
    }
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
    fn stock_phrases_are_not_drawn() {
        let mut report = sample::shipping();
        report.relations.iter_mut().for_each(|relation| relation.verdict = Verdict::Incidental);
        let mut out = Vec::new();
        write(&report, Nodes::Articles, &mut out).unwrap();
        let picture = String::from_utf8(out).unwrap();
        assert!(!picture.contains("ferry") && picture.ends_with("];\n}\n"), "{picture}");
    }

    #[test]
    fn nothing_breaks_out_of_quotes() {
        assert_eq!(Quoted("a\"b\\\n\0&lt;]").to_string(), "\"a\\\"b\\\\\\n\u{fffd}&amp;lt;]\"");
    }
}
