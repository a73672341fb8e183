//! NITF: one article a document.

use super::{Element, Field, candidate, paragraphs, with_dateline};
use crate::corpus::draft::Draft;

/// Reads an article from its `nitf` element.
///
/// # Errors
/// Why there is none.
pub(super) fn read(nitf: Element<'_>) -> Result<Draft, String> {
    let body = nitf.child("body").ok_or("the NITF document has no body")?;
    let content = body.find("body.content").map(paragraphs).unwrap_or_default();
    if content.is_empty() {
        return Err("the NITF document has no paragraphs in its body.content".to_owned());
    }
    let head = body.child("body.head");
    let in_head = |name: &str| head.and_then(|head| head.find(name));
    let mut text = with_dateline(in_head("dateline").map(Element::text), content);
    // The sign-off is evidence of who supplied the text.
    for tagline in body.child("body.end").into_iter().flat_map(Element::children) {
        let words = tagline.text();
        let words = words.trim();
        if !words.is_empty() {
            text.push_str("\n\n");
            text.push_str(words);
        }
    }
    let mut draft = Draft { text, ..Draft::default() };
    let attribute = |element: &str, name: &str| Some(nitf.find(element)?.attribute(name)?.to_owned());
    let said = [
        in_head("hl1").and_then(|title| candidate(Field::Title, title.text(), "hl1")),
        nitf.find("title").and_then(|title| candidate(Field::Title, title.text(), "title")),
        attribute("doc-id", "id-string").and_then(|id| candidate(Field::Id, id, "doc-id")),
        attribute("pubdata", "name").and_then(|name| candidate(Field::Outlet, name, "pubdata name")),
        attribute("pubdata", "ex-ref").and_then(|url| candidate(Field::Url, url, "pubdata ex-ref")),
        attribute("pubdata", "date.publication")
            .and_then(|time| candidate(Field::Published, time, "pubdata date.publication")),
        attribute("date.issue", "norm").and_then(|time| candidate(Field::Published, time, "date.issue")),
        in_head("byline").and_then(|byline| candidate(Field::Credit, byline.text(), "byline")),
        in_head("distributor").and_then(|name| candidate(Field::Credit, name.text(), "distributor")),
        attribute("doc.copyright", "holder").and_then(|name| candidate(Field::Credit, name, "doc.copyright")),
    ];
    draft.candidates.extend(said.into_iter().flatten());
    Ok(draft)
}
