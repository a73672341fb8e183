//! The report as tables, for spreadsheets and data frames.
//!
//! Every table has a row of names. What is null in JSON is an empty cell, shares have four digits,
//! and articles are named by their ids, so that the tables can be joined.

mod articles;
mod flags;
mod passages;
mod relations;
mod stories;

use std::io::{self, Write};

use super::csv::Table as Csv;
use super::{ArticleHead, Report};

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row an article.
    Articles,
    /// One row a pair of articles that share text.
    Relations,
    /// One row a shared passage, with its words where the report carries texts.
    Passages,
    /// One row an article of a story.
    Stories,
    /// One row an article that says something about an agency, or matches agency copy; the same
    /// columns as [`flags::write_csv`](super::flags::write_csv) has.
    Flags,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 5] = [Self::Articles, Self::Relations, Self::Passages, Self::Stories, Self::Flags];

    /// The usual name of its file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Articles => "articles.csv",
            Self::Relations => "relations.csv",
            Self::Passages => "passages.csv",
            Self::Stories => "stories.csv",
            Self::Flags => "flags.csv",
        }
    }
}

/// Writes one table as CSV.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, table: Table, out: &mut dyn Write) -> io::Result<()> {
    match table {
        Table::Articles => articles::write(report, out),
        Table::Relations => relations::write(report, out),
        Table::Passages => passages::write(report, out),
        Table::Stories => stories::write(report, out),
        Table::Flags => flags::write(report, out),
    }
}

/// The columns that say which article a row is about.
pub(super) const HEAD: [&str; 7] = ["path", "record", "id", "outlet", "published", "title", "url"];

/// Writes the cells of [`HEAD`].
pub(super) fn head(table: &mut Csv<'_>, head: &ArticleHead) -> io::Result<()> {
    table.text(&head.path)?;
    table.count_or_empty(head.record)?;
    table.text(&head.id)?;
    table.text_or_empty(head.outlet.as_deref())?;
    table.text_or_empty(head.published.as_deref())?;
    table.text_or_empty(head.title.as_deref())?;
    table.text_or_empty(head.url.as_deref())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::sample;

    fn written(report: &Report, table: Table) -> String {
        let mut out = Vec::new();
        write(report, table, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_table() {
        let mut report = sample::shipping();
        report.articles[0].text = Some(Arc::from("=A".repeat(120)));
        let tables = Table::ALL.map(|table| format!("{}\n{}", table.file_name(), written(&report, table)));
        insta::assert_snapshot!(tables.join("\n"));
    }

    #[test]
    fn a_passage_that_the_text_does_not_have_is_empty() {
        let mut report = sample::shipping();
        report.articles[0].text = Some(Arc::from("é"));
        let rows = written(&report, Table::Passages);
        assert_eq!(rows.lines().count(), 1 + report.relations.len());
        assert!(!rows.contains('é'), "{rows}");
    }
}
