//! `strsim::normalized_levenshtein`, computed in words of 64 cells at once.
//!
//! Edit distance by the bit-parallel algorithm of Myers (1999) in Hyyrö's forms (2003): one column
//! of the table is a pair of bit vectors. Texts that are alike differ near the main diagonal, so that
//! a band of 64 diagonals is tried first, then wider ones, which hold every path that may be shortest
//! or give up; only texts more than about 512 edits apart take the whole table, in strips. The result
//! is the same number as strsim's, bit for bit; property tests hold the two together.

use std::cell::RefCell;
use std::iter;

/// Returns 1 minus the edit distance over the longer length, in characters, 0..=1; 1 for two
/// empty texts. Equal to `strsim::normalized_levenshtein`.
#[must_use]
pub fn normalized_levenshtein(a: &str, b: &str) -> f64 {
    thread_local! {
        static TABLES: RefCell<[Table; MOST_BLOCKS + 1]> = RefCell::default();
    }
    let longer = characters(a).max(characters(b));
    if longer == 0 {
        return 1.0;
    }
    let (before, after) = common_ends(a, b);
    let differs = |text: &str| before.len()..text.len() - after.len();
    let (a, b) = (&a[differs(a)], &b[differs(b)]);
    let distance = TABLES.with_borrow_mut(|tables| match a.is_ascii() && b.is_ascii() {
        true => distance(a.as_bytes(), b.as_bytes(), tables),
        false => distance::<char>(&Vec::from_iter(a.chars()), &Vec::from_iter(b.chars()), tables),
    });
    1.0 - distance as f64 / longer as f64
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

/// Cells of the table of distances that one word holds.
const BLOCK: usize = u64::BITS as usize;

/// Blocks of a column, or of diagonals, that are advanced together.
const MOST_BLOCKS: usize = 8;

trait Character: Copy {
    /// A number of its own, small for frequent ones.
    fn number(self) -> u32;
}

impl Character for u8 {
    fn number(self) -> u32 {
        self.into()
    }
}

impl Character for char {
    fn number(self) -> u32 {
        self.into()
    }
}

/// Where in a block of a text each character stands. Kept from one pair to the next, so that the
/// places of all characters are not cleared for the few that a block has.
#[derive(Debug, Default)]
struct Table {
    /// By character; none beyond the end.
    places: Vec<u64>,
    /// The characters that have places.
    held: Vec<u32>,
}

impl Table {
    /// Turns to another block, of at most 64 characters.
    fn hold<C: Character>(&mut self, block: &[C]) {
        for &c in &self.held {
            self.places[c as usize] = 0;
        }
        self.held.clear();
        self.held.extend(block.iter().map(|c| c.number()));
        let end = self.held.iter().fold(0, |end, c| end.max(*c)) as usize + 1;
        if end > self.places.len() {
            self.places.resize(end.next_power_of_two(), 0);
        }
        for (i, &c) in self.held.iter().enumerate() {
            self.places[c as usize] |= 1 << i;
        }
    }
}

fn places_in<C: Character>(places: &[u64], c: C) -> u64 {
    places.get(c.number() as usize).copied().unwrap_or(0)
}

/// Edit distance. Rows of the table of distances stand for the characters of the shorter text,
/// columns for those of the longer one.
fn distance<C: Character>(a: &[C], b: &[C], tables: &mut [Table; MOST_BLOCKS + 1]) -> usize {
    let (rows, columns) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut expected = columns.len() - rows.len();
    loop {
        let blocks = (expected / BLOCK + 1).next_power_of_two();
        if blocks >= rows.len().div_ceil(BLOCK) {
            return in_table(rows, columns, tables);
        }
        let found = match blocks {
            1 => in_band::<1, C>(rows, columns, tables),
            2 => in_band::<2, C>(rows, columns, tables),
            4 => in_band::<4, C>(rows, columns, tables),
            MOST_BLOCKS => in_band::<MOST_BLOCKS, C>(rows, columns, tables),
            _ => return in_table(rows, columns, tables),
        };
        match found {
            Ok(distance) => return distance,
            Err(TooNarrow { likely }) => expected = likely,
        }
    }
}

/// A path that leaves the band may be shorter than all in it.
struct TooNarrow {
    /// The distance, if the rest of the texts differs as much as what was gone through.
    likely: usize,
}

/// Edit distance, where it is certain by way of `N` blocks of diagonals only: where it is below
/// `N * BLOCK`.
fn in_band<const N: usize, C: Character>(
    a: &[C],
    b: &[C],
    tables: &mut [Table; MOST_BLOCKS + 1],
) -> Result<usize, TooNarrow> {
    let tables = &mut tables[..=N];
    // A path is from the main diagonal to the one that ends in the last cell, and the band goes as far
    // beyond both. A path that leaves it goes one further than that, and comes back.
    let apart = b.len() - a.len();
    let beyond = (N * BLOCK - 1 - apart) / 2;
    let most = apart + 2 * beyond + 1;
    let above = beyond + apart;
    let mut band = Band::<N>::below(above);
    let last = Diagonals::<N>::only(beyond);
    let mut distance = 0;

    // Blocks are counted from so many before the first one of `a`. In the first column the band begins
    // somewhere in the first of these, and from one column to the next it moves down by one row.
    let blocks_above = above.div_ceil(BLOCK);
    let block = |number: usize| {
        number.checked_sub(blocks_above).and_then(|number| a.chunks(BLOCK).nth(number)).unwrap_or_default()
    };
    for (i, table) in tables.iter_mut().enumerate() {
        table.hold(block(i));
    }
    let mut row = above.wrapping_neg() % BLOCK;
    let (now, later) = b.split_at(b.len().min(BLOCK - row));
    let mut gone = 0;
    for (first, columns) in iter::once(now).chain(later.chunks(BLOCK)).enumerate() {
        if first > 0 {
            tables.rotate_left(1);
            tables[N].hold(block(first + N));
            row = 0;
        }
        let places: [&[u64]; N] = std::array::from_fn(|i| &*tables[i].places);
        let places_after = &*tables[N].places;
        for &c in columns {
            let equal = std::array::from_fn(|i| {
                let below = if i + 1 < N { places[i + 1] } else { places_after };
                places_in(places[i], c) >> row | places_in(below, c) << 1 << (BLOCK - 1 - row)
            });
            distance += usize::from(!last.any(&band.advance(&equal)));
            row += 1;
        }
        gone += columns.len();
        if distance > most {
            return Err(TooNarrow { likely: distance * b.len() / gone });
        }
    }
    Ok(distance)
}

/// Edit distance by way of the whole table.
fn in_table<C: Character>(rows: &[C], columns: &[C], tables: &mut [Table; MOST_BLOCKS + 1]) -> usize {
    match rows.len().div_ceil(BLOCK) {
        0 => columns.len(),
        1 => in_strip::<1, C>(rows, columns, tables),
        2 => in_strip::<2, C>(rows, columns, tables),
        3 => in_strip::<3, C>(rows, columns, tables),
        4 => in_strip::<4, C>(rows, columns, tables),
        5 => in_strip::<5, C>(rows, columns, tables),
        6 => in_strip::<6, C>(rows, columns, tables),
        7..=MOST_BLOCKS => in_strip::<MOST_BLOCKS, C>(rows, columns, tables),
        _ => in_strips(rows, columns, tables),
    }
}

/// Edit distance by way of the whole table, which has up to `N` blocks of rows.
fn in_strip<const N: usize, C: Character>(
    rows: &[C],
    columns: &[C],
    tables: &mut [Table; MOST_BLOCKS + 1],
) -> usize {
    // The left column grows by one a row; from its end the last row goes up and down.
    let mut distance = rows.len();
    go_through::<N, C>(rows, columns.iter().map(|&c| (c, TOP)), tables, |step| {
        distance = distance + step.plus as usize - step.minus as usize;
    });
    distance
}

/// Edit distance by way of the whole table, some blocks of rows at a time.
fn in_strips<C: Character>(rows: &[C], columns: &[C], tables: &mut [Table; MOST_BLOCKS + 1]) -> usize {
    let mut border = vec![TOP; columns.len()];
    for strip in rows.chunks(MOST_BLOCKS * BLOCK) {
        let above = std::mem::take(&mut border);
        let columns = columns.iter().copied().zip(above);
        go_through::<MOST_BLOCKS, C>(strip, columns, tables, |step| border.push(step));
    }
    border.iter().fold(rows.len(), |distance, step| distance + step.plus as usize - step.minus as usize)
}

/// Goes through up to `N` blocks of rows of the table, all columns, given with the steps in the row
/// above. `below` gets the steps in the last row.
fn go_through<const N: usize, C: Character>(
    rows: &[C],
    columns: impl Iterator<Item = (C, Step)>,
    tables: &mut [Table; MOST_BLOCKS + 1],
    mut below: impl FnMut(Step),
) {
    let mut blocks = rows.chunks(BLOCK);
    for table in &mut tables[..N] {
        table.hold(blocks.next().unwrap_or_default());
    }
    let places: [&[u64]; N] = std::array::from_fn(|i| &*tables[i].places);
    let mut column = Column::<N>::first();
    for (c, above) in columns {
        below(column.advance(&places.map(|places| places_in(places, c)), above, rows.len() - 1));
    }
}

/// One bit of each of `N` blocks of diagonals.
struct Diagonals<const N: usize>([u64; N]);

impl<const N: usize> Diagonals<N> {
    fn only(diagonal: usize) -> Self {
        Self(std::array::from_fn(|i| if i == diagonal / BLOCK { 1 << (diagonal % BLOCK) } else { 0 }))
    }

    fn any(&self, of: &[u64; N]) -> bool {
        self.0.iter().zip(of).fold(0, |any, (a, b)| any | a & b) != 0
    }
}

/// `N` blocks of diagonals in a column of the table: from one cell to the one below it one more, one
/// less, or neither.
struct Band<const N: usize> {
    positive: [u64; N],
    negative: [u64; N],
}

impl<const N: usize> Band<N> {
    /// The column before the first one. So many diagonals begin above the table, where all cells of a
    /// column are equal.
    fn below(diagonals: usize) -> Self {
        let ones = |i: usize| match diagonals.saturating_sub(i * BLOCK) {
            above @ ..BLOCK => u64::MAX << above,
            _ => 0,
        };
        Self { positive: std::array::from_fn(ones), negative: [0; N] }
    }

    /// Goes on to the next column, where the cells that have the column's character are given. Returns
    /// the diagonals that do not grow by it.
    #[inline(always)]
    fn advance(&mut self, equal: &[u64; N]) -> [u64; N] {
        let mut carry = false;
        let mut level = [0; N];
        for i in 0..N {
            let (sum, over) = (equal[i] & self.positive[i]).carrying_add(self.positive[i], carry);
            carry = over;
            level[i] = (sum ^ self.positive[i]) | equal[i] | self.negative[i];
        }
        for i in 0..N {
            let right_plus = self.negative[i] | !(level[i] | self.positive[i]);
            let right_minus = self.positive[i] & level[i];
            // A diagonal is one row further down in the next column.
            let next = if i + 1 < N { level[i + 1] << (BLOCK - 1) } else { 0 };
            let below = level[i] >> 1 | next;
            self.positive[i] = right_minus | !(below | right_plus);
            self.negative[i] = below & right_plus;
        }
        level
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
    /// `above` is the step in the row above, and the one in row `last` comes back.
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
            if i == last / BLOCK {
                below =
                    Step { plus: right_plus >> (last % BLOCK) & 1, minus: right_minus >> (last % BLOCK) & 1 };
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

/// The top row grows by one a column.
const TOP: Step = Step { plus: 1, minus: 0 };

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
