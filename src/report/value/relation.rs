//! Pairs of articles.

use serde::{Deserialize, Serialize};

use super::{ArticleId, Span};
use crate::provenance::{DirectionStatus, EvidenceKind, Verdict, Weight};

/// A verified pair of articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelationEntry {
    /// The one (earlier in `articles`).
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// What it amounts to.
    pub verdict: Verdict,
    /// The reason, where a person has set the verdict in the file of overrides.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub set_by_hand: Option<String>,
    /// Reporting words of the shared passages, on the side where they are fewer. In a sentence of which at
    /// least two fifths are shared, half of the other words count too.
    pub shared_words: u64,
    /// Share of a's reporting words that stand in b, counted so, 0..=1.
    pub share_a: f64,
    /// Share of b's reporting words that stand in a, counted so, 0..=1.
    pub share_b: f64,
    /// Share of the shared words inside quotation marks in at least one of the two.
    pub quoted_share: f64,
    /// Longest verbatim run, in words.
    pub longest_run: u64,
    /// Whether both fill in one template with other figures, on different days: daily numbers,
    /// market closings, weather.
    pub template: bool,
    /// The first places where the figures of a template differ.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub differing: Vec<DifferingFigures>,
    /// Who was first, if anything tells.
    pub direction: Direction,
    /// Aligned stretches, in the order of a.
    pub passages: Vec<RelationPassage>,
}

/// A place of a template that two articles fill in differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferingFigures {
    /// Bytes of a.
    pub a: Span,
    /// Bytes of b.
    pub b: Span,
    /// The words of a.
    pub text_a: String,
    /// The words of b.
    pub text_b: String,
}

/// An aligned stretch of two articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationPassage {
    /// Bytes of a.
    pub a: Span,
    /// Bytes of b.
    pub b: Span,
    /// Whether at least four fifths of it stand inside quotation marks in a or in b.
    pub quoted: bool,
    /// Whether it is reporting on both sides; captions, credits and chrome are shown, not counted.
    pub reporting: bool,
    /// Its words, where the report carries the articles' texts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wording: Option<Box<Wording>>,
}

/// What the words of a passage add to the figures of its relation, and where they differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Words on both sides verbatim.
    pub words: u64,
    /// Of these, words inside quotation marks in at least one of the two.
    pub quoted_words: u64,
    /// Longest verbatim run, in words.
    pub longest_run: u64,
    /// Whether the relation's figures count it: reporting, and more than a stock phrase.
    pub counted: bool,
    /// Where the two differ between verbatim runs, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub differing: Vec<DifferingWords>,
}

/// Words of a passage that differ; one side may have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferingWords {
    /// Bytes of a.
    pub a: Option<Span>,
    /// Bytes of b.
    pub b: Option<Span>,
}

/// Who was first, if anything tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// The article that the text comes from, where that is established.
    pub from: Option<ArticleId>,
    /// How it stands.
    pub status: DirectionStatus,
    /// What was found, strongest first.
    pub evidence: Vec<DirectionEvidence>,
}

/// Something that tells, or fails to tell, who was first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectionEvidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// How much it counts.
    pub weight: Weight,
    /// The article that it points to as the earlier one, if it points to one.
    pub from: Option<ArticleId>,
    /// What was found, in plain words.
    pub text: String,
}

/// A strong shared passage, quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    /// The one article.
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// Words shared.
    pub words: u64,
    /// Bytes of a that `text_a` was taken from.
    pub span_a: Span,
    /// Bytes of b that `text_b` was taken from.
    pub span_b: Span,
    /// The words in a's spelling.
    pub text_a: String,
    /// The words in b's spelling.
    pub text_b: String,
}
