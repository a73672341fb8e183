//! Paragraphs as folded texts, to be compared with one of them.

use super::similarity::{characters, similarity_over};
use crate::text::{Vocabulary, WordId};

/// A paragraph as its folded text, in reusable memory.
#[derive(Debug, Default)]
pub(crate) struct Folded<'w> {
    words: &'w [WordId],
    /// A space before each word. As it stands before the first one too, texts are a character longer
    /// than by themselves, and as far from each other.
    text: String,
    /// Where in the text each word ends, with the start before them.
    ends: Vec<usize>,
    /// Characters of the text.
    length: usize,
    /// Room for what differs in another.
    other: String,
}

impl<'w> Folded<'w> {
    /// Takes this paragraph.
    pub(crate) fn hold(&mut self, words: &'w [WordId], vocabulary: &Vocabulary) {
        self.words = words;
        self.text.clear();
        self.ends.clear();
        self.ends.push(0);
        for &word in words {
            push(&mut self.text, vocabulary.word(word));
            self.ends.push(self.text.len());
        }
        self.length = characters(&self.text);
    }

    /// The similarity of its text and that of another paragraph, none of them empty:
    /// [`normalized_levenshtein`](super::normalized_levenshtein). Only what stands between the words
    /// that both begin with and end with is looked at.
    pub(crate) fn similarity(&mut self, other: &[WordId], vocabulary: &Vocabulary) -> f64 {
        let same =
            |pairs: &mut dyn Iterator<Item = (&WordId, &WordId)>| pairs.take_while(|(x, y)| x == y).count();
        let before = same(&mut self.words.iter().zip(other));
        let (rest, other) = (&self.words[before..], &other[before..]);
        let after = same(&mut rest.iter().rev().zip(other.iter().rev()));
        let own = &self.text[self.ends[before]..self.ends[self.words.len() - after]];
        self.other.clear();
        other[..other.len() - after].iter().for_each(|&word| push(&mut self.other, vocabulary.word(word)));
        let both = self.length - characters(own);
        let longer = both + characters(own).max(characters(&self.other));
        similarity_over(own, &self.other, longer.saturating_sub(1))
    }
}

fn push(text: &mut String, word: &str) {
    text.push(' ');
    text.push_str(word);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{self, words};

    proptest! {
        #[test]
        fn similarity_is_strsims_of_the_folded_texts(
            a in proptest::collection::vec("[ab]{1,3}|é|新", 1..12),
            b in proptest::collection::vec("[ab]{1,3}|é|新", 1..12),
            before in proptest::collection::vec("[ab]{1,3}|社", 0..3),
            after in proptest::collection::vec("[ab]{1,3}|社", 0..3),
        ) {
            let [a, b] = [a, b].map(|middle| [before.clone(), middle, after.clone()].concat().join(" "));
            let texts = text::read(&[&a, &b], &|_| ());
            let mut folded = Folded::default();
            folded.hold(&texts.articles[0].words, &texts.vocabulary);
            let similarity = folded.similarity(&texts.articles[1].words, &texts.vocabulary);
            prop_assert_eq!(
                similarity,
                strsim::normalized_levenshtein(&words::normalised(&a), &words::normalised(&b))
            );
        }
    }
}
