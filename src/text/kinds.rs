//! What a paragraph is: reporting, or one of the things that stand around it.
//!
//! The general forms only, read off the paragraph and its neighbours. What a particular outlet
//! prints under every article is learnt later, from the corpus.

mod captions;
mod endings;
mod forms;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::agencies;
use super::paragraphs::ends_sentence;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Reporting.
    Body,
    /// A headline or crosshead.
    Heading,
    /// Words under a picture.
    Caption,
    /// Dateline, byline, sign-off, disclaimer standing alone.
    Credit,
    /// Menus, forms, appeals, links to other articles.
    Chrome,
}

/// Longest paragraph, in bytes, that can be anything but body. The longest disclaimers and
/// appeals seen on real pages stay below it.
const LONGEST_FURNITURE: usize = 1200;

/// Longest paragraph, in bytes, that the forms of lines are tried on.
const LONGEST_LINE: usize = 200;

/// Most words of a heading.
const HEADING_WORDS: usize = 14;

/// Returns the kind of each paragraph of `body`.
#[must_use]
pub fn classify(body: &str, paragraphs: &[Range<usize>]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = paragraphs.iter().map(|range| alone(&body[range.clone()])).collect();
    captions::mark(body, paragraphs, &mut kinds);
    endings::mark(body, paragraphs, &mut kinds);
    kinds
}

/// Makes ready what [`classify`] needs.
pub(super) fn prepare() {
    forms::prepare();
    captions::prepare();
    endings::prepare();
}

fn ends_as_sentence(text: &str) -> bool {
    ends_sentence(text) || text.ends_with([',', ';', '，', '、', '；', '،', '؛']) || is_signed_off(text)
}

/// Whether a sign-off in brackets, `(dpa)` or `(Vell/Jan26/2024)`, stands behind the end of a sentence. Other
/// names in brackets are those of photographers.
fn is_signed_off(text: &str) -> bool {
    let before = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    before.is_some_and(|(before, within)| {
        let agencies = || within.split(['/', ',']).all(|name| agencies::is_one(name.trim()));
        let date = within.len() <= LONGEST_SIGN_OFF
            && within.contains('/')
            && within.ends_with(|c: char| c.is_ascii_digit());
        ends_sentence(before.trim_end()) && (date || agencies())
    })
}

/// In bytes.
const LONGEST_SIGN_OFF: usize = 40;

fn alone(text: &str) -> Kind {
    if text.len() > LONGEST_FURNITURE {
        return Kind::Body;
    }
    if !text.contains(char::is_alphanumeric) {
        return Kind::Chrome;
    }
    let plain = || if is_title_like(text) { Kind::Heading } else { Kind::Body };
    forms::kind_of(text).unwrap_or_else(plain)
}

/// Whether a short line reads as a title: no sentence end, no quotation that carries it, and in
/// spaced scripts only a few words.
fn is_title_like(text: &str) -> bool {
    if text.len() > 160 || text.contains('\n') {
        return false;
    }
    !ends_as_sentence(text) && text.split_whitespace().count() <= HEADING_WORDS
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::split;
    use super::*;

    pub(super) fn kinds(body: &str) -> Vec<Kind> {
        classify(body, &split(body))
    }

    #[test]
    fn captions_also_when_they_stand_twice() {
        let caption = "Mayor Ona Brill holds up the key of the lighthouse in Vell on May 3. [Jon Reed/AFP]";
        assert_eq!(kinds(&format!("{caption}\n{caption}")), [Kind::Caption; 2]);
        let bare = "Mayor Ona Brill holds up the key of the lighthouse at a ceremony in Vell on May 3.";
        assert_eq!(
            kinds(&format!("{bare}\n{bare}\n\nThe key was lost.")),
            [Kind::Caption, Kind::Caption, Kind::Body]
        );
    }

    #[test]
    fn headings_have_no_sentence_end() {
        assert_eq!(kinds("Deterrence at sea\n\nThe ferry sailed at noon."), [Kind::Heading, Kind::Body]);
    }

    #[test]
    fn a_short_sentence_with_a_sign_off_is_no_heading() {
        for line in [
            "The ferry sailed at noon. (dpa)",
            "The ferry sailed at noon. (AFP, Reuters)",
            "The ferry sailed at noon.  (Vell/Jan26/2024)",
        ] {
            assert_eq!(kinds(line), [Kind::Body], "{line}");
        }
        for line in ["Ona Brill holds up the key. (Jon Reed/AP)", "The ferry and the harbour (dpa)"] {
            assert_eq!(kinds(line), [Kind::Heading], "{line}");
        }
    }

    #[test]
    fn credits_and_disclaimers() {
        for line in [
            "By Mara Quist",
            "(Reporting by Mara Quist in Vell; Editing by Jon Reed)",
            "Disclaimer: This post has been auto-published from an agency feed without any modifications to the text",
            "Quelle: vell.de, mq/dpa",
            "The-Vell-Wire ™ & © 2019 Vell News, Inc., an Orvane Company. All rights reserved.",
            "March 3, 2021",
        ] {
            assert_eq!(kinds(line), [Kind::Credit], "{line}");
        }
    }

    #[test]
    fn page_furniture_is_chrome() {
        for line in [
            "Captcha *",
            "Do you like this article?",
            "Save my name, email, and website in this browser for the next time I comment.",
            "Read more: Ferry stuck again",
            "window._queue = window._queue || []; _queue.push({mode: 'thumbnails', flush: true});",
            "No one covers our islands better. And with a digital subscription, you'll never miss a local story.",
            "Be the first to know.",
            "Never miss a local story.",
            "5 min read",
            "Leave a Reply",
            "***",
        ] {
            assert_eq!(kinds(line), [Kind::Chrome], "{line}");
        }
    }

    #[test]
    fn reporting_that_mentions_such_things_stays_body() {
        for line in [
            "The minister said he would share the report with the committee on Friday.",
            "He was photographed by a passer-by, and the photo was later published by a newspaper in Vell.",
            "By Friday the ferry had made four crossings, and the harbour was open again.",
            "The paper said that it had sold a digital subscription to every second household of Vell.",
            "The minister said he would be the first to know if the ferry sank, and left the function early.",
            "The company said its newsletter would stop in June, and it thanked its readers for their trust.",
        ] {
            assert_eq!(kinds(line), [Kind::Body], "{line}");
        }
    }
}
