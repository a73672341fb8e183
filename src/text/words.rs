//! Words: normalised tokens that map back to bytes of the original text.
//!
//! A word is a maximal run of letters, digits and the marks that belong to them. In scripts that
//! put no space between words (Han, kana, Thai, Lao, Khmer, Myanmar) every character is a word of
//! its own. Case, compatibility forms, apostrophes inside words and the dots of `U.S.` are folded
//! away; the original bytes of a word are always known, because splitting happens on the original
//! text and folding on one word at a time.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Calls `each` with the byte range and the folded form of every word of `text`, in order.
///
/// Ranges are ascending, do not overlap, and lie on character borders. A folded form is never
/// empty, and folding it again changes nothing.
pub fn for_each_word(text: &str, mut each: impl FnMut(Range<usize>, Folded<'_>)) {
    let bytes = text.as_bytes();
    let mut short = [0; SHORT];
    let mut folded = String::new();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let (first, mut length) = plain_letters(&bytes[start..]);
        short[..EIGHT].copy_from_slice(&first.to_le_bytes());
        let mut count = length;
        while count == EIGHT && length < SHORT {
            let (letters, more) = plain_letters(&bytes[start + length..]);
            short[length..length + EIGHT].copy_from_slice(&letters.to_le_bytes());
            length += more;
            count = more;
        }
        if length > 0 && ends_plainly(bytes, start + length) {
            at = start + length;
            each(start..at, Folded { letters: &short[..length], first });
        } else {
            at = end_of_any(text, start);
            fold(&text[start..at], &mut folded);
            each(start..at, Folded::from(&*folded));
        }
    }
}

/// The folded form of a word.
#[derive(Debug, Clone, Copy)]
pub struct Folded<'w> {
    /// UTF-8.
    letters: &'w [u8],
    first: u64,
}

impl<'w> Folded<'w> {
    /// Returns it as bytes of UTF-8.
    #[must_use]
    pub fn as_bytes(self) -> &'w [u8] {
        self.letters
    }

    /// Returns it as text.
    #[must_use]
    pub fn as_str(self) -> &'w str {
        std::str::from_utf8(self.letters).expect("made of text")
    }

    /// The first eight bytes as a little-endian number.
    pub(super) fn first(self) -> u64 {
        self.first
    }

    /// Whether the first eight bytes are all.
    pub(super) fn is_short(self) -> bool {
        self.letters.len() <= EIGHT
    }
}

impl<'w> From<&'w str> for Folded<'w> {
    fn from(folded: &'w str) -> Self {
        let letters = folded.as_bytes();
        Self { letters, first: first_eight(letters) }
    }
}

/// The first eight bytes as a little-endian number; where there are fewer, zeroes follow.
fn first_eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(&eight) => u64::from_le_bytes(eight),
        None => bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// Bytes of the longest word that is folded while it is read.
const SHORT: usize = 32;

/// Bytes that are looked at together.
const EIGHT: usize = size_of::<u64>();

/// The ASCII letters and digits that some bytes begin with, at most eight: folded, in the order of the
/// bytes of a little-endian number, and how many they are.
fn plain_letters(bytes: &[u8]) -> (u64, usize) {
    let eight = first_eight(bytes);
    let count = plain_count(eight);
    // The bit that tells small letters from capital ones is set in every digit too.
    let small = eight | each_byte(0x20);
    let kept = if count < EIGHT { (1 << (8 * count)) - 1 } else { u64::MAX };
    (small & kept, count)
}

/// How many of eight bytes, from the first (lowest) on, are ASCII letters or digits.
fn plain_count(eight: u64) -> usize {
    // Seven bits a byte, so that nothing is carried from one into the next; the eighth then says
    // whether the sum came to 128.
    let ascii = eight & each_byte(0x7F);
    let small = ascii | each_byte(0x20);
    let at_least = |bytes: u64, least: u8| bytes + each_byte(0x80 - least);
    let digit = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let letter = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let other = !(digit | letter) | eight;
    (other & each_byte(0x80)).trailing_zeros() as usize / 8
}

