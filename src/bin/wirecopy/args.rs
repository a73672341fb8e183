//! The command line.

mod compare;
mod flag;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use wirecopy::agency::Rules;
use wirecopy::provenance::Overrides;
use wirecopy::{corpus, matching};

pub(crate) use compare::{CompareArgs, CompareFormat};
pub(crate) use flag::{FlagArgs, FlagFormat};

use crate::exit::{Exit, Finding};
use crate::{settings, verify};

/// Finds duplicate news texts, wire copy and reuse between outlets, with the evidence for every claim
#[derive(Parser)]
#[command(name = "wirecopy", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Examples:
  wirecopy report news/                        what stands in more than one article of a folder
  wirecopy report news/ -f json -o news.json   the same with every detail, for other tools
  wirecopy flag news/                          which articles are agency copy, and what says so
  wirecopy compare news/a.txt news/b.txt       two articles side by side, and why they match
  wirecopy verify archive/                     which files are not what their names say

Exit codes: 0 done; 1 something named by --fail-on was found, or a name does not match its file; 2
wrong usage, or nothing could be read; 3 done, but some input could not be read; 4 no name could be
checked.
`wirecopy COMMAND --help` explains a command with examples.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Report which articles share text, which paragraphs, and who may have had it first
    Report(ReportArgs),
    /// List the articles that are agency copy, with the words that say so
    Flag(FlagArgs),
    /// Show two articles side by side: what matched, what did not, and why
    Compare(CompareArgs),
    /// Check whether file names that carry a digest say what the files are
    Verify(verify::Args),
}

/// Arguments of `wirecopy report`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy report news/
      Every .txt, .md, .json and .jsonl file below news/ (.gz and .zst too). The folders right below
      news/ are taken for outlets, unless the records name them.
  wirecopy report monday.jsonl tuesday.jsonl.zst
      Records with the usual fields: text, title, outlet or source, date or published, url, id.
  zcat crawl.jsonl.gz | wirecopy report -
      Records from standard input.
  wirecopy report news/ --metadata outlets.csv
      Outlets, times and titles from a table with the columns path,outlet,published,title,url.
  wirecopy report news/ --all | less -R
      Lists in full instead of their strongest part.
  wirecopy report news/ --format json -o news.json
      Everything, with byte offsets of every passage. An input is never overwritten.
  wirecopy report news/ --format html -o report.html
      A page for the browser that needs no network: stories, texts side by side, outlets, agencies.
      `-o report/` makes a folder with an index page; very large reports get one beside the page.
  wirecopy report news/ --format jsonl | grep '\"type\":\"relation\"'
      One object a line.
  wirecopy report submissions/ --quiet --fail-on reprint,exact
      For scripts: exit code 1 when an article is a reprint or an exact copy of another.

Exit codes: 0 done; 1 something named by --fail-on was found; 2 wrong usage, or nothing could be
read; 3 done, but some input could not be read.")]
pub(crate) struct ReportArgs {
    /// Folders (read recursively, links not followed), files, and `-` for JSONL on standard input
    #[arg(required_unless_present = "explain_method", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) agency: AgencyArgs,

    #[command(flatten)]
    pub(crate) corrections: OverrideArgs,

    #[command(flatten)]
    pub(crate) matching: MatchingOptions,

    /// Say exactly what is found with these options and what is not, and read nothing
    #[arg(long, help_heading = "Matching")]
    pub(crate) explain_method: bool,

    /// What to write
    #[arg(long, short, default_value = "text", help_heading = "Output")]
    pub(crate) format: Format,

    /// Put the articles' whole texts into JSON, so that `render` can show them
    #[arg(long, help_heading = "Output")]
    pub(crate) texts: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// End with exit code 1 when the report has any of these, for example `reprint,mismatch`
    #[arg(long, value_name = "KIND,...", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Finding>,

    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How articles get their outlet, time and title.
#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadingArgs {
    /// CSV table with `path` and any of `outlet`, `published`, `title`, `url` as columns
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,

    /// Where an outlet comes from when neither record nor table names it
    #[arg(long, value_name = "WHERE", default_value = "folder")]
    outlet_from: OutletFrom,
}

