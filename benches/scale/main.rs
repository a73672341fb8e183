//! Generated articles of any number, with copies, edits and boilerplate planted in them, and a run
//! of the program over them that is held against what was planted.
//!
//! `cargo bench --bench scale -- ARTICLES [OPTIONS OF THE REPORT...]`, or only to write the articles,
//! `cargo bench --bench scale -- ARTICLES --write FILE.jsonl`
//!
//! Exits with 1 where anything that was planted above the thresholds was not found.

mod articles;
mod planted;
mod words;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use planted::Planted;

fn main() -> io::Result<ExitCode> {
    // Cargo passes `--bench` to every bench.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(count) = arguments.next().and_then(|count| count.parse().ok()) else {
        let hint = "skipped: say how many articles, for example `cargo bench --bench scale -- 100000`";
        writeln!(io::stdout(), "{hint}")?;
        return Ok(ExitCode::SUCCESS);
    };
    let arguments: Vec<String> = arguments.collect();
    if let [write, file] = &arguments[..]
        && write == "--write"
    {
        generate(count, Path::new(file))?;
        return Ok(ExitCode::SUCCESS);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (corpus, report) = (folder.join("scale.jsonl"), folder.join("scale.json"));
    let planted = generate(count, &corpus)?;

    let mut out = io::stdout().lock();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(["report", "--format", "json", "--quiet", "-o"]).arg(&report).arg(&corpus).args(arguments);
    let run = watch(&mut command)?;
    let each = run.wall.as_secs_f64() * 1e6 / count as f64;
    writeln!(
        out,
        "report: {:.1} s, {:.1} s of processor, {} MB at most, {each:.1} µs an article, {} MB of JSON",
        run.wall.as_secs_f64(),
        run.processor,
        run.peak_megabytes,
        report.metadata()?.len() / 1_000_000
    )?;

    let missing = planted.missing(BufReader::with_capacity(1 << 20, File::open(&report)?))?;
    for (what, missing) in &missing {
        writeln!(out, "not found: {missing} {what}")?;
    }
    if missing.is_empty() {
        writeln!(out, "all that was planted was found")?;
    }
    std::fs::remove_file(&corpus)?;
    std::fs::remove_file(&report)?;
    Ok(if missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes articles to a new file.
fn generate(count: usize, path: &Path) -> io::Result<Planted> {
    let mut planted = Planted::default();
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let words = articles::write(count, &mut planted, &mut file)?;
    file.into_inner()?.sync_all()?;
    let (bytes, mut out) = (path.metadata()?.len(), io::stdout().lock());
    writeln!(out, "{count} articles, {words} words, {} MB of JSON lines", bytes / 1_000_000)?;
    writeln!(out, "planted: {planted}")?;
    Ok(planted)
}

/// What a process took.
struct Taken {
    wall: Duration,
    processor: f64,
    peak_megabytes: u64,
}

/// Runs a command to its end; processor time and memory where the system tells (Linux), else 0.
fn watch(command: &mut Command) -> io::Result<Taken> {
    let before = children_seconds();
    let start = Instant::now();
    let mut child = command.spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_megabytes = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        let kilobytes: u64 = std::fs::read_to_string(&status)
            .unwrap_or_default()
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok())
            .unwrap_or(0);
        peak_megabytes = peak_megabytes.max(kilobytes * 1024 / 1_000_000);
        std::thread::sleep(Duration::from_millis(20));
    };
    let wall = start.elapsed();
    if !ended.success() {
        return Err(io::Error::other(format!("the report ended with {ended}")));
    }
    Ok(Taken { wall, processor: children_seconds() - before, peak_megabytes })
}

/// Processor time of the processes that were waited for.
fn children_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The fields behind the name; the 14th and 15th are user and system time in ticks of 10 ms.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
