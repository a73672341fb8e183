//! Agency-feed reprints, one line an article, and what they add up to.

use std::io::{self, Write};

use anstyle::Style;

use super::agencies::rules;
use super::articles::{outlet, place};
use super::clean;
use super::figures::{count, number, percent};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::table::{Cell, Column, Table};
use super::{TerminalOptions, skipped};
use crate::agency::Level;
use crate::report::AgencyEvidence;
use crate::report::flags::{FlagEntry, FlagKind, Flags};

/// Most agencies and outlets on a short list.
const TOP: usize = 15;

/// Writes flags as text, with ANSI styles. The articles are always all listed.
///
/// # Errors
/// When `out` fails.
pub fn write(flags: &Flags, options: &TerminalOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, options);
    write_totals(flags, &mut page)?;
    write_credits(flags, &mut page)?;
    write_elsewhere(flags, &mut page)?;
    write_releases(flags, &mut page)?;
    write_agencies(flags, &mut page)?;
    write_outlets(flags, &mut page)?;
    skipped::write(&flags.skipped, &mut page)
}

fn write_totals(flags: &Flags, page: &mut Page<'_>) -> io::Result<()> {
    let summary = &flags.summary;
    let credit = if summary.flagged == 1 { "credits its" } else { "credit their" };
    let of = count(summary.articles, "article", "articles");
    let flagged = match summary.flagged {
        0 => "none".to_owned(),
        some => number(some),
    };
    page.statement(&format!("{of}, {flagged} {credit} whole text to an agency or a feed"), STRONG)?;
    let levels = [
        (summary.declared, "declared"),
        (summary.feed_unnamed, "feed without a name"),
        (summary.contributed, "with inputs of one"),
        (summary.cited, "citing one"),
        (summary.photo, "with its picture"),
        (summary.credited_elsewhere, "matching copy credited elsewhere"),
        (summary.releases, "announced over a release service"),
    ];
    let levels = levels.into_iter().filter(|&(articles, _)| articles > 0);
    let levels = levels.map(|(articles, what)| format!("{} {what}", number(articles)));
    let levels = levels.collect::<Vec<_>>().join(", ");
    page.statement(&levels, Style::new())?;
    if flags.compared {
        return Ok(());
    }
    page.statement("Articles were not compared: no shares, and no copy credited elsewhere.", QUIET)
}

fn of_kind(flags: &Flags, kind: FlagKind) -> Vec<&FlagEntry> {
    flags.flags.iter().filter(|entry| entry.kind == kind).collect()
}

fn write_credits(flags: &Flags, page: &mut Page<'_>) -> io::Result<()> {
    let entries = of_kind(flags, FlagKind::Credit);
    if entries.is_empty() {
        return Ok(());
    }
    let title = if flags.level.is_feed() { "Agency-feed reprints" } else { "Agency credits" };
    let wire =
        if flags.compared { "; wire: share that stands in others that declare the agency" } else { "" };
    page.heading(title, &format!("with the words that say so{wire}"))?;
    let mut table = Table::new(vec![
        Column::label("level"),
        Column::text("agency", 8),
        Column::figure("wire"),
        Column::text("outlet", 10),
        Column::path("article", 16),
        Column::text("words", 20),
    ]);
    for entry in entries {
        table.row(vec![
            Cell::new(level(entry.level), FOUND),
            Cell::new(names(&entry.names), STRONG),
            Cell::plain(entry.wire_share.map(percent).unwrap_or_default()),
            Cell::plain(outlet(&entry.head)),
            Cell::plain(place(&entry.head)),
            Cell::new(entry.evidence.as_ref().map(quoted).unwrap_or_default(), QUIET),
        ]);
    }
    page.table(0, table)
}

