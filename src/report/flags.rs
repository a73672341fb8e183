//! Agency-feed reprints, one entry an article: the result of `wirecopy flag`.
//!
//! Articles appear for one of three reasons, which are never mixed up: they credit an agency
//! themselves, they match copy that another article credits to one, or they are announcements
//! that came over a release service.

mod assembly;
mod lines;
mod table;

use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize};

use super::value::schema;
use super::{AgencyEvidence, ArticleHead, CreditedElsewhere, RuleCount, Run, SkippedEntry};
use crate::agency::Level;

pub use assembly::assemble;
pub use lines::write as write_jsonl;
pub use table::write as write_csv;
pub(super) use table::{Row, write_rows};

/// Name and version of the JSON layout.
pub const SCHEMA: &str = "wirecopy.flags/1";

/// Everything one run found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flags {
    /// Always [`SCHEMA`].
    #[serde(deserialize_with = "own_layout")]
    pub schema: String,
    /// What was run.
    pub run: Run,
    /// The weakest level that is listed.
    pub level: Level,
    /// Whether articles were compared; if not, `wire_share` and `credited_elsewhere` are null.
    pub compared: bool,
    /// The totals.
    pub summary: FlagSummary,
    /// The listed articles, in input order.
    pub flags: Vec<FlagEntry>,
    /// Every agency that a listed article credits, most articles first.
    pub agencies: Vec<AgencyFlags>,
    /// Every outlet with a listed article, most articles first.
    pub outlets: Vec<OutletFlags>,
    /// What was not read, and why.
    pub skipped: Vec<SkippedEntry>,
    /// Every path that was read or passed over.
    #[serde(skip)]
    pub inputs: Vec<PathBuf>,
}

fn own_layout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    schema::only(SCHEMA, deserializer)
}

/// The totals, over all articles, listed or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagSummary {
    /// Articles read.
    pub articles: u64,
    /// Agency-feed reprints: `declared` and `feed_unnamed` together.
    pub flagged: u64,
    /// Articles by their level.
    pub declared: u64,
    /// See [`Level::FeedUnnamed`].
    pub feed_unnamed: u64,
    /// See [`Level::Contributed`].
    pub contributed: u64,
    /// See [`Level::Cited`].
    pub cited: u64,
    /// See [`Level::Photo`].
    pub photo: u64,
    /// See [`Level::About`].
    pub about: u64,
    /// Articles that name no agency and match copy that another article credits to one.
    pub credited_elsewhere: u64,
    /// Announcements that came over a release service and name no agency.
    pub releases: u64,
    /// Rows of `skipped`.
    pub skipped: u64,
}

/// Why an article is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// It credits an agency or a feed itself.
    Credit,
    /// It names no agency, and its text stands in an article that declares one.
    CreditedElsewhere,
    /// It is an announcement that came over a release service.
    Release,
}

impl FlagKind {
    /// The name that JSON and CSV have for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::CreditedElsewhere => "credited_elsewhere",
            Self::Release => "release",
        }
    }
}

/// One listed article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlagEntry {
    /// Which article it is.
    #[serde(flatten)]
    pub head: ArticleHead,
    /// Why it is listed.
    pub kind: FlagKind,
    /// The article's own level.
    pub level: Level,
    /// The agencies that it credits at this level; for a release the service.
    pub names: Vec<String>,
    /// The rule and the words that decide; null where the article itself says nothing.
    pub evidence: Option<AgencyEvidence>,
    /// Share of the reporting words that stand in other articles that declare the same agency;
    /// null where there is none that shares text with it.
    pub wire_share: Option<f64>,
    /// How many such articles there are.
    pub wire_articles: u64,
    /// The copy that it matches, for an article that names no agency.
    pub credited_elsewhere: Option<CreditedElsewhere>,
}

/// What the listed articles credit to one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFlags {
    /// Its name; null for feeds that name none.
    pub name: Option<String>,
    /// Listed articles that credit it.
    pub articles: u64,
    /// Articles in which each rule matched at the deciding level, most first.
    pub rules: Vec<RuleCount>,
}

/// The listed articles of one outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletFlags {
    /// Its name; null where it is unknown.
    pub name: Option<String>,
    /// All its articles.
    pub articles: u64,
    /// Those that credit an agency and are listed.
    pub flagged: u64,
    /// Those that name none and match copy that another article credits to one.
    pub credited_elsewhere: u64,
    /// Articles in which each rule matched at the deciding level, most first. One eager rule shows
    /// here.
    pub rules: Vec<RuleCount>,
}
