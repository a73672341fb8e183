//! NewsML-G2: a `newsItem` is an article, a `newsMessage` holds several.

use super::{Candidate, Element, Field, Outcome, Trouble, candidate, nitf, paragraphs, with_dateline};
use crate::corpus::draft::Draft;

/// Reads every news item of a message.
pub(super) fn read_message(message: Element<'_>) -> Vec<Outcome> {
    let items = message.descendants().filter(|element| element.name() == "newsItem").zip(1..);
    let read = |(item, number)| {
        self::read(item).map(|draft| (Some(number), draft)).map_err(|reason| Trouble {
            number: Some(number),
            incomplete: false,
            reason,
        })
    };
    items.map(read).collect()
}

/// Reads an article from its `newsItem` element.
///
/// # Errors
/// Why there is none.
pub(super) fn read(item: Element<'_>) -> Result<Draft, String> {
    let contents = item.child("contentSet").into_iter().flat_map(Element::children);
    let mut draft = contents.into_iter().find_map(content).ok_or("the news item has no text")?;
    let meta = |part: &str, name: &str| item.child(part).and_then(|part| part.child(name));
    draft.text = with_dateline(meta("contentMeta", "dateline").map(Element::text), draft.text);
    let said = |field, part: &str, name: &str| {
        let element = meta(part, name)?;
        candidate(field, label(element), &format!("{part} {name}"))
    };
    let mut all: Vec<Option<Candidate>> = vec![
        said(Field::Title, "contentMeta", "headline"),
        said(Field::Title, "itemMeta", "title"),
        said(Field::Published, "itemMeta", "firstCreated"),
        said(Field::Published, "itemMeta", "versionCreated"),
        said(Field::Published, "contentMeta", "contentCreated"),
        item.attribute("guid").and_then(|id| candidate(Field::Id, id, "guid")),
        said(Field::Credit, "contentMeta", "by"),
        said(Field::Credit, "contentMeta", "creditline"),
        said(Field::Credit, "itemMeta", "provider"),
        said(Field::Credit, "contentMeta", "infoSource"),
        said(Field::Credit, "rightsInfo", "copyrightHolder"),
    ];
    let links = item.child("itemMeta").into_iter().flat_map(Element::children);
    let link = links.filter(|child| child.name() == "link").find_map(|link| link.attribute("href"));
    all.push(link.and_then(|url| candidate(Field::Url, url, "itemMeta link")));
    draft.candidates.extend(all.into_iter().flatten());
    Ok(draft)
}

/// Reads one rendition of the content, where it is text.
fn content(content: Element<'_>) -> Option<Draft> {
    let draft = match content.name() {
        "inlineXML" => match content.child("nitf") {
            Some(nitf) => nitf::read(nitf).ok()?,
            None => Draft { text: paragraphs(content), ..Draft::default() },
        },
        "inlineData" => Draft { text: content.text().trim().to_owned(), ..Draft::default() },
        _ => return None,
    };
    (!draft.text.is_empty()).then_some(draft)
}

/// What a property says: its name, its text, its literal, or the last part of its code.
fn label(element: Element<'_>) -> String {
    let named = element.child("name").map_or_else(|| element.text(), Element::text);
    if !named.trim().is_empty() {
        return named;
    }
    let code = element.attribute("literal").or_else(|| element.attribute("qcode")).unwrap_or("");
    code.rsplit(':').next().unwrap_or(code).to_owned()
}
