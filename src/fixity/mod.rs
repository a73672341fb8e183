//! Do file names that carry a digest say what the files are?

use serde::{Deserialize, Serialize};

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
    /// How many readings (algorithm, truncation, subject) were tried.
    pub readings: u32,
}

/// Outcome of a name check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameVerdict {
    /// The name says what the file is.
    Ok,
    /// The folder's convention is established, and this file does not follow it.
    Mismatch,
    /// Nothing confirms any reading of the digest.
    Undecided,
}
