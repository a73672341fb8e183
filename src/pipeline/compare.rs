//! Two articles, found by their names, through all stages.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Articles, Observer, Options, describe};
use crate::corpus::{self, Article, Corpus, ReadError};
use crate::matching;
use crate::provenance;
use crate::report::comparison::{self, Comparison};
use crate::report::{self, Findings};

/// Why two articles cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// Nothing could be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No article is called so.
    #[error("no article is called {name}: {searched}")]
    Unknown {
        /// The name given.
        name: String,
        /// Among what it was looked up.
        searched: String,
    },
    /// What was named is there and gives no article.
    #[error("{name} gives no article: {reason}")]
    Unread {
        /// The name given.
        name: String,
        /// Why it was passed over.
        reason: String,
    },
    /// A file with many articles was named.
    #[error(
        "{name} holds {count} articles; name one of them as {name}#NUMBER, or by its id with --in {name}"
    )]
    Several {
        /// The name given.
        name: String,
        /// Number of its articles.
        count: usize,
    },
    /// Both names mean one article.
    #[error("{a} and {b} are the same article")]
    Same {
        /// The one name.
        a: String,
        /// The other.
        b: String,
    },
}

/// Compares the articles called `a` and `b`: files, records (`FILE#NUMBER`), or ids of articles
/// in `options.paths`. `standard_input` is read only where a path is `-`.
///
/// # Errors
/// When one of the two is not found or not readable.
pub fn compare(
    options: &Options,
    (a, b): (&str, &str),
    standard_input: &mut (dyn Read + Send),
    observer: &dyn Observer,
) -> Result<Comparison, CompareError> {
    let mut options = options.clone();
    let named = [a, b].into_iter().filter_map(|name| Name::of(name).file());
    options.paths.extend(named);
    options.paths.sort();
    options.paths.dedup();
    if options.paths.is_empty() {
        return Err(unknown(a, &options.paths));
    }
    let corpus = Articles::corpus(&options, standard_input, observer)?;
    let (first, second) = (find(&corpus, a, &options.paths)?, find(&corpus, b, &options.paths)?);
    if first == second {
        return Err(CompareError::Same { a: a.to_owned(), b: b.to_owned() });
    }
    let articles = vec![corpus.articles[first].clone(), corpus.articles[second].clone()];
    let articles = Articles::split(Corpus { articles, ..corpus }, observer);
    Ok(compare_two(articles, &options, observer))
}

fn compare_two(articles: Articles, options: &Options, observer: &dyn Observer) -> Comparison {
    let findings = articles.judge(options, observer);
    let Findings { corpus, texts, matching, .. } = &findings;
    let criteria = provenance::explain(corpus, texts, matching, &options.thresholds);
    let nearest = matching.pairs.is_empty().then(|| {
        let lower = matching::Options { containment: 0.01, min_run: 4, ..options.matching };
        matching::find(texts, &lower, &())
    });
    let report = report::assemble(describe("compare", options), &findings, options.full_texts);
    comparison::assemble(report, &findings, criteria, nearest.as_ref())
}

/// A name as typed: of an article, a file, or a record of a file.
struct Name<'a> {
    whole: &'a str,
    record: Option<(&'a str, u64)>,
}

impl<'a> Name<'a> {
    fn of(whole: &'a str) -> Self {
        let split = whole.rsplit_once(['#', ':']);
        let record = split.and_then(|(path, number)| Some((path, number.parse().ok()?)));
        Self { whole, record }
    }

    /// The file that must be read for it, if it names one.
    fn file(&self) -> Option<PathBuf> {
        let record = self.record.map(|(path, _)| path);
        let file =
            [Some(self.whole), record].into_iter().flatten().map(PathBuf::from).find(|path| path.is_file());
        file.or_else(|| {
            // Whether the archive has a member of this name is only known when it is read, so that a
            // number is taken for that of a record.
            let member = PathBuf::from(record.unwrap_or(self.whole));
            corpus::archive_of(&member).map(|_| member)
        })
    }

    /// Whether it names the article by file and record.
    fn is_place(&self, path: &Path, article: &Article) -> bool {
        self.record.is_some_and(|(file, record)| Path::new(file) == path && article.record == Some(record))
    }
}

fn find(corpus: &Corpus, name: &str, paths: &[PathBuf]) -> Result<usize, CompareError> {
    let parsed = Name::of(name);
    let path = |article: &Article| corpus.files[article.file as usize].path.as_path();
    let articles = || corpus.articles.iter().enumerate();
    let exact = articles().find(|(_, article)| article.id == name || parsed.is_place(path(article), article));
    if let Some((index, _)) = exact {
        return Ok(index);
    }
    let inside: Vec<usize> =
        articles().filter(|(_, article)| path(article) == Path::new(name)).map(|(index, _)| index).collect();
    match inside[..] {
        [only] => Ok(only),
        [] => Err(unread(corpus, &parsed).unwrap_or_else(|| unknown(name, paths))),
        _ => Err(CompareError::Several { name: name.to_owned(), count: inside.len() }),
    }
}

/// Why what is called so was passed over, if it was.
fn unread(corpus: &Corpus, name: &Name<'_>) -> Option<CompareError> {
    let whole = Path::new(name.whole);
    let row = corpus.skipped.iter().find(|row| {
        row.path == whole
            || name
                .record
                .is_some_and(|(path, record)| row.path == Path::new(path) && row.record == Some(record))
    });
    let reason = match row {
        Some(row) => match row.record.filter(|_| row.path == whole) {
            Some(record) => format!("record {record}: {}", row.reason),
            None => row.reason.clone(),
        },
        None => {
            corpus.files.iter().any(|file| file.path == whole).then(|| "there is none in it".to_owned())?
        }
    };
    Some(CompareError::Unread { name: name.whole.to_owned(), reason })
}

fn unknown(name: &str, paths: &[PathBuf]) -> CompareError {
    let searched = match paths {
        [] => "there is no such file; say with --in FILE where its id stands".to_owned(),
        paths => {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            format!("looked for it as a file, a record and an id in {}", paths.join(", "))
        }
    };
    CompareError::Unknown { name: name.to_owned(), searched }
}
