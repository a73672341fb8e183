//! Bad input: a clear line for each, the rest unharmed.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value;

use super::{code, path, run, stderr, stdout};

/// A folder with one good article under `good/`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("good")).unwrap();
    fs::write(folder.path().join("good/story.txt"), "The ferry drifted for two hours.").unwrap();
    folder
}

/// What a report says about bad input.
struct Told {
    code: Option<i32>,
    /// Path below the folder, record, whether it is incomplete, and the reason.
    skipped: Vec<(String, Option<u64>, bool, String)>,
    /// Ids, below the folder where they are paths.
    articles: Vec<String>,
}

fn report(folder: &Path, more: &[&str]) -> Told {
    let mut arguments = vec!["report", "--format", "json", path(folder)];
    arguments.extend(more);
    let output = run(&arguments);
    let value: Value =
        serde_json::from_str(stdout(&output)).unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    let below = |text: &Value| text.as_str().unwrap().replace(&format!("{}/", path(folder)), "");
    let skipped = value["skipped"].as_array().unwrap().iter();
    let articles = value["articles"].as_array().unwrap().iter();
    Told {
        code: code(&output),
        skipped: skipped
            .map(|row| {
                let reason = row["reason"].as_str().unwrap().to_owned();
                (below(&row["path"]), row["record"].as_u64(), row["incomplete"] == true, reason)
            })
            .collect(),
        articles: articles.map(|article| below(&article["id"])).collect(),
    }
}

/// Asserts that there is one row, and that the good article is there.
#[track_caller]
fn one_row(told: &Told, row: (&str, Option<u64>, bool, &str)) {
    let (name, record, incomplete, reason) = row;
    assert_eq!(told.skipped, [(name.to_owned(), record, incomplete, reason.to_owned())]);
    assert_eq!(told.code, Some(if incomplete { 3 } else { 0 }));
    assert!(told.articles.contains(&"good/story.txt".to_owned()), "{:?}", told.articles);
}

#[test]
fn a_path_that_is_not_there() {
    let folder = folder();
    let nowhere = folder.path().join("nowhere");
    let told = report(folder.path(), &[path(&nowhere)]);
    one_row(&told, ("nowhere", None, true, "no such file or folder"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let locked = folder.path().join("locked.txt");
    fs::write(&locked, "closed").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        println!("skipped: whoever runs this test may read everything");
        return;
    }
    one_row(&report(folder.path(), &[]), ("locked.txt", None, true, "no permission to read it"));
}

#[test]
fn empty_and_binary_files() {
    let folder = folder();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    one_row(&report(folder.path(), &[]), ("empty.txt", None, false, "empty file"));
    fs::remove_file(folder.path().join("empty.txt")).unwrap();
    fs::write(folder.path().join("image.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    one_row(&report(folder.path(), &[]), ("image.txt", None, true, "binary file, not text"));
}

#[test]
fn a_broken_line_in_the_middle_and_a_record_without_text() {
    let folder = folder();
    let lines = folder.path().join("lines.jsonl");
    fs::write(
        &lines,
        "{\"id\":1,\"text\":\"One.\"}\n{\"id\":2,\"text\":\"Two.\n{\"id\":3,\"text\":\"Three.\"}\n",
    )
    .unwrap();
    let told = report(folder.path(), &[]);
    assert_eq!(told.articles, ["good/story.txt", "1", "3"]);
    let [(name, record, incomplete, reason)] = &told.skipped[..] else { panic!("{:?}", told.skipped) };
    assert_eq!((name.as_str(), *record, *incomplete), ("lines.jsonl", Some(2), true));
    assert!(reason.starts_with("not valid JSON: ") && reason.contains("line 2"), "{reason}");

    fs::write(&lines, "{\"id\":1,\"text\":\"One.\"}\n{\"id\":2,\"title\":\"Two\"}\n").unwrap();
    let told = report(folder.path(), &[]);
    assert_eq!(told.articles, ["good/story.txt", "1"]);
    assert!(told.skipped[0].3.starts_with("the record has no text"), "{:?}", told.skipped);
    assert_eq!(told.skipped[0].1, Some(2));
}

#[test]
fn a_line_of_50_megabytes() {
    let folder = folder();
    let mut file = fs::File::create(folder.path().join("long.jsonl")).unwrap();
    writeln!(file, "{{\"id\":\"before\",\"text\":\"One.\"}}").unwrap();
    let padding = "0123456789abcdef".repeat(50 << 16);
    writeln!(file, "{{\"id\":\"long\",\"html\":\"{padding}\",\"text\":\"Two.\"}}").unwrap();
    writeln!(file, "{{\"id\":\"after\",\"text\":\"Three.\"}}").unwrap();
    drop(file);
    let told = report(folder.path(), &[]);
    assert_eq!((told.code, told.skipped.len()), (Some(0), 0), "{:?}", told.skipped);
    assert_eq!(told.articles, ["good/story.txt", "before", "long", "after"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_not_followed() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("good/round")).unwrap();
    one_row(&report(folder.path(), &[]), ("good/round", None, false, "symbolic link, not followed"));
}

#[cfg(unix)]
#[test]
fn a_fifo_is_passed_over_and_not_waited_for() {
    let folder = folder();
    let fifo = folder.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: there is no mkfifo");
        return;
    }
    for (given, asked_for) in [(&[][..], false), (&[path(&fifo)], true)] {
        let told = report(folder.path(), given);
        let [(name, None, incomplete, reason)] = &told.skipped[..] else { panic!("{:?}", told.skipped) };
        assert_eq!((name.as_str(), *incomplete), ("pipe.txt", asked_for));
        assert!(reason.contains("named pipe"), "{reason}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_stays_on_its_line() {
    let folder = folder();
    fs::write(folder.path().join("two\nlines\x1b[31m.txt"), "").unwrap();
    one_row(&report(folder.path(), &[]), ("two\nlines\x1b[31m.txt", None, false, "empty file"));
    let output = run(&["report", path(folder.path())]);
    let text = stdout(&output);
    assert!(!text.contains('\x1b'), "{text:?}");
    let line = text.lines().find(|line| line.contains("two")).unwrap();
    assert!(line.contains("lines"), "{line}");
}

#[test]
fn two_records_with_one_id() {
    let folder = folder();
    let lines = "{\"id\":\"same\",\"text\":\"One.\"}\n{\"id\":\"same\",\"text\":\"Two.\"}\n";
    fs::write(folder.path().join("lines.jsonl"), lines).unwrap();
    let told = report(folder.path(), &[]);
    assert_eq!((told.code, told.skipped.len()), (Some(0), 0));
    assert_eq!(told.articles, ["good/story.txt", "same", "same#2"]);
}

#[test]
fn people_are_told_in_the_text_too() {
    let folder = folder();
    fs::write(folder.path().join("lines.jsonl"), "{\"text\":\"One.\"}\n{\"text\":\n").unwrap();
    let nowhere = folder.path().join("nowhere");
    let output = run(&["report", path(folder.path()), path(&nowhere), "--width", "200"]);
    assert_eq!(code(&output), Some(3));
    let text = stdout(&output);
    let at = text.find("Skipped").unwrap_or_else(|| panic!("{text}"));
    let skipped = &text[at..];
    assert!(skipped.contains("lines.jsonl:2: not valid JSON"), "{skipped}");
    assert!(skipped.contains("nowhere: no such file or folder"), "{skipped}");
}
