//! Captions that are told by what stands beside them: the credit of their picture, or themselves again.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr2;
use regex::Regex;

use super::super::agencies;
use super::forms::expression;
use super::{Kind, LONGEST_FURNITURE, LONGEST_LINE, ends_as_sentence};

/// Marks the paragraphs that are repeated, and those that read as captions and have the credit of a picture
/// beside them or at their end. Neither of these two suffices alone: pages put pictures between any two
/// paragraphs, and reporting may be in the present tense.
pub(super) fn mark(body: &str, paragraphs: &[Range<usize>], kinds: &mut [Kind]) {
    let text = |i: usize| &body[paragraphs[i].clone()];
    // Extractors print a caption twice: once as the picture's text, once below it. Pages print a lead or a
    // quotation again too, which then counts once.
    for i in 1..kinds.len() {
        if kinds[i] == Kind::Body && text(i) == text(i - 1) {
            kinds[i] = Kind::Caption;
            if reads_as_caption(text(i)) {
                kinds[i - 1] = Kind::Caption;
            }
        }
    }
    let credits: Vec<bool> = (0..kinds.len()).map(|i| is_credit_alone(text(i), kinds[i])).collect();
    for i in 0..kinds.len() {
        if kinds[i] != Kind::Body || text(i).len() > LONGEST_FURNITURE {
            continue;
        }
        let credited = || {
            let beside = i > 0 && credits[i - 1] || credits.get(i + 1) == Some(&true);
            beside || ends_in_credit(text(i))
        };
        if credited() && reads_as_caption(text(i)) {
            // The credits belong to it.
            let beside = i.saturating_sub(1)..kinds.len().min(i + 2);
            beside.filter(|&j| j == i || credits[j]).for_each(|j| kinds[j] = Kind::Caption);
        }
    }
    // Galleries print them twice too, once cut off.
    for i in 1..kinds.len() {
        let (above, below) = (kinds[i - 1], kinds[i]);
        let one = matches!((above, below), (Kind::Caption, Kind::Body) | (Kind::Body, Kind::Caption));
        if one && text(i - 1) != text(i) && begin_alike(text(i - 1), text(i)) {
            (kinds[i - 1], kinds[i]) = (Kind::Caption, Kind::Caption);
        }
    }
}

/// Whether a paragraph is a line that only credits a picture: `Photo: Name, AP`, `Name / Reuters`.
fn is_credit_alone(text: &str, kind: Kind) -> bool {
    let short = text.len() <= LONGEST_LINE / 2;
    match kind {
        Kind::Caption => short && !ends_as_sentence(text),
        Kind::Heading => short && PATTERNS.credit_line.is_match(text),
        Kind::Body | Kind::Credit | Kind::Chrome => false,
    }
}

/// Whether a paragraph ends in the credit of a picture: `(Name/AP)`, `REUTERS/Name`.
fn ends_in_credit(text: &str) -> bool {
    const LONGEST: usize = 100;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    // Hardly any does, which is seen sooner than the pattern sees it.
    memchr2(b'/', b'|', end.as_bytes()).is_some() && PATTERNS.credit_at_end.is_match(end)
}

/// Whether a paragraph says who stands where, gives the day with its year, or tells in the present tense
/// what is seen, as agencies write captions and not the reporting of a day.
fn reads_as_caption(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    if words.count() < CAPTION_WORDS {
        return false;
    }
    PATTERNS.places_or_days.is_match(text)
        || PATTERNS.seen.find_iter(text).any(|verb| {
            let before = text[..verb.start()].trim_start_matches(UNITED_STATES);
            let first_sentence = !before.contains(['.', '!', '?', '。']);
            let word = before.split_whitespace().next_back().unwrap_or_default();
            first_sentence && !WITHOUT_PRESENT.contains(&word.to_lowercase().as_str())
        })
}

/// Fewest words of a caption, without numbers; a byline with its day has fewer.
const CAPTION_WORDS: usize = 8;

/// Its points end no sentence.
const UNITED_STATES: &str = "U.S. ";

/// Words that a verb follows without being in the present tense.
const WITHOUT_PRESENT: &[&str] = &[
    "to", "will", "would", "can", "could", "shall", "should", "may", "might", "must", "not", "the", "a",
    "an", "of", "in", "with", "and", "for", "on", "his", "her", "its", "their",
];

/// Bytes that two captions begin with before one may be the other cut off.
const BEGINNING: usize = 60;

fn begin_alike(x: &str, y: &str) -> bool {
    let alike = x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count();
    let whole = |text: &str| text.trim_end_matches("more").trim_end_matches([' ', '.', '…']).len();
    alike >= BEGINNING && alike >= whole(x).min(whole(y))
}

