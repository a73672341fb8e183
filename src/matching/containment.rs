//! The exact containment join: all pairs of distinct paragraphs of which the shorter stands, to a
//! given share or number of its distinct shingles, in the other.
//!
//! A paragraph with `n` distinct shingles that is contained in another shares at least a number `k` of
//! them ([`Needed`]), so of any `n - k + l` of its shingles at least `l` are shared (prefix
//! filtering; Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007; with `l` above one,
//! Wang, Li and Feng 2012). Taking its rarest ones, shingles that occur nowhere else come first and
//! use the prefix up, so most paragraphs ask nobody; asking for `l` leaves out those that have one
//! phrase in common. Every candidate is verified by counting. It degrades where many paragraphs are
//! made of the same common shingles (templates), because then many pairs are true.

use rayon::prelude::*;

use super::postings::Postings;
use crate::parallel::Evenly;

/// A verified pair of distinct paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contained {
    /// The lower number.
    pub a: u32,
    /// The higher number.
    pub b: u32,
    /// Distinct shingles that both have.
    pub shared: u32,
}

/// How many distinct shingles of the shorter paragraph must stand in the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needed {
    /// This share of them, above 0, at most 1;
    pub(crate) share: f64,
    /// or so many, where they are at least `share_of_many`.
    pub(crate) many: u32,
    /// A smaller share than `share`.
    pub(crate) share_of_many: f64,
}

impl Needed {
    /// The fewest that are enough of `total`.
    fn of(&self, total: u32) -> u32 {
        // A share given as a decimal, such as 0.7 of 10, must not ask for 8 because 0.7 * 10 is a
        // hair above 7 in binary.
        let share = |share: f64| (share * f64::from(total) - 1e-9).ceil() as u32;
        let many = share(self.share_of_many).max(self.many);
        share(self.share).min(many).clamp(1, total.max(1))
    }
}

/// Shingles of the prefix that a candidate must share (`l` above), where so many are needed.
const PREFIX_SHARED: u32 = 3;

/// Joins paragraphs by their shingles, those for which `wanted` holds. It is quickest where they are
/// listed from the one with most shingles to the one with fewest. The pairs are not sorted.
pub(crate) fn join(
    shingles: &Postings,
    needed: impl Fn(u32) -> Needed + Sync,
    wanted: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<Contained> {
    let paragraphs = shingles.totals().len();
    let longer = Longer::than_each(shingles.totals());
    (0..paragraphs as u32)
        .into_par_iter()
        .with_min_len(256)
        .evenly()
        .fold(
            || (Vec::new(), Probe::among(paragraphs)),
            |(mut pairs, mut probe), shorter| {
                probe.run(shingles, &longer, shorter, needed(shorter), &wanted, &mut pairs);
                (pairs, probe)
            },
        )
        .map(|(pairs, _)| pairs)
        .reduce(Vec::new, |mut all, mut more| {
            if all.len() < more.len() {
                std::mem::swap(&mut all, &mut more);
            }
            all.append(&mut more);
            all
        })
}

/// Which paragraphs are longer than which. Each pair is found from its shorter side; of two that are
/// equally long the first one is taken for the longer.
struct Longer<'t> {
    totals: &'t [u32],
    /// For each total, how many paragraphs there are up to the last that has more.
    before: Vec<u32>,
}

impl<'t> Longer<'t> {
    fn than_each(totals: &'t [u32]) -> Self {
        let most = totals.iter().max().map_or(0, |&most| most as usize);
        let mut before = vec![0; most + 1];
        for (number, &total) in (1..).zip(totals) {
            if let Some(next) = (total as usize).checked_sub(1) {
                before[next] = number;
            }
        }
        for total in (1..before.len()).rev() {
            before[total - 1] = before[total - 1].max(before[total]);
        }
        Self { totals, before }
    }

