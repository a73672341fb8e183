//! One invented article in every format that is read: the words and what is known about them are
//! the same wherever they come from.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

mod packing;

use std::path::Path;

use packing::{bzip2, gzip, tar, tar_member, warc_record, xz, zip, zstd};
use wirecopy::corpus::{Article, Corpus, Field, Origin, ReadOptions, read_bytes};

const TITLE: &str = "Harbour town counts its boats and finds one too many";
const OUTLET: &str = "The Lowmere Gazette";
const PUBLISHED: &str = "2025-10-31T08:15:00Z";
const URL: &str = "https://gazette.example/harbour/one-boat-too-many";
const CREDIT: &str = "Ann Marlow";
const PARAGRAPHS: [&str; 5] = [
    "LOWMERE, October 31 (Northwire) - The harbour office of Lowmere counted forty-two boats at its piers on \
     Thursday evening, one more than its own register allows for the winter.",
    "\"We counted twice, and then we counted again,\" harbour master Odile Brand told reporters at the quay, \
     where the wind had begun to rise. \"There is a boat here that nobody has ever told us about.\"",
    "The vessel, a green cutter of about nine metres, carries neither name nor number. Fishermen said that it \
     had been tied up behind the ice house since the middle of September.",
    "Under the town's by-laws of 1974 a boat without papers may be sold after ninety days, unless its owner \
     pays the fees that are due. The council meets on Tuesday to decide what should be done with it.",
    "Two neighbouring towns have asked whether the cutter might be theirs; neither of them could describe it, \
     Brand said.",
];

fn text() -> String {
    PARAGRAPHS.join("\n\n")
}

fn paragraphs_of(tag: &str) -> String {
    PARAGRAPHS.iter().map(|text| format!("<{tag}>{}</{tag}>\n", text.replace('"', "&quot;"))).collect()
}

/// What a format can say about an article besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Everything,
    /// A page, and the capture of it.
    Capture,
}

fn json() -> String {
    let value = |text: &str| text.replace('"', "\\\"").replace('\n', "\\n");
    format!(
        r#"{{"text":"{}","title":"{TITLE}","outlet":"{OUTLET}","published":"{PUBLISHED}","url":"{URL}","author":"{CREDIT}"}}"#,
        value(&text())
    )
}

fn separated(separator: char) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let header = ["url", "title", "outlet", "published", "author", "text"].join(&separator.to_string());
    let row = [URL, TITLE, OUTLET, PUBLISHED, CREDIT, &text()].map(quoted).join(&separator.to_string());
    format!("\u{feff}{header}\r\n{row}\r\n").into_bytes()
}

fn page() -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{TITLE}</title></head><body>\
         <article><h1>{TITLE}</h1>{}</article></body></html>",
        paragraphs_of("p")
    )
}

fn warc() -> Vec<u8> {
    let header = format!("WARC-Target-URI: {URL}\r\nWARC-Date: 2025-11-02T10:00:00Z\r\n");
    let page = page();
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone.</p>";
    [
        warc_record("warcinfo", "", b"software: a test"),
        warc_record("response", &header, response.as_bytes()),
        warc_record("response", "WARC-Target-URI: https://gazette.example/x.png\r\n", picture),
        warc_record("response", "WARC-Target-URI: https://gazette.example/gone\r\n", gone),
        warc_record("revisit", &header, b"HTTP/1.1 200 OK\r\n\r\n"),
    ]
    .concat()
}

fn wacz() -> Vec<u8> {
    zip(&[
        ("datapackage.json", b"{\"profile\":\"data-package\"}"),
        ("pages/pages.jsonl", json().as_bytes()),
        ("archive/data.warc.gz", &gzip(&warc())),
    ])
}

fn rss() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>{OUTLET}</title><link>https://gazette.example</link><item><title>{TITLE}</title>\
         <link>{URL}</link><pubDate>Fri, 31 Oct 2025 08:15:00 +0000</pubDate><dc:creator>{CREDIT}</dc:creator>\
         <description>A summary that is not the text.</description>\
         <content:encoded><![CDATA[{}]]></content:encoded></item></channel></rss>",
        paragraphs_of("p")
    )
}

fn atom() -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{OUTLET}</title><updated>2025-11-01T00:00:00Z</updated>\
         <entry><id>tag:gazette.example,2025:1</id><title>{TITLE}</title><link rel=\"alternate\" href=\"{URL}\"/>\
         <updated>2025-11-01T00:00:00Z</updated><published>{PUBLISHED}</published>\
         <author><name>{CREDIT}</name></author><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\
         {}</div></content></entry></feed>",
        paragraphs_of("p")
    )
}

