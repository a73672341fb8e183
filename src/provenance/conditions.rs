//! The verdict as a list of conditions: what is decided is what is explained.

use super::figures::Figures;
use super::{Criterion, Thresholds, Unit, Verdict};

/// The verdicts that have conditions. The first that has all of them met stands.
const VERDICTS: [(Verdict, &[Condition]); 3] =
    [(Verdict::Reprint, REPRINT), (Verdict::Partial, PARTIAL), (Verdict::Quotation, QUOTATION)];

const REPRINT: &[Condition] = &[
    words("shared reporting words", Figures::shared, |_, _| 1),
    share("larger of the shares of A and B", Figures::share, |least| least.reprint),
    share(QUOTED, Figures::quoted_share, |least| least.only_quoted).below(),
    share(QUOTED, Figures::quoted_share, |least| least.quoted).below(),
    share("shared part of what is not quoted", Figures::unquoted_share, |least| least.unquoted).or(),
    words("longest verbatim run", |found| found.longest, |found, _| found.needed_run()),
    words("shared reporting words", Figures::shared, |_, least| least.reprint_words).or(),
    words("longest verbatim run", |found| found.longest, Figures::needed_far_run).far(),
    words("shared reporting words", Figures::shared, |_, least| least.far_words).far().or(),
];

const PARTIAL: &[Condition] = &[
    words("shared words of narrative", Figures::narrative_words, |_, least| least.partial_words),
    share(QUOTED, Figures::quoted_share, |least| least.quoted).below(),
    share("larger share of narrative", Figures::narrative_share, |least| least.partial),
    words("shared sentences", |found| found.sentences, |_, _| 2).of_sentences().or(),
    words("words of one sentence", Figures::narrative_words, |_, least| least.partial_sentence).or(),
    words(
        "longest verbatim run of narrative",
        |found| found.longest_narrative,
        |found, _| found.needed_run(),
    ),
    share("share of narrative, if reworded", Figures::narrative_share, |least| least.reworded).or(),
    words("longest verbatim run", |found| found.longest_narrative, Figures::needed_far_run).far(),
    words("shared words of narrative", Figures::narrative_words, |_, least| least.far_words).far().or(),
];

const QUOTATION: &[Condition] = &[
    share(QUOTED, Figures::quoted_share, |least| least.quoted),
    words("shared words inside quotation marks", |found| found.quoted, |_, least| least.quoted_words).or(),
    words("shared reporting words", Figures::shared, |_, least| least.quotation_words),
];

const QUOTED: &str = "quoted part of the shared words";

/// A figure and what it must reach.
#[derive(Clone, Copy)]
struct Condition {
    name: &'static str,
    unit: Unit,
    measure: Measure,
    /// Whether the figure must stay below the threshold, instead of reaching it.
    below: bool,
    /// Whether it is enough that this one or the one before is met.
    alternative: bool,
    /// Whether it is asked only of articles that are far apart in time.
    only_far: bool,
}

/// The figure of a condition, and its threshold.
#[derive(Clone, Copy)]
enum Measure {
    Count(fn(&Figures) -> u32, fn(&Figures, &Thresholds) -> u32),
    Share(fn(&Figures) -> f64, fn(&Thresholds) -> f64),
}

const fn words(
    name: &'static str,
    found: fn(&Figures) -> u32,
    needed: fn(&Figures, &Thresholds) -> u32,
) -> Condition {
    Condition::new(name, Unit::Words, Measure::Count(found, needed))
}

const fn share(name: &'static str, found: fn(&Figures) -> f64, needed: fn(&Thresholds) -> f64) -> Condition {
    Condition::new(name, Unit::Share, Measure::Share(found, needed))
}

impl Condition {
    const fn new(name: &'static str, unit: Unit, measure: Measure) -> Self {
        Self { name, unit, measure, below: false, alternative: false, only_far: false }
    }

    const fn of_sentences(self) -> Self {
        Self { unit: Unit::Sentences, ..self }
    }