    /// Up to where those stand that are longer than a paragraph.
    fn end(&self, shorter: u32) -> u32 {
        self.before[self.totals[shorter as usize] as usize].max(shorter)
    }

    fn is_longer(&self, other: u32, shorter: u32) -> bool {
        let (total, least) = (self.totals[other as usize], self.totals[shorter as usize]);
        total > least || total == least && other < shorter
    }
}

/// Scratch space of one thread.
struct Probe<'p> {
    /// How many shingles of the prefix each paragraph was met in; 0 between two runs.
    met: Vec<u8>,
    /// The paragraphs that were met.
    candidates: Vec<u32>,
    /// The paragraphs that have each shingle of the prefix.
    lists: Vec<(u32, &'p [u32])>,
}

impl<'p> Probe<'p> {
    fn among(paragraphs: usize) -> Self {
        Self { met: vec![0; paragraphs], candidates: Vec::new(), lists: Vec::new() }
    }

    /// Finds the paragraphs in which `shorter` is contained.
    fn run(
        &mut self,
        shingles: &'p Postings,
        longer: &Longer<'_>,
        shorter: u32,
        needed: Needed,
        wanted: impl Fn(u32, u32) -> bool,
        pairs: &mut Vec<Contained>,
    ) {
        let total = shingles.totals()[shorter as usize];
        let end = longer.end(shorter);
        let features = shingles.features(shorter);
        let needed = needed.of(total);
        let least_met = needed.min(PREFIX_SHARED);
        let alone = total - features.len() as u32;
        let prefix = (total + least_met).saturating_sub(needed + alone) as usize;
        // Behind these a paragraph that was not met yet cannot be met often enough.
        let first_met = (prefix + 1).saturating_sub(least_met as usize);
        shingles.owners_of_each(&features[..prefix.min(features.len())], &mut self.lists);
        for (place, &(first, owners)) in self.lists.iter().enumerate() {
            if first >= end {
                continue;
            }
            for &other in owners.iter().take_while(|&&other| other < end) {
                let met = &mut self.met[other as usize];
                if *met > 0 {
                    *met = met.saturating_add(1);
                } else if place < first_met {
                    *met = 1;
                    self.candidates.push(other);
                }
            }
        }
        for other in self.candidates.drain(..) {
            let met = std::mem::take(&mut self.met[other as usize]);
            if u32::from(met) >= least_met
                && longer.is_longer(other, shorter)
                && wanted(other, shorter)
                && let Some(shared) = count_shared(features, shingles.features(other), needed)
            {
                pairs.push(Contained { a: shorter.min(other), b: shorter.max(other), shared });
            }
        }
    }
}

