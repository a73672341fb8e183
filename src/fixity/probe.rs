//! Tries readings of a name's digests on the bytes of its file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read};

use xxhash_rust::xxh3::xxh3_128;

use super::algorithm::{Algorithm, Hasher};
use super::forced::Forced;
use super::name::NamedDigest;
use super::reading::{Part, Reading, Subject, cut, methods};
use super::recipe::{FOR_BYTES, FOR_LABELS, FOR_URLS, Recipe};

/// What came of trying a digest's readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Probe {
    /// The readings that give the digest, the likeliest first.
    pub hits: Vec<Reading>,
    /// How many different digests were compared with it.
    pub tried: u32,
}

/// Something other than the content that may have been hashed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label {
    /// What it is.
    pub subject: Subject,
    /// Its text.
    pub text: String,
}

fn recipes(subject: Subject) -> &'static [Recipe] {
    match subject {
        Subject::Content | Subject::Text => &FOR_BYTES,
        Subject::Url => &FOR_URLS,
        Subject::Title | Subject::Name => &FOR_LABELS,
    }
}

/// Tries everything that is not ruled out by force: all subjects, recipes, algorithms and parts.
/// Without content only the labels are tried.
#[must_use]
pub(super) fn try_all(
    content: Option<&[u8]>,
    labels: &[Label],
    digests: &[&NamedDigest],
    forced: &Forced,
) -> Vec<Probe> {
    let methods: Vec<Vec<(Algorithm, Part)>> = digests.iter().map(|digest| methods(digest, forced)).collect();
    let mut probes = vec![Probe::default(); digests.len()];
    // What each distinct material hit: digest, part, algorithm.
    let mut seen: HashMap<u128, Vec<(usize, Part, Algorithm)>> = HashMap::new();
    let bases = content
        .map(|content| (Subject::Content, content))
        .into_iter()
        .chain(labels.iter().map(|label| (label.subject, label.text.as_bytes())))
        .filter(|(subject, _)| forced.subject.is_none_or(|wanted| wanted == *subject));
    for (subject, base) in bases {
        for (recipe, material) in variants(subject, base, forced) {
            let hits = seen.entry(xxh3_128(&material)).or_insert_with(|| {
                let mut made: HashMap<Algorithm, Vec<u8>> = HashMap::new();
                let mut hits = Vec::new();
                for (at, digest) in digests.iter().enumerate() {
                    for &(algorithm, part) in &methods[at] {
                        let whole = made.entry(algorithm).or_insert_with(|| algorithm.digest(&material));
                        probes[at].tried += 1;
                        if agrees(whole, part, digest) {
                            hits.push((at, part, algorithm));
                        }
                    }
                }
                hits
            });
            for &(at, part, algorithm) in hits.iter() {
                probes[at].hits.push(Reading { subject, recipe, part, algorithm });
            }
        }
    }
    for probe in &mut probes {
        probe.hits.sort_unstable();
        probe.hits.dedup();
    }
    probes
}

/// The bytes as they are and after each recipe that changes them, or after the forced one.
fn variants<'a>(
    subject: Subject,
    base: &'a [u8],
    forced: &Forced,
) -> Box<dyn Iterator<Item = (Recipe, Cow<'a, [u8]>)> + 'a> {
    match forced.recipe {
        Some(recipe) => Box::new(std::iter::once(
            recipe.apply(base).map_or((Recipe::AsIs, Cow::Borrowed(base)), |made| (recipe, made)),
        )),
        None => Box::new(
            std::iter::once(Recipe::AsIs)
                .chain(recipes(subject).iter().copied())
                .filter_map(|recipe| Some((recipe, recipe.apply(base)?))),
        ),
    }
}

/// Tries only the given readings of one digest.
#[must_use]
pub(super) fn try_these(
    content: &[u8],
    labels: &[Label],
    digest: &NamedDigest,
    readings: &[Reading],
) -> Probe {
    let hits = readings
        .iter()
        .copied()
        .filter(|reading| {
            materials(content, labels, *reading)
                .any(|bytes| agrees(&reading.algorithm.digest(&bytes), reading.part, digest))
        })
        .collect();
    Probe { hits, tried: readings.len() as u32 }
}

/// The bytes that a reading says were hashed; several where a file has several labels of a kind.
pub(super) fn materials<'a>(
    content: &'a [u8],
    labels: &'a [Label],
    reading: Reading,
) -> impl Iterator<Item = Cow<'a, [u8]>> {
    let content = (reading.subject == Subject::Content).then_some(content);
    let labels = labels
        .iter()
        .filter(move |label| label.subject == reading.subject)
        .map(|label| label.text.as_bytes());
    content.into_iter().chain(labels).filter_map(move |base| reading.recipe.apply(base))
}

