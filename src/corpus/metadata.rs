//! The `--metadata` table: what articles do not say about themselves.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::candidate::{Candidate, Field};
use super::{Article, ListedFile, Origin, Published, ReadError, Skipped, decoding, fault, table};

/// A table with one row an article or file.
#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    real_path: PathBuf,
    rows: Vec<Row>,
    /// Rows by their path, as typed and as lying below the table's folder.
    by_path: HashMap<PathBuf, usize>,
    by_id: HashMap<String, usize>,
    /// Rows by their file's name, where neither two rows nor two listed files have it. They count
    /// where one of the two paths is the end of the other.
    by_name: HashMap<OsString, usize>,
    skipped: Vec<Skipped>,
}

#[derive(Debug, Default)]
struct Row {
    path: PathBuf,
    values: Vec<(Field, String)>,
    used: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Path,
    Id,
    Value(Field),
}

impl Table {
    /// Reads a table; `files` tells which file names are unique.
    ///
    /// # Errors
    /// When the file cannot be read, is no CSV, or has neither a column `path` nor `id`.
    pub(super) fn open(path: &Path, files: &[ListedFile]) -> Result<Self, ReadError> {
        let unusable = |reason: String| ReadError::Metadata { path: path.to_owned(), reason };
        let read = || Ok((fs::read(path)?, path.canonicalize()?));
        let (bytes, real_path) = read().map_err(|error| unusable(fault::in_words(&error)))?;
        let decoded =
            decoding::decode(bytes).ok_or_else(|| unusable("binary file, not a table".to_owned()))?;
        let mut table = Self {
            path: path.to_owned(),
            real_path,
            rows: Vec::new(),
            by_path: HashMap::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            skipped: Vec::new(),
        };
        table.read_rows(&decoded.text).map_err(unusable)?;
        table.keep_unique_names(files);
        Ok(table)
    }

