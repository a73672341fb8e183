//! What a paragraph is: reporting, or one of the things that stand around it.
//!
//! The general forms only, read off the paragraph and its neighbours. What a particular outlet
//! prints under every article is learnt later, from the corpus.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::{Deserialize, Serialize};

use super::needles::{Case, Needles};
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
    for i in links_at_the_end(body, paragraphs, &kinds) {
        if kinds[i] == Kind::Body {
            kinds[i] = Kind::Chrome;
        }
    }
    kinds
}

/// Fewest lines of a list of other articles' titles, and fewest paragraphs that end as sentences
/// before it is told from them.
const LINKS: usize = 2;
const SENTENCES: usize = 3;

/// Titles of other articles behind the last sentence, too long for headings: the lines without a
/// sentence end that close an article of sentences.
fn links_at_the_end(body: &str, paragraphs: &[Range<usize>], kinds: &[Kind]) -> Range<usize> {
    let text = |i: usize| &body[paragraphs[i].clone()];
    let open = |i: usize| text(i).len() <= LONGEST_LINE && !ends_as_sentence(text(i));
    let start = (0..kinds.len()).rev().take_while(|&i| open(i)).last().unwrap_or(kinds.len());
    if kinds.len() - start < LINKS {
        return 0..0;
    }
    let bodies = || (0..kinds.len()).filter(|&i| kinds[i] == Kind::Body);
    let sentences = bodies().filter(|&i| ends_as_sentence(text(i))).count();
    let broken_off = bodies().filter(|&i| i < start && !ends_as_sentence(text(i))).count();
    if sentences >= SENTENCES.max(broken_off) { start..kinds.len() } else { 0..0 }
}

fn ends_as_sentence(text: &str) -> bool {
    ends_sentence(text) || text.ends_with([',', ';', '，', '、', '；', '،', '؛'])
}

fn alone(text: &str) -> Kind {
    if text.len() > LONGEST_FURNITURE {
        return Kind::Body;
    }
    if !text.contains(char::is_alphanumeric) {
        return Kind::Chrome;
    }
    FORMS.kind_of(text).unwrap_or(Kind::Body)
}

/// Whether a short line reads as a title: no sentence end, no quotation that carries it, and in
/// spaced scripts only a few words.
fn is_title_like(text: &str) -> bool {
    if text.len() > 160 || text.contains('\n') {
        return false;
    }
    !ends_as_sentence(text) && text.split_whitespace().count() <= HEADING_WORDS
}

/// Longest paragraph, in bytes, that the forms of lines are tried on.
const LONGEST_LINE: usize = 200;

/// Forms of whole lines by kind, and forms of longer paragraphs behind the words that each needs,
/// so that reporting is read once and no more.
struct Forms {
    lines: RegexSet,
    line_kinds: Vec<Kind>,
    needles: Needles,
    blocks: Vec<(Kind, Regex)>,
}

impl Forms {
    fn new() -> Self {
        let lists =
            [(Kind::Credit, CREDIT_LINES), (Kind::Caption, CAPTION_LINES), (Kind::Chrome, CHROME_LINES)];
        let lines =
            lists.iter().flat_map(|(kind, list)| list.iter().map(move |line| (*kind, expression(line))));
        let (line_kinds, lines): (Vec<Kind>, Vec<String>) = lines.unzip();
        Self {
            lines: RegexSet::new(lines).expect("the forms below are valid"),
            line_kinds,
            needles: Needles::new(BLOCKS.iter().map(|(_, needle, _)| needle), Case::Ignored),
            blocks: BLOCKS
                .iter()
                .map(|(kind, _, block)| {
                    (*kind, Regex::new(&expression(block)).expect("the forms below are valid"))
                })
                .collect(),
        }
    }

    /// The kind of the first form that fits, in order of [`Kind::Credit`], [`Kind::Caption`],
    /// [`Kind::Chrome`].
    fn kind_of(&self, text: &str) -> Option<Kind> {
        let line = (text.len() <= LONGEST_LINE)
            .then(|| self.lines.matches(text).iter().next().map(|form| self.line_kinds[form]))
            .flatten();
        let block = || {
            let mut may_fit = [false; BLOCKS.len()];
            self.needles.find(text, |form, _| may_fit[form] = true);
            let forms = self.blocks.iter().zip(may_fit).filter(|(_, may_fit)| *may_fit);
            forms.map(|(form, _)| form).find(|(_, form)| form.is_match(text)).map(|(kind, _)| *kind)
        };
        line.or_else(block)
    }
}

/// A form as an expression: case does not count. Word borders are those of ASCII, which the
/// engine finds in one pass over any text; the words of the forms need no others.
fn expression(form: &str) -> String {
    format!("(?i){}", form.replace(r"\b", r"(?-u:\b)"))
}

static FORMS: LazyLock<Forms> = LazyLock::new(Forms::new);

