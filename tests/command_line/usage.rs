//! Help, wrong usage, exit codes, where the output goes.

use std::fs;
use std::process::Stdio;

use super::{code, path, run, stderr, stdout, wirecopy};

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
fn help_of_flag() {
    let output = run(&["flag", "--help"]);
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

#[test]
fn exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), "The ferry drifted for two hours.").unwrap();
    assert_eq!(code(&run(&["report", path(folder.path())])), Some(0));
    assert_eq!(code(&run(&["report", "fixtures", "--fail-on", "quotation"])), Some(1));
    assert_eq!(code(&run(&["report", "fixtures", "--fail-on", "undecided,incomplete"])), Some(0));

    fs::write(folder.path().join("bad.jsonl"), "{\"text\":").unwrap();
    let output = run(&["report", path(folder.path())]);
    assert_eq!(code(&output), Some(3));
    assert_eq!(
        stderr(&output),
        "wirecopy: incomplete: 1 input that could not be read, listed under skipped\n"
    );
    let output = run(&["report", path(folder.path()), "--quiet"]);
    assert_eq!((code(&output), stderr(&output)), (Some(3), ""));
}

#[test]
fn what_was_found_is_said_on_standard_error() {
    let output = run(&["report", "fixtures", "--fail-on", "exact,mismatch,undecided"]);
    assert_eq!(code(&output), Some(1));
    assert_eq!(
        stderr(&output),
        "wirecopy: found 3 groups of exact copies, 1 name that does not match its digest\n"
    );
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    for format in ["text", "json", "jsonl"] {
        let program = env!("CARGO_BIN_EXE_wirecopy");
        let mut child = std::process::Command::new(program)
            .args(["report", "fixtures", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), stderr(&output)), (Some(0), ""), "{format}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let colours = |command: &mut assert_cmd::Command| command.output().unwrap().stdout.contains(&0x1b);
    let report = ["report", "fixtures"];
    assert!(!colours(&mut wirecopy(&report)));
    assert!(colours(wirecopy(&report).env("CLICOLOR_FORCE", "1")));
    assert!(!colours(wirecopy(&report).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
    assert!(colours(wirecopy(&report).args(["--color", "always"])));
    assert!(!colours(wirecopy(&report).args(["--color", "never"]).env("CLICOLOR_FORCE", "1")));
    assert!(!colours(wirecopy(&["report", "fixtures", "-f", "json"]).env("CLICOLOR_FORCE", "1")));
}

#[test]
fn the_settings_are_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings.toml");
    fs::write(&settings, "min-words = 9\n").unwrap();
    let output = run(&["report", "fixtures", "--config", path(&settings), "-o", path(&settings)]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("will not overwrite the input"), "{}", stderr(&output));
    assert_eq!(fs::read(&settings).unwrap(), b"min-words = 9\n");
}

#[test]
fn an_output_file_is_the_same_as_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report.json");
    fs::write(&out, "older and longer, ".repeat(100_000)).unwrap();
    let output = run(&["report", "fixtures", "-f", "json", "-o", path(&out)]);
    assert_eq!((code(&output), stdout(&output), stderr(&output)), (Some(0), "", ""));
    assert_eq!(fs::read(&out).unwrap(), run(&["report", "fixtures", "-f", "json"]).stdout);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn no_input_of_a_folder_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (story, empty) = (folder.path().join("story.txt"), folder.path().join("empty.txt"));
    fs::write(&story, "The ferry drifted for two hours.").unwrap();
    fs::write(&empty, "").unwrap();
    for file in [&story, &empty] {
        let before = fs::read(file).unwrap();
        let output = run(&["report", path(folder.path()), "-o", path(file)]);
        assert_eq!(code(&output), Some(2));
        assert!(stderr(&output).contains("will not overwrite the input"), "{}", stderr(&output));
        assert_eq!(fs::read(file).unwrap(), before);
    }
}
