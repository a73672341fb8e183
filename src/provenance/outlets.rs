//! What the articles of an outlet share with those of others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Relation, Reuse, Verdict};
use crate::agency::Credit;
use crate::corpus::Corpus;

/// One outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct OutletSummary {
    /// Its name.
    pub name: String,
    /// Its articles.
    pub articles: u32,
    /// Articles in at least one reprint relation with an outlet of another publisher.
    pub reprints: u32,
    /// Articles in at least one partial relation with an outlet of another publisher, and in no
    /// reprint.
    pub partial: u32,
    /// Agency-feed reprints.
    pub flagged: u32,
    /// Share of its reporting words that stand nowhere else, 0..=1.
    pub own_share: f64,
    /// The outlets of other publishers it shares text with, most pairs first.
    pub edges: Vec<OutletEdge>,
}

/// What two outlets share, seen from one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutletEdge {
    /// The other outlet.
    pub outlet: String,
    /// Pairs of articles with a reprint or partial relation.
    pub pairs: u32,
    /// Of these, established to come from the other outlet.
    pub from_other: u32,
    /// Words shared in these pairs.
    pub words: u64,
}

#[derive(Default)]
struct Tally {
    articles: u32,
    flagged: u32,
    reporting: u64,
    reused: u64,
    reprints: BTreeSet<u32>,
    partial: BTreeSet<u32>,
    edges: BTreeMap<String, OutletEdge>,
}

/// Summarises the known outlets, by name.
pub(super) fn summarise(
    corpus: &Corpus,
    credits: &[Credit],
    relations: &[Relation],
    reuse: &[Reuse],
) -> Vec<OutletSummary> {
    let outlet = |article: u32| corpus.articles[article as usize].outlet.as_ref().map(|outlet| &outlet.value);
    let mut tallies: BTreeMap<&String, Tally> = BTreeMap::new();
    for (article, (credit, reuse)) in credits.iter().zip(reuse).enumerate() {
        let Some(name) = outlet(article as u32) else { continue };
        let tally = tallies.entry(name).or_default();
        tally.articles += 1;
        tally.flagged += u32::from(credit.level.is_feed());
        tally.reporting += u64::from(reuse.reporting);
        tally.reused += u64::from(reuse.reused);
    }
    for relation in relations.iter().filter(|r| r.verdict.shares_narrative()) {
        let (Some(of_a), Some(of_b)) = (outlet(relation.a), outlet(relation.b)) else { continue };
        // Desks of one publisher are not other outlets.
        if corpus.articles[relation.a as usize].is_of_one_house(&corpus.articles[relation.b as usize]) {
            continue;
        }
        for (mine, article, other, other_article) in
            [(of_a, relation.a, of_b, relation.b), (of_b, relation.b, of_a, relation.a)]
        {
            let tally = tallies.entry(mine).or_default();
            match relation.verdict {
                Verdict::Reprint => tally.reprints.insert(article),
                _ => tally.partial.insert(article),
            };
            let edge = tally.edges.entry(other.clone()).or_default();
            edge.outlet.clone_from(other);
            edge.pairs += 1;
            edge.from_other += u32::from(relation.direction.from == Some(other_article));
            edge.words += u64::from(relation.shared_words);
        }
    }
    tallies
        .into_iter()
        .map(|(name, tally)| {
            let mut edges: Vec<OutletEdge> = tally.edges.into_values().collect();
            edges.sort_by(|x, y| y.pairs.cmp(&x.pairs).then(x.outlet.cmp(&y.outlet)));
            OutletSummary {
                name: name.clone(),
                articles: tally.articles,
                partial: tally.partial.difference(&tally.reprints).count() as u32,
                reprints: tally.reprints.len() as u32,
                flagged: tally.flagged,
                own_share: 1.0 - tally.reused as f64 / tally.reporting.max(1) as f64,
                edges,
            }
        })
        .collect()
}
