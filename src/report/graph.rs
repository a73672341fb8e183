//! The report as a graph, which GraphML, GEXF and DOT then write.
//!
//! Edges have no direction, because who was first is established for few of them. Where it is, the
//! edge leads from the source, and says so in `from`; DOT draws an arrow.

mod articles;
mod outlets;

use std::borrow::Cow;
use std::fmt::{self, Display};

use super::xml::Escaped;
use super::{Report, Verdict};

/// What the nodes of a graph are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nodes {
    /// Every article; an edge is a relation, weighted by its shared words.
    #[default]
    Articles,
    /// Every known outlet; an edge is what the reprints and partials of two have in common,
    /// weighted by the words.
    Outlets,
}

impl Nodes {
    /// The name of the graph.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Outlets => "outlets",
        }
    }

    /// What every node says, beside its id and label.
    pub(super) fn node_attributes(self) -> &'static [Attribute] {
        match self {
            Self::Articles => &articles::NODE,
            Self::Outlets => &outlets::NODE,
        }
    }

    /// What every edge says, beside its ends and weight.
    pub(super) fn edge_attributes(self) -> &'static [Attribute] {
        match self {
            Self::Articles => &articles::EDGE,
            Self::Outlets => &outlets::EDGE,
        }
    }

    /// The nodes, one after the other.
    pub(super) fn nodes(self, report: &Report) -> Box<dyn Iterator<Item = Node<'_>> + '_> {
        match self {
            Self::Articles => Box::new(articles::nodes(report)),
            Self::Outlets => Box::new(report.outlets.iter().map(outlets::node)),
        }
    }

    /// The edges, one after the other; every pair once.
    pub(super) fn edges(self, report: &Report) -> Box<dyn Iterator<Item = Edge<'_>> + '_> {
        match self {
            Self::Articles => Box::new(articles::edges(report)),
            Self::Outlets => Box::new(outlets::edges(report)),
        }
    }
}

/// Something that every node or every edge says.
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

const fn attribute(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind }
}

/// The type of an attribute.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Count,
    Share,
    Truth,
}

impl Kind {
    /// The name that GraphML and GEXF have for it.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Count => "long",
            Self::Share => "double",
            Self::Truth => "boolean",
        }
    }
}

/// The value of an attribute.
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Count(u64),
    Share(f64),
    Truth(bool),
}

impl<'a> Value<'a> {
    fn text(text: &'a str) -> Option<Self> {
        Some(Self::Text(Cow::Borrowed(text)))
    }

    fn list(texts: &'a [String]) -> Option<Self> {
        (!texts.is_empty()).then(|| Self::Text(Cow::Owned(texts.join("; "))))
    }
}

/// As XML has it.
impl Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Escaped(text).fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Share(share) => share.fmt(f),
            Self::Truth(truth) => truth.fmt(f),
        }
    }
}

/// A node, with one value an attribute; nothing where it is not known.
pub(super) struct Node<'a> {
    pub(super) id: &'a str,
    pub(super) label: &'a str,
    /// Who published it, where the label does not say that.
    pub(super) outlet: Option<&'a str>,
    pub(super) values: Vec<Option<Value<'a>>>,
}

/// An edge, with one value an attribute; nothing where it is not known.
pub(super) struct Edge<'a> {
    /// The source of the text where that is established, else the end that comes first.
    pub(super) source: &'a str,
    pub(super) target: &'a str,
    /// Whether that is established.
    pub(super) established: bool,
    /// What the two articles have in common; outlets have no verdict.
    pub(super) verdict: Option<Verdict>,
    /// Words that both have.
    pub(super) weight: u64,
    pub(super) values: Vec<Option<Value<'a>>>,
}

impl Edge<'_> {
    /// What it is called.
    pub(super) fn label(&self) -> &'static str {
        self.verdict.map_or("shares text", Verdict::id)
    }
}
