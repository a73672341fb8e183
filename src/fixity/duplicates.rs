//! Files that hold the same bytes, or the same words.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_128;

use super::content::{self, Links, MEMORY_LIMIT, Object};
use super::verification::PathText;

/// Which duplicates are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sought {
    /// None.
    None,
    /// The same bytes.
    #[default]
    Bytes,
    /// The same bytes, and the same words in other bytes.
    Text,
}

/// Files that hold the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// In what sense: `bytes` or `text`.
    pub kind: Sought,
    /// The files, sorted.
    pub files: Vec<PathText>,
}

/// Groups the files that hold the same, the largest group first. Where bytes are to be the same they
/// are compared themselves; the same words are told by a hash of 128 bits.
#[must_use]
pub(super) fn duplicates(files: &[(&Path, Object)], sought: Sought) -> Vec<Group> {
    let mut alike: BTreeMap<(u64, Option<u128>), Vec<&Path>> = BTreeMap::new();
    for (path, object) in files {
        alike.entry((object.size, object.key)).or_default().push(path);
    }
    let mut groups: Vec<Group> = alike
        .into_par_iter()
        .filter(|(_, paths)| paths.len() > 1)
        .flat_map_iter(|(_, paths)| {
            let mut classes: Vec<Vec<&Path>> = Vec::new();
            for path in paths {
                let class = classes.iter_mut().find(|class| same_bytes(class[0], path).unwrap_or(false));
                match class {
                    Some(class) => class.push(path),
                    None => classes.push(vec![path]),
                }
            }
            classes.into_iter().filter(|class| class.len() > 1)
        })
        .map(|class| group(Sought::Bytes, class))
        .collect();
    if sought == Sought::Text {
        groups.extend(same_words(files));
    }
    groups.sort_by(|a, b| {
        (a.kind == Sought::Text)
            .cmp(&(b.kind == Sought::Text))
            .then(b.files.len().cmp(&a.files.len()))
            .then_with(|| a.files.cmp(&b.files))
    });
    groups
}

fn group(kind: Sought, paths: Vec<&Path>) -> Group {
    let mut files: Vec<PathText> = paths.into_iter().map(|path| PathText(path.to_owned())).collect();
    files.sort();
    Group { kind, files }
}

/// Groups of files with the same words, at least two of which differ in their bytes.
fn same_words(files: &[(&Path, Object)]) -> Vec<Group> {
    let keys: Vec<(u128, Option<u128>, &Path)> = files
        .par_iter()
        .filter(|(_, object)| object.size <= MEMORY_LIMIT)
        .filter_map(|(path, object)| {
            let bytes = content::read_stable(path, Links::Follow, content::whole).ok()?;
            let words = words(std::str::from_utf8(&bytes).ok()?);
            (!words.is_empty()).then(|| (xxh3_128(words.as_bytes()), object.key, *path))
        })
        .collect();
    let mut alike: BTreeMap<u128, Vec<(Option<u128>, &Path)>> = BTreeMap::new();
    for (words, bytes, path) in keys {
        alike.entry(words).or_default().push((bytes, path));
    }
    alike
        .into_values()
        .filter(|class| class.iter().any(|(bytes, _)| *bytes != class[0].0))
        .map(|class| group(Sought::Text, class.into_iter().map(|(_, path)| path).collect()))
        .collect()
}

/// The words of a text in NFKC and lower case, one space between them.
fn words(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn same_bytes(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (BufReader::new(File::open(a)?), BufReader::new(File::open(b)?));
    let (mut left, mut right) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    loop {
        let count = a.read(&mut left)?;
        if count == 0 {
            return Ok(b.read(&mut right[..1])? == 0);
        }
        if b.read_exact(&mut right[..count]).is_err() || left[..count] != right[..count] {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_bytes_and_by_words() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<_> = [("a", "One two."), ("b", "One two."), ("c", "one  TWO"), ("d", "three")]
            .map(|(name, text)| {
                let path = folder.path().join(name);
                std::fs::write(&path, text).unwrap();
                let key = Some(xxh3_128(text.as_bytes()));
                (path, Object { size: text.len() as u64, shared: None, key })
            })
            .into();
        let files: Vec<(&Path, Object)> =
            files.iter().map(|(path, object)| (path.as_path(), *object)).collect();
        let names = |sought| -> Vec<String> {
            duplicates(&files, sought)
                .iter()
                .map(|group| {
                    let names = group.files.iter().filter_map(|file| file.0.file_name()?.to_str());
                    names.collect::<Vec<_>>().join("")
                })
                .collect()
        };
        assert_eq!(names(Sought::Bytes), ["ab"]);
        assert_eq!(names(Sought::Text), ["ab", "abc"]);
    }
}
