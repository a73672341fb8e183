//! Arguments of `wirecopy inspect`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ArticleArgs, OutputArgs, RunArgs};

/// Arguments of `wirecopy inspect`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy inspect page.html
      The text that was found in a page and how, every value for outlet, time, title and so on with
      the place where it stands, which one counts, and why the others do not.
  wirecopy inspect crawl.jsonl.gz --limit 3
      The same for the first records of a file.
  wirecopy inspect news.zip!/2031/a.html
      The same for one member of an archive.
  wirecopy inspect crawl.jsonl --field text=body.content --field outlet=meta.site
      Whether the fields are found where you say.
  wirecopy inspect pages/ --limit 100000 --format json | jq -r '.articles[].notes[]' | sort | uniq -c
      What was strange, over a whole folder.

Exit codes: 0 done; 2 wrong usage, or nothing could be read; 3 done, but some input could not be
read.")]
pub(crate) struct InspectArgs {
    /// Folders (read recursively, links not followed), files, and `-` for JSONL on standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Articles shown, from the first on
    #[arg(long, value_name = "N", default_value = "10")]
    pub(crate) limit: NonZeroUsize,

    #[command(flatten)]
    pub(crate) articles: ArticleArgs,

    /// What to write
    #[arg(long, short, default_value = "text", help_heading = "Output")]
    pub(crate) format: InspectFormat,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// A form that an inspection can be written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For people
    Text,
    /// One value with everything
    Json,
}
