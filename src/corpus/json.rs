//! JSON records: lines of them, or values one after another.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use super::container::{Outcome, Records, Trouble};
use super::fault::InWords;
use super::framing::{Block, Blocks, Framing};
use super::record::Record;

/// Records that are read as one piece.
const PIECE: usize = 16;
/// What a record takes at least, in bytes, when it has become a row or an article.
const LEAST: usize = 1024;

/// A stream of JSON records.
pub(super) struct Objects<R> {
    blocks: Blocks<R>,
    in_words: InWords,
    block: Arc<Block>,
    /// Frames of the block that were given out.
    given: usize,
    trouble_given: bool,
}

/// Some records of a block, or what stands after its last.
pub(super) enum Piece {
    Frames(Arc<Block>, Range<usize>),
    Trouble(Trouble),
}

impl<R: Read> Objects<R> {
    /// Starts to cut a stream.
    pub(super) fn new(stream: R, framing: Framing, in_words: InWords) -> Self {
        Self { blocks: Blocks::new(stream, framing), in_words, block: Arc::default(), given: 0, trouble_given: false }
    }
}

impl<R: Read> Records for Objects<R> {
    type Piece = Piece;

    fn next(&mut self) -> Result<Option<(Piece, usize)>, String> {
        loop {
            let frames = self.given..self.block.frames.len().min(self.given + PIECE);
            if !frames.is_empty() {
                self.given = frames.end;
                let bytes: usize = self.block.frames[frames.clone()].iter().map(|frame| frame.bytes.len().max(LEAST)).sum();
                return Ok(Some((Piece::Frames(self.block.clone(), frames), bytes)));
            }
            if !std::mem::replace(&mut self.trouble_given, true)
                && let Some(trouble) = self.block.trouble.clone()
            {
                return Ok(Some((Piece::Trouble(trouble), LEAST)));
            }
            match self.blocks.next().map_err(|error| (self.in_words)(&error))? {
                Some(block) => (self.block, self.given, self.trouble_given) = (Arc::new(block), 0, false),
                None => return Ok(None),
            }
        }
    }

    fn read(piece: Piece) -> Vec<Outcome> {
        match piece {
            Piece::Trouble(trouble) => vec![Err(trouble)],
            Piece::Frames(block, frames) => {
                let read = |frame: &super::framing::Frame| {
                    Record::parse(&block.bytes[frame.bytes.clone()], frame.start)
                        .map(|record| (frame.number, record))
                        .map_err(|reason| Trouble::of(frame.number, reason))
                };
                block.frames[frames].iter().map(read).collect()
            }
        }
    }
}
