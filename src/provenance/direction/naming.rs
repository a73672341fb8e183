//! Outlets that an article names: as where its text comes from, or as whom somebody told.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::parallel::Evenly;
use crate::text::needles::{Case, Needles};
use crate::text::words;

/// What naming an outlet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The text, or a part of it, was published there first.
    Source,
    /// Somebody spoke to it.
    Told,
}

/// A place where an article names an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Number of the outlet in [`Namings`].
    outlet: u32,
    naming: Naming,
    /// The words, in bytes of the body.
    bytes: Range<usize>,
}

/// Words before an outlet's name. Case does not count in ASCII letters.
const LEADS: &[(Naming, &str)] = &[
    (Naming::Source, "first published by "),
    (Naming::Source, "first published in "),
    (Naming::Source, "first published on "),
    (Naming::Source, "first appeared in "),
    (Naming::Source, "first appeared on "),
    (Naming::Source, "originally published by "),
    (Naming::Source, "originally published in "),
    (Naming::Source, "originally published on "),
    (Naming::Source, "originally appeared in "),
    (Naming::Source, "originally appeared on "),
    (Naming::Source, "republished from "),
    (Naming::Source, "reproduced from "),
    (Naming::Source, "reprinted from "),
    (Naming::Source, "with permission from "),
    (Naming::Source, "zuerst erschienen in "),
    (Naming::Source, "zuerst erschienen bei "),
    (Naming::Source, "zuerst erschienen auf "),
    (Naming::Source, "erschien zuerst in "),
    (Naming::Source, "erschien zuerst bei "),
    (Naming::Source, "erschien zuerst auf "),
    (Naming::Source, "publié initialement par "),
    (Naming::Source, "publié initialement dans "),
    (Naming::Source, "publié initialement sur "),
    (Naming::Source, "republié à partir de "),
    (Naming::Source, "publicado originalmente en "),
    (Naming::Source, "publicado originalmente por "),
    (Naming::Source, "转载自"),
    (Naming::Source, "转自"),
    (Naming::Source, "来源："),
    (Naming::Told, " told "),
    (Naming::Told, " tells "),
    (Naming::Told, "speaking to "),
    (Naming::Told, "in an interview with "),
    (Naming::Told, "gegenüber "),
    (Naming::Told, "a déclaré à "),
    (Naming::Told, "a dit à "),
    (Naming::Told, "dijo a "),
];

/// Words between a lead and a name.
const ARTICLES: [&str; 8] = ["the", "der", "dem", "die", "das", "le", "la", "el"];

/// Bytes behind a lead in which the name must stand.
const REACH: usize = 80;

/// Words of the longest name.
const LONGEST: usize = 8;

/// Letters of the shortest name that is looked for. Shorter ones are words of other things.
const SHORTEST: usize = 4;

static FINDER: LazyLock<Needles> =
    LazyLock::new(|| Needles::new(LEADS.iter().map(|(_, lead)| lead), Case::Ignored));

/// Which articles name which outlets of the corpus.
#[derive(Debug, Default)]
pub(crate) struct Namings {
    /// Numbers of the outlets by their names as given.
    outlets: HashMap<String, u32>,
    /// By article, where there are any.
    mentions: HashMap<u32, Vec<Mention>>,
}

impl Namings {
    /// Reads the articles of a corpus that are concerned, a flag an article.
    pub(crate) fn read(corpus: &Corpus, concerned: &[bool]) -> Self {
        let mut names: Vec<&String> = corpus
            .articles
            .iter()
            .filter_map(|article| article.outlet.as_ref().map(|outlet| &outlet.value))
            .collect();
        names.sort_unstable();
        names.dedup();
        let outlets: HashMap<String, u32> = names.iter().map(|name| (*name).clone()).zip(0..).collect();
        let mut forms: HashMap<String, u32> = HashMap::new();
        for (name, number) in names.into_iter().zip(0..) {
            let form = form(name);
            if form.chars().count() >= SHORTEST {
                forms.entry(form).or_insert(number);
            }
        }
        let articles =
            corpus.articles.par_iter().zip(0..corpus.articles.len() as u32).zip(concerned).evenly();
        let mentions = articles
            .filter(|(_, read)| **read)
            .map(|((article, index), _)| (index, mentions(&article.body, &forms)))
            .filter(|(_, mentions)| !mentions.is_empty())
            .collect();
        Self { outlets, mentions }
    }

