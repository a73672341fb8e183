//! The totals, first thing on the page.

use std::io;

use anstyle::Style;

use super::figures::{count, number, percent};
use super::page::{Page, STRONG};
use crate::report::{Report, Summary};

/// Writes what was read, how much of it is shared, and, where nothing is, what was compared.
pub(super) fn write(report: &Report, page: &mut Page<'_>) -> io::Result<()> {
    let summary = &report.summary;
    page.statement(&read(summary), STRONG)?;
    if report.relations.is_empty() && report.exact_groups.is_empty() {
        page.statement(&nothing_shared(report), Style::new())?;
    } else {
        page.statement(&shared(report), Style::new())?;
        if summary.relations > 0 {
            page.statement(&pairs(summary), Style::new())?;
        }
    }
    Ok(())
}

fn read(summary: &Summary) -> String {
    let mut parts = vec![count(summary.articles, "article", "articles")];
    if summary.outlets > 0 {
        parts.push(count(summary.outlets, "outlet", "outlets"));
    }
    parts.push(count(summary.paragraphs, "paragraph", "paragraphs"));
    parts.push(count(summary.words, "word", "words"));
    if summary.files != summary.articles {
        parts.push(count(summary.files, "file", "files"));
    }
    parts.join(", ")
}

fn shared(report: &Report) -> String {
    let summary = &report.summary;
    let mut parts = vec![match summary.articles_sharing {
        0 => "no article shares narrative text with another".to_owned(),
        1 => "1 article shares narrative text with another".to_owned(),
        sharing => {
            format!("{} articles share narrative text with another", number(sharing))
        }
    }];
    match report.stories.as_slice() {
        [] => {}
        [story] => {
            let origins = story.independent_origins;
            let origins = count(origins, "independent origin", "independent origins");
            parts.push(format!("1 story with {origins}"));
        }
        _ => parts.push(format!(
            "{}, {} of them with 1 independent origin",
            count(summary.stories, "story", "stories"),
            number(summary.stories_with_one_origin),
        )),
    }
    if summary.flagged > 0 {
        parts.push(count(summary.flagged, "agency-feed reprint", "agency-feed reprints"));
    }
    parts.join("; ")
}

fn pairs(summary: &Summary) -> String {
    let kinds = [
        count(summary.reprints, "reprint", "reprints"),
        count(summary.partials, "partial", "partial"),
        count(summary.quotations, "quotation", "quotations"),
        count(summary.incidental, "incidental", "incidental"),
        count(summary.boilerplate, "boilerplate", "boilerplate"),
    ];
    let kinds = kinds.into_iter().filter(|kind| !kind.starts_with("0 "));
    format!(
        "{}: {}",
        count(summary.relations, "pair of articles", "pairs of articles"),
        kinds.collect::<Vec<_>>().join(", ")
    )
}

/// An empty result says what was looked for, and among what.
fn nothing_shared(report: &Report) -> String {
    let options = &report.run.options.matching;
    let summary = &report.summary;
    if summary.articles < 2 {
        return "One article alone cannot share text with another: give more files.".to_owned();
    }
    let nothing = match report.standing_text.as_slice() {
        [] => "Nothing",
        _ => "Apart from standing text, nothing",
    };
    format!(
        "{nothing} stands in two articles: no run of {} or more words, and no paragraph of {} or more \
         words with {} of its word triples in another. Each of {} was compared with those of all \
         other articles.",
        options.min_run,
        options.min_words,
        percent(options.containment),
        count(summary.paragraphs, "paragraph", "paragraphs"),
    )
}
