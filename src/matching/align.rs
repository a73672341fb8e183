//! From two articles to the passages they share.
//!
//! Verbatim runs are the anchors: every stretch of the least run length that both sides have is
//! looked up exactly, so each word that stands inside such a run, on either side, ends up in a
//! passage, moved and repeated ones included. Inside paragraphs that the containment join has
//! matched, runs of one shingle anchor too. From each anchor the alignment walks outwards over
//! small differences (greedy gap extension), and anchors that follow each other closely on both
//! sides become one passage; blocks that moved stay passages of their own.

use std::ops::Range;

use hashbrown::HashMap;

use super::cover::Cover;
use super::grams::GramIndex;
use super::passage::{Run, Step, extend};
use super::shingles;
use crate::text::WordId;

/// Weight of the runs that anchor anywhere in two articles that are known to share something: six
/// ordinary words. Shorter ones meet by chance in articles on one event.
const ANCHOR: u32 = 6 * WordId::WHOLE;

/// How many places of a repeated stretch are compared to choose the longest run. Which of them is
/// chosen does not change what is covered.
const CHOICES: usize = 16;

/// Aligns one text with many. Holds the indices of the one, and scratch space.
#[derive(Debug, Default)]
pub(crate) struct Aligner {
    least: u32,
    anchors: GramIndex,
    /// Built only for a partner with crowded stretches.
    runs: GramIndex,
    /// The shingles of the paragraphs that were matched so far; those behind `indexed` are memory to be
    /// used again.
    paragraphs: Vec<GramIndex>,
    /// Which of `paragraphs` has which words of the one text.
    indexed: HashMap<Range<u32>, usize>,
    cover: Cover,
}

impl Aligner {
    /// Prepares for aligning `a` with others. `weight` is the least weight of a verbatim run.
    pub(crate) fn index(&mut self, a: &[WordId], weight: u32) {
        self.least = weight;
        self.anchors.build(a, 0, ANCHOR.min(weight));
        self.runs.clear();
        self.indexed.clear();
    }

    /// Forgets the text that was indexed. What is aligned next has no anchors but its matched ranges.
    pub(crate) fn forget(&mut self) {
        self.anchors.clear();
        self.runs.clear();
        self.indexed.clear();
    }

    /// Aligns the indexed text `a` with `b`. `matched` are word ranges of paragraphs that are
    /// known to match. Returns the verbatim runs, ascending; text that one side repeats gives runs
    /// for each of its places.
    pub(crate) fn align(
        &mut self,
        a: &[WordId],
        b: &[WordId],
        matched: impl Iterator<Item = (Range<u32>, Range<u32>)>,
    ) -> Vec<Run> {
        let mut cover = std::mem::take(&mut self.cover);
        cover.clear(a.len(), b.len());
        let mut runs = Vec::new();
        let common = common_runs(&self.anchors, a, b, &(0..a.len() as u32), &(0..b.len() as u32));
        if common.crowded {
            self.cover_exactly(a, b, &mut cover, &mut runs);
        }
        // Longest first, so the long ones, which count wherever they stand, are in front.
        let long = common.runs.partition_point(|&run| shingles::weight_reaches(run.words(a), self.least));
        let (long, short) = common.runs.split_at(long);
        for &run in long {
            cover.take_uncovered(run, &mut runs);
        }
        for (in_a, in_b) in matched {
            let index = self.paragraph(a, &in_a);
            for run in common_runs(index, a, b, &in_a, &in_b).runs {
                cover.take_free(run, a, shingles::SHINGLE, &mut runs);
            }
        }
        if !runs.is_empty() {
            for &run in short {
                cover.take_free(run, a, ANCHOR, &mut runs);
            }
            runs.sort_unstable();
            for at in 0..runs.len() {
                let run = runs[at];
                extend(a, b, run, Step::Forward, &mut cover, &mut runs);
                extend(a, b, run, Step::Backward, &mut cover, &mut runs);
            }
            runs.sort_unstable();
        }
        self.cover = cover;
        runs
    }

    /// The index of a matched paragraph of `a`, built when it is first asked for.
    fn paragraph(&mut self, a: &[WordId], range: &Range<u32>) -> &GramIndex {
        let next = self.indexed.len();
        let at = *self.indexed.entry(range.clone()).or_insert_with(|| {
            if next == self.paragraphs.len() {
                self.paragraphs.push(GramIndex::default());
            }
            let words = &a[range.start as usize..range.end as usize];
            self.paragraphs[next].build(words, range.start, shingles::SHINGLE);
            next
        });
        &self.paragraphs[at]
    }

