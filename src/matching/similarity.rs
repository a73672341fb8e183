//! `strsim::normalized_levenshtein`, computed in words of 64 cells at once.
//!
//! Edit distance by the bit-parallel algorithm of Myers (1999) in Hyyrö's block form (2003): one
//! column of the table is a pair of bit vectors, so a column costs as many steps as the shorter
//! text has blocks of 64 characters. The result is the same number as strsim's, bit for bit; a
//! property test holds the two together.

use std::collections::HashMap;

/// Returns 1 minus the edit distance over the longer length, in characters, 0..=1; 1 for two
/// empty texts. Equal to `strsim::normalized_levenshtein`.
#[must_use]
pub fn normalized_levenshtein(a: &str, b: &str) -> f64 {
    Pattern::new(a).normalized_levenshtein(b)
}

/// Rows of the table of positions that belong to the ASCII characters; the next one belongs to the
/// characters that the pattern does not have.
const ASCII: usize = 128;

/// One text, prepared to be compared with many.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Characters of the text.
    length: usize,
    /// Bit vectors of the text's length, rounded up to whole blocks, one row after another: where
    /// in the text each character stands.
    positions: Vec<u64>,
    /// The rows of the characters beyond ASCII.
    rows: HashMap<char, usize>,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let length = if text.is_ascii() { text.len() } else { text.chars().count() };
        let blocks = length.div_ceil(64);
        let mut positions = vec![0; blocks * (ASCII + 1)];
        let mut rows = HashMap::new();
        for (i, c) in text.chars().enumerate() {
            let row = if c.is_ascii() {
                c as usize
            } else {
                *rows.entry(c).or_insert_with(|| {
                    positions.resize(positions.len() + blocks, 0);
                    positions.len() / blocks - 1
                })
            };
            positions[row * blocks + i / 64] |= 1 << (i % 64);
        }
        Self { length, positions, rows }
    }

    /// [`normalized_levenshtein`] of the pattern and `text`.
    pub(super) fn normalized_levenshtein(&self, text: &str) -> f64 {
        let (distance, length) = if text.is_ascii() {
            (self.distance(text.bytes().map(usize::from)), text.len())
        } else {
            let row = |c: char| match c.is_ascii() {
                true => c as usize,
                false => self.rows.get(&c).copied().unwrap_or(ASCII),
            };
            (self.distance(text.chars().map(row)), text.chars().count())
        };
        let longer = self.length.max(length);
        if longer == 0 { 1.0 } else { 1.0 - distance as f64 / longer as f64 }
    }

    /// Edit distance to a text of which the row of each character is given.
    fn distance(&self, rows: impl Iterator<Item = usize>) -> usize {
        if self.length == 0 {
            return rows.count();
        }
        let blocks = self.length.div_ceil(64);
        let mut vertical: Vec<(u64, u64)> = vec![(u64::MAX, 0); blocks];
        let last = 1u64 << ((self.length - 1) % 64);
        let mut distance = self.length;
        for row in rows {
            let equal = &self.positions[row * blocks..(row + 1) * blocks];
            // The top row of the table grows by one a column.
            let (mut plus_in, mut minus_in) = (1, 0);
            let (tail, head) = vertical.split_last_mut().expect("at least one block");
            for (cell, &equal) in head.iter_mut().zip(equal) {
                let (plus, minus) = advance(cell, equal, plus_in, minus_in);
                (plus_in, minus_in) = (plus >> 63, minus >> 63);
            }
            let (plus, minus) = advance(tail, equal[blocks - 1], plus_in, minus_in);
            distance += usize::from(plus & last != 0);
            distance -= usize::from(minus & last != 0);
        }
        distance
    }
}

/// Moves one block of 64 cells on by one column and returns its horizontal differences.
#[inline]
fn advance(vertical: &mut (u64, u64), equal: u64, plus_in: u64, minus_in: u64) -> (u64, u64) {
    let (positive, negative) = *vertical;
    let matches = equal | minus_in;
    let diagonal = ((matches & positive).wrapping_add(positive) ^ positive) | matches | negative;
    let plus = negative | !(diagonal | positive);
    let minus = positive & diagonal;
    let shifted_plus = (plus << 1) | plus_in;
    let shifted_minus = (minus << 1) | minus_in;
    *vertical = (shifted_minus | !(diagonal | shifted_plus), shifted_plus & diagonal);
    (plus, minus)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_of_the_scale() {
        assert_eq!(normalized_levenshtein("", ""), 1.0);
        assert_eq!(normalized_levenshtein("abc", ""), 0.0);
        assert_eq!(normalized_levenshtein("wire copy", "wire copy"), 1.0);
    }

    proptest! {
        #[test]
        fn equals_strsim_on_any_text(a in "\\PC{0,90}", b in "\\PC{0,90}") {
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }

        #[test]
        fn equals_strsim_on_alike_texts_over_many_blocks(a in "[abé ]{50,300}", cut in 0usize..40, b in "[ab ]{0,30}") {
            let edited: String = a.chars().skip(cut).chain(b.chars()).collect();
            prop_assert_eq!(normalized_levenshtein(&a, &edited), strsim::normalized_levenshtein(&a, &edited));
        }

        #[test]
        fn equals_strsim_on_ascii(a in "[ab]{0,200}", b in "[ab]{0,200}") {
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }
    }
}
