//! The files of a run: read, and not read.

use serde::{Deserialize, Serialize};

use crate::fixity::NameCheck;

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The path as given.
    pub path: String,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes on disk, 64 hexadecimal digits.
    pub sha256: String,
    /// Articles read from it.
    pub articles: u64,
    /// What its name says about its content; null where the name carries no digest.
    pub name_check: Option<NameCheck>,
}

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedEntry {
    /// The path as given.
    pub path: String,
    /// The record (line), from 1, where one record and not the file is meant.
    pub record: Option<u64>,
    /// Whether this makes the run incomplete, rather than passed over by design.
    pub incomplete: bool,
    /// The reason.
    pub reason: String,
}
