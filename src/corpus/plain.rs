//! An input that is one article.

use std::io::Read;

use super::bound::{LONGEST, read_at_most};
use super::fault::InWords;
use super::opening::{Found, Input};
use super::{Article, Sha256Digest, Skipped, decoding};

/// Reads an input as one article.
///
/// # Errors
/// Why there is no text in it.
pub(super) fn read(
    input: &Input<'_>,
    mut stream: impl Read,
    in_words: InWords,
    found: &mut Found,
) -> Result<(), String> {
    let expected = usize::try_from(input.bytes).unwrap_or(0);
    let bytes = read_at_most(&mut stream, LONGEST, expected, "which no article is")
        .map_err(|error| in_words(&error))?;
    let decoded = decoding::decode(bytes).ok_or("binary file, not text")?;
    if decoded.text.trim().is_empty() {
        let reason = "empty file".to_owned();
        found.skip(Skipped { path: input.path.clone(), record: None, incomplete: false, reason });
        return Ok(());
    }
    found.articles.push(Article {
        id: input.path.to_string_lossy().into_owned(),
        file: 0,
        record: None,
        outlet: None,
        published: None,
        captured: None,
        title: None,
        url: None,
        credits: Vec::new(),
        notes: Vec::new(),
        sha256: Sha256Digest::of(decoded.text.as_bytes()),
        body: decoded.text.into(),
        encoding: decoded.encoding,
    });
    Ok(())
}
