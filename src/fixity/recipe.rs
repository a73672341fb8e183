//! Changes between the bytes on disk and the bytes that were hashed, the cheapest first.

use std::borrow::Cow;
use std::io::Read;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What has to be done to what lies here so that it hashes to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipe {
    /// Nothing.
    AsIs,
    /// CRLF line ends become LF.
    CrlfToLf,
    /// LF line ends become CRLF.
    LfToCrlf,
    /// A line feed is added at the end.
    FinalLfAdded,
    /// The last line end is taken away.
    FinalLfRemoved,
    /// White space at the end is taken away.
    EndTrimmed,
    /// White space at both ends is taken away.
    BothEndsTrimmed,
    /// The byte order mark is taken away.
    BomRemoved,
    /// A UTF-8 byte order mark is put before.
    BomAdded,
    /// Normalised to Unicode NFC.
    Nfc,
    /// Normalised to Unicode NFD.
    Nfd,
    /// UTF-16 becomes UTF-8.
    #[serde(rename = "utf16-to-utf8")]
    Utf16ToUtf8,
    /// Windows-1252 or Latin-1 becomes UTF-8.
    #[serde(rename = "latin1-to-utf8")]
    Latin1ToUtf8,
    /// UTF-8 becomes UTF-16, little-endian, without a mark.
    #[serde(rename = "utf8-to-utf16")]
    Utf8ToUtf16,
    /// UTF-8 becomes Latin-1.
    #[serde(rename = "utf8-to-latin1")]
    Utf8ToLatin1,
    /// Unpacked: gzip, zlib or zstd.
    Decompressed,
    /// The header of a git object is taken away.
    GitHeaderRemoved,
    /// Every run of white space becomes one space, none at the ends.
    WhitespaceCollapsed,
    /// Zero bytes at the end are taken away.
    ZerosRemoved,
    /// The last slash of a URL is taken away.
    SlashRemoved,
    /// A slash is added at the end of a URL.
    SlashAdded,
    /// `http://` or `https://` is taken away.
    SchemeRemoved,
    /// The query and the fragment of a URL are taken away.
    QueryRemoved,
    /// Letters become lower case.
    LowerCase,
    /// The extension of a name is taken away.
    ExtensionRemoved,
}

use Recipe as R;

/// The recipes for a file's bytes and for a record's text.
pub const FOR_BYTES: [Recipe; 18] = [
    R::CrlfToLf,
    R::LfToCrlf,
    R::FinalLfAdded,
    R::FinalLfRemoved,
    R::EndTrimmed,
    R::BothEndsTrimmed,
    R::BomRemoved,
    R::BomAdded,
    R::Nfc,
    R::Nfd,
    R::Utf16ToUtf8,
    R::Latin1ToUtf8,
    R::Utf8ToUtf16,
    R::Utf8ToLatin1,
    R::Decompressed,
    R::GitHeaderRemoved,
    R::WhitespaceCollapsed,
    R::ZerosRemoved,
];
/// The recipes for a URL.
pub(super) const FOR_URLS: [Recipe; 6] =
    [R::FinalLfAdded, R::SlashRemoved, R::SlashAdded, R::SchemeRemoved, R::QueryRemoved, R::LowerCase];
/// The recipes for titles and names.
pub(super) const FOR_LABELS: [Recipe; 6] =
    [R::FinalLfAdded, R::BothEndsTrimmed, R::Nfc, R::Nfd, R::LowerCase, R::ExtensionRemoved];

/// Most bytes that a compressed file is unpacked to: 256 MiB.
pub(super) const UNPACKED_LIMIT: u64 = 256 << 20;