impl ReadingArgs {
    /// What they mean for the library.
    pub(crate) fn options(&self) -> corpus::ReadOptions {
        corpus::ReadOptions {
            metadata: self.metadata.clone(),
            outlet_from: match self.outlet_from {
                OutletFrom::Folder => corpus::OutletFrom::Folder,
                OutletFrom::Name => corpus::OutletFrom::Name,
                OutletFrom::None => corpus::OutletFrom::None,
            },
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum OutletFrom {
    /// The first folder below the given path
    Folder,
    /// The leading part of the file's name
    Name,
    /// Nowhere: it stays unknown
    None,
}

/// How agency copy is known.
#[derive(Args)]
#[command(next_help_heading = "Agencies")]
pub(crate) struct AgencyArgs {
    /// TOML file with agencies and rules that are added, or replace those of the same name or id
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) agencies: Option<PathBuf>,
}

impl AgencyArgs {
    /// The program's own rules, and those of the file.
    ///
    /// # Errors
    /// When the file cannot be read or used.
    pub(crate) fn rules(&self) -> anyhow::Result<Arc<Rules>> {
        let Some(file) = &self.agencies else { return Ok(Arc::default()) };
        let name = file.display();
        let text = fs::read_to_string(file).with_context(|| format!("cannot read the agencies in {name}"))?;
        let rules =
            Rules::with(&text).map_err(|error| anyhow!("cannot use the agencies in {name}: {error}"))?;
        Ok(Arc::new(rules))
    }
}

/// What a person knows better.
#[derive(Args)]
#[command(next_help_heading = "Corrections")]
pub(crate) struct OverrideArgs {
    /// TOML file with outlets, times, agencies and verdicts set by hand; it always wins
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) overrides: Option<PathBuf>,
}

impl OverrideArgs {
    /// What the file sets.
    ///
    /// # Errors
    /// When the file cannot be read or used.
    pub(crate) fn overrides(&self) -> anyhow::Result<Arc<Overrides>> {
        let Some(file) = &self.overrides else { return Ok(Arc::default()) };
        let name = file.display();
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read the overrides in {name}"))?;
        let overrides = Overrides::parse(&text)
            .map_err(|error| anyhow!("cannot use the overrides in {name}: {error}"))?;
        Ok(Arc::new(overrides))
    }
}

/// What counts as shared text.
#[derive(Args)]
#[command(next_help_heading = "Matching")]
pub(crate) struct MatchingOptions {
    /// Fewest words of a paragraph that is compared as a paragraph
    #[arg(long, value_name = "N", default_value_t = matching::Options::default().min_words)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    min_words: u32,

    /// Least share of the shorter paragraph's word triples that must stand in the other, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = matching::Options::default().containment)]
    #[arg(value_parser = positive_share)]
    containment: f64,

    /// Fewest words of a verbatim run that is found wherever it stands
    #[arg(long, value_name = "N", default_value_t = matching::Options::default().min_run)]
    #[arg(value_parser = clap::value_parser!(u32).range(4..))]
    min_run: u32,
}

impl MatchingOptions {
    /// What they mean for the library.
    pub(crate) fn options(&self) -> matching::Options {
        let &Self { min_words, containment, min_run } = self;
        matching::Options { min_words, containment, min_run, ..matching::Options::default() }
    }
}

fn positive_share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        Ok(_) | Err(_) => Err("give a number above 0 and at most 1, for example 0.5".to_owned()),
    }
}

/// What to write, and where.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Write to a file, all at once when it is complete; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Print lists in full instead of their strongest part (text only)
    #[arg(long)]
    pub(crate) all: bool,

    /// Columns of the text [default: the terminal's, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,

    /// When to use colours; `auto` uses them on a terminal and obeys NO_COLOR and CLICOLOR_FORCE
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

/// A form that the report can be written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One value with everything
    Json,
    /// One object a line, each with its type
    Jsonl,
    /// A page for the browser, without network; a large one with a folder of data beside it
    Html,
}

/// When to write colours.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Into files and pipes too
    Always,
    /// Not at all
    Never,
}

/// Options of every command.
#[derive(Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct RunArgs {
    /// Threads to work with; they change the time but not the result [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Print nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Show no progress bar; there is none anyway where standard error is not a terminal
    #[arg(long)]
    pub(crate) no_progress: bool,

    /// TOML file with any long options of this page, `format = "json"`; the command line wins
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
}

/// Why the command line was not accepted; or a help text, which is asked for.
pub(crate) enum Refusal {
    /// The parser's own message.
    Parser(clap::Error),
    /// The settings file cannot be used.
    Settings(settings::SettingsError),
}

