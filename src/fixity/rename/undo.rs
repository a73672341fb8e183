//! Takes renames back.
//!
//! What lay where after each step follows from the journal. What lies there now says how many of the
//! steps are done: all, where nothing came between; one less, where the last was only written; none,
//! where they were taken back before. Where it is none of these states, nothing is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{RenameError, Step, parse, read, rename_new, sha256};

/// Takes back the renames of a journal, the last first, and returns how many files have their old
/// names back: none, where they have them already.
///
/// # Errors
/// When a content has changed since or a name is taken (nothing is touched), or a rename fails.
pub fn undo(journal: &Path) -> Result<usize, RenameError> {
    let text = read(journal)?;
    // A line that was cut off while it was written was not followed by a rename.
    let written = text.rfind('\n').map_or("", |end| &text[..end]);
    let steps: Vec<Step> = parse(journal, written)?;
    let done = &steps[..done(&steps).map_err(RenameError::Refused)?];
    for (taken_back, Step { from, to, .. }) in done.iter().rev().enumerate() {
        rename_new(&to.0, &from.0).map_err(|error| RenameError::Stopped {
            done: taken_back,
            path: to.0.clone(),
            reason: error.to_string(),
        })?;
    }
    Ok(files(done))
}

/// How many files the steps are about. Who steps aside takes two steps.
fn files(steps: &[Step]) -> usize {
    let mut reached = BTreeSet::new();
    let mut files = 0;
    for Step { from, to, .. } in steps {
        files += usize::from(!reached.contains(from));
        reached.insert(to);
    }
    files
}

/// How many of the steps are done, by what lies here; else what does not fit.
fn done(steps: &[Step]) -> Result<usize, Vec<String>> {
    let mut here = Here::default();
    let mut expected: BTreeMap<&Path, Option<&str>> = BTreeMap::new();
    for step in steps {
        expected.insert(&step.from.0, None);
        expected.insert(&step.to.0, Some(&step.sha256));
    }
    let mut wrong: BTreeMap<&Path, String> = BTreeMap::new();
    for (path, content) in expected {
        wrong.extend(here.objection(path, content).map(|objection| (path, objection)));
    }
    let if_all_are_done: Vec<String> = wrong.values().cloned().collect();
    for done in (0..=steps.len()).rev() {
        if wrong.is_empty() {
            return Ok(done);
        }
        let Some(step) = done.checked_sub(1).map(|last| &steps[last]) else { break };
        for (path, content) in [(&*step.to.0, None), (&*step.from.0, Some(&*step.sha256))] {
            match here.objection(path, content) {
                Some(objection) => drop(wrong.insert(path, objection)),
                None => drop(wrong.remove(path)),
            }
        }
    }
    Err(if_all_are_done)
}

/// What lies where; every content is hashed once.
#[derive(Default)]
struct Here<'a> {
    contents: BTreeMap<&'a Path, Result<String, String>>,
}

impl<'a> Here<'a> {
    /// What is wrong, if a path should have this content, or none.
    fn objection(&mut self, path: &'a Path, content: Option<&str>) -> Option<String> {
        let Some(content) = content else {
            return fs::symlink_metadata(path).is_ok().then(|| format!("{} is taken", path.display()));
        };
        match self.contents.entry(path).or_insert_with(|| sha256(path)) {
            Ok(now) if now == content => None,
            Ok(_) => Some(format!("{} has changed since it was renamed", path.display())),
            Err(reason) => Some(format!("{}: {reason}", path.display())),
        }
    }
}
