//! The stages in order. The only module that knows all rooms.

use std::path::PathBuf;

use crate::corpus;
use crate::report::Report;

/// What one run is to do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folders, files, and `-` for JSONL on standard input.
    pub paths: Vec<PathBuf>,
    /// How to read them.
    pub read: corpus::ReadOptions,
}

/// A step of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Opening, hashing, decoding; counted in bytes.
    Reading,
    /// Folding words, splitting paragraphs; counted in articles.
    Splitting,
    /// Finding paragraphs and runs that stand twice; counted in articles.
    Matching,
    /// Aligning and judging pairs of articles; counted in pairs.
    Judging,
}

/// Somebody who wants to see how far a run is.
pub trait Observer: Sync {
    /// A stage begins; `total` in the stage's unit where it is known.
    fn begin(&self, stage: Stage, total: Option<u64>);
    /// The stage went on by so many units.
    fn advance(&self, by: u64);
}

/// An observer that looks away.
impl Observer for () {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}

/// Runs all stages.
///
/// # Errors
/// When nothing at all could be read. A single bad file is a row in [`Report::skipped`].
pub fn report(_options: &Options, _observer: &dyn Observer) -> Result<Report, corpus::ReadError> {
    Err(corpus::ReadError::NothingRead(Vec::new()))
}
