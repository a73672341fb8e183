//! The forms of furniture that a paragraph is told by, whatever stands around it.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::super::needles::{Case, Needles};
use super::{Kind, LONGEST_LINE};

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
            needles: Needles::new(blocks().map(|(_, needle, _)| needle), Case::Ignored),
            blocks: blocks()
                .map(|(kind, _, block)| {
                    (kind, Regex::new(&expression(block)).expect("the forms below are valid"))
                })
                .collect(),
        }
    }

    fn kind_of(&self, text: &str) -> Option<Kind> {
        let line = (text.len() <= LONGEST_LINE)
            .then(|| self.lines.matches(text).iter().next().map(|form| self.line_kinds[form]))
            .flatten();
        let block = || {
            let mut may_fit = [false; BLOCKS.len() + CLOSING.len()];
            self.needles.find(text, |form, _| may_fit[form] = true);
            let forms = self.blocks.iter().zip(may_fit).filter(|(_, may_fit)| *may_fit);
            forms.map(|(form, _)| form).find(|(_, form)| form.is_match(text)).map(|(kind, _)| *kind)
        };
        line.or_else(block)
    }
}

/// A form as an expression: case does not count, and `{month}` is the name of one. Word borders are those
/// of ASCII, which the engine finds in one pass over any text; the words of the forms need no others.
pub(super) fn expression(form: &str) -> String {
    format!("(?i){}", form.replace(r"\b", r"(?-u:\b)").replace("{month}", MONTH))
}

/// The name of a month, also shortened.
const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";

static FORMS: LazyLock<Forms> = LazyLock::new(Forms::new);

/// Makes ready what [`kind_of`] needs.
pub(super) fn prepare() {
    LazyLock::force(&FORMS);
}

/// The kind of the first form that fits, in order of [`Kind::Credit`], [`Kind::Caption`],
/// [`Kind::Chrome`].
pub(super) fn kind_of(text: &str) -> Option<Kind> {
    if is_dateline(text) { Some(Kind::Credit) } else { FORMS.kind_of(text) }
}

/// Whether a line is a place with a dash behind it: `VELL (AP) —`. No expression, because one that counts
/// letters is many times the size of the others together.
fn is_dateline(text: &str) -> bool {
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return false;
    }
    let place = text.trim_end().trim_end_matches(['-', '–', '—', '_']);
    let begins = place.strip_prefix('(').unwrap_or(place).starts_with(|c: char| c.is_ascii_alphabetic());
    let is_of_place = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_,.()-".contains(c);
    place.len() < text.trim_end().len() && begins && place.chars().all(is_of_place)
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
    (Kind::Credit, "©", r"^[^.!?©]{0,40}©.*\brights reserved\b"),
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
    (Kind::Chrome, "beitrag wurde", r"\bbeitrag wurde erfolgreich versandt\b"),
    (Kind::Chrome, "berprüfen sie ihre eingaben", r"^bitte überprüfen sie ihre eingaben\b"),
    (Kind::Chrome, "fehler ist aufgetreten", r"^ein fehler ist aufgetreten\b"),
    (Kind::Chrome, "required fields", r"\brequired fields are marked\b"),
    (Kind::Chrome, "newsletter", r"\b(sign up|subscribe|register)\b.*\bnewsletter\b"),
    (Kind::Chrome, "newsletter", r"\bnewsletter\b.*\b(sign up|subscribe|inbox)\b"),
    (Kind::Chrome, "alerts", r"\b(sign up|subscribe|register)\b.*\balerts\b"),
    (Kind::Chrome, "independent journalism", r"\b(support|donate|contribute|contribution|subscription)\b"),
    (Kind::Chrome, "our journalism", r"\b(support|donate|contribute|contribution|subscription)\b"),
    (Kind::Chrome, "our newsroom", r"\b(support|donate|contribute|contribution|subscription)\b"),
    (
        Kind::Chrome,
        "subscription",
        r"\b(digital|online|annual|monthly|print) subscription\b[^.!?]*\b(you|your|you'll|you’ll)\b",
    ),
    (Kind::Chrome, "may also", r"\byou may also (like|enjoy|want to (read|see|view|watch))\b"),
    (Kind::Chrome, "digital access", r"\b(unlimited|full) digital access\b"),
    (Kind::Chrome, "rights reserved", r"\ball rights reserved\.?\s*$"),
    (
        Kind::Chrome,
        "javascript",
        r"\b(enable|activate) javascript\b|\bjavascript (is )?(disabled|required)\b",
    ),
    // Code of the page.
    (Kind::Chrome, ".push(", r"\.push\([({\[]"),
    (Kind::Chrome, "function", r"\bfunction\s*\w*\([\w, ]*\)\s*\{"),
    (Kind::Chrome, "window.", r"\bwindow\.\w+\s*=[^=]"),
    (
        Kind::Chrome,
        "document.",
        r"\bdocument\.(write|getelement\w*|queryselector\w*|createelement|addeventlistener)\(",
    ),
    (Kind::Chrome, "browser", r"\b(your|this) browser (does not|doesn't) support\b"),
    (Kind::Chrome, "use cookies", r"\bwe use cookies\b"),
    (Kind::Chrome, "use of cookies", r"\buse of cookies\b"),
];

