//! Names that say by their form what was hashed and how: git-annex keys, `ni:` names, CIDs,
//! Software Heritage ids.

use std::sync::LazyLock;

use regex::Regex;

use super::{NamedDigest, Slot};
use crate::fixity::algorithm::Algorithm;
use crate::fixity::encoding::{Bits, Encoding, hex};

static ANNEX_KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([A-Z0-9_]+?)E?(?:-s(\d+))?(?:-m\d+)?--([0-9a-f]{32,128})((?:\.[^.]*)*)$")
        .expect("the pattern is constant")
});
static NAMED_INFORMATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:ni:(?:[^;]*[/:])?)?sha-256(?:-(\d+))?;([A-Za-z0-9_-]+)(\..*)?$")
        .expect("the pattern is constant")
});
static SOFTWARE_HERITAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^swh[:_]1[:_]cnt[:_]([0-9a-f]{40})(\..*)?$").expect("the pattern is constant")
});

/// The digest of a name in one of the declared forms.
pub(super) fn find(name: &str) -> Option<NamedDigest> {
    // Each form has a mark that is cheap to look for.
    if name.contains("--") {
        annex_key(name)
    } else if name.contains(';') {
        named_information(name)
    } else if name.starts_with("swh") {
        software_heritage(name)
    } else {
        content_id(name)
    }
}

fn declared(
    slot: Slot,
    encoding: Encoding,
    text: &str,
    stated: Algorithm,
    rest: &str,
) -> Option<NamedDigest> {
    Some(NamedDigest {
        slot,
        encoding,
        text: text.to_owned(),
        bits: encoding.decode(text)?,
        stated: Some(stated),
        size: None,
        doubtful: false,
        uncheckable: None,
        rest: rest.to_owned(),
    })
}

fn annex_key(name: &str) -> Option<NamedDigest> {
    let found = ANNEX_KEY.captures(name)?;
    // git-annex calls the BLAKE2 sizes `BLAKE2B256`, `BLAKE2S256`, and so on.
    let algorithm = Algorithm::from_name(&found[1])?;
    let digest = declared(Slot::AnnexKey, Encoding::Hex, &found[3], algorithm, &found[4])?;
    let size = found.get(2).and_then(|digits| digits.as_str().parse().ok());
    (digest.bits.len == algorithm.bits()).then_some(NamedDigest { size, ..digest })
}

fn named_information(name: &str) -> Option<NamedDigest> {
    let found = NAMED_INFORMATION.captures(name)?;
    let rest = found.get(3).map_or("", |rest| rest.as_str());
    let digest = declared(Slot::NamedInformation, Encoding::Base64, &found[2], Algorithm::Sha256, rest)?;
    let bits = found.get(1).map_or(Some(256), |bits| bits.as_str().parse().ok())?;
    (digest.bits.len == bits && bits <= 256).then_some(digest)
}

fn software_heritage(name: &str) -> Option<NamedDigest> {
    let found = SOFTWARE_HERITAGE.captures(name)?;
    let rest = found.get(2).map_or("", |rest| rest.as_str());
    declared(Slot::SoftwareHeritage, Encoding::Hex, &found[1], Algorithm::GitBlob, rest)
}

/// CIDv1 in base32 of a raw SHA-256 block; the other CIDs are recognised as uncheckable.
fn content_id(name: &str) -> Option<NamedDigest> {
    const CHUNKED: &str = "an IPFS CID of a chunked file: its digest depends on how the file was chunked, which the name does not tell";
    let (stem, rest) = name.split_once('.').map_or((name, ""), |(stem, _)| (stem, &name[stem.len()..]));
    let bytes = match stem.as_bytes() {
        [b'b', ..] if stem.len() == 59 => Encoding::Base32.decode(&stem[1..])?.bytes,
        [b'Q', b'm', ..] if stem.len() == 46 => {
            let multihash = Encoding::Base58.decode(stem)?.bytes;
            [&[0x01, 0x70], multihash.as_slice()].concat()
        }
        _ => return None,
    };
    // Version 1, codec raw (0x55) or dag-pb (0x70), multihash SHA-256 of 32 bytes.
    let (&[0x01, codec @ (0x55 | 0x70), 0x12, 0x20], digest) = bytes.split_first_chunk()? else {
        return None;
    };
    let raw = codec == 0x55;
    Some(NamedDigest {
        slot: Slot::Cid,
        encoding: Encoding::Hex,
        text: hex(digest),
        bits: Bits { bytes: digest.to_vec(), len: 256 },
        stated: Some(Algorithm::Sha256),
        size: None,
        doubtful: false,
        uncheckable: (!raw).then_some(CHUNKED),
        rest: rest.to_owned(),
    })
}
