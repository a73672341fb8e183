//! Errors of the operating system and of decompression in plain words.

use std::io::{self, ErrorKind};

/// Returns what went wrong as a phrase without the path.
pub(super) fn in_words(error: &io::Error) -> String {
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
    if error.kind() == ErrorKind::UnexpectedEof || error.to_string().contains("incomplete frame") {
        "the compressed data ends too early: the file is cut short".to_owned()
    } else {
        format!("the compressed data is damaged ({error})")
    }
}
