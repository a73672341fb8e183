//! A reading of a digest: which bytes were hashed, how, and which part of the result is written.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::algorithm::Algorithm;
use super::encoding::{Bits, Encoding};
use super::forced::Forced;
use super::name::NamedDigest;
use super::recipe::Recipe;

/// What was hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// The file's bytes.
    Content,
    /// The text of the record that belongs to the file.
    Text,
    /// The address that it was fetched from.
    Url,
    /// Its title.
    Title,
    /// Its logical name.
    Name,
}

impl Subject {
    /// What files are named after, in the plural.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Content => "contents",
            Self::Text => "texts of records",
            Self::Url => "URLs",
            Self::Title => "titles",
            Self::Name => "names",
        }
    }

    /// All subjects.
    pub const ALL: [Self; 5] = [Self::Content, Self::Text, Self::Url, Self::Title, Self::Name];

    /// The name on the command line and in convention files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Text => "text",
            Self::Url => "url",
            Self::Title => "title",
            Self::Name => "name",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Content => "raw bytes",
            Self::Text => "record's text",
            Self::Url => "URL",
            Self::Title => "title",
            Self::Name => "logical name",
        })
    }
}

/// Which part of a digest a name writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// All of it.
    Whole,
    /// Its first bits.
    Head,
    /// Its last bits.
    Tail,
    /// The middle 64 bits of MD5, which some programs call "16-digit MD5".
    Middle,
}

/// One way to understand a digest; ordered by how likely it is before anything is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reading {
    /// What was hashed.
    pub subject: Subject,
    /// What was done to it first.
    pub recipe: Recipe,
    /// Which part of the digest is written.
    pub part: Part,
    /// With what it was hashed.
    pub algorithm: Algorithm,
}

impl Reading {
    /// Words for people: `SHA-256 of the raw bytes, first 64 bits`.
    #[must_use]
    pub fn describe(self, bits: u32) -> String {
        let Self { subject, recipe, part, algorithm } = self;
        let what = match (subject, recipe) {
            (_, Recipe::AsIs) => format!("the {subject}"),
            (Subject::Content, _) => format!("the bytes {}", recipe.participle()),
            _ => format!("the {subject} {}", recipe.participle()),
        };
        let part = match part {
            Part::Whole => String::new(),
            Part::Head => format!(", first {bits} bits"),
            Part::Tail => format!(", last {bits} bits"),
            Part::Middle => format!(", middle {bits} bits"),
        };
        format!("{algorithm} of {what}{part}")
    }
}

/// The part of a whole digest that a name of `bits` bits writes.
#[must_use]
pub(super) fn cut(digest: &[u8], part: Part, bits: u32) -> Option<Bits> {
    let total = digest.len() as u32 * 8;
    let spare = total.checked_sub(bits)?;
    let start = match part {
        Part::Whole | Part::Head => 0,
        Part::Tail => spare,
        Part::Middle => spare / 2,
    };
    Bits::slice(digest, start, bits)
}

/// The algorithms and parts that can give as many bits as the name has, the likeliest first.
///
/// Whole digests of the size come first; then heads of the longer digests that people cut.
/// BLAKE2b-128, SHA-512/256 and SHA-224 are no heads of their longer forms and are tried as what
/// they are.
#[must_use]
pub(super) fn methods(digest: &NamedDigest, forced: &Forced) -> Vec<(Algorithm, Part)> {
    const CUT: [Algorithm; 13] = [
        Algorithm::Sha256,
        Algorithm::Md5,
        Algorithm::Sha1,
        Algorithm::Sha512,
        Algorithm::GitBlob,
        Algorithm::Sha384,
        Algorithm::Sha512_256,
        Algorithm::Blake3,
        Algorithm::Blake2b512,
        Algorithm::Blake2b256,
        Algorithm::Sha3_256,
        Algorithm::Sha3_512,
        Algorithm::Xxh3_128,
    ];
    const TAILED: [Algorithm; 4] = [Algorithm::Sha256, Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha512];
    let bits = digest.bits.len;
    if digest.uncheckable.is_some() {
        return Vec::new();
    }
    if let Some(algorithm) = forced.algorithm.or(digest.stated) {
        return match algorithm.bits().cmp(&bits) {
            Ordering::Less => Vec::new(),
            Ordering::Equal => vec![(algorithm, Part::Whole)],
            Ordering::Greater => vec![(algorithm, Part::Head)],
        };
    }
    let whole = Algorithm::all().filter(|a| a.bits() == bits).map(|a| (a, Part::Whole));
    let heads = CUT.into_iter().filter(|a| a.bits() > bits).map(|a| (a, Part::Head));
    let tails = TAILED.into_iter().filter(|a| a.bits() > bits).map(|a| (a, Part::Tail));
    let middle = (bits == 64).then_some((Algorithm::Md5, Part::Middle));
    whole.chain(heads).chain(tails).chain(middle).collect()
}

/// The reading that is tried first, alone, so that a usual file costs one digest.
#[must_use]
pub(super) fn first_guess(digest: &NamedDigest, forced: &Forced) -> Option<Reading> {
    let (algorithm, part) = methods(digest, forced).into_iter().next()?;
    Some(Reading {
        subject: forced.subject.unwrap_or(Subject::Content),
        recipe: forced.recipe.unwrap_or(Recipe::AsIs),
        part,
        algorithm,
    })
}

/// The digits that a name would carry in this encoding; in upper case where `like` is.
#[must_use]
pub(super) fn digits(bits: &Bits, encoding: Encoding, like: &str) -> String {
    let text = encoding.encode(bits);
    let upper =
        matches!(encoding, Encoding::Hex | Encoding::Base32) && like.bytes().any(|b| b.is_ascii_uppercase());
    if upper { text.to_ascii_uppercase() } else { text }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::fixity::name::take_apart;

    fn of(name: &str) -> NamedDigest {
        take_apart(Path::new(name)).digests.remove(0)
    }

    #[test]
    fn whole_digests_come_before_heads() {
        let tried = methods(&of("900150983cd24fb0d6963f7d28e17f7e.txt"), &Forced::default());
        assert_eq!(tried[0], (Algorithm::Md5, Part::Whole));
        assert!(tried.contains(&(Algorithm::Blake2b128, Part::Whole)));
        assert!(tried.contains(&(Algorithm::Sha256, Part::Head)));
        assert!(!tried.contains(&(Algorithm::Md5, Part::Head)));
        let short = methods(&of("000_6ddc984c394d6daf.txt"), &Forced::default());
        assert!(short.contains(&(Algorithm::Md5, Part::Middle)));
        assert!(short.contains(&(Algorithm::Xxh64, Part::Whole)));
    }

    #[test]
    fn a_stated_algorithm_is_the_only_one() {
        assert_eq!(
            methods(&of("sha256-6ddc984c394d6daf.txt"), &Forced::default()),
            [(Algorithm::Sha256, Part::Head)]
        );
    }

    #[test]
    fn describes_itself() {
        let reading = Reading {
            subject: Subject::Content,
            recipe: Recipe::AsIs,
            part: Part::Head,
            algorithm: Algorithm::Sha256,
        };
        assert_eq!(reading.describe(64), "SHA-256 of the raw bytes, first 64 bits");
        let trimmed = Reading { recipe: Recipe::EndTrimmed, part: Part::Whole, ..reading };
        assert_eq!(trimmed.describe(256), "SHA-256 of the bytes with the end trimmed");
    }
}
