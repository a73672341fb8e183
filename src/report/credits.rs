//! What articles say about themselves and about agencies, as every output prints it.

use std::sync::Arc;

use super::value::{AgencyCredit, AgencyEvidence, ArticleHead, ArticleId, CreditedElsewhere, SkippedEntry};
use crate::agency::{Credit, Evidence};
use crate::corpus::{Article, Corpus, Sourced};
use crate::provenance;

pub(super) fn value<T: ToString>(sourced: &Option<Sourced<T>>) -> Option<String> {
    sourced.as_ref().map(|sourced| sourced.value.to_string())
}

pub(super) fn origin<T>(sourced: &Option<Sourced<T>>) -> Option<String> {
    sourced.as_ref().map(|sourced| sourced.origin.to_string())
}

pub(super) fn head(corpus: &Corpus, article: &Article, id: ArticleId) -> ArticleHead {
    ArticleHead {
        id,
        path: corpus.files[article.file as usize].path.to_string_lossy().into_owned(),
        record: article.record,
        outlet: value(&article.outlet),
        published: value(&article.published),
        title: value(&article.title),
        url: value(&article.url),
    }
}

pub(super) fn credit(credit: &Credit) -> AgencyCredit {
    AgencyCredit {
        level: credit.level,
        names: credit.names.clone(),
        evidence: credit.evidence.iter().map(evidence).collect(),
        publisher: credit.publisher.clone(),
        release: credit.release.as_deref().map(evidence),
    }
}

pub(super) fn evidence(evidence: &Evidence) -> AgencyEvidence {
    AgencyEvidence {
        rule: evidence.rule.clone(),
        level: evidence.level,
        names: evidence.names.clone(),
        text: evidence.text.clone(),
        start: evidence.bytes.as_ref().map(|bytes| bytes.start),
        end: evidence.bytes.as_ref().map(|bytes| bytes.end),
    }
}

pub(super) fn elsewhere(
    corpus: &Corpus,
    credits: &[Credit],
    found: &provenance::CreditedElsewhere,
) -> CreditedElsewhere {
    let other = &corpus.articles[found.article as usize];
    let credit = &credits[found.article as usize];
    let deciding = credit.deciding().filter(|_| credit.publisher.is_none());
    CreditedElsewhere {
        names: found.names.clone(),
        article: Arc::from(other.id.as_str()),
        outlet: value(&other.outlet),
        share: found.share,
        evidence: deciding.map(evidence),
    }
}

pub(super) fn skipped(corpus: &Corpus) -> Vec<SkippedEntry> {
    let rows = corpus.skipped.iter();
    rows.map(|row| SkippedEntry {
        path: row.path.to_string_lossy().into_owned(),
        record: row.record,
        incomplete: row.incomplete,
        reason: row.reason.clone(),
    })
    .collect()
}
