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

/// Groups articles by their bytes, and by their words those that are not all of the same bytes. Articles
/// without a word belong to no group.
pub(super) fn group(corpus: &Corpus, texts: &Texts) -> Vec<ExactGroup> {
    let mut by_bytes: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    let mut by_words: BTreeMap<&[WordId], Vec<u32>> = BTreeMap::new();
    for (index, (article, text)) in corpus.articles.iter().zip(&texts.articles).enumerate() {
        if text.words.is_empty() {
            continue;
        }
        by_bytes.entry(article.sha256).or_default().push(index as u32);
        by_words.entry(&text.words).or_default().push(index as u32);
    }
    let bytes_of = |index: &u32| corpus.articles[*index as usize].sha256;
    by_words.retain(|_, articles| articles.iter().any(|index| bytes_of(index) != bytes_of(&articles[0])));
    let bytes = by_bytes.into_values().map(|articles| ExactGroup { kind: Sameness::Bytes, articles });
    let words = by_words.into_values().map(|articles| ExactGroup { kind: Sameness::Text, articles });
    let mut groups: Vec<ExactGroup> = bytes.chain(words).filter(|group| group.articles.len() > 1).collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.articles.len()), group.articles[0], group.kind));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{corpus, text};

    #[test]
    fn what_has_the_same_words_is_one_group_with_all_its_members() {
        let folder = tempfile::tempdir().unwrap();
        for (name, body) in [
            ("a.txt", "The ferry sank.\n"),
            ("b.txt", "The ferry sank.\r\n"),
            ("c.txt", "The ferry sank.\n"),
            ("d.txt", "It was raised.\n"),
            ("e.txt", "It was raised.\n"),
        ] {
            std::fs::write(folder.path().join(name), body).unwrap();
        }
        let listing = corpus::list(&[folder.path().to_owned()]);
        let corpus = corpus::read(listing, &Default::default(), &mut std::io::empty(), &|_| ()).unwrap();
        let bodies: Vec<&str> = corpus.articles.iter().map(|article| &*article.body).collect();
        let groups = group(&corpus, &text::read(&bodies, &|_| ()));
        let found: Vec<_> = groups.iter().map(|group| (group.kind, group.articles.as_slice())).collect();
        assert_eq!(
            found,
            [(Sameness::Text, &[0, 1, 2][..]), (Sameness::Bytes, &[0, 2]), (Sameness::Bytes, &[3, 4])]
        );
    }
}
