//! Cuts a stream of bytes into records without holding more than a block of it.
//!
//! A [`Block`] holds whole records; the beginning of a record at its end is carried into the next
//! block. A record longer than a block makes the block grow, up to a limit, beyond which it is
//! passed over without being kept. Finding the borders of records is cheap and done in order;
//! parsing them is dear, and can then be done in parallel.

use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memrchr};

use super::bound::{LONGEST, too_long};
use super::container::Trouble;

/// Bytes read ahead of parsing. Larger blocks were not faster on 122 MB of JSONL.
const BLOCK: usize = 4 << 20;

/// What stands between records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// A line break.
    Lines,
    /// Whatever JSON has between values, the brackets and commas of one array included.
    Values,
}

/// Some whole records.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The bytes that the records lie in.
    pub(super) bytes: Vec<u8>,
    /// The records that are not blank, in order.
    pub(super) frames: Vec<Frame>,
    /// What could not be cut into records, after the last frame.
    pub(super) trouble: Option<Trouble>,
}

/// Where one record lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// For lines the line, for values the position, from 1.
    pub(super) number: u64,
    /// Where it begins in the input.
    pub(super) start: Start,
    /// Its bytes in the block.
    pub(super) bytes: Range<usize>,
}

/// Where a record begins in the unpacked input, to name the place of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// The line, from 1.
    pub(super) line: u64,
    /// Bytes before it in this line.
    pub(super) before: usize,
}

/// A stream of blocks.
pub(super) struct Blocks<R> {
    reader: R,
    framing: Framing,
    block: usize,
    longest: usize,
    carried: Vec<u8>,
    /// Line breaks before the carried bytes.
    lines: u64,
    /// Bytes between the last line break and the carried bytes.
    before: usize,
    /// Values before the carried bytes.
    values: u64,
    /// Whether the values are those of an array that is still open.
    in_array: bool,
    at_start: bool,
    at_end: bool,
    fault: Option<io::Error>,
}

impl<R: Read> Blocks<R> {
    /// Starts to cut a stream.
    pub(super) fn new(reader: R, framing: Framing) -> Self {
        Self::with_sizes(reader, framing, BLOCK, LONGEST)
    }

    fn with_sizes(reader: R, framing: Framing, block: usize, longest: usize) -> Self {
        Self {
            reader,
            framing,
            block,
            longest,
            carried: Vec::new(),
            lines: 0,
            before: 0,
            values: 0,
            in_array: false,
            at_start: true,
            at_end: false,
            fault: None,
        }
    }

    /// Returns the next block, or nothing at the end.
    ///
    /// # Errors
    /// When the stream breaks off; everything before it was returned.
    pub(super) fn next(&mut self) -> io::Result<Option<Block>> {
        let mut bytes = std::mem::take(&mut self.carried);
        let mut target = self.block;
        loop {
            self.fill(&mut bytes, target);
            if bytes.is_empty() && self.at_end {
                return self.end();
            }
            if std::mem::take(&mut self.at_start)
                && let Some(trouble) = strip_byte_order_mark(&mut bytes)
            {
                return Ok(Some(self.give_up(trouble)));
            }
            let (frames, used) = match self.framing {
                Framing::Lines => self.lines_of(&bytes),
                Framing::Values => self.values_of(&bytes),
            };
            if used > 0 {
                self.carried = bytes.split_off(used);
                return Ok(Some(Block { bytes, frames, trouble: None }));
            }
            if bytes.len() >= self.longest {
                return Ok(Some(self.pass_over_too_long(bytes)));
            }
            target = (bytes.len() * 2).clamp(self.block, self.longest);
        }
    }

    /// Reads until the bytes are `target` long or the stream ends.
    fn fill(&mut self, bytes: &mut Vec<u8>, target: usize) {
        let missing = target.saturating_sub(bytes.len());
        if self.at_end || missing == 0 {
            return;
        }
        bytes.reserve_exact(missing);
        match self.reader.by_ref().take(missing as u64).read_to_end(bytes) {
            Ok(count) => self.at_end = count < missing,
            Err(error) => {
                self.at_end = true;
                self.fault = Some(error);
            }
        }
    }

