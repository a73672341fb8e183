//! The strongest shared passages, quoted.

use std::io;

use anstyle::Style;

use super::articles::Articles;
use super::clean;
use super::figures::count;
use super::page::{FOUND, Page, QUIET};
use super::table::Cell;
use crate::report::Highlight;

/// Most passages on a short list.
const TOP: usize = 5;
/// Most lines of a passage on a short list.
const TOP_LINES: usize = 6;

/// Writes passages in the first article's spelling, with both places where they stand.
pub(super) fn write(
    highlights: &[Highlight],
    articles: &Articles<'_>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    if highlights.is_empty() {
        return Ok(());
    }
    page.heading("Strongest passages", "as the first article spells them")?;
    let shown = page.shown(highlights.len(), TOP);
    for (number, highlight) in highlights[..shown].iter().enumerate() {
        if number > 0 {
            page.space()?;
        }
        let text = clean::prose(&highlight.text_a);
        let other = clean::prose(&highlight.text_b);
        let words = Cell::new(count(highlight.words, "word", "words"), FOUND);
        let spelling = if text == other { "" } else { ", spelled differently in places" };
        page.line(0, &[words, Cell::new(spelling, QUIET)])?;
        page.quotation(2, &text, Style::new(), TOP_LINES)?;
        let label = |id| Cell::plain(articles.label(id));
        page.line(2, &[Cell::new("stands in   ", QUIET), label(&highlight.a)])?;
        page.line(2, &[Cell::new("and also in ", QUIET), label(&highlight.b)])?;
    }
    page.more(0, highlights.len(), shown)
}
