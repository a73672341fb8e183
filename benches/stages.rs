//! How long each stage of a report takes, and how much memory the whole.
//!
//! `cargo bench --bench stages -- CORPUS.jsonl [THREADS]`

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use wirecopy::pipeline::{self, Observer, Stage};
use wirecopy::report::json;

struct Clock {
    marks: Mutex<Vec<(String, Instant)>>,
}

impl Clock {
    fn mark(&self, name: String) {
        self.marks.lock().expect("no stage panics").push((name, Instant::now()));
    }
}

impl Observer for Clock {
    fn begin(&self, stage: Stage, _: Option<u64>) {
        self.mark(format!("{stage:?}"));
    }
    fn advance(&self, _: u64) {}
}

fn main() -> io::Result<()> {
    // Cargo passes `--bench` to every bench.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(corpus) = arguments.next().map(PathBuf::from) else {
        return writeln!(
            io::stdout(),
            "skipped: name a corpus, for example `cargo bench --bench stages -- CORPUS.jsonl`"
        );
    };
    if let Some(threads) = arguments.next().and_then(|threads| threads.parse().ok()) {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("the pool is new");
    }
    let options = pipeline::Options { paths: vec![corpus], ..pipeline::Options::default() };
    let clock = Clock { marks: Mutex::default() };
    let report = pipeline::report(&options, &mut io::empty(), &clock).map_err(io::Error::other)?;
    clock.mark("Writing".to_owned());
    let mut bytes = 0;
    json::write(&report, &mut Counter(&mut bytes))?;
    clock.mark("End".to_owned());

    let marks = clock.marks.into_inner().expect("no stage panics");
    let mut out = io::stdout().lock();
    for pair in marks.windows(2) {
        writeln!(out, "{:<28} {:>8.3} s", pair[0].0, (pair[1].1 - pair[0].1).as_secs_f64())?;
    }
    let whole = marks[marks.len() - 1].1 - marks[0].1;
    let summary = &report.summary;
    writeln!(out, "{:<28} {:>8.3} s", "whole", whole.as_secs_f64())?;
    writeln!(
        out,
        "{} articles, {} paragraphs, {} words, {} matches, {} relations, {} MB of JSON",
        summary.articles,
        summary.paragraphs,
        summary.words,
        summary.matches,
        summary.relations,
        bytes / 1_000_000
    )?;
    let micros = whole.as_secs_f64() * 1e6 / summary.articles.max(1) as f64;
    writeln!(out, "{micros:.1} µs an article")
}

/// Counts what is written.
struct Counter<'a>(&'a mut u64);

impl Write for Counter<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        *self.0 += buffer.len() as u64;
        Ok(buffer.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
