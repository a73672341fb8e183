//! Words as numbers: equal ids mean equal folded words.

use std::ops::Range;

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

use super::words::{Folded, is_word_by_itself};

/// A folded word as a number. Ids of words that are one character of an unspaced script have the
/// highest bit set; see [`WordId::weight`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

const CHARACTER: u32 = 1 << 31;

impl WordId {
    /// The weight of an ordinary word.
    pub const WHOLE: u32 = 2;

    /// How much the word counts in lengths: 2 for an ordinary word, 1 for a character of an
    /// unspaced script, where two characters are about as telling as one word.
    #[must_use]
    #[inline]
    pub fn weight(self) -> u32 {
        if self.0 & CHARACTER == 0 { Self::WHOLE } else { 1 }
    }

    /// The id as a number, for hashing and packing.
    #[must_use]
    #[inline]
    pub fn get(self) -> u32 {
        self.0
    }

    fn of(word: Folded<'_>, index: u32) -> Self {
        let spaced = word.as_bytes().first().is_none_or(u8::is_ascii);
        let character = !spaced && word.as_str().chars().next().is_some_and(is_word_by_itself);
        Self(if character { index | CHARACTER } else { index })
    }

    fn index(self) -> usize {
        (self.0 & !CHARACTER) as usize
    }
}

/// The distinct folded words of a corpus or of a part of it.
#[derive(Debug, Default)]
pub struct Vocabulary {
    table: HashTable<Known>,
    words: WordList,
}

/// Words by their number.
#[derive(Debug, Default)]
pub(super) struct WordList {
    ends: Vec<u32>,
    letters: String,
}

impl WordList {
    fn get(&self, index: usize) -> &str {
        &self.letters[self.range(index)]
    }

    fn iter(&self) -> impl Iterator<Item = Folded<'_>> {
        (0..self.ends.len()).map(|index| self.get(index).into())
    }

    fn bytes(&self, index: usize) -> &[u8] {
        &self.letters.as_bytes()[self.range(index)]
    }

    fn range(&self, index: usize) -> Range<usize> {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        start..self.ends[index] as usize
    }

    fn push(&mut self, word: &str) {
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).expect("vocabulary below 4 GiB"));
    }
}

/// A word in the table. Most words are told apart without looking at their letters elsewhere.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// [`Folded::first`].
    first: u64,
    /// In bytes.
    length: u32,
    index: u32,
}

fn hash(word: Folded<'_>) -> u64 {
    if !word.is_short() {
        return xxh3_64(word.as_bytes());
    }
    // Multiplied out to 128 bits, every letter reaches every bit of one of the halves.
    let product = u128::from(word.first() ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
    (product >> 64) as u64 ^ product as u64
}

impl Vocabulary {
    /// Returns the id of `word`, a new one when the word is new.
    pub fn intern(&mut self, word: Folded<'_>) -> WordId {
        let index = self.index_of(word).unwrap_or_else(|| self.add(word));
        WordId::of(word, index)
    }

    fn index_of(&self, word: Folded<'_>) -> Option<u32> {
        let Self { table, words } = self;
        let letters = word.as_bytes();
        let known = table.find(hash(word), |known| {
            known.first == word.first()
                && known.length as usize == letters.len()
                && (word.is_short() || words.bytes(known.index as usize) == letters)
        });
        known.map(|known| known.index)
    }

    fn add(&mut self, word: Folded<'_>) -> u32 {
        let Self { table, words } = self;
        let index = u32::try_from(words.ends.len())
            .ok()
            .filter(|&index| index < CHARACTER)
            .expect("fewer than 2^31 distinct words");
        words.push(word.as_str());
        let known = Known { first: word.first(), length: word.as_bytes().len() as u32, index };
        table.insert_unique(hash(word), known, |known| hash(words.get(known.index as usize).into()));
        index
    }

    /// Number of distinct words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.ends.len()
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.ends.is_empty()
    }

    /// Returns the folded word of an id that this vocabulary gave.
    #[must_use]
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id.index())
    }

    /// Gives up looking words up; what is left is a fraction of the size.
    pub(super) fn into_list(self) -> WordList {
        self.words
    }

    /// Looks up all words of a list, in their order.
    pub(super) fn find(&self, list: &WordList) -> Vec<Option<WordId>> {
        let find = |word| self.index_of(word).map(|index| WordId::of(word, index));
        list.iter().map(find).collect()
    }

    /// Adds the words of a list that [`Vocabulary::find`] did not find, and returns for each of its ids
    /// in order the id here.
    pub(super) fn absorb(&mut self, list: &WordList, known: Vec<Option<WordId>>) -> Vec<WordId> {
        list.iter().zip(known).map(|(word, known)| known.unwrap_or_else(|| self.intern(word))).collect()
    }

    /// Position of `id` in the list that [`Vocabulary::absorb`] returns.
    pub(super) fn position(id: WordId) -> usize {
        id.index()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_get_equal_ids_also_after_merging() {
        let (mut one, mut other) = (Vocabulary::default(), Vocabulary::default());
        let a = one.intern("wire".into());
        other.intern("copy".into());
        let b = other.intern("wire".into());
        let list = other.into_list();
        let known = one.find(&list);
        let here = one.absorb(&list, known);
        assert_eq!(here[Vocabulary::position(b)], a);
        assert_eq!(one.len(), 2);
        assert_eq!(one.word(here[0]), "copy");
    }

    #[test]
    fn a_han_character_weighs_half_a_word() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.intern("社".into()).weight() * 2, vocabulary.intern("agency".into()).weight());
    }
}
