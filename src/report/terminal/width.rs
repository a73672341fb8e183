//! How many columns a text takes, and how to make it take fewer.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that the text takes in a terminal.
pub(super) fn of(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text, cut with `…` where it would take more than `columns`.
pub(super) fn fit(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    format!("{}…", text[..head(text, room)].trim_end())
}

/// The end of the text, with `…` before it where it would take more than `columns`.
pub(super) fn fit_end(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    let start = text.char_indices().map(|(at, _)| at).find(|&at| of(&text[at..]) <= room);
    format!("…{}", &text[start.unwrap_or(text.len())..])
}

/// The text in lines of at most `columns`, broken at blanks, or inside a word that is longer
/// than a line (scripts without blanks). `columns` counts as at least 2.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for mut word in text.split_whitespace() {
        let gap = usize::from(!line.is_empty());
        if of(&line) + gap + of(word) > columns && of(word) <= columns {
            lines.push(std::mem::take(&mut line));
        } else if gap == 1 {
            line.push(' ');
        }
        while of(&line) + of(word) > columns {
            let cut = head(word, columns - of(&line));
            line.push_str(&word[..cut]);
            word = &word[cut..];
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Bytes of the longest start of the text that takes at most `columns`. A combining character is
/// not torn from its base.
pub(super) fn head(text: &str, columns: usize) -> usize {
    let mut taken = 0;
    for (start, char) in text.char_indices() {
        taken += char.width().unwrap_or(0);
        if taken > columns {
            return start;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(of("渡船 a"), 6);
        assert_eq!(fit("渡船失去动力", 7), "渡船失…");
        assert_eq!(fit("渡船失去动力", 8), "渡船失…");
        assert_eq!(fit("渡船失去动力", 12), "渡船失去动力");
    }

    #[test]
    fn paths_keep_their_end() {
        assert_eq!(fit_end("news/ferry.txt", 10), "…ferry.txt");
        assert_eq!(fit_end("渡船失去动力", 7), "…去动力");
        assert_eq!(fit_end("tide", 4), "tide");
        assert_eq!(fit_end("tides", 0), "");
    }

    #[test]
    fn short_text_is_left_alone_and_no_room_is_no_text() {
        assert_eq!(fit("tide", 4), "tide");
        assert_eq!(fit("tides", 4), "tid…");
        assert_eq!(fit("tides", 1), "…");
        assert_eq!(fit("tides", 0), "");
    }

    #[test]
    fn combining_characters_stay_with_their_base() {
        assert_eq!(fit("cafe\u{301}s noirs", 5), "cafe\u{301}…");
    }

    #[test]
    fn lines_break_at_blanks_and_inside_words_that_are_too_long() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("渡船失去动力", 5), ["渡船", "失去", "动力"]);
        assert_eq!(wrap("go 渡船失去动力", 6), ["go 渡", "船失去", "动力"]);
        assert_eq!(wrap("a 渡船失去", 2), ["a", "渡", "船", "失", "去"]);
        assert!(wrap("  ", 9).is_empty());
    }
}
