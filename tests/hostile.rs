//! Input that was made, or has become, as bad as it can be: nothing crashes, hangs, takes much
//! memory or touches the disk outside of the output; the reason is said, and the rest is read.
//!
//! Every case is a run of the program of its own, whose time and memory are measured.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

mod packing;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use packing::{bzip2, gzip, tar, tar_member, warc_record, xz, zip, zstd};
use serde_json::Value;
use tempfile::TempDir;

/// A run that takes longer hangs. The largest input here is a gigabyte.
const LONGEST_RUN: Duration = Duration::from_secs(120);
/// Most memory of a run in MiB. Text of up to 64 MiB may be held a few times.
const MOST_MEMORY: u64 = 600;

/// What one run of the program gave.
struct Run {
    code: Option<i32>,
    report: Value,
}

impl Run {
    /// Rows as `NAME[:RECORD]: REASON`, the folder left out.
    fn rows(&self, folder: &Path) -> Vec<String> {
        let rows = self.report["skipped"].as_array().unwrap().iter();
        rows.map(|row| {
            let path = row["path"].as_str().unwrap();
            let name = path.strip_prefix(&format!("{}/", folder.display())).unwrap_or(path);
            let record = row["record"].as_u64().map(|record| format!(":{record}")).unwrap_or_default();
            format!("{name}{record}: {}", row["reason"].as_str().unwrap())
        })
        .collect()
    }

    fn articles(&self) -> usize {
        self.report["articles"].as_array().unwrap().len()
    }
}

/// A folder with a good article in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), "A good article.").unwrap();
    folder
}

/// Reports on a folder, and fails when that takes too long or too much memory.
fn report(folder: &Path) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["report", "--quiet", "--format", "json"])
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).unwrap();
        text
    });
    let begin = Instant::now();
    let mut peak = 0;
    let status = loop {
        peak = peak_memory(child.id()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > LONGEST_RUN {
            child.kill().unwrap();
            panic!("it hangs");
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert!(peak < MOST_MEMORY, "it took {peak} MiB");
    let text = reader.join().unwrap();
    let report = serde_json::from_str(&text).unwrap_or_else(|error| {
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        panic!("{error}: {status}: {said}")
    });
    Run { code: status.code(), report }
}

/// The most memory in MiB that a process has held, where the system tells.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()? / 1024)
}

/// Reports on one bad file beside a good one: the good one is read, and the rows begin as said.
fn refused(name: &str, bytes: &[u8], articles: usize, expected: &[&str]) {
    let folder = folder();
    fs::write(folder.path().join(name), bytes).unwrap();
    let run = report(folder.path());
    let rows = run.rows(folder.path());
    assert_eq!(run.articles(), articles + 1, "{name}: {rows:#?}");
    assert_eq!(rows.len(), expected.len(), "{name}: {rows:#?}");
    for (row, expected) in rows.iter().zip(expected) {
        assert!(row.starts_with(expected), "{name}: {row}\nexpected: {expected}");
    }
    assert_eq!(run.code, Some(3), "{name}");
}

fn lines(count: usize) -> String {
    (0..count).map(|n| format!("{{\"text\":\"Article number {n}, {} words.\"}}\n", n * 7919 % 1009)).collect()
}

#[test]
fn cut_packings_give_what_stands_before_the_cut() {
    let text = lines(20_000);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(text.as_bytes())),
        ("a.jsonl.zst", zstd(text.as_bytes())),
        ("a.jsonl.bz2", bzip2(text.as_bytes())),
        ("a.jsonl.xz", xz(text.as_bytes())),
    ] {
        let folder = folder();
        fs::write(folder.path().join(name), &bytes[..bytes.len() / 2]).unwrap();
        let run = report(folder.path());
        let rows = run.rows(folder.path());
        let cut = format!("{name}: the compressed data ends too early: the file is cut short");
        assert!(rows.iter().any(|row| row.starts_with(&cut)), "{rows:#?}");
        assert!(rows.len() <= 2, "at most the record at the cut is broken: {rows:#?}");
        assert_eq!(run.code, Some(3), "{name}");
    }
}

