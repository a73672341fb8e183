//! One pass over memory: the features of a slice into buckets, and those of several owners into lists.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::{Features, Slice};
use crate::parallel::Evenly;

/// A hash as a number below `limit`.
fn scale(hash: u32, limit: u32) -> u32 {
    ((u64::from(hash) * u64::from(limit)) >> 32) as u32
}

/// A feature and an owner that has it, in twelve bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The upper and the lower half.
    feature: [u32; 2],
    owner: u32,
}

impl Entry {
    fn new(feature: u64, owner: u32) -> Self {
        Self { feature: [(feature >> u32::BITS) as u32, feature as u32], owner }
    }

    /// Both as one number, by which entries are sorted.
    fn key(self) -> u128 {
        u128::from(self.feature()) << u32::BITS | u128::from(self.owner)
    }

    fn feature(self) -> u64 {
        u64::from(self.feature[0]) << u32::BITS | u64::from(self.feature[1])
    }

    /// What is left of the hash behind what chose the bucket.
    fn rest(self) -> u32 {
        self.feature[1].wrapping_mul(BUCKETS as u32)
    }
}

/// Parts of the owners for each thread: few enough that each fills its buckets, and enough that no
/// thread waits long for the last one.
const PARTS: usize = 16;

/// Buckets a pass: enough that each sorts inside the cache.
const BUCKETS: usize = 512;

/// Owner lists of features in hash order, one after another.
pub(super) struct Lists {
    pub(super) lengths: Vec<u32>,
    pub(super) owners: Vec<u32>,
    /// Numbers of the features with more owners than the limit.
    pub(super) common: Vec<u64>,
}

/// Which features of a bucket were met more than once, a few more included: most stand alone, and need
/// not be sorted.
#[derive(Default)]
struct Met {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Met {
    /// Bits for each entry: by chance one in so many is taken for a repeated one.
    const BITS: usize = 16;

    /// As many as have numbers of 32 bits.
    const MOST_BLOCKS: usize = 1 << 25;

    /// Reads a bucket.
    fn read<'e>(&mut self, entries: impl Iterator<Item = &'e Entry> + Clone) {
        let blocks = (entries.clone().count() * Self::BITS).div_ceil(64).min(Self::MOST_BLOCKS);
        for bits in [&mut self.once, &mut self.again] {
            bits.clear();
            bits.resize(blocks, 0);
        }
        for entry in entries {
            let (block, bit) = self.place(entry);
            self.again[block] |= self.once[block] & bit;
            self.once[block] |= bit;
        }
    }

    /// Leaves in `kept` those entries of the bucket that may be repeated.
    fn keep_repeated<'e>(&self, entries: impl Iterator<Item = &'e Entry> + Clone, kept: &mut Vec<Entry>) {
        kept.resize(entries.clone().count(), Entry::default());
        // Without branches: which are repeated is a matter of chance.
        let mut count = 0;
        for entry in entries {
            let (block, bit) = self.place(entry);
            kept[count] = *entry;
            count += usize::from(self.again[block] & bit != 0);
        }
        kept.truncate(count);
    }

    fn place(&self, entry: &Entry) -> (usize, u64) {
        let place = scale(entry.rest(), self.once.len() as u32 * 64);
        (place as usize / 64, 1 << (place % 64))
    }
}

/// Brings the entries of a bucket into an order in which those of a feature stand together, by their
/// owners. Their hashes tell about where each belongs.
#[derive(Default)]
struct Sorter {
    sorted: Vec<Entry>,
    ends: Vec<usize>,
}

impl Sorter {
    /// Entries that may belong to the same place.
    const CROWD: usize = 8;

