//! The files that other tools read: which are written, where, and from what. What is in them is
//! held by the snapshots of `report` and by `tests/readback`.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use assert_cmd::Command;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// Standard output of a run that ends well.
fn stdout(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Standard error of a run that is refused.
fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

/// A folder with a saved report on the fixtures.
struct Saved {
    folder: tempfile::TempDir,
}

impl Saved {
    fn new(options: &[&str]) -> Self {
        let saved = Self { folder: tempfile::tempdir().unwrap() };
        let report = saved.path("report.json");
        let arguments = ["report", "fixtures", "--format", "json", "-o", report.to_str().unwrap()];
        stdout(&[&arguments, options].concat());
        saved
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_form_is_the_same_from_a_saved_report() {
    let saved = Saved::new(&["--texts"]);
    let report = saved.name("report.json");
    let forms: [&[&str]; 8] = [
        &["--format", "text", "--width", "100", "--all"],
        &["--format", "jsonl"],
        &["--format", "csv", "--table", "passages"],
        &["--format", "graphml"],
        &["--format", "gexf", "--nodes", "outlets"],
        &["--format", "dot"],
        &["--format", "prov"],
        &["--keep-list", "-", "--keep", "own-outlet", "-o", "/dev/null"],
    ];
    for form in forms {
        let texts: &[&str] = if form.contains(&"jsonl") { &["--texts"] } else { &[] };
        let fresh = stdout(&[&["report", "fixtures"], form, texts].concat());
        let rendered = stdout(&[&["render", &report], form].concat());
        assert!(fresh.lines().count() > 20, "{form:?}");
        assert_eq!(rendered, fresh, "{form:?}");
    }
    let again = stdout(&["render", &report, "--format", "json"]);
    assert_eq!(again, fs::read_to_string(&report).unwrap());
}

#[test]
fn tables_go_into_a_folder_and_replace_nothing_unasked() {
    let saved = Saved::new(&[]);
    let (report, tables) = (saved.name("report.json"), saved.name("tables"));
    let without_folder = refusal(&["render", &report, "--format", "csv"]);
    assert!(without_folder.contains("name a folder for them with -o"), "{without_folder}");

    let arguments = ["render", &report, "--format", "csv", "-o", &tables];
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("the report has no texts"), "{told}");
    let files = ["articles.csv", "flags.csv", "passages.csv", "relations.csv", "stories.csv"];
    assert_eq!(names(&saved.path("tables")), files);

    fs::write(saved.path("tables/flags.csv"), "mine").unwrap();
    fs::remove_file(saved.path("tables/articles.csv")).unwrap();
    let refused = refusal(&arguments);
    assert!(refused.contains("relations.csv is already there; --force replaces it"), "{refused}");
    assert_eq!(fs::read_to_string(saved.path("tables/flags.csv")).unwrap(), "mine");
    assert!(!saved.path("tables/articles.csv").exists(), "all or nothing");
    stdout(&[&arguments[..], &["--force", "--quiet"]].concat());
    assert_eq!(names(&saved.path("tables")), files);
    assert!(fs::read_to_string(saved.path("tables/flags.csv")).unwrap().starts_with("path,record,id,"));
}

#[test]
fn passages_have_their_words_where_the_report_has_texts() {
    let fresh = stdout(&["report", "fixtures", "--format", "csv", "--table", "passages"]);
    let rendered = Saved::new(&[]);
    let rendered = rendered.name("report.json");
    let without = stdout(&["render", &rendered, "--format", "csv", "--table", "passages", "--quiet"]);
    assert!(!fresh.lines().skip(1).any(|line| line.ends_with(",,")), "{fresh}");
    assert!(without.lines().skip(1).all(|line| line.ends_with(",,")), "{without}");
}

#[test]
fn saved_reports_may_be_packed_and_come_from_standard_input() {
    let saved = Saved::new(&[]);
    let json = fs::read(saved.path("report.json")).unwrap();
    let packed = zstd::encode_all(&*json, 3).unwrap();
    fs::write(saved.path("report.json.zst"), &packed).unwrap();
    let dot = stdout(&["render", &saved.name("report.json.zst"), "--format", "dot"]);
    let piped = program(&["render", "-", "--format", "dot"]).write_stdin(packed).output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), dot);
}

