//! Errors of the operating system and of decompression in plain words.

use std::io::{self, ErrorKind};

use super::bound::Refusal;

/// How the errors of a stream are said: [`in_words`], or [`in_compressed_data`] where it is packed.
pub(super) type InWords = fn(&io::Error) -> String;

/// Returns what went wrong as a phrase without the path.
pub(super) fn in_words(error: &io::Error) -> String {
    if let Some(refusal) = refusal(error) {
        return refusal;
    }
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        ErrorKind::NotADirectory => "a part of the path is not a folder".to_owned(),
        ErrorKind::IsADirectory => "a folder, not a file".to_owned(),
        _ => {
            let text = error.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            format!("cannot be read: {}", &text[..end])
        }
    }
}

/// Returns what is wrong with compressed data.
pub(super) fn in_compressed_data(error: &io::Error) -> String {
    if let Some(refusal) = refusal(error) {
        return refusal;
    }
    let text = error.to_string();
    let cut = ["incomplete frame", "finished before end-of-stream", "unexpected end", "Unexpected end"];
    if error.kind() == ErrorKind::UnexpectedEof || cut.iter().any(|words| text.contains(words)) {
        "the compressed data ends too early: the file is cut short".to_owned()
    } else {
        format!("the compressed data is damaged ({text})")
    }
}

/// A decompressor may wrap the error of what it reads from, more than once.
fn refusal(error: &io::Error) -> Option<String> {
    let mut cause: &(dyn std::error::Error + 'static) = error.get_ref()?;
    loop {
        if let Some(refusal) = cause.downcast_ref::<Refusal>() {
            return Some(refusal.0.clone());
        }
        cause = match cause.downcast_ref::<io::Error>() {
            Some(inner) => inner.get_ref()?,
            None => cause.source()?,
        };
    }
}
