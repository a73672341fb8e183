//! Exit codes, and what decides between them.

use std::process::ExitCode;

use clap::ValueEnum;
use wirecopy::report::Report;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Done, and something was found that the user wants to fail on.
    Findings,
    /// A wrong command line, or nothing could be read or written.
    Unusable,
    /// Done, but some input could not be read.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Unusable => Self::from(2),
            Exit::Incomplete => Self::from(3),
        }
    }
}

/// Something in a report that `--fail-on` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Finding {
    /// Two articles, nearly all of one in the other
    Reprint,
    /// Two articles that share a part of their narrative
    Partial,
    /// Two articles that share only quoted text
    Quotation,
    /// Two articles that are wholly the same
    Exact,
    /// An article that credits its whole text to an agency or a feed
    Flagged,
    /// A file name that does not match its digest
    Mismatch,
    /// A file name with a digest that no reading confirms
    Undecided,
    /// Some input that could not be read
    Incomplete,
}

impl Finding {
    /// How often the report has it.
    fn count(self, report: &Report) -> u64 {
        let summary = &report.summary;
        match self {
            Self::Reprint => summary.reprints,
            Self::Partial => summary.partials,
            Self::Quotation => summary.quotations,
            Self::Exact => summary.exact_groups,
            Self::Flagged => summary.flagged,
            Self::Mismatch => summary.names_mismatch,
            Self::Undecided => summary.names_undecided,
            Self::Incomplete => incomplete(report),
        }
    }

    /// The count in words.
    fn describe(self, count: u64) -> String {
        let noun = match (self, count) {
            (Self::Reprint, 1) => "reprint",
            (Self::Reprint, _) => "reprints",
            (Self::Partial, 1) => "partial relation",
            (Self::Partial, _) => "partial relations",
            (Self::Quotation, 1) => "shared quotation",
            (Self::Quotation, _) => "shared quotations",
            (Self::Exact, 1) => "group of exact copies",
            (Self::Exact, _) => "groups of exact copies",
            (Self::Flagged, 1) => "agency-feed reprint",
            (Self::Flagged, _) => "agency-feed reprints",
            (Self::Mismatch, 1) => "name that does not match its digest",
            (Self::Mismatch, _) => "names that do not match their digests",
            (Self::Undecided, 1) => "undecided name",
            (Self::Undecided, _) => "undecided names",
            (Self::Incomplete, 1) => "input that could not be read",
            (Self::Incomplete, _) => "inputs that could not be read",
        };
        format!("{count} {noun}")
    }
}

/// How the run of a report ended, and why when that is not simply well. A finding that was asked
/// for counts even where other input is missing, because more input could not take it away.
pub(crate) fn judge(report: &Report, fail_on: &[Finding]) -> (Exit, Option<String>) {
    let found: Vec<String> = fail_on
        .iter()
        .map(|finding| (finding, finding.count(report)))
        .filter(|&(_, count)| count > 0)
        .map(|(finding, count)| finding.describe(count))
        .collect();
    let incomplete = incomplete(report);
    if !found.is_empty() {
        (Exit::Findings, Some(format!("found {}", found.join(", "))))
    } else if incomplete > 0 {
        let inputs = Finding::Incomplete.describe(incomplete);
        (Exit::Incomplete, Some(format!("incomplete: {inputs}, listed under skipped")))
    } else {
        (Exit::Done, None)
    }
}

fn incomplete(report: &Report) -> u64 {
    report.skipped.iter().filter(|entry| entry.incomplete).count() as u64
}