/// Size of the intersection of two ascending lists, if it reaches `needed`.
fn count_shared(short: &[u32], mut long: &[u32], needed: u32) -> Option<u32> {
    let mut shared = 0;
    if long.len() > 16 * short.len() {
        // A long list is leapt over: the next value not below the one looked for.
        for x in short {
            long = &long[long.partition_point(|y| y < x)..];
            shared += u32::from(long.first() == Some(x));
        }
        return (shared >= needed).then_some(shared);
    }
    let (mut i, mut j) = (0, 0);
    while i < short.len() && j < long.len() {
        if shared + ((short.len() - i) as u32) < needed {
            return None;
        }
        // Without branches: which list goes on is a matter of chance.
        let (x, y) = (short[i], long[j]);
        shared += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    (shared >= needed).then_some(shared)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::postings::{Features, Slice};
    use super::*;

    fn joined(sets: &[BTreeSet<u64>], needed: Needed) -> Vec<Contained> {
        struct Given<'a>(&'a [BTreeSet<u64>]);

        impl Features for Given<'_> {
            fn for_each(&self, owner: u32, slice: Slice, each: impl FnMut(u64)) {
                let features = self.0[owner as usize].iter().map(|x| x.wrapping_mul(0x9E37_79B9_7F4A_7C15));
                features.filter(|&x| slice.has(x as u32)).for_each(each);
            }
        }

        let bound = sets.iter().map(BTreeSet::len).sum::<usize>() as u64;
        let postings = Postings::collect(sets.len(), bound, 1 << 30, usize::MAX, &Given(sets));
        let mut pairs = join(&postings, |_| needed, |_, _| true);
        pairs.sort_unstable();
        pairs
    }

    /// A share of the shingles, however many they are.
    fn share(share: f64) -> Needed {
        Needed { share, many: u32::MAX, share_of_many: share }
    }

    fn brute(sets: &[BTreeSet<u64>], needed: Needed) -> Vec<Contained> {
        let mut pairs = Vec::new();
        for b in 0..sets.len() {
            for a in 0..b {
                let shared = sets[a].intersection(&sets[b]).count();
                let shorter = sets[a].len().min(sets[b].len());
                let reaches = |share: f64| shared as f64 + 1e-9 >= share * shorter as f64;
                let many = shared >= needed.many as usize && reaches(needed.share_of_many);
                if shared > 0 && (reaches(needed.share) || many) {
                    pairs.push(Contained { a: a as u32, b: b as u32, shared: shared as u32 });
                }
            }
        }
        pairs.sort();
        pairs
    }

    fn sets(universe: u64) -> impl Strategy<Value = Vec<BTreeSet<u64>>> {
        proptest::collection::vec(proptest::collection::btree_set(0..universe, 0..14), 0..40)
    }

    proptest! {
        #[test]
        fn join_equals_brute_force(sets in sets(24), tenths in 1u32..=10) {
            let needed = share(f64::from(tenths) / 10.0);
            prop_assert_eq!(joined(&sets, needed), brute(&sets, needed));
        }

        #[test]
        fn join_equals_brute_force_where_many_are_enough(
            sets in sets(24),
            (less, more) in (1u32..=10, 1u32..=10),
            many in 1u32..10,
        ) {
            let [share, share_of_many] = [more, less.min(more)].map(|tenths| f64::from(tenths) / 10.0);
            let needed = Needed { share, many, share_of_many };
            prop_assert_eq!(joined(&sets, needed), brute(&sets, needed));
        }

        #[test]
        fn join_equals_brute_force_on_sparse_sets(sets in sets(200), tenths in 1u32..=10) {
            let needed = share(f64::from(tenths) / 10.0);
            prop_assert_eq!(joined(&sets, needed), brute(&sets, needed));
        }
    }

    #[test]
    fn a_pair_exactly_at_the_threshold_is_found() {
        let a: BTreeSet<u64> = (0..10).collect();
        let b: BTreeSet<u64> = (3..23).collect();
        assert_eq!(joined(&[a.clone(), b.clone()], share(0.7)).len(), 1);
        assert_eq!(joined(&[a.clone(), b.clone()], share(0.71)).len(), 0);
        let many = |many| Needed { share: 1.0, many, share_of_many: 0.7 };
        assert_eq!(joined(&[a.clone(), b.clone()], many(7)).len(), 1);
        assert_eq!(joined(&[a, b], many(8)).len(), 0);
    }

    #[test]
    fn a_very_long_set_is_counted_like_others() {
        let long: BTreeSet<u64> = (0..5000).collect();
        let inside: BTreeSet<u64> = (0..40).collect();
        let half: BTreeSet<u64> = (4980..5020).collect();
        let sets = [inside, long.clone(), half, long.iter().map(|x| x + 1).collect()];
        for containment in [0.35, 0.5, 0.51] {
            assert_eq!(joined(&sets, share(containment)), brute(&sets, share(containment)), "{containment}");
        }
    }

    #[test]
    fn equal_sets_and_one_common_member() {
        let same: Vec<BTreeSet<u64>> = vec![(0..5).collect(); 50];
        assert_eq!(joined(&same, share(1.0)).len(), 50 * 49 / 2);
    }
}
