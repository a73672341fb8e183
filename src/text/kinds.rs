//! What a paragraph is: reporting, or one of the things that stand around it.
//!
//! The general forms only, read off the paragraph and its neighbours. What a particular outlet
//! prints under every article is learnt later, from the corpus.

use std::ops::Range;
use std::sync::LazyLock;

use regex::RegexSet;
use serde::{Deserialize, Serialize};

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

/// Most words of a heading.
const HEADING_WORDS: usize = 14;

/// Returns the kind of each paragraph of `body`.
#[must_use]
pub fn classify(body: &str, paragraphs: &[Range<usize>]) -> Vec<Kind> {
    let text = |i: usize| &body[paragraphs[i].clone()];
    let mut kinds: Vec<Kind> = (0..paragraphs.len()).map(|i| alone(text(i))).collect();
    for i in 0..paragraphs.len() {
        if kinds[i] == Kind::Body && is_title_like(text(i)) {
            kinds[i] = Kind::Heading;
        }
        // Extractors print a caption twice: once as the picture's text, once below it. Speech
        // and reporting are not repeated directly.
        if i > 0 && kinds[i] == Kind::Body && text(i) == text(i - 1) {
            kinds[i] = Kind::Caption;
            kinds[i - 1] = Kind::Caption;
        }
    }
    kinds
}

fn alone(text: &str) -> Kind {
    if text.len() > LONGEST_FURNITURE {
        return Kind::Body;
    }
    if !text.contains(char::is_alphanumeric) {
        return Kind::Chrome;
    }
    let hits = FORMS.set.matches(text);
    // The list is ordered: credits before captions before chrome.
    hits.iter().next().map_or(Kind::Body, |first| FORMS.kinds[first])
}

/// Whether a short line reads as a title: no sentence end, no quotation that carries it, and in
/// spaced scripts only a few words.
fn is_title_like(text: &str) -> bool {
    if text.len() > 160 || text.contains('\n') {
        return false;
    }
    let ends = text.trim_end_matches(['"', '”', '’', '\'', ')', '»', '“']);
    !ends.ends_with(['.', '!', '?', '…', '。', '！', '？', ',', ';', ':', '।'])
        && text.split_whitespace().count() <= HEADING_WORDS
}

struct Forms {
    set: RegexSet,
    kinds: Vec<Kind>,
}

/// Forms by kind, in order of precedence. Each is a regular expression over one paragraph,
/// case-insensitive.
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let lists: [(Kind, &[&str]); 3] =
        [(Kind::Credit, CREDIT), (Kind::Caption, CAPTION), (Kind::Chrome, CHROME)];
    let mut patterns = Vec::new();
    let mut kinds = Vec::new();
    for (kind, list) in lists {
        for pattern in list {
            patterns.push(format!("(?i){pattern}"));
            kinds.push(kind);
        }
    }
    Forms { set: RegexSet::new(patterns).expect("the forms below are valid"), kinds }
});

const CREDIT: &[&str] = &[
    // Bylines: a line of its own.
    r"^(by|von|par|por|di|text by|story by|written by)[:\s]+[^.!?]{2,80}$",
    r"^\W*(associated press|ap|reuters|afp|dpa|cnn|upi)\W*$",
    r"^(editing|reporting|writing|additional reporting|compiled) by\b.{0,300}$",
    r"^\(?(reporting|additional reporting|writing|editing|compiled) by\b.{0,400}\)?$",
    r"^(the )?associated press (writers?|reporters?|journalists?)\b.{0,300}\bcontributed\b.{0,80}$",
    r"^.{0,200}\bcontributed to this (report|story|article)\b.{0,60}$",
    r"\bthis material may not be published, broadcast, rewritten",
    r"^\W*(copyright|©|\(c\))\W.{0,200}$",
    r"\bdisclaimer\b.{0,60}\b(post|report|story|article|content|copy)\b",
    r"\b(auto[- ]?(generated|published)|not been edited)\b.{0,160}\b(feed|agency|syndicated)\b",
    r"\bpublished from an? (syndicated|agency|wire)",
    r"^\W*(quelle|source|sources|quellen|fuente|fonte)\s*:.{1,120}$",
    r"^\(?\s*(with )?(inputs?|files) from\b.{0,100}$",
    r"^\(?[A-Z][\w ,.()-]{0,60}\)?\s*[-–—_]+\s*$",
    r"^[-–—_\s]+$",
    r"^(first published|published|updated|posted|last updated|last modified|created|stand)\b[^.!?]{0,80}\d[^.!?]{0,40}$",
    r"^\(?(mon|tues|wednes|thurs|fri|satur|sun)day,? [^.!?]{0,40}\d{4}[^.!?]{0,30}$",
    r"^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2},? \d{4}[^.!?]{0,30}$",
];

