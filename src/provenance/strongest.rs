//! The passages that show best what is shared.

use std::collections::BTreeSet;

use super::{Relation, Verdict};
use crate::matching::Pairs;
use crate::text::{Texts, WordId};

/// Passages kept. More than any page shows, few enough to read.
const KEPT: usize = 50;

/// A strong passage: the relation and the passage in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strongest {
    /// Index among the relations.
    pub relation: usize,
    /// Index among the relation's passages.
    pub passage: usize,
}

/// Chooses the longest passages of reporting text, one a pair of articles, each text once.
pub(super) fn choose(texts: &Texts, pairs: &Pairs, relations: &[Relation]) -> Vec<Strongest> {
    let mut candidates: Vec<(u32, Strongest)> = relations
        .iter()
        .enumerate()
        .filter(|(_, relation)| relation.verdict != Verdict::Boilerplate)
        .filter_map(|(index, relation)| {
            let passages = pairs.get(index).passages().map(|passage| passage.verbatim());
            let reporting = relation.passages.iter().zip(passages).enumerate();
            let reporting = reporting.filter(|(_, (passage, _))| passage.reporting);
            let longest = reporting.map(|(number, (_, verbatim))| (verbatim, std::cmp::Reverse(number)));
            let (verbatim, std::cmp::Reverse(passage)) = longest.max()?;
            Some((verbatim, Strongest { relation: index, passage }))
        })
        .collect();
    candidates.sort_by_key(|&(words, chosen)| (std::cmp::Reverse(words), chosen.relation));
    // A text is known by its first words on either side, so that forty copies show once.
    let mut shown: BTreeSet<&[WordId]> = BTreeSet::new();
    let mut chosen = Vec::new();
    for (_, candidate) in candidates {
        if chosen.len() == KEPT {
            break;
        }
        let relation = &relations[candidate.relation];
        let mut passages = pairs.get(candidate.relation).passages();
        let passage = passages.nth(candidate.passage).expect("chosen among them");
        let opening = |article: u32, from: u32| {
            let words = &texts.articles[article as usize].words;
            &words[from as usize..words.len().min(from as usize + 8)]
        };
        let keys = [opening(relation.a, passage.a.start), opening(relation.b, passage.b.start)];
        let middle = [
            opening(relation.a, passage.a.start + passage.a.len() as u32 / 2),
            opening(relation.b, passage.b.start + passage.b.len() as u32 / 2),
        ];
        if !keys.iter().chain(&middle).any(|key| shown.contains(key)) {
            chosen.push(candidate);
        }
        shown.extend(keys.iter().chain(&middle));
    }
    chosen
}
