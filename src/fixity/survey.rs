//! Infer, then judge: reads every file whose name carries a digest, finds out what the digests
//! mean over all files together, and only then says which files do not fit.
//!
//! Few files are tried with every reading first (scouts); the others begin with what the scouts
//! confirm and go on to every reading only where that fails. So a usual collection costs one read
//! and one digest a file, and nothing that a full search would find is missed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::algorithm::Algorithm;
use super::content::{self, Links, MEMORY_LIMIT, ReadFailure};
use super::evidence::{Convention, Shape, Witness, establish};
use super::name::{NameParts, NamedDigest, take_apart};
use super::probe::{Label, Probe, agrees, digest_stream, try_all, try_these};
use super::reading::{Reading, Subject, first_guess, methods};
use super::recipe::Recipe;

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether the path may be a link.
    pub links: Links,
    /// What else may have been hashed.
    pub labels: Vec<Label>,
}

/// What was found out about one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its name taken apart, without what turned out to be no digest.
    pub parts: NameParts,
    /// One for each of the name's digests.
    pub probes: Vec<Probe>,
    /// Its size in bytes; None where the name carries no digest, and it was not read.
    pub size: Option<u64>,
    /// Why it could not be read.
    pub failure: Option<ReadFailure>,
}

/// What was found out about all files.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// One for each candidate, in the same order.
    pub findings: Vec<Finding>,
    /// What the names of each shape establish.
    pub conventions: BTreeMap<Shape, Vec<Convention>>,
}

/// How many files of a shape are tried with every reading before the others.
const SCOUTS: usize = 16;

/// Looks at all files.
#[must_use]
pub fn survey(candidates: &[Candidate]) -> Survey {
    let mut names: Vec<NameParts> = candidates.par_iter().map(|c| take_apart(&c.path)).collect();
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
    let mut expected: HashMap<Shape, Vec<Reading>> = HashMap::new();
    let scouted: Vec<(usize, Finding)> =
        scouts.par_iter().map(|&at| (at, look(&candidates[at], names[at].clone(), &expected))).collect();
    for (_, finding) in &scouted {
        for (digest, probe) in finding.parts.digests.iter().zip(&finding.probes) {
            let readings = expected.entry(Shape::of(digest, finding.parts.packed)).or_default();
            readings
                .extend(probe.hits.iter().filter(|hit| !readings.contains(hit)).copied().collect::<Vec<_>>());
        }
    }
    expected.values_mut().for_each(|readings| readings.sort_unstable());
    let mut scouted: HashMap<usize, Finding> = scouted.into_iter().collect();
    let scouted_at: BTreeSet<usize> = scouted.keys().copied().collect();
    let mut findings: Vec<Option<Finding>> = names
        .into_par_iter()
        .enumerate()
        .map(|(at, parts)| (!scouted_at.contains(&at)).then(|| look(&candidates[at], parts, &expected)))
        .collect();
    let findings: Vec<Finding> = findings
        .iter_mut()
        .enumerate()
        .map(|(at, finding)| {
            finding.take().or_else(|| scouted.remove(&at)).expect("every file was looked at once")
        })
        .collect();
    let conventions =
        shapes.into_iter().map(|(shape, files)| (shape, conventions(shape, &files, &findings))).collect();
    Survey { findings, conventions }
}

