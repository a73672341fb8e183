//! Arguments of the commands that write a report: which copies to keep.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::provenance::KeepRule;

use super::articles::positive_share;

/// Which of several copies to keep.
#[derive(Args)]
#[command(next_help_heading = "Keep list")]
pub(crate) struct KeepArgs {
    /// Write a second file: a line an article with `keep` or `drop`, and the twin that is kept
    #[arg(long, value_name = "FILE")]
    pub(crate) keep_list: Option<PathBuf>,

    /// Which of several copies is kept; no brief is kept instead of a longer text that holds it
    #[arg(long, value_name = "RULE", default_value = "earliest")]
    keep: Keep,

    /// Drop a reprint only where so much of its reporting stands in the kept one, for example `0.95`
    /// [default: what makes a reprint]
    #[arg(long, value_name = "SHARE", value_parser = positive_share, requires = "keep_list")]
    pub(crate) keep_share: Option<f64>,
}

impl KeepArgs {
    /// The rule.
    pub(crate) fn rule(&self) -> KeepRule {
        match self.keep {
            Keep::Earliest => KeepRule::Earliest,
            Keep::Longest => KeepRule::Longest,
            Keep::OwnOutlet => KeepRule::OwnOutlet,
            Keep::First => KeepRule::First,
        }
    }
}

/// Which of several copies is kept.
#[derive(Clone, Copy, ValueEnum)]
enum Keep {
    /// The earliest stated time; without one, last
    Earliest,
    /// The one with the most words of reporting
    Longest,
    /// The agency's own outlet, then outlets that credit no agency; then the earliest
    OwnOutlet,
    /// The first in the order of paths and records
    First,
}
