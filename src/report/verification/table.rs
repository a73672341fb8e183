//! JSON, JSON lines and CSV.

use std::io::{self, Write};

use super::{Listing, listed};
use crate::fixity::{Row, Verification};
use crate::report::csv::Table;

/// Writes one JSON object; its `files` are those listed.
///
/// # Errors
/// What the writer says.
pub fn write_json(out: &mut dyn Write, verification: &Verification, listing: Listing) -> io::Result<()> {
    let files: Vec<Row> = listed(verification, listing).cloned().collect();
    serde_json::to_writer_pretty(&mut *out, &Verification { files, ..verification.clone() })?;
    writeln!(out)
}

/// Writes one JSON object a listed file, a line each.
///
/// # Errors
/// What the writer says.
pub fn write_jsonl(out: &mut dyn Write, verification: &Verification, listing: Listing) -> io::Result<()> {
    for row in listed(verification, listing) {
        serde_json::to_writer(&mut *out, row)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes a header and one row a listed file.
///
/// # Errors
/// What the writer says.
pub fn write_csv(out: &mut dyn Write, verification: &Verification, listing: Listing) -> io::Result<()> {
    const COLUMNS: [&str; 11] = [
        "path",
        "status",
        "named",
        "found",
        "convention",
        "bits",
        "readings",
        "cause",
        "why",
        "command",
        "other",
    ];
    let mut table = Table::new(out, COLUMNS)?;
    for row in listed(verification, listing) {
        let check = row.name_check.as_ref();
        let diagnosis = check.and_then(|check| check.diagnosis.as_ref());
        table.text(&row.path.0.to_string_lossy())?;
        table.text(row.status.word())?;
        table.text_or_empty(check.map(|check| check.named.as_str()))?;
        table.text_or_empty(check.and_then(|check| check.found.as_deref()))?;
        table.text_or_empty(check.and_then(|check| check.convention.as_deref()))?;
        table.count_or_empty(check.map(|check| check.bits))?;
        table.count_or_empty(check.map(|check| check.readings))?;
        table.text_or_empty(diagnosis.map(|diagnosis| diagnosis.cause.id()))?;
        let why = diagnosis.map(|diagnosis| diagnosis.text.as_str());
        table.text_or_empty(if check.is_some() { why } else { row.reason.as_deref() })?;
        table.text_or_empty(diagnosis.and_then(|diagnosis| diagnosis.command.as_deref()))?;
        table.text_or_empty(diagnosis.and_then(|diagnosis| diagnosis.other.as_deref()))?;
        table.end_row()?;
    }
    table.finish()
}
