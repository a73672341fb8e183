//! One invented article as every tool writes it: the same words, the same metadata.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use wirecopy::corpus::{self, Article, Corpus, Origin, ReadOptions, Selection};

const PARAGRAPHS: [&str; 4] = [
    "STENHOLT, Brennmark (AP) — The east quay of Stenholt harbour was closed on Monday after divers found cracks in three of its pillars, the harbour board said.",
    "The board’s engineer, Mara Quist, told reporters that the quay “will not see another winter ferry” unless the pillars are cast again before October.",
    "Forty families who live from the mussel boats at the quay were told to move their gear to the old customs shed, where there is neither water nor a crane.",
    "A decision about the money is expected in the first week of April, when the council of Brennmark meets for the last time before the summer.",
];
const TITLE: &str = "Stenholt closes its east quay";
const OUTLET: &str = "The Vell Gazette";
const URL: &str = "https://www.vellgazette.example/2031/quay";
const TIME: &str = "2031-03-04T07:11:00+02:00";
const AUTHOR: &str = "Associated Press";

fn text() -> String {
    PARAGRAPHS.join("\n\n")
}

fn html_paragraphs() -> String {
    PARAGRAPHS.map(|paragraph| format!("<p>{paragraph}</p>")).join("\n")
}

fn json_ld() -> Value {
    json!({
        "@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "not this"},
            {"@type": ["NewsArticle"], "headline": TITLE, "datePublished": TIME, "url": URL,
             "publisher": {"@id": "#house"}, "author": [{"@type": "Person", "name": AUTHOR}],
             "inLanguage": "en", "articleBody": text()},
            {"@type": "NewsMediaOrganization", "@id": "#house", "name": OUTLET},
        ]
    })
}

fn page(head: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE} | {OUTLET}</title>{head}</head><body>\
         <nav><ul><li><a href=/>Home</a><li><a href=/sea>The sea</a></ul></nav>\
         <main><article><h1>{TITLE}</h1>{}</article></main>\
         <aside><h3>Most read</h3><ul><li><a href=/a>The last herring of Vell</a></ul></aside>\
         <footer>© 2031 Vell Gazette Ltd. All rights reserved.</footer></body></html>",
        html_paragraphs()
    )
}

/// The article as each tool writes it, by the name of its file.
fn forms() -> Vec<(&'static str, String)> {
    let meta = format!(
        "<meta property=og:title content=\"{TITLE}\"><meta property=og:site_name content=\"{OUTLET}\">\
         <meta property=og:url content=\"{URL}\"><meta property=article:published_time content=\"{TIME}\">\
         <meta name=author content=\"{AUTHOR}\"><meta name=dc.language content=en>"
    );
    let script = format!("<script type=application/ld+json>{}</script>", json_ld());
    let ninjs_bodies = json!([
        {"role": "main", "contenttype": "text/html", "value": html_paragraphs()},
        {"role": "summary", "contenttype": "text/plain", "value": PARAGRAPHS[3]},
    ]);
    vec![
        ("json-ld.html", page(&script)),
        ("meta.htm", page(&meta)),
        ("schema.json", json_ld().to_string()),
        (
            "trafilatura.json",
            json!({"title": TITLE, "author": AUTHOR, "hostname": "vellgazette.example", "date": TIME,
                   "fingerprint": "5a1d", "id": null, "license": null, "comments": "", "raw_text": "no",
                   "text": text(), "language": "en", "image": null, "pagetype": "article",
                   "filedate": "2031-03-09", "source": URL, "source-hostname": OUTLET, "tags": ""})
            .to_string(),
        ),
        (
            "news-please.json",
            json!({"authors": [AUTHOR], "date_download": "2031-03-09 10:00:00", "date_modify": null,
                   "date_publish": TIME, "description": "no", "filename": "x.json", "image_url": null,
                   "language": "en", "localpath": null, "maintext": text(), "publisher": OUTLET,
                   "source_domain": "vellgazette.example", "title": TITLE, "title_page": null,
                   "title_rss": null, "url": URL})
            .to_string(),
        ),
        (
            "newspaper.json",
            json!({"url": URL, "read_more_link": "", "language": "en", "title": TITLE, "top_image": "",
                   "images": [], "keywords": [], "authors": [AUTHOR], "publish_date": TIME, "summary": "",
                   "meta_lang": "en", "meta_site_name": OUTLET, "canonical_link": URL, "text": text()})
            .to_string(),
        ),
        (
            "media-cloud.jsonl",
            json!({"stories_id": 17, "title": TITLE, "url": URL, "publish_date": TIME, "media_id": 4,
                   "media_name": OUTLET, "media_url": "https://vellgazette.example/", "language": "en",
                   "collect_date": "2031-03-05 00:00:00", "byline": AUTHOR, "story_text": text()})
            .to_string(),
        ),
        (
            "ninjs2.json",
            json!({"uri": "urn:vell:1", "type": "text", "versioncreated": "2031-03-06T00:00:00Z",
                   "firstcreated": TIME, "headline": TITLE, "body_html": html_paragraphs(), "byline": AUTHOR,
                   "source": OUTLET, "language": "en", "url": URL})
            .to_string(),
        ),
        (
            "ninjs3.json",
            json!({"uri": URL, "firstCreated": TIME, "headlines": [{"role": "main", "value": TITLE}],
                   "bodies": ninjs_bodies, "by": AUTHOR, "publisher": {"name": OUTLET}, "language": "en",
                   "infosources": [{"name": AUTHOR, "role": "https://example.org/supplier"}]})
            .to_string(),
        ),
        (
            "wordpress.json",
            json!({"id": 9, "date": TIME, "link": URL, "title": {"rendered": TITLE},
                   "content": {"rendered": html_paragraphs()}, "author": 3, "source": OUTLET, "lang": "en",
                   "byline": AUTHOR})
            .to_string(),
        ),
        (
            "page-in-record.jsonl",
            json!({"url": URL, "html": page(&script), "crawl_date": "2031-03-09"}).to_string(),
        ),
    ]
}

