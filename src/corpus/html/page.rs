//! A page into its main text and what it says about it.

use dom_query::Document;
use serde_json::Value;

use super::{Method, blocks, charset, main_text, meta, skim};
use crate::corpus::candidate::{Candidate, Field};
use crate::corpus::{Origin, fault, json_ld};

/// The place of a canonical address.
pub(in crate::corpus) const CANONICAL: &str = "rel=canonical";
/// Tags by which a piece of HTML is known. Texts may say `<i>` or `<3`.
const TAGS: [&str; 12] =
    ["p", "br", "div", "ul", "ol", "h1", "h2", "h3", "blockquote", "figure", "section", "article"];

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

/// Reads a page. `declared_charset` is the one that came with it (an HTTP header), if any.
///
/// # Errors
/// Why there is no article in it, as a phrase.
pub(in crate::corpus) fn read(bytes: &[u8], declared_charset: Option<&str>) -> Result<Page, String> {
    let (decoded, notes) = charset::decode(bytes, declared_charset)?;
    let mut page = read_text(&decoded.text)?;
    page.encoding = decoded.encoding;
    page.notes.splice(..0, notes);
    Ok(page)
}

/// Reads a page that is decoded already.
///
/// # Errors
/// Why there is no article in it, as a phrase.
pub(in crate::corpus) fn read_text(html: &str) -> Result<Page, String> {
    let mut notes = Vec::new();
    let skimmed = skim::skim(html);
    if skimmed.too_deep {
        notes.push(
            "elements stand in each other without end; the tags of the deepest were left out".to_owned(),
        );
    }
    let document = Document::from(skimmed.html.as_str());
    let json_ld = parse_json_ld(&skimmed.json_ld, &mut notes);
    let meta = meta::read(&document);
    let (addresses, others) = meta.into_iter().partition::<Vec<_>, _>(|found| found.field == Field::Url);
    // Addresses in tags are kept up better than those in JSON-LD; everything else is not.
    let mut candidates = addresses;
    candidates.extend(json_ld::read(&json_ld, |property| Origin::Page(format!("JSON-LD {property}"))));
    candidates.extend(others);
    let article_body = take_article_body(&mut candidates);
    let found = main_text::find(&skimmed.html, document, article_body.as_deref())
        .ok_or_else(|| "no article text was found in the page".to_owned())?;
    notes.extend(found.reason);
    Ok(Page { text: found.text, method: found.method, candidates, notes, encoding: None })
}

fn parse_json_ld(scripts: &[&str], notes: &mut Vec<String>) -> Vec<Value> {
    let mut values = Vec::new();
    for script in scripts {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let script = script.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
        // Line breaks inside of texts are a usual mistake, and harmless.
        let parsed = serde_json::from_str(script)
            .or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")));
        match parsed {
            Ok(value) => values.push(value),
            Err(_) if script.trim().is_empty() => {}
            Err(error) => {
                let words = fault::repeated(&error);
                notes.push(format!("a JSON-LD of the page is not valid JSON: {words}"));
            }
        }
    }
    values
}

/// Takes out the texts that JSON-LD holds, and returns the first of them.
fn take_article_body(candidates: &mut Vec<Candidate>) -> Option<String> {
    let bodies = candidates.extract_if(.., |found| found.field == Field::Text);
    let text = bodies.map(|found| found.value).collect::<Vec<_>>().into_iter().next()?;
    Some(if looks_like_html(&text) { fragment_text(&text) } else { text })
}

/// Whether a text is a piece of HTML: it has the tag of a paragraph, a line break or the like.
pub(in crate::corpus) fn looks_like_html(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = text[at + 1..].trim_start_matches('/');
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let after = tag.as_bytes().get(name.len());
        let ends = after.is_some_and(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'));
        ends && name.len() <= 10 && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name))
    })
}

/// Returns the text of a piece of HTML, such as a field that holds paragraphs: all of it,
/// paragraphs separated by blank lines.
pub(in crate::corpus) fn fragment_text(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let has_paragraphs = ["<p>", "<p ", "<div"].iter().any(|tag| lower.contains(tag));
    // Some editors write blank lines, and leave it to the site to make paragraphs of them.
    let html =
        if has_paragraphs { html.to_owned() } else { html.replace("\r\n", "\n").replace("\n\n", "<br><br>") };
    blocks::of_fragment(&Document::fragment(skim::skim(&html).html))
}

/// Returns a text with its character references (`&amp;`, `&#8217;`) read.
pub(in crate::corpus) fn unescape(text: &str) -> String {
    if text.contains('&') && text.contains(';') && !text.contains('<') {
        return Document::fragment(text).text().to_string();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_html_are_known_by_their_blocks() {
        for html in ["<p>x", "a<br>b", "a <BR/> b", "x</div>", "<ul class=x>"] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in ["a < b", "<3", "the <i>Halcyon</i>", "<person>", "x <", "<pre-war"] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn blank_lines_are_paragraphs_where_no_tags_are() {
        assert_eq!(fragment_text("one\r\n\r\ntwo <b>three</b><br>four"), "one\n\ntwo three\nfour");
        assert_eq!(fragment_text("<p>one\n\ntwo</p>three"), "one two\n\nthree");
        assert_eq!(unescape("Vell&#8217;s quay &amp; sea"), "Vell’s quay & sea");
        assert_eq!(unescape("a & b; <i>c</i>"), "a & b; <i>c</i>");
    }

    #[test]
    fn json_ld_that_is_broken_is_said_and_the_page_is_read() {
        let page =
            read(b"<script type=application/ld+json>{\"a\": }</script><p>The quay is closed.</p>", None);
        let page = page.unwrap();
        assert_eq!(page.text, "The quay is closed.");
        assert!(page.notes[0].starts_with("a JSON-LD of the page is not valid JSON"), "{:?}", page.notes);
    }
}
