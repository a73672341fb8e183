//! Bytes of a plain file into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell UTF-16 without a byte order mark.
const SAMPLE: usize = 4096;

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text without its byte order mark; line ends are as they were.
    pub(super) text: String,
    /// The encoding where it is not UTF-8.
    pub(super) encoding: Option<&'static str>,
    /// Byte sequences that were not UTF-8 in a text that is.
    pub(super) replaced: usize,
}

impl Decoded {
    /// Says what was replaced, if anything was.
    pub(super) fn note(&self) -> Option<String> {
        let (sequences, were) =
            if self.replaced == 1 { ("sequence is", "was") } else { ("sequences are", "were") };
        let replaced = self.replaced;
        (replaced > 0).then(|| format!("{replaced} byte {sequences} not UTF-8 and {were} replaced"))
    }
}

/// Decodes a text, or returns nothing when the bytes are no text.
///
/// A byte order mark decides; else UTF-8 when it is valid or nearly so, UTF-16 when every other byte of the
/// beginning is zero, and else the legacy encoding that the bytes look like most.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let decoded = if let Some((encoding, length)) = Encoding::for_bom(&bytes)
        && encoding != UTF_8
    {
        decode_as(encoding, &bytes[length..])
    } else if let Some(encoding) = utf16_without_mark(&bytes) {
        decode_as(encoding, &bytes)
    } else {
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                Decoded { text, encoding: None, replaced: 0 }
            }
            Err(error) => {
                let is_cut = error.utf8_error().error_len().is_none();
                let bytes = error.into_bytes();
                let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
                nearly_utf8(bytes, is_cut).unwrap_or_else(|| decode_as(legacy(bytes), bytes))
            }
        }
    };
    (!is_binary(&decoded.text)).then_some(decoded)
}

/// Letters outside ASCII for each broken one in a text that is still UTF-8. In other encodings few are
/// UTF-8 by chance.
const WHOLE: usize = 10;

/// Decodes UTF-8 with a few stray bytes or a cut end, as files have that were put together or broke off.
fn nearly_utf8(bytes: &[u8], is_cut: bool) -> Option<Decoded> {
    let text = String::from_utf8_lossy(bytes);
    let replaced = text.matches('\u{fffd}').count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let whole = foreign - replaced;
    (whole >= WHOLE * replaced || is_cut && replaced == 1 && whole > 0).then(|| Decoded {
        text: text.into_owned(),
        encoding: None,
        replaced,
    })
}

/// Decodes a text whose encoding somebody declared, or returns nothing when the bytes are no text.
///
/// A byte order mark is stronger than the declaration, and so is what the bytes are: valid UTF-8
/// with letters outside ASCII is UTF-8, and what is not UTF-8 is not read as such but for a few
/// broken letters. `notes` is told where the declaration was not followed.
pub(super) fn decode_as_declared(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    notes: &mut Vec<String>,
) -> Option<Decoded> {
    let decoded = decode_declared(bytes, declared, notes)?;
    notes.extend(decoded.note());
    Some(decoded)
}

fn decode_declared(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    notes: &mut Vec<String>,
) -> Option<Decoded> {
    let Some(declared) = declared.filter(|_| Encoding::for_bom(bytes).is_none()) else {
        return decode(bytes.to_vec());
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            if text.is_ascii() && declared == ISO_2022_JP {
                return Some(decode_as(declared, bytes));
            }
            if declared != UTF_8 && !text.is_ascii() {
                notes.push(format!("declared as {}, but it is UTF-8", declared.name()));
            }
            return decode(bytes.to_vec());
        }
        Err(_) if declared != UTF_8 => {
            let decoded = decode_as(declared, bytes);
            return (!is_binary(&decoded.text)).then_some(decoded);
        }
        Err(_) => {}
    }
    let decoded = decode(bytes.to_vec())?;
    if let Some(name) = decoded.encoding {
        notes.push(format!("declared as UTF-8, but it is not; read as {name}"));
    }
    Some(decoded)
}

/// Returns the encoding that a tag names, in lower case: `<?xml encoding=...`, `<meta charset=...` or
/// its older form.
pub(super) fn declared_in(tag: &str) -> Option<&'static Encoding> {
    let after = tag.split_once("charset").or_else(|| tag.split_once("encoding"))?.1;
    let value = after
        .trim_start()
        .strip_prefix('=')?
        .trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '?'));
    let encoding = Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])?;
    // What can be read as ASCII is not UTF-16, as the standard of HTML says too.
    Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

/// Returns the encoding that bytes look like most which are not UTF-8.
pub(super) fn legacy(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: Some(encoding.name()), replaced: 0 }
}

