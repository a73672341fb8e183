//! What was read, without comparing anything.

use std::io::Read;

use super::{Articles, Observer, Options};
use crate::corpus::ReadError;
use crate::report::inspection::{self, Inspection};

/// Describes the first `limit` articles: what was found out about each, from where, and what of it
/// counts. `standard_input` is read only where a path is `-`.
///
/// # Errors
/// When nothing at all could be read. A single bad file is a row in [`Inspection::skipped`].
pub fn inspect(
    options: &Options,
    limit: usize,
    standard_input: &mut (dyn Read + Send),
    observer: &dyn Observer,
) -> Result<Inspection, ReadError> {
    let mut options = options.clone();
    options.read.explain = true;
    let mut corpus = Articles::corpus(&options, standard_input, observer)?;
    let read = corpus.articles.len() as u64;
    corpus.articles.truncate(limit);
    let articles = Articles::split(corpus, observer);
    let credits = articles.read_credits(&options, observer);
    let Articles { corpus, texts } = articles;
    Ok(inspection::assemble(&corpus, &texts, &credits, read))
}
