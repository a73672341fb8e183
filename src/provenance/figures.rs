//! The figures that a verdict rests on.

use super::Thresholds;

/// Verbatim words from which a passage counts wherever it stands. Shorter ones occur in articles
/// that have nothing to do with each other.
pub(super) const STOCK_PHRASE: u32 = 12;

/// What was counted in one pair of articles.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Figures {
    /// Shared reporting words of either side.
    pub(super) words_a: u32,
    pub(super) words_b: u32,
    /// Sentences of which a good part is shared, of the side where they are more.
    pub(super) sentences: u32,
    pub(super) share_a: f64,
    pub(super) share_b: f64,
    /// Reporting words of the side that has fewer.
    pub(super) shorter: u32,
    /// Verbatim words of the passages that count, and those of them inside quotation marks.
    pub(super) verbatim: u32,
    pub(super) quoted: u32,
    pub(super) longest: u32,
    /// Longest run outside quotation marks.
    pub(super) longest_narrative: u32,
    /// Whether nothing but captions, credits, chrome and standing text is shared.
    pub(super) only_furniture: bool,
    /// Days between the stated dates of the two; 0 where one states none.
    pub(super) days_apart: u32,
}

impl Figures {
    pub(super) fn share(&self) -> f64 {
        self.share_a.max(self.share_b)
    }

    pub(super) fn shared(&self) -> u32 {
        self.words_a.min(self.words_b)
    }

    pub(super) fn quoted_share(&self) -> f64 {
        share(self.quoted, self.verbatim)
    }

    /// Shared words outside quotation marks.
    pub(super) fn narrative_words(&self) -> u32 {
        // What is a whole number may be a hair less in binary.
        (f64::from(self.shared()) * (1.0 - self.quoted_share()) + 1e-9) as u32
    }

    /// Words of a run that is no stock phrase: fewer where they are all that an article says.
    pub(super) fn needed_run(&self) -> u32 {
        STOCK_PHRASE.min(self.shorter)
    }

    /// Of what the better contained article says outside quotation marks, the share that is shared.
    /// What is not shared counts as said by itself.
    pub(super) fn unquoted_share(&self) -> f64 {
        let shared = self.narrative_share();
        let own = 1.0 - self.share();
        if shared > 0.0 { shared / (shared + own) } else { 0.0 }
    }

    /// Whether the two are far apart in time.
    pub(super) fn are_far(&self, thresholds: &Thresholds) -> bool {
        self.days_apart >= thresholds.far_days
    }

    /// Words of a run that does not recur over years: fewer where they are all that an article says.
    pub(super) fn needed_far_run(&self, thresholds: &Thresholds) -> u32 {
        thresholds.far_run.min(self.shorter)
    }

    /// The larger share that is narrative.
    pub(super) fn narrative_share(&self) -> f64 {
        self.share() * (1.0 - self.quoted_share())
    }
}

/// The share of a part; 0 of nothing.
pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
