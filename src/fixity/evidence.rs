//! When is a convention established? When chance cannot explain the files that confirm it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::algorithm::Algorithm;
use super::encoding::Encoding;
use super::name::{NamedDigest, Slot};
use super::reading::{Part, Reading, Subject};
use super::recipe::Recipe;

/// Names that carry their digests alike are judged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Shape {
    /// Where the digest stands.
    pub slot: Slot,
    /// How it is written.
    pub encoding: Encoding,
    /// How many bits it has.
    pub bits: u32,
    /// The algorithm that the name states.
    pub stated: Option<Algorithm>,
    /// Whether the file is compressed by its name.
    pub packed: bool,
}

impl Shape {
    /// The shape of a digest in a name.
    #[must_use]
    pub(super) fn of(digest: &NamedDigest, packed: bool) -> Self {
        Self {
            slot: digest.slot,
            encoding: digest.encoding,
            bits: digest.bits.len,
            stated: digest.stated,
            packed,
        }
    }
}

/// An established way to name files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Convention {
    /// Where the digest stands.
    pub slot: Slot,
    /// How it is written.
    pub encoding: Encoding,
    /// How many of the digest's bits are written.
    pub bits: u32,
    /// What was hashed, and how.
    #[serde(flatten)]
    pub reading: Reading,
    /// In words, for example `SHA-256 of the raw bytes, first 64 bits`.
    pub description: String,
    /// Different digests that confirm it.
    pub confirmed: u64,
    /// Different digests in names of this shape.
    pub of: u64,
    /// Upper bound of the chance that as many would agree by accident, 0..=1; 0 where the
    /// convention is stated.
    pub chance: f64,
    /// Whether the form of the names or the user states it, so that it needs no evidence.
    pub stated: bool,
}

/// One digest of one file, as far as evidence is concerned.
pub(super) struct Witness<'a> {
    /// What the name writes.
    pub digest: &'a NamedDigest,
    /// Every reading that gives it.
    pub hits: &'a [Reading],
    /// How many readings were tried.
    pub tried: u32,
}

/// A convention is established when accident would do the same in fewer than one of a million
/// collections.
pub(super) const ACCEPTED_CHANCE: f64 = 1e-6;

/// What a reading's convention is apart from the recipe.
type Family = (Subject, Part, Algorithm);

/// The conventions that the names of one shape establish, the best confirmed first.
///
/// `stated` are the readings that need no evidence, because the form of the names or the user
/// states them.
#[must_use]
pub(super) fn establish(shape: Shape, witnesses: &[Witness<'_>], stated: &[Reading]) -> Vec<Convention> {
    let distinct: BTreeSet<&[u8]> = witnesses.iter().map(|w| w.digest.bits.bytes.as_slice()).collect();
    let tried = witnesses.iter().map(|w| w.tried).max().unwrap_or(0);
    let mut families: BTreeMap<Family, BTreeMap<Recipe, BTreeSet<&[u8]>>> = BTreeMap::new();
    for reading in stated {
        let family = (reading.subject, reading.part, reading.algorithm);
        families.entry(family).or_default().entry(reading.recipe).or_default();
    }
    for witness in witnesses {
        for hit in witness.hits {
            families
                .entry((hit.subject, hit.part, hit.algorithm))
                .or_default()
                .entry(hit.recipe)
                .or_default()
                .insert(&witness.digest.bits.bytes);
        }
    }
    let mut out: Vec<Convention> = families
        .into_iter()
        .filter_map(|((subject, part, algorithm), recipes)| {
            let same = |r: &&Reading| (r.subject, r.part, r.algorithm) == (subject, part, algorithm);
            let stated = stated.iter().find(same);
            // The recipe that explains most files is the convention's own; another one that
            // explains a few says what happened to these. Equal numbers: the cheaper one.
            let (&usual, _) = recipes.iter().rev().max_by_key(|(_, files)| files.len())?;
            let recipe = stated.map_or(usual, |stated| stated.recipe);
            let confirming: BTreeSet<&[u8]> = [Recipe::AsIs, recipe]
                .iter()
                .filter_map(|recipe| recipes.get(recipe))
                .flatten()
                .copied()
                .collect();
            let confirmed = confirming.len();
            let chance = match stated {
                Some(_) => 0.0,
                None => chance(distinct.len(), tried, shape.bits, confirmed),
            };
            let reading = Reading { subject, recipe, part, algorithm };
            (chance < ACCEPTED_CHANCE).then(|| Convention {
                slot: shape.slot,
                encoding: shape.encoding,
                bits: shape.bits,
                reading,
                description: reading.describe(shape.bits),
                confirmed: confirmed as u64,
                of: distinct.len() as u64,
                chance,
                stated: stated.is_some(),
            })
        })
        .collect();
    out.sort_by(|a, b| b.confirmed.cmp(&a.confirmed).then(a.reading.cmp(&b.reading)));
    out
}

/// Upper bound of the chance that any of `tried` readings agrees with `confirmed` or more of
/// `names` random digests of `bits` bits: `tried * C(names, confirmed) / 2^(bits * confirmed)`.
///
/// With one agreeing name this is the expected number of chance hits; two agreeing names square
/// it, which is what makes short digests usable.
#[must_use]
pub(super) fn chance(names: usize, tried: u32, bits: u32, confirmed: usize) -> f64 {
    if confirmed == 0 {
        return 1.0;
    }
    let combinations: f64 =
        (0..confirmed).map(|i| ((names.saturating_sub(i)) as f64 / (i + 1) as f64).log2()).sum();
    let exponent = f64::from(tried.max(1)).log2() + combinations - f64::from(bits) * confirmed as f64;
    exponent.exp2().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_digests_need_one_file_and_short_ones_need_two() {
        assert!(chance(1_000, 500, 256, 1) < ACCEPTED_CHANCE);
        assert!(chance(1_000, 500, 64, 1) < ACCEPTED_CHANCE);
        assert!(chance(1_000, 500, 32, 1) > ACCEPTED_CHANCE);
        assert!(chance(1_000, 500, 32, 2) < ACCEPTED_CHANCE);
        assert!(chance(2, 500, 24, 2) < ACCEPTED_CHANCE);
        assert!(chance(10_000, 500, 24, 2) > ACCEPTED_CHANCE, "so many names agree twice by accident");
        assert_eq!(chance(10, 500, 64, 0), 1.0);
    }

    #[test]
    fn expected_hits_are_names_times_readings_over_the_space() {
        let expected = 300.0 * 1_000.0 / 2f64.powi(32);
        assert!((chance(1_000, 300, 32, 1) / expected - 1.0).abs() < 1e-9);
    }
}
