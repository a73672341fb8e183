//! What was not read, and why.

use std::collections::BTreeMap;
use std::io;

use anstyle::Style;

use super::figures::{count, len, number};
use super::page::{FOUND, Page, QUIET};
use super::table::Cell;
use super::{articles, clean};
use crate::report::SkippedEntry;

/// Most reasons on a short list.
const TOP_REASONS: usize = 10;
/// Most places named beside a reason on a short list.
const TOP_PLACES: usize = 3;

/// Writes the reasons, each with the places it concerns; those that leave the run incomplete
/// come first.
pub(super) fn write(skipped: &[SkippedEntry], page: &mut Page<'_>) -> io::Result<()> {
    if skipped.is_empty() {
        return Ok(());
    }
    let incomplete = skipped.iter().filter(|entry| entry.incomplete).count();
    let mut note = format!("{} not read", count(len(skipped), "input", "inputs"));
    if incomplete > 0 {
        note.push_str(&format!("; the result is incomplete for {}", number(incomplete as u64)));
    }
    page.heading("Skipped", &note)?;

    let mut reasons = BTreeMap::<(bool, &str), Vec<&SkippedEntry>>::new();
    for entry in skipped {
        reasons.entry((!entry.incomplete, &entry.reason)).or_default().push(entry);
    }
    let shown = page.shown(reasons.len(), TOP_REASONS);
    for ((by_design, reason), entries) in reasons.iter().take(shown) {
        let lead = match by_design {
            true => Cell::new("passed over", QUIET),
            false => Cell::new("not read", FOUND),
        };
        let places = page.shown(entries.len(), TOP_PLACES);
        let named = entries[..places].iter().map(|entry| articles::located(&entry.path, entry.record));
        let mut text = named.collect::<Vec<_>>().join(", ");
        if places < entries.len() {
            text.push_str(&format!(" and {} more", number((entries.len() - places) as u64)));
        }
        text.push_str(": ");
        text.push_str(&clean::prose(reason));
        page.item(0, &lead, "passed over".len(), &text, Style::new())?;
    }
    page.more(0, reasons.len(), shown)
}