#[test]
fn bombs_are_refused() {
    let gigabyte = || io::repeat(b'x').take(1 << 30);
    let bomb = zstd::encode_all(gigabyte(), 1).unwrap();
    let ratio = "it unpacks to more than 250 times its size";
    refused(
        "a.jsonl.zst",
        &bomb,
        0,
        &[&format!("a.jsonl.zst: {ratio}"), "a.jsonl.zst:1: longer than 64 MiB"],
    );
    refused("a.txt.zst", &bomb, 0, &["a.txt.zst: longer than 64 MiB, which no article is"]);
    refused("a.xml.zst", &bomb, 0, &["a.xml.zst: longer than 64 MiB"]);
    refused("a.csv.zst", &bomb, 0, &["a.csv.zst: a row is longer than 64 MiB"]);
    let archive = zip(&[("bomb.jsonl.zst", &bomb), ("after.txt", b"Another text.")]);
    let folder = folder();
    fs::write(folder.path().join("a.zip"), archive).unwrap();
    let run = report(folder.path());
    let rows = run.rows(folder.path());
    assert!(rows.iter().any(|row| row.starts_with(&format!("a.zip!/bomb.jsonl.zst: {ratio}"))), "{rows:#?}");
}

#[test]
fn nesting_ends_somewhere() {
    let mut bytes = zip(&[("a.txt", b"A deep text.")]);
    for _ in 0..5 {
        bytes = zip(&[("a.zip", &bytes)]);
    }
    refused_not("a.zip", &bytes, 1);
    bytes = zip(&[("a.zip", &bytes)]);
    refused(
        "a.zip",
        &bytes,
        0,
        &["a.zip!/a.zip!/a.zip!/a.zip!/a.zip!/a.zip!/a.zip!/a.txt: more than 6 layers"],
    );
    for _ in 0..200 {
        bytes = zip(&[("a.zip", &bytes)]);
    }
    refused(
        "a.zip",
        &bytes,
        0,
        &["a.zip!/a.zip!/a.zip!/a.zip!/a.zip!/a.zip!/a.zip!/a.zip: more than 6 layers"],
    );
    let mut packed = b"A text.".to_vec();
    for _ in 0..200 {
        packed = gzip(&packed);
    }
    refused("a.txt.gz", &packed, 0, &["a.txt.gz: more than 6 layers of archives and compression"]);
}

/// The opposite of [`refused`]: everything is read.
fn refused_not(name: &str, bytes: &[u8], articles: usize) {
    let folder = folder();
    fs::write(folder.path().join(name), bytes).unwrap();
    let run = report(folder.path());
    assert_eq!((run.articles(), run.code), (articles + 1, Some(0)), "{name}: {:#?}", run.rows(folder.path()));
}

#[test]
fn names_in_archives_are_only_names() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("a/b");
    fs::create_dir_all(&folder).unwrap();
    let evil: [(&str, &[u8]); 3] = [
        ("../../evil.txt", b"One text."),
        ("/tmp/wirecopy-evil.txt", b"Two texts."),
        ("x\n\u{1b}[2J.txt", b"Three."),
    ];
    fs::write(folder.join("a.zip"), zip(&evil)).unwrap();
    fs::write(folder.join("a.tar"), tar(&evil)).unwrap();
    let run = report(&folder);
    assert_eq!((run.articles(), run.code), (6, Some(0)));
    assert!(run.report["articles"].as_array().unwrap().iter().all(|article| {
        let path = article["path"].as_str().unwrap();
        !path.contains(char::is_control)
    }));
    assert!(!Path::new("/tmp/wirecopy-evil.txt").exists());
    let mut left: Vec<PathBuf> =
        fs::read_dir(outer.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    left.extend(fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()));
    left.sort();
    assert_eq!(left, [outer.path().join("a"), folder.join("a.tar"), folder.join("a.zip")]);
}

