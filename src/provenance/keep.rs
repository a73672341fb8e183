//! Which of several copies to keep, for those who want every text once.
//!
//! An article is dropped only where its own reporting text stands in the very article that is kept
//! instead: chains (the first in the second, the second in the third) never drop the first for the
//! third. Articles are decided in the order of the rule's preference, except that a text waits for
//! the longer ones that hold it, so that a brief is dropped for the full story and never the full
//! story for the brief. Each one is dropped for the preferred of the kept ones that hold it, and is
//! kept where there is none. Every article and every pair is looked at once.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::{ExactGroup, Sameness};
use crate::corpus::Published;

/// Which copy is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepRule {
    /// The earliest stated time, as in a timeline: a day counts from its beginning, a time without
    /// a zone as UTC, no time last; then the longest.
    Earliest,
    /// The most words of reporting, then the most words, then the earliest.
    Longest,
    /// That of the outlet whose own text it is: the agency's own outlet, then those that credit no
    /// agency, then the others; among them the earliest.
    OwnOutlet,
    /// The first in the order of the input.
    First,
}

impl KeepRule {
    /// The name that the command line and files have for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::Longest => "longest",
            Self::OwnOutlet => "own-outlet",
            Self::First => "first",
        }
    }
}

/// Whose text an article is, as far as it says; the most preferred first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ownership {
    /// It stands in the own outlet of the agency that wrote it.
    Agency,
    /// Nothing credits it to somebody else.
    Own,
    /// It is credited to an agency or a feed, here or in another article.
    Foreign,
}

/// What the rules look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The stated time.
    pub published: Option<Published>,
    /// Words of reporting.
    pub reporting_words: u64,
    /// Words of the whole text.
    pub words: u64,
    /// Whose text it is.
    pub ownership: Ownership,
}

/// A share of one article's reporting text, large enough to drop it, stands in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// The article that may be dropped.
    pub inner: u32,
    /// The article that holds its text.
    pub outer: u32,
    /// Share of the inner one's reporting words, 0..=1.
    pub share: f64,
}

/// What becomes of an article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Choice {
    /// It is kept.
    Kept,
    /// It is wholly the same as the one that is kept.
    Same {
        /// The one that is kept.
        twin: u32,
        /// In what sense.
        sameness: Sameness,
    },
    /// Its reporting stands in the one that is kept, or in one that is wholly the same as that.
    Reprint {
        /// The one that is kept.
        twin: u32,
        /// Share of this article's reporting words, 0..=1.
        share: f64,
    },
}

/// Decides about every article. `exact` are groups of articles that are wholly the same; those of
/// the same bytes may be represented by one member in a group of the same words.
#[must_use]
pub fn keep(candidates: &[Candidate], exact: &[ExactGroup], held: &[Held], rule: KeepRule) -> Vec<Choice> {
    let ranks = ranks(candidates, rule);
    let classes = Classes::of(candidates.len(), exact, &ranks);
    let holders = holders(&classes, held);
    let kept = decide(candidates, &classes, &holders, &ranks);
    (0..candidates.len() as u32)
        .map(|article| {
            let class = classes.of_article[article as usize];
            let first = classes.first[class];
            match kept[class] {
                None if article == first => Choice::Kept,
                None => Choice::Same { twin: first, sameness: classes.sameness(article, first) },
                Some(outer) => Choice::Reprint { twin: classes.first[outer], share: holders[class][&outer] },
            }
        })
        .collect()
}