const fn each_byte(byte: u8) -> u64 {
    u64::from_le_bytes([byte; EIGHT])
}

/// Returns the byte ranges of the words of `text`; see [`for_each_word`].
#[must_use]
pub fn word_ranges(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(|| {
        let start = next_start(text, at)?;
        at = end_of(text, start);
        Some(start..at)
    })
    .collect()
}

/// Returns the normalised text: the folded words, one space between two.
#[must_use]
pub fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for_each_word(text, |_, word| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.as_str());
    });
    out
}

/// Whether `c` belongs to a script whose words cannot be found without a dictionary, so that
/// each character is a word.
#[must_use]
pub fn is_word_by_itself(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF             // Thai, Lao
        | 0x1000..=0x109F           // Myanmar
        | 0x1780..=0x17FF           // Khmer
        | 0x3005 | 0x3007
        | 0x3041..=0x30FF | 0x31F0..=0x31FF // kana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F           // half-width kana
        | 0x1B000..=0x1B16F
        | 0x20000..=0x3FFFF)
}

/// Where the next word starts, at `from` or behind it. ASCII is looked at without decoding.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        let byte = *bytes.get(start)?;
        if byte < 0x80 {
            if byte.is_ascii_alphanumeric() {
                return Some(start);
            }
            start += 1;
        } else {
            let c = char_at(text, start)?;
            if is_letter_or_digit(c) {
                return Some(start);
            }
            start += c.len_utf8();
        }
    }
}

fn is_letter_or_digit(c: char) -> bool {
    traits(c) & LETTER_OR_DIGIT != 0
}

/// What a character is to words: `LETTER_OR_DIGIT`, `MARK`, both, or neither. Asked of every character
/// beyond ASCII, so the answers for the first 65 536 are kept.
fn traits(c: char) -> u8 {
    TRAITS.get(c as usize).copied().unwrap_or_else(|| traits_looked_up(c))
}

static TRAITS: LazyLock<Box<[u8]>> =
    LazyLock::new(|| (0..=0xFFFF).map(|c| char::from_u32(c).map_or(0, traits_looked_up)).collect());

/// Looks up what words need to know of every character.
pub(super) fn prepare() {
    LazyLock::force(&TRAITS);
}

const LETTER_OR_DIGIT: u8 = 1;
/// Continues a word but never starts one: marks and invisible characters.
const MARK: u8 = 2;

fn traits_looked_up(c: char) -> u8 {
    let letter_or_digit = if c.is_alphanumeric() { LETTER_OR_DIGIT } else { 0 };
    let mark = if is_invisible(c) || is_combining_mark(c) { MARK } else { 0 };
    letter_or_digit | mark
}

/// Whether a word of ASCII letters and digits ends at `end` for certain; if not, [`end_of`] tells.
fn ends_plainly(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        // What joins does so before a letter or digit only.
        Some(b'\'' | b'.' | b',') => {
            bytes.get(end + 1).is_none_or(|next| next.is_ascii() && !next.is_ascii_alphanumeric())
        }
        Some(next) => next.is_ascii() && !next.is_ascii_alphanumeric(),
    }
}

/// Returns where the word ends that starts at byte `start` of `text`.
pub(super) fn end_of(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut plain = 0;
    loop {
        let count = plain_count(first_eight(&bytes[start + plain..]));
        plain += count;
        if count < EIGHT {
            break;
        }
    }
    if plain > 0 && ends_plainly(bytes, start + plain) { start + plain } else { end_of_any(text, start) }
}

/// [`end_of`], of words of all kinds.
fn end_of_any(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let first = char_at(text, start).expect("a word starts on a character");
    let mut end = start + first.len_utf8();
    if is_word_by_itself(first) {
        return skip_marks(text, end);
    }
    let mut segment_start = start;
    while end < bytes.len() {
        if bytes[end].is_ascii_alphanumeric() {
            end += 1;
            continue;
        }
        let Some(c) = char_at(text, end) else { break };
        if is_letter_or_digit(c) {
            if is_word_by_itself(c) {
                break;
            }
            end += c.len_utf8();
        } else if belongs_to_word(c) {
            end += c.len_utf8();
        } else if joins(text, segment_start, end, c) {
            end += c.len_utf8();
            segment_start = end;
        } else {
            break;
        }
    }
    end
}

