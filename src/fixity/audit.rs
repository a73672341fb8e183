//! Checks a folder against a manifest: what fits, what does not, what is missing, what is extra.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::algorithm::Algorithm;
use super::checksums::digests;
use super::command;
use super::content::{self, Links, ReadFailure};
use super::diagnosis::{Cause, Diagnosis};
use super::encoding::hex;
use super::manifest::{Entry, Manifest, ManifestError, read};
use super::reading::{Part, Reading, Subject};
use super::recipe::{FOR_BYTES, Recipe};
use super::summary::Status;
use super::verdict::{NameCheck, NameVerdict};
use super::verification::{Options, PathText, Row, Verification};
use super::walk::{Kind, walk};

/// Checks every file that the manifest names, and finds the files that it does not name: below
/// the one folder in `paths`, else below the manifest's own folder, for BagIt below `data/`.
///
/// # Errors
/// When the manifest cannot be read or has no usable line, or when `paths` is anything but one
/// folder or nothing.
pub fn audit(manifest: &Path, paths: &[PathBuf], options: &Options) -> Result<Verification, ManifestError> {
    let root = root(paths).map_err(|reason| ManifestError { path: manifest.to_owned(), reason })?;
    let list = read(manifest, root)?;
    let usual = usual_algorithms(&list, options.forced.algorithm);
    let mut rows: BTreeMap<PathBuf, Row> = list
        .entries
        .par_iter()
        .map(|(path, entries)| {
            let path = list.root.join(path);
            let row = check(&path, entries, &usual);
            (path, row)
        })
        .collect();
    let itself = manifest.canonicalize().ok();
    let mut extra = Vec::new();
    for met in walk(std::slice::from_ref(&list.covers)) {
        let named = met.path.strip_prefix(&list.root).is_ok_and(|path| list.entries.contains_key(path));
        if named || (itself.is_some() && met.path.canonicalize().ok() == itself) {
            continue;
        }
        let row = match met.kind {
            Kind::File(_) => {
                extra.push(met.path.clone());
                Row::unjudged(&met.path, Status::Extra, "the manifest does not name it".to_owned())
            }
            Kind::Skipped(reason) => Row::unjudged(&met.path, Status::Skipped, reason.to_owned()),
            Kind::Failed(failure) => Row::unjudged(&met.path, Status::Error, failure.to_string()),
        };
        rows.insert(met.path, row);
    }
    recognise(&list, &extra, &usual, &mut rows);
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.extend(
        list.bad_lines
            .iter()
            .map(|(line, reason)| Row::unjudged(manifest, Status::Error, format!("line {line}: {reason}"))),
    );
    let manifest = Some(PathText(manifest.to_owned()));
    Ok(Verification { manifest, ..Verification::of_rows(paths, options, rows) })
}

/// The folder that the paths of a manifest start from, where one is named.
fn root(paths: &[PathBuf]) -> Result<Option<&Path>, String> {
    let [root] = paths else {
        let several = "its paths start from one folder: name that one alone, or none for its own";
        return if paths.is_empty() { Ok(None) } else { Err(several.to_owned()) };
    };
    match std::fs::metadata(root) {
        Ok(found) if found.is_dir() => Ok(Some(root)),
        Ok(_) => Err(format!("its paths start from a folder, and {} is none", root.display())),
        Err(error) => Err(format!("{}: {}", root.display(), ReadFailure::from(error))),
    }
}

/// The algorithm for each length of digest that no line states: the one that most files confirm.
fn usual_algorithms(list: &Manifest, forced: Option<Algorithm>) -> HashMap<u32, Algorithm> {
    /// So many files of each length are tried with every algorithm.
    const SAMPLE: usize = 16;
    let mut samples: BTreeMap<u32, Vec<(&Path, &Entry)>> = BTreeMap::new();
    for (path, entries) in &list.entries {
        for entry in entries.iter().filter(|entry| entry.algorithm.is_none()) {
            samples.entry(entry.bits.len).or_default().push((path, entry));
        }
    }
    let mut usual = HashMap::new();
    for (bits, files) in samples {
        let known: Vec<Algorithm> = match forced {
            Some(algorithm) => vec![algorithm],
            None => Algorithm::all().filter(|algorithm| algorithm.bits() == bits).collect(),
        };
        let mut hits: BTreeMap<Algorithm, usize> = BTreeMap::new();
        for (path, entry) in files.iter().take(SAMPLE).filter(|_| known.len() > 1) {
            let digests = digests(&list.root.join(path), Links::Refuse, &known).unwrap_or_default();
            for (algorithm, digest) in known.iter().zip(digests) {
                *hits.entry(*algorithm).or_default() += usize::from(digest == entry.bits.bytes);
            }
        }
        let best = hits.into_iter().rev().max_by_key(|(_, count)| *count).map(|(algorithm, _)| algorithm);
        usual.extend(best.or(known.first().copied()).map(|algorithm| (bits, algorithm)));
    }
    usual
}

fn algorithm_of(entry: &Entry, usual: &HashMap<u32, Algorithm>) -> Option<Algorithm> {
    entry.algorithm.or_else(|| usual.get(&entry.bits.len).copied())
}

