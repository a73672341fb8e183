//! An input that holds records.

use rayon::prelude::*;

use super::draft::{Draft, Place};
use super::opening::{Found, Input};
use super::{Article, ReadOptions, Skipped};
use crate::parallel::Evenly;

/// Bytes of pieces that are read in parallel, while the next ones are cut off the stream.
const BATCH: usize = 4 << 20;
/// Most pieces of a batch: a short record takes more memory as a row than as bytes.
const MOST_PIECES: usize = 4096;

/// Most articles that room is made for before they are there: some 40 MB, which are not touched.
const MOST_EXPECTED: usize = 1 << 16;

/// A stream of records of one kind. Cutting it into pieces is cheap and done in order; reading
/// the pieces is dear and done in parallel.
pub(super) trait Records {
    /// One record or more, whole and not yet read.
    type Piece: Send;

    /// Cuts off the next piece, with its size in bytes; nothing at the end.
    ///
    /// # Errors
    /// Why the stream breaks off.
    fn next(&mut self) -> Result<Option<(Self::Piece, usize)>, String>;

    /// Reads the records of a piece, in their order.
    fn read(piece: Self::Piece, options: &ReadOptions) -> Vec<Outcome>;
}

/// A record with its number (nothing where it is the whole input), or what stands in its place.
pub(super) type Outcome = Result<(Option<u64>, Draft), Trouble>;

/// What no article can be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The record, where one is meant.
    pub(super) number: Option<u64>,
    /// Whether the run is incomplete by it, or it is only passed over by design.
    pub(super) incomplete: bool,
    /// What is wrong, as a phrase.
    pub(super) reason: String,
}

impl Trouble {
    /// A record that is damaged.
    pub(super) fn of(number: u64, reason: String) -> Self {
        Self { number: Some(number), incomplete: true, reason }
    }

    /// The whole input cannot be read.
    pub(super) fn of_all(reason: String) -> Self {
        Self { number: None, incomplete: true, reason }
    }

    /// The whole input is sound, and there is no article in it.
    pub(super) fn nothing_there(reason: String) -> Self {
        Self { number: None, incomplete: false, reason }
    }
}

/// Reads every record of an input.
///
/// # Errors
/// Why the stream breaks off; what came before is in `found`.
pub(super) fn read<R: Records>(mut records: R, input: &Input<'_>, found: &mut Found) -> Result<(), String> {
    let (mut batch, mut end) = gather(&mut records);
    let mut batches = input.bytes as usize / BATCH;
    let mut ready = Vec::new();
    while !batch.is_empty() {
        let mut outcomes = Vec::new();
        let pieces = std::mem::take(&mut batch);
        let read = |piece| R::read(piece, input.options).into_iter().map(|outcome| settle(outcome, input));
        // The stream stays on this thread, for not every reader can go to another one.
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| outcomes = pieces.into_par_iter().evenly().flat_map_iter(read).collect());
            if end.is_none() {
                (batch, end) = gather(&mut records);
            }
            std::mem::take(&mut ready).into_iter().for_each(|settled| found.add(settled));
        });
        // As many as the first batch lets expect, and some more, so that they need not be moved.
        let expected = outcomes.len() * std::mem::take(&mut batches);
        found.articles.reserve((expected + expected / 8).min(MOST_EXPECTED));
        ready = outcomes;
    }
    ready.into_iter().for_each(|settled| found.add(settled));
    end.unwrap_or(Ok(()))
}

/// Makes an article of a record, or a row of what stands in its place.
pub(super) fn settle(outcome: Outcome, input: &Input<'_>) -> Result<Article, Skipped> {
    match outcome {
        Ok((number, draft)) => {
            let path = input.path.display();
            let id = number.map_or_else(|| path.to_string(), |number| format!("{path}#{number}"));
            Ok(draft.settle(Place { id, record: number, sha256: None }, input.options.explain))
        }
        Err(Trouble { number, incomplete, reason }) => {
            Err(Skipped { path: input.path.clone(), record: number, incomplete, reason })
        }
    }
}

/// Cuts a batch off the stream, and says how the stream ended if it did.
fn gather<R: Records>(records: &mut R) -> (Vec<R::Piece>, Option<Result<(), String>>) {
    let (mut pieces, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH && pieces.len() < MOST_PIECES {
        match records.next() {
            Ok(Some((piece, size))) => {
                bytes += size;
                pieces.push(piece);
            }
            Ok(None) => return (pieces, Some(Ok(()))),
            Err(reason) => return (pieces, Some(Err(reason))),
        }
    }
    (pieces, None)
}
