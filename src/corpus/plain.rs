//! A file that is one article.

use std::io::Read;

use super::framing::LONGEST;
use super::reading::FileRead;
use super::source::Source;
use super::{Article, ListedFile, Packing, Skipped, decoding, fault};

/// Reads a file as one article.
pub(super) fn read(file: &ListedFile, mut source: Source<'_>) -> FileRead {
    let unpacked = unpack(file, &mut source);
    let input = match source.finish(file.path.clone(), false) {
        Ok(input) => input,
        Err(reason) => return FileRead::failed(file, reason),
    };
    let skip =
        |incomplete, reason: String| Skipped { path: file.path.clone(), record: None, incomplete, reason };
    let mut read = FileRead::default();
    match unpacked.map(decoding::decode) {
        Err(reason) => read.skipped.push(skip(true, reason)),
        Ok(None) => read.skipped.push(skip(true, "binary file, not text".to_owned())),
        Ok(Some(decoded)) if decoded.text.trim().is_empty() => {
            read.skipped.push(skip(false, "empty file".to_owned()));
        }
        Ok(Some(decoded)) => read.articles.push(Article {
            id: file.path.to_string_lossy().into_owned(),
            file: 0,
            record: None,
            outlet: None,
            published: None,
            title: None,
            url: None,
            credits: Vec::new(),
            notes: Vec::new(),
            body: decoded.text.into(),
            sha256: input.sha256,
            encoding: decoded.encoding,
        }),
    }
    read.input = Some(input);
    read
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
