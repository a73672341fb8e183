//! Which owners (paragraphs, articles) share which features (shingles, fingerprints).
//!
//! Built in passes over memory: the features of one [`Slice`] at a time are written into buckets,
//! sorted there, and those with at least two owners laid into two flat arrays, feature to owners and
//! owner to features. Features with one owner (most of any news corpus) are counted and forgotten.
//! Passing over a feature is cheaper than keeping it, so the slices are thin enough for the memory
//! that is given; how many there are changes no result.

mod pass;

use std::sync::atomic::AtomicU32;

use hashbrown::HashSet;

use pass::{Entry, Lists, Pass};

/// Features that at least two owners have, numbered from the rarest to the most common. Which of two
/// equally common ones comes first depends on the slices, and changes no result of the join.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    owner_starts: Vec<u32>,
    features: Vec<u32>,
    feature_starts: Vec<u32>,
    owners: Vec<u32>,
    totals: Vec<u32>,
    common: HashSet<u64>,
}

/// Where the features of each owner come from.
pub(crate) trait Features: Sync {
    /// Calls `each` with every feature of an owner that is in the slice, as a 64-bit number whose
    /// lower half is well spread, in any order, repeated or not, and always the same ones. A feature
    /// is in one slice of so many, whoever has it.
    fn for_each(&self, owner: u32, slice: Slice, each: impl FnMut(u64));

    /// The number under which an owner is listed. Owners are asked one after another, which may be
    /// quicker in the order of the texts than in that of the lists.
    fn number(&self, owner: u32) -> u32 {
        owner
    }
}

/// One of so many parts of all features, of about the same size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    /// The lowest hash in it.
    first: u32,
    /// The highest one, from the lowest on.
    span: u32,
}

impl Slice {
    /// All features.
    pub(crate) const ALL: Self = Self { first: 0, span: u32::MAX };

    /// Part `number` of `of`.
    fn new(number: u32, of: u32) -> Self {
        let first = |number: u64| (number << u32::BITS).div_ceil(of.into());
        let (first, next) = (first(number.into()), first(u64::from(number) + 1));
        Self { first: first as u32, span: (next - first - 1) as u32 }
    }

    /// Whether the features with this hash are in it.
    #[inline]
    pub(crate) fn has(self, hash: u32) -> bool {
        hash.wrapping_sub(self.first) <= self.span
    }
}

impl Postings {
    /// Collects the features of `owners` owners, about `count` in all (it sizes the passes and
    /// changes no result). `memory` bounds, in bytes, what is held at once besides the result. The
    /// numbers of features with more than `limit` owners are kept for [`Postings::is_common`].
    pub(crate) fn collect(
        owners: usize,
        count: u64,
        memory: u64,
        limit: usize,
        features: &impl Features,
    ) -> Self {
        Gathered::from(owners, count, memory, limit, features).lay_out()
    }

    /// Number of features with at least two owners.
    pub(crate) fn len(&self) -> usize {
        self.feature_starts.len().saturating_sub(1)
    }

    /// The shared features of an owner, rarest first.
    pub(crate) fn features(&self, owner: u32) -> &[u32] {
        let (start, end) = (self.owner_starts[owner as usize], self.owner_starts[owner as usize + 1]);
        &self.features[start as usize..end as usize]
    }

    /// The owners of a feature, ascending; at least two.
    pub(crate) fn owners(&self, feature: u32) -> &[u32] {
        let (start, end) = (self.feature_starts[feature as usize], self.feature_starts[feature as usize + 1]);
        &self.owners[start as usize..end as usize]
    }

    /// Leaves in `lists` the owners of each of some features, with the first one by itself. The lists lie
    /// far apart, and where nothing is decided between them memory brings several at once.
    pub(crate) fn owners_of_each<'p>(&'p self, features: &[u32], lists: &mut Vec<(u32, &'p [u32])>) {
        lists.clear();
        lists.extend(features.iter().map(|&feature| self.owners(feature)).map(|owners| (owners[0], owners)));
    }

    /// Whether a feature, given as its number, has more owners than the limit.
    pub(crate) fn is_common(&self, number: u64) -> bool {
        self.common.contains(&number)
    }

    /// Forgets everything but the totals, one an owner.
    pub(crate) fn into_totals(self) -> Vec<u32> {
        self.totals
    }

    /// Number of distinct features of each owner, those that it shares with nobody included.
    pub(crate) fn totals(&self) -> &[u32] {
        &self.totals
    }
}

/// The features of all owners, by their hashes: the first half of [`Postings::collect`].
pub(crate) struct Gathered {
    lists: Vec<Lists>,
    totals: Vec<u32>,
}

impl Gathered {
    /// Takes what [`Postings::collect`] takes.
    pub(crate) fn from(
        owners: usize,
        count: u64,
        memory: u64,
        limit: usize,
        features: &impl Features,
    ) -> Self {
        let slices = (count * size_of::<Entry>() as u64).div_ceil(memory.max(LEAST_MEMORY)).max(1);
        let of = u32::try_from(slices).expect("memory is at least a 2^32nd of what the features take");
        let totals: Vec<AtomicU32> = (0..owners).map(|_| AtomicU32::new(0)).collect();
        let mut lists = Vec::new();
        for number in 0..of {
            let pass = Pass { slice: Slice::new(number, of), expected: (count / slices) as usize, limit };
            lists.extend(pass.run(features, &totals));
        }
        Self { lists, totals: totals.into_iter().map(AtomicU32::into_inner).collect() }
    }