impl Recipe {
    /// All recipes; those that are for several kinds of content come as often.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [R::AsIs].into_iter().chain(FOR_BYTES).chain(FOR_URLS).chain(FOR_LABELS)
    }

    /// Finds a recipe by its name on the command line and in convention files.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|recipe| recipe.id() == id)
    }

    /// The name used on the command line and in convention files, for example `crlf-to-lf`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            R::AsIs => "as-is",
            R::CrlfToLf => "crlf-to-lf",
            R::LfToCrlf => "lf-to-crlf",
            R::FinalLfAdded => "final-lf-added",
            R::FinalLfRemoved => "final-lf-removed",
            R::EndTrimmed => "end-trimmed",
            R::BothEndsTrimmed => "both-ends-trimmed",
            R::BomRemoved => "bom-removed",
            R::BomAdded => "bom-added",
            R::Nfc => "nfc",
            R::Nfd => "nfd",
            R::Utf16ToUtf8 => "utf16-to-utf8",
            R::Latin1ToUtf8 => "latin1-to-utf8",
            R::Utf8ToUtf16 => "utf8-to-utf16",
            R::Utf8ToLatin1 => "utf8-to-latin1",
            R::Decompressed => "decompressed",
            R::GitHeaderRemoved => "git-header-removed",
            R::WhitespaceCollapsed => "whitespace-collapsed",
            R::ZerosRemoved => "zeros-removed",
            R::SlashRemoved => "slash-removed",
            R::SlashAdded => "slash-added",
            R::SchemeRemoved => "scheme-removed",
            R::QueryRemoved => "query-removed",
            R::LowerCase => "lower-case",
            R::ExtensionRemoved => "extension-removed",
        }
    }

    /// Follows "the bytes": `with CRLF line ends made LF`.
    #[must_use]
    pub fn participle(self) -> &'static str {
        match self {
            R::AsIs => "as they are",
            R::CrlfToLf => "with CRLF line ends made LF",
            R::LfToCrlf => "with LF line ends made CRLF",
            R::FinalLfAdded => "with a line feed added at the end",
            R::FinalLfRemoved => "without the last line end",
            R::EndTrimmed => "with the end trimmed",
            R::BothEndsTrimmed => "with both ends trimmed",
            R::BomRemoved => "without the byte order mark",
            R::BomAdded => "with a byte order mark added",
            R::Nfc => "normalised to NFC",
            R::Nfd => "normalised to NFD",
            R::Utf16ToUtf8 => "turned from UTF-16 into UTF-8",
            R::Latin1ToUtf8 => "turned from Latin-1 into UTF-8",
            R::Utf8ToUtf16 => "turned from UTF-8 into UTF-16",
            R::Utf8ToLatin1 => "turned from UTF-8 into Latin-1",
            R::Decompressed => "after decompression",
            R::GitHeaderRemoved => "without git's object header",
            R::WhitespaceCollapsed => "with white space collapsed",
            R::ZerosRemoved => "without the zero bytes at the end",
            R::SlashRemoved => "without its last slash",
            R::SlashAdded => "with a slash added at the end",
            R::SchemeRemoved => "without its scheme",
            R::QueryRemoved => "without its query",
            R::LowerCase => "in lower case",
            R::ExtensionRemoved => "without its extension",
        }
    }

    /// Applies the recipe; None where it changes nothing or does not apply.
    #[must_use]
    pub fn apply(self, bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
        let made: Cow<'_, [u8]> = match self {
            R::AsIs => return Some(Cow::Borrowed(bytes)),
            R::CrlfToLf => memchr::memmem::find(bytes, b"\r\n").map(|_| line_ends(bytes, b"\n"))?.into(),
            R::LfToCrlf => memchr::memchr(b'\n', bytes).map(|_| line_ends(bytes, b"\r\n"))?.into(),
            R::FinalLfAdded => (!bytes.is_empty()).then(|| [bytes, b"\n"].concat())?.into(),
            R::FinalLfRemoved => {
                let less = bytes.strip_suffix(b"\n")?;
                less.strip_suffix(b"\r").unwrap_or(less).into()
            }
            R::EndTrimmed => trim_end(bytes).into(),
            R::BothEndsTrimmed => trim(bytes).into(),
            R::BomRemoved => bytes
                .strip_prefix(b"\xef\xbb\xbf")
                .or_else(|| bytes.strip_prefix(b"\xff\xfe"))
                .or_else(|| bytes.strip_prefix(b"\xfe\xff"))?
                .into(),
            R::BomAdded => [b"\xef\xbb\xbf", bytes].concat().into(),
            R::Nfc => foreign(bytes)?.nfc().collect::<String>().into_bytes().into(),
            R::Nfd => foreign(bytes)?.nfd().collect::<String>().into_bytes().into(),
            R::Utf16ToUtf8 => from_utf16(bytes)?.into_bytes().into(),
            R::Latin1ToUtf8 => {
                if std::str::from_utf8(bytes).is_ok() {
                    return None;
                }
                encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(bytes)
                    .0
                    .into_owned()
                    .into_bytes()
                    .into()
            }
            R::Utf8ToUtf16 => {
                let text = std::str::from_utf8(bytes).ok()?;
                text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>().into()
            }
            R::Utf8ToLatin1 => {
                let one_byte = |c| u8::try_from(u32::from(c)).ok();
                foreign(bytes)?.chars().map(one_byte).collect::<Option<Vec<u8>>>()?.into()
            }
            R::Decompressed => decompress(bytes)?.into(),
            R::GitHeaderRemoved => without_git_header(bytes)?.into(),
            R::WhitespaceCollapsed => collapse(bytes).into(),
            R::ZerosRemoved => {
                let end = bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1);
                bytes[..end].into()
            }
            R::SlashRemoved => bytes.strip_suffix(b"/")?.into(),
            R::SlashAdded => (!bytes.ends_with(b"/")).then(|| [bytes, b"/"].concat())?.into(),
            R::SchemeRemoved => {
                bytes.strip_prefix(b"https://").or_else(|| bytes.strip_prefix(b"http://"))?.into()
            }
            R::QueryRemoved => bytes[..memchr::memchr2(b'?', b'#', bytes)?].into(),
            R::LowerCase => std::str::from_utf8(bytes).ok()?.to_lowercase().into_bytes().into(),
            R::ExtensionRemoved => bytes[..memchr::memrchr(b'.', bytes)?].into(),
        };
        (made != bytes).then_some(made)
    }
}

