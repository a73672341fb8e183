//! Infer, then judge: reads every file whose name carries a digest, finds out what the digests
//! mean over all files together, and only then says which files do not fit.
//!
//! Few files are tried with every reading first (scouts); the others begin with what the scouts
//! confirm and go on to every reading only where that fails. So a usual collection costs one read
//! and one digest a file, and nothing that a full search would find is missed.

mod labelled;
mod look;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use rayon::prelude::*;

use super::content::{Links, Object, ReadFailure};
use super::evidence::{Convention, Shape, Witness, establish};
use super::forced::Forced;
use super::labels::Labels;
use super::name::{NameParts, take_apart};
use super::probe::{Label, Probe};
use super::reading::{Reading, first_guess};
use labelled::try_labels;
pub(super) use look::logical_names;
use look::look;

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether the path may be a link.
    pub links: Links,
}

/// What guides the search for readings.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    /// What the user states.
    pub forced: Forced,
    /// The user's table; sidecars and tables beside the files are looked for as well, where the
    /// content does not explain the names.
    pub table: Option<Labels>,
}

/// What was found out about one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Finding {
    /// Its name taken apart, without what turned out to be no digest.
    pub parts: NameParts,
    /// One for each of the name's digests.
    pub probes: Vec<Probe>,
    /// Apart from the content, what belongs to the file; empty where the content was enough.
    pub labels: Vec<Label>,
    /// What was read; None where the name carries no digest or reading failed.
    pub object: Option<Object>,
    /// Why it could not be read.
    pub failure: Option<ReadFailure>,
}

/// What was found out about all files.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Survey {
    /// One for each candidate, in the same order.
    pub findings: Vec<Finding>,
    /// What the names of each shape establish.
    pub conventions: BTreeMap<Shape, Vec<Convention>>,
    /// The tables that were read in search of URLs, titles, texts and names, sorted.
    pub tables: Vec<PathBuf>,
}

/// How many files of a shape are tried with every reading before the others.
const SCOUTS: usize = 16;

/// The readings that are tried first on names of each shape.
type Expected = HashMap<Shape, Vec<Reading>>;

/// Looks at all files.
#[must_use]
pub(super) fn survey(candidates: &[Candidate], search: &Search) -> Survey {
    let forced = &search.forced;
    let mut names: Vec<NameParts> =
        candidates.par_iter().map(|candidate| take_apart(&candidate.path)).collect();
    for parts in &mut names {
        parts.digests.retain(|digest| forced.slot.is_none_or(|slot| slot == digest.slot));
    }
    drop_lone_doubts(&mut names);
    let mut shapes: BTreeMap<Shape, Vec<usize>> = BTreeMap::new();
    for (at, parts) in names.iter().enumerate() {
        for digest in &parts.digests {
            shapes.entry(Shape::of(digest, parts.packed)).or_default().push(at);
        }
    }
    let scouts: BTreeSet<usize> = shapes
        .values()
        .flat_map(|files| {
            let step = files.len().div_ceil(SCOUTS);
            files.iter().step_by(step).copied()
        })
        .collect();
    let scouted: BTreeMap<usize, Finding> = scouts
        .into_par_iter()
        .map(|at| {
            let parts = names[at].clone();
            (at, look(&candidates[at], parts, &Expected::new(), forced, &mut Vec::new()))
        })
        .collect();
    let expected = expectations(scouted.values());
    let mut findings: Vec<Finding> = names
        .into_par_iter()
        .enumerate()
        .map_init(Vec::new, |buffer, (at, parts)| match scouted.get(&at) {
            Some(finding) => finding.clone(),
            None => look(&candidates[at], parts, &expected, forced, buffer),
        })
        .collect();
    let tables = try_labels(candidates, &mut findings, search);
    let conventions = shapes
        .into_iter()
        .map(|(shape, files)| (shape, conventions(shape, &files, &findings, forced)))
        .collect();
    Survey { findings, conventions, tables }
}

/// What the scouts confirm.
fn expectations<'a>(scouted: impl Iterator<Item = &'a Finding>) -> Expected {
    let mut hits: HashMap<Shape, BTreeSet<Reading>> = HashMap::new();
    for finding in scouted {
        for (digest, probe) in finding.parts.digests.iter().zip(&finding.probes) {
            hits.entry(Shape::of(digest, finding.parts.packed)).or_default().extend(&probe.hits);
        }
    }
    hits.into_iter().map(|(shape, hits)| (shape, hits.into_iter().collect())).collect()
}

fn conventions(shape: Shape, files: &[usize], findings: &[Finding], forced: &Forced) -> Vec<Convention> {
    let digests = || {
        files.iter().flat_map(|&at| {
            let Finding { parts, probes, failure, .. } = &findings[at];
            let readable = failure.is_none();
            parts
                .digests
                .iter()
                .zip(probes)
                .filter(move |(digest, _)| readable && Shape::of(digest, parts.packed) == shape)
        })
    };
    let witnesses: Vec<Witness<'_>> =
        digests().map(|(digest, probe)| Witness { digest, hits: &probe.hits, tried: probe.tried }).collect();
    let states = shape.slot.declares_content() || forced.algorithm.is_some();
    let stated = digests().next().filter(|_| states).and_then(|(digest, _)| first_guess(digest, forced));
    establish(shape, &witnesses, stated.as_slice())
}

/// Numbers, words and UUIDs count only among surer digests of the same shape, where so many of
/// them are to be expected: one MD5 in eight looks like a UUID, one in sixteen six-digit names
/// like a number. Names that all look like UUIDs are still tried, for they may be digests.
fn drop_lone_doubts(names: &mut [NameParts]) {
    let mut counts: HashMap<Shape, (usize, usize)> = HashMap::new();
    for parts in names.iter() {
        for digest in &parts.digests {
            let count = counts.entry(Shape::of(digest, parts.packed)).or_default();
            count.0 += usize::from(digest.doubtful);
            count.1 += 1;
        }
    }
    for parts in names.iter_mut() {
        let packed = parts.packed;
        parts.digests.retain_mut(|digest| {
            let (doubtful, all) = counts[&Shape::of(digest, packed)];
            if doubtful * 10 <= all * 3 {
                digest.doubtful = false;
            }
            !digest.doubtful || digest.bits.len == 128
        });
    }
}
