//! Lists of digests: `SHA256SUMS` and its kin, BSD tags, BagIt manifests.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use regex::bytes::{Captures, Regex};

use super::algorithm::Algorithm;
use super::content::{self, Links, ReadFailure};
use super::encoding::{Bits, Encoding};

/// One line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The file, relative to the folder that the manifest is about.
    pub path: PathBuf,
    /// The digest's digits.
    pub text: String,
    /// What they stand for.
    pub bits: Bits,
    /// The algorithm, where the line or the manifest's name states it.
    pub algorithm: Option<Algorithm>,
}

/// A manifest that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The folder that its paths start from.
    pub root: PathBuf,
    /// The folder whose files it should name, all of them.
    pub covers: PathBuf,
    /// Its lines by path; a path that stands twice has all its digests.
    pub entries: BTreeMap<PathBuf, Vec<Entry>>,
    /// Lines that could not be used: number from 1, and the reason.
    pub bad_lines: Vec<(u64, String)>,
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the manifest {path}: {reason}", path = path.display())]
pub struct ManifestError {
    /// The manifest.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

static BSD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?s-u)([A-Za-z0-9/_-]+) ?\((.*)\) ?= ([0-9A-Za-z+/=_-]+)$")
        .expect("the pattern is constant")
});
/// As `sha256sum` and its kin write it: what stands behind two characters is the name, whatever
/// that begins with.
static COREUTILS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?s-u)([0-9A-Fa-f]{8,128}) [ *](.+)$").expect("the pattern is constant"));
/// As other tools write it, and as BagIt allows.
static SPACED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?s-u)([0-9A-Fa-f]{8,128})[ \t]+\*?(.+)$").expect("the pattern is constant")
});

/// What is wrong with a line of anything else.
const NO_LINE: &str = "neither `DIGEST  NAME` nor `ALGORITHM (NAME) = DIGEST`";

