//! Holds the README to what the program does: its commands run, its output is real, its numbers
//! are those of the code.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use wirecopy::matching;
use wirecopy::provenance::Thresholds;

const README: &str = include_str!("../README.md");

/// The code blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The arguments for the program, if the command runs it.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let own = command.split('|').find_map(|part| {
        let part = part.trim();
        part.strip_prefix("cargo run --release -- ").or_else(|| part.strip_prefix("wirecopy "))
    })?;
    let own = own.split(" #").next().unwrap();
    Some(own.split_whitespace().collect())
}

fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::cargo_bin("wirecopy").unwrap();
    command.args(arguments).current_dir(folder).env_remove("CLICOLOR_FORCE");
    command
}

#[test]
fn shown_output_is_real_output() {
    let blocks = blocks("console");
    assert!(!blocks.is_empty());
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let arguments = arguments(command.strip_prefix("$ ").unwrap()).unwrap();
        let output = program(&arguments, Path::new(env!("CARGO_MANIFEST_DIR"))).output().unwrap();
        assert!(output.status.success(), "{command}");
        let real = String::from_utf8(output.stdout).unwrap();
        let mut rest = real.as_str();
        // `[...]` stands for lines that are left out; what stands between two of them is shown as
        // it is.
        for (n, piece) in shown.split("[...]\n").filter(|piece| !piece.is_empty()).enumerate() {
            let at = rest.find(piece);
            let at =
                at.unwrap_or_else(|| panic!("{command} does not print\n{piece}\nafter that, but\n{rest}"));
            assert!(n > 0 || at == 0, "the beginning is left out: {}", &rest[..at]);
            rest = &rest[at + piece.len()..];
        }
    }
}

#[test]
fn commands_run() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir_all(folder.path().join("news/gazette")).unwrap();
    write("news/gazette/ferry.txt", "The ferry drifted for two hours.");
    write("outlets.csv", "path,outlet\nnews/gazette/ferry.txt,The Gazette\n");
    write("a.txt", "The ferry drifted for two hours.");
    write("b.txt", "The ferry was towed home by a tug.");
    write("monday.jsonl", "{\"text\":\"The ferry drifted for two hours.\"}\n");
    fs::copy("fixtures/wire-desk.jsonl.gz", folder.path().join("tuesday.jsonl.gz")).unwrap();
    let mut ran = 0;
    for line in blocks("sh").iter().flat_map(|block| block.lines()) {
        let Some(arguments) = arguments(line) else { continue };
        let records = "{\"text\":\"The ferry drifted for two hours.\"}\n";
        let output = program(&arguments, folder.path()).write_stdin(records).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        // No name in the folder carries a digest, which `verify` has an exit code for.
        let code = if line.contains("verify") { 4 } else { 0 };
        assert_eq!((output.status.code(), &*said), (Some(code), ""), "{line}");
        ran += 1;
    }
    assert!(ran >= 5, "only {ran} commands found");
}

#[test]
fn the_test_command_is_the_one_that_is_run() {
    let runs = fs::read_to_string(".ci/run").unwrap();
    assert!(blocks("sh").contains(&"cargo test --locked\n"));
    assert!(runs.contains("\ncargo test --locked\n"));
    assert!(runs.contains("-- report fixtures\n") && README.contains("-- report fixtures\n"));
}

#[test]
fn numbers_are_those_of_the_code() {
    let matching::Options {
        min_words,
        containment,
        long_containment,
        many_shingles,
        min_run,
        group_limit,
        ..
    } = matching::Options::default();
    let thresholds = Thresholds::default();
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let text = README.split_whitespace().collect::<Vec<_>>().join(" ");
    for stated in [
        format!(
            "at least {min_words} words match when at least {} of the word triples",
            percent(containment)
        ),
        format!("{many_shingles} triples are enough if they are at least {}", percent(long_containment)),
        format!("every run of at least {min_run} equal words"),
        format!("more than {group_limit} articles"),
        format!("at least {} of the article of which more is shared", percent(thresholds.reprint)),
        format!("at least {} words of narrative are shared", thresholds.partial_words),
        format!(
            "one of at least {} words or {} of an article",
            thresholds.partial_sentence,
            percent(thresholds.partial)
        ),
        format!("a reprint where {} words are", thresholds.reprint_words),
        format!(
            "at least {} of the shared words, or {} words, stand inside quotation marks",
            percent(thresholds.quoted),
            thresholds.quoted_words
        ),
        format!(
            "are {} or more apart, both take a run of {} words or {} words in all",
            thresholds.far_days, thresholds.far_run, thresholds.far_words
        ),
        format!("Rust {} or newer", env!("CARGO_PKG_RUST_VERSION")),
    ] {
        assert!(text.contains(&stated), "README.md does not say {stated:?}");
    }
}
