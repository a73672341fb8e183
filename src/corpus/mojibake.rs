//! Text that was decoded once too often.

use memchr::memchr_iter;

/// Sequences from which a text is called mis-decoded; one may be what somebody wrote about.
const TELLING: usize = 2;

/// The letters that windows-1252 has at 0x80 to 0x9f; those that it has not are as in Latin-1.
const HIGH: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8a),
    ('‹', 0x8b),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9a),
    ('›', 0x9b),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// Says that a text looks like UTF-8 that was read as windows-1252, if it does: `cafÃ©`, `itâ€™s`.
pub(super) fn note(text: &str) -> Option<String> {
    let count =
        memchr_iter(0xc3, text.as_bytes()).filter(|at| is_misread(&text[*at..])).take(TELLING).count();
    (count >= TELLING).then(|| "the text looks like UTF-8 read as windows-1252".to_owned())
}

/// Whether the letters that a text begins with are the bytes of one UTF-8 letter.
fn is_misread(text: &str) -> bool {
    let mut bytes = text.chars().map_while(byte);
    let following = match bytes.next() {
        Some(0xc2..=0xdf) => 1,
        Some(0xe0..=0xef) => 2,
        Some(0xf0..=0xf4) => 3,
        _ => return false,
    };
    let mut continuation = bytes.take(following);
    continuation.by_ref().filter(|byte| (0x80..=0xbf).contains(byte)).count() == following
}

/// The byte that windows-1252 has for a letter.
fn byte(letter: char) -> Option<u8> {
    let high = HIGH.iter().find(|(high, _)| *high == letter).map(|(_, byte)| *byte);
    high.or_else(|| u8::try_from(u32::from(letter)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn misread(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn misread_letters_of_every_length_are_noticed() {
        for text in ["café, déjà", "it’s “new”", "日本語 の", "😀😀"] {
            assert!(note(&misread(text)).is_some(), "{}", misread(text));
            assert_eq!(note(text), None, "{text}");
        }
    }

    #[test]
    fn letters_that_look_alike_are_left_in_peace() {
        for text in ["São Paulo, AÇÃO, ÂNGULO", "Über “Ära”", "plain", "the letters Ã© stand for é"]
        {
            assert_eq!(note(text), None, "{text}");
        }
    }
}