    /// Numbers the features and lists them by their owners, on this thread alone.
    pub(crate) fn lay_out(self) -> Postings {
        let Self { lists, totals } = self;
        // Rare first: features are numbered by their number of owners, then as they come.
        let lengths = || lists.iter().flat_map(|list| &list.lengths);
        let longest = lengths().max().map_or(0, |&length| length as usize);
        let mut by_length = vec![0; longest + 1];
        lengths().for_each(|&length| by_length[length as usize] += 1);
        let features: usize = by_length.iter().sum();
        let mut feature_starts = Vec::with_capacity(features + 1);
        let mut next = Vec::with_capacity(longest + 1);
        let mut at = 0;
        for (length, &count) in by_length.iter().enumerate() {
            next.push(feature_starts.len());
            for _ in 0..count {
                feature_starts.push(position(at));
                at += length;
            }
        }
        feature_starts.push(position(at));
        let mut owners = vec![0; at];
        let common = lists.iter().flat_map(|list| list.common.iter().copied()).collect();
        for list in lists {
            let mut from = 0;
            for length in list.lengths {
                let feature = &mut next[length as usize];
                let to = feature_starts[*feature] as usize;
                let length = length as usize;
                owners[to..to + length].copy_from_slice(&list.owners[from..from + length]);
                from += length;
                *feature += 1;
            }
        }
        let mut owner_starts = vec![0; totals.len() + 1];
        for &owner in &owners {
            owner_starts[owner as usize + 1] += 1;
        }
        for i in 1..owner_starts.len() {
            owner_starts[i] += owner_starts[i - 1];
        }
        let mut fill = owner_starts.clone();
        let mut of_owner = vec![0; owners.len()];
        for feature in 0..features {
            for &owner in &owners[feature_starts[feature] as usize..feature_starts[feature + 1] as usize] {
                let slot = &mut fill[owner as usize];
                of_owner[*slot as usize] = feature as u32;
                *slot += 1;
            }
        }
        Postings { owner_starts, features: of_owner, feature_starts, owners, totals, common }
    }
}

/// A place in the flat arrays.
fn position(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 owners of shared features; more would fill 32 GiB")
}

/// Less memory than this is not worth more passes.
const LEAST_MEMORY: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    /// Spreads small test numbers over 64 bits, as callers do.
    fn spread(x: u64) -> u64 {
        x.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    struct Given<'a>(&'a [Vec<u64>]);

    impl Features for Given<'_> {
        fn for_each(&self, owner: u32, slice: Slice, each: impl FnMut(u64)) {
            let features = self.0[owner as usize].iter().map(|&x| spread(x));
            features.filter(|&x| slice.has((x >> 32) as u32)).for_each(each);
        }

        /// From the last to the first.
        fn number(&self, owner: u32) -> u32 {
            self.0.len() as u32 - 1 - owner
        }
    }

    fn collect(lists: &[Vec<u64>], memory: u64) -> Postings {
        let bound = lists.iter().map(Vec::len).sum::<usize>() as u64;
        Postings::collect(lists.len(), bound, memory, 3, &Given(lists))
    }

    proptest! {
        #[test]
        fn equals_a_map_of_sets(lists in proptest::collection::vec(proptest::collection::vec(0u64..40, 0..12), 0..30)) {
            let postings = collect(&lists, 1 << 30);
            let mut expected: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for (number, list) in lists.iter().rev().enumerate() {
                for &x in list {
                    expected.entry(x).or_default().insert(number as u32);
                }
                let distinct: BTreeSet<_> = list.iter().collect();
                prop_assert_eq!(postings.totals()[number] as usize, distinct.len());
            }
            let mut expected: Vec<Vec<u32>> =
                expected.into_values().filter(|set| set.len() > 1).map(|set| set.into_iter().collect()).collect();
            let mut got: Vec<Vec<u32>> = (0..postings.len() as u32).map(|f| postings.owners(f).to_vec()).collect();
            prop_assert!(got.is_sorted_by_key(Vec::len));
            expected.sort();
            got.sort();
            prop_assert_eq!(&got, &expected);
            let common = (0..40).filter(|&x| postings.is_common(spread(x))).count();
            prop_assert_eq!(common, got.iter().filter(|owners| owners.len() > 3).count());
            for owner in 0..lists.len() as u32 {
                let features = postings.features(owner);
                prop_assert!(features.is_sorted());
                prop_assert!(features.iter().all(|&f| postings.owners(f).contains(&owner)));
                let mut each = Vec::new();
                postings.owners_of_each(features, &mut each);
                let owners = features.iter().map(|&f| postings.owners(f)).map(|owners| (owners[0], owners));
                prop_assert_eq!(each, owners.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn little_memory_gives_the_same_features_and_owners() {
        let lists: Vec<Vec<u64>> =
            (0..40_000).map(|i| (0..60).map(|j| (i * 7 + j * 13) % 300_000).collect()).collect();
        let whole = collect(&lists, u64::MAX);
        let ranged = collect(&lists, 1);
        // Which of two equally common features has the lower number depends on the slices.
        let lists_of = |postings: &Postings, features: &mut dyn Iterator<Item = u32>| {
            let mut lists: Vec<Vec<u32>> = features.map(|f| postings.owners(f).to_vec()).collect();
            lists.sort_unstable();
            lists
        };
        let all = |postings: &Postings| lists_of(postings, &mut (0..postings.len() as u32));
        assert_eq!(all(&whole), all(&ranged));
        assert_eq!(whole.totals(), ranged.totals());
        for owner in 0..lists.len() as u32 {
            let of_owner =
                |postings: &Postings| lists_of(postings, &mut postings.features(owner).iter().copied());
            assert_eq!(of_owner(&whole), of_owner(&ranged));
        }
    }
}
