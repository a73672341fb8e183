//! JSON to value to JSON is the identity, for every value that is written as JSON.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::path::PathBuf;
use std::{fs, io};

use serde::{Serialize, de::DeserializeOwned};
use wirecopy::agency::Level;
use wirecopy::pipeline::{self, Flagging, Options};
use wirecopy::report::comparison::Comparison;
use wirecopy::report::flags::Flags;
use wirecopy::report::{FullTexts, Report, json};

/// A file that is one article.
const PLAIN: &str = "fixtures/harbour-post/000_a2dbaac33ec344c2.txt";

fn options() -> Options {
    Options { paths: vec![PathBuf::from("fixtures")], ..Options::default() }
}

fn written(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    json::write(value, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Reads the JSON of a value back and writes it again.
fn again<T: Serialize + DeserializeOwned>(json: &str) -> String {
    written(&serde_json::from_str::<T>(json).unwrap())
}

#[test]
fn reports_with_and_without_texts() {
    for full_texts in [FullTexts::Omitted, FullTexts::Included] {
        let options = Options { full_texts, ..options() };
        let report = pipeline::report(&options, &mut io::empty(), &()).unwrap();
        let with_text = report.articles.iter().filter(|article| article.text.is_some()).count();
        match full_texts {
            FullTexts::Omitted => assert_eq!(with_text, 0),
            FullTexts::Included => {
                assert_eq!(with_text, report.articles.len());
                let plain = report.articles.iter().find(|article| &*article.head.path == PLAIN).unwrap();
                assert_eq!(plain.text.as_deref(), Some(&*fs::read_to_string(PLAIN).unwrap()));
            }
        }
        let json = written(&report);
        assert_eq!(again::<Report>(&json), json);
    }
}

#[test]
fn flags() {
    let flagging = Flagging { level: Level::About, compare: true };
    let flags = pipeline::flag(&options(), flagging, &mut io::empty(), &()).unwrap();
    assert!(flags.flags.len() > 3);
    let json = written(&flags);
    assert_eq!(again::<Flags>(&json), json);
}

#[test]
fn comparisons() {
    let report = pipeline::report(&options(), &mut io::empty(), &()).unwrap();
    let pair = &report.relations[0];
    let comparison = pipeline::compare(&options(), (&pair.a, &pair.b), &mut io::empty(), &()).unwrap();
    assert!(comparison.relation.is_some());
    let json = written(&comparison);
    assert_eq!(again::<Comparison>(&json), json);
}
