//! How a name writes a digest's bits: hexadecimal, base32, base64, base58.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How digits stand for bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Hexadecimal, either case.
    Hex,
    /// RFC 4648 base32, either case, without padding.
    Base32,
    /// RFC 4648 base64, either alphabet (`+/` or `-_`), with or without padding.
    Base64,
    /// Base58 with Bitcoin's alphabet.
    Base58,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hex => "hexadecimal",
            Self::Base32 => "base32",
            Self::Base64 => "base64",
            Self::Base58 => "base58",
        })
    }
}

/// A run of bits, the first bit in the highest place of the first byte; unused low bits are zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits {
    /// The bytes, `len` bits rounded up.
    pub bytes: Vec<u8>,
    /// How many bits are meant.
    pub len: u32,
}

impl Bits {
    /// `len` bits of `bytes`, from bit `start` on; None where there are not so many.
    #[must_use]
    pub fn slice(bytes: &[u8], start: u32, len: u32) -> Option<Self> {
        if u64::from(start) + u64::from(len) > bytes.len() as u64 * 8 {
            return None;
        }
        let (first, shift) = ((start / 8) as usize, start % 8);
        let count = len.div_ceil(8) as usize;
        let mut out: Vec<u8> = (first..first + count)
            .map(|i| {
                let next = bytes.get(i + 1).copied().unwrap_or(0);
                let pair = u16::from_be_bytes([bytes[i], next]) << shift;
                (pair >> 8) as u8
            })
            .collect();
        if let (Some(last), rest @ 1..) = (out.last_mut(), len % 8) {
            *last &= 0xff << (8 - rest);
        }
        Some(Self { bytes: out, len })
    }
}

/// Lower-case hexadecimal digits of the bytes.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

const BASE32: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

impl Encoding {
    /// Reads digits; None where one does not belong to the encoding or letters mix their cases
    /// in an encoding that knows only one.
    ///
    /// Base32 and base64 of whole bytes leave a few zero bits at the end, which are dropped; where
    /// they are not zero the text is no digest.
    #[must_use]
    pub fn decode(self, text: &str) -> Option<Bits> {
        match self {
            Self::Hex => {
                let mixed = text.bytes().any(|b| b.is_ascii_lowercase())
                    && text.bytes().any(|b| b.is_ascii_uppercase());
                if mixed {
                    return None;
                }
                let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
                let bytes = text.as_bytes().chunks(2).map(|pair| match pair {
                    [high, low] => Some((digit(high)? << 4) | digit(low)?),
                    rest => Some(digit(rest.first()?)? << 4),
                });
                let bytes = bytes.collect::<Option<Vec<u8>>>()?;
                Some(Bits { bytes, len: text.len() as u32 * 4 })
            }
            Self::Base32 => {
                let mixed = text.bytes().any(|b| b.is_ascii_lowercase())
                    && text.bytes().any(|b| b.is_ascii_uppercase());
                if mixed {
                    return None;
                }
                let lower = text.to_ascii_lowercase();
                pack(lower.bytes().map(|b| place(BASE32, b)), 5, text.len())
            }
            Self::Base64 => {
                let bare = text.trim_end_matches('=');
                let digits = bare.bytes().map(|b| match b {
                    b'+' => Some(62),
                    b'/' => Some(63),
                    _ => place(BASE64, b),
                });
                pack(digits, 6, bare.len())
            }
            Self::Base58 => base58(text),
        }
    }

    /// Writes bits the way the encoding does, in lower case where it has cases to choose from.
    #[must_use]
    pub fn encode(self, bits: &Bits) -> String {
        let (alphabet, width): (&[u8], u32) = match self {
            Self::Hex => (b"0123456789abcdef", 4),
            Self::Base32 => (BASE32, 5),
            Self::Base64 => (BASE64, 6),
            Self::Base58 => return base58_digits(&bits.bytes),
        };
        let bit = |i: u32| {
            let byte = bits.bytes.get((i / 8) as usize).copied().unwrap_or(0);
            usize::from(byte >> (7 - i % 8) & 1)
        };
        (0..bits.len.div_ceil(width))
            .map(|d| (0..width).fold(0, |value, i| value << 1 | bit(d * width + i)))
            .map(|value| char::from(alphabet[value]))
            .collect()
    }
}

