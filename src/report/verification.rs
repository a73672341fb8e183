//! Whether names match their hashes: a [`Verification`] as text, JSON, JSON lines or CSV, and digests
//! as GNU checksum lines.

mod sums;
mod table;
mod text;

pub use sums::write_sums;
pub use table::{write_csv, write_json, write_jsonl};
pub use text::{write_paths, write_text};

use crate::fixity::{Row, Verification};

/// Which files are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Those that need attention.
    Attention,
    /// All.
    All,
}

fn listed(verification: &Verification, listing: Listing) -> impl Iterator<Item = &Row> {
    verification.files.iter().filter(move |row| listing == Listing::All || row.status.needs_attention())
}
