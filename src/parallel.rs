//! How work is shared out among threads.

use rayon::iter::{IndexedParallelIterator, MaxLen};

/// Parts of a job for each thread.
const PARTS: usize = 32;

/// Jobs whose items take different times.
pub(crate) trait Evenly: IndexedParallelIterator {
    /// Shares the items out in small parts. Left alone, rayon gives two threads the job in about four,
    /// so that one waits while the other still goes through a quarter.
    fn evenly(self) -> MaxLen<Self> {
        let parts = PARTS * rayon::current_num_threads();
        let most = self.len().div_ceil(parts).max(1);
        self.with_max_len(most)
    }
}

impl<I: IndexedParallelIterator> Evenly for I {}