fn place(alphabet: &[u8], byte: u8) -> Option<u8> {
    alphabet.iter().position(|&b| b == byte).map(|i| i as u8)
}

/// Strings digits of `width` bits together; the rest below a byte must be zero.
fn pack(digits: impl Iterator<Item = Option<u8>>, width: u32, count: usize) -> Option<Bits> {
    let total = count as u32 * width;
    let mut bytes = vec![0u8; total.div_ceil(8) as usize];
    for (i, digit) in digits.enumerate() {
        let digit = digit?;
        for bit in 0..width {
            let at = i as u32 * width + bit;
            bytes[(at / 8) as usize] |= (digit >> (width - 1 - bit) & 1) << (7 - at % 8);
        }
    }
    let spare = total % 8;
    if spare == 0 {
        return Some(Bits { bytes, len: total });
    }
    (bytes.pop() == Some(0)).then_some(Bits { bytes, len: total - spare })
}

fn base58(text: &str) -> Option<Bits> {
    let mut bytes: Vec<u8> = Vec::new();
    for digit in text.bytes() {
        let mut carry = u32::from(place(BASE58, digit)?);
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            bytes.insert(0, carry as u8);
        }
    }
    let zeros = text.bytes().take_while(|&b| b == b'1').count();
    bytes.splice(0..0, std::iter::repeat_n(0, zeros));
    let len = bytes.len() as u32 * 8;
    Some(Bits { bytes, len })
}

fn base58_digits(bytes: &[u8]) -> String {
    let mut digits: Vec<u8> = Vec::new();
    for &byte in bytes {
        let mut carry = u32::from(byte);
        for digit in digits.iter_mut().rev() {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry > 0 {
            digits.insert(0, (carry % 58) as u8);
            carry /= 58;
        }
    }
    let zeros = bytes.iter().take_while(|&&b| b == 0).count();
    std::iter::repeat_n(0, zeros).chain(digits).map(|digit| char::from(BASE58[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648 section 10 and the base58 draft's vectors.
    #[test]
    fn decodes_published_vectors() {
        let text = |encoding: Encoding, digits: &str| {
            let bits = encoding.decode(digits).unwrap();
            assert_eq!(bits.len as usize, bits.bytes.len() * 8);
            String::from_utf8(bits.bytes).unwrap()
        };
        assert_eq!(text(Encoding::Hex, "666F6F626172"), "foobar");
        assert_eq!(text(Encoding::Base32, "MZXW6YTB"), "fooba");
        assert_eq!(text(Encoding::Base32, "mzxw6ytboi"), "foobar");
        assert_eq!(text(Encoding::Base64, "Zm9vYg=="), "foob");
        assert_eq!(text(Encoding::Base64, "Zm9vYmE"), "fooba");
        assert_eq!(text(Encoding::Base58, "2NEpo7TZRRrLZSi2U"), "Hello World!");
        assert_eq!(Encoding::Base58.decode("11233QC4").unwrap().bytes, [0, 0, 0x28, 0x7f, 0xb4, 0xcd]);
    }

    #[test]
    fn refuses_what_is_no_digit() {
        assert_eq!(Encoding::Hex.decode("12g4"), None);
        assert_eq!(Encoding::Hex.decode("abCD"), None);
        assert_eq!(Encoding::Base32.decode("mzxw6yt1"), None);
        assert_eq!(Encoding::Base64.decode("Zm9vYmF"), None, "the spare bits are not zero");
        assert_eq!(Encoding::Base58.decode("0OIl"), None);
    }

    #[test]
    fn slices_bits_anywhere() {
        let bits = Bits::slice(&[0x12, 0x34, 0x56], 4, 12).unwrap();
        assert_eq!((hex(&bits.bytes), bits.len), ("2340".into(), 12));
        assert_eq!(Bits::slice(&[0x12], 4, 5), None);
    }

    #[test]
    fn encodes_what_it_decodes() {
        let bits = Bits { bytes: (0..32).map(|i| i * 7).collect(), len: 256 };
        for encoding in [Encoding::Hex, Encoding::Base32, Encoding::Base64, Encoding::Base58] {
            assert_eq!(encoding.decode(&encoding.encode(&bits)).unwrap(), bits, "{encoding}");
        }
    }
}
