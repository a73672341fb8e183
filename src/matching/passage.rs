//! From verbatim runs to passages: over small differences, and joined where they follow closely.

use std::ops::Range;

use super::cover::Cover;
use crate::text::WordId;

/// Words that two texts share verbatim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// First word in the one text.
    pub a: u32,
    /// First word in the other.
    pub b: u32,
    /// Number of words.
    pub length: u32,
}

impl Run {
    /// Returns the words behind the last one.
    #[must_use]
    pub fn ends(self) -> (u32, u32) {
        (self.a + self.length, self.b + self.length)
    }

    /// The words, of the one text `a`.
    pub(super) fn words(self, a: &[WordId]) -> &[WordId] {
        &a[self.a as usize..self.ends().0 as usize]
    }
}

/// An aligned stretch of two texts, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'r> {
    /// Words of the one text.
    pub a: Range<u32>,
    /// Words of the other.
    pub b: Range<u32>,
    /// Verbatim runs inside, ascending on both sides; at least one.
    pub runs: &'r [Run],
}

impl Passage<'_> {
    /// Returns the number of words that stand on both sides verbatim.
    #[must_use]
    pub fn verbatim(&self) -> u32 {
        self.runs.iter().map(|run| run.length).sum()
    }

    /// Returns the length of the longest verbatim run, in words.
    #[must_use]
    pub fn longest(&self) -> u32 {
        self.runs.iter().map(|run| run.length).max().unwrap_or(0)
    }
}

/// The passages of many pairs of texts, in three flat arrays.
#[derive(Debug, Default)]
pub struct Alignments {
    runs: Vec<Run>,
    /// For each passage, how many runs there are up to its end.
    passages: Vec<u32>,
    /// For each pair, how many passages there are up to its end.
    pairs: Vec<u32>,
}

impl Alignments {
    /// Number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is no pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Returns the passages of a pair, in the order of the one text.
    pub fn passages(&self, pair: usize) -> impl ExactSizeIterator<Item = Passage<'_>> + Clone {
        let start = |ends: &[u32], at: usize| at.checked_sub(1).map_or(0, |before| ends[before] as usize);
        (start(&self.pairs, pair)..self.pairs[pair] as usize).map(move |passage| {
            let runs = &self.runs[start(&self.passages, passage)..self.passages[passage] as usize];
            let (first, last) = (runs[0], runs[runs.len() - 1]);
            Passage { a: first.a..last.ends().0, b: first.b..last.ends().1, runs }
        })
    }

    /// Adds a pair: its runs, ascending, that follow each other closely on both sides become one
    /// passage.
    pub(super) fn push(&mut self, runs: &[Run]) {
        /// Runs of several alignments interleave where one side repeats itself; so many passages
        /// back are looked at for the one that a run continues.
        const OPEN: usize = 4;
        let mut ends: Vec<(u32, u32)> = Vec::new();
        let mut chained: Vec<(usize, Run)> = Vec::with_capacity(runs.len());
        for &run in runs {
            let continued = (ends.len().saturating_sub(OPEN)..ends.len()).rev().find(|&passage| {
                let (end_a, end_b) = ends[passage];
                (end_a..=end_a + GAP).contains(&run.a) && (end_b..=end_b + GAP).contains(&run.b)
            });
            let passage = continued.unwrap_or_else(|| {
                ends.push((0, 0));
                ends.len() - 1
            });
            ends[passage] = run.ends();
            chained.push((passage, run));
        }
        chained.sort_by_key(|&(passage, _)| passage);
        for runs in chained.chunk_by(|x, y| x.0 == y.0) {
            self.runs.extend(runs.iter().map(|&(_, run)| run));
            self.passages.push(count(self.runs.len()));
        }
        self.pairs.push(count(self.passages.len()));
    }

    /// Adds the pairs of another.
    pub(super) fn append(&mut self, other: &Self) {
        let (runs, passages) = (count(self.runs.len()), count(self.passages.len()));
        self.runs.extend(&other.runs);
        self.passages.extend(other.passages.iter().map(|end| end + runs));
        self.pairs.extend(other.pairs.iter().map(|end| end + passages));
        // The last sums are the largest ones.
        count(self.runs.len());
    }

    /// Makes room for the pairs of others.
    pub(super) fn reserve_exact<'o>(&mut self, others: impl Iterator<Item = &'o Self> + Clone) {
        self.runs.reserve_exact(others.clone().map(|other| other.runs.len()).sum());
        self.passages.reserve_exact(others.clone().map(|other| other.passages.len()).sum());
        self.pairs.reserve_exact(others.map(|other| other.pairs.len()).sum());
    }

    /// Gives back the memory that was reserved for more.
    pub(super) fn shrink(&mut self) {
        self.runs.shrink_to_fit();
        self.passages.shrink_to_fit();
        self.pairs.shrink_to_fit();
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2^32 verbatim runs; more would fill 48 GiB")
}

