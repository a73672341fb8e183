//! One input, whatever it is: layers of compression come off, its kind is recognised, and the
//! reader of that kind takes its articles out of the stream.

use std::io;
use std::path::{Path, PathBuf};

use super::archive::Archive;
use super::bound::{Budget, LARGEST_HELD, read_at_most};
use super::fault::InWords;
use super::framing::Framing;
use super::json::Objects;
#[cfg(feature = "parquet")]
use super::parquet;
use super::source::Source;
use super::unpacking::{self, Unpacked};
use super::warc::Captures;
use super::{Article, InputFile, Kind, ReadOptions, Skipped, archive, container, fault, plain, table, xml};

/// Most rows about records that are kept of one input. What is broken more often is broken as a
/// whole, and a row takes more memory than the byte it may be about.
const MOST_ROWS: usize = 1000;

/// An input with a name of its own: a file, a member of an archive, standard input.
#[derive(Debug)]
pub(super) struct Input<'a> {
    /// The path as users see it.
    pub(super) path: PathBuf,
    /// The kind that its name tells.
    pub(super) kind: Option<Kind>,
    /// Its size where it is known, else 0.
    pub(super) bytes: u64,
    /// The first folder below the path that was given, or else of the archive.
    pub(super) first_folder: Option<String>,
    /// How many archives and layers of compression there are around it.
    pub(super) depth: u32,
    /// What the whole file on disk has unpacked so far.
    pub(super) budget: &'a Budget,
    pub(super) options: &'a ReadOptions,
}

/// What one listed file gave.
#[derive(Debug, Default)]
pub(super) struct FileRead {
    /// The file, and its members where it is an archive; nothing when it could not be read.
    pub(super) inputs: Vec<InputRead>,
    pub(super) skipped: Vec<Skipped>,
}

/// An input that was read to its end, with its own articles.
#[derive(Debug)]
pub(super) struct InputRead {
    pub(super) file: InputFile,
    pub(super) first_folder: Option<String>,
    pub(super) articles: Vec<Article>,
}

/// What readers take out of an input.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) articles: Vec<Article>,
    /// About records of this input.
    skipped: Vec<Skipped>,
    /// Rows that were not kept, and whether one of them makes the run incomplete.
    more: u64,
    more_incomplete: bool,
    /// What lies in it, where it is an archive.
    pub(super) members: FileRead,
}

impl FileRead {
    /// Nothing came of a file.
    pub(super) fn failed(path: &Path, reason: String) -> Self {
        let row = Skipped { path: path.to_owned(), record: None, incomplete: true, reason };
        Self { skipped: vec![row], ..Self::default() }
    }

    /// Adds what another input gave.
    pub(super) fn append(&mut self, mut other: Self) {
        self.inputs.append(&mut other.inputs);
        self.skipped.append(&mut other.skipped);
    }
}

impl Found {
    /// Adds an article, or the row that stands in its place.
    pub(super) fn add(&mut self, settled: Result<Article, Skipped>) {
        match settled {
            Ok(article) => self.articles.push(article),
            Err(row) => self.skip(row),
        }
    }

    /// Adds a row, or counts it when there are too many.
    pub(super) fn skip(&mut self, row: Skipped) {
        if self.skipped.len() < MOST_ROWS {
            self.skipped.push(row);
        } else {
            self.more += 1;
            self.more_incomplete |= row.incomplete;
        }
    }

    fn into_skipped(mut self, path: &Path) -> Vec<Skipped> {
        if self.more > 0 {
            let reason = format!("{} more records were not read, for reasons like those listed", self.more);
            let incomplete = self.more_incomplete;
            self.skipped.push(Skipped { path: path.to_owned(), record: None, incomplete, reason });
        }
        self.skipped
    }
}