    /// Covers every word of either side that lies inside a common run of the least weight, however
    /// often its stretches occur. Slower than looking at all places of each stretch while these
    /// are few, but its time does not grow with their number.
    fn cover_exactly(&mut self, a: &[WordId], b: &[WordId], cover: &mut Cover, runs: &mut Vec<Run>) {
        if self.runs.is_empty() {
            self.runs.build(a, 0, self.least);
        }
        let index = &mut self.runs;
        index.forget();
        let mut stretches = Vec::new();
        index.for_each_common(b, |start, end, first| stretches.push((start, end, first)));
        let mut until = 0;
        for (start, end, first) in stretches {
            index.remember(first, start as u32);
            if end <= until {
                continue;
            }
            let best = index
                .places(first)
                .take(CHOICES)
                .map(|at| (forward(a, b, at as usize, start), std::cmp::Reverse(at)))
                .max();
            let Some((length, std::cmp::Reverse(at))) = best else { continue };
            if length >= end - start {
                until = start + length;
                cover.take_uncovered(Run { a: at, b: start as u32, length: length as u32 }, runs);
            }
        }
        // What a repeats and b has once: the places that were not chosen above. Every word of a
        // common run lies in a common stretch, so looking at each stretch's own words suffices.
        let mut next = index.next_remembered(0);
        while let Some((start, other)) = next {
            next = index.next_remembered(start + 1);
            let stretch = shingles::stretch_end(a, start as usize, index.weight());
            if !cover.a[start as usize..stretch].iter().all(|&covered| covered) {
                let length = forward(a, b, start as usize, other as usize) as u32;
                cover.take_uncovered(Run { a: start, b: other, length }, runs);
            }
        }
    }
}

/// Words that all runs of two ranges may have together, as a multiple of the words of the ranges. Where
/// a text repeats itself over and over, each place begins a run as long as the rest of it.
const OVERLAP: usize = 64;

/// The maximal verbatim runs of two ranges, longest first.
struct CommonRuns {
    runs: Vec<Run>,
    /// Whether not all were looked at: some stretch has too many places, or they overlap too much.
    crowded: bool,
}

/// Finds the runs of at least the indexed weight between the indexed range of a and one of b.
fn common_runs(
    index: &GramIndex,
    a: &[WordId],
    b: &[WordId],
    in_a: &Range<u32>,
    in_b: &Range<u32>,
) -> CommonRuns {
    let mut found = CommonRuns { runs: Vec::new(), crowded: false };
    let (end_a, end_b) = (&a[..in_a.end as usize], &b[..in_b.end as usize]);
    let mut left = OVERLAP * (in_a.len() + in_b.len());
    index.for_each_common(&end_b[in_b.start as usize..], |start, _, first| {
        if left == 0 {
            found.crowded = true;
            return;
        }
        let start = in_b.start + start as u32;
        let mut places = index.places(first);
        for at in places.by_ref().take(CHOICES) {
            // Each maximal run once, from its start.
            let inside = at > in_a.start && start > in_b.start;
            if !inside || a[at as usize - 1] != b[start as usize - 1] {
                let length = forward(end_a, end_b, at as usize, start as usize);
                left = left.saturating_sub(length);
                found.runs.push(Run { a: at, b: start, length: length as u32 });
            }
        }
        found.crowded |= places.next().is_some();
    });
    found.runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.length), run.a, run.b));
    found
}

