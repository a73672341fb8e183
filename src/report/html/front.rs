//! The front page: what was read, what was found, and what to keep in mind.

mod warnings;

use std::collections::HashMap;
use std::fmt::Write as _;

use super::escape;
use crate::report::comparison::Comparison;
use crate::report::figures::{count, date, number, percent};
use crate::report::{ArticleEntry, Report, SkippedEntry, StoryEntry, Summary};

/// Most stories on the front page.
const TOP_STORIES: usize = 12;
/// Most rows of what was not read.
const TOP_SKIPPED: usize = 20;

/// The front page of a report, as HTML.
pub(super) fn of_report(report: &Report) -> String {
    let mut page = String::new();
    let paths: Vec<String> = report.run.paths.iter().map(|path| escape::name(path)).collect();
    line(&mut page, &format!("<p class=\"kicker\">Shared text in {}</p>", paths.join(", ")));
    line(&mut page, &format!("<h1>{}</h1>", headline(&report.summary)));
    line(&mut page, &format!("<p class=\"intro\">{}</p>", read(&report.summary)));
    figures(&mut page, &report.summary);
    warnings::write(&mut page, report);
    method(&mut page, report);
    stories(&mut page, report);
    verdicts(&mut page, &report.summary);
    skipped(&mut page, &report.skipped);
    page
}

/// The front page of a comparison: what can be said without a script.
pub(super) fn of_comparison(comparison: &Comparison) -> String {
    let mut page = String::new();
    line(&mut page, "<p class=\"kicker\">Two articles</p>");
    let [a, b] = [&comparison.a, &comparison.b].map(title);
    line(&mut page, &format!("<h1>{a} <span class=\"quiet\">and</span> {b}</h1>"));
    let found = match &comparison.relation {
        Some(relation) => format!(
            "They share {}: {} of the reporting of the first, {} of the second.",
            count(relation.shared_words, "word", "words"),
            percent(relation.share_a),
            percent(relation.share_b)
        ),
        None => "They have no text in common above the thresholds.".to_owned(),
    };
    line(&mut page, &format!("<p class=\"intro\">{found}</p>"));
    page
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

fn headline(summary: &Summary) -> String {
    let articles = match summary.articles_sharing {
        0 => format!(
            "None of {} shares narrative text with another",
            count(summary.articles, "article", "articles")
        ),
        sharing => format!(
            "{} of {} {} narrative text with another",
            number(sharing),
            count(summary.articles, "article", "articles"),
            if sharing == 1 { "shares" } else { "share" },
        ),
    };
    let stories = match (summary.stories, summary.stories_with_one_origin) {
        (0, _) => String::new(),
        (1, 1) => "; the one story has one origin".to_owned(),
        (1, _) => "; the one story has several origins".to_owned(),
        (all, one) => format!(
            "; {} of {} stories {} one origin",
            number(one),
            number(all),
            if one == 1 { "has" } else { "have" }
        ),
    };
    format!("{articles}{stories}.")
}

fn read(summary: &Summary) -> String {
    format!(
        "Read: {} from {} in {}, with {} and {}.",
        count(summary.articles, "article", "articles"),
        count(summary.outlets, "outlet", "outlets"),
        count(summary.files, "file", "files"),
        count(summary.paragraphs, "paragraph", "paragraphs"),
        count(summary.words, "word", "words"),
    )
}

/// The totals, each with the list that it counts.
fn figures(page: &mut String, summary: &Summary) {
    // The value, its noun for one and for many, and the view that lists what it counts.
    let rows = [
        (
            summary.articles_sharing,
            ["article", "articles"],
            " in a reprint or partial relation",
            "articles?sharing=yes",
        ),
        (summary.stories, ["story", "stories"], "", "stories"),
        (
            summary.stories_with_one_origin,
            ["story", "stories"],
            " with one independent origin",
            "stories?origins=one",
        ),
        (summary.flagged, ["agency-feed reprint", "agency-feed reprints"], "", "articles?feed=yes"),
        (
            summary.credited_elsewhere,
            ["article", "articles"],
            " more with copy credited elsewhere",
            "articles?feed=matching",
        ),
        (summary.exact_articles, ["article", "articles"], " wholly the same as another", "repeated"),
        (
            summary.names_mismatch,
            ["name", "names"],
            " with a digest that the file does not have",
            "names?verdict=mismatch",
        ),
    ];
    line(page, "<ul class=\"figures\">");
    for (value, [one, many], rest, view) in rows {
        let noun = if value == 1 { one } else { many };
        line(
            page,
            &format!("<li><a href=\"#/{view}\"><strong>{}</strong> {noun}{rest}</a></li>", number(value)),
        );
    }
    line(page, "</ul>");
}

fn method(page: &mut String, report: &Report) {
    let options = &report.run.options.matching;
    line(page, "<section>\n<h2>How to read it</h2>");
    line(
        page,
        &format!(
            "<p>Every paragraph of {} or more words was compared with those of all other articles. Reported \
         are all pairs where at least {} of the shorter one’s word triples stand in the other, or {} of \
         them and at least {}, and all verbatim runs of {} or more words; nothing is sampled or left out \
         for being common. Paraphrase and translation are not found.</p>",
            options.min_words,
            percent(options.containment),
            options.many_shingles,
            percent(options.long_containment.min(options.containment)),
            options.min_run
        ),
    );
    line(
        page,
        "<p>Shared text is no accusation: a quotation is not copying, two articles may have the same \
        words from an agency or a release, and who was first is said only where credits, links or stated \
        times with a zone establish it. “Not established” is the usual answer. \
        <a href=\"#/method\">Method, options and digests of the input</a></p>",
    );
    line(page, "</section>");
}

fn stories(page: &mut String, report: &Report) {
    if report.stories.is_empty() {
        return;
    }
    let articles: HashMap<&str, &ArticleEntry> =
        report.articles.iter().map(|article| (&*article.head.id, article)).collect();
    line(page, "<section>\n<h2>Largest stories</h2>\n<table role=\"table\">");
    line(
        page,
        "<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Story</th>\
        <th role=\"columnheader\" scope=\"col\" class=\"figure\">Articles</th>\
        <th role=\"columnheader\" scope=\"col\" class=\"figure\">Outlets</th>\
        <th role=\"columnheader\" scope=\"col\">Origins</th><th role=\"columnheader\" scope=\"col\">Stated times</th>\
        </tr></thead>\n<tbody role=\"rowgroup\">",
    );
    for story in report.stories.iter().take(TOP_STORIES) {
        story_row(page, story, &articles);
    }
    line(page, "</tbody>\n</table>");
    let all = count(report.stories.len() as u64, "story", "stories");
    line(page, &format!("<p><a href=\"#/stories\">To sort and search: {all}</a></p>\n</section>"));
}

fn story_row(page: &mut String, story: &StoryEntry, articles: &HashMap<&str, &ArticleEntry>) {
    let members: Vec<&ArticleEntry> =
        story.articles.iter().filter_map(|id| articles.get(&**id).copied()).collect();
    let head = match &story.title {
        Some(title) => format!("<bdi>{}</bdi>", escape::prose(title)),
        None => members.first().map(|article| title(article)).unwrap_or_default(),
    };
    let mut outlets: Vec<_> = members.iter().filter_map(|article| article.head.outlet.as_ref()).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let mut times: Vec<&str> =
        members.iter().filter_map(|article| article.head.published.as_deref()).map(date).collect();
    times.sort_unstable();
    let times = match (times.first(), times.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{} to {}", escape::name(first), escape::name(last))
        }
        (Some(first), _) => escape::name(first),
        _ => "none".to_owned(),
    };
    let origins: Vec<String> = story
        .origins
        .iter()
        .take(3)
        .map(|origin| format!("<bdi>{}</bdi>", escape::prose(&origin.name)))
        .collect();
    let more = story.origins.len().saturating_sub(3);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let cell = |name: &str, class: &str, content: &str| {
        format!("<td role=\"cell\" data-name=\"{name}\"{class}>{content}</td>")
    };
    let figure = " class=\"figure\"";
    line(
        page,
        &[
            "<tr role=\"row\">".to_owned(),
            cell(
                "Story",
                " class=\"lead\"",
                &format!("<a href=\"#/story/{}\">{head}</a>", escape::address(&story.id)),
            ),
            cell("Articles", figure, &number(members.len() as u64)),
            cell("Outlets", figure, &number(outlets.len() as u64)),
            cell("Origins", "", &format!("{}: {}{more}", story.independent_origins, origins.join(", "))),
            cell("Stated times", "", &times),
            "</tr>".to_owned(),
        ]
        .concat(),
    );
}

