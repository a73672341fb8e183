//! Which files there are to read: folders are walked, kinds are told by name, nothing is opened.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::kind::{self, Kind};
use super::{Skipped, fault, member};

/// The files that [`read`](super::read) is going to open, and what was passed over on the way.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Files to read, sorted by the bytes of their path; standard input comes first.
    pub files: Vec<ListedFile>,
    /// What is not going to be read, and why.
    pub skipped: Vec<Skipped>,
}

/// One file that is going to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// The path as the user would type it; `-` for standard input.
    pub path: PathBuf,
    /// Size on disk in bytes when it was listed; 0 for standard input.
    pub bytes: u64,
    /// How it holds its articles, where the name tells; else only its bytes can say.
    pub kind: Option<Kind>,
    /// The first folder below the path that was given, where there is one.
    pub first_folder: Option<String>,
    /// The same file without links or `..`, the key by which a file is read only once.
    pub real_path: PathBuf,
    /// Where it is an archive of which only some members are asked for: their paths.
    pub members: Vec<PathBuf>,
}

impl Listing {
    /// Returns the number of bytes on disk that are going to be read, for a progress bar.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// Lists the files at and below the given paths.
///
/// Folders are walked to the bottom. Symbolic links in them are not followed, and names that
/// begin with a dot are passed over; a path that is given itself is always looked at. `-` stands
/// for JSON lines on standard input, `ARCHIVE!/NAME` for a member of an archive or a folder in it. A
/// file that is reached twice is listed once. The result does not depend on the order of `paths`.
#[must_use]
pub fn list(paths: &[PathBuf]) -> Listing {
    let mut given: Vec<&PathBuf> = paths.iter().collect();
    given.sort_by(|a, b| by_bytes(a, b));
    given.dedup();

    let mut listing = Listing::default();
    for path in given.iter().filter(|path| member::archive_of(path).is_none()) {
        listing.add_given(path);
    }
    listing.files.sort_by(|a, b| by_bytes(&a.path, &b.path));
    let mut seen = HashSet::new();
    listing.files.retain(|file| seen.insert(file.real_path.clone()));
    listing.add_members(&given);
    listing.skipped.sort_by(by_path_and_record);
    listing.skipped.dedup_by(|again, row| {
        let same = (&again.path, &again.reason) == (&row.path, &row.reason);
        // What is met in a folder may have been given as well.
        row.incomplete |= same && again.incomplete;
        same
    });
    listing
}

/// Orders paths by their bytes, standard input first.
pub(super) fn by_bytes(a: &Path, b: &Path) -> Ordering {
    let key = |path: &Path| path != Path::new("-");
    key(a).cmp(&key(b)).then_with(|| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()))
}

/// Orders skipped rows as the articles are ordered.
pub(super) fn by_path_and_record(a: &Skipped, b: &Skipped) -> Ordering {
    by_bytes(&a.path, &b.path).then(a.record.cmp(&b.record)).then_with(|| a.reason.cmp(&b.reason))
}

