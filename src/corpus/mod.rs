//! Paths in, a [`Corpus`] of articles and a list of what could not be read out.
//!
//! Nothing here is an error for the whole run except that nothing at all could be read: a bad
//! file or record becomes a [`Skipped`] row with its reason, and the rest goes on.

pub(crate) mod address;
mod archive;
mod bound;
mod candidate;
mod container;
mod decoding;
mod draft;
mod fault;
mod field;
mod framing;
mod html;
mod json;
mod json_ld;
mod kind;
mod language;
mod listing;
mod member;
mod metadata;
mod mojibake;
mod opening;
mod outlet;
#[cfg(feature = "parquet")]
mod parquet;
mod plain;
mod publishers;
mod reading;
mod record;
mod selection;
mod source;
mod table;
mod time;
mod unpacking;
mod warc;
mod xml;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

pub use candidate::{Candidate, Considered, Fate, Field};
pub use html::Method;
pub use kind::Kind;
pub use language::code as language_code;
pub use listing::{ListedFile, Listing, list};
pub use member::archive_of;
pub use publishers::Publishers;
pub use reading::{read, read_bytes};
pub use selection::{Pattern, Selection};
pub use time::{Precision, Published};

/// A SHA-256 digest.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Digest(pub [u8; 32]);

impl fmt::Display for Sha256Digest {
    /// Writes 64 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256Digest({self})")
    }
}

/// Everything that was read, in a stable order: files by path, records by position.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Every file that was opened and read to its end, sorted by path.
    pub files: Vec<InputFile>,
    /// Every article, sorted by file and record.
    pub articles: Vec<Article>,
    /// What was not read, and why, sorted by path and record.
    pub skipped: Vec<Skipped>,
    /// Who owns which outlet, by the `--publishers` map.
    pub publishers: Publishers,
}

impl Corpus {
    /// Returns every path that was read or passed over, archives and their members included, as it
    /// is on disk: what no output may replace.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        let skipped = self.skipped.iter().map(|row| &row.path);
        let mut paths: Vec<PathBuf> =
            self.files.iter().map(|file| &file.path).chain(skipped).cloned().collect();
        // A file with many bad records has many rows.
        paths.dedup();
        paths
    }
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The path as the user would type it; `-` for standard input; `ARCHIVE!/NAME` for a member of
    /// an archive, as deep as they are nested.
    pub path: PathBuf,
    /// Size on disk (or in the archive, unpacked from it) in bytes, before decompression.
    pub bytes: u64,
    /// Digest of these bytes.
    pub sha256: Sha256Digest,
    /// Whether the file holds records or members rather than being one article.
    pub container: bool,
    /// Whether it lies in an archive, so that there is no file of this path.
    pub member: bool,
}

/// One document with what is known about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// The record's own id where it has one (made unique when repeated), else the path, with
    /// `#RECORD` for a record without an id.
    pub id: String,
    /// Index of its file in [`Corpus::files`].
    pub file: u32,
    /// Number of the record inside its container, from 1: the line for JSONL and CSV, the row for
    /// Parquet, the item for feeds, the record for web archives (those that are no pages count too).
    pub record: Option<u64>,
    /// Who published it.
    pub outlet: Option<Sourced<String>>,
    /// Who owns the outlet, by the `--publishers` map.
    pub publisher: Option<Box<Sourced<String>>>,
    /// When, as precisely as the source says.
    pub published: Option<Sourced<Published>>,
    /// The headline.
    pub title: Option<Sourced<String>>,
    /// Where it was published.
    pub url: Option<Sourced<String>>,
    /// When it was fetched, where that was written down: it existed by then.
    pub captured: Option<Box<Sourced<Published>>>,
    /// The language that its source states, as a code such as `en` or `pt-BR`.
    pub language: Option<Box<Sourced<String>>>,
    /// Addresses on other sites that it says it was taken from: a canonical address there, an
    /// original source.
    pub sources: Vec<Sourced<String>>,
    /// Byline, provider and credit fields, in the order of the record.
    pub credits: Vec<Sourced<String>>,
    /// What was found but not understood, such as a published time that can be read in two ways.
    pub notes: Vec<String>,
    /// The text, UTF-8. All offsets anywhere are bytes into it. Shared, so that a report can carry
    /// it without a copy.
    pub body: Arc<str>,
    /// Digest of the article's own bytes: of the file where the file is the article, of the
    /// body as UTF-8 where it is a record.
    pub sha256: Sha256Digest,
    /// The detected encoding's name when the bytes were not UTF-8, for example `windows-1252`.
    pub encoding: Option<&'static str>,
    /// How the text was found where the source holds more than it: a page, a piece of HTML.
    pub method: Option<Method>,
    /// All that was found out about it and what became of that; empty unless
    /// [`ReadOptions::explain`] asks for it.
    pub considered: Vec<Considered>,
}