impl Refusal {
    /// Prints it and gives the exit code.
    pub(crate) fn explain(&self) -> ExitCode {
        // Nobody is left to tell when the stream is closed.
        match self {
            Self::Parser(error) => {
                let _ = error.print();
                if error.use_stderr() { Exit::Unusable } else { Exit::Done }.into()
            }
            Self::Settings(error) => {
                let _ = writeln!(anstream::stderr(), "error: {error}");
                Exit::Unusable.into()
            }
        }
    }
}

/// Reads the command line and the settings file that it names.
pub(crate) fn from_command_line() -> Result<Command, Refusal> {
    parse(std::env::args_os().collect())
}

fn parse(mut typed: Vec<OsString>) -> Result<Command, Refusal> {
    let mut matches = Cli::command().try_get_matches_from(&typed).map_err(Refusal::Parser)?;
    if let Some(file) = config_of(&matches) {
        let settings = settings::arguments(&file, &Cli::command(), &matches).map_err(Refusal::Settings)?;
        // Right behind the command's name, which is always the first argument.
        typed.splice(2..2, settings);
        let again = Cli::command().try_get_matches_from(&typed);
        matches =
            again.map_err(|error| Refusal::Settings(settings::SettingsError::refused(&file, &error)))?;
    }
    Cli::from_arg_matches(&matches).map(|cli| cli.command).map_err(Refusal::Parser)
}

fn config_of(matches: &ArgMatches) -> Option<PathBuf> {
    let (_, matches) = matches.subcommand()?;
    // Not every command takes one.
    matches.try_get_one::<PathBuf>("config").ok().flatten().cloned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn report(arguments: &[&str]) -> Result<ReportArgs, String> {
        let typed = ["wirecopy", "report"].iter().chain(arguments).map(OsString::from);
        match parse(typed.collect()) {
            Ok(Command::Report(args)) => Ok(args),
            Ok(Command::Flag(_) | Command::Compare(_) | Command::Verify(_)) => {
                Err("another command".to_owned())
            }
            Err(Refusal::Parser(error)) => Err(error.to_string()),
            Err(Refusal::Settings(error)) => Err(error.to_string()),
        }
    }

    fn with_settings(settings: &str, arguments: &[&str]) -> Result<ReportArgs, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wirecopy.toml");
        fs::write(&file, settings).unwrap();
        let config = format!("--config={}", file.display());
        report(&[&[config.as_str()], arguments].concat())
    }

    #[test]
    fn the_parser_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn settings_fill_in_what_was_not_typed() {
        let settings = "format = \"json\"\nthreads = 3\nall = true\nfail-on = [\"reprint\", \"exact\"]\n";
        let args = with_settings(settings, &["news", "--format", "jsonl"]).unwrap();
        assert!(args.format == Format::Jsonl);
        assert_eq!(args.run.threads.map(NonZeroUsize::get), Some(3));
        assert!(args.output.all);
        assert_eq!(args.fail_on, [Finding::Reprint, Finding::Exact]);
    }

    #[test]
    fn typed_lists_replace_those_of_the_settings() {
        let args = with_settings("fail-on = [\"reprint\"]", &["news", "--fail-on", "exact"]).unwrap();
        assert_eq!(args.fail_on, [Finding::Exact]);
    }

    #[test]
    fn settings_that_nobody_knows_are_refused_by_name() {
        let refusal = with_settings("formt = \"json\"", &["news"]).err().unwrap();
        assert!(refusal.contains("wirecopy.toml") && refusal.contains("formt"), "{refusal}");
        let refusal = with_settings("format = \"xml\"", &["news"]).err().unwrap();
        assert!(refusal.contains("wirecopy.toml") && refusal.contains("xml"), "{refusal}");
        let refusal = with_settings("format = [", &["news"]).err().unwrap();
        assert!(refusal.contains("wirecopy.toml") && refusal.contains("line 1"), "{refusal}");
    }

    #[test]
    fn paths_are_needed_except_for_the_explanation() {
        assert!(report(&[]).err().unwrap().contains("<PATH>..."));
        assert!(report(&["--explain-method"]).is_ok());
    }

    #[test]
    fn shares_are_above_nothing_and_at_most_the_whole() {
        assert_eq!(report(&["news", "--containment=1"]).unwrap().matching.options().containment, 1.0);
        for wrong in ["0", "1.1", "-1", "NaN", "half"] {
            let refusal = report(&["news", &format!("--containment={wrong}")]).err().unwrap();
            assert!(refusal.contains("above 0"), "{wrong}: {refusal}");
        }
    }
}
