//! Groups of related articles.

use serde::{Deserialize, Serialize};

use super::ArticleId;

/// A group of related articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryEntry {
    /// Stable name: `story-` and the number in this list, from 1.
    pub id: String,
    /// What most of its outlets call it, of equally many most of its articles, and then the earliest;
    /// `null` where none has a title.
    #[serde(default)]
    pub title: Option<String>,
    /// The members by stated time, unknown times last.
    pub articles: Vec<ArticleId>,
    /// Mean share that two members have in common, of the one that shares more, 0..=1; pairs
    /// without a relation count as 0, unless they carry a text of very many articles, which are not
    /// paired.
    pub cohesion: f64,
    /// How many of them are origins of their own.
    pub independent_origins: u64,
    /// Each origin with the reason why it counts.
    pub origins: Vec<OriginEntry>,
    /// The earlier text that a member shares most words with, for each that has one, in the order
    /// of `articles`. Earlier by the stated times: not who had it from whom.
    #[serde(default)]
    pub nearest_earlier: Vec<NearestEarlier>,
}

/// The earlier text of a story that an article shares most words with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearestEarlier {
    /// The article.
    pub article: ArticleId,
    /// The earlier one.
    pub earlier: ArticleId,
    /// Reporting words that both have, on the side where they are fewer.
    pub shared_words: u64,
}

/// One independent origin of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginEntry {
    /// What to call it: an agency, or the outlet or article that stands first.
    pub name: String,
    /// Why it counts as one origin.
    pub reason: String,
    /// The articles that go back to it.
    pub articles: Vec<ArticleId>,
}
