//! Repairs of names: a plan that touches nothing, renames that replace nothing, a journal that
//! can undo them.
//!
//! Only contents that belong to another name here are planned to be renamed. A content that has
//! changed is put on hold: to give it the name of what it is now would hide the damage. The plan
//! is JSON lines, so that a person can read it and change `hold` into `rename`.

mod plan;
mod undo;

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::algorithm::Algorithm;
use super::content::{self, Links};
use super::encoding::{Encoding, hex};
use super::probe::digest_stream;
pub use plan::plan;
pub use undo::undo;

/// A path as JSON: a string, or `{"hex": ...}` where it is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "PathForm", into = "PathForm")]
pub struct StoredPath(pub PathBuf);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PathForm {
    Text(String),
    Bytes { hex: String },
}

impl From<StoredPath> for PathForm {
    fn from(StoredPath(path): StoredPath) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes { hex: hex(path.as_os_str().as_encoded_bytes()) },
        }
    }
}

impl TryFrom<PathForm> for StoredPath {
    type Error = String;

    fn try_from(form: PathForm) -> Result<Self, String> {
        let hex = match form {
            PathForm::Text(text) => return Ok(Self(PathBuf::from(text))),
            PathForm::Bytes { hex } => hex,
        };
        let bits = Encoding::Hex.decode(&hex).filter(|bits| bits.len > 0 && bits.len % 8 == 0);
        let bits = bits.ok_or_else(|| format!("{hex:?} is no path in hexadecimal digits"))?;
        Ok(Self(super::manifest::path_of(bits.bytes)))
    }
}

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Give it the new name.
    Rename,
    /// Leave it; a person may decide otherwise.
    Hold,
}

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// What to do.
    pub action: Action,
    /// The name now.
    pub from: StoredPath,
    /// The name that says what the content is.
    pub to: StoredPath,
    /// SHA-256 of the content when the plan was made.
    pub sha256: String,
    /// Why.
    pub why: String,
}

/// One rename in a journal, written before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The old name.
    pub from: StoredPath,
    /// The new name.
    pub to: StoredPath,
    /// SHA-256 of the content, by which it is known again.
    pub sha256: String,
}

/// Why names were not changed, or not all of them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenameError {
    /// A plan or journal cannot be read or written.
    #[error("{path}: {reason}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The plan or journal does not fit what lies here any more; nothing was touched.
    #[error("nothing was renamed: {}", .0.join("; "))]
    Refused(Vec<String>),
    /// A rename failed; those before it are done and in the journal.
    #[error("stopped after {done} {}: {path}: {reason}", renames(done), path = path.display())]
    Stopped {
        /// Renames done.
        done: usize,
        /// The file that could not be renamed.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

fn renames(done: &usize) -> &'static str {
    if *done == 1 { "rename" } else { "renames" }
}

fn moving(lines: &[Planned]) -> impl Iterator<Item = &Planned> {
    lines.iter().filter(|line| line.action == Action::Rename)
}

fn sha256(path: &Path) -> Result<String, String> {
    content::read_stable(path, Links::Refuse, |file, size| digest_stream(file, size, &[Algorithm::Sha256]))
        .map_err(|failure| failure.to_string())
        .map(|mut digests| hex(&digests.pop().unwrap_or_default()))
}

/// Writes JSON lines to a new file; an old one is not replaced.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_lines<T: Serialize>(path: &Path, lines: &[T]) -> Result<(), RenameError> {
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        for line in lines {
            writeln!(file, "{}", serde_json::to_string(line)?)?;
        }
        file.sync_all()
    };
    write().map_err(|error| RenameError::File { path: path.to_owned(), reason: error.to_string() })
}

fn read(path: &Path) -> Result<String, RenameError> {
    fs::read_to_string(path)
        .map_err(|error| RenameError::File { path: path.to_owned(), reason: error.to_string() })
}

