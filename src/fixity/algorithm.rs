//! The digest algorithms that names carry, and hashing with several of them in one pass.

use std::fmt;

use blake2::{Blake2b, Blake2b128, Blake2b256, Blake2b512, Blake2s256};
use md5::Md5;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::digest::consts::{U8, U16, U20, U48};
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512};
use xxhash_rust::{xxh3::Xxh3, xxh32::Xxh32, xxh64::Xxh64};

/// A digest algorithm, the commonest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
#[expect(missing_docs, reason = "each name is the algorithm's own")]
pub enum Algorithm {
    Sha256,
    Md5,
    Sha1,
    Sha512,
    Crc32,
    GitBlob,
    Sha384,
    Sha224,
    Sha512_256,
    Sha512_224,
    Blake3,
    Blake2b512,
    Blake2b384,
    Blake2b256,
    Blake2b160,
    Blake2b128,
    Blake2b64,
    Blake2s256,
    Blake2s128,
    Sha3_256,
    Sha3_512,
    Sha3_384,
    Sha3_224,
    Xxh64,
    Xxh3_64,
    Xxh3_128,
    Xxh32,
    Crc32c,
    GitBlobSha256,
}

use Algorithm as A;

/// Every algorithm with its size in bits, its name for people and its name on the command line.
const TABLE: [(Algorithm, u32, &str, &str); 29] = [
    (A::Sha256, 256, "SHA-256", "sha256"),
    (A::Md5, 128, "MD5", "md5"),
    (A::Sha1, 160, "SHA-1", "sha1"),
    (A::Sha512, 512, "SHA-512", "sha512"),
    (A::Crc32, 32, "CRC-32", "crc32"),
    (A::GitBlob, 160, "git blob SHA-1", "git-blob"),
    (A::Sha384, 384, "SHA-384", "sha384"),
    (A::Sha224, 224, "SHA-224", "sha224"),
    (A::Sha512_256, 256, "SHA-512/256", "sha512-256"),
    (A::Sha512_224, 224, "SHA-512/224", "sha512-224"),
    (A::Blake3, 256, "BLAKE3", "blake3"),
    (A::Blake2b512, 512, "BLAKE2b-512", "blake2b-512"),
    (A::Blake2b384, 384, "BLAKE2b-384", "blake2b-384"),
    (A::Blake2b256, 256, "BLAKE2b-256", "blake2b-256"),
    (A::Blake2b160, 160, "BLAKE2b-160", "blake2b-160"),
    (A::Blake2b128, 128, "BLAKE2b-128", "blake2b-128"),
    (A::Blake2b64, 64, "BLAKE2b-64", "blake2b-64"),
    (A::Blake2s256, 256, "BLAKE2s-256", "blake2s-256"),
    (A::Blake2s128, 128, "BLAKE2s-128", "blake2s-128"),
    (A::Sha3_256, 256, "SHA3-256", "sha3-256"),
    (A::Sha3_512, 512, "SHA3-512", "sha3-512"),
    (A::Sha3_384, 384, "SHA3-384", "sha3-384"),
    (A::Sha3_224, 224, "SHA3-224", "sha3-224"),
    (A::Xxh64, 64, "XXH64", "xxh64"),
    (A::Xxh3_64, 64, "XXH3-64", "xxh3-64"),
    (A::Xxh3_128, 128, "XXH3-128", "xxh3-128"),
    (A::Xxh32, 32, "XXH32", "xxh32"),
    (A::Crc32c, 32, "CRC-32C", "crc32c"),
    (A::GitBlobSha256, 256, "git blob SHA-256", "git-blob-sha256"),
];

