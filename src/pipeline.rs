//! The stages in order. The only module that knows all rooms.

use std::io::Read;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::agency::{self, Rules};
use crate::corpus::{self, OutletFrom};
use crate::fixity;
use crate::matching;
use crate::provenance::{self, Thresholds};
use crate::report::{self, Findings, Report, Run};
use crate::text;

/// What one run is to do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folders, files, and `-` for JSONL on standard input.
    pub paths: Vec<PathBuf>,
    /// How to read them.
    pub read: corpus::ReadOptions,
    /// What counts as a match.
    pub matching: matching::Options,
    /// What counts as which verdict.
    pub thresholds: Thresholds,
}

/// A step of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Opening, hashing, decoding; counted in bytes.
    Reading,
    /// Folding words, splitting paragraphs; counted in articles.
    Splitting,
    /// Looking for agency credits; counted in articles.
    Crediting,
    /// Finding what stands twice; aligning is counted in pairs, the other steps not.
    Matching(matching::Step),
    /// Judging pairs of articles; counted in pairs.
    Judging,
    /// Putting the report together; not counted.
    Assembling,
}

/// Somebody who wants to see how far a run is.
pub trait Observer: Sync {
    /// A stage begins; `total` in the stage's unit where it is known.
    fn begin(&self, stage: Stage, total: Option<u64>);
    /// The stage went on by so many units.
    fn advance(&self, by: u64);
}

/// An observer that looks away.
impl Observer for () {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}

/// The steps of matching, reported to the observer of the run.
struct MatchingProgress<'a>(&'a dyn Observer);

impl matching::Progress for MatchingProgress<'_> {
    fn begin(&self, step: matching::Step, total: Option<u64>) {
        self.0.begin(Stage::Matching(step), total);
    }

    fn advance(&self, by: u64) {
        self.0.advance(by);
    }
}

/// Runs all stages. `standard_input` is read only where a path is `-`.
///
/// # Errors
/// When nothing at all could be read. A single bad file is a row in [`Report::skipped`].
pub fn report(
    options: &Options,
    standard_input: &mut (dyn Read + Send),
    observer: &dyn Observer,
) -> Result<Report, corpus::ReadError> {
    let listing = corpus::list(&options.paths);
    observer.begin(Stage::Reading, Some(listing.bytes()));
    let corpus = corpus::read(listing, &options.read, standard_input, &|bytes| observer.advance(bytes))?;
    let files: Vec<PathBuf> = corpus.files.iter().map(|file| file.path.clone()).collect();
    let name_checks = fixity::check_names(&files);

    observer.begin(Stage::Splitting, Some(corpus.articles.len() as u64));
    let bodies: Vec<&str> = corpus.articles.iter().map(|article| article.body.as_str()).collect();
    let texts = text::read(&bodies, &|articles| observer.advance(articles));

    observer.begin(Stage::Crediting, Some(corpus.articles.len() as u64));
    let rules = Rules::built_in();
    let articles = corpus.articles.par_iter().zip(&texts.articles);
    let credit = |(article, text)| {
        observer.advance(1);
        agency::read(article, text, &rules)
    };
    let credits: Vec<_> = articles.map(credit).collect();

    let matching = matching::find(&texts, &options.matching, &MatchingProgress(observer));

    observer.begin(Stage::Judging, Some(matching.pairs.len() as u64));
    let judged = |pairs| observer.advance(pairs);
    let provenance = provenance::judge(&corpus, &texts, &matching, &credits, &options.thresholds, &judged);

    observer.begin(Stage::Assembling, None);
    let findings = Findings {
        corpus: &corpus,
        texts: &texts,
        matching: &matching,
        credits: &credits,
        provenance: &provenance,
        name_checks: &name_checks,
    };
    Ok(report::assemble(describe(options), &findings))
}

fn describe(options: &Options) -> Run {
    Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: "report".to_owned(),
        paths: options.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
        options: report::Options {
            min_words: options.matching.min_words,
            containment: options.matching.containment,
            min_run: options.matching.min_run,
            group_limit: options.matching.group_limit as u32,
            outlet_from: match options.read.outlet_from {
                OutletFrom::Folder => "folder",
                OutletFrom::Name => "name",
                OutletFrom::None => "none",
            }
            .to_owned(),
        },
    }
}