/// Makes ready what [`classify`] needs.
pub(super) fn prepare() {
    LazyLock::force(&FORMS);
}

/// Forms of longer paragraphs: the kind, words that must stand in it, the expression.
const BLOCKS: &[(Kind, &str, &str)] = &[
    (Kind::Credit, "reporting by", r"^\(?(additional )?reporting by\b"),
    (Kind::Credit, "editing by", r"^\(?editing by\b"),
    (Kind::Credit, "writing by", r"^\(?writing by\b"),
    (Kind::Credit, "compiled by", r"^\(?compiled by\b"),
    (
        Kind::Credit,
        "contributed to this",
        r"^[^.!?]*\bcontributed to this (report|story|article)\b[^.!?]*[.!?]?\)?$",
    ),
    (Kind::Credit, "contributed to this", r"^(the )?associated press (writers?|reporters?|journalists?)\b"),
    (Kind::Credit, "may not be published", r"\bthis material may not be published, broadcast, rewritten"),
    (Kind::Credit, "copyright", r"^\W*copyright\W"),
    (Kind::Credit, "©", r"^\W*©"),
    (Kind::Credit, "(c)", r"^\W*\(c\)\W"),
    (Kind::Credit, "disclaimer", r"\bdisclaimer\b.*\b(post|report|story|article|content|copy)\b"),
    (Kind::Credit, "feed", r"\b(auto[- ]?(generated|published)|not been edited)\b.*\bfeed\b"),
    (Kind::Credit, "published from a", r"\bpublished from an? (syndicated|agency|wire)"),
    (Kind::Credit, "inputs", r"^\(?\s*(with )?inputs? from\b"),
    (Kind::Credit, "files from", r"^\(?\s*(with )?files from\b"),
    // A picture credit closes the paragraph: `[Name/AFP]`, `(AP Photo/Name)`, `Foto: Name`.
    (Kind::Caption, "/", r"\[[^\[\]/]*/([^\[\]/]*/)?[^\[\]/]*\]\s*$"),
    (Kind::Caption, "photo", r"\((ap|afp|reuters|getty|epa)?\s*(file )?photo[^()]*\)\s*$"),
    (Kind::Caption, "image", r"\((ap|afp|reuters|getty|epa)?\s*image[^()]*\)\s*$"),
    (Kind::Caption, "via ap", r"\([^()]*\bvia ap\)\s*$"),
    (Kind::Caption, "photo", r"\b(ap|afp|reuters|epa|getty|pool) (file )?photo\b[^.]*$"),
    (Kind::Caption, "photo", r"\bphoto(graph| credit| courtesy)?\s*(:|by\b|courtesy)[^.!?]*$"),
    (Kind::Caption, "picture", r"\bpicture\s*(:|by\b)[^.!?]*$"),
    (Kind::Caption, "image", r"\bimage( credit)?\s*(:|by\b)[^.!?]*$"),
    (Kind::Caption, "foto", r"\bfoto\s*:[^.!?]*$"),
    (Kind::Caption, "bild", r"\bbild\s*:[^.!?]*$"),
    (Kind::Caption, "photo", r"^in this\b[^.!?]{0,60}\bphoto\b"),
    (Kind::Caption, "photo", r"^file\W+(- )?in this\b[^.!?]{0,60}\bphoto\b"),
    (Kind::Caption, "getty images", r"\bgetty images\b[^.!?]*$"),
    (Kind::Caption, "shutterstock", r"\bshutterstock\b[^.!?]*$"),
    (Kind::Caption, "picture alliance", r"\bpicture alliance\b[^.!?]*$"),
    (Kind::Caption, "imago images", r"\bimago images\b[^.!?]*$"),
    (Kind::Chrome, "permalink:", r"\bpermalink:"),
    (Kind::Chrome, "beitrag per e-mail", r"\bbeitrag per e-mail\b"),
    (Kind::Chrome, "beitrag wurde", r"\bbeitrag wurde erfolgreich versandt\b"),
    (Kind::Chrome, "rechte an diesem artikel", r"\brechte an diesem artikel\b"),
    (Kind::Chrome, "berprüfen sie ihre eingaben", r"^bitte überprüfen sie ihre eingaben\b"),
    (Kind::Chrome, "fehler ist aufgetreten", r"^ein fehler ist aufgetreten\b"),
    (Kind::Chrome, "save my name", r"\bsave my name, e-?mail"),
    (Kind::Chrome, "mail address will not", r"\byour e-?mail address will not be published\b"),
    (Kind::Chrome, "required fields", r"\brequired fields are marked\b"),
    (Kind::Chrome, "newsletter", r"\b(sign up|subscribe|register)\b.*\bnewsletter\b"),
    (Kind::Chrome, "newsletter", r"\bnewsletter\b.*\b(sign up|subscribe|inbox)\b"),
    (Kind::Chrome, "alerts", r"\b(sign up|subscribe|register)\b.*\balerts\b"),
    (Kind::Chrome, "independent journalism", r"\b(support|donate|contribute|contribution|subscription)\b"),
    (Kind::Chrome, "our journalism", r"\b(support|donate|contribute|contribution|subscription)\b"),
    (Kind::Chrome, "our newsroom", r"\b(support|donate|contribute|contribution|subscription)\b"),
    (Kind::Chrome, "rights reserved", r"\ball rights reserved\.?\s*$"),
    (
        Kind::Chrome,
        "javascript",
        r"\b(enable|activate) javascript\b|\bjavascript (is )?(disabled|required)\b",
    ),
    (Kind::Chrome, "browser", r"\b(your|this) browser (does not|doesn't) support\b"),
    (Kind::Chrome, "use cookies", r"\bwe use cookies\b"),
    (Kind::Chrome, "use of cookies", r"\buse of cookies\b"),
];

