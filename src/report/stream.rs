//! A long list whose entries are made while it is written, so that they never stand in memory all
//! at once.

use std::fmt;
use std::ops::Range;
use std::sync::mpsc;

use rayon::prelude::*;
use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::parallel::Evenly;

/// Entries that all threads make and turn into JSON, while the ones before are written.
const BATCH: usize = 8192;

/// Entries that one thread turns into one piece of JSON.
const PIECE: usize = 64;

/// What stands between two entries of a piece, as the formatter of [`super::json`] writes it.
const BETWEEN: &[u8] = b",\n";

/// A list of so many entries, each made when its turn comes. Only [`super::json::write`] can write it: to
/// others it is a list of the bytes of its JSON.
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
    /// Makes some entries, in pieces.
    fn make(&self, numbers: Range<usize>) -> Result<Vec<Vec<u8>>, serde_json::Error> {
        let pieces = numbers.len().div_ceil(PIECE);
        let first = |piece: usize| (numbers.start + piece * PIECE).min(numbers.end);
        let pieces = (0..pieces).into_par_iter().evenly();
        pieces.map(|piece| self.piece(first(piece)..first(piece + 1))).collect()
    }

    fn piece(&self, numbers: Range<usize>) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = Vec::new();
        for number in numbers {
            if !json.is_empty() {
                json.extend_from_slice(BETWEEN);
            }
            serde_json::to_writer(&mut json, &(self.entry)(number))?;
        }
        Ok(json)
    }

    fn batches(&self) -> impl Iterator<Item = Range<usize>> {
        (0..self.length).step_by(BATCH).map(|start| start..self.length.min(start + BATCH))
    }
}

impl<T: Serialize> Serialize for Stream<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.length))?;
        let mut write = |pieces: Result<Vec<Vec<u8>>, _>| {
            let pieces = pieces.map_err(S::Error::custom)?;
            pieces.iter().try_for_each(|json| list.serialize_element(&Json(json)))
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

/// JSON that stands ready.
struct Json<'a>(&'a [u8]);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    #[derive(Serialize)]
    struct Holder<T> {
        list: T,
    }

    fn written(value: &(impl Serialize + Sync)) -> String {
        let mut out = Vec::new();
        json::write(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_list_is_the_same_made_while_it_is_written_by_whatever_thread() {
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, BATCH, 2 * BATCH + 1] {
            let expected = written(&Holder { list: (0..length).collect::<Vec<_>>() });
            let list = || Holder { list: Stream::new(length, |number| number) };
            assert_eq!(written(&list()), expected, "{length}");
            assert_eq!(one_thread.install(|| written(&list())), expected, "{length}");
        }
    }
}
