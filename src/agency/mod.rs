//! What an article says about a news agency, graded, with the words that say it.
//!
//! All knowledge about agencies lies in one data file, `agencies.toml`; the code here knows only
//! where in an article each kind of rule looks. No credit found is no proof of own reporting:
//! extractors often delete credit lines.

mod compiled;
mod evidence;
mod marks;
mod rules;
#[cfg(test)]
mod traps;
mod zones;

use serde::{Deserialize, Serialize};

pub use compiled::CompiledRules;
pub use evidence::{Credit, Evidence, read};
pub use rules::{Agency, FeedKind, Rules, RulesError, Spot};

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

impl Level {
    /// Whether this level makes the article an agency-feed reprint.
    #[must_use]
    pub fn is_feed(self) -> bool {
        matches!(self, Self::Declared | Self::FeedUnnamed)
    }

    /// The name that every output has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::FeedUnnamed => "feed_unnamed",
            Self::Contributed => "contributed",
            Self::Cited => "cited",
            Self::Photo => "photo",
            Self::About => "about",
            Self::None => "none",
        }
    }
}
