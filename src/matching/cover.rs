//! Verbatim runs, and which words already stand in one.

use super::shingles;
use crate::text::WordId;

/// Words that two texts share verbatim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    /// First word in the one text.
    pub(super) a: u32,
    /// First word in the other.
    pub(super) b: u32,
    /// Number of words.
    pub(super) length: u32,
}

impl Run {
    /// The words behind the last one.
    pub(super) fn ends(self) -> (u32, u32) {
        (self.a + self.length, self.b + self.length)
    }

    /// The words, of the one text `a`.
    pub(super) fn words(self, a: &[WordId]) -> &[WordId] {
        &a[self.a as usize..self.ends().0 as usize]
    }
}

/// Which words already stand in a run.
pub(super) struct Cover {
    pub(super) a: Vec<bool>,
    b: Vec<bool>,
}

impl Cover {
    /// Nothing covered yet, of texts of so many words.
    pub(super) fn new(a: usize, b: usize) -> Self {
        Self { a: vec![false; a], b: vec![false; b] }
    }

    /// Covers a run.
    pub(super) fn mark(&mut self, run: Run) {
        self.a[run.a as usize..run.ends().0 as usize].fill(true);
        self.b[run.b as usize..run.ends().1 as usize].fill(true);
    }

    /// Whether neither word is covered.
    pub(super) fn free(&self, a: u32, b: u32) -> bool {
        !self.a[a as usize] && !self.b[b as usize]
    }

    /// Covers the pieces of a run that are not yet covered on both sides, and returns them.
    pub(super) fn take_uncovered(&mut self, run: Run) -> Vec<Run> {
        let pieces = pieces(run, |i| !(self.a[(run.a + i) as usize] && self.b[(run.b + i) as usize]));
        pieces.iter().for_each(|&piece| self.mark(piece));
        pieces
    }

    /// Covers the pieces of a run, of at least `weight`, of which no word is covered on either
    /// side, and returns them.
    pub(super) fn take_free(&mut self, run: Run, a: &[WordId], weight: u32) -> Vec<Run> {
        let mut pieces = pieces(run, |i| self.free(run.a + i, run.b + i));
        pieces.retain(|piece| shingles::weight_reaches(piece.words(a), weight));
        pieces.iter().for_each(|&piece| self.mark(piece));
        pieces
    }
}

/// The maximal pieces of a run whose words are all wanted.
fn pieces(run: Run, wanted: impl Fn(u32) -> bool) -> Vec<Run> {
    let mut pieces = Vec::new();
    let mut start = None;
    for i in 0..=run.length {
        match (i < run.length && wanted(i), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                pieces.push(Run { a: run.a + from, b: run.b + from, length: i - from });
                start = None;
            }
            _ => {}
        }
    }
    pieces
}
