//! Web archives (WARC): every capture of a page is an article.
//!
//! A record says its length. Where that is wrong, the next record is looked for, in what was
//! taken for content as well; the record in question is a row, and the rest is read.

mod http;

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::bound::{Budget, LONGEST, Refusal, too_long};
use super::candidate::{Candidate, Field};
use super::container::{Outcome, Records, Trouble};
use super::draft::Draft;
use super::fault::InWords;
use super::{Origin, ReadOptions, decoding, html};

/// Most bytes of a line, and of all header lines of a record.
const LONGEST_LINE: usize = 64 << 10;
/// Most records of wrong length after which the next one is looked for: what is taken for their
/// content is read twice.
const MOST_WRONG: u64 = 100;
/// What every record begins with.
const BEGIN: &[u8] = b"WARC/";

/// A stream of the captures of pages.
pub(super) struct Captures<'a, R> {
    stream: Ahead<R>,
    in_words: InWords,
    budget: &'a Budget,
    /// Records begun so far.
    number: u64,
    /// How many of them had a wrong length.
    wrong: u64,
    /// Nothing when it has been said.
    passed_over: Option<PassedOver>,
}

/// Records in which there is no page, by design.
#[derive(Debug, Default)]
struct PassedOver {
    not_pages: u64,
    failed: u64,
    revisits: u64,
}

/// Why there is no page in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It is a picture, a script, or something else that is no text.
    NotPage,
    /// The server sent no page, but an error or another address.
    Failed,
    /// The content was captured before.
    Revisit,
    /// The record tells about the crawl, so that no page could be missed.
    ByDesign,
}

/// A capture that is not yet read, or what stands in its place.
pub(super) enum Piece {
    Capture(Capture),
    Trouble(Trouble),
}

/// One captured page.
pub(super) struct Capture {
    number: u64,
    url: Option<String>,
    date: Option<String>,
    /// The type that is stated of the page.
    media_type: Option<String>,
    /// The page as it was before it was packed for its way.
    page: Vec<u8>,
}

/// The header of a record.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    length: Option<u64>,
    url: Option<String>,
    date: Option<String>,
    media_type: Option<String>,
    identified_type: Option<String>,
}

impl<'a, R: Read> Captures<'a, R> {
    /// Starts to read a stream. What its captures unpack to counts in the budget.
    pub(super) fn new(stream: R, in_words: InWords, budget: &'a Budget) -> Self {
        Self {
            stream: Ahead::new(stream),
            in_words,
            budget,
            number: 0,
            wrong: 0,
            passed_over: Some(PassedOver::default()),
        }
    }

    fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        while self.find_record()? {
            self.number += 1;
            if let Some(piece) = self.record()? {
                return Ok(Some(piece));
            }
        }
        if self.number == 0 {
            return Err(Refusal("no record of a web archive is in it".to_owned()).into());
        }
        // What was passed over is said once, at the end.
        let passed_over = self.passed_over.take().and_then(PassedOver::in_words);
        Ok(passed_over.map(|reason| Piece::Trouble(Trouble { number: None, incomplete: false, reason })))
    }

    /// Goes past the next line that begins a record, and returns whether there is one.
    fn find_record(&mut self) -> io::Result<bool> {
        loop {
            let line = self.stream.line()?;
            if line.is_empty() || line.starts_with(BEGIN) {
                return Ok(!line.is_empty());
            }
        }
    }

    /// Reads the record after its first line; nothing when there is no page in it.
    fn record(&mut self) -> io::Result<Option<Piece>> {
        let trouble = |number, reason| Ok(Some(Piece::Trouble(Trouble::of(number, reason))));
        let number = self.number;
        let header = self.header()?;
        let Some(length) = header.length else {
            return trouble(number, "its header states no length: the next record is looked for".to_owned());
        };
        let has_page = header.missing().is_none();
        let mut content = Vec::new();
        if has_page && length <= LONGEST as u64 {
            self.stream.by_ref().take(length).read_to_end(&mut content)?;
        } else {
            io::copy(&mut self.stream.by_ref().take(length), &mut io::sink())?;
        }
        if !self.at_border()? || (has_page && length <= LONGEST as u64 && (content.len() as u64) < length) {
            self.wrong += 1;
            if self.wrong > MOST_WRONG {
                let reason = format!("more than {MOST_WRONG} records state a wrong length: not read further");
                return Err(Refusal(reason).into());
            }
            // The next record may lie in what was taken for content.
            self.stream.put_back(content);
            return trouble(
                number,
                format!(
                    "its stated length of {length} bytes is wrong, or the file is cut short: the next record is looked for"
                ),
            );
        }
        let missing = if has_page { missing_page(&header, &content) } else { header.missing() };
        if let Some(missing) = missing {
            if let Some(passed_over) = &mut self.passed_over {
                passed_over.count(missing);
            }
            return Ok(None);
        }
        if length > LONGEST as u64 {
            return trouble(number, too_long(LONGEST, "which no article is").to_string());
        }
        match self.capture(header, content) {
            Ok(capture) => Ok(Some(Piece::Capture(capture))),
            Err(reason) => trouble(number, reason),
        }
    }

    /// Takes the page out of the content. That is done here, one record after another, so that
    /// the one for which the budget does not suffice is the same for any number of threads.
    fn capture(&self, header: Header, content: Vec<u8>) -> Result<Capture, String> {
        let Header { kind, url, date, media_type, .. } = header;
        let (media_type, page) = if kind == "response" {
            let response = http::Response::parse(&content)?;
            (response.media_type.clone(), response.body(self.budget)?)
        } else {
            (media_type, content)
        };
        Ok(Capture { number: self.number, url, date, media_type, page })
    }

    fn header(&mut self) -> io::Result<Header> {
        let mut header = Header::default();
        let mut size = 0;
        loop {
            let line = self.stream.line()?;
            size += line.len();
            if line.trim_ascii().is_empty() {
                return Ok(header);
            }
            if size > LONGEST_LINE || line.starts_with(BEGIN) {
                self.stream.put_back(line);
                return Ok(Header::default());
            }
            header.add(&String::from_utf8_lossy(&line));
        }
    }

    /// Returns whether the stream stands between two records, or at its end.
    fn at_border(&mut self) -> io::Result<bool> {
        let next = self.stream.fill_buf()?;
        Ok(next.is_empty() || next.starts_with(b"\r") || next.starts_with(b"\n") || next.starts_with(BEGIN))
    }
}

impl<R: Read> Records for Captures<'_, R> {
    type Piece = Piece;

    fn next(&mut self) -> Result<Option<(Piece, usize)>, String> {
        let piece = self.next_piece().map_err(|error| (self.in_words)(&error))?;
        Ok(piece.map(|piece| {
            let size = match &piece {
                Piece::Capture(capture) => capture.page.len(),
                Piece::Trouble(_) => 0,
            };
            (piece, size)
        }))
    }

    fn read(piece: Piece, _: &ReadOptions) -> Vec<Outcome> {
        vec![match piece {
            Piece::Trouble(trouble) => Err(trouble),
            Piece::Capture(capture) => capture.read(),
        }]
    }
}

impl Capture {
    /// Takes the text out of the page.
    fn read(self) -> Outcome {
        let Self { number, url, date, media_type, page } = self;
        let passed_over = |reason: String| Trouble { number: Some(number), incomplete: false, reason };
        let charset = media_type.as_deref().and_then(http::charset);
        let mut draft = if http::is_plain(media_type.as_deref()) {
            let decoded =
                decoding::decode(page).ok_or_else(|| Trouble::of(number, "binary, not text".to_owned()))?;
            Draft::from(decoded)
        } else {
            html::read(&page, charset).map_err(passed_over)?.into()
        };
        if draft.text.trim().is_empty() {
            return Err(passed_over("no text in it".to_owned()));
        }
        // What the archive says is certain, what the page says of itself is not.
        let said = [(Field::Captured, date, "WARC-Date"), (Field::Url, url, "WARC-Target-URI")];
        let said = said.into_iter().filter_map(|(field, value, name)| {
            Some(Candidate { field, value: value?, origin: Origin::Record(name.to_owned()) })
        });
        draft.candidates.splice(..0, said);
        Ok((Some(number), draft))
    }
}

