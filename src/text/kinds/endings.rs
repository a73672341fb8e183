//! What closes a page behind the last sentence of an article.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::forms::{closing, expression};
use super::{Kind, LONGEST_FURNITURE, LONGEST_LINE, ends_as_sentence};

/// Marks titles of other articles, what stands below the forms of the page, and who the author is.
pub(super) fn mark(body: &str, paragraphs: &[Range<usize>], kinds: &mut [Kind]) {
    for i in links(body, paragraphs, kinds).chain(below_forms(body, paragraphs, kinds)) {
        if kinds[i] == Kind::Body {
            kinds[i] = Kind::Chrome;
        }
    }
    for i in 0..kinds.len() {
        let text = &body[paragraphs[i].clone()];
        let may_be = i + LAST >= kinds.len() || text.starts_with(['(', '[', '*']);
        if kinds[i] == Kind::Body && may_be && text.len() <= LONGEST_FURNITURE && presents_author(text) {
            kinds[i] = Kind::Credit;
        }
    }
}

/// Paragraphs from the end in which it is said who the author is. Elsewhere only what stands in brackets
/// is no reporting on an author.
const LAST: usize = 3;

/// Whether a paragraph says who the author is, or how to reach them.
fn presents_author(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    AUTHOR.is_match(text) || offers_contact(text)
}

static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?-i:[A-ZÀ-ÞĀ-Ž][^ ,;]* ){0,4}";
    let is = r"(?:is|are) (?:an?|the|also|currently|presently|attached|based|former|formerly|senior|retired|emeritus|associate|assistant|deputy|president|chairman|chairperson|professor|director|managing|founder|co|principal|secretary|head|lecturer|reading)\b";
    let was = r"(?:was|were) (?:an?|the|formerly|previously|associate)\b";
    let has = r"(?:has|have) (?:over|more than|worked|served|written|[0-9])";
    let does = r"(?:works?|worked|holds?|served?|serves|teaches|taught|writes|currently|presently|previously|formerly|(?:can|could|may) be (?:reached|contacted|approached))\b";
    let german = r"(?:der|die|unsere?) (?:autor|autorin|autoren|gastautor|gastautorin|kolumnist|kolumnistin)";
    let form = format!(
        r"^(?:(?:the )?(?:present )?(?:writer|author|columnist|essayist)s?(?:, [^.!?]{{1,120}},)? {name}(?:{is}|{was}|{has}|{does})|{german} {name}(?:ist|sind|war|arbeitet|lehrt|leitet|schreibt)\b)"
    );
    Regex::new(&expression(&form)).expect("the form above is valid")
});

static BE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" be "));

/// Whether it is said how to reach a person: `she can be reached at`.
fn offers_contact(text: &str) -> bool {
    BE.find_iter(text.as_bytes()).any(|at| {
        let reached = [" be reached", " be contacted", " be approached"];
        let mut before = text[..at].split_whitespace().rev();
        let mut one_of = |words: &[&str]| before.next().is_some_and(|word| words.contains(&word));
        reached.iter().any(|reached| text[at..].starts_with(reached))
            && one_of(&["can", "could", "may"])
            && one_of(&["he", "she", "they", "who", "He", "She", "They"])
    })
}

/// Makes ready what [`mark`] needs.
pub(super) fn prepare() {
    LazyLock::force(&AUTHOR);
    LazyLock::force(&FORM);
}

/// Fewest lines of a list of other articles' titles, and fewest paragraphs that end as sentences
/// before it is told from them.
const LINKS: usize = 2;
const SENTENCES: usize = 3;

/// Titles of other articles behind the last sentence, too long for headings: the lines without a
/// sentence end that close an article of sentences.
fn links(body: &str, paragraphs: &[Range<usize>], kinds: &[Kind]) -> Range<usize> {
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

static FORM: LazyLock<Regex> = LazyLock::new(|| Regex::new(&closing()).expect("the forms are valid"));

/// The paragraphs below the first form of the page: teasers of other articles, or comments. Where they
/// are half as long as what is above, it is no form that closes an article.
fn below_forms(body: &str, paragraphs: &[Range<usize>], kinds: &[Kind]) -> Range<usize> {
    let is_form = |&i: &usize| {
        matches!(kinds[i], Kind::Chrome | Kind::Credit) && FORM.is_match(&body[paragraphs[i].clone()])
    };
    let Some(form) = (0..kinds.len()).find(is_form) else { return 0..0 };
    let (above, below) = (paragraphs[form].start, body.len() - paragraphs[form].end);
    if below * 2 < above { form + 1..kinds.len() } else { 0..0 }
}

#[cfg(test)]
mod tests {
    use super::super::tests::kinds;
    use super::*;

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
    fn what_stands_below_the_forms_of_a_page_is_no_reporting() {
        let article = "The ferry sailed at noon, three hours later than the harbour office had said.\n\n\
            The wind had dropped.\n\nThe pilots were content, and so was the mayor of Vell.";
        let teaser = "A lighthouse was sold on Monday.";
        for form in ["Hier können Sie die Rechte an diesem Artikel erwerben.", "Leave a Reply"] {
            let below = kinds(&format!("{article}\n\n{form}\n\n{teaser}"));
            assert_eq!(below[..3], [Kind::Body; 3], "{form}");
            assert_eq!(below[3..], [Kind::Chrome; 2], "{form}");
            // So much is not below an article.
            let between = kinds(&format!("{article}\n\n{form}\n\n{article}"));
            assert_eq!(between[4..], [Kind::Body; 3], "{form}");
        }
    }

    #[test]
    fn who_the_author_is_closes_an_article() {
        let article = "The ferry sailed.\n\nThe wind had dropped.\n\nThe pilots were content.\n\nIt rained.";
        for author in [
            "(The writer is a pilot in Vell. She can be reached at quist@vell.example.)",
            "The author Mara Quist is a retired captain and teaches at the school for pilots in Orvane.",
            "The writer worked as an adviser to the harbour board of Vell for 16 years.",
            "The writer, a former captain of the pilots of Vell, can be reached at quist@vell.example.",
            "Mara Quist is a captain who can be reached at quist@vell.example.",
            "Mara Quist is a retired captain. She may be contacted at quist@vell.example.",
            "Die Autorin ist Lotsin in Vell.",
        ] {
            assert_eq!(kinds(&format!("{article}\n\n{author}"))[4], Kind::Credit, "{author}");
        }
        let on_an_author = "The writer was arrested in the harbour of Vell on Monday, the police said.";
        assert_eq!(kinds(&format!("{on_an_author}\n\n{article}"))[0], Kind::Body);
        for told in [
            "The writer submits that the harbour board had no right to sell the ferry.",
            "The author of the report has said that the ferry will sail again.",
            "The writer was arrested in the harbour of Vell on Monday, the police said.",
            "The author is accused of sinking the ferry.",
            "The harbour office can be reached by telephone at all hours.",
        ] {
            assert_eq!(kinds(&format!("{article}\n\n{told}"))[4], Kind::Body, "{told}");
        }
    }
}
