//! A page without what no reader sees, before it is given to a parser.
//!
//! Scripts, styles, menus, drawings and comments are most of a page's bytes; leaving them out halves
//! the time. It also takes away what makes parsers slow or overflow on purpose-built pages: depth
//! without end, thousands of attributes, and formatting elements that are opened again in every
//! paragraph. Nothing here goes back in the text, so that the time is in proportion to its length.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// Elements may stand this deep in each other; the tags of deeper ones are left out, their text
/// stays. Articles need about 30.
const DEEPEST: usize = 200;
/// Attributes that are looked at in a tag.
const ATTRIBUTES: usize = 64;

/// What is done with an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Set aside where it is JSON-LD, else left out.
    Script,
    /// Kept as it is; what looks like tags inside is text.
    Title,
    /// Left out with the text up to its end tag, in which no other element stands.
    Raw,
    /// Left out with all that is in it, others of its kind too.
    LeftOut,
    /// Its tags are left out, its text stays: it only changes how it looks.
    Look,
    /// It has no end tag and no text.
    Void,
    /// It has no end tag, no text, and nothing to say.
    Empty,
    /// The next of its kind ends it, or there is one only, so that it does not add to the depth by
    /// itself.
    EndedByTheNext,
    /// Kept.
    Kept,
}

impl Role {
    fn of(name: &str) -> Self {
        match name {
            "script" => Self::Script,
            "title" => Self::Title,
            "textarea" | "style" | "iframe" | "noembed" | "noframes" | "xmp" => Self::Raw,
            "noscript" | "svg" | "math" | "template" | "nav" | "select" | "button" => Self::LeftOut,
            "b" | "i" | "em" | "strong" | "font" | "u" | "s" | "small" | "big" | "tt" | "nobr" | "strike"
            | "code" | "mark" | "plaintext" | "center" => Self::Look,
            "base" | "br" | "hr" | "input" | "link" | "meta" => Self::Void,
            "area" | "col" | "embed" | "img" | "param" | "source" | "track" | "wbr" => Self::Empty,
            "a" | "p" | "li" | "dt" | "dd" | "option" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot"
            | "caption" | "html" | "head" | "body" => Self::EndedByTheNext,
            // A tag that was broken off before the next one.
            _ if name.contains('<') => Self::Look,
            _ => Self::Kept,
        }
    }
}

/// Attributes that say something about text.
const TELLING: [&str; 18] = [
    "aria-hidden",
    "charset",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
];

/// A page that is ready to be parsed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Skimmed<'a> {
    /// The page without scripts, styles, menus, pictures, comments and formatting tags.
    pub(super) html: String,
    /// The contents of its JSON-LD scripts, in order.
    pub(super) json_ld: Vec<&'a str>,
    /// Whether elements stood too deep in each other.
    pub(super) too_deep: bool,
}

/// Skims a page.
pub(super) fn skim(page: &str) -> Skimmed<'_> {
    let mut skimmer = Skimmer {
        page,
        result: Skimmed { html: String::with_capacity(page.len() / 2), ..Skimmed::default() },
        depth: 0,
        left_out: Vec::new(),
        unclosed: Vec::new(),
    };
    let mut at = 0;
    while let Some(step) = memchr(b'<', &page.as_bytes()[at..]) {
        skimmer.result.html.push_str(&page[at..at + step]);
        at = skimmer.markup(at + step);
    }
    skimmer.result.html.push_str(&page[at..]);
    skimmer.result
}

struct Skimmer<'a> {
    page: &'a str,
    result: Skimmed<'a>,
    /// Elements that are open and were kept.
    depth: usize,
    /// Elements that are open and were left out as too deep.
    left_out: Vec<String>,
    /// Elements that were not closed once. Looking for the end of every other one would take time
    /// in proportion to the square of the page's length.
    unclosed: Vec<String>,
}

/// A start tag.
struct Tag<'a> {
    name: Cow<'a, str>,
    attributes: Vec<(&'a str, &'a str)>,
    /// The byte after it.
    end: usize,
}

