//! Flags as a CSV table.

use std::io::{self, Write};

use super::{FlagEntry, Flags};
use crate::report::csv::Table;

const COLUMNS: [&str; 16] = [
    "path",
    "record",
    "id",
    "outlet",
    "published",
    "title",
    "url",
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
    let mut table = Table::new(out);
    table.row(COLUMNS)?;
    for entry in &flags.flags {
        table.row(row(entry).iter().map(String::as_str))?;
    }
    table.finish()
}

fn row(entry: &FlagEntry) -> [String; COLUMNS.len()] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let share = |share: Option<f64>| share.map(|share| format!("{share:.4}")).unwrap_or_default();
    let evidence = entry.evidence.as_ref();
    let elsewhere = entry.credited_elsewhere.as_ref();
    [
        entry.head.path.clone(),
        entry.head.record.map(|record| record.to_string()).unwrap_or_default(),
        entry.head.id.to_string(),
        text(&entry.head.outlet),
        text(&entry.head.published),
        text(&entry.head.title),
        text(&entry.head.url),
        entry.kind.id().to_owned(),
        entry.level.id().to_owned(),
        entry.names.join("; "),
        evidence.map(|evidence| evidence.rule.clone()).unwrap_or_default(),
        evidence.map(|evidence| evidence.text.clone()).unwrap_or_default(),
        share(entry.wire_share),
        elsewhere.map(|found| found.names.join("; ")).unwrap_or_default(),
        elsewhere.map(|found| found.article.to_string()).unwrap_or_default(),
        share(elsewhere.map(|found| found.share)),
    ]
}
