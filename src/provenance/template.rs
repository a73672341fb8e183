//! Recurring templates: the same sentences with other figures on another day.
//!
//! Daily case numbers, bond closings and weather are written by filling in a form. The aligned
//! passages of two such articles are verbatim but for short gaps, and most of these hold a figure,
//! a month or a day of the week on both sides. A corrected or updated report differs in a figure
//! or two; a template differs in one every other sentence.
//!
//! Forecasts change names of places more than figures. Their form shows in the corpus: the same
//! broken phrases tie an article to those of many other days ([`mark_recurring`]). Both fail where
//! an outlet words every edition anew; then there is little verbatim text either.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Relation, SharedPassage};
use crate::corpus::Corpus;
use crate::matching::{ArticlePair, Pairs, Passage};
use crate::parallel::Evenly;
use crate::text::Texts;

/// Fewest places with other figures.
const FIGURES: usize = 3;

/// Share of the places with other words in which figures differ. Names change too, of hospitals
/// or of winners.
const MOSTLY: f64 = 0.5;

/// Verbatim words per place with other figures, at most. Measured on the Sri Lankan pages: closings
/// of the bond market have 6 to 14, running updates of one event 40 and more.
const WORDS_PER_FIGURE: u32 = 25;

/// Other days on which both articles of a pair must have near relatives before what they share in
/// short runs is taken for a form. A story goes on for days, a form for months.
const RECURRING_DAYS: usize = 10;

/// Most words of the average verbatim run of a form. What an update takes over from the day before
/// is whole sentences.
const RUN_OF_A_FORM: u32 = 15;

/// Most words between two passages of one form.
const FILLED_IN: u32 = 12;

/// Most places that are kept.
const KEPT: usize = 20;

/// Two places that differ inside aligned text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Words of a.
    pub a: Range<u32>,
    /// Words of b.
    pub b: Range<u32>,
}

/// One template filled in twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Number of places with other figures.
    pub figures: u32,
    /// The first of the places with other figures or, where few figures differ, other words, in
    /// the order of a.
    pub differing: Vec<Difference>,
}

/// Recognises a template that two articles of different days fill in. `judged` says which passages
/// are reporting.
pub(super) fn recognise(
    corpus: &Corpus,
    texts: &Texts,
    pair: ArticlePair<'_>,
    judged: &[SharedPassage],
) -> Option<Template> {
    let day = |article: u32| corpus.articles[article as usize].day();
    if day(pair.a)? == day(pair.b)? {
        return None;
    }
    let passages = || reporting(pair, judged);
    let mut places = 0;
    let mut differing = Vec::new();
    for gap in gaps(passages()) {
        places += 1;
        if has_figure(texts, pair.a, &gap.a) && has_figure(texts, pair.b, &gap.b) {
            differing.push(gap);
        }
    }
    let figures = differing.len();
    let verbatim: u32 = passages().map(|passage| passage.verbatim()).sum();
    let recognised = figures >= FIGURES
        && figures as f64 >= MOSTLY * f64::from(places)
        && verbatim <= WORDS_PER_FIGURE * figures as u32;
    differing.truncate(KEPT);
    recognised.then_some(Template { figures: figures as u32, differing })
}

/// Marks the pairs of different days that share a form which the corpus shows to recur. `pairs`
/// are those of `relations`, in the same order.
pub(super) fn mark_recurring(corpus: &Corpus, texts: &Texts, pairs: &Pairs, relations: &mut [Relation]) {
    let day = |article: u32| corpus.articles[article as usize].day();
    let mut days: Vec<BTreeSet<Date>> = vec![BTreeSet::new(); corpus.articles.len()];
    for relation in relations.iter().filter(|r| r.verdict.shares_narrative()) {
        if let (Some(day_a), Some(day_b)) = (day(relation.a), day(relation.b))
            && day_a != day_b
        {
            days[relation.a as usize].insert(day_b);
            days[relation.b as usize].insert(day_a);
        }
    }
    let recurs = |article: u32| days[article as usize].len() >= RECURRING_DAYS;
    relations.par_iter_mut().evenly().enumerate().for_each(|(index, relation)| {
        let same_day = day(relation.a) == day(relation.b);
        if relation.template.is_none() && !same_day && recurs(relation.a) && recurs(relation.b) {
            relation.template = broken_form(texts, pairs.get(index), relation).map(Box::new);
        }
    });
}

/// The passages that are reporting.
fn reporting<'p>(
    pair: ArticlePair<'p>,
    judged: &'p [SharedPassage],
) -> impl Iterator<Item = Passage<'p>> + Clone {
    pair.passages().zip(judged).filter(|(_, judged)| judged.reporting).map(|(passage, _)| passage)
}

/// What two articles share in short runs, as a form with other words filled in.
fn broken_form(texts: &Texts, pair: ArticlePair<'_>, relation: &Relation) -> Option<Template> {
    let passages = || reporting(pair, &relation.passages);
    let runs: u32 = passages().map(|passage| passage.runs.len() as u32).sum();
    let verbatim: u32 = passages().map(|passage| passage.verbatim()).sum();
    if runs == 0 || verbatim > RUN_OF_A_FORM * runs {
        return None;
    }
    let other_words = |gap: &Difference| !gap.a.is_empty() && !gap.b.is_empty();
    let mut differing: Vec<Difference> = gaps(passages()).filter(other_words).collect();
    let figures =
        differing.iter().filter(|gap| has_figure(texts, pair.a, &gap.a) && has_figure(texts, pair.b, &gap.b));
    let figures = figures.count() as u32;
    differing.truncate(KEPT);
    Some(Template { figures, differing })
}

