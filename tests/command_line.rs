//! What the program prints and how it ends, as a user sees it.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

/// The program with the given arguments, untouched by the settings of whoever runs the tests.
fn wirecopy(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("wirecopy").expect("the program is built with its tests");
    command.args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Output {
    wirecopy(arguments).output().expect("the program starts")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).expect("the program writes UTF-8")
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).expect("the program writes UTF-8")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

#[test]
fn help() {
    let output = run(&["--help"]);
    assert_eq!(code(&output), Some(0));
    insta::assert_snapshot!(stdout(&output));
}

#[test]
fn help_of_report() {
    let output = run(&["report", "--help"]);
    assert_eq!(code(&output), Some(0));
    insta::assert_snapshot!(stdout(&output));
}

#[test]
fn help_is_given_to_those_who_type_nothing() {
    let output = run(&[]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("Examples:"), "{}", stderr(&output));
}

#[test]
fn wrong_usage_is_code_2() {
    for wrong in [&["report"][..], &["reprot", "x"], &["report", "x", "--format", "xml"]] {
        let output = run(wrong);
        assert_eq!(code(&output), Some(2), "{wrong:?}");
        assert!(stderr(&output).starts_with("error: "), "{}", stderr(&output));
        assert!(stdout(&output).is_empty());
    }
}

#[test]
fn the_method_is_explained_with_the_options_given() {
    let output = run(&["report", "--explain-method", "--min-run", "17"]);
    assert_eq!(code(&output), Some(0));
    assert!(stdout(&output).contains("at least 17 words"), "{}", stdout(&output));
}

#[test]
fn nothing_to_read_is_code_2_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report.json");
    let nowhere = folder.path().join("nowhere");
    let output = run(&["report", path(&nowhere), "-f", "json", "-o", path(&out)]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).starts_with("error: nothing could be read"), "{}", stderr(&output));
    assert!(!out.exists());
}

#[test]
fn an_input_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("story.txt");
    fs::write(&story, "The ferry drifted for two hours.").unwrap();
    let output = run(&["report", path(&story), "-o", path(&story)]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("will not overwrite the input"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&story).unwrap(), "The ferry drifted for two hours.");
}

#[test]
fn a_settings_file_that_is_not_there_is_named() {
    let output = run(&["report", "x", "--config", "nowhere.toml"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        stderr(&output).starts_with("error: cannot use the settings file nowhere.toml: "),
        "{}",
        stderr(&output)
    );
}
