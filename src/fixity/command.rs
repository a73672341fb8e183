//! One-line commands by which a finding can be repeated with standard tools.

use std::path::Path;

use super::algorithm::Algorithm;
use super::reading::Reading;
use super::recipe::Recipe;

/// The tool that digests its standard input.
fn tool(algorithm: Algorithm) -> &'static str {
    use Algorithm as A;
    match algorithm {
        A::Md5 => "md5sum",
        A::Sha1 => "sha1sum",
        A::Sha224 => "sha224sum",
        A::Sha256 => "sha256sum",
        A::Sha384 => "sha384sum",
        A::Sha512 => "sha512sum",
        A::Sha512_224 => "openssl dgst -sha512-224",
        A::Sha512_256 => "openssl dgst -sha512-256",
        A::Sha3_224 => "openssl dgst -sha3-224",
        A::Sha3_256 => "openssl dgst -sha3-256",
        A::Sha3_384 => "openssl dgst -sha3-384",
        A::Sha3_512 => "openssl dgst -sha3-512",
        A::Blake2b64 => "b2sum -l 64",
        A::Blake2b128 => "b2sum -l 128",
        A::Blake2b160 => "b2sum -l 160",
        A::Blake2b256 => "b2sum -l 256",
        A::Blake2b384 => "b2sum -l 384",
        A::Blake2b512 => "b2sum",
        A::Blake2s128 => {
            "python3 -c 'import sys,hashlib;print(hashlib.blake2s(sys.stdin.buffer.read(),digest_size=16).hexdigest())'"
        }
        A::Blake2s256 => "openssl dgst -blake2s256",
        A::Blake3 => "b3sum",
        A::Crc32 => "python3 -c 'import sys,zlib;print(\"%08x\"%zlib.crc32(sys.stdin.buffer.read()))'",
        A::Crc32c => "rhash --crc32c -",
        A::Xxh32 => "xxhsum -H32",
        A::Xxh64 => "xxhsum -H64",
        A::Xxh3_64 => "xxhsum -H3",
        A::Xxh3_128 => "xxhsum -H128",
        A::GitBlob => "git hash-object --stdin",
        A::GitBlobSha256 => {
            "python3 -c 'import sys,hashlib;b=sys.stdin.buffer.read();print(hashlib.sha256(b\"blob %d\\0\"%len(b)+b).hexdigest())'"
        }
    }
}

/// The filter that applies a recipe to its standard input; None for [`Recipe::AsIs`] and for the
/// recipes of labels, which are applied beforehand.
fn filter(recipe: Recipe, content: &[u8]) -> Option<&'static str> {
    use Recipe as R;
    // What is not UTF-8 is trimmed by bytes; perl's -CSD would never end on it.
    let text = std::str::from_utf8(content).is_ok();
    Some(match recipe {
        R::CrlfToLf => r"perl -pe 's/\r\n/\n/'",
        R::LfToCrlf => r"perl -pe 's/\r?\n/\r\n/'",
        R::FinalLfAdded => "(cat; echo)",
        R::FinalLfRemoved => r"perl -0777 -pe 's/\r?\n\z//'",
        R::EndTrimmed if text => r"perl -CSD -0777 -pe 's/\s+\z//'",
        R::EndTrimmed => r"perl -0777 -pe 's/[\t\n\f\r ]+\z//'",
        R::BothEndsTrimmed if text => r"perl -CSD -0777 -pe 's/\A\s+|\s+\z//g'",
        R::BothEndsTrimmed => r"perl -0777 -pe 's/\A[\t\n\f\r ]+|[\t\n\f\r ]+\z//g'",
        R::BomRemoved => r"perl -0777 -pe 's/\A(\xef\xbb\xbf|\xff\xfe|\xfe\xff)//'",
        R::BomAdded => r"(printf '\357\273\277'; cat)",
        R::Nfc => "perl -CSD -MUnicode::Normalize -0777 -ne 'print NFC($_)'",
        R::Nfd => "perl -CSD -MUnicode::Normalize -0777 -ne 'print NFD($_)'",
        R::Utf16ToUtf8 => match content {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "iconv -f UTF-16 -t UTF-8",
            [0, ..] => "iconv -f UTF-16BE -t UTF-8",
            _ => "iconv -f UTF-16LE -t UTF-8",
        },
        R::Latin1ToUtf8 => "iconv -f WINDOWS-1252 -t UTF-8",
        R::Utf8ToUtf16 => "iconv -f UTF-8 -t UTF-16LE",
        R::Utf8ToLatin1 => "iconv -f UTF-8 -t ISO-8859-1",
        R::Decompressed => match content {
            [0x1f, 0x8b, ..] => "gzip -dc",
            [0x28, ..] => "zstd -dc",
            _ => {
                "python3 -c 'import sys,zlib;sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))'"
            }
        },
        R::GitHeaderRemoved => r"perl -0777 -pe 's/\Ablob \d+\0//'",
        R::WhitespaceCollapsed if text => r"perl -CSD -0777 -pe 's/\A\s+|\s+\z//g; s/\s+/ /g'",
        R::WhitespaceCollapsed => r"perl -0777 -pe 's/\A[\t\n\f\r ]+|[\t\n\f\r ]+\z//g; s/[\t\n\f\r ]+/ /g'",
        R::ZerosRemoved => r"perl -0777 -pe 's/\0+\z//'",
        R::AsIs
        | R::SlashRemoved
        | R::SlashAdded
        | R::SchemeRemoved
        | R::QueryRemoved
        | R::LowerCase
        | R::ExtensionRemoved => return None,
    })
}

