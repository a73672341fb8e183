//! What is said about agencies.

use serde::{Deserialize, Serialize};

use super::ArticleId;
use crate::agency::Level;

/// What an article says about an agency, with the words that say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyCredit {
    /// The highest level found.
    pub level: Level,
    /// Agencies named at that level.
    pub names: Vec<String>,
    /// Every rule that matched, highest level first.
    pub evidence: Vec<AgencyEvidence>,
    /// The agency whose own outlet this is, if any; its text is no reprint there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// What says that the text is an announcement that came over a release service, if anything.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub release: Option<AgencyEvidence>,
}

/// An article's text stands in another one that declares an agency. What that one says is no
/// credit of this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreditedElsewhere {
    /// The agencies that the other article declares.
    pub names: Vec<String>,
    /// The other article.
    pub article: ArticleId,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Share of this article's reporting words that stand in it.
    pub share: f64,
    /// The words with which it declares them; null where it stands in the agency's own outlet.
    pub evidence: Option<AgencyEvidence>,
}

/// One place where a rule of the pattern file matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyEvidence {
    /// The rule's id.
    pub rule: String,
    /// The level that this evidence alone gives.
    pub level: Level,
    /// The agencies it names; none for a feed without a name.
    pub names: Vec<String>,
    /// The words.
    pub text: String,
    /// First byte in the article's text; null where the words stand in a metadata field.
    pub start: Option<u32>,
    /// One past the last byte.
    pub end: Option<u32>,
}

/// One agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyEntry {
    /// Its name; null for feeds that name none.
    pub name: Option<String>,
    /// Its item at Wikidata, `Q40469`, where the pattern file gives it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wikidata: Option<String>,
    /// Articles that declare it.
    pub declared: u64,
    /// Articles with its inputs.
    pub contributed: u64,
    /// Articles that cite it for a fact or quote.
    pub cited: u64,
    /// Articles with only its picture credit.
    pub photo: u64,
    /// In how many articles each rule matched.
    pub rules: Vec<RuleCount>,
}

/// How often a rule matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// The rule's id.
    pub rule: String,
    /// Articles in which it matched.
    pub articles: u64,
}