/// Whether the part of a whole digest is what the name says.
#[must_use]
pub(super) fn agrees(whole: &[u8], part: Part, digest: &NamedDigest) -> bool {
    match part {
        Part::Whole => whole == digest.bits.bytes,
        _ => cut(whole, part, digest.bits.len).as_ref() == Some(&digest.bits),
    }
}

/// Digests a stream of any size with several algorithms in one pass; `size` matters to git only.
///
/// Reading and hashing overlap: another thread fills the next buffer meanwhile.
///
/// # Errors
/// What the system says.
pub(super) fn digest_stream(
    stream: &mut (dyn Read + Send),
    size: u64,
    algorithms: &[Algorithm],
) -> io::Result<Vec<Vec<u8>>> {
    /// Small enough for the second-level cache, so that hashing reads what was just copied.
    const BUFFER: usize = 256 << 10;
    let mut hashers: Vec<Hasher> = algorithms.iter().map(|&a| Hasher::new(a, size)).collect();
    let (full, filled) = std::sync::mpsc::sync_channel::<io::Result<(Vec<u8>, usize)>>(2);
    let (empty, emptied) = std::sync::mpsc::channel::<Vec<u8>>();
    for _ in 0..3 {
        // The receiver lives until the end of this function.
        let _ = empty.send(vec![0; BUFFER]);
    }
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while let Ok(mut buffer) = emptied.recv() {
                let read = stream.read(&mut buffer);
                let last = !matches!(read, Ok(1..));
                // A closed channel means that the hashing side has stopped.
                if full.send(read.map(|count| (buffer, count))).is_err() || last {
                    return;
                }
            }
        });
        loop {
            // The reader never ends without an empty buffer or an error.
            let Ok(step) = filled.recv() else {
                return Ok(());
            };
            let (buffer, count) = step?;
            if count == 0 {
                return Ok(());
            }
            for hasher in &mut hashers {
                hasher.update(&buffer[..count]);
            }
            let _ = empty.send(buffer);
        }
    })
    .map(|()| hashers.into_iter().map(Hasher::finish).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::fixity::encoding::hex;
    use crate::fixity::name::take_apart;

    fn named(digest: &[u8]) -> NamedDigest {
        take_apart(Path::new(&hex(digest))).digests.remove(0)
    }

    #[test]
    fn finds_the_recipe_and_counts_what_it_tried() {
        let digest = named(&Algorithm::Blake2b256.digest(b"a\nb\n"));
        let probe = try_all(Some(b"a\r\nb\r\n"), &[], &[&digest], &Forced::default()).remove(0);
        assert_eq!(
            probe.hits,
            [Reading {
                subject: Subject::Content,
                recipe: Recipe::CrlfToLf,
                part: Part::Whole,
                algorithm: Algorithm::Blake2b256
            }]
        );
        assert!(probe.tried > 50, "{}", probe.tried);
    }

    #[test]
    fn finds_labels() {
        let url = "https://example.org/a";
        let digest = named(&Algorithm::Sha1.digest(url.as_bytes()));
        let label = Label { subject: Subject::Url, text: url.to_owned() };
        let probe = try_all(Some(b"page"), &[label], &[&digest], &Forced::default()).remove(0);
        assert_eq!((probe.hits[0].subject, probe.hits[0].algorithm), (Subject::Url, Algorithm::Sha1));
    }

    #[test]
    fn a_stream_digests_like_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let bytes: Vec<u8> = (0..700_001u32).map(|i| ((i * 31) >> 3) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let algorithms: Vec<Algorithm> = Algorithm::all().collect();
        let made =
            digest_stream(&mut std::fs::File::open(&path).unwrap(), bytes.len() as u64, &algorithms).unwrap();
        for (algorithm, digest) in algorithms.iter().zip(made) {
            assert_eq!(digest, algorithm.digest(&bytes), "{algorithm}");
        }
    }
}
