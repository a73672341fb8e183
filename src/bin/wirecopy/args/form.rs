//! Arguments of the commands that write a report: in what form.

use clap::{Args, ValueEnum};
use wirecopy::report::{graph, tables};

/// In what form the report is written.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormArgs {
    /// What to write
    #[arg(long, short, default_value = "text")]
    pub(crate) format: Format,

    /// The one table of `csv` to write; without it -o names a folder, which gets all of them
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<Table>,

    /// What the nodes of `graphml`, `gexf` and `dot` are [default: articles]
    #[arg(long, value_name = "WHAT")]
    pub(crate) nodes: Option<Nodes>,

    /// Replace files that are already in the folder that -o names
    #[arg(long)]
    pub(crate) force: bool,
}

impl FormArgs {
    /// Whether it shows the articles' texts where the report has them.
    pub(crate) fn shows_texts(&self) -> bool {
        self.format == Format::Html
            || self.format == Format::Csv && self.table.is_none_or(|table| table == Table::Passages)
    }
}

/// A form that the report can be written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One value with everything
    Json,
    /// One object a line, each with its type
    Jsonl,
    /// A page for the browser, without network; a large one with a folder of data beside it
    Html,
    /// Tables for spreadsheets
    Csv,
    /// A graph for Gephi, networkx and others
    Graphml,
    /// A graph for Gephi
    Gexf,
    /// A picture of what shares text, for Graphviz
    Dot,
    /// W3C PROV-JSON: what was derived from what, where that is established
    Prov,
}

/// A table of the report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Table {
    /// One row an article
    Articles,
    /// One row a pair of articles that share text
    Relations,
    /// One row a shared passage
    Passages,
    /// One row an article of a story
    Stories,
    /// One row an article that says something about an agency, or matches agency copy
    Flags,
}

impl From<Table> for tables::Table {
    fn from(table: Table) -> Self {
        match table {
            Table::Articles => Self::Articles,
            Table::Relations => Self::Relations,
            Table::Passages => Self::Passages,
            Table::Stories => Self::Stories,
            Table::Flags => Self::Flags,
        }
    }
}

/// What the nodes of a graph are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Nodes {
    /// Every article; an edge is a relation
    Articles,
    /// Every outlet; an edge is what two share
    Outlets,
}

impl From<Nodes> for graph::Nodes {
    fn from(nodes: Nodes) -> Self {
        match nodes {
            Nodes::Articles => Self::Articles,
            Nodes::Outlets => Self::Outlets,
        }
    }
}
