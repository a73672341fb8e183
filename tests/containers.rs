//! One invented article in every format that is read: the words and what is known about them are
//! the same wherever they come from.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

mod packing;
mod stored;

use std::path::Path;

use packing::{gzip, tar, tar_member, warc_record, zip};
use stored::{CREDIT, OUTLET, PARAGRAPHS, PUBLISHED, Says, TITLE, URL, page, stored, text};
use wirecopy::corpus::{Article, Corpus, Field, Origin, ReadOptions, read_bytes};

fn only(name: &str, bytes: &[u8]) -> (Article, Corpus) {
    let corpus = read_bytes(Path::new(name), bytes, &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{name}: {error:?}"));
    assert_eq!(corpus.articles.len(), 1, "{name}: {:?}", corpus.skipped);
    (corpus.articles[0].clone(), corpus)
}

#[test]
fn one_article_is_the_same_in_every_format() {
    let expected = text();
    let words: Vec<&str> = expected.split_whitespace().collect();
    for (name, bytes, says) in stored() {
        let (article, corpus) = only(name, &bytes);
        assert_eq!(article.body.split_whitespace().collect::<Vec<_>>(), words, "{name}");
        let paragraphs = article.body.split("\n\n").filter(|text| !text.trim().is_empty()).count();
        assert_eq!(paragraphs, PARAGRAPHS.len(), "{name}");
        assert_eq!(article.encoding, None, "{name}");
        assert!(article.notes.is_empty(), "{name}: {:?}", article.notes);
        let said = |value: &Option<wirecopy::corpus::Sourced<String>>| {
            value.as_ref().map(|value| value.value.clone())
        };
        let published = article.published.as_ref().map(|time| time.value.to_string());
        let rows: Vec<_> = corpus.skipped.iter().map(|row| row.reason.as_str()).collect();
        match says {
            Says::Nothing => assert_eq!((said(&article.title), published), (None, None), "{name}"),
            Says::Capture => {
                assert_eq!(said(&article.url).as_deref(), Some(URL), "{name}");
                let captured = article.captured.unwrap();
                assert_eq!(captured.value.to_string(), "2025-11-02T10:00:00Z", "{name}");
                assert_eq!(captured.origin, Origin::Record("WARC-Date".to_owned()), "{name}");
                assert_eq!(
                    rows,
                    [
                        "records passed over: 1 that are neither HTML nor text, 1 in which the server sent no page \
                      (its status is not 200), 1 revisits without content"
                    ],
                    "{name}"
                );
                continue;
            }
            Says::Everything => {
                assert_eq!(said(&article.title).as_deref(), Some(TITLE), "{name}");
                assert_eq!(said(&article.url).as_deref(), Some(URL), "{name}");
                assert_eq!(published.as_deref(), Some(PUBLISHED), "{name}");
                assert!(article.credits.iter().any(|credit| credit.value == CREDIT), "{name}");
                // NewsML says who supplied the text, and not who published it.
                if name != "newsml.xml" {
                    assert_eq!(said(&article.outlet).as_deref(), Some(OUTLET), "{name}");
                }
            }
        }
        assert!(rows.is_empty(), "{name}: {rows:?}");
    }
}

#[test]
fn members_of_archives_have_paths_and_folders_of_their_own() {
    let inner = tar(&[("two/c.txt", b"Third text.")]);
    let bytes = zip(&[
        ("one/a.txt", b"First text."),
        ("one/b.jsonl", b"{\"text\":\"Second text.\"}"),
        ("inner.tar.gz", &gzip(&inner)),
        ("one/picture.png", b"\x89PNG"),
        ("__MACOSX/one/._a.txt", b"x"),
    ]);
    let corpus = read_bytes(Path::new("news.zip"), &bytes, &ReadOptions::default()).unwrap();
    let ids: Vec<_> = corpus.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["news.zip!/inner.tar.gz!/two/c.txt", "news.zip!/one/a.txt", "news.zip!/one/b.jsonl#1"]);
    let outlets: Vec<_> =
        corpus.articles.iter().map(|article| article.outlet.as_ref().unwrap().value.as_str()).collect();
    assert_eq!(outlets, ["two", "one", "one"]);
    let files: Vec<_> =
        corpus.files.iter().map(|file| (file.path.to_str().unwrap(), file.container, file.member)).collect();
    assert_eq!(
        files,
        [
            ("news.zip", true, false),
            ("news.zip!/inner.tar.gz", true, true),
            ("news.zip!/inner.tar.gz!/two/c.txt", false, true),
            ("news.zip!/one/a.txt", false, true),
            ("news.zip!/one/b.jsonl", true, true),
        ]
    );
    let rows: Vec<_> = corpus
        .skipped
        .iter()
        .map(|row| (row.path.to_str().unwrap(), row.incomplete, row.reason.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("news.zip!/__MACOSX/one/._a.txt", false, "hidden: its name begins with a dot"),
            ("news.zip!/one/picture.png", false, "not a kind of file that is read (.png)"),
        ]
    );
}