struct Patterns {
    credit_line: Regex,
    credit_at_end: Regex,
    places_or_days: Regex,
    seen: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    // Who prints their name behind a photographer's. Case counts.
    let agency = agencies::any();
    let name = r"[A-ZÀ-ÞĀ-Ž][^ /|,()]*(?: [^ /|,()]+){1,4}";
    let new = |pattern: &str| Regex::new(pattern).expect("the patterns here are valid");
    // All in ASCII, for which the engine needs a fraction of the memory.
    let signs = |pattern: &str| new(&format!("(?-u:{})", expression(pattern)));
    Patterns {
        // Behind a comma the full name is as likely that of who wrote the text.
        credit_line: new(&format!(
            r"^\(?{name}(?: ?[/|] ?{agency}|, (?:AP|AFP|EPA|REUTERS|Getty Images))(?-u:\b)[^.!?]*$"
        )),
        credit_at_end: new(&format!(
            r"(?:\({name} ?[/|] ?{agency}(?-u:\b)[^()]*\)|(?-u:\b)(?:REUTERS|AFP|EPA)/{name}) *$"
        )),
        places_or_days: signs(
            r"\((?:left|right|cent(?:er|re)|l|r|c|l\.|r\.|m\.|links|rechts|mitte)\)|\b(?:left|right|cent(?:er|re)|background|foreground|links|rechts),|\bfrom (?:the )?(?:left|right|l\b)|\b(?:is|are) (?:seen|pictured|shown|silhouetted)\b|\b(?:{month},? \d{1,2},? (?:19|20)\d\d|\d{1,2} {month} (?:19|20)\d\d)\b",
        ),
        seen: signs(
            r"\b(?:arrives?|disembarks?|boards?|walks?|stands?|sits?|waves?|gestures?|poses?|smiles?|looks? on|listens?|speaks?|addresses|chats?|greets?|shakes? hands|attends?|hugs?|embraces?|delivers?|holds?|hangs?|displays?|performs?|talks?|meets?)\b",
        ),
    }
});

/// Makes ready what [`mark`] needs.
pub(super) fn prepare() {
    LazyLock::force(&PATTERNS);
}

#[cfg(test)]
mod tests {
    use super::super::tests;
    use super::*;

    fn kinds(lines: &[&str]) -> Vec<Kind> {
        tests::kinds(&lines.join("\n\n"))
    }

    const CAPTION: &str =
        "Mayor Ona Brill waves from the ferry as she arrives in the harbour of Vell on Sunday.";

    #[test]
    fn a_caption_above_or_below_its_credit() {
        for credit in [
            "Photo: Jon Reed, AP",
            "Jon Reed / Reuters",
            "Jon Reed, AP",
            "Jon Reed | AP",
            "AP Photo/Jon Reed",
        ] {
            assert_eq!(kinds(&[CAPTION, credit]), [Kind::Caption; 2], "{credit}");
            assert_eq!(kinds(&[credit, CAPTION]), [Kind::Caption; 2], "{credit}");
        }
    }

    #[test]
    fn a_caption_that_its_credit_ends() {
        assert_eq!(kinds(&[&format!("{CAPTION} (Jon Reed/AP)")]), [Kind::Caption]);
        assert_eq!(kinds(&[&format!("{CAPTION} REUTERS/Jon Reed")]), [Kind::Caption]);
        assert_eq!(kinds(&[&format!("{CAPTION} (sda/afp)")]), [Kind::Body]);
    }

    #[test]
    fn who_stands_where_and_days_with_their_years() {
        for caption in [
            "Pilot Mara Quist (L) and mayor Ona Brill before the election of the harbour council in Vell.",
            "The pilots, from left, Mara Quist, Jon Reed and Ona Brill after the storm over the harbour.",
            "Fishermen at the harbour of Vell in Tessaria, Sunday, July 15, 2018, before the storm.",
            "The ferry is seen in the harbour of Vell after the storm of the night.",
        ] {
            assert_eq!(kinds(&["AP Photo/Jon Reed", caption]), [Kind::Caption; 2], "{caption}");
        }
    }

    #[test]
    fn reporting_beside_a_picture_stays_reporting() {
        for sentence in [
            "The mayor said on Sunday that the ferry would sail again after the storm had passed.",
            "Mara Quist is expected to attend the talks, and the council will walk through the harbour.",
            "The pilots spoke. She stands by what she had said about the ferry before the storm came.",
        ] {
            assert_eq!(kinds(&["AP Photo/Jon Reed", sentence]), [Kind::Caption, Kind::Body], "{sentence}");
        }
        assert_eq!(kinds(&[CAPTION, "The ferry sailed at noon."]), [Kind::Body; 2]);
    }

    #[test]
    fn a_gallery_prints_a_caption_cut_off_and_whole() {
        let cut = "Mayor Ona Brill waves from the ferry as she arrives in the harbour of Vell ... more";
        assert_eq!(kinds(&[cut, CAPTION, "Photo: Jon Reed, AP"]), [Kind::Caption; 3]);
        // What goes on otherwise is another text.
        let other =
            "Mayor Ona Brill waves from the ferry as she arrives in the harbour of Port Sarn and leaves.";
        assert_eq!(
            kinds(&[other, CAPTION, "Photo: Jon Reed, AP"]),
            [Kind::Body, Kind::Caption, Kind::Caption]
        );
    }

    #[test]
    fn a_byline_with_its_day_is_no_caption() {
        let lines = ["The Associated Press | Monday, July 16, 2018, 9:06 a.m.", "Jon Reed/AP", CAPTION];
        assert_eq!(kinds(&lines)[0], Kind::Body);
    }
}
