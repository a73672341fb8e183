//! Arguments of every command: where the result goes, and how it runs.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

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
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Print nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Show no progress bar; there is none anyway where standard error is not a terminal
    #[arg(long)]
    pub(crate) no_progress: bool,

    /// TOML file with any long options of this page, `format = "json"`; the command line wins
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) config: Option<PathBuf>,
}

/// Most threads: more than machines have cores; a system that starts many more stands still.
const MOST_THREADS: usize = 1024;

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let threads = text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MOST_THREADS);
    threads.ok_or_else(|| format!("give a number from 1 to {MOST_THREADS}"))
}
