//! The verdict on each file, given what all files together establish.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::content::MEMORY_LIMIT;
use super::diagnosis::{self, Diagnosis};
use super::encoding::Bits;
use super::evidence::{Convention, Shape};
use super::name::NamedDigest;
use super::probe::Probe;
use super::reading::{Reading, Subject};
use super::recipe::Recipe;
use super::survey::{Candidate, Finding, Survey};
use super::territory::Territory;

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
    /// What explains the outcome; null where the name is right.
    pub diagnosis: Option<Diagnosis>,
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

impl NameVerdict {
    /// The name that JSON has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::OkByRecipe => "ok_by_recipe",
            Self::Mismatch => "mismatch",
            Self::Undecided => "undecided",
        }
    }
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome<'a> {
    /// The name carries no digest.
    NoDigest,
    /// The name carries another file's digest, as a sidecar's does.
    Borrowed(&'a Path),
    /// It could not be read; see [`Finding::failure`].
    Failed,
    /// It was judged.
    Judged(Judged<'a>),
}

/// A judged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged<'a> {
    /// What is said about it.
    pub check: NameCheck,
    /// The digest that the verdict is about.
    pub digest: &'a NamedDigest,
    /// How the digest was understood: what confirms it, or what it fails.
    pub reading: Option<Reading>,
    /// Whether the convention's recipe was not tried because the file is too large for memory.
    pub too_large: bool,
}

/// Judges every file: a verdict from the evidence, then a diagnosis of what does not fit.
#[must_use]
pub(super) fn judge<'a>(candidates: &'a [Candidate], survey: &'a Survey) -> Vec<Outcome<'a>> {
    let pairs = || candidates.iter().zip(&survey.findings);
    let territory = Territory::of(pairs().flat_map(|(candidate, finding)| {
        digests(finding).map(|(shape, _, probe)| {
            let confirms = accepted(probe, &survey.conventions[&shape]).is_some();
            (shape, candidate.path.as_path(), confirms)
        })
    }));
    let mut outcomes: Vec<Outcome<'a>> = candidates
        .par_iter()
        .zip(&survey.findings)
        .map(|(candidate, finding)| {
            if finding.failure.is_some() {
                return Outcome::Failed;
            }
            let best = digests(finding)
                .filter_map(|(shape, digest, probe)| {
                    let known = &survey.conventions[&shape];
                    let ruled =
                        known.first().is_some_and(|c| c.stated) || territory.rules(shape, &candidate.path);
                    judge_digest(finding, digest, probe, known, ruled)
                })
                .min_by_key(|judged| match judged.check.verdict {
                    NameVerdict::Mismatch => 0,
                    NameVerdict::Ok => 1,
                    NameVerdict::OkByRecipe => 2,
                    NameVerdict::Undecided => 3,
                });
            best.map_or(Outcome::NoDigest, Outcome::Judged)
        })
        .collect();
    lend(candidates, &mut outcomes);
    diagnosis::explain(candidates, survey, &mut outcomes);
    outcomes
}

/// Finds files that do not fit and carry the digest of a file beside them that does, with another
/// extension: sidecars and the like.
fn lend<'a>(candidates: &'a [Candidate], outcomes: &mut [Outcome<'a>]) {
    let fits =
        |judged: &Judged<'_>| matches!(judged.check.verdict, NameVerdict::Ok | NameVerdict::OkByRecipe);
    if outcomes.iter().all(|outcome| !matches!(outcome, Outcome::Judged(judged) if !fits(judged))) {
        return;
    }
    let mut owners: HashMap<(Option<&Path>, &Bits), &'a Path> = HashMap::new();
    for (candidate, outcome) in candidates.iter().zip(outcomes.iter()) {
        if let Outcome::Judged(judged) = outcome
            && fits(judged)
        {
            owners.insert((candidate.path.parent(), &judged.digest.bits), &candidate.path);
        }
    }
    for (candidate, outcome) in candidates.iter().zip(outcomes) {
        let Outcome::Judged(judged) = &*outcome else {
            continue;
        };
        let owner = owners.get(&(candidate.path.parent(), &judged.digest.bits));
        let other = owner.filter(|owner| !fits(judged) && suffix(owner) != suffix(&candidate.path));
        if let Some(owner) = other {
            *outcome = Outcome::Borrowed(owner);
        }
    }
}

/// Everything behind the first dot of a file's name.
fn suffix(path: &Path) -> &str {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    name.split_once('.').map_or("", |(_, suffix)| suffix)
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

/// The reading of an established convention that a digest confirms.
fn accepted(probe: &Probe, known: &[Convention]) -> Option<Reading> {
    known.iter().find_map(|convention| {
        [Recipe::AsIs, convention.reading.recipe]
            .into_iter()
            .map(|recipe| Reading { recipe, ..convention.reading })
            .find(|reading| probe.hits.contains(reading))
    })
}

fn judge_digest<'a>(
    finding: &Finding,
    digest: &'a NamedDigest,
    probe: &Probe,
    known: &[Convention],
    ruled: bool,
) -> Option<Judged<'a>> {
    let judged = |verdict, found, reading: Option<Reading>| Judged {
        check: NameCheck {
            verdict,
            named: digest.text.clone(),
            found,
            convention: reading.map(|reading| reading.describe(digest.bits.len)),
            bits: digest.bits.len,
            readings: probe.tried,
            diagnosis: None,
        },
        digest,
        reading,
        too_large: false,
    };
    if let Some(reading) = accepted(probe, known) {
        let as_is = reading.recipe == Recipe::AsIs;
        let verdict = if as_is { NameVerdict::Ok } else { NameVerdict::OkByRecipe };
        return Some(judged(verdict, Some(digest.text.clone()), Some(reading)));
    }
    if digest.doubtful {
        return None;
    }
    // A name made from a URL says nothing about a file whose URL nobody tells.
    let known_subject = |convention: &&Convention| match convention.reading.subject {
        Subject::Content | Subject::Name => true,
        subject => finding.labels.iter().any(|label| label.subject == subject),
    };
    let large = finding.object.is_some_and(|object| object.size > MEMORY_LIMIT);
    let untried = |convention: &Convention| {
        let Reading { subject, recipe, .. } = convention.reading;
        large && subject == Subject::Content && !matches!(recipe, Recipe::AsIs | Recipe::Decompressed)
    };
    Some(match known.iter().find(known_subject) {
        Some(convention) if ruled && digest.uncheckable.is_none() => {
            if untried(convention) {
                let undecided = judged(NameVerdict::Undecided, None, None);
                Judged { too_large: true, ..undecided }
            } else {
                judged(NameVerdict::Mismatch, None, Some(convention.reading))
            }
        }
        _ => judged(NameVerdict::Undecided, None, None),
    })
}
