//! Why a file does not fit its name, with a command that repeats the finding.

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::command;
use super::content::{self, MEMORY_LIMIT};
use super::encoding::Bits;
use super::probe::{digest_stream, materials};
use super::reading::{Reading, Subject, cut, digits};
use super::recipe::{Recipe, unpacker};
use super::survey::{Candidate, Finding, Survey, logical_names};
use super::verdict::{Judged, NameVerdict, Outcome};

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

/// What a look at a file that does not fit shows.
#[derive(Debug, Default)]
struct Facts {
    found: Option<Bits>,
    size: u64,
    pointer: bool,
    cut_off: Option<&'static str>,
    zeros: usize,
    command: Option<String>,
}

/// Adds a diagnosis to every file that is not all right, and the digits found to mismatches.
pub fn explain(candidates: &[Candidate], survey: &Survey, outcomes: &mut [Outcome<'_>]) {
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

/// Reads a file that does not fit once more.
fn look(candidate: &Candidate, finding: &Finding, judged: &Judged<'_>) -> Facts {
    let Some(reading) = judged.reading else {
        return Facts::default();
    };
    let labels = [finding.labels.as_slice(), &logical_names(&finding.parts)].concat();
    let as_is = Reading {
        recipe: Recipe::AsIs,
        ..reading
    };
    let facts = content::read_stable(&candidate.path, candidate.links, |file, size| {
        let part = |whole: Vec<u8>| cut(&whole, reading.part, judged.digest.bits.len);
        if size > MEMORY_LIMIT {
            let mut whole = None;
            if (reading.subject, reading.recipe) == (Subject::Content, Recipe::AsIs) {
                whole = digest_stream(file, size, &[reading.algorithm])?.pop();
            }
            let command = Some(command::for_content(&candidate.path, as_is, &[]));
            return Ok(Facts {
                found: whole.and_then(part),
                size,
                command,
                ..Facts::default()
            });
        }
        let bytes = content::whole(file, size)?;
        // A recipe that changes nothing in this file leaves it as it is.
        let (reading, material) = materials(&bytes, &labels, reading)
            .map(|material| (reading, material))
            .chain(materials(&bytes, &labels, as_is).map(|material| (as_is, material)))
            .next()
            .map_or((as_is, None), |(reading, material)| {
                (reading, Some(material))
            });
        let found = material
            .as_ref()
            .and_then(|m| part(reading.algorithm.digest(m)));
        let command = match (reading.subject, &material) {
            (Subject::Content, _) | (_, None) => {
                command::for_content(&candidate.path, reading, &bytes)
            }
            (_, Some(label)) => command::for_label(&String::from_utf8_lossy(label), reading),
        };
        Ok(Facts {
            found,
            size,
            pointer: is_pointer(&bytes, &judged.digest.text),
            cut_off: cut_off(&bytes),
            zeros: bytes.iter().rev().take_while(|&&byte| byte == 0).count(),
            command: Some(command),
        })
    });
    facts.unwrap_or_default()
}

/// Whether a small text file stands for the content that the name says.
fn is_pointer(bytes: &[u8], named: &str) -> bool {
    let text = std::str::from_utf8(&bytes[..bytes.len().min(1024)]).unwrap_or_default();
    let lfs = text.starts_with("version https://git-lfs.github.com/spec/v1");
    let annex = text.starts_with("/annex/objects/");
    (lfs || annex)
        && text
            .to_ascii_lowercase()
            .contains(&named.to_ascii_lowercase())
}

/// How one can see that the end of a file is missing.
fn cut_off(bytes: &[u8]) -> Option<&'static str> {
    if let Some(mut unpacked) = unpacker(bytes) {
        let broken = std::io::copy(&mut unpacked, &mut std::io::sink()).is_err();
        return broken.then_some("its compressed data ends too early or is damaged");
    }
    match std::str::from_utf8(bytes) {
        Err(error) if error.valid_up_to() > 0 && error.error_len().is_none() => {
            Some("it ends in the middle of a character")
        }
        _ => None,
    }
}

fn plain(cause: Cause, text: String, command: Option<String>) -> Diagnosis {
    Diagnosis {
        cause,
        text,
        command,
        recipe: None,
        other: None,
    }
}

/// A reading with the convention's algorithm and another recipe that gives the name.
fn by_recipe(
    path: &Path,
    finding: &Finding,
    judged: &Judged<'_>,
    links: content::Links,
) -> Option<Diagnosis> {
    let own = judged.reading?;
    let nth = finding
        .parts
        .digests
        .iter()
        .position(|digest| digest == judged.digest)?;
    let hit = finding.probes[nth].hits.iter().find(|hit| {
        Reading {
            recipe: own.recipe,
            ..**hit
        } == own
    })?;
    let bytes = content::read_stable(path, links, content::whole).unwrap_or_default();
    Some(Diagnosis {
        cause: Cause::Recipe,
        text: format!("would match {}", hit.recipe.participle()),
        command: (hit.subject == Subject::Content)
            .then(|| command::for_content(path, *hit, &bytes)),
        recipe: Some(hit.recipe),
        other: None,
    })
}

/// What can be seen in the file alone.
fn by_itself(path: &Path, facts: &Facts, judged: &Judged<'_>) -> Option<Diagnosis> {
    let reading = judged.reading?;
    let quoted = command::quote(path);
    let nothing = cut(
        &reading.algorithm.digest(b""),
        reading.part,
        judged.digest.bits.len,
    );
    if facts.size == 0 {
        return Some(plain(
            Cause::Empty,
            "the file is empty".into(),
            Some(format!("wc -c {quoted}")),
        ));
    }
    if nothing.as_ref() == Some(&judged.digest.bits) {
        let text = "the name is the digest of an empty file, and this one is not empty";
        return Some(plain(
            Cause::NamedEmpty,
            text.into(),
            Some(format!("wc -c {quoted}")),
        ));
    }
    if facts.pointer {
        let text =
            "a pointer to the content (Git LFS or git-annex); the content itself is not here";
        return Some(plain(
            Cause::Pointer,
            text.into(),
            Some(format!("head -c 300 {quoted}")),
        ));
    }
    None
}

fn unexplained(facts: &Facts) -> Diagnosis {
    let command = facts.command.clone();
    if let Some(sign) = facts.cut_off {
        return plain(
            Cause::Truncated,
            format!("probably truncated: {sign}"),
            command,
        );
    }
    if facts.zeros >= 16 {
        let text = format!(
            "its last {} bytes are zero: probably never wholly written",
            facts.zeros
        );
        return plain(Cause::Truncated, text, command);
    }
    let text =
        "no recipe and no other file explains it: the content has changed, or the name is wrong";
    plain(Cause::Changed, text.into(), command)
}

fn undecided(survey: &Survey, finding: &Finding, judged: &Judged<'_>) -> Diagnosis {
    if let Some(reason) = judged.digest.uncheckable {
        return plain(Cause::Uncheckable, reason.into(), None);
    }
    let shape = super::evidence::Shape::of(judged.digest, finding.parts.packed);
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
        let text = format!(
            "{} holds elsewhere, but for nothing in this folder",
            convention.description
        );
        return plain(Cause::Unconfirmed, text, None);
    }
    let hits = finding.probes.iter().flat_map(|probe| &probe.hits).next();
    let text = match hits {
        Some(hit) => format!(
            "{} fits, but so few files agree that chance could explain it",
            hit.describe(judged.digest.bits.len)
        ),
        None => format!("none of {} readings fits", judged.check.readings),
    };
    plain(Cause::Unconfirmed, text, None)
}

