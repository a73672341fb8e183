//! A long list whose entries are made while it is written, so that they never stand in memory all
//! at once.

use std::fmt;
use std::ops::Range;
use std::sync::mpsc;

use rayon::prelude::*;
use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// Entries that all threads make and turn into JSON, while the ones before are written.
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

impl<T: Serialize> Stream<'_, T> {
    /// Makes some entries.
    fn make(&self, numbers: Range<usize>) -> Result<Vec<Box<RawValue>>, serde_json::Error> {
        numbers.into_par_iter().map(|number| to_raw_value(&(self.entry)(number))).collect()
    }

    fn batches(&self) -> impl Iterator<Item = Range<usize>> {
        (0..self.length).step_by(BATCH).map(|start| start..self.length.min(start + BATCH))
    }
}

impl<T: Serialize> Serialize for Stream<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.length))?;
        let mut write = |entries: Result<Vec<Box<RawValue>>, _>| {
            let entries = entries.map_err(S::Error::custom)?;
            entries.iter().try_for_each(|entry| list.serialize_element(entry))
        };
        if rayon::current_thread_index().is_some() {
            // One of the threads that make entries must not wait for the others.
            self.batches().try_for_each(|batch| write(self.make(batch)))?;
        } else {
            rayon::in_place_scope(|scope| {
                let (send, made) = mpsc::sync_channel(0);
                scope.spawn(move |_| {
                    // Stops where nobody listens any more.
                    let _ = self.batches().try_for_each(|batch| send.send(self.make(batch)));
                });
                made.into_iter().try_for_each(write)
            })?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_the_same_from_one_of_the_threads_that_make_it() {
        let numbers: Vec<usize> = (0..2 * BATCH + 1).collect();
        let write = || serde_json::to_string(&Stream::new(numbers.len(), |number| number)).unwrap();
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let expected = serde_json::to_string(&numbers).unwrap();
        assert_eq!(write(), expected);
        assert_eq!(one_thread.install(write), expected);
    }
}
