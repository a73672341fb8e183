//! What must hold for any input.

use std::fmt::Write;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use tempfile::TempDir;
use wirecopy::corpus::{self, Corpus, ReadError, ReadOptions, read_bytes};
use wirecopy::matching;
use wirecopy::provenance::Overrides;
use wirecopy::text;

/// Reads bytes as a file of this name: nothing panics, and whatever comes out makes sense.
///
/// # Panics
/// When something does not hold.
pub fn read(name: &str, bytes: &[u8]) {
    let Corpus { files, articles, skipped, .. } =
        match read_bytes(Path::new(name), bytes, &ReadOptions::default()) {
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

/// Reads bytes as a tar archive whose headers have the right sums, which chance does not find.
///
/// # Panics
/// As [`read`].
pub fn read_tar(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    for header in bytes.chunks_exact_mut(512).filter(|header| &header[257..262] == b"ustar") {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    read("a.tar", &bytes);
}

/// Reads an article with bytes as what a person says about it: a metadata table, both forms of a
/// map of publishers, corrections by hand. All but the corrections are files, so that they are
/// written to one.
///
/// # Panics
/// When they are neither used nor refused, or the article is lost over them.
pub fn tell(bytes: &[u8]) {
    static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));
    let path = |name: &str| FOLDER.path().join(name);
    if !path("a.txt").exists() {
        fs::write(path("a.txt"), "The ferry did not sail.").expect("a file");
    }
    let read = |name: &str, options: fn(&Path) -> ReadOptions| {
        // Some file systems bring a file that is written again to the disk at once.
        let _ = fs::remove_file(path(name));
        fs::write(path(name), bytes).expect("a file");
        let listing = corpus::list(&[path("a.txt")]);
        match corpus::read(listing, &options(&path(name)), &mut io::empty(), &|_| {}) {
            Ok(corpus) => assert_eq!(corpus.articles.len(), 1),
            Err(ReadError::Metadata { reason, .. } | ReadError::Publishers { reason, .. }) => {
                assert!(!reason.is_empty());
            }
            Err(error) => panic!("{error}"),
        }
    };
    let publishers =
        |path: &Path| ReadOptions { publishers: Some(path.to_owned()), ..ReadOptions::default() };
    read("metadata.csv", |path| ReadOptions { metadata: Some(path.to_owned()), ..ReadOptions::default() });
    read("publishers.csv", publishers);
    read("publishers.toml", publishers);
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = Overrides::parse(text);
    }
}

/// Splits any bytes that are text into words, sentences and paragraphs: every range lies in the text.
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
    let words = article.words.len() as u32;
    assert!(article.sentences.iter().all(|&start| start < words));
    let each: Vec<Range<u32>> = (0..words).map(|word| word..word + 1).collect();
    assert!(article.bytes_of(&body, &each).into_iter().all(|bytes| slices(&body, bytes)));
}

/// Whether a range of bytes is a text of its own, and not empty.
fn slices(body: &str, bytes: Range<u32>) -> bool {
    body.get(bytes.start as usize..bytes.end as usize).is_some_and(|text| !text.is_empty())
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
    let found = matching::find(&texts, &matching::Options::default(), &());
    let most = 200 + bytes.len() as u128 / 4;
    let took = begin.elapsed().as_millis();
    assert!(took < most, "{} words took {took} ms", bytes.len());
    for passage in (0..found.pairs.len()).flat_map(|pair| found.pairs.get(pair).passages()) {
        for (text, body, words) in
            [(&texts.articles[0], bodies[0], passage.a), (&texts.articles[1], bodies[1], passage.b)]
        {
            assert!(text.bytes_of(body, &[words]).into_iter().all(|bytes| slices(body, bytes)));
        }
    }
}
