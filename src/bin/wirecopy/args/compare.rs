//! Arguments of `wirecopy compare`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ArticleArgs, OutputArgs, RunArgs};

/// Arguments of `wirecopy compare`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy compare gazette/ferry.txt courier/ferry.txt
      What both have, word by word, and why the verdict is what it is.
  wirecopy compare crawl.jsonl#17 crawl.jsonl#204
      Two records of a file, by their numbers (lines) from 1.
  wirecopy compare gz-2017 cr-0411 --in crawl.jsonl.zst --in more.jsonl
      Two articles by their ids.
  wirecopy compare a.txt b.txt --format html -o pair.html
      Both texts beside each other in a browser, with their passages tied together.
  wirecopy compare a.txt b.txt --width 160 --color always | less -R
      Side by side from 100 columns on, else one below the other.

Only the two articles are looked at: text that an outlet prints under all its articles is known
from a whole folder only, and counts here.

Exit codes: 0 done; 2 wrong usage, or one of the two is not there.")]
pub(crate) struct CompareArgs {
    /// A file, a record as FILE#NUMBER, a member as ARCHIVE!/NAME, or the id of an article in a file
    /// that --in names
    pub(crate) a: String,

    /// The other one
    pub(crate) b: String,

    /// File or folder in which the ids stand; may be given several times
    #[arg(id = "in", long, value_name = "PATH")]
    pub(crate) within: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) articles: ArticleArgs,

    /// What to write
    #[arg(long, short, default_value = "text", help_heading = "Output")]
    pub(crate) format: CompareFormat,

    /// Replace files that are already in the folder that -o names
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// A form that a comparison can be written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// For people
    Text,
    /// One value with everything
    Json,
    /// A page for the browser
    Html,
}
