//! Why a verdict is what it is: every threshold with the value that was found.

use serde::{Deserialize, Serialize};

use super::{Thresholds, Verdict, conditions, relations, reporting};
use crate::corpus::Corpus;
use crate::matching::Matching;
use crate::text::Texts;

/// A condition of a verdict, with what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// The verdict that it is a condition of. The first verdict that has all its conditions met
    /// stands; without any it is [`Verdict::Incidental`].
    pub verdict: Verdict,
    /// What is measured.
    pub name: String,
    /// The value, in words or as a share.
    pub found: f64,
    /// The threshold, in the same unit.
    pub needed: f64,
    /// Words or a share.
    pub unit: Unit,
    /// Whether the value must stay below the threshold, instead of reaching it.
    pub below: bool,
    /// Whether it is enough that this one or the one before is met.
    pub alternative: bool,
    /// Whether the value meets the threshold.
    pub met: bool,
}

/// What a criterion counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Words.
    Words,
    /// Sentences of which a good part is shared.
    Sentences,
    /// A share, 0..=1.
    Share,
}

/// Explains the verdict on the only pair of a corpus of two articles; nothing where they are no
/// pair.
#[must_use]
pub fn explain(
    corpus: &Corpus,
    texts: &Texts,
    matching: &Matching,
    thresholds: &Thresholds,
) -> Vec<Criterion> {
    let Some(pair) = matching.pairs.iter().next() else { return Vec::new() };
    let (words, _) = reporting::mark(corpus, texts, matching);
    let (figures, _) = relations::figures(corpus, pair, texts, &words);
    conditions::criteria(&figures, thresholds)
}

/// Whether all conditions of a verdict are met.
#[must_use]
pub fn holds(criteria: &[Criterion], verdict: Verdict) -> bool {
    let of_verdict = criteria.iter().filter(|criterion| criterion.verdict == verdict);
    conditions::all_met(of_verdict.map(|criterion| (criterion.alternative, criterion.met)))
}
