//! RSS and Atom feeds: one article an item.

use rayon::prelude::*;

use super::{Candidate, Element, Field, Outcome, Trouble, candidate};
use crate::corpus::draft::Draft;
use crate::corpus::{Method, html};

/// Namespaces whose `title`, `description` and the like are about pictures and sounds.
const OF_MEDIA: [&str; 5] = ["media", "itunes", "googleplay", "image", "podcast"];

/// Reads every item.
pub(super) fn read(feed: Element<'_>) -> Vec<Outcome> {
    let channel = feed.child("channel").unwrap_or(feed);
    // RSS 1.0 has its items beside the channel, all others in it.
    let items = channel.children().chain(feed.children().filter(|_| channel.name() != feed.name()));
    let items: Vec<_> = items.filter(|item| matches!(item.name(), "item" | "entry")).collect();
    let title = channel.children().find(|child| child.name() == "title" && !is_of_media(*child));
    let outlet = title.and_then(|title| candidate(Field::Outlet, plain(title.text()), "channel title"));
    let read = |(index, item): (usize, Element<'_>)| {
        let number = index as u64 + 1;
        self::item(item, outlet.as_ref()).map(|draft| (Some(number), draft)).map_err(|reason| Trouble {
            number: Some(number),
            incomplete: false,
            reason,
        })
    };
    items.into_par_iter().enumerate().map(read).collect()
}

fn item(item: Element<'_>, outlet: Option<&Candidate>) -> Result<Draft, String> {
    let own: Vec<Element<'_>> = item.children().filter(|child| !is_of_media(*child)).collect();
    let named = |name: &'static str| own.iter().copied().filter(move |child| child.name() == name);
    let url = url(&own);
    // What has everything comes before what may be a summary.
    let texts = ["encoded", "content", "description", "summary"].into_iter().flat_map(named);
    let mut page = Err("the item has no text".to_owned());
    for element in texts {
        page = text(element);
        if page.is_ok() {
            break;
        }
    }
    let mut draft = page?;
    let mut said = Vec::new();
    for child in &own {
        let field = match child.name() {
            "title" => Field::Title,
            "pubDate" | "published" | "date" | "issued" => Field::Published,
            "guid" | "id" => Field::Id,
            "creator" | "author" | "contributor" | "credit" => Field::Credit,
            "source" | "publisher" => Field::Outlet,
            _ => continue,
        };
        let value = match child.child("name").or_else(|| child.child("title")) {
            Some(name) => name.text(),
            None => child.text(),
        };
        said.extend(candidate(field, plain(value), child.full_name()));
    }
    said.extend(url);
    // Atom demands the time of the last change, and not that of the publication.
    said.extend(named("updated").filter_map(|time| candidate(Field::Published, time.text(), "updated")));
    said.extend(outlet.cloned());
    draft.candidates = said;
    Ok(draft)
}

fn is_of_media(element: Element<'_>) -> bool {
    element.full_name().split_once(':').is_some_and(|(prefix, _)| OF_MEDIA.contains(&prefix))
}

fn url(own: &[Element<'_>]) -> Option<Candidate> {
    let links = own.iter().filter(|child| child.name() == "link");
    let mut links = links.filter_map(|link| match link.attribute("href") {
        Some(href) if link.attribute("rel").is_none_or(|rel| rel == "alternate") => Some(href.to_owned()),
        Some(_) => None,
        None => Some(link.text()),
    });
    links.find_map(|link| candidate(Field::Url, link, "link")).or_else(|| {
        let guid = own.iter().find(|child| child.name() == "guid")?;
        let is_link =
            guid.attribute("isPermaLink") != Some("false") && guid.text().trim().starts_with("http");
        candidate(Field::Url, guid.text(), "guid").filter(|_| is_link)
    })
}

/// Reads the text of an item, which is HTML unless it says otherwise.
fn text(element: Element<'_>) -> Result<Draft, String> {
    let is_xhtml = element.attribute("type") == Some("xhtml");
    let text = if is_xhtml { element.markup().to_owned() } else { element.text() };
    if text.trim().is_empty() {
        return Err("the item has no text".to_owned());
    }
    let is_plain = element.attribute("type") == Some("text") || !text.contains(['<', '&']);
    if is_plain {
        return Ok(Draft { text: text.trim().to_owned(), ..Draft::default() });
    }
    let text = html::fragment_text(&text);
    if text.trim().is_empty() {
        return Err("the item has no text".to_owned());
    }
    Ok(Draft { text, method: Some(Method::Whole), ..Draft::default() })
}

/// Takes markup out of a title.
fn plain(value: String) -> String {
    if !value.contains(['<', '&']) {
        return value;
    }
    html::fragment_text(&value)
}
