//! The value itself: what one run found out, field by field.
//!
//! Shares are 0..=1. Offsets are bytes into the article's original UTF-8 text, half-open. Ids are
//! stable for the same input.

mod agency;
mod article;
mod input;
mod outlet;
mod pair;
mod relation;
mod run;
mod sameness;
pub(super) mod schema;
mod story;
mod summary;

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use super::Stream;
pub use crate::provenance::{DirectionStatus, Verdict};
pub use agency::{AgencyCredit, AgencyEntry, AgencyEvidence, CreditedElsewhere, RuleCount};
pub use article::{ArticleEntry, ArticleHead, Origins};
pub use input::{Input, SkippedEntry};
pub use outlet::{OutletEdge, OutletEntry, StandingText};
pub use pair::{MatchEntry, ParagraphRef, PassagePair};
pub use relation::{
    DifferingFigures, DifferingWords, Direction, DirectionEvidence, Highlight, RelationEntry,
    RelationPassage, Wording,
};
pub use run::{Options, Run};
pub use sameness::{ExactGroup, ExactKind, GroupMember, ParagraphGroup};
pub use story::{NearestEarlier, OriginEntry, StoryEntry};
pub use summary::Summary;

/// Name and version of the JSON layout.
pub const SCHEMA: &str = "wirecopy.report/1";

/// An article's id, shared by all places that mention it.
pub type ArticleId = Arc<str>;

/// A half-open byte range of an article's text.
pub type Span = [u32; 2];

/// Everything one run found out. The longest lists may be of a kind that makes its entries
/// while it is written, see [`StreamedReport`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report<A = Vec<ArticleEntry>, G = Vec<ParagraphGroup>, M = Vec<MatchEntry>, R = Vec<RelationEntry>>
{
    /// Always [`SCHEMA`].
    #[serde(deserialize_with = "own_layout")]
    pub schema: String,
    /// What was run.
    pub run: Run,
    /// The totals.
    pub summary: Summary,
    /// Every file read, sorted by path.
    pub inputs: Vec<Input>,
    /// Every article, in input order.
    pub articles: A,
    /// Articles that are wholly the same, largest group first.
    pub exact_groups: Vec<ExactGroup>,
    /// Stretches of text that stand in several articles word for word, largest group first.
    pub paragraph_groups: G,
    /// Verified pairs of distinct paragraphs; a paragraph that stands in several articles is
    /// named by its first place (the others are in `paragraph_groups`).
    pub matches: M,
    /// Verified pairs of articles, in the order of `articles`.
    pub relations: R,
    /// Groups of related articles, largest first.
    pub stories: Vec<StoryEntry>,
    /// Every outlet, by name.
    pub outlets: Vec<OutletEntry>,
    /// Every agency that any article credits, most articles first.
    pub agencies: Vec<AgencyEntry>,
    /// The strongest shared passages in the original's spelling, strongest first.
    pub highlights: Vec<Highlight>,
    /// Standing text that was set aside and counts for nobody, most articles first.
    pub standing_text: Vec<StandingText>,
    /// What was not read, and why.
    pub skipped: Vec<SkippedEntry>,
}

fn own_layout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    schema::only(SCHEMA, deserializer)
}

/// A report that is only to be written as JSON, in less memory, and only by [`super::json::write`].
pub type StreamedReport<'a> = Report<
    Stream<'a, ArticleEntry>,
    Stream<'a, ParagraphGroup>,
    Stream<'a, MatchEntry>,
    Stream<'a, RelationEntry>,
>;

impl<A, G, M, R> Report<A, G, M, R> {
    /// Adds rows about entries of a file that could not be used. They do not make the run
    /// incomplete: nothing of the input is missing.
    pub fn pass_over(&mut self, file: Option<&Path>, reasons: Vec<String>) {
        let path = file.map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
        self.summary.skipped += reasons.len() as u64;
        let row = |reason| SkippedEntry { path: path.clone(), record: None, incomplete: false, reason };
        self.skipped.extend(reasons.into_iter().map(row));
    }
}