const CAPTION: &[&str] = &[
    // A picture credit closes the paragraph: `[Name/AFP]`, `(AP Photo/Name)`, `Foto: Name`.
    r"\[[^\[\]]{0,60}/[^\[\]/]{2,40}\]\s*$",
    r"\((ap|afp|reuters|getty|epa)?\s*(photo|image|file)[^()]{0,80}\)\s*$",
    r"\b(ap|afp|reuters|epa|getty|pool) (photo|file photo|images?)\b[^.]{0,80}$",
    r"\b(photo|photograph|picture|image|foto|bild|photo credit|image credit|credit|photo courtesy)\s*(:|by\b|courtesy)[^.!?]{2,90}$",
    r"^(file|photo|image|picture|foto|bild|video|caption|credit|in this( \w+)?( \w+\.?)? \d{1,2}, \d{4},?( file)? photo)\b\s*([:-]|photo\b|picture\b).{0,600}$",
    r"^in this .{3,40} photo[, ].{0,600}$",
    r"\b(getty images|via getty|afp/getty|ap images|shutterstock|imago images|picture alliance|anadolu agency)\b[^.!?]{0,60}$",
    r"^\(?(photo|foto|bild)s?\b[^.!?]{0,90}$",
];

const CHROME: &[&str] = &[
    r"\bsave my name, e-?mail",
    r"\byour e-?mail address will not be published\b",
    r"\brequired fields are marked\b",
    r"^captcha\b",
    r"^do you like this article\b",
    r"^policy link$",
    r"^(leave a (reply|comment)|post a comment|comments?( \(\d+\))?|view comments|show comments|\d+ comments?|comment)\W*$",
    r"^(share|share this|share on|tweet|tweet this|print|e-?mail|facebook|twitter|whatsapp|linkedin|pinterest|reddit|copy link|flipboard|save|like|follow( us)?|advertisement|ad|anzeige|werbung|loading\.*|edit|updated|posted|skip|close|menu|search|home|login|log in|sign in|subscribe|most read|most popular|trending|topics|tags?|more|next|previous)\W*$",
    r"^(share|tweet|follow|like|email|print) (this|it|us|on|via|with)\b[^.]{0,80}$",
    r"^(read more|also read|read also|see also|read|more|related|related (stories|articles|news|content|topics)|recommended|more from|watch|watch more|listen|mehr zum thema|lesen sie auch|lire aussi|leer más)\s*(:|»|>|\||$)",
    r"^(click|tap) here\b",
    r"\b(sign up|subscribe|register) (to|for|here|now)\b.{0,80}\b(newsletter|e-?mails?|alerts?|updates|digest)\b",
    r"\b(newsletter|push alerts)\b.{0,80}\b(sign up|subscribe|inbox)\b",
    r"^(sign up|subscribe|newsletter)\b[^.]{0,100}$",
    r"\b(support|donate|contribute|contribution|subscription)\b.{0,80}\b(independent journalism|our journalism|our work|our newsroom)\b",
    r"^(all rights reserved|terms (of|and)|privacy policy|cookie)\b",
    r"\ball rights reserved\.?\s*$",
    r"\b(enable|activate) javascript\b|\bjavascript (is )?(disabled|required)\b",
    r"\b(your browser|this browser) (does not|doesn't) support\b",
    r"\bwe use cookies\b|\buse of cookies\b",
    r"^(your weather is set|you can change the location|you are signed in|accuweather)\b",
    r"^(follow|find|like) (us|me|him|her|\w+ \w+) on (twitter|facebook|instagram|x|whatsapp|telegram)\b",
    r"^(download|get) (the|our) .{0,30}\bapp\b",
    r"^[^\s]+@[^\s]+$",
    r"^(https?://|www\.)\S+$",
    r"^(thank you for (reading|signing)|thanks for (reading|signing)|congratulations!?$)",
    r"^this (story|article|post|report) (was|has been) (updated|corrected|first published|originally published|published)\b.{0,160}$",
    r"^\W*(facebook|twitter|google\+?|e-?mail|print|whatsapp|reddit|linkedin|pinterest)(\W+(facebook|twitter|google\+?|e-?mail|print|whatsapp|reddit|linkedin|pinterest|share|tweet))*\W*$",
];

#[cfg(test)]
mod tests {
    use super::super::paragraphs::split;
    use super::*;

    fn kinds(body: &str) -> Vec<Kind> {
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
    fn credits_and_disclaimers() {
        for line in [
            "By Mara Quist",
            "(Reporting by Mara Quist in Vell; Editing by Jon Reed)",
            "Disclaimer: This post has been auto-published from an agency feed without any modifications to the text",
            "Quelle: vell.de, mq/dpa",
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
            "The company said its newsletter would stop in June, and it thanked its readers for their trust.",
        ] {
            assert_eq!(kinds(line), [Kind::Body], "{line}");
        }
    }
}
