//! How long each stage of a report takes, and how much memory the whole.
//!
//! `cargo bench --bench stages -- CORPUS.jsonl [THREADS]`

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use wirecopy::pipeline::{self, Observer, Stage};
use wirecopy::report::json;

struct Clock {
    marks: Mutex<Vec<(String, Instant, f64, u64)>>,
}

impl Clock {
    fn mark(&self, name: String) {
        let mark = (name, Instant::now(), processor_seconds(), resident_megabytes());
        self.marks.lock().expect("no stage panics").push(mark);
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
    let results = pipeline::find(&options, &mut io::empty(), &clock).map_err(io::Error::other)?;
    let report = results.stream();
    clock.mark("Writing".to_owned());
    let mut bytes = 0;
    json::write(&report, &mut Counter(&mut bytes))?;
    clock.mark("End".to_owned());

    let marks = clock.marks.into_inner().expect("no stage panics");
    let mut out = io::stdout().lock();
    for pair in marks.windows(2) {
        let ((name, start, used, _), (_, end, used_then, resident)) = (&pair[0], &pair[1]);
        writeln!(
            out,
            "{name:<28} {:>8.3} s {:>8.2} s of processor {resident:>7} MB after it",
            (*end - *start).as_secs_f64(),
            used_then - used
        )?;
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
    let matching: Duration = marks
        .windows(2)
        .filter(|pair| pair[0].0.starts_with("Matching"))
        .map(|pair| pair[1].1 - pair[0].1)
        .sum();
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / summary.articles.max(1) as f64;
    writeln!(out, "{:.1} µs an article, {:.1} of them matching", micros(whole), micros(matching))
}

/// Processor time of this process so far, all threads, where the system tells (Linux); else 0.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The fields behind the name; the 12th and 13th are user and system time in ticks of 10 ms.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Memory of this process now, where the system tells (Linux); else 0.
fn resident_megabytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: Option<u64> = statm.split_whitespace().nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0) * 4096 / 1_000_000
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
