//! Arguments of `wirecopy flag`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::agency;

use super::{ArticleArgs, OutputArgs, RunArgs};
use crate::exit::Flagged;

/// Arguments of `wirecopy flag`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy flag news/
      The articles that credit their whole text to an agency or to a feed, one a line, with the words
      that say so; then the counts per agency and outlet. Where other articles of the folder declare
      the same agency: the share of the text that stands in them.
  wirecopy flag news/ --level contributed
      Those with inputs of an agency too.
  wirecopy flag crawl.jsonl.zst --credits-only --format csv -o flags.csv
      Only what each article says itself, much faster, as a table for a spreadsheet.
  wirecopy flag submissions/ --quiet --fail-on declared,credited_elsewhere
      For scripts: exit code 1 when an article is agency copy, or matches it without saying so.
  wirecopy flag news/ --agencies ours.toml
      Own agencies and rules beside the program's, or instead of those with the same name:
        [[agency]]
        name = \"Vell Wire\"
        names = [\"Vell Wire\", \"VW\"]
        [[rule]]
        id = \"vell-wire-tail\"
        level = \"declared\"      # feed_unnamed, contributed, cited, photo, about
        place = \"tail\"          # head, below, opening, closing, line, tail, anywhere,
                                 # caption, metadata, title
        pattern = '''\\({agency}/\\w+\\)$'''
        matches = [\"The ferry sank. (VW/mq)\"]

An article without a credit is not flagged for what others say: it is listed apart, as matching
copy that another article credits.

Exit codes: 0 done; 1 something named by --fail-on was found; 2 wrong usage, or nothing could be
read; 3 done, but some input could not be read.")]
pub(crate) struct FlagArgs {
    /// Folders (read recursively, links not followed), files, and `-` for JSONL on standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The weakest credit that is listed
    #[arg(long, value_name = "LEVEL", default_value = "feed_unnamed")]
    level: Level,

    /// Read only what each article says itself, and compare none
    #[arg(long)]
    pub(crate) credits_only: bool,

    /// End with exit code 1 when there is any of these, for example `declared,credited_elsewhere`
    #[arg(long, value_name = "KIND,...", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Flagged>,

    #[command(flatten)]
    pub(crate) articles: ArticleArgs,

    /// What to write
    #[arg(long, short, default_value = "text", help_heading = "Output")]
    pub(crate) format: FlagFormat,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) run: RunArgs,
}

impl FlagArgs {
    /// The weakest level that is listed.
    pub(crate) fn level(&self) -> agency::Level {
        match self.level {
            Level::Declared => agency::Level::Declared,
            Level::FeedUnnamed => agency::Level::FeedUnnamed,
            Level::Contributed => agency::Level::Contributed,
            Level::Cited => agency::Level::Cited,
            Level::Photo => agency::Level::Photo,
            Level::About => agency::Level::About,
        }
    }
}

/// How strongly an article is tied to an agency.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Level {
    /// Dateline, byline, credit line or copyright credits the whole article
    Declared,
    /// And those that declare a feed and name no agency
    FeedUnnamed,
    /// And those with inputs of an agency
    Contributed,
    /// And those that cite an agency for a fact or quote
    Cited,
    /// And those with a picture credit
    Photo,
    /// And those whose headline names an agency, or that stand in its own outlet
    About,
}

/// A form that flags can be written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FlagFormat {
    /// For people
    Text,
    /// One value with everything
    Json,
    /// One object a line, each with its type
    Jsonl,
    /// A row an article, for spreadsheets
    Csv,
}
