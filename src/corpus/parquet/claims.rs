//! What a Parquet table claims to hold, held against its size before its reader believes it.
//!
//! The reader goes through booleans in a list as often as the list says, though they take no bytes
//! there: a file of fifty bytes would keep it busy for minutes. So everything that it will parse is
//! walked here first, the end of the table and the header of each page, which are structures of
//! Thrift's compact protocol. Every step of the walk takes a byte at least.

use std::io::{self, Read};

use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::ChunkReader;

/// Most structures inside each other. A table's own have four.
const DEEPEST: u32 = 32;

/// The last bytes of a table: the length of its metadata, and what every table ends with.
const END: u64 = 8;

/// The field of a page's header that says how many bytes the page takes.
const PAGE_SIZE: i64 = 3;

/// Walks the metadata at the end of a table. What is no table at all is left to the reader.
///
/// # Errors
/// When the metadata cannot be what a writer of tables wrote.
pub(super) fn check_end(bytes: &impl ChunkReader) -> Result<(), ParquetError> {
    let Some(end) = bytes.len().checked_sub(END) else { return Ok(()) };
    let tail = bytes.get_bytes(end, END as usize)?;
    let length = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
    let Some(start) = end.checked_sub(length) else { return Ok(()) };
    let metadata = bytes.get_bytes(start, length as usize)?;
    Walk(&metadata[..]).structure(DEEPEST, None)?;
    Ok(())
}

/// Walks the headers of all pages of the columns that `is_read` names by their first name.
///
/// # Errors
/// When a header cannot be what a writer of tables wrote, or the columns together claim to be
/// larger than the table.
pub(super) fn check_pages(
    bytes: &impl ChunkReader,
    metadata: &ParquetMetaData,
    is_read: impl Fn(&str) -> bool,
) -> Result<(), ParquetError> {
    let mut left = bytes.len();
    for column in metadata.row_groups().iter().flat_map(|group| group.columns()) {
        if !column.column_path().parts().first().is_some_and(|name| is_read(name)) {
            continue;
        }
        let (mut at, length) = column.byte_range();
        let end = at.saturating_add(length);
        left = left
            .checked_sub(length)
            .ok_or_else(|| ParquetError::General("its columns claim to be larger than it is".to_owned()))?;
        while at < end {
            let mut header = Counted { reader: bytes.get_read(at)?.take(end - at), count: 0 };
            let size = Walk(&mut header).structure(DEEPEST, Some(PAGE_SIZE))?;
            let size = size
                .and_then(|size| u64::try_from(size).ok())
                .ok_or_else(|| damaged("a page without a size"))?;
            at = at.saturating_add(header.count).saturating_add(size);
        }
    }
    Ok(())
}

/// A reader that counts.
struct Counted<R> {
    reader: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// Kinds of values in the compact protocol.
const TRUE: u8 = 1;
const FALSE: u8 = 2;

/// A walk through structures, forgetting what they hold.
struct Walk<R>(R);

impl<R: Read> Walk<R> {
    /// Walks one structure, with at most so many others inside each other. Returns the number in the
    /// wanted field, if there is one.
    fn structure(&mut self, depth: u32, wanted: Option<i64>) -> io::Result<Option<i64>> {
        let Some(depth) = depth.checked_sub(1) else { return Err(damaged("structures too deep")) };
        let (mut id, mut found) = (0, None);
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(found);
            }
            id = match i64::from(head >> 4) {
                0 => self.number()?,
                step => id + step,
            };
            let number = self.value(head & 15, depth)?;
            if wanted == Some(id) {
                found = number;
            }
        }
    }

    /// Walks one value; returns it where it is a number.
    fn value(&mut self, kind: u8, depth: u32) -> io::Result<Option<i64>> {
        match kind {
            TRUE | FALSE => {}
            3 => self.skip(1)?,
            4..=6 => return self.number().map(Some),
            7 => self.skip(8)?,
            8 => {
                let length = self.variable()?;
                self.skip(length)?;
            }
            9 | 10 => self.list(depth)?,
            11 => self.map(depth)?,
            12 => drop(self.structure(depth, None)?),
            13 => self.skip(16)?,
            _ => return Err(damaged("a value of no kind")),
        }
        Ok(None)
    }

    fn list(&mut self, depth: u32) -> io::Result<()> {
        let head = self.byte()?;
        let (length, kind) = (u64::from(head >> 4), head & 15);
        let length = if length == 15 { self.variable()? } else { length };
        self.elements(length, &[kind], depth)
    }

    fn map(&mut self, depth: u32) -> io::Result<()> {
        let length = self.variable()?;
        if length == 0 {
            return Ok(());
        }
        let kinds = self.byte()?;
        self.elements(length, &[kinds >> 4, kinds & 15], depth)
    }

    fn elements(&mut self, length: u64, kinds: &[u8], depth: u32) -> io::Result<()> {
        if kinds.iter().any(|kind| matches!(*kind, TRUE | FALSE)) {
            return Err(damaged("a list of booleans, which no table has there"));
        }
        let Some(depth) = depth.checked_sub(1) else { return Err(damaged("lists too deep")) };
        for _ in 0..length {
            for &kind in kinds {
                self.value(kind, depth)?;
            }
        }
        Ok(())
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.0.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    /// A number of up to 64 bits, seven to a byte.
    fn variable(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err(damaged("a number too long"))
    }

    /// A number whose lowest bit is its sign.
    fn number(&mut self) -> io::Result<i64> {
        let number = self.variable()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.0.by_ref().take(length), &mut io::sink())?;
        if skipped == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::other(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(bytes: &[u8]) -> Result<Option<i64>, String> {
        Walk(bytes).structure(DEEPEST, Some(PAGE_SIZE)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_structure_is_walked_to_its_end() {
        // Field 1: 0; field 2: a list of the texts "a" and "b"; field 3: 150; field 4: true.
        let bytes = [0x15, 0, 0x19, 0x28, 1, b'a', 1, b'b', 0x15, 0xac, 2, 0x11, 0];
        assert_eq!(walk(&bytes), Ok(Some(150)));
        for end in 0..bytes.len() {
            assert!(walk(&bytes[..end]).is_err(), "cut off at {end}");
        }
        // A map from texts to structures with field 3 of their own, which is not the wanted one.
        assert_eq!(walk(&[0x1b, 1, 0x8c, 1, b'a', 0x35, 8, 0, 0]), Ok(None));
    }

    #[test]
    fn booleans_without_bytes_are_refused_however_many() {
        let reason = "a list of booleans, which no table has there";
        assert_eq!(walk(&[0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 7, 0]), Err(reason.to_owned()));
        assert_eq!(walk(&[0x1a, 0x32, 1, 1, 1, 0]), Err(reason.to_owned()));
        assert_eq!(walk(&[0x1b, 0xff, 0xff, 0xff, 0xff, 7, 0x11, 0]), Err(reason.to_owned()));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(walk(&[0x1c; 1000]).unwrap_err().contains("too deep"));
        assert!(walk(&[0x19].repeat(1000)).unwrap_err().contains("too deep"));
    }
}
