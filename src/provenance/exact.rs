//! Articles that are wholly the same.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::text::{Texts, WordId};

/// In what sense articles are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sameness {
    /// The same bytes.
    Bytes,
    /// Different bytes, the same folded words.
    Text,
}

/// Articles that are wholly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExactGroup {
    /// In what sense.
    pub kind: Sameness,
    /// The members, ascending; at least two.
    pub articles: Vec<u32>,
}

/// Groups articles by their bytes, then those of different bytes by their words. Articles without
/// a word belong to no group.
pub(super) fn group(corpus: &Corpus, texts: &Texts) -> Vec<ExactGroup> {
    let mut by_bytes: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    let mut by_words: BTreeMap<&[WordId], Vec<u32>> = BTreeMap::new();
    for (index, (article, text)) in corpus.articles.iter().zip(&texts.articles).enumerate() {
        if text.words.is_empty() {
            continue;
        }
        let same = by_bytes.entry(article.sha256).or_default();
        if same.is_empty() {
            // One of each set of equal bytes stands for them among the words.
            by_words.entry(&text.words).or_default().push(index as u32);
        }
        same.push(index as u32);
    }
    let bytes = by_bytes.into_values().map(|articles| ExactGroup { kind: Sameness::Bytes, articles });
    let words = by_words.into_values().map(|articles| ExactGroup { kind: Sameness::Text, articles });
    let mut groups: Vec<ExactGroup> = bytes.chain(words).filter(|group| group.articles.len() > 1).collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.articles.len()), group.articles[0], group.kind));
    groups
}
