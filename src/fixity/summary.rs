//! Statuses of files, their numbers, and what the numbers come to.

use serde::{Deserialize, Serialize};

use super::verification::Row;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The name is right.
    Ok,
    /// The name is right after a change that all such files need.
    OkByRecipe,
    /// The name is wrong, or the content is.
    Mismatch,
    /// A manifest names it, and it is not there.
    Missing,
    /// It is there, and the manifest does not name it.
    Extra,
    /// The name carries a digest that nothing confirms.
    Undecided,
    /// The name carries no digest of its own.
    NoDigest,
    /// Passed over by design.
    Skipped,
    /// It could not be read.
    Error,
}

impl Status {
    /// Whether a person has to look at it.
    #[must_use]
    pub fn needs_attention(self) -> bool {
        !matches!(self, Self::Ok | Self::OkByRecipe | Self::NoDigest | Self::Skipped)
    }

    /// The word that outputs use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::OkByRecipe => "ok_by_recipe",
            Self::Mismatch => "mismatch",
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Undecided => "undecided",
            Self::NoDigest => "no_digest",
            Self::Skipped => "skipped",
            Self::Error => "error",
        }
    }
}

/// How many files came to which status; `seen` is the sum of all others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field counts the status of its name")]
pub struct Summary {
    pub seen: u64,
    pub ok: u64,
    pub ok_by_recipe: u64,
    pub mismatch: u64,
    pub missing: u64,
    pub extra: u64,
    pub undecided: u64,
    pub no_digest: u64,
    pub skipped: u64,
    pub error: u64,
}

impl Summary {
    /// Counts rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let mut summary = Self { seen: rows.len() as u64, ..Self::default() };
        for row in rows {
            *match row.status {
                Status::Ok => &mut summary.ok,
                Status::OkByRecipe => &mut summary.ok_by_recipe,
                Status::Mismatch => &mut summary.mismatch,
                Status::Missing => &mut summary.missing,
                Status::Extra => &mut summary.extra,
                Status::Undecided => &mut summary.undecided,
                Status::NoDigest => &mut summary.no_digest,
                Status::Skipped => &mut summary.skipped,
                Status::Error => &mut summary.error,
            } += 1;
        }
        summary
    }

    /// What the numbers come to, the weightiest first: a finding outweighs what could not be
    /// read, and that outweighs that nothing could be checked.
    #[must_use]
    pub fn conclusion(&self) -> Conclusion {
        let read = self.seen - self.skipped - self.error;
        if read == 0 {
            Conclusion::NothingRead
        } else if self.mismatch + self.missing + self.extra > 0 {
            Conclusion::Findings
        } else if self.error > 0 {
            Conclusion::Incomplete
        } else if self.ok + self.ok_by_recipe == 0 {
            Conclusion::NothingChecked
        } else {
            Conclusion::AllRight
        }
    }
}

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// At least one name was checked, and none is wrong.
    AllRight,
    /// At least one file does not fit.
    Findings,
    /// No file could be read.
    NothingRead,
    /// None is wrong, but something could not be read.
    Incomplete,
    /// No name could be checked.
    NothingChecked,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_outweigh_errors_and_errors_outweigh_nothing_checked() {
        let of = |ok, mismatch, error, undecided| {
            let seen = ok + mismatch + error + undecided;
            Summary { seen, ok, mismatch, error, undecided, ..Summary::default() }.conclusion()
        };
        assert_eq!(of(1, 0, 0, 1), Conclusion::AllRight);
        assert_eq!(of(1, 1, 1, 1), Conclusion::Findings);
        assert_eq!(of(0, 0, 1, 1), Conclusion::Incomplete);
        assert_eq!(of(0, 0, 0, 1), Conclusion::NothingChecked);
        assert_eq!(of(0, 0, 1, 0), Conclusion::NothingRead);
        assert_eq!(of(0, 0, 0, 0), Conclusion::NothingRead);
    }
}
