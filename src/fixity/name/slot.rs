//! The places of a name where a digest may stand.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::NamedDigest;
use super::shape::{self, BASE64_LENGTHS, Reading};
use crate::fixity::algorithm::Algorithm;
use crate::fixity::encoding::Encoding;

/// Where in a name a digest stands, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// A git-annex key: `SHA256E-s123--HEX.ext`.
    AnnexKey,
    /// A named-information name: `sha-256;BASE64`.
    NamedInformation,
    /// A Software Heritage id: `swh:1:cnt:HEX`.
    SoftwareHeritage,
    /// An IPFS content id: `bafkrei...`.
    Cid,
    /// After the algorithm's name: `sha256-HEX`, `sha1-BASE32`, or in a folder named like one.
    Stated,
    /// The whole stem.
    Whole,
    /// Split over folders: `ab/cdef...`.
    Shards,
    /// In round or square brackets.
    Brackets,
    /// After a number: `000_HEX`.
    AfterIndex,
    /// At the start, something else follows.
    Prefix,
    /// At the end, something else stands before.
    Suffix,
}

impl Slot {
    /// All slots, the surest first.
    pub const ALL: [Self; 11] = [
        Self::AnnexKey,
        Self::NamedInformation,
        Self::SoftwareHeritage,
        Self::Cid,
        Self::Stated,
        Self::Whole,
        Self::Shards,
        Self::Brackets,
        Self::AfterIndex,
        Self::Prefix,
        Self::Suffix,
    ];

    /// The name on the command line and in convention files, for example `after-index`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AnnexKey => "annex-key",
            Self::NamedInformation => "named-information",
            Self::SoftwareHeritage => "software-heritage",
            Self::Cid => "cid",
            Self::Stated => "stated",
            Self::Whole => "whole",
            Self::Shards => "shards",
            Self::Brackets => "brackets",
            Self::AfterIndex => "after-index",
            Self::Prefix => "prefix",
            Self::Suffix => "suffix",
        }
    }

    /// Whether the form itself says that the content is what was hashed, so that no other file is
    /// needed to establish the convention.
    #[must_use]
    pub fn declares_content(self) -> bool {
        matches!(self, Self::AnnexKey | Self::NamedInformation | Self::SoftwareHeritage | Self::Cid)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AnnexKey => "git-annex key",
            Self::NamedInformation => "ni: name",
            Self::SoftwareHeritage => "Software Heritage id",
            Self::Cid => "IPFS content id",
            Self::Stated => "after the algorithm's name",
            Self::Whole => "the whole name",
            Self::Shards => "split over folders",
            Self::Brackets => "in brackets",
            Self::AfterIndex => "after an index",
            Self::Prefix => "at the start of the name",
            Self::Suffix => "at the end of the name",
        })
    }
}

/// Every digest that the stem may carry; `folders` are those above the file, the nearest first.
pub(super) fn find(stem: &str, extensions: &str, folders: &[&str]) -> Vec<NamedDigest> {
    let mut finder = Finder { stem, extensions, found: Vec::new() };
    if let Some((algorithm, from)) = stated_algorithm(stem) {
        finder.offer(Slot::Stated, from, stem.len(), Some(algorithm));
        if !finder.found.is_empty() {
            return finder.found;
        }
    }
    let by_folder = folders.iter().take(3).find_map(|name| folder_algorithm(name));
    finder.offer_shards(folders, by_folder);
    if finder.found.is_empty() {
        finder.offer(Slot::Whole, 0, stem.len(), by_folder);
    }
    if finder.found.iter().any(|found| !found.doubtful) {
        return finder.found;
    }
    finder.offer_parts();
    finder.found
}

struct Finder<'a> {
    stem: &'a str,
    extensions: &'a str,
    found: Vec<NamedDigest>,
}

