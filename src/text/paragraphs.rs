//! Where the paragraphs of a body lie.
//!
//! Articles come with blank lines between paragraphs, with single line breaks, with lines wrapped
//! at a column, or with some or all breaks lost. Which of them it is, is read off the article
//! itself. A text that has lost all its breaks is cut into sentences, and where a page put something
//! between two of them.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr_iter, memchr3_iter, memmem};
use regex::Regex;

use super::{agencies, sentences};

/// Bytes from which a text without any break is taken for one that has lost its breaks, and a
/// single paragraph for several: about 130 and 400 words, far beyond what newspapers print.
const LOST_ALL: usize = 800;
const LOST_SOME: usize = 2500;

/// Returns the byte ranges of the paragraphs of `body`: ascending, disjoint, trimmed of white
/// space, never empty. Everything between them is white space.
#[must_use]
pub fn split(body: &str) -> Vec<Range<usize>> {
    let lines = lines(body);
    let mut paragraphs = Vec::with_capacity(lines.len());
    let wrap = wrap_width(body, &lines);
    let longest = if lines.len() == 1 { LOST_ALL } else { LOST_SOME };
    let mut at = 0;
    while at < lines.len() {
        let mut range = lines[at].range.clone();
        at += 1;
        if let Some(width) = wrap {
            while at < lines.len()
                && !lines[at].after_blank
                && continues(&body[lines[at - 1].range.clone()], width)
            {
                range.end = lines[at].range.end;
                at += 1;
            }
        }
        if range.len() > longest {
            for sentence in sentences::split(&body[range.clone()]) {
                let sentence = range.start + sentence.start..range.start + sentence.end;
                split_at_insets(body, sentence, |piece| cut_to_length(body, piece, &mut paragraphs));
            }
        } else {
            split_lost_breaks(body, range, &mut paragraphs);
        }
    }
    paragraphs
}

struct Line {
    range: Range<usize>,
    after_blank: bool,
}

/// The non-blank lines, trimmed. `\n`, `\r\n`, `\r` and the Unicode separators all end a line.
fn lines(body: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = false;
    let mut start = 0;
    let mut previous = '\0';
    for (end, c) in line_ends(body).chain([(body.len(), '\0')]) {
        let piece = &body[start..end];
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            // The line feed of `\r\n` is no blank line of its own.
            after_blank |= !(previous == '\r' && c == '\n' && piece.is_empty());
        } else {
            let from = start + (piece.len() - piece.trim_start().len());
            lines.push(Line { range: from..from + trimmed.len(), after_blank });
            after_blank = c == '\u{2029}';
        }
        previous = c;
        start = end + c.len_utf8();
    }
    lines
}