/// Reads a manifest: `HEX  name`, `HEX *name`, `\HEX  escaped`, `SHA256 (name) = HEX`, lines ended
/// by LF, CRLF or NUL, with comments after `#` or `;`, behind a byte order mark or not.
///
/// The paths start from `root` where it is given, else from the manifest's folder.
///
/// # Errors
/// When it cannot be read or has no usable line at all.
pub(super) fn read(path: &Path, root: Option<&Path>) -> Result<Manifest, ManifestError> {
    let fail = |reason: String| ManifestError { path: path.to_owned(), reason };
    let bytes = content::read_stable(path, Links::Follow, content::whole)
        .map_err(|error: ReadFailure| fail(error.to_string()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let root = root.or(folder).unwrap_or(Path::new(".")).to_owned();
    let of_bag = |prefix: &str| name.starts_with(prefix) && root.join("bagit.txt").is_file();
    let of_payload = of_bag("manifest-");
    let covers = if of_payload { root.join("data") } else { root.clone() };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let nul = bytes.contains(&0);
    let form = Form { stated: algorithm_of(&name), nul, of_bag: of_payload || of_bag("tagmanifest-") };
    let mut manifest = Manifest { root, covers, entries: BTreeMap::new(), bad_lines: Vec::new() };
    let end = if nul { 0 } else { b'\n' };
    for (number, line) in (1..).zip(bytes.split(|&byte| byte == end)) {
        let line = if nul { line } else { line.strip_suffix(b"\r").unwrap_or(line) };
        if line.is_empty() || line.starts_with(b"#") || line.starts_with(b";") {
            continue;
        }
        match entry(line, form) {
            Ok(entry) => manifest.entries.entry(entry.path.clone()).or_default().push(entry),
            Err(reason) => manifest.bad_lines.push((number, reason.to_owned())),
        }
    }
    if manifest.entries.is_empty() {
        return Err(fail(unusable(&manifest.bad_lines)));
    }
    Ok(manifest)
}

/// Why not one line could be used. A line that is one says more than those that are none.
fn unusable(bad_lines: &[(u64, String)]) -> String {
    match bad_lines.iter().find(|(_, reason)| reason != NO_LINE) {
        Some((number, reason)) => format!("no line of it can be used; line {number}: {reason}"),
        None => "no line of it is `DIGEST  NAME` or `ALGORITHM (NAME) = DIGEST`".to_owned(),
    }
}

/// The algorithm in names like `SHA256SUMS`, `manifest-sha512.txt`, `x.md5`, `b2sums.txt`.
fn algorithm_of(name: &str) -> Option<Algorithm> {
    name.split(['.', '-', '_']).rev().find_map(|part| {
        let bare = part.strip_suffix("sums").or_else(|| part.strip_suffix("sum")).unwrap_or(part);
        Algorithm::from_name(bare).filter(|_| bare.len() > 1)
    })
}

/// What is known of all lines of a manifest.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// The algorithm that its name states.
    stated: Option<Algorithm>,
    /// Whether its lines end in NUL.
    nul: bool,
    /// Whether it is a bag's own: any blanks may stand before a name there, and none belong to it.
    of_bag: bool,
}

fn entry(line: &[u8], form: Form) -> Result<Entry, &'static str> {
    let (line, escaped) = match line.strip_prefix(b"\\") {
        Some(rest) if !form.nul => (rest, true),
        _ => (line, false),
    };
    let (algorithm, name, digits) = if let Some(found) = BSD.captures(line) {
        let tag = std::str::from_utf8(&found[1]).ok().and_then(Algorithm::from_name);
        (Some(tag.ok_or("its algorithm is not known")?), found[2].to_vec(), found[3].to_vec())
    } else if let Some(found) = plain(line, form.of_bag) {
        (form.stated, found[2].to_vec(), found[1].to_vec())
    } else {
        return Err(NO_LINE);
    };
    let text = String::from_utf8(digits).map_err(|_| "its digest is not text")?;
    let bits = Encoding::Hex
        .decode(&text)
        .filter(|bits| algorithm.is_none_or(|algorithm| bits.len <= algorithm.bits()))
        .or_else(|| Encoding::Base64.decode(&text))
        .ok_or("its digest is neither hexadecimal nor base64")?;
    // `b2sum -l` and the like tag a shorter digest with the family's name.
    let algorithm = algorithm.map(|algorithm| shorter(algorithm, bits.len));
    if algorithm.is_some_and(|algorithm| algorithm.bits() != bits.len) {
        return Err("its digest has not the length of its algorithm");
    }
    let name = if escaped { unescape(&name).ok_or("a wrong escape in its name")? } else { name };
    let path = path_of(name);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return Err("its path leads out of the folder");
    }
    Ok(Entry {
        path: path.components().filter(|part| *part != Component::CurDir).collect(),
        text,
        bits,
        algorithm,
    })
}

fn plain(line: &[u8], of_bag: bool) -> Option<Captures<'_>> {
    let exact = if of_bag { None } else { COREUTILS.captures(line) };
    exact.or_else(|| SPACED.captures(line))
}

fn shorter(algorithm: Algorithm, bits: u32) -> Algorithm {
    if algorithm == Algorithm::Blake2b512 && bits < 512 {
        Algorithm::from_name(&format!("blake2b-{bits}")).unwrap_or(algorithm)
    } else {
        algorithm
    }
}

