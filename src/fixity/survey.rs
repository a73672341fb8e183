//! Infer, then judge: reads every file whose name carries a digest, finds out what the digests
//! mean over all files together, and only then says which files do not fit.
//!
//! Few files are tried with every reading first (scouts); the others begin with what the scouts
//! confirm and go on to every reading only where that fails. So a usual collection costs one read
//! and one digest a file, and nothing that a full search would find is missed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::algorithm::Algorithm;
use super::content::{self, Links, MEMORY_LIMIT, Object, ReadFailure};
use super::encoding::Bits;
use super::evidence::{Convention, Shape, Witness, establish};
use super::forced::Forced;
use super::labels::Labels;
use super::name::{NameParts, NamedDigest, take_apart};
use super::probe::{Label, Probe, agrees, digest_stream, try_all, try_these};
use super::reading::{Part, Reading, Subject, cut, first_guess, methods};
use super::recipe::Recipe;

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether the path may be a link.
    pub links: Links,
}

/// What guides the search for readings.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What the user states.
    pub forced: Forced,
    /// The user's table; sidecars and tables beside the files are looked for as well, where the
    /// content does not explain the names.
    pub table: Option<Labels>,
}

/// What was found out about one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finding {
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
pub struct Survey {
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
pub fn survey(candidates: &[Candidate], search: &Search) -> Survey {
    let forced = &search.forced;
    let mut names: Vec<NameParts> = candidates
        .par_iter()
        .map(|candidate| take_apart(&candidate.path))
        .collect();
    for parts in &mut names {
        parts
            .digests
            .retain(|digest| forced.slot.is_none_or(|slot| slot == digest.slot));
    }
    drop_lone_doubts(&mut names);
    let mut shapes: BTreeMap<Shape, Vec<usize>> = BTreeMap::new();
    for (at, parts) in names.iter().enumerate() {
        for digest in &parts.digests {
            shapes
                .entry(Shape::of(digest, parts.packed))
                .or_default()
                .push(at);
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
            (
                at,
                look(
                    &candidates[at],
                    parts,
                    &Expected::new(),
                    forced,
                    &mut Vec::new(),
                ),
            )
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
    Survey {
        findings,
        conventions,
        tables,
    }
}

/// What the scouts confirm.
fn expectations<'a>(scouted: impl Iterator<Item = &'a Finding>) -> Expected {
    let mut hits: HashMap<Shape, BTreeSet<Reading>> = HashMap::new();
    for finding in scouted {
        for (digest, probe) in finding.parts.digests.iter().zip(&finding.probes) {
            hits.entry(Shape::of(digest, finding.parts.packed))
                .or_default()
                .extend(&probe.hits);
        }
    }
    hits.into_iter()
        .map(|(shape, hits)| (shape, hits.into_iter().collect()))
        .collect()
}

fn conventions(
    shape: Shape,
    files: &[usize],
    findings: &[Finding],
    forced: &Forced,
) -> Vec<Convention> {
    let digests = || {
        files.iter().flat_map(|&at| {
            let Finding {
                parts,
                probes,
                failure,
                ..
            } = &findings[at];
            let readable = failure.is_none();
            parts
                .digests
                .iter()
                .zip(probes)
                .filter(move |(digest, _)| readable && Shape::of(digest, parts.packed) == shape)
        })
    };
    let witnesses: Vec<Witness<'_>> = digests()
        .map(|(digest, probe)| Witness {
            digest,
            hits: &probe.hits,
            tried: probe.tried,
        })
        .collect();
    let states = shape.slot.declares_content() || forced.algorithm.is_some();
    let stated = digests()
        .next()
        .filter(|_| states)
        .and_then(|(digest, _)| first_guess(digest, forced));
    establish(shape, &witnesses, stated.as_slice())
}

/// Tries URLs, titles, texts and names on the digests that the content does not explain; says
/// which tables were read.
fn try_labels(candidates: &[Candidate], findings: &mut [Finding], search: &Search) -> Vec<PathBuf> {
    let unexplained = |finding: &Finding| {
        finding.failure.is_none()
            && !finding.probes.is_empty()
            && finding.probes.iter().all(|probe| probe.hits.is_empty())
    };
    let open: Vec<usize> = (0..findings.len())
        .filter(|&at| unexplained(&findings[at]))
        .collect();
    let paths: Vec<&Path> = open
        .iter()
        .map(|&at| candidates[at].path.as_path())
        .collect();
    if paths.is_empty() || search.forced.subject == Some(Subject::Content) {
        return Vec::new();
    }
    let labels = search.table.clone().unwrap_or_default().and_beside(&paths);
    findings
        .par_iter_mut()
        .enumerate()
        .filter(|(_, finding)| unexplained(finding))
        .for_each(|(at, finding)| {
            finding.labels = labels.of(&candidates[at].path);
            let digests: Vec<&NamedDigest> = finding.parts.digests.iter().collect();
            let more = try_all(None, &finding.labels, &digests, &search.forced);
            for (probe, more) in finding.probes.iter_mut().zip(more) {
                probe.hits.extend(more.hits);
                probe.tried += more.tried;
            }
        });
    let open: Vec<&mut Finding> = findings
        .iter_mut()
        .filter(|finding| unexplained(finding))
        .collect();
    try_unclaimed(open, &labels.unclaimed(&paths), &search.forced);
    labels.tables.into_iter().collect()
}

/// Tries every label that belongs to no file on every digest, by looking its digest up.
fn try_unclaimed(mut open: Vec<&mut Finding>, labels: &[Label], forced: &Forced) {
    let labels: Vec<&Label> = labels
        .iter()
        .filter(|label| {
            forced
                .subject
                .is_none_or(|subject| subject == label.subject)
        })
        .collect();
    if open.is_empty() || labels.is_empty() {
        return;
    }
    let mut places: HashMap<Bits, Vec<(usize, usize)>> = HashMap::new();
    let mut ways: BTreeSet<(Algorithm, Part, u32)> = BTreeSet::new();
    for (at, finding) in open.iter_mut().enumerate() {
        for (nth, digest) in finding.parts.digests.iter().enumerate() {
            let methods = methods(digest, forced);
            finding.probes[nth].tried += (methods.len() * labels.len()) as u32;
            places
                .entry(digest.bits.clone())
                .or_default()
                .push((at, nth));
            ways.extend(
                methods
                    .into_iter()
                    .map(|(a, part)| (a, part, digest.bits.len)),
            );
        }
    }
    let found: Vec<(&Bits, Label, Reading)> = labels
        .par_iter()
        .flat_map_iter(|label| {
            let mut made: HashMap<Algorithm, Vec<u8>> = HashMap::new();
            let mut hits = Vec::new();
            for &(algorithm, part, bits) in &ways {
                let whole = made
                    .entry(algorithm)
                    .or_insert_with(|| algorithm.digest(label.text.as_bytes()));
                let place = cut(whole, part, bits).and_then(|bits| places.get_key_value(&bits));
                let reading = Reading {
                    subject: label.subject,
                    recipe: Recipe::AsIs,
                    part,
                    algorithm,
                };
                hits.extend(place.map(|(bits, _)| (bits, (*label).clone(), reading)));
            }
            hits
        })
        .collect();
    for (bits, label, reading) in found {
        for &(at, nth) in &places[bits] {
            if methods(&open[at].parts.digests[nth], forced)
                .contains(&(reading.algorithm, reading.part))
            {
                open[at].probes[nth].hits.push(reading);
                open[at].labels.push(label.clone());
            }
        }
    }
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
fn look(
    candidate: &Candidate,
    parts: NameParts,
    expected: &Expected,
    forced: &Forced,
    buffer: &mut Vec<u8>,
) -> Finding {
    if parts.digests.is_empty() {
        return Finding {
            parts,
            ..Finding::default()
        };
    }
    let likely: Vec<Vec<Reading>> = parts
        .digests
        .iter()
        .map(
            |digest| match expected.get(&Shape::of(digest, parts.packed)) {
                Some(readings) if !readings.is_empty() => readings.clone(),
                _ => first_guess(digest, forced).into_iter().collect(),
            },
        )
        .collect();
    let read = content::read_object(&candidate.path, candidate.links, |file, size| {
        if size > MEMORY_LIMIT {
            return Ok((None, probe_large(file, size, &parts, &likely, forced)?));
        }
        content::fill(file, size, buffer)?;
        Ok((
            Some(xxh3_128(buffer)),
            probe_small(buffer, &parts, &likely, forced),
        ))
    });
    match read {
        Ok((object, (key, probes))) => Finding {
            parts,
            probes,
            object: Some(Object { key, ..object }),
            ..Finding::default()
        },
        Err(failure) => {
            let probes = vec![Probe::default(); parts.digests.len()];
            Finding {
                parts,
                probes,
                failure: Some(failure),
                ..Finding::default()
            }
        }
    }
}

/// The logical name of a file, which is its name without the digest.
pub fn logical_names(parts: &NameParts) -> Vec<Label> {
    let names: BTreeSet<&str> = parts
        .digests
        .iter()
        .map(|digest| digest.rest.as_str())
        .filter(|rest| !rest.is_empty() && !rest.starts_with('.'))
        .collect();
    names
        .into_iter()
        .map(|name| Label {
            subject: Subject::Name,
            text: name.to_owned(),
        })
        .collect()
}

fn probe_small(
    bytes: &[u8],
    parts: &NameParts,
    likely: &[Vec<Reading>],
    forced: &Forced,
) -> Vec<Probe> {
    let labels = logical_names(parts);
    let quick: Vec<Probe> = parts
        .digests
        .iter()
        .zip(likely)
        .map(|(digest, likely)| try_these(bytes, &labels, digest, likely))
        .collect();
    if quick.iter().any(|probe| !probe.hits.is_empty()) {
        return quick;
    }
    let digests: Vec<&NamedDigest> = parts.digests.iter().collect();
    try_all(Some(bytes), &labels, &digests, forced)
}

/// A file that memory should not hold: the likely algorithms in one pass, then all in another;
/// recipes are not tried.
fn probe_large(
    file: &mut std::fs::File,
    size: u64,
    parts: &NameParts,
    likely: &[Vec<Reading>],
    forced: &Forced,
) -> std::io::Result<Vec<Probe>> {
    use std::io::Seek;
    let as_is =
        |reading: &&Reading| (reading.subject, reading.recipe) == (Subject::Content, Recipe::AsIs);
    let likely: Vec<Vec<Reading>> = likely
        .iter()
        .map(|readings| readings.iter().filter(as_is).copied().collect())
        .collect();
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
            methods(digest, forced).into_iter().map(reading).collect()
        })
        .collect();
    let mut probes = Vec::new();
    for readings in [likely, all] {
        file.rewind()?;
        let algorithms: BTreeSet<Algorithm> = readings
            .iter()
            .flatten()
            .map(|reading| reading.algorithm)
            .collect();
        let algorithms: Vec<Algorithm> = algorithms.into_iter().collect();
        let made: HashMap<Algorithm, Vec<u8>> = algorithms
            .iter()
            .copied()
            .zip(digest_stream(file, size, &algorithms)?)
            .collect();
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
