//! `wirecopy verify` as its users meet it: output, exit codes, odd names, manifests, repairs.
#![expect(clippy::print_stdout, reason = "a test that cannot run says so")]
#![expect(clippy::unwrap_used, reason = "a test may panic where it is set up")]

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use wirecopy::fixity::{Algorithm, hex};

fn sha256(bytes: &[u8]) -> String {
    hex(&Algorithm::Sha256.digest(bytes))
}

fn put(folder: &Path, named: &[u8], content: &[u8]) -> String {
    let name = format!("{}.txt", sha256(named));
    fs::write(folder.join(&name), content).unwrap();
    name
}

/// Runs `wirecopy verify` in a folder.
fn verify<S: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .arg("verify")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn code(folder: &Path, arguments: &[&str]) -> i32 {
    verify(folder, arguments).status.code().unwrap()
}

fn text(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(verify(folder, arguments).stdout).unwrap()
}

/// Runs a line of shell in which `$WIRECOPY` is the program; None where a tool is not here.
fn shell(folder: &Path, line: &str) -> Output {
    Command::new("bash")
        .args(["-c", line])
        .env("WIRECOPY", env!("CARGO_BIN_EXE_wirecopy"))
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn exit_codes_and_their_precedence() {
    let top = tempfile::tempdir().unwrap();
    let at = |name: &str| top.path().join(name);
    for folder in ["good", "bad", "unknown", "empty"] {
        fs::create_dir(at(folder)).unwrap();
    }
    for folder in ["good", "bad"] {
        put(&at(folder), b"a", b"a");
        put(&at(folder), b"b", b"b");
    }
    put(&at("bad"), b"c", b"changed");
    for name in ["d", "e", "f"] {
        put(&at("unknown"), name.as_bytes(), b"changed");
    }
    let run = |arguments: &[&str]| code(top.path(), arguments);
    assert_eq!(run(&["good"]), 0);
    assert_eq!(run(&["good", "unknown"]), 0, "something was checked, nothing is wrong");
    assert_eq!(run(&["bad"]), 1);
    assert_eq!(run(&["bad", "missing"]), 1, "a finding outweighs what could not be read");
    assert_eq!(run(&["missing"]), 2);
    assert_eq!(run(&["empty"]), 2);
    assert_eq!(run(&[]), 2);
    assert_eq!(run(&["good", "--format", "yaml"]), 2);
    assert_eq!(run(&["good", "--metadata", "missing.csv"]), 2);
    assert_eq!(run(&["good", "missing"]), 3);
    assert_eq!(run(&["unknown", "missing"]), 3, "the unreadable may be why nothing is confirmed");
    assert_eq!(run(&["unknown"]), 4);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    // More than a pipe holds.
    for i in 0..1500 {
        put(folder.path(), format!("{i}").as_bytes(), b"changed");
    }
    for format in ["text", "json", "jsonl", "csv"] {
        let line = format!(
            "$WIRECOPY verify --all --format {format} . | head -1 > /dev/null; echo ${{PIPESTATUS[0]}}"
        );
        let closed = shell(folder.path(), &line);
        assert_eq!((&*closed.stdout, &*closed.stderr), (&b"0\n"[..], &b""[..]), "{format}");
    }
}

#[test]
fn no_cell_is_a_formula_and_no_name_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("=1+2\u{202e}{}.txt", sha256(b"a"));
    fs::write(folder.path().join(&name), "b").unwrap();
    let table = text(folder.path(), &["--all", "--format", "csv", &name]);
    assert!(table.lines().nth(1).unwrap().starts_with("'=1+2"), "{table}");
    let shown = text(folder.path(), &["--all", &name]);
    assert!(!shown.contains('\u{202e}') && shown.contains("\\xe2\\x80\\xae"), "{shown}");
}

