//! Articles as a table.

use std::collections::HashMap;
use std::io::{self, Write};

use super::{HEAD, head};
use crate::report::Report;
use crate::report::csv::Table;

const OWN: [&str; 14] = [
    "encoding",
    "words",
    "reporting_words",
    "sha256",
    "name_verdict",
    "agency_level",
    "agencies",
    "wire_share",
    "elsewhere_article",
    "reused_share",
    "reused_quoted_share",
    "own_share",
    "story",
    "notes",
];

/// One row an article, in the order of the report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let members = |story: &crate::report::StoryEntry| {
        let id = story.id.clone();
        story.articles.iter().map(move |article| (article.clone(), id.clone())).collect::<Vec<_>>()
    };
    let stories: HashMap<_, String> = report.stories.iter().flat_map(members).collect();
    let mut table = Table::new(out, HEAD.into_iter().chain(OWN))?;
    for article in &report.articles {
        head(&mut table, &article.head)?;
        table.text_or_empty(article.encoding.as_deref())?;
        table.count(article.words)?;
        table.count(article.reporting_words)?;
        table.text(&article.sha256)?;
        table.text_or_empty(article.name_check.as_ref().map(|check| check.verdict.id()))?;
        table.text(article.agency.level.id())?;
        table.list(&article.agency.names)?;
        table.share(article.wire_share)?;
        table.text_or_empty(article.credited_elsewhere.as_ref().map(|found| &*found.article))?;
        table.share(article.reused_share)?;
        table.share(article.reused_quoted_share)?;
        table.share(article.own_share)?;
        table.text_or_empty(stories.get(&article.head.id).map(String::as_str))?;
        table.list(&article.notes)?;
        table.end_row()?;
    }
    table.finish()
}
