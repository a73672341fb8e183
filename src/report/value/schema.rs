//! Which layout of the JSON this version reads.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Reads the name of a layout, and refuses every other one than `known`: what another layout
/// means cannot be known here.
pub(in crate::report) fn only<'de, D: Deserializer<'de>>(
    known: &str,
    deserializer: D,
) -> Result<String, D::Error> {
    let found = String::deserialize(deserializer)?;
    if found == known {
        return Ok(found);
    }
    let (kind, version) = split(&found);
    let (known_kind, known_version) = split(known);
    Err(Error::custom(match version.cmp(&known_version) {
        _ if kind != known_kind || version == 0 => format!("this is `{found}`, not `{known}`"),
        std::cmp::Ordering::Greater => {
            format!("this is `{found}`, written by a newer version; this one reads `{known}`")
        }
        _ => format!("this is `{found}`, written by an older version; this one reads `{known}`"),
    }))
}

/// Name and number of a layout; 0 where there is no number.
fn split(schema: &str) -> (&str, u32) {
    let (kind, version) = schema.rsplit_once('/').unwrap_or((schema, ""));
    (kind, version.parse().unwrap_or(0))
}
