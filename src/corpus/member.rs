//! Members of archives that are asked for by name, as `news.zip!/2031/a.txt`.

use std::path::{Path, PathBuf};

use super::opening::FileRead;
use super::{ListedFile, Skipped};

/// What stands between an archive and the name of its member.
const MARK: &str = "!/";

/// Returns the archive on disk in which a path names a member, if it does.
#[must_use]
pub fn archive_of(path: &Path) -> Option<PathBuf> {
    let text = path.to_str()?;
    let archives = text.match_indices(MARK).map(|(end, _)| PathBuf::from(&text[..end]));
    archives.filter(|_| !path.exists()).find(|archive| archive.is_file())
}

impl ListedFile {
    /// Takes away what was not asked for; a member that is not there is a row.
    pub(super) fn choose(&self, read: &mut FileRead) {
        if self.members.is_empty() {
            return;
        }
        let is_asked = |path: &Path| self.members.iter().any(|member| is_within(path, member));
        let holds = |path: &Path| self.members.iter().any(|member| is_within(member, path));
        let missing = |member: &&PathBuf| {
            let of_input = read.inputs.iter().map(|input| &input.file.path);
            let of_row = read.skipped.iter().map(|row| &row.path);
            !of_input.chain(of_row).any(|path| is_within(path, member))
        };
        let row = |member: &PathBuf| Skipped {
            path: member.clone(),
            record: None,
            incomplete: true,
            reason: "no such file in the archive".to_owned(),
        };
        let missing: Vec<Skipped> = self.members.iter().filter(missing).map(row).collect();
        read.inputs.retain(|input| is_asked(&input.file.path) || holds(&input.file.path));
        for input in &mut read.inputs {
            if !is_asked(&input.file.path) {
                input.articles.clear();
            }
        }
        read.skipped.retain(|row| is_asked(&row.path) || holds(&row.path));
        read.skipped.extend(missing);
    }
}

/// Whether a path is another one, or lies in that folder or archive.
fn is_within(path: &Path, outer: &Path) -> bool {
    let [path, outer] = [path, outer].map(|path| path.as_os_str().as_encoded_bytes());
    path.strip_prefix(outer).is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with(b"/")
            || rest.starts_with(MARK.as_bytes())
            || outer.ends_with(b"/")
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{self, Cursor, Write};

    use super::*;
    use crate::corpus::{Corpus, ReadError, ReadOptions, list, read};

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// Reads paths below a folder with an archive of three texts, one of them in an archive in it.
    fn ids(names: &[&str]) -> Result<Vec<String>, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let inner = zip(&[("c.txt", b"Three texts.")]);
        let bytes =
            zip(&[("a.txt", b"A text."), ("x/b.txt", b"Two texts."), ("in.zip", &inner), ("d.pdf", b"")]);
        fs::write(folder.path().join("news.zip"), bytes).unwrap();
        let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
        let root = format!("{}/", folder.path().display());
        match read(list(&paths), &ReadOptions::default(), &mut io::empty(), &|_| {}) {
            Ok(Corpus { articles, .. }) => {
                Ok(articles.iter().map(|article| article.id.replace(&root, "")).collect())
            }
            Err(ReadError::NothingRead(rows)) => {
                let said =
                    |row: &Skipped| format!("{}: {}", row.path.display(), row.reason).replace(&root, "");
                Err(rows.iter().map(said).collect())
            }
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn members_are_read_by_name() {
        let of = |names: &[&str]| ids(names).unwrap();
        assert_eq!(of(&["news.zip!/a.txt"]), ["news.zip!/a.txt"]);
        assert_eq!(of(&["news.zip!/x"]), ["news.zip!/x/b.txt"]);
        assert_eq!(
            of(&["news.zip!/in.zip!/c.txt", "news.zip!/a.txt"]),
            ["news.zip!/a.txt", "news.zip!/in.zip!/c.txt"]
        );
        assert_eq!(of(&["news.zip!/a.txt", "news.zip"]).len(), 3, "the archive itself was asked for");
        assert_eq!(of(&["news.zip!/a.txt", ""]).len(), 3, "and its folder");
    }

    #[test]
    fn a_member_that_is_not_there_or_is_not_read_is_a_row() {
        assert_eq!(
            ids(&["news.zip!/none.txt"]).unwrap_err(),
            ["news.zip!/none.txt: no such file in the archive"]
        );
        let refused = ids(&["news.zip!/d.pdf"]).unwrap_err();
        assert_eq!(refused, ["news.zip!/d.pdf: not a kind of file that is read (.pdf)"]);
        assert_eq!(ids(&["none.zip!/a.txt"]).unwrap_err(), ["none.zip!/a.txt: no such file or folder"]);
    }
}