fn unescape(name: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(name.len());
    let mut bytes = name.iter();
    while let Some(&byte) = bytes.next() {
        out.push(match byte {
            b'\\' => match bytes.next()? {
                b'\\' => b'\\',
                b'n' => b'\n',
                b'r' => b'\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(out)
}

#[cfg(unix)]
pub(super) fn path_of(name: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(name))
}

#[cfg(not(unix))]
pub(super) fn path_of(name: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &[u8]) -> Result<(String, Option<Algorithm>), &'static str> {
        in_form(line, Form { stated: Some(Algorithm::Md5), nul: false, of_bag: false })
    }

    fn in_form(line: &[u8], form: Form) -> Result<(String, Option<Algorithm>), &'static str> {
        entry(line, form).map(|entry| (entry.path.to_string_lossy().into_owned(), entry.algorithm))
    }

    #[test]
    fn reads_every_form() {
        let md5 = "900150983cd24fb0d6963f7d28e17f72";
        let known = |name: &str, algorithm| Ok((name.to_owned(), Some(algorithm)));
        assert_eq!(one(format!("{md5}  a b").as_bytes()), known("a b", Algorithm::Md5));
        assert_eq!(one(format!("{md5} *a").as_bytes()), known("a", Algorithm::Md5));
        assert_eq!(one(format!("\\{md5}  a\\nb\\\\").as_bytes()), known("a\nb\\", Algorithm::Md5));
        assert_eq!(one(format!("MD5 (a (1)) = {md5}").as_bytes()), known("a (1)", Algorithm::Md5));
        assert_eq!(one(format!("BLAKE2b-128 (./a) = {md5}").as_bytes()), known("a", Algorithm::Blake2b128));
        assert_eq!(
            one(b"SHA256 (x) = ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
            known("x", Algorithm::Sha256)
        );
    }

    #[test]
    fn blanks_and_asterisks_may_belong_to_a_name() {
        let md5 = "900150983cd24fb0d6963f7d28e17f72";
        let name = |between: &str, of_bag| {
            let form = Form { stated: None, nul: false, of_bag };
            in_form(format!("{md5}{between}").as_bytes(), form).unwrap().0
        };
        for (line, exact, loose) in [
            ("   a", " a", "a"),
            ("  *a", "*a", "a"),
            (" **a", "*a", "*a"),
            (" * a", " a", " a"),
            ("  \ta", "\ta", "a"),
            (" a", "a", "a"),
            ("\ta", "a", "a"),
            ("\t *a", "a", "a"),
        ] {
            assert_eq!(
                (name(line, false), name(line, true)),
                (exact.to_owned(), loose.to_owned()),
                "{line:?}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        assert!(one(b"hello").unwrap_err().contains("neither"));
        assert!(one(b"90015098  a").unwrap_err().contains("length"));
        assert!(one(b"900150983cd24fb0d6963f7d28e17f72  ../a").unwrap_err().contains("out of"));
        assert!(one(b"900150983cd24fb0d6963f7d28e17f72  /a").unwrap_err().contains("out of"));
        assert!(one(b"XYZ (a) = 90015098").unwrap_err().contains("not known"));
    }

    #[test]
    fn says_what_is_wrong_with_all_lines_and_reads_behind_a_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("md5sums");
        let said = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read(&path, None).map(|list| list.entries.len()).map_err(|error| error.reason)
        };
        let md5 = "900150983cd24fb0d6963f7d28e17f72";
        let outside = said(&format!("made by hand\n{md5}  /srv/a\n{md5}  ../b\n")).unwrap_err();
        assert_eq!(outside, "no line of it can be used; line 2: its path leads out of the folder");
        assert!(said("hello\n").unwrap_err().starts_with("no line of it is `DIGEST  NAME`"));
        assert!(said("").unwrap_err().starts_with("no line of it is `DIGEST  NAME`"));
        assert_eq!(said(&format!("\u{feff}{md5}  a\n")), Ok(1));
    }

    #[test]
    fn knows_algorithms_by_the_manifests_name() {
        for (name, algorithm) in [
            ("sha256sums", Algorithm::Sha256),
            ("sha512sums.txt", Algorithm::Sha512),
            ("manifest-md5.txt", Algorithm::Md5),
            ("tagmanifest-sha1.txt", Algorithm::Sha1),
            ("files.sha256", Algorithm::Sha256),
            ("b2sums", Algorithm::Blake2b512),
        ] {
            assert_eq!(algorithm_of(name), Some(algorithm), "{name}");
        }
        assert_eq!(algorithm_of("checksums.txt"), None);
    }
}
