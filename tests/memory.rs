//! Reading takes memory for what is kept, and not for what it lies in.
//!
//! The only test of its process, so that the most memory the process ever held is that of reading.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use wirecopy::corpus::{ReadOptions, list, read};

/// Records in the container.
const RECORDS: usize = 200_000;

/// Writes records of which most is not kept: the page that each of them was taken from.
fn write(path: &Path) -> u64 {
    let words =
        ["harbour", "boat", "winter", "council", "register", "owner", "quay", "fees", "town", "papers"];
    let mut packed = zstd::Encoder::new(File::create(path).unwrap(), 1).unwrap();
    let mut bytes = 0;
    let mut state = 1_u64;
    let mut text = String::new();
    for number in 0..RECORDS {
        text.clear();
        for _ in 0..60 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(state >> 33) as usize % words.len()]);
            text.push(' ');
        }
        let page = format!("<html><body>{}</body></html>", text.repeat(12));
        let line = format!("{{\"id\":\"{number}\",\"html\":\"{page}\",\"text\":\"{text}\"}}\n");
        bytes += line.len() as u64;
        packed.write_all(line.as_bytes()).unwrap();
    }
    packed.finish().unwrap();
    bytes
}

/// The most memory in bytes that this process has held, where the system tells.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn a_large_container_takes_memory_for_its_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.jsonl.zst");
    let unpacked = write(&path);
    let before = peak();
    let corpus = read(list(&[path]), &ReadOptions::default(), &mut io::empty(), &|_| {}).unwrap();
    assert_eq!((corpus.articles.len(), corpus.skipped.len()), (RECORDS, 0));
    let kept: u64 =
        corpus.articles.iter().map(|article| (article.body.len() + size_of_val(article)) as u64).sum();
    if let (Some(before), Some(after)) = (before, peak()) {
        let took = after - before;
        let mib = |bytes: u64| bytes >> 20;
        println!("{} MiB unpacked, {} MiB kept, {} MiB taken", mib(unpacked), mib(kept), mib(took));
        assert!(took < kept * 2 + (64 << 20), "{} MiB for {} MiB of articles", mib(took), mib(kept));
        assert!(took < unpacked / 2);
    }
}
