//! The distinct paragraphs in order of their length, for the join: each is looked for in longer ones.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::distinct::Distinct;
use crate::parallel::Evenly;
use crate::text::Texts;

/// The rank of each paragraph, from the one with most words to the one with fewest.
#[derive(Debug)]
pub(crate) struct Ranking(Vec<u32>);

impl Ranking {
    pub(crate) fn of(distinct: &Distinct, texts: &Texts) -> Self {
        let mut keyed: Vec<(Reverse<u32>, u32)> = (0..distinct.len() as u32)
            .into_par_iter()
            .evenly()
            .map(|paragraph| (Reverse(distinct.words(texts, paragraph).len() as u32), paragraph))
            .collect();
        keyed.par_sort_unstable();
        let mut ranks = vec![0; keyed.len()];
        for (rank, (_, paragraph)) in (0..).zip(keyed) {
            ranks[paragraph as usize] = rank;
        }
        Self(ranks)
    }

    pub(crate) fn rank(&self, paragraph: u32) -> u32 {
        self.0[paragraph as usize]
    }

    /// The paragraphs in order of their ranks.
    pub(crate) fn paragraphs(&self) -> Vec<u32> {
        self.by_rank(0..self.0.len() as u32)
    }

    /// Values of paragraphs in order of their ranks.
    pub(crate) fn by_rank(&self, of_paragraphs: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut of_ranks = vec![0; self.0.len()];
        for (&rank, value) in self.0.iter().zip(of_paragraphs) {
            of_ranks[rank as usize] = value;
        }
        of_ranks
    }

    /// Values of ranks in order of the paragraphs.
    pub(crate) fn by_paragraph(&self, of_ranks: &[u32]) -> Vec<u32> {
        self.0.iter().map(|&rank| of_ranks[rank as usize]).collect()
    }
}
