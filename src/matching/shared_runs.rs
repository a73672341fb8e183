//! Which articles share a verbatim run, wherever paragraph borders fall.
//!
//! Every run of the least length holds a picked stretch that is somewhat shorter
//! ([`Winnow`](super::shingles::Winnow)). A stretch that very many articles have says nothing about
//! the rarer run around it, so there the stretches of the full least length around it are looked at
//! instead: each run holds at least one of them whole.

use std::ops::Range;

use rayon::prelude::*;

use super::Options;
use super::postings::{Features, Postings, Slice};
use super::shingles::{self, Winnow};
use crate::parallel::Evenly;
use crate::text::{Texts, WordId};

/// Articles that may share a run.
#[derive(Debug, Default)]
pub(crate) struct SharedRuns {
    /// Pairs of articles, the lower first, sorted. Every two articles that share a run of the
    /// least length are here, unless all they share stands in more articles than the limit.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Articles that stand for a text of more articles than the limit: its first ones.
    pub(crate) hubs: Vec<u32>,
}

/// The picked stretches of every article. Which they are is worked out once and kept, a bit a word.
#[derive(Debug)]
pub(crate) struct Picks<'a> {
    texts: &'a Texts,
    weight: u32,
    /// The bits of all articles, each from a new number on.
    picked: Vec<u64>,
    /// Where in them each article begins.
    starts: Vec<u32>,
}

impl<'a> Picks<'a> {
    /// Picks for runs of at least `run` words.
    pub(crate) fn of(texts: &'a Texts, run: u32) -> Self {
        let winnow = Winnow::for_runs(run);
        const CHUNK: usize = 512;
        let chunks: Vec<Vec<u64>> = texts
            .articles
            .par_chunks(CHUNK)
            .evenly()
            .map(|articles| {
                let mut picked = Vec::new();
                for article in articles {
                    let first = picked.len();
                    picked.resize(first + article.words.len().div_ceil(64), 0);
                    winnow.for_each_pick(&article.words, |start, _, _| {
                        picked[first + start / 64] |= 1 << (start % 64);
                    });
                }
                picked
            })
            .collect();
        let mut starts = Vec::with_capacity(texts.articles.len());
        let mut at = 0;
        for article in &texts.articles {
            starts.push(u32::try_from(at).expect("fewer than 2^38 words; more would fill a terabyte"));
            at += article.words.len().div_ceil(64);
        }
        Self { texts, weight: winnow.weight(), picked: chunks.concat(), starts }
    }

    fn words(&self, article: u32) -> &'a [WordId] {
        &self.texts.articles[article as usize].words
    }

    /// Calls `each` with the words and the number of each picked stretch of an article that is in the
    /// slice.
    fn for_each_of(&self, article: u32, slice: Slice, mut each: impl FnMut(Range<usize>, u64)) {
        let words = self.words(article);
        let picked = &self.picked[self.starts[article as usize] as usize..][..words.len().div_ceil(64)];
        for (block, &bits) in picked.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let start = block * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if slice.has(shingles::leading(&words[start..])) {
                    let stretch = start..shingles::stretch_end(words, start, self.weight);
                    each(stretch.clone(), shingles::number(&words[stretch]));
                }
            }
        }
    }

    /// How many there are.
    fn count(&self) -> u64 {
        self.picked.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }
}

impl Features for Picks<'_> {
    fn for_each(&self, article: u32, slice: Slice, mut each: impl FnMut(u64)) {
        self.for_each_of(article, slice, |_, number| each(number));
    }
}

/// The stretches of the least length of a run around picked ones that very many articles have.
struct AroundCommon<'a> {
    picks: &'a Picks<'a>,
    postings: &'a Postings,
    limit: usize,
    run: u32,
}

impl AroundCommon<'_> {
    fn has_common(&self, article: u32) -> bool {
        // The most common ones stand last.
        let last = self.postings.features(article).last();
        last.is_some_and(|&pick| self.postings.owners(pick).len() > self.limit)
    }
}

impl Features for AroundCommon<'_> {
    fn for_each(&self, article: u32, slice: Slice, mut each: impl FnMut(u64)) {
        if !self.has_common(article) {
            return;
        }
        let words = self.picks.words(article);
        self.picks.for_each_of(article, Slice::ALL, |stretch, number| {
            if self.postings.is_common(number) {
                shingles::for_each_stretch_around(words, stretch, self.run, |number| {
                    if slice.has((number >> 32) as u32) {
                        each(number);
                    }
                });
            }
        });
    }
}

/// Finds candidates, in passes for which `memory` bytes are enough; the alignment decides.
pub(crate) fn find(found: &Picks<'_>, options: &Options, memory: u64) -> SharedRuns {
    let articles = found.texts.articles.len();
    let limit = options.group_limit;
    let picks = Postings::collect(articles, found.count(), memory, limit, found);
    let run = options.min_run * WordId::WHOLE;
    let around = AroundCommon { picks: found, postings: &picks, limit, run };
    let bound = (0..articles as u32).filter(|&article| around.has_common(article));
    let bound = bound.map(|article| found.words(article).len() as u64 / 8).sum();
    let whole = Postings::collect(articles, bound, memory, limit, &around);
    let pairs = (0..articles as u32)
        .into_par_iter()
        .with_min_len(64)
        .evenly()
        .flat_map_iter(|article| partners(&picks, &whole, article, limit))
        .collect();
    let mut hubs: Vec<u32> = (0..whole.len() as u32)
        .into_par_iter()
        .map(|stretch| whole.owners(stretch))
        .filter(|owners| owners.len() > limit)
        .map(|owners| owners[0])
        .collect();
    hubs.par_sort_unstable();
    hubs.dedup();
    SharedRuns { pairs, hubs }
}

/// The later articles that share a stretch with `article`.
fn partners(picks: &Postings, whole: &Postings, article: u32, limit: usize) -> Vec<(u32, u32)> {
    let mut others: Vec<u32> = Vec::new();
    let mut lists = Vec::new();
    let mut add = |owners: &[u32]| {
        others.extend(&owners[owners.partition_point(|&owner| owner <= article)..]);
    };
    picks.owners_of_each(picks.features(article), &mut lists);
    lists.iter().filter(|(_, owners)| owners.len() <= limit).for_each(|(_, owners)| add(owners));
    whole.owners_of_each(whole.features(article), &mut lists);
    // A text of very many articles ties each of them to the first one only.
    let ties = |&&(first, owners): &&(u32, &[u32])| owners.len() <= limit || first == article;
    lists.iter().filter(ties).for_each(|(_, owners)| add(owners));
    others.sort_unstable();
    others.dedup();
    others.into_iter().map(|other| (article, other)).collect()
}
