//! The bytes of one input: counted and hashed as they lie on disk, then unpacked.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::{InputFile, ListedFile, Packing, Sha256Digest, fault};

/// Largest step in which bytes are read and hashed, so that they are hashed while in the cache.
const STEP: usize = 128 * 1024;
/// Window of 2 GiB, the largest that Zstandard writes (`zstd --long=31`, usual for news dumps);
/// memory is only taken where a frame asks for it.
const LARGEST_ZSTD_WINDOW_LOG: u32 = 31;

/// A reader that hashes and counts what passes through it.
pub(super) struct Source<'a> {
    raw: Box<dyn Read + Send + 'a>,
    digest: Sha256,
    bytes: u64,
    /// Why the raw bytes could not be read to their end.
    fault: Option<String>,
    read_bytes: &'a (dyn Fn(u64) + Sync),
}

impl<'a> Source<'a> {
    /// Opens a listed file.
    ///
    /// # Errors
    /// When it cannot be opened, or is no file any more.
    pub(super) fn open(file: &ListedFile, read_bytes: &'a (dyn Fn(u64) + Sync)) -> io::Result<Self> {
        Ok(Self::new(Box::new(open(&file.path)?), read_bytes))
    }

    /// Reads from any reader, such as standard input.
    pub(super) fn new(raw: Box<dyn Read + Send + 'a>, read_bytes: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self { raw, digest: Sha256::new(), bytes: 0, fault: None, read_bytes }
    }

    /// Returns the unpacked bytes.
    ///
    /// # Errors
    /// When the decompressor cannot be set up.
    pub(super) fn unpack(&mut self, packing: Packing) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(match packing {
            Packing::Plain => Box::new(self),
            Packing::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(STEP, self))),
            Packing::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(BufReader::with_capacity(STEP, self))?;
                decoder.window_log_max(LARGEST_ZSTD_WINDOW_LOG)?;
                Box::new(decoder)
            }
        })
    }

    /// Reads what is left, so that size and digest are those of the whole file.
    ///
    /// # Errors
    /// The reason why the file could not be read to its end.
    pub(super) fn finish(mut self, path: PathBuf, container: bool) -> Result<InputFile, String> {
        // The fault, if there is one, is remembered by `read`.
        let _ = io::copy(&mut self, &mut io::sink());
        match self.fault {
            Some(reason) => Err(reason),
            None => Ok(InputFile {
                path,
                bytes: self.bytes,
                sha256: Sha256Digest(self.digest.finalize().into()),
                container,
            }),
        }
    }
}

/// Opens a file for reading. What was a file when it was listed may have become a named pipe,
/// whose opening would wait for a writer.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.read(true).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is no file any more")) }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let step = buffer.len().min(STEP);
        match self.raw.read(&mut buffer[..step]) {
            Ok(count) => {
                self.digest.update(&buffer[..count]);
                self.bytes += count as u64;
                (self.read_bytes)(count as u64);
                Ok(count)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.fault = Some(fault::in_words(&error));
                }
                Err(error)
            }
        }
    }
}

impl Sha256Digest {
    /// Digests bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn unpacked(disk: &[u8], packing: Packing) -> (io::Result<Vec<u8>>, InputFile) {
        let counted = AtomicU64::new(0);
        let count = |n| {
            counted.fetch_add(n, Ordering::Relaxed);
        };
        let mut source = Source::new(Box::new(disk), &count);
        let mut text = Vec::new();
        let result = source.unpack(packing).unwrap().read_to_end(&mut text).map(|_| text);
        let file = source.finish(PathBuf::from("x"), false).unwrap();
        assert_eq!(counted.load(Ordering::Relaxed), disk.len() as u64);
        (result, file)
    }

    #[test]
    fn the_digest_is_of_the_bytes_on_disk() {
        let (text, file) = unpacked(b"abc", Packing::Plain);
        assert_eq!(text.unwrap(), b"abc");
        assert_eq!(file.bytes, 3);
        assert_eq!(
            file.sha256.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(file.sha256, Sha256Digest::of(b"abc"));

        let packed = gzip(b"abc");
        let (text, file) = unpacked(&packed, Packing::Gzip);
        assert_eq!(text.unwrap(), b"abc");
        assert_eq!(file.sha256, Sha256Digest::of(&packed));
    }

    #[cfg(unix)]
    #[test]
    fn what_became_a_pipe_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.txt");
        if std::process::Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
            assert_eq!(open(&path).unwrap_err().to_string(), "it is no file any more");
        }
    }

    #[test]
    fn several_members_and_frames_are_one_text() {
        let (text, _) = unpacked(&[gzip(b"one "), gzip(b"two")].concat(), Packing::Gzip);
        assert_eq!(text.unwrap(), b"one two");
        let frame = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
        let (text, _) = unpacked(&[frame(b"one "), frame(b"two")].concat(), Packing::Zstd);
        assert_eq!(text.unwrap(), b"one two");
    }

    #[test]
    fn cut_and_damaged_data_are_told_apart_and_still_hashed_whole() {
        let text: Vec<u8> = (0..20_000u32).flat_map(u32::to_le_bytes).collect();
        for (packing, whole) in
            [(Packing::Gzip, gzip(&text)), (Packing::Zstd, zstd::encode_all(text.as_slice(), 1).unwrap())]
        {
            let cut = &whole[..whole.len() / 2];
            let (result, file) = unpacked(cut, packing);
            let reason = fault::in_compressed_data(&result.unwrap_err());
            assert!(reason.contains("cut short"), "{packing:?}: {reason}");
            assert_eq!(file.sha256, Sha256Digest::of(cut));

            let (result, file) = unpacked(b"this is not packed at all", packing);
            let reason = fault::in_compressed_data(&result.unwrap_err());
            assert!(reason.contains("damaged"), "{packing:?}: {reason}");
            assert_eq!(file.bytes, 25);
        }
    }
}
