//! Names and contents as two multisets, matched one to one: what each side has too much.
//!
//! A set would call a collection complete where two names share one content and another content
//! has gone; with a multiset every name uses up one content.

use std::collections::BTreeMap;

use serde::Serialize;

use super::summary::Status;
use super::verification::{PathText, Row};

/// What is left when every name has taken the content that it names, if it is here.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Balance {
    /// Contents that lie under a wrong name, with the file whose name they belong to.
    pub moved: Vec<Moved>,
    /// Digests in names whose content is not here.
    pub names_without_content: Vec<Loose>,
    /// Contents that no name is left for.
    pub content_without_name: Vec<Loose>,
}

/// A digest without its counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loose {
    /// The digest.
    pub digest: String,
    /// The file that has it, in its name or as its content.
    #[serde(flatten)]
    pub path: PathText,
}

/// A content under a wrong name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The digest.
    pub digest: String,
    /// The file that has the content.
    pub content: PathText,
    /// The file that has the name.
    pub name: PathText,
}

/// Balances the mismatches; files that fit have used up their own content.
#[must_use]
pub(super) fn of(rows: &[Row]) -> Balance {
    let mut contents: BTreeMap<String, Vec<&PathText>> = BTreeMap::new();
    let mismatches: Vec<_> = rows
        .iter()
        .filter(|row| row.status == Status::Mismatch)
        .filter_map(|row| row.name_check.as_ref().map(|check| (row, check)))
        .collect();
    for (row, check) in &mismatches {
        if let Some(found) = &check.found {
            contents.entry(found.clone()).or_default().push(&row.path);
        }
    }
    let mut balance = Balance::default();
    for (row, check) in &mismatches {
        let holders = contents.get_mut(&check.named).filter(|holders| !holders.is_empty());
        match holders.map(|holders| holders.remove(0)) {
            Some(content) => balance.moved.push(Moved {
                digest: check.named.clone(),
                content: content.clone(),
                name: row.path.clone(),
            }),
            None => balance
                .names_without_content
                .push(Loose { digest: check.named.clone(), path: row.path.clone() }),
        }
    }
    for (digest, paths) in contents {
        let loose = |path: &PathText| Loose { digest: digest.clone(), path: path.clone() };
        balance.content_without_name.extend(paths.into_iter().map(loose));
    }
    balance.content_without_name.sort_by(|a, b| a.path.cmp(&b.path));
    balance
}
