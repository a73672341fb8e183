//! What a run of letters and digits looks like: a digest, a date, a UUID, a word, a copy's mark.

use std::sync::LazyLock;

use regex::Regex;

use crate::fixity::encoding::{Bits, Encoding};

static DASHED_UUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
        .expect("the pattern is constant")
});
static COPY_MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?: ?\(\d{1,3}\)| - copy| copy(?: \d{1,3})?|~\d{1,3})$")
        .expect("the pattern is constant")
});

/// The stem without ` (1)`, ` - Copy` and the like at its end.
pub(super) fn without_copy_mark(mut stem: &str) -> &str {
    // Every mark has one of these; the pattern is dear for a name that has none.
    if !stem.contains([' ', '~', '(']) {
        return stem;
    }
    while let Some(mark) = COPY_MARK.find(stem).filter(|mark| mark.start() > 0) {
        stem = &stem[..mark.start()];
    }
    stem
}

/// The byte ranges of dashed UUIDs.
pub(super) fn uuids(stem: &str) -> Vec<std::ops::Range<usize>> {
    if stem.len() < 36 {
        return Vec::new();
    }
    DASHED_UUID.find_iter(stem).map(|found| found.range()).collect()
}

/// What a token may be as a digest.
pub(super) struct Reading {
    pub(super) encoding: Encoding,
    pub(super) bits: Bits,
    pub(super) doubtful: bool,
}

/// Lengths in digits of whole digests in base32: MD5, SHA-1, SHA-256, SHA-512.
const BASE32_LENGTHS: [usize; 4] = [26, 32, 52, 103];
/// The same in base64, without padding, and for SHA-384.
pub(super) const BASE64_LENGTHS: [usize; 5] = [22, 27, 43, 64, 86];

/// Every encoding in which a token may be a digest.
pub(super) fn readings(token: &str) -> Vec<Reading> {
    let mut out: Vec<Reading> = hexadecimal(token).into_iter().collect();
    if !token.is_ascii() {
        return out;
    }
    if BASE32_LENGTHS.contains(&token.len()) {
        let doubtful = !token.bytes().any(|b| b.is_ascii_digit());
        let bits = Encoding::Base32.decode(token);
        out.extend(bits.map(|bits| Reading { encoding: Encoding::Base32, bits, doubtful }));
    }
    let bare = token.trim_end_matches('=');
    if BASE64_LENGTHS.contains(&bare.len()) && mixes_cases(bare) && !is_slug(bare) {
        let bits = Encoding::Base64.decode(bare);
        out.extend(bits.map(|bits| Reading { encoding: Encoding::Base64, bits, doubtful: false }));
    }
    if matches!(token.len(), 21 | 22 | 27 | 28 | 43 | 44 | 87 | 88) && mixes_cases(token) && !is_slug(token) {
        let bits = Encoding::Base58.decode(token).filter(|b| matches!(b.len, 128 | 160 | 256 | 512));
        out.extend(bits.map(|bits| Reading { encoding: Encoding::Base58, bits, doubtful: false }));
    }
    out
}

fn hexadecimal(token: &str) -> Option<Reading> {
    if !(6..=128).contains(&token.len()) || !token.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let bits = Encoding::Hex.decode(token)?;
    let decimal = token.bytes().all(|b| b.is_ascii_digit());
    if decimal && is_date(token) {
        return None;
    }
    let word = token.len() <= 8 && token.bytes().all(|b| b.is_ascii_alphabetic());
    Some(Reading { encoding: Encoding::Hex, bits, doubtful: decimal || word || is_plain_uuid(token) })
}

/// Whether 32 digits have the version and the variant of a UUID where a UUID has them; one MD5
/// in eight has them by chance.
fn is_plain_uuid(token: &str) -> bool {
    let digits = token.as_bytes();
    digits.len() == 32
        && matches!(digits[12], b'1'..=b'8')
        && matches!(digits[16].to_ascii_lowercase(), b'8' | b'9' | b'a' | b'b')
}

/// Whether decimal digits begin with a day between 1900 and 2099 and go on as a time.
fn is_date(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u32>().ok());
    let day = number(0..4).is_some_and(|year| (1900..2100).contains(&year))
        && number(4..6).is_some_and(|month| (1..=12).contains(&month));
    match digits.len() {
        6 => day,
        8 | 10 | 12 | 14 | 17 => day && number(6..8).is_some_and(|day| (1..=31).contains(&day)),
        _ => false,
    }
}

fn mixes_cases(token: &str) -> bool {
    token.bytes().any(|b| b.is_ascii_lowercase()) && token.bytes().any(|b| b.is_ascii_uppercase())
}

/// Whether every part between dashes and underscores is a number or a word as people write them.
fn is_slug(token: &str) -> bool {
    token.split(['-', '_', '+']).all(|part| {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let tail = letters.get(1..).unwrap_or("");
        letters.bytes().all(|b| b.is_ascii_alphabetic())
            && (tail.bytes().all(|b| b.is_ascii_lowercase())
                || letters.bytes().all(|b| b.is_ascii_uppercase()))
    })
}
