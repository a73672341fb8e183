//! The bytes of one input: counted and hashed as they lie on disk.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{InputFile, Sha256Digest, fault};

/// Largest step in which bytes are read and hashed, so that they are hashed while in the cache.
const STEP: usize = 128 * 1024;

/// A reader that hashes and counts what passes through it.
pub(super) struct Source<'a> {
    raw: Raw<'a>,
    digest: Sha256,
    bytes: u64,
    /// Why the raw bytes could not be read to their end.
    fault: Option<String>,
    read_bytes: &'a (dyn Fn(u64) + Sync),
}

enum Raw<'a> {
    File(File),
    Stream(Box<dyn Read + 'a>),
}

impl<'a> Source<'a> {
    /// Opens a file on disk.
    ///
    /// # Errors
    /// When it cannot be opened, or is no file any more.
    pub(super) fn open(path: &Path, read_bytes: &'a (dyn Fn(u64) + Sync)) -> io::Result<Self> {
        Ok(Self::of(Raw::File(open(path)?), read_bytes))
    }

    /// Reads from any reader: standard input, or a member of an archive.
    pub(super) fn new(raw: Box<dyn Read + 'a>, read_bytes: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self::of(Raw::Stream(raw), read_bytes)
    }

    fn of(raw: Raw<'a>, read_bytes: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self { raw, digest: Sha256::new(), bytes: 0, fault: None, read_bytes }
    }

    /// Returns whether the bytes lie on disk and can be read in any order.
    pub(super) fn is_on_disk(&self) -> bool {
        matches!(self.raw, Raw::File(_))
    }

    /// Hashes a file on disk to its end and returns it, to be read in any order.
    ///
    /// # Errors
    /// When it cannot be read; a stream cannot be read in any order.
    pub(super) fn file(&mut self) -> io::Result<File> {
        io::copy(self, &mut io::sink())?;
        match &self.raw {
            Raw::File(file) => {
                let mut file = file.try_clone()?;
                file.rewind()?;
                Ok(file)
            }
            Raw::Stream(_) => Err(io::ErrorKind::NotSeekable.into()),
        }
    }

    /// Reads what is left, so that size and digest are those of the whole file.
    ///
    /// # Errors
    /// The reason why the file could not be read to its end.
    pub(super) fn finish(
        mut self,
        path: PathBuf,
        container: bool,
        member: bool,
    ) -> Result<InputFile, String> {
        // The fault, if there is one, is remembered by `read`.
        let _ = io::copy(&mut self, &mut io::sink());
        match self.fault {
            Some(reason) => Err(reason),
            None => Ok(InputFile {
                path,
                bytes: self.bytes,
                sha256: Sha256Digest(self.digest.finalize().into()),
                container,
                member,
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
        let read = match &mut self.raw {
            Raw::File(file) => file.read(&mut buffer[..step]),
            Raw::Stream(stream) => stream.read(&mut buffer[..step]),
        };
        match read {
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
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn the_digest_is_of_the_whole_whatever_was_read() {
        let counted = AtomicU64::new(0);
        let count = |n| {
            counted.fetch_add(n, Ordering::Relaxed);
        };
        let mut source = Source::new(Box::new(&b"abc"[..]), &count);
        let mut first = [0];
        source.read_exact(&mut first).unwrap();
        assert!(!source.is_on_disk() && source.file().is_err());
        let file = source.finish(PathBuf::from("x"), false, false).unwrap();
        assert_eq!(file.bytes, 3);
        assert_eq!(
            file.sha256.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(file.sha256, Sha256Digest::of(b"abc"));
        assert_eq!(counted.into_inner(), 3);
    }

    #[test]
    fn a_file_on_disk_is_hashed_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, b"abc").unwrap();
        let mut source = Source::open(&path, &|_| {}).unwrap();
        let mut text = String::new();
        source.file().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
        assert_eq!(source.finish(path, false, false).unwrap().sha256, Sha256Digest::of(b"abc"));
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
}