/// Reads an input to its end.
pub(super) fn read(input: &Input<'_>, mut source: Source<'_>) -> FileRead {
    let mut found = Found::default();
    let read = read_kind(input, &mut source, &mut found);
    let container = *read.as_ref().unwrap_or(&input.kind.is_some_and(Kind::is_container));
    if let Err(mut reason) = read {
        if container {
            let in_members = found.members.inputs.iter().map(|member| member.articles.len());
            let count = found.articles.len() + in_members.sum::<usize>();
            reason.push_str(&format!(" (articles read before: {count})"));
        }
        found.skipped.push(Skipped { path: input.path.clone(), record: None, incomplete: true, reason });
    }
    let file = match source.finish(input.path.clone(), container, input.depth > 0) {
        Ok(file) => file,
        // Without its end the file has no digest, so that none of it can be vouched for.
        Err(reason) => return FileRead::failed(&input.path, reason),
    };
    let mut articles = std::mem::take(&mut found.articles);
    // A file that is one article is told by its own bytes.
    for article in articles.iter_mut().filter(|article| article.record.is_none()) {
        article.sha256 = file.sha256;
    }
    let members = std::mem::take(&mut found.members);
    let first_folder = input.first_folder.clone();
    let mut all = FileRead {
        inputs: vec![InputRead { file, first_folder, articles }],
        skipped: found.into_skipped(&input.path),
    };
    all.append(members);
    all
}

/// Reads what the bytes are, and returns whether that holds records rather than being one article.
fn read_kind(input: &Input<'_>, source: &mut Source<'_>, found: &mut Found) -> Result<bool, String> {
    let on_disk = source.is_on_disk();
    let mut stream = unpacking::unpack(Box::new(&mut *source), input.depth, input.budget)
        .map_err(|error| fault::in_compressed_data(&error))?;
    let packed = stream.layers > 0 || input.depth > 0;
    let in_words: InWords = if packed { fault::in_compressed_data } else { fault::in_words };
    let depth = input.depth + stream.layers;
    let kind = Kind::of(stream.head(), input.kind);
    match kind {
        Kind::Text | Kind::Page => plain::read(input, kind, stream, in_words, found)?,
        Kind::Lines => container::read(Objects::new(stream, Framing::Lines, in_words), input, found)?,
        Kind::Values => container::read(Objects::new(stream, Framing::Values, in_words), input, found)?,
        Kind::Table => {
            let head = stream.head().to_owned();
            table::read(stream, &head, input, in_words, found)?;
        }
        Kind::Tar => archive::tar::read(stream, Archive::new(input, depth, found), in_words)?,
        Kind::Zip if on_disk && !packed => {
            drop(stream);
            let file = source.file().map_err(|error| fault::in_words(&error))?;
            archive::zip::read(file, Archive::new(input, depth, found))?;
        }
        Kind::Zip => {
            let bytes = hold(&mut stream, in_words)?;
            archive::zip::read(io::Cursor::new(bytes), Archive::new(input, depth, found))?;
        }
        Kind::Warc => container::read(Captures::new(stream, in_words, input.budget), input, found)?,
        Kind::Xml => return xml::read(input, stream, in_words, found),
        #[cfg(feature = "parquet")]
        Kind::Parquet if on_disk && !packed => {
            drop(stream);
            let file = source.file().map_err(|error| fault::in_words(&error))?;
            parquet::read(file, input, found)?;
        }
        #[cfg(feature = "parquet")]
        Kind::Parquet => {
            let bytes = bytes::Bytes::from(hold(&mut stream, in_words)?);
            parquet::read(bytes, input, found)?;
        }
        #[cfg(not(feature = "parquet"))]
        Kind::Parquet => {
            return Err("a Parquet table: this build of wirecopy was made without them".to_owned());
        }
    }
    Ok(kind.is_container())
}

/// Holds a stream in memory whose reader needs its end first.
fn hold(stream: &mut Unpacked<'_>, in_words: InWords) -> Result<Vec<u8>, String> {
    let what = "too long for what is read from its end and lies inside something else: unpack it first";
    read_at_most(stream, LARGEST_HELD, 0, what).map_err(|error| in_words(&error))
}
