//! Where in a text each character stands.

/// Cells of the table of distances that one word holds.
pub(super) const BLOCK: usize = u64::BITS as usize;

/// Blocks of a column, or of diagonals, that are advanced together.
pub(super) const MOST_BLOCKS: usize = 8;

pub(super) trait Character: Copy {
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
pub(super) struct Places {
    /// By character; none beyond the end.
    of: Vec<u64>,
    /// The characters that have places.
    held: Vec<u32>,
}

impl Places {
    /// Turns to another block, of at most 64 characters.
    pub(super) fn hold<C: Character>(&mut self, block: &[C]) {
        for &c in &self.held {
            self.of[c as usize] = 0;
        }
        self.held.clear();
        self.held.extend(block.iter().map(|c| c.number()));
        let end = self.held.iter().fold(0, |end, c| end.max(*c)) as usize + 1;
        if end > self.of.len() {
            self.of.resize(end.next_power_of_two(), 0);
        }
        for (i, &c) in self.held.iter().enumerate() {
            self.of[c as usize] |= 1 << i;
        }
    }

    /// The places by character, for [`at`].
    pub(super) fn as_slice(&self) -> &[u64] {
        &self.of
    }
}

/// The places of a character.
pub(super) fn at<C: Character>(places: &[u64], c: C) -> u64 {
    places.get(c.number() as usize).copied().unwrap_or(0)
}
