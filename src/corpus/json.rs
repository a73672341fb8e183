//! JSON records: lines of them, or values one after another.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use super::container::{Outcome, Records, Trouble};
use super::fault::InWords;
use super::framing::{Block, Blocks, Framing};
use super::{ReadOptions, record};

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
        Self {
            blocks: Blocks::new(stream, framing),
            in_words,
            block: Arc::default(),
            given: 0,
            trouble_given: false,
        }
    }
}

impl<R: Read> Records for Objects<R> {
    type Piece = Piece;

    fn next(&mut self) -> Result<Option<(Piece, usize)>, String> {
        loop {
            let frames = self.given..self.block.frames.len().min(self.given + PIECE);
            if !frames.is_empty() {
                self.given = frames.end;
                let bytes: usize =
                    self.block.frames[frames.clone()].iter().map(|frame| frame.bytes.len().max(LEAST)).sum();
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

    fn read(piece: Piece, options: &ReadOptions) -> Vec<Outcome> {
        match piece {
            Piece::Trouble(trouble) => vec![Err(trouble)],
            Piece::Frames(block, frames) => {
                let read = |frame: &super::framing::Frame| {
                    record::parse(&block.bytes[frame.bytes.clone()], frame.start, &options.fields)
                        .map(|draft| (Some(frame.number), draft))
                        .map_err(|reason| Trouble::of(frame.number, reason))
                };
                block.frames[frames].iter().map(read).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use crate::corpus::{Corpus, ReadError, ReadOptions, read_bytes};

    fn read(name: &str, bytes: &[u8]) -> Corpus {
        match read_bytes(Path::new(name), bytes, &ReadOptions::default()) {
            Ok(corpus) => corpus,
            Err(ReadError::NothingRead(skipped)) => Corpus { skipped, ..Corpus::default() },
            Err(error) => panic!("{error}"),
        }
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            Just(b"{\"text\":\"a text\",\"date\":\"x\",\"id\":1}".to_vec()),
            Just(b"{\"title\":[{\"name\":null}]}".to_vec()),
            Just(b"\n".to_vec()),
            Just(b"\r\n ".to_vec()),
            Just(b"\xef\xbb\xbf".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..8),
        ]
    }

    proptest! {
        #[test]
        fn every_line_is_an_article_or_a_row(pieces in proptest::collection::vec(piece(), 0..40)) {
            // The first line is good, so that the bytes are lines and nothing else.
            let bytes = [b"{\"text\":\"first\"}\n".to_vec(), pieces.concat()].concat();
            let corpus = read("x.jsonl", &bytes);
            let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
            prop_assert_eq!(corpus.articles.len() + corpus.skipped.len(), lines.count());
        }

        #[test]
        fn any_bytes_can_be_read_as_values(pieces in proptest::collection::vec(piece(), 0..20)) {
            let bytes = [b"[{\"text\":\"first\"},".to_vec(), pieces.concat()].concat();
            prop_assert_eq!(read("x.json", &bytes).files[0].bytes, bytes.len() as u64);
        }
    }

    #[test]
    fn an_article_keeps_its_line_and_position() {
        let corpus = read("x.jsonl", b"\n{\"text\":\"a\"}\n");
        assert_eq!((corpus.articles[0].id.as_str(), corpus.articles[0].record), ("x.jsonl#2", Some(2)));
        let corpus = read("x.json", b"\n{\"text\":\"a\"}\n");
        assert_eq!((corpus.articles[0].id.as_str(), corpus.articles[0].record), ("x.json#1", Some(1)));
    }

    #[test]
    fn many_broken_records_are_counted() {
        let corpus =
            read("x.jsonl", ["{\"text\":\"a\"}\n".to_owned(), "x\n".repeat(5000)].concat().as_bytes());
        assert_eq!((corpus.articles.len(), corpus.skipped.len()), (1, 1001));
        assert_eq!(
            corpus.skipped[0].reason,
            "4000 more records were not read, for reasons like those listed"
        );
    }
}
