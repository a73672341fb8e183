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

impl Field {
    /// All fields.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Outlet,
        Self::Published,
        Self::Captured,
        Self::Title,
        Self::Url,
        Self::Id,
        Self::Credit,
        Self::Source,
        Self::Language,
    ];

    /// Returns the field that has a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == name)
    }

    /// The name that every output has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Outlet => "outlet",
            Self::Published => "published",
            Self::Captured => "captured",
            Self::Title => "title",
            Self::Url => "url",
            Self::Id => "id",
            Self::Credit => "credit",
            Self::Source => "source",
            Self::Language => "language",
        }
    }
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

/// A candidate and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// What it says.
    pub field: Field,
    /// The value as it was written, without spaces around it.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Chosen,
    /// It does not count, for this reason.
    SetAside(String),
}
