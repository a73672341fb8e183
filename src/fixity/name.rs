//! Finds what may be a digest in a file's name, and where in the name it stands.
//!
//! The name alone is looked at, never the content. UUIDs with dashes, dates and slugs are no
//! digests; what could be a digest or a plain number is kept as [`NamedDigest::doubtful`], and
//! counts only beside surer names of the same shape.

mod declared;
mod shape;
mod slot;

use std::ffi::OsStr;
use std::path::Path;

pub use slot::Slot;

use super::algorithm::Algorithm;
use super::encoding::{Bits, Encoding};

/// A digest, or what looks like one, in a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedDigest {
    /// Where it stands.
    pub slot: Slot,
    /// How its digits are written.
    pub encoding: Encoding,
    /// The digits as the name has them; shards are joined.
    pub text: String,
    /// What they stand for.
    pub bits: Bits,
    /// The algorithm that the name states.
    pub stated: Option<Algorithm>,
    /// The file's size in bytes that the name states.
    pub size: Option<u64>,
    /// Whether it could as well be a plain number, a word or a UUID.
    pub doubtful: bool,
    /// Why it cannot be checked at all, for example because a CID's chunking is unknown.
    pub uncheckable: Option<&'static str>,
    /// The name without the digest and its separators, extensions included.
    pub rest: String,
}

/// A name taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NameParts {
    /// Every reading of the name, the surest slot first.
    pub digests: Vec<NamedDigest>,
    /// Whether an extension such as `.gz` says that the content is compressed.
    pub packed: bool,
}

/// Takes a name apart; folders count only as shards of the digest.
#[must_use]
pub(super) fn take_apart(path: &Path) -> NameParts {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if let Some(declared) = declared::find(&name) {
        return NameParts { digests: vec![declared], packed: false };
    }
    let (stem, extensions) = split_extensions(&name);
    let packed = extensions
        .rsplit('.')
        .any(|ext| matches!(ext.to_ascii_lowercase().as_str(), "gz" | "zst" | "zz" | "bgz" | "tgz"));
    let stem = shape::without_copy_mark(stem);
    let folders: Vec<&str> = path.iter().rev().skip(1).take(4).filter_map(OsStr::to_str).collect();
    let mut digests = slot::find(stem, extensions, &folders);
    digests.sort_by_key(|digest| (digest.slot, digest.encoding));
    digests.dedup_by(|b, a| (a.encoding, &a.text) == (b.encoding, &b.text));
    NameParts { digests, packed }
}