fn forward(a: &[WordId], b: &[WordId], i: usize, j: usize) -> usize {
    a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::passage::Alignments;
    use super::*;
    use crate::text;

    const RUN: u32 = 12 * WordId::WHOLE;

    fn words(list: &[u8]) -> Vec<WordId> {
        let body = list.iter().map(|x| format!("w{x}")).collect::<Vec<_>>().join(" ");
        // Ids must agree between two texts: intern a fixed alphabet first.
        let alphabet = (0..=255u8).map(|x| format!("w{x}")).collect::<Vec<_>>().join(" ");
        text::read(&[&format!("{alphabet} {body}")], &|_| ()).articles[0].words[256..].to_vec()
    }

    /// A passage by itself.
    struct Found {
        a: Range<u32>,
        b: Range<u32>,
        runs: Vec<Run>,
        longest: u32,
    }

    fn align(a: &[WordId], b: &[WordId]) -> Vec<Found> {
        let mut aligner = Aligner::default();
        let mut alignments = Alignments::default();
        aligner.index(a, RUN);
        alignments.push(&aligner.align(a, b, std::iter::empty()));
        alignments
            .passages(0)
            .map(|p| Found { a: p.a.clone(), b: p.b.clone(), runs: p.runs.to_vec(), longest: p.longest() })
            .collect()
    }

    /// Words of a that lie inside a run of at least 12 words that b has too, by trying them all.
    fn brute(a: &[WordId], b: &[WordId]) -> Vec<bool> {
        let mut inside = vec![false; a.len()];
        for i in 0..a.len() {
            for j in 0..b.len() {
                let length = forward(a, b, i, j);
                if length >= 12 {
                    inside[i..i + length].fill(true);
                }
            }
        }
        inside
    }

    fn check(a: &[WordId], b: &[WordId]) {
        let passages = align(a, b);
        for passage in &passages {
            for run in &passage.runs {
                let (x, y, length) = (run.a as usize, run.b as usize, run.length as usize);
                assert_eq!(a[x..x + length], b[y..y + length]);
            }
            assert_eq!(passage.a, passage.runs[0].a..passage.runs.last().map(|run| run.ends().0).unwrap());
        }
        assert!(passages.is_sorted_by_key(|passage| passage.a.start));
        let covered = |word: usize, side: fn(&Found) -> &Range<u32>| {
            passages.iter().any(|passage| side(passage).contains(&(word as u32)))
        };
        for (word, _) in brute(a, b).iter().enumerate().filter(|(_, inside)| **inside) {
            assert!(covered(word, |p| &p.a), "word {word} of a");
        }
        for (word, _) in brute(b, a).iter().enumerate().filter(|(_, inside)| **inside) {
            assert!(covered(word, |p| &p.b), "word {word} of b");
        }
    }

    #[test]
    fn a_lightly_edited_copy_is_one_passage() {
        let a: Vec<u8> = (0..60).collect();
        let mut b = a.clone();
        b[20] = 200;
        b.splice(40..41, [201, 202, 203]);
        let passages = align(&words(&a), &words(&b));
        assert_eq!(passages.len(), 1);
        let verbatim: u32 = passages[0].runs.iter().map(|run| run.length).sum();
        assert_eq!((passages[0].a.clone(), verbatim, passages[0].longest), (0..60, 58, 20));
    }

    #[test]
    fn moved_blocks_stay_passages_of_their_own() {
        let a: Vec<u8> = (0..80).collect();
        let b: Vec<u8> = (40..80).chain(100..120).chain(0..40).collect();
        let passages = align(&words(&a), &words(&b));
        let ranges: Vec<_> = passages.iter().map(|p| (p.a.clone(), p.b.clone())).collect();
        assert_eq!(ranges, [(0..40, 60..100), (40..80, 0..40)]);
    }

    #[test]
    fn nothing_in_common_is_no_passage() {
        assert!(align(&words(&[1; 40]), &words(&[2; 40])).is_empty());
        assert!(align(&[], &words(&[2; 40])).is_empty());
    }

    #[test]
    fn one_word_repeated_ends_quickly_and_is_covered() {
        let (a, b) = (words(&[7; 3000]), words(&[7; 5000]));
        let passages = align(&a, &b);
        assert!((0..3000).all(|word| passages.iter().any(|p| p.a.contains(&word))));
        assert!((0..5000).all(|word| passages.iter().any(|p| p.b.contains(&word))));
    }

    proptest! {
        #[test]
        fn every_run_is_covered_on_both_sides(
            pieces in proptest::collection::vec((0usize..4, 0u8..6), 1..8),
            noise_a in proptest::collection::vec(0u8..5, 0..30),
            noise_b in proptest::collection::vec(0u8..5, 0..30),
        ) {
            let block = |n: usize| (0..20u8).map(move |i| 50 + 20 * n as u8 + i);
            let mut a: Vec<u8> = noise_a;
            let mut b: Vec<u8> = noise_b;
            for (n, way) in pieces {
                if way % 2 == 0 { a.extend(block(n)); } else { a.extend(block(n).take(9)); }
                if way % 3 != 0 { b.splice(0..0, block(n)); } else { b.extend(block(n).skip(4)); }
            }
            check(&words(&a), &words(&b));
        }

        #[test]
        fn repetitive_texts_are_covered(a in proptest::collection::vec(0u8..2, 0..60), b in proptest::collection::vec(0u8..2, 0..60)) {
            check(&words(&a), &words(&b));
        }
    }
}