    /// The first words by which article `by` names an outlet so.
    pub(super) fn find<'c>(
        &self,
        corpus: &'c Corpus,
        by: u32,
        outlet: &str,
        naming: Naming,
    ) -> Option<&'c str> {
        let outlet = *self.outlets.get(outlet)?;
        let mentions = self.mentions.get(&by)?;
        let found = mentions.iter().find(|mention| (mention.outlet, mention.naming) == (outlet, naming))?;
        Some(corpus.articles[by as usize].body[found.bytes.clone()].trim())
    }
}

/// The letters of a name, folded, so that `daily_mirror`, `www.dailymirror.example` and `The Daily
/// Mirror` are one.
fn form(name: &str) -> String {
    let is_host = name.contains('.') && !name.contains(char::is_whitespace);
    let labels: Vec<&str> = name.split('.').filter(|label| *label != "www").collect();
    let name =
        if is_host && labels.len() > 1 { labels[..labels.len() - 1].concat() } else { name.to_owned() };
    let folded = words::normalised(&name.replace(['_', '-'], " "));
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 1 && ARTICLES.contains(&words[0]) {
        words.remove(0);
    }
    words.concat()
}

fn mentions(body: &str, forms: &HashMap<String, u32>) -> Vec<Mention> {
    let mut leads = Vec::new();
    FINDER.find(body, |lead, bytes| leads.push((bytes.start, Reverse(bytes.end), lead)));
    // Of leads that overlap the first is one, and of those that begin together the longest.
    leads.sort_unstable();
    let mut mentions = Vec::new();
    let mut read = 0;
    for (start, Reverse(lead_end), lead) in leads {
        if start < read {
            continue;
        }
        read = lead_end;
        let mut end = body.len().min(lead_end + REACH);
        while !body.is_char_boundary(end) {
            end -= 1;
        }
        let reach = body[lead_end..end].lines().next().unwrap_or("");
        if let Some((outlet, length)) = name_at_start(reach, forms) {
            mentions.push(Mention { outlet, naming: LEADS[lead].0, bytes: start..lead_end + length });
        }
    }
    mentions
}

/// The outlet that a text names with its first words, and the bytes up to the end of its name.
fn name_at_start(text: &str, forms: &HashMap<String, u32>) -> Option<(u32, usize)> {
    let mut ranges = words::word_ranges(text);
    if ranges.first().is_some_and(|word| ARTICLES.contains(&&*words::normalised(&text[word.clone()]))) {
        ranges.remove(0);
    }
    // A name is a name only with a capital, where the script has them.
    if text[ranges.first()?.clone()].starts_with(char::is_lowercase) {
        return None;
    }
    let mut letters = String::new();
    let mut found = None;
    for (i, word) in ranges.iter().enumerate().take(LONGEST) {
        letters.push_str(&words::normalised(&text[word.clone()]));
        // `Post Office` is not the paper `Post`.
        let goes_on = ranges.get(i + 1).is_some_and(|next| {
            text[word.end..next.start] == *" " && text[next.clone()].starts_with(char::is_uppercase)
        });
        if let Some(&outlet) = forms.get(&letters).filter(|_| !goes_on) {
            found = Some((outlet, word.end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(body: &str) -> Vec<(Naming, &str)> {
        let outlets =
            ["The Harbour Post", "daily_mirror", "vellnews.example", "www.sarnherald.example", "Post"];
        let forms = outlets.iter().map(|outlet| form(outlet)).zip(0..).collect();
        mentions(body, &forms).into_iter().map(|found| (found.naming, body[found.bytes].trim())).collect()
    }

    #[test]
    fn sources_and_listeners_are_found_by_their_names() {
        assert_eq!(
            named("This article was first published by the Harbour Post on May 3."),
            [(Naming::Source, "first published by the Harbour Post")]
        );
        assert_eq!(named("“We go,” he told Daily Mirror."), [(Naming::Told, "told Daily Mirror")]);
        assert_eq!(
            named("Zuerst erschienen auf Vellnews."),
            [(Naming::Source, "Zuerst erschienen auf Vellnews")]
        );
    }

    #[test]
    fn other_words_of_the_same_letters_are_no_names() {
        for body in [
            "He told the daily mirror of his life.",
            "She told Post Office staff about it.",
            "First published in 1999, the book sold well.",
            "He told reporters that the Harbour Post was right.",
        ] {
            assert_eq!(named(body), [], "{body}");
        }
    }
}
