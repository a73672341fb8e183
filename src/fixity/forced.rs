//! What the user says about the names, so that it need not be inferred.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::algorithm::Algorithm;
use super::name::Slot;
use super::reading::Subject;
use super::recipe::Recipe;

/// Parts of a reading that the user states; None is inferred. A stated algorithm needs no
/// evidence: a file that does not follow it is a mismatch even when it is alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Forced {
    /// With what was hashed.
    pub algorithm: Option<Algorithm>,
    /// What was done to the bytes first.
    pub recipe: Option<Recipe>,
    /// Where in the name the digest stands.
    pub slot: Option<Slot>,
    /// What was hashed; the content where only an algorithm is stated.
    pub subject: Option<Subject>,
}

/// Why a convention file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the convention file {path}: {reason}", path = path.display())]
pub struct ConventionError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

impl Forced {
    /// Reads a TOML file with any of the keys `algorithm`, `recipe`, `slot` and `subject`.
    ///
    /// # Errors
    /// When it cannot be read, is not TOML, or has an unknown key or value.
    pub fn from_file(path: &Path) -> Result<Self, ConventionError> {
        let fail = |reason: String| ConventionError { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
        toml::from_str(&text).map_err(|error| fail(error.message().to_owned()))
    }

    /// What is stated here, and elsewhere where it is not stated here.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            algorithm: self.algorithm.or(other.algorithm),
            recipe: self.recipe.or(other.recipe),
            slot: self.slot.or(other.slot),
            subject: self.subject.or(other.subject),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_knows_and_names_what_it_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        std::fs::write(&path, "algorithm = \"sha512-256\"\nrecipe = \"end-trimmed\"\nslot = \"whole\"\n")
            .unwrap();
        let forced = Forced::from_file(&path).unwrap();
        assert_eq!(
            (forced.algorithm, forced.recipe, forced.slot, forced.subject),
            (Some(Algorithm::Sha512_256), Some(Recipe::EndTrimmed), Some(Slot::Whole), None)
        );
        std::fs::write(&path, "algorithm = \"sha-9\"\n").unwrap();
        assert!(Forced::from_file(&path).unwrap_err().to_string().contains("sha-9"));
        std::fs::write(&path, "algoritm = \"md5\"\n").unwrap();
        assert!(Forced::from_file(&path).unwrap_err().to_string().contains("algoritm"));
    }
}
