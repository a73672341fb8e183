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
    let (distance, longer) = if a.is_ascii() && b.is_ascii() {
        let (short, long) = ordered(a.as_bytes(), b.as_bytes());
        (ascii_distance(short, long), long.len())
    } else {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let (short, long) = ordered(&a, &b);
        (char_distance(short, long), long.len())
    };
    if longer == 0 { 1.0 } else { 1.0 - distance as f64 / longer as f64 }
}

fn ordered<'a, T>(a: &'a [T], b: &'a [T]) -> (&'a [T], &'a [T]) {
    if a.len() <= b.len() { (a, b) } else { (b, a) }
}

fn ascii_distance(short: &[u8], long: &[u8]) -> usize {
    let blocks = short.len().div_ceil(64);
    let mut positions = vec![0; blocks * 128];
    for (i, &byte) in short.iter().enumerate() {
        positions[usize::from(byte) * blocks + i / 64] |= 1 << (i % 64);
    }
    distance(
        short.len(),
        long.len(),
        long.iter().map(|&byte| {
            let start = usize::from(byte) * blocks;
            &positions[start..start + blocks]
        }),
    )
}

fn char_distance(short: &[char], long: &[char]) -> usize {
    let blocks = short.len().div_ceil(64);
    let mut rows: HashMap<char, usize> = HashMap::new();
    let mut positions = vec![0; blocks];
    for (i, &c) in short.iter().enumerate() {
        let start = *rows.entry(c).or_insert_with(|| {
            positions.resize(positions.len() + blocks, 0);
            positions.len() - blocks
        });
        positions[start + i / 64] |= 1 << (i % 64);
    }
    // Row 0 belongs to characters that the shorter text does not have.
    distance(
        short.len(),
        long.len(),
        long.iter().map(|c| {
            let start = rows.get(c).copied().unwrap_or(0);
            &positions[start..start + blocks]
        }),
    )
}

/// Edit distance, given for each character of the longer text the bit vector of its positions in
/// the shorter one.
fn distance<'a>(short: usize, long: usize, columns: impl Iterator<Item = &'a [u64]>) -> usize {
    if short == 0 {
        return long;
    }
    let blocks = short.div_ceil(64);
    let mut vertical: Vec<(u64, u64)> = vec![(u64::MAX, 0); blocks];
    let last = 1u64 << ((short - 1) % 64);
    let mut distance = short;
    for equal in columns {
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
