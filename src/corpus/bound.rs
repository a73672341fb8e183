//! How much one input may ask for before it is refused.
//!
//! Everything is read as a stream, so that a bomb costs time and not memory; these bounds end it
//! early and say why. They are far above what articles need.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

/// Longest record or text that is kept, in bytes; what is longer is no article.
pub(super) const LONGEST: usize = 64 << 20;
/// Most layers of compression and archives around a text: a `.jsonl.gz` in a `.tar.xz` has three.
pub(super) const DEEPEST: u32 = 6;
/// Largest archive or Parquet table, in bytes, that is read although it lies inside something
/// else: both need their end first, so that it has to be held in memory.
pub(super) const LARGEST_HELD: usize = 256 << 20;
/// Bytes that any input may unpack to.
const FREE: u64 = 512 << 20;
/// How many times its size a larger input may unpack to. News text packs to about a fifth, a dump
/// of reprints with `zstd --long` to about a fortieth.
const RATIO: u64 = 250;

/// Why an input is refused: what is wrong with it in plain words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refusal(pub(super) String);

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        Self::other(refusal)
    }
}

/// What one input has read and unpacked so far, all its layers together.
#[derive(Debug, Default)]
pub(super) struct Budget {
    read: AtomicU64,
    unpacked: AtomicU64,
}

impl Budget {
    /// Counts bytes of the input as it lies on disk.
    pub(super) fn add_read(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts bytes that came out of a layer.
    ///
    /// # Errors
    /// When the input has unpacked to far more than its size.
    pub(super) fn add_unpacked(&self, bytes: u64) -> Result<(), Refusal> {
        let unpacked = self.unpacked.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let read = self.read.load(Ordering::Relaxed);
        if unpacked <= FREE.max(read.saturating_mul(RATIO)) {
            return Ok(());
        }
        let (mib, size) = (unpacked >> 20, read);
        Err(Refusal(format!(
            "it unpacks to more than {RATIO} times its size ({mib} MiB from {size} bytes so far), which no news \
             text does: not read further"
        )))
    }

    /// Returns a budget that begins where this one stands, for a part that is read at the same
    /// time as others: what it may do then does not depend on which of them comes first.
    pub(super) fn branch(&self) -> Self {
        Self {
            read: AtomicU64::new(self.read.load(Ordering::Relaxed)),
            unpacked: AtomicU64::new(self.unpacked.load(Ordering::Relaxed)),
        }
    }

    /// Counts what a branch has unpacked since it was taken, when this one stood at `before`.
    pub(super) fn merge(&self, before: u64, branch: &Self) {
        let more = branch.unpacked().saturating_sub(before);
        self.unpacked.fetch_add(more, Ordering::Relaxed);
    }

    /// Returns how many bytes came out of all layers.
    pub(super) fn unpacked(&self) -> u64 {
        self.unpacked.load(Ordering::Relaxed)
    }
}

/// A reader whose bytes count as unpacked.
pub(super) struct Bounded<'a, R> {
    reader: R,
    budget: &'a Budget,
}

impl<'a, R> Bounded<'a, R> {
    pub(super) fn new(reader: R, budget: &'a Budget) -> Self {
        Self { reader, budget }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.budget.add_unpacked(count as u64)?;
        Ok(count)
    }
}

/// Reads a stream to its end, but no more than `most` bytes.
///
/// # Errors
/// When the stream breaks off, or is longer; `what` names it then.
pub(super) fn read_at_most(
    stream: &mut dyn Read,
    most: usize,
    expected: usize,
    what: &str,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected.min(most));
    stream.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(too_long(most, what).into()) } else { Ok(bytes) }
}

/// What is longer than `most` bytes is not kept; `what` names it.
pub(super) fn too_long(most: usize, what: &str) -> Refusal {
    Refusal(format!("longer than {} MiB, {what}", most >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_far_more_than_its_size_is_refused() {
        let budget = Budget::default();
        budget.add_read(1000);
        assert!(budget.add_unpacked(FREE).is_ok());
        assert!(budget.add_unpacked(1).unwrap_err().0.contains("250 times its size"));
        let large = Budget::default();
        large.add_read(FREE);
        assert!(large.add_unpacked(FREE * 20).is_ok(), "twenty times is what text may do");
    }

    #[test]
    fn a_branch_counts_once() {
        let budget = Budget::default();
        budget.add_unpacked(10).unwrap();
        let branch = budget.branch();
        branch.add_unpacked(5).unwrap();
        budget.merge(10, &branch);
        assert_eq!(budget.unpacked(), 15);
    }

    #[test]
    fn a_stream_that_is_too_long_is_not_kept() {
        let mut zeros = io::repeat(0);
        let error = read_at_most(&mut zeros, 1 << 20, 0, "which no article is").unwrap_err();
        assert_eq!(error.to_string(), "longer than 1 MiB, which no article is");
        assert_eq!(read_at_most(&mut &b"abc"[..], 3, 9, "").unwrap(), b"abc");
    }
}
