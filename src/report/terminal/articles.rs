//! What to call an article.

use std::collections::HashMap;

use super::page::QUIET;
use super::table::Cell;
use super::{clean, figures};
use crate::agency::Level;
use crate::report::{AgencyCredit, ArticleEntry, ArticleHead, ArticleId, Report};

/// The articles of a report by id.
pub(super) struct Articles<'a>(HashMap<&'a str, &'a ArticleEntry>);

impl<'a> Articles<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Self(report.articles.iter().map(|article| (&*article.head.id, article)).collect())
    }

    /// The article, unless the report names one that it does not list.
    pub(super) fn get(&self, id: &ArticleId) -> Option<&'a ArticleEntry> {
        self.0.get(&**id).copied()
    }

    /// Those of the ids that the report lists.
    pub(super) fn listed(&self, ids: &[ArticleId]) -> Vec<&'a ArticleEntry> {
        ids.iter().filter_map(|id| self.get(id)).collect()
    }

    /// Outlet and title on one line, `Harbour Post · Ferry drifts`.
    pub(super) fn label(&self, id: &ArticleId) -> String {
        let Some(article) = self.get(id) else {
            return clean::name(id);
        };
        let outlet = outlet(&article.head);
        let title = title(&article.head);
        if outlet.is_empty() { title } else { format!("{outlet} · {title}") }
    }
}

/// The outlet; empty where it is unknown.
pub(super) fn outlet(article: &ArticleHead) -> String {
    article.outlet.as_deref().map(clean::prose).unwrap_or_default()
}

/// The title, or else where the article stands.
pub(super) fn title(article: &ArticleHead) -> String {
    let title = article.title.as_deref().map(clean::prose).unwrap_or_default();
    if title.is_empty() { place(article) } else { title }
}

/// The file, with the record where there is one: `news.jsonl:17`.
pub(super) fn place(article: &ArticleHead) -> String {
    located(&article.path, article.record)
}

/// A path with the record where there is one.
pub(super) fn located(path: &str, record: Option<u64>) -> String {
    let path = clean::name(path);
    record.map_or_else(|| path.clone(), |record| format!("{path}:{record}"))
}

/// The stated time, or that there is none.
pub(super) fn time(article: &ArticleHead, with_clock: bool) -> Cell {
    match article.published.as_deref() {
        None => Cell::new("no time", QUIET),
        Some(time) if with_clock => Cell::plain(figures::minute(&clean::name(time))),
        Some(time) => Cell::plain(figures::date(&clean::name(time))),
    }
}

/// The agency that an article credits with more than a fact, or whose copy it matches without
/// saying so; empty where there is none.
pub(super) fn credit(article: &ArticleEntry) -> String {
    let names = names(article);
    match article.agency.level {
        Level::Declared => names,
        Level::FeedUnnamed => "unnamed feed".to_owned(),
        Level::Contributed => format!("with {names}"),
        Level::Cited | Level::Photo | Level::About | Level::None => match &article.credited_elsewhere {
            Some(found) => format!("matches {}", join(&found.names)),
            None => String::new(),
        },
    }
}

/// The agencies that an article names at its highest level.
pub(super) fn names(article: &ArticleEntry) -> String {
    join(&article.agency.names)
}

/// The level of an article's credit, and the agencies that it names.
pub(super) fn level(credit: &AgencyCredit) -> String {
    let level = credit.level.id();
    if credit.names.is_empty() { level.to_owned() } else { format!("{level}: {}", join(&credit.names)) }
}

/// Names in a row.
pub(super) fn join(names: &[String]) -> String {
    names.iter().map(|name| clean::prose(name)).collect::<Vec<_>>().join(", ")
}

/// How many different known outlets the articles have.
pub(super) fn outlets(articles: &[&ArticleEntry]) -> u64 {
    let mut names: Vec<_> = articles.iter().filter_map(|article| article.head.outlet.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    figures::len(&names)
}
