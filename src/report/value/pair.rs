//! Pairs of paragraphs.

use serde::{Deserialize, Serialize};

use super::{ArticleId, Span};

/// A verified pair of distinct paragraphs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchEntry {
    /// The one.
    pub a: ParagraphRef,
    /// The other.
    pub b: ParagraphRef,
    /// Share of a's distinct shingles that stand in b.
    pub containment_a: f64,
    /// Share of b's distinct shingles that stand in a.
    pub containment_b: f64,
    /// `strsim::normalized_levenshtein` of the normalised texts.
    pub similarity: f64,
    /// Aligned stretches.
    pub passages: Vec<PassagePair>,
}

/// A paragraph of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphRef {
    /// The article.
    pub article: ArticleId,
    /// Number of the paragraph, from 0.
    pub paragraph: u32,
}

/// An aligned stretch of two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassagePair {
    /// Bytes of the one.
    pub a: Span,
    /// Bytes of the other.
    pub b: Span,
}