#[test]
fn large_members_are_streamed_and_small_ones_read_together() {
    let large: String =
        (0..40_000).map(|n| format!("{{\"text\":\"Article number {n} of many.\"}}\n")).collect();
    assert!(large.len() > 1 << 20);
    let names: Vec<String> = (0..1500).map(|n| format!("{n:04}.txt")).collect();
    let mut members: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), &b"A short text."[..])).collect();
    members.insert(700, ("large.jsonl", large.as_bytes()));
    for (name, bytes) in [("a.zip", zip(&members)), ("a.tar", tar(&members))] {
        let corpus = read_bytes(Path::new(name), &bytes, &ReadOptions::default()).unwrap();
        assert_eq!(
            (corpus.articles.len(), corpus.files.len(), corpus.skipped.len()),
            (41_500, 1502, 0),
            "{name}"
        );
    }
}

#[test]
fn rows_of_a_table_that_do_not_fit_are_rows_of_the_report() {
    let table =
        b"id,text,date\n1,\"One,\nand more\",2018\n2,too short\n3,a,b,c\n4,Four,2019-02-03\n5,,2019\n";
    let corpus = read_bytes(Path::new("a.csv"), table, &ReadOptions::default()).unwrap();
    let read: Vec<_> = corpus.articles.iter().map(|a| (a.id.as_str(), a.record, &*a.body)).collect();
    assert_eq!(read, [("1", Some(2), "One,\nand more"), ("4", Some(6), "Four")]);
    let rows: Vec<_> = corpus.skipped.iter().map(|row| (row.record, row.reason.as_str())).collect();
    assert_eq!(
        rows[..2],
        [
            (Some(4), "2 columns where the first line has 3"),
            (Some(5), "4 columns where the first line has 3"),
        ]
    );
    assert!(rows[2].1.starts_with("the record has no text"));
    assert_eq!(rows.len(), 3);

    let latin = b"text;title\nLe caf\xe9 \xe9tait ferm\xe9 apr\xe8s le d\xe9jeuner.;\xc9t\xe9\n";
    let (article, _) = only("a.csv", latin);
    assert_eq!(
        (&*article.body, article.encoding),
        ("Le café était fermé après le déjeuner.", Some("windows-1252"))
    );
}

#[test]
fn members_of_one_name_are_not_lost_silently() {
    let mut bytes = zip(&[("a.txt", b"A text."), ("b.txt", b"Another text.")]);
    let named: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(b"b.txt")).collect();
    named.into_iter().for_each(|at| bytes[at] = b'a');
    let corpus = read_bytes(Path::new("news.zip"), &bytes, &ReadOptions::default()).unwrap();
    let rows: Vec<_> = corpus.skipped.iter().map(|row| (row.path.to_str().unwrap(), &*row.reason)).collect();
    let reason = "1 more has the name of another member, of which only the last is read: unpack it first";
    assert_eq!((corpus.articles.len(), rows), (1, vec![("news.zip!/(repeated names)", reason)]));
}

#[test]
fn rows_of_a_table_are_numbered_by_their_lines() {
    for end in ["\n", "\r\n"] {
        let table = ["id,text", "a,\"One ferry sailed.", "Two did not.\"", "b,Another one did."].join(end);
        let corpus = read_bytes(Path::new("a.csv"), table.as_bytes(), &ReadOptions::default()).unwrap();
        let records: Vec<_> = corpus.articles.iter().map(|article| article.record.unwrap()).collect();
        assert_eq!(records, [2, 4], "{end:?}");
    }
}

#[test]
fn a_table_of_something_else_is_passed_over() {
    let bytes = zip(&[("a.txt", b"A text."), ("figures.csv", b"year,boats\n2024,41\n2025,42\n")]);
    let corpus = read_bytes(Path::new("a.zip"), &bytes, &ReadOptions::default()).unwrap();
    let rows: Vec<_> =
        corpus.skipped.iter().map(|row| (row.path.to_str().unwrap(), row.incomplete)).collect();
    assert_eq!((corpus.articles.len(), rows), (1, vec![("a.zip!/figures.csv", false)]));
    assert!(corpus.skipped[0].reason.starts_with("no table of articles: the record has no text"));

    let renamed = ReadOptions { fields: vec![(Field::Text, "boats".to_owned())], ..ReadOptions::default() };
    let corpus = read_bytes(Path::new("figures.csv"), b"year,boats\n2024,many\n", &renamed).unwrap();
    assert_eq!(&*corpus.articles[0].body, "many");
}

