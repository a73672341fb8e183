//! Stories as a table.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::report::Report;
use crate::report::csv::Table;

const COLUMNS: [&str; 10] = [
    "story",
    "cohesion",
    "independent_origins",
    "place",
    "article",
    "outlet",
    "published",
    "title",
    "origin",
    "origin_reason",
];

/// One row an article of a story, numbered from 1 by stated time.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let heads: HashMap<&str, _> =
        report.articles.iter().map(|article| (&*article.head.id, &article.head)).collect();
    let mut table = Table::new(out, COLUMNS)?;
    for story in &report.stories {
        let origins: HashMap<&str, _> = story
            .origins
            .iter()
            .flat_map(|origin| origin.articles.iter().map(move |article| (&**article, origin)))
            .collect();
        for (place, article) in story.articles.iter().enumerate() {
            let head = heads.get(&**article);
            let origin = origins.get(&**article);
            table.text(&story.id)?;
            table.share(story.cohesion)?;
            table.count(story.independent_origins)?;
            table.count(place as u64 + 1)?;
            table.text(article)?;
            table.text_or_empty(head.and_then(|head| head.outlet.as_deref()))?;
            table.text_or_empty(head.and_then(|head| head.published.as_deref()))?;
            table.text_or_empty(head.and_then(|head| head.title.as_deref()))?;
            table.text_or_empty(origin.map(|origin| &*origin.name))?;
            table.text_or_empty(origin.map(|origin| &*origin.reason))?;
            table.end_row()?;
        }
    }
    table.finish()
}
