//! What must hold for any input.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use wirecopy::corpus::{Corpus, ReadError, ReadOptions, read_bytes};
use wirecopy::matching;
use wirecopy::text;

/// Reads bytes as a file of this name: nothing panics, and whatever comes out makes sense.
///
/// # Panics
/// When something does not hold.
pub fn read(name: &str, bytes: &[u8]) {
    let Corpus { files, articles, skipped } = match read_bytes(Path::new(name), bytes, &ReadOptions::default()) {
        Ok(corpus) => corpus,
        Err(ReadError::NothingRead(skipped)) => Corpus { skipped, ..Corpus::default() },
        Err(error) => panic!("{error}"),
    };
    assert!(!articles.is_empty() || !skipped.is_empty() || bytes.len() < 8 || files.is_empty());
    assert!(files.is_sorted_by_key(|file| file.path.as_os_str().as_encoded_bytes()));
    for article in &articles {
        assert!(!article.body.trim().is_empty(), "an article without text: {article:?}");
        let file = &files[article.file as usize];
        assert!(file.path.starts_with(name) || file.path.to_str().is_some_and(|path| path.starts_with(name)));
    }
    for row in &skipped {
        assert!(!row.reason.is_empty() && !row.reason.contains('\n'), "{row:?}");
    }
}

/// Splits any bytes that are text into words and paragraphs: every range lies in the text.
///
/// # Panics
/// When one does not.
pub fn split(bytes: &[u8]) {
    let body = String::from_utf8_lossy(bytes);
    let texts = text::read(&[&body], &|_| {});
    let article = &texts.articles[0];
    for paragraph in &article.paragraphs {
        let bytes = paragraph.bytes.start as usize..paragraph.bytes.end as usize;
        assert!(body.get(bytes).is_some());
    }
}

/// Aligns two sequences of words that are taken from the bytes, within a time that grows with
/// their length.
///
/// # Panics
/// When it takes longer, or a passage does not lie in its text.
pub fn align(bytes: &[u8]) {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    // Few different words make for the most possible alignments.
    let words = |bytes: &[u8]| {
        let mut text = String::new();
        for byte in bytes {
            let _ = match byte {
                0 => write!(text, "\n\n"),
                byte => write!(text, "word{} ", byte % 32),
            };
        }
        text
    };
    let bodies = [words(first), words(second)];
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let texts = text::read(&bodies, &|_| {});
    let begin = Instant::now();
    let _ = matching::find(&texts, &matching::Options::default(), &());
    let most = 200 + bytes.len() as u128 / 4;
    let took = begin.elapsed().as_millis();
    assert!(took < most, "{} words took {took} ms", bytes.len());
}
