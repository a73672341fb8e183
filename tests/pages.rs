//! Where `--format html` writes, and what it leaves alone.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const INPUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

fn report(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    command.current_dir(folder.path()).args(["report", INPUT, "--quiet", "--format", "html"]).args(arguments);
    command
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_holds_everything_and_is_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    report(&folder, &["-o", "one.html", "--threads", "1"]).assert().success().stdout("");
    report(&folder, &["-o", "four.html", "--threads", "4"]).assert().success();
    assert_eq!(names(folder.path()), ["four.html", "one.html"]);
    let page = fs::read(folder.path().join("one.html")).unwrap();
    assert_eq!(page, fs::read(folder.path().join("four.html")).unwrap());
    let to_stdout = report(&folder, &[]).assert().success().get_output().stdout.clone();
    assert_eq!(page, to_stdout);
    let page = String::from_utf8(page).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("27 of 48 articles share narrative text with another"));
    assert!(page.contains("id=\"block-text-0\">"));
}

#[test]
fn a_named_folder_gets_an_index_and_its_data_and_can_be_written_again() {
    let folder = tempfile::tempdir().unwrap();
    for force in [&[][..], &["--force"]] {
        report(&folder, &[&["-o", "out/"], force].concat()).assert().success();
        assert_eq!(names(folder.path()), ["out"]);
        assert_eq!(names(&folder.path().join("out")), ["index.html", "index_files"]);
        let data = names(&folder.path().join("out/index_files"));
        for block in ["articles.js", "core.js", "pairs.js", "stories.js", "text-0.js"] {
            assert!(data.iter().any(|name| name == block), "{block} is not in {data:?}");
        }
    }
    let index = fs::read_to_string(folder.path().join("out/index.html")).unwrap();
    assert!(index.contains("data-folder=\"index_files\""));
    assert!(!index.contains("id=\"block-"));
}

#[test]
fn nothing_in_a_named_folder_is_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("index.html"), "<h1>My site</h1>").unwrap();
    let refused = |command: &mut Command| {
        let refusal = command.assert().code(2).get_output().stderr.clone();
        String::from_utf8(refusal).unwrap()
    };
    let refusal = refused(&mut report(&folder, &["-o", "site"]));
    assert!(refusal.contains("index.html is already there; --force replaces it"), "{refusal}");
    assert_eq!(fs::read_to_string(site.join("index.html")).unwrap(), "<h1>My site</h1>");
    report(&folder, &["-o", "site", "--force"]).assert().success();
    assert!(fs::read_to_string(site.join("index.html")).unwrap().contains("content=\"wirecopy "));

    report(&folder, &["-o", "out/"]).assert().success();
    let index = fs::read(folder.path().join("out/index.html")).unwrap();
    let refusal = refused(&mut report(&folder, &["-o", "out/", "--min-run", "13"]));
    assert!(refusal.contains("index.html is already there; --force replaces it"), "{refusal}");
    assert_eq!(fs::read(folder.path().join("out/index.html")).unwrap(), index, "an earlier report stays too");
    fs::remove_file(folder.path().join("out/index.html")).unwrap();
    let refusal = refused(&mut report(&folder, &["-o", "out/"]));
    assert!(refusal.contains("index_files is already there; --force replaces it"), "{refusal}");
    let note = folder.path().join("out/index_files/notes.txt");
    fs::write(&note, "mine").unwrap();
    let refusal = refused(&mut report(&folder, &["-o", "out/", "--force"]));
    assert!(refusal.contains("notes.txt is no part of a report"), "{refusal}");
    assert_eq!(fs::read_to_string(note).unwrap(), "mine");
    assert_eq!(names(&folder.path().join("out")), ["index_files"]);
}

#[test]
fn a_comparison_is_a_page_too() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["vell-gazette/000_a2dbaac33ec344c2.txt", "orvane-courier/000_26bdb55b254f2442.txt"]
        .map(|name| format!("{INPUT}/{name}"));
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    let output = command.current_dir(folder.path()).args(["compare", &a, &b, "--format", "html"]);
    let page = String::from_utf8(output.assert().success().get_output().stdout.clone()).unwrap();
    assert!(page.contains("data-kind=\"comparison\""));

    let again = |force: &[&str]| {
        let mut command = Command::cargo_bin("wirecopy").unwrap();
        let arguments = ["compare", &a, &b, "--format", "html", "-o", "pair/"];
        command.current_dir(folder.path()).args(arguments).args(force).assert()
    };
    again(&[]).success();
    again(&[]).code(2);
    again(&["--force"]).success();
    assert!(page.contains("They share 257 words: 93% of the reporting of the first, 100% of the second."));
}
