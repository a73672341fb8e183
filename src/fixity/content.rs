//! Reading a file so that what was read is what lay there: never a FIFO, never half of a change.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Files up to this size are held in memory and may be changed by recipes: 64 MiB.
pub(super) const MEMORY_LIMIT: u64 = 64 << 20;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadFailure {
    /// It is a folder, a FIFO, a socket or a device.
    #[error("not a regular file")]
    NotRegular,
    /// It changed while it was read, twice.
    #[error("changed while it was read; try again when nothing writes to it")]
    Changed,
    /// The system said no.
    #[error("{0}")]
    Io(String),
}

impl From<io::Error> for ReadFailure {
    fn from(error: io::Error) -> Self {
        Self::Io(match error.kind() {
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::NotFound => "no such file".to_owned(),
            _ => error.to_string(),
        })
    }
}

/// Whether a path that is itself a link may be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// The user named this path.
    Follow,
    /// It was met in a folder.
    Refuse,
}

/// A file as the system knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Object {
    /// Size in bytes.
    pub size: u64,
    /// Device and inode where other names may lead to the same file (hard links).
    pub shared: Option<(u64, u64)>,
    /// A quick key of the bytes, where they were held in memory; equal bytes have equal keys.
    pub key: Option<u128>,
}

#[cfg(unix)]
pub(super) fn shared(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    (metadata.nlink() > 1).then(|| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn shared(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Opens a regular file, lets `work` read it, and makes sure that device, inode, size and both
/// times are the same before and after; otherwise tries once more.
///
/// # Errors
/// When it is no regular file, cannot be read, or changed both times.
pub(super) fn read_stable<T>(
    path: &Path,
    links: Links,
    work: impl FnMut(&mut File, u64) -> io::Result<T>,
) -> Result<T, ReadFailure> {
    read_object(path, links, work).map(|(_, done)| done)
}

/// The whole content of a file of at most [`MEMORY_LIMIT`] bytes; nothing of a larger one.
///
/// # Errors
/// As [`read_stable`].
pub(super) fn small(path: &Path, links: Links) -> Result<Option<Vec<u8>>, ReadFailure> {
    read_stable(
        path,
        links,
        |file, size| {
            if size > MEMORY_LIMIT { Ok(None) } else { whole(file, size).map(Some) }
        },
    )
}

/// The first [`MEMORY_LIMIT`] bytes of a file, or all that it has.
///
/// # Errors
/// As [`read_stable`].
pub(super) fn beginning(path: &Path, links: Links) -> Result<Vec<u8>, ReadFailure> {
    read_stable(path, links, |file, size| whole(file, size.min(MEMORY_LIMIT)))
}

/// [`read_stable`], and what the system knows about the file.
///
/// # Errors
/// When it is no regular file, cannot be read, or changed both times.
pub(super) fn read_object<T>(
    path: &Path,
    links: Links,
    mut work: impl FnMut(&mut File, u64) -> io::Result<T>,
) -> Result<(Object, T), ReadFailure> {
    for _ in 0..2 {
        let mut file = open(path, links)?;
        let before = file.metadata()?;
        if !before.is_file() {
            return Err(ReadFailure::NotRegular);
        }
        let done = work(&mut file, before.len());
        // By path, not by handle: a file that was replaced keeps its old handle.
        let after = match links {
            Links::Follow => std::fs::metadata(path)?,
            Links::Refuse => std::fs::symlink_metadata(path)?,
        };
        if identity(&before) == identity(&after) {
            let object = Object { size: before.len(), shared: shared(&before), key: None };
            return Ok((object, done?));
        }
    }
    Err(ReadFailure::Changed)
}

/// Reads a whole file of `size` bytes as stated before reading.
///
/// # Errors
/// What the system says.
pub(super) fn whole(file: &mut File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fill(file, size, &mut bytes)?;
    Ok(bytes)
}

/// Reads a whole file into a buffer that may have served before; on return the buffer is as long
/// as the file. What grew or shrank meanwhile is found out by [`read_stable`].
///
/// # Errors
/// What the system says.
pub(super) fn fill(file: &mut File, size: u64, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.resize(size as usize, 0);
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    buffer.truncate(filled);
    Ok(())
}

#[cfg(unix)]
fn open(path: &Path, links: Links) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    // Without NONBLOCK the opening of a FIFO waits for a writer.
    let flags = match links {
        Links::Follow => OFlags::NONBLOCK,
        Links::Refuse => OFlags::NONBLOCK | OFlags::NOFOLLOW,
    };
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path, _links: Links) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> impl PartialEq + use<> {
    use std::os::unix::fs::MetadataExt;
    (
        (metadata.dev(), metadata.ino(), metadata.len()),
        (metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()),
    )
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> impl PartialEq + use<> {
    (metadata.len(), metadata.modified().ok(), metadata.created().ok())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn retries_once_and_then_says_that_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let mut reads = 0;
        let once = read_stable(&path, Links::Refuse, |file, size| {
            reads += 1;
            if reads == 1 {
                OpenOptions::new().append(true).open(&path)?.write_all(b" two")?;
            }
            whole(file, size)
        });
        assert_eq!((once, reads), (Ok(b"one two".to_vec()), 2));
        let replaced = read_stable(&path, Links::Refuse, |file, size| {
            std::fs::remove_file(&path)?;
            std::fs::write(&path, "new")?;
            whole(file, size)
        });
        assert_eq!(replaced, Err(ReadFailure::Changed));
    }

    #[test]
    #[cfg(unix)]
    fn refuses_links_folders_and_fifos() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(read_stable(&link, Links::Refuse, whole).is_err());
        assert_eq!(read_stable(&link, Links::Follow, whole).unwrap(), b"one");
        assert_eq!(read_stable(folder.path(), Links::Follow, whole), Err(ReadFailure::NotRegular));
        let fifo = folder.path().join("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
        assert!(made.success());
        assert_eq!(read_stable(&fifo, Links::Refuse, whole), Err(ReadFailure::NotRegular));
    }
}
