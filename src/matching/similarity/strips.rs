//! Edit distance by way of the whole table.

use super::places::{BLOCK, Character, MOST_BLOCKS, Places, at};

/// Edit distance by way of the whole table.
pub(super) fn in_table<C: Character>(
    rows: &[C],
    columns: &[C],
    places: &mut [Places; MOST_BLOCKS + 1],
) -> usize {
    match rows.len().div_ceil(BLOCK) {
        0 => columns.len(),
        1 => in_strip::<1, C>(rows, columns, places),
        2 => in_strip::<2, C>(rows, columns, places),
        3 => in_strip::<3, C>(rows, columns, places),
        4 => in_strip::<4, C>(rows, columns, places),
        5 => in_strip::<5, C>(rows, columns, places),
        6 => in_strip::<6, C>(rows, columns, places),
        7..=MOST_BLOCKS => in_strip::<MOST_BLOCKS, C>(rows, columns, places),
        _ => in_strips(rows, columns, places),
    }
}

/// Edit distance by way of the whole table, which has up to `N` blocks of rows.
fn in_strip<const N: usize, C: Character>(
    rows: &[C],
    columns: &[C],
    places: &mut [Places; MOST_BLOCKS + 1],
) -> usize {
    // The left column grows by one a row; from its end the last row goes up and down.
    let mut distance = rows.len();
    go_through::<N, C>(rows, columns.iter().map(|&c| (c, TOP)), places, |step| {
        distance = distance + step.plus as usize - step.minus as usize;
    });
    distance
}

/// Edit distance by way of the whole table, some blocks of rows at a time.
fn in_strips<C: Character>(rows: &[C], columns: &[C], places: &mut [Places; MOST_BLOCKS + 1]) -> usize {
    let mut border = vec![TOP; columns.len()];
    for strip in rows.chunks(MOST_BLOCKS * BLOCK) {
        let above = std::mem::take(&mut border);
        let columns = columns.iter().copied().zip(above);
        go_through::<MOST_BLOCKS, C>(strip, columns, places, |step| border.push(step));
    }
    border.iter().fold(rows.len(), |distance, step| distance + step.plus as usize - step.minus as usize)
}

/// Goes through up to `N` blocks of rows of the table, all columns, given with the steps in the row
/// above. `below` gets the steps in the last row.
fn go_through<const N: usize, C: Character>(
    rows: &[C],
    columns: impl Iterator<Item = (C, Step)>,
    places: &mut [Places; MOST_BLOCKS + 1],
    mut below: impl FnMut(Step),
) {
    let mut blocks = rows.chunks(BLOCK);
    for places in &mut places[..N] {
        places.hold(blocks.next().unwrap_or_default());
    }
    let places: [&[u64]; N] = std::array::from_fn(|i| places[i].as_slice());
    let mut column = Column::<N>::first();
    for (c, above) in columns {
        below(column.advance(&places.map(|places| at(places, c)), above, rows.len() - 1));
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
