//! Which words of an article are its reporting, and how many of them stand elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use super::words::WordSet;
use super::{Relation, Reuse};
use crate::corpus::Corpus;
use crate::matching::{Group, Matching};
use crate::parallel::Evenly;
use crate::text::{ArticleText, Kind, Texts};

/// Articles of one outlet that must carry a paragraph before it can be standing text.
const STANDING_ARTICLES: usize = 4;

/// Different days on which they must have appeared. Wire copy bursts within a day or two; what
/// stands under the articles of a month is the outlet's own furniture.
const STANDING_DAYS: usize = 4;

/// Share of all articles with the paragraph that the one outlet must have.
const STANDING_SHARE: f64 = 0.9;

/// Text that an outlet prints under many articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingText {
    /// The outlet.
    pub outlet: String,
    /// Its articles that carry it.
    pub articles: u32,
    /// Where it stands first: the article and its words.
    pub place: (u32, Range<u32>),
}

/// What is known about the words of one article.
#[derive(Debug, Default)]
pub(super) struct WordMarks {
    /// The words of body paragraphs that are not set aside.
    pub(super) reporting: WordSet,
    /// Words inside quotation marks.
    pub(super) quoted: WordSet,
    /// Words of captions, credits, chrome and standing text.
    pub(super) furniture: WordSet,
}

/// Marks the words of every article, and returns the standing text that was set aside.
pub(super) fn mark(
    corpus: &Corpus,
    texts: &Texts,
    matching: &Matching,
) -> (Vec<WordMarks>, Vec<StandingText>) {
    let mut standing = Vec::new();
    let mut aside: Vec<Vec<Range<u32>>> = vec![Vec::new(); texts.articles.len()];
    let found: Vec<Option<StandingText>> =
        matching.groups.par_iter().evenly().map(|group| standing_text(corpus, group)).collect();
    for (group, text) in matching.groups.iter().zip(found) {
        let Some(text) = text else { continue };
        for member in &group.members {
            if outlet(corpus, member.article) == Some(&text.outlet) {
                aside[member.article as usize].push(member.words.clone());
            }
        }
        standing.push(text);
    }
    standing.sort_by_key(|text| (std::cmp::Reverse(text.articles), text.place.0, text.place.1.start));
    let words =
        texts.articles.par_iter().zip(aside).evenly().map(|(text, aside)| mark_one(text, &aside)).collect();
    (words, standing)
}

fn mark_one(text: &ArticleText, aside: &[Range<u32>]) -> WordMarks {
    let none = || WordSet::none_of(text.words.len());
    let mut marks = WordMarks { reporting: none(), quoted: none(), furniture: none() };
    for paragraph in &text.paragraphs {
        match paragraph.kind {
            Kind::Body => marks.reporting.insert(&paragraph.words),
            Kind::Caption | Kind::Credit | Kind::Chrome => marks.furniture.insert(&paragraph.words),
            Kind::Heading => {}
        }
    }
    for range in aside {
        marks.reporting.remove(range);
        marks.furniture.insert(range);
    }
    for range in &text.quoted {
        marks.quoted.insert(range);
    }
    marks
}

/// Whether a group is one outlet's furniture: it recurs over days in that outlet, and hardly
/// anywhere else.
fn standing_text(corpus: &Corpus, group: &Group) -> Option<StandingText> {
    if (group.articles as usize) < STANDING_ARTICLES {
        return None;
    }
    let mut articles: BTreeMap<&String, BTreeSet<u32>> = BTreeMap::new();
    let mut days: BTreeMap<&String, BTreeSet<jiff::civil::Date>> = BTreeMap::new();
    for member in &group.members {
        let Some(outlet) = outlet(corpus, member.article) else { continue };
        articles.entry(outlet).or_default().insert(member.article);
        if let Some(day) = corpus.articles[member.article as usize].day() {
            days.entry(outlet).or_default().insert(day);
        }
    }
    let (outlet, carrying) = articles.into_iter().max_by_key(|(_, articles)| articles.len())?;
    let carrying = carrying.len();
    let recurs = carrying >= STANDING_ARTICLES
        && days.get(outlet).is_some_and(|days| days.len() >= STANDING_DAYS)
        && carrying as f64 >= STANDING_SHARE * f64::from(group.articles);
    recurs.then(|| StandingText {
        outlet: outlet.clone(),
        articles: carrying as u32,
        place: (group.members[0].article, group.members[0].words.clone()),
    })
}

fn outlet(corpus: &Corpus, article: u32) -> Option<&String> {
    corpus.articles[article as usize].outlet.as_ref().map(|outlet| &outlet.value)
}

/// Counts, for every article, the reporting words that stand in another one.
pub(super) fn reuse(
    texts: &Texts,
    matching: &Matching,
    relations: &[Relation],
    words: &[WordMarks],
) -> Vec<Reuse> {
    // Reused words, and those of them inside quotation marks; nothing where nothing is reused.
    let mut found: Vec<(WordSet, WordSet)> = vec![Default::default(); texts.articles.len()];
    let mut add = |article: u32, range: &Range<u32>, inside_quotes: bool| {
        let (reused, quoted) = &mut found[article as usize];
        let marks = &words[article as usize];
        if *reused == WordSet::default() {
            let none = || WordSet::none_of(texts.articles[article as usize].words.len());
            (*reused, *quoted) = (none(), none());
        }
        reused.insert_common(range, &marks.reporting);
        if inside_quotes {
            quoted.insert_common(range, &marks.reporting);
        } else {
            quoted.insert_in_both(range, &marks.reporting, &marks.quoted);
        }
    };
    for (relation, pair) in relations.iter().zip(matching.pairs.iter()) {
        for (judged, passage) in relation.passages.iter().zip(pair.passages()) {
            add(relation.a, &passage.a, judged.quoted);
            add(relation.b, &passage.b, judged.quoted);
        }
    }
    for group in matching.groups.iter().filter(|group| group.represents_pairs) {
        for member in &group.members {
            add(member.article, &member.words, false);
        }
    }
    let counts = words.par_iter().zip(found).evenly().map(|(marks, (reused, quoted))| Reuse {
        reporting: marks.reporting.len(),
        reused: reused.len(),
        quoted: quoted.len(),
    });
    counts.collect()
}