#[test]
fn prints_what_needs_attention_and_the_totals() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for i in 0..4 {
        let text = format!("text {i}\n");
        put(folder, text.as_bytes(), text.as_bytes());
    }
    fs::write(folder.join("notes.md"), "x").unwrap();
    let bad = put(folder, b"a\nb\n", b"a\r\nb\r\n");
    let (named, found) = (sha256(b"a\nb\n"), sha256(b"a\r\nb\r\n"));
    assert_eq!(
        text(folder, &["."]),
        format!(
            "MISMATCH   ./{bad}
           the name says  {named}
           the file has   {found}  (SHA-256 of the raw bytes)
           would match with CRLF line ends made LF
           $ perl -pe 's/\\r\\n/\\n/' < ./{bad} | sha256sum

Convention: 256 bits in hexadecimal, the whole name: SHA-256 of the raw bytes
            4 of 5 digests confirm it; chance of coincidence below 1e-30
Both ways:  names whose content is not here: 1, contents whose name is not here: 1
6 seen = 4 ok + 0 ok by recipe + 1 mismatch + 0 undecided + 1 no digest + 0 skipped + 0 error
"
        )
    );
    assert_eq!(text(folder, &["--status", "."]), "");
    assert!(!text(folder, &["--quiet", "."]).contains("seen"));
    assert_eq!(text(folder, &["--all", "--quiet", "."]).matches("OK  ").count(), 4);
    assert_eq!(text(folder, &["-0", "."]), format!("./{bad}\0"));
    let json: serde_json::Value = serde_json::from_str(&text(folder, &["--format", "json", "."])).unwrap();
    assert_eq!(json["schema"], "wirecopy.verify/1");
    assert_eq!(json["summary"]["seen"], 6);
    assert_eq!(json["files"].as_array().unwrap().len(), 1);
    assert_eq!(json["files"][0]["name_check"]["diagnosis"]["recipe"], "crlf-to-lf");
    let lines = text(folder, &["--format", "jsonl", "--all", "."]);
    assert_eq!(lines.lines().count(), 6);
    let table = text(folder, &["--format", "csv", "--all", "."]);
    assert_eq!(table.lines().count(), 7, "{table}");
    assert!(table.lines().any(|line| line.contains("mismatch") && line.contains("recipe")));
}

#[test]
fn the_number_of_threads_and_the_order_of_paths_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for i in 0..200 {
        let text = format!("text {}\n", i % 150);
        fs::write(folder.join(format!("{i}_{}", &sha256(text.as_bytes())[..12])), &text).unwrap();
    }
    put(folder, b"b", b"changed");
    let run = |threads: &str, arguments: &[&str]| {
        let line = format!(
            "RAYON_NUM_THREADS={threads} $WIRECOPY verify --format json --all {}",
            arguments.join(" ")
        );
        let mut json: serde_json::Value = serde_json::from_slice(&shell(folder, &line).stdout).unwrap();
        json["paths"].take();
        json
    };
    let once = run("1", &["."]);
    assert_eq!(once, run("4", &["."]));
    let files: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    let forward: Vec<&str> = files.iter().map(String::as_str).collect();
    let backward: Vec<&str> = files.iter().rev().map(String::as_str).collect();
    assert_eq!(run("2", &forward), run("1", &backward));
}

#[test]
#[cfg(unix)]
fn odd_names_and_odd_files() {
    use std::os::unix::ffi::OsStrExt;
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("tree");
    fs::create_dir(&folder).unwrap();
    let names: [&[u8]; 6] = [b"line\nbreak", b"quote'\"s", b"back\\slash", b"caf\xe9", b"-dash", b" space "];
    for (i, name) in names.iter().enumerate() {
        let content = format!("content {i}");
        let name = [*name, b"_", sha256(content.as_bytes()).as_bytes()].concat();
        fs::write(folder.join(OsStr::from_bytes(&name)), content).unwrap();
    }
    let secret = top.path().join(sha256(b"outside"));
    fs::write(&secret, "changed").unwrap();
    std::os::unix::fs::symlink(&secret, folder.join("link")).unwrap();
    std::os::unix::fs::symlink(top.path(), folder.join("circle")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join(sha256(b"fifo"))).status().unwrap().success());
    let output = text(top.path(), &["tree", "/dev/null"]);
    assert!(
        output.ends_with(
            "10 seen = 6 ok + 0 ok by recipe + 0 mismatch + 0 undecided + 0 no digest + 4 skipped + 0 error\n"
        ),
        "{output}"
    );
    // The sums of all of them are what coreutils make, and check.
    fs::remove_file(folder.join(sha256(b"fifo"))).unwrap();
    let checked = shell(
        top.path(),
        "$WIRECOPY verify --emit sums tree | sha256sum --strict -c --status - && echo same",
    );
    assert_eq!(checked.stdout, b"same\n", "{checked:?}");
    let same = shell(
        &folder,
        "diff <($WIRECOPY verify --emit sums -0 . | tr '\\0' '\\n' | sed 's|  \\./|  |' | sort) <(sha256sum -z -- *_* | tr '\\0' '\\n' | sort) && echo same",
    );
    assert_eq!(same.stdout, b"same\n", "{same:?}");
}

