//! From verbatim runs to passages: over small differences, and joined where they follow closely.

use std::ops::Range;

use super::cover::{Cover, Run};
use crate::text::WordId;

/// An aligned stretch of two texts, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Words of the one text.
    pub a: Range<u32>,
    /// Words of the other.
    pub b: Range<u32>,
    /// Verbatim runs inside, ascending on both sides, as (start in a, start in b, length).
    pub runs: Vec<(u32, u32, u32)>,
}

impl Passage {
    /// Words that stand on both sides verbatim.
    #[must_use]
    pub fn verbatim(&self) -> u32 {
        self.runs.iter().map(|&(_, _, length)| length).sum()
    }

    /// Moves the passage by so many words on each side.
    pub(crate) fn shift(&mut self, a: u32, b: u32) {
        self.a = self.a.start + a..self.a.end + a;
        self.b = self.b.start + b..self.b.end + b;
        for run in &mut self.runs {
            *run = (run.0 + a, run.1 + b, run.2);
        }
    }

    /// Length of the longest verbatim run, in words.
    #[must_use]
    pub fn longest(&self) -> u32 {
        self.runs.iter().map(|&(_, _, length)| length).max().unwrap_or(0)
    }
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
    for gap in 1..=2 * GAP {
        for gap_a in gap.saturating_sub(GAP)..=gap.min(GAP) {
            let gap_b = gap - gap_a;
            let run = match step {
                Step::Forward => {
                    let (end_a, end_b) = at.ends();
                    free_forward(a, b, end_a + gap_a, end_b + gap_b, cover)
                }
                Step::Backward => {
                    let (start_a, start_b) = (at.a.checked_sub(gap_a), at.b.checked_sub(gap_b));
                    let (Some(start_a), Some(start_b)) = (start_a, start_b) else { continue };
                    free_backward(a, b, start_a, start_b, cover)
                }
            };
            if run.length > gap.div_ceil(2).min(3) {
                return Some(run);
            }
        }
    }
    None
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

/// Joins runs, ascending in a, that follow each other closely on both sides.
pub(super) fn chain(runs: &[Run]) -> Vec<Passage> {
    /// Runs of several alignments interleave where one side repeats itself; so many passages back
    /// are looked at for the one that a run continues.
    const OPEN: usize = 4;
    let mut passages: Vec<Passage> = Vec::new();
    for run in runs {
        let entry = (run.a, run.b, run.length);
        let (end_a, end_b) = run.ends();
        let continued = passages.iter_mut().rev().take(OPEN).find(|last| {
            (last.a.end..=last.a.end + GAP).contains(&run.a)
                && (last.b.end..=last.b.end + GAP).contains(&run.b)
        });
        if let Some(last) = continued {
            last.a.end = end_a;
            last.b.end = end_b;
            last.runs.push(entry);
        } else {
            passages.push(Passage { a: run.a..end_a, b: run.b..end_b, runs: vec![entry] });
        }
    }
    passages
}
