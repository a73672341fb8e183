//! `wirecopy inspect`, and the options that choose what is read, as a user sees them.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const PAGE: &str = "<!DOCTYPE html><html lang=en-GB><head><title>Quay closed | Vell Gazette</title>\
    <meta property=og:url content=https://www.vellgazette.example/quay>\
    <meta property=article:published_time content=1970-01-01T00:00:00Z>\
    <link rel=canonical href=https://apnews.com/article/quay-closed-17>\
    <script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"Quay closed\",\
    \"datePublished\": \"2031-03-04T07:11+02:00\", \"publisher\": {\"name\": \"The Vell Gazette\"}}</script></head>\
    <body><article><h1>Quay closed</h1><p class=source>Source: Associated Press</p>\
    <p>The east quay of Stenholt harbour was closed on Monday after divers found cracks in three of its \
    pillars, the harbour board said in a short statement.</p>\
    <p>The board\u{2019}s engineer, Mara Quist, said the quay would not see another winter ferry unless the \
    pillars are cast again before October, which she called unlikely.</p>\
    <p>Forty families who live from the mussel boats at the quay were told to move their gear to the old \
    customs shed, where there is neither water nor a crane.</p></article></body></html>";

const FERRY: &str = "The ferry Halcyon lost power on Monday evening and drifted for two hours off Vell \
    before a tug took it in tow, the coast guard said.\n\nNone of the 214 people on board was hurt, and \
    the master steered clear of the reef with the anchor alone, according to the harbour office.";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join("news").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    command.current_dir(folder).args(arguments);
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), text.concat())
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (code, text) = run(folder, &[arguments, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{text}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_page_and_where_everything_comes_from() {
    let folder = folder(&[("gazette/quay.html", PAGE)]);
    let (code, text) = run(folder.path(), &["inspect", "news", "--width", "110"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(text);
}

#[test]
fn every_candidate_stands_in_the_json() {
    let folder = folder(&[("gazette/quay.html", PAGE), ("a.txt", FERRY)]);
    let table = folder.path().join("table.csv");
    fs::write(&table, "path,outlet,title\nnews/a.txt,The Oster Mail,Halcyon adrift\n").unwrap();
    let found = json(folder.path(), &["inspect", "news", "--limit", "1", "--metadata", "table.csv"]);
    assert_eq!(found["schema"], "wirecopy.inspection/1");
    let (_, text) = run(folder.path(), &["inspect", "news", "--limit", "1"]);
    assert!(text.starts_with("2 articles read; the first is shown, --limit shows more\n"), "{text}");
    assert_eq!((found["articles_read"].as_u64(), found["articles"].as_array().unwrap().len()), (Some(2), 1));
    let article = &found["articles"][0];
    let chosen: Vec<String> = article["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| format!("{} {} {} {}", c["field"], c["value"], c["origin"], c["chosen"]).replace('"', ""))
        .collect();
    assert_eq!(chosen, ["outlet The Oster Mail table true", "title Halcyon adrift table true"]);
}

#[test]
fn a_canonical_address_at_an_agency_makes_a_feed_reprint() {
    let folder = folder(&[("gazette/quay.html", PAGE)]);
    let flags = json(folder.path(), &["flag", "news", "--credits-only"]);
    let flag = &flags["flags"][0];
    assert_eq!(
        (flag["level"].as_str(), flag["names"][0].as_str()),
        (Some("declared"), Some("AP")),
        "{flags}"
    );
}

#[test]
fn desks_of_one_publisher_are_one_house() {
    let folder = folder(&[("mail/a.txt", FERRY), ("mail-on-sunday/a.txt", FERRY), ("globe/a.txt", FERRY)]);
    fs::write(folder.path().join("map.toml"), "\"Mail House\" = [\"mail\", \"Mail-on-Sunday\"]").unwrap();
    let edges = |arguments: &[&str]| {
        let report = json(folder.path(), &[&["report", "news"], arguments].concat());
        let edge = |edge: &Value| edge["outlet"].as_str().unwrap().to_owned();
        let of = |outlet: &Value| outlet["edges"].as_array().unwrap().iter().map(edge).collect::<Vec<_>>();
        report["outlets"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        edges(&[]),
        [names(&["mail", "mail-on-sunday"]), names(&["globe", "mail-on-sunday"]), names(&["globe", "mail"])]
    );
    assert_eq!(
        edges(&["--publishers", "map.toml"]),
        [names(&["mail", "mail-on-sunday"]), names(&["globe"]), names(&["globe"])]
    );
    let (code, text) = run(folder.path(), &["report", "news", "--publishers", "none.csv"]);
    assert_eq!(code, 2);
    assert!(text.contains("cannot use the publishers in none.csv: no such file"), "{text}");
}

#[test]
fn what_options_leave_out_is_said() {
    let folder = folder(&[
        ("a/x.txt", FERRY),
        ("b/y.txt", FERRY),
        ("drafts/z.txt", FERRY),
        ("a/big.txt", &FERRY.repeat(9)),
    ]);
    let arguments = ["report", "news", "--exclude", "drafts/**", "--exclude", "y.*", "--max-file-size", "1K"];
    let (code, text) = run(folder.path(), &arguments);
    assert_eq!(code, 0, "{text}");
    for said in [
        "news/drafts/z.txt: left out by --exclude drafts/**",
        "news/b/y.txt: left out by --exclude y.*",
        "news/a/big.txt: left out: larger than --max-file-size 1024 bytes",
    ] {
        assert!(text.contains(said), "{text}");
    }
    let (code, text) = run(folder.path(), &["report", "news", "--since", "2031-03-04"]);
    assert_eq!(code, 2);
    assert!(text.contains("left out by --since or --until: no published time is known"), "{text}");
    for wrong in [
        ["--lang", "?"],
        ["--since", "soon"],
        ["--max-file-size", "big"],
        ["--include", "a["],
        ["--field", "x=y"],
    ] {
        let (code, text) = run(folder.path(), &[&["report", "news"], &wrong[..]].concat());
        assert_eq!(code, 2, "{text}");
        assert!(text.contains(wrong[0]), "{text}");
    }
}
