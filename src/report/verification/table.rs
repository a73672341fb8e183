//! JSON, JSON lines and CSV.

use std::io::{self, Write};

use super::{Listing, listed};
use crate::fixity::verification::{Row, Verification};

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
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
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
    ])?;
    for row in listed(verification, listing) {
        let path = row.path.0.to_string_lossy();
        let status = row.status.word();
        let empty = String::new;
        let record: [String; 9] = match &row.name_check {
            Some(check) => {
                let diagnosis = check.diagnosis.as_ref();
                let cause = diagnosis.and_then(|d| serde_json::to_value(d.cause).ok());
                [
                    check.named.clone(),
                    check.found.clone().unwrap_or_default(),
                    check.convention.clone().unwrap_or_default(),
                    check.bits.to_string(),
                    check.readings.to_string(),
                    cause.and_then(|cause| cause.as_str().map(str::to_owned)).unwrap_or_default(),
                    diagnosis.map_or_else(empty, |d| d.text.clone()),
                    diagnosis.and_then(|d| d.command.clone()).unwrap_or_default(),
                    diagnosis.and_then(|d| d.other.clone()).unwrap_or_default(),
                ]
            }
            None => {
                let mut record: [String; 9] = Default::default();
                record[6] = row.reason.clone().unwrap_or_default();
                record
            }
        };
        table.write_record([path.as_ref(), status].into_iter().chain(record.iter().map(String::as_str)))?;
    }
    table.flush()
}
