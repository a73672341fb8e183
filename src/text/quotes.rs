//! Which bytes of a body stand inside quotation marks.
//!
//! Straight and curly marks, guillemets in both directions, low-high and corner marks are known.
//! The outermost pair counts. Speech that runs over paragraphs opens each paragraph and closes
//! only the last one; a mark that never closes counts only in that form, so that one slip of the
//! keyboard does not turn half an article into a quotation. A post that a page shows above the name of
//! who wrote it is a quotation without marks.

use std::ops::Range;

/// Returns the byte ranges of quoted text, marks included: ascending and disjoint, each inside
/// one of `paragraphs`.
#[must_use]
pub fn spans(body: &str, paragraphs: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(i + 1).map(|range| &body[range.clone()]);
        if paragraph.len() <= LONGEST_POST && next.is_some_and(names_who_posted) {
            spans.push(paragraph.clone());
            continue;
        }
        scan(body, paragraph.clone(), next, &mut spans);
    }
    spans
}

/// Most bytes of a paragraph that is a post on a social network.
const LONGEST_POST: usize = 800;

/// Whether a line says who wrote the post above it and when: `— Name (@name) July 15, 2018`.
fn names_who_posted(line: &str) -> bool {
    const LONGEST: usize = 120;
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '|');
    let name = line.trim_start_matches(['—', '–', '-']);
    line.len() <= LONGEST
        && name.len() < line.len()
        && name.split_once(" (@").and_then(|(_, rest)| rest.split_once(") ")).is_some_and(|(handle, day)| {
            handle.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && day.contains(|c: char| c.is_ascii_digit())
        })
}

struct Open {
    at: usize,
    mark: char,
    closers: &'static [char],
    single: bool,
}

fn scan(body: &str, paragraph: Range<usize>, next: Option<&str>, spans: &mut Vec<Range<usize>>) {
    let text = &body[paragraph.clone()];
    let first_span = spans.len();
    let mut open: Option<Open> = None;
    for (at, c) in marks(text) {
        let end = at + c.len_utf8();
        let was = text[..at].chars().next_back();
        let following = text[end..].chars().next();
        match &open {
            Some(quote) if quote.closers.contains(&c) && closes(c, quote.single, was, following) => {
                spans.push(paragraph.start + quote.at..paragraph.start + end);
                open = None;
            }
            // Marks of another kind inside a quotation belong to it. The same mark opening again
            // means that the first never closed, and a double mark inside what a single one
            // seemed to open means that the single one was an apostrophe.
            Some(quote) if c != quote.mark && (!quote.single || is_single(c)) => {}
            _ => {
                if let Some(closers) = opens(c, was, following) {
                    open = Some(Open { at, mark: c, closers, single: is_single(c) });
                } else if open.is_none() && matches!(c, '”' | '»') && spans.len() == first_span {
                    // Closed but never opened: the opening mark of the paragraph was lost.
                    spans.push(paragraph.start..paragraph.start + end);
                }
            }
        }
    }
    if let Some(quote) = open {
        let goes_on = next.is_some_and(|next| next.starts_with(|c| is_mark(c) && !is_single(c)));
        if !quote.single && (goes_on || quote.at == 0) {
            spans.push(paragraph.start + quote.at..paragraph.end);
        }
    }
}

/// The quotation marks of `text`, with their places. Looks at bytes: two marks are ASCII, the
/// others begin with one of four bytes. Most pieces of a text hold none of these, which is seen of many
/// bytes at once.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    const PIECE: usize = 32;
    let begins_mark = |byte: u8| matches!(byte, b'"' | b'\'' | 0xC2 | 0xE2 | 0xE3 | 0xEF);
    let pieces = text.as_bytes().chunks(PIECE).zip((0..).step_by(PIECE));
    pieces
        .filter(move |(piece, _)| piece.iter().fold(false, |any, &byte| any | begins_mark(byte)))
        .flat_map(move |(piece, start)| (start..).zip(piece).filter(move |(_, byte)| begins_mark(**byte)))
        .filter_map(|(at, _)| text[at..].chars().next().filter(|&c| is_mark(c)).map(|c| (at, c)))
}

