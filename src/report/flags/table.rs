//! Flags as a CSV table.

use std::io::{self, Write};

use super::{FlagEntry, FlagKind, Flags};
use crate::agency::Level;
use crate::report::csv::Table;
use crate::report::tables::{HEAD, head};
use crate::report::{AgencyEvidence, ArticleHead, CreditedElsewhere};

const OWN: [&str; 9] = [
    "kind",
    "level",
    "agencies",
    "rule",
    "evidence",
    "wire_share",
    "elsewhere_agencies",
    "elsewhere_article",
    "elsewhere_share",
];

/// Writes one row an entry of [`Flags::flags`] under a row of names. Several agencies stand in one
/// cell, parted by semicolons; what is null in JSON is empty here.
///
/// # Errors
/// When `out` fails.
pub fn write(flags: &Flags, out: &mut dyn Write) -> io::Result<()> {
    write_rows(flags.flags.iter().map(Row::from), out)
}

/// Why an article is listed, as a row.
pub(in crate::report) struct Row<'a> {
    pub(in crate::report) head: &'a ArticleHead,
    pub(in crate::report) kind: FlagKind,
    pub(in crate::report) level: Level,
    pub(in crate::report) names: &'a [String],
    pub(in crate::report) evidence: Option<&'a AgencyEvidence>,
    pub(in crate::report) wire_share: Option<f64>,
    pub(in crate::report) elsewhere: Option<&'a CreditedElsewhere>,
}

impl<'a> From<&'a FlagEntry> for Row<'a> {
    fn from(entry: &'a FlagEntry) -> Self {
        Self {
            head: &entry.head,
            kind: entry.kind,
            level: entry.level,
            names: &entry.names,
            evidence: entry.evidence.as_ref(),
            wire_share: entry.wire_share,
            elsewhere: entry.credited_elsewhere.as_ref(),
        }
    }
}

/// Writes the rows under a row of names.
pub(in crate::report) fn write_rows<'a>(
    rows: impl Iterator<Item = Row<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table::new(out, HEAD.into_iter().chain(OWN))?;
    for row in rows {
        head(&mut table, row.head)?;
        table.text(row.kind.id())?;
        table.text(row.level.id())?;
        table.list(row.names)?;
        table.text_or_empty(row.evidence.map(|evidence| &*evidence.rule))?;
        table.text_or_empty(row.evidence.map(|evidence| &*evidence.text))?;
        table.share(row.wire_share)?;
        table.list(row.elsewhere.map(|found| &*found.names).unwrap_or_default())?;
        table.text_or_empty(row.elsewhere.map(|found| &*found.article))?;
        table.share(row.elsewhere.map(|found| found.share))?;
        table.end_row()?;
    }
    table.finish()
}
