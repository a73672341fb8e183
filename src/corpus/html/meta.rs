//! What the tags of a page say about its article.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dom_query::{Document, NodeRef};

use super::blocks;
use super::page::CANONICAL;
use crate::corpus::Origin;
use crate::corpus::candidate::{Candidate, Field};

/// What meta tags are called, for each field the best first. Upper and lower case are the same, and
/// so are `.`, `-`, `_` and `:`.
const META: [(Field, &[&str]); 7] = [
    (
        Field::Title,
        &["og:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "twitter:title"],
    ),
    (
        Field::Published,
        &[
            "article:published_time",
            "og:article:published_time",
            "datePublished",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.created",
            "dcterms.date",
            "article.published",
            "pubdate",
            "publishdate",
            "publish_date",
            "publication_date",
            "published_time",
            "date",
        ],
    ),
    (
        Field::Outlet,
        &["og:site_name", "article:publisher_name", "dc.publisher", "dcterms.publisher", "application-name"],
    ),
    (Field::Url, &["og:url", "parsely-link", "twitter:url"]),
    (
        Field::Credit,
        &[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "byline",
            "source",
            "news_source",
            "article:source",
            "dc.source",
            "dcterms.source",
            "creditText",
            "provider",
            "sourceOrganization",
        ],
    ),
    (Field::Source, &["original-source", "syndication-source"]),
    (Field::Language, &["og:locale", "dc.language", "content-language", "inLanguage"]),
];

/// What [`META`] says of each name: the fields, and how good it is for them.
static PLACES: LazyLock<HashMap<String, Vec<(Field, usize)>>> = LazyLock::new(|| {
    let mut places = HashMap::<String, Vec<(Field, usize)>>::new();
    for (field, known) in &META {
        for (rank, name) in known.iter().enumerate() {
            places.entry(plainly(name)).or_default().push((*field, rank));
        }
    }
    places
});

fn plainly(name: &str) -> String {
    name.to_ascii_lowercase().replace(['.', '-', '_'], ":")
}

/// Words in the class, id or microdata of an element that holds who wrote or supplied an article.
const CREDIT_WORDS: [&str; 12] = [
    "byline",
    "author",
    "source",
    "credit",
    "agency",
    "provider",
    "creator",
    "attribution",
    "dateline",
    "signoff",
    "copyright",
    "wire",
];
/// Words there that make it something else: a picture's credit, a list of other articles.
const OTHER_WORDS: [&str; 17] = [
    "photo", "image", "picture", "caption", "media", "video", "figure", "gallery", "related", "footer",
    "nav", "menu", "comment", "widget", "sidebar", "card", "teaser",
];
static CREDIT_MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&CREDIT_WORDS));
static OTHER_MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&OTHER_WORDS));

/// Finds any of some words, in upper and lower case.
fn any_of(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a dozen short words")
}

/// Words in the text that make it a picture's credit.
const PICTURE_WORDS: [&str; 10] =
    ["photo", "image", "picture", "getty", "foto", "bild", "video", "via ", "courtesy", "illustration"];
/// Longest credit line, in bytes.
const LONGEST_CREDIT: usize = 120;
/// Credit lines that are taken from a page.
const MOST_CREDITS: usize = 12;

