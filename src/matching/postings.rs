//! Which owners (paragraphs, articles) share which features (shingles, fingerprints).
//!
//! Built in passes over memory: a bitmap learns which features occur at least twice, only those
//! are written out, sorted in cache-sized buckets, and laid into two flat arrays, feature to
//! owners and owner to features. Features with one owner (most of any news corpus) are counted
//! and forgotten. Where memory is short the features are taken in hash ranges, with the same
//! result.

use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::HashSet;
use rayon::prelude::*;

/// Features that at least two owners have, numbered from the rarest to the most common.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    owner_starts: Vec<usize>,
    features: Vec<u32>,
    feature_starts: Vec<usize>,
    owners: Vec<u32>,
    totals: Vec<u32>,
    common: HashSet<u64>,
}

impl Postings {
    /// Collects the features of `owners` owners, about `bound` in all (it sizes a
    /// filter and changes no result). `features_of` writes the
    /// features of one owner as well-spread 64-bit numbers, in any order, repeated or not.
    /// `memory` bounds, in bytes, what is held at once besides the result. The numbers of features
    /// with more than `limit` owners are kept for [`Postings::is_common`].
    pub(crate) fn collect<F>(owners: usize, bound: u64, memory: u64, limit: usize, features_of: F) -> Self
    where
        F: Fn(u32, &mut Vec<u64>) + Sync,
    {
        let (filter, totals) = Repeats::learn(owners, bound, &features_of);
        let count: u64 = totals.iter().map(|&total| u64::from(total)).sum();
        // An entry is 16 bytes, and stands twice while buckets are put together. How many features
        // repeat is counted only where all of them would not fit.
        let entries = if count * 32 <= memory { count } else { filter.repeated(owners, &features_of) };
        let ranges = (entries * 32).div_ceil(memory.max(1 << 24)).max(1);
        let mut lists = Vec::new();
        for range in 0..ranges {
            lists.extend(sorted_lists(owners, &features_of, &filter, (range, ranges), limit));
        }
        Self::lay_out(lists, totals)
    }

    fn lay_out(lists: Vec<Lists>, totals: Vec<u32>) -> Self {
        // Rare first: features are numbered by their number of owners, then by hash order.
        let mut by_count: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
        for &length in lists.iter().flat_map(|list| &list.lengths) {
            *by_count.entry(length).or_default() += 1;
        }
        let features: usize = by_count.values().sum();
        let mut feature_starts = Vec::with_capacity(features + 1);
        let mut next: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
        let mut at = 0;
        for (&length, &count) in &by_count {
            next.insert(length, feature_starts.len());
            for _ in 0..count {
                feature_starts.push(at);
                at += length as usize;
            }
        }
        feature_starts.push(at);
        let mut owners = vec![0; at];
        let common = lists.iter().flat_map(|list| list.common.iter().copied()).collect();
        for list in lists {
            let mut from = 0;
            for length in list.lengths {
                let feature = next.get_mut(&length).expect("counted above");
                let to = feature_starts[*feature];
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
            for &owner in &owners[feature_starts[feature]..feature_starts[feature + 1]] {
                let slot = &mut fill[owner as usize];
                of_owner[*slot] = feature as u32;
                *slot += 1;
            }
        }
        Self { owner_starts, features: of_owner, feature_starts, owners, totals, common }
    }

    /// Number of features with at least two owners.
    pub(crate) fn len(&self) -> usize {
        self.feature_starts.len().saturating_sub(1)
    }

    /// The shared features of an owner, rarest first.
    pub(crate) fn features(&self, owner: u32) -> &[u32] {
        &self.features[self.owner_starts[owner as usize]..self.owner_starts[owner as usize + 1]]
    }

    /// The owners of a feature, ascending; at least two.
    pub(crate) fn owners(&self, feature: u32) -> &[u32] {
        &self.owners[self.feature_starts[feature as usize]..self.feature_starts[feature as usize + 1]]
    }

    /// Whether a feature, given as its number, has more owners than the limit.
    pub(crate) fn is_common(&self, number: u64) -> bool {
        self.common.contains(&number)
    }

    /// Number of distinct features of an owner, those that it shares with nobody included.
    pub(crate) fn total(&self, owner: u32) -> u32 {
        self.totals[owner as usize]
    }
}

/// A filter that knows which features may occur twice: one that says no is right.
struct Repeats {
    once: Vec<AtomicU64>,
    twice: Vec<AtomicU64>,
    shift: u32,
}

impl Repeats {
    /// Looks at all features once; also returns each owner's number of distinct ones.
    fn learn(
        owners: usize,
        bound: u64,
        features_of: &(impl Fn(u32, &mut Vec<u64>) + Sync),
    ) -> (Self, Vec<u32>) {
        // Eight bits a feature: one in eight single features is taken for a repeated one, which
        // costs a little time and no correctness.
        let bits = (bound * 8).next_power_of_two().clamp(1 << 12, 1 << 33);
        let words = (bits / 64) as usize;
        let bitmap = || (0..words).map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
        let filter = Self { once: bitmap(), twice: bitmap(), shift: 64 - bits.trailing_zeros() };
        let totals = (0..owners)
            .into_par_iter()
            .with_min_len(64)
            .map_init(Vec::new, |scratch, owner| {
                features_of(owner as u32, scratch);
                scratch.sort_unstable();
                scratch.dedup();
                scratch.iter().for_each(|&feature| filter.note(feature));
                scratch.len() as u32
            })
            .collect();
        (filter, totals)
    }

