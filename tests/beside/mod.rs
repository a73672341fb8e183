//! What lies beside the project on the machines of its makers, and nowhere else.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file or folder of `../shared`; where it is not there, says that its test is passed over.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    // What a test prints is shown only when it fails; this is not kept back.
    let _ = writeln!(io::stderr(), "skipped: {} is not there", path.display());
    None
}
