//! `wirecopy compare` and `--overrides` as a user sees them, on invented articles.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const GAZETTE: &str = "Ferry adrift off Vell\n\n\
    VELL, May 3 (AP) — The ferry Halcyon lost power on Monday evening and drifted for two hours off \
    Vell before a tug took it in tow, the coast guard said.\n\n\
    None of the 214 people on board was hurt, and the master kept clear of the reef with the anchor alone.\n\n\
    “Nobody panicked, and nobody had any reason to, because the anchor held from the first minute to \
    the last,” the master told the harbour office.\n\n\
    Passengers look on as the tug Marlin arrives at the pier of Vell late on Monday. (AP Photo/Mara Quist)\n\n\
    The owner has ordered an inspection of all four ships of the class before the weekend.";

const COURIER: &str = "Halcyon towed to port\n\n\
    The ferry Halcyon lost power on Tuesday evening and drifted for three hours off Vell before a tug \
    took it in tow, the coast guard said.\n\n\
    Our reporter was on board with her family and says that the lights went out at the moment when \
    dinner was being served.\n\n\
    \"Nobody panicked, and nobody had any reason to, because the anchor held from the first minute to \
    the last,\" said the master.\n\n\
    Passengers look on as the tug Marlin arrives at the pier of Vell late on Monday. (AP Photo/Mara Quist)\n\n\
    The town wants a second tug, which it cannot pay for until the spring.";

const QUAY: &str = "The quay of Oster stays closed until the spring because the piles have rotted, the town \
    council decided on Tuesday.\n\nFishermen will land their catch in Vell, eleven miles away.";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("gazette.txt", GAZETTE);
    write("courier.txt", COURIER);
    write("quay.txt", QUAY);
    let record = |id: &str, text: &str| serde_json::json!({"id": id, "outlet": id, "text": text}).to_string();
    let records = [record("gz", GAZETTE), record("cr", COURIER), record("qu", QUAY)];
    write("crawl.jsonl", &records.join("\n"));
    folder
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    command.current_dir(folder).args(arguments);
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn compare(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["compare"], arguments].concat())
}

