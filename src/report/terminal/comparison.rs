//! Two articles side by side, and why they are judged as they are.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::figures::{count, number, percent};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::side_by_side::{self, Styled};
use super::table::{Cell, Column, Table};
use super::{TerminalOptions, articles, clean, relations};
use crate::provenance::{Criterion, Unit, holds};
use crate::report::comparison::{ComparedBlock, Comparison, Nearest};
use crate::report::{AgencyEvidence, ArticleEntry, RelationEntry, Verdict};
use crate::text::Kind;

/// Words that only a has, and words that only b has.
const ONLY_A: Style = AnsiColor::Red.on_default().underline();
const ONLY_B: Style = AnsiColor::Green.on_default().underline();

/// Writes a comparison as text, with ANSI styles.
///
/// # Errors
/// When `out` fails.
pub fn write(comparison: &Comparison, options: &TerminalOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, options);
    for (name, article) in [("A", &comparison.a), ("B", &comparison.b)] {
        write_article(name, article, &mut page)?;
    }
    match &comparison.relation {
        Some(relation) => {
            write_blocks(&comparison.blocks, &mut page)?;
            write_verdict(relation, &comparison.criteria, &mut page)?;
            write_direction(relation, &mut page)?;
        }
        None => write_nearest(comparison.nearest.as_ref(), &mut page)?,
    }
    write_agencies(comparison, &mut page)
}

fn write_article(name: &str, article: &ArticleEntry, page: &mut Page<'_>) -> io::Result<()> {
    page.line(
        0,
        &[Cell::new(format!("{name}  "), FOUND), Cell::new(articles::title(&article.head), STRONG)],
    )?;
    let time = article.head.published.as_deref().map_or("no time".to_owned(), clean::name);
    let words = count(article.reporting_words, "word of reporting", "words of reporting");
    let place = articles::place(&article.head);
    let place = if place == articles::title(&article.head) { String::new() } else { place };
    let facts = [articles::outlet(&article.head), time, words, place];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    page.prose(3, &facts.join(" · "), QUIET)
}

fn write_blocks(blocks: &[ComparedBlock], page: &mut Page<'_>) -> io::Result<()> {
    page.heading("What both have", "words that differ are marked; dimmed text is shown, not counted")?;
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            page.space()?;
        }
        let head = [Cell::new(count(block.words, "word", "words"), FOUND), Cell::new(describe(block), QUIET)];
        page.line(0, &head)?;
        let shared = if block.reporting { Style::new() } else { QUIET };
        let text = |other: Style, side: fn(&crate::report::comparison::Piece) -> &String| -> Styled {
            let pieces = block.pieces.iter();
            let cell =
                pieces.map(|piece| Cell::new(side(piece).clone(), if piece.same { shared } else { other }));
            cell.collect()
        };
        let (a, b) = (text(ONLY_A, |piece| &piece.a), text(ONLY_B, |piece| &piece.b));
        side_by_side::write(&a, &b, QUIET, page)?;
    }
    Ok(())
}

/// What a block is, unless it is plain reporting on both sides.
fn describe(block: &ComparedBlock) -> String {
    let mut parts = Vec::new();
    if block.quoted {
        parts.push("inside quotation marks".to_owned());
    }
    for (name, kind) in [("A", block.kind_a), ("B", block.kind_b)] {
        if kind != Kind::Body {
            parts.push(format!("{} in {name}", kind_name(kind)));
        }
    }
    if !block.reporting {
        parts.push("not counted".to_owned());
    }
    if parts.is_empty() { String::new() } else { format!(", {}", parts.join(", ")) }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Body => "reporting",
        Kind::Heading => "a heading",
        Kind::Caption => "a caption",
        Kind::Credit => "a credit",
        Kind::Chrome => "page furniture",
    }
}