fn title(article: &ArticleEntry) -> String {
    let head = &article.head;
    let title = head.title.as_deref().map(escape::prose).unwrap_or_default();
    let title = if title.is_empty() { place(&head.path, head.record) } else { title };
    format!("<bdi>{title}</bdi>")
}

fn place(path: &str, record: Option<u64>) -> String {
    let path = escape::name(path);
    record.map_or_else(|| path.clone(), |record| format!("{path}:{record}"))
}

fn verdicts(page: &mut String, summary: &Summary) {
    if summary.relations == 0 {
        return;
    }
    line(page, "<section>\n<h2>Pairs of articles</h2>");
    line(
        page,
        &format!(
            "<p>{} share something above the thresholds.</p>\n<ul class=\"verdicts\">",
            count(summary.relations, "pair", "pairs")
        ),
    );
    let rows = [
        (summary.reprints, "reprint", "at least two thirds of what one article reports stands in the other"),
        (
            summary.partials,
            "partial",
            "a substantial part of the narrative is shared, and there is own text too",
        ),
        (summary.quotations, "quotation", "what is shared is quoted speech, with little or no narrative"),
        (summary.incidental, "incidental", "something is shared, too little for any of the others"),
        (summary.boilerplate, "boilerplate", "only page furniture or standing text is shared"),
    ];
    for (value, name, meaning) in rows {
        line(
            page,
            &format!(
                "<li><strong>{}</strong> <a class=\"verdict\" href=\"#/pairs?verdict={name}\">{name}</a> {meaning}</li>",
                number(value)
            ),
        );
    }
    line(page, "</ul>\n</section>");
}

fn skipped(page: &mut String, rows: &[SkippedEntry]) {
    if rows.is_empty() {
        return;
    }
    line(page, "<section>\n<h2>Not read</h2>\n<ul class=\"skipped\">");
    // What is missing comes before what is passed over by design.
    let missing = rows.iter().filter(|row| row.incomplete).chain(rows.iter().filter(|row| !row.incomplete));
    for row in missing.take(TOP_SKIPPED) {
        let mut text = format!(
            "<li><bdi>{}</bdi>: <bdi>{}</bdi>",
            place(&row.path, row.record),
            escape::prose(&row.reason)
        );
        let _ = write!(
            text,
            "{}</li>",
            if row.incomplete { "" } else { " <span class=\"quiet\">(passed over by design)</span>" }
        );
        line(page, &text);
    }
    line(page, "</ul>");
    let all = count(rows.len() as u64, "entry", "entries");
    line(page, &format!("<p><a href=\"#/skipped\">With filters: {all}</a></p>\n</section>"));
}
