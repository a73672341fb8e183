//! Tables with separators (CSV, TSV): the first line names the columns, every row is an article.
//!
//! A row becomes a JSON object, so that columns mean what fields of the same name mean.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};
use encoding_rs::Encoding;
use serde_json::Value;

use super::bound::{LONGEST, Refusal};
use super::container::{self, Outcome, Records, Trouble};
use super::decoding;
use super::draft::Draft;
use super::fault::InWords;
use super::framing::Start;
use super::opening::{Found, Input};
use super::{ReadOptions, record};

/// A stream of rows.
struct Rows<R> {
    reader: Reader<Measured<R>>,
    /// Bytes that were read since the last row.
    since: Rc<Cell<usize>>,
    columns: Arc<[String]>,
    /// [`uncounted`] lines.
    uncounted: u64,
    in_words: InWords,
}

/// Reads every row of a table; `head` is how it begins.
///
/// # Errors
/// Why the stream breaks off; what came before is in `found`.
pub(super) fn read(
    stream: impl Read,
    head: &[u8],
    input: &Input<'_>,
    in_words: InWords,
    found: &mut Found,
) -> Result<(), String> {
    match Rows::new(stream, head, input.options, in_words) {
        Ok(rows) => container::read(rows, input, found),
        Err(trouble) => {
            found.add(container::settle(Err(trouble), input));
            Ok(())
        }
    }
}

/// One row, with the line that it begins on.
pub(super) struct Row {
    line: u64,
    fields: ByteRecord,
    columns: Arc<[String]>,
}

impl<R: Read> Rows<R> {
    /// Reads the first line of a table.
    ///
    /// # Errors
    /// When there is no first line, or when none of its columns can be an article's text.
    fn new(stream: R, head: &[u8], options: &ReadOptions, in_words: InWords) -> Result<Self, Trouble> {
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            let reason = "UTF-16, but tables are read as UTF-8 or an 8-bit encoding: convert the file first";
            return Err(Trouble::of_all(reason.to_owned()));
        }
        let since = Rc::new(Cell::new(0));
        let mut reader = ReaderBuilder::new()
            .delimiter(separator(head))
            .flexible(true)
            .from_reader(Measured { stream, since: since.clone() });
        let header = reader.byte_headers().map_err(|error| Trouble::of_all(in_table(error, in_words)))?;
        let encoding = encoding(header);
        let columns: Arc<[String]> = header
            .iter()
            .map(|name| decode(name, encoding).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        if columns.iter().all(String::is_empty) {
            return Err(Trouble::nothing_there("empty table".to_owned()));
        }
        // What would become of a row in which every column holds something?
        let full = columns.iter().map(|name| (name.clone(), Value::from("x")));
        object(full, options)
            .map_err(|reason| Trouble::nothing_there(format!("no table of articles: {reason}")))?;
        Ok(Self { reader, since, columns, uncounted: uncounted(head), in_words })
    }
}

impl<R: Read> Records for Rows<R> {
    type Piece = Row;

    fn next(&mut self) -> Result<Option<(Row, usize)>, String> {
        self.since.set(0);
        let mut fields = ByteRecord::new();
        if !self.reader.read_byte_record(&mut fields).map_err(|error| in_table(error, self.in_words))? {
            return Ok(None);
        }
        let size = fields.as_slice().len();
        let line = fields.position().map_or(0, Position::line) + self.uncounted;
        Ok(Some((Row { line, fields, columns: self.columns.clone() }, size)))
    }

    fn read(row: Row, options: &ReadOptions) -> Vec<Outcome> {
        let Row { line, fields, columns } = row;
        if fields.len() != columns.len() {
            let (has, of) = (fields.len(), columns.len());
            return vec![Err(Trouble::of(line, format!("{has} columns where the first line has {of}")))];
        }
        let encoding = encoding(&fields);
        let values = fields.iter().map(|field| Value::from(decode(field, encoding)));
        let draft = object(columns.iter().cloned().zip(values), options);
        vec![
            draft
                .map(|draft| (Some(line), Draft { encoding: encoding.map(Encoding::name), ..draft }))
                .map_err(|reason| Trouble::of(line, reason)),
        ]
    }
}

/// Reads named values as the fields of a JSON object are read.
///
/// # Errors
/// Why there is no article in them.
pub(super) fn object(
    values: impl Iterator<Item = (String, Value)>,
    options: &ReadOptions,
) -> Result<Draft, String> {
    // No map: columns may have the same name, and credits keep their order.
    let mut json = vec![b'{'];
    for (name, value) in values {
        let comma = if json.len() > 1 { "," } else { "" };
        json.extend_from_slice(format!("{comma}{}:{value}", Value::from(name)).as_bytes());
    }
    json.push(b'}');
    record::parse(&json, Start { line: 1, before: 0 }, &options.fields)
}

/// Tells the separator by the first line: the most frequent of those that people use.
pub(super) fn separator(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut times = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            byte => {
                times.iter_mut().filter(|(separator, _)| separator == byte).for_each(|(_, times)| *times += 1)
            }
        }
    }
    // Of equals the last one is the greatest for `max_by_key`.
    times.into_iter().rev().max_by_key(|(_, times)| *times).map_or(b',', |(separator, _)| separator)
}

/// Lines before a row that the reader has not counted: of `\r\n` it counts the second half with the row
/// behind it.
pub(super) fn uncounted(head: &[u8]) -> u64 {
    let mut quoted = false;
    let end = head.iter().position(|&byte| {
        quoted ^= byte == b'"';
        byte == b'\n' && !quoted
    });
    u64::from(end.is_some_and(|end| head[..end].ends_with(b"\r")))
}

/// The encoding of a row that is not UTF-8.
fn encoding(fields: &ByteRecord) -> Option<&'static Encoding> {
    let bytes = fields.as_slice();
    std::str::from_utf8(bytes).is_err().then(|| decoding::legacy(bytes))
}

fn decode(field: &[u8], encoding: Option<&'static Encoding>) -> String {
    match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(field).0.into_owned(),
        None => String::from_utf8_lossy(field).into_owned(),
    }
}

fn in_table(error: csv::Error, in_words: InWords) -> String {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => in_words(&error),
        other => format!("not a table: {other:?}"),
    }
}

/// A stream that breaks off when one row has taken too much of it: a quotation mark that is
/// never closed would else take all the rest.
struct Measured<R> {
    stream: R,
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST {
            let longest = LONGEST >> 20;
            return Err(Refusal(format!(
                "a row is longer than {longest} MiB, which no article is (is a quotation mark not closed?); nothing \
                 after it was read"
            ))
            .into());
        }
        let count = self.stream.read(buffer)?;
        self.since.set(self.since.get() + count);
        Ok(count)
    }
}
