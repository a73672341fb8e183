//! Pairs of articles and what they share.

use rayon::prelude::*;

use super::passage::{Alignments, Passage, Run};

/// Pairs of articles that share something, sorted.
#[derive(Debug, Default)]
pub struct Pairs {
    articles: Vec<(u32, u32)>,
    alignments: Alignments,
}

/// Two articles and what they share.
#[derive(Debug, Clone, Copy)]
pub struct ArticlePair<'m> {
    /// Index of the article that comes first in input order.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    alignments: &'m Alignments,
    index: usize,
}

impl<'m> ArticlePair<'m> {
    /// Returns the aligned stretches in the order of a; at least one.
    pub fn passages(&self) -> impl ExactSizeIterator<Item = Passage<'m>> + Clone + use<'m> {
        self.alignments.passages(self.index)
    }
}

impl Pairs {
    /// Number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Returns a pair by its index.
    #[must_use]
    pub fn get(&self, index: usize) -> ArticlePair<'_> {
        let (a, b) = self.articles[index];
        ArticlePair { a, b, alignments: &self.alignments, index }
    }

    /// Returns all pairs, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ArticlePair<'_>> + Clone {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Returns all pairs, in order, for several threads.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = ArticlePair<'_>> {
        (0..self.len()).into_par_iter().map(|index| self.get(index))
    }

    /// Returns the pairs whose first article is `a`.
    pub fn of(&self, a: u32) -> impl ExactSizeIterator<Item = ArticlePair<'_>> + Clone {
        let start = self.articles.partition_point(|pair| pair.0 < a);
        let end = start + self.articles[start..].partition_point(|pair| pair.0 == a);
        (start..end).map(|index| self.get(index))
    }

    /// Adds a pair behind the others.
    pub(super) fn push(&mut self, a: u32, b: u32, runs: &[Run]) {
        self.articles.push((a, b));
        self.alignments.push(runs);
    }

    /// Puts lists of pairs one behind the other.
    pub(super) fn concat(lists: Vec<Self>) -> Self {
        let mut all = Self::default();
        all.articles.reserve_exact(lists.iter().map(Self::len).sum());
        all.alignments.reserve_exact(lists.iter().map(|list| &list.alignments));
        for list in lists {
            all.articles.extend(&list.articles);
            all.alignments.append(&list.alignments);
        }
        all
    }
}
