//! Errors of the operating system and of decompression in plain words.

use std::fmt::Display;
use std::io::{self, ErrorKind};

use super::bound::Refusal;

/// How the errors of a stream are said: [`in_words`], or [`in_compressed_data`] where it is packed.
pub(super) type InWords = fn(&io::Error) -> String;

/// Most characters of words that may repeat an input.
const MOST_REPEATED: usize = 200;

/// Returns what somebody says about an input, or a part of it, as one line of bounded length.
pub(super) fn repeated(words: &impl Display) -> String {
    let words = words.to_string();
    let line = |words: &str| words.replace(char::is_control, " ");
    match words.char_indices().nth(MOST_REPEATED) {
        Some((end, _)) => format!("{}…", line(&words[..end])),
        None => line(&words),
    }
}

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

/// Returns why a stream was refused, where that is its error. A decompressor may wrap the error of
/// what it reads from, more than once.
pub(super) fn refusal(error: &io::Error) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_an_input_is_one_short_line() {
        assert_eq!(repeated(&"expected `</a>`, found `</b\r\n>`"), "expected `</a>`, found `</b  >`");
        assert_eq!(repeated(&"é".repeat(201)), format!("{}…", "é".repeat(200)));
        assert_eq!(repeated(&"é".repeat(200)), "é".repeat(200));
    }
}
