//! Which articles share a verbatim run, wherever paragraph borders fall.
//!
//! Every run of the least length holds a picked stretch that is somewhat shorter
//! ([`Winnow`](super::shingles::Winnow)). A stretch that very many articles have says nothing about
//! the rarer run around it, so there the stretches of the full least length around it are looked at
//! instead: each run holds at least one of them whole.

use rayon::prelude::*;

use super::Options;
use super::postings::Postings;
use super::shingles::{self, Winnow};
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

/// Finds candidates; the alignment decides.
pub(crate) fn find(texts: &Texts, options: &Options) -> SharedRuns {
    let winnow = Winnow::for_runs(options.min_run);
    let words = |article: u32| &texts.articles[article as usize].words[..];
    let articles = texts.articles.len();
    // About two picks in five words; an estimate suffices, it only sizes the filter.
    let bound = texts.articles.iter().map(|article| article.words.len() as u64).sum::<u64>() / 2;
    let Options { memory, group_limit: limit, .. } = *options;
    let picks = Postings::collect(articles, bound, memory, limit, |article, out| {
        out.clear();
        winnow.for_each_pick(words(article), |_, _, number| out.push(number));
    });
    let run = options.min_run * WordId::WHOLE;
    let has_common = |article| {
        // The most common ones stand last.
        picks.features(article).last().is_some_and(|&pick| picks.owners(pick).len() > limit)
    };
    let bound = (0..articles as u32).filter(|&article| has_common(article));
    let bound = bound.map(|article| words(article).len() as u64 / 8).sum();
    let whole = Postings::collect(articles, bound, memory, limit, |article, out| {
        out.clear();
        if !has_common(article) {
            return;
        }
        winnow.for_each_pick(words(article), |start, end, number| {
            if picks.is_common(number) {
                shingles::for_each_stretch_around(words(article), start..end, run, |number| out.push(number));
            }
        });
    });
    let pairs = (0..articles as u32)
        .into_par_iter()
        .with_min_len(64)
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
    let mut add = |owners: &[u32]| {
        others.extend(&owners[owners.partition_point(|&owner| owner <= article)..]);
    };
    for owners in picks.features(article).iter().map(|&pick| picks.owners(pick)) {
        if owners.len() <= limit {
            add(owners);
        }
    }
    for owners in whole.features(article).iter().map(|&stretch| whole.owners(stretch)) {
        // A text of very many articles ties each of them to the first one only.
        if owners.len() <= limit || owners[0] == article {
            add(owners);
        }
    }
    others.sort_unstable();
    others.dedup();
    others.into_iter().map(|other| (article, other)).collect()
}
