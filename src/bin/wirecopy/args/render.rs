//! Arguments of `wirecopy render`.

use std::path::PathBuf;

use clap::Args;

use super::{FormArgs, KeepArgs, OutputArgs};

/// Arguments of `wirecopy render`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy report news/ --format json --texts -o news.json
  wirecopy render news.json
      The report for people, without reading the articles again.
  wirecopy render news.json --format html -o report.html
      A page for the browser.
  wirecopy render news.json.zst --format csv -o tables/
      articles.csv, relations.csv, passages.csv, stories.csv and flags.csv in the folder tables/.
  wirecopy render news.json --format graphml --nodes outlets -o outlets.graphml
      Which outlets share text, for Gephi or networkx.
  wirecopy render news.json --keep-list keep.tsv --keep longest -o /dev/null
      Only the list of what to keep.

Without --texts the JSON has no whole texts; forms that show them say so.

Exit codes: 0 done; 2 wrong usage, or this is no report.")]
pub(crate) struct RenderArgs {
    /// A report as JSON, plain or packed with gzip or zstd; `-` is standard input
    #[arg(value_name = "REPORT.json")]
    pub(crate) report: PathBuf,

    #[command(flatten)]
    pub(crate) form: FormArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) keep: KeepArgs,

    /// Print nothing on standard error but errors
    #[arg(long, short, help_heading = "Running")]
    pub(crate) quiet: bool,
}
