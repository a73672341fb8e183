//! Whole collections: the real ones where they are there, and made ones with known damage.
#![expect(clippy::unwrap_used, reason = "a test may panic where it is set up")]

mod beside;

use std::fs;
use std::path::{Path, PathBuf};

use beside::shared;
use wirecopy::fixity::{
    Algorithm, Cause, Conclusion, Diagnosis, Forced, NameVerdict, Options, Recipe, Sought, Status,
    Verification, check_names, hex, verify,
};

fn check(folder: &Path) -> Verification {
    verify(&[folder.to_owned()], &Options::default()).expect("no table is named")
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Algorithm::Sha256.digest(bytes))
}

/// Writes `HEX.txt` with the given content and the name of the content as it should be.
fn put(folder: &Path, named: &[u8], content: &[u8]) -> PathBuf {
    let path = folder.join(format!("{}.txt", sha256(named)));
    fs::write(&path, content).unwrap();
    path
}

fn row_status(result: &Verification, path: &Path) -> Status {
    result.files.iter().find(|row| row.path.0 == path).expect("it was met").status
}

fn diagnosis(result: &Verification, path: &Path) -> Diagnosis {
    let row = result.files.iter().find(|row| row.path.0 == path).expect("it was met");
    assert_eq!(row.status, Status::Mismatch, "{row:?}");
    row.name_check.clone().unwrap().diagnosis.expect("every mismatch is explained")
}

#[test]
fn seeds_are_undecided() {
    let Some(seeds) = shared("seeds") else { return };
    let result = check(&seeds);
    assert_eq!((result.summary.seen, result.summary.undecided), (5, 5));
    assert_eq!(result.summary.conclusion(), Conclusion::NothingChecked);
    for row in &result.files {
        let check = row.name_check.as_ref().expect("16 digits after an index");
        assert_eq!(check.verdict, NameVerdict::Undecided);
        assert!(check.readings > 100, "{}", check.readings);
        let text = &check.diagnosis.as_ref().unwrap().text;
        assert_eq!(*text, format!("none of {} readings fits", check.readings));
    }
}

#[test]
fn pages_named_by_their_url_need_the_table() {
    let Some(pages) = shared("corpora/hash-named/article-extraction") else {
        return;
    };
    let result = check(&pages);
    assert_eq!((result.summary.ok, result.summary.mismatch, result.summary.undecided), (181, 0, 0));
    assert_eq!(result.conventions[0].description, "SHA-256 of the URL");
    let copy = tempfile::tempdir().unwrap();
    let html = copy.path().join("html");
    fs::create_dir(&html).unwrap();
    for entry in fs::read_dir(pages.join("html")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), html.join(entry.file_name())).unwrap();
    }
    let result = check(copy.path());
    assert_eq!((result.summary.ok, result.summary.mismatch, result.summary.undecided), (0, 0, 181));
    assert_eq!(result.summary.conclusion(), Conclusion::NothingChecked);
    // Beside a store of hashed contents they are no more damaged than before.
    for i in 0..300 {
        let text = format!("text {i}");
        put(copy.path(), text.as_bytes(), text.as_bytes());
    }
    let result = check(copy.path());
    assert_eq!((result.summary.ok, result.summary.mismatch, result.summary.undecided), (300, 0, 181));
}

#[test]
fn ten_thousand_random_names_confirm_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = 1u64;
    let mut random = |digits: usize| -> String {
        (0..digits)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from_digit((state >> 60) as u32, 16).unwrap()
            })
            .collect()
    };
    for i in 0..10_000 {
        let digits = [6, 8, 12, 16, 32, 40, 64, 128][i % 8];
        let name = match i % 3 {
            0 => random(digits),
            1 => format!("{i}_{}", random(digits)),
            _ => format!("page {i} [{}]", random(digits.max(8))),
        };
        fs::write(folder.path().join(name), format!("{i}")).unwrap();
    }
    let result = check(folder.path());
    assert_eq!(result.conventions, []);
    assert_eq!((result.summary.seen, result.summary.ok, result.summary.mismatch), (10_000, 0, 0));
    assert!(result.summary.undecided > 9_500, "{:?}", result.summary);
}

#[test]
fn one_bad_file_among_a_thousand_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for i in 0..1_000 {
        let text = format!("text {i}");
        let path = folder.path().join(format!("{i:03}_{}.txt", &sha256(text.as_bytes())[..16]));
        fs::write(&path, if i == 617 { "text 617, changed".to_owned() } else { text }).unwrap();
        files.push(path);
    }
    fs::write(folder.path().join("README.md"), "read me").unwrap();
    files.push(folder.path().join("README.md"));
    let result = check(folder.path());
    assert_eq!((result.summary.ok, result.summary.mismatch, result.summary.no_digest), (999, 1, 1));
    assert_eq!(diagnosis(&result, &files[617]).cause, Cause::Changed);
    let checks = check_names(&files);
    let bad = checks[617].as_ref().unwrap();
    assert_eq!(bad.convention.as_deref(), Some("SHA-256 of the raw bytes, first 64 bits"));
    assert_eq!(bad.found.as_deref(), Some(&sha256(b"text 617, changed")[..16]));
    assert_eq!(checks[1_000], None);
    let alone = check_names(&files[617..618]).remove(0).unwrap();
    assert_eq!(alone.verdict, NameVerdict::Undecided, "nothing tells what its digest means");
}