/// Splits `page.html.gz` into `page` and `.html.gz`; an extension has at most five letters and
/// digits, and at least one letter first.
fn split_extensions(name: &str) -> (&str, &str) {
    let mut at = name.len();
    while let Some(dot) = name[..at].rfind('.') {
        let extension = &name[dot + 1..at];
        let usual = (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && (extension.as_bytes()[0].is_ascii_alphabetic() || extension == "7z");
        if dot == 0 || !usual {
            break;
        }
        at = dot;
    }
    name.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `slot encoding bits text` of every reading, the surest first.
    fn readings(path: &str) -> Vec<String> {
        take_apart(Path::new(path))
            .digests
            .iter()
            .map(|d| {
                let doubt = if d.doubtful { "?" } else { "" };
                format!("{:?} {} {}{doubt} {}", d.slot, d.encoding, d.bits.len, d.text)
            })
            .collect()
    }

    const MD5: &str = "900150983cd24fb0d6963f7d28e17f72";
    const SHA1: &str = "a9993e364706816aba3e25717850c26c9cd0d89d";
    const SHA256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn finds_each_slot() {
        let hex256 = |slot: &str| vec![format!("{slot} hexadecimal 256 {SHA256}")];
        assert_eq!(readings("000_6ddc984c394d6daf.txt"), ["AfterIndex hexadecimal 64 6ddc984c394d6daf"]);
        assert_eq!(readings(&format!("{SHA256}.html.gz")), hex256("Whole"));
        assert_eq!(readings(&format!("{SHA256} (1).txt")), hex256("Whole"));
        assert_eq!(readings(&format!("{SHA256} - Copy.txt")), hex256("Whole"));
        assert_eq!(readings(&format!("{SHA256}-report.pdf")), hex256("Prefix"));
        assert_eq!(readings(&format!("report_{SHA256}.pdf")), hex256("Suffix"));
        assert_eq!(readings("main.3f2a1b4c.chunk.js"), ["Suffix hexadecimal 32 3f2a1b4c"]);
        assert_eq!(readings("[Group] Episode 05 [AB12CD34].mkv"), ["Brackets hexadecimal 32 AB12CD34"]);
        assert_eq!(readings("Episode (1A2B3C4D).mkv"), ["Brackets hexadecimal 32 1A2B3C4D"]);
        assert_eq!(readings(&format!("sha256-{SHA256}.bin")), hex256("Stated"));
        assert_eq!(readings(&format!("store/{}/{}", &SHA256[..2], &SHA256[2..])), hex256("Shards"));
        assert_eq!(
            readings(&format!("{}/{}/{}.txt", &SHA256[..2], &SHA256[2..4], &SHA256[4..])),
            hex256("Shards")
        );
        assert_eq!(readings(&format!("{}/{SHA256}.txt", &SHA256[..2])), hex256("Whole"));
        assert_eq!(readings(&format!("SHA256E-s123--{SHA256}.tar.gz")), hex256("AnnexKey"));
        assert_eq!(
            readings(&format!("swh:1:cnt:{SHA1}")),
            [format!("SoftwareHeritage hexadecimal 160 {SHA1}")]
        );
    }

    #[test]
    fn finds_each_encoding() {
        assert_eq!(
            readings("sha1-VGMZ4NVDY4AWVO5IEF2XCYGC3Y5DZ5ME.warc"),
            ["Stated base32 160 VGMZ4NVDY4AWVO5IEF2XCYGC3Y5DZ5ME"]
        );
        assert_eq!(
            readings("f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk.txt"),
            ["Whole base64 256 f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"]
        );
        assert_eq!(
            readings("sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"),
            ["NamedInformation base64 256 f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"]
        );
        assert_eq!(readings("ni:sha-256-32;f4OxZQ"), ["NamedInformation base64 32 f4OxZQ"]);
        let cid = readings("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        assert_eq!(cid.len(), 1);
        assert!(cid[0].starts_with("Cid hexadecimal 256 b94d27b9934d3e08"), "{cid:?}");
    }

    #[test]
    fn states_algorithm_and_size() {
        let annex = take_apart(Path::new(&format!("MD5-s42--{MD5}"))).digests.remove(0);
        assert_eq!((annex.stated, annex.size), (Some(Algorithm::Md5), Some(42)));
        let old_cid = take_apart(Path::new("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG")).digests;
        assert!(old_cid[0].uncheckable.is_some());
    }

    #[test]
    fn keeps_the_rest_of_the_name() {
        let rest = |name: &str| take_apart(Path::new(name)).digests.remove(0).rest;
        assert_eq!(rest("2020 report_6ddc984c394d6daf.pdf"), "2020 report.pdf");
        assert_eq!(rest(&format!("{MD5}-a.b.html")), "a.b.html");
        assert_eq!(rest(&format!("{MD5}.txt")), ".txt");
    }

    #[test]
    fn knows_what_is_no_digest() {
        for name in [
            "README.md",
            "2024-01-02.txt",
            "20240102.txt",
            "20240102030405.json",
            "report_20240102.txt",
            "0b9c2625-5a5d-4d2c-b5e0-3e2f6d8f4c11.json",
            "decade_of_war.txt.bak1",
            "IMG_0001.jpg",
            "us-defence-secretary-visits-beijing-on-friday.html",
            "US-Defence-Secretary-Hegseth-Visits-Beijing-On-8.html",
            "",
            "...",
            "a.b.c",
        ] {
            let sure: Vec<_> =
                take_apart(Path::new(name)).digests.into_iter().filter(|d| !d.doubtful).collect();
            assert!(sure.is_empty(), "{name}: {sure:?}");
        }
        for name in
            ["123456.txt", "report-12345678.txt", "facade.txt", "6fa459eaee8a4ca4894edb77e160355e.txt"]
        {
            assert!(take_apart(Path::new(name)).digests.iter().all(|d| d.doubtful), "{name}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn takes_names_that_are_not_utf8() {
        use std::os::unix::ffi::OsStrExt;
        let name = [b"caf\xe9_".as_slice(), MD5.as_bytes(), b".txt"].concat();
        let parts = take_apart(Path::new(OsStr::from_bytes(&name)));
        assert_eq!(parts.digests[0].text, MD5);
    }
}
