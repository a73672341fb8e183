//! The encoding of a page.

use encoding_rs::Encoding;

use crate::corpus::decoding::{self, Decoded};

/// Bytes in which a page may declare its encoding; the standard says 1024, pages say it later.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a page: `declared` is the encoding that came with it. Its own declaration counts where
/// none did.
///
/// # Errors
/// Why it is no text, as a phrase.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<(Decoded, Vec<String>), String> {
    let label = |label: &str| Encoding::for_label(label.as_bytes());
    let named = declared.and_then(label).or_else(|| in_page(bytes));
    let mut notes = Vec::new();
    let decoded = decoding::decode_as_declared(bytes, named, &mut notes)
        .ok_or_else(|| "binary file, not a page".to_owned())?;
    Ok((decoded, notes))
}

/// Returns the encoding that `<meta charset=...>` or its older form names.
fn in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start);
    start
        .match_indices("<meta")
        .chain(start.match_indices("<?xml"))
        .find_map(|(at, _)| decoding::declared_in(start[at..].split('>').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, Option<&'static str>, Vec<String>) {
        let (decoded, notes) = decode(bytes, declared).unwrap();
        (decoded.text, decoded.encoding, notes)
    }

    #[test]
    fn the_page_declares_its_encoding_in_either_form() {
        let page = b"<meta charset=\"windows-1251\"><p>\xcf\xf0\xe8\xe2\xe5\xf2";
        assert!(read(page, None).0.ends_with("Привет"));
        let page =
            b"<META http-equiv=Content-Type content='text/html; charset=iso-8859-2'><p>\xb1\xe6\xea</p>";
        assert_eq!(read(page, None).1, Some("ISO-8859-2"));
        assert!(read(page, None).0.ends_with("<p>ąćę</p>"));
        assert!(read(page, Some("windows-1252")).0.ends_with("<p>±æê</p>"), "what came with it is stronger");
    }

    #[test]
    fn valid_utf8_is_not_taken_for_something_else() {
        let (text, encoding, notes) = read("<meta charset=iso-8859-1><p>café".as_bytes(), None);
        assert!(text.ends_with("café"));
        assert_eq!(encoding, None);
        assert_eq!(notes, ["declared as windows-1252, but it is UTF-8"]);
        let (text, encoding, notes) = read(b"<meta charset=utf-8><p>Le pr\xe9sident a d\xe9j\xe0 dit", None);
        assert!(text.ends_with("Le président a déjà dit"), "{text}");
        assert_eq!(encoding, Some("windows-1252"));
        assert_eq!(notes, ["declared as UTF-8, but it is not; read as windows-1252"]);
    }

    #[test]
    fn one_broken_letter_does_not_change_the_encoding() {
        let page = [b"<meta charset=utf-8><p>".as_slice(), "éèà ".repeat(200).as_bytes(), b"\xc3 x"].concat();
        let (text, encoding, notes) = read(&page, None);
        assert!(text.ends_with("éèà \u{fffd} x"));
        assert_eq!(encoding, None);
        assert_eq!(notes, ["1 byte sequence is not UTF-8 and was replaced"]);
    }
}