#[test]
fn manifests_of_every_kind() {
    let top = tempfile::tempdir().unwrap();
    let top = top.path();
    let made = shell(
        top,
        r"
        set -e
        mkdir -p data; printf a > data/a; printf b > data/b; printf 'c\r\n' > data/c; printf d > 'data/d
e'
        sha256sum data/* > SHA256SUMS
        sha256sum --tag data/* > tags.txt
        b2sum -l 128 data/* > odd.txt
        md5sum data/* | sed 's/  / */' > manifest-md5.txt",
    );
    assert!(made.status.success(), "{made:?}");
    for manifest in ["SHA256SUMS", "tags.txt", "odd.txt", "manifest-md5.txt"] {
        let output = text(top, &["--manifest", manifest]);
        // The other manifests are extra to this one.
        assert!(output.contains("7 seen = 4 ok"), "{manifest}: {output}");
        assert!(output.contains("3 extra"), "{manifest}: {output}");
    }
    fs::write(top.join("bagit.txt"), "BagIt-Version: 1.0\n").unwrap();
    let bag = ["--manifest", "manifest-md5.txt"];
    assert_eq!(code(top, &bag), 0, "{}", text(top, &bag));
    fs::write(top.join("data/c"), "c\n").unwrap();
    fs::rename(top.join("data/a"), top.join("data/moved")).unwrap();
    fs::remove_file(top.join("data/b")).unwrap();
    let output = text(top, &bag);
    assert_eq!(code(top, &bag), 1);
    assert!(output.contains("would match with LF line ends made CRLF"), "{output}");
    assert!(output.contains("the list says") && !output.contains("the name says"), "{output}");
    assert!(output.contains("digests whose content is not here: 1"), "{output}");
    let json: serde_json::Value =
        serde_json::from_str(&text(top, &[&bag[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(json["manifest"]["path"], "manifest-md5.txt");
    assert!(output.contains("MISSING    ./data/a: not there; ./data/moved has its content"), "{output}");
    assert!(output.contains("MISSING    ./data/b: no such file"), "{output}");
    assert!(
        output.contains(
            "EXTRA      ./data/moved: the manifest does not name it; it has the content of ./data/a"
        ),
        "{output}"
    );
    assert!(output.contains("5 seen = 1 ok + 0 ok by recipe + 1 mismatch"), "{output}");
    fs::write(top.join("bad.md5"), "nonsense\n0cc175b9c0f1b6a831c399e269772661  ../../etc/passwd\n0cc175b9c0f1b6a831c399e269772661  data/moved\n").unwrap();
    let output = text(top, &["--manifest", "bad.md5", "."]);
    assert!(output.contains("line 1: neither") && output.contains("line 2: its path leads out"), "{output}");
    assert_eq!(code(top, &["--manifest", "missing"]), 2);
}

#[test]
fn a_manifest_is_about_one_folder() {
    let top = tempfile::tempdir().unwrap();
    let top = top.path();
    for name in ["one", "two"] {
        fs::create_dir(top.join(name)).unwrap();
        fs::write(top.join(name).join("a"), name).unwrap();
    }
    fs::write(top.join("one/SHA256SUMS"), format!("{}  a\n", sha256(b"one"))).unwrap();
    let said = |paths: &[&str]| {
        let output = verify(top, [paths, &["--manifest", "one/SHA256SUMS"]].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(said(&[]), (0, String::new()));
    assert_eq!(said(&["one"]), (0, String::new()));
    for (paths, reason) in [
        (&["one", "two"][..], "name that one alone"),
        (&["one", "missing"], "name that one alone"),
        (&["missing"], "missing: no such file"),
        (&["one/a"], "start from a folder, and one/a is none"),
    ] {
        let (code, said) = said(paths);
        assert!(code == 2 && said.contains(reason), "{paths:?}: {said}");
    }
}

#[test]
fn misplaced_names_are_planned_changed_and_changed_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for i in 0..3 {
        let text = format!("text {i}");
        put(folder, text.as_bytes(), text.as_bytes());
    }
    let one = put(folder, b"one", b"two");
    let two = put(folder, b"two", b"one");
    let changed = put(folder, b"before", b"after");
    let out = tempfile::tempdir().unwrap();
    let plan = out.path().join("plan.jsonl");
    let plan = plan.to_str().unwrap();
    assert_eq!(code(folder, &["--rename-plan", plan, "."]), 1);
    let lines = fs::read_to_string(plan).unwrap();
    assert_eq!(lines.matches(r#""action":"rename""#).count(), 2, "{lines}");
    assert_eq!(lines.matches(r#""action":"hold""#).count(), 1, "{lines}");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read(&one), "two", "a plan touches nothing");
    assert_eq!(code(folder, &["--rename-plan", plan, "."]), 2, "a plan is not written over");
    let said = text(folder, &["--apply", plan]);
    assert!(
        said.starts_with("2 files renamed; `wirecopy verify --undo ") && said.lines().count() == 1,
        "{said}"
    );
    assert_eq!((read(&one), read(&two), read(&changed)), ("one".into(), "two".into(), "after".into()));
    assert!(text(folder, &["."]).contains("6 seen = 5 ok + 0 ok by recipe + 1 mismatch"));
    assert_eq!(code(folder, &["--apply", plan]), 2, "the plan does not fit any more");
    let journal = format!("{plan}.journal");
    assert_eq!(text(folder, &["--undo", &journal]), "2 files renamed back\n");
    assert_eq!((read(&one), read(&two)), ("two".into(), "one".into()));
    let again = text(folder, &["--undo", &journal]);
    assert_eq!(again, "nothing to take back: the files have their old names\n");
    assert_eq!((read(&one), read(&two)), ("two".into(), "one".into()), "names are given back once");
}

#[test]
fn no_reading_is_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), b"a", b"b");
    let said = text(folder.path(), &[".", "--subject", "url"]);
    assert!(said.contains("there was no reading to try") && !said.contains("0 readings"), "{said}");
}

#[test]
fn one_renamed_file_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("old"), "text").unwrap();
    let line = serde_json::json!({
        "action": "rename", "from": "old", "to": "new", "sha256": hex(&Algorithm::Sha256.digest(b"text")), "why": "",
    });
    fs::write(folder.join("plan"), format!("{line}\n")).unwrap();
    assert!(text(folder, &["--apply", "plan"]).starts_with("1 file renamed; "));
    assert_eq!(text(folder, &["--undo", "plan.journal"]), "1 file renamed back\n");
}

#[test]
fn a_convention_file_and_a_table_can_be_named() {
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("pages");
    fs::create_dir(&folder).unwrap();
    for i in 0..3 {
        put(&folder, format!("https://example.org/{i}").as_bytes(), b"page");
    }
    let other = tempfile::tempdir().unwrap();
    let table = other.path().join("urls.csv");
    fs::write(&table, "url\nhttps://example.org/0\nhttps://example.org/1\nhttps://example.org/2\n").unwrap();
    let table = table.to_str().unwrap();
    assert_eq!(code(top.path(), &["pages"]), 4);
    assert_eq!(code(top.path(), &["pages", "--metadata", table]), 0);
    let convention = other.path().join("c.toml");
    fs::write(&convention, "algorithm = \"sha256\"\n").unwrap();
    assert_eq!(code(top.path(), &["pages", "--convention", convention.to_str().unwrap()]), 1);
    let unreadable = shell(top.path(), "id -u");
    if unreadable.stdout == b"0\n" {
        println!("skipped: root reads everything");
        return;
    }
    shell(top.path(), "chmod 000 pages/*");
    assert_eq!(code(top.path(), &["pages"]), 2);
}
