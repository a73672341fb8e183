//! The exact containment join: all pairs of distinct paragraphs of which the shorter stands, to a
//! given share of its distinct shingles, in the other.
//!
//! A paragraph with `n` distinct shingles that is contained at `c` shares at least
//! `k = ceil(c * n)` of them, so of any `n - k + l` of its shingles at least `l` are shared (prefix
//! filtering; Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007; with `l` above one,
//! Wang, Li and Feng 2012). Taking its rarest ones, shingles that occur nowhere else come first and
//! use the prefix up, so most paragraphs ask nobody; asking for `l` leaves out those that have one
//! phrase in common. Every candidate is verified by counting. It degrades where many paragraphs are
//! made of the same common shingles (templates), because then many pairs are true.

use std::collections::HashMap;

use rayon::prelude::*;

use super::postings::{Features, Postings};

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

/// Shingles of the prefix that a candidate must share (`l` above), where so many are needed.
const PREFIX_SHARED: u32 = 3;

/// How many of a paragraph's shared shingles, the rarest ones, are its prefix.
pub(crate) fn prefix(total: u32, shared: u32, containment: f64) -> u32 {
    let needed = least_shared(total, containment);
    let alone = total - shared;
    (total + needed.min(PREFIX_SHARED)).saturating_sub(needed + alone)
}

/// Joins paragraphs by their shingles, of which `postings` has each one's [`prefix`]. The pairs are
/// sorted.
pub(crate) fn join(
    shingles: &impl Features,
    postings: &Postings,
    paragraphs: usize,
    containment: f64,
) -> Vec<Contained> {
    let lists = LongLists::of(shingles, postings, paragraphs);
    let scratch = || Probe { met: vec![0; paragraphs], candidates: Vec::new(), set: ShingleSet::default() };
    let mut pairs: Vec<Contained> = (0..paragraphs as u32)
        .into_par_iter()
        .with_min_len(256)
        .fold(
            || (Vec::new(), scratch()),
            |(mut pairs, mut probe), shorter| {
                probe.run((shingles, &lists), postings, shorter, containment, &mut pairs);
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
        });
    pairs.par_sort_unstable();
    pairs
}

/// Scratch space of one thread.
struct Probe {
    /// How many shingles of the prefix each paragraph was met in; 0 between two runs.
    met: Vec<u8>,
    /// The paragraphs that were met.
    candidates: Vec<u32>,
    /// The shingles of the shorter paragraph.
    set: ShingleSet,
}

impl Probe {
    /// Finds the paragraphs in which `shorter` is contained.
    fn run(
        &mut self,
        (shingles, lists): (&impl Features, &LongLists),
        postings: &Postings,
        shorter: u32,
        containment: f64,
        pairs: &mut Vec<Contained>,
    ) {
        let total = postings.total(shorter);
        let needed = least_shared(total, containment);
        let least_met = needed.min(PREFIX_SHARED);
        let prefix = postings.features(shorter);
        // Behind these a paragraph that was not met yet cannot be met often enough.
        let first_met = (prefix.len() + 1).saturating_sub(least_met as usize);
        for (place, &shingle) in prefix.iter().enumerate() {
            for &other in postings.owners(shingle) {
                // Each pair is found from its shorter side; of two equally long ones from the
                // first.
                let met = &mut self.met[other as usize];
                if *met > 0 {
                    *met = met.saturating_add(1);
                } else if place < first_met && (total, shorter) < (postings.total(other), other) {
                    *met = 1;
                    self.candidates.push(other);
                }
            }
        }
        let met = &mut self.met;
        self.candidates.retain(|&other| u32::from(std::mem::take(&mut met[other as usize])) >= least_met);
        if self.candidates.is_empty() {
            return;
        }
        self.set.fill(shingles, shorter, total);
        for other in self.candidates.drain(..) {
            let shared = match lists.get(other) {
                Some(list) => self.set.shared_with_list(list),
                None => self.set.shared_with(shingles, other),
            };
            if shared >= needed {
                pairs.push(Contained { a: shorter.min(other), b: shorter.max(other), shared });
            }
        }
    }
}

/// The distinct shingles of one paragraph, in reusable memory.
#[derive(Default)]
struct ShingleSet {
    /// Hash table; 0 is a free slot. The shingle 0, one of 2^64, goes without one.
    slots: Vec<u64>,
    /// For each slot the round in which it was last counted.
    counted: Vec<u32>,
    round: u32,
    has_zero: bool,
}

impl ShingleSet {
    /// Makes it the set of a paragraph with so many distinct shingles.
    fn fill(&mut self, shingles: &impl Features, paragraph: u32, total: u32) {
        let slots = (total as usize * 2 + 2).next_power_of_two();
        self.slots.clear();
        self.slots.resize(slots, 0);
        self.counted.clear();
        self.counted.resize(slots, 0);
        (self.round, self.has_zero) = (0, false);
        shingles.for_each(paragraph, |shingle| {
            self.has_zero |= shingle == 0;
            let slot = self.slot(shingle);
            self.slots[slot] = shingle;
        });
    }