fn read(files: &[(&str, &str)], options: &ReadOptions) -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let listing = corpus::list(&[folder.path().to_owned()]);
    let corpus = corpus::read(listing, options, &mut io::empty(), &|_| ()).unwrap();
    (folder, corpus)
}

fn name(corpus: &Corpus, article: &Article) -> String {
    let path: &Path = &corpus.files[article.file as usize].path;
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn value(sourced: Option<&corpus::Sourced<String>>) -> &str {
    sourced.map_or("", |sourced| sourced.value.as_str())
}

#[test]
fn the_same_article_is_read_from_every_form() {
    let forms = forms();
    let mut files: Vec<(&str, &str)> = forms.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let plain = text();
    files.push(("plain.txt", &plain));
    let (_folder, corpus) = read(&files, &ReadOptions::default());
    assert_eq!(corpus.articles.len(), files.len(), "{:?}", corpus.skipped);
    for article in &corpus.articles {
        let name = name(&corpus, article);
        assert_eq!(article.body.trim(), plain, "{name}");
        assert_eq!(article.notes, Vec::<String>::new(), "{name}");
        if name == "plain.txt" {
            continue;
        }
        assert_eq!(value(article.title.as_ref()), TITLE, "{name}");
        assert_eq!(value(article.outlet.as_ref()), OUTLET, "{name}");
        assert_eq!(value(article.url.as_ref()), URL, "{name}");
        assert_eq!(value(article.language.as_deref()), "en", "{name}");
        assert_eq!(article.published.as_ref().unwrap().value.to_string(), TIME, "{name}");
        assert_eq!(article.credits[0].value, AUTHOR, "{name}");
        assert_eq!(article.sources, [], "{name}");
    }
}

#[test]
fn every_form_in_json_says_where_its_values_come_from() {
    let (_folder, corpus) =
        read(&[("meta.html", &page("<meta name=dc.date content=2031-03-04>"))], &ReadOptions::default());
    let article = &corpus.articles[0];
    assert_eq!(article.published.as_ref().unwrap().origin, Origin::Page("dc.date".to_owned()));
    assert_eq!(article.title.as_ref().unwrap().origin, Origin::Page("h1".to_owned()));
    assert_eq!(article.method.map(corpus::Method::id), Some("readability"));
}

#[test]
fn renamed_and_nested_fields_are_found() {
    let record =
        json!({"doc": {"content": [{"p": text()}], "meta.site": OUTLET}, "text": "no", "doc.lead": "L"});
    let fields =
        [(corpus::Field::Text, "doc.content.0.p".to_owned()), (corpus::Field::Title, "doc.lead".to_owned())];
    let options = ReadOptions { fields: fields.to_vec(), ..ReadOptions::default() };
    let (_folder, corpus) = read(&[("x.jsonl", &record.to_string())], &options);
    assert_eq!(&*corpus.articles[0].body, text());
    assert_eq!(corpus.articles[0].title.as_ref().unwrap().origin.to_string(), "record:doc.lead");
}

#[test]
fn times_that_cannot_be_are_set_aside_and_said() {
    let lines = [
        json!({"text": "a", "published": "1970-01-01T00:00:00Z", "date": "2031-03-04"}),
        json!({"text": "b", "date": "2031-03-09", "crawl_date": "2031-03-04T10:00:00Z"}),
        json!({"text": "c", "date": "2031-03-05", "crawl_date": "2031-03-04T10:00:00Z"}),
    ];
    let lines = lines.map(|line| line.to_string()).join("\n");
    let (_folder, corpus) = read(&[("x.jsonl", &lines)], &ReadOptions::default());
    let said: Vec<(String, String)> = corpus
        .articles
        .iter()
        .map(|a| (a.published.as_ref().map_or(String::new(), |p| p.value.to_string()), a.notes.join("; ")))
        .collect();
    assert_eq!(said[0].0, "2031-03-04");
    assert_eq!(
        said[0].1,
        "published time is the zero of a machine's clock: \"1970-01-01T00:00:00Z\" (field published)"
    );
    assert_eq!(said[1].0, "");
    assert!(
        said[1].1.starts_with("published time later than the capture at 2031-03-04T10:00:00Z"),
        "{}",
        said[1].1
    );
    assert_eq!(
        said[2],
        ("2031-03-05".to_owned(), String::new()),
        "it may be the fifth already, further east"
    );
}

#[test]
fn what_is_left_out_is_counted() {
    let lines = [
        json!({"text": "a", "date": "2031-03-03", "lang": "en"}),
        json!({"text": "b", "date": "2031-03-04", "lang": "en-GB"}),
        json!({"text": "c", "date": "2031-03-04T12:00:00Z", "lang": "de"}),
        json!({"text": "d", "lang": "en"}),
    ];
    let lines = lines.map(|line| line.to_string()).join("\n");
    let only = Selection {
        languages: vec!["en".to_owned()],
        since: corpus::Published::parse("2031-03-04"),
        ..Selection::default()
    };
    let (_folder, corpus) = read(&[("x.jsonl", &lines)], &ReadOptions { only, ..ReadOptions::default() });
    assert_eq!(corpus.articles.iter().map(|a| &*a.body).collect::<Vec<_>>(), ["b"]);
    let reasons: Vec<&str> = corpus.skipped.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "1 article left out by --lang: another language",
            "1 article left out by --since or --until: no published time is known",
            "1 article left out by --since: published before",
        ]
    );
    assert!(corpus.skipped.iter().all(|row| !row.incomplete));
}

#[test]
fn hostile_pages_neither_crash_nor_hang() {
    let deep = "<div>".repeat(100_000);
    let unclosed = "<b id=x><svg><p>".repeat(30_000);
    let attributes =
        format!("<p {}>text of a page</p>", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>());
    let json = format!("<script type=application/ld+json>{}</script>", "[".repeat(100_000));
    let tables = "<table><tr><td>".repeat(50_000);
    let anchors = "<a href=x><p>".repeat(50_000);
    let pages = [deep, unclosed, attributes, json, tables, anchors].map(|hostile| page(&hostile));
    let names = ["a.html", "b.html", "c.html", "d.html", "e.html", "f.html"];
    let files: Vec<(&str, &str)> = names.into_iter().zip(pages.iter().map(String::as_str)).collect();
    let start = std::time::Instant::now();
    let (_folder, corpus) = read(&files, &ReadOptions::default());
    assert_eq!(corpus.articles.len() + corpus.skipped.len(), files.len());
    // Seconds on a slow machine; what grows with the square of the length would take hours.
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
    assert!(corpus.articles[0].notes.iter().any(|note| note.contains("without end")));
}
