//! ZIP archives, and the web archives (WACZ) that are ZIP archives.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Archive;
use crate::corpus::bound::Bounded;

/// Reads every member of an archive.
///
/// # Errors
/// Why the archive as a whole cannot be read.
pub(in crate::corpus) fn read(bytes: impl Read + Seek, mut archive: Archive<'_>) -> Result<(), String> {
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
    Ok(())
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
