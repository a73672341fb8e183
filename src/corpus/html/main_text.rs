//! The main text of a page, found in more than one way.
//!
//! Readability goes first: of the ways tried it found the most on real pages. It drops paragraphs
//! where a page's markup misleads it, so its text is held against two others: the paragraphs of the
//! element that holds most of the page's running text, and the text that the publisher writes into
//! the page's JSON-LD. The rule is one of proportion only and knows no page.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::blocks;

/// Elements of the largest page that is given to Readability, which takes more than one look at
/// each. Articles have a few thousand.
const MOST_ELEMENTS: usize = 60_000;
/// Readability's text must have this share of the words that another way finds.
const ENOUGH: f64 = 0.5;
/// Words from which a text can tell that another one has too few.
const TELLING: usize = 60;

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

/// Finds the main text of a page. `article_body` is the text in its JSON-LD.
pub(super) fn find(document: Document, article_body: Option<&str>) -> Option<Found> {
    let dense = blocks::densest(&document);
    let read = readability(document);
    let words = |text: &str| text.split_whitespace().count();
    let (has, denser) = (words(&read), words(&dense));
    let body = article_body.map_or(0, words);
    let too_few = |other: usize| other >= TELLING && (has as f64) < other as f64 * ENOUGH;
    let reason = |other: usize| Some(format!("Readability kept {has} of {other} words"));
    if too_few(body) && body as f64 * ENOUGH > denser as f64 {
        let text = article_body.unwrap_or_default().to_owned();
        return Some(Found { text, method: Method::ArticleBody, reason: reason(body) });
    }
    if too_few(denser) || has == 0 && denser > 0 {
        return Some(Found { text: dense, method: Method::Density, reason: reason(denser) });
    }
    (has > 0).then_some(Found { text: read, method: Method::Readability, reason: None })
}

fn readability(document: Document) -> String {
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    Readability::with_document(document, None, Some(config))
        .and_then(|mut page| page.parse())
        .map_or_else(|_| String::new(), |article| tidy(&article.text_content))
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
