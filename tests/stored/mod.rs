//! One invented article in every format that is read.

use crate::packing::{bzip2, gzip, tar, warc_record, xz, zip, zstd};

pub(crate) const TITLE: &str = "Harbour town counts its boats and finds one too many";
pub(crate) const OUTLET: &str = "The Lowmere Gazette";
pub(crate) const PUBLISHED: &str = "2025-10-31T08:15:00Z";
pub(crate) const URL: &str = "https://gazette.example/harbour/one-boat-too-many";
pub(crate) const CREDIT: &str = "Ann Marlow";
pub(crate) const PARAGRAPHS: [&str; 5] = [
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

/// Its words.
pub(crate) fn text() -> String {
    PARAGRAPHS.join("\n\n")
}

fn paragraphs_of(tag: &str) -> String {
    PARAGRAPHS.iter().map(|text| format!("<{tag}>{}</{tag}>\n", text.replace('"', "&quot;"))).collect()
}

/// What a format can say about an article besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
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

/// A page with it.
pub(crate) fn page() -> String {
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

/// Files with it, by name, and what they say about it.
pub(crate) fn stored() -> Vec<(&'static str, Vec<u8>, Says)> {
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
