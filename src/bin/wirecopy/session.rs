//! What every command that reads articles does around its work.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use terminal_size::{Width, terminal_size_of};
use wirecopy::corpus::{ReadError, Skipped};
use wirecopy::pipeline;
use wirecopy::provenance::Thresholds;
use wirecopy::report::FullTexts;
use wirecopy::report::terminal::{TerminalOptions, printable};

use crate::args::{ArticleArgs, Color, OutputArgs, RunArgs};
use crate::output::Destination;

/// Columns of the text where no terminal says how many it has.
const WIDTH: u16 = 100;
/// Most reasons printed when nothing could be read.
const TOP_REASONS: usize = 10;

/// Makes the choices that hold for the whole run.
pub(crate) fn begin(output: &OutputArgs, run: &RunArgs) -> Result<()> {
    choose_colors(output);
    set_threads(run)
}

/// Starts as many threads as were asked for.
pub(crate) fn set_threads(run: &RunArgs) -> Result<()> {
    if let Some(threads) = run.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get());
        pool.build_global().context("cannot start the threads")?;
    }
    Ok(())
}

/// Makes the choice of colours, which holds for the whole run.
pub(crate) fn choose_colors(output: &OutputArgs) {
    match output.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// What the arguments that all such commands share ask for.
pub(crate) fn options(paths: &[PathBuf], articles: &ArticleArgs) -> Result<pipeline::Options> {
    let ArticleArgs { reading, agency, corrections, matching } = articles;
    Ok(pipeline::Options {
        paths: paths.to_vec(),
        read: reading.options(),
        matching: matching.options(),
        rules: agency.rules()?,
        rules_file: agency.agencies.clone(),
        overrides: corrections.overrides()?,
        overrides_file: corrections.overrides.clone(),
        thresholds: Thresholds::default(),
        full_texts: FullTexts::default(),
    })
}

/// Refuses, before any work, to overwrite a file that was named on the command line.
pub(crate) fn spare_given<'d>(
    destinations: impl IntoIterator<Item = &'d Destination>,
    options: &pipeline::Options,
    run: &RunArgs,
) -> Result<()> {
    let pipeline::Options { read, rules_file, overrides_file, .. } = options;
    let tables = [&read.metadata, &read.publishers, rules_file, overrides_file, &run.config];
    spare(destinations, options.paths.iter().chain(tables.into_iter().flatten()))
}

/// Refuses to overwrite any of the files.
pub(crate) fn spare<'d, 'p>(
    destinations: impl IntoIterator<Item = &'d Destination>,
    files: impl IntoIterator<Item = &'p PathBuf, IntoIter: Clone>,
) -> Result<()> {
    let files = files.into_iter().map(AsRef::as_ref);
    destinations.into_iter().try_for_each(|destination| destination.spare(files.clone()))
}

/// Says why nothing could be read.
pub(crate) fn unreadable(error: ReadError) -> anyhow::Error {
    match error {
        ReadError::NothingRead(skipped) => anyhow!(nothing_read(&skipped)),
        error => error.into(),
    }
}

fn nothing_read(skipped: &[Skipped]) -> String {
    let mut text = "nothing could be read".to_owned();
    for entry in skipped.iter().take(TOP_REASONS) {
        let path = printable(&entry.path.to_string_lossy());
        let record = entry.record.map(|record| format!(":{record}")).unwrap_or_default();
        let _ = write!(text, "\n  {path}{record}: {}", printable(&entry.reason));
    }
    if let Some(more) = skipped.len().checked_sub(TOP_REASONS).filter(|more| *more > 0) {
        let _ = write!(text, "\n  and {more} more");
    }
    text.push_str(
        "\nhint: give folders or files with articles (text, pages, JSON, tables, feeds, archives), or - for JSONL",
    );
    text
}

/// How to lay out text for this destination.
pub(crate) fn layout(args: &OutputArgs, destination: &Destination) -> TerminalOptions {
    let width = args.width.unwrap_or_else(|| natural_width(destination));
    TerminalOptions { width: usize::from(width), all: args.all }
}

/// The terminal's width where the text goes to one; a file or pipe gets the same bytes everywhere.
fn natural_width(destination: &Destination) -> u16 {
    match (destination, terminal_size_of(io::stdout())) {
        (Destination::Stdout, Some((Width(columns), _))) => columns,
        _ => WIDTH,
    }
}

/// Says on standard error why the run did not simply end well.
pub(crate) fn explain(why: Option<String>, run: &RunArgs) {
    if let Some(why) = why {
        note(&why, run.quiet);
    }
}

/// Says something on standard error, unless that is not wanted.
pub(crate) fn note(text: &str, quiet: bool) {
    if !quiet {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(anstream::stderr(), "wirecopy: {text}");
    }
}