impl Algorithm {
    /// All algorithms, the commonest first.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, u32, &'static str, &'static str) {
        &TABLE[self as usize]
    }

    /// Size of the whole digest in bits.
    #[must_use]
    pub fn bits(self) -> u32 {
        self.row().1
    }

    /// The name on the command line and in convention files, for example `sha512-256`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().3
    }

    /// Finds an algorithm by any usual spelling: case, `-`, `_` and `/` do not matter, and
    /// `b2`, `b3` and `blake2b` are known.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let same = |other: &str| plain(name).eq(plain(other));
        let other_names = [
            ("b3", A::Blake3),
            ("b2", A::Blake2b512),
            ("blake2", A::Blake2b512),
            ("blake2b", A::Blake2b512),
            ("blake2s", A::Blake2s256),
            ("crc", A::Crc32),
            ("xxh128", A::Xxh3_128),
            ("xxh3", A::Xxh3_64),
        ];
        let own = TABLE.iter().find(|row| same(row.3)).map(|row| row.0);
        own.or_else(|| other_names.iter().find(|row| same(row.0)).map(|row| row.1))
    }

    /// Digests the bytes in one go.
    #[must_use]
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        let mut hasher = Hasher::new(self, bytes.len() as u64);
        hasher.update(bytes);
        hasher.finish()
    }
}

impl From<Algorithm> for &'static str {
    fn from(algorithm: Algorithm) -> Self {
        algorithm.id()
    }
}

impl TryFrom<String> for Algorithm {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::from_name(&name).ok_or_else(|| format!("no algorithm is called {name:?}"))
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().2)
    }
}

/// The letters and digits in lower case.
fn plain(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

enum State {
    Digest(Box<dyn DynDigest + Send>),
    Blake3(Box<blake3::Hasher>),
    Crc32(crc32fast::Hasher),
    Crc32c(u32),
    Xxh32(Xxh32),
    Xxh64(Xxh64),
    Xxh3(Box<Xxh3>),
}

/// One algorithm at work on a stream of bytes.
pub(super) struct Hasher {
    algorithm: Algorithm,
    state: State,
}

impl Hasher {
    /// Begins; `size` is the stream's length in bytes, which git's header states up front.
    #[must_use]
    pub(super) fn new(algorithm: Algorithm, size: u64) -> Self {
        fn of<D: DynDigest + Default + Send + 'static>() -> State {
            State::Digest(Box::new(D::default()))
        }
        let mut state = match algorithm {
            A::Md5 => of::<Md5>(),
            A::Sha1 | A::GitBlob => of::<Sha1>(),
            A::Sha256 | A::GitBlobSha256 => of::<Sha256>(),
            A::Sha224 => of::<Sha224>(),
            A::Sha384 => of::<Sha384>(),
            A::Sha512 => of::<Sha512>(),
            A::Sha512_224 => of::<Sha512_224>(),
            A::Sha512_256 => of::<Sha512_256>(),
            A::Sha3_224 => of::<Sha3_224>(),
            A::Sha3_256 => of::<Sha3_256>(),
            A::Sha3_384 => of::<Sha3_384>(),
            A::Sha3_512 => of::<Sha3_512>(),
            A::Blake2b64 => of::<Blake2b<U8>>(),
            A::Blake2b128 => of::<Blake2b128>(),
            A::Blake2b160 => of::<Blake2b<U20>>(),
            A::Blake2b256 => of::<Blake2b256>(),
            A::Blake2b384 => of::<Blake2b<U48>>(),
            A::Blake2b512 => of::<Blake2b512>(),
            A::Blake2s128 => of::<blake2::Blake2s<U16>>(),
            A::Blake2s256 => of::<Blake2s256>(),
            A::Blake3 => State::Blake3(Box::new(blake3::Hasher::new())),
            A::Crc32 => State::Crc32(crc32fast::Hasher::new()),
            A::Crc32c => State::Crc32c(!0),
            A::Xxh32 => State::Xxh32(Xxh32::new(0)),
            A::Xxh64 => State::Xxh64(Xxh64::new(0)),
            A::Xxh3_64 | A::Xxh3_128 => State::Xxh3(Box::new(Xxh3::new())),
        };
        if let (A::GitBlob | A::GitBlobSha256, State::Digest(digest)) = (algorithm, &mut state) {
            digest.update(format!("blob {size}\0").as_bytes());
        }
        Self { algorithm, state }
    }

    /// Takes the next bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Digest(digest) => digest.update(bytes),
            State::Blake3(hasher) => {
                hasher.update(bytes);
            }
            State::Crc32(hasher) => hasher.update(bytes),
            State::Crc32c(crc) => *crc = bytes.iter().fold(*crc, |crc, &byte| crc32c_step(crc, byte)),
            State::Xxh32(hasher) => hasher.update(bytes),
            State::Xxh64(hasher) => hasher.update(bytes),
            State::Xxh3(hasher) => hasher.update(bytes),
        }
    }

    /// The digest, most significant byte first as tools print it.
    #[must_use]
    pub(super) fn finish(self) -> Vec<u8> {
        match self.state {
            State::Digest(digest) => digest.finalize().into_vec(),
            State::Blake3(hasher) => hasher.finalize().as_bytes().to_vec(),
            State::Crc32(hasher) => hasher.finalize().to_be_bytes().to_vec(),
            State::Crc32c(crc) => (!crc).to_be_bytes().to_vec(),
            State::Xxh32(hasher) => hasher.digest().to_be_bytes().to_vec(),
            State::Xxh64(hasher) => hasher.digest().to_be_bytes().to_vec(),
            State::Xxh3(hasher) if self.algorithm == A::Xxh3_64 => hasher.digest().to_be_bytes().to_vec(),
            State::Xxh3(hasher) => hasher.digest128().to_be_bytes().to_vec(),
        }
    }
}

