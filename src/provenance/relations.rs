//! What two articles have in common, in figures and in one word.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::direction;
use super::reporting::WordMarks;
use super::{Relation, SharedPassage};
use crate::agency::Credit;
use crate::corpus::Corpus;
use crate::matching::{ArticlePair, Matching, Passage};
use crate::text::Texts;

/// What two articles have in common, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nearly all of the shorter article's reporting text stands in the other.
    Reprint,
    /// A substantial part of the narrative is shared, and there is own text too.
    Partial,
    /// What is shared is (nearly) only quoted speech, statements, documents, lists.
    Quotation,
    /// Something is shared, too little for any of these.
    Incidental,
    /// Only chrome or standing text is shared.
    Boilerplate,
}

/// Where one verdict ends and the next begins. Shares are 0..=1 of the reporting words of the
/// article of which the larger part is shared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Least share of a reprint.
    pub reprint: f64,
    /// Least share of narrative of a partial.
    pub partial: f64,
    /// Fewest shared narrative words of a partial whose share is smaller: about two sentences.
    pub partial_words: u32,
    /// Least quoted share of the shared words of a quotation.
    pub quoted: f64,
    /// Fewest shared words of a quotation.
    pub quotation_words: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { reprint: 0.75, partial: 0.15, partial_words: 40, quoted: 0.75, quotation_words: 12 }
    }
}

/// The figures that a verdict rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Figures {
    words_a: u32,
    words_b: u32,
    quoted: u32,
    counted: u32,
    share_a: f64,
    share_b: f64,
    longest: u32,
}

impl Figures {
    fn share(&self) -> f64 {
        self.share_a.max(self.share_b)
    }

    fn shared(&self) -> u32 {
        self.words_a.min(self.words_b)
    }

    fn quoted_share(&self) -> f64 {
        share(self.quoted, self.counted)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// Judges every aligned pair, in order.
pub(super) fn judge(
    corpus: &Corpus,
    texts: &Texts,
    matching: &Matching,
    credits: &[Credit],
    words: &[WordMarks],
    thresholds: &Thresholds,
    done: &(dyn Fn(u64) + Sync),
) -> Vec<Relation> {
    matching
        .pairs
        .par_iter()
        .with_min_len(64)
        .map(|pair| {
            let (marks_a, marks_b) = (&words[pair.a as usize], &words[pair.b as usize]);
            let (figures, passages) = measure(pair, marks_a, marks_b);
            done(1);
            Relation {
                a: pair.a,
                b: pair.b,
                verdict: verdict(&figures, thresholds),
                shared_words: figures.shared(),
                share_a: figures.share_a,
                share_b: figures.share_b,
                quoted_share: figures.quoted_share(),
                longest_run: figures.longest,
                direction: direction::establish(corpus, texts, credits, pair.a, pair.b),
                passages,
            }
        })
        .collect()
}

/// Counts the shared reporting words of both sides. Text between two runs of a passage counts as
/// shared: it is what an editor changed.
fn measure(pair: &ArticlePair, a: &WordMarks, b: &WordMarks) -> (Figures, Vec<SharedPassage>) {
    let mut seen_a = Seen::default();
    let mut seen_b = Seen::default();
    let mut figures = Figures::default();
    let mut passages = Vec::with_capacity(pair.passages.len());
    for passage in &pair.passages {
        let in_a = passage.a.clone().filter(|&word| a.is_reporting(word)).count() as u32;
        let in_b = passage.b.clone().filter(|&word| b.is_reporting(word)).count() as u32;
        let reporting = in_a * 2 > passage.a.len() as u32 && in_b * 2 > passage.b.len() as u32;
        let quoted = quoted_words(passage, a, b);
        if reporting {
            figures.words_a += seen_a.add(passage.a.clone(), a);
            let new_b = seen_b.add(passage.b.clone(), b);
            figures.words_b += new_b;
            if new_b > 0 {
                figures.counted += passage.verbatim();
                figures.quoted += quoted;
            }
            figures.longest = figures.longest.max(passage.longest());
        }
        passages.push(SharedPassage {
            a: passage.a.clone(),
            b: passage.b.clone(),
            verbatim: passage.verbatim(),
            quoted: quoted * 5 >= passage.verbatim() * 4,
            reporting,
        });
    }
    figures.share_a = share(figures.words_a, a.reporting);
    figures.share_b = share(figures.words_b, b.reporting);
    (figures, passages)
}

/// Verbatim words of a passage inside quotation marks on at least one side.
fn quoted_words(passage: &Passage, a: &WordMarks, b: &WordMarks) -> u32 {
    passage
        .runs
        .iter()
        .map(|&(x, y, length)| {
            (0..length).filter(|i| a.is_quoted(x + i) || b.is_quoted(y + i)).count() as u32
        })
        .sum()
}

/// Words already counted, so that repeated text counts once.
#[derive(Default)]
struct Seen {
    ranges: Vec<std::ops::Range<u32>>,
}

impl Seen {
    /// Adds a range and returns how many of its reporting words are new.
    fn add(&mut self, range: std::ops::Range<u32>, marks: &WordMarks) -> u32 {
        let new = range
            .clone()
            .filter(|word| marks.is_reporting(*word) && !self.ranges.iter().any(|seen| seen.contains(word)))
            .count();
        self.ranges.push(range);
        new as u32
    }
}

/// The verdict that the figures give.
fn verdict(figures: &Figures, thresholds: &Thresholds) -> Verdict {
    if figures.shared() == 0 {
        return Verdict::Boilerplate;
    }
    let narrative = 1.0 - figures.quoted_share();
    let narrative_words = (f64::from(figures.shared()) * narrative) as u32;
    if figures.share() >= thresholds.reprint && figures.quoted_share() < 0.95 {
        Verdict::Reprint
    } else if figures.quoted_share() >= thresholds.quoted {
        if figures.shared() >= thresholds.quotation_words { Verdict::Quotation } else { Verdict::Incidental }
    } else if figures.share() * narrative >= thresholds.partial || narrative_words >= thresholds.partial_words
    {
        Verdict::Partial
    } else {
        Verdict::Incidental
    }
}
