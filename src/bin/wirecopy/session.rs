//! What every command that reads articles does around its work.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use terminal_size::{Width, terminal_size_of};
use wirecopy::corpus::{ReadError, Skipped};
use wirecopy::provenance::Thresholds;
use wirecopy::report::terminal::{TerminalOptions, printable};
use wirecopy::report::{FullTexts, SkippedEntry};
use wirecopy::{matching, pipeline};

use crate::args::{AgencyArgs, Color, OutputArgs, OverrideArgs, ReadingArgs, RunArgs};
use crate::output::Destination;

/// Columns of the text where no terminal says how many it has.
const WIDTH: u16 = 100;
/// Most reasons printed when nothing could be read.
const TOP_REASONS: usize = 10;

/// Makes the choices that hold for the whole run.
pub(crate) fn begin(output: &OutputArgs, run: &RunArgs) -> Result<()> {
    match output.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    if let Some(threads) = run.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get());
        pool.build_global().context("cannot start the threads")?;
    }
    Ok(())
}

/// What the arguments that all such commands share ask for.
pub(crate) fn options(
    paths: &[PathBuf],
    reading: &ReadingArgs,
    matching: matching::Options,
    agency: &AgencyArgs,
    corrections: &OverrideArgs,
) -> Result<pipeline::Options> {
    Ok(pipeline::Options {
        paths: paths.to_vec(),
        read: reading.options(),
        matching,
        rules: agency.rules()?,
        rules_file: agency.agencies.clone(),
        overrides: corrections.overrides()?,
        overrides_file: corrections.overrides.clone(),
        thresholds: Thresholds::default(),
        full_texts: FullTexts::default(),
    })
}

/// Refuses, before any work, to overwrite a file that was named on the command line.
pub(crate) fn spare_given(destination: &Destination, options: &pipeline::Options) -> Result<()> {
    let tables = [&options.read.metadata, &options.rules_file, &options.overrides_file];
    destination.spare(options.paths.iter().chain(tables.into_iter().flatten()).map(AsRef::as_ref))
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
    text.push_str("\nhint: give folders or files with articles (.txt, .md, .json, .jsonl), or - for JSONL");
    text
}

/// Refuses to overwrite what was read or passed over.
pub(crate) fn spare_inputs<'p>(
    destination: &Destination,
    inputs: impl IntoIterator<Item = &'p str>,
    skipped: &'p [SkippedEntry],
) -> Result<()> {
    let skipped = skipped.iter().map(|entry| entry.path.as_str());
    destination.spare(inputs.into_iter().chain(skipped).map(Path::new))
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
    if let Some(why) = why.filter(|_| !run.quiet) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(anstream::stderr(), "wirecopy: {why}");
    }
}
