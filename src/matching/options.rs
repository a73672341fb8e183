//! What counts as a match, and how that is told.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::containment::Needed;
use super::shingles;
use crate::text::WordId;

/// What counts as a match.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// Fewest words of a paragraph that is compared as a paragraph, at least 1; more than
    /// [`Options::MOST_WORDS`] count as that many. In scripts where a character is a word, twice as
    /// many.
    pub min_words: u32,
    /// Least share of the shorter paragraph's distinct shingles that stand in the other, above 0,
    /// at most 1.
    pub containment: f64,
    /// A smaller share that is enough where so many shingles are shared as [`Options::many_shingles`]
    /// says; above [`Options::containment`] it has no effect.
    pub long_containment: f64,
    /// Shared shingles that are many. In scripts where a character is a word, twice as many.
    pub many_shingles: u32,
    /// Fewest words of a verbatim run, at least 4; more than [`Options::MOST_WORDS`] count as that
    /// many. In scripts where a character is a word, twice as many.
    pub min_run: u32,
    /// Most articles that may hold a text whose holders are all paired with each other.
    pub group_limit: usize,
    /// Bytes that may be held at once beside the texts and what is found, about, and at least 1
    /// MiB; without it two bytes a word, from 64 to 192 MiB, but half a byte at least. Less means more
    /// passes over the words; the result is the same, so that no report names it.
    #[serde(skip)]
    pub memory: Option<u64>,
}

/// Calibrated on 178 labelled pairs of real articles, and read in a corpus of 33,231. A third of a long
/// paragraph is a reworded sentence: where all need a half, the correlation of the shared share with the
/// readers' falls from 0.966 to 0.956. A third of a short one is mostly a stock phrase: where it is
/// enough, three claims of copying are made that the readers do not share instead of two, and in the
/// corpus 190,000 more pairs of articles are related, mostly by a name and a title or by a form. From 13 shared
/// shingles to 16, and from 0.3 to 0.35, the figures are the same.
impl Default for Options {
    fn default() -> Self {
        Self {
            min_words: 8,
            containment: 0.5,
            long_containment: 0.35,
            many_shingles: 15,
            min_run: 12,
            group_limit: 50,
            memory: None,
        }
    }
}

impl Options {
    /// Most words that [`min_words`](Self::min_words) and [`min_run`](Self::min_run) can ask for: more
    /// than a paragraph has, and little enough that what is laid out for a run stays small.
    pub const MOST_WORDS: u32 = 10_000;

    /// The same, with no more words asked for than can be.
    pub(super) fn bounded(self) -> Self {
        let most = Self::MOST_WORDS;
        Self { min_words: self.min_words.min(most), min_run: self.min_run.min(most), ..self }
    }

    /// What a paragraph needs to be contained in a longer one, of which so many shingles are many.
    pub(super) fn needed(&self, many: u32) -> Needed {
        Needed { share: self.containment, many, share_of_many: self.long_containment }
    }

    /// How many shared shingles are many for a paragraph of these words.
    pub(super) fn many_needed(&self, words: &[WordId]) -> u32 {
        // A shingle begins at every word, also where two make up for one.
        let halves = u64::from(shingles::weight(words).max(1));
        let many = u64::from(self.many_shingles) * words.len() as u64 * u64::from(WordId::WHOLE) / halves;
        u32::try_from(many).unwrap_or(u32::MAX)
    }

    /// The share of its distinct shingles that a paragraph of these words needs to be contained in one
    /// with more of them, above 0, at most 1.
    #[must_use]
    pub fn share_needed(&self, words: &[WordId]) -> f64 {
        let mut distinct = BTreeSet::new();
        shingles::for_each_stretch(words, shingles::SHINGLE, |_, _, number| {
            distinct.insert(number);
        });
        let many = f64::from(self.many_needed(words)) / distinct.len().max(1) as f64;
        self.containment.min(self.long_containment.max(many))
    }
}

/// Says what is found and what is not, for people.
#[must_use]
pub fn contract(options: &Options) -> String {
    let Options { min_words, containment, many_shingles, min_run, group_limit, .. } = options.bounded();
    let long_containment = options.long_containment.min(containment);
    let many_characters = 2 * many_shingles;
    let (characters, run_characters) = (2 * min_words, 2 * min_run);
    format!(
        "What is compared
  Words are folded: case, compatibility forms, quotation marks, dashes, the dots of U.S. and
  punctuation do not count. A shingle is three consecutive words of a paragraph.

What is found, all of it, with no sampling and no upper limit on how common a text may be
  1. Every pair of distinct paragraphs of different articles, both of at least {min_words} words, where
     at least {containment} of the distinct shingles of the one with fewer of them stand in the other,
     or {many_shingles} of them and at least {long_containment}.
  2. Every verbatim run of at least {min_run} words that two articles share, wherever paragraph
     borders fall, moved or repeated.
  3. Identical paragraphs are groups with all their places. A text in more than {group_limit} articles
     is reported once, as a group: its articles are each related to the first one, and two of
     them to each other only where they share something rarer as well.
  Shorter paragraphs count where they continue a run.

Scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
  Every character is a word of half the weight: shingles are six characters, {many_characters} shingles are
  many, paragraphs count from {characters} and runs from {run_characters} characters. Mixed text is weighed word
  by word.

How paragraphs are compared
  Matched pairs carry containment both ways and a similarity: strsim's normalized Levenshtein
  of the folded texts, 0 to 1.

Its limits
  Paraphrase and translation are not found. Shingles are compared as 64-bit numbers: exactly
  for the first two million distinct words of a corpus; with more, one pair of different
  shingles is expected to be taken for the same in about 2,000 corpora of 10^8 words.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn of_characters_twice_as_many_shingles_are_many() {
        let needed = |body: String| {
            let texts = text::read(&[&body], &|_| ());
            Options::default().many_needed(&texts.articles[0].words)
        };
        assert_eq!(needed("word ".repeat(40)), 15);
        assert_eq!(needed("社".repeat(40)), 30);
        assert_eq!(needed(["word ".repeat(20), "社".repeat(20)].concat()), 20);
    }

    #[test]
    fn no_number_of_words_is_too_many() {
        let texts = text::read(&["The ferry drifted off Vell.", "The ferry drifted off Vell."], &|_| ());
        let found = |min_words, min_run| {
            let options = Options { min_words, min_run, ..Options::default() };
            assert!(contract(&options).contains(" words"));
            crate::matching::find(&texts, &options, &()).pairs.len()
        };
        assert_eq!((found(u32::MAX, u32::MAX), found(1 << 31, 1_000_000_000), found(1, 4)), (0, 0, 1));
    }

    #[test]
    fn a_longer_paragraph_needs_a_smaller_share() {
        let words: Vec<String> = (0..80).map(|number| format!("w{number}")).collect();
        let texts = text::read(&[&words.join(" ")], &|_| ());
        let needed = |count: usize| Options::default().share_needed(&texts.articles[0].words[..count]);
        assert_eq!([needed(8), needed(32)], [0.5; 2]);
        assert_eq!((needed(42), needed(80)), (15.0 / 40.0, 0.35));
    }
}
