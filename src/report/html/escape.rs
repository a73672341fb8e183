//! Words of strangers inside HTML.

use crate::report::clean;

/// Prose for the content of an element or a quoted attribute: white space becomes single blanks,
/// what steers the layout is spelled out.
pub(super) fn prose(text: &str) -> String {
    markup(&clean::prose(text))
}

/// A name or path for the content of an element or a quoted attribute; every unusual character
/// stays visible.
pub(super) fn name(text: &str) -> String {
    markup(&clean::name(text))
}

/// Our own words, of which only the markup must be escaped.
pub(super) fn markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(char),
        }
    }
    safe
}

/// One part of an address behind `#/`.
pub(super) fn address(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                safe.push(char::from(byte))
            }
            _ => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_element_or_an_attribute() {
        assert_eq!(prose("</p>\n\"x\" & 'y'"), "&lt;/p&gt; &quot;x&quot; &amp; &#39;y&#39;");
        assert_eq!(name("a\u{202e}<b"), "a&lt;U+202E&gt;&lt;b");
        assert_eq!(address("a/b#c ü"), "a%2Fb%23c%20%C3%BC");
    }
}