impl<'a> Skimmer<'a> {
    /// Handles what begins with the `<` at `at`, and returns where the text goes on.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.page[at..];
        let second = rest.as_bytes().get(1).copied();
        match second {
            Some(b'!') if rest.starts_with("<!--") => {
                after(rest, 2, "-->").map_or(self.page.len(), |n| at + n)
            }
            Some(b'!' | b'?') => {
                let length = after(rest, 1, ">").unwrap_or(rest.len());
                if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
                    self.result.html.push_str(&rest[..length]);
                }
                at + length
            }
            Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(at),
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(at),
            _ => {
                self.result.html.push_str("&lt;");
                at + 1
            }
        }
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let rest = &self.page[at..];
        let length = after(rest, 2, ">").unwrap_or(rest.len());
        let name = name(&rest[2..length]);
        let role = Role::of(&name);
        if !matches!(role, Role::Kept | Role::EndedByTheNext | Role::Void) {
            return at + length;
        }
        if self.left_out.last().is_some_and(|last| *last == name) {
            self.left_out.pop();
            return at + length;
        }
        if role == Role::Kept {
            self.depth = self.depth.saturating_sub(1);
        }
        self.result.html.extend(["</", &name, ">"]);
        at + length
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let tag = read_tag(self.page, at);
        let name = &*tag.name;
        let page = self.page;
        let inside = |end: &str| after_end_tag(&page[tag.end..], end).unwrap_or((page.len() - tag.end, 0));
        match Role::of(name) {
            Role::Script => {
                let (length, past) = inside("script");
                let is_json_ld = |(name, value): &(&str, &str)| {
                    name.eq_ignore_ascii_case("type")
                        && value.trim().eq_ignore_ascii_case("application/ld+json")
                };
                if tag.attributes.iter().any(is_json_ld) {
                    self.result.json_ld.push(&page[tag.end..tag.end + length]);
                }
                return tag.end + length + past;
            }
            Role::Title => {
                let (length, past) = inside(name);
                let text = page[tag.end..tag.end + length].replace('<', "&lt;");
                self.result.html.extend(["<title>", &text, "</title>"]);
                return tag.end + length + past;
            }
            Role::Raw => {
                let (length, past) = inside(name);
                return tag.end + length + past;
            }
            Role::LeftOut => {
                if self.unclosed.iter().any(|unclosed| unclosed == name) {
                    return tag.end;
                }
                // One that is not closed would take the rest of the page with it.
                return after_nested(page, tag.end, name).unwrap_or_else(|| {
                    self.unclosed.push(name.to_owned());
                    tag.end
                });
            }
            Role::Look | Role::Empty => return tag.end,
            Role::Void | Role::EndedByTheNext => {}
            Role::Kept => {
                if self.depth >= DEEPEST {
                    self.result.too_deep = true;
                    self.left_out.push(name.to_owned());
                    return tag.end;
                }
                self.depth += 1;
            }
        }
        self.copy(&tag);
        tag.end
    }

    fn copy(&mut self, tag: &Tag<'_>) {
        let html = &mut self.result.html;
        html.extend(["<", &tag.name]);
        for (name, value) in &tag.attributes {
            let Some(name) = TELLING.iter().find(|telling| telling.eq_ignore_ascii_case(name)) else {
                continue;
            };
            // Pictures are written into pages as text; nothing in them is about the article.
            let value = if value.starts_with("data:") { "" } else { value };
            html.extend([" ", name, "=\""]);
            if value.contains('"') {
                html.push_str(&value.replace('"', "&quot;"));
            } else {
                html.push_str(value);
            }
            html.push('"');
        }
        html.push('>');
    }
}

/// Returns the length of `text` up to and with the first `end` that begins at or after `from`.
fn after(text: &str, from: usize, end: &str) -> Option<usize> {
    let found = memmem::find(&text.as_bytes()[from..], end.as_bytes())?;
    Some(from + found + end.len())
}

/// Returns the lower-case name that a tag's text begins with.
fn name(text: &str) -> Cow<'_, str> {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(text.len());
    let name = &text[..end];
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Finds the end tag of an element without elements in it: the bytes before it, and its own.
fn after_end_tag(text: &str, name: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        at += memmem::find(&text.as_bytes()[at..], b"</")?;
        let rest = &text[at + 2..];
        if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return Some((at, after(&text[at..], 2, ">").unwrap_or(text.len() - at)));
        }
        at += 2;
    }
}

