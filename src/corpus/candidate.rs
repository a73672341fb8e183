//! What was found out about an article, and where, before it is decided what counts.

use super::Origin;

/// What a value says about its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The running text.
    Text,
    /// Who published it.
    Outlet,
    /// When it was published.
    Published,
    /// When it was fetched.
    Captured,
    /// The headline.
    Title,
    /// Where it was published.
    Url,
    /// The record's own id.
    Id,
    /// Who wrote or supplied it.
    Credit,
    /// The address that it says it was taken from.
    Source,
    /// The language, as a code such as `en` or `pt-BR`.
    Language,
}

/// One value for one field, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it says.
    pub field: Field,
    /// The value as it was written, without spaces around it.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}