/// A value and the place it was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a metadata value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The named field of the article's record.
    Record(String),
    /// The `--metadata` table.
    Table,
    /// The first folder below the path that was given.
    Folder,
    /// The file's name.
    Name,
    /// The named place in an HTML page, for example `og:title` or `JSON-LD headline`.
    Page(String),
    /// The host of its address.
    Host,
    /// The `--publishers` file.
    Publishers,
    /// A person, for the given reason.
    Hand(String),
}

impl Origin {
    /// Whether it is a place in an HTML page.
    fn is_page(&self) -> bool {
        matches!(self, Self::Page(_))
    }
}

impl Article {
    /// The day that its stated time names, by the clock of where it was published.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        let published = &self.published.as_ref()?.value;
        (published.precision >= Precision::Day).then(|| published.local.date())
    }

    /// Whether two articles are known to come from one house: the same outlet, or outlets of one
    /// publisher.
    #[must_use]
    pub fn is_of_one_house(&self, other: &Self) -> bool {
        let same = |a: Option<&Sourced<String>>, b: Option<&Sourced<String>>| {
            a.zip(b).is_some_and(|(a, b)| a.value == b.value)
        };
        same(self.outlet.as_ref(), other.outlet.as_ref())
            || same(self.publisher.as_deref(), other.publisher.as_deref())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(field) => write!(f, "record:{field}"),
            Self::Table => f.write_str("table"),
            Self::Folder => f.write_str("folder"),
            Self::Name => f.write_str("name"),
            Self::Page(place) => write!(f, "page:{place}"),
            Self::Host => f.write_str("host"),
            Self::Publishers => f.write_str("publishers"),
            Self::Hand(reason) => write!(f, "set by hand: {reason}"),
        }
    }
}

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The path as the user would type it; `-` for standard input.
    pub path: PathBuf,
    /// The record (for line formats the line), from 1, where one record and not the file is meant.
    pub record: Option<u64>,
    /// Whether this makes the run incomplete (damaged, unreadable), or is only passed over by
    /// design (in a folder a link, a device, an unknown kind of file).
    pub incomplete: bool,
    /// The reason, a phrase a person can act on, without the path.
    pub reason: String,
}

/// Where an outlet's name is taken from when neither record nor table names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutletFrom {
    /// The first folder below the path that was given, when there is one.
    #[default]
    Folder,
    /// The leading part of the file's name, up to the first `_` or the first `-` before a digit,
    /// when it holds a letter.
    Name,
    /// Nothing: the outlet stays unknown.
    None,
}

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// A CSV table whose first line names its columns: `path` (as typed, or from the table's
    /// folder, or the end of it where the file name is unique) or `id`, and any of `outlet`, `published`, `title`
    /// and `url`. It fills what records leave open; a container's row counts for all its records.
    pub metadata: Option<PathBuf>,
    /// Where outlets come from when neither record, page, table nor address names one.
    pub outlet_from: OutletFrom,
    /// A map of outlets to publishers: a CSV table with the columns `outlet` and `publisher`, or a
    /// TOML file with lines `"Publisher" = ["outlet", "outlet.example"]`.
    pub publishers: Option<PathBuf>,
    /// Where fields of records stand whose names are not the usual ones, as paths of keys and
    /// numbers with dots between them (`body.content`).
    pub fields: Vec<(Field, String)>,
    /// Which articles are kept. The files to read are chosen by [`Listing::only`].
    pub only: Selection,
    /// Whether to keep all that was found out about each article, also what did not count.
    pub explain: bool,
}

/// Why nothing could be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No path gave an article; the rows say why.
    #[error("nothing could be read")]
    NothingRead(Vec<Skipped>),
    /// The `--metadata` table cannot be used.
    #[error("cannot use the metadata table {path}: {reason}")]
    Metadata {
        /// The table.
        path: PathBuf,
        /// What is wrong with it, with the line where there is one.
        reason: String,
    },
    /// The `--publishers` map cannot be used.
    #[error("cannot use the publishers in {path}: {reason}")]
    Publishers {
        /// The map.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}
