//! `strsim::normalized_levenshtein`, computed in words of 64 cells at once.
//!
//! Edit distance by the bit-parallel algorithm of Myers (1999) in Hyyrö's form (2003): one column
//! of the table is a pair of bit vectors, taken in strips of up to 512 characters. The result is the
//! same number as strsim's, bit for bit; a property test holds the two together.

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
        let rows: Vec<usize> = if text.is_ascii() {
            text.bytes().map(usize::from).collect()
        } else {
            let row = |c: char| match c.is_ascii() {
                true => c as usize,
                false => self.rows.get(&c).copied().unwrap_or(ASCII),
            };
            text.chars().map(row).collect()
        };
        let longer = self.length.max(rows.len());
        if longer == 0 { 1.0 } else { 1.0 - self.distance(&rows) as f64 / longer as f64 }
    }

    /// Edit distance to a text of which the row of each character is given.
    fn distance(&self, rows: &[usize]) -> usize {
        let blocks = self.length.div_ceil(64);
        // The top row of the table grows by one a column.
        let mut border = vec![Step { plus: 1, minus: 0 }; rows.len()];
        let mut at = 0;
        while at < blocks {
            at += match blocks - at {
                1 => self.strip::<1>(at, rows, &mut border),
                2 => self.strip::<2>(at, rows, &mut border),
                3 => self.strip::<3>(at, rows, &mut border),
                4 => self.strip::<4>(at, rows, &mut border),
                5 => self.strip::<5>(at, rows, &mut border),
                6 => self.strip::<6>(at, rows, &mut border),
                7 => self.strip::<7>(at, rows, &mut border),
                _ => self.strip::<8>(at, rows, &mut border),
            };
        }
        // The left column grows by one a row; from its end the last row goes up and down.
        let (plus, minus) = border
            .iter()
            .fold((0, 0), |(plus, minus), step| (plus + step.plus as usize, minus + step.minus as usize));
        self.length + plus - minus
    }

    /// Goes through `N` blocks of rows of the table, from block `at`, all columns. `border` is the
    /// row above them, and becomes the last one. Returns `N`.
    ///
    /// The blocks are one number of `64 * N` bits, which a processor adds and shifts in hardly more
    /// time than one block.
    fn strip<const N: usize>(&self, at: usize, rows: &[usize], border: &mut [Step]) -> usize {
        let blocks = self.length.div_ceil(64);
        // Rows below the text's end do not count.
        let last = if at + N == blocks { (self.length - 1) % 64 } else { 63 };
        let (mut positive, mut negative) = ([u64::MAX; N], [0; N]);
        for (&row, border) in rows.iter().zip(border) {
            let mut equal = [0; N];
            equal.copy_from_slice(&self.positions[row * blocks + at..][..N]);
            equal[0] |= border.minus;
            let mut carried = false;
            let (mut shifted_plus, mut shifted_minus) = (border.plus, border.minus);
            for i in 0..N {
                let (sum, over) = (equal[i] & positive[i]).overflowing_add(positive[i]);
                let (sum, over_too) = sum.overflowing_add(u64::from(carried));
                carried = over | over_too;
                let diagonal = (sum ^ positive[i]) | equal[i] | negative[i];
                let plus = negative[i] | !(diagonal | positive[i]);
                let minus = positive[i] & diagonal;
                if i == N - 1 {
                    *border = Step { plus: plus >> last & 1, minus: minus >> last & 1 };
                }
                let (up, down) = (plus << 1 | shifted_plus, minus << 1 | shifted_minus);
                (shifted_plus, shifted_minus) = (plus >> 63, minus >> 63);
                positive[i] = down | !(diagonal | up);
                negative[i] = up & diagonal;
            }
        }
        N
    }
}

/// From one cell of a row to the next: one more, one less, or neither.
#[derive(Debug, Clone, Copy)]
struct Step {
    plus: u64,
    minus: u64,
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
        fn equals_strsim_over_several_strips(
            words in proptest::collection::vec("[a-d]{2,8} ", 120..220),
            replaced in proptest::collection::btree_map(0usize..220, "[a-e]{0,9} ", 0..40),
        ) {
            let edited = words.iter().enumerate().map(|(i, word)| replaced.get(&i).unwrap_or(word).as_str());
            let (text, edited) = (words.concat(), edited.collect::<String>());
            prop_assert_eq!(normalized_levenshtein(&text, &edited), strsim::normalized_levenshtein(&text, &edited));
        }

        #[test]
        fn equals_strsim_on_ascii(a in "[ab]{0,200}", b in "[ab]{0,200}") {
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }
    }
}
