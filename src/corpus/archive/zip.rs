//! ZIP archives, and the web archives (WACZ) that are ZIP archives.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem;

use zip::ZipArchive;
use zip::result::ZipError;

use super::Archive;
use crate::corpus::bound::Bounded;

/// Reads every member of an archive.
///
/// # Errors
/// Why the archive as a whole cannot be read.
pub(in crate::corpus) fn read(mut bytes: impl Read + Seek, mut archive: Archive<'_>) -> Result<(), String> {
    let stated = stated_members(&mut bytes).unwrap_or_default();
    let mut zip = ZipArchive::new(bytes).map_err(|error| in_words(&error))?;
    let web_archive = is_web_archive(&zip);
    for index in 0..zip.len() {
        let name = name_of(&zip, index);
        let mut member = match zip.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                archive.pass_over(&name, true, in_words(&error));
                continue;
            }
        };
        if member.is_dir() || (web_archive && !name.starts_with("archive/")) {
            continue;
        }
        if member.is_symlink() {
            archive.pass_over(&name, false, "symbolic link, not followed");
        } else if let Some(reason) = Archive::unread(&name) {
            archive.pass_over(&name, false, reason);
        } else {
            let budget = archive.input.budget;
            archive.add(&name, Bounded::new(&mut member, budget));
        }
    }
    archive.read_small();
    let repeated = stated.saturating_sub(zip.len());
    if repeated > 0 {
        let have = if repeated == 1 { "has" } else { "have" };
        let reason = format!(
            "{repeated} more {have} the name of another member, of which only the last is read: unpack it first"
        );
        archive.pass_over("(repeated names)", true, reason);
    }
    Ok(())
}

/// How many members the end of an archive speaks of; the reader keeps one of each name. Very large archives
/// count elsewhere.
fn stated_members(bytes: &mut (impl Read + Seek)) -> io::Result<usize> {
    /// Without the comment behind it, and with the longest one.
    const END: (u64, u64) = (22, 22 + u16::MAX as u64);
    let length = bytes.seek(SeekFrom::End(0))?;
    bytes.seek(SeekFrom::Start(length.saturating_sub(END.1)))?;
    let mut tail = Vec::new();
    bytes.read_to_end(&mut tail)?;
    bytes.rewind()?;
    let end = memmem::rfind(&tail, b"PK\x05\x06").filter(|&at| tail.len() - at >= END.0 as usize);
    let count = end.map_or(0, |at| u16::from_le_bytes([tail[at + 10], tail[at + 11]]));
    Ok(if count == u16::MAX { 0 } else { count.into() })
}

/// A web archive holds indexes and lists of pages besides its captures, which would all be read
/// as articles once more.
fn is_web_archive<R: Read + Seek>(zip: &ZipArchive<R>) -> bool {
    let has = |wanted: fn(&str) -> bool| zip.file_names().flatten().any(|name| wanted(&name));
    has(|name| name == "datapackage.json") && has(|name| name.starts_with("archive/"))
}

fn name_of<R: Read + Seek>(zip: &ZipArchive<R>, index: usize) -> String {
    match zip.name_for_index(index) {
        Some(Ok(name)) => name.into_owned(),
        _ => format!("(member {})", index + 1),
    }
}

fn in_words(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            "encrypted: unpack it with its password first".to_owned()
        }
        ZipError::CompressionMethodNotSupported(method) => {
            format!("packed by a method that is not read (ZIP method {method}): unpack it first")
        }
        error => format!("the ZIP archive is damaged or cut short ({error})"),
    }
}