    /// Where a shingle stands, or the free slot where it would go.
    fn slot(&self, shingle: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = shingle as usize & mask;
        while self.slots[slot] != shingle && self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Number of distinct shingles that another paragraph has too.
    fn shared_with(&mut self, shingles: &impl Features, other: u32) -> u32 {
        self.round += 1;
        let (mut shared, mut zero) = (0, false);
        shingles.for_each(other, |shingle| {
            zero |= shingle == 0;
            let slot = self.slot(shingle);
            if self.slots[slot] == shingle && self.counted[slot] != self.round {
                self.counted[slot] = self.round;
                shared += u32::from(shingle != 0);
            }
        });
        shared + u32::from(zero && self.has_zero)
    }

    /// Number of distinct shingles that an ascending list has too.
    fn shared_with_list(&self, list: &[u64]) -> u32 {
        let own = self.slots.iter().filter(|&&shingle| shingle != 0);
        let shared = own.filter(|shingle| list.binary_search(shingle).is_ok()).count() as u32;
        shared + u32::from(self.has_zero && list.first() == Some(&0))
    }
}

/// The shingles of paragraphs that are so long that going through them for every shorter one takes
/// too long: books, lists, texts without a break.
struct LongLists(HashMap<u32, Vec<u64>>);

impl LongLists {
    /// Shingles from which a paragraph is long: ten times those of a long one in a newspaper.
    const LONG: u32 = 2000;

    fn of(shingles: &impl Features, postings: &Postings, paragraphs: usize) -> Self {
        let long = (0..paragraphs as u32).into_par_iter().filter(|&p| postings.total(p) >= Self::LONG);
        let lists = long.map(|paragraph| {
            let mut list = Vec::new();
            shingles.for_each(paragraph, |shingle| list.push(shingle));
            list.sort_unstable();
            list.dedup();
            (paragraph, list)
        });
        Self(lists.collect())
    }

    fn get(&self, paragraph: u32) -> Option<&[u64]> {
        if self.0.is_empty() { None } else { self.0.get(&paragraph).map(Vec::as_slice) }
    }
}

/// The fewest shared shingles that reach the share `containment` of `total`.
fn least_shared(total: u32, containment: f64) -> u32 {
    // A share given as a decimal, such as 0.7 of 10, must not ask for 8 because 0.7 * 10 is a
    // hair above 7 in binary.
    let exact = containment * f64::from(total);
    ((exact - 1e-9).ceil() as u32).clamp(1, total.max(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::postings::Plan;
    use super::*;

    fn joined(sets: &[BTreeSet<u64>], containment: f64) -> Vec<Contained> {
        struct Given<'a>(&'a [BTreeSet<u64>]);

        impl Features for Given<'_> {
            fn for_each(&self, owner: u32, each: impl FnMut(u64)) {
                // 0 stays 0, and is a shingle like others.
                self.0[owner as usize].iter().map(|x| x.wrapping_mul(0x9E37_79B9_7F4A_7C15)).for_each(each);
            }
        }

        let count = sets.iter().map(BTreeSet::len).sum::<usize>() as u64;
        let plan = Plan { owners: sets.len(), count, memory: 1 << 30, limit: usize::MAX };
        let kept = |total, shared| prefix(total, shared, containment);
        let postings = Postings::collect(plan, &Given(sets), kept);
        join(&Given(sets), &postings, sets.len(), containment)
    }

    fn brute(sets: &[BTreeSet<u64>], containment: f64) -> Vec<Contained> {
        let mut pairs = Vec::new();
        for b in 0..sets.len() {
            for a in 0..b {
                let shared = sets[a].intersection(&sets[b]).count();
                let shorter = sets[a].len().min(sets[b].len());
                if shared > 0 && shared as f64 + 1e-9 >= containment * shorter as f64 {
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
            let containment = f64::from(tenths) / 10.0;
            prop_assert_eq!(joined(&sets, containment), brute(&sets, containment));
        }

        #[test]
        fn join_equals_brute_force_on_sparse_sets(sets in sets(200), tenths in 1u32..=10) {
            let containment = f64::from(tenths) / 10.0;
            prop_assert_eq!(joined(&sets, containment), brute(&sets, containment));
        }
    }

    #[test]
    fn a_pair_exactly_at_the_threshold_is_found() {
        let a: BTreeSet<u64> = (0..10).collect();
        let b: BTreeSet<u64> = (3..23).collect();
        assert_eq!(joined(&[a.clone(), b.clone()], 0.7).len(), 1);
        assert_eq!(joined(&[a, b], 0.71).len(), 0);
    }

    #[test]
    fn a_very_long_set_is_counted_like_others() {
        let long: BTreeSet<u64> = (0..5000).collect();
        let inside: BTreeSet<u64> = (0..40).collect();
        let half: BTreeSet<u64> = (4980..5020).collect();
        let sets = [inside, long.clone(), half, long.iter().map(|x| x + 1).collect()];
        for containment in [0.35, 0.5, 0.51] {
            assert_eq!(joined(&sets, containment), brute(&sets, containment), "{containment}");
        }
    }

    #[test]
    fn equal_sets_and_one_common_member() {
        let same: Vec<BTreeSet<u64>> = vec![(0..5).collect(); 50];
        assert_eq!(joined(&same, 1.0).len(), 50 * 49 / 2);
    }
}
