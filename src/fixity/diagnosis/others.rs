//! What the other files tell about a file that does not fit.

use std::collections::HashMap;
use std::path::Path;

use super::facts::Facts;
use super::{Cause, Diagnosis, plain};
use crate::fixity::content;
use crate::fixity::encoding::Bits;
use crate::fixity::survey::Candidate;
use crate::fixity::verdict::{Judged, NameVerdict, Outcome};

/// Which digests the other files have, by name and by content.
pub(super) struct Others {
    /// By the digest found: rightly named files first, then mismatches.
    contents: HashMap<Bits, Vec<usize>>,
    /// By the digest in the name, mismatches only.
    names: HashMap<Bits, Vec<usize>>,
    right: Vec<bool>,
}

impl Others {
    /// Takes down what every file has.
    pub(super) fn of(outcomes: &[Outcome<'_>], facts: &HashMap<usize, Facts>) -> Self {
        let mut others =
            Self { contents: HashMap::new(), names: HashMap::new(), right: vec![false; outcomes.len()] };
        for (at, outcome) in outcomes.iter().enumerate() {
            let Outcome::Judged(judged) = outcome else {
                continue;
            };
            match judged.check.verdict {
                NameVerdict::Ok | NameVerdict::OkByRecipe => {
                    others.contents.entry(judged.digest.bits.clone()).or_default().push(at);
                    others.right[at] = true;
                }
                NameVerdict::Mismatch => {
                    others.names.entry(judged.digest.bits.clone()).or_default().push(at);
                    if let Some(found) = facts.get(&at).and_then(|facts| facts.found.clone()) {
                        others.contents.entry(found).or_default().push(at);
                    }
                }
                NameVerdict::Undecided => {}
            }
        }
        others
    }

    /// Explains a file by another one, or by the size that its name states.
    pub(super) fn explain(
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
        let swapped = holders
            .into_iter()
            .flatten()
            .find(|other| claimants.is_some_and(|claimants| claimants.contains(other)) && **other != at);
        if let Some(&other) = swapped {
            return with(Cause::Swapped, "this file and {} have each other's names", other);
        }
        let twin = self.contents.get(found).into_iter().flatten().find(|&&other| self.right[other]);
        if let Some(&other) = twin {
            return with(Cause::Duplicate, "has the same content as {}, which is rightly named", other);
        }
        if let Some(&other) = claimants.and_then(|claimants| claimants.first()) {
            return with(Cause::BelongsElsewhere, "its content belongs to the name {}", other);
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
        let cause = if facts.size < stated { Cause::Truncated } else { Cause::WrongSize };
        let text = format!("has {} bytes; its name states {stated}", facts.size);
        Some(plain(cause, text, facts.command.clone()))
    }
}

/// Whether the one file is how the other begins.
fn is_beginning(part: &Path, whole: &Path) -> bool {
    let read = |path| content::small(path, content::Links::Follow);
    match (read(part), read(whole)) {
        (Ok(Some(part)), Ok(Some(whole))) => whole.starts_with(&part),
        _ => false,
    }
}
