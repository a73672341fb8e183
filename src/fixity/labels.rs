//! What else than the content a name may have been made from: URLs, titles, texts and names, as a
//! table, a sidecar or a list beside the files tells them.

mod record;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::content::{self, Links};
use super::name::take_apart;
use super::probe::Label;
use super::reading::Subject;
use record::Record;

/// Largest table that is read: 256 MiB.
const TABLE_LIMIT: u64 = 256 << 20;
/// Largest table that is read without having been named by the user: 64 MiB.
const FOUND_LIMIT: u64 = 64 << 20;

/// Why the table that the user named cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot use the metadata table {path}: {reason}", path = path.display())]
pub struct TableError {
    /// The table.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

/// Records by the files that they belong to.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    records: Vec<Record>,
    by_key: HashMap<String, Vec<usize>>,
    /// The tables that were read.
    pub tables: BTreeSet<PathBuf>,
}

impl Labels {
    /// Reads the table that the user named: CSV with a header, JSON or JSON lines.
    ///
    /// # Errors
    /// When it cannot be read or holds no record.
    pub(super) fn from_table(path: &Path) -> Result<Self, TableError> {
        let fail = |reason: String| TableError { path: path.to_owned(), reason };
        let mut labels = Self::default();
        labels.read_table(path, Links::Follow, TABLE_LIMIT).map_err(fail)?;
        if labels.records.is_empty() {
            return Err(fail("no record with a URL, title, text or name in it".to_owned()));
        }
        Ok(labels)
    }

    /// Adds the sidecars of the files and the tables in their folders and the folders above.
    #[must_use]
    pub(super) fn and_beside(mut self, files: &[&Path]) -> Self {
        let own: BTreeSet<PathBuf> = files.iter().map(|file| folder_of(file)).collect();
        let above: BTreeSet<PathBuf> = own
            .iter()
            .filter(|folder| folder.file_name().is_some())
            .map(|folder| folder_of(folder))
            .collect();
        for folder in own.union(&above) {
            let Ok(entries) = std::fs::read_dir(folder) else {
                continue;
            };
            let mut tables: Vec<PathBuf> = entries
                .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                .filter(|path| is_table(path) && take_apart(path).digests.iter().all(|d| d.doubtful))
                .collect();
            tables.sort();
            let before = self.records.len();
            for table in tables {
                // A JSON file that is no table is simply not one.
                let _ = self.read_table(&table, Links::Refuse, FOUND_LIMIT);
            }
            // A table in the folder above may be about anything; only what names a file counts.
            if !own.contains(folder) {
                self.records[before..].iter_mut().for_each(|record| record.near = false);
            }
        }
        for file in files {
            self.read_sidecars(file);
        }
        self
    }

    /// The labels of the record that belongs to a file.
    #[must_use]
    pub(super) fn of(&self, path: &Path) -> Vec<Label> {
        let own = names_of(path);
        let found: BTreeSet<Label> = own
            .iter()
            .filter_map(|name| self.by_key.get(name))
            .flatten()
            .flat_map(|&at| self.records[at].labels.iter().cloned())
            .filter(|label| label.subject != Subject::Name || !own.contains(&label.text))
            .collect();
        found.into_iter().collect()
    }

    /// The labels of records that say of no file that they belong to it, each once.
    #[must_use]
    pub(super) fn unclaimed(&self, files: &[&Path]) -> Vec<Label> {
        let claimed: BTreeSet<usize> = files
            .iter()
            .flat_map(|path| names_of(path))
            .filter_map(|name| self.by_key.get(&name))
            .flatten()
            .copied()
            .collect();
        let labels: BTreeSet<&Label> = self
            .records
            .iter()
            .enumerate()
            .filter(|(at, record)| record.near && !claimed.contains(at))
            .flat_map(|(_, record)| &record.labels)
            .collect();
        labels.into_iter().cloned().collect()
    }

    fn add(&mut self, record: Record) {
        if record.labels.is_empty() {
            return;
        }
        let at = self.records.len();
        for key in &record.keys {
            self.by_key.entry(key.clone()).or_default().push(at);
        }
        self.records.push(record);
    }

    fn read_table(&mut self, path: &Path, links: Links, limit: u64) -> Result<(), String> {
        let bytes = content::read_stable(path, links, |file, size| {
            if size > limit {
                let reason = format!("larger than {} MiB", limit >> 20);
                return Err(std::io::Error::other(reason));
            }
            content::whole(file, size)
        });
        let bytes = bytes.map_err(|failure| failure.to_string())?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let before = self.records.len();
        let done = if has_extension(path, "csv") { self.read_csv(bytes) } else { self.read_json(bytes) };
        if self.records.len() > before {
            self.tables.insert(path.to_owned());
        }
        done
    }

    fn read_json(&mut self, bytes: &[u8]) -> Result<(), String> {
        for value in serde_json::Deserializer::from_slice(bytes).into_iter::<Value>() {
            self.add_value(value.map_err(|error| error.to_string())?);
        }
        Ok(())
    }

