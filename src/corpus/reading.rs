//! All listed files into one corpus.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::bound::Budget;
use super::candidate::{Candidate, Field};
use super::listing::{by_bytes, by_path_and_record};
use super::metadata::Table;
use super::opening::{self, FileRead, Input, InputRead};
use super::publishers::Publishers;
use super::source::Source;
use super::{
    Article, Corpus, Kind, ListedFile, Listing, ReadError, ReadOptions, Skipped, Sourced, fault, outlet,
};

/// Containers larger than this are read one after another, each in parallel within itself, so
/// that the blocks held at a time do not grow with the number of files. In bytes on disk.
const LARGE: u64 = 2 << 20;

/// Reads the listed files into a corpus.
///
/// Files are opened, hashed, unpacked and decoded in parallel; memory is bounded by what is kept
/// and a few blocks of some MiB. What cannot be read becomes a row of [`Corpus::skipped`]. The
/// result does not depend on the number of threads. `standard_input` is read only when `-` is
/// listed. `read_bytes` is told how many more bytes on disk were read, from any thread; the sum
/// over a run is about [`Listing::bytes`].
///
/// # Errors
/// When not one article could be read, or when the `--metadata` table or the `--publishers` map
/// cannot be used.
pub fn read(
    listing: Listing,
    options: &ReadOptions,
    standard_input: &mut (dyn Read + Send),
    read_bytes: &(dyn Fn(u64) + Sync),
) -> Result<Corpus, ReadError> {
    let Listing { mut files, mut skipped } = listing;
    let table = match &options.metadata {
        Some(path) => {
            let table = Table::open(path, &files)?;
            files.retain(|file| !table.is(&file.real_path));
            skipped.retain(|row| !table.is(&row.path));
            Some(table)
        }
        None => None,
    };
    let reads = read_all(&files, options, standard_input, read_bytes);
    collect(Corpus { skipped, ..Corpus::default() }, &files, reads, options, table)
}

/// Puts together what the listed files gave.
fn collect(
    mut corpus: Corpus,
    files: &[ListedFile],
    reads: Vec<FileRead>,
    options: &ReadOptions,
    mut table: Option<Table>,
) -> Result<Corpus, ReadError> {
    let mut inputs = Vec::with_capacity(files.len());
    for (file, mut read) in files.iter().zip(reads) {
        file.choose(&mut read);
        corpus.skipped.extend(read.skipped);
        inputs.extend(read.inputs.into_iter().map(|input| (file, input)));
    }
    // Members come in the order of their archive, and may stand before their neighbours.
    inputs.sort_by(|(_, a), (_, b)| by_bytes(&a.file.path, &b.file.path));
    for (file, input) in inputs {
        corpus.add(file, input, options, table.as_mut());
    }
    corpus.skipped.extend(table.into_iter().flat_map(Table::into_skipped));
    corpus.skipped.sort_by(by_path_and_record);
    if corpus.articles.is_empty() {
        return Err(ReadError::NothingRead(corpus.skipped));
    }
    corpus.publishers = options.publishers.as_deref().map(Publishers::open).transpose()?.unwrap_or_default();
    corpus.articles.iter_mut().for_each(|article| corpus.publishers.settle(article));
    make_ids_unique(&mut corpus.articles);
    Ok(corpus)
}

