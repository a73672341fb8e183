//! No command replaces anything that it read, whatever it shows of it.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

#[expect(dead_code, reason = "other tests pack in more ways")]
mod packing;

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const FERRY: &str = "The ferry Halcyon lost power on Monday evening and drifted for two hours off Vell before \
    a tug took it in tow, the coast guard said.";

/// A folder with texts, records and archives of one article or more.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("n")).unwrap();
    for name in ["n/a.txt", "n/b.txt", "a.txt"] {
        write(name, FERRY.as_bytes());
    }
    let record = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"{FERRY}\"}}\n");
    fs::create_dir(folder.path().join("ci")).unwrap();
    write("ci/one.jsonl", [record("i1"), record("i2")].concat().as_bytes());
    write("ci/two.jsonl", record("i3").as_bytes());
    let members: [(&str, &[u8]); 2] = [("bbc/a.txt", FERRY.as_bytes()), ("bbc/b.txt", FERRY.as_bytes())];
    write("d.zip", &packing::zip(&members));
    write("d.tar", &packing::tar(&members));
    folder
}

/// Holds a command to leaving the file alone that its last argument names.
fn refuses(folder: &Path, arguments: &[&str]) {
    let file = folder.join(arguments.last().unwrap());
    let before = fs::read(&file).unwrap();
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("will not overwrite the input"), "{arguments:?}: {said}");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(fs::read(&file).unwrap() == before, "{arguments:?} replaced its input");
}

#[test]
fn what_inspect_read_and_does_not_show_is_spared() {
    let folder = folder();
    let refuses = |arguments: &[&str]| refuses(folder.path(), arguments);
    refuses(&["inspect", "n", "--limit", "1", "-o", "n/b.txt"]);
    refuses(&["inspect", "ci", "--limit", "1", "-o", "ci/two.jsonl"]);
    refuses(&["inspect", "d.zip!/bbc/a.txt", "-o", "d.zip"]);
    refuses(&["inspect", "d.tar!/bbc/a.txt", "-o", "d.tar"]);
}

#[test]
fn where_compare_looked_for_its_articles_is_spared() {
    let folder = folder();
    let refuses = |arguments: &[&str]| refuses(folder.path(), arguments);
    refuses(&["compare", "d.zip!/bbc/a.txt", "a.txt", "-o", "d.zip"]);
    refuses(&["compare", "i1", "i2", "--in", "ci", "-o", "ci/two.jsonl"]);
    refuses(&["compare", "i1", "i2", "--in", "ci", "-f", "html", "-o", "ci/one.jsonl"]);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_spared() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    // Some file systems know no such names.
    if fs::write(folder.path().join(name), FERRY).is_err() {
        return;
    }
    for options in [&["report", ".", "-o"][..], &["flag", ".", "-o"], &["report", ".", "--keep-list"]] {
        let arguments: Vec<OsString> = options.iter().map(OsString::from).chain([name.to_owned()]).collect();
        let mut command = Command::cargo_bin("wirecopy").unwrap();
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), FERRY, "{options:?}");
    }
}