fn write_elsewhere(flags: &Flags, page: &mut Page<'_>) -> io::Result<()> {
    let entries = of_kind(flags, FlagKind::CreditedElsewhere);
    if entries.is_empty() {
        return Ok(());
    }
    let note = "these name no agency; most of their text stands in an article that declares one";
    page.heading("Matches copy credited elsewhere", note)?;
    let mut table = Table::new(vec![
        Column::text("agency", 8),
        Column::figure("share"),
        Column::text("outlet", 10),
        Column::path("article", 16),
        Column::text("credited in", 16),
        Column::text("words there", 20),
    ]);
    for entry in entries {
        let Some(found) = &entry.credited_elsewhere else { continue };
        let there = clean::name(&found.article);
        let there =
            found.outlet.as_deref().map_or(there.clone(), |name| format!("{} {there}", clean::prose(name)));
        table.row(vec![
            Cell::new(names(&found.names), STRONG),
            Cell::plain(percent(found.share)),
            Cell::plain(outlet(&entry.head)),
            Cell::plain(place(&entry.head)),
            Cell::plain(there),
            Cell::new(found.evidence.as_ref().map_or("its own outlet".to_owned(), quoted), QUIET),
        ]);
    }
    page.table(0, table)
}

fn write_releases(flags: &Flags, page: &mut Page<'_>) -> io::Result<()> {
    let entries = of_kind(flags, FlagKind::Release);
    if entries.is_empty() {
        return Ok(());
    }
    page.heading("Releases", "announcements that came over a release service; no agency's reporting")?;
    let mut table = Table::new(vec![
        Column::text("service", 8),
        Column::text("outlet", 10),
        Column::path("article", 16),
        Column::text("words", 20),
    ]);
    for entry in entries {
        table.row(vec![
            Cell::new(names(&entry.names), STRONG),
            Cell::plain(outlet(&entry.head)),
            Cell::plain(place(&entry.head)),
            Cell::new(entry.evidence.as_ref().map(quoted).unwrap_or_default(), QUIET),
        ]);
    }
    page.table(0, table)
}

fn write_agencies(flags: &Flags, page: &mut Page<'_>) -> io::Result<()> {
    if flags.agencies.is_empty() {
        return Ok(());
    }
    page.heading("By agency", "listed articles, and in how many each rule decided")?;
    let shown = page.shown(flags.agencies.len(), TOP);
    let mut table =
        Table::new(vec![Column::text("agency", 16), Column::figure("listed"), Column::text("rules", 16)]);
    for agency in &flags.agencies[..shown] {
        let name = agency.name.as_deref().map_or("no agency named".to_owned(), clean::prose);
        table.row(vec![
            Cell::new(name, STRONG),
            Cell::new(number(agency.articles), FOUND),
            Cell::new(rules(&agency.rules), QUIET),
        ]);
    }
    page.table(0, table)?;
    page.more(0, flags.agencies.len(), shown)
}

fn write_outlets(flags: &Flags, page: &mut Page<'_>) -> io::Result<()> {
    if flags.outlets.is_empty() {
        return Ok(());
    }
    page.heading("By outlet", "listed articles, and in how many each rule decided")?;
    let shown = page.shown(flags.outlets.len(), TOP);
    let mut table = Table::new(vec![
        Column::text("outlet", 16),
        Column::figure("articles"),
        Column::figure("listed"),
        Column::figure("elsewhere"),
        Column::text("rules", 16),
    ]);
    for outlet in &flags.outlets[..shown] {
        let some = |value: u64| if value == 0 { String::new() } else { number(value) };
        table.row(vec![
            Cell::new(outlet.name.as_deref().map_or("unknown".to_owned(), clean::prose), STRONG),
            Cell::plain(number(outlet.articles)),
            Cell::new(number(outlet.flagged), FOUND),
            Cell::plain(some(outlet.credited_elsewhere)),
            Cell::new(rules(&outlet.rules), QUIET),
        ]);
    }
    page.table(0, table)?;
    page.more(0, flags.outlets.len(), shown)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::FeedUnnamed => "feed",
        Level::Declared | Level::Contributed | Level::Cited | Level::Photo | Level::About | Level::None => {
            level.id()
        }
    }
}

fn names(names: &[String]) -> String {
    if names.is_empty() {
        return "not named".to_owned();
    }
    names.iter().map(|name| clean::prose(name)).collect::<Vec<_>>().join(", ")
}

fn quoted(evidence: &AgencyEvidence) -> String {
    format!("“{}”", clean::prose(&evidence.text))
}