    fn end(&mut self) -> io::Result<Option<Block>> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        Ok(std::mem::take(&mut self.in_array).then(|| {
            let reason = "the JSON array is not closed: the file may be cut short".to_owned();
            Block { trouble: Some(Trouble { number: None, incomplete: true, reason }), ..Block::default() }
        }))
    }

    /// Returns the lines that are whole and the number of bytes up to the end of the last.
    fn lines_of(&mut self, bytes: &[u8]) -> (Vec<Frame>, usize) {
        let used = match memrchr(b'\n', bytes) {
            _ if self.at_end => bytes.len(),
            Some(last_break) => last_break + 1,
            None => return (Vec::new(), 0),
        };
        let mut frames = Vec::new();
        let mut start = 0;
        for end in memchr_iter(b'\n', &bytes[..used]).chain([used]) {
            if !bytes[start..end].trim_ascii().is_empty() {
                let line = self.lines + 1;
                frames.push(Frame { number: line, start: Start { line, before: 0 }, bytes: start..end });
            }
            if end < used {
                self.lines += 1;
            }
            start = end + 1;
            if start > used {
                break;
            }
        }
        (frames, used)
    }

    /// Returns the JSON values that are whole and the number of bytes up to the end of the last.
    fn values_of(&mut self, bytes: &[u8]) -> (Vec<Frame>, usize) {
        let mut frames = Vec::new();
        let mut used = 0;
        while let Some(&byte) = bytes.get(used) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
                b'[' if !self.in_array => self.in_array = true,
                b']' if self.in_array => self.in_array = false,
                _ => {
                    let Some(length) = value_length(&bytes[used..], self.at_end) else { break };
                    let value = used..used + length;
                    self.values += 1;
                    let start = Start { line: self.lines + 1, before: self.before };
                    self.go_past(&bytes[value.clone()]);
                    used = value.end;
                    frames.push(Frame { number: self.values, start, bytes: value });
                    continue;
                }
            }
            self.go_past(&[byte]);
            used += 1;
        }
        (frames, used)
    }

    /// Counts the lines and columns of bytes.
    fn go_past(&mut self, bytes: &[u8]) {
        match memrchr(b'\n', bytes) {
            None => self.before += bytes.len(),
            Some(last_break) => {
                self.lines += memchr_iter(b'\n', bytes).count() as u64;
                self.before = bytes.len() - last_break - 1;
            }
        }
    }

    /// Passes over a record that is too long, without keeping it. After a line the next one
    /// follows; inside a JSON value nothing tells where the next one begins.
    fn pass_over_too_long(&mut self, mut bytes: Vec<u8>) -> Block {
        let reason = too_long(self.longest, "which no article is").to_string();
        if self.framing == Framing::Values {
            let reason = format!("{reason}; nothing after it was read");
            return self.give_up(Trouble::of(self.values + 1, reason));
        }
        let trouble = Trouble::of(self.lines + 1, reason);
        while !self.at_end {
            bytes.clear();
            self.fill(&mut bytes, self.block);
            if let Some(line_break) = memchr(b'\n', &bytes) {
                self.carried = bytes.split_off(line_break + 1);
                self.lines += 1;
                break;
            }
        }
        Block { trouble: Some(trouble), ..Block::default() }
    }

    /// Reads nothing more.
    fn give_up(&mut self, trouble: Trouble) -> Block {
        self.at_end = true;
        self.in_array = false;
        Block { trouble: Some(trouble), ..Block::default() }
    }
}

/// Removes a UTF-8 byte order mark; a UTF-16 one is trouble.
fn strip_byte_order_mark(bytes: &mut Vec<u8>) -> Option<Trouble> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    utf16.then(|| Trouble {
        number: None,
        incomplete: true,
        reason: "UTF-16, but records are read as UTF-8 only: convert the file first".to_owned(),
    })
}

/// Returns how long the JSON value is that the bytes begin with, or nothing while its end is not
/// in sight. Brackets are counted, not matched: a wrong one is left for the parser to name.
fn value_length(bytes: &[u8], at_end: bool) -> Option<usize> {
    let nested = matches!(bytes[0], b'{' | b'[');
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => match string_length(&bytes[at..]) {
                Some(length) if depth == 0 => return Some(at + length),
                Some(length) => {
                    at += length;
                    continue;
                }
                None => break,
            },
            b'{' | b'[' if nested => depth += 1,
            b'}' | b']' if nested => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']' | b'{' | b'}' if !nested => {
                return Some(at.max(1));
            }
            _ => {}
        }
        at += 1;
    }
    at_end.then_some(bytes.len())
}

