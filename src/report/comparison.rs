//! Two articles side by side: the result of `wirecopy compare`.

mod assembly;

use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize};

use super::value::schema;
use super::{ArticleEntry, RelationEntry, Run, Span};
use crate::provenance::Criterion;
use crate::text::Kind;

pub use assembly::assemble;

/// Name and version of the JSON layout.
pub const SCHEMA: &str = "wirecopy.comparison/1";

/// Everything about two articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Always [`SCHEMA`].
    #[serde(deserialize_with = "own_layout")]
    pub schema: String,
    /// What was run.
    pub run: Run,
    /// The one.
    pub a: ArticleEntry,
    /// The other.
    pub b: ArticleEntry,
    /// What they have in common; null where nothing above the thresholds stands in both.
    pub relation: Option<RelationEntry>,
    /// Every condition of the verdicts with the value found; empty without a relation.
    pub criteria: Vec<Criterion>,
    /// What comes nearest; null with a relation.
    pub nearest: Option<Nearest>,
    /// The passages of the relation with their words, cut where a paragraph of either article
    /// ends, in the order of a.
    pub blocks: Vec<ComparedBlock>,
    /// Every path that was read or passed over in the search for the two.
    #[serde(skip)]
    pub inputs: Vec<PathBuf>,
}

fn own_layout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    schema::only(SCHEMA, deserializer)
}

/// How near two articles without a relation are to having one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Nearest {
    /// Words of the longest run that both have; 0 where none of four words was found.
    pub longest_run: u64,
    /// Words that a run needs.
    pub run_needed: u64,
    /// Share of a paragraph's word triples that stand in a paragraph of the other, of the two that come
    /// nearest to what they need.
    pub containment: f64,
    /// Share that they need; long ones need less.
    pub containment_needed: f64,
    /// The longest run, as a spells it.
    pub text: String,
}

/// A part of a passage inside one paragraph of either article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparedBlock {
    /// Bytes of a.
    pub a: Span,
    /// Bytes of b.
    pub b: Span,
    /// Words on both sides verbatim.
    pub words: u64,
    /// What it is part of in a.
    pub kind_a: Kind,
    /// What it is part of in b.
    pub kind_b: Kind,
    /// Whether at least four fifths of it stand inside quotation marks in a or in b.
    pub quoted: bool,
    /// Whether both paragraphs are reporting; else it is shown, not counted.
    pub reporting: bool,
    /// Its words in order, the same and the different ones in turn.
    pub pieces: Vec<Piece>,
}

/// Words of a passage that are the same in both articles, or different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Whether both have the same words; spelling and punctuation may differ.
    pub same: bool,
    /// The words of a with what follows them up to the next piece; empty where b alone has words.
    pub a: String,
    /// The words of b.
    pub b: String,
}