fn parse<T: for<'a> Deserialize<'a>>(path: &Path, text: &str) -> Result<Vec<T>, RenameError> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| RenameError::File {
                path: path.to_owned(),
                reason: format!("line {number}: {error}"),
            })
        })
        .collect()
}

/// Carries out the renames of a plan and returns how many files have new names.
///
/// Every content is hashed again and every new name is looked for before anything is touched.
/// Each step is in the journal, on disk, before it is done.
///
/// # Errors
/// When anything has changed since the plan was made (nothing is touched), or a rename fails.
pub fn apply(plan: &Path, journal: &Path) -> Result<usize, RenameError> {
    let lines: Vec<Planned> = parse(plan, &read(plan)?)?;
    let mut open: Vec<Step> = moving(&lines).map(Step::of).collect();
    let problems = problems(&lines);
    if !problems.is_empty() {
        return Err(RenameError::Refused(problems));
    }
    write_lines::<Step>(journal, &[])?;
    let count = open.len();
    let mut done = 0;
    while !open.is_empty() {
        let free = open.iter().position(|step| fs::symlink_metadata(&step.to.0).is_err());
        // In a circle the first one steps aside.
        let step = match free {
            Some(at) => open.remove(at),
            None => open[0].aside(),
        };
        step.take(journal).map_err(|error| RenameError::Stopped {
            done,
            path: step.from.0,
            reason: error.to_string(),
        })?;
        done += 1;
    }
    Ok(count)
}

/// What has changed since the plan was made.
fn problems(lines: &[Planned]) -> Vec<String> {
    let mut out = Vec::new();
    let leaving: BTreeSet<&PathBuf> = moving(lines).map(|line| &line.from.0).collect();
    let mut wanted = BTreeSet::new();
    for Planned { from: StoredPath(from), to: StoredPath(to), sha256: expected, .. } in moving(lines) {
        match sha256(from) {
            Ok(now) if now == *expected => {}
            Ok(_) => out.push(format!("{} has changed since the plan was made", from.display())),
            Err(reason) => out.push(format!("{}: {reason}", from.display())),
        }
        if !wanted.insert(to) || (fs::symlink_metadata(to).is_ok() && !leaving.contains(to)) {
            out.push(format!("{} is taken", to.display()));
        }
    }
    out
}

impl Step {
    fn of(line: &Planned) -> Self {
        Self { from: line.from.clone(), to: line.to.clone(), sha256: line.sha256.clone() }
    }

    /// A step to a name that nobody wants; the rest of the way is left.
    fn aside(&mut self) -> Self {
        let mut aside = self.from.0.clone().into_os_string();
        aside.push(".wirecopy-aside");
        let aside = StoredPath(PathBuf::from(aside));
        Self {
            from: std::mem::replace(&mut self.from, aside.clone()),
            to: aside,
            sha256: self.sha256.clone(),
        }
    }

    fn take(&self, journal: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(journal)?;
        writeln!(file, "{}", serde_json::to_string(self)?)?;
        file.sync_data()?;
        rename_new(&self.from.0, &self.to.0)
    }
}

