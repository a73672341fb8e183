//! Do file names that carry a digest say what the files are?
//!
//! The length of a digest does not tell what was hashed: 64 hexadecimal digits may be SHA-256 of
//! the bytes, of the unpacked bytes or of a URL, or SHA-512/256, or BLAKE3. So readings are tried
//! over all files together, a convention is accepted when chance cannot explain the files that
//! confirm it, and only then is another file's failure a mismatch. With no confirmation the
//! verdict is "undecided".

mod algorithm;
mod audit;
mod balance;
mod checksums;
mod command;
mod content;
mod diagnosis;
mod duplicates;
mod encoding;
mod evidence;
mod forced;
mod labels;
mod manifest;
mod name;
mod probe;
mod reading;
mod recipe;
pub mod rename;
mod summary;
mod survey;
mod territory;
mod verdict;
mod verification;
mod walk;

use std::path::PathBuf;

pub use algorithm::Algorithm;
pub use audit::audit;
pub use balance::Balance;
pub use checksums::checksums;
pub(crate) use command::steers_layout;
pub use command::{quote, quote_text};
pub use diagnosis::{Cause, Diagnosis};
pub use duplicates::Sought;
pub use encoding::hex;
pub use evidence::Convention;
pub use forced::Forced;
pub use name::Slot;
pub use reading::Subject;
pub use recipe::{FOR_BYTES, Recipe};
pub use summary::{Conclusion, Status, Summary};
pub use verdict::{NameCheck, NameVerdict};
pub use verification::{Options, Row, Verification, verify};

use survey::{Candidate, Search};
use verdict::Outcome;

/// Checks the digests that file names carry: one entry for each file, None where the name carries
/// no digest of its own or the file cannot be read.
///
/// Only files whose names carry a digest are read, each once, whatever the number of algorithms
/// tried. The result is the same for any thread count; it depends on the set of files, because
/// what a digest means is inferred over all of them.
#[must_use]
pub fn check_names(files: &[PathBuf]) -> Vec<Option<NameCheck>> {
    let candidates: Vec<Candidate> =
        files.iter().map(|path| Candidate { path: path.clone(), links: content::Links::Follow }).collect();
    let survey = survey::survey(&candidates, &Search::default());
    verdict::judge(&candidates, &survey)
        .into_iter()
        .map(|outcome| match outcome {
            Outcome::Judged(judged) => Some(judged.check),
            Outcome::NoDigest | Outcome::Borrowed(_) | Outcome::Failed => None,
        })
        .collect()
}