fn has_figure(texts: &Texts, article: u32, range: &Range<u32>) -> bool {
    let words = &texts.articles[article as usize].words[range.start as usize..range.end as usize];
    words.iter().any(|&word| names_figure(texts.vocabulary.word(word)))
}

/// What stands between the verbatim runs of passages in the order of a: inside a passage, and
/// between two that follow each other on both sides so closely that one form may hold both.
fn gaps<'m>(passages: impl Iterator<Item = Passage<'m>>) -> impl Iterator<Item = Difference> {
    let mut last: Option<(u32, u32)> = None;
    let runs = passages.flat_map(|passage| passage.runs.iter().enumerate().map(|(i, run)| (i > 0, *run)));
    runs.filter_map(move |(inside, run)| {
        let (end_a, end_b) = last.replace(run.ends())?;
        let close = |end: u32, next: u32| next >= end && next - end <= FILLED_IN;
        let same_form = inside || (close(end_a, run.a) && close(end_b, run.b));
        same_form.then_some(Difference { a: end_a..run.a, b: end_b..run.b })
    })
}

/// Whether a folded word is a number, or names a month or a day of the week.
fn names_figure(word: &str) -> bool {
    word.chars().any(char::is_numeric) || is_date_word(word)
}

fn is_date_word(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "januar"
            | "februar"
            | "märz"
            | "mai"
            | "juni"
            | "juli"
            | "oktober"
            | "dezember"
            | "montag"
            | "dienstag"
            | "mittwoch"
            | "donnerstag"
            | "freitag"
            | "samstag"
            | "sonntag"
            | "lundi"
            | "mardi"
            | "mercredi"
            | "jeudi"
            | "vendredi"
            | "samedi"
            | "dimanche"
            | "yesterday"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{self, ReadOptions};
    use crate::matching;
    use crate::text;

    /// The template of two records with text and date.
    fn template(a: (&str, &str), b: (&str, &str)) -> Option<Vec<(String, String)>> {
        let line = |(date, text): (&str, &str)| format!("{{\"date\":\"{date}\",\"text\":\"{text}\"}}\n");
        let records = [line(a), line(b)].concat();
        let listing = corpus::list(&["-".into()]);
        let corpus =
            corpus::read(listing, &ReadOptions::default(), &mut records.as_bytes(), &|_| ()).unwrap();
        let bodies: Vec<&str> = corpus.articles.iter().map(|article| &*article.body).collect();
        let texts = text::read(&bodies, &|_| ());
        // As of a long paragraph.
        let least = matching::Options::default().long_containment;
        let options = matching::Options { containment: least, ..matching::Options::default() };
        let matching = matching::find(&texts, &options, &());
        let pair = matching.pairs.iter().next()?;
        let reporting = SharedPassage { quoted: false, reporting: true, counted: true, quoted_words: 0 };
        let found = recognise(&corpus, &texts, pair, &vec![reporting; pair.passages().len()])?;
        let text = |article: usize, words: &Range<u32>| {
            let bytes = texts.articles[article].bytes_of(bodies[article], std::slice::from_ref(words));
            bodies[article][bytes[0].start as usize..bytes[0].end as usize].to_owned()
        };
        Some(found.differing.iter().map(|d| (text(0, &d.a), text(1, &d.b))).collect())
    }

    const MONDAY: &str = "The harbour of Vell recorded 41 ships on Monday, the harbour office said. \
        Of these, 12 were ferries and 29 carried freight. The longest waited 96 minutes for its berth.";
    const TUESDAY: &str = "The harbour of Vell recorded 38 ships on Tuesday, the harbour office said. \
        Of these, 11 were ferries and 27 carried freight. The longest waited 45 minutes for its berth.";

    #[test]
    fn the_same_form_with_other_figures() {
        let found = template(("2031-05-05", MONDAY), ("2031-05-06", TUESDAY)).unwrap();
        let pairs: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(pairs, [("41", "38"), ("Monday", "Tuesday"), ("12", "11"), ("29", "27"), ("96", "45")]);
    }

    #[test]
    fn a_correction_of_the_same_day_is_none() {
        assert_eq!(template(("2031-05-05", MONDAY), ("2031-05-05", TUESDAY)), None);
    }

    #[test]
    fn one_other_figure_in_a_long_report_is_none() {
        let later = MONDAY.replace("41", "43");
        assert_eq!(template(("2031-05-05", MONDAY), ("2031-05-06", &later)), None);
        assert_eq!(template(("2031-05-05", MONDAY), ("2031-05-06", MONDAY)), None);
    }

    #[test]
    fn other_names_are_no_figures() {
        let renamed = MONDAY.replace("Vell", "Oster").replace("ferries", "tugs").replace("freight", "coal");
        assert_eq!(template(("2031-05-05", MONDAY), ("2031-05-06", &renamed)), None);
    }
}
