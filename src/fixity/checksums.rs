//! Digests of whole files.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::algorithm::Algorithm;
use super::content::{self, Links, MEMORY_LIMIT, ReadFailure};
use super::probe::digest_stream;
use super::walk::{Kind, walk};

/// A file and its digest.
pub(super) type Checksum = (PathBuf, Vec<u8>);

/// Digests every file below the paths, sorted by path; says which could not be read, and why.
#[must_use]
pub fn checksums(paths: &[PathBuf], algorithm: Algorithm) -> (Vec<Checksum>, Vec<(PathBuf, ReadFailure)>) {
    let made: Vec<(PathBuf, Result<Vec<u8>, ReadFailure>)> = walk(paths)
        .into_par_iter()
        .filter_map(|met| {
            let digest = match met.kind {
                Kind::File(links) => digests(&met.path, links, &[algorithm]).map(|mut made| made.remove(0)),
                Kind::Failed(failure) => Err(failure),
                Kind::Skipped(_) => return None,
            };
            Some((met.path, digest))
        })
        .collect();
    let mut sums = Vec::new();
    let mut failures = Vec::new();
    for (path, digest) in made {
        match digest {
            Ok(digest) => sums.push((path, digest)),
            Err(failure) => failures.push((path, failure)),
        }
    }
    (sums, failures)
}

/// Digests one file with several algorithms in one pass.
pub(super) fn digests(
    path: &Path,
    links: Links,
    algorithms: &[Algorithm],
) -> Result<Vec<Vec<u8>>, ReadFailure> {
    content::read_stable(path, links, |file, size| digest_file(file, size, algorithms))
}

fn digest_file(file: &mut File, size: u64, algorithms: &[Algorithm]) -> io::Result<Vec<Vec<u8>>> {
    if size > MEMORY_LIMIT {
        return digest_stream(file, size, algorithms);
    }
    let bytes = content::whole(file, size)?;
    Ok(algorithms.iter().map(|algorithm| algorithm.digest(&bytes)).collect())
}