/// Forms of what a page has below an article and nowhere else: where to buy it, how to send it on, how to
/// comment. All are [`Kind::Chrome`].
const CLOSING: &[(&str, &str)] = &[
    ("beitrag per e-mail", r"\bbeitrag per e-mail\b"),
    ("rechte an diesem artikel", r"\brechte an diesem artikel\b"),
    ("save my name", r"\bsave my name, e-?mail"),
    ("mail address will not", r"\byour e-?mail address will not be published\b"),
];

/// An expression for the forms that close a page.
pub(super) fn closing() -> String {
    let forms: Vec<&str> =
        CLOSING.iter().map(|(_, form)| *form).chain([r"^leave a (?:reply|comment)\b"]).collect();
    expression(&forms.join("|"))
}

/// All forms of longer paragraphs.
fn blocks() -> impl Iterator<Item = (Kind, &'static str, &'static str)> {
    BLOCKS.iter().copied().chain(CLOSING.iter().map(|&(needle, form)| (Kind::Chrome, needle, form)))
}

/// Forms of lines of at most [`LONGEST_LINE`] bytes.
const CREDIT_LINES: &[&str] = &[
    r"^(by|von|par|por|di|text by|story by|written by)[:\s]+[^.!?]*$",
    r"^\W*(the )?(associated press|ap|reuters|afp|dpa|cnn|upi)\W*$",
    r"^\W*(quelle|source|sources|quellen|fuente|fonte)\s*:.*$",
    r"^[-–—_\s]+$",
    r"^\d{1,2}[:.]\d\d( ?[ap]\.?m\.?| uhr)?$",
    r"^(first published|published|updated|posted|last updated|last modified|created|stand)\b[^.!?]*\d[^.!?]*$",
    r"^\(?(mon|tues|wednes|thurs|fri|satur|sun)day,? [^.!?]*\d{4}[^.!?]*$",
    r"^{month} \d{1,2},? \d{4}[^.!?]*$",
];

const CAPTION_LINES: &[&str] = &[
    r"^(file|photo|image|picture|foto|bild|video|caption|credit)\b\s*([:-]|photo\b|picture\b).*$",
    r"^\(?(photo|foto|bild)s?\b[^.!?]*$",
    r"^image copyright\b",
];

const CHROME_LINES: &[&str] = &[
    r"^captcha\b",
    r"^(now playing|up next|recommended video|watch now|play video|sign me up)\W*$",
    r"^do you like this article\b",
    r"^\d+ min(\.|uten?|utes?)?( read| lesezeit| lesedauer)?\W*$",
    r"^policy link$",
    r"^(leave a (reply|comment)|post a comment|comments?( \(\d+\))?|view comments|show comments|\d+ comments?|comment)\W*$",
    r"^(share|share this|share on|tweet|tweet this|print|e-?mail|facebook|twitter|whatsapp|linkedin|pinterest|reddit|copy link|flipboard|save|like|follow( us)?|advertisement|ad|anzeige|werbung|loading\.*|edit|updated|posted|skip|close|menu|search|home|login|log in|sign in|subscribe|most read|most popular|trending|topics|tags?|more|next|previous)\W*$",
    r"^(share|tweet|follow|like|email|print) (this|it|us|on|via|with)\b[^.]*$",
    r"^(read more|also read|read also|see also|read|more|related|related (stories|articles|news|content|topics)|recommended|more from|watch|watch more|listen|mehr zum thema|lesen sie auch|lire aussi|leer más)\s*(:|»|>|\||$)",
    r"^(click|tap) here\b",
    r"^(sign up|subscribe|newsletter)\b[^.]*$",
    r"^(subscribe|get|try)\b.{0,40}\bunlimited (digital )?access\b",
    r"^be the first to know\W*$",
    r"^never miss an? ([\w ]{1,20} )?(story|beat|update|headline)\W*$",
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