#[test]
fn beside_each_other() {
    let folder = folder();
    let ran = compare(folder.path(), &["gazette.txt", "courier.txt", "--width", "120"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn one_below_the_other() {
    let folder = folder();
    let ran = compare(folder.path(), &["gazette.txt", "courier.txt", "--width", "72"]);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 72), "{}", ran.out);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn differing_words_have_colours() {
    let folder = folder();
    let ran = compare(folder.path(), &["gazette.txt", "courier.txt", "--color", "always"]);
    let marked = |word: &str, colour: &str| ran.out.contains(&format!("\u{1b}[4m\u{1b}[{colour}m{word}"));
    assert!(marked("Monday", "31") && marked("Tuesday", "32"), "{}", ran.out);
}

#[test]
fn no_relation_says_what_it_would_have_taken() {
    let folder = folder();
    let ran = compare(folder.path(), &["gazette.txt", "quay.txt"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn records_and_ids_name_articles() {
    let folder = folder();
    for names in [
        &["crawl.jsonl#1", "crawl.jsonl#2"][..],
        &["crawl.jsonl:1", "crawl.jsonl:2"],
        &["gz", "cr", "--in", "crawl.jsonl"],
        &["gz", "courier.txt", "--in", "crawl.jsonl"],
    ] {
        let ran = compare(folder.path(), &[names, &["--format", "json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(found["schema"], "wirecopy.comparison/1");
        assert_eq!(found["relation"]["verdict"], "partial", "{names:?}");
        assert_eq!(found["a"]["agency"]["names"][0], "AP");
        assert!(found["nearest"].is_null());
        assert!(
            found["criteria"]
                .as_array()
                .unwrap()
                .iter()
                .any(|c| c["verdict"] == "partial" && c["met"] == true)
        );
        for block in found["blocks"].as_array().unwrap() {
            let text = |side: &str| -> String {
                let pieces = block["pieces"].as_array().unwrap();
                pieces.iter().map(|piece| piece[side].as_str().unwrap()).collect()
            };
            let span = |side: &str| {
                let at = |n: usize| block[side][n].as_u64().unwrap() as usize;
                at(0)..at(1)
            };
            assert_eq!(text("a"), GAZETTE[span("a")], "the pieces are the text");
            assert_eq!(text("b"), COURIER[span("b")], "the pieces are the text");
        }
    }
}

#[test]
fn what_is_not_there_is_named() {
    let folder = folder();
    let refused = |arguments: &[&str]| {
        let ran = compare(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        ran.err
    };
    assert!(refused(&["gz", "cr"]).starts_with("error: no article is called gz: there is no such file"));
    let message = refused(&["gz", "nobody", "--in", "crawl.jsonl"]);
    assert!(message.starts_with("error: no article is called nobody: looked for it"), "{message}");
    assert!(refused(&["crawl.jsonl", "quay.txt"]).contains("crawl.jsonl holds 3 articles"));
    assert!(refused(&["quay.txt", "quay.txt"]).contains("are the same article"));
    assert!(refused(&["quay.txt"]).contains("<B>"));
}

#[test]
fn what_a_person_sets_wins_and_is_shown() {
    let folder = folder();
    let overrides = "[[article]]\nid = \"cr\"\noutlet = \"Evening Courier\"\nagency = \"AP\"\n\
        reason = \"the print edition has the credit\"\n\
        [[relation]]\na = \"cr\"\nb = \"gz\"\nverdict = \"reprint\"\nreason = \"the editor said so\"\n\
        [[article]]\nid = \"nobody\"\noutlet = \"x\"\nreason = \"y\"\n";
    fs::write(folder.path().join("ours.toml"), overrides).unwrap();
    let ran = run(folder.path(), &["report", "crawl.jsonl", "--overrides", "ours.toml", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let courier = &report["articles"][1];
    assert_eq!(courier["outlet"], "Evening Courier");
    assert_eq!(courier["origins"]["outlet"], "set by hand: the print edition has the credit");
    assert_eq!(courier["agency"]["evidence"][0]["rule"], "set by hand");
    assert_eq!(report["relations"][0]["verdict"], "reprint");
    assert_eq!(report["relations"][0]["set_by_hand"], "the editor said so");
    assert_eq!(report["skipped"][0]["reason"], "no article has the id nobody");
    let text = run(folder.path(), &["report", "crawl.jsonl", "--overrides", "ours.toml"]).out;
    assert!(text.contains("Set by hand: the editor said so."), "{text}");

    let ran = run(folder.path(), &["flag", "crawl.jsonl", "--overrides", "ours.toml", "--format", "csv"]);
    assert!(
        ran.out.contains("declared,AP,set by hand,set by hand: the print edition has the credit"),
        "{}",
        ran.out
    );

    fs::write(folder.path().join("ours.toml"), "[[article]]\nid = \"cr\"\n").unwrap();
    let ran = run(folder.path(), &["report", "crawl.jsonl", "--overrides", "ours.toml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: cannot use the overrides in ours.toml: ") && ran.err.contains("reason")
    );
}

#[test]
fn why_a_file_gives_no_article_is_said() {
    let folder = folder();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.txt", b"");
    write("binary.txt", b"\x7fELF\0\0\0");
    write("titles.jsonl", b"{\"title\":\"Ferry adrift\"}\n");
    write("blank.jsonl", b"\n");
    for (name, reason) in [
        ("empty.txt", "error: empty.txt gives no article: empty file"),
        ("binary.txt", "error: binary.txt gives no article: binary file, not text"),
        ("titles.jsonl", "error: titles.jsonl gives no article: record 1: "),
        ("titles.jsonl#1", "error: titles.jsonl#1 gives no article: "),
        ("blank.jsonl", "error: blank.jsonl gives no article: there is none in it"),
        ("nowhere.txt", "error: no article is called nowhere.txt: "),
    ] {
        let ran = run(folder.path(), &["compare", "quay.txt", name]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.starts_with(reason), "{name}: {}", ran.err);
    }
}
