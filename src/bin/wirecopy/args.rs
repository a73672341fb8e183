//! The command line.

mod articles;
mod compare;
mod flag;
mod form;
mod inspect;
mod keep;
mod manual;
mod output;
mod reading;
mod render;
mod report;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

pub(crate) use articles::ArticleArgs;
pub(crate) use compare::{CompareArgs, CompareFormat};
pub(crate) use flag::{FlagArgs, FlagFormat};
pub(crate) use form::{FormArgs, Format};
pub(crate) use inspect::{InspectArgs, InspectFormat};
pub(crate) use keep::KeepArgs;
pub(crate) use manual::{CompletionsArgs, ManArgs};
pub(crate) use output::{Color, OutputArgs, RunArgs};
pub(crate) use render::RenderArgs;
pub(crate) use report::ReportArgs;

use crate::exit::Exit;
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
  wirecopy render news.json -f gexf            a saved report in another form

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
    /// Show what was read of each article, from where, and why
    Inspect(InspectArgs),
    /// Check whether file names that carry a digest say what the files are
    Verify(verify::Args),
    /// Write a saved report in any form, without reading the articles again
    Render(RenderArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual, or write its pages
    Man(ManArgs),
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

/// The definition of the command line, which help, completions and manual are made from.
pub(crate) fn program() -> clap::Command {
    Cli::command()
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
    use std::num::NonZeroUsize;

    use super::*;
    use crate::exit::Finding;

    fn report(arguments: &[&str]) -> Result<ReportArgs, String> {
        let typed = ["wirecopy", "report"].iter().chain(arguments).map(OsString::from);
        match parse(typed.collect()) {
            Ok(Command::Report(args)) => Ok(args),
            Ok(_) => Err("another command".to_owned()),
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
        assert!(args.form.format == Format::Jsonl);
        assert_eq!(args.run.threads.map(NonZeroUsize::get), Some(3));
        assert!(args.output.all);
        assert_eq!(args.fail_on, [Finding::Reprint, Finding::Exact]);
    }

    #[test]
    fn each_entry_of_a_list_is_an_option_of_its_own() {
        let settings = "include = [\"a*\", \"b,c*\"]\nfield = [\"text=a\", \"outlet=b\"]\nexclude = []\n";
        let listed = with_settings(settings, &["news"]).unwrap();
        let typed = ["--include=a*", "--include=b,c*", "--field=text=a", "--field=outlet=b"];
        let typed = report(&[&["news"], &typed[..]].concat()).unwrap();
        let read = |args: ReportArgs| {
            let options = args.articles.reading.options();
            (options.only.describe(), options.fields.into_iter().map(|(_, path)| path).collect::<Vec<_>>())
        };
        let expected =
            (vec!["include a*".to_owned(), "include b,c*".to_owned()], vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(read(listed), expected);
        assert_eq!(read(typed), expected);
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
    fn numbers_have_an_upper_end() {
        for (option, most) in [("min-run", 10_000_u64), ("min-words", 10_000), ("threads", 1024)] {
            assert!(report(&["news", &format!("--{option}={most}")]).is_ok(), "{option}");
            for wrong in [most + 1, 1 << 31, 4_000_000_000, 0] {
                let refusal = report(&["news", &format!("--{option}={wrong}")]).err().unwrap();
                assert!(refusal.contains(&wrong.to_string()), "{refusal}");
                assert!(refusal.contains(&most.to_string()), "{refusal}");
            }
        }
    }

    #[test]
    fn shares_are_above_nothing_and_at_most_the_whole() {
        assert_eq!(
            report(&["news", "--containment=1"]).unwrap().articles.matching.options().containment,
            1.0
        );
        for wrong in ["0", "1.1", "-1", "NaN", "half"] {
            let refusal = report(&["news", &format!("--containment={wrong}")]).err().unwrap();
            assert!(refusal.contains("above 0"), "{wrong}: {refusal}");
        }
    }
}