/// Returns how long the JSON string is that the bytes begin with, both quotes included.
fn string_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Cut = (u64, Start, String);

    fn cut(text: &[u8], framing: Framing, block: usize, longest: usize) -> (Vec<Cut>, Vec<Trouble>) {
        let mut blocks = Blocks::with_sizes(text, framing, block, longest);
        let (mut records, mut troubles) = (Vec::new(), Vec::new());
        while let Some(block) = blocks.next().unwrap() {
            for frame in block.frames {
                let text = String::from_utf8_lossy(&block.bytes[frame.bytes]).into_owned();
                records.push((frame.number, frame.start, text));
            }
            troubles.extend(block.trouble);
        }
        (records, troubles)
    }

    fn lines(text: &str, block: usize) -> Vec<(u64, String)> {
        let (records, troubles) = cut(text.as_bytes(), Framing::Lines, block, 1 << 20);
        assert!(troubles.is_empty());
        records.into_iter().map(|(number, _, text)| (number, text)).collect()
    }

    #[test]
    fn lines_are_the_same_whatever_the_block() {
        let text = "\u{feff}{1}\n\n  \n{22}\r\n{a much longer line than any block}\n{4}";
        let expected = [(1, "{1}"), (4, "{22}\r"), (5, "{a much longer line than any block}"), (6, "{4}")];
        for block in 1..80 {
            let found = lines(text, block.max(4));
            let found: Vec<_> = found.iter().map(|(number, text)| (*number, text.as_str())).collect();
            assert_eq!(found, expected, "block of {block}");
        }
        assert!(lines("", 4).is_empty());
        assert!(lines("\n\n", 4).is_empty());
    }

    #[test]
    fn values_are_the_same_whatever_the_block() {
        let text = "[ {\"a\":\n\"]}\\\"\"} ,\n[1,{}], \"s[\", 12 ,null]\n{\"b\":[{}]}{}";
        let expected = [
            (1, 1, 2, "{\"a\":\n\"]}\\\"\"}"),
            (2, 3, 0, "[1,{}]"),
            (3, 3, 8, "\"s[\""),
            (4, 3, 14, "12"),
            (5, 3, 18, "null"),
            (6, 4, 0, "{\"b\":[{}]}"),
            (7, 4, 10, "{}"),
        ];
        for block in 4..80 {
            let (found, troubles) = cut(text.as_bytes(), Framing::Values, block, 1 << 20);
            let found: Vec<_> =
                found.iter().map(|(n, start, t)| (*n, start.line, start.before, t.as_str())).collect();
            assert_eq!(found, expected, "block of {block}");
            assert!(troubles.is_empty());
        }
    }

    #[test]
    fn what_runs_to_the_end_is_one_value() {
        let (found, troubles) = cut(b"[{\"a\":1},{\"b\":\"x", Framing::Values, 64, 99);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].2, "{\"b\":\"x");
        assert!(troubles[0].reason.contains("not closed"));
        let (found, _) = cut(b"} tru", Framing::Values, 64, 99);
        assert_eq!(found.iter().map(|(_, _, text)| text.as_str()).collect::<Vec<_>>(), ["}", "tru"]);
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_the_next_one_read() {
        let text = format!("{{1}}\n{}\n{{3}}\n", "x".repeat(1000));
        let (found, troubles) = cut(text.as_bytes(), Framing::Lines, 16, 64);
        let found: Vec<_> = found.iter().map(|(number, _, text)| (*number, text.as_str())).collect();
        assert_eq!(found, [(1, "{1}"), (3, "{3}")]);
        assert_eq!(troubles.len(), 1);
        assert_eq!(troubles[0].number, Some(2));
    }

    #[test]
    fn a_value_that_is_too_long_ends_the_reading() {
        let text = format!("[{{}},{{\"a\":\"{}\"}},{{}}]", "x".repeat(1000));
        let (found, troubles) = cut(text.as_bytes(), Framing::Values, 16, 64);
        assert_eq!(found.len(), 1);
        assert_eq!(troubles.len(), 1);
        assert_eq!(troubles[0].number, Some(2));
    }

    #[test]
    fn what_came_before_a_fault_is_returned() {
        struct Faulty(bool);
        impl Read for Faulty {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(io::Error::other("broken"));
                }
                buffer[..8].copy_from_slice(b"{1}\n{2}\n");
                Ok(8)
            }
        }
        let mut blocks = Blocks::with_sizes(Faulty(false), Framing::Lines, 64, 64);
        assert_eq!(blocks.next().unwrap().unwrap().frames.len(), 2);
        assert!(blocks.next().is_err());
        assert!(blocks.next().unwrap().is_none());
    }

    #[test]
    fn utf16_is_refused() {
        let (found, troubles) = cut(b"\xff\xfe{\0}\0", Framing::Lines, 64, 64);
        assert!(found.is_empty());
        assert!(troubles[0].reason.starts_with("UTF-16"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_cut_the_same_in_any_block(
            bytes in proptest::collection::vec(proptest::sample::select(&b"{}[]\",\\\n a1"[..]), 0..60),
            block in 4_usize..70,
        ) {
            for framing in [Framing::Lines, Framing::Values] {
                let whole = cut(&bytes, framing, 1000, 1 << 20);
                prop_assert_eq!(cut(&bytes, framing, block, 1 << 20), whole);
            }
        }

        #[test]
        fn nothing_is_lost_between_values(
            bytes in proptest::collection::vec(proptest::sample::select(&b"{}[]\",\\\n a1"[..]), 0..60),
        ) {
            let (frames, used) = Blocks { at_end: true, ..Blocks::new(&bytes[..], Framing::Values) }.values_of(&bytes);
            prop_assert_eq!(used, bytes.len());
            let mut end = 0;
            for frame in frames {
                prop_assert!(bytes[end..frame.bytes.start].iter().all(|byte| b"[], \n".contains(byte)));
                prop_assert!(!frame.bytes.is_empty());
                end = frame.bytes.end;
            }
            prop_assert!(bytes[end..].iter().all(|byte| b"[], \n".contains(byte)));
        }
    }
}
