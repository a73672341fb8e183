//! Standing text that was set aside.

use std::io;

use super::clean;
use super::figures::{count, len};
use super::page::{Page, QUIET};
use super::table::{Cell, Column, Table};
use crate::report::StandingText;

/// Most texts on a short list.
const TOP: usize = 5;

/// Writes the most frequent standing texts, a line each.
pub(super) fn write(texts: &[StandingText], page: &mut Page<'_>) -> io::Result<()> {
    if texts.is_empty() {
        return Ok(());
    }
    let note = format!("{} set aside; counted for nobody", count(len(texts), "text", "texts"));
    page.heading("Standing text", &note)?;
    let shown = page.shown(texts.len(), TOP);
    let mut table = Table::new(vec![Column::figure(""), Column::text("", 12), Column::text("", 24)]);
    for standing in &texts[..shown] {
        table.row(vec![
            Cell::plain(count(standing.articles, "article", "articles")),
            Cell::plain(clean::prose(&standing.outlet)),
            Cell::new(clean::prose(&standing.text), QUIET),
        ]);
    }
    page.table(0, table)?;
    page.more(0, texts.len(), shown)
}
