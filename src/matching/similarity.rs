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
    let (before, after) = common_ends(a, b);
    let inner = |text: &str| -> String { text[before.len()..text.len() - after.len()].to_owned() };
    let pattern = Pattern::new(inner(a));
    let outside = characters(before) + characters(after);
    similarity(pattern.distance(&inner(b)), pattern.length + outside, characters(b))
}

/// The similarity of texts of so many characters at an edit distance.
fn similarity(distance: usize, a: usize, b: usize) -> f64 {
    let longer = a.max(b);
    if longer == 0 { 1.0 } else { 1.0 - distance as f64 / longer as f64 }
}

fn characters(text: &str) -> usize {
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

/// Rows of the table of positions that belong to the ASCII characters; the next one belongs to the
/// characters that the pattern does not have.
const ASCII: usize = 128;

/// One text, prepared to be compared with many.
#[derive(Debug)]
pub(super) struct Pattern {
    text: String,
    /// Characters of the text.
    length: usize,
    /// Bit vectors of the text's length, rounded up to whole blocks, one row after another: where
    /// in the text each character stands.
    positions: Vec<u64>,
    /// The rows of the characters beyond ASCII.
    rows: HashMap<char, u32>,
}

/// The row of a character in the table of positions.
trait Row: Copy {
    fn at(self) -> usize;
}

impl Row for u8 {
    fn at(self) -> usize {
        self.into()
    }
}

impl Row for u32 {
    fn at(self) -> usize {
        self as usize
    }
}

impl Pattern {
    pub(super) fn new(text: String) -> Self {
        let length = characters(&text);
        let blocks = length.div_ceil(BLOCK);
        let mut positions = vec![0; blocks * (ASCII + 1)];
        let mut rows = HashMap::new();
        for (i, c) in text.chars().enumerate() {
            let row = if c.is_ascii() {
                c as usize
            } else {
                *rows.entry(c).or_insert_with(|| {
                    positions.resize(positions.len() + blocks, 0);
                    (positions.len() / blocks - 1) as u32
                }) as usize
            };
            positions[row * blocks + i / BLOCK] |= 1 << (i % BLOCK);
        }
        Self { text, length, positions, rows }
    }

    /// [`normalized_levenshtein`] of the pattern and `text`.
    pub(super) fn normalized_levenshtein(&self, text: &str) -> f64 {
        similarity(self.distance(text), self.length, characters(text))
    }

    /// Edit distance to a text.
    fn distance(&self, text: &str) -> usize {
        let (before, after) = common_ends(&self.text, text);
        // Whole blocks of the beginning are left out, and all of the end.
        let skipped = characters(before) / BLOCK;
        let after = characters(after);
        if text.is_ascii() {
            return self.distance_between(skipped, after, text.as_bytes());
        }
        let row = |c: char| match c.is_ascii() {
            true => c as u32,
            false => self.rows.get(&c).copied().unwrap_or(ASCII as u32),
        };
        self.distance_between(skipped, after, &text.chars().map(row).collect::<Vec<u32>>())
    }

    /// Edit distance of the pattern to a text of which the row of each character is given, both
    /// without so many blocks at the beginning and so many characters at the end.
    fn distance_between<R: Row>(&self, skipped: usize, after: usize, rows: &[R]) -> usize {
        let rows = &rows[skipped * BLOCK..rows.len() - after];
        let part = Part { pattern: self, from: skipped, end: self.length - after };
        let length = part.end - part.from * BLOCK;
        match length.div_ceil(BLOCK) {
            0 => rows.len(),
            1 => part.whole::<1, R>(rows),
            2 => part.whole::<2, R>(rows),
            3 => part.whole::<3, R>(rows),
            4 => part.whole::<4, R>(rows),
            5 => part.whole::<5, R>(rows),
            6 => part.whole::<6, R>(rows),
            7 => part.whole::<7, R>(rows),
            8 => part.whole::<8, R>(rows),
            _ => part.in_strips(rows),
        }
    }
}

/// Characters whose rows of the table are one word.
const BLOCK: usize = u64::BITS as usize;

/// The blocks of a pattern from one to the character before `end`.
#[derive(Clone, Copy)]
struct Part<'p> {
    pattern: &'p Pattern,
    from: usize,
    end: usize,
}