/// Checks one file against every digest that the manifest gives it.
fn check(path: &Path, entries: &[Entry], usual: &HashMap<u32, Algorithm>) -> Row {
    let algorithms: Option<Vec<Algorithm>> = entries.iter().map(|entry| algorithm_of(entry, usual)).collect();
    let Some(algorithms) = algorithms else {
        let reason = "no algorithm is known that gives digests of this length".to_owned();
        return Row::unjudged(path, Status::Undecided, reason);
    };
    let made = match digests(path, Links::Refuse, &algorithms) {
        Ok(made) => made,
        Err(failure) if std::fs::symlink_metadata(path).is_err() => {
            let gone = failure == ReadFailure::from(io::Error::from(io::ErrorKind::NotFound));
            let status = if gone { Status::Missing } else { Status::Error };
            return Row::unjudged(path, status, failure.to_string());
        }
        Err(failure) => return Row::unjudged(path, Status::Error, failure.to_string()),
    };
    let mut checks = entries.iter().zip(algorithms).zip(made).map(|((entry, algorithm), digest)| {
        let fits = digest == entry.bits.bytes;
        let reading =
            Reading { subject: Subject::Content, recipe: Recipe::AsIs, part: Part::Whole, algorithm };
        let check = NameCheck {
            verdict: if fits { NameVerdict::Ok } else { NameVerdict::Mismatch },
            named: entry.text.clone(),
            found: Some(hex(&digest)),
            convention: Some(reading.describe(entry.bits.len)),
            bits: entry.bits.len,
            readings: 1,
            diagnosis: (!fits).then(|| why(path, entry, reading)),
        };
        (fits, check)
    });
    let first = checks.next();
    let worst = checks.find(|(fits, _)| !fits).filter(|_| first.as_ref().is_some_and(|(fits, _)| *fits));
    let (fits, check) = worst.or(first).expect("a path in the manifest has at least one digest");
    Row {
        path: super::verification::PathText(path.to_owned()),
        status: if fits { Status::Ok } else { Status::Mismatch },
        reason: None,
        name_check: Some(check),
    }
}

/// Looks for the recipe that would make a file match its line.
fn why(path: &Path, entry: &Entry, reading: Reading) -> Diagnosis {
    let plain = |cause, text: &str, bytes: &[u8]| Diagnosis {
        cause,
        text: text.to_owned(),
        command: Some(command::for_content(path, reading, bytes)),
        recipe: None,
        other: None,
    };
    let changed = "no recipe explains it: the content has changed, or the manifest is wrong";
    let Ok(Some(bytes)) = content::small(path, Links::Refuse) else {
        return plain(Cause::Changed, changed, &[]);
    };
    if bytes.is_empty() {
        return plain(Cause::Empty, "the file is empty", &bytes);
    }
    let recipe = FOR_BYTES.into_iter().find(|recipe| {
        recipe.apply(&bytes).is_some_and(|made| reading.algorithm.digest(&made) == entry.bits.bytes)
    });
    match recipe {
        Some(recipe) => Diagnosis {
            cause: Cause::Recipe,
            text: format!("would match {}", recipe.participle()),
            command: Some(command::for_content(path, Reading { recipe, ..reading }, &bytes)),
            recipe: Some(recipe),
            other: None,
        },
        None => plain(Cause::Changed, changed, &bytes),
    }
}

/// Finds missing contents among the extra files, one to one, as renamed files leave them.
fn recognise(
    list: &Manifest,
    extra: &[PathBuf],
    usual: &HashMap<u32, Algorithm>,
    rows: &mut BTreeMap<PathBuf, Row>,
) {
    let missing: Vec<(PathBuf, &Entry, Algorithm)> = list
        .entries
        .iter()
        .filter_map(|(path, entries)| {
            let path = list.root.join(path);
            let entry = entries.first()?;
            let gone = rows.get(&path).is_some_and(|row| row.status == Status::Missing);
            gone.then_some((path, entry, algorithm_of(entry, usual)?))
        })
        .collect();
    let algorithms: BTreeSet<Algorithm> = missing.iter().map(|(_, _, algorithm)| *algorithm).collect();
    let algorithms: Vec<Algorithm> = algorithms.into_iter().collect();
    if algorithms.is_empty() {
        return;
    }
    let mut contents: BTreeMap<(Algorithm, Vec<u8>), Vec<&PathBuf>> = BTreeMap::new();
    let made: Vec<_> =
        extra.par_iter().map(|path| (path, digests(path, Links::Refuse, &algorithms))).collect();
    for (path, made) in made {
        for (algorithm, digest) in algorithms.iter().zip(made.unwrap_or_default()) {
            contents.entry((*algorithm, digest)).or_default().push(path);
        }
    }
    for (path, entry, algorithm) in missing {
        let key = (algorithm, entry.bits.bytes.clone());
        let Some(holders) = contents.get_mut(&key).filter(|holders| !holders.is_empty()) else {
            continue;
        };
        let holder = holders.remove(0);
        let here = format!("not there; {} has its content", holder.display());
        let there = format!("the manifest does not name it; it has the content of {}", path.display());
        for (path, reason) in [(&path, here), (holder, there)] {
            if let Some(row) = rows.get_mut(path) {
                row.reason = Some(reason);
            }
        }
    }
}
