//! Every row of the table of conventions, with digests made by Python's hashlib or taken from
//! published vectors, never by the code under test.
#![expect(clippy::print_stdout, reason = "a test that cannot run says so")]
#![expect(clippy::unwrap_used, reason = "a test may panic where it is set up")]

use std::path::Path;
use std::process::Command;

use wirecopy::fixity::{Options, Status, Verification, verify};

fn check(folder: &Path) -> Verification {
    verify(&[folder.to_owned()], &Options::default()).expect("no table is named")
}

/// Writes one folder for each row: three files each, named by `hashlib`, `zlib` and `base64`.
const MAKE: &str = r#"
import base64, gzip, hashlib, json, os, sys, zlib
top = sys.argv[1]
texts = [("Text number %d\nwith a second line.\n" % i).encode() for i in range(3)]
def put(folder, name, content):
    path = os.path.join(top, folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out: out.write(content)
def h(name): return lambda b: hashlib.new(name, b).hexdigest()
def blake(bits): return lambda b: hashlib.blake2b(b, digest_size=bits // 8).hexdigest()
def git(b): return hashlib.sha1(b"blob %d\0" % len(b) + b).hexdigest()
def b32(d): return base64.b32encode(d).decode().rstrip("=")
def b64(d): return base64.urlsafe_b64encode(d).decode().rstrip("=")
B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
def b58(d):
    n, out = int.from_bytes(d, "big"), ""
    while n: n, r = divmod(n, 58); out = B58[r] + out
    return "1" * (len(d) - len(d.lstrip(b"\0"))) + out
for name in "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2s sha512_256 sha512_224".split():
    try: h(name)(b"")
    except ValueError: continue
    for t in texts: put("whole-" + name, h(name)(t) + ".txt", t)
for bits in (64, 128, 160, 256, 384, 512):
    for t in texts: put("whole-blake2b%d" % bits, blake(bits)(t) + ".txt", t)
sha = h("sha256")
for i, t in enumerate(texts):
    d = hashlib.sha256(t).digest()
    put("brackets-crc32", "Show - %02d [%08X].txt" % (i, zlib.crc32(t)), t)
    put("parens-crc32", "Show - %02d (%08x).txt" % (i, zlib.crc32(t)), t)
    put("index-sha256-64", "%03d_%s.txt" % (i, sha(t)[:16]), t)
    put("prefix-md5-48", "%s-report.txt" % h("md5")(t)[:12], t)
    put("suffix-sha1-40", "report-%s.txt" % h("sha1")(t)[:10], t)
    put("middle-md5-64", "%s.txt" % h("md5")(t)[8:24], t)
    put("tail-sha512-128", "%s.txt" % h("sha512")(t)[-32:], t)
    put("upper-sha256", sha(t).upper() + ".txt", t)
    put("blobs-of-git", git(t), t)
    put("swh", "swh:1:cnt:" + git(t), t)
    put("git-loose", git(t)[:2] + "/" + git(t)[2:], zlib.compress(b"blob %d\0" % len(t) + t))
    put("shards-1", sha(t)[:2] + "/" + sha(t)[2:] + ".txt", t)
    put("shards-2", sha(t)[:2] + "/" + sha(t)[2:4] + "/" + sha(t)[4:] + ".txt", t)
    put("oci/sha256", sha(t), t)
    put("copies", sha(t) + " (%d).txt" % (i + 1), t)
    put("base32-md5", b32(hashlib.md5(t).digest()) + ".txt", t)
    put("base32-sha256-lower", b32(d).lower() + ".txt", t)
    put("base32-sha512", b32(hashlib.sha512(t).digest()) + ".txt", t)
    put("warc-sha1", "sha1-" + b32(hashlib.sha1(t).digest()) + ".warc", t)
    put("base64-md5", b64(hashlib.md5(t).digest()) + ".txt", t)
    put("base64-sha1", b64(hashlib.sha1(t).digest()) + ".txt", t)
    put("base64-sha256", b64(d) + ".txt", t)
    put("base64-sha384", b64(hashlib.sha384(t).digest()) + ".txt", t)
    put("base64-sha512", b64(hashlib.sha512(t).digest()) + ".txt", t)
    put("base58-sha256", b58(d) + ".txt", t)
    put("sri", "sha256-" + b64(d) + "=.js", t)
    put("ni", "ni:sha-256;" + b64(d), t)
    put("ni-cut", "sha-256-96;" + b64(d[:12]), t)
    put("cid", "b" + b32(bytes.fromhex("01551220") + d).lower(), t)
    put("annex", "SHA256E-s%d--%s.txt" % (len(t), sha(t)), t)
    put("stated", "md5_" + h("md5")(t) + ".bin", t)
    put("decompressed-sha256", sha(t) + ".txt.gz", gzip.compress(t))
    put("decompressed-sha512-256", h("sha512_256")(t) + ".zz", zlib.compress(t))
    put("trimmed-blake2b128", blake(128)(t.rstrip()) + ".txt", t)
    put("name-md5-64", "scan%d_%s.pdf" % (i, h("md5")(b"scan%d" % i)[:16]), t)
    u = b"https://example.org/page/%d" % i
    put("url-own-record", h("md5")(u) + ".json", json.dumps({"url": u.decode(), "text": "x%d" % i}).encode())
    put("url-sidecar", sha(u) + ".html", t)
    put("url-sidecar", sha(u) + ".json", json.dumps({"url": u.decode()}).encode())
    put("url-table", h("sha1")(u) + ".html", t)
    put("title-table", h("sha1")(b"Title %d" % i)[:16] + ".html", t)
    put("text-table", sha(b"Body %d" % i) + ".html", t)
put("url-table", "list.csv", b"url\n" + b"".join(b"https://example.org/page/%d\n" % i for i in range(9)))
put("title-table", "list.jsonl", b"".join(json.dumps({"headline": "Title %d" % i}).encode() + b"\n" for i in range(9)))
put("text-table", "list.json", json.dumps([{"body": "Body %d" % i} for i in range(9)]).encode())
"#;

/// Folder, slot, and how the convention must be described.
const ROWS: [(&str, &str, &str); 63] = [
    ("whole-md5", "whole", "MD5 of the raw bytes"),
    ("whole-sha1", "whole", "SHA-1 of the raw bytes"),
    ("whole-sha224", "whole", "SHA-224 of the raw bytes"),
    ("whole-sha256", "whole", "SHA-256 of the raw bytes"),
    ("whole-sha384", "whole", "SHA-384 of the raw bytes"),
    ("whole-sha512", "whole", "SHA-512 of the raw bytes"),
    ("whole-sha3_224", "whole", "SHA3-224 of the raw bytes"),
    ("whole-sha3_256", "whole", "SHA3-256 of the raw bytes"),
    ("whole-sha3_384", "whole", "SHA3-384 of the raw bytes"),
    ("whole-sha3_512", "whole", "SHA3-512 of the raw bytes"),
    ("whole-blake2s", "whole", "BLAKE2s-256 of the raw bytes"),
    ("whole-sha512_256", "whole", "SHA-512/256 of the raw bytes"),
    ("whole-sha512_224", "whole", "SHA-512/224 of the raw bytes"),
    ("whole-blake2b64", "whole", "BLAKE2b-64 of the raw bytes"),
    ("whole-blake2b128", "whole", "BLAKE2b-128 of the raw bytes"),
    ("whole-blake2b160", "whole", "BLAKE2b-160 of the raw bytes"),
    ("whole-blake2b256", "whole", "BLAKE2b-256 of the raw bytes"),
    ("whole-blake2b384", "whole", "BLAKE2b-384 of the raw bytes"),
    ("whole-blake2b512", "whole", "BLAKE2b-512 of the raw bytes"),
    ("brackets-crc32", "brackets", "CRC-32 of the raw bytes"),
    ("parens-crc32", "brackets", "CRC-32 of the raw bytes"),
    ("index-sha256-64", "after-index", "SHA-256 of the raw bytes, first 64 bits"),
    ("prefix-md5-48", "prefix", "MD5 of the raw bytes, first 48 bits"),
    ("suffix-sha1-40", "suffix", "SHA-1 of the raw bytes, first 40 bits"),
    ("middle-md5-64", "whole", "MD5 of the raw bytes, middle 64 bits"),
    ("tail-sha512-128", "whole", "SHA-512 of the raw bytes, last 128 bits"),
    ("upper-sha256", "whole", "SHA-256 of the raw bytes"),
    ("blobs-of-git", "whole", "git blob SHA-1 of the raw bytes"),
    ("swh", "software-heritage", "git blob SHA-1 of the raw bytes"),
    ("git-loose", "shards", "SHA-1 of the bytes after decompression"),
    ("shards-1", "shards", "SHA-256 of the raw bytes"),
    ("shards-2", "shards", "SHA-256 of the raw bytes"),
    ("oci", "stated", "SHA-256 of the raw bytes"),
    ("copies", "whole", "SHA-256 of the raw bytes"),
    ("base32-md5", "whole", "MD5 of the raw bytes"),
    ("base32-sha256-lower", "whole", "SHA-256 of the raw bytes"),
    ("base32-sha512", "whole", "SHA-512 of the raw bytes"),
    ("warc-sha1", "stated", "SHA-1 of the raw bytes"),
    ("base64-md5", "whole", "MD5 of the raw bytes"),
    ("base64-sha1", "whole", "SHA-1 of the raw bytes"),
    ("base64-sha256", "whole", "SHA-256 of the raw bytes"),
    ("base64-sha384", "whole", "SHA-384 of the raw bytes"),
    ("base64-sha512", "whole", "SHA-512 of the raw bytes"),
    ("base58-sha256", "whole", "SHA-256 of the raw bytes"),
    ("sri", "stated", "SHA-256 of the raw bytes"),
    ("ni", "named-information", "SHA-256 of the raw bytes"),
    ("ni-cut", "named-information", "SHA-256 of the raw bytes, first 96 bits"),
    ("cid", "cid", "SHA-256 of the raw bytes"),
    ("annex", "annex-key", "SHA-256 of the raw bytes"),
    ("stated", "stated", "MD5 of the raw bytes"),
    ("decompressed-sha256", "whole", "SHA-256 of the bytes after decompression"),
    ("decompressed-sha512-256", "whole", "SHA-512/256 of the bytes after decompression"),
    ("trimmed-blake2b128", "whole", "BLAKE2b-128 of the bytes without the last line end"),
    ("name-md5-64", "suffix", "MD5 of the logical name without its extension, first 64 bits"),
    ("url-own-record", "whole", "MD5 of the URL"),
    ("url-sidecar", "whole", "SHA-256 of the URL"),
    ("url-table", "whole", "SHA-1 of the URL"),
    ("title-table", "whole", "SHA-1 of the title, first 64 bits"),
    ("text-table", "whole", "SHA-256 of the record's text"),
    ("vector-blake3", "whole", "BLAKE3 of the raw bytes"),
    ("vector-xxh64", "whole", "XXH64 of the raw bytes"),
    ("vector-xxh128", "whole", "XXH3-128 of the raw bytes"),
    ("vector-sfv", "brackets", "CRC-32 of the raw bytes"),
];

/// Digests that no common tool here makes, of `abc` and nothing, as their authors publish them.
fn write_vectors(top: &Path) {
    let vectors: [(&str, &str, &str); 8] = [
        ("vector-blake3", "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85", "abc"),
        ("vector-blake3", "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262", ""),
        ("vector-xxh64", "44bc2cf5ad770999", "abc"),
        ("vector-xxh64", "ef46db3751d8e999", ""),
        ("vector-xxh128", "06b05ab6733a618578af5f94892f3950", "abc"),
        ("vector-xxh128", "99aa06d3014798d86001c324468d497f", ""),
        ("vector-sfv", "x [CBF43926]", "123456789"),
        ("vector-sfv", "y [352441C2]", "abc"),
    ];
    for (folder, name, content) in vectors {
        std::fs::create_dir_all(top.join(folder)).unwrap();
        std::fs::write(top.join(folder).join(format!("{name}.txt")), content).unwrap();
    }
}

#[test]
fn every_row_of_the_table_is_recognised() {
    let top = tempfile::tempdir().unwrap();
    let made = Command::new("python3").args(["-c", MAKE]).arg(top.path()).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: python3 with hashlib is not here");
        return;
    }
    write_vectors(top.path());
    let mut checked = 0;
    for (folder, slot, description) in ROWS {
        let path = top.path().join(folder);
        if !path.exists() {
            println!("skipped: this hashlib cannot make {folder}");
            continue;
        }
        let result = check(&path);
        let wrong: Vec<_> = result.files.iter().filter(|row| row.status.needs_attention()).collect();
        assert!(wrong.is_empty(), "{folder}: {wrong:#?}");
        let fit = result.summary.ok + result.summary.ok_by_recipe;
        let carrying = result.files.iter().filter(|row| row.status != Status::NoDigest).count() as u64;
        assert_eq!(fit, carrying, "{folder}");
        assert!(fit >= 2, "{folder}: {:?}", result.summary);
        let conventions: Vec<(&str, &str)> =
            result.conventions.iter().map(|c| (c.slot.id(), c.description.as_str())).collect();
        assert!(conventions.contains(&(slot, description)), "{folder}: {conventions:?}");
        checked += 1;
    }
    assert!(checked >= 60, "{checked}");
}

#[test]
fn a_cid_of_a_chunked_file_cannot_be_decided() {
    let folder = tempfile::tempdir().unwrap();
    let name = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG";
    std::fs::write(folder.path().join(name), "x").unwrap();
    let row = check(folder.path()).files.remove(0);
    assert_eq!(row.status, Status::Undecided);
    let why = row.name_check.unwrap().diagnosis.unwrap().text;
    assert!(why.contains("chunk"), "{why}");
}
