//! The stages in order. The only module that knows all rooms.

mod compare;
mod inspect;

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::agency::{self, Credit, Level, Rules};
use crate::corpus::{self, Corpus, OutletFrom};
use crate::fixity;
use crate::matching::{self, Matching};
use crate::parallel::Evenly;
use crate::provenance::{self, Overrides, Thresholds};
use crate::report::flags::{self, Flags};
use crate::report::{self, Findings, FullTexts, Report, Run, StreamedReport};
use crate::text::{self, Texts};

pub use compare::{CompareError, compare};
pub use inspect::inspect;

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
    /// How agency copy announces itself.
    pub rules: Arc<Rules>,
    /// The file that `rules` were extended from, to be named in the result.
    pub rules_file: Option<PathBuf>,
    /// What a person has set by hand.
    pub overrides: Arc<Overrides>,
    /// The file that `overrides` come from, to be named in the result.
    pub overrides_file: Option<PathBuf>,
    /// Whether the result carries the articles' whole texts.
    pub full_texts: FullTexts,
}

/// A step of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Opening, hashing, decoding; counted in bytes.
    Reading,
    /// Folding words, splitting paragraphs; counted in articles.
    Splitting,
    /// Looking for agency credits, where that is all that is to be found; counted in articles. Runs
    /// that compare articles do it beside the matching.
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

/// The articles and their words: what all commands begin with.
struct Articles {
    corpus: Corpus,
    texts: Texts,
}

impl Articles {
    fn read(
        options: &Options,
        standard_input: &mut (dyn Read + Send),
        observer: &dyn Observer,
    ) -> Result<Self, corpus::ReadError> {
        Ok(Self::split(Self::corpus(options, standard_input, observer)?, observer))
    }

    fn corpus(
        options: &Options,
        standard_input: &mut (dyn Read + Send),
        observer: &dyn Observer,
    ) -> Result<Corpus, corpus::ReadError> {
        let listing = corpus::list(&options.paths).only(&options.read.only);
        observer.begin(Stage::Reading, Some(listing.bytes()));
        // The threads wait for the first bytes.
        rayon::spawn(text::prepare);
        let mut corpus =
            corpus::read(listing, &options.read, standard_input, &|bytes| observer.advance(bytes))?;
        options.overrides.settle_articles(&mut corpus);
        Ok(corpus)
    }

    /// Reads the words of a corpus.
    fn split(corpus: Corpus, observer: &dyn Observer) -> Self {
        observer.begin(Stage::Splitting, Some(corpus.articles.len() as u64));
        let bodies: Vec<&str> = corpus.articles.iter().map(|article| &*article.body).collect();
        let texts = text::read(&bodies, &|articles| observer.advance(articles));
        Self { corpus, texts }
    }

    /// What each article says about agencies, with nothing else going on.
    fn read_credits(&self, options: &Options, observer: &dyn Observer) -> Vec<Credit> {
        observer.begin(Stage::Crediting, Some(self.corpus.articles.len() as u64));
        self.credits(options, &|| observer.advance(1))
    }

    fn credits(&self, options: &Options, done: &(dyn Fn() + Sync)) -> Vec<Credit> {
        let rules = options.rules.compile();
        let credit = |(article, text)| {
            done();
            agency::read(article, text, &rules)
        };
        let articles = self.corpus.articles.par_iter().zip(&self.texts.articles).evenly();
        let mut credits: Vec<_> = articles.map(credit).collect();
        options.overrides.settle_credits(&self.corpus, &mut credits);
        credits
    }

    /// Finds what stands twice, and reads the credits where a thread has nothing else to do.
    fn find(&self, options: &Options, observer: &dyn Observer) -> (Matching, Vec<Credit>) {
        let progress = MatchingProgress(observer);
        let joined = matching::Joined::of(&self.texts, &options.matching, &progress);
        // Not earlier: compiled rules take memory, and so does joining.
        let found = rayon::join(|| joined.finish(&progress), || self.credits(options, &|| ()));
        observer.begin(Stage::Judging, Some(found.0.pairs.len() as u64));
        found
    }

    /// Matches and judges them.
    fn judge(self, options: &Options, observer: &dyn Observer) -> Findings {
        let (matching, credits) = self.find(options, observer);
        let Self { corpus, texts } = self;
        let judged = |pairs| observer.advance(pairs);
        let Options { thresholds, overrides, .. } = options;
        let provenance =
            provenance::judge(&corpus, &texts, &matching, &credits, thresholds, overrides, &judged);
        let name_checks = vec![None; corpus.files.len()];
        let wikidata = options.rules.wikidata();
        Findings { corpus, texts, matching, credits, wikidata, provenance, name_checks }
    }
}

/// What one run found, from which reports are made.
#[derive(Debug)]
pub struct Results {
    run: Run,
    findings: Findings,
    full_texts: FullTexts,
    overrides_file: Option<PathBuf>,
    /// Overrides that met nothing.
    unused: Vec<String>,
}