/// Each change that a good file can suffer gives exactly the diagnosis of that change.
#[test]
fn each_mutation_gives_its_own_diagnosis() {
    let gzip = {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(b"some text\n").unwrap();
        packer.finish().unwrap()
    };
    let cases: [(Recipe, &[u8], &[u8]); 18] = [
        (Recipe::CrlfToLf, b"a\nb\n", b"a\r\nb\r\n"),
        (Recipe::LfToCrlf, b"a\r\nb\r\n", b"a\nb\n"),
        (Recipe::FinalLfAdded, b"a\n", b"a"),
        (Recipe::FinalLfRemoved, b"a", b"a\n"),
        (Recipe::EndTrimmed, b"a", b"a \n\n"),
        (Recipe::BothEndsTrimmed, b"a", b" \na\n "),
        (Recipe::BomRemoved, b"a\n", b"\xef\xbb\xbfa\n"),
        (Recipe::BomAdded, b"\xef\xbb\xbfa\n", b"a\n"),
        (Recipe::Nfc, "caf\u{e9}".as_bytes(), "cafe\u{301}".as_bytes()),
        (Recipe::Nfd, "cafe\u{301}".as_bytes(), "caf\u{e9}".as_bytes()),
        (Recipe::Utf16ToUtf8, "caf\u{e9}".as_bytes(), b"\xff\xfec\0a\0f\0\xe9\0"),
        (Recipe::Latin1ToUtf8, "caf\u{e9}".as_bytes(), b"caf\xe9"),
        (Recipe::Utf8ToUtf16, b"c\0a\0f\0\xe9\0", "caf\u{e9}".as_bytes()),
        (Recipe::Utf8ToLatin1, b"caf\xe9", "caf\u{e9}".as_bytes()),
        (Recipe::Decompressed, b"some text\n", &gzip),
        (Recipe::GitHeaderRemoved, b"a\nb", b"blob 3\0a\nb"),
        (Recipe::WhitespaceCollapsed, b"a b", b"a\n  b"),
        (Recipe::ZerosRemoved, b"ab", b"ab\0\0"),
    ];
    for algorithm in [Algorithm::Sha256, Algorithm::Md5, Algorithm::Blake3] {
        for (recipe, good, mutated) in cases {
            let folder = tempfile::tempdir().unwrap();
            let name = |bytes: &[u8]| folder.path().join(hex(&algorithm.digest(bytes)));
            for i in 0..3 {
                let text = format!("other text {i}\n");
                fs::write(name(text.as_bytes()), text).unwrap();
            }
            fs::write(name(good), good).unwrap();
            assert_eq!(check(folder.path()).summary.ok, 4, "{}", recipe.id());
            fs::write(name(good), mutated).unwrap();
            let result = check(folder.path());
            assert_eq!((result.summary.ok, result.summary.mismatch), (3, 1), "{}", recipe.id());
            let why = diagnosis(&result, &name(good));
            assert_eq!((why.cause, why.recipe), (Cause::Recipe, Some(recipe)));
            assert!(why.command.is_some(), "{}", recipe.id());
        }
    }
}

#[test]
fn other_damage_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for i in 0..5 {
        let text = format!("good {i}");
        put(folder, text.as_bytes(), text.as_bytes());
    }
    let long = b"a long text that was written only in part, as it seems".as_slice();
    let swapped = [put(folder, b"one", b"two"), put(folder, b"two", b"one")];
    let empty = put(folder, b"not empty", b"");
    let named_empty = put(folder, b"", b"not empty at all");
    let oid = sha256(b"big content");
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 11\n");
    let pointer = put(folder, b"big content", pointer.as_bytes());
    let twin = put(folder, b"gone", b"good 3");
    let holder = put(folder, b"nothing here", long);
    let part = put(folder, long, &long[..20]);
    let changed = put(folder, b"before", b"after");
    let zeros = put(folder, b"something", &[b"some".as_slice(), &[0; 64]].concat());
    let cut = put(folder, "caf\u{e9}s and more".as_bytes(), "caf\u{e9}".as_bytes().split_last().unwrap().1);
    let result = check(folder);
    let cause = |path: &Path| diagnosis(&result, path).cause;
    assert_eq!(swapped.each_ref().map(|path| cause(path)), [Cause::Swapped; 2]);
    assert_eq!(diagnosis(&result, &swapped[0]).other.as_deref(), swapped[1].to_str());
    assert_eq!(cause(&empty), Cause::Empty);
    assert_eq!(cause(&named_empty), Cause::NamedEmpty);
    assert_eq!(cause(&pointer), Cause::Pointer);
    assert_eq!(cause(&twin), Cause::Duplicate);
    assert_eq!(cause(&holder), Cause::BelongsElsewhere);
    assert_eq!(cause(&part), Cause::Truncated);
    assert_eq!(cause(&changed), Cause::Changed);
    assert_eq!(cause(&zeros), Cause::Truncated);
    assert_eq!(cause(&cut), Cause::Truncated);
    // The empty content belongs to the name of an empty file, so four contents have moved. One to
    // one: the content of `twin` has used up no name, for its twin's name has its own.
    assert_eq!(result.balance.moved.len(), 4, "{:#?}", result.balance);
    assert!(result.balance.content_without_name.iter().any(|loose| loose.path.0 == twin));
    assert!(result.balance.names_without_content.iter().any(|loose| loose.path.0 == changed));
    assert_eq!(result.duplicates.len(), 1);
    assert_eq!(result.summary.seen, 16);
}