    fn read_csv(&mut self, bytes: &[u8]) -> Result<(), String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        for row in reader.records() {
            let row = row.map_err(|error| error.to_string())?;
            let fields: Map<String, Value> = header
                .iter()
                .zip(row.iter())
                .map(|(name, value)| (name.to_owned(), Value::String(value.to_owned())))
                .collect();
            self.add(Record::of(&fields, None));
        }
        Ok(())
    }

    /// A record, a list of records, records by key, or a list of records under some key.
    fn add_value(&mut self, value: Value) {
        match value {
            Value::Array(items) => items.iter().filter_map(Value::as_object).for_each(|fields| {
                self.add(Record::of(fields, None));
            }),
            Value::Object(fields) => {
                self.add(Record::of(&fields, None));
                for (key, value) in &fields {
                    match value {
                        Value::Object(inner) => self.add(Record::of(inner, Some(key))),
                        Value::Array(items) => items.iter().filter_map(Value::as_object).for_each(|inner| {
                            self.add(Record::of(inner, None));
                        }),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// `NAME.json` or `STEM.json` beside the file, or the file itself where it is JSON; one that is too
    /// large for memory is no record of one file.
    fn read_sidecars(&mut self, file: &Path) {
        let mut named = file.as_os_str().to_owned();
        named.push(".json");
        let sidecars: BTreeSet<PathBuf> = [PathBuf::from(named), file.with_extension("json")].into();
        for sidecar in sidecars {
            let Ok(Some(bytes)) = content::small(&sidecar, Links::Refuse) else { continue };
            if let Ok(Value::Object(fields)) = serde_json::from_slice(&bytes) {
                let mut record = Record::of(&fields, None);
                record.keys = file.to_str().map(str::to_owned).into_iter().collect();
                self.add(record);
            }
        }
    }
}

/// The folder of a path; that of `a.txt` is `.`.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

fn is_table(path: &Path) -> bool {
    ["json", "jsonl", "ndjson", "csv"].iter().any(|extension| has_extension(path, extension))
}

/// What a table may call a file: its path, its name, its stem, the digest in its name.
fn names_of(path: &Path) -> BTreeSet<String> {
    let mut names: BTreeSet<String> =
        take_apart(path).digests.into_iter().map(|digest| digest.text).collect();
    if let Some(path) = path.to_str() {
        // A table may give the path from any folder on.
        names.insert(path.to_owned());
        names.extend(path.match_indices('/').map(|(at, _)| path[at + 1..].to_owned()));
    }
    if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
        names.insert(name.to_owned());
        names.extend(name.match_indices('.').filter(|&(at, _)| at > 0).map(|(at, _)| name[..at].to_owned()));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(labels: &[Label]) -> Vec<&str> {
        labels.iter().filter(|l| l.subject == Subject::Url).map(|l| l.text.as_str()).collect()
    }

    #[test]
    fn finds_records_beside_above_and_in_sidecars() {
        let top = tempfile::tempdir().unwrap();
        let folder = top.path().join("html");
        std::fs::create_dir(&folder).unwrap();
        let digest = "900150983cd24fb0d6963f7d28e17f72";
        std::fs::write(
            top.path().join("truth.json"),
            format!(r#"{{"{digest}":{{"url":"u1"}},"other":{{"url":"u9"}}}}"#),
        )
        .unwrap();
        std::fs::write(folder.join("list.csv"), "file,URL\na.html,u2\n,u4\n").unwrap();
        std::fs::write(folder.join("b.html.json"), r#"{"url":"u3","title":"t"}"#).unwrap();
        let files = [folder.join(format!("{digest}.html.gz")), folder.join("a.html"), folder.join("b.html")];
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        let labels = Labels::default().and_beside(&files);
        let found: Vec<Vec<Label>> = files.iter().map(|file| labels.of(file)).collect();
        assert_eq!(found.iter().map(|l| urls(l)).collect::<Vec<_>>(), [["u1"], ["u2"], ["u3"]]);
        assert_eq!(
            urls(&labels.unclaimed(&files)),
            ["u3", "u4"],
            "the sidecar is a table, too; the one above counts only by name"
        );
    }

    #[test]
    fn a_named_table_must_be_one() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("t.jsonl");
        std::fs::write(&table, "{\"path\":\"a\",\"url\":\"u\"}\n{broken").unwrap();
        assert!(Labels::from_table(&table).is_err());
        std::fs::write(&table, "{\"path\":\"a\",\"url\":\"u\"}\n").unwrap();
        assert_eq!(urls(&Labels::from_table(&table).unwrap().of(Path::new("a"))), ["u"]);
        std::fs::write(&table, "[]").unwrap();
        assert!(Labels::from_table(&table).unwrap_err().to_string().contains("no record"));
    }
}
