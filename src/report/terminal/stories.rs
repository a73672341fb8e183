//! Groups of related articles, each with its articles by time.

use std::collections::HashMap;
use std::io;

use anstyle::Style;

use super::articles::{self, Articles};
use super::figures::{count, date, len, number, percent};
use super::page::{FOUND, Page, QUIET, STRONG};
use super::table::{Cell, Column, Table};
use super::{clean, relations};
use crate::report::{ArticleEntry, ArticleId, OriginEntry, RelationEntry, Report, StoryEntry};

/// Most stories on a short list.
const TOP_STORIES: usize = 10;
/// Most articles of a story on a short list.
const TOP_ARTICLES: usize = 12;
/// Most origins of a story on a short list.
const TOP_ORIGINS: usize = 4;
/// Most articles of an origin on a short list.
const TOP_ORIGIN_ARTICLES: usize = 6;
/// Most relations of a story on a short list.
const TOP_RELATIONS: usize = 3;
/// Cells of the bar that shows own and reused text.
const BAR: usize = 10;

/// Writes the largest stories.
pub(super) fn write(report: &Report, index: &Articles<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let stories = &report.stories;
    if stories.is_empty() {
        return Ok(());
    }
    let legend = match Columns::of(page.width()) {
        Columns::Few => "",
        Columns::Usual | Columns::All => "; █ reused narrative, ▒ reused quotation, · own text",
    };
    let stories_read = count(len(stories), "story", "stories");
    let note = format!("{stories_read}, largest first{legend}");
    page.heading("Stories", &note)?;
    let shown = page.shown(stories.len(), TOP_STORIES);
    let inside = relations::by_story(report, shown);
    for (number, (story, inside)) in stories.iter().zip(&inside).enumerate() {
        if number > 0 {
            page.space()?;
        }
        write_story(number + 1, story, inside, index, page)?;
    }
    page.more(0, stories.len(), shown)
}

fn write_story(
    number: usize,
    story: &StoryEntry,
    inside: &[&RelationEntry],
    index: &Articles<'_>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let members = index.listed(&story.articles);
    let title = story.title.as_deref().map(clean::prose);
    let title = title.or_else(|| members.first().map(|article| articles::title(&article.head)));
    let title = title.unwrap_or_else(|| clean::name(&story.id));
    page.line(0, &[Cell::new(format!("{number}  {title}"), STRONG)])?;
    page.prose(2, &totals(story, &members), QUIET)?;
    let shown = page.shown(members.len(), TOP_ARTICLES);
    page.table(2, table(&members[..shown], page.width()))?;
    page.more(2, members.len(), shown)?;

    let numbers: HashMap<&str, usize> =
        members.iter().enumerate().map(|(at, article)| (&*article.head.id, at + 1)).collect();
    write_origins(&story.origins, &numbers, page)?;
    let shown = page.shown(inside.len(), TOP_RELATIONS);
    for relation in &inside[..shown] {
        let name = |id: &ArticleId| match numbers.get(&**id) {
            Some(number) => format!("[{number}]"),
            None => index.label(id),
        };
        let (a, b) = (name(&relation.a), name(&relation.b));
        let lead = Cell::new(relation.verdict.id(), FOUND);
        page.item(2, &lead, LEAD, &relations::sentence(relation, &a, &b), Style::new())?;
    }
    page.more(2, inside.len(), shown)
}

/// How many columns a page has room for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Columns {
    Few,
    Usual,
    All,
}

impl Columns {
    fn of(page_width: usize) -> Self {
        match page_width {
            ..80 => Self::Few,
            80..120 => Self::Usual,
            120.. => Self::All,
        }
    }
}

/// Columns of the words before origins and relations.
const LEAD: usize = relations::VERDICT_WIDTH;

