//! Articles.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{AgencyCredit, ArticleId, CreditedElsewhere, Span};
use crate::fixity::NameCheck;

/// Which article it is: where it stands, and who published it when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleHead {
    /// Stable id: the record's own, else the path.
    pub id: ArticleId,
    /// The file.
    pub path: String,
    /// The record (line) in its container, from 1.
    pub record: Option<u64>,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 8601 with exactly the precision and zone that the source states.
    pub published: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// Which article it is.
    #[serde(flatten)]
    pub head: ArticleHead,
    /// Who owns the outlet, by the `--publishers` map.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// Where each of these values came from, for example `record:date`, `folder`, `table`.
    pub origins: Origins,
    /// What was found but not understood, such as a time that can be read in two ways.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<String>,
    /// Addresses on other sites that it says it was taken from.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<String>,
    /// The detected encoding when the bytes were not UTF-8.
    pub encoding: Option<String>,
    /// How the text was found where the source holds more than it: `readability`, `density`,
    /// `article_body` or `whole`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub method: Option<String>,
    /// Words of the whole text.
    pub words: u64,
    /// Words of the reporting text: body paragraphs without captions, credits, headings, chrome.
    pub reporting_words: u64,
    /// SHA-256 of the file, or of the record's text as UTF-8.
    pub sha256: String,
    /// What the file's name says about its content; null where the name carries no digest and
    /// for records.
    pub name_check: Option<NameCheck>,
    /// What the text says about an agency.
    pub agency: AgencyCredit,
    /// Share of the reporting words that stand in other articles that declare the same agency;
    /// null where the article names no agency or none of these shares text with it.
    pub wire_share: Option<f64>,
    /// Where an article that names no agency itself matches copy that another one credits to one;
    /// else null.
    pub credited_elsewhere: Option<CreditedElsewhere>,
    /// Share of the reporting words that also stand in another article.
    pub reused_share: f64,
    /// The part of `reused_share` that stands inside quotation marks.
    pub reused_quoted_share: f64,
    /// Share of the reporting words that stand nowhere else; `1 - reused_share`.
    pub own_share: f64,
    /// The text that all offsets count into, where it was asked for; left out of JSON otherwise.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<Arc<str>>,
    /// Bytes of the text that stand inside quotation marks, in order; only with the text.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub quotations: Vec<Span>,
}

/// Where an article's metadata came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// Source of `outlet`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// Source of `published`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<String>,
    /// Source of `title`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Source of `url`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}