/// Renames without replacing anything.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not every file system knows the flag.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            done => return Ok(done?),
        }
    }
    // A link is never made over an existing name.
    fs::hard_link(from, to)?;
    fs::remove_file(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(folder: &Path, from: &str, to: &str) -> Planned {
        let at = |name: &str| StoredPath(folder.join(name));
        let sha256 = sha256(&folder.join(from)).unwrap();
        Planned { action: Action::Rename, from: at(from), to: at(to), sha256, why: String::new() }
    }

    #[test]
    fn turns_circles_and_turns_them_back() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for name in ["a", "b", "c", "d"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let lines =
            [line(folder, "a", "b"), line(folder, "b", "c"), line(folder, "c", "a"), line(folder, "d", "e")];
        let (plan, journal) = (folder.join("plan"), folder.join("journal"));
        write_lines(&plan, &lines).unwrap();
        assert_eq!(apply(&plan, &journal).unwrap(), 4);
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(["a", "b", "c", "d", "e"].map(read), ["c", "a", "b", "", "d"]);
        assert_eq!(undo(&journal).unwrap(), 4, "the step aside is no file more");
        assert_eq!(["a", "b", "c", "d", "e"].map(read), ["a", "b", "c", "d", ""]);
        assert_eq!(undo(&journal).unwrap(), 0, "everything lies where it lay");
        assert_eq!(["a", "b", "c", "d", "e"].map(read), ["a", "b", "c", "d", ""]);
    }

    #[test]
    fn takes_back_what_was_done_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for name in ["a", "b", "c"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let lines = [line(folder, "a", "b"), line(folder, "b", "a"), line(folder, "c", "d")];
        let (plan, journal) = (folder.join("plan"), folder.join("journal"));
        write_lines(&plan, &lines).unwrap();
        apply(&plan, &journal).unwrap();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        // As after an interruption: the last step is written and not done.
        let last = parse::<Step>(&journal, &fs::read_to_string(&journal).unwrap()).unwrap().pop().unwrap();
        rename_new(&last.to.0, &last.from.0).unwrap();
        assert_eq!(undo(&journal).unwrap(), 3 - usize::from(last.to.0.ends_with("d")));
        assert_eq!(["a", "b", "c", "d"].map(read), ["a", "b", "c", ""]);
    }

    #[test]
    fn takes_nothing_back_when_anything_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for name in ["a", "b", "c"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let (plan, journal) = (folder.join("plan"), folder.join("journal"));
        write_lines(&plan, &[line(folder, "a", "x"), line(folder, "b", "y"), line(folder, "c", "z")])
            .unwrap();
        apply(&plan, &journal).unwrap();
        fs::write(folder.join("y"), "other").unwrap();
        fs::write(folder.join("c"), "new").unwrap();
        let error = undo(&journal).unwrap_err().to_string();
        assert!(error.contains("y has changed since") && error.contains("c is taken"), "{error}");
        assert!(!folder.join("a").exists() && folder.join("x").exists());
    }

    #[test]
    fn touches_nothing_when_anything_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for name in ["a", "b", "taken"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let (plan, journal) = (folder.join("plan"), folder.join("journal"));
        write_lines(&plan, &[line(folder, "a", "x"), line(folder, "b", "taken")]).unwrap();
        fs::write(folder.join("a"), "other").unwrap();
        let error = apply(&plan, &journal).unwrap_err().to_string();
        assert!(error.contains("a has changed") && error.contains("taken is taken"), "{error}");
        assert!(!journal.exists() && !folder.join("x").exists());
    }

    #[test]
    fn a_path_is_text_or_sound_digits() {
        let read = |json: &str| serde_json::from_str::<StoredPath>(json).map_err(|error| error.to_string());
        assert_eq!(read("\"a b\"").unwrap().0, Path::new("a b"));
        assert_eq!(read("{\"hex\":\"6120\"}").unwrap().0, Path::new("a "));
        for hex in ["612", "6x", "6C6c", ""] {
            let error = read(&format!("{{\"hex\":\"{hex}\"}}")).unwrap_err();
            assert_eq!(error, format!("\"{hex}\" is no path in hexadecimal digits"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_is_stored_and_read() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let path = StoredPath(PathBuf::from(OsStr::from_bytes(b"caf\xe9")));
        let json = serde_json::to_string(&path).unwrap();
        assert_eq!(json, "{\"hex\":\"636166e9\"}");
        assert_eq!(serde_json::from_str::<StoredPath>(&json).unwrap(), path);
    }

    #[test]
    fn never_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "a").unwrap();
        fs::write(at("b"), "b").unwrap();
        assert!(rename_new(&at("a"), &at("b")).is_err());
        assert_eq!(fs::read_to_string(at("b")).unwrap(), "b");
        assert!(write_lines::<Step>(&at("a"), &[]).is_err());
    }
}