impl Header {
    /// Takes in one line.
    fn add(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            "warc-target-uri" => self.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => self.date = Some(value.to_owned()),
            "content-type" => self.media_type = Some(value.to_owned()),
            "warc-identified-payload-type" => self.identified_type = Some(value.to_owned()),
            _ => {}
        }
    }

    /// Returns why there is no page in the record, as far as its header tells.
    fn missing(&self) -> Option<Missing> {
        let stated = match self.kind.as_str() {
            // The record's own type is `application/http`.
            "response" => self.identified_type.as_deref(),
            "resource" | "conversion" => self.media_type.as_deref(),
            "revisit" => return Some(Missing::Revisit),
            _ => return Some(Missing::ByDesign),
        };
        let is_web = self.url.as_ref().is_none_or(|url| !url.starts_with("dns:"));
        (!is_web || !http::may_be_page(stated)).then_some(Missing::NotPage)
    }
}

/// Returns why there is no page in a record, as the header of the response in it tells.
fn missing_page(header: &Header, content: &[u8]) -> Option<Missing> {
    if header.kind != "response" {
        return None;
    }
    // What is damaged becomes a row when it is read.
    let response = http::Response::parse(content).ok()?;
    if !response.may_be_page() {
        Some(Missing::NotPage)
    } else if response.status != 200 {
        Some(Missing::Failed)
    } else {
        None
    }
}

impl PassedOver {
    fn count(&mut self, missing: Missing) {
        match missing {
            Missing::NotPage => self.not_pages += 1,
            Missing::Failed => self.failed += 1,
            Missing::Revisit => self.revisits += 1,
            Missing::ByDesign => {}
        }
    }

    fn in_words(self) -> Option<String> {
        let count = |count: u64, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let parts = [
            count(self.not_pages, "that are neither HTML nor text"),
            count(self.failed, "in which the server sent no page (its status is not 200)"),
            count(self.revisits, "revisits without content"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("records passed over: {}", parts.join(", ")))
    }
}

/// A stream to which bytes can be given back.
struct Ahead<R> {
    ahead: Cursor<Vec<u8>>,
    stream: BufReader<R>,
}

impl<R: Read> Ahead<R> {
    fn new(stream: R) -> Self {
        Self { ahead: Cursor::default(), stream: BufReader::with_capacity(LONGEST_LINE, stream) }
    }

    /// Reads a line with its end, or what is there of it up to a bound; nothing at the end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// Puts bytes before those that come next.
    fn put_back(&mut self, mut bytes: Vec<u8>) {
        let passed = self.ahead.position() as usize;
        // What is there still is not copied, with all that follows it, for each line of a long one.
        if self.ahead.get_ref()[..passed].ends_with(&bytes) {
            self.ahead.set_position((passed - bytes.len()) as u64);
            return;
        }
        bytes.extend_from_slice(&self.ahead.get_ref()[passed..]);
        self.ahead = Cursor::new(bytes);
    }

    fn is_ahead(&self) -> bool {
        (self.ahead.position() as usize) < self.ahead.get_ref().len()
    }
}

impl<R: Read> Read for Ahead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_ahead() { self.ahead.read(buffer) } else { self.stream.read(buffer) }
    }
}

impl<R: Read> BufRead for Ahead<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_ahead() { self.ahead.fill_buf() } else { self.stream.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.is_ahead() { self.ahead.consume(count) } else { self.stream.consume(count) }
    }
}
