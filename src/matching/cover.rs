//! Which words already stand in a verbatim run.

use super::passage::Run;
use super::shingles;
use crate::text::WordId;

/// Which words already stand in a run.
#[derive(Debug, Default)]
pub(super) struct Cover {
    pub(super) a: Vec<bool>,
    b: Vec<bool>,
}

impl Cover {
    /// Uncovers everything, for texts of so many words.
    pub(super) fn clear(&mut self, a: usize, b: usize) {
        for (side, words) in [(&mut self.a, a), (&mut self.b, b)] {
            side.clear();
            side.resize(words, false);
        }
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

    /// Covers the pieces of a run that are not yet covered on both sides, and adds them to `runs`.
    pub(super) fn take_uncovered(&mut self, run: Run, runs: &mut Vec<Run>) {
        self.take(run, |cover, a, b| !(cover.a[a] && cover.b[b]), |_| true, runs);
    }

    /// Covers the pieces of a run, of at least `weight`, of which no word is covered on either
    /// side, and adds them to `runs`.
    pub(super) fn take_free(&mut self, run: Run, a: &[WordId], weight: u32, runs: &mut Vec<Run>) {
        let counts = |piece: Run| shingles::weight_reaches(piece.words(a), weight);
        self.take(run, |cover, a, b| !cover.a[a] && !cover.b[b], counts, runs);
    }

    /// Takes the maximal pieces of a run whose words are all wanted, if the piece counts.
    fn take(
        &mut self,
        run: Run,
        wanted: impl Fn(&Self, usize, usize) -> bool,
        counts: impl Fn(Run) -> bool,
        runs: &mut Vec<Run>,
    ) {
        let mut from = 0;
        for i in 0..=run.length {
            let (a, b) = ((run.a + i) as usize, (run.b + i) as usize);
            if i == run.length || !wanted(self, a, b) {
                let piece = Run { a: run.a + from, b: run.b + from, length: i - from };
                if piece.length > 0 && counts(piece) {
                    self.mark(piece);
                    runs.push(piece);
                }
                from = i + 1;
            }
        }
    }
}