/// Reads one input that lies in memory, as a file of this name would be read.
///
/// # Errors
/// When there is not one article in it.
pub fn read_bytes(name: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Corpus, ReadError> {
    let file = ListedFile {
        path: name.to_owned(),
        bytes: bytes.len() as u64,
        kind: Kind::of_name(name),
        first_folder: None,
        real_path: name.to_owned(),
        members: Vec::new(),
    };
    let read = read_file(&file, Some(&mut &*bytes), options, &|_| {});
    collect(Corpus::default(), &[file], vec![read], options, None)
}

/// Reads all files, in the order of the list.
fn read_all(
    files: &[ListedFile],
    options: &ReadOptions,
    standard_input: &mut (dyn Read + Send),
    read_bytes: &(dyn Fn(u64) + Sync),
) -> Vec<FileRead> {
    let is_large = |file: &ListedFile| {
        file.kind.is_none_or(Kind::is_container) && (file.bytes > LARGE || is_standard_input(file))
    };
    let mut reads: Vec<Option<FileRead>> = files
        .par_iter()
        .map(|file| (!is_large(file)).then(|| read_file(file, None, options, read_bytes)))
        .collect();
    for (file, read) in files.iter().zip(&mut reads).filter(|(_, read)| read.is_none()) {
        let stream = is_standard_input(file).then_some(&mut *standard_input as &mut dyn Read);
        *read = Some(read_file(file, stream, options, read_bytes));
    }
    reads.into_iter().flatten().collect()
}

fn is_standard_input(file: &ListedFile) -> bool {
    file.path.as_os_str() == "-"
}

/// Reads a file on disk, or the stream that stands for it.
fn read_file(
    file: &ListedFile,
    stream: Option<&mut dyn Read>,
    options: &ReadOptions,
    read_bytes: &(dyn Fn(u64) + Sync),
) -> FileRead {
    let budget = Budget::default();
    let count = |bytes| {
        budget.add_read(bytes);
        read_bytes(bytes);
    };
    let source = match stream {
        Some(stream) => Ok(Source::new(Box::new(stream), &count)),
        None => Source::open(&file.path, &count),
    };
    let input = Input {
        path: file.path.clone(),
        kind: file.kind,
        bytes: file.bytes,
        first_folder: file.first_folder.clone(),
        depth: 0,
        budget: &budget,
        options,
    };
    match source {
        Ok(source) => opening::read(&input, source),
        Err(error) => FileRead::failed(&file.path, fault::in_words(&error)),
    }
}

impl Corpus {
    fn add(
        &mut self,
        file: &ListedFile,
        input: InputRead,
        options: &ReadOptions,
        mut table: Option<&mut Table>,
    ) {
        let index =
            u32::try_from(self.files.len()).expect("a path takes memory, so that there are fewer than 2^32");
        let InputRead { file: input, first_folder, mut articles } = input;
        let outlet = options.outlet_from.outlet(&input.path, first_folder.as_deref());
        let mut left_out = BTreeMap::<&str, u64>::new();
        articles.retain_mut(|article| {
            article.file = index;
            if let Some(table) = &mut table {
                table.fill(file, &input.path, article, options.explain);
            }
            // What else could name the outlet is not looked at where nobody asks.
            if article.outlet.is_none() || options.explain {
                let site = article.url.as_ref().and_then(outlet::of_address);
                for Sourced { value, origin } in site.into_iter().chain(outlet.clone()) {
                    article.consider(Candidate { field: Field::Outlet, value, origin }, options.explain);
                }
            }
            let refused = options.only.refuses_article(article);
            if let Some(reason) = refused {
                *left_out.entry(reason).or_default() += 1;
            }
            refused.is_none()
        });
        self.skipped.extend(left_out.into_iter().map(|(reason, articles)| Skipped {
            path: input.path.clone(),
            record: None,
            incomplete: false,
            reason: match articles {
                1 if !input.container => reason.to_owned(),
                1 => format!("1 article {reason}"),
                _ => format!("{articles} articles {reason}"),
            },
        }));
        self.files.push(input);
        // Large inputs come one by one, and the first need not be moved.
        if self.articles.is_empty() {
            self.articles = articles;
        } else {
            self.articles.append(&mut articles);
        }
    }
}

/// Gives the second and later articles with an id the suffix `#2`, `#3`, ...
fn make_ids_unique(articles: &mut [Article]) {
    let mut times: HashMap<&str, u64> = HashMap::with_capacity(articles.len());
    for article in &*articles {
        *times.entry(&article.id).or_default() += 1;
    }
    if times.len() == articles.len() {
        return;
    }
    let mut taken: HashSet<String> = times.keys().map(|id| (*id).to_owned()).collect();
    let mut last: HashMap<String, u64> =
        times.into_iter().filter(|(_, times)| *times > 1).map(|(id, _)| (id.to_owned(), 0)).collect();
    for article in articles {
        let Some(last) = last.get_mut(&article.id) else {
            continue;
        };
        *last += 1;
        if *last == 1 {
            continue;
        }
        // A record may itself be called `ID#2`.
        while !taken.insert(format!("{}#{last}", article.id)) {
            *last += 1;
        }
        article.id = format!("{}#{last}", article.id);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::corpus::{OutletFrom, Sha256Digest, list};

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new(files: &[(&str, &[u8])]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (name, bytes) in files {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            Self(folder)
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn read(&self, options: &ReadOptions) -> Corpus {
            read(list(&[self.0.path().to_owned()]), options, &mut std::io::empty(), &|_| {}).unwrap()
        }

        fn named(&self, path: &Path) -> String {
            path.strip_prefix(self.0.path()).unwrap().display().to_string()
        }

        /// Ids relative to the folder, where they are paths.
        fn ids(&self, corpus: &Corpus) -> Vec<String> {
            let root = format!("{}/", self.0.path().display());
            corpus.articles.iter().map(|article| article.id.replace(&root, "")).collect()
        }

        fn rows(&self, corpus: &Corpus) -> Vec<(String, Option<u64>, bool, String)> {
            let rows = corpus.skipped.iter();
            rows.map(|row| (self.named(&row.path), row.record, row.incomplete, row.reason.clone())).collect()
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn every_kind_is_read_in_order() {
        let lines: &[u8] = b"{\"text\":\"one\",\"id\":\"a\"}\n\n{\"text\":\"two\"}\n";
        let folder = Folder::new(&[
            ("b.txt", b"plain"),
            ("a.md", b"# marked"),
            ("c.jsonl", lines),
            ("d.ndjson.gz", &gzip(lines)),
            ("e.jsonl.zst", &zstd::encode_all(lines, 1).unwrap()),
            ("f.json", b"{\"text\":\"one object\"}"),
            ("g.json", b"[{\"text\":\"x\"},\n{\"text\":\"y\"}]"),
            ("h.json", b"{\"text\":\"x\"} {\"text\":\"y\"}"),
            ("i.txt.gz", &gzip(b"packed text")),
        ]);
        let corpus = folder.read(&ReadOptions::default());
        assert_eq!(
            folder.ids(&corpus),
            [
                "a.md",
                "b.txt",
                "a",
                "c.jsonl#3",
                "a#2",
                "d.ndjson.gz#3",
                "a#3",
                "e.jsonl.zst#3",
                "f.json#1",
                "g.json#1",
                "g.json#2",
                "h.json#1",
                "h.json#2",
                "i.txt.gz"
            ]
        );
        assert!(corpus.skipped.is_empty());
        assert_eq!(corpus.files.len(), 9);
        assert_eq!(corpus.files.iter().filter(|file| file.container).count(), 6);
        for article in &corpus.articles {
            let file = &corpus.files[article.file as usize];
            assert_eq!(article.record.is_some(), file.container);
            let own = if file.container { Sha256Digest::of(article.body.as_bytes()) } else { file.sha256 };
            assert_eq!(article.sha256, own);
            assert_eq!(file.sha256, Sha256Digest::of(&fs::read(&file.path).unwrap()));
        }
        assert_eq!(&*corpus.articles[13].body, "packed text");
    }

    #[test]
    fn a_bad_record_is_a_row_and_the_rest_goes_on() {
        let folder = Folder::new(&[
            (
                "a.jsonl",
                b"{\"text\":\"one\"}\n{\"text\": oops}\n[]\n{\"title\":\"x\"}\n{\"text\":\"five\"}\n",
            ),
            ("b.json", b"[{\"text\":\"one\"}, {\"text\": \"cut"),
        ]);
        let corpus = folder.read(&ReadOptions::default());
        assert_eq!(folder.ids(&corpus), ["a.jsonl#1", "a.jsonl#5", "b.json#1"]);
        let rows = folder.rows(&corpus);
        assert_eq!(rows.len(), 5);
        assert!(rows.iter().all(|row| row.2));
        assert_eq!(rows[0].3, "not valid JSON: expected value (line 2, column 10)");
        assert_eq!(
            rows.iter().map(|row| row.1).collect::<Vec<_>>(),
            [Some(2), Some(3), Some(4), None, Some(2)]
        );
        assert!(rows[3].3.contains("not closed"));
    }

    #[test]
    fn a_bad_file_is_a_row_and_the_rest_goes_on() {
        let text: String = (0..5000).map(|n| format!("{{\"text\":\"number {n}\"}}\n")).collect();
        let packed = gzip(text.as_bytes());
        let folder = Folder::new(&[
            ("binary.txt", b"\x7fELF\0\0\0"),
            ("blank.txt", b" \n"),
            ("cut.jsonl.gz", &packed[..packed.len() / 2]),
            ("cut.txt.gz", &gzip(b"some text, some more text")[..20]),
            ("empty.jsonl", b""),
            ("empty.txt", b""),
            ("good.txt", b"text"),
        ]);
        let corpus = folder.read(&ReadOptions::default());
        let rows = folder.rows(&corpus);
        let cut = "the compressed data ends too early: the file is cut short";
        let files = rows.iter().filter(|row| row.1.is_none());
        let told: Vec<_> =
            files.map(|row| (row.0.as_str(), row.2, row.3.split(" (").next().unwrap())).collect();
        assert_eq!(
            told,
            [
                ("binary.txt", true, "binary file, not text"),
                ("blank.txt", false, "empty file"),
                ("cut.jsonl.gz", true, cut),
                ("cut.txt.gz", true, cut),
                ("empty.txt", false, "empty file"),
            ]
        );
        assert!(rows.len() - told.len() <= 1, "at most the record at the cut is broken");
        assert!(corpus.articles.len() > 100, "the records before the cut are there");
        assert_eq!(folder.ids(&corpus).last().unwrap(), "good.txt");
        assert_eq!(corpus.files.len(), 7, "all were read to their end");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_without_permission_and_one_that_is_gone_are_rows() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new(&[("a.txt", b"text"), ("gone.txt", b"text"), ("locked.txt", b"text")]);
        fs::set_permissions(folder.path("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
        let root_reads_all = fs::read(folder.path("locked.txt")).is_ok();
        let listing = list(&[folder.0.path().to_owned()]);
        fs::remove_file(folder.path("gone.txt")).unwrap();
        let corpus = read(listing, &ReadOptions::default(), &mut std::io::empty(), &|_| {}).unwrap();
        let rows = folder.rows(&corpus);
        assert_eq!(rows[0], ("gone.txt".to_owned(), None, true, "no such file or folder".to_owned()));
        if !root_reads_all {
            assert_eq!(rows[1], ("locked.txt".to_owned(), None, true, "no permission to read it".to_owned()));
        }
    }

    #[test]
    fn a_file_of_unknown_kind_is_text_if_it_decodes() {
        let folder = Folder::new(&[("notes.doc", b"just text"), ("image.png", b"\x89PNG\0\0")]);
        let listing = list(&[folder.path("notes.doc"), folder.path("image.png")]);
        let corpus = read(listing, &ReadOptions::default(), &mut std::io::empty(), &|_| {}).unwrap();
        assert_eq!(folder.ids(&corpus), ["notes.doc"]);
        assert_eq!(
            folder.rows(&corpus),
            [("image.png".to_owned(), None, true, "binary file, not text".to_owned())]
        );
    }

    #[test]
    fn standard_input_is_lines_and_progress_counts_its_bytes() {
        let mut input: &[u8] = b"\xef\xbb\xbf{\"text\":\"one\"}\n{\"text\":\"two\"}";
        let total = input.len() as u64;
        let counted = AtomicU64::new(0);
        let count = |n| {
            counted.fetch_add(n, Ordering::Relaxed);
        };
        let corpus = read(list(&[PathBuf::from("-")]), &ReadOptions::default(), &mut input, &count).unwrap();
        let ids: Vec<_> = corpus.articles.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(ids, ["-#1", "-#2"]);
        assert_eq!((corpus.files[0].bytes, counted.into_inner()), (total, total));
    }

    #[test]
    fn nothing_at_all_is_an_error_with_its_rows() {
        let folder = Folder::new(&[("a.txt", b""), ("b.pdf", b"x")]);
        let listing = list(&[folder.0.path().to_owned()]);
        match read(listing, &ReadOptions::default(), &mut std::io::empty(), &|_| {}) {
            Err(ReadError::NothingRead(rows)) => assert_eq!(rows.len(), 2),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn repeated_ids_are_made_unique() {
        let record = |id: &str| format!("{{\"text\":\"t\",\"id\":\"{id}\"}}\n");
        let lines: String = ["x", "x", "x#2", "y", "x", "x#2"].map(record).concat();
        let folder = Folder::new(&[("a.jsonl", lines.as_bytes())]);
        let corpus = folder.read(&ReadOptions::default());
        assert_eq!(folder.ids(&corpus), ["x", "x#3", "x#2", "y", "x#4", "x#2#2"]);
    }

    #[test]
    fn outlets_come_from_record_then_table_then_folder() {
        let folder = Folder::new(&[
            ("bbc/1.txt", b"text"),
            ("bbc/2.jsonl", b"{\"text\":\"t\",\"outlet\":\"Own\"}\n{\"text\":\"t\"}\n"),
            ("cnn_3.txt", b"text"),
            ("meta.csv", b"Path,Outlet,published\nbbc/1.txt,Table,2018-07-16\n"),
        ]);
        let outlets = |options: &ReadOptions| {
            let outlets = folder.read(options).articles.into_iter().map(|article| article.outlet);
            let told = |outlet: crate::corpus::Sourced<String>| format!("{} {}", outlet.origin, outlet.value);
            outlets.map(|outlet| outlet.map_or(String::new(), told)).collect::<Vec<_>>()
        };
        let mut options = ReadOptions::default();
        assert_eq!(outlets(&options), ["folder bbc", "record:outlet Own", "folder bbc", ""]);
        options.metadata = Some(folder.path("meta.csv"));
        assert_eq!(outlets(&options), ["table Table", "record:outlet Own", "folder bbc", ""]);
        assert!(folder.read(&options).skipped.is_empty(), "the table's own file is no row");
        options.outlet_from = OutletFrom::Name;
        assert_eq!(outlets(&options), ["table Table", "record:outlet Own", "", "name cnn"]);
        options.outlet_from = OutletFrom::None;
        assert_eq!(outlets(&options), ["table Table", "record:outlet Own", "", ""]);
    }

    #[test]
    fn threads_make_no_difference() {
        let lines: String =
            (0..3000).map(|n| format!("{{\"text\":\"number {n}\",\"id\":{}}}\n", n % 7)).collect();
        let mut files: Vec<(String, Vec<u8>)> =
            (0..50).map(|n| (format!("{}/{n}.txt", n % 5), format!("text {n}").into_bytes())).collect();
        files.push(("lines.jsonl".to_owned(), lines.into_bytes()));
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let folder = Folder::new(&files);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| folder.read(&ReadOptions::default()))
        };
        let (one, many) = (with(1), with(4));
        assert_eq!(one.articles, many.articles);
        assert_eq!(one.files, many.files);
    }

    #[cfg(unix)]
    #[test]
    fn names_with_line_breaks_and_any_bytes_are_read() {
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new(&[("line\nbreak.txt", b"text")]);
        fs::write(folder.path("x").with_file_name(std::ffi::OsStr::from_bytes(b"caf\xe9.txt")), "x").unwrap();
        let corpus = folder.read(&ReadOptions::default());
        assert_eq!(folder.ids(&corpus), ["caf\u{fffd}.txt", "line\nbreak.txt"]);
    }
}
