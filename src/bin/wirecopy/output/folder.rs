//! A folder that gets several files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Destination;

/// A folder with the files that are to be written into it.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    files: Vec<Destination>,
}

/// What to do with files of the same names that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Present {
    /// Refuse to go on.
    Spare,
    /// Replace them.
    Replace,
}

impl Folder {
    /// The folder that `-o` names; it need not be there yet. Checks now what would otherwise fail
    /// after all the work.
    pub(crate) fn named<'n>(
        path: &Path,
        names: impl IntoIterator<Item = &'n str>,
        present: Present,
    ) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            bail!("cannot write into {}: it is a file, and several files are to be written", path.display());
        }
        let file = |name: &str| {
            let file = path.join(name);
            match (fs::symlink_metadata(&file), present) {
                (Err(_), _) => Ok(Destination::File(file)),
                (Ok(_), Present::Replace) => Destination::named(Some(&file)),
                (Ok(_), Present::Spare) => {
                    bail!("{} is already there; --force replaces it", file.display())
                }
            }
        };
        let files = names.into_iter().map(file).collect::<Result<_>>()?;
        Ok(Self { path: path.to_owned(), files })
    }

    /// The files, in the order of their names as given.
    pub(crate) fn files(&self) -> &[Destination] {
        &self.files
    }

    /// Makes the folder where there is none.
    pub(crate) fn make(&self) -> Result<()> {
        fs::create_dir_all(&self.path).with_context(|| format!("cannot make {}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_only_when_that_was_said() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("new/tables");
        let named = |present| Folder::named(&path, ["a.csv", "b.csv"], present);
        let folder = named(Present::Spare).unwrap();
        assert!(!path.exists(), "looking makes nothing");
        folder.make().unwrap();
        folder.files()[1].write(|out| out.write_all(b"one")).unwrap();
        let refusal = named(Present::Spare).unwrap_err().to_string();
        assert!(refusal.contains("b.csv is already there; --force"), "{refusal}");
        named(Present::Replace).unwrap().files()[1].write(|out| out.write_all(b"two")).unwrap();
        assert_eq!(fs::read_to_string(path.join("b.csv")).unwrap(), "two");
        assert!(!path.join("a.csv").exists());
        assert!(Folder::named(&path.join("b.csv"), ["a.csv"], Present::Replace).is_err());
    }
}
