//! The main text of a page, found in more than one way.
//!
//! Readability goes first: of the ways tried it found the most on real pages. It drops paragraphs
//! where a page's markup misleads it, so its text is held against two others: the text that the
//! publisher writes into the page's JSON-LD, and the paragraphs of the element that holds most of the
//! page's running text. The first takes its place where Readability has less than half of its words,
//! the second where Readability found nothing, or dropped more paragraphs between its first and its
//! last one than it kept. A mere count of words does not tell: other articles, comments and terms of
//! use on a page are often longer than its article (8 of 181 real pages, all of them worse then).

use dom_query::Document;
use dom_smoothie::{Config, ParsePolicy, Readability, TextMode};

use super::blocks::Densest;

/// Elements of the largest page that is given to Readability, which takes more than one look at
/// each. Articles have a few thousand.
const MOST_ELEMENTS: usize = 60_000;
/// Readability's text must have this share of the words that the publisher writes into JSON-LD.
/// Real pages have nearly all or, where a page shows the beginning only, very few.
const ENOUGH: f64 = 0.5;
/// Words from which a text in JSON-LD can tell that Readability's has too few.
const TELLING: usize = 60;
/// Letters, white space left out, by which a paragraph is found again.
const KNOWN_BY: usize = 40;

/// How the text of a page was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By the Readability algorithm.
    Readability,
    /// As the element with most of the running text, because Readability dropped paragraphs.
    Density,
    /// In the page's JSON-LD, because the page shows less of it.
    ArticleBody,
    /// The whole of a piece of HTML.
    Whole,
}

impl Method {
    /// The name that every output has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Readability => "readability",
            Self::Density => "density",
            Self::ArticleBody => "article_body",
            Self::Whole => "whole",
        }
    }
}

/// A text and how it was found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) method: Method,
    /// Why not Readability, as a phrase.
    pub(super) reason: Option<String>,
}

/// Finds the main text of a page, `document`, which was parsed from `html`. `article_body` is the
/// text in its JSON-LD.
pub(super) fn find(html: &str, document: Document, article_body: Option<&str>) -> Option<Found> {
    let dense = Densest::of(&document);
    let read = readability(html, document);
    let words = |text: &str| text.split_whitespace().count();
    let (has, body) = (words(&read), article_body.map_or(0, words));
    if let Some(article_body) = article_body
        && body >= TELLING
        && (has as f64) < body as f64 * ENOUGH
    {
        let reason = format!("Readability kept {has} words where the page's JSON-LD has {body}");
        let method = Method::ArticleBody;
        return Some(Found { text: article_body.to_owned(), method, reason: Some(reason) });
    }
    let (kept, dropped) = kept_and_dropped(&read, &dense.paragraphs);
    if has == 0 || dropped > kept {
        let reason = format!("Readability kept {kept} paragraphs and dropped {dropped} between them");
        let text = dense.text;
        return (!text.is_empty()).then_some(Found { text, method: Method::Density, reason: Some(reason) });
    }
    Some(Found { text: read, method: Method::Readability, reason: None })
}

/// Counts the telling paragraphs of a page that a text has, and those that it lacks between the
/// first and the last one that it has. What stands before and after them is mostly something else.
fn kept_and_dropped(text: &str, paragraphs: &[String]) -> (usize, usize) {
    let text: String = text.split_whitespace().collect();
    // Paragraphs mostly stand in both in the same order.
    let mut after = 0;
    let mut is_kept = |paragraph: &String| {
        let known_by: String = paragraph.chars().filter(|c| !c.is_whitespace()).take(KNOWN_BY).collect();
        let at = text[after..].find(&known_by).map(|at| after + at).or_else(|| text.find(&known_by));
        after = at.map_or(after, |at| at + known_by.len());
        at.is_some()
    };
    let has: Vec<bool> = paragraphs.iter().map(&mut is_kept).collect();
    let kept = has.iter().filter(|has| **has).count();
    let first = has.iter().position(|has| *has).unwrap_or(0);
    let last = has.iter().rposition(|has| *has).unwrap_or(0);
    (kept, (last + 1 - first).saturating_sub(kept.max(1)))
}

fn readability(html: &str, document: Document) -> String {
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    let parse = |document: Document, policy: Option<ParsePolicy>| {
        let mut page = Readability::with_document(document, None, Some(config.clone()))?;
        match policy {
            Some(policy) => page.parse_with_policy(policy),
            None => page.parse(),
        }
    };
    let mut article = parse(document, Some(ParsePolicy::Strict));
    // The strict way is the first of those that it takes by itself, and mostly the last; a copy of
    // the page for the others is only made where they are needed.
    if article.as_ref().map_or(0, |article| squeezed(&article.text_content)) < config.char_threshold {
        article = parse(Document::from(html), None);
    }
    article.map_or_else(|_| String::new(), |article| tidy(&article.text_content))
}

/// Counts the characters of a text, white space as one of each run.
fn squeezed(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1)
}

/// Ends lines without spaces, and paragraphs with one blank line.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        tidy.push_str(line);
        blank = 0;
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: [&str; 5] = [
        "The harbour board heard the engineers for two hours and then put the vote off again, for a week.",
        "Divers had found cracks in three of the pillars of the quay, which was built eighty years ago.",
        "Forty families live from the mussel boats that lie there, and from the little shop beside it.",
        "Nobody asked them, one of the skippers said, and nobody told them either what is to come now.",
        "The council of the town meets for the last time before the summer in the first week of April.",
    ];

    fn page(paragraphs: &[&str]) -> String {
        let paragraphs: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
        format!("<html><body><article>{paragraphs}</article></body></html>")
    }

    fn find(html: &str, article_body: Option<&str>) -> Option<Found> {
        super::find(html, Document::from(html), article_body)
    }

    #[test]
    fn paragraphs_dropped_in_between_are_counted() {
        let paragraphs = LONG.map(str::to_owned);
        let text = |kept: &[usize]| kept.iter().map(|i| LONG[*i]).collect::<Vec<_>>().join("\n\n");
        assert_eq!(kept_and_dropped(&text(&[0, 1, 2, 3, 4]), &paragraphs), (5, 0));
        assert_eq!(kept_and_dropped(&text(&[1, 2]), &paragraphs), (2, 0), "what stands around is no loss");
        assert_eq!(kept_and_dropped(&text(&[0, 4]), &paragraphs), (2, 3));
        assert_eq!(kept_and_dropped("", &paragraphs), (0, 0));
        assert_eq!(kept_and_dropped("x", &[]), (0, 0));
    }

    #[test]
    fn readability_is_used_where_it_keeps_the_paragraphs() {
        let found = find(&page(&LONG), None).unwrap();
        assert_eq!((found.method, found.reason), (Method::Readability, None));
        assert_eq!(found.text, LONG.join("\n\n"));
    }

    #[test]
    fn the_text_in_json_ld_is_used_where_the_page_shows_less() {
        let whole = LONG.join("\n\n");
        let found = find(&page(&LONG[..1]), Some(&whole)).unwrap();
        assert_eq!((found.method, found.text.as_str()), (Method::ArticleBody, whole.as_str()));
        assert_eq!(find(&page(&LONG[..4]), Some(&whole)).unwrap().method, Method::Readability);
    }

    #[test]
    fn a_page_without_text_has_no_article() {
        assert!(find("<html><body><img src=x></body></html>", None).is_none());
    }
}
