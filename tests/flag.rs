//! `wirecopy flag` as a user sees it, on an invented folder.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const FERRY: &str = "The ferry Halcyon lost power on Monday evening and drifted for two hours off Vell \
    before a tug took it in tow, the coast guard said.\n\nNone of the 214 people on board was hurt, and \
    the master steered clear of the reef with the anchor alone, according to the harbour office.\n\n\
    The owner has ordered an inspection of all four ships of the class before the weekend.";

const QUAY: &str = "The quay of Oster stays closed until the spring because the piles have rotted, the town \
    council decided on Tuesday.\n\nFishermen will land their catch in Vell, eleven miles away, and the \
    council pays for the fuel.\n\nThe repair costs more than the quay did when it was built.";

/// Five outlets: one declares, one prints the same without a word, one has a feed, one a release, one
/// its own report.
fn news() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("gazette/ferry.txt", format!("VELL, May 3 (AP) — {FERRY}")),
        ("courier/ferry.txt", format!("By The Associated Press\n\n{FERRY}\n\nThe town's mayor was not on board.")),
        ("mirror/halcyon.txt", FERRY.to_owned()),
        ("mirror/speech.txt", format!("{QUAY}\n\nNobody told Reuters about it, the mayor said.")),
        ("globe/quay.txt", "The mayor spoke.\n\nDisclaimer: This post has been auto-published from an agency feed without any modifications to the text.".to_owned()),
        ("globe/soap.txt", "VELL, May 3, 2021 /PRNewswire/ -- Quist Soap opened a shop on Monday.".to_owned()),
    ] {
        let file = folder.path().join("news").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn flag(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    command.current_dir(folder).arg("flag").args(arguments);
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn text() {
    let folder = news();
    let ran = flag(folder.path(), &["news", "--width", "120"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn csv() {
    let folder = news();
    let ran = flag(folder.path(), &["news", "--format", "csv"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn cells_are_no_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let record = format!(
        r#"{{"id":"=1+2","title":"@SUM(A1)","outlet":"+Vell","text":"VELL (AP) — The ferry sank."}}{}"#,
        "\n"
    );
    fs::write(folder.path().join("a.jsonl"), record).unwrap();
    let ran = flag(folder.path(), &["a.jsonl", "--format", "csv"]);
    assert!(ran.out.contains("a.jsonl,1,'=1+2,'+Vell,,'@SUM(A1),,credit,declared,AP,"), "{}", ran.out);
}

#[test]
fn json_and_lines_carry_the_same_flags() {
    let folder = news();
    let whole = flag(folder.path(), &["news", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&whole.out).unwrap();
    assert_eq!(whole["schema"], "wirecopy.flags/1");
    assert_eq!(whole["summary"]["flagged"], 3);
    assert_eq!(whole["summary"]["credited_elsewhere"], 1);
    let flags = whole["flags"].as_array().unwrap();
    let of = |path: &str| flags.iter().find(|flag| flag["path"] == path).unwrap();
    let silent = of("news/mirror/halcyon.txt");
    assert_eq!((&silent["kind"], &silent["level"]), (&"credited_elsewhere".into(), &"none".into()));
    assert_eq!(silent["credited_elsewhere"]["names"][0], "AP");
    assert!(silent["credited_elsewhere"]["share"].as_f64().unwrap() > 0.99);
    let declared = of("news/gazette/ferry.txt");
    assert_eq!(
        (&declared["evidence"]["start"], &declared["evidence"]["text"]),
        (&0.into(), &"VELL, May 3 (AP) —".into())
    );
    assert!(declared["wire_share"].as_f64().unwrap() > 0.9);
    assert_eq!(of("news/globe/soap.txt")["kind"], "release");

    let lines = flag(folder.path(), &["news", "--format", "jsonl"]);
    let lines: Vec<serde_json::Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().filter(|line| line["type"] == "flag").count(), flags.len());
}

#[test]
fn credits_alone_are_read_without_comparing() {
    let folder = news();
    let ran = flag(folder.path(), &["news", "--credits-only", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&found["compared"], &found["summary"]["flagged"]), (&false.into(), &3.into()));
    assert!(found["flags"].as_array().unwrap().iter().all(|flag| flag["wire_share"].is_null()));
}

#[test]
fn a_wider_level_lists_more() {
    let folder = news();
    let ran = flag(folder.path(), &["news", "--level", "cited"]);
    assert!(ran.out.contains("told Reuters"), "{}", ran.out);
    assert!(!flag(folder.path(), &["news"]).out.contains("told Reuters"));
}

#[test]
fn scripts_may_fail_on_what_they_name() {
    let folder = news();
    let failing = |kinds: &str| flag(folder.path(), &["news", "--fail-on", kinds]);
    let ran = failing("declared,credited_elsewhere");
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.err,
        "wirecopy: found 2 declared agency reprints, 1 article that matches copy credited elsewhere\n"
    );
    assert_eq!(failing("feed_unnamed").code, 1);
    assert_eq!(failing("cited").code, 1);
    assert_eq!(failing("contributed,photo").code, 0);
    // Nothing is compared, so that it could never be found.
    let ran = flag(folder.path(), &["news", "--credits-only", "--fail-on", "credited_elsewhere"]);
    assert!(ran.code == 2 && ran.err.contains("--credits-only"), "{}", ran.err);
}

#[test]
fn own_rules_are_added() {
    let folder = news();
    let rules = "[[agency]]\nname = \"Quay Press\"\nnames = [\"the town council\"]\nwikidata = \"Q4711\"\n\
        [[rule]]\nid = \"council\"\nlevel = \"declared\"\nplace = \"anywhere\"\npattern = '{agency} decided'\n\
        matches = [\"the town council decided\"]\n";
    fs::write(folder.path().join("ours.toml"), rules).unwrap();
    let ran = flag(folder.path(), &["news", "--agencies", "ours.toml", "--format", "csv"]);
    assert!(ran.out.contains("declared,Quay Press,council,the town council decided"), "{}", ran.out);
    let mut report = Command::cargo_bin("wirecopy").unwrap();
    report.current_dir(folder.path()).args(["report", "news", "--agencies", "ours.toml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.output().unwrap().stdout).unwrap();
    let items: Vec<_> =
        report["agencies"].as_array().unwrap().iter().map(|a| (&a["name"], &a["wikidata"])).collect();
    for (name, item) in [("Quay Press", "Q4711"), ("AP", "Q40469")] {
        assert!(items.contains(&(&name.into(), &item.into())), "{items:?}");
    }
}

#[test]
fn a_wrong_rule_is_named_with_its_file() {
    let folder = news();
    let refused = |rules: &str| {
        fs::write(folder.path().join("ours.toml"), rules).unwrap();
        let ran = flag(folder.path(), &["news", "--agencies", "ours.toml"]);
        assert_eq!(ran.code, 2);
        ran.err
    };
    let rule = "[[rule]]\nid = \"quay\"\nlevel = \"declared\"\nplace = \"tail\"\n";
    let message = refused(&format!("{rule}pattern = '('\n"));
    assert!(message.starts_with("error: cannot use the agencies in ours.toml: rule quay: "), "{message}");
    let message = refused(&format!("{rule}pattern = 'quay'\nmatches = [\"pier\"]\n"));
    assert!(message.contains("rule quay: its pattern does not match \"pier\""), "{message}");
    let message = refused("[[rule]]\nid = \"quay\"\nlevel = \"stolen\"\n");
    assert!(message.contains("line 3") && message.contains("stolen"), "{message}");
    let ran = flag(folder.path(), &["news", "--agencies", "nowhere.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: cannot read the agencies in nowhere.toml: "), "{}", ran.err);
}

#[test]
fn order_and_threads_do_not_matter() {
    let folder = news();
    let one = flag(
        folder.path(),
        &["news/gazette", "news/mirror", "news/courier", "--threads", "1", "-f", "jsonl"],
    );
    let two = flag(
        folder.path(),
        &["news/courier", "news/gazette", "news/mirror", "--threads", "2", "-f", "jsonl"],
    );
    let flags = |ran: &Ran| {
        ran.out
            .lines()
            .filter(|line| !line.contains("\"type\":\"run\""))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(flags(&one), flags(&two));
}