#[test]
fn links_and_devices_in_a_tar_are_passed_over() {
    let mut bytes = Vec::new();
    for (name, kind) in
        [("link.txt", b'2'), ("hard.txt", b'1'), ("null.txt", b'3'), ("pipe.txt", b'6'), ("folder/", b'5')]
    {
        bytes.extend(tar_member(name, kind, 0));
    }
    // A long name of GNU, and then one of POSIX.
    let long = format!("{}/a.txt", "folder".repeat(40));
    for (kind, content) in [(b'L', format!("{long}\0")), (b'x', format!("{} path={long}\n", long.len() + 10))]
    {
        bytes.extend(tar_member("long", kind, content.len() as u64));
        bytes.extend(content.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(512), 0);
        bytes.extend(tar_member("short", b'0', 5));
        bytes.extend(b"texts");
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    let corpus = read_bytes(Path::new("a.tar"), &bytes, &ReadOptions::default()).unwrap();
    let path = format!("a.tar!/{long}");
    let ids: Vec<_> = corpus.articles.iter().map(|article| article.id.clone()).collect();
    assert_eq!(ids, [path.clone(), format!("{path}#2")]);
    let reasons: Vec<_> = corpus.skipped.iter().map(|row| (row.incomplete, row.reason.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (false, "hard link, not followed"),
            (false, "symbolic link, not followed"),
            (false, "device or pipe, not opened"),
            (false, "device or pipe, not opened"),
        ]
    );
}

#[test]
fn a_capture_before_the_other_says_it_was_published_tells_who_was_first() {
    let text = PARAGRAPHS[1..].join("\n\n");
    let folder = tempfile::tempdir().unwrap();
    let header =
        format!("WARC-Target-URI: {URL}\r\nWARC-Date: 2025-11-02T10:00:00Z\r\nContent-Type: text/plain\r\n");
    std::fs::write(folder.path().join("a.warc"), warc_record("resource", &header, text.as_bytes())).unwrap();
    let later = serde_json::json!({"text": text, "published": "2025-11-02T12:30:00+01:00", "id": "later"});
    std::fs::write(folder.path().join("b.jsonl"), later.to_string()).unwrap();
    let options = wirecopy::pipeline::Options { paths: vec![folder.path().to_owned()], ..Default::default() };
    let report = wirecopy::pipeline::report(&options, &mut std::io::empty(), &()).unwrap();
    let direction = &report.relations[0].direction;
    assert!(
        direction.from.as_ref().is_some_and(|from| from.to_string().ends_with("a.warc#1")),
        "{direction:?}"
    );
    assert!(
        direction
            .evidence
            .iter()
            .any(|line| line.text.ends_with("was captured 1 h 30 min before the stated time of later")),
        "{direction:?}"
    );
}

#[test]
fn members_of_archives_are_inspected_and_compared_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = text();
    let later = text.replace("Thursday evening", "Thursday night");
    let (text, later, page) = (text.as_bytes(), later.as_bytes(), page());
    let bytes = zip(&[("a.txt", text), ("b.txt", later), ("page.html", page.as_bytes())]);
    std::fs::write(folder.path().join("news.zip"), bytes).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("wirecopy").unwrap();
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code().unwrap(), said.concat())
    };
    let (code, inspected) = run(&["inspect", "news.zip!/page.html", "--format", "json"]);
    assert_eq!(code, 0, "{inspected}");
    let inspected: serde_json::Value = serde_json::from_str(&inspected).unwrap();
    assert_eq!(inspected["articles"].as_array().unwrap().len(), 1);
    assert_eq!(inspected["articles"][0]["path"], "news.zip!/page.html");
    let (code, compared) = run(&["compare", "news.zip!/a.txt", "news.zip!/b.txt"]);
    assert_eq!(code, 0, "{compared}");
    assert!(compared.contains("reprint"), "{compared}");
    let (code, refused) = run(&["compare", "news.zip!/a.txt", "news.zip!/none.txt"]);
    assert_eq!(code, 2, "{refused}");
    assert!(refused.contains("news.zip!/none.txt"), "{refused}");
}