#[test]
fn damaged_archives_say_so() {
    let whole = zip(&[("a.txt", b"One text."), ("b.txt", b"Two texts.")]);
    refused("a.zip", &whole[..whole.len() - 30], 0, &["a.zip: the ZIP archive is damaged or cut short"]);
    let mut encrypted = whole.clone();
    // The first bit of the flags in the member's header and in the directory.
    encrypted[6] |= 1;
    let directory = encrypted.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    encrypted[directory + 8] |= 1;
    refused("a.zip", &encrypted, 1, &["a.zip!/a.txt: encrypted"]);

    let whole = tar(&[("a.txt", b"One text."), ("b.txt", b"Two texts.")]);
    refused("a.tar", &whole[..1600], 2, &["a.tar: the tar archive ends too early"]);
    let mut damaged = whole.clone();
    damaged[1024..1100].fill(b'x');
    refused("a.tar", &damaged, 1, &["a.tar: the tar archive is damaged"]);
    let endless = [&whole[..1024], &tar_member("long", b'L', 1 << 30)].concat();
    refused("a.tar", &endless, 1, &["a.tar: the tar archive is damaged: a name is longer than 1 MiB"]);
}

#[test]
fn a_gigabyte_of_one_line_is_passed_over() {
    let folder = folder();
    for (name, begin) in [("a.jsonl", "{\"text\":\"first\"}\n{\"text\":\""), ("a.csv", "text\nfirst\n\"")] {
        let mut file = fs::File::create(folder.path().join(name)).unwrap();
        file.write_all(begin.as_bytes()).unwrap();
        // A hole takes no room on disk.
        file.set_len(1 << 30).unwrap();
        let mut file = fs::File::options().append(true).open(folder.path().join(name)).unwrap();
        file.write_all(b"\"}\n{\"text\":\"last\"}\n").unwrap();
    }
    let run = report(folder.path());
    let rows = run.rows(folder.path());
    assert_eq!(run.articles(), 4, "{rows:#?}");
    assert!(rows[0].starts_with("a.csv: a row is longer than 64 MiB"), "{rows:#?}");
    assert!(rows[1].starts_with("a.jsonl:2: longer than 64 MiB"), "{rows:#?}");
}

#[test]
fn depth_is_no_matter() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let passed_over = format!("{{\"x\":{deep},\"text\":\"a text\"}}");
    let text = format!("{{\"text\":{deep}}}");
    let values = format!("[{passed_over},{text},{{\"text\":\"another\"}}]");
    refused("a.json", values.as_bytes(), 2, &["a.json:2: not valid JSON"]);
    let lines = format!("{passed_over}\n{text}\n{deep}\n{{\"text\":\"another\"}}\n");
    refused(
        "a.jsonl",
        lines.as_bytes(),
        2,
        &["a.jsonl:2: not valid JSON", "a.jsonl:3: the record is not a JSON object"],
    );
    let deep = format!("{}A deep text.{}", "<div><p>".repeat(100_000), "</p></div>".repeat(100_000));
    refused_not("a.html", format!("<html><body>{deep}</body></html>").as_bytes(), 1);
    refused_not("unclosed.html", "<table><tr><td>A text.".repeat(100_000).as_bytes(), 1);
    let elements = format!("<rss><channel><item><description>text{}", "<a>".repeat(100_000));
    refused("a.xml", elements.as_bytes(), 1, &["a.xml: the XML is not closed"]);
}

#[test]
fn entities_do_not_multiply() {
    let mut laughs = "<!ENTITY l0 \"lol\">".to_owned();
    for n in 1..10 {
        laughs += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    }
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [{laughs}]><rss><channel><item><title>&l9;</title>\
         <description>Nobody laughs here.</description></item></channel></rss>"
    );
    let folder = folder();
    fs::write(folder.path().join("a.xml"), feed).unwrap();
    let run = report(folder.path());
    assert_eq!((run.articles(), run.code), (2, Some(0)));
    assert_eq!(run.report["articles"][0]["title"], "&l9;");
}

#[test]
fn a_record_may_name_any_number_of_authors() {
    let authors: Vec<String> = (0..600_000).map(|number| format!("Author {number}")).collect();
    refused_not(
        "a.jsonl",
        serde_json::json!({"text": "A text.", "author": authors}).to_string().as_bytes(),
        1,
    );
}

#[test]
fn the_title_of_a_feed_may_stand_behind_anything() {
    let items = "<item><description>A text.</description></item>".repeat(40_000);
    let feed = format!(
        "<rss><channel>{items}{}<title>Vell Gazette</title></channel></rss>",
        "<x/>".repeat(2_000_000)
    );
    let folder = folder();
    fs::write(folder.path().join("a.xml"), feed).unwrap();
    let run = report(folder.path());
    assert_eq!((run.articles(), run.code), (40_001, Some(0)));
    assert_eq!(run.report["articles"][39_999]["outlet"], "Vell Gazette");
}

