//! Reads one file, once, and tries the digests of its name.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, Read, Seek};

use xxhash_rust::xxh3::xxh3_128;

use super::{Candidate, Expected, Finding};
use crate::fixity::algorithm::Algorithm;
use crate::fixity::content::{self, MEMORY_LIMIT, Object};
use crate::fixity::evidence::Shape;
use crate::fixity::forced::Forced;
use crate::fixity::name::{NameParts, NamedDigest};
use crate::fixity::probe::{Label, Probe, agrees, digest_stream, try_all, try_these};
use crate::fixity::reading::{Reading, Subject, first_guess, methods};
use crate::fixity::recipe::{Recipe, unpacker};

/// Reads one file and tries its digests.
pub(super) fn look(
    candidate: &Candidate,
    parts: NameParts,
    expected: &Expected,
    forced: &Forced,
    buffer: &mut Vec<u8>,
) -> Finding {
    if parts.digests.is_empty() {
        return Finding { parts, ..Finding::default() };
    }
    let likely: Vec<Vec<Reading>> = parts
        .digests
        .iter()
        .map(|digest| match expected.get(&Shape::of(digest, parts.packed)) {
            Some(readings) if !readings.is_empty() => readings.clone(),
            _ => first_guess(digest, forced).into_iter().collect(),
        })
        .collect();
    let read = content::read_object(&candidate.path, candidate.links, |file, size| {
        if size > MEMORY_LIMIT {
            return Ok((None, probe_large(file, size, &parts, &likely, forced)?));
        }
        content::fill(file, size, buffer)?;
        Ok((Some(xxh3_128(buffer)), probe_small(buffer, &parts, &likely, forced)))
    });
    match read {
        Ok((object, (key, probes))) => {
            Finding { parts, probes, object: Some(Object { key, ..object }), ..Finding::default() }
        }
        Err(failure) => {
            let probes = vec![Probe::default(); parts.digests.len()];
            Finding { parts, probes, failure: Some(failure), ..Finding::default() }
        }
    }
}

/// The logical name of a file, which is its name without the digest.
pub(in crate::fixity) fn logical_names(parts: &NameParts) -> Vec<Label> {
    let names: BTreeSet<&str> = parts
        .digests
        .iter()
        .map(|digest| digest.rest.as_str())
        .filter(|rest| !rest.is_empty() && !rest.starts_with('.'))
        .collect();
    names.into_iter().map(|name| Label { subject: Subject::Name, text: name.to_owned() }).collect()
}

fn probe_small(bytes: &[u8], parts: &NameParts, likely: &[Vec<Reading>], forced: &Forced) -> Vec<Probe> {
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

/// A file that memory should not hold, in rounds of one pass each: the likely algorithms, then all,
/// then the same after decompression. No other recipe is tried.
fn probe_large(
    file: &mut File,
    size: u64,
    parts: &NameParts,
    likely: &[Vec<Reading>],
    forced: &Forced,
) -> io::Result<Vec<Probe>> {
    let mut head = [0; 4];
    let packed = file.read_exact(&mut head).is_ok() && unpacker(&head, io::empty()).is_some();
    let mut probes = vec![Probe::default(); parts.digests.len()];
    for recipe in [Recipe::AsIs, Recipe::Decompressed] {
        if recipe == Recipe::Decompressed && !packed {
            break;
        }
        let all = parts.digests.iter().map(|digest| {
            let reading = |(algorithm, part)| Reading { subject: Subject::Content, recipe, part, algorithm };
            methods(digest, forced).into_iter().map(reading).collect()
        });
        let likely = likely.iter().map(|readings| {
            let fits = |r: &&Reading| (r.subject, r.recipe) == (Subject::Content, recipe);
            readings.iter().filter(fits).copied().collect()
        });
        for readings in [likely.collect(), all.collect()] {
            if pass(file, size, recipe, parts, readings, &mut probes)? {
                return Ok(probes);
            }
        }
    }
    Ok(probes)
}

/// Tries readings of each digest in one pass over the file; says whether one hits.
fn pass(
    file: &mut File,
    size: u64,
    recipe: Recipe,
    parts: &NameParts,
    mut readings: Vec<Vec<Reading>>,
    probes: &mut [Probe],
) -> io::Result<bool> {
    // Git states the size up front, which nobody knows before all is unpacked.
    let git = |a| matches!(a, Algorithm::GitBlob | Algorithm::GitBlobSha256);
    if recipe == Recipe::Decompressed {
        readings.iter_mut().for_each(|readings| readings.retain(|r| !git(r.algorithm)));
    }
    let algorithms: BTreeSet<Algorithm> =
        readings.iter().flatten().map(|reading| reading.algorithm).collect();
    let algorithms: Vec<Algorithm> = algorithms.into_iter().collect();
    if algorithms.is_empty() {
        return Ok(false);
    }
    file.rewind()?;
    let made = match recipe {
        Recipe::Decompressed => {
            let mut head = [0; 4];
            file.read_exact(&mut head)?;
            file.rewind()?;
            let unpacked =
                unpacker(&head, file).map(|mut unpacked| digest_stream(&mut unpacked, 0, &algorithms));
            // Damaged data have no unpacked form.
            match unpacked {
                Some(Ok(made)) => made,
                _ => return Ok(false),
            }
        }
        _ => digest_stream(file, size, &algorithms)?,
    };
    let made: HashMap<Algorithm, Vec<u8>> = algorithms.into_iter().zip(made).collect();
    for ((digest, readings), probe) in parts.digests.iter().zip(readings).zip(&mut *probes) {
        probe.tried += readings.len() as u32;
        let hits = readings.into_iter().filter(|r| agrees(&made[&r.algorithm], r.part, digest));
        probe.hits.extend(hits);
    }
    Ok(probes.iter().any(|probe| !probe.hits.is_empty()))
}