/// Recognises text of mostly Latin letters in UTF-16, where every other byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    let zeros =
        |first: usize| sample[first.min(sample.len())..].iter().step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = |zeros: usize| zeros * 10 > pairs * 7;
    let few = |zeros: usize| zeros * 50 < pairs.max(1);
    match (bytes.len() % 2, pairs >= 2) {
        (0, true) if most(odd) && few(even) => Some(UTF_16LE),
        (0, true) if most(even) && few(odd) => Some(UTF_16BE),
        _ => None,
    }
}

/// Says whether a text holds what no text holds: zeros, or more than a few control characters.
fn is_binary(text: &str) -> bool {
    if text.contains('\0') {
        return true;
    }
    // The controls U+0080 to U+009F do not count: mis-encoded but readable text is full of them.
    let is_odd = |byte: &u8| matches!(byte, 1..=8 | 0xe..=0x19 | 0x1b..=0x1f | 0x7f);
    let replaced = memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count();
    // In pieces whose counts fit a byte, so that many bytes are looked at in one step.
    let odd = |piece: &[u8]| usize::from(piece.iter().map(|byte| u8::from(is_odd(byte))).sum::<u8>());
    let odd = text.as_bytes().chunks(255).map(odd).sum::<usize>() + replaced;
    odd > 4 && odd > text.chars().count() / 100
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
        let decoded = decode(bytes.to_vec()).unwrap();
        (decoded.text, decoded.encoding)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_left_as_it_is_but_for_its_mark() {
        assert_eq!(decoded("café\r\nb\rc\n".as_bytes()), ("café\r\nb\rc\n".to_owned(), None));
        assert_eq!(decoded("\u{feff}a\u{feff}b".as_bytes()), ("a\u{feff}b".to_owned(), None));
        assert_eq!(decoded(b""), (String::new(), None));
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let text = "The minister said “no” on Tuesday.";
        let marked = format!("\u{feff}{text}");
        assert_eq!(decoded(&utf16(&marked, u16::to_le_bytes)), (text.to_owned(), Some("UTF-16LE")));
        assert_eq!(decoded(&utf16(&marked, u16::to_be_bytes)), (text.to_owned(), Some("UTF-16BE")));
        assert_eq!(decoded(&utf16(text, u16::to_le_bytes)), (text.to_owned(), Some("UTF-16LE")));
        assert_eq!(decoded(&utf16(text, u16::to_be_bytes)), (text.to_owned(), Some("UTF-16BE")));
    }

    #[test]
    fn legacy_encodings_are_detected_and_named() {
        let (text, encoding) =
            decoded(b"Le pr\xe9sident a d\xe9clar\xe9 \xab non \xbb \xe0 l\x92\xc9lys\xe9e.");
        assert_eq!(text, "Le président a déclaré « non » à l’Élysée.");
        assert_eq!(encoding, Some("windows-1252"));
        let russian = "Президент заявил о встрече в Хельсинки.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decoded(&bytes), (russian.to_owned(), Some("windows-1251")));
    }

    #[test]
    fn what_is_cut_off_or_has_a_stray_byte_is_still_utf8() {
        let text = "Le président a déclaré « non » à l’Élysée : « été, été, été »".as_bytes();
        let cut = decode(text[..text.len() - 1].to_vec()).unwrap();
        assert_eq!((cut.encoding, cut.replaced), (None, 1));
        assert_eq!(cut.note().as_deref(), Some("1 byte sequence is not UTF-8 and was replaced"));
        let stray = decode([text, b"\xff"].concat()).unwrap();
        assert_eq!((stray.encoding, stray.replaced), (None, 1));
        // A single letter at the end is as well one of another encoding.
        assert_eq!(decoded(b"Un caf\xe9"), ("Un café".to_owned(), Some("windows-1252")));
    }

    #[test]
    fn binary_bytes_are_no_text() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()), None);
        assert_eq!(decode((0..=255).cycle().take(5000).collect()), None);
        assert_eq!(decode((1..=31).cycle().take(500).collect()), None);
        assert!(decode("\u{c3}\u{81}\u{8d}".repeat(9).into_bytes()).is_some());
        assert!(decode(b"a form feed \x0c and a stray \x07 bell".to_vec()).is_some());
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_not(bytes: Vec<u8>) {
            let is_utf8 = std::str::from_utf8(&bytes).is_ok();
            if let Some(decoded) = decode(bytes) {
                prop_assert!(!decoded.text.contains('\0'));
                prop_assert!(!is_utf8 || decoded.encoding.is_none_or(|name| name.starts_with("UTF-16")));
            }
        }

        #[test]
        fn utf8_text_comes_back_as_it_was(text in "[ -~\\n\\ré–日]{0,80}") {
            let decoded = decode(text.clone().into_bytes());
            prop_assert_eq!(decoded, Some(Decoded { text, encoding: None, replaced: 0 }));
        }
    }
}