/// The text, where it has characters beyond ASCII.
fn foreign(bytes: &[u8]) -> Option<&str> {
    if bytes.is_ascii() { None } else { std::str::from_utf8(bytes).ok() }
}

/// Writes every line end, LF or CRLF, as `end`.
fn line_ends(bytes: &[u8], end: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    let mut lines = bytes.split(|&b| b == b'\n').peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_none() {
            out.extend_from_slice(line);
        } else {
            out.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            out.extend_from_slice(end);
        }
    }
    out
}

fn trim_end(bytes: &[u8]) -> &[u8] {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.trim_ascii_end(), |text| text.trim_end().as_bytes())
}

fn trim(bytes: &[u8]) -> &[u8] {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.trim_ascii(), |text| text.trim().as_bytes())
}

fn collapse(bytes: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").into_bytes(),
        Err(_) => {
            let words: Vec<&[u8]> =
                bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
            words.join(&b' ')
        }
    }
}

fn from_utf16(bytes: &[u8]) -> Option<String> {
    let (encoding, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (encoding_rs::UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (encoding_rs::UTF_16BE, rest),
        // Without a mark: only where Latin letters leave every second byte zero somewhere.
        [_, 0, ..] => (encoding_rs::UTF_16LE, bytes),
        [0, _, ..] => (encoding_rs::UTF_16BE, bytes),
        _ => return None,
    };
    encoding.decode_without_bom_handling_and_without_replacement(rest).map(Cow::into_owned)
}

/// Unpacks gzip, zlib or zstd up to [`UNPACKED_LIMIT`]; None for anything else or damaged.
fn decompress(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    unpacker(bytes, bytes)?.take(UNPACKED_LIMIT + 1).read_to_end(&mut out).ok()?;
    (out.len() as u64 <= UNPACKED_LIMIT).then_some(out)
}

/// A reader of the unpacked bytes, where the first bytes are those of a compressed format.
pub(super) fn unpacker<'a>(head: &[u8], packed: impl Read + Send + 'a) -> Option<Box<dyn Read + Send + 'a>> {
    match head {
        [0x1f, 0x8b, ..] => Some(Box::new(flate2::read::MultiGzDecoder::new(packed))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Box::new(zstd::Decoder::new(packed).ok()?)),
        [0x78, flags, ..] if u16::from_be_bytes([0x78, *flags]).is_multiple_of(31) => {
            Some(Box::new(flate2::read::ZlibDecoder::new(packed)))
        }
        _ => None,
    }
}

