//! What the generator knows to be shared, and whether a report says so.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead};

use serde::Deserialize;
use wirecopy::matching::Options;

use super::words::Word;

/// A paragraph: its article and its number there.
pub(crate) type Place = (u32, u32);

/// What was planted.
#[derive(Debug, Default)]
pub(crate) struct Planted {
    /// The wording at every place, as a number: what is the same has the same one.
    wordings: HashMap<Place, u64>,
    /// Pairs of different wordings that match, the lower one first.
    edited: HashSet<(u64, u64)>,
    /// Places whose wording stands in another article too.
    identical: HashSet<Place>,
    /// Articles that share a run inside paragraphs of their own, the lower one first.
    runs: HashSet<(u32, u32)>,
    /// The articles of each text that stands in very many, by one of its places.
    stories: HashMap<Place, HashSet<u32>>,
}

impl fmt::Display for Planted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { edited, identical, runs, stories, .. } = self;
        write!(
            formatter,
            "{} pairs of edited paragraphs, {} places of repeated ones, {} pairs of articles with a run \
             in common, {} texts in very many articles",
            edited.len(),
            identical.len(),
            runs.len(),
            stories.len()
        )
    }
}

impl Planted {
    /// Notes a paragraph.
    pub(crate) fn paragraph(&mut self, at: Place, words: &[Word]) {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        self.wordings.insert(at, hasher.finish());
    }

    /// Notes that the paragraph at `copy` was made from that at `source`; both were noted before.
    pub(crate) fn copy(&mut self, (source, original): (Place, &[Word]), (copy, words): (Place, &[Word])) {
        let min_words = Options::default().min_words as usize;
        if source.0 == copy.0 || original.len().min(words.len()) < min_words {
            return;
        }
        let (x, y) = (self.wordings[&source], self.wordings[&copy]);
        if x == y {
            self.identical.extend([source, copy]);
        } else if match_as_paragraphs(original, words) {
            self.edited.insert((x.min(y), x.max(y)));
        }
    }

    /// Notes that two articles share so many words in a row.
    pub(crate) fn run(&mut self, source: u32, copy: u32, words: usize) {
        if source != copy && words >= Options::default().min_run as usize {
            self.runs.insert((source.min(copy), source.max(copy)));
        }
    }

    /// Notes that the text at `first` stands in an article too.
    pub(crate) fn story(&mut self, first: Place, article: u32) {
        self.stories.entry(first).or_default().insert(article);
    }

    /// Reads a report and says what of all this it does not have, and how much.
    pub(crate) fn missing(mut self, report: impl BufRead) -> io::Result<Vec<(&'static str, usize)>> {
        let mut list = String::new();
        for line in report.lines() {
            let line = line?;
            if let Some((name, _)) = line.strip_prefix('"').and_then(|line| line.split_once("\":[")) {
                list = name.to_owned();
                continue;
            }
            let entry = line.trim_end_matches(',');
            if !entry.starts_with('{') {
                continue;
            }
            match list.as_str() {
                "matches" => {
                    let found: Match = serde_json::from_str(entry)?;
                    let (x, y) = (self.wordings[&found.a.place()], self.wordings[&found.b.place()]);
                    self.edited.remove(&(x.min(y), x.max(y)));
                }
                "paragraph_groups" => {
                    let group: Group = serde_json::from_str(entry)?;
                    let articles: HashSet<u32> = group.members.iter().map(|at| at.place().0).collect();
                    if group.represents_pairs {
                        self.runs.retain(|(a, b)| !(articles.contains(a) && articles.contains(b)));
                    }
                    for member in group.members.iter().map(Paragraph::place) {
                        self.identical.remove(&member);
                        if let Some(story) = self.stories.get(&member)
                            && story.is_subset(&articles)
                        {
                            self.stories.remove(&member);
                        }
                    }
                }
                "relations" => {
                    let found: Relation = serde_json::from_str(entry)?;
                    let (a, b) = (number(&found.a), number(&found.b));
                    self.runs.remove(&(a.min(b), a.max(b)));
                }
                _ => {}
            }
        }
        let counts = [
            ("pairs of edited paragraphs", self.edited.len()),
            ("places of repeated paragraphs", self.identical.len()),
            ("pairs of articles with a run in common", self.runs.len()),
            ("texts in very many articles", self.stories.len()),
        ];
        Ok(counts.into_iter().filter(|&(_, missing)| missing > 0).collect())
    }
}

/// Whether enough of the distinct shingles of the one with fewer stand in the other, for a run without
/// options.
fn match_as_paragraphs(x: &[Word], y: &[Word]) -> bool {
    let shingles = |words: &[Word]| words.windows(3).map(<[Word]>::to_vec).collect::<HashSet<_>>();
    let (x, y) = (shingles(x), shingles(y));
    let shared = x.intersection(&y).count();
    let containment = shared as f64 / x.len().min(y.len()) as f64;
    let needed = Options::default();
    let many = shared >= needed.many_shingles as usize && containment >= needed.long_containment;
    containment >= needed.containment || many
}

#[derive(Deserialize)]
struct Match {
    a: Paragraph,
    b: Paragraph,
}

#[derive(Deserialize)]
struct Paragraph {
    article: String,
    paragraph: u32,
}

impl Paragraph {
    fn place(&self) -> Place {
        (number(&self.article), self.paragraph)
    }
}

#[derive(Deserialize)]
struct Group {
    represents_pairs: bool,
    members: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Relation {
    a: String,
    b: String,
}

/// The number of an article, which is its id.
fn number(id: &str) -> u32 {
    id.parse().expect("the generator's ids are numbers")
}
