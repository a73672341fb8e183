//! What was read of each article, from where, and why.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::credits;
use super::value::{AgencyCredit, SkippedEntry};
use crate::agency::Credit;
use crate::corpus::{Article, Considered, Corpus, Fate};
use crate::text::{Kind, Texts};

/// What was read of some articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// `wirecopy.inspection/1`.
    pub schema: String,
    /// The program's version.
    pub version: String,
    /// Articles that were read.
    pub articles_read: u64,
    /// The first of them, in input order.
    pub articles: Vec<InspectedArticle>,
    /// What was not read, and why.
    pub skipped: Vec<SkippedEntry>,
    /// Every path that was read or passed over, whether its articles are shown or not.
    #[serde(skip)]
    pub inputs: Vec<PathBuf>,
}

/// One article and how it came to be what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InspectedArticle {
    /// Stable id: the record's own, else the path.
    pub id: String,
    /// The file.
    pub path: String,
    /// The record (line) in its container, from 1.
    pub record: Option<u64>,
    /// The encoding where the bytes were not UTF-8.
    pub encoding: Option<String>,
    /// How the text was found where the source holds more than it: `readability`, `density`,
    /// `article_body`, `whole`; else null.
    pub method: Option<String>,
    /// Every value that was found for a field, in the order in which they were looked at.
    pub candidates: Vec<InspectedCandidate>,
    /// Its publisher, by the `--publishers` file.
    pub publisher: Option<String>,
    /// What was strange.
    pub notes: Vec<String>,
    /// The paragraphs of the text.
    pub paragraphs: Vec<InspectedParagraph>,
    /// What it says about an agency.
    pub agency: AgencyCredit,
}

/// One value for a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedCandidate {
    /// The field, for example `published`.
    pub field: String,
    /// The value as it was written.
    pub value: String,
    /// Where it stands, for example `record:date` or `page:og:title`.
    pub origin: String,
    /// Whether it counts.
    pub chosen: bool,
    /// Why it does not count, where it does not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub set_aside: Option<String>,
}

/// One paragraph of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedParagraph {
    /// What it was taken for.
    pub kind: Kind,
    /// Its first byte in the text.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// Its words.
    pub words: u32,
    /// Its text.
    pub text: String,
}

/// Describes the first `limit` articles of a corpus that was read with all that was considered.
/// `texts` and `credits` belong to these articles only.
pub(crate) fn assemble(corpus: &Corpus, texts: &Texts, credits: &[Credit], articles_read: u64) -> Inspection {
    let described = corpus.articles.iter().zip(&texts.articles).zip(credits);
    Inspection {
        schema: "wirecopy.inspection/1".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        articles_read,
        articles: described
            .map(|((article, text), credit)| InspectedArticle {
                id: article.id.clone(),
                path: corpus.files[article.file as usize].path.to_string_lossy().into_owned(),
                record: article.record,
                encoding: article.encoding.map(str::to_owned),
                method: article.method.map(|method| method.id().to_owned()),
                candidates: article.considered.iter().map(candidate).collect(),
                publisher: article.publisher.as_ref().map(|publisher| publisher.value.clone()),
                notes: article.notes.clone(),
                paragraphs: paragraphs(article, text),
                agency: credits::credit(credit),
            })
            .collect(),
        skipped: credits::skipped(corpus),
        inputs: corpus.paths(),
    }
}

fn candidate(considered: &Considered) -> InspectedCandidate {
    let Considered { field, value, origin, fate } = considered;
    InspectedCandidate {
        field: field.id().to_owned(),
        value: value.clone(),
        origin: origin.to_string(),
        chosen: *fate == Fate::Chosen,
        set_aside: match fate {
            Fate::Chosen => None,
            Fate::SetAside(reason) => Some(reason.clone()),
        },
    }
}

fn paragraphs(article: &Article, text: &crate::text::ArticleText) -> Vec<InspectedParagraph> {
    let paragraphs = text.paragraphs.iter();
    paragraphs
        .map(|paragraph| InspectedParagraph {
            kind: paragraph.kind,
            start: paragraph.bytes.start,
            end: paragraph.bytes.end,
            words: paragraph.words.len() as u32,
            text: article.body[paragraph.bytes.start as usize..paragraph.bytes.end as usize].to_owned(),
        })
        .collect()
}