/// Collects what the tags say, for each field the best first; credit lines are in page order.
pub(super) fn read(document: &Document) -> Vec<Candidate> {
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    let mut credit_lines = 0;
    for node in document.root().descendants_it() {
        let Some(name) = node.element_ref().map(|element| element.name.local.clone()) else { continue };
        match &*name {
            "meta" => found.extend(meta(&node)),
            "link" if is_canonical(&node) => {
                found.extend(attribute(&node, "href", Field::Url, CANONICAL, 0));
            }
            "html" => found.extend(attribute(&node, "lang", Field::Language, "html lang", 10)),
            "title" => found.extend(text(&node, Field::Title, "title", 30)),
            "h1" => found.extend(text(&node, Field::Title, "h1", 20)),
            "time" => found.extend(time(&node)),
            _ => {
                found.extend(microdata_time(&node));
                if credit_lines < MOST_CREDITS
                    && let Some(candidate) = credit_line(&node)
                {
                    credit_lines += 1;
                    found.push((50, candidate));
                }
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

fn candidate(field: Field, value: &str, place: &str) -> Option<Candidate> {
    let value = value.trim();
    (!value.is_empty()).then(|| Candidate {
        field,
        value: value.to_owned(),
        origin: Origin::Page(place.to_owned()),
    })
}

fn meta(node: &NodeRef<'_>) -> Vec<(usize, Candidate)> {
    let Some(content) = node.attr("content") else { return Vec::new() };
    let names = ["property", "name", "itemprop", "http-equiv"];
    let Some(name) = names.into_iter().find_map(|attribute| node.attr(attribute)) else { return Vec::new() };
    let places = PLACES.get(&plainly(&name)).into_iter().flatten();
    places.filter_map(|(field, rank)| Some((*rank, candidate(*field, &content, &name)?))).collect()
}

fn is_canonical(node: &NodeRef<'_>) -> bool {
    node.attr("rel")
        .is_some_and(|rel| rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical")))
}

fn attribute(
    node: &NodeRef<'_>,
    name: &str,
    field: Field,
    place: &str,
    rank: usize,
) -> Option<(usize, Candidate)> {
    Some((rank, candidate(field, &node.attr(name)?, place)?))
}

fn text(node: &NodeRef<'_>, field: Field, place: &str, rank: usize) -> Option<(usize, Candidate)> {
    let text: Vec<String> = node.text().split_whitespace().map(str::to_owned).collect();
    Some((rank, candidate(field, &text.join(" "), place)?))
}

/// A `<time>`: one that is marked as the time of publication counts before the others.
fn time(node: &NodeRef<'_>) -> Option<(usize, Candidate)> {
    let marked = node.has_attr("pubdate")
        || node.attr("itemprop").is_some_and(|property| property.contains("datePublished"));
    let (place, rank) = if marked { ("time itemprop=datePublished", 20) } else { ("time", 30) };
    attribute(node, "datetime", Field::Published, place, rank)
}

fn microdata_time(node: &NodeRef<'_>) -> Option<(usize, Candidate)> {
    let property = node.attr("itemprop")?;
    if &*property != "datePublished" {
        return None;
    }
    let place = "itemprop=datePublished";
    attribute(node, "content", Field::Published, place, 21)
        .or_else(|| text(node, Field::Published, place, 21))
}

/// A short line whose element says that it holds who wrote or supplied the article. Extractors
/// often delete these.
fn credit_line(node: &NodeRef<'_>) -> Option<Candidate> {
    let marks = || ["itemprop", "class", "id", "rel"].into_iter().filter_map(|name| node.attr(name));
    let word = marks().find_map(|mark| {
        let found = CREDIT_MARKS.find(&*mark)?;
        Some(CREDIT_WORDS[found.pattern().as_usize()])
    })?;
    let around = || node.ancestors_it(Some(6)).filter_map(|node| node.attr("class"));
    let is_other = |mark: &str| OTHER_MARKS.is_match(mark);
    if marks().any(|mark| is_other(&mark)) || blocks::is_hidden(node) {
        return None;
    }
    let text = node.text();
    if text.len() > LONGEST_CREDIT * 4 {
        return None;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = without_label(&line);
    let lower = line.to_lowercase();
    if line.len() > LONGEST_CREDIT || PICTURE_WORDS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let in_other = node.ancestors_it(None).any(|around| {
        let name = around.node_name();
        name.is_some_and(|name| {
            matches!(&*name, "nav" | "footer" | "aside" | "figure" | "figcaption" | "form")
        })
    });
    if in_other || around().any(|class| is_other(&class)) {
        return None;
    }
    candidate(Field::Credit, line, &format!("element {word}"))
}

/// Takes away `By`, `Source:` and the like.
fn without_label(line: &str) -> &str {
    let mut line = line.trim_start_matches(['©', '—', '-', '–', '|', ' ']);
    for label in
        ["By ", "BY ", "by ", "Source:", "SOURCE:", "Source :", "Credit:", "Author:", "Agency:", "Quelle:"]
    {
        line = line.strip_prefix(label).unwrap_or(line).trim_start();
    }
    line.trim_end_matches(['|', ' ', ',', '-', '–'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<String> {
        let candidates = read(&Document::from(html));
        candidates.into_iter().map(|c| format!("{:?} {} ({})", c.field, c.value, c.origin)).collect()
    }

    #[test]
    fn the_better_tag_comes_first_wherever_it_stands() {
        let html = "<html lang=en><title>Quay | Gazette</title><meta name=twitter:title content=' Quay '>\
                    <meta property=og:title content='Quay closed'><meta name=DC.date.issued content=2031-03-04>\
                    <link rel=canonical href=https://b.example/quay><meta property=og:url content=https://a.example/1>\
                    <meta name=syndication-source content=https://c.example/q><h1>Quay\n <a>is</a> closed</h1>";
        assert_eq!(
            found(html),
            [
                "Title Quay closed (page:og:title)",
                "Url https://b.example/quay (page:rel=canonical)",
                "Url https://a.example/1 (page:og:url)",
                "Source https://c.example/q (page:syndication-source)",
                "Title Quay (page:twitter:title)",
                "Published 2031-03-04 (page:DC.date.issued)",
                "Language en (page:html lang)",
                "Title Quay is closed (page:h1)",
                "Title Quay | Gazette (page:title)",
            ]
        );
    }

    #[test]
    fn credit_lines_of_the_article_are_found_and_those_of_pictures_are_not() {
        let html = "<article><p class=article-source>Source: <span>Reuters</span></p>\
                    <div itemprop=author>By Mara Quist</div><div class=photo-credit>AFP</div>\
                    <figure><p class=credit>AP</p></figure><p class=credit>AP Photo/Mara Quist</p></article>\
                    <footer><p class=copyright>dpa</p></footer><ul class=related><li class=source>TASS</ul>";
        assert_eq!(
            found(html),
            ["Credit Reuters (page:element source)", "Credit Mara Quist (page:element author)"]
        );
    }

    #[test]
    fn a_marked_time_is_better_than_another() {
        let html =
            "<time datetime=2031-01-01>x</time><time itemprop=datePublished datetime=2031-03-04>y</time>";
        assert_eq!(
            found(html),
            ["Published 2031-03-04 (page:time itemprop=datePublished)", "Published 2031-01-01 (page:time)"]
        );
    }
}
