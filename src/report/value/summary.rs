//! The totals.

use serde::{Deserialize, Serialize};

/// The totals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Files read.
    pub files: u64,
    /// Articles read.
    pub articles: u64,
    /// Distinct known outlets.
    pub outlets: u64,
    /// Paragraphs of all articles.
    pub paragraphs: u64,
    /// Words of all articles.
    pub words: u64,
    /// Groups of wholly equal articles.
    pub exact_groups: u64,
    /// Articles in those groups.
    pub exact_articles: u64,
    /// Matched pairs of distinct paragraphs.
    pub matches: u64,
    /// Groups of identical paragraphs or runs.
    pub paragraph_groups: u64,
    /// Article pairs that share something.
    pub relations: u64,
    /// Relations by verdict.
    pub reprints: u64,
    /// See [`Verdict::Partial`](super::Verdict::Partial).
    pub partials: u64,
    /// See [`Verdict::Quotation`](super::Verdict::Quotation).
    pub quotations: u64,
    /// See [`Verdict::Boilerplate`](super::Verdict::Boilerplate).
    pub boilerplate: u64,
    /// See [`Verdict::Incidental`](super::Verdict::Incidental).
    pub incidental: u64,
    /// Articles in at least one reprint or partial relation.
    pub articles_sharing: u64,
    /// Stories.
    pub stories: u64,
    /// Stories with exactly one independent origin.
    pub stories_with_one_origin: u64,
    /// Agency-feed reprints (level `declared` or `feed_unnamed`).
    pub flagged: u64,
    /// Articles that are no agency-feed reprints, name no agency, and match copy that another one credits.
    pub credited_elsewhere: u64,
    /// File names that carry what looks like a digest.
    pub names_with_digest: u64,
    /// Of these, confirmed.
    pub names_ok: u64,
    /// Of these, contradicted.
    pub names_mismatch: u64,
    /// Of these, neither.
    pub names_undecided: u64,
    /// Rows of `skipped`.
    pub skipped: u64,
}