impl Listing {
    fn add_given(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.files.push(ListedFile {
                path: path.to_owned(),
                bytes: 0,
                kind: Some(Kind::Lines),
                first_folder: None,
                real_path: path.to_owned(),
                members: Vec::new(),
            });
            return;
        }
        // Follows a link, as every program does for what stands on its command line.
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => return self.fail(path, &error),
        };
        if !metadata.is_dir() && !metadata.is_file() {
            // Not by design: somebody wants it read. A pipe that a shell made has no real path.
            return self.fail_for(path, special(metadata.file_type()).to_owned());
        }
        let real_path = match path.canonicalize() {
            Ok(real_path) => real_path,
            Err(error) => return self.fail(path, &error),
        };
        if metadata.is_dir() {
            self.walk(path, &real_path);
        } else {
            self.files.push(ListedFile {
                path: path.to_owned(),
                bytes: metadata.len(),
                kind: Kind::of_name(path),
                first_folder: None,
                real_path,
                members: Vec::new(),
            });
        }
    }

    /// Adds the archives of the given members that are not listed as a whole.
    fn add_members(&mut self, given: &[&PathBuf]) {
        let whole = self.files.len();
        for path in given {
            let Some(archive) = member::archive_of(path) else { continue };
            let known = archive.canonicalize().ok();
            let known = self.files.iter().position(|file| known.as_ref() == Some(&file.real_path));
            let at = known.unwrap_or_else(|| {
                self.add_given(&archive);
                self.files.len() - 1
            });
            if at >= whole {
                self.files[at].members.push((*path).clone());
            }
        }
        self.files.sort_by(|a, b| by_bytes(&a.path, &b.path));
    }

    /// Walks a folder. The order of the walk does not matter: the listing is sorted afterwards.
    fn walk(&mut self, root: &Path, real_root: &Path) {
        let mut folders = vec![(root.to_owned(), real_root.to_owned(), None)];
        while let Some((folder, real_folder, first_folder)) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.fail(&folder, &error);
                    continue;
                }
            };
            for entry in entries {
                let found = entry.and_then(|entry| Ok((entry.file_type()?, entry)));
                let (file_type, entry) = match found {
                    Ok(found) => found,
                    Err(error) => {
                        self.fail(&folder, &error);
                        continue;
                    }
                };
                let name = entry.file_name();
                let path = folder.join(&name);
                if is_hidden(&name) {
                    self.pass_over(&path, HIDDEN.to_owned());
                } else if file_type.is_dir() {
                    let first = first_folder.clone().unwrap_or_else(|| name.to_string_lossy().into_owned());
                    folders.push((path, real_folder.join(&name), Some(first)));
                } else if !file_type.is_file() {
                    self.pass_over(&path, special(file_type).to_owned());
                } else if kind::is_read(&path) {
                    match entry.metadata() {
                        Ok(metadata) => self.files.push(ListedFile {
                            kind: Kind::of_name(&path),
                            path,
                            bytes: metadata.len(),
                            first_folder: first_folder.clone(),
                            real_path: real_folder.join(&name),
                            members: Vec::new(),
                        }),
                        Err(error) => self.fail(&path, &error),
                    }
                } else {
                    self.pass_over(&path, kind::unknown(&path));
                }
            }
        }
    }

    fn fail(&mut self, path: &Path, error: &io::Error) {
        self.fail_for(path, fault::in_words(error));
    }

    fn fail_for(&mut self, path: &Path, reason: String) {
        self.skipped.push(Skipped { path: path.to_owned(), record: None, incomplete: true, reason });
    }

    fn pass_over(&mut self, path: &Path, reason: String) {
        self.skipped.push(Skipped { path: path.to_owned(), record: None, incomplete: false, reason });
    }
}

pub(super) const HIDDEN: &str = "hidden: its name begins with a dot";

pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Says what a thing in the file system is that is neither file nor folder.
fn special(file_type: FileType) -> &'static str {
    if file_type.is_symlink() {
        return "symbolic link, not followed";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return "named pipe, not opened (give `-` to read standard input)";
        }
        if file_type.is_socket() {
            return "socket, not opened";
        }
    }
    "device, not opened"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "some text").unwrap();
        }
        folder
    }

    fn names(listing: &Listing, root: &Path) -> Vec<String> {
        let files = listing.files.iter();
        files.map(|f| f.path.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn folders_are_walked_in_order_of_path_bytes() {
        let folder = folder(&["b/z.txt", "b.txt", "a/deep/er/x.jsonl", "b/a.md"]);
        let listing = list(&[folder.path().to_owned()]);
        assert_eq!(names(&listing, folder.path()), ["a/deep/er/x.jsonl", "b.txt", "b/a.md", "b/z.txt"]);
        assert_eq!(listing.files[0].first_folder.as_deref(), Some("a"));
        assert_eq!(listing.files[1].first_folder, None);
        assert_eq!(listing.bytes(), 36);
        assert!(listing.skipped.is_empty());
    }

    #[test]
    fn a_file_given_twice_is_listed_once_whatever_the_order() {
        let folder = folder(&["cnn/x.txt", "y.txt"]);
        let root = folder.path().to_owned();
        let mut paths =
            vec![root.join("cnn/x.txt"), root.join("cnn"), root.clone(), root.join("cnn/../y.txt")];
        let forward = list(&paths);
        paths.reverse();
        let backward = list(&paths);
        assert_eq!(forward.files, backward.files);
        assert_eq!(forward.files.len(), 2);
    }

    #[test]
    fn the_outermost_given_folder_decides_the_first_folder() {
        let folder = folder(&["cnn/us/x.txt"]);
        let listing = list(&[folder.path().join("cnn"), folder.path().to_owned()]);
        assert_eq!(listing.files.len(), 1);
        assert_eq!(listing.files[0].first_folder.as_deref(), Some("cnn"));
    }

    #[test]
    fn standard_input_comes_first() {
        let folder = folder(&["#.txt"]);
        let listing = list(&[folder.path().join("#.txt"), PathBuf::from("-")]);
        assert_eq!(listing.files[0].path, Path::new("-"));
        assert_eq!(listing.files[0].kind, Some(Kind::Lines));
    }

    #[test]
    fn unknown_kinds_and_hidden_names_are_passed_over_in_folders_only() {
        let folder = folder(&["a.pdf", ".git/x.txt", "README"]);
        let listing = list(&[folder.path().to_owned()]);
        assert!(listing.files.is_empty());
        let reasons: Vec<_> = listing.skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "hidden: its name begins with a dot",
                "not a kind of file that is read (its name has no ending)",
                "not a kind of file that is read (.pdf)",
            ]
        );
        assert!(listing.skipped.iter().all(|s| !s.incomplete));

        let listing = list(&[folder.path().join("a.pdf"), folder.path().join(".git/x.txt")]);
        assert_eq!(listing.files.len(), 2);
        assert_eq!([listing.files[0].kind, listing.files[1].kind], [Some(Kind::Text), None]);
    }

    #[test]
    fn a_missing_path_makes_the_run_incomplete() {
        let listing = list(&[PathBuf::from("/no/such/thing.txt")]);
        assert_eq!(listing.skipped[0].reason, "no such file or folder");
        assert!(listing.skipped[0].incomplete);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_tree_are_not_followed_but_a_given_link_is() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["a/x.txt"]);
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink("x.txt", folder.path().join("a/y.txt")).unwrap();
        symlink("a", folder.path().join("b")).unwrap();
        symlink("nothing", folder.path().join("dangling.txt")).unwrap();

        let listing = list(&[folder.path().to_owned()]);
        assert_eq!(names(&listing, folder.path()), ["a/x.txt"]);
        assert_eq!(listing.skipped.len(), 4);
        assert!(listing.skipped.iter().all(|s| s.reason == "symbolic link, not followed" && !s.incomplete));

        let listing = list(&[folder.path().join("b"), folder.path().join("a/y.txt")]);
        assert_eq!(names(&listing, folder.path()), ["a/y.txt"], "both lead to the same file");

        let listing = list(&[folder.path().join("dangling.txt")]);
        assert!(listing.files.is_empty() && listing.skipped[0].incomplete);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_never_opened() {
        let folder = folder(&["x.txt"]);
        let pipe = folder.path().join("pipe.txt");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            return; // No mkfifo on this machine.
        }
        let listing = list(&[folder.path().to_owned(), pipe, PathBuf::from("/dev/null")]);
        assert_eq!(names(&listing, folder.path()), ["x.txt"]);
        let reasons: Vec<_> = listing.skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!(reasons.len(), 2);
        assert_eq!(reasons[0], "device, not opened");
        assert!(reasons[1].starts_with("named pipe"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_that_a_shell_made_is_called_one() {
        use std::os::fd::AsRawFd;
        let (reader, _writer) = io::pipe().unwrap();
        let path = PathBuf::from(format!("/dev/fd/{}", reader.as_raw_fd()));
        let [row] = <[Skipped; 1]>::try_from(list(&[path]).skipped).unwrap();
        assert_eq!(row.reason, "named pipe, not opened (give `-` to read standard input)");
        assert!(row.incomplete, "it was asked for");
    }

    #[cfg(unix)]
    #[test]
    fn names_may_hold_line_breaks_and_any_bytes() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&["line\nbreak.txt"]);
        fs::write(folder.path().join(OsStr::from_bytes(b"caf\xe9.txt")), "x").unwrap();
        let listing = list(&[folder.path().to_owned()]);
        assert_eq!(listing.files.len(), 2);
    }
}
