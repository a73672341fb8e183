//! What two articles have in common, in one word.

use serde::{Deserialize, Serialize};

/// What two articles have in common, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Most of what one article reports stands in the other: at least [`Thresholds::reprint`].
    Reprint,
    /// A substantial part of the narrative is shared, and there is own text too.
    Partial,
    /// What is shared is quoted speech or statements, with little narrative or none.
    Quotation,
    /// Something is shared, too little for any of these.
    Incidental,
    /// Only chrome or standing text is shared.
    Boilerplate,
}

impl Verdict {
    /// The name that JSON has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Reprint => "reprint",
            Self::Partial => "partial",
            Self::Quotation => "quotation",
            Self::Incidental => "incidental",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// Whether a substantial part of the one article's narrative stands in the other.
    #[must_use]
    pub fn shares_narrative(self) -> bool {
        matches!(self, Self::Reprint | Self::Partial)
    }
}

/// Where one verdict ends and the next begins. Shares are 0..=1 of the reporting words of the
/// article of which the larger part is shared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Least share of a reprint.
    pub reprint: f64,
    /// Quoted share of the shared words from which even a wholly shared text is a quotation.
    pub only_quoted: f64,
    /// Least share of what an article says outside quotation marks that a reprint shares where the
    /// shared words are quoted for as large a part as those of a quotation.
    pub unquoted: f64,
    /// Least quoted share of the shared words of a quotation;
    pub quoted: f64,
    /// or fewest shared words inside quotation marks, where the shared narrative is too little.
    pub quoted_words: u32,
    /// Fewest shared words of a quotation.
    pub quotation_words: u32,
    /// Fewest shared words of a reprint without a verbatim run of twelve words: about two sentences.
    /// One sentence is often a form that is filled in anew each day.
    pub reprint_words: u32,
    /// Fewest shared narrative words of a partial.
    pub partial_words: u32,
    /// Least share of narrative of a partial of one sentence;
    pub partial: f64,
    /// or fewest words that it shares: more than five in six sentences have. A title, a list of those
    /// present, or the background to a story fill a sentence of the usual length.
    pub partial_sentence: u32,
    /// Least share of narrative of a partial without a verbatim run of twelve words.
    pub reworded: f64,
    /// Days between two articles from which they are far apart: what offices and laws are called, how
    /// they word what they announce, and who an author is recurs for years. Then a reprint or a partial
    /// takes a verbatim run of
    pub far_days: u32,
    /// so many words (or all of a shorter article),
    pub far_run: u32,
    /// or so many shared words (of narrative, for a partial).
    pub far_words: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            reprint: 0.67,
            only_quoted: 0.95,
            unquoted: 0.5,
            quoted: 0.67,
            quoted_words: 25,
            quotation_words: 12,
            reprint_words: 25,
            partial_words: 25,
            partial: 0.15,
            partial_sentence: 35,
            reworded: 0.5,
            far_days: 4,
            far_run: 20,
            far_words: 60,
        }
    }
}