/// One byte of the Castagnoli CRC, reflected; the table is built at compile time.
fn crc32c_step(crc: u32, byte: u8) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0u32; 256];
        let mut i = 0;
        while i < 256 {
            let mut value = i as u32;
            let mut bit = 0;
            while bit < 8 {
                value = if value & 1 == 1 { (value >> 1) ^ 0x82f6_3b78 } else { value >> 1 };
                bit += 1;
            }
            table[i] = value;
            i += 1;
        }
        table
    };
    (crc >> 8) ^ TABLE[((crc ^ u32::from(byte)) & 0xff) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity::encoding::hex;

    /// Published check values of `123456789` or `abc` (FIPS 180-4, FIPS 202, RFC 1321, RFC 7693,
    /// the BLAKE3 and xxHash test vectors, the CRC catalogue).
    #[test]
    fn digests_agree_with_published_vectors() {
        let of = |algorithm: Algorithm, text: &str| hex(&algorithm.digest(text.as_bytes()));
        assert_eq!(of(A::Crc32, "123456789"), "cbf43926");
        assert_eq!(of(A::Crc32c, "123456789"), "e3069283");
        assert_eq!(of(A::Md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(of(A::Sha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(of(A::Sha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(
            of(A::Sha512_256, "abc"),
            "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"
        );
        assert_eq!(of(A::Sha512_224, "abc"), "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa");
        assert_eq!(
            of(A::Sha3_256, "abc"),
            "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
        );
        assert_eq!(of(A::Blake3, ""), "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
        assert_eq!(
            of(A::Blake2s256, "abc"),
            "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"
        );
        assert_eq!(of(A::Xxh32, ""), "02cc5d05");
        assert_eq!(of(A::Xxh64, ""), "ef46db3751d8e999");
        assert_eq!(of(A::Xxh3_64, ""), "2d06800538d394c2");
        assert_eq!(of(A::Xxh3_128, ""), "99aa06d3014798d86001c324468d497f");
        assert_eq!(of(A::GitBlob, ""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    }

    #[test]
    fn table_is_in_the_order_of_the_enum_and_states_true_sizes() {
        for algorithm in Algorithm::all() {
            assert_eq!(algorithm.row().0, algorithm);
            assert_eq!(algorithm.digest(b"x").len() as u32 * 8, algorithm.bits(), "{algorithm}");
            assert_eq!(Algorithm::from_name(algorithm.id()), Some(algorithm));
            assert_eq!(
                Algorithm::from_name(&algorithm.to_string().to_uppercase()).is_some(),
                !matches!(algorithm, A::GitBlob),
                "{algorithm}"
            );
        }
    }

    #[test]
    fn pieces_hash_like_the_whole() {
        for algorithm in Algorithm::all() {
            let mut hasher = Hasher::new(algorithm, 11);
            hasher.update(b"hello ");
            hasher.update(b"world");
            assert_eq!(hasher.finish(), algorithm.digest(b"hello world"), "{algorithm}");
        }
    }
}