    fn read_rows(&mut self, text: &str) -> Result<(), String> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(table::separator(text.as_bytes()))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| in_words(&error))?;
        let columns: Vec<_> = header.iter().map(column).collect();
        if !columns.iter().any(|column| matches!(column, Some(Column::Path | Column::Id))) {
            return Err("its first line names no column `path` (or `id`)".to_owned());
        }
        let uncounted = table::uncounted(text.as_bytes());
        for record in reader.records() {
            let record = record.map_err(|error| in_words(&error))?;
            let line = record.position().map_or(0, csv::Position::line) + uncounted;
            self.add_row(&columns, &record, line);
        }
        Ok(())
    }

    fn add_row(&mut self, columns: &[Option<Column>], record: &csv::StringRecord, line: u64) {
        let mut row = Row::default();
        let (mut path, mut id) = (None, None);
        for (column, value) in columns.iter().zip(record).filter(|(_, value)| !value.is_empty()) {
            let own = Some(value.to_owned());
            match column {
                Some(Column::Path) => path = Some(Path::new(value)),
                Some(Column::Id) => id = own,
                Some(Column::Value(field)) => {
                    if *field == Field::Published && Published::parse(value).is_none() {
                        let value = fault::repeated(&format_args!("{value:?}"));
                        self.skip(line, true, format!("published time not understood: {value}"));
                    } else {
                        row.values.push((*field, value.to_owned()));
                    }
                }
                None => {}
            }
        }
        let index = self.rows.len();
        let mut known = false;
        if let Some(path) = path {
            let real_folder = self.real_path.parent().unwrap_or(Path::new("/"));
            let below = plainly(&real_folder.join(path));
            let typed = plainly(path);
            known |= *self.by_path.entry(below).or_insert(index) != index;
            self.by_path.entry(typed.clone()).or_insert(index);
            row.path = typed;
            if let Some(name) = path.file_name() {
                let first = self.by_name.entry(name.to_owned()).or_insert(index);
                if *first != index {
                    *first = usize::MAX;
                }
            }
        }
        if let Some(id) = id {
            known |= *self.by_id.entry(id).or_insert(index) != index;
        }
        if known {
            self.skip(line, false, "stands in the table before: the first row counts".to_owned());
        }
        self.rows.push(row);
    }

    fn keep_unique_names(&mut self, files: &[ListedFile]) {
        let mut times: HashMap<&OsStr, usize> = HashMap::new();
        for name in files.iter().filter_map(|file| file.path.file_name()) {
            *times.entry(name).or_default() += 1;
        }
        self.by_name.retain(|name, row| *row != usize::MAX && times.get(name.as_os_str()) == Some(&1));
    }

    fn skip(&mut self, line: u64, incomplete: bool, reason: String) {
        self.skipped.push(Skipped { path: self.path.clone(), record: Some(line), incomplete, reason });
    }

    /// Returns whether this is the table's own file.
    pub(super) fn is(&self, path: &Path) -> bool {
        path.file_name() == self.real_path.file_name()
            && path.canonicalize().is_ok_and(|path| path == self.real_path)
    }

    /// Fills what an article does not say itself, first from the row with its id, then from the
    /// row with the path of its member in an archive, then from the row with its file's path.
    pub(super) fn fill(&mut self, file: &ListedFile, input: &Path, article: &mut Article, explain: bool) {
        let by_id = self.by_id.get(&article.id).copied();
        let by_member = self.by_path.get(&plainly(input)).copied().filter(|_| input != file.path);
        let by_path = self.row_of(file);
        for index in [by_id, by_member, by_path].into_iter().flatten() {
            let row = &mut self.rows[index];
            row.used = true;
            for (field, value) in &row.values {
                let candidate = Candidate { field: *field, value: value.clone(), origin: Origin::Table };
                article.consider(candidate, explain);
            }
        }
    }

    fn row_of(&self, file: &ListedFile) -> Option<usize> {
        let typed = plainly(&file.path);
        let by_path = self.by_path.get(&typed).or_else(|| self.by_path.get(&file.real_path));
        by_path.copied().or_else(|| {
            let index = *self.by_name.get(file.path.file_name()?)?;
            let stated = &self.rows[index].path;
            (file.real_path.ends_with(stated) || stated.ends_with(&typed)).then_some(index)
        })
    }

    /// Returns what is to be said about the table itself.
    pub(super) fn into_skipped(mut self) -> Vec<Skipped> {
        let unused = self.rows.iter().filter(|row| !row.used).count();
        if unused > 0 {
            let reason = format!("{unused} of {} rows belong to no article that was read", self.rows.len());
            self.skipped.push(Skipped { path: self.path, record: None, incomplete: false, reason });
        }
        self.skipped
    }
}

fn column(name: &str) -> Option<Column> {
    match name.to_ascii_lowercase().as_str() {
        "path" => Some(Column::Path),
        "id" => Some(Column::Id),
        // The text is that of the article's own source.
        name => Field::named(name).filter(|field| *field != Field::Text).map(Column::Value),
    }
}

fn in_words(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line} has {len} columns where the first line has {expected_len}")
        }
        _ => error.to_string(),
    }
}

