//! Outlets.

use serde::{Deserialize, Serialize};

/// One outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutletEntry {
    /// Its name as read.
    pub name: String,
    /// Its articles.
    pub articles: u64,
    /// Articles in at least one reprint relation with an outlet of another publisher.
    pub reprints: u64,
    /// Articles in at least one partial relation with an outlet of another publisher, and in no reprint.
    pub partial: u64,
    /// Agency-feed reprints.
    pub flagged: u64,
    /// Share of its reporting words that stand nowhere else.
    pub own_share: f64,
    /// The outlets that it shares text with, most article pairs first.
    pub edges: Vec<OutletEdge>,
}

/// What two outlets share, seen from one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletEdge {
    /// The other outlet.
    pub outlet: String,
    /// Pairs of articles with a reprint or partial relation.
    pub shares_text: u64,
    /// Of these, how many are established to come from the other outlet.
    pub from_other: u64,
    /// Words shared in these pairs.
    pub shared_words: u64,
}

/// Text of an outlet that recurs under its articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingText {
    /// The outlet.
    pub outlet: String,
    /// The words as first seen.
    pub text: String,
    /// Articles that carry it.
    pub articles: u64,
}
