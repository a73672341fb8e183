//! Edit distance by way of the diagonals near the main one.

use std::iter;

use super::places::{BLOCK, Character, MOST_BLOCKS, Places, at};

/// A path that leaves the band may be shorter than all in it.
pub(super) struct TooNarrow {
    /// The distance, if the rest of the texts differs as much as what was gone through.
    pub(super) likely: usize,
}

/// Edit distance, where it is certain by way of `N` blocks of diagonals only: where it is below
/// `N * BLOCK`. There are no more rows than columns, and by less than `N * BLOCK`.
pub(super) fn in_band<const N: usize, C: Character>(
    rows: &[C],
    columns: &[C],
    places: &mut [Places; MOST_BLOCKS + 1],
) -> Result<usize, TooNarrow> {
    let places = &mut places[..=N];
    // A path is from the main diagonal to the one that ends in the last cell, and the band goes as far
    // beyond both. A path that leaves it goes one further than that, and comes back.
    let apart = columns.len() - rows.len();
    let beyond = (N * BLOCK - 1 - apart) / 2;
    let most = apart + 2 * beyond + 1;
    let above = beyond + apart;
    let mut band = Band::<N>::below(above);
    let last = Diagonals::<N>::only(beyond);
    let mut distance = 0;

    // Blocks are counted from so many before the first one of the rows. In the first column the band begins
    // somewhere in the first of these, and from one column to the next it moves down by one row.
    let blocks_above = above.div_ceil(BLOCK);
    let block = |number: usize| {
        number.checked_sub(blocks_above).and_then(|number| rows.chunks(BLOCK).nth(number)).unwrap_or_default()
    };
    for (number, places) in places.iter_mut().enumerate() {
        places.hold(block(number));
    }
    let mut row = above.wrapping_neg() % BLOCK;
    let (now, later) = columns.split_at(columns.len().min(BLOCK - row));
    let mut gone = 0;
    for (first, some) in iter::once(now).chain(later.chunks(BLOCK)).enumerate() {
        if first > 0 {
            places.rotate_left(1);
            places[N].hold(block(first + N));
            row = 0;
        }
        let here: [&[u64]; N] = std::array::from_fn(|i| places[i].as_slice());
        let after = places[N].as_slice();
        for &c in some {
            let equal = std::array::from_fn(|i| {
                let below = if i + 1 < N { here[i + 1] } else { after };
                at(here[i], c) >> row | at(below, c) << 1 << (BLOCK - 1 - row)
            });
            distance += usize::from(!last.any(&band.advance(&equal)));
            row += 1;
        }
        gone += some.len();
        if distance > most {
            return Err(TooNarrow { likely: distance * columns.len() / gone });
        }
    }
    Ok(distance)
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