fn write_verdict(relation: &RelationEntry, criteria: &[Criterion], page: &mut Page<'_>) -> io::Result<()> {
    page.heading("Verdict", "the first one that has all its conditions met")?;
    let lead = Cell::new(relation.verdict.id(), FOUND);
    page.item(0, &lead, relations::VERDICT_WIDTH, &relations::sentence(relation, "A", "B"), Style::new())?;
    page.space()?;
    let mut table = Table::new(vec![
        Column::label(""),
        Column::label(""),
        Column::text("condition", 24),
        Column::figure("found"),
        Column::figure("needed"),
    ]);
    for verdict in [Verdict::Reprint, Verdict::Partial, Verdict::Quotation] {
        let style = if holds(criteria, verdict) { FOUND } else { QUIET };
        let conditions = criteria.iter().filter(|criterion| criterion.verdict == verdict);
        for (index, criterion) in conditions.enumerate() {
            let name = if index == 0 { verdict.id() } else { "" };
            let or = if criterion.alternative { "or " } else { "" };
            let needed = value(criterion.needed, criterion.unit);
            table.row(vec![
                Cell::new(name, style),
                Cell::new(
                    if criterion.met { "yes" } else { "no" },
                    if criterion.met { FOUND } else { QUIET },
                ),
                Cell::plain(format!("{or}{}", criterion.name)),
                Cell::plain(value(criterion.found, criterion.unit)),
                Cell::new(if criterion.below { format!("below {needed}") } else { needed }, QUIET),
            ]);
        }
    }
    page.table(0, table)
}

fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Words | Unit::Sentences => number(value as u64),
        Unit::Share => percent(value),
    }
}

fn write_direction(relation: &RelationEntry, page: &mut Page<'_>) -> io::Result<()> {
    page.heading("Direction", relations::status(relation.direction.status))?;
    for evidence in &relation.direction.evidence {
        page.prose(0, &clean::prose(&evidence.text), Style::new())?;
    }
    Ok(())
}

fn write_nearest(nearest: Option<&Nearest>, page: &mut Page<'_>) -> io::Result<()> {
    page.heading("Verdict", "nothing that both have reaches a threshold")?;
    let Some(nearest) = nearest else { return Ok(()) };
    page.prose(0, "What it would have taken, one of these:", Style::new())?;
    let mut table = Table::new(vec![Column::text("", 30), Column::figure("found"), Column::figure("needed")]);
    let run = if nearest.longest_run == 0 { "below 4".to_owned() } else { number(nearest.longest_run) };
    table.row(vec![
        Cell::plain("words of the longest run that both have"),
        Cell::plain(run),
        Cell::new(number(nearest.run_needed), QUIET),
    ]);
    table.row(vec![
        Cell::plain("of a paragraph's word triples in one of the other"),
        Cell::plain(percent(nearest.containment)),
        Cell::new(percent(nearest.containment_needed), QUIET),
    ]);
    page.table(0, table)?;
    if nearest.text.is_empty() {
        return Ok(());
    }
    page.prose(0, &format!("The longest run: “{}”", clean::prose(&nearest.text)), QUIET)
}

fn write_agencies(comparison: &Comparison, page: &mut Page<'_>) -> io::Result<()> {
    page.heading("Agencies", "what each article says")?;
    for (name, article) in [("A", &comparison.a), ("B", &comparison.b)] {
        let credit = &article.agency;
        let level = articles::level(credit);
        page.line(0, &[Cell::new(format!("{name}  "), FOUND), Cell::plain(level)])?;
        // The same words under every picture are said once.
        let said = |x: &AgencyEvidence, y: &AgencyEvidence| x.rule == y.rule && x.text == y.text;
        for same in credit.evidence.chunk_by(said) {
            let times = if same.len() > 1 { format!(", {} times", same.len()) } else { String::new() };
            let [rule, text] = [&same[0].rule, &same[0].text].map(|text| clean::prose(text));
            page.prose(3, &format!("{rule}: “{text}”{times}"), QUIET)?;
        }
        if let Some(found) = &article.credited_elsewhere {
            let names = articles::join(&found.names);
            let text = format!("matches copy credited to {names} in the other, {}", percent(found.share));
            page.prose(3, &text, Style::new())?;
        }
    }
    Ok(())
}