impl Finder<'_> {
    fn offer(&mut self, slot: Slot, start: usize, end: usize, stated: Option<Algorithm>) {
        let token = &self.stem[start..end];
        for reading in shape::readings(token) {
            let rest = self.rest(start, end);
            self.take(slot, token.to_owned(), reading, stated, rest);
        }
    }

    fn take(&mut self, slot: Slot, text: String, reading: Reading, stated: Option<Algorithm>, rest: String) {
        let bits = reading.bits.len;
        let (slot, stated) = match (slot, stated) {
            // A truncated digest may follow its algorithm's name, a longer one never.
            (Slot::Stated, Some(algorithm)) if bits > algorithm.bits() => return,
            (Slot::Stated, _) => (slot, stated),
            // A folder's name speaks only of digests of the right length.
            (Slot::Whole, Some(algorithm)) if bits == algorithm.bits() => (Slot::Stated, stated),
            _ => (slot, stated.filter(|algorithm| bits == algorithm.bits())),
        };
        self.found.push(NamedDigest {
            slot,
            encoding: reading.encoding,
            text,
            bits: reading.bits,
            stated,
            size: None,
            doubtful: reading.doubtful && stated.is_none(),
            uncheckable: None,
            rest,
        });
    }

    /// The name without the digest and the separators around it.
    fn rest(&self, start: usize, end: usize) -> String {
        let before = self.stem[..start].trim_end_matches(is_separator);
        let after = self.stem[end..].trim_start_matches(is_separator);
        let joint = if before.is_empty() || after.is_empty() { "" } else { " " };
        format!("{before}{joint}{after}{}", self.extensions)
    }

    /// Joins one to four folders of one to four digits with a stem that is too short by as many.
    fn offer_shards(&mut self, folders: &[&str], stated: Option<Algorithm>) {
        const WHOLE: [usize; 7] = [32, 40, 48, 56, 64, 96, 128];
        let mut joined = self.stem.to_owned();
        for folder in folders {
            let shard = (1..=4).contains(&folder.len()) && folder.bytes().all(|b| b.is_ascii_hexdigit());
            if !shard || WHOLE.contains(&self.stem.len()) {
                return;
            }
            joined.insert_str(0, folder);
            if WHOLE.contains(&joined.len()) {
                let hex = shape::readings(&joined).into_iter().find(|r| r.encoding == Encoding::Hex);
                if let Some(reading) = hex {
                    let rest = self.extensions.to_owned();
                    self.take(Slot::Shards, joined.clone(), reading, stated, rest);
                }
            }
        }
    }

    /// Looks into brackets, then at the first and the last part between separators.
    fn offer_parts(&mut self) {
        let uuids = shape::uuids(self.stem);
        let free = |start: usize, end: usize| uuids.iter().all(|uuid| end <= uuid.start || uuid.end <= start);
        let parts: Vec<(usize, usize)> = parts(self.stem);
        for &(start, end) in &parts {
            let bracketed = start.checked_sub(1).is_some_and(|before| {
                matches!(
                    (self.stem.as_bytes()[before], self.stem.as_bytes().get(end)),
                    (b'[', Some(b']')) | (b'(', Some(b')'))
                )
            });
            if bracketed && end - start >= 8 {
                self.offer(Slot::Brackets, start, end, None);
            }
        }
        if self.found.iter().any(|found| found.slot == Slot::Brackets) {
            return;
        }
        let index = |part: (usize, usize)| {
            let text = &self.stem[part.0..part.1];
            text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit())
        };
        if let [first, .., last] = parts[..] {
            if free(first.0, first.1) {
                self.offer(Slot::Prefix, first.0, first.1, None);
            }
            if free(last.0, last.1) {
                let after_index = parts.len() == 2 && index(first);
                let slot = if after_index { Slot::AfterIndex } else { Slot::Suffix };
                self.offer(slot, last.0, last.1, None);
            }
        }
        self.offer_base64_ends();
    }

    /// Base64 digits may be separators themselves, so its ends are cut by length.
    fn offer_base64_ends(&mut self) {
        let stem = self.stem;
        if !stem.is_ascii() {
            return;
        }
        for length in BASE64_LENGTHS {
            let Some(cut) = stem.len().checked_sub(length).filter(|&cut| cut >= 2) else {
                continue;
            };
            if is_separator(char::from(stem.as_bytes()[cut - 1])) {
                let number = stem[..cut - 1].bytes().all(|b| b.is_ascii_digit());
                let slot = if number { Slot::AfterIndex } else { Slot::Suffix };
                self.offer(slot, cut, stem.len(), None);
            }
            if is_separator(char::from(stem.as_bytes()[length])) {
                self.offer(Slot::Prefix, 0, length, None);
            }
        }
    }
}

fn is_separator(c: char) -> bool {
    !c.is_ascii_alphanumeric()
}

/// Byte ranges of the runs of ASCII letters and digits.
fn parts(stem: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, byte) in stem.bytes().chain([b' ']).enumerate() {
        match (byte.is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// An algorithm's name at the start of a stem, and where the digest begins.
fn stated_algorithm(stem: &str) -> Option<(Algorithm, usize)> {
    // The separators between name and digest that file names are seen to have; a name may itself
    // hold one (`sha-256`, `sha512-256`), so every one of them is tried, the last first.
    let cuts = stem.char_indices().filter(|&(at, c)| at <= 16 && matches!(c, '-' | '_' | ':' | '=' | '.'));
    let cuts: Vec<usize> = cuts.map(|(at, _)| at).collect();
    cuts.into_iter().rev().find_map(|at| {
        // Most stems begin with an index, which is no algorithm's name.
        let name = stem[..at].starts_with(|c: char| c.is_ascii_alphabetic()).then_some(&stem[..at])?;
        Some((Algorithm::from_name(name)?, at + 1))
    })
}

/// The algorithm that a folder such as `blobs/sha256` is named after.
fn folder_algorithm(name: &str) -> Option<Algorithm> {
    // `b3` is a shard far more often than BLAKE3.
    if name.len() > 16 || name.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Algorithm::from_name(name)
}