/// Whether the punctuation `c` at `at` joins the letters or digits on both of its sides into one
/// word: an apostrophe between letters, a point or comma between digits, the dots of `U.S.`.
fn joins(text: &str, segment_start: usize, at: usize, c: char) -> bool {
    let mut after = text[at + c.len_utf8()..].chars();
    let Some(next) = after.next() else { return false };
    let Some(last) = text[segment_start..at].chars().next_back() else { return false };
    if is_word_by_itself(next) {
        return false;
    }
    match c {
        '\'' | '’' | 'ʼ' | '＇' => last.is_alphabetic() && next.is_alphabetic(),
        '.' | ',' if last.is_numeric() => next.is_numeric(),
        // Single letters on both sides only: `Malaysia.You` is a lost line break, not a word.
        '.' => {
            let one_letter = text[segment_start..at].chars().nth(1).is_none();
            one_letter
                && last.is_alphabetic()
                && next.is_alphabetic()
                && !after.next().is_some_and(|c| c.is_alphanumeric() || belongs_to_word(c))
        }
        _ => false,
    }
}

fn skip_marks(text: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| belongs_to_word(c)) {
        at += c.len_utf8();
    }
    at
}

fn belongs_to_word(c: char) -> bool {
    !c.is_ascii() && traits(c) & MARK != 0
}

/// Soft hyphen, zero-width space, joiners, word joiner, byte order mark, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xFEFF)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Writes the folded form of one word into `out`.
fn fold(word: &str, out: &mut String) {
    fold_letters(word, out);
    if out.is_empty() {
        // A sign that folds to nothing stays what it is, so that every word has a form.
        out.push_str(word);
    }
}

fn fold_letters(word: &str, out: &mut String) {
    out.clear();
    if word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '\'' | '’')) {
        out.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return;
    }
    if word.is_ascii() {
        let letters = word.bytes().any(|b| b.is_ascii_alphabetic());
        for byte in word.bytes() {
            let inside_number = !letters && (byte == b'.' || byte == b',');
            if byte.is_ascii_alphanumeric() || inside_number {
                out.push(char::from(byte.to_ascii_lowercase()));
            }
        }
        return;
    }
    let mut last = String::from(word);
    // Twice nearly always suffices (fold, see no change). Compatibility forms of compatibility
    // forms exist, hence a loop; it is bounded because each round can only decompose further.
    for _ in 0..8 {
        out.clear();
        fold_once(&last, out);
        if *out == last {
            return;
        }
        std::mem::swap(&mut last, out);
    }
    std::mem::swap(&mut last, out);
}

