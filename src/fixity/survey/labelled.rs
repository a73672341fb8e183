//! Names that the content does not explain: tries URLs, titles, texts and names on them.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Candidate, Finding, Search};
use crate::fixity::algorithm::Algorithm;
use crate::fixity::encoding::Bits;
use crate::fixity::forced::Forced;
use crate::fixity::name::NamedDigest;
use crate::fixity::probe::{Label, try_all};
use crate::fixity::reading::{Part, Reading, Subject, cut, methods};
use crate::fixity::recipe::Recipe;

/// Tries URLs, titles, texts and names on the digests that the content does not explain; says
/// which tables were read.
pub(super) fn try_labels(
    candidates: &[Candidate],
    findings: &mut [Finding],
    search: &Search,
) -> Vec<PathBuf> {
    let unexplained = |finding: &Finding| {
        finding.failure.is_none()
            && !finding.probes.is_empty()
            && finding.probes.iter().all(|probe| probe.hits.is_empty())
    };
    let open: Vec<usize> = (0..findings.len()).filter(|&at| unexplained(&findings[at])).collect();
    let paths: Vec<&Path> = open.iter().map(|&at| candidates[at].path.as_path()).collect();
    if paths.is_empty() || search.forced.subject == Some(Subject::Content) {
        return Vec::new();
    }
    let labels = search.table.clone().unwrap_or_default().and_beside(&paths);
    findings.par_iter_mut().enumerate().filter(|(_, finding)| unexplained(finding)).for_each(
        |(at, finding)| {
            finding.labels = labels.of(&candidates[at].path);
            let digests: Vec<&NamedDigest> = finding.parts.digests.iter().collect();
            let more = try_all(None, &finding.labels, &digests, &search.forced);
            for (probe, more) in finding.probes.iter_mut().zip(more) {
                probe.hits.extend(more.hits);
                probe.tried += more.tried;
            }
        },
    );
    let open: Vec<&mut Finding> = findings.iter_mut().filter(|finding| unexplained(finding)).collect();
    try_unclaimed(open, &labels.unclaimed(&paths), &search.forced);
    labels.tables.into_iter().collect()
}

/// Tries every label that belongs to no file on every digest, by looking its digest up.
fn try_unclaimed(mut open: Vec<&mut Finding>, labels: &[Label], forced: &Forced) {
    let labels: Vec<&Label> =
        labels.iter().filter(|label| forced.subject.is_none_or(|subject| subject == label.subject)).collect();
    if open.is_empty() || labels.is_empty() {
        return;
    }
    let mut places: HashMap<Bits, Vec<(usize, usize)>> = HashMap::new();
    let mut ways: BTreeSet<(Algorithm, Part, u32)> = BTreeSet::new();
    for (at, finding) in open.iter_mut().enumerate() {
        for (nth, digest) in finding.parts.digests.iter().enumerate() {
            let methods = methods(digest, forced);
            finding.probes[nth].tried += (methods.len() * labels.len()) as u32;
            places.entry(digest.bits.clone()).or_default().push((at, nth));
            ways.extend(methods.into_iter().map(|(a, part)| (a, part, digest.bits.len)));
        }
    }
    let found: Vec<(&Bits, Label, Reading)> = labels
        .par_iter()
        .flat_map_iter(|label| {
            let mut made: HashMap<Algorithm, Vec<u8>> = HashMap::new();
            let mut hits = Vec::new();
            for &(algorithm, part, bits) in &ways {
                let whole = made.entry(algorithm).or_insert_with(|| algorithm.digest(label.text.as_bytes()));
                let place = cut(whole, part, bits).and_then(|bits| places.get_key_value(&bits));
                let reading = Reading { subject: label.subject, recipe: Recipe::AsIs, part, algorithm };
                hits.extend(place.map(|(bits, _)| (bits, (*label).clone(), reading)));
            }
            hits
        })
        .collect();
    for (bits, label, reading) in found {
        for &(at, nth) in &places[bits] {
            if methods(&open[at].parts.digests[nth], forced).contains(&(reading.algorithm, reading.part)) {
                open[at].probes[nth].hits.push(reading);
                open[at].labels.push(label.clone());
            }
        }
    }
}
