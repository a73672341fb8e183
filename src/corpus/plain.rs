//! An input that is one article.

use std::io::Read;

use super::bound::{LONGEST, read_at_most};
use super::container;
use super::draft::Draft;
use super::fault::InWords;
use super::opening::{Found, Input};
use super::{Kind, Skipped, decoding, html};

/// Reads an input as one article: a text, or a page.
///
/// # Errors
/// Why there is no text in it.
pub(super) fn read(
    input: &Input<'_>,
    kind: Kind,
    mut stream: impl Read,
    in_words: InWords,
    found: &mut Found,
) -> Result<(), String> {
    let expected = usize::try_from(input.bytes).unwrap_or(0);
    let bytes = read_at_most(&mut stream, LONGEST, expected, "which no article is")
        .map_err(|error| in_words(&error))?;
    match draft(kind, bytes)? {
        Some(draft) => found.add(container::settle(Ok((None, draft)), input)),
        None => {
            let reason = "empty file".to_owned();
            found.skip(Skipped { path: input.path.clone(), record: None, incomplete: false, reason });
        }
    }
    Ok(())
}

/// Reads the bytes of a file; nothing when there is no text in them.
fn draft(kind: Kind, bytes: Vec<u8>) -> Result<Option<Draft>, String> {
    if bytes.trim_ascii().is_empty() {
        return Ok(None);
    }
    if kind == Kind::Page {
        return html::read(&bytes, None).map(|page| Some(page.into()));
    }
    let decoded = decoding::decode(bytes).ok_or_else(|| "binary file, not text".to_owned())?;
    let draft = Draft::from(decoded);
    Ok((!draft.text.trim().is_empty()).then_some(draft))
}
