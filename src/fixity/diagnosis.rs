//! Why a file does not fit its name, with a command that repeats the finding.

mod facts;
mod others;

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::command;
use super::content::{self, MEMORY_LIMIT};
use super::reading::{Reading, Subject, cut, digits};
use super::recipe::Recipe;
use super::survey::{Candidate, Finding, Survey};
use super::verdict::{Judged, NameVerdict, Outcome};
use facts::{Facts, look};
use others::Others;

/// What explains an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The kind of explanation.
    pub cause: Cause,
    /// In words.
    pub text: String,
    /// A line for a shell that repeats the finding with standard tools.
    pub command: Option<String>,
    /// The recipe that would make the file match.
    pub recipe: Option<Recipe>,
    /// The other file that plays a part.
    pub other: Option<String>,
}

/// Kinds of explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A recipe would make the file match.
    Recipe,
    /// The file is empty.
    Empty,
    /// The name is the digest of an empty file, and this one is not empty.
    NamedEmpty,
    /// A Git LFS or git-annex pointer to the content.
    Pointer,
    /// This file and another have each other's names.
    Swapped,
    /// The content belongs to another name here.
    BelongsElsewhere,
    /// The same content as a file that is rightly named.
    Duplicate,
    /// Only the beginning of the content is left, or not all of it.
    Truncated,
    /// The size is not the one that the name states.
    WrongSize,
    /// Nothing explains it: the content has changed, or the name is wrong.
    Changed,
    /// Nobody tells the URL, title or text that the other names are made from.
    NoRecord,
    /// The form of the name cannot be checked by anyone who has only the file.
    Uncheckable,
    /// No reading fits, or so few files confirm one that chance could explain it.
    Unconfirmed,
}

