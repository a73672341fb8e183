//! Exit codes, and what decides between them.

use std::process::ExitCode;

use clap::ValueEnum;
use wirecopy::fixity::Conclusion;
use wirecopy::report::flags::Flags;
use wirecopy::report::{Report, SkippedEntry};

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
    /// No name could be checked.
    NothingChecked,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Unusable => Self::from(2),
            Exit::Incomplete => Self::from(3),
            Exit::NothingChecked => Self::from(4),
        }
    }
}

impl From<Conclusion> for Exit {
    fn from(conclusion: Conclusion) -> Self {
        match conclusion {
            Conclusion::AllRight => Self::Done,
            Conclusion::Findings => Self::Findings,
            Conclusion::NothingRead => Self::Unusable,
            Conclusion::Incomplete => Self::Incomplete,
            Conclusion::NothingChecked => Self::NothingChecked,
        }
    }
}

/// Something in a report that `--fail-on` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Finding {
    /// Two articles, at least two thirds of one in the other
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
    fn count<A, G, M, R>(self, report: &Report<A, G, M, R>) -> u64 {
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

/// Something in a list of flags that `--fail-on` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Flagged {
    /// An article that credits its whole text to an agency
    Declared,
    /// An article that declares a feed and names no agency
    FeedUnnamed,
    /// An article with inputs of an agency
    Contributed,
    /// An article that cites an agency for a fact or quote
    Cited,
    /// An article with the picture of an agency
    Photo,
    /// An article that names no agency and matches copy that another one credits
    CreditedElsewhere,
    /// An announcement that came over a release service
    Release,
    /// Some input that could not be read
    Incomplete,
}

impl Flagged {
    /// How often it was found, and what that is called.
    fn count(self, flags: &Flags) -> (u64, &'static str, &'static str) {
        let summary = &flags.summary;
        match self {
            Self::Declared => (summary.declared, "declared agency reprint", "declared agency reprints"),
            Self::FeedUnnamed => {
                (summary.feed_unnamed, "reprint of an unnamed feed", "reprints of unnamed feeds")
            }
            Self::Contributed => {
                (summary.contributed, "article with agency inputs", "articles with agency inputs")
            }
            Self::Cited => (summary.cited, "article that cites an agency", "articles that cite an agency"),
            Self::Photo => {
                (summary.photo, "article with an agency picture", "articles with an agency picture")
            }
            Self::CreditedElsewhere => (
                summary.credited_elsewhere,
                "article that matches copy credited elsewhere",
                "articles that match copy credited elsewhere",
            ),
            Self::Release => (summary.releases, "release", "releases"),
            Self::Incomplete => {
                (unread(&flags.skipped), "input that could not be read", "inputs that could not be read")
            }
        }
    }
}

/// How the flagging ended, as [`judge`].
pub(crate) fn judge_flags(flags: &Flags, fail_on: &[Flagged]) -> (Exit, Option<String>) {
    let counts = fail_on.iter().map(|finding| finding.count(flags)).filter(|(count, ..)| *count > 0);
    let found = counts.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    conclude(found.collect(), unread(&flags.skipped))
}

/// How the run of a report ended, and why when that is not simply well. A finding that was asked
/// for counts even where other input is missing, because more input could not take it away.
pub(crate) fn judge<A, G, M, R>(report: &Report<A, G, M, R>, fail_on: &[Finding]) -> (Exit, Option<String>) {
    let found: Vec<String> = fail_on
        .iter()
        .map(|finding| (finding, finding.count(report)))
        .filter(|&(_, count)| count > 0)
        .map(|(finding, count)| finding.describe(count))
        .collect();
    conclude(found, incomplete(report))
}

fn conclude(found: Vec<String>, incomplete: u64) -> (Exit, Option<String>) {
    if !found.is_empty() {
        (Exit::Findings, Some(format!("found {}", found.join(", "))))
    } else if incomplete > 0 {
        let inputs = Finding::Incomplete.describe(incomplete);
        (Exit::Incomplete, Some(format!("incomplete: {inputs}, listed under skipped")))
    } else {
        (Exit::Done, None)
    }
}

fn incomplete<A, G, M, R>(report: &Report<A, G, M, R>) -> u64 {
    unread(&report.skipped)
}

fn unread(skipped: &[SkippedEntry]) -> u64 {
    skipped.iter().filter(|entry| entry.incomplete).count() as u64
}