    fn note(&self, feature: u64) {
        let (word, bit) = self.slot(feature);
        // Reading first: most of what is seen again is already known to repeat.
        if self.twice[word].load(Ordering::Relaxed) & bit == 0
            && self.once[word].fetch_or(bit, Ordering::Relaxed) & bit != 0
        {
            self.twice[word].fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Counts the features, of all owners, that may repeat.
    fn repeated(&self, owners: usize, features_of: &(impl Fn(u32, &mut Vec<u64>) + Sync)) -> u64 {
        let owners = (0..owners).into_par_iter().with_min_len(64);
        owners
            .map_init(Vec::new, |scratch, owner| {
                features_of(owner as u32, scratch);
                scratch.iter().filter(|&&feature| self.repeats(feature)).count() as u64
            })
            .sum()
    }

    fn slot(&self, feature: u64) -> (usize, u64) {
        let bit = feature >> self.shift;
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn repeats(&self, feature: u64) -> bool {
        let (word, bit) = self.slot(feature);
        self.twice[word].load(Ordering::Relaxed) & bit != 0
    }
}

/// Owner lists of features in hash order, one after another.
struct Lists {
    lengths: Vec<u32>,
    owners: Vec<u32>,
    /// Numbers of the features with more owners than the limit.
    common: Vec<u64>,
}

/// Buckets per hash range: enough that a bucket of a large corpus sorts inside the cache.
const BUCKETS: usize = 1 << 10;

fn sorted_lists(
    owners: usize,
    features_of: &(impl Fn(u32, &mut Vec<u64>) + Sync),
    filter: &Repeats,
    (range, ranges): (u64, u64),
    limit: usize,
) -> Vec<Lists> {
    let bucket_of = |feature: u64| {
        // Where the feature lies in 0..ranges*BUCKETS, then which of this range's buckets.
        let all = u128::from(ranges) * BUCKETS as u128;
        ((u128::from(feature) * all) >> 64) as u64
    };
    let first = range * BUCKETS as u64;
    let parts: Vec<Vec<Vec<(u64, u32)>>> = (0..owners)
        .into_par_iter()
        .with_min_len(owners / (rayon::current_num_threads() * 2) + 64)
        .fold(
            || (vec![Vec::new(); BUCKETS], Vec::new()),
            |(mut buckets, mut scratch), owner| {
                features_of(owner as u32, &mut scratch);
                for &feature in scratch.iter().filter(|&&feature| filter.repeats(feature)) {
                    if let Some(bucket) = bucket_of(feature).checked_sub(first)
                        && let Some(bucket) = buckets.get_mut(bucket as usize)
                    {
                        bucket.push((feature, owner as u32));
                    }
                }
                (buckets, scratch)
            },
        )
        .map(|(buckets, _)| buckets)
        .collect();
    let mut turned: Vec<Vec<Vec<(u64, u32)>>> =
        (0..BUCKETS).map(|_| Vec::with_capacity(parts.len())).collect();
    for part in parts {
        for (bucket, entries) in turned.iter_mut().zip(part) {
            bucket.push(entries);
        }
    }
    turned.into_par_iter().map(|parts| lists_of(parts.concat(), limit)).collect()
}

fn lists_of(mut entries: Vec<(u64, u32)>, limit: usize) -> Lists {
    entries.sort_unstable();
    entries.dedup();
    let mut lists = Lists { lengths: Vec::new(), owners: Vec::new(), common: Vec::new() };
    for same in entries.chunk_by(|a, b| a.0 == b.0) {
        if same.len() > 1 {
            lists.lengths.push(same.len() as u32);
            lists.owners.extend(same.iter().map(|&(_, owner)| owner));
            if same.len() > limit {
                lists.common.push(same[0].0);
            }
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    /// Spreads small test numbers over 64 bits, as callers do.
    fn spread(x: u64) -> u64 {
        x.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn collect(lists: &[Vec<u64>], memory: u64) -> Postings {
        let bound = lists.iter().map(Vec::len).sum::<usize>() as u64;
        Postings::collect(lists.len(), bound, memory, 3, |owner, out| {
            out.clear();
            out.extend(lists[owner as usize].iter().map(|&x| spread(x)));
        })
    }

    proptest! {
        #[test]
        fn equals_a_map_of_sets(lists in proptest::collection::vec(proptest::collection::vec(0u64..40, 0..12), 0..30)) {
            let postings = collect(&lists, 1 << 30);
            let mut expected: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for (owner, list) in lists.iter().enumerate() {
                for &x in list {
                    expected.entry(x).or_default().insert(owner as u32);
                }
                let distinct: BTreeSet<_> = list.iter().collect();
                prop_assert_eq!(postings.total(owner as u32) as usize, distinct.len());
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
            }
        }
    }

    #[test]
    fn little_memory_gives_the_same_features_and_owners() {
        let lists: Vec<Vec<u64>> =
            (0..40_000).map(|i| (0..60).map(|j| (i * 7 + j * 13) % 300_000).collect()).collect();
        let whole = collect(&lists, u64::MAX);
        let ranged = collect(&lists, 1);
        assert_eq!(whole.len(), ranged.len());
        assert_eq!(whole.features, ranged.features);
        assert_eq!(whole.owners, ranged.owners);
    }
}
