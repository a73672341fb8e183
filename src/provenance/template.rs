//! Recurring templates: the same sentences with other figures on another day.
//!
//! Daily case numbers, bond closings and weather are written by filling in a form. The aligned
//! passages of two such articles are verbatim but for short gaps, and most of these hold a figure,
//! a month or a day of the week on both sides. A corrected or updated report differs in a figure
//! or two; a template differs in one every other sentence. Fails where an outlet words every
//! edition anew; then there is little verbatim text either.

use std::ops::Range;

use crate::corpus::Corpus;
use crate::matching::{ArticlePair, Passage};
use crate::text::Texts;

/// Fewest places with other figures.
const FIGURES: usize = 3;

/// Share of the places with other words in which figures differ. Names change too, of hospitals
/// or of winners.
const MOSTLY: f64 = 0.5;

/// Verbatim words per place with other figures, at most. Measured on the Sri Lankan pages: closings
/// of the bond market have 6 to 14, running updates of one event 40 and more.
const WORDS_PER_FIGURE: u32 = 25;

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
    /// The first of them, in the order of a.
    pub differing: Vec<Difference>,
}

/// Recognises a template that two articles of different days fill in. `counts` says which
/// passages count.
pub(super) fn recognise(
    corpus: &Corpus,
    texts: &Texts,
    pair: ArticlePair<'_>,
    counts: impl Fn(&Passage<'_>) -> bool,
) -> Option<Template> {
    let day = |article: u32| {
        corpus.articles[article as usize].published.as_ref().map(|time| time.value.local.date())
    };
    if day(pair.a)? == day(pair.b)? {
        return None;
    }
    let words = |article: u32| &texts.articles[article as usize].words;
    let is_figure = |article: u32, range: &Range<u32>| {
        let words = &words(article)[range.start as usize..range.end as usize];
        words.iter().any(|&word| names_figure(texts.vocabulary.word(word)))
    };
    let passages = || pair.passages().filter(|passage| counts(passage));
    let mut places = 0;
    let mut differing = Vec::new();
    for gap in passages().flat_map(gaps) {
        places += 1;
        if !gap.a.is_empty() && !gap.b.is_empty() && is_figure(pair.a, &gap.a) && is_figure(pair.b, &gap.b) {
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

/// What stands between the verbatim runs of a passage.
fn gaps(passage: Passage<'_>) -> impl Iterator<Item = Difference> {
    passage.runs.windows(2).map(|runs| {
        let (end_a, end_b) = runs[0].ends();
        Difference { a: end_a..runs[1].a, b: end_b..runs[1].b }
    })
}

/// Whether a folded word is a number, or names a month or a day of the week.
fn names_figure(word: &str) -> bool {
    const DATES: [&str; 42] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "yesterday",
    ];
    word.chars().any(char::is_numeric) || DATES.contains(&word)
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
        let matching = matching::find(&texts, &matching::Options::default(), &());
        let found = recognise(&corpus, &texts, matching.pairs.iter().next()?, |_| true)?;
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
