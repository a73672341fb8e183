//! Flags as JSON Lines.

use std::io::{self, Write};

use super::Flags;
use crate::report::jsonl::{RunLine, line, lines};

/// Writes the flags as JSON Lines: `run`, `summary`, then `flag`, `agency`, `outlet` and
/// `skipped`, each with the fields that it has in the JSON value. The writer is written to in
/// small pieces: give it a buffer.
///
/// # Errors
/// When `out` fails.
pub fn write(flags: &Flags, out: &mut dyn Write) -> io::Result<()> {
    line(out, "run", &RunLine { schema: &flags.schema, run: &flags.run })?;
    line(out, "summary", &flags.summary)?;
    lines(out, "flag", &flags.flags)?;
    lines(out, "agency", &flags.agencies)?;
    lines(out, "outlet", &flags.outlets)?;
    lines(out, "skipped", &flags.skipped)
}
