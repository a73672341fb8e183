//! Arguments of `wirecopy report`.

use std::path::PathBuf;

use clap::Args;

use super::{ArticleArgs, FormArgs, KeepArgs, OutputArgs, RunArgs};
use crate::exit::Finding;

/// Arguments of `wirecopy report`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy report news/
      Every text, page, JSON, CSV, Parquet, feed and web archive below news/, packed (.gz .zst .bz2
      .xz) and in archives (.zip .tar) too. The folders right below news/ are taken for outlets,
      unless records, pages or addresses name them.
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
  wirecopy report news/ --format jsonl | grep '\"type\":\"relation\"'
      One object a line.
  wirecopy report news/ --format html -o report.html
      A page for the browser that needs no network: stories, texts side by side, outlets, agencies.
      `-o report/` makes a folder with an index page; very large reports get one beside the page.
  wirecopy report news/ --format csv -o tables/
      Five tables for a spreadsheet; with --table relations that one, to standard output or a file.
  wirecopy report news/ --format gexf --nodes outlets -o outlets.gexf
      Who shares text with whom, for Gephi and networkx.
  wirecopy report crawl.jsonl.zst --quiet --keep-list keep.tsv -o /dev/null
      For corpus builders: which articles to keep. Dropped are copies, and reprints of which the
      list says how much (two thirds at least) stands in the one that is kept.
  wirecopy report submissions/ --quiet --fail-on reprint,exact
      For scripts: exit code 1 when an article is a reprint or an exact copy of another.

Exit codes: 0 done; 1 something named by --fail-on was found; 2 wrong usage, or nothing could be
read; 3 done, but some input could not be read.")]
pub(crate) struct ReportArgs {
    /// Folders (read recursively, links not followed), files, and `-` for JSONL on standard input
    #[arg(required_unless_present = "explain_method", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) articles: ArticleArgs,

    /// Say exactly what is found with these options and what is not, and read nothing
    #[arg(long, help_heading = "Matching")]
    pub(crate) explain_method: bool,

    #[command(flatten)]
    pub(crate) form: FormArgs,

    /// Put the articles' whole texts into JSON, so that `render` can show them
    #[arg(long, help_heading = "Output")]
    pub(crate) texts: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) keep: KeepArgs,

    /// End with exit code 1 when the report has any of these, for example `reprint,mismatch`
    #[arg(long, value_name = "KIND,...", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Finding>,

    #[command(flatten)]
    pub(crate) run: RunArgs,
}