fn totals(story: &StoryEntry, members: &[&ArticleEntry]) -> String {
    let mut parts = vec![count(len(members), "article", "articles")];
    let outlets = articles::outlets(members);
    if outlets > 0 {
        parts.push(count(outlets, "outlet", "outlets"));
    }
    let origins = story.independent_origins;
    parts.push(count(origins, "independent origin", "independent origins"));
    if members.len() > 2 {
        parts.push(format!("pairs share {} on average", percent(story.cohesion)));
    }
    let mut times = members.iter().filter_map(|article| article.head.published.as_deref());
    if let Some(first) = times.next().map(clean::name) {
        let last = times.next_back().map_or_else(|| first.clone(), clean::name);
        let (first, last) = (date(&first), date(&last));
        parts.push(if first == last { first.to_owned() } else { format!("{first} to {last}") });
    }
    parts.join(", ")
}

fn write_origins(
    origins: &[OriginEntry],
    numbers: &HashMap<&str, usize>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let shown = page.shown(origins.len(), TOP_ORIGINS);
    for origin in &origins[..shown] {
        let articles = count(len(&origin.articles), "article", "articles");
        // Where there is one origin, it is that of all.
        let listed = if origins.len() > 1 { listed(&origin.articles, numbers, page) } else { String::new() };
        let text =
            format!("{}: {} ({articles}{listed})", clean::prose(&origin.name), clean::prose(&origin.reason));
        page.item(2, &Cell::new("origin", QUIET), LEAD, &text, Style::new())?;
    }
    page.more(2, origins.len(), shown)
}

/// The numbers of an origin's articles: `: [1] [4] [7] and 12 more`.
fn listed(articles: &[ArticleId], numbers: &HashMap<&str, usize>, page: &Page<'_>) -> String {
    let shown = page.shown(articles.len(), TOP_ORIGIN_ARTICLES);
    let known = articles[..shown].iter().filter_map(|article| numbers.get(&**article));
    let known: Vec<String> = known.map(|number| format!("[{number}]")).collect();
    let more = articles.len() - shown;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(": {}{more}", known.join(" "))
}

fn table(members: &[&ArticleEntry], page_width: usize) -> Table {
    let columns = Columns::of(page_width);
    let (roomy, wide) = (columns >= Columns::Usual, columns == Columns::All);
    let only = |wanted: bool, text: String| if wanted { text } else { String::new() };
    let mut table = Table::new(vec![
        Column::figure(""),
        Column::label("time"),
        Column::text("outlet", 12),
        Column::label(""),
        Column::figure("own"),
        Column::figure("reused"),
        Column::figure("quoted"),
        Column::figure("words"),
        Column::text("agency", 12),
        Column::text("title", 24),
        Column::text("file", 12),
    ]);
    for (at, article) in members.iter().enumerate() {
        let narrative = article.reused_share - article.reused_quoted_share;
        table.row(vec![
            Cell::new(format!("[{}]", at + 1), QUIET),
            articles::time(&article.head, roomy),
            Cell::plain(articles::outlet(&article.head)),
            Cell::new(only(roomy, bar(narrative, article.reused_share)), FOUND),
            Cell::plain(percent(article.own_share)),
            Cell::plain(only(wide, percent(narrative))),
            Cell::plain(only(wide, percent(article.reused_quoted_share))),
            Cell::new(only(wide, number(article.words)), QUIET),
            Cell::new(only(roomy, articles::credit(article)), FOUND),
            Cell::plain(articles::title(&article.head)),
            Cell::new(only(wide && article.head.title.is_some(), articles::place(&article.head)), QUIET),
        ]);
    }
    table
}

/// Reused narrative, reused quotations and own text as cells; what there is a little of keeps
/// one cell.
fn bar(narrative: f64, reused: f64) -> String {
    let cells = |share: f64| {
        let cells = (share * BAR as f64).round().clamp(0.0, BAR as f64) as usize;
        if share > 0.0 { cells.max(1) } else { cells }
    };
    let reused = cells(reused);
    let narrative = cells(narrative).min(reused);
    ["█".repeat(narrative), "▒".repeat(reused - narrative), "·".repeat(BAR - reused)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_always_have_ten_cells_and_show_traces() {
        assert_eq!(bar(0.5, 0.7), "█████▒▒···");
        assert_eq!(bar(0.01, 0.01), "█·········");
        assert_eq!(bar(0.0, 1.0), "▒▒▒▒▒▒▒▒▒▒");
        assert_eq!(bar(0.0, 0.0), "··········");
        assert_eq!(bar(f64::NAN, f64::NAN), "··········");
    }
}