/// Returns the byte after the end tag that closes an element, elements of its kind inside it
/// counted.
fn after_nested(page: &str, from: usize, name: &str) -> Option<usize> {
    let mut open = 1_usize;
    let mut at = from;
    loop {
        at += memchr(b'<', &page.as_bytes()[at..])? + 1;
        let rest = &page[at..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let ends = |c: Option<&u8>| c.is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'));
        if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && ends(rest.as_bytes().get(name.len()))
        {
            let end = at + after(&page[at..], 0, ">")?;
            match closing {
                true => open -= 1,
                false if !page[..end].ends_with("/>") => open += 1,
                false => {}
            }
            if open == 0 {
                return Some(end);
            }
            at = end;
        }
    }
}

/// Reads the start tag that begins at `at`.
fn read_tag(page: &str, at: usize) -> Tag<'_> {
    let bytes = page.as_bytes();
    let name = name(&page[at + 1..]);
    let mut end = at + 1 + name.len();
    let mut attributes = Vec::new();
    let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let until = |from: usize, stops: &[u8]| {
        let stop = bytes[from..].iter().position(|byte| stops.contains(byte) || byte.is_ascii_whitespace());
        stop.map_or(bytes.len(), |stop| from + stop)
    };
    loop {
        while is_space(end) || bytes.get(end) == Some(&b'/') {
            end += 1;
        }
        match bytes.get(end) {
            None => break,
            Some(b'>') => {
                end += 1;
                break;
            }
            Some(_) => {}
        }
        let name_end = until(end + 1, b"=/>");
        let attribute = &page[end..name_end];
        end = name_end;
        while is_space(end) {
            end += 1;
        }
        let mut value = "";
        if bytes.get(end) == Some(&b'=') {
            end += 1;
            while is_space(end) {
                end += 1;
            }
            (value, end) = match bytes.get(end) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let close = memchr(quote, &bytes[end + 1..]).map_or(bytes.len(), |n| end + 1 + n);
                    (&page[end + 1..close], (close + 1).min(bytes.len()))
                }
                _ => {
                    let close = until(end, b">");
                    (&page[end..close], close)
                }
            };
        }
        if attributes.len() < ATTRIBUTES {
            attributes.push((attribute, value));
        }
    }
    Tag { name, attributes, end }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(page: &str) -> String {
        skim(page).html
    }

    #[test]
    fn what_no_reader_sees_is_left_out() {
        assert_eq!(html("a<script>if (a</b) '<p>'</SCRIPT >b<!-- <p> -->c<style>p{}</style>d"), "abcd");
        assert_eq!(html("a<svg><svg/><g>x</g></svg>b<noscript><img src=x></noscript>c"), "abc");
        assert_eq!(html("<p>One <b class=x>two</b></p>"), "<p>One two</p>");
        assert_eq!(html("<?xml version='1'?><!DOCTYPE html><P>a < b"), "<!DOCTYPE html><p>a &lt; b");
        assert_eq!(html("a<svg>b<p>c"), "ab<p>c", "what is not closed takes nothing with it");
    }

    #[test]
    fn telling_attributes_stay_however_they_are_quoted() {
        let page = "<DIV class='a \"b\"' onclick=\"x>y\" ID=c data-x hidden><a href=/x?y>z</a>";
        assert_eq!(html(page), "<div class=\"a &quot;b&quot;\" id=\"c\" hidden=\"\"><a href=\"/x?y\">z</a>");
    }

    #[test]
    fn json_ld_is_set_aside() {
        let page = "<script type='application/ld+json'>{\"a\": \"<b>\"}</script><script>x</script>y";
        assert_eq!(skim(page).json_ld, ["{\"a\": \"<b>\"}"]);
        assert_eq!(html(page), "y");
    }

    #[test]
    fn deep_elements_lose_their_tags_but_not_their_text() {
        let page = format!("{}text{}<p>after</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let skimmed = skim(&page);
        assert!(skimmed.too_deep);
        assert_eq!(skimmed.html.matches("<div>").count(), DEEPEST);
        assert_eq!(skimmed.html.matches("</div>").count(), DEEPEST);
        assert!(skimmed.html.contains("text") && skimmed.html.ends_with("<p>after</p>"));
        let unclosed = skim(&"<p><a name=x>".repeat(5000)).too_deep;
        assert!(!unclosed, "what the next one ends is not deep");
    }

    proptest! {
        #[test]
        fn any_text_can_be_skimmed(page in "(<|>|/|!--|-->|\"|'|=| |script|svg|p|div|é|x|<p>|</p>){0,60}") {
            let skimmed = skim(&page);
            for left_out in ["<script>", "<svg>", "<!--"] {
                prop_assert!(!skimmed.html.contains(left_out), "{}", skimmed.html);
            }
        }
    }
}
