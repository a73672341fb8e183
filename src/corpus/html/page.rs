//! A page into its main text and what it says about it.

use dom_smoothie::{Config, Readability, TextMode};

use crate::corpus::candidate::Candidate;

/// How the text was found in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By the Readability algorithm.
    Readability,
}

/// What a page holds.
#[derive(Debug)]
pub(in crate::corpus) struct Page {
    /// The main text, paragraphs separated by blank lines.
    pub(in crate::corpus) text: String,
    /// How the text was found.
    pub(in crate::corpus) method: Method,
    /// What the page says about it, for each field the best first. Credit lines that stand outside
    /// of the main text are among them.
    pub(in crate::corpus) candidates: Vec<Candidate>,
    /// What was strange about the page, as phrases.
    pub(in crate::corpus) notes: Vec<String>,
    /// The encoding where it is not UTF-8.
    pub(in crate::corpus) encoding: Option<&'static str>,
}

/// Reads a page. `declared_charset` is the one that came with it (an HTTP header), `url` the
/// address that it was fetched from, where these are known; neither is needed.
///
/// # Errors
/// Why there is no article in it, as a phrase.
pub(in crate::corpus) fn read(
    bytes: &[u8],
    declared_charset: Option<&str>,
    url: Option<&str>,
) -> Result<Page, String> {
    let _ = (declared_charset, url);
    let html = String::from_utf8_lossy(bytes);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(html.as_ref(), None, Some(config))
        .and_then(|mut page| page.parse())
        .map_err(|_| "no article text was found in the page".to_owned())?;
    Ok(Page {
        text: article.text_content.to_string(),
        method: Method::Readability,
        candidates: Vec::new(),
        notes: Vec::new(),
        encoding: None,
    })
}
