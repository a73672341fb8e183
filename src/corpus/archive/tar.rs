//! tar archives as a stream: the old form, POSIX (ustar, pax) and GNU.
//!
//! A reader of its own, since long names and pax records have to be bounded as everything else is,
//! and a member has to be read without going back.

use std::io::{self, Read};

use super::Archive;
use crate::corpus::fault::InWords;

/// Bytes of a header, and the measure that everything is padded to.
const BLOCK: usize = 512;
/// Most bytes that a long name or the pax records of a member may take.
const LONGEST_NAME: u64 = 1 << 20;

/// What the header of a member says.
struct Header {
    name: Vec<u8>,
    size: u64,
    kind: u8,
}

/// Reads every member of an archive.
///
/// # Errors
/// Why the archive breaks off.
pub(in crate::corpus) fn read(
    mut stream: impl Read,
    mut archive: Archive<'_>,
    in_words: InWords,
) -> Result<(), String> {
    let result = read_members(&mut stream, &mut archive, in_words);
    archive.read_small();
    result
}

fn read_members(stream: &mut impl Read, archive: &mut Archive<'_>, in_words: InWords) -> Result<(), String> {
    let in_words = |error: io::Error| {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return "the tar archive ends too early: the file is cut short".to_owned();
        }
        in_words(&error)
    };
    // What a header of its own says about the member after it.
    let (mut long_name, mut long_size) = (None, None);
    while let Some(block) = next_block(stream).map_err(in_words)? {
        let Some(Header { name, size, kind }) = header(&block) else {
            return Err("the tar archive is damaged: what should be a header is none".to_owned());
        };
        match kind {
            b'L' | b'x' => {
                if size > LONGEST_NAME {
                    return Err("the tar archive is damaged: a name is longer than 1 MiB".to_owned());
                }
                let mut bytes = vec![0; size as usize];
                stream.read_exact(&mut bytes).map_err(in_words)?;
                pass(stream, padding(size)).map_err(in_words)?;
                if kind == b'L' {
                    long_name = Some(bytes);
                } else {
                    let (name, size) = pax(&bytes);
                    long_name = name.or(long_name);
                    long_size = size;
                }
                continue;
            }
            b'K' | b'g' => {
                pass(stream, size.saturating_add(padding(size))).map_err(in_words)?;
                continue;
            }
            _ => {}
        }
        let name = long_name.take().unwrap_or(name);
        let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
        let name = String::from_utf8_lossy(&name[..end]).into_owned();
        let size = long_size.take().unwrap_or(size);
        // Only files have bytes; a folder's size may say something else.
        let size = if matches!(kind, b'1'..=b'6') { 0 } else { size };
        let mut member = stream.by_ref().take(size);
        match kind {
            b'5' => {}
            b'0' | 0 | b'7' if name.ends_with('/') => {}
            b'0' | 0 | b'7' => match Archive::unread(&name) {
                Some(reason) => archive.pass_over(&name, false, reason),
                None => archive.add(&name, &mut member),
            },
            b'1' => archive.pass_over(&name, false, "hard link, not followed"),
            b'2' => archive.pass_over(&name, false, "symbolic link, not followed"),
            b'S' => archive.pass_over(&name, true, "sparse file, which is not read: unpack it first"),
            _ => archive.pass_over(&name, false, "device or pipe, not opened"),
        }
        let left = member.limit();
        pass(stream, left.saturating_add(padding(size))).map_err(in_words)?;
    }
    Ok(())
}

/// Reads the next header; nothing at the end, which is a block of zeros or of nothing.
fn next_block(stream: &mut impl Read) -> io::Result<Option<[u8; BLOCK]>> {
    let mut block = [0; BLOCK];
    let mut filled = 0;
    while filled < BLOCK {
        match stream.read(&mut block[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((block != [0; BLOCK]).then_some(block))
}

/// Passes over bytes that have to be there.
fn pass(stream: &mut impl Read, bytes: u64) -> io::Result<()> {
    let passed = io::copy(&mut stream.by_ref().take(bytes), &mut io::sink())?;
    if passed < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

fn padding(size: u64) -> u64 {
    size.wrapping_neg() % BLOCK as u64
}

/// Reads a header, where its sum is right.
fn header(block: &[u8; BLOCK]) -> Option<Header> {
    let stated = number(&block[148..156])?;
    let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
    let of_field: u64 = block[148..156].iter().map(|byte| u64::from(*byte)).sum();
    if sum - of_field + 8 * u64::from(b' ') != stated {
        return None;
    }
    let text = |bytes: &[u8]| {
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        bytes[..end].to_owned()
    };
    let mut name = text(&block[..100]);
    let prefix = text(&block[345..500]);
    // GNU archives have other things where POSIX has the prefix.
    if &block[257..263] == b"ustar\0" && !prefix.is_empty() {
        name = [prefix, name].join(&b'/');
    }
    Some(Header { name, size: number(&block[124..136])?, kind: block[156] })
}

/// Reads a number: octal digits, or (GNU) big-endian bytes after a first one with its highest bit.
fn number(field: &[u8]) -> Option<u64> {
    if let [first, rest @ ..] = field
        && first & 0x80 != 0
    {
        let shifted = |number: u64, byte: &u8| (number >> 56 == 0).then_some(number << 8 | u64::from(*byte));
        return rest.iter().try_fold(u64::from(first & 0x7f), shifted);
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// Takes name and size out of pax records, each of which is `LENGTH KEY=VALUE\n`.
fn pax(mut records: &[u8]) -> (Option<Vec<u8>>, Option<u64>) {
    let (mut name, mut size) = (None, None);
    while let Some(space) = records.iter().position(|byte| *byte == b' ') {
        let length = std::str::from_utf8(&records[..space]).ok().and_then(|digits| digits.parse().ok());
        let Some(record) = length.and_then(|length: usize| records.get(space + 1..length)) else { break };
        records = &records[space + 1 + record.len()..];
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        if let Some(value) = record.strip_prefix(b"path=") {
            name = Some(value.to_owned());
        } else if let Some(value) = record.strip_prefix(b"size=") {
            size = std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok());
        }
    }
    (name, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_octal_or_binary_in_fields_of_any_length() {
        assert_eq!(number(b"0000644\0"), Some(0o644));
        assert_eq!(number(b"  12 \0\0\0"), Some(0o12));
        assert_eq!(number(b"\0\0\0\0\0\0\0\0"), Some(0));
        assert_eq!(number(b"12x\0"), None);
        assert_eq!(number(b"\x80\0\0\0\0\0\0\0\0\0\x01\x02"), Some(0x102));
        assert_eq!(number(b"\x80\0\0\0\0\0\x01\x02"), Some(0x102), "the sum's field has eight bytes");
        assert_eq!(number(b"\x81\0\0\0\0\0\0\0\0\0\0\0"), None, "more than 64 bits");
    }
}
