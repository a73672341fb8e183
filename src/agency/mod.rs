//! What an article says about a news agency, graded, with the words that say it.

use serde::{Deserialize, Serialize};

/// How strongly an article is tied to an agency, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Dateline, byline, credit line, sign-off, copyright or disclaimer credits the whole article.
    Declared,
    /// A feed is declared, no agency named.
    FeedUnnamed,
    /// "With inputs from X".
    Contributed,
    /// Source of one fact or quote.
    Cited,
    /// Picture credit only.
    Photo,
    /// The agency is the subject, or stands only in chrome.
    About,
    /// Nothing.
    None,
}