/// The body as agencies write it: the dateline stands in a place of its own.
fn nitf() -> String {
    let dateline = "LOWMERE, October 31 (Northwire) -";
    let body = paragraphs_of("p").replace(&format!("{dateline} "), "");
    format!(
        "<?xml version=\"1.0\"?><nitf><head><docdata><date.issue norm=\"20251031T081500Z\"/></docdata>\
         <pubdata name=\"{OUTLET}\" ex-ref=\"{URL}\" date.publication=\"{PUBLISHED}\"/></head>\
         <body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>{CREDIT}</byline>\
         <dateline>{dateline}</dateline></body.head><body.content><block>{body}</block>\
         <media><media-caption><p>A boat.</p></media-caption></media></body.content></body></nitf>"
    )
}

fn newsml() -> String {
    format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"tag:northwire.example,2025:1\">\
         <itemMeta><provider><name>Northwire</name></provider><firstCreated>{PUBLISHED}</firstCreated>\
         <link rel=\"irel:isAt\" href=\"{URL}\"/></itemMeta>\
         <contentMeta><headline>{TITLE}</headline><by>{CREDIT}</by></contentMeta>\
         <contentSet><inlineXML contenttype=\"application/xhtml+xml\"><html><head><title>{TITLE}</title></head><body>\
         {}</body></html></inlineXML></contentSet></newsItem>",
        paragraphs_of("p")
    )
}

#[cfg(feature = "parquet")]
fn parquet() -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let columns = [
        ("text", text()),
        ("title", TITLE.to_owned()),
        ("outlet", OUTLET.to_owned()),
        ("published", PUBLISHED.to_owned()),
        ("url", URL.to_owned()),
        ("author", CREDIT.to_owned()),
    ];
    let fields: String =
        columns.iter().map(|(name, _)| format!("REQUIRED BYTE_ARRAY {name} (UTF8);")).collect();
    let schema = parse_message_type(&format!("message articles {{ {fields} }}")).unwrap();
    let properties = WriterProperties::builder().build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema.into(), properties.into()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (_, value) in &columns {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(value.as_str())], None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

fn stored() -> Vec<(&'static str, Vec<u8>, Says)> {
    let plain = text().into_bytes();
    let lines = format!("{}\n", json()).into_bytes();
    vec![
        ("a.txt", plain.clone(), Says::Nothing),
        ("a.txt.gz", gzip(&plain), Says::Nothing),
        ("a.txt.zst", zstd(&plain), Says::Nothing),
        ("a.txt.bz2", bzip2(&plain), Says::Nothing),
        ("a.txt.xz", xz(&plain), Says::Nothing),
        ("packed without saying so.txt", xz(&gzip(&plain)), Says::Nothing),
        ("a.jsonl", lines.clone(), Says::Everything),
        ("a.jsonl.zst", zstd(&lines), Says::Everything),
        ("a.json", format!("[{}]", json()).into_bytes(), Says::Everything),
        ("a.csv", separated(','), Says::Everything),
        ("semicolons.csv", separated(';'), Says::Everything),
        ("bars.csv.gz", gzip(&separated('|')), Says::Everything),
        ("a.tsv", separated('\t'), Says::Everything),
        #[cfg(feature = "parquet")]
        ("a.parquet", parquet(), Says::Everything),
        #[cfg(feature = "parquet")]
        ("a.parquet.gz", gzip(&parquet()), Says::Everything),
        ("a.warc", warc(), Says::Capture),
        ("a.warc.gz", gzip(&warc()), Says::Capture),
        ("a.wacz", wacz(), Says::Capture),
        ("rss.xml", rss().into_bytes(), Says::Everything),
        ("a.rss", rss().into_bytes(), Says::Everything),
        ("atom.xml", atom().into_bytes(), Says::Everything),
        ("nitf.xml", nitf().into_bytes(), Says::Everything),
        ("newsml.xml", newsml().into_bytes(), Says::Everything),
        ("a.zip", zip(&[("inner/a.txt", &plain)]), Says::Nothing),
        ("a.tar", tar(&[("inner/a.txt", &plain)]), Says::Nothing),
        ("a.tar.xz", xz(&tar(&[("inner/a.jsonl.gz", &gzip(&lines))])), Says::Everything),
        ("nested.zip", zip(&[("inner.zip", &zip(&[("a.tsv", &separated('\t'))]))]), Says::Everything),
        #[cfg(feature = "parquet")]
        ("tables.zip", zip(&[("a.parquet", &parquet())]), Says::Everything),
    ]
}

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
    let report = wirecopy::pipeline::report(&options, &mut std::io::empty(), &Unobserved).unwrap();
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

struct Unobserved;

impl wirecopy::pipeline::Observer for Unobserved {
    fn begin(&self, _: wirecopy::pipeline::Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}
