//! Where the sentences of a running text end.
//!
//! Used where an article has lost all its paragraph breaks, so that a copied sentence, a credit
//! line or a page's furniture can still be told from what surrounds it. A border that is not
//! certain is no border: two sentences in one piece do less harm than half a sentence.

use std::ops::Range;

use memchr::{memchr2, memchr3_iter, memmem};

/// Letters of the longest word before a full stop that is taken for an abbreviation (`Gen.`,
/// `Nov.`, `bzw.`), unless it is one of the short words that do end sentences.
const ABBREVIATION: usize = 4;

/// Returns the sentences of `text` as byte ranges: ascending, disjoint, trimmed of white space,
/// never empty. Everything between them is white space.
#[must_use]
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, stop) in stops(text) {
        let mut end = at + stop.len();
        end += text[end..].len() - text[end..].trim_start_matches(is_closing).len();
        if end > start && ends_here(&text[start..at], stop, &text[end..]) {
            push(text, start..end, &mut sentences);
            start = end;
        }
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

/// The marks that may end a sentence, with their places.
fn stops(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    // The others begin with one of three bytes.
    let others = memchr2(0xE3, 0xEF, bytes).is_some() || memmem::find(bytes, "…".as_bytes()).is_some();
    let plain = memchr3_iter(b'.', b'!', b'?', if others { &[] } else { bytes });
    let all = if others { text } else { "" }.match_indices(['.', '!', '?', '…', '。', '！', '？']);
    plain.map(|at| (at, &text[at..=at])).chain(all)
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let from = range.start + piece.len() - piece.trim_start().len();
        sentences.push(from..from + trimmed.len());
    }
}

/// Whether a sentence ends between `before` (without its stop) and `after`.
fn ends_here(before: &str, stop: &str, after: &str) -> bool {
    if matches!(stop, "。" | "！" | "？") {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return after.is_empty();
    }
    let next = after.trim_start().trim_start_matches(is_opening);
    if !next
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()))
    {
        return false;
    }
    stop != "." || !is_abbreviation(before)
}

/// Whether the word before a full stop is (or may be) an abbreviation, an initial or an ordinal.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if word.is_empty() {
        return false;
    }
    if word.chars().all(char::is_numeric) {
        // `am 6. Januar`; a year or a sum ends sentences more often than it is an ordinal.
        return word.len() <= 2;
    }
    let letters = word.chars().count();
    let capital = word.starts_with(char::is_uppercase);
    // Short words that end sentences: all-lower ones with a vowel that are no known short forms.
    letters == 1
        || (letters <= ABBREVIATION && capital && !word.chars().all(char::is_uppercase))
        || matches!(
            word,
            "bzw" | "ca" | "vs" | "etc" | "usw" | "inkl" | "evtl" | "ggf" | "sog" | "approx" | "art"
        )
}

pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | ')' | ']' | '」' | '』' | '）')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '„' | '‘' | '‚' | '«' | '»' | '(' | '[' | '「' | '『' | '（')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn ends_of_sentences_with_and_without_quotation_marks() {
        assert_eq!(
            pieces("The ferry sank. “It was old.” Nobody was hurt! Why?"),
            ["The ferry sank.", "“It was old.”", "Nobody was hurt!", "Why?"]
        );
        assert_eq!(pieces("渡轮沉没。无人受伤。"), ["渡轮沉没。", "无人受伤。"]);
    }

    #[test]
    fn abbreviations_initials_and_dates_do_not_end_a_sentence() {
        for text in
            ["On Nov. 3 Gen. Quist met J. Reed.", "Am 6. Januar sank die Fähre.", "It cost 3.5 million."]
        {
            assert_eq!(pieces(text).len(), 1, "{text}");
        }
        assert_eq!(pieces("She left in 2018. He stayed.").len(), 2);
    }

    proptest! {
        #[test]
        fn sentences_cover_everything_but_white_space(text in "[A-Za-z0-9.!?“” é新。]{0,120}") {
            let mut last = 0;
            for range in split(&text) {
                prop_assert!(range.start >= last && range.end > range.start);
                prop_assert!(text[last..range.start].trim().is_empty());
                last = range.end;
            }
            prop_assert!(text[last..].trim().is_empty());
        }
    }
}
