//! Sets of the words of one article.

use std::ops::Range;

/// Some of the words of one article, a bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WordSet(Box<[u64]>);

impl WordSet {
    /// No word of an article of so many.
    pub(super) fn none_of(words: usize) -> Self {
        Self(vec![0; words.div_ceil(64)].into())
    }

    pub(super) fn contains(&self, word: u32) -> bool {
        self.0[word as usize / 64] >> (word % 64) & 1 != 0
    }

    pub(super) fn insert(&mut self, words: &Range<u32>) {
        for (block, mask) in blocks(words) {
            self.0[block] |= mask;
        }
    }

    pub(super) fn remove(&mut self, words: &Range<u32>) {
        for (block, mask) in blocks(words) {
            self.0[block] &= !mask;
        }
    }

    /// Adds the words of a range that `other` has too, and returns how many of them are new.
    pub(super) fn insert_common(&mut self, words: &Range<u32>, other: &Self) -> u32 {
        let mut new = 0;
        for (block, mask) in blocks(words) {
            let added = other.0[block] & mask & !self.0[block];
            new += added.count_ones();
            self.0[block] |= added;
        }
        new
    }

    /// Adds the words of a range that both others have.
    pub(super) fn insert_in_both(&mut self, words: &Range<u32>, one: &Self, other: &Self) {
        for (block, mask) in blocks(words) {
            self.0[block] |= one.0[block] & other.0[block] & mask;
        }
    }

    /// Number of words.
    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|block| block.count_ones()).sum()
    }

    /// Number of words of a range.
    pub(super) fn count_in(&self, words: &Range<u32>) -> u32 {
        blocks(words).map(|(block, mask)| (self.0[block] & mask).count_ones()).sum()
    }
}

/// The blocks of 64 words that a range touches, with the bits of the range in each.
fn blocks(words: &Range<u32>) -> impl Iterator<Item = (usize, u64)> {
    let (start, end) = (words.start, words.end);
    let last = if start < end { (end - 1) / 64 + 1 } else { start / 64 };
    (start / 64..last).map(move |block| {
        let from = start.max(block * 64) - block * 64;
        let to = end.min(block * 64 + 64) - block * 64;
        let below = |bit: u32| if bit == 64 { u64::MAX } else { (1 << bit) - 1 };
        (block as usize, below(to) & !below(from))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equals_a_set_of_numbers(ranges in proptest::collection::vec((0u32..200, 0u32..80, 0u8..4), 0..12)) {
            let mut other = WordSet::none_of(300);
            other.insert(&(50..140));
            let (mut set, mut plain) = (WordSet::none_of(300), BTreeSet::new());
            for (start, length, how) in ranges {
                let range = start..start + length;
                match how {
                    0 => {
                        set.insert(&range);
                        plain.extend(range);
                    }
                    1 => {
                        set.remove(&range);
                        plain.retain(|word| !range.contains(word));
                    }
                    2 => {
                        let mut odd = WordSet::none_of(300);
                        (1..300).step_by(2).for_each(|word| odd.insert(&(word..word + 1)));
                        set.insert_in_both(&range, &other, &odd);
                        plain.extend(range.filter(|word| (50..140).contains(word) && word % 2 == 1));
                    }
                    _ => {
                        let before = plain.len();
                        let new = set.insert_common(&range, &other);
                        plain.extend(range.filter(|word| (50..140).contains(word)));
                        prop_assert_eq!(new as usize, plain.len() - before);
                    }
                }
            }
            prop_assert_eq!(set.len() as usize, plain.len());
            prop_assert_eq!(set.count_in(&(30..170)) as usize, plain.range(30..170).count());
            prop_assert!((0..300).all(|word| set.contains(word) == plain.contains(&word)));
        }
    }
}
