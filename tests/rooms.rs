//! Holds the order of the rooms: data flows one way, and nobody looks back.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// No room, and beneath them all: each may import it.
const BENEATH: &str = "parallel";

/// What each room may import besides itself and what is beneath.
const MAY_IMPORT: [(&str, &[&str]); 10] = [
    (BENEATH, &[]),
    ("corpus", &[]),
    ("text", &["corpus"]),
    ("matching", &["corpus", "text"]),
    ("agency", &["corpus", "text", "matching"]),
    ("provenance", &["corpus", "text", "matching", "agency"]),
    ("fixity", &["corpus"]),
    ("report", &["corpus", "text", "matching", "agency", "provenance", "fixity"]),
    ("pipeline", &["corpus", "text", "matching", "agency", "provenance", "fixity", "report"]),
    // The crate's root only lists the rooms.
    ("lib", &["corpus", "text", "matching", "agency", "provenance", "fixity", "report", "pipeline"]),
];

/// What belongs to the program: the command line, the terminal, the clock, the environment.
const PROGRAM_ONLY: [&str; 14] = [
    "clap",
    "anstream",
    "indicatif",
    "terminal_size",
    "anyhow",
    "std::env",
    "env::",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "SystemTime",
    "Instant::now",
    "process::exit",
];

struct Source {
    path: PathBuf,
    room: String,
    /// The code without comments, texts and unit tests.
    code: String,
}

/// The library's files.
fn library() -> Vec<Source> {
    let mut files = Vec::new();
    walk(Path::new("src"), &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| !path.starts_with("src/bin"))
        .map(|path| {
            let below = path.strip_prefix("src").unwrap();
            let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
            let room = first.strip_suffix(".rs").unwrap_or(first).to_owned();
            let code = code_only(&fs::read_to_string(&path).unwrap());
            Source { path, room, code }
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Takes away comments, texts, and everything from the unit tests on (they stand at the end).
fn code_only(source: &str) -> String {
    let source = source.find("#[cfg(test)]\nmod tests").map_or(source, |at| &source[..at]);
    let mut code = String::with_capacity(source.len());
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            while chars.next_if(|&(_, c)| c != '\n').is_some() {}
        } else if let Some(end) = raw_text(rest) {
            while chars.next_if(|&(next, _)| next < at + end).is_some() {}
        } else if rest.starts_with("'\"'") {
            chars.nth(1);
        } else if c == '"' {
            while let Some((_, c)) = chars.next() {
                match c {
                    '\\' => drop(chars.next()),
                    '"' => break,
                    _ => {}
                }
            }
        } else {
            code.push(c);
        }
    }
    code
}

/// The length of the raw text that `rest` begins with.
fn raw_text(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(1 + hashes + 1 + body.find(&close)? + close.len())
}

/// The rooms that the code names: `crate::room`, `crate::{room, other::Thing}`, and for the
/// crate's root `pub mod room`.
fn imports(source: &Source) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in source.code.match_indices("crate::") {
        let rest = &source.code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let mut depth = 0;
                let mut start = 0;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            rooms.insert(name(list[start..at].trim()));
                            start = at + 1;
                            if c == '}' {
                                break;
                            }
                        }
                        _ => {}
                    }
                }
            }
            None => drop(rooms.insert(name(rest))),
        }
    }
    rooms.remove("");
    rooms
}

fn name(path: &str) -> String {
    path.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect()
}

#[test]
fn rooms_import_only_what_stands_before_them() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.into_iter().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in library() {
        let Some(may) = allowed.get(source.room.as_str()) else {
            wrong.push(format!("{} is in no known room", source.path.display()));
            continue;
        };
        for room in imports(&source) {
            seen.insert((source.room.clone(), room.clone()));
            if room != source.room && room != BENEATH && !may.contains(&room.as_str()) {
                wrong.push(format!("{} imports {room}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The test would hold nothing if it found no imports.
    for (from, to) in [("provenance", "agency"), ("pipeline", "report")] {
        assert!(seen.contains(&(from.to_owned(), to.to_owned())), "no import of {to} found in {from}");
    }
}

#[test]
fn the_library_leaves_terminal_clock_and_environment_to_the_program() {
    let mut wrong = Vec::new();
    for source in library() {
        for word in PROGRAM_ONLY {
            for (at, _) in source.code.match_indices(word) {
                let before = source.code[..at].chars().next_back();
                // `sprint!` is not `print!`, and `env::` is part of no other name.
                if before.is_none_or(|c| !c.is_alphanumeric() && c != '_') {
                    wrong.push(format!("{} has {word}", source.path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn comments_and_texts_are_no_code() {
    let code = code_only(
        "a // clap\nlet x = \"println!(\\\"\"; r#\"std::env \" \"# b '\"' clap_x\n#[cfg(test)]\nmod tests { c }",
    );
    assert_eq!(code, "a \nlet x = ;  b  clap_x\n");
    let source = Source {
        path: PathBuf::new(),
        room: String::new(),
        code: "use crate::{text::{A, B}, corpus, agency::C}; crate::report::value()".to_owned(),
    };
    let found: Vec<String> = imports(&source).into_iter().collect();
    assert_eq!(found, ["agency", "corpus", "report", "text"]);
}