#[test]
fn annex_keys_check_the_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("SHA256E-s100--{}.txt", sha256(&[7; 100])));
    fs::write(&path, [7; 60]).unwrap();
    let why = diagnosis(&check(folder.path()), &path);
    assert_eq!((why.cause, why.text.as_str()), (Cause::Truncated, "has 60 bytes; its name states 100"));
}

#[test]
fn folders_may_hold_several_conventions_and_borrowed_names() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for i in 0..4 {
        let text = format!("text {i}");
        put(folder, text.as_bytes(), text.as_bytes());
        let blake = hex(&Algorithm::Blake3.digest(text.as_bytes()));
        fs::write(folder.join(format!("{blake}.bin")), text).unwrap();
    }
    let meta = folder.join(format!("{}.meta", sha256(b"text 1")));
    fs::write(&meta, "about text 1").unwrap();
    // A UUID and a plain number are no digests.
    fs::write(folder.join("6fa459ea-ee8a-4ca4-894e-db77e160355e.txt"), "x").unwrap();
    fs::write(folder.join("6fa459eaee8a4ca4894edb77e160355e.txt"), "x").unwrap();
    fs::write(folder.join("12345678.txt"), "x").unwrap();
    let result = check(folder);
    assert_eq!((result.summary.ok, result.summary.no_digest, result.summary.seen), (8, 4, 12));
    assert_eq!(result.conventions.len(), 2);
    let borrowed = result.files.iter().find(|row| row.path.0 == meta).unwrap();
    assert!(borrowed.reason.as_ref().unwrap().starts_with("carries the digest of"), "{borrowed:?}");
}

#[test]
fn a_forced_reading_needs_no_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let good = put(folder.path(), b"a", b"a\n\n");
    let with = |forced| {
        let options = Options { forced, ..Options::default() };
        row_status(&verify(&[folder.path().to_owned()], &options).unwrap(), &good)
    };
    assert_eq!(with(Forced::default()), Status::OkByRecipe);
    let algorithm = Some(Algorithm::Sha256);
    assert_eq!(with(Forced { algorithm, ..Forced::default() }), Status::Mismatch);
    let recipe = Some(Recipe::EndTrimmed);
    assert_eq!(with(Forced { algorithm, recipe, ..Forced::default() }), Status::OkByRecipe);
    let algorithm = Some(Algorithm::Blake3);
    assert_eq!(with(Forced { algorithm, ..Forced::default() }), Status::Mismatch);
    let slot = Some(wirecopy::fixity::Slot::Suffix);
    assert_eq!(with(Forced { slot, ..Forced::default() }), Status::NoDigest);
}

#[test]
fn the_same_words_in_other_bytes_are_found_on_request() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), b"One two.", b"One two.");
    put(folder.path(), b"one  two", b"one  two");
    let kinds = |duplicates| -> Vec<Sought> {
        let options = Options { duplicates, ..Options::default() };
        let result = verify(&[folder.path().to_owned()], &options).unwrap();
        result.duplicates.iter().map(|group| group.kind).collect()
    };
    assert_eq!(kinds(Sought::Bytes), []);
    assert_eq!(kinds(Sought::Text), [Sought::Text]);
}

#[test]
#[cfg(unix)]
fn hard_links_count_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = put(folder.path(), b"a", b"a");
    fs::hard_link(&first, first.with_extension("bin")).unwrap();
    fs::write(folder.path().join("readme"), "x").unwrap();
    fs::hard_link(folder.path().join("readme"), folder.path().join("readme too")).unwrap();
    // Another name for the same content that says something else is judged by itself.
    fs::hard_link(&first, folder.path().join(sha256(b"b"))).unwrap();
    let summary = check(folder.path()).summary;
    assert_eq!((summary.seen, summary.ok, summary.skipped), (5, 1, 2));
    assert_eq!((summary.mismatch, summary.no_digest), (1, 1));
}
