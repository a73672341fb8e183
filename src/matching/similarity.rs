//! `strsim::normalized_levenshtein`, computed in words of 64 cells at once.
//!
//! Edit distance by the bit-parallel algorithm of Myers (1999) in Hyyrö's forms (2003): one column
//! of the table is a pair of bit vectors. The shortest path through the table of texts that are alike
//! stays near its diagonal, so that a band of 64 diagonals is tried first, then wider ones, and the
//! whole table where a band would not be narrower. The result is the same number as strsim's, bit for
//! bit; property tests hold the two together.

mod band;
mod places;
mod strips;

use std::cell::RefCell;

use band::{TooNarrow, in_band};
use places::{BLOCK, Character, MOST_BLOCKS, Places};
use strips::in_table;

/// Returns 1 minus the edit distance over the longer length, in characters, 0..=1; 1 for two
/// empty texts. Equal to `strsim::normalized_levenshtein`.
#[must_use]
pub fn normalized_levenshtein(a: &str, b: &str) -> f64 {
    similarity_over(a, b, characters(a).max(characters(b)))
}

/// 1 minus the edit distance over `longer` characters; 1 over none.
pub(super) fn similarity_over(a: &str, b: &str, longer: usize) -> f64 {
    thread_local! {
        static PLACES: RefCell<[Places; MOST_BLOCKS + 1]> = RefCell::default();
    }
    if longer == 0 {
        return 1.0;
    }
    let (before, after) = common_ends(a, b);
    let differs = |text: &str| before.len()..text.len() - after.len();
    let (a, b) = (&a[differs(a)], &b[differs(b)]);
    let distance = PLACES.with_borrow_mut(|places| match a.is_ascii() && b.is_ascii() {
        true => distance(a.as_bytes(), b.as_bytes(), places),
        false => distance::<char>(&Vec::from_iter(a.chars()), &Vec::from_iter(b.chars()), places),
    });
    1.0 - distance as f64 / longer as f64
}

/// The number of characters.
pub(super) fn characters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// What two texts begin with, and what the rest of both ends with. It changes no edit distance.
fn common_ends<'a>(a: &'a str, b: &str) -> (&'a str, &'a str) {
    let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(x, y)| x == y).count();
    let mut start = same(&mut a.bytes().zip(b.bytes()));
    while !a.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = same(&mut a[start..].bytes().rev().zip(b[start..].bytes().rev()));
    while !a.is_char_boundary(a.len() - end) {
        end -= 1;
    }
    (&a[..start], &a[a.len() - end..])
}

/// Edit distance. Rows of the table of distances stand for the characters of the shorter text,
/// columns for those of the longer one.
fn distance<C: Character>(a: &[C], b: &[C], places: &mut [Places; MOST_BLOCKS + 1]) -> usize {
    let (rows, columns) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut expected = columns.len() - rows.len();
    loop {
        let blocks = (expected / BLOCK + 1).next_power_of_two();
        if blocks >= rows.len().div_ceil(BLOCK) {
            return in_table(rows, columns, places);
        }
        let found = match blocks {
            1 => in_band::<1, C>(rows, columns, places),
            2 => in_band::<2, C>(rows, columns, places),
            4 => in_band::<4, C>(rows, columns, places),
            MOST_BLOCKS => in_band::<MOST_BLOCKS, C>(rows, columns, places),
            _ => return in_table(rows, columns, places),
        };
        match found {
            Ok(distance) => return distance,
            Err(TooNarrow { likely }) => expected = likely,
        }
    }
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

    #[test]
    fn common_ends_are_whole_characters() {
        assert_eq!(common_ends("é1", "è1"), ("", "1"), "their first bytes are equal");
        assert_eq!(common_ends("1©", "1é"), ("1", ""), "their last bytes are equal");
        assert_eq!(common_ends("aa", "aaa"), ("aa", ""));
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
        fn equals_strsim_at_any_distance(
            a in "[a-h]{0,700}",
            edits in proptest::collection::vec((0usize..700, 0usize..4, "[A-H]{0,12}"), 0..90),
        ) {
            let mut edited = a.clone();
            for (place, removed, added) in edits {
                let place = place.min(edited.len());
                edited.replace_range(place..(place + removed).min(edited.len()), &added);
            }
            prop_assert_eq!(normalized_levenshtein(&a, &edited), strsim::normalized_levenshtein(&a, &edited));
        }

        #[test]
        fn equals_strsim_where_hardly_anything_is_common(a in "[abc]{0,1400}", b in "[cd]{0,1400}") {
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }

        #[test]
        fn equals_strsim_where_much_of_both_ends_is_common(
            ends in ("[abé]{0,200}", "[abé]{0,200}"),
            a in "[abé]{0,90}",
            b in "[abé]{0,90}",
        ) {
            let (a, b) = (format!("{}{a}{}", ends.0, ends.1), format!("{}{b}{}", ends.0, ends.1));
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }

        #[test]
        fn equals_strsim_on_ascii(a in "[ab]{0,200}", b in "[ab]{0,200}") {
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }
    }
}