/// Forms of lines of at most [`LONGEST_LINE`] bytes.
const CREDIT_LINES: &[&str] = &[
    r"^(by|von|par|por|di|text by|story by|written by)[:\s]+[^.!?]*$",
    r"^\W*(the )?(associated press|ap|reuters|afp|dpa|cnn|upi)\W*$",
    r"^\W*(quelle|source|sources|quellen|fuente|fonte)\s*:.*$",
    r"^\(?[A-Z][\w ,.()-]*\)?\s*[-–—_]+\s*$",
    r"^[-–—_\s]+$",
    r"^(first published|published|updated|posted|last updated|last modified|created|stand)\b[^.!?]*\d[^.!?]*$",
    r"^\(?(mon|tues|wednes|thurs|fri|satur|sun)day,? [^.!?]*\d{4}[^.!?]*$",
    r"^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2},? \d{4}[^.!?]*$",
];

const CAPTION_LINES: &[&str] = &[
    r"^(file|photo|image|picture|foto|bild|video|caption|credit)\b\s*([:-]|photo\b|picture\b).*$",
    r"^\(?(photo|foto|bild)s?\b[^.!?]*$",
    r"^image copyright\b",
];

const CHROME_LINES: &[&str] = &[
    r"^captcha\b",
    r"^do you like this article\b",
    r"^policy link$",
    r"^(leave a (reply|comment)|post a comment|comments?( \(\d+\))?|view comments|show comments|\d+ comments?|comment)\W*$",
    r"^(share|share this|share on|tweet|tweet this|print|e-?mail|facebook|twitter|whatsapp|linkedin|pinterest|reddit|copy link|flipboard|save|like|follow( us)?|advertisement|ad|anzeige|werbung|loading\.*|edit|updated|posted|skip|close|menu|search|home|login|log in|sign in|subscribe|most read|most popular|trending|topics|tags?|more|next|previous)\W*$",
    r"^(share|tweet|follow|like|email|print) (this|it|us|on|via|with)\b[^.]*$",
    r"^(read more|also read|read also|see also|read|more|related|related (stories|articles|news|content|topics)|recommended|more from|watch|watch more|listen|mehr zum thema|lesen sie auch|lire aussi|leer más)\s*(:|»|>|\||$)",
    r"^(click|tap) here\b",
    r"^(sign up|subscribe|newsletter)\b[^.]*$",
    r"^(all rights reserved|terms (of|and)|privacy policy|cookie)\b",
    r"^(your weather is set|you can change the location|you are signed in|accuweather)\b",
    r"^(follow|find|like) (us|me|him|her|\w+ \w+) on (twitter|facebook|instagram|x|whatsapp|telegram)\b",
    r"^(download|get) (the|our)\b[^.]*\bapp\b",
    r"^[^\s]+@[^\s]+$",
    r"^(https?://|www\.)\S+$",
    r"^(thank you for (reading|signing)|thanks for (reading|signing)|congratulations!?$)",
    r"^this (story|article|post|report) (was|has been) (updated|corrected|first published|originally published|published)\b.*$",
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
    fn long_titles_behind_the_last_sentence_are_links() {
        let links = "Harbour at dawn | Looking back at forty years of the pilots | Mara Quist | 17th January 2024\n\n\
            STORM: two ferries stay in port and nobody on the island of Vell knows until when, says the pilot";
        let article = "The ferry sailed.\n\nThe wind had dropped.\n\nThe pilots were content.";
        let body = [Kind::Body; 3];
        assert_eq!(kinds(&format!("{article}\n\n{links}")), [&body[..], &[Kind::Chrome; 2]].concat());
        // One such line may be an article that was cut off, and a text without full stops has no ends.
        let one = links.lines().last().unwrap();
        assert_eq!(kinds(&format!("{article}\n\n{one}")), [&body[..], &[Kind::Body]].concat());
        assert_eq!(kinds(links), [Kind::Body; 2]);
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