/// Which digests the other files have, by name and by content.
struct Others {
    /// By the digest found: rightly named files first, then mismatches.
    contents: HashMap<Bits, Vec<usize>>,
    /// By the digest in the name, mismatches only.
    names: HashMap<Bits, Vec<usize>>,
    right: Vec<bool>,
}

impl Others {
    fn of(outcomes: &[Outcome<'_>], facts: &HashMap<usize, Facts>) -> Self {
        let mut others = Self {
            contents: HashMap::new(),
            names: HashMap::new(),
            right: vec![false; outcomes.len()],
        };
        for (at, outcome) in outcomes.iter().enumerate() {
            let Outcome::Judged(judged) = outcome else {
                continue;
            };
            match judged.check.verdict {
                NameVerdict::Ok | NameVerdict::OkByRecipe => {
                    others
                        .contents
                        .entry(judged.digest.bits.clone())
                        .or_default()
                        .push(at);
                    others.right[at] = true;
                }
                NameVerdict::Mismatch => {
                    others
                        .names
                        .entry(judged.digest.bits.clone())
                        .or_default()
                        .push(at);
                    if let Some(found) = facts.get(&at).and_then(|facts| facts.found.clone()) {
                        others.contents.entry(found).or_default().push(at);
                    }
                }
                NameVerdict::Undecided => {}
            }
        }
        others
    }

    fn explain(
        &self,
        at: usize,
        facts: &Facts,
        judged: &Judged<'_>,
        candidates: &[Candidate],
    ) -> Option<Diagnosis> {
        let found = facts.found.as_ref()?;
        let with = |cause, text: &str, other: usize| {
            let path = &candidates[other].path;
            Some(Diagnosis {
                cause,
                text: text.replace("{}", &path.display().to_string()),
                command: facts.command.clone(),
                recipe: None,
                other: Some(path.display().to_string()),
            })
        };
        let holders = self.contents.get(&judged.digest.bits);
        let claimants = self.names.get(found);
        let swapped = holders.into_iter().flatten().find(|other| {
            claimants.is_some_and(|claimants| claimants.contains(other)) && **other != at
        });
        if let Some(&other) = swapped {
            return with(
                Cause::Swapped,
                "this file and {} have each other's names",
                other,
            );
        }
        let twin = self
            .contents
            .get(found)
            .into_iter()
            .flatten()
            .find(|&&other| self.right[other]);
        if let Some(&other) = twin {
            return with(
                Cause::Duplicate,
                "has the same content as {}, which is rightly named",
                other,
            );
        }
        if let Some(&other) = claimants.and_then(|claimants| claimants.first()) {
            return with(
                Cause::BelongsElsewhere,
                "its content belongs to the name {}",
                other,
            );
        }
        if let Some(&other) = holders.and_then(|holders| holders.first()) {
            let whole = std::fs::metadata(&candidates[other].path).map_or(0, |m| m.len());
            if facts.size < whole && is_beginning(&candidates[at].path, &candidates[other].path) {
                return with(
                    Cause::Truncated,
                    "only the beginning of {}, which has the content of this name",
                    other,
                );
            }
            return with(Cause::Changed, "the content of this name is in {}", other);
        }
        let stated = judged.digest.size.filter(|&size| size != facts.size)?;
        let cause = if facts.size < stated {
            Cause::Truncated
        } else {
            Cause::WrongSize
        };
        let text = format!("has {} bytes; its name states {stated}", facts.size);
        Some(plain(cause, text, facts.command.clone()))
    }
}

/// Whether the one file is how the other begins.
fn is_beginning(part: &Path, whole: &Path) -> bool {
    let read = |path| {
        content::read_stable(path, content::Links::Follow, |file, size| {
            if size > MEMORY_LIMIT {
                Ok(None)
            } else {
                content::whole(file, size).map(Some)
            }
        })
    };
    match (read(part), read(whole)) {
        (Ok(Some(part)), Ok(Some(whole))) => whole.starts_with(&part),
        _ => false,
    }
}