/// The place of every article in the order of preference.
fn ranks(candidates: &[Candidate], rule: KeepRule) -> Vec<u32> {
    let time = |a: &Candidate, b: &Candidate| {
        let key = |candidate: &Candidate| candidate.published.map(|time| time.sort_key());
        match (key(a), key(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // `None` is the smallest, and no time comes last.
            (a, b) => b.cmp(&a),
        }
    };
    let length =
        |a: &Candidate, b: &Candidate| (b.reporting_words, b.words).cmp(&(a.reporting_words, a.words));
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    // Stable: where the rule has no preference, the first is preferred.
    order.sort_by(|&a, &b| {
        let (a, b) = (&candidates[a], &candidates[b]);
        match rule {
            KeepRule::Earliest => time(a, b).then_with(|| length(a, b)),
            KeepRule::Longest => length(a, b).then_with(|| time(a, b)),
            KeepRule::OwnOutlet => a.ownership.cmp(&b.ownership).then_with(|| time(a, b)),
            KeepRule::First => Ordering::Equal,
        }
    });
    let mut ranks = vec![0; order.len()];
    for (rank, article) in order.into_iter().enumerate() {
        ranks[article] = rank as u32;
    }
    ranks
}

/// Articles that are wholly the same, taken as one.
struct Classes {
    of_article: Vec<usize>,
    /// The preferred member of each.
    first: Vec<u32>,
    /// The group of the same bytes that an article is in.
    bytes: BTreeMap<u32, usize>,
}

impl Classes {
    fn of(articles: usize, exact: &[ExactGroup], ranks: &[u32]) -> Self {
        // A group of the same words may hold groups of the same bytes: bytes first.
        let mut leader: Vec<u32> = (0..articles as u32).collect();
        let mut bytes = BTreeMap::new();
        for kind in [Sameness::Bytes, Sameness::Text] {
            for (number, group) in exact.iter().enumerate().filter(|(_, group)| group.kind == kind) {
                let Some(&first) = group.articles.first() else { continue };
                for &article in &group.articles {
                    if kind == Sameness::Bytes {
                        bytes.insert(article, number);
                    }
                    let led = leader[article as usize];
                    leader[led as usize] = leader[first as usize];
                }
            }
        }
        let mut classes = Self { of_article: Vec::with_capacity(articles), first: Vec::new(), bytes };
        let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
        for article in 0..articles as u32 {
            let mut led = article;
            while leader[led as usize] != led {
                led = leader[led as usize];
            }
            let class = *numbers.entry(led).or_insert(classes.first.len());
            if class == classes.first.len() {
                classes.first.push(article);
            } else if ranks[article as usize] < ranks[classes.first[class] as usize] {
                classes.first[class] = article;
            }
            classes.of_article.push(class);
        }
        classes
    }

    fn sameness(&self, a: u32, b: u32) -> Sameness {
        match (self.bytes.get(&a), self.bytes.get(&b)) {
            (Some(a), Some(b)) if a == b => Sameness::Bytes,
            _ => Sameness::Text,
        }
    }
}

/// Per class the classes that hold it, with the largest share.
fn holders(classes: &Classes, held: &[Held]) -> Vec<BTreeMap<usize, f64>> {
    let mut holders = vec![BTreeMap::new(); classes.first.len()];
    for &Held { inner, outer, share } in held {
        let [inner, outer] = [inner, outer].map(|article| classes.of_article[article as usize]);
        if inner != outer {
            let known = holders[inner].entry(outer).or_insert(share);
            *known = f64::max(*known, share);
        }
    }
    holders
}

/// Per class the one that is kept instead of it, if any.
fn decide(
    candidates: &[Candidate],
    classes: &Classes,
    holders: &[BTreeMap<usize, f64>],
    ranks: &[u32],
) -> Vec<Option<usize>> {
    let rank = |class: usize| ranks[classes.first[class] as usize];
    let words = |class: usize| candidates[classes.first[class] as usize].reporting_words;
    let mut waiting = vec![0_u32; holders.len()];
    let mut waited_for = vec![BTreeSet::new(); holders.len()];
    for (inner, holding) in holders.iter().enumerate() {
        for &outer in holding.keys() {
            // By length, so that nobody waits in a circle.
            if !holders[outer].contains_key(&inner) && words(inner) < words(outer) {
                waiting[inner] += 1;
                waited_for[outer].insert(inner);
            }
        }
    }
    let ready = (0..holders.len()).filter(|&class| waiting[class] == 0);
    let mut ready: BinaryHeap<_> = ready.map(|class| Reverse((rank(class), class))).collect();
    let mut decided: Vec<Option<Option<usize>>> = vec![None; holders.len()];
    while let Some(Reverse((_, class))) = ready.pop() {
        let kept = holders[class].keys().copied().filter(|&outer| decided[outer] == Some(None));
        decided[class] = Some(kept.min_by_key(|&outer| rank(outer)));
        for &inner in &waited_for[class] {
            waiting[inner] -= 1;
            if waiting[inner] == 0 {
                ready.push(Reverse((rank(inner), inner)));
            }
        }
    }
    decided.into_iter().map(|decision| decision.expect("nobody waits in a circle")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidate(published: &str, words: u64) -> Candidate {
        Candidate {
            published: Published::parse(published),
            reporting_words: words,
            words,
            ownership: Ownership::Own,
        }
    }

    fn both(a: u32, b: u32) -> [Held; 2] {
        [Held { inner: a, outer: b, share: 0.9 }, Held { inner: b, outer: a, share: 0.8 }]
    }

    fn twins(choices: &[Choice]) -> Vec<Option<u32>> {
        let twin = |choice: &Choice| match *choice {
            Choice::Kept => None,
            Choice::Same { twin, .. } | Choice::Reprint { twin, .. } => Some(twin),
        };
        choices.iter().map(twin).collect()
    }

    #[test]
    fn each_rule_keeps_its_own() {
        let mut candidates = [
            candidate("2025-01-02", 100),
            candidate("2025-01-01", 90),
            candidate("", 120),
            candidate("2025-01-03", 80),
        ];
        candidates[3].ownership = Ownership::Agency;
        let held: Vec<Held> =
            [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)].iter().flat_map(|&(a, b)| both(a, b)).collect();
        let kept = |rule| {
            let twins = twins(&keep(&candidates, &[], &held, rule));
            twins.iter().position(Option::is_none)
        };
        assert_eq!(kept(KeepRule::Earliest), Some(1));
        assert_eq!(kept(KeepRule::Longest), Some(2));
        assert_eq!(kept(KeepRule::OwnOutlet), Some(3));
        assert_eq!(kept(KeepRule::First), Some(0));
    }

    #[test]
    fn a_chain_is_not_one_cluster() {
        let candidates = [1, 2, 3].map(|day| candidate(&format!("2025-01-0{day}"), 100));
        let held = [both(0, 1), both(1, 2)].concat();
        assert_eq!(twins(&keep(&candidates, &[], &held, KeepRule::First)), [None, Some(0), None]);
    }

    #[test]
    fn a_brief_is_dropped_for_the_story_that_holds_it_and_never_the_other_way() {
        let candidates = [candidate("2025-01-01", 50), candidate("2025-01-02", 500)];
        let held = [Held { inner: 0, outer: 1, share: 1.0 }];
        assert_eq!(
            keep(&candidates, &[], &held, KeepRule::Earliest),
            [Choice::Reprint { twin: 1, share: 1.0 }, Choice::Kept]
        );
    }

    #[test]
    fn the_same_text_is_one_whatever_its_bytes() {
        let candidates = vec![candidate("", 100); 5];
        let exact = [
            ExactGroup { kind: Sameness::Bytes, articles: vec![1, 2] },
            ExactGroup { kind: Sameness::Text, articles: vec![0, 1] },
        ];
        let held = [Held { inner: 3, outer: 2, share: 0.7 }];
        assert_eq!(
            keep(&candidates, &exact, &held, KeepRule::First),
            [
                Choice::Kept,
                Choice::Same { twin: 0, sameness: Sameness::Text },
                Choice::Same { twin: 0, sameness: Sameness::Text },
                Choice::Reprint { twin: 0, share: 0.7 },
                Choice::Kept,
            ]
        );
    }

    proptest! {
        #[test]
        fn what_is_dropped_stands_in_what_is_kept(
            words in proptest::collection::vec(1_u64..5, 12),
            pairs in proptest::collection::vec((0_u32..12, 0_u32..12), 0..30),
            groups in proptest::collection::vec((0_u32..12, 0_u32..12), 0..4),
            rule in proptest::sample::select(vec![
                KeepRule::Earliest, KeepRule::Longest, KeepRule::OwnOutlet, KeepRule::First
            ]),
        ) {
            let candidates: Vec<_> = words.iter().map(|&words| candidate("", words)).collect();
            let held: Vec<_> =
                pairs.iter().map(|&(inner, outer)| Held { inner, outer, share: 0.7 }).collect();
            let exact: Vec<_> = groups
                .iter()
                .map(|&(a, b)| ExactGroup { kind: Sameness::Text, articles: vec![a, b] })
                .collect();
            let choices = keep(&candidates, &exact, &held, rule);
            let classes = Classes::of(12, &exact, &ranks(&candidates, rule));
            let class = |article: u32| classes.of_article[article as usize];
            for (article, choice) in choices.iter().enumerate() {
                let article = article as u32;
                match *choice {
                    Choice::Kept => {}
                    Choice::Same { twin, .. } => {
                        prop_assert_eq!(choices[twin as usize], Choice::Kept);
                        prop_assert_eq!(class(article), class(twin));
                    }
                    Choice::Reprint { twin, .. } => {
                        prop_assert_eq!(choices[twin as usize], Choice::Kept);
                        let holds = held.iter().any(|held| {
                            class(held.inner) == class(article) && class(held.outer) == class(twin)
                        });
                        prop_assert!(holds);
                    }
                }
            }
            for held in &held {
                let (inner, outer) = (choices[held.inner as usize], choices[held.outer as usize]);
                let back = pairs.iter().any(|&(a, b)| class(a) == class(held.outer) && class(b) == class(held.inner));
                if inner == Choice::Kept && outer == Choice::Kept && back {
                    prop_assert_eq!(held.inner, held.outer, "two kept articles hold each other");
                }
            }
        }
    }
}
