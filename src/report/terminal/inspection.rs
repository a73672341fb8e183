//! What was read of each article, for a person.

use std::io::{self, Write};

use anstyle::Style;

use super::figures::{count, len, number};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::table::Cell;
use super::{TerminalOptions, articles, clean, skipped};
use crate::report::inspection::{InspectedArticle, InspectedCandidate, Inspection};
use crate::text::Kind;

/// Columns of the names of fields and kinds.
const LEAD: usize = 9;
/// Paragraphs shown of a text on a short page, and lines of each.
const TOP_PARAGRAPHS: usize = 6;
const TOP_LINES: usize = 2;

/// Writes what was read, article by article.
///
/// # Errors
/// When `out` fails.
pub fn write(inspection: &Inspection, options: &TerminalOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, options);
    let read = count(inspection.articles_read, "article", "articles");
    let shown = inspection.articles.len();
    let first = match shown as u64 == inspection.articles_read {
        true => String::new(),
        false if shown == 1 => "; the first is shown, --limit shows more".to_owned(),
        false => format!("; the first {} are shown, --limit shows more", number(shown as u64)),
    };
    page.statement(&format!("{read} read{first}"), Style::new())?;
    for article in &inspection.articles {
        write_article(article, &mut page)?;
    }
    skipped::write(&inspection.skipped, &mut page)
}

fn write_article(article: &InspectedArticle, page: &mut Page<'_>) -> io::Result<()> {
    let place = articles::located(&article.path, article.record);
    let id = clean::name(&article.id);
    let note = if id == place || article.id == article.path { String::new() } else { format!("id {id}") };
    page.heading(&place, &note)?;
    let mut fact =
        |lead: &str, text: &str, style: Style| page.item(0, &Cell::new(lead, FOUND), LEAD, text, style);
    fact("encoding", article.encoding.as_deref().unwrap_or("UTF-8"), Style::new())?;
    if let Some(method) = &article.method {
        fact("text", &format!("found by {method}"), Style::new())?;
    }
    let mut before = "";
    // The chosen ones first, so that what counts is seen without reading the rest.
    let mut candidates: Vec<&InspectedCandidate> = article.candidates.iter().collect();
    let first_of = |field: &str| article.candidates.iter().position(|candidate| candidate.field == field);
    candidates.sort_by_key(|candidate| (first_of(&candidate.field), !candidate.chosen));
    for candidate in candidates {
        let lead = if candidate.field == before { "" } else { &candidate.field };
        let value = clean::prose(&candidate.value);
        let origin = clean::prose(&candidate.origin);
        match &candidate.set_aside {
            None => fact(lead, &format!("{value}  ({origin})"), Style::new())?,
            Some(reason) => fact(lead, &format!("not {value}  ({origin}): {reason}"), QUIET)?,
        }
        before = &candidate.field;
    }
    if let Some(publisher) = &article.publisher {
        fact("publisher", &clean::prose(publisher), Style::new())?;
    }
    for note in &article.notes {
        fact("note", &clean::prose(note), STRONG)?;
    }
    write_agency(article, page)?;
    write_paragraphs(article, page)
}

fn write_agency(article: &InspectedArticle, page: &mut Page<'_>) -> io::Result<()> {
    let credit = &article.agency;
    let level = articles::level(credit);
    page.item(0, &Cell::new("agency", FOUND), LEAD, &level, Style::new())?;
    for evidence in credit.evidence.iter().chain(&credit.release) {
        let place = if evidence.start.is_some() { "text" } else { "metadata" };
        let [rule, text] = [&evidence.rule, &evidence.text].map(|text| clean::prose(text));
        page.item(0, &Cell::plain(""), LEAD, &format!("{rule} in the {place}: “{text}”"), QUIET)?;
    }
    Ok(())
}

fn write_paragraphs(article: &InspectedArticle, page: &mut Page<'_>) -> io::Result<()> {
    let words: u64 = article.paragraphs.iter().map(|paragraph| u64::from(paragraph.words)).sum();
    let sizes = format!(
        "{}, {}",
        count(len(&article.paragraphs), "paragraph", "paragraphs"),
        count(words, "word", "words")
    );
    page.prose(0, &sizes, STRONG)?;
    let shown = page.shown(article.paragraphs.len(), TOP_PARAGRAPHS);
    for paragraph in &article.paragraphs[..shown] {
        let kind = match paragraph.kind {
            Kind::Body => "body",
            Kind::Heading => "heading",
            Kind::Caption => "caption",
            Kind::Credit => "credit",
            Kind::Chrome => "chrome",
        };
        page.line(0, &[Cell::new(kind, FOUND)])?;
        page.quotation(2, &clean::prose(&paragraph.text), QUIET, TOP_LINES)?;
    }
    page.more(0, article.paragraphs.len(), shown)
}
