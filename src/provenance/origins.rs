//! Who the text of a story goes back to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Relation, Reuse, Verdict};
use crate::agency::Credit;
use crate::corpus::Corpus;

/// Least share of an article's text that must be its own for it to be an origin beside the text
/// that it shares.
const OWN_REPORTING: f64 = 0.5;

/// Least share of an article's text that stands in the one text to which it goes back.
const GOOD_PART: f64 = 0.25;

/// One independent origin of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryOrigin {
    /// An agency, or the outlet or article that stands first.
    pub name: String,
    /// Why it counts.
    pub reason: String,
    /// The articles that go back to it.
    pub articles: Vec<u32>,
}

/// Finds the independent origins of a story.
///
/// Articles that are reprints of each other are one family, and so are those that credit one agency. An
/// article without a reprint that has mostly own text is an origin by itself, unless it shares text with
/// another one of its publisher; else it goes back to the one article that it shares most with, if that
/// is a good part. Families that credit different agencies are never one: an article that prints the
/// texts of both belongs to the one it shares more with. `inside` are the story's relations, strongest
/// first; `articles` its members by time.
pub(super) fn find(
    corpus: &Corpus,
    credits: &[Credit],
    inside: &[&Relation],
    reuse: &[Reuse],
    articles: &[u32],
) -> Vec<StoryOrigin> {
    let mut families = Families::of(articles, credits);
    for relation in inside.iter().filter(|r| r.verdict == Verdict::Reprint) {
        families.merge(relation.a, relation.b);
    }
    let agency = |article: u32| {
        let credit = &credits[article as usize];
        credit.level.is_feed().then(|| feed_name(credit))
    };
    // Families that credit the same agency are versions of its text.
    let mut by_agency: BTreeMap<String, u32> = BTreeMap::new();
    for &article in articles {
        if let Some(name) = agency(article) {
            match by_agency.get(&name) {
                Some(&other) => families.merge(article, other),
                None => {
                    by_agency.insert(name, article);
                }
            }
        }
    }
    // What an article shares most of its text with; of several the strongest.
    let mut most: BTreeMap<u32, (f64, &Relation)> = BTreeMap::new();
    for relation in inside {
        let publisher = |article: u32| corpus.articles[article as usize].publisher.as_ref();
        if publisher(relation.a).is_some() && publisher(relation.a) == publisher(relation.b) {
            families.merge(relation.a, relation.b);
        }
        for (article, share) in [(relation.a, relation.share_a), (relation.b, relation.share_b)] {
            let best = most.entry(article).or_insert((share, relation));
            if share > best.0 {
                *best = (share, relation);
            }
        }
    }
    for (&article, &(share, relation)) in &most {
        let owes = own_share(reuse[article as usize]) < OWN_REPORTING && share >= GOOD_PART;
        if relation.verdict == Verdict::Partial && owes && agency(article).is_none() {
            families.merge(relation.a, relation.b);
        }
    }
    families
        .into_members(articles)
        .into_iter()
        .map(|members| describe(corpus, credits, reuse, members))
        .collect()
}

/// The agency whose text an article is.
fn feed_name(credit: &Credit) -> String {
    credit.names.first().cloned().unwrap_or_else(|| "an unnamed feed".to_owned())
}

/// The share of an article's reporting that stands nowhere else.
fn own_share(reuse: Reuse) -> f64 {
    f64::from(reuse.reporting - reuse.reused) / f64::from(reuse.reporting.max(1))
}

/// Articles of one story that go back to one text, joined one by one.
struct Families {
    /// When each article comes in time.
    ranks: BTreeMap<u32, usize>,
    /// For each rank an earlier one of the same family, or itself.
    earlier: Vec<usize>,
    /// For the first rank of each family, the agencies that all its members credit with the whole text,
    /// of those that credit any.
    agencies: Vec<BTreeSet<String>>,
}

impl Families {
    /// Every article by itself; they are in order of time.
    fn of(articles: &[u32], credits: &[Credit]) -> Self {
        let credited = |&article: &u32| {
            let credit = &credits[article as usize];
            let names: &[String] = if credit.level.is_feed() { &credit.names } else { &[] };
            names.iter().cloned().collect()
        };
        Self {
            ranks: articles.iter().enumerate().map(|(rank, &article)| (article, rank)).collect(),
            earlier: (0..articles.len()).collect(),
            agencies: articles.iter().map(credited).collect(),
        }
    }

    /// The first member in time of the family of the article at a rank.
    fn first(&mut self, mut rank: usize) -> usize {
        while self.earlier[rank] != rank {
            self.earlier[rank] = self.earlier[self.earlier[rank]];
            rank = self.earlier[rank];
        }
        rank
    }

    /// Makes two families one, unless they credit different agencies.
    fn merge(&mut self, x: u32, y: u32) {
        let (x, y) = (self.ranks[&x], self.ranks[&y]);
        let (x, y) = (self.first(x), self.first(y));
        let (first, later) = (x.min(y), x.max(y));
        let (one, other) = (&self.agencies[first], &self.agencies[later]);
        let contradict = !one.is_empty() && !other.is_empty() && one.is_disjoint(other);
        if first != later && !contradict {
            let more = std::mem::take(&mut self.agencies[later]);
            let known = &mut self.agencies[first];
            if known.is_empty() {
                *known = more;
            } else if !more.is_empty() {
                // A joint credit of two agencies does not make the texts of both one.
                known.retain(|agency| more.contains(agency));
            }
            self.earlier[later] = first;
        }
    }

    /// The members of each, in order of time, by their first ones.
    fn into_members(mut self, articles: &[u32]) -> Vec<Vec<u32>> {
        let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (rank, &article) in articles.iter().enumerate() {
            members.entry(self.first(rank)).or_default().push(article);
        }
        members.into_values().collect()
    }
}

fn describe(corpus: &Corpus, credits: &[Credit], reuse: &[Reuse], members: Vec<u32>) -> StoryOrigin {
    // A named agency says more than an unnamed feed, wherever it stands in time.
    let feeds = || members.iter().copied().filter(|&article| credits[article as usize].level.is_feed());
    let credited =
        feeds().find(|&article| !credits[article as usize].names.is_empty()).or_else(|| feeds().next());
    let (name, reason) = match credited {
        Some(article) => {
            let credit = &credits[article as usize];
            let name = feed_name(credit);
            let words = credit.evidence.first().map_or("", |evidence| evidence.text.as_str());
            let reason = format!("{} credits it: \"{words}\"", corpus.articles[article as usize].id);
            (name, reason)
        }
        None => {
            let first = &corpus.articles[members[0] as usize];
            let name = first.outlet.as_ref().map_or_else(|| first.id.clone(), |outlet| outlet.value.clone());
            let reason = match (members.len(), &first.published) {
                (1, _) if own_share(reuse[members[0] as usize]) >= OWN_REPORTING => {
                    "has mostly text of its own"
                }
                (1, _) => "none of the others has a good part of its text",
                (_, Some(_)) => {
                    "one text, no agency credited; named after the article with the earliest stated time"
                }
                (_, None) => {
                    "one text, no agency credited; named after its first article, none states a time"
                }
            };
            (name, reason.to_owned())
        }
    };
    StoryOrigin { name, reason, articles: members }
}