#[test]
fn what_is_no_report_is_refused_with_the_reason() {
    let saved = Saved::new(&[]);
    let json = fs::read_to_string(saved.path("report.json")).unwrap();
    fs::write(saved.path("newer.json"), json.replacen("wirecopy.report/1", "wirecopy.report/2", 1)).unwrap();
    let refused = refusal(&["render", &saved.name("newer.json")]);
    assert!(refused.contains("written by a newer version; this one reads `wirecopy.report/1`"), "{refused}");
    let refused = refusal(&["render", "fixtures/hill-country-mail.jsonl"]);
    assert!(refused.contains("not a report as `wirecopy report --format json` writes it"), "{refused}");
    let (_, cause) = refused.rsplit_once("writes it: ").unwrap();
    assert!(!cause.contains(": "), "the cause is said once: {refused}");
    let refused = refusal(&["render", &saved.name("nowhere.json")]);
    assert!(refused.starts_with("error: cannot read "), "{refused}");
    let report = saved.name("report.json");
    let refused = refusal(&["render", &report, "--format", "dot", "-o", &report]);
    assert!(refused.contains("will not overwrite the input"), "{refused}");
    assert_eq!(fs::read_to_string(&report).unwrap(), json);
}

#[test]
fn options_of_another_form_are_refused() {
    let refused = refusal(&["report", "fixtures", "--table", "flags"]);
    assert!(refused.contains("--table names a table of --format csv"), "{refused}");
    let refused = refusal(&["report", "fixtures", "--format", "json", "--nodes", "outlets"]);
    assert!(refused.contains("--nodes says"), "{refused}");
    let refused = refusal(&["report", "fixtures", "--keep-list", "-"]);
    assert!(refused.contains("cannot both go to standard output"), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    let (one, same) = (folder.path().join("one"), folder.path().join(".").join("one"));
    let same = ["--keep-list", one.to_str().unwrap(), "-o", same.to_str().unwrap()];
    let refused = refusal(&[&["report", "fixtures"], &same[..]].concat());
    assert!(refused.contains("cannot both go to "), "{refused}");
    let refused = refusal(&["report", "fixtures", "--keep-list", "fixtures/hill-country-mail.jsonl"]);
    assert!(refused.contains("will not overwrite the input"), "{refused}");
}

#[test]
fn a_keep_list_comes_beside_the_report_and_changes_no_exit_code() {
    let saved = Saved::new(&[]);
    let list = saved.name("keep.tsv");
    let output = run(&["report", "fixtures", "--quiet", "--fail-on", "reprint", "--keep-list", &list]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stdout.is_empty());
    insta::assert_snapshot!(fs::read_to_string(list).unwrap());
}

#[test]
fn a_picture_of_what_shares_text() {
    insta::assert_snapshot!(stdout(&["report", "fixtures", "--format", "dot"]));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let saved = Saved::new(&[]);
    let report = saved.name("report.json");
    let program = assert_cmd::cargo::cargo_bin("wirecopy");
    let runs: [&[&str]; 8] = [
        &["render", &report],
        &["render", &report, "--format", "csv", "--table", "relations"],
        &["render", &report, "--format", "graphml"],
        &["render", &report, "--format", "gexf"],
        &["render", &report, "--format", "prov"],
        &["render", &report, "--keep-list", "-", "-o", "/dev/null"],
        &["completions", "zsh"],
        &["man"],
    ];
    for arguments in runs {
        let mut child = std::process::Command::new(&program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let main = stdout(&["man"]);
    assert!(main.contains(".TH wirecopy 1") && main.contains("wirecopy\\-render(1)"), "{main}");
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    stdout(&["man", "-o", pages.to_str().unwrap()]);
    let commands =
        ["-compare", "-completions", "-flag", "-inspect", "-man", "-render", "-report", "-verify", ""];
    assert_eq!(names(&pages), commands.map(|command| format!("wirecopy{command}.1")));
    let report = fs::read_to_string(pages.join("wirecopy-report.1")).unwrap();
    assert!(report.contains("\\-\\-keep\\-list"), "{report}");
    assert!(refusal(&["man", "-o", pages.to_str().unwrap()]).contains("already there"));
}

#[test]
fn shells_complete_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&["completions", shell]);
        for word in ["render", "keep-list"] {
            assert!(script.contains(word), "{shell} has no {word}");
        }
    }
}
