//! What a look at a file that does not fit shows.

use crate::fixity::command;
use crate::fixity::content::{self, MEMORY_LIMIT};
use crate::fixity::encoding::Bits;
use crate::fixity::probe::{digest_stream, materials};
use crate::fixity::reading::{Reading, Subject, cut};
use crate::fixity::recipe::{Recipe, unpacker};
use crate::fixity::survey::{Candidate, Finding, logical_names};
use crate::fixity::verdict::Judged;

/// What a look at a file that does not fit shows.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) found: Option<Bits>,
    pub(super) size: u64,
    pub(super) pointer: bool,
    pub(super) cut_off: Option<&'static str>,
    pub(super) zeros: usize,
    pub(super) command: Option<String>,
}

/// Reads a file that does not fit once more.
pub(super) fn look(candidate: &Candidate, finding: &Finding, judged: &Judged<'_>) -> Facts {
    let Some(reading) = judged.reading else {
        return Facts::default();
    };
    let labels = [finding.labels.as_slice(), &logical_names(&finding.parts)].concat();
    let as_is = Reading { recipe: Recipe::AsIs, ..reading };
    let facts = content::read_stable(&candidate.path, candidate.links, |file, size| {
        let part = |whole: Vec<u8>| cut(&whole, reading.part, judged.digest.bits.len);
        if size > MEMORY_LIMIT {
            let mut whole = None;
            if (reading.subject, reading.recipe) == (Subject::Content, Recipe::AsIs) {
                whole = digest_stream(file, size, &[reading.algorithm])?.pop();
            }
            let command = Some(command::for_content(&candidate.path, as_is, &[]));
            return Ok(Facts { found: whole.and_then(part), size, command, ..Facts::default() });
        }
        let bytes = content::whole(file, size)?;
        // A recipe that changes nothing in this file leaves it as it is.
        let (reading, material) = materials(&bytes, &labels, reading)
            .map(|material| (reading, material))
            .chain(materials(&bytes, &labels, as_is).map(|material| (as_is, material)))
            .next()
            .map_or((as_is, None), |(reading, material)| (reading, Some(material)));
        let found = material.as_ref().and_then(|m| part(reading.algorithm.digest(m)));
        let command = match (reading.subject, &material) {
            (Subject::Content, _) | (_, None) => command::for_content(&candidate.path, reading, &bytes),
            (_, Some(label)) => command::for_label(&String::from_utf8_lossy(label), reading),
        };
        Ok(Facts {
            found,
            size,
            pointer: is_pointer(&bytes, &judged.digest.text),
            cut_off: cut_off(&bytes),
            zeros: bytes.iter().rev().take_while(|&&byte| byte == 0).count(),
            command: Some(command),
        })
    });
    facts.unwrap_or_default()
}

/// Whether a small text file stands for the content that the name says.
fn is_pointer(bytes: &[u8], named: &str) -> bool {
    let text = std::str::from_utf8(&bytes[..bytes.len().min(1024)]).unwrap_or_default();
    let lfs = text.starts_with("version https://git-lfs.github.com/spec/v1");
    let annex = text.starts_with("/annex/objects/");
    (lfs || annex) && text.to_ascii_lowercase().contains(&named.to_ascii_lowercase())
}

/// How one can see that the end of a file is missing.
fn cut_off(bytes: &[u8]) -> Option<&'static str> {
    if let Some(mut unpacked) = unpacker(bytes, bytes) {
        let broken = std::io::copy(&mut unpacked, &mut std::io::sink()).is_err();
        return broken.then_some("its compressed data ends too early or is damaged");
    }
    match std::str::from_utf8(bytes) {
        Err(error) if error.valid_up_to() > 0 && error.error_len().is_none() => {
            Some("it ends in the middle of a character")
        }
        _ => None,
    }
}