impl Part<'_> {
    /// Edit distance, in one strip of `N` blocks.
    fn whole<const N: usize, R: Row>(self, rows: &[R]) -> usize {
        let blocks = self.pattern.length.div_ceil(BLOCK);
        let last = (self.end - 1) % BLOCK;
        let mut column = Column::<N>::first();
        // The left column grows by one a row; from its end the last row goes up and down.
        let mut distance = self.end - self.from * BLOCK;
        for &row in rows {
            let equal = self.pattern.positions[row.at() * blocks + self.from..].first_chunk();
            // The top row grows by one a column.
            let step = column.advance(equal.expect("rows of whole blocks"), Step { plus: 1, minus: 0 }, last);
            distance = distance + step.plus as usize - step.minus as usize;
        }
        distance
    }

    /// The same for more blocks than one strip may have.
    fn in_strips<R: Row>(self, rows: &[R]) -> usize {
        let mut border = vec![Step { plus: 1, minus: 0 }; rows.len()];
        let mut rest = self;
        let blocks = self.end.div_ceil(BLOCK);
        while rest.from < blocks {
            rest.from += match blocks - rest.from {
                1 => rest.strip::<1, R>(rows, &mut border),
                2..4 => rest.strip::<2, R>(rows, &mut border),
                4..8 => rest.strip::<4, R>(rows, &mut border),
                _ => rest.strip::<8, R>(rows, &mut border),
            };
        }
        let (plus, minus) = border
            .iter()
            .fold((0, 0), |(plus, minus), step| (plus + step.plus as usize, minus + step.minus as usize));
        self.end - self.from * BLOCK + plus - minus
    }

    /// Goes through the first `N` blocks of rows of the table, all columns. `border` is the row above
    /// them, and becomes the last one. Returns `N`.
    fn strip<const N: usize, R: Row>(self, rows: &[R], border: &mut [Step]) -> usize {
        let blocks = self.pattern.length.div_ceil(BLOCK);
        // Rows below the text's end do not count.
        let last = (self.end - self.from * BLOCK).min(N * BLOCK) - 1;
        let mut column = Column::<N>::first();
        for (&row, border) in rows.iter().zip(border) {
            let equal = self.pattern.positions[row.at() * blocks + self.from..].first_chunk();
            *border = column.advance(equal.expect("rows of whole blocks"), *border, last % BLOCK);
        }
        N
    }
}

/// `N` blocks of a column of the table: from one cell to the one below it one more, one less, or
/// neither. They are one number of `64 * N` bits, which a processor adds and shifts in hardly more
/// time than one block.
struct Column<const N: usize> {
    positive: [u64; N],
    negative: [u64; N],
}

impl<const N: usize> Column<N> {
    fn first() -> Self {
        Self { positive: [u64::MAX; N], negative: [0; N] }
    }

    /// Goes on to the next column, where the cells that have the column's character are given.
    /// `above` is the step in the row above, and the one in row `last` of the last block comes back.
    #[inline(always)]
    fn advance(&mut self, equal: &[u64; N], above: Step, last: usize) -> Step {
        let Step { mut plus, mut minus } = above;
        let mut carry = false;
        let mut below = above;
        for i in 0..N {
            let (positive, negative) = (self.positive[i], self.negative[i]);
            let equal = if i == 0 { equal[i] | minus } else { equal[i] };
            let (sum, over) = (equal & positive).carrying_add(positive, carry);
            carry = over;
            let diagonal = (sum ^ positive) | equal | negative;
            let (right_plus, right_minus) = (negative | !(diagonal | positive), positive & diagonal);
            if i == N - 1 {
                below = Step { plus: right_plus >> last & 1, minus: right_minus >> last & 1 };
            }
            let (up, down) = (right_plus << 1 | plus, right_minus << 1 | minus);
            (plus, minus) = (right_plus >> (BLOCK - 1), right_minus >> (BLOCK - 1));
            self.positive[i] = down | !(diagonal | up);
            self.negative[i] = up & diagonal;
        }
        below
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
        fn equals_strsim_where_much_of_both_ends_is_common(
            ends in ("[abé]{0,200}", "[abé]{0,200}"),
            a in "[abé]{0,90}",
            b in "[abé]{0,90}",
        ) {
            let (a, b) = (format!("{}{a}{}", ends.0, ends.1), format!("{}{b}{}", ends.0, ends.1));
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
            let prepared = Pattern::new(a.clone()).normalized_levenshtein(&b);
            prop_assert_eq!(prepared, strsim::normalized_levenshtein(&a, &b));
        }

        #[test]
        fn equals_strsim_on_ascii(a in "[ab]{0,200}", b in "[ab]{0,200}") {
            prop_assert_eq!(normalized_levenshtein(&a, &b), strsim::normalized_levenshtein(&a, &b));
        }
    }
}
