//! What was run.

use serde::{Deserialize, Serialize};

use crate::matching;
use crate::provenance::Thresholds;

/// What was run, so that it can be run again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The program's version.
    pub version: String,
    /// The command, for example `report`.
    pub command: String,
    /// Paths as given.
    pub paths: Vec<String>,
    /// Options that change the result, with the values used. Thread counts are not among them.
    pub options: Options,
}

/// Options that change the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// What counts as a match: `min_words`, `containment`, `long_containment`, `many_shingles`, `min_run`
    /// and `group_limit`.
    #[serde(flatten)]
    pub matching: matching::Options,
    /// Where outlets come from when neither record nor table names them.
    pub outlet_from: String,
    /// The map of outlets to publishers, if there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publishers: Option<String>,
    /// Where fields of records stand under other names, as `NAME=PATH`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<String>,
    /// The options that left something out, as `NAME VALUE`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub selection: Vec<String>,
    /// The file of agencies and rules that was added to the program's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub agencies: Option<String>,
    /// The file of what a person has set by hand.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub overrides: Option<String>,
    /// The table with the outlets, times, titles and addresses of articles.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub metadata: Option<String>,
    /// Where one verdict ends and the next begins.
    #[serde(default)]
    pub thresholds: Thresholds,
}
