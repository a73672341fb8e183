//! Why a verdict is what it is: every threshold with the value that was found.
//!
//! The criteria say the same as the verdict itself, in the same order; a test holds the two equal.

use serde::{Deserialize, Serialize};

use super::relations::Figures;
use super::{Thresholds, Verdict, relations, reporting};
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
    criteria(&relations::figures(corpus, pair, texts, &words), thresholds)
}

fn criteria(figures: &Figures, thresholds: &Thresholds) -> Vec<Criterion> {
    let quoted = figures.quoted_share();
    let words = |verdict, name: &str, found: u32, needed: u32| Criterion {
        verdict,
        name: name.to_owned(),
        found: f64::from(found),
        needed: f64::from(needed),
        unit: Unit::Words,
        below: false,
        alternative: false,
        met: found >= needed,
    };
    let share = |verdict, name: &str, found: f64, needed: f64| Criterion {
        verdict,
        name: name.to_owned(),
        found,
        needed,
        unit: Unit::Share,
        below: false,
        alternative: false,
        met: found >= needed,
    };
    let below = |criterion: Criterion| {
        let met = criterion.found < criterion.needed;
        Criterion { below: true, met, ..criterion }
    };
    let or = |criterion: Criterion| Criterion { alternative: true, ..criterion };
    const QUOTED: &str = "quoted part of the shared words";
    let shared = |verdict, least: u32| words(verdict, "shared reporting words", figures.shared(), least);
    let any = |verdict| shared(verdict, 1);
    let narrative = |name: &str, least| words(Verdict::Partial, name, figures.narrative_words(), least);
    let run = |verdict, name: &str, longest: u32| words(verdict, name, longest, figures.needed_run());
    let several = words(Verdict::Partial, "shared sentences", figures.sentences, 2);
    // Only where it is asked for.
    let far = |verdict, longest: u32, enough: Criterion| {
        let name = format!("longest verbatim run, {} days apart", figures.days_apart);
        let run = words(verdict, &name, longest, figures.needed_far_run(thresholds));
        figures.are_far(thresholds).then_some([run, or(enough)]).into_iter().flatten()
    };
    let mut criteria = vec![
        any(Verdict::Reprint),
        share(Verdict::Reprint, "larger of the shares of A and B", figures.share(), thresholds.reprint),
        below(share(Verdict::Reprint, QUOTED, quoted, thresholds.only_quoted)),
        below(share(Verdict::Reprint, QUOTED, quoted, thresholds.quoted)),
        or(share(
            Verdict::Reprint,
            "shared part of what is not quoted",
            figures.unquoted_share(),
            thresholds.unquoted,
        )),
        run(Verdict::Reprint, "longest verbatim run", figures.longest),
        or(shared(Verdict::Reprint, thresholds.reprint_words)),
    ];
    criteria.extend(far(Verdict::Reprint, figures.longest, shared(Verdict::Reprint, thresholds.far_words)));
    criteria.extend([
        narrative("shared words of narrative", thresholds.partial_words),
        below(share(Verdict::Partial, QUOTED, quoted, thresholds.quoted)),
        share(Verdict::Partial, "larger share of narrative", figures.narrative_share(), thresholds.partial),
        or(Criterion { unit: Unit::Sentences, ..several }),
        or(narrative("words of one sentence", thresholds.partial_sentence)),
        run(Verdict::Partial, "longest verbatim run of narrative", figures.longest_narrative),
        or(share(
            Verdict::Partial,
            "share of narrative, if reworded",
            figures.narrative_share(),
            thresholds.reworded,
        )),
    ]);
    criteria.extend(far(
        Verdict::Partial,
        figures.longest_narrative,
        narrative("shared words of narrative", thresholds.far_words),
    ));
    criteria.extend([
        share(Verdict::Quotation, QUOTED, quoted, thresholds.quoted),
        or(words(
            Verdict::Quotation,
            "shared words inside quotation marks",
            figures.quoted,
            thresholds.quoted_words,
        )),
        shared(Verdict::Quotation, thresholds.quotation_words),
    ]);
    criteria
}

/// Whether all conditions of a verdict are met.
#[must_use]
pub fn holds(criteria: &[Criterion], verdict: Verdict) -> bool {
    let mut conditions: Vec<bool> = Vec::new();
    for criterion in criteria.iter().filter(|criterion| criterion.verdict == verdict) {
        match conditions.last_mut() {
            Some(last) if criterion.alternative => *last |= criterion.met,
            _ => conditions.push(criterion.met),
        }
    }
    !conditions.is_empty() && conditions.into_iter().all(|met| met)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_criteria_say_what_the_verdict_says(
            (words_a, words_b) in (0u32..80, 0u32..80),
            (whole_a, whole_b) in (1u32..120, 1u32..120),
            (verbatim, quoted, longest_narrative) in (0u32..80, 0.0f64..=1.0, 0u32..30),
            (sentences, days_apart) in (0u32..4, 0u32..8),
        ) {
            let figures = Figures {
                words_a,
                words_b,
                sentences,
                share_a: f64::from(words_a.min(whole_a)) / f64::from(whole_a),
                share_b: f64::from(words_b.min(whole_b)) / f64::from(whole_b),
                verbatim,
                quoted: (f64::from(verbatim) * quoted) as u32,
                shorter: whole_a.min(whole_b),
                longest: longest_narrative,
                longest_narrative,
                only_furniture: verbatim == 0,
                days_apart,
            };
            let thresholds = Thresholds::default();
            let criteria = criteria(&figures, &thresholds);
            let order = [Verdict::Reprint, Verdict::Partial, Verdict::Quotation];
            let said = order.into_iter().find(|&verdict| holds(&criteria, verdict));
            let verdict = relations::verdict(&figures, &thresholds);
            match verdict {
                Verdict::Incidental | Verdict::Boilerplate => prop_assert_eq!(said, None),
                _ => prop_assert_eq!(said, Some(verdict)),
            }
        }
    }
}