fn fold_once(word: &str, out: &mut String) {
    let inside_number = !word.chars().any(char::is_alphabetic);
    for c in word.nfkc().flat_map(char::to_lowercase).nfkc() {
        match c {
            'ß' => out.push_str("ss"),
            'ς' => out.push('σ'),
            '.' | ',' if inside_number => out.push(c),
            c if is_invisible(c) => {}
            c if traits(c) != 0 => out.push(c),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(text, |_, word| words.push(word.as_str().to_owned()));
        words
    }

    #[test]
    fn case_quotes_dashes_and_dots_fold_away() {
        assert_eq!(
            folded("The U.S. “stoutly” don’t—week-long"),
            ["the", "us", "stoutly", "dont", "week", "long"]
        );
        assert_eq!(folded("don't 5.6 1,204 COVID-19"), ["dont", "5.6", "1,204", "covid", "19"]);
    }

    #[test]
    fn a_lost_space_after_a_full_stop_still_separates_words() {
        assert_eq!(
            folded("in Malaysia.You live J.K.Rowling"),
            ["in", "malaysia", "you", "live", "jk", "rowling"]
        );
    }

    #[test]
    fn compatibility_forms_and_invisible_characters_fold() {
        assert_eq!(folded("ﬁrst ＡＢＣ Stra\u{ad}ße"), ["first", "abc", "strasse"]);
        assert_eq!(folded("co\u{200b}py e\u{301}te\u{301}"), ["copy", "été"]);
    }

    #[test]
    fn each_han_kana_and_thai_character_is_a_word() {
        assert_eq!(folded("新华社12日电"), ["新", "华", "社", "12", "日", "电"]);
        assert_eq!(folded("ที่นี่"), ["ที่", "นี่"]);
    }

    #[test]
    fn sinhala_and_tamil_words_keep_their_vowel_signs() {
        assert_eq!(folded("ශ්‍රී ලංකාව தமிழ் செய்தி").len(), 4);
    }

    #[test]
    fn traits_are_those_of_the_character() {
        for c in ['a', '9', 'é', '’', '—', '\u{a0}', '新', '\u{301}', '\u{ad}', '\u{200b}', 'ි', '𝐀', '😀']
        {
            assert_eq!(traits(c) & LETTER_OR_DIGIT != 0, c.is_alphanumeric(), "{c:?}");
            assert_eq!(traits(c) & MARK != 0, is_invisible(c) || is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn eight_bytes_at_once_are_what_they_are_one_by_one() {
        for (at, byte) in (0..EIGHT).flat_map(|at| (0..=255).map(move |byte| (at, byte))) {
            let mut bytes = *b"aZ09zA5qX";
            bytes[at] = byte;
            let plain = bytes[..EIGHT].iter().take_while(|byte| byte.is_ascii_alphanumeric());
            let folded: Vec<u8> = plain.map(u8::to_ascii_lowercase).collect();
            for cut in at + 1..=bytes.len() {
                let (letters, count) = plain_letters(&bytes[..cut]);
                assert_eq!(letters.to_le_bytes()[..count], folded[..folded.len().min(cut)], "{byte} at {at}");
                assert!(letters.to_le_bytes()[count..].iter().all(|&byte| byte == 0));
                assert_eq!(first_eight(&folded[..count]), letters);
            }
        }
    }

    proptest! {
        #[test]
        fn ranges_slice_the_original_and_folding_is_idempotent(text in "\\PC{0,80}|[a-zA-ZäßéİΣ’'.,0-9 \u{ad}\u{200d}ﬁ½新ที่]{0,80}") {
            let mut last = 0;
            for_each_word(&text, |range, word| {
                assert!(range.start >= last && range.end > range.start);
                last = range.end;
                assert!(text.get(range).is_some());
                let mut again = String::new();
                fold(word.as_str(), &mut again);
                assert_eq!(again, word.as_str());
            });
        }

        #[test]
        fn words_are_the_same_without_the_quick_way(text in "[a-zAé’'., 0-9新\u{ad}]{0,60}|[a-z0-9]{25,40}") {
            let mut words = word_ranges(&text).into_iter();
            let mut form = String::new();
            for_each_word(&text, |range, folded| {
                assert_eq!(words.next(), Some(range.clone()));
                assert_eq!(end_of_any(&text, range.start), range.end);
                fold(&text[range], &mut form);
                assert_eq!(form, folded.as_str());
            });
            prop_assert_eq!(words.next(), None);
        }

        #[test]
        fn an_apostrophe_folds_as_by_the_tables(word in "[a-zA-Z0-9]{1,4}[’'][a-z]{1,3}") {
            let (mut quick, mut slow) = (String::new(), String::new());
            fold(&word, &mut quick);
            fold_once(&word, &mut slow);
            prop_assert_eq!(quick, slow);
        }

        #[test]
        fn normalising_twice_is_normalising_once(text in "[a-zA-ZäßéΣ’'.,0-9 “”\u{ad}\u{200d}新ที่-]{0,80}") {
            let once = normalised(&text);
            prop_assert_eq!(normalised(&once), once);
        }
    }
}
