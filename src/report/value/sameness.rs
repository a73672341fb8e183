//! Text that stands in several places word for word.

use serde::{Deserialize, Serialize};

use super::ArticleId;

/// Articles that are wholly the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactGroup {
    /// `bytes`: the same bytes; `text`: the same words.
    pub kind: ExactKind,
    /// The members, in input order.
    pub articles: Vec<ArticleId>,
}

/// In what sense articles are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExactKind {
    /// The same bytes.
    Bytes,
    /// Different bytes, the same normalised words.
    Text,
}

/// A stretch of text that stands in several articles word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphGroup {
    /// The text as the first member spells it.
    pub text: String,
    /// Number of different articles among the members.
    pub articles: u64,
    /// Whether its members are not paired with each other because there are more than
    /// `group_limit` articles; each is then related to the first one only.
    pub represents_pairs: bool,
    /// Every place where it stands, in input order.
    pub members: Vec<GroupMember>,
}

/// One place of a paragraph group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// The article.
    pub article: ArticleId,
    /// Number of the paragraph (for a run across borders the first one), from 0.
    pub paragraph: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}
