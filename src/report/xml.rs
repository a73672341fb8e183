//! Text in XML 1.0.

use std::fmt::{self, Display};

/// Text as the content of an element or the value of an attribute in double quotes.
///
/// White space other than the blank is written as a reference, so that no reader turns it into
/// something else. Characters that XML cannot hold become U+FFFD.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in self.0.char_indices() {
            let replaced = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' => "&#9;",
                '\n' => "&#10;",
                '\r' => "&#13;",
                '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                c if c.is_control() => "\u{fffd}",
                _ => continue,
            };
            f.write_str(&self.0[plain..at])?;
            f.write_str(replaced)?;
            plain = at + c.len_utf8();
        }
        f.write_str(&self.0[plain..])
    }
}

/// Text as an identity: like [`Escaped`], but different texts stay different, because U+FFFD is
/// followed by the code of the character that it stands for, as in `\u{fffd}{1}`.
pub(super) struct Identity<'a>(pub(super) &'a str);

impl Display for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lost = |c: char| {
            matches!(c, '\u{fffd}'..='\u{ffff}') || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
        };
        let mut rest = self.0;
        while let Some(at) = rest.find(lost) {
            let (before, after) = rest.split_at(at);
            let mut after = after.chars();
            let c = after.next().map_or(0, u32::from);
            write!(f, "{}\u{fffd}{{{c:x}}}", Escaped(before))?;
            rest = after.as_str();
        }
        Escaped(rest).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        let hostile = "a&b<c>\"d'\t\n\r\0\u{1f}\u{9b}\u{ffff}😀]]>";
        assert_eq!(
            Escaped(hostile).to_string(),
            "a&amp;b&lt;c&gt;&quot;d'&#9;&#10;&#13;\u{fffd}\u{fffd}\u{fffd}\u{fffd}😀]]&gt;"
        );
        assert_eq!(Escaped("").to_string(), "");
    }

    #[test]
    fn different_identities_stay_different() {
        let ids = ["a\u{1}", "a\u{2}", "a\u{fffd}", "a\u{fffd}{1}", "a"];
        let written = ids.map(|id| Identity(id).to_string());
        assert_eq!(written, ["a\u{fffd}{1}", "a\u{fffd}{2}", "a\u{fffd}{fffd}", "a\u{fffd}{fffd}{1}", "a"]);
        assert_eq!(Identity("news/a&b\n.txt").to_string(), "news/a&amp;b&#10;.txt");
    }
}
