//! `wirecopy report`.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use terminal_size::{Width, terminal_size_of};
use wirecopy::corpus::{ReadError, Skipped};
use wirecopy::matching::contract;
use wirecopy::pipeline;
use wirecopy::report::terminal::{self, TerminalOptions, printable};
use wirecopy::report::{Report, json, jsonl};

use crate::args::{Color, Format, OutputArgs, ReportArgs};
use crate::exit::{self, Exit};
use crate::output::{Destination, Written};
use crate::progress::Progress;

/// Columns of the text where no terminal says how many it has.
const WIDTH: u16 = 100;
/// Most reasons printed when nothing could be read.
const TOP_REASONS: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit> {
    prefer_colors(args.output.color);
    let destination = Destination::named(args.output.output.as_deref())?;
    let matching = args.matching.options();
    if args.matching.explain_method {
        destination.write(|out| out.write_all(contract(&matching).as_bytes()))?;
        return Ok(Exit::Done);
    }
    let options = pipeline::Options {
        paths: args.paths.clone(),
        read: args.reading.options(),
        matching,
        ..pipeline::Options::default()
    };
    destination.spare(options.paths.iter().chain(&options.read.metadata).map(AsRef::as_ref))?;
    if let Some(threads) = args.run.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get());
        pool.build_global().context("cannot start the threads")?;
    }

    let report = analyse(&options, args)?;

    destination.spare(report.inputs.iter().map(|input| Path::new(&input.path)))?;
    destination.spare(report.skipped.iter().map(|entry| Path::new(&entry.path)))?;
    if write(&report, &args.output, &destination)? == Written::Closed {
        return Ok(Exit::Done);
    }
    let (exit, why) = exit::judge(&report, &args.fail_on);
    if let Some(why) = why.filter(|_| !args.run.quiet) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(anstream::stderr(), "wirecopy: {why}");
    }
    Ok(exit)
}

/// Runs the pipeline under a progress bar.
fn analyse(options: &pipeline::Options, args: &ReportArgs) -> Result<Report> {
    let progress = Progress::new(&args.run);
    pipeline::report(options, &mut io::stdin(), &progress).map_err(|error| match error {
        ReadError::NothingRead(skipped) => anyhow!(nothing_read(&skipped)),
        error => error.into(),
    })
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

fn write(report: &Report, args: &OutputArgs, destination: &Destination) -> Result<Written> {
    match args.format {
        Format::Text => {
            let width = usize::from(args.width.unwrap_or_else(|| natural_width(destination)));
            let options = TerminalOptions { width, all: args.all };
            destination.write_styled(|out| terminal::write(report, &options, out))
        }
        Format::Json => destination.write(|out| json::write(report, out)),
        Format::Jsonl => destination.write(|out| jsonl::write(report, out)),
    }
}

/// The terminal's width where the text goes to one; a file or pipe gets the same bytes everywhere.
fn natural_width(destination: &Destination) -> u16 {
    match (destination, terminal_size_of(io::stdout())) {
        (Destination::Stdout, Some((Width(columns), _))) => columns,
        _ => WIDTH,
    }
}

fn prefer_colors(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}