/// The command that prints what a reading of the file's content gives.
#[must_use]
pub(super) fn for_content(path: &Path, reading: Reading, content: &[u8]) -> String {
    let tool = tool(reading.algorithm);
    let path = quote(path);
    match filter(reading.recipe, content) {
        Some(filter) => format!("{filter} < {path} | {tool}"),
        None => format!("{tool} < {path}"),
    }
}

/// The command that prints what a reading of a URL, title, text or name gives; `text` is what is
/// left after the recipe.
#[must_use]
pub(super) fn for_label(text: &str, reading: Reading) -> String {
    format!("printf %s {} | {}", quote_text(text), tool(reading.algorithm))
}

/// The path as one word of a shell's command line, whatever bytes it has.
#[must_use]
pub fn quote(path: &Path) -> String {
    match path.to_str() {
        Some(text) => quote_text(text),
        None => dollar_quote(path.as_os_str().as_encoded_bytes()),
    }
}

/// The text as one word of a shell's command line.
#[must_use]
pub fn quote_text(text: &str) -> String {
    if text.chars().any(|c| c.is_control() || steers_layout(c)) {
        return dollar_quote(text.as_bytes());
    }
    let plain = |c: char| c.is_alphanumeric() || "/._-+=,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Whether it turns or breaks the text around it, so that a name may look like another: bidirectional
/// controls, line and paragraph separators, annotation marks, invisible tags.
pub(crate) fn steers_layout(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn dollar_quote(bytes: &[u8]) -> String {
    let inner: String = bytes
        .iter()
        .map(|&byte| match byte {
            b'\n' => r"\n".to_owned(),
            b'\'' => r"\'".to_owned(),
            b'\\' => r"\\".to_owned(),
            0x20..0x7f => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        })
        .collect();
    format!("$'{inner}'")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::fixity::encoding::hex;
    use crate::fixity::reading::{Part, Subject};
    use crate::fixity::recipe::FOR_BYTES;

    fn reading(recipe: Recipe, algorithm: Algorithm) -> Reading {
        Reading { subject: Subject::Content, recipe, part: Part::Whole, algorithm }
    }

    #[test]
    fn quotes_any_name() {
        assert_eq!(quote(Path::new("a/b-1.txt")), "a/b-1.txt");
        assert_eq!(quote(Path::new("it's here")), r"'it'\''s here'");
        assert_eq!(quote(Path::new("a\nb")), r"$'a\nb'");
        assert_eq!(quote(Path::new("exe\u{202e}txt")), r"$'exe\xe2\x80\xaetxt'");
    }

    /// Runs the command of each recipe on a file that the recipe changes.
    #[test]
    fn commands_print_the_digest_that_the_recipe_gives() {
        let folder = tempfile::tempdir().unwrap();
        let zlib = [0x78, 0x9c, 0x4b, 0x04, 0x00, 0x00, 0x62, 0x00, 0x62];
        let contents: [&[u8]; 9] = [
            " caf\u{e9} x\u{a0}\r\n\r\nb \r\n".as_bytes(),
            "\u{feff}cafe\u{301}\nb".as_bytes(),
            b"caf\xe9\n",
            b"\xff\xfea\0\xe9\0",
            b"blob 3\0a\nb",
            b"ab\0\0\0",
            &zstd::encode_all(b"hello".as_slice(), 1).unwrap(),
            &zlib,
            b"a\0b\0",
        ];
        let mut ran = 0;
        for recipe in FOR_BYTES {
            for (nth, content) in contents.iter().enumerate() {
                let Some(made) = recipe.apply(content) else {
                    continue;
                };
                let path = folder.path().join(format!("it's {nth}"));
                std::fs::write(&path, content).unwrap();
                let command = for_content(&path, reading(recipe, Algorithm::Sha256), content);
                let output = Command::new("bash").args(["-c", &command]).output().unwrap();
                let printed = String::from_utf8_lossy(&output.stdout).into_owned();
                assert!(output.stderr.is_empty(), "{command}: {output:?}");
                assert!(printed.starts_with(&hex(&Algorithm::Sha256.digest(&made))), "{command}: {printed}");
                ran += 1;
            }
        }
        assert!(ran >= 30, "{ran}");
    }

    #[test]
    fn tools_print_what_the_algorithms_give() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "some text\n").unwrap();
        let mut ran = 0;
        for algorithm in Algorithm::all() {
            let command = for_content(&path, reading(Recipe::AsIs, algorithm), b"some text\n");
            let output = Command::new("bash").args(["-c", &command]).output().unwrap();
            if output.status.success() {
                let printed = String::from_utf8(output.stdout).unwrap();
                assert!(printed.contains(&hex(&algorithm.digest(b"some text\n"))), "{command}: {printed}");
                ran += 1;
            }
        }
        assert!(ran >= 10, "coreutils alone give so many: {ran}");
    }
}