/// The bytes behind `blob N\0`, where N is their number.
fn without_git_header(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"blob ")?;
    let end = memchr::memchr(0, rest.get(..24.min(rest.len()))?)?;
    let size: usize = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
    let body = &rest[end + 1..];
    (body.len() == size).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(recipe: Recipe, bytes: &[u8]) -> Option<Vec<u8>> {
        recipe.apply(bytes).map(Cow::into_owned)
    }

    #[test]
    fn changes_what_it_says_and_nothing_else() {
        let cases: [(Recipe, &[u8], &[u8]); 18] = [
            (R::CrlfToLf, b"a\r\nb\rc\r\n", b"a\nb\rc\n"),
            (R::LfToCrlf, b"a\nb\r\nc", b"a\r\nb\r\nc"),
            (R::FinalLfAdded, b"a", b"a\n"),
            (R::FinalLfRemoved, b"a\n\n", b"a\n"),
            (R::FinalLfRemoved, b"a\r\n", b"a"),
            (R::EndTrimmed, " a \u{a0}\n".as_bytes(), b" a"),
            (R::BothEndsTrimmed, b"\t a b \n", b"a b"),
            (R::BomRemoved, b"\xef\xbb\xbfa", b"a"),
            (R::BomAdded, b"a", b"\xef\xbb\xbfa"),
            (R::Nfc, "e\u{301}".as_bytes(), "\u{e9}".as_bytes()),
            (R::Nfd, "\u{e9}".as_bytes(), "e\u{301}".as_bytes()),
            (R::Utf16ToUtf8, b"\xff\xfea\0\xe9\0", "a\u{e9}".as_bytes()),
            (R::Latin1ToUtf8, b"caf\xe9", "caf\u{e9}".as_bytes()),
            (R::Utf8ToUtf16, b"ab", b"a\0b\0"),
            (R::Utf8ToLatin1, "caf\u{e9}".as_bytes(), b"caf\xe9"),
            (R::GitHeaderRemoved, b"blob 2\0ab", b"ab"),
            (R::WhitespaceCollapsed, b" a\n\n b ", b"a b"),
            (R::ZerosRemoved, b"ab\0\0", b"ab"),
        ];
        for (recipe, before, after) in cases {
            assert_eq!(applied(recipe, before).as_deref(), Some(after), "{}", recipe.id());
        }
    }

    #[test]
    fn ids_are_what_is_stored() {
        for recipe in Recipe::all() {
            assert_eq!(serde_json::to_value(recipe).unwrap(), recipe.id());
            assert_eq!(Recipe::from_id(recipe.id()), Some(recipe));
        }
        assert_eq!(Recipe::from_id("as-it-was"), None);
    }

    #[test]
    fn says_none_where_nothing_changes() {
        for recipe in FOR_BYTES {
            let changes = matches!(recipe, R::FinalLfAdded | R::BomAdded | R::Utf8ToUtf16);
            assert_eq!(applied(recipe, b"plain").is_some(), changes, "{}", recipe.id());
            assert_eq!(applied(recipe, b"").is_some(), recipe == R::BomAdded, "{}", recipe.id());
        }
    }

    #[test]
    fn unpacks_what_is_packed_and_survives_what_is_damaged() {
        let packed = zstd::encode_all(b"hello".as_slice(), 1).unwrap();
        assert_eq!(applied(R::Decompressed, &packed).as_deref(), Some(b"hello".as_slice()));
        assert_eq!(applied(R::Decompressed, &packed[..packed.len() - 2]), None);
        assert_eq!(applied(R::Decompressed, b"\x1f\x8b\x08 damaged"), None);
    }
}
