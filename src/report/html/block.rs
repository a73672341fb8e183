//! The data of a page, in named blocks: JSON, deflated, in base64.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rayon::prelude::*;
use serde::Serialize;

use super::core::Core;
use super::index::Index;
use super::{lists, texts};
use crate::report::Report;
use crate::report::comparison::Comparison;

/// How hard to deflate, 1..=9: writing should cost little beside the analysis.
const LEVEL: u32 = 2;

/// A part of the data that is loaded at once.
#[derive(Debug)]
pub(super) struct Block {
    /// Lower-case letters, for texts with a number.
    pub(super) name: String,
    /// Base64, which can stand in HTML and in a script as it is.
    pub(super) data: String,
}

impl Block {
    /// Packs a value under a name.
    pub(super) fn of(name: impl Into<String>, value: &impl Serialize) -> Self {
        // Written whole first: the encoder is slow with the many small pieces that JSON comes in.
        let json = serde_json::to_vec(value).expect("values of this room can be written as JSON");
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
        packed.write_all(&json).expect("memory takes everything");
        let packed = packed.finish().expect("memory takes everything");
        Self { name: name.into(), data: base64(&packed) }
    }
}

/// The blocks of a report.
pub(super) fn of_report(report: &Report) -> Vec<Block> {
    let index = Index::of_report(report);
    let starts = texts::starts(&index);
    let lists = || {
        vec![
            Block::of("core", &Core::of_report(report, &starts)),
            Block::of("articles", &lists::ArticleColumns::of(&index)),
            Block::of("stories", &lists::stories(&index)),
            Block::of("pairs", &lists::PairColumns::of(&index)),
            Block::of("credits", &lists::credits(&index)),
            Block::of("repeated", &lists::Repeated::of(report, &index)),
            Block::of("inputs", &report.inputs),
            Block::of("skipped", &report.skipped),
        ]
    };
    let (mut blocks, texts) = rayon::join(lists, || texts(&index, &starts));
    blocks.extend(texts);
    blocks
}

/// The blocks of a comparison, which its page shows as the pair of a report on two articles.
pub(super) fn of_comparison(comparison: &Comparison) -> Vec<Block> {
    let index = Index::of_comparison(comparison);
    let starts = texts::starts(&index);
    let mut blocks = vec![
        Block::of("core", &Core::of_comparison(comparison, &starts)),
        Block::of("articles", &lists::ArticleColumns::of(&index)),
        Block::of("stories", &lists::stories(&index)),
    ];
    blocks.extend(texts(&index, &starts));
    blocks
}

fn texts(index: &Index<'_>, starts: &[usize]) -> Vec<Block> {
    let blocks = starts.par_iter().enumerate().map(|(number, &start)| {
        let end = starts.get(number + 1).copied().unwrap_or(index.articles.len());
        let records: Vec<_> = (start..end).map(|article| texts::record(index, article)).collect();
        Block::of(format!("text-{number}"), &records)
    });
    blocks.collect()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let padding = digit > chunk.len();
            let value = DIGITS[(bits >> (18 - 6 * digit) & 63) as usize];
            text.push(if padding { '=' } else { char::from(value) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (bytes, text) in pairs {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }
}