impl Cause {
    /// The name that every output has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Recipe => "recipe",
            Self::Empty => "empty",
            Self::NamedEmpty => "named_empty",
            Self::Pointer => "pointer",
            Self::Swapped => "swapped",
            Self::BelongsElsewhere => "belongs_elsewhere",
            Self::Duplicate => "duplicate",
            Self::Truncated => "truncated",
            Self::WrongSize => "wrong_size",
            Self::Changed => "changed",
            Self::NoRecord => "no_record",
            Self::Uncheckable => "uncheckable",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// Adds a diagnosis to every file that is not all right, and the digits found to mismatches.
pub(super) fn explain(candidates: &[Candidate], survey: &Survey, outcomes: &mut [Outcome<'_>]) {
    let facts: HashMap<usize, Facts> = outcomes
        .par_iter()
        .enumerate()
        .filter_map(|(at, outcome)| match outcome {
            Outcome::Judged(judged) if judged.check.verdict == NameVerdict::Mismatch => {
                Some((at, look(&candidates[at], &survey.findings[at], judged)))
            }
            _ => None,
        })
        .collect();
    let others = Others::of(outcomes, &facts);
    let explained: Vec<(usize, Diagnosis, Option<String>)> = outcomes
        .iter()
        .enumerate()
        .filter_map(|(at, outcome)| {
            let Outcome::Judged(judged) = outcome else {
                return None;
            };
            let finding = &survey.findings[at];
            match judged.check.verdict {
                NameVerdict::Ok | NameVerdict::OkByRecipe => None,
                NameVerdict::Undecided => Some((at, undecided(survey, finding, judged), None)),
                NameVerdict::Mismatch => {
                    let facts = &facts[&at];
                    let found = facts
                        .found
                        .as_ref()
                        .map(|bits| digits(bits, judged.digest.encoding, &judged.digest.text));
                    let path = &candidates[at].path;
                    let diagnosis = by_recipe(path, finding, judged, candidates[at].links)
                        .or_else(|| by_itself(path, facts, judged))
                        .or_else(|| others.explain(at, facts, judged, candidates))
                        .unwrap_or_else(|| unexplained(facts));
                    Some((at, diagnosis, found))
                }
            }
        })
        .collect();
    for (at, diagnosis, found) in explained {
        if let Outcome::Judged(judged) = &mut outcomes[at] {
            judged.check.diagnosis = Some(diagnosis);
            judged.check.found = found;
        }
    }
}

fn plain(cause: Cause, text: String, command: Option<String>) -> Diagnosis {
    Diagnosis { cause, text, command, recipe: None, other: None }
}

/// A reading with the convention's algorithm and another recipe that gives the name.
fn by_recipe(
    path: &Path,
    finding: &Finding,
    judged: &Judged<'_>,
    links: content::Links,
) -> Option<Diagnosis> {
    let own = judged.reading?;
    let nth = finding.parts.digests.iter().position(|digest| digest == judged.digest)?;
    let hit = finding.probes[nth].hits.iter().find(|hit| Reading { recipe: own.recipe, ..**hit } == own)?;
    let content = (hit.subject == Subject::Content).then(|| content::beginning(path, links).ok()).flatten();
    Some(Diagnosis {
        cause: Cause::Recipe,
        text: format!("would match {}", hit.recipe.participle()),
        command: content.map(|content| command::for_content(path, *hit, &content)),
        recipe: Some(hit.recipe),
        other: None,
    })
}

/// What can be seen in the file alone.
fn by_itself(path: &Path, facts: &Facts, judged: &Judged<'_>) -> Option<Diagnosis> {
    let reading = judged.reading?;
    let quoted = command::quote(path);
    let nothing = cut(&reading.algorithm.digest(b""), reading.part, judged.digest.bits.len);
    if facts.size == 0 {
        return Some(plain(Cause::Empty, "the file is empty".into(), Some(format!("wc -c {quoted}"))));
    }
    if nothing.as_ref() == Some(&judged.digest.bits) {
        let text = "the name is the digest of an empty file, and this one is not empty";
        return Some(plain(Cause::NamedEmpty, text.into(), Some(format!("wc -c {quoted}"))));
    }
    if facts.pointer {
        let text = "a pointer to the content (Git LFS or git-annex); the content itself is not here";
        return Some(plain(Cause::Pointer, text.into(), Some(format!("head -c 300 {quoted}"))));
    }
    None
}

fn unexplained(facts: &Facts) -> Diagnosis {
    let command = facts.command.clone();
    if facts.size > MEMORY_LIMIT {
        let text = "the content has changed, or the name is wrong (on files above 64 MiB no recipe but decompression is tried)";
        return plain(Cause::Changed, text.into(), command);
    }
    if let Some(sign) = facts.cut_off {
        return plain(Cause::Truncated, format!("probably truncated: {sign}"), command);
    }
    if facts.zeros >= 16 {
        let text = format!("its last {} bytes are zero: probably never wholly written", facts.zeros);
        return plain(Cause::Truncated, text, command);
    }
    let text = "no recipe and no other file explains it: the content has changed, or the name is wrong";
    plain(Cause::Changed, text.into(), command)
}

fn undecided(survey: &Survey, finding: &Finding, judged: &Judged<'_>) -> Diagnosis {
    if let Some(reason) = judged.digest.uncheckable {
        return plain(Cause::Uncheckable, reason.into(), None);
    }
    let shape = super::evidence::Shape::of(judged.digest, finding.parts.packed);
    if judged.too_large {
        let text = "larger than 64 MiB: the recipe that other names here need is not tried on it";
        return plain(Cause::Unconfirmed, text.into(), None);
    }
    if let Some(convention) = survey.conventions[&shape].first() {
        let subject = convention.reading.subject;
        if !matches!(subject, Subject::Content | Subject::Name)
            && !finding.labels.iter().any(|label| label.subject == subject)
        {
            let text = format!(
                "other names here are {}; nobody tells this file's {subject}",
                convention.description
            );
            return plain(Cause::NoRecord, text, None);
        }
        let text = format!("{} holds elsewhere, but for nothing in this folder", convention.description);
        return plain(Cause::Unconfirmed, text, None);
    }
    let hits = finding.probes.iter().flat_map(|probe| &probe.hits).next();
    let text = match hits {
        Some(hit) => format!(
            "{} fits, but so few files agree that chance could explain it",
            hit.describe(judged.digest.bits.len)
        ),
        None if judged.check.readings == 0 => "there was no reading to try".to_owned(),
        None if judged.check.readings == 1 => "the one reading that could be tried does not fit".to_owned(),
        None => format!("none of {} readings fits", judged.check.readings),
    };
    plain(Cause::Unconfirmed, text, None)
}
