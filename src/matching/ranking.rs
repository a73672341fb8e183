//! The distinct paragraphs in order of their length, for the join: each is looked for in longer ones.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::distinct::Distinct;
use crate::parallel::Evenly;
use crate::text::Texts;

/// Ranks of paragraphs, from the one with most words to the one with fewest.
#[derive(Debug)]
pub(crate) struct Ranking {
    /// By rank.
    paragraphs: Vec<u32>,
    /// By paragraph.
    ranks: Vec<u32>,
}

impl Ranking {
    pub(crate) fn of(distinct: &Distinct, texts: &Texts) -> Self {
        let mut keyed: Vec<(Reverse<u32>, u32)> = (0..distinct.len() as u32)
            .into_par_iter()
            .evenly()
            .map(|paragraph| (Reverse(distinct.words(texts, paragraph).len() as u32), paragraph))
            .collect();
        keyed.par_sort_unstable();
        let paragraphs: Vec<u32> = keyed.into_iter().map(|(_, paragraph)| paragraph).collect();
        let mut ranks = vec![0; paragraphs.len()];
        for (rank, &paragraph) in (0..).zip(&paragraphs) {
            ranks[paragraph as usize] = rank;
        }
        Self { paragraphs, ranks }
    }

    /// The rank of a paragraph.
    pub(crate) fn rank(&self, paragraph: u32) -> u32 {
        self.ranks[paragraph as usize]
    }

    /// The paragraph of a rank.
    pub(crate) fn paragraph(&self, rank: u32) -> u32 {
        self.paragraphs[rank as usize]
    }

    /// Values of paragraphs in order of their ranks.
    pub(crate) fn by_rank(&self, of_paragraphs: &[u32]) -> Vec<u32> {
        self.paragraphs.iter().map(|&paragraph| of_paragraphs[paragraph as usize]).collect()
    }

    /// Values of ranks in order of the paragraphs.
    pub(crate) fn by_paragraph(&self, of_ranks: &[u32]) -> Vec<u32> {
        self.ranks.iter().map(|&rank| of_ranks[rank as usize]).collect()
    }
}
