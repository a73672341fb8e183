//! Articles that are wholly the same.

use std::io;

use super::articles::{self, Articles};
use super::figures::{count, len};
use super::page::{FOUND, Page, QUIET};
use super::table::{Cell, Column, Table};
use crate::report::{ExactGroup, ExactKind};

/// Most groups on a short list.
const TOP_GROUPS: usize = 8;
/// Most articles of a group on a short list.
const TOP_ARTICLES: usize = 5;

/// Writes the groups with their members.
pub(super) fn write(groups: &[ExactGroup], articles: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let members = groups.iter().map(|group| len(&group.articles)).sum();
    let note =
        format!("{} of {}", count(len(groups), "group", "groups"), count(members, "article", "articles"));
    page.heading("Exact copies", &note)?;
    let shown = page.shown(groups.len(), TOP_GROUPS);
    for group in &groups[..shown] {
        write_group(group, articles, page)?;
    }
    page.more(0, groups.len(), shown)
}

fn write_group(group: &ExactGroup, index: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let members = index.listed(&group.articles);
    let kind = match group.kind {
        ExactKind::Bytes => "same bytes",
        ExactKind::Text => "same words",
    };
    let mut note = format!("  {}", count(len(&members), "article", "articles"));
    let outlets = articles::outlets(&members);
    if outlets > 0 {
        note.push_str(&format!(", {}", count(outlets, "outlet", "outlets")));
    }
    page.line(0, &[Cell::new(kind, FOUND), Cell::new(note, QUIET)])?;
    let shown = page.shown(members.len(), TOP_ARTICLES);
    let columns = vec![Column::label(""), Column::text("", 12), Column::text("", 24), Column::text("", 12)];
    let mut table = Table::new(columns);
    for article in &members[..shown] {
        let titled = article.head.title.is_some() && page.width() >= 80;
        table.row(vec![
            articles::time(&article.head, page.width() >= 80),
            Cell::plain(articles::outlet(&article.head)),
            Cell::plain(articles::place(&article.head)),
            Cell::new(if titled { articles::title(&article.head) } else { String::new() }, QUIET),
        ]);
    }
    page.table(2, table)?;
    page.more(2, members.len(), shown)
}