impl Results {
    /// The whole report.
    #[must_use]
    pub fn report(&self) -> Report {
        self.with_unused(report::assemble(self.run.clone(), &self.findings, self.full_texts))
    }

    /// The same, to be written by [`report::json::write`] without standing in memory whole.
    #[must_use]
    pub fn stream(&self) -> StreamedReport<'_> {
        self.with_unused(report::stream(self.run.clone(), &self.findings, self.full_texts))
    }

    /// Every path that was read or passed over: what no output may replace. Those of a report are
    /// text, in which not every name on disk can be written.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.findings.corpus.paths()
    }

    fn with_unused<A, G, M, R>(&self, mut report: Report<A, G, M, R>) -> Report<A, G, M, R> {
        report.pass_over(self.overrides_file.as_deref(), self.unused.clone());
        report
    }
}

/// Runs all stages, and makes the report. `standard_input` is read only where a path is `-`.
///
/// # Errors
/// When nothing at all could be read. A single bad file is a row in [`Report::skipped`].
pub fn report(
    options: &Options,
    standard_input: &mut (dyn Read + Send),
    observer: &dyn Observer,
) -> Result<Report, corpus::ReadError> {
    find(options, standard_input, observer).map(|results| results.report())
}

/// Runs all stages. `standard_input` is read only where a path is `-`.
///
/// # Errors
/// When nothing at all could be read. A single bad file is a row in [`Report::skipped`].
pub fn find(
    options: &Options,
    standard_input: &mut (dyn Read + Send),
    observer: &dyn Observer,
) -> Result<Results, corpus::ReadError> {
    let articles = Articles::read(options, standard_input, observer)?;
    let mut findings = articles.judge(options, observer);
    observer.begin(Stage::Assembling, None);
    findings.name_checks = check_names(&findings.corpus);
    Ok(Results {
        run: describe("report", options),
        unused: options.overrides.unused(&findings.corpus, &findings.provenance.relations),
        findings,
        full_texts: options.full_texts,
        overrides_file: options.overrides_file.clone(),
    })
}

/// Checks the names of the files on disk; members of an archive have none there.
fn check_names(corpus: &Corpus) -> Vec<Option<fixity::NameCheck>> {
    let on_disk = corpus.files.iter().filter(|file| !file.member);
    let paths: Vec<PathBuf> = on_disk.map(|file| file.path.clone()).collect();
    let mut checks = fixity::check_names(&paths).into_iter();
    corpus.files.iter().map(|file| if file.member { None } else { checks.next().flatten() }).collect()
}

/// Which articles to flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flagging {
    /// The weakest level that is listed.
    pub level: Level,
    /// Whether to compare the articles, for the share that is agency copy and for copy that is
    /// credited elsewhere. Without it only what each article says itself counts, which takes a
    /// fraction of the time.
    pub compare: bool,
}

/// Lists the agency-feed reprints. `standard_input` is read only where a path is `-`.
///
/// # Errors
/// When nothing at all could be read. A single bad file is a row in [`Flags::skipped`].
pub fn flag(
    options: &Options,
    flagging: Flagging,
    standard_input: &mut (dyn Read + Send),
    observer: &dyn Observer,
) -> Result<Flags, corpus::ReadError> {
    let articles = Articles::read(options, standard_input, observer)?;
    let Articles { corpus, texts } = &articles;
    let (credits, wire) = if flagging.compare {
        let (matching, credits) = articles.find(options, observer);
        let judged = |pairs| observer.advance(pairs);
        let wire = provenance::trace_wire(corpus, texts, &matching, &credits, &options.thresholds, &judged);
        (credits, Some(wire))
    } else {
        (articles.read_credits(options, observer), None)
    };
    Ok(flags::assemble(describe("flag", options), corpus, &credits, wire.as_deref(), flagging.level))
}

fn describe(command: &str, options: &Options) -> Run {
    Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: command.to_owned(),
        paths: options.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
        options: report::Options {
            matching: matching::Options { memory: None, ..options.matching },
            outlet_from: match options.read.outlet_from {
                OutletFrom::Folder => "folder",
                OutletFrom::Name => "name",
                OutletFrom::None => "none",
            }
            .to_owned(),
            publishers: options.read.publishers.as_ref().map(|path| path.to_string_lossy().into_owned()),
            fields: options
                .read
                .fields
                .iter()
                .map(|(field, path)| format!("{}={path}", field.id()))
                .collect(),
            selection: options.read.only.describe(),
            agencies: options.rules_file.as_ref().map(|path| path.to_string_lossy().into_owned()),
            overrides: options.overrides_file.as_ref().map(|path| path.to_string_lossy().into_owned()),
            metadata: options.read.metadata.as_ref().map(|path| path.to_string_lossy().into_owned()),
            thresholds: options.thresholds,
        },
    }
}
