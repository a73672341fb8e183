//! Reading what people have: broken, packed, mixed and hostile input.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

mod beside;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use beside::shared;
use wirecopy::corpus::{Corpus, ReadError, ReadOptions, list, read};

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn read_paths(paths: &[PathBuf]) -> Result<Corpus, ReadError> {
    read(list(paths), &ReadOptions::default(), &mut io::empty(), &|_| {})
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_folder_of_bad_input_gives_its_good_articles_and_a_row_for_everything_else() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| write(folder.path(), name, bytes);
    write("bbc/good.txt", b"A good article.");
    write("bbc/latin.txt", b"Le caf\xe9 \xe9tait ferm\xe9 apr\xe8s le d\xe9jeuner.");
    write("bbc/image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write("bbc/nothing.md", b"");
    write("bbc/page.pdf", b"%PDF");
    write(".cache/hidden.txt", b"not read");
    write("cut.json", br#"[{"text": "whole"}, {"text": "cu"#);
    write("lines.jsonl", b"{\"text\":\"one\"}\n{\"text\":}\n\n\"word\"\n{\"title\":\"x\"}\n{\"text\":\"\xff\"}\n{\"text\":\"six\"}");
    write("packed.jsonl.gz", b"this is no gzip");
    write("wide.jsonl", b"\xff\xfe{\0}\0");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();

    let corpus = read_paths(&[folder.path().to_owned(), folder.path().join("missing.txt")]).unwrap();
    let relative = |path: &Path| path.strip_prefix(folder.path()).unwrap().display().to_string();
    let articles: Vec<_> = corpus
        .articles
        .iter()
        .map(|article| (relative(&corpus.files[article.file as usize].path), article.record, &*article.body))
        .collect();
    assert_eq!(
        articles,
        [
            ("bbc/good.txt".to_owned(), None, "A good article."),
            ("bbc/latin.txt".to_owned(), None, "Le café était fermé après le déjeuner."),
            ("cut.json".to_owned(), Some(1), "whole"),
            ("lines.jsonl".to_owned(), Some(1), "one"),
            ("lines.jsonl".to_owned(), Some(7), "six"),
        ]
    );
    assert_eq!(corpus.articles[1].encoding, Some("windows-1252"));

    let rows: Vec<String> = corpus
        .skipped
        .iter()
        .map(|row| {
            let record = row.record.map(|record| format!(":{record}")).unwrap_or_default();
            let mark = if row.incomplete { "!" } else { "-" };
            format!("{mark} {}{record}: {}", relative(&row.path), row.reason)
        })
        .collect();
    let no_text = "the record has no text: none of the fields text, maintext, content, body, articleBody \
                   and 13 others holds any; --field text=NAME names another one";
    assert_eq!(
        rows,
        [
            "- .cache: hidden: its name begins with a dot",
            "! bbc/image.txt: binary file, not text",
            "- bbc/nothing.md: empty file",
            "- bbc/page.pdf: not a kind of file that is read (.pdf)",
            "! cut.json: the JSON array is not closed: the file may be cut short",
            "! cut.json:2: not valid JSON: EOF while parsing a string (line 1, column 32)",
            "! lines.jsonl:2: not valid JSON: expected value (line 2, column 9)",
            "! lines.jsonl:4: the record is not a JSON object",
            &format!("! lines.jsonl:5: {no_text}"),
            "! lines.jsonl:6: not UTF-8 after byte 9 of the record",
            #[cfg(unix)]
            "- loop: symbolic link, not followed",
            "! missing.txt: no such file or folder",
            "! packed.jsonl.gz:1: not valid JSON: expected ident (line 1, column 2)",
            "! wide.jsonl: UTF-16, but records are read as UTF-8 only: convert the file first",
        ]
    );
}

#[test]
fn the_same_articles_come_out_however_they_are_stored() {
    let records: Vec<String> = (0..2000)
        .map(|n| format!(r#"{{"id":"{n}","text":"Article number {n}.","date":"2018-07-16"}}"#))
        .collect();
    let lines = records.join("\n");
    let stored: [(&str, Vec<u8>); 7] = [
        ("a.jsonl", lines.clone().into_bytes()),
        ("a.ndjson.gz", gzip(lines.as_bytes())),
        ("a.jsonl.zst", zstd::encode_all(lines.as_bytes(), 3).unwrap()),
        ("a.json", format!("[\n {}\n]\n", records.join(",\n ")).into_bytes()),
        ("a.json.gz", gzip(lines.as_bytes())),
        ("crlf.jsonl", records.join("\r\n").into_bytes()),
        ("marked.jsonl", format!("\u{feff}{lines}\n").into_bytes()),
    ];
    for (name, bytes) in stored {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), name, bytes);
        let corpus = read_paths(&[folder.path().join(name)]).unwrap();
        assert!(corpus.skipped.is_empty(), "{name}: {:?}", corpus.skipped);
        assert_eq!(corpus.articles.len(), 2000, "{name}");
        for (n, article) in corpus.articles.iter().enumerate() {
            assert_eq!(article.id, n.to_string(), "{name}");
            assert_eq!(article.record, Some(n as u64 + 1), "{name}");
            assert_eq!(*article.body, *format!("Article number {n}."), "{name}");
            assert_eq!(article.published.as_ref().unwrap().value.to_string(), "2018-07-16", "{name}");
        }
    }
}

#[test]
fn a_very_long_line_is_one_article() {
    let folder = tempfile::tempdir().unwrap();
    let long = "word ".repeat(4_000_000);
    write(
        folder.path(),
        "a.jsonl",
        format!("{{\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"b\"}}\n"),
    );
    write(folder.path(), "b.json", format!("[{{\"text\":\"a\"}},{{\"text\":\"{long}\"}}]"));
    let corpus = read_paths(&[folder.path().to_owned()]).unwrap();
    let lengths: Vec<_> = corpus.articles.iter().map(|article| article.body.len()).collect();
    assert_eq!(lengths, [1, long.len(), 1, 1, long.len()]);
}

#[test]
fn the_order_of_the_paths_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b/1.txt", "a/2.txt", "c.jsonl"] {
        write(folder.path(), name, "{\"text\":\"t\",\"id\":\"same\"}\n{\"text\":\"u\",\"id\":\"same\"}");
    }
    let mut paths = ["c.jsonl", "b", "a/2.txt", "."].map(|name| folder.path().join(name));
    let forward = read_paths(&paths).unwrap();
    paths.reverse();
    let backward = read_paths(&paths).unwrap();
    assert_eq!(forward.articles, backward.articles);
    assert_eq!(forward.files, backward.files);
    assert_eq!(forward.articles.len(), 4);
}

#[test]
fn real_articles_are_read_whole() {
    if let Some(seeds) = shared("seeds") {
        let corpus = read_paths(&[seeds]).unwrap();
        assert_eq!((corpus.articles.len(), corpus.skipped.len()), (5, 0));
        assert!(corpus.articles.iter().all(|article| article.encoding.is_none() && article.outlet.is_none()));
    }
    if let Some(helsinki) = shared("corpora/helsinki.jsonl.zst") {
        let corpus = read_paths(&[helsinki]).unwrap();
        assert_eq!((corpus.articles.len(), corpus.skipped.len()), (680, 0));
        assert!(corpus.articles.iter().all(|article| article.outlet.is_some() && article.notes.is_empty()));
    }
}
