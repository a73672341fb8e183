//! The whole check of some paths: walk, survey, judge, count.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::balance::{self, Balance};
use super::content::ReadFailure;
use super::duplicates::{Group, Sought, duplicates};
use super::encoding::Bits;
use super::evidence::Convention;
use super::forced::Forced;
use super::labels::{Labels, TableError};
use super::summary::{Status, Summary};
use super::survey::{Candidate, Search, survey};
use super::verdict::{NameCheck, NameVerdict, Outcome, judge};
use super::walk::{Kind, Met, walk};

/// Name and version of the JSON layout.
pub(super) const SCHEMA: &str = "wirecopy.verify/1";

/// How to verify.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Options {
    /// What the user states about the names.
    pub forced: Forced,
    /// A table of URLs, titles, texts or names.
    pub metadata: Option<PathBuf>,
    /// Which duplicates are looked for among files whose names carry digests.
    pub duplicates: Sought,
}

/// Everything that one check found out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    /// Always `wirecopy.verify/1`.
    pub schema: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// The paths as given.
    pub paths: Vec<PathText>,
    /// The list of digests that was checked instead of the names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest: Option<PathText>,
    /// The options used.
    pub options: Options,
    /// How many files came to which status.
    pub summary: Summary,
    /// The established conventions, the best confirmed first.
    pub conventions: Vec<Convention>,
    /// Tables that were read in search of what names may be made from.
    pub tables: Vec<PathText>,
    /// Every file, sorted by path.
    pub files: Vec<Row>,
    /// Names and contents matched one to one.
    #[serde(flatten)]
    pub balance: Balance,
    /// Files that hold the same, largest group first.
    pub duplicates: Vec<Group>,
}

/// A path in a form that every output can write: as text, and as bytes where it is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "PathFields")]
pub struct PathText(pub PathBuf);

#[derive(Serialize)]
struct PathFields {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_hex: Option<String>,
}

impl From<PathText> for PathFields {
    fn from(PathText(path): PathText) -> Self {
        let bytes = path.as_os_str().as_encoded_bytes();
        Self {
            path: path.to_string_lossy().into_owned(),
            path_hex: path.to_str().is_none().then(|| super::encoding::hex(bytes)),
        }
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Where it lies.
    #[serde(flatten)]
    pub path: PathText,
    /// What became of it.
    pub status: Status,
    /// Why, where it was not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The judgement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_check: Option<NameCheck>,
}

/// Checks the names of all files below the paths.
///
/// # Errors
/// When the metadata table that the user names cannot be used. A file that cannot be read is a
/// row with its reason.
pub fn verify(paths: &[PathBuf], options: &Options) -> Result<Verification, TableError> {
    let table = options.metadata.as_deref().map(Labels::from_table).transpose()?;
    let met = walk(paths);
    let candidates: Vec<Candidate> = met
        .iter()
        .filter_map(|met| match met.kind {
            Kind::File(links) => Some(Candidate { path: met.path.clone(), links }),
            _ => None,
        })
        .collect();
    let survey = survey(&candidates, &Search { forced: options.forced, table });
    let outcomes = judge(&candidates, &survey);
    let mut judged = candidates.iter().zip(&survey.findings).zip(outcomes);
    // Names of one file that carry the same digests are one judgement.
    let mut first_names: HashMap<((u64, u64), Vec<&Bits>), &Path> = HashMap::new();
    let mut alone = Vec::new();
    let mut files = Vec::with_capacity(met.len());
    for Met { path, kind } in &met {
        files.push(match kind {
            Kind::Skipped(reason) => Row::unjudged(path, Status::Skipped, (*reason).to_owned()),
            Kind::Failed(failure) => Row::unjudged(path, Status::Error, failure.to_string()),
            Kind::File(_) => {
                let ((candidate, finding), outcome) =
                    judged.next().expect("every file that was met is a candidate, in this order");
                let path = candidate.path.as_path();
                let object =
                    finding.object.and_then(|object| object.shared).or_else(|| shared(path, &outcome));
                let first = object.map(|object| {
                    let digests = finding.parts.digests.iter().map(|digest| &digest.bits).collect();
                    *first_names.entry((object, digests)).or_insert(path)
                });
                match first.filter(|first| *first != path) {
                    Some(first) => {
                        let reason = format!("a hard link to {}, counted there", first.display());
                        Row::unjudged(path, Status::Skipped, reason)
                    }
                    None => {
                        alone.extend(finding.object.map(|object| (path, object)));
                        row(path, outcome, finding.failure.as_ref())
                    }
                }
            }
        });
    }
    let mut conventions: Vec<Convention> = survey.conventions.into_values().flatten().collect();
    conventions.sort_by_key(|convention| std::cmp::Reverse(convention.confirmed));
    Ok(Verification {
        conventions,
        tables: survey.tables.into_iter().map(PathText).collect(),
        duplicates: match options.duplicates {
            Sought::None => Vec::new(),
            sought => duplicates(&alone, sought),
        },
        ..Verification::of_rows(paths, options, files)
    })
}

impl Verification {
    /// A check that knows no conventions, because somebody else states every digest.
    #[must_use]
    pub fn of_rows(paths: &[PathBuf], options: &Options, files: Vec<Row>) -> Self {
        Self {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            paths: paths.iter().cloned().map(PathText).collect(),
            manifest: None,
            options: options.clone(),
            summary: Summary::of(&files),
            conventions: Vec::new(),
            tables: Vec::new(),
            balance: balance::of(&files),
            duplicates: Vec::new(),
            files,
        }
    }
}

/// Device and inode of a file that was not read, where it has other names.
fn shared(path: &Path, outcome: &Outcome<'_>) -> Option<(u64, u64)> {
    if *outcome != Outcome::NoDigest {
        return None;
    }
    super::content::shared(&std::fs::symlink_metadata(path).ok()?)
}

impl Row {
    /// A row about a file that was not judged.
    #[must_use]
    pub fn unjudged(path: &Path, status: Status, reason: String) -> Self {
        Self { path: PathText(path.to_owned()), status, reason: Some(reason), name_check: None }
    }
}

fn row(path: &Path, outcome: Outcome<'_>, failure: Option<&ReadFailure>) -> Row {
    let (status, reason, name_check) = match outcome {
        Outcome::NoDigest => (Status::NoDigest, None, None),
        Outcome::Borrowed(owner) => {
            (Status::NoDigest, Some(format!("carries the digest of {}", owner.display())), None)
        }
        Outcome::Failed => (Status::Error, failure.map(ToString::to_string), None),
        Outcome::Judged(judged) => {
            let status = match judged.check.verdict {
                NameVerdict::Ok => Status::Ok,
                NameVerdict::OkByRecipe => Status::OkByRecipe,
                NameVerdict::Mismatch => Status::Mismatch,
                NameVerdict::Undecided => Status::Undecided,
            };
            (status, None, Some(judged.check))
        }
    };
    Row { path: PathText(path.to_owned()), status, reason, name_check }
}