/// Most words on either side that may differ between two verbatim runs of one passage. A clause
/// put in or taken out stays inside the passage; unrelated sentences do not.
const GAP: u32 = 6;

/// Which way to walk from a run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Forward,
    Backward,
}

/// Walks from a run over small differences to the next short runs on the same line.
pub(super) fn extend(
    a: &[WordId],
    b: &[WordId],
    from: Run,
    step: Step,
    cover: &mut Cover,
    runs: &mut Vec<Run>,
) {
    let mut at = from;
    while let Some(next) = next_run(a, b, at, step, cover) {
        cover.mark(next);
        runs.push(next);
        at = next;
    }
}

/// The nearest run behind (or before) `at`: the smallest difference first, and the larger the
/// difference, the longer the run that must follow, because short words meet by chance.
fn next_run(a: &[WordId], b: &[WordId], at: Run, step: Step, cover: &Cover) -> Option<Run> {
    let (end_a, end_b) = at.ends();
    let equal = match step {
        Step::Forward => equal_near(a[end_a as usize..].iter(), b[end_b as usize..].iter()),
        Step::Backward => equal_near(a[..at.a as usize].iter().rev(), b[..at.b as usize].iter().rev()),
    };
    // A bit for each sum of two distances at which there are equal words, but for that of none.
    let mut gaps = equal.iter().zip(0..).fold(0, |gaps, (&row, gap_a)| gaps | u32::from(row) << gap_a) & !1;
    while gaps != 0 {
        let gap = gaps.trailing_zeros();
        gaps &= gaps - 1;
        for gap_a in gap.saturating_sub(GAP)..=gap.min(GAP) {
            let gap_b = gap - gap_a;
            if equal[gap_a as usize] >> gap_b & 1 == 0 {
                continue;
            }
            let run = match step {
                Step::Forward => free_forward(a, b, end_a + gap_a, end_b + gap_b, cover),
                Step::Backward => free_backward(a, b, at.a - gap_a, at.b - gap_b, cover),
            };
            if run.length > gap.div_ceil(2).min(3) {
                return Some(run);
            }
        }
    }
    None
}

/// Words on either side within reach: as many as may differ, and the first that does not.
const REACH: usize = GAP as usize + 1;

/// For each of the nearest words of `a` a bit for each of the nearest words of `b`: whether they
/// are the same.
fn equal_near<'w>(a: impl Iterator<Item = &'w WordId>, b: impl Iterator<Item = &'w WordId>) -> [u8; REACH] {
    // Where there are no more words stands what no word of the other side is.
    let (a, b) = (numbers(a, u32::MAX), numbers(b, u32::MAX - 1));
    let mut equal = [0; REACH];
    for (row, x) in equal.iter_mut().zip(a) {
        *row = b.iter().zip(0..).fold(0, |row, (y, j)| row | u8::from(x == *y) << j);
    }
    equal
}

fn numbers<'w>(words: impl Iterator<Item = &'w WordId>, none: u32) -> [u32; REACH] {
    let mut numbers = [none; REACH];
    for (number, word) in numbers.iter_mut().zip(words) {
        *number = word.get();
    }
    numbers
}

fn free_forward(a: &[WordId], b: &[WordId], from_a: u32, from_b: u32, cover: &Cover) -> Run {
    let length = (0..)
        .take_while(|&i| {
            let (x, y) = (from_a + i, from_b + i);
            (x as usize) < a.len()
                && (y as usize) < b.len()
                && a[x as usize] == b[y as usize]
                && cover.free(x, y)
        })
        .count() as u32;
    Run { a: from_a, b: from_b, length }
}

fn free_backward(a: &[WordId], b: &[WordId], end_a: u32, end_b: u32, cover: &Cover) -> Run {
    let length = (1..=end_a.min(end_b))
        .take_while(|&i| {
            let (x, y) = (end_a - i, end_b - i);
            a[x as usize] == b[y as usize] && cover.free(x, y)
        })
        .count() as u32;
    Run { a: end_a - length, b: end_b - length, length }
}