fn conventions(shape: Shape, files: &[usize], findings: &[Finding]) -> Vec<Convention> {
    let witnesses: Vec<Witness<'_>> = files
        .iter()
        .flat_map(|&at| {
            let Finding { parts, probes, .. } = &findings[at];
            parts
                .digests
                .iter()
                .zip(probes)
                .filter(move |(digest, _)| Shape::of(digest, parts.packed) == shape)
                .map(|(digest, probe)| Witness { digest, hits: &probe.hits, tried: probe.tried })
        })
        .collect();
    establish(shape, &witnesses, |reading| {
        shape.slot.declares_content() && reading.subject == Subject::Content
    })
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

/// Reads one file and tries its digests.
fn look(candidate: &Candidate, parts: NameParts, expected: &HashMap<Shape, Vec<Reading>>) -> Finding {
    if parts.digests.is_empty() {
        return Finding { parts, probes: Vec::new(), size: None, failure: None };
    }
    let likely: Vec<Vec<Reading>> = parts
        .digests
        .iter()
        .map(|digest| match expected.get(&Shape::of(digest, parts.packed)) {
            Some(readings) if !readings.is_empty() => readings.clone(),
            _ => first_guess(digest).into_iter().collect(),
        })
        .collect();
    let labels = labels(candidate, &parts);
    let read = content::read_stable(&candidate.path, candidate.links, |file, size| {
        if size > MEMORY_LIMIT {
            return probe_large(file, size, &parts, &likely).map(|probes| (size, probes));
        }
        let bytes = content::whole(file, size)?;
        Ok((size, probe_small(&bytes, &labels, &parts, &likely)))
    });
    match read {
        Ok((size, probes)) => Finding { parts, probes, size: Some(size), failure: None },
        Err(failure) => {
            let probes = vec![Probe::default(); parts.digests.len()];
            Finding { parts, probes, size: None, failure: Some(failure) }
        }
    }
}

/// The candidate's labels and the logical name, which is the name without the digest.
fn labels(candidate: &Candidate, parts: &NameParts) -> Vec<Label> {
    let names: BTreeSet<&str> = parts
        .digests
        .iter()
        .map(|digest| digest.rest.as_str())
        .filter(|rest| !rest.is_empty() && !rest.starts_with('.'))
        .collect();
    let names = names.into_iter().map(|name| Label { subject: Subject::Name, text: name.to_owned() });
    candidate.labels.iter().cloned().chain(names).collect()
}

fn probe_small(bytes: &[u8], labels: &[Label], parts: &NameParts, likely: &[Vec<Reading>]) -> Vec<Probe> {
    let checkable = |digest: &&NamedDigest| digest.uncheckable.is_none();
    let quick: Vec<Probe> = parts
        .digests
        .iter()
        .zip(likely)
        .map(|(digest, likely)| try_these(bytes, labels, digest, likely))
        .collect();
    if quick.iter().any(|probe| !probe.hits.is_empty()) {
        return quick;
    }
    let digests: Vec<&NamedDigest> = parts.digests.iter().filter(checkable).collect();
    let mut tried = try_all(bytes, labels, &digests).into_iter();
    let no_probe = Probe::default;
    parts
        .digests
        .iter()
        .map(|digest| if checkable(&digest) { tried.next().unwrap_or_else(no_probe) } else { no_probe() })
        .collect()
}

/// A file that memory should not hold: the likely algorithms in one pass, then all in another;
/// recipes are not tried.
fn probe_large(
    file: &mut std::fs::File,
    size: u64,
    parts: &NameParts,
    likely: &[Vec<Reading>],
) -> std::io::Result<Vec<Probe>> {
    use std::io::Seek;
    let as_is = |reading: &&Reading| (reading.subject, reading.recipe) == (Subject::Content, Recipe::AsIs);
    let likely: Vec<Vec<Reading>> =
        likely.iter().map(|readings| readings.iter().filter(as_is).copied().collect()).collect();
    let all: Vec<Vec<Reading>> = parts
        .digests
        .iter()
        .map(|digest| {
            let reading = |(algorithm, part)| Reading {
                subject: Subject::Content,
                recipe: Recipe::AsIs,
                part,
                algorithm,
            };
            methods(digest).into_iter().map(reading).collect()
        })
        .collect();
    let mut probes = Vec::new();
    for readings in [likely, all] {
        file.rewind()?;
        let algorithms: BTreeSet<Algorithm> =
            readings.iter().flatten().map(|reading| reading.algorithm).collect();
        let algorithms: Vec<Algorithm> = algorithms.into_iter().collect();
        let made: HashMap<Algorithm, Vec<u8>> =
            algorithms.iter().copied().zip(digest_stream(file, size, &algorithms)?).collect();
        probes = parts
            .digests
            .iter()
            .zip(&readings)
            .map(|(digest, readings)| Probe {
                hits: readings
                    .iter()
                    .copied()
                    .filter(|r| agrees(&made[&r.algorithm], r.part, digest))
                    .collect(),
                tried: readings.len() as u32,
            })
            .collect();
        if probes.iter().any(|probe: &Probe| !probe.hits.is_empty()) {
            break;
        }
    }
    Ok(probes)
}

/// Whether a file is ruled by what others of its shape establish, so that its failure means
/// something: the nearest folder that holds others of the shape decides.
///
/// Where a folder holds three or more of the shape and none confirms, it keeps a convention of
/// its own that is not known: pages named after their URLs beside a store of hashed contents are
/// not damaged contents.
#[derive(Debug, Default)]
pub struct Territory {
    folders: HashMap<(Shape, PathBuf), (usize, usize)>,
}

impl Territory {
    /// Counts a file of a shape and whether it confirms.
    pub fn count(&mut self, shape: Shape, path: &Path, confirms: bool) {
        for folder in path.ancestors().skip(1) {
            let count = self.folders.entry((shape, folder.to_owned())).or_default();
            count.0 += usize::from(confirms);
            count.1 += 1;
        }
    }

    /// Whether the file at `path`, which does not confirm, is ruled by those that do.
    #[must_use]
    pub fn rules(&self, shape: Shape, path: &Path) -> bool {
        for (depth, folder) in path.ancestors().skip(1).enumerate() {
            let Some(&(confirming, all)) = self.folders.get(&(shape, folder.to_owned())) else {
                continue;
            };
            if confirming > 0 && (depth == 0 || confirming * 2 > all) {
                return true;
            }
            if confirming == 0 && all >= 3 {
                return false;
            }
        }
        false
    }
}