/// Returns a path without `.` and, as far as its text alone tells, without `..`.
fn plainly(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, ReadOptions, list, read};

    /// Reads a folder with two plain files in folders of their own and three records.
    fn with_table(name: &str, csv: &str) -> Result<Corpus, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("in/a/x.txt", "text"),
            ("in/b/x.txt", "text"),
            ("in/b/y.txt", "text"),
            (
                "in/c.jsonl",
                "{\"text\":\"t\",\"id\":\"r1\",\"title\":\"Own\"}\n{\"text\":\"t\",\"id\":\"r2\"}\n",
            ),
            (name, csv),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let options = ReadOptions { metadata: Some(folder.path().join(name)), ..ReadOptions::default() };
        read(list(&[folder.path().join("in")]), &options, &mut std::io::empty(), &|_| {})
    }

    fn titles(corpus: &Corpus) -> Vec<&str> {
        let titles = corpus.articles.iter().map(|article| article.title.as_ref());
        titles.map(|title| title.map_or("", |title| title.value.as_str())).collect()
    }

    #[test]
    fn rows_are_found_by_path_by_unique_name_and_by_id() {
        let corpus =
            with_table("meta.csv", "path,title\nin/a/x.txt,A\n./in/b/../b/x.txt,B\ny.txt,Y\n").unwrap();
        assert_eq!(titles(&corpus), ["A", "B", "Y", "Own", ""]);
        let corpus = with_table("meta.csv", "path,title\nb/y.txt,Y\n").unwrap();
        assert_eq!(titles(&corpus), ["", "", "Y", "Own", ""]);
        let corpus = with_table("meta.csv", "path,title\na/y.txt,another y\n").unwrap();
        assert_eq!(titles(&corpus), ["", "", "", "Own", ""]);
        let corpus = with_table("in/meta.csv", "path,title\nx.txt,not unique\n").unwrap();
        assert_eq!(titles(&corpus), ["", "", "", "Own", ""]);
        let corpus = with_table("in/meta.csv", "ID;title\nr1;Table\nr2;Table\n").unwrap();
        assert_eq!(titles(&corpus), ["", "", "", "Own", "Table"]);
        let corpus = with_table("in/meta.csv", "id\ttitle\nr1\tTable\nr2\tTable\n").unwrap();
        assert_eq!(titles(&corpus), ["", "", "", "Own", "Table"]);
        assert_eq!(corpus.articles[4].title.as_ref().unwrap().origin, Origin::Table);
    }

    #[test]
    fn what_the_table_does_not_give_is_said() {
        let csv =
            "\u{feff}path,published\na/x.txt,2018-07-16\nb/x.txt,03/04/2018\nno.txt,2018\na/x.txt,2019\n";
        let corpus = with_table("in/meta.csv", csv).unwrap();
        assert_eq!(corpus.articles[0].published.as_ref().unwrap().value.to_string(), "2018-07-16");
        let rows: Vec<_> =
            corpus.skipped.iter().map(|row| (row.record, row.incomplete, row.reason.as_str())).collect();
        assert_eq!(
            rows,
            [
                (None, false, "2 of 4 rows belong to no article that was read"),
                (Some(3), true, "published time not understood: \"03/04/2018\""),
                (Some(5), false, "stands in the table before: the first row counts"),
            ]
        );
    }

    #[test]
    fn a_reason_repeats_no_whole_cell() {
        let date = "03/04/2018 ".repeat(30_000);
        let corpus = with_table("in/meta.csv", &format!("path,published\na/x.txt,{date}\n")).unwrap();
        let reason = &corpus.skipped[0].reason;
        assert!(reason.starts_with("published time not understood: \"03/04/2018 03/04"), "{reason}");
        assert!(reason.ends_with('…') && reason.chars().count() < 250, "{}", reason.len());
    }

    #[test]
    fn a_table_that_cannot_be_used_is_an_error() {
        let reason = |csv: &str| match with_table("meta.csv", csv) {
            Err(ReadError::Metadata { reason, .. }) => reason,
            other => panic!("{other:?}"),
        };
        assert!(reason("file,title\nx,y\n").contains("no column `path`"));
        assert_eq!(reason("path,title\na,b\na,b,c\n"), "line 3 has 3 columns where the first line has 2");
        assert_eq!(reason("\0\0\0"), "binary file, not a table");
        let options = ReadOptions { metadata: Some("/no/table.csv".into()), ..ReadOptions::default() };
        let error = read(list(&[]), &options, &mut std::io::empty(), &|_| {}).unwrap_err();
        assert_eq!(error.to_string(), "cannot use the metadata table /no/table.csv: no such file or folder");
    }
}
