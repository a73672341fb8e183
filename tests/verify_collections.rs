//! `check_names` on real and made collections.
#![expect(clippy::print_stdout, reason = "a test that cannot run says so")]

use std::path::{Path, PathBuf};

use wirecopy::fixity::{NameVerdict, check_names};

#[test]
fn seeds_are_undecided() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(folder) = std::fs::read_dir(&seeds) else {
        println!("skipped: {} is not there", seeds.display());
        return;
    };
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let checks = check_names(&files);
    assert_eq!(checks.len(), 5);
    for check in checks {
        let check = check.expect("the name carries 16 hexadecimal digits after an index");
        assert_eq!(
            (check.verdict, check.found, check.convention),
            (NameVerdict::Undecided, None, None)
        );
        assert!(check.readings > 100, "{}", check.readings);
    }
}

#[test]
fn one_bad_file_is_a_mismatch_and_lone_bad_files_are_not() {
    use sha2::{Digest, Sha256};
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for i in 0..20 {
        let text = format!("text {i}");
        let digest = Sha256::digest(text.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = folder.path().join(format!("{i:03}_{}.txt", &hex[..16]));
        std::fs::write(
            &path,
            if i == 7 {
                "text 7 changed".to_owned()
            } else {
                text
            },
        )
        .unwrap();
        files.push(path);
    }
    files.push(folder.path().join("README.md"));
    std::fs::write(&files[20], "read me").unwrap();
    let checks = check_names(&files);
    for (i, check) in checks.iter().take(20).enumerate() {
        let check = check.as_ref().unwrap();
        let expected = if i == 7 {
            NameVerdict::Mismatch
        } else {
            NameVerdict::Ok
        };
        assert_eq!(check.verdict, expected, "{i}");
        assert_eq!(
            check.convention.as_deref(),
            Some("SHA-256 of the raw bytes, first 64 bits")
        );
    }
    assert_eq!(
        checks[7].as_ref().unwrap().found.as_deref(),
        Some("40004f3b021001bf")
    );
    assert_eq!(checks[20], None);
    let alone = check_names(&files[7..8]).remove(0).unwrap();
    assert_eq!(alone.verdict, NameVerdict::Undecided);
}
