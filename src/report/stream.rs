//! A long list whose entries are made while it is written, so that they never stand in memory all
//! at once.

use std::fmt;

use rayon::prelude::*;
use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// Entries that are made and turned into JSON by all threads, while the ones before are written.
const BATCH: usize = 8192;

/// A list of so many entries, each made when its turn comes. It serialises as the list of its
/// entries does, as JSON only.
pub struct Stream<'a, T> {
    length: usize,
    entry: Box<dyn Fn(usize) -> T + Sync + 'a>,
}

impl<'a, T> Stream<'a, T> {
    /// A list of `length` entries.
    pub(super) fn new(length: usize, entry: impl Fn(usize) -> T + Sync + 'a) -> Self {
        Self { length, entry: Box::new(entry) }
    }
}

impl<T> fmt::Debug for Stream<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} entries", self.length)
    }
}

impl<T: Serialize> Serialize for Stream<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.length))?;
        for start in (0..self.length).step_by(BATCH) {
            let batch = start..self.length.min(start + BATCH);
            let entries: Result<Vec<Box<RawValue>>, _> =
                batch.into_par_iter().map(|at| to_raw_value(&(self.entry)(at))).collect();
            for entry in entries.map_err(S::Error::custom)? {
                list.serialize_element(&entry)?;
            }
        }
        list.end()
    }
}
