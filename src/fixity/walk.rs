//! Lists the files below some paths: sorted, without following links, without opening anything.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::content::{Links, ReadFailure};

/// A path that was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Met {
    /// The path as the user would type it.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

/// What a path is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File(Links),
    /// Passed over by design, with the reason.
    Skipped(&'static str),
    /// Cannot be read.
    Failed(ReadFailure),
}

/// Walks files and folders. A path that the user gives may be a link; links met in folders are
/// not followed, so that nothing outside the tree is read and no circle is entered. FIFOs,
/// sockets and devices are never opened. Paths come sorted, each once.
#[must_use]
pub(super) fn walk(paths: &[PathBuf]) -> Vec<Met> {
    let mut met = Vec::new();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => folder(path, &mut met),
            Ok(metadata) => {
                met.push(Met { path: path.clone(), kind: kind(metadata.file_type(), Links::Follow) });
            }
            Err(error) => met.push(Met { path: path.clone(), kind: Kind::Failed(error.into()) }),
        }
    }
    // One folder comes sorted already; whole paths are dear to compare.
    if paths.len() > 1 {
        met.sort_by(|a, b| a.path.cmp(&b.path));
        met.dedup_by(|b, a| a.path == b.path);
    }
    met
}

fn folder(path: &Path, met: &mut Vec<Met>) {
    let failed = |error: std::io::Error| Met { path: path.to_owned(), kind: Kind::Failed(error.into()) };
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return met.push(failed(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
            Ok(entry) => found.push(entry),
            Err(error) => met.push(failed(error)),
        }
    }
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (name, file_type) in found {
        let path = path.join(name);
        if file_type.is_dir() {
            folder(&path, met);
        } else {
            met.push(Met { path, kind: kind(file_type, Links::Refuse) });
        }
    }
}

fn kind(file_type: FileType, links: Links) -> Kind {
    if file_type.is_file() {
        return Kind::File(links);
    }
    if file_type.is_symlink() {
        return Kind::Skipped("a link; links are not followed");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return Kind::Skipped("a FIFO");
        }
        if file_type.is_socket() {
            return Kind::Skipped("a socket");
        }
    }
    Kind::Skipped("a device")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn sorts_and_follows_no_link() {
        let top = tempfile::tempdir().unwrap();
        let at = |name: &str| top.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        std::fs::write(at("b/z"), "").unwrap();
        std::fs::write(at("a"), "").unwrap();
        std::os::unix::fs::symlink(top.path(), at("c")).unwrap();
        std::os::unix::fs::symlink("/nowhere", at("d")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("e")).status().unwrap().success());
        let met = walk(&[top.path().to_owned(), at("a"), at("missing")]);
        let link = Kind::Skipped("a link; links are not followed");
        let expected = [
            ("a", Kind::File(Links::Refuse)),
            ("b/z", Kind::File(Links::Refuse)),
            ("c", link.clone()),
            ("d", link),
            ("e", Kind::Skipped("a FIFO")),
            ("missing", Kind::Failed(ReadFailure::Io("no such file".into()))),
        ]
        .map(|(name, kind)| Met { path: at(name), kind });
        assert_eq!(met, expected);
    }
}
