//! A cheap look at a text before any expression is run over it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::needles::{Case, Needles};

/// Which of the words that rules look for stand in a text. Some words share a bit: a mark says that
/// a rule may match, and its expression decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    /// An agency's name or code.
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
}

/// Finds agencies' names and the words that rules need, in one pass over a text.
#[derive(Debug)]
pub(super) struct MarkFinder {
    words: Needles,
    found: Vec<Found>,
    needs: BTreeMap<String, Marks>,
}

/// What it says that a word stands in a text.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// Also inside another word.
    anywhere: Marks,
    /// Only where it stands as [`Borders`] say.
    as_name: Marks,
    borders: Borders,
}

/// Where a name must begin or end a word. Letters, digits and `_` of ASCII make words here, which
/// expressions find in one pass over any text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Borders {
    pub(super) start: bool,
    pub(super) end: bool,
}

impl Borders {
    /// A capitalised name may be glued to the lower-case end of the word before it (`ReedAssociated
    /// Press`), as extractors leave it; short ones may not.
    pub(super) fn of(name: &str) -> Self {
        Self { start: name.is_ascii() && !name.contains(' '), end: name.is_ascii() }
    }

    /// Whether the name at `bytes` of a text stands so.
    fn hold(self, text: &[u8], bytes: Range<usize>) -> bool {
        let is_word =
            |at: usize| text.get(at).is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let starts = is_word(bytes.start) != bytes.start.checked_sub(1).is_some_and(is_word);
        let ends = is_word(bytes.end - 1) != is_word(bytes.end);
        (starts || !self.start) && (ends || !self.end)
    }
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
        let anywhere =
            |(word, &mark): (&String, &Marks)| (word.clone(), Found { anywhere: mark, ..Found::default() });
        let mut found: BTreeMap<String, Found> = needs.iter().map(anywhere).collect();
        for name in names {
            let found = found.entry(name.clone()).or_default();
            (found.as_name, found.borders) = (Marks::NAME, Borders::of(name));
        }
        let words = Needles::new(found.keys(), Case::Counts);
        Self { words, found: found.into_values().collect(), needs }
    }

    /// The marks of some of the words that rules need.
    pub(super) fn needed(&self, words: &[String]) -> Marks {
        words
            .iter()
            .filter_map(|word| self.needs.get(word))
            .fold(Marks::default(), |all, mark| all.with(*mark))
    }

    /// Marks what stands in a text.
    pub(super) fn find(&self, text: &str) -> Marks {
        let mut marks = Marks::default();
        self.words.find(text, |word, bytes| {
            let Found { anywhere, as_name, borders } = self.found[word];
            let named = borders.hold(text.as_bytes(), bytes);
            marks = marks.with(anywhere).with(if named { as_name } else { Marks::default() });
        });
        marks
    }
}