    const fn below(self) -> Self {
        Self { below: true, ..self }
    }

    const fn or(self) -> Self {
        Self { alternative: true, ..self }
    }

    const fn far(self) -> Self {
        Self { only_far: true, ..self }
    }

    fn is_asked(&self, figures: &Figures, thresholds: &Thresholds) -> bool {
        !self.only_far || figures.are_far(thresholds)
    }

    /// The figure and the threshold.
    fn values(&self, figures: &Figures, thresholds: &Thresholds) -> (f64, f64) {
        match self.measure {
            Measure::Count(found, needed) => {
                (f64::from(found(figures)), f64::from(needed(figures, thresholds)))
            }
            Measure::Share(found, needed) => (found(figures), needed(thresholds)),
        }
    }

    fn is_met(&self, figures: &Figures, thresholds: &Thresholds) -> bool {
        let (found, needed) = self.values(figures, thresholds);
        if self.below { found < needed } else { found >= needed }
    }

    /// The condition with its values, as users read it.
    fn criterion(&self, verdict: Verdict, figures: &Figures, thresholds: &Thresholds) -> Criterion {
        let (found, needed) = self.values(figures, thresholds);
        Criterion {
            verdict,
            name: match self.only_far && !self.alternative {
                true => format!("{}, {} days apart", self.name, figures.days_apart),
                false => self.name.to_owned(),
            },
            found,
            needed,
            unit: self.unit,
            below: self.below,
            alternative: self.alternative,
            met: self.is_met(figures, thresholds),
        }
    }
}

/// The verdict that the figures give.
pub(super) fn decide(figures: &Figures, thresholds: &Thresholds) -> Verdict {
    for (verdict, conditions) in VERDICTS {
        let asked = conditions.iter().filter(|condition| condition.is_asked(figures, thresholds));
        if all_met(asked.map(|condition| (condition.alternative, condition.is_met(figures, thresholds)))) {
            return verdict;
        }
    }
    if figures.shared() == 0 && figures.only_furniture { Verdict::Boilerplate } else { Verdict::Incidental }
}

/// Whether of each condition and its alternatives one is met; without any condition it is not. Each comes
/// with whether it is an alternative to the one before.
pub(super) fn all_met(conditions: impl Iterator<Item = (bool, bool)>) -> bool {
    let mut last = None;
    for (alternative, met) in conditions {
        match last {
            Some(false) if !alternative => return false,
            Some(true) if alternative => {}
            _ => last = Some(met),
        }
    }
    last == Some(true)
}

/// All conditions that are asked, with what was found, in the order of the verdicts.
pub(super) fn criteria(figures: &Figures, thresholds: &Thresholds) -> Vec<Criterion> {
    let all = VERDICTS
        .iter()
        .flat_map(|(verdict, conditions)| conditions.iter().map(move |condition| (*verdict, condition)));
    all.filter(|(_, condition)| condition.is_asked(figures, thresholds))
        .map(|(verdict, condition)| condition.criterion(verdict, figures, thresholds))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::holds;
    use super::*;

    proptest! {
        #[test]
        fn of_each_condition_and_its_alternatives_one_is_enough(
            conditions in proptest::collection::vec(any::<(bool, bool)>(), 0..8),
        ) {
            let mut groups: Vec<bool> = Vec::new();
            for &(alternative, met) in &conditions {
                match groups.last_mut() {
                    Some(last) if alternative => *last |= met,
                    _ => groups.push(met),
                }
            }
            let expected = !groups.is_empty() && groups.into_iter().all(|met| met);
            prop_assert_eq!(all_met(conditions.into_iter()), expected);
        }

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
            let verdict = decide(&figures, &thresholds);
            match verdict {
                Verdict::Incidental | Verdict::Boilerplate => prop_assert_eq!(said, None),
                _ => prop_assert_eq!(said, Some(verdict)),
            }
        }
    }
}
