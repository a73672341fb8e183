//! How well and how fast the text of real pages is found: `cargo bench --bench pages [FOLDER]`.
//!
//! FOLDER holds `html/NAME.html.gz` and `ground-truth.json` (`{NAME: {"articleBody": ...}}`), as the
//! article-extraction benchmark publishes them. F1 is that of the words of each page (lower case,
//! letters and digits, each as often as it stands there), meant over the pages. Time is that of one
//! thread for everything from opening the file to the article, the least of ten runs.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wirecopy::corpus::{self, ReadOptions};

/// Times that all pages are read.
const RUNS: usize = 10;

fn main() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/hash-named/article-extraction");
    let folder =
        std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map_or(own, PathBuf::from);
    let Ok(truth) = std::fs::read(folder.join("ground-truth.json")) else {
        println!("no pages in {}: name their folder", folder.display());
        return;
    };
    let truth: HashMap<String, serde_json::Value> = serde_json::from_slice(&truth).expect("JSON");
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let read = || {
        let listing = corpus::list(&[folder.join("html")]);
        let start = Instant::now();
        let corpus = one_thread
            .install(|| corpus::read(listing, &ReadOptions::default(), &mut io::empty(), &|_| ()))
            .expect("pages");
        (start.elapsed(), corpus)
    };
    // The best of some runs is the one that other programs disturbed least.
    let (time, corpus) = (0..RUNS).map(|_| read()).min_by_key(|(time, _)| *time).expect("at least one run");

    let mut total = Score::default();
    let mut methods: HashMap<&str, u32> = HashMap::new();
    let mut worst = Vec::new();
    for article in &corpus.articles {
        let path = &corpus.files[article.file as usize].path;
        let name = path.file_name().and_then(|name| name.to_str()?.split('.').next()).unwrap_or_default();
        let Some(expected) = truth.get(name).and_then(|page| page["articleBody"].as_str()) else { continue };
        let score = Score::of(&article.body, expected);
        let method = article.method.map_or("none", |method| method.id());
        *methods.entry(method).or_default() += 1;
        worst.push((score.f1, name.get(..8).unwrap_or(name), method, score.precision, score.recall));
        total.precision += score.precision;
        total.recall += score.recall;
        total.f1 += score.f1;
    }
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let pages = truth.len() as f64;
    println!(
        "{} pages: precision {:.4}, recall {:.4}, F1 {:.4}; {:.2} ms a page; found by {methods:?}",
        truth.len(),
        total.precision / pages,
        total.recall / pages,
        total.f1 / pages,
        time.as_secs_f64() * 1000.0 / pages,
    );
    for (f1, name, method, precision, recall) in worst.iter().take(12) {
        println!("  {name} {method:<12} precision {precision:.2} recall {recall:.2} F1 {f1:.2}");
    }
    corpus.skipped.iter().for_each(|row| println!("  not read: {}: {}", row.path.display(), row.reason));
}

#[derive(Default)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Score {
    fn of(found: &str, expected: &str) -> Self {
        let (found, expected) = (words(found), words(expected));
        let common: u32 =
            found.iter().map(|(word, times)| (*times).min(*expected.get(word).unwrap_or(&0))).sum();
        let share =
            |of: &HashMap<String, u32>| f64::from(common) / f64::from(of.values().sum::<u32>().max(1));
        let (precision, recall) = (share(&found), share(&expected));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        Self { precision, recall, f1 }
    }
}

fn words(text: &str) -> HashMap<String, u32> {
    let mut words = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}