#[test]
fn odd_bytes_are_rows_or_read_as_they_are() {
    refused("a.txt", b"A text with\0\0\0 zeros", 0, &["a.txt: binary file, not text"]);
    refused(
        "a.jsonl",
        b"{\"text\":\"a\0b\"}\n{\"text\":\"\\ud800 alone\"}\n{\"text\":\"good\"}\n",
        1,
        &["a.jsonl:1: not valid JSON", "a.jsonl:2: not valid JSON"],
    );
    let wrong = "{x}\n".repeat(100_000) + "{\"text\":\"good\"}";
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), wrong).unwrap();
    let run = report(folder.path());
    let rows = run.rows(folder.path());
    assert_eq!((run.articles(), rows.len()), (2, 1001));
    assert_eq!(rows[0], "a.jsonl: 99000 more records were not read, for reasons like those listed");
}

#[test]
fn a_web_archive_with_wrong_lengths_is_read_as_far_as_it_can_be() {
    let text =
        |words: &str| format!("{words} {}", "More words follow here, as they do in articles. ".repeat(20));
    let record = |url: &str, words: &str| {
        warc_record(
            "resource",
            &format!("WARC-Target-URI: {url}\r\nContent-Type: text/plain\r\n"),
            text(words).as_bytes(),
        )
    };
    let with_length = |record: &[u8], length: &str| {
        let record = String::from_utf8(record.to_vec()).unwrap();
        let begin = record.find("Content-Length: ").unwrap() + "Content-Length: ".len();
        let end = begin + record[begin..].find('\r').unwrap();
        format!("{}{length}{}", &record[..begin], &record[end..]).into_bytes()
    };
    let (one, two, three) =
        (record("http://a/1", "One"), record("http://a/2", "Two"), record("http://a/3", "Three"));
    let wrong = "its stated length";
    for length in ["7", "99999", "60000000"] {
        let bytes = [&one[..], &with_length(&two, length), &three].concat();
        refused("a.warc", &bytes, 2, &[&format!("a.warc:2: {wrong} of {length} bytes is wrong")]);
    }
    let bytes = [&one[..], &with_length(&two, "many"), &three].concat();
    refused("a.warc", &bytes, 2, &["a.warc:2: its header states no length"]);
    let cut = [&one[..], &two[..two.len() / 2]].concat();
    refused("a.warc.gz", &gzip(&cut), 1, &["a.warc.gz:2: its stated length"]);
    let all_wrong = with_length(&two, "60000000").repeat(500);
    let folder = folder();
    fs::write(folder.path().join("a.warc"), all_wrong).unwrap();
    let rows = report(folder.path()).rows(folder.path());
    assert!(rows[0].starts_with("a.warc: more than 100 records state a wrong length"), "{}", rows[0]);
    refused("a.warc", b"WARC/1.0", 0, &["a.warc:1: its header states no length"]);
    refused("a.warc", b"no archive", 0, &["a.warc: no record of a web archive is in it"]);
}

#[test]
fn headers_within_a_wrong_content_are_gone_through_once() {
    let lines = "WARC/1.0\r\n".repeat(800_000);
    let mut bytes = warc_record("resource", "Content-Type: text/plain\r\n", lines.as_bytes());
    bytes.truncate(bytes.len() - 4);
    bytes.extend_from_slice(b"no border");
    let folder = folder();
    fs::write(folder.path().join("a.warc"), bytes).unwrap();
    let rows = report(folder.path()).rows(folder.path());
    assert!(rows[0].starts_with("a.warc: 799001 more records were not read"), "{}", rows[0]);
    assert!(rows[1].starts_with("a.warc:1: its stated length of 8000000 bytes is wrong"), "{}", rows[1]);
    assert!(rows[2].starts_with("a.warc:2: its header states no length"), "{}", rows[2]);
}