/// The characters that end a line, with their places.
fn line_ends(body: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = body.as_bytes();
    // Most texts have line feeds only, which are found many bytes at a time.
    let others = ["\r", "\u{85}", "\u{2028}", "\u{2029}"];
    let others = others.iter().any(|end| memmem::find(bytes, end.as_bytes()).is_some());
    let plain = memchr_iter(b'\n', if others { &[] } else { bytes }).map(|at| (at, '\n'));
    let all = if others { body } else { "" }.char_indices();
    plain.chain(all.filter(|(_, c)| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')))
}

/// Width in columns at which the body's lines are wrapped, if they are.
///
/// Wrapped lines are alike in length, mostly end in the middle of a sentence, and are followed
/// directly by another line. All three are asked for, so that a list of short lines or a page of
/// headlines is not glued together; of narrow lines, as of a newspaper's column, more alike ones.
fn wrap_width(body: &str, lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let mut open = 0;
    for pair in lines.windows(2).filter(|pair| !pair[1].after_blank) {
        let text = &body[pair[0].range.clone()];
        widths.push(columns(text));
        open += usize::from(!ends_sentence(text));
    }
    if widths.len() < 4 || open * 10 < widths.len() * 6 {
        return None;
    }
    widths.sort_unstable();
    let (median, high) = (widths[widths.len() / 2], widths[widths.len() * 19 / 20]);
    let alike = match median {
        28..40 => high <= median + median / 8,
        40..=110 => high <= median + median / 4,
        _ => false,
    };
    alike.then_some(high)
}

/// Columns that a text takes in print, where a letter of East Asia takes two.
fn columns(text: &str) -> usize {
    let is_wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
    };
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a paragraph goes on behind a line of it: the line reaches nearly to the wrap width, or ends in
/// the middle of a sentence well into it.
fn continues(line: &str, width: usize) -> bool {
    let length = columns(line);
    if ends_sentence(line) { length * 10 >= width * 9 } else { length * 2 >= width }
}

/// Whether a text ends as sentences do, in whatever script.
pub(super) fn ends_sentence(text: &str) -> bool {
    const STOPS: [char; 18] =
        ['.', '!', '?', '…', ':', '。', '！', '？', '：', '．', '｡', '।', '॥', '။', '۔', '؟', '։', '።'];
    text.trim_end_matches(sentences::is_closing).ends_with(STOPS)
}

/// What a page puts between two sentences, and what stands without a stop where all breaks are lost: the
/// credit of a picture, the source, a link to the page itself.
static INSET: LazyLock<Regex> = LazyLock::new(|| {
    let agency = agencies::any();
    let credit = format!(
        r"(?:Bild|Foto|Fotos|Photo|Picture|Image|Quelle): (?:[^\s/:]{{1,30}}[\s/]+){{0,6}}?{agency}(?:(?:, ?|/){agency})*"
    );
    let link = r"Permalink: https?://\S+";
    Regex::new(&format!(r"(?-u:\b)(?<inset>{credit}|{link})(?:\s|$)")).expect("the form above is valid")
});

/// Cuts a sentence before and behind what a page put into it.
fn split_at_insets(body: &str, sentence: Range<usize>, mut piece: impl FnMut(Range<usize>)) {
    let mut start = sentence.start;
    while let Some(inset) =
        INSET.captures_at(&body[..sentence.end], start).and_then(|found| found.name("inset"))
    {
        let before = body[start..inset.start()].trim_end();
        if !before.is_empty() {
            piece(start..start + before.len());
        }
        piece(inset.range());
        let behind = &body[inset.end()..sentence.end];
        start = sentence.end - behind.trim_start().len();
    }
    if start < sentence.end {
        piece(start..sentence.end);
    }
}

/// Bytes of the longest sentence. What has more, as speech that was written down by a program, has no stops,
/// and comparing two of them takes the product of their lengths.
const LONGEST_SENTENCE: usize = 10_000;

/// Cuts what is longer than any sentence, between two words.
fn cut_to_length(body: &str, mut piece: Range<usize>, out: &mut Vec<Range<usize>>) {
    while piece.len() > LONGEST_SENTENCE {
        let most = body.floor_char_boundary(piece.start + LONGEST_SENTENCE);
        let Some(cut) = body[piece.start..most].rfind(char::is_whitespace) else { break };
        let (before, behind) = body[piece.clone()].split_at(cut);
        out.push(piece.start..piece.start + before.trim_end().len());
        piece.start = piece.end - behind.trim_start().len();
    }
    out.push(piece);
}

/// Breaks inside a line that are certain: a sentence end stands directly against the next
/// sentence, without a space (`in Malaysia.“You live`, `Kim Hourn.While the`), with enough text
/// on both sides to be paragraphs.
fn split_lost_breaks(body: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    const LEAST_WORDS: usize = 5;
    let mut start = range.start;
    let text = &body[range.clone()];
    for offset in memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
        let Some(cut) = lost_break(text, offset) else { continue };
        let cut = range.start + cut;
        let words_before = body[start..cut].split_whitespace().count();
        if words_before >= LEAST_WORDS
            && body[cut..range.end].split_whitespace().nth(LEAST_WORDS - 1).is_some()
        {
            out.push(start..cut);
            start = cut;
        }
    }
    out.push(start..range.end);
}

/// Where the next paragraph starts, if the stop at `offset` has a lost line break behind it.
fn lost_break(text: &str, offset: usize) -> Option<usize> {
    let mut cut = offset + 1;
    // A closing quote may follow the stop.
    cut += text[cut..].chars().next().filter(|&c| matches!(c, '”' | '»')).map_or(0, char::len_utf8);
    // Nearly every stop has a space behind it.
    if text[cut..].starts_with(char::is_whitespace) {
        return None;
    }
    let before = text[..offset].split_whitespace().next_back()?;
    let stem = before.trim_end_matches(char::is_lowercase);
    if before.len() - stem.len() < 3 || before.contains(['.', '/', '@']) {
        return None;
    }
    let next = text[cut..].split_whitespace().next()?;
    let word = next.trim_start_matches(['“', '„', '«', '‘']);
    let quoted = word.len() < next.len();
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let letters = chars.all(|c| c.is_lowercase() || matches!(c, '’' | '\'' | ',' | '-'));
    // `Yahoo.Com` and `Node.Js` are names: behind a capitalised word only a longer word, or one
    // in quotation marks, is certainly the start of a sentence.
    let sentence = quoted || word.len() > 3 || before.starts_with(char::is_lowercase);
    (capital && letters && sentence).then_some(cut)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(body: &str) -> Vec<&str> {
        split(body).into_iter().map(|range| &body[range]).collect()
    }

    #[test]
    fn blank_lines_and_single_breaks_both_separate() {
        assert_eq!(
            pieces("One line.\n\nTwo.\nThree.\r\n\r\n Four. \r"),
            ["One line.", "Two.", "Three.", "Four."]
        );
    }

    #[test]
    fn wrapped_lines_are_joined_up_to_the_blank_line() {
        let body = "The harbour board of Vell met on Tuesday to decide whether the old\n\
                    ferry should sail through another winter, and after four hours of\n\
                    talk about paint it had decided that it would meet once more, on\n\
                    the day after the ice had gone and the pilots were back home.\n\n\
                    Nobody in the town was surprised by that, said the harbour master\n\
                    on the quay, least of all the captain of the ferry himself, whose\n\
                    patience is famous.";
        assert_eq!(pieces(body).len(), 2);
    }

    #[test]
    fn lines_are_wrapped_by_any_line_end() {
        let wrapped = "The harbour board of Vell met on Tuesday to decide whether the old\n\
                       ferry should sail through another winter, and it did not.\n\
                       Nobody in the town was surprised by that, said the master of the\n\
                       harbour, least of all the captain of the ferry himself, whose calm\n\
                       is famous, and who went home to his wife.\n\
                       The ferry was painted again all the same before the winter came to\n\
                       the islands, as every year.";
        assert_eq!(pieces(wrapped).len(), 3);
        for end in ["\r\n", "\u{85}", "\u{2028}"] {
            assert_eq!(pieces(&wrapped.replace('\n', end)).len(), 3, "{end:?}");
        }
    }

    #[test]
    fn what_is_longer_than_any_sentence_is_cut_between_words() {
        let body = "ferry of vell ".repeat(2_000);
        let pieces = pieces(&body);
        assert!(pieces.iter().all(|piece| piece.len() <= LONGEST_SENTENCE));
        assert_eq!(pieces.join(" "), body.trim_end());
    }

    #[test]
    fn narrow_columns_and_wide_letters_are_joined_too() {
        let column = "The harbour board of Vell met on\nTuesday to decide whether the old\nferry should sail for \
                      another\nwinter, and after four hours of\ntalk about paint it had decided to\nmeet once more.";
        assert_eq!(pieces(column).len(), 1);
        let column = "新港委员会星期二开会讨论旧渡轮是否\n应再航行一个冬天在谈论油漆四小时之\n后决定冰雪融化引水员回家的第二天\n\
                      再开一次会议镇上没有人对此感到惊讶\n港务长在码头上说渡轮船长本人更不惊\n讶他的耐心是出了名的。";
        assert_eq!(pieces(column).len(), 1);
    }

    #[test]
    fn sentences_end_in_many_scripts() {
        for text in ["他说：「我们走。」", "یہ خبر ہے۔", "Սա լուր է։", "ይህ ዜና ነው።", "यह समाचार है।”"]
        {
            assert!(ends_sentence(text), "{text}");
        }
        assert!(!ends_sentence("Deterrence at sea") && !ends_sentence("「我们"));
    }

    #[test]
    fn a_list_of_short_lines_is_not_joined() {
        assert_eq!(pieces("Home\nNews\nSport\nWeather\nOpinion\nContact").len(), 6);
    }

    #[test]
    fn certain_lost_breaks_are_repaired() {
        let body =
            "The tour began with meetings in Malaysia.“You live it every day on the sea,” he told them.";
        assert_eq!(
            pieces(body),
            [
                "The tour began with meetings in Malaysia.",
                "“You live it every day on the sea,” he told them."
            ]
        );
        let body = "She also met the secretary general Kao Kim Hourn.While others have ties to both sides.";
        assert_eq!(pieces(body).len(), 2);
    }

    #[test]
    fn what_a_page_put_between_two_sentences_is_cut_out_where_all_breaks_are_lost() {
        let sentence =
            "Die Fähre von Vell fuhr am Mittag drei Stunden später, als das Hafenamt gesagt hatte.";
        let body = format!(
            "Die Fähre im Hafen Bild: Mara Quist/dpa {sentence} 2 Min. Permalink: https://vell.example/-a9 {} Quelle: mq./dpa, AFP Hier weiter.",
            [sentence; 9].join(" ")
        );
        let expected = [
            &[
                "Die Fähre im Hafen",
                "Bild: Mara Quist/dpa",
                sentence,
                "2 Min.",
                "Permalink: https://vell.example/-a9",
            ][..],
            &[sentence; 9],
            &["Quelle: mq./dpa, AFP", "Hier weiter."],
        ]
        .concat();
        assert_eq!(pieces(&body), expected);
        // A word with a colon is no credit by itself.
        let speech =
            "Dem Bild: „Die Fähre fuhr am Mittag drei Stunden später, als das Hafenamt gesagt hatte.“";
        assert_eq!(pieces(&[speech; 10].join(" ")), [speech; 10]);
    }

    #[test]
    fn addresses_and_names_with_dots_stay_whole() {
        for body in [
            "Write to the desk at www.Example.Com or at news.Example.org for all details of it.",
            "The library Node.Js and the company Yahoo.Com are named here as an example only.",
            "A total of 3.Five or so people of the U.S.Navy came to the quay to see it off.",
        ] {
            assert_eq!(pieces(body).len(), 1, "{body}");
        }
    }

    proptest! {
        #[test]
        fn paragraphs_cover_everything_but_white_space(body in "[a-zA-Z.“” \n\r\t\u{85}新é]{0,200}") {
            let mut last = 0;
            for range in split(&body) {
                prop_assert!(range.start >= last && range.end > range.start);
                prop_assert!(body[last..range.start].trim().is_empty());
                last = range.end;
            }
            prop_assert!(body[last..].trim().is_empty());
        }
    }
}