    fn sort(&mut self, entries: &mut Vec<Entry>) {
        let places = (entries.len() / Self::CROWD).max(1);
        let place = |entry: &Entry| scale(entry.rest(), places as u32) as usize;
        let Self { sorted, ends } = self;
        ends.clear();
        ends.resize(places, 0);
        entries.iter().for_each(|entry| ends[place(entry)] += 1);
        let mut start = 0;
        for end in ends.iter_mut() {
            start += std::mem::replace(end, start);
        }
        sorted.resize(entries.len(), Entry::default());
        for entry in entries.iter() {
            let end = &mut ends[place(entry)];
            sorted[*end] = *entry;
            *end += 1;
        }
        let mut start = 0;
        for &end in ends.iter() {
            sorted[start..end].sort_unstable_by_key(|entry| entry.key());
            start = end;
        }
        std::mem::swap(entries, sorted);
    }
}

/// One pass over all features, for those of one slice.
pub(super) struct Pass {
    pub(super) slice: Slice,
    /// How many features there are about.
    pub(super) expected: usize,
    pub(super) limit: usize,
}

impl Pass {
    pub(super) fn run(&self, features: &impl Features, totals: &[AtomicU32]) -> Vec<Lists> {
        let parts = (rayon::current_num_threads() * PARTS).min(totals.len().div_ceil(64)).max(1);
        let share = totals.len().div_ceil(parts);
        let parts: Vec<Vec<Vec<Entry>>> = (0..parts)
            .into_par_iter()
            .evenly()
            .map(|part| {
                let owners = part * share..((part + 1) * share).min(totals.len());
                self.scatter(owners, parts, features, totals)
            })
            .collect();
        let mut buckets: Vec<Vec<Vec<Entry>>> =
            (0..BUCKETS).map(|_| Vec::with_capacity(parts.len())).collect();
        for part in parts {
            for (bucket, entries) in buckets.iter_mut().zip(part) {
                bucket.push(entries);
            }
        }
        buckets
            .into_par_iter()
            .evenly()
            .map_init(Default::default, |(entries, met, sorter): &mut (Vec<Entry>, Met, Sorter), parts| {
                met.read(parts.iter().flatten());
                met.keep_repeated(parts.iter().flatten(), entries);
                // What was scattered is given back before there are lists of it.
                drop(parts);
                sorter.sort(entries);
                self.lists_of(entries, totals)
            })
            .collect()
    }

    /// Writes the features of some owners into the buckets that they belong to.
    fn scatter(
        &self,
        owners: Range<usize>,
        parts: usize,
        features: &impl Features,
        totals: &[AtomicU32],
    ) -> Vec<Vec<Entry>> {
        let expected = self.expected / (BUCKETS * parts);
        let mut buckets: Vec<Vec<Entry>> =
            (0..BUCKETS).map(|_| Vec::with_capacity(expected + expected / 8)).collect();
        for owner in owners.map(|owner| owner as u32) {
            let number = features.number(owner);
            let mut count = 0;
            features.for_each(owner, self.slice, |feature| {
                count += 1;
                // By its lower half: the upper one of picked features is small, that is why they were
                // picked.
                buckets[scale(feature as u32, BUCKETS as u32) as usize].push(Entry::new(feature, number));
            });
            totals[number as usize].fetch_add(count, Ordering::Relaxed);
        }
        buckets
    }

    /// Makes lists of the sorted entries of a bucket, and takes what an owner has twice off its total.
    fn lists_of(&self, entries: &mut Vec<Entry>, totals: &[AtomicU32]) -> Lists {
        entries.dedup_by(|later, first| {
            let same = later == first;
            if same {
                totals[later.owner as usize].fetch_sub(1, Ordering::Relaxed);
            }
            same
        });
        let shared = || {
            let lists = entries.chunk_by(|a, b| a.feature == b.feature);
            lists.filter(|list| list.len() > 1)
        };
        // They stay until all passes are done, so that what they take is counted first.
        let mut lists = Lists {
            lengths: Vec::with_capacity(shared().count()),
            owners: Vec::with_capacity(shared().map(<[Entry]>::len).sum()),
            common: Vec::new(),
        };
        for list in shared() {
            lists.lengths.push(list.len() as u32);
            lists.owners.extend(list.iter().map(|entry| entry.owner));
            if list.len() > self.limit {
                lists.common.push(list[0].feature());
            }
        }
        lists
    }
}
