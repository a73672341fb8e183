//! Agencies, and the articles that credit one with their whole text.

use std::io;

use anstyle::Style;

use super::articles::{self, Articles};
use super::clean;
use super::figures::{count, len, number, percent};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::table::{Cell, Column, Table};
use crate::report::{AgencyEntry, ArticleEntry, CreditedElsewhere, Report, RuleCount};

/// Most agencies on a short list.
const TOP_AGENCIES: usize = 12;
/// Most flagged articles on a short list.
const TOP_ARTICLES: usize = 6;
/// Most lines of quoted evidence on a short list.
const TOP_LINES: usize = 2;

/// Writes the counts per agency and the agency-feed reprints with the words that say so.
pub(super) fn write(report: &Report, articles: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    write_counts(&report.agencies, page)?;
    let flagged = report.articles.iter().filter(|article| article.agency.level.is_feed());
    let flagged: Vec<_> = flagged.collect();
    if !flagged.is_empty() {
        write_flags(&flagged, articles, page)?;
    }
    let elsewhere = report
        .articles
        .iter()
        .filter(|article| !article.agency.level.is_feed())
        .filter_map(|article| article.credited_elsewhere.as_ref().map(|found| (article, found)));
    let elsewhere: Vec<_> = elsewhere.collect();
    if elsewhere.is_empty() {
        return Ok(());
    }
    let note = count(len(&elsewhere), "article names", "articles name");
    page.heading(
        "Matches copy credited elsewhere",
        &format!("{note} no agency; most of the text stands in one that does"),
    )?;
    let shown = page.shown(elsewhere.len(), TOP_ARTICLES);
    for (article, found) in &elsewhere[..shown] {
        page.line(0, &[Cell::plain(articles.label(&article.head.id))])?;
        page.prose(2, &credited(found, articles), QUIET)?;
    }
    page.more(0, elsewhere.len(), shown)
}

/// In which article the text is credited, and with which words.
fn credited(found: &CreditedElsewhere, articles: &Articles<'_>) -> String {
    let names = articles::join(&found.names);
    let place = articles.label(&found.article);
    let words = match &found.evidence {
        Some(evidence) => format!("“{}”", clean::prose(&evidence.text)),
        None => "which is its own outlet".to_owned(),
    };
    format!("{} of it matches copy credited to {names} in {place}: {words}", percent(found.share))
}

fn write_flags(flagged: &[&ArticleEntry], articles: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let note = count(len(flagged), "article credits its", "articles credit their");
    page.heading("Agency-feed reprints", &format!("{note} whole text to an agency or a feed"))?;
    let shown = page.shown(flagged.len(), TOP_ARTICLES);
    for &article in &flagged[..shown] {
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

pub(super) fn rules(rules: &[RuleCount]) -> String {
    let named = rules.iter().map(|rule| format!("{} {}", clean::prose(&rule.rule), number(rule.articles)));
    named.collect::<Vec<_>>().join(", ")
}

fn write_flagged(article: &ArticleEntry, articles: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let credit = format!("{}  ", articles::credit(article));
    page.line(0, &[Cell::new(credit, FOUND), Cell::plain(articles.label(&article.head.id))])?;
    let level = article.agency.level;
    let Some(evidence) = article.agency.evidence.iter().find(|evidence| evidence.level == level) else {
        return Ok(());
    };
    let quoted = format!("“{}”", clean::prose(&evidence.text));
    page.quotation(2, &quoted, QUIET, TOP_LINES)
}