#[test]
fn packed_pages_of_a_web_archive_count_together() {
    let header = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let response = [header.as_bytes(), &gzip(&vec![b' '; 60 << 20])].concat();
    let packed = warc_record("response", "WARC-Target-URI: http://vell.example/\r\n", &response);
    let plain = warc_record("resource", "Content-Type: text/plain\r\n", b"A text behind the bomb.");
    // Eight are 480 MiB, and with the ninth it is more than any input may unpack to.
    let reasons = (1..=40).map(|number| match number {
        1..=8 => format!("a.warc:{number}: no article text was found in the page"),
        _ => format!("a.warc:{number}: it unpacks to more than 250 times its size"),
    });
    let reasons: Vec<String> = reasons.collect();
    let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
    refused("a.warc", &[packed.repeat(40), plain].concat(), 1, &reasons);
}

#[test]
fn a_parquet_table_with_a_broken_end_says_so() {
    let reason = if cfg!(feature = "parquet") { "the Parquet table is damaged" } else { "a Parquet table" };
    let reason = format!("a.parquet: {reason}");
    refused("a.parquet", b"PAR1\x15\x04\x15\x10 and then nothing", 0, &[&reason]);
    refused("a.parquet", b"PAR1 and then \xff\xff\xff\x7fPAR1", 0, &[&reason]);
    refused("a.parquet", b"PAR1\x19\x4c\xff\xff\xff\xff\x0f\x08\0\0\0PAR1", 0, &[&reason]);
}

#[test]
fn a_parquet_table_that_claims_more_than_it_holds_is_not_believed() {
    // Lists of two thousand million booleans each, for which the reader of tables needs no bytes.
    let lists = b"\x19\xf1\xff\xff\xff\xff\x07".repeat(200);
    let length = u32::try_from(lists.len()).unwrap().to_le_bytes();
    let table = [b"PAR1", &lists[..], &length, b"PAR1"].concat();
    let reason = if cfg!(feature = "parquet") { "a list of booleans" } else { "a Parquet table" };
    let folder = folder();
    fs::write(folder.path().join("a.parquet"), table).unwrap();
    let rows = report(folder.path()).rows(folder.path());
    assert!(rows.len() == 1 && rows[0].contains(reason), "{rows:#?}");
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_table_of_very_many_empty_rows_is_refused() {
    use parquet::data_type::ByteArrayType;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let schema = parse_message_type("message articles { OPTIONAL BYTE_ARRAY text (UTF8); }").unwrap();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema.into(), Default::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let empty = vec![0; 1 << 20];
    for _ in 0..40 {
        column.typed::<ByteArrayType>().write_batch(&[], Some(&empty), None).unwrap();
    }
    column.close().unwrap();
    group.close().unwrap();
    let table = writer.into_inner().unwrap();
    assert!(table.len() < 1 << 20, "{}", table.len());
    let folder = folder();
    fs::write(folder.path().join("a.parquet"), table).unwrap();
    let rows = report(folder.path()).rows(folder.path());
    assert!(rows.iter().any(|row| row.contains("not read further")), "{:#?}", &rows[..3]);
}

#[cfg(unix)]
#[test]
fn what_is_no_readable_file_is_a_row() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(folder.path().join(OsStr::from_bytes(b"caf\xe9.txt")), "A text.").unwrap();
    symlink("/etc/passwd", path("link.txt")).unwrap();
    fs::create_dir(path("locked")).unwrap();
    fs::write(path("locked/a.txt"), "A text.").unwrap();
    fs::set_permissions(path("locked"), fs::Permissions::from_mode(0o000)).unwrap();
    let root_reads_all = fs::read_dir(path("locked")).is_ok();
    let has_pipe = Command::new("mkfifo").arg(path("pipe.txt")).status().is_ok_and(|status| status.success());
    let run = report(folder.path());
    fs::set_permissions(path("locked"), fs::Permissions::from_mode(0o755)).unwrap();
    let rows = run.rows(folder.path());
    assert!(rows.contains(&"link.txt: symbolic link, not followed".to_owned()), "{rows:#?}");
    assert_eq!(
        has_pipe,
        rows.iter().any(|row| row.starts_with("pipe.txt: named pipe, not opened")),
        "{rows:#?}"
    );
    let locked = "locked: no permission to read it".to_owned();
    assert_eq!(rows.contains(&locked), !root_reads_all, "{rows:#?}");
    assert_eq!(run.articles(), if root_reads_all { 3 } else { 2 });
}
