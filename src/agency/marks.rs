//! A cheap look at a text before any expression is run over it.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Which of the words that rules look for stand in a text. Some words share a bit: a mark says that
/// a rule may match, and its expression decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    /// The letters of an agency's name or code.
    pub(super) const NAME: Self = Self(1);

    /// Whether nothing is marked.
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether both have a mark in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Finds agencies' names and the words that rules need, in one pass over a text.
#[derive(Debug)]
pub(super) struct MarkFinder {
    words: AhoCorasick,
    /// What each word marks.
    marks: Vec<Marks>,
    needs: BTreeMap<String, Marks>,
}

impl MarkFinder {
    /// Looks for these names, and for the words that rules need.
    pub(super) fn new<'a>(
        names: impl Iterator<Item = &'a String>,
        needs: impl Iterator<Item = &'a String>,
    ) -> Self {
        let mut needs: BTreeMap<String, Marks> = needs.map(|word| (word.clone(), Marks::default())).collect();
        for (number, mark) in needs.values_mut().enumerate() {
            // The lowest bit is that of the names.
            *mark = Marks(2 << (number % 63));
        }
        let mut marks = needs.clone();
        for name in names {
            let mark = marks.entry(name.clone()).or_default();
            *mark = mark.with(Marks::NAME);
        }
        let words = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(marks.keys());
        Self {
            words: words.expect("a pattern file is far below 2^31 states"),
            marks: marks.into_values().collect(),
            needs,
        }
    }

    /// The marks of some of the words that rules need.
    pub(super) fn needed(&self, words: &[String]) -> Marks {
        words
            .iter()
            .filter_map(|word| self.needs.get(word))
            .fold(Marks::default(), |all, mark| all.with(*mark))
    }

    /// Marks what stands in a text, inside other words as well.
    pub(super) fn find(&self, text: &str) -> Marks {
        let found = self.words.find_overlapping_iter(text);
        found.fold(Marks::default(), |all, found| all.with(self.marks[found.pattern().as_usize()]))
    }
}
