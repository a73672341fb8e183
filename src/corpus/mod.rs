//! Paths in, a [`Corpus`] of articles and a list of what could not be read out.
//!
//! Nothing here is an error for the whole run except that nothing at all could be read: a bad
//! file or record becomes a [`Skipped`] row with its reason, and the rest goes on.

mod container;
mod decoding;
mod fault;
mod field;
mod framing;
mod kind;
mod listing;
mod metadata;
mod outlet;
mod plain;
mod reading;
mod record;
mod source;
mod time;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use kind::{Kind, Packing};
pub use listing::{ListedFile, Listing, list};
pub use reading::read;
pub use time::{Precision, Published};

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The path as the user would type it; `-` for standard input.
    pub path: PathBuf,
    /// Size on disk in bytes, before decompression.
    pub bytes: u64,
    /// Digest of the bytes on disk.
    pub sha256: Sha256Digest,
    /// Whether the file holds records (JSONL, JSON) rather than being one article.
    pub container: bool,
}

/// One document with what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The record's own id where it has one (made unique when repeated), else the path, with
    /// `#RECORD` for a record without an id.
    pub id: String,
    /// Index of its file in [`Corpus::files`].
    pub file: u32,
    /// Number of the record inside its container (for line formats the line), from 1.
    pub record: Option<u64>,
    /// Who published it.
    pub outlet: Option<Sourced<String>>,
    /// When, as precisely as the source says.
    pub published: Option<Sourced<Published>>,
    /// The headline.
    pub title: Option<Sourced<String>>,
    /// Where it was published.
    pub url: Option<Sourced<String>>,
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
    /// A person, for the given reason.
    Hand(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(field) => write!(f, "record:{field}"),
            Self::Table => f.write_str("table"),
            Self::Folder => f.write_str("folder"),
            Self::Name => f.write_str("name"),
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
    /// design (a link, a device, an unknown kind of file).
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
    /// Where outlets come from when neither record nor table names one.
    pub outlet_from: OutletFrom,
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
}
