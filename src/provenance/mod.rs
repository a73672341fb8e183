//! Pairs and evidence in; relations, stories and outlets out, each claim with its reasons.

mod agencies;
mod blocks;
mod conditions;
mod direction;
mod exact;
mod explain;
mod figures;
mod keep;
mod lineage;
mod origins;
mod outlets;
mod overrides;
mod relations;
mod reporting;
mod stories;
mod strongest;
mod template;
mod verdict;
mod wire;
mod words;

pub use agencies::AgencySummary;
pub use blocks::{Block, Piece, blocks};
pub use direction::{Direction, DirectionStatus, Evidence, EvidenceKind, Weight};
pub use exact::{ExactGroup, Sameness};
pub use explain::{Criterion, Unit, explain, holds};
pub use keep::{Candidate, Choice, Held, KeepRule, Ownership, keep};
pub use lineage::NearestEarlier;
pub use origins::StoryOrigin;
pub use outlets::{OutletEdge, OutletSummary};
pub use overrides::{BY_HAND, Overrides, OverridesError};
pub use relations::MEASURE;
pub use reporting::StandingText;
pub use stories::Story;
pub use strongest::Strongest;
pub use template::{Difference, Template};
pub use verdict::{Thresholds, Verdict};
pub use wire::{CreditedElsewhere, Wire};

use crate::agency::Credit;
use crate::corpus::Corpus;
use crate::matching::Matching;
use crate::text::Texts;
use direction::Namings;

/// A judged pair of articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Index of the article that comes first in input order.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// What it amounts to.
    pub verdict: Verdict,
    /// The reason, where a person has set the verdict.
    pub set_by_hand: Option<Box<str>>,
    /// Reporting words that both have, on the side where they are fewer.
    pub shared_words: u32,
    /// Share of a's reporting words that stand in b, 0..=1.
    pub share_a: f64,
    /// Share of b's reporting words that stand in a, 0..=1.
    pub share_b: f64,
    /// Share of the shared words that stand inside quotation marks in a or in b, 0..=1.
    pub quoted_share: f64,
    /// Longest verbatim run of reporting words.
    pub longest_run: u32,
    /// The template that both fill in with other figures, if they do.
    pub template: Option<Box<Template>>,
    /// Who was first, if anything tells.
    pub direction: Direction,
    /// What each passage of the pair counts for, in their order; see
    /// [`Pairs`](crate::matching::Pairs).
    pub passages: Box<[SharedPassage]>,
}

/// What an aligned stretch of a relation counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPassage {
    /// Whether at least four fifths of it stand inside quotation marks in a or in b.
    pub quoted: bool,
    /// Whether it is reporting on both sides, rather than captions, credits, chrome.
    pub reporting: bool,
    /// Whether the figures of the relation count it: reporting, and more than a stock phrase.
    pub counted: bool,
    /// Of the verbatim words, those inside quotation marks in a or in b.
    pub quoted_words: u32,
}

/// How much of one article stands elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reuse {
    /// Words of reporting text.
    pub reporting: u32,
    /// Of these, words that also stand in another article.
    pub reused: u32,
    /// Of the reused ones, words inside quotation marks here or there.
    pub quoted: u32,
}

/// All judgements about a corpus.
#[derive(Debug, Default)]
pub struct Provenance {
    /// Relations, sorted by a, then b.
    pub relations: Vec<Relation>,
    /// Per article, in corpus order.
    pub reuse: Vec<Reuse>,
    /// What other articles tell about the agency copy in each, in corpus order.
    pub wire: Vec<Wire>,
    /// Groups of related articles, largest first.
    pub stories: Vec<Story>,
    /// Known outlets, by name.
    pub outlets: Vec<OutletSummary>,
    /// Credited agencies, most declared articles first.
    pub agencies: Vec<AgencySummary>,
    /// Text that an outlet prints under many articles, most articles first.
    pub standing: Vec<StandingText>,
    /// Articles that are wholly the same, largest group first.
    pub exact: Vec<ExactGroup>,
    /// The longest shared passages, each text once.
    pub strongest: Vec<Strongest>,
    namings: Namings,
}

impl Provenance {
    /// What was found on who was first of a relation's two articles, strongest first; nothing where
    /// too little is shared to ask. `corpus` and `credits` are those that were judged.
    #[must_use]
    pub fn evidence(&self, corpus: &Corpus, credits: &[Credit], relation: &Relation) -> Vec<Evidence> {
        direction::evidence(corpus, credits, &self.namings, relation)
    }
}

/// Judges everything that was matched. `done` is called with the number of pairs finished.
#[must_use]
pub fn judge(
    corpus: &Corpus,
    texts: &Texts,
    matching: &Matching,
    credits: &[Credit],
    thresholds: &Thresholds,
    overrides: &Overrides,
    done: &(dyn Fn(u64) + Sync),
) -> Provenance {
    let (words, standing) = reporting::mark(corpus, texts, matching);
    let mut relations = relations::judge(corpus, texts, matching, &words, thresholds, done);
    template::mark_recurring(corpus, texts, &matching.pairs, &mut relations);
    overrides.settle_relations(corpus, &mut relations);
    let namings = direction::establish(corpus, credits, &mut relations);
    let agencies = agencies::summarise(credits);
    // Neither half needs anything of the other, so that threads need not wait.
    let ((reuse, stories, outlets), (wire, (exact, strongest))) = rayon::join(
        || {
            let reuse = reporting::reuse(texts, matching, &relations, &words);
            let (stories, outlets) = rayon::join(
                || stories::group(corpus, credits, matching, &relations, &reuse),
                || outlets::summarise(corpus, credits, &relations, &reuse),
            );
            (reuse, stories, outlets)
        },
        || {
            rayon::join(
                || wire::trace(matching, credits, &relations, &words, thresholds),
                || (exact::group(corpus, texts), strongest::choose(texts, &matching.pairs, &relations)),
            )
        },
    );
    Provenance { relations, reuse, wire, stories, outlets, agencies, standing, exact, strongest, namings }
}

/// Looks up the agency copy of every article in the others, and judges nothing else: the part of
/// [`judge`] that flagging needs. `done` is called with the number of pairs finished.
#[must_use]
pub fn trace_wire(
    corpus: &Corpus,
    texts: &Texts,
    matching: &Matching,
    credits: &[Credit],
    thresholds: &Thresholds,
    done: &(dyn Fn(u64) + Sync),
) -> Vec<Wire> {
    let (words, _) = reporting::mark(corpus, texts, matching);
    let relations = relations::judge(corpus, texts, matching, &words, thresholds, done);
    wire::trace(matching, credits, &relations, &words, thresholds)
}
