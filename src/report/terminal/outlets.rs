//! How much of each outlet's text also stands elsewhere.

use std::cmp::Reverse;
use std::io;

use super::clean;
use super::figures::{count, len, number, percent};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::table::{Cell, Column, Table};
use crate::report::{OutletEdge, OutletEntry};

/// Most outlets on a short list.
const TOP: usize = 15;
/// Most other outlets named beside one.
const TOP_EDGES: usize = 4;

/// Writes the outlets, those with the most shared articles first.
pub(super) fn write(outlets: &[OutletEntry], page: &mut Page<'_>) -> io::Result<()> {
    if outlets.is_empty() {
        return Ok(());
    }
    let mut sorted: Vec<_> = outlets.iter().collect();
    sorted.sort_by_key(|outlet| {
        let sharing = outlet.reprints + outlet.partial;
        (Reverse(sharing), Reverse(outlet.flagged), Reverse(outlet.articles), &outlet.name)
    });
    let note = format!("{}, by articles shared with others", count(len(outlets), "outlet", "outlets"));
    page.heading("Outlets", &note)?;
    let shown = page.shown(sorted.len(), TOP);
    let roomy = page.width() >= 80;
    let mut table = Table::new(vec![
        Column::text("outlet", 12),
        Column::figure("articles"),
        Column::figure("reprints"),
        Column::figure("partial"),
        Column::figure("agency"),
        Column::figure("own"),
        Column::text("shares text with", 16),
    ]);
    for outlet in &sorted[..shown] {
        let figure = |value: u64| {
            if value == 0 { Cell::new("–", QUIET) } else { Cell::new(number(value), FOUND) }
        };
        table.row(vec![
            Cell::new(clean::prose(&outlet.name), STRONG),
            Cell::plain(number(outlet.articles)),
            figure(outlet.reprints),
            figure(outlet.partial),
            figure(outlet.flagged),
            Cell::plain(percent(outlet.own_share)),
            Cell::new(if roomy { edges(&outlet.edges) } else { String::new() }, QUIET),
        ]);
    }
    page.table(0, table)?;
    page.more(0, sorted.len(), shown)
}

fn edges(edges: &[OutletEdge]) -> String {
    let named = edges.iter().take(TOP_EDGES);
    let named = named.map(|edge| format!("{} {}", clean::prose(&edge.outlet), number(edge.shares_text)));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if edges.len() > TOP_EDGES {
        text.push_str(&format!(", {} more", edges.len() - TOP_EDGES));
    }
    text
}
