//! Agencies, and the articles that credit one with their whole text.

use std::io;

use anstyle::Style;

use super::articles::{self, Articles};
use super::clean;
use super::figures::{count, len, number};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::table::{Cell, Column, Table};
use crate::agency::Level;
use crate::report::{AgencyEntry, ArticleEntry, Report, RuleCount};

/// Most agencies on a short list.
const TOP_AGENCIES: usize = 12;
/// Most flagged articles on a short list.
const TOP_ARTICLES: usize = 6;
/// Most lines of quoted evidence on a short list.
const TOP_LINES: usize = 2;

/// Writes the counts per agency and the agency-feed reprints with the words that say so.
pub(super) fn write(report: &Report, articles: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    write_counts(&report.agencies, page)?;
    let flagged = report
        .articles
        .iter()
        .filter(|article| matches!(article.agency.level, Level::Declared | Level::FeedUnnamed));
    let flagged: Vec<_> = flagged.collect();
    if flagged.is_empty() {
        return Ok(());
    }
    let note = count(len(&flagged), "article credits its", "articles credit their");
    page.heading("Agency-feed reprints", &format!("{note} whole text to an agency or a feed"))?;
    let shown = page.shown(flagged.len(), TOP_ARTICLES);
    for article in &flagged[..shown] {
        write_flagged(article, articles, page)?;
    }
    page.more(0, flagged.len(), shown)
}

fn write_counts(agencies: &[AgencyEntry], page: &mut Page<'_>) -> io::Result<()> {
    if agencies.is_empty() {
        return Ok(());
    }
    let note = "number of articles by the strongest thing they say, and by rule";
    page.heading("Agencies", note)?;
    let shown = page.shown(agencies.len(), TOP_AGENCIES);
    let roomy = page.width() >= 80;
    let mut table = Table::new(vec![
        Column::text("agency", 16),
        Column::figure("declared"),
        Column::figure("inputs"),
        Column::figure("cited"),
        Column::figure("photo"),
        Column::text("rules", 16),
    ]);
    for agency in &agencies[..shown] {
        let figure = |value: u64, style| {
            if value == 0 { Cell::new("–", QUIET) } else { Cell::new(number(value), style) }
        };
        let name = agency.name.as_deref().map_or("feed, no agency named".to_owned(), clean::prose);
        table.row(vec![
            Cell::new(name, STRONG),
            figure(agency.declared, FOUND),
            figure(agency.contributed, Style::new()),
            figure(agency.cited, Style::new()),
            figure(agency.photo, Style::new()),
            Cell::new(if roomy { rules(&agency.rules) } else { String::new() }, QUIET),
        ]);
    }
    page.table(0, table)?;
    page.more(0, agencies.len(), shown)
}

fn rules(rules: &[RuleCount]) -> String {
    let named = rules.iter().map(|rule| format!("{} {}", clean::prose(&rule.rule), number(rule.articles)));
    named.collect::<Vec<_>>().join(", ")
}

fn write_flagged(article: &ArticleEntry, articles: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let credit = format!("{}  ", articles::credit(article));
    page.line(0, &[Cell::new(credit, FOUND), Cell::plain(articles.label(&article.id))])?;
    let level = article.agency.level;
    let Some(evidence) = article.agency.evidence.iter().find(|evidence| evidence.level == level) else {
        return Ok(());
    };
    let quoted = format!("“{}”", clean::prose(&evidence.text));
    page.quotation(2, &quoted, QUIET, TOP_LINES)
}