/// The marks that may close what `c` opens here, or `None` when it opens nothing.
fn opens(c: char, before: Option<char>, after: Option<char>) -> Option<&'static [char]> {
    let starts_word = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '!' | '?'));
    let something_follows = after.is_some_and(|c| !c.is_whitespace());
    match c {
        '"' | '＂' => (starts_word && something_follows || before.is_none()).then_some(&['"', '＂', '”']),
        '“' => Some(&['”', '"', '〞']),
        '„' | '‟' => Some(&['“', '”', '"']),
        '«' => Some(&['»']),
        '»' => (starts_word && after.is_some_and(char::is_alphanumeric)).then_some(&['«']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        '〝' => Some(&['〞', '〟']),
        '‘' => (starts_word && something_follows).then_some(&['’', '\'']),
        '‚' => something_follows.then_some(&['‘', '’']),
        '\'' => (starts_word && after.is_some_and(char::is_alphanumeric)).then_some(&['\'', '’']),
        _ => None,
    }
}

/// Whether a mark that could close really does. Single ones are apostrophes between letters.
fn closes(c: char, single: bool, before: Option<char>, after: Option<char>) -> bool {
    if single {
        return before.is_some_and(|c| !c.is_whitespace()) && !after.is_some_and(char::is_alphanumeric);
    }
    // A straight mark before a word and behind a space would open, not close.
    c != '"' || !(before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_alphanumeric))
}

fn is_mark(c: char) -> bool {
    is_single(c)
        || matches!(
            c,
            '"' | '＂'
                | '“'
                | '”'
                | '„'
                | '‟'
                | '«'
                | '»'
                | '「'
                | '」'
                | '『'
                | '』'
                | '〝'
                | '〞'
                | '〟'
        )
}

fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::paragraphs::split;
    use super::*;

    fn quoted(body: &str) -> Vec<&str> {
        spans(body, &split(body)).into_iter().map(|range| &body[range]).collect()
    }

    #[test]
    fn marks_of_many_houses() {
        for (body, expected) in [
            ("He said \"we go\" and left.", "\"we go\""),
            ("He said “we go” and left.", "“we go”"),
            ("Er sagte: „Wir gehen“ und ging.", "„Wir gehen“"),
            ("Er sagte: »Wir gehen« und ging.", "»Wir gehen«"),
            ("Il a dit « nous partons » hier.", "« nous partons »"),
            ("他说：「我们走」。", "「我们走」"),
            ("他说：“我们走”。", "“我们走”"),
            ("그는 “간다”고 말했다.", "“간다”"),
            ("He said ‘we don’t go’ twice.", "‘we don’t go’"),
        ] {
            assert_eq!(quoted(body), [expected]);
        }
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        assert!(quoted("The workers' rights and the players' dinner weren't 'bout that.").is_empty());
        assert!(quoted("China’s ministry and the states’ own").is_empty());
    }

    #[test]
    fn the_outermost_pair_counts() {
        assert_eq!(quoted("“He told me ‘go’ and I went,” she said."), ["“He told me ‘go’ and I went,”"]);
    }

    #[test]
    fn speech_over_paragraphs_counts_in_each() {
        let body = "She said: “The ferry sails.\n\n“It sails on Monday.\n\n“And on Friday,” she added.";
        assert_eq!(quoted(body), ["“The ferry sails.", "“It sails on Monday.", "“And on Friday,”"]);
    }

    #[test]
    fn a_mark_that_never_closes_counts_nothing_inside_a_paragraph() {
        assert_eq!(quoted("It is \"the theatre and goes on.\n\nThe next one."), [""; 0]);
        assert_eq!(quoted("A \"priority' theatre and the \"other\" one."), ["\"other\""]);
    }

    #[test]
    fn a_lost_opening_mark_reaches_back_to_the_paragraphs_start() {
        assert_eq!(quoted("The force will grow,” he said."), ["The force will grow,”"]);
    }

    #[test]
    fn a_post_above_the_name_of_its_author_is_quoted() {
        let post = "The ferry sails again. Thank you, Vell!";
        let body = format!("{post}\n\n— Mara Quist (@maraquist) July 15, 2018\n\nShe was glad.");
        assert_eq!(quoted(&body), [post]);
        for line in
            ["— Mara Quist", "Mara Quist (@maraquist) July 15, 2018", "— Mara Quist (@maraquist) said so."]
        {
            assert!(quoted(&format!("{post}\n\n{line}")).is_empty(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn spans_are_disjoint_and_inside_paragraphs(body in "[ab .\n\"'“”‘’„«»「」]{0,120}") {
            let paragraphs = split(&body);
            let mut last = 0;
            for span in spans(&body, &paragraphs) {
                prop_assert!(span.start >= last && span.end > span.start);
                prop_assert!(paragraphs.iter().any(|p| p.start <= span.start && span.end <= p.end));
                prop_assert!(body.get(span.clone()).is_some());
                last = span.end;
            }
        }
    }
}
