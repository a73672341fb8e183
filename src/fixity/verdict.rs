//! The verdict on each file, given what all files together establish.

use serde::{Deserialize, Serialize};

use super::content;
use super::evidence::{Convention, Shape};
use super::name::NamedDigest;
use super::probe::{Probe, digest_stream, materials};
use super::reading::{Reading, Subject, cut, digits};
use super::recipe::Recipe;
use super::survey::{Candidate, Finding, Survey, Territory};

/// What a name's digest says about its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameCheck {
    /// The outcome.
    pub verdict: NameVerdict,
    /// The digest as the name writes it.
    pub named: String,
    /// The same digits computed from the file, where a convention is established.
    pub found: Option<String>,
    /// What was hashed and how, in words, for example `SHA-256 of the raw bytes, first 64 bits`;
    /// null where nothing confirms any reading.
    pub convention: Option<String>,
    /// How many of the digest's bits the name writes.
    pub bits: u32,
    /// How many readings (algorithm, truncation, subject, recipe) were tried.
    pub readings: u32,
}

/// Outcome of a name check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameVerdict {
    /// The name says what the file is.
    Ok,
    /// The name says what the file is after a change that all such files need, for example
    /// decompression.
    OkByRecipe,
    /// The folder's convention is established, and this file does not follow it.
    Mismatch,
    /// Nothing confirms any reading of the digest.
    Undecided,
}

/// Judges every file; None where the name carries no digest or the file could not be read.
#[must_use]
pub fn judge(candidates: &[Candidate], survey: &Survey) -> Vec<Option<NameCheck>> {
    let mut territory = Territory::default();
    for (candidate, finding) in candidates.iter().zip(&survey.findings) {
        for (shape, _, probe) in digests(finding) {
            let confirms = accepted(probe, &survey.conventions[&shape]).is_some();
            territory.count(shape, &candidate.path, confirms);
        }
    }
    candidates
        .iter()
        .zip(&survey.findings)
        .map(|(candidate, finding)| {
            if finding.failure.is_some() {
                return None;
            }
            digests(finding)
                .filter_map(|(shape, digest, probe)| {
                    let known = &survey.conventions[&shape];
                    judge_one(candidate, shape, digest, probe, known, &territory)
                })
                .min_by_key(|check| match check.verdict {
                    NameVerdict::Mismatch => 0,
                    NameVerdict::Ok => 1,
                    NameVerdict::OkByRecipe => 2,
                    NameVerdict::Undecided => 3,
                })
        })
        .collect()
}

fn digests(finding: &Finding) -> impl Iterator<Item = (Shape, &NamedDigest, &Probe)> {
    let packed = finding.parts.packed;
    finding
        .parts
        .digests
        .iter()
        .zip(&finding.probes)
        .map(move |(digest, probe)| (Shape::of(digest, packed), digest, probe))
}

/// The convention that a digest confirms, and whether a recipe was needed.
fn accepted<'a>(probe: &Probe, known: &'a [Convention]) -> Option<(&'a Convention, Recipe)> {
    known.iter().find_map(|convention| {
        let own = convention.reading;
        let fits = |recipe| probe.hits.contains(&Reading { recipe, ..own });
        [Recipe::AsIs, own.recipe].into_iter().find(|&r| fits(r)).map(|recipe| (convention, recipe))
    })
}

fn judge_one(
    candidate: &Candidate,
    shape: Shape,
    digest: &NamedDigest,
    probe: &Probe,
    known: &[Convention],
    territory: &Territory,
) -> Option<NameCheck> {
    let check = |verdict, found, convention| {
        Some(NameCheck {
            verdict,
            named: digest.text.clone(),
            found,
            convention,
            bits: digest.bits.len,
            readings: probe.tried,
        })
    };
    if let Some((convention, recipe)) = accepted(probe, known) {
        let reading = Reading { recipe, ..convention.reading };
        let verdict = if recipe == Recipe::AsIs { NameVerdict::Ok } else { NameVerdict::OkByRecipe };
        return check(verdict, Some(digest.text.clone()), Some(reading.describe(shape.bits)));
    }
    if digest.doubtful {
        return None;
    }
    match known.first() {
        Some(convention) if territory.rules(shape, &candidate.path) => {
            let found = found(candidate, digest, convention);
            check(NameVerdict::Mismatch, found, Some(convention.description.clone()))
        }
        _ => check(NameVerdict::Undecided, None, None),
    }
}

/// What the name should say by the convention; None where the file no longer reads the same.
fn found(candidate: &Candidate, digest: &NamedDigest, convention: &Convention) -> Option<String> {
    let reading = convention.reading;
    let whole = content::read_stable(&candidate.path, candidate.links, |file, size| {
        if size > content::MEMORY_LIMIT {
            if (reading.subject, reading.recipe) != (Subject::Content, Recipe::AsIs) {
                return Ok(None);
            }
            return Ok(digest_stream(file, size, &[reading.algorithm])?.pop());
        }
        let bytes = content::whole(file, size)?;
        // A recipe that changes nothing in this file leaves it as it is.
        let plain = Reading { recipe: Recipe::AsIs, ..reading };
        let hashed = materials(&bytes, &candidate.labels, reading)
            .chain(materials(&bytes, &candidate.labels, plain))
            .next()
            .map(|material| reading.algorithm.digest(&material));
        Ok(hashed)
    });
    let bits = cut(&whole.ok()??, reading.part, digest.bits.len)?;
    Some(digits(&bits, digest.encoding, &digest.text))
}
