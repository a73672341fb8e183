//! Which names should change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use super::{Action, Planned, StoredPath, moving, sha256};
use crate::fixity::diagnosis::Cause;
use crate::fixity::summary::Status;
use crate::fixity::verification::Row;

/// Plans names for the mismatches.
#[must_use]
pub fn plan(rows: &[Row]) -> Vec<Planned> {
    let mut lines: Vec<Planned> = rows.iter().filter_map(planned).collect();
    // A name is free when nothing has it, or when what has it goes away; what cannot move may
    // keep another one from moving.
    loop {
        let leaving: BTreeSet<PathBuf> = moving(&lines).map(|line| line.from.0.clone()).collect();
        let mut wanted: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for line in moving(&lines) {
            *wanted.entry(line.to.0.clone()).or_default() += 1;
        }
        let blocked = lines.iter_mut().filter(|line| line.action == Action::Rename).find(|line| {
            let taken = fs::symlink_metadata(&line.to.0).is_ok() && !leaving.contains(&line.to.0);
            taken || wanted[&line.to.0] > 1
        });
        let Some(line) = blocked else { return lines };
        line.action = Action::Hold;
        line.why.push_str("; the new name is taken");
    }
}

fn planned(row: &Row) -> Option<Planned> {
    let check = row.name_check.as_ref().filter(|_| row.status == Status::Mismatch)?;
    let found = check.found.as_ref()?;
    let path = &row.path.0;
    let name = path.file_name()?.to_str()?;
    // Where the digest is split over folders, a new name would need new folders.
    let new_name = name.contains(&check.named).then(|| name.replacen(&check.named, found, 1))?;
    let diagnosis = check.diagnosis.as_ref()?;
    let elsewhere = matches!(diagnosis.cause, Cause::Swapped | Cause::BelongsElsewhere);
    Some(Planned {
        action: if elsewhere { Action::Rename } else { Action::Hold },
        from: StoredPath(path.clone()),
        to: StoredPath(path.with_file_name(new_name)),
        sha256: sha256(path).ok()?,
        why: diagnosis.text.clone(),
    })
}
