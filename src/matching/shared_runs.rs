//! Which articles share a verbatim run, wherever paragraph borders fall.

use rayon::prelude::*;

use super::Options;
use super::postings::Postings;
use super::shingles::Winnow;
use crate::text::Texts;

/// Articles that may share a run.
#[derive(Debug, Default)]
pub(crate) struct SharedRuns {
    /// Pairs of articles, the lower first, sorted. Every two articles that share a run of the
    /// least length are here, unless all they share stands in more articles than the limit.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Articles that stand for a text of more articles than the limit: its first ones.
    pub(crate) hubs: Vec<u32>,
}

/// Finds candidates by winnowed fingerprints; the alignment decides.
pub(crate) fn find(texts: &Texts, options: &Options) -> SharedRuns {
    let winnow = Winnow::for_runs(options.min_run);
    // About two picks in five words; an estimate suffices, it only sizes the filter.
    let bound = texts.articles.iter().map(|article| article.words.len() as u64).sum::<u64>() / 2;
    let prints = Postings::collect(texts.articles.len(), bound, options.memory, |article, out| {
        out.clear();
        winnow.for_each_pick(&texts.articles[article as usize].words, |_, _, number| out.push(number));
    });
    let pairs = (0..texts.articles.len() as u32)
        .into_par_iter()
        .with_min_len(64)
        .flat_map_iter(|article| partners(&prints, article, options.group_limit))
        .collect();
    let mut hubs: Vec<u32> = (0..prints.len() as u32)
        .into_par_iter()
        .map(|print| prints.owners(print))
        .filter(|owners| owners.len() > options.group_limit)
        .map(|owners| owners[0])
        .collect();
    hubs.par_sort_unstable();
    hubs.dedup();
    SharedRuns { pairs, hubs }
}

/// The later articles that share a fingerprint with `article`.
fn partners(prints: &Postings, article: u32, limit: usize) -> Vec<(u32, u32)> {
    let mut others: Vec<u32> = Vec::new();
    for &print in prints.features(article) {
        let owners = prints.owners(print);
        // A text of very many articles ties each of them to the first one only.
        if owners.len() <= limit || owners[0] == article {
            others.extend(&owners[owners.partition_point(|&owner| owner <= article)..]);
        }
    }
    others.sort_unstable();
    others.dedup();
    others.into_iter().map(|other| (article, other)).collect()
}
