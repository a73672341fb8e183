//! Where HTML goes: a file; for a large report, or where a folder is named, a file with a folder of
//! data beside it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use wirecopy::report::html::{MOST_BYTES, Pages};

use crate::args::OutputArgs;
use crate::output::{Destination, Present, Written};
use crate::session;

/// The page in a folder that `-o` names.
const INDEX: &str = "index.html";

/// The place that `-o` names. A folder, which need not be there yet, gets an `index.html`.
pub(crate) fn destination(path: Option<&Path>, present: Present) -> Result<Destination> {
    match path {
        Some(folder) if is_folder(folder) => {
            let page = folder.join(INDEX);
            if present == Present::Spare {
                spare([&page, &data_of(&page)])?;
            }
            if !folder.exists() {
                fs::create_dir(folder)
                    .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            }
            Destination::named(Some(&page))
        }
        path => Destination::named(path),
    }
}

/// Whether a folder is meant: one that is there, or a name that ends like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

fn spare(files: [&Path; 2]) -> Result<()> {
    match files.into_iter().find(|file| fs::symlink_metadata(file).is_ok()) {
        Some(there) => bail!("{} is already there; --force replaces it", there.display()),
        None => Ok(()),
    }
}

/// The folder that holds the data of a page.
fn data_of(page: &Path) -> PathBuf {
    let mut name = page.file_stem().unwrap_or_default().to_owned();
    name.push("_files");
    page.with_file_name(name)
}

/// Writes pages: everything in one file, unless a folder was named or the file would be too large
/// to open quickly.
pub(crate) fn write(
    pages: &Pages,
    destination: &Destination,
    output: &OutputArgs,
    quiet: bool,
) -> Result<Written> {
    let named = output.output.as_deref().is_some_and(is_folder);
    match destination {
        Destination::File(page) if named || pages.bytes() > MOST_BYTES => {
            let folder = data_of(page);
            let written = write_data(pages, &folder);
            written.with_context(|| format!("cannot write the data to {}", folder.display()))?;
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let written = destination.write(|out| pages.write_index(&name, out))?;
            let note = format!(
                "the data of the report stands in {}; keep it beside {}",
                folder.display(),
                page.display()
            );
            session::note(&note, quiet || named);
            Ok(written)
        }
        _ => destination.write(|out| pages.write(out)),
    }
}

/// Writes a new folder and puts it in the place of the one of an earlier report.
fn write_data(pages: &Pages, folder: &Path) -> Result<()> {
    let stranger = strangers(folder)?;
    if let Some(stranger) = stranger {
        bail!("{} is no part of a report; move it, or name another file with -o", stranger.display());
    }
    let beside = folder.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wirecopy-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let new = builder.tempdir_in(beside)?;
    for (name, parts) in pages.files() {
        let mut out = BufWriter::new(File::create_new(new.path().join(name))?);
        parts.iter().try_for_each(|part| out.write_all(part.as_bytes()))?;
        out.flush()?;
    }
    if folder.exists() {
        replace(folder, new.path(), builder.tempdir_in(beside)?)?;
    } else {
        fs::rename(new.path(), folder)?;
    }
    let _ = new.keep();
    Ok(())
}

/// Puts a new folder in the place of an old one. The old one is deleted, with what holds it, when the
/// new one is there, and stays where that fails.
fn replace(folder: &Path, new: &Path, holder: TempDir) -> Result<()> {
    let old = holder.path().join("old");
    fs::rename(folder, &old)?;
    let Err(error) = fs::rename(new, folder) else { return Ok(()) };
    let error = anyhow::Error::from(error);
    if fs::rename(&old, folder).is_ok() {
        return Err(error);
    }
    let kept = holder.keep().join("old");
    Err(error.context(format!("the data of the earlier report stands in {} now", kept.display())))
}

/// The first thing in the folder that a report would not put there.
fn strangers(folder: &Path) -> io::Result<Option<PathBuf>> {
    let found = match fs::symlink_metadata(folder) {
        Err(_) => return Ok(None),
        Ok(found) => found,
    };
    if !found.is_dir() {
        return Ok(Some(folder.to_owned()));
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let block = name.strip_suffix(".js").is_some_and(|name| {
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        });
        if !block || !entry.file_type()?.is_file() {
            return Ok(Some(entry.path()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_folder_stays_where_the_new_one_cannot_take_its_place() {
        let top = tempfile::tempdir().unwrap();
        let at = |name: &str| top.path().join(name);
        let names = || fs::read_dir(top.path()).unwrap().count();
        let holder = || tempfile::tempdir_in(top.path()).unwrap();
        fs::create_dir(at("data")).unwrap();
        fs::write(at("data/old.js"), "old").unwrap();
        assert!(replace(&at("data"), &at("missing"), holder()).is_err());
        assert_eq!((fs::read_to_string(at("data/old.js")).unwrap().as_str(), names()), ("old", 1));
        fs::create_dir(at("new")).unwrap();
        replace(&at("data"), &at("new"), holder()).unwrap();
        assert_eq!((at("data/old.js").exists(), names()), (false, 1));
    }
}
