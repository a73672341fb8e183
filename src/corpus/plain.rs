//! A file that is one article.

use std::io::Read;

use super::draft::{Draft, Place};
use super::framing::LONGEST;
use super::reading::FileRead;
use super::source::Source;
use super::{Kind, ListedFile, Packing, Skipped, decoding, fault, html};

/// Reads a file as one article.
pub(super) fn read(file: &ListedFile, mut source: Source<'_>, explain: bool) -> FileRead {
    let unpacked = unpack(file, &mut source);
    let input = match source.finish(file.path.clone(), false) {
        Ok(input) => input,
        Err(reason) => return FileRead::failed(file, reason),
    };
    let skip =
        |incomplete, reason: String| Skipped { path: file.path.clone(), record: None, incomplete, reason };
    let mut read = FileRead::default();
    match unpacked.and_then(|bytes| draft(file.kind, bytes)) {
        Err(reason) => read.skipped.push(skip(true, reason)),
        Ok(None) => read.skipped.push(skip(false, "empty file".to_owned())),
        Ok(Some(draft)) => {
            let id = file.path.to_string_lossy().into_owned();
            let place = Place { id, record: None, sha256: Some(input.sha256) };
            read.articles.push(draft.settle(place, explain));
        }
    }
    read.input = Some(input);
    read
}

/// Reads the bytes of a file; nothing when there is no text in them.
fn draft(kind: Kind, bytes: Vec<u8>) -> Result<Option<Draft>, String> {
    if bytes.trim_ascii().is_empty() {
        return Ok(None);
    }
    if kind == Kind::Page {
        return html::read(&bytes, None, None).map(|page| Some(page.into()));
    }
    let decoded = decoding::decode(bytes).ok_or_else(|| "binary file, not text".to_owned())?;
    let draft = Draft { text: decoded.text, encoding: decoded.encoding, ..Draft::default() };
    Ok((!draft.text.trim().is_empty()).then_some(draft))
}

fn unpack(file: &ListedFile, source: &mut Source<'_>) -> Result<Vec<u8>, String> {
    let packed = file.packing != Packing::Plain;
    let expected = if packed { 0 } else { usize::try_from(file.bytes).unwrap_or(0).min(LONGEST) };
    let mut bytes = Vec::with_capacity(expected);
    let limit = LONGEST as u64 + 1;
    let read = source.unpack(file.packing).and_then(|unpacked| unpacked.take(limit).read_to_end(&mut bytes));
    match read {
        Err(error) if packed => Err(fault::in_compressed_data(&error)),
        Err(error) => Err(fault::in_words(&error)),
        Ok(_) if bytes.len() > LONGEST => {
            Err(format!("longer than {} MiB, which no article is", LONGEST >> 20))
        }
        Ok(_) => Ok(bytes),
    }
}
