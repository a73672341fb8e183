//! XML that news comes in: feeds (RSS, Atom), NITF and NewsML-G2.

mod document;
mod feed;
mod newsml;
mod nitf;

use std::io::Read;

use encoding_rs::Encoding;

use super::bound::{LONGEST, read_at_most};
use super::candidate::{Candidate, Field};
use super::container::{self, Outcome, Trouble};
use super::decoding::{self, Decoded};
use super::fault::InWords;
use super::opening::{Found, Input};
use super::{Origin, Skipped};
use document::{Document, Element};

/// Reads what is in a document, and returns whether it holds records rather than one article.
///
/// # Errors
/// Why nothing can be read from it. What stands before a fault in its markup is read.
pub(super) fn read(
    input: &Input<'_>,
    mut stream: impl Read,
    in_words: InWords,
    found: &mut Found,
) -> Result<bool, String> {
    let expected = usize::try_from(input.bytes).unwrap_or(0);
    let bytes = read_at_most(&mut stream, LONGEST, expected, "which no feed or article is")
        .map_err(|error| in_words(&error))?;
    let mut notes = Vec::new();
    let Decoded { text, encoding, .. } =
        decoding::decode_as_declared(&bytes, declared_encoding(&bytes), &mut notes)
            .ok_or("binary file, not text")?;
    let (document, fault) = Document::parse(&text);
    let Some(root) = document.root() else {
        return Err(fault.unwrap_or_else(|| "empty XML document".to_owned()));
    };
    let mut outcomes = match root.name() {
        "rss" | "RDF" | "feed" => feed::read(root),
        "nitf" => vec![single(nitf::read(root))],
        "newsItem" => vec![single(newsml::read(root))],
        "newsMessage" => newsml::read_message(root),
        other => {
            let reason = format!("XML of a kind that is not read (its root is <{other}>)");
            found.skip(Skipped { path: input.path.clone(), record: None, incomplete: false, reason });
            return Ok(false);
        }
    };
    if let Some(reason) = fault {
        outcomes.push(Err(Trouble { number: None, incomplete: true, reason }));
    }
    for outcome in outcomes {
        let outcome = outcome.map(|(number, mut draft)| {
            draft.encoding = draft.encoding.or(encoding);
            draft.notes.splice(..0, notes.iter().cloned());
            (number, draft)
        });
        found.add(container::settle(outcome, input));
    }
    Ok(!matches!(root.name(), "nitf" | "newsItem"))
}

/// The outcome of a document that is one article.
fn single(read: Result<super::draft::Draft, String>) -> Outcome {
    read.map(|draft| (None, draft)).map_err(|reason| Trouble { number: None, incomplete: false, reason })
}

/// The encoding that the declaration in front names, if any.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memchr(b'>', declaration)?];
    decoding::declared_in(&String::from_utf8_lossy(declaration).to_ascii_lowercase())
}

/// What an element says about its article, where it says anything.
fn candidate(field: Field, value: impl Into<String>, name: &str) -> Option<Candidate> {
    let value: String = value.into();
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then(|| Candidate { field, value, origin: Origin::Record(name.to_owned()) })
}

/// The paragraphs below an element, of NITF as of XHTML, with blank lines between them; pictures
/// with their captions are left out.
fn paragraphs(body: Element<'_>) -> String {
    let is_paragraph =
        |name: &str| matches!(name, "p" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "pre");
    let mut paragraphs = Vec::new();
    let mut done = 0;
    for element in body.descendants() {
        if element.starts_before(done) {
            continue;
        }
        let is_left_out = matches!(element.name(), "media" | "figure" | "script" | "style" | "head");
        if is_left_out || is_paragraph(element.name()) {
            done = element.end();
        }
        if !is_left_out && is_paragraph(element.name()) {
            let text = element.text();
            let words: Vec<&str> = text.split_whitespace().collect();
            if !words.is_empty() {
                paragraphs.push(words.join(" "));
            }
        }
    }
    paragraphs.join("\n\n")
}

/// Puts a dateline before the text, where it does not begin with it.
fn with_dateline(dateline: Option<String>, text: String) -> String {
    let dateline =
        dateline.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    if dateline.is_empty() || text.starts_with(&dateline) {
        return text;
    }
    let dash = if dateline.ends_with(['-', '–', '—', ':']) { "" } else { " -" };
    format!("{dateline}{dash} {text}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::corpus::{Article, ReadOptions, read_bytes};

    fn article(encoding: &str, body: &[u8]) -> Article {
        let start = format!("<?xml version='1.0' encoding='{encoding}'?><rss><channel><item><description>");
        let bytes = [start.as_bytes(), body, b"</description></item></channel></rss>"].concat();
        read_bytes(Path::new("feed.xml"), &bytes, &ReadOptions::default()).unwrap().articles.remove(0)
    }

    #[test]
    fn a_declaration_is_followed_where_it_can_be_true() {
        let read = article("windows-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2 from Vell");
        assert_eq!((&*read.body, read.encoding), ("Привет from Vell", Some("windows-1251")));
        let read = article("utf-8", b"Le pr\xe9sident a d\xe9j\xe0 dit");
        assert_eq!((&*read.body, read.encoding), ("Le président a déjà dit", Some("windows-1252")));
        assert_eq!(read.notes, ["declared as UTF-8, but it is not; read as windows-1252"]);
        let read = article("iso-8859-1", "café".as_bytes());
        assert_eq!((&*read.body, read.encoding), ("café", None));
        assert_eq!(read.notes, ["declared as windows-1252, but it is UTF-8"]);
    }
}
